//! The faces of one layout: which glyphs they show, what each glyph says, and their subsets.
//!
//! ToUnicode gives a code one text (ISO 32000-1 §9.10.3). A glyph that says several texts (the substitute, a space that
//! is also a line's end) has several codes: the first is its number in the subset, the others follow the last glyph and
//! lead back to it by a CMap of the font's own. So every reader finds the text, also one that knows no ActualText.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, Stream, dictionary};
use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub};
use read_fonts::FontRef;
use read_fonts::types::Tag;
use subsetter::GlyphRemapper;

use super::archive::Archive;
use super::cmap::CMap;
use crate::original::Digest;
use crate::typeset::{FaceId, Glyph, GlyphRole, Layout, Line};
use crate::write::WriteError;

/// A code in the strings of a content stream.
#[derive(Clone, Copy)]
pub(super) struct Code<'a> {
    /// The code.
    pub code: u16,
    /// The advance of its glyph in 1/1000 em.
    pub width: i64,
    /// What ToUnicode says of it.
    pub text: &'a str,
}

/// The embedded fonts of one document.
pub(super) struct Fonts<'a> {
    faces: BTreeMap<FaceId, Subset<'a>>,
}

/// The glyphs of one face that the document uses.
#[derive(Default)]
struct Subset<'a> {
    /// For each glyph of the face, 1 + its place in `glyphs`; 0 for those not used.
    places: Vec<u16>,
    /// In the order of first use.
    glyphs: Vec<SubsetGlyph<'a>>,
}

/// A glyph of a subset.
struct SubsetGlyph<'a> {
    /// Its number in the face.
    face_id: u16,
    /// Its number in the subset.
    id: u16,
    /// Its advance in 1/1000 em.
    width: i64,
    /// What it says, sorted.
    readings: Vec<Said<'a>>,
}

/// A text that a glyph says.
struct Said<'a> {
    text: &'a str,
    count: usize,
    code: u16,
}

/// Texts that one glyph can say; what it says beyond them is left to ActualText.
const MOST_READINGS: usize = 4096;

impl<'a> Subset<'a> {
    fn entry(&mut self, id: u16) -> &mut SubsetGlyph<'a> {
        let index = usize::from(id);
        if self.places.len() <= index {
            self.places.resize(index + 1, 0);
        }
        if self.places[index] == 0 {
            self.glyphs.push(SubsetGlyph { face_id: id, id: 0, width: 0, readings: Vec::new() });
            // Glyphs are numbered by 16 bits, and .notdef is never used.
            self.places[index] = u16::try_from(self.glyphs.len()).unwrap_or_default();
        }
        &mut self.glyphs[usize::from(self.places[index]) - 1]
    }

    /// Numbers the glyphs and gives each reading its code: the most frequent one of a glyph has the glyph's number.
    fn number(&mut self, face: FaceId, remapper: &GlyphRemapper) {
        let mut next = u16::try_from(self.glyphs.len() + 1).ok();
        for glyph in &mut self.glyphs {
            glyph.id = remapper.get(glyph.face_id).unwrap_or_default();
            glyph.width = face.face().advance(glyph.face_id);
            let first = glyph.first();
            for (i, reading) in glyph.readings.iter_mut().enumerate() {
                reading.code = glyph.id;
                if i != first
                    && let Some(code) = next
                {
                    reading.code = code;
                    next = code.checked_add(1);
                }
            }
        }
    }

    /// The codes behind those of the glyphs, with the glyphs.
    fn further(&self) -> Vec<(u16, u16)> {
        let of = |glyph: &SubsetGlyph<'_>| {
            let id = glyph.id;
            glyph.readings.iter().filter(move |r| r.code != id).map(move |r| (r.code, id)).collect::<Vec<_>>()
        };
        let mut further: Vec<_> = self.glyphs.iter().flat_map(of).collect();
        further.sort_unstable();
        further
    }

    /// The width of each code; printpdf joins strings on one line by them.
    fn code_widths(&self) -> BTreeMap<u16, u16> {
        let width = |glyph: &SubsetGlyph<'_>| u16::try_from(glyph.width).unwrap_or_default();
        self.glyphs.iter().flat_map(|g| g.readings.iter().map(move |r| (r.code, width(g)))).collect()
    }

    /// What each code says, in the order of the codes.
    fn texts(&self) -> Vec<(u16, &'a str)> {
        let mut texts: Vec<_> = self.glyphs.iter().flat_map(|g| &g.readings).map(|r| (r.code, r.text)).collect();
        // Beyond the most readings a glyph's code says the first of them.
        texts.sort_by_key(|(code, _)| *code);
        texts.dedup_by_key(|(code, _)| *code);
        texts
    }
}

impl<'a> SubsetGlyph<'a> {
    fn count(&mut self, text: &'a str) {
        match self.readings.binary_search_by_key(&text, |r| r.text) {
            Ok(at) => self.readings[at].count += 1,
            Err(at) if self.readings.len() < MOST_READINGS => {
                self.readings.insert(at, Said { text, count: 1, code: 0 });
            }
            Err(_) => {}
        }
    }

