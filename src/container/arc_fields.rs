//! The line that heads a record of an ARC file: its fields, and what tells it from other lines.

/// What an ARC file begins with.
pub(super) const BEGINNING: &[u8] = b"filedesc://";

/// Bytes of the longest line that heads a record.
pub(super) const LONGEST_LINE: usize = 16 << 10;

/// What heads a record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fields {
    /// The address it was fetched from.
    pub(super) url: String,
    /// When, ISO 8601.
    pub(super) captured: Option<String>,
    /// As the server stated it.
    pub(super) media_type: Option<String>,
    /// Bytes of the record behind the line; `None` where the line states no number.
    pub(super) length: Option<u64>,
}

/// The fields of the line with which bytes begin, and its length with its end; `None` where it heads no record.
///
/// Version 1 has `URL IP-address Archive-date Content-type Archive-length`, version 2 result code, checksum, location,
/// offset and file name before the length. Crawlers left spaces in addresses and media types, so that both are read from
/// the date on.
pub(super) fn parse(bytes: &[u8]) -> Option<(Fields, usize)> {
    let end = bytes.iter().take(LONGEST_LINE).position(|byte| *byte == b'\n')?;
    let line = String::from_utf8_lossy(bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end])).into_owned();
    let words: Vec<&str> = line.split(' ').collect();
    let date = (2..words.len().checked_sub(2)?).find(|at| is_date(words[*at]) && is_address(words[*at - 1]))?;
    let url = words[..date - 1].join(" ");
    if !is_url(&url) {
        return None;
    }
    let length = words.last()?;
    let media_type = words[date + 1];
    let media_type = Some(media_type.trim_end_matches(';').to_owned()).filter(|kind| kind.contains('/'));
    Some((Fields { url, captured: moment(words[date]), media_type, length: length.parse().ok() }, end + 1))
}

/// Where a record begins inside bytes, behind a line end.
pub(super) fn next_record(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).find(|at| parse(&bytes[*at..]).is_some())
}

/// `20080430204825`; the earliest crawls have no seconds, some have more figures behind them.
fn is_date(word: &str) -> bool {
    matches!(word.len(), 12 | 14..=18) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// An address of IPv4 or IPv6, or what stands for one that is not known.
fn is_address(word: &str) -> bool {
    word == "-"
        || word.contains(['.', ':']) && word.bytes().all(|byte| byte.is_ascii_hexdigit() || b".:%".contains(&byte))
}

/// A scheme and something behind it.
fn is_url(text: &str) -> bool {
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    text.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_of_scheme) && !rest.is_empty()
    })
}

/// A date of fourteen figures in ISO 8601.
fn moment(date: &str) -> Option<String> {
    let date = date.get(..14).unwrap_or(date);
    let format = if date.len() == 14 { "%Y%m%d%H%M%S" } else { "%Y%m%d%H%M" };
    let moment = chrono::NaiveDateTime::parse_from_str(date, format).ok()?;
    Some(moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_versions_are_read() {
        let one = b"http://a.example/x y 192.0.2.7 20080430204830 text/html 705\nHTTP/1.1 200 OK\r\n";
        let fields = Fields {
            url: "http://a.example/x y".into(),
            captured: Some("2008-04-30T20:48:30Z".into()),
            media_type: Some("text/html".into()),
            length: Some(705),
        };
        assert_eq!(parse(one), Some((fields, 60)));
        let two = b"http://a.example/ 2001:db8::7 20080430204830 text/html 200 abc - 1209 IA-1.arc 77\r\n";
        let (fields, length) = parse(two).unwrap();
        assert_eq!((fields.length, fields.media_type.as_deref(), length), (Some(77), Some("text/html"), two.len()));
        let none = b"dns:a.example - 199704302048 no-type 12\n";
        let (fields, _) = parse(none).unwrap();
        assert_eq!((fields.media_type, fields.captured.as_deref()), (None, Some("1997-04-30T20:48:00Z")));
        let damaged = b"http://a.example/ 192.0.2.7 200804302048300000 text/html abc\n";
        let (fields, _) = parse(damaged).unwrap();
        assert_eq!((fields.length, fields.captured.as_deref()), (None, Some("2008-04-30T20:48:30Z")));
    }

    #[test]
    fn other_lines_head_no_record() {
        for line in [
            &b"URL IP-address Archive-date Content-type Archive-length\n"[..],
            b"http://a.example/ 192.0.2.7 20080430204830 text/html\n",
            b"On 192.0.2.7 20080430204830 text/html 5\n",
            b"http://a.example/ 192.0.2.7 2008 text/html 5\n",
            b"http://a.example/ 192.0.2.7 20080430204830 text/html 5",
            b"\n",
            b"",
        ] {
            assert_eq!(parse(line), None, "{}", String::from_utf8_lossy(line));
        }
        let page = b"a\nb http\nhttp://b.example/ 192.0.2.7 20080430204830 text/html 5\nxxxxx";
        assert_eq!(next_record(page), Some(9));
    }
}
