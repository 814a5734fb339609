//! The repair log: how every byte of the repaired text came from the original, and the way back.
//!
//! The log is exact by construction: its constructor replays it against the original and, where that ever
//! fails, falls back to one segment that keeps the original whole.

mod json;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{self, Diagnostic};
use crate::encoding::{EncodingId, EncodingReport};
use crate::original::Digest;
use crate::span::{Permille, RuleId, Span};

pub use json::{LOG_VERSION, LogError};

/// One wrong reading: text in `was` whose bytes were read as `read_as`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Misreading {
    /// The encoding that the bytes were in.
    pub was: EncodingId,
    /// The encoding that somebody took them for.
    pub read_as: EncodingId,
}

/// One to three wrong readings; undoing them in order, the one that was made last first, repairs the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChainId {
    steps: [Option<Misreading>; 3],
}

impl ChainId {
    /// A single misreading.
    #[doc(hidden)]
    pub const fn single(was: EncodingId, read_as: EncodingId) -> Self {
        Self { steps: [Some(Misreading { was, read_as }), None, None] }
    }

    /// Two misreadings, in the order in which they are undone.
    #[doc(hidden)]
    pub const fn double(first: Misreading, second: Misreading) -> Self {
        Self { steps: [Some(first), Some(second), None] }
    }

    /// Three misreadings, in the order in which they are undone.
    #[doc(hidden)]
    pub const fn triple(first: Misreading, second: Misreading, third: Misreading) -> Self {
        Self { steps: [Some(first), Some(second), Some(third)] }
    }

    /// No misreading: a character reference of HTML that stood for its character.
    pub const REFERENCE: Self = Self { steps: [None; 3] };

    /// The steps in the order in which they are undone; `None` when there are more than three. Without steps it is
    /// [`Self::REFERENCE`].
    #[doc(hidden)]
    pub fn from_steps(steps: &[Misreading]) -> Option<Self> {
        let mut chain = Self { steps: [None; 3] };
        if steps.len() > 3 {
            return None;
        }
        for (slot, step) in chain.steps.iter_mut().zip(steps) {
            *slot = Some(*step);
        }
        Some(chain)
    }

    /// This chain with `later` undone after it; `None` where that would be more than three steps.
    #[doc(hidden)]
    pub fn then(&self, later: Self) -> Option<Self> {
        let steps: Vec<Misreading> = self.steps().chain(later.steps()).collect();
        Self::from_steps(&steps)
    }

    /// The steps in the order in which they are undone.
    pub fn steps(&self) -> impl Iterator<Item = Misreading> {
        self.steps.into_iter().flatten()
    }
}

/// What a chain without steps is called.
const REFERENCE: &str = "character-reference";

/// `GB18030-read-as-ISO-8859-1`, steps joined by `,`; `character-reference` for none.
impl fmt::Display for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::REFERENCE {
            return f.write_str(REFERENCE);
        }
        for (i, step) in self.steps().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{}-read-as-{}", step.was, step.read_as)?;
        }
        Ok(())
    }
}

/// Not the printed form of a [`ChainId`].
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a chain of misreadings")]
pub struct ChainError(String);

impl FromStr for ChainId {
    type Err = ChainError;
    fn from_str(text: &str) -> Result<Self, ChainError> {
        if text == REFERENCE {
            return Ok(Self::REFERENCE);
        }
        let step = |part: &str| {
            let (was, read_as) = part.split_once("-read-as-")?;
            Some(Misreading { was: was.parse().ok()?, read_as: read_as.parse().ok()? })
        };
        let steps: Option<Vec<Misreading>> = text.split(',').map(step).collect();
        steps.and_then(|steps| Self::from_steps(&steps)).ok_or_else(|| ChainError(text.to_owned()))
    }
}

/// What became of a repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Applicability {
    /// The bytes alone prove it; the text was changed.
    Applied,
    /// Bytes were missing and the text proved which; the text was changed.
    Inferred,
    /// Known but held back; the text was not changed.
    Withheld,
}

