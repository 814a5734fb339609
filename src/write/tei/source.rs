//! `sourceDesc` (TEI P5 §2.2.7, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/HD.html#HD3>): the
//! input file, the container it came in, the page that was scraped, and the first publication, each with what
//! is known of it. The page and the first publication are left out where nothing is known of them.

use std::io;

use super::evidence::write_value;
use super::people::{Numbering, write_responsible};
use super::{Edition, Sink, datatypes, joined};
use crate::document::Date;
use crate::original::Member;
use crate::span::Spanned;

/// Writes the whole `sourceDesc`.
pub(super) fn write_source(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    xml.open_line("sourceDesc", &[])?;
    write_input_file(xml, edition)?;
    if has_page(edition) {
        write_page(xml, edition)?;
    }
    if !edition.document.metadata.source.is_empty() {
        write_first_publication(xml, edition)?;
    }
    xml.close_line()
}

fn write_input_file(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let document = edition.document;
    let (origin, encoding) = (&document.source, &document.encoding);
    xml.open_line("bibl", &[("xml:id", &edition.id("src-file")), ("type", "inputFile")])?;
    xml.leaf_line("title", &[("level", "u")], &origin.path)?;
    xml.leaf_line("idno", &[("type", "URI")], &document.digest.ni_uri())?;
    if let Some(uri) = &origin.target_uri {
        xml.leaf_line("idno", &[("type", "targetURI")], uri)?;
    }
    xml.line()?;
    write_extent(xml, &[("bytes", document.bytes)], &[])?;
    if let Some(media_type) = &origin.media_type {
        xml.leaf_line("note", &[("type", "mediaType")], media_type)?;
    }
    let evidence = edition.inferred(encoding.confidence);
    xml.leaf_line("note", &joined(&[("type", "encoding")], &evidence), &encoding.name())?;
    xml.leaf_line("note", &joined(&[("type", "encodingEvidence")], edition.english()), &encoding.evidence)?;
    if let Some(charset) = &origin.declared_charset {
        xml.leaf_line("note", &[("type", "declaredCharset")], charset)?;
    }
    if let Some(member) = &origin.member {
        write_container(xml, edition, member)?;
    }
    xml.close_line()
}

/// `extent` of measures, in one line because it may hold text. `parts` are bytes of the repaired text of a kind.
pub(super) fn write_extent(xml: &mut Sink, measures: &[(&str, usize)], parts: &[(&str, usize)]) -> io::Result<()> {
    xml.start("extent", &[])?;
    for (unit, quantity) in measures {
        xml.empty("measure", &[("unit", unit), ("quantity", &quantity.to_string())])?;
    }
    for (kind, quantity) in parts {
        xml.empty("measure", &[("type", kind), ("unit", "bytes"), ("quantity", &quantity.to_string())])?;
    }
    xml.end()
}

/// The container by its digest, and the place of the record in it.
fn write_container(xml: &mut Sink, edition: &Edition<'_>, member: &Member) -> io::Result<()> {
    xml.open_line("relatedItem", &[("type", "container")])?;
    xml.open_line("bibl", &[("xml:id", &edition.id("src-container")), ("type", "container")])?;
    xml.leaf_line("idno", &[("type", "URI")], &member.container.ni_uri())?;
    if let Some(id) = &member.record_id {
        xml.leaf_line("idno", &[("type", "recordId")], id)?;
    }
    let (first, length) = (member.offset.to_string(), member.length.to_string());
    xml.empty_line("biblScope", &[("unit", "byteOffset"), ("from", &first)])?;
    xml.empty_line("biblScope", &[("unit", "byteLength"), ("n", &length)])?;
    if let Some(line) = member.line {
        xml.empty_line("biblScope", &[("unit", "line"), ("from", &line.to_string())])?;
    }
    if let Some(captured) = &member.captured {
        let when = datatypes::when(captured).map(|attribute| (attribute, captured.as_str()));
        xml.leaf_line("date", &joined(&[("type", "captured")], when.as_slice()), captured)?;
    }
    if let Some(status) = member.status {
        xml.leaf_line("note", &[("type", "httpStatus")], &status.to_string())?;
    }
    xml.close_line()?;
    xml.close_line()
}

/// Whether the text says anything of a page: a text file with title and author only is not one.
fn has_page(edition: &Edition<'_>) -> bool {
    let m = &edition.document.metadata;
    let dated = m.published.is_some() || m.updated.is_some();
    let placed = m.publisher.is_some() || m.url.is_some() || m.section.is_some();
    dated || placed || !m.editors.is_empty() || !m.source.is_empty()
}

