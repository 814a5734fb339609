//! A small reader of our TEI for the tests: a tree of elements, and the shown text rebuilt from it by the rules
//! that `docs/tei.md` states. Not a general TEI reader.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// An element.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

#[derive(Debug)]
pub enum Child {
    Element(Node),
    Text(String),
}

/// Elements that hold one line of the text; `head` may hold further ones instead.
const LINES: [&str; 9] = ["p", "ab", "head", "byline", "dateline", "label", "l", "cell", "figDesc"];

impl Node {
    /// Reads a whole document.
    pub fn parse(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(start) => open.push(Self::element(&start)),
                Event::Empty(start) => add(&mut open, Child::Element(Self::element(&start))),
                Event::End(_) => {
                    let closed = open.pop().expect("an open element");
                    add(&mut open, Child::Element(closed));
                }
                Event::Text(text) => add(&mut open, Child::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    let resolved = reference.resolve_char_ref().expect("a character reference").map(String::from);
                    let named = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                    add(&mut open, Child::Text(resolved.or_else(named).expect("a predefined entity")));
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) => {}
                other => panic!("not expected in our TEI: {other:?}"),
            }
        }
        assert_eq!(open.len(), 1, "every element is closed");
        let root = open.remove(0).children.into_iter().find_map(|child| match child {
            Child::Element(node) => Some(node),
            Child::Text(_) => None,
        });
        root.expect("a root element")
    }

    fn element(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("a well-formed attribute");
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("an escaped value").into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), children: Vec::new() }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// This element and all below it, in document order.
    pub fn all(&self) -> Vec<&Node> {
        let mut nodes = vec![self];
        self.elements().for_each(|child| nodes.extend(child.all()));
        nodes
    }

    /// The elements of that name, in document order.
    pub fn named(&self, name: &str) -> Vec<&Node> {
        self.all().into_iter().filter(|node| node.name == name).collect()
    }

    /// All character data, as it stands.
    pub fn content(&self) -> String {
        let part = |child: &Child| match child {
            Child::Element(node) => node.content(),
            Child::Text(text) => text.clone(),
        };
        self.children.iter().map(part).collect()
    }

    /// The shown text: the lines of `body` and `back`, joined by one LF.
    pub fn shown_text(&self) -> String {
        self.lines_of(&["body", "back"]).join("\n")
    }

    /// The lines of these parts of `text`, without empty ones.
    pub fn lines_of(&self, parts: &[&str]) -> Vec<String> {
        let mut lines = Vec::new();
        for text in self.elements().filter(|node| node.name == "text") {
            text.elements().filter(|node| parts.contains(&node.name.as_str())).for_each(|n| n.add_lines(&mut lines));
        }
        lines
    }

    fn add_lines(&self, lines: &mut Vec<String>) {
        let is_line = |node: &Node| LINES.contains(&node.name.as_str());
        if !is_line(self) || self.all().iter().skip(1).any(|node| is_line(node)) {
            return self.elements().for_each(|node| node.add_lines(lines));
        }
        let mut line = String::new();
        self.add_characters(&mut line);
        if !line.is_empty() {
            lines.push(line);
        }
    }

    /// After repair; without readings of ruby and marks of notes.
    fn add_characters(&self, line: &mut String) {
        let is_anchor = self.name == "ref" && self.attribute("type") == Some("noteAnchor");
        if is_anchor || matches!(self.name.as_str(), "sic" | "rt") {
            return;
        }
        if self.name == "lb" {
            line.push('\n');
        }
        for child in &self.children {
            match child {
                Child::Element(node) => node.add_characters(line),
                Child::Text(text) => line.push_str(text),
            }
        }
    }

    /// Every `xml:id`; panics where one stands twice.
    pub fn ids(&self) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        for node in self.all() {
            if let Some(id) = node.attribute("xml:id") {
                assert!(ids.insert(id), "{id} stands twice");
            }
        }
        ids
    }

    /// Every pointer into the document itself, without its `#`.
    pub fn internal_pointers(&self) -> Vec<&str> {
        let pointing = ["target", "ref", "resp", "who", "scheme", "corresp"];
        let all = self.all();
        let values = all.iter().flat_map(|node| &node.attributes).filter(|(key, _)| pointing.contains(&key.as_str()));
        values.flat_map(|(_, value)| value.split(' ')).filter_map(|pointer| pointer.strip_prefix('#')).collect()
    }
}

fn add(open: &mut [Node], child: Child) {
    open.last_mut().expect("the root of the tree").children.push(child);
}
