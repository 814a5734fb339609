//! Sets of 94 x 94 characters, from pairs of 7-bit bytes to characters and back: GB 2312-80 (ISO-IR 58) and KS X 1001
//! (ISO-IR 149), as ISO 2022 invokes them
//! (<https://ecma-international.org/publications-and-standards/standards/ecma-35/>).
//!
//! The characters are those of `encoding_rs` for EUC-CN (within GBK) and EUC-KR, so that a text reads alike in its
//! 7-bit and its 8-bit form; GB 2312's middle dot and dash are U+00B7 and U+2014 as there. Does not hold what GBK
//! added to the rows of GB 2312.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::{EncodingId, double_byte};

/// First and last byte of a row or column.
const GRAPHIC: RangeInclusive<u8> = 0x21..=0x7E;

/// One set.
pub(super) struct Set94 {
    /// By row and column.
    cells: Vec<Option<char>>,
    /// The encoding whose pairs above A0 the set is.
    eight_bit: EncodingId,
}

pub(super) static GB_2312: LazyLock<Set94> = LazyLock::new(|| Set94::of(EncodingId::Gb18030, in_gb_2312));
pub(super) static KS_X_1001: LazyLock<Set94> = LazyLock::new(|| Set94::of(EncodingId::EucKr, |_, _| true));

/// Fills the tables.
pub(super) fn warm() {
    LazyLock::force(&GB_2312);
    LazyLock::force(&KS_X_1001);
}

/// GB 2312-80 defines rows 1 to 9 and 16 to 87, not all of them to their ends.
fn in_gb_2312(row: u8, column: u8) -> bool {
    match row {
        1 | 3 | 16..=54 | 56..=87 => true,
        2 => matches!(column, 17..=66 | 69..=78 | 81..=92),
        4 => column <= 83,
        5 => column <= 86,
        6 => matches!(column, 1..=24 | 33..=56),
        7 => matches!(column, 1..=33 | 49..=81),
        8 => matches!(column, 1..=26 | 37..=73),
        9 => matches!(column, 4..=79),
        55 => column <= 89,
        _ => false,
    }
}

impl Set94 {
    fn of(eight_bit: EncodingId, defined: fn(u8, u8) -> bool) -> Self {
        let pairs = GRAPHIC.flat_map(|row| GRAPHIC.map(move |column| (row, column)));
        let cell = |(row, column): (u8, u8)| {
            let text = eight_bit.decode(&[row | 0x80, column | 0x80])?;
            text.chars().next().filter(|_| defined(row - 0x20, column - 0x20))
        };
        Self { cells: pairs.map(cell).collect(), eight_bit }
    }

    /// The character of two 7-bit bytes.
    #[inline]
    pub(super) fn character(&self, row: u8, column: u8) -> Option<char> {
        if !GRAPHIC.contains(&row) || !GRAPHIC.contains(&column) {
            return None;
        }
        *self.cells.get(usize::from(row - 0x21) * 94 + usize::from(column - 0x21))?
    }

    /// The 7-bit bytes of a character.
    #[inline]
    pub(super) fn pair(&self, c: char) -> Option<[u8; 2]> {
        let [row, column] = double_byte::pair_of(self.eight_bit, c)?;
        // Pairs outside the set have a trail byte below A0, or are what GBK added.
        let pair = [row.checked_sub(0x80)?, column.checked_sub(0x80)?];
        (self.character(pair[0], pair[1]) == Some(c)).then_some(pair)
    }

    /// Appends the character that `bytes` begin with and gives the number of its bytes; where there is none, that of
    /// the malformed ones.
    #[inline]
    pub(super) fn push(&self, bytes: &[u8], text: &mut String) -> Result<usize, usize> {
        let &[row, column, ..] = bytes else { return Err(1) };
        match self.character(row, column) {
            Some(c) => {
                text.push(c);
                Ok(2)
            }
            None if GRAPHIC.contains(&row) && GRAPHIC.contains(&column) => Err(2),
            None => Err(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(set: &Set94) -> usize {
        set.cells.iter().flatten().count()
    }

    #[test]
    fn the_sets_have_as_many_characters_as_their_standards() {
        // GB 2312-80: 6763 ideographs and 682 others.
        assert_eq!(characters(&GB_2312), 6763 + 682);
        // KS C 5601-1987: 2350 syllables, 4888 ideographs, 986 others; the euro and registered signs came in 1998.
        assert_eq!(characters(&KS_X_1001), 2350 + 4888 + 986 + 2);
    }

    #[test]
    fn every_character_leads_back_to_its_cell() {
        for set in [&*GB_2312, &*KS_X_1001] {
            for row in GRAPHIC {
                for column in GRAPHIC {
                    // KS X 1001 has some ideographs once for each of their readings, at compatibility code points.
                    if let Some(c) = set.character(row, column) {
                        assert_eq!(set.pair(c), Some([row, column]), "{c}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_gbk_added_is_not_in_gb_2312() {
        for c in ['€', 'ⅰ', '︵', 'ɑ', '镕', '丂', '\u{E000}', 'a', '😀'] {
            assert_eq!(GB_2312.pair(c), None, "{c}");
        }
        assert_eq!(GB_2312.character(0x77, 0x7F), None);
        assert_eq!(GB_2312.character(0x20, 0x21), None);
        assert_eq!(GB_2312.character(0xB0, 0xA1), None);
        assert_eq!(GB_2312.character(0x30, 0x21), Some('啊'));
        assert_eq!(KS_X_1001.character(0x30, 0x21), Some('가'));
    }
}
