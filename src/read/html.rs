//! A page to blocks and candidates: the tree with its places, the extractor's choice, the page's own statements.

mod blocks;
mod body;
mod clues;
mod elements;
mod json_ld;
mod leaf;
mod notes;
mod regions;
mod statements;
mod tables;
mod tokens;
mod tree;

use super::{Article, ArticleBlock};
use crate::diagnostic::{self, Diagnostic};
use crate::document::Folded;

/// Reads a page.
pub(super) fn read(text: &str) -> Article {
    let page = tree::parse(text);
    let selection = body::select(&page);
    let notes = notes::find(&page);
    let mut folded = Folded::default();
    let blocks = blocks::read(&page, &selection, &notes, &mut folded);
    let candidates = statements::collect(&page);
    let roles = regions::roles(&blocks, &candidates);
    let mut diagnostics = Vec::new();
    if page.left_out > 0 {
        let message = format!("{} tags are nested too deeply or too many; what they hold was read as text", page.left_out);
        diagnostics.push(Diagnostic::new(diagnostic::M007, message));
    }
    if selection.unaligned > 0 {
        let message = format!("{} characters of the article could not be placed in the page", selection.unaligned);
        diagnostics.push(Diagnostic::new(diagnostic::M008, message));
    }
    let blocks = blocks.into_iter().zip(roles).map(|(read, role)| ArticleBlock { role, ..read.block }).collect();
    Article { blocks, folded, candidates, is_page: true, diagnostics }
}
