//! Names of persons: splitting lists, house labels around them, and their parts where language and form tell.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Person;

/// Words between two names.
static BETWEEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\s*(?:[、，,;；/]|\s(?:and|et|und|y|e|и|και)\s|&|與|与|和)\s*").ok());

/// Titles of office in front of a name, and words that are no name.
static BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:本报记者|本報記者|记者|記者|特约评论员|By|by)\s*").ok());

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&BETWEEN);
    LazyLock::force(&BEFORE);
}

/// The ranges of the single names in a value such as `A, B and C` or `记者 甲、乙`.
pub(super) fn names(value: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let (Some(between), Some(before)) = (BETWEEN.as_ref(), BEFORE.as_ref()) else { return Vec::new() };
    let text = &value[range.clone()];
    let mut names = Vec::new();
    let mut start = 0;
    let gaps = between.find_iter(text).map(|m| m.range()).chain(std::iter::once(text.len()..text.len()));
    for gap in gaps {
        let part = &text[start..gap.start];
        let skipped = before.find(part).map_or(0, |m| m.end());
        let name = part[skipped..].trim();
        if !name.is_empty() {
            let at = range.start + start + skipped + (part[skipped..].len() - part[skipped..].trim_start().len());
            names.push(at..at + name.len());
        }
        start = gap.end;
    }
    names
}

/// What stands in the place of a name and is none.
const NO_NAMES: [&str; 20] = [
    "staff",
    "staff writer",
    "staff reporter",
    "admin",
    "administrator",
    "guest",
    "editor",
    "editors",
    "author",
    "unknown",
    "anonymous",
    "n",
    "a",
    "n/a",
    "none",
    "correspondent",
    "reporter",
    "editorial board",
    "newsroom",
    "web desk",
];

/// Whether a text can be a person's name: a few capitalised words without digits, or two to six Han, Hangul or
/// kana characters.
pub(super) fn is_name(text: &str) -> bool {
    if text.chars().any(|c| c.is_ascii_digit() || "。！？!?:：…“”\"«».（）()".contains(c) && c != '.') {
        return false;
    }
    if NO_NAMES.contains(&text.to_lowercase().trim_start_matches("our ").trim_start_matches("the ")) {
        return false;
    }
    let characters = text.chars().filter(|c| !c.is_whitespace()).count();
    if text.chars().any(crate::model::is_cjk) {
        return (2..=12).contains(&characters) && !text.contains(['，', '、', '。']);
    }
    const PARTICLES: [&str; 18] = [
        "de", "del", "della", "di", "da", "dos", "das", "la", "le", "van", "von", "der", "den", "bin", "al", "el",
        "of", "y",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (1..=6).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.iter().all(|w| capital(w) || PARTICLES.contains(w) || w.starts_with("d’") || w.starts_with("d'"))
}

/// A person with this printed name; a byline in capitals is put into title case.
pub(super) fn person(printed: &str) -> Person {
    let mut person = Person::named(printed);
    let all_caps =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase);
    // One word in capitals is how family names are set apart; all of them are how a byline is set.
    if printed.split_whitespace().count() > 1 && printed.split_whitespace().any(all_caps) {
        person.name = printed
            .split_whitespace()
            .map(|w| if all_caps(w) { title_case(w) } else { w.to_owned() })
            .collect::<Vec<_>>()
            .join(" ");
    }
    if let Some((family, given)) = name_parts(&person.name) {
        (person.family, person.given) = (Some(family), Some(given));
    }
    person
}

/// `O'NEILL-SMITH` to `O'Neill-Smith`.
fn title_case(word: &str) -> String {
    let mut start = true;
    let mut out = String::new();
    for c in word.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic();
    }
    out
}

