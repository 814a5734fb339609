//! Document to bytes: the table of formats and what every writer gets.
//!
//! A format is one file (or folder) and one line in [`FORMATS`]. Writers fill memory; `store` puts it on disk.
//! They never see bytes before decoding or text before repair: repairs reach them as edits of the document.

pub mod epub;
pub mod pdf;
pub mod tei;
pub mod text;
pub mod xml;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::edit::RepairLog;
use crate::plan::Plan;
use crate::typeset::Layout;

/// Every format, in the order in which `--help`, the README and the report list them.
pub const FORMATS: &[&Format] = &[&tei::FORMAT, &pdf::FORMAT, &epub::FORMAT, &text::FORMAT];

/// The format called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

/// The facts about one format.
pub struct Format {
    /// What `--to` calls it.
    pub name: &'static str,
    /// The ending of its files, without the first dot: `tei.xml`.
    pub extension: &'static str,
    /// Registered media type.
    pub media_type: &'static str,
    /// Standard and edition.
    pub spec: &'static str,
    /// Formats whose renditions this one reads under these options; they are made first.
    pub needs: fn(&Plan) -> &'static [&'static str],
    /// Whether it reads the page layout under these options.
    pub needs_layout: fn(&Plan) -> bool,
    /// The options that decide its bytes, in a canonical form; the record keeps their digest.
    pub options: fn(&Plan) -> String,
    /// Its writer under these options.
    pub writer: fn(&Plan) -> Box<dyn Writer>,
}

/// Writes one document.
pub trait Writer: Send + Sync {
    /// Writes `document` to `out` and says in `diagnostics` what it could not express.
    ///
    /// # Errors
    /// Where the format forbids the document, or `out` fails.
    fn write(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        diagnostics: &mut Vec<Diagnostic>,
        out: &mut dyn Write,
    ) -> Result<(), WriteError>;
}

/// What a writer may know beside the document.
pub struct WriteContext<'a> {
    /// The clock and the options of every format.
    pub plan: &'a Plan,
    /// The pages, where the format asked for them.
    pub layout: Option<&'a Layout>,
    /// The original bytes.
    pub original: &'a [u8],
    /// How the text came from them.
    pub log: &'a RepairLog,
    /// What earlier waves wrote, by format name; a refused rendition is absent.
    pub renditions: &'a BTreeMap<&'static str, Vec<u8>>,
}

/// Why there is no rendition, by who is at fault.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The sink failed.
    #[error("writing failed: {0}")]
    Sink(#[from] io::Error),
    /// The format's rules forbid this document.
    #[error("this document is not allowed by {standard}: {reason}; hint: {hint}")]
    Document {
        /// The standard, as people write it.
        standard: &'static str,
        /// What it forbids.
        reason: String,
        /// What can be done.
        hint: String,
    },
    /// A library refused what we gave it; a defect of this program.
    #[error("{library} failed: {reason}")]
    Library {
        /// Which.
        library: &'static str,
        /// What it said.
        reason: String,
    },
    /// Another format was needed first and is missing.
    #[error("this needs the {0} rendition, which was refused")]
    Missing(&'static str),
}
