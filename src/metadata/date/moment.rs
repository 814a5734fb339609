//! Moments as systems state them: on the clock of Greenwich, where a page prints the day of its house, and as a count of
//! seconds.

use chrono::{DateTime, NaiveDate, SecondsFormat, Timelike, Utc};

/// The moment of a count since 1970-01-01T00:00:00Z (POSIX.1-2024, Seconds Since the
/// Epoch: <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap04.html>) in seconds, with or without
/// a fraction, or in milliseconds: told by the number of its figures, which have been so many since 1973 and since 2001.
/// `None` for other numbers and texts: `20171205`, `201712051000`.
pub(in crate::metadata) fn since_epoch(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |figures: &str| figures.bytes().all(|b| b.is_ascii_digit());
    let count: i64 = whole.parse().ok().filter(|_| is_number(whole) && is_number(fraction))?;
    let moment: DateTime<Utc> = match whole.len() {
        9 | 10 => DateTime::from_timestamp_secs(count)?,
        13 => DateTime::from_timestamp_millis(count)?,
        _ => return None,
    };
    Some(moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// The day of a date in the basic format of ISO 8601 (`YYYYMMDD`), with or without a time: `20171205`, `20171205T100000Z`.
pub(in crate::metadata) fn basic_day(text: &str) -> Option<String> {
    let (day, time) = text.split_at_checked(8)?;
    let is_time = time.is_empty() || time.starts_with('T');
    let is_day = day.bytes().all(|b| b.is_ascii_digit()) && (day.starts_with("19") || day.starts_with("20"));
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok().filter(|_| is_time && is_day)?;
    Some(day.to_string())
}

/// Whether a day that is printed may be that of a moment which is stated in UTC: the day before it where clocks are behind
/// Greenwich by half a day at most, the day after it where they are before it by fourteen hours at most.
pub(in crate::metadata) fn is_day_of(printed: &str, stated: &str) -> bool {
    let day = printed.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    let to_minutes = || DateTime::parse_from_str(stated, "%Y-%m-%dT%H:%M%:z");
    let moment = DateTime::parse_from_rfc3339(stated).or_else(|_| to_minutes()).ok();
    let moment = moment.filter(|moment| moment.offset().local_minus_utc() == 0);
    let (Some(day), Some(moment)) = (day, moment) else { return false };
    match (day - moment.date_naive()).num_days() {
        -1 => moment.hour() < MOST_BEHIND,
        0 => true,
        1 => moment.hour() >= 24 - MOST_BEFORE,
        _ => false,
    }
}

/// Hours by which clocks are behind Greenwich, and before it.
const MOST_BEHIND: u32 = 12;
const MOST_BEFORE: u32 = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_seconds_are_told_by_their_figures() {
        for (text, moment) in [
            ("1512468000", Some("2017-12-05T10:00:00Z")),
            ("1512468000123", Some("2017-12-05T10:00:00Z")),
            ("1512468000123.0", Some("2017-12-05T10:00:00Z")),
            ("1512468000.5", Some("2017-12-05T10:00:00Z")),
            ("999999999", Some("2001-09-09T01:46:39Z")),
            ("20171205", None),
            ("201712051000", None),
            ("20171205100000", None),
            ("-1512468000", None),
            ("+1512468000", None),
            ("1512468000.x", None),
            ("", None),
        ] {
            assert_eq!(since_epoch(text).as_deref(), moment, "{text}");
        }
    }

    #[test]
    fn days_in_the_basic_format_are_read() {
        assert_eq!(basic_day("20171205").as_deref(), Some("2017-12-05"));
        assert_eq!(basic_day("20171205T100000Z").as_deref(), Some("2017-12-05"));
        for text in ["20171305", "17201205", "2017120512", "2017-12-05", ""] {
            assert_eq!(basic_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_is_on_two_days() {
        for (printed, stated, is_one) in [
            ("2022-05-03", "2022-05-04T03:37:37+00:00", true),
            ("2022-05-03", "2022-05-04T03:37:37Z", true),
            ("2022-05-05", "2022-05-04T20:00:00Z", true),
            ("2022-05-05", "2022-05-04T20:00+00:00", true),
            ("2022-05-03", "2022-05-04T15:00:00Z", false),
            ("2022-05-05", "2022-05-04T08:00:00Z", false),
            ("2022-05-03", "2022-05-04T03:37:37+02:00", false),
            ("2022-05-03", "2022-05-04", false),
            ("2022-05-01", "2022-05-04T03:37:37Z", false),
        ] {
            assert_eq!(is_day_of(printed, stated), is_one, "{printed} {stated}");
        }
    }
}
