//! Content of XML as UTF-8, with where each part of it stands in the file.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

/// Characters for private use, one for each byte.
const ESCAPES: std::ops::Range<u32> = 0x10_FE00..0x10_FF00;

/// What the encoding of every character in [`ESCAPES`] begins with, and that of few others.
const MARK: u8 = 0xF4;

/// Bytes that are read at a time.
pub(super) const WINDOW: usize = 64 << 10;

/// A byte order mark in UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Where tags of a content stand in the file that it was made of: marks, from each of which on bytes follow one another as
/// in the file, as far as they are ASCII.
#[derive(Clone)]
pub(super) struct Places {
    /// Bytes before a mark, of the content and of the file.
    marks: Rc<RefCell<VecDeque<(u64, u64)>>>,
    /// Bytes of an ASCII character in the file.
    unit: u64,
}

impl Places {
    fn new(unit: u64) -> Self {
        Self { marks: Rc::new(RefCell::new(VecDeque::from([(0, 0)]))), unit }
    }

    fn mark(&self, content: u64, file: u64) {
        self.marks.borrow_mut().push_back((content, file));
    }

    /// The place in the file of a byte of the content. Places are asked for in their order.
    pub(super) fn of(&self, content: u64) -> u64 {
        let mut marks = self.marks.borrow_mut();
        while marks.get(1).is_some_and(|(next, _)| *next <= content) {
            marks.pop_front();
        }
        let (before, file) = marks.front().copied().unwrap_or_default();
        file + content.saturating_sub(before) * self.unit
    }
}

/// The encoding that XML is in: by its mark, else as it declares, else UTF-8 (XML 1.0, 4.3.3).
pub(super) fn encoding(beginning: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(beginning) {
        return encoding;
    }
    match beginning {
        [b'<', 0, ..] => return encoding_rs::UTF_16LE,
        [0, b'<', ..] => return encoding_rs::UTF_16BE,
        _ => {}
    }
    let end = memchr::memmem::find(beginning, b"?>").unwrap_or(0);
    let declaration = String::from_utf8_lossy(&beginning[..end]);
    let declared = declaration.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("encoding"));
    let label = declared.and_then(|(_, rest)| rest.split(['"', '\'']).nth(1)).unwrap_or_default();
    // What can be read here is not of two bytes each.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8)
}

/// Bytes in an encoding as UTF-8, those that are no text of it escaped.
pub(super) fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> (Vec<u8>, Places) {
    let unit = if encoding.is_ascii_compatible() { 1 } else { 2 };
    let mut decoding = Decoding {
        decoder: encoding.new_decoder_with_bom_removal(),
        bytes,
        at: 0,
        text: String::new(),
        made: Vec::with_capacity(bytes.len()),
    };
    let places = Places::new(unit);
    // No character of these encodings has the byte of a tag's beginning in it, but as such.
    for tag in memchr::memchr_iter(b'<', bytes) {
        let start = match encoding {
            _ if unit == 1 => tag,
            encoding if encoding == encoding_rs::UTF_16BE => tag.saturating_sub(1),
            _ => tag,
        };
        let is_unit =
            unit == 1 || start.is_multiple_of(2) && bytes.get(start..start + 2).is_some_and(|two| two.contains(&0));
        if is_unit && start > decoding.at {
            decoding.up_to(start, false);
            places.mark(decoding.made.len() as u64, start as u64);
        }
    }
    decoding.up_to(bytes.len(), true);
    (decoding.made, places)
}

/// Decoding of bytes, piece by piece.
struct Decoding<'a> {
    decoder: Decoder,
    bytes: &'a [u8],
    at: usize,
    text: String,
    made: Vec<u8>,
}

impl Decoding<'_> {
    fn up_to(&mut self, end: usize, is_last: bool) {
        loop {
            let rest = &self.bytes[self.at..end];
            self.text.reserve(rest.len().min(WINDOW) + 16);
            let (result, read) = self.decoder.decode_to_string_without_replacement(rest, &mut self.text, is_last);
            self.at += read;
            push_text(&self.text, &mut self.made);
            self.text.clear();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, behind) => {
                    let end = self.at.saturating_sub(usize::from(behind));
                    let start = end.saturating_sub(usize::from(length));
                    self.bytes[start..end].iter().for_each(|byte| escape(*byte, &mut self.made));
                }
            }
        }
    }
}

