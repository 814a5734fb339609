//! Dates with the name of a month: `5 December 2017`, `December 5, 2017`, `4 de octubre de 2017`, `2017. december 5.`,
//! `2017 m. gruodžio 5 d.`, `ngày 5 tháng 12 năm 2017`. What stands between day, month and year is told by its form; the
//! words there are those that the lexicon has beside dates.

use std::ops::Range;

use super::calendar::{day, persian};
use super::reading::{digit, number};
use super::{DateReading, FoundDate};
use crate::metadata::lexicon::Words;

/// The first date with the name of a month.
pub(super) fn named(words: &Words, text: &str) -> Option<FoundDate> {
    let starts = text.char_indices().filter(|(at, c)| c.is_alphabetic() && begins_word(text, *at));
    starts.map(|(at, _)| at).find_map(|at| {
        let Some((length, month)) = words.month(&text[at..]) else {
            let (length, month) = words.persian_month(&text[at..])?;
            return Month { words, text, range: at..at + length, month, is_persian: true }.date();
        };
        // `آب/اغسطس`: its names in two calendars.
        let again = text[at + length..].strip_prefix('/').and_then(|rest| words.month(rest));
        let more = again.filter(|(_, same)| *same == month).map_or(0, |(length, _)| length + 1);
        Month { words, text, range: at..at + length + more, month, is_persian: false }.date()
    })
}

/// Whether a word, or what is printed as one, begins here: `5décembre` is a day and a month.
fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(char::is_alphabetic)
}

/// The name of a month in a text.
struct Month<'a> {
    words: &'a Words,
    text: &'a str,
    range: Range<usize>,
    month: u32,
    /// It is one of the Persian calendar.
    is_persian: bool,
}

