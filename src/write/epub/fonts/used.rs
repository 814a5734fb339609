//! Which characters of a book's pages are set in which face.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::WriteError;
use crate::font::library::FontLibrary;
use crate::font::{FaceId, is_of_cjk_face};

/// What a reader may add: hyphens at the ends of lines, and the mirrored form of a bracket that stands in the other
/// direction.
const HYPHENS: &str = "-\u{2010}";
const MIRRORED: &[&str] = &["()", "[]", "{}", "<>", "«»", "‹›"];
/// What numbers of lists are made of.
const NUMBERS: &str = "-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Characters by the face that they are set in.
#[derive(Clone, Debug, Default)]
pub(in crate::write::epub) struct Used {
    faces: BTreeMap<FaceId, BTreeSet<char>>,
}

/// How the text of an element is set.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    bold: bool,
    italic: bool,
    /// The language is Chinese, Japanese or Korean.
    cjk: bool,
}

impl Used {
    /// The faces with their characters.
    pub(super) fn faces(&self) -> impl Iterator<Item = (FaceId, &BTreeSet<char>)> {
        self.faces.iter().map(|(id, characters)| (*id, characters))
    }

    /// Takes what a page shows, which this program wrote.
    pub(in crate::write::epub) fn add_page(&mut self, page: &[u8], library: FontLibrary) -> Result<(), WriteError> {
        self.read(page, library).map_err(|error| crate::write::epub::library("quick-xml", &error))
    }

    fn read(&mut self, page: &[u8], library: FontLibrary) -> Result<(), quick_xml::Error> {
        let mut reader = Reader::from_reader(page);
        reader.config_mut().check_end_names = false;
        let mut styles = vec![Style::default()];
        loop {
            let style = styles.last().copied().unwrap_or_default();
            match reader.read_event()? {
                Event::Start(tag) => styles.push(self.open(&tag, style, library)?),
                Event::Empty(tag) => _ = self.open(&tag, style, library)?,
                Event::End(_) => _ = styles.pop(),
                Event::Text(text) => self.add(&text, style, library),
                Event::GeneralRef(reference) => {
                    let c = reference.resolve_char_ref()?.or_else(|| named(&reference));
                    c.into_iter().for_each(|c| self.add_character(c, style, library));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The characters by the numbers of their faces, for another process too.
    pub(in crate::write::epub) fn numbered(&self) -> BTreeMap<usize, String> {
        self.faces.iter().map(|(face, characters)| (face.number(), characters.iter().collect())).collect()
    }

    /// Takes the characters of another book.
    pub(in crate::write::epub) fn extend(&mut self, numbered: BTreeMap<usize, String>, library: FontLibrary) {
        for (number, characters) in numbered {
            if let Some(face) = FaceId::numbered(number, library) {
                self.faces.entry(face).or_default().extend(characters.chars());
            }
        }
    }

    /// How the text in an element is set. Weight and slant are those of HTML's own style sheet (§15.3) and of ours.
    fn open(&mut self, tag: &BytesStart<'_>, outer: Style, library: FontLibrary) -> Result<Style, quick_xml::Error> {
        let mut style = outer;
        match tag.name().as_ref() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" | "dt" | "strong" => style.bold = true,
            "em" => style.italic = true,
            "ol" => self.add(NUMBERS, style, library),
            _ => {}
        }
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(quick_xml::Error::InvalidAttr)?;
            if attribute.key.as_ref() == "lang" {
                let value = attribute.normalized_value(XmlVersion::Explicit1_0)?;
                style.cjk = matches!(value.split('-').next(), Some("zh" | "ja" | "ko"));
            }
        }
        Ok(style)
    }

    fn add(&mut self, text: &str, style: Style, library: FontLibrary) {
        text.chars().for_each(|c| self.add_character(c, style, library));
    }

    fn add_character(&mut self, c: char, style: Style, library: FontLibrary) {
        if c.is_control() {
            return;
        }
        let latin = FaceId::latin(style.bold, style.italic);
        // A character without a face is left to the reader's fonts.
        let Some(face) = FaceId::of(c, latin, style.cjk).or_else(|| FaceId::other(c, library)) else { return };
        let characters = self.faces.entry(face).or_default();
        if characters.is_empty() && !is_of_cjk_face(c) {
            characters.extend(HYPHENS.chars());
        }
        if characters.insert(c)
            && let Some(pair) = MIRRORED.iter().find(|pair| pair.contains(c))
        {
            characters.extend(pair.chars());
        }
    }
}

/// The five entities of XML.
fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
