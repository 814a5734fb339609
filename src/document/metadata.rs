//! What was recognised about an article; every value with its place, rule and confidence. Absent is not known.

use std::collections::BTreeMap;

use super::{Field, Language};
use crate::span::{Permille, RuleId, Spanned, Support};

/// The descriptive metadata of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// Without an author's name before it.
    pub title: Option<Spanned<String>>,
    /// The title line as it stands.
    pub title_as_printed: Option<Spanned<String>>,
    /// The line under the title.
    pub subtitle: Option<Spanned<String>>,
    /// In the order of the page.
    pub authors: Vec<Spanned<Person>>,
    /// 责任编辑, 责编, 编辑 and Editor.
    pub editors: Vec<Spanned<Person>>,
    /// Translators.
    pub translators: Vec<Spanned<Person>>,
    /// Everybody else who is named with a function.
    pub contributors: Vec<Spanned<Contributor>>,
    /// Who posted the page the text was scraped from.
    pub publisher: Option<Spanned<String>>,
    /// When the page was posted.
    pub published: Option<Spanned<Date>>,
    /// When the page was last changed.
    pub updated: Option<Spanned<Date>>,
    /// The page's address.
    pub url: Option<Spanned<String>>,
    /// The first publication, where the page is a reprint.
    pub source: SourceReference,
    /// The section of the site or paper.
    pub section: Option<Spanned<String>>,
    /// Opinion, editorial, ….
    pub genre: Option<Spanned<String>>,
    /// The place and date the text begins with.
    pub dateline: Option<Spanned<String>>,
    /// Copyright and licence statement.
    pub rights: Option<Spanned<String>>,
    /// Keywords given by the page.
    pub keywords: Vec<Spanned<String>>,
    /// The language of the text; `und` when it is not known.
    pub language: Spanned<Language>,
    /// Values that lost or were too doubtful, by field.
    pub candidates: BTreeMap<Field, Vec<Spanned<String>>>,
}

impl Default for Metadata {
    fn default() -> Self {
        let language = Spanned {
            value: Language::undetermined(),
            span: None,
            rule: RuleId("language.none"),
            confidence: Permille::new(0),
            support: Support::default(),
        };
        Self {
            title: None,
            title_as_printed: None,
            subtitle: None,
            authors: Vec::new(),
            editors: Vec::new(),
            translators: Vec::new(),
            contributors: Vec::new(),
            publisher: None,
            published: None,
            updated: None,
            url: None,
            source: SourceReference::default(),
            section: None,
            genre: None,
            dateline: None,
            rights: None,
            keywords: Vec::new(),
            language,
            candidates: BTreeMap::new(),
        }
    }
}

impl Metadata {
    /// Authors, editors, translators, then contributors: the numbering that mentions and XML ids use, from 0.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let named = self.authors.iter().chain(&self.editors).chain(&self.translators);
        named.map(|p| &p.value).chain(self.contributors.iter().map(|c| &c.value.person))
    }
}

/// The first publication of a reprinted article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceReference {
    /// The periodical or site.
    pub title: Option<Spanned<String>>,
    /// When it appeared there.
    pub date: Option<Spanned<Date>>,
    /// Page or section there, as printed.
    pub page: Option<Spanned<String>>,
    /// Its address there.
    pub url: Option<Spanned<String>>,
}

impl SourceReference {
    /// Nothing is known of a first publication.
    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.date.is_none() && self.page.is_none() && self.url.is_none()
    }
}

/// A date of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// ISO 8601 or EDTF level 0: `2017-12-05`, `2017-12`, with a time only where its offset is known.
    pub iso: String,
    /// As it stands in the text.
    pub printed: String,
}

/// Somebody who is named as responsible.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// What kind of name it is.
    pub kind: PersonKind,
    /// The name in its usual form.
    pub name: String,
    /// The name as it stands in the text.
    pub printed: String,
    /// Family name, where the language and the form tell.
    pub family: Option<String>,
    /// Given name, likewise.
    pub given: Option<String>,
    /// Post or function, without a leading article: `assistant research fellow`.
    pub role: Option<Spanned<String>>,
    /// Institution, without a leading article.
    pub affiliation: Option<Spanned<String>>,
}

impl Person {
    /// A person of whom only the printed name is known.
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            kind: PersonKind::Person,
            printed: name.clone(),
            name,
            family: None,
            given: None,
            role: None,
            affiliation: None,
        }
    }
}

/// What kind of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersonKind {
    /// A person.
    Person,
    /// An editorial board, an agency.
    Body,
    /// A house name.
    Pseudonym,
}

impl PersonKind {
    /// `person`, `body`, `pseudonym`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Body => "body",
            Self::Pseudonym => "pseudonym",
        }
    }
}

/// Somebody with another function than author, editor or translator.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributor {
    /// Who.
    pub person: Person,
    /// MARC relator code; `ctb` when the label is unknown.
    pub relator: &'static str,
    /// The label as printed.
    pub label: String,
}
