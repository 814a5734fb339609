//! Tables of data, and tables that pages were once laid out with.

use dom_query::NodeRef;

use crate::document::grid::{self, MOST_COLUMNS, MOST_ROWS, Span};
use crate::read::{ArticleBlock, ArticleCell, FoldedText, Markup};

/// Characters of a cell that holds data.
const LONGEST_CELL: usize = 300;

/// Characters of a cell in a table that says that it holds data; beyond them the article stands in it.
const LONGEST_TEXT: usize = 2000;

/// Whether a table holds data: it has a caption, a head or cells that head something, or it has rows and columns of
/// short cells. A table that holds another one, headings, lists or long text, and says nothing, is layout.
pub(super) fn is_data(table: &NodeRef<'_>) -> bool {
    let presentation = table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none"));
    let own = groups(table).concat();
    let has_headers = own.iter().flat_map(cells).any(|cell| cell.has_name("th"));
    let says_so = has_headers || table.children().iter().any(|n| n.has_name("caption") || n.has_name("thead"));
    let (mut count, mut long) = (0, false);
    for node in table.descendants_it() {
        match node.node_name().as_deref() {
            Some("form" | "iframe") => return false,
            Some("table" | "h1" | "h2" | "h3") if !says_so => return false,
            Some("td") => {
                count += 1;
                // What a cell of a table inside it holds, the cell holds too.
                let mut around = node.ancestors_it(None).take_while(|around| around.id != table.id);
                if around.any(|around| around.has_name("td")) {
                    continue;
                }
                let characters = node.normalized_char_count();
                if characters > LONGEST_TEXT {
                    return false;
                }
                long |= characters > LONGEST_CELL;
            }
            _ => {}
        }
    }
    !presentation && (says_so || (!long && own.len() >= 2 && count >= own.len() * 2))
}

/// The rows of a table in their order and by their groups, without those of tables in it.
pub(super) fn groups<'a>(table: &NodeRef<'a>) -> Vec<Vec<NodeRef<'a>>> {
    let is_row = |node: &NodeRef<'a>| node.has_name("tr");
    let mut groups = vec![Vec::new()];
    for child in table.children() {
        match child.node_name().as_deref() {
            Some("tr") => groups.last_mut().into_iter().for_each(|rows| rows.push(child)),
            Some("thead" | "tbody" | "tfoot") => {
                groups.push(child.children().into_iter().filter(is_row).collect());
                groups.push(Vec::new());
            }
            _ => {}
        }
    }
    groups
}

pub(super) fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.children().into_iter().filter(|n| n.has_name("td") || n.has_name("th")).collect()
}

pub(super) fn caption<'a>(table: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    table.children().into_iter().find(|n| n.has_name("caption"))
}

/// Columns or rows that a cell claims.
fn claim(cell: &NodeRef<'_>, name: &str) -> usize {
    cell.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1)
}

/// Ends the cells of a row group with the group, and leaves out rows without cells: these are errors of the table (HTML
/// Living Standard §4.9.12.1), and what spans them spans nothing that is there.
pub(super) fn end_group(rows: &mut Vec<Vec<ArticleCell>>) {
    let mut with_cells = Vec::with_capacity(rows.len() + 1);
    with_cells.push(0);
    for row in rows.iter() {
        with_cells.push(with_cells[with_cells.len() - 1] + usize::from(!row.is_empty()));
    }
    for (number, row) in rows.iter_mut().enumerate() {
        for cell in row {
            let end = number.saturating_add(cell.rows).min(with_cells.len() - 1);
            cell.rows = with_cells[end] - with_cells[number];
        }
    }
    rows.retain(|row| !row.is_empty());
}

/// Takes back what cells claim beyond the columns that the table has.
pub(super) fn limit_columns(rows: &mut [Vec<ArticleCell>]) {
    let span = |cell: &ArticleCell| Span { columns: cell.columns, rows: cell.rows };
    let spans: Vec<Vec<Span>> = rows.iter().map(|row| row.iter().map(span).collect()).collect();
    let limited = grid::columns_with_cells(&spans).into_iter().flatten().flatten();
    rows.iter_mut().flatten().zip(limited).for_each(|(cell, columns)| cell.columns = columns);
}

