//! Lines of the page that are no part of the article: controls, links to other articles, forms.

use super::words::Words;
use crate::metadata::pattern::patterns;

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
            // Pages: `2 / 5ページ`, `第3页`, `1 of 3`.
            r"[\d０-９]+\s?[／/]\s?[\d０-９]+\s?ページ.*|[【\[]?第\s?\d+\s?[页頁][】\]]?|(?:document|page) \d+ (?:of|/) \d+",
            // Ages: `12+`.
            r"\d{1,2}\+",
        ];
        format!("(?i)^(?:{})$", forms.join("|"))
    };

    /// When something was said, by the clock of the reader: `2 hours ago`, `gestern um 10:15`.
    RELATIVE = {
        let units = "min(?:ute|uto|uti|uten)?s?|hours?|days?|ore|giorni|horas?|d[ií]as?|heures?|jours?|stunden?|tagen?|часов|минут";
        let said = "publié|publicado|pubblicato|veröffentlicht|posted|published|опубликовано|نُشر";
        format!(r"(?i)^(?:(?:{said}) )?(?:(?:hier|ayer|ieri|ontem|gestern|yesterday|вчера|أمس)(?: .*)? \d{{1,2}}[:.h]\d{{2}}(?: ?[ap]m)?|(?:il y a|há|hace|vor) \d+ (?:{units})|\d+ (?:{units}) (?:ago|fa|atrás|назад)|\d+ ?(?:min(?:ute)?s?\.?|minutos|minuti|минут)(?: (?:read|de lectura|de leitura|di lettura))?(?: ?\|.*)?)$")
    };
}

/// What a heading of furniture opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Section {
    /// Links to other articles.
    Links,
    /// Readers' comments.
    Comments,
}

/// Longest line that is part of the page, in bytes.
const LONGEST: usize = 400;
/// Longest line of such a form, in characters.
const LONGEST_FORM: usize = 160;
/// Longest heading of such a part, in bytes.
const LONGEST_HEADING: usize = 120;

/// Whether a line is part of the page and not of the article.
pub(in crate::metadata) fn furniture(words: &Words, line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let is_form = || {
        line.chars().count() <= LONGEST_FORM
            && (FORM.is_match(line) || line.contains(|c: char| c.is_numeric()) && RELATIVE.is_match(line))
    };
    words.is_control(line) || section(words, line).is_some() || is_link(words, line) || is_form()
}

/// Whether a line is a link to another article, behind the heading of such links: `Lee también: …`.
fn is_link(words: &Words, line: &str) -> bool {
    let heading = line.split_once([':', '：']).map(|(heading, _)| heading.trim());
    // A title may begin with one word and a colon.
    heading.is_some_and(|heading| heading.contains(' ') && words.heads_links(heading))
}

/// What a line opens, where it is the heading of such a part: with a count or a colon behind it, or without.
pub(in crate::metadata) fn section(words: &Words, line: &str) -> Option<Section> {
    if line.len() > LONGEST_HEADING {
        return None;
    }
    let counts = |c: char| c.is_numeric() || c.is_whitespace() || "(（)）:：条條件".contains(c);
    let bare = line.trim_matches(counts);
    match () {
        () if words.heads_comments(bare) || words.heads_comments(line) => Some(Section::Comments),
        () if words.heads_links(bare) || words.heads_links(line) => Some(Section::Links),
        () => None,
    }
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
        ] {
            assert!(furniture(&Words::of([]), line), "{line}");
        }
        assert_eq!(section(&Words::of([]), "2 COMMENTS"), Some(Section::Comments));
        assert_eq!(section(&Words::of([]), "延伸閱讀"), Some(Section::Links));
        // What heads a part of an essay as well opens nothing: the text below it would be lost.
        for heading in ["Discussion", "Diskuse", "Réactions", "More in common than they say"] {
            assert_eq!(section(&Words::of([]), heading), None, "{heading}");
        }
        for line in [
            "Why cookies crumble",
            "90 days",
            "【基本案情】",
            "Share the land, spare the land",
            "别把菜市场改成展览馆",
            "Home is where the harm is",
            "Home: what we owe to those who stay",
            "Comment: why the ferry must stay",
            "评论：渡轮停航，停的不只是船",
        ] {
            assert!(!furniture(&Words::of([]), line), "{line}");
        }
    }
}
