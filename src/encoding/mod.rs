//! Encodings by name, each able to decode and to encode. Detection lives in `decode`.
//!
//! The multi-byte and most single-byte tables are those of the WHATWG Encoding Standard
//! (<https://encoding.spec.whatwg.org/>) as `encoding_rs` implements them; ISO-8859-1 is the real one
//! (bytes 80-9F are the C1 controls), which that standard maps to windows-1252.
//! UTF-32, HZ, ISO-2022-KR, EUC-TW and the code pages of MS-DOS, which that standard leaves out, have a file each.
//! Encoding goes by tables of our own wherever `encoding_rs` searches its lists; the bytes are the same.
//! Decoding here is strict: bytes that the encoding does not define end the decoded prefix instead of
//! becoming U+FFFD, so that a caller always knows which bytes a character came from.

mod double_byte;
mod euc_tw;
mod hz;
mod iso2022_jp;
mod iso2022_kr;
mod labels;
mod pages;
mod report;
mod reverse;
mod set94;
mod single_byte;
mod utf32;
mod whatwg;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::Encoding;

pub use report::EncodingReport;

/// One character encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the encoding of its name")]
#[non_exhaustive]
pub enum EncodingId {
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
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
    Ibm437,
    Ibm850,
    Ibm855,
    Ibm866,
    MacRoman,
    MacCyrillic,
    Gb18030,
    Big5,
    ShiftJis,
    EucJp,
    EucKr,
    Iso2022Jp,
    /// GB 2312 between `~{` and `~}`.
    Hz,
    Iso2022Kr,
    EucTw,
}

use EncodingId as E;

