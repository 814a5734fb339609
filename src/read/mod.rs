//! Repaired text to an article: blocks of folded text that still know where they stand, with what the markup says
//! of them. Guesses no encodings and recognises no metadata: what a page states about itself is handed on as
//! candidates.

mod cut;
mod fold;
#[cfg(feature = "html")]
mod html;
#[cfg(feature = "html")]
mod markdown;
mod plain;

use std::ops::Range;

use crate::characters::is_unseen;
use crate::diagnostic::Diagnostic;
use crate::document::{Direction, Field, Folded, Language, Numbering, Role};
use crate::edit::Repaired;
use crate::original::{Origin, RecordFields};
use crate::press::Export;

pub use fold::FoldedText;

/// An article as its layout shows it.
#[derive(Debug, Default)]
pub struct Article {
    /// In the order of the text; none is empty.
    pub blocks: Vec<ArticleBlock>,
    /// White space that the blocks do not show.
    pub folded: Folded,
    /// Where text may stand in the repaired text, in order and apart: all else is markup.
    pub texts: Vec<TextPlace>,
    /// What a page states about itself, in the order of the page, then what its record states beside it; of plain text
    /// only the latter.
    pub candidates: Vec<Candidate>,
    /// Whether the blocks come from markup: then what is outside the article is known.
    pub is_page: bool,
    /// The press database that exported it.
    pub(crate) export: Option<Export>,
    /// What was lost or doubted on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// A stretch of the repaired text that is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// Where.
    pub place: Range<usize>,
    /// What of it that is in no block is.
    pub rest: Rest,
}

/// What text in no block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// White space, or text that the page has outside every block.
    Text,
    /// A reference for white space.
    White,
    /// The mark of a note, the reading of a ruby: shown where the block around it is.
    OfBlock,
    /// Of an element that browsers do not show as text.
    Hidden,
    /// The text in place of an image, which is markup where no block shows it.
    Attribute,
}

/// One block.
#[derive(Debug, Default)]
pub struct ArticleBlock {
    /// Its structure.
    pub kind: ArticleKind,
    /// The role that markup states, where it does.
    pub role: Option<Role>,
    /// What the markup around it calls it.
    pub clue: Option<Clue>,
    /// Its text; empty for kinds that hold blocks.
    pub text: FoldedText,
    /// What the markup says of parts of its text: properly nested, an outer one before an inner one.
    pub markup: Vec<Markup>,
    /// Where parts of the text are set off from one another: bytes of the text, sorted. In a page, where one inline
    /// element ends and the next begins with nothing but white space between them; in plain text, the spaces that
    /// stand for a tab or for several spaces. Names, dates and posts are set off like that.
    pub seams: Vec<usize>,
    /// Whether most of its text stands in links; never in plain text.
    pub is_linked: bool,
    /// Line feeds between the block before and this one; 0 in a page, where they say nothing.
    pub breaks_before: usize,
    /// A language that differs from the page's.
    pub language: Option<Language>,
    /// A direction that the markup states.
    pub direction: Option<Direction>,
}

impl ArticleBlock {
    /// The range of the repaired text that the block and those in it came from; `None` where it holds no text.
    pub fn extent(&self) -> Option<Range<usize>> {
        let mut whole: Option<Range<usize>> = None;
        self.each_text(&mut |text| {
            if text.as_str().is_empty() {
                return;
            }
            let extent = text.extent();
            whole = Some(match whole.take() {
                Some(known) => known.start.min(extent.start)..known.end.max(extent.end),
                None => extent,
            });
        });
        whole
    }

    /// Calls `f` with every text of the block and of those in it, in order.
    pub fn each_text(&self, f: &mut dyn FnMut(&FoldedText)) {
        f(&self.text);
        let mut each = |blocks: &[Self]| blocks.iter().for_each(|block| block.each_text(f));
        match &self.kind {
            ArticleKind::Paragraph | ArticleKind::Heading(_) | ArticleKind::Verse => {}
            ArticleKind::Quote(blocks) | ArticleKind::Note { blocks, .. } => each(blocks),
            ArticleKind::List { items, .. } => items.iter().for_each(|blocks| each(blocks)),
            ArticleKind::Table { caption, rows } => {
                caption.iter().for_each(|caption| caption.each_text(f));
                rows.iter().flatten().for_each(|cell| f(&cell.text));
            }
            ArticleKind::Figure { alt, caption } => {
                f(alt);
                caption.iter().for_each(|block| block.each_text(f));
            }
        }
    }
}

/// The structure of a block.
#[derive(Debug, Default)]
pub enum ArticleKind {
    /// A paragraph or a line.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A block quotation.
    Quote(Vec<ArticleBlock>),
    /// A list.
    List {
        /// How its items are counted; `None` for bullets.
        numbering: Option<Numbering>,
        /// The items.
        items: Vec<Vec<ArticleBlock>>,
    },
    /// A table.
    Table {
        /// What stands above it: a paragraph.
        caption: Option<Box<ArticleBlock>>,
        /// The cells, row by row.
        rows: Vec<Vec<ArticleCell>>,
    },
    /// Verse: each line feed of the text ends a line.
    Verse,
    /// A figure.
    Figure {
        /// The text in place of the image; empty where there is none.
        alt: FoldedText,
        /// The caption.
        caption: Vec<ArticleBlock>,
    },
    /// A note.
    Note {
        /// The number by which [`MarkupKind::NoteReference`] refers to it.
        id: usize,
        /// The text.
        blocks: Vec<ArticleBlock>,
    },
}

