//! What was written from what, and what was said of it: `.oped-convert/outputs.tsv` in the output folder. Knows no
//! documents.
//!
//! A line is appended and synced before its file gets its name, so a run that is cut off between the two leaves a line too
//! many, never a file that nobody knows. A file counts as ours when its digest is in any line of its name; at the end of a
//! run the last line of each name is kept. What was said stays on disk: the record of a million articles is in memory
//! without it.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::original::Digest;
use crate::store::OWN_FOLDER;

/// What its first line begins with.
const MARK: &str = "#oped-convert-outputs\t";

const HEAD: &str =
    "#oped-convert-outputs\t2\tpath\tformat\tsource_key\toptions_key\tprogram_version\toutput_sha256\tsaid\n";

/// What an output was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Digest of the original's bytes and of all that is known of where they came from.
    pub source: Digest,
    /// Digest of the options that decide its bytes.
    pub options: Digest,
}

/// A line to be appended.
#[derive(Clone, Debug)]
pub struct Line {
    /// The output's path.
    pub path: String,
    /// Its format, or what else it is.
    pub format: &'static str,
    /// What it was made from.
    pub key: Key,
    /// Digest of the output.
    pub output: Digest,
    /// What was said of it, as JSON.
    pub said: String,
}

/// What is known of one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it was made from; `None` where another version of the program made it, which is never current.
    pub key: Option<Key>,
    /// Digest of the output.
    pub output: Digest,
    /// Where its line stands in the file, with the line end.
    line: (u64, u64),
}

/// Why a record cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Somebody else wrote into it.
    #[error(
        "line {line} of {OWN_FOLDER}/outputs.tsv is damaged, so that it is not known which outputs are this program's; hint: --force goes on without the line, and replaces what it spoke of"
    )]
    Damaged {
        /// From 1.
        line: usize,
    },
}

/// The record of one output folder.
#[derive(Debug)]
pub struct Record {
    path: PathBuf,
    version: &'static str,
    file: File,
    /// Bytes of whole lines.
    length: u64,
    /// By output path and format; the newest last.
    entries: BTreeMap<(String, String), Vec<Entry>>,
}

