//! XML of containers: as UTF-8, whatever it is in, and as the text of its elements.
//!
//! A parser of XML takes no byte that its encoding does not have, and feeds are full of them. Such a byte stands in what is
//! parsed as a character for private use, and is the byte again in the bytes of an article, where decoding looks at it
//! with all its evidence.

mod utf8;

use std::io::{self, BufRead, BufReader, Cursor, Read};

use encoding_rs::UTF_8;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use utf8::{Places, Utf8, WINDOW, decoded, encoding, escaped};

use super::compressed::{failure, open, read_whole};
use super::{Container, Loaded};
use crate::diagnostic::{self, Diagnostic};
use crate::original::Member;
use crate::plan::Limits;

pub(super) use utf8::bytes;

/// Bytes that an XML declaration is in.
const DECLARATION: usize = 1024;

/// A parser of the content of a file.
pub(super) struct XmlReader {
    reader: Reader<Content>,
    /// Where what it reads begins in the content.
    start: u64,
    /// Where that is in the file.
    places: Places,
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
        let (content, places): (Box<dyn Read>, Places) = match encoding(&beginning) {
            encoding if encoding == UTF_8 => {
                let content = Utf8::new(open(container, limits)?);
                let places = content.places();
                (Box::new(content), places)
            }
            encoding => {
                let (content, places) = decoded(encoding, &read_whole(container, limits, &mut noticed)?);
                (Box::new(Cursor::new(content)), places)
            }
        };
        let content =
            Content { content: BufReader::with_capacity(WINDOW, content), again: Cursor::default(), taken: 0 };
        Ok((Self { reader: parser(content, checks_names), start: 0, places, checks_names }, noticed))
    }

    pub(super) fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, quick_xml::Error> {
        self.reader.read_event_into(buffer)
    }

    /// Bytes of the file before what comes next.
    pub(super) fn place(&self) -> u64 {
        self.places.of(self.start + self.reader.buffer_position())
    }

    /// Goes to where the next element of one of these names begins, behind damage after which nothing can be parsed. Says
    /// where and why a document is damaged.
    pub(super) fn go_on(self, names: &[&str], index: u64, error: &quick_xml::Error) -> (Self, Diagnostic) {
        let place = self.place();
        let message = format!("the XML is damaged behind item {index}, before byte {place}: {error}");
        let mut content = self.reader.into_inner();
        let start = self.start + content.taken;
        // What cannot be read on ends here.
        let (skipped, tag) = skip_to(&mut content, names).unwrap_or_default();
        content.again = Cursor::new(tag);
        content.taken = 0;
        let mut reader = parser(content, self.checks_names);
        // What is open there is not known any more.
        reader.config_mut().allow_unmatched_ends = true;
        (Self { reader, start: start + skipped, ..self }, Diagnostic::new(diagnostic::C005, message))
    }
}

fn parser(content: Content, checks_names: bool) -> Reader<Content> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().check_end_names = checks_names;
    // `Ferries & barges`: the sign stands for itself.
    reader.config_mut().allow_dangling_amp = true;
    reader
}

/// A stretch of a file that holds no item that can be read.
pub(super) fn stretch(container: &Container<'_>, place: std::ops::Range<u64>, why: Diagnostic) -> Loaded {
    let member = Member::new(container.digest, place.start, place.end - place.start);
    let name = format!("{} byte {}", container.name, place.start);
    Loaded { origin: Some(super::place(container.name, member)), ..Loaded::rejected(name, None, why) }
}

/// Content as UTF-8, of which some comes again.
struct Content {
    content: BufReader<Box<dyn Read>>,
    /// What comes once more before the rest.
    again: Cursor<Vec<u8>>,
    /// Bytes that were taken: behind damage a parser does not say it.
    taken: u64,
}

impl Content {
    fn comes_again(&self) -> bool {
        self.again.position() < self.again.get_ref().len() as u64
    }
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = if self.comes_again() { self.again.read(buffer)? } else { self.content.read(buffer)? };
        self.taken += read as u64;
        Ok(read)
    }
}

impl BufRead for Content {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.comes_again() { self.again.fill_buf() } else { self.content.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        if self.comes_again() { self.again.consume(amount) } else { self.content.consume(amount) }
    }
}

/// Passes over everything before the next tag of one of these names. Returns its bytes, and the tag.
fn skip_to(content: &mut Content, names: &[&str]) -> io::Result<(u64, Vec<u8>)> {
    let mut skipped = 0;
    let mut passed = Vec::new();
    loop {
        passed.clear();
        if content.by_ref().take(WINDOW as u64).read_until(b'>', &mut passed)? == 0 {
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
    let (text, _) = decoded(encoding, bytes);
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

/// Bytes as a text of XML has them: those that are no UTF-8 escaped.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8(decoded(UTF_8, bytes).0).unwrap_or_default()
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

    #[test]
    fn documents_are_told_by_their_first_element() {
        assert_eq!(root(b"\xEF\xBB\xBF\n<?xml version='1.0'?><!-- a --><n:nitf x='1'>").as_deref(), Some("nitf"));
        assert_eq!(root(b"\xFF\xFE<\0r\0s\0s\0>\0").as_deref(), Some("rss"));
        assert_eq!((root(b"A text <rss>"), root(b""), root(b"<?xml version='1.0'?> words <rss>")), (None, None, None));
    }
}
