//! Where the article's own text begins.

use super::Seen;
use super::credit::is_credit;
use crate::characters::{columns, has_cjk};
use crate::document::Role;
use crate::metadata::lines::{Line, may_be_title};
use crate::metadata::prose::ends_sentence;
use crate::metadata::scope::Scope;
use crate::metadata::segments::Part;
use crate::read::Clue;

/// Blocks below a line of the head in which a byline or a date makes that line one of the head.
const DECK: usize = 4;

/// Columns of a title that is a sentence.
const LONGEST_TITLE: usize = 140;

/// Columns of a deck that is told by the byline alone, and of any.
const SHORT_DECK: usize = 260;
const LONGEST_DECK: usize = 450;

/// The index of the first block of the article's own text. A sentence above a byline or a date is a deck.
pub(super) fn body(scope: &Scope<'_>, roles: &[Role], head: &[Seen]) -> usize {
    let begins = |at: &usize| {
        let seen = &head[*at];
        seen.line == Line::Long
            && roles[seen.block] != Role::Title
            && !is_deck(scope, head, *at)
            && !is_title_above_deck(scope, head, *at)
    };
    if let Some(first) = (0..head.len()).find(begins) {
        return first;
    }
    // No paragraph: what is left below the first line is the text.
    let mut shorts = (0..head.len()).filter(|at| head[*at].line == Line::Short);
    shorts.nth(1).unwrap_or(head.len())
}

/// The same with the lines right above that block that are of the text: short sentences below a byline or a date (`Next year
/// we vote.`), a salutation.
pub(super) fn with_openings(scope: &Scope<'_>, head: &[Seen], body: usize) -> usize {
    if body == head.len() {
        return body;
    }
    let text = |seen: &Seen| scope.text(seen.block);
    let is_open = |seen: &Seen| seen.line == Line::Short && !seen.is_names();
    let addresses = |seen: &&Seen| is_open(seen) && is_salutation(text(seen));
    let body = body - head[..body].iter().rev().take_while(addresses).count();
    let says = |text: &str| ends_sentence(text) && (text.contains(' ') || has_cjk(text));
    let sentences = head[..body].iter().rev().take_while(|seen| is_open(seen) && says(text(seen))).count();
    let above = body.checked_sub(sentences + 1).map(|at| &head[at].line);
    let is_below_header = matches!(above, Some(Line::Header(parts)) if parts.iter().any(Part::is_of_article));
    if is_below_header { body - sentences } else { body }
}

/// Whether a line addresses somebody: `Dear reader,`, `To the Editor:`. `BODY:` does not.
fn is_salutation(text: &str) -> bool {
    text.ends_with([',', '，', '،']) || text.ends_with([':', '：']) && (text.contains(' ') || has_cjk(text))
}

/// Where no line above the text of a plain text can be its title, the first one is, if it may be one for all that it says.
pub(super) fn free_title(scope: &Scope<'_>, roles: &mut [Role], head: &mut [Seen]) {
    let is_titled = head.iter().any(|seen| seen.is_open() && !seen.is_names() || roles[seen.block] == Role::Title);
    let Some(first) = head.first_mut().filter(|_| !is_titled) else { return };
    if may_be_title(&scope.words, scope.text(first.block), &first.line) {
        first.line = Line::Short;
        roles[first.block] = Role::Title;
    }
}

/// Whether the first line of a plain text is a sentence that may be its title, with a deck right below: `Who pays?`
fn is_title_above_deck(scope: &Scope<'_>, head: &[Seen], at: usize) -> bool {
    let is_deck_below =
        || head.get(at + 1).is_some_and(|below| below.line == Line::Long && is_deck(scope, head, at + 1));
    at == 0 && !scope.article.is_page && columns(scope.text(head[at].block)) <= LONGEST_TITLE && is_deck_below()
}

/// Whether a byline or a date stands right below a paragraph of no great length, and the text below that.
fn is_deck(scope: &Scope<'_>, head: &[Seen], at: usize) -> bool {
    // Controls, pictures and their captions stand between.
    let is_of_page = |at: usize| {
        let text = scope.text(head[at].block);
        let is_caption = |at: usize| head.get(at).is_some_and(|seen| is_credit(&scope.words, scope.text(seen.block)));
        match head[at].line {
            Line::Furniture | Line::Section(_) => true,
            Line::Short => is_caption(at) || !text.contains(char::is_alphabetic),
            Line::Long => is_caption(at) || is_caption(at + 1),
            _ => false,
        }
    };
    let below = (at + 1..head.len()).filter(|at| scope.article.is_page || !is_of_page(*at)).take(DECK);
    let until_long = below.take_while(|at| head[*at].line != Line::Long);
    let says = |seen: &Seen| match &seen.line {
        Line::Header(parts) => parts.iter().any(Part::is_of_article),
        Line::Source => true,
        Line::Short => seen.is_names(),
        _ => false,
    };
    let byline = until_long.into_iter().find(|at| says(&head[*at]));
    let text_below = |byline: usize| head[byline..].iter().filter(|seen| seen.line == Line::Long).count();
    // What stands below a salutation is the text.
    let is_addressed = |above: usize| head[above].line == Line::Short && is_salutation(scope.text(head[above].block));
    if !scope.article.is_page && at.checked_sub(1).is_some_and(is_addressed) {
        return false;
    }
    let length = columns(scope.text(head[at].block));
    // A paragraph of some length is one where the text goes on at once below the byline.
    let least = if length <= SHORT_DECK { 1 } else { 2 };
    length <= LONGEST_DECK && byline.is_some_and(|byline| text_below(byline) >= least)
}

/// How many of the chosen blocks at the top are no paragraphs of the text.
pub(super) fn head_within(scope: &Scope<'_>, roles: &[Role], chosen: &[Seen]) -> usize {
    let has_text = chosen.iter().any(|seen| seen.line == Line::Long);
    let body = if has_text { body(scope, roles, chosen) } else { 0 };
    let mut head = 0;
    for (at, seen) in chosen.iter().enumerate() {
        let clue = scope.article.blocks[seen.block].clue;
        let says = match &seen.line {
            // What stands above the credit of a picture is its caption, where the text stands below.
            Line::Header(parts) => {
                parts.iter().any(Part::is_of_article) || chosen[at..].iter().any(|below| below.line == Line::Long)
            }
            Line::Source | Line::Rights => true,
            // An editor's note above the text.
            Line::Note => at <= body,
            Line::Long => matches!(clue, Some(Clue::Subtitle | Clue::Author)),
            Line::Short => roles[seen.block] == Role::Title || clue.is_some() || seen.is_names(),
            Line::Furniture | Line::Section(_) => false,
        };
        if at > body && seen.line == Line::Long && !says {
            break;
        }
        if says && at <= body.max(head) + 1 {
            head = at + 1;
        }
    }
    head
}
