//! Languages and base directions as EPUB wants them: well-formed BCP 47 tags (RFC 5646 §2.1, EPUB 3.3 §5.5.3.1.3),
//! `dir`, and the attributes that state them.

use serde::{Deserialize, Serialize};
use unicode_bidi::get_base_direction;

use crate::document::{Direction, Document, Language};

/// Language and base direction at one place of the book.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Scope {
    /// A well-formed tag; `und` when it is not known.
    pub(super) language: String,
    /// The base direction is right to left.
    pub(super) right_to_left: bool,
}

/// The attributes that lead from one scope to another: none, or `lang` with `xml:lang`, and `dir`.
pub(super) type ScopeAttributes<'a> = Vec<(&'a str, &'a str)>;

impl Scope {
    /// That of the document.
    pub(super) fn of(document: &Document) -> Self {
        let language = &document.metadata.language.value;
        let tag = if is_well_formed(language.tag()) { language.tag() } else { "und" };
        Self { language: tag.to_owned(), right_to_left: language.is_right_to_left() }
    }

    /// That of the words this program adds.
    pub(super) fn english() -> Self {
        Self { language: "en".to_owned(), right_to_left: false }
    }

    /// That of a block or stretch inside this one. A language that cannot be stated changes nothing.
    pub(super) fn inner(&self, language: Option<&Language>, direction: Option<Direction>) -> Self {
        let stated = language.filter(|l| is_well_formed(l.tag()) && l.primary() != "und");
        let right_to_left = match direction {
            Some(direction) => direction == Direction::Rtl,
            None => stated.map_or(self.right_to_left, Language::is_right_to_left),
        };
        Self { language: stated.map_or_else(|| self.language.clone(), |l| l.tag().to_owned()), right_to_left }
    }

    /// That of a name from a text in this scope: the direction of a name is that of its first letter that has one
    /// (UAX #9, P2 and P3).
    pub(super) fn of_name(&self, name: &str) -> Self {
        let right_to_left = get_base_direction(name) == unicode_bidi::Direction::Rtl;
        Self { language: self.language.clone(), right_to_left }
    }

    /// Value of `dir`.
    pub(super) fn direction(&self) -> &'static str {
        if self.right_to_left { "rtl" } else { "ltr" }
    }

    /// What an element needs to be in this scope inside `outer`.
    pub(super) fn attributes_in(&self, outer: &Self) -> ScopeAttributes<'_> {
        let mut attributes = Vec::new();
        if self.language != outer.language {
            attributes.extend(self.language_attributes());
        }
        if self.right_to_left != outer.right_to_left {
            attributes.push(("dir", self.direction()));
        }
        attributes
    }

    /// `lang` and `xml:lang`, which have to agree.
    pub(super) fn language_attributes(&self) -> [(&'static str, &str); 2] {
        [("lang", &self.language), ("xml:lang", &self.language)]
    }
}

/// RFC 5646 §2.1 without extensions and grandfathered tags.
pub(super) fn is_well_formed(tag: &str) -> bool {
    let mut subtags = tag.split('-').peekable();
    let alphabetic = |s: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let alphanumeric = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
    let region = |s: &str| alphabetic(s, 2..=2) || s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit());
    let variant =
        |s: &str| alphanumeric(s) && (s.len() >= 5 || s.len() == 4 && s.starts_with(|c: char| c.is_ascii_digit()));
    if !subtags.next().is_some_and(|s| alphabetic(s, 2..=8)) {
        return false;
    }
    subtags.next_if(|s| alphabetic(s, 3..=3));
    subtags.next_if(|s| alphabetic(s, 4..=4));
    subtags.next_if(|s| region(s));
    while subtags.next_if(|s| variant(s)).is_some() {}
    match subtags.next() {
        None => true,
        Some(x) => x.eq_ignore_ascii_case("x") && subtags.peek().is_some() && subtags.all(alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn tags_are_well_formed_or_not() {
        for tag in ["en", "zh-Hans", "zh-Hant-TW", "es-419", "de-1996", "sl-rozaj-biske", "und", "en-x-a1", "zh-yue-HK"]
        {
            assert!(is_well_formed(tag), "{tag}");
        }
        for tag in ["", "e", "en_US", "en-", "english language", "en-x", "en-Latn-US-Latn", "<>", "中文"] {
            assert!(!is_well_formed(tag), "{tag}");
        }
    }
}
