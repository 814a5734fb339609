//! Tables: columns of equal width, cells set ragged, rows that no page cuts.
//!
//! A table that does not fit so (more than six columns, a cell that spans rows, a cell of more than twenty
//! lines) is set cell under cell; its structure stays that of a table. No rules are drawn.

use super::compose::{CELL, Composer, Frame, GRID, Place, Strip, around, baseline};
use super::inline::Paragraph;
use super::line::SetLine;
use super::paragraph::{Look, set};
use super::{ElementKind, Length, Line, POINT};
use crate::document::{Cell, inline_text};

const MOST_COLUMNS: usize = 6;
const MOST_LINES: Length = 20;
const GAP: Length = 9 * POINT;

/// A cell at its place in the grid of columns.
struct Placed<'a> {
    cell: Option<&'a Cell>,
    column: usize,
    columns: usize,
    rows: usize,
}

impl Composer<'_> {
    pub(super) fn table(&mut self, rows: &[Vec<Cell>], frame: Frame) {
        let (grid, columns) = place(rows);
        if columns == 0 {
            return;
        }
        let width = (frame.measure + GAP) / columns as Length - GAP;
        let is_stacked = columns > MOST_COLUMNS
            || grid.iter().flatten().any(|p| p.rows > 1)
            || rows.iter().flatten().any(|c| is_long(c, width));
        if is_stacked {
            self.simplified("a wide or irregular table is set cell under cell");
        }
        let table = self.element(ElementKind::Table, frame.element);
        let first = self.strips.len();
        for row in &grid {
            let element = self.element(ElementKind::Row, table);
            let frame = Frame { element, ..frame };
            if is_stacked { self.stacked_row(row, frame) } else { self.row(row, width, frame) }
        }
        self.space(first, GRID / 2);
    }

    fn stacked_row(&mut self, row: &[Placed<'_>], frame: Frame) {
        for placed in row {
            let element = self.cell_element(placed, frame);
            let Some(cell) = placed.cell else { continue };
            let look = Look { bold: cell.header, ..CELL };
            self.leaf(&cell.inlines, &look, Frame { element, ..frame }, Place::default());
        }
    }

    fn row(&mut self, row: &[Placed<'_>], width: Length, frame: Frame) {
        let mut lines = Vec::new();
        let mut height = 0;
        for placed in row {
            let element = self.cell_element(placed, frame);
            let Some(cell) = placed.cell else { continue };
            let measure = width * placed.columns as Length + GAP * (placed.columns as Length - 1);
            let from_start = (width + GAP) * placed.column as Length;
            let x = frame.left() + if frame.right_to_left { frame.measure - from_start - measure } else { from_start };
            let set = self.set_cell(cell, Frame { element, measure, ..frame });
            height = height.max(set.len() as Length * CELL.leading);
            for (i, mut line) in set.into_iter().enumerate() {
                line.runs.iter_mut().for_each(|run| run.x += x);
                let y = i as Length * CELL.leading + baseline(CELL.leading);
                lines.push(Line { y, runs: line.runs, text_start: line.text_start, justified: None });
            }
        }
        if !lines.is_empty() {
            self.strips.push(Strip { lines, height: height + 3 * POINT, before: 0, keep: false, snap: false });
        }
    }

    fn set_cell(&mut self, cell: &Cell, frame: Frame) -> Vec<SetLine> {
        let mut paragraph = Paragraph::default();
        self.push_inlines(&cell.inlines, around(frame), &mut paragraph);
        if paragraph.text.is_empty() {
            return Vec::new();
        }
        paragraph.document = self.document_start(paragraph.document_length());
        frame.direct(&mut paragraph, self.shaper.language(frame.language));
        let look = Look { bold: cell.header, ..CELL };
        let lines = set(&paragraph, &look, frame.measure, self.text.len(), &mut self.shaper);
        self.text.push_str(&paragraph.text);
        lines
    }

    fn cell_element(&mut self, placed: &Placed<'_>, frame: Frame) -> super::ElementId {
        let header = placed.cell.is_some_and(|c| c.header);
        self.element(ElementKind::Cell { header, columns: placed.columns, rows: placed.rows }, frame.element)
    }
}

/// Half an em a character is more than text takes.
fn is_long(cell: &Cell, width: Length) -> bool {
    let lines = |text: &str| text.chars().count() as Length * CELL.size * 500 / width + 1;
    inline_text(&cell.inlines).split('\n').map(lines).sum::<Length>() > MOST_LINES
}

/// Puts the cells into a regular grid: every row has the same number of columns (ISO 14289-1 §7.5), short ones
/// are filled with empty cells. Returns the rows and the number of columns.
fn place(rows: &[Vec<Cell>]) -> (Vec<Vec<Placed<'_>>>, usize) {
    let mut grid = Vec::with_capacity(rows.len());
    // For each column, the rows that a cell above still covers.
    let mut covered: Vec<usize> = Vec::new();
    let mut columns = 0;
    for (i, row) in rows.iter().enumerate() {
        let mut placed = Vec::new();
        let mut column = 0;
        for cell in row {
            while covered.get(column).is_some_and(|&n| n > 0) {
                column += 1;
            }
            let free = covered.iter().skip(column).take_while(|&&n| n == 0).count();
            let is_open = column + free >= covered.len();
            let span = if is_open { cell.columns.clamp(1, 100) } else { cell.columns.clamp(1, free.max(1)) };
            let rows_spanned = cell.rows.clamp(1, rows.len() - i);
            covered.resize(covered.len().max(column + span), 0);
            covered[column..column + span].fill(rows_spanned);
            placed.push(Placed { cell: Some(cell), column, columns: span, rows: rows_spanned });
            column += span;
        }
        columns = columns.max(covered.len());
        covered.iter_mut().for_each(|n| *n = n.saturating_sub(1));
        grid.push(placed);
    }
    fill(&mut grid, columns);
    (grid, columns)
}

/// Adds an empty cell wherever no cell stands.
fn fill(grid: &mut [Vec<Placed<'_>>], columns: usize) {
    let mut covered = vec![0usize; columns];
    for row in grid {
        for placed in row.iter() {
            covered[placed.column..placed.column + placed.columns].fill(placed.rows);
        }
        for (column, rows) in covered.iter_mut().enumerate() {
            if *rows == 0 {
                row.push(Placed { cell: None, column, columns: 1, rows: 1 });
            }
            *rows = rows.saturating_sub(1);
        }
        row.sort_by_key(|p| p.column);
    }
}
