//! The words by which heads and tails of articles are read, in the twelve languages of recognition. Tables only.

pub(super) mod furniture;
pub(super) mod genres;
pub(super) mod institutions;
mod labels;
pub(super) mod posts;

pub(super) use furniture::{Section, furniture, section};
pub(super) use genres::{genre_before, is_genre};
pub(super) use institutions::{is_body, is_institution, is_motto, is_press};
pub(super) use labels::{LABELS, Label};
pub(super) use posts::{east_asian_post, is_before_post, is_post, is_post_phrase};
