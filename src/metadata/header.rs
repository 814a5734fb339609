//! Lines of labelled values: `NICP　Time:12 05, 2017　Writer:Zhang Lanxi`, `来源：… 作者：…`,
//! `Published: … | Updated: …`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::date::find_date;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// The first value of a line, without a label: the site.
    Leading,
    Author,
    Editor,
    Translator,
    Published,
    Updated,
    Source,
    Section,
    Keywords,
    Publisher,
    /// 校对: MARC relator `pfr`.
    Proofreader,
}

/// A labelled value: byte ranges in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) field: Field,
    pub(super) label: Range<usize>,
    pub(super) value: Range<usize>,
}

use Field as F;

/// Labels in scripts with spaces: whole words, any case.
const WORDS: &[(Field, &str)] = &[
    (F::Author, "written by|writers?|authors?|auteurs?|autore?s?|autora|автор|συγγραφέας"),
    (F::Editor, "edited by|editors?|редактор|redaktion|redacción"),
    (F::Translator, "translated by|translators?|traduction|traducción|перевод"),
    (
        F::Published,
        "published on|published|publication date|posted on|posted|time|date|publié le|publicado|pubblicato|veröffentlicht|дата|δημοσίευση",
    ),
    (
        F::Updated,
        "last updated|updated on|updated|last modified|modified|mis à jour le|actualizado|aktualisiert|обновлено",
    ),
    (F::Source, "sources?|источник|fuente|quelle|fonte|πηγή"),
    (F::Section, "newspaper section|section|rubrique|рубрика"),
    (F::Keywords, "keywords|tags"),
    (F::Publisher, "publisher"),
];

/// Labels in Chinese, Japanese and Korean, which need no space before them.
const EAST_ASIAN: &[(Field, &str)] = &[
    (F::Author, "作者|撰文|撰稿|原创|著者|執筆|筆者|文|글쓴이|글"),
    (F::Editor, "责任编辑|責任編輯|责编|責編|网络编辑|编辑|編輯|編集|편집"),
    (F::Translator, "译者|譯者|翻译|翻譯|翻訳|译|譯|訳|번역"),
    (F::Published, "发布时间|發布時間|发表时间|发布日期|發布日期|时间|時間|日期|掲載日|公開日|입력|등록|발행일"),
    (F::Updated, "更新时间|更新時間|更新日|수정"),
    (F::Source, "稿件来源|稿件來源|文章来源|来源|來源|出处|出處|出典|転載元|출처"),
    (F::Section, "栏目|欄目"),
    (F::Keywords, "关键词|關鍵詞|关键字"),
    (F::Proofreader, "校对|校對"),
];

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let alternatives = |table: &[(Field, &str)]| {
        let mut labels: Vec<&str> = table.iter().flat_map(|(_, labels)| labels.split('|')).collect();
        labels.sort_by_key(|label| std::cmp::Reverse(label.len()));
        labels.join("|")
    };
    // The labels that are verbs in Korean newspapers stand without a colon before their date.
    let pattern = format!(
        r"(?i)(?:\b(?P<word>{})\s*[:：]|(?P<cjk>{})\s*[:：=＝]|(?P<slash>文|譯|译|訳)\s*[／/]|(?P<bare>입력|수정|등록)\s+\d)\s*",
        alternatives(WORDS),
        alternatives(EAST_ASIAN),
    );
    // A constant pattern; a test compiles it.
    Regex::new(&pattern).ok()
});

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&LABEL);
}

fn field_of(label: &str) -> Option<Field> {
    let label = label.to_lowercase();
    let matches = |pattern: &str| Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|r| r.is_match(&label));
    // A handful of labels per document: the tables are searched as text, not as patterns.
    let listed = |labels: &str| labels.split('|').any(|l| l == label || (l.contains('?') && matches(l)));
    WORDS.iter().chain(EAST_ASIAN).find(|(_, labels)| listed(labels)).map(|(field, _)| *field)
}

/// What separates the values of one line.
const SEPARATORS: [char; 12] = [' ', '\u{3000}', '\u{A0}', '\t', '|', '丨', '｜', ';', '；', ',', '·', '•'];

/// The labelled values of a line, in order; empty where it is no header line. A label must open the line or
/// stand behind a separator, and a line of prose is no header.
pub(super) fn labelled(line: &str) -> Vec<Labelled> {
    let Some(pattern) = LABEL.as_ref() else { return Vec::new() };
    let mut found: Vec<Labelled> = Vec::new();
    for captures in pattern.captures_iter(line) {
        let Some(label) = ["word", "cjk", "slash", "bare"].iter().find_map(|group| captures.name(group)) else {
            continue;
        };
        let east_asian = captures.name("word").is_none();
        let free = line[..label.start()]
            .chars()
            .next_back()
            .is_none_or(|c| SEPARATORS.contains(&c) || "（(【[/／".contains(c));
        let needs_no_space = east_asian && label.as_str().chars().count() > 1;
        if !free && !needs_no_space {
            continue;
        }
        let Some(field) = field_of(label.as_str()) else { continue };
        let value_start = if captures.name("bare").is_some() {
            label.end()
        } else {
            captures.get(0).map_or(label.end(), |m| m.end())
        };
        found.push(Labelled { field, label: label.range(), value: value_start..line.len() });
    }
    close_values(line, &mut found);
    split_off_date(line, &mut found);
    lead(line, &mut found);
    found
}

