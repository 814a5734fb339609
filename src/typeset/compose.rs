//! Blocks to a galley: strips of set lines in the order of the page, and the tree of what they are for.
//!
//! The order is that of [`Document::shown`]: title, subtitle, byline, dateline, then our title statements, then
//! the body, notes, author note, source line, rights, and at the end our colophon. What is ours stands in
//! elements marked as generated. A document without a title block gets a generated heading.

use std::collections::{BTreeMap, BTreeSet};

use super::inline::{Paragraph, Position, Style, Surroundings};
use super::labelled::note_marks;
use super::line::SetLine;
use super::look::{BODY, BYLINE, DATELINE, Look, RAGGED, SECTION, SMALL, SUBSECTION, SUBTITLE, TITLE};
use super::paragraph::set;
use super::shape::{LanguageId, Shaper};
use super::table::Head;
use super::{Element, ElementId, ElementKind, Length, Line, POINT, Rule, Run};
use crate::diagnostic::{Diagnostic, W001, W002, W003};
use crate::document::{Block, BlockKind, Direction, Document, Inline, Language, Role, inline_text};
use crate::font::is_of_cjk_face;

/// The distance of baselines of the body; every block begins on a multiple of it.
pub(super) const GRID: Length = 15 * POINT;

/// 29 ideographs or about 66 Latin characters of the body's size.
pub(super) const MEASURE: Length = 29 * 1034 * 1000;

/// Lines that stay together, on a page by themselves or between others.
#[derive(Debug)]
pub(super) struct Strip {
    /// `y` counts from the strip's top, `x` from the left edge of the text.
    pub lines: Vec<Line>,
    /// Placed as the lines are.
    pub rules: Vec<Rule>,
    pub height: Length,
    /// Space above, except at the top of a page.
    pub before: Length,
    /// No page ends after it.
    pub keep: bool,
    /// What follows begins on the grid.
    pub snap: bool,
    /// An index into the heads: the one that is shown again where a page begins with this strip.
    pub repeats: Option<usize>,
}

/// A document before it is cut into pages.
pub(super) struct Galley {
    pub strips: Vec<Strip>,
    /// Heads of tables.
    pub heads: Vec<Head>,
    pub elements: Vec<Element>,
    pub text: String,
    /// Length of the document's text.
    pub document_length: usize,
    pub shaper: Box<Shaper>,
    pub english: LanguageId,
}

/// Where a block stands.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub element: ElementId,
    pub indent: Length,
    pub measure: Length,
    pub language: LanguageId,
    pub generated: bool,
    /// Notes and captions are set smaller.
    pub small: bool,
    /// Paragraphs of list items are told by space, not by their first lines.
    pub in_item: bool,
    /// Text begins at the right edge.
    pub right_to_left: bool,
}

impl Frame {
    /// The frame of an element inside this one, indented on both sides.
    pub fn inside(self, element: ElementId, left: Length, right: Length) -> Self {
        // Deep nesting stops indenting before the lines get too short to hold a word.
        let (left, right) = if self.measure - left - right < MEASURE / 4 { (0, 0) } else { (left, right) };
        Self { element, indent: self.indent + left, measure: self.measure - left - right, ..self }
    }

    /// Distance of its left edge from that of the text block; indents count from where lines begin.
    pub fn left(self) -> Length {
        if self.right_to_left { MEASURE - self.indent - self.measure } else { self.indent }
    }

    /// Where the lines of a paragraph in it begin, and where they stand.
    pub fn direct(self, paragraph: &mut Paragraph, language: &Language) {
        let is_told = self.right_to_left || language.primary() != "und";
        paragraph.right_to_left = if self.generated || !is_told { None } else { Some(self.right_to_left) };
        paragraph.at_left = self.generated && !self.right_to_left;
    }
}

/// How a paragraph sits between others.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub before: Length,
    pub keep: bool,
}

