//! The words that are applied to a document.

use super::LANGUAGES;
use super::everywhere::{LABELS, MONTHS};
use super::fold::folded;
use super::language::{Language, Opening, language};
use super::lines::{Lines, is_sentence};
use super::prepositions::Preposition;
use crate::characters::has_cjk;
use crate::document::Field;

/// What a heading of furniture opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Section {
    /// Links to other articles.
    Links,
    /// Readers' comments.
    Comments,
}

/// The words that are applied to a document: those of its language, English, and those of languages that it may be in.
#[derive(Clone, Debug)]
pub(in crate::metadata) struct Words(Vec<&'static Language>);

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
        longest(self.0.iter().filter_map(|language| language.phrases.opening(text)))
    }

    /// What opens a byline.
    pub(in crate::metadata) fn byline(&self, text: &str) -> Option<Opening> {
        let openings = self.0.iter().filter_map(|language| {
            let opener = || Some(Opening { genre: None, end: language.openers.opening(text)?.0 });
            language.contribution(text).or_else(opener)
        });
        openings.reduce(|longest, other| if other.end > longest.end { other } else { longest })
    }

    /// How much of the start of a text stands between a name and the paper for which it was written.
    pub(in crate::metadata) fn for_paper(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.for_paper.opening(text)))
    }

    /// Whether a text begins as statements of rights do.
    pub(in crate::metadata) fn states_rights(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.states_rights(text))
    }

    /// How much of the start of a text opens a reference to a first publication, and whether it opens nothing else.
    pub(in crate::metadata) fn source(&self, text: &str) -> Option<(usize, bool)> {
        longest(self.0.iter().filter_map(|language| language.opening(&language.sources, text)))
    }

    /// The kind of text with which the name of somebody's column ends: `한서윤 칼럼`, `張三專欄`.
    pub(super) fn column<'t>(&self, text: &'t str) -> Option<&'t str> {
        let columns = self.0.iter().flat_map(|language| &language.file.words.columns);
        let (kind, name) = columns.filter_map(|kind| Some((kind, text.strip_suffix(kind.as_str())?))).next()?;
        let is_hangul = |c: char| matches!(c, '\u{AC00}'..='\u{D7A3}');
        let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}');
        let spaced = name.strip_suffix(' ').is_some_and(|name| !name.is_empty() && name.chars().all(is_hangul));
        let joined = (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
        (spaced || joined).then(|| &text[text.len() - kind.len()..])
    }

    /// Whether a text is a kind of text that names its author behind it, with nothing between: `寄稿　X`.
    pub(in crate::metadata) fn is_contribution(&self, genre: &str) -> bool {
        self.0.iter().any(|language| language.file.unspaced && language.contributions.has(genre))
    }

    /// How much of the start of a text is titles in front of a name, with the spaces behind them.
    pub(in crate::metadata) fn honorifics(&self, text: &str) -> usize {
        let mut rest = text;
        while let Some(length) = self.honorific(rest) {
            rest = &rest[length..];
        }
        text.len() - rest.len()
    }

    fn honorific(&self, text: &str) -> Option<usize> {
        // A title has a capital where there are capitals.
        let opening = |language: &&Language| language.honorifics.opening_up_to(text, |c| c == '.' || c.is_whitespace());
        let ends = self.0.iter().filter(|_| !text.starts_with(char::is_lowercase)).filter_map(opening);
        let bare = &text[longest(ends).map(|(length, ())| length)?..];
        let pointed = bare.strip_prefix('.').unwrap_or(bare);
        let rest = pointed.trim_start();
        // `د.ليلى`: a title with its point needs no space.
        let apart = rest.len() < pointed.len() || text[..text.len() - bare.len()].ends_with('.');
        (apart && !rest.is_empty()).then_some(text.len() - rest.len())
    }

    /// What stands for "is" in front of a post.
    pub(in crate::metadata) fn post_copula(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.post_copulas.prefix(text)))
    }

    /// Whether a text has a post with its field: `lecturer in law`.
    pub(in crate::metadata) fn has_field(&self, text: &str) -> bool {
        self.any(text, |language, text| language.fields.is_in(text))
    }

    /// Where an institution ends in a text without spaces, behind which its post has a field: `ケルモア大学海洋法`.
    pub(in crate::metadata) fn field_behind_institution(&self, text: &str) -> Option<usize> {
        let end = self.0.iter().filter_map(|language| language.institutions.last_end(text)).max()?;
        let is_unit = |unit: &String| text.ends_with(unit.as_str());
        let ends = |language: &&Language| language.file.words.units.iter().any(is_unit);
        (end < text.len() && !self.0.iter().any(ends)).then_some(end)
    }

    /// Where the place stands in a text that names no institution, with its preposition: `baker in Dos Arroyos`.
    pub(in crate::metadata) fn place(&self, text: &str) -> Option<usize> {
        let behind = |at: usize| length(self.0.iter().filter_map(|language| language.places.opening(&text[at..])));
        let begins = |(at, _): &(usize, &str)| {
            let place = behind(at + 1).and_then(|length| text[at + 1 + length..].strip_prefix(' '));
            place.is_some_and(|place| place.starts_with(char::is_uppercase))
        };
        text.match_indices(' ').find(begins).map(|(at, _)| at)
    }

    /// Whether a word is one that titles and names of sites have without a capital, and has none.
    pub(in crate::metadata) fn is_small(&self, word: &str) -> bool {
        let is_one = |language: &Language| {
            let Language { small, articles, particles, conjunctions, .. } = language;
            [small, articles, particles, conjunctions].iter().any(|words| words.has(word))
        };
        matches!(word, "&" | "–" | "-") || !word.starts_with(char::is_uppercase) && self.0.iter().any(|l| is_one(l))
    }

    /// Whether a text names a body that signs articles.
    pub(super) fn is_body(&self, text: &str) -> bool {
        let text = folded(text);
        let behind = text.split_once(' ').filter(|(first, _)| self.is_article(first)).map(|(_, rest)| rest);
        let is_one = |text: &str| self.0.iter().any(|language| language.bodies.has(text));
        is_one(&text) || behind.is_some_and(is_one)
    }

    /// The prepositions of a text by which a post and an institution may be joined, of one language after the other.
    pub(in crate::metadata) fn prepositions<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = impl Iterator<Item = Preposition> + 't> + 't {
        self.0.iter().map(move |language| language.prepositions.found(text))
    }

    /// How much of the start of a text stands in front of a post and is no part of it: articles, adverbs.
    pub(in crate::metadata) fn before_post(&self, text: &str) -> usize {
        let word = |text: &str| {
            let adverb = length(self.0.iter().filter_map(|language| language.adverbs.opening(text)));
            adverb.or_else(|| self.article(text))
        };
        let mut rest = text;
        // Nothing but such a word is left as it is.
        while let Some(behind) = word(rest).map(|length| rest[length..].trim_start()).filter(|rest| !rest.is_empty()) {
            rest = behind;
        }
        text.len() - rest.len()
    }

    /// How much of the start of a text is an article, elided or with a space behind it.
    pub(in crate::metadata) fn article(&self, text: &str) -> Option<usize> {
        // `’n` begins with one.
        let apostrophe = text.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || matches!(c, '’' | '\''));
        let (at, end) = apostrophe?;
        let length = if end.is_whitespace() { at } else { at + end.len_utf8() };
        self.is_article(&text[..length]).then_some(length)
    }

    /// How much of a text stands before a second statement of a person.
    pub(in crate::metadata) fn first_statement(&self, text: &str) -> Option<usize> {
        let begins = |at: usize| self.0.iter().any(|language| language.joiners.opening(&text[at..]).is_some());
        text.char_indices().find_map(|(at, c)| match c {
            ',' if begins(at) => Some(at),
            ' ' if begins(at + 1) => Some(text[..at].strip_suffix(',').map_or(at, str::len)),
            _ => None,
        })
    }

    /// Whether a word stands before the number of a page.
    pub(in crate::metadata) fn is_page(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.pages.has(word))
    }

    /// Whether a word is a small one inside names: `de`, `van`.
    pub(in crate::metadata) fn is_particle(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.particles.has(word))
    }

    /// Whether a text is a degree or an honour behind a name: `Ph.D.`, `OBE`.
    pub(in crate::metadata) fn is_degree(&self, text: &str) -> bool {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        self.0.iter().any(|language| language.degrees.has(&bare))
    }

    /// Whether a word is in no name, and in lines of a page with a capital.
    pub(in crate::metadata) fn is_other(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.other.has(word))
    }

    /// Whether a word stands in front of a post and is a part of it.
    pub(super) fn is_before_post(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.before_posts.has(word))
    }

    /// Whether a word is a preposition behind a post.
    pub(super) fn is_preposition(&self, word: &str) -> bool {
        self.any(word, |language, word| language.prepositions.has(word))
    }

    /// Whether a word is an article.
    pub(in crate::metadata) fn is_article(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.articles.has(word))
    }

    /// Whether a text has words of what a paper says of itself.
    pub(super) fn has_motto(&self, text: &str) -> bool {
        self.any(text, |language, text| language.mottos.is_in(text))
    }

    /// How much of the start of a text is `the author`.
    pub(in crate::metadata) fn note_subject(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.subjects.opening_word(text)))
    }

    /// How much of the start of a text is a form of `to be`.
    pub(in crate::metadata) fn note_copula(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.copulas.opening(text)))
    }

    /// How much of the start of a text is a verb that says what an author does.
    pub(in crate::metadata) fn note_verb(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.verbs.opening(text)))
    }

    /// How much of the start of a text heads what is said about the author.
    pub(in crate::metadata) fn note_heading(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.notes.about.opening_word(text)))
    }

    /// Whether a text is a heading of what is said about the author, or begins with one and a colon.
    pub(in crate::metadata) fn heads_note(&self, text: &str) -> bool {
        let bare = text.trim_start_matches(NOTE_BRACKETS);
        let heads = |length: usize| bare[length..].trim_start().chars().next().is_none_or(|c| ":：.—–-".contains(c));
        self.note_heading(bare).is_some_and(heads)
    }

    /// Where the words end with which editors open a note.
    pub(in crate::metadata) fn editorial(&self, text: &str) -> Option<usize> {
        let bare = text.trim_start_matches(NOTE_BRACKETS);
        let length = self.0.iter().filter_map(|language| language.editorial.opens(bare)).max()?;
        Some(text.len() - bare.len() + length)
    }

    /// Whether a text has words for a pen name.
    pub(in crate::metadata) fn has_pen_name(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.notes.pen_names.is_match(text))
    }

    /// How much of the start of a text is a conjunction, whole, in one of the languages.
    pub(in crate::metadata) fn conjunction(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.conjunctions.opening(text)))
    }

    /// Whether a text, folded, is something in one of the languages.
    fn any(&self, text: &str, is: impl Fn(&Language, &str) -> bool) -> bool {
        let text = folded(text);
        self.0.iter().any(|language| is(language, &text))
    }

    /// The labels with which a text ends, the longest first: where each begins.
    pub(in crate::metadata) fn labels_at_end<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, Field)> + 't {
        LABELS.endings(text).map(|(start, field)| (start, self.own_label(&folded(&text[start..])).unwrap_or(field)))
    }

    /// The field of a whole label: what it means in a language of the document, else in any.
    pub(in crate::metadata) fn label(&self, label: &str) -> Option<Field> {
        if label.len() > LONGEST_LABEL {
            return None;
        }
        let label = folded(label);
        self.own_label(&label).or_else(|| LABELS.get(&label))
    }

    /// The same of a folded one, in the languages of the document.
    fn own_label(&self, label: &str) -> Option<Field> {
        self.0.iter().find_map(|language| language.labels.get(label))
    }

    /// The month whose name a text begins with: in the languages of the document, else in all that agree on it.
    pub(in crate::metadata) fn month(&self, text: &str) -> Option<(usize, u32)> {
        let own = self.0.iter().filter_map(|language| language.months.opening_word(text));
        longest(own).or_else(|| MONTHS.opening_word(text).and_then(|(length, month)| Some((length, month?))))
    }

    /// How much of the start of a text is a weekday or another word that stands beside a date, whole.
    pub(in crate::metadata) fn beside_date(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.opening(&language.beside_date, text)))
    }

    /// The time zone that a text begins with, whole, in minutes east of Greenwich.
    pub(in crate::metadata) fn zone(&self, text: &str) -> Option<(usize, i32)> {
        longest(self.0.iter().filter_map(|language| language.opening(&language.zones, text)))
    }

    /// Whether a word stands between day, month and year: `de`, `m.`, `năm`.
    pub(in crate::metadata) fn is_beside_date(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.in_date.has(word))
    }

    /// How much of the start of a text is a day by the reader's calendar: `yesterday`.
    pub(in crate::metadata) fn relative_day(&self, text: &str) -> Option<usize> {
        length(self.0.iter().filter_map(|language| language.opening(&language.relative, text)))
    }

    /// Whether a text says how long ago something was, or how many minutes it takes: `2 hours ago`.
    pub(in crate::metadata) fn is_ago(&self, text: &str) -> bool {
        let is_count = |word: &str| word.chars().all(char::is_numeric) || !word.contains(char::is_numeric);
        text.split(' ').all(is_count) && self.any(text, |language, text| language.ago.get(text).is_some())
    }

    /// Whether a line is a control of a page, with a count behind it or without, or consists of controls.
    pub(in crate::metadata) fn is_control(&self, line: &str) -> bool {
        let line = line.trim_matches(is_separator);
        let has_parts = line.contains(is_separator) || has_cjk(line);
        let may_be = |controls: &Lines| controls.may_have(line) || controls.may_have(uncounted(line));
        if !has_parts && !self.0.iter().any(|language| may_be(&language.controls)) {
            return false;
        }
        let line = folded(line);
        let is_one = |text: &str| {
            let bare = uncounted(text);
            let has =
                |controls: &Lines| controls.has(text) || !bare.is_empty() && controls.has_in(bare, is_sentence(text));
            self.0.iter().any(|language| has(&language.controls))
        };
        // In scripts without spaces between words, a space is between controls too.
        let count = |piece: &str| piece.chars().all(char::is_numeric);
        let are_ones = |text: &str| {
            let mut pieces = text.split(' ').filter(|piece| !piece.is_empty()).peekable();
            has_cjk(text) && pieces.peek().is_some() && pieces.all(|piece| is_one(piece) || count(piece))
        };
        let mut pieces = line.split(is_separator).map(str::trim).filter(|piece| !piece.is_empty()).peekable();
        is_one(&line) || has_parts && pieces.peek().is_some() && pieces.all(|piece| is_one(piece) || are_ones(piece))
    }

    /// Whether a word stands before a count of pages or pictures.
    pub(in crate::metadata) fn is_counted(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.counted.has(word))
    }

    /// Whether a line heads links to other articles.
    pub(in crate::metadata) fn heads_links(&self, line: &str) -> bool {
        self.any(line, |language, line| language.links.has(line))
    }

    /// What a line heads: with something around the heading that says nothing, or without.
    pub(in crate::metadata) fn heads(&self, line: &str, says_nothing: impl Fn(char) -> bool) -> Option<Section> {
        let line = folded(line);
        let bare = line.trim_matches(says_nothing);
        let has = |lines: &Lines| lines.has(bare) || bare.len() < line.len() && lines.has(&line);
        let is_one = |lines: fn(&Language) -> &Lines| self.0.iter().any(|language| has(lines(language)));
        match () {
            () if is_one(|language| &language.comments) => Some(Section::Comments),
            () if is_one(|language| &language.links) => Some(Section::Links),
            () => None,
        }
    }

    /// Whether a text is the name of a kind of text.
    pub(super) fn is_genre(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.genres.has(text))
    }

    /// Whether a text stands in the place of a name and names nobody.
    pub(super) fn is_nobody(&self, text: &str) -> bool {
        self.0.iter().any(|language| language.nobody.has(text))
    }

    /// Whether a word begins sentences and titles, and is in no name.
    pub(in crate::metadata) fn is_of_sentences(&self, word: &str) -> bool {
        self.0
            .iter()
            .any(|language| language.file.names.sentence.binary_search_by(|known| known.as_str().cmp(word)).is_ok())
    }

    /// Whether a text has a word of a post or a profession.
    pub(super) fn has_post(&self, text: &str) -> bool {
        self.any(text, |language, text| language.posts.is_in(text))
    }

    /// Whether a text has a word of an institution.
    pub(super) fn has_institution(&self, text: &str) -> bool {
        self.any(text, |language, text| language.institutions.is_in(text))
    }

    /// Whether a text has a word of a paper or a site.
    pub(super) fn has_paper(&self, text: &str) -> bool {
        self.any(text, |language, text| language.papers.is_in(text))
    }
}

/// The longest of what opens a text; of equal ones the first.
fn longest<T>(found: impl Iterator<Item = (usize, T)>) -> Option<(usize, T)> {
    found.reduce(|longest, other| if other.0 > longest.0 { other } else { longest })
}

fn length(found: impl Iterator<Item = (usize, ())>) -> Option<usize> {
    longest(found).map(|(length, ())| length)
}

/// What may stand before the first word of a note.
const NOTE_BRACKETS: [char; 5] = ['（', '(', '[', '【', ' '];

/// A control without the count behind it.
fn uncounted(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || "()（）,.+".contains(c))
}

/// Longest label, in bytes.
const LONGEST_LABEL: usize = 120;

/// What stands between controls, and around one.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{A0}' | '\t' | '|' | '丨' | '｜' | ':' | '：' | '·' | '•' | '【' | '】' | '[' | ']')
}

/// Whether dates in figures have the day first in a language, by its primary subtag; `None` where both orders are used.
pub(in crate::metadata) fn day_first(tag: &str) -> Option<bool> {
    let number = LANGUAGES.iter().position(|row| row.tag == tag)?;
    language(number).file.day_first
}

#[cfg(test)]
mod tests;
