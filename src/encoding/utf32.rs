//! UTF-32 (Unicode Standard, section 3.10, D99 to D101, <https://www.unicode.org/versions/latest/>) to text and back.
//!
//! Strict: surrogates and numbers above 10FFFF end the decoded prefix. Does not look for a byte order mark: it is
//! U+FEFF here, and the caller knows the byte order.

use super::DecodedPrefix;

/// Decodes units whose bytes `unit` puts in order.
pub(super) fn decode_prefix(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> DecodedPrefix {
    let (units, tail) = bytes.as_chunks::<4>();
    let mut text = String::new();
    for (i, four) in units.iter().enumerate() {
        match char::from_u32(unit(*four)) {
            Some(c) => text.push(c),
            None => return DecodedPrefix { text, read: 4 * i, malformed: 4 },
        }
    }
    DecodedPrefix { text, read: bytes.len() - tail.len(), malformed: tail.len() }
}

/// The units of `text`; `unit` puts their bytes in order.
pub(super) fn encode(text: &str, unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| unit(u32::from(c))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{DecodedPrefix, EncodingId};

    #[test]
    fn both_byte_orders() {
        let text = "\u{FEFF}a中😀\u{10FFFF}";
        let big = b"\0\0\xFE\xFF\0\0\0a\0\0\x4E\x2D\0\x01\xF6\0\0\x10\xFF\xFF";
        assert_eq!(EncodingId::Utf32Be.encode(text).unwrap()[..], big[..]);
        assert_eq!(EncodingId::Utf32Be.decode(big).unwrap(), text);
        let little: Vec<u8> = big.chunks(4).flat_map(|unit| unit.iter().rev().copied()).collect();
        assert_eq!(EncodingId::Utf32Le.encode(text).unwrap()[..], little[..]);
        assert_eq!(EncodingId::Utf32Le.decode(&little).unwrap(), text);
    }

    #[test]
    fn every_character_round_trips() {
        let text: String = ('\0'..=char::MAX).collect();
        for id in [EncodingId::Utf32Le, EncodingId::Utf32Be] {
            assert_eq!(id.decode(&id.encode(&text).unwrap()).unwrap(), text);
            assert_eq!(id.encoded_len('a'), Some(4));
        }
    }

    #[test]
    fn surrogates_large_numbers_and_halves_of_units_end_the_prefix() {
        for (unit, malformed) in
            [(&b"\0\0\xD8\0"[..], 4), (b"\0\0\xDF\xFF", 4), (b"\0\x11\0\0", 4), (b"a\0\0\0", 4), (b"\0\0\0", 3)]
        {
            let bytes = [b"\0\0\0a", unit].concat();
            let prefix = EncodingId::Utf32Be.decode_prefix(&bytes);
            assert_eq!(prefix, DecodedPrefix { text: "a".into(), read: 4, malformed });
        }
        assert_eq!(EncodingId::Utf32Le.decode_prefix(b"").malformed, 0);
    }
}
