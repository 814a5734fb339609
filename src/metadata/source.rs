//! Where an article first appeared: `Source: Meridian Courier, December 4, 2017. http://…`,
//! `（原载《江畔评论》2018年6月8日第7版）`.

use std::ops::Range;

use crate::metadata::pattern::patterns;

use super::date::{FoundDate, find_date};
use super::lexicon::Words;

patterns! {
    /// Words that speak of a first publication whatever follows, and words that may be a label of the header.
    OPENING = {
        let sure = [
            r"(?i:(?:this (?:article|piece|essay|text|commentary|op-ed) (?:was )?(?:first|originally) (?:appeared|published|ran) (?:in|by|on|at)|(?:as )?(?:originally|first|previously) (?:published|appeared) (?:in|by|on|at)|as published in|re(?:published|printed|posted) (?:with permission )?from|courtesy of|a version of this (?:article|piece) (?:first |originally )?appeared (?:in|on)))",
            r"(?i:впервые опубликован[оа]? (?:в|на)(?: (?:журнале|газете|сайте))?|впервые:?|перепечатано из)",
            r"(?i:(?:première|1re) publication(?: dans)?|(?:paru|publié) d’abord dans|initialement (?:paru|publié)e? (?:dans|sur|par)|d’abord (?:paru|publié) dans|(?:ce texte|cet article) (?:a été publié|est paru)(?: d’abord)? dans|paru dans|zuerst erschienen in:?|(?:questo articolo )?è (?:uscito|apparso) (?:per la prima volta )?(?:su|in)|erstmals erschienen in|ursprünglich erschienen (?:in|bei)|publicado originalmente (?:en|em|na|no)|publicado por primera vez en|pubblicato (?:originariamente|per la prima volta) (?:su|in)|già (?:apparso|pubblicato) (?:su|in|da))",
            "(?:译自|譯自)",
            r"نُشر(?:ت)? (?:للمرة الأولى|أولاً|أول مرة) في(?: مجلة| صحيفة| جريدة)?",
            r"(?:本文)?(?:首发于|首發於|原载于|原载|原載於|原載|刊于|刊於|刊载于|刊載於|原刊于|原文刊於|原文刊于|原文載於|原文载于|原刊|载于|載於|摘自|转载自|轉載自|转自|轉自|初出|転載元|転載)\s*[:：]?",
        ];
        let label = r"(?i:(?:опубликован[оа]|напечатан[оа]) (?:в (?:газете|журнале)|на сайте)|pubblicato su|publicado (?:en|no|na|em)|publié dans)|(?:※\s*)?이 글은|본 글은|本稿は|この記事は|(?i:(?:original )?sources?|источник|fuente|quelle|fonte|πηγή|المصدر|مصدر)\s?[:：]|(?:稿件来源|稿件來源|文章来源|来源|來源|出处|出處|出典|출처)\s*[:：]";
        format!(r"^[（(\[【*•\s]*(?:(?P<sure>{})|(?P<label>{label}))\s*", sure.join("|"))
    };

    URL = r#"(?:https?://|www\.)[^\s<>"'）」』\u{3000}]+"#;

    PAGE = r"第?\s*(?P<zh>[A-Z]?\d{1,3})\s*版|(?:^|[日号號])\s*(?P<letter>[A-Z]\d{1,3})\s*版|(?i)(?:(?:^|[^\p{L}\p{N}])(?:p|pp|page|pages|с|s|стр|seite|pág|página|pag|pagina|σ)|ص|第)\.?\s*(?P<p>[A-Z]?\d{1,4}(?:[-–]\d{1,4})?)(?:[^\p{L}\p{N}]|$|頁|页)";

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
    let Some(captures) = OPENING.captures(line) else { return false };
    let end = captures.get(0).map_or(0, |m| m.end());
    let reference = reference(words, line, end..line.len());
    // `来源：X　作者：Y` is a header.
    let labels = line[end..].matches(['：', ':']).count() - line[end..].matches("://").count();
    match captures.name("sure") {
        Some(_) => reference.title.is_some() || reference.url.is_some() || reference.date.is_some(),
        None => {
            labels == 0
                && (reference.dated_by_source
                    || reference.marked
                    || reference.url.is_some()
                    || reference.page.is_some())
        }
    }
}

