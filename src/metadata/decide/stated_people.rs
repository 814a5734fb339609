//! The people whom a page states, beside those whom its lines name: persons of its data first, then visible names; without
//! one, the surest statement that names somebody.

use std::collections::{BTreeMap, BTreeSet};

use super::Decided;
use super::people::People;
use super::support::Voices;
use crate::characters::{has_cjk, letters};
use crate::document::{Field, Person, PersonKind};
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::rules;
use crate::span::{Permille, Spanned};

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
#[derive(Debug)]
pub(super) struct Authors {
    pub(super) decided: Decided<Vec<Spanned<Person>>>,
    /// Which of them each of those is whom the lines name.
    pub(super) numbers: Vec<Option<usize>>,
}

/// The authors: those whom the lines name, or whom statements name and the lines in no other function.
pub(super) fn authors(voices: &Voices<'_>, named: &People, publisher: Option<&Spanned<String>>) -> Authors {
    let shown = named.authors.clone();
    // Each once of each kind of statement.
    let mut seen = BTreeSet::new();
    let is_new = |person: &Spanned<Person>| seen.insert((person.rule, letters(&person.value.name)));
    let stated = stated_people(Field::Author, voices.page, publisher).filter(is_new);
    let stated = stated.filter(|person| !named.has_other_function(&person.value.name));
    let stated: Vec<_> = stated.map(|person| voices.person(Field::Author, person)).collect();
    // Of statements that name the same person the first one is followed, as sure as the surest.
    let mut surest: BTreeMap<String, Permille> = BTreeMap::new();
    for person in &stated {
        let known = surest.entry(letters(&person.value.name)).or_insert(person.confidence);
        *known = person.confidence.max(*known);
    }
    let sure = |person: Spanned<Person>| {
        let confidence = surest.get(&letters(&person.value.name)).copied().unwrap_or(person.confidence);
        Spanned { confidence, ..person }
    };
    let stated: Vec<_> = stated.into_iter().map(sure).collect();
    let is_sure = |person: &Spanned<Person>| person.confidence >= rules::TAKEN;
    let agreed = agreed(voices, named, &stated);
    let is_told = !agreed.is_empty();
    let taken: Vec<Spanned<Person>> = if is_told { agreed } else { shown.clone() };
    let surest = stated.iter().find(|person| taken.is_empty() && is_sure(person)).map(|first| first.rule);
    let (more, others): (Vec<_>, Vec<_>) =
        stated.into_iter().partition(|person| Some(person.rule) == surest && is_sure(person));
    let taken: Vec<Spanned<Person>> = taken.into_iter().chain(more).collect();
    let names = Names::of(taken.iter());
    let numbers: Vec<Option<usize>> = shown.iter().map(|person| names.find(&person.value)).collect();
    let left = shown.into_iter().zip(&numbers).filter(|(_, number)| number.is_none()).map(|(person, _)| person);
    let others = left.chain(others).filter(|person| names.find(&person.value).is_none());
    let candidates = others.map(|person| person.map(|person| person.name)).collect();
    Authors { decided: Decided { taken, candidates }, numbers }
}

/// The persons whom the page's data name, where its lines name others too: bylines of teasers, agencies and places stand
/// among them. A line that holds all of them and more is the byline itself, of which the data have a part. Empty where the
/// lines are to be followed.
fn agreed(voices: &Voices<'_>, named: &People, stated: &[Spanned<Person>]) -> Vec<Spanned<Person>> {
    let People { authors: shown, named, .. } = named;
    let is_person = |person: &Person| {
        let is_full = person.name.split_whitespace().count() > 1 || has_cjk(&person.name);
        person.kind == PersonKind::Person && is_full
    };
    let data: Vec<_> = stated.iter().filter(|p| p.rule == rules::PAGE_JSON_LD && is_person(&p.value)).collect();
    if data.is_empty() || shown.is_empty() {
        return Vec::new();
    }
    let names = Names::of(shown.iter());
    let found: Vec<Option<usize>> = data.iter().map(|person| names.find(&person.value)).collect();
    // Of each line the authors whom it names.
    let mut on_line: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (block, _, listed) in named {
        on_line.entry(*block).or_default().extend(listed.author());
    }
    let holds_all_and_more = |line: &BTreeSet<usize>| {
        line.len() > data.len() && found.iter().all(|index| index.is_some_and(|index| line.contains(&index)))
    };
    if on_line.values().any(holds_all_and_more) {
        return Vec::new();
    }
    // Whom a byline and another witness name is not who put it on the page.
    let is_told_twice = |person: &Spanned<Person>| person.support.agree > 0 && is_person(&person.value);
    if found.iter().all(Option::is_none) && shown.iter().any(is_told_twice) {
        return Vec::new();
    }
    let person = |(stated, found): (&&Spanned<Person>, &Option<usize>)| match found {
        Some(index) => with_name_of(shown[*index].clone(), &stated.value),
        None => voices.alone(Field::Author, (*stated).clone()),
    };
    let told: Vec<Spanned<Person>> = data.iter().zip(&found).map(person).collect();
    // Who is not sure enough is a candidate, and says nothing against those whom the lines name.
    if told.iter().all(|person| person.confidence >= rules::TAKEN) { told } else { Vec::new() }
}

/// A person of a line with the name as the data spell it, where the line has it in capitals or has more run into it.
fn with_name_of(shown: Spanned<Person>, stated: &Person) -> Spanned<Person> {
    let is_spelled = shown.value.printed == shown.value.name && letters(&shown.value.name) == letters(&stated.name);
    if is_spelled {
        return shown;
    }
    shown.map(|person| Person { name: stated.name.clone(), ..person })
}

/// Names by their letters, in their order.
struct Names(Vec<Vec<char>>);

impl Names {
    fn of<'p>(people: impl Iterator<Item = &'p Spanned<Person>>) -> Self {
        Self(people.map(|person| letters(&person.value.name).chars().collect()).collect())
    }

    /// The number of the first one that is this person.
    fn find(&self, person: &Person) -> Option<usize> {
        let wanted: Vec<char> = letters(&person.name).chars().collect();
        self.0.iter().position(|name| are_one(name, &wanted))
    }
}

/// Whether two are one: the letters of one name are those of the other, but for an accent or two, or begin with them.
fn are_one(one: &[char], other: &[char]) -> bool {
    let mut differ = one.iter().zip(other).filter(|(a, b)| a != b);
    let is_long = one.len().min(other.len()) >= LEAST_NAME;
    let is_accent = |(a, b): (&char, &char)| a.is_ascii() != b.is_ascii();
    one == other || is_long && differ.by_ref().take(2).all(is_accent) && differ.next().is_none()
}

/// Letters by which a name can be told from others that begin like it.
const LEAST_NAME: usize = 7;

/// Editors and translators.
pub(super) fn others(
    field: Field,
    shown: Vec<Spanned<Person>>,
    stated: &[Evidence],
    publisher: Option<&Spanned<String>>,
) -> Vec<Spanned<Person>> {
    if shown.is_empty() { stated_people(field, stated, publisher).collect() } else { shown }
}