impl Record {
    /// Reads the record of an output folder, or begins one. `version` is the program's; with `force` damaged lines are
    /// passed over.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or is damaged.
    pub fn open(root: &Path, version: &'static str, force: bool) -> Result<Self, RecordError> {
        let path = root.join(OWN_FOLDER).join("outputs.tsv");
        if fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::other("it is no regular file").into());
        }
        let file = OpenOptions::new().create(true).append(true).read(true).open(&path)?;
        let mut record = Self { path, version, file, length: 0, entries: BTreeMap::new() };
        record.read(force)?;
        // A line that a crash cut off speaks of a file that never got its name.
        record.file.set_len(record.length)?;
        if record.length == 0 {
            record.write(HEAD.as_bytes())?;
        }
        Ok(record)
    }

    fn read(&mut self, force: bool) -> Result<(), RecordError> {
        let mut reader = BufReader::new(self.file.try_clone()?);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let length = reader.read_until(b'\n', &mut line)? as u64;
            // A first line that is not even the beginning of ours is somebody else's.
            let mark = MARK.as_bytes();
            if number == 1 && !line.starts_with(mark) && !mark.starts_with(&line) && !force {
                return Err(RecordError::Damaged { line: number });
            }
            if line.pop() != Some(b'\n') {
                break;
            }
            let place = (self.length, length);
            self.length += length;
            if line.starts_with(b"#") {
                continue;
            }
            match std::str::from_utf8(&line).ok().and_then(|line| parse(line, self.version)) {
                Some((key, made_from, output)) => {
                    self.entries.entry(key).or_default().push(Entry { key: made_from, output, line: place });
                }
                None if force => {}
                None => return Err(RecordError::Damaged { line: number }),
            }
        }
        Ok(())
    }

    /// Whether a file of this digest at this path was written by this program.
    pub fn is_ours(&self, path: &str, digest: Digest) -> bool {
        let from = (path.to_owned(), String::new());
        let of_path = self.entries.range(from..).take_while(|((p, _), _)| p == path);
        of_path.flat_map(|(_, entries)| entries).any(|entry| entry.output == digest)
    }

    /// The newest entry of an output.
    pub fn newest(&self, path: &str, format: &str) -> Option<&Entry> {
        self.entries.get(&(path.to_owned(), format.to_owned()))?.last()
    }

    /// What was said of an output, as JSON.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn said(&self, entry: &Entry) -> io::Result<String> {
        let (start, length) = entry.line;
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(start))?;
        let mut line = String::new();
        file.take(length).read_to_string(&mut line)?;
        let said = line.trim_end_matches('\n').splitn(FIELDS, '\t').nth(FIELDS - 1);
        Ok(said.unwrap_or("null").to_owned())
    }

    /// Appends lines and syncs them. To be called before their files get their names.
    ///
    /// # Errors
    /// Where the record cannot be written; it is then as it was before.
    pub fn append(&mut self, lines: &[Line]) -> io::Result<()> {
        let mut text = String::new();
        let mut added = Vec::with_capacity(lines.len());
        for line in lines {
            let start = text.len();
            line.write_to(&mut text, self.version);
            let place = (self.length + start as u64, (text.len() - start) as u64);
            let entry = Entry { key: Some(line.key), output: line.output, line: place };
            added.push(((line.path.clone(), line.format.to_owned()), entry));
        }
        self.write(text.as_bytes())?;
        for (key, entry) in added {
            self.entries.entry(key).or_default().push(entry);
        }
        Ok(())
    }

    /// Appends bytes whole or not at all.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // What an attempt before left of half a line.
        self.file.set_len(self.length)?;
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => self.length += bytes.len() as u64,
            // Where this fails too, the next attempt or the next run cuts it off.
            Err(_) => _ = self.file.set_len(self.length),
        }
        written
    }

    /// Takes back the newest entry of an output that did not get its name after all: what stands under the name is
    /// still what the entry before says.
    pub fn withdraw(&mut self, path: &str, format: &str) {
        let key = (path.to_owned(), format.to_owned());
        let Some(entries) = self.entries.get_mut(&key) else { return };
        entries.pop();
        if entries.is_empty() {
            self.entries.remove(&key);
        }
    }

    /// Rewrites the record with the newest entry of each output.
    ///
    /// # Errors
    /// Where the record cannot be written; the long form then stays.
    pub fn compact(mut self) -> io::Result<()> {
        let mut lines: Vec<(u64, u64)> = self.entries.values().filter_map(|of| of.last()).map(|e| e.line).collect();
        // As they stand in the file, which is so read once from its beginning to its end.
        lines.sort_unstable();
        let staged = self.path.with_extension("tsv.new");
        let mut out = BufWriter::new(File::create(&staged)?);
        // It goes where it gets no name.
        let staged = TempPath::try_from_path(staged)?;
        out.write_all(HEAD.as_bytes())?;
        self.file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::new(&self.file);
        let mut at = 0;
        for (start, length) in lines {
            reader.seek_relative(i64::try_from(start - at).map_err(io::Error::other)?)?;
            io::copy(&mut (&mut reader).take(length), &mut out)?;
            at = start + length;
        }
        out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        staged.persist(&self.path).map_err(|error| error.error)
    }
}

/// Fields of a line.
const FIELDS: usize = 7;

impl Line {
    fn write_to(&self, text: &mut String, version: &str) {
        let (source, options, output) = (self.key.source.hex(), self.key.options.hex(), self.output.hex());
        // JSON escapes tabs and line ends in its strings.
        let fields: [&str; FIELDS] =
            [&escape(&self.path), self.format, &source, &options, version, &output, &self.said];
        text.push_str(&fields.join("\t"));
        text.push('\n');
    }
}

/// Path and format, what it was made from, digest of the output.
type Parsed = ((String, String), Option<Key>, Digest);

/// A line of this form of the record, or of the first one, whose keys covered less and which ends with the output.
fn parse(line: &str, version: &str) -> Option<Parsed> {
    let fields: Vec<&str> = line.splitn(FIELDS, '\t').collect();
    let [path, format, source, options, made_by, output, ref said @ ..] = fields[..] else { return None };
    let key = Key { source: Digest::from_hex(source)?, options: Digest::from_hex(options)? };
    let is_current = !said.is_empty() && made_by == version;
    Some(((unescape(path), format.to_owned()), is_current.then_some(key), Digest::from_hex(output)?))
}

