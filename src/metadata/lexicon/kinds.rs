//! Words of one kind that a text holds: posts, institutions, papers. One automaton for all of a language.

use aho_corasick::AhoCorasick;

use super::fold::folded;

/// Characters that have to stand before an ending: `*社` alone is none.
const BEFORE_ENDING: usize = 2;

/// The words of a kind.
#[derive(Debug)]
pub(super) struct Kind {
    automaton: AhoCorasick,
    edges: Vec<Edges>,
}

/// What may stand around a word.
#[derive(Clone, Copy, Debug)]
struct Edges {
    before: Edge,
    behind: Edge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    /// The end of a word.
    End,
    /// Letters of the same word: a star.
    Letters,
    /// Anything: the language sets no spaces between words.
    Any,
}

impl Kind {
    /// A star stands for any beginning or any ending. `is_spaced`: the language sets spaces between words.
    pub(super) fn new(words: &[String], is_spaced: bool) -> Self {
        let edges = |word: &String| {
            let (before, behind) = (word.starts_with('*'), word.ends_with('*'));
            let edge = |star: bool, other: bool| match () {
                () if star => Edge::Letters,
                () if is_spaced || other => Edge::End,
                () => Edge::Any,
            };
            Edges { before: edge(before, behind), behind: edge(behind, before) }
        };
        let texts = words.iter().map(|word| folded(word.trim_matches('*')));
        // Lists of a language are far below what an automaton can hold.
        let automaton = AhoCorasick::new(texts).unwrap_or_else(|error| panic!("words of a kind: {error}"));
        Self { automaton, edges: words.iter().map(edges).collect() }
    }

    /// Whether a text, folded, holds one of the words.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        self.ends(folded).next().is_some()
    }

    /// Where the last of the words ends in a text, folded.
    pub(super) fn last_end(&self, folded: &str) -> Option<usize> {
        self.ends(folded).max()
    }

    /// Where each of the words in a text ends.
    fn ends(&self, folded: &str) -> impl Iterator<Item = usize> {
        let found = self.automaton.find_overlapping_iter(folded).filter(|found| {
            let Edges { before, behind } = self.edges[found.pattern().as_usize()];
            let (left, right) = (&folded[..found.start()], &folded[found.end()..]);
            let begins = match before {
                Edge::End => !left.ends_with(char::is_alphanumeric),
                Edge::Letters => left.chars().rev().take_while(|c| c.is_alphanumeric()).count() >= BEFORE_ENDING,
                Edge::Any => true,
            };
            begins && (behind != Edge::End || !right.starts_with(char::is_alphanumeric))
        });
        found.map(|found| found.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_held_with_their_edges() {
        let kind = |words: &[&str], is_spaced| {
            Kind::new(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), is_spaced)
        };
        let spaced = kind(&["times", "universit*", "*zeitung"], true);
        for text in ["the tarn times", "universitet", "die landzeitung, seite 3"] {
            assert!(spaced.is_in(text), "{text}");
        }
        for text in ["sometimes", "zeitung", "a universe"] {
            assert!(!spaced.is_in(text), "{text}");
        }
        let unspaced = kind(&["日报", "*网"], false);
        assert!(unspaced.is_in("衡泽日报社") && unspaced.is_in("槐渡网"));
        assert!(!unspaced.is_in("网络") && !unspaced.is_in("互联网络"));
    }
}
