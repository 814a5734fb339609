//! The package document (EPUB 3.3 §5, <https://www.w3.org/TR/epub-33/#sec-package-doc>) with the discovery
//! metadata of EPUB Accessibility 1.1.
//!
//! States what is known and nothing else. Claims no conformance to WCAG unless it is told who evaluated the
//! book. Names no book producer.

use std::io;

use super::fonts::Fonts;
use super::opf::{Opf, file_as, known};
use super::xhtml::is_date;
use super::{ARTICLE, Book, COLOPHON, NAVIGATION, NCX, STYLESHEET, Written, rendition_urn};
use crate::characters::is_visible;
use crate::document::{Extent, Metadata, Person};
use crate::original::Scheme;

/// Id of the unique identifier's element.
const IDENTIFIER: &str = "identifier";

/// Id of the element of the ARK or DOI.
const PERSISTENT: &str = "persistent-identifier";

/// PRISM 3.0 Basic, declared where it is used: no reserved vocabulary has a term for the periodical.
const PRISM: &str = "prism: http://prismstandard.org/namespaces/basic/3.0/";

struct Package<'a> {
    opf: Opf,
    book: &'a Book<'a>,
    fonts: &'a Fonts,
    /// Readings stand beside characters.
    has_ruby: bool,
}

/// Writes the package document.
pub(super) fn write(book: &Book<'_>, fonts: &Fonts, has_ruby: bool) -> Written {
    let mut package = Package { opf: Opf::new(), book, fonts, has_ruby };
    package.write_package()?;
    Ok(package.opf.into_inner())
}

