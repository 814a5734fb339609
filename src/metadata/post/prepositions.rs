//! A post, a preposition, an institution: `lecturer at the School of Public Health`.

use std::ops::Range;

use crate::metadata::lexicon::{self, Preposition, Words};

use super::{Described, is_caseless, trim, without_article};

/// Post and institution on either side of a preposition.
pub(super) fn by_preposition(words: &Words, line: &str, range: Range<usize>) -> Option<Described> {
    let preposition = find(words, &line[range.clone()])?;
    let role = trim(line, range.start..range.start + preposition.start);
    let affiliation = without_article(words, line, trim(line, range.start + preposition.end..range.end));
    let end = second_post(words, &line[affiliation.clone()]).map_or(affiliation.end, |at| affiliation.start + at);
    let affiliation = affiliation.start..end;
    (!role.is_empty() && !affiliation.is_empty())
        .then_some(Described { role: Some(role), affiliation: Some(affiliation) })
}

/// The preposition before an institution: the first strong one; `of Economics at the University` begins with a weak one.
fn find(words: &Words, text: &str) -> Option<Range<usize>> {
    words.prepositions(text).find_map(|of_language| {
        let weighed = |found: Preposition| Some((strength(words, &found, &text[found.range.end..])?, found.range));
        let named: Vec<_> = of_language.filter_map(weighed).collect();
        let strong = named.iter().find(|(strength, _)| *strength == Strength::Strong);
        strong.or(named.first()).map(|(_, range)| range.clone())
    })
}

/// How surely what follows a preposition is an employer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// It has a word of one, or `at` before it.
    Strong,
    /// It begins with a capital.
    Weak,
}

/// Most words of an employer whose name has no word of one.
const MOST_WORDS: usize = 6;

fn strength(words: &Words, preposition: &Preposition, rest: &str) -> Option<Strength> {
    let capital = rest.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic() || is_caseless(c));
    // `de Hidrología en la Universidad` names no institution before `en`.
    let places = words.prepositions(rest).flatten().filter(|next| next.is_place && !next.is_fused);
    let name = places.map(|next| next.range.start).min().map_or(rest, |at| &rest[..at]);
    // `université`, `institut` may begin without a capital.
    let first_word = rest.split_whitespace().next().unwrap_or_default();
    if preposition.is_fused {
        return lexicon::is_institution(words, first_word).then_some(Strength::Strong);
    }
    let institution = lexicon::is_institution(words, first_word)
        || (capital && (lexicon::is_institution(words, name) || lexicon::is_press(words, name)));
    // `Head of Programme` names no institution.
    let institution = institution && (name.contains(' ') || preposition.is_place);
    if institution || capital && preposition.is_place && preposition.is_of_employers {
        return Some(Strength::Strong);
    }
    let is_employer = capital && preposition.is_of_employers && rest.split_whitespace().count() <= MOST_WORDS;
    is_employer.then_some(Strength::Weak)
}

/// Where a second post begins: `… à l’Institut Kelder et ancien ministre`.
fn second_post(words: &Words, affiliation: &str) -> Option<usize> {
    affiliation.match_indices(' ').find_map(|(at, space)| {
        let rest = &affiliation[at + space.len()..];
        let behind = rest[words.conjunction(rest)?..].split_whitespace().take(2);
        let behind: Vec<&str> = behind.collect();
        let lower = behind.first().is_some_and(|w| w.starts_with(char::is_lowercase));
        (lower && behind.iter().any(|w| lexicon::is_post(words, w))).then_some(at)
    })
}
