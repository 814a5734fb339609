//! Document to the two pages of the book: the article in the order of [`Document::text`], and the colophon.
//!
//! EPUB 3.3 §6.1 (<https://www.w3.org/TR/epub-33/#sec-xhtml>) with the structural semantics of EPUB SSV 1.1 and
//! the roles of DPUB-ARIA 1.1. The only words added to the article's own are in elements with `data-generated`.

use std::io;

use super::language::Scope;
use super::notes::Notes;
use super::pages::Pages;
use super::xhtml::{self, Markup};
use super::{Book, TITLE};
use crate::characters::is_visible;
use crate::diagnostic::{Diagnostic, W003};
use crate::document::{Block, BlockKind, Document, Role, inline_text};

/// A heading that the navigation lists.
pub(super) struct Section {
    /// From 1, never more than one below the section before.
    pub(super) depth: usize,
    /// The heading's XML id.
    pub(super) id: String,
    /// Its text.
    pub(super) title: String,
    /// Its language and direction.
    pub(super) scope: Scope,
}

/// The levels of the headings that are open: an article's own numbering without its gaps.
#[derive(Default)]
pub(super) struct Outline {
    open: Vec<u8>,
}

impl Outline {
    /// Depth of the next heading, from 1, never more than one below the last.
    pub(super) fn enter(&mut self, level: u8) -> usize {
        while self.open.last().is_some_and(|open| *open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        self.open.len()
    }
}

/// What EPUB could not express, counted.
#[derive(Default)]
pub(super) struct Losses {
    /// Links without an address that a reader can follow, and links inside links.
    pub(super) links: usize,
    /// Readings of ruby inside ruby.
    pub(super) readings: usize,
    /// Language tags that are not well-formed.
    pub(super) languages: usize,
    /// References to notes that the document does not have.
    pub(super) references: usize,
}

/// The article page while it is written.
pub(super) struct Content<'a> {
    pub(super) xml: Markup,
    pub(super) pages: Pages,
    pub(super) notes: Notes,
    pub(super) references: usize,
    pub(super) outline: Outline,
    pub(super) sections: Vec<Section>,
    pub(super) losses: Losses,
    /// Readings stand beside characters.
    pub(super) has_ruby: bool,
    /// Language and direction of the element that is being written.
    pub(super) scope: Scope,
    book: &'a Book<'a>,
}

/// The article page.
pub(super) struct Article {
    /// Its bytes.
    pub(super) xhtml: Vec<u8>,
    /// Its headings, in order.
    pub(super) sections: Vec<Section>,
    /// Readings stand beside characters.
    pub(super) has_ruby: bool,
}

/// Writes the article.
pub(super) fn write_article(book: &Book<'_>, pages: Pages, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Article> {
    let mut content = Content {
        xml: xhtml::open(&book.title, &book.scope, book.vertical)?,
        pages,
        notes: Notes::of(book.document),
        references: 0,
        outline: Outline::default(),
        sections: Vec::new(),
        losses: Losses::default(),
        has_ruby: false,
        scope: book.scope.clone(),
        book,
    };
    content.write_article()?;
    content.losses.report(diagnostics);
    if book.withholds_certificate {
        let message = "EPUB: the language is not known, as WCAG 2.1 wants (3.1.1); conformance is not stated";
        diagnostics.push(Diagnostic::new(W003, message));
    }
    let (sections, has_ruby) = (content.sections, content.has_ruby);
    Ok(Article { xhtml: xhtml::close(content.xml)?, sections, has_ruby })
}

/// Writes the colophon, a page of generated text.
pub(super) fn write_colophon(book: &Book<'_>) -> io::Result<Vec<u8>> {
    let english = Scope::english();
    let mut xml = xhtml::open("Colophon", &english, false)?;
    let labelled = [("epub:type", "colophon"), ("role", "doc-colophon"), ("aria-labelledby", TITLE)];
    xml.open_line("section", &labelled)?;
    xml.leaf_line("h1", &[("id", TITLE), ("data-generated", "colophon")], "Colophon")?;
    xhtml::write_statements(&mut xml, &book.document.colophon(), "colophon", &english, &book.scope)?;
    xml.close_line()?;
    xhtml::close(xml)
}

