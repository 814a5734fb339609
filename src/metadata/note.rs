//! Author notes: `The author is an assistant research fellow at the …`, `X and Y are …`, `（作者系…研究员）`,
//! `X est maîtresse de conférences …`, `X — доктор …`. What is said is split by [`super::post`].

mod sentence;

use std::ops::Range;

use crate::characters::has_cjk;
use crate::metadata::lexicon::{Words, unspaced};

use crate::metadata::pattern::{captures, patterns};

use super::names::Known;
use super::post::{self, Described};
use super::{lexicon, person};

patterns! {
    /// `（作者系…）`, `필자는 …다`, `著者は…`.
    EAST_ASIAN = {
        let (subjects, copulas, closing) = (subjects(), unspaced("notes.copulas"), unspaced("notes.closing"));
        format!(r"{BEFORE}(?:{subjects})(?:{copulas}|[:：]|\s)\s*(?P<said>[^；;。）)】\]]+?)(?:{closing})?[。．.）)】\]]*$")
    };

    /// `（作者：冉伯庸，系…总工程师）`.
    INTRODUCED = {
        let (subjects, copulas) = (subjects(), unspaced("notes.copulas"));
        format!(r"{BEFORE}(?:{subjects})[:：]\s*(?P<name>[\p{{Han}}·]{{2,10}})[，,]\s*(?:{copulas})?(?P<said>[^，；;。）)】\]]+)")
    };

    /// `X为…研究员`, `X氏は…`.
    NAMED_EAST_ASIAN = {
        let (copulas, posts) = (unspaced("notes.copulas"), unspaced("words.posts"));
        format!(r"{BEFORE}(?P<name>[\p{{Han}}\p{{Katakana}}ー・·]{{2,16}}?)(?:{copulas}|，|、)(?P<said>[^，；;。）)]+?(?:{posts}))(?:[，、。；;）)].*)?$")
    };

    /// Name in kana, a space, institution and post; a year of birth may stand before these.
    READING = r"^[\p{Hiragana}・]{3,20}[\u{3000} ]+(?:\d{4}年[^。]{1,6}。)?(?P<said>[^。]+)(?:。|$)";

    /// 钟汐为本报国际评论署名.
    PEN_NAME_OF = {
        let (copulas, own, names) = (unspaced("notes.copulas"), unspaced("posts.own"), unspaced("notes.pen-names"));
        format!(r"^[（(]?\s*[“「『]?(?P<name>\p{{Han}}{{2,6}})[”」』]?\s*(?:{copulas})(?:{own})\p{{Han}}{{0,12}}?(?:{names})")
    };
}

/// What may stand in front of a note.
const BEFORE: &str = r"^[（(【\[■※*\s]*";

/// `作者`, `本文作者简介`: words for the author, and headings of what is said about the author.
fn subjects() -> String {
    format!("{}|{}", unspaced("notes.subjects"), unspaced("notes.about"))
}

/// What a note says of its subjects: byte ranges in the note.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// The names; empty where the note says only "the author".
    pub(super) names: Vec<Range<usize>>,
    /// What is said, once for all of them, or for each in order.
    pub(super) described: Vec<Described>,
}

/// Whether what a sentence says of its subject may be a post: it has a word of one, or of an institution, or begins with
/// an article, as nouns do.
fn may_be_post(words: &Words, said: &str) -> bool {
    lexicon::is_post(words, said) || lexicon::is_institution(words, said) || words.before_post(said) > 0
}

/// Whether a note says that a name is a pen name.
pub(super) fn tells_pen_name(words: &Words, text: &str) -> bool {
    words.has_pen_name(text)
}

/// The pen name that a note explains: `（“远钟”为本报国际部集体笔名）`, `Lamplighter is the pen name …`.
pub(super) fn pen_name<'t>(words: &Words, block: &'t str) -> Option<&'t str> {
    if block.len() > LONGEST || !tells_pen_name(words, block) {
        return None;
    }
    if let Some(name) = is_east_asian(block).then(|| captures(&PEN_NAME_OF, block)?.name("name")).flatten() {
        return Some(name.as_str());
    }
    let beginning = sentence::beginning(words, block, &Subject::Like(&|_| true))?;
    let names = sentence::named(words, block, &beginning)?.names;
    (names.start <= 8 && person::is_name(words, &block[names.clone()])).then(|| &block[names])
}

