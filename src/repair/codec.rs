//! The two halves of undoing a misreading, a character at a time: the bytes that a page shows as a character, and
//! the characters that bytes are.

use std::sync::OnceLock;

use crate::encoding::EncodingId;

use EncodingId as E;

/// What bytes were taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// windows-1252 and ISO-8859-1 at once: readers differ in how they show bytes 80-9F, and texts that went
    /// through several hold both forms.
    Western,
    /// Any other encoding; bytes that a single-byte page leaves undefined are shown as C1 controls.
    Of(EncodingId),
}

impl Page {
    /// Whether its characters above ASCII are pairs of bytes, most of them.
    pub(super) fn is_double_byte(self) -> bool {
        matches!(self, Self::Of(encoding) if DOUBLE.contains(&encoding))
    }
}

/// The bytes of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    bytes: [u8; 2],
    length: u8,
}

impl Shown {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

/// Gives characters back their bytes.
#[derive(Clone, Copy)]
pub(super) enum Carrier {
    Single(&'static Reverse),
    Double(&'static ReversePairs),
}

impl Carrier {
    pub(super) fn of(page: Page) -> Self {
        match page {
            Page::Western => Self::Single(WESTERN.get_or_init(|| Reverse::of(page))),
            Page::Of(encoding) => match DOUBLE.iter().position(|known| *known == encoding) {
                Some(at) => Self::Double(REVERSE_PAIRS[at].get_or_init(|| ReversePairs::of(encoding))),
                None => Self::Single(REVERSES[encoding as usize].get_or_init(|| Reverse::of(page))),
            },
        }
    }

    /// The bytes that were shown as `c`, `None` where the page has no such character.
    #[inline]
    pub(super) fn shown(self, c: char) -> Option<Shown> {
        if c.is_ascii() {
            return Some(Shown { bytes: [c as u8, 0], length: 1 });
        }
        match self {
            Self::Single(reverse) => reverse.byte(c).map(|byte| Shown { bytes: [byte, 0], length: 1 }),
            Self::Double(pairs) => pairs.bytes(c),
        }
    }
}

/// Characters beyond this are shown by no single-byte page but as listed.
const REVERSE: usize = 0x2700;

/// The bytes 80-FF of a single-byte page by the characters that they are shown as; 0 where there is none.
pub(super) struct Reverse {
    bytes: Box<[u8; REVERSE]>,
    beyond: Vec<(char, u8)>,
}

impl Reverse {
    fn of(page: Page) -> Self {
        let mut reverse = Self { bytes: Box::new([0; REVERSE]), beyond: Vec::new() };
        let encoding = match page {
            Page::Western => E::Windows1252,
            Page::Of(encoding) => encoding,
        };
        for byte in 0x80..=0xFF_u8 {
            let shown = encoding.byte_table().map_or('\u{FFFD}', |table| table[usize::from(byte - 0x80)]);
            reverse.insert(if shown == '\u{FFFD}' { char::from(byte) } else { shown }, byte);
            if page == Page::Western && byte < 0xA0 {
                reverse.insert(char::from(byte), byte);
            }
        }
        reverse
    }

    fn insert(&mut self, c: char, byte: u8) {
        match self.bytes.get_mut(u32::from(c) as usize) {
            Some(slot) => *slot = byte,
            None => self.beyond.push((c, byte)),
        }
    }

    fn byte(&self, c: char) -> Option<u8> {
        match self.bytes.get(u32::from(c) as usize) {
            Some(byte) => Some(*byte).filter(|byte| *byte != 0),
            None => self.beyond.iter().find(|(known, _)| *known == c).map(|(_, byte)| *byte),
        }
    }
}

/// Encodings whose characters above ASCII are pairs of bytes, most of them.
const DOUBLE: [EncodingId; 5] = [E::Gb18030, E::Big5, E::ShiftJis, E::EucJp, E::EucKr];

const PLANE: usize = 0x1_0000;

/// The pairs of a double-byte encoding by their characters.
pub(super) struct ReversePairs {
    pairs: Vec<u16>,
}

impl ReversePairs {
    fn of(encoding: EncodingId) -> Self {
        let mut pairs = vec![0; PLANE];
        for (index, code) in (0x8000..=0xFFFF).zip(&Pairs::of(encoding).characters) {
            let Some(slot) = pairs.get_mut(*code as usize).filter(|_| *code != 0) else { continue };
            if *slot == 0 {
                *slot = index;
            } else if let Some(written) = char::from_u32(*code).and_then(|c| encoding.pair_of(c)) {
                // Where two pairs are one character, the one that the encoder writes is it.
                *slot = u16::from_be_bytes(written);
            }
        }
        if encoding == E::ShiftJis {
            // Half-width katakana are single bytes; no pair of Shift_JIS begins with 00. The bytes that are no
            // character are shown by some readers as private-use ones.
            for (byte, slot) in (0xA1..=0xDF).zip(&mut pairs[0xFF61..]) {
                *slot = byte;
            }
            for (byte, code) in [(0x80, 0x80), (0xA0, 0xF8F0), (0xFD, 0xF8F1), (0xFE, 0xF8F2), (0xFF, 0xF8F3)] {
                pairs[code] = byte;
            }
        }
        Self { pairs }
    }

    fn bytes(&self, c: char) -> Option<Shown> {
        match self.pairs.get(u32::from(c) as usize)?.to_be_bytes() {
            [0, 0] => None,
            [0, byte] => Some(Shown { bytes: [byte, 0], length: 1 }),
            pair => Some(Shown { bytes: pair, length: 2 }),
        }
    }
}

/// Gives bytes their characters.
#[derive(Clone, Copy)]
pub(super) enum Decoder {
    Utf8,
    Single(&'static [char; 128]),
    Double(EncodingId, &'static Pairs),
}

/// What a few bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoding {
    /// So many characters, and nothing more.
    Whole(usize),
    /// The beginning of a character.
    Begun,
    /// Nothing in this encoding.
    Malformed,
}

/// Characters that a unit can be.
pub(super) const UNIT_OUTPUT: usize = 4;

impl Decoder {
    pub(super) fn of(encoding: EncodingId) -> Self {
        if encoding == E::Utf8 {
            return Self::Utf8;
        }
        match DOUBLE.iter().position(|known| *known == encoding) {
            Some(_) => Self::Double(encoding, Pairs::of(encoding)),
            // Encodings that are neither are in no chain; they would be read as ASCII.
            None => Self::Single(encoding.byte_table().unwrap_or(&['\u{FFFD}'; 128])),
        }
    }

    /// Reads all of `bytes` into `output`.
    #[inline]
    pub(super) fn read(self, bytes: &[u8], output: &mut [char; UNIT_OUTPUT]) -> Decoding {
        let (mut at, mut count) = (0, 0);
        while at < bytes.len() {
            let (length, c) = match self.character(&bytes[at..]) {
                Ok(found) => found,
                Err(reading) => return reading,
            };
            let Some(slot) = output.get_mut(count) else { return Decoding::Malformed };
            *slot = c;
            count += 1;
            at += length;
        }
        Decoding::Whole(count)
    }

    /// The first character with its number of bytes.
    #[inline]
    fn character(self, bytes: &[u8]) -> Result<(usize, char), Decoding> {
        let lead = bytes[0];
        if lead < 0x80 {
            return Ok((1, char::from(lead)));
        }
        match self {
            Self::Utf8 => utf8(bytes),
            Self::Single(upper) => match upper[usize::from(lead - 0x80)] {
                '\u{FFFD}' => Err(Decoding::Malformed),
                c => Ok((1, c)),
            },
            Self::Double(encoding, pairs) => double(encoding, pairs, bytes),
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<(usize, char), Decoding> {
    if let [0xED, 0xA0..=0xAF, ..] | [0xED] = bytes {
        return surrogates(bytes);
    }
    let length = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Err(Decoding::Malformed),
    };
    let present = &bytes[..length.min(bytes.len())];
    if present[1..].iter().any(|b| !(0x80..=0xBF).contains(b)) {
        return Err(Decoding::Malformed);
    }
    if present.len() < length {
        return Err(Decoding::Begun);
    }
    let c = std::str::from_utf8(present).ok().and_then(|text| text.chars().next()).ok_or(Decoding::Malformed)?;
    Ok((length, c))
}

/// A character beyond the first plane in CESU-8 (Unicode Technical Report 26, <https://www.unicode.org/reports/tr26/>):
/// its two UTF-16 surrogates, each written like a character in three bytes.
fn surrogates(bytes: &[u8]) -> Result<(usize, char), Decoding> {
    match bytes {
        [0xED] | [0xED, _] | [0xED, _, 0x80..=0xBF] | [0xED, _, 0x80..=0xBF, 0xED] => Err(Decoding::Begun),
        [0xED, _, 0x80..=0xBF, 0xED, 0xB0..=0xBF] => Err(Decoding::Begun),
        [0xED, a, b @ 0x80..=0xBF, 0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF, ..] => {
            let high = u32::from(a & 0x0F) << 6 | u32::from(b & 0x3F);
            let low = u32::from(c & 0x0F) << 6 | u32::from(d & 0x3F);
            char::from_u32(0x1_0000 + (high << 10 | low)).map(|c| (6, c)).ok_or(Decoding::Malformed)
        }
        _ => Err(Decoding::Malformed),
    }
}

fn double(encoding: EncodingId, pairs: &Pairs, bytes: &[u8]) -> Result<(usize, char), Decoding> {
    if encoding == E::ShiftJis && matches!(bytes[0], 0xA1..=0xDF) {
        return Ok((1, char::from_u32(0xFF61 + u32::from(bytes[0] - 0xA1)).unwrap_or('\u{FFFD}')));
    }
    let Some(trail) = bytes.get(1) else { return Err(Decoding::Begun) };
    if let Some(c) = pairs.character(bytes[0], *trail) {
        return Ok((2, c));
    }
    // Four bytes of GB18030, three of EUC-JP.
    let length = match (encoding, bytes[0], *trail) {
        (E::Gb18030, 0x81..=0x84 | 0x90..=0xE3, 0x30..=0x39) => 4,
        (E::EucJp, 0x8F, 0xA1..=0xFE) => 3,
        _ => return Err(Decoding::Malformed),
    };
    let Some(whole) = bytes.get(..length) else { return Err(Decoding::Begun) };
    let text = encoding.decode(whole).ok_or(Decoding::Malformed)?;
    text.chars().next().map(|c| (length, c)).ok_or(Decoding::Malformed)
}

/// The characters of the pairs of bytes whose first is above 7F, by `(first - 80) * 100 + second`; 0 for none.
pub(super) struct Pairs {
    characters: Vec<u32>,
}

impl Pairs {
    fn of(encoding: EncodingId) -> &'static Self {
        let at = DOUBLE.iter().position(|known| *known == encoding).unwrap_or(0);
        PAIRS[at].get_or_init(|| Self::decoded(encoding))
    }

    fn decoded(encoding: EncodingId) -> Self {
        let mut characters = vec![0; 0x8000];
        for (pair, c) in encoding.pairs() {
            characters[usize::from(u16::from_be_bytes(pair) & 0x7FFF)] = u32::from(c);
        }
        Self { characters }
    }

    #[inline]
    fn character(&self, lead: u8, trail: u8) -> Option<char> {
        let code = *self.characters.get(usize::from(lead & 0x7F) << 8 | usize::from(trail))?;
        char::from_u32(code).filter(|c| *c != '\0')
    }
}

// Filled one by one when a text needs them: a text in English needs none of the double-byte tables.
static WESTERN: OnceLock<Reverse> = OnceLock::new();
static REVERSES: [OnceLock<Reverse>; EncodingId::COUNT] = [const { OnceLock::new() }; EncodingId::COUNT];
static PAIRS: [OnceLock<Pairs>; DOUBLE.len()] = [const { OnceLock::new() }; DOUBLE.len()];
static REVERSE_PAIRS: [OnceLock<ReversePairs>; DOUBLE.len()] = [const { OnceLock::new() }; DOUBLE.len()];
