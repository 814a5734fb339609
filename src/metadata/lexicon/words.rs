//! The words of languages, made ready for looking up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use super::file::{File, List};
use super::kinds::Kind;
use super::lines::Lines;
use super::phrases::{Phrases, fold, folded};
use super::{LANGUAGES, Row};
use crate::characters::is_cjk;
use crate::document::{Field, Relator};

/// The fields that labels announce, by the names that the files have. Of a label that announces two in different
/// languages the first one counts.
const FIELDS: [(&str, Field); 24] = [
    ("title", Field::Title),
    ("subtitle", Field::Subtitle),
    ("author", Field::Author),
    ("role", Field::Role),
    ("affiliation", Field::Affiliation),
    ("editor", Field::Editor),
    ("translator", Field::Translator),
    ("pht", Field::Contributor(Relator("pht"))),
    ("ill", Field::Contributor(Relator("ill"))),
    ("ivr", Field::Contributor(Relator("ivr"))),
    ("res", Field::Contributor(Relator("res"))),
    ("pfr", Field::Contributor(Relator("pfr"))),
    ("ctb", Field::Contributor(Relator("ctb"))),
    ("updated", Field::Updated),
    ("published", Field::Published),
    ("publisher", Field::Publisher),
    ("source", Field::Source),
    ("url", Field::Url),
    ("section", Field::Section),
    ("genre", Field::Genre),
    ("keywords", Field::Keywords),
    ("rights", Field::Rights),
    ("language", Field::Language),
    ("unkept", Field::Unkept),
];

/// Languages that set no spaces between words: their labels need no space around them either.
const UNSPACED: [&str; 2] = ["ja", "zh"];

/// The words of one language.
#[derive(Debug)]
pub(super) struct Language {
    tag: &'static str,
    file: File,
    labels: Phrases<Field>,
    phrases: Phrases<Field>,
    openers: Phrases<()>,
    contributions: Phrases<()>,
    months: Phrases<u32>,
    /// Words that stand beside a date, and those that stand inside one.
    beside_date: Phrases<()>,
    in_date: Phrases<()>,
    genres: Phrases<()>,
    nobody: Phrases<()>,
    controls: Lines,
    links: Lines,
    comments: Lines,
    posts: Kind,
    institutions: Kind,
    papers: Kind,
}

static PARSED: [OnceLock<Language>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];

/// The words of a row of the table, parsed when they are first asked for.
fn language(number: usize) -> &'static Language {
    PARSED[number].get_or_init(|| Language::new(&LANGUAGES[number]))
}

impl Language {
    fn new(row: &Row) -> Self {
        let file: File =
            toml::from_str(row.words).unwrap_or_else(|error| panic!("the lexicon of {}: {error}", row.tag));
        let by_field = |table: &BTreeMap<String, List>| {
            let mut all = Phrases::default();
            for (key, field) in FIELDS {
                table.get(key).into_iter().flatten().for_each(|phrase| all.insert(phrase, field));
            }
            all
        };
        let (labels, phrases) = (by_field(&file.labels), by_field(&file.phrases));
        let all = |list: &[String]| {
            let mut phrases = Phrases::default();
            list.iter().for_each(|phrase| phrases.insert(phrase, ()));
            phrases
        };
        let (openers, contributions) = (all(&file.bylines.openers), all(&file.bylines.contributions));
        let mut months = Phrases::default();
        for (number, forms) in (1..).zip(&file.dates.months) {
            forms.iter().for_each(|form| months.insert(form, number));
        }
        let (weekdays, beside) = (&file.dates.weekdays, &file.dates.beside);
        let (beside_date, in_date) = (all(&[weekdays.as_slice(), beside].concat()), all(beside));
        let (genres, nobody) = (all(&file.words.genres), all(&file.names.nobody));
        let page = &file.page;
        let (controls, links, comments) =
            (Lines::new(&page.controls), Lines::new(&page.links), Lines::new(&page.comments));
        let is_spaced = !UNSPACED.contains(&row.tag) && row.tag != KOREAN;
        let kind = |words: &[String]| Kind::new(words, is_spaced);
        // What ends phrases of languages without spaces is told apart by a pattern.
        let posts = kind(if is_spaced { &file.words.posts } else { &[] });
        let (institutions, papers) = (kind(&file.words.institutions), kind(&file.words.papers));
        Self {
            tag: row.tag,
            file,
            labels,
            phrases,
            openers,
            contributions,
            months,
            beside_date,
            in_date,
            genres,
            nobody,
            controls,
            links,
            comments,
            posts,
            institutions,
            papers,
        }
    }
}

/// What stands between controls, and around one.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{A0}' | '\t' | '|' | '丨' | '｜' | ':' | '：' | '·' | '•' | '【' | '】' | '[' | ']')
}

/// The words that are applied to a document: those of its language, English, and those of languages that it may be in.
#[derive(Clone, Debug)]
pub(in crate::metadata) struct Words(Vec<&'static Language>);

/// What opens a byline: the kind of text that it may name, and where the names begin.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Opening {
    pub(in crate::metadata) genre: Option<Range<usize>>,
    pub(in crate::metadata) end: usize,
}

