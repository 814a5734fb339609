//! One original to its outputs: converted, staged beside what is on disk, told in a row of the report.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::collected::{Collected, Pieces};
use super::keys::{Keys, source_key};
use super::refused::{not_stored, refusal};
use crate::Conversion;
use crate::container::{self, Loaded, unread};
use crate::decode::is_binary;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::original::{Digest, Original};
use crate::plan::{Plan, Replace};
use crate::record::{Key, Line, Record};
use crate::report::{OutputRow, OutputStatus, Row, said_of_format, said_of_reading};
use crate::store::{Staged, Store, StoreError};
use crate::write::{Schedule, WriteContext, panic_message};

/// What stands beside the renditions: name in the record, ending.
type Beside = (&'static str, &'static str);

/// Outputs that every article has beside its renditions.
const REPAIRED: Beside = ("repaired", "repaired.txt");
const REPAIRS: Beside = ("repairs", "repairs.json");
/// What was said of the input itself: a line of the record without a file.
const READING: &str = "reading";

/// A row with the files that it says were written.
pub(super) struct Product {
    pub row: Row,
    /// What the article gives to the collections of the run.
    pub pieces: Pieces,
    /// Files with their lines in the record.
    pub files: Vec<(Staged, Line)>,
    /// The line of what was said of the input.
    pub reading: Option<Line>,
}

impl From<Row> for Product {
    fn from(row: Row) -> Self {
        Self { row, pieces: Pieces::new(), files: Vec::new(), reading: None }
    }
}

/// What all workers of a run share.
pub(super) struct Worker<'a> {
    pub plan: &'a Plan,
    pub schedule: &'a Schedule,
    pub keys: &'a Keys,
    pub collected: &'a Collected,
    /// `None` in a dry run.
    pub store: Option<&'a Store>,
    pub record: Option<&'a Record>,
    /// The files that are read, as absolute paths.
    pub inputs: &'a BTreeSet<PathBuf>,
}

/// One original on its way to its outputs.
struct Job<'a> {
    original: &'a Original,
    /// The path of its outputs without their endings.
    stem: &'a str,
    source: Digest,
}

impl Job<'_> {
    fn path(&self, extension: &str) -> String {
        format!("{}.{extension}", self.stem)
    }
}

