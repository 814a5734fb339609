//! What is in names, beside them, and in their place.

use super::super::fold::folded;
use super::super::language::Language;
use super::{Words, length, longest};

impl Words {
    /// The kind of text with which the name of somebody's column ends: `한서윤 칼럼`, `張三專欄`.
    pub(in crate::metadata::lexicon) fn column<'t>(&self, text: &'t str) -> Option<&'t str> {
        let columns = self.0.iter().flat_map(|language| &language.file.words.columns);
        let (kind, name) = columns.filter_map(|kind| Some((kind, text.strip_suffix(kind.as_str())?))).next()?;
        let is_hangul = |c: char| matches!(c, '\u{AC00}'..='\u{D7A3}');
        let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}');
        let spaced = name.strip_suffix(' ').is_some_and(|name| !name.is_empty() && name.chars().all(is_hangul));
        let joined = (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
        (spaced || joined).then(|| &text[text.len() - kind.len()..])
    }

    /// How much of the start of a text is titles in front of a name, with the spaces behind them.
    pub(in crate::metadata) fn honorifics(&self, text: &str) -> usize {
        let mut rest = text;
        while let Some(length) = self.honorific(rest) {
            rest = &rest[length..];
        }
        text.len() - rest.len()
    }

    fn honorific(&self, text: &str) -> Option<usize> {
        // A title has a capital where there are capitals.
        let opening = |language: &&Language| language.honorifics.opening_up_to(text, |c| c == '.' || c.is_whitespace());
        let ends = self.0.iter().filter(|_| !text.starts_with(char::is_lowercase)).filter_map(opening);
        let bare = &text[longest(ends).map(|(length, ())| length)?..];
        let pointed = bare.strip_prefix('.').unwrap_or(bare);
        let rest = pointed.trim_start();
        // `د.ليلى`: a title with its point needs no space.
        let apart = rest.len() < pointed.len() || text[..text.len() - bare.len()].ends_with('.');
        (apart && !rest.is_empty()).then_some(text.len() - rest.len())
    }

    /// Whether a word is one that titles and names of sites have without a capital, and has none.
    pub(in crate::metadata) fn is_small(&self, word: &str) -> bool {
        let is_one = |language: &Language| {
            let Language { small, articles, particles, conjunctions, .. } = language;
            [small, articles, particles, conjunctions].iter().any(|words| words.has(word))
        };
        matches!(word, "&" | "–" | "-") || !word.starts_with(char::is_uppercase) && self.0.iter().any(|l| is_one(l))
    }

    /// The words of one letter of the language that the text is told to be in; none where they are not known.
    pub(in crate::metadata) fn letters(&self) -> &[char] {
        self.0.first().map_or(&[], |language| &language.letters)
    }

    /// Whether a text names a body that signs articles.
    pub(in crate::metadata::lexicon) fn is_body(&self, text: &str) -> bool {
        let text = folded(text);
        let behind = text.split_once(' ').filter(|(first, _)| self.is_article(first)).map(|(_, rest)| rest);
        let is_one = |text: &str| self.0.iter().any(|language| language.bodies.has(text));
        is_one(&text) || behind.is_some_and(is_one)
    }

    /// How much of the start of a text is an article, elided or with a space behind it.
    pub(in crate::metadata) fn article(&self, text: &str) -> Option<usize> {
        // `’n` begins with one.
        let apostrophe = text.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || matches!(c, '’' | '\''));
        let (at, end) = apostrophe?;
        let length = if end.is_whitespace() { at } else { at + end.len_utf8() };
        self.is_article(&text[..length]).then_some(length)
    }

    /// Whether a word is a small one inside names: `de`, `van`.
    pub(in crate::metadata) fn is_particle(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.particles.has(word))
    }

    /// Whether a text is a degree or an honour behind a name: `Ph.D.`, `OBE`.
    pub(in crate::metadata) fn is_degree(&self, text: &str) -> bool {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        self.0.iter().any(|language| language.degrees.has(&bare))
    }

    /// Whether a word is in no name, and in lines of a page with a capital.
    pub(in crate::metadata) fn is_other(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.other.has(word))
    }

    /// Whether a word is an article.
    pub(in crate::metadata) fn is_article(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.articles.has(word))
    }

    /// How much of the start of a text is a conjunction, whole, in one of the languages.
    pub(in crate::metadata) fn conjunction(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.conjunctions.opening(text)))
    }

    /// Whether a text stands in the place of a name and names nobody.
    pub(in crate::metadata::lexicon) fn is_nobody(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.nobody.has(text))
    }

    /// Whether a word begins sentences and titles, and is in no name.
    pub(in crate::metadata) fn is_of_sentences(&self, word: &str) -> bool {
        self.0
            .iter()
            .any(|language| language.file.names.sentence.binary_search_by(|known| known.as_str().cmp(word)).is_ok())
    }
}
