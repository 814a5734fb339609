//! Text with its white space folded, and the way back to where each character stood.

use std::ops::Range;

/// A block's text: white space trimmed at both ends, line ends and runs of spaces and tabs folded into one
/// space, or into nothing between Han or kana. No other character is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedText {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch that stands in the folded text as it stood in the repaired text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    folded: Range<usize>,
    /// Where it begins in the repaired text.
    repaired: usize,
}

impl FoldedText {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends a stretch of the repaired text that begins at `at` there.
    pub(super) fn push(&mut self, stretch: &str, at: usize) {
        let folded = self.text.len()..self.text.len() + stretch.len();
        self.text.push_str(stretch);
        self.pieces.push(Piece { folded, repaired: at });
    }

    /// Appends the one space that stands for folded white space.
    pub(super) fn push_space(&mut self) {
        self.text.push(' ');
    }

    /// The range of the repaired text that a range of the folded text came from. White space that was folded
    /// belongs to it where it lies inside.
    pub fn repaired(&self, folded: Range<usize>) -> Range<usize> {
        let first = self.pieces.partition_point(|p| p.folded.end <= folded.start);
        let last = self.pieces.partition_point(|p| p.folded.start < folded.end).saturating_sub(1);
        let (Some(first), Some(last)) = (self.pieces.get(first), self.pieces.get(last)) else {
            let end = self.pieces.last().map_or(0, |p| p.repaired + p.folded.len());
            return end..end;
        };
        let start = first.repaired + folded.start.saturating_sub(first.folded.start);
        let end = last.repaired + folded.end.min(last.folded.end).saturating_sub(last.folded.start);
        start..end.max(start)
    }

    /// The range of the repaired text that the whole block came from.
    pub fn extent(&self) -> Range<usize> {
        self.repaired(0..self.text.len())
    }

    /// The folded range of what stood in a range of the repaired text, empty where all of it was folded away.
    pub fn folded(&self, repaired: Range<usize>) -> Range<usize> {
        let end_of = |p: &Piece| p.repaired + p.folded.len();
        let first = self.pieces.partition_point(|p| end_of(p) <= repaired.start);
        let last = self.pieces.partition_point(|p| p.repaired < repaired.end);
        if first >= last {
            let at = self.pieces.get(first).map_or(self.text.len(), |p| p.folded.start);
            return at..at;
        }
        let (first, last) = (&self.pieces[first], &self.pieces[last - 1]);
        let start = first.folded.start + repaired.start.saturating_sub(first.repaired);
        let end = last.folded.start + (repaired.end.min(end_of(last)) - last.repaired);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lead_both_ways_through_folded_white_space() {
        // "  ab \n cd": "ab" at 2, "cd" at 7.
        let mut folded = FoldedText::default();
        folded.push("ab", 2);
        folded.push_space();
        folded.push("cd", 7);
        assert_eq!(folded.as_str(), "ab cd");
        assert_eq!(folded.repaired(0..2), 2..4);
        assert_eq!(folded.repaired(1..4), 3..8);
        assert_eq!(folded.extent(), 2..9);
        assert_eq!(folded.folded(3..8), 1..4);
        assert!(folded.folded(4..7).is_empty());
    }
}
