//! The encoding that a page declares in its own first bytes. A hint, as everything that is declared.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

/// Bytes in which it is looked for. Browsers look in 1,024 first (HTML, "prescan a byte stream to determine its
/// encoding") and read anew where it stands later.
const HEAD: usize = 4096;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    // `<meta charset=…>`, `<meta http-equiv=… content="text/html; charset=…">`, `<?xml … encoding="…"?>`
    let meta = r#"<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*(?P<meta>[\w.:-]{2,40})"#;
    let xml = r#"^\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["'](?P<xml>[\w.:-]{2,40})["']"#;
    Regex::new(&format!("(?i-u)(?:{xml}|{meta})")).expect("a constant pattern")
});

/// Compiles the pattern.
pub(super) fn warm() {
    LazyLock::force(&LABEL);
}

/// The label in the head of a page, and where it stands.
pub(super) fn of_page(bytes: &[u8]) -> Option<(&str, Range<usize>)> {
    let head = &bytes[..bytes.len().min(HEAD)];
    // Most inputs are plain text: a look for the first mark is enough for these.
    memchr::memchr(b'<', head)?;
    let captures = LABEL.captures(head)?;
    let label = captures.name("meta").or_else(|| captures.name("xml"))?;
    Some((std::str::from_utf8(label.as_bytes()).ok()?, label.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_every_form() {
        let label = |page: &str| of_page(page.as_bytes()).map(|(label, _)| label.to_owned());
        assert_eq!(label("<html><meta charset=gb2312>").as_deref(), Some("gb2312"));
        assert_eq!(
            label("<META HTTP-EQUIV='Content-Type' content='text/html; charset=Big5'>").as_deref(),
            Some("Big5")
        );
        assert_eq!(label("<?xml version='1.0' encoding='KOI8-R'?><html>").as_deref(), Some("KOI8-R"));
        assert_eq!(label("a < b, and charset=utf-8"), None);
    }
}
