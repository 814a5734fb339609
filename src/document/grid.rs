//! The grid of a table: which columns and rows its cells take (HTML Living Standard §4.9.12, Forming a table,
//! <https://html.spec.whatwg.org/multipage/tables.html#forming-a-table>). Its size is that of the cells, whatever they
//! claim: no slot is stored.
//!
//! Cells do not overlap here: one that would run into a cell from a row above ends before it.

use std::collections::BTreeMap;
use std::ops::Range;

/// Columns that a cell may span (HTML Living Standard §4.9.11).
pub const MOST_COLUMNS: usize = 1000;

/// Rows that a cell may span (HTML Living Standard §4.9.11).
pub const MOST_ROWS: usize = 65_534;

/// Columns of a table that are taken as they are claimed: no page of paper can set more, and 172 tables of data in 1,079
/// pages claim 14 at most.
const MOST_CLAIMED: usize = 100;

/// What a cell claims, or gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub columns: usize,
    pub rows: usize,
}

/// The slots that a cell takes, from the row that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
}

impl Slots {
    pub fn end(self) -> usize {
        self.column + self.columns
    }
}

/// Places cells row by row; no cell reaches below the last row.
pub fn place(rows: &[Vec<Span>]) -> Vec<Vec<Slots>> {
    let mut free = Free::default();
    let mut placed = Vec::with_capacity(rows.len());
    for (number, row) in rows.iter().enumerate() {
        free.begin(number);
        let mut column = 0;
        let mut slots = Vec::with_capacity(row.len());
        for span in row {
            let stretch = free.next(column);
            let columns = span.columns.clamp(1, MOST_COLUMNS).min(stretch.len());
            let cell = Slots { column: stretch.start, columns, rows: span.rows.clamp(1, rows.len() - number) };
            free.take(cell, number);
            column = cell.end();
            slots.push(cell);
        }
        placed.push(slots);
    }
    placed
}

/// How many columns the cells take.
pub fn width(placed: &[Vec<Slots>]) -> usize {
    placed.iter().flatten().map(|slots| slots.end()).max().unwrap_or(0)
}

/// The columns that cells span where a table claims more of them than `MOST_CLAIMED`: those in which a cell begins.
/// A column in which none begins is an error of the table (HTML Living Standard §4.9.12.1, last but one step). Pages
/// have one here and there (a head over one column too many), and it stays; hundreds are a claim that no cell makes good.
pub fn columns_with_cells(rows: &[Vec<Span>]) -> Option<Vec<Vec<usize>>> {
    let placed = place(rows);
    if width(&placed) <= MOST_CLAIMED {
        return None;
    }
    let mut begun: Vec<usize> = placed.iter().flatten().map(|slots| slots.column).collect();
    begun.sort_unstable();
    begun.dedup();
    let before = |column: usize| begun.partition_point(|start| *start < column);
    let columns = |slots: &Slots| before(slots.end()) - before(slots.column);
    Some(placed.iter().map(|row| row.iter().map(columns).collect()).collect())
}

/// The columns that no cell covers in the row that is met.
pub struct Free {
    /// Starts and ends of stretches, none of which touches another; the last one has no end.
    stretches: BTreeMap<usize, usize>,
    /// What cells cover, by the row that they end before.
    covered: BTreeMap<usize, Vec<Range<usize>>>,
}

impl Default for Free {
    fn default() -> Self {
        Self { stretches: BTreeMap::from([(0, usize::MAX)]), covered: BTreeMap::new() }
    }
}

impl Free {
    /// Begins a row: the cells that end before it cover nothing any more.
    pub fn begin(&mut self, row: usize) {
        while let Some(ended) = self.covered.first_entry().filter(|ended| *ended.key() <= row) {
            ended.remove().into_iter().for_each(|columns| self.give_back(columns));
        }
    }

    fn give_back(&mut self, columns: Range<usize>) {
        let Range { mut start, mut end } = columns;
        if let Some(behind) = self.stretches.remove(&end) {
            end = behind;
        }
        if let Some((before, _)) = self.stretches.range(..start).next_back().filter(|(_, end)| **end == start) {
            start = *before;
        }
        self.stretches.insert(start, end);
    }

    /// The first free columns from `column` on, to the next one that is covered.
    pub fn next(&self, column: usize) -> Range<usize> {
        let around = self.stretches.range(..=column).next_back().filter(|(_, end)| **end > column);
        match around.or_else(|| self.stretches.range(column..).next()) {
            Some((start, end)) => column.max(*start)..*end,
            // The last stretch has no end, so that there always is one.
            None => column..usize::MAX,
        }
    }

