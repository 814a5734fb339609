//! What renditions for readers say about an article in words of their own: labelled values for the title block
//! and the colophon. Generated, so it is never part of [`Document::text`] and always in English.

use super::{Date, Document, Person, Role};
use crate::edit::Applicability;
use crate::span::Spanned;

/// One labelled line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// English, without a colon: `Published`.
    pub label: &'static str,
    /// What it says.
    pub value: Value,
}

/// The value of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// Words of the article (a name, a title) in the article's language.
    Quoted(String),
    /// Words of ours, in English.
    Generated(String),
    /// An ISO 8601 date.
    Date(String),
    /// An address to link to.
    Url(String),
}

impl Value {
    /// The text shown.
    pub fn text(&self) -> &str {
        match self {
            Self::Quoted(text) | Self::Generated(text) | Self::Date(text) | Self::Url(text) => text,
        }
    }
}

impl Document {
    /// The title block: who, where and when, as far as it is known.
    pub fn title_statements(&self) -> Vec<Statement> {
        let m = &self.metadata;
        let mut out = Vec::new();
        let mut say = |label, value| out.push(Statement { label, value });
        let people = |people: &[Spanned<Person>]| people.iter().map(|p| describe(&p.value)).collect::<Vec<_>>();
        for text in people(&m.authors) {
            say("Author", Value::Quoted(text));
        }
        for text in people(&m.editors) {
            say("Editor", Value::Quoted(text));
        }
        for text in people(&m.translators) {
            say("Translator", Value::Quoted(text));
        }
        for contributor in &m.contributors {
            say(
                "Contributor",
                Value::Quoted(format!("{} ({})", contributor.value.person.name, contributor.value.label)),
            );
        }
        if let Some(publisher) = &m.publisher {
            say("Publisher", Value::Quoted(publisher.value.clone()));
        }
        let date = |d: &Option<Spanned<Date>>| d.as_ref().map(|d| Value::Date(d.value.iso.clone()));
        if let Some(value) = date(&m.published) {
            say("Published", value);
        }
        if let Some(value) = date(&m.updated) {
            say("Updated", value);
        }
        if let Some(url) = &m.url {
            say("Address", Value::Url(url.value.clone()));
        }
        if let Some(title) = &m.source.title {
            say("First published in", Value::Quoted(title.value.clone()));
        }
        if let Some(value) = date(&m.source.date) {
            say("First published", value);
        }
        if let Some(url) = &m.source.url {
            say("First published at", Value::Url(url.value.clone()));
        }
        out
    }

    /// What a catalogue says of the article beyond the title block, where no package document of its own says it.
    pub fn catalogue_statements(&self) -> Vec<Statement> {
        let m = &self.metadata;
        let keywords: Vec<&str> = m.keywords.iter().map(|keyword| keyword.value.as_str()).collect();
        let values = [
            ("Section", m.section.as_ref().map(|section| section.value.clone())),
            ("Genre", m.genre.as_ref().map(|genre| genre.value.clone())),
            ("Keywords", Some(keywords.join("; ")).filter(|keywords| !keywords.is_empty())),
            // Elsewhere it stands in the text.
            ("Rights", m.rights.as_ref().map(|rights| rights.value.clone())),
        ];
        let stands = |label: &str| label == "Rights" && self.in_role(Role::Rights).next().is_some();
        let known = values.into_iter().filter(|(label, _)| !stands(label));
        known.filter_map(|(label, value)| Some(Statement { label, value: Value::Quoted(value?) })).collect()
    }

    /// The colophon: what this rendition was made from and what was changed.
    pub fn colophon(&self) -> Vec<Statement> {
        let mut out = vec![
            Statement { label: "Made from", value: Value::Quoted(self.source.path.clone()) },
            Statement { label: "Bytes", value: Value::Generated(self.bytes.to_string()) },
            Statement { label: "SHA-256", value: Value::Generated(self.digest.hex()) },
            Statement {
                label: "Encoding",
                value: Value::Generated(format!("{} ({})", self.encoding.name(), self.encoding.evidence)),
            },
        ];
        if let Some(id) = &self.identifier {
            out.insert(0, Statement { label: id.scheme.name(), value: Value::Generated(id.value.clone()) });
        }
        let made = self.edits.iter().filter(|e| e.applicability != Applicability::Withheld);
        let mut chains: Vec<(String, usize)> = Vec::new();
        for edit in made {
            let chain = edit.chain.to_string();
            match chains.iter_mut().find(|c| c.0 == chain) {
                Some(counted) => counted.1 += 1,
                None => chains.push((chain, 1)),
            }
        }
        let repairs = chains.iter().map(|(chain, n)| format!("{n} × {chain}")).collect::<Vec<_>>().join("; ");
        let repairs = if repairs.is_empty() { "none".to_owned() } else { repairs };
        out.push(Statement { label: "Repairs", value: Value::Generated(repairs) });
        out
    }
}

/// `Zhang Lanxi, assistant research fellow, Northgate Institute of Common Policy`.
fn describe(person: &Person) -> String {
    let parts = [
        Some(person.name.as_str()),
        person.role.as_ref().map(|r| r.value.as_str()),
        person.affiliation.as_ref().map(|a| a.value.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