/// Content that should be UTF-8, with bytes that are not escaped.
pub(super) struct Utf8<R> {
    content: R,
    /// Bytes of a character of which more is to come.
    begun: Vec<u8>,
    made: Vec<u8>,
    /// How much of it was given.
    given: usize,
    /// Bytes that were made before, and those that were read for them.
    before: u64,
    read: u64,
    places: Places,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(content: R) -> Self {
        let places = Places::new(1);
        Self { content, begun: Vec::new(), made: Vec::new(), given: 0, before: 0, read: 0, places }
    }

    pub(super) fn places(&self) -> Places {
        self.places.clone()
    }

    /// Makes more; nothing at the end.
    fn fill(&mut self) -> io::Result<()> {
        self.before += self.made.len() as u64;
        self.made.clear();
        self.given = 0;
        while self.made.is_empty() {
            let mut bytes = std::mem::take(&mut self.begun);
            let begun = bytes.len();
            bytes.resize(begun + WINDOW, 0);
            let read = self.content.read(&mut bytes[begun..])?;
            bytes.truncate(begun + read);
            if bytes.is_empty() {
                return Ok(());
            }
            if self.read == 0 && read > 0 && bytes.len() < BOM.len() && BOM.starts_with(&bytes) {
                self.begun = bytes;
                continue;
            }
            let mut rest = &bytes[..];
            if let Some(behind) = rest.strip_prefix(BOM).filter(|_| self.read == 0) {
                rest = behind;
                self.read = BOM.len() as u64;
                self.places.mark(0, self.read);
            }
            self.decode(rest, read == 0);
        }
        Ok(())
    }

    fn decode(&mut self, mut rest: &[u8], is_last: bool) {
        while !rest.is_empty() {
            let error = match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.read += rest.len() as u64;
                    return self.push(text);
                }
                Err(error) => error,
            };
            let (valid, behind) = rest.split_at(error.valid_up_to());
            self.read += valid.len() as u64;
            self.push(&String::from_utf8_lossy(valid));
            let length = match error.error_len() {
                Some(length) => length,
                None if is_last => behind.len(),
                None => {
                    self.begun = behind.to_vec();
                    return;
                }
            };
            behind[..length].iter().for_each(|byte| escape(*byte, &mut self.made));
            self.read += length as u64;
            self.places.mark(self.before + self.made.len() as u64, self.read);
            rest = &behind[length..];
        }
    }

    /// Appends a text, which was read.
    fn push(&mut self, text: &str) {
        let start = self.read - text.len() as u64;
        let mut pushed = 0;
        if memchr::memchr(MARK, text.as_bytes()).is_some() {
            for (at, character) in text.char_indices().filter(|(_, character)| escaped(*character).is_some()) {
                let end = at + character.len_utf8();
                push_text(&text[pushed..end], &mut self.made);
                self.places.mark(self.before + self.made.len() as u64, start + end as u64);
                pushed = end;
            }
        }
        push_text(&text[pushed..], &mut self.made);
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.made.len() {
            self.fill()?;
        }
        let given = (self.made.len() - self.given).min(buffer.len());
        buffer[..given].copy_from_slice(&self.made[self.given..self.given + given]);
        self.given += given;
        Ok(given)
    }
}

/// The byte that a character stands for.
pub(super) fn escaped(character: char) -> Option<u8> {
    ESCAPES.contains(&u32::from(character)).then(|| (u32::from(character) - ESCAPES.start).to_le_bytes()[0])
}

