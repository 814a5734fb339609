//! The people whom a page states, beside those whom its lines name: visible names first; without one, the surest
//! statement that names somebody.

use std::collections::BTreeSet;

use super::Decided;
use super::support::Voices;
use crate::characters::letters;
use crate::document::{Field, Person};
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::rules;
use crate::span::Spanned;

/// The people of a field whom statements name, and who are not the site.
fn stated_people<'e>(
    field: Field,
    stated: &'e [Evidence],
    publisher: Option<&'e Spanned<String>>,
) -> impl Iterator<Item = Spanned<Person>> + 'e {
    let site = publisher.map(|site| letters(&site.value));
    stated.iter().filter(move |e| e.field == field).filter_map(move |e| match &e.said.value {
        Value::Name { person, beside, .. } => {
            let is_site = |name: &str| site.as_ref().is_some_and(|site| *site == letters(name));
            let is_other = !is_site(beside) && !is_site(&person.printed);
            is_other.then(|| e.said.clone().map(|_| person.clone()))
        }
        _ => None,
    })
}

/// The authors.
pub(super) fn authors(
    voices: &Voices<'_>,
    shown: Vec<Spanned<Person>>,
    publisher: Option<&Spanned<String>>,
) -> Decided<Vec<Spanned<Person>>> {
    // Each once of each kind of statement.
    let mut seen = BTreeSet::new();
    let is_new = |person: &Spanned<Person>| seen.insert((person.rule, letters(&person.value.name)));
    let stated = stated_people(Field::Author, voices.page, publisher).filter(is_new);
    let stated: Vec<_> = stated.map(|person| voices.person(Field::Author, person)).collect();
    let is_sure = |person: &Spanned<Person>| person.confidence >= rules::TAKEN;
    let surest = stated.iter().find(|person| shown.is_empty() && is_sure(person)).map(|first| first.rule);
    let (mut taken, others): (Vec<_>, Vec<_>) =
        stated.into_iter().partition(|person| Some(person.rule) == surest && is_sure(person));
    taken.splice(0..0, shown);
    let names: BTreeSet<String> = taken.iter().map(|person| letters(&person.value.name)).collect();
    let others = others.into_iter().filter(|person| !names.contains(&letters(&person.value.name)));
    let candidates = others.map(|person| person.map(|person| person.name)).collect();
    Decided { taken, candidates }
}

/// Editors and translators.
pub(super) fn others(
    field: Field,
    shown: Vec<Spanned<Person>>,
    stated: &[Evidence],
    publisher: Option<&Spanned<String>>,
) -> Vec<Spanned<Person>> {
    if shown.is_empty() { stated_people(field, stated, publisher).collect() } else { shown }
}
