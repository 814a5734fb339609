//! Lines that are looked up whole.

use std::collections::{BTreeMap, HashSet};

use super::beginnings::Beginnings;
use super::fold::{fold, folded};
use crate::characters::{columns, has_cjk};
use crate::metadata::prose::ends_sentence;

/// What stands for some other characters in a line.
const OTHERS: char = '…';

/// How many characters that may be: inside a line or before one, behind a word, behind several.
const INSIDE: usize = 60;
const BEHIND_WORD: usize = 20;
const BEHIND_WORDS: usize = 200;

/// Lines, folded.
#[derive(Debug, Default)]
pub(super) struct Lines {
    whole: HashSet<Box<str>>,
    /// Bytes of the longest of those.
    longest: usize,
    /// Those with other characters in them, by their first one; `None` where the other characters come first.
    around: BTreeMap<Option<char>, Vec<Around>>,
    /// Of those, how they begin; how they end where the other characters come first.
    beginnings: Beginnings,
    endings: Beginnings,
}

/// A line with other characters in it.
#[derive(Debug)]
struct Around {
    before: Box<str>,
    behind: Box<str>,
    /// How many they may be.
    most: usize,
    is_telling: bool,
}

impl Around {
    fn new(before: &str, behind: &str) -> Self {
        // A sentence may begin with one word of a button.
        let is_word = !before.contains([' ', ':', '：']) && !before.is_empty();
        let most = match () {
            () if !behind.is_empty() => INSIDE,
            () if is_word => BEHIND_WORD,
            () => BEHIND_WORDS,
        };
        Self { before: before.into(), behind: behind.into(), most, is_telling: is_telling(before, behind) }
    }

    fn is(&self, text: &str) -> bool {
        let others = text.strip_prefix(&*self.before).and_then(|rest| rest.strip_suffix(&*self.behind));
        // `5 min read` is a count, `9 March 2018 · 5 min read` says more.
        let figures = |text: &str| text.contains(|c: char| c.is_numeric());
        let says_more =
            |others: &str| self.before.is_empty() && figures(others) && others.chars().any(char::is_alphabetic);
        others.is_some_and(|others| others.chars().count() <= self.most && !says_more(others))
    }
}

impl Lines {
    pub(super) fn new(lines: &[String]) -> Self {
        let mut all = Self::default();
        for line in lines.iter().map(|line| folded(line)) {
            match line.split_once(OTHERS) {
                Some((before, behind)) => {
                    match before.is_empty() {
                        true => all.endings.insert(behind.chars().rev()),
                        false => all.beginnings.insert(before.chars()),
                    }
                    all.around.entry(before.chars().next()).or_default().push(Around::new(before, behind));
                }
                None => {
                    all.longest = all.longest.max(line.len());
                    all.whole.insert(line.into());
                }
            }
        }
        all
    }

    /// Whether a text that is not folded may be one of them, by its length and by how it begins and ends.
    pub(super) fn may_have(&self, text: &str) -> bool {
        // A capital may take more bytes than the small letter.
        text.len() <= 2 * self.longest || self.beginnings.has(text.chars()) || self.endings.has(text.chars().rev())
    }

    /// Whether a text, folded, is one of them.
    pub(super) fn has(&self, text: &str) -> bool {
        self.has_in(text, is_sentence(text))
    }

    /// Whether the start of a text, folded, is one of them; `is_sentence` tells whether the text ends as sentences do.
    pub(super) fn has_in(&self, text: &str, is_sentence: bool) -> bool {
        let firsts = text.chars().next().map(Some).into_iter().chain([None]);
        let mut around = firsts.filter_map(|first| self.around.get(&first)).flatten();
        let is_whole = text.len() <= self.longest && self.whole.contains(text);
        is_whole || around.any(|line| (!is_sentence || line.is_telling) && line.is(text))
    }
}

/// Columns from which the words of a control tell it from a sentence of the text: `buscar en …` does not.
const TELLING: usize = 16;
const TELLING_CJK: usize = 8;

fn is_telling(before: &str, behind: &str) -> bool {
    let least = if has_cjk(before) { TELLING_CJK } else { TELLING };
    before.contains([':', '：']) || columns(before) + columns(behind) >= least
}

/// Whether a line ends as sentences do: a control that goes on with other words does not, but for dots that say so.
pub(super) fn is_sentence(text: &str) -> bool {
    ends_sentence(text) && !text.ends_with(['…', ';']) && !text.ends_with("..")
}

/// Characters by which most texts differ from all openings.
const FIRST: usize = 5;

/// How lines begin, folded: `der gastbeitrag … wieder` with other characters between.
#[derive(Debug, Default)]
pub(super) struct Openings(Vec<(Box<str>, Option<Box<str>>)>);

impl Openings {
    pub(super) fn new(openings: &[String]) -> Self {
        let pair = |opening: String| match opening.split_once(OTHERS) {
            Some((before, behind)) => (before.into(), Some(behind.into())),
            None => (opening.into(), None),
        };
        Self(openings.iter().map(|opening| pair(folded(opening))).collect())
    }

    /// How much of the start of a text is one of them, the longest.
    pub(super) fn opens(&self, text: &str) -> Option<usize> {
        // Most texts begin like none of them.
        let first: String = text.chars().take(FIRST).map(fold).collect();
        if !self.0.iter().any(|(before, _)| before.starts_with(&first) || first.starts_with(&**before)) {
            return None;
        }
        // One character is one character: what is folded may take other bytes.
        let start: String = folded(&text.chars().take(2 * INSIDE + 80).collect::<String>());
        let end = |(before, behind): &(Box<str>, Option<Box<str>>)| {
            let rest = start.strip_prefix(&**before)?;
            let at = start.len() - rest.len();
            let Some(behind) = behind else { return Some(at) };
            let found = rest.find(&**behind).filter(|found| rest[..*found].chars().count() <= INSIDE)?;
            Some(at + found + behind.len())
        };
        let end = self.0.iter().filter_map(end).max()?;
        let characters = start[..end].chars().count();
        Some(text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at))
    }
}
