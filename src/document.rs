//! The model that every writer reads: blocks in roles, inlines, metadata, and the repairs made to the text.
//! No parsing and no I/O.

mod extent;
mod field_value;
pub(crate) mod grid;
mod metadata;
mod statement;

use crate::edit::{Edit, EditId};
use crate::original::{Digest, Identity, Origin, PersistentId};
use crate::span::Span;

pub use crate::encoding::EncodingReport;
pub use extent::Extent;
pub use field_value::FieldValue;
pub use metadata::{Contributor, Date, Metadata, Person, PersonKind, SourceReference};
pub use statement::{Statement, Value};

/// One article.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it came from.
    pub source: Origin,
    /// Digest of the original bytes.
    pub digest: Digest,
    /// Length of the original in bytes.
    pub bytes: usize,
    /// How its bytes were read.
    pub encoding: EncodingReport,
    /// The persistent identifier that the user assigned.
    pub identifier: Option<PersistentId>,
    /// What was recognised about it.
    pub metadata: Metadata,
    /// Its blocks in the order of the original, each with its role.
    pub blocks: Vec<Block>,
    /// Its repairs, in the order of the text; `edits[n].id` is `EditId(n + 1)`.
    pub edits: Vec<Edit>,
    /// White space of the original that the blocks do not show.
    pub folded: Folded,
}

/// White space that reading folded, counted for the TEI's truthful description of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// No-break spaces that stood alone on otherwise blank lines.
    pub lone_no_break_spaces: usize,
    /// Lines that were joined to the line before them.
    pub joined_lines: usize,
    /// Runs of spaces and tabs inside a line that became one space.
    pub space_runs: usize,
    /// Indents, and white space at the ends of lines.
    pub trimmed: usize,
}

/// What a block is for in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Part of the page, not of the article: font-size controls, share buttons.
    Furniture,
    /// The line of labelled metadata.
    Header,
    /// The title as printed.
    Title,
    /// The line under the title.
    Subtitle,
    /// `By …`.
    Byline,
    /// Place and date at the start.
    Dateline,
    /// The text.
    Body,
    /// Who the author is.
    AuthorNote,
    /// Where the article first appeared.
    SourceLine,
    /// Copyright and licence.
    Rights,
}

impl Role {
    /// All of them, in the order in which the TEI has them.
    pub const ALL: [Self; 10] = [
        Self::Furniture,
        Self::Header,
        Self::Title,
        Self::Subtitle,
        Self::Byline,
        Self::Dateline,
        Self::Body,
        Self::AuthorNote,
        Self::SourceLine,
        Self::Rights,
    ];

    /// Lower case with hyphens: `author-note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Furniture => "furniture",
            Self::Header => "header",
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::AuthorNote => "author-note",
            Self::SourceLine => "source-line",
            Self::Rights => "rights",
        }
    }

    /// Whether PDF, EPUB and plain text show it.
    pub fn is_shown(self) -> bool {
        !matches!(self, Self::Furniture | Self::Header)
    }
}

/// A BCP 47 tag: `en`, `zh-Hans`, `und`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(pub String);

impl Language {
    /// Not known.
    pub fn undetermined() -> Self {
        Self("und".to_owned())
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The tag's first subtag.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether its usual script runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.primary(), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv")
    }
}

/// Base direction of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its structure.
    pub kind: BlockKind,
    /// What it is for.
    pub role: Role,
    /// Its language where it differs from the document's.
    pub language: Option<Language>,
    /// Its direction where it differs from that of its language.
    pub direction: Option<Direction>,
    /// Its text; empty for kinds that hold blocks.
    pub inlines: Vec<Inline>,
    /// Its bytes in the original.
    pub span: Option<Span>,
}

impl Block {
    /// A paragraph with no language or direction of its own.
    pub fn paragraph(role: Role, inlines: Vec<Inline>, span: Option<Span>) -> Self {
        Self { kind: BlockKind::Paragraph, role, language: None, direction: None, inlines, span }
    }
}

