//! The fields of the metadata: one vocabulary for what labels announce, pages state, house styles name and candidates
//! are of.

use serde::{Deserialize, Serialize};

/// A field. House styles name those that a line can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Field {
    /// The article's title.
    Title,
    /// A line under it.
    Subtitle,
    /// A person or a body as author.
    Author,
    /// An editor.
    Editor,
    /// A translator.
    Translator,
    /// The post of the author.
    Role,
    /// The institution of the author.
    Affiliation,
    /// Somebody with another part in it.
    #[serde(skip)]
    Contributor(Relator),
    /// The site or paper.
    Publisher,
    /// When it was posted.
    Published,
    /// When it was last changed.
    Updated,
    /// Where it was first published.
    Source,
    /// When that was.
    #[serde(skip)]
    SourceDate,
    /// On which page of it.
    #[serde(skip)]
    SourcePage,
    /// Its address there.
    #[serde(skip)]
    SourceUrl,
    /// The place and date the text begins with.
    #[serde(skip)]
    Dateline,
    /// Its own address.
    Url,
    /// The section.
    Section,
    /// The kind of text.
    Genre,
    /// Keywords: one, or a list.
    Keywords,
    /// A statement of rights.
    Rights,
    /// The language, BCP 47.
    #[serde(skip)]
    Language,
    /// What is said of the page and kept nowhere: counts, dates of retrieval.
    #[serde(skip)]
    Unkept,
}

/// The code of a MARC relator (<https://www.loc.gov/marc/relators/relaterm.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relator(pub &'static str);

impl Field {
    /// Whether it names who made pictures: photographers and illustrators.
    pub(crate) fn is_of_pictures(self) -> bool {
        matches!(self, Self::Contributor(Relator("pht" | "ill")))
    }

    /// The name under which the metadata lists it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Author => "authors",
            Self::Editor => "editors",
            Self::Translator => "translators",
            Self::Role => "role",
            Self::Affiliation => "affiliation",
            Self::Contributor(_) => "contributors",
            Self::Publisher => "publisher",
            Self::Published => "published",
            Self::Updated => "updated",
            Self::Source => "source",
            Self::SourceDate => "source.date",
            Self::SourcePage => "source.page",
            Self::SourceUrl => "source.url",
            Self::Dateline => "dateline",
            Self::Url => "url",
            Self::Section => "section",
            Self::Genre => "genre",
            Self::Keywords => "keywords",
            Self::Rights => "rights",
            Self::Language => "language",
            Self::Unkept => "unkept",
        }
    }

    fn order(self) -> (&'static str, &'static str) {
        let relator = if let Self::Contributor(Relator(code)) = self { code } else { "" };
        (self.key(), relator)
    }
}

/// By key: as outputs list them.
impl Ord for Field {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Its key.
impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}
