//! The one place where XML is escaped: a thin layer over quick-xml's event writer.
//!
//! Characters that XML 1.0 §2.2 does not allow become U+FFFD here, whatever they came from (a file name, a
//! stated title), so that no output is ever ill-formed.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesPI, BytesStart, BytesText, Event};

/// Attributes of an element: name and unescaped value.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Writes one XML document. Line breaks and indents are written only where the caller asks for them, so that
/// mixed content never changes.
pub struct Xml<W: Write> {
    writer: Writer<W>,
    open: Vec<String>,
}

impl<W: Write> Xml<W> {
    /// A document without a declaration.
    pub fn new(out: W) -> Self {
        Self { writer: Writer::new(out), open: Vec::new() }
    }

    /// `<?xml version="1.0" encoding="UTF-8"?>` and a line break.
    pub fn declaration(&mut self) -> io::Result<()> {
        self.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.newline()
    }

    /// A processing instruction, for example `xml-model href="…"`.
    pub fn instruction(&mut self, content: &str) -> io::Result<()> {
        self.writer.write_event(Event::PI(BytesPI::new(allowed(content))))
    }

    /// `<!DOCTYPE …>`.
    pub fn doctype(&mut self, content: &str) -> io::Result<()> {
        self.writer.write_event(Event::DocType(BytesText::from_escaped(content)))
    }

    /// A start tag.
    pub fn start(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(tag(name, attributes)))?;
        self.open.push(name.to_owned());
        Ok(())
    }

    /// The end tag of the innermost open element.
    pub fn end(&mut self) -> io::Result<()> {
        match self.open.pop() {
            Some(name) => self.writer.write_event(Event::End(BytesEnd::new(name))),
            None => Err(io::Error::other("no XML element is open")),
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Empty(tag(name, attributes)))
    }

    /// Character data. Quotation marks stay as they are.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_event(Event::Text(BytesText::from_escaped(partial_escape(allowed(text)))))
    }

    /// An element that holds character data only.
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.start(name, attributes)?;
        self.text(text)?;
        self.end()
    }

    /// A line break and two spaces for each open element.
    pub fn line(&mut self) -> io::Result<()> {
        let indent = "\n".to_owned() + &"  ".repeat(self.open.len());
        self.writer.write_event(Event::Text(BytesText::from_escaped(indent)))
    }

    /// A line break without indent.
    pub fn newline(&mut self) -> io::Result<()> {
        self.writer.write_event(Event::Text(BytesText::from_escaped("\n")))
    }

    /// A start tag on a line of its own; its content follows on further lines.
    pub fn open_line(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.line()?;
        self.start(name, attributes)
    }

    /// The end tag of the innermost open element on a line of its own.
    pub fn close_line(&mut self) -> io::Result<()> {
        let indent = "\n".to_owned() + &"  ".repeat(self.open.len().saturating_sub(1));
        self.writer.write_event(Event::Text(BytesText::from_escaped(indent)))?;
        self.end()
    }

    /// An element that holds character data only, on a line of its own.
    pub fn leaf_line(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.line()?;
        self.leaf(name, attributes, text)
    }

    /// An element without content, on a line of its own.
    pub fn empty_line(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.line()?;
        self.empty(name, attributes)
    }

    /// The sink.
    pub fn into_inner(self) -> W {
        self.writer.into_inner()
    }
}

fn tag<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, allowed(value)));
    }
    start
}

/// `text` with every character outside XML 1.0's `Char` production as U+FFFD.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_allowed(c) { c } else { '\u{FFFD}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_forbidden_characters_never_get_through() {
        let mut xml = Xml::new(Vec::new());
        xml.start("p", &[("n", "a\"<b>&\u{1}")]).unwrap();
        xml.text("1 < 2 & \"three\"\u{0}\u{FFFE}").unwrap();
        xml.end().unwrap();
        let written = String::from_utf8(xml.into_inner()).unwrap();
        assert_eq!(written, "<p n=\"a&quot;&lt;b&gt;&amp;\u{FFFD}\">1 &lt; 2 &amp; \"three\"\u{FFFD}\u{FFFD}</p>");
    }
}
