//! EUC-TW to text and back: ASCII, plane 1 of CNS 11643 in two bytes (A1-FE A1-FE), any plane in four
//! (8E, A0 + plane, A1-FE A1-FE).
//!
//! CNS 11643 is at <https://www.cns11643.gov.tw/>; `assets/encoding/ORIGIN.md` says where its characters come from.
//! Planes 1 to 3 are here; characters of the other planes end the decoded prefix. Does not read the radicals of
//! plane 1, rows 7 to 9, except for the three that Unihan has as ideographs of that plane.

use std::sync::LazyLock;

use super::DecodedPrefix;
use super::reverse::{Reverse, encode_above_ascii};

/// Cells of 16 bits and the characters beyond the Basic Multilingual Plane; `make_euc_tw.py` says how.
static TABLE: &[u8] = include_bytes!("../../assets/encoding/cns11643.bin");

const PLANES: usize = 3;
const PLANE: usize = 94 * 94;
/// The byte that begins four.
const SS2: u8 = 0x8E;

/// One more than the cell of each character.
static CELLS: LazyLock<Reverse<u16>> = LazyLock::new(|| {
    let numbered = (0..PLANES * PLANE).zip(1_u16..);
    Reverse::of(numbered.filter_map(|(cell, number)| Some((character(cell)?, number))))
});

/// Fills the table.
pub(super) fn warm() {
    LazyLock::force(&CELLS);
}

fn table_word(at: usize) -> Option<u16> {
    let bytes = TABLE.get(2 * at..2 * at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// The character of a cell, counted through the planes.
fn character(cell: usize) -> Option<char> {
    match table_word(cell)? {
        0 => None,
        beyond @ 0xD800..=0xDFFF => {
            let low = table_word(PLANES * PLANE + usize::from(beyond - 0xD800))?;
            char::from_u32(0x2_0000 | u32::from(low))
        }
        code => char::from_u32(u32::from(code)),
    }
}

/// The character of a row and a column byte in a plane, counted from 1.
#[inline]
fn character_at(plane: u8, row: u8, column: u8) -> Option<char> {
    if !(1..=PLANES).contains(&usize::from(plane)) {
        return None;
    }
    character((usize::from(plane) - 1) * PLANE + usize::from(row - 0xA1) * 94 + usize::from(column - 0xA1))
}

/// Decodes the longest well-formed prefix.
pub(super) fn decode_prefix(bytes: &[u8]) -> DecodedPrefix {
    let (mut text, mut read) = (String::new(), 0);
    let malformed = loop {
        let (c, length) = match bytes.get(read..).unwrap_or_default() {
            [] => break 0,
            [ascii @ ..=0x7F, ..] => (Some(char::from(*ascii)), 1),
            [row @ 0xA1..=0xFE, column @ 0xA1..=0xFE, ..] => (character_at(1, *row, *column), 2),
            [SS2, plane @ 0xA1..=0xB0, row @ 0xA1..=0xFE, column @ 0xA1..=0xFE, ..] => {
                (character_at(plane - 0xA0, *row, *column), 4)
            }
            [SS2, 0xA1..=0xB0, 0xA1..=0xFE, ..] => (None, 3),
            [SS2, 0xA1..=0xB0, ..] => (None, 2),
            _ => (None, 1),
        };
        let Some(c) = c else { break length };
        text.push(c);
        read += length;
    };
    DecodedPrefix { text, read, malformed }
}

/// The bytes of a character above ASCII in its shortest form, and their number.
fn encode_character(c: char) -> Option<([u8; 4], usize)> {
    let cell = usize::from(CELLS.get(c)? - 1);
    let byte = |value: usize| u8::try_from(0xA1 + value).ok();
    let (plane, row, column) = (byte(cell / PLANE)?, byte(cell % PLANE / 94)?, byte(cell % 94)?);
    Some(if plane == 0xA1 { ([row, column, 0, 0], 2) } else { ([SS2, plane, row, column], 4) })
}

/// The bytes of `text`, `None` where a character is missing.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    encode_above_ascii(text, |bytes, c| {
        let (four, length) = encode_character(c)?;
        bytes.extend_from_slice(four.get(..length)?);
        Some(())
    })
}

