//! The chains of misreadings that are looked for, and how damaged characters give back their bytes.

use std::sync::LazyLock;

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
    /// Percent of the characters of the page above ASCII that the chain must explain. A text in the page's own
    /// language has places that form other characters by chance (Russian `СССР»` in windows-1251 is UTF-8), a
    /// misread one is nothing else.
    pub(super) coverage: usize,
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
    Chain { id, steps, cost, margin, coverage: 0 }
}

/// A chain whose characters are formed by chance in text of some language.
const fn covering(chain: Chain) -> Chain {
    Chain { coverage: 60, ..chain }
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
    covering(chain(&[step(E::Utf8, E::Windows1251)], 8, 18)),
    covering(chain(&[step(E::Utf8, E::Windows1250)], 8, 18)),
    covering(chain(&[step(E::Utf8, E::Windows1254)], 8, 18)),
    covering(chain(&[step(E::Utf8, E::MacRoman)], 9, 20)),
    chain(&[step(E::Gb18030, E::Latin1)], 8, 20),
    chain(&[step(E::Gb18030, E::Windows1252)], 9, 20),
    chain(&[step(E::Utf8, E::Latin1), step(E::Gb18030, E::Latin1)], 11, 20),
    chain(&[step(E::Utf8, E::Windows1252), step(E::Gb18030, E::Windows1252)], 12, 20),
    covering(chain(&[step(E::Big5, E::Latin1)], 13, 22)),
    covering(chain(&[step(E::Big5, E::Windows1252)], 14, 22)),
    covering(chain(&[step(E::ShiftJis, E::Latin1)], 13, 22)),
    covering(chain(&[step(E::ShiftJis, E::Windows1252)], 14, 22)),
    covering(chain(&[step(E::EucKr, E::Latin1)], 13, 22)),
    covering(chain(&[step(E::EucKr, E::Windows1252)], 14, 22)),
];

impl Chain {
    /// Its characters are pairs of bytes, which any two symbols can show.
    pub(super) fn is_double_byte(&self) -> bool {
        self.steps.last().is_some_and(|step| step.was != E::Utf8)
    }
}

impl Step {
    /// The byte that the misreading showed as `c`. Bytes that a page leaves undefined are shown as C1 controls.
    pub(super) fn byte_of(&self, c: char) -> Option<u8> {
        match (self.read_as, c) {
            (_, '\0'..='\x7F') | (E::Latin1, '\u{80}'..='\u{FF}') => u8::try_from(u32::from(c)).ok(),
            // No page shows ideographs, kana or Hangul.
            (E::Latin1, _) | (_, '\u{2E80}'..='\u{D7FF}') => None,
            (page, _) => {
                let upper = UPPER_HALVES.iter().find(|(encoding, _)| *encoding == page).map(|(_, upper)| upper)?;
                let at = upper.binary_search_by_key(&c, |(known, _)| *known).ok()?;
                Some(upper[at].1)
            }
        }
    }

    /// The character that `bytes` are, `None` where they are none, or more than one, or ASCII, which is never damaged.
    pub(super) fn character(&self, bytes: &[u8]) -> Option<char> {
        let decoded;
        let text = match self.was {
            E::Utf8 => std::str::from_utf8(bytes).ok()?,
            was => {
                decoded = was.decode(bytes)?;
                &decoded
            }
        };
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

/// The bytes 80-FF of a single-byte page by the characters they are shown as, sorted.
type UpperHalf = Vec<(char, u8)>;

/// The pages that text is misread as, the most frequent first.
const PAGES: [EncodingId; 5] = [E::Windows1252, E::Windows1251, E::Windows1250, E::Windows1254, E::MacRoman];

static UPPER_HALVES: LazyLock<Vec<(EncodingId, UpperHalf)>> = LazyLock::new(|| {
    let upper_half = |page: EncodingId| {
        let shown = |byte: u8| page.decode(&[byte]).and_then(|text| text.chars().next()).map(|c| (c, byte));
        let mut half: UpperHalf = (0x80..=0xFF).filter_map(shown).collect();
        half.sort_unstable();
        half
    };
    PAGES.iter().map(|page| (*page, upper_half(*page))).collect()
});

/// Builds the tables.
pub(super) fn warm() {
    LazyLock::force(&UPPER_HALVES);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_every_page_is_found_again() {
        for page in PAGES {
            let step = step(E::Utf8, page);
            for byte in 0..=0xFF_u8 {
                let c = page.decode(&[byte]).unwrap().chars().next().unwrap();
                assert_eq!(step.byte_of(c), Some(byte), "{page} {byte:02X}");
            }
        }
    }
}
