//! The files of a whole run: the TEI corpus, the anthology, the log of the layout. What an article gives to them is made
//! in parallel; they take it in the order of the inputs and stream.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use super::RunError;
use super::worker::refusal;
use crate::container::Discovery;
use crate::diagnostic::{self, Diagnostic};
use crate::document::Document;
use crate::plan::{Plan, Replace};
use crate::report::Row;
use crate::store::{Draft, Spool, StoreError};
use crate::typeset::log;
use crate::write::WriteContext;
use crate::write::epub::anthology::{self, Anthology};
use crate::write::tei::corpus::{self, Corpus, Member};

/// What an article gives to the files of the whole run.
#[derive(Default)]
pub(super) struct Pieces {
    /// The article in the corpus, where one is written.
    member: Option<Member>,
    /// The article in the anthology, where one is written.
    chapter: Option<anthology::Member>,
    /// Rows of the log of the layout.
    pub layout_log: String,
}

impl Pieces {
    /// Makes the article's part of corpus and anthology, as far as they are asked for.
    pub fn make(&mut self, document: &Document, context: &WriteContext<'_>, row: &mut Row) {
        if context.plan.tei_corpus.is_some() {
            match Member::of(document, context) {
                Ok(member) => self.member = Some(member),
                Err(error) => row.refuse("tei", refusal("tei", &error.into())),
            }
        }
        if context.plan.epub.anthology.is_some() {
            let mut noticed = Vec::new();
            match anthology::Member::of(document, context, &mut noticed) {
                Ok(chapter) => self.chapter = Some(chapter),
                Err(error) => row.refuse("epub", refusal("epub", &error)),
            }
            // A book of its own says the same.
            if !context.plan.wants("epub") {
                row.diagnostics.extend(noticed);
            }
        }
    }
}

/// An anthology, and the file that it is written to.
type OpenBook = (Anthology<BufWriter<File>>, Draft);

/// The files of a run that are asked for.
#[derive(Default)]
pub(super) struct Collected {
    corpus: Option<(Corpus, Spool)>,
    anthology: Option<OpenBook>,
    /// The log of the layout.
    log: Option<Spool>,
}

impl Collected {
    /// Begins them.
    pub fn open(plan: &Plan, discovery: &Discovery) -> Result<Self, RunError> {
        let files = [&plan.tei_corpus, &plan.layout_log, &plan.epub.anthology];
        let mut places = files.into_iter().flatten().filter_map(|path| std::path::absolute(path).ok());
        let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
        if !places.all(|place| seen.insert(place)) {
            return Err(RunError::SameFile);
        }
        let corpus = spool(plan, discovery, plan.tei_corpus.as_deref(), corpus::SIGNATURE).map_err(RunError::Corpus)?;
        let log = spool(plan, discovery, plan.layout_log.as_deref(), log::HEAD).map_err(RunError::LayoutLog)?;
        let corpus = corpus.map(|spool| (Corpus::default(), spool));
        Ok(Self { corpus, anthology: open_anthology(plan, discovery)?, log })
    }

    /// Takes what an article gives, and says in its row what was given already.
    pub fn add(&mut self, pieces: Pieces, row: &mut Row) -> Result<(), RunError> {
        let Pieces { member, chapter, layout_log } = pieces;
        if let (Some(log), false) = (&mut self.log, layout_log.is_empty()) {
            log.append(layout_log.as_bytes()).map_err(RunError::LayoutLog)?;
        }
        let mut given_twice = |what: &str| {
            let message = format!("the same article, with the same bytes and path, is in the {what} already");
            row.diagnostics.push(Diagnostic::new(diagnostic::S003, message));
        };
        if let (Some(member), Some((corpus, spool))) = (member, &mut self.corpus) {
            if corpus.admit(&member) {
                spool.append(&member.xml).map_err(RunError::Corpus)?;
            } else {
                given_twice("TEI corpus");
            }
        }
        if let (Some(chapter), Some((anthology, _))) = (chapter, &mut self.anthology)
            && !anthology.add(chapter).map_err(RunError::Book)?
        {
            given_twice("anthology");
        }
        Ok(())
    }

    /// Writes what is known when all articles are there, and gives the files their names.
    pub fn finish(self) -> Result<(), RunError> {
        if let Some((corpus, spool)) = self.corpus.filter(|(corpus, _)| !corpus.is_empty()) {
            let head = corpus.head().map_err(|why| RunError::Corpus(spool.failed(why)))?;
            spool.publish(&head, corpus::END).map_err(RunError::Corpus)?;
        }
        if let Some((anthology, draft)) = self.anthology.filter(|(anthology, _)| !anthology.is_empty()) {
            let written = anthology.finish().map_err(RunError::Book)?;
            written.into_inner().map_err(|error| RunError::Anthology(draft.failed(error.into_error())))?;
            draft.publish().map_err(RunError::Anthology)?;
        }
        if let Some(log) = self.log {
            log.publish(log::HEAD.as_bytes(), b"\n").map_err(RunError::LayoutLog)?;
        }
        Ok(())
    }
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
