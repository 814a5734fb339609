//! Author notes: `The author is an assistant research fellow at the …`, `（作者系…研究员）`,
//! `X est maîtresse de conférences … à l’université de …`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::person::split_post;

/// What a note says of one author: byte ranges in the note.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Described {
    /// The name, where the note gives it and not only "the author".
    pub(super) name: Option<Range<usize>>,
    pub(super) role: Option<Range<usize>>,
    pub(super) affiliation: Option<Range<usize>>,
}

/// Forms with groups `name`, `role`, `at` (role before institution), or `phrase` (institution before post).
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let name = r"(?P<name>\p{Lu}[\p{L}’'.-]+(?: (?:\p{Lu}[\p{L}’'.-]*|de|la|van|von|der|bin|al)){1,4})";
    let english = r"(?:[^.]*?\band )?(?:is|was) (?:currently )?(?:(?:an?|the) )?(?P<role>[^.,;]+?)(?: (?:at|with|for) (?:the )?(?P<at>[^.;]+?)|,? of (?:the )?(?P<of>\p{Lu}[^.;]+?))?[.]?$";
    [
        format!(r"^(?:The (?:author|writer)|{name}),? {english}"),
        format!(
            r"^(?:L’auteure?|{name}) est (?:une? )?(?P<role>[^.;]+?) (?:à l’|à la |au |de l’|du )(?P<at>[^.;]+?)[.]?$"
        ),
        format!(r"^(?:Об авторе:? )?{name}(?:,| —) (?P<role>[^.,(;]+?)(?:,| \() ?(?P<at>[^.);]+?)\)?[.]?$"),
        format!(r"^(?:(?:Ο|Η) )?{name} είναι (?P<role>[^.;]+?) (?:στο|στη|στην|στον) (?P<at>[^.;]+?)[.]?$"),
        r"^[（(]?\s*(?:本文)?作者(?:系|为|為|是|单位[:：]|單位[:：]|[:：])\s*(?P<phrase>[^；;。）)]+)".to_owned(),
        // Name in kana, a space, institution and post.
        r"^[\p{Hiragana}・]{3,20}[\u{3000} ]+(?P<phrase>[^。]+)(?:。|$)".to_owned(),
    ]
    .iter()
    // The patterns are constants; a test compiles every one.
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&FORMS);
}

/// What a block says about authors; empty where it is no author note.
pub(super) fn described(block: &str) -> Vec<Described> {
    if block.chars().count() > 700 {
        return Vec::new();
    }
    sentences(block).filter_map(|sentence| describe(block, sentence)).collect()
}

/// Sentences by a full stop, a space and a capital.
fn sentences(block: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    let ends = block.match_indices(". ").map(|(i, _)| i + 1).filter(|end| {
        let next_capital = block[*end..].trim_start().chars().next().is_some_and(char::is_uppercase);
        let initial = block[..end - 1].chars().next_back().is_some_and(char::is_uppercase);
        next_capital && !initial
    });
    ends.chain(std::iter::once(block.len())).map(move |end| {
        let from = start + (block[start..end].len() - block[start..end].trim_start().len());
        start = end;
        from..end
    })
}

fn describe(block: &str, sentence: Range<usize>) -> Option<Described> {
    let text = &block[sentence.clone()];
    let captures = FORMS.iter().find_map(|form| form.captures(text))?;
    let group = |name: &str| captures.name(name).map(|m| sentence.start + m.start()..sentence.start + m.end());
    if let Some(phrase) = group("phrase") {
        let (institution, post) = split_post(block[phrase.clone()].trim_end())?;
        let start = phrase.start;
        let role = start + block[phrase].trim_end().len() - post.len();
        let affiliation = (!institution.is_empty()).then(|| start..start + institution.len());
        return Some(Described { name: None, role: Some(role..role + post.len()), affiliation });
    }
    Some(Described { name: group("name"), role: group("role"), affiliation: group("at").or_else(|| group("of")) })
}

/// The institution and the post of a phrase such as `潮嶼教育政策協會研究員`, as ranges of `text`.
pub(super) fn post_in(text: &str, range: Range<usize>) -> (Option<Range<usize>>, Option<Range<usize>>) {
    match split_post(&text[range.clone()]) {
        Some((institution, post)) => {
            let affiliation = (!institution.is_empty()).then(|| range.start..range.start + institution.len());
            (affiliation, Some(range.end - post.len()..range.end))
        }
        None => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(note: &str) -> Vec<(&str, &str)> {
        let text = |r: Option<Range<usize>>| r.map_or("", |r| &note[r]);
        described(note).into_iter().map(|d| (text(d.role), text(d.affiliation))).collect()
    }

    #[test]
    fn every_form_is_compiled() {
        assert_eq!(FORMS.len(), 6);
    }

    #[test]
    fn notes_give_role_and_institution_without_articles() {
        for (note, role, at) in [
            (
                "The author is an assistant research fellow at the Northgate Institute of Common Policy.",
                "assistant research fellow",
                "Northgate Institute of Common Policy",
            ),
            (
                "Helen Marrowby taught mathematics for twenty-six years and is an honorary research associate at the Fenwold Centre for Schooling.",
                "honorary research associate",
                "Fenwold Centre for Schooling",
            ),
            ("（作者系云渡城市治理研究院副研究员）", "副研究员", "云渡城市治理研究院"),
            ("（作者为岚江方言保护中心研究员）", "研究员", "岚江方言保护中心"),
            (
                "Solène Vaubray est maîtresse de conférences en géographie à l’université de Valmorne.",
                "maîtresse de conférences en géographie",
                "université de Valmorne",
            ),
            (
                "Об авторе: Глеб Рябоконев, старший преподаватель (Верхнелипский институт городской среды).",
                "старший преподаватель",
                "Верхнелипский институт городской среды",
            ),
            ("さえの・ようこ　凪浜地域交通研究所主任研究員。専門は地域交通政策。", "主任研究員", "凪浜地域交通研究所"),
        ] {
            assert_eq!(roles(note), [(role, at)], "{note}");
        }
        let two = "Abby Lindqvarn is director of the Port Ansel Repair Guild. Tobias Merrow is a lecturer in consumer law at Port Ansel College.";
        assert_eq!(
            roles(two),
            [("director", "Port Ansel Repair Guild"), ("lecturer in consumer law", "Port Ansel College")]
        );
    }
}