/// Family names of two characters; all others have one.
const COMPOUND_FAMILY: [&str; 12] =
    ["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "皇甫", "尉迟", "公孙", "慕容"];

/// The most common family names in pinyin that are no usual Western given name.
const PINYIN_FAMILY: &str = "Cai Cao Chang Chen Cheng Cui Deng Ding Dong Du Duan Fan Fang Feng Fu Gao Gong Gu Guo Han Hao He Hou Hu Huang Jia Jiang Jin Kang Kong Lei Li Liang Liao Lin Liu Long Lu Luo Ma Mao Meng Mo Ni Nie Pan Peng Qian Qin Qiu Ren Ruan Shao Shen Shi Song Su Sun Tan Tang Tao Tian Wan Wang Wei Wen Wu Xia Xiang Xiao Xie Xiong Xu Xue Yan Yang Yao Ye Yi Yin Yu Yuan Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou";

/// Family and given name of a Chinese name, in Han or in pinyin with the family name first. Other names are
/// not split: their order does not show.
fn name_parts(name: &str) -> Option<(String, String)> {
    let han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let length = name.chars().count();
    if name.chars().all(han) && (2..=4).contains(&length) {
        let compound = length > 2 && COMPOUND_FAMILY.iter().any(|family| name.starts_with(family));
        // Japanese names are longer and their family names mostly of two characters.
        if length == 4 && !compound {
            return None;
        }
        let at = name.char_indices().nth(if compound { 2 } else { 1 })?.0;
        return Some((name[..at].to_owned(), name[at..].to_owned()));
    }
    let (family, given) = name.split_once(' ')?;
    let listed = PINYIN_FAMILY.split(' ').any(|f| f == family);
    (listed && is_pinyin(given)).then(|| (family.to_owned(), given.to_owned()))
}

/// One or two syllables of pinyin, as given names are spelled.
fn is_pinyin(word: &str) -> bool {
    static SYLLABLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let initial = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?";
        let rhyme = "(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|er|a|o|e|i|u)";
        Regex::new(&format!("(?i)^(?:{initial}{rhyme}){{1,2}}$")).ok()
    });
    SYLLABLES.as_ref().is_some_and(|pattern| pattern.is_match(word))
}

/// Post and institution in one Chinese, Japanese or Korean phrase: `云渡城市治理研究院助理研究员`. The post is
/// the longest known one that ends the phrase.
pub(super) fn split_post(phrase: &str) -> Option<(&str, &str)> {
    const POSTS: [&str; 50] = [
        "研究员",
        "副研究员",
        "助理研究员",
        "高级研究员",
        "特约研究员",
        "首席研究员",
        "研究員",
        "副研究員",
        "助理研究員",
        "主任研究員",
        "主任研究员",
        "教授",
        "副教授",
        "助理教授",
        "特聘教授",
        "讲师",
        "講師",
        "主任",
        "副主任",
        "院长",
        "副院长",
        "院長",
        "所长",
        "副所长",
        "所長",
        "会长",
        "會長",
        "秘书长",
        "主席",
        "博士",
        "博士生",
        "博士研究生",
        "硕士生",
        "学者",
        "學者",
        "律师",
        "律師",
        "评论员",
        "特约评论员",
        "記者",
        "记者",
        "编辑",
        "总编辑",
        "客座教授",
        "准教授",
        "名誉教授",
        "연구원",
        "선임연구원",
        "교수",
        "위원",
    ];
    let post = POSTS.iter().filter(|post| phrase.ends_with(**post)).max_by_key(|post| post.len())?;
    let (institution, post) = phrase.split_at(phrase.len() - post.len());
    Some((institution.trim(), post))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(value: &str) -> Vec<&str> {
        names(value, 0..value.len()).into_iter().map(|r| &value[r]).collect()
    }

    #[test]
    fn lists_of_names_are_split_in_order() {
        assert_eq!(split("Ann Lee, Bo Mills and Cid Roy"), ["Ann Lee", "Bo Mills", "Cid Roy"]);
        assert_eq!(split("记者 王五、李四"), ["王五", "李四"]);
        assert_eq!(split("Abby Lindqvarn and Tobias Merrow"), ["Abby Lindqvarn", "Tobias Merrow"]);
    }

    #[test]
    fn chinese_names_have_parts_and_others_do_not() {
        let parts = |name: &str| person(name).family.zip(person(name).given);
        assert_eq!(parts("Zhang Lanxi"), Some(("Zhang".into(), "Lanxi".into())));
        assert_eq!(parts("欧阳修文"), Some(("欧阳".into(), "修文".into())));
        assert_eq!(parts("Ann Lee"), None);
        assert_eq!(parts("Wang Frederick"), None);
    }

    #[test]
    fn capitals_are_put_into_title_case() {
        let person = person("HELEN O'NEILL-SMITH");
        assert_eq!((person.name.as_str(), person.printed.as_str()), ("Helen O'Neill-Smith", "HELEN O'NEILL-SMITH"));
    }

    #[test]
    fn posts_end_their_phrase() {
        assert_eq!(split_post("云渡城市治理研究院副研究员"), Some(("云渡城市治理研究院", "副研究员")));
        assert_eq!(split_post("마루한생활정책연구소 선임연구원"), Some(("마루한생활정책연구소", "선임연구원")));
    }

    #[test]
    fn sentences_are_no_names() {
        assert!(is_name("Zhang Lanxi") && is_name("Ursula von der Leyen") && is_name("卢晏川"));
        assert!(!is_name("the end of it") && !is_name("In 2017 we met"));
    }
}
