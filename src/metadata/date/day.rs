//! A day without its year: `March 3`, `Montag, 4. Mai`, `五月三日`.

use crate::metadata::lexicon::Words;

/// Words of the longest that is told.
const MOST: usize = 5;

/// Whether a line begins with a day and says nothing else but the weekday.
pub(in crate::metadata) fn is_day(words: &Words, text: &str) -> bool {
    begins_with_han_day(text) || is_named_day(words, text)
}

/// `五月三日`, `5月3日（日）`, `二月三日　晴`: a month and a day by figures or numerals.
pub(in crate::metadata) fn begins_with_han_day(text: &str) -> bool {
    fn behind(text: &str, mark: char) -> Option<&str> {
        let is_figure = |c: &char| c.is_ascii_digit() || "０１２３４５６７８９〇一二三四五六七八九十廿卅".contains(*c);
        let figures = text.chars().take_while(is_figure).count();
        let length = text.chars().take(figures).map(char::len_utf8).sum::<usize>();
        // 二十三日 has three.
        text[length..].strip_prefix(mark).filter(|_| (1..=3).contains(&figures))
    }
    behind(text, '月').and_then(|rest| behind(rest, '日')).is_some()
}

/// A number up to 31 and the name of a month, with or without a weekday.
fn is_named_day(words: &Words, text: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '،');
    let parts: Vec<&str> = text.split(is_mark).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.trim_end_matches(char::is_alphabetic).parse::<u32>().ok();
    let is_number = |part: &&&str| number(part).is_some_and(|day| (1..=31).contains(&day));
    let is_month = |part: &&&str| words.month(part).is_some_and(|(length, _)| length == part.len());
    let is_beside = |part: &&str| words.beside_date(part) == Some(part.len());
    parts.len() <= MOST
        && parts.iter().filter(is_number).count() == 1
        && parts.iter().filter(is_month).count() == 1
        && parts.iter().all(|part| is_number(&part) || is_month(&part) || is_beside(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_years_are_told() {
        let words = Words::of(["en", "de", "fr"]);
        for day in
            ["March 3", "3 March", "Montag, 4. Mai", "le 4 mai", "May 4th", "五月三日（日）", "5月3日", "二月三日　晴"]
        {
            assert!(is_day(&words, day), "{day}");
        }
        for other in
            ["March", "March 3, 2020", "A day in May 4", "五月女日向", "三月", "May we 4", "望月日向子", "40 May", ""]
        {
            assert!(!is_day(&words, other), "{other}");
        }
    }
}
