//! PDF/A-2a and PDF/UA-1 writer.

use std::io::Write;

use super::{Format, WriteContext, WriteError, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// The format's facts.
pub const FORMAT: Format = Format {
    name: "pdf",
    extension: "pdf",
    media_type: "application/pdf",
    spec: "PDF/A-2a and PDF/UA-1",
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
        Err(WriteError::Missing("pdf"))
    }
}