impl Words {
    /// The words of languages by their primary subtags, in this order, then English; of all where none is known.
    pub(in crate::metadata) fn of<'t>(tags: impl IntoIterator<Item = &'t str>) -> Self {
        let number = |tag: &str| LANGUAGES.iter().position(|row| row.tag == tag);
        let mut numbers: Vec<usize> = Vec::new();
        for number in tags.into_iter().filter_map(number) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let english = number("en").into_iter().filter(|english| !numbers.contains(english));
        let numbers: Vec<usize> = if numbers.is_empty() {
            (0..LANGUAGES.len()).collect()
        } else {
            numbers.iter().copied().chain(english).collect()
        };
        Self(numbers.into_iter().map(language).collect())
    }

    /// A label without a colon that a text begins with: where it ends, and its field.
    pub(in crate::metadata) fn phrase(&self, text: &str) -> Option<(usize, Field)> {
        let found = self.0.iter().filter_map(|language| language.phrases.opening(text));
        found.reduce(|longest, other| if other.0 > longest.0 { other } else { longest })
    }

    /// What opens a byline.
    pub(in crate::metadata) fn byline(&self, text: &str) -> Option<Opening> {
        let openings = self.0.iter().filter_map(|language| {
            let opener = || Some(Opening { genre: None, end: language.openers.opening(text)?.0 });
            language.contribution(text).or_else(opener)
        });
        openings.reduce(|longest, other| if other.end > longest.end { other } else { longest })
    }
}

/// Whether dates in figures have the day first in a language, by its primary subtag; `None` where both orders are used.
pub(in crate::metadata) fn day_first(tag: &str) -> Option<bool> {
    let number = LANGUAGES.iter().position(|row| row.tag == tag)?;
    language(number).file.day_first
}

impl Words {
    /// The month whose name a text begins with: in the languages of the document, else in all that agree on it.
    pub(in crate::metadata) fn month(&self, text: &str) -> Option<(usize, u32)> {
        let own = self.0.iter().filter_map(|language| language.months.opening_word(text));
        let longest = own.reduce(|longest, other| if other.0 > longest.0 { other } else { longest });
        longest.or_else(|| MONTHS.opening_word(text).and_then(|(length, month)| Some((length, month?))))
    }

    /// How much of the start of a text is a weekday or another word that stands beside a date, whole.
    pub(in crate::metadata) fn beside_date(&self, text: &str) -> Option<usize> {
        let words = self.0.iter().filter_map(|language| {
            if UNSPACED.contains(&language.tag) || language.tag == KOREAN {
                language.beside_date.prefix(text)
            } else {
                language.beside_date.opening_word(text).map(|(length, ())| length)
            }
        });
        words.max()
    }

    /// Whether a word stands between day, month and year: `de`, `m.`, `năm`.
    pub(in crate::metadata) fn is_beside_date(&self, word: &str) -> bool {
        let word = folded(word);
        self.0.iter().any(|language| language.in_date.get(&word).is_some())
    }
}

impl Words {
    /// Whether a line is a control of a page, with a count behind it or without, or consists of controls.
    pub(super) fn is_control(&self, line: &str) -> bool {
        let line = folded(line.trim_matches(is_separator));
        let is_one = |text: &str| {
            let bare = text.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || "()（）,.+".contains(c));
            self.0.iter().any(|language| language.controls.has(text) || !bare.is_empty() && language.controls.has(bare))
        };
        // In scripts without spaces between words, a space is between controls too.
        let cjk = line.chars().any(is_cjk);
        let between = |c: char| is_separator(c) || cjk && c == ' ';
        is_one(&line)
            || line.contains(between) && {
                let mut pieces = line.split(between).filter(|piece| !piece.trim().is_empty()).peekable();
                let count = |piece: &str| piece.chars().all(char::is_numeric);
                pieces.peek().is_some() && pieces.all(|piece| is_one(piece.trim()) || cjk && count(piece))
            }
    }

    /// Whether a line begins with a control, or with a heading of links, and a mark: `Read also: …`, `Home / World`.
    pub(super) fn opens_with_control(&self, line: &str) -> bool {
        let Some(at) = line.find([':', '：', '/', '•', '·', '|', '｜', '丨']).filter(|at| *at > 0) else {
            return false;
        };
        let before = line[..at].trim_end();
        let is_label = self.label(before).is_some_and(|field| field != Field::Unkept);
        !is_label && (self.is_control(before) || self.heads_links(before))
    }

    /// Whether a line heads links to other articles.
    pub(super) fn heads_links(&self, line: &str) -> bool {
        let line = folded(line);
        self.0.iter().any(|language| language.links.has(&line))
    }

    /// Whether a line heads the comments of readers.
    pub(super) fn heads_comments(&self, line: &str) -> bool {
        let line = folded(line);
        self.0.iter().any(|language| language.comments.has(&line))
    }

    /// Whether a text is the name of a kind of text.
    pub(super) fn is_genre(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().any(|language| language.genres.get(&text).is_some())
    }

    /// Whether a text stands in the place of a name and names nobody.
    pub(super) fn is_nobody(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().any(|language| language.nobody.get(&text).is_some())
    }

    /// Whether a word begins sentences and titles, and is in no name.
    pub(in crate::metadata) fn is_of_sentences(&self, word: &str) -> bool {
        self.0
            .iter()
            .any(|language| language.file.names.sentence.binary_search_by(|known| known.as_str().cmp(word)).is_ok())
    }

    /// Whether a text has a word of a post or a profession.
    pub(super) fn has_post(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().any(|language| language.posts.is_in(&text))
    }

    /// Whether a text has a word of an institution.
    pub(super) fn has_institution(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().any(|language| language.institutions.is_in(&text))
    }

    /// Whether a text has a word of a paper or a site.
    pub(super) fn has_paper(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().any(|language| language.papers.is_in(&text))
    }
}

