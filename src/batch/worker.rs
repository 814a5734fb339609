//! One original to its outputs: converted, staged beside what is on disk, told in a row of the report.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::collected::Pieces;
use crate::container::{self, Loaded};
use crate::decode::{BinaryKind, binary_kind};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::original::{Digest, Original};
use crate::plan::{Plan, Replace};
use crate::record::{Entry, Record};
use crate::report::{OutputRow, OutputStatus, Row, Status};
use crate::store::{Staged, Store, StoreError};
use crate::write::{self, WriteError};

/// Outputs that every article has beside its renditions: name in the record, ending.
const REPAIRED: (&str, &str) = ("repaired", "repaired.txt");
const REPAIRS: (&str, &str) = ("repairs", "repairs.json");

/// A row with the files that it says were written.
pub(super) struct Product {
    pub row: Row,
    /// What the article gives to the files of the whole run.
    pub pieces: Pieces,
    pub files: Vec<(Staged, &'static str, Entry)>,
}

impl From<Row> for Product {
    fn from(row: Row) -> Self {
        Self { row, pieces: Pieces::default(), files: Vec::new() }
    }
}

pub(super) struct Worker<'a> {
    pub plan: &'a Plan,
    /// `None` in a dry run.
    pub store: Option<&'a Store>,
    pub record: Option<&'a Record>,
    /// The files that are read, as absolute paths.
    pub inputs: &'a BTreeSet<PathBuf>,
}

