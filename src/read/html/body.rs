//! Which texts of a page are the article's. Readability decides it on a copy of the tree; its answer, which is
//! markup without places, is aligned back to the texts of the page.

use std::collections::HashMap;

use dom_query::{Document, NodeData, NodeId};
use dom_smoothie::{CandidateSelectMode, Config, Readability};

use super::page::Page;

/// The article's texts.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Sorted.
    texts: Vec<NodeId>,
    /// Characters of the extractor's answer that stand nowhere in the page.
    pub(super) unaligned: usize,
}

impl Selection {
    pub(super) fn contains(&self, text: NodeId) -> bool {
        self.texts.binary_search(&text).is_ok()
    }
}

/// A text node with the hash of its characters without white space.
#[derive(Clone, Copy)]
struct Text {
    id: NodeId,
    key: u64,
    characters: usize,
}

/// Asks Readability.
pub(super) fn select(page: &Page) -> Selection {
    let config =
        Config { disable_json_ld: true, candidate_select_mode: CandidateSelectMode::DomSmoothie, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(page.document.clone(), None, Some(config)) else {
        return Selection::default();
    };
    let Ok(article) = readability.parse() else { return Selection::default() };
    let answer = Document::fragment(article.content);
    let (page_texts, answer_texts) = (texts(&page.document), texts(&answer));
    let (mut selection, astray) = align(&page_texts, &answer_texts);
    selection.take_astray(&Contents::new(&page.document, &page_texts), &Contents::new(&answer, &astray));
    selection
}

/// The characters of texts that are no white space; made only where they are needed.
struct Contents<'a> {
    document: &'a Document,
    texts: Vec<(NodeId, usize)>,
}

impl<'a> Contents<'a> {
    fn new(document: &'a Document, texts: &[Text]) -> Self {
        Self { document, texts: texts.iter().map(|text| (text.id, text.characters)).collect() }
    }

    fn of(&self, at: usize) -> String {
        let node = self.document.tree.get(&self.texts[at].0);
        let text = node.and_then(|node| {
            node.query(|n| match &n.data {
                NodeData::Text { contents } => contents.chars().filter(|c| !c.is_whitespace()).collect::<String>(),
                _ => String::new(),
            })
        });
        text.unwrap_or_default()
    }
}

/// Texts of the page that may stand between two of which the answer made one.
const BETWEEN: usize = 4;

impl Selection {
    /// Where Readability took an element out, the texts around it became one in its answer: they are several in the
    /// page. And where the tree was mended, the answer may stand in another order.
    fn take_astray(&mut self, page: &Contents<'_>, astray: &Contents<'_>) {
        if astray.texts.is_empty() {
            return;
        }
        let contents: Vec<String> = (0..page.texts.len()).map(|at| page.of(at)).collect();
        for (at, (_, characters)) in astray.texts.iter().enumerate() {
            let wanted = astray.of(at);
            let free = |place: usize| !self.contains(page.texts[place].0);
            let found = (0..contents.len()).filter(|place| free(*place)).find_map(|start| {
                let mut rest = wanted.strip_prefix(contents[start].as_str())?;
                let mut places = vec![start];
                for place in (start + 1..contents.len()).filter(|place| free(*place)) {
                    let reach = places.last().map_or(start, |last| last + BETWEEN);
                    if rest.is_empty() || place > reach {
                        break;
                    }
                    if let Some(behind) = rest.strip_prefix(contents[place].as_str()) {
                        rest = behind;
                        places.push(place);
                    }
                }
                rest.is_empty().then_some(places)
            });
            match found {
                Some(places) => {
                    self.texts.extend(places.into_iter().map(|place| page.texts[place].0));
                    self.texts.sort_unstable();
                }
                None => self.unaligned += characters,
            }
        }
    }
}

/// The texts of a tree in its order, but for those that are only white space.
fn texts(document: &Document) -> Vec<Text> {
    let root = document.root();
    root.descendants_it()
        .filter_map(|node| {
            let (key, characters) = node.query(|n| match &n.data {
                NodeData::Text { contents } => key(contents),
                _ => (0, 0),
            })?;
            (characters > 0).then_some(Text { id: node.id, key, characters })
        })
        .collect()
}