/// Longest note that is read, in bytes.
const LONGEST: usize = 1200;

/// Whether a block names the author and says who that is, in brackets: `（作者：冉伯庸，系…总工程师）`.
pub(super) fn introduces(block: &str) -> bool {
    block.len() <= LONGEST && is_east_asian(block) && INTRODUCED.is_match(block)
}

/// Of whom a note may speak.
pub(super) enum Subject<'a> {
    /// Of those who are known.
    Known(&'a Known),
    /// Of those whose names are like this.
    Like(&'a dyn Fn(&str) -> bool),
}

impl Subject<'_> {
    fn is(&self, name: &str) -> bool {
        match self {
            Self::Known(known) => known.is_author(name),
            Self::Like(is) => is(name),
        }
    }

    /// Whether it can be nobody who is named.
    fn is_nobody(&self) -> bool {
        matches!(self, Self::Known(known) if known.is_empty())
    }

    /// Whether a text may name one: cheaper than to find the names in it.
    fn may_be_in(&self, text: &str) -> bool {
        match self {
            Self::Known(known) => known.may_be_in(text),
            Self::Like(_) => true,
        }
    }
}

/// What a block says about those of whom it may speak; `None` where it is no author note.
pub(super) fn notes(words: &Words, block: &str, subject: &Subject<'_>) -> Option<Vec<Note>> {
    if block.len() > LONGEST {
        return None;
    }
    if is_east_asian(block)
        && let Some(notes) = east_asian(words, block, subject)
    {
        return Some(notes);
    }
    let mut found = Vec::new();
    let mut sentences_read = 0;
    // `Editor’s note: X is …`
    let editorial = words.editorial(block);
    let opening = editorial.and_then(|end| block[end..].find(':').filter(|at| *at < 4).map(|at| end + at + 1));
    for sentence in sentences(block) {
        let from = opening.filter(|o| sentence.contains(o)).unwrap_or(sentence.start);
        let sentence =
            from + (block[from..sentence.end].len() - block[from..sentence.end].trim_start().len())..sentence.end;
        sentences_read += 1;
        if let Some(note) = sentence_note(words, block, sentence, subject) {
            found.push(note);
        } else if sentences_read > 4 {
            break;
        }
    }
    if found.is_empty() && editorial.is_none() && !words.heads_note(block) {
        return None;
    }
    Some(found)
}

/// Whether a text has ideographs, kana or hangul, without which it has no form of these languages.
fn is_east_asian(text: &str) -> bool {
    has_cjk(text)
}

/// The forms of Chinese, Japanese and Korean notes.
fn east_asian(words: &Words, block: &str, subject: &Subject<'_>) -> Option<Vec<Note>> {
    if let Some(captures) = captures(&INTRODUCED, block) {
        return introduced(words, block, captures.name("name")?.range(), captures.name("said")?.range(), subject);
    }
    if let Some(captures) = captures(&EAST_ASIAN, block) {
        let said = captures.name("said")?.range();
        return Some(vec![Note { names: Vec::new(), described: respectively(words, block, said) }]);
    }
    if let Some(captures) = captures(&READING, block) {
        let said = captures.name("said")?.range();
        return Some(vec![Note { names: Vec::new(), described: vec![post::describe(words, block, said)] }]);
    }
    if let Some(captures) = captures(&NAMED_EAST_ASIAN, block) {
        let (name, said) = (captures.name("name")?.range(), captures.name("said")?.range());
        if subject.is(&block[name.clone()]) {
            return Some(vec![Note { names: vec![name], described: vec![post::describe(words, block, said)] }]);
        }
    }
    if let Some(name) = captures(&PEN_NAME_OF, block).and_then(|c| c.name("name")) {
        return Some(vec![Note { names: vec![name.range()], described: Vec::new() }]);
    }
    None
}

