//! Anthologies: all articles of a run in one book, which streams to its file as the articles come.
//!
//! Each article is one page with its own language, direction and colophon; it is made and compressed in parallel, and
//! copied into the book as it is. What is known of all of them stands at the end of the file: cover,
//! lists by date, author and source, navigation, package document. Order in the book: the groups that were asked for,
//! in each of them dates, then the order of the inputs.

mod cover;
mod groups;
mod index;
mod package;

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Cursor, Write as _};

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::finish::{FOLDER, PACKAGE, PERMISSIONS, dos_time};
use super::fonts::{Fonts, Used};
use super::language::Scope;
use super::nav::{self, Contents, Entry};
use super::opf::{certifier, file_as, known};
use super::pages::Pages;
use super::{Book, Carried, Making, NAVIGATION, NCX, STYLESHEET, content, library};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::plan::{AnthologyOptions, GroupBy, Writing};
use crate::write::collection::{Collection, CollectionFile, CollectionKind, Ends};
use crate::write::member::{pack, unpack};
use crate::write::xml::Xml;
use crate::write::{WriteContext, WriteError};

/// The collection's facts.
pub const ANTHOLOGY: CollectionKind = CollectionKind {
    name: "epub-anthology",
    help: "Writes all articles of the run into one EPUB, without --to nothing else",
    media_type: super::FORMAT.media_type,
    spec: super::FORMAT.spec,
    // The name of its third entry.
    signature: "OEBPS/anthology.css",
    suffices: true,
    noticed_with: Some(super::FORMAT.name),
    options: &["group_by", "anthology_title"],
    reads_layout: false,
    begin: |writing, file| Ok(Box::new(Anthology::begin(file, writing)?)),
};

/// The style sheet of cover and lists.
const OWN_STYLESHEET: &str = "anthology.css";
const COVER: &str = "cover.xhtml";
const COVER_IMAGE: &str = "cover.svg";

/// What is known of an article beside its page.
#[derive(Deserialize, Serialize)]
struct Member {
    listed: Listed,
    /// The characters of the page by the numbers of their faces, where the book carries its fonts.
    used: BTreeMap<usize, String>,
}

/// What the lists say of an article.
#[derive(Debug, Deserialize, Serialize)]
struct Listed {
    /// The article's id.
    id: Uuid,
    title: String,
    scope: Scope,
    /// Its lines run from top to bottom.
    vertical: bool,
    authors: Vec<Author>,
    /// ISO 8601.
    date: Option<String>,
    publisher: Option<String>,
    /// Where it first appeared.
    source: Option<String>,
    section: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
struct Author {
    /// As lists are sorted: the family's name first.
    file_as: String,
    name: String,
}

impl Listed {
    fn of(document: &Document, book: &Book<'_>) -> Self {
        let metadata = &document.metadata;
        let author = |person: &crate::document::Person| {
            let name = person.name.clone();
            Author { file_as: file_as(person).unwrap_or_else(|| name.clone()), name }
        };
        let text = |value| known(value).map(str::to_owned);
        let authors = metadata.authors.iter().map(|found| author(&found.value));
        Self {
            id: document.identity().article,
            title: book.title.clone(),
            scope: book.scope.clone(),
            vertical: book.vertical,
            authors: authors.filter(|author| crate::characters::is_visible(&author.name)).collect(),
            date: metadata.published.as_ref().or(metadata.source.date.as_ref()).map(|date| date.value.iso.clone()),
            publisher: text(metadata.publisher.as_ref()),
            source: text(metadata.source.title.as_ref()),
            section: text(metadata.section.as_ref()),
        }
    }

    /// The page of the article, relative to the package document.
    fn href(&self) -> String {
        format!("article-{}.xhtml", self.id.simple())
    }
}

/// A container that holds a page, compressed. epub-builder would pack a whole book around each.
fn pack_page(href: &str, page: &[u8]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(page.len() / 2 + 1024)));
    zip.start_file(href, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
    zip.write_all(page)?;
    Ok(zip.finish()?.into_inner())
}

