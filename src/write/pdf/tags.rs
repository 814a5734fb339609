//! The logical structure (ISO 32000-1 §14.7 and §14.8): structure tree, parent tree, link annotations.
//!
//! Only standard structure types are used, so there is no role map.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::archive::{Archive, number, text_string};
use super::content::{LinkArea, Mark, structure_type};
use super::metadata::language_tag;
use crate::document::NumberStyle;
use crate::typeset::{Element, ElementId, ElementKind, HeaderScope, Labels, Layout};
use crate::write::WriteError;

/// A child of a structure element.
enum Kid {
    Element(ElementId),
    /// Page and marked-content identifier.
    Content(usize, i64),
    /// Page and annotation.
    Annotation(usize, ObjectId),
}

/// A structure element in the making.
struct Node {
    id: ObjectId,
    kids: Vec<Kid>,
    is_attached: bool,
}

/// Writes the structure tree, the parent tree and the annotations of links.
pub(super) fn write(
    archive: &mut Archive,
    layout: &Layout,
    marks: &[Mark],
    links: &[LinkArea],
) -> Result<(), WriteError> {
    let root = archive.reserve();
    let mut nodes: Vec<Node> = Vec::with_capacity(layout.elements.len());
    nodes.extend(layout.elements.iter().map(|_| Node { id: archive.reserve(), kids: Vec::new(), is_attached: false }));
    attach_content(&mut nodes, &layout.elements, marks);
    let annotations = write_links(archive, layout, links, &mut nodes)?;
    let parent_tree = parent_tree(archive, layout, marks, links, &nodes)?;
    let mut notes: Vec<(String, ObjectId)> = Vec::new();
    for (index, element) in layout.elements.iter().enumerate() {
        let dictionary = structure_element(archive, layout, index, root, &nodes);
        if let ElementKind::Note(_) = element.kind {
            notes.push((note_id(index), nodes[index].id));
        }
        archive.set(nodes[index].id, dictionary);
    }
    let next_key = (layout.pages.len() + annotations) as i64;
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot", "K" => nodes[0].id, "ParentTree" => parent_tree, "ParentTreeNextKey" => next_key,
        "ClassMap" => dictionary! { "Generated" => generated_class() },
    };
    if !notes.is_empty() {
        tree.set("IDTree", id_tree(&notes));
    }
    archive.set(root, tree);
    let catalog = archive.catalog()?;
    catalog.set("StructTreeRoot", root);
    // ISO 19005-2 §6.7.2.2; user properties are those of the class `Generated` (ISO 32000-1 §14.7.5.4).
    catalog.set("MarkInfo", dictionary! { "Marked" => true, "UserProperties" => true });
    Ok(())
}

/// Puts marked content into its elements and elements into their parents, in reading order. Elements stand in
/// document order, so everything up to the one that is drawn has its place by then.
fn attach_content(nodes: &mut [Node], elements: &[Element], marks: &[Mark]) {
    let mut next = 1;
    for mark in marks {
        while next <= mark.element.0 {
            attach(nodes, elements, next);
            next += 1;
        }
        nodes[mark.element.0].kids.push(Kid::Content(mark.page, mark.mcid));
    }
    (next..elements.len()).for_each(|i| attach(nodes, elements, i));
    prune(nodes, elements);
}

fn attach(nodes: &mut [Node], elements: &[Element], index: usize) {
    if let Some(parent) = elements[index].parent {
        nodes[parent.0].kids.push(Kid::Element(ElementId(index)));
        nodes[index].is_attached = true;
    }
}

/// Takes out elements that show nothing, except cells, which keep a table regular, and the root.
fn prune(nodes: &mut [Node], elements: &[Element]) {
    for index in (1..elements.len()).rev() {
        if nodes[index].kids.is_empty() && !matches!(elements[index].kind, ElementKind::Cell { .. }) {
            nodes[index].is_attached = false;
            if let Some(parent) = elements[index].parent {
                nodes[parent.0].kids.retain(|k| !matches!(k, Kid::Element(e) if e.0 == index));
            }
        }
    }
}

