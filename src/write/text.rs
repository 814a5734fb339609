//! Plain text: exactly [`Document::text`], in UTF-8, without a byte order mark or a last line break.

use std::io::Write;

use serde_json::Value;

use super::{Format, WriteContext, WriteError, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// The format's facts.
pub const FORMAT: Format = Format {
    name: "txt",
    extension: "txt",
    media_type: "text/plain",
    spec: "UTF-8 (RFC 3629)",
    writer: |_| Box::new(Text),
};

struct Text;

impl Writer for Text {
    fn options(&self) -> Value {
        Value::Null
    }

    fn shows_metadata(&self) -> bool {
        false
    }

    fn write(
        &self,
        document: &Document,
        _context: &WriteContext<'_>,
        _diagnostics: &mut Vec<Diagnostic>,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        Ok(out.write_all(document.text().as_bytes())?)
    }
}
