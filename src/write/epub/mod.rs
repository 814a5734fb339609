//! EPUB 3.3 writer (<https://www.w3.org/TR/epub-33/>): Document to one book with an article page and a colophon.
//!
//! epub-builder collects and packs the content; `finish` then writes our own package document, navigation and NCX
//! and copies what was packed. `anthology` collects the articles of a run in one book, `fonts` cuts the faces that a book
//! is to carry. No images are embedded.

pub mod anthology;
mod block;
mod content;
mod finish;
mod fonts;
mod inline;
mod language;
mod link;
mod nav;
mod notes;
mod opf;
mod package;
mod pages;
mod table;
mod xhtml;

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use serde::Serialize;
use serde_json::Value;

use self::fonts::{Fonts, Used};
use self::language::Scope;
use self::pages::Pages;
use super::{Format, WriteContext, WriteError, Writer};
use crate::characters::is_visible;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::font::library::FontLibrary;
use crate::plan::{Clock, LayoutOptions, PageList, Writing, canonical};

/// The format's facts.
pub const FORMAT: Format = Format {
    name: "epub",
    extension: "epub",
    media_type: "application/epub+zip",
    spec: "EPUB 3.3",
    writer: |writing| {
        let pages = writing.layout;
        Box::new(Epub { making: Making::of(writing), pages: lists_pages(writing).then_some(pages) })
    },
};

/// How the pages of a book and its package document are made.
#[derive(Clone, Debug, Serialize)]
struct Making {
    /// RFC 3339; the format forces a time.
    modified: String,
    /// Chinese and Japanese run from top to bottom.
    vertical: bool,
    /// The book carries the faces that it is set in, these beside the embedded ones.
    fonts: Option<Carried>,
    /// Who evaluated the book.
    certified_by: Option<String>,
    #[serde(skip)]
    time: DateTime<Utc>,
}

/// The faces that a book carries.
#[derive(Clone, Copy, Debug, Serialize)]
struct Carried {
    /// Beside the embedded ones.
    library: FontLibrary,
}

impl Making {
    fn of(writing: &Writing) -> Self {
        let time = writing.clock.forced();
        Self {
            modified: Clock::rfc3339(time),
            vertical: writing.epub.vertical,
            fonts: writing.epub.embed_fonts.then_some(Carried { library: writing.layout.fonts }),
            certified_by: writing.epub.certified_by.clone().filter(|name| is_visible(name)),
            time,
        }
    }
}

/// The files of the book, relative to its package document.
const ARTICLE: &str = "article.xhtml";
const COLOPHON: &str = "colophon.xhtml";
const NAVIGATION: &str = "nav.xhtml";
/// epub-builder's names for these two.
const STYLESHEET: &str = "stylesheet.css";
const NCX: &str = "toc.ncx";

/// A part of the book; an error only where the markup itself is at fault, since it goes to memory.
type Written = io::Result<Vec<u8>>;

/// XML id of the main heading of a page.
const TITLE: &str = "title";

/// XML id of the place where a page of the PDF begins.
fn page_id(page: usize) -> String {
    ["page", &page.to_string()].concat()
}

/// Whether the book shall list the pages of the PDF, as far as the options decide it.
fn lists_pages(writing: &Writing) -> bool {
    match writing.epub.page_list {
        PageList::Auto => writing.wants("pdf"),
        PageList::Never => false,
    }
}

/// What every part of one book states.
struct Book<'a> {
    document: &'a Document,
    /// The title that lists and windows show; never blank.
    title: String,
    /// `urn:uuid:` and the rendition's id.
    identifier: String,
    /// RFC 3339.
    modified: &'a str,
    /// Language and direction of the article.
    scope: Scope,
    /// Pages of the PDF; 0 without a page-list.
    pages: usize,
    /// It is part of an anthology: one page, with the colophon at its end.
    is_member: bool,
    /// Lines run from top to bottom.
    vertical: bool,
    /// Who evaluated the book.
    certified_by: Option<&'a str>,
    /// Somebody did, and yet it is not said.
    withholds_certificate: bool,
}

