//! Where an article first appeared: `Source: Meridian Courier, December 4, 2017. http://…`,
//! `（原载《江畔评论》2018年6月8日第7版）`.

mod page;

use std::ops::Range;

use crate::document::Field;
use crate::metadata::pattern::patterns;

use super::date::{FoundDate, find_date};
use super::labels;
use super::lexicon::{self, Words};
use page::page;

patterns! {
    URL = r#"(?:https?://|www\.)[^\s<>"'）」』\u{3000}]+"#;

    /// `《霁州日报》（2019年05月21日 03版）`: the issue and the page, as the sites of papers print them.
    PRINTED = r"^[（(]?\s*《[^》]{2,20}》\s*[（(]?\s*\d{4}\s*年.{1,30}版\s*[）)]*$";
}

/// A reference to the first publication: byte ranges in the line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) title: Option<Range<usize>>,
    pub(super) date: Option<FoundDate>,
    /// The date is that of the first publication, and not of the page.
    pub(super) dated_by_source: bool,
    /// Marks tell the periodical: 《》.
    pub(super) marked: bool,
    pub(super) page: Option<Range<usize>>,
    pub(super) url: Option<Range<usize>>,
}

/// Longest line that is a reference, in characters.
const LONGEST: usize = 300;

/// Whether a line as a whole refers to a first publication.
pub(super) fn is_source_line(words: &Words, line: &str) -> bool {
    if line.len() > 4 * LONGEST || line.chars().count() > LONGEST {
        return false;
    }
    if line.contains('《') && PRINTED.is_match(line) {
        return true;
    }
    let Some(Opening { end, is_sure }) = opening(words, line) else { return false };
    let reference = reference(words, line, end..line.len());
    // `来源：X　作者：Y` is a header.
    let labels = line[end..].matches(['：', ':']).count() - line[end..].matches("://").count();
    if is_sure {
        let title = reference.title.as_ref().map(|title| &line[title.clone()]);
        let is_named = reference.marked || title.is_some_and(is_name);
        let is_dated = (reference.date.is_some() || reference.page.is_some()) && !says_more(line, end, &reference);
        return is_named || reference.url.is_some() || is_dated;
    }
    labels == 0
        && (reference.dated_by_source || reference.marked || reference.url.is_some() || reference.page.is_some())
}

/// Whether a periodical's name begins as names do: `courtesy of the county`, `originally published in 1974` have none.
fn is_name(title: &str) -> bool {
    title.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// Most words beside a date or a page, where no name tells the periodical.
const MOST_BESIDE: usize = 4;

/// Whether a sentence says more than a date and a page, from `start` on.
fn says_more(line: &str, start: usize, reference: &Reference) -> bool {
    let known = [reference.date.as_ref().map(|date| &date.range), reference.page.as_ref()];
    let is_known = |at: usize| known.iter().flatten().any(|range| range.contains(&at));
    let place = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words = line[start..].split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    words.filter(|word| !is_known(place(word))).count() > MOST_BESIDE
}

/// What opens a line that refers to a first publication.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    /// Where what it says begins.
    pub(super) end: usize,
    /// It speaks of a first publication, whatever follows; a label or the beginning of a sentence does not.
    is_sure: bool,
}

/// Longest label of a source, in bytes.
const LONGEST_LABEL: usize = 60;

/// The words of the lexicon, or a label of sources, with which a line opens.
pub(super) fn opening(words: &Words, line: &str) -> Option<Opening> {
    let bare = line.trim_start_matches(|c: char| c.is_whitespace() || "（([【*•※".contains(c));
    let start = line.len() - bare.len();
    let value = |at: usize| line.len() - line[at..].trim_start().len();
    if let Some((length, is_sure)) = words.source(bare) {
        let rest = line[start + length..].trim_start();
        let rest = rest.strip_prefix([':', '：']).unwrap_or(rest);
        return Some(Opening { end: value(line.len() - rest.len()), is_sure });
    }
    let (colon, mark) = bare.char_indices().find(|(at, c)| matches!(c, ':' | '：') || *at > LONGEST_LABEL)?;
    let is_label =
        matches!(mark, ':' | '：') && labels::field_of(words, bare[..colon].trim_end()) == Some(Field::Source);
    is_label.then(|| Opening { end: value(start + colon + mark.len_utf8()), is_sure: false })
}

