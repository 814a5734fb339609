//! Inputs to originals, one after the other: files, WARC, ARC, WACZ and JSONL, compressed or not, standard input. Decodes
//! nothing. What is wrong with one record is said of that record; the others are yielded all the same.

#[cfg(feature = "containers")]
mod arc;
#[cfg(feature = "containers")]
mod arc_fields;
#[cfg_attr(not(feature = "containers"), allow(dead_code, reason = "some of it is for containers alone"))]
mod compressed;
#[cfg(feature = "containers")]
mod feed;
mod file;
#[cfg_attr(not(feature = "containers"), allow(dead_code, reason = "some of it is for containers alone"))]
mod frames;
#[cfg(feature = "containers")]
mod json;
#[cfg(feature = "containers")]
mod jsonl;
mod kind;
#[cfg(feature = "containers")]
mod mail;
mod names;
#[cfg(feature = "containers")]
mod news;
#[cfg(feature = "containers")]
mod press;
mod unread;
#[cfg(feature = "containers")]
mod wacz;
#[cfg(feature = "containers")]
mod warc;
#[cfg(feature = "containers")]
mod warc_block;
#[cfg(feature = "containers")]
mod warc_digest;
#[cfg(feature = "containers")]
mod warc_fields;
#[cfg(feature = "containers")]
mod warc_payload;
#[cfg(feature = "containers")]
mod warc_stream;
#[cfg(feature = "containers")]
mod xml;
#[cfg(feature = "containers")]
mod zip_members;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[cfg(feature = "containers")]
use crate::diagnostic;
use crate::diagnostic::Diagnostic;
#[cfg(feature = "containers")]
use crate::original::Member;
use crate::original::{Digest, Origin, Original};
use crate::plan::Opening;
use kind::Kind;

pub use file::{GlobError, discover, load, originals};
pub use kind::Compression;
#[doc(hidden)]
pub use kind::SINGLE;
pub(crate) use kind::endings;
#[doc(hidden)]
pub use names::{member_stem, stems};
#[doc(hidden)]
pub use unread::unread;

/// Every kind of container, in the order in which the README lists them; none in a build without the feature
/// `containers`.
pub const CONTAINERS: &[&ContainerKind] = &[
    #[cfg(feature = "containers")]
    &warc::WARC,
    #[cfg(feature = "containers")]
    &arc::ARC,
    #[cfg(feature = "containers")]
    &wacz::WACZ,
    #[cfg(feature = "containers")]
    &jsonl::JSONL,
    #[cfg(feature = "containers")]
    &json::JSON,
    #[cfg(feature = "containers")]
    &mail::MAIL,
    #[cfg(feature = "containers")]
    &mail::MBOX,
    #[cfg(feature = "containers")]
    &feed::FEED,
    #[cfg(feature = "containers")]
    &news::NEWS,
    #[cfg(feature = "containers")]
    &press::PRESS,
];

/// The facts about one kind of container.
pub struct ContainerKind {
    /// What people call it.
    pub name: &'static str,
    /// Standard and edition.
    pub spec: &'static str,
    /// Endings of its names, in lower case, without the point; none where its files are called texts (`.txt`).
    pub endings: &'static [&'static str],
    /// It may be compressed as a whole or in parts, and then `.gz` or `.zst` stands behind its ending.
    pub compressed: bool,
    /// Whether a file without a telling name is one, or a text where it has no endings of its own, by its first bytes
    /// after decompression: 64 KiB, or as many as were read at once.
    pub begins: fn(&[u8]) -> bool,
    /// What of it is read, for the README.
    pub holds: &'static str,
    /// Yields its records to the sink, in the order in which they stand in it: each with its original or with why there is
    /// none.
    pub read: fn(&Container<'_>, &Opening, Sink<'_>) -> Result<(), Diagnostic>,
}

/// There is one of each name.
impl PartialEq for ContainerKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ContainerKind {}

impl std::fmt::Debug for ContainerKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A file that is read as a container.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// Relative path of the input.
    pub name: &'a str,
    /// Where its bytes are; they can be read more than once, and from any place.
    pub path: &'a Path,
    /// How its name says that it is compressed; without a telling name, how its first bytes do.
    pub compression: Compression,
    /// Of all its bytes.
    pub digest: Digest,
    /// How many these are.
    pub length: u64,
}

/// One thing to convert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where its bytes are.
    pub place: InputPlace,
    /// Path below the input root, or the file's name, or `stdin`; with `/`.
    pub relative: String,
    /// The name of the input root, to tell equal relative paths of two roots apart.
    pub root: String,
}

impl Input {
    /// A file, called by its name; `-` is standard input.
    pub fn of(file: &Path) -> Self {
        let is_stdin = file.as_os_str() == "-";
        let name = || file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let relative = if is_stdin { "stdin".to_owned() } else { name() };
        let place = if is_stdin { InputPlace::Stdin } else { InputPlace::File(file.to_owned()) };
        Self { place, relative, root: String::new() }
    }

    /// The absolute path of its file; `None` for standard input, and where the file is gone.
    pub(crate) fn absolute(&self) -> Option<PathBuf> {
        match &self.place {
            InputPlace::File(path) => std::fs::canonicalize(path).ok(),
            InputPlace::Stdin => None,
        }
    }

    /// Whether it is named like a container of several originals.
    pub(crate) fn is_container(&self, containers: &[&'static ContainerKind]) -> bool {
        matches!(kind::of_name(&self.relative, containers), Some(Kind::Several(..)))
    }
}

/// Where the bytes of an input are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputPlace {
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
    /// The original; or why there is none, `C017` for a record that is left out because it holds no article.
    pub result: Result<Original, Diagnostic>,
    /// Where the record stands and what it says of itself, where there is no original to say it and it is known.
    pub origin: Option<Origin>,
    /// What was noticed while it was read.
    pub noticed: Vec<Diagnostic>,
}

impl Loaded {
    /// One that cannot be read.
    pub fn rejected(name: String, index: Option<u64>, why: Diagnostic) -> Self {
        Self { name, index, result: Err(why), origin: None, noticed: Vec::new() }
    }

    /// One record, at this place; where it has no original, the place is told all the same.
    #[cfg(feature = "containers")]
    fn record(
        name: String,
        index: Option<u64>,
        result: Result<Original, Diagnostic>,
        place: impl FnOnce() -> Origin,
        noticed: Vec<Diagnostic>,
    ) -> Self {
        let origin = result.is_err().then(place);
        Self { name, index, result, origin, noticed }
    }
}

/// Why a record that is whole is no article.
#[cfg(feature = "containers")]
fn left_out(why: impl Into<String>) -> Diagnostic {
    Diagnostic::new(diagnostic::C017, why)
}

/// The place of a record in an input, where nothing else is known of it.
#[cfg(feature = "containers")]
fn place(path: &str, member: Member) -> Origin {
    Origin { path: path.to_owned(), member: Some(member), ..Origin::default() }
}

/// Takes originals as they are read; breaks when it wants no more.
pub type Sink<'a> = &'a mut dyn FnMut(Loaded) -> ControlFlow<()>;
