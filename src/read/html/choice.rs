//! Which blocks of a page are the article's: those that the extractor took, and prose beside them that it left out; or,
//! where it took little of what the element around the heading holds, that.

use std::collections::BTreeSet;

use super::blocks::{Container, Read};
use crate::read::ArticleKind;

/// The article's blocks, and what speaks against them.
#[derive(Debug)]
pub(super) struct Choice {
    /// In their order.
    pub(super) blocks: Vec<usize>,
    pub(super) doubt: Option<Doubt>,
}

/// What speaks against a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// The page has hardly any text.
    Empty,
    /// The element around the heading has more than twice as much prose.
    Part,
}

/// Chooses the blocks of the article. `heading` prints the title.
pub(super) fn choose(blocks: &[Read], containers: &[Container], heading: Option<usize>) -> Choice {
    let taken = with_siblings(blocks, containers, &by_extractor(blocks));
    let inside = taken.iter().map(|at| &blocks[*at]).filter(|read| !read.outside);
    let has = inside.map(prose).sum::<usize>();
    let around = around(blocks, containers, heading);
    let is_part = around.as_ref().is_some_and(|(_, whole)| has * 2 < *whole);
    let chosen = match around {
        Some((home, _)) if has < LITTLE && is_part => home,
        _ => without_lists(blocks, containers, taken),
    };
    let length = chosen.iter().map(|at| blocks[*at].counts.all).sum::<usize>();
    let doubt = match () {
        () if length < LEAST_ARTICLE => Some(Doubt::Empty),
        () if is_part && has >= LITTLE => Some(Doubt::Part),
        () => None,
    };
    Choice { blocks: chosen, doubt }
}

/// Characters of an article.
const LEAST_ARTICLE: usize = 150;

/// The same without what stands behind the last paragraph in other elements, where that is lists of links and their
/// headings.
fn without_lists(blocks: &[Read], containers: &[Container], mut taken: Vec<usize>) -> Vec<usize> {
    let Some(last) = taken.iter().rposition(|at| prose(&blocks[*at]) > 0) else { return taken };
    let home = blocks[taken[last]].container;
    let is_beside = |at: &usize| [home, containers[home].outer].contains(&blocks[*at].container);
    let is_linked = |at: &usize| blocks[*at].counts.linked * 2 > blocks[*at].counts.all;
    let kept = last + 1 + taken[last + 1..].iter().take_while(|at| is_beside(at)).count();
    let is_of_links = |at: &usize| {
        let read = &blocks[*at];
        match read.block.kind {
            ArticleKind::Heading(_) => true,
            ArticleKind::Paragraph => read.counts.all < LEAST_PARAGRAPH,
            _ => is_linked(at),
        }
    };
    if taken[kept..].iter().any(is_linked) {
        let rest: Vec<usize> = taken.drain(kept..).filter(|at| !is_of_links(at)).collect();
        taken.extend(rest);
    }
    taken
}

/// The blocks from the heading to the last paragraph of the element around it that holds most of the page's prose, and how
/// much prose that is.
fn around(blocks: &[Read], containers: &[Container], heading: Option<usize>) -> Option<(Vec<usize>, usize)> {
    let heading = heading?;
    let below = |at: &usize| *at > heading && !blocks[*at].outside;
    let mut holds = vec![0; containers.len()];
    (0..blocks.len()).filter(below).for_each(|at| holds[blocks[at].container] += prose(&blocks[at]));
    // An outer element has a lower number than those in it.
    for inner in (1..containers.len()).rev() {
        holds[containers[inner].outer] += holds[inner];
    }
    let mut home = blocks[heading].container;
    while holds[home] * 10 < holds[0] * MOST_OF_TEN && home != containers[home].outer {
        home = containers[home].outer;
    }
    let mut is_inside = vec![false; containers.len()];
    for (at, container) in containers.iter().enumerate() {
        is_inside[at] = at == home || at > home && is_inside[container.outer];
    }
    let inside: Vec<usize> = (0..blocks.len()).filter(|at| below(at) && is_inside[blocks[*at].container]).collect();
    let last = inside.iter().rposition(|at| prose(&blocks[*at]) > 0)?;
    Some((inside[..=last].to_vec(), holds[home]))
}

/// Characters of prose below which the extractor's choice is doubted where the page has twice as many: a longer article
/// may stand above long teasers and comments.
const LITTLE: usize = 1500;

/// Tenths of the page's prose that stand in the element of its article.
const MOST_OF_TEN: usize = 6;

/// Those that the extractor took.
fn by_extractor(blocks: &[Read]) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].is_chosen()).collect();
    // Where the extractor had to keep everything, it kept navigation and banners too.
    let sum = |outside: bool| {
        let of = chosen.iter().map(|at| &blocks[*at]).filter(|read| read.outside == outside);
        of.map(|read| read.counts.all).sum::<usize>()
    };
    if sum(false) > sum(true) {
        chosen.retain(|at| !blocks[*at].outside);
    }
    chosen
}

/// The same with the prose that stands in the same elements, or between what was taken in elements beside them.
fn with_siblings(blocks: &[Read], containers: &[Container], taken: &[usize]) -> Vec<usize> {
    let homes = || taken.iter().filter(|at| prose(&blocks[**at]) > 0).map(|at| blocks[*at].container);
    let (same, beside): (BTreeSet<usize>, BTreeSet<usize>) =
        (homes().collect(), homes().map(|home| containers[home].outer).collect());
    let (first, last) = (taken.first().copied().unwrap_or(0), taken.last().copied().unwrap_or(0));
    let is_sibling = |at: &usize| {
        let read = &blocks[*at];
        let is_between = *at > first && *at < last && read.counts.all >= SURE_PARAGRAPH;
        let is_near = same.contains(&read.container)
            || is_between && (beside.contains(&containers[read.container].outer) || beside.contains(&read.container));
        !read.outside && prose(read) >= LEAST_SIBLING && is_near
    };
    (0..blocks.len()).filter(|at| taken.binary_search(at).is_ok() || is_sibling(at)).collect()
}

/// Characters of a paragraph that is taken for its place alone: decks are shorter.
const LEAST_SIBLING: usize = 80;

/// Characters of a paragraph that is surely one.
const SURE_PARAGRAPH: usize = 160;

/// Characters of a paragraph.
const LEAST_PARAGRAPH: usize = 60;

/// Characters of a paragraph that is no line and not made of links.
fn prose(read: &Read) -> usize {
    let least = match &read.block.kind {
        ArticleKind::Paragraph => LEAST_PARAGRAPH,
        ArticleKind::Quote(_) | ArticleKind::Verse => 60,
        ArticleKind::List { items, .. } => 30 * items.len().max(2),
        ArticleKind::Table { .. } => 60,
        ArticleKind::Heading(_) | ArticleKind::Figure { .. } | ArticleKind::Note { .. } => usize::MAX,
    };
    if read.counts.all >= least && read.counts.linked * 2 < read.counts.all { read.counts.all } else { 0 }
}
