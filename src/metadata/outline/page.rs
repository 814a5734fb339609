//! A page: what the extractor chose is the text, what stands above and below it is read for what it says.

use std::ops::Range;

use super::{Eyes, HEAD, Outline, Seen, Settled, finish_body, head, see_head, start, tail};
use crate::characters::columns;
use crate::document::{Field, Medium, Reason, Role};
use crate::metadata::evidence::{self, Evidence};
use crate::metadata::lines::Line;
use crate::metadata::prose::ends_sentence;
use crate::metadata::scope::Scope;
use crate::metadata::segments::{self, Part, PartKind};
use crate::metadata::{beside_date, byline, lexicon, person, rules};
use crate::read::{ArticleKind, Clue};
use crate::span::RuleId;

/// Chosen blocks among which lines of the head may be that the extractor took for text.
const CHOSEN: usize = 12;
/// Furniture at the end of a page that may be a footer with a statement of rights.
const FOOTER: usize = HEAD;

/// Names below a page's text that may be signatures: more are a list.
const MOST_SIGNATURES: usize = 4;

/// The outline of a page of which the blocks in `chosen` are marked as the text.
pub(super) fn page(scope: &Scope<'_>, roles: Vec<Role>, blocks: &[usize], chosen: Range<usize>) -> Outline {
    let mut outline = Outline::new(roles, Medium::Page);
    let (naming, own, mut seen) = see_head(scope, Vec::new(), &blocks[..chosen.end.min(chosen.start + CHOSEN)]);
    let body = chosen.start + start::head_within(scope, &outline.roles, &seen[chosen.start..]);
    seen.truncate(body);
    head::join_labels(scope, &mut seen);
    of_other_articles(scope, &outline.roles, &mut seen);
    by_clues(scope, &outline.roles, &mut seen);
    let head = head::head(scope, &outline, &seen, Vec::new());
    outline.known = head.known;
    outline.take(head.settled);
    of_today(scope, &mut outline);
    // A paragraph is shown, whatever stands below it.
    for seen in seen.iter().filter(|seen| !matches!(seen.line, Line::Header(_) | Line::Long)) {
        if outline.roles[seen.block] == Role::Body {
            outline.leave_out(seen.block, Reason::Beside);
        }
    }
    leads(scope, &mut outline, &seen);
    let known = outline.known.clone();
    let eyes = Eyes { scope, naming: &naming, known: &known, own: &own };
    below(&eyes, &mut outline, blocks, body..chosen.end);
    without_long_notes(scope, &mut outline);
    outline
}

/// A date above the title may be that of the day on which the page was read: it yields to any other.
fn of_today(scope: &Scope<'_>, outline: &mut Outline) {
    let Some(title) = outline.roles.iter().position(|role| *role == Role::Title) else { return };
    let is_above = |said: &&mut Evidence| {
        said.rule() == rules::DATE_LINE && said.place.as_ref().is_some_and(|(block, _)| *block < title)
    };
    for said in outline.evidence.iter_mut().filter(is_above) {
        let found = scope.found(said.field, (), said.said.span, rules::DATE_ABOVE);
        (said.said.rule, said.said.confidence) = (found.rule, found.confidence);
    }
}

/// A note that is longer than the text is the text.
fn without_long_notes(scope: &Scope<'_>, outline: &mut Outline) {
    let of = |role: Role| scope.blocks().filter(move |block| scope.article.blocks[*block].role == Some(role));
    let length = |block: usize| columns(scope.text(block));
    let text: usize = of(Role::Body).filter(|b| outline.roles[*b] == Role::Body).map(length).sum();
    let is_long = |block: &usize| outline.roles[*block] == Role::AuthorNote && length(*block) > text;
    let notes: Vec<usize> = scope.blocks().filter(is_long).collect();
    outline.evidence.retain(|said| said.place.as_ref().is_none_or(|(block, _)| !notes.contains(block)));
    notes.into_iter().for_each(|block| outline.roles[block] = Role::Body);
}

/// Paragraphs between the title and the text that the extractor left out are its lead: the first one is a subtitle, where
/// there is none, the others belong to the text.
fn leads(scope: &Scope<'_>, outline: &mut Outline, seen: &[Seen]) {
    let title = seen.iter().position(|seen| outline.roles[seen.block] == Role::Title);
    for seen in &seen[title.map_or(seen.len(), |at| at + 1)..] {
        let is_open = matches!(outline.roles[seen.block], Role::Furniture | Role::Body);
        if is_open && seen.line == Line::Long && is_prose(scope, seen.block) {
            let is_deck = !outline.roles.contains(&Role::Subtitle)
                && scope.article.blocks[seen.block].role.is_none()
                && columns(scope.text(seen.block)) <= MOST_DECK;
            outline.roles[seen.block] = if is_deck { Role::Subtitle } else { Role::Body };
        }
    }
}

