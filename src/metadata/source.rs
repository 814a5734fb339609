//! Where an article first appeared: `Source: Meridian Courier, December 4, 2017. http://…`,
//! `（原载《江畔评论》2018年6月8日第7版）`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::date::{FoundDate, find_date};

/// A reference to the first publication: byte ranges in the line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) title: Option<Range<usize>>,
    pub(super) date: Option<FoundDate>,
    pub(super) page: Option<Range<usize>>,
    pub(super) url: Option<Range<usize>>,
}

static OPENING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^[（(\[【]?\s*(?:(?i:originally published (?:in|by)|first published (?:in|by)|this article (?:first|originally) appeared in)\s*[:：]?\s+|(?i:(?:original )?source|источник|fuente|quelle|fonte|πηγή)\s*[:：]\s*|(?:稿件来源|稿件來源|文章来源|来源|來源|出处|出處|出典|출처)\s*[:：]\s*|(?:本文)?(?:原载于|原载|原載於|原載|刊于|刊於|刊载于|载于|摘自|转自|轉自)\s*[:：]?\s*)",
    )
    .ok()
});

static URL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"https?://[^\s<>"'）」』\u{3000}]+"#).ok());
static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"第\s*(?P<zh>[A-Z]?\d{1,3})\s*版|(?i)\b(?:p|pp|page|с|с\.|s|стр)\.?\s*(?P<p>[A-Z]?\d{1,3}(?:[-–]\d{1,3})?)\b",
    )
    .ok()
});

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&OPENING);
    LazyLock::force(&URL);
    LazyLock::force(&PAGE);
}

/// The reference in a source line; `None` where the line is none.
pub(super) fn reference(line: &str) -> Option<Reference> {
    let opening = OPENING.as_ref()?.find(line)?;
    if line.chars().count() > 300 {
        return None;
    }
    let rest = opening.end()..line.len();
    let url = find_url(line, rest.clone());
    let words = rest.start..url.as_ref().map_or(rest.end, |u| u.start);
    let date =
        find_date(&line[words.clone()]).map(|d| FoundDate { range: shift(&d.range, words.start), reading: d.reading });
    let page = PAGE
        .as_ref()?
        .captures(&line[words.clone()])
        .and_then(|c| c.name("zh").or(c.name("p")))
        .map(|m| shift(&m.range(), words.start));
    let title = title(line, words, date.as_ref().map(|d| d.range.start));
    let reference = Reference { title, date, page, url };
    (reference != Reference::default()).then_some(reference)
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The first address in a range of the line, without the punctuation that ends the sentence.
pub(super) fn find_url(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let found = URL.as_ref()?.find(&line[range.clone()])?;
    let url = found.as_str().trim_end_matches(['.', ',', ';', ':', ')', '。', '，', '！', '？']);
    let start = range.start + found.start();
    Some(start..start + url.len())
}

/// The periodical: what stands in 《》 or «», else up to the date or the first comma.
fn title(line: &str, words: Range<usize>, date: Option<usize>) -> Option<Range<usize>> {
    for (open, close) in [('《', '》'), ('«', '»'), ('“', '”'), ('「', '」')] {
        let text = &line[words.clone()];
        if let Some(start) = text.find(open).map(|i| i + open.len_utf8())
            && let Some(length) = text[start..].find(close)
        {
            return Some(words.start + start..words.start + start + length);
        }
    }
    let end = date.unwrap_or(words.end);
    let text = &line[words.start..end.max(words.start)];
    let text = text.split([',', '，', '|', '（', '(']).next().unwrap_or_default();
    let title = text.trim_matches(|c: char| c.is_whitespace() || ".,;:。，；：）)-–—".contains(c));
    let start = words.start + text.find(title).unwrap_or(0);
    (!title.is_empty() && title.chars().count() <= 80).then(|| start..start + title.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> (&str, String, &str, &str) {
        let r = reference(line).unwrap();
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
        assert_eq!(reference("The source of the trouble is plain"), None);
        assert_eq!(reference("Source of the trouble: money, as ever."), None);
    }
}