/// The reference in a range of a line.
pub(super) fn reference(words: &Words, line: &str, rest: Range<usize>) -> Reference {
    let sure = opening(words, line).is_some_and(|opening| opening.is_sure);
    let url = find_url(line, rest.clone());
    let said = rest.start..url.as_ref().map_or(rest.end, |u| u.start);
    let date = find_date(words, &line[said.clone()])
        .map(|d| FoundDate { range: shift(&d.range, said.start), reading: d.reading });
    let page = page(words, &line[said.clone()]).map(|page| shift(&page, said.start));
    let page = page.filter(|p| date.as_ref().is_none_or(|d| p.start >= d.range.end || p.end <= d.range.start));
    let behind = date.iter().map(|date| date.range.start).chain(page.iter().map(|page| page.start)).min();
    let marked = marked(line, said.clone());
    let title = marked.clone().or_else(|| unmarked(words, line, said.start..behind.unwrap_or(said.end)));
    let comma = date.as_ref().is_some_and(|d| {
        let before = line[said.start..d.range.start].trim_end();
        before.ends_with([',', '،', '，', '(', '（']) || without_last(words, before).is_some()
    });
    let marked = marked.is_some();
    let dated_by_source = date.is_some() && (sure || marked || comma || page.is_some());
    Reference { title, date, dated_by_source, marked, page, url }
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The first address in a range of the line, without the punctuation that ends the sentence.
pub(super) fn find_url(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let found = URL.find(&line[range.clone()])?;
    let url = found.as_str().trim_end_matches(['.', ',', ';', ':', ')', '。', '，', '！', '？']);
    let start = range.start + found.start();
    Some(start..start + url.len())
}

/// The periodical in 《》 or other marks.
fn marked(line: &str, said: Range<usize>) -> Option<Range<usize>> {
    const MARKS: [(char, char); 6] = [('《', '》'), ('『', '』'), ('«', '»'), ('“', '”'), ('「', '」'), ('„', '“')];
    let text = &line[said.clone()];
    MARKS.into_iter().find_map(|(open, close)| {
        let start = text.find(open)? + open.len_utf8();
        let length = text[start..].find(close)?;
        Some(said.start + start..said.start + start + length)
    })
}

/// Most words of a language that stand before the name of a periodical.
const MOST_BEFORE: usize = 4;

/// The periodical without marks: up to the date, the page or the first comma.
fn unmarked(words: &Words, line: &str, said: Range<usize>) -> Option<Range<usize>> {
    const AROUND: &str = ".,;:。，；：）)-–—】]";
    let text = line[said].split([',', '，', '،', '|', '（', '(', '\u{3000}', ';']).next().unwrap_or_default();
    // `The Towpath Journal. Read the original article:`, `X on`
    let text = text.split(". ").next().unwrap_or_default().trim_end();
    let text = without_last(words, text).unwrap_or(text);
    let title = text.trim_matches(|c: char| c.is_whitespace() || AROUND.contains(c));
    let title = behind_kind(words, title);
    let start = title.as_ptr() as usize - line.as_ptr() as usize;
    (!title.is_empty() && title.chars().count() <= 80).then(|| start..start + title.len())
}

/// What stands before the last word, where that is one beside a date: `X on`.
fn without_last<'t>(words: &Words, text: &'t str) -> Option<&'t str> {
    let (before, last) = text.rsplit_once(' ')?;
    (last.starts_with(char::is_lowercase) && words.is_beside_date(last)).then_some(before)
}

/// The name behind a word for what is named: `the website of X`, `газете X`, `revista X`; and behind an article.
fn behind_kind<'t>(words: &Words, title: &'t str) -> &'t str {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let small: Vec<&str> = title.split(' ').take_while(is_small).collect();
    let length = small.iter().map(|word| word.len() + 1).sum::<usize>();
    let Some(name) = title.get(length..).filter(|name| name.starts_with(char::is_uppercase)) else { return title };
    let names_kind = small.iter().any(|word| lexicon::is_press(words, word) || words.is_article(word));
    if small.len() <= MOST_BEFORE && names_kind { name } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> (&str, String, &str, &str) {
        let words = Words::of([]);
        assert!(is_source_line(&words, line), "{line}");
        let r = reference(&words, line, opening(&words, line).unwrap().end..line.len());
        let text = |r: Option<Range<usize>>| r.map_or("", |r| &line[r]);
        (text(r.title), r.date.map_or(String::new(), |d| format!("{:?}", d.reading)), text(r.page), text(r.url))
    }

    #[test]
    fn source_lines_of_several_languages() {
        let iso = |date: &str| format!("Iso({date:?})");
        assert_eq!(
            parts("Source: Meridian Courier, December 4, 2017. http://meridian-courier.example/opinion/2204417.shtml"),
            ("Meridian Courier", iso("2017-12-04"), "", "http://meridian-courier.example/opinion/2204417.shtml")
        );
        assert_eq!(parts("（原载《江畔评论》2018年6月8日第7版）"), ("江畔评论", iso("2018-06-08"), "7", ""));
        assert_eq!(parts("来源：《山城语文》2015年11月16日第12版"), ("山城语文", iso("2015-11-16"), "12", ""));
        assert_eq!(
            parts("Источник: газета «Верхнелипский листок», № 18, 8 мая 2014 г., с. 4."),
            ("Верхнелипский листок", iso("2014-05-08"), "4", "")
        );
    }

    #[test]
    fn prose_is_no_source_line() {
        let words = Words::of([]);
        assert!(!is_source_line(&words, "The source of the trouble is plain"));
        assert!(!is_source_line(&words, "Source of the trouble: money, as ever."));
        for line in [
            "Originally published in 1974, the plan of the bridge is still the best there is.",
            "This article appeared in my head long before I wrote it, on the day the bridge closed.",
            "Courtesy of the county, we walk.",
            "First published in 1987, the county's own survey found the same on page 12.",
            "Tidigare publicerad i kommunens eget blad den 4 maj 2018 var planen redan död när den kom.",
        ] {
            assert!(!is_source_line(&words, line), "{line}");
        }
        assert!(!is_source_line(&words, "来源：江畔评论　作者：卢晏川"));
        assert!(!is_source_line(&words, "来源：岭下新评网 2022/11/03"));
    }
}
