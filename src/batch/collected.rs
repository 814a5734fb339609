//! The collections of a run and their files. What an article gives to them is made in parallel; they take it in the order of
//! the inputs and stream.

use std::collections::BTreeSet;
use std::io::{BufWriter, Cursor};
use std::path::{Path, PathBuf};

use super::RunError;
use super::refused::refusal;
use crate::container::Discovery;
use crate::diagnostic::{self, Diagnostic};
use crate::document::Document;
use crate::plan::{Plan, Replace};
use crate::report::Row;
use crate::store::{Draft, StoreError};
use crate::write::{Collection, CollectionFile, CollectionKind, WriteContext};

/// What an article gives to each collection of the run, in their order.
pub(super) type Pieces = Vec<Option<Vec<u8>>>;

/// A collection that grows.
struct Growing {
    kind: &'static CollectionKind,
    /// `None` where it was given up.
    collection: Option<Box<dyn Collection>>,
    /// Its file; `None` in a dry run.
    draft: Option<Draft>,
}

/// The collections of a run.
#[derive(Default)]
pub(super) struct Collected {
    growing: Vec<Growing>,
    /// The articles are read for the sake of the collections, and nothing else of them is written.
    suffice: bool,
}

impl Collected {
    /// Begins those of the table that the plan asks for.
    pub fn begin(plan: &Plan, table: &[&'static CollectionKind], discovery: &Discovery) -> Result<Self, RunError> {
        let asked: Vec<(&'static CollectionKind, &Path)> = table
            .iter()
            .flat_map(|kind| {
                plan.run.collections.iter().filter(|(name, _)| *name == kind.name).map(|(_, at)| (*kind, at.as_path()))
            })
            .collect();
        let mut places = asked.iter().filter_map(|(_, path)| std::path::absolute(path).ok());
        let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
        if !places.all(|place| seen.insert(place)) {
            return Err(RunError::SameFile(asked.iter().map(|(kind, _)| format!("--{}", kind.name)).collect()));
        }
        let suffice = plan.writing.formats.is_empty() && asked.iter().any(|(kind, _)| kind.suffices);
        let growing =
            asked.into_iter().map(|(kind, path)| begin(plan, kind, path, discovery)).collect::<Result<_, _>>()?;
        Ok(Self { growing, suffice })
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.growing.is_empty()
    }

    /// Whether the articles are written to collections only.
    pub fn suffice(&self) -> bool {
        self.suffice
    }

    /// Makes what a document gives to each; what cannot be made is said in the row, and what was noticed unless a format
    /// says the same.
    pub fn make(&self, document: &Document, context: &WriteContext<'_>, formats: &[&str], row: &mut Row) -> Pieces {
        let make = |Growing { kind, collection, .. }: &Growing| {
            let mut noticed = Vec::new();
            let made = collection.as_ref()?.make(document, context, &mut noticed);
            if !kind.noticed_with.is_some_and(|format| formats.contains(&format)) {
                row.diagnostics.extend(noticed);
            }
            made.map_err(|error| row.refuse(kind.name, refusal(kind.name, &error))).ok()
        };
        self.growing.iter().map(make).collect()
    }

    /// Takes what an article gives, and says in its row what was given already. A collection whose file cannot be written
    /// is given up, and the others go on.
    pub fn admit(&mut self, pieces: Pieces, row: &mut Row, troubles: &mut Vec<RunError>) {
        // An article that was rejected gives no pieces.
        for (growing, piece) in self.growing.iter_mut().zip(pieces) {
            let Growing { kind, collection: Some(collection), draft: Some(_) } = growing else { continue };
            let Some(piece) = piece else { continue };
            match collection.admit(piece) {
                Ok(true) => {}
                Ok(false) => {
                    let message =
                        format!("the same article, with the same bytes and path, is in the {} already", kind.name);
                    row.diagnostics.push(Diagnostic::new(diagnostic::S003, message));
                }
                Err(why) => {
                    troubles.push(RunError::Collection { name: kind.name, why });
                    (growing.collection, growing.draft) = (None, None);
                }
            }
        }
    }

    /// Writes what is known when all articles are there, and gives the files their names.
    pub fn finish(self, troubles: &mut Vec<RunError>) {
        for Growing { kind, collection, draft } in self.growing {
            let (Some(collection), Some(draft)) = (collection, draft) else { continue };
            match collection.finish() {
                Ok(Some(ends)) => {
                    if let Err(why) = draft.publish(&ends.head, &ends.tail) {
                        troubles.push(RunError::CollectionFile { name: kind.name, why });
                    }
                }
                Ok(None) => {}
                Err(why) => troubles.push(RunError::Collection { name: kind.name, why }),
            }
        }
    }
}

/// A file that one run fills; one that stands there is replaced if it begins like ours.
fn begin(plan: &Plan, kind: &'static CollectionKind, path: &Path, discovery: &Discovery) -> Result<Growing, RunError> {
    let draft = || {
        if plan.run.dry_run {
            return Ok(None);
        }
        check_input(path, discovery)?;
        let replace = plan.run.replace == Replace::Force;
        let draft = Draft::create(path, replace, |begin: &str| begin.contains(kind.signature))?;
        let file = draft.open()?;
        Ok(Some((draft, file)))
    };
    let opened = draft().map_err(|why| RunError::CollectionFile { name: kind.name, why })?;
    let (draft, file): (Option<Draft>, Box<dyn CollectionFile>) = match opened {
        Some((draft, file)) => (Some(draft), Box::new(BufWriter::new(file))),
        None => (None, Box::new(Cursor::new(Vec::new()))),
    };
    let collection = (kind.begin)(&plan.writing, file).map_err(|why| RunError::Collection { name: kind.name, why })?;
    Ok(Growing { kind, collection: Some(collection), draft })
}

/// Not even --force writes over an input.
fn check_input(path: &Path, discovery: &Discovery) -> Result<(), StoreError> {
    let there = std::fs::canonicalize(path).ok();
    match there.is_some_and(|there| discovery.inputs.iter().any(|input| input.absolute().as_ref() == Some(&there))) {
        true => Err(StoreError::Input(path.display().to_string())),
        false => Ok(()),
    }
}
