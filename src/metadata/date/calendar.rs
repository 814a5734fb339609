//! Days in the calendars that papers print beside the Gregorian one: a year of the Buddhist era or of the Persian calendar is
//! never written as if it were one of ours. What no calendar here explains is no day.

use calendrical_calculations::persian::{fast_persian_from_fixed, fixed_from_fast_persian};
use chrono::NaiveDate;

use crate::metadata::lexicon::{Calendar, Words};

/// Years that a text may have been published in.
const GREGORIAN: std::ops::RangeInclusive<u32> = 1500..=2199;

/// Years of the Buddhist era since its year begins on the first of January, in 1941.
const BUDDHIST: std::ops::RangeInclusive<u32> = 2484..=2699;

/// From the Gregorian year to that of the Buddhist era.
const BUDDHIST_ERA: u32 = 543;

/// Years of the Persian calendar, which the law of Iran has had since 1304.
const PERSIAN: std::ops::RangeInclusive<u32> = 1304..=1499;

/// A day or a month in ISO 8601, by the calendar of which the year can be.
pub(super) fn day(words: &Words, year: u32, month: u32, day: Option<u32>) -> Option<String> {
    match year {
        year if BUDDHIST.contains(&year) && words.has_calendar(Calendar::Buddhist) => {
            iso(year - BUDDHIST_ERA, month, day)
        }
        year if PERSIAN.contains(&year) && words.has_calendar(Calendar::Persian) => persian(year, month, day),
        year if GREGORIAN.contains(&year) => iso(year, month, day),
        _ => None,
    }
}

/// A day of the Persian calendar. Its months begin and end inside those of ours: one alone has no form.
pub(super) fn persian(year: u32, month: u32, day: Option<u32>) -> Option<String> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let printed = (i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day?).ok()?);
    let found = fixed_from_fast_persian(printed.0, printed.1, printed.2);
    // The 30th of a month that has 29 days is the first of the next.
    let is_one = fast_persian_from_fixed(found).is_ok_and(|found| found == printed);
    // Both count days from the first of January of the year 1.
    let found = i32::try_from(found.to_i64_date()).ok().filter(|_| is_one)?;
    Some(NaiveDate::from_num_days_from_ce_opt(found)?.format("%Y-%m-%d").to_string())
}

/// A day or a month in ISO 8601, where the calendar has it.
pub(super) fn iso(year: u32, month: u32, day: Option<u32>) -> Option<String> {
    let year = i32::try_from(year).ok()?;
    let date = NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1))?;
    Some(date.format(if day.is_some() { "%Y-%m-%d" } else { "%Y-%m" }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_those_of_the_calendar_that_the_language_has() {
        for (tag, year, month, printed, found) in [
            ("th", 2559, 8, Some(20), Some("2016-08-20")),
            ("th", 2559, 8, None, Some("2016-08")),
            ("th", 2016, 8, Some(20), Some("2016-08-20")),
            ("en", 2559, 8, Some(20), None),
            ("fa", 1401, 5, Some(8), Some("2022-07-30")),
            ("fa", 1399, 12, Some(30), Some("2021-03-20")),
            ("fa", 1400, 12, Some(30), None),
            ("fa", 1401, 5, None, None),
            ("en", 1401, 5, Some(8), None),
            ("he", 5778, 1, Some(5), None),
        ] {
            assert_eq!(day(&Words::of([tag]), year, month, printed).as_deref(), found, "{tag} {year}");
        }
    }
}
