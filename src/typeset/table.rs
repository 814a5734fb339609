//! Tables: columns as wide as their text asks, cells set ragged, three rules, rows that no page cuts, a head that is
//! shown again on every page.
//!
//! A table that does not fit the measure is set in small letters, then wider than the measure; one whose words do not fit
//! even so, or with a cell of more than 24 lines, is set cell under cell, and its structure stays that of a table. Cells
//! that stand so far apart that their grid would be all but empty are paragraphs.

mod columns;
mod grid;
mod places;

use super::galley::{Composer, Flow, Frame, Head, Strip, around, baseline};
use super::look::{BODY, CAPTION, CELL, GRID, Look, MEASURE};
use super::paragraph::{extent, set};
use super::spans::Paragraph;
use super::{ElementId, ElementKind, Length, Line, POINT, Rule};
use crate::document::{Cell, Inline, inline_text};
use columns::{Columns, Need};
use grid::{Placed, head_rows, place, scope};
use places::{Bands, Edges, Open};

const MOST_LINES: Length = 24;
const GAP: Length = 12 * POINT;

/// No word asks for more than this; longer ones are broken.
const WIDEST_WORD: Length = 90 * POINT;

/// Above the first line of a table and below its last one, to the rule.
const PADDING: Length = 4 * POINT;

/// Thickness of the outer rules and of the one below the head.
const HEAVY: Length = 8 * POINT / 10;
const LIGHT: Length = 4 * POINT / 10;

/// The height of a head that is still shown again.
const HIGHEST_HEAD: Length = 120 * POINT;

/// A cell whose text is known and whose width is not.
struct Waiting<'a> {
    placed: &'a Placed<'a>,
    frame: Frame,
    paragraph: Paragraph,
    look: Look,
    need: Need,
    /// Widths of the lines that the document breaks.
    lines: Vec<Length>,
}

impl Waiting<'_> {
    /// About how many lines it takes: ragged lines are nine tenths full.
    fn lines_in(&self, width: Length) -> Length {
        self.lines.iter().map(|line| line * 10 / 9 / width.max(1) + 1).sum()
    }

    /// Figures, which stand at the right.
    fn is_figure(&self) -> bool {
        let is_sign = |c| matches!(c, '.' | ',' | '%' | '+' | '-' | '−' | '–' | '$' | '€' | '£' | '¥' | ' ' | '\u{A0}');
        let text = self.paragraph.text.trim();
        text.contains(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || is_sign(c))
            && text.len() < 24
    }
}