/// How one stretch of the repaired text relates to the original.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SegmentKind {
    /// The same bytes in both.
    Copied,
    /// Decoded; encoding the target again gives the source.
    Decoded(EncodingId),
    /// The source bytes themselves, because encoding the target again would not give them.
    Raw(Box<[u8]>),
    /// A repair.
    Repaired {
        /// The misreadings that were undone.
        chain: ChainId,
        /// The encoding in which the damaged bytes were read before the repair.
        encoding: EncodingId,
        /// The bytes of the source range.
        before: Box<[u8]>,
        /// Bits of description length that the repair saves, in 1/256 bit.
        bits: u32,
        /// How sure the repair is.
        confidence: Permille,
        /// What became of it.
        applicability: Applicability,
        /// What the text would be, where the repair was withheld.
        proposed: Option<Box<str>>,
    },
}

/// One stretch of original and repaired text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Byte range in the original.
    pub source: Range<usize>,
    /// Byte range in the repaired text; empty for a byte order mark.
    pub target: Range<usize>,
    /// How the one became the other.
    pub kind: SegmentKind,
}

/// A repaired text with its log.
#[derive(Debug)]
pub struct Repaired {
    /// The text; line ends and white space as in the original.
    pub text: String,
    /// How it came from the original's bytes.
    pub log: RepairLog,
    /// How the bytes were read.
    pub report: EncodingReport,
    /// What was lost, and what was done.
    pub diagnostics: Vec<Diagnostic>,
}

impl Repaired {
    /// The bytes of the original that a range of the text came from; inside a repair or a raw segment the whole segment.
    pub fn source_of(&self, range: Range<usize>) -> Span {
        self.log.source_of(&self.text, range).into()
    }

    /// Its repairs, numbered in the order of the text: what stood there, and what stands there now or would.
    pub fn edits(&self) -> Vec<Edit> {
        let repairs = self.log.repairs().enumerate();
        let edit = |(number, (segment, made)): (usize, (usize, &Segment))| {
            let SegmentKind::Repaired { chain, encoding, before, confidence, applicability, proposed, .. } = &made.kind
            else {
                return None;
            };
            let sic = encoding.decode(before).unwrap_or_else(|| String::from_utf8_lossy(before).into_owned());
            Some(Edit {
                id: EditId(number + 1),
                segment,
                rule: RuleId("repair.chain"),
                source: made.source.clone().into(),
                sic,
                corr: proposed.as_deref().unwrap_or(&self.text[made.target.clone()]).to_owned(),
                chain: *chain,
                confidence: *confidence,
                applicability: *applicability,
            })
        };
        repairs.filter_map(edit).collect()
    }

    /// The way back to the original, without the text.
    #[doc(hidden)]
    pub fn sources(&self) -> Sources<'_> {
        Sources(self)
    }
}

/// Where things stand in a repaired text and stood in the original: all that recognition, which is given the text as
/// blocks, may know of it beside them.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct Sources<'a>(&'a Repaired);

impl Sources<'_> {
    /// As [`Repaired::source_of`].
    pub fn of(self, range: Range<usize>) -> Span {
        self.0.source_of(range)
    }

    /// Where a part of what is stated in `place` is printed there as it is; places of statements may be large and inside
    /// one another, so that nobody keeps a copy of each.
    pub fn find(self, part: &str, place: Range<usize>) -> Option<Range<usize>> {
        let at = place.start + self.0.text[place].find(part)?;
        Some(at..at + part.len())
    }
}

/// Gapless, sorted, covering both texts: every byte of the original and every byte of the result belongs to
/// exactly one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairLog {
    /// Digest of the original.
    pub source: Digest,
    /// Digest of the repaired text in UTF-8.
    pub target: Digest,
    /// The segments, in order.
    pub segments: Vec<Segment>,
    /// `(target, source)` offsets inside `Decoded` segments, at least [`ANCHOR_DISTANCE`] target bytes apart.
    anchors: Vec<(usize, usize)>,
}

