//! The tree of a page under construction, with the places of its texts and tags: the sink of html5ever.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use dom_query::{Document, NodeData, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName};

use super::left_out::Limits;
use super::page::{Page, Piece, TagPlace, within};

const SVG: &str = "http://www.w3.org/2000/svg";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// The tree under construction.
#[derive(Default)]
pub(super) struct Sink {
    document: Document,
    noted: RefCell<Noted>,
    /// The element whose name the tree construction asked for last.
    named: Cell<Option<NodeId>>,
}

/// What is noted beside the tree.
#[derive(Default)]
struct Noted {
    /// Characters that the tokenizer gave and the tree has not taken yet, with their places. The tree takes them in
    /// order, in other portions, some later (in tables), and leaves some out (a line feed after `<pre>`).
    given: String,
    places: Vec<Piece>,
    taken: usize,
    /// The tag that is being processed.
    tag: Option<(LocalName, TagPlace)>,
    texts: Vec<(NodeId, Vec<Piece>)>,
    tags: Vec<(NodeId, TagPlace)>,
    /// The elements that are open, as far as the tree tells.
    open: Vec<NodeId>,
    start_tags: usize,
    elements: usize,
    left_out: usize,
}

impl Sink {
    /// The page, when its last token is processed.
    pub(super) fn into_page(self) -> Page {
        let Noted { mut texts, mut tags, left_out, .. } = self.noted.into_inner();
        texts.sort_by_key(|(id, _)| *id);
        // What a table casts out is added to the text before it, which may be long ago.
        texts.dedup_by(|(later, pieces), (id, known)| {
            let is_same = later == id;
            known.extend(pieces.drain(..pieces.len() * usize::from(is_same)));
            is_same
        });
        tags.sort_by_key(|(id, _)| *id);
        Page { document: self.document, texts, tags, left_out }
    }

    /// Announces characters before they are processed.
    pub(super) fn give_text(&self, text: &str, places: &[Piece]) {
        let noted = &mut *self.noted.borrow_mut();
        if noted.taken == noted.given.len() {
            noted.given.clear();
            noted.places.clear();
            noted.taken = 0;
        }
        let base = noted.given.len();
        noted.given.push_str(text);
        let shift = |p: &Piece| Piece { text: p.text.start + base..p.text.end + base, source: p.source.clone() };
        noted.places.extend(places.iter().map(shift));
    }

    /// Announces a start tag before it is processed.
    pub(super) fn give_tag(&self, name: &LocalName, place: TagPlace) {
        let noted = &mut *self.noted.borrow_mut();
        noted.start_tags += 1;
        noted.tag = Some((name.clone(), place));
    }

    /// Says that a start tag does not come.
    pub(super) fn leave_out(&self) {
        self.noted.borrow_mut().left_out += 1;
    }

    /// Whether the tree may have another element, below those that are open.
    pub(super) fn has_room(&self, limits: Limits) -> bool {
        let noted = self.noted.borrow();
        noted.open.len() < limits.depth && noted.elements < limits.elements_of(noted.start_tags)
    }

    pub(super) fn is_open(&self, element: NodeId) -> bool {
        self.noted.borrow().open.contains(&element)
    }

    pub(super) fn forget_innermost(&self) {
        self.named.set(None);
    }

    /// The innermost open element, where the tree construction was asked about it before; `None` where none is open.
    pub(super) fn innermost(&self) -> Option<NodeId> {
        self.named.get()
    }

    /// Closes what is not open any more: the tree construction does not say so of every element.
    pub(super) fn close_above_innermost(&self) {
        let Some(innermost) = self.innermost() else { return };
        let open = &mut self.noted.borrow_mut().open;
        if let Some(at) = open.iter().rposition(|element| *element == innermost) {
            open.truncate(at + 1);
        }
    }

    /// Whether the innermost element is foreign and holds HTML all the same (HTML Living Standard §13.2.6, MathML text
    /// integration point and HTML integration point).
    pub(super) fn is_at_integration_point(&self) -> bool {
        let Some(innermost) = self.innermost() else { return false };
        let name = self.document.elem_name(&innermost);
        match (&*name.ns, &*name.local) {
            (SVG, "foreignObject" | "desc" | "title") | (MATHML, "mi" | "mo" | "mn" | "ms" | "mtext") => true,
            (MATHML, "annotation-xml") => self.document.is_mathml_annotation_xml_integration_point(&innermost),
            _ => false,
        }
    }

    /// Says that the tag is processed: what the tree makes now, it makes on its own.
    pub(super) fn end_tag(&self) {
        self.noted.borrow_mut().tag = None;
    }

    /// Notes where the last `text` of a text node came from.
    fn note_text(&self, node: Option<NodeId>, text: &str) {
        let Some(node) = node else { return };
        let length = self.document.tree.query_node_or(&node, 0, |n| match &n.data {
            NodeData::Text { contents } => contents.len(),
            _ => 0,
        });
        let Some(base) = length.checked_sub(text.len()) else { return };
        let noted = &mut *self.noted.borrow_mut();
        let Some(found) = noted.given[noted.taken..].find(text) else { return };
        let taken = noted.taken + found..noted.taken + found + text.len();
        noted.taken = taken.end;
        let first = noted.places.partition_point(|p| p.text.end <= taken.start);
        let inside = noted.places[first..].iter().take_while(|p| p.text.start < taken.end);
        let pieces = inside.map(|place| within(place, &taken, base));
        match noted.texts.last_mut().filter(|(last, _)| *last == node) {
            Some((_, known)) => known.extend(pieces),
            None => noted.texts.push((node, pieces.collect())),
        }
    }

    fn note_element(&self, parent: NodeId, node: NodeId) {
        let noted = &mut *self.noted.borrow_mut();
        if let Some(at) = noted.open.iter().rposition(|open| *open == parent) {
            noted.open.truncate(at + 1);
        }
        noted.open.push(node);
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self {
        self
    }

    /// Pages are full of errors, and each has its prescribed reading.
    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.named.set(Some(*target));
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let noted = &mut *self.noted.borrow_mut();
        let local = name.local.clone();
        let node = self.document.create_element(name, attrs, flags);
        noted.elements += 1;
        if let Some((_, place)) = noted.tag.take_if(|(tag, _)| *tag == local) {
            noted.tags.push((node, place));
        }
        node
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.document.append(parent, NodeOrText::AppendNode(node));
                self.note_element(*parent, node);
            }
            NodeOrText::AppendText(text) => {
                self.document.append(parent, NodeOrText::AppendText(text.clone()));
                self.note_text(self.document.tree.last_child_of(parent).map(|n| n.id), &text);
            }
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.document.append_before_sibling(sibling, NodeOrText::AppendNode(node));
                self.noted.borrow_mut().open.push(node);
            }
            NodeOrText::AppendText(text) => {
                self.document.append_before_sibling(sibling, NodeOrText::AppendText(text.clone()));
                self.note_text(self.document.tree.prev_sibling_of(sibling).map(|n| n.id), &text);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.document.tree.parent_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    fn pop(&self, node: &NodeId) {
        let noted = &mut *self.noted.borrow_mut();
        if let Some(at) = noted.open.iter().rposition(|open| open == node) {
            noted.open.truncate(at);
        }
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}
