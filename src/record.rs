//! What was written from what: `.oped-convert/outputs.tsv` in the output folder. Knows no documents.
//!
//! A line is appended and synced before its file gets its name, so a run that is cut off between the two leaves
//! a line too many, never a file that nobody knows. A file counts as ours when its digest is in any line of its
//! name; at the end of a run the last line of each name is kept.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::original::Digest;
use crate::store::OWN_FOLDER;

const HEAD: &str =
    "#oped-convert-outputs\t1\tpath\tformat\tsource_sha256\toptions_sha256\tprogram_version\toutput_sha256\n";

/// What one output was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Digest of the original.
    pub source: Digest,
    /// Digest of the options that its format reads.
    pub options: Digest,
    /// Program version.
    pub version: String,
    /// Digest of the output.
    pub output: Digest,
}

/// The record of one output folder.
#[derive(Debug)]
pub struct Record {
    path: PathBuf,
    file: File,
    /// By output path and format; the newest last.
    entries: BTreeMap<(String, String), Vec<Entry>>,
}

impl Record {
    /// Reads the record of an output folder, or begins one.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub fn open(root: &Path) -> io::Result<Self> {
        let path = root.join(OWN_FOLDER).join("outputs.tsv");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let mut entries: BTreeMap<(String, String), Vec<Entry>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            // A line that a crash cut off speaks of a file that never got its name.
            if let Some((key, entry)) = parse(line) {
                entries.entry(key).or_default().push(entry);
            }
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        if text.is_empty() {
            file.write_all(HEAD.as_bytes())?;
        } else if !text.ends_with('\n') {
            file.write_all(b"\n")?;
        }
        Ok(Self { path, file, entries })
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

    /// Appends entries and syncs them. To be called before their files get their names.
    ///
    /// # Errors
    /// Where the record cannot be written.
    pub fn append(&mut self, added: Vec<(String, String, Entry)>) -> io::Result<()> {
        let lines: String = added.iter().map(|(path, format, entry)| line(path, format, entry)).collect();
        self.file.write_all(lines.as_bytes())?;
        self.file.sync_data()?;
        for (path, format, entry) in added {
            self.entries.entry((path, format)).or_default().push(entry);
        }
        Ok(())
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
    pub fn compact(self) -> io::Result<()> {
        let mut text = HEAD.to_owned();
        for ((path, format), entries) in &self.entries {
            if let Some(entry) = entries.last() {
                text.push_str(&line(path, format, entry));
            }
        }
        let staged = self.path.with_extension("tsv.new");
        let mut file = File::create(&staged)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(staged, &self.path)
    }
}

fn line(path: &str, format: &str, entry: &Entry) -> String {
    let fields =
        [&escape(path), format, &entry.source.hex(), &entry.options.hex(), &entry.version, &entry.output.hex()];
    fields.join("\t") + "\n"
}

fn parse(line: &str) -> Option<((String, String), Entry)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [path, format, source, options, version, output] = fields[..] else { return None };
    let entry = Entry {
        source: Digest::from_hex(source)?,
        options: Digest::from_hex(options)?,
        version: version.to_owned(),
        output: Digest::from_hex(output)?,
    };
    Some(((unescape(path), format.to_owned()), entry))
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

    #[test]
    fn every_digest_of_a_name_is_ours_until_the_record_is_compacted() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(OWN_FOLDER)).unwrap();
        let digest = |text: &str| Digest::of(text.as_bytes());
        let entry =
            |output| Entry { source: digest("s"), options: digest("o"), version: "1".into(), output: digest(output) };
        let path = "#odd\tname%0A.pdf";
        let mut record = Record::open(folder.path()).unwrap();
        record.append(vec![(path.into(), "pdf".into(), entry("old"))]).unwrap();
        record.append(vec![(path.into(), "pdf".into(), entry("new"))]).unwrap();
        drop(record);
        let record = Record::open(folder.path()).unwrap();
        assert!(record.is_ours(path, digest("old")) && record.is_ours(path, digest("new")));
        assert!(!record.is_ours(path, digest("other")) && !record.is_ours("other", digest("new")));
        record.compact().unwrap();
        let record = Record::open(folder.path()).unwrap();
        assert!(!record.is_ours(path, digest("old")));
        assert_eq!(record.newest(path, "pdf"), Some(&entry("new")));
    }
}
