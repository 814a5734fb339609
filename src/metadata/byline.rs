//! Names in a row, each with what is said of it: `A (Centre for B), C, professor at D, and E`; `甲、乙`; `会社員　木立遥`.

mod alone;
mod beside;
mod between;
mod east_asian;

use std::ops::Range;

use crate::metadata::lexicon::Words;

use super::lexicon;
use super::person;
use super::post::{self, Described};
use alone::name_alone;
pub(super) use beside::name_before_post;
use beside::{before_paper, for_paper, is_stray, without_address};
use between::{between, gaps};
pub(super) use east_asian::PATTERNS;
use east_asian::{behind_post, beside_space, post_then_name, spaced_names};

/// A name, with what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bylined {
    pub(super) name: Range<usize>,
    pub(super) described: Described,
}

/// The names of a range; empty where something in it is neither a name nor said of one.
pub(super) fn names(words: &Words, line: &str, range: Range<usize>) -> Vec<Bylined> {
    let range = without_address(line, range);
    if let Some(found) = post_then_name(words, line, range.clone()) {
        return vec![found];
    }
    if let Some(spaced) = spaced_names(words, line, range.clone()) {
        return spaced;
    }
    let mut people: Vec<Bylined> = Vec::new();
    let items = items(words, line, range);
    let mut before: Option<Range<usize>> = None;
    // Of the last one, what is said without brackets: it may go on over several commas.
    let mut said: Option<Range<usize>> = None;
    for (i, item) in items.iter().cloned().enumerate() {
        let (text_range, bracket) = split_bracket(words, line, item.clone());
        let text_range = name_alone(words, line, text_range, people.is_empty());
        let text = &line[text_range.clone()];
        if !people.is_empty() && words.is_degree(text) {
            continue;
        }
        let is_post = lexicon::is_post_phrase(words, text) || lexicon::is_institution(words, text);
        // In scripts without capitals nearly anything has the form of a name, and nothing is told by it.
        let cjk = crate::characters::has_cjk(text);
        let copula = cjk && words.post_copula(text).is_some();
        // `A, directrice, Théâtre du Vieux-Lavoir`: behind a post, what no post follows and no `and` joins.
        let is_said = |range: &Range<usize>| {
            lexicon::is_post_phrase(words, &line[range.clone()]) || lexicon::is_post(words, &line[range.clone()])
        };
        let house = !cjk
            && said.is_some()
            && before.as_ref().is_some_and(|b| {
                is_said(b) && !line[b.end..item.start].contains(char::is_alphabetic) && !line[b.end..].starts_with(';')
            })
            && items.get(i + 1).is_none_or(|next| !is_said(next));
        before = Some(item.clone());
        let stray = people.first().is_some_and(|first| is_stray(words, line, first, &text_range));
        if !people.is_empty()
            && (copula
                || is_post
                || house
                || stray
                || person::is_staff(words, text)
                || (!cjk && !person::is_name(words, text)))
        {
            if let Some(last) = people.last_mut().filter(|_| stray && said.is_none() && is_agency(text)) {
                complete(&mut last.described, Described { role: None, affiliation: Some(text_range) });
                continue;
            }
            said = Some(said.map_or(item.start, |s| s.start)..item.end);
            continue;
        }
        if let (Some(said), Some(last)) = (said.take(), people.last_mut()) {
            complete(&mut last.described, post::describe(words, line, said));
        }
        let Some(mut found) = one(words, line, text_range) else { return Vec::new() };
        if let Some(bracket) = bracket {
            complete(&mut found.described, post::describe(words, line, bracket));
        }
        people.push(found);
    }
    if let (Some(said), Some(last)) = (said, people.last_mut()) {
        complete(&mut last.described, post::describe(words, line, said));
    }
    people
}

/// Whether what stands behind a name is the sign of an agency: `Ann Lee, QRN`.
fn is_agency(text: &str) -> bool {
    text.len() > 1 && text.chars().all(char::is_uppercase)
}

fn complete(known: &mut Described, more: Described) {
    known.role = known.role.take().or(more.role);
    known.affiliation = known.affiliation.take().or(more.affiliation);
}

/// What stands between the words that separate names, outside brackets.
fn items(words: &Words, line: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let next = |rest: &str| between(words, rest, 0).map_or(rest.len(), |gap| gap.start);
    let text = &line[range.clone()];
    let mut items = Vec::new();
    let mut start = 0;
    for gap in gaps(words, text).chain(std::iter::once(text.len()..text.len())) {
        if depth(&text[start..gap.start]) > 0 && gap.start < text.len() {
            continue;
        }
        // 沧屿市住房和城乡建设局: between names of persons only.
        let bare = !gap.is_empty() && text[gap.clone()].chars().all(|c| matches!(c, '和' | '与' | '與' | '及'));
        // 山本大和: what stands on both sides of it has to have the length of a name.
        let is_one = |side: &str| (2..=4).contains(&side.trim().chars().count());
        if bare && !(is_one(&text[start..gap.start]) && is_one(&text[gap.end..gap.end + next(&text[gap.end..])])) {
            continue;
        }
        // 王　砚 is one name.
        let spaced = text[gap.clone()].chars().all(|c| c == '\u{3000}') && single(&text[start..gap.start]) && {
            let rest = &text[gap.end..];
            single(&rest[..next(rest)])
        };
        if spaced && gap.start < text.len() {
            continue;
        }
        let item = super::bars::trim(line, range.start + start..range.start + gap.start);
        if !item.is_empty() {
            items.push(item);
        }
        start = gap.end;
    }
    items
}

