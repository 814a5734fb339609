//! What takes all articles of a run into one file: the facts of each kind, and what all of them do.

use std::io::{Seek, Write};

use super::{WriteContext, WriteError};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::plan::Writing;

/// The facts about one kind of collection.
pub struct CollectionKind {
    /// The option that asks for it and names its file: `--tei-corpus FILE`.
    pub name: &'static str,
    /// What it is, for the option's help.
    pub help: &'static str,
    /// Registered media type.
    pub media_type: &'static str,
    /// Standard and edition.
    pub spec: &'static str,
    /// What stands in the first 1,024 bytes of each file of this kind, and of no other: such a file is replaced.
    pub signature: &'static str,
    /// A run that is asked for it writes the formats only where they are asked for too, and then no repaired text and no
    /// log beside them: it has to hold all that leads back to the original, as a corpus in TEI does.
    pub suffices: bool,
    /// The format that notices the same doubts of an article, where there is one: with it they are said once.
    pub noticed_with: Option<&'static str>,
    /// Options of the command line that only say how it is made; they want it to be asked for.
    pub options: &'static [&'static str],
    /// Whether its members are made of the pages.
    pub reads_layout: bool,
    /// Begins one in an empty file.
    pub begin: Begin,
}

/// Makes a collection that grows in the file.
pub type Begin = fn(&Writing, Box<dyn CollectionFile>) -> Result<Box<dyn Collection>, WriteError>;

/// The file that a collection grows in. What it holds when the collection ends stands between its two [`Ends`].
pub trait CollectionFile: Write + Seek + Send + Sync {}

impl<T: Write + Seek + Send + Sync> CollectionFile for T {}

/// A collection that grows: members are made in the workers, and admitted in the order of the inputs. No more than a
/// window of them is in memory.
pub trait Collection: Send + Sync {
    /// Makes a document's part, and says in `diagnostics` what it could not express.
    ///
    /// # Errors
    /// Where the collection's format forbids the document.
    fn make(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, WriteError>;

    /// Takes what [`Self::make`] made of the next document; `false` where the same article is in it already.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn admit(&mut self, member: Vec<u8>) -> Result<bool, WriteError>;

    /// Writes what is known when all articles are there. `None` where there is nothing to keep.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn finish(self: Box<Self>) -> Result<Option<Ends>, WriteError>;
}

/// What stands before and behind what a collection wrote to its file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Before it.
    pub head: Vec<u8>,
    /// Behind it.
    pub tail: Vec<u8>,
}
