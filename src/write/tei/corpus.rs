//! `teiCorpus` (TEI P5 chapter 16, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/CC.html#CCDEF>): all
//! articles of a run in one file, each a `TEI` element as in a file of its own, but for longer ids. What the corpus
//! as a whole is, its header says: how many articles, in which languages, and an identifier made of theirs.
//!
//! Members are made in parallel, and the header when all are known: no more than a window of them is in memory.

use std::collections::{BTreeMap, HashSet};
use std::io;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Edition, Sink, datatypes, editorial, write_instructions};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::plan::Clock;
use crate::write::collection::{Collection, CollectionFile, CollectionKind, Ends};
use crate::write::member::{pack, unpack};
use crate::write::xml::Xml;
use crate::write::{WriteContext, WriteError};

/// The collection's facts.
pub const CORPUS: CollectionKind = CollectionKind {
    name: "tei-corpus",
    help: "Writes all articles to one TEI corpus, without --to nothing else",
    media_type: super::FORMAT.media_type,
    spec: super::FORMAT.spec,
    signature: "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\" xml:id=\"corpus\"",
    suffices: true,
    noticed_with: Some(super::FORMAT.name),
    options: &[],
    reads_layout: false,
    begin: |writing, file| Ok(Box::new(Corpus::new(writing.clock, file))),
};

/// The end of the file.
const END: &[u8] = b"\n</teiCorpus>\n";

/// What the header says of a member, and what tells it from others.
#[derive(Deserialize, Serialize)]
struct Listed {
    /// The article's id.
    id: Uuid,
    /// The language of its text.
    language: String,
}

/// The corpus while articles come, and what is known of them so far.
struct Corpus {
    file: Box<dyn CollectionFile>,
    clock: Clock,
    ids: HashSet<Uuid>,
    languages: BTreeMap<String, usize>,
    /// Made of the ids of the members in their order.
    id: Uuid,
}

impl Collection for Corpus {
    /// The `TEI` element of a document. Its ids begin with the whole id of the article, and not with eight digits of it:
    /// of ten thousand articles two may have these in common.
    fn make(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        _diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, WriteError> {
        let id = document.identity().article;
        let edition = Edition::with_prefix(document, context, self.clock, format!("a{}", id.simple()));
        let mut xml: Sink = Xml::new(Vec::new());
        super::write_element(&mut xml, &edition)?;
        pack(&Listed { id, language: edition.language.to_owned() }, &xml.into_inner())
    }

    fn admit(&mut self, member: Vec<u8>) -> Result<bool, WriteError> {
        let (listed, xml) = unpack::<Listed>(&member)?;
        if !self.ids.insert(listed.id) {
            return Ok(false);
        }
        *self.languages.entry(listed.language).or_default() += 1;
        self.id = Uuid::new_v5(&self.id, listed.id.as_bytes());
        self.file.write_all(b"\n")?;
        self.file.write_all(xml)?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<Option<Ends>, WriteError> {
        if self.ids.is_empty() {
            return Ok(None);
        }
        self.file.flush()?;
        Ok(Some(Ends { head: self.head()?, tail: END.to_vec() }))
    }
}

impl Corpus {
    fn new(clock: Clock, file: Box<dyn CollectionFile>) -> Self {
        Self { file, clock, ids: HashSet::new(), languages: BTreeMap::new(), id: Uuid::nil() }
    }

    /// What stands before the members.
    fn head(&self) -> io::Result<Vec<u8>> {
        let mut xml: Sink = Xml::new(Vec::new());
        xml.declaration()?;
        write_instructions(&mut xml)?;
        xml.start("teiCorpus", &[("xmlns", "http://www.tei-c.org/ns/1.0"), ("xml:id", "corpus"), ("xml:lang", "en")])?;
        xml.open_line("teiHeader", &[])?;
        self.write_file_description(&mut xml)?;
        xml.open_line("encodingDesc", &[])?;
        xml.open_line("editorialDecl", &[])?;
        xml.open_line("p", &[])?;
        xml.text("Each article has its own header, which says what was done to its text.")?;
        xml.end()?;
        xml.close_line()?;
        editorial::write_application(&mut xml, "#corpus-oped-convert")?;
        editorial::write_schema(&mut xml)?;
        xml.close_line()?;
        self.write_languages(&mut xml)?;
        xml.close_line()?;
        xml.newline()?;
        let mut head = xml.into_inner();
        // The line break before the first member is the member's.
        head.pop();
        Ok(head)
    }

    fn write_file_description(&self, xml: &mut Sink) -> io::Result<()> {
        let count = self.ids.len().to_string();
        xml.open_line("fileDesc", &[])?;
        xml.open_line("titleStmt", &[])?;
        let title = format!("[Op-eds and commentaries: {count} {}]", if count == "1" { "article" } else { "articles" });
        xml.leaf_line("title", &[("type", "supplied"), ("resp", "#corpus-oped-convert")], &title)?;
        xml.open_line("respStmt", &[("xml:id", "corpus-oped-convert")])?;
        xml.leaf_line("resp", &[], "collection of the articles in one file")?;
        xml.leaf_line("name", &[("type", "software")], "oped-convert")?;
        xml.close_line()?;
        xml.close_line()?;
        xml.line()?;
        xml.start("extent", &[])?;
        xml.empty("measure", &[("unit", "articles"), ("quantity", &count)])?;
        xml.end()?;
        xml.open_line("publicationStmt", &[])?;
        xml.leaf_line("authority", &[], "not stated")?;
        xml.leaf_line("idno", &[("type", "UUID")], &self.id.urn().to_string())?;
        xml.open_line("availability", &[("status", "unknown")])?;
        xml.leaf_line("p", &[], "What is known of the rights to each article stands in its own header.")?;
        xml.close_line()?;
        xml.close_line()?;
        xml.open_line("sourceDesc", &[])?;
        xml.leaf_line("p", &[], "The source of each article stands in its own header.")?;
        xml.close_line()?;
        xml.close_line()
    }

    fn write_languages(&self, xml: &mut Sink) -> io::Result<()> {
        xml.open_line("profileDesc", &[])?;
        xml.open_line("langUsage", &[])?;
        for (tag, count) in &self.languages {
            let name = datatypes::language_name(tag).unwrap_or(tag);
            xml.leaf_line("language", &[("ident", tag)], &format!("{name}: {count}"))?;
        }
        xml.close_line()?;
        xml.close_line()
    }
}
