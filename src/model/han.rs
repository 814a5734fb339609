//! Which ideographs the national standards hold, and which of them they count among the most used. Built once
//! from the decoders' tables: encoding a character at a time is a search through them.

use std::sync::LazyLock;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS};

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;
const WORDS: usize = (LAST - FIRST) as usize / 64 + 1;

/// A set of the ideographs U+4E00-U+9FFF.
struct HanSet([u64; WORDS]);

impl HanSet {
    /// The ideographs of the double-byte characters with these lead and trail bytes.
    fn add(
        &mut self,
        encoding: &'static Encoding,
        leads: std::ops::RangeInclusive<u8>,
        trails: std::ops::RangeInclusive<u8>,
    ) {
        for lead in leads {
            for trail in trails.clone() {
                let pair = [lead, trail];
                let (text, malformed) = encoding.decode_without_bom_handling(&pair);
                if let Some(c) = text.chars().next().filter(|_| !malformed) {
                    self.insert(c);
                }
            }
        }
    }

    fn insert(&mut self, c: char) {
        if let FIRST..=LAST = u32::from(c) {
            let index = (u32::from(c) - FIRST) as usize;
            self.0[index / 64] |= 1 << (index % 64);
        }
    }

    fn contains(&self, c: char) -> bool {
        let Some(index) = u32::from(c).checked_sub(FIRST).map(|i| i as usize) else { return false };
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }
}

static COMMON: LazyLock<HanSet> = LazyLock::new(|| {
    let mut set = HanSet([0; WORDS]);
    // The first levels: GB 2312 rows 16-55, Big5 A440-C67E, JIS X 0208 rows 16-47; the hanja of KS X 1001.
    set.add(GBK, 0xB0..=0xD7, 0xA1..=0xFE);
    set.add(BIG5, 0xA4..=0xC6, 0x40..=0xFE);
    set.add(SHIFT_JIS, 0x88..=0x97, 0x40..=0xFC);
    set.add(EUC_KR, 0xCA..=0xFD, 0xA1..=0xFE);
    set
});

static GB2312: LazyLock<HanSet> = LazyLock::new(|| {
    let mut set = HanSet([0; WORDS]);
    set.add(GBK, 0xB0..=0xF7, 0xA1..=0xFE);
    set
});

static BIG5_ALL: LazyLock<HanSet> = LazyLock::new(|| {
    let mut set = HanSet([0; WORDS]);
    set.add(BIG5, 0xA4..=0xF9, 0x40..=0xFE);
    set
});

/// Whether a standard counts `c` among its most used ideographs.
pub fn is_common(c: char) -> bool {
    COMMON.contains(c)
}

/// Whether GB 2312, the standard of mainland China, has `c`.
pub fn is_in_gb2312(c: char) -> bool {
    GB2312.contains(c)
}

/// Whether Big5, the standard of Taiwan and Hong Kong, has `c`.
pub fn is_in_big5(c: char) -> bool {
    BIG5_ALL.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_are_those_of_the_standards() {
        assert!(is_in_gb2312('国') && !is_in_big5('国'));
        assert!(is_in_big5('國') && !is_in_gb2312('國'));
        assert!(is_common('的') && is_common('國') && !is_common('龘') && !is_common('a'));
        // GB 2312 has 6,763 ideographs.
        assert_eq!((FIRST..=LAST).filter_map(char::from_u32).filter(|c| is_in_gb2312(*c)).count(), 6763);
    }
}
