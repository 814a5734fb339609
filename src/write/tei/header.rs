//! `teiHeader` (TEI P5 chapter 2, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/HD.html>): title and
//! responsibility, extent, publication, doubtful values, profile and revisions. `source.rs` and `editorial.rs`
//! write the two long parts. Fields that are not known leave their elements out.

use std::io;

use super::evidence::write_value;
use super::people::{Numbering, write_contributor, write_participants, write_responsible, write_translator};
use super::walk::Contents;
use super::{Edition, Sink, datatypes, editorial, evidence, joined, source};
use crate::document::Fate;
use crate::edit::Applicability;
use crate::plan::Clock;

/// Writes the whole header.
pub(super) fn write_header(xml: &mut Sink, edition: &Edition<'_>, contents: &Contents<'_>) -> io::Result<()> {
    xml.open_line("teiHeader", &[])?;
    xml.open_line("fileDesc", &[])?;
    write_title_statement(xml, edition)?;
    let length = edition.document.extent();
    xml.line()?;
    source::write_extent(
        xml,
        &[(length.unit, length.quantity), ("paragraphs", length.paragraphs)],
        &accounted(edition),
    )?;
    write_publication(xml, edition)?;
    write_notes(xml, edition)?;
    source::write_source(xml, edition)?;
    xml.close_line()?;
    editorial::write_encoding(xml, edition, contents)?;
    write_profile(xml, edition, contents)?;
    write_revisions(xml, edition)?;
    xml.close_line()
}

/// The bytes of the repaired text by what became of them: each kind that there is.
fn accounted(edition: &Edition<'_>) -> Vec<(&'static str, usize)> {
    let bytes = |fate| edition.document.account.of(fate).map(|stretch| stretch.len()).sum();
    let of = Fate::ALL.map(|fate| (fate.name(), bytes(fate)));
    of.into_iter().filter(|(_, bytes)| *bytes > 0).collect()
}

fn write_title_statement(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let m = &edition.document.metadata;
    xml.open_line("titleStmt", &[])?;
    if let Some(devised) = edition.document.devised_title() {
        // The square brackets are the cataloguers' own sign of a supplied title (ISBD 0.6).
        xml.leaf_line("title", &[("type", "supplied"), ("resp", &edition.agent)], &devised)?;
    }
    for (kind, word, title) in [
        ("main", "title", &m.title),
        ("sub", "subtitle", &m.subtitle),
        ("asPrinted", "title-as-printed", &m.title_as_printed),
    ] {
        if let Some(title) = title {
            let own = [("xml:id", edition.id(word)), ("type", kind.to_owned())];
            write_value(xml, edition, "title", &own, title)?;
        }
    }
    let numbering = Numbering::of(edition);
    for (index, author) in m.authors.iter().enumerate() {
        write_responsible(xml, edition, "author", index, author, true)?;
    }
    for (index, translator) in m.translators.iter().enumerate() {
        write_translator(xml, edition, numbering.translators + index, translator)?;
    }
    for (index, contributor) in m.contributors.iter().enumerate() {
        write_contributor(xml, edition, numbering.contributors + index, contributor)?;
    }
    let id = edition.id("oped-convert");
    xml.open_line("respStmt", &joined(&[("xml:id", &id)], edition.english()))?;
    xml.leaf_line("resp", &[], "encoding repair, metadata extraction and TEI conversion")?;
    xml.leaf_line("name", &[("type", "software")], "oped-convert")?;
    xml.close_line()?;
    xml.close_line()
}

fn write_publication(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let uuid = edition.document.identity().rendition("tei").urn().to_string();
    xml.open_line("publicationStmt", &[])?;
    xml.leaf_line("authority", edition.english(), "not stated")?;
    xml.leaf_line("idno", &[("type", "UUID")], &uuid)?;
    if let Some(id) = &edition.document.identifier {
        xml.leaf_line("idno", &[("type", id.scheme.name())], &id.value)?;
    }
    xml.open_line("availability", &[("status", "unknown")])?;
    xml.leaf_line("p", edition.english(), "Rights status of the source text not determined.")?;
    if let Some(rights) = &edition.document.metadata.rights {
        xml.open_line("p", &[])?;
        let id = edition.id("rights");
        xml.leaf("quote", &joined(&[("xml:id", &id)], &edition.evidence(rights)), &rights.value)?;
        xml.end()?;
    }
    xml.close_line()?;
    xml.close_line()
}

