//! Text that is set as one paragraph: one string, and spans of it that say how each stretch is set and what it is for.

use std::ops::Range;

use super::ElementId;
use super::shape::LanguageId;

/// Text that is set as one paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Everything that is shown.
    pub text: String,
    /// Covers `text` without gaps.
    pub spans: Vec<Span>,
    /// Where its text begins in the document's; `None` where all of it is generated.
    pub document: Option<usize>,
    /// Its lines run from right to left; where that is not known, its first letter tells.
    pub right_to_left: Option<bool>,
    /// Lines that are not full stand at the left whatever their direction.
    pub at_left: bool,
}

/// A stretch of a paragraph that is set in one way.
#[derive(Debug)]
pub(super) struct Span {
    pub range: Range<usize>,
    pub style: Style,
    pub element: ElementId,
    pub language: LanguageId,
    pub generated: bool,
}

/// How a stretch differs from its block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub bold: bool,
    pub italic: bool,
    pub position: Position,
}

/// Where a stretch stands on its line, and how large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Position {
    #[default]
    Baseline,
    Below,
    Above,
    Reading,
}

/// What a stretch inherits from its surroundings.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    pub style: Style,
    pub element: ElementId,
    pub language: LanguageId,
    pub generated: bool,
}

impl Paragraph {
    /// Appends text in one style.
    pub fn push(&mut self, text: &str, around: Surroundings) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let Surroundings { style, element, language, generated } = around;
        match self.spans.last_mut() {
            Some(s) if (s.style, s.element, s.language, s.generated) == (style, element, language, generated) => {
                s.range.end = self.text.len();
            }
            _ => self.spans.push(Span { range: start..self.text.len(), style, element, language, generated }),
        }
    }

    /// Bytes that are part of the document's text.
    pub fn document_length(&self) -> usize {
        self.spans.iter().filter(|s| !s.generated).map(|s| s.range.len()).sum()
    }

    /// Where the first document character at or after `offset` stands in the document's text.
    pub fn document_offset(&self, offset: usize, end: usize) -> Option<usize> {
        let mut before = 0;
        for span in self.spans.iter().filter(|s| !s.generated) {
            if span.range.end > offset && span.range.start < end {
                return Some(self.document? + before + offset.saturating_sub(span.range.start));
            }
            before += span.range.len();
        }
        None
    }
}
