//! Dates as op-eds print them, to ISO 8601. A date whose day and month could be swapped is not decided here.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundDate {
    /// Where it is printed.
    pub(super) range: Range<usize>,
    /// What it says.
    pub(super) reading: Reading,
}

/// What a printed date says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// ISO 8601: a day or a month.
    Iso(String),
    /// Day and month could be either; the day-first and the month-first reading.
    Ambiguous(String, String),
    /// Of the form of a date, but no day of the calendar.
    Impossible,
}

/// Month names and their abbreviations, in lower case, January first.
const MONTHS: &[[&str; 12]] = &[
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "ιανουαρίου",
        "φεβρουαρίου",
        "μαρτίου",
        "απριλίου",
        "μαΐου",
        "ιουνίου",
        "ιουλίου",
        "αυγούστου",
        "σεπτεμβρίου",
        "οκτωβρίου",
        "νοεμβρίου",
        "δεκεμβρίου",
    ],
];

fn month_number(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    let column = MONTHS.iter().find_map(|language| language.iter().position(|month| *month == name))?;
    u32::try_from(column + 1).ok()
}

/// The forms, each with named groups `y`, `m`, `d`, or `name` for a month's name, or `a` and `b` for two numbers
/// whose order is open.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let mut names: Vec<&str> = MONTHS.iter().flatten().copied().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let month = format!(r"(?P<name>{})\.?", names.join("|"));
    [
        // 2017-12-05, 2017/12/5, 2017.12.5
        r"\b(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})\b".to_owned(),
        // 2017年12月5日, 2017년 12월 5일
        r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?:(?P<d>\d{1,2})\s?[日일号號])?".to_owned(),
        // December 5, 2017; Dec. 5th 2017
        format!(r"(?i)\b{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b"),
        // 5 December 2017; 5. Dezember 2017; 1er octobre 2017; 5 de octubre de 2017; 12 мая 2014
        format!(r"(?i)\b(?P<d>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+)?{month},?\s+(?:de\s+)?(?P<y>\d{{4}})\b"),
        // 12 05, 2017: the comma form of "December 5, 2017" with the month as a number
        r"\b(?P<m>\d{1,2})\s(?P<d>\d{1,2}),\s?(?P<y>\d{4})\b".to_owned(),
        // 5.12.2017: points are used where the day comes first
        r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\b".to_owned(),
        // 5/12/2017, 5-12-2017: either order
        r"\b(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})\b".to_owned(),
    ]
    .iter()
    // The patterns are constants; a test compiles every one.
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&FORMS);
}

/// The first date in `text`.
pub(super) fn find_date(text: &str) -> Option<FoundDate> {
    let found = FORMS.iter().filter_map(|form| form.captures(text)).filter_map(|c| Some((c.get(0)?.range(), c)));
    let (range, captures) = found.min_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)))?;
    Some(FoundDate { reading: read(&captures), range })
}

fn read(captures: &Captures<'_>) -> Reading {
    let number = |group: &str| captures.name(group).and_then(|m| m.as_str().parse::<u32>().ok());
    let year = number("y").unwrap_or(0);
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        return match (iso(year, b, Some(a)), iso(year, a, Some(b))) {
            (Some(day_first), Some(month_first)) if a != b => Reading::Ambiguous(day_first, month_first),
            (Some(only), _) | (_, Some(only)) => Reading::Iso(only),
            (None, None) => Reading::Impossible,
        };
    }
    let month = number("m").or_else(|| captures.name("name").and_then(|m| month_number(m.as_str())));
    month.and_then(|month| iso(year, month, number("d"))).map_or(Reading::Impossible, Reading::Iso)
}

fn iso(year: u32, month: u32, day: Option<u32>) -> Option<String> {
    let year = i32::try_from(year).ok()?;
    let date = NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1))?;
    Some(date.format(if day.is_some() { "%Y-%m-%d" } else { "%Y-%m" }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_of(text: &str) -> String {
        match find_date(text).map(|d| d.reading) {
            Some(Reading::Iso(iso)) => iso,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn every_form_is_compiled() {
        assert_eq!(FORMS.len(), 7);
    }

    #[test]
    fn printed_forms_are_read() {
        for (printed, iso) in [
            ("12 05, 2017", "2017-12-05"),
            ("December 4, 2017", "2017-12-04"),
            ("Nov. 9, 2022", "2022-11-09"),
            ("15 January 2020", "2020-01-15"),
            ("发布时间：2018-06-11 09:30", "2018-06-11"),
            ("2016年9月27日", "2016-09-27"),
            ("2016年9月", "2016-09"),
            ("12 мая 2014 г.", "2014-05-12"),
            ("Publié le 4 octobre 2017", "2017-10-04"),
            ("Publié le 1er août 2017", "2017-08-01"),
            ("21 Φεβρουαρίου 2018", "2018-02-21"),
            ("4 de octubre de 2017", "2017-10-04"),
            ("2021/3/7 19:09:32", "2021-03-07"),
            ("31.12.2017", "2017-12-31"),
            ("25/12/2017", "2017-12-25"),
        ] {
            assert_eq!(iso_of(printed), iso, "{printed}");
        }
    }

    #[test]
    fn what_could_be_either_is_not_decided() {
        let both = Reading::Ambiguous("2017-12-05".into(), "2017-05-12".into());
        assert_eq!(find_date("5/12/2017").unwrap().reading, both);
        assert_eq!(find_date("31 February 2017").unwrap().reading, Reading::Impossible);
        assert_eq!(find_date("born in 2017"), None);
    }
}
