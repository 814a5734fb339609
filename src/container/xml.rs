//! XML of containers: as UTF-8, whatever it is in, and as the text of its elements.
//!
//! A parser of XML takes no byte that its encoding does not have, and feeds are full of them. Such a byte stands in what is
//! parsed as a character for private use, and is the byte again in the bytes of an article, where decoding looks at it
//! with all its evidence.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::{DecoderResult, Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Container;
use super::compressed::{failure, open, read_whole};
use crate::diagnostic::{self, Diagnostic};
use crate::plan::Limits;

/// Characters for private use, one for each byte.
const ESCAPES: std::ops::Range<u32> = 0x10_FE00..0x10_FF00;

/// What the encoding of every character in [`ESCAPES`] begins with, and that of few others.
const MARK: u8 = 0xF4;

/// Bytes that an XML declaration is in.
const DECLARATION: usize = 1024;

/// Bytes that are read at a time.
const WINDOW: usize = 64 << 10;

/// A parser of the content of a file.
pub(super) struct XmlReader {
    reader: Reader<Counted>,
    /// Where what it reads begins in the content.
    start: u64,
    checks_names: bool,
}

impl XmlReader {
    /// The parser of a file, and what was noticed while it was opened. Where end tags are checked, one of another name than
    /// the element is damage.
    ///
    /// # Errors
    /// Where it cannot be read, or is too large to be brought into UTF-8.
    pub(super) fn open(
        container: &Container<'_>,
        limits: &Limits,
        checks_names: bool,
    ) -> Result<(Self, Vec<Diagnostic>), Diagnostic> {
        let mut noticed = Vec::new();
        let mut beginning = Vec::new();
        let failed = |error: io::Error| failure(&error);
        open(container, limits)?.take(DECLARATION as u64).read_to_end(&mut beginning).map_err(failed)?;
        let content: Box<dyn Read> = match encoding(&beginning) {
            encoding if encoding == UTF_8 => Box::new(Utf8::new(open(container, limits)?)),
            encoding => Box::new(Cursor::new(decoded(encoding, &read_whole(container, limits, &mut noticed)?))),
        };
        let content = Counted { content: Box::new(BufReader::with_capacity(WINDOW, content)), taken: 0 };
        let mut reader = Self { reader: Reader::from_reader(content), start: 0, checks_names };
        reader.reader.config_mut().check_end_names = checks_names;
        Ok((reader, noticed))
    }

    pub(super) fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, quick_xml::Error> {
        self.reader.read_event_into(buffer)
    }

    /// Bytes of the content before what comes next.
    pub(super) fn place(&self) -> u64 {
        self.start + self.reader.buffer_position()
    }

    /// Goes to where the next element of one of these names begins, behind damage after which nothing can be parsed. Says
    /// where and why a document is damaged.
    pub(super) fn go_on(self, names: &[&str], index: u64, error: &quick_xml::Error) -> (Self, Diagnostic) {
        let place = self.place();
        let message = format!("the XML is damaged behind item {index}, before byte {place}: {error}");
        let Counted { mut content, taken } = self.reader.into_inner();
        // What cannot be read on ends here.
        let (skipped, tag) = skip_to(&mut *content, names).unwrap_or_default();
        let content: Box<dyn BufRead> = Box::new(Cursor::new(tag).chain(content));
        let mut reader = Reader::from_reader(Counted { content, taken: 0 });
        reader.config_mut().check_end_names = self.checks_names;
        // What is open there is not known any more.
        reader.config_mut().allow_unmatched_ends = true;
        (Self { reader, start: self.start + taken + skipped, ..self }, Diagnostic::new(diagnostic::C005, message))
    }
}

/// Content, and how many bytes of it were taken: behind damage a parser does not say it.
struct Counted {
    content: Box<dyn BufRead>,
    taken: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(buffer)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.content.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.content.consume(amount);
    }
}

/// Passes over everything before the next tag of one of these names. Returns its bytes, and the tag.
fn skip_to(content: &mut dyn BufRead, names: &[&str]) -> io::Result<(u64, Vec<u8>)> {
    let mut skipped = 0;
    let mut passed = Vec::new();
    loop {
        passed.clear();
        if content.take(WINDOW as u64).read_until(b'>', &mut passed)? == 0 {
            return Ok((skipped, Vec::new()));
        }
        let tag = memchr::memrchr(b'<', &passed).unwrap_or(passed.len());
        let name = passed.get(tag + 1..).unwrap_or_default();
        let name = name.split(|b| b.is_ascii_whitespace() || b"/>".contains(b)).next().unwrap_or_default();
        let local = name.rsplit(|b| *b == b':').next().unwrap_or_default();
        if names.iter().any(|wanted| wanted.as_bytes() == local) {
            return Ok((skipped + tag as u64, passed.split_off(tag)));
        }
        skipped += passed.len() as u64;
    }
}

/// The local name of the first element of an XML document; `None` where bytes are none.
pub(super) fn root(bytes: &[u8]) -> Option<String> {
    let encoding = encoding(&bytes[..bytes.len().min(DECLARATION)]);
    if encoding == UTF_8 && !bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let text = decoded(encoding, bytes);
    let mut reader = Reader::from_reader(text.trim_ascii_start());
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(start.local_name().as_ref().to_owned()),
            // Words before the first element: it is no XML.
            Event::Text(text) if !text.trim().is_empty() => return None,
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    }
}

