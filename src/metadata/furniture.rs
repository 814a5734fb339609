//! Lines of the page that are no part of the article: controls, links to other articles, forms.

use std::ops::Range;

use super::beside_date::is_date_filler;
pub(super) use super::lexicon::Section;
use super::lexicon::{self, Words};
use super::pattern::patterns;
use crate::document::Field;

patterns! {
    /// Forms of lines of a page, whole, whatever their words.
    FORM = {
        let forms = [
            // Sizes of the text: `A- A A+`.
            r"(?:a\s*[-+−]?\s*){2,4}\+?",
            // Breadcrumbs: `Home > News > Columns`.
            r"[^.。>＞»›«“”:：]+(?:\s*(?:[>＞›»]|>>|»»)\s*[^.。>＞›«“”]+)+",
            r"(?:<<|«|‹|←)\s*[^|·/]+[|·/]\s*.+(?:>>|»|›|→)",
            // An image of Markdown.
            r"!\[.*\]\(.+\)",
            // Pages: `2 / 5ページ`, `第3页`.
            r"[\d０-９]+\s?[／/]\s?[\d０-９]+\s?ページ.*|[【\[]?第\s?\d+\s?[页頁][】\]]?",
            // Ages: `12+`.
            r"\d{1,2}\+",
        ];
        format!("(?i)^(?:{})$", forms.join("|"))
    };
}

/// Longest line that is part of the page, in bytes.
const LONGEST: usize = 400;
/// Longest line that says when something was said, in bytes.
const LONGEST_RELATIVE: usize = 120;
/// Longest line of such a form, in characters.
const LONGEST_FORM: usize = 160;
/// Longest heading of such a part, in bytes.
const LONGEST_HEADING: usize = 120;

/// Whether a line is part of the page and not of the article.
pub(super) fn is_furniture(words: &Words, line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    words.is_control(line)
        || section(words, line).is_some()
        || is_link(words, line)
        || is_form(line)
        || is_count(words, line)
        || is_relative(words, line)
}

/// Whether a line has a form of furniture. Most lines do not look like it, and need no pattern.
fn is_form(line: &str) -> bool {
    let is_arrow = |c| matches!(c, '>' | '＞' | '›' | '»' | '<' | '«' | '‹' | '←');
    let has_arrow = || line.chars().any(is_arrow);
    let is_numbered = || line.starts_with(|c: char| c.is_numeric() || c == '第');
    let is_sizes = || line.starts_with(['a', 'A']) && line.chars().all(|c| "aA-+− ".contains(c));
    let may_be = has_arrow() || is_numbered() || is_sizes() || line.starts_with(['!', '【', '[']);
    may_be && line.chars().count() <= LONGEST_FORM && FORM.is_match(line)
}

/// `Page 1 of 3`, `Seite 1 / 3`
fn is_count(words: &Words, line: &str) -> bool {
    let is_number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let mut pieces = line.split(' ');
    let [page, one, of, all] = [(); 4].map(|()| pieces.next().unwrap_or_default());
    is_number(one)
        && is_number(all)
        && !of.is_empty()
        && pieces.next().is_none()
        && (words.is_counted(page) || words.is_page(page))
}

/// When something was said, by the reader's clock: `2 hours ago`, `gestern um 10:15`, behind what says so.
fn is_relative(words: &Words, line: &str) -> bool {
    if line.len() > LONGEST_RELATIVE || !line.contains(char::is_numeric) {
        return false;
    }
    let line = line.split('|').next().unwrap_or_default().trim();
    let said = words.phrase(line).filter(|(_, field)| matches!(field, Field::Published | Field::Updated));
    let first = line.split_once([' ', ':']).filter(|(first, _)| words.label(first) == Some(Field::Published));
    let rest =
        said.map_or(first.map_or(line, |(_, rest)| rest), |(end, _)| &line[end..]).trim_start_matches([':', ' ']);
    let is_time = |text: &str| !text.trim().is_empty() && is_date_filler(words, text);
    words.is_ago(rest) || words.relative_day(rest).is_some_and(|end| is_time(&rest[end..]))
}

