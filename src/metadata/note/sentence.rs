//! The forms of a sentence about authors, by the words of the document's languages: `The author is …`, `X, a poet, is …`,
//! `About the author: X, …`, `X writes from …`.

use std::ops::Range;

use super::Subject;
use crate::characters::is_cjk;
use crate::metadata::lexicon::{self, Words};

/// What may stand in front of a note.
const DECORATION: &[char] = &['-', '–', '—', '•', '*', '_', '(', '（', '['];
const DASHES: [char; 3] = ['-', '–', '—'];

/// A sentence whose subject is named.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) names: Range<usize>,
    /// What stands between commas behind the name.
    pub(super) first: Option<Range<usize>>,
    /// What is said behind the verb or the dash; where a language needs no verb, from the post on.
    pub(super) said: Range<usize>,
}

/// Where a note begins behind its decoration.
fn start(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || DECORATION.contains(&c)).len()
}

/// `The author is …`: what is said; `Some(None)` where only a verb stands there, which says no post.
pub(super) fn of_the_author(words: &Words, text: &str) -> Option<Option<Range<usize>>> {
    let start = start(text);
    let subject = start + words.note_subject(&text[start..])?;
    let rest = text[subject..].strip_prefix(':').unwrap_or(&text[subject..]);
    let is_labelled = rest.len() < text.len() - subject;
    let next = text.len() - rest.trim_start().len();
    if next == text.len() || (next == subject && !is_labelled) {
        return None;
    }
    if is_labelled {
        return Some(Some(next..text.len()));
    }
    if let Some(said) = behind_copula(words, text, next).or_else(|| behind_dash(text, next)) {
        return (said < text.len()).then_some(Some(said..text.len()));
    }
    if words.note_verb(&text[next..]).is_some() {
        return Some(None);
    }
    // `الكاتب أستاذ … في جامعة …`
    let bare = is_caseless(&text[next..]) && (4..=400).contains(&(text.len() - next)) && !text[next..].contains(':');
    (bare && lexicon::is_post(words, &text[next..])).then_some(Some(next..text.len()))
}

/// Where the names are with which a sentence begins.
#[derive(Debug)]
pub(super) struct Beginning {
    start: usize,
    /// Where the names may end: behind each word of one.
    ends: Vec<usize>,
}

/// The names with which a sentence begins, where they may be those of whom a note speaks.
pub(super) fn beginning(words: &Words, text: &str, subject: &Subject<'_>) -> Option<Beginning> {
    let start = behind_article(text, start(text));
    let ends = names(words, text, start);
    subject.may_be_in(&text[start..*ends.last()?]).then_some(Beginning { start, ends })
}

/// `X is …`, `X and Y are …`, `X, a former deputy governor of Y, is …`, `X — …`.
pub(super) fn named(words: &Words, text: &str, Beginning { start, ends }: &Beginning) -> Option<Named> {
    let named = |end: &usize| behind_names(words, text, *start..*end);
    // Where nothing tells a name from what follows it, the shorter one leaves more to be said.
    match is_caseless(&text[*start..]) {
        true => ends.iter().find_map(named),
        false => ends.iter().rev().find_map(named),
    }
}

/// `X writes from Y`: who is named, and nothing that is said.
pub(super) fn writes(words: &Words, text: &str, Beginning { start, ends }: &Beginning) -> Option<Range<usize>> {
    let behind = |end: &&usize| text[**end..].strip_prefix(' ').and_then(|rest| words.note_verb(rest)).is_some();
    ends.iter().rev().find(behind).map(|end| *start..*end)
}

/// `About the author: X, …`: the name, and what is said.
pub(super) fn about(words: &Words, text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let heading = words.note_heading(text)?;
    let rest = text[heading..].trim_start().trim_start_matches([':', '.']);
    let start = text.len() - rest.trim_start().len();
    let ends = names(words, text, start);
    ends.into_iter().rev().find_map(|end| {
        let behind = [",", " —", " –"].iter().find_map(|mark| text[end..].strip_prefix(mark))?;
        let said = behind.strip_prefix(' ')?;
        (!said.is_empty()).then_some((start..end, text.len() - said.len()..text.len()))
    })
}

/// `(*) Investigadora del Centro …`: what a star refers to.
pub(super) fn starred(text: &str) -> Option<Range<usize>> {
    let bare = text.strip_prefix('(').unwrap_or(text);
    let marks = bare.len() - bare.trim_start_matches(['*', '†']).len();
    let rest = bare[marks..].trim_start_matches(')').trim_start();
    let said = text.len() - rest.len();
    let is_one = (1..=3).contains(&marks) && rest.starts_with(char::is_uppercase) && !rest.contains(':');
    (is_one && (5..=181).contains(&rest.chars().count())).then_some(said..text.len())
}

/// Behind the article of a Greek name.
fn behind_article(text: &str, start: usize) -> usize {
    let article = ["Ο ", "Η "].iter().find(|article| text[start..].starts_with(**article));
    start + article.map_or(0, |article| article.len())
}

fn is_caseless(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| !c.is_uppercase() && !c.is_lowercase() && !is_cjk(c))
}

/// A word of a name at `at`: where it ends.
fn word(text: &str, at: usize) -> usize {
    let of_word = |c: char| c.is_alphabetic() || matches!(c, '’' | '\'' | '.' | '-') || is_mark(c);
    at + text[at..].find(|c| !of_word(c)).unwrap_or(text.len() - at)
}

