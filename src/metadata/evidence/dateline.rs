//! Place, agency and date that open the first paragraph, and the reporter named there.

use regex::Captures;

use super::{Evidence, Witness};
use crate::characters::is_cjk;
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::byline;
use crate::metadata::pattern::patterns;
use crate::metadata::rules;
use crate::metadata::scope::Scope;

patterns! {
    /// A text's place at the start of a body: `NAIROBI, Kenya —`.
    LATIN = r"^\s*(?P<place>\p{Lu}[\p{Lu}’'. -]+(?:, (?:\p{Lu}[\p{L}.]+ ?)+)?(?:,? (?:\p{Lu}\p{Ll}{2,8}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,10}))?(?: ?\((?P<agency>[^)]+)\))?)\s*(?:—|–|--|\s-)\s?\p{L}";

    /// `PORT ANSEL. The council …`
    CAPITALS = r"^\s*(?P<place>\p{Lu}{4,}(?:[ -]\p{Lu}{3,})?)\. \p{Lu}\p{Ll}";

    /// `新华社北京12月5日电`.
    HAN = r"^\s*[（(【]?(?P<place>[\p{Han}]+?(?:社|报|報|网|網)[\p{Han}]+?\d{1,2}月\d{1,2}日[电電讯訊])[）)】]?";

    /// `【…8月14日電】`, `【ロンドン＝高瀬】`.
    KANA = r"^\s*【(?P<place>[\p{Han}\p{Katakana}ー]+)(?:＝|=)(?P<who>[\p{Han}\p{Hiragana}]+)】";

    /// （记者 梁可人） behind a dateline.
    REPORTER = r"^[（(]\s*(?P<who>(?:本报|本報)?(?:记者|記者|通讯员|通訊員)[\s\u{3000}]*[^）)]{2,20})[）)]";
}

/// Longest dateline, in characters.
const LONGEST: usize = 100;

/// What a text opens with, and whether it is set off by a dash. Most texts do not look like it, and need no pattern.
fn opening(text: &str) -> Option<(Captures<'_>, bool)> {
    let start = text.trim_start();
    let mut first = start.chars();
    if !first.next().is_some_and(char::is_uppercase) {
        let east_asian = start.starts_with(['（', '(', '【']) || start.chars().next().is_some_and(is_cjk);
        return east_asian.then(|| HAN.captures(text).or_else(|| KANA.captures(text))).flatten().map(|c| (c, false));
    }
    let is_capital = |c: char| c.is_uppercase() || !c.is_alphabetic();
    if !first.next().is_some_and(is_capital) {
        return None;
    }
    let latin = LATIN.captures(text).map(|captures| (captures, true));
    latin.or_else(|| CAPITALS.captures(text).map(|captures| (captures, false)))
}

/// What opens a paragraph.
pub(in crate::metadata) fn dateline(scope: &Scope<'_>, block: usize) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let text = line.text;
    let Some((captures, is_latin)) = opening(text) else { return Vec::new() };
    let Some(found) = captures.name("place") else { return Vec::new() };
    let range = trim(text, found.range());
    let range = range.start..range.start + text[range].trim_end_matches('.').len();
    // A sentence that shouts is no dateline.
    let shouts = is_latin && text[range.clone()].split_whitespace().count() > 7;
    if shouts || text[range.clone()].chars().count() > LONGEST {
        return Vec::new();
    }
    let end = captures.get(0).map_or(0, |m| m.end());
    let behind = REPORTER.captures(&text[end..]).and_then(|c| c.name("who")).map(|m| end + m.start()..end + m.end());
    let who = behind.or_else(|| captures.name("who").map(|m| m.range()));
    let reporters = who.map(|who| byline::names(&scope.words, text, who)).unwrap_or_default();
    let reporters = reporters.into_iter().flat_map(|found| line.names(Field::Author, found, rules::DATELINE_REPORTER));
    [line.quotes(Field::Dateline, range, rules::DATELINE)].into_iter().chain(reporters).collect()
}
