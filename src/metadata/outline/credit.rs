//! Captions, and lines that say whose a picture is.

use crate::characters::columns;
use crate::metadata::lexicon::Words;

/// Columns of a bracket that says whose a picture is.
const LONGEST_BRACKET: usize = 80;

/// Whether a line is a caption or the credit of a picture: by its sign, by how it or its last sentence begins, by a word for
/// pictures before a colon or in brackets: `A boat at the quay. (HP Photo/Ada Holm)`.
pub(super) fn is_credit(words: &Words, text: &str) -> bool {
    let last = text.rsplit(". ").next().unwrap_or_default();
    text.contains('©')
        || words.opens_credit(text)
        || last.len() < text.len() && words.opens_credit(last)
        || text.match_indices([':', '：']).any(|(colon, _)| words.ends_with_credit(text[..colon].trim_end()))
        || brackets(text).any(|inner| names_picture(words, inner))
}

/// What stands in the brackets of a line.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.split(['(', '（']).skip(1);
    opened.filter_map(|rest| rest.split_once([')', '）'])).map(|(inner, _)| inner)
}

/// Whether a bracket begins or ends with a word for pictures, or has one before a stroke or a comma.
fn names_picture(words: &Words, inner: &str) -> bool {
    let first = inner.split_whitespace().next().unwrap_or_default();
    let mut marks = inner.match_indices(['/', ',', '，', '、']);
    columns(inner) <= LONGEST_BRACKET
        && (words.is_credit(first)
            || words.ends_with_credit(inner)
            || marks.any(|(end, _)| words.ends_with_credit(inner[..end].trim_end())))
}
