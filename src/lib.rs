//! The line: bytes of a scraped op-ed in, archival renditions out.
//!
//! ```text
//!  container     decode       repair       read       normalise      paginate     write (rayon)     store      record
//! ──────────> Original ─> Decoded ─> Repaired ─> Article ─> Document ─> Layout? ═══> Renditions ─> files ─> outputs, report
//! ```
//!
//! [`read_original`] goes to the document, [`convert`] to the renditions of one original, [`batch::run`] over all
//! inputs of a plan. Nothing here prints; every doubt and loss is a [`diagnostic::Diagnostic`].
//!
//! ```
//! use oped_convert::original::{Origin, Original};
//! use oped_convert::plan::{Reading, Writing};
//! use oped_convert::write::{FORMATS, Schedule};
//!
//! let bytes = "Ann Lee: We can¡¯t wait\n\nNICP¡¡Time:12 05, 2017¡¡Writer:Ann Lee\n\nThe text begins here.\n";
//! let original = Original::new(Origin { path: "a.txt".into(), ..Origin::default() }, bytes.as_bytes());
//! let writing = Writing { formats: vec!["tei"], ..Writing::default() };
//! let conversion = oped_convert::convert(&original, &Reading::default(), &Schedule::new(&writing, FORMATS).unwrap());
//!
//! let metadata = &conversion.reading.document.metadata;
//! assert_eq!(metadata.title.as_ref().unwrap().value, "We can’t wait");
//! assert_eq!(metadata.published.as_ref().unwrap().value.iso, "2017-12-05");
//! // The repaired text and its log give the bytes back.
//! let repaired = &conversion.reading.repaired;
//! assert_eq!(repaired.log.restore(&repaired.text).unwrap(), bytes.as_bytes());
//! ```

#[cfg(feature = "batch")]
pub mod batch;
#[cfg(feature = "batch")]
pub mod container;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod encoding;
pub mod inspect;
pub mod original;
pub mod plan;
mod press;
pub mod span;
#[cfg(feature = "typeset")]
pub mod typeset;
/// Pages, which this build lays out none of.
#[cfg(not(feature = "typeset"))]
pub mod typeset {
    /// The pages of one document; there are none.
    #[derive(Clone, Debug)]
    pub enum Layout {}
}
pub mod write;

// The rooms behind the face. They are open for this project's own tests and benchmarks; what stands in them changes
// without notice, and no version promises anything of it.
#[doc(hidden)]
pub mod characters;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod decode;
#[doc(hidden)]
pub mod field;
#[cfg(feature = "typeset")]
#[doc(hidden)]
pub mod font;
#[cfg(feature = "batch")]
#[doc(hidden)]
pub mod learn;
#[doc(hidden)]
pub mod metadata;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod normalise;
#[doc(hidden)]
pub mod read;
#[cfg(feature = "batch")]
#[doc(hidden)]
pub mod record;
#[doc(hidden)]
pub mod repair;
#[cfg(feature = "batch")]
#[doc(hidden)]
pub mod report;
#[cfg(feature = "batch")]
#[doc(hidden)]
pub mod store;

#[cfg(feature = "batch")]
use container::{CONTAINERS, ContainerKind};
use diagnostic::Diagnostic;
use document::Document;
use edit::Repaired;
use original::Original;
pub use plan::VERSION;
pub use repair::{repair_bytes, repair_str};
use typeset::Layout;
#[cfg(feature = "batch")]
use write::{COLLECTIONS, CollectionKind, FORMATS, Format};
use write::{Rendition, Renditions, Schedule};

/// Everything of which there are several kinds, each a row of a table: a new kind is a file and a row.
#[cfg(feature = "batch")]
#[derive(Clone, Copy)]
pub struct Tables {
    /// What an article can be written as.
    pub formats: &'static [&'static Format],
    /// What all articles of a run can be written to.
    pub collections: &'static [&'static CollectionKind],
    /// What several articles can be read from.
    pub containers: &'static [&'static ContainerKind],
}

/// The kinds that this build has.
#[cfg(feature = "batch")]
pub const TABLES: Tables = Tables { formats: FORMATS, collections: COLLECTIONS, containers: CONTAINERS };

/// An original read: what its document is, and how its text came from its bytes.
#[derive(Debug)]
pub struct ReadOriginal {
    /// The document.
    pub document: Document,
    /// The repaired text with its log.
    pub repaired: Repaired,
    /// Everything that was noticed, in the order of the line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Bytes to document: decode, repair, read, recognise, normalise. Never fails.
pub fn read_original(original: &Original, options: &plan::Reading) -> ReadOriginal {
    let plan::Reading { stated, houses, repair } = options;
    let mut repaired = repair::repair(original, decode::decode(original), repair);
    let mut article = read::read(&repaired, &original.origin);
    metadata::mend_lines(&mut article);
    let recognised = metadata::recognise(&article, repaired.sources(), &original.origin, stated, houses);
    let read = std::mem::take(&mut article.diagnostics);
    let (mut document, noticed) = normalise::normalise(original, &repaired, article, recognised);
    document.identifier = stated.identifier.as_ref().map(|ids| ids.of(&document.identity(), &original.origin));
    let mut diagnostics = std::mem::take(&mut repaired.diagnostics);
    diagnostics.extend(read);
    diagnostics.extend(noticed);
    ReadOriginal { document, repaired, diagnostics }
}

/// An original with its renditions.
pub struct Conversion {
    /// What it was read as.
    pub reading: ReadOriginal,
    /// The formats that were asked for, in the order of the table.
    pub renditions: Vec<Rendition>,
    /// Its pages, where a format or a collection reads them.
    pub layout: Option<Layout>,
}

/// One original to all formats of the schedule, in parallel as far as one does not need another.
///
/// Layout and XML recurse with the depth of the document, which reading bounds: the thread, and those of rayon's pool,
/// need a stack of 8 MiB for the deepest pages.
pub fn convert(original: &Original, options: &plan::Reading, schedule: &Schedule) -> Conversion {
    let reading = read_original(original, options);
    let Renditions { made, layout } = schedule.write(original, &reading.document, &reading.repaired.log);
    Conversion { reading, renditions: made, layout }
}

/// Fills what is made once per process (fonts, models), so that no worker thread has to. Patterns are compiled when they
/// are first asked.
pub fn warm(schedule: &Schedule) {
    model::warm();
    decode::warm();
    repair::warm();
    #[cfg(feature = "typeset")]
    if schedule.lays_out() {
        typeset::warm();
    }
    #[cfg(not(feature = "typeset"))]
    let _ = schedule;
}
