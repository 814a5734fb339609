//! A folder of its own for each test, and the binary that is run in it.

#![allow(dead_code, reason = "each test target uses some of the helpers")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// An article that converts without a warning.
pub const ARTICLE: &str = "The harbour needs a second bridge\n\nBy Ada Holm\n\nThe ferry is late again, and the town \
waits for it as it has waited for forty years.\n\nA bridge costs less than the hours that are lost on the quay.\n";

/// The folder of sample articles.
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("input")
}

/// The sample articles, by name.
pub fn sample_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 10, "the samples are missing");
    files
}

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Run {
    /// What a finished process said.
    pub fn new(output: Output) -> Self {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!stderr.contains("panicked"), "{stderr}");
        Self { code: output.status.code().expect("it was not killed"), stdout: output.stdout, stderr }
    }

    /// Standard output as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("standard output is UTF-8")
    }

    /// Checks the exit status.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", String::from_utf8_lossy(&self.stdout), self.stderr);
        self
    }

    /// Checks that standard output says each of these.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.text().contains(word), "{word:?} is not in: {}", self.text());
        }
        self
    }

    /// Checks that standard error says each of these.
    #[track_caller]
    pub fn complains(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.stderr.contains(word), "{word:?} is not in: {}", self.stderr);
        }
        self
    }
}

/// A temporary folder; relative paths are below it, and runs have it as their working folder.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// An empty one.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// One with files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::new();
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// The full path of a relative one.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The bytes of a file.
    #[track_caller]
    pub fn read(&self, relative: &str) -> Vec<u8> {
        fs::read(self.path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    /// The text of a file.
    #[track_caller]
    pub fn text(&self, relative: &str) -> String {
        String::from_utf8(self.read(relative)).unwrap()
    }

    /// Whether something stands there.
    pub fn exists(&self, relative: &str) -> bool {
        self.path(relative).exists()
    }

    /// The binary, in this folder and without what the surroundings might tell it.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oped-convert"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        command
    }

    /// Runs the binary.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Run {
        Run::new(self.command(arguments).output().unwrap())
    }

    /// Runs the binary with bytes on its standard input.
    pub fn feed<A: AsRef<OsStr>>(&self, arguments: &[A], bytes: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(bytes).unwrap());
            Run::new(child.wait_with_output().unwrap())
        })
    }

    /// `report.json` of the default output folder.
    pub fn report(&self) -> Value {
        serde_json::from_slice(&self.read("output/report.json")).unwrap()
    }

    /// The row of an input in `report.json`.
    #[track_caller]
    pub fn row(&self, input: &str) -> Value {
        let report = self.report();
        let row = report["inputs"].as_array().unwrap().iter().find(|row| row["input"] == input);
        row.unwrap_or_else(|| panic!("no row of {input} in {report}")).clone()
    }

    /// The paths below a folder, the program's own folder left out.
    pub fn names(&self, folder: &str) -> Vec<String> {
        tree(&self.path(folder)).into_keys().collect()
    }
}

/// The codes of a row's diagnostics.
pub fn codes(row: &Value) -> Vec<&str> {
    row["diagnostics"].as_array().unwrap().iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

/// Every file below a folder with its bytes, the program's own folder left out.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            if name != ".oped-convert" {
                collect(&entry.path(), &format!("{prefix}{name}/"), files);
            }
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(entry.path()).unwrap());
        }
    }
}
