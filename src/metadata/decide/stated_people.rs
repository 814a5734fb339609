//! The people whom a page states, beside those whom its lines name: visible names first; without one, the surest
//! statement that names somebody.

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
    let same = |a: &Spanned<Person>, b: &Spanned<Person>| letters(&a.value.name) == letters(&b.value.name);
    // Each once of each kind of statement.
    let mut stated: Vec<Spanned<Person>> = stated_people(Field::Author, voices.page, publisher).collect();
    let repeats = |at: usize| stated[..at].iter().any(|p| p.rule == stated[at].rule && same(p, &stated[at]));
    let repeated: Vec<bool> = (0..stated.len()).map(repeats).collect();
    let mut repeated = repeated.into_iter();
    stated.retain(|_| repeated.next() != Some(true));
    let stated: Vec<_> = stated.into_iter().map(|person| voices.person(Field::Author, person)).collect();
    let is_sure = |person: &Spanned<Person>| person.confidence >= rules::TAKEN;
    let surest = stated.iter().find(|person| shown.is_empty() && is_sure(person)).map(|first| first.rule);
    let (mut taken, others): (Vec<_>, Vec<_>) =
        stated.into_iter().partition(|person| Some(person.rule) == surest && is_sure(person));
    taken.splice(0..0, shown);
    let others = others.into_iter().filter(|person| !taken.iter().any(|known| same(known, person)));
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
