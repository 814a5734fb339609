//! Dates as op-eds print them, to ISO 8601: with names of months in the languages of the lexicon, in figures, in Chinese
//! numerals, in the years of Japanese eras and of the Republic of China, and in the calendars of `calendar.rs`. A time is
//! read only with its offset. Of a date in figures whose day and month could be swapped both readings are given.

mod calendar;
mod day;
mod moment;
mod named;
mod reading;
mod time;

use std::ops::Range;

use crate::metadata::pattern::{Pattern, captures, patterns};

use super::lexicon::Words;

pub(super) use day::{begins_with_han_day, is_day};
pub(super) use moment::{basic_day, is_day_of, since_epoch};
use named::named;
use reading::{digit, read};
pub(super) use time::PATTERNS as TIMES;
use time::{time_before, time_behind};

patterns! {
    FIGURES = r"(?:^|[^\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?:[^\d]|$)";

    /// 2017-12-05, 2017/12/5, 2017.12.5, 2017-12-05T10:00
    ISO = r"(?:^|[^\d/.-])(?P<date>(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2}))(?:[^\d]|$)";

    /// 2017年12月5日, 2017년 12월 5일, 民國106年12月5日, 令和元年5月1日
    EAST_ASIAN = format!(r"(?P<date>(?P<era>{ERAS})?\s?(?P<y>\d{{1,4}}|元)\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월](?:\s?(?P<d>\d{{1,2}})\s?[日일号號])?)");

    /// 二〇一七年十二月五日
    NUMERALS = format!("(?P<date>(?P<cy>[{NUMERAL}]{{4}})年(?P<cm>[{NUMERAL}]{{1,2}})月(?:(?P<cd>[{NUMERAL}]{{1,3}})[日号號])?)");

    /// 民國一〇四年十月四日, 平成二十九年十二月五日
    NUMERALS_OF_ERAS = format!("(?P<date>(?P<era>{ERAS})\\s?(?P<cy>[{NUMERAL}百]{{1,4}}|元)年(?P<cm>[{NUMERAL}]{{1,2}})月(?:(?P<cd>[{NUMERAL}]{{1,3}})[日号號])?)");

    /// 12 05, 2017: the comma form of "December 5, 2017" with the month as a number
    COMMA = r"(?:^|[^\d])(?P<date>(?P<m>\d{1,2})\s(?P<d>\d{1,2}),\s?(?P<y>\d{4}))(?:[^\d]|$)";

    /// 5.12.2017: points are used where the day comes first
    POINTS = r"(?:^|[^\d.])(?P<date>(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}))(?:[^\d]|$)";

    /// 5/12/2017, 5-12-2017: either order
    FIGURES_EITHER = r"(?:^|[^\d/-])(?P<date>(?P<a>\d{1,2})\s?[/-]\s?(?P<b>\d{1,2})\s?[/-]\s?(?P<y>\d{4}))(?:[^\d]|$)";
}

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundDate {
    /// Where it is printed, with its time and offset where those are read.
    pub(super) range: Range<usize>,
    /// What it says.
    pub(super) reading: DateReading,
}

/// The order of day and month in dates in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// What a printed date says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DateReading {
    /// ISO 8601: a day, a month, or a day with time and offset.
    Iso(String),
    /// Day and month could be either; the day-first and the month-first reading.
    Ambiguous(String, String),
    /// Of the form of a date, but no day of the calendar.
    Impossible,
}

/// The forms, each with marks of which a text has one where it has the form, and with named groups: `y`, `m`, `d`; `a`
/// and `b` for two numbers whose order is open; `era` for the name of one; `cy`, `cm`, `cd` for Chinese numerals.
static FORMS: [(&Pattern, &[char]); 7] = [
    (&ISO, &['-', '/', '.']),
    (&EAST_ASIAN, &['年', '년']),
    (&NUMERALS, &['年']),
    (&NUMERALS_OF_ERAS, &['年']),
    (&COMMA, &[',']),
    (&POINTS, &['.']),
    (&FIGURES_EITHER, &['-', '/']),
];

