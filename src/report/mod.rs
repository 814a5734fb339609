//! What a run did, input by input: the rows that the command line prints and `report.json` keeps (`file`). `recall` gives
//! back what was said of an input that is not converted again.
//!
//! `report.json` holds no times, and no paths but relative ones and those of inputs that could not be found, as they were
//! given: equal runs give equal reports.

mod file;
mod recall;

use std::fmt;

use serde::Serialize;

use crate::diagnostic::{self, Diagnostic};
use crate::document::{Bytes, Document};
use crate::edit::RepairLog;
use crate::original::{Digest, Origin};

pub use file::{FinishedReport, ReportFile, is_report};
pub use recall::{said_of_format, said_of_reading};

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// Everything was written.
    Converted,
    /// `--resume`: everything was there already.
    Unchanged,
    /// Some outputs were refused, or the article has no word.
    Partial,
    /// Nothing was written.
    Rejected,
    /// A record of a container that holds no article.
    Ignored,
}

/// As a run prints it: capitals for what somebody has to look at.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Converted => "converted",
            Self::Unchanged => "unchanged",
            Self::Partial => "PARTLY CONVERTED",
            Self::Rejected => "REJECTED",
            Self::Ignored => "ignored",
        })
    }
}

/// What became of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OutputStatus {
    /// It is under its name.
    Written,
    /// It was under its name already, made of the same.
    Unchanged,
    /// A dry run.
    WouldBeWritten,
}

/// One output of an input.
#[derive(Clone, Debug)]
pub struct OutputRow {
    /// Format, or `repaired` or `repairs`.
    pub format: &'static str,
    /// Relative path with `/`.
    pub path: String,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length of its bytes.
    pub bytes: usize,
    /// What became of it.
    pub status: OutputStatus,
}

