//! Which of the lines above the text is the title, and which are the names of the site and the subtitle: told by what
//! stands around them, by their length and their end.

use super::Seen;
use super::above::Above;
use super::credit::is_credit;
use super::series::heads_section;
use super::title_score::{Among, Score};
use crate::characters::{columns, has_cjk};
use crate::document::{Field, Relator, Role};
use crate::metadata::evidence::{is_for_paper, kicker};
use crate::metadata::lexicon::Words;
use crate::metadata::lines::Line;
use crate::metadata::prose::{ends_sentence, has_sentences};
use crate::metadata::scope::Scope;
use crate::metadata::segments::{Part, PartKind};
use crate::metadata::{byline, lexicon, person};
use crate::read::Clue;

/// What the lines are that say none of it by a label: numbers of lines.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) kickers: Vec<usize>,
    pub(super) site: Option<usize>,
    /// One line, or two where the title is set in two.
    pub(super) title: Vec<usize>,
    pub(super) subtitle: Vec<usize>,
    /// None of these.
    pub(super) rest: Vec<usize>,
}

/// Chooses title, subtitle, site and kind of text. `is_titled`: front matter states the title.
pub(super) fn choose(scope: &Scope<'_>, roles: &[Role], seen: &[Seen], is_titled: bool) -> Choice {
    let head = Above { scope, roles, seen };
    let is_kicker = |at: &usize| roles[seen[*at].block] != Role::Title && kicker(scope, seen[*at].block).is_some();
    let (kickers, left): (Vec<usize>, Vec<usize>) =
        (0..seen.len()).filter(|at| seen[*at].is_open()).partition(is_kicker);
    let title = match left.iter().position(|at| roles[seen[*at].block] == Role::Title) {
        Some(stated) => Some(stated),
        None if is_titled => None,
        None => head.title_among(&left),
    };
    // Without one, everything else is said by labels.
    let Some(title) = title else { return Choice { kickers, rest: left, ..Choice::default() } };
    let (above, below) = (&left[..title], &left[title + 1..]);
    let site = head.site_among(above, below);
    let mut choice = Choice { kickers, site, title: vec![left[title]], ..Choice::default() };
    choice.rest.extend(above.iter().filter(|at| Some(**at) != site));
    let set_in_two = below.first().filter(|next| head.continues_title(left[title], **next));
    choice.title.extend(set_in_two);
    for at in &below[usize::from(set_in_two.is_some())..] {
        if head.is_subtitle(*at, &choice) {
            choice.subtitle.push(*at);
        } else {
            choice.rest.push(*at);
        }
    }
    choice
}

/// Columns of the longest title, and of the longest that is more than one sentence.
const LONGEST: usize = 260;
const SENTENCE: usize = 140;

