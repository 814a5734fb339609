//! Headings of sections that follow one another: the days of a diary, numbers, crossheads.

use super::Seen;
use crate::characters::columns;
use crate::document::Role;
use crate::metadata::date;
use crate::metadata::lexicon::Words;
use crate::metadata::lines::Line;
use crate::metadata::prose::{ends_sentence, is_long};
use crate::metadata::scope::Scope;
use crate::metadata::segments::PartKind;

/// Columns of a heading.
const LONGEST: usize = 60;

/// Headings from which on they are a series, with the first one.
const LEAST: usize = 3;

/// Days that stand alone above paragraphs of a plain text, several of them, are those of a diary and no date of the header:
/// they are looked at as lines that say nothing.
pub(super) fn free_days(scope: &Scope<'_>, blocks: &[usize], seen: &mut [Seen]) {
    let is_day = |line: &Line| {
        let Line::Header(parts) = line else { return false };
        matches!(&parts[..], [part] if matches!(part.kind, PartKind::Date(_)))
    };
    let heads = |at: usize| blocks.get(at + 1).is_some_and(|below| is_long(scope.text(*below)));
    let days: Vec<usize> = (0..seen.len()).filter(|at| is_day(&seen[*at].line) && heads(*at)).collect();
    let Some(first) = days.first() else { return };
    let is_alike = |at: &usize| {
        let text = scope.text(blocks[*at]);
        let is_whole = || date::find_date(&scope.words, text).is_some_and(|day| day.range == (0..text.len()));
        columns(text) <= LONGEST && heads(*at) && is_whole()
    };
    if (first + 1..blocks.len()).filter(is_alike).nth(LEAST - 2).is_some() {
        days.iter().for_each(|at| seen[*at].line = Line::Short);
    }
}

/// Where the text begins whose first paragraph is at `body`: at the line above it, if nothing explains that and it heads the
/// first of several sections, each of which has a heading.
pub(super) fn with_heading(scope: &Scope<'_>, roles: &[Role], blocks: &[usize], body: usize) -> usize {
    let text = |at: usize| scope.text(blocks[at]);
    let is_heading = |at: usize| columns(text(at)) <= LONGEST && (!ends_sentence(text(at)) || is_number(text(at)));
    let is_section = |at: &usize| is_heading(*at) && is_long(text(*at + 1)) && is_long(text(*at - 1));
    let is_open = |above: &usize| roles[blocks[*above]] == Role::Unplaced && is_heading(*above);
    let heads = |at: usize| heads_section(&scope.words, text(at));
    let is_counted = |above: &usize| heads(*above) && (body + 1..blocks.len()).any(heads);
    let is_first = || (body + 1..blocks.len().saturating_sub(1)).filter(is_section).nth(LEAST - 2).is_some();
    body.checked_sub(1).filter(|above| is_open(above) && (is_counted(above) || is_first())).unwrap_or(body)
}

/// Whether a line heads a section by its number or its day: `1. The road`, `II`, `March 3`.
pub(super) fn heads_section(words: &Words, text: &str) -> bool {
    columns(text) <= LONGEST && (is_number(text) || is_numbered(text) || date::is_day(words, text))
}

/// `1. The road`, `IV. The mill`: a number with a point, and something behind it.
fn is_numbered(text: &str) -> bool {
    let is_rest = |rest: &str| rest.trim_start().starts_with(char::is_alphabetic);
    text.split_once(". ").is_some_and(|(number, rest)| number.len() <= 4 && is_number(number) && is_rest(rest))
}

/// `I.`, `2.`, `(3)`
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', '§', ' ']);
    !bare.is_empty() && (bare.chars().all(char::is_numeric) || bare.chars().all(|c| "IVXivx".contains(c)))
}
