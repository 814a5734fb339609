//! What is said of a person, to post and institution: `an associate professor of law at the University of X`,
//! `Professorin für Stadtplanung an der Universität Hallsund`, `汐見大学教授`, `كاتب وباحث في مركز …`. Of several posts the
//! first counts. Both are plain strings as printed, without a leading article.

mod east_asian;
mod prepositions;

use std::ops::Range;

use crate::metadata::lexicon::Words;

use super::lexicon;

use east_asian::east_asian;
use prepositions::by_preposition;

/// Post and institution as ranges of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Described {
    pub(super) role: Option<Range<usize>>,
    pub(super) affiliation: Option<Range<usize>>,
}

/// Post and institution in a range of a line.
pub(super) fn describe(words: &Words, line: &str, range: Range<usize>) -> Described {
    let range = trim(line, range);
    let text = &line[range.clone()];
    // An address or a handle says no post, nor does what follows it.
    let before = text.find('@').map_or(text.len(), |at| text[..at].rfind(char::is_whitespace).unwrap_or(0));
    let range = trim(line, range.start..range.start + before);
    let text = &line[range.clone()];
    if text.is_empty() {
        return Described::default();
    }
    if crate::characters::has_cjk(text) {
        return east_asian(words, line, range.start + words.post_copula(text).unwrap_or(0)..range.end);
    }
    // `старший преподаватель (Институт …)`
    if let Some(open) = text.find('(').filter(|at| *at > 0)
        && let Some(close) = text[open..].find(')').map(|at| open + at)
    {
        let inner = describe(words, line, range.start + open + 1..range.start + close);
        let outer = describe(words, line, range.start..range.start + open);
        if inner.affiliation.is_some() && outer.affiliation.is_none() {
            return Described { role: outer.role.or(inner.role), affiliation: inner.affiliation };
        }
    }
    let start = range.start + words.before_post(text);
    let text = &line[start..range.end];
    let sentence = text.char_indices().find(|(at, c)| matches!(c, '.' | ';') && ends_word(&text[at + 1..]));
    let sentence = sentence.map_or(text.len(), |(at, _)| at);
    let end = start + words.first_statement(text).map_or(sentence, |end| end.min(sentence));
    let range = trim(line, start..end);
    if range.is_empty() {
        return Described::default();
    }
    by_comma(words, line, range.clone())
        .or_else(|| by_preposition(words, line, range.clone()))
        .unwrap_or_else(|| whole(words, line, range))
}

/// `Research Director, Tarnwick Centre`.
fn by_comma(words: &Words, line: &str, range: Range<usize>) -> Option<Described> {
    let text = &line[range.clone()];
    let (at, comma) = text.char_indices().find(|(_, c)| matches!(c, ',' | '،'))?;
    let before = trim(line, range.start..range.start + at);
    let behind = trim(line, range.start + at + comma.len_utf8()..range.end);
    if before.is_empty() || behind.is_empty() {
        return None;
    }
    let (first, second) = (&line[before.clone()], &line[behind.clone()]);
    let names_institution = lexicon::is_institution(words, second)
        || (capitalised(words, second) && !lexicon::is_post(words, second))
        || lexicon::is_press(words, second);
    if lexicon::is_institution(words, first) && !lexicon::is_post(words, first) {
        // `School of Public Health, Lingque Normal University` is one institution.
        return lexicon::is_institution(words, second).then_some(Described { role: None, affiliation: Some(range) });
    }
    if !names_institution {
        // `sociologist, author of X`: the first counts.
        return Some(describe(words, line, before));
    }
    let inner = describe(words, line, before.clone());
    Some(match inner {
        // `lecturer at the School of Public Health, Lingque Normal University`
        // `Leiterin des Referats Wohnen, Stiftung Stadtraum`
        Described { affiliation: Some(affiliation), .. }
            if !lexicon::is_institution(words, &line[affiliation.clone()])
                && !lexicon::is_press(words, &line[affiliation.clone()]) =>
        {
            Described { role: Some(before), affiliation: Some(without_article(words, line, behind)) }
        }
        Described { role, affiliation: Some(affiliation) } => {
            Described { role, affiliation: Some(affiliation.start..behind.end) }
        }
        Described { role, affiliation: None } => {
            Described { role: role.or(Some(before)), affiliation: Some(without_article(words, line, behind)) }
        }
    })
}

fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase()
}

/// `преподаватель Верхнетальского колледжа`: the institution stands in the genitive, with nothing in front of it.
fn in_genitive(words: &Words, text: &str) -> Option<usize> {
    let placed = text.split_whitespace().map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w));
    let cyrillic = |w: &str| w.chars().any(|c| matches!(c, 'а'..='я' | 'ё'));
    let begins = |(_, w): &(usize, &str)| {
        lexicon::is_institution(words, w) || (w.starts_with(char::is_uppercase) && cyrillic(w))
    };
    let (at, _) = placed.skip(1).find(begins)?;
    (cyrillic(text) && lexicon::is_post(words, &text[..at]) && lexicon::is_institution(words, &text[at..]))
        .then_some(at)
}

/// One statement: a post, or an institution.
fn whole(words: &Words, line: &str, range: Range<usize>) -> Described {
    let text = &line[range.clone()];
    if let Some(at) = in_genitive(words, text) {
        return Described {
            role: Some(trim(line, range.start..range.start + at)),
            affiliation: Some(trim(line, range.start + at..range.end)),
        };
    }
    let is_place = text.split_whitespace().count() <= 2
        && capitalised(words, text)
        && !lexicon::is_post(words, text)
        && !lexicon::is_institution(words, text);
    if is_place {
        return Described::default();
    }
    if lexicon::is_institution(words, text) && !lexicon::is_post(words, text)
        || (lexicon::is_press(words, text) && capitalised(words, text) && !lexicon::is_post(words, text))
    {
        return Described { role: None, affiliation: Some(without_article(words, line, range)) };
    }
    // `Northern Lantern columnist`, `Tidewire writer`: a paper and a post.
    if let Some(at) = paper_before_post(words, text) {
        return Described {
            role: Some(trim(line, range.start + at..range.end)),
            affiliation: Some(trim(line, range.start..range.start + at)),
        };
    }
    // `baker in Dos Arroyos`: where a post is held is no institution.
    // `Lecturer in Environmental Engineering`: the field is a part of the post.
    let place = if words.has_field(text) { None } else { words.place(text) };
    Described { role: Some(range.start..range.start + place.unwrap_or(text.len())), affiliation: None }
}

/// Where the post begins behind the name of a paper.
fn paper_before_post(words: &Words, text: &str) -> Option<usize> {
    let at = text.rfind(' ')?;
    let (paper, post) = (&text[..at], &text[at + 1..]);
    let lower = post.chars().next().is_some_and(char::is_lowercase);
    let names_paper = capitalised(words, paper)
        && !lexicon::is_post(words, paper)
        && !lexicon::is_genre(words, paper)
        && !paper.split_whitespace().all(|word| lexicon::is_before_post(words, word));
    (lower && lexicon::is_post(words, post) && names_paper).then_some(at + 1)
}

/// Whether every word but the small ones begins with a capital.
fn capitalised(words: &Words, text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|word| !words.is_small(word)).peekable();
    words.peek().is_some()
        && words.all(|w| w.chars().find(|c| c.is_alphabetic()).is_none_or(|c| c.is_uppercase() || is_caseless(c)))
}

fn without_article(words: &Words, line: &str, range: Range<usize>) -> Range<usize> {
    let text = &line[range.clone()];
    let rest = words.article(text).map_or(text, |length| text[length..].trim_start());
    range.end - rest.len()..range.end
}

/// Whether a word ends before this.
fn ends_word(behind: &str) -> bool {
    behind.chars().next().is_none_or(char::is_whitespace)
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

    fn come_apart(cases: &[(&str, &str, &str)]) {
        for (text, role, affiliation) in cases {
            let found = describe(&Words::of([]), text, 0..text.len());
            let show = |r: Option<Range<usize>>| r.map_or("", |r| &text[r]);
            assert_eq!((show(found.role), show(found.affiliation)), (*role, *affiliation), "{text}");
        }
    }

    #[test]
    fn posts_and_institutions_in_english_come_apart() {
        come_apart(&[
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
        ]);
    }

    #[test]
    fn those_in_other_languages_do() {
        come_apart(&[
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
        ]);
    }
}
