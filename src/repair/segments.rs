//! The segments of the log: those of the decoding, with the repairs in place.

use std::ops::Range;

use super::edits::RepairRun;
use crate::decode::Decoded;
use crate::edit::{Applicability, Segment, SegmentKind};
use crate::encoding::EncodingId;

/// Composes the decoding's segments with the changes to its text.
pub(super) fn apply(
    decoded: &Decoded,
    changes: &[RepairRun],
    original: &[u8],
    withheld: &impl Fn(&RepairRun) -> bool,
) -> (String, Vec<Segment>) {
    let mut composer =
        Composer { decoded, original, text: String::with_capacity(decoded.text.len()), segments: Vec::new() };
    let mut done = 0;
    for change in changes {
        composer.copy(done..change.range.start);
        composer.replace(change, withheld(change));
        done = change.range.end;
    }
    composer.copy(done..decoded.text.len());
    composer.finish()
}

struct Composer<'a> {
    decoded: &'a Decoded,
    original: &'a [u8],
    text: String,
    segments: Vec<Segment>,
}

impl<'a> Composer<'a> {
    /// Keeps a range of the decoded text, in the pieces of the decoding.
    fn copy(&mut self, range: Range<usize>) {
        for (segment, part) in self.parts(&range) {
            let source = self.source(segment, &part);
            if source.is_empty() && part.is_empty() {
                continue;
            }
            let kind = match &segment.kind {
                SegmentKind::Raw(_) => SegmentKind::Raw(self.original[source.clone()].into()),
                kind => kind.clone(),
            };
            let kept = self.decoded.text[part].to_owned();
            self.push(source, kept, kind);
        }
    }

    /// Makes a repair, or keeps what stands there and the repair in the log.
    fn replace(&mut self, change: &RepairRun, withheld: bool) {
        let parts = self.parts(&change.range);
        let encoding = match parts.first().map(|(segment, _)| &segment.kind) {
            Some(SegmentKind::Decoded(encoding)) => *encoding,
            Some(SegmentKind::Copied | SegmentKind::Raw(_) | SegmentKind::Repaired { .. }) | None => EncodingId::Utf8,
        };
        let start = self.done();
        let end = parts.into_iter().fold(start, |end, (segment, part)| self.source_from(end, segment, &part).end);
        let kind = SegmentKind::Repaired {
            chain: change.chain,
            encoding,
            before: self.original[start..end].into(),
            bits: change.bits,
            confidence: change.confidence,
            applicability: match (withheld, change.inferred) {
                (true, _) => Applicability::Withheld,
                (false, true) => Applicability::Inferred,
                (false, false) => Applicability::Applied,
            },
            proposed: withheld.then(|| change.corr.as_str().into()),
        };
        let text = if withheld { self.decoded.text[change.range.clone()].to_owned() } else { change.corr.clone() };
        self.push(start..end, text, kind);
    }

    /// The pieces of the decoding that a range of its text lies in, each with its part of the range. A byte order
    /// mark, which has no text, belongs to the first range that reaches it.
    fn parts(&self, range: &Range<usize>) -> Vec<(&'a Segment, Range<usize>)> {
        let segments = &self.decoded.segments;
        let done = self.done();
        let first = segments.partition_point(|s| s.source.end <= done);
        let within = |s: &&Segment| s.target.start < range.end || (s.target.is_empty() && s.target.start <= range.end);
        let part = |s: &'a Segment| (s, s.target.start.max(range.start)..s.target.end.min(range.end));
        segments[first..].iter().take_while(within).map(part).collect()
    }

    /// Bytes of the original that are in segments already.
    fn done(&self) -> usize {
        self.segments.last().map_or(0, |s| s.source.end)
    }

    fn source(&self, segment: &Segment, part: &Range<usize>) -> Range<usize> {
        self.source_from(self.done(), segment, part)
    }

    /// The bytes of a part of a segment's text that begins at byte `start`; never a part of a raw segment.
    fn source_from(&self, start: usize, segment: &Segment, part: &Range<usize>) -> Range<usize> {
        if part.end == segment.target.end {
            return start..segment.source.end;
        }
        let length = match segment.kind {
            SegmentKind::Decoded(encoding) => encoding.encode(&self.decoded.text[part.clone()]).map_or(0, |b| b.len()),
            SegmentKind::Copied | SegmentKind::Raw(_) | SegmentKind::Repaired { .. } => part.len(),
        };
        start..start + length
    }

    fn push(&mut self, source: Range<usize>, text: String, kind: SegmentKind) {
        let target = self.text.len()..self.text.len() + text.len();
        self.text.push_str(&text);
        self.segments.push(Segment { source, target, kind });
    }

    fn finish(self) -> (String, Vec<Segment>) {
        (self.text, self.segments)
    }
}
