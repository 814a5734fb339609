//! The values by which confidences are measured, each right or wrong: of the own cases, and of the labelled pages, as
//! they are and printed as text, without the labels of `tests/labels.tsv`, which are wrong themselves. One half measures,
//! the other tests: own cases by their `set`, pages by the last bit of the SHA-256 of their group. Cases that were
//! collected because they failed are no sample of anything, and are left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use oped_convert::ReadOriginal;
use oped_convert::document::{Date, Field, Medium, Metadata, Person};
use oped_convert::metadata::rules;
use oped_convert::span::{Permille, RuleId, Spanned, Support};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::labelled_pages::{self, Page};
use super::metadata_cases::Case;

#[path = "printed.rs"]
mod printed;
use printed::printed;

/// Which half a document is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Measures,
    Tests,
}

/// One value that was found, taken or a candidate.
#[derive(Clone, Debug)]
pub struct Judged {
    pub half: Half,
    pub rule: RuleId,
    pub field: &'static str,
    pub medium: Medium,
    pub support: Support,
    pub confidence: Permille,
    /// It is stated; the others are candidates.
    pub is_taken: bool,
    pub is_right: bool,
    /// The document, and the value as it is compared.
    pub document: String,
    pub value: String,
}

/// What is true of a document.
struct Truth<'a> {
    half: Half,
    document: String,
    medium: Medium,
    /// The values that are right; `None` where nothing is known of the field.
    right: &'a dyn Fn(Field) -> Option<Vec<String>>,
    /// It is that of a labelled page, which has names as they are printed, and languages without their script.
    is_label: bool,
}

/// All values; without `../shared` those of the own cases.
pub fn judged() -> Vec<Judged> {
    let mut all = own_cases();
    all.extend(pages());
    all
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn own_cases() -> Vec<Judged> {
    let cases = fs::read_to_string(root().join("tests/corpus/metadata.jsonl")).unwrap();
    let cases: Vec<Case> = cases.lines().map(|line| Case::own(line).unwrap()).collect();
    let judge = |case: &Case| {
        let read = case.read();
        let right = |field: Field| Some(of_case(&case.truth, field));
        let truth = Truth {
            half: if case.set == "held" { Half::Tests } else { Half::Measures },
            document: case.id.clone(),
            medium: read.document.medium,
            right: &right,
            is_label: false,
        };
        truth.judge(&read)
    };
    cases.par_iter().filter(|case| case.set != "mended").flat_map(judge).collect()
}

/// What is true by the form of `tests/corpus/metadata.md`.
fn of_case(truth: &Value, field: Field) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned).into_iter().collect();
    let each = |list: &Value, key: &str| -> Vec<String> {
        let items = list.as_array().into_iter().flatten();
        items.filter_map(|item| item.get(key).unwrap_or(item).as_str()).map(str::to_owned).collect()
    };
    match field {
        Field::Author => each(&truth["authors"], "name"),
        Field::Editor => each(&truth["editors"], "name"),
        Field::Translator => each(&truth["translators"], "name"),
        Field::Contributor(_) => each(&truth["contributors"], "name"),
        Field::Role | Field::Affiliation => {
            let people = ["authors", "editors", "translators"].into_iter();
            people.flat_map(|list| each(&truth[list], field.key())).collect()
        }
        Field::Keywords => each(&truth["keywords"], ""),
        Field::Language => text(&truth["lang"]),
        Field::Source => text(&truth["source"]["title"]),
        _ => match field.key().split_once('.') {
            Some((outer, inner)) => text(&truth[outer][inner]),
            None => text(&truth[field.key()]),
        },
    }
}

/// A label that is wrong.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct WrongLabel {
    pub page: String,
    pub field: String,
}

/// The labels that are left out.
pub fn wrong_labels() -> BTreeSet<WrongLabel> {
    let rows = fs::read_to_string(root().join("tests/labels.tsv")).unwrap();
    let row = |row: &str| {
        let mut cells = row.split('\t').map(str::to_owned);
        WrongLabel { page: cells.next().unwrap(), field: cells.next().unwrap() }
    };
    rows.lines().skip(1).map(row).collect()
}

#[derive(Deserialize)]
struct Grouped {
    file: String,
    group: Option<String>,
    url: Option<String>,
}