/// The book while articles come.
struct Anthology {
    /// Until the book is whole.
    zip: Option<ZipWriter<Box<dyn CollectionFile>>>,
    time: zip::DateTime,
    making: Making,
    options: AnthologyOptions,
    /// Of the articles, in the order of the inputs.
    listed: Vec<Listed>,
    ids: HashSet<Uuid>,
    languages: BTreeMap<String, usize>,
    /// Made of the ids of the articles in their order.
    id: Uuid,
    /// The characters of all pages, where the book carries its fonts.
    used: Used,
}

impl Collection for Anthology {
    /// The page of a document, packed.
    fn make(
        &self,
        document: &Document,
        _context: &WriteContext<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, WriteError> {
        let book = Book { is_member: true, ..Book::new(document, &self.making, 0) };
        let listed = Listed::of(document, &book);
        let article = content::write_article(&book, Pages::none(), diagnostics)?;
        let mut used = Used::default();
        if let Some(Carried { library }) = self.making.fonts {
            used.add_page(&article.xhtml, library)?;
        }
        let path = [FOLDER, &listed.href()].concat();
        let packed = pack_page(&path, &article.xhtml).map_err(|error| library("zip", &error))?;
        pack(&Member { listed, used: used.numbered() }, &packed)
    }

    fn admit(&mut self, member: Vec<u8>) -> Result<bool, WriteError> {
        let (Member { listed, used }, packed) = unpack(&member)?;
        if !self.ids.insert(listed.id) {
            return Ok(false);
        }
        let failed = |error: zip::result::ZipError| library("zip", &error);
        let mut source = ZipArchive::new(Cursor::new(packed)).map_err(failed)?;
        let page = source.by_index(0).map_err(failed)?;
        if let Some(zip) = &mut self.zip {
            zip.raw_copy_file_touch(page, self.time, Some(PERMISSIONS)).map_err(failed)?;
        }
        *self.languages.entry(listed.scope.language.clone()).or_default() += 1;
        self.id = Uuid::new_v5(&self.id, listed.id.as_bytes());
        self.listed.push(listed);
        if let Some(Carried { library }) = self.making.fonts {
            self.used.extend(used, library);
        }
        Ok(true)
    }

    /// Cover, lists, navigation, package document, and the directory of the file.
    fn finish(mut self: Box<Self>) -> Result<Option<Ends>, WriteError> {
        if self.listed.is_empty() {
            return Ok(None);
        }
        self.write_lists()?;
        if let Some(zip) = self.zip.take() {
            zip.finish().map_err(|error| library("zip", &error))?.flush()?;
        }
        Ok(Some(Ends::default()))
    }
}

/// A book that is given up is not finished: `ZipWriter` would try, and print where it fails.
impl Drop for Anthology {
    fn drop(&mut self) {
        std::mem::forget(self.zip.take());
    }
}

impl Anthology {
    /// Begins the book.
    fn begin(file: Box<dyn CollectionFile>, writing: &Writing) -> Result<Self, WriteError> {
        let making = Making::of(writing);
        let mut anthology = Self {
            zip: Some(ZipWriter::new(file)),
            time: dos_time(making.time),
            making,
            options: writing.anthology.clone(),
            listed: Vec::new(),
            ids: HashSet::new(),
            languages: BTreeMap::new(),
            id: Uuid::nil(),
            used: Used::default(),
        };
        // EPUB 3.3 §4.3.3: `mimetype` is the first entry, neither compressed nor with an extra field.
        anthology.entry("mimetype", super::FORMAT.media_type.as_bytes(), CompressionMethod::Stored)?;
        anthology.entry("META-INF/container.xml", &container()?, CompressionMethod::Deflated)?;
        anthology.file(OWN_STYLESHEET, include_bytes!("style.css"))?;
        Ok(anthology)
    }

    fn entry(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), WriteError> {
        let options = SimpleFileOptions::default().last_modified_time(self.time).unix_permissions(PERMISSIONS);
        let Some(zip) = &mut self.zip else { return Ok(()) };
        zip.start_file(name, options.compression_method(method)).map_err(|error| library("zip", &error))?;
        Ok(zip.write_all(bytes)?)
    }

    /// A file beside the package document.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.entry(&[FOLDER, name].concat(), bytes, CompressionMethod::Deflated)
    }

