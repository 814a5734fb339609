//! When the page was posted and changed. A stamp for machines is more exact than a printed date: it wins. A date in
//! figures whose day and month could be swapped is decided by everything else, or left out.

use super::Decided;
use super::support::Voices;
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Date, Field};
use crate::metadata::date::{self, DateReading, Order};
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::scope::Scope;
use crate::metadata::{lexicon, rules};
use crate::read::{Candidate, CandidateOrigin};
use crate::span::Spanned;

/// A date that says which day it is.
pub(super) fn told(evidence: &Evidence) -> Option<Spanned<Date>> {
    match &evidence.said.value {
        Value::Date { reading: DateReading::Iso(iso), printed } => {
            Some(evidence.said.clone().map(|_| Date { iso: iso.clone(), printed: printed.clone() }))
        }
        _ => None,
    }
}

/// The dates of the page.
pub(super) struct Dates {
    pub(super) published: Decided<Option<Spanned<Date>>>,
    pub(super) updated: Decided<Option<Spanned<Date>>>,
    /// Dates of lines whose order was open, and that are decided: the number of the evidence, and the day.
    pub(super) decided: Vec<(usize, Spanned<Date>)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Both dates. `language` is the primary subtag of the text's.
pub(super) fn dates(voices: &Voices<'_>, url: Option<&Spanned<String>>, language: &str) -> Dates {
    let (scope, lines, page) = (voices.scope, voices.lines, voices.page);
    let orders = Orders::new(scope, url.map(|url| url.value.as_str()), language);
    let of_page = |e: &Evidence| matches!(e.field, Field::Published | Field::Updated);
    let open = lines.iter().enumerate().filter(|(_, e)| of_page(e) && e.rule() != rules::DATE_ABOVE);
    let decided: Vec<(usize, Spanned<Date>)> = open.filter_map(|(at, e)| Some((at, orders.decide(e)?))).collect();
    let of = |field: Field| {
        let in_order = decided.iter().find(|(at, _)| lines[*at].field == field).map(|(_, date)| date.clone());
        first_sure(date(field, lines, page, in_order).into_iter().map(|date| voices.date(field, date)))
    };
    let (published, updated) = (of(Field::Published), of(Field::Updated));
    let mut diagnostics = diagnostics(lines, &decided);
    diagnostics.extend(unread_record(scope, page));
    Dates { published, updated, decided, diagnostics }
}

/// The first that is sure enough. The others are candidates, where they say something else.
fn first_sure(dates: impl Iterator<Item = Spanned<Date>>) -> Decided<Option<Spanned<Date>>> {
    let mut taken: Option<Spanned<Date>> = None;
    let mut candidates = Vec::new();
    for date in dates {
        let says_same = |taken: &Spanned<Date>| taken.value.iso.starts_with(&date.value.iso);
        if taken.is_none() && date.confidence >= rules::TAKEN {
            taken = Some(date);
        } else if !taken.as_ref().is_some_and(says_same) {
            candidates.push(date.map(|date| date.iso));
        }
    }
    Decided { taken, candidates }
}

/// The dates of a field, which goes first: by what the page states and by what the lines say, the more exact one where
/// they agree. A date whose order was open stands for the lines where no other does.
fn date(field: Field, lines: &[Evidence], stated: &[Evidence], in_order: Option<Spanned<Date>>) -> Vec<Spanned<Date>> {
    let of_field = || lines.iter().filter(|e| e.field == field);
    let is_above = |e: &&Evidence| e.rule() == rules::DATE_ABOVE;
    let shown = of_field().filter(|e| !is_above(e)).find_map(told).or(in_order);
    let shown = shown.or_else(|| of_field().filter(is_above).find_map(told));
    let best = stated.iter().filter(|e| e.field == field).filter_map(told).reduce(|best, other| {
        // A stamp with its offset is the most exact.
        let exact =
            best.value.iso.len() <= 10 && other.value.iso.len() > 10 && other.value.iso.starts_with(&best.value.iso);
        if exact { other } else { best }
    });
    match (best, shown) {
        (Some(best), Some(shown)) => {
            let (stated, printed) = (&best.value.iso, &shown.value.iso);
            let agree = stated.starts_with(printed) || printed.starts_with(stated);
            match agree {
                // The day of the house is that of the publication.
                false if date::is_day_of(printed, stated) => vec![shown],
                false => vec![best, shown],
                true if printed.len() > stated.len() => vec![shown],
                true => vec![best],
            }
        }
        (one, other) => one.into_iter().chain(other).collect(),
    }
}

/// What decides the order of day and month.
struct Orders<'a> {
    scope: &'a Scope<'a>,
    /// The addresses of the page.
    addresses: Vec<&'a str>,
    /// The language of the text, its primary subtag.
    language: &'a str,
    /// How many dates in figures fit one order only: day first, month first.
    counted: (usize, usize),
}