/// Names of eras: the Republic of China's, and those of Japan.
const ERAS: &str = "中華民國|中华民国|民國|民国|令和|平成|昭和|大正|明治";

/// Chinese numerals.
const NUMERAL: &str = "〇○零一二三四五六七八九十";

/// How many dates in figures can only be read day first, and how many only month first.
pub fn orders(text: &str) -> (usize, usize) {
    let mut orders = (0, 0);
    if !text.contains(['/', '-']) {
        return orders;
    }
    for captures in FIGURES.captures_iter(text) {
        let number = |i: usize| captures.get(i).and_then(|m| m.as_str().parse::<u32>().ok()).unwrap_or(0);
        match (number(1), number(2)) {
            (13..=31, 1..=12) => orders.0 += 1,
            (1..=12, 13..=31) => orders.1 += 1,
            _ => {}
        }
    }
    orders
}

/// Whether a text is a date and hardly anything else.
pub fn is_date(text: &str) -> bool {
    find_date(&Words::of([]), text).is_some_and(|found| found.range.len() * 5 >= text.trim().len() * 4)
}

/// Whether a text can hold a date at all, with a year or without: cheaper than the patterns.
pub(super) fn may_hold_date(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        || (!text.is_ascii() && (text.contains('年') || text.chars().any(|c| digit(c).is_some())))
}

/// Whether a text can hold a year.
fn may_hold_year(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        digits = if digit(c).is_some() { digits + 1 } else { 0 };
        if digits == 4 || c == '年' || c == '년' {
            return true;
        }
    }
    false
}

/// The first date in `text`.
pub(super) fn find_date(words: &Words, text: &str) -> Option<FoundDate> {
    if !may_hold_year(text) {
        return None;
    }
    let in_figures = FORMS.iter().filter(|(_, marks)| text.contains(*marks));
    let in_figures = in_figures.filter_map(|(form, _)| captures(form, text)).filter_map(|captures| {
        let range = captures.name("date")?.range();
        Some(FoundDate { range, reading: read(words, &captures) })
    });
    let found = in_figures.chain(named(words, text));
    let FoundDate { range, reading } =
        found.min_by_key(|date| (date.range.start, std::cmp::Reverse(date.range.end)))?;
    let DateReading::Iso(day) = &reading else { return Some(FoundDate { reading, range }) };
    if let Some((time, start)) = time_before(words, day, &text[..range.start]) {
        return Some(FoundDate { reading: DateReading::Iso(format!("{day}{time}")), range: start..range.end });
    }
    match time_behind(words, day, &text[range.end..]) {
        Some((time, length)) => Some(FoundDate {
            reading: DateReading::Iso(format!("{day}{time}")),
            range: range.start..range.end + length,
        }),
        None => Some(FoundDate { reading, range }),
    }
}