/// `（作者：冉伯庸，系…总工程师；尉迟然，洛原大学教育学院讲师）`
fn introduced(
    words: &Words,
    block: &str,
    name: Range<usize>,
    said: Range<usize>,
    subject: &Subject<'_>,
) -> Option<Vec<Note>> {
    let rest = said.end;
    let mut found = vec![Note { names: vec![name], described: vec![post::describe(words, block, said)] }];
    for more in block[rest..].split(['；', ';', '）', ')', '。']).map(str::trim).filter(|m| !m.is_empty()) {
        let at = more.as_ptr() as usize - block.as_ptr() as usize;
        let Some((name, said)) = more.split_once(['，', ',']) else { continue };
        if (2..=8).contains(&name.chars().count()) && subject.is(name) {
            let said = at + more.len() - said.len()..at + more.len();
            let described = vec![post::describe(words, block, said)];
            let name = at..at + name.len();
            found.push(Note { names: Vec::from([name]), described });
        }
    }
    Some(found)
}

/// Whether a post is the first word behind the star: other notes with a star are sentences.
fn opens_with_post(words: &Words, text: &str) -> bool {
    let bare = text.trim_start_matches(['(', ')', '*', '†', ' ']);
    bare.split([' ', ',']).next().is_some_and(|one| lexicon::is_post(words, one))
}

fn sentence_note(words: &Words, block: &str, sentence: Range<usize>, subject: &Subject<'_>) -> Option<Note> {
    let text = &block[sentence.clone()];
    let shift = |r: Range<usize>| sentence.start + r.start..sentence.start + r.end;
    if let Some((name, said)) = sentence::about(words, text).map(|(name, said)| (shift(name), shift(said)))
        && subject.is(&block[name.clone()])
    {
        return Some(Note { names: vec![name], described: vec![post::describe(words, block, said)] });
    }
    if let Some(said) = sentence::of_the_author(words, text) {
        // `The author teaches mathematics.` says no post, nor does `The authors are wrong.`
        let said = said.map(shift).filter(|said| may_be_post(words, &block[said.clone()]));
        let described = said.map(|said| post::describe(words, block, said)).into_iter().collect();
        return Some(Note { names: Vec::new(), described });
    }
    if let Some(said) = sentence::starred(text).filter(|said| opens_with_post(words, &text[said.clone()])) {
        return Some(Note { names: Vec::new(), described: vec![post::describe(words, block, shift(said))] });
    }
    if subject.is_nobody() {
        return None;
    }
    let beginning = sentence::beginning(words, text, subject)?;
    let Some(sentence::Named { names, first, said }) = sentence::named(words, text, &beginning) else {
        // `X writes from Y` opens a note.
        let writes = if sentence.start == 0 { sentence::writes(words, text, &beginning) } else { None };
        let names = writes.filter(|names| subject.is(&block[names.clone()]))?;
        return Some(Note { names: vec![names], described: Vec::new() });
    };
    let names = shift(names);
    let names: Vec<Range<usize>> = super::byline::names(words, block, names).into_iter().map(|b| b.name).collect();
    if names.is_empty() || !names.iter().all(|name| subject.is(&block[name.clone()])) {
        return None;
    }
    if tells_pen_name(words, &text[said.clone()]) {
        return Some(Note { names, described: Vec::new() });
    }
    // `X, a former deputy governor of Y, is …`: the first of several posts counts.
    let first = first.map(shift).filter(|r| lexicon::is_post(words, &block[r.clone()]));
    let said = shift(said);
    Some(Note { names, described: vec![post::describe(words, block, first.unwrap_or(said))] })
}

/// `（作者分别为…教授、…律师）`: one statement for each.
fn respectively(words: &Words, block: &str, said: Range<usize>) -> Vec<Described> {
    let text = &block[said.clone()];
    let mut start = 0;
    let mut all = Vec::new();
    for (i, c) in text.char_indices().chain(std::iter::once((text.len(), '、'))) {
        if c == '、' || (c == '，' && i < text.len()) {
            all.push(post::describe(words, block, said.start + start..said.start + i));
            start = i + if i < text.len() { c.len_utf8() } else { 0 };
        }
    }
    all
}

