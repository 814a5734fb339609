//! Article to metadata and settled roles: every value with its place in the original, its rule, and how sure
//! the rule is. A value that is not known is absent; a doubtful one is a candidate.

mod bars;
mod beside_date;
mod byline;
mod date;
mod fields;
mod front_matter;
mod head;
mod label_patterns;
mod language;
mod lexicon;
mod lines;
mod months;
mod note;
mod pattern;
mod people;
mod person;
mod post;
mod profile;
mod segments;
mod settle;
mod source;
mod statements;
mod title;
mod title_choice;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{self, Diagnostic};
use crate::document::{Date, Field, Language, Mention, Metadata, Relator, Role};
use crate::edit::Sources;
use crate::original::Origin;
use crate::plan::{House, Houses, Stated};
use crate::read::Article;
use crate::span::{Permille, RuleId, Spanned};

use date::{DateReading, FoundDate};
pub use date::{is_date, orders as orders_of_dates};
pub use profile::is_known_label;
pub use statements::host;

/// What recognition found.
#[derive(Debug)]
pub struct Recognised {
    /// The values.
    pub metadata: Metadata,
    /// One for each block of the article.
    pub blocks: Vec<BlockReading>,
    /// What could not be decided.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a block of the article is.
#[derive(Debug)]
pub struct BlockReading {
    /// Its role.
    pub role: Role,
    /// Its language where it differs from the document's.
    pub language: Option<crate::document::Language>,
    /// It heads a section of the body.
    pub heading: bool,
    /// What parts of its folded text name; sorted, disjoint.
    pub mentions: Vec<(Range<usize>, Mention)>,
    /// The addresses that the folded text prints.
    pub links: Vec<Range<usize>>,
}

/// Recognises an article's metadata and settles the roles of its blocks. What the user states wins.
pub fn recognise(
    article: &Article,
    sources: Sources<'_>,
    origin: &Origin,
    stated: &Stated,
    houses: &Houses,
) -> Recognised {
    let told = language::of_article(article);
    let blocks = article.blocks.iter().map(|b| BlockReading {
        role: b.role.unwrap_or(Role::Body),
        language: b.language.clone(),
        heading: false,
        mentions: Vec::new(),
        links: Vec::new(),
    });
    let mut recogniser = Recogniser {
        article,
        sources,
        address: origin.target_uri.as_deref(),
        found: Recognised { metadata: Metadata::default(), blocks: blocks.collect(), diagnostics: Vec::new() },
        named: Vec::new(),
        marks: Vec::new(),
        last_author: None,
        signing: false,
        head_byline: false,
        pen_names: Vec::new(),
        head_names: Vec::new(),
        title_prefix: None,
        stated_language: None,
        open_dates: Vec::new(),
        orders: (0, 0),
        person_lines: RefCell::new(vec![None; article.blocks.len()]),
        is_translation: false,
        houses: Vec::new(),
        by_house: BTreeSet::new(),
    };
    recogniser.apply_houses(houses, &origin.path);
    recogniser.count_orders();
    recogniser.settle_roles();
    recogniser.read_title();
    recogniser.read_statements();
    recogniser.read_language(told);
    recogniser.decide_open_dates();
    recogniser.apply_defaults(houses);
    recogniser.apply(stated);
    recogniser.find_foreign_blocks();
    recogniser.finish()
}

/// The register: the patterns of all files.
const REGISTER: &[&[&pattern::Pattern]] = &[
    beside_date::PATTERNS,
    byline::PATTERNS,
    date::PATTERNS,
    fields::PATTERNS,
    label_patterns::PATTERNS,
    lexicon::furniture::PATTERNS,
    lexicon::genres::PATTERNS,
    lexicon::institutions::PATTERNS,
    lexicon::posts::PATTERNS,
    lines::PATTERNS,
    note::PATTERNS,
    person::PATTERNS,
    post::PATTERNS,
    segments::PATTERNS,
    source::PATTERNS,
];

/// Compiles all patterns, so that no worker thread has to.
pub fn warm() {
    pattern::warm(REGISTER);
    label_patterns::warm();
}

/// Which list of people a name belongs to, with its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listed {
    Author(usize),
    Editor(usize),
    Translator(usize),
    Contributor(usize),
}

