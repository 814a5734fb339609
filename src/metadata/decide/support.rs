//! What others say of a value, and how sure it is with that.

use std::collections::{BTreeMap, HashSet};

use crate::characters::letters;
use crate::document::{Date, Field, Medium, Metadata, Person, PersonKind, SourceReference};
use crate::metadata::date::{self, DateReading};
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::rules::{self, Family};
use crate::metadata::scope::Scope;
use crate::span::{RuleId, Spanned, Support};

/// Everything that is said of an article, made ready for being compared.
pub(super) struct Voices<'a> {
    pub(super) scope: &'a Scope<'a>,
    medium: Medium,
    /// What its lines say.
    pub(super) lines: &'a [Evidence],
    /// What the page states of itself.
    pub(super) page: &'a [Evidence],
    heard: Vec<Heard<'a>>,
    /// The days on which the page states that it was changed.
    changed: HashSet<&'a str>,
    /// The names that each kind of witness gives for a field, by their letters.
    lists: BTreeMap<(Field, Option<Family>), HashSet<String>>,
}

/// One voice.
struct Heard<'a> {
    said: &'a Evidence,
    family: Option<Family>,
    /// The letters of the text or the name that it says; of a note those of each name.
    letters: Vec<String>,
}

/// What a voice says, beside a value of the same field: what supports the value most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Same,
    /// A part of it, or more than it: neither supports it.
    Near,
    Other,
}

impl<'a> Voices<'a> {
    pub(super) fn new(scope: &'a Scope<'a>, medium: Medium, lines: &'a [Evidence], page: &'a [Evidence]) -> Self {
        let heard = |said: &'a Evidence| {
            let letters = match &said.said.value {
                Value::Text(text) => vec![letters(text)],
                Value::Name { person, .. } => vec![letters(&person.printed)],
                Value::Note { names, .. } => names.iter().map(|(_, person)| letters(&person.value.printed)).collect(),
                Value::Date { .. } | Value::Post { .. } => Vec::new(),
            };
            Heard { said, family: rules::family(said.rule()), letters }
        };
        let heard: Vec<Heard<'a>> = lines.iter().chain(page).map(heard).collect();
        let mut lists: BTreeMap<_, HashSet<String>> = BTreeMap::new();
        for voice in heard.iter().filter(|voice| voice.said.said.value.printed_name().is_some()) {
            lists.entry((voice.said.field, voice.family)).or_default().extend(voice.letters.iter().cloned());
        }
        let changed =
            page.iter().filter(|said| said.field == Field::Updated).filter_map(|said| match &said.said.value {
                Value::Date { reading: DateReading::Iso(day), .. } => day.get(..10),
                _ => None,
            });
        let changed = changed.collect();
        Self { scope, medium, lines, page, heard, changed, lists }
    }

    /// How sure a text is.
    pub(super) fn text(&self, field: Field, value: Spanned<String>) -> Spanned<String> {
        let own = letters(&value.value);
        let voice = |heard: &Heard<'_>| match &heard.said.said.value {
            Value::Text(_) => heard.letters.first().map(|other| beside(&own, other, heard.family)),
            _ => None,
        };
        self.weighed(field, value, &voice)
    }

    /// How sure a day is. The day on which a page says that it was changed does not speak against that of its publication.
    pub(super) fn date(&self, field: Field, value: Spanned<Date>) -> Spanned<Date> {
        let own = value.value.iso.clone();
        let is_change = |day: &str| field == Field::Published && self.changed.contains(day.get(..10).unwrap_or(day));
        let voice = |heard: &Heard<'_>| match &heard.said.said.value {
            Value::Date { reading: DateReading::Iso(other), .. } => match beside_day(&own, other) {
                Voice::Other if is_change(other) => Some(Voice::Near),
                voice => Some(voice),
            },
            _ => None,
        };
        self.weighed(field, value, &voice)
    }

    /// How sure it is that somebody is one of those whom a field names.
    pub(super) fn person(&self, field: Field, person: Spanned<Person>) -> Spanned<Person> {
        let own = [letters(&person.value.name), letters(&person.value.printed)];
        self.named(field, person, &own)
    }

    /// How sure it is that somebody is one of them whom only the page's data name: what its lines say speaks of others.
    pub(super) fn alone(&self, field: Field, person: Spanned<Person>) -> Spanned<Person> {
        let support = Support { contradict: 0, ..person.support };
        let confidence = rules::confidence(person.rule, field, self.medium, support);
        Spanned { confidence, support, ..person }
    }

    /// The same of a name that may be one.
    pub(super) fn name(&self, field: Field, name: Spanned<String>) -> Spanned<String> {
        let own = [letters(&name.value)];
        self.named(field, name, &own)
    }

    fn named<T>(&self, field: Field, person: Spanned<T>, own: &[String]) -> Spanned<T> {
        // Who names fewer people of the same list does not speak against the others.
        let list = self.lists.get(&(field, rules::family(person.rule)));
        let of_one = |name: &String| match own.iter().map(|own| beside(own, name, None)).min() {
            Some(Voice::Other) if list.is_some_and(|list| list.contains(name)) => Voice::Near,
            voice => voice.unwrap_or(Voice::Other),
        };
        // A house that the page's data name speaks against no person: agencies distribute what others wrote.
        let is_house = |heard: &Heard<'_>| {
            let is_body =
                matches!(&heard.said.said.value, Value::Name { person, .. } if person.kind != PersonKind::Person);
            is_body && heard.said.place.is_none()
        };
        self.weighed(field, person, &|heard| {
            let voice = heard.letters.iter().map(of_one).min();
            voice.map(|voice| if voice == Voice::Other && is_house(heard) { Voice::Near } else { voice })
        })
    }

    fn weighed<T>(&self, field: Field, value: Spanned<T>, voice: &dyn Fn(&Heard<'_>) -> Option<Voice>) -> Spanned<T> {
        let own = rules::family(value.rule);
        // A page that states no title is a part of one: as sure of its lines as a text.
        let is_stated = field != Field::Title || self.page.iter().any(|said| said.field == Field::Title);
        let medium = if self.medium == Medium::Page && !is_stated { Medium::Text } else { self.medium };
        // Of each kind of witness what supports the value most.
        let mut kinds: BTreeMap<Option<Family>, Voice> = BTreeMap::new();
        // A rule is asked once: pages may name the authors of a thousand comments.
        let mut contradicting: BTreeMap<RuleId, bool> = BTreeMap::new();
        for heard in self.heard.iter().filter(|heard| heard.said.field == field && heard.family != own) {
            if kinds.get(&heard.family) == Some(&Voice::Same) {
                continue;
            }
            let Some(voice) = voice(heard) else { continue };
            let rule = heard.said.rule();
            let mut contradicts =
                || *contradicting.entry(rule).or_insert_with(|| rules::contradicts(field, medium, rule, value.rule));
            if voice == Voice::Other && !contradicts() {
                continue;
            }
            let best = kinds.entry(heard.family).or_insert(voice);
            *best = voice.min(*best);
        }
        let count = |wanted: Voice| kinds.values().filter(|voice| **voice == wanted).count() as u8;
        // Whom a line and the page's data both name is not doubted for others who stand about.
        let is_shown = |family: Option<Family>| matches!(family, Some(Family::Label | Family::Line));
        let says = |is: &dyn Fn(Option<Family>) -> bool| {
            is(own) || kinds.iter().any(|(family, voice)| is(*family) && *voice == Voice::Same)
        };
        let is_told = field == Field::Author && says(&is_shown) && says(&|family| family == Some(Family::Data));
        let contradict = if is_told { 0 } else { count(Voice::Other) };
        let support = Support { agree: count(Voice::Same), contradict };
        let confidence = match own {
            Some(Family::User) => value.confidence,
            _ => rules::confidence(value.rule, field, medium, support),
        };
        Spanned { confidence, support, ..value }
    }
}

