//! All inputs of a plan: windows of originals, converted in parallel, committed in the order of the inputs.
//!
//! One article's failure is one row of the report, never the end of the run: panics are caught, and what could
//! not be read, written or replaced is said in its row.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::container::{self, Discovery, Input, Loaded};
use crate::decode::{BinaryKind, binary_kind};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::original::{Digest, Original};
use crate::plan::{Plan, Replace};
use crate::record::{Entry, Record};
use crate::report::{OutputRow, OutputStatus, ReportFile, Row, Status, Summary};
use crate::store::{Draft, Spool, Staged, Store, StoreError};
use crate::typeset::log;
use crate::write::epub::anthology::{self, Anthology};
use crate::write::tei::corpus::{self, Corpus, Member};
use crate::write::{self, WriteError};

/// Originals that are converted together.
const WINDOW: usize = 256;
/// Bytes of originals that are converted together, unless a single one has more.
const WINDOW_BYTES: usize = 32 << 20;
/// Stack of a worker: layout and XML recurse with the nesting of blocks.
const STACK: usize = 8 << 20;

/// Outputs that every article has beside its renditions: name in the record, ending.
const REPAIRED: (&str, &str) = ("repaired", "repaired.txt");
const REPAIRS: (&str, &str) = ("repairs", "repairs.json");

