//! Which names alone on a line of a plain text are none of authors: items of lists, and in a page that was printed as text
//! those of pictures, links and buttons.

use std::collections::{BTreeMap, BTreeSet};

use crate::characters::{has_cjk, item_text, letters};
use crate::document::{Field, Role};
use crate::metadata::evidence::{Evidence, Post, Value};
use crate::metadata::outline::Outline;
use crate::metadata::prose::is_long;
use crate::metadata::scope::Scope;
use crate::metadata::{lexicon, rules};
use crate::span::RuleId;

/// Lines between a name and the date of its article.
const NEAR: usize = 2;

/// Rules that name an author by a word or a line that is made for it.
const MARKED: [RuleId; 3] = [rules::BYLINE, rules::HEADER_AUTHOR, rules::HEADER_NAME];

/// Leaves out the names alone that nothing else speaks for: no second line names them, and where no byline names anybody
/// no date stands beside them; and notes that say no post of somebody whom nothing else names. In any text that is so of
/// items of a list, which have the date right beside them.
pub(super) fn without_strays(scope: &Scope<'_>, outline: &mut Outline, is_printed: bool) {
    let evidence = &mut outline.evidence;
    let is_bare = |said: &Evidence| matches!(said.rule(), rules::BYLINE_BARE | rules::SIGNATURE);
    let of_authors = || evidence.iter().filter(|said| said.field == Field::Author);
    let is_bylined = of_authors().any(|said| MARKED.contains(&said.rule()));
    let block = |said: &Evidence| said.place.as_ref().map(|(block, _)| *block);
    let dates: Vec<usize> = evidence.iter().filter(|said| said.field == Field::Published).filter_map(block).collect();
    let is_near = |at: usize, most: usize| dates.iter().any(|date| date.abs_diff(at) <= most);
    let is_dated = |said: &Evidence| block(said).is_some_and(|at| is_near(at, NEAR));
    let is_item = |said: &Evidence| {
        // Chinese and Japanese bylines begin with such marks.
        let is_list = |text: &str| item_text(text).is_some() && !has_cjk(text);
        let item = block(said).filter(|at| is_list(scope.text(*at)));
        item.is_some_and(|at| !is_near(at, 1))
    };
    // Where each name is said by something else than a name alone.
    let mut said_in: BTreeMap<String, BTreeSet<Option<usize>>> = BTreeMap::new();
    for said in of_authors().filter(|said| !is_bare(said)) {
        names(said).into_iter().for_each(|name| _ = said_in.entry(name).or_default().insert(block(said)));
    }
    // The text speaks of others than of who wrote it, and not as bylines print them.
    let body = || scope.blocks().filter(|at| outline.roles[*at] == Role::Body).map(|at| scope.text(at));
    let is_subject = |name: &str| body().any(|text| is_long(text) && text.find(name).is_some_and(|at| at > 0));
    let is_other = |said: &Evidence| {
        let name = said.said.value.printed_name();
        name.is_some_and(|name| is_subject(name) || scope.has_small(name))
    };
    let is_weak = |said: &Evidence| match &said.said.value {
        Value::Note { posts, .. } => is_printed && !says_post(scope, posts),
        _ if !is_bare(said) => false,
        _ if !is_printed => is_item(said),
        _ => is_bylined || said.rule() == rules::SIGNATURE || !is_dated(said) || is_item(said) || is_other(said),
    };
    let is_said = |said: &Evidence| {
        let own = names(said);
        let is_elsewhere = |name: &String| said_in.get(name).is_some_and(|at| at.iter().any(|at| *at != block(said)));
        own.is_empty() || own.iter().any(is_elsewhere)
    };
    let is_stray = |said: &&Evidence| is_weak(said) && !is_said(said);
    let strays: BTreeSet<usize> = of_authors().filter(is_stray).filter_map(block).collect();
    let is_of_people = |said: &Evidence| matches!(said.field, Field::Author | Field::Role | Field::Affiliation);
    evidence.retain(|said| !(is_of_people(said) && block(said).is_some_and(|at| strays.contains(&at))));
    for at in strays {
        if outline.roles[at] == Role::AuthorNote {
            outline.roles[at] = Role::Unplaced;
        }
    }
}

/// Whether a note says a post that is known as one.
fn says_post(scope: &Scope<'_>, posts: &[Post]) -> bool {
    let mut said = posts.iter().filter_map(|post| post.role.as_ref());
    said.any(|role| lexicon::is_post(&scope.words, &role.value))
}

/// The names that a voice gives, by their letters.
fn names(said: &Evidence) -> Vec<String> {
    match &said.said.value {
        Value::Name { person, .. } => vec![letters(&person.name)],
        Value::Note { names, .. } => names.iter().map(|(_, person)| letters(&person.value.name)).collect(),
        _ => Vec::new(),
    }
}
