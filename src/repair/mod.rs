//! Text to repaired text: finds stretches that were decoded in the wrong encoding and undoes that.
//!
//! Evidence first, edits after: every chain of misreadings is tried over the whole text, the bits of description
//! length that it saves are pooled over the document, and the best chain is taken where they exceed a margin.
//! Then the next chain is tried on what is left. Edits never overlap, and the log keeps what stood there.

mod chain;
mod lattice;

use std::ops::Range;

use chain::Chain;
use lattice::{Path, Prior};

use crate::decode::Decoded;
use crate::diagnostic::{self, Diagnostic};
use crate::edit::{Applicability, ChainId, RepairLog, Segment, SegmentKind};
use crate::encoding::{EncodingId, EncodingReport};
use crate::model::BIT;
use crate::original::Original;
use crate::span::Permille;

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

/// One stretch to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// Bytes of the decoded text.
    range: Range<usize>,
    corr: String,
    chain: ChainId,
    bits: u32,
    confidence: Permille,
}

/// Repairs a decoded text.
pub fn repair(original: &Original, decoded: Decoded) -> Repaired {
    let changes = find_changes(&decoded);
    let (text, segments) = apply(&decoded, &changes, &original.bytes);
    let (log, fallback) = RepairLog::new(&original.bytes, &text, segments);
    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(fallback);
    diagnostics.extend(describe(&changes));
    diagnostics.extend(lost_text(&decoded.text, decoded.report.unreadable));
    Repaired { text, log, report: decoded.report, diagnostics }
}

/// The repairs of a text, sorted and disjoint.
fn find_changes(decoded: &Decoded) -> Vec<Change> {
    let text = &decoded.text;
    let mut changes: Vec<Change> = Vec::new();
    if text.is_ascii() {
        return changes;
    }
    // A raw segment cannot be cut: its text does not tell where its bytes are.
    let is_raw = |s: &&Segment| matches!(s.kind, SegmentKind::Raw(_)) && !s.target.is_empty();
    let mut taken: Vec<Range<usize>> = decoded.segments.iter().filter(is_raw).map(|s| s.target.clone()).collect();
    let mut open = vec![true; chain::CHAINS.len()];
    loop {
        let mut tried = Vec::new();
        for (index, chain) in chain::CHAINS.iter().enumerate() {
            if !open[index] {
                continue;
            }
            let path = lattice::best_path(text, chain, &taken, Prior::Open);
            let saved = path.saved();
            // What saves too little now will not save more once others are taken.
            open[index] = saved > (chain.cost + chain.margin) * BIT && path.covers(text, chain);
            if open[index] {
                tried.push((saved, index, path));
            }
        }
        // The first of equals: the table lists the likelier misreading first.
        let Some((saved, index, path)) =
            tried.into_iter().min_by_key(|(saved, index, _)| (std::cmp::Reverse(*saved), *index))
        else {
            break;
        };
        open[index] = false;
        let chain = &chain::CHAINS[index];
        let confidence = confidence(saved - chain.cost * BIT);
        take(path, chain, confidence, &mut changes, &mut taken);
        if saved > HELD {
            let rest = lattice::best_path(text, chain, &taken, Prior::Held);
            take(rest, chain, confidence, &mut changes, &mut taken);
        }
    }
    changes.sort_by_key(|c| c.range.start);
    changes
}

/// Bits that a chain must have saved before single characters in another script are expected of it: twenty
/// ideographs' worth.
const HELD: u32 = 400 * BIT;

fn take(path: Path, chain: &Chain, confidence: Permille, changes: &mut Vec<Change>, taken: &mut Vec<Range<usize>>) {
    taken.extend(path.spans.iter().map(|span| span.range.clone()));
    taken.sort_by_key(|range| range.start);
    changes.extend(path.spans.into_iter().map(|span| Change {
        range: span.range,
        corr: span.corr,
        chain: chain.id,
        bits: span.saved,
        confidence,
    }));
}

/// How sure a chain is that saves so much over a whole document. Measured on the false positives of the margin
/// sweep (19 of 313 sentences at 10 bits, 5 at 20, 2 at 30).
fn confidence(saved: u32) -> Permille {
    Permille::new(match saved / BIT {
        0..20 => 900,
        20..30 => 950,
        30..60 => 980,
        _ => 990,
    })
}

