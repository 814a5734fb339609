//! The labels in a piece of a line, and their values.

use std::ops::Range;

use super::unlabelled::unlabelled;
use super::{Part, PartKind};
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::date::find_date;
use crate::metadata::label_patterns::{WITH_COLON, field_of};

/// Splits a piece at the labels in it.
pub(super) fn labelled(line: &str, piece: Range<usize>, parts: &mut Vec<Part>) {
    let labels = labels(line, &piece);
    let mut first_end = labels.first().map_or(piece.end, |(label, _)| label.start);
    // A bracket that opens before the label belongs to it: （责任编辑：…）.
    let opened = line[piece.start..first_end]
        .trim_end_matches(['（', '(', '【', '[', '〔', '「', '<', '■', '◆', '●', ' '])
        .len();
    let before = piece.start..piece.start + opened;
    first_end = before.end;
    if first_end > piece.start {
        unlabelled(line, trim(line, before), parts);
    }
    for (i, (label, value_start)) in labels.iter().enumerate() {
        let end = labels.get(i + 1).map_or(piece.end, |(next, _)| next.start);
        let value = trim(line, *value_start..end.max(*value_start));
        // The bracket that opens the next label.
        let value = value.start..value.start + line[value].trim_end_matches(['【', '［', '（', '(', '[', ' ']).len();
        let value = close(line, value, label.start);
        let Some(field) = field_of(&line[label.clone()]) else { continue };
        let (value, rest) = split_off_date(line, field, value);
        let kind = PartKind::Labelled { field, label: label.clone(), value: value.clone() };
        parts.push(Part { kind, range: label.start..value.end.max(label.end) });
        if let Some(rest) = rest {
            unlabelled(line, trim(line, rest), parts);
        }
    }
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

/// `（责任编辑：方稚文）`: the closing bracket has its opening one before the label.
fn close(line: &str, value: Range<usize>, label: usize) -> Range<usize> {
    let text = &line[value.clone()];
    for (open, close) in [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']'), ('〔', '〕'), ('<', '>')] {
        if text.ends_with(close) && !text.contains(open) && line[..label].contains(open) {
            return trim(line, value.start..value.end - close.len_utf8());
        }
    }
    value
}

/// `来源：岭下新评网 2022/11/03`: a date behind another value is a part of its own.
fn split_off_date(line: &str, field: Field, value: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let dated = matches!(
        field,
        Field::Published
            | Field::Updated
            | Field::Keywords
            | Field::Unkept
            | Field::Url
            | Field::Title
            | Field::Subtitle
            | Field::Rights
            | Field::Source
    );
    let found = if dated && field != Field::Source {
        None
    } else {
        find_date(&line[value.clone()]).filter(|d| d.range.start > 0)
    };
    match found {
        Some(date) => {
            let at = value.start + date.range.start;
            let opening = line[value.start..at].trim_end_matches(['(', '（', ' ']).len();
            (trim(line, value.start..value.start + opening), Some(at..value.end))
        }
        None => (value, None),
    }
}

/// The labels in a piece, each with where its value begins.
fn labels(line: &str, piece: &Range<usize>) -> Vec<(Range<usize>, usize)> {
    const MARKS: [char; 22] = [
        ':', '：', '=', '＝', '／', '/', '・', '·', '|', '丨', '｜', '【', '［', '（', '(', '．', '입', '수', '등',
        '게', '公', '更',
    ];
    let text = &line[piece.clone()];
    if !text.contains(MARKS) {
        return Vec::new();
    }
    let label = |captures: regex::Captures<'_>| {
        let groups = ["word", "boxed", "bracketed", "cjk", "slash", "bare"];
        let label = groups.iter().find_map(|group| captures.name(group))?;
        let end =
            captures.name("digit").map_or_else(|| captures.get(0).map_or(label.end(), |m| m.end()), |d| d.start());
        let is_word = captures.name("word").is_some();
        let is_address = text[end..].starts_with("//");
        let is_time = is_word && text[..label.start()].ends_with(|c: char| c.is_ascii_digit());
        let begins = begins_label(text, label.start(), is_word);
        (begins && !is_address && !(is_time && label.as_str().len() < 3))
            .then(|| (piece.start + label.start()..piece.start + label.end(), piece.start + end))
    };
    WITH_COLON.captures_iter(text).filter_map(label).collect()
}