fn single(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() == 1 && text.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'))
}

fn depth(text: &str) -> i32 {
    text.chars().fold(0, |depth, c| match c {
        '(' | '（' => depth + 1,
        ')' | '）' => depth - 1,
        _ => depth,
    })
}

/// `A (Centre for B)`: the name and what stands in the bracket.
fn split_bracket(words: &Words, line: &str, item: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let text = &line[item.clone()];
    // `Heidrun Pflock – Betriebsrätin`
    if let Some((at, length)) = [" – ", " — ", " - "].iter().filter_map(|d| text.find(d).map(|at| (at, d.len()))).min()
        && !text[..at].contains(['(', '（'])
    {
        let name = super::bars::trim(line, item.start..item.start + at);
        return (name, Some(item.start + at + length..item.end));
    }
    // `Fergus Dunmallard | Columnist`
    let is_said = |said: &str| {
        let is_station = !said.chars().any(char::is_lowercase) && !said.contains(' ');
        lexicon::is_post_phrase(words, said)
            || lexicon::is_press(words, said)
            || lexicon::is_institution(words, said)
            || is_station
    };
    if let Some((name, said)) = text.split_once(" | ")
        && person::stands_alone(words, name)
        && person::is_name(words, name)
        && is_said(said)
    {
        return (item.start..item.start + name.len(), Some(item.end - said.len()..item.end));
    }
    // `姜允熙／鷺原大學教育學系教授`
    if let Some(at) = text.find(['／', '/', '｜']).filter(|_| crate::characters::has_cjk(text)) {
        let mark = text[at..].chars().next().map_or(1, char::len_utf8);
        let (name, said) = (text[..at].trim(), text[at + mark..].trim());
        if (2..=6).contains(&name.chars().count())
            && person::is_name(words, name)
            && !lexicon::is_post(words, name)
            && (lexicon::is_post(words, said) || lexicon::is_institution(words, said))
        {
            return (super::bars::trim(line, item.start..item.start + at), Some(item.start + at + mark..item.end));
        }
    }
    let Some(open) = text.find(['(', '（']).filter(|at| *at > 0) else { return (item, None) };
    // `Bruno (Ferreira Valadim) Telles`: a part of the name.
    let goes_on = text.find([')', '）']).is_some_and(|close| {
        let mark = text[close..].chars().next().map_or(1, char::len_utf8);
        let behind = text[close + mark..].trim_start();
        behind.starts_with(char::is_uppercase) && person::is_name(words, behind) && !lexicon::is_post(words, behind)
    });
    if goes_on && !crate::characters::has_cjk(text) {
        return (item, None);
    }
    let mark = text[open..].chars().next().map_or(1, char::len_utf8);
    let inner = text[open + mark..].trim_end().trim_end_matches([')', '）']);
    let start = item.start + open + mark;
    let lower = inner.chars().next().is_some_and(char::is_lowercase) && !inner.contains(' ');
    if !inner.chars().any(char::is_alphabetic) || (lower && !lexicon::is_post(words, inner)) {
        // A star that refers to a note; `(retd)`.
        return (super::bars::trim(line, item.start..item.start + open), None);
    }
    (super::bars::trim(line, item.start..item.start + open), Some(start..start + inner.len()))
}