    /// The most frequent reading, the first of equals.
    fn first(&self) -> usize {
        let most = self.readings.iter().map(|r| r.count).max();
        self.readings.iter().position(|r| Some(r.count) == most).unwrap_or_default()
    }

    fn code(&self, text: &str) -> Code<'a> {
        let found = self.readings.binary_search_by_key(&text, |r| r.text).ok();
        let reading = &self.readings[found.unwrap_or_else(|| self.first())];
        Code { code: reading.code, width: self.width, text: reading.text }
    }
}

impl Fonts<'_> {
    /// The code for a glyph of a face that says `text`.
    pub fn code(&self, face: FaceId, id: u16, text: &str) -> Code<'_> {
        let subset = &self.faces[&face];
        subset.glyphs[usize::from(subset.places[usize::from(id)]) - 1].code(text)
    }

    /// Gives the fonts to printpdf.
    pub fn register(&self, pdf: &mut PdfDocument) {
        for (face, subset) in &self.faces {
            pdf.resources.fonts.map.insert(resource(*face), PdfFont::new(described(*face, subset)));
        }
    }

    /// Completes printpdf's font dictionaries (ISO 32000-1 §9.7 and §9.8): the program, what a reader needs to know of
    /// the face, and the CMap that leads from further codes to their glyphs.
    pub fn complete(&self, archive: &mut Archive) -> Result<(), WriteError> {
        for (face, subset) in &self.faces {
            let name = resource(*face).0;
            let (key, program) = program(*face, subset)?;
            let is_cff = key == "FontFile3";
            let program = archive.add(program);
            let descriptor = archive.font_descriptor(&name)?;
            descriptor.remove(b"FontFile2");
            descriptor.set(key, program);
            describe(*face, descriptor);
            let descendant = archive.descendant_font(&name)?;
            descendant.set("W", widths(subset));
            if is_cff {
                descendant.set("Subtype", "CIDFontType0");
                descendant.remove(b"CIDToGIDMap");
            }
            archive.set_to_unicode(&name, to_unicode(subset))?;
            let further = subset.further();
            if !further.is_empty() {
                let cmap = archive.add(code_map(subset.glyphs.len(), &further));
                archive.font(&name)?.set("Encoding", cmap);
            }
        }
        Ok(())
    }
}

/// Cuts the face down; returns the program and its key in the font descriptor (ISO 32000-1 §9.9).
fn program(face: FaceId, subset: &Subset<'_>) -> Result<(&'static str, Stream), WriteError> {
    let failed = |reason: String| WriteError::Library { library: "subsetter", reason };
    let font = subsetter::subset(face.face().data, face.face().index, &subset.remapper())
        .map_err(|e| failed(e.to_string()))?;
    let tables = FontRef::new(&font).map_err(|e| failed(e.to_string()))?;
    // A bare table: in a whole font some readers take the codes for numbers of glyphs, others for CIDs.
    Ok(match tables.table_data(Tag::new(b"CFF ")) {
        Some(cff) => ("FontFile3", Stream::new(dictionary! { "Subtype" => "CIDFontType0C" }, cff.as_bytes().to_vec())),
        None => {
            let length = font.len() as i64;
            ("FontFile2", Stream::new(dictionary! { "Length1" => length }, font))
        }
    })
}

/// What a reader needs to know of a face (ISO 32000-1 §9.8). printpdf calls subsets of CID-keyed fonts nonsymbolic and
/// takes the ascent for the height of capitals.
fn describe(face: FaceId, descriptor: &mut Dictionary) {
    const SERIF: i64 = 1 << 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let face = face.face();
    let flag = |is: bool, flag| if is { flag } else { 0 };
    descriptor.set("Flags", SYMBOLIC | flag(face.serif, SERIF) | flag(face.italic, ITALIC));
    descriptor.set("ItalicAngle", if face.italic { -12 } else { 0 });
    descriptor.set("CapHeight", face.cap_height);
    descriptor.set("StemV", if face.bold { 140 } else { 80 });
}

/// The widths of all glyphs of a subset, from .notdef on (ISO 32000-1 §9.7.4.3).
fn widths(subset: &Subset<'_>) -> Vec<Object> {
    let mut widths = vec![Object::Integer(0); subset.glyphs.len() + 1];
    for glyph in &subset.glyphs {
        widths[usize::from(glyph.id)] = glyph.width.into();
    }
    vec![Object::Integer(0), Object::Array(widths)]
}

/// The CMap of a font whose further codes show glyphs that have one already (ISO 32000-1 §9.7.5.4).
fn code_map(glyphs: usize, further: &[(u16, u16)]) -> Stream {
    let mut cmap = CMap::new("Adobe", "Identity", CODE_MAP, 1);
    cmap.push_block("cidrange", [format!("<0000> <{glyphs:04X}> 0")]);
    cmap.push_blocks("cidchar", further, |(code, glyph)| format!("<{code:04X}> {glyph}"));
    let system: Dictionary = dictionary! {
        "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0,
    };
    let entries = dictionary! {
        "Type" => "CMap", "CMapName" => CODE_MAP, "CIDSystemInfo" => system, "WMode" => 0,
    };
    Stream::new(entries, cmap.finish())
}

