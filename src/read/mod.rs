//! Repaired text to an article: blocks of folded text that still know where they stand. Guesses no encodings
//! and recognises no metadata.

mod fold;
mod plain;

use crate::document::{Folded, Role};
use crate::repair::Repaired;

pub use fold::FoldedText;

/// An article as its layout shows it.
#[derive(Debug)]
pub struct Article {
    /// In the order of the text; none is empty.
    pub blocks: Vec<ArticleBlock>,
    /// White space that the blocks do not show.
    pub folded: Folded,
}

/// One block.
#[derive(Debug)]
pub struct ArticleBlock {
    /// The role that markup states, where it does.
    pub role: Option<Role>,
    /// Its text.
    pub text: FoldedText,
}

/// Reads a repaired text. All of it is read as plain text; `&` and `<` mean themselves.
pub fn read(repaired: &Repaired) -> Article {
    plain::read(&repaired.text)
}
