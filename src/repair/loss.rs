//! Characters of UTF-8 that were shown byte by byte and lost bytes after that.
//!
//! Three losses are known from scraped pages: a no-break space (byte A0) became a space or was dropped with others,
//! C1 controls (bytes 80-9F) were dropped because nothing shows them, and what a reader could not show at all
//! became U+FFFD. The last is final: the character is U+FFFD. Of the others the candidates are listed here;
//! `proof` lets the text decide.

use super::codec::{Carrier, Shown};
use crate::model::Symbol;

/// A character that may have stood at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) character: char,
    /// Symbols after the first that belong to it.
    pub(super) followers: usize,
    /// Two of its bytes are gone.
    pub(super) weak: bool,
}

/// Bytes 80-9F, one bit each.
type Controls = u32;

/// The bytes that windows-1252 leaves undefined: 81, 8D, 8F, 90 and 9D.
const UNDEFINED: Controls = 1 << 0x01 | 1 << 0x0D | 1 << 0x0F | 1 << 0x10 | 1 << 0x1D;

/// What a text lost, as far as what it kept tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dropped {
    /// The bytes 80-9F that the page leaves undefined, which readers drop.
    undefined: Controls,
    /// All of the bytes 80-9F: nothing shows one. ISO-8859-1 has them as controls, which readers of XML drop.
    pub(super) controls: bool,
    /// The byte A0: nothing shows it.
    no_break_spaces: bool,
}

impl Dropped {
    /// What a text lost that shows the bytes of `characters` and no others, in a page.
    pub(super) fn of(carrier: Carrier, characters: impl Iterator<Item = char>) -> Self {
        let is_undefined = |byte: &u8| carrier.shown(char::from(*byte)).is_some_and(|s| s.bytes() == [*byte]);
        let undefined: Controls = (0x80..=0x9F).filter(is_undefined).map(|byte| 1 << (byte - 0x80)).sum();
        // The Western page is two: that in which controls are controls, and windows-1252.
        let western = undefined == Controls::MAX;
        let mut dropped =
            Self { undefined: if western { UNDEFINED } else { undefined }, controls: western, no_break_spaces: true };
        for shown in characters.filter(|c| !c.is_ascii()).filter_map(|c| carrier.shown(c)) {
            dropped.controls &= !shown.bytes().iter().any(|byte| matches!(byte, 0x80..=0x9F));
            dropped.no_break_spaces &= !shown.bytes().contains(&0xA0);
        }
        dropped
    }

    /// Bytes that a character may have lost that begins with `lead`. Where all controls are gone, characters of three
    /// bytes have lost so many that a single one cannot be told, but for punctuation.
    fn bytes(self, lead: u8) -> impl Iterator<Item = u8> {
        let (controls, tells) = match (self.controls, lead) {
            (false, _) => (self.undefined, true),
            (true, ..0xE0 | 0xE2) => (Controls::MAX, true),
            (true, _) => (0, false),
        };
        let controls = (0x80..=0x9F).filter(move |byte| controls >> (byte - 0x80) & 1 == 1);
        controls.chain((tells && self.no_break_spaces).then_some(0xA0))
    }
}

/// Characters of three bytes of which nothing but the first is left: the punctuation of edited prose.
pub(super) const PUNCTUATION: [char; 7] = ['’', '“', '”', '‘', '–', '—', '…'];

/// Candidates for a character that begins with the byte `lead`, of which `rest` may show more bytes and lost some of
/// what the text `dropped`.
pub(super) fn losses(lead: u8, rest: &[Symbol], dropped: Dropped, shown: impl Fn(char) -> Option<Shown>) -> Vec<Loss> {
    let needed = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    if dropped.no_break_spaces {
        with_spaces(lead, needed, rest, &shown, &mut found);
    }
    let mut bytes = vec![lead];
    // What is shown of it, up to the first byte that is not.
    for symbol in rest.iter().take(needed) {
        match shown(symbol.c).map(|s| s.bytes()[0]) {
            Some(byte @ 0x80..=0xBF) => bytes.push(byte),
            _ => break,
        }
    }
    let followers = bytes.len() - 1;
    if rest.get(followers).is_some_and(|symbol| symbol.c == '\u{FFFD}') {
        return vec![Loss { character: '\u{FFFD}', followers: followers + 1, weak: false }];
    }
    match needed - followers {
        2 if lead == 0xE2 && followers == 0 => {
            found.extend(PUNCTUATION.map(|character| Loss { character, followers, weak: true }));
        }
        1 => {
            for at in 1..=bytes.len() {
                for byte in dropped.bytes(lead) {
                    push(&mut found, &with(&bytes, at, byte), followers);
                }
            }
        }
        _ => {}
    }
    found
}

/// The character that is there with all its bytes, those that became spaces included.
fn with_spaces(
    lead: u8,
    needed: usize,
    rest: &[Symbol],
    shown: &impl Fn(char) -> Option<Shown>,
    found: &mut Vec<Loss>,
) {
    let byte = |symbol: &Symbol| match symbol.c {
        ' ' => Some(0xA0),
        c => shown(c).map(|shown| shown.bytes()[0]).filter(|byte| (0x80..=0xBF).contains(byte)),
    };
    let bytes: Vec<u8> = std::iter::once(lead).chain(rest.iter().take(needed).map_while(byte)).collect();
    if bytes.len() == needed + 1 && rest.iter().take(needed).any(|symbol| symbol.c == ' ') {
        push(found, &bytes, needed);
    }
}

fn with(bytes: &[u8], at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.insert(at, byte);
    bytes
}

fn push(found: &mut Vec<Loss>, bytes: &[u8], followers: usize) {
    let character = std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next());
    let is_text = |c: &char| {
        !c.is_control()
            && !matches!(*c, '×' | '\u{E000}'..='\u{F8FF}' | '\u{200B}'..='\u{200D}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
    };
    if let Some(character) = character.filter(is_text) {
        found.push(Loss { character, followers, weak: false });
    }
}
