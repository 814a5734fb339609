//! The book's lists of places: navigation document (EPUB 3.3 §7) with contents, landmarks and page-list, and the
//! NCX of EPUB 2 (OPF 2.0.1 §2.4.1) for readers that know nothing else.

use std::io;

use super::content::Section;
use super::language::Scope;
use super::xhtml::{self, Markup};
use super::{ARTICLE, Book, COLOPHON, NAVIGATION, Written, page_id};
use crate::write::xml::Xml;

/// A line of the contents.
pub(super) struct Entry {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) scope: Scope,
    pub(super) entries: Vec<Entry>,
}

/// What the lists of a book say.
pub(super) struct Contents<'a> {
    pub(super) title: &'a str,
    pub(super) scope: &'a Scope,
    pub(super) identifier: &'a str,
    /// In the order of the spine.
    pub(super) entries: Vec<Entry>,
    /// Kind, address and label of where the kinds of matter begin, beside the contents.
    pub(super) landmarks: Vec<(&'static str, String, &'static str)>,
    /// Pages of the PDF, which begin in the article; 0 without a page-list.
    pub(super) pages: usize,
}

impl<'a> Contents<'a> {
    /// Those of a book with one article.
    pub(super) fn of_article(book: &'a Book<'_>, sections: &[Section]) -> Self {
        Self {
            title: &book.title,
            scope: &book.scope,
            identifier: &book.identifier,
            entries: contents(book, sections).into(),
            landmarks: vec![
                ("bodymatter", ARTICLE.to_owned(), "Article"),
                ("colophon", COLOPHON.to_owned(), "Colophon"),
            ],
            pages: book.pages,
        }
    }
}

impl Entry {
    fn depth(&self) -> usize {
        1 + self.entries.iter().map(Self::depth).max().unwrap_or_default()
    }
}

/// The article with its sections, and the colophon.
fn contents(book: &Book<'_>, sections: &[Section]) -> [Entry; 2] {
    let article = Entry {
        href: ARTICLE.to_owned(),
        label: book.title.clone(),
        scope: book.scope.clone(),
        entries: nest(sections),
    };
    let colophon =
        Entry { href: COLOPHON.to_owned(), label: "Colophon".to_owned(), scope: Scope::english(), entries: Vec::new() };
    [article, colophon]
}

/// A section holds those after it that are deeper, up to the next one that is not.
fn nest(sections: &[Section]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = sections;
    while let Some((section, after)) = rest.split_first() {
        let inner = after.iter().take_while(|next| next.depth > section.depth).count();
        entries.push(Entry {
            href: [ARTICLE, "#", &section.id].concat(),
            label: section.title.clone(),
            scope: section.scope.clone(),
            entries: nest(&after[..inner]),
        });
        rest = &after[inner..];
    }
    entries
}

/// Writes the navigation document.
pub(super) fn write_navigation(book: &Contents<'_>) -> Written {
    let mut xml = xhtml::open(book.title, book.scope, false)?;
    open_list(&mut xml, book, ("toc", "doc-toc"), "h1", "Contents")?;
    write_entries(&mut xml, book.scope, &book.entries)?;
    xml.close_line()?;
    write_landmarks(&mut xml, book)?;
    if book.pages > 0 {
        write_page_list(&mut xml, book)?;
    }
    xhtml::close(xml)
}

/// Opens a `nav` with its heading. The lists other than the contents serve the reader's own menus.
fn open_list(
    xml: &mut Markup,
    book: &Contents<'_>,
    (kind, role): (&str, &str),
    heading: &str,
    label: &str,
) -> io::Result<()> {
    let id = [kind, "-heading"].concat();
    let mut tag = vec![("epub:type", kind), ("id", kind), ("aria-labelledby", id.as_str())];
    if !role.is_empty() {
        tag.push(("role", role));
    }
    if kind != "toc" {
        tag.push(("hidden", "hidden"));
    }
    xml.open_line("nav", &tag)?;
    let english = Scope::english();
    let mut tag = vec![("id", id.as_str())];
    tag.extend(english.attributes_in(book.scope));
    xml.leaf_line(heading, &tag, label)
}

fn write_entries(xml: &mut Markup, outer: &Scope, entries: &[Entry]) -> io::Result<()> {
    xml.open_line("ol", &[])?;
    for entry in entries {
        xml.open_line("li", &[])?;
        write_link(xml, outer, &entry.scope, &[("href", &entry.href)], &entry.label)?;
        if !entry.entries.is_empty() {
            write_entries(xml, outer, &entry.entries)?;
        }
        xml.close_line()?;
    }
    xml.close_line()
}