/// A cell; its blocks are lines of it.
pub(super) fn cell(node: &NodeRef<'_>, blocks: impl Iterator<Item = ArticleBlock>) -> ArticleCell {
    let ArticleBlock { text, markup, .. } = lines(blocks);
    ArticleCell {
        header: node.has_name("th"),
        columns: claim(node, "colspan").clamp(1, MOST_COLUMNS),
        // No rows are all that are left of the group (§4.9.11).
        rows: Some(claim(node, "rowspan")).filter(|rows| *rows > 0).unwrap_or(MOST_ROWS).min(MOST_ROWS),
        text,
        markup,
    }
}

/// Blocks as lines of one paragraph.
pub(super) fn lines(blocks: impl Iterator<Item = ArticleBlock>) -> ArticleBlock {
    let mut joined = ArticleBlock::default();
    blocks.for_each(|block| append(block, &mut joined.text, &mut joined.markup));
    joined
}

/// Appends the text of a block and those in it.
fn append(block: ArticleBlock, text: &mut FoldedText, markup: &mut Vec<Markup>) {
    use crate::read::ArticleKind as Kind;
    match block.kind {
        Kind::Paragraph | Kind::Heading(_) | Kind::Verse => append_line(&block.text, block.markup, text, markup),
        Kind::Quote(blocks) | Kind::Note { blocks, .. } => blocks.into_iter().for_each(|b| append(b, text, markup)),
        Kind::List { items, .. } => items.into_iter().flatten().for_each(|b| append(b, text, markup)),
        Kind::Table { caption, rows } => {
            caption.into_iter().for_each(|caption| append(*caption, text, markup));
            rows.into_iter().flatten().for_each(|cell| append_line(&cell.text, cell.markup, text, markup));
        }
        Kind::Figure { alt, caption } => {
            append_line(&alt, Vec::new(), text, markup);
            caption.into_iter().for_each(|b| append(b, text, markup));
        }
    }
}

fn append_line(line: &FoldedText, marks: Vec<Markup>, text: &mut FoldedText, markup: &mut Vec<Markup>) {
    let at = text.append_line(line);
    let shift = |m: Markup| Markup { range: m.range.start + at..m.range.end + at, kind: m.kind };
    markup.extend(marks.into_iter().map(shift));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ArticleKind;

    /// Columns and rows of the cells of a table, row by row.
    fn spans(rows: &str) -> Vec<String> {
        let article = super::super::read(&format!("<table><caption>c</caption>{rows}</table>"), None);
        let [ArticleBlock { kind: ArticleKind::Table { rows, .. }, .. }] = &*article.blocks else {
            panic!("{:?}", article.blocks)
        };
        let row = |row: &Vec<ArticleCell>| {
            row.iter().map(|cell| format!("{}x{}", cell.columns, cell.rows)).collect::<Vec<_>>().join(" ")
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn cells_end_with_their_row_group() {
        assert_eq!(spans("<tr><td rowspan=9>a<td>b<tr><td>c"), ["1x2 1x1", "1x1"]);
        assert_eq!(spans("<tr><td rowspan=0>a<td>b<tr><td>c"), ["1x2 1x1", "1x1"]);
        let groups = "<thead><tr><th rowspan=2>a<tbody><tr><td rowspan=65534>b<tr><td>c<tbody><tr><td>d";
        assert_eq!(spans(groups), ["1x1", "1x2", "1x1", "1x1"]);
    }

    #[test]
    fn rows_without_cells_are_no_rows_to_span() {
        assert_eq!(spans("<tr><td rowspan=2>a<td rowspan=2>b<tr><tr><td>c<td>d"), ["1x1 1x1", "1x1 1x1"]);
        assert_eq!(spans("<tr><td rowspan=3>a<td>b<tr><tr><td>c"), ["1x2 1x1", "1x1"]);
    }

    #[test]
    fn a_table_is_as_wide_as_its_cells_whatever_they_claim() {
        // One column too many is what pages claim.
        assert_eq!(spans("<tr><th colspan=3>a<tr><td>b<td>c"), ["3x1", "1x1 1x1"]);
        assert_eq!(spans("<tr><th colspan=100>a<tr><td>b<td>c"), ["100x1", "1x1 1x1"]);
        assert_eq!(spans("<tr><th colspan=999>a<tr><td>b<td>c"), ["2x1", "1x1 1x1"]);
        assert_eq!(spans("<tr><td colspan=90>a<td colspan=90>b<tr><td>c"), ["1x1 1x1", "1x1"]);
        let cells = "<tr><td colspan=1000 rowspan=65534>a".repeat(200);
        let expected: Vec<String> = (0..200).map(|row| format!("1x{}", 200 - row)).collect();
        assert_eq!(spans(&cells), expected);
    }
}
