//! Encodings by name, each able to decode and to encode. Detection lives in `decode`.
//!
//! The multi-byte and most single-byte tables are those of the WHATWG Encoding Standard
//! (<https://encoding.spec.whatwg.org/>) as `encoding_rs` implements them; ISO-8859-1 is the real one
//! (bytes 80-9F are the C1 controls), which that standard maps to windows-1252.
//! Decoding here is strict: bytes that the encoding does not define end the decoded prefix instead of
//! becoming U+FFFD, so that a caller always knows which bytes a character came from.

mod report;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use encoding_rs::{DecoderResult, EncoderResult, Encoding};

pub use report::EncodingReport;

/// One character encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the encoding of its name")]
pub enum EncodingId {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// ISO-8859-1 proper: byte n is U+00nn.
    Latin1,
    Windows1250,
    Windows1251,
    Windows1252,
    Windows1253,
    Windows1254,
    Windows1255,
    Windows1256,
    Windows1257,
    Windows1258,
    Windows874,
    Iso8859_2,
    Iso8859_3,
    Iso8859_4,
    Iso8859_5,
    Iso8859_6,
    Iso8859_7,
    Iso8859_8,
    Iso8859_10,
    Iso8859_13,
    Iso8859_14,
    Iso8859_15,
    Iso8859_16,
    Koi8R,
    Koi8U,
    Ibm866,
    MacRoman,
    MacCyrillic,
    Gb18030,
    Big5,
    ShiftJis,
    EucJp,
    EucKr,
    Iso2022Jp,
}

use EncodingId as E;

/// Every encoding with the name that outputs print and its WHATWG label where `encoding_rs` implements it.
const TABLE: &[(EncodingId, &str, Option<&Encoding>)] = &[
    (E::Utf8, "UTF-8", Some(encoding_rs::UTF_8)),
    (E::Utf16Le, "UTF-16LE", Some(encoding_rs::UTF_16LE)),
    (E::Utf16Be, "UTF-16BE", Some(encoding_rs::UTF_16BE)),
    (E::Latin1, "ISO-8859-1", None),
    (E::Windows1250, "windows-1250", Some(encoding_rs::WINDOWS_1250)),
    (E::Windows1251, "windows-1251", Some(encoding_rs::WINDOWS_1251)),
    (E::Windows1252, "windows-1252", Some(encoding_rs::WINDOWS_1252)),
    (E::Windows1253, "windows-1253", Some(encoding_rs::WINDOWS_1253)),
    (E::Windows1254, "windows-1254", Some(encoding_rs::WINDOWS_1254)),
    (E::Windows1255, "windows-1255", Some(encoding_rs::WINDOWS_1255)),
    (E::Windows1256, "windows-1256", Some(encoding_rs::WINDOWS_1256)),
    (E::Windows1257, "windows-1257", Some(encoding_rs::WINDOWS_1257)),
    (E::Windows1258, "windows-1258", Some(encoding_rs::WINDOWS_1258)),
    (E::Windows874, "windows-874", Some(encoding_rs::WINDOWS_874)),
    (E::Iso8859_2, "ISO-8859-2", Some(encoding_rs::ISO_8859_2)),
    (E::Iso8859_3, "ISO-8859-3", Some(encoding_rs::ISO_8859_3)),
    (E::Iso8859_4, "ISO-8859-4", Some(encoding_rs::ISO_8859_4)),
    (E::Iso8859_5, "ISO-8859-5", Some(encoding_rs::ISO_8859_5)),
    (E::Iso8859_6, "ISO-8859-6", Some(encoding_rs::ISO_8859_6)),
    (E::Iso8859_7, "ISO-8859-7", Some(encoding_rs::ISO_8859_7)),
    (E::Iso8859_8, "ISO-8859-8", Some(encoding_rs::ISO_8859_8)),
    (E::Iso8859_10, "ISO-8859-10", Some(encoding_rs::ISO_8859_10)),
    (E::Iso8859_13, "ISO-8859-13", Some(encoding_rs::ISO_8859_13)),
    (E::Iso8859_14, "ISO-8859-14", Some(encoding_rs::ISO_8859_14)),
    (E::Iso8859_15, "ISO-8859-15", Some(encoding_rs::ISO_8859_15)),
    (E::Iso8859_16, "ISO-8859-16", Some(encoding_rs::ISO_8859_16)),
    (E::Koi8R, "KOI8-R", Some(encoding_rs::KOI8_R)),
    (E::Koi8U, "KOI8-U", Some(encoding_rs::KOI8_U)),
    (E::Ibm866, "IBM866", Some(encoding_rs::IBM866)),
    (E::MacRoman, "macintosh", Some(encoding_rs::MACINTOSH)),
    (E::MacCyrillic, "x-mac-cyrillic", Some(encoding_rs::X_MAC_CYRILLIC)),
    (E::Gb18030, "GB18030", Some(encoding_rs::GB18030)),
    (E::Big5, "Big5", Some(encoding_rs::BIG5)),
    (E::ShiftJis, "Shift_JIS", Some(encoding_rs::SHIFT_JIS)),
    (E::EucJp, "EUC-JP", Some(encoding_rs::EUC_JP)),
    (E::EucKr, "EUC-KR", Some(encoding_rs::EUC_KR)),
    (E::Iso2022Jp, "ISO-2022-JP", Some(encoding_rs::ISO_2022_JP)),
];

