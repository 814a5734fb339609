//! What is said of a person, to post and institution: `an associate professor of law at the University of X`,
//! `Professorin für Stadtplanung an der Universität Hallsund`, `汐見大学教授`, `كاتب وباحث في مركز …`. Of several posts the
//! first counts. Both are plain strings as printed, without a leading article.

use std::ops::Range;

use crate::metadata::pattern::{Pattern, patterns};

use super::lexicon;

/// Post and institution as ranges of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Described {
    pub(super) role: Option<Range<usize>>,
    pub(super) affiliation: Option<Range<usize>>,
}

patterns! {
    /// Articles and adverbs in front.
    ARTICLE = r"^(?:(?i:currently|also|an?|the|une?|la|le|ein(?:e)?|der|die|una?|uma?|un|il|lo|gli|el|o|as|os) |(?i:l)[’'])+";

    /// Where the first of several statements ends.
    END = r"(?i)(?:[.;]\s|[.;]$|,? (?:and|et|und|y|e|и) (?:is |a |an |the |une? |was |author|autor|has |ha |est |ist |es |é |è |former|auteur|lives |lebt |vit |vive |mora |живёт |works |schreibt |writes |teaches |lehrt |não |no |non |nicht )|,? (?:who|whose|where|qui|dont|который|которая) |, (?:author|autora?|auteure?|autore) (?:of|de|di) |, (?:and|und) )";

    /// English.
    ENGLISH = r"(?: at| with| for| of)(?: the)? ";

    /// French.
    FRENCH = r" (?:à la |à l[’']|au |aux |à |de la |de l[’']|du |des |chez |auprès de la |auprès du |d[’'])";

    /// German.
    GERMAN = r" (?:an der |am |an |im |in der |beim |bei der |bei |der |des |von der |vom |für das |für die )";

    /// Spanish, Portuguese, Italian.
    ROMANCE = r" (?:en la |en el |en |del |de la |de los |na |no |da |do |dos |das |de )|(?: presso l[’']| presso il | presso la | presso | all[’']| alla | al | dell[’']| della | del | dello | di )";

    /// Greek.
    GREEK = r" (?:στο|στη|στην|στον|του|της) ";

    /// Arabic.
    ARABIC = r" (?:في|لدى|ب(?:مركز|معهد|جامعة)) ?";
}

/// Prepositions before an institution, strong ones first.
static PREPOSITIONS: [&Pattern; 6] = [&ENGLISH, &FRENCH, &GERMAN, &ROMANCE, &GREEK, &ARABIC];

/// Post and institution in a range of a line.
pub(super) fn describe(line: &str, range: Range<usize>) -> Described {
    let range = trim(line, range);
    let text = &line[range.clone()];
    // An address or a handle says no post, nor does what follows it.
    let before = text.find('@').map_or(text.len(), |at| text[..at].rfind(char::is_whitespace).unwrap_or(0));
    let range = trim(line, range.start..range.start + before);
    let text = &line[range.clone()];
    if text.is_empty() {
        return Described::default();
    }
    if text.chars().any(crate::characters::is_cjk) {
        return east_asian(line, range.start + copula(text).map_or(0, str::len)..range.end);
    }
    // `старший преподаватель (Институт …)`
    if let Some(open) = text.find('(').filter(|at| *at > 0)
        && let Some(close) = text[open..].find(')').map(|at| open + at)
    {
        let inner = describe(line, range.start + open + 1..range.start + close);
        let outer = describe(line, range.start..range.start + open);
        if inner.affiliation.is_some() && outer.affiliation.is_none() {
            return Described { role: outer.role.or(inner.role), affiliation: inner.affiliation };
        }
    }
    let start = range.start + ARTICLE.find(text).map_or(0, |m| m.end());
    let text = &line[start..range.end];
    let end = start + END.find(text).map_or(text.len(), |m| m.start());
    let range = trim(line, start..end);
    if range.is_empty() {
        return Described::default();
    }
    by_comma(line, range.clone()).or_else(|| by_preposition(line, range.clone())).unwrap_or_else(|| whole(line, range))
}

/// What stands for "is" before a post: 系…教授, 现任…主任.
pub(super) fn copula(text: &str) -> Option<&'static str> {
    ["现任", "現任", "现为", "現為", "时任", "時任", "系", "係"].into_iter().find(|c| text.starts_with(c))
}

