//! The labels in a piece of a line, and their values.

use std::ops::Range;

use super::unlabelled::unlabelled;
use super::{Part, PartKind};
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::date::find_date;
use crate::metadata::labels::{field_of, labels};
use crate::metadata::lexicon::Words;

/// Splits a piece at the labels in it.
pub(super) fn labelled(words: &Words, line: &str, piece: Range<usize>, parts: &mut Vec<Part>) {
    let labels: Vec<(Range<usize>, usize)> = labels(words, &line[piece.clone()])
        .into_iter()
        .map(|label| (piece.start + label.range.start..piece.start + label.range.end, piece.start + label.end))
        .collect();
    let mut first_end = labels.first().map_or(piece.end, |(label, _)| label.start);
    // A bracket that opens before the label belongs to it: （责任编辑：…）.
    let opened = line[piece.start..first_end]
        .trim_end_matches(['（', '(', '【', '[', '〔', '「', '<', '■', '◆', '●', ' '])
        .len();
    let before = piece.start..piece.start + opened;
    first_end = before.end;
    if first_end > piece.start {
        unlabelled(words, line, trim(line, before), parts);
    }
    for (i, (label, value_start)) in labels.iter().enumerate() {
        let end = labels.get(i + 1).map_or(piece.end, |(next, _)| next.start);
        let value = trim(line, *value_start..end.max(*value_start));
        // The bracket that opens the next label.
        let value = value.start..value.start + line[value].trim_end_matches(['【', '［', '（', '(', '[', ' ']).len();
        let value = close(line, value, label.start);
        let Some(field) = field_of(words, &line[label.clone()]) else { continue };
        let (value, rest) = split_off_date(words, line, field, value);
        let kind = PartKind::Labelled { field, label: label.clone(), value: value.clone() };
        parts.push(Part { kind, range: label.start..value.end.max(label.end) });
        if let Some(rest) = rest {
            unlabelled(words, line, trim(line, rest), parts);
        }
    }
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
fn split_off_date(
    words: &Words,
    line: &str,
    field: Field,
    value: Range<usize>,
) -> (Range<usize>, Option<Range<usize>>) {
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
        find_date(words, &line[value.clone()]).filter(|d| d.range.start > 0)
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
