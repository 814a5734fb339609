//! What is taken of a page where it states something: a value, its text and its place.

use std::ops::Range;

use dom_query::{NodeData, NodeId, NodeRef};

use super::page::{Page, Piece};
use crate::document::Field;
use crate::read::{Candidate, CandidateOrigin as Origin, stated_value};

pub(super) fn push(
    found: &mut Vec<Candidate>,
    field: Field,
    origin: Origin,
    value: &str,
    place: Range<usize>,
    body: bool,
) {
    if let Some(value) = stated_value(value) {
        found.push(Candidate { field, value, place: Some(place), origin, body });
    }
}

/// Where a part of a text node stands.
pub(super) fn source(page: &Page, id: NodeId, part: Range<usize>) -> Option<Range<usize>> {
    let pieces = page.pieces(id);
    let first = pieces.iter().find(|p| p.text.end > part.start)?;
    let last = pieces.iter().rev().find(|p| p.text.start < part.end)?;
    let copied = |p: &Piece| p.text.len() == p.source.len();
    let start = first.source.start + if copied(first) { part.start.saturating_sub(first.text.start) } else { 0 };
    let end = last.source.end - if copied(last) { last.text.end.saturating_sub(part.end) } else { 0 };
    (start <= end).then_some(start..end)
}

/// Text of the node itself.
pub(super) fn own_text(node: &NodeRef<'_>) -> Option<String> {
    node.query(|n| match &n.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })?
}