/// `Research Director, Tarnwick Centre`.
fn by_comma(line: &str, range: Range<usize>) -> Option<Described> {
    let text = &line[range.clone()];
    let (at, comma) = text.char_indices().find(|(_, c)| matches!(c, ',' | '،'))?;
    let before = trim(line, range.start..range.start + at);
    let behind = trim(line, range.start + at + comma.len_utf8()..range.end);
    if before.is_empty() || behind.is_empty() {
        return None;
    }
    let (first, second) = (&line[before.clone()], &line[behind.clone()]);
    let names_institution = lexicon::is_institution(second)
        || (capitalised(second) && !lexicon::is_post(second))
        || lexicon::is_press(second);
    if lexicon::is_institution(first) && !lexicon::is_post(first) {
        // `School of Public Health, Lingque Normal University` is one institution.
        return lexicon::is_institution(second).then_some(Described { role: None, affiliation: Some(range) });
    }
    if !names_institution {
        // `sociologist, author of X`: the first counts.
        return Some(describe(line, before));
    }
    let inner = describe(line, before.clone());
    Some(match inner {
        // `lecturer at the School of Public Health, Lingque Normal University`
        // `Leiterin des Referats Wohnen, Stiftung Stadtraum`
        Described { affiliation: Some(affiliation), .. }
            if !lexicon::is_institution(&line[affiliation.clone()])
                && !lexicon::is_press(&line[affiliation.clone()]) =>
        {
            Described { role: Some(before), affiliation: Some(without_article(line, behind)) }
        }
        Described { role, affiliation: Some(affiliation) } => {
            Described { role, affiliation: Some(affiliation.start..behind.end) }
        }
        Described { role, affiliation: None } => {
            Described { role: role.or(Some(before)), affiliation: Some(without_article(line, behind)) }
        }
    })
}

fn by_preposition(line: &str, range: Range<usize>) -> Option<Described> {
    let text = &line[range.clone()];
    let mut found: Option<(Range<usize>, bool)> = None;
    for pattern in PREPOSITIONS {
        for preposition in pattern.find_iter(text) {
            let rest = &text[preposition.end()..];
            let capital = rest.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic() || is_caseless(c));
            // Up to the next preposition: `de Hidrología en la Universidad` names none.
            let name = [
                " at ",
                " en ",
                " em ",
                " na ",
                " no ",
                " an der ",
                " an ",
                " à ",
                " all’",
                " presso ",
                " in ",
                " στο ",
                " στην ",
            ]
            .iter()
            .filter_map(|p| rest.find(p))
            .min()
            .map_or(rest, |at| &rest[..at]);
            // `université`, `institut` may begin without a capital.
            let first_word: String = rest.split_whitespace().take(1).collect();
            let institution = lexicon::is_institution(&first_word)
                || (capital && (lexicon::is_institution(name) || lexicon::is_press(name)));
            // `Head of Programme` names no institution.
            let institution = institution && (name.contains(' ') || !preposition.as_str().starts_with(" of"));
            let strong = institution || (capital && preposition.as_str().trim_start().starts_with("at"));
            let named = strong || (capital && is_company(preposition.as_str()) && rest.split_whitespace().count() <= 6);
            if !named || preposition.start() == 0 {
                continue;
            }
            // The first strong one; `of Economics at the University` begins with a weak one.
            if found.as_ref().is_none_or(|(_, was_strong)| strong && !was_strong) {
                found = Some((preposition.start()..preposition.end(), strong));
            }
        }
        if found.is_some() {
            break;
        }
    }
    let (preposition, _) = found?;
    let role = trim(line, range.start..range.start + preposition.start);
    let affiliation = without_article(line, trim(line, range.start + preposition.end..range.end));
    // `… à l’Institut Kelder et ancien ministre`: a second post.
    let second = [" and ", " et ", " und ", " y ", " e ", " и "].iter().find_map(|and| {
        let at = line[affiliation.clone()].find(and)?;
        let behind: Vec<&str> = line[affiliation.clone()][at + and.len()..].split_whitespace().take(2).collect();
        let lower = behind.first().is_some_and(|w| w.starts_with(char::is_lowercase));
        (lower && behind.iter().any(|w| lexicon::is_post(w))).then_some(affiliation.start + at)
    });
    let affiliation = affiliation.start..second.unwrap_or(affiliation.end);
    (!role.is_empty() && !affiliation.is_empty())
        .then_some(Described { role: Some(role), affiliation: Some(affiliation) })
}

/// Prepositions behind which a name of any kind is an employer: `fellow at Brackwater`, `editor of Salt & Slate`.
fn is_company(preposition: &str) -> bool {
    let words = preposition.trim();
    [
        "at", "at the", "with the", "for the", "of the", "del", "du", "des", "der", "beim", "στο", "στη", "στην",
        "στον", "dell’", "della", "presso", "do", "da", "في",
    ]
    .contains(&words)
}

fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase()
}

