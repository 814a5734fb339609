//! Inputs to originals, one after the other: files, WARC, WACZ and JSONL, compressed or not, standard input. Decodes
//! nothing. What is wrong with one record is said of that record; the others are yielded all the same.

mod compressed;
mod file;
mod jsonl;
mod kind;
mod names;
mod wacz;
mod warc;
mod warc_digest;
mod warc_payload;

use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::original::Original;

pub use file::{GlobError, discover, load, originals};
pub use names::{member_stem, stems};

/// One thing to convert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where its bytes are.
    pub place: Place,
    /// Path below the input root, or the file's name, or `stdin`; with `/`.
    pub relative: String,
    /// The name of the input root, to tell equal relative paths of two roots apart.
    pub root: String,
}

impl Input {
    /// The absolute path of its file; `None` for standard input, and where the file is gone.
    pub fn absolute(&self) -> Option<PathBuf> {
        match &self.place {
            Place::File(path) => std::fs::canonicalize(path).ok(),
            Place::Stdin => None,
        }
    }

    /// Whether it is named like a container of several originals.
    pub fn is_container(&self) -> bool {
        kind::of_name(&self.relative).is_some_and(|kind| kind.holds_several())
    }
}

/// Where the bytes of an input are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// On standard input.
    Stdin,
}

/// What the inputs of a plan are.
#[derive(Debug, Default)]
pub struct Discovery {
    /// What will be converted, each root's files in the order of their paths.
    pub inputs: Vec<Input>,
    /// Files of folders that are not converted, as relative paths.
    pub ignored: Vec<String>,
    /// Inputs that could not be found, with why.
    pub failed: Vec<(String, Diagnostic)>,
}

/// One original of an input, or why there is none in that place.
#[derive(Debug)]
pub struct Loaded {
    /// The input's relative path; with the place in the container for one of its records.
    pub name: String,
    /// The number of the record in its container, from 0; `None` where the input holds only one original.
    pub index: Option<u64>,
    /// The original.
    pub result: Result<Original, Diagnostic>,
    /// What was noticed while it was read.
    pub noticed: Vec<Diagnostic>,
}

impl Loaded {
    fn rejected(name: String, index: Option<u64>, why: Diagnostic) -> Self {
        Self { name, index, result: Err(why), noticed: Vec::new() }
    }
}

/// Takes originals as they are read; breaks when it wants no more.
pub type Sink<'a> = &'a mut dyn FnMut(Loaded) -> ControlFlow<()>;

/// What an input held beside its originals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that are no HTML or text, or no successful response.
    pub ignored: u64,
}
