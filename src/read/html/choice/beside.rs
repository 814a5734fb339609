//! What stands beside that which the extractor took, and is of the text too: paragraphs in the same elements, lines right
//! between and below, sections in elements of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::{home, inside, prose, wide};
use crate::characters::ends_sentence;
use crate::read::ArticleKind;
use crate::read::html::blocks::{Container, Read};

/// The same with the prose that stands in the same elements, or between what was taken in elements beside them.
pub(super) fn with_siblings(blocks: &[Read], containers: &[Container], taken: &[usize]) -> Vec<usize> {
    let home = |at: usize| home(&blocks[at], containers);
    let homes = || taken.iter().filter(|at| prose(&blocks[**at]) > 0).map(|at| home(*at));
    let (same, beside): (BTreeSet<usize>, BTreeSet<usize>) =
        (homes().collect(), homes().map(|home| containers[home].outer).collect());
    let (first, last) = (taken.first().copied().unwrap_or(0), taken.last().copied().unwrap_or(0));
    let is_sibling = |at: &usize| {
        let read = &blocks[*at];
        let is_between = *at > first && *at < last && read.counts.all >= SURE_PARAGRAPH;
        let is_near = same.contains(&home(*at))
            || is_between && (beside.contains(&containers[home(*at)].outer) || beside.contains(&home(*at)));
        !read.outside && prose(read) >= LEAST_SIBLING && is_near
    };
    (0..blocks.len()).filter(|at| taken.binary_search(at).is_ok() || is_sibling(at)).collect()
}

/// The same with the sections above and below, as long as one paragraph or heading follows the other in the element that
/// holds all that was taken: layouts set each section in elements of its own.
pub(super) fn with_sections(blocks: &[Read], containers: &[Container], taken: Vec<usize>) -> Vec<usize> {
    let mut paragraphs = taken.iter().filter(|at| prose(&blocks[**at]) > 0).map(|at| home(&blocks[*at], containers));
    let Some(first) = paragraphs.next() else { return taken };
    let around = paragraphs.fold(first, |one, other| common(containers, one, other));
    let is_inside = inside(containers, around);
    let goes_on = |at: &usize| {
        let read = &blocks[*at];
        let is_text = prose(read) >= SURE_PARAGRAPH || matches!(read.block.kind, ArticleKind::Heading(2..));
        is_inside[read.container] && !read.outside && is_text
    };
    let is_paragraph = |at: &usize| prose(&blocks[*at]) >= SURE_PARAGRAPH;
    let (above, below) = (taken[0], taken[taken.len() - 1] + 1);
    let mut with: Vec<usize> = (0..above).rev().take_while(goes_on).collect();
    with.truncate(with.iter().rposition(is_paragraph).map_or(0, |at| at + 1));
    with.reverse();
    let mut behind: Vec<usize> = (below..blocks.len()).take_while(goes_on).collect();
    behind.truncate(behind.iter().rposition(is_paragraph).map_or(0, |at| at + 1));
    with.extend(taken);
    with.extend(behind);
    with
}

/// The innermost element that holds two.
fn common(containers: &[Container], one: usize, other: usize) -> usize {
    let (mut one, mut other) = (one, other);
    while one != other {
        // An outer element has a lower number than those in it.
        if one > other { one = containers[one].outer } else { other = containers[other].outer }
    }
    one
}

/// The same with the lines that stand right behind what was taken, or right between, in the element that holds most of it.
pub(super) fn with_lines(blocks: &[Read], containers: &[Container], taken: Vec<usize>) -> Vec<usize> {
    let mut holds: BTreeMap<usize, usize> = BTreeMap::new();
    for at in &taken {
        *holds.entry(home(&blocks[*at], containers)).or_default() += prose(&blocks[*at]);
    }
    let Some(most) = holds.iter().max_by_key(|(_, prose)| **prose).map(|(home, _)| *home) else { return taken };
    let is_line = |at: usize| {
        let read = &blocks[at];
        let text = read.block.text.as_str();
        let is_of_text = match read.block.kind {
            ArticleKind::Paragraph => {
                ends_sentence(text) || text.ends_with([':', '：']) || read.counts.all * wide(read) >= LEAST_LINE
            }
            ArticleKind::List { .. } | ArticleKind::Quote(_) => prose(read) > 0,
            _ => false,
        };
        home(read, containers) == most && !read.outside && read.counts.linked * 2 < read.counts.all && is_of_text
    };
    let mut with = Vec::with_capacity(taken.len());
    let mut next = taken.iter().copied().peekable();
    while let Some(at) = next.next() {
        with.push(at);
        if home(&blocks[at], containers) == most {
            let until = next.peek().copied().unwrap_or(blocks.len());
            with.extend((at + 1..until).take_while(|at| is_line(*at)));
        }
    }
    with
}

/// Characters of a line that need not end as sentences do.
const LEAST_LINE: usize = 40;

/// Characters of a paragraph that is taken for its place alone: decks are shorter.
const LEAST_SIBLING: usize = 80;

/// Characters of a paragraph that is surely one.
const SURE_PARAGRAPH: usize = 160;
