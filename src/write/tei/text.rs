//! `text` (TEI P5 chapter 4, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/DS.html>): page furniture
//! and header line in `front`; title, byline, dateline and body in `body`; author note, source line and rights
//! in `back`. Headings open nested `div` elements, so that any order of levels is valid.
//!
//! Every character of `Document::text` stands in a `p`, `head`, `byline`, `dateline`, `label`, `l`, `cell` or
//! `figDesc`, and nothing else does but the `sic` of repairs, readings of ruby and marks of notes. No title is
//! invented: without a title block there is no `head`.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::walk::Contents;
use super::{Attribute, Edition, Sink, datatypes, joined};
use crate::document::{Block, BlockKind, Cell, Direction, Inline, Numbering, Role};
use crate::edit::EditId;

/// Writes `text`.
pub(super) fn write_text(xml: &mut Sink, edition: &Edition<'_>, contents: &Contents<'_>) -> io::Result<()> {
    let mut writer = TextWriter {
        xml,
        edition,
        contents,
        unbroken: 0,
        paragraphs: 0,
        author_notes: 0,
        places: BTreeMap::new(),
        notes: BTreeSet::new(),
        lost: 0,
    };
    let right_to_left = edition.document.metadata.language.value.is_right_to_left();
    writer.xml.open_line("text", if right_to_left { &[("style", RIGHT_TO_LEFT)] } else { &[] })?;
    writer.write_front()?;
    writer.write_body()?;
    writer.write_back()?;
    writer.xml.close_line()
}

const RIGHT_TO_LEFT: &str = "direction: rtl";
const LEFT_TO_RIGHT: &str = "direction: ltr";

/// The state of writing one text.
pub(super) struct TextWriter<'a> {
    pub(super) xml: &'a mut Sink,
    pub(super) edition: &'a Edition<'a>,
    pub(super) contents: &'a Contents<'a>,
    /// Open elements that may hold text: inside them no line is broken.
    unbroken: usize,
    paragraphs: usize,
    author_notes: usize,
    /// Places of each repair that were written.
    pub(super) places: BTreeMap<EditId, usize>,
    notes: BTreeSet<usize>,
    /// Runs of lost characters that were written.
    pub(super) lost: usize,
}

