//! Document to pages of lines: what stands where, in which glyphs, and what it is for. Pure; knows no PDF.
//!
//! [`paginate`] composes the blocks into galley strips (`compose`), breaks paragraphs by total fit,
//! and fills pages. Everything is counted in integers ([`Length`]), so that equal documents give equal pages
//! on every machine.
//!
//! What it does not do: place anything but text and the rules of tables.

mod atom;
mod bidi;
mod characters;
mod compose;
mod fit;
mod galley;
mod hyphenate;
mod inline;
mod labelled;
mod line;
mod linebreak;
mod look;
mod margin;
mod page;
mod paragraph;
mod shape;
mod spans;
mod table;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Language, NumberStyle, Numbering};
use crate::plan::{LayoutOptions, Paper};
use shape::Shaper;

#[doc(hidden)]
pub use characters::is_private;

#[doc(hidden)]
pub use crate::font::warm;
pub use crate::font::{AddedFace, FaceId};

/// A distance in 1/100 000 pt: a glyph's advance in 1/1000 em times the font size in 1/100 pt, so that natural
/// widths are exact.
pub type Length = i64;

/// What the outline of bold letters adds to their strokes, in 1/1000 em.
#[doc(hidden)]
pub const HEAVY: Length = 30;

/// One point (1/72 inch).
pub const POINT: Length = 100_000;

/// The pages of one document.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Width of the pages.
    pub width: Length,
    /// Height of the pages.
    pub height: Length,
    /// In order; never empty.
    pub pages: Vec<Page>,
    /// What the text is for: a tree in document order, parents before children; the first one is the root.
    pub elements: Vec<Element>,
    /// All text that is shown in the order of the page, generated text included; [`Glyph::text`] points here.
    pub text: String,
    /// What could not be shown as it is.
    pub diagnostics: Vec<Diagnostic>,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Where its text begins: a byte offset into [`Document::text`]. 0 for the first page; the text's length
    /// for a page that shows generated text only.
    pub text_start: usize,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
    /// Lines that stand on a page before and are shown again: the heads of tables that go on.
    pub repeated: Vec<Line>,
    /// Rules of tables.
    pub rules: Vec<Rule>,
    /// The page number; belongs to the page, not to the document.
    pub footer: Line,
}

/// Glyphs on one baseline.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The baseline's distance from the top of the page, in [`Length`].
    pub y: Length,
    /// In reading order.
    pub runs: Vec<GlyphRun>,
    /// Where its text begins in [`Document::text`]; `None` for generated text.
    pub text_start: Option<usize>,
    /// How it was brought to the measure; `None` for lines that are not full.
    pub justified: Option<Justified>,
}

impl Line {
    /// Whether it ends with a hyphen that its end made.
    pub fn is_hyphenated(&self) -> bool {
        let last = self.runs.last().and_then(|run| run.glyphs.last());
        last.is_some_and(|glyph| glyph.role == GlyphRole::Hyphen)
    }
}

/// A horizontal rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Distance of its left end from the left edge of the page.
    pub x: Length,
    /// Distance of its middle from the top of the page.
    pub y: Length,
    /// Its length.
    pub width: Length,
    /// Its thickness.
    pub thickness: Length,
}

/// How a line was brought to the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Justified {
    /// Its width with the spaces that the faces have.
    pub natural: Length,
    /// The measure less its natural width.
    pub excess: Length,
    /// By how much its spaces may grow at badness 100: in Latin by half of their width.
    pub stretch: Length,
    /// By how much they may shrink.
    pub shrink: Length,
    /// 100 times the cube of excess over stretch or shrink.
    pub badness: i64,
    /// What was added to each letter, in 1/1000 em; it is part of the natural width.
    pub tracking: Length,
}

/// Glyphs of one face, size and element.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// Distance of the left edge of its first glyph, of the last one where it runs from right to left, from the left
    /// edge of the page.
    pub x: Length,
    /// Each glyph stands to the left of the one before it.
    pub right_to_left: bool,
    /// How far the run is raised above the line's baseline.
    pub rise: Length,
    /// The face.
    pub face: FaceId,
    /// The size in 1/100 pt.
    pub size: Length,
    /// Bold by an outline of [`HEAVY`]: the face has no bold one beside it.
    pub heavy: bool,
    /// What the text is for.
    pub element: ElementId,
    /// The glyphs in the order of the text.
    pub glyphs: Vec<Glyph>,
}

