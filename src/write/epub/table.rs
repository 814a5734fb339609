//! Tables: what heads what, and the groups of rows that follow from it (HTML §4.9, WCAG 2.1 technique H63).

use std::io;

use super::block::Tag;
use super::content::Content;
use super::inline::has_content;
use crate::characters::is_visible;
use crate::document::{Cell, Inline, inline_text};

/// Columns beyond which cells are set smaller.
const MANY: usize = 6;

impl Content<'_> {
    pub(super) fn write_table(&mut self, tag: Tag<'_>, caption: &[Inline], rows: &[Vec<Cell>]) -> io::Result<()> {
        if rows.is_empty() {
            return self.write_leaf("p", tag, caption);
        }
        let mut tag = tag;
        let columns = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
        if rows.iter().any(|row| columns(row) > MANY) {
            // A block has one class; what it is for yields to what it is.
            tag.retain(|attribute| attribute.0 != "class");
            tag.push(("class", "wide"));
        }
        self.xml.open_line("table", &tag)?;
        self.write_leaf("caption", Tag::new(), caption)?;
        let heads = head_rows(rows);
        let (head, body) = rows.split_at(heads);
        self.write_rows("thead", head)?;
        // A row that names what is below it begins a group of rows.
        let mut rest = body;
        while !rest.is_empty() {
            let end = rest.iter().skip(1).position(|row| names_group(row)).map_or(rest.len(), |at| at + 1);
            self.write_rows("tbody", &rest[..end])?;
            rest = &rest[end..];
        }
        self.xml.close_line()
    }

    fn write_rows(&mut self, group: &str, rows: &[Vec<Cell>]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        self.xml.open_line(group, &[])?;
        for row in rows {
            self.xml.open_line("tr", &[])?;
            // Without a group of its own a row of headers heads columns all the same.
            let heads_columns = group == "thead" || (row.len() > 1 && is_head(row));
            row.iter().try_for_each(|cell| self.write_cell(cell, scope(cell, row, heads_columns)))?;
            self.xml.close_line()?;
        }
        self.xml.close_line()
    }

    fn write_cell(&mut self, cell: &Cell, scope: &str) -> io::Result<()> {
        // HTML §4.9.11 ends spans at 1,000 columns and 65,534 rows.
        let columns = cell.columns.min(1000).to_string();
        let rows = cell.rows.min(65_534).to_string();
        let mut tag = Tag::new();
        if cell.columns > 1 {
            tag.push(("colspan", &columns));
        }
        if cell.rows > 1 {
            tag.push(("rowspan", &rows));
        }
        let header = is_header(cell);
        if header {
            tag.push(("scope", scope));
        }
        self.xml.line()?;
        self.write_leaf_here(if header { "th" } else { "td" }, tag, &cell.inlines)
    }
}

/// A header that says nothing names no column.
fn is_header(cell: &Cell) -> bool {
    cell.header && is_visible(&inline_text(&cell.inlines))
}

/// Whether a row holds headers and nothing else.
fn is_head(row: &[Cell]) -> bool {
    row.iter().any(is_header) && row.iter().all(|cell| is_header(cell) || !has_content(&cell.inlines))
}

/// Whether a row is one header over several columns.
fn names_group(row: &[Cell]) -> bool {
    matches!(row, [cell] if is_header(cell) && cell.columns > 1)
}

/// Rows at the beginning that head the columns. None where a cell reaches out of them: it would end with its group.
fn head_rows(rows: &[Vec<Cell>]) -> usize {
    // One header over all columns is a title at the top and begins a group below.
    let heads = rows.iter().enumerate().take_while(|(at, row)| is_head(row) && (*at == 0 || !names_group(row))).count();
    // Below the heads stands something that they head.
    let heads = if heads == rows.len() { heads.min(1) } else { heads };
    let reaches_out = |(at, row): (usize, &Vec<Cell>)| row.iter().any(|cell| at + cell.rows > heads);
    if heads < rows.len() && rows[..heads].iter().enumerate().any(reaches_out) { 0 } else { heads }
}

/// What a header heads, in a row whose headers head columns or in another.
fn scope(cell: &Cell, row: &[Cell], heads_columns: bool) -> &'static str {
    match (heads_columns, names_group(row)) {
        (false, true) => "rowgroup",
        (true, _) if cell.columns > 1 => "colgroup",
        (true, _) => "col",
        (false, false) if cell.rows > 1 => "rowgroup",
        (false, false) => "row",
    }
}