/// Paths may hold tabs and line breaks, and one may begin with `#`.
fn escape(path: &str) -> String {
    path.replace('%', "%25").replace('\t', "%09").replace('\n', "%0A").replace('\r', "%0D").replace('#', "%23")
}

fn unescape(path: &str) -> String {
    path.replace("%23", "#").replace("%0D", "\r").replace("%0A", "\n").replace("%09", "\t").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(text: &str) -> Digest {
        Digest::of(text.as_bytes())
    }

    fn line(path: &str, output: &str, said: &str) -> Line {
        let key = Key { source: digest("s"), options: digest("o") };
        Line { path: path.to_owned(), format: "pdf", key, output: digest(output), said: said.to_owned() }
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(OWN_FOLDER)).unwrap();
        folder
    }

    fn open(folder: &tempfile::TempDir) -> Record {
        Record::open(folder.path(), "1", false).unwrap()
    }

    #[test]
    fn every_digest_of_a_name_is_ours_until_the_record_is_compacted() {
        let folder = folder();
        let path = "#odd\tname%0A.pdf";
        let mut record = open(&folder);
        record.append(&[line(path, "old", "[1]"), line("b", "b", "\"x\"")]).unwrap();
        record.append(&[line(path, "new", r#"["tab\t"]"#)]).unwrap();
        drop(record);
        let record = open(&folder);
        assert!(record.is_ours(path, digest("old")) && record.is_ours(path, digest("new")));
        assert!(!record.is_ours(path, digest("other")) && !record.is_ours("other", digest("new")));
        record.compact().unwrap();
        let record = open(&folder);
        assert!(!record.is_ours(path, digest("old")) && record.is_ours("b", digest("b")));
        let newest = record.newest(path, "pdf").unwrap();
        assert_eq!((newest.output, newest.key.unwrap().source), (digest("new"), digest("s")));
        assert_eq!(record.said(newest).unwrap(), r#"["tab\t"]"#);
    }

    #[test]
    fn lines_of_the_first_form_and_of_other_versions_are_ours_and_never_current() {
        let folder = folder();
        let (source, output) = (digest("s").hex(), digest("out").hex());
        let first = format!("#oped-convert-outputs\t1\t…\na.pdf\tpdf\t{source}\t{source}\t1\t{output}\n");
        fs::write(folder.path().join(OWN_FOLDER).join("outputs.tsv"), first).unwrap();
        let mut record = open(&folder);
        assert!(record.is_ours("a.pdf", digest("out")));
        assert_eq!(record.newest("a.pdf", "pdf").unwrap().key, None);
        record.append(&[line("b.pdf", "b", "null")]).unwrap();
        record.compact().unwrap();
        assert_eq!(open(&folder).newest("a.pdf", "pdf").unwrap().key, None);
        assert!(open(&folder).newest("b.pdf", "pdf").unwrap().key.is_some());
        let later = Record::open(folder.path(), "2", false).unwrap();
        assert!(later.is_ours("b.pdf", digest("b")) && later.newest("b.pdf", "pdf").unwrap().key.is_none());
    }

    #[test]
    fn a_line_that_was_cut_off_is_dropped_and_a_damaged_one_is_named() {
        let folder = folder();
        let path = folder.path().join(OWN_FOLDER).join("outputs.tsv");
        open(&folder).append(&[line("a.pdf", "a", "[]"), line("b.pdf", "b", "[]")]).unwrap();
        let whole = fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            open(&folder).append(&[line("c.pdf", "c", "[]")]).unwrap();
            assert!(open(&folder).is_ours("c.pdf", digest("c")), "cut at {cut}");
        }
        fs::write(&path, "my notes").unwrap();
        let error = Record::open(folder.path(), "1", false).unwrap_err();
        assert!(matches!(error, RecordError::Damaged { line: 1 }), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"my notes");
        let damaged = String::from_utf8(whole).unwrap().replace("b.pdf\tpdf", "b.pdf pdf");
        fs::write(&path, damaged).unwrap();
        let error = Record::open(folder.path(), "1", false).unwrap_err();
        assert!(matches!(error, RecordError::Damaged { line: 3 }), "{error}");
        assert!(Record::open(folder.path(), "1", true).unwrap().is_ours("a.pdf", digest("a")));
    }
}
