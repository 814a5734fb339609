//! Punctuation at the edges of lines and beside other punctuation.
//!
//! A point or hyphen at the edge of a line weighs little: set a part of its width outside, the edge looks straighter
//! (H. T. Thành, "Micro-typographic extensions to the TeX typesetting system", 2000). Punctuation of Chinese and
//! Japanese fills an em of which half is blank; two in a row share the blank, and a line that is too long takes it
//! (JLREQ §3.1.2 and §3.1.4, <https://www.w3.org/TR/jlreq/>; CLREQ §3.1.6, <https://www.w3.org/TR/clreq/>).

use crate::document::Language;

/// Thousandths of its width by which a character stands outside at the beginning of a line.
pub(super) fn at_left(c: char) -> i64 {
    match c {
        '“' | '‘' | '„' | '‚' | '"' | '\'' => 500,
        '«' | '‹' | '»' | '›' => 300,
        '—' | '–' | '(' | '[' => 100,
        'A' | 'T' | 'V' | 'W' | 'Y' => 50,
        _ => 0,
    }
}

/// The same at the end of a line.
pub(super) fn at_right(c: char) -> i64 {
    match c {
        '.' | ',' | '‐' | '-' | '\u{AD}' => 600,
        '”' | '’' | '“' | '‘' | '"' | '\'' => 500,
        ':' | ';' => 400,
        '»' | '›' | '«' | '‹' => 300,
        '–' => 250,
        '!' | '?' | '—' | '…' => 150,
        ')' | ']' => 100,
        _ => 0,
    }
}

/// Where a full-width punctuation mark is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    Left,
    Right,
}

/// How a region writes its punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// Points, commas, colons and exclamation marks stand at the left of their em.
    Mainland,
    /// Points and commas do.
    Japan,
    /// All stand in the middle.
    Taiwan,
}

impl Region {
    pub fn of(language: &Language) -> Self {
        match language.tag() {
            "zh-Hans" => Self::Mainland,
            "zh-Hant" => Self::Taiwan,
            _ => Self::Japan,
        }
    }

    /// Where a punctuation mark in a CJK face is blank, if half of it is.
    pub fn blank(self, c: char) -> Option<Blank> {
        match c {
            '「' | '『' | '（' | '［' | '｛' | '【' | '《' | '〈' | '〔' | '〖' | '“' | '‘' => {
                Some(Blank::Left)
            }
            '」' | '』' | '）' | '］' | '｝' | '】' | '》' | '〉' | '〕' | '〗' | '”' | '’' => {
                Some(Blank::Right)
            }
            '、' | '。' | '，' | '．' if self != Self::Taiwan => Some(Blank::Right),
            '；' | '：' | '！' | '？' if self == Self::Mainland => Some(Blank::Right),
            _ => None,
        }
    }
}

/// Whether two marks in a row share half an em of blank.
pub(super) fn share(first: Blank, second: Blank) -> bool {
    first == Blank::Right || second == Blank::Left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_blank_at_the_right_where_they_stand_at_the_left() {
        let of = |tag: &str, c| Region::of(&Language(tag.to_owned())).blank(c);
        assert_eq!(of("zh-Hans", '，'), Some(Blank::Right));
        assert_eq!(of("zh-Hant", '，'), None);
        assert_eq!(of("ja", '！'), None);
        assert_eq!(of("zh-Hant", '「'), Some(Blank::Left));
        assert!(share(Blank::Right, Blank::Right) && share(Blank::Left, Blank::Left));
        assert!(!share(Blank::Left, Blank::Right));
    }
}
