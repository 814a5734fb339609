//! The labelled pages of `../shared/corpus/08-labelled-pages`: real pages with their title, authors, date and text, and
//! how what is read in one compares. Title and date are compared with their white space folded, the date by its day,
//! the authors as a set of names, the text by shingles of four words, as the article-extraction-benchmark does it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oped_convert::ReadOriginal;
use oped_convert::document::{BlockKind, Role, block_text};
use oped_convert::original::{Origin, Original};
use oped_convert::plan;
use serde::Deserialize;

#[path = "shingles.rs"]
mod shingles;
use shingles::shingles;

/// One page with its labels; of what is `None` nothing is said.
#[derive(Deserialize)]
pub struct Page {
    pub file: String,
    /// Whose labels they are.
    pub set: String,
    pub language: String,
    pub title: Option<String>,
    pub authors: Option<Vec<String>>,
    pub date: Option<String>,
    body: Option<String>,
    /// The text begins with a summary.
    summary: Option<serde::de::IgnoredAny>,
    /// Phrases that are of the text, and that are not.
    with: Option<Vec<String>>,
    without: Option<Vec<String>>,
}

/// How one label came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Exact,
    /// Nothing is labelled, and nothing was found.
    None,
    Missing,
    Wrong,
    /// Nothing is labelled, and something was found.
    Added,
}

/// How a page came out.
#[derive(Default)]
pub struct Compared {
    /// By field: `title`, `authors`, `date`.
    pub fields: BTreeMap<&'static str, Outcome>,
    /// Precision and recall of the text.
    pub body: Option<(f64, f64)>,
    /// Of the phrases that are of the text, those that are in it, and how many there are; of those that are not.
    pub phrases: [usize; 4],
}

/// The folder; `None` where it is not there.
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/08-labelled-pages");
    folder.is_dir().then_some(folder)
}

/// All pages of the folder.
pub fn pages(folder: &Path) -> Vec<Page> {
    let truth = fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the program reads in a file that was saved: its address is not told.
pub fn read(bytes: Arc<[u8]>, media_type: &str) -> ReadOriginal {
    let origin = Origin { path: "saved".to_owned(), media_type: Some(media_type.to_owned()), ..Origin::default() };
    oped_convert::read_original(&Original::new(origin, bytes), &plan::Reading::default())
}

impl Page {
    /// What the program reads in it.
    pub fn read(&self, folder: &Path) -> ReadOriginal {
        let mut html = Vec::new();
        let packed = fs::read(folder.join(&self.file)).unwrap();
        flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut html).unwrap();
        read(html.into(), "text/html")
    }

    /// How what was read compares with the labels.
    pub fn compare(&self, read: &ReadOriginal) -> Compared {
        let document = &read.document;
        let metadata = &document.metadata;
        let mut compared = Compared::default();
        if let Some(title) = &self.title {
            let found = metadata.title.as_ref().map(|t| folded(&t.value)).unwrap_or_default();
            compared.fields.insert("title", outcome(&folded(title), &found, &String::new()));
        }
        if let Some(authors) = &self.authors {
            let labelled: BTreeSet<String> = authors.iter().map(|name| folded(name)).collect();
            let found = metadata.authors.iter().map(|author| folded(&author.value.name)).collect();
            compared.fields.insert("authors", outcome(&labelled, &found, &BTreeSet::new()));
        }
        if let Some(date) = &self.date {
            let found: String =
                metadata.published.iter().flat_map(|d| d.value.iso.chars()).take("2017-12-05".len()).collect();
            compared.fields.insert("date", outcome(&folded(date), &found, &String::new()));
        }
        let text_in = |role: Role| {
            let blocks = document.in_role(role).filter(|b| !matches!(b.kind, BlockKind::Figure { .. }));
            blocks.map(block_text).collect::<Vec<_>>().join("\n")
        };
        let (text, deck) = (text_in(Role::Body), text_in(Role::Subtitle));
        if let Some(body) = &self.body {
            let with_deck = format!("{deck}\n{text}");
            let found = if self.summary.is_some() && !deck.is_empty() { &with_deck } else { &text };
            compared.body = Some(precision_and_recall(body, found));
        }
        let shown = folded(&format!("{text} {deck}"));
        for (at, phrases) in [&self.with, &self.without].into_iter().enumerate() {
            for phrase in phrases.iter().flatten() {
                compared.phrases[at * 2] += usize::from(shown.contains(&folded(phrase)));
                compared.phrases[at * 2 + 1] += 1;
            }
        }
        compared
    }
}

fn outcome<T: PartialEq>(labelled: &T, found: &T, nothing: &T) -> Outcome {
    match () {
        () if labelled == found && labelled == nothing => Outcome::None,
        () if labelled == found => Outcome::Exact,
        () if found == nothing => Outcome::Missing,
        () if labelled == nothing => Outcome::Added,
        () => Outcome::Wrong,
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn precision_and_recall(truth: &str, found: &str) -> (f64, f64) {
    let (truth, found) = (shingles(truth), shingles(found));
    let both: usize = truth.iter().map(|(shingle, n)| (*n).min(found.get(shingle).copied().unwrap_or(0))).sum();
    let of = |all: usize| if all == 0 { 0.0 } else { both as f64 / all as f64 };
    (of(found.values().sum()), of(truth.values().sum()))
}
