//! Which blocks of a page are the article's: those that the extractor took, and prose beside them that it left out; or,
//! where it took little of what the element around the heading holds, that.

mod beside;

use std::collections::BTreeMap;

use self::beside::{with_lines, with_sections, with_siblings};
use super::blocks::{Container, Read};
use crate::characters::has_cjk;
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
    let taken = with_lines(blocks, containers, with_sections(blocks, containers, taken));
    let inside = taken.iter().map(|at| &blocks[*at]).filter(|read| !read.outside);
    let has = inside.map(prose).sum::<usize>();
    let around = around(blocks, containers, heading);
    let is_part = around.as_ref().is_some_and(|(_, whole)| has * 2 < *whole);
    let chosen = match around {
        Some((home, _)) if has < LITTLE && is_part => home,
        _ => match in_article(blocks, containers, heading, &taken) {
            Some(article) => article,
            None => without_tail(blocks, containers, taken),
        },
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

/// The same without what stands behind the last paragraph in other elements, where that is lines, headings, and lists of
/// links.
fn without_tail(blocks: &[Read], containers: &[Container], mut taken: Vec<usize>) -> Vec<usize> {
    let Some(last) = taken.iter().rposition(|at| prose(&blocks[*at]) > 0) else { return taken };
    let of_text = home(&blocks[taken[last]], containers);
    let is_of_page = |at: usize| {
        let read = &blocks[at];
        let is_line = match read.block.kind {
            ArticleKind::Heading(_) => true,
            ArticleKind::Paragraph => read.counts.all * wide(read) < LEAST_PARAGRAPH,
            _ => read.counts.linked * 2 > read.counts.all,
        };
        is_line && home(read, containers) != of_text
    };
    let rest: Vec<usize> = taken.drain(last + 1..).filter(|at| !is_of_page(*at)).collect();
    taken.extend(rest);
    // A heading without anything below it heads nothing of the text.
    while taken.pop_if(|at| matches!(blocks[*at].block.kind, ArticleKind::Heading(_))).is_some() {}
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
    let is_inside = inside(containers, home);
    let inside: Vec<usize> = (0..blocks.len()).filter(|at| below(at) && is_inside[blocks[*at].container]).collect();
    let last = inside.iter().rposition(|at| prose(&blocks[*at]) > 0)?;
    Some((inside[..=last].to_vec(), holds[home]))
}

/// Which elements are another one, or stand in it.
fn inside(containers: &[Container], home: usize) -> Vec<bool> {
    let mut is_inside = vec![false; containers.len()];
    for (at, container) in containers.iter().enumerate() {
        is_inside[at] = at == home || at > home && is_inside[container.outer];
    }
    is_inside
}

/// The blocks of the `article` around the heading, where that is a text of some length: those that were taken, without other
/// articles beside it; where nothing of it was, those from the heading to its last paragraph.
fn in_article(
    blocks: &[Read],
    containers: &[Container],
    heading: Option<usize>,
    taken: &[usize],
) -> Option<Vec<usize>> {
    let heading = heading?;
    let article = article_around(containers, blocks[heading].container)?;
    let is_inside = inside(containers, article);
    let of_article = (heading + 1..blocks.len()).filter(|at| is_inside[blocks[*at].container] && !blocks[*at].outside);
    let of_article: Vec<usize> = of_article.collect();
    let paragraphs = of_article.iter().filter(|at| prose(&blocks[**at]) > 0);
    let last = of_article.iter().rposition(|at| prose(&blocks[*at]) > 0)?;
    let whole: usize = paragraphs.clone().map(|at| prose(&blocks[*at])).sum();
    if paragraphs.count() <= 2 || whole < LEAST_OF_ARTICLE {
        return None;
    }
    if !taken.iter().any(|at| is_inside[blocks[*at].container]) {
        return Some(of_article[..=last].to_vec());
    }
    // An article without a heading is a part of the one above it.
    let mut begun = BTreeMap::new();
    for read in blocks.iter().filter(|read| !read.outside) {
        let own = article_around(containers, read.container);
        own.map(|own| begun.entry(own).or_insert_with(|| matches!(read.block.kind, ArticleKind::Heading(_))));
    }
    let is_of_another = |at: &usize| {
        let own = article_around(containers, blocks[*at].container);
        let is_other = |own: usize| !is_inside[own] && !inside_of(containers, article, own);
        own.is_some_and(|own| is_other(own) && begun.get(&own) == Some(&true))
    };
    taken.iter().any(is_of_another).then(|| taken.iter().copied().filter(|at| !is_of_another(at)).collect())
}

/// The innermost `article` around what an element holds.
fn article_around(containers: &[Container], mut element: usize) -> Option<usize> {
    while !containers[element].is_article {
        element = Some(containers[element].outer).filter(|outer| *outer != element)?;
    }
    Some(element)
}

/// Whether an element stands in another.
fn inside_of(containers: &[Container], mut element: usize, other: usize) -> bool {
    // An outer element has a lower number than those in it.
    while element > other {
        element = containers[element].outer;
    }
    element == other
}

/// Characters of an article that is one whatever stands below it.
const LEAST_OF_ARTICLE: usize = 500;

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

/// The element in which a block stands: a list is an element of its own.
fn home(read: &Read, containers: &[Container]) -> usize {
    match read.block.kind {
        ArticleKind::List { .. } | ArticleKind::Quote(_) => containers[read.container].outer,
        _ => read.container,
    }
}

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
    let all = read.counts.all * wide(read);
    if all >= least && read.counts.linked * 2 < read.counts.all { all } else { 0 }
}

/// A Chinese or Japanese character stands for two letters.
fn wide(read: &Read) -> usize {
    if has_cjk(read.block.text.as_str()) { 2 } else { 1 }
}
