//! Words to syllables, where a line may end with a hyphen.
//!
//! Only paragraphs whose lines would be loose without it are hyphenated (TeX's second pass), by the patterns of their
//! languages; Korean ones may then end between any two syllables. A hyphen that the line's end makes stands for U+00AD, so that the text comes back without it.

use std::ops::Range;

use hypher::Lang;

use super::atom::{Atom, Break, Setter};
use super::shape::Shaper;
use super::spans::Paragraph;
use super::{GlyphRole, Length, margin};

/// Letters of the shortest word that is hyphenated.
const SHORTEST: usize = 5;

impl Setter<'_> {
    /// Cuts words that are wider than this into syllables; whether any could be.
    pub fn hyphenate(&mut self, paragraph: &Paragraph, shaper: &Shaper, wider_than: Length) -> bool {
        let text = &paragraph.text;
        let mut atoms: Vec<Atom> = Vec::with_capacity(self.atoms.len() * 2);
        let mut spans = paragraph.spans.iter().peekable();
        // The end of the word that was looked at last, and whether it is an address.
        let (mut word_end, mut in_address) = (0, false);
        for atom in std::mem::take(&mut self.atoms) {
            while spans.peek().is_some_and(|span| span.range.end <= atom.text.start) {
                spans.next();
            }
            if !atom.is_space && atom.text.start >= word_end {
                let word = text[atom.text.start..].split(char::is_whitespace).next().unwrap_or_default();
                (word_end, in_address) = (atom.text.start + word.len(), is_address(word));
            }
            let cut = spans.peek().and_then(|span| cut_of(shaper.language(span.language).primary()));
            match cut {
                Some(cut) if !atom.is_space && !in_address && atom.width > wider_than => {
                    self.push_syllables(text, atom, cut, &mut atoms)
                }
                _ => atoms.push(atom),
            }
        }
        self.atoms = atoms;
        self.atoms.iter().any(|atom| matches!(atom.after, Break::Hyphen | Break::Syllable))
    }

    fn push_syllables(&self, text: &str, atom: Atom, cut: Cut, atoms: &mut Vec<Atom>) {
        let language = match cut {
            Cut::Patterns(language) => language,
            Cut::Hangul => return atoms.push(open_hangul(text, atom)),
        };
        let ends = syllable_ends(text, &atom.text, language);
        let mut start = atom.glyphs.start;
        let mut text_start = atom.text.start;
        for end in ends {
            let at = self.base + end;
            // A ligature over the end of a syllable stays whole.
            let glyphs = &self.glyphs[start..atom.glyphs.end];
            let Some(count) = glyphs.iter().position(|glyph| glyph.text.start >= at).filter(|n| *n > 0) else {
                continue;
            };
            if glyphs[count - 1].text.end != at || glyphs[count].text.start != at {
                continue;
            }
            let range = start..start + count;
            let head = if start == atom.glyphs.start { atom.head } else { 0 };
            atoms.push(Atom {
                width: self.width(range.clone()),
                glyphs: range,
                text: text_start..end,
                head,
                tail: self.hyphen_tail(&atom),
                after: Break::Hyphen,
                ..atom.clone()
            });
            (start, text_start) = (start + count, end);
        }
        let head = if start == atom.glyphs.start { atom.head } else { 0 };
        let glyphs = start..atom.glyphs.end;
        atoms.push(Atom { width: self.width(glyphs.clone()), glyphs, text: text_start..atom.text.end, head, ..atom });
    }

    fn width(&self, glyphs: Range<usize>) -> Length {
        self.glyphs[glyphs].iter().map(|glyph| glyph.advance).sum()
    }

    /// What a line that ends with a hyphen after this atom is wider by.
    pub fn hyphen_tail(&self, atom: &Atom) -> Length {
        let (_, advance) = self.hyphen(atom);
        advance * (1000 - margin::at_right('\u{AD}')) / 1000
    }

    /// The hyphen of an atom's face: its glyph and width.
    fn hyphen(&self, atom: &Atom) -> (u16, Length) {
        let face = atom.how.face.face();
        // Every face has a hyphen; a test asks them. A soft hyphen can stand in any script.
        let id = face.glyph('\u{2010}').or_else(|| face.glyph('-')).unwrap_or_default();
        (id, face.advance(id) * atom.how.size)
    }

    /// The hyphen with which a line ends after an atom; it shows the soft hyphen there, if one is.
    pub fn hyphen_glyph(&self, atom: &Atom) -> super::Glyph {
        let (id, advance) = self.hyphen(atom);
        let end = self.base + atom.text.end;
        super::Glyph { id, role: GlyphRole::Hyphen, advance, offset: (0, 0), text: end..end }
    }
}