/// One input.
#[derive(Clone, Debug)]
pub struct Row {
    /// Relative path, or the path as given where it could not be found.
    pub input: String,
    /// What became of it.
    pub status: Status,
    /// Where a record stands in its container and what it says of itself; `None` for a file.
    pub record: Option<Origin>,
    /// Digest and length of its bytes.
    pub source: Option<(Digest, usize)>,
    /// How its bytes were read.
    pub encoding: Option<String>,
    /// Number of repairs.
    pub repairs: usize,
    /// The title found.
    pub title: Option<String>,
    /// What became of the bytes of its text, repaired.
    pub account: Option<Bytes>,
    /// The persistent identifier that was assigned.
    pub identifier: Option<String>,
    /// What was written.
    pub outputs: Vec<OutputRow>,
    /// Formats that were refused.
    pub refused: Vec<&'static str>,
    /// Everything that was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Row {
    /// A row of which only the input's name is known.
    #[doc(hidden)]
    pub fn new(input: &str) -> Self {
        Self {
            input: input.to_owned(),
            status: Status::Converted,
            record: None,
            source: None,
            encoding: None,
            repairs: 0,
            title: None,
            account: None,
            identifier: None,
            outputs: Vec::new(),
            refused: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Nothing is written for this input.
    #[doc(hidden)]
    pub fn reject(&mut self, why: Diagnostic) {
        self.status = Status::Rejected;
        self.diagnostics.push(why);
    }

    /// There is no article in it, or none that can be read.
    #[doc(hidden)]
    pub fn dismiss(&mut self, why: Diagnostic) {
        let is_left_out = why.code == diagnostic::C017;
        self.reject(why);
        if is_left_out {
            self.status = Status::Ignored;
        }
    }

    /// One format is not written.
    #[doc(hidden)]
    pub fn refuse(&mut self, format: &'static str, why: Diagnostic) {
        self.refused.push(format);
        self.diagnostics.push(why);
    }

    /// An output that was made did not get its name.
    #[doc(hidden)]
    pub fn lose(&mut self, path: &str, why: Diagnostic) {
        let lost = self.outputs.iter().position(|output| output.path == path);
        if let Some(output) = lost.map(|at| self.outputs.remove(at)) {
            self.refuse(output.format, why);
            self.settle();
        }
    }

    /// Sets the status from what was written and refused.
    #[doc(hidden)]
    pub fn settle(&mut self) {
        self.status = match (self.outputs.is_empty(), self.refused.is_empty()) {
            (_, true) if self.is_wordless() => Status::Partial,
            (_, true) => Status::Converted,
            (false, false) => Status::Partial,
            (true, false) => Status::Rejected,
        };
    }

    /// Everything was there already.
    #[doc(hidden)]
    pub fn keep(&mut self) {
        self.status = if self.is_wordless() { Status::Partial } else { Status::Unchanged };
    }

    fn is_wordless(&self) -> bool {
        self.diagnostics.iter().any(|said| said.code == diagnostic::M015)
    }

    /// The outputs that stand there already.
    #[doc(hidden)]
    pub fn unchanged_paths(&self) -> Vec<String> {
        let unchanged = self.outputs.iter().filter(|output| output.status == OutputStatus::Unchanged);
        unchanged.map(|output| output.path.clone()).collect()
    }

    /// What the document is.
    #[doc(hidden)]
    pub fn describe(&mut self, document: &Document, log: &RepairLog) {
        self.encoding = Some(document.encoding.name());
        self.repairs = log.repairs().count();
        self.identifier = document.identifier.as_ref().map(|id| id.value.clone());
        self.title = document.metadata.title.as_ref().map(|t| t.value.clone());
        self.account = Some(document.account.bytes());
    }

    /// The row as one line of JSON.
    pub fn to_json(&self) -> String {
        // Strings and numbers only: serialising them cannot fail.
        serde_json::to_string(&RowJson::from(self)).unwrap_or_default()
    }
}

/// Counts over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Inputs of which everything was written.
    pub converted: usize,
    /// Inputs of which everything was there already.
    pub unchanged: usize,
    /// Inputs of which some outputs were refused, or which have no word.
    pub partial: usize,
    /// Inputs of which nothing was written.
    pub rejected: usize,
    /// Files of folders that are not converted, and records of containers that hold no article.
    pub ignored: usize,
    /// Articles that are not in the sample of [`crate::plan::Run::sample`].
    #[serde(skip_serializing_if = "is_none_of")]
    pub passed_over: usize,
    /// Articles after which nothing more was read, where [`crate::plan::Run::limit`] was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl Summary {
    /// Adds a row.
    #[doc(hidden)]
    pub fn count(&mut self, row: &Row) {
        match row.status {
            Status::Converted => self.converted += 1,
            Status::Unchanged => self.unchanged += 1,
            Status::Partial => self.partial += 1,
            Status::Rejected => self.rejected += 1,
            Status::Ignored => self.ignored += 1,
        }
    }

    /// Inputs in all, without those that are ignored.
    pub fn inputs(&self) -> usize {
        self.converted + self.unchanged + self.partial + self.rejected
    }

    /// Everything was converted, and that was something: a container may hold no article.
    pub fn is_complete(&self) -> bool {
        self.partial == 0 && self.rejected == 0 && self.converted + self.unchanged > 0
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_none_of(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct RowJson<'a> {
    input: &'a str,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<RecordJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<usize>,
    encoding: Option<&'a str>,
    repairs: usize,
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Bytes>,
    outputs: Vec<OutputJson<'a>>,
    refused: &'a [&'static str],
    diagnostics: &'a [Diagnostic],
}

/// Where a record stands: bytes of its container, of the content of one that is compressed as a whole.
#[derive(Serialize)]
struct RecordJson<'a> {
    offset: u64,
    /// Not that of a stretch of which nobody knows where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    captured: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
}

impl<'a> RecordJson<'a> {
    fn of(origin: &'a Origin) -> Option<Self> {
        let member = origin.member.as_ref()?;
        Some(Self {
            offset: member.offset,
            length: Some(member.length).filter(|length| *length > 0),
            id: member.id(),
            address: origin.target_uri.as_deref(),
            media_type: origin.media_type.as_deref(),
            captured: member.captured.as_deref(),
            http_status: member.status,
        })
    }
}

#[derive(Serialize)]
struct OutputJson<'a> {
    format: &'a str,
    path: &'a str,
    sha256: String,
    bytes: usize,
    status: OutputStatus,
}

impl<'a> From<&'a Row> for RowJson<'a> {
    fn from(row: &'a Row) -> Self {
        let output = |o: &'a OutputRow| OutputJson {
            format: o.format,
            path: &o.path,
            sha256: o.digest.hex(),
            bytes: o.bytes,
            status: o.status,
        };
        Self {
            input: &row.input,
            status: row.status,
            record: row.record.as_ref().and_then(RecordJson::of),
            sha256: row.source.map(|(digest, _)| digest.hex()),
            bytes: row.source.map(|(_, bytes)| bytes),
            encoding: row.encoding.as_deref(),
            repairs: row.repairs,
            title: row.title.as_deref(),
            identifier: row.identifier.as_deref(),
            account: row.account,
            outputs: row.outputs.iter().map(output).collect(),
            refused: &row.refused,
            diagnostics: &row.diagnostics,
        }
    }
}
