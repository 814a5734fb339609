//! What characters are, where several rooms have to agree on it.

use std::borrow::Cow;

/// Whether a character is Han, kana, Hangul, CJK punctuation, or a full-width form: it is as wide as two Latin letters, and
/// no space stands beside it.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3000}'..='\u{303F}' // punctuation
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}' // kana
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' // Han
        | '\u{AC00}'..='\u{D7A3}' // Hangul
        | '\u{FF01}'..='\u{FF60}') // full-width forms
}

/// Whether a text holds a CJK character. The least of them begins with this byte in UTF-8, most texts have none above.
pub fn has_cjk(text: &str) -> bool {
    let may = |bytes: &[u8]| bytes.iter().fold(false, |may, byte| may | (*byte >= LEAST_CJK));
    text.as_bytes().chunks(64).any(may) && text.chars().any(is_cjk)
}

/// The first byte of U+3000 in UTF-8.
const LEAST_CJK: u8 = 0xE3;

/// Columns that a text takes in a fixed-width font: two for a CJK character, one for any other.
pub fn columns(text: &str) -> usize {
    let wide = if has_cjk(text) { text.chars().filter(|c| is_cjk(*c)).count() } else { 0 };
    text.chars().count() + wide
}

/// Where the text of a list's item begins behind its mark, if a line begins one.
pub fn item_text(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(MARKS);
    let rest = if rest.len() < line.len() {
        rest
    } else {
        line.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.')?
    };
    let text = rest.trim_start();
    (rest.len() < line.len() && text.len() < rest.len()).then(|| line.len() - text.len())
}

/// Marks of items, as browsers print them for text.
const MARKS: [char; 12] = ['•', '□', '☆', '○', '■', '★', '◎', '●', '▪', '*', '+', '-'];
/// Those of them with which no line of a paragraph begins.
pub const BULLETS: [char; 6] = ['•', '□', '☆', '■', '★', '▪'];

/// Whether nobody sees a character, and no script has it as a letter (as ZWJ and ZWNJ): places where a line may break or
/// may not, hyphens that are not printed.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters and digits in lower case: how two statements of one thing are compared.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

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

/// Whether a reader sees anything of it: a title or heading that nobody sees is none.
pub fn is_visible(text: &str) -> bool {
    let hidden = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
            || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{7F}'..='\u{9F}')
    };
    text.chars().any(|c| !hidden(c))
}

/// Whether a text ends as sentences do.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '»', '」', '）', ')', '』', ' ', '\u{A0}'])
        .ends_with(['.', '。', '．', '!', '！', '?', '？', '…', ';', '；', '؟'])
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