fn structure_element(archive: &mut Archive, layout: &Layout, index: usize, root: ObjectId, nodes: &[Node]) -> Object {
    if index > 0 && !nodes[index].is_attached {
        return Object::Null;
    }
    let element = &layout.elements[index];
    let parent = element.parent.map_or(root, |p| nodes[p.0].id);
    let mut dictionary = dictionary! { "S" => structure_type(layout, ElementId(index)), "P" => parent };
    let page = nodes[index].kids.iter().find_map(|k| match k {
        Kid::Content(page, _) => Some(*page),
        Kid::Element(_) | Kid::Annotation(..) => None,
    });
    if let Some(page) = page {
        dictionary.set("Pg", archive.pages[page]);
    }
    let mut kids: Vec<Object> = nodes[index].kids.iter().map(|k| kid(archive, nodes, k, page)).collect();
    match (kids.pop(), kids.is_empty()) {
        (Some(only), true) => dictionary.set("K", only),
        (Some(last), false) => {
            kids.push(last);
            dictionary.set("K", kids);
        }
        (None, _) => {}
    }
    if let Some(tag) = element.language.as_ref().and_then(language_tag) {
        dictionary.set("Lang", text_string(tag));
    }
    let parent_is_generated = element.parent.is_some_and(|p| layout.elements[p.0].generated);
    if element.generated && !parent_is_generated {
        dictionary.set("C", "Generated");
    }
    if let Some(attributes) = attributes(&element.kind) {
        dictionary.set("A", attributes);
    }
    if let ElementKind::Note(_) = element.kind {
        // ISO 14289-1 §7.9: a note has a unique ID.
        dictionary.set("ID", text_string(&note_id(index)));
    }
    dictionary.into()
}

fn kid(archive: &Archive, nodes: &[Node], kid: &Kid, page: Option<usize>) -> Object {
    match kid {
        Kid::Element(element) => nodes[element.0].id.into(),
        Kid::Content(p, mcid) if Some(*p) == page => Object::Integer(*mcid),
        Kid::Content(p, mcid) => dictionary! { "Type" => "MCR", "Pg" => archive.pages[*p], "MCID" => *mcid }.into(),
        Kid::Annotation(p, annotation) => {
            dictionary! { "Type" => "OBJR", "Pg" => archive.pages[*p], "Obj" => *annotation }.into()
        }
    }
}

/// Attributes that the standards ask for (ISO 32000-1 §14.8.5).
fn attributes(kind: &ElementKind) -> Option<Dictionary> {
    match kind {
        ElementKind::List(labels) => {
            let numbering = match labels {
                Labels::Numbers(NumberStyle::Decimal) => "Decimal",
                Labels::Numbers(NumberStyle::LowerAlpha) => "LowerAlpha",
                Labels::Numbers(NumberStyle::UpperAlpha) => "UpperAlpha",
                Labels::Numbers(NumberStyle::LowerRoman) => "LowerRoman",
                Labels::Numbers(NumberStyle::UpperRoman) => "UpperRoman",
                Labels::Disc => "Disc",
                Labels::None => "None",
            };
            Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
        }
        ElementKind::Cell { header, columns, rows } => {
            let mut attributes = dictionary! { "O" => "Table" };
            if let Some(scope) = header {
                // ISO 14289-1 §7.5: header cells have a scope.
                let scope = match scope {
                    HeaderScope::Column => "Column",
                    HeaderScope::Row => "Row",
                };
                attributes.set("Scope", scope);
            }
            if *columns > 1 {
                attributes.set("ColSpan", *columns as i64);
            }
            if *rows > 1 {
                attributes.set("RowSpan", *rows as i64);
            }
            (attributes.len() > 1).then_some(attributes)
        }
        ElementKind::Document
        | ElementKind::Article
        | ElementKind::Division
        | ElementKind::Heading(_)
        | ElementKind::Paragraph
        | ElementKind::BlockQuote
        | ElementKind::ListItem
        | ElementKind::Label
        | ElementKind::ItemBody
        | ElementKind::Table
        | ElementKind::Row
        | ElementKind::Caption
        | ElementKind::Note(_)
        | ElementKind::Reference
        | ElementKind::Link(_)
        | ElementKind::Quote
        | ElementKind::Span => None,
    }
}

