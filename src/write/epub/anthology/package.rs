//! The package document of an anthology (EPUB 3.3 §5, <https://www.w3.org/TR/epub-33/#sec-package-doc>).

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::index::List;
use super::{Author, COVER, COVER_IMAGE, Listed, OWN_STYLESHEET};
use crate::write::epub::fonts::Fonts;
use crate::write::epub::language::Scope;
use crate::write::epub::opf::Opf;
use crate::write::epub::{NAVIGATION, NCX, STYLESHEET, Written};

/// Authors that the package names; beyond them the list by author does.
const MOST_AUTHORS: usize = 200;

/// What the document states.
pub(super) struct Facts<'a> {
    pub title: &'a str,
    pub identifier: &'a str,
    pub modified: &'a str,
    pub scope: &'a Scope,
    /// Tags, with how many articles.
    pub languages: &'a BTreeMap<String, usize>,
    /// The articles in the order of the book.
    pub spine: &'a [&'a Listed],
    pub lists: &'a [List],
    pub fonts: &'a Fonts,
    /// Pages turn from right to left.
    pub turns_left: bool,
    pub certified_by: Option<&'a str>,
}

/// Writes it.
pub(super) fn write(facts: &Facts<'_>) -> Written {
    let mut opf = Opf::new();
    opf.xml.declaration()?;
    let root = [
        ("xmlns", "http://www.idpf.org/2007/opf"),
        ("version", "3.0"),
        ("unique-identifier", "identifier"),
        ("xml:lang", facts.scope.language.as_str()),
        ("dir", facts.scope.direction()),
    ];
    opf.xml.start("package", &root)?;
    write_metadata(&mut opf, facts)?;
    write_manifest(&mut opf, facts)?;
    write_spine(&mut opf, facts)?;
    opf.xml.close_line()?;
    opf.xml.newline()?;
    Ok(opf.into_inner())
}

fn write_metadata(opf: &mut Opf, facts: &Facts<'_>) -> io::Result<()> {
    opf.xml.open_line("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")])?;
    opf.dc("identifier", Some("identifier"), facts.identifier)?;
    opf.dc("title", Some("title"), facts.title)?;
    opf.refine("title", "title-type", None, "main")?;
    // The language of most articles comes first.
    let mut languages: Vec<_> = facts.languages.iter().collect();
    languages.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    languages.iter().try_for_each(|(tag, _)| opf.dc("language", None, tag))?;
    write_authors(opf, facts)?;
    let mut publishers = facts.spine.iter().map(|article| &article.publisher);
    if let Some(Some(publisher)) = publishers.next().filter(|first| publishers.all(|other| other == *first)) {
        opf.dc("publisher", None, publisher)?;
    }
    opf.meta("dcterms:modified", facts.modified)?;
    let count = facts.spine.len();
    opf.meta("dcterms:extent", &format!("{count} {}", if count == 1 { "article" } else { "articles" }))?;
    for (property, values) in [
        ("schema:accessMode", &["textual", "visual"][..]),
        ("schema:accessModeSufficient", &["textual"]),
        (
            "schema:accessibilityFeature",
            &[
                "structuralNavigation",
                "tableOfContents",
                "readingOrder",
                "displayTransformability",
                "ARIA",
                "alternativeText",
            ],
        ),
        ("schema:accessibilityHazard", &["none"]),
    ] {
        values.iter().try_for_each(|value| opf.meta(property, value))?;
    }
    if !facts.lists.is_empty() {
        opf.meta("schema:accessibilityFeature", "index")?;
    }
    if facts.spine.iter().any(|article| article.vertical) {
        opf.meta("schema:accessibilityFeature", "verticalWriting")?;
    }
    opf.write_summary(&summary(facts.lists), facts.scope)?;
    opf.write_certification(facts.certified_by)?;
    opf.xml.close_line()
}

/// What the writer makes sure of.
fn summary(lists: &[List]) -> String {
    let names: Vec<&str> = lists.iter().map(|list| list.subject).collect();
    let lists = match names.split_last() {
        None => String::new(),
        Some((last, [])) => format!(" and a list by {last}"),
        Some((last, first)) => format!(" and lists by {} and {last}", first.join(", ")),
    };
    format!(
        "Articles of text only, in reading order, with headings, landmarks, a table of contents{lists}; the cover is a drawing with the title, which is its description. Colours and sizes are the reader's own."
    )
}

fn write_authors(opf: &mut Opf, facts: &Facts<'_>) -> io::Result<()> {
    // By their names for filing, each once.
    let authors: BTreeSet<&Author> = facts.spine.iter().flat_map(|article| &article.authors).collect();
    if authors.len() > MOST_AUTHORS {
        return Ok(());
    }
    for (index, author) in authors.into_iter().enumerate() {
        let id = ["creator", &(index + 1).to_string()].concat();
        opf.dc("creator", Some(&id), &author.name)?;
        opf.refine(&id, "role", Some("marc:relators"), "aut")?;
        if author.file_as != author.name {
            opf.refine(&id, "file-as", None, &author.file_as)?;
        }
    }
    Ok(())
}

fn write_manifest(opf: &mut Opf, facts: &Facts<'_>) -> io::Result<()> {
    const XHTML: &str = "application/xhtml+xml";
    opf.xml.open_line("manifest", &[])?;
    opf.write_item("nav", NAVIGATION, XHTML, "nav")?;
    opf.write_item("ncx", NCX, "application/x-dtbncx+xml", "")?;
    opf.write_item("stylesheet", STYLESHEET, "text/css", "")?;
    opf.write_item("anthology", OWN_STYLESHEET, "text/css", "")?;
    opf.write_item("cover-image", COVER_IMAGE, "image/svg+xml", "cover-image")?;
    opf.write_item("cover", COVER, XHTML, "")?;
    for (index, article) in facts.spine.iter().enumerate() {
        opf.write_item(&article_id(index), &article.href(), XHTML, "")?;
    }
    for list in facts.lists {
        opf.write_item(list_id(list), list.href, XHTML, "")?;
    }
    opf.write_fonts(facts.fonts)?;
    opf.xml.close_line()
}

fn write_spine(opf: &mut Opf, facts: &Facts<'_>) -> io::Result<()> {
    let turns = if facts.turns_left { "rtl" } else { "ltr" };
    opf.xml.open_line("spine", &[("toc", "ncx"), ("page-progression-direction", turns)])?;
    opf.xml.empty_line("itemref", &[("idref", "cover")])?;
    opf.xml.empty_line("itemref", &[("idref", "nav"), ("linear", "no")])?;
    for index in 0..facts.spine.len() {
        opf.xml.empty_line("itemref", &[("idref", &article_id(index))])?;
    }
    for list in facts.lists {
        opf.xml.empty_line("itemref", &[("idref", list_id(list))])?;
    }
    opf.xml.close_line()
}

fn article_id(index: usize) -> String {
    ["article", &(index + 1).to_string()].concat()
}

fn list_id(list: &List) -> &str {
    list.href.trim_end_matches(".xhtml")
}
