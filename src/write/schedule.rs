//! Which renditions are made of a document, and in which order: formats that another one needs go first, the others
//! beside one another.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::{Format, WriteContext, WriteError, Writer};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::edit::RepairLog;
use crate::original::Original;
use crate::plan::Writing;
use crate::typeset::Layout;

/// One rendition, or why there is none.
pub struct Rendition {
    /// Its format.
    pub format: &'static Format,
    /// Its bytes.
    pub result: Result<Vec<u8>, WriteError>,
    /// What the format could not express.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was made of one document.
pub struct Renditions {
    /// The formats that were asked for, in the order of the table.
    pub made: Vec<Rendition>,
    /// The pages, where a format or a collection reads them.
    pub layout: Option<Layout>,
}

/// A format was asked for that there is none of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no format is called {name:?}; this build has {known}")]
pub struct UnknownFormat {
    /// What was asked for.
    pub name: String,
    /// What there is.
    pub known: String,
}

/// A format with its writer.
struct Scheduled {
    format: &'static Format,
    writer: Box<dyn Writer>,
}

/// The formats of a run with what they need, made ready once.
pub struct Schedule {
    /// Each needs only formats of earlier waves.
    waves: Vec<Vec<Scheduled>>,
    /// In the order of the table.
    asked: Vec<&'static Format>,
    #[cfg(feature = "typeset")]
    layout: crate::plan::LayoutOptions,
    lays_out: bool,
    /// The first format that shows the pages: what they could not show is said of it.
    shows_layout: Option<&'static str>,
    strict: bool,
}

impl Schedule {
    /// The schedule of the formats of `table` that `writing` asks for.
    ///
    /// # Errors
    /// Where it asks for one that the table has not: in a build without its feature, for example.
    pub fn new(writing: &Writing, table: &[&'static Format]) -> Result<Self, UnknownFormat> {
        if let Some(name) = writing.formats.iter().find(|name| !table.iter().any(|format| format.name == **name)) {
            let known = table.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
            return Err(UnknownFormat { name: (*name).to_owned(), known });
        }
        let asked: Vec<&'static Format> = table.iter().copied().filter(|format| writing.wants(format.name)).collect();
        let mut scheduled: Vec<Scheduled> = Vec::new();
        let mut names: Vec<&'static str> = asked.iter().map(|format| format.name).collect();
        let mut at = 0;
        while let Some(name) = names.get(at) {
            if let Some(format) = table.iter().copied().find(|format| format.name == *name) {
                let writer = (format.writer)(writing);
                names.extend(writer.needs().iter().filter(|need| !names.contains(need)).collect::<Vec<_>>());
                scheduled.push(Scheduled { format, writer });
            }
            at += 1;
        }
        scheduled.sort_by_key(|s| table.iter().position(|format| format.name == s.format.name));
        let waves = waves(scheduled);
        let shows_layout = waves.iter().flatten().find(|s| s.writer.reads_layout()).map(|s| s.format.name);
        Ok(Self {
            waves,
            asked,
            #[cfg(feature = "typeset")]
            layout: writing.layout,
            lays_out: shows_layout.is_some(),
            shows_layout,
            strict: writing.strict,
        })
    }

    /// The same, with pages for a collection that reads them.
    #[must_use]
    pub fn with_pages(self) -> Self {
        Self { lays_out: true, ..self }
    }

    /// The formats that were asked for, in the order of the table.
    pub fn asked(&self) -> &[&'static Format] {
        &self.asked
    }

    /// Whether warnings refuse.
    #[doc(hidden)]
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Whether pages are laid out.
    pub fn lays_out(&self) -> bool {
        self.lays_out
    }

    /// The writers of the formats that were asked for, in the order of the table.
    #[doc(hidden)]
    pub fn writers(&self) -> impl Iterator<Item = &dyn Writer> {
        let writer = |name| self.waves.iter().flatten().find(move |s| s.format.name == name).map(|s| &*s.writer);
        self.asked.iter().filter_map(move |format| writer(format.name))
    }

    /// Makes all renditions of a document.
    pub fn write(&self, original: &Original, document: &Document, log: &RepairLog) -> Renditions {
        #[cfg(feature = "typeset")]
        let layout = self.lays_out.then(|| crate::typeset::paginate(document, &self.layout));
        #[cfg(not(feature = "typeset"))]
        let layout = None;
        let mut made: Vec<Rendition> = Vec::new();
        for wave in &self.waves {
            let is_needed = |r: &&Rendition| wave.iter().any(|s| s.writer.needs().contains(&r.format.name));
            let bytes = |r: &Rendition| r.result.as_ref().ok().map(|bytes| (r.format.name, bytes.clone()));
            let renditions: BTreeMap<&'static str, Vec<u8>> = made.iter().filter(is_needed).filter_map(bytes).collect();
            let context =
                WriteContext { layout: layout.as_ref(), original: &original.bytes, log, renditions: &renditions };
            let render = |scheduled: &Scheduled| self.render(scheduled, document, &context);
            made.extend(wave.par_iter().map(render).collect::<Vec<_>>());
        }
        made.retain(|r| self.asked.iter().any(|format| format.name == r.format.name));
        made.sort_by_key(|r| self.asked.iter().position(|format| format.name == r.format.name));
        Renditions { made, layout }
    }

    fn render(&self, scheduled: &Scheduled, document: &Document, context: &WriteContext<'_>) -> Rendition {
        let Scheduled { format, writer } = scheduled;
        let shows = context.layout.filter(|_| self.shows_layout == Some(format.name));
        let mut diagnostics = shows.map_or_else(Vec::new, said_of);
        let mut bytes = Vec::new();
        // A defect of one writer must not take the other formats with it.
        let outcome = catch_unwind(AssertUnwindSafe(|| writer.write(document, context, &mut diagnostics, &mut bytes)));
        let result = match outcome {
            Ok(Ok(())) => strict(format, &diagnostics).filter(|_| self.strict).map_or(Ok(bytes), Err),
            Ok(Err(error)) => Err(error),
            Err(panic) => Err(WriteError::Library { library: "oped-convert", reason: panic_message(panic.as_ref()) }),
        };
        Rendition { format, result, diagnostics }
    }
}

/// What the pages could not show.
#[cfg(feature = "typeset")]
fn said_of(layout: &Layout) -> Vec<Diagnostic> {
    layout.diagnostics.clone()
}

#[cfg(not(feature = "typeset"))]
fn said_of(layout: &Layout) -> Vec<Diagnostic> {
    match *layout {}
}

/// Formats in waves: each needs only formats of earlier ones.
fn waves(mut left: Vec<Scheduled>) -> Vec<Vec<Scheduled>> {
    let mut waves = Vec::new();
    while !left.is_empty() {
        let names: Vec<&'static str> = left.iter().map(|s| s.format.name).collect();
        let waits = |s: &Scheduled| s.writer.needs().iter().any(|need| names.contains(need));
        let (later, ready): (Vec<Scheduled>, Vec<Scheduled>) = left.into_iter().partition(waits);
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

/// With `--strict` a rendition with a warning is refused.
fn strict(format: &Format, diagnostics: &[Diagnostic]) -> Option<WriteError> {
    let warning = diagnostics.iter().find(|d| d.code.severity >= Severity::Warning)?;
    Some(WriteError::Document {
        standard: format.spec,
        reason: format!("{warning}, and --strict is set"),
        hint: "leave out --strict to get it with this warning".to_owned(),
    })
}

/// The words of a panic.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let words =
        panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    format!("a defect of this program: {}", words.unwrap_or_else(|| "it panicked".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PdfOptions;
    use crate::write::FORMATS;

    #[test]
    fn needed_formats_come_in_earlier_waves() {
        let formats: Vec<&'static str> = FORMATS.iter().map(|f| f.name).collect();
        let writing = Writing { formats, pdf: PdfOptions { attach_source: true }, ..Writing::default() };
        let schedule = Schedule::new(&writing, FORMATS).unwrap();
        let wave_of = |name: &str| schedule.waves.iter().position(|wave| wave.iter().any(|s| s.format.name == name));
        let mut needs = 0;
        for scheduled in schedule.waves.iter().flatten() {
            for need in scheduled.writer.needs() {
                assert!(wave_of(need) < wave_of(scheduled.format.name), "{} needs {need}", scheduled.format.name);
                needs += 1;
            }
        }
        assert_eq!((needs, schedule.waves.len()), (2, 3), "the EPUB needs the PDF, which needs the TEI");
    }

    #[test]
    fn a_format_that_there_is_not_is_an_error() {
        let writing = Writing { formats: vec!["txt", "doc"], ..Writing::default() };
        assert_eq!(Schedule::new(&writing, FORMATS).err().unwrap().name, "doc");
    }

    #[test]
    fn what_is_only_needed_is_made_and_not_kept() {
        let writing = Writing { formats: vec!["pdf"], pdf: PdfOptions { attach_source: true }, ..Writing::default() };
        let schedule = Schedule::new(&writing, FORMATS).unwrap();
        assert_eq!(schedule.waves.iter().flatten().map(|s| s.format.name).collect::<Vec<_>>(), ["tei", "pdf"]);
        assert_eq!(schedule.asked().iter().map(|f| f.name).collect::<Vec<_>>(), ["pdf"]);
    }
}
