//! Document to pages of lines: what stands where, in which glyphs, and what it is for. Pure; knows no PDF.
//!
//! [`paginate`] composes the blocks into galley strips (`compose`), breaks paragraphs by total fit,
//! and fills pages. Everything is counted in integers ([`Length`]), so that equal documents give equal pages
//! on every machine.
//!
//! What it does not do: hyphenate, protrude punctuation, set text from right to left, or draw anything but text.

mod atom;
mod compose;
mod fit;
mod font;
mod inline;
mod linebreak;
mod page;
mod paragraph;
mod shape;
mod table;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Language};
use crate::plan::Plan;

pub use font::{FaceId, warm};
pub use page::{PAGE_HEIGHT, PAGE_WIDTH};

/// A distance in 1/100 000 pt: a glyph's advance in 1/1000 em times the font size in 1/100 pt, so that natural
/// widths are exact.
pub type Length = i64;

/// One point (1/72 inch).
pub const POINT: Length = 100_000;

/// The pages of one document.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// In order; never empty.
    pub pages: Vec<Page>,
    /// What the text is for: a tree in document order, parents before children; the first one is the root.
    pub elements: Vec<Element>,
    /// All text that is shown in the order of the page, generated text included; [`Glyph::text`] points here.
    pub text: String,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Where its text begins: a byte offset into [`Document::text`]. 0 for the first page; the text's length
    /// for a page that shows generated text only.
    pub text_start: usize,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
    /// The page number; belongs to the page, not to the document.
    pub footer: Line,
}

/// Glyphs on one baseline.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The baseline's distance from the top of the page, in [`Length`].
    pub y: Length,
    /// In reading order.
    pub runs: Vec<Run>,
    /// Where its text begins in [`Document::text`]; `None` for generated text.
    pub text_start: Option<usize>,
}

/// Glyphs of one face, size and element.
#[derive(Clone, Debug)]
pub struct Run {
    /// Distance of the first glyph's origin from the left edge of the page.
    pub x: Length,
    /// How far the run is raised above the line's baseline.
    pub rise: Length,
    /// The face.
    pub face: FaceId,
    /// The size in 1/100 pt.
    pub size: Length,
    /// What the text is for.
    pub element: ElementId,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

impl Run {
    /// The width of all glyphs.
    pub fn width(&self) -> Length {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

/// One glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// What it stands for.
    pub role: GlyphRole,
    /// Distance to the next glyph's origin, after kerning and justification.
    pub advance: Length,
    /// How far it is moved from its origin, to the right and upwards.
    pub offset: (Length, Length),
    /// The bytes of [`Layout::text`] it shows; glyphs with equal ranges show them together.
    pub text: Range<usize>,
}

/// Whether a glyph is that of its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlyphRole {
    /// The face's own glyph for the text.
    Own,
    /// A glyph in place of one that no face has, or of a private-use character.
    Substitute,
    /// A space at the end of a line that the document breaks here.
    LineEnd,
}

/// An index into [`Layout::elements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElementId(pub usize);

/// What a stretch of text is for.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its kind.
    pub kind: ElementKind,
    /// The element that holds it; `None` for the root.
    pub parent: Option<ElementId>,
    /// Its language where it differs from its parent's.
    pub language: Option<Language>,
    /// The text in it is ours, not the document's.
    pub generated: bool,
}

/// Kinds of elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// The root.
    Document,
    /// The article.
    Article,
    /// A group of blocks.
    Division,
    /// A heading; 1 is the title, and no level is skipped.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A block quotation.
    BlockQuote,
    /// A list.
    List(Numbering),
    /// An item of a list.
    ListItem,
    /// The label of a list item or note.
    Label,
    /// The text of a list item.
    ItemBody,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell.
    Cell {
        /// Heads its row or column.
        header: bool,
        /// Columns it spans.
        columns: usize,
        /// Rows it spans.
        rows: usize,
    },
    /// The caption of a figure.
    Caption,
    /// A note with the number that identifies it.
    Note(usize),
    /// The mark that refers to a note.
    Reference,
    /// A link to an address.
    Link(String),
    /// A quotation inside a paragraph.
    Quote,
    /// A stretch of text in another language, or generated.
    Span,
}

/// How the items of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// 1, 2, 3.
    Decimal,
    /// Bullets.
    Disc,
    /// Labels of their own.
    None,
}

/// Lays the document out.
pub fn paginate(document: &Document, _plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> Layout {
    let galley = compose::compose(document, diagnostics);
    page::fill(galley)
}
