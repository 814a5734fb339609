//! EPUB 3.3 writer.

use std::io::Write;

use super::{Format, WriteContext, WriteError, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// The format's facts.
pub const FORMAT: Format = Format {
    name: "epub",
    extension: "epub",
    media_type: "application/epub+zip",
    spec: "EPUB 3.3",
    needs: |_| &[],
    needs_layout: |_| false,
    options: |_| String::new(),
    writer: |_| Box::new(W),
};

struct W;

impl Writer for W {
    fn write(
        &self,
        _document: &Document,
        _context: &WriteContext<'_>,
        _diagnostics: &mut Vec<Diagnostic>,
        _out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        Err(WriteError::Missing("epub"))
    }
}
