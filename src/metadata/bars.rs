//! Marks that set the parts of a line off.

use std::ops::Range;

/// Marks that set parts off. A hyphen or a comma does not: names and dates hold them.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '丨' | '｜' | '•' | '‧' | '∙' | ';' | '；' | '\t' | '\u{3000}' | '\u{2502}')
}

/// A range without white space, bars, commas and middle dots at its ends.
pub(super) fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let unwanted = |c: char| c.is_whitespace() || is_bar(c) || matches!(c, ',' | '，' | '·' | '・');
    let start = text.len() - text.trim_start_matches(unwanted).len();
    let end = start + text[start..].trim_end_matches(unwanted).len();
    range.start + start..range.start + end
}