fn escape(byte: u8, made: &mut Vec<u8>) {
    let character = char::from_u32(ESCAPES.start + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER);
    made.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Appends a text; what would be taken for a byte in it is escaped itself.
fn push_text(text: &str, made: &mut Vec<u8>) {
    if memchr::memchr(MARK, text.as_bytes()).is_none() {
        return made.extend_from_slice(text.as_bytes());
    }
    for character in text.chars() {
        let mut buffer = [0; 4];
        let bytes = character.encode_utf8(&mut buffer).as_bytes();
        match escaped(character) {
            Some(_) => bytes.iter().for_each(|byte| escape(*byte, made)),
            None => made.extend_from_slice(bytes),
        }
    }
}

/// The bytes of an article: those that were escaped are there again.
pub(in crate::container) fn bytes(text: String) -> Vec<u8> {
    if memchr::memchr(MARK, text.as_bytes()).is_none() {
        return text.into_bytes();
    }
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match escaped(character) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The content, given in pieces of so many bytes.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(buffer.len()).min(self.0.len());
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[test]
    fn bytes_that_are_no_utf_8_come_back() {
        for content in [
            &b"<p>caf\xE9 \xE4\xB8\xAD\xFF</p>"[..],
            b"\xF4\x8F\xB8\x80\xF4\x8F\xBC\x80\xF0\x9F\x98\x80",
            b"\xE4\xB8",
            b"\xD6\xD0\xB9\xFA\xB5\xC4",
        ] {
            for size in [1, 2, 3, 100] {
                let mut made = String::new();
                Utf8::new(Pieces(content, size)).read_to_string(&mut made).unwrap();
                assert_eq!(bytes(made), content, "{size}");
            }
        }
    }

    #[test]
    fn other_encodings_become_utf_8() {
        let of = |bytes: &[u8]| String::from_utf8(decoded(encoding(bytes), bytes).0).unwrap();
        assert_eq!(
            of(b"<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xE9"),
            "<?xml version='1.0' encoding='iso-8859-1'?><a>café"
        );
        assert!(of(b"<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xD6\xD0\xB9\xFA</a>").contains("<a>中国</a>"));
        assert_eq!(of(b"\xFF\xFE<\0a\0>\0-N"), "<a>中");
        assert_eq!(of(b"\0<\0a\0>\x4E\x2D"), "<a>中");
        let broken = b"<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xD6\xD0\x80\xFF<";
        assert!(bytes(of(broken)).ends_with(b"\xFF<"), "{:?}", of(broken));
        assert_eq!(of(b"<?xml version='1.0' encoding='no-such'?>"), "<?xml version='1.0' encoding='no-such'?>");
    }

    #[test]
    fn tags_have_their_places_in_the_file() {
        let text = "\u{FEFF}<a>é中</a> é\n<b>é</b><c/>";
        let tags = ["<a>", "</a>", "<b>", "</b>", "<c/>"];
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let gbk = encoding_rs::GBK.encode(&text[3..]).0.into_owned();
        for (encoding, bytes, unit) in [
            (encoding_rs::UTF_16LE, utf16(u16::to_le_bytes), 2),
            (encoding_rs::UTF_16BE, utf16(u16::to_be_bytes), 2),
            (encoding_rs::GBK, gbk, 1),
        ] {
            let (made, places) = decoded(encoding, &bytes);
            let made = String::from_utf8(made).unwrap();
            for tag in tags {
                let at = places.of(made.find(tag).unwrap() as u64) as usize;
                let found = encoding.decode_without_bom_handling(&bytes[at..at + tag.len() * unit]).0;
                assert_eq!(found, tag);
                let end = places.of((made.find(tag).unwrap() + tag.len()) as u64) as usize;
                assert_eq!(end, at + tag.len() * unit);
            }
        }
        let broken = [text.as_bytes(), b"\xE9\xFF<d>\xD6<e>\xF4\x8F\xB8\x80<f>"].concat();
        for size in [1, 3, 100] {
            let mut content = Utf8::new(Pieces(&broken, size));
            let places = content.places();
            let mut made = String::new();
            content.read_to_string(&mut made).unwrap();
            for tag in tags.into_iter().chain(["<d>", "<e>", "<f>"]) {
                let at = places.of(made.find(tag).unwrap() as u64) as usize;
                assert!(broken[at..].starts_with(tag.as_bytes()), "{tag}");
            }
        }
    }
}
