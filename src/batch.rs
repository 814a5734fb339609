//! All inputs of a plan: windows of originals, converted in parallel, committed in the order of the inputs.
//!
//! One article's failure is one row of the report, never the end of the run: panics are caught, and what could
//! not be read, written or replaced is said in its row.

mod collected;
mod worker;

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::container::{self, Discovery, Input, Loaded};
use crate::diagnostic::{self, Diagnostic};
use crate::original::Digest;
use crate::plan::{Plan, Replace};
use crate::record::{Entry, Record};
use crate::report::{OutputRow, ReportFile, Row, Summary};
use crate::store::{Store, StoreError};
use crate::write;
use collected::Collected;
use worker::{Product, Worker, not_stored};

pub use worker::panic_message;

/// Originals that are converted together.
const WINDOW: usize = 256;
/// Bytes of originals that are converted together, unless a single one has more.
const WINDOW_BYTES: usize = 32 << 20;
/// Stack of a worker: layout and XML recurse with the nesting of blocks.
const STACK: usize = 8 << 20;

/// The report's name, in the output folder and in its record.
const REPORT: &str = "report.json";

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is nothing to convert.
    #[error("{0}")]
    Nothing(String),
    /// What is stated about one input would be said of several.
    #[error(
        "--title, --language and an --identifier without {{article}}, {{content}} or {{name}} state something about one document, and there are several"
    )]
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

/// What a run has open.
struct Run {
    discovery: Discovery,
    store: Option<Store>,
    record: Option<Record>,
    report: Option<ReportFile>,
    summary: Summary,
    total: usize,
    used: BTreeSet<String>,
    /// Persistent identifiers that are given.
    identifiers: HashSet<String>,
    collected: Collected,
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
        let collected = Collected::open(plan, &discovery)?;
        Ok(Self {
            discovery,
            store,
            record,
            report,
            summary,
            total,
            used: BTreeSet::new(),
            identifiers: HashSet::new(),
            collected,
        })
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
        for Product { mut row, pieces, files: made } in products {
            if let Some(id) = row.identifier.clone()
                && !self.identifiers.insert(id.clone())
            {
                row.outputs.clear();
                row.reject(Diagnostic::new(
                    diagnostic::S004,
                    format!("{id} is also the identifier of another article"),
                ));
                rows.push(row);
                continue;
            }
            self.collected.add(pieces, &mut row)?;
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

    fn finish(self) -> Result<Summary, RunError> {
        self.collected.finish()?;
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