/// Every encoding, in the order of the enumeration, with the name that outputs print and its implementation in
/// `encoding_rs` where that has one.
const TABLE: &[(EncodingId, &str, Option<&Encoding>)] = &[
    (E::Utf8, "UTF-8", Some(encoding_rs::UTF_8)),
    (E::Utf16Le, "UTF-16LE", Some(encoding_rs::UTF_16LE)),
    (E::Utf16Be, "UTF-16BE", Some(encoding_rs::UTF_16BE)),
    (E::Utf32Le, "UTF-32LE", None),
    (E::Utf32Be, "UTF-32BE", None),
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
    (E::Ibm437, "IBM437", None),
    (E::Ibm850, "IBM850", None),
    (E::Ibm855, "IBM855", None),
    (E::Ibm866, "IBM866", Some(encoding_rs::IBM866)),
    (E::MacRoman, "macintosh", Some(encoding_rs::MACINTOSH)),
    (E::MacCyrillic, "x-mac-cyrillic", Some(encoding_rs::X_MAC_CYRILLIC)),
    (E::Gb18030, "GB18030", Some(encoding_rs::GB18030)),
    (E::Big5, "Big5", Some(encoding_rs::BIG5)),
    (E::ShiftJis, "Shift_JIS", Some(encoding_rs::SHIFT_JIS)),
    (E::EucJp, "EUC-JP", Some(encoding_rs::EUC_JP)),
    (E::EucKr, "EUC-KR", Some(encoding_rs::EUC_KR)),
    (E::Iso2022Jp, "ISO-2022-JP", Some(encoding_rs::ISO_2022_JP)),
    (E::Hz, "HZ-GB-2312", None),
    (E::Iso2022Kr, "ISO-2022-KR", None),
    (E::EucTw, "EUC-TW", None),
];

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
    /// Number of encodings; each is below it as a number.
    #[doc(hidden)]
    pub const COUNT: usize = TABLE.len();

    /// All encodings, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, &'static str, Option<&'static Encoding>) {
        // The table has a row for every variant; a test walks it.
        TABLE.get(self as usize).unwrap_or(&TABLE[0])
    }

    /// The implementation in `encoding_rs`.
    fn whatwg(self) -> Option<&'static Encoding> {
        self.row().2
    }

    /// The name that outputs print: the WHATWG or IANA name.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The encoding that a declared label means, by IANA's names and the WHATWG label table, where that is one of
    /// ours.
    pub fn for_label(label: &str) -> Option<Self> {
        labels::find(label).or_else(|| Self::from_encoding_rs(Encoding::for_label(label.as_bytes())?))
    }

    /// Our name for an encoding of `encoding_rs`; GBK and GB18030 decode alike and are one.
    #[doc(hidden)]
    pub fn from_encoding_rs(encoding: &'static Encoding) -> Option<Self> {
        if encoding == encoding_rs::GBK {
            return Some(Self::Gb18030);
        }
        if encoding == encoding_rs::ISO_8859_8_I {
            return Some(Self::Iso8859_8);
        }
        TABLE.iter().find(|row| row.2 == Some(encoding)).map(|row| row.0)
    }

    /// True where a character's bytes depend on what came before it (escapes and shifts).
    #[doc(hidden)]
    pub fn is_stateful(self) -> bool {
        matches!(self, Self::Iso2022Jp | Self::Iso2022Kr | Self::Hz)
    }

    /// True where every character is one byte; ASCII is ASCII in all of these.
    pub fn is_single_byte(self) -> bool {
        matches!(self, Self::Latin1 | Self::Ibm437 | Self::Ibm850 | Self::Ibm855)
            || self.whatwg().is_some_and(Encoding::is_single_byte)
    }

    /// The characters of bytes 80 to FF of a single-byte encoding, U+FFFD where the byte is undefined; `None` for the
    /// other encodings.
    #[doc(hidden)]
    pub fn byte_table(self) -> Option<&'static [char; 128]> {
        single_byte::page(self).map(|page| &page.characters)
    }

    /// The pairs of bytes that GB18030, Big5, EUC-KR, Shift_JIS or EUC-JP reads as one character above ASCII, in
    /// order, with that character; none for the other encodings.
    #[doc(hidden)]
    pub fn pairs(self) -> Vec<([u8; 2], char)> {
        double_byte::pairs(self)
    }

    /// The two bytes that GB18030, Big5, EUC-KR, Shift_JIS or EUC-JP writes for a character; `None` where the
    /// character has one or four bytes or is missing, and for the other encodings.
    ///
    /// What the WHATWG encoders write: some characters get the bytes of another (U+2212 those of U+FF0D in EUC-JP).
    #[inline]
    #[doc(hidden)]
    pub fn pair_of(self, c: char) -> Option<[u8; 2]> {
        double_byte::pair_of(self, c)
    }

    /// Decodes the longest well-formed prefix. A byte order mark is not special: it decodes as U+FEFF.
    pub fn decode_prefix(self, bytes: &[u8]) -> DecodedPrefix {
        match self {
            Self::Utf32Le => utf32::decode_prefix(bytes, u32::from_le_bytes),
            Self::Utf32Be => utf32::decode_prefix(bytes, u32::from_be_bytes),
            Self::Hz => hz::decode_prefix(bytes),
            Self::Iso2022Jp => iso2022_jp::decode_prefix(bytes),
            Self::Iso2022Kr => iso2022_kr::decode_prefix(bytes),
            Self::EucTw => euc_tw::decode_prefix(bytes),
            // Faster than by the page, most of all where the bytes are ASCII.
            Self::Latin1 => {
                let text = encoding_rs::mem::decode_latin1(bytes).into_owned();
                DecodedPrefix { text, read: bytes.len(), malformed: 0 }
            }
            _ => match (self.whatwg(), single_byte::page(self)) {
                (Some(encoding), _) => whatwg::decode_prefix(encoding, bytes),
                (None, Some(page)) => page.decode_prefix(bytes),
                (None, None) => DecodedPrefix { text: String::new(), read: 0, malformed: bytes.len() },
            },
        }
    }

    /// Decodes all of `bytes`, or nothing.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        let prefix = self.decode_prefix(bytes);
        (prefix.malformed == 0).then_some(prefix.text)
    }

    /// The bytes of `text`, or `None` where a character is not in the encoding.
    pub fn encode(self, text: &str) -> Option<Cow<'_, [u8]>> {
        let bytes = match self {
            Self::Utf8 => return Some(Cow::Borrowed(text.as_bytes())),
            Self::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Self::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Self::Utf32Le => Some(utf32::encode(text, u32::to_le_bytes)),
            Self::Utf32Be => Some(utf32::encode(text, u32::to_be_bytes)),
            Self::Hz => hz::encode(text),
            Self::Iso2022Kr => iso2022_kr::encode(text),
            Self::EucTw => euc_tw::encode(text),
            Self::Gb18030 | Self::Big5 | Self::EucKr | Self::ShiftJis | Self::EucJp => double_byte::encode(self, text),
            _ => match single_byte::page(self) {
                Some(page) => page.encode(text),
                None => whatwg::encode(self.whatwg()?, text),
            },
        };
        bytes.map(Cow::Owned)
    }

    /// Number of bytes of a character that the encoding has, `None` where the encoding is stateful.
    #[doc(hidden)]
    pub fn encoded_len(self, c: char) -> Option<usize> {
        match self {
            Self::Utf8 => Some(c.len_utf8()),
            Self::Utf16Le | Self::Utf16Be => Some(2 * c.len_utf16()),
            Self::Utf32Le | Self::Utf32Be => Some(4),
            _ if self.is_stateful() => None,
            _ if c.is_ascii() => Some(1),
            Self::EucTw => Some(euc_tw::encoded_len(c)),
            Self::Gb18030 | Self::Big5 | Self::EucKr | Self::ShiftJis | Self::EucJp => {
                Some(double_byte::encoded_len(self, c))
            }
            _ => Some(1),
        }
    }
}

/// Fills the tables that are otherwise built when first used. To be called before work is spread over threads, none of
/// which then waits for another.
#[doc(hidden)]
pub fn warm() {
    single_byte::warm();
    double_byte::warm();
    set94::warm();
    euc_tw::warm();
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
