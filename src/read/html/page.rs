//! A page as a tree whose texts and attributes know where they stand.

use std::ops::Range;

use dom_query::{Document, NodeId};
use html5ever::LocalName;

/// A page.
pub(super) struct Page {
    pub(super) document: Document,
    /// The pieces of the text nodes, sorted by node.
    pub(super) texts: Vec<(NodeId, Vec<Piece>)>,
    /// The places of the elements, sorted by node.
    pub(super) tags: Vec<(NodeId, TagPlace)>,
    /// Tags that were left out because of its limits.
    pub(super) left_out: usize,
}

/// A stretch of a text node and what it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: Range<usize>,
    pub(super) source: Range<usize>,
}

/// The part of a place that lies in `taken`, which stands at `base` of its node.
pub(super) fn within(place: &Piece, taken: &Range<usize>, base: usize) -> Piece {
    let (start, end) = (place.text.start.max(taken.start), place.text.end.min(taken.end));
    let text = base + start - taken.start..base + end - taken.start;
    let source = if place.text.len() == place.source.len() {
        place.source.start + (start - place.text.start)..place.source.start + (end - place.text.start)
    } else {
        place.source.clone()
    };
    Piece { text, source }
}

impl Page {
    /// The stretches of a text node, in order. Text that the parser made has none.
    pub(super) fn pieces(&self, text: NodeId) -> &[Piece] {
        find(&self.texts, text).map_or(&[], Vec::as_slice)
    }

    /// Where the start tag of an element stands; `None` for an element that the page only implies.
    pub(super) fn tag(&self, element: NodeId) -> Option<Range<usize>> {
        find(&self.tags, element).map(|place| place.tag.clone())
    }

    /// Where the value of an attribute stands.
    pub(super) fn attribute(&self, element: NodeId, name: &str) -> Option<Range<usize>> {
        let (_, range) = find(&self.tags, element)?.attributes.iter().find(|(found, _)| **found == *name)?;
        Some(range.clone())
    }
}

fn find<T>(sorted: &[(NodeId, T)], id: NodeId) -> Option<&T> {
    sorted.binary_search_by_key(&id, |(found, _)| *found).ok().map(|at| &sorted[at].1)
}

/// Where a start tag and the values of its attributes stand.
#[derive(Clone, Debug, Default)]
pub(super) struct TagPlace {
    pub(super) tag: Range<usize>,
    pub(super) attributes: Vec<(LocalName, Range<usize>)>,
}