fn pages() -> Vec<Judged> {
    let Some(folder) = labelled_pages::folder() else { return Vec::new() };
    let wrong = wrong_labels();
    let truth = fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    let groups: Vec<Grouped> = truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let pages = labelled_pages::pages(&folder);
    let judge = |(page, grouped): (&Page, &Grouped)| {
        let is_wrong = |field: &str| wrong.contains(&WrongLabel { page: page.file.clone(), field: field.to_owned() });
        let one = |value: &Option<String>| value.clone().map(|v| Vec::from_iter((!v.is_empty()).then_some(v)));
        let right = |field: Field| match field {
            Field::Title if !is_wrong("title") => one(&page.title),
            Field::Author if !is_wrong("authors") => page.authors.clone(),
            Field::Published if !is_wrong("date") => one(&page.date),
            Field::Language if page.language != "?" => Some(vec![page.language.clone()]),
            _ => None,
        };
        let document = page.file.clone();
        let as_page = page.read(&folder);
        // The same page printed as text; what it does not print was not there to be found.
        let text = printed(&as_page.document);
        let as_text = labelled_pages::read(text.as_bytes().into(), "text/plain");
        let prints = |values: Vec<String>| values.iter().all(|value| text.contains(value.as_str())).then_some(values);
        let medium = as_page.document.medium;
        let truth = Truth { half: half_of(grouped), document, medium, right: &right, is_label: true };
        let mut judged = truth.judge(&as_page);
        let right = |field: Field| match field {
            Field::Title | Field::Author => right(field).and_then(prints),
            _ => right(field),
        };
        let (medium, document) = (as_text.document.medium, page.file.clone());
        judged.extend(Truth { right: &right, medium, document, ..truth }.judge(&as_text));
        judged
    };
    pages.par_iter().zip(&groups).flat_map(judge).collect()
}

/// Pages of one publisher are in one half: by the group that the truth names, or by the host.
fn half_of(page: &Grouped) -> Half {
    let host = || {
        let rest = page.url.as_deref()?.split_once("://")?.1;
        rest.split('/').next().map(|host| host.trim_start_matches("www.").to_owned())
    };
    let group = page.group.clone().filter(|group| group != "-").or_else(host).unwrap_or_else(|| page.file.clone());
    let digest = Sha256::digest(group.as_bytes());
    if digest[31] & 1 == 1 { Half::Measures } else { Half::Tests }
}

impl Truth<'_> {
    fn judge(&self, read: &ReadOriginal) -> Vec<Judged> {
        let m: &Metadata = &read.document.metadata;
        let mut all = Vec::new();
        let texts = [
            (Field::Title, &m.title),
            (Field::Subtitle, &m.subtitle),
            (Field::Publisher, &m.publisher),
            (Field::Url, &m.url),
            (Field::Source, &m.source.title),
            (Field::SourcePage, &m.source.page),
            (Field::SourceUrl, &m.source.url),
            (Field::Section, &m.section),
            (Field::Genre, &m.genre),
            (Field::Dateline, &m.dateline),
            (Field::Rights, &m.rights),
        ];
        for (field, text) in texts {
            all.extend(text.iter().filter_map(|text| self.value(field, text, &text.value, true)));
        }
        let dates: [(Field, &Option<Spanned<Date>>); 3] =
            [(Field::Published, &m.published), (Field::Updated, &m.updated), (Field::SourceDate, &m.source.date)];
        for (field, date) in dates {
            all.extend(date.iter().filter_map(|date| self.value(field, date, &date.value.iso, true)));
        }
        all.extend(m.keywords.iter().filter_map(|word| self.value(Field::Keywords, word, &word.value, true)));
        all.extend(self.value(Field::Language, &m.language, m.language.value.tag(), true));
        let people = [(Field::Author, &m.authors), (Field::Editor, &m.editors), (Field::Translator, &m.translators)];
        for (field, person) in people.into_iter().flat_map(|(field, list)| list.iter().map(move |p| (field, p))) {
            all.extend(self.value(field, person, &person.value.name, true));
            let Person { role, affiliation, .. } = &person.value;
            for (field, text) in [(Field::Role, role), (Field::Affiliation, affiliation)] {
                all.extend(text.iter().filter_map(|text| self.value(field, text, &text.value, true)));
            }
        }
        let others = m.contributors.iter().map(|c| {
            let field = Field::Contributor(oped_convert::field::Relator(c.value.relator));
            self.value(field, c, &c.value.person.name, true)
        });
        all.extend(others.flatten());
        for (field, candidates) in &m.candidates {
            all.extend(candidates.iter().filter_map(|c| self.value(*field, c, &c.value, false)));
        }
        // A value that several rules found counts once, for the one that goes first: what is taken depends on the counts,
        // and they must not depend on what is taken.
        let order = |judged: &Judged| rules::rule(judged.rule).map(|rule| rule.order);
        all.sort_by_key(order);
        let mut known = BTreeSet::new();
        all.retain(|judged| known.insert((judged.field, judged.value.clone())));
        all
    }

    fn value<T>(&self, field: Field, of: &Spanned<T>, value: &str, is_taken: bool) -> Option<Judged> {
        let right = (self.right)(field)?;
        let is_date = matches!(field, Field::Published | Field::Updated | Field::SourceDate);
        let is_name = matches!(field, Field::Author) && self.is_label;
        let is_tag = matches!(field, Field::Language) && self.is_label;
        let form = |text: &str| {
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
            match () {
                // A time that the truth does not give is no error.
                () if is_date => folded.get(..10).unwrap_or(&folded).to_owned(),
                () if is_name => folded.to_lowercase(),
                () if is_tag => folded.split('-').next().unwrap_or_default().to_owned(),
                () => folded,
            }
        };
        let value = form(value);
        Some(Judged {
            half: self.half,
            rule: of.rule,
            field: field.key(),
            medium: self.medium,
            support: of.support,
            confidence: of.confidence,
            is_taken,
            is_right: right.iter().any(|right| form(right) == value),
            document: self.document.clone(),
            value,
        })
    }
}
