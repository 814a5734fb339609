//! The time beside a date, where it is printed with its offset.

use regex::Captures;

use super::reading::{digit, number};
use crate::metadata::beside_date::is_date_filler;
use crate::metadata::lexicon::Words;
use crate::metadata::pattern::patterns;

patterns! {
    /// A time: `18.56`, `10:00:00`, `9:41 AM`, `10時15`.
    TIME = r"(?i)^(?P<h>\d{1,2})\s?[:.h：时点點時시]\s?(?P<min>\d{2})?(?:[:：](?P<s>\d{2})(?:[.,]\d+)?)?\s?(?P<half>a\.?m\.?|p\.?m\.?)?";

    /// The same in front of a date, with its minutes.
    TIME_BEFORE = r"(?i)(?:^|[^\d:.])(?P<h>\d{1,2})\s?[:.h](?P<min>\d{2})(?::(?P<s>\d{2}))?\s?(?P<half>a\.?m\.?|p\.?m\.?)?";

    /// The end of a span of time: `-12:30`.
    SPAN = r"^-\d{1,2}[:.]\d{2}(?:[^\d]|$)";

    /// `+02:00`, `UTC-5`
    OFFSET = r"(?i)^(?:(?:utc|gmt)\s?)?[+−-]\d{1,2}(?::?\d{2})?";
}

/// Characters between a day and a time behind it, at most.
const BEFORE_TIME: usize = 40;

/// Minutes of `+02:00`, `UTC-5`.
fn minutes(offset: &str) -> Option<i32> {
    let at = offset.find(['+', '-', '−'])?;
    let sign = if offset[at..].starts_with('+') { 1 } else { -1 };
    let digits: Vec<u32> = offset[at..].chars().filter_map(digit).collect();
    let number = |digits: &[u32]| digits.iter().fold(0, |n, d| n * 10 + i32::try_from(*d).unwrap_or(0));
    let (hours, minutes) = if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (&digits[..], &[][..]) };
    let minutes = number(hours) * 60 + number(minutes);
    (minutes <= 14 * 60).then_some(sign * minutes)
}

/// `T18:56+00:00` of the time behind a day, ` at 18.56 GMT`, and where it ends.
pub(super) fn time_behind(words: &Words, day: &str, rest: &str) -> Option<(String, usize)> {
    if day.len() != 10 || !rest.chars().take(BEFORE_TIME).any(|c| digit(c).is_some()) {
        return None;
    }
    let start = before_time(words, rest);
    let captures = TIME.captures(&rest[start..])?;
    let end = start + captures.get(0)?.end();
    // `10:15-12:30` is a span of time; in ISO 8601, and behind a space, it is an offset.
    let is_iso = rest[..start].ends_with(['T', 't']) || captures.name("s").is_some() || rest[..end].ends_with(' ');
    if !is_iso && SPAN.is_match(&rest[end..]) {
        return None;
    }
    let (offset, length) = zone(words, &rest[end..])?;
    Some((time(&captures, offset)?, end + length))
}

/// How much of a text stands between a day and its time: marks, `T`, words that stand beside dates.
fn before_time(words: &Words, text: &str) -> usize {
    let is_mark = |c: char| c.is_whitespace() || ",，.|·–—-".contains(c);
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(is_mark);
        let behind = bare.strip_prefix(['T', 't']).filter(|behind| behind.starts_with(|c: char| c.is_ascii_digit()));
        let bare = behind.unwrap_or(bare);
        match words.beside_date(bare) {
            Some(length) => rest = &bare[length..],
            None => return text.len() - bare.len(),
        }
    }
}

/// The offset behind a time, ` Uhr (MEZ)`, and where it ends.
fn zone(words: &Words, text: &str) -> Option<(i32, usize)> {
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let inner = bare.strip_prefix(['(', '（']).unwrap_or(bare);
        let printed = || OFFSET.find(inner).and_then(|found| Some((found.end(), minutes(found.as_str())?)));
        // `est` and `mit` are words.
        let is_name = !inner.starts_with(|c: char| c.is_ascii_lowercase()) || inner.starts_with("utc");
        if let Some((length, offset)) = printed().or_else(|| words.zone(inner).filter(|_| is_name)) {
            let behind = &inner[length..];
            return Some((offset, text.len() - behind.strip_prefix([')', '）']).unwrap_or(behind).len()));
        }
        rest = &bare[words.beside_date(bare)?..];
    }
}

/// The same in front of a day, `9:00am HKT, 6 Nov, 2018`, and where it begins.
pub(super) fn time_before(words: &Words, day: &str, before: &str) -> Option<(String, usize)> {
    if day.len() != 10 || !before.contains([':', '.', 'h']) {
        return None;
    }
    TIME_BEFORE.captures_iter(before).find_map(|captures| {
        let end = captures.get(0)?.end();
        let (offset, length) = zone(words, &before[end..])?;
        let is_beside = is_date_filler(words, &before[end + length..]);
        Some((is_beside.then(|| time(&captures, offset))??, captures.name("h")?.start()))
    })
}

/// `T18:56+00:00`
fn time(captures: &Captures<'_>, offset: i32) -> Option<String> {
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
    let seconds = seconds.map_or(String::new(), |s| format!(":{s:02}"));
    let sign = if offset < 0 { '-' } else { '+' };
    let (zone_hours, zone_minutes) = (offset.abs() / 60, offset.abs() % 60);
    Some(format!("T{hours:02}:{minutes:02}{seconds}{sign}{zone_hours:02}:{zone_minutes:02}"))
}
