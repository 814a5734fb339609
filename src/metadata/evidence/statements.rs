//! What a page states of itself, and what its record states beside it.

use std::ops::Range;

use super::{Evidence, Value, inverted};
use crate::characters::letters;
use crate::document::{Field, PersonKind};
use crate::metadata::date::{basic_day, find_date, since_epoch};
use crate::metadata::scope::Scope;
use crate::metadata::{byline, captured_address, host, labels, lexicon, person, rules};
use crate::read::{Candidate, CandidateOrigin as Origin};
use crate::span::RuleId;

/// The rule of what a page states in this way.
fn rule(origin: Origin) -> RuleId {
    match origin {
        Origin::JsonLd => rules::PAGE_JSON_LD,
        Origin::ArticleMeta | Origin::Card => rules::PAGE_ARTICLE_META,
        Origin::OpenGraph => rules::PAGE_OPEN_GRAPH,
        Origin::Microdata => rules::PAGE_MICRODATA,
        Origin::DublinCore => rules::PAGE_DUBLIN_CORE,
        Origin::Time => rules::PAGE_TIME,
        Origin::Link => rules::PAGE_LINK,
        Origin::Meta => rules::PAGE_META,
        Origin::Record => rules::RECORD_FIELD,
        Origin::Element => rules::PAGE_ELEMENT,
    }
}

/// All statements, by the order of their rules; of equal ones in the order of the page.
pub(in crate::metadata) fn statements(scope: &Scope<'_>) -> Vec<Evidence> {
    let mut all: Vec<&Candidate> = scope.article.candidates.iter().collect();
    all.sort_by_key(|candidate| rules::order(rule(candidate.origin)));
    all.into_iter().flat_map(|candidate| Statement { scope, candidate }.says()).collect()
}

/// What systems write where they know no date: a count of no seconds.
const NO_DATE: &str = "1970-01-01";

struct Statement<'a> {
    scope: &'a Scope<'a>,
    candidate: &'a Candidate,
}

