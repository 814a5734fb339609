//! The text of a document: what is shown, in which order, character for character.

use super::{Block, BlockKind, Document, Inline, Role};

impl Document {
    /// The shown blocks in the order of their roles, then of the original: the order of every rendition.
    pub fn shown(&self) -> impl Iterator<Item = &Block> {
        let mut blocks: Vec<&Block> = self.blocks.iter().filter(|b| b.role.is_shown()).collect();
        // Notes stand at the end of the body.
        blocks.sort_by_key(|b| (b.role, matches!(b.kind, BlockKind::Note { .. })));
        blocks.into_iter()
    }

    /// The blocks of one role, in the order of [`Document::shown`].
    pub fn in_role(&self, role: Role) -> impl Iterator<Item = &Block> {
        let mut blocks: Vec<&Block> = self.blocks.iter().filter(|b| b.role == role).collect();
        blocks.sort_by_key(|b| matches!(b.kind, BlockKind::Note { .. }));
        blocks.into_iter()
    }

    /// The document's text: Title, Subtitle, Byline, Dateline, Body, AuthorNote, Unplaced, SourceLine, Rights after
    /// repair, character for character; blocks, list items, cells and verse lines joined by one LF.
    pub fn text(&self) -> String {
        let mut leaves = Vec::new();
        for block in self.shown() {
            block_leaves(block, &mut leaves);
        }
        leaves.join("\n")
    }

    /// The title that renditions show where the text has none: the first words, at most 60 characters, in
    /// square brackets. `None` when a title was found or stated.
    pub fn devised_title(&self) -> Option<String> {
        if self.metadata.title.is_some() {
            return None;
        }
        let text = self.text();
        let mut words = String::new();
        for word in text.split_whitespace() {
            if words.chars().count() + word.chars().count() >= 60 {
                break;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        if words.is_empty() {
            words =
                text.split_whitespace().next().map_or_else(|| "untitled".to_owned(), |w| w.chars().take(60).collect());
        }
        Some(format!("[{words}]"))
    }

    /// The title found or stated, else the devised one.
    pub fn display_title(&self) -> String {
        match &self.metadata.title {
            Some(title) => title.value.clone(),
            None => self.devised_title().unwrap_or_default(),
        }
    }
}

/// The text of inlines, after repair. A ruby reading and a note's mark are not part of it; a break is one LF.
pub fn inline_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_text(inlines, &mut text);
    text
}

fn push_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(t) => text.push_str(t),
            Inline::Corrected { corr, .. } => text.push_str(corr),
            Inline::Break => text.push('\n'),
            _ => push_text(inline.inner().unwrap_or_default(), text),
        }
    }
}

/// The text of a block and the blocks in it, joined by one LF.
pub fn block_text(block: &Block) -> String {
    let mut leaves = Vec::new();
    block_leaves(block, &mut leaves);
    leaves.join("\n")
}

/// Appends the texts that a block contributes to [`Document::text`], in order; empty ones are left out.
fn block_leaves(block: &Block, leaves: &mut Vec<String>) {
    block.each_run(&mut |inlines| {
        let text = inline_text(inlines);
        if !text.is_empty() {
            leaves.push(text);
        }
    });
}