impl Month<'_> {
    fn date(&self) -> Option<FoundDate> {
        self.before_year().or_else(|| self.month_first()).or_else(|| self.behind_year())
    }

    /// `5 December 2017`, and `December 2017` where nothing else stands before it.
    fn before_year(&self) -> Option<FoundDate> {
        let (year, end) = self.year_behind(self.range.end, true)?;
        if let Some((day, start)) = self.day_before() {
            return Some(self.found(start..end, year, Some(day)));
        }
        self.stands_alone().then(|| self.found(self.range.start..end, year, None))
    }

    /// `December 5, 2017`, `Dec. 5th 2017`
    fn month_first(&self) -> Option<FoundDate> {
        let rest = &self.text[self.range.end..];
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let (day, end) = digits(self.text, self.space(self.text.len() - rest.len())?, 1..=2)?;
        let rest = &self.text[end..];
        let suffix = ["st", "nd", "rd", "th"].iter().find_map(|suffix| rest.strip_prefix(suffix)).unwrap_or(rest);
        let rest = suffix.strip_prefix('.').unwrap_or(suffix);
        let rest = rest.strip_prefix(',').unwrap_or(rest);
        let (year, end) = digits(self.text, self.space(self.text.len() - rest.len())?, 4..=4)?;
        Some(self.found(self.range.start..end, year, Some(day)))
    }

    /// `2017. december 5.`, `2017 m. gruodžio 5 d.`, `2017. gada 5. decembrī`
    fn behind_year(&self) -> Option<FoundDate> {
        if let Some((day, start)) = self.day_before() {
            let (year, start) = self.year_before(start)?;
            return Some(self.found(start..self.range.end, year, Some(day)));
        }
        let (year, start) = self.year_before(self.range.start)?;
        let (day, end) = digits(self.text, self.space(self.range.end)?, 1..=2)?;
        Some(self.found(start..end, year, Some(day)))
    }

    fn found(&self, range: Range<usize>, year: u32, day: Option<u32>) -> FoundDate {
        let read =
            if self.is_persian { persian(year, self.month, day) } else { self::day(self.words, year, self.month, day) };
        let reading = read.map_or(DateReading::Impossible, DateReading::Iso);
        FoundDate { range, reading }
    }

    /// Where white space, or a hyphen, ends that has to stand here.
    fn space(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        (bare.len() < rest.len()).then_some(self.text.len() - bare.len())
    }

    /// The year behind the month: after a point, a comma, another name of the month behind a slash, a word.
    fn year_behind(&self, at: usize, with_word: bool) -> Option<(u32, usize)> {
        let rest = &self.text[at..];
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let rest = self.other_name(rest).unwrap_or(rest);
        let rest = rest.strip_prefix([',', '،']).unwrap_or(rest);
        let at = self.space(self.text.len() - rest.len())?;
        digits(self.text, at, 4..=4).or_else(|| {
            let word = word_at(&self.text[at..]);
            let is_beside = with_word && self.words.is_beside_date(word.trim_end_matches('.'));
            is_beside.then(|| self.year_behind(at + word.len(), false)).flatten()
        })
    }

    /// `كانون الأول / ديسمبر`
    fn other_name<'t>(&self, rest: &'t str) -> Option<&'t str> {
        let behind = rest.trim_start().strip_prefix('/')?.trim_start();
        let (length, month) = self.words.month(behind)?;
        (month == self.month).then(|| &behind[length..])
    }

    /// The day before the month: `5. `, `1er `, `5 de `, `2.º de `.
    fn day_before(&self) -> Option<(u32, usize)> {
        let before = &self.text[..self.range.start];
        // `4 d’octubre`: what stands between is elided.
        let elided = before.strip_suffix(['’', '\'']).map(|before| &before[..before.len() - word_before(before).len()]);
        let before = elided.unwrap_or(before);
        let bare = before.trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        let word = word_before(bare);
        let joined = !word.is_empty() && self.words.is_beside_date(word) && bare.len() < before.len();
        let bare = if joined { bare[..bare.len() - word.len()].trim_end() } else { bare };
        let point = bare.ends_with('.');
        let bare = bare.strip_suffix('.').unwrap_or(bare);
        // `3\. Mai`: Markdown writes a point that begins no list so.
        let bare = bare.strip_suffix('\\').unwrap_or(bare);
        let ordinals = [".º", "er", "ère", "st", "nd", "rd", "th", "º", "°", ".ª", "ª", "η", "ης"];
        let figure = ordinals.iter().find_map(|ordinal| bare.strip_suffix(ordinal)).unwrap_or(bare);
        // `5décembre` is none: something stands between day and month.
        let apart = point || before.len() > bare.len();
        let start = figure.trim_end_matches(|c| digit(c).is_some()).len();
        let length = figure[start..].chars().count();
        let begins = !figure[..start].ends_with(['.', ',']) || figure[..start].ends_with(". ");
        (apart && (1..=2).contains(&length) && begins).then(|| Some((number(&figure[start..])?, start))).flatten()
    }

    /// The year before a place: `2017. `, `2017 m. `, `2017. gada `.
    fn year_before(&self, at: usize) -> Option<(u32, usize)> {
        let before = &self.text[..at];
        let bare = before.trim_end();
        if bare.len() == before.len() {
            return None;
        }
        let word = word_before(bare.trim_end_matches('.'));
        let figure = if word.is_empty() {
            bare.trim_end_matches('.')
        } else if self.words.is_beside_date(word) {
            bare.trim_end_matches('.')[..bare.trim_end_matches('.').len() - word.len()].trim_end().trim_end_matches('.')
        } else {
            return None;
        };
        let start = figure.trim_end_matches(|c| digit(c).is_some()).len();
        let is_year = figure[start..].chars().count() == 4;
        is_year.then(|| Some((number(&figure[start..])?, start))).flatten()
    }

    /// Whether a month without a day is a date: at the start, or set off by a mark or by a wide space.
    fn stands_alone(&self) -> bool {
        let before = &self.text[..self.range.start];
        let bare = before.trim_end();
        let mark = bare.chars().next_back().is_none_or(|c| !c.is_alphabetic() && digit(c).is_none());
        mark || before.len() - bare.len() >= 2
    }
}

/// So many digits at a place, and where they end; no others follow.
fn digits(text: &str, at: usize, count: std::ops::RangeInclusive<usize>) -> Option<(u32, usize)> {
    let rest = &text[at..];
    let length = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
    let all = &rest[..length];
    count.contains(&all.chars().count()).then(|| Some((number(all)?, at + length))).flatten()
}

fn word_at(text: &str) -> &str {
    &text[..text.find(char::is_whitespace).unwrap_or(text.len())]
}

fn word_before(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphabetic).len()..]
}
