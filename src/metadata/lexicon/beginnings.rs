//! What many words begin with, for a quick no.

use super::fold::fold;

/// The first two characters of words, each pair as one of many bits: most texts begin with none of them, and nothing
/// more has to be asked. Two pairs may share a bit. From right to left, they are the last two.
#[derive(Debug, Default)]
pub(super) struct Beginnings([u64; 16]);

impl Beginnings {
    pub(super) fn insert(&mut self, mut folded: impl Iterator<Item = char>) {
        let bit = Self::bit(folded.next(), folded.next());
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether one of the words may begin so.
    pub(super) fn has(&self, text: impl Iterator<Item = char>) -> bool {
        let mut first = text.map(fold);
        let (one, two) = (first.next(), first.next());
        let has = |bit: usize| self.0[bit / 64] & (1 << (bit % 64)) != 0;
        has(Self::bit(one, two)) || has(Self::bit(one, None))
    }

    fn bit(one: Option<char>, two: Option<char>) -> usize {
        let number = |c: Option<char>| c.map_or(0, u32::from);
        (number(one).wrapping_mul(37) ^ number(two)) as usize % 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_begins_with_is_told() {
        let mut beginnings = Beginnings::default();
        ["par", "y"].iter().for_each(|word| beginnings.insert(word.chars()));
        assert!(beginnings.has("Pas à pas".chars()) && beginnings.has("Yes".chars()));
        assert!(!beginnings.has("Post".chars()) && !beginnings.has("".chars()));
    }
}