/// Target bytes between two anchors: a look-up re-encodes at most this much.
const ANCHOR_DISTANCE: usize = 256;

/// Why the original could not be restored.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RestoreError {
    /// The text was changed after the repair, or belongs to another log.
    #[error("the repaired text is not the one this log describes: its SHA-256 is {found:?}, the log's {expected:?}")]
    WrongText {
        /// Digest in the log.
        expected: Digest,
        /// Digest of the text.
        found: Digest,
    },
    /// The log itself was damaged.
    #[error("the log is damaged: {0}")]
    DamagedLog(&'static str),
    /// All segments were replayed and gave other bytes.
    #[error(
        "the log does not lead back to the original: the restored bytes have the SHA-256 {found:?}, the log says {expected:?}"
    )]
    WrongOriginal {
        /// Digest in the log.
        expected: Digest,
        /// Digest of the restored bytes.
        found: Digest,
    },
}

impl RepairLog {
    /// Checks `segments` by replaying them. Where they do not lead from `repaired` back to `original`, the log
    /// is one `Raw` segment and a diagnostic says so.
    pub fn new(original: &[u8], repaired: &str, segments: Vec<Segment>) -> (Self, Option<Diagnostic>) {
        Self::with_digest(Digest::of(original), original, repaired, segments)
    }

    /// The same, where the digest of the original is known.
    pub(crate) fn with_digest(
        source: Digest,
        original: &[u8],
        repaired: &str,
        segments: Vec<Segment>,
    ) -> (Self, Option<Diagnostic>) {
        // Nothing was changed: the digests are one, and there is nothing to replay.
        if let [Segment { source: from, target: to, kind: SegmentKind::Copied }] = &segments[..]
            && from == to
            && *from == (0..original.len())
            && original == repaired.as_bytes()
        {
            return (Self { source, target: source, segments, anchors: Vec::new() }, None);
        }
        let mut log = Self { source, target: Digest::of(repaired.as_bytes()), segments, anchors: Vec::new() };
        if log.replay(repaired).is_ok_and(|bytes| bytes == original) {
            log.anchors = log.find_anchors(repaired);
            return (log, None);
        }
        let whole =
            Segment { source: 0..original.len(), target: 0..repaired.len(), kind: SegmentKind::Raw(original.into()) };
        log.segments = vec![whole];
        (
            log,
            Some(Diagnostic::new(
                diagnostic::R003,
                "the log of the repairs did not replay; the original is kept whole",
            )),
        )
    }

    /// The original bytes.
    ///
    /// # Errors
    /// Where `repaired` is not the text of this log, or the log is damaged.
    pub fn restore(&self, repaired: &str) -> Result<Vec<u8>, RestoreError> {
        let found = Digest::of(repaired.as_bytes());
        if found != self.target {
            return Err(RestoreError::WrongText { expected: self.target, found });
        }
        let bytes = self.replay(repaired)?;
        let found = Digest::of(&bytes);
        if found != self.source {
            return Err(RestoreError::WrongOriginal { expected: self.source, found });
        }
        Ok(bytes)
    }

    fn replay(&self, repaired: &str) -> Result<Vec<u8>, RestoreError> {
        let mut bytes = Vec::with_capacity(repaired.len());
        let mut target = 0;
        for segment in &self.segments {
            if segment.source.start != bytes.len() || segment.target.start != target {
                return Err(RestoreError::DamagedLog("its segments leave a gap"));
            }
            target = segment.target.end;
            let text = repaired
                .get(segment.target.clone())
                .ok_or(RestoreError::DamagedLog("a segment lies outside the text"))?;
            match &segment.kind {
                SegmentKind::Copied => bytes.extend_from_slice(text.as_bytes()),
                SegmentKind::Decoded(encoding) => {
                    let encoded =
                        encoding.encode(text).ok_or(RestoreError::DamagedLog("a segment cannot be encoded again"))?;
                    bytes.extend_from_slice(&encoded);
                }
                SegmentKind::Raw(before) | SegmentKind::Repaired { before, .. } => bytes.extend_from_slice(before),
            }
            if bytes.len() != segment.source.end {
                return Err(RestoreError::DamagedLog("a segment has another length than its bytes"));
            }
        }
        if target != repaired.len() {
            return Err(RestoreError::DamagedLog("its segments end before the text"));
        }
        Ok(bytes)
    }

