//! Bytes to text, with the evidence for how they were read. Repairs nothing.
//!
//! In order: a byte order mark; UTF-16 and UTF-32 without one, where bytes are zero; the escapes of 7-bit encodings;
//! strict UTF-8; UTF-8 with lines or stray bytes in a legacy encoding, piece by piece; a legacy encoding by what its
//! text costs. Decoding never fails: a byte that no encoding reads becomes U+FFFD and stays in the log.

mod binary;
mod detect;
mod escapes;
mod label;
mod mixed;
mod pieces;
mod wide;

use std::ops::Range;

use crate::diagnostic::{self, Diagnostic};
use crate::edit::Segment;
use crate::encoding::{EncodingId, EncodingReport};
use crate::original::Original;
use crate::span::Permille;

pub use binary::is_binary;

use pieces::Pieces;

/// A text with the way back to its bytes.
#[derive(Debug)]
pub struct Decoded {
    /// The text; line ends as they stand in the bytes.
    pub text: String,
    /// Gapless: each stretch of bytes with its stretch of `text`. No `Repaired` segments.
    pub segments: Vec<Segment>,
    /// How the bytes were read.
    pub report: EncodingReport,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Byte order marks, longest first where one begins another.
const MARKS: &[(&[u8], EncodingId)] = &[
    (b"\xEF\xBB\xBF", EncodingId::Utf8),
    (b"\xFF\xFE\0\0", EncodingId::Utf32Le),
    (b"\0\0\xFE\xFF", EncodingId::Utf32Be),
    (b"\xFF\xFE", EncodingId::Utf16Le),
    (b"\xFE\xFF", EncodingId::Utf16Be),
    (b"\x84\x31\x95\x33", EncodingId::Gb18030),
];

/// How a file is to be read.
struct Basis {
    evidence: String,
    confidence: Permille,
}

/// Compiles the patterns.
pub fn warm() {
    label::warm();
}

/// Decodes the bytes of an original.
pub fn decode(original: &Original) -> Decoded {
    let bytes = &original.bytes[..];
    let declared = Declared::of(original);
    let mut pieces = Pieces::new(bytes);
    let mark = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark));
    let basis = match mark {
        Some((mark, encoding)) => {
            pieces.skip_mark(mark.len());
            pieces.decode_rest(*encoding);
            Basis { evidence: "byte order mark".into(), confidence: Permille::new(990) }
        }
        None => {
            let around = original.around.as_deref();
            match around.and_then(|around| MARKS.iter().find(|(mark, _)| around.starts_with(mark))) {
                Some((_, encoding)) => {
                    pieces.decode_rest(*encoding);
                    Basis { evidence: "byte order mark of the file".into(), confidence: Permille::new(990) }
                }
                None => {
                    let declared = declared.as_ref().and_then(|d| EncodingId::for_label(d.label));
                    read_unmarked(bytes, around, &mut pieces, declared)
                }
            }
        }
    };
    // ASCII follows every label.
    finish(pieces, basis, mark.is_some(), declared.filter(|_| !bytes.is_ascii()))
}

/// A declared label.
struct Declared<'a> {
    label: &'a str,
    /// Where the page itself declares it.
    place: Option<Range<usize>>,
}

impl<'a> Declared<'a> {
    /// What came with the bytes, else what a page says of itself: HTTP goes before `<meta>` in browsers too.
    fn of(original: &'a Original) -> Option<Self> {
        let with = original.origin.declared_charset.as_deref().map(|label| Self { label, place: None });
        with.or_else(|| {
            // A plain text that shows markup declares nothing.
            let media_type = original.origin.media_type.as_deref();
            let (label, place) = (!matches!(media_type, Some("text/plain" | "text/markdown")))
                .then(|| label::of_page(&original.bytes))
                .flatten()?;
            Some(Self { label, place: Some(place) })
        })
    }
}

/// `around` are bytes in the same encoding.
fn read_unmarked(bytes: &[u8], around: Option<&[u8]>, pieces: &mut Pieces<'_>, declared: Option<EncodingId>) -> Basis {
    let basis = |evidence: &str, confidence: u16| Basis {
        evidence: evidence.to_owned(),
        confidence: Permille::new(confidence),
    };
    const WIDE: (&str, u16) = ("units of two or four bytes", 950);
    // Text in units of two or four bytes that is UTF-8 as well has zero bytes.
    if wide::has_zero(bytes)
        && let Some(encoding) = wide::without_mark(bytes)
    {
        pieces.decode_rest(encoding);
        return basis(WIDE.0, WIDE.1);
    }
    if bytes.is_ascii() {
        if let Some(encoding) = escapes::encoding(bytes) {
            pieces.decode_rest(encoding);
            return basis("escapes of a 7-bit encoding", 980);
        }
        pieces.decode_rest(EncodingId::Utf8);
        if escapes::is_viqr(bytes) {
            return basis("ASCII, with the marks of Vietnamese letters written after them (VIQR)", 500);
        }
        return basis("ASCII only", 1000);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            pieces.copy(text);
            return basis("strict UTF-8", 1000);
        }
        // Cut off inside its last character, which is lost; that is no evidence of another encoding.
        // One byte after nothing but ASCII is rather a letter of a legacy encoding.
        Err(error)
            if error.error_len().is_none()
                && (bytes.len() - error.valid_up_to() > 1 || !bytes[..error.valid_up_to()].is_ascii()) =>
        {
            pieces.decode_rest(EncodingId::Utf8);
            return basis("UTF-8, cut off inside its last character", 990);
        }
        Err(_) => {}
    }
    if let Some(encoding) = wide::without_mark(bytes) {
        pieces.decode_rest(encoding);
        return basis(WIDE.0, WIDE.1);
    }
    if let Some(mixture) = mixed::decode(bytes, pieces, declared) {
        return Basis { evidence: mixture.evidence, confidence: mixture.confidence };
    }
    let guess = detect::legacy_encoding(around.unwrap_or(bytes), declared);
    if guess.unknown {
        pieces.keep_rest();
    } else {
        pieces.decode_rest(guess.encoding);
    }
    if escapes::lost_letters(bytes) {
        let evidence = guess.evidence + "; letters became question marks before";
        return Basis { evidence, confidence: guess.confidence.min(Permille::new(400)) };
    }
    Basis { evidence: guess.evidence, confidence: guess.confidence }
}