/// What each code says (ISO 32000-1 §9.10.3). A code that says nothing is there too, since PDF/A wants every code.
fn to_unicode(subset: &Subset<'_>) -> Stream {
    let mut cmap = CMap::new("Adobe", "UCS", "Adobe-Identity-UCS", 2);
    cmap.push_blocks("bfchar", &subset.texts(), |(code, text)| {
        let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        format!("<{code:04X}> <{units}>")
    });
    Stream::new(Dictionary::new(), cmap.finish())
}

const CODE_MAP: &str = "Oped-Identity";

/// The name of a face in the pages' resources.
pub(super) fn resource(face: FaceId) -> FontId {
    FontId(format!("T{}", face.number()))
}

/// The text that a cluster of glyphs stands for.
pub(super) fn cluster_text<'a>(layout: &'a Layout, glyph: &Glyph) -> &'a str {
    match glyph.role {
        // A line that the document breaks ends with a space; the break itself is structure.
        GlyphRole::LineEnd => " ",
        // ISO 32000-1 §14.8.2.2.3: a hyphen that a line's end makes is a soft one.
        GlyphRole::Hyphen => "\u{AD}",
        GlyphRole::Own | GlyphRole::Substitute => &layout.text[glyph.text.clone()],
    }
}

/// What each glyph of a cluster says: one character each, the last one what is left.
pub(super) fn readings(text: &str, glyphs: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    (1..=glyphs).map(move |number| {
        let end = if number == glyphs { rest.len() } else { rest.chars().next().map_or(0, char::len_utf8) };
        let (reading, after) = rest.split_at(end);
        rest = after;
        if is_allowed(reading) { reading } else { UNSAYABLE }
    })
}

/// What a glyph says whose text ToUnicode must not say.
const UNSAYABLE: &str = "\u{FFFD}";

/// ISO 19005-2 §6.2.11.7.2: a glyph means neither U+0000, U+FEFF nor U+FFFE.
fn is_allowed(text: &str) -> bool {
    !text.contains(['\0', '\u{FEFF}', '\u{FFFE}'])
}

/// The lines of the layout with their page numbers.
pub(super) fn lines(layout: &Layout) -> impl Iterator<Item = &Line> {
    layout.pages.iter().flat_map(|page| page.lines.iter().chain(&page.repeated).chain([&page.footer]))
}

/// Counts what each glyph says, and numbers the glyphs of each face.
pub(super) fn collect(layout: &Layout) -> Fonts<'_> {
    let mut fonts = Fonts { faces: BTreeMap::new() };
    for run in lines(layout).flat_map(|line| &line.runs) {
        let subset = fonts.faces.entry(run.face).or_default();
        for cluster in run.glyphs.chunk_by(|a, b| a.text == b.text) {
            let text = cluster_text(layout, &cluster[0]);
            for (glyph, reading) in cluster.iter().zip(readings(text, cluster.len())) {
                subset.entry(glyph.id).count(reading);
            }
        }
    }
    for (face, subset) in &mut fonts.faces {
        let remapper = subset.remapper();
        subset.number(*face, &remapper);
    }
    fonts
}

impl Subset<'_> {
    fn ids(&self) -> Vec<u16> {
        self.glyphs.iter().map(|glyph| glyph.face_id).collect()
    }

    fn remapper(&self) -> GlyphRemapper {
        GlyphRemapper::new_from_glyphs(&self.ids())
    }
}

/// What printpdf writes about a font. It would number the codes by the program and knows none beyond its glyphs, so the
/// program is put in when the dictionaries stand.
fn described(face: FaceId, subset: &Subset<'_>) -> ParsedFont {
    let source = face.face();
    let (ascent, descent) = (clamp(source.ascent), clamp(source.descent));
    ParsedFont {
        original_bytes: b"program".to_vec(),
        font_index: 0,
        font_name: Some(format!("{}+{}", subset_tag(&subset.ids()), source.name)),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: subset.code_widths(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent, descent },
        font_type: FontType::OpenTypeCFF(()),
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: -500,
            y_min: descent,
            x_max: 1500,
            y_max: ascent,
            ..PdfFontMetricsStub::default()
        },
    }
}

fn clamp(value: i64) -> i16 {
    i16::try_from(value).unwrap_or_default()
}

/// Six capital letters before the name of a subset (ISO 32000-1 §9.6.4), from the glyphs it has.
fn subset_tag(ids: &[u16]) -> String {
    let bytes: Vec<u8> = ids.iter().flat_map(|id| id.to_be_bytes()).collect();
    let digest = Digest::of(&bytes).hex();
    digest.bytes().take(6).map(|digit| char::from(b'A' + digit % 26)).collect()
}
