//! Dates as op-eds print them, to ISO 8601: with names of months in eleven languages, in figures, in Chinese
//! numerals, and in the years of Japanese eras and of the Republic of China. A time is read only with its offset. Of
//! a date in figures whose day and month could be swapped both readings are given.

use std::ops::Range;

use chrono::NaiveDate;
use regex::Captures;

use crate::metadata::pattern::{Pattern, captures, patterns};

use super::months;

patterns! {
    /// A time with its offset behind a date: `, 18.56 GMT`, `T10:00:00+02:00`, ` 9:41 AM EST`, ` um 10:15 Uhr MEZ`.
    TIME = format!(
        r"(?i)^(?:T|[\s,，|\u{{A0}}\u{{3000}}·–—-]|at|à|um|alle|ore|às|as|a las|в|om|kl|الساعة)*\s*(?P<h>\d{{1,2}})\s?[:.h：时点時시]\s?(?P<min>\d{{2}})?(?:[:：](?P<s>\d{{2}})(?:[.,]\d+)?)?\s?(?P<half>a\.?m\.?|p\.?m\.?)?\s*(?:uhr|h|hs|分|분)?[\s,]*[(（]?(?P<zone>(?:(?:utc|gmt)\s?)?[+−-]\d{{1,2}}(?::?\d{{2}})?|{ZONES})[)）]?"
    );

    /// The same in front of a date: `9:00am HKT, `.
    TIME_BEFORE = format!(
        r"(?i)(?:^|[^\d:.])(?P<h>\d{{1,2}})\s?[:.h](?P<min>\d{{2}})(?:[:](?P<s>\d{{2}}))?\s?(?P<half>a\.?m\.?|p\.?m\.?)?\s*(?:uhr|hrs?)?\s*\(?(?P<zone>{ZONES})\)?(?:[\s,|·–—-]|on|am|le|del|del día)*$"
    );

    FIGURES = r"(?:^|[^\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?:[^\d]|$)";

    /// 2017-12-05, 2017/12/5, 2017.12.5, 2017-12-05T10:00
    ISO = r"(?:^|[^\d/.-])(?P<date>(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2}))(?:[^\d]|$)";

    /// 2017年12月5日, 2017년 12월 5일, 民國106年12月5日, 令和元年5月1日
    EAST_ASIAN = r"(?P<date>(?P<era>民國|民国|中華民國|令和|平成|昭和|大正)?\s?(?P<y>\d{1,4}|元)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일号號])?)";

    /// 二〇一七年十二月五日
    NUMERALS = format!("(?P<date>(?P<cy>[{NUMERAL}]{{4}})年(?P<cm>[{NUMERAL}]{{1,2}})月(?:(?P<cd>[{NUMERAL}]{{1,3}})[日号號])?)");

    /// December 5, 2017; Dec. 5th 2017
    MONTH_FIRST = {
        let month = month();
        format!(r"(?i)(?:^|[^\p{{L}}])(?P<date>{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?P<y>\d{{4}}))(?:[^\d]|$)")
    };

    /// 5 December 2017; 5. Dezember 2017; 1er octobre 2017; 5 de octubre de 2017; 12 мая 2014; ٥ ديسمبر ٢٠١٧
    DAY_FIRST = {
        let month = month();
        format!(
            r"(?i)(?:^|[^\d.,])(?P<date>(?P<d>\d{{1,2}})(?:\.\s*|(?:\.º|er|ère|st|nd|rd|th|º|°)?[\s-]+)(?:of\s+|de\s+|من\s+)?{month}(?:\s*/\s*\p{{Arabic}}+)?,?[\s-]+(?:de\s+|del\s+)?(?P<y>\d{{4}}))(?:[^\d]|$)"
        )
    };

    /// 12 05, 2017: the comma form of "December 5, 2017" with the month as a number
    COMMA = r"(?:^|[^\d])(?P<date>(?P<m>\d{1,2})\s(?P<d>\d{1,2}),\s?(?P<y>\d{4}))(?:[^\d]|$)";

    /// 5.12.2017: points are used where the day comes first
    POINTS = r"(?:^|[^\d.])(?P<date>(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}))(?:[^\d]|$)";

    /// 5/12/2017, 5-12-2017: either order
    FIGURES_EITHER = r"(?:^|[^\d/-])(?P<date>(?P<a>\d{1,2})\s?[/-]\s?(?P<b>\d{1,2})\s?[/-]\s?(?P<y>\d{4}))(?:[^\d]|$)";

    /// December 2017; décembre 2017
    MONTH_ALONE = {
        let month = month();
        format!(r"(?i)(?:^|[^\p{{L}}\d\s]\s*|^\s+|\s{{2,}})(?P<date>{month},?\s+(?:de\s+)?(?P<y>\d{{4}}))(?:[^\d]|$)")
    };
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

impl Order {
    /// The order of a language that has one; English has both.
    pub(super) fn of_language(primary: &str) -> Option<Self> {
        matches!(
            primary,
            "de" | "fr"
                | "es"
                | "pt"
                | "it"
                | "ru"
                | "uk"
                | "pl"
                | "nl"
                | "el"
                | "ar"
                | "tr"
                | "cs"
                | "ro"
                | "sv"
                | "da"
                | "nb"
                | "fi"
        )
        .then_some(Self::DayFirst)
    }
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

/// The forms, each with named groups: `y`, `m`, `d`; `name` for a month's name; `a` and `b` for two numbers whose
/// order is open; `era` for the name of one; `cy`, `cm`, `cd` for Chinese numerals.
static FORMS: [&Pattern; 9] =
    [&ISO, &EAST_ASIAN, &NUMERALS, &MONTH_FIRST, &DAY_FIRST, &COMMA, &POINTS, &FIGURES_EITHER, &MONTH_ALONE];

/// Chinese numerals.
const NUMERAL: &str = "〇○零一二三四五六七八九十";

/// A month's name.
fn month() -> String {
    format!(r"(?P<name>{})\.?", months::alternatives())
}

const ZONES: &str = "gmt|utc|z|est|edt|cdt|mst|mdt|pst|pdt|mez|mesz|cet|cest|bst|eet|eest|msk|мск|jst|kst|hkt|sgt|aest|aedt|nzst|nzdt|sast|eat|wat|pkt|wib|بتوقيت غرينتش|توقيت غرينتش|غرينتش|北京时间|北京時間|台北時間|香港時間|日本時間|한국시간";

/// Minutes east of Greenwich. Names that several zones share (CST, IST) are not listed.
fn offset_of(zone: &str) -> Option<i32> {
    let zone = zone.to_lowercase().replace('−', "-");
    Some(match zone.as_str() {
        "gmt" | "utc" | "z" | "بتوقيت غرينتش" | "توقيت غرينتش" | "غرينتش" => 0,
        "est" | "cdt" => -5 * 60,
        "edt" => -4 * 60,
        "mst" | "pdt" => -7 * 60,
        "mdt" => -6 * 60,
        "pst" => -8 * 60,
        "mez" | "cet" | "bst" | "wat" => 60,
        "mesz" | "cest" | "eet" | "sast" => 2 * 60,
        "eest" | "msk" | "мск" | "eat" => 3 * 60,
        "pkt" => 5 * 60,
        "wib" => 7 * 60,
        "hkt" | "sgt" | "北京时间" | "北京時間" | "台北時間" | "香港時間" => 8 * 60,
        "jst" | "kst" | "日本時間" | "한국시간" => 9 * 60,
        "aest" => 10 * 60,
        "aedt" => 11 * 60,
        "nzst" => 12 * 60,
        "nzdt" => 13 * 60,
        _ => {
            let at = zone.find(['+', '-'])?;
            let sign = if zone[at..].starts_with('-') { -1 } else { 1 };
            let digits: Vec<u32> = zone[at + 1..].chars().filter_map(digit).collect();
            let number = |digits: &[u32]| digits.iter().fold(0, |n, d| n * 10 + i32::try_from(*d).unwrap_or(0));
            let (hours, minutes) =
                if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (&digits[..], &[][..]) };
            let offset = number(hours) * 60 + number(minutes);
            (offset <= 14 * 60).then_some(sign * offset)?
        }
    })
}

/// The value of a digit: European, Arabic-Indic, Persian, full-width.
fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = ['\u{660}', '\u{6F0}', '\u{FF10}']
        .into_iter()
        .find(|zero| (*zero..=char::from_u32(u32::from(*zero) + 9).unwrap_or(*zero)).contains(&c))?;
    Some(u32::from(c) - u32::from(zero))
}

