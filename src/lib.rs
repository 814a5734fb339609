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
//! use oped_convert::plan::Plan;
//!
//! let bytes = "Ann Lee: We can¡¯t wait\n\nNICP¡¡Time:12 05, 2017¡¡Writer:Ann Lee\n\nThe text begins here.\n";
//! let original = Original::new(Origin { path: "a.txt".into(), ..Origin::default() }, bytes.as_bytes());
//! let plan = Plan { formats: vec!["tei"], ..Plan::default() };
//! let conversion = oped_convert::convert(&original, &plan);
//!
//! let metadata = &conversion.reading.document.metadata;
//! assert_eq!(metadata.title.as_ref().unwrap().value, "We can’t wait");
//! assert_eq!(metadata.published.as_ref().unwrap().value.iso, "2017-12-05");
//! // The repaired text and its log give the bytes back.
//! let repaired = &conversion.reading.repaired;
//! assert_eq!(repaired.log.restore(&repaired.text).unwrap(), bytes.as_bytes());
//! ```

pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod container;
pub mod decode;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod encoding;
pub mod font;
pub mod inspect;
pub mod learn;
pub mod metadata;
pub mod model;
pub mod normalise;
pub mod original;
pub mod plan;
pub mod read;
pub mod record;
pub mod repair;
pub mod report;
pub mod span;
pub mod store;
pub mod typeset;
pub mod write;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use diagnostic::{Diagnostic, Severity};
use document::Document;
use original::Original;
use plan::{Plan, RepairOptions, Stated};
use repair::Repaired;
pub use repair::{repair_bytes, repair_str};
use typeset::Layout;
use write::{FORMATS, Format, WriteContext, WriteError};

/// This program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// An original read: what its document is, and how its text came from its bytes.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// The repaired text with its log.
    pub repaired: Repaired,
    /// Everything that was noticed, in the order of the line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Bytes to document: decode, repair, read, recognise, normalise. Never fails.
pub fn read_original(original: &Original, stated: &Stated, options: &RepairOptions) -> Reading {
    let mut repaired = repair::repair(original, decode::decode(original), options);
    let mut article = read::read(&repaired, &original.origin);
    let recognised = metadata::recognise(&article, &repaired, &original.origin, stated);
    let read = std::mem::take(&mut article.diagnostics);
    let (mut document, noticed) = normalise::normalise(original, &repaired, article, recognised);
    document.identifier = stated.identifier.as_ref().map(|ids| ids.of(&document.identity(), &original.origin));
    let mut diagnostics = std::mem::take(&mut repaired.diagnostics);
    diagnostics.extend(read);
    diagnostics.extend(noticed);
    Reading { document, repaired, diagnostics }
}

/// One rendition, or why there is none.
pub struct Rendition {
    /// Its format.
    pub format: &'static Format,
    /// Its bytes.
    pub result: Result<Vec<u8>, WriteError>,
    /// What the format could not express.
    pub diagnostics: Vec<Diagnostic>,
}

/// An original with its renditions.
pub struct Conversion {
    /// What it was read as.
    pub reading: Reading,
    /// The formats that the plan asks for, in the order of the table.
    pub renditions: Vec<Rendition>,
    /// How its lines were justified, where the plan asks for that ([`typeset::log`]).
    pub layout_log: String,
}

/// One original to all formats of the plan, in parallel as far as one does not need another.
pub fn convert(original: &Original, plan: &Plan) -> Conversion {
    let reading = read_original(original, &plan.stated, &plan.repair);
    let mut layout_diagnostics = Vec::new();
    let is_needed = plan_formats(plan).iter().any(|format| (format.needs_layout)(plan)) || plan.layout_log.is_some();
    let layout = is_needed.then(|| typeset::paginate(&reading.document, plan, &mut layout_diagnostics));
    let mut renditions: Vec<Rendition> = Vec::new();
    for wave in waves(plan) {
        let made = |r: &Rendition| r.result.as_ref().ok().map(|bytes| (r.format.name, bytes.clone()));
        let earlier: BTreeMap<&'static str, Vec<u8>> = renditions.iter().filter_map(made).collect();
        let write = |format: &&'static Format| {
            // What the layout could not do is said of the format that shows it first.
            let shows_layout = (format.needs_layout)(plan) && (format.needs)(plan).is_empty();
            let noticed = if shows_layout { layout_diagnostics.clone() } else { Vec::new() };
            render(original, &reading, plan, layout.as_ref(), &earlier, format, noticed)
        };
        renditions.extend(wave.par_iter().map(write).collect::<Vec<_>>());
    }
    renditions.retain(|r| plan.wants(r.format.name));
    renditions.sort_by_key(|r| FORMATS.iter().position(|f| f.name == r.format.name));
    let rows = |layout| typeset::log::rows(layout, &original.origin.path);
    let layout_log = layout.as_ref().filter(|_| plan.layout_log.is_some()).map(rows).unwrap_or_default();
    Conversion { reading, renditions, layout_log }
}

