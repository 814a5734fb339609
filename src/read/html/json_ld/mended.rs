//! The JSON of a script with the faults mended that pages make: line ends inside strings, comments around scripts, commas
//! that are missing or too many, quotation marks inside strings that were not escaped.

use std::borrow::Cow;

use serde_json::Value;

/// The JSON of a script.
#[derive(Debug)]
pub(super) struct Mended<'t> {
    /// What was read: as long as the script but for what was put in.
    pub(super) text: Cow<'t, str>,
    /// Where characters were put in, in the mended text.
    inserted: Vec<usize>,
    /// Whether commas or quotation marks were wrong.
    pub(super) is_mended: bool,
}

/// Reads a script; `None` where it is no JSON even when it is mended.
pub(super) fn read(script: &str) -> Option<(Mended<'_>, Value)> {
    let text = without_wrapping(script);
    if let Ok(value) = serde_json::from_str(&text) {
        return Some((Mended { text, inserted: Vec::new(), is_mended: false }, value));
    }
    let mended = Mender { text: &text, out: String::with_capacity(text.len() + 8), inserted: Vec::new() }.mend();
    let value = serde_json::from_str(&mended.text).ok()?;
    Some((mended, value))
}

impl Mended<'_> {
    /// The place in the script of one in the mended text.
    pub(super) fn in_script(&self, at: usize) -> usize {
        at - self.inserted.partition_point(|inserted| *inserted < at)
    }
}

/// The script with spaces for control characters and for what stands around the JSON: comments, `CDATA`, a semicolon.
fn without_wrapping(script: &str) -> Cow<'_, str> {
    let inner = script.trim();
    let inner = inner.strip_prefix("<!--").unwrap_or(inner);
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let inner = inner.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let inner = inner.trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    let start = inner.as_ptr() as usize - script.as_ptr() as usize;
    if start == 0 && inner.len() == script.len() && !script.contains(char::is_control) {
        return Cow::Borrowed(script);
    }
    let blank = |text: &str| " ".repeat(text.len());
    // Of control characters those of C1 have two bytes.
    let shown = inner.chars().flat_map(|c| {
        let (kept, spaces) = if c.is_control() { (None, c.len_utf8()) } else { (Some(c), 0) };
        kept.into_iter().chain(std::iter::repeat_n(' ', spaces))
    });
    let text: String = blank(&script[..start]).chars().chain(shown).collect();
    Cow::Owned(text)
}

struct Mender<'t> {
    text: &'t str,
    out: String,
    inserted: Vec<usize>,
}

impl Mender<'_> {
    fn mend(mut self) -> Mended<'static> {
        let mut at = 0;
        // Whether a value ended last, behind which a comma, a colon or a bracket has to stand.
        let mut ended = false;
        let mut dropped = false;
        while let Some(c) = self.text[at..].chars().next() {
            if ended && matches!(c, '"' | '{' | '[') {
                self.insert(',');
            }
            if c == '"' {
                at = self.string(at);
                ended = true;
                continue;
            }
            ended = match c {
                '}' | ']' => true,
                c if c.is_whitespace() => ended,
                _ => false,
            };
            at += c.len_utf8();
            let closes = c == ',' && self.text[at..].trim_start().starts_with(['}', ']']);
            dropped |= closes;
            self.out.push(if closes { ' ' } else { c });
        }
        let is_mended = dropped || !self.inserted.is_empty();
        Mended { text: Cow::Owned(self.out), inserted: self.inserted, is_mended }
    }

    /// Copies the string that begins at `at`; returns where it ends.
    fn string(&mut self, at: usize) -> usize {
        self.out.push('"');
        let mut escaped = false;
        for (i, c) in self.text[at + 1..].char_indices() {
            let end = at + 1 + i + c.len_utf8();
            if c == '"' && !escaped {
                if closes(&self.text[end..]) {
                    self.out.push('"');
                    return end;
                }
                self.insert('\\');
            }
            escaped = c == '\\' && !escaped;
            self.out.push(c);
        }
        self.text.len()
    }

    fn insert(&mut self, c: char) {
        self.inserted.push(self.out.len());
        self.out.push(c);
    }
}

/// Whether a quotation mark with this behind it ends its string: a bracket, a colon, a comma with a value behind it, or a
/// key with the comma missing.
fn closes(behind: &str) -> bool {
    let behind = behind.trim_start();
    let is_key = |text: &str| {
        let name = text.strip_prefix('"').and_then(|text| text.split_once('"'));
        name.is_some_and(|(name, rest)| name.len() < LONGEST_KEY && rest.trim_start().starts_with(':'))
    };
    match behind.chars().next() {
        None | Some('}' | ']' | ':') => true,
        Some(',') => {
            let next = behind[1..].trim_start();
            let is_value =
                next.starts_with(['{', '[', '}', ']', '-']) || next.starts_with(|c: char| c.is_ascii_digit());
            is_value || next.starts_with('"')
        }
        _ => is_key(behind),
    }
}

/// Bytes of a name of a property: schema.org's longest has 31.
const LONGEST_KEY: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_commas_and_quotation_marks_are_mended_and_places_stay() {
        for (script, value) in [
            (r#"{"a": "x", "b": {"c": "y"},}"#, r#"{"a": "x", "b": {"c": "y"}}"#),
            (r#"{"a": "x" "b": ["y", "z",]}"#, r#"{"a": "x", "b": ["y", "z"]}"#),
            (r#"{"a": {"c": 1} "b": "y"}"#, r#"{"a": {"c": 1}, "b": "y"}"#),
            (r#"{"a": "The "boat" runs, "again".", "b": "y"}"#, r#"{"a": "The \"boat\" runs, \"again\".", "b": "y"}"#),
            (r#"<!-- {"a": "x", "b": "y",} -->"#, r#"{"a": "x", "b": "y"}"#),
        ] {
            let (mended, found) = read(script).unwrap();
            assert_eq!(found, serde_json::from_str::<Value>(value).unwrap(), "{script}");
            assert!(mended.is_mended, "{script}");
            if let Some(at) = mended.text.find("\"y\"") {
                assert!(script[mended.in_script(at)..].starts_with("\"y\""), "{script}");
            }
        }
    }

    #[test]
    fn what_is_no_fault_is_not_mended() {
        for script in ["{\"a\": \"x\ny\"}", "//<![CDATA[\n{\"a\": 1};\n//]]>", r#"{"a": "\"x\", \"y\""}"#] {
            assert!(!read(script).unwrap().0.is_mended, "{script}");
        }
        assert!(read("{\"a\": \"x").is_none() && read("var a = 1;").is_none());
    }
}