impl Statement<'_> {
    fn says(&self) -> Vec<Evidence> {
        let value = &self.candidate.value;
        match self.candidate.field {
            Field::Author | Field::Editor | Field::Translator => self.people(),
            Field::Keywords => {
                let words =
                    value.split([',', ';', '，', '；', '、', '،', '|']).map(str::trim).filter(|w| !w.is_empty());
                words.map(|word| self.says_in(word, Value::Text(word.to_owned()))).collect()
            }
            Field::Published | Field::Updated => {
                if value.starts_with(NO_DATE) {
                    return Vec::new();
                }
                let moment = since_epoch(value.trim()).or_else(|| basic_day(value.trim()));
                let date = find_date(&self.scope.words, moment.as_deref().unwrap_or(value))
                    .map(|date| Value::Date { reading: date.reading, printed: value.clone() });
                date.map(|date| self.says_as(date)).into_iter().collect()
            }
            Field::Language => {
                let tag = value.replace('_', "-");
                crate::plan::is_language_tag(&tag).then(|| self.says_as(Value::Text(tag))).into_iter().collect()
            }
            // `Op-Ed; Keep the ferry`, as archives of papers have it.
            Field::Title if self.candidate.origin == Origin::Record => {
                let start = lexicon::genre_before(&self.scope.words, value).map_or(0, |(_, start)| start);
                vec![self.says_as(Value::Text(value[start..].to_owned()))]
            }
            Field::Url => {
                let address = captured_address(value);
                vec![self.says_in(address, Value::Text(address.to_owned()))]
            }
            _ => vec![self.says_as(Value::Text(value.clone()))],
        }
    }

    fn says_as(&self, value: Value) -> Evidence {
        self.says_at(self.candidate.place.clone(), value)
    }

    /// A part of the statement, in its place where it is printed there as it is.
    fn says_in(&self, part: &str, value: Value) -> Evidence {
        let place = self.candidate.place.clone();
        self.says_at(place.map(|place| self.scope.sources.find(part, place.clone()).unwrap_or(place)), value)
    }

    fn says_at(&self, place: Option<Range<usize>>, value: Value) -> Evidence {
        let Candidate { field, origin, .. } = *self.candidate;
        let span = place.map(|place| self.scope.sources.of(place));
        Evidence { field, place: None, said: self.scope.found(field, value, span, rule(origin)) }
    }

    /// A statement without what opens bylines: `By Ada Holm`, `作者：林沛汐`; `None` where its label is of something else.
    fn unlabelled<'t>(&self, value: &'t str) -> Option<&'t str> {
        let words = &self.scope.words;
        let label = value.split_once([':', '：', '/', '／']);
        let is_author = |label: &str| {
            labels::field_of(words, label) == Some(Field::Author)
                || words.byline(&format!("{label} ")).is_some_and(|opening| opening.end >= label.len())
        };
        let named = label.filter(|(label, _)| is_author(label.trim()));
        if self.candidate.origin == Origin::Card && named.is_none() {
            return None;
        }
        let opened = || words.byline(value).map(|opening| &value[opening.end..]);
        let rest = named.map(|(_, name)| name).or_else(opened).map(str::trim_start);
        Some(rest.filter(|rest| !rest.is_empty()).unwrap_or(value))
    }

    /// The people of a statement: not the site, not nobody, not an address.
    fn people(&self) -> Vec<Evidence> {
        let Some(value) = self.unlabelled(self.candidate.value.trim()) else { return Vec::new() };
        let value = without_addresses(value);
        let is_address = value.starts_with("http") || value.contains(['@', '<', '{']);
        if value.is_empty() || is_address || person::is_nobody(&self.scope.words, value) || self.is_site(value) {
            return Vec::new();
        }
        let names = match self.inverted(value) {
            Some(name) => vec![name],
            None => match &byline::names(&self.scope.words, value, 0..value.len())[..] {
                [] if self.candidate.body || self.is_account(value) || self.is_agency(value) => vec![value.to_owned()],
                people => people.iter().map(|p| value[p.name.clone()].to_owned()).collect(),
            },
        };
        let names = names.into_iter().filter(|name| !self.is_site(name) && !person::is_nobody(&self.scope.words, name));
        names.map(|name| self.says_in(&name, self.name(&name, value))).collect()
    }

    fn name(&self, name: &str, beside: &str) -> Value {
        let mut person = person::person(&self.scope.words, name);
        if self.candidate.body
            || lexicon::is_press(&self.scope.words, name) && person.name.split_whitespace().count() > 2
        {
            person.kind = PersonKind::Body;
        }
        Value::Name { person, beside: beside.to_owned(), mark: None }
    }

    /// Whether a few words are the name of an agency or a paper: `The Associated Press`.
    fn is_agency(&self, value: &str) -> bool {
        let words = &self.scope.words;
        value.split(' ').count() <= 4 && lexicon::is_press(words, value) && !words.is_of_sentences(value)
    }

    /// Whether one word is the name of an account, where the statement is of nothing but a name: `marc`, `r2-d2`.
    fn is_account(&self, value: &str) -> bool {
        let is_of_name =
            matches!(self.candidate.origin, Origin::JsonLd | Origin::Card | Origin::Link | Origin::Microdata);
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        is_of_name
            && (2..=24).contains(&value.chars().count())
            && value.chars().all(is_of_word)
            && value.starts_with(char::is_alphabetic)
            && (self.candidate.origin == Origin::Link || self.scope.is_shown(value))
    }

    /// `Lee, Ann`, as catalogues have it: two words around one comma.
    fn inverted(&self, value: &str) -> Option<String> {
        let is_catalogue = matches!(self.candidate.origin, Origin::ArticleMeta | Origin::DublinCore);
        let (family, given) = inverted(value, 1, if is_catalogue { 2 } else { 1 })?;
        let is_one = |name: &str| person::is_name(&self.scope.words, name);
        (is_catalogue || is_one(family) && is_one(given)).then(|| format!("{given} {family}"))
    }

    /// Whether a name is that of the site: as the page states it, or as its address begins.
    fn is_site(&self, name: &str) -> bool {
        let is_host = |host: &str| letters(host).starts_with(&letters(name));
        self.scope.is_stated_publisher(name) || self.scope.address.and_then(host).is_some_and(is_host)
    }
}

/// A name without the addresses behind it: `Ada Holm | a.holm@harbour.example`, `Ada Holm @holm`.
fn without_addresses(value: &str) -> &str {
    let (name, rest) = value.split_once(['|', '@']).unwrap_or((value, ""));
    let is_address = value[name.len()..].starts_with('@') && name.ends_with(' ') || rest.contains('@');
    if is_address && !name.trim().is_empty() { name.trim() } else { value }
}
