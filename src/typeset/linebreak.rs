//! Where a line may end: the opportunities of UAX #14 (<https://www.unicode.org/reports/tr14/>), strict
//! kinsoku for CJK, words kept whole in Korean.
//!
//! A soft hyphen is an opportunity at which the line shows a hyphen.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness, LineBreakWordOption};

use crate::document::Language;

/// Byte offsets into `text` after which a line may end, ascending, without 0; the last one is the text's end.
pub(super) fn opportunities(text: &str, language: &Language) -> Vec<usize> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    if language.primary() == "ko" {
        options.word_option = Some(LineBreakWordOption::KeepAll);
    }
    let segmenter = LineSegmenter::new_auto(options);
    // Thai's signs of repetition and abbreviation belong to the word before them.
    let is_open = |at: &usize| *at > 0 && !text[*at..].starts_with(['ๆ', 'ฯ']);
    segmenter.segment_str(text).filter(is_open).collect()
}

/// Shows a hyphen where a line ends after it, and nothing elsewhere.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, tag: &str) -> Vec<String> {
        let mut start = 0;
        let ends = opportunities(text, &Language(tag.into()));
        ends.into_iter().map(|end| text[std::mem::replace(&mut start, end)..end].to_owned()).collect()
    }

    #[test]
    fn lines_end_after_spaces_and_hyphens_only() {
        assert_eq!(pieces("a well-known fact, no.", "en"), ["a ", "well-", "known ", "fact, ", "no."]);
        assert_eq!(pieces("100\u{A0}km and soft\u{AD}ly", "en"), ["100\u{A0}km ", "and ", "soft\u{AD}", "ly"]);
    }

    #[test]
    fn kinsoku_keeps_punctuation_with_its_word() {
        // LB19 of Unicode 15 allows no break before a quotation mark either.
        assert_eq!(pieces("他说：“你好。”", "zh-Hans"), ["他", "说：“你", "好。”"]);
    }

    #[test]
    fn no_line_begins_with_a_sign_of_repetition() {
        assert!(pieces("ปฏิบัติใด ๆ อันเป็น", "th").iter().all(|piece| !piece.starts_with('ๆ')));
    }

    #[test]
    fn korean_words_stay_whole() {
        assert_eq!(pieces("우리는 바람처럼", "ko"), ["우리는 ", "바람처럼"]);
    }
}
