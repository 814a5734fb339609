//! Where a page may have text: every text node but those of scripts, styles and templates, and what images say in place of
//! themselves.

use dom_query::{NodeData, NodeRef};

use super::elements::{Display, display};
use super::notes::Notes;
use super::page::{Page, Piece};
use crate::read::{Rest, TextPlace};

/// The places of the page's text in `source`, in order and apart.
pub(super) fn texts(page: &Page, notes: &Notes, source: &str) -> Vec<TextPlace> {
    let mut places = Vec::new();
    visit(page, notes, source, &page.document.root(), Rest::Text, &mut places);
    // The parser moves what a table may not hold.
    places.sort_by_key(|text| text.place.start);
    let mut end = 0;
    places.retain_mut(|text| {
        text.place.start = text.place.start.max(end);
        end = end.max(text.place.end);
        !text.place.is_empty()
    });
    places
}

fn visit(page: &Page, notes: &Notes, source: &str, node: &NodeRef<'_>, rest: Rest, places: &mut Vec<TextPlace>) {
    let text = node.query(|n| match &n.data {
        NodeData::Text { contents } => Some(contents.clone()),
        _ => None,
    });
    if let Some(text) = text.flatten() {
        places.extend(page.pieces(node.id).iter().map(|piece| place(piece, &text, rest, source)));
        return;
    }
    let Some(rest) = within(notes, node, rest) else { return };
    let alt = page.attribute(node.id, "alt");
    places.extend(alt.map(|place| TextPlace { place, rest: Rest::Attribute }));
    let mut child = node.first_child();
    while let Some(node) = child {
        visit(page, notes, source, &node, rest, places);
        child = node.next_sibling();
    }
}

/// What the text in an element is that is in no block; `None` where it is none.
fn within(notes: &Notes, node: &NodeRef<'_>, around: Rest) -> Option<Rest> {
    let Some(name) = node.node_name() else { return Some(around) };
    match &*name {
        // What a template holds is no part of the page's tree.
        "script" | "style" | "template" => None,
        _ if around == Rest::Hidden => Some(around),
        "rp" | "rtc" => Some(Rest::Hidden),
        "rt" => Some(Rest::OfBlock),
        name if display(name) == Display::None => Some(Rest::Hidden),
        _ if notes.is_back_link(node.id) => Some(Rest::Hidden),
        _ if notes.reference(node.id).is_some() => Some(Rest::OfBlock),
        _ => Some(around),
    }
}

/// Where a stretch of a text node stands. Of CR LF the parser reads one line feed.
fn place(piece: &Piece, text: &str, rest: Rest, source: &str) -> TextPlace {
    let mut place = piece.source.clone();
    if source[place.clone()].ends_with('\r') && source[place.end..].starts_with('\n') {
        place.end += 1;
    }
    let is_reference = piece.text.len() != piece.source.len();
    let is_white = is_reference && text[piece.text.clone()].chars().all(char::is_whitespace);
    TextPlace { place, rest: if is_white { Rest::White } else { rest } }
}
