//! What tells prose from lines: its length, and how it ends.

use crate::characters::columns;
pub(super) use crate::characters::ends_sentence;

/// Whether a text is longer than a title, or a sentence of some length.
pub(super) fn is_long(text: &str) -> bool {
    let columns = columns(text);
    columns > 200 || (columns > 60 && ends_sentence(text)) || columns > 140
}

/// Whether a text is more than one sentence.
pub(super) fn has_sentences(text: &str) -> bool {
    let is_inside = |(at, mark): (usize, &str)| {
        let rest = &text[at + mark.len()..];
        // The marks of Chinese and Japanese have no space behind them.
        !rest.is_empty() && (matches!(mark, "。" | "！" | "？") || rest.starts_with(char::is_whitespace))
    };
    text.match_indices(['.', '!', '?', '。', '！', '？', '؟', '۔', '।']).any(is_inside)
}