impl Worker<'_> {
    /// Converts one original; whatever goes wrong is said in its row.
    pub fn process(&self, stem: &str, loaded: Loaded) -> Product {
        let mut row = Row::new(&loaded.name);
        row.diagnostics = loaded.noticed;
        let original = match loaded.result.and_then(accept) {
            Ok(original) => original,
            Err(rejection) => {
                row.reject(rejection);
                return row.into();
            }
        };
        row.source = Some((original.digest, original.bytes.len()));
        let stem = match loaded.index {
            Some(index) => container::member_stem(stem, index, &original.digest),
            None => stem.to_owned(),
        };
        match catch_unwind(AssertUnwindSafe(|| self.convert(&original, &stem, row.clone()))) {
            Ok(product) => product,
            Err(panic) => {
                row.reject(Diagnostic::new(diagnostic::W005, panic_message(panic.as_ref())));
                row.into()
            }
        }
    }

    fn convert(&self, original: &Original, stem: &str, mut row: Row) -> Product {
        let collects = self.plan.tei_corpus.is_some() || self.plan.epub.anthology.is_some();
        let is_read_again = collects || self.plan.layout_log.is_some();
        if self.plan.replace == Replace::Resume && !is_read_again && self.is_current(original, stem) {
            row.status = Status::Unchanged;
            return row.into();
        }
        let conversion = crate::convert(original, self.plan);
        let reading = &conversion.reading;
        row.describe(&reading.document, &reading.repaired.log);
        row.diagnostics.extend(reading.diagnostics.iter().cloned());
        if original.bytes.is_empty() {
            row.diagnostics.push(Diagnostic::new(diagnostic::C004, "the file has no bytes"));
        }
        let warning =
            row.diagnostics.iter().find(|d| self.plan.strict && d.code.severity >= Severity::Warning).cloned();
        if let Some(warning) = warning {
            let refusal =
                Diagnostic::new(diagnostic::W004, format!("--strict is set and there is a warning: {warning}"));
            row.reject(refusal);
            return row.into();
        }
        let mut product: Product = row.into();
        product.pieces.layout_log = conversion.layout_log;
        let none = BTreeMap::new();
        let context = write::WriteContext {
            plan: self.plan,
            layout: None,
            original: &original.bytes,
            log: &reading.repaired.log,
            renditions: &none,
        };
        product.pieces.make(&reading.document, &context, &mut product.row);
        for rendition in conversion.renditions {
            product.row.diagnostics.extend(rendition.diagnostics);
            let options = self.options_digest(rendition.format.name);
            match rendition.result {
                Ok(bytes) => self.stage(
                    &mut product,
                    original,
                    stem,
                    (rendition.format.name, rendition.format.extension),
                    options,
                    &bytes,
                ),
                Err(error) => product.row.refuse(rendition.format.name, refusal(rendition.format.name, &error)),
            }
        }
        // A corpus alone has the repairs in it, an anthology names them.
        if collects && self.plan.formats.is_empty() {
            product.row.settle();
            return product;
        }
        let beside = self.repair_digest();
        self.stage(&mut product, original, stem, REPAIRED, beside, reading.repaired.text.as_bytes());
        self.stage(&mut product, original, stem, REPAIRS, beside, reading.repaired.log.to_json().as_bytes());
        product.row.settle();
        product
    }

    fn is_input(&self, store: &Store, path: &str) -> bool {
        std::fs::canonicalize(store.root().join(path)).is_ok_and(|there| self.inputs.contains(&there))
    }

    /// Digest of what decides the bytes of a format beside the original and the program version.
    fn options_digest(&self, format: &str) -> Digest {
        let options = write::format(format).map_or_else(String::new, |f| (f.options)(self.plan));
        let stated = &self.plan.stated;
        let repair = self.plan.repair;
        Digest::of(format!("{options}\n{stated:?}\n{}\n{repair:?}", self.plan.strict).as_bytes())
    }

    /// The same for the repaired text and its log.
    fn repair_digest(&self) -> Digest {
        Digest::of(format!("{:?}", self.plan.repair).as_bytes())
    }

    /// All outputs are on disk as this run would write them.
    fn is_current(&self, original: &Original, stem: &str) -> bool {
        let (Some(store), Some(record)) = (self.store, self.record) else { return false };
        let formats = self.plan.formats.iter().filter_map(|name| write::format(name));
        let outputs = formats.map(|f| (f.name, f.extension, self.options_digest(f.name)));
        let beside = self.repair_digest();
        let beside = [(REPAIRED.0, REPAIRED.1, beside), (REPAIRS.0, REPAIRS.1, beside)];
        outputs.chain(beside).all(|(format, extension, options)| {
            let path = format!("{stem}.{extension}");
            record.newest(&path, format).is_some_and(|entry| {
                let same =
                    entry.source == original.digest && entry.options == options && entry.version == crate::VERSION;
                same && store.digest(&path).is_ok_and(|on_disk| on_disk == Some(entry.output))
            })
        })
    }

    fn stage(
        &self,
        product: &mut Product,
        original: &Original,
        stem: &str,
        (format, extension): (&'static str, &str),
        options: Digest,
        bytes: &[u8],
    ) {
        let path = format!("{stem}.{extension}");
        let digest = Digest::of(bytes);
        let output =
            OutputRow { format, path: path.clone(), digest, bytes: bytes.len(), status: OutputStatus::Written };
        let (Some(store), Some(record)) = (self.store, self.record) else {
            product.row.outputs.push(OutputRow { status: OutputStatus::WouldBeWritten, ..output });
            return;
        };
        let staged = store.digest(&path).and_then(|on_disk| match on_disk {
            // Not even --force writes over an input.
            Some(_) if self.is_input(store, &path) => Err(StoreError::Input(path.clone())),
            Some(there) if there != digest && self.plan.replace != Replace::Force && !record.is_ours(&path, there) => {
                Err(StoreError::Foreign(path.clone()))
            }
            _ => store.stage(&path, bytes),
        });
        match staged {
            Ok(staged) => {
                let entry =
                    Entry { source: original.digest, options, version: crate::VERSION.to_owned(), output: digest };
                product.row.outputs.push(output);
                product.files.push((staged, format, entry));
            }
            Err(error) => product.row.refuse(format, not_stored(&error)),
        }
    }
}

/// Binary files are not converted.
fn accept(original: Original) -> Result<Original, Diagnostic> {
    match binary_kind(&original.bytes) {
        None => Ok(original),
        Some(BinaryKind::Known(kind)) => Err(Diagnostic::new(diagnostic::C003, format!("it is {kind}, not text"))),
        Some(BinaryKind::ControlBytes) => Err(Diagnostic::new(
            diagnostic::C003,
            "more than one byte in ten is a control byte: it is no text in any encoding",
        )),
    }
}

pub(super) fn refusal(format: &str, error: &WriteError) -> Diagnostic {
    let code = match error {
        WriteError::Document { .. } | WriteError::Missing(_) => diagnostic::W004,
        WriteError::Sink(_) | WriteError::Library { .. } => diagnostic::W005,
    };
    Diagnostic::new(code, format!("{format}: {error}"))
}

pub(super) fn not_stored(error: &StoreError) -> Diagnostic {
    let code = match error {
        StoreError::Io { .. } | StoreError::Locked(_) | StoreError::OwnFolder(_) => diagnostic::S001,
        StoreError::Foreign(_) | StoreError::Input(_) => diagnostic::S002,
    };
    Diagnostic::new(code, error.to_string())
}

/// The words of a panic.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let words =
        panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    format!("a defect of this program: {}", words.unwrap_or_else(|| "it panicked".to_owned()))
}
