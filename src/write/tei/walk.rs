//! Every run of inlines of a document in the order in which `text.rs` writes them, for what has to be known
//! before the text is written: where repairs fell, which languages occur.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Edition, lost};
use crate::document::{Block, BlockKind, Inline, Role};
use crate::edit::EditId;

/// What the text holds.
#[derive(Default)]
pub(super) struct Contents<'a> {
    /// Stretches of text that each repair stands in; more than one where it crosses a boundary.
    pub places: BTreeMap<EditId, usize>,
    /// Languages of blocks and foreign stretches.
    pub languages: BTreeSet<&'a str>,
    /// A block states its direction.
    pub has_direction: bool,
    /// U+FFFD stands in the text.
    pub has_replacement: bool,
    /// Ids of the notes.
    pub notes: BTreeSet<usize>,
    /// The bytes of each run of U+FFFD, in the order of the text; `None` where they are not told.
    pub lost: Vec<Option<Range<usize>>>,
}

impl<'a> Contents<'a> {
    /// Looks through every block of every role.
    pub fn of(edition: &Edition<'a>) -> Self {
        let (document, context) = (edition.document, edition.context);
        let mut contents = Self::default();
        for role in Role::ALL {
            for block in document.in_role(role) {
                contents.add_block(block);
                contents.lost.extend(lost::runs(block, context.log, context.original));
            }
        }
        contents
    }

    fn add_block(&mut self, block: &'a Block) {
        self.languages.extend(block.language.as_ref().map(super::datatypes::language_tag));
        self.has_direction |= block.direction.is_some();
        match &block.kind {
            BlockKind::Paragraph | BlockKind::Heading(_) => self.add_inlines(&block.inlines),
            BlockKind::Quote(blocks) => self.add_blocks(blocks),
            BlockKind::Note { id, blocks } => {
                self.notes.insert(*id);
                self.add_blocks(blocks);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.add_blocks(item)),
            BlockKind::Table { caption, rows } => {
                self.add_inlines(caption);
                rows.iter().flatten().for_each(|cell| self.add_inlines(&cell.inlines));
            }
            BlockKind::Verse(lines) => lines.iter().for_each(|line| self.add_inlines(line)),
            BlockKind::Figure { alt, caption } => {
                self.add_inlines(alt);
                self.add_blocks(caption);
            }
        }
    }

    fn add_blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.add_block(block));
    }

    fn add_inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.has_replacement |= text.contains('\u{FFFD}'),
                Inline::Corrected { edit, corr, .. } => {
                    *self.places.entry(*edit).or_default() += 1;
                    self.has_replacement |= corr.contains('\u{FFFD}');
                }
                Inline::Foreign(language, _) => {
                    self.languages.insert(super::datatypes::language_tag(language));
                }
                _ => {}
            }
            self.add_inlines(inline.inner().unwrap_or_default());
        }
    }
}
