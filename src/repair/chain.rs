//! The chains of misreadings that are looked for, and how damaged characters give back their bytes.

use crate::edit::{ChainId, Misreading};
use crate::encoding::EncodingId;

/// Misreadings to look for, one on top of the other.
pub(super) struct Chain {
    pub(super) id: ChainId,
    /// In the order in which they are undone; never empty.
    pub(super) steps: &'static [Step],
    /// Bits of the prior: how rare the chain is.
    pub(super) cost: u32,
    /// Bits that the whole document must save beyond the cost.
    pub(super) margin: u32,
}

/// One misreading.
pub(super) struct Step {
    /// The encoding that the bytes were in.
    was: EncodingId,
    /// The encoding that they were taken for.
    read_as: EncodingId,
}

const fn step(was: EncodingId, read_as: EncodingId) -> Step {
    Step { was, read_as }
}

const fn chain(steps: &'static [Step], cost: u32, margin: u32) -> Chain {
    const fn misreading(step: &Step) -> Misreading {
        Misreading { was: step.was, read_as: step.read_as }
    }
    let id = match steps {
        [one] => ChainId::single(one.was, one.read_as),
        [one, two] => ChainId::double(misreading(one), misreading(two)),
        [one, two, three, ..] => ChainId::triple(misreading(one), misreading(two), misreading(three)),
        [] => panic!("a chain has steps"),
    };
    Chain { id, steps, cost, margin }
}

use EncodingId as E;

/// The likelier of two that give the same text first. Random Western text hardly ever forms UTF-8, so those
/// chains need little evidence; double-byte characters are formed by any two high bytes.
pub(super) const CHAINS: &[Chain] = &[
    chain(&[step(E::Utf8, E::Windows1252)], 4, 10),
    chain(&[step(E::Utf8, E::Latin1)], 4, 10),
    chain(&[step(E::Utf8, E::Windows1252), step(E::Utf8, E::Windows1252)], 6, 10),
    chain(&[step(E::Utf8, E::Latin1), step(E::Utf8, E::Latin1)], 6, 10),
    chain(&[step(E::Utf8, E::Windows1252), step(E::Utf8, E::Windows1252), step(E::Utf8, E::Windows1252)], 8, 10),
    chain(&[step(E::Utf8, E::Latin1), step(E::Utf8, E::Latin1), step(E::Utf8, E::Latin1)], 8, 10),
    chain(&[step(E::Gb18030, E::Latin1)], 8, 20),
    chain(&[step(E::Gb18030, E::Windows1252)], 9, 20),
    chain(&[step(E::Utf8, E::Latin1), step(E::Gb18030, E::Latin1)], 11, 20),
    chain(&[step(E::Utf8, E::Windows1252), step(E::Gb18030, E::Windows1252)], 12, 20),
    chain(&[step(E::Big5, E::Latin1)], 13, 22),
    chain(&[step(E::Big5, E::Windows1252)], 14, 22),
    chain(&[step(E::ShiftJis, E::Latin1)], 13, 22),
    chain(&[step(E::ShiftJis, E::Windows1252)], 14, 22),
    chain(&[step(E::EucKr, E::Latin1)], 13, 22),
    chain(&[step(E::EucKr, E::Windows1252)], 14, 22),
];

impl Step {
    /// The byte that the misreading showed as `c`.
    pub(super) fn byte_of(&self, c: char) -> Option<u8> {
        match (self.read_as, c) {
            (_, '\0'..='\x7F') => Some(c as u8),
            (E::Latin1, '\u{80}'..='\u{FF}') => Some(c as u8),
            // Programs pass the five bytes that windows-1252 leaves undefined through as C1 controls.
            (E::Windows1252, '\u{81}' | '\u{8D}' | '\u{8F}' | '\u{90}' | '\u{9D}') => Some(c as u8),
            (E::Windows1252, '\u{A0}'..='\u{FF}') => Some(c as u8),
            (E::Windows1252, _) => windows_1252_byte(c),
            _ => None,
        }
    }

    /// The character that `bytes` are, `None` where they are none, or more than one, or ASCII, which is never damaged.
    pub(super) fn character(&self, bytes: &[u8]) -> Option<char> {
        let text = self.was.decode(bytes)?;
        let mut characters = text.chars();
        let c = characters.next().filter(|c| !c.is_ascii())?;
        characters.next().is_none().then_some(c)
    }

    /// Length in bytes of the character that begins with `lead`, `None` where none does. Three bytes suffice
    /// for what articles hold in UTF-8; four are emoji and rare Han.
    pub(super) fn unit_length(&self, lead: u8) -> Option<usize> {
        match (self.was, lead) {
            (E::Utf8, 0xC2..=0xDF) => Some(2),
            (E::Utf8, 0xE0..=0xEF) => Some(3),
            (E::Utf8, 0xF0..=0xF4) => Some(4),
            (E::Utf8, _) => None,
            (E::ShiftJis, 0x81..=0x9F | 0xE0..=0xFC) => Some(2),
            (E::ShiftJis, 0xA1..=0xDF) => Some(1),
            (E::Gb18030 | E::Big5 | E::EucKr, 0x81..=0xFE) => Some(2),
            _ => None,
        }
    }
}

/// The bytes 80-9F by their printable characters.
fn windows_1252_byte(c: char) -> Option<u8> {
    Some(match c {
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_the_standard() {
        for byte in 0x80..=0x9F_u8 {
            let c = E::Windows1252.decode(&[byte]).unwrap().chars().next().unwrap();
            assert_eq!(CHAINS[0].steps[0].byte_of(c), Some(byte));
        }
    }
}