/// `来源：岭下新评网 2022/11/03`: a date without a label behind another value.
fn split_off_date(line: &str, found: &mut Vec<Labelled>) {
    if found.iter().any(|l| l.field == F::Published) {
        return;
    }
    let dated =
        found.iter_mut().filter(|l| !matches!(l.field, F::Published | F::Updated | F::Keywords)).find_map(|labelled| {
            let date = find_date(&line[labelled.value.clone()]).filter(|d| d.range.start > 0)?;
            let start = labelled.value.start + date.range.start;
            let value = start..labelled.value.end;
            labelled.value = trim(line, labelled.value.start..start);
            Some(Labelled { field: F::Published, label: start..start, value })
        });
    found.extend(dated);
    found.retain(|l| !l.value.is_empty());
    found.sort_by_key(|l| l.label.start);
}

/// A value ends where the next label begins.
fn close_values(line: &str, found: &mut Vec<Labelled>) {
    for i in 0..found.len() {
        let end = found.get(i + 1).map_or(line.len(), |next| next.label.start);
        let start = found[i].value.start.min(end);
        found[i].value = trim(line, start..end);
    }
    found.retain(|l| !l.value.is_empty());
}

/// `NICP　Time:…`: what stands before the first label, set off by a separator, when there are more labels.
fn lead(line: &str, found: &mut Vec<Labelled>) {
    let Some(first) = found.first() else { return };
    let range = trim(line, 0..first.label.start);
    let set_off = line[range.end..first.label.start].chars().any(|c| SEPARATORS.contains(&c));
    let dated = find_date(&line[range.clone()]).is_some();
    if (found.len() >= 2 || dated) && set_off && !range.is_empty() && line[range.clone()].chars().count() <= 60 {
        // "2019-08-14 09:12　来源：…" begins with its date.
        if dated && found.iter().any(|l| l.field == F::Published) {
            return;
        }
        let field = if dated { F::Published } else { F::Leading };
        found.insert(0, Labelled { field, label: 0..0, value: range });
    }
}

/// A range without separators and brackets that belong to the line at its ends.
pub(super) fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let start = text.len() - text.trim_start_matches(SEPARATORS).len();
    let trimmed = text.trim_matches(SEPARATORS);
    let mut end = start + trimmed.len();
    // "（责任编辑：方稚文）": the closing bracket has its opening one before the label.
    for (open, close) in [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')] {
        if trimmed.ends_with(close) && !trimmed.contains(open) {
            end -= close.len_utf8();
        }
    }
    range.start + start..range.start + end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> Vec<(Field, &str)> {
        labelled(line).into_iter().map(|l| (l.field, &line[l.value])).collect()
    }

    #[test]
    fn the_pattern_compiles() {
        assert!(LABEL.is_some());
    }

    #[test]
    fn lines_of_several_house_styles_are_split() {
        assert_eq!(
            values("NICP\u{3000}Time:12 05, 2017\u{3000}Writer:Zhang Lanxi\u{3000}Editor:Wang Muqing"),
            [
                (F::Leading, "NICP"),
                (F::Published, "12 05, 2017"),
                (F::Author, "Zhang Lanxi"),
                (F::Editor, "Wang Muqing")
            ]
        );
        assert_eq!(
            values("Published: March 3, 2021 | Updated: March 5, 2021"),
            [(F::Published, "March 3, 2021"), (F::Updated, "March 5, 2021")]
        );
        assert_eq!(
            values("来源：江畔评论　作者：卢晏川　责任编辑：方稚文　发布时间：2018-06-11 09:30"),
            [(F::Source, "江畔评论"), (F::Author, "卢晏川"), (F::Editor, "方稚文"), (F::Published, "2018-06-11 09:30")]
        );
        assert_eq!(values("更新时间:2020-01-02作者:王五"), [(F::Updated, "2020-01-02"), (F::Author, "王五")]);
        assert_eq!(
            values("입력 2019-08-14 09:20 | 수정 2019-08-16 11:05"),
            [(F::Published, "2019-08-14 09:20"), (F::Updated, "2019-08-16 11:05")]
        );
        assert_eq!(values("（责任编辑：方稚文）"), [(F::Editor, "方稚文")]);
        assert_eq!(
            values("2019-08-14 09:12:33　来源：江城晚报　作者：周文远"),
            [(F::Published, "2019-08-14 09:12:33"), (F::Source, "江城晚报"), (F::Author, "周文远")]
        );
        assert_eq!(
            values("2021年03月07日 08:15 来源：云渡网"),
            [(F::Published, "2021年03月07日 08:15"), (F::Source, "云渡网")]
        );
        assert_eq!(
            values("作者：闻竹溪 来源：岭下新评网 2022/11/03"),
            [(F::Author, "闻竹溪"), (F::Source, "岭下新评网"), (F::Published, "2022/11/03")]
        );
    }

    #[test]
    fn prose_is_no_header() {
        assert!(labelled("It is about time: we have waited long enough").len() <= 1);
        assert!(labelled("我们的时间不多了").is_empty());
    }
}