/// A table cell.
#[derive(Debug)]
pub struct ArticleCell {
    /// Heads its row or column.
    pub header: bool,
    /// Columns it spans, from 1.
    pub columns: usize,
    /// Rows it spans, from 1.
    pub rows: usize,
    /// Its text.
    pub text: FoldedText,
    /// As of a block.
    pub markup: Vec<Markup>,
}

/// What the markup says of a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markup {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// What it says.
    pub kind: MarkupKind,
}

/// Kinds of markup inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkupKind {
    /// `em`, `i`.
    Emphasis,
    /// `strong`, `b`.
    Strong,
    /// `q`.
    Quote,
    /// `a` with this address, absolute.
    Link(String),
    /// Text in another language.
    Foreign(Language),
    /// A ruby base with this reading.
    Ruby(String),
    /// `sub`.
    Sub,
    /// `sup`.
    Sup,
    /// A reference to a note; the range is empty.
    NoteReference {
        /// [`ArticleKind::Note`].
        id: usize,
        /// As printed.
        mark: String,
    },
}

/// What markup calls a block outside the article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// The title.
    Title,
    /// A line under the title.
    Subtitle,
    /// Who wrote it.
    Author,
    /// Where it was written.
    Place,
    /// When it appeared.
    Date,
    /// A label above the title.
    Kicker,
    /// Navigation, sharing, related articles, comments, forms.
    Furniture,
}

/// A value that a page states about itself, or its record beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Of what.
    pub field: Field,
    /// The value as stated, white space folded.
    pub value: String,
    /// Where it stands in the repaired text; a field of the record beside it stands elsewhere.
    pub place: Option<Range<usize>>,
    /// Where in the page it was stated.
    pub origin: CandidateOrigin,
    /// It is stated to be an organisation.
    pub body: bool,
}

/// Where a page states a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateOrigin {
    /// JSON-LD (schema.org).
    JsonLd,
    /// `citation_*`, `parsely-*`, `sailthru.*` and other `meta` names for articles.
    ArticleMeta,
    /// Open Graph (`og:`, `article:`).
    OpenGraph,
    /// Dublin Core (`DC.`, `dcterms.`).
    DublinCore,
    /// Microdata and RDFa (`itemprop`).
    Microdata,
    /// `rel=author`, `rel=canonical`.
    Link,
    /// `<time datetime>`.
    Time,
    /// The first field of a card for social networks (`twitter:label1`, `twitter:data1`): its label and its value with a
    /// colon between them.
    Card,
    /// Other `meta` names (`author`, `date`, `keywords`).
    Meta,
    /// `<title>`, `<html lang>`.
    Element,
    /// A field of the record that holds the text.
    Record,
}

/// Reads a repaired text: a page by its markup, anything else as plain text, where `&` and `<` mean themselves. What
/// the record says of it that holds it comes last among the candidates.
pub fn read(repaired: &Repaired, origin: &Origin) -> Article {
    let mut article = match origin.media_type.as_deref() {
        _ if origin.is_page(&repaired.text) => read_page(&repaired.text, origin),
        #[cfg(feature = "html")]
        Some("text/markdown") => markdown::read(&repaired.text),
        _ => plain::read(&repaired.text),
    };
    if let Some(member) = &origin.member {
        let address =
            origin.target_uri.as_deref().filter(|uri| uri.starts_with("http://") || uri.starts_with("https://"));
        article.candidates.extend(of_record(&member.fields, address));
    }
    article
}

/// A plain text to an article.
#[cfg(test)]
pub(crate) fn read_text(text: &str) -> Article {
    plain::read(text)
}

/// The fields of a record beside its text, and the address it was fetched from.
fn of_record<'a>(fields: &'a RecordFields, address: Option<&'a str>) -> impl Iterator<Item = Candidate> + 'a {
    let titles = fields.title.iter().map(|title| (Field::Title, title.as_str()));
    let dates = fields.date.iter().map(|date| (Field::Published, date.as_str()));
    let authors = fields.authors.iter().map(|author| (Field::Author, author.as_str()));
    let publishers = fields.publisher.iter().map(|publisher| (Field::Publisher, publisher.as_str()));
    let keywords = fields.keywords.iter().map(|keyword| (Field::Keywords, keyword.as_str()));
    let pages = fields.page.iter().map(|page| (Field::SourcePage, page.as_str()));
    let addresses = address.into_iter().map(|address| (Field::Url, address));
    titles.chain(dates).chain(authors).chain(publishers).chain(keywords).chain(pages).chain(addresses).filter_map(
        |(field, value)| {
            let value = stated_value(value)?;
            Some(Candidate { field, value, place: None, origin: CandidateOrigin::Record, body: false })
        },
    )
}

#[cfg(feature = "html")]
fn read_page(text: &str, origin: &Origin) -> Article {
    html::read(text, origin.target_uri.as_deref())
}

/// A build that reads no pages shows their markup, and says so.
#[cfg(not(feature = "html"))]
fn read_page(text: &str, _: &Origin) -> Article {
    let mut article = plain::read(text);
    article.diagnostics.push(Diagnostic::new(crate::diagnostic::M009, "this build reads pages as plain text"));
    article
}

/// Characters of a value that are worth keeping.
const LONGEST: usize = 2000;

/// A stated value with its white space folded and without characters that nobody sees; `None` where nothing is left, or
/// more than a value has.
fn stated_value(value: &str) -> Option<String> {
    let value: String = value.chars().filter(|c| !is_unseen(*c)).collect();
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let printable = value.chars().filter(|c| !c.is_control()).collect::<String>();
    (!printable.is_empty() && printable.chars().count() <= LONGEST).then_some(printable)
}