impl Content<'_> {
    fn write_article(&mut self) -> io::Result<()> {
        let labelled = [("epub:type", "chapter"), ("role", "doc-chapter"), ("aria-labelledby", TITLE)];
        self.xml.open_line("section", &labelled)?;
        self.write_front()?;
        self.write_role(Role::Body)?;
        self.write_back()?;
        while let Some(page) = self.pages.take_rest() {
            self.write_page_break(page)?;
        }
        if self.book.is_member {
            let mut statements = self.book.document.catalogue_statements();
            statements.extend(self.book.document.colophon());
            xhtml::write_statements(&mut self.xml, &statements, "colophon", &self.scope, &self.book.scope)?;
        }
        self.xml.close_line()
    }

    /// Title, subtitle, byline and dateline as they stand, then what is known besides.
    fn write_front(&mut self) -> io::Result<()> {
        let document = self.book.document;
        self.xml.open_line("header", &[])?;
        if let Some(page) = self.pages.take_first() {
            self.write_page_break(page)?;
        }
        self.write_title_blocks(document)?;
        for role in [Role::Subtitle, Role::Byline, Role::Dateline] {
            self.write_role(role)?;
        }
        while let Some(page) = self.pages.take_generated() {
            self.write_page_break(page)?;
        }
        let statements = document.title_statements();
        xhtml::write_statements(&mut self.xml, &statements, "title-block", &self.scope, &self.book.scope)?;
        self.xml.close_line()
    }

    /// The first title block that can be a heading is the heading; without one the title is a supplied one.
    fn write_title_blocks(&mut self, document: &Document) -> io::Result<()> {
        let blocks: Vec<&Block> = document.in_role(Role::Title).collect();
        let heading = blocks.iter().position(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_))
                && is_visible(&inline_text(&block.inlines))
        });
        if heading.is_none() {
            let tag = [("class", Role::Title.name()), ("id", TITLE), ("data-generated", "title")];
            self.xml.leaf_line("h1", &tag, &self.book.title)?;
        }
        for (index, block) in blocks.into_iter().enumerate() {
            if heading == Some(index) { self.write_title(block)? } else { self.write_block(block)? }
        }
        Ok(())
    }

    /// Author note, lines that nothing explains, source line and rights statement.
    fn write_back(&mut self) -> io::Result<()> {
        let document = self.book.document;
        let roles = [Role::AuthorNote, Role::Unplaced, Role::SourceLine, Role::Rights];
        if roles.into_iter().all(|role| document.in_role(role).next().is_none()) {
            return Ok(());
        }
        self.xml.open_line("footer", &[])?;
        roles.into_iter().try_for_each(|role| self.write_role(role))?;
        self.xml.close_line()
    }

    fn write_role(&mut self, role: Role) -> io::Result<()> {
        self.book.document.in_role(role).try_for_each(|block| self.write_block(block))
    }

    /// Writes the pages that begin here, or in the next `ahead` bytes of text.
    pub(super) fn write_page_breaks(&mut self, ahead: usize) -> io::Result<()> {
        while let Some(page) = self.pages.take_due(ahead) {
            self.write_page_break(page)?;
        }
        Ok(())
    }

    fn write_page_break(&mut self, page: usize) -> io::Result<()> {
        let number = page.to_string();
        let id = super::page_id(page);
        // DPUB-ARIA 1.1, doc-pagebreak: the label names the page, since the element is empty.
        let label = [" page ", &number, ". "].concat();
        let english = Scope { right_to_left: self.scope.right_to_left, ..Scope::english() };
        let mut tag = english.attributes_in(&self.scope);
        tag.extend([("epub:type", "pagebreak"), ("role", "doc-pagebreak"), ("id", &id), ("aria-label", &label)]);
        self.xml.empty("span", &tag)
    }
}

impl Losses {
    fn report(&self, diagnostics: &mut Vec<Diagnostic>) {
        let counted = [
            (self.links, "links that a book cannot follow became plain text"),
            (self.readings, "readings of ruby inside ruby were left out"),
            (self.languages, "language tags are not well-formed and were left out"),
            (self.references, "references have no note to lead to"),
        ];
        for (count, what) in counted.into_iter().filter(|(count, _)| *count > 0) {
            diagnostics.push(Diagnostic::new(W003, format!("EPUB: {count} {what}")));
        }
    }
}
