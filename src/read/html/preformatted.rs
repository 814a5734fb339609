//! Pages that hold nothing but one preformatted text, as browsers show text files: their lines are those of a plain text.

use std::ops::Range;

use dom_query::{NodeData, NodeRef};

use super::elements::{Display, display};
use super::page::{Page, within};
use crate::read::{Article, plain};

/// The article of such a page, without what the page states; `None` for any other page.
pub(super) fn read(page: &Page) -> Option<Article> {
    let body = page.document.tree.body()?;
    let mut typed = Typed::default();
    typed.gather(page, &body, false);
    if typed.has_other || typed.text.trim().is_empty() {
        return None;
    }
    let mut article = plain::read(&typed.text);
    for block in &mut article.blocks {
        block.text = block.text.through(&typed.places);
    }
    Some(article)
}

/// The text of the preformatted elements of a page, and where each stretch of it stands.
#[derive(Default)]
struct Typed {
    text: String,
    places: Vec<(Range<usize>, Range<usize>)>,
    /// The page has words outside.
    has_other: bool,
}

impl Typed {
    fn gather(&mut self, page: &Page, node: &NodeRef<'_>, is_inside: bool) {
        let mut child = node.first_child();
        while let Some(node) = child.filter(|_| !self.has_other) {
            let text = node.query(|n| match &n.data {
                NodeData::Text { contents } => Some(contents.clone()),
                _ => None,
            });
            match (text.flatten(), node.node_name()) {
                (Some(text), _) if is_inside => self.push(page, &node, &text),
                (None, Some(name)) if is_inside && display(&name) == Display::Break => self.text.push('\n'),
                (Some(text), _) => self.has_other = !text.trim().is_empty(),
                (None, Some(name)) if display(&name) != Display::None => {
                    let is_one = matches!(&*name, "pre" | "listing" | "xmp" | "plaintext");
                    // One text below another one.
                    if is_one && !self.text.is_empty() {
                        self.text.push_str("\n\n");
                    }
                    self.has_other |= is_inside && display(&name) == Display::Block;
                    self.gather(page, &node, is_inside || is_one);
                }
                _ => {}
            }
            child = node.next_sibling();
        }
    }

    fn push(&mut self, page: &Page, node: &NodeRef<'_>, text: &str) {
        let base = self.text.len();
        let all = 0..text.len();
        let places = page.pieces(node.id).iter().map(|place| within(place, &all, base));
        self.places.extend(places.map(|place| (place.text, place.source)));
        self.text.push_str(text);
    }
}
