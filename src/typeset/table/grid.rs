//! The grid of a table: which cell stands in which column, and what spans what.

use crate::document::Cell;
use crate::document::grid::{self, Free, Slots, Span};
use crate::typeset::HeaderScope;

/// Empty cells that may stand in a grid for each cell of the document. Up to 64 cells that claim no columns of their own
/// never ask for more, and 172 tables of data in 1,079 pages asked for none.
const EMPTIEST: usize = 16;

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
/// are filled with empty cells. Returns the rows and the number of columns; `None` where there is no cell, and where the
/// grid would be all but empty.
pub(super) fn place(rows: &[Vec<Cell>]) -> Option<(Vec<Vec<Placed<'_>>>, usize)> {
    let span = |cell: &Cell| Span { columns: cell.columns, rows: cell.rows };
    let spans: Vec<Vec<Span>> = rows.iter().map(|row| row.iter().map(span).collect()).collect();
    let slots = grid::place(&spans);
    let columns = grid::width(&slots);
    // Where single empty cells are too many, one takes all columns to the next cell.
    let grid = [1, columns].into_iter().find_map(|widest| fill(rows, &slots, columns, widest));
    grid.filter(|_| columns > 0).map(|grid| (grid, columns))
}

/// The cells with empty ones, of at most `widest` columns, wherever no cell stands; `None` where these are too many.
fn fill<'a>(
    rows: &'a [Vec<Cell>],
    slots: &[Vec<Slots>],
    columns: usize,
    widest: usize,
) -> Option<Vec<Vec<Placed<'a>>>> {
    let mut room = EMPTIEST * rows.iter().map(Vec::len).sum::<usize>();
    let mut free = Free::default();
    let mut grid = Vec::with_capacity(rows.len());
    for (number, (row, slots)) in rows.iter().zip(slots).enumerate() {
        free.begin(number);
        let mut placed = Vec::with_capacity(row.len());
        let mut cells = row.iter().zip(slots).peekable();
        let mut column = 0;
        loop {
            let stretch = free.next(column);
            column = stretch.start;
            if column >= columns {
                break;
            }
            let next = cells.next_if(|(_, slots)| slots.column < stretch.end);
            let end = next.map_or(stretch.end.min(columns), |(_, slots)| slots.column);
            while column < end {
                room = room.checked_sub(1)?;
                let columns = widest.min(end - column);
                placed.push(Placed { cell: None, column, columns, rows: 1 });
                column += columns;
            }
            if let Some((cell, slots)) = next {
                placed.push(Placed { cell: Some(cell), column, columns: slots.columns, rows: slots.rows });
                column = slots.end();
            }
        }
        slots.iter().for_each(|cell| free.take(*cell, number));
        grid.push(placed);
    }
    Some(grid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(columns: usize, rows: usize) -> Cell {
        Cell { header: false, columns, rows, inlines: Vec::new() }
    }

    /// The rows of a grid: cells by their columns, empty ones in brackets.
    fn grid(rows: &[Vec<Cell>]) -> Option<Vec<String>> {
        let show = |placed: &Placed<'_>| {
            let columns = format!("{}-{}", placed.column, placed.column + placed.columns - 1);
            if placed.cell.is_some() { columns } else { format!("({columns})") }
        };
        let (grid, _) = place(rows)?;
        Some(grid.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" ")).collect())
    }

    fn ones(count: usize) -> Vec<Cell> {
        vec![cell(1, 1); count]
    }

    #[test]
    fn rows_have_the_same_number_of_columns() {
        let rows = [vec![cell(1, 2), cell(1, 1), cell(1, 3)], ones(2), Vec::new(), vec![cell(9, 1)]];
        let grid = grid(&rows).unwrap();
        assert_eq!(
            grid[..2],
            ["0-0 1-1 2-2 (3-3) (4-4) (5-5) (6-6) (7-7) (8-8)", "1-1 3-3 (4-4) (5-5) (6-6) (7-7) (8-8)"]
        );
        assert_eq!(grid[2..], ["(0-0) (1-1) (3-3) (4-4) (5-5) (6-6) (7-7) (8-8)", "0-8"]);
        assert!(place(&[]).is_none() && place(&[Vec::new()]).is_none());
    }

    #[test]
    fn a_grid_is_as_big_as_its_cells() {
        // One wide row and many short ones: one empty cell at the end of each.
        let mut rows = vec![ones(2000)];
        rows.resize_with(2001, || ones(1));
        let (wide, columns) = place(&rows).unwrap();
        assert_eq!((columns, wide.iter().map(Vec::len).sum::<usize>()), (2000, 2000 + 2 * 2000));
        assert_eq!(grid(&rows).unwrap()[1], "0-0 (1-1999)");
        // Every second cell reaches to the end: each row would have a thousand gaps.
        rows[0] = (0..2000).map(|at| cell(1, if at % 2 == 0 { 1 } else { 2001 })).collect();
        assert!(place(&rows).is_none());
        let rows: Vec<_> = (0..200).map(|_| vec![cell(1000, 65_534)]).collect();
        assert_eq!(place(&rows).unwrap().1, 200_000);
    }
}