fn number(digits: &str) -> Option<u32> {
    digits.chars().try_fold(0_u32, |n, c| n.checked_mul(10)?.checked_add(digit(c)?))
}

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
    find_date(text).is_some_and(|found| found.range.len() * 5 >= text.trim().len() * 4)
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
pub(super) fn find_date(text: &str) -> Option<FoundDate> {
    if !may_hold_year(text) {
        return None;
    }
    let found = FORMS.iter().filter_map(|form| captures(form, text)).filter_map(|c| Some((c.name("date")?.range(), c)));
    let (range, captures) = found.min_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)))?;
    let reading = read(&captures);
    let DateReading::Iso(day) = &reading else { return Some(FoundDate { reading, range }) };
    if let Some((time, start)) = time_before(day, &text[..range.start]) {
        return Some(FoundDate { reading: DateReading::Iso(format!("{day}{time}")), range: start..range.end });
    }
    match time_behind(day, &text[range.end..]) {
        Some((time, length)) => Some(FoundDate {
            reading: DateReading::Iso(format!("{day}{time}")),
            range: range.start..range.end + length,
        }),
        None => Some(FoundDate { reading, range }),
    }
}

/// The first date of a range, in terms of the text.
pub(super) fn find_in(text: &str, range: &Range<usize>) -> Option<FoundDate> {
    let date = find_date(&text[range.clone()])?;
    Some(FoundDate { range: date.range.start + range.start..date.range.end + range.start, ..date })
}

