//! Inlines to paragraphs: one string, and spans of it that say how each stretch is set and what it is for.
//!
//! Note marks and ruby readings are shown but are no part of the document's text: their spans are generated.
//! A ruby reading stands small in parentheses after its base.

use std::ops::Range;

use super::compose::Composer;
use super::shape::LanguageId;
use super::{ElementId, ElementKind};
use crate::document::{Inline, Language};

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

impl Composer<'_> {
    /// Appends inlines to a paragraph.
    pub(super) fn push_inlines(&mut self, inlines: &[Inline], around: Surroundings, paragraph: &mut Paragraph) {
        for inline in inlines {
            self.push_inline(inline, around, paragraph);
        }
    }

    fn push_inline(&mut self, inline: &Inline, around: Surroundings, paragraph: &mut Paragraph) {
        let Surroundings { style, .. } = around;
        let styled = |style| Surroundings { style, ..around };
        match inline {
            Inline::Text(text) => paragraph.push(text, around),
            Inline::Corrected { corr, .. } => paragraph.push(corr, around),
            Inline::Mention(_, inner) => self.push_inlines(inner, around, paragraph),
            Inline::Emphasis(inner) => {
                // Emphasis inside emphasis stands upright.
                let style = Style { italic: !style.italic, ..style };
                self.push_inlines(inner, styled(style), paragraph);
            }
            Inline::Strong(inner) => self.push_inlines(inner, styled(Style { bold: true, ..style }), paragraph),
            Inline::Quote(inner) => {
                let element = self.element(ElementKind::Quote, around.element);
                self.push_inlines(inner, Surroundings { element, ..around }, paragraph);
            }
            Inline::Link { target, inlines } => self.push_link(target, inlines, around, paragraph),
            Inline::Foreign(language, inner) => self.push_foreign(language, inner, around, paragraph),
            Inline::Ruby { base, reading } => {
                self.push_inlines(base, around, paragraph);
                let style = Style { position: Position::Reading, ..style };
                self.push_generated(&format!("({reading})"), ElementKind::Span, styled(style), paragraph);
            }
            Inline::Sub(inner) => {
                self.push_inlines(inner, styled(Style { position: Position::Below, ..style }), paragraph);
            }
            Inline::Sup(inner) => {
                self.push_inlines(inner, styled(Style { position: Position::Above, ..style }), paragraph);
            }
            Inline::Break => paragraph.push("\n", around),
            Inline::NoteRef { mark, .. } => {
                let style = Style { position: Position::Above, ..style };
                self.push_generated(mark, ElementKind::Reference, styled(style), paragraph);
            }
        }
    }

    fn push_link(&mut self, target: &str, inlines: &[Inline], around: Surroundings, paragraph: &mut Paragraph) {
        let kind = if is_linkable(target) {
            ElementKind::Link(target.to_owned())
        } else {
            self.simplified("a link whose address is neither http, https, mailto nor ftp is plain text");
            ElementKind::Span
        };
        let element = self.element(kind, around.element);
        self.push_inlines(inlines, Surroundings { element, ..around }, paragraph);
    }

    fn push_foreign(
        &mut self,
        language: &Language,
        inlines: &[Inline],
        around: Surroundings,
        paragraph: &mut Paragraph,
    ) {
        let element = self.element(ElementKind::Span, around.element);
        self.elements[element.0].language = Some(language.clone());
        let language = self.shaper.language_id(language);
        self.push_inlines(inlines, Surroundings { element, language, ..around }, paragraph);
    }

    fn push_generated(&mut self, text: &str, kind: ElementKind, around: Surroundings, paragraph: &mut Paragraph) {
        let element = self.element(kind, around.element);
        self.elements[element.0].generated = true;
        paragraph.push(text, Surroundings { element, generated: true, ..around });
    }
}

/// Whether a reader can follow the address from inside a PDF.
pub(super) fn is_linkable(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|s| matches!(s.as_str(), "http" | "https" | "mailto" | "ftp"))
}
