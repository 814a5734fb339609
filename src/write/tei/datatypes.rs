//! Values in the forms that TEI's datatypes take: certainty, dates, pointers, languages
//! (<https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/ref-teidata.pointer.html> and its neighbours).
//!
//! A value that does not fit gives `None` or a neutral form; nothing is completed or guessed.

use std::borrow::Cow;
use std::net::Ipv6Addr;
use std::ops::Range;

use chrono::NaiveDate;

use crate::document::Language;
use crate::span::Permille;

/// `teidata.certainty`: `high` from 0.900, `medium` from 0.600, else `low`.
pub(super) fn certainty(confidence: Permille) -> &'static str {
    match confidence.get() {
        900.. => "high",
        600..900 => "medium",
        _ => "low",
    }
}

/// The attribute that can hold a date: `when` for the forms of W3C XML Schema Part 2, `when-iso` for a time
/// without seconds and for an interval, `None` for anything else.
pub(super) fn when(iso: &str) -> Option<&'static str> {
    if let Some((from, to)) = iso.split_once('/') {
        return (when(from) == Some("when") && when(to) == Some("when")).then_some("when-iso");
    }
    let Some((date, time)) = iso.split_once('T') else {
        return is_date(iso).then_some("when");
    };
    if date.len() != 10 || !is_date(date) {
        return None;
    }
    let (clock, zone) = time.find(['Z', '+', '-']).map_or((time, ""), |at| time.split_at(at));
    if !is_zone(zone) {
        return None;
    }
    let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(whole, rest)| (whole, Some(rest)));
    if fraction.is_some_and(|digits| digits.is_empty() || number(digits).is_none() || whole.len() != 8) {
        return None;
    }
    match whole.split(':').map(two_digits).collect::<Option<Vec<_>>>()?.as_slice() {
        [0..=23, 0..=59, 0..=59] => Some("when"),
        [0..=23, 0..=59] => Some("when-iso"),
        _ => None,
    }
}

/// `2017`, `2017-12` or `2017-12-05`, where the calendar has that day. XML Schema 1.0 has no year 0.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().filter(|y| y.len() == 4).and_then(number).filter(|&y| y > 0);
    let month = parts.next().map_or(Some(1), two_digits);
    let day = parts.next().map_or(Some(1), two_digits);
    match (year, month, day, parts.next()) {
        (Some(year), Some(month), Some(day), None) => {
            i32::try_from(year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
        }
        _ => false,
    }
}

fn is_zone(text: &str) -> bool {
    if matches!(text, "" | "Z") {
        return true;
    }
    let parts = text.strip_prefix(['+', '-']).and_then(|offset| offset.split_once(':'));
    match parts.map(|(hours, minutes)| (two_digits(hours), two_digits(minutes))) {
        // XML Schema Part 2 §3.2.7.3: offsets reach 14:00.
        Some((Some(hours), Some(minutes))) => hours * 60 + minutes <= 14 * 60 && minutes < 60,
        _ => false,
    }
}

fn two_digits(text: &str) -> Option<u32> {
    number(text).filter(|_| text.len() == 2)
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.get(..9).unwrap_or(text).parse().ok()).flatten()
}

/// An address as a `teidata.pointer`: what RFC 3986 and RFC 3987 do not allow is percent-encoded. `None` for an
/// empty address and for a fragment of the page, which would point into the TEI file.
pub(super) fn pointer(address: &str) -> Option<Cow<'_, str>> {
    let trimmed = address.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return None;
    }
    let shape = Shape { address: trimmed, fragment: trimmed.find('#'), literal: ip_literal(trimmed) };
    if (0..trimmed.len()).all(|at| shape.stays(at)) {
        return Some(Cow::Borrowed(trimmed));
    }
    let mut encoded = String::with_capacity(trimmed.len() + 16);
    for (at, c) in trimmed.char_indices() {
        if shape.stays(at) {
            encoded.push(c);
        } else {
            // Only ASCII characters do not stay.
            encoded.push_str(&format!("%{:02X}", u32::from(c)));
        }
    }
    Some(Cow::Owned(encoded))
}

/// Where the characters stand that an address may hold once only.
struct Shape<'a> {
    address: &'a str,
    fragment: Option<usize>,
    literal: Range<usize>,
}

