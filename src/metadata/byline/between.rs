//! What stands between two names in a row: marks, and the conjunctions of the document's languages.

use std::ops::Range;

use crate::characters::is_cjk;
use crate::metadata::lexicon::Words;

/// Marks between names.
const MARKS: [char; 7] = ['、', '，', ',', ';', '；', '/', '،'];

/// The first separator of names in `text` from `from` on.
pub(super) fn between(words: &Words, text: &str, from: usize) -> Option<Range<usize>> {
    let places = text[from..].char_indices().map(|(at, c)| (from + at, c));
    let separator = |(at, c): (usize, char)| match c {
        '\n' => Some(at..skip_space(text, at)),
        c if c.is_whitespace() => behind_space(words, text, at),
        c if MARKS.contains(&c) => {
            let end = skip_space(text, at + c.len_utf8());
            // `A, B, and C`
            Some(at..conjunction(words, text, end).unwrap_or(end))
        }
        '＆' | '與' | '与' | '和' | '及' => Some(at..skip_space(text, at + c.len_utf8())),
        '・' => {
            let end = at + c.len_utf8();
            Some(at..skip_space(text, end)).filter(|gap| gap.end > end)
        }
        _ => None,
    };
    places.into_iter().find_map(separator)
}

/// All of them.
pub(super) fn gaps<'t>(words: &'t Words, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let mut from = 0;
    std::iter::from_fn(move || {
        let gap = between(words, text, from)?;
        from = gap.end;
        Some(gap)
    })
}

fn skip_space(text: &str, at: usize) -> usize {
    // Nobody sees the places where a line may break.
    text.len() - text[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200B}').len()
}

/// A separator that begins with white space.
fn behind_space(words: &Words, text: &str, at: usize) -> Option<Range<usize>> {
    let word = skip_space(text, at);
    let next = text[word..].chars().next()?;
    if MARKS.contains(&next) || matches!(next, '＆' | '與' | '与' | '和' | '及') {
        return between(words, text, word).map(|gap| at..gap.end);
    }
    if let Some(end) = conjunction(words, text, word) {
        return Some(at..end);
    }
    // Arabic joins it to the name, and names begin with the letter: both sides have to be names as a whole.
    let is_joined = |rest: &str| rest.starts_with(char::is_alphabetic);
    if next == 'و' && (!is_joined(&text[word + next.len_utf8()..]) || are_whole(&text[..at], &text[word..])) {
        return Some(at..skip_one(text, word + next.len_utf8()));
    }
    let wide = text[at..word].find('\u{3000}')?;
    let end = text[at + wide..].find(|c| c != '\u{3000}').map_or(text.len(), |length| at + wide + length);
    Some(at + wide..end)
}

/// Whether what stands on either side of a joined conjunction, up to the next mark, has two words or more.
fn are_whole(before: &str, behind: &str) -> bool {
    let has_words = |text: Option<&str>| text.is_some_and(|text| text.split_whitespace().count() >= 2);
    has_words(before.rsplit(MARKS).next()) && has_words(behind.split(MARKS).next())
}

fn skip_one(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
}

/// Where what follows a conjunction begins; `None` where the word at `at` is none. A single capital is an initial, unless
/// everything is set in capitals.
fn conjunction(words: &Words, text: &str, at: usize) -> Option<usize> {
    // A reference of HTML that nobody read.
    let reference = text[at..].starts_with("&amp; ").then_some("&amp;".len());
    let broken = || {
        let end = text[at..].find(|c: char| c.is_whitespace() || c == '\u{200B}').map(|length| at + length)?;
        text[end..].starts_with('\u{200B}').then(|| words.conjunction(&text[at..end])).flatten()
    };
    let length = reference.or_else(|| words.conjunction(&text[at..])).or_else(broken)?;
    let word = &text[at..at + length];
    let end = skip_space(text, at + length);
    let is_initial = word.chars().count() == 1
        && word.chars().any(char::is_uppercase)
        && text.chars().any(|c| c.is_lowercase() && !is_cjk(c));
    (end > at + length && !is_initial).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_separated_by_marks_and_conjunctions_of_the_language() {
        let split = |tag: &str, text: &str| {
            let words = Words::of([tag]);
            let mut start = 0;
            let mut names: Vec<String> = Vec::new();
            for gap in gaps(&words, text) {
                names.push(text[start..gap.start].to_owned());
                start = gap.end;
            }
            names.push(text[start..].to_owned());
            names
        };
        for (tag, text) in [
            ("en", "Ada Holm and Bo Lund"),
            ("en", "Ada Holm, and Bo Lund"),
            ("en", "Ada Holm AND Bo Lund"),
            ("nb", "Ada Holm og Bo Lund"),
            ("sv", "Ada Holm och Bo Lund"),
            ("nl", "Ada Holm en Bo Lund"),
            ("pl", "Ada Holm i Bo Lund"),
            ("cs", "Ada Holm a Bo Lund"),
            ("hu", "Ada Holm és Bo Lund"),
            ("et", "Ada Holm ja Bo Lund"),
            ("id", "Ada Holm dan Bo Lund"),
            ("lt", "Ada Holm ir Bo Lund"),
            ("ro", "Ada Holm și Bo Lund"),
        ] {
            assert_eq!(split(tag, text), ["Ada Holm", "Bo Lund"], "{tag}");
        }
        assert_eq!(split("es", "ADA HOLM Y BO LUND"), ["ADA HOLM", "BO LUND"]);
        assert_eq!(split("es", "Ada Y Holm"), ["Ada Y Holm"]);
        assert_eq!(split("ar", "سامي وهبة وهدى النجدي"), ["سامي وهبة", "هدى النجدي"]);
        assert_eq!(split("fa", "رضا ورجاوندی"), ["رضا ورجاوندی"]);
        assert_eq!(split("zh", "陆怀瑾、沈令闻　季云和姚澹"), ["陆怀瑾", "沈令闻", "季云", "姚澹"]);
    }
}