/// Whether a line is a link to another article, behind the heading of such links: `Lee también: …`.
fn is_link(words: &Words, line: &str) -> bool {
    let heading = line.split_once([':', '：']).map(|(heading, _)| heading.trim());
    // A title may begin with one word and a colon.
    heading.is_some_and(|heading| heading.contains(' ') && words.heads_links(heading))
}

/// Where the words of a menu end with which a line begins: a control, and behind it others, kinds of text, and words that
/// pages have. `None` of a control alone.
pub(super) fn menu_end(words: &Words, line: &str) -> Option<usize> {
    let is_of_page = |word: &str| {
        is_furniture(words, word)
            || lexicon::is_genre(words, word)
            || words.is_other(word) && !words.is_small(&word.to_lowercase())
    };
    let (mut end, mut items) = (0, 0);
    while let Some(one) = word_behind(line, end) {
        // `Log in`
        let two = word_behind(line, one.end).filter(|next| is_furniture(words, &line[one.start..next.end]));
        let is_one = || is_furniture(words, &line[one.clone()]) || items > 0 && is_of_page(&line[one.clone()]);
        end = match two {
            Some(two) => two.end,
            None if is_one() => one.end,
            None => break,
        };
        items += 1;
    }
    (items > 1).then_some(end)
}

/// The next word of a line behind white space.
pub(super) fn word_behind(line: &str, from: usize) -> Option<Range<usize>> {
    let rest = &line[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let length = line[start..].find(char::is_whitespace).unwrap_or(line.len() - start);
    (length > 0).then_some(start..start + length)
}

/// What a line opens, where it is the heading of such a part: with a count or a colon behind it, or without.
pub(super) fn section(words: &Words, line: &str) -> Option<Section> {
    if line.len() > LONGEST_HEADING {
        return None;
    }
    let counts = |c: char| c.is_numeric() || c.is_whitespace() || "(（)）:：条條件".contains(c);
    words.heads(line, counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_headings_of_furniture_are_told() {
        for line in [
            "Adjust font size:",
            "Share on Facebook",
            "Teilen",
            "上一篇：没有了",
            "Home > News > Columns",
            "字号：A- A A+",
            "微信　微博　QQ空间　复制链接　分享到",
            "Lire aussi : Les digues",
            "A-   A+",
            "2 hours ago",
            "Gestern um 10:15 Uhr",
            "Publié il y a 3 heures",
            "Page 1 of 3",
            "Photo 2 of 7",
            "Seite 1 / 3",
            "12+",
        ] {
            assert!(is_furniture(&Words::of([]), line), "{line}");
        }
        assert_eq!(section(&Words::of([]), "2 COMMENTS"), Some(Section::Comments));
        assert_eq!(section(&Words::of([]), "延伸閱讀"), Some(Section::Links));
        // What heads a part of an essay as well opens nothing: the text below it would be lost.
        for heading in ["Discussion", "Diskuse", "Réactions", "More in common than they say"] {
            assert_eq!(section(&Words::of([]), heading), None, "{heading}");
        }
        for line in [
            "Why cookies crumble",
            "Yesterday 2,000 people marched",
            "Mere om den sag ved ingen.",
            "Teilen auf der Insel war nie ein Wort, es war die Regel.",
            "Buscar en el fondo de la ría no sirve de nada.",
            "Ten years ago today",
            "90 days",
            "Page  of 3",
            "Chapter 1 of 3",
            "【基本案情】",
            "Share the land, spare the land",
            "别把菜市场改成展览馆",
            "Home is where the harm is",
            "Home: what we owe to those who stay",
            "Comment: why the ferry must stay",
            "评论：渡轮停航，停的不只是船",
        ] {
            assert!(!is_furniture(&Words::of([]), line), "{line}");
        }
    }
}