/// Whether a block is a paragraph of sentences, and not made of links.
fn is_prose(scope: &Scope<'_>, block: usize) -> bool {
    let text = scope.text(block);
    let is_long = columns(text) >= LEAST_LEAD && ends_sentence(text) || columns(text) >= SURE_LEAD;
    is_long && !scope.article.blocks[block].is_linked
}

/// Columns of a subtitle.
const MOST_DECK: usize = 400;

/// Columns of a lead: captions are shorter.
const LEAST_LEAD: usize = 100;

/// Columns of one that need not end as sentences do.
const SURE_LEAD: usize = 160;

/// Bylines that stand right above or below the text in an element that is called furniture: a panel of data about the
/// article, a footer of a post.
pub(super) fn overlooked(scope: &Scope<'_>, roles: &[Role]) -> Vec<usize> {
    let marked = |block: &usize| scope.article.is_page && scope.article.blocks[*block].role == Some(Role::Body);
    let (Some(first), Some(last)) = (scope.blocks().find(marked), scope.blocks().rfind(marked)) else {
        return Vec::new();
    };
    let above = (first.saturating_sub(BETWEEN)..first).rev().take_while(|block| roles[*block] != Role::Title);
    let is_titled = roles[..first].contains(&Role::Title);
    let below = last + 1..roles.len().min(last + 1 + RIGHT_BELOW);
    let of_head = above.filter(|_| is_titled);
    let near = of_head.chain(below).filter(|block| roles[*block] == Role::Furniture);
    near.filter(|block| is_byline(scope, *block)).collect()
}

/// Whether a block names authors with first and last name behind an opening word or a label, and says nothing else but
/// when.
fn is_byline(scope: &Scope<'_>, block: usize) -> bool {
    let (words, text) = (&scope.words, scope.text(block));
    let is_line = matches!(scope.article.blocks[block].kind, ArticleKind::Paragraph) && columns(text) <= LONGEST_BYLINE;
    let is_full = |names: &Range<usize>| {
        let people = byline::names(words, text, names.clone());
        !people.is_empty() && people.iter().all(|found| person::is_name(words, &text[found.name.clone()]))
    };
    let says = |part: &Part| match &part.kind {
        PartKind::Byline(names) | PartKind::Labelled { field: Field::Author, value: names, .. } => is_full(names),
        PartKind::Date(_) | PartKind::Labelled { field: Field::Published | Field::Updated, .. } => true,
        PartKind::Unknown => beside_date::is_date_filler(words, &text[part.range.clone()]),
        _ => false,
    };
    is_line && {
        let parts = segments::parts(words, text, &|at| scope.is_gap(block, at));
        parts.iter().any(Part::names_author) && parts.iter().all(says)
    }
}

/// Blocks above the text in which its byline may stand.
const BETWEEN: usize = 12;

/// Columns of a byline with its date.
const LONGEST_BYLINE: usize = 100;

fn below(eyes: &Eyes<'_>, outline: &mut Outline, blocks: &[usize], body: Range<usize>) {
    let end = body.start + tail::cut_off(eyes, &blocks[body.clone()]);
    outline.take(tail::beyond(eyes, &blocks[end..body.end]));
    outline.take(tail::tail(eyes, &blocks[body.start..end]));
    outline.take(behind(eyes, &blocks[end.max(body.end)..]));
    finish_body(eyes.scope, outline, &blocks[body.start..end]);
    // What the extractor left out and no rule knows is of the page.
    for block in &blocks[body.start..] {
        if eyes.scope.article.blocks[*block].role.is_none() && outline.roles[*block] == Role::Body {
            outline.leave_out(*block, Reason::Beside);
        }
    }
    let signs = |said: &Evidence| said.rule() == rules::SIGNATURE;
    if outline.evidence.iter().filter(|said| signs(said)).count() > MOST_SIGNATURES {
        outline.evidence.retain(|said| !signs(said));
    }
    // The footer's copyright line.
    let has_rights = outline.evidence.iter().any(|e| e.field == Field::Rights);
    let furniture = |b: &usize| outline.roles[*b] == Role::Furniture && eyes.text(*b).len() < 300;
    let footer = || {
        let last = eyes.scope.blocks().rev().take(FOOTER).filter(furniture);
        last.into_iter().find(|b| eyes.line(*b, true) == Line::Rights)
    };
    if let Some(block) = (!has_rights).then(footer).flatten() {
        outline.evidence.push(evidence::rights(eyes.scope, block));
        outline.roles[block] = Role::Rights;
    }
}

