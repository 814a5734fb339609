//! Single-byte encodings to text and back: ASCII, and 128 characters for the bytes above it.
//!
//! The pages are those of the WHATWG Encoding Standard
//! (<https://encoding.spec.whatwg.org/#legacy-single-byte-encodings>) as `encoding_rs` holds them, ISO-8859-1 proper,
//! and the code pages of `pages`. Does not keep pages in which ASCII stands elsewhere (EBCDIC), nor the pictures that
//! MS-DOS showed for controls.

use std::sync::LazyLock;

use super::reverse::{Reverse, encode_above_ascii};
use super::{DecodedPrefix, EncodingId, pages, whatwg};

/// One single-byte encoding.
pub(super) struct Page {
    /// Bytes 80 to FF; U+FFFD where the byte is undefined.
    pub(super) characters: [char; 128],
    bytes: Reverse<u8>,
}

/// By the number of the encoding.
static PAGES: LazyLock<Vec<Option<Page>>> = LazyLock::new(|| EncodingId::all().map(Page::of).collect());

/// The page of a single-byte encoding, `None` for the others.
#[inline]
pub(super) fn page(id: EncodingId) -> Option<&'static Page> {
    PAGES.get(id as usize)?.as_ref()
}

/// Fills the table.
pub(super) fn warm() {
    LazyLock::force(&PAGES);
}

impl Page {
    fn of(id: EncodingId) -> Option<Self> {
        if !id.is_single_byte() {
            return None;
        }
        let characters = match id {
            EncodingId::Latin1 => std::array::from_fn(|i| char::from(byte_at(i))),
            EncodingId::Ibm437 => pages::IBM437,
            EncodingId::Ibm850 => pages::IBM850,
            EncodingId::Ibm855 => pages::IBM855,
            _ => {
                let encoding = id.whatwg()?;
                std::array::from_fn(|i| {
                    let prefix = whatwg::decode_prefix(encoding, &[byte_at(i)]);
                    prefix.text.chars().next().unwrap_or('\u{FFFD}')
                })
            }
        };
        let defined = characters.into_iter().enumerate().filter(|(_, c)| *c != '\u{FFFD}');
        Some(Self { characters, bytes: Reverse::of(defined.map(|(i, c)| (c, byte_at(i)))) })
    }

    /// Decodes up to the first undefined byte.
    pub(super) fn decode_prefix(&self, bytes: &[u8]) -> DecodedPrefix {
        let mut text = String::with_capacity(bytes.len());
        for (read, byte) in bytes.iter().enumerate() {
            let c = match byte.checked_sub(0x80) {
                None => char::from(*byte),
                Some(upper) => self.characters[usize::from(upper)],
            };
            if c == '\u{FFFD}' {
                return DecodedPrefix { text, read, malformed: 1 };
            }
            text.push(c);
        }
        DecodedPrefix { text, read: bytes.len(), malformed: 0 }
    }

    /// The bytes of `text`, `None` where a character is missing.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        encode_above_ascii(text, |bytes, c| {
            bytes.push(self.bytes.get(c)?);
            Some(())
        })
    }
}

/// The byte of a cell of the upper half.
fn byte_at(cell: usize) -> u8 {
    0x80 | u8::try_from(cell).unwrap_or(0)
}
