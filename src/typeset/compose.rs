//! Blocks to a galley: strips of set lines in the order of the page, and the tree of what they are for.
//!
//! The order is that of [`Document::shown`]: title, subtitle, byline, dateline, then our title statements, then
//! the body, notes, author note, source line, rights, and at the end our colophon. What is ours stands in
//! elements marked as generated. A document without a title block gets a generated heading.

use std::collections::BTreeMap;

use super::galley::{Composer, Flow, Frame, Galley, around};
use super::labelled::note_marks;
use super::look::{BODY, BYLINE, DATELINE, GRID, Look, MEASURE, RAGGED, SECTION, SMALL, SUBSECTION, SUBTITLE, TITLE};
use super::shape::Shaper;
use super::spans::Paragraph;
use super::{ElementId, ElementKind, Length, POINT};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, Direction, Document, Inline, Language, Role, inline_text};

/// Composes the whole document.
///
/// `widest` is how wide a table may be that does not fit the measure.
pub(super) fn compose(
    document: &Document,
    mut shaper: Box<Shaper>,
    widest: Length,
    diagnostics: &mut Vec<Diagnostic>,
) -> Galley {
    let english = shaper.language_id(&Language("en".to_owned()));
    let language = shaper.language_id(&document.metadata.language.value);
    let mut marks = BTreeMap::new();
    document.blocks.iter().for_each(|b| note_marks(b, &mut marks));
    let mut composer = Composer::new(shaper, widest, diagnostics, marks, english);
    let article = composer.element(ElementKind::Article, ElementId(0));
    composer.document(
        document,
        Frame {
            element: article,
            indent: 0,
            measure: MEASURE,
            language,
            generated: false,
            small: false,
            in_item: false,
            right_to_left: document.metadata.language.value.is_right_to_left(),
        },
    );
    composer.finish()
}

