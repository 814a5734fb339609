//! Document to pages of lines. Pure; knows no PDF.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::plan::Plan;

/// The pages of one document.
#[derive(Clone, Debug)]
pub struct Layout {
    /// In order; never empty.
    pub pages: Vec<Page>,
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where its text begins: a byte offset into [`Document::text`]. 0 for the first page; the text's length
    /// for a page that shows generated text only.
    pub text_start: usize,
}

/// Lays the document out.
pub fn paginate(_document: &Document, _plan: &Plan, _diagnostics: &mut Vec<Diagnostic>) -> Layout {
    Layout { pages: vec![Page { text_start: 0 }] }
}

/// Parses the fonts.
pub fn warm() {}
