//! Posts, institutions, and what stands between and around them.

use super::super::language::Language;
use super::super::prepositions::Preposition;
use super::{Words, length};

impl Words {
    /// What stands for "is" in front of a post.
    pub(in crate::metadata) fn post_copula(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.post_copulas.prefix(text)))
    }

    /// Whether a text has a post with its field: `lecturer in law`.
    pub(in crate::metadata) fn has_field(&self, text: &str) -> bool {
        self.any(text, |language, text| language.fields.is_in(text))
    }

    /// Where an institution ends in a text without spaces, behind which its post has a field: `ケルモア大学海洋法`.
    pub(in crate::metadata) fn field_behind_institution(&self, text: &str) -> Option<usize> {
        let end = self.0.iter().filter_map(|language| language.institutions.last_end(text)).max()?;
        let is_unit = |unit: &String| text.ends_with(unit.as_str());
        let ends = |language: &&Language| language.file.words.units.iter().any(is_unit);
        (end < text.len() && !self.0.iter().any(ends)).then_some(end)
    }

    /// Where the place stands in a text that names no institution, with its preposition: `baker in Dos Arroyos`.
    pub(in crate::metadata) fn place(&self, text: &str) -> Option<usize> {
        let behind = |at: usize| length(self.0.iter().filter_map(|language| language.places.opening(&text[at..])));
        let begins = |(at, _): &(usize, &str)| {
            let place = behind(at + 1).and_then(|length| text[at + 1 + length..].strip_prefix(' '));
            place.is_some_and(|place| place.starts_with(char::is_uppercase))
        };
        text.match_indices(' ').find(begins).map(|(at, _)| at)
    }

    /// The prepositions of a text by which a post and an institution may be joined, of one language after the other.
    pub(in crate::metadata) fn prepositions<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = impl Iterator<Item = Preposition> + 't> + 't {
        self.0.iter().map(move |language| language.prepositions.found(text))
    }

    /// How much of the start of a text stands in front of a post and is no part of it: articles, adverbs.
    pub(in crate::metadata) fn before_post(&self, text: &str) -> usize {
        let word = |text: &str| {
            let adverb = length(self.0.iter().filter_map(|language| language.adverbs.opening(text)));
            adverb.or_else(|| self.article(text))
        };
        let mut rest = text;
        // Nothing but such a word is left as it is.
        while let Some(behind) = word(rest).map(|length| rest[length..].trim_start()).filter(|rest| !rest.is_empty()) {
            rest = behind;
        }
        text.len() - rest.len()
    }

    /// How much of a text stands before a second statement of a person.
    pub(in crate::metadata) fn first_statement(&self, text: &str) -> Option<usize> {
        let begins = |at: usize| self.0.iter().any(|language| language.joiners.opening(&text[at..]).is_some());
        text.char_indices().find_map(|(at, c)| match c {
            ',' if begins(at) => Some(at),
            ' ' if begins(at + 1) => Some(text[..at].strip_suffix(',').map_or(at, str::len)),
            _ => None,
        })
    }

    /// Whether a word stands in front of a post and is a part of it.
    pub(in crate::metadata::lexicon) fn is_before_post(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.before_posts.has(word))
    }

    /// Whether a word is a preposition behind a post.
    pub(in crate::metadata) fn is_preposition(&self, word: &str) -> bool {
        self.any(word, |language, word| language.prepositions.has(word))
    }

    /// Whether a text has words of what a paper says of itself.
    pub(in crate::metadata::lexicon) fn has_motto(&self, text: &str) -> bool {
        self.any(text, |language, text| language.mottos.is_in(text))
    }

    /// Whether a text has a word of a post or a profession.
    pub(in crate::metadata::lexicon) fn has_post(&self, text: &str) -> bool {
        self.any(text, |language, text| language.posts.is_in(text))
    }

    /// Whether a text has a word of an institution.
    pub(in crate::metadata::lexicon) fn has_institution(&self, text: &str) -> bool {
        self.any(text, |language, text| language.institutions.is_in(text))
    }

    /// Whether a text has a word of a paper or a site.
    pub(in crate::metadata::lexicon) fn has_paper(&self, text: &str) -> bool {
        self.any(text, |language, text| language.papers.is_in(text))
    }
}
