//! Labels in a line: a word of the lexicon before a colon, a bar, or a mark that stands for one.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Captures;

use super::lexicon::{Words, east_asian_labels};
use crate::characters::has_cjk;
use crate::document::Field;
use crate::metadata::pattern::patterns;

patterns! {
    /// A Chinese, Japanese or Korean label with a mark behind it, or in brackets.
    EAST_ASIAN = {
        let (labels, dates) = (east_asian(|_| true), east_asian(|field| matches!(field, Field::Published | Field::Updated)));
        format!(r"[【［](?P<boxed>{labels})[】］]\s*|[（(](?P<bracketed>{labels})[ \u{{3000}}]+|(?P<cjk>{labels})(?:\s?[:：=＝|丨｜／]|\s/\s)|(?P<slash>文|圖文|图文|譯|译|訳|글|사진|写真|イラスト|聞き手|構成|撮影|図|摄影|插画)\s?[／/・·．]|(?P<bare>{dates})\s+(?P<digit>\d)")
    };
}

/// A label in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) range: Range<usize>,
    /// Where its value begins.
    pub(super) end: usize,
}

/// The labels in a text, in order.
pub(super) fn labels(words: &Words, text: &str) -> Vec<Label> {
    let mut labels = spaced(words, text);
    if has_cjk(text) {
        labels.extend(EAST_ASIAN.captures_iter(text).filter_map(|captures| east_asian_label(text, &captures)));
        labels.sort_by_key(|label| (label.range.start, std::cmp::Reverse(label.end)));
        let mut end = 0;
        labels.retain(|label| {
            let free = label.range.start >= end;
            end = if free { label.end } else { end };
            free
        });
    }
    labels
}

/// Whether a text begins with a label.
pub(super) fn opens_with_label(words: &Words, text: &str) -> bool {
    labels(words, text).first().is_some_and(|label| label.range.start == 0)
}

/// The labels of scripts with spaces: before a colon, or before a bar with spaces around it.
fn spaced(words: &Words, text: &str) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, ':' | '：' | '|' | '｜')) {
        let before = &text[..at];
        let bare = before.strip_suffix(char::is_whitespace).unwrap_or(before);
        let mut end = at + mark.len_utf8();
        if matches!(mark, '|' | '｜') {
            let Some(space) = text[end..].chars().next().filter(|c| c.is_whitespace()) else { continue };
            if bare.len() == before.len() {
                continue;
            }
            end += space.len_utf8();
        }
        let from = labels.last().map_or(0, |label| label.end).min(bare.len());
        let is_address = text[end..].starts_with("//");
        let is_label = |start: usize| {
            let is_time = text[..start].ends_with(|c: char| c.is_ascii_digit()) && bare.len() - start < 3;
            begins_label(text, start, true) && !is_time
        };
        // Buttons stand between bars: `Share | Print`.
        let counts = |field: Field| mark == ':' || mark == '：' || field != Field::Unkept;
        let found = words.labels_at_end(&bare[from..]).filter(|(_, field)| counts(*field));
        let start = found.map(|(start, _)| from + start).find(|start| is_label(*start));
        labels.extend(start.filter(|_| !is_address).map(|start| Label { range: start..bare.len(), end }));
    }
    labels
}

fn east_asian_label(text: &str, captures: &Captures<'_>) -> Option<Label> {
    let groups = ["boxed", "bracketed", "cjk", "slash", "bare"];
    let label = groups.iter().find_map(|group| captures.name(group))?;
    let end = captures.name("digit").map_or_else(|| captures.get(0).map_or(label.end(), |m| m.end()), |d| d.start());
    let is_address = text[end..].starts_with("//");
    (begins_label(text, label.start(), false) && !is_address).then(|| Label { range: label.range(), end })
}

/// A label opens a part, stands behind a separator, or behind the value before it when the case tells.
fn begins_label(text: &str, at: usize, is_word: bool) -> bool {
    let before = text[..at].chars().next_back();
    let Some(before) = before else { return true };
    if !is_word {
        // `数据来源：` in a sentence is no label; behind another value it is one.
        return true;
    }
    let capital = text[at..].chars().next().is_some_and(char::is_uppercase);
    let caseless = before.is_alphabetic()
        && !before.is_uppercase()
        && !before.is_lowercase()
        && text[at..].starts_with(|c: char| matches!(c, '\u{600}'..='\u{6FF}'));
    if caseless {
        // Arabic has no capitals: a label of some length in the middle of a word is one.
        let label: String = text[at..].chars().take_while(|c| *c != ':').collect();
        return label.chars().count() >= 5;
    }
    let run_together = capital && (before.is_lowercase() || before.is_ascii_digit() || matches!(before, ')' | '）'));
    run_together || before.is_whitespace() || "（(【[<«/|,;.–—".contains(before)
}

/// The field of a whole label.
pub(super) fn field_of(words: &Words, label: &str) -> Option<Field> {
    words.label(label).or_else(|| EAST_ASIAN_FIELDS.get(&*unnumbered(&unspaced(label))).copied())
}

/// `作 者`, to the width of four characters.
fn unspaced(label: &str) -> String {
    let is_space = |c: &char| matches!(c, ' ' | '\u{3000}');
    let ideographs = label.chars().filter(|c| !is_space(c)).count() == 2
        && label.chars().all(|c| is_space(&c) || matches!(c, '\u{4E00}'..='\u{9FFF}'));
    if ideographs { label.chars().filter(|c| !is_space(c)).collect() } else { label.to_owned() }
}

/// What stands for a number in a label: `第_版`.
const NUMBER: &str = "_";

/// `第04版` to `第_版`
fn unnumbered(label: &str) -> String {
    let digits = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    match (label.find(digits), label.rfind(digits)) {
        (Some(first), Some(last)) => format!("{}{NUMBER}{}", &label[..first], &label[last + 1..]),
        _ => label.to_owned(),
    }
}

static EAST_ASIAN_FIELDS: LazyLock<HashMap<&str, Field>> = LazyLock::new(|| {
    let mut fields = HashMap::new();
    for (label, field) in east_asian_labels() {
        fields.entry(label).or_insert(field);
    }
    fields
});

/// The labels as alternatives of a pattern, the longest first; those of two ideographs with a space between them too.
fn east_asian(is_one: fn(Field) -> bool) -> String {
    let labels = east_asian_labels().filter(|(_, field)| is_one(*field));
    let mut labels: Vec<&str> = labels.map(|(label, _)| label).collect();
    labels.sort_by_key(|label| std::cmp::Reverse(label.chars().count()));
    let spaced = labels.iter().copied().filter_map(|label| match label.chars().collect::<Vec<_>>()[..] {
        [first, second] if label.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) => {
            Some(format!(r"{first}[ \u{{3000}}]{{1,2}}{second}"))
        }
        _ => None,
    });
    let spaced: Vec<String> = spaced.collect();
    let plain = labels.iter().map(|label| regex::escape(label).replace(NUMBER, "[A-Z]?\\d{1,3}"));
    plain.chain(spaced).collect::<Vec<_>>().join("|")
}
