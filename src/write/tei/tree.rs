//! A TEI file as a tree of elements, as far as the files of this writer need one: no document type, no entities but
//! those of XML itself. Comments are left out.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Why a file could not be read as our TEI.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not well-formed.
    #[error("not well-formed: {0}")]
    Xml(#[from] quick_xml::Error),
    /// An attribute is not well-formed.
    #[error("not well-formed: {0}")]
    Attribute(#[from] quick_xml::events::attributes::AttrError),
    /// An escape that means nothing.
    #[error("not well-formed: {0}")]
    Escape(#[from] quick_xml::escape::EscapeError),
    /// An element is not closed, or there is none.
    #[error("the file ends inside an element")]
    Unclosed,
    /// An entity that XML does not define.
    #[error("the entity {0:?} is not defined")]
    Entity(String),
    /// A document type or a CDATA section.
    #[error("a document type or a CDATA section, which our files never have")]
    Foreign,
    /// Something that our files always have.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A value in another form than ours.
    #[error("{0:?} is no value of {1}")]
    Value(String, &'static str),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Its name, as it stands.
    pub name: String,
    /// Its attributes in order, unescaped.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Child>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// An element.
    Element(Node),
    /// Character data, unescaped.
    Text(String),
}

impl Node {
    /// The root element of a file.
    ///
    /// # Errors
    /// Where the file is not well-formed, or has what our files never have.
    pub fn parse(xml: &str) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            let child = match reader.read_event()? {
                Event::Start(start) => {
                    open.push(Self::element(&start)?);
                    continue;
                }
                Event::Empty(start) => Child::Element(Self::element(&start)?),
                Event::End(_) => Child::Element(open.pop().ok_or(ReadError::Unclosed)?),
                Event::Text(text) => Child::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let number = reference.resolve_char_ref()?.map(String::from);
                    let named = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                    Child::Text(number.or_else(named).ok_or_else(|| ReadError::Entity(reference.to_string()))?)
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
                Event::CData(_) | Event::DocType(_) => return Err(ReadError::Foreign),
            };
            open.last_mut().ok_or(ReadError::Unclosed)?.children.push(child);
        }
        let [root] = &mut open[..] else { return Err(ReadError::Unclosed) };
        root.children
            .drain(..)
            .find_map(|child| match child {
                Child::Element(node) => Some(node),
                Child::Text(_) => None,
            })
            .ok_or(ReadError::Unclosed)
    }

    fn element(start: &BytesStart<'_>) -> Result<Self, ReadError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned();
            attributes.push((attribute.key.as_ref().to_owned(), value));
        }
        Ok(Self { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The first element in it of that name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|node| node.name == name)
    }

    /// The element at the end of a path of names; of several of one name the first.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// This element and all below it, in document order.
    pub fn all(&self) -> Vec<&Self> {
        let mut nodes = vec![self];
        self.elements().for_each(|child| nodes.extend(child.all()));
        nodes
    }

    /// The elements of that name, in document order.
    pub fn named(&self, name: &str) -> Vec<&Self> {
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
}