fn write_page(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let m = &edition.document.metadata;
    xml.open_line("biblStruct", &[("xml:id", &edition.id("src-page")), ("type", "webPage")])?;
    xml.open_line("analytic", &[])?;
    for (kind, title) in [("main", &m.title), ("sub", &m.subtitle)] {
        if let Some(title) = title {
            let own = [("level", "a"), ("type", kind)];
            xml.leaf_line("title", &joined(&own, &edition.evidence(title)), &title.value)?;
        }
    }
    write_authors(xml, edition)?;
    if m.publisher.is_none() {
        // monogr takes an editor only beside a title, and nothing names the site.
        write_editors(xml, edition)?;
    }
    if let Some(url) = &m.url {
        write_value(xml, edition, "idno", &[("xml:id", edition.id("url")), ("type", "URL".to_owned())], url)?;
    }
    xml.close_line()?;
    write_site(xml, edition)?;
    if !m.source.is_empty() {
        let target = edition.pointer("src-original");
        xml.empty_line("relatedItem", &[("type", "reprintOf"), ("target", &target)])?;
    }
    xml.close_line()
}

fn write_authors(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    for (index, author) in edition.document.metadata.authors.iter().enumerate() {
        write_responsible(xml, edition, "author", index, author, false)?;
    }
    Ok(())
}

fn write_editors(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let first = Numbering::of(edition).editors;
    for (index, editor) in edition.document.metadata.editors.iter().enumerate() {
        write_responsible(xml, edition, "editor", first + index, editor, false)?;
    }
    Ok(())
}

/// The site that posted the page, and when.
fn write_site(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let m = &edition.document.metadata;
    xml.open_line("monogr", &[])?;
    if let Some(publisher) = &m.publisher {
        let own = [("xml:id", edition.id("publisher")), ("level", "m".to_owned()), ("type", "website".to_owned())];
        write_value(xml, edition, "title", &own, publisher)?;
        write_editors(xml, edition)?;
    }
    xml.open_line("imprint", &[])?;
    if let Some(publisher) = &m.publisher {
        xml.open_line("publisher", &[])?;
        xml.leaf("orgName", &edition.evidence(publisher), &publisher.value)?;
        xml.end()?;
    }
    write_date(xml, edition, ("posted", "published"), m.published.as_ref())?;
    write_date(xml, edition, ("updated", "updated"), m.updated.as_ref())?;
    if let Some(section) = &m.section {
        let own = [("xml:id", edition.id("section")), ("unit", "section".to_owned())];
        write_value(xml, edition, "biblScope", &own, section)?;
    }
    if m.publisher.is_none() && m.published.is_none() && m.updated.is_none() && m.section.is_none() {
        write_unknown_imprint(xml)?;
    }
    xml.close_line()?;
    xml.close_line()
}

fn write_first_publication(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let source = &edition.document.metadata.source;
    xml.open_line("biblStruct", &[("xml:id", &edition.id("src-original")), ("type", "originalPublication")])?;
    xml.open_line("analytic", &[])?;
    write_authors(xml, edition)?;
    if let Some(url) = &source.url {
        let own = [("xml:id", edition.id("source-url")), ("type", "URL".to_owned())];
        write_value(xml, edition, "idno", &own, url)?;
    }
    xml.close_line()?;
    xml.open_line("monogr", &[])?;
    if let Some(title) = &source.title {
        let own = [("xml:id", edition.id("source-title")), ("level", "j".to_owned())];
        write_value(xml, edition, "title", &own, title)?;
    }
    xml.open_line("imprint", &[])?;
    write_date(xml, edition, ("published", "source-date"), source.date.as_ref())?;
    if let Some(page) = &source.page {
        let own = [("xml:id", edition.id("source-page")), ("unit", "page".to_owned())];
        write_value(xml, edition, "biblScope", &own, page)?;
    }
    if source.date.is_none() && source.page.is_none() {
        write_unknown_imprint(xml)?;
    }
    xml.close_line()?;
    xml.close_line()?;
    xml.close_line()
}

/// tei_all wants something in every imprint; an empty date states nothing.
fn write_unknown_imprint(xml: &mut Sink) -> io::Result<()> {
    xml.empty_line("date", &[])
}

/// A date with its type and the word of its id. What no attribute of a date can hold is in `n`.
fn write_date(
    xml: &mut Sink,
    edition: &Edition<'_>,
    (kind, word): (&str, &str),
    date: Option<&Spanned<Date>>,
) -> io::Result<()> {
    let Some(date) = date else { return Ok(()) };
    let id = edition.id(word);
    let when = (datatypes::when(&date.value.iso).unwrap_or("n"), date.value.iso.as_str());
    let own = [("xml:id", id.as_str()), ("type", kind), when];
    xml.leaf_line("date", &joined(&own, &edition.evidence(date)), &date.value.printed)
}
