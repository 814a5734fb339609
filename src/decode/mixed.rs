//! Files that are UTF-8 in part: stray bytes of a legacy encoding among it, or lines and whole halves in one.
//!
//! Bytes of a legacy encoding form UTF-8 by chance now and then, in a line of Chinese a third of them; a line of
//! them hardly ever is UTF-8 throughout. Lines that are say that the file is mixed; each other line is read in the
//! way that costs less: as legacy text, or as UTF-8 with strays.

use super::detect;
use super::pieces::Pieces;
use crate::encoding::EncodingId;
use crate::model::Model;
use crate::span::Permille;

/// UTF-8 sequences in lines that are UTF-8 throughout, at least, of a mixed file.
const SEQUENCES: usize = 4;

/// Counts of bytes above 7F.
struct Census {
    /// In sequences of UTF-8.
    valid: usize,
    invalid: usize,
    /// Sequences in lines without a stray byte.
    whole: usize,
}

/// How a mixed file was read.
pub(super) struct Mixture {
    pub(super) evidence: String,
    pub(super) confidence: Permille,
}

/// Reads a mixed file; `None` where it is not one.
pub(super) fn decode(bytes: &[u8], pieces: &mut Pieces<'_>, declared: Option<EncodingId>) -> Option<Mixture> {
    let census = census(bytes);
    // At least half of the bytes are UTF-8, or whole lines are.
    if census.valid <= census.invalid && census.whole < SEQUENCES {
        return None;
    }
    let mut legacy = Vec::new();
    for line in lines(bytes).filter(|line| std::str::from_utf8(line).is_err()) {
        legacy.extend_from_slice(line);
    }
    let whole = detect::legacy_encoding(&legacy, declared).encoding;
    let stray = stray_encoding(bytes, declared);
    let model = detect::model(bytes);
    let mut line_by_line = false;
    for line in lines(bytes) {
        if std::str::from_utf8(line).is_ok() {
            pieces.decode_next(line.len(), EncodingId::Utf8);
        } else if reads_better_whole(line, whole, stray, &model) {
            line_by_line = true;
            pieces.decode_next(line.len(), whole);
        } else {
            pieces.decode_strays(line.len(), stray);
        }
    }
    let legacy = if line_by_line { whole } else { stray };
    let evidence = format!(
        "{} bytes of multi-byte UTF-8 beside {} that are not UTF-8, taken for {legacy}",
        census.valid, census.invalid
    );
    Some(Mixture { evidence, confidence: Permille::new(900) })
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|b| *b == b'\n')
}

fn census(bytes: &[u8]) -> Census {
    let mut census = Census { valid: 0, invalid: 0, whole: 0 };
    for line in lines(bytes) {
        if let Ok(text) = std::str::from_utf8(line) {
            census.whole += text.chars().filter(|c| !c.is_ascii()).count();
        }
        for chunk in line.utf8_chunks() {
            census.valid += chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
            census.invalid += chunk.invalid().len();
        }
    }
    census
}

/// The encoding of the bytes that are not UTF-8 in a file that mostly is.
fn stray_encoding(bytes: &[u8], declared: Option<EncodingId>) -> EncodingId {
    let mut stray = Vec::new();
    for chunk in bytes.utf8_chunks() {
        stray.extend(chunk.valid().bytes().filter(u8::is_ascii));
        stray.extend_from_slice(chunk.invalid());
    }
    detect::legacy_encoding(&stray, declared).encoding
}

/// Whether a line is legacy text as a whole, rather than UTF-8 with strays.
fn reads_better_whole(line: &[u8], whole: EncodingId, stray: EncodingId, model: &Model) -> bool {
    let mut mixed = String::new();
    let mut run = Vec::new();
    let flush = |run: &mut Vec<u8>, mixed: &mut String| {
        mixed.push_str(&stray.decode_prefix(run).text);
        run.clear();
    };
    for chunk in line.utf8_chunks() {
        if !chunk.valid().is_empty() {
            flush(&mut run, &mut mixed);
            mixed.push_str(chunk.valid());
        }
        run.extend_from_slice(chunk.invalid());
    }
    flush(&mut run, &mut mixed);
    detect::reading_cost(whole, line, model) < model.total(&mixed)
}