impl Shape<'_> {
    /// Whether the byte at `at` may stand as it is.
    fn stays(&self, at: usize) -> bool {
        let bytes = self.address.as_bytes();
        match bytes[at] {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
            b'#' => self.fragment == Some(at),
            b':' => self.literal.contains(&at) || is_scheme(&self.address[..at]),
            b'[' | b']' => self.literal.contains(&at),
            b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`' | 0x7F => false,
            byte => byte > b' ',
        }
    }
}

/// The host in square brackets (RFC 3986 §3.2.2), the only place of such brackets; empty where there is none.
fn ip_literal(address: &str) -> Range<usize> {
    let inside = address.find("//[").map(|at| at + 3);
    let end = inside.and_then(|start| address[start..].find(']').map(|length| start + length));
    match inside.zip(end) {
        Some((start, end)) if address[start..end].parse::<Ipv6Addr>().is_ok() => start - 1..end + 1,
        _ => 0..0,
    }
}

/// Whether a colon after `text` is not the end of a malformed scheme.
fn is_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.contains(['/', '?', '#', ':'])
        || bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
            && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// The tag, or `und` where it is not of the form of BCP 47.
pub(super) fn language_tag(language: &Language) -> &str {
    let tag = language.tag();
    let mut subtags = tag.split('-');
    let fits = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = subtags.next().is_some_and(|s| fits(s) && s.bytes().all(|b| b.is_ascii_alphabetic()));
    if first && subtags.all(fits) { tag } else { "und" }
}

/// The English name of a language, with its script where that tells two apart.
pub(super) fn language_name(tag: &str) -> Option<&'static str> {
    let primary = tag.split('-').next().unwrap_or_default();
    let names = LANGUAGES.iter();
    names.clone().find(|n| n.0 == tag).or_else(|| names.clone().find(|n| n.0 == primary)).map(|n| n.1)
}

/// Names as the IANA Language Subtag Registry gives them.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Modern Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("la", "Latin"),
    ("ms", "Malay"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("und", "Undetermined"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
    ("zh-Hans", "Chinese in simplified Han script"),
    ("zh-Hant", "Chinese in traditional Han script"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_the_calendar_get_an_attribute() {
        for iso in ["2017", "2017-12", "2017-12-05", "2017-12-05T10:20:30Z", "2017-12-05T10:20:30.5+08:00"] {
            assert_eq!(when(iso), Some("when"), "{iso}");
        }
        for iso in ["2017-12-05T10:20+08:00", "2017-12-04/2017-12-05"] {
            assert_eq!(when(iso), Some("when-iso"), "{iso}");
        }
        for iso in ["", "2017-02-30", "2017-13", "0000", "17-12-05", "2017-1-5", "2017-12-05-01", "2017-12-XX"] {
            assert_eq!(when(iso), None, "{iso}");
        }
        for iso in ["2017-12-05T", "2017-12-05T24:00:00Z", "2017-12-05T10:20:60", "2017-12T10:20", "yesterday", "+1"] {
            assert_eq!(when(iso), None, "{iso}");
        }
        assert_eq!(when("2017-12-05T10:20:30+15:00"), None);
    }

    #[test]
    fn addresses_become_pointers_that_a_uri_parser_takes() {
        assert_eq!(pointer("http://example.org/a?b=c#d").as_deref(), Some("http://example.org/a?b=c#d"));
        assert_eq!(pointer("http://example.org/评论").as_deref(), Some("http://example.org/评论"));
        assert_eq!(pointer(" a b<c>%zz%41#x#y ").as_deref(), Some("a%20b%3Cc%3E%25zz%41#x%23y"));
        assert_eq!(pointer("1:2").as_deref(), Some("1%3A2"));
        assert_eq!(pointer("mailto:a@example.org").as_deref(), Some("mailto:a@example.org"));
        assert_eq!(pointer("a/b:c").as_deref(), Some("a/b:c"));
        assert_eq!(pointer("http://[::1]/a[1]").as_deref(), Some("http://[::1]/a%5B1%5D"));
        assert_eq!(pointer("http://[").as_deref(), Some("http://%5B"));
        assert_eq!((pointer(""), pointer("#top")), (None, None));
    }

    #[test]
    fn a_tag_of_another_form_is_undetermined() {
        assert_eq!(language_tag(&Language("zh-Hans".into())), "zh-Hans");
        for tag in ["", "en_US", "English language", "1a", "en-"] {
            assert_eq!(language_tag(&Language(tag.into())), "und", "{tag}");
        }
        assert_eq!(language_name("pt-BR"), Some("Portuguese"));
        assert_eq!(language_name("zh-Hant"), Some("Chinese in traditional Han script"));
    }

    #[test]
    fn certainty_has_three_steps() {
        let steps = [1000, 900, 899, 600, 599, 0].map(|n| certainty(Permille::new(n)));
        assert_eq!(steps, ["high", "high", "medium", "medium", "low", "low"]);
    }
}
