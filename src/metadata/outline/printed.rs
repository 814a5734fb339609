//! A page that was printed as text, with menus and links around its article: where the article stands in it.
//!
//! Its text is the run of paragraphs that outweighs the short lines among them by most. Its head begins at the line above
//! that speaks of what the text speaks of, and has the length of a title.

mod titles;

use std::collections::HashMap;
use std::ops::Range;

use super::credit::is_credit;
use crate::characters::{columns, item_text};
use crate::metadata::furniture::{is_furniture, section};
use crate::metadata::lines::{Line, is_rights, own_words};
use crate::metadata::names::Naming;
use crate::metadata::prose::ends_sentence;
use crate::metadata::rules;
use crate::metadata::scope::Scope;
use crate::span::RuleId;
use titles::Titles;

/// What a block of a printed page looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Paragraph,
    Sentence,
    /// A line of some length that is no sentence: a title, a caption, a link.
    Line,
    Short,
    Item,
}

impl Look {
    fn of(text: &str) -> Self {
        let (columns, ends) = (columns(text), ends_sentence(text));
        match () {
            () if item_text(text).is_some() && columns < 120 => Self::Item,
            () if columns >= 200 || columns >= 80 && ends => Self::Paragraph,
            () if columns >= 40 && ends => Self::Sentence,
            () if columns >= 40 => Self::Line,
            () => Self::Short,
        }
    }

    /// How much a block looks like one of a menu: what has a mark is hardly anything else.
    fn menu(self) -> usize {
        match self {
            Self::Item => 2,
            Self::Short => 1,
            Self::Paragraph | Self::Sentence | Self::Line => 0,
        }
    }

    /// How much a block speaks for being inside the text.
    fn weight(self, text: &str) -> i32 {
        match self {
            Self::Paragraph => i32::try_from(columns(text).min(400)).unwrap_or(400),
            Self::Sentence => 30,
            Self::Line => -40,
            Self::Short => -50,
            Self::Item => -100,
        }
    }
}

/// Where the article stands, in numbers of blocks.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) title: Option<usize>,
    /// It reads far more like one than any other line.
    is_clear: bool,
    /// The first line of its head.
    pub(super) head: usize,
    /// Behind its last paragraph.
    pub(super) end: usize,
    /// Blocks around it and between its paragraphs that are of the page by their form or their place.
    pub(super) furniture: Vec<usize>,
    /// Those of which nothing tells that they are.
    pub(super) unplaced: Vec<usize>,
}

/// Lines of a menu above an article: fewer are a site, a section, a kind of text.
const LEAST_MENU: usize = 7;

/// Columns of an item that says something: those of menus are shorter.
const LONG_ITEM: usize = 40;

/// Runs of paragraphs that are compared: a page has a few that weigh much.
const MOST_RUNS: usize = 12;

/// Where the article stands in the blocks of a page that was printed as text: its title and what follows, up to the last
/// paragraph. `None` where no menu stands above the text.
pub(super) fn article(scope: &Scope<'_>, blocks: &[usize]) -> Option<Printed> {
    let looks: Vec<Look> = blocks.iter().map(|block| Look::of(scope.text(*block))).collect();
    let page = Page { scope, blocks, looks: &looks };
    let runs = page.runs();
    // Most texts have nothing like a menu, and need no more than this.
    let lowest = runs.iter().map(|run| run.blocks.start).max()?;
    if (0..lowest).map(|at| page.menu(at)).sum::<usize>() < LEAST_MENU {
        return None;
    }
    let rights = (0..blocks.len()).find(|at| is_rights(&scope.words, page.line(*at))).unwrap_or(blocks.len());
    let titled = heavy(&runs).into_iter().map(|run| {
        let title = Titles::new(&page, run.blocks.clone()).best();
        let score = title.map_or(0, |title| title.score.clamp(0, 100));
        let weight = run.weight * (50 + score);
        let is_of_page = run.blocks.start > rights || page.is_of_page(&run.blocks);
        (if is_of_page { weight / 4 } else { weight }, run.blocks.clone(), title)
    });
    // The first of several.
    let (_, text, title) = titled.rev().max_by_key(|(value, ..)| *value)?;
    let title = title.filter(|title| title.score >= LEAST_SCORE);
    let is_clear = title.is_some_and(|title| title.is_clear());
    let title = title.map(|title| title.at);
    let head = title.unwrap_or(text.start);
    if !page.has_menu(head) {
        return None;
    }
    let end = page.goes_on(&runs, text.end);
    let mut printed = Printed { title, is_clear, head, end, furniture: Vec::new(), unplaced: Vec::new() };
    page.around(&mut printed, rights);
    page.between(&mut printed, text.start);
    Some(printed)
}

