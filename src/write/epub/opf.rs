//! What the package documents of articles and of anthologies share: properties, refinements, and the statements on
//! accessibility.

use std::io;

use super::Making;
use super::fonts::Fonts;
use super::language::Scope;
use crate::characters::is_visible;
use crate::document::{Person, PersonKind};
use crate::span::Spanned;
use crate::write::xml::Xml;

/// A package document in the making.
pub(super) struct Opf {
    pub(super) xml: Xml<Vec<u8>>,
}

/// Id of the statement that the book conforms.
const CONFORMANCE: &str = "conformance";

impl Opf {
    pub(super) fn new() -> Self {
        Self { xml: Xml::new(Vec::with_capacity(8192)) }
    }

    pub(super) fn into_inner(self) -> Vec<u8> {
        self.xml.into_inner()
    }

    pub(super) fn dc(&mut self, element: &str, id: Option<&str>, text: &str) -> io::Result<()> {
        let tag: Vec<_> = id.map(|id| ("id", id)).into_iter().collect();
        self.xml.leaf_line(&["dc:", element].concat(), &tag, text)
    }

    pub(super) fn dc_known(&mut self, element: &str, value: Option<&Spanned<String>>) -> io::Result<()> {
        known(value).map_or(Ok(()), |text| self.dc(element, None, text))
    }

    pub(super) fn meta(&mut self, property: &str, text: &str) -> io::Result<()> {
        self.xml.leaf_line("meta", &[("property", property)], text)
    }

    pub(super) fn meta_known(&mut self, property: &str, value: Option<&Spanned<String>>) -> io::Result<()> {
        known(value).map_or(Ok(()), |text| self.meta(property, text))
    }

    pub(super) fn refine(&mut self, id: &str, property: &str, scheme: Option<&str>, text: &str) -> io::Result<()> {
        let refined = ["#", id].concat();
        let mut tag = vec![("refines", refined.as_str()), ("property", property)];
        tag.extend(scheme.map(|scheme| ("scheme", scheme)));
        self.xml.leaf_line("meta", &tag, text)
    }

    /// EPUB Accessibility 1.1 §4.2 and §4.3 (<https://www.w3.org/TR/epub-a11y-11/>): only where somebody evaluated the
    /// book.
    pub(super) fn write_certification(&mut self, certified_by: Option<&str>) -> io::Result<()> {
        let Some(name) = certified_by else { return Ok(()) };
        let tag = [("property", "dcterms:conformsTo"), ("id", CONFORMANCE)];
        self.xml.leaf_line("meta", &tag, "EPUB Accessibility 1.1 - WCAG 2.1 Level AA")?;
        self.refine(CONFORMANCE, "a11y:certifiedBy", None, name)
    }

    /// What the writer makes sure of, in English.
    pub(super) fn write_summary(&mut self, summary: &str, outer: &Scope) -> io::Result<()> {
        let english = Scope::english();
        let mut tag = vec![("property", "schema:accessibilitySummary")];
        if outer.language != english.language {
            tag.push(("xml:lang", &english.language));
        }
        if outer.right_to_left {
            tag.push(("dir", english.direction()));
        }
        self.xml.leaf_line("meta", &tag, summary)
    }

    /// A file of the book: id, address, media type and properties.
    pub(super) fn write_item(&mut self, id: &str, href: &str, media_type: &str, properties: &str) -> io::Result<()> {
        let mut tag = vec![("id", id), ("href", href), ("media-type", media_type)];
        if !properties.is_empty() {
            tag.push(("properties", properties));
        }
        self.xml.empty_line("item", &tag)
    }

    /// The fonts of the book, in the manifest.
    pub(super) fn write_fonts(&mut self, fonts: &Fonts) -> io::Result<()> {
        fonts.files.iter().try_for_each(|font| self.write_item(&font.id, &font.href, font.media_type, ""))
    }
}

/// Who says that a book in these languages conforms: nobody, where one of them is not known (WCAG 2.1, 3.1.1).
pub(super) fn certifier<'a, 'l>(making: &'a Making, languages: impl IntoIterator<Item = &'l str>) -> Option<&'a str> {
    making.certified_by.as_deref().filter(|_| languages.into_iter().all(|tag| tag != "und"))
}

/// A value that says something.
pub(super) fn known(value: Option<&Spanned<String>>) -> Option<&str> {
    value.map(|value| value.value.as_str()).filter(|text| is_visible(text))
}

/// `Zhang, Tengjun`; `None` where the name is already in the order of filing or its parts are not known.
pub(super) fn file_as(person: &Person) -> Option<String> {
    let (Some(family), Some(given)) = (&person.family, &person.given) else { return None };
    let filed_already = person.name == [family.as_str(), given].concat();
    (person.kind == PersonKind::Person && !filed_already).then(|| [family, ", ", given].concat())
}