/// A date of which day and month could be swapped, until everything else is known.
struct OpenDate {
    block: usize,
    range: Range<usize>,
    day_first: String,
    month_first: String,
    published: bool,
}

struct Recogniser<'a> {
    article: &'a Article,
    sources: Sources<'a>,
    /// The address that a page was fetched from.
    address: Option<&'a str>,
    found: Recognised,
    /// Names seen in blocks; their numbers are known when all people are.
    named: Vec<(usize, Range<usize>, Listed)>,
    /// Superscripts behind names, which refer to institutions below.
    marks: Vec<(char, Listed, usize)>,
    /// Of whom a post on the next line speaks.
    last_author: Option<Listed>,
    /// Signatures below the text are being read, and no byline named anybody.
    signing: bool,
    /// Whether a line of the head names its authors behind an opening word or a label.
    head_byline: bool,
    /// Names that a note below the text explains as pen names.
    pen_names: Vec<String>,
    /// Names of bylines above the text, before they are read: letters in lower case.
    head_names: Vec<String>,
    /// A name in front of the title.
    title_prefix: Option<String>,
    /// The language that a header states.
    stated_language: Option<Spanned<Language>>,
    open_dates: Vec<OpenDate>,
    /// Dates in figures that fit only day first, only month first.
    orders: (usize, usize),
    /// Whether each block holds names only, once it was asked; forgotten when a translator is found.
    person_lines: RefCell<Vec<Option<bool>>>,
    /// Somebody is named as translator: authors may have names of another script's form.
    is_translation: bool,
    /// The house styles that the article is of.
    houses: Vec<&'a House>,
    /// Blocks that hold a value by one of their patterns.
    by_house: BTreeSet<usize>,
}

