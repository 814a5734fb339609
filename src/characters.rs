//! What characters are, where several rooms have to agree on it.

use std::borrow::Cow;

/// Whether a terminal may obey a character instead of showing it: control characters (escape sequences begin with ESC or
/// with a C1 code), the marks that turn the direction of text (UAX #9), and the two separators of lines.
pub fn is_obeyed(c: char) -> bool {
    let turns = matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A text for one line of a terminal: what it would obey is written as `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_obeyed(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(printable("\u{1B}[31mred\u{7}\n"), r"\u{1b}[31mred\u{7}\u{a}");
        assert_eq!(printable("\u{9B}1m \u{202E}txt.exe \u{2066}"), r"\u{9b}1m \u{202e}txt.exe \u{2066}");
        assert_eq!(printable("Ä 中文 a\u{200D}b\u{200C}c"), "Ä 中文 a\u{200D}b\u{200C}c");
    }
}
