//! The faces of one layout: which glyphs they show, what each glyph means, and their subsets.
//!
//! A glyph has one meaning in ToUnicode (ISO 32000-1 §9.10.3): the text it shows most often. Where it shows
//! another text, the content stream carries that as ActualText.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use crate::original::Digest;
use crate::typeset::{FaceId, Glyph, GlyphRole, Layout, Line};
use crate::write::WriteError;

/// A glyph of a subset.
#[derive(Default)]
pub(super) struct SubsetGlyph {
    /// Its number in the subset.
    pub id: u16,
    /// Its advance in 1/1000 em.
    pub width: i64,
    /// Its meaning in ToUnicode.
    pub text: String,
}

/// The embedded fonts of one document.
pub(super) struct Fonts {
    glyphs: BTreeMap<FaceId, GlyphMap<SubsetGlyph>>,
    fonts: BTreeMap<FaceId, PdfFont>,
}

/// Values of the glyphs of one face, found by the glyphs' numbers.
#[derive(Default)]
struct GlyphMap<T> {
    /// For each glyph of the face, 1 + its place in `values`; 0 for those not used.
    places: Vec<u16>,
    /// In the order of first use.
    values: Vec<(u16, T)>,
}

impl<T: Default> GlyphMap<T> {
    fn entry(&mut self, id: u16) -> &mut T {
        let index = usize::from(id);
        if self.places.len() <= index {
            self.places.resize(index + 1, 0);
        }
        if self.places[index] == 0 {
            self.values.push((id, T::default()));
            // Glyphs are numbered by 16 bits, and .notdef is never used.
            self.places[index] = u16::try_from(self.values.len()).unwrap_or_default();
        }
        &mut self.values[usize::from(self.places[index]) - 1].1
    }

    fn get(&self, id: u16) -> &T {
        &self.values[usize::from(self.places[usize::from(id)]) - 1].1
    }
}

impl Fonts {
    /// The glyph of the subset for a glyph of the face.
    pub fn glyph(&self, face: FaceId, id: u16) -> &SubsetGlyph {
        self.glyphs[&face].get(id)
    }

    /// Gives the fonts to printpdf.
    pub fn register(self, pdf: &mut PdfDocument) {
        for (face, font) in self.fonts {
            pdf.resources.fonts.map.insert(resource(face), font);
        }
    }
}

/// The name of a face in the pages' resources.
pub(super) fn resource(face: FaceId) -> FontId {
    FontId(format!("T{}", face as u8))
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

/// The lines of the layout with their page numbers.
pub(super) fn lines(layout: &Layout) -> impl Iterator<Item = &Line> {
    layout.pages.iter().flat_map(|page| page.lines.iter().chain([&page.footer]))
}

/// Counts what each glyph shows, and subsets the faces.
pub(super) fn embed(layout: &Layout) -> Result<Fonts, WriteError> {
    let mut meanings: BTreeMap<FaceId, GlyphMap<Meaning<'_>>> = BTreeMap::new();
    for run in lines(layout).flat_map(|line| &line.runs) {
        let face = meanings.entry(run.face).or_default();
        for (i, glyph) in run.glyphs.iter().enumerate() {
            let meaning = face.entry(glyph.id);
            let text = cluster_text(layout, glyph);
            if is_alone(&run.glyphs, i) && glyph.role != GlyphRole::Substitute {
                meaning.count(text);
            } else if let Some((at, c)) = text.char_indices().find(|(_, c)| run.face.face().glyph(*c) == Some(glyph.id))
            {
                // A letter or mark in a cluster is itself there too.
                meaning.count(&text[at..at + c.len_utf8()]);
            }
        }
    }
    let mut fonts = Fonts { glyphs: BTreeMap::new(), fonts: BTreeMap::new() };
    for (face, meanings) in meanings {
        let ids: Vec<u16> = meanings.values.iter().map(|(id, _)| *id).collect();
        let remapper = GlyphRemapper::new_from_glyphs(&ids);
        let mut widths = BTreeMap::new();
        let mut glyphs = GlyphMap::default();
        for (id, meaning) in &meanings.values {
            let new = remapper.get(*id).unwrap_or_default();
            let width = face.face().advance(*id);
            widths.insert(new, u16::try_from(width).unwrap_or_default());
            *glyphs.entry(*id) = SubsetGlyph { id: new, width, text: meaning.text().to_owned() };
        }
        fonts.glyphs.insert(face, glyphs);
        fonts.fonts.insert(face, PdfFont::new(subset(face, &remapper, &ids, widths)?));
    }
    Ok(fonts)
}

/// Whether the glyph at `i` shows its text by itself.
fn is_alone(glyphs: &[Glyph], i: usize) -> bool {
    let text = &glyphs[i].text;
    let shares = |other: Option<&Glyph>| other.is_some_and(|o| o.text == *text);
    !shares(i.checked_sub(1).and_then(|i| glyphs.get(i))) && !shares(glyphs.get(i + 1))
}

/// The texts that one glyph shows, with how often.
#[derive(Default)]
struct Meaning<'a> {
    texts: Vec<(&'a str, usize)>,
}

impl<'a> Meaning<'a> {
    fn count(&mut self, text: &'a str) {
        match self.texts.iter_mut().find(|t| t.0 == text) {
            Some(counted) => counted.1 += 1,
            None => self.texts.push((text, 1)),
        }
    }

    /// The most frequent text, the first of equals. U+FFFD for a glyph that never stands for a text by itself.
    fn text(&self) -> &'a str {
        let allowed = self.texts.iter().filter(|t| is_allowed(t.0));
        let best = allowed.reduce(|best, t| if t.1 > best.1 { t } else { best });
        best.map_or("\u{FFFD}", |t| t.0)
    }
}

/// ISO 19005-2 §6.2.11.7.2: a glyph means neither U+0000, U+FEFF nor U+FFFE; §6.2.11.7.3: private-use
/// characters need ActualText.
fn is_allowed(text: &str) -> bool {
    !text.chars().any(|c| matches!(u32::from(c), 0 | 0xFEFF | 0xFFFE | 0xE000..=0xF8FF | 0xF_0000..))
}

fn subset(
    face: FaceId,
    remapper: &GlyphRemapper,
    ids: &[u16],
    widths: BTreeMap<u16, u16>,
) -> Result<ParsedFont, WriteError> {
    let source = face.face();
    let bytes = subsetter::subset(source.data, 0, remapper)
        .map_err(|e| WriteError::Library { library: "subsetter", reason: e.to_string() })?;
    let (ascent, descent) = (clamp(source.ascent), clamp(source.descent));
    Ok(ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(format!("{}+{}", subset_tag(ids), source.name)),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: widths,
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
    })
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
