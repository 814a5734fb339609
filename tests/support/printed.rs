//! What of a page stays when it is printed as text: all its blocks in their order, menus and links too, as browsers of
//! terminals print them.

use oped_convert::document::{Block, BlockKind, Document, block_text, inline_text};

/// A page as text.
pub fn printed(document: &Document) -> String {
    let mut text = String::new();
    document.blocks.iter().for_each(|block| print(block, &mut text));
    text
}

fn print(block: &Block, text: &mut String) {
    match &block.kind {
        BlockKind::List { items, .. } => {
            for item in items {
                let lines: Vec<String> = item.iter().map(block_text).collect();
                text.push_str(&format!("  • {}\n", lines.join(" ").replace('\n', " ")));
            }
            text.push('\n');
        }
        BlockKind::Table { rows, .. } => {
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| inline_text(&cell.inlines)).collect();
                text.push_str(&format!("{}\n", cells.join("  ")));
            }
            text.push('\n');
        }
        BlockKind::Quote(blocks) => blocks.iter().for_each(|block| print(block, text)),
        _ => {
            text.push_str(&block_text(block));
            text.push_str("\n\n");
        }
    }
}
