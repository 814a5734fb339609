//! ISO-2022-KR (RFC 1557, <https://www.rfc-editor.org/rfc/rfc1557>) to text and back: KS X 1001 between SO and SI.
//!
//! Strict by the formal syntax of the RFC: the designator `ESC $ ) C` once, at the beginning of a line and before any
//! SO; segments of whole pairs, not empty, closed by SI before the line ends. Only the end of the bytes may stand for
//! the last SI. Text without designator and segments is ASCII (the RFC's `e-line`). Does not read other escape
//! sequences of ISO 2022 and does not need lines to end in CRLF.

use super::DecodedPrefix;
use super::set94::KS_X_1001;

const SO: u8 = 0x0E;
const SI: u8 = 0x0F;
const ESC: u8 = 0x1B;
const DESIGNATOR: [u8; 4] = [ESC, b'$', b')', b'C'];

/// Decodes the longest well-formed prefix.
pub(super) fn decode_prefix(bytes: &[u8]) -> DecodedPrefix {
    let set = &*KS_X_1001;
    let (mut text, mut read) = (String::new(), 0);
    let (mut designated, mut shifted, mut line_start) = (false, false, true);
    let malformed = loop {
        read += match (shifted, bytes.get(read..).unwrap_or_default()) {
            (_, []) => break 0,
            (false, [ESC, b'$', b')', b'C', ..]) if line_start && !designated => {
                designated = true;
                4
            }
            // A segment is not empty.
            (false, [SO, after @ ..]) if designated && after.first() != Some(&SI) => {
                shifted = true;
                1
            }
            (true, [SI, ..]) => {
                shifted = false;
                1
            }
            (false, [ESC | SO | SI | 0x80.., ..]) => break 1,
            (false, [ascii, ..]) => {
                text.push(char::from(*ascii));
                line_start = matches!(ascii, b'\n' | b'\r');
                1
            }
            (true, rest) => match set.push(rest, &mut text) {
                Ok(length) => length,
                Err(malformed) => break malformed,
            },
        };
    };
    DecodedPrefix { text, read, malformed }
}

/// The bytes of `text` after the designator; no bytes for no text, `None` where a character is missing.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let set = &*KS_X_1001;
    let (mut bytes, mut shifted) = (Vec::with_capacity(text.len() + DESIGNATOR.len()), false);
    if !text.is_empty() {
        bytes.extend_from_slice(&DESIGNATOR);
    }
    for c in text.chars() {
        // Line ends are ASCII too: RFC 1557 wants SI before them.
        if shifted == c.is_ascii() {
            bytes.push(if shifted { SI } else { SO });
            shifted = !shifted;
        }
        match u8::try_from(c) {
            // They would be read as shifts and escapes.
            Ok(ESC | SO | SI) => return None,
            Ok(ascii @ ..=0x7F) => bytes.push(ascii),
            _ => bytes.extend_from_slice(&set.pair(c)?),
        }
    }
    if shifted {
        bytes.push(SI);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::EncodingId;

    fn prefix(bytes: &[u8]) -> (String, usize, usize) {
        let prefix = EncodingId::Iso2022Kr.decode_prefix(bytes);
        (prefix.text, prefix.read, prefix.malformed)
    }

    #[test]
    fn a_text_in_both_directions() {
        let text = "ISO/IEC 2022는\n\n    문자 집합을\r\n";
        let bytes = b"\x1B$)CISO/IEC 2022\x0E4B\x0F\n\n    \x0E9.@Z\x0F \x0EA}GU@;\x0F\r\n";
        assert_eq!(EncodingId::Iso2022Kr.decode(bytes).unwrap(), text);
        assert_eq!(EncodingId::Iso2022Kr.encode(text).unwrap()[..], bytes[..]);
    }

    #[test]
    fn the_designator_is_no_text_and_stands_once_before_the_first_shift() {
        assert_eq!(prefix(b"\x1B$)C"), (String::new(), 4, 0));
        assert_eq!(prefix(b"a\n\x1B$)C\x0E0!\x0F"), ("a\n가".into(), 10, 0));
        assert_eq!(prefix(b"plain\n"), ("plain\n".into(), 6, 0));
        assert_eq!(prefix(b"a\x1B$)C"), ("a".into(), 1, 1));
        assert_eq!(prefix(b"\x1B$)C\n\x1B$)C"), ("\n".into(), 5, 1));
        assert_eq!(prefix(b"a\x0E0!\x0F"), ("a".into(), 1, 1));
    }

    #[test]
    fn the_form_written_is_canonical() {
        assert_eq!(EncodingId::Iso2022Kr.encode("가\n나").unwrap()[..], b"\x1B$)C\x0E0!\x0F\n\x0E3*\x0F"[..]);
        assert_eq!(EncodingId::Iso2022Kr.encode("a").unwrap()[..], b"\x1B$)Ca"[..]);
        assert_eq!(EncodingId::Iso2022Kr.encode("").unwrap()[..], b""[..]);
        // 갂 is in UHC only.
        for missing in ["é", "갂", "가é", "😀", "\u{80}", "\u{1B}", "\u{E}", "\u{F}"] {
            assert_eq!(EncodingId::Iso2022Kr.encode(missing), None, "{missing}");
        }
    }

    #[test]
    fn every_character_round_trips() {
        let defined = |c: &char| EncodingId::Iso2022Kr.encode(c.encode_utf8(&mut [0; 4])).is_some();
        let text: String = ('\0'..='\u{FFFF}').filter(defined).collect();
        assert_eq!(text.chars().count(), 125 + 2350 + 4888 + 986 + 2);
        assert_eq!(EncodingId::Iso2022Kr.decode(&EncodingId::Iso2022Kr.encode(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn malformed_sequences_end_the_prefix() {
        let in_korean = |rest: &[u8]| {
            let (text, read, malformed) = prefix(&[b"\x1B$)C\x0E0!", rest].concat());
            assert_eq!(text, "가");
            (read - 7, malformed)
        };
        assert_eq!(in_korean(b""), (0, 0));
        assert_eq!(in_korean(b"0"), (0, 1));
        assert_eq!(in_korean(b"0\x0F"), (0, 1));
        assert_eq!(in_korean(b"\n"), (0, 1));
        assert_eq!(in_korean(b"\n\x0F"), (0, 1));
        assert_eq!(in_korean(b" \x0F"), (0, 1));
        assert_eq!(in_korean(b"\x0E"), (0, 1));
        assert_eq!(in_korean(b"\xB0\xA1"), (0, 1));
        // Row 41 is for the users' own characters.
        assert_eq!(in_korean(b"\x49\x21"), (0, 2));
        assert_eq!(in_korean(b"\x0F\x0F"), (1, 1));
        assert_eq!(in_korean(b"\x0F\x0E\x0F"), (1, 1));
        assert_eq!(in_korean(b"\x0F\x0E"), (2, 0));
        assert_eq!(in_korean(b"\x0F\x80"), (1, 1));
    }
}
