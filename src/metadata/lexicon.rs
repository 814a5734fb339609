//! The words by which heads and tails of articles are read, in the twelve languages of recognition. Tables only.

mod furniture;
mod genres;
mod institutions;
mod labels;
mod posts;

pub(super) use furniture::{Section, furniture, section};
pub(super) use genres::{genre_before, is_genre};
pub(super) use institutions::{is_body, is_institution, is_motto, is_press};
pub(super) use labels::{Field, LABELS, Label};
pub(super) use posts::{east_asian_post, is_before_post, is_post, is_post_phrase};

use std::sync::LazyLock;

use regex::Regex;

/// Compiles the patterns.
pub(super) fn warm() {
    furniture::warm();
    genres::warm();
    institutions::warm();
    posts::warm();
}

/// A pattern that is a constant; a test of its table compiles it.
type Pattern = LazyLock<Option<Regex>>;

fn is_match(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(text))
}
