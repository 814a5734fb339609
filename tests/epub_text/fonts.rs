//! Fonts that a book carries: every letter is in one, drawn as in the face that it was cut from.

use std::io::{Cursor, Read as _};

use oped_convert::font::FaceId;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::anthology::anthology;
use super::*;

/// What a glyph is drawn with.
#[derive(Debug, Default, PartialEq)]
struct Outline(Vec<[i32; 6]>);

impl Outline {
    fn of(face: &Face<'_>, glyph: GlyphId) -> Self {
        let mut outline = Self::default();
        face.outline_glyph(glyph, &mut outline);
        outline
    }

    fn push(&mut self, points: [f32; 6]) {
        self.0.push(points.map(|value| value.round() as i32));
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push([x, y, 0.0, 0.0, 0.0, 0.0]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push([x, y, 1.0, 0.0, 0.0, 0.0]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push([x, y, x1, y1, 2.0, 0.0]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push([x, y, x1, y1, x2, y2]);
    }

    fn close(&mut self) {
        self.push([0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    }
}

/// Name and bytes of the fonts in a book.
fn fonts(book: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    assert!(archive.by_name("META-INF/encryption.xml").is_err(), "fonts are not obfuscated");
    let names: Vec<String> = archive.file_names().filter(|n| n.contains("/fonts/")).map(str::to_owned).collect();
    let mut read = |name: &String| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        (name.clone(), bytes)
    };
    names.iter().map(&mut read).collect()
}

/// The face that a font was cut from, by its file's name.
fn original(name: &str) -> &'static [u8] {
    let stem = name.rsplit_once('/').unwrap().1.rsplit_once('.').unwrap().0;
    FaceId::ALL.into_iter().map(FaceId::face).find(|face| face.name == stem).unwrap().data
}

/// Every character of the text stands in a font, with the width and the outline of the face.
fn check_fonts(name: &str, text: &str, book: &[u8]) {
    let fonts = fonts(book);
    assert!(!fonts.is_empty(), "{name}");
    let pairs: Vec<(Face<'_>, Face<'_>)> = fonts
        .iter()
        .map(|(file, bytes)| (Face::parse(bytes, 0).unwrap(), Face::parse(original(file), 0).unwrap()))
        .collect();
    for c in text.chars().filter(|c| !c.is_control()) {
        let in_fonts: Vec<_> = pairs.iter().filter_map(|pair| Some((pair, pair.0.glyph_index(c)?))).collect();
        let is_in_a_face = FaceId::ALL.iter().any(|id| id.face().glyph(c).is_some());
        assert_eq!(!in_fonts.is_empty(), is_in_a_face, "{name}: {c:?}");
        for ((cut, whole), glyph) in in_fonts {
            let before = whole.glyph_index(c).unwrap();
            assert_eq!(cut.glyph_hor_advance(glyph), whole.glyph_hor_advance(before), "{name}: {c:?}");
            assert_eq!(Outline::of(cut, glyph), Outline::of(whole, before), "{name}: {c:?}");
        }
    }
    for (cut, whole) in &pairs {
        assert!(cut.number_of_glyphs() < whole.number_of_glyphs(), "{name}");
        let licence = cut.names().into_iter().find(|n| n.name_id == 13).and_then(|n| n.to_string());
        assert!(licence.is_some_and(|text| text.contains("SIL Open Font License")), "{name}");
    }
}

fn with_fonts() -> Writing {
    Writing { epub: EpubOptions { embed_fonts: true, ..EpubOptions::default() }, ..plan(&["epub"]) }
}

#[test]
fn a_book_carries_the_letters_it_says() {
    let texts = [
        ("en", "“Cyber” governance — fifty-five (2017) naïve œuvres, ﬁnally."),
        ("zh-Hans", "网络空间的责任：“共同”治理——（2017年）。"),
        ("ja", "サイバー空間の責任。「共同」のガバナンス"),
        ("ko", "사이버 공간의 책임"),
        ("ar", "حوكمة الفضاء الإلكتروني (2017) «مشتركة»"),
        ("he", "אחריות משותפת (2017)"),
        ("hi", "साइबर शासन में भारत की क्षमता और श्रम"),
        ("th", "น้ำการกำกับดูแลไซเบอร์"),
        ("el", "Η ευθύνη του κυβερνοχώρου· ᾧ"),
        ("ka", "კიბერსივრცის პასუხისმგებლობა"),
        ("hy", "Կիբերտարածքի պատասխանատվություն"),
    ];
    for (language, text) in texts {
        let document = titled(language, text, vec![line(Role::Body, text)]);
        let (bytes, _) = write_with(&document, &with_fonts(), None);
        assert_eq!(bytes, write_with(&document, &with_fonts(), None).0, "{language}: two runs differ");
        keep(&format!("fonts-{language}"), &bytes);
        check_fonts(language, &document.text(), &bytes);
        let package = source(&read_book(&bytes), "content.opf");
        let listed = package.matches("media-type=\"font/").count();
        assert_eq!(listed, fonts(&bytes).len(), "{language}");
        assert!(fonts(&write_with(&document, &plan(&["epub"]), None).0).is_empty(), "only when asked for");
    }
}

#[test]
fn a_book_carries_the_styles_it_uses() {
    let emphasis = Inline::Emphasis(vec![text("slanted "), Inline::Strong(vec![text("both")])]);
    let body = Block::paragraph(Role::Body, vec![text("upright "), emphasis], None);
    let (bytes, _) = write_with(&titled("en", "Title", vec![body]), &with_fonts(), None);
    let names: Vec<String> = fonts(&bytes).into_iter().map(|(name, _)| name).collect();
    let faces = ["Regular", "Italic", "Bold", "BoldItalic"];
    let expected: Vec<String> = faces.map(|face| format!("OEBPS/fonts/LibertinusSerif-{face}.otf")).into();
    assert_eq!(names, expected);
}

#[test]
fn an_anthology_carries_the_letters_of_all_its_articles() {
    let documents: Vec<Document> = ["en", "ar", "zh-Hans", "ja"].map(everything).into();
    let (bytes, _) = anthology(&documents, &with_fonts());
    keep("fonts-anthology", &bytes);
    let all: String = documents.iter().map(Document::text).collect();
    check_fonts("anthology", &all, &bytes);
}
