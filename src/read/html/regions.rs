//! Which blocks of a page are the article, which may say something about it, and which are of the page only.

use std::ops::Range;

use super::blocks::{Container, Read};
use super::choice::{self, Choice, Doubt};
use super::leads::Leads;
use crate::characters::letters;
use crate::document::{Field, Role};
use crate::read::{ArticleKind, Candidate, CandidateOrigin, Clue};

/// Blocks above the article in which its title, byline and date are looked for.
const ABOVE: usize = 24;

/// Blocks below the article in which its notes and its source are looked for.
const BELOW: usize = 12;

/// What a page makes of its blocks.
#[derive(Debug)]
pub(super) struct Regions {
    /// The roles that it gives them: `None` where recognition has to look.
    pub(super) roles: Vec<Option<Role>>,
    /// Those between title and text that print what the page states as its description.
    pub(super) decks: Vec<usize>,
    /// What speaks against the choice.
    pub(super) doubt: Option<Doubt>,
}

/// Finds the regions of a page.
pub(super) fn roles(blocks: &[Read], containers: &[Container], candidates: &[Candidate], leads: &Leads) -> Regions {
    let heading = stated_heading(blocks, candidates);
    let main = heading.or_else(|| blocks.iter().position(is_main));
    let Choice { blocks: mut chosen, doubt } = choice::choose(blocks, containers, main);
    // What the extractor took above a heading that prints the title is a banner, where it is little.
    if let Some(heading) = heading {
        let sum = |of: &[usize]| of.iter().map(|at| blocks[*at].counts.all).sum::<usize>();
        let (above, below) = chosen.split_at(chosen.partition_point(|at| *at < heading));
        if sum(above) * 5 < sum(below) {
            chosen = below.to_vec();
        }
    }
    let (first, last) = match (chosen.first(), chosen.last()) {
        (Some(first), Some(last)) => (*first, *last),
        // Nothing reads like an article: recognition has to look at everything.
        _ => return Regions { roles: vec![None; blocks.len()], decks: Vec::new(), doubt },
    };
    let title = title(blocks, candidates, first);
    let between = title.map_or(first, |title| title + 1)..first;
    let decks: Vec<usize> = between.filter(|at| leads.are_printed_by(&blocks[*at])).take(1).collect();
    let above = title
        .unwrap_or(first)
        .saturating_sub(4)
        .min(first.saturating_sub(ABOVE).max(title.map_or(0, |t| t.saturating_sub(4))));
    let role = |(at, read): (usize, &Read)| {
        let inside = at >= above && at <= last + BELOW;
        // A byline that the extractor left out stands between a deck and a text that it took.
        let says = matches!(read.block.clue, Some(Clue::Author | Clue::Date | Clue::Subtitle)) && at <= first + 4;
        // What the extractor took and is no paragraph may say something of the text above it.
        let says = says || read.is_chosen();
        match () {
            () if Some(at) == title => Some(Role::Title),
            () if chosen.binary_search(&at).is_ok() && title.is_none_or(|t| at > t || first > t) => Some(Role::Body),
            () if decks.contains(&at) => None,
            () if read.outside || !inside || (at > first && at < last && !says) => Some(Role::Furniture),
            () => None,
        }
    };
    Regions { roles: blocks.iter().enumerate().map(role).collect(), decks, doubt }
}

/// The blocks from a little above the title to the first of the text: where an article says when it appeared.
pub(super) fn head(roles: &[Option<Role>]) -> Range<usize> {
    let position = |role: Role| roles.iter().position(|r| *r == Some(role));
    let body = position(Role::Body).map_or(roles.len(), |at| roles.len().min(at + 3));
    position(Role::Title).unwrap_or(0).saturating_sub(4)..body
}

/// Where blocks stand in the page, in its order; not those in navigation and the like.
pub(super) fn places(blocks: &[Read]) -> Vec<Range<usize>> {
    blocks.iter().filter(|read| !read.outside).filter_map(|read| read.block.extent()).collect()
}