/// `T18:56+00:00` of the time behind a day, and its length.
fn time_behind(day: &str, rest: &str) -> Option<(String, usize)> {
    if day.len() != 10 {
        return None;
    }
    let captures = TIME.captures(rest)?;
    let end = captures.get(0)?;
    // "Z" and "EST" end there: "Estonia" is no zone.
    if end.as_str().ends_with(char::is_alphabetic) && rest[end.end()..].starts_with(char::is_alphanumeric) {
        return None;
    }
    Some((time(&captures)?, end.end()))
}

/// The same in front of a day, `9:00am HKT, 6 Nov, 2018`, and where it begins.
fn time_before(day: &str, rest: &str) -> Option<(String, usize)> {
    if day.len() != 10 || !rest.contains([':', '.', 'h']) {
        return None;
    }
    let captures = TIME_BEFORE.captures(rest)?;
    Some((time(&captures)?, captures.name("h")?.start()))
}

fn time(captures: &Captures<'_>) -> Option<String> {
    let group = |name: &str| captures.name(name).map(|m| m.as_str());
    let mut hours = number(group("h")?)?;
    let minutes = group("min").map_or(Some(0), number)?;
    let seconds = group("s").map_or(Some(None), |s| number(s).map(Some))?;
    match group("half").map(|half| half.to_lowercase().starts_with('p')) {
        Some(_) if hours == 0 || hours > 12 => return None,
        Some(true) => hours = hours % 12 + 12,
        Some(false) => hours %= 12,
        None => {}
    }
    if hours > 23 || minutes > 59 || seconds.is_some_and(|s| s > 60) {
        return None;
    }
    let offset = offset_of(group("zone")?)?;
    let seconds = seconds.map_or(String::new(), |s| format!(":{s:02}"));
    let sign = if offset < 0 { '-' } else { '+' };
    let (zone_hours, zone_minutes) = (offset.abs() / 60, offset.abs() % 60);
    Some(format!("T{hours:02}:{minutes:02}{seconds}{sign}{zone_hours:02}:{zone_minutes:02}"))
}

fn read(captures: &Captures<'_>) -> DateReading {
    let text = |group: &str| captures.name(group).map(|m| m.as_str());
    let value = |group: &str| text(group).and_then(number);
    if let Some(year) = text("cy") {
        let month = text("cm").and_then(numeral).unwrap_or(0);
        let day = text("cd").map(|day| numeral(day).unwrap_or(0));
        let year = year.chars().try_fold(0, |n, c| Some(n * 10 + numeral_digit(c)?)).unwrap_or(0);
        return iso(year, month, day).map_or(DateReading::Impossible, DateReading::Iso);
    }
    let year = match (text("y"), text("era")) {
        (Some("元"), Some(era)) => year_of_era(era, 1),
        (Some(year), Some(era)) => number(year).and_then(|year| year_of_era(era, year)),
        (Some(year), None) => number(year).filter(|year| *year >= 1000),
        _ => None,
    };
    let Some(year) = year else { return DateReading::Impossible };
    if let (Some(a), Some(b)) = (value("a"), value("b")) {
        return match (iso(year, b, Some(a)), iso(year, a, Some(b))) {
            (Some(day_first), Some(month_first)) if a != b => DateReading::Ambiguous(day_first, month_first),
            (Some(only), _) | (_, Some(only)) => DateReading::Iso(only),
            (None, None) => DateReading::Impossible,
        };
    }
    let month = value("m").or_else(|| text("name").and_then(months::number));
    let Some(month) = month else { return DateReading::Impossible };
    iso(year, month, value("d")).map_or(DateReading::Impossible, DateReading::Iso)
}

/// The year before the first one of an era.
fn year_of_era(era: &str, year: u32) -> Option<u32> {
    let before = match era {
        "民國" | "民国" | "中華民國" => 1911,
        "令和" => 2018,
        "平成" => 1988,
        "昭和" => 1925,
        "大正" => 1911,
        _ => return None,
    };
    (1..=200).contains(&year).then_some(before + year)
}

fn numeral_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|n| n == c)
        .or((c == '○' || c == '零').then_some(0))
        .and_then(|n| u32::try_from(n).ok())
}

/// 一 to 三十一.
fn numeral(text: &str) -> Option<u32> {
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(numeral_digit)? };
            let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(numeral_digit)? };
            Some(tens * 10 + ones)
        }
        None => text.chars().try_fold(0, |n, c| Some(n * 10 + numeral_digit(c)?)),
    }
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
            ("2017-12-05 08:30", "2017-12-05"),
        ] {
            assert_eq!(iso_of(printed), iso, "{printed}");
        }
    }

    #[test]
    fn what_could_be_either_is_not_decided() {
        let both = DateReading::Ambiguous("2017-12-05".into(), "2017-05-12".into());
        assert_eq!(find_date("5/12/2017").unwrap().reading, both);
        assert_eq!(find_date("31 February 2017").unwrap().reading, DateReading::Impossible);
        assert_eq!(find_date("born in 2017"), None);
        assert_eq!(find_date("1.234.5678 and 10,000"), None);
    }
}
