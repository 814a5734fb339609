//! Text to GB18030, Big5, EUC-KR, Shift_JIS and EUC-JP, by tables from characters to bytes.
//!
//! The tables hold what the encoders of the WHATWG Encoding Standard (<https://encoding.spec.whatwg.org/>) write, as
//! `encoding_rs` implements them; that crate looks characters up by linear search. The four-byte characters of GB18030
//! are asked of it one by one. EUC-JP's three-byte characters (lead byte 8F) can be decoded but, by that standard, not
//! encoded. Does not decode: `encoding_rs` is fast at it.

use std::sync::LazyLock;

use encoding_rs::Encoding;

use super::reverse::{Reverse, encode_above_ascii};
use super::{EncodingId, whatwg};

/// A character's bytes, the second of a pair in the low half; a number below 100 (hexadecimal) is one byte.
type Codes = Reverse<u16>;

static GB18030: LazyLock<Codes> = LazyLock::new(|| codes(encoding_rs::GB18030));
static BIG5: LazyLock<Codes> = LazyLock::new(|| codes(encoding_rs::BIG5));
static EUC_KR: LazyLock<Codes> = LazyLock::new(|| codes(encoding_rs::EUC_KR));
static SHIFT_JIS: LazyLock<Codes> = LazyLock::new(|| codes(encoding_rs::SHIFT_JIS));
static EUC_JP: LazyLock<Codes> = LazyLock::new(|| codes(encoding_rs::EUC_JP));

/// What the encoder makes of each character above ASCII, one and two bytes only.
fn codes(encoding: &'static Encoding) -> Codes {
    let mut decoded = decode_all(encoding);
    // Characters that get the bytes of another: those of JIS X 0201 and the minus sign, and what GB18030-2022 moved.
    decoded.extend(['\u{A5}', '\u{203E}', '\u{2212}'].into_iter().chain('\u{E700}'..='\u{E8FF}').map(|c| (c, 0)));
    decoded.sort_unstable();
    let written = decoded.chunk_by(|a, b| a.0 == b.0).filter_map(|forms| match forms {
        // Encoding Standard, "index Big5 pointer": what stands before A1 is for decoding only. So are the places that
        // Shift_JIS leaves to its users, which only its decoder mentions.
        [(_, ..0xA100)] if encoding == encoding_rs::BIG5 => None,
        [(_, 0xF000..0xFA00)] if encoding == encoding_rs::SHIFT_JIS => None,
        [(c, code @ 1..)] => Some((*c, *code)),
        // Which of several forms is written, or whether any is: the encoder is slow, and asked only here.
        _ => encoder_code(encoding, forms.first()?.0),
    });
    Reverse::of(written)
}

/// Whether an encoding has pairs with the lead and the trail byte of a code: the ranges of its decoder.
fn is_pair(encoding: &'static Encoding, code: u16) -> bool {
    let [lead, trail] = code.to_be_bytes();
    if encoding == encoding_rs::SHIFT_JIS {
        return matches!(lead, 0x81..=0x9F | 0xE0..=0xFC) && matches!(trail, 0x40..=0x7E | 0x80..=0xFC);
    }
    if encoding == encoding_rs::EUC_JP {
        return matches!(lead, 0x8E | 0xA1..=0xFE) && matches!(trail, 0xA1..=0xFE);
    }
    if encoding == encoding_rs::BIG5 {
        return matches!(trail, 0x40..=0x7E | 0xA1..=0xFE);
    }
    if encoding == encoding_rs::EUC_KR {
        return matches!(trail, 0x41..=0x5A | 0x61..=0x7A | 0x81..=0xFE);
    }
    matches!(trail, 0x40..=0x7E | 0x80..=0xFE)
}

/// The characters of all single bytes and pairs that are one character.
fn decode_all(encoding: &'static Encoding) -> Vec<(char, u16)> {
    let mut found = Vec::new();
    push_decoded(encoding, (0x80..=0xFF).collect(), &mut found);
    for lead in 0x81..=0xFE_u16 {
        push_decoded(
            encoding,
            (lead << 8..lead << 8 | 0xFF).filter(|code| is_pair(encoding, *code)).collect(),
            &mut found,
        );
    }
    found
}

