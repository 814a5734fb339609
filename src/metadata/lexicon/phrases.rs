//! Words and phrases that are looked up: whole, or at the start of a text.

use super::beginnings::Beginnings;
use super::fold::{fold, folded};

/// What stands for one word or two in a phrase: `translated from the _ by`.
const ANY: &str = "_";

/// Phrases, each with what it means.
#[derive(Debug)]
pub(in crate::metadata) struct Phrases<T> {
    /// Those without such a word, in their order.
    closed: Vec<(Box<str>, T)>,
    /// Those that were sorted when the program was built.
    built: Option<Built<T>>,
    /// Those with a word that may be any.
    open: Vec<Open<T>>,
    /// Of those without such a word.
    beginnings: Beginnings,
    /// Characters of the longest one.
    longest: usize,
}

/// A phrase with a word that may be any, folded: what stands before that word, and what behind it.
#[derive(Debug)]
struct Open<T> {
    before: Box<str>,
    behind: Box<str>,
    meaning: T,
}

impl<T> Open<T> {
    fn new(phrase: &str, meaning: T) -> Option<Self> {
        let (before, behind) = phrase.split_once(ANY)?;
        Some(Self { before: before.into(), behind: behind.into(), meaning })
    }

    /// Where it ends in a text that begins with it.
    fn opens(&self, text: &str) -> Option<usize> {
        let start = opening(&self.before, text)?;
        let rest = &text[start..];
        let words = rest.char_indices().filter(|(_, c)| is_space(*c)).map(|(at, _)| at).chain([rest.len()]).take(2);
        // `l’anglais (Australie) par`
        let bracket = || rest.find(" (").and_then(|open| rest[open..].find(')').map(|close| open + close + 1));
        let end = |at: usize| {
            let end = at + opening(&self.behind, &rest[at..])?;
            rest[end..].chars().next().is_none_or(is_space).then_some(start + end)
        };
        words.filter(|at| *at > 0).find_map(end).or_else(|| bracket().and_then(end))
    }
}

fn is_space(c: char) -> bool {
    fold(c) == ' '
}

/// Where a folded phrase ends in a text that begins with it.
fn opening(phrase: &str, text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    phrase.chars().all(|c| characters.next().is_some_and(|(_, other)| fold(other) == c)).then(|| characters.offset())
}

/// Folded phrases in their order, each with a number, and what the number means.
#[derive(Debug)]
struct Built<T> {
    phrases: &'static [(&'static str, u8)],
    meaning: fn(u8) -> T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { closed: Vec::new(), built: None, open: Vec::new(), beginnings: Beginnings::default(), longest: 0 }
    }
}

impl<T: Copy> Phrases<T> {
    /// Of phrases that the build script folded and sorted, each with a number.
    pub(in crate::metadata) fn sorted(phrases: &'static [(&'static str, u8)], meaning: fn(u8) -> T) -> Self {
        let open = phrases.iter().filter_map(|(phrase, number)| Open::new(phrase, meaning(*number))).collect();
        let longest = phrases.iter().map(|(phrase, _)| phrase.chars().count()).max().unwrap_or(0);
        let mut beginnings = Beginnings::default();
        phrases.iter().for_each(|(phrase, _)| beginnings.insert(phrase.chars()));
        Self { closed: Vec::new(), built: Some(Built { phrases, meaning }), open, beginnings, longest }
    }

    /// Of two meanings of a phrase the first one counts.
    pub(in crate::metadata) fn insert(&mut self, phrase: &str, meaning: T) {
        let phrase = folded(phrase);
        self.longest = self.longest.max(phrase.chars().count());
        if let Some(open) = Open::new(&phrase, meaning) {
            self.open.push(open);
        } else if let Err(at) = self.place(&phrase) {
            self.beginnings.insert(phrase.chars());
            self.closed.insert(at, (phrase.into(), meaning));
        }
    }

    /// What a text means as a whole; it is folded already.
    pub(in crate::metadata) fn get(&self, folded: &str) -> Option<T> {
        let open = || self.open.iter().find(|open| open.opens(folded) == Some(folded.len()));
        self.closed(folded).or_else(|| Some(open()?.meaning))
    }

    /// Whether a text is one of them.
    pub(in crate::metadata) fn has(&self, text: &str) -> bool {
        (self.beginnings.has(text.chars()) || !self.open.is_empty()) && self.get(&folded(text)).is_some()
    }

    /// Where a phrase is among those that are closed, or would be.
    fn place(&self, folded: &str) -> Result<usize, usize> {
        self.closed.binary_search_by(|(phrase, _)| (**phrase).cmp(folded))
    }

    /// What a text means without a word that may be any.
    fn closed(&self, folded: &str) -> Option<T> {
        let built = || {
            let Built { phrases, meaning } = self.built.as_ref()?;
            let at = phrases.binary_search_by(|(phrase, _)| (*phrase).cmp(folded)).ok()?;
            Some(meaning(phrases[at].1))
        };
        let found = || self.place(folded).ok().map(|at| self.closed[at].1).or_else(built);
        self.beginnings.has(folded.chars()).then(found).flatten()
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

    /// The same, up to a character that ends it.
    pub(super) fn opening_up_to(&self, text: &str, is_end: fn(char) -> bool) -> Option<(usize, T)> {
        let ends = |end: &usize| text[*end..].chars().next().is_none_or(is_end);
        let closed = || {
            let mut first = [0; 4];
            let first = &*fold(text.chars().next()?).encode_utf8(&mut first);
            let own =
                among(&self.closed, first).filter_map(|(phrase, meaning)| Some((opening(phrase, text)?, *meaning)));
            let built = self.built.iter().flat_map(|Built { phrases, meaning }| {
                among(phrases, first).filter_map(|(phrase, number)| Some((opening(phrase, text)?, meaning(*number))))
            });
            own.chain(built).filter(|(end, _)| ends(end)).max_by_key(|(end, _)| *end)
        };
        let closed = if self.beginnings.has(text.chars()) { closed() } else { None };
        let open = self.open.iter().filter_map(|open| Some((open.opens(text)?, open.meaning)));
        closed.into_iter().chain(open).max_by_key(|(end, _)| *end)
    }
}

/// Those of sorted phrases that begin like this.
fn among<'p, P: AsRef<str>, T>(phrases: &'p [(P, T)], first: &'p str) -> impl Iterator<Item = &'p (P, T)> {
    let start = phrases.partition_point(|(phrase, _)| phrase.as_ref() < first);
    phrases[start..].iter().take_while(move |(phrase, _)| phrase.as_ref().starts_with(first))
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