/// Bytes by which a decoder's output grows.
const GROWTH: usize = 4096;

/// What strict decoding made of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct DecodedPrefix {
    /// The text of the first `read` bytes.
    pub text: String,
    /// Bytes that `text` stands for; the bytes from here on begin with a malformed sequence, or there are none.
    pub read: usize,
    /// Length of the malformed sequence at `read`, 0 when everything was decoded.
    pub malformed: usize,
}

impl EncodingId {
    /// All encodings, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, &'static str, Option<&'static Encoding>) {
        // The table has a row for every variant; a test walks it.
        TABLE.iter().find(|row| row.0 == self).unwrap_or(&TABLE[0])
    }

    /// The name that outputs print: the WHATWG or IANA name.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The encoding that a declared label means, by the WHATWG label table, where that is one of ours.
    pub fn for_label(label: &str) -> Option<Self> {
        Self::from_encoding_rs(Encoding::for_label(label.as_bytes())?)
    }

    /// Our name for an encoding of `encoding_rs`; GBK and GB18030 decode alike and are one.
    pub fn from_encoding_rs(encoding: &'static Encoding) -> Option<Self> {
        if encoding == encoding_rs::GBK {
            return Some(Self::Gb18030);
        }
        if encoding == encoding_rs::ISO_8859_8_I {
            return Some(Self::Iso8859_8);
        }
        TABLE.iter().find(|row| row.2 == Some(encoding)).map(|row| row.0)
    }

    /// True where a character's bytes depend on what came before it (ISO-2022 escapes).
    pub fn is_stateful(self) -> bool {
        matches!(self, Self::Iso2022Jp)
    }

    /// Decodes the longest well-formed prefix. A byte order mark is not special: it decodes as U+FEFF.
    pub fn decode_prefix(self, bytes: &[u8]) -> DecodedPrefix {
        let Some(encoding) = self.row().2 else {
            let text = bytes.iter().map(|&b| char::from(b)).collect();
            return DecodedPrefix { text, read: bytes.len(), malformed: 0 };
        };
        let mut decoder = encoding.new_decoder_without_bom_handling();
        // Grown as needed: after a malformed byte the rest of a long file is decoded anew.
        let mut text = String::with_capacity(2 * bytes.len().min(GROWTH) + 16);
        let mut read = 0;
        loop {
            let (result, consumed) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
            read += consumed;
            match result {
                DecoderResult::InputEmpty => return DecodedPrefix { text, read, malformed: 0 },
                DecoderResult::OutputFull => text.reserve(text.len().max(GROWTH)),
                DecoderResult::Malformed(bad, after) => {
                    let (bad, after) = (usize::from(bad), usize::from(after));
                    return DecodedPrefix { text, read: read.saturating_sub(bad + after), malformed: bad.max(1) };
                }
            }
        }
    }

    /// Decodes all of `bytes`, or nothing.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        let prefix = self.decode_prefix(bytes);
        (prefix.malformed == 0).then_some(prefix.text)
    }

    /// The bytes of `text`, or `None` where a character is not in the encoding.
    pub fn encode(self, text: &str) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Utf8 => return Some(Cow::Borrowed(text.as_bytes())),
            Self::Utf16Le => return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Self::Utf16Be => return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Self::Latin1 => {
                return text
                    .chars()
                    .map(|c| u8::try_from(u32::from(c)).ok())
                    .collect::<Option<Vec<u8>>>()
                    .map(Cow::Owned);
            }
            _ => {}
        }
        let mut encoder = self.row().2?.new_encoder();
        let capacity = encoder.max_buffer_length_from_utf8_without_replacement(text.len())?;
        let mut bytes = Vec::with_capacity(capacity);
        match encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true).0 {
            EncoderResult::InputEmpty => Some(Cow::Owned(bytes)),
            EncoderResult::OutputFull | EncoderResult::Unmappable(_) => None,
        }
    }

    /// Number of bytes of a character that the encoding has, `None` where the encoding is stateful.
    pub fn encoded_len(self, c: char) -> Option<usize> {
        match self {
            Self::Utf8 => Some(c.len_utf8()),
            Self::Utf16Le | Self::Utf16Be => Some(2 * c.len_utf16()),
            _ if self.is_stateful() => None,
            _ if c.is_ascii() => Some(1),
            Self::Gb18030 => Some(if GBK_PAIRS.contains(c) { 2 } else { 4 }),
            // Half-width katakana, and the three that stand at ASCII's places.
            Self::ShiftJis => {
                Some(if matches!(c, '\u{FF61}'..='\u{FF9F}' | '\u{80}' | '\u{A5}' | '\u{203E}') { 1 } else { 2 })
            }
            Self::EucJp if matches!(c, '\u{A5}' | '\u{203E}') => Some(1),
            Self::Big5 | Self::EucJp | Self::EucKr => Some(2),
            _ => Some(1),
        }
    }
}