/// Sentences by a full stop, a space and a capital.
fn sentences(block: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    let points = block.match_indices('.').map(|(i, _)| i + 1).filter(|end| block[*end..].starts_with(' '));
    let ends = points.filter(|end| {
        let next_capital = block[*end..].trim_start().chars().next().is_some_and(|c| c.is_uppercase() || c == '«');
        let last_word = block[..end - 1].rsplit([' ', '.']).next().unwrap_or_default();
        let initial = last_word.chars().count() <= 2 && last_word.chars().next().is_some_and(char::is_uppercase);
        next_capital && !initial
    });
    ends.chain(std::iter::once(block.len())).map(move |end| {
        let from = start + (block[start..end].len() - block[start..end].trim_start().len());
        start = end;
        from..end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(note: &str) -> Vec<(String, String, String)> {
        let text = |r: &Option<Range<usize>>| r.clone().map_or("", |r| &note[r]).to_owned();
        let all = notes(&Words::of([]), note, &Subject::Like(&|_| true)).unwrap_or_default();
        all.into_iter()
            .flat_map(|n| {
                let names = n.names.iter().map(|r| &note[r.clone()]).collect::<Vec<_>>().join("+");
                n.described.iter().map(|d| (names.clone(), text(&d.role), text(&d.affiliation))).collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn notes_give_role_and_institution() {
        for (note, name, role, at) in [
            (
                "The author is an assistant research fellow at the Northgate Institute of Common Policy.",
                "",
                "assistant research fellow",
                "Northgate Institute of Common Policy",
            ),
            ("（作者系云渡城市治理研究院副研究员）", "", "副研究员", "云渡城市治理研究院"),
            ("（作者為嵐嶼大學水利工程學系助理教授）", "", "助理教授", "嵐嶼大學水利工程學系"),
            ("필자는 스칼뫼 대학 정치학과 강사다.", "", "강사", "스칼뫼 대학 정치학과"),
            ("宁砚舟为望川智库高级研究员，研究方向为社会保障。", "宁砚舟", "高级研究员", "望川智库"),
            (
                "Lucía Baltanás es profesora titular de Hidrología en la Universidad de Valdemorena.",
                "Lucía Baltanás",
                "profesora titular de Hidrología",
                "Universidad de Valdemorena",
            ),
            (
                "Die Autorin ist Professorin für Stadtplanung an der Universität Hallsund.",
                "",
                "Professorin für Stadtplanung",
                "Universität Hallsund",
            ),
            ("Автор — доктор исторических наук.", "", "доктор исторических наук", ""),
            (
                "Rosalind Keane and Avery Mbatha are pediatricians at Palisade Children's Hospital.",
                "Rosalind Keane+Avery Mbatha",
                "pediatricians",
                "Palisade Children's Hospital",
            ),
            (
                "سليم الحدّادين كاتب وباحث في مركز الضفاف للدراسات الحضرية.",
                "سليم الحدّادين",
                "كاتب وباحث",
                "مركز الضفاف للدراسات الحضرية",
            ),
            ("やまべ・ていこ　1974年生まれ。白瀬大学教授。専門は民俗学。", "", "教授", "白瀬大学"),
            ("（イヴォンヌ・タレク氏はケルモア大学海洋法講師）", "イヴォンヌ・タレク", "海洋法講師", "ケルモア大学"),
        ] {
            assert_eq!(read(note), [(name.to_owned(), role.to_owned(), at.to_owned())], "{note}");
        }
        assert_eq!(read("（作者分別為鷺灣大學社工系副教授、移工權益協會秘書長、執業律師）").len(), 3);
        assert!(notes(&Words::of([]), "Nobody is a stranger at the ferry.", &Subject::Like(&|_| false)).is_none());
    }
}