/// The formats asked for, and those that they need.
fn plan_formats(plan: &Plan) -> Vec<&'static Format> {
    let mut names: Vec<&'static str> = plan.formats.clone();
    let mut at = 0;
    while let Some(format) = names.get(at).and_then(|name| write::format(name)) {
        for need in (format.needs)(plan) {
            if !names.contains(need) {
                names.push(need);
            }
        }
        at += 1;
    }
    FORMATS.iter().copied().filter(|format| names.contains(&format.name)).collect()
}

/// Formats in waves: each needs only formats of earlier ones.
fn waves(plan: &Plan) -> Vec<Vec<&'static Format>> {
    let mut left = plan_formats(plan);
    let mut waves = Vec::new();
    while !left.is_empty() {
        let waits = |format: &&Format| (format.needs)(plan).iter().any(|need| left.iter().any(|l| l.name == *need));
        let (later, ready): (Vec<&'static Format>, Vec<&'static Format>) = left.iter().copied().partition(waits);
        // Formats that need each other would wait for ever; the table has none, and a test says so.
        if ready.is_empty() {
            waves.push(later);
            break;
        }
        waves.push(ready);
        left = later;
    }
    waves
}

fn render(
    original: &Original,
    reading: &Reading,
    plan: &Plan,
    layout: Option<&Layout>,
    renditions: &BTreeMap<&'static str, Vec<u8>>,
    format: &'static Format,
    mut diagnostics: Vec<Diagnostic>,
) -> Rendition {
    let context = WriteContext { plan, layout, original: &original.bytes, log: &reading.repaired.log, renditions };
    let mut bytes = Vec::new();
    // A defect of one writer must not take the other formats with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        (format.writer)(plan).write(&reading.document, &context, &mut diagnostics, &mut bytes)
    }));
    let result = match outcome {
        Ok(Ok(())) => strict(plan, format, &diagnostics).map_or(Ok(bytes), Err),
        Ok(Err(error)) => Err(error),
        Err(panic) => {
            Err(WriteError::Library { library: "oped-convert", reason: batch::panic_message(panic.as_ref()) })
        }
    };
    Rendition { format, result, diagnostics }
}

/// With `--strict` a rendition with a warning is refused.
fn strict(plan: &Plan, format: &Format, diagnostics: &[Diagnostic]) -> Option<WriteError> {
    let warning = diagnostics.iter().find(|d| plan.strict && d.code.severity >= Severity::Warning)?;
    Some(WriteError::Document {
        standard: format.spec,
        reason: format!("{warning}, and --strict is set"),
        hint: "leave out --strict to get it with this warning".to_owned(),
    })
}

/// Fills what is made once per process (fonts, patterns), so that no worker thread has to.
pub fn warm(plan: &Plan) {
    model::warm();
    decode::warm();
    repair::warm();
    metadata::warm();
    if plan_formats(plan).iter().any(|format| (format.needs_layout)(plan)) {
        typeset::warm();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needed_formats_come_in_earlier_waves() {
        let plan = Plan { formats: FORMATS.iter().map(|f| f.name).collect(), ..Plan::default() };
        let waves = waves(&plan);
        let wave_of = |name: &str| waves.iter().position(|wave| wave.iter().any(|f| f.name == name)).unwrap();
        for format in FORMATS {
            for need in (format.needs)(&plan) {
                assert!(wave_of(need) < wave_of(format.name), "{} needs {need}", format.name);
            }
        }
    }
}
