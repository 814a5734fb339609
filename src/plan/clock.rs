//! What outputs may say of when, and by which version, they were made.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

/// This program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The time that outputs may claim. Never read from the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// `--timestamp` or `SOURCE_DATE_EPOCH`; without it no output claims when it was made.
    pub claimed: Option<DateTime<Utc>>,
}

/// 2026-11-23T00:00:00Z, the release date of this program version: where a format forces a time and none is
/// claimed, it is this one.
const RELEASED: i64 = 1_795_392_000;

impl Clock {
    /// The claimed time, or this version's release date, for formats that cannot do without one.
    pub fn forced(&self) -> DateTime<Utc> {
        self.claimed.unwrap_or_else(|| DateTime::from_timestamp(RELEASED, 0).unwrap_or_default())
    }

    /// `2026-11-23T00:00:00Z`.
    pub fn rfc3339(time: DateTime<Utc>) -> String {
        time.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// The claimed time as outputs print it; for those that claim none without it.
impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.claimed.map(Self::rfc3339).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_date_is_the_one_the_doc_states() {
        assert_eq!(Clock::rfc3339(Clock::default().forced()), "2026-11-23T00:00:00Z");
    }
}
