//! Text with its white space folded, and the way back to where each character stood.

use std::ops::Range;

/// A block's text: white space trimmed at both ends, line ends and runs of spaces and tabs folded into one
/// space, or into nothing between Han or kana and behind a drop cap. In a page, a character reference is the character that it stands
/// for, and a line feed is a break that the markup makes. No other character is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedText {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the folded text and where it stood in the repaired text. Of equal length the two are the same, byte
/// for byte; a piece of two lengths (a character reference) has no inner places.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    folded: Range<usize>,
    repaired: Range<usize>,
}

impl Piece {
    fn is_copied(&self) -> bool {
        self.folded.len() == self.repaired.len()
    }
}

impl FoldedText {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Appends a stretch of the repaired text that begins at `at` there.
    pub(super) fn push(&mut self, stretch: &str, at: usize) {
        self.push_read(stretch, at..at + stretch.len());
    }

    /// Appends what a stretch of the repaired text stands for.
    pub(super) fn push_read(&mut self, text: &str, repaired: Range<usize>) {
        let folded = self.text.len()..self.text.len() + text.len();
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && last.is_copied()
            && text.len() == repaired.len()
            && last.repaired.end == repaired.start
            && last.folded.end == folded.start
        {
            last.folded.end = folded.end;
            last.repaired.end = repaired.end;
            return;
        }
        self.pieces.push(Piece { folded, repaired });
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
            let end = self.pieces.last().map_or(0, |p| p.repaired.end);
            return end..end;
        };
        let inside = folded.start.saturating_sub(first.folded.start);
        let start = first.repaired.start + if first.is_copied() { inside } else { 0 };
        let before_end = last.folded.end - folded.end.min(last.folded.end);
        let end = last.repaired.end - if last.is_copied() { before_end } else { 0 };
        start..end.max(start)
    }

    /// The range of the repaired text that the whole block came from.
    pub fn extent(&self) -> Range<usize> {
        self.repaired(0..self.text.len())
    }

    /// The stretches of the repaired text that the text was copied or read from, in its order: what lies between them is
    /// white space that was folded.
    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        self.pieces.iter().map(|piece| piece.repaired.clone())
    }

    /// The folded range of what stood in a range of the repaired text, empty where all of it was folded away.
    pub fn folded(&self, repaired: Range<usize>) -> Range<usize> {
        let first = self.pieces.partition_point(|p| p.repaired.end <= repaired.start);
        let last = self.pieces.partition_point(|p| p.repaired.start < repaired.end);
        if first >= last {
            let at = self.pieces.get(first).map_or(self.text.len(), |p| p.folded.start);
            return at..at;
        }
        let (first, last) = (&self.pieces[first], &self.pieces[last - 1]);
        let inside = repaired.start.saturating_sub(first.repaired.start);
        let start = first.folded.start + if first.is_copied() { inside } else { 0 };
        let before_end = last.repaired.end - repaired.end.min(last.repaired.end);
        let end = last.folded.end - if last.is_copied() { before_end } else { 0 };
        start..end.max(start)
    }
}

/// Texts of texts.
impl FoldedText {
    /// A range of the text, as a text of its own.
    pub(super) fn part(&self, range: &Range<usize>) -> Self {
        let mut part = Self { text: self.text[range.clone()].to_owned(), pieces: Vec::new() };
        let first = self.pieces.partition_point(|p| p.folded.end <= range.start);
        for piece in self.pieces[first..].iter().take_while(|p| p.folded.start < range.end) {
            let (start, end) = (piece.folded.start.max(range.start), piece.folded.end.min(range.end));
            let repaired = match piece.is_copied() {
                true => {
                    let at = |place: usize| piece.repaired.start + (place - piece.folded.start);
                    at(start)..at(end)
                }
                false => piece.repaired.clone(),
            };
            part.pieces.push(Piece { folded: start - range.start..end - range.start, repaired });
        }
        part
    }

    /// Appends another text and returns where it begins.
    pub(super) fn append(&mut self, other: &Self) -> usize {
        let at = self.text.len();
        self.text.push_str(&other.text);
        let shift = |p: &Piece| Piece { folded: p.folded.start + at..p.folded.end + at, repaired: p.repaired.clone() };
        self.pieces.extend(other.pieces.iter().map(shift));
        at
    }
}

/// What pages alone need.
#[cfg(feature = "html")]
impl FoldedText {
    /// Appends another text as a line of its own and returns where it begins.
    pub(super) fn append_line(&mut self, other: &Self) -> usize {
        if !self.text.is_empty() && !other.text.is_empty() {
            let end = self.extent().end;
            self.push_read("\n", end..end);
        }
        self.append(other)
    }

    /// The same text where what it was copied from was itself read from a text: `places` are stretches of the former, in
    /// order, each with where it stands in the latter.
    pub(super) fn through(&self, places: &[(Range<usize>, Range<usize>)]) -> Self {
        let mut moved = Self { text: self.text.clone(), pieces: Vec::new() };
        for Piece { folded, repaired } in &self.pieces {
            let first = places.partition_point(|(copied, _)| copied.end <= repaired.start);
            for (copied, source) in places[first..].iter().take_while(|(copied, _)| copied.start < repaired.end) {
                let (start, end) = (copied.start.max(repaired.start), copied.end.min(repaired.end));
                let at = |place: usize| folded.start + (place - repaired.start);
                let is_same = copied.len() == source.len();
                let source = match is_same {
                    true => source.start + (start - copied.start)..source.start + (end - copied.start),
                    false => source.clone(),
                };
                moved.pieces.push(Piece { folded: at(start)..at(end), repaired: source });
            }
        }
        moved
    }

    /// Removes the spaces before a break.
    pub(super) fn trim_end_spaces(&mut self) {
        if self.text.ends_with(' ') {
            self.trim_to(self.text.trim_end_matches(' ').len());
        }
    }

    /// Removes white space at the end.
    pub(super) fn trim_end(&mut self) {
        self.trim_to(self.text.trim_end().len());
    }

    fn trim_to(&mut self, length: usize) {
        self.text.truncate(length);
        while let Some(last) = self.pieces.last_mut().filter(|p| p.folded.end > length) {
            if last.folded.start >= length {
                self.pieces.pop();
                continue;
            }
            // What was copied ends earlier too; what was read has no inner places.
            if last.is_copied() {
                last.repaired.end -= last.folded.end - length;
            }
            last.folded.end = length;
        }
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

    #[test]
    fn a_reference_has_no_inner_places() {
        // "a&amp;b"
        let mut folded = FoldedText::default();
        folded.push("a", 0);
        folded.push_read("&", 1..6);
        folded.push("b", 6);
        assert_eq!(folded.as_str(), "a&b");
        assert_eq!(folded.repaired(1..2), 1..6);
        assert_eq!(folded.repaired(0..3), 0..7);
        assert_eq!(folded.repaired(2..3), 6..7);
        assert_eq!(folded.folded(2..4), 1..2);
        assert_eq!(folded.extent(), 0..7);
    }

    #[cfg(feature = "html")]
    #[test]
    fn white_space_at_the_end_goes() {
        let mut folded = FoldedText::default();
        folded.push("ab ", 0);
        folded.push_space();
        folded.push_read("\n", 9..13);
        folded.trim_end();
        assert_eq!((folded.as_str(), folded.extent()), ("ab", 0..2));
        // `alt="a &amp; b "`
        let mut read = FoldedText::default();
        read.push_read("a & b ", 5..15);
        read.trim_end();
        assert_eq!((read.as_str(), read.extent()), ("a & b", 5..15));
    }
}
