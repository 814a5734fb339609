//! `standOff` (TEI P5 §17.10, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/SA.html#SASOstdf>): one
//! annotation for each repair, for each encoding that was decoded, and for each stretch of bytes that no
//! encoding gives back. XML cannot carry every character of a damaged text, so the bytes stand in hexadecimal.
//!
//! The log's `Copied` segments say nothing that the text does not; they have no annotation.

use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use super::walk::Contents;
use super::{Edition, Sink};
use crate::edit::{Applicability, ChainId, Edit, EditId, Segment, SegmentKind};
use crate::encoding::EncodingId;

/// Writes `standOff`, or nothing where the text is a copy of the input's.
pub(super) fn write_stand_off(xml: &mut Sink, edition: &Edition<'_>, contents: &Contents<'_>) -> io::Result<()> {
    let decoded = decoded_ranges(&edition.context.log.segments);
    let raw: Vec<_> = edition.context.log.segments.iter().filter_map(raw_bytes).collect();
    let lost: Vec<_> =
        contents.lost.iter().enumerate().filter_map(|(i, bytes)| Some((i + 1, bytes.clone()?))).collect();
    if edition.document.edits.is_empty() && decoded.is_empty() && raw.is_empty() && lost.is_empty() {
        return Ok(());
    }
    xml.open_line("standOff", &[])?;
    xml.open_line("listAnnotation", &[("type", "encodingRepairs")])?;
    for edit in &edition.document.edits {
        write_repair(xml, edition, edit, contents.places.get(&edit.id).copied().unwrap_or_default())?;
    }
    for (number, (encoding, ranges)) in decoded.iter().enumerate() {
        write_decoding(xml, edition, number + 1, *encoding, ranges)?;
    }
    for (number, (segment, bytes)) in raw.iter().enumerate() {
        write_raw(xml, edition, number + 1, segment, bytes)?;
    }
    for (number, range) in &lost {
        write_lost(xml, edition, *number, range)?;
    }
    xml.close_line()?;
    xml.close_line()
}

/// The word of the id of a `choice`: `rep7`, and `rep7.2` for the second stretch of text that repair 7 reaches into.
pub(super) fn choice_word(edit: EditId, place: usize) -> String {
    if place == 1 { format!("rep{}", edit.0) } else { format!("rep{}.{place}", edit.0) }
}

fn write_repair(xml: &mut Sink, edition: &Edition<'_>, edit: &Edit, places: usize) -> io::Result<()> {
    let mut target = String::new();
    for place in 1..=places {
        let space = if place == 1 { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(target, "{space}{}", edition.pointer(&choice_word(edit.id, place)));
    }
    let source = edit.source.start..edit.source.end;
    let bytes = edition.context.original.get(source.clone()).unwrap_or_default();
    open_annotation(xml, edition, &format!("ann-rep{}", edit.id.0), &target)?;
    xml.start("note", &[("type", "encodingRepair")])?;
    xml.start("fs", &[("type", "repair")])?;
    write_symbol(xml, "rule", edit.rule.0)?;
    write_range(xml, &source)?;
    write_string(xml, "inputBytes", &hex(bytes))?;
    write_string(xml, "output", &edit.corr)?;
    write_chain(xml, edit)?;
    write_number(xml, "confidence", &edit.confidence.to_string())?;
    write_symbol(xml, "applicability", applicability(edit.applicability))?;
    close_annotation(xml)
}

/// The wrong readings in the order in which they were undone.
fn write_chain(xml: &mut Sink, edit: &Edit) -> io::Result<()> {
    open_feature(xml, "chain")?;
    xml.start("vColl", &[("org", "list")])?;
    if edit.chain == ChainId::REFERENCE {
        xml.empty("symbol", &[("value", &edit.chain.to_string())])?;
    }
    for step in edit.chain.steps() {
        xml.empty("symbol", &[("value", &format!("{}-read-as-{}", step.was, step.read_as))])?;
    }
    xml.end()?;
    xml.end()
}

fn applicability(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Applied => "applied",
        Applicability::Inferred => "inferred",
        Applicability::Withheld => "withheld",
    }
}

fn write_decoding(
    xml: &mut Sink,
    edition: &Edition<'_>,
    number: usize,
    encoding: EncodingId,
    ranges: &[Range<usize>],
) -> io::Result<()> {
    open_annotation(xml, edition, &format!("ann-dec{number}"), "")?;
    xml.start("note", &[("type", "decoding")])?;
    xml.leaf("seg", edition.english(), DECODED)?;
    xml.start("fs", &[("type", "decoding")])?;
    write_symbol(xml, "encoding", encoding.name())?;
    for range in ranges {
        open_feature(xml, "range")?;
        xml.start("fs", &[("type", "byteRange")])?;
        write_range(xml, range)?;
        xml.close_line()?;
        xml.end()?;
    }
    write_number(xml, "confidence", &edition.document.encoding.confidence.to_string())?;
    close_annotation(xml)
}

const DECODED: &str = "These byte ranges of the input were decoded from the encoding named here. Encoding their text \
    again gives the bytes of the input.";