impl<'a> Book<'a> {
    fn new(document: &'a Document, making: &'a Making, pages: usize) -> Self {
        let title = document.display_title();
        let scope = Scope::of(document);
        let certified_by = opf::certifier(making, [scope.language.as_str()]);
        Self {
            document,
            title: if is_visible(&title) { title } else { "[untitled]".to_owned() },
            identifier: rendition_urn(document, FORMAT.name),
            modified: &making.modified,
            certified_by,
            withholds_certificate: certified_by.is_none() && making.certified_by.is_some(),
            scope,
            pages,
            is_member: false,
            vertical: making.vertical && matches!(document.metadata.language.value.primary(), "zh" | "ja"),
        }
    }
}

/// RFC 9562 §4: the URN of a rendition's UUID.
fn rendition_urn(document: &Document, format: &str) -> String {
    document.identity().rendition(format).urn().to_string()
}

/// What decides the bytes of a book beside the document.
#[derive(Serialize)]
struct Epub {
    making: Making,
    /// Where the book lists the pages of the PDF.
    pages: Option<LayoutOptions>,
}

impl Writer for Epub {
    fn options(&self) -> Value {
        canonical(self)
    }

    fn needs(&self) -> &'static [&'static str] {
        if self.pages.is_some() { &["pdf"] } else { &[] }
    }

    fn reads_layout(&self) -> bool {
        self.pages.is_some()
    }

    fn write(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        diagnostics: &mut Vec<Diagnostic>,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        let pages = self.pages(document, context);
        let book = Book::new(document, &self.making, pages.count());
        let article = content::write_article(&book, pages, diagnostics)?;
        let colophon = content::write_colophon(&book)?;
        let contents = nav::Contents::of_article(&book, &article.sections);
        let navigation = nav::write_navigation(&contents)?;
        let mut used = Used::default();
        if let Some(Carried { library }) = self.making.fonts {
            let mut pages = [&article.xhtml, &colophon, &navigation].into_iter();
            pages.try_for_each(|page| used.add_page(page, library))?;
        }
        let fonts = Fonts::of(&used)?;
        let pages = [(ARTICLE, article.xhtml), (COLOPHON, colophon)];
        let packed = pack(&book, pages, &fonts).map_err(|error| library("epub-builder", &error))?;
        let own = finish::Own {
            package: package::write(&book, &fonts, article.has_ruby)?,
            navigation,
            ncx: nav::write_ncx(&contents)?,
        };
        let bytes = finish::finish(&packed, &own, &fonts, self.making.time).map_err(|error| library("zip", &error))?;
        Ok(out.write_all(&bytes)?)
    }
}

impl Epub {
    /// The pages of the PDF, when there is a PDF to agree with.
    fn pages(&self, document: &Document, context: &WriteContext<'_>) -> Pages {
        match context.layout.filter(|_| self.pages.is_some() && context.renditions.contains_key("pdf")) {
            Some(layout) => Pages::new(layout, &document.text()),
            None => Pages::none(),
        }
    }
}

/// Collects and compresses the content. What epub-builder makes of the metadata is replaced by `finish`, so it
/// gets none but the two values that it would else take from the clock and from chance.
fn pack(book: &Book<'_>, pages: [(&str, Vec<u8>); 2], fonts: &Fonts) -> Result<Vec<u8>, epub_builder::Error> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.set_uuid(book.document.identity().rendition(FORMAT.name));
    builder.set_modified_date(chrono::DateTime::UNIX_EPOCH);
    builder.stylesheet(fonts.style_sheet().as_bytes())?;
    for (href, page) in &pages {
        builder.add_content(EpubContent::new(*href, page.as_slice()))?;
    }
    for font in &fonts.files {
        builder.add_resource(&font.href, font.bytes.as_slice(), font.media_type)?;
    }
    let mut packed = Vec::with_capacity(32 * 1024);
    builder.generate(&mut packed)?;
    Ok(packed)
}

fn library(library: &'static str, error: &dyn std::error::Error) -> WriteError {
    WriteError::Library { library, reason: error.to_string() }
}
