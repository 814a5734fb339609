//! What stands beside a date in a part of a line.

use std::ops::Range;

use super::bars::trim;
use super::lexicon::Words;

/// What is left of a part on either side of its date, where the date is at one end or set off by a comma or a bracket.
pub(super) fn around_date(
    words: &Words,
    line: &str,
    range: &Range<usize>,
    date: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let before = line[range.start..date.start].trim_end();
    let before = before.trim_end_matches(['(', '（', ',', '，', '،', '–', '—', '-', ' ', '·']);
    // `Posted by A on`, `Por A el`
    let preposition = before.rsplit_once(' ').filter(|(_, word)| is_beside(words, word));
    let before = preposition.map_or(before, |(before, _)| before);
    // `By Hester Quaile Sunday,`
    let is_weekday = |before: &str, word: &str| before.contains(' ') && words.beside_date(word) == Some(word.len());
    let weekday = before.rsplit_once(' ').filter(|(before, word)| is_weekday(before, word));
    let before = weekday.map_or(before, |(before, _)| before.trim_end_matches([',', ' ', '–', '-', '·']));
    let behind = line[date.end..range.end].trim_start_matches([')', '）', ',', '，', '–', '—', '-', ' ', '.', '·']);
    // `October 4, 2015 at 7:30 am by Hester Quaile`
    let begins =
        |at: &usize| words.byline(behind[*at..].trim_start()).is_some() && is_date_filler(words, &behind[..*at]);
    let byline = behind.match_indices(' ').map(|(at, _)| at).find(begins);
    let behind = byline.map_or(behind, |at| behind[at..].trim_start());
    let behind_start = range.end - behind.len();
    let short = before.chars().count() <= 60 && behind.chars().count() <= 60;
    let at_an_end = byline.is_some()
        || before.is_empty()
        || behind.is_empty()
        || is_date_filler(words, behind)
        || is_date_filler(words, before);
    // A sentence with a date in it is a sentence.
    let prose = before.ends_with(['.', '。', '،']) || before.split_whitespace().count() > 7;
    (short && at_an_end && !prose).then(|| {
        (
            trim(line, range.start..range.start + before.len()),
            if is_date_filler(words, behind) { range.end..range.end } else { trim(line, behind_start..range.end) },
        )
    })
}

/// Whether a word stands beside a date, and is no name.
fn is_beside(words: &Words, word: &str) -> bool {
    word.starts_with(char::is_lowercase) && words.is_beside_date(word)
}

/// Whether a text holds only what stands beside a date and says nothing else: weekdays, times, prepositions, pages.
pub(super) fn is_date_filler(words: &Words, text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() && text.len() <= LONGEST {
        match filler(words, rest) {
            Some(length) => rest = &rest[length..],
            None => return false,
        }
    }
    text.len() <= LONGEST
}

/// Longest text that is asked, in bytes.
const LONGEST: usize = 120;

/// Marks between such words.
const MARKS: [char; 18] =
    [',', '.', '|', '·', '•', '、', '(', ')', '（', '）', ':', '：', '/', '–', '—', '،', '@', '-'];

fn is_mark(c: char) -> bool {
    c.is_whitespace() || MARKS.contains(&c)
}

/// How much of the start of a text says nothing.
fn filler(words: &Words, text: &str) -> Option<usize> {
    if let Some(mark) = text.chars().next().filter(|c| is_mark(*c)) {
        return Some(mark.len_utf8());
    }
    let ends = |length: usize| text[length..].chars().next().is_none_or(is_mark).then_some(length);
    time(text)
        .or_else(|| page(text))
        .or_else(|| words.beside_date(text))
        .or_else(|| half_of_day(text).and_then(ends))
        .or_else(|| words.zone(text).map(|(length, _)| length))
        .or_else(|| offset(text).and_then(ends))
}

/// `+0400`, `+04:00`, behind the name of a zone.
fn offset(text: &str) -> Option<usize> {
    let hours = text.strip_prefix(['+', '-', '−'])?;
    let rest = hours.get(figures(hours, 2).filter(|length| *length == 2)?..)?;
    let minutes = rest.strip_prefix(':').unwrap_or(rest);
    let rest = minutes.get(figures(minutes, 2).filter(|length| *length == 2)?..)?;
    Some(text.len() - rest.len())
}

/// `10:15`, `10.15:30`, `10h`, with the half of the day behind it.
fn time(text: &str) -> Option<usize> {
    let hours = figures(text, 2)?;
    let rest = text[hours..].trim_start_matches(' ');
    let (mark, behind) = (rest.chars().next()?, rest.get(rest.chars().next()?.len_utf8()..)?);
    let at_hour = text.len() - behind.len();
    let behind = behind.trim_start_matches(' ');
    let Some(minutes) = figures(behind, 2).filter(|n| *n == 2 && matches!(mark, ':' | '.' | 'h' | '：')) else {
        return (mark == 'h').then_some(at_hour);
    };
    let mut rest = &behind[minutes..];
    for mark in [':', '.'] {
        let more = rest.strip_prefix(mark).and_then(|rest| Some(&rest[figures(rest, 9)?..]));
        rest = more.unwrap_or(rest);
    }
    let half = half_of_day(rest.trim_start_matches(' ')).map(|n| rest.len() - rest.trim_start_matches(' ').len() + n);
    Some(text.len() - rest.len() + half.unwrap_or(0))
}

/// `a.m.`, `PM`
fn half_of_day(text: &str) -> Option<usize> {
    let mut rest = text.strip_prefix(['a', 'p', 'A', 'P'])?;
    rest = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(['m', 'M'])?;
    rest = rest.strip_prefix('.').unwrap_or(rest);
    (!rest.starts_with(char::is_alphabetic)).then_some(text.len() - rest.len())
}

/// `第3版`, `A12版`
fn page(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('第').unwrap_or(text).trim_start_matches(' ');
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
    let rest = rest[figures(rest, 3)?..].trim_start_matches(' ').strip_prefix('版')?;
    Some(text.len() - rest.len())
}

/// The bytes of one to so many figures that a text begins with.
fn figures(text: &str, most: usize) -> Option<usize> {
    let figures: usize = text.chars().take_while(|c| c.is_numeric()).take(most).map(char::len_utf8).sum();
    (figures > 0).then_some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_and_times_say_nothing_else() {
        let words = Words::of([]);
        for filler in ["Tuesday, ", " at 3:14 PM EST", "14:00 (GMT+0400)", "14:00 +02:00", "(星期三) 08:15", " г.", ""]
        {
            assert!(is_date_filler(&words, filler), "{filler}");
        }
        assert!(!is_date_filler(&words, "Monday Ada Holm") && !is_date_filler(&words, "amber"));
    }
}