impl Block {
    /// Every run of inlines in it and in the blocks that it holds, in the order of the text.
    pub fn each_run<'a>(&'a self, see: &mut dyn FnMut(&'a [Inline])) {
        match &self.kind {
            BlockKind::Paragraph | BlockKind::Heading(_) => see(&self.inlines),
            BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => blocks.iter().for_each(|b| b.each_run(see)),
            BlockKind::List { items, .. } => items.iter().flatten().for_each(|b| b.each_run(see)),
            BlockKind::Table { caption, rows } => {
                see(caption);
                rows.iter().flatten().for_each(|cell| see(&cell.inlines));
            }
            BlockKind::Verse(lines) => lines.iter().for_each(|line| see(line)),
            BlockKind::Figure { alt, caption } => {
                see(alt);
                caption.iter().for_each(|b| b.each_run(see));
            }
        }
    }
}

/// The structure of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A paragraph, or a line of another role.
    Paragraph,
    /// A section heading; 1 is a section of the article.
    Heading(u8),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// How its items are counted; `None` for bullets.
        numbering: Option<Numbering>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// What stands above it.
        caption: Vec<Inline>,
        /// The cells, row by row.
        rows: Vec<Vec<Cell>>,
    },
    /// Verse, line by line.
    Verse(Vec<Vec<Inline>>),
    /// A figure whose image is not kept.
    Figure {
        /// The text in place of the image.
        alt: Vec<Inline>,
        /// The caption.
        caption: Vec<Block>,
    },
    /// A foot- or endnote.
    Note {
        /// What [`Inline::NoteRef`] refers to, from 1.
        id: usize,
        /// The text.
        blocks: Vec<Block>,
    },
}

impl BlockKind {
    /// A table without a caption.
    pub fn table(rows: Vec<Vec<Cell>>) -> Self {
        Self::Table { caption: Vec::new(), rows }
    }
}

/// How the items of a list are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The number of each item; those behind the last one count on, from 1 where none is stated.
    pub numbers: Vec<i32>,
    /// The signs.
    pub style: NumberStyle,
}

impl Default for Numbering {
    /// 1, 2, 3.
    fn default() -> Self {
        Self { numbers: Vec::new(), style: NumberStyle::Decimal }
    }
}

impl Numbering {
    /// The number of the item at `index`.
    pub fn number(&self, index: usize) -> i64 {
        let behind = |index: usize| i64::try_from(index).unwrap_or(i64::MAX);
        match self.numbers.get(index).or(self.numbers.last()) {
            Some(number) => i64::from(*number).saturating_add(behind((index + 1).saturating_sub(self.numbers.len()))),
            None => behind(index).saturating_add(1),
        }
    }

    /// Whether its first items are 1, 2, 3.
    pub fn is_plain(&self, items: usize) -> bool {
        self.style == NumberStyle::Decimal && (0..items).all(|index| self.number(index) == index as i64 + 1)
    }

    /// The number of the item at `index`, as it is shown: `9`, `c`, `IV`. Letters begin at 1 and Roman numerals end at
    /// 3999; other numbers are decimal.
    pub fn label(&self, index: usize) -> String {
        let number = self.number(index);
        let label = match self.style {
            NumberStyle::Decimal => None,
            NumberStyle::LowerAlpha => alphabetic(number),
            NumberStyle::UpperAlpha => alphabetic(number).map(|label| label.to_ascii_uppercase()),
            NumberStyle::LowerRoman => roman(number).map(|label| label.to_ascii_lowercase()),
            NumberStyle::UpperRoman => roman(number),
        };
        label.unwrap_or_else(|| number.to_string())
    }
}

/// `a` to `z`, then `aa`.
fn alphabetic(mut number: i64) -> Option<String> {
    if number < 1 {
        return None;
    }
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(b'a' + u8::try_from(number % 26).ok()?);
        number /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).ok()
}

fn roman(mut number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut label = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            label.push_str(sign);
            number -= value;
        }
    }
    Some(label)
}

/// The signs that count the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberStyle {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

