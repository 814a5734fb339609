//! Tables of data, and tables that pages were once laid out with.

use dom_query::NodeRef;

use crate::read::{ArticleBlock, ArticleCell, FoldedText, Markup};

/// Characters of a cell that holds data.
const LONGEST_CELL: usize = 300;

/// Characters of a cell in a table that says that it holds data; beyond them the article stands in it.
const LONGEST_TEXT: usize = 2000;

/// Whether a table holds data: it has a caption, a head or cells that head something, or it has rows and columns of
/// short cells. A table that holds another one, headings, lists or long text, and says nothing, is layout.
pub(super) fn is_data(table: &NodeRef<'_>) -> bool {
    let presentation = table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none"));
    let own = rows(table);
    let has_headers = own.iter().flat_map(cells).any(|cell| cell.has_name("th"));
    let says_so = has_headers || table.children().iter().any(|n| n.has_name("caption") || n.has_name("thead"));
    let (mut count, mut long) = (0, false);
    for node in table.descendants_it() {
        match node.node_name().as_deref() {
            Some("form" | "iframe") => return false,
            Some("table" | "h1" | "h2" | "h3") if !says_so => return false,
            Some("td") => {
                count += 1;
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

/// The rows of a table in their order, without those of tables in it.
pub(super) fn rows<'a>(table: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let is_row = |node: &NodeRef<'a>| node.has_name("tr");
    let mut rows = Vec::new();
    for child in table.children() {
        match child.node_name().as_deref() {
            Some("tr") => rows.push(child),
            Some("thead" | "tbody" | "tfoot") => rows.extend(child.children().into_iter().filter(is_row)),
            _ => {}
        }
    }
    rows
}

pub(super) fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.children().into_iter().filter(|n| n.has_name("td") || n.has_name("th")).collect()
}

pub(super) fn caption<'a>(table: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    table.children().into_iter().find(|n| n.has_name("caption"))
}

/// Columns or rows that a cell spans; HTML limits both (§4.9.11).
fn span(cell: &NodeRef<'_>, name: &str) -> usize {
    cell.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, 1000)
}

/// A cell; its blocks are lines of it.
pub(super) fn cell(node: &NodeRef<'_>, blocks: impl Iterator<Item = ArticleBlock>) -> ArticleCell {
    let ArticleBlock { text, markup, .. } = lines(blocks);
    ArticleCell {
        header: node.has_name("th"),
        columns: span(node, "colspan"),
        rows: span(node, "rowspan"),
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
