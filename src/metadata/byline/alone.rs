//! A name without what pages run on to it: the next element's text, the name once more, a point, a year.

use std::ops::Range;

use super::beside::before_house;
use crate::metadata::lexicon::{self, Words};
use crate::metadata::person;

/// A name without what stands right behind it and is none of it.
pub(super) fn name_alone(words: &Words, line: &str, range: Range<usize>, is_first: bool) -> Range<usize> {
    let range = without_point(line, without_year(line, without_link(line, range)));
    // `A and B for C`: the last of several.
    let bare = if is_first { None } else { before_house(words, &line[range.clone()]) };
    let range = bare.map_or(range.clone(), |bare| range.start..range.start + bare);
    without_run_on(words, line, range)
}

/// `Imogen TashStaff Writer`, `Imogen TashImogen Tash`: without what the next element of a page says, run on.
fn without_run_on(words: &Words, line: &str, range: Range<usize>) -> Range<usize> {
    let range = without_repetition(line, range);
    let text = &line[range.clone()];
    let is_seam = |at: &usize| {
        text[..*at].ends_with(char::is_lowercase)
            && text[*at..].starts_with(char::is_uppercase)
            && text[..*at].contains(' ')
    };
    // `McKay`, `NicCuaraig` and `DeShawn` are names.
    let is_long = |name: &str| name.rsplit([' ', '-']).next().is_some_and(|word| word.chars().count() >= LEAST_RUN_ON);
    let says = |at: &usize| {
        let (name, rest) = text.split_at(*at);
        let is_post = || {
            lexicon::is_post_phrase(words, rest)
                || rest.split(' ').next().is_some_and(|first| lexicon::is_post(words, first))
        };
        let is_said = || is_post() || person::is_nobody(words, rest) || is_long(name);
        name == rest || rest.split(' ').count() <= 4 && is_said()
    };
    let seam = text.char_indices().map(|(at, _)| at).skip(1).filter(is_seam).find(says);
    seam.filter(|at| person::is_name(words, &text[..*at])).map_or(range.clone(), |at| range.start..range.start + at)
}

/// Letters of a word that another one has run on to.
const LEAST_RUN_ON: usize = 4;

/// `Imogen Tash Imogen Tash`: once.
fn without_repetition(line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let half = text.len().checked_sub(1).map_or(0, |rest| rest / 2);
    let is_twice = half > 2
        && text.is_char_boundary(half)
        && text[half..].strip_prefix(' ').is_some_and(|again| again == &text[..half])
        && text.starts_with(char::is_uppercase);
    if is_twice { range.start..range.start + half } else { range }
}

/// `By Imogen Tash.`: without the point, which is none of an abbreviation.
fn without_point(line: &str, range: Range<usize>) -> Range<usize> {
    let bare = line[range.clone()].strip_suffix('.').filter(|bare| {
        let last = bare.rsplit(' ').next().unwrap_or_default();
        bare.contains(' ') && last.chars().count() >= LEAST_RUN_ON && last.ends_with(char::is_lowercase)
    });
    bare.map_or(range.clone(), |bare| range.start..range.start + bare.len())
}

/// `[4]Imogen Tash`: without the number that a page printed as text gives to a link.
fn without_link(line: &str, range: Range<usize>) -> Range<usize> {
    let number = line[range.clone()].strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let is_link = |(number, _): &(&str, &str)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    number.filter(is_link).map_or(range.clone(), |(_, name)| range.end - name.trim_start().len()..range.end)
}

/// `Imogen Tash ’21`: without when she left, or will leave, the college.
fn without_year(line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let is_year = |at: &usize| text.is_char_boundary(*at) && text[*at..].bytes().all(|b| b.is_ascii_digit());
    let year = text.len().checked_sub(2).filter(is_year);
    let bare = year.and_then(|at| text[..at].strip_suffix(['\'', '’'])).map(str::trim_end);
    bare.map_or(range.clone(), |bare| range.start..range.start + bare.len())
}