impl Printed {
    /// How the title was found; `None` where no line reads like one.
    pub(super) fn title_rule(&self) -> Option<RuleId> {
        self.title.map(|_| if self.is_clear { rules::TITLE_PRINTED } else { rules::TITLE_DOUBTFUL })
    }
}

/// The least score of a title.
const LEAST_SCORE: i32 = 30;

/// The runs that weigh most, in the order of the page.
fn heavy(runs: &[Run]) -> Vec<&Run> {
    let mut heavy: Vec<&Run> = runs.iter().collect();
    heavy.sort_by_key(|run| std::cmp::Reverse(run.weight));
    heavy.truncate(MOST_RUNS);
    heavy.sort_by_key(|run| run.blocks.start);
    heavy
}

/// Blocks of which the paragraphs outweigh the lines among them.
struct Run {
    blocks: Range<usize>,
    weight: i32,
}

/// The blocks of a page, and what they look like.
struct Page<'a> {
    scope: &'a Scope<'a>,
    blocks: &'a [usize],
    looks: &'a [Look],
}

impl<'a> Page<'a> {
    fn line(&self, at: usize) -> &'a str {
        self.scope.text(self.blocks[at])
    }

    /// Each run ends where it weighs most before the lines behind outweigh it.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let (mut run, mut weight) = (Run { blocks: 0..0, weight: 0 }, 0);
        for (at, look) in self.looks.iter().enumerate() {
            if weight <= 0 {
                runs.push(std::mem::replace(&mut run, Run { blocks: at..at, weight: 0 }));
                weight = 0;
            }
            weight += look.weight(self.line(at));
            if weight > run.weight {
                (run.blocks.end, run.weight) = (at + 1, weight);
            }
        }
        runs.push(run);
        runs.retain(|run| run.weight > 0);
        runs
    }

    /// How much a line says that the text is a printed page. Pictures and fields in brackets are of nothing else.
    fn menu(&self, at: usize) -> usize {
        let line = self.line(at);
        let has_field = || FIELDS.iter().any(|field| line.contains(field));
        if is_placeholder(line) && line.starts_with('[') || has_field() { FIELD } else { self.looks[at].menu() }
    }

    /// Whether lines of a menu stand above an article: short ones that say nothing of it.
    fn has_menu(&self, head: usize) -> bool {
        let naming = Naming::default();
        let says_nothing = |at: usize| {
            let own = own_words(self.scope, &naming, self.blocks[at]);
            matches!(own, None | Some(Line::Furniture | Line::Section(_)))
        };
        let mut sum = 0;
        (0..head).filter(|at| self.menu(*at) > 0 && says_nothing(*at)).any(|at| {
            sum += self.menu(at);
            sum >= LEAST_MENU
        })
    }

    /// The end of a text with the runs right below it, where pictures and notices stand between.
    fn goes_on(&self, runs: &[Run], behind: usize) -> usize {
        let ends = |at: usize| is_rights(&self.scope.words, self.line(at)) || self.opens(at);
        let mut end = behind;
        for run in runs.iter().map(|run| &run.blocks).skip_while(|run| run.start < behind) {
            if run.start > end + GAP || (end..run.start).any(ends) || self.is_of_page(run) {
                break;
            }
            end = run.end;
        }
        end
    }

    /// Whether a run is none of an article: behind the heading of comments and links, or about what the page keeps of its
    /// readers.
    fn is_of_page(&self, run: &Range<usize>) -> bool {
        let notices = run.clone().filter(|at| self.is_notice(*at)).count();
        notices * 4 >= run.len() || (run.start.saturating_sub(NEAR)..run.start).any(|at| self.opens(at))
    }

    /// What stands around the article. Above it short lines and items are of menus; below it those up to the heading of
    /// comments or links or the rights of the page may be a poem or a signature, and what stands beyond is of the page.
    fn around(&self, printed: &mut Printed, rights: usize) {
        let below = printed.end..self.blocks.len();
        let beyond = below.clone().find(|at| *at == rights || self.opens(*at)).unwrap_or(self.blocks.len());
        let is_of_page = |at: usize| {
            let (line, look) = (self.line(at), self.looks[at]);
            let is_of_menu =
                look == Look::Short && at < printed.head || look == Look::Item && columns(line) < LONG_ITEM;
            let is_told = || self.is_notice(at) || is_placeholder(line) || is_furniture(&self.scope.words, line);
            at >= beyond || is_of_menu || is_told()
        };
        let (furniture, unplaced): (Vec<usize>, Vec<usize>) =
            (0..printed.head).chain(below).partition(|at| is_of_page(*at));
        printed.furniture.extend(furniture.into_iter().map(|at| self.blocks[at]));
        printed.unplaced.extend(unplaced.into_iter().map(|at| self.blocks[at]));
    }

    /// What stands between the title and the last paragraph and is none of the text: pictures, fields, whose a picture is,
    /// what the page says again; short lines that are no sentence and head no paragraph may be of a poem or a list.
    fn between(&self, printed: &mut Printed, text: usize) {
        let mut times: HashMap<&str, usize> = HashMap::new();
        (0..self.blocks.len()).for_each(|at| *times.entry(self.line(at)).or_default() += 1);
        for at in printed.head..printed.end {
            let (line, look) = (self.line(at), self.looks[at]);
            let is_said_again = || times[line] > 1 && columns(line) < 120 && !ends_sentence(line);
            let is_line = matches!(look, Look::Short | Look::Line);
            let heads = || matches!(self.looks.get(at + 1), Some(Look::Paragraph | Look::Sentence));
            match () {
                () if is_placeholder(line) => printed.furniture.push(self.blocks[at]),
                () if at < text => {}
                () if is_line && is_credit(&self.scope.words, line) || is_said_again() => {
                    printed.furniture.push(self.blocks[at]);
                }
                () if look == Look::Short && !ends_sentence(line) && !heads() => printed.unplaced.push(self.blocks[at]),
                () => {}
            }
        }
    }

    fn is_notice(&self, at: usize) -> bool {
        let text = self.line(at).to_lowercase();
        NOTICES.iter().any(|word| text.contains(word))
    }

    /// Whether a line is the heading of comments or links.
    fn opens(&self, at: usize) -> bool {
        section(&self.scope.words, self.line(at)).is_some()
    }
}

/// An empty field of a form as browsers print it, and what a line with one weighs.
const FIELDS: [&str; 2] = ["[ ]", "[  "];
const FIELD: usize = 4;

/// Lines of pictures and notices between parts of one text.
const GAP: usize = 8;

/// Lines above a run among which is the heading of comments or links.
const NEAR: usize = 6;

/// What notices about readers' data speak of.
const NOTICES: [&str; 6] = ["cookie", "クッキー", "쿠키", "куки", "çerez", "eväste"];

/// Whether a line holds no more than pictures and fields of a form as browsers print them: `[logo]`, `[          ]`.
fn is_placeholder(text: &str) -> bool {
    let mut depth = 0_i32;
    let is_outside = |c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth == 0 && c.is_alphanumeric()
    };
    !text.chars().any(is_outside)
}
