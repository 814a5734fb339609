//! What others say of a value, and how sure it is with that.

use crate::characters::letters;
use crate::document::{Date, Field, Metadata, Person, SourceReference};
use crate::metadata::date::DateReading;
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::rules::{self, Family};
use crate::metadata::scope::Scope;
use crate::span::{Spanned, Support};

/// Everything that is said of an article.
#[derive(Clone, Copy)]
pub(super) struct Voices<'a> {
    pub(super) scope: &'a Scope<'a>,
    /// What its lines say.
    pub(super) lines: &'a [Evidence],
    /// What the page states of itself.
    pub(super) page: &'a [Evidence],
}

/// What a voice says, beside a value of the same field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    Same,
    /// A part of it, or more than it: neither supports it.
    Near,
    Other,
}

impl Voices<'_> {
    /// How sure a text is.
    pub(super) fn text(&self, field: Field, value: Spanned<String>) -> Spanned<String> {
        let own = letters(&value.value);
        let voice = |said: &Evidence| match &said.said.value {
            Value::Text(text) => Some(beside(&own, &letters(text), rules::family(said.rule()))),
            _ => None,
        };
        self.weighed(field, value, &voice)
    }

    /// How sure a day is.
    pub(super) fn date(&self, field: Field, value: Spanned<Date>) -> Spanned<Date> {
        let own = value.value.iso.clone();
        let voice = |said: &Evidence| match &said.said.value {
            Value::Date { reading: DateReading::Iso(other), .. } => Some(beside_day(&own, other)),
            _ => None,
        };
        self.weighed(field, value, &voice)
    }

    /// How sure it is that somebody is one of those whom a field names.
    pub(super) fn person(&self, field: Field, person: Spanned<Person>) -> Spanned<Person> {
        let own = [letters(&person.value.name), letters(&person.value.printed)];
        self.named(field, person, &own)
    }

    /// The same of a name that may be one.
    pub(super) fn name(&self, field: Field, name: Spanned<String>) -> Spanned<String> {
        let own = [letters(&name.value)];
        self.named(field, name, &own)
    }

    fn named<T>(&self, field: Field, person: Spanned<T>, own: &[String]) -> Spanned<T> {
        let named = |name: &str| {
            let name = letters(name);
            let best = own.iter().map(|own| beside(own, &name, None));
            best.min_by_key(|voice| *voice as u8).unwrap_or(Voice::Other)
        };
        // Who names fewer people of the same list does not speak against the others.
        let family = rules::family(person.rule);
        let is_of_list = |name: &str| {
            let own =
                self.lines.iter().chain(self.page).filter(|e| e.field == field && rules::family(e.rule()) == family);
            own.filter_map(|e| e.said.value.printed_name()).any(|known| letters(known) == letters(name))
        };
        let of_one = |name: &str| match named(name) {
            Voice::Other if is_of_list(name) => Voice::Near,
            voice => voice,
        };
        let voice = |said: &Evidence| match &said.said.value {
            Value::Name { person, .. } => Some(of_one(&person.printed)),
            Value::Note { names, .. } => names.iter().map(|(_, p)| of_one(&p.value.printed)).min_by_key(|v| *v as u8),
            Value::Text(text) => Some(of_one(text)),
            _ => None,
        };
        self.weighed(field, person, &voice)
    }

    fn weighed<T>(&self, field: Field, value: Spanned<T>, voice: &dyn Fn(&Evidence) -> Option<Voice>) -> Spanned<T> {
        let own = rules::family(value.rule);
        let is_page = self.scope.article.is_page;
        // Of each kind of witness what supports the value most.
        let mut heard: Vec<(Option<Family>, Voice)> = Vec::new();
        for said in self.lines.iter().chain(self.page).filter(|said| said.field == field) {
            let family = rules::family(said.rule());
            let Some(voice) = voice(said).filter(|_| family != own) else { continue };
            if voice == Voice::Other && !rules::contradicts(field, is_page, said.rule(), value.rule) {
                continue;
            }
            match heard.iter_mut().find(|(known, _)| *known == family) {
                Some((_, known)) if (voice as u8) < (*known as u8) => *known = voice,
                Some(_) => {}
                None => heard.push((family, voice)),
            }
        }
        let count = |wanted: Voice| heard.iter().filter(|(_, voice)| *voice == wanted).count().min(255) as u8;
        let support = Support { agree: count(Voice::Same), contradict: count(Voice::Other) };
        let confidence = match own {
            Some(Family::User) => value.confidence,
            _ => rules::confidence(value.rule, field, is_page, support),
        };
        Spanned { confidence, support, ..value }
    }
}

/// What one text says beside another; of both the letters. Beside the title `<title>` has the site.
fn beside(own: &str, other: &str, family: Option<Family>) -> Voice {
    let before = other.starts_with(own) && !own.is_empty();
    let with_site = family == Some(Family::Element) && other.contains(own) && own.chars().count() >= 8;
    match () {
        () if own == other || with_site => Voice::Same,
        () if before || own.starts_with(other) || other.ends_with(own) || own.ends_with(other) => Voice::Near,
        () => Voice::Other,
    }
}

/// What one date says beside another. The day of a moment is another one in another zone.
fn beside_day(own: &str, other: &str) -> Voice {
    let day = |iso: &str| iso.get(..10).unwrap_or(iso).to_owned();
    let (own_day, other_day) = (day(own), day(other));
    match () {
        () if own_day.starts_with(&other_day) || other_day.starts_with(&own_day) => Voice::Same,
        () => Voice::Other,
    }
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
