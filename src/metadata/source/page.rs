//! The page of a paper: `p. 12`, `第7版`, `A12版`, `с. 4`.

use std::ops::Range;

use crate::metadata::lexicon::Words;

/// Most figures of a page, and of a page of a Chinese paper.
const FIGURES: usize = 4;
const FIGURES_OF_EDITION: usize = 3;

/// The first page that a text names, or the first of several.
pub(super) fn page(words: &Words, text: &str) -> Option<Range<usize>> {
    let is_digit = char::is_numeric;
    let starts = text.match_indices(is_digit).map(|(at, _)| at).filter(|at| !text[..*at].ends_with(is_digit));
    starts.into_iter().find_map(|start| {
        let (length, count) = figures(&text[start..]);
        let end = start + length;
        // `A12`
        let section = text[..start].ends_with(|c: char| c.is_ascii_uppercase());
        let range = start - usize::from(section)..end;
        if count <= FIGURES_OF_EDITION && text[end..].trim_start().starts_with('版') {
            return Some(range);
        }
        let pages = end + further(&text[end..]);
        let apart = text[pages..].chars().next().is_none_or(|c| !c.is_alphanumeric() || matches!(c, '頁' | '页'));
        (count <= FIGURES && apart && is_named(words, &text[..range.start])).then_some(range.start..pages)
    })
}

/// The bytes of the figures that a text begins with, and how many they are.
fn figures(text: &str) -> (usize, usize) {
    let all = &text[..text.find(|c: char| !c.is_numeric()).unwrap_or(text.len())];
    (all.len(), all.chars().count())
}

/// The bytes of the last of several pages: `-14`.
fn further(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['-', '–']) else { return 0 };
    let (length, count) = figures(rest);
    if (1..=FIGURES).contains(&count) { text.len() - rest.len() + length } else { 0 }
}

/// Whether a text ends with a word for a page, or its abbreviation.
fn is_named(words: &Words, before: &str) -> bool {
    let before = before.trim_end();
    let before = before.strip_suffix('.').unwrap_or(before);
    let bare = before.trim_end_matches(char::is_alphabetic);
    before.ends_with('第') || !bare.ends_with(char::is_numeric) && words.is_page(&before[bare.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_before_and_behind() {
        let words = Words::of([]);
        let found = |text: &'static str| page(&words, text).map_or("", |range| &text[range]);
        for (text, printed) in [
            ("Meridian Courier, p. A12", "A12"),
            ("S. 3-5", "3-5"),
            ("2018年6月8日第7版", "7"),
            ("2019年05月21日 03版", "03"),
            ("с. 4.", "4"),
            ("pp 1004", "1004"),
            ("ص ٧", "٧"),
            ("May 12, 2017", ""),
            ("top 10", ""),
            ("p. 12345", ""),
        ] {
            assert_eq!(found(text), printed, "{text}");
        }
    }
}
