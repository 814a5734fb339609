//! The grid of a table: which cell stands in which column, and what spans what.

use crate::document::Cell;
use crate::typeset::HeaderScope;

/// A cell at its place in the grid of columns.
pub(super) struct Placed<'a> {
    /// `None` where the table has none.
    pub cell: Option<&'a Cell>,
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
}

impl Placed<'_> {
    pub fn is_header(&self) -> bool {
        self.cell.is_some_and(|cell| cell.header)
    }
}

/// What the header cells of a row head: their columns where no cell of the row is data, else the row.
pub(super) fn scope(row: &[Placed<'_>]) -> HeaderScope {
    let all_head = row.iter().filter(|placed| placed.cell.is_some()).all(Placed::is_header);
    if all_head && !heads_group(row) { HeaderScope::Column } else { HeaderScope::Row }
}

/// Whether a row is one cell over all columns: it heads the rows below it.
fn heads_group(row: &[Placed<'_>]) -> bool {
    row.len() == 1 && row[0].columns > 1
}

/// How many rows at the top have header cells only, and are no part of a cell that goes on below them.
pub(super) fn head_rows(grid: &[Vec<Placed<'_>>]) -> usize {
    let heads = |row: &&Vec<Placed<'_>>| row.iter().any(Placed::is_header) && scope(row) == HeaderScope::Column;
    let count = grid.iter().take_while(heads).count();
    let ends_inside = |(i, row): (usize, &Vec<Placed<'_>>)| row.iter().all(|placed| i + placed.rows <= count);
    if count < grid.len() && grid.iter().take(count).enumerate().all(ends_inside) { count } else { 0 }
}

/// Puts the cells into a regular grid: every row has the same number of columns (ISO 14289-1 §7.5), short ones
/// are filled with empty cells. Returns the rows and the number of columns.
pub(super) fn place(rows: &[Vec<Cell>]) -> (Vec<Vec<Placed<'_>>>, usize) {
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