/// One name, with a post of its own before or behind it.
fn one(words: &Words, line: &str, range: Range<usize>) -> Option<Bylined> {
    let text = &line[range.clone()];
    let plain = |name: Range<usize>, described| Some(Bylined { name, described });
    if lexicon::is_body(words, text) {
        return plain(range, Described::default());
    }
    if let Some(found) = behind_post(words, line, &range).or_else(|| beside_space(words, line, &range)) {
        return Some(found);
    }
    // `Verity Stannage for The Daily Lancer`
    let is_body = lexicon::is_institution(words, text);
    if let Some(at) = for_paper(words, text).filter(|_| !is_body) {
        return one(words, line, range.start..range.start + at);
    }
    if let Some(at) = before_paper(words, text).filter(|_| !is_body) {
        return one(words, line, range.start..range.start + at);
    }
    let article = words.article(text).filter(|_| text.starts_with(char::is_lowercase) || !person::is_name(words, text));
    if let Some(article) = article {
        let rest = super::bars::trim(line, range.start + article..range.end);
        let name = &line[rest.clone()];
        // `Lo storico Ubaldo Ferrantini`, `l’hydrologue Élodie Vauquelin`
        return if lexicon::is_institution(words, name) {
            name.starts_with(char::is_uppercase).then_some(Bylined { name: rest, described: Described::default() })
        } else {
            one(words, line, rest).filter(|found| found.described.role.is_some())
        };
    }
    // `Korrespondenten Jost Ehrlinger`
    if let Some((first, rest)) = text.split_once(' ')
        && lexicon::is_post_phrase(words, first)
        && rest.split_whitespace().count() >= 2
        && person::is_name(words, rest)
    {
        return plain(
            range.end - rest.len()..range.end,
            post::describe(words, line, range.start..range.start + first.len()),
        );
    }
    if let Some(end) = name_before_post(words, text) {
        let described = post::describe(words, line, range.start + end + 1..range.end);
        return plain(range.start..range.start + end, described);
    }
    // `Rick Lane Contributor`
    if let Some((name, said)) = text.rsplit_once(' ')
        && (said.starts_with(char::is_uppercase) || lexicon::is_press(words, name))
        && person::is_nobody(words, said)
        && !person::is_staff(words, name)
        && !person::has_acronym(name)
        && name.contains(' ')
        && person::stands_alone(words, name)
    {
        let start = range.end - said.len();
        return plain(range.start..range.start + name.len(), post::describe(words, line, start..range.end));
    }
    // `Tidewire writer Qiao Lianhe`: a paper and a post before the name.
    if let Some((described, name)) = post_before_latin_name(words, line, range.clone()) {
        return plain(name, described);
    }
    (person::is_name(words, text) && !lexicon::is_post_phrase(words, text))
        .then_some(Bylined { name: range, described: Described::default() })
}

fn post_before_latin_name(words: &Words, line: &str, range: Range<usize>) -> Option<(Described, Range<usize>)> {
    let text = &line[range.clone()];
    let placed: Vec<(usize, &str)> =
        text.split_whitespace().map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w)).collect();
    let at = placed
        .iter()
        .rposition(|(_, w)| w.chars().next().is_some_and(char::is_lowercase) && lexicon::is_post(words, w))?;
    let (name_start, _) = *placed.get(at + 1)?;
    let name = range.start + name_start..range.end;
    let described = post::describe(words, line, range.start..range.start + placed[at].0 + placed[at].1.len());
    person::is_name(words, &line[name.clone()]).then_some((described, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        let show = |r: &Option<Range<usize>>| r.clone().map_or("", |r| &line[r]).to_owned();
        names(&Words::of([]), line, 0..line.len())
            .into_iter()
            .map(|b| {
                format!("{}|{}|{}", &line[b.name.clone()], show(&b.described.role), show(&b.described.affiliation))
            })
            .collect()
    }

    #[test]
    fn names_keep_their_order_and_what_is_said_of_them() {
        for (line, people) in [
            ("Ann Lee and Bo Mills near Sacramento", &["Ann Lee||", "Bo Mills||"][..]),
            ("Ann Lee, Bo Mills and Cid Roy for The Monitor", &["Ann Lee||", "Bo Mills||", "Cid Roy||"]),
            ("Ann Lee, Bo Mills and Cid RoyStaff Writer", &["Ann Lee||", "Bo Mills||", "Cid Roy||"]),
            ("Ann Lee, Bo Mills and Cid Roy", &["Ann Lee||", "Bo Mills||", "Cid Roy||"]),
            ("Orla Fenn, Ph.D., M.D., and Finn Arbo, OBE", &["Orla Fenn||", "Finn Arbo||"]),
            ("Jane Doe, Chief Economist, Rail Institute", &["Jane Doe|Chief Economist|Rail Institute"]),
            (
                "Aurélie Kermadec (Institut Brécourt), Tristan Oudart (université de Lanvarec) et Mina Sellali (Fondation Haute-Sève)",
                &[
                    "Aurélie Kermadec||Institut Brécourt",
                    "Tristan Oudart||université de Lanvarec",
                    "Mina Sellali||Fondation Haute-Sève",
                ],
            ),
            (
                "Дарья Лисовец, адвокат, и Аркадий Нагибин, бывший судья",
                &["Дарья Лисовец|адвокат|", "Аркадий Нагибин|бывший судья|"],
            ),
            ("记者 王五、李四", &["王五|记者|", "李四||"]),
            ("张　汶、陳書嶼", &["张　汶||", "陳書嶼||"]),
            ("风间律子（汐見大学教授）、折原透（弁護士）", &["风间律子|教授|汐見大学", "折原透|弁護士|"]),
            ("林沛汐（國中教師）", &["林沛汐|國中教師|"]),
            ("남궁솔 선임연구원", &["남궁솔|선임연구원|"]),
            ("Tidewire writer Qiao Lianhe", &["Qiao Lianhe|writer|Tidewire"]),
            ("the Harrowdale Centre for Rural Policy", &["Harrowdale Centre for Rural Policy||"]),
            ("the end of the year nothing had changed", &[]),
            ("Staff", &[]),
            ("James Baker and Ann Dean", &["James Baker||", "Ann Dean||"]),
        ] {
            assert_eq!(read(line), people, "{line}");
        }
    }
}