impl Package<'_> {
    fn write_package(&mut self) -> io::Result<()> {
        let scope = &self.book.scope;
        let mut root = vec![
            ("xmlns", "http://www.idpf.org/2007/opf"),
            ("version", "3.0"),
            ("unique-identifier", IDENTIFIER),
            ("xml:lang", &scope.language),
            ("dir", scope.direction()),
        ];
        if known(self.book.document.metadata.source.title.as_ref()).is_some() {
            root.push(("prefix", PRISM));
        }
        self.opf.xml.declaration()?;
        self.opf.xml.start("package", &root)?;
        self.write_metadata()?;
        self.write_manifest()?;
        self.write_spine()?;
        self.opf.xml.close_line()?;
        self.opf.xml.newline()
    }

    fn write_metadata(&mut self) -> io::Result<()> {
        let metadata = &self.book.document.metadata;
        self.opf.xml.open_line("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")])?;
        self.opf.dc("identifier", Some(IDENTIFIER), &self.book.identifier)?;
        self.write_persistent_identifier()?;
        self.write_titles(metadata)?;
        self.opf.dc("language", None, &self.book.scope.language)?;
        self.write_people(metadata)?;
        self.write_publication(metadata)?;
        self.write_sources(metadata)?;
        self.write_accessibility()?;
        self.opf.write_certification(self.book.certified_by)?;
        self.opf.xml.close_line()
    }

    /// EPUB 3.3 §D.3.8 with the kinds of ONIX code list 5, where an ARK is one with its resolver.
    fn write_persistent_identifier(&mut self) -> io::Result<()> {
        let Some(id) = &self.book.document.identifier else { return Ok(()) };
        self.opf.dc("identifier", Some(PERSISTENT), &id.value)?;
        let kind = match id.scheme {
            Scheme::Doi => "06",
            Scheme::Ark if id.is_url() => "35",
            Scheme::Ark => return Ok(()),
        };
        self.opf.refine(PERSISTENT, "identifier-type", Some("onix:codelist5"), kind)
    }

    /// EPUB 3.3 §5.5.3.1.2 with the title types of its §D.3.13, where the printed form comes nearest to `expanded`.
    fn write_titles(&mut self, metadata: &Metadata) -> io::Result<()> {
        self.write_title("title", "main", &self.book.title)?;
        if let Some(subtitle) = known(metadata.subtitle.as_ref()) {
            self.write_title("subtitle", "subtitle", subtitle)?;
        }
        match known(metadata.title_as_printed.as_ref()) {
            Some(printed) if printed != self.book.title => self.write_title("title-as-printed", "expanded", printed),
            Some(_) | None => Ok(()),
        }
    }

    fn write_title(&mut self, id: &str, kind: &str, title: &str) -> io::Result<()> {
        self.opf.dc("title", Some(id), title)?;
        self.opf.refine(id, "title-type", None, kind)
    }

    fn write_people(&mut self, metadata: &Metadata) -> io::Result<()> {
        for (index, author) in metadata.authors.iter().enumerate() {
            let number = (index + 1).to_string();
            let id = ["creator", &number].concat();
            if self.write_person("creator", &id, &author.value, "aut")? {
                self.opf.refine(&id, "display-seq", None, &number)?;
            }
        }
        let editors = metadata.editors.iter().map(|editor| (&editor.value, "edt"));
        let translators = metadata.translators.iter().map(|translator| (&translator.value, "trl"));
        let others = metadata.contributors.iter().map(|other| (&other.value.person, other.value.relator));
        for (index, (person, relator)) in editors.chain(translators).chain(others).enumerate() {
            let id = ["contributor", &(index + 1).to_string()].concat();
            self.write_person("contributor", &id, person, relator)?;
        }
        Ok(())
    }

    /// A creator or contributor with MARC relator code; says whether there was a name to write.
    fn write_person(&mut self, element: &str, id: &str, person: &Person, relator: &str) -> io::Result<bool> {
        if !is_visible(&person.name) {
            return Ok(false);
        }
        self.opf.dc(element, Some(id), &person.name)?;
        self.opf.refine(id, "role", Some("marc:relators"), relator)?;
        if let Some(name) = file_as(person) {
            self.opf.refine(id, "file-as", None, &name)?;
        }
        for (property, value) in [("schema:jobTitle", &person.role), ("schema:affiliation", &person.affiliation)] {
            if let Some(value) = known(value.as_ref()) {
                self.opf.refine(id, property, None, value)?;
            }
        }
        Ok(true)
    }

    fn write_publication(&mut self, metadata: &Metadata) -> io::Result<()> {
        self.opf.dc_known("publisher", metadata.publisher.as_ref())?;
        let published = metadata.published.as_ref().map(|date| date.value.iso.as_str()).filter(|iso| is_date(iso));
        let first = metadata.source.date.as_ref().map(|date| date.value.iso.as_str());
        let updated = metadata.updated.as_ref().map(|date| date.value.iso.as_str());
        if let Some(date) = published {
            self.opf.dc("date", None, date)?;
        }
        // Where the page is a reprint, the article was issued when it first appeared.
        if let Some(date) = first.or(published).filter(|date| is_visible(date)) {
            self.opf.meta("dcterms:issued", date)?;
        }
        if let Some(date) = updated.filter(|date| is_visible(date)) {
            self.opf.meta("schema:dateModified", date)?;
        }
        self.opf.meta("dcterms:modified", self.book.modified)?;
        self.opf.dc_known("rights", metadata.rights.as_ref())?;
        for keyword in &metadata.keywords {
            self.opf.dc_known("subject", Some(keyword))?;
        }
        self.opf.meta_known("schema:genre", metadata.genre.as_ref())?;
        self.opf.meta_known("schema:articleSection", metadata.section.as_ref())?;
        self.opf.meta_known("schema:dateline", metadata.dateline.as_ref())?;
        self.write_extent()
    }

    fn write_extent(&mut self) -> io::Result<()> {
        let Extent { unit, quantity, .. } = self.book.document.extent();
        if quantity == 0 {
            return Ok(());
        }
        let quantity = quantity.to_string();
        if unit == "words" {
            self.opf.meta("schema:wordCount", &quantity)?;
        }
        self.opf.meta("dcterms:extent", &[&quantity, " ", unit].concat())
    }

    /// The page, the first publication, and the bytes that the book was made from.
    fn write_sources(&mut self, metadata: &Metadata) -> io::Result<()> {
        let page = known(metadata.url.as_ref());
        let first = known(metadata.source.url.as_ref());
        if let Some(url) = page {
            self.opf.dc("source", None, url)?;
        }
        if let Some(url) = first {
            if page != Some(url) {
                self.opf.dc("source", None, url)?;
            }
            self.opf.meta("dcterms:isVersionOf", url)?;
        }
        self.opf.meta_known("prism:publicationName", metadata.source.title.as_ref())?;
        self.opf.meta_known("schema:pagination", metadata.source.page.as_ref())?;
        self.opf.meta("dcterms:source", &self.book.document.digest.ni_uri())
    }

    /// EPUB Accessibility 1.1, discovery metadata: what the writer makes sure of in every book.
    fn write_accessibility(&mut self) -> io::Result<()> {
        self.opf.meta("schema:accessMode", "textual")?;
        self.opf.meta("schema:accessModeSufficient", "textual")?;
        for feature in ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"] {
            self.opf.meta("schema:accessibilityFeature", feature)?;
        }
        if self.book.vertical {
            self.opf.meta("schema:accessibilityFeature", "verticalWriting")?;
        }
        if self.has_ruby {
            self.opf.meta("schema:accessibilityFeature", "rubyAnnotations")?;
        }
        if self.book.pages > 0 {
            self.opf.meta("schema:accessibilityFeature", "pageBreakMarkers")?;
            self.opf.meta("schema:accessibilityFeature", "pageNavigation")?;
            self.opf.meta("pageBreakSource", &rendition_urn(self.book.document, "pdf"))?;
        }
        self.opf.meta("schema:accessibilityHazard", "none")?;
        let summary = if self.book.pages > 0 { SUMMARY_WITH_PAGES } else { SUMMARY };
        self.opf.write_summary(summary, &self.book.scope)
    }

    fn write_manifest(&mut self) -> io::Result<()> {
        const XHTML: &str = "application/xhtml+xml";
        let items = [
            ("nav", NAVIGATION, XHTML),
            ("ncx", NCX, "application/x-dtbncx+xml"),
            ("stylesheet", STYLESHEET, "text/css"),
            ("article", ARTICLE, XHTML),
            ("colophon", COLOPHON, XHTML),
        ];
        self.opf.xml.open_line("manifest", &[])?;
        for (id, href, media_type) in items {
            self.opf.write_item(id, href, media_type, if id == "nav" { "nav" } else { "" })?;
        }
        self.opf.write_fonts(self.fonts)?;
        self.opf.xml.close_line()
    }

    fn write_spine(&mut self) -> io::Result<()> {
        // Where lines run from top to bottom, pages turn from right to left.
        let direction = if self.book.vertical { "rtl" } else { self.book.scope.direction() };
        self.opf.xml.open_line("spine", &[("toc", "ncx"), ("page-progression-direction", direction)])?;
        // In the spine because a landmark leads to it; not linear because readers show it in their own menu.
        self.opf.xml.empty_line("itemref", &[("idref", "nav"), ("linear", "no")])?;
        self.opf.xml.empty_line("itemref", &[("idref", "article")])?;
        self.opf.xml.empty_line("itemref", &[("idref", "colophon")])?;
        self.opf.xml.close_line()
    }
}

const SUMMARY: &str = "Text only, in reading order, with headings, landmarks and a table of contents; colours and \
                       sizes are the reader's own.";
const SUMMARY_WITH_PAGES: &str = "Text only, in reading order, with headings, landmarks, a table of contents and the \
                                  pages of the PDF rendition; colours and sizes are the reader's own.";
