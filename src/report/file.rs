//! `report.json` while it grows, a row a line, so that a run of millions needs no memory for it.
//!
//! Its last line is the digest of what stands before: a report proves itself, whatever became of the record.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::{Row, Summary};
use crate::original::{Digest, Hasher};
use crate::store::OWN_FOLDER;

/// Rows that can be taken back where the disk has no place for the end of the report.
const TAKEN_BACK: usize = 4096;

/// What begins the last line.
const SEAL: &str = "\n\"sha256\":\"";

/// Bytes of the last line with its line end and the brace.
const SEAL_LENGTH: u64 = SEAL.len() as u64 + 64 + 3;

/// A report that grows.
#[derive(Debug)]
pub struct ReportFile {
    file: File,
    /// It goes where the report gets no name.
    staged: TempPath,
    path: PathBuf,
    /// Bytes that were written whole.
    length: u64,
    rows: usize,
    /// Rows that could not be written.
    lost: usize,
    /// Where the last rows begin.
    last: VecDeque<u64>,
}

impl ReportFile {
    /// Begins a report; it gets its name when it is finished.
    ///
    /// # Errors
    /// Where the output folder cannot be written.
    pub fn create(root: &Path, version: &str) -> io::Result<Self> {
        let staged = root.join(OWN_FOLDER).join("report.json.new");
        let file = File::create(&staged)?;
        let staged = TempPath::try_from_path(staged)?;
        let path = root.join("report.json");
        let mut report = Self { file, staged, path, length: 0, rows: 0, lost: 0, last: VecDeque::new() };
        report.write(&format!("{{\"program\":\"oped-convert\",\"version\":\"{version}\",\n\"inputs\":["))?;
        Ok(report)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Where the disk refuses; the report is then as it was before, and other rows can be added.
    pub fn add(&mut self, row: &Row) -> io::Result<()> {
        let comma = if self.rows == 0 { "\n" } else { ",\n" };
        let start = self.length;
        self.write(&format!("{comma}{}", row.to_json()))?;
        self.rows += 1;
        self.last.push_back(start);
        if self.last.len() > TAKEN_BACK {
            self.last.pop_front();
        }
        Ok(())
    }

    /// Counts a row that could not be added.
    pub fn lose(&mut self) {
        self.lost += 1;
    }

    /// Writes a text whole or not at all.
    fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.length))?;
        let written = self.file.write_all(text.as_bytes());
        match written {
            Ok(()) => self.length += text.len() as u64,
            // Where this fails, the next row overwrites it.
            Err(_) => _ = self.file.set_len(self.length),
        }
        written
    }

    /// Ends the report; it has no name yet. Where the disk is full, `make_room` is called; where that does not help, rows
    /// are taken back until the end fits, and counted.
    ///
    /// # Errors
    /// Where the disk refuses even then.
    pub fn finish(
        mut self,
        summary: &Summary,
        ignored: &[String],
        make_room: &mut dyn FnMut(&io::Error),
    ) -> io::Result<FinishedReport> {
        let (summary, ignored) = (serde_json::to_string(summary)?, serde_json::to_string(ignored)?);
        for attempt in 0.. {
            let lost = match self.lost {
                0 => String::new(),
                lost => format!(",\n\"rows_lost\":{lost}"),
            };
            let end = format!("\n],\n\"ignored\":{ignored},\n\"summary\":{summary}{lost},");
            match self.end(&end) {
                Ok(()) => break,
                Err(error) if attempt == 0 => make_room(&error),
                Err(error) => match self.last.pop_back() {
                    Some(start) => {
                        self.length = start;
                        self.file.set_len(start)?;
                        self.rows -= 1;
                        self.lost += 1;
                    }
                    None => return Err(error),
                },
            }
        }
        let Self { staged, path, lost, .. } = self;
        Ok(FinishedReport { staged, path, lost })
    }

    fn end(&mut self, end: &str) -> io::Result<()> {
        let rows = self.length;
        let mut seal = || {
            self.write(end)?;
            let digest = digest_of(&self.staged, self.length)?;
            self.write(&format!("{SEAL}{}\"}}\n", digest.hex()))?;
            self.file.set_len(self.length)?;
            self.file.sync_all()
        };
        let outcome = seal();
        if outcome.is_err() {
            self.length = rows;
        }
        outcome
    }
}

/// A report that is written and synced but not yet under its name.
#[derive(Debug)]
pub struct FinishedReport {
    staged: TempPath,
    path: PathBuf,
    /// Rows that are not in it.
    pub lost: usize,
}

impl FinishedReport {
    /// Gives the report its name.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn publish(self) -> io::Result<()> {
        self.staged.persist(self.path).map_err(|error| error.error)
    }
}

/// The digest of the first bytes of a file.
fn digest_of(path: &Path, length: u64) -> io::Result<Digest> {
    let mut hasher = Hasher::default();
    io::copy(&mut File::open(path)?.take(length), &mut hasher)?;
    Ok(hasher.digest())
}

/// Whether a file is a report of this program, as it was written: its last line is the digest of what stands before.
///
/// # Errors
/// Where it cannot be read.
pub fn is_report(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let Some(body) = file.metadata()?.len().checked_sub(SEAL_LENGTH) else { return Ok(false) };
    let mut seal = Vec::new();
    file.seek(SeekFrom::Start(body))?;
    file.read_to_end(&mut seal)?;
    let expected = format!("{SEAL}{}\"}}\n", digest_of(path, body)?.hex());
    Ok(seal == expected.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_report_proves_itself() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(OWN_FOLDER)).unwrap();
        let mut report = ReportFile::create(folder.path(), "1").unwrap();
        report.add(&Row::new("a")).unwrap();
        report.add(&Row::new("b")).unwrap();
        report.finish(&Summary::default(), &["c".to_owned()], &mut |_| {}).unwrap().publish().unwrap();
        let path = folder.path().join("report.json");
        assert!(is_report(&path).unwrap());
        let text = fs::read_to_string(&path).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((value["inputs"][1]["input"].as_str(), value.get("rows_lost")), (Some("b"), None));
        for edited in [text.replace("\"b\"", "\"c\""), text.clone() + "\n", String::new(), "{}\n".to_owned()] {
            fs::write(&path, edited).unwrap();
            assert!(!is_report(&path).unwrap());
        }
    }
}
