//! What is applied to documents in every language: labels before a colon, and months.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::file::{FIELDS, File, List};
use super::phrases::Phrases;
use super::{LANGUAGES, Row};
use crate::document::Field;

/// The labels of all languages with spaces between words.
pub(super) static LABELS: LazyLock<Phrases<Field>> = LazyLock::new(|| {
    let mut labels = Phrases::default();
    for (label, field) in labels_of(|tables| !tables.unspaced) {
        labels.insert(label, field);
    }
    labels
});

/// The labels of some languages, in the order of the fields.
fn labels_of(is_one: fn(&Everywhere) -> bool) -> impl Iterator<Item = (&'static str, Field)> {
    let chosen = move || TABLES.iter().filter(move |tables| is_one(tables));
    FIELDS.into_iter().flat_map(move |(key, field)| {
        chosen().filter_map(move |tables| tables.labels.get(key)).flatten().map(move |label| (label.as_str(), field))
    })
}

/// What is applied to every document: of each language its labels and its months.
static TABLES: LazyLock<Vec<Everywhere>> = LazyLock::new(|| LANGUAGES.iter().map(Everywhere::new).collect());

struct Everywhere {
    /// The language sets no spaces between words.
    unspaced: bool,
    labels: BTreeMap<String, List>,
    months: Vec<List>,
}

impl Everywhere {
    /// Only these tables of a file are parsed.
    fn new(row: &Row) -> Self {
        let only = |table: &str| -> File {
            toml::from_str(table).unwrap_or_else(|error| panic!("the lexicon of {}: {error}", row.tag))
        };
        Self {
            unspaced: only(head(row.words)).unspaced,
            labels: only(table(row.words, "labels")).labels,
            months: only(table(row.words, "dates")).dates.months,
        }
    }
}

/// What stands before the first table of a file: lists are indented, so that only headings begin a line with a bracket.
fn head(file: &str) -> &str {
    &file[..file.find("\n[").unwrap_or(file.len())]
}

/// A table of a file, from its heading to the next one.
fn table<'t>(file: &'t str, name: &str) -> &'t str {
    file.find(&format!("\n[{name}]\n")).map_or("", |at| {
        let rest = &file[at + 1..];
        &rest[..rest[1..].find("\n[").map_or(rest.len(), |end| end + 1)]
    })
}

/// The labels of Chinese, Japanese and Korean.
pub(in crate::metadata) fn east_asian_labels() -> impl Iterator<Item = (&'static str, Field)> {
    labels_of(|tables| tables.unspaced)
}

/// The months of all languages; `None` for a name that is of different months in two.
pub(super) static MONTHS: LazyLock<Phrases<Option<u32>>> = LazyLock::new(|| {
    let mut months: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for tables in TABLES.iter() {
        for (number, forms) in (1..).zip(&tables.months) {
            forms.iter().for_each(|form| _ = months.entry(form).or_default().insert(number));
        }
    }
    let mut all = Phrases::default();
    for (form, numbers) in months {
        all.insert(form, if numbers.len() == 1 { numbers.into_iter().next() } else { None });
    }
    all
});