impl<'a> Orders<'a> {
    fn new(scope: &'a Scope<'a>, url: Option<&'a str>, language: &'a str) -> Self {
        let short = scope.blocks().map(|block| scope.text(block)).filter(|text| text.len() <= 400);
        let counted = short.map(date::orders).fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        Self { scope, addresses: url.into_iter().chain(scope.address).collect(), language, counted }
    }

    /// A date whose order is open, decided: by the house, by the page's address, by another date that fits one order
    /// only, by the language.
    fn decide(&self, evidence: &Evidence) -> Option<Spanned<Date>> {
        let Value::Date { reading: DateReading::Ambiguous(day_first, month_first), printed } = &evidence.said.value
        else {
            return None;
        };
        let by_house = || Some((self.scope.house_order()?, rules::DATE_BY_PROFILE));
        let by_address = || Some((self.by_address(day_first, month_first)?, rules::DATE_BY_ADDRESS));
        let by_dates = || match self.counted {
            (1.., 0) => Some((Order::DayFirst, rules::DATE_BY_DATES)),
            (0, 1..) => Some((Order::MonthFirst, rules::DATE_BY_DATES)),
            _ => None,
        };
        let by_language = || {
            let order = if lexicon::day_first(self.language)? { Order::DayFirst } else { Order::MonthFirst };
            Some((order, rules::DATE_BY_LANGUAGE))
        };
        let (order, rule) = by_house().or_else(by_address).or_else(by_dates).or_else(by_language)?;
        let iso = if order == Order::DayFirst { day_first } else { month_first };
        let date = Date { iso: iso.clone(), printed: printed.clone() };
        Some(self.scope.found(evidence.field, date, evidence.said.span, rule))
    }

    fn by_address(&self, day_first: &str, month_first: &str) -> Option<Order> {
        let has = |iso: &str| self.addresses.iter().any(|address| has_date(address, iso));
        match (has(day_first), has(month_first)) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// Whether an address has a day: `/2017/12/05/`, `/2017/12/5/`, `-20171205-`.
fn has_date(address: &str, iso: &str) -> bool {
    let (y, m, d) = (&iso[..4], &iso[5..7], &iso[8..10]);
    let short = |s: &str| s.trim_start_matches('0').to_owned();
    address.contains(&format!("{y}/{m}/{d}"))
        || address.contains(&format!("{y}-{m}-{d}"))
        || address.contains(&format!("{y}{m}{d}"))
        || address.contains(&format!("{y}/{}/{}", short(m), short(d)))
}

/// What lines print as a date and no day could be told of.
fn diagnostics(lines: &[Evidence], decided: &[(usize, Spanned<Date>)]) -> Vec<Diagnostic> {
    let is_told = |evidence: &Evidence| decided.iter().any(|(_, date)| date.span == evidence.said.span);
    let said = lines.iter().filter(|evidence| !is_told(evidence)).filter_map(|evidence| {
        let mut diagnostic = Diagnostic::new(diagnostic::M003, untold(evidence)?);
        diagnostic.span = evidence.said.span;
        Some(diagnostic)
    });
    said.collect()
}

/// Why a date says no day.
fn untold(evidence: &Evidence) -> Option<String> {
    let Value::Date { reading, printed } = &evidence.said.value else { return None };
    match reading {
        DateReading::Iso(_) => None,
        DateReading::Ambiguous(day_first, month_first) => Some(format!("{printed:?} is {day_first} or {month_first}")),
        DateReading::Impossible => Some(format!("{printed:?} is no day of the calendar")),
    }
}

/// The date of a record that no day could be told of: it stands in no text that a reader sees.
fn unread_record(scope: &Scope<'_>, page: &[Evidence]) -> Option<Diagnostic> {
    let is_date = |candidate: &&Candidate| {
        candidate.origin == CandidateOrigin::Record && matches!(candidate.field, Field::Published | Field::Updated)
    };
    let stated = scope.article.candidates.iter().find(is_date)?;
    let said = page.iter().find(|e| e.rule() == rules::RECORD_FIELD && e.field == stated.field);
    let why = match said {
        Some(evidence) => untold(evidence)?,
        None => format!("{:?} is not read as a day", stated.value),
    };
    Some(Diagnostic::new(diagnostic::M003, format!("the record states a date, and {why}")))
}
