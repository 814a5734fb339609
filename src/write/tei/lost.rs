//! Characters that are lost: where U+FFFD stands in the text, and which bytes of the input file stood there. They are
//! never guessed: the text has `unclear`, the annotation the bytes.

use std::ops::Range;

use crate::document::{Block, Inline};
use crate::edit::{RepairLog, SegmentKind};

/// Runs of U+FFFD in one stretch of text, and what lies between them.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let lost = rest.chars().next()? == '\u{FFFD}';
        let end = rest.find(|c| (c == '\u{FFFD}') != lost).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some((piece, lost))
    })
}

/// The bytes of each run of U+FFFD in a block, in the order of its text; `None` where the log does not tell them.
pub(super) fn runs(block: &Block, log: &RepairLog, original: &[u8]) -> Vec<Option<Range<usize>>> {
    let mut lengths = Vec::new();
    block.each_run(&mut |inlines| lengths_of(inlines, &mut lengths));
    let places = block.span.filter(|_| !lengths.is_empty());
    let places = places.and_then(|span| places_in(span.start..span.end, log, original)).unwrap_or_default();
    let all_told = places.len() == lengths.iter().sum::<usize>();
    let mut at = 0;
    let run = |length: usize| {
        let run = places.get(at..at + length).filter(|_| all_told);
        at += length;
        let run = run?;
        // What stood together in the text stood together in the file.
        let together = run.windows(2).all(|pair| pair[0].end == pair[1].start);
        Some(run.first()?.start..run.last()?.end).filter(|_| together)
    };
    lengths.into_iter().map(run).collect()
}

/// The bytes of each character in a range of the original that the text shows as U+FFFD.
fn places_in(range: Range<usize>, log: &RepairLog, original: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut places = Vec::new();
    let first = log.segments.partition_point(|segment| segment.source.end <= range.start);
    for segment in log.segments[first..].iter().take_while(|segment| segment.source.start < range.end) {
        let source = segment.source.start.max(range.start)..segment.source.end.min(range.end);
        match segment.kind {
            // One U+FFFD for each byte.
            SegmentKind::Raw(_) if segment.target.len() == 3 * segment.source.len() => {
                places.extend(source.map(|at| at..at + 1));
            }
            SegmentKind::Raw(_) if segment.target.is_empty() => {}
            SegmentKind::Raw(_) => return None,
            SegmentKind::Copied => {
                let text = std::str::from_utf8(original.get(source.clone())?).ok()?;
                let lost = text.char_indices().filter(|(_, c)| is_shown_lost(*c));
                places.extend(lost.map(|(at, c)| source.start + at..source.start + at + c.len_utf8()));
            }
            SegmentKind::Decoded(_) | SegmentKind::Repaired { .. } => {}
        }
    }
    Some(places)
}

/// U+FFFD itself, and what the text does not carry: controls other than tab and line ends, noncharacters.
fn is_shown_lost(c: char) -> bool {
    let code = u32::from(c);
    let control = (code < 0x20 && !matches!(c, '\t' | '\n' | '\r')) || code == 0x7F;
    c == '\u{FFFD}' || control || (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

fn lengths_of(inlines: &[Inline], lengths: &mut Vec<usize>) {
    for inline in inlines {
        if let Inline::Text(text) = inline {
            let lost = pieces(text).filter(|(_, lost)| *lost);
            lengths.extend(lost.map(|(piece, _)| piece.chars().count()));
        }
        lengths_of(inline.inner().unwrap_or_default(), lengths);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_what_is_lost() {
        let cut: Vec<_> = pieces("a\u{FFFD}\u{FFFD}b\u{FFFD}").collect();
        assert_eq!(cut, [("a", false), ("\u{FFFD}\u{FFFD}", true), ("b", false), ("\u{FFFD}", true)]);
        assert_eq!(pieces("").count(), 0);
    }
}
