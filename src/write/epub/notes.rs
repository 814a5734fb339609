//! Which notes an article has and which of them its text refers to, gathered before anything is written, because
//! a reference comes before its note.

use std::collections::{BTreeMap, BTreeSet};

use super::link::followed;
use crate::document::{Block, BlockKind, Document, Inline, inline_text};

/// The notes of one article.
#[derive(Default)]
pub(super) struct Notes {
    /// Number in the book of the first note with each id, from 1 in the order of the text.
    numbers: BTreeMap<usize, usize>,
    /// The mark of the first reference to each id.
    marks: BTreeMap<usize, String>,
    /// Ids whose first note was written.
    written: BTreeSet<usize>,
    /// The number of the first reference to each id, of those that were written.
    references: BTreeMap<usize, usize>,
}

impl Notes {
    /// Those of `document`.
    pub(super) fn of(document: &Document) -> Self {
        let mut notes = Self::default();
        document.shown().for_each(|block| notes.visit_block(block));
        notes
    }

    /// The number of the note that a reference to `id` leads to.
    pub(super) fn number(&self, id: usize) -> Option<usize> {
        self.numbers.get(&id).copied()
    }

    /// Whether the text refers to a note with this id.
    pub(super) fn is_referred_to(&self, id: usize) -> bool {
        self.numbers.contains_key(&id) && self.marks.contains_key(&id)
    }

    /// A reference was written, with this number.
    pub(super) fn refer(&mut self, id: usize, number: usize) {
        self.references.entry(id).or_insert(number);
    }

    /// The number of the first reference to a note, where it stands before the note.
    pub(super) fn reference(&self, id: usize) -> Option<usize> {
        self.references.get(&id).copied()
    }

    /// The number of the note that is being written: of the first one with this `id`, if the text refers to it.
    pub(super) fn claim(&mut self, id: usize) -> Option<usize> {
        let number = self.number(id).filter(|_| self.marks.contains_key(&id))?;
        self.written.insert(id).then_some(number)
    }

    /// The mark that a note lacks: that of its reference, unless the note begins with it.
    pub(super) fn missing_mark(&self, id: usize, blocks: &[Block]) -> Option<&str> {
        let mark = self.marks.get(&id)?.trim();
        let text = blocks.first().map(|block| inline_text(&block.inlines)).unwrap_or_default();
        (!mark.is_empty() && !text.trim_start().starts_with(mark)).then_some(mark)
    }

    fn visit_block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph | BlockKind::Heading(_) => self.visit_inlines(&block.inlines),
            BlockKind::Quote(blocks) => self.visit_blocks(blocks),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.visit_blocks(item)),
            BlockKind::Table { caption, rows } => {
                self.visit_inlines(caption);
                rows.iter().flatten().for_each(|cell| self.visit_inlines(&cell.inlines));
            }
            BlockKind::Verse(lines) => lines.iter().for_each(|line| self.visit_inlines(line)),
            BlockKind::Figure { alt, caption } => {
                self.visit_inlines(alt);
                self.visit_blocks(caption);
            }
            BlockKind::Note { id, blocks } => {
                let number = self.numbers.len() + 1;
                self.numbers.entry(*id).or_insert(number);
                self.visit_blocks(blocks);
            }
        }
    }

    fn visit_blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.visit_block(block));
    }

    fn visit_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(_) | Inline::Corrected { .. } | Inline::Break => {}
                // A reference inside a link cannot be a link of its own.
                Inline::Link { target, inlines } if followed(target, inlines).is_some() => {}
                Inline::Link { inlines: inner, .. }
                | Inline::Mention(_, inner)
                | Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Quote(inner)
                | Inline::Foreign(_, inner)
                | Inline::Ruby { base: inner, .. }
                | Inline::Sub(inner)
                | Inline::Sup(inner) => self.visit_inlines(inner),
                Inline::NoteRef { id, mark } => {
                    self.marks.entry(*id).or_insert_with(|| mark.clone());
                }
            }
        }
    }
}
