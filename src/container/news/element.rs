//! An element of XML with all that is in it.

use quick_xml::events::{BytesStart, Event};

use crate::container::xml::{self, XmlReader};

/// Elements inside one another that are kept apart; what is deeper belongs to the last of them.
const DEEPEST: usize = 200;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Without its prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Content>,
}

#[derive(Debug)]
enum Content {
    Element(Element),
    /// Without references.
    Text(String),
    /// A CDATA section, in which files have markup.
    Section(String),
}

/// Why an element is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The document ends in it.
    CutOff,
    /// It has more bytes of text, or takes more for its elements, than allowed; not all of it is here.
    TooLarge,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Self {
        let names = start.attributes().flatten().map(|attribute| attribute.key.local_name().as_ref().to_owned());
        let attributes = names.filter_map(|name| Some((name.clone(), xml::attribute(start, &name)?)));
        Self { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), content: Vec::new() }
    }

    /// Reads the element of which the start was read, to its end.
    pub(super) fn read(
        reader: &mut XmlReader,
        start: &BytesStart<'_>,
        limit: u64,
    ) -> Result<(Self, Option<Fault>), quick_xml::Error> {
        let mut open = vec![Self::new(start)];
        let (mut beyond, mut size, mut fault) = (0_usize, 0, None);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = reader.next(&mut buffer)?;
            let depth = open.len();
            let Some(inner) = open.last_mut() else { break };
            match &event {
                Event::Start(_) if depth > DEEPEST || size > limit => {
                    beyond += 1;
                    fault = fault.or((size > limit).then_some(Fault::TooLarge));
                }
                Event::Start(start) => {
                    size += size_of::<Self>() as u64 + start.len() as u64;
                    open.push(Self::new(start));
                }
                Event::Empty(start) if size <= limit => {
                    size += size_of::<Self>() as u64 + start.len() as u64;
                    inner.content.push(Content::Element(Self::new(start)));
                }
                Event::End(_) if beyond > 0 => beyond -= 1,
                Event::End(_) => {
                    let Some(ended) = open.pop() else { break };
                    match open.last_mut() {
                        Some(outer) => outer.content.push(Content::Element(ended)),
                        None => return Ok((ended, fault)),
                    }
                }
                Event::Eof => {
                    fault = fault.or(Some(Fault::CutOff));
                    break;
                }
                event if size <= limit => size += inner.push(event),
                _ => fault = Some(Fault::TooLarge),
            }
        }
        let whole = open.into_iter().rev().reduce(|inner, mut outer| {
            outer.content.push(Content::Element(inner));
            outer
        });
        Ok((whole.unwrap_or_default(), fault))
    }

    /// Adds the text of an event. Returns its bytes.
    fn push(&mut self, event: &Event<'_>) -> u64 {
        if let Event::CData(section) = event {
            self.content.push(Content::Section(section.to_string()));
            return section.len() as u64;
        }
        if !matches!(self.content.last(), Some(Content::Text(_))) {
            self.content.push(Content::Text(String::new()));
        }
        let Some(Content::Text(text)) = self.content.last_mut() else { return 0 };
        let before = text.len();
        xml::push(event, false, text);
        (text.len() - before) as u64
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) | Content::Section(_) => None,
        })
    }

    pub(super) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The element that a path of names leads to.
    pub(super) fn at(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements of a name in it, wherever they stand, in the order of the document.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// All text in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.push_content(&mut |content| {
            if let Content::Text(words) | Content::Section(words) = content {
                text.push_str(words);
            }
        });
        text
    }

    fn push_content(&self, see: &mut dyn FnMut(&Content)) {
        for content in &self.content {
            see(content);
            if let Content::Element(element) = content {
                element.push_content(see);
            }
        }
    }

    /// The text in it that is in none of its elements.
    pub(super) fn own_text(&self) -> String {
        let texts = self.content.iter().filter_map(|content| match content {
            Content::Text(words) | Content::Section(words) => Some(words.as_str()),
            Content::Element(_) => None,
        });
        texts.collect()
    }

    /// It with its markup, as it would stand in a page.
    pub(super) fn push_markup(&self, page: &mut String) {
        let attributes = self.attributes.iter();
        let attributes: String =
            attributes.map(|(name, value)| format!(" {name}=\"{}\"", xml::quoted(value))).collect();
        self.push_as(&self.name, &attributes, page, &mut |element, page| element.push_markup(page));
    }

    /// It with what is in it, under another name.
    pub(super) fn push_as(
        &self,
        name: &str,
        attributes: &str,
        page: &mut String,
        push: &mut dyn FnMut(&Self, &mut String),
    ) {
        page.push_str(&format!("<{name}{attributes}>"));
        if !is_void(name) {
            self.push_inside(page, push);
            page.push_str(&format!("</{name}>"));
        }
    }

    /// What is in it.
    pub(super) fn push_inside(&self, page: &mut String, push: &mut dyn FnMut(&Self, &mut String)) {
        for content in &self.content {
            match content {
                Content::Section(markup) if markup.contains("</") => page.push_str(markup),
                Content::Text(words) | Content::Section(words) => page.push_str(&html_escape::encode_text(words)),
                Content::Element(element) => push(element, page),
            }
        }
    }
}

/// Elements of HTML that end where they begin.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr" | "img" | "col" | "wbr" | "meta" | "link" | "input" | "source" | "embed" | "area" | "base"
    )
}
