//! Fonts of a book: the faces that its letters are set in, each cut down to what the book says, and the style sheet that
//! names them.
//!
//! EPUB 3.3 §3.2 has OpenType among its core media types; the files are not obfuscated (§4.4 asks for that of no font).
//! The cut faces keep their cmap and their shaping, so that they serve any reader, and the copyright and licence in their
//! `name` table, as the SIL Open Font License wants of each copy (condition 2).

mod cut;
mod used;

use std::fmt::Write as _;

pub(super) use self::used::Used;
use super::WriteError;
use crate::font::{Face, FaceId};

/// A font of the book.
#[derive(Debug)]
pub(super) struct FontFile {
    /// Its id in the package document.
    pub(super) id: String,
    /// Relative to the package document.
    pub(super) href: String,
    /// A core media type.
    pub(super) media_type: &'static str,
    /// An OpenType font.
    pub(super) bytes: Vec<u8>,
}

/// The fonts of a book, with the rules that use them.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    /// In the order of the faces.
    pub(super) files: Vec<FontFile>,
    /// CSS.
    rules: String,
}

impl Fonts {
    /// Cuts the faces down to the characters that are set in them.
    pub(super) fn of(used: &Used) -> Result<Self, WriteError> {
        let mut fonts = Self::default();
        for (id, characters) in used.faces() {
            let face = id.face();
            let bytes = cut::cut(face, characters)?;
            let outlines = if bytes.starts_with(b"OTTO") { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
            let (href, media_type) = (format!("fonts/{}.{}", file_stem(id), outlines.0), outlines.1);
            fonts.declare(id, &href);
            fonts.files.push(FontFile { id: format!("font{}", id.number()), href, media_type, bytes });
        }
        fonts.use_them(used);
        Ok(fonts)
    }

    /// The style sheet of the book's pages.
    pub(super) fn style_sheet(&self) -> String {
        [&self.rules, include_str!("../style.css")].concat()
    }

    fn declare(&mut self, id: FaceId, href: &str) {
        let Face { bold, italic, .. } = *id.face();
        // A face that has one style only serves all.
        let style = |is: bool, name| if is && id.has_bold() { name } else { "" };
        // Writing to a String does not fail.
        let _ = writeln!(
            self.rules,
            "@font-face {{ font-family: \"{}\"; src: url(\"{href}\");{}{} }}",
            family(id),
            style(bold, " font-weight: bold;"),
            style(italic, " font-style: italic;"),
        );
    }

    /// Where Chinese, Japanese and Korean stand, their face comes first, for the marks that they share with Latin.
    fn use_them(&mut self, used: &Used) {
        let mut families: Vec<String> = used.faces().map(|(id, _)| family(id)).collect();
        families.dedup();
        if families.is_empty() {
            return;
        }
        let (cjk, mut cjk_first) = (family(FaceId::Cjk), families.clone());
        // A page states its language at its root.
        let _ = writeln!(self.rules, "{}", rule("[lang]", &families));
        if let Some(at) = cjk_first.iter().position(|family| *family == cjk) {
            cjk_first[..=at].rotate_right(1);
            let _ = writeln!(self.rules, "{}", rule("[lang|=\"zh\"], [lang|=\"ja\"], [lang|=\"ko\"]", &cjk_first));
        }
    }
}

fn rule(selector: &str, families: &[String]) -> String {
    format!("{selector} {{ font-family: \"{}\", serif; }}", families.join("\", \""))
}

/// The name that style sheet and faces share. The four faces of Libertinus are one family.
fn family(id: FaceId) -> String {
    if id.has_bold() { "LibertinusSerif".to_owned() } else { file_stem(id) }
}

/// A name of letters, digits and hyphens; two faces of the user's may have the same.
fn file_stem(id: FaceId) -> String {
    let name: String = id.face().name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    match id {
        FaceId::Added(_) => format!("{name}-{}", id.number()),
        _ => name,
    }
}
