//! Markdown: CommonMark (<https://spec.commonmark.org/>) with tables, to blocks. What marks the text up is markup;
//! the text between tags of HTML is text. Front matter is read by its lines, as in any text.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Article, ArticleBlock, ArticleCell, ArticleKind, FoldedText, Markup, MarkupKind, Rest, TextPlace, plain};
use crate::characters::is_cjk;
use crate::document::Numbering;

pub(super) fn read(text: &str) -> Article {
    let head = front_matter(text);
    let mut article = plain::read(&text[..head]);
    article.texts.retain(|place| !place.place.is_empty());
    let mut reader = Reader { text, head, open: vec![Vec::new()], ..Reader::default() };
    let parser = Parser::new_ext(&text[head..], Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        reader.take(event, head + range.start..head + range.end);
    }
    reader.finish();
    article.blocks.extend(reader.open.pop().unwrap_or_default());
    article.texts.extend(reader.texts());
    article
}

/// The end of the front matter with which a text begins; 0 where it begins with none.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return 0;
    }
    let mut end = first.len();
    for line in lines {
        end += line.len();
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return end;
        }
    }
    0
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    /// Where the Markdown begins.
    head: usize,
    /// The blocks of what is open: the article, quotations, items of lists.
    open: Vec<Vec<ArticleBlock>>,
    /// The block whose text is read.
    block: ArticleBlock,
    /// Emphasis and links that are open, with where they begin in its text.
    marks: Vec<(usize, MarkupKind)>,
    /// The lists that are open, with their items.
    lists: Vec<(Option<u64>, Vec<Vec<ArticleBlock>>)>,
    /// The rows of the table that is open.
    rows: Option<Vec<Vec<ArticleCell>>>,
    /// The text in place of the image that is open.
    alt: Option<FoldedText>,
    /// Whether a tag of HTML is open.
    in_tag: bool,
    /// Where text stands, in the order in which it was read, and where texts in place of images that no block shows do.
    places: Vec<(Range<usize>, Rest)>,
}