impl Recogniser<'_> {
    fn text(&self, block: usize) -> &str {
        self.article.blocks[block].text.as_str()
    }

    /// A value that stands in `range` of a block's folded text.
    fn spanned<T>(
        &self,
        block: usize,
        range: Range<usize>,
        value: T,
        rule: &'static str,
        confidence: u16,
    ) -> Spanned<T> {
        let target = self.article.blocks[block].text.repaired(range);
        let span = self.sources.of(target);
        let rule = if self.by_house.contains(&block) { "profile.field" } else { rule };
        Spanned { value, span: Some(span), rule: RuleId(rule), confidence: Permille::new(confidence) }
    }

    /// The same where the value is the text of the range.
    fn quoted(&self, block: usize, range: Range<usize>, rule: &'static str, confidence: u16) -> Spanned<String> {
        let value = self.text(block)[range.clone()].to_owned();
        self.spanned(block, range, value, rule, confidence)
    }

    fn mention(&mut self, block: usize, range: Range<usize>, mention: Mention) {
        self.found.blocks[block].mentions.push((range, mention));
    }

    /// A date with its mention, or a diagnostic.
    fn dated(&mut self, block: usize, found: FoundDate, rule: &'static str, confidence: u16) -> Option<Spanned<Date>> {
        let printed = self.text(block)[found.range.clone()].to_owned();
        let message = match found.reading {
            DateReading::Iso(iso) => {
                self.mention(block, found.range.clone(), Mention::Date(iso.clone()));
                return Some(self.spanned(block, found.range, Date { iso, printed }, rule, confidence));
            }
            DateReading::Ambiguous(day_first, month_first) => format!("{printed:?} is {day_first} or {month_first}"),
            DateReading::Impossible => format!("{printed:?} is no day of the calendar"),
        };
        let span = self.spanned(block, found.range, (), rule, confidence).span;
        let mut diagnostic = Diagnostic::new(diagnostic::M003, message);
        diagnostic.span = span;
        self.found.diagnostics.push(diagnostic);
        None
    }

    fn candidate(&mut self, field: Field, value: Spanned<String>) {
        // Those of all relators are one list.
        let field = if let Field::Contributor(_) = field { Field::Contributor(Relator("ctb")) } else { field };
        self.found.metadata.candidates.entry(field).or_default().push(value);
    }

    /// What the prose surely is in; else what the page or a header states; else what the prose may be in.
    fn read_language(&mut self, told: Option<(Language, Permille)>) {
        let told =
            told.map(|(value, confidence)| Spanned { value, span: None, rule: RuleId("language.text"), confidence });
        let (sure, doubtful) = match told {
            Some(told) if told.confidence >= language::RELIABLE => (Some(told), None),
            other => (None, other),
        };
        match sure.or_else(|| self.stated_language()).or(doubtful) {
            Some(language) => self.found.metadata.language = language,
            None => self.found.diagnostics.push(
                Diagnostic::new(diagnostic::M002, "the text is too short to tell its language")
                    .hint("--language states it"),
            ),
        }
    }

    /// Paragraphs in another language than the document's, where no markup says it.
    fn find_foreign_blocks(&mut self) {
        let document = self.found.metadata.language.value.clone();
        for block in 0..self.found.blocks.len() {
            let reading = &self.found.blocks[block];
            let prose = matches!(reading.role, Role::Body | Role::AuthorNote | Role::Subtitle);
            if prose && reading.language.is_none() && document.primary() != "und" {
                self.found.blocks[block].language = language::foreign(self.text(block), &document);
            }
        }
    }

    fn apply(&mut self, stated: &Stated) {
        let sure = |value: &String| Spanned {
            value: value.clone(),
            span: None,
            rule: RuleId("stated"),
            confidence: Permille::CERTAIN,
        };
        let metadata = &mut self.found.metadata;
        if let Some(title) = &stated.title {
            metadata.title = Some(sure(title));
        }
        if let Some(language) = &stated.language {
            metadata.language = sure(language).map(crate::document::Language);
            self.found.diagnostics.retain(|d| d.code != diagnostic::M002);
        }
        if metadata.title.is_none() {
            let none = Diagnostic::new(diagnostic::M001, "no line reads like a title").hint("--title states one");
            self.found.diagnostics.push(none);
        }
    }

    /// The parts of a name in ideographs are those of a Chinese name; in a Japanese text they would be wrong.
    fn forget_parts_of_other_names(&mut self) {
        let metadata = &mut self.found.metadata;
        if metadata.language.value.primary() == "zh" {
            return;
        }
        let named = [&mut metadata.authors, &mut metadata.editors, &mut metadata.translators];
        for person in named.into_iter().flatten().filter(|p| p.value.name.chars().any(crate::characters::is_cjk)) {
            (person.value.family, person.value.given) = (None, None);
        }
    }

    fn finish(mut self) -> Recognised {
        self.forget_parts_of_other_names();
        let (authors, editors, translators) = (
            self.found.metadata.authors.len(),
            self.found.metadata.editors.len(),
            self.found.metadata.translators.len(),
        );
        for (block, range, listed) in std::mem::take(&mut self.named) {
            let number = match listed {
                Listed::Author(i) => i,
                Listed::Editor(i) => authors + i,
                Listed::Translator(i) => authors + editors + i,
                Listed::Contributor(i) => authors + editors + translators + i,
            };
            self.mention(block, range, Mention::Person(number));
        }
        for block in &mut self.found.blocks {
            block.mentions.sort_by_key(|(range, _)| range.start);
            let mut end = 0;
            block.mentions.retain(|(range, _)| {
                let free = range.start >= end && !range.is_empty();
                end = if free { range.end } else { end };
                free
            });
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_the_register_compiles() {
        let wrong =
            REGISTER.iter().copied().flatten().filter_map(|p| Some(format!("{}: {}", p.name, p.compile().err()?)));
        assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
    }
}
