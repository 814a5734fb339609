//! The model that every writer reads: blocks in roles, inlines, metadata, and the repairs made to the text.
//! No parsing and no I/O.

mod account;
mod extent;
mod field_value;
#[doc(hidden)]
pub mod grid;
mod medium;
mod metadata;
mod numbering;
mod statement;
mod text;

use crate::edit::{Edit, EditId};
use crate::original::{Digest, Identity, Origin, PersistentId};
use crate::span::Span;

pub use crate::encoding::EncodingReport;
pub use crate::field::{Field, Relator};
pub use account::{Account, Bytes, Fate, LeftOut, Reason};
pub use extent::Extent;
pub use field_value::FieldValue;
pub use medium::Medium;
pub use metadata::{Contributor, Date, Metadata, Person, PersonKind, SourceReference};
pub use numbering::{NumberStyle, Numbering};
pub use statement::{Statement, Value};
pub use text::{block_text, inline_text};

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
    /// What it was read in.
    pub medium: Medium,
    /// What was recognised about it.
    pub metadata: Metadata,
    /// Its blocks in the order of the original, each with its role.
    pub blocks: Vec<Block>,
    /// Its repairs, in the order of the text; `edits[n].id` is `EditId(n + 1)`.
    pub edits: Vec<Edit>,
    /// White space of the original that the blocks do not show.
    pub folded: Folded,
    /// What became of every byte of the repaired text.
    pub account: Account,
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
#[non_exhaustive]
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
    /// A line that nothing explains: shown, and none of the text.
    Unplaced,
    /// Where the article first appeared.
    SourceLine,
    /// Copyright and licence.
    Rights,
}

impl Role {
    /// All of them, in the order in which the TEI has them.
    pub const ALL: [Self; 11] = [
        Self::Furniture,
        Self::Header,
        Self::Title,
        Self::Subtitle,
        Self::Byline,
        Self::Dateline,
        Self::Body,
        Self::AuthorNote,
        Self::Unplaced,
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
            Self::Unplaced => "unplaced",
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
    /// Why the reading formats leave it out, where they do.
    pub left_out: Option<Reason>,
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
        Self { kind: BlockKind::Paragraph, role, left_out: None, language: None, direction: None, inlines, span }
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
#[non_exhaustive]
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
#[non_exhaustive]
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

    /// The same around what `map` makes of the inlines in it; one that holds no others is left as it is.
    pub fn map_inner(self, map: impl FnOnce(Vec<Self>) -> Vec<Self>) -> Self {
        match self {
            Self::Mention(mention, inner) => Self::Mention(mention, map(inner)),
            Self::Emphasis(inner) => Self::Emphasis(map(inner)),
            Self::Strong(inner) => Self::Strong(map(inner)),
            Self::Quote(inner) => Self::Quote(map(inner)),
            Self::Link { target, inlines } => Self::Link { target, inlines: map(inlines) },
            Self::Foreign(language, inner) => Self::Foreign(language, map(inner)),
            Self::Ruby { base, reading } => Self::Ruby { base: map(base), reading },
            Self::Sub(inner) => Self::Sub(map(inner)),
            Self::Sup(inner) => Self::Sup(map(inner)),
            Self::Text(_) | Self::Corrected { .. } | Self::Break | Self::NoteRef { .. } => self,
        }
    }
}

/// What a stretch of text names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
}
