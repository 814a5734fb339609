//! `By A and B`, `文／葉沐岑（…研究員）`, `Par X`, `寄稿　X`, `글=X …`: names with what stands beside them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::person;

/// A name in a byline, with the text beside it that may say who that is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bylined {
    pub(super) name: Range<usize>,
    /// In brackets or behind the name: `潮嶼教育政策協會研究員`.
    pub(super) described: Option<Range<usize>>,
}

static OPENING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:(?i:by|par|por|von|di)|Γράφει (?:ο|η)|Γράφουν οι|Автор)\s+|(?:文|撰文|圖文|글|글쓴이)\s*[／/=＝:：]\s*|(?:寄稿|執筆|筆者)[\s\u{3000}:：=＝]+)",
    )
    .ok()
});

/// A word of a post or an institution.
static POST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:economist|director|professor|lecturer|fellow|analyst|editor|minister|president|chair(?:man|woman)?|secretary|ambassador|columnist|correspondent|reporter|writer|researcher|institute|university|college|cent(?:er|re)|school|foundation|council|department|times|post|news|press)\b").ok()
});

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&POST);
    LazyLock::force(&OPENING);
}

/// The names of a byline; empty where the line is none.
pub(super) fn bylined(line: &str) -> Vec<Bylined> {
    let Some(opening) = OPENING.as_ref().and_then(|pattern| pattern.find(line)) else { return Vec::new() };
    if line.chars().count() > 160 {
        return Vec::new();
    }
    let rest = opening.end()..line.len();
    let (names, described) = split_description(line, rest);
    let mut ranges = person::names(line, names);
    // "By Jane Doe, Chief Economist, Rail Institute": from the first post or institution on it is no list of names.
    if let Some(post) = ranges.iter().position(|r| POST.as_ref().is_some_and(|p| p.is_match(&line[r.clone()]))) {
        ranges.truncate(post);
    }
    if ranges.is_empty() || !ranges.iter().all(|r| person::is_name(&line[r.clone()])) {
        return Vec::new();
    }
    let alone = ranges.len() == 1;
    ranges.into_iter().map(|name| Bylined { name, described: described.clone().filter(|_| alone) }).collect()
}

/// Splits `葉沐岑（…）`, `윤서림 …연구소 선임연구원` and `A | 2021/3/7` into names and what follows them.
fn split_description(line: &str, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let text = &line[range.clone()];
    let bracket = text.find(['（', '(']).filter(|at| *at > 0);
    if let Some(at) = bracket {
        let open = text[at..].chars().next().map_or(1, char::len_utf8);
        let inner = text[at + open..].trim_end_matches(['）', ')', ' ']);
        let start = range.start + at + open;
        return (range.start..range.start + at, Some(start..start + inner.len()));
    }
    let hangul_first = text.chars().next().is_some_and(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
    if let Some(at) = text.find(' ').filter(|_| hangul_first) {
        return (range.start..range.start + at, Some(range.start + at + 1..range.end));
    }
    if let Some(at) = text.find(['|', '丨', '｜']) {
        return (range.start..range.start + at, None);
    }
    (range, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<&str> {
        bylined(line).into_iter().map(|b| &line[b.name]).collect()
    }

    #[test]
    fn bylines_of_several_languages() {
        assert_eq!(names("By Abby Lindqvarn and Tobias Merrow"), ["Abby Lindqvarn", "Tobias Merrow"]);
        assert_eq!(names("By HELEN MARROWBY"), ["HELEN MARROWBY"]);
        assert_eq!(names("By Jane Doe, Chief Economist, Rail Institute"), ["Jane Doe"]);
        assert!(names("By Staff").is_empty() && names("BY OUR CORRESPONDENT").is_empty());
        assert_eq!(names("Par Solène Vaubray"), ["Solène Vaubray"]);
        assert_eq!(names("文／葉沐岑（潮嶼教育政策協會研究員）"), ["葉沐岑"]);
        assert_eq!(names("寄稿　三枝野遥子"), ["三枝野遥子"]);
        assert_eq!(names("Γράφει η Δανάη Μαυροπέτρου"), ["Δανάη Μαυροπέτρου"]);
        let line = "글=윤서림 마루한생활정책연구소 선임연구원";
        assert_eq!(&line[bylined(line)[0].described.clone().unwrap()], "마루한생활정책연구소 선임연구원");
    }

    #[test]
    fn prose_that_begins_with_by_is_no_byline() {
        assert!(bylined("By the end of the year nothing had changed").is_empty());
        assert!(bylined("By 2017, Zhang Lanxi had left").is_empty());
    }
}
