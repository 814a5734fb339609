//! What stands between a post and an institution: `at the`, `an der`, `dell’`.

use std::cmp::Reverse;
use std::ops::Range;

use super::file::Posts;
use super::fold::{fold, folded};

/// One in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Preposition {
    /// With the spaces around it.
    pub(in crate::metadata) range: Range<usize>,
    /// It says where, and not whose.
    pub(in crate::metadata) is_place: bool,
    /// A name of any kind behind it is an employer.
    pub(in crate::metadata) is_of_employers: bool,
    /// It is a letter of the next word.
    pub(in crate::metadata) is_fused: bool,
}

/// Those of a language, the longest first.
#[derive(Debug)]
pub(super) struct Prepositions {
    words: Vec<Word>,
    fused: Vec<Box<str>>,
}

#[derive(Debug)]
struct Word {
    folded: Box<str>,
    is_place: bool,
    is_of_employers: bool,
}

impl Prepositions {
    pub(super) fn new(posts: &Posts) -> Self {
        let word = |text: &String, is_place| {
            let is_of_employers = posts.employers.contains(text);
            Word { folded: folded(text).into(), is_place, is_of_employers }
        };
        let places = posts.at.iter().map(|text| word(text, true));
        let mut words: Vec<Word> = places.chain(posts.of.iter().map(|text| word(text, false))).collect();
        words.sort_by_key(|word| Reverse(word.folded.chars().count()));
        Self { words, fused: posts.fused.iter().map(|letter| folded(letter).into()).collect() }
    }

    /// Whether a word, folded, is one of them.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.words.iter().any(|word| *word.folded == *folded)
    }

    /// Those in a text, behind a space each.
    pub(super) fn found<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Preposition> + 't {
        let spaces = text.char_indices().filter(|(at, c)| *at > 0 && c.is_whitespace());
        spaces.filter_map(|(at, space)| {
            let start = at + space.len_utf8();
            let word = self.words.iter().find_map(|word| Some((word, start + opens(&word.folded, &text[start..])?)));
            let whole = word.map(|(word, end)| Preposition {
                range: at..end,
                is_place: word.is_place,
                is_of_employers: word.is_of_employers,
                is_fused: false,
            });
            let letter = || self.fused.iter().find(|letter| text[start..].starts_with(&***letter));
            whole.or_else(|| {
                let range = at..start + letter()?.len();
                Some(Preposition { range, is_place: true, is_of_employers: false, is_fused: true })
            })
        })
    }
}

/// How much of the start of a text is a word and the space behind it; behind an elided one there is none.
fn opens(word: &str, text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    let is_same = word.chars().all(|c| characters.next().is_some_and(|(_, other)| fold(other) == c));
    let (at, next) = characters.next()?;
    match word.ends_with('’') {
        true => is_same.then_some(at),
        false => (is_same && next.is_whitespace()).then_some(at + next.len_utf8()),
    }
}
