//! How blocks of text are set: sizes, leading, weight, slant and edges, and the looks of everything on a page.

use super::{Length, POINT};

/// The distance of baselines of the body; every block begins on a multiple of it.
pub(super) const GRID: Length = 15 * POINT;

/// 29 ideographs or about 66 Latin characters of the body's size.
pub(super) const MEASURE: Length = 29 * 1034 * 1000;

/// How a block of text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Font size in 1/100 pt.
    pub size: Length,
    /// Distance of baselines.
    pub leading: Length,
    /// The whole block in bold.
    pub bold: bool,
    /// The whole block in italics.
    pub italic: bool,
    /// Both edges straight.
    pub justified: bool,
    /// Indent of the first line, in 1/1000 em.
    pub first_indent: Length,
    /// Indent of the lines that go on with one that the document ends, in 1/1000 em.
    pub turnover: Length,
    /// Ragged lines of about the same length: for titles.
    pub balanced: bool,
}

/// The body.
pub(super) const BODY: Look = Look {
    size: 1100,
    leading: GRID,
    bold: false,
    italic: false,
    justified: true,
    first_indent: 0,
    turnover: 0,
    balanced: false,
};
/// Lines of their own length.
pub(super) const RAGGED: Look = Look { justified: false, ..BODY };
/// Lines of about the same length.
pub(super) const HEADLINE: Look = Look { balanced: true, ..RAGGED };
/// The title.
pub(super) const TITLE: Look = Look { size: 2200, leading: 27 * POINT, ..HEADLINE };
/// The subtitle.
pub(super) const SUBTITLE: Look = Look { size: 1350, leading: 18 * POINT, italic: true, ..HEADLINE };
/// The byline.
pub(super) const BYLINE: Look = RAGGED;
/// The dateline.
pub(super) const DATELINE: Look = Look { italic: true, ..RAGGED };
/// Headings of sections.
pub(super) const SECTION: Look = Look { size: 1200, bold: true, ..HEADLINE };
/// Headings inside sections.
pub(super) const SUBSECTION: Look = Look { italic: true, ..HEADLINE };
/// Notes, captions, and what stands behind the body.
pub(super) const SMALL: Look = Look { size: 950, leading: 13 * POINT, ..BODY };
/// Labelled lines of ours.
pub(super) const STATEMENT: Look = Look { size: 850, leading: 12 * POINT, ..RAGGED };
/// Table cells.
pub(super) const CELL: Look = Look { size: 950, leading: 12 * POINT, ..RAGGED };
/// What stands above a table.
pub(super) const CAPTION: Look = Look { italic: true, justified: false, ..SMALL };
/// The number of a page.
pub(super) const FOOTER: Look = Look { size: 950, ..RAGGED };

/// CJK characters are set at 94 % of the size: their faces fill the em square, and 29 of them then fill the
/// measure of the body exactly.
pub(super) fn cjk_size(size: Length) -> Length {
    size * 94 / 100
}