/// `преподаватель Верхнетальского колледжа`: the institution stands in the genitive, with nothing in front of it.
fn in_genitive(text: &str) -> Option<usize> {
    let words = text.split_whitespace().map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w));
    let cyrillic = |w: &str| w.chars().any(|c| matches!(c, 'а'..='я' | 'ё'));
    let begins =
        |(_, w): &(usize, &str)| lexicon::is_institution(w) || (w.starts_with(char::is_uppercase) && cyrillic(w));
    let (at, _) = words.skip(1).find(begins)?;
    (cyrillic(text) && lexicon::is_post(&text[..at]) && lexicon::is_institution(&text[at..])).then_some(at)
}

/// One statement: a post, or an institution.
fn whole(line: &str, range: Range<usize>) -> Described {
    let text = &line[range.clone()];
    if let Some(at) = in_genitive(text) {
        return Described {
            role: Some(trim(line, range.start..range.start + at)),
            affiliation: Some(trim(line, range.start + at..range.end)),
        };
    }
    let is_place = text.split_whitespace().count() <= 2
        && capitalised(text)
        && !lexicon::is_post(text)
        && !lexicon::is_institution(text);
    if is_place {
        return Described::default();
    }
    if lexicon::is_institution(text) && !lexicon::is_post(text)
        || (lexicon::is_press(text) && capitalised(text) && !lexicon::is_post(text))
    {
        return Described { role: None, affiliation: Some(without_article(line, range)) };
    }
    // `Northern Lantern columnist`, `Tidewire writer`: a paper and a post.
    if let Some(at) = paper_before_post(text) {
        return Described {
            role: Some(trim(line, range.start + at..range.end)),
            affiliation: Some(trim(line, range.start..range.start + at)),
        };
    }
    // `baker in Dos Arroyos`: where a post is held is no institution.
    // `Lecturer in Environmental Engineering`: the field is a part of the post.
    let field = [
        "lecturer in",
        "professor in",
        "reader in",
        "fellow in",
        "student in",
        "candidate in",
        "researcher in",
        "degree in",
        "conférences en",
        "docteur en",
        "Dozentin",
        "specialist in",
        "expert in",
        "chair in",
    ]
    .iter()
    .any(|p| text.to_lowercase().contains(p));
    let place = [" in ", " from ", " à ", " in der ", " en ", " em ", " a ", " из "].iter().find_map(|p| {
        let at = text.find(p)?;
        (!field && text[at + p.len()..].chars().next().is_some_and(char::is_uppercase)).then_some(at)
    });
    Described { role: Some(range.start..range.start + place.unwrap_or(text.len())), affiliation: None }
}

/// Where the post begins behind the name of a paper.
fn paper_before_post(text: &str) -> Option<usize> {
    let at = text.rfind(' ')?;
    let (paper, post) = (&text[..at], &text[at + 1..]);
    let lower = post.chars().next().is_some_and(char::is_lowercase);
    let names_paper = capitalised(paper)
        && !lexicon::is_post(paper)
        && !lexicon::is_genre(paper)
        && !paper.split_whitespace().all(lexicon::is_before_post);
    (lower && lexicon::is_post(post) && names_paper).then_some(at + 1)
}

/// Whether every word but the small ones begins with a capital.
fn capitalised(text: &str) -> bool {
    const SMALL: [&str; 30] = [
        "of", "the", "and", "for", "in", "on", "de", "la", "le", "les", "des", "du", "et", "für", "der", "und", "del",
        "y", "da", "do", "di", "e", "della", "dos", "das", "&", "en", "von", "los", "el",
    ];
    let mut words = text.split_whitespace().filter(|w| !SMALL.contains(w)).peekable();
    words.peek().is_some()
        && words.all(|w| w.chars().find(|c| c.is_alphabetic()).is_none_or(|c| c.is_uppercase() || is_caseless(c)))
}

fn without_article(line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let article =
        ["the ", "The ", "l’", "l'", "la ", "le ", "der ", "die ", "das "].iter().find(|a| text.starts_with(**a));
    range.start + article.map_or(0, |a| a.len())..range.end
}

/// Institution, then post, with or without a space between them.
fn east_asian(line: &str, range: Range<usize>) -> Described {
    let text = &line[range.clone()];
    let text = text.split(['、', '，', ',', '；', ';', '。', '／']).next().unwrap_or_default();
    let end = range.start + text.len();
    let range = trim(line, range.start..end);
    let text = &line[range.clone()];
    if let Some(at) = lexicon::east_asian_post(text) {
        let affiliation = trim(line, range.start..range.start + at);
        let affiliation = trim_end_of(line, affiliation);
        // 國中教師: what stands before the post is a part of it.
        let named = &line[affiliation.clone()];
        if !affiliation.is_empty() && !lexicon::is_institution(named) && !lexicon::is_press(named) {
            return Described { role: Some(range), affiliation: None };
        }
        return Described {
            role: Some(range.start + at..range.end),
            affiliation: (!affiliation.is_empty()).then_some(affiliation),
        };
    }
    if lexicon::is_institution(text) || lexicon::is_press(text) {
        return Described { role: None, affiliation: Some(range) };
    }
    // A post that is not known, behind an institution and a space.
    if let Some(at) = text.rfind([' ', '\u{3000}'])
        && lexicon::is_institution(&text[..at])
    {
        return Described {
            role: Some(trim(line, range.start + at..range.end)),
            affiliation: Some(trim(line, range.start..range.start + at)),
        };
    }
    Described { role: Some(range), affiliation: None }
}