/// The first date of a range, in terms of the text.
pub(super) fn find_in(words: &Words, text: &str, range: &Range<usize>) -> Option<FoundDate> {
    let date = find_date(words, &text[range.clone()])?;
    Some(FoundDate { range: date.range.start + range.start..date.range.end + range.start, ..date })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_of(text: &str) -> String {
        match find_date(&Words::of([]), text).map(|d| d.reading) {
            Some(DateReading::Iso(iso)) => iso,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn printed_forms_are_read() {
        for (printed, iso) in [
            ("12 05, 2017", "2017-12-05"),
            ("December 4, 2017", "2017-12-04"),
            ("Nov. 9, 2022", "2022-11-09"),
            ("Sept. 9, 2022", "2022-09-09"),
            ("15 January 2020", "2020-01-15"),
            ("发布时间：2018-06-11 09:30", "2018-06-11"),
            ("2016年9月27日", "2016-09-27"),
            ("2016年9月", "2016-09"),
            ("二〇一七年十二月二十五日", "2017-12-25"),
            ("民國106年12月5日", "2017-12-05"),
            ("令和元年5月1日", "2019-05-01"),
            ("中華民國一〇四年十月四日", "2015-10-04"),
            ("民國一百零六年十二月五日", "2017-12-05"),
            ("平成二十九年十二月五日", "2017-12-05"),
            ("令和元年五月一日", "2019-05-01"),
            ("明治37年2月10日", "1904-02-10"),
            ("20/08/2559", "2016-08-20"),
            ("วันพุธที่ 15 มีนาคม พ.ศ. 2538", "1995-03-15"),
            ("۱۴۰۱/۵/۸", "2022-07-30"),
            ("شنبه ۸ مرداد ۱۴۰۱", "2022-07-30"),
            ("平成29年12月5日", "2017-12-05"),
            ("12 мая 2014 г.", "2014-05-12"),
            ("Publié le 4 octobre 2017", "2017-10-04"),
            ("Publié le 1er août 2017", "2017-08-01"),
            ("21 Φεβρουαρίου 2018", "2018-02-21"),
            ("4 de octubre de 2017", "2017-10-04"),
            ("5 كانون الأول 2017", "2017-12-05"),
            ("5 בדצמבר 2017", "2017-12-05"),
            ("5 दिसंबर 2017", "2017-12-05"),
            ("٣٠/٨/٢٠٢٢", "2022-08-30"),
            ("2021/3/7 19:09:32", "2021-03-07"),
            ("4 d’octubre de 2017", "2017-10-04"),
            ("2017. december 5.", "2017-12-05"),
            ("2017 m. gruodžio 5 d.", "2017-12-05"),
            ("ngày 5 tháng 12 năm 2017", "2017-12-05"),
            ("31.12.2017", "2017-12-31"),
            ("25/12/2017", "2017-12-25"),
            ("2017. 12. 5.", "2017-12-05"),
            ("December 2017", "2017-12"),
        ] {
            assert_eq!(iso_of(printed), iso, "{printed}");
        }
    }

    #[test]
    fn a_time_is_read_with_its_offset_only() {
        for (printed, iso) in [
            ("Mon 18 Nov 2019 18.56 GMT", "2019-11-18T18:56+00:00"),
            ("2019-11-18T18:56:01+02:00", "2019-11-18T18:56:01+02:00"),
            ("2019-11-18 18:56:01-0500", "2019-11-18T18:56:01-05:00"),
            ("2019-11-18T18:56:01Z", "2019-11-18T18:56:01+00:00"),
            ("November 18, 2019 at 6:56 PM EST", "2019-11-18T18:56-05:00"),
            ("05.12.2017, 10:15 Uhr", "2017-12-05"),
            ("18 Nov 2019 18.56 Estonia", "2019-11-18"),
            ("9:00am HKT, 6 Nov, 2018", "2018-11-06T09:00+08:00"),
            ("05.12.2017, 10:15 Uhr (MEZ)", "2017-12-05T10:15+01:00"),
            ("12 мая 2014 г. в 10:15 мск", "2014-05-12T10:15+03:00"),
            ("2017年12月5日 10時15分 日本時間", "2017-12-05T10:15+09:00"),
            ("5 December 2017 10:15 UTC-5", "2017-12-05T10:15-05:00"),
            ("2017-12-05 08:30", "2017-12-05"),
            ("5 December 2017, 10:15-12:30", "2017-12-05"),
            ("2017-12-05T10:15-05:00", "2017-12-05T10:15-05:00"),
            ("2017-12-05 10:15 -05:00", "2017-12-05T10:15-05:00"),
            ("le 5 décembre 2017 à 10:15 est venu", "2017-12-05"),
            ("3\\. Mai 2024, 17:47", "2024-05-03"),
        ] {
            assert_eq!(iso_of(printed), iso, "{printed}");
        }
    }

    #[test]
    fn what_could_be_either_is_not_decided() {
        let words = Words::of([]);
        let both = DateReading::Ambiguous("2017-12-05".into(), "2017-05-12".into());
        assert_eq!(find_date(&words, "5/12/2017").unwrap().reading, both);
        assert_eq!(find_date(&words, "31 February 2017").unwrap().reading, DateReading::Impossible);
        assert_eq!(find_date(&words, "born in 2017"), None);
        assert_eq!(find_date(&words, "1.234.5678 and 10,000"), None);
    }
}