impl TextWriter<'_> {
    fn write_front(&mut self) -> io::Result<()> {
        let parts = [
            (Role::Furniture, "pageFurniture", ("ab", "boilerplate")),
            (Role::Header, "headerLine", ("ab", "headerLine")),
        ];
        self.write_matter("front", &parts)
    }

    fn write_back(&mut self) -> io::Result<()> {
        let parts = [
            (Role::AuthorNote, "authorNote", ("p", "")),
            (Role::Unplaced, "unplaced", ("p", "")),
            (Role::SourceLine, "sourceLine", ("p", "")),
            (Role::Rights, "rights", ("p", "")),
        ];
        self.write_matter("back", &parts)
    }

    /// `front` or `back`: one `div` for each role that has blocks.
    fn write_matter(&mut self, matter: &str, parts: &[(Role, &str, (&str, &str))]) -> io::Result<()> {
        let document = self.edition.document;
        if parts.iter().all(|part| document.in_role(part.0).next().is_none()) {
            return Ok(());
        }
        self.xml.open_line(matter, &[])?;
        for (role, kind, (line, line_type)) in parts {
            let mut blocks = document.in_role(*role).peekable();
            if blocks.peek().is_none() {
                continue;
            }
            self.xml.open_line("div", &[("type", kind)])?;
            for block in blocks {
                let own = [("type", *line_type)];
                self.write_block(block, line, if line_type.is_empty() { &[] } else { &own })?;
            }
            self.xml.close_line()?;
        }
        self.xml.close_line()
    }

    fn write_body(&mut self) -> io::Result<()> {
        let document = self.edition.document;
        self.xml.open_line("body", &[])?;
        self.xml.open_line("div", &[("type", "opinion"), ("subtype", "article")])?;
        for (role, element, kind) in [
            (Role::Title, "head", ""),
            (Role::Subtitle, "head", "sub"),
            (Role::Byline, "byline", ""),
            (Role::Dateline, "dateline", ""),
        ] {
            for block in document.in_role(role) {
                self.write_opening(block, element, kind)?;
            }
        }
        self.write_sections()?;
        self.xml.close_line()?;
        self.xml.close_line()
    }

    /// A line above the body. One with a structure of its own becomes a `head`, which takes any structure.
    fn write_opening(&mut self, block: &Block, element: &str, kind: &str) -> io::Result<()> {
        let own = [("type", kind)];
        let own = if kind.is_empty() { &[][..] } else { &own[..] };
        match &block.kind {
            BlockKind::Paragraph | BlockKind::Heading(_) => self.write_line(block, element, own),
            BlockKind::Quote(_)
            | BlockKind::List { .. }
            | BlockKind::Table { .. }
            | BlockKind::Verse(_)
            | BlockKind::Figure { .. }
            | BlockKind::Note { .. } => {
                let own = if element == "head" { own } else { &[("type", element)] };
                self.open_mixed("head", own)?;
                self.write_block(block, "p", &[])?;
                self.close_mixed()
            }
        }
    }

    /// The blocks of the body. A heading closes the sections of its level and below and opens one; the notes
    /// follow after all sections.
    fn write_sections(&mut self) -> io::Result<()> {
        let document = self.edition.document;
        let (notes, blocks): (Vec<_>, Vec<_>) =
            document.in_role(Role::Body).partition(|block| matches!(block.kind, BlockKind::Note { .. }));
        let mut open: Vec<u8> = Vec::new();
        for block in blocks {
            let BlockKind::Heading(level) = block.kind else {
                self.write_body_block(block)?;
                continue;
            };
            while open.last().is_some_and(|last| *last >= level) {
                open.pop();
                self.xml.close_line()?;
            }
            open.push(level);
            self.xml.open_line("div", &[("type", "section"), ("subtype", &format!("level{level}"))])?;
            self.write_line(block, "head", &[])?;
        }
        for _ in open {
            self.xml.close_line()?;
        }
        if notes.is_empty() {
            return Ok(());
        }
        self.xml.open_line("div", &[("type", "notes")])?;
        for note in notes {
            self.write_block(note, "p", &[])?;
        }
        self.xml.close_line()
    }

    fn write_body_block(&mut self, block: &Block) -> io::Result<()> {
        if !matches!(block.kind, BlockKind::Paragraph) {
            return self.write_block(block, "p", &[]);
        }
        self.paragraphs += 1;
        let id = self.edition.id(&format!("p{}", self.paragraphs));
        self.write_block(block, "p", &[("xml:id", &id)])
    }

    /// A block in a place that takes any; `line` is the element of a plain line there.
    fn write_block(&mut self, block: &Block, line: &str, own: &[Attribute<'_>]) -> io::Result<()> {
        match &block.kind {
            BlockKind::Paragraph if block.role == Role::AuthorNote && own.is_empty() && self.unbroken == 0 => {
                let id = self.author_note_id();
                self.write_line(block, line, &[("xml:id", &id)])
            }
            BlockKind::Paragraph => self.write_line(block, line, own),
            BlockKind::Heading(level) => {
                let level = format!("level{level}");
                self.write_line(block, "label", &[("type", "heading"), ("subtype", &level)])
            }
            BlockKind::Quote(blocks) => self.write_holder(block, "quote", &[], blocks),
            BlockKind::List { numbering, items } => self.write_list(block, numbering.as_ref(), items),
            BlockKind::Table { caption, rows } => self.write_table(block, caption, rows),
            BlockKind::Verse(lines) => self.write_verse(block, lines),
            BlockKind::Figure { alt, caption } => self.write_figure(block, alt, caption),
            BlockKind::Note { id, blocks } => self.write_note(block, *id, blocks),
        }
    }

    fn author_note_id(&mut self) -> String {
        self.author_notes += 1;
        match self.author_notes {
            1 => self.edition.id("authornote"),
            number => self.edition.id(&format!("authornote{number}")),
        }
    }

    /// An element that holds the inlines of a block.
    fn write_line(&mut self, block: &Block, element: &str, own: &[Attribute<'_>]) -> io::Result<()> {
        self.open_mixed(element, &joined(own, &language_and_direction(block)))?;
        // Of the elements of a line only p and head may hold a bibl.
        if block.role == Role::SourceLine && element == "p" {
            self.write_source_line(&block.inlines)?;
        } else {
            self.write_inlines(&block.inlines)?;
        }
        self.close_mixed()
    }

    /// An element that holds blocks and could hold text.
    fn write_holder(
        &mut self,
        block: &Block,
        element: &str,
        own: &[Attribute<'_>],
        blocks: &[Block],
    ) -> io::Result<()> {
        self.open_mixed(element, &joined(own, &language_and_direction(block)))?;
        self.write_blocks(blocks)?;
        self.close_mixed()
    }

    fn write_blocks(&mut self, blocks: &[Block]) -> io::Result<()> {
        blocks.iter().try_for_each(|block| self.write_block(block, "p", &[]))
    }

    fn write_list(&mut self, block: &Block, numbering: Option<&Numbering>, items: &[Vec<Block>]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let own = [("rend", if numbering.is_some() { "numbered" } else { "bulleted" })];
        self.open_structure("list", &joined(&own, &language_and_direction(block)))?;
        // Numbers are stated where counting from 1 would not give them.
        let stated = numbering.filter(|numbering| !numbering.is_plain(items.len()));
        for (index, item) in items.iter().enumerate() {
            let number = stated.map(|numbering| numbering.label(index));
            let number: Vec<_> = number.iter().map(|number| ("n", number.as_str())).collect();
            self.open_mixed("item", &number)?;
            self.write_blocks(item)?;
            self.close_mixed()?;
        }
        self.close_structure()
    }

    fn write_table(&mut self, block: &Block, caption: &[Inline], rows: &[Vec<Cell>]) -> io::Result<()> {
        let rows: Vec<_> = rows.iter().filter(|row| !row.is_empty()).collect();
        let columns = rows.iter().map(|row| row.iter().map(|cell| cell.columns.max(1)).sum::<usize>()).max();
        let Some(columns) = columns else { return self.write_caption(block, caption) };
        let (count, columns) = (rows.len().to_string(), columns.to_string());
        let own = [("rows", count.as_str()), ("cols", columns.as_str())];
        self.open_structure("table", &joined(&own, &language_and_direction(block)))?;
        if !caption.is_empty() {
            self.open_mixed("head", &[])?;
            self.write_inlines(caption)?;
            self.close_mixed()?;
        }
        for row in rows {
            self.open_structure("row", &[])?;
            for cell in row {
                self.write_cell(cell)?;
            }
            self.close_structure()?;
        }
        self.close_structure()
    }

    /// What stands above a table that has no cells: a figure of which nothing is left, which may stand in a `head` too.
    fn write_caption(&mut self, block: &Block, caption: &[Inline]) -> io::Result<()> {
        if caption.is_empty() {
            return Ok(());
        }
        self.open_structure("figure", &language_and_direction(block))?;
        self.open_mixed("p", &[])?;
        self.write_inlines(caption)?;
        self.close_mixed()?;
        self.close_structure()
    }

    fn write_cell(&mut self, cell: &Cell) -> io::Result<()> {
        let (columns, rows) = (cell.columns.to_string(), cell.rows.to_string());
        let mut own = Vec::new();
        if cell.header {
            own.push(("role", "label"));
        }
        if cell.columns > 1 {
            own.push(("cols", columns.as_str()));
        }
        if cell.rows > 1 {
            own.push(("rows", rows.as_str()));
        }
        self.open_mixed("cell", &own)?;
        self.write_inlines(&cell.inlines)?;
        self.close_mixed()
    }

    fn write_verse(&mut self, block: &Block, lines: &[Vec<Inline>]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.open_structure("lg", &language_and_direction(block))?;
        for line in lines {
            self.open_mixed("l", &[])?;
            self.write_inlines(line)?;
            self.close_mixed()?;
        }
        self.close_structure()
    }

    fn write_figure(&mut self, block: &Block, alt: &[Inline], caption: &[Block]) -> io::Result<()> {
        self.open_structure("figure", &language_and_direction(block))?;
        if !alt.is_empty() {
            self.open_mixed("figDesc", &[])?;
            self.write_description(alt)?;
            self.close_mixed()?;
        }
        self.write_blocks(caption)?;
        self.close_structure()
    }

    /// The first note of a number gets the id that references point to.
    fn write_note(&mut self, block: &Block, number: usize, blocks: &[Block]) -> io::Result<()> {
        let id = self.edition.id(&format!("note{number}"));
        let own: &[Attribute<'_>] = if self.notes.insert(number) { &[("xml:id", &id)] } else { &[] };
        self.write_holder(block, "note", own, blocks)
    }

    /// Opens an element that may hold text: nothing in it is put on a line of its own.
    fn open_mixed(&mut self, name: &str, attributes: &[Attribute<'_>]) -> io::Result<()> {
        self.open_structure(name, attributes)?;
        self.unbroken += 1;
        Ok(())
    }

    fn close_mixed(&mut self) -> io::Result<()> {
        self.unbroken -= 1;
        self.xml.end()
    }

    /// Opens an element that holds elements only.
    fn open_structure(&mut self, name: &str, attributes: &[Attribute<'_>]) -> io::Result<()> {
        if self.unbroken == 0 {
            self.xml.line()?;
        }
        self.xml.start(name, attributes)
    }

    fn close_structure(&mut self) -> io::Result<()> {
        if self.unbroken == 0 { self.xml.close_line() } else { self.xml.end() }
    }
}

fn language_and_direction(block: &Block) -> Vec<Attribute<'_>> {
    let language = block.language.as_ref().map(|language| ("xml:lang", datatypes::language_tag(language)));
    let direction = block.direction.map(|direction| match direction {
        Direction::Ltr => ("style", LEFT_TO_RIGHT),
        Direction::Rtl => ("style", RIGHT_TO_LEFT),
    });
    language.into_iter().chain(direction).collect()
}
