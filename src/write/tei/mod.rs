//! TEI P5 4.10.2 writer (<https://tei-c.org/Vault/P5/4.10.2/>): one document to one `TEI` element, valid against
//! tei_all from 4.3.0 on. `docs/tei.md` is the table of what becomes what.
//!
//! Chapters: 2 (the header), 3 (elements in all texts), 4 (default text structure), 14 (names and dates), 15 (tables and
//! figures), 16 (corpora), 17.10 (`standOff`), 19 (feature structures), 22 (certainty). Elements are indented; an element
//! that may hold text never is, so that white space in the file is never text of the article. `corpus` collects the
//! articles of a run in one file. Does not embed the input and devises no values.

pub mod corpus;
mod datatypes;
mod editorial;
mod evidence;
mod header;
mod inline;
mod lost;
pub mod parse;
mod people;
mod repairs;
mod source;
mod text;
pub mod tree;
mod walk;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use self::walk::Contents;
use super::xml::Xml;
use super::{Format, WriteContext, WriteError, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::plan::{Clock, canonical};
use crate::span::{Permille, Spanned};

/// The format's facts.
pub const FORMAT: Format = Format {
    name: "tei",
    extension: "tei.xml",
    media_type: "application/tei+xml",
    spec: "TEI P5 4.10.2",
    writer: |writing| Box::new(Tei { clock: writing.clock }),
};

/// The released schema, at the address that the schema itself states as its edition's location.
const SCHEMA: &str = "https://www.tei-c.org/Vault/P5/4.10.2/xml/tei/custom/schema/relaxng/tei_all.rng";

/// Namespaces of the two schema languages that tei_all is written in.
const SCHEMA_LANGUAGES: [&str; 2] = ["http://relaxng.org/ns/structure/1.0", "http://purl.oclc.org/dsdl/schematron"];

#[derive(Serialize)]
struct Tei {
    /// The time that the file may claim.
    clock: Clock,
}

impl Writer for Tei {
    fn options(&self) -> Value {
        canonical(self)
    }

    fn write(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        _diagnostics: &mut Vec<Diagnostic>,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        let edition = Edition::new(document, context, self.clock);
        let mut xml = Xml::new(Vec::with_capacity(2 * document.bytes + 8192));
        write_edition(&mut xml, &edition)?;
        Ok(out.write_all(&xml.into_inner())?)
    }
}

/// Where every part of the edition is written to.
type Sink = Xml<Vec<u8>>;

/// An attribute and its unescaped value.
type Attribute<'a> = (&'a str, &'a str);

/// One document on its way into TEI, and the names that its elements get.
struct Edition<'a> {
    document: &'a Document,
    context: &'a WriteContext<'a>,
    clock: Clock,
    prefix: String,
    /// `#…-oped-convert`: who is responsible for what was inferred.
    agent: String,
    language: &'a str,
}

impl<'a> Edition<'a> {
    fn new(document: &'a Document, context: &'a WriteContext<'a>, clock: Clock) -> Self {
        Self::with_prefix(document, context, clock, document.identity().xml_prefix())
    }

    /// With another prefix of the ids.
    fn with_prefix(document: &'a Document, context: &'a WriteContext<'a>, clock: Clock, prefix: String) -> Self {
        let agent = format!("#{prefix}-oped-convert");
        let language = datatypes::language_tag(&document.metadata.language.value);
        Self { document, context, clock, prefix, agent, language }
    }

    /// The XML id made of the article's prefix and a fixed word.
    fn id(&self, word: &str) -> String {
        format!("{}-{word}", self.prefix)
    }

    /// A pointer to the element with that id.
    fn pointer(&self, word: &str) -> String {
        format!("#{}-{word}", self.prefix)
    }

    /// A pointer to the person or body with this index in `Metadata::people`.
    fn person(&self, index: usize) -> String {
        self.pointer(&format!("person{}", index + 1))
    }

    /// `resp` and `cert` of a value that was inferred; nothing for a certain one.
    fn evidence<T>(&self, value: &Spanned<T>) -> Vec<Attribute<'_>> {
        self.inferred(value.confidence)
    }

    fn inferred(&self, confidence: Permille) -> Vec<Attribute<'_>> {
        if confidence == Permille::CERTAIN {
            return Vec::new();
        }
        vec![("resp", &self.agent), ("cert", datatypes::certainty(confidence))]
    }

    /// The language of our own prose, stated where it is not that of the article.
    fn english(&self) -> &'static [Attribute<'static>] {
        if self.document.metadata.language.value.primary() == "en" { &[] } else { &[("xml:lang", "en")] }
    }
}

/// Attributes of our own, then further ones.
fn joined<'a>(own: &[Attribute<'a>], more: &[Attribute<'a>]) -> Vec<Attribute<'a>> {
    [own, more].concat()
}

fn write_edition(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    xml.declaration()?;
    write_instructions(xml)?;
    write_element(xml, edition)?;
    xml.newline()
}

/// `xml-model`: where the schema is, for each language that it is written in.
fn write_instructions(xml: &mut Sink) -> io::Result<()> {
    for language in SCHEMA_LANGUAGES {
        xml.instruction(&format!("xml-model href=\"{SCHEMA}\" type=\"application/xml\" schematypens=\"{language}\""))?;
        xml.newline()?;
    }
    Ok(())
}

fn write_element(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    xml.start(
        "TEI",
        &[("xmlns", "http://www.tei-c.org/ns/1.0"), ("xml:id", &edition.prefix), ("xml:lang", edition.language)],
    )?;
    let contents = Contents::of(edition);
    header::write_header(xml, edition, &contents)?;
    repairs::write_stand_off(xml, edition, &contents)?;
    text::write_text(xml, edition, &contents)?;
    xml.close_line()
}
