//! Lines that are of the page, and names of kinds of text.

use super::super::fold::folded;
use super::super::language::Language;
use super::super::lines::{Lines, is_sentence};
use super::Words;
use crate::characters::has_cjk;
use crate::document::Field;

/// What a heading of furniture opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Section {
    /// Links to other articles.
    Links,
    /// Readers' comments.
    Comments,
}

impl Words {
    /// Whether a text is a kind of text that names its author behind it, with nothing between: `寄稿　X`.
    pub(in crate::metadata) fn is_contribution(&self, genre: &str) -> bool {
        self.0.iter().any(|language| language.file.unspaced && language.contributions.has(genre))
    }

    /// Whether a line is a control of a page, with a count behind it or without, or consists of controls.
    pub(in crate::metadata) fn is_control(&self, line: &str) -> bool {
        let line = line.trim_matches(is_separator);
        let has_parts = line.contains(is_separator) || has_cjk(line);
        let may_be = |controls: &Lines| controls.may_have(line) || controls.may_have(uncounted(line));
        if !has_parts && !self.0.iter().any(|language| may_be(&language.controls)) {
            return false;
        }
        let line = folded(line);
        let is_one = |text: &str| {
            let bare = uncounted(text);
            let has =
                |controls: &Lines| controls.has(text) || !bare.is_empty() && controls.has_in(bare, is_sentence(text));
            self.0.iter().any(|language| has(&language.controls))
        };
        // In scripts without spaces between words, a space is between controls too.
        let count = |piece: &str| piece.chars().all(char::is_numeric);
        let are_ones = |text: &str| {
            let mut pieces = text.split(' ').filter(|piece| !piece.is_empty()).peekable();
            has_cjk(text) && pieces.peek().is_some() && pieces.all(|piece| is_one(piece) || count(piece))
        };
        let mut pieces = line.split(is_separator).map(str::trim).filter(|piece| !piece.is_empty()).peekable();
        is_one(&line) || has_parts && pieces.peek().is_some() && pieces.all(|piece| is_one(piece) || are_ones(piece))
    }

    /// Whether a word stands before a count of pages or pictures.
    pub(in crate::metadata) fn is_counted(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.counted.has(word))
    }

    /// Whether a text begins as credits of pictures do.
    pub(in crate::metadata) fn opens_credit(&self, text: &str) -> bool {
        let is_label = || self.phrase(text).is_some_and(|(_, field)| field.is_of_pictures());
        self.0.iter().any(|language| language.credits.opening_word(text).is_some()) || is_label()
    }

    /// Whether a text begins with the name of the terms or of a policy of the site: `Terms of Use (10 Mar 2001)`.
    pub(in crate::metadata) fn opens_terms(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.terms.opening_word(text).is_some())
    }

    /// Where in a text the words begin that end it and stand before a day: `Ada Holm First Published`.
    pub(in crate::metadata) fn before_day(&self, text: &str) -> Option<usize> {
        text.match_indices(' ').map(|(at, _)| at + 1).find(|at| self.says_day(&text[*at..]))
    }

    /// Whether words stand before the day of publication or of a change: `Published`, `Posted`.
    fn says_day(&self, word: &str) -> bool {
        let is_day = |field: Field| matches!(field, Field::Published | Field::Updated);
        self.phrase(word).is_some_and(|(end, field)| end == word.len() && is_day(field))
            || self.label(word).is_some_and(is_day)
    }

    /// Whether a text is a word for pictures or for whose they are.
    pub(in crate::metadata) fn is_credit(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.credits.has(text)) || self.label(text).is_some_and(Field::is_of_pictures)
    }

    /// Whether a text is only a word for pictures, which stands behind titles too: `photo`, `图`, `组图`.
    pub(in crate::metadata) fn is_picture(&self, text: &str) -> bool {
        let is_word = self.label(text).is_some_and(Field::is_of_pictures) || has_cjk(text) && text.chars().count() <= 2;
        is_word && !self.0.iter().any(|language| language.credits.has(text))
    }

    /// Where such a word begins at the end of a text, and whether it is one with which credits stand behind captions.
    pub(in crate::metadata) fn credit_at_end(&self, text: &str) -> Option<(usize, bool)> {
        let own = self.0.iter().flat_map(|language| language.credits.endings(text)).map(|(start, ())| (start, true));
        let labels = self.labels_at_end(text).filter(|(_, field)| field.is_of_pictures());
        let begins_word = |start: usize| has_cjk(&text[start..]) || !text[..start].ends_with(char::is_alphanumeric);
        own.chain(labels.map(|(start, _)| (start, false))).find(|(start, _)| begins_word(*start))
    }

    /// Whether a line heads links to other articles.
    pub(in crate::metadata) fn heads_links(&self, line: &str) -> bool {
        self.any(line, |language, line| language.links.has(line))
    }

    /// What a line heads: with something around the heading that says nothing, or without.
    pub(in crate::metadata) fn heads(&self, line: &str, says_nothing: impl Fn(char) -> bool) -> Option<Section> {
        let line = folded(line);
        let bare = line.trim_matches(says_nothing);
        let has = |lines: &Lines| lines.has(bare) || bare.len() < line.len() && lines.has(&line);
        let is_one = |lines: fn(&Language) -> &Lines| self.0.iter().any(|language| has(lines(language)));
        match () {
            () if is_one(|language| &language.comments) => Some(Section::Comments),
            () if is_one(|language| &language.links) => Some(Section::Links),
            () => None,
        }
    }

    /// Whether a text is the name of a kind of text.
    pub(in crate::metadata::lexicon) fn is_genre(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.genres.has(text))
    }
}

/// A control without the count behind it.
fn uncounted(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || "()（）,.+".contains(c))
}

/// What stands between controls, and around one.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{A0}' | '\t' | '|' | '丨' | '｜' | ':' | '：' | '·' | '•' | '【' | '】' | '[' | ']')
}
