//! What recognition reads, and what does not change while it reads: the article, where its text stands in the original,
//! its address, the house styles that it is of, and the language of its prose, which is told first.

mod houses;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::language;
use super::lexicon::Words;
use super::rules;
use crate::characters::letters;
use crate::document::{Field, Language, Medium, Role};
use crate::edit::Sources;
use crate::original::Origin;
use crate::plan::{House, Houses};
use crate::read::{Article, ArticleBlock, Candidate, CandidateOrigin};
use crate::span::{Permille, RuleId, Span, Spanned, Support};

/// What recognition reads.
pub(super) struct Scope<'a> {
    pub(super) article: &'a Article,
    pub(super) sources: Sources<'a>,
    /// The address that a page was fetched from.
    pub(super) address: Option<&'a str>,
    /// The words of the languages that it may be in.
    pub(super) words: Words,
    /// What the prose is in, and how sure that is.
    pub(super) language: Option<(Language, Permille)>,
    /// The house styles that the article is of.
    houses: Vec<&'a House>,
    /// Blocks that hold a value by one of their patterns.
    by_house: BTreeSet<usize>,
    /// What elements of the head name as authors.
    accounts: BTreeSet<&'a str>,
    /// Words that the article prints in small letters.
    small: OnceCell<HashSet<String>>,
    /// From the second paragraph that is marked as text to the last.
    prose: Range<usize>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(article: &'a Article, sources: Sources<'a>, origin: &'a Origin, houses: &'a Houses) -> Self {
        let address = origin.target_uri.as_deref().map(super::captured_address);
        let sample = language::sample(article);
        let language = language::language_of(&sample);
        let words = words(article, language.as_ref(), &sample);
        let houses = houses::of(article, address, &origin.path, houses);
        let of_elements = |c: &&Candidate| {
            c.field == Field::Author && matches!(c.origin, CandidateOrigin::Link | CandidateOrigin::Microdata)
        };
        let accounts = article.candidates.iter().filter(of_elements).map(|c| c.value.as_str());
        let accounts = accounts.filter(|name| name.len() > 1).collect();
        let (by_house, small, prose) = (BTreeSet::new(), OnceCell::new(), prose(article));
        let scope = Self { article, sources, address, words, language, houses, by_house, accounts, small, prose };
        let by_house = scope.blocks().filter(|b| scope.house_line(*b).is_some()).collect();
        Self { by_house, ..scope }
    }

    pub(super) fn blocks(&self) -> Range<usize> {
        0..self.article.blocks.len()
    }

    pub(super) fn text(&self, block: usize) -> &'a str {
        self.article.blocks[block].text.as_str()
    }

    /// Whether a space of a block's text sets its parts off.
    pub(super) fn is_gap(&self, block: usize, at: usize) -> bool {
        let seams = &self.article.blocks[block].seams;
        // In a page a seam may stand on either side of the space.
        seams.binary_search(&at).is_ok() || seams.binary_search(&(at + 1)).is_ok()
    }

    /// A value that stands in `range` of a block's folded text.
    pub(super) fn spanned<T>(
        &self,
        block: usize,
        range: Range<usize>,
        field: Field,
        value: T,
        rule: RuleId,
    ) -> Spanned<T> {
        let target = self.article.blocks[block].text.repaired(range);
        let span = self.sources.of(target);
        let rule = if self.by_house.contains(&block) { rules::PROFILE_FIELD } else { rule };
        self.found(field, value, Some(span), rule)
    }

    /// The same where the value is the text of the range.
    pub(super) fn quoted(&self, block: usize, range: Range<usize>, field: Field, rule: RuleId) -> Spanned<String> {
        // A break of the page is none of the value.
        let value = self.text(block)[range.clone()].replace('\n', " ");
        self.spanned(block, range, field, value, rule)
    }

    /// A value that a rule found, as sure as the rule is where nobody else says anything.
    pub(super) fn found<T>(&self, field: Field, value: T, span: Option<Span>, rule: RuleId) -> Spanned<T> {
        let support = Support::default();
        let confidence = rules::confidence(rule, field, self.medium(), support);
        Spanned { value, span, rule, confidence, support }
    }

    /// What the article is read in, before its lines are looked at.
    fn medium(&self) -> Medium {
        if self.article.is_page { Medium::Page } else { Medium::Text }
    }

    /// Whether the page states a name as one of an author.
    pub(super) fn is_stated_author(&self, name: &str) -> bool {
        let name = letters(name);
        self.article.candidates.iter().any(|c| c.field == Field::Author && letters(&c.value).contains(&name))
    }

    /// Whether no two paragraphs of the text stand above a block.
    pub(super) fn is_above_text(&self, block: usize) -> bool {
        block <= self.prose.start
    }

    /// Whether a block stands between the paragraphs of a page.
    pub(super) fn is_between_paragraphs(&self, block: usize) -> bool {
        self.article.is_page && self.prose.contains(&block)
    }

    /// Whether the article prints a word of a name in small letters too: `Deutsche Sprache`.
    pub(super) fn has_small(&self, name: &str) -> bool {
        let small = self.small.get_or_init(|| {
            // Not those of addresses and accounts, which are made of names.
            let words = self.blocks().flat_map(|block| self.text(block).split_whitespace());
            let words = words.map(|word| word.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == '…'));
            let is_small = |word: &&str| word.starts_with(char::is_lowercase) && word.chars().all(char::is_alphabetic);
            words.filter(is_small).map(str::to_owned).collect()
        });
        let mut capitals = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase));
        capitals.any(|word| small.contains(word.to_lowercase().as_str()))
    }

    /// What the page states of a field.
    pub(super) fn stated(&self, field: Field) -> impl Iterator<Item = &'a str> {
        self.article.candidates.iter().filter(move |c| c.field == field).map(|c| c.value.as_str())
    }

    /// Where a text has, as words of its own, what an element of the head names as an author.
    pub(super) fn account_in(&self, text: &str) -> Option<Range<usize>> {
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '@');
        let find = |name: &str| {
            let found = text.match_indices(name).find(|(at, _)| {
                is_apart(text[..*at].chars().next_back()) && is_apart(text[at + name.len()..].chars().next())
            });
            found.map(|(at, _)| at..at + name.len())
        };
        self.accounts.iter().find_map(|name| find(name))
    }

    /// Whether an element of the head names this as an author.
    pub(super) fn is_account(&self, name: &str) -> bool {
        self.accounts.contains(name)
    }

    /// Whether a line of the head, or one that may be of it, has this word.
    pub(super) fn is_shown(&self, word: &str) -> bool {
        let has = |text: &str| text.split(|c: char| c.is_whitespace() || ",|()·".contains(c)).any(|one| one == word);
        let is_line =
            |block: &ArticleBlock| block.text.as_str().len() < LONGEST_LINE && block.role != Some(Role::Furniture);
        self.article.blocks.iter().any(|block| is_line(block) && has(block.text.as_str()))
    }

    /// Whether the page names its site so, in a statement or in its title.
    pub(super) fn is_stated_site(&self, name: &str) -> bool {
        let name = letters(name);
        !name.is_empty()
            && self.article.candidates.iter().any(|c| match c.field {
                Field::Publisher => letters(&c.value) == name,
                Field::Title => c.origin == CandidateOrigin::Element && letters(&c.value).contains(&name),
                _ => false,
            })
    }

    /// Whether the page states this as the name of its publisher.
    pub(super) fn is_stated_publisher(&self, name: &str) -> bool {
        let name = letters(name);
        self.article.candidates.iter().any(|c| c.field == Field::Publisher && letters(&c.value) == name)
    }
}