/// The attribute class of generated text: a user property (ISO 32000-1 §14.7.5.4).
fn generated_class() -> Dictionary {
    let property = dictionary! { "N" => text_string("Generated"), "V" => true };
    dictionary! { "O" => "UserProperties", "P" => vec![Object::Dictionary(property)] }
}

fn note_id(index: usize) -> String {
    format!("note-{index:06}")
}

/// ISO 32000-1 §14.7.2: required where elements have identifiers; sorted, as name trees are.
fn id_tree(notes: &[(String, ObjectId)]) -> Dictionary {
    let names: Vec<Object> = notes.iter().flat_map(|(id, note)| [text_string(id), (*note).into()]).collect();
    let ends = [notes.first(), notes.last()].into_iter().flatten().map(|(id, _)| text_string(id)).collect::<Vec<_>>();
    let kid = dictionary! { "Limits" => ends, "Names" => names };
    dictionary! { "Kids" => vec![Object::Dictionary(kid)] }
}

/// Writes one annotation for each line of a link; returns how many.
fn write_links(
    archive: &mut Archive,
    layout: &Layout,
    links: &[LinkArea],
    nodes: &mut [Node],
) -> Result<usize, WriteError> {
    let mut by_page: Vec<Vec<Object>> = vec![Vec::new(); layout.pages.len()];
    for (i, link) in links.iter().enumerate() {
        let ElementKind::Link(target) = &layout.elements[link.element.0].kind else { continue };
        let annotation = dictionary! {
            "Type" => "Annot", "Subtype" => "Link",
            "Rect" => link.rectangle.map(number).to_vec(),
            // ISO 19005-2 §6.3.2: printed, never hidden.
            "F" => 4,
            "Border" => vec![Object::Integer(0); 3],
            // ISO 14289-1 §7.18.5: an alternate description, and a place in the structure.
            "Contents" => text_string(target),
            "StructParent" => (layout.pages.len() + i) as i64,
            "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(uri(target)) },
        };
        let id = archive.add(annotation);
        nodes[link.element.0].kids.push(Kid::Annotation(link.page, id));
        by_page[link.page].push(id.into());
    }
    for (page, annotations) in by_page.into_iter().enumerate().filter(|(_, a)| !a.is_empty()) {
        let page = archive.pages[page];
        let page = archive.dictionary_mut(page)?;
        page.set("Annots", annotations);
        // ISO 14289-1 §7.18.3: the order of the structure is the order of tabbing.
        page.set("Tabs", "S");
    }
    Ok(links.len())
}

/// From pages and annotations back to elements (ISO 32000-1 §14.7.4.4).
fn parent_tree(
    archive: &mut Archive,
    layout: &Layout,
    marks: &[Mark],
    links: &[LinkArea],
    nodes: &[Node],
) -> Result<ObjectId, WriteError> {
    let mut by_page: Vec<Vec<Object>> = vec![Vec::new(); layout.pages.len()];
    for mark in marks {
        by_page[mark.page].push(nodes[mark.element.0].id.into());
    }
    let mut numbers = Vec::new();
    for (key, parents) in by_page.into_iter().enumerate() {
        let page = archive.pages[key];
        archive.dictionary_mut(page)?.set("StructParents", key as i64);
        numbers.extend([Object::Integer(key as i64), Object::Array(parents)]);
    }
    for (i, link) in links.iter().enumerate() {
        let key = (layout.pages.len() + i) as i64;
        numbers.extend([Object::Integer(key), nodes[link.element.0].id.into()]);
    }
    Ok(archive.add(dictionary! { "Nums" => numbers }))
}

/// ISO 32000-1 §12.6.4.7: a URI is ASCII; other bytes are escaped as RFC 3986 §2.1 says.
fn uri(target: &str) -> String {
    let mut uri = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