/// The encoding that XML is in: by its mark, else as it declares, else UTF-8 (XML 1.0, 4.3.3).
fn encoding(beginning: &[u8]) -> &'static Encoding {
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
fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Vec<u8> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut made = Vec::with_capacity(bytes.len());
    let (mut at, mut text) = (0, String::new());
    loop {
        let rest = &bytes[at..];
        text.reserve(rest.len().min(WINDOW) + 16);
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        push_text(&text, &mut made);
        text.clear();
        match result {
            DecoderResult::InputEmpty => return made,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, behind) => {
                let end = at - usize::from(behind);
                bytes[end.saturating_sub(usize::from(length))..end].iter().for_each(|byte| escape(*byte, &mut made));
            }
        }
    }
}

/// Content that should be UTF-8, with bytes that are not escaped.
struct Utf8<R> {
    content: R,
    /// Bytes of a character of which more is to come.
    begun: Vec<u8>,
    made: Vec<u8>,
    /// How much of it was given.
    given: usize,
}

impl<R: Read> Utf8<R> {
    fn new(content: R) -> Self {
        Self { content, begun: Vec::new(), made: Vec::new(), given: 0 }
    }

    /// Makes more; nothing at the end.
    fn fill(&mut self) -> io::Result<()> {
        (self.given, self.made) = (0, std::mem::take(&mut self.made));
        self.made.clear();
        while self.made.is_empty() {
            let mut bytes = std::mem::take(&mut self.begun);
            let begun = bytes.len();
            bytes.resize(begun + WINDOW, 0);
            let read = self.content.read(&mut bytes[begun..])?;
            bytes.truncate(begun + read);
            if bytes.is_empty() {
                return Ok(());
            }
            let mut rest = &bytes[..];
            while !rest.is_empty() {
                let error = match std::str::from_utf8(rest) {
                    Ok(text) => {
                        push_text(text, &mut self.made);
                        break;
                    }
                    Err(error) => error,
                };
                let (valid, behind) = rest.split_at(error.valid_up_to());
                push_text(&String::from_utf8_lossy(valid), &mut self.made);
                let length = match error.error_len() {
                    Some(length) => length,
                    None if read == 0 => behind.len(),
                    None => {
                        self.begun = behind.to_vec();
                        break;
                    }
                };
                behind[..length].iter().for_each(|byte| escape(*byte, &mut self.made));
                rest = &behind[length..];
            }
        }
        Ok(())
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
fn escaped(character: char) -> Option<u8> {
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
pub(super) fn bytes(text: String) -> Vec<u8> {
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

/// A value beside an article, which has no bytes of its own: U+FFFD for each that was escaped. `None` where it is empty.
pub(super) fn value(text: &str) -> Option<String> {
    let text = text.trim();
    let shown = |character: char| if escaped(character).is_some() { char::REPLACEMENT_CHARACTER } else { character };
    (!text.is_empty()).then(|| text.chars().map(shown).collect())
}

/// A value as it stands between quotation marks in a tag.
pub(super) fn quoted(value: &str) -> std::borrow::Cow<'_, str> {
    html_escape::encode_double_quoted_attribute(value)
}

/// Appends what an event stands for; tags as they would stand in a page, where markup is wanted.
pub(super) fn push(event: &Event<'_>, with_markup: bool, text: &mut String) {
    match event {
        Event::Text(words) => text.push_str(words),
        Event::CData(words) if with_markup => text.push_str(&html_escape::encode_text(&**words)),
        Event::CData(words) => text.push_str(words),
        Event::GeneralRef(reference) if with_markup => {
            text.push('&');
            text.push_str(reference);
            text.push(';');
        }
        Event::GeneralRef(reference) => text.push_str(&character(reference)),
        Event::Start(start) if with_markup => tag(text, "<", start, ">"),
        Event::Empty(start) if with_markup => tag(text, "<", start, "/>"),
        Event::End(end) if with_markup => {
            text.push_str("</");
            text.push_str(end.local_name().as_ref());
            text.push('>');
        }
        _ => {}
    }
}

/// A tag without the prefix of its name.
fn tag(text: &mut String, open: &str, start: &BytesStart<'_>, close: &str) {
    let prefix = start.name().prefix().map_or(0, |prefix| prefix.as_ref().len() + 1);
    text.push_str(open);
    text.push_str(&start[prefix..]);
    text.push_str(close);
}

/// What a reference stands for; the reference where nobody knows.
fn character(reference: &str) -> String {
    let whole = format!("&{reference};");
    html_escape::decode_html_entities(&whole).into_owned()
}

/// An attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    value(&found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?)
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
        let of = |bytes: &[u8]| String::from_utf8(decoded(encoding(bytes), bytes)).unwrap();
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
    fn documents_are_told_by_their_first_element() {
        assert_eq!(root(b"\xEF\xBB\xBF\n<?xml version='1.0'?><!-- a --><n:nitf x='1'>").as_deref(), Some("nitf"));
        assert_eq!(root(b"\xFF\xFE<\0r\0s\0s\0>\0").as_deref(), Some("rss"));
        assert_eq!((root(b"A text <rss>"), root(b""), root(b"<?xml version='1.0'?> words <rss>")), (None, None, None));
    }
}
