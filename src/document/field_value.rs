//! The metadata as a flat list: each value under the name of its field. What reads a rendition back compares it with
//! this list.

use super::{Contributor, Date, Metadata, Person};
use crate::span::{Permille, Span, Spanned};

/// A value of the metadata, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// `title`, `author.2.role`, `source.date.printed`, `candidate.title.1`: numbers from 1.
    pub field: String,
    /// The value; a date's is ISO 8601, and its printed form a value of its own.
    pub value: String,
    /// Where it stands in the original.
    pub span: Option<Span>,
    /// The rule that found it.
    pub rule: String,
    /// How sure the rule is.
    pub confidence: Permille,
}

impl FieldValue {
    /// A value with the evidence of another one.
    fn of<T>(field: impl Into<String>, value: &str, evidence: &Spanned<T>) -> Self {
        Self {
            field: field.into(),
            value: value.to_owned(),
            span: evidence.span,
            rule: evidence.rule.0.to_owned(),
            confidence: evidence.confidence,
        }
    }
}

impl Metadata {
    /// All values, in a fixed order; parts of a name and printed forms have the evidence of the whole.
    pub fn field_values(&self) -> Vec<FieldValue> {
        let mut all = Vec::new();
        let mut text = |field: &str, value: &Option<Spanned<String>>| {
            all.extend(value.iter().map(|v| FieldValue::of(field, &v.value, v)));
        };
        text("title", &self.title);
        text("title_as_printed", &self.title_as_printed);
        text("subtitle", &self.subtitle);
        text("publisher", &self.publisher);
        text("url", &self.url);
        text("source.title", &self.source.title);
        text("source.page", &self.source.page);
        text("source.url", &self.source.url);
        text("section", &self.section);
        text("genre", &self.genre);
        text("dateline", &self.dateline);
        text("rights", &self.rights);
        for (field, date) in
            [("published", &self.published), ("updated", &self.updated), ("source.date", &self.source.date)]
        {
            all.extend(date.iter().flat_map(|date| dated(field, date)));
        }
        for (field, people) in [("author", &self.authors), ("editor", &self.editors), ("translator", &self.translators)]
        {
            for (i, person) in people.iter().enumerate() {
                named(&mut all, &format!("{field}.{}", i + 1), &person.value, person);
            }
        }
        for (i, contributor) in self.contributors.iter().enumerate() {
            let field = format!("contributor.{}", i + 1);
            let Contributor { person, relator, label } = &contributor.value;
            named(&mut all, &field, person, contributor);
            all.push(FieldValue::of(format!("{field}.relator"), relator, contributor));
            all.push(FieldValue::of(format!("{field}.label"), label, contributor));
        }
        for (i, keyword) in self.keywords.iter().enumerate() {
            all.push(FieldValue::of(format!("keyword.{}", i + 1), &keyword.value, keyword));
        }
        all.push(FieldValue::of("language", self.language.value.tag(), &self.language));
        for (field, values) in &self.candidates {
            for (i, value) in values.iter().enumerate() {
                all.push(FieldValue::of(format!("candidate.{}.{}", field.key(), i + 1), &value.value, value));
            }
        }
        all
    }
}

fn dated(field: &str, date: &Spanned<Date>) -> [FieldValue; 2] {
    [
        FieldValue::of(field, &date.value.iso, date),
        FieldValue::of(format!("{field}.printed"), &date.value.printed, date),
    ]
}

fn named<T>(all: &mut Vec<FieldValue>, field: &str, person: &Person, evidence: &Spanned<T>) {
    all.push(FieldValue::of(field, &person.name, evidence));
    all.push(FieldValue::of(format!("{field}.kind"), person.kind.name(), evidence));
    all.push(FieldValue::of(format!("{field}.printed"), &person.printed, evidence));
    for (part, value) in [("family", &person.family), ("given", &person.given)] {
        let known = value.iter().filter(|v| !v.is_empty());
        all.extend(known.map(|v| FieldValue::of(format!("{field}.{part}"), v, evidence)));
    }
    for (part, value) in [("role", &person.role), ("affiliation", &person.affiliation)] {
        all.extend(value.iter().map(|v| FieldValue::of(format!("{field}.{part}"), &v.value, v)));
    }
}