/// `…的`, `…の` in front of a post is no part of the institution.
fn trim_end_of(line: &str, range: Range<usize>) -> Range<usize> {
    let text = line[range.clone()].trim_end_matches(['的', 'の', ' ']);
    range.start..range.start + text.len()
}

fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let unwanted = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | '.' | '。' | ';' | '|' | '、' | ':' | '：' | '_' | '*' | ']')
    };
    let start = text.len() - text.trim_start_matches(unwanted).len();
    let mut end = start + text[start..].trim_end_matches(unwanted).len();
    // The bracket that closes the whole note.
    if text[start..end].ends_with(')') && !text[start..end].contains('(') {
        end = start + text[start..end].trim_end_matches(|c| c == ')' || unwanted(c)).len();
    }
    range.start + start..range.start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_and_institutions_of_many_languages_come_apart() {
        for (text, role, affiliation) in [
            (
                "an assistant research fellow at the China Institute of Studies",
                "assistant research fellow",
                "China Institute of Studies",
            ),
            (
                "a lecturer at the School of Public Health, Lingque Normal University",
                "lecturer",
                "School of Public Health, Lingque Normal University",
            ),
            (
                "Research Director, Tarnwick Centre for Public Policy",
                "Research Director",
                "Tarnwick Centre for Public Policy",
            ),
            (
                "professor of political economy at Saravati Valley University",
                "professor of political economy",
                "Saravati Valley University",
            ),
            ("a baker in Dos Arroyos", "baker", ""),
            ("principal of Arroyo Elementary School", "principal", "Arroyo Elementary School"),
            ("a Northern Lantern columnist", "columnist", "Northern Lantern"),
            ("chairman of the Kuramba Grain Traders Union", "chairman", "Kuramba Grain Traders Union"),
            (
                "a demographer at the Konvara Population Council and the author of two books",
                "demographer",
                "Konvara Population Council",
            ),
            ("Opinion columnist, Chesson Bay Tribune", "Opinion columnist", "Chesson Bay Tribune"),
            ("Centre for Delta Studies", "", "Centre for Delta Studies"),
            ("Professeure de géographie à l’université d’Orsence", "Professeure de géographie", "université d’Orsence"),
            ("directeur du Centre Téranko", "directeur", "Centre Téranko"),
            ("chercheuse associée à l’Institut Brécourt", "chercheuse associée", "Institut Brécourt"),
            (
                "Professorin für Stadtplanung an der Universität Hallsund",
                "Professorin für Stadtplanung",
                "Universität Hallsund",
            ),
            ("Referent im Büro Tragwerk Süd", "Referent", "Büro Tragwerk Süd"),
            (
                "profesora titular de Hidrología en la Universidad de Valdemorena",
                "profesora titular de Hidrología",
                "Universidad de Valdemorena",
            ),
            ("director del Observatorio Rurbano", "director", "Observatorio Rurbano"),
            ("pesquisador do Instituto Maré", "pesquisador", "Instituto Maré"),
            ("professor, Colégio Águas Mansas", "professor", "Colégio Águas Mansas"),
            ("responsabile scientifica dell’Istituto Pratoverde", "responsabile scientifica", "Istituto Pratoverde"),
            ("доктор исторических наук", "доктор исторических наук", ""),
            ("كاتب وباحث في مركز الضفاف للدراسات الحضرية", "كاتب وباحث", "مركز الضفاف للدراسات الحضرية"),
            ("أستاذة الاقتصاد، جامعة وادي الغزال", "أستاذة الاقتصاد", "جامعة وادي الغزال"),
            ("砚川大学环境学院教授", "教授", "砚川大学环境学院"),
            ("碧野総合研究所 主任研究員", "主任研究員", "碧野総合研究所"),
            ("国中教師", "国中教師", ""),
        ] {
            let found = describe(text, 0..text.len());
            let show = |r: Option<Range<usize>>| r.map_or("", |r| &text[r]).to_owned();
            assert_eq!(
                (show(found.role), show(found.affiliation)),
                (role.to_owned(), affiliation.to_owned()),
                "{text}"
            );
        }
    }
}
