//! One moment on two days: systems state when something was published by Greenwich, its page prints the day of its house.

use chrono::{DateTime, NaiveDate, Timelike};

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
