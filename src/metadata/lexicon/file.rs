//! The words of one language, as `assets/lexicon/<tag>.toml` holds them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fold::KEYS;
use crate::document::{Field, Relator};

/// The fields that labels announce, in the order of [`KEYS`].
const MEANT: [Field; KEYS.len()] = [
    Field::Title,
    Field::Subtitle,
    Field::Author,
    Field::Role,
    Field::Affiliation,
    Field::Editor,
    Field::Translator,
    Field::Contributor(Relator("pht")),
    Field::Contributor(Relator("ill")),
    Field::Contributor(Relator("ivr")),
    Field::Contributor(Relator("res")),
    Field::Contributor(Relator("pfr")),
    Field::Contributor(Relator("ctb")),
    Field::Updated,
    Field::Published,
    Field::Publisher,
    Field::Source,
    Field::Url,
    Field::Section,
    Field::Genre,
    Field::Keywords,
    Field::Rights,
    Field::Language,
    Field::Unkept,
];

/// Each key of a table of labels with its field.
pub(super) fn fields() -> impl Iterator<Item = (&'static str, Field)> {
    KEYS.into_iter().zip(MEANT)
}

/// The field of the key with this number.
pub(super) fn field(number: u8) -> Field {
    MEANT[usize::from(number)]
}

/// Words, one a line.
pub(super) type List = Vec<String>;

/// A file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    /// Whether dates in figures have the day first; absent where both orders are used, or the year is first.
    pub(super) day_first: Option<bool>,
    /// No spaces stand between words: they are looked for anywhere, and labels need none around them.
    pub(super) unspaced: bool,
    /// What stands before a colon, by field.
    pub(super) labels: BTreeMap<String, List>,
    /// Labels that stand without a colon before their value, by field.
    pub(super) phrases: BTreeMap<String, List>,
    pub(super) bylines: Bylines,
    pub(super) dates: Dates,
    pub(super) names: Names,
    pub(super) words: Kinds,
    pub(super) page: Page,
    pub(super) notes: Notes,
    pub(super) posts: Posts,
    pub(super) prose: Prose,
    pub(super) rights: Openers,
    pub(super) sources: Sources,
}

/// Words of which all prose is full. What has no name here is read by the build script only.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Prose {
    pub(super) common: List,
    /// Words of one letter.
    pub(super) letters: List,
    /// Words that titles of works and names of sites have without a capital.
    pub(super) small: List,
    /// Those of them that no other language has, which tell the language of a text.
    #[serde(rename = "telling")]
    _telling: List,
}

/// What stands before the names of authors.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Bylines {
    pub(super) openers: List,
    /// Kinds of text that may stand before names.
    pub(super) contributions: List,
    /// The words between.
    pub(super) joiners: List,
    /// What stands behind a name and before the paper for which it was written.
    pub(super) r#for: List,
}

/// A calendar that is used beside the Gregorian one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::metadata) enum Calendar {
    /// Years of the Buddhist era, days of the Gregorian calendar.
    Buddhist,
    /// The solar one of Iran.
    Persian,
}

/// Words of dates.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Dates {
    /// January first; all forms of each.
    pub(super) months: Vec<List>,
    /// The months of the Persian calendar, Farvardin first.
    pub(super) persian: Vec<List>,
    /// The calendar of which years are beside the Gregorian one.
    pub(super) calendar: Option<Calendar>,
    pub(super) weekdays: List,
    /// Other words beside a date.
    pub(super) beside: List,
    /// Days by the reader's calendar.
    pub(super) relative: List,
    /// How long before the reader's time something was said, and how many minutes it takes.
    pub(super) ago: List,
    /// Names of time zones, with their minutes east of Greenwich. Those that several zones share stand beside dates only.
    pub(super) zones: BTreeMap<String, i32>,
}

/// Words in names, and words that no name has.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Names {
    pub(super) particles: List,
    pub(super) conjunctions: List,
    pub(super) articles: List,
    /// What titles and sentences begin with, and no name has.
    pub(super) sentence: List,
    /// Degrees and honours behind a name, without points.
    pub(super) degrees: List,
    /// Other words that no name has and that lines of a page have with capitals.
    pub(super) other: List,
    /// Titles in front of a name that are no part of it; with its point what is no title without.
    pub(super) honorifics: List,
    /// What stands in place of a name and names nobody.
    pub(super) nobody: List,
}

/// Kinds of words. A star stands for any ending, or for any beginning.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Kinds {
    pub(super) posts: List,
    pub(super) institutions: List,
    /// What parts of institutions end with, where no space stands between words.
    pub(super) units: List,
    pub(super) papers: List,
    /// Bodies that sign what they publish.
    pub(super) bodies: List,
    /// What papers and sites say of themselves below or behind their name.
    pub(super) mottos: List,
    pub(super) genres: List,
    /// What stands behind the name of somebody whose column it is.
    pub(super) columns: List,
}

/// Lines of a page that are no part of the article.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Page {
    pub(super) controls: List,
    pub(super) links: List,
    pub(super) comments: List,
    /// Words before a count: `Photo 1 of 7`.
    pub(super) counted: List,
    /// What credits of pictures begin with or have before a colon or in brackets, beside the labels of who made them.
    pub(super) credits: List,
    /// Names of the terms and policies of a site, which have days of their own.
    pub(super) terms: List,
}

/// Words of notes about authors.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Notes {
    pub(super) subjects: List,
    pub(super) copulas: List,
    pub(super) verbs: List,
    pub(super) about: List,
    pub(super) pen_names: List,
    /// What closes a sentence that says what somebody is, where that stands at the end: `です`.
    #[serde(rename = "closing")]
    _closing: List,
    /// How notes of the editors, and statements whose opinion an article is, begin.
    pub(super) editorial: List,
}

/// Words between a post and what follows it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Posts {
    /// Prepositions that say where.
    pub(super) at: List,
    /// Prepositions that say whose, or for whom.
    pub(super) of: List,
    /// Those of both behind which a name of any kind is an employer.
    pub(super) employers: List,
    /// Prepositions that are a letter of the next word.
    pub(super) fused: List,
    /// Words in front of a post that are a part of it.
    pub(super) before: List,
    /// Words in front of a post that are no part of it.
    pub(super) adverbs: List,
    /// What begins a second statement.
    pub(super) joiners: List,
    /// What stands for "is" in front of a post: `现任`.
    pub(super) copulas: List,
    /// Posts with the preposition before their field, which is a part of them: `lecturer in`.
    pub(super) fields: List,
    /// Prepositions before a place that is no institution.
    pub(super) places: List,
    /// The writer's own paper in front of a post, and posts in front of a name, with no space between: `本报记者`.
    #[serde(rename = "own")]
    _own: List,
    #[serde(rename = "reporters")]
    _reporters: List,
}

/// How a line begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Openers {
    pub(super) openers: List,
}

/// References to a first publication.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sources {
    /// How lines begin that speak of nothing else.
    pub(super) openers: List,
    /// How lines begin that do where a date, a page, an address or marks follow.
    pub(super) doubtful: List,
    /// Words before the number of a page.
    pub(super) pages: List,
}