/// `notesStmt`: values that lost or were too doubtful, by field, and the evidence of all values.
fn write_notes(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    xml.open_line("notesStmt", &[])?;
    for (field, values) in &edition.document.metadata.candidates {
        for (i, value) in values.iter().enumerate() {
            let id = edition.id(&format!("candidate-{field}-{}", i + 1).replace('_', "-"));
            let own = [("xml:id", id), ("type", "candidate".to_owned()), ("subtype", field.to_string())];
            write_value(xml, edition, "note", &own, value)?;
        }
    }
    evidence::write_evidence(xml, edition)?;
    xml.close_line()
}

fn write_profile(xml: &mut Sink, edition: &Edition<'_>, contents: &Contents<'_>) -> io::Result<()> {
    xml.open_line("profileDesc", &[])?;
    if let Some(dateline) = &edition.document.metadata.dateline {
        // "creation" is when and where a text was written: what a dateline tells.
        write_value(xml, edition, "creation", &[("xml:id", edition.id("dateline"))], dateline)?;
    }
    write_languages(xml, edition, contents)?;
    write_classes(xml, edition)?;
    write_participants(xml, edition)?;
    xml.close_line()
}

/// The article's language first, then those of its parts.
fn write_languages(xml: &mut Sink, edition: &Edition<'_>, contents: &Contents<'_>) -> io::Result<()> {
    xml.open_line("langUsage", edition.english())?;
    let id = edition.id("language");
    let own = [("xml:id", id.as_str()), ("ident", edition.language)];
    let evidence = edition.evidence(&edition.document.metadata.language);
    write_language(xml, edition.language, &joined(&own, &evidence))?;
    for tag in contents.languages.iter().filter(|tag| **tag != edition.language) {
        write_language(xml, tag, &[("ident", tag)])?;
    }
    xml.close_line()
}

fn write_language(xml: &mut Sink, tag: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    match datatypes::language_name(tag) {
        Some(name) => xml.leaf_line("language", attributes, name),
        None => xml.empty_line("language", attributes),
    }
}

fn write_classes(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let keywords = &edition.document.metadata.keywords;
    xml.open_line("textClass", &[])?;
    let (scheme, target) = (edition.pointer("genre"), edition.pointer(editorial::genre_word(edition)));
    xml.empty_line("catRef", &[("scheme", &scheme), ("target", &target)])?;
    if !keywords.is_empty() {
        xml.open_line("keywords", &[])?;
        for (i, keyword) in keywords.iter().enumerate() {
            write_value(xml, edition, "term", &[("xml:id", edition.id(&format!("keyword-{}", i + 1)))], keyword)?;
        }
        xml.close_line()?;
    }
    xml.close_line()
}

/// `revisionDesc`: the stages of the conversion, with a time only where one was given to claim.
fn write_revisions(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let mut changes = vec![("decode", decoding(edition))];
    changes.extend(repairs_by_chain(edition).into_iter().map(|(chain, count)| {
        let noun = if count == 1 { "repair" } else { "repairs" };
        ("repair", format!("{count} {noun} of {chain}."))
    }));
    changes.push(("extract", "Metadata recognised; TEI written.".to_owned()));
    let claimed = edition.clock.claimed.map(Clock::rfc3339);
    xml.open_line("revisionDesc", edition.english())?;
    xml.open_line("listChange", &[])?;
    for (number, (kind, text)) in changes.iter().enumerate() {
        let number = (number + 1).to_string();
        let own = [("n", number.as_str()), ("who", &edition.agent), ("type", kind)];
        let when = claimed.as_deref().map(|time| ("when", time));
        xml.leaf_line("change", &joined(&own, when.as_slice()), text)?;
    }
    xml.close_line()?;
    xml.close_line()
}

fn decoding(edition: &Edition<'_>) -> String {
    let (document, encoding) = (edition.document, &edition.document.encoding);
    let mark = if encoding.byte_order_mark { "a byte order mark" } else { "no byte order mark" };
    let names: Vec<_> = encoding.encodings.iter().map(|e| e.name()).collect();
    let names = if names.is_empty() { encoding.name() } else { names.join(" + ") };
    let mut text = format!("Input read as {names}, {} bytes, {mark}.", document.bytes);
    if encoding.unreadable > 0 {
        text.push_str(&format!(" Bytes that no encoding reads, kept in standOff: {}.", encoding.unreadable));
    }
    text
}

/// The chains of the repairs that changed the text, in the order of their first one, with their number.
fn repairs_by_chain(edition: &Edition<'_>) -> Vec<(String, usize)> {
    let mut chains: Vec<(String, usize)> = Vec::new();
    for edit in edition.document.edits.iter().filter(|e| e.applicability != Applicability::Withheld) {
        let chain = edit.chain.to_string();
        match chains.iter_mut().find(|counted| counted.0 == chain) {
            Some(counted) => counted.1 += 1,
            None => chains.push((chain, 1)),
        }
    }
    chains
}