/// Appends those of `codes` that are one character.
fn push_decoded(encoding: &'static Encoding, codes: Vec<u16>, found: &mut Vec<(char, u16)>) {
    let bytes = |code: &u16| code.to_be_bytes().into_iter().filter(|byte| *byte != 0);
    let source: Vec<u8> = codes.iter().flat_map(bytes).collect();
    let (text, malformed) = encoding.decode_without_bom_handling(&source);
    if !malformed && text.chars().count() == codes.len() {
        found.extend(text.chars().zip(codes));
        return;
    }
    // The line feed ends whatever the byte before it began.
    let source: Vec<u8> = codes.iter().flat_map(|code| bytes(code).chain([b'\n'])).collect();
    let (text, _) = encoding.decode_without_bom_handling(&source);
    let only = |line: &str| line.parse::<char>().ok().filter(|c| !c.is_ascii() && *c != '\u{FFFD}');
    found.extend(text.split('\n').zip(codes).filter_map(|(line, code)| Some((only(line)?, code))));
}

/// The encoder's one or two bytes of a character.
fn encoder_code(encoding: &'static Encoding, c: char) -> Option<(char, u16)> {
    match whatwg::encode_character(encoding, c)? {
        ([byte, ..], 1) => Some((c, u16::from(byte))),
        ([lead, trail, ..], 2) => Some((c, u16::from_be_bytes([lead, trail]))),
        _ => None,
    }
}

fn table(id: EncodingId) -> Option<&'static Codes> {
    table_of(id).map(|table| &**table)
}

/// The same, not yet filled.
fn table_of(id: EncodingId) -> Option<&'static LazyLock<Codes>> {
    match id {
        EncodingId::Gb18030 => Some(&GB18030),
        EncodingId::Big5 => Some(&BIG5),
        EncodingId::EucKr => Some(&EUC_KR),
        EncodingId::ShiftJis => Some(&SHIFT_JIS),
        EncodingId::EucJp => Some(&EUC_JP),
        _ => None,
    }
}

/// Fills the tables.
pub(super) fn warm() {
    for table in [&GB18030, &BIG5, &EUC_KR, &SHIFT_JIS, &EUC_JP] {
        LazyLock::force(table);
    }
}

/// The pair of bytes of `c`, `None` where it has more or fewer, or none, or `id` is not of this file.
#[inline]
pub(super) fn pair_of(id: EncodingId, c: char) -> Option<[u8; 2]> {
    table(id)?.get(c).filter(|code| *code > 0xFF).map(u16::to_be_bytes)
}

/// The pairs of bytes that are one character, in order; none where `id` is not of this file.
pub(super) fn pairs(id: EncodingId) -> Vec<([u8; 2], char)> {
    let Some(encoding) = id.whatwg().filter(|_| table_of(id).is_some()) else { return Vec::new() };
    let decoded = decode_all(encoding).into_iter();
    decoded.filter(|(_, code)| *code > 0xFF).map(|(c, code)| (code.to_be_bytes(), c)).collect()
}

/// Number of bytes of a character above ASCII that the encoding has.
pub(super) fn encoded_len(id: EncodingId, c: char) -> usize {
    match table(id).and_then(|table| table.get(c)) {
        Some(..=0xFF) => 1,
        None if id == EncodingId::Gb18030 => 4,
        _ => 2,
    }
}

/// The bytes of `text`, `None` where a character is missing or `id` is not of this file.
pub(super) fn encode(id: EncodingId, text: &str) -> Option<Vec<u8>> {
    let table = table(id)?;
    encode_above_ascii(text, |bytes, c| {
        match table.get(c) {
            Some(code @ 0x100..) => bytes.extend_from_slice(&code.to_be_bytes()),
            Some(code) => bytes.push(u8::try_from(code).ok()?),
            None if id == EncodingId::Gb18030 => {
                let (four, length) = whatwg::encode_character(encoding_rs::GB18030, c)?;
                bytes.extend_from_slice(four.get(..length)?);
            }
            None => return None,
        }
        Some(())
    })
}