/// Vowel signs of Arabic, Hebrew and the scripts of India, which are letters of their words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{900}'..='\u{DFF}' | '\u{E31}'..='\u{E4E}')
}

/// Where the names at `start` may end: behind each word of one.
fn names(words: &Words, text: &str, start: usize) -> Vec<usize> {
    const MOST: usize = 24;
    if is_caseless(&text[start..]) {
        return caseless(text, start);
    }
    let is_capital = |at: usize| text[at..].starts_with(char::is_uppercase);
    let mut ends = Vec::new();
    let mut at = start;
    while ends.len() < MOST && is_capital(at) {
        at = word(text, at);
        ends.push(at);
        // Particles belong to the name, as do further words with capitals.
        let mut next = at;
        while let Some(rest) = text[next..].strip_prefix(' ') {
            let begin = text.len() - rest.len();
            let end = word(text, begin);
            if end == begin || !words.is_particle(&text[begin..end]) {
                break;
            }
            next = end;
        }
        let behind = |gap: &str| text[next..].strip_prefix(gap).map(|rest| text.len() - rest.len());
        let joined = || {
            let space = behind(", ").or_else(|| behind(" "))?;
            let length = words.conjunction(&text[space..])?;
            text[space + length..].strip_prefix(' ').map(|rest| text.len() - rest.len())
        };
        let after = behind(" ").filter(|at| is_capital(*at)).or_else(|| joined().filter(|at| is_capital(*at)));
        match after.or_else(|| behind(", ").filter(|at| is_capital(*at))) {
            Some(following) => at = following,
            None => break,
        }
    }
    ends
}

/// The same in a script without capitals: two words or more.
fn caseless(text: &str, start: usize) -> Vec<usize> {
    const MOST: usize = 5;
    let mut ends = Vec::new();
    let mut at = start;
    for _ in 0..MOST {
        let end = word(text, at);
        if end == at || !is_caseless(&text[at..end]) {
            break;
        }
        ends.push(end);
        match text[end..].strip_prefix(' ') {
            Some(rest) => at = text.len() - rest.len(),
            None => break,
        }
    }
    ends.into_iter().skip(1).collect()
}

fn behind_names(words: &Words, text: &str, names: Range<usize>) -> Option<Named> {
    let at = behind_aside(text, names.end);
    let insertions = insertions(text, at);
    let (first, said) = insertions.into_iter().find_map(|(first, at)| Some((first, predicate(words, text, at)?)))?;
    Some(Named { names, first, said: said..text.len() })
}

/// Behind a bracket, or the year in which somebody left a college: `’21`.
fn behind_aside(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let bare = rest.strip_prefix(' ').unwrap_or(rest);
    if bare.starts_with('(')
        && let Some(close) = bare.find(')').filter(|close| *close > 1)
    {
        return text.len() - bare.len() + close + 1;
    }
    let year = rest.strip_prefix(" ’").or_else(|| rest.strip_prefix(" '"));
    let is_year = |rest: &&str| rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    year.filter(is_year).map_or(at, |rest| text.len() - rest.len() + 2)
}

/// What may be inserted between commas, the longest first, and where the text goes on.
fn insertions(text: &str, at: usize) -> Vec<(Option<Range<usize>>, usize)> {
    let mut all = vec![(None, at)];
    // A piece between commas: its end, which is that of the comma's.
    let piece = |from: usize| {
        let end = from + text[from..].find([',', '.'])?;
        (end > from && text[end..].starts_with(',')).then_some(end)
    };
    let Some(begin) = text[at..].strip_prefix(", ").map(|rest| text.len() - rest.len()) else { return all };
    let Some(end) = piece(begin) else { return all };
    all.push((Some(begin..end), end + 1));
    let second = text[end..].strip_prefix(", ").map(|rest| text.len() - rest.len());
    let second = second.filter(|at| text[*at..].starts_with(char::is_alphabetic)).and_then(piece);
    all.extend(second.map(|end| (Some(begin..end), end + 1)));
    all.reverse();
    all
}

/// Where what is said begins: behind the verb, a dash, or what somebody does and `and`.
fn predicate(words: &Words, text: &str, at: usize) -> Option<usize> {
    let at = at + usize::from(text[at..].starts_with(','));
    let begins = |at: usize| {
        let next = text[at..].strip_prefix(' ').map(|rest| text.len() - rest.len())?;
        let bare = || {
            let end = word(text, next);
            (is_caseless(&text[next..end]) && lexicon::is_post(words, &text[next..end])).then_some(next)
        };
        behind_copula(words, text, next).or_else(|| behind_dash(text, next)).or_else(bare)
    };
    // `X teaches at Y and is …`
    let clause = || {
        let rest = text[at..].strip_prefix(' ').filter(|rest| rest.starts_with(char::is_lowercase))?;
        let end = text.len() - rest.len() + rest.find(['.', ';']).unwrap_or(rest.len());
        let spaces: Vec<usize> = text[at + 1..end].match_indices(' ').map(|(space, _)| at + 1 + space).collect();
        spaces.into_iter().rev().find_map(|space| {
            let conjunction = words.conjunction(&text[space + 1..])?;
            begins(space + 1 + conjunction)
        })
    };
    clause().or_else(|| begins(at))
}

fn behind_copula(words: &Words, text: &str, at: usize) -> Option<usize> {
    let length = words.note_copula(&text[at..])?;
    Some(text.len() - text[at + length..].trim_start().len())
}

fn behind_dash(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix(DASHES).or_else(|| text[at..].strip_prefix(':'))?;
    Some(text.len() - rest.trim_start().len())
}