fn write_link(
    xml: &mut Markup,
    outer: &Scope,
    scope: &Scope,
    attributes: &[(&str, &str)],
    label: &str,
) -> io::Result<()> {
    let mut tag = attributes.to_vec();
    tag.extend(scope.attributes_in(outer));
    xml.leaf_line("a", &tag, label)
}

/// EPUB 3.3 §7.4.4: where the kinds of matter begin.
fn write_landmarks(xml: &mut Markup, book: &Contents<'_>) -> io::Result<()> {
    open_list(xml, book, ("landmarks", ""), "h2", "Landmarks")?;
    xml.open_line("ol", &[])?;
    let toc = [NAVIGATION, "#toc"].concat();
    let matter = book.landmarks.iter().map(|(kind, href, label)| (*kind, href.as_str(), *label));
    for (kind, href, label) in std::iter::once(("toc", toc.as_str(), "Contents")).chain(matter) {
        xml.open_line("li", &[])?;
        write_link(xml, book.scope, &Scope::english(), &[("epub:type", kind), ("href", href)], label)?;
        xml.close_line()?;
    }
    xml.close_line()?;
    xml.close_line()
}

/// EPUB 3.3 §7.4.3: the pages of the PDF.
fn write_page_list(xml: &mut Markup, book: &Contents<'_>) -> io::Result<()> {
    open_list(xml, book, ("page-list", "doc-pagelist"), "h2", "Pages")?;
    xml.open_line("ol", &[])?;
    for page in 1..=book.pages {
        xml.open_line("li", &[])?;
        let href = [ARTICLE, "#", &page_id(page)].concat();
        xml.leaf_line("a", &[("href", &href)], &page.to_string())?;
        xml.close_line()?;
    }
    xml.close_line()?;
    xml.close_line()
}

/// Writes the NCX.
pub(super) fn write_ncx(book: &Contents<'_>) -> Written {
    let mut xml = Xml::new(Vec::with_capacity(4096));
    xml.declaration()?;
    let root =
        [("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), ("version", "2005-1"), ("xml:lang", &book.scope.language)];
    xml.start("ncx", &root)?;
    write_ncx_head(&mut xml, book, book.entries.iter().map(Entry::depth).max().unwrap_or(1))?;
    xml.open_line("docTitle", &[])?;
    xml.leaf_line("text", &[], book.title)?;
    xml.close_line()?;
    xml.open_line("navMap", &[])?;
    write_nav_points(&mut xml, &book.entries, &mut 0)?;
    xml.close_line()?;
    if book.pages > 0 {
        write_page_targets(&mut xml, book)?;
    }
    xml.close_line()?;
    xml.newline()?;
    Ok(xml.into_inner())
}

fn write_ncx_head(xml: &mut Markup, book: &Contents<'_>, depth: usize) -> io::Result<()> {
    let (depth, pages) = (depth.to_string(), book.pages.to_string());
    xml.open_line("head", &[])?;
    let facts = [
        ("dtb:uid", book.identifier),
        ("dtb:depth", &depth),
        ("dtb:totalPageCount", &pages),
        ("dtb:maxPageNumber", &pages),
    ];
    for (name, content) in facts {
        xml.empty_line("meta", &[("name", name), ("content", content)])?;
    }
    xml.close_line()
}

fn write_nav_points(xml: &mut Markup, entries: &[Entry], written: &mut usize) -> io::Result<()> {
    for entry in entries {
        *written += 1;
        let id = ["point", &written.to_string()].concat();
        xml.open_line("navPoint", &[("id", &id)])?;
        write_ncx_target(xml, &entry.label, &entry.href)?;
        write_nav_points(xml, &entry.entries, written)?;
        xml.close_line()?;
    }
    Ok(())
}

fn write_page_targets(xml: &mut Markup, book: &Contents<'_>) -> io::Result<()> {
    xml.open_line("pageList", &[])?;
    for page in 1..=book.pages {
        let (id, number) = (page_id(page), page.to_string());
        xml.open_line("pageTarget", &[("id", &id), ("type", "normal"), ("value", &number)])?;
        write_ncx_target(xml, &number, &[ARTICLE, "#", &id].concat())?;
        xml.close_line()?;
    }
    xml.close_line()
}

fn write_ncx_target(xml: &mut Markup, label: &str, href: &str) -> io::Result<()> {
    xml.open_line("navLabel", &[])?;
    xml.leaf_line("text", &[], label)?;
    xml.close_line()?;
    xml.empty_line("content", &[("src", href)])
}
