//! Directions: the embedding levels of UAX #9 (<https://www.unicode.org/reports/tr9/>), and the order of a line.

use unicode_bidi::{BidiInfo, Level, get_base_direction};

/// The embedding levels of one paragraph: even ones run from left to right, odd ones from right to left.
pub(super) struct Levels {
    base: Level,
    /// One for each byte; none where all of the text is at the base level.
    levels: Vec<Level>,
}

impl Levels {
    /// Levels of `text`, whose lines run from right to left or not; where that is not stated, its first letter tells.
    pub fn of(text: &str, right_to_left: Option<bool>) -> Self {
        let first_letter = || get_base_direction(text) == unicode_bidi::Direction::Rtl;
        let base = if right_to_left.unwrap_or_else(first_letter) { Level::rtl() } else { Level::ltr() };
        if base.is_ltr() && !text.chars().any(matters) {
            return Self { base, levels: Vec::new() };
        }
        // Line ends inside a paragraph are paragraph separators to the algorithm: each line starts at the base level.
        Self { base, levels: BidiInfo::new(text, Some(base)).levels }
    }

    /// The level of the character at a byte.
    pub fn at(&self, byte: usize) -> u8 {
        self.levels.get(byte).map_or(self.base.number(), |level| level.number())
    }

    /// The level of the paragraph.
    pub fn base(&self) -> u8 {
        self.base.number()
    }
}

/// Whether text at a level runs from right to left.
pub(super) fn is_right_to_left(level: u8) -> bool {
    level % 2 == 1
}

/// The indices of the parts of a line from left to right, by their levels in the order of the text (rule L2).
pub(super) fn visual_order(levels: &[u8]) -> Vec<usize> {
    let is_plain = levels.iter().all(|level| *level == levels[0] && !is_right_to_left(*level));
    if is_plain {
        return (0..levels.len()).collect();
    }
    let levels: Vec<Level> = levels.iter().map(|level| Level::new(*level).unwrap_or(Level::ltr())).collect();
    BidiInfo::reorder_visual(&levels)
}

/// Whether a character can make text run from right to left: letters of such scripts and marks of direction.
fn matters(c: char) -> bool {
    matches!(u32::from(c),
        0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
        | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_tells_where_nothing_else_does() {
        assert_eq!(Levels::of("“שלום”, he said", None).base(), 1);
        assert_eq!(Levels::of("He said “שלום”", None).base(), 0);
        assert_eq!(Levels::of("He said", Some(true)).base(), 1);
        assert_eq!(Levels::of("He said", Some(true)).at(0), 2);
    }

    #[test]
    fn parts_stand_in_visual_order() {
        let text = "قال 12 شيئا";
        let levels = Levels::of(text, None);
        let of_parts: Vec<u8> = text.char_indices().filter(|(_, c)| *c != ' ').map(|(at, _)| levels.at(at)).collect();
        assert_eq!(of_parts, [1, 1, 1, 2, 2, 1, 1, 1, 1]);
        assert_eq!(visual_order(&[1, 1, 2, 1]), [3, 2, 1, 0]);
        assert_eq!(visual_order(&[0, 1, 1, 0]), [0, 2, 1, 3]);
        assert_eq!(visual_order(&[0, 0, 0]), [0, 1, 2]);
        assert!(visual_order(&[]).is_empty());
    }
}
