//! Cases of recognition: a scraped text or page with what is true of it, and how what was recognised compares.
//!
//! A value is exact when it is equal with its white space folded; authors are compared as a list in order, each with
//! name, kind, role and affiliation; dates as ISO 8601 strings, to the day where the truth gives no more. A field
//! that the truth does not have must not be found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oped_convert::ReadOriginal;
use oped_convert::document::{Block, BlockKind, Metadata, Person, Role, block_text};
use oped_convert::original::{Origin, Original};
use oped_convert::plan;
use oped_convert::span::Spanned;
use serde_json::Value;

/// One case.
pub struct Case {
    /// Its name.
    pub id: String,
    /// The language that it is counted under.
    pub language: String,
    /// What is read.
    pub bytes: Arc<[u8]>,
    /// `text/html`, `text/plain`, or nothing.
    pub media_type: Option<String>,
    /// The address that a page was fetched from.
    pub url: Option<String>,
    /// What is true.
    pub truth: Value,
    /// The fields that the truth knows about; of others nothing is said.
    pub fields: &'static [&'static str],
    /// `open`: the rules were made with an eye on it; `held`: it is scored and was not looked at.
    pub set: String,
    /// The fields that do not come out as they are; all others do.
    pub fails: BTreeSet<String>,
}

/// How one field came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it is.
    Exact,
    /// It is there, and was not found.
    LeftOut,
    /// Something else was found, or something where nothing is.
    Wrong,
    /// It is not there and was not found.
    Absent,
}

/// The fields of the own cases, in the order in which they are printed.
pub const FIELDS: &[&str] = &[
    "title",
    "title_as_printed",
    "subtitle",
    "authors",
    "editors",
    "translators",
    "contributors",
    "publisher",
    "published",
    "updated",
    "url",
    "source.title",
    "source.date",
    "source.page",
    "source.url",
    "section",
    "genre",
    "dateline",
    "rights",
    "keywords",
    "lang",
    "first_body",
    "last_body",
    "roles",
];

impl Case {
    /// Of a line of `tests/corpus/metadata.jsonl`.
    pub fn own(line: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let page = text("html");
        let media_type = if page.is_some() { "text/html" } else { "text/plain" };
        let bytes = page.or_else(|| text("text")).ok_or("neither text nor html")?;
        Ok(Self {
            id: text("id").ok_or("no id")?,
            language: text("language").ok_or("no language")?,
            bytes: bytes.into_bytes().into(),
            media_type: Some(media_type.to_owned()),
            url: text("url"),
            truth: value["truth"].clone(),
            fields: FIELDS,
            set: text("set").unwrap_or_default(),
            fails: value["fails"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        })
    }

    /// What the program reads in it.
    pub fn read(&self) -> ReadOriginal {
        let origin = Origin {
            path: self.id.clone(),
            media_type: self.media_type.clone(),
            target_uri: self.url.clone(),
            ..Origin::default()
        };
        let original = Original::new(origin, self.bytes.clone());
        oped_convert::read_original(&original, &plan::Reading::default())
    }

    /// How each field came out, with what is true and what was found.
    pub fn compare(&self, reading: &ReadOriginal) -> BTreeMap<&'static str, (Outcome, Value, Value)> {
        let found = found(reading);
        let outcome = |field: &&'static str| {
            let truth = truth_of(&self.truth, field);
            let found = found_of(&found, reading, field, &truth);
            let outcome = match (is_empty(&truth), is_empty(&found)) {
                (true, true) => Outcome::Absent,
                _ if truth == found || same_day(field, &truth, &found) => Outcome::Exact,
                (false, true) => Outcome::LeftOut,
                _ => Outcome::Wrong,
            };
            (*field, (outcome, truth, found))
        };
        self.fields.iter().map(outcome).collect()
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.values().all(is_empty),
        _ => false,
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_day(field: &str, truth: &Value, found: &Value) -> bool {
    let is_date = matches!(field, "published" | "updated" | "source.date");
    let (Some(truth), Some(found)) = (truth.as_str(), found.as_str()) else { return false };
    // A time that the truth does not give is no error; one that differs is.
    is_date && truth.len() == 10 && found.get(..10) == Some(truth) && found.as_bytes().get(10) == Some(&b'T')
}

/// The truth of a field in the form in which it is compared.
fn truth_of(truth: &Value, field: &str) -> Value {
    let fold = |value: &Value| value.as_str().map_or(Value::Null, |text| folded(text).into());
    let person = |value: &Value| {
        let mut person = serde_json::Map::new();
        for (key, default) in [
            ("name", None),
            ("kind", Some("person")),
            ("role", None),
            ("affiliation", None),
            ("relator", None),
            ("label", None),
        ] {
            match value[key].as_str().or(default.filter(|_| value["relator"].is_null())) {
                Some(text) => person.insert(key.to_owned(), folded(text).into()),
                None => None,
            };
        }
        Value::Object(person)
    };
    let list =
        |f: &dyn Fn(&Value) -> Value| Value::Array(truth[field].as_array().into_iter().flatten().map(f).collect());
    match field {
        "authors" | "editors" | "translators" | "contributors" => list(&person),
        "keywords" => list(&fold),
        "title_as_printed" => {
            if truth[field].is_null() {
                fold(&truth["title"])
            } else {
                fold(&truth[field])
            }
        }
        "roles" => match truth[field].as_object() {
            Some(roles) => roles
                .iter()
                .map(|(role, texts)| {
                    (role.clone(), Value::Array(texts.as_array().into_iter().flatten().map(fold).collect()))
                })
                .collect::<serde_json::Map<_, _>>()
                .into(),
            None => Value::Null,
        },
        _ => match field.split_once('.') {
            Some((outer, inner)) => fold(&truth[outer][inner]),
            None => fold(&truth[field]),
        },
    }
}

/// What was found, by field.
fn found(reading: &ReadOriginal) -> BTreeMap<&'static str, Value> {
    let m: &Metadata = &reading.document.metadata;
    let text = |s: &Option<Spanned<String>>| s.as_ref().map_or(Value::Null, |s| folded(&s.value).into());
    let date = |s: &Option<Spanned<oped_convert::document::Date>>| {
        s.as_ref().map_or(Value::Null, |s| s.value.iso.clone().into())
    };
    let people = |list: &[Spanned<Person>]| Value::Array(list.iter().map(|p| person_json(&p.value)).collect());
    let contributors = m.contributors.iter().map(|c| {
        let mut person = serde_json::Map::new();
        person.insert("name".into(), folded(&c.value.person.name).into());
        person.insert("relator".into(), c.value.relator.into());
        person.insert("label".into(), folded(&c.value.label).into());
        Value::Object(person)
    });
    BTreeMap::from([
        ("title", text(&m.title)),
        ("title_as_printed", text(&m.title_as_printed)),
        ("subtitle", text(&m.subtitle)),
        ("authors", people(&m.authors)),
        ("editors", people(&m.editors)),
        ("translators", people(&m.translators)),
        ("contributors", Value::Array(contributors.collect())),
        ("publisher", text(&m.publisher)),
        ("published", date(&m.published)),
        ("updated", date(&m.updated)),
        ("url", text(&m.url)),
        ("source.title", text(&m.source.title)),
        ("source.date", date(&m.source.date)),
        ("source.page", text(&m.source.page)),
        ("source.url", text(&m.source.url)),
        ("section", text(&m.section)),
        ("genre", text(&m.genre)),
        ("dateline", text(&m.dateline)),
        ("rights", text(&m.rights)),
        ("keywords", Value::Array(m.keywords.iter().map(|k| folded(&k.value).into()).collect())),
        ("lang", m.language.value.tag().into()),
    ])
}