/// Below the text of a page: lines that say something of this article, up to the heading of links or comments; below
/// that nothing is said of it any more, but for its rights.
fn behind(eyes: &Eyes<'_>, blocks: &[usize]) -> Settled {
    let mut settled = Settled::default();
    let mut others = false;
    for block in blocks {
        let seen = eyes.see(*block, true);
        settled.leave_out(*block, Reason::Outside);
        others |= matches!(seen.line, Line::Section(_));
        if seen.line == Line::Rights || (!others && !seen.is_open()) {
            tail::settle(eyes, &seen, &mut settled);
        }
    }
    let near = &blocks[..blocks.len().min(RIGHT_BELOW)];
    settled.evidence.retain(|said| {
        let is_near = said.place.as_ref().is_some_and(|(block, _)| near.contains(block));
        let is_first = said.rule() == rules::BYLINE && eyes.known.is_unnamed();
        !OF_HEADS.contains(&said.rule()) || is_near && (said.rule() == rules::DATE_LINE || is_first)
    });
    settled
}

/// What says in a head who wrote and when. Below a text such lines are of links to other articles, but for a date right
/// below it; what a label says is of this one.
const OF_HEADS: [RuleId; 4] = [rules::BYLINE, rules::HEADER_NAME, rules::HEADER_UNLIKELY, rules::DATE_LINE];

/// Blocks right below a text, among which its date may be.
const RIGHT_BELOW: usize = 3;

/// Above the title, a line with more than what a head says is a link to another article.
fn of_other_articles(scope: &Scope<'_>, roles: &[Role], seen: &mut [Seen]) {
    let title = seen.iter().position(|seen| roles[seen.block] == Role::Title).unwrap_or(0);
    for seen in &mut seen[..title] {
        if matches!(&seen.line, Line::Header(parts) if is_of_another(scope.text(seen.block), parts)) {
            seen.line = Line::Furniture;
        }
    }
}

/// Whether a line has words of its own beside a byline or a date: `The vote nobody counted by Pru Lassiter`.
fn is_of_another(text: &str, parts: &[Part]) -> bool {
    let words = |part: &Part| text[part.range.clone()].split_whitespace().count();
    parts.iter().any(|part| matches!(part.kind, PartKind::Byline(_) | PartKind::Date(_)))
        && parts.iter().any(|part| part.kind == PartKind::Unknown && words(part) >= 3)
}

/// What the markup says of lines that say nothing of themselves.
fn by_clues(scope: &Scope<'_>, roles: &[Role], seen: &mut [Seen]) {
    for seen in seen.iter_mut().filter(|seen| seen.line == Line::Short && roles[seen.block] != Role::Title) {
        let text = scope.text(seen.block);
        match scope.article.blocks[seen.block].clue {
            Some(Clue::Kicker) if !lexicon::is_genre(&scope.words, text) => seen.line = Line::Furniture,
            // A card of an author gives the post on a line of its own.
            Some(Clue::Author) if is_post_line(scope, text) || lexicon::is_genre(&scope.words, text) => {}
            // What the markup calls a byline is one without an opening word too.
            Some(Clue::Author) => {
                let is_gap = |at| scope.is_gap(seen.block, at);
                seen.line = Line::Header(segments::continued(&scope.words, Field::Author, text, &is_gap));
            }
            _ => {}
        }
    }
}

/// Whether a line begins with a post and names nobody: `Senior Fellow, Merrow Institute`.
fn is_post_line(scope: &Scope<'_>, text: &str) -> bool {
    let first = text.split([',', '，', ';', '\n']).next().unwrap_or(text);
    lexicon::is_post(&scope.words, first)
        && !person::is_chinese_name(&scope.words, first)
        && !scope.is_stated_author(first)
        && byline::names(&scope.words, text, 0..first.len())
            .iter()
            .all(|b| b.described.role.is_some() || lexicon::is_post(&scope.words, &text[b.name.clone()]))
}
