//! How notes about authors, and notes of editors, begin and go on.

use super::{Words, length};

/// What may stand before the first word of a note.
const NOTE_BRACKETS: [char; 5] = ['（', '(', '[', '【', ' '];

impl Words {
    /// How much of the start of a text is `the author`.
    pub(in crate::metadata) fn note_subject(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.subjects.opening_word(text)))
    }

    /// How much of the start of a text is a form of `to be`.
    pub(in crate::metadata) fn note_copula(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.copulas.opening(text)))
    }

    /// How much of the start of a text is a verb that says what an author does.
    pub(in crate::metadata) fn note_verb(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.verbs.opening(text)))
    }

    /// How much of the start of a text heads what is said about the author.
    pub(in crate::metadata) fn note_heading(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.about.opening_word(text)))
    }

    /// Whether a text is a heading of what is said about the author, or begins with one and a colon.
    pub(in crate::metadata) fn heads_note(&self, text: &str) -> bool {
        let bare = text.trim_start_matches(NOTE_BRACKETS);
        let heads = |length: usize| bare[length..].trim_start().chars().next().is_none_or(|c| ":：.—–-".contains(c));
        self.note_heading(bare).is_some_and(heads)
    }

    /// Where the words end with which editors open a note.
    pub(in crate::metadata) fn editorial(&self, text: &str) -> Option<usize> {
        let bare = text.trim_start_matches(NOTE_BRACKETS);
        let length = self.0.iter().filter_map(|language| language.editorial.opens(bare)).max()?;
        Some(text.len() - bare.len() + length)
    }

    /// Whether a text has words for a pen name.
    pub(in crate::metadata) fn has_pen_name(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.notes.pen_names.is_match(text))
    }
}
