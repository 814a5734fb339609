//! The galley that is composed: strips of set lines in the order of the page, the tree of what they are for, and how a
//! paragraph is added to both. Which block becomes which paragraphs is said by `compose`, `labelled` and `table`.

use std::collections::{BTreeMap, BTreeSet};

use super::line::SetLine;
use super::look::{GRID, Look, MEASURE};
use super::paragraph::set;
use super::shape::{LanguageId, Shaper};
use super::spans::{Paragraph, Position, Style, Surroundings};
use super::{Element, ElementId, ElementKind, GlyphRun, Length, Line, Rule};
use crate::diagnostic::{Diagnostic, W001, W002, W003};
use crate::document::Language;

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

/// How a paragraph flows between others.
#[derive(Clone, Copy, Default)]
pub(super) struct Flow {
    pub before: Length,
    pub keep: bool,
}

/// The rows at the head of a table, for the pages that it goes on to.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `y` counts from its top.
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    pub height: Length,
}

impl Head {
    pub fn add(&mut self, row: &Strip) {
        let mut lines = row.lines.clone();
        lines.iter_mut().for_each(|line| line.y += self.height);
        self.lines.extend(lines);
        self.rules.extend(row.rules.iter().map(|rule| Rule { y: rule.y + self.height, ..*rule }));
        self.height += row.height;
    }
}

/// What composing fills.
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
    pub labels: Vec<GlyphRun>,
    /// The deepest heading so far, so that no level is skipped.
    pub level: u8,
    /// The next paragraph follows a heading or begins the text.
    pub unindented: bool,
    pub marks: BTreeMap<usize, String>,
    pub english: LanguageId,
}

impl<'a> Composer<'a> {
    /// An empty galley of an empty document.
    pub fn new(
        shaper: Box<Shaper>,
        widest: Length,
        diagnostics: &'a mut Vec<Diagnostic>,
        marks: BTreeMap<usize, String>,
        english: LanguageId,
    ) -> Self {
        let root = Element { kind: ElementKind::Document, parent: None, language: None, generated: false };
        Self {
            shaper,
            elements: vec![root],
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
        }
    }

    /// The galley, when every block is in it.
    pub fn finish(mut self) -> Galley {
        self.report();
        let Self { shaper, elements, text, strips, heads, document_end, english, .. } = self;
        Galley { strips, heads, elements, text, document_length: document_end.unwrap_or(0), shaper, english }
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

    /// Puts space above the strip at `first` and below the last one.
    pub fn space(&mut self, first: usize, space: Length) {
        if let Some(strip) = self.strips.get_mut(first) {
            strip.before = strip.before.max(space);
        }
        if let Some(last) = self.strips.last_mut() {
            last.snap = true;
        }
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

    pub fn set(&mut self, mut paragraph: Paragraph, look: &Look, frame: Frame, flow: Flow) {
        if paragraph.text.is_empty() {
            return;
        }
        frame.direct(&mut paragraph, self.shaper.language(frame.language));
        self.set_paragraph(&paragraph, look, frame, flow);
    }

    /// Sets a paragraph that has its place in the text and its direction.
    pub fn set_paragraph(&mut self, paragraph: &Paragraph, look: &Look, frame: Frame, flow: Flow) {
        let lines = set(paragraph, look, frame.measure, self.text.len(), &mut self.shaper);
        self.text.push_str(&paragraph.text);
        self.push_lines(lines, look, frame, flow);
    }

    pub fn push_lines(&mut self, lines: Vec<SetLine>, look: &Look, frame: Frame, flow: Flow) {
        let count = lines.len();
        for (i, mut line) in lines.into_iter().enumerate() {
            let mut runs = std::mem::take(&mut self.labels);
            runs.extend(shift(std::mem::take(&mut line.runs), frame.left()));
            let SetLine { text_start, justified, .. } = line;
            let line = Line { y: baseline(look.leading), runs, text_start, justified };
            let is_last = i + 1 == count;
            // No page ends after the first line of a paragraph, nor before its last one, nor inside a word.
            let keep = flow.keep || (!is_last && (i == 0 || i + 2 == count || line.is_hyphenated()));
            let before = if i == 0 { flow.before } else { 0 };
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
}

pub(super) fn shift(mut runs: Vec<GlyphRun>, x: Length) -> Vec<GlyphRun> {
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
