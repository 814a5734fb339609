//! Boxes between the paragraphs of a plain text: a control or the heading of links, and the lines below it up to the next
//! paragraph.

use crate::characters::{columns, item_text};
use crate::document::Role;
use crate::metadata::furniture::{Section, is_furniture, section};
use crate::metadata::prose::ends_sentence;
use crate::metadata::scope::Scope;

/// Lines of a box.
const MOST: usize = 12;

/// Lines below a control that are one: a single line may head the paragraph below.
const LEAST: usize = 2;

/// Columns of a sentence that is a paragraph, and of any line that is one.
const SENTENCE: usize = 80;
const PARAGRAPH: usize = 160;

/// The lines of boxes. What stands in one is of the page, and nothing tells it of each.
pub(super) fn boxed(scope: &Scope<'_>, roles: &[Role], body: &[usize]) -> Vec<usize> {
    let text = |at: usize| scope.text(body[at]);
    let is_line = |at: &usize| roles[body[*at]] == Role::Body && !is_paragraph(text(*at));
    let least = |at: usize| match section(&scope.words, text(at)) {
        Some(Section::Links) => Some(1),
        Some(Section::Comments) => None,
        None => is_furniture(&scope.words, text(at)).then_some(LEAST),
    };
    let mut boxed = Vec::new();
    for opener in 0..body.len() {
        let Some(least) = least(opener) else { continue };
        let lines: Vec<usize> = (opener + 1..body.len()).take_while(is_line).take(MOST + 1).collect();
        let goes_on = body.get(opener + 1 + lines.len()).is_some_and(|block| roles[*block] == Role::Body);
        if (least..=MOST).contains(&lines.len()) && goes_on {
            boxed.extend(lines.into_iter().map(|at| body[at]));
        }
    }
    boxed
}

fn is_paragraph(text: &str) -> bool {
    let columns = columns(text);
    item_text(text).is_none() && (columns > PARAGRAPH || columns >= SENTENCE && ends_sentence(text))
}