fn write_raw(xml: &mut Sink, edition: &Edition<'_>, number: usize, segment: &Segment, bytes: &[u8]) -> io::Result<()> {
    open_annotation(xml, edition, &format!("ann-raw{number}"), "")?;
    xml.start("note", &[("type", "keptBytes")])?;
    xml.leaf("seg", edition.english(), KEPT)?;
    xml.start("fs", &[("type", "keptBytes")])?;
    write_symbol(xml, "rule", kept_because(segment, bytes))?;
    write_range(xml, &segment.source)?;
    write_string(xml, "inputBytes", &hex(bytes))?;
    close_annotation(xml)
}

const KEPT: &str = "Encoding the text again would not give these bytes of the input.";

/// What stood where a character is lost.
fn write_lost(xml: &mut Sink, edition: &Edition<'_>, number: usize, range: &Range<usize>) -> io::Result<()> {
    let target = edition.pointer(&format!("lost{number}"));
    open_annotation(xml, edition, &format!("ann-lost{number}"), &target)?;
    xml.start("note", &[("type", "lostCharacters")])?;
    xml.start("fs", &[("type", "lostCharacters")])?;
    write_range(xml, range)?;
    write_string(xml, "inputBytes", &hex(edition.context.original.get(range.clone()).unwrap_or_default()))?;
    close_annotation(xml)
}

/// What the bytes are, as far as they themselves tell.
fn kept_because(segment: &Segment, bytes: &[u8]) -> &'static str {
    let is_mark = matches!(bytes, [0xEF, 0xBB, 0xBF] | [0xFF, 0xFE] | [0xFE, 0xFF]);
    if is_mark && segment.target.is_empty() { "byte-order-mark" } else { "bytes-kept" }
}

/// The ranges of the original that each encoding was decoded from, encodings in the order of their first range.
fn decoded_ranges(segments: &[Segment]) -> Vec<(EncodingId, Vec<Range<usize>>)> {
    let mut decoded: Vec<(EncodingId, Vec<Range<usize>>)> = Vec::new();
    for segment in segments {
        let SegmentKind::Decoded(encoding) = segment.kind else { continue };
        match decoded.iter_mut().find(|(known, _)| *known == encoding) {
            Some((_, ranges)) => ranges.push(segment.source.clone()),
            None => decoded.push((encoding, vec![segment.source.clone()])),
        }
    }
    decoded
}

fn raw_bytes(segment: &Segment) -> Option<(&Segment, &[u8])> {
    match &segment.kind {
        SegmentKind::Raw(bytes) => Some((segment, bytes)),
        SegmentKind::Copied | SegmentKind::Decoded(_) | SegmentKind::Repaired { .. } => None,
    }
}

/// An annotation of `target`, or of the whole document where that is empty.
fn open_annotation(xml: &mut Sink, edition: &Edition<'_>, word: &str, target: &str) -> io::Result<()> {
    let whole = format!("#{}", edition.prefix);
    let target = if target.is_empty() { &whole } else { target };
    let id = edition.id(word);
    xml.open_line("annotation", &[("xml:id", &id), ("motivation", "editing"), ("target", target)])?;
    xml.line()
}

/// Ends the feature structure, the note and the annotation.
fn close_annotation(xml: &mut Sink) -> io::Result<()> {
    xml.close_line()?;
    xml.end()?;
    xml.close_line()
}

fn open_feature(xml: &mut Sink, name: &str) -> io::Result<()> {
    xml.open_line("f", &[("name", name)])
}

fn write_symbol(xml: &mut Sink, name: &str, value: &str) -> io::Result<()> {
    open_feature(xml, name)?;
    xml.empty("symbol", &[("value", value)])?;
    xml.end()
}

fn write_string(xml: &mut Sink, name: &str, value: &str) -> io::Result<()> {
    open_feature(xml, name)?;
    xml.leaf("string", &[], value)?;
    xml.end()
}

fn write_number(xml: &mut Sink, name: &str, value: &str) -> io::Result<()> {
    open_feature(xml, name)?;
    xml.empty("numeric", &[("value", value)])?;
    xml.end()
}

fn write_range(xml: &mut Sink, range: &Range<usize>) -> io::Result<()> {
    write_number(xml, "byteOffset", &range.start.to_string())?;
    write_number(xml, "byteLength", &range.len().to_string())
}

/// `C2 A1`.
fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(3 * bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        let space = if at == 0 { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(text, "{space}{byte:02X}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_printed_in_pairs() {
        assert_eq!(hex(&[0xC2, 0xA1, 0x00]), "C2 A1 00");
        assert_eq!(hex(&[]), "");
    }

    #[test]
    fn ranges_are_gathered_by_encoding() {
        let decoded = |source: Range<usize>, encoding| Segment {
            target: source.clone(),
            source,
            kind: SegmentKind::Decoded(encoding),
        };
        let segments = [
            decoded(0..2, EncodingId::Gb18030),
            decoded(2..3, EncodingId::Utf8),
            decoded(3..9, EncodingId::Gb18030),
            decoded(9..12, EncodingId::Utf8),
        ];
        let gathered = decoded_ranges(&segments);
        assert_eq!(gathered, [(EncodingId::Gb18030, vec![0..2, 3..9]), (EncodingId::Utf8, vec![2..3, 9..12])]);
    }
}