    /// Covers free columns from a row on. A cell of one row covers nothing: the next cell is sought behind it.
    pub fn take(&mut self, cell: Slots, row: usize) {
        let Some((&start, &end)) = self.stretches.range(..=cell.column).next_back().filter(|_| cell.rows > 1) else {
            return;
        };
        self.stretches.remove(&start);
        if start < cell.column {
            self.stretches.insert(start, cell.column);
        }
        if cell.end() < end {
            self.stretches.insert(cell.end(), end);
        }
        self.covered.entry(row + cell.rows).or_default().push(cell.column..cell.end());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rows of `columns` or `columns`x`rows`.
    fn spans(rows: &[&str]) -> Vec<Vec<Span>> {
        let span = |cell: &str| {
            let (columns, rows) = cell.split_once('x').unwrap_or((cell, "1"));
            Span { columns: columns.parse().unwrap(), rows: rows.parse().unwrap() }
        };
        rows.iter().map(|row| row.split_whitespace().map(span).collect()).collect()
    }

    /// First and last column of each cell, and its rows where it has several.
    fn places(rows: &[&str]) -> Vec<String> {
        let place = |slots: &Slots| {
            let rows = if slots.rows > 1 { format!("x{}", slots.rows) } else { String::new() };
            format!("{}-{}{rows}", slots.column, slots.end() - 1)
        };
        place_all(rows).iter().map(|row| row.iter().map(place).collect::<Vec<_>>().join(" ")).collect()
    }

    fn place_all(rows: &[&str]) -> Vec<Vec<Slots>> {
        place(&spans(rows))
    }

    #[test]
    fn cells_stand_beside_those_that_reach_down_from_above() {
        assert_eq!(places(&["1x2 1 1", "1 1"]), ["0-0x2 1-1 2-2", "1-1 2-2"]);
        assert_eq!(places(&["1 1x2 1", "1 1 1", "1 1"]), ["0-0 1-1x2 2-2", "0-0 2-2 3-3", "0-0 1-1"]);
        assert_eq!(places(&["2x3 1", "1x2", "1", "1 1 1"]), ["0-1x3 2-2", "2-2x2", "3-3", "0-0 1-1 2-2"]);
    }

    #[test]
    fn cells_end_before_what_they_would_cover_and_with_the_last_row() {
        assert_eq!(places(&["1 1x2", "9 1"]), ["0-0 1-1x2", "0-0 2-2"]);
        assert_eq!(places(&["1x65534", "1"]), ["0-0x2", "1-1"]);
        assert_eq!(places(&["0x0"]), ["0-0"]);
        assert_eq!(width(&place_all(&["99999999", "1"])), MOST_COLUMNS);
    }

    /// The spans that remain of rows.
    fn limited(rows: &[&str]) -> Option<Vec<Vec<usize>>> {
        columns_with_cells(&spans(rows))
    }

    #[test]
    fn many_columns_are_those_in_which_a_cell_begins() {
        assert_eq!(limited(&["100", "1 1 1"]), None);
        assert_eq!(limited(&["1000", "1 1 1"]), Some(vec![vec![3], vec![1, 1, 1]]));
        assert_eq!(limited(&["1 1000 1000", "1 1 1"]), Some(vec![vec![1, 2, 1], vec![1, 1, 1]]));
        assert_eq!(limited(&["1000x2 1", "1000"]), Some(vec![vec![1, 1], vec![1]]));
        let wide = vec!["1"; 300].join(" ");
        assert_eq!(limited(&[&wide, "300"]), Some(vec![vec![1; 300], vec![300]]));
    }

    #[test]
    fn cells_keep_their_order_where_columns_are_left_out() {
        let rows = ["1x3 1000 1x2", "1 500 1", "2 1000x2 3", "1 1"];
        let columns = limited(&rows).unwrap();
        let with = |span: &Span, columns: &usize| Span { columns: *columns, ..*span };
        let again: Vec<Vec<Span>> = spans(&rows)
            .iter()
            .zip(&columns)
            .map(|(row, to)| row.iter().zip(to).map(|(s, c)| with(s, c)).collect())
            .collect();
        let before = place(&spans(&rows));
        let mut begun: Vec<usize> = before.iter().flatten().map(|slots| slots.column).collect();
        begun.sort_unstable();
        begun.dedup();
        let after: Vec<usize> = place(&again).iter().flatten().map(|slots| begun[slots.column]).collect();
        assert_eq!(after, before.iter().flatten().map(|slots| slots.column).collect::<Vec<_>>());
    }

    /// The same with a list of columns and of the rows for which each is covered.
    fn place_slot_by_slot(rows: &[Vec<Span>]) -> Vec<Vec<Slots>> {
        let mut covered: Vec<usize> = Vec::new();
        let mut placed = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let mut column = 0;
            let mut slots = Vec::new();
            for span in row {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let free = covered.iter().skip(column).take_while(|rows| **rows == 0).count();
                let is_open = column + free >= covered.len();
                let columns = span.columns.clamp(1, if is_open { MOST_COLUMNS } else { free });
                let rows = span.rows.clamp(1, rows.len() - number);
                covered.resize(covered.len().max(column + columns), 0);
                covered[column..column + columns].fill(rows);
                slots.push(Slots { column, columns, rows });
                column += columns;
            }
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            placed.push(slots);
        }
        placed
    }

    proptest! {
        #[test]
        fn cells_take_the_slots_that_they_take_one_by_one(
            rows in prop::collection::vec(prop::collection::vec((0..6_usize, 0..6_usize), 0..6), 0..10)
        ) {
            let span = |(columns, rows)| Span { columns, rows };
            let rows: Vec<Vec<Span>> = rows.into_iter().map(|row| row.into_iter().map(span).collect()).collect();
            prop_assert_eq!(place(&rows), place_slot_by_slot(&rows));
        }
    }

    #[test]
    fn what_cells_claim_costs_nothing() {
        // Each of these would be a grid of milliards of slots.
        let across: Vec<Span> = vec![Span { columns: 1000, rows: 65_534 }; 20_000];
        let down: Vec<Vec<Span>> = vec![vec![Span { columns: 1000, rows: 65_534 }]; 20_000];
        assert_eq!(place(&[across, Vec::new()])[0].len(), 20_000);
        assert_eq!(width(&place(&down)), 20_000_000);
        let limited = columns_with_cells(&down).unwrap();
        assert!(limited.iter().flatten().all(|columns| *columns == 1));
    }
}
