//! Every run of inlines of a document in the order in which `text.rs` writes them, for what has to be known
//! before the text is written: where repairs fell, which languages occur, how long the text is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Edition, lost};
use crate::document::{Block, BlockKind, Document, Inline, Role, inline_text};
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

/// How long the body is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Length {
    /// `words`, or `characters` for scripts that do not separate words.
    pub unit: &'static str,
    /// How many.
    pub quantity: usize,
    /// Paragraphs of the body, those inside lists, quotations and notes not counted.
    pub paragraphs: usize,
}

/// Counts the body: words as white space separates them, or, where most letters are of a script without spaces
/// between words, the characters that are not white space.
pub(super) fn length(document: &Document) -> Length {
    let (mut words, mut characters, mut letters, mut unspaced, mut paragraphs) = (0, 0, 0, 0, 0);
    for block in document.in_role(Role::Body) {
        paragraphs += usize::from(matches!(block.kind, BlockKind::Paragraph));
        block.each_run(&mut |inlines| {
            let text = inline_text(inlines);
            words += text.split_whitespace().count();
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                characters += 1;
                letters += usize::from(c.is_alphabetic());
                unspaced += usize::from(is_unspaced(c));
            }
        });
    }
    let (unit, quantity) = if unspaced * 2 > letters { ("characters", characters) } else { ("words", words) };
    Length { unit, quantity, paragraphs }
}

/// Han, kana, bopomofo, Thai, Lao, Tibetan, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{312F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_are_counted_by_character() {
        for (c, expected) in [('中', true), ('か', true), ('ก', true), ('a', false), ('한', false), ('ب', false)]
        {
            assert_eq!(is_unspaced(c), expected, "{c}");
        }
    }
}