fn person_json(p: &Person) -> Value {
    let mut person = serde_json::Map::new();
    person.insert("name".into(), folded(&p.name).into());
    person.insert("kind".into(), p.kind.name().into());
    for (key, value) in [("role", &p.role), ("affiliation", &p.affiliation)] {
        if let Some(value) = value {
            person.insert(key.into(), folded(&value.value).into());
        }
    }
    Value::Object(person)
}

fn found_of(found: &BTreeMap<&'static str, Value>, reading: &ReadOriginal, field: &str, truth: &Value) -> Value {
    let body =
        || reading.document.blocks.iter().filter(|b| b.role == Role::Body && !matches!(b.kind, BlockKind::Note { .. }));
    let dated = reading.document.metadata.dateline.is_some();
    // The truth gives how the first and the last paragraph begin.
    let begins = |block: Option<&Block>| {
        let text = folded(&block.map(block_text).unwrap_or_default());
        let wanted = truth.as_str().unwrap_or_default();
        let opening: String = text.chars().take(80 + wanted.chars().count()).collect();
        // A dateline may open the first paragraph.
        if opening.starts_with(wanted) || (!wanted.is_empty() && dated && opening.contains(wanted)) {
            truth.clone()
        } else {
            text.chars().take(wanted.chars().count().max(20)).collect::<String>().into()
        }
    };
    match field {
        "first_body" if !truth.is_null() => begins(body().next()),
        "last_body" if !truth.is_null() => begins(body().next_back()),
        "first_body" | "last_body" => Value::Null,
        "roles" => {
            let Some(roles) = truth.as_object() else { return Value::Null };
            let has = |role: &str, text: &Value| {
                let text = text.as_str().unwrap_or_default();
                reading.document.blocks.iter().any(|b| b.role.name() == role && folded(&block_text(b)) == text)
            };
            let found = |(role, texts): (&String, &Value)| {
                (
                    role.clone(),
                    Value::Array(texts.as_array().into_iter().flatten().filter(|t| has(role, t)).cloned().collect()),
                )
            };
            roles.iter().map(found).collect::<serde_json::Map<_, _>>().into()
        }
        _ => found.get(field).cloned().unwrap_or(Value::Null),
    }
}
