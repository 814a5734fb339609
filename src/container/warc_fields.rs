//! The header of a WARC record (ISO 28500:2017 4): its version line and its named fields, as the standard has them and
//! as crawlers write them, with lines that end with LF only, names in any case and the drafts' versions.

use std::io::{self, Cursor};

use fastwarc::warc::header::{HeaderEncoding, HeaderMap};
use memchr::memmem;

use super::kind::{self, Compression};

/// Bytes of one header block: cookies make them long.
pub(super) const LONGEST_HEADER: usize = 1 << 20;
/// What every version line begins with.
pub(super) const MARK: &[u8] = b"WARC/";
/// Bytes that tell whether a record begins: a version line and the name of a field.
pub(super) const BEGINNING: usize = 256;

/// Whether a WARC file begins here, compressed or not.
pub(super) fn begins_file(bytes: &[u8]) -> bool {
    kind::uncompressed(bytes, Compression::of_beginning(bytes)).starts_with(MARK)
}

/// The version that a line at the beginning of some bytes states, and the length of the line with its end.
pub(super) fn version(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let line = &bytes[..memchr::memchr(b'\n', &bytes[..bytes.len().min(BEGINNING)])?];
    // RFC 2616 2.1, which the grammar follows: literal text is in any case.
    let (mark, version) = line.split_at_checked(MARK.len())?;
    let version = version.trim_ascii_end();
    let (major, minor) = version.split_at_checked(memchr::memchr(b'.', version)?)?;
    let is_number = |digits: &[u8]| (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    let is_version = mark.eq_ignore_ascii_case(MARK) && is_number(major) && is_number(&minor[1..]);
    is_version.then_some((version, line.len() + 1))
}

/// Whether a version is one that was in use: the standard's, or a draft's (0.9 to 0.18, ClueWeb09).
pub(super) fn is_known(version: &[u8]) -> bool {
    matches!(version, b"1.0" | b"1.1") || version.starts_with(b"0.")
}

/// Whether a version line is followed by a named field: a page may speak of `WARC/1.0`.
pub(super) fn begins_record(bytes: &[u8]) -> bool {
    let Some((_, length)) = version(bytes) else { return false };
    let rest = &bytes[length..];
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let blanks = rest[name..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    name > 0 && rest.get(name + blanks) == Some(&b':')
}

/// Bytes up to and with the empty line that ends a header.
pub(super) fn header_length(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        if bytes[start..end].iter().all(|b| *b == b'\r') {
            return Some(end + 1);
        }
        start = end + 1;
    }
    None
}

/// Where in a header another record begins: a file that was cut off in a header may have been joined with another.
pub(super) fn begins_inside(header: &[u8]) -> Option<usize> {
    let is_cut = |at: &usize| begins_record(&header[*at..]) && memmem::find(&header[*at..], b"\nWARC-Type:").is_some();
    memmem::find_iter(header, MARK).filter(|at| *at > 0).find(is_cut)
}

/// The named fields of a header, however its lines end.
pub(super) fn fields(header: &[u8]) -> io::Result<HeaderMap> {
    let mut lines = Vec::with_capacity(header.len() + 32);
    for line in header.split_inclusive(|b| *b == b'\n') {
        let bare = line.iter().rposition(|b| !matches!(b, b'\r' | b'\n')).map_or(0, |last| last + 1);
        lines.extend_from_slice(&line[..bare]);
        lines.extend_from_slice(b"\r\n");
    }
    let longest = lines.len();
    let mut fields = HeaderMap::new(HeaderEncoding::Unicode);
    fields.parse_with_opts(&mut Cursor::new(lines), true, longest, false)?;
    Ok(fields)
}

/// Whether a line of a header is neither a field nor the next line of one.
pub(super) fn has_stray_line(header: &[u8]) -> bool {
    let mut lines = header.split(|b| *b == b'\n').skip(1);
    lines.any(|line| {
        !line.trim_ascii().is_empty() && !line.starts_with(b" ") && !line.starts_with(b"\t") && !line.contains(&b':')
    })
}

/// The length of its block that a record states, or what is wrong with that.
pub(super) fn content_length(fields: &HeaderMap) -> Result<u64, String> {
    let stated = fields.get_multiple("Content-Length");
    let Some(first) = stated.first() else { return Err("it has no Content-Length".to_owned()) };
    if let Some(other) = stated.iter().find(|other| *other != first) {
        return Err(format!("its Content-Length is {first:?} and {other:?}"));
    }
    // ISO 28500:2017 5.3: digits and nothing else.
    let is_number = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    let length = is_number.then(|| first.parse().ok()).flatten();
    length.ok_or_else(|| format!("its Content-Length is {:?}", first.chars().take(40).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_begins_with_a_version_line_and_a_field() {
        for beginning in [
            "WARC/1.0\r\nWARC-Type: response",
            "WARC/1.1\nwarc-type : response",
            "WARC/0.18 \nWARC-Type:",
            "warc/0.17\r\nx:",
            "WARC/1.1\r\r\nWARC-Date:",
        ] {
            assert!(begins_record(beginning.as_bytes()), "{beginning:?}");
        }
        for none in [
            "WARC/1.0",
            "WARC/1.0\r\n",
            "WARC/1.0\r\n\r\nA",
            "WARC/1.0 is old\r\nA: b",
            "WARC/x.0\nA: b",
            " WARC/1.0\nA:",
        ] {
            assert!(!begins_record(none.as_bytes()), "{none:?}");
        }
        assert!(is_known(b"0.18") && is_known(b"1.1") && !is_known(b"1.2"));
    }

    #[test]
    fn fields_are_read_with_any_line_ends_and_folded() {
        let header = b"WARC/1.0\nwarc-type: response\r\nX: a\r\r\n b\nContent-length:  12 \n\n";
        assert_eq!(header_length(&[&header[..], b"body\n\n"].concat()), Some(header.len()));
        let fields = fields(header).unwrap();
        assert_eq!(fields.get("WARC-Type").as_deref(), Some("response"));
        assert_eq!((fields.get("x").as_deref(), content_length(&fields)), (Some("a b"), Ok(12)));
    }

    #[test]
    fn lines_that_are_no_fields_are_told() {
        assert!(!has_stray_line(b"WARC/1.0\r\nA: b\r\n c\r\n\td\r\n\r\n"));
        assert!(has_stray_line(b"WARC/1.0\r\nA: b\r\nc\r\n\r\n"));
    }

    #[test]
    fn a_length_is_digits_or_unclear() {
        let of = |lines: &str| content_length(&fields(format!("WARC/1.0\r\n{lines}\r\n").as_bytes()).unwrap());
        assert_eq!(of("Content-Length: 5\r\ncontent-length: 5\r\n"), Ok(5));
        for unclear in ["", "-5", "+5", "5 bytes", "99999999999999999999", "1e3"] {
            assert!(of(&format!("Content-Length: {unclear}\r\n")).is_err(), "{unclear:?}");
        }
        assert!(of("").is_err() && of("Content-Length: 5\r\nContent-Length: 6\r\n").is_err());
    }

    #[test]
    fn a_header_that_was_cut_off_may_be_joined_with_a_record() {
        let joined = b"WARC/1.0\r\nWARC-Ty\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n";
        assert_eq!(begins_inside(joined), Some(19));
        let quoted = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nformat: WARC/1.0\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(begins_inside(quoted), None);
    }
}
