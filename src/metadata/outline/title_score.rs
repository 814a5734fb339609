//! How much a line reads like a title.

use super::Seen;
use super::above::Above;
use crate::characters::{columns, has_cjk, item_text};
use crate::document::Field;
use crate::metadata::lexicon;
use crate::metadata::lines::Line;
use crate::metadata::prose::ends_sentence;
use crate::metadata::segments::{Part, PartKind};

/// The lines among which the title is.
pub(super) struct Among<'a> {
    pub(super) head: Above<'a>,
    /// Their numbers in the head.
    pub(super) places: &'a [usize],
}

/// What the first line is worth that has the length of a title.
const FIRST: i32 = 3;
/// Candidates among which it is.
const NEAR_TOP: usize = 3;
/// Words that a title has at least where it is told by its place, and at most.
const LEAST_FIRST: usize = 4;
const MOST_FIRST: usize = 20;

/// One of them.
pub(super) struct Score<'a> {
    pub(super) among: &'a Among<'a>,
    pub(super) at: usize,
}

impl Score<'_> {
    /// By what stands below it, by its length and its end, and by whether it reads like the name of the site.
    pub(super) fn total(&self) -> i32 {
        let other = self.among.places.get(self.at + 1).or(self.above());
        let site = other.map_or(0, |other| self.site(self.head().text(*other)));
        self.neighbours() + self.length() + self.first() - self.faults() - self.deck() - site
    }

    fn head(&self) -> &Above<'_> {
        &self.among.head
    }

    fn place(&self) -> usize {
        self.among.places[self.at]
    }

    fn text(&self) -> &str {
        self.head().text(self.place())
    }

    fn above(&self) -> Option<&usize> {
        self.among.places.get(self.at.checked_sub(1)?)
    }

    /// Names and date below, with no more than a deck between.
    fn neighbours(&self) -> i32 {
        let (seen, place) = (self.head().seen, self.place());
        let is_other = |at: usize| !self.among.places.contains(&at);
        let says = |at: usize| match &seen[at].line {
            Line::Header(parts) => parts.iter().any(dates_or_names),
            Line::Short => at > 0 && is_other(at) && seen[at].is_names(),
            _ => false,
        };
        let Some(below) = (place + 1..seen.len()).find(|at| says(*at)) else {
            return if (0..place).any(says) { 4 } else { 0 };
        };
        let names = (below..seen.len()).take_while(|at| is_other(*at)).any(|at| names_author(&seen[at]));
        // Names of sections stand anywhere.
        let is_line = |at: &&usize| self.head().text(**at).contains(' ') || has_cjk(self.head().text(**at));
        let between = self.among.places.iter().filter(|at| (place + 1..below).contains(*at)).filter(is_line).count();
        let near = match between {
            0 | 1 => 6,
            2 => 2,
            _ if (0..place).any(says) => 4,
            _ => 0,
        };
        near + i32::from(names)
    }

    fn length(&self) -> i32 {
        let text = self.text();
        let cjk = has_cjk(text);
        let words = if cjk { text.chars().count() / 2 } else { text.split_whitespace().count() };
        match words {
            0 | 1 => -2,
            2 | 3 => 0,
            4..=16 => 2,
            17..=20 => 0,
            _ => -4,
        }
    }

    /// The first line above several others is the title, where it is long enough for one.
    fn first(&self) -> i32 {
        let is_line = |place: &&usize| self.head().text(**place).split_whitespace().count() >= LEAST_FIRST;
        let first = self.among.places[..=self.at].iter().take(NEAR_TOP).find(is_line);
        if first == Some(&self.place()) && self.reads_like_one() { FIRST } else { 0 }
    }

    /// Whether the line has the words of a title, and is no name, menu or notice.
    fn reads_like_one(&self) -> bool {
        let (text, scope) = (self.text(), self.head().scope);
        let small = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
        !scope.article.is_page
            && !has_cjk(text)
            && small >= 2
            && text.split_whitespace().count() <= MOST_FIRST
            && item_text(text).is_none()
            && !text.starts_with('(')
            && !text.contains(" | ")
            && !text.contains(". ")
            && !self.is_proper(text)
            && !lexicon::is_press(&scope.words, text)
            && !lexicon::is_institution(&scope.words, text)
    }

    /// An end that no title has, and lines that are something else.
    fn faults(&self) -> i32 {
        let text = self.text();
        let next = self.head().seen.get(self.place() + 1).map(|next| self.head().scope.text(next.block));
        let goes_on = text.ends_with([',', '，']) && next.is_some_and(|next| next.starts_with(char::is_lowercase));
        let ends_wrong = text.ends_with(['.', '。', ',', '，', ':', '：', '؛', '،']) && !goes_on;
        // Menus, mottoes, `『雨の地図』`, `出版社：…`
        let kicker = text.split(" | ").count() == 2
            && text.split(" | ").any(|one| lexicon::is_genre(&self.head().scope.words, one));
        let label = has_cjk(text)
            && text
                .find('：')
                .is_some_and(|i| i <= 12 && lexicon::genre_before(&self.head().scope.words, text).is_none());
        let post = text.split([',', '，']).next().is_some_and(|first| {
            let short = first.len() < text.len() && first.split_whitespace().count() <= 5;
            lexicon::is_post_phrase(&self.head().scope.words, first)
                || (short && lexicon::is_post(&self.head().scope.words, first))
        });
        let is_other = self.head().is_torn(self.place())
            || kicker
            || label
            || post
            || lexicon::is_motto(&self.head().scope.words, text)
            || lexicon::is_body(&self.head().scope.words, text)
            || is_in_marks(text);
        6 * (i32::from(ends_wrong) + i32::from(is_other))
    }

    /// Decks are longer than their titles.
    fn deck(&self) -> i32 {
        let above = self.above().filter(|above| **above + 1 == self.place());
        let Some(title) = above.map(|above| self.head().text(*above)) else { return 0 };
        let text = self.text();
        let longer = columns(text) * 10 >= columns(title) * 13 || text.split_whitespace().count() >= 9;
        let has_words = has_cjk(text) || title.split_whitespace().count() >= 2;
        i32::from(longer && has_words)
    }

    /// Whether two to six words all begin with a capital, but for articles and prepositions.
    fn is_proper(&self, text: &str) -> bool {
        let words = &self.among.head.scope.words;
        let each: Vec<&str> = text.split_whitespace().collect();
        let initial = |w: &str| w.rsplit(['’', '\'']).next().and_then(|w| w.chars().next());
        (2..=6).contains(&each.len())
            && each.iter().all(|w| words.is_small(w) || initial(w).is_some_and(char::is_uppercase))
            && each.iter().filter(|w| !words.is_small(w)).count() >= 2
    }

    /// How much a line reads like the name of the site rather than like a title, where another line may be the title.
    fn site(&self, other: &str) -> i32 {
        let text = self.text();
        let cjk = has_cjk(text);
        if ends_sentence(text) || columns(text) > 60 {
            return 0;
        }
        if self.is_named_site() && (cjk || self.is_proper(text) || text.split_whitespace().count() <= 4) {
            return 8;
        }
        if self.place() > 0 {
            return 0;
        }
        // `AVANGUARDIA RURALE - settimanale della Lega`
        let first = [" - ", " – ", " — ", " | ", " · ", ": "].iter().filter_map(|mark| text.find(mark)).min();
        let text = first.map_or(text, |at| &text[..at]);
        let words = text.split_whitespace().count();
        let plain = !text.contains(['，', '？', '、', '！', '：', '“', '「', '《', ':', ',', '?', '!']);
        if cjk {
            let short = text.chars().count() <= 8 && columns(other) * 10 >= columns(text) * 14;
            return if plain && short { 4 } else { 0 };
        }
        let capitals = !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        match () {
            () if capitals && words <= 5 && other.chars().any(char::is_lowercase) => 5,
            () if !plain => 0,
            () if self.is_proper(text)
                && words <= 4
                && !ends_sentence(other)
                && other.split_whitespace().count() <= 9 =>
            {
                4
            }
            () if words == 1 => 2,
            () => 0,
        }
    }

    /// Whether the line has a word of a site's name, or its text stands in another line too.
    fn is_named_site(&self) -> bool {
        let text = self.text();
        let plain = !text.contains(['，', '？', '！', '：', '“', '「', '《', '?', '!', ':']);
        plain
            && columns(text) <= 60
            && text.split_whitespace().count() <= 8
            && (lexicon::is_press(&self.head().scope.words, text)
                || lexicon::is_institution(&self.head().scope.words, text)
                || self.head().is_said_again(self.place()))
    }
}

fn dates_or_names(part: &Part) -> bool {
    let dated = matches!(part.kind, PartKind::Date(_) | PartKind::Labelled { field: Field::Published, .. });
    dated || part.names_author()
}

/// Whether a line names who wrote: behind an opening word or a label, or alone.
fn names_author(seen: &Seen) -> bool {
    match &seen.line {
        Line::Header(parts) => parts.iter().any(Part::names_author),
        Line::Short => seen.is_names(),
        _ => false,
    }
}

/// Whether all of a line stands in title marks: `『雨の地図』`.
fn is_in_marks(text: &str) -> bool {
    [('《', '》'), ('『', '』')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close) && text.matches(*open).count() == 1)
}