impl GlyphRun {
    /// The width of all glyphs.
    pub fn width(&self) -> Length {
        self.glyphs.iter().map(|g| g.advance).sum()
    }

    /// The glyphs with the distances of their origins from the left edge of the page.
    pub fn placed(&self) -> impl Iterator<Item = (&Glyph, Length)> {
        let mut pen = if self.right_to_left { self.x + self.width() } else { self.x };
        self.glyphs.iter().map(move |glyph| {
            let left = if self.right_to_left { pen - glyph.advance } else { pen };
            pen = if self.right_to_left { left } else { pen + glyph.advance };
            (glyph, left + glyph.offset.0)
        })
    }
}

/// One glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// What it stands for.
    pub role: GlyphRole,
    /// Distance to the next glyph, after kerning and justification.
    pub advance: Length,
    /// How far it is moved from its origin, to the right and upwards.
    pub offset: (Length, Length),
    /// The bytes of [`Layout::text`] it shows; glyphs with equal ranges show them together.
    pub text: Range<usize>,
}

/// Whether a glyph is that of its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GlyphRole {
    /// The face's own glyph for the text.
    Own,
    /// A glyph in place of one that no face has, or of a private-use character.
    Substitute,
    /// A space at the end of a line that the document breaks here.
    LineEnd,
    /// A hyphen at the end of a line that breaks a word; stands for U+00AD.
    Hyphen,
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
#[non_exhaustive]
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
    List(Labels),
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
        /// What it heads, if anything.
        header: Option<HeaderScope>,
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

/// What a header cell heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderScope {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

/// What stands before the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Numbers.
    Numbers(NumberStyle),
    /// Bullets.
    Disc,
    /// Labels of their own.
    None,
}

impl Labels {
    fn of(numbering: &Numbering) -> Self {
        Self::Numbers(numbering.style)
    }
}

/// Lays the document out.
///
/// Everything is set in one size, on paper that is larger or smaller by the size asked for, and the pages are then
/// scaled to the paper: the measure in letters and the proportions of the page are the same in every size.
pub fn paginate(document: &Document, options: &LayoutOptions) -> Layout {
    let (width, height) = paper(options.paper);
    let (size, usual) = (Length::from(options.size), Length::from(LayoutOptions::SIZE));
    let mut diagnostics = Vec::new();
    let widest = width * usual / size - 2 * EDGE;
    let mut galley = compose::compose(document, Shaper::take(options.fonts), widest, &mut diagnostics);
    let mut layout = page::fill(&mut galley, width * usual / size, height * usual / size);
    galley.shaper.keep();
    layout.diagnostics = diagnostics;
    if size != usual {
        layout.scale(size, usual);
        (layout.width, layout.height) = (width, height);
    }
    layout
}

/// What stays free at the edges of the paper beside the widest table.
const EDGE: Length = 36 * POINT;

/// Width and height of a paper.
fn paper(paper: Paper) -> (Length, Length) {
    match paper {
        Paper::A4 => (59_527_600, 84_189_000),
        Paper::Letter => (61_200_000, 79_200_000),
    }
}

impl Layout {
    fn scale(&mut self, by: Length, of: Length) {
        for page in &mut self.pages {
            for rule in &mut page.rules {
                for length in [&mut rule.x, &mut rule.y, &mut rule.width, &mut rule.thickness] {
                    *length = *length * by / of;
                }
            }
            for line in page.lines.iter_mut().chain(&mut page.repeated).chain([&mut page.footer]) {
                line.y = line.y * by / of;
                for run in &mut line.runs {
                    run.x = run.x * by / of;
                    run.rise = run.rise * by / of;
                    run.size = run.size * by / of;
                    for glyph in &mut run.glyphs {
                        glyph.advance = glyph.advance * by / of;
                        glyph.offset = (glyph.offset.0 * by / of, glyph.offset.1 * by / of);
                    }
                }
            }
        }
    }
}