/// A table cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Heads its row or column.
    pub header: bool,
    /// Columns it spans, from 1.
    pub columns: usize,
    /// Rows it spans, from 1.
    pub rows: usize,
    /// The text.
    pub inlines: Vec<Inline>,
}

/// A stretch of text inside a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Characters.
    Text(String),
    /// A repaired stretch.
    Corrected {
        /// What stood in the input.
        sic: String,
        /// What is shown.
        corr: String,
        /// The repair.
        edit: EditId,
    },
    /// A stretch that was recognised as a value of the metadata.
    Mention(Mention, Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// A quotation whose marks are part of the text.
    Quote(Vec<Inline>),
    /// A link.
    Link {
        /// Its address.
        target: String,
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// Text in another language.
    Foreign(Language, Vec<Inline>),
    /// Base text with its reading.
    Ruby {
        /// The text.
        base: Vec<Inline>,
        /// The reading; not part of the document's text.
        reading: String,
    },
    /// Subscript.
    Sub(Vec<Inline>),
    /// Superscript.
    Sup(Vec<Inline>),
    /// A line break.
    Break,
    /// A reference to [`BlockKind::Note`].
    NoteRef {
        /// The note.
        id: usize,
        /// The mark as printed.
        mark: String,
    },
}

impl Inline {
    /// The inlines in it; `None` for one that holds no others.
    pub fn inner(&self) -> Option<&[Self]> {
        match self {
            Self::Mention(_, inner)
            | Self::Emphasis(inner)
            | Self::Strong(inner)
            | Self::Quote(inner)
            | Self::Link { inlines: inner, .. }
            | Self::Foreign(_, inner)
            | Self::Ruby { base: inner, .. }
            | Self::Sub(inner)
            | Self::Sup(inner) => Some(inner),
            Self::Text(_) | Self::Corrected { .. } | Self::Break | Self::NoteRef { .. } => None,
        }
    }
}

/// What a stretch of text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mention {
    /// A person or body, by index into [`Metadata::people`].
    Person(usize),
    /// The publisher.
    Publisher,
    /// The periodical of the first publication.
    SourceTitle,
    /// A date, ISO 8601.
    Date(String),
}

impl Document {
    /// The identities of this document.
    pub fn identity(&self) -> Identity {
        Identity::new(self.digest, &self.source)
    }

    /// How long its body is.
    pub fn extent(&self) -> Extent {
        extent::of(self)
    }

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

    /// The document's text: Title, Subtitle, Byline, Dateline, Body, AuthorNote, SourceLine, Rights after
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

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(numbers: &[i32], style: NumberStyle, count: usize) -> Vec<String> {
        let numbering = Numbering { numbers: numbers.to_vec(), style };
        (0..count).map(|index| numbering.label(index)).collect()
    }

    #[test]
    fn items_are_counted_in_their_signs() {
        assert_eq!(labels(&[], NumberStyle::Decimal, 3), ["1", "2", "3"]);
        assert_eq!(labels(&[25], NumberStyle::LowerAlpha, 3), ["y", "z", "aa"]);
        assert_eq!(labels(&[702], NumberStyle::UpperAlpha, 2), ["ZZ", "AAA"]);
        assert_eq!(labels(&[3998], NumberStyle::LowerRoman, 3), ["mmmcmxcviii", "mmmcmxcix", "4000"]);
        assert_eq!(labels(&[0], NumberStyle::UpperRoman, 2), ["0", "I"]);
        // Those behind the last one that is stated count on.
        assert_eq!(labels(&[3, 1], NumberStyle::Decimal, 4), ["3", "1", "2", "3"]);
    }

    #[test]
    fn only_one_two_three_is_plain() {
        let is_plain = |numbers: &[i32], style| Numbering { numbers: numbers.to_vec(), style }.is_plain(3);
        assert!(is_plain(&[], NumberStyle::Decimal) && is_plain(&[1, 2, 3], NumberStyle::Decimal));
        assert!(!is_plain(&[1, 9], NumberStyle::Decimal) && !is_plain(&[], NumberStyle::LowerRoman));
    }
}
