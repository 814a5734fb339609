//! The time beside a date, where it is printed with its offset.

use regex::Captures;

use super::reading::{digit, number};
use crate::metadata::pattern::patterns;

patterns! {
    /// A time with its offset behind a date: `, 18.56 GMT`, `T10:00:00+02:00`, ` 9:41 AM EST`, ` um 10:15 Uhr MEZ`.
    TIME = format!(
        r"(?i)^(?:T|[\s,，|\u{{A0}}\u{{3000}}·–—-]|at|à|um|alle|ore|às|as|a las|в|om|kl|الساعة)*\s*(?P<h>\d{{1,2}})\s?[:.h：时点時시]\s?(?P<min>\d{{2}})?(?:[:：](?P<s>\d{{2}})(?:[.,]\d+)?)?\s?(?P<half>a\.?m\.?|p\.?m\.?)?\s*(?:uhr|h|hs|分|분)?[\s,]*[(（]?(?P<zone>(?:(?:utc|gmt)\s?)?[+−-]\d{{1,2}}(?::?\d{{2}})?|{ZONES})[)）]?"
    );

    /// The same in front of a date: `9:00am HKT, `.
    TIME_BEFORE = format!(
        r"(?i)(?:^|[^\d:.])(?P<h>\d{{1,2}})\s?[:.h](?P<min>\d{{2}})(?:[:](?P<s>\d{{2}}))?\s?(?P<half>a\.?m\.?|p\.?m\.?)?\s*(?:uhr|hrs?)?\s*\(?(?P<zone>{ZONES})\)?(?:[\s,|·–—-]|on|am|le|del|del día)*$"
    );
}

const ZONES: &str = "gmt|utc|z|est|edt|cdt|mst|mdt|pst|pdt|mez|mesz|cet|cest|bst|eet|eest|msk|мск|jst|kst|hkt|sgt|aest|aedt|nzst|nzdt|sast|eat|wat|pkt|wib|بتوقيت غرينتش|توقيت غرينتش|غرينتش|北京时间|北京時間|台北時間|香港時間|日本時間|한국시간";

/// Characters between a day and a time behind it, at most; the pattern is dear.
const BEFORE_TIME: usize = 40;

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

/// Whether a word names a zone of time: one whose offset is known, or one that several zones share.
pub(in crate::metadata) fn is_zone(word: &str) -> bool {
    const SHARED: [&str; 7] = ["ist", "cst", "et", "ct", "mt", "pt", "ast"];
    let word = word.to_lowercase();
    SHARED.contains(&word.as_str())
        || word.chars().all(char::is_alphabetic) && word.len() > 1 && offset_of(&word).is_some()
}

/// `T18:56+00:00` of the time behind a day, and its length.
pub(super) fn time_behind(day: &str, rest: &str) -> Option<(String, usize)> {
    if day.len() != 10 {
        return None;
    }
    if !rest.chars().take(BEFORE_TIME).any(|c| digit(c).is_some()) {
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
pub(super) fn time_before(day: &str, rest: &str) -> Option<(String, usize)> {
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
