//! Document to bytes: the table of formats and what every writer gets.
//!
//! A format is one file (or folder) and one line in [`FORMATS`]; what takes all articles of a run into one file is one
//! file and one line in [`COLLECTIONS`]. Writers fill memory; `store` puts it on disk. They never see bytes before
//! decoding or text before repair: repairs reach them as edits of the document.

mod collection;
#[cfg(feature = "epub")]
#[doc(hidden)]
pub mod epub;
#[cfg(feature = "typeset")]
#[doc(hidden)]
pub mod layout_log;
#[cfg(any(feature = "tei", feature = "epub"))]
mod member;
#[cfg(feature = "pdf")]
#[doc(hidden)]
pub mod pdf;
mod schedule;
#[cfg(feature = "tei")]
#[doc(hidden)]
pub mod tei;
#[doc(hidden)]
pub mod text;
#[cfg(any(feature = "tei", feature = "pdf", feature = "epub"))]
#[doc(hidden)]
pub mod xml;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::edit::RepairLog;
use crate::plan::Writing;
use crate::typeset::Layout;

/// Every format, in the order in which `--help`, the README and the report list them.
pub const FORMATS: &[&Format] = &[
    #[cfg(feature = "tei")]
    &tei::FORMAT,
    #[cfg(feature = "pdf")]
    &pdf::FORMAT,
    #[cfg(feature = "epub")]
    &epub::FORMAT,
    &text::FORMAT,
];

/// Every collection, in the order in which `--help` and the README list them.
pub const COLLECTIONS: &[&CollectionKind] = &[
    #[cfg(feature = "tei")]
    &tei::corpus::CORPUS,
    #[cfg(feature = "epub")]
    &epub::anthology::ANTHOLOGY,
    #[cfg(feature = "typeset")]
    &layout_log::LAYOUT_LOG,
];

pub use collection::{Begin, Collection, CollectionFile, CollectionKind, Ends};
#[doc(hidden)]
pub use schedule::panic_message;
pub use schedule::{Rendition, Renditions, Schedule, UnknownFormat};

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
    /// Its writer, which takes from the options what it reads.
    pub writer: fn(&Writing) -> Box<dyn Writer>,
}

/// Writes one document. What it was given of the options is all that it may know of them.
pub trait Writer: Send + Sync {
    /// What it was given of the options, as [`canonical`](crate::plan::canonical): with the document and the program
    /// version it decides the bytes, and two values that differ make some document's bytes differ.
    fn options(&self) -> Value;

    /// Whether it shows anything of the document beside its text.
    fn shows_metadata(&self) -> bool {
        true
    }

    /// Formats whose renditions it reads; they are made first.
    fn needs(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it reads the pages.
    fn reads_layout(&self) -> bool {
        false
    }

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
    /// The pages, where the format asked for them.
    pub layout: Option<&'a Layout>,
    /// The original bytes.
    pub original: &'a [u8],
    /// How the text came from them.
    pub log: &'a RepairLog,
    /// The formats that this one needs, by name; a refused rendition is absent.
    pub renditions: &'a BTreeMap<&'static str, Vec<u8>>,
}

/// Why there is no rendition, by who is at fault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
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