/// A hash of the characters that are no white space (FNV-1a), and their number.
fn key(text: &str) -> (u64, usize) {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut count = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
        count += 1;
    }
    (hash, count)
}

/// The texts of the page that are those of the answer. The answer is a part of the page in its order: every text of
/// it has a first and a last place that the order allows. Where they differ (`Share` stands five times in a page),
/// it is the one nearer to a neighbour. Those that have no place are returned too.
fn align(page: &[Text], answer: &[Text]) -> (Selection, Vec<Text>) {
    let mut at: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, text) in page.iter().enumerate() {
        at.entry(text.key).or_default().push(place);
    }
    let at = |text: &Text| at.get(&text.key).map_or(&[][..], Vec::as_slice);
    let last = last_places(page.len(), answer, at);
    // Where the next text that has only one place stands, for each text of the answer.
    let mut sure = vec![page.len(); answer.len() + 1];
    let mut selection = Selection::default();
    let mut astray = Vec::new();
    let mut next = 0;
    let mut first = Vec::with_capacity(answer.len());
    for text in answer {
        let place = at(text).iter().copied().find(|place| *place >= next);
        next = place.map_or(next, |place| place + 1);
        first.push(place);
    }
    for i in (0..answer.len()).rev() {
        let only = first[i].filter(|place| Some(*place) == last[i]);
        sure[i] = only.unwrap_or(sure[i + 1]);
    }
    next = 0;
    for (i, text) in answer.iter().enumerate() {
        let places = at(text);
        let earliest = places.get(places.partition_point(|place| *place < next)).copied();
        let place = match (earliest, last[i]) {
            (Some(earliest), Some(latest)) if latest > earliest => {
                let close = next > 0 && earliest - next <= sure[i + 1].saturating_sub(latest);
                Some(if close { earliest } else { latest })
            }
            (earliest, _) => earliest,
        };
        match place {
            Some(place) => {
                next = place + 1;
                selection.texts.push(page[place].id);
            }
            None => astray.push(*text),
        }
    }
    selection.texts.sort_unstable();
    (selection, astray)
}

/// The last place of each text of the answer that leaves room for those behind it.
fn last_places<'a>(end: usize, answer: &[Text], at: impl Fn(&Text) -> &'a [usize]) -> Vec<Option<usize>> {
    let mut end = end;
    let mut last: Vec<Option<usize>> = Vec::with_capacity(answer.len());
    for text in answer.iter().rev() {
        let places = at(text);
        let place = places.partition_point(|place| *place < end).checked_sub(1).map(|i| places[i]);
        end = place.unwrap_or(end);
        last.push(place);
    }
    last.reverse();
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_texts_are_told_by_their_neighbours() {
        let page = super::super::parse::parse("<p>Share<p>Menu<p>Share<p>One long text<p>Share<p>Two<p>Share");
        let answer = Document::fragment("<p>Share</p><p>One long text</p><p>Two</p><p>nowhere</p>");
        let texts_of = texts(&page.document);
        let (selection, astray) = align(&texts_of, &texts(&answer));
        let chosen: Vec<usize> = (0..texts_of.len()).filter(|i| selection.contains(texts_of[*i].id)).collect();
        assert_eq!(chosen, [2, 3, 5]);
        assert_eq!(astray.len(), 1);
    }

    #[test]
    fn texts_that_became_one_are_several_in_the_page() {
        let page = super::super::parse::parse("<p>The first <a name=x></a>half and <i>an aside</i>the second.<p>Other");
        let answer = Document::fragment("<p>Other</p><p>The first half and the second.</p><p>nowhere</p>");
        let texts_of = texts(&page.document);
        let (mut selection, astray) = align(&texts_of, &texts(&answer));
        selection.take_astray(&Contents::new(&page.document, &texts_of), &Contents::new(&answer, &astray));
        let chosen: Vec<usize> = (0..texts_of.len()).filter(|i| selection.contains(texts_of[*i].id)).collect();
        assert_eq!(chosen, [0, 1, 3, 4]);
        assert_eq!(selection.unaligned, 7);
    }
}