/// The months of all languages; `None` for a name that is of different months in two.
static MONTHS: LazyLock<Phrases<Option<u32>>> = LazyLock::new(|| {
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

impl Language {
    /// A kind of text and the word before its author: `Ein Gastbeitrag von`.
    fn contribution(&self, text: &str) -> Option<Opening> {
        let articles = self.file.names.articles.iter().filter_map(|article| {
            let end = text.char_indices().nth(article.chars().count()).map(|(at, _)| at)?;
            let same = article.chars().map(fold).eq(text[..end].chars().map(fold));
            let rest = text[end..].trim_start();
            let apart = rest.len() < text.len() - end || article.ends_with('’');
            (same && apart).then_some(text.len() - rest.len())
        });
        articles.chain([0]).find_map(|start| {
            let (length, ()) = self.contributions.opening(&text[start..])?;
            let rest = text[start + length..].trim_start();
            let end = self.file.bylines.joiners.iter().find_map(|joiner| {
                let behind = rest.get(joiner.len()..)?;
                let opens = rest[..joiner.len()].chars().map(fold).eq(joiner.chars().map(fold));
                (opens && (behind.is_empty() || behind.starts_with(char::is_whitespace)))
                    .then_some(text.len() - behind.len())
            })?;
            Some(Opening { genre: Some(start..start + length), end })
        })
    }
}

/// The labels of all languages with spaces between words.
static LABELS: LazyLock<Phrases<Field>> = LazyLock::new(|| {
    let mut labels = Phrases::default();
    for (label, field) in labels_of(|tag| !UNSPACED.contains(&tag) && tag != KOREAN) {
        labels.insert(label, field);
    }
    labels
});

const KOREAN: &str = "ko";

/// The labels of some languages, in the order of the fields.
fn labels_of(is_one: fn(&str) -> bool) -> impl Iterator<Item = (&'static str, Field)> {
    let rows = move || LANGUAGES.iter().zip(TABLES.iter()).filter(move |(row, _)| is_one(row.tag));
    FIELDS.into_iter().flat_map(move |(key, field)| {
        rows().filter_map(move |(_, tables)| tables.labels.get(key)).flatten().map(move |l| (l.as_str(), field))
    })
}

/// What is applied to every document: of each language its labels and its months.
static TABLES: LazyLock<Vec<Everywhere>> = LazyLock::new(|| LANGUAGES.iter().map(Everywhere::new).collect());

struct Everywhere {
    labels: BTreeMap<String, List>,
    months: Vec<List>,
}

impl Everywhere {
    /// Only these two tables are parsed.
    fn new(row: &Row) -> Self {
        let only = |name: &str| {
            let table = table(row.words, name);
            let parsed: Result<File, _> = toml::from_str(table);
            parsed.unwrap_or_else(|error| panic!("the table {name} of {}: {error}", row.tag))
        };
        Self { labels: only("labels").labels, months: only("dates").dates.months }
    }
}

/// A table of a file, from its heading to the next one: lists are indented, so that only headings begin a line with a
/// bracket.
fn table<'t>(file: &'t str, name: &str) -> &'t str {
    let heading = format!("\n[{name}]\n");
    let Some(start) = file.find(&heading).map(|at| at + 1) else { return "" };
    let rest = &file[start..];
    let end = rest[1..].find("\n[").map_or(rest.len(), |at| at + 1);
    &rest[..end]
}

/// The labels of Chinese, Japanese and Korean.
pub(in crate::metadata) fn east_asian_labels() -> impl Iterator<Item = (&'static str, Field)> {
    labels_of(|tag| UNSPACED.contains(&tag) || tag == KOREAN)
}

impl Words {
    /// The labels with which a text ends, the longest first: where each begins.
    pub(in crate::metadata) fn labels_at_end<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, Field)> + 't {
        LABELS.endings(text).map(|(start, field)| (start, self.own_label(&text[start..]).unwrap_or(field)))
    }

    /// The field of a whole label: what it means in a language of the document, else in any.
    pub(in crate::metadata) fn label(&self, label: &str) -> Option<Field> {
        self.own_label(label).or_else(|| LABELS.get(&folded(label)))
    }

    fn own_label(&self, label: &str) -> Option<Field> {
        let label = folded(label);
        self.0.iter().find_map(|language| language.labels.get(&label))
    }
}

#[cfg(test)]
mod tests;