impl Composer<'_> {
    fn document(&mut self, document: &Document, frame: Frame) {
        let mut blocks = document.shown().peekable();
        let has_title = blocks.peek().is_some_and(|b| b.role == Role::Title && !is_empty(b));
        if !has_title {
            self.devised_title(&document.display_title(), frame);
        }
        let statements = document.title_statements();
        while let Some(block) = blocks.next_if(|b| b.role <= Role::Dateline) {
            self.block(block, frame);
        }
        self.statements(&statements, frame, GRID);
        self.unindented = true;
        let first = self.strips.len();
        self.sequence(blocks, frame);
        if let Some(strip) = self.strips.get_mut(first) {
            strip.before = strip.before.max(GRID);
        }
        self.statements(&document.colophon(), frame, 2 * GRID);
    }

    fn devised_title(&mut self, title: &str, frame: Frame) {
        let element = self.element(ElementKind::Heading(1), frame.element);
        self.elements[element.0].generated = true;
        self.level = 1;
        let frame = Frame { element, generated: true, ..frame };
        let mut paragraph = Paragraph::default();
        paragraph.push(title, around(frame));
        self.set(paragraph, &TITLE, frame, Flow { keep: true, ..Flow::default() });
    }

    /// Blocks one after another; notes that follow one another are one group, with space around it.
    pub fn sequence<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>, frame: Frame) {
        let mut blocks = blocks.into_iter().peekable();
        while let Some(block) = blocks.next() {
            let first = self.strips.len();
            self.block(block, frame);
            if !is_note(block) {
                continue;
            }
            while let Some(note) = blocks.next_if(|next| is_note(next)) {
                if let Some(last) = self.strips.last_mut() {
                    last.snap = false;
                }
                let start = self.strips.len();
                self.block(note, frame);
                if let Some(strip) = self.strips.get_mut(start) {
                    strip.before = strip.before.max(GRID / 5);
                }
            }
            self.space(first, GRID / 2);
        }
    }

    /// Composes one block of the document.
    pub fn block(&mut self, block: &Block, frame: Frame) {
        let language = block.language.as_ref().map_or(frame.language, |l| self.shaper.language_id(l));
        let first = self.elements.len();
        let right_to_left = match (block.direction, &block.language) {
            (Some(direction), _) => direction == Direction::Rtl,
            (None, Some(language)) => language.is_right_to_left(),
            (None, None) => frame.right_to_left,
        };
        let frame = Frame { language, right_to_left, ..frame };
        match &block.kind {
            BlockKind::Paragraph => self.paragraph(block, frame),
            BlockKind::Heading(_) if block.role == Role::Title => self.paragraph(block, frame),
            BlockKind::Heading(depth) => self.heading(*depth, &block.inlines, frame),
            BlockKind::Quote(blocks) => {
                let element = self.element(ElementKind::BlockQuote, frame.element);
                self.blocks(blocks, frame.inside(element, 16 * POINT, 16 * POINT), GRID / 2);
            }
            BlockKind::List { numbering, items } => self.list(numbering.as_ref(), items, frame),
            BlockKind::Table { caption, rows } => self.table(caption, rows, frame),
            BlockKind::Verse(lines) => self.verse(lines, frame),
            BlockKind::Figure { alt, caption } => self.figure(alt, caption, frame),
            BlockKind::Note { id, blocks } => self.note(*id, blocks, frame),
        }
        if let (Some(language), Some(element)) = (&block.language, self.elements.get_mut(first)) {
            element.language = Some(language.clone());
        }
    }

    /// Blocks that belong together, with space around them.
    fn blocks(&mut self, blocks: &[Block], frame: Frame, space: Length) {
        let first = self.strips.len();
        self.unindented = true;
        self.sequence(blocks, frame);
        self.space(first, space);
        self.unindented = true;
    }

    fn paragraph(&mut self, block: &Block, frame: Frame) {
        let (look, before) = match block.role {
            Role::Title if self.level == 0 => return self.title(&block.inlines, frame),
            Role::Title => (TITLE, 0),
            Role::Subtitle => (SUBTITLE, 0),
            Role::Byline => (BYLINE, 0),
            Role::Dateline => (DATELINE, 0),
            Role::Body | Role::Furniture | Role::Header => {
                (self.body(frame), if frame.in_item && !self.unindented { GRID / 3 } else { 0 })
            }
            Role::AuthorNote | Role::Unplaced | Role::SourceLine | Role::Rights => (SMALL, GRID / 2),
        };
        let element = self.element(ElementKind::Paragraph, frame.element);
        self.leaf(&block.inlines, &look, Frame { element, ..frame }, Flow { before, keep: block.role < Role::Body });
        self.unindented = false;
    }

    /// The look of a body paragraph here: the first one begins flush left, except in Chinese and Japanese.
    fn body(&self, frame: Frame) -> Look {
        let first_indent = match self.shaper.language(frame.language).primary() {
            _ if !self.labels.is_empty() || frame.in_item => 0,
            "zh" => 2 * 940,
            "ja" => 940,
            _ if self.unindented => 0,
            _ => 1500,
        };
        Look { first_indent, ..if frame.small { SMALL } else { BODY } }
    }

    fn title(&mut self, inlines: &[Inline], frame: Frame) {
        if inline_text(inlines).is_empty() {
            return;
        }
        self.level = 1;
        let element = self.element(ElementKind::Heading(1), frame.element);
        self.leaf(inlines, &TITLE, Frame { element, ..frame }, Flow { keep: true, ..Flow::default() });
    }

    fn heading(&mut self, depth: u8, inlines: &[Inline], frame: Frame) {
        if inline_text(inlines).is_empty() {
            return;
        }
        // ISO 14289-1 §7.4.2: no level of heading is skipped.
        self.level = (depth.max(1) + 1).min(self.level + 1).min(6);
        let look = if self.level <= 2 { SECTION } else { SUBSECTION };
        let element = self.element(ElementKind::Heading(self.level), frame.element);
        self.leaf(inlines, &look, Frame { element, ..frame }, Flow { before: GRID, keep: true });
        self.unindented = true;
    }

    /// Verse keeps its lines; an empty line parts stanzas.
    fn verse(&mut self, lines: &[Vec<Inline>], frame: Frame) {
        let first = self.strips.len();
        for stanza in lines.split(|line| inline_text(line).is_empty()).filter(|s| !s.is_empty()) {
            let element = self.element(ElementKind::Paragraph, frame.element);
            let inner = frame.inside(element, 16 * POINT, 0);
            let mut paragraph = Paragraph::default();
            for (i, line) in stanza.iter().enumerate() {
                if i > 0 {
                    paragraph.push("\n", around(inner));
                }
                self.push_inlines(line, around(inner), &mut paragraph);
            }
            let look = Look { turnover: 2000, ..RAGGED };
            self.document_paragraph(paragraph, &look, inner, Flow { before: GRID / 2, keep: false });
        }
        self.space(first, GRID / 2);
        self.unindented = true;
    }

    fn figure(&mut self, alt: &[Inline], caption: &[Block], frame: Frame) {
        let division = self.element(ElementKind::Division, frame.element);
        let first = self.strips.len();
        let element = self.element(ElementKind::Paragraph, division);
        let inner = frame.inside(element, 16 * POINT, 16 * POINT);
        let look = Look { italic: true, justified: false, ..SMALL };
        self.leaf(alt, &look, inner, Flow { before: GRID, keep: !caption.is_empty() });
        if !caption.is_empty() {
            let caption_element = self.element(ElementKind::Caption, division);
            self.unindented = true;
            let inner = Frame { small: true, ..frame.inside(caption_element, 16 * POINT, 16 * POINT) };
            self.sequence(caption, inner);
        }
        self.space(first, GRID);
        self.unindented = true;
    }
}

fn is_empty(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph) && inline_text(&block.inlines).is_empty()
}

fn is_note(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Note { .. })
}
