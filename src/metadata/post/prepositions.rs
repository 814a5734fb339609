//! A post, a preposition, an institution: `lecturer at the School of Public Health`.

use std::ops::Range;

use crate::metadata::lexicon::Words;

use super::{Described, is_caseless, trim, without_article};
use crate::metadata::lexicon;
use crate::metadata::pattern::{Pattern, patterns};

patterns! {
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

/// Prepositions behind which another name begins: `de Hidrología en la Universidad` names no institution before it.
const NEXT: [&str; 13] =
    [" at ", " en ", " em ", " na ", " no ", " an der ", " an ", " à ", " all’", " presso ", " in ", " στο ", " στην "];

/// Post and institution on either side of a preposition.
pub(super) fn by_preposition(words: &Words, line: &str, range: Range<usize>) -> Option<Described> {
    let preposition = find(words, &line[range.clone()])?;
    let role = trim(line, range.start..range.start + preposition.start);
    let affiliation = without_article(line, trim(line, range.start + preposition.end..range.end));
    let end = second_post(words, &line[affiliation.clone()]).map_or(affiliation.end, |at| affiliation.start + at);
    let affiliation = affiliation.start..end;
    (!role.is_empty() && !affiliation.is_empty())
        .then_some(Described { role: Some(role), affiliation: Some(affiliation) })
}

/// The preposition before an institution: the first strong one; `of Economics at the University` begins with a weak one.
fn find(words: &Words, text: &str) -> Option<Range<usize>> {
    let of_language = |pattern: &&Pattern| {
        let named = pattern.find_iter(text).filter(|p| p.start() > 0);
        let named: Vec<_> =
            named.filter_map(|p| Some((p.range(), strength(words, p.as_str(), &text[p.end()..])?))).collect();
        let strong = named.iter().find(|(_, strength)| *strength == Strength::Strong);
        strong.or(named.first()).map(|(range, _)| range.clone())
    };
    PREPOSITIONS.iter().find_map(of_language)
}

/// How surely what follows a preposition is an employer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// It has a word of one, or `at` before it.
    Strong,
    /// It begins with a capital.
    Weak,
}

fn strength(words: &Words, preposition: &str, rest: &str) -> Option<Strength> {
    let capital = rest.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic() || is_caseless(c));
    let name = NEXT.iter().filter_map(|p| rest.find(p)).min().map_or(rest, |at| &rest[..at]);
    // `université`, `institut` may begin without a capital.
    let first_word = rest.split_whitespace().next().unwrap_or_default();
    let institution = lexicon::is_institution(words, first_word)
        || (capital && (lexicon::is_institution(words, name) || lexicon::is_press(words, name)));
    // `Head of Programme` names no institution.
    let institution = institution && (name.contains(' ') || !preposition.starts_with(" of"));
    if institution || (capital && preposition.trim_start().starts_with("at")) {
        return Some(Strength::Strong);
    }
    (capital && is_company(preposition) && rest.split_whitespace().count() <= 6).then_some(Strength::Weak)
}

/// Where a second post begins: `… à l’Institut Kelder et ancien ministre`.
fn second_post(words: &Words, affiliation: &str) -> Option<usize> {
    [" and ", " et ", " und ", " y ", " e ", " и "].iter().find_map(|and| {
        let at = affiliation.find(and)?;
        let behind: Vec<&str> = affiliation[at + and.len()..].split_whitespace().take(2).collect();
        let lower = behind.first().is_some_and(|w| w.starts_with(char::is_lowercase));
        (lower && behind.iter().any(|w| lexicon::is_post(words, w))).then_some(at)
    })
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