impl Worker<'_> {
    /// Converts one original; whatever goes wrong is said in its row.
    pub fn process(&self, stem: &str, loaded: Loaded) -> Product {
        let mut row = Row::new(&loaded.name);
        row.diagnostics = loaded.noticed;
        let origin = loaded.result.as_ref().ok().map(|original| original.origin.clone()).or(loaded.origin);
        row.record = origin.filter(|origin| origin.member.is_some());
        let original = match loaded.result.and_then(accept) {
            Ok(original) => original,
            Err(why) => {
                row.dismiss(why);
                return row.into();
            }
        };
        row.source = Some((original.digest, original.bytes.len()));
        if self.store.is_some_and(Store::is_full) {
            row.reject(Diagnostic::new(diagnostic::S001, "the disk is full; nothing more is written in this run"));
            return row.into();
        }
        let stem = match loaded.index {
            Some(index) => container::member_stem(stem, index, &original.digest),
            None => stem.to_owned(),
        };
        let job = Job { original: &original, stem: &stem, source: source_key(&original) };
        match catch_unwind(AssertUnwindSafe(|| self.convert(&job, row.clone()))) {
            Ok(product) => product,
            Err(panic) => {
                row.reject(Diagnostic::new(diagnostic::W005, panic_message(panic.as_ref())));
                row.into()
            }
        }
    }

    fn convert(&self, job: &Job<'_>, mut row: Row) -> Product {
        // Collections take all articles anew.
        if self.plan.run.replace == Replace::Resume
            && self.collected.is_empty()
            && let Some(row) = self.recall(job, row.clone())
        {
            return row.into();
        }
        let Conversion { reading, renditions, layout } =
            crate::convert(job.original, &self.plan.reading, self.schedule);
        row.describe(&reading.document, &reading.repaired.log);
        let mut noticed = reading.diagnostics;
        if job.original.bytes.is_empty() {
            noticed.push(Diagnostic::new(diagnostic::C004, "the file has no bytes"));
        }
        row.diagnostics.extend(noticed.iter().cloned());
        let is_refused = |d: &&Diagnostic| self.schedule.is_strict() && d.code.severity >= Severity::Warning;
        if let Some(warning) = row.diagnostics.iter().find(is_refused).cloned() {
            let refusal =
                Diagnostic::new(diagnostic::W004, format!("--strict is set and there is a warning: {warning}"));
            row.reject(refusal);
            return row.into();
        }
        let mut product: Product = row.into();
        let log = &reading.repaired.log;
        let context =
            WriteContext { layout: layout.as_ref(), original: &job.original.bytes, log, renditions: &BTreeMap::new() };
        product.pieces = self.collected.make(&reading.document, &context, &self.plan.writing.formats, &mut product.row);
        for (rendition, options) in renditions.into_iter().zip(&self.keys.formats) {
            let format = rendition.format;
            let said = said_of_format(&rendition.diagnostics);
            product.row.diagnostics.extend(rendition.diagnostics);
            match rendition.result {
                Ok(bytes) => self.stage(&mut product, job, (format.name, format.extension), (*options, said), &bytes),
                Err(error) => product.row.refuse(format.name, refusal(format.name, &error)),
            }
        }
        // A corpus alone has the repairs in it, an anthology names them.
        if self.collected.suffice() {
            product.row.settle();
            return product;
        }
        let said = || (self.keys.beside, said_of_format(&[]));
        self.stage(&mut product, job, REPAIRED, said(), reading.repaired.text.as_bytes());
        self.stage(&mut product, job, REPAIRS, said(), log.to_json().as_bytes());
        product.row.settle();
        let said = said_of_reading(&product.row, &noticed);
        product.reading = Some(line(job, (job.stem, READING), Digest::of(said.as_bytes()), (self.keys.reading, said)));
        product
    }

    fn is_input(&self, store: &Store, path: &str) -> bool {
        std::fs::canonicalize(store.root().join(path)).is_ok_and(|there| self.inputs.contains(&there))
    }

    /// The row of an input whose outputs are all on disk as this run would write them, with what was said when they were
    /// made.
    fn recall(&self, job: &Job<'_>, mut row: Row) -> Option<Row> {
        let (store, record) = (self.store?, self.record?);
        let said = |path: &str, format: &str, options: Digest| {
            let entry = record.newest(path, format).filter(|e| e.key == Some(Key { source: job.source, options }))?;
            Some((*entry, record.said(entry).ok()?))
        };
        let (entry, reading) = said(job.stem, READING, self.keys.reading)?;
        // Somebody may have written into the record.
        (Digest::of(reading.as_bytes()) == entry.output).then_some(())?;
        row.recall_reading(&reading)?;
        let formats =
            self.schedule.asked().iter().map(|f| (f.name, f.extension)).zip(self.keys.formats.iter().copied());
        let beside = [REPAIRED, REPAIRS].map(|output| (output, self.keys.beside));
        for ((format, extension), options) in formats.chain(beside) {
            let path = job.path(extension);
            let (entry, noticed) = said(&path, format, options)?;
            let (digest, bytes) = store.fixity(&path).ok()?.filter(|(on_disk, _)| *on_disk == entry.output)?;
            row.recall_format(&noticed)?;
            row.outputs.push(OutputRow { format, path, digest, bytes, status: OutputStatus::Unchanged });
        }
        row.keep();
        Some(row)
    }

    fn stage(
        &self,
        product: &mut Product,
        job: &Job<'_>,
        (format, extension): Beside,
        made: (Digest, String),
        bytes: &[u8],
    ) {
        let path = job.path(extension);
        let digest = Digest::of(bytes);
        let output =
            OutputRow { format, path: path.clone(), digest, bytes: bytes.len(), status: OutputStatus::Written };
        let (Some(store), Some(record)) = (self.store, self.record) else {
            product.row.outputs.push(OutputRow { status: OutputStatus::WouldBeWritten, ..output });
            return;
        };
        let staged = store.fixity(&path).and_then(|on_disk| match on_disk.map(|(digest, _)| digest) {
            // Not even --force writes over an input.
            Some(_) if self.is_input(store, &path) => Err(StoreError::Input(path.clone())),
            Some(there)
                if there != digest && self.plan.run.replace != Replace::Force && !record.is_ours(&path, there) =>
            {
                Err(StoreError::Foreign(path.clone()))
            }
            _ => store.stage(&path, bytes),
        });
        match staged {
            Ok(staged) => {
                product.row.outputs.push(output);
                product.files.push((staged, line(job, (&path, format), digest, made)));
            }
            Err(error) => product.row.refuse(format, not_stored(&error)),
        }
    }
}

/// A line of the record.
fn line(
    job: &Job<'_>,
    (path, format): (&str, &'static str),
    output: Digest,
    (options, said): (Digest, String),
) -> Line {
    Line { path: path.to_owned(), format, key: Key { source: job.source, options }, output, said }
}

/// What is no text, and what is a text of a kind that is not read, is not converted.
fn accept(original: Original) -> Result<Original, Diagnostic> {
    if let Some(why) = unread(&original.origin, &original.bytes) {
        return Err(why);
    }
    if is_binary(&original.bytes) {
        let message = "more than one byte in ten is a control byte: it is no text in any encoding";
        return Err(Diagnostic::new(diagnostic::C003, message));
    }
    Ok(original)
}
