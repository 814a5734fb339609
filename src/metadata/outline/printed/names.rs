//! Which names alone on a line are those of authors, in a page that was printed as text: there, names are also those of
//! pictures, links and buttons.

use std::collections::BTreeSet;

use crate::characters::letters;
use crate::document::Field;
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::rules;
use crate::span::RuleId;

/// Lines between a name and the date of its article.
const NEAR: usize = 2;

/// Rules that name an author by a word or a line that is made for it.
const MARKED: [RuleId; 3] = [rules::BYLINE, rules::HEADER_AUTHOR, rules::HEADER_NAME];

/// Leaves out the names alone that nothing else speaks for: no second line names them, and where no byline names anybody
/// no date stands beside them.
pub(in crate::metadata::outline) fn without_strays(evidence: &mut Vec<Evidence>) {
    let is_bare = |said: &Evidence| matches!(said.rule(), rules::BYLINE_BARE | rules::SIGNATURE);
    let of_authors = || evidence.iter().filter(|said| said.field == Field::Author);
    let is_bylined = of_authors().any(|said| MARKED.contains(&said.rule()));
    let said: BTreeSet<String> = of_authors().filter(|said| !is_bare(said)).flat_map(names).collect();
    let block = |said: &Evidence| said.place.as_ref().map(|(block, _)| *block);
    let dates: Vec<usize> = evidence.iter().filter(|said| said.field == Field::Published).filter_map(block).collect();
    let is_dated = |said: &Evidence| block(said).is_some_and(|at| dates.iter().any(|date| date.abs_diff(at) <= NEAR));
    let is_stray = |bare: &&Evidence| {
        let is_said = names(bare).iter().any(|name| said.contains(name));
        is_bare(bare) && !is_said && (is_bylined || bare.rule() == rules::SIGNATURE || !is_dated(bare))
    };
    let strays: BTreeSet<usize> = of_authors().filter(is_stray).filter_map(block).collect();
    let is_of_people = |said: &Evidence| matches!(said.field, Field::Author | Field::Role | Field::Affiliation);
    evidence.retain(|said| !(is_of_people(said) && block(said).is_some_and(|at| strays.contains(&at))));
}

/// The names that a voice gives, by their letters.
fn names(said: &Evidence) -> Vec<String> {
    match &said.said.value {
        Value::Name { person, .. } => vec![letters(&person.name)],
        Value::Note { names, .. } => names.iter().map(|(_, person)| letters(&person.value.name)).collect(),
        _ => Vec::new(),
    }
}
