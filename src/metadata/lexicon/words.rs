//! The words that are applied to a document.

mod names;
mod notes;
mod page;
mod posts;

use super::LANGUAGES;
use super::everywhere::{LABELS, MONTHS};
use super::file::Calendar;
use super::fold::folded;
use super::language::{Language, Opening, language};
use crate::document::Field;

pub(in crate::metadata) use page::Section;

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

    /// The end of a word that opens a byline and that the name has run on to: `ByTara Haelle`.
    pub(in crate::metadata) fn byline_run_on(&self, text: &str) -> Option<usize> {
        let letters = text.char_indices().skip(1);
        let seam = letters.take_while(|(_, c)| c.is_lowercase()).last().map(|(at, c)| at + c.len_utf8())?;
        let runs_on = text.starts_with(char::is_uppercase) && text[seam..].starts_with(char::is_uppercase);
        let (opener, name) = (&text[..seam], text[seam..].split([',', '|', '(']).next().unwrap_or_default());
        let opens = |language: &Language| language.openers.opening(opener).is_some_and(|(end, _)| end == seam);
        (runs_on && name.trim().contains(' ') && self.0.iter().any(|language| opens(language))).then_some(seam)
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

    /// Whether a word stands before the number of a page.
    pub(in crate::metadata) fn is_page(&self, word: &str) -> bool {
        self.0.iter().any(|language| language.pages.has(word))
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

    /// The month of the Persian calendar whose name a text begins with.
    pub(in crate::metadata) fn persian_month(&self, text: &str) -> Option<(usize, u32)> {
        longest(self.0.iter().filter_map(|language| language.persian.opening_word(text)))
    }

    /// Whether one of the languages has a calendar beside the Gregorian one.
    pub(in crate::metadata) fn has_calendar(&self, calendar: Calendar) -> bool {
        self.0.iter().any(|language| language.file.dates.calendar == Some(calendar))
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
}

/// The longest of what opens a text; of equal ones the first.
fn longest<T>(found: impl Iterator<Item = (usize, T)>) -> Option<(usize, T)> {
    found.reduce(|longest, other| if other.0 > longest.0 { other } else { longest })
}

fn length(found: impl Iterator<Item = (usize, ())>) -> Option<usize> {
    longest(found).map(|(length, ())| length)
}

/// Longest label, in bytes.
const LONGEST_LABEL: usize = 120;

/// Whether dates in figures have the day first in a language, by its primary subtag; `None` where both orders are used.
pub(in crate::metadata) fn day_first(tag: &str) -> Option<bool> {
    let number = LANGUAGES.iter().position(|row| row.tag == tag)?;
    language(number).file.day_first
}

#[cfg(test)]
mod tests;
