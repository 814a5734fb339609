//! The patterns of labels and of bylines, made of the lexicon.

use std::sync::LazyLock;

use regex::{RegexSet, RegexSetBuilder};

use crate::document::Field;
use crate::metadata::pattern::patterns;

use super::lexicon::{self, LABELS};

patterns! {
    /// A label with a colon behind it.
    pub(super) WITH_COLON = {
        let (words, east_asian) = (words(), east_asian());
        format!(r"(?:(?i:(?P<word>{words}))(?:\s?[:：]|\s[|｜]\s)|[【［](?P<boxed>{east_asian})[】］]\s*|[（(](?P<bracketed>{east_asian})[ \u{{3000}}]+|(?P<cjk>{east_asian})(?:\s?[:：=＝|丨｜／]|\s/\s)|(?P<slash>文|圖文|图文|譯|译|訳|글|사진|写真|イラスト|聞き手|構成|撮影|図|摄影|插画)\s?[／/・·．]|(?P<bare>입력|기사입력|수정|등록|게시|公開|更新)\s+(?P<digit>\d))")
    };

    /// A label at the start of a part, with a space behind it.
    pub(super) PHRASE = {
        let phrases: Vec<&str> = LABELS.iter().map(|l| l.phrases).filter(|p| !p.is_empty()).collect();
        let phrases = phrases.join("|");
        format!(r"^[—–―\s_*-]*(?i:(?P<label>{phrases}))(?:\s+|$)")
    };

    /// A whole segment that is a label: its value stands behind the bar.
    pub(super) ALONE = {
        let (words, east_asian) = (words(), east_asian());
        format!(r"^(?:(?i:{words})|{east_asian})$")
    };

    /// What opens a byline.
    pub(super) OPENS_BYLINE = BYLINE;
}

fn words() -> String {
    alternatives(LABELS.iter().map(|l| l.words))
}

fn east_asian() -> String {
    // `作 者：`, to the width of four characters.
    let spaced = LABELS.iter().flat_map(|l| split_alternatives(l.east_asian)).filter_map(spaced_label);
    let spaced = spaced.collect::<Vec<_>>().join("|");
    alternatives(LABELS.iter().map(|l| l.east_asian)) + "|" + &spaced
}

/// What opens a byline, and the names of kinds of text that some languages put before it.
const BYLINE: &str = r"^[■●◆▲□◎○◇\s•—–*_-]*(?:(?:(?i:(?:(?:ein|eine|un|une|uma|um|una|la|il|le|der) |l[’'])?(?P<genre>gastbeitrag|gastkommentar|kommentar|kolumne|essay|leitartikel|tribune|chronique|columna|artículo|artigo|coluna|commento|editoriale|analyse|analisi|análisis) (?:von|par|por|de|di))|(?i:by|written by|posted by|rédigé par|écrit par|verfasst von|escrito por|scritto da|de notre(?: \p{L}+)? (?:envoyée? spéciale?|envoyé|correspondante?)(?: à \p{L}+)?|von unser(?:em|er)|dal nostro|de nuestr[oa]|do nosso|da nossa|par|pel[oa]s?|por|von|di|texto de|un texte de|ein beitrag von|ein text von|testo di|un articolo di|автор|авторы)|Γράφει (?:ο|η)|Γράφουν (?:οι|ο|η)|بقلم|كتبت?|يكتبه?ا?|撰文)(?:\s+|$)|(?:寄稿|執筆|筆者|作者|记者|記者|本报记者|本報記者|撰文|作者為|文)[\s\u{3000}]+)";

fn alternatives<'a>(labels: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = labels.flat_map(split_alternatives).collect();
    all.retain(|label| !label.is_empty());
    all.sort_by_key(|label| std::cmp::Reverse(label.chars().count()));
    all.join("|")
}

/// The pattern of a label of two ideographs with white space between them.
fn spaced_label(label: &str) -> Option<String> {
    let characters: Vec<char> = label.chars().collect();
    let han = |c: &char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    match characters[..] {
        [first, second] if characters.iter().all(han) => Some(format!(r"{first}[ \u{{3000}}]{{1,2}}{second}")),
        _ => None,
    }
}

/// Splits at the bars outside parentheses.
fn split_alternatives(pattern: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (i, c) in pattern.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&pattern[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}

/// Whole labels, for telling a label's field: one pattern for each of [`LABELS`].
static FIELDS: LazyLock<RegexSet> = LazyLock::new(|| {
    let of = |l: &lexicon::Label| {
        let mut all = split_alternatives(l.words);
        all.extend(split_alternatives(l.east_asian));
        let spaced: Vec<String> = all.iter().copied().filter_map(spaced_label).collect();
        all.extend(split_alternatives(l.phrases));
        all.retain(|a| !a.is_empty());
        let spaced = spaced.iter().map(String::as_str);
        format!("^(?i:{})$", all.iter().copied().chain(spaced).collect::<Vec<_>>().join("|"))
    };
    let all = RegexSetBuilder::new(LABELS.iter().map(of)).dfa_size_limit(32 << 20).size_limit(64 << 20).build();
    all.unwrap_or_else(|error| panic!("the patterns FIELDS: {error}"))
});

/// The field of a whole label.
pub(super) fn field_of(label: &str) -> Option<Field> {
    let first = FIELDS.matches(label).iter().next()?;
    LABELS.get(first).map(|l| l.field)
}

/// Compiles the labels' own patterns.
pub(super) fn warm() {
    LazyLock::force(&FIELDS);
}

/// The field of a piece that is a label and nothing else.
pub(super) fn whole_label(piece: &str) -> Option<Field> {
    ALONE.is_match(piece).then(|| field_of(piece)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_labels_compile() {
        LazyLock::force(&FIELDS);
    }
}