fn finish(pieces: Pieces<'_>, basis: Basis, byte_order_mark: bool, declared: Option<Declared<'_>>) -> Decoded {
    let mut diagnostics = Vec::new();
    let encodings = pieces.encodings();
    if encodings.len() > 1 {
        let names = encodings.iter().map(|e| e.name()).collect::<Vec<_>>().join(" and ");
        diagnostics.push(Diagnostic::new(diagnostic::D002, format!("the file mixes {names}")));
    }
    if let Some(first) = pieces.unreadable_at {
        let n = pieces.unreadable;
        let message = format!(
            "{n} byte{} could not be decoded as {}",
            if n == 1 { "" } else { "s" },
            encodings.first().map_or("text", |e| e.name())
        );
        diagnostics.push(Diagnostic::new(diagnostic::D001, message).at((first..first + 1).into()));
    }
    if let Some(Declared { label, place }) = declared {
        let meant = EncodingId::for_label(label);
        if meant.is_none_or(|meant| encodings.first().is_some_and(|&e| e != meant)) {
            let message = format!("the declared encoding {label:?} was not followed");
            let mut diagnostic = Diagnostic::new(diagnostic::D003, message);
            diagnostic.span = place.map(Into::into);
            diagnostics.push(diagnostic);
        }
    }
    // A byte in a hundred that cannot be read makes the whole basis doubtful.
    let confidence = match pieces.unreadable * 100 / pieces.text.len().max(1) {
        0 => basis.confidence,
        _ => basis.confidence.min(Permille::new(500)),
    };
    let report = EncodingReport {
        encodings,
        byte_order_mark,
        unreadable: pieces.unreadable,
        evidence: basis.evidence,
        confidence,
    };
    Decoded { text: pieces.text, segments: pieces.segments, report, diagnostics }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::RepairLog;
    use crate::original::Origin;

    fn decoded(bytes: &[u8]) -> Decoded {
        let decoded = decode(&Original::new(Origin::default(), bytes));
        let (log, fallback) = RepairLog::new(bytes, &decoded.text, decoded.segments.clone());
        assert_eq!(fallback, None, "the segments replay");
        assert_eq!(log.restore(&decoded.text).unwrap(), bytes);
        decoded
    }

    #[test]
    fn a_mark_is_a_segment_without_text() {
        let utf8 = decoded(b"\xEF\xBB\xBFabc\r\n");
        assert_eq!((utf8.text.as_str(), utf8.segments[0].target.clone()), ("abc\r\n", 0..0));
        assert_eq!(decoded(b"\xFF\xFEa\0\x2C\x67").text, "a本");
    }

    #[test]
    fn stray_windows_1252_beside_utf8_is_read_piece_by_piece() {
        let mixed = decoded(
            "Café – naïve “quotes” can"
                .as_bytes()
                .iter()
                .chain(b"\x92t and \x93so\x94 on")
                .copied()
                .collect::<Vec<_>>()
                .as_slice(),
        );
        assert_eq!(mixed.text, "Café – naïve “quotes” can’t and “so” on");
        assert_eq!(mixed.report.name(), "UTF-8 + windows-1252");
    }

    #[test]
    fn a_file_cut_inside_a_character_is_still_utf8() {
        let cut = decoded(b"He said no\xE2\x80");
        assert_eq!((cut.text.as_str(), cut.report.unreadable), ("He said no\u{FFFD}\u{FFFD}", 2));
        assert_eq!(cut.diagnostics[0].code, diagnostic::D001);
    }

    #[test]
    fn a_byte_that_nothing_reads_is_kept() {
        let text = "这是一篇评论文章,我们需要更多的文字才能够判断编码。".repeat(3);
        let mut bytes = encoding_rs::GBK.encode(&text).0.into_owned();
        bytes.extend_from_slice(b"\xFF\n\xA0\n");
        let gbk = decoded(&bytes);
        assert_eq!(gbk.text, text + "\u{FFFD}\n\u{A0}\n");
        assert_eq!((gbk.report.name().as_str(), gbk.report.unreadable), ("unknown", 1));
    }

    #[test]
    fn english_with_gbk_quotes_is_gbk() {
        let text = b"US can\xA1\xAFt shirk duty over cyber governance. The \xA1\xB0rules\xA1\xB1 of the road don\xA1\xAFt apply.";
        assert_eq!(
            decoded(text).text,
            "US can’t shirk duty over cyber governance. The “rules” of the road don’t apply."
        );
    }

    #[test]
    fn letters_that_became_question_marks_make_the_encoding_doubtful() {
        let text = "Tuyen ng\u{F4}n toan th? gi?i v? nh\u{E2}n quy?n c?a Lien H?p Qu?c. ".repeat(3);
        let bytes = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        assert!(decoded(&bytes).report.confidence <= Permille::new(500));
        let asked = "Why? Who benefits? And why now? Nobody at the caf\u{E9} knows? ".repeat(3);
        let bytes = encoding_rs::WINDOWS_1252.encode(&asked).0.into_owned();
        assert!(decoded(&bytes).report.confidence > Permille::new(500));
    }
}