/// Number of bytes of a character above ASCII that is in plane 1 (two) or another (four).
pub(super) fn encoded_len(c: char) -> usize {
    if CELLS.get(c).is_some_and(|number| usize::from(number) <= PLANE) { 2 } else { 4 }
}

#[cfg(test)]
mod tests {
    use super::super::EncodingId;
    use super::*;

    fn prefix(bytes: &[u8]) -> (String, usize, usize) {
        let prefix = EncodingId::EucTw.decode_prefix(bytes);
        (prefix.text, prefix.read, prefix.malformed)
    }

    #[test]
    fn the_planes_have_as_many_characters_as_their_standard() {
        let count = |plane: usize| (0..PLANE).filter(|cell| character(plane * PLANE + cell).is_some()).count();
        // CNS 11643-1992: 5401 ideographs in plane 1, 7650 in plane 2; plane 1 without the radicals.
        assert_eq!([count(0), count(1), count(2)], [5867, 7650, 6397]);
    }

    #[test]
    fn known_characters() {
        for (bytes, text) in [
            (&b"\xA1\xA1\xA1\xA2\xA1\xA4"[..], "\u{3000}，。"),
            (b"\xA4\xA1\xA4\xC1\xA6\xA1", "０Ａ①"),
            (b"\xC4\xA1\xFD\xCB", "一籲"),
            (b"\xC2\xA1\xC2\xC1", "␀␡"),
            (b"\x8E\xA2\xA1\xA1\x8E\xA2\xF2\xC4", "乂龘"),
            (b"\x8E\xA3\xBC\xE3", "湾"),
            // From uchardet's test file zh-euc-tw.
            (b"EUC-TW\xD2\xB3\xC6\xBA\xFD\xA4", "EUC-TW為台灣"),
        ] {
            assert_eq!(EncodingId::EucTw.decode(bytes).unwrap(), text);
            assert_eq!(EncodingId::EucTw.encode(text).unwrap()[..], bytes[..], "{text}");
        }
        // Plane 1 in four bytes is read, and written in two.
        assert_eq!(EncodingId::EucTw.decode(b"\x8E\xA1\xC4\xA1").unwrap(), "一");
    }

    #[test]
    fn every_cell_round_trips() {
        for cell in 0..PLANES * PLANE {
            let Some(c) = character(cell) else { continue };
            let (bytes, length) = encode_character(c).unwrap();
            assert_eq!(EncodingId::EucTw.decode(&bytes[..length]).unwrap(), c.to_string());
            assert_eq!(EncodingId::EucTw.encoded_len(c), Some(length));
            // U+5344 is both a numeral of plane 1 and an ideograph of plane 3.
            let twice = c == '\u{5344}' && cell >= PLANE;
            assert_eq!(CELLS.get(c).map(usize::from) == Some(cell + 1), !twice, "{c}");
        }
        assert_eq!(EncodingId::EucTw.encode("é"), None);
        assert_eq!(EncodingId::EucTw.encode("\u{80}"), None);
        assert_eq!(EncodingId::EucTw.encode("😀"), None);
    }

    #[test]
    fn malformed_sequences_end_the_prefix() {
        for (bytes, malformed) in [
            (&b"\x80"[..], 1),
            (b"\xA0\xA1", 1),
            (b"\xFF\xA1", 1),
            (b"\xC4", 1),
            (b"\xC4a", 1),
            (b"\xC4\xFF", 1),
            (b"\x8F\xA1\xA1", 1),
            (b"\x8E", 1),
            (b"\x8E\xA0\xA1\xA1", 1),
            (b"\x8E\xB1\xA1\xA1", 1),
            (b"\x8E\xA2", 2),
            (b"\x8E\xA2\xA1", 3),
            (b"\x8E\xA2\xA1a", 3),
            // Undefined cells: plane 1 row 10, the end of plane 2, planes that are not here.
            (b"\xAA\xA1", 2),
            (b"\x8E\xA2\xFE\xFE", 4),
            (b"\x8E\xA4\xA1\xA1", 4),
            (b"\x8E\xB0\xFE\xFE", 4),
        ] {
            assert_eq!(prefix(&[b"a\xC4\xA1", bytes].concat()), ("a一".into(), 3, malformed), "{bytes:X?}");
        }
    }
}