impl Composer<'_> {
    pub(super) fn table(&mut self, caption: &[Inline], rows: &[Vec<Cell>], frame: Frame) {
        let placed = place(rows);
        let is_table = placed.is_some();
        if is_table {
            self.flush_label(&BODY, frame);
        }
        let first = self.strips.len();
        let kind = if is_table { ElementKind::Table } else { ElementKind::Division };
        let table = self.element(kind, frame.element);
        if !caption.is_empty() {
            let kind = if is_table { ElementKind::Caption } else { ElementKind::Paragraph };
            let frame = Frame { element: self.element(kind, table), ..frame };
            self.leaf(caption, &CAPTION, frame, Flow { before: 0, keep: is_table });
            if let Some(last) = self.strips.last_mut() {
                last.height += PADDING;
            }
        }
        let Some((grid, columns)) = placed else {
            self.scattered(rows, table, frame);
            return self.space(first, GRID / 2);
        };
        let mut waiting: Vec<Vec<Waiting<'_>>> = Vec::with_capacity(grid.len());
        for row in &grid {
            let element = self.element(ElementKind::Row, table);
            waiting.push(self.cells(row, Frame { element, ..frame }));
        }
        match Fitted::of(&mut waiting, columns, frame, self.widest) {
            Some(fitted) => {
                let heads = head_rows(&grid);
                let bands = Bands::new(&fitted, figure_columns(&waiting, heads, columns), frame);
                self.rows(waiting, heads, &bands);
            }
            None => {
                self.simplified("a wide or irregular table is set cell under cell");
                waiting.into_iter().for_each(|row| self.stacked(row));
            }
        }
        if let Some(last) = self.strips.last_mut() {
            last.height += GRID / 2;
        }
        self.space(first, GRID / 2);
    }

    /// The cells of a row with their text.
    fn cells<'g>(&mut self, row: &'g [Placed<'g>], frame: Frame) -> Vec<Waiting<'g>> {
        let scope = scope(row);
        let mut cells = Vec::with_capacity(row.len());
        for placed in row {
            let header = placed.is_header().then_some(scope);
            let kind = ElementKind::Cell { header, columns: placed.columns, rows: placed.rows };
            let frame = Frame { element: self.element(kind, frame.element), ..frame };
            let Some(cell) = placed.cell else { continue };
            let mut paragraph = Paragraph::default();
            self.push_inlines(&cell.inlines, around(frame), &mut paragraph);
            if paragraph.text.is_empty() {
                continue;
            }
            paragraph.document = self.document_start(paragraph.document_length());
            frame.direct(&mut paragraph, self.shaper.language(frame.language));
            let look = Look { bold: cell.header, ..CELL };
            let (word, lines) = extent(&paragraph, &look, &mut self.shaper);
            let need = Need { least: word.min(WIDEST_WORD), most: lines.iter().copied().max().unwrap_or(0) };
            cells.push(Waiting { placed, frame, paragraph, look, need, lines });
        }
        cells
    }

    /// Cells that make no grid: paragraphs, with space between rows.
    fn scattered(&mut self, rows: &[Vec<Cell>], division: ElementId, frame: Frame) {
        if rows.iter().any(|row| !row.is_empty()) {
            self.simplified("the cells of a table that is all but empty are set as paragraphs");
        }
        for row in rows {
            let mut before = GRID / 2;
            for cell in row.iter().filter(|cell| !inline_text(&cell.inlines).is_empty()) {
                let element = self.element(ElementKind::Paragraph, division);
                let look = Look { bold: cell.header, ..CELL };
                self.leaf(&cell.inlines, &look, Frame { element, ..frame }, Flow { before, keep: false });
                before = 0;
            }
        }
    }

    /// Cell under cell, with space between rows.
    fn stacked(&mut self, row: Vec<Waiting<'_>>) {
        for (i, cell) in row.into_iter().enumerate() {
            let Waiting { frame, paragraph, look, .. } = cell;
            let before = if i == 0 { GRID / 2 } else { 0 };
            self.set_paragraph(&paragraph, &look, frame, Flow { before, keep: false });
        }
    }

    fn rows(&mut self, waiting: Vec<Vec<Waiting<'_>>>, heads: usize, bands: &Bands) {
        let count = waiting.len();
        let (mut head, mut repeats, mut open) = (Head::default(), None, Open::default());
        for (number, row) in waiting.into_iter().enumerate() {
            let edges = Edges {
                is_first: number == 0,
                follows_head: heads > 0 && number == heads,
                ends_head: number + 1 == heads,
                is_last: number + 1 == count,
            };
            let strip = self.row(row, number, edges, bands, &mut open);
            // Rows stay with those that the text of a cell reaches into, the head with the first row.
            let keep = !edges.is_last && (number < heads || open.is_needed());
            let strip = Strip { keep, repeats, ..strip };
            if number < heads {
                head.add(&strip);
            }
            self.strips.push(strip);
            if edges.ends_head && head.height <= HIGHEST_HEAD {
                self.heads.push(std::mem::take(&mut head));
                repeats = Some(self.heads.len() - 1);
            }
        }
    }

    fn row(&mut self, row: Vec<Waiting<'_>>, number: usize, edges: Edges, bands: &Bands, open: &mut Open) -> Strip {
        let top = edges.top();
        let (mut lines, mut height) = (Vec::new(), 0);
        for cell in row {
            let (x, width) = bands.of(cell.placed);
            let set = self.cell_lines(&cell, width, bands.is_figure(cell.placed), (x, top));
            let needed = set.len() as Length * cell.look.leading;
            match cell.placed.rows {
                1 => height = height.max(needed),
                rows => open.add(number + rows - 1, needed),
            }
            lines.extend(set);
        }
        let height = height.max(open.close(number));
        let height = if lines.is_empty() && height == 0 { top } else { top + height + edges.bottom() };
        open.grow(height - top);
        let rule = |y, thickness| Rule { x: bands.left, y, width: bands.width, thickness };
        let mut rules = Vec::new();
        rules.extend(edges.is_first.then(|| rule(0, HEAVY)));
        rules.extend(edges.ends_head.then(|| rule(height - PADDING / 2, LIGHT)));
        rules.extend(edges.is_last.then(|| rule(height, HEAVY)));
        Strip { lines, rules, height, before: 0, keep: false, snap: false, repeats: None }
    }

    /// The lines of a cell whose left edge and top are known; `y` counts from the top of the row.
    fn cell_lines(&mut self, cell: &Waiting<'_>, width: Length, at_right: bool, at: (Length, Length)) -> Vec<Line> {
        let set = set(&cell.paragraph, &cell.look, width, self.text.len(), &mut self.shaper);
        self.text.push_str(&cell.paragraph.text);
        let leading = cell.look.leading;
        let lines = set.into_iter().enumerate().map(|(i, mut line)| {
            let free = if at_right { width - line.runs.iter().map(super::GlyphRun::width).sum::<Length>() } else { 0 };
            line.runs.iter_mut().for_each(|run| run.x += at.0 + free.max(0));
            let y = at.1 + i as Length * leading + baseline(leading);
            Line { y, runs: line.runs, text_start: line.text_start, justified: None }
        });
        lines.collect()
    }
}