/// Whether one of these places holds a statement. What an attribute states that nobody sees stands in none: such
/// statements are of the whole page.
pub(super) fn hold(places: &[Range<usize>], candidate: &Candidate) -> bool {
    let Some(place) = &candidate.place else { return true };
    let next = places.partition_point(|range| range.end <= place.start);
    places.get(next).is_some_and(|range| range.start < place.end)
}

/// The first heading of the page that prints what it states as its title.
fn stated_heading(blocks: &[Read], candidates: &[Candidate]) -> Option<usize> {
    let titles = titles(candidates);
    let stated = |text: &str| titles.iter().any(|title| title == text);
    blocks.iter().position(|read| {
        let heading = matches!(read.block.kind, ArticleKind::Heading(1 | 2)) && !read.outside;
        let text = letters(read.block.text.as_str());
        heading && !text.is_empty() && stated(&text)
    })
}

/// The letters of what the page states as its title; not of its site, where it states something else too.
pub(super) fn titles(candidates: &[Candidate]) -> Vec<String> {
    let of = |field: Field| candidates.iter().filter(move |c| c.field == field).map(|c| letters(&c.value));
    let sites: Vec<String> = of(Field::Publisher).collect();
    let (of_site, others): (Vec<_>, Vec<_>) =
        of(Field::Title).filter(|title| !title.is_empty()).partition(|title| sites.contains(title));
    if others.is_empty() { of_site } else { others }
}

/// Whether a block is a heading of the first rank.
fn is_main(read: &Read) -> bool {
    matches!(read.block.kind, ArticleKind::Heading(1)) && !read.outside
}

/// The block that prints the title: the first that says what the page states as its title; else the main heading.
fn title(blocks: &[Read], candidates: &[Candidate], first: usize) -> Option<usize> {
    let stated = titles(candidates);
    let prints = |at: &usize| {
        let block = &blocks[*at].block;
        let text = letters(block.text.as_str());
        let heads = matches!(block.kind, ArticleKind::Heading(_)) || block.clue == Some(Clue::Title);
        // A site's name stands in the page's title too.
        let within = |t: &String| {
            (t.starts_with(&text) || t.ends_with(&text)) && text.chars().count() * 5 >= t.chars().count() * 2
        };
        !text.is_empty() && stated.iter().any(|t| *t == text || (heads && text.chars().count() >= 6 && within(t)))
    };
    // What is printed below the first paragraphs is a link to the article, or another one.
    let above = 0..(first + 3).min(blocks.len());
    let mut printed: Vec<usize> = above.clone().filter(prints).collect();
    // Breadcrumbs and menus repeat the title; a heading is the title itself.
    // Of two headings that each print a part, the upper one is the site's.
    printed.sort_by_key(|at| {
        let block = &blocks[*at].block;
        let part = !stated.contains(&letters(block.text.as_str()));
        let order = if part { blocks.len() - at } else { *at };
        (!matches!(block.kind, ArticleKind::Heading(_)), blocks[*at].outside, part, order)
    });
    // `<title>` alone may be the site's name, which stands above the heading.
    let of_title = candidates.iter().filter(|c| c.field == Field::Title);
    let is_vague = of_title.into_iter().all(|c| c.origin == CandidateOrigin::Element);
    let is_heading = |at: &usize| matches!(blocks[*at].block.kind, ArticleKind::Heading(_));
    let has_main = above.clone().any(|at| is_main(&blocks[at]));
    printed
        .first()
        .copied()
        .filter(|at| is_heading(at) || !(is_vague && has_main))
        .or_else(|| above.clone().rfind(|at| is_main(&blocks[*at])))
        .or_else(|| above.clone().rfind(|at| blocks[*at].block.clue == Some(Clue::Title)))
        .or_else(|| {
            let near = first.saturating_sub(8)..(first + 1).min(blocks.len());
            near.clone().find(|at| matches!(blocks[*at].block.kind, ArticleKind::Heading(_)) && !blocks[*at].outside)
        })
}
