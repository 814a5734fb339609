//! The words of one language, parsed when they are first asked for and made ready for looking up.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::file::{self, File, List, fields};
use super::fold::fold;
use super::kinds::Kind;
use super::lines::{Lines, Openings};
use super::phrases::Phrases;
use super::prepositions::Prepositions;
use super::{LANGUAGES, Row};
use crate::document::Field;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) file: File,
    pub(super) labels: Phrases<Field>,
    pub(super) phrases: Phrases<Field>,
    pub(super) openers: Phrases<()>,
    pub(super) contributions: Phrases<()>,
    pub(super) conjunctions: Phrases<()>,
    pub(super) prepositions: Prepositions,
    pub(super) adverbs: Phrases<()>,
    pub(super) joiners: Phrases<()>,
    pub(super) for_paper: Phrases<()>,
    pub(super) rights: Phrases<()>,
    /// What opens references to a first publication, and whether it opens nothing else.
    pub(super) sources: Phrases<bool>,
    pub(super) notes: Notes,
    pub(super) editorial: Openings,
    pub(super) months: Phrases<u32>,
    pub(super) persian: Phrases<u32>,
    /// Words that stand beside a date, and those that stand inside one.
    pub(super) beside_date: Phrases<()>,
    pub(super) in_date: Phrases<()>,
    /// `yesterday`, and `_ hours ago`.
    pub(super) relative: Phrases<()>,
    pub(super) ago: Phrases<()>,
    /// Minutes east of Greenwich.
    pub(super) zones: Phrases<i32>,
    pub(super) genres: Phrases<()>,
    pub(super) nobody: Phrases<()>,
    pub(super) particles: Phrases<()>,
    pub(super) articles: Phrases<()>,
    pub(super) degrees: Phrases<()>,
    pub(super) honorifics: Phrases<()>,
    /// Words of one letter.
    pub(super) letters: Vec<char>,
    pub(super) small: Phrases<()>,
    pub(super) post_copulas: Phrases<()>,
    pub(super) places: Phrases<()>,
    pub(super) other: Phrases<()>,
    pub(super) before_posts: Phrases<()>,
    pub(super) pages: Phrases<()>,
    pub(super) controls: Lines,
    pub(super) links: Lines,
    pub(super) comments: Lines,
    pub(super) counted: Phrases<()>,
    pub(super) credits: Phrases<()>,
    pub(super) terms: Phrases<()>,
    pub(super) posts: Kind,
    /// Posts with the preposition before their field.
    pub(super) fields: Kind,
    pub(super) institutions: Kind,
    pub(super) papers: Kind,
    pub(super) bodies: Lines,
    pub(super) mottos: Kind,
}

/// Words of notes about authors.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) subjects: Phrases<()>,
    pub(super) copulas: Phrases<()>,
    pub(super) verbs: Phrases<()>,
    pub(super) about: Phrases<()>,
    pub(super) pen_names: AhoCorasick,
}

static PARSED: [OnceLock<Language>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];

/// The words of a row of the table, parsed when they are first asked for.
pub(super) fn language(number: usize) -> &'static Language {
    PARSED[number].get_or_init(|| Language::new(&LANGUAGES[number]))
}

/// Words without a meaning beside that of their list.
fn all<'w>(words: impl IntoIterator<Item = &'w String>) -> Phrases<()> {
    let mut phrases = Phrases::default();
    words.into_iter().for_each(|phrase| phrases.insert(phrase, ()));
    phrases
}

fn by_field(table: &BTreeMap<String, List>) -> Phrases<Field> {
    let mut phrases = Phrases::default();
    for (key, field) in fields() {
        table.get(key).into_iter().flatten().for_each(|phrase| phrases.insert(phrase, field));
    }
    phrases
}

fn by_month(lists: &[List]) -> Phrases<u32> {
    let mut months = Phrases::default();
    for (number, forms) in (1..).zip(lists) {
        forms.iter().for_each(|form| months.insert(form, number));
    }
    months
}

fn by_zone(zones: &BTreeMap<String, i32>) -> Phrases<i32> {
    let mut phrases = Phrases::default();
    zones.iter().for_each(|(zone, minutes)| phrases.insert(zone, *minutes));
    phrases
}

fn sources(sources: &file::Sources) -> Phrases<bool> {
    let mut phrases = Phrases::default();
    sources.openers.iter().for_each(|phrase| phrases.insert(phrase, true));
    sources.doubtful.iter().for_each(|phrase| phrases.insert(phrase, false));
    phrases
}