    /// Writes what is known of all articles.
    fn write_lists(&mut self) -> Result<(), WriteError> {
        let title = self.title();
        let group_by = self.options.group_by;
        // Another title or order makes another book.
        let identifier =
            Uuid::new_v5(&self.id, format!("epub {} {title}", group_by.word()).as_bytes()).urn().to_string();
        let groups = groups::of(&self.listed, group_by);
        let spine: Vec<&Listed> = groups.iter().flat_map(|group| group.articles()).map(|i| &self.listed[i]).collect();
        let lists = index::write(&self.listed)?;
        let mut entries: Vec<Entry> = groups.iter().map(|group| group.entry(&self.listed)).collect();
        entries.extend(lists.iter().map(|list| Entry {
            href: list.href.to_owned(),
            label: list.title.to_owned(),
            scope: Scope::english(),
            entries: Vec::new(),
        }));
        let scope = self.scope();
        let mut landmarks = vec![("cover", COVER.to_owned(), "Cover")];
        landmarks.extend(spine.first().map(|first| ("bodymatter", first.href(), "Articles")));
        landmarks.extend(lists.first().map(|list| ("index", list.href.to_owned(), "Lists")));
        let contents = Contents { title: &title, scope: &scope, identifier: &identifier, entries, landmarks, pages: 0 };
        let navigation = nav::write_navigation(&contents)?;
        let cover = cover::page(&title)?;
        if let Some(Carried { library }) = self.making.fonts {
            let mut pages = lists.iter().map(|list| &list.page).chain([&navigation, &cover]);
            pages.try_for_each(|page| self.used.add_page(page, library))?;
        }
        let fonts = Fonts::of(&self.used)?;
        let package = package::write(&package::Facts {
            title: &title,
            identifier: &identifier,
            modified: &self.making.modified,
            scope: &scope,
            languages: &self.languages,
            spine: &spine,
            lists: &lists,
            fonts: &fonts,
            turns_left: scope.right_to_left || self.listed.iter().all(|article| article.vertical),
            certified_by: certifier(&self.making, self.languages.keys().map(String::as_str)),
        })?;
        let mut files = vec![
            (COVER_IMAGE, cover::image(&title, &self.listed)?),
            (COVER, cover),
            (NAVIGATION, navigation),
            (NCX, nav::write_ncx(&contents)?),
            (PACKAGE, package),
            (STYLESHEET, fonts.style_sheet().into_bytes()),
        ];
        files.extend(lists.into_iter().map(|list| (list.href, list.page)));
        for (name, bytes) in files {
            self.file(name, &bytes)?;
        }
        fonts.files.iter().try_for_each(|font| self.file(&font.href, &font.bytes))
    }

    /// The title that was stated, or a devised one.
    fn title(&self) -> String {
        let stated = self.options.title.clone().filter(|title| crate::characters::is_visible(title));
        stated.unwrap_or_else(|| {
            let count = self.listed.len();
            format!("[Op-eds and commentaries: {count} {}]", if count == 1 { "article" } else { "articles" })
        })
    }

    /// The language of the book's own words; pages turn as those of its articles do, where they agree.
    fn scope(&self) -> Scope {
        let right_to_left = !self.listed.is_empty() && self.listed.iter().all(|article| article.scope.right_to_left);
        Scope { right_to_left, ..Scope::english() }
    }
}

/// EPUB 3.3 §4.2.6.3.1.
fn container() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new(Vec::new());
    xml.declaration()?;
    let names = [("version", "1.0"), ("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container")];
    xml.start("container", &names)?;
    xml.open_line("rootfiles", &[])?;
    let package = [FOLDER, PACKAGE].concat();
    xml.empty_line("rootfile", &[("full-path", &package), ("media-type", "application/oebps-package+xml")])?;
    xml.close_line()?;
    xml.close_line()?;
    xml.newline()?;
    Ok(xml.into_inner())
}

/// What names are sorted by, in contents and lists: those that differ in their capitals only are one.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

impl GroupBy {
    /// What it groups by. Identifiers of books are made of these words.
    fn word(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Author => "Author",
            Self::Source => "Source",
            Self::Section => "Section",
        }
    }

    /// What articles are called for which it is not known.
    fn unknown(self) -> String {
        [self.word(), " not stated"].concat()
    }
}
