//! All inputs of a plan: windows of originals, converted in parallel, committed in the order of the inputs.
//!
//! One article's failure is one row of the report, never the end of the run: panics are caught, and what could
//! not be read, written or replaced is said in its row.

mod ahead;
mod collected;
mod keys;
mod refused;
mod worker;

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::Tables;
use crate::container::{self, ContainerKind, Discovery, Input, InputPlace, Loaded};
use crate::diagnostic::{self, Diagnostic};
use crate::plan::{Plan, Replace, Run, Stated, VERSION};
use crate::record::Record;
use crate::report::{ReportFile, is_report};
use crate::store::Store;
use crate::write::{Schedule, UnknownFormat, WriteError};
use ahead::Inputs;
use collected::Collected;
use refused::not_stored;
use worker::{Product, Worker};

pub use crate::record::RecordError;
pub use crate::report::{OutputRow, OutputStatus, Row, Status, Summary};
pub use crate::store::StoreError;
#[doc(hidden)]
pub use keys::{Keys, source_key};

/// Stack of a worker: layout and XML recurse with the nesting of blocks.
const STACK: usize = 8 << 20;

/// The report's name, in the output folder.
const REPORT: &str = "report.json";

/// Why a run could not start, or what of it as a whole failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// A format was asked for that the tables have not.
    #[error("{0}")]
    Format(#[from] UnknownFormat),
    /// There is nothing to convert.
    #[error("{0}")]
    Nothing(String),
    /// What is stated about one input would be said of several.
    #[error(
        "--title, --language and an --identifier without {{article}}, {{content}} or {{name}} state something about one document, and there are several"
    )]
    StatedOfSeveral,
    /// Inputs of which a sample is taken are read twice.
    #[error("--sample reads its inputs twice, and standard input can be read once only; hint: --limit takes the first")]
    SampleOfStdin,
    /// The output folder cannot be used.
    #[error("the output folder cannot be used")]
    Output(#[from] StoreError),
    /// Its record cannot be used.
    #[error("the record of the output folder, .oped-convert/outputs.tsv, cannot be used")]
    Record(#[source] RecordError),
    /// `report.json` is somebody else's.
    #[error(
        "report.json exists in the output folder and was not written by this program, or was changed since; hint: --force replaces it"
    )]
    ForeignReport,
    /// The report cannot be written.
    #[error("report.json cannot be written")]
    Report(#[source] std::io::Error),
    /// Rows of the report could not be written.
    #[error("report.json lacks the rows of {rows} inputs, which could not be written")]
    ReportRows {
        /// How many.
        rows: usize,
        /// Why the first of them could not be written.
        #[source]
        why: std::io::Error,
    },
    /// The file of a collection cannot be stored.
    #[error("the file of --{name} cannot be written")]
    CollectionFile {
        /// Which.
        name: &'static str,
        /// Why.
        #[source]
        why: StoreError,
    },
    /// A collection cannot be made.
    #[error("what --{name} asks for cannot be made")]
    Collection {
        /// Which.
        name: &'static str,
        /// Why.
        #[source]
        why: WriteError,
    },
    /// Two things would be written to one file.
    #[error("two of {} name the same file", .0.join(", "))]
    SameFile(Vec<String>),
    /// A glob is none.
    #[error(transparent)]
    Glob(#[from] container::GlobError),
    /// The threads could not be started.
    #[error("the worker threads could not be started")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// What came of a run that could start.
#[derive(Debug)]
pub struct Outcome {
    /// How its inputs ended.
    pub summary: Summary,
    /// What of the run as a whole failed: its report, its collections.
    pub troubles: Vec<RunError>,
}

impl Outcome {
    /// Everything was converted and written.
    pub fn is_complete(&self) -> bool {
        self.summary.is_complete() && self.troubles.is_empty()
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Inputs that are done.
    pub done: usize,
    /// Inputs in all, as far as they are known: how many a container holds is known when it was read.
    pub total: usize,
}

/// Converts all inputs of the plan. `on_row` hears of each in the order of the inputs. Each input has its row, whatever
/// becomes of the disk.
///
/// # Errors
/// Where the run cannot start: nothing to convert, no output folder.
pub fn run(plan: &Plan, tables: &Tables, on_row: &mut dyn FnMut(&Row, Progress)) -> Result<Outcome, RunError> {
    let discovery = container::discover(&plan.run, tables.containers)?;
    check_inputs(&plan.run, &plan.reading.stated, tables.containers, &discovery)?;
    let asked = |name: &str| plan.run.collections.iter().any(|(asked, _)| *asked == name);
    let reads_layout = tables.collections.iter().any(|kind| kind.reads_layout && asked(kind.name));
    let schedule = Schedule::new(&plan.writing, tables.formats)?;
    let schedule = if reads_layout { schedule.with_pages() } else { schedule };
    let keys = Keys::of(plan, &schedule);
    let pool = ThreadPoolBuilder::new().num_threads(plan.run.jobs).stack_size(STACK).build()?;
    pool.install(|| crate::warm(&schedule));
    let mut open = Open::new(plan, tables, discovery)?;
    open.fail_missing(on_row);
    let stems = container::stems(&open.discovery.inputs);
    let inputs = std::mem::take(&mut open.discovery.inputs);
    let files: BTreeSet<PathBuf> = inputs.iter().filter_map(Input::absolute).collect();
    thread::scope(|scope| {
        let (sender, windows) = mpsc::sync_channel(1);
        let ahead = Inputs { inputs: &inputs, opening: &plan.run.opening, containers: tables.containers };
        let reader = scope.spawn(move || ahead.send(&plan.run, &sender));
        for window in windows {
            let worker = Worker {
                plan,
                schedule: &schedule,
                keys: &keys,
                collected: &open.collected,
                store: open.store.as_ref(),
                record: open.record.as_ref(),
                inputs: &files,
            };
            let convert = |(index, loaded): (usize, Loaded)| worker.process(&stems[index], loaded);
            let products = pool.install(|| Vec::from(window).into_par_iter().map(convert).collect::<Vec<Product>>());
            open.commit(products, on_row);
        }
        // What it cannot read it says in a row.
        let unwanted = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (open.summary.passed_over, open.summary.limit) = (unwanted.passed_over, unwanted.limit);
    });
    Ok(open.finish())
}

fn check_inputs(
    run: &Run,
    stated: &Stated,
    containers: &[&'static ContainerKind],
    discovery: &Discovery,
) -> Result<(), RunError> {
    if run.sample.is_some() && discovery.inputs.iter().any(|input| input.place == InputPlace::Stdin) {
        return Err(RunError::SampleOfStdin);
    }
    match discovery.inputs.len() {
        0 => {}
        n if stated.is_of_one() && (n > 1 || discovery.inputs[0].is_container(containers)) => {
            return Err(RunError::StatedOfSeveral);
        }
        _ => return Ok(()),
    }
    let message = match (&discovery.failed[..], discovery.ignored.len()) {
        ([], 0) => "nothing to convert: the input folder is empty".to_owned(),
        ([], n) => format!(
            "nothing to convert, and ignored files: {n}; hint: in a folder only {} are converted, most also with .gz or .zst behind it; a file named itself is always tried",
            container::endings(containers)
        ),
        ([(path, first), ..], _) if run.inputs.len() == 1 => format!("{path}: {}", first.message),
        ([(path, first), ..], _) => format!("nothing to convert; the first of the inputs, {path}: {}", first.message),
    };
    Err(RunError::Nothing(message))
}

/// What a run has open.
struct Open {
    discovery: Discovery,
    store: Option<Store>,
    record: Option<Record>,
    report: Option<ReportFile>,
    /// Why the first row of the report could not be written.
    report_error: Option<std::io::Error>,
    summary: Summary,
    total: usize,
    used: BTreeSet<String>,
    /// Persistent identifiers that are given.
    identifiers: HashSet<String>,
    collected: Collected,
    troubles: Vec<RunError>,
}

impl Open {
    fn new(plan: &Plan, tables: &Tables, discovery: Discovery) -> Result<Self, RunError> {
        let force = plan.run.replace == Replace::Force;
        let store = if plan.run.dry_run { None } else { Some(Store::open(&plan.run.output)?) };
        let open = |store: &Store| Record::open(store.root(), VERSION, force);
        let record = store.as_ref().map(open).transpose().map_err(RunError::Record)?;
        if let (Some(store), Some(record), false) = (&store, &record, force)
            && let Some((there, _)) = store.fixity(REPORT)?
            && !record.is_ours(REPORT, there)
            && !is_report(&store.root().join(REPORT)).map_err(RunError::Report)?
        {
            return Err(RunError::ForeignReport);
        }
        let create = |store: &Store| ReportFile::create(store.root(), VERSION);
        let report = store.as_ref().map(create).transpose().map_err(RunError::Report)?;
        let collected = Collected::begin(plan, tables.collections, &discovery)?;
        Ok(Self {
            total: discovery.inputs.len() + discovery.failed.len(),
            summary: Summary { ignored: discovery.ignored.len(), ..Summary::default() },
            discovery,
            store,
            record,
            report,
            report_error: None,
            used: BTreeSet::new(),
            identifiers: HashSet::new(),
            collected,
            troubles: Vec::new(),
        })
    }

    /// Rows for inputs that are not there.
    fn fail_missing(&mut self, on_row: &mut dyn FnMut(&Row, Progress)) {
        for (path, diagnostic) in std::mem::take(&mut self.discovery.failed) {
            let mut row = Row::new(&path);
            row.reject(diagnostic);
            self.tell(row, on_row);
        }
    }

    /// Gives a window's files their names, in the order of the inputs, and reports its rows.
    fn commit(&mut self, products: Vec<Product>, on_row: &mut dyn FnMut(&Row, Progress)) {
        let mut rows = Vec::new();
        let (mut files, mut lines) = (Vec::new(), Vec::new());
        for Product { mut row, pieces, files: made, reading } in products {
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
            self.collected.admit(pieces, &mut row, &mut self.troubles);
            let taken =
                |path: &str| Diagnostic::new(diagnostic::S003, format!("{path} is also the output of another input"));
            for path in row.unchanged_paths() {
                if !self.used.insert(path.clone()) {
                    row.lose(&path, taken(&path));
                }
            }
            for (staged, line) in made {
                if !self.used.insert(staged.path.clone()) {
                    row.lose(&staged.path, taken(&staged.path));
                    continue;
                }
                lines.push(line);
                files.push(staged);
            }
            // Where nothing of it is kept, what was said of it would be taken for that of another input.
            lines.extend(reading.filter(|_| row.status != Status::Rejected));
            rows.push(row);
        }
        if let (Some(store), Some(record)) = (&self.store, &mut self.record) {
            // The record first: a file that nobody knows could not be replaced.
            let recorded = record.append(&lines).or_else(|error| {
                store.make_room(&error);
                record.append(&lines)
            });
            match recorded {
                Ok(()) => {
                    for (path, outcome) in store.commit(files) {
                        let Err(error) = outcome else { continue };
                        if let Some(format) = lose(&mut rows, &path, not_stored(&error)) {
                            record.withdraw(&path, format);
                        }
                    }
                }
                Err(why) => {
                    for path in files.into_iter().map(|staged| staged.path) {
                        let error = StoreError::Io { path: format!("the record, for {path}"), why: copied(&why) };
                        lose(&mut rows, &path, not_stored(&error));
                    }
                }
            }
        }
        rows.into_iter().for_each(|row| self.tell(row, on_row));
    }

    fn tell(&mut self, row: Row, on_row: &mut dyn FnMut(&Row, Progress)) {
        self.summary.count(&row);
        if let (Some(report), Some(store)) = (&mut self.report, &self.store) {
            let told = report.add(&row).or_else(|error| {
                store.make_room(&error);
                report.add(&row)
            });
            if let Err(why) = told {
                report.lose();
                self.report_error.get_or_insert(why);
            }
        }
        on_row(&row, Progress { done: self.summary.inputs(), total: self.total.max(self.summary.inputs()) });
    }

    fn finish(mut self) -> Outcome {
        self.collected.finish(&mut self.troubles);
        if let (Some(report), Some(store)) = (self.report, &self.store) {
            let published = report.finish(&self.summary, &self.discovery.ignored, &mut |error| store.make_room(error));
            match published.and_then(|finished| Ok((finished.lost, finished.publish()?))) {
                Ok((0, ())) => {}
                Ok((rows, ())) => {
                    let why = self.report_error.unwrap_or_else(|| std::io::ErrorKind::StorageFull.into());
                    self.troubles.push(RunError::ReportRows { rows, why });
                }
                Err(why) => self.troubles.push(RunError::Report(why)),
            }
        }
        if let Some(record) = self.record {
            // Where that cannot be done the long form stays, which says the same.
            let _ = record.compact();
        }
        Outcome { summary: self.summary, troubles: self.troubles }
    }
}

/// Says in its row that an output did not get its name. Returns its format.
fn lose(rows: &mut [Row], path: &str, why: Diagnostic) -> Option<&'static str> {
    let is_it = |output: &OutputRow| output.path == path;
    let (format, row) = rows.iter_mut().find_map(|row| Some((row.outputs.iter().find(|o| is_it(o))?.format, row)))?;
    row.lose(path, why);
    Some(format)
}

/// The same error for another file.
fn copied(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), error.to_string())
}