/// Bytes of a line that names somebody.
const LONGEST_LINE: usize = 200;

/// The words of an article of which nothing else is known.
pub(super) fn words_of(article: &Article) -> Words {
    let sample = language::sample(article);
    words(article, language::language_of(&sample).as_ref(), &sample)
}

/// The words of the languages that an article may be in: the one that is told, those near it, and those that the page
/// states.
fn words(article: &Article, told: Option<&(Language, Permille)>, sample: &str) -> Words {
    let stated = article.candidates.iter().filter(|c| c.field == Field::Language);
    let stated = stated.map(|c| c.value.split(['-', '_']).next().unwrap_or_default());
    let guessed = told.filter(|(_, confidence)| *confidence < language::RELIABLE);
    let near = guessed.map(|(language, _)| language::near(sample, language)).unwrap_or_default();
    let told = told.map(|(language, _)| language.primary());
    // A head may be in another language than the text: the page of a house that prints others' texts.
    let of_head = told.filter(|_| !article.is_page).and_then(|told| language::of_head(&head(article), told));
    Words::of(told.into_iter().chain(stated).chain(near).chain(of_head))
}

/// The lines above the first paragraphs.
fn head(article: &Article) -> String {
    let lines = article.blocks.iter().take(HEAD).map(|block| block.text.as_str());
    lines.filter(|text| text.len() < LONGEST_LINE).flat_map(|text| [text, "\n"]).collect()
}

/// Lines at the top among which those of the head are.
const HEAD: usize = 10;

/// From the second paragraph that is marked as text to the last: above it a line of the head may stand below a deck.
fn prose(article: &Article) -> Range<usize> {
    let is_paragraph = |block: &ArticleBlock| block.role == Some(Role::Body) && block.text.as_str().len() > LEAST_PROSE;
    let mut paragraphs = article.blocks.iter().enumerate().filter(|(_, block)| is_paragraph(block)).map(|(at, _)| at);
    let second = paragraphs.nth(1).unwrap_or(article.blocks.len());
    second..paragraphs.next_back().map_or(second, |last| last + 1)
}

/// Bytes of a paragraph: captions and lines of a head are shorter.
const LEAST_PROSE: usize = 80;