/// Words that stand anywhere in a text, small or with a capital.
fn anywhere(words: &[String]) -> AhoCorasick {
    let capital = |word: &String| {
        let mut characters = word.chars();
        characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
    };
    let texts = words.iter().flat_map(|word| [word.clone(), capital(word)]);
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(texts);
    automaton.unwrap_or_else(|error| panic!("words of a list: {error}"))
}

impl Notes {
    fn new(notes: &file::Notes) -> Self {
        Self {
            subjects: all(&notes.subjects),
            copulas: all(&notes.copulas),
            verbs: all(&notes.verbs),
            about: all(&notes.about),
            pen_names: anywhere(&notes.pen_names),
        }
    }
}

impl Language {
    fn new(row: &Row) -> Self {
        let file: File =
            toml::from_str(row.words).unwrap_or_else(|error| panic!("the lexicon of {}: {error}", row.tag));
        let is_spaced = !file.unspaced;
        let kind = |words: &[String]| Kind::new(words, is_spaced);
        Self {
            labels: by_field(&file.labels),
            phrases: by_field(&file.phrases),
            openers: all(&file.bylines.openers),
            contributions: all(&file.bylines.contributions),
            conjunctions: all(&file.names.conjunctions),
            prepositions: Prepositions::new(&file.posts),
            adverbs: all(&file.posts.adverbs),
            joiners: all(&file.posts.joiners),
            for_paper: all(&file.bylines.r#for),
            rights: all(&file.rights.openers),
            sources: sources(&file.sources),
            notes: Notes::new(&file.notes),
            editorial: Openings::new(&file.notes.editorial),
            months: by_month(&file.dates.months),
            persian: by_month(&file.dates.persian),
            beside_date: all(file.dates.weekdays.iter().chain(&file.dates.beside)),
            in_date: all(&file.dates.beside),
            relative: all(&file.dates.relative),
            ago: all(&file.dates.ago),
            zones: by_zone(&file.dates.zones),
            genres: all(&file.words.genres),
            nobody: all(&file.names.nobody),
            particles: all(&file.names.particles),
            articles: all(&file.names.articles),
            degrees: all(&file.names.degrees),
            honorifics: all(&file.names.honorifics),
            small: all(&file.prose.small),
            letters: file.prose.letters.iter().filter_map(|letter| letter.chars().next()).collect(),
            post_copulas: all(&file.posts.copulas),
            places: all(&file.posts.places),
            other: all(&file.names.other),
            before_posts: all(&file.posts.before),
            pages: all(&file.sources.pages),
            controls: Lines::new(&file.page.controls),
            links: Lines::new(&file.page.links),
            comments: Lines::new(&file.page.comments),
            counted: all(&file.page.counted),
            credits: all(&file.page.credits),
            terms: all(&file.page.terms),
            // What ends phrases of languages without spaces is told apart by a pattern.
            posts: kind(if is_spaced { &file.words.posts } else { &[] }),
            fields: kind(&file.posts.fields),
            institutions: kind(&file.words.institutions),
            papers: kind(&file.words.papers),
            bodies: Lines::new(&file.words.bodies),
            mottos: kind(&file.words.mottos),
            file,
        }
    }
}

impl Language {
    /// The longest phrase that opens a text, up to the end of a word where spaces stand between words.
    pub(super) fn opening<T: Copy>(&self, phrases: &Phrases<T>, text: &str) -> Option<(usize, T)> {
        if self.file.unspaced { phrases.prefix(text) } else { phrases.opening_word(text) }
    }

    /// Whether a text begins as statements of rights do. Where no spaces are between words, they may begin anywhere.
    pub(super) fn states_rights(&self, text: &str) -> bool {
        let is_inside = |opener: &String| opener.chars().count() >= LEAST_INSIDE && text.contains(opener.as_str());
        match self.file.unspaced {
            true => self.rights.prefix(text).is_some() || self.file.rights.openers.iter().any(is_inside),
            false => self.rights.opening_word(text).is_some(),
        }
    }
}

/// Fewest characters of what states rights in the middle of a line.
const LEAST_INSIDE: usize = 4;

/// What opens a byline: the kind of text that it may name, and where the names begin.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Opening {
    pub(in crate::metadata) genre: Option<Range<usize>>,
    pub(in crate::metadata) end: usize,
}

impl Language {
    /// A kind of text and the word before its author: `Ein Gastbeitrag von`.
    pub(super) fn contribution(&self, text: &str) -> Option<Opening> {
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