pub(super) struct Composer<'a> {
    pub shaper: Box<Shaper>,
    pub elements: Vec<Element>,
    pub text: String,
    pub strips: Vec<Strip>,
    pub heads: Vec<Head>,
    /// How wide a table may be that does not fit the measure.
    pub widest: Length,
    diagnostics: &'a mut Vec<Diagnostic>,
    simplified: BTreeSet<&'static str>,
    /// Where the last leaf of the document's text ended.
    document_end: Option<usize>,
    /// Labels that the next line carries at its left.
    pub labels: Vec<Run>,
    /// The deepest heading so far, so that no level is skipped.
    level: u8,
    /// The next paragraph follows a heading or begins the text.
    pub unindented: bool,
    pub marks: BTreeMap<usize, String>,
    pub english: LanguageId,
}

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
    let mut composer = Composer {
        shaper,
        elements: Vec::new(),
        text: String::new(),
        strips: Vec::new(),
        heads: Vec::new(),
        widest,
        diagnostics,
        simplified: BTreeSet::new(),
        document_end: None,
        labels: Vec::new(),
        level: 0,
        unindented: true,
        marks,
        english,
    };
    let root = Element { kind: ElementKind::Document, parent: None, language: None, generated: false };
    composer.elements.push(root);
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
    composer.report();
    let Composer { shaper, elements, text, strips, heads, document_end, .. } = composer;
    Galley { strips, heads, elements, text, document_length: document_end.unwrap_or(0), shaper, english }
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

    /// A new element inside `parent`.
    pub fn element(&mut self, kind: ElementKind, parent: ElementId) -> ElementId {
        let generated = self.elements.get(parent.0).is_some_and(|p| p.generated);
        self.elements.push(Element { kind, parent: Some(parent), language: None, generated });
        ElementId(self.elements.len() - 1)
    }

    /// Says once that a structure was simplified.
    pub fn simplified(&mut self, what: &'static str) {
        if self.simplified.insert(what) {
            self.diagnostics.push(Diagnostic::new(W003, what));
        }
    }

    fn report(&mut self) {
        let name = |c: char| format!("U+{:04X} {}", u32::from(c), c.escape_debug());
        for &c in &self.shaper.missing {
            let message = format!("no embedded font has {}; the PDF shows a substitute", name(c));
            self.diagnostics.push(Diagnostic::new(W001, message));
        }
        for &c in &self.shaper.private {
            self.diagnostics.push(Diagnostic::new(W002, format!("private-use character U+{:04X}", u32::from(c))));
        }
    }

    fn devised_title(&mut self, title: &str, frame: Frame) {
        let element = self.element(ElementKind::Heading(1), frame.element);
        self.elements[element.0].generated = true;
        self.level = 1;
        let frame = Frame { element, generated: true, ..frame };
        let mut paragraph = Paragraph::default();
        paragraph.push(title, around(frame));
        self.set(paragraph, &TITLE, frame, Place { keep: true, ..Place::default() });
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

    /// Puts space above the strip at `first` and below the last one.
    pub fn space(&mut self, first: usize, space: Length) {
        if let Some(strip) = self.strips.get_mut(first) {
            strip.before = strip.before.max(space);
        }
        if let Some(last) = self.strips.last_mut() {
            last.snap = true;
        }
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
            Role::AuthorNote | Role::SourceLine | Role::Rights => (SMALL, GRID / 2),
        };
        let element = self.element(ElementKind::Paragraph, frame.element);
        self.leaf(&block.inlines, &look, Frame { element, ..frame }, Place { before, keep: block.role < Role::Body });
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
        self.leaf(inlines, &TITLE, Frame { element, ..frame }, Place { keep: true, ..Place::default() });
    }

    fn heading(&mut self, depth: u8, inlines: &[Inline], frame: Frame) {
        if inline_text(inlines).is_empty() {
            return;
        }
        // ISO 14289-1 §7.4.2: no level of heading is skipped.
        self.level = (depth.max(1) + 1).min(self.level + 1).min(6);
        let look = if self.level <= 2 { SECTION } else { SUBSECTION };
        let element = self.element(ElementKind::Heading(self.level), frame.element);
        self.leaf(inlines, &look, Frame { element, ..frame }, Place { before: GRID, keep: true });
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
            self.document_paragraph(paragraph, &look, inner, Place { before: GRID / 2, keep: false });
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
        self.leaf(alt, &look, inner, Place { before: GRID, keep: !caption.is_empty() });
        if !caption.is_empty() {
            let caption_element = self.element(ElementKind::Caption, division);
            self.unindented = true;
            let inner = Frame { small: true, ..frame.inside(caption_element, 16 * POINT, 16 * POINT) };
            self.sequence(caption, inner);
        }
        self.space(first, GRID);
        self.unindented = true;
    }

    /// One leaf of the document's text.
    pub fn leaf(&mut self, inlines: &[Inline], look: &Look, frame: Frame, place: Place) {
        let mut paragraph = Paragraph::default();
        self.push_inlines(inlines, around(frame), &mut paragraph);
        // Short lines that the document breaks are lines, not prose; they go on further in.
        let verse = Look { justified: false, first_indent: 0, turnover: 2000, balanced: false, ..*look };
        let look = if has_short_lines(&paragraph.text) { &verse } else { look };
        self.document_paragraph(paragraph, look, frame, place);
    }

    fn document_paragraph(&mut self, mut paragraph: Paragraph, look: &Look, frame: Frame, place: Place) {
        paragraph.document = self.document_start(paragraph.document_length());
        self.set(paragraph, look, frame, place);
    }

    /// Where a leaf of this length begins in the document's text: leaves are joined by one LF, empty ones left out.
    pub fn document_start(&mut self, length: usize) -> Option<usize> {
        if length == 0 {
            return None;
        }
        let start = self.document_end.map_or(0, |end| end + 1);
        self.document_end = Some(start + length);
        Some(start)
    }

    pub fn set(&mut self, mut paragraph: Paragraph, look: &Look, frame: Frame, place: Place) {
        if paragraph.text.is_empty() {
            return;
        }
        frame.direct(&mut paragraph, self.shaper.language(frame.language));
        self.set_paragraph(&paragraph, look, frame, place);
    }

    /// Sets a paragraph that has its place in the text and its direction.
    pub fn set_paragraph(&mut self, paragraph: &Paragraph, look: &Look, frame: Frame, place: Place) {
        let lines = set(paragraph, look, frame.measure, self.text.len(), &mut self.shaper);
        self.text.push_str(&paragraph.text);
        self.push_lines(lines, look, frame, place);
    }

    pub fn push_lines(&mut self, lines: Vec<SetLine>, look: &Look, frame: Frame, place: Place) {
        let count = lines.len();
        for (i, mut line) in lines.into_iter().enumerate() {
            let mut runs = std::mem::take(&mut self.labels);
            runs.extend(shift(std::mem::take(&mut line.runs), frame.left()));
            let SetLine { text_start, justified, .. } = line;
            let line = Line { y: baseline(look.leading), runs, text_start, justified };
            let is_last = i + 1 == count;
            // No page ends after the first line of a paragraph, nor before its last one, nor inside a word.
            let keep = place.keep || (!is_last && (i == 0 || i + 2 == count || line.is_hyphenated()));
            let before = if i == 0 { place.before } else { 0 };
            self.strips.push(Strip {
                lines: vec![line],
                rules: Vec::new(),
                height: look.leading,
                before,
                keep,
                snap: is_last && look.leading > GRID,
                repeats: None,
            });
        }
    }
}

pub(super) fn shift(mut runs: Vec<Run>, x: Length) -> Vec<Run> {
    runs.iter_mut().for_each(|run| run.x += x);
    runs
}

/// Where the baseline stands in a strip of this height.
pub(super) fn baseline(leading: Length) -> Length {
    leading * 3 / 4
}

pub(super) fn around(frame: Frame) -> Surroundings {
    let Frame { element, language, generated, .. } = frame;
    Surroundings { style: Style { position: Position::Baseline, ..Style::default() }, element, language, generated }
}

/// Whether a text has lines that are about as long as verse: prose has longer ones.
fn has_short_lines(text: &str) -> bool {
    let width = |c: char| if is_of_cjk_face(c) { 2 } else { 1 };
    let lines = text.split('\n').count();
    lines > 1 && text.chars().map(width).sum::<usize>() <= 90 * lines
}

fn is_empty(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph) && inline_text(&block.inlines).is_empty()
}

fn is_note(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Note { .. })
}