impl<'t> Reader<'t> {
    fn take(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.push(&words, range),
            Event::Code(words) => self.push_code(&words, range),
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => self.push_read("\n", range),
            Event::Html(_) | Event::InlineHtml(_) => self.html(range),
            Event::Rule | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {}
            Event::InlineMath(words) | Event::DisplayMath(words) => self.push(&words, range),
        }
    }

    fn start(&mut self, tag: Tag<'t>) {
        let at = self.block.text.as_str().len();
        match tag {
            Tag::Heading { level, .. } => {
                self.finish();
                self.block.kind = ArticleKind::Heading(rank(level));
            }
            Tag::BlockQuote(_) | Tag::Item => {
                self.finish();
                self.open.push(Vec::new());
            }
            Tag::List(first) => {
                self.finish();
                self.lists.push((first, Vec::new()));
            }
            Tag::CodeBlock(_) => {
                self.finish();
                self.block.kind = ArticleKind::Verse;
            }
            Tag::Table(_) => {
                self.finish();
                self.rows = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = &mut self.rows {
                    rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.marks.push((at, MarkupKind::Emphasis)),
            Tag::Strong => self.marks.push((at, MarkupKind::Strong)),
            Tag::Link { dest_url, .. } => self.marks.push((at, MarkupKind::Link(dest_url.into_string()))),
            Tag::Image { .. } => self.alt = Some(FoldedText::default()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.finish(),
            TagEnd::HtmlBlock => {
                self.in_tag = false;
                self.finish();
            }
            TagEnd::BlockQuote(_) => {
                self.finish();
                let blocks = self.open.pop().unwrap_or_default();
                self.push_block(ArticleKind::Quote(blocks));
            }
            TagEnd::Item => {
                self.finish();
                let blocks = self.open.pop().unwrap_or_default();
                if let Some((_, items)) = self.lists.last_mut().filter(|_| !blocks.is_empty()) {
                    items.push(blocks);
                }
            }
            TagEnd::List(_) => self.list(),
            TagEnd::TableCell => self.cell(),
            TagEnd::Table => {
                let rows = self.rows.take().unwrap_or_default();
                if rows.iter().flatten().any(|cell| !cell.text.as_str().is_empty()) {
                    self.push_block(ArticleKind::Table { caption: None, rows });
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.end_mark(),
            TagEnd::Image => self.image(),
            _ => {}
        }
    }

    fn list(&mut self) {
        let Some((first, items)) = self.lists.pop() else { return };
        let numbering = first.map(|first| {
            let stated = i32::try_from(first).ok().filter(|first| *first != 1);
            Numbering { numbers: stated.into_iter().collect(), ..Numbering::default() }
        });
        if !items.is_empty() {
            self.push_block(ArticleKind::List { numbering, items });
        }
    }

    fn cell(&mut self) {
        let ArticleBlock { text, markup, .. } = std::mem::take(&mut self.block);
        self.marks.clear();
        if let Some(rows) = &mut self.rows {
            let header = rows.len() == 1;
            if let Some(row) = rows.last_mut() {
                row.push(ArticleCell { header, columns: 1, rows: 1, text, markup });
            }
        }
    }

    /// An image alone in its paragraph is a figure; of another one nothing is shown.
    fn image(&mut self) {
        let Some(alt) = self.alt.take() else { return };
        if self.block.text.as_str().is_empty() && self.rows.is_none() && self.marks.is_empty() {
            self.push_block(ArticleKind::Figure { alt, caption: Vec::new() });
        } else {
            self.places.extend(alt.stretches().map(|place| (place, Rest::Attribute)));
        }
    }

    fn end_mark(&mut self) {
        let Some((start, kind)) = self.marks.pop() else { return };
        let range = start..self.block.text.as_str().len();
        // An address that is relative leads nowhere from here.
        let leads = match &kind {
            MarkupKind::Link(address) => {
                ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
            }
            _ => true,
        };
        if !range.is_empty() && leads {
            self.block.markup.push(Markup { range, kind });
        }
    }

    fn push_block(&mut self, kind: ArticleKind) {
        let block = ArticleBlock { kind, breaks_before: 2, ..ArticleBlock::default() };
        self.open.last_mut().expect("the article is open").push(block);
    }

    /// Ends the block whose text is read.
    fn finish(&mut self) {
        self.marks.clear();
        let mut block = std::mem::take(&mut self.block);
        block.text.trim_end();
        let length = block.text.as_str().len();
        block.markup.iter_mut().for_each(|mark| mark.range.end = mark.range.end.min(length));
        block.markup.retain(|mark| mark.range.start < mark.range.end);
        // An outer one stands before an inner one.
        block.markup.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        if !block.text.as_str().trim().is_empty() {
            block.breaks_before = 2;
            self.open.last_mut().expect("the article is open").push(block);
        }
    }

    /// Text that stands in the source as it is, or a character that a reference or a backslash stands for.
    fn push(&mut self, words: &CowStr<'_>, range: Range<usize>) {
        if self.text[range.clone()] == **words {
            match &mut self.alt {
                Some(alt) => alt.push(words, range.start),
                None => self.block.text.push(words, range.start),
            }
            return self.stands(range);
        }
        self.push_read(words, range);
    }

    fn push_read(&mut self, words: &str, range: Range<usize>) {
        match &mut self.alt {
            Some(alt) => alt.push_read(words, range.clone()),
            None => self.block.text.push_read(words, range.clone()),
        }
        self.stands(range);
    }

    fn stands(&mut self, range: Range<usize>) {
        if self.alt.is_none() {
            self.places.push((range, Rest::Text));
        }
    }

    /// Code stands between its backticks.
    fn push_code(&mut self, words: &CowStr<'_>, range: Range<usize>) {
        let source = &self.text[range.clone()];
        let inner = source.trim_matches('`');
        let start = range.start + (source.len() - source.trim_start_matches('`').len());
        match inner.find(&**words) {
            Some(at) => self.push(words, start + at..start + at + words.len()),
            // In cells of tables a bar stands behind a backslash.
            None => self.push_read(words, start..start + inner.len()),
        }
    }

    fn soft_break(&mut self, range: Range<usize>) {
        let before = self.block.text.as_str().chars().next_back();
        let behind = self.text[range.end..].trim_start().chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| is_cjk(c) && !('\u{AC00}'..='\u{D7A3}').contains(&c));
        if !(joins(before) && joins(behind)) {
            self.block.text.push_space();
        }
        self.places.push((range, Rest::Text));
    }

    /// What stands between the tags of HTML.
    fn html(&mut self, range: Range<usize>) {
        let html = &self.text[range.clone()];
        let mut at = 0;
        while at < html.len() {
            let end = match self.in_tag {
                true => html[at..].find('>').map(|end| at + end + 1),
                false => tag_begins(&html[at..]).map(|end| at + end),
            };
            let stretch = at..end.unwrap_or(html.len());
            if !self.in_tag {
                self.push_html(&html[stretch.clone()], range.start + stretch.start);
            } else if html[stretch.clone()].trim_end_matches(['/', '>', ' ']).ends_with("br") {
                self.block.text.push_space();
            }
            let Some(end) = end else { return };
            self.in_tag = !self.in_tag;
            at = end;
        }
    }

    /// Text of HTML, in which white space is one space.
    fn push_html(&mut self, text: &str, at: usize) {
        let bare = text.trim_start();
        let is_apart = bare.len() < text.len() || text.trim_end().len() < text.len() && bare.is_empty();
        if is_apart && !self.block.text.as_str().is_empty() && !self.block.text.as_str().ends_with(' ') {
            self.block.text.push_space();
        }
        let words = bare.trim_end();
        if words.is_empty() {
            return;
        }
        let start = at + (text.len() - bare.len());
        self.push(&CowStr::Borrowed(words), start..start + words.len());
        if words.len() < bare.len() {
            self.block.text.push_space();
        }
    }

    /// Where text stands, in order and apart.
    fn texts(mut self) -> Vec<TextPlace> {
        self.places.sort_by_key(|(place, _)| (place.start, place.end));
        let mut texts: Vec<TextPlace> = Vec::new();
        for (place, rest) in self.places {
            let start = place.start.max(texts.last().map_or(self.head, |last| last.place.end));
            if start < place.end {
                texts.push(TextPlace { place: start..place.end, rest });
            }
        }
        texts
    }
}

/// Where a tag begins: `<` before a letter or a mark of one, and not `1 < 2`.
fn tag_begins(html: &str) -> Option<usize> {
    let is_tag =
        |at: &usize| html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    html.match_indices('<').map(|(at, _)| at).find(is_tag)
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(article: &Article) -> Vec<String> {
        let show = |block: &ArticleBlock| match &block.kind {
            ArticleKind::Heading(rank) => format!("h{rank} {}", block.text.as_str()),
            ArticleKind::Quote(blocks) => format!("quote of {}", blocks.len()),
            ArticleKind::List { numbering, items } => format!("list of {} {}", items.len(), numbering.is_some()),
            ArticleKind::Table { rows, .. } => format!("table of {} {}", rows.len(), rows[1][1].text.as_str()),
            ArticleKind::Figure { alt, .. } => format!("figure {}", alt.as_str()),
            ArticleKind::Verse => format!("verse {:?}", block.text.as_str()),
            _ => block.text.as_str().to_owned(),
        };
        article.blocks.iter().map(show).collect()
    }

    #[test]
    fn blocks_are_read_without_their_marks() {
        let text = "# The quay\n\n**By [Ada Holm](/x)** | *4 May*\n\n![The quay](q.jpg)\n\nIt leaks\nand `leaks` \\*more\\* &amp; [more](https://a.example/).\n\n> Wait,\n> they say.\n\n1. One\n2. Two\n\n- A\n\n| a | b |\n|---|---|\n| c | d |\n\n    code\n\n---\n\n<div>Text <b>in</b> HTML</div>\n";
        let article = read(text);
        assert_eq!(
            shown(&article),
            [
                "h1 The quay",
                "By Ada Holm | 4 May",
                "figure The quay",
                "It leaks and leaks *more* & more.",
                "quote of 1",
                "list of 2 true",
                "list of 1 false",
                "table of 2 d",
                "verse \"code\"",
                "Text in HTML",
            ]
        );
        let markup = &article.blocks[3].markup;
        assert_eq!(markup.len(), 1);
        assert_eq!(markup[0].kind, MarkupKind::Link("https://a.example/".to_owned()));
        assert!(article.texts.windows(2).all(|pair| pair[0].place.end <= pair[1].place.start));
        // What is no text is marks.
        let mut rest = text.to_owned();
        article.texts.iter().rev().for_each(|text| rest.replace_range(text.place.clone(), ""));
        assert!(!rest.contains("leaks") && !rest.contains("HTML") && rest.contains("https://a.example/"), "{rest}");
    }

    #[test]
    fn no_text_is_taken_for_a_tag_and_line_ends_change_nothing() {
        let text = "# The quay\n\n<div>1 < 2 and <b\nclass=x>more</b> text</div>\n\nIt leaks\nhere.\n\n```\na\nb\n```\n\n<p>never closed <\n\nLast.\n";
        let lines =
            ["h1 The quay", "1 < 2 and more text", "It leaks here.", "verse \"a\\nb\"", "never closed <", "Last."];
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            assert_eq!(shown(&read(&text)), lines);
        }
    }

    #[test]
    fn front_matter_is_lines() {
        let article = read("---\ntitle: The quay\n---\n\nIt leaks.\n");
        assert_eq!(shown(&article), ["---", "title: The quay", "---", "It leaks."]);
        assert_eq!(shown(&read("---\n\nIt leaks.\n")), ["It leaks."]);
    }
}