/// The characters of the Basic Multilingual Plane that GB18030 writes in two bytes.
struct PairSet(Box<[u64; 1024]>);

static GBK_PAIRS: LazyLock<PairSet> = LazyLock::new(|| {
    let mut set = Box::new([0_u64; 1024]);
    for lead in 0x81..=0xFE_u8 {
        for trail in 0x40..=0xFE_u8 {
            let pair = [lead, trail];
            let (text, malformed) = encoding_rs::GB18030.decode_without_bom_handling(&pair);
            let code =
                text.chars().next().filter(|_| !malformed && text.chars().count() == 1).map_or(0, u32::from) as usize;
            if let Some(word) = set.get_mut(code / 64) {
                *word |= 1 << (code % 64);
            }
        }
    }
    PairSet(set)
});

impl PairSet {
    fn contains(&self, c: char) -> bool {
        let code = u32::from(c) as usize;
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

impl fmt::Display for EncodingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name is not one that [`EncodingId::name`] gives.
#[derive(Debug, thiserror::Error)]
#[error("no encoding is called {0:?}")]
pub struct UnknownEncoding(String);

impl FromStr for EncodingId {
    type Err = UnknownEncoding;
    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        let row = TABLE.iter().find(|row| row.1 == name);
        row.map(|row| row.0).ok_or_else(|| UnknownEncoding(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_encoding() {
        for id in EncodingId::all() {
            assert_eq!(id.name().parse::<EncodingId>().unwrap(), id);
        }
    }

    #[test]
    fn a_malformed_sequence_ends_the_prefix() {
        let prefix = EncodingId::Utf8.decode_prefix(b"ab\xE2\x80c");
        assert_eq!(prefix, DecodedPrefix { text: "ab".into(), read: 2, malformed: 2 });
        let prefix = EncodingId::Gb18030.decode_prefix(b"\xD6\xD0\xA0");
        assert_eq!((prefix.text.as_str(), prefix.read), ("中", 2));
    }

    #[test]
    fn lengths_are_those_of_the_encoder() {
        for id in EncodingId::all().filter(|id| !id.is_stateful()) {
            for c in ('\u{20}'..='\u{FFFF}').step_by(7) {
                // GB18030 writes some private-use characters in two bytes that it reads as others.
                let private = ('\u{E000}'..='\u{F8FF}').contains(&c);
                if let Some(bytes) = id.encode(c.encode_utf8(&mut [0; 4])).filter(|_| !private) {
                    assert_eq!(id.encoded_len(c), Some(bytes.len()), "{id} {c:?}");
                }
            }
        }
    }

    #[test]
    fn latin1_is_not_windows_1252() {
        assert_eq!(EncodingId::Latin1.decode(b"\x92").unwrap(), "\u{92}");
        assert_eq!(EncodingId::Windows1252.decode(b"\x92").unwrap(), "\u{2019}");
        assert_eq!(EncodingId::Latin1.encode("é’"), None);
    }
}
