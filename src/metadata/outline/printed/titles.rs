//! Which line above the text of a printed page is its title.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use super::{Look, Page};
use crate::characters::{columns, has_cjk, is_cjk};
use crate::metadata::byline;
use crate::metadata::lexicon::Words;
use crate::metadata::lines::{Line, own_words};
use crate::metadata::names::{Naming, people_line};
use crate::metadata::outline::credit::is_credit;
use crate::metadata::segments::{Part, PartKind};

/// Lines above the text among which the title is.
const ABOVE: usize = 32;
/// Lines of the text among which it may be: titles may end as sentences do.
const INSIDE: usize = 3;
/// Lines below a title among which its byline or date is.
const BELOW: usize = 6;

/// The line that reads most like the title.
#[derive(Clone, Copy)]
pub(super) struct Best {
    pub(super) at: usize,
    pub(super) score: i32,
    /// What the next best line scores.
    next: i32,
}

impl Best {
    /// Whether no other line reads nearly as much like the title.
    pub(super) fn is_clear(&self) -> bool {
        self.score >= CLEAR && self.score - self.next >= CLEARLY
    }
}

/// The score of a line that is clearly the title, and by how much it leads.
const CLEAR: i32 = 50;
const CLEARLY: i32 = 20;

/// The lines that may be the title of a text.
pub(super) struct Titles<'a> {
    page: &'a Page<'a>,
    text: Range<usize>,
    lines: Range<usize>,
    /// What the lines say of themselves, and those below them.
    own: Vec<Option<Line>>,
    /// What the text speaks of.
    words: HashSet<String>,
    /// Whom the bylines among them name.
    authors: Vec<String>,
}

impl<'a> Titles<'a> {
    pub(super) fn new(page: &'a Page<'a>, text: Range<usize>) -> Self {
        let paragraphs = text.clone().filter(|at| page.looks[*at] == Look::Paragraph);
        let words = paragraphs.flat_map(|at| content_words(page.line(at))).collect();
        let lines = text.start.saturating_sub(ABOVE)..text.end.min(text.start + INSIDE);
        let naming = Naming::default();
        let read = lines.start..page.blocks.len().min(lines.end + BELOW);
        let own: Vec<Option<Line>> = read.clone().map(|at| own_words(page.scope, &naming, page.blocks[at])).collect();
        let bylined = |(at, own): (usize, &Option<Line>)| match own {
            Some(Line::Header(parts)) => names(&page.scope.words, page.line(at), parts),
            _ => Vec::new(),
        };
        let authors = read.zip(&own).flat_map(bylined).collect();
        Self { page, text, lines, own, words, authors }
    }

    /// The line that scores best, the first of several.
    pub(super) fn best(&self) -> Option<Best> {
        let scored = self.lines.clone().filter(|at| self.is_possible(*at)).map(|at| (self.score(at), at));
        let mut scored: Vec<(i32, usize)> = scored.collect();
        scored.sort_by_key(|(score, at)| (Reverse(*score), *at));
        let (score, at) = *scored.first()?;
        Some(Best { at, score, next: scored.get(1).map_or(0, |(next, _)| *next) })
    }

    fn own(&self, at: usize) -> Option<&Line> {
        self.own.get(at - self.lines.start)?.as_ref()
    }

    fn is_possible(&self, at: usize) -> bool {
        let (text, look) = (self.page.line(at), self.page.looks[at]);
        columns(text) <= 200
            && !(at > self.text.start && look == Look::Paragraph)
            && look != Look::Item
            && !is_credit(&self.page.scope.words, text)
            && !text.contains("://")
            && text.contains(char::is_alphabetic)
            && self.own(at).is_none()
            && !self.speaks_of_author(text)
    }

    /// Whether a line goes on with what somebody does whom a byline names: `Ada Holm writes about harbours.`
    fn speaks_of_author(&self, text: &str) -> bool {
        let goes_on = |name: &String| {
            let rest = text.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix(' '));
            rest.is_some_and(|rest| rest.starts_with(char::is_lowercase))
        };
        self.authors.iter().any(goes_on)
    }

    /// How much a line reads like the title: by what it speaks of, its length, and what stands below it.
    fn score(&self, at: usize) -> i32 {
        let text = self.page.line(at);
        let is_paragraph = |at: usize| self.page.looks.get(at) == Some(&Look::Paragraph);
        let leads = (at + 1..at + 3).any(is_paragraph);
        let is_repeated = words_of(text) >= 4 && self.is_repeated(at);
        let starts_small = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let ends_wrong = text.ends_with(['.', ',', ':', '：', '。', '，']);
        let is_names = !people_line(self.page.scope, &Naming::default(), self.page.blocks[at]).is_empty();
        let points = |says: bool, points: i32| if says { points } else { 0 };
        let distance = i32::try_from(self.text.start.abs_diff(at)).unwrap_or(i32::MAX);
        self.shared(text) + length(text) + self.dated(at) + points(leads, 10) + points(is_repeated, 20)
            - points(starts_small, 15)
            - points(ends_wrong, 20)
            - points(is_names, 30)
            - points(at >= self.text.start, 20)
            - distance / 2
    }

    /// A byline or a date below, the nearer the better.
    fn dated(&self, at: usize) -> i32 {
        let says = |part: &Part| part.names_author() || matches!(part.kind, PartKind::Date(_));
        let is_dated = |at: usize| matches!(self.own(at), Some(Line::Header(parts)) if parts.iter().any(says));
        let near = (at + 1..=at + BELOW).position(is_dated).and_then(|near| i32::try_from(near).ok());
        near.map_or(0, |near| 30 - 3 * near)
    }

    /// How many of its words the text has.
    fn shared(&self, text: &str) -> i32 {
        let words: Vec<String> = content_words(text).collect();
        let shared = words.iter().filter(|word| self.words.contains(*word)).count();
        i32::try_from(40 * shared / words.len().max(2)).unwrap_or(0)
    }

    /// Whether a line above says the same: breadcrumbs, the title of the page.
    fn is_repeated(&self, at: usize) -> bool {
        let text = self.page.line(at);
        let has = |other: &str| other.len() < text.len() + 100 && other.contains(text);
        (0..self.text.start).any(|other| other != at && has(self.page.line(other)))
    }
}

/// The names that the bylines of a line give.
fn names(words: &Words, line: &str, parts: &[Part]) -> Vec<String> {
    let bylines = parts.iter().filter_map(|part| match &part.kind {
        PartKind::Byline(names) => Some(names.clone()),
        _ => None,
    });
    bylines.flat_map(|range| byline::names(words, line, range)).map(|found| line[found.name].to_owned()).collect()
}

fn words_of(text: &str) -> usize {
    if has_cjk(text) { text.chars().count() / 2 } else { text.split_whitespace().count() }
}

fn length(text: &str) -> i32 {
    match words_of(text) {
        0 | 1 => -20,
        2 => -10,
        3 => 5,
        4..=20 => 20,
        21..=30 => 10,
        _ => -10,
    }
}

/// The words of a text that say what it speaks of: the long ones; of Han and kana, pairs of characters.
fn content_words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| {
        let chars: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        if chars.iter().any(|c| is_cjk(*c)) {
            chars.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>()
        } else if chars.len() >= LEAST_WORD {
            vec![chars.into_iter().collect()]
        } else {
            Vec::new()
        }
    })
}

/// Letters of a word that says what a text speaks of.
const LEAST_WORD: usize = 4;
