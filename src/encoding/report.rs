//! How the bytes of a file were read, for the record.

use super::EncodingId;
use crate::span::Permille;

/// How bytes were read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingReport {
    /// The encodings, most bytes first; empty for an empty file.
    pub encodings: Vec<EncodingId>,
    /// A byte order mark stood at the start.
    pub byte_order_mark: bool,
    /// Bytes that no encoding reads.
    pub unreadable: usize,
    /// Why these encodings: `strict UTF-8`, `byte order mark`, the statistics of a legacy encoding, ….
    pub evidence: String,
    /// How sure that is.
    pub confidence: Permille,
}

impl EncodingReport {
    /// `UTF-8`, `UTF-8 + windows-1252` for a mixed file, `unknown` where some bytes could not be read.
    pub fn name(&self) -> String {
        if self.unreadable > 0 {
            return "unknown".to_owned();
        }
        let names: Vec<_> = self.encodings.iter().map(|e| e.name()).collect();
        if names.is_empty() { EncodingId::Utf8.name().to_owned() } else { names.join(" + ") }
    }
}
