//! What stands behind names in a byline and is no name: addresses, papers, places.

use std::ops::Range;

use super::Bylined;
use crate::characters::has_cjk;
use crate::metadata::lexicon::{self, Words};
use crate::metadata::person;

/// Without the addresses of mail and of accounts behind the names: `Hester Quaile @hquaile`.
pub(super) fn without_address(line: &str, range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    while let Some(last) = line[range.start..end]
        .trim_end()
        .rsplit(char::is_whitespace)
        .next()
        .filter(|w| w.contains('@') && !w.contains('<'))
    {
        // `Ann Lee@annlee`
        let name = last.split('@').next().filter(|name| name.starts_with(char::is_uppercase) && !last.contains('.'));
        end = range.start + line[range.start..end].trim_end().len() - last.len() + name.map_or(0, str::len);
    }
    range.start
        ..range.start + line[range.start..end].trim_end_matches([' ', '\u{A0}', '\n', '|', ',', '·', '-', '–']).len()
}

/// Where the name ends before the post of who has it, with no comma between: `Ulla Brandvik Deputy Harbour Editor`.
pub(in crate::metadata) fn name_before_post(words: &Words, text: &str) -> Option<usize> {
    let parts: Vec<&str> = text.split(' ').collect();
    let [first, second, said @ .., last] = &parts[..] else { return None };
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let name = text.get(..first.len() + 1 + second.len())?;
    let is_one = (1..=4).contains(&said.len())
        && said.iter().all(is_capital)
        && is_capital(last)
        && lexicon::is_post_phrase(words, last)
        && (said.len() > 1 || lexicon::is_post_phrase(words, &text[name.len() + 1..]))
        && person::stands_alone(words, name)
        && person::is_name(words, name);
    is_one.then_some(name.len())
}

/// Whether what stands behind a comma is no second person: one word behind a name of several (`Bob Yirka, Phys.org`), an
/// agency or a paper at the end, a station in capitals.
pub(super) fn is_stray(words: &Words, line: &str, first: &Bylined, range: &Range<usize>) -> bool {
    let (name, text) = (&line[first.name.clone()], &line[range.clone()]);
    let mark = line[..range.start].trim_end().chars().next_back();
    let is_listed = matches!(mark, Some(',' | ';' | '\n')) || line[..range.start].ends_with('\n');
    let is_capitals = |text: &str| !text.chars().any(char::is_lowercase);
    let is_single = |text: &str| !text.contains(char::is_whitespace);
    let is_paper = || lexicon::is_press(words, text) && line[range.end..].trim().is_empty();
    is_listed
        && !has_cjk(text)
        && !has_cjk(name)
        && (is_single(text) && !is_single(name) || is_paper() || is_capitals(text) && !is_capitals(name))
}

/// Where the name ends before the paper for which it was written: `A Special to The Tarn Chronicle`, `A für B`.
pub(super) fn for_paper(words: &Words, text: &str) -> Option<usize> {
    let begins = |(at, _): (usize, &str)| {
        let rest = text[at..].trim_start();
        let paper = rest[words.for_paper(rest)?..].trim_start();
        let first = paper.split(' ').next()?;
        let is_paper = paper.starts_with(char::is_uppercase) || first.len() < paper.len() && words.is_article(first);
        is_paper.then_some(text[..at].trim_end().len())
    };
    text.match_indices(char::is_whitespace).filter(|(at, _)| *at > 0).find_map(begins)
}

/// Where the name ends that a paper follows with its article: `John O’Connor The Associated Press`.
pub(super) fn before_paper(words: &Words, text: &str) -> Option<usize> {
    let places = text.match_indices(' ').map(|(at, _)| at).filter(|at| text[..*at].contains(' '));
    places.into_iter().find(|at| {
        let behind = &text[at + 1..];
        behind.starts_with(char::is_uppercase)
            && words.article(behind).is_some()
            && lexicon::is_press(words, behind)
            && person::stands_alone(words, &text[..*at])
    })
}

/// Where a full name ends that is followed by the house or the place of who bears it: `B for C`, `B of the C`, `B in C`.
pub(super) fn before_house(words: &Words, text: &str) -> Option<usize> {
    if has_cjk(text) || person::is_name(words, text) {
        return None;
    }
    let is_full = |at: &usize| text[..*at].contains(' ') && person::is_name(words, &text[..*at]);
    let is_proper = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with(char::is_uppercase) || words.article(rest).is_some()
    };
    // Whatever the preposition is: a word in small letters that is none of the name's.
    let of_place = || {
        let spaces = text.match_indices(' ').map(|(at, _)| at);
        let is_small = |at: &usize| text[at + 1..].starts_with(char::is_lowercase);
        let at = spaces.into_iter().find(is_small)?;
        let (_, rest) = text[at + 1..].split_once(' ')?;
        (is_proper(rest) && rest.split(' ').count() <= LONGEST_HOUSE).then_some(at)
    };
    for_paper(words, text).or_else(|| before_paper(words, text)).or_else(of_place).filter(is_full)
}

/// Words of a house or a place, with its article.
const LONGEST_HOUSE: usize = 5;
