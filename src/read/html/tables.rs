//! Tables of data, and tables that pages were once laid out with.

use dom_query::NodeRef;

use crate::read::{ArticleBlock, ArticleCell, FoldedText, Markup};

/// Characters of a cell that holds data.
const LONGEST_CELL: usize = 300;

/// Whether a table holds data: it says so (`th`, `caption`), or it has rows and columns of short cells. A table that
/// holds another one, headings, lists or long text is layout.
pub(super) fn is_data(table: &NodeRef<'_>) -> bool {
    let (mut rows, mut cells, mut says_so) = (0, 0, false);
    for node in table.descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "table" | "form" | "h1" | "h2" | "h3" | "iframe" => return false,
            "th" | "caption" | "thead" => says_so = true,
            "tr" => rows += 1,
            "td" => {
                cells += 1;
                if node.normalized_char_count() > LONGEST_CELL {
                    return false;
                }
            }
            _ => {}
        }
    }
    let presentation = table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none"));
    !presentation && (says_so || (rows >= 2 && cells >= rows * 2))
}

/// The rows of a table in their order.
pub(super) fn rows<'a>(table: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    table.descendants_it().filter(|n| n.has_name("tr")).collect()
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
        Kind::Paragraph | Kind::Heading(_) | Kind::Verse => {
            let at = text.append_line(&block.text);
            let shift = |m: Markup| Markup { range: m.range.start + at..m.range.end + at, kind: m.kind };
            markup.extend(block.markup.into_iter().map(shift));
        }
        Kind::Quote(blocks) | Kind::Note { blocks, .. } => blocks.into_iter().for_each(|b| append(b, text, markup)),
        Kind::List { items, .. } => items.into_iter().flatten().for_each(|b| append(b, text, markup)),
        // No table of data holds these.
        Kind::Table { .. } | Kind::Figure { .. } => {}
    }
}
