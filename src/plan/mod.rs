//! What the program is asked to do, in three parts: the run, the reading, the writing. Whoever works by an option is
//! given the part that it is of, and nothing else. Filled by `cli`, or by a library user.

mod canonical;
mod clock;
mod house;
mod identifier;
mod language;
mod reading;
mod run;
mod writing;

#[cfg(feature = "typeset")]
pub use crate::font::library::{FontError, FontLibrary};
pub use canonical::canonical;
pub use clock::Clock;
#[doc(hidden)]
pub use clock::VERSION;
pub use house::{DateOrder, Defaults, FieldPattern, Glob, House, HouseError, Houses, LanguageTag, LinePattern};
pub use identifier::{IdentifierTemplate, TemplateError};
pub use language::is_language_tag;
pub use reading::{Reading, RepairOptions, Stated};
pub use run::{JsonFields, Limits, Opening, PlacedCollection, Replace, Run};
pub use writing::{AnthologyOptions, EpubOptions, GroupBy, LayoutOptions, PageList, Paper, PdfOptions, Writing};

/// Everything that decides an output, and where it goes.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What is converted, where it goes, and with which means; for `container` and `batch`.
    pub run: Run,
    /// How bytes become a document.
    pub reading: Reading,
    /// How a document becomes outputs.
    pub writing: Writing,
}
