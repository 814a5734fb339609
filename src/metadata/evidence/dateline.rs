//! Place, agency and date that open the first paragraph, and the reporter named there.

use std::ops::Range;

use super::{Evidence, Witness};
use crate::characters::is_cjk;
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::byline;
use crate::metadata::pattern::{Pattern, patterns};
use crate::metadata::rules;
use crate::metadata::scope::Scope;

patterns! {
    /// A text's place at the start of a body: `NAIROBI, Kenya —`.
    LATIN = r"^\s*(?P<place>\p{Lu}[\p{Lu}’'. -]+(?:, (?:\p{Lu}[\p{L}.]+ ?)+)?(?:,? (?:\p{Lu}\p{Ll}{2,8}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,10}))?(?: ?\((?P<agency>[^)]+)\))?)\s*(?:—|–|--|\s-)\s?\p{L}";

    /// `新华社北京12月5日电`.
    HAN = r"^\s*[（(【]?(?P<place>[\p{Han}]+?(?:社|报|報|网|網)[\p{Han}]+?\d{1,2}月\d{1,2}日[电電讯訊])[）)】]?";

    /// `【…8月14日電】`, `【ロンドン＝高瀬】`.
    KANA = r"^\s*【(?P<place>[\p{Han}\p{Katakana}ー]+)(?:＝|=)(?P<who>[\p{Han}\p{Hiragana}]+)】";

    /// （记者 梁可人） behind a dateline.
    REPORTER = r"^[（(]\s*(?P<who>(?:本报|本報)?(?:记者|記者|通讯员|通訊員)[\s\u{3000}]*[^）)]{2,20})[）)]";
}

/// Longest dateline, in characters.
const LONGEST: usize = 100;

/// What a text opens with: the place with all beside it, who is named inside it, where it ends.
struct Opening {
    place: Range<usize>,
    who: Option<Range<usize>>,
    end: usize,
    /// A dash sets it off.
    has_dash: bool,
}

/// What a text opens with. Most texts do not look like it, and need no pattern.
fn opening(text: &str) -> Option<Opening> {
    let start = text.trim_start();
    let first = start.chars().next()?;
    let found = |pattern: &Pattern, has_dash| {
        let captures = pattern.captures(text)?;
        let (all, place) = (captures.get(0)?, captures.name("place")?.range());
        Some(Opening { place, who: captures.name("who").map(|who| who.range()), end: all.end(), has_dash })
    };
    if !first.is_uppercase() {
        let east_asian = start.starts_with(['（', '(', '【']) || is_cjk(first);
        return east_asian.then(|| found(&HAN, false).or_else(|| found(&KANA, false))).flatten();
    }
    let in_capitals = |c: char| c.is_uppercase() || !c.is_alphabetic();
    if !start.chars().nth(1).is_some_and(in_capitals) {
        return None;
    }
    has_dash(start).then(|| found(&LATIN, true)).flatten().or_else(|| capitals(text))
}

/// Whether a dash stands where a dateline may end.
fn has_dash(text: &str) -> bool {
    let end = text.char_indices().nth(LONGEST + 8).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    let is_dash = |(at, _): (usize, &str)| start[..at].ends_with(|c: char| c == '-' || c.is_whitespace());
    start.contains(['—', '–']) || start.match_indices('-').any(is_dash)
}

/// `PORT ANSEL. The council …`: one word in capitals or two, a point, and a sentence.
fn capitals(text: &str) -> Option<Opening> {
    let start = text.len() - text.trim_start().len();
    let length = text[start..].find(". ")?;
    let place = &text[start..start + length];
    let (first, second) = place.split_once([' ', '-']).map_or((place, None), |(first, second)| (first, Some(second)));
    let is_place = |word: &str, least| word.chars().count() >= least && word.chars().all(char::is_uppercase);
    let end = start + length + ". ".len();
    let mut sentence = text[end..].chars();
    let is_sentence =
        sentence.next().is_some_and(char::is_uppercase) && sentence.next().is_some_and(char::is_lowercase);
    let is_one = is_place(first, 4) && second.is_none_or(|second| is_place(second, 3)) && is_sentence;
    is_one.then_some(Opening { place: start..start + length, who: None, end, has_dash: false })
}

/// What opens a paragraph.
pub(in crate::metadata) fn dateline(scope: &Scope<'_>, block: usize) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let text = line.text;
    let Some(Opening { place, who, end, has_dash }) = opening(text) else { return Vec::new() };
    let range = trim(text, place);
    let range = range.start..range.start + text[range].trim_end_matches('.').len();
    // A sentence that shouts is no dateline.
    let shouts = has_dash && text[range.clone()].split_whitespace().count() > 7;
    if shouts || text[range.clone()].chars().count() > LONGEST {
        return Vec::new();
    }
    let bracket = Some(&text[end..]).filter(|text| text.starts_with(['（', '(']));
    let behind = bracket.and_then(|text| REPORTER.captures(text)).and_then(|captures| captures.name("who"));
    let who = behind.map(|who| end + who.start()..end + who.end()).or(who);
    let reporters = who.map(|who| byline::names(&scope.words, text, who)).unwrap_or_default();
    let reporters = reporters.into_iter().flat_map(|found| line.names(Field::Author, found, rules::DATELINE_REPORTER));
    [line.quotes(Field::Dateline, range, rules::DATELINE)].into_iter().chain(reporters).collect()
}