/// The ways in which a table is tried: size and leading of its letters, distance of its columns, whether it may be wider
/// than the measure.
const WAYS: [(Length, Length, Length, bool); 3] = [
    (CELL.size, CELL.leading, GAP, false),
    (SMALLEST, 10 * POINT, GAP * 2 / 3, false),
    (SMALLEST, 10 * POINT, GAP / 2, true),
];

/// Columns in which the words of a table fit side by side.
struct Fitted {
    widths: Vec<Length>,
    gap: Length,
}

impl Fitted {
    /// The first way in which it fits, and its letters; `None` where it fits in none.
    fn of(waiting: &mut [Vec<Waiting<'_>>], count: usize, frame: Frame, widest: Length) -> Option<Self> {
        let (mut letters, mut found) = (CELL, None);
        for (size, leading, gap, wide) in WAYS {
            let measure = if wide && frame.measure == MEASURE { widest.max(MEASURE) } else { frame.measure };
            let mut columns = Columns::new(count, gap);
            // Columns that do not fit without their text are not measured with it.
            if !columns.fit(measure) {
                continue;
            }
            for spanning in [false, true] {
                for cell in waiting.iter().flatten().filter(|cell| (cell.placed.columns > 1) == spanning) {
                    let Need { least, most } = cell.need;
                    let need = Need { least: least * size / CELL.size, most: most * size / CELL.size };
                    columns.add(cell.placed.column, cell.placed.columns, need);
                }
            }
            if columns.fit(measure) {
                letters = Look { size, leading, ..CELL };
                found = Some(Self { widths: columns.widths(measure), gap });
                break;
            }
        }
        let fitted = found?;
        let is_long = |cell: &Waiting<'_>| {
            let Placed { column, columns, .. } = *cell.placed;
            cell.lines_in(fitted.widths[column..column + columns].iter().sum()) > MOST_LINES
        };
        if waiting.iter().flatten().any(is_long) {
            return None;
        }
        let Look { size, leading, .. } = letters;
        waiting.iter_mut().flatten().for_each(|cell| cell.look = Look { size, leading, ..cell.look });
        Some(fitted)
    }
}

/// The size of the letters in tables of many columns.
const SMALLEST: Length = 750;

/// Columns that have figures below their heads, and nothing else.
fn figure_columns(waiting: &[Vec<Waiting<'_>>], heads: usize, count: usize) -> Vec<bool> {
    let mut figures = vec![None; count];
    for cell in waiting.iter().skip(heads).flatten().filter(|cell| cell.placed.columns == 1) {
        let column = &mut figures[cell.placed.column];
        *column = Some(column.unwrap_or(true) && cell.is_figure());
    }
    figures.into_iter().map(|figure| figure.unwrap_or(false)).collect()
}
