//! What has a label at its side: items of lists, notes, and our own statements in title block and colophon.
//!
//! A label is text of ours; the next line that is set carries it.

use std::collections::BTreeMap;

use super::galley::{Composer, Flow, Frame, around, shift};
use super::inline::is_linkable;
use super::line::SetLine;
use super::look::{BODY, GRID, Look, MEASURE, SMALL, STATEMENT};
use super::paragraph::{extent, set};
use super::spans::{Paragraph, Style, Surroundings};
use super::{ElementKind, Labels, Length, POINT};
use crate::document::{Block, Inline, Language, Numbering, Statement, Value};

/// The column of the labels in title statements and colophon: as wide as `First published at` in their size.
const LABEL_COLUMN: Length = 76 * POINT;

impl Composer<'_> {
    pub fn list(&mut self, numbering: Option<&Numbering>, items: &[Vec<Block>], frame: Frame) {
        let list = self.element(ElementKind::List(numbering.map_or(Labels::Disc, Labels::of)), frame.element);
        let first = self.strips.len();
        let labels: Vec<String> = (0..items.len())
            .map(|i| numbering.map_or_else(|| "•".to_owned(), |numbering| numbering.label(i) + "."))
            .collect();
        let indent = self.label_width(&labels, frame) + 7 * POINT;
        for (label, item) in labels.iter().zip(items) {
            let item_element = self.element(ElementKind::ListItem, list);
            self.label(label, &BODY, frame.inside(item_element, 0, 0), Style::default());
            let body = self.element(ElementKind::ItemBody, item_element);
            self.unindented = true;
            self.sequence(item, Frame { in_item: true, ..frame.inside(body, indent.max(20 * POINT), 0) });
            self.flush_label(&BODY, frame);
        }
        self.space(first, GRID / 2);
        self.unindented = true;
    }

    /// The width of the widest label.
    fn label_width(&mut self, labels: &[String], frame: Frame) -> Length {
        let width = |label: &String| {
            let mut paragraph = Paragraph::default();
            paragraph.push(label, around(frame));
            extent(&paragraph, &BODY, &mut self.shaper).0
        };
        labels.iter().map(width).max().unwrap_or(0)
    }

    /// Sets a label of ours that the next line carries at its left.
    fn label(&mut self, text: &str, look: &Look, frame: Frame, style: Style) {
        let element = self.element(ElementKind::Label, frame.element);
        self.elements[element.0].generated = true;
        let mut paragraph = Paragraph::default();
        paragraph.push(text, Surroundings { style, element, language: frame.language, generated: true });
        paragraph.right_to_left = Some(frame.right_to_left);
        let look = Look { justified: false, first_indent: 0, ..*look };
        let lines = set(&paragraph, &look, MEASURE - frame.indent, self.text.len(), &mut self.shaper);
        self.text.push_str(&paragraph.text);
        let left = if frame.right_to_left { 0 } else { frame.indent };
        self.labels.extend(lines.into_iter().take(1).flat_map(|line| shift(line.runs, left)));
    }

    /// Writes the label on a line of its own where no text came to carry it.
    pub fn flush_label(&mut self, look: &Look, frame: Frame) {
        if !self.labels.is_empty() {
            let line = SetLine { runs: Vec::new(), text_start: None, justified: None };
            self.push_lines(vec![line], look, frame, Flow::default());
        }
    }

    pub fn note(&mut self, id: usize, blocks: &[Block], frame: Frame) {
        let note = self.element(ElementKind::Note(id), frame.element);
        let mark = self.marks.get(&id).filter(|m| !m.is_empty()).cloned().unwrap_or_else(|| id.to_string());
        self.label(&mark, &SMALL, frame.inside(note, 0, 0), Style::default());
        self.unindented = true;
        let inner = Frame { small: true, ..frame.inside(note, 20 * POINT, 0) };
        self.sequence(blocks, inner);
        self.flush_label(&SMALL, frame);
        self.unindented = true;
    }

    /// Labelled lines of ours.
    pub fn statements(&mut self, statements: &[Statement], frame: Frame, before: Length) {
        if statements.is_empty() {
            return;
        }
        let division = self.element(ElementKind::Division, frame.element);
        self.elements[division.0].generated = true;
        let list = self.element(ElementKind::List(Labels::None), division);
        let first = self.strips.len();
        for statement in statements {
            self.statement(statement, Frame { element: list, generated: true, ..frame });
        }
        // They stay on one page.
        let last = self.strips.len() - 1;
        self.strips[first..last].iter_mut().for_each(|s| s.keep = true);
        self.strips[first].before = before;
        self.strips[last].snap = true;
    }

    fn statement(&mut self, statement: &Statement, frame: Frame) {
        let item = self.element(ElementKind::ListItem, frame.element);
        let english = Frame { language: self.english, right_to_left: false, ..frame.inside(item, 0, 0) };
        let label_element = self.elements.len();
        self.label(statement.label, &STATEMENT, english, Style { italic: true, ..Style::default() });
        self.elements[label_element].language = Some(Language("en".to_owned()));
        let body = self.element(ElementKind::ItemBody, item);
        let mut inner = Frame { right_to_left: false, ..frame.inside(body, LABEL_COLUMN, 0) };
        let mut paragraph = Paragraph::default();
        match &statement.value {
            Value::Quoted(text) | Value::Date(text) => paragraph.push(text, around(inner)),
            Value::Generated(text) => {
                self.elements[body.0].language = Some(Language("en".to_owned()));
                inner.language = self.english;
                paragraph.push(text, around(inner));
            }
            Value::Url(url) if is_linkable(url) => {
                let element = self.element(ElementKind::Link(url.clone()), body);
                paragraph.push(url, around(Frame { element, ..inner }));
            }
            Value::Url(url) => paragraph.push(url, around(inner)),
        }
        self.set(paragraph, &STATEMENT, inner, Flow::default());
        self.flush_label(&STATEMENT, frame);
    }
}

/// The marks that refer to notes, by the notes' numbers.
pub(super) fn note_marks(block: &Block, marks: &mut BTreeMap<usize, String>) {
    block.each_run(&mut |inlines| inline_marks(inlines, marks));
}

fn inline_marks(inlines: &[Inline], marks: &mut BTreeMap<usize, String>) {
    for inline in inlines {
        if let Inline::NoteRef { id, mark } = inline {
            marks.entry(*id).or_insert_with(|| mark.clone());
        }
        inline_marks(inline.inner().unwrap_or_default(), marks);
    }
}
