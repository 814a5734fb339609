//! Character references of HTML (`&iexcl;`, `&#161;`, `&#xA1;`) as the characters that they stand for.
//!
//! In a page they are units of the repair: `&iexcl;&macr;` can be damage as well as `¡¯`. In plain text they are what
//! a scraper left, and become characters when that is asked for. The names are those of the HTML Living Standard
//! (<https://html.spec.whatwg.org/multipage/named-characters.html>); references without a semicolon are left alone.

use super::edits::{self, Made, RepairRun};
use crate::edit::ChainId;
use crate::encoding::EncodingId;
use crate::span::Permille;

/// Bytes of the longest reference: the longest name has 31 letters, and `&amp;` may stand before it.
const LONGEST: usize = 40;

/// Which references are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Those of characters above ASCII: the others are markup.
    AboveAscii,
    /// All, those that were escaped once more (`&amp;rsquo;`) among them.
    All,
}

/// The references of a text, each a run of its own.
pub(super) fn find(text: &str, kind: Kind) -> Vec<RepairRun> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('&').map(|i| at + i) {
        at = start + 1;
        let Some((length, character)) = reference(&text[start..], kind) else { continue };
        at = start + length;
        let corr = character.to_string();
        let made = Made {
            range: start..at,
            corr: &corr,
            chain: ChainId::REFERENCE,
            bits: 0,
            confidence: Permille::CERTAIN,
            inferred: false,
        };
        edits::push(&mut runs, &made);
    }
    runs
}

/// The character of the reference that `text` begins with, and its length in bytes.
fn reference(text: &str, kind: Kind) -> Option<(usize, char)> {
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = &text[1..end];
    let character = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(name)?,
    };
    if kind == Kind::All && character == '&' {
        // Escaped once more: the reference is in what follows.
        if let Some((length, inner)) = reference(&format!("&{}", text.get(end + 1..)?), kind).filter(|(_, c)| *c != '&')
        {
            return Some((end + length, inner));
        }
    }
    (kind == Kind::All || !character.is_ascii()).then_some((end + 1, character))
}

fn named(name: &str) -> Option<char> {
    let reference = format!("&{name};");
    let text = html_escape::decode_html_entities(&reference);
    // An unknown name stays as it is, and a few names are two characters.
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match u8::try_from(code) {
        // HTML 13.2.5.80: numbers of C1 controls are those of windows-1252.
        Ok(byte @ 0x80..=0x9F) => EncodingId::Windows1252.byte_table().map(|table| table[usize::from(byte - 0x80)]),
        _ => char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: Kind) -> String {
        edits::apply(text, &find(text, kind))
    }

    #[test]
    fn references_of_all_forms_are_read() {
        assert_eq!(read("can&rsquo;t &#8217; &#x2019; &#146;", Kind::AboveAscii), "can’t ’ ’ ’");
        assert_eq!(read("&oelig;&delta;&scaron;&Yuml;&circ;&hellip;", Kind::AboveAscii), "œδšŸˆ…");
        assert_eq!(read("a &amp; b &lt; c &eacute;", Kind::AboveAscii), "a &amp; b &lt; c é");
        assert_eq!(read("can&amp;rsquo;t &amp; so &quot;on&quot;", Kind::All), "can’t & so \"on\"");
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in ["AT&T", "a && b;", "?a=1&copy=2&reg=3", "&;", "&nosuchname;", "&#xD800;", "&"] {
            assert_eq!(read(text, Kind::All), text);
        }
    }
}
