//! Captions, and lines that say whose a picture is.

use crate::characters::columns;
use crate::metadata::lexicon::Words;
use crate::metadata::prose::ends_sentence;

/// Columns of a bracket that says whose a picture is.
const LONGEST_BRACKET: usize = 80;

/// Columns of a name before a word for pictures and a colon: `AP Photo: Ada Holm`.
const LONGEST_NAME: usize = 8;

/// Whether a line is a caption or the credit of a picture: by its sign, by how it or its last sentence begins, by a word for
/// pictures in brackets: `A boat at the quay. (HP Photo/Ada Holm)`. `The bridge (photo)` and `(Photo) The bridge` are none.
pub(super) fn is_credit(words: &Words, text: &str) -> bool {
    let last = text.rsplit(". ").next().unwrap_or_default();
    text.contains('©')
        || begins(words, text)
        || last.len() < text.len() && begins(words, last)
        || first_bracket(text)
            .is_some_and(|(inner, rest)| names_picture(words, inner) && (rest.is_empty() || ends_sentence(rest)))
        || first_bracket(text).is_none()
            && brackets(text).any(|inner| names_picture(words, inner) && !words.is_picture(inner))
}

/// Whether a text begins as credits do, or has one behind a caption. Before a colon a word for pictures alone tells it only
/// behind the short name of somebody or a sentence: `The new picture: what we see` is none.
fn begins(words: &Words, text: &str) -> bool {
    let may_precede = |above: &str| {
        let is_name = columns(above) <= LONGEST_NAME && !above.contains(char::is_lowercase);
        is_name || above.ends_with(['.', '。'])
    };
    let is_label = |label: &str| {
        words.credit_at_end(label).is_some_and(|(at, is_credit)| is_credit || may_precede(label[..at].trim_end()))
    };
    words.opens_credit(text) || text.match_indices([':', '：']).any(|(colon, _)| is_label(text[..colon].trim_end()))
}

/// What stands in the bracket with which a line begins, and behind it.
fn first_bracket(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix(['(', '（'])?.split_once([')', '）'])
}

/// What stands in the brackets of a line.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.split(['(', '（']).skip(1);
    opened.filter_map(|rest| rest.split_once([')', '）'])).map(|(inner, _)| inner)
}

/// Whether a bracket begins or ends with a word for pictures, or has one before a stroke or a comma.
fn names_picture(words: &Words, inner: &str) -> bool {
    let ends = |text: &str| words.credit_at_end(text).is_some();
    let first = inner.split_whitespace().next().unwrap_or_default();
    let mut marks = inner.match_indices(['/', ',', '，', '、']);
    columns(inner) <= LONGEST_BRACKET
        && (words.is_credit(first) || ends(inner) || marks.any(|(end, _)| ends(inner[..end].trim_end())))
}