/// How words are cut.
#[derive(Clone, Copy)]
enum Cut {
    /// With a hyphen, by the patterns of a language.
    Patterns(Lang),
    /// Between syllables of Hangul, without one.
    Hangul,
}

fn cut_of(primary: &str) -> Option<Cut> {
    if primary == "ko" { Some(Cut::Hangul) } else { language_of(primary).map(Cut::Patterns) }
}

/// Allows a line to end after a syllable of Hangul before another; each is an atom.
fn open_hangul(text: &str, atom: Atom) -> Atom {
    let is_syllable = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
    let at = atom.text.end;
    let is_inside = is_syllable(text[..at].chars().next_back()) && is_syllable(text[at..].chars().next());
    Atom { after: if is_inside && atom.after == Break::Forbidden { Break::Syllable } else { atom.after }, ..atom }
}

/// The patterns for a language.
fn language_of(primary: &str) -> Option<Lang> {
    Lang::from_iso(<[u8; 2]>::try_from(primary.as_bytes()).ok()?)
}

/// Byte offsets of the ends of the syllables of the words in a range, the last one of each word left out.
fn syllable_ends(text: &str, range: &Range<usize>, language: Lang) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = range.start;
    let within = &text[range.clone()];
    for word in within.split(|c: char| !c.is_alphabetic()) {
        let start = at;
        at += word.len();
        let separator = text[at..range.end].chars().next().map_or(0, char::len_utf8);
        at += separator;
        // A word that goes on in another face is left alone.
        let is_whole = !text[..start].ends_with(char::is_alphabetic)
            && !text[start + word.len()..].starts_with(char::is_alphabetic);
        if is_whole && word.chars().count() >= SHORTEST {
            let mut end = start;
            ends.extend(hypher::hyphenate(word, language).map(|syllable| {
                end += syllable.len();
                end
            }));
            ends.pop();
        }
    }
    ends
}

/// Whether a word is an address, a name of a file or a number of some kind, in which nobody could tell a hyphen of ours
/// from its own.
fn is_address(word: &str) -> bool {
    let characters: Vec<char> = word.chars().collect();
    let is_mixed = |two: &[char]| two[0].is_alphabetic() && two[1].is_ascii_digit();
    let is_inner_point = |three: &[char]| three[0].is_alphanumeric() && three[1] == '.' && three[2].is_alphabetic();
    word.contains(['@', '/', '\\', '_', '#', '='])
        || characters.windows(2).any(is_mixed)
        || characters.windows(3).any(is_inner_point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::FaceId;

    fn syllables(text: &str, tag: &str) -> Vec<String> {
        let mut start = 0;
        let mut ends = syllable_ends(text, &(0..text.len()), language_of(tag).unwrap());
        ends.push(text.len());
        ends.into_iter().map(|end| text[std::mem::replace(&mut start, end)..end].to_owned()).collect()
    }

    #[test]
    fn words_are_cut_by_their_language() {
        assert_eq!(syllables("(Extensive", "en"), ["(Ex", "ten", "sive"]);
        assert_eq!(syllables("Bürgermeister,", "de"), ["Bür", "ger", "meis", "ter,"]);
        assert_eq!(syllables("government’s", "en"), ["gov", "ern", "ment’s"]);
        for address in [
            "www.constitutional.example.org",
            "ann@example.org",
            "https://example.org/information",
            "a_b.txt",
            "c4e5c5f481addf",
        ] {
            assert!(is_address(address), "{address}");
        }
        for word in ["end.", "3.14", "“Word”,", "well-known", "e.g"] {
            assert_eq!(is_address(word), word == "e.g", "{word}");
        }
        assert!(language_of("ar").is_none() && language_of("zh").is_none() && language_of("und").is_none());
    }

    #[test]
    fn every_face_has_a_hyphen() {
        for id in FaceId::ALL {
            assert!(id.face().glyph('\u{2010}').or_else(|| id.face().glyph('-')).is_some(), "{id:?}");
        }
    }
}