/// What one text says beside another; of both the letters. Beside the title `<title>` has the site.
fn beside(own: &str, other: &str, family: Option<Family>) -> Voice {
    let before = other.starts_with(own) && !own.is_empty();
    let least = if crate::characters::has_cjk(own) { 4 } else { 8 };
    let with_site = family == Some(Family::Element) && other.contains(own) && own.chars().count() >= least;
    match () {
        () if own == other || with_site => Voice::Same,
        () if before || own.starts_with(other) || other.ends_with(own) || own.ends_with(other) => Voice::Near,
        () => Voice::Other,
    }
}

/// What one date says beside another, to the day: one moment may be on two days.
fn beside_day(own: &str, other: &str) -> Voice {
    let (day, other_day) = (own.get(..10).unwrap_or(own), other.get(..10).unwrap_or(other));
    let is_same = day.starts_with(other_day)
        || other_day.starts_with(day)
        || date::is_day_of(other, own)
        || date::is_day_of(own, other);
    if is_same { Voice::Same } else { Voice::Other }
}

/// Weighs the fields of which one text counts; what is not sure enough becomes a candidate.
pub(super) fn weigh_texts(voices: &Voices<'_>, metadata: &mut Metadata) {
    let SourceReference { title, page, url, .. } = &mut metadata.source;
    let fields = [
        (Field::Subtitle, &mut metadata.subtitle),
        (Field::Publisher, &mut metadata.publisher),
        (Field::Url, &mut metadata.url),
        (Field::Source, title),
        (Field::SourcePage, page),
        (Field::SourceUrl, url),
        (Field::Section, &mut metadata.section),
        (Field::Genre, &mut metadata.genre),
        (Field::Dateline, &mut metadata.dateline),
        (Field::Rights, &mut metadata.rights),
    ];
    for (field, place) in fields {
        let Some(text) = place.take().map(|text| voices.text(field, text)) else { continue };
        if text.confidence >= rules::TAKEN {
            *place = Some(text);
        } else {
            metadata.candidates.entry(field).or_default().push(text);
        }
    }
}
