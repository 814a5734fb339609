//! Inlines to paragraphs.
//!
//! Note marks and ruby readings are shown but are no part of the document's text: their spans are generated.
//! A ruby reading stands small in parentheses after its base.

use super::ElementKind;
use super::galley::{Composer, Flow, Frame, around};
use super::look::Look;
use super::spans::{Paragraph, Position, Style, Surroundings};
use crate::document::{Inline, Language};
use crate::font::is_of_cjk_face;

impl Composer<'_> {
    /// One leaf of the document's text.
    pub fn leaf(&mut self, inlines: &[Inline], look: &Look, frame: Frame, flow: Flow) {
        let mut paragraph = Paragraph::default();
        self.push_inlines(inlines, around(frame), &mut paragraph);
        // Short lines that the document breaks are lines, not prose; they go on further in.
        let verse = Look { justified: false, first_indent: 0, turnover: 2000, balanced: false, ..*look };
        let look = if has_short_lines(&paragraph.text) { &verse } else { look };
        self.document_paragraph(paragraph, look, frame, flow);
    }

    pub fn document_paragraph(&mut self, mut paragraph: Paragraph, look: &Look, frame: Frame, flow: Flow) {
        paragraph.document = self.document_start(paragraph.document_length());
        self.set(paragraph, look, frame, flow);
    }

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

/// Whether a text has lines that are about as long as verse: prose has longer ones.
fn has_short_lines(text: &str) -> bool {
    let width = |c: char| if is_of_cjk_face(c) { 2 } else { 1 };
    let lines = text.split('\n').count();
    lines > 1 && text.chars().map(width).sum::<usize>() <= 90 * lines
}