/// Composes the decoding's segments with the changes to its text.
fn apply(decoded: &Decoded, changes: &[Change], original: &[u8]) -> (String, Vec<Segment>) {
    let mut composer =
        Composer { decoded, original, text: String::with_capacity(decoded.text.len()), segments: Vec::new() };
    let mut done = 0;
    for change in changes {
        composer.copy(done..change.range.start);
        composer.replace(change);
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

    fn replace(&mut self, change: &Change) {
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
            applicability: Applicability::Applied,
        };
        self.push(start..end, change.corr.clone(), kind);
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

/// Builds the tables.
pub fn warm() {
    chain::warm();
}

/// One diagnostic per chain.
fn describe(changes: &[Change]) -> Vec<Diagnostic> {
    chain::CHAINS
        .iter()
        .filter_map(|chain| {
            let count = changes.iter().filter(|c| c.chain == chain.id).count();
            let spans = if count == 1 { "span" } else { "spans" };
            (count > 0).then(|| Diagnostic::new(diagnostic::R001, format!("{count} {spans} repaired: {}", chain.id)))
        })
        .collect()
}

/// U+FFFD in the input itself; those that decoding made are the decoder's to report.
fn lost_text(text: &str, unreadable: usize) -> Option<Diagnostic> {
    let lost = text.chars().filter(|c| *c == '\u{FFFD}').count().checked_sub(unreadable).filter(|n| *n > 0)?;
    let characters = if lost == 1 { "character was" } else { "characters were" };
    Some(Diagnostic::new(diagnostic::R002, format!("{lost} {characters} replaced by U+FFFD before this file was made")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::original::Origin;

    fn repaired(bytes: &[u8]) -> Repaired {
        let original = Original::new(Origin::default(), bytes);
        let repaired = repair(&original, crate::decode::decode(&original));
        assert_eq!(repaired.log.restore(&repaired.text).unwrap(), bytes);
        repaired
    }

    #[test]
    fn the_four_damages_of_a_posted_op_ed_are_undone_and_its_no_break_spaces_kept() {
        let text =
            "Ann Lee: They can¡¯t wait\n\nINST¡¡Time:12 05, 2017¡¡Writer:Ann Lee¡¡Editor:Bo\n\u{A0}\nText.\u{A0}\n";
        let result = repaired(text.as_bytes());
        assert_eq!(result.text, text.replace("¡¯", "’").replace("¡¡", "\u{3000}"));
        let sources: Vec<_> = result.log.repairs().map(|(_, s)| s.source.clone()).collect();
        assert_eq!(sources, [17..21, 33..37, 53..57, 71..75]);
    }

    #[test]
    fn utf8_read_as_windows_1252_is_undone() {
        let result = repaired("Itâ€™s â€œfineâ€\u{9D}, said JosÃ©. NaÃ¯ve â€” or not?".as_bytes());
        assert_eq!(result.text, "It’s “fine”, said José. Naïve — or not?");
    }

    #[test]
    fn what_is_utf8_is_not_taken_for_korean() {
        let text = "Copyright Â© 2019. It was Â£20, not Â£30.";
        assert_eq!(repaired(text.as_bytes()).text, "Copyright © 2019. It was £20, not £30.");
    }

    #[test]
    fn utf8_read_as_other_single_byte_pages_is_undone() {
        let text = "It’s the café’s last week — “and we’ll miss it”.";
        for page in [EncodingId::Windows1251, EncodingId::Windows1250, EncodingId::Windows1254, EncodingId::MacRoman] {
            let damaged = page.decode(text.as_bytes()).unwrap();
            assert_eq!(repaired(damaged.as_bytes()).text, text, "{page}");
        }
    }

    #[test]
    fn text_that_was_misread_two_and_three_times_is_undone_in_one() {
        let reread = |text: &str| EncodingId::Windows1252.decode(text.as_bytes()).unwrap();
        let text = "It’s the café’s last week — and we’ll miss it.";
        assert_eq!(repaired(reread(&reread(text)).as_bytes()).text, text);
        let result = repaired(reread(&reread(&reread(text))).as_bytes());
        assert_eq!(result.text, text);
        assert_eq!(result.log.repairs().count(), 4);
        let chinese = "我们需要的不是更多的会议，而是一张长椅。";
        let latin1 = |bytes: &[u8]| EncodingId::Latin1.decode(bytes).unwrap();
        let damaged = latin1(latin1(&EncodingId::Gb18030.encode(chinese).unwrap()).as_bytes());
        assert_eq!(repaired(damaged.as_bytes()).text, chinese);
    }

    #[test]
    fn genuine_text_is_untouched() {
        for text in [
            "¡¡Basta ya!! ¿¿Por qué?? ÅÄÖ ÉTÉ À L’ÉCOLE DES ÉLÈVES",
            "Le prix : 10\u{A0}€ — « déjà vu » n°\u{A0}5, 20\u{A0}°C",
            "See §§ 12–14, ¶¶ 3–4 and §§ 20 ff. »Nein«, sagte er. »Äh«, »Öl«, »Übel«, »ß«.",
            "¥¥¥ §§ ¶¶ £££ ¤¤¤ «¡¡no!!» «¡No!» «¿Sí?»",
            "中国人民的“好”日子——真的。",
            "…—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!?",
            "Größe, Ärger, Übermut; Señor Núñez; São Tomé",
            "Он писал о «распаде СССР», о «новой СССР» и снова о «старой СССР», а также про «БССР».",
        ] {
            assert_eq!(repaired(text.as_bytes()).text, text);
        }
    }

    #[test]
    fn damage_inside_legacy_bytes_is_logged_with_those_bytes() {
        let text = "Il nâ€™y a pas dâ€™autre choix, câ€™est tout.";
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(repaired(&bytes).text, "Il n’y a pas d’autre choix, c’est tout.");
    }
}
