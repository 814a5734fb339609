//! Words and phrases that are looked up: whole, or at the start of a text.

use std::collections::{HashMap, HashSet};

use super::fold::{fold, folded};

/// What stands for one word or two in a phrase: `translated from the _ by`.
const ANY: &str = "_";

/// Phrases, each with what it means.
#[derive(Debug)]
pub(in crate::metadata) struct Phrases<T> {
    by_text: HashMap<Box<str>, T>,
    /// Those that were sorted when the program was built.
    built: Option<Built<T>>,
    /// Those with a word that may be any.
    open: Vec<(Box<str>, T)>,
    /// The first two characters of each; most texts begin with none of them.
    beginnings: HashSet<Beginning>,
    /// Characters of the longest one.
    longest: usize,
}

type Beginning = (Option<char>, Option<char>);

/// The first two characters of a phrase, as far as they are told: of `_ ago` none is.
fn beginning(phrase: &str) -> Beginning {
    let mut told = phrase.split(ANY).next().unwrap_or_default().chars();
    (told.next(), told.next())
}

/// Folded phrases in their order, each with a number, and what the number means.
#[derive(Debug)]
struct Built<T> {
    phrases: &'static [(&'static str, u8)],
    meaning: fn(u8) -> T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_text: HashMap::new(), built: None, open: Vec::new(), beginnings: HashSet::new(), longest: 0 }
    }
}

impl<T: Copy> Phrases<T> {
    /// Of phrases that the build script folded and sorted, each with a number.
    pub(in crate::metadata) fn sorted(phrases: &'static [(&'static str, u8)], meaning: fn(u8) -> T) -> Self {
        let open = phrases.iter().filter(|(phrase, _)| phrase.contains(ANY));
        let open = open.map(|(phrase, number)| ((*phrase).into(), meaning(*number))).collect();
        let longest = phrases.iter().map(|(phrase, _)| phrase.chars().count()).max().unwrap_or(0);
        let beginnings = phrases.iter().map(|(phrase, _)| beginning(phrase)).collect();
        Self { by_text: HashMap::new(), built: Some(Built { phrases, meaning }), open, beginnings, longest }
    }

    /// Of two meanings of a phrase the first one counts.
    pub(in crate::metadata) fn insert(&mut self, phrase: &str, meaning: T) {
        let phrase = folded(phrase);
        self.longest = self.longest.max(phrase.chars().count());
        self.beginnings.insert(beginning(&phrase));
        if phrase.contains(ANY) {
            self.open.push((phrase.into(), meaning));
        } else {
            self.by_text.entry(phrase.into()).or_insert(meaning);
        }
    }

    /// What a text means as a whole; it is folded already.
    pub(in crate::metadata) fn get(&self, folded: &str) -> Option<T> {
        let is_whole = |phrase: &str| begins(phrase, folded) == Some(folded.len());
        let open = || self.open.iter().find(|(phrase, _)| is_whole(phrase));
        self.closed(folded).or_else(|| open().map(|(_, meaning)| *meaning))
    }

    /// The same of those without a word that may be any.
    fn closed(&self, folded: &str) -> Option<T> {
        let built = || {
            let Built { phrases, meaning } = self.built.as_ref()?;
            let at = phrases.binary_search_by(|(phrase, _)| (*phrase).cmp(folded)).ok()?;
            Some(meaning(phrases[at].1))
        };
        self.by_text.get(folded).copied().or_else(built)
    }

    /// The phrases with which a text ends, the longest first: where each begins, and what it means.
    pub(in crate::metadata) fn endings<'p>(&'p self, text: &'p str) -> impl Iterator<Item = (usize, T)> + 'p {
        let start = text.char_indices().rev().take(self.longest).last().map_or(text.len(), |(at, _)| at);
        let end = folded(&text[start..]);
        let places = text[start..].char_indices().map(move |(at, _)| start + at);
        let folded_places: Vec<usize> = end.char_indices().map(|(at, _)| at).collect();
        places.zip(folded_places).filter_map(move |(at, from)| Some((at, self.get(&end[from..])?)))
    }

    /// The longest phrase with which a text begins, up to white space or to the end: its bytes, and what it means.
    pub(in crate::metadata) fn opening(&self, text: &str) -> Option<(usize, T)> {
        self.opening_up_to(text, char::is_whitespace)
    }

    /// The same, up to the end of a word.
    pub(in crate::metadata) fn opening_word(&self, text: &str) -> Option<(usize, T)> {
        self.opening_up_to(text, |c| !c.is_alphabetic())
    }

    /// The longest phrase with which a text begins, wherever it ends.
    pub(in crate::metadata) fn prefix(&self, text: &str) -> Option<(usize, T)> {
        self.opening_up_to(text, |_| true)
    }

    /// Whether a text may begin with one of the phrases.
    fn may_open(&self, text: &str) -> bool {
        let mut first = text.chars().map(fold);
        let (one, two) = (first.next(), first.next());
        [(one, two), (one, None), (None, None)].iter().any(|beginning| self.beginnings.contains(beginning))
    }

    fn opening_up_to(&self, text: &str, is_end: fn(char) -> bool) -> Option<(usize, T)> {
        if !self.may_open(text) {
            return None;
        }
        let mut start = String::new();
        // Where words end: in the text, and in what of it is folded.
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let mut characters = text.char_indices();
        for (at, c) in characters.by_ref().take(self.longest + 1) {
            if is_end(c) {
                ends.push((at, start.len()));
            }
            start.push(fold(c));
        }
        if characters.next().is_none() {
            ends.push((text.len(), start.len()));
        }
        let whole = ends.iter().rev().find_map(|(at, end)| Some((*at, self.closed(&start[..*end])?)));
        let open = self.open.iter().filter_map(|(phrase, meaning)| Some((begins(phrase, text)?, *meaning)));
        whole.into_iter().chain(open).max_by_key(|(end, _)| *end)
    }
}

/// Where a phrase with a word that may be any ends in a text that begins with it.
fn begins(phrase: &str, text: &str) -> Option<usize> {
    let (before, behind) = phrase.split_once(ANY)?;
    // Most texts do not begin with it.
    if !before.chars().zip(text.chars()).all(|(a, b)| a == fold(b)) {
        return None;
    }
    let all = folded(text);
    let rest = all.strip_prefix(before)?;
    let words = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]).take(2);
    // `l’anglais (Australie) par`
    let bracket = rest.find(" (").and_then(|open| rest[open..].find(')').map(|close| open + close + 1));
    let end = words.chain(bracket).filter(|at| *at > 0).find_map(|at| {
        let end = rest[at..].strip_prefix(behind)?;
        (end.is_empty() || end.starts_with(' ')).then_some(all.len() - end.len())
    })?;
    // A folded character may take other bytes.
    let characters = all[..end].chars().count();
    Some(text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_opens_a_text() {
        let mut phrases = Phrases::default();
        for (number, phrase) in ["par", "par l’équipe", "traduit de l’_ par"].into_iter().enumerate() {
            phrases.insert(phrase, number);
        }
        assert_eq!(phrases.opening("PAR Ada Holm"), Some((3, 0)));
        assert_eq!(phrases.opening("Par L'équipe du soir"), Some(("Par L'équipe".len(), 1)));
        assert_eq!(phrases.opening("Parole"), None);
        assert_eq!(phrases.opening("par"), Some((3, 0)));
        assert_eq!(phrases.opening("Traduit de l’anglais par B"), Some(("Traduit de l’anglais par".len(), 2)));
        assert_eq!(phrases.get("par"), Some(0));
    }
}
