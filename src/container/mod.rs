//! Inputs to originals. Decodes nothing.

mod file;
mod names;

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;

pub use file::{GlobError, discover, load};
pub use names::stems;

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
