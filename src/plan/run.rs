//! The part of a plan that is of the run as a whole: inputs, places, limits. None of it decides what
//! bytes an original becomes; `opening` decides which originals there are.

use std::path::PathBuf;

/// What is converted, where it goes, and with which means.
#[derive(Clone, Debug)]
pub struct Run {
    /// Files, folders and `-`.
    pub inputs: Vec<PathBuf>,
    /// Globs of relative paths to convert; empty: all.
    pub include: Vec<String>,
    /// Globs of relative paths to leave out.
    pub exclude: Vec<String>,
    /// How inputs are opened.
    pub opening: Opening,
    /// So many articles from the beginning on are converted, and no others read.
    pub limit: Option<u64>,
    /// So many articles are converted, drawn from all by the digests of what they are and where they stand.
    pub sample: Option<u64>,
    /// The output folder.
    pub output: PathBuf,
    /// Files that take all articles of the run: names from the table of collections, each with its place.
    pub collections: Vec<PlacedCollection>,
    /// What happens to outputs that exist.
    pub replace: Replace,
    /// Everything but the writing to disk.
    pub dry_run: bool,
    /// Worker threads; 0 is one per processor.
    pub jobs: usize,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            opening: Opening::default(),
            limit: None,
            sample: None,
            output: PathBuf::from("output"),
            collections: Vec::new(),
            replace: Replace::Ours,
            dry_run: false,
            jobs: 0,
        }
    }
}

/// A name from the table of collections, and the file that is asked for.
pub type PlacedCollection = (&'static str, PathBuf);

/// How inputs are opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// What is too large.
    pub limits: Limits,
    /// Which fields of a JSONL record are what.
    pub json: JsonFields,
}

/// What is too large to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes above which an input, or a record of a container, is refused.
    pub max_bytes: u64,
    /// How many times its compressed size an input may grow to.
    pub max_ratio: u64,
}

impl Limits {
    /// Bytes for an input that a person wants to see, however large it is.
    pub const NONE: u64 = u64::MAX - 1;

    /// 32 MiB: a thousand times the longest op-ed, and one window of originals (batch.rs). Text compresses 3 to 10 times,
    /// the same page over and over about 100 times; deflate cannot do more than 1,032.
    pub const DEFAULT: Self = Self { max_bytes: 32 << 20, max_ratio: 250 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Fields of a JSONL record, where they are not called as usual (container/jsonl.rs). A name, or a JSON Pointer
/// (RFC 6901) where it begins with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonFields {
    /// The article's text or HTML.
    pub text: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The article's title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it appeared.
    pub date: Option<String>,
}

/// What happens to outputs that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replace {
    /// Files that this program wrote and nobody changed since are replaced, others are refused.
    Ours,
    /// As `Ours`; and what was made from the same input, options and program version is not made again.
    Resume,
    /// All are replaced.
    Force,
}