impl Above<'_> {
    /// The number in `left` of the title: the line that scores best, the first of several.
    fn title_among(&self, left: &[usize]) -> Option<usize> {
        let possible: Vec<usize> = (0..left.len()).filter(|i| self.is_possible(left[*i], *i == 0)).collect();
        let places: Vec<usize> = possible.iter().map(|i| left[*i]).collect();
        let among = Among { head: *self, places: &places };
        let best = (0..places.len()).rev().max_by_key(|at| Score { among: &among, at: *at }.total())?;
        // A title that is set in two lines begins on the upper one.
        let above = best.checked_sub(1).filter(|above| self.continues_title(places[*above], places[best]));
        Some(possible[above.unwrap_or(best)])
    }

    /// Whether a line can be the title at all.
    fn is_possible(&self, at: usize, is_first: bool) -> bool {
        let text = self.text(at);
        let lower = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let bracketed = text.starts_with('[') && text.ends_with(']');
        let other = is_only_controls(text)
            || is_credit(&self.scope.words, text)
            || text.contains('@')
            || text.contains("://")
            || bracketed
            || columns(text) > LONGEST
            || columns(text) > SENTENCE && has_sentences(text);
        let is_said = || {
            self.seen[at].is_names()
                || is_dashed(text)
                || lower
                || heads_section(&self.scope.words, text)
                || byline::name_before_post(&self.scope.words, text).is_some()
        };
        !other && (is_first || !is_said())
    }

    /// The site: of several lines above the title, the one that has a word of one, else the first.
    fn site_among(&self, above: &[usize], below: &[usize]) -> Option<usize> {
        if self.scope.article.is_page {
            return None;
        }
        let by = |seen: &Seen| matches!(&seen.line, Line::Header(parts) if parts.iter().any(Part::names_author));
        let is_named = self.seen.iter().any(by) || below.iter().any(|at| self.seen[*at].is_names());
        // `News` is a section, unless a paper is called so.
        let is_section =
            |at: usize| self.scope.words.is_other(&self.text(at).to_lowercase()) && !self.is_said_again(at);
        let is_site = |at: &usize| {
            let text = self.text(*at);
            (is_named || !self.seen[*at].is_names()) && is_site_line(&self.scope.words, text) && !is_section(*at)
        };
        let sites = || above.iter().copied().filter(is_site);
        let is_press = |at: &usize| {
            let text = self.text(*at);
            let named = lexicon::is_press(&self.scope.words, text)
                || lexicon::is_institution(&self.scope.words, text)
                || self.is_said_again(*at);
            named && !(lexicon::is_motto(&self.scope.words, text) && text.starts_with(char::is_lowercase))
        };
        sites().find(is_press).or_else(|| sites().next())
    }

    /// Whether a line goes on with the title above it.
    fn continues_title(&self, title: usize, next: usize) -> bool {
        let (first, second) = (self.text(title), self.text(next));
        let lower = second.chars().next().is_some_and(char::is_lowercase);
        // `LA TELEVISIÓN` above `Y LAS VACAS`.
        let capitals = |text: &str| !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        let block = self.seen[next].block;
        let right_below = block == self.seen[title].block + 1 && self.scope.article.blocks[block].breaks_before == 1;
        let set_in_two = capitals(first) && capitals(second) && right_below && !self.seen[next].is_names();
        next == title + 1
            && (lower || set_in_two)
            && !ends_sentence(first)
            && columns(first) <= 50
            && columns(second) <= 60
            && !self.scope.article.is_page
    }

    /// Whether a line below the title is its subtitle, or goes on with it.
    fn is_subtitle(&self, at: usize, choice: &Choice) -> bool {
        let (block, title, text) = (self.seen[at].block, choice.title[0], self.text(at));
        let is_one = |block: usize| {
            self.roles[block] == Role::Subtitle || choice.subtitle.iter().any(|at| self.seen[*at].block == block)
        };
        let goes_on = block.checked_sub(1).is_some_and(|above| {
            is_one(above) && self.scope.text(above).ends_with(',') && text.starts_with(char::is_lowercase)
        });
        if goes_on {
            return true;
        }
        let clue = self.scope.article.blocks[block].clue;
        let right_below = clue.is_none() && block == self.seen[title].block + 1;
        let placed = !self.scope.article.is_page || clue == Some(Clue::Subtitle) || right_below;
        let is_known = self.roles.contains(&Role::Subtitle) || !choice.subtitle.is_empty();
        let sentence = text.split_whitespace().count() >= 5 || columns(text) >= 16 && has_cjk(text);
        placed
            && !is_known
            && (sentence || clue == Some(Clue::Subtitle) || is_dashed(text))
            && !self.is_no_subtitle(at)
            && !self.seen[at].is_names()
            && self.is_near(at, title)
    }

    /// Whether a line is something else: controls, a post, a credit, a caption, two sentences.
    fn is_no_subtitle(&self, at: usize) -> bool {
        let text = self.text(at);
        let says_post = text
            .split_once([',', '，'])
            .is_some_and(|(post, _)| post.split_whitespace().count() <= 5 && lexicon::is_post(&self.scope.words, post))
            && text.split_whitespace().count() <= 12
            && !text.contains(" — ");
        is_only_controls(text)
            || says_post
            || is_for_paper(&self.scope.words, text)
            || is_credit(&self.scope.words, text)
            || text.ends_with([':', '：'])
            || text.contains('@')
            || text.starts_with('(')
            || self.is_torn(at)
            || text.matches('。').count() + text.matches(". ").count() >= 2
            || self.is_caption(at)
    }

    /// Whether a line stands above the credit of a photograph.
    fn is_caption(&self, at: usize) -> bool {
        let credit = |p: &Part| matches!(p.kind, PartKind::Labelled { field: Field::Contributor(Relator("pht")), .. });
        let below = self.seen.get(at + 1).map(|seen| &seen.line);
        matches!(below, Some(Line::Header(parts)) if parts.iter().any(credit))
    }

    /// A deck stands next to the title or next to the byline.
    fn is_near(&self, at: usize, title: usize) -> bool {
        let between = self.seen.get(title + 1..at).unwrap_or_default();
        between.iter().all(|seen| matches!(seen.line, Line::Short | Line::Header(_) | Line::Furniture))
    }
}

fn is_only_controls(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
        || text.chars().count() < 2
        || text.starts_with(person::is_superscript)
        || text.starts_with("http://")
        || text.starts_with("https://")
        || text == "---"
}

/// Whether a line above the title can be the name of the site.
fn is_site_line(words: &Words, text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let proper = has_cjk(text)
        || lexicon::is_press(words, text)
        || parts.iter().all(|w| words.is_small(w) || !w.chars().next().is_some_and(char::is_lowercase));
    !ends_sentence(text)
        && !text.ends_with([':', '：'])
        && !text.starts_with('[')
        && !person::is_nobody(words, text)
        && columns(text) <= 60
        && parts.len() <= 8
        && proper
        && !is_only_controls(text)
        && !lexicon::is_body(words, text)
        && !is_credit(words, text)
}

fn is_dashed(text: &str) -> bool {
    text.starts_with(['—', '–', '―', '-', '─'])
}