    fn find_anchors(&self, repaired: &str) -> Vec<(usize, usize)> {
        let mut anchors = Vec::new();
        for segment in &self.segments {
            let SegmentKind::Decoded(encoding) = segment.kind else { continue };
            if encoding.is_stateful() {
                continue;
            }
            let (mut source, mut last) = (segment.source.start, segment.target.start);
            for (i, c) in repaired[segment.target.clone()].char_indices() {
                let target = segment.target.start + i;
                if target - last >= ANCHOR_DISTANCE {
                    anchors.push((target, source));
                    last = target;
                }
                source += encoding.encoded_len(c).unwrap_or(0);
            }
        }
        anchors
    }

    /// The bytes of the original that `target`, a range of the repaired text, came from. Inside a repair or a
    /// raw segment the whole segment. `repaired` is the text that this log was made with.
    pub fn source_of(&self, repaired: &str, target: Range<usize>) -> Range<usize> {
        let start = self.source_at(repaired, target.start, Side::Start);
        let end = if target.is_empty() { start } else { self.source_at(repaired, target.end, Side::End) };
        start..end.max(start)
    }

    fn source_at(&self, repaired: &str, target: usize, side: Side) -> usize {
        // A range's start belongs to the segment that begins there, its end to the segment that ends there.
        let index = match side {
            Side::Start => self.segments.partition_point(|s| s.target.end <= target),
            Side::End => self.segments.partition_point(|s| s.target.end < target),
        };
        let Some(segment) = self.segments.get(index) else {
            return self.segments.last().map_or(0, |s| s.source.end);
        };
        let whole = match side {
            Side::Start => segment.source.start,
            Side::End => segment.source.end,
        };
        if target <= segment.target.start {
            return segment.source.start;
        }
        match segment.kind {
            SegmentKind::Copied => segment.source.start + (target - segment.target.start),
            SegmentKind::Decoded(encoding) if !encoding.is_stateful() => {
                let near = self.anchors.partition_point(|a| a.0 <= target);
                let anchor = near.checked_sub(1).map(|i| self.anchors[i]).filter(|a| a.0 >= segment.target.start);
                let (from, source) = anchor.unwrap_or((segment.target.start, segment.source.start));
                let lengths =
                    repaired.get(from..target).unwrap_or_default().chars().filter_map(|c| encoding.encoded_len(c));
                source + lengths.sum::<usize>()
            }
            SegmentKind::Decoded(_) | SegmentKind::Raw(_) | SegmentKind::Repaired { .. } => whole,
        }
    }

    /// The repairs with their index in `segments`.
    pub fn repairs(&self) -> impl Iterator<Item = (usize, &Segment)> {
        self.segments.iter().enumerate().filter(|(_, s)| matches!(s.kind, SegmentKind::Repaired { .. }))
    }
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

/// Number of an edit in its document, from 1, in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EditId(pub usize);

/// A repair as the document carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its number.
    pub id: EditId,
    /// Its segment in the log.
    pub segment: usize,
    /// The rule that made it.
    pub rule: RuleId,
    /// Bytes of the original.
    pub source: Span,
    /// The damaged text as the file's encoding reads it.
    pub sic: String,
    /// The repaired text.
    pub corr: String,
    /// The misreadings that were undone.
    pub chain: ChainId,
    /// How sure the repair is.
    pub confidence: Permille,
    /// What became of it.
    pub applicability: Applicability,
}
