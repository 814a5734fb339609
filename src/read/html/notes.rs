//! Notes of a page: references that lead to an element whose own link leads back, or whose name says that it is one.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

use super::page::Page;

/// The notes of a page and the references to them.
#[derive(Debug, Default)]
pub(super) struct Notes {
    references: HashMap<NodeId, (usize, String)>,
    notes: HashMap<NodeId, usize>,
    back_links: Vec<NodeId>,
}

impl Notes {
    /// The note that an element refers to, with the printed mark.
    pub(super) fn reference(&self, node: NodeId) -> Option<(usize, &str)> {
        self.references.get(&node).map(|(id, mark)| (*id, mark.as_str()))
    }

    /// The number of the note that this element is.
    pub(super) fn note(&self, node: NodeId) -> Option<usize> {
        self.notes.get(&node).copied()
    }

    /// Whether this element leads from a note back to its reference.
    pub(super) fn is_back_link(&self, node: NodeId) -> bool {
        self.back_links.contains(&node)
    }
}

/// Finds the notes of a page, numbered in the order of their first references.
pub(super) fn find(page: &Page) -> Notes {
    let mut notes = Notes::default();
    let links: Vec<NodeRef<'_>> = page
        .document
        .root()
        .descendants_it()
        .filter(|n| n.has_name("a"))
        .filter(|n| local_target(n).is_some())
        .collect();
    if links.is_empty() {
        return notes;
    }
    let named = named_elements(page);
    for link in &links {
        let Some(target) = local_target(link).and_then(|name| named.get(&name).copied()) else { continue };
        let mark = link.text().trim().to_owned();
        let Some(target) = page.document.tree.get(&target) else { continue };
        let Some(note) = container(&target).filter(|_| is_mark(&mark)) else { continue };
        if note.id == link.id || link.ancestors_it(None).any(|a| a.id == note.id) {
            continue;
        }
        let back = links.iter().find(|back| {
            let inside = back.ancestors_it(None).any(|a| a.id == note.id);
            inside
                && local_target(back)
                    .and_then(|name| named.get(&name).copied())
                    .is_some_and(|t| leads_to(page, t, link))
        });
        if back.is_none() && !is_called_note(&note) && !is_called_note(&target) {
            continue;
        }
        let next = notes.notes.len() + 1;
        let id = *notes.notes.entry(note.id).or_insert(next);
        notes.references.insert(outermost(link, &mark), (id, mark));
        notes.back_links.extend(back.map(|b| b.id));
    }
    notes
}

fn local_target(link: &NodeRef<'_>) -> Option<String> {
    let href = link.attr("href")?;
    href.strip_prefix('#').filter(|name| !name.is_empty()).map(str::to_owned)
}

fn named_elements(page: &Page) -> HashMap<String, NodeId> {
    let mut named = HashMap::new();
    for node in page.document.root().descendants_it().filter(NodeRef::is_element) {
        for name in ["id", "name"] {
            if let Some(value) = node.attr(name) {
                named.entry(value.to_string()).or_insert(node.id);
            }
        }
    }
    named
}

/// `1`, `[12]`, `(3)`, `*`, `†`, `iv`.
fn is_mark(mark: &str) -> bool {
    let inner = mark.trim_matches(['[', ']', '(', ')', '.', '（', '）', '［', '］', '注', '^']);
    let count = inner.chars().count();
    (1..=4).contains(&count)
        && (inner.chars().all(|c| c.is_ascii_digit())
            || inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '※'))
            || inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            || (count == 1 && inner.chars().all(|c| c.is_ascii_lowercase())))
}

/// The block that holds the target of a reference.
fn container<'a>(target: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let is_block = |n: &NodeRef<'_>| {
        n.node_name().is_some_and(|name| matches!(&*name, "li" | "p" | "div" | "aside" | "dd" | "td" | "section"))
    };
    if is_block(target) {
        return Some(*target);
    }
    target.ancestors_it(Some(3)).find(is_block)
}

/// Whether the named element `target` is the reference, around it or in it.
fn leads_to(page: &Page, target: NodeId, link: &NodeRef<'_>) -> bool {
    target == link.id
        || link.ancestors_it(Some(3)).any(|a| a.id == target)
        || page.document.tree.get(&target).is_some_and(|t| t.ancestors_it(Some(2)).any(|a| a.id == link.id))
}

fn is_called_note(node: &NodeRef<'_>) -> bool {
    let called = |node: &NodeRef<'_>| {
        ["id", "class", "role", "name", "epub:type"].iter().filter_map(|name| node.attr(name)).any(|value| {
            let value = value.to_ascii_lowercase();
            ["footnote", "endnote", "fn", "note", "sdfootnote", "ftn", "edn", "fussnote"]
                .iter()
                .any(|word| value.contains(word))
        })
    };
    called(node) || node.ancestors_it(Some(2)).any(|a| called(&a))
}

/// `<sup><a>1</a></sup>` is the reference as a whole.
fn outermost(link: &NodeRef<'_>, mark: &str) -> NodeId {
    let mut outer = *link;
    while let Some(parent) = outer.parent() {
        let holds_only_this =
            parent.node_name().is_some_and(|n| matches!(&*n, "sup" | "span" | "small")) && parent.text().trim() == mark;
        if !holds_only_this {
            break;
        }
        outer = parent;
    }
    outer.id
}
