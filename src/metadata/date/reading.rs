//! What the groups of a date's form say: years of eras, numerals, the two orders of day and month.

use regex::Captures;

use super::DateReading;
use super::calendar::{day, iso};
use crate::metadata::lexicon::Words;

/// The value of a digit: European, Arabic-Indic, Persian, full-width.
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = ['\u{660}', '\u{6F0}', '\u{FF10}']
        .into_iter()
        .find(|zero| (*zero..=char::from_u32(u32::from(*zero) + 9).unwrap_or(*zero)).contains(&c))?;
    Some(u32::from(c) - u32::from(zero))
}

pub(super) fn number(digits: &str) -> Option<u32> {
    digits.chars().try_fold(0_u32, |n, c| n.checked_mul(10)?.checked_add(digit(c)?))
}

/// What a form's groups say.
pub(super) fn read(words: &Words, captures: &Captures<'_>) -> DateReading {
    let text = |group: &str| captures.name(group).map(|m| m.as_str());
    let value = |group: &str| text(group).and_then(number);
    if let Some(year) = text("cy") {
        let month = text("cm").and_then(numeral).unwrap_or(0);
        let day = text("cd").map(|day| numeral(day).unwrap_or(0));
        let year = match text("era") {
            Some(era) if year == "元" => year_of_era(era, 1),
            Some(era) => numeral(year).and_then(|year| year_of_era(era, year)),
            None => year.chars().try_fold(0, |n, c| Some(n * 10 + numeral_digit(c)?)),
        };
        return year.and_then(|year| iso(year, month, day)).map_or(DateReading::Impossible, DateReading::Iso);
    }
    let year = match (text("y"), text("era")) {
        (Some("元"), Some(era)) => year_of_era(era, 1),
        (Some(year), Some(era)) => number(year).and_then(|year| year_of_era(era, year)),
        (Some(year), None) => number(year),
        _ => None,
    };
    let Some(year) = year else { return DateReading::Impossible };
    let iso = |year, month, of| day(words, year, month, of);
    if let (Some(a), Some(b)) = (value("a"), value("b")) {
        return match (iso(year, b, Some(a)), iso(year, a, Some(b))) {
            (Some(day_first), Some(month_first)) if a != b => DateReading::Ambiguous(day_first, month_first),
            (Some(only), _) | (_, Some(only)) => DateReading::Iso(only),
            (None, None) => DateReading::Impossible,
        };
    }
    let month = value("m");
    let Some(month) = month else { return DateReading::Impossible };
    iso(year, month, value("d")).map_or(DateReading::Impossible, DateReading::Iso)
}

/// The year before the first one of an era.
fn year_of_era(era: &str, year: u32) -> Option<u32> {
    let before = match era {
        "民國" | "民国" | "中華民國" | "中华民国" => 1911,
        "令和" => 2018,
        "平成" => 1988,
        "昭和" => 1925,
        "大正" => 1911,
        "明治" => 1867,
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

/// 一 to 三十一, and years of eras: 二十九, 一〇四, 一百零四.
fn numeral(text: &str) -> Option<u32> {
    if let Some((hundreds, rest)) = text.split_once('百') {
        let rest = rest.trim_start_matches(['零', '〇']);
        let hundreds = if hundreds.is_empty() { Some(1) } else { numeral(hundreds) };
        return Some(hundreds? * 100 + if rest.is_empty() { 0 } else { numeral(rest)? });
    }
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(numeral_digit)? };
            let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(numeral_digit)? };
            Some(tens * 10 + ones)
        }
        None => text.chars().try_fold(0, |n, c| Some(n * 10 + numeral_digit(c)?)),
    }
}