/// The report's name, in the output folder and in its record.
const REPORT: &str = "report.json";

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is nothing to convert.
    #[error("{0}")]
    Nothing(String),
    /// What is stated about one input would be said of several.
    #[error("--title and --language state something about one document, and there are several")]
    StatedOfSeveral,
    /// The output folder cannot be used.
    #[error("the output folder cannot be used")]
    Output(#[from] StoreError),
    /// Its record cannot be used.
    #[error("the record of the output folder cannot be used")]
    Record(#[source] std::io::Error),
    /// `report.json` is somebody else's.
    #[error(
        "report.json exists in the output folder and was not written by this program, or was changed since; hint: --force replaces it"
    )]
    ForeignReport,
    /// The report cannot be written.
    #[error("report.json cannot be written")]
    Report(#[source] std::io::Error),
    /// The log of the layout cannot be written.
    #[error("the log of the layout cannot be written")]
    LayoutLog(#[source] StoreError),
    /// The anthology cannot be stored.
    #[error("the anthology cannot be written")]
    Anthology(#[source] StoreError),
    /// The anthology cannot be made.
    #[error("the anthology cannot be made")]
    Book(#[source] write::WriteError),
    /// Two things would be written to one file.
    #[error("--tei-corpus, --epub-anthology and --layout-log name the same file")]
    SameFile,
    /// The corpus cannot be written.
    #[error("the TEI corpus cannot be written")]
    Corpus(#[source] StoreError),
    /// A glob is none.
    #[error(transparent)]
    Glob(#[from] container::GlobError),
    /// The threads could not be started.
    #[error("the worker threads could not be started")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Inputs that are done.
    pub done: usize,
    /// Inputs in all, as far as they are known: how many a container holds is known when it was read.
    pub total: usize,
}

/// Converts all inputs of the plan. `on_row` hears of each in the order of the inputs.
///
/// # Errors
/// Where the run cannot start: nothing to convert, no output folder.
pub fn run(plan: &Plan, on_row: &mut dyn FnMut(&Row, Progress)) -> Result<Summary, RunError> {
    let discovery = container::discover(plan)?;
    check_inputs(plan, &discovery)?;
    let pool = ThreadPoolBuilder::new().num_threads(plan.jobs).stack_size(STACK).build()?;
    pool.install(|| crate::warm(plan));
    let mut run = Run::open(plan, discovery)?;
    run.fail_missing(on_row)?;
    let stems = container::stems(&run.discovery.inputs);
    let inputs = std::mem::take(&mut run.discovery.inputs);
    let files: BTreeSet<PathBuf> = inputs.iter().filter_map(Input::absolute).collect();
    thread::scope(|scope| {
        let (sender, windows) = mpsc::sync_channel(1);
        let reader = scope.spawn(|| read_windows(&inputs, plan, sender));
        for window in windows {
            let worker = Worker { plan, store: run.store.as_ref(), record: run.record.as_ref(), inputs: &files };
            let convert = |(index, loaded): (usize, Loaded)| worker.process(&stems[index], loaded);
            let products = pool.install(|| Vec::from(window).into_par_iter().map(convert).collect::<Vec<Product>>());
            run.commit(products, on_row)?;
        }
        // What it cannot read it says in a row; a panic of its own is one of ours.
        run.ignore(reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        Ok::<(), RunError>(())
    })?;
    run.finish()
}

fn check_inputs(plan: &Plan, discovery: &Discovery) -> Result<(), RunError> {
    match discovery.inputs.len() {
        0 => {}
        n if plan.stated.is_of_one() && (n > 1 || discovery.inputs[0].is_container()) => {
            return Err(RunError::StatedOfSeveral);
        }
        _ => return Ok(()),
    }
    let message = match (&discovery.failed[..], discovery.ignored.len()) {
        ([], 0) => "nothing to convert: the input folder is empty".to_owned(),
        ([], n) => format!(
            "nothing to convert, and ignored files: {n}; hint: in a folder only .txt, .text, .html, .htm, .xhtml, .warc, .wacz, .jsonl and .ndjson are converted, also with .gz or .zst behind it; a file named itself is always tried"
        ),
        ([(path, first), ..], _) if plan.inputs.len() == 1 => format!("{path}: {}", first.message),
        ([(path, first), ..], _) => format!("nothing to convert; the first of the inputs, {path}: {}", first.message),
    };
    Err(RunError::Nothing(message))
}

/// Originals with the number of the input that they are from.
type Window = Box<[(usize, Loaded)]>;

/// Reads originals ahead of the workers, window by window. Returns how many records of each container were ignored.
fn read_windows(inputs: &[Input], plan: &Plan, sender: mpsc::SyncSender<Window>) -> Vec<(String, u64)> {
    let mut window = Vec::new();
    let mut bytes = 0;
    let mut ignored = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let mut open = true;
        let tally = container::originals(input, plan, &mut |loaded| {
            bytes += loaded.result.as_ref().map_or(0, |original| original.bytes.len());
            window.push((index, loaded));
            if window.len() >= WINDOW || bytes >= WINDOW_BYTES {
                bytes = 0;
                // The other end hangs up only when the run is over.
                open = sender.send(std::mem::take(&mut window).into()).is_ok();
            }
            if open { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if tally.ignored > 0 {
            ignored.push((input.relative.clone(), tally.ignored));
        }
        if !open {
            return ignored;
        }
    }
    if !window.is_empty() {
        let _ = sender.send(window.into());
    }
    ignored
}

/// A row with the files that it says were written.
struct Product {
    row: Row,
    /// The article in the corpus, where one is written.
    member: Option<Member>,
    /// The article in the anthology, where one is written.
    chapter: Option<anthology::Member>,
    /// Rows of the log of the layout.
    layout_log: String,
    files: Vec<(Staged, &'static str, Entry)>,
}

impl From<Row> for Product {
    fn from(row: Row) -> Self {
        Self { row, member: None, chapter: None, layout_log: String::new(), files: Vec::new() }
    }
}

struct Worker<'a> {
    plan: &'a Plan,
    /// `None` in a dry run.
    store: Option<&'a Store>,
    record: Option<&'a Record>,
    /// The files that are read, as absolute paths.
    inputs: &'a BTreeSet<PathBuf>,
}

impl Worker<'_> {
    fn process(&self, stem: &str, loaded: Loaded) -> Product {
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
        let corpus = self.plan.tei_corpus.is_some();
        let book = self.plan.epub.anthology.is_some();
        let collects = corpus || book || self.plan.layout_log.is_some();
        if self.plan.replace == Replace::Resume && !collects && self.is_current(original, stem) {
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
        let mut product = Product { layout_log: conversion.layout_log, ..row.into() };
        let none = BTreeMap::new();
        if corpus {
            match Member::of(&reading.document, &self.context(original, reading, &none)) {
                Ok(member) => product.member = Some(member),
                Err(error) => product.row.refuse("tei", refusal("tei", &error.into())),
            }
        }
        if book {
            let mut noticed = Vec::new();
            let context = self.context(original, reading, &none);
            match anthology::Member::of(&reading.document, &context, &mut noticed) {
                Ok(chapter) => product.chapter = Some(chapter),
                Err(error) => product.row.refuse("epub", refusal("epub", &error)),
            }
            // A book of its own says the same.
            if !self.plan.wants("epub") {
                product.row.diagnostics.extend(noticed);
            }
        }
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
        if (corpus || book) && self.plan.formats.is_empty() {
            product.row.settle();
            return product;
        }
        let beside = self.repair_digest();
        self.stage(&mut product, original, stem, REPAIRED, beside, reading.repaired.text.as_bytes());
        self.stage(&mut product, original, stem, REPAIRS, beside, reading.repaired.log.to_json().as_bytes());
        product.row.settle();
        product
    }

    fn context<'c>(
        &'c self,
        original: &'c Original,
        reading: &'c crate::Reading,
        renditions: &'c BTreeMap<&'static str, Vec<u8>>,
    ) -> write::WriteContext<'c> {
        let (original, log) = (&original.bytes[..], &reading.repaired.log);
        write::WriteContext { plan: self.plan, layout: None, original, log, renditions }
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

fn refusal(format: &str, error: &WriteError) -> Diagnostic {
    let code = match error {
        WriteError::Document { .. } | WriteError::Missing(_) => diagnostic::W004,
        WriteError::Sink(_) | WriteError::Library { .. } => diagnostic::W005,
    };
    Diagnostic::new(code, format!("{format}: {error}"))
}

fn not_stored(error: &StoreError) -> Diagnostic {
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

/// An anthology, and the file that it is written to.
type OpenBook = (Anthology<BufWriter<File>>, Draft);

/// What a run has open.
struct Run {
    discovery: Discovery,
    store: Option<Store>,
    record: Option<Record>,
    report: Option<ReportFile>,
    summary: Summary,
    total: usize,
    used: BTreeSet<String>,
    corpus: Option<(Corpus, Spool)>,
    anthology: Option<OpenBook>,
    /// The log of the layout.
    log: Option<Spool>,
}

/// Not even --force writes over an input.
fn check_input(path: &Path, discovery: &Discovery) -> Result<(), StoreError> {
    let there = std::fs::canonicalize(path).ok();
    match there.is_some_and(|there| discovery.inputs.iter().any(|input| input.absolute().as_ref() == Some(&there))) {
        true => Err(StoreError::Input(path.display().to_string())),
        false => Ok(()),
    }
}

/// The anthology of a run, where it is asked for.
fn open_anthology(plan: &Plan, discovery: &Discovery) -> Result<Option<OpenBook>, RunError> {
    let Some(path) = plan.epub.anthology.as_deref().filter(|_| !plan.dry_run) else { return Ok(None) };
    let draft = || {
        check_input(path, discovery)?;
        Draft::create(path, plan.replace == Replace::Force, |begin| begin.contains(anthology::SIGNATURE))
    };
    let draft = draft().map_err(RunError::Anthology)?;
    let file = draft.open().map_err(RunError::Anthology)?;
    Ok(Some((Anthology::begin(BufWriter::new(file), plan).map_err(RunError::Book)?, draft)))
}

/// A file that one run fills, where it is asked for; one that stands there is replaced if it begins like ours.
fn spool(
    plan: &Plan,
    discovery: &Discovery,
    path: Option<&Path>,
    signature: &str,
) -> Result<Option<Spool>, StoreError> {
    let Some(path) = path.filter(|_| !plan.dry_run) else { return Ok(None) };
    check_input(path, discovery)?;
    Spool::create(path, plan.replace == Replace::Force, |begin: &str| begin.contains(signature)).map(Some)
}

impl Run {
    fn open(plan: &Plan, discovery: Discovery) -> Result<Self, RunError> {
        let store = if plan.dry_run { None } else { Some(Store::open(&plan.output)?) };
        let record = store.as_ref().map(|s| Record::open(s.root())).transpose().map_err(RunError::Record)?;
        if let (Some(store), Some(record)) = (&store, &record) {
            let there = store.digest(REPORT)?;
            if plan.replace != Replace::Force && there.is_some_and(|digest| !record.is_ours(REPORT, digest)) {
                return Err(RunError::ForeignReport);
            }
        }
        let report = store.as_ref().map(|s| ReportFile::create(s.root())).transpose().map_err(RunError::Report)?;
        let total = discovery.inputs.len() + discovery.failed.len();
        let summary = Summary { ignored: discovery.ignored.len(), ..Summary::default() };
        let files = [&plan.tei_corpus, &plan.layout_log, &plan.epub.anthology];
        let mut places = files.into_iter().flatten().filter_map(|path| std::path::absolute(path).ok());
        let mut seen = BTreeSet::new();
        if !places.all(|place| seen.insert(place)) {
            return Err(RunError::SameFile);
        }
        let corpus =
            spool(plan, &discovery, plan.tei_corpus.as_deref(), corpus::SIGNATURE).map_err(RunError::Corpus)?;
        let log = spool(plan, &discovery, plan.layout_log.as_deref(), log::HEAD).map_err(RunError::LayoutLog)?;
        let corpus = corpus.map(|spool| (Corpus::default(), spool));
        let anthology = open_anthology(plan, &discovery)?;
        Ok(Self { discovery, store, record, report, summary, total, used: BTreeSet::new(), corpus, anthology, log })
    }

    /// Rows for inputs that are not there.
    fn fail_missing(&mut self, on_row: &mut dyn FnMut(&Row, Progress)) -> Result<(), RunError> {
        for (path, diagnostic) in std::mem::take(&mut self.discovery.failed) {
            let mut row = Row::new(&path);
            row.reject(diagnostic);
            self.tell(row, on_row)?;
        }
        Ok(())
    }

    /// Gives a window's files their names, in the order of the inputs, and reports its rows.
    fn commit(&mut self, products: Vec<Product>, on_row: &mut dyn FnMut(&Row, Progress)) -> Result<(), RunError> {
        let mut rows = Vec::new();
        let (mut files, mut entries) = (Vec::new(), Vec::new());
        for Product { mut row, member, chapter, layout_log, files: made } in products {
            if let (Some(log), false) = (&mut self.log, layout_log.is_empty()) {
                log.append(layout_log.as_bytes()).map_err(RunError::LayoutLog)?;
            }
            if let (Some(member), Some((corpus, spool))) = (member, &mut self.corpus) {
                if corpus.admit(&member) {
                    spool.append(&member.xml).map_err(RunError::Corpus)?;
                } else {
                    let message = "the same article, with the same bytes and path, is in the TEI corpus already";
                    row.diagnostics.push(Diagnostic::new(diagnostic::S003, message));
                }
            }
            if let (Some(chapter), Some((anthology, _))) = (chapter, &mut self.anthology)
                && !anthology.add(chapter).map_err(RunError::Book)?
            {
                let message = "the same article, with the same bytes and path, is in the anthology already";
                row.diagnostics.push(Diagnostic::new(diagnostic::S003, message));
            }
            for (staged, format, entry) in made {
                if !self.used.insert(staged.path.clone()) {
                    let message = format!("{} is also the output of another input", staged.path);
                    row.lose(&staged.path, Diagnostic::new(diagnostic::S003, message));
                    continue;
                }
                entries.push((staged.path.clone(), format.to_owned(), entry));
                files.push(staged);
            }
            rows.push(row);
        }
        if let (Some(store), Some(record)) = (&self.store, &mut self.record) {
            // The record first: a file that nobody knows could not be replaced.
            record.append(entries).map_err(RunError::Record)?;
            for (path, outcome) in store.commit(files) {
                let Err(error) = outcome else { continue };
                let is_it = |output: &OutputRow| output.path == path;
                let found = rows.iter_mut().find_map(|row| Some((row.outputs.iter().find(|o| is_it(o))?.format, row)));
                if let Some((format, row)) = found {
                    record.withdraw(&path, format);
                    row.lose(&path, not_stored(&error));
                }
            }
        }
        rows.into_iter().try_for_each(|row| self.tell(row, on_row))
    }

    /// Records of containers that hold no article: counted, and listed as one line for each container.
    fn ignore(&mut self, records: Vec<(String, u64)>) {
        for (container, count) in records {
            self.summary.ignored += usize::try_from(count).unwrap_or(usize::MAX);
            self.discovery.ignored.push(format!("{container}: {count} records without an article"));
        }
    }

    fn tell(&mut self, row: Row, on_row: &mut dyn FnMut(&Row, Progress)) -> Result<(), RunError> {
        self.summary.count(&row);
        if let Some(report) = &mut self.report {
            report.add(&row).map_err(RunError::Report)?;
        }
        on_row(&row, Progress { done: self.summary.inputs(), total: self.total.max(self.summary.inputs()) });
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, RunError> {
        if let Some((corpus, spool)) = self.corpus.take().filter(|(corpus, _)| !corpus.is_empty()) {
            let head = corpus.head().map_err(|why| RunError::Corpus(spool.failed(why)))?;
            spool.publish(&head, corpus::END).map_err(RunError::Corpus)?;
        }
        if let Some((anthology, draft)) = self.anthology.take().filter(|(anthology, _)| !anthology.is_empty()) {
            let written = anthology.finish().map_err(RunError::Book)?;
            written.into_inner().map_err(|error| RunError::Anthology(draft.failed(error.into_error())))?;
            draft.publish().map_err(RunError::Anthology)?;
        }
        if let Some(log) = self.log.take() {
            log.publish(log::HEAD.as_bytes(), b"\n").map_err(RunError::LayoutLog)?;
        }
        if let (Some(report), Some(mut record)) = (self.report, self.record) {
            let finished = report.finish(&self.summary, &self.discovery.ignored).map_err(RunError::Report)?;
            let none = Digest::of(b"");
            let entry =
                Entry { source: none, options: none, version: crate::VERSION.to_owned(), output: finished.digest };
            record.append(vec![(REPORT.to_owned(), "report".to_owned(), entry)]).map_err(RunError::Record)?;
            finished.publish().map_err(RunError::Report)?;
            record.compact().map_err(RunError::Record)?;
        }
        if let Some(store) = self.store {
            store.close();
        }
        Ok(self.summary)
    }
}