/// Where what a source line says begins.
pub(super) fn opening(line: &str) -> usize {
    OPENING.find(line).map_or(0, |m| m.end())
}

/// The reference in a range of a line.
pub(super) fn reference(words: &Words, line: &str, rest: Range<usize>) -> Reference {
    let sure = OPENING.captures(line).is_some_and(|c| c.name("sure").is_some());
    let url = find_url(line, rest.clone());
    let said = rest.start..url.as_ref().map_or(rest.end, |u| u.start);
    let date = find_date(words, &line[said.clone()])
        .map(|d| FoundDate { range: shift(&d.range, said.start), reading: d.reading });
    let page = PAGE
        .captures(&line[said.clone()])
        .and_then(|c| c.name("zh").or(c.name("letter")).or(c.name("p")))
        .map(|m| shift(&m.range(), said.start));
    let page = page.filter(|p| date.as_ref().is_none_or(|d| p.start >= d.range.end || p.end <= d.range.start));
    let (title, marked) =
        title(line, said.clone(), date.as_ref().map(|d| d.range.start), page.as_ref().map(|p| p.start));
    let comma = date.as_ref().is_some_and(|d| {
        let before = line[said.start..d.range.start].trim_end();
        before.ends_with([',', '،', '，', '(', '（']) || before.ends_with(" on") || before.ends_with(" of")
    });
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

/// The periodical, and whether marks tell it: what stands in 《》 or «», else up to the date, the page or the first
/// comma.
fn title(line: &str, words: Range<usize>, date: Option<usize>, page: Option<usize>) -> (Option<Range<usize>>, bool) {
    for (open, close) in [('《', '》'), ('『', '』'), ('«', '»'), ('“', '”'), ('「', '」'), ('„', '“')]
    {
        let text = &line[words.clone()];
        if let Some(start) = text.find(open).map(|i| i + open.len_utf8())
            && let Some(length) = text[start..].find(close)
        {
            return (Some(words.start + start..words.start + start + length), true);
        }
    }
    let end = date.unwrap_or(words.end).min(page.unwrap_or(words.end));
    let text = &line[words.start..end.max(words.start)];
    let text = text.split([',', '，', '،', '|', '（', '(', '\u{3000}', ';']).next().unwrap_or_default();
    // `The Towpath Journal. Read the original article:`, `X on`
    let text = text.split(". ").next().unwrap_or_default();
    let text = text.trim_end();
    let text = [" on", " em", " en", " le", " il", " el", " am", " vom", " от"]
        .iter()
        .find_map(|p| text.strip_suffix(p))
        .unwrap_or(text);
    let title = text.trim_matches(|c: char| c.is_whitespace() || ".,;:。，；：）)-–—】]".contains(c));
    // Words that stand before the periodical's name, and are none of it.
    let article = [
        "the website of ",
        "журнале ",
        "газете ",
        "газета ",
        "журнал ",
        "revista ",
        "periódico ",
        "diario ",
        "jornal ",
        "rivista ",
        "quotidiano ",
        "journal ",
        "magazine ",
        "zeitschrift ",
        "zeitung ",
    ]
    .iter()
    .find(|a| title.to_lowercase().starts_with(**a))
    .filter(|a| title[a.len()..].starts_with(char::is_uppercase) && title.starts_with(char::is_lowercase))
    .map_or(0, |a| a.len());
    let article = if article == 0 && title.starts_with("the ") { 4 } else { article };
    let title = title.get(article..).unwrap_or(title);
    let start = title.as_ptr() as usize - line.as_ptr() as usize;
    ((!title.is_empty() && title.chars().count() <= 80).then(|| start..start + title.len()), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> (&str, String, &str, &str) {
        let words = Words::of([]);
        assert!(is_source_line(&words, line), "{line}");
        let r = reference(&words, line, opening(line)..line.len());
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
        assert!(!is_source_line(&words, "来源：江畔评论　作者：卢晏川"));
        assert!(!is_source_line(&words, "来源：岭下新评网 2022/11/03"));
    }
}
