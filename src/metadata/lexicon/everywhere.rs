//! What the build script made of all files: labels before a colon and months, which are applied to documents in every
//! language; words that tell a language; lists of which patterns for languages without spaces are made.

use std::sync::LazyLock;

use super::file::field;
use super::phrases::Phrases;
use crate::document::Field;

/// The tables of all languages, sorted by the build script.
mod tables {
    include!(concat!(env!("OUT_DIR"), "/everywhere.rs"));
}

/// The labels of all languages with spaces between words.
pub(super) static LABELS: LazyLock<Phrases<Field>> = LazyLock::new(|| Phrases::sorted(tables::LABELS, field));

/// The labels of Chinese, Japanese and Korean.
pub(in crate::metadata) fn east_asian_labels() -> impl Iterator<Item = (&'static str, Field)> {
    tables::EAST_ASIAN.iter().map(|(label, number)| (*label, field(*number)))
}

/// The words of a list, `table.key`, in all languages without spaces between words: alternatives of a pattern, the longest
/// first.
pub(in crate::metadata) fn unspaced(list: &str) -> String {
    let found = tables::UNSPACED.iter().find(|(name, _)| *name == list);
    // A pattern without its words would be wrong in silence: the test of the register finds it.
    let (_, words) = found.unwrap_or_else(|| panic!("the build script makes no list {list}"));
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// The languages that a word tells.
pub(in crate::metadata) fn told_by(word: &str) -> &'static [&'static str] {
    languages_of(tables::TELLING, word)
}

/// The languages of which a word is one of the commonest.
pub(in crate::metadata) fn common_in(word: &str) -> &'static [&'static str] {
    languages_of(tables::COMMON, word)
}

fn languages_of(words: &[(&str, &'static [&'static str])], word: &str) -> &'static [&'static str] {
    words.binary_search_by(|(known, _)| (*known).cmp(word)).map_or(&[], |at| words[at].1)
}

/// The months of all languages; `None` for a name that is of different months in two.
pub(super) static MONTHS: LazyLock<Phrases<Option<u32>>> =
    LazyLock::new(|| Phrases::sorted(tables::MONTHS, |number| (number > 0).then_some(u32::from(number))));
