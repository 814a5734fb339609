//! The embedded faces, parsed once per process: Libertinus Serif (four faces) for Latin, Greek and Cyrillic, one CJK
//! face for Chinese, Japanese and Korean, and a face of Noto for each further script.
//!
//! Licences and origins stand beside the files in `assets/`.

use std::sync::LazyLock;

use harfrust::{Font, GlyphId};

use super::Length;

/// One of the embedded faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaceId {
    /// Libertinus Serif.
    Regular,
    /// Libertinus Serif Italic.
    Italic,
    /// Libertinus Serif Bold.
    Bold,
    /// Libertinus Serif Bold Italic.
    BoldItalic,
    /// The CJK face; it has one weight and no italic.
    Cjk,
    /// Noto Naskh Arabic. This and the following faces have one weight and no italic.
    Arabic,
    /// Noto Serif Hebrew.
    Hebrew,
    /// Noto Serif Thai.
    Thai,
    /// Noto Serif Devanagari.
    Devanagari,
    /// Noto Serif Armenian.
    Armenian,
    /// Noto Serif Georgian.
    Georgian,
}

impl FaceId {
    /// Every face, in order.
    pub const ALL: [Self; 11] = [
        Self::Regular,
        Self::Italic,
        Self::Bold,
        Self::BoldItalic,
        Self::Cjk,
        Self::Arabic,
        Self::Hebrew,
        Self::Thai,
        Self::Devanagari,
        Self::Armenian,
        Self::Georgian,
    ];

    /// The face that was made for the script of a character, beside Libertinus and the CJK face.
    pub fn of_script(c: char) -> Option<Self> {
        // Blocks of Unicode.
        match u32::from(c) {
            0x530..=0x58F | 0xFB13..=0xFB17 => Some(Self::Armenian),
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Some(Self::Hebrew),
            0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Some(Self::Arabic),
            0x900..=0x97F | 0xA8E0..=0xA8FF => Some(Self::Devanagari),
            0xE00..=0xE7F => Some(Self::Thai),
            0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x2D00..=0x2D2F => Some(Self::Georgian),
            _ => None,
        }
    }

    /// The Latin face of a style.
    pub fn latin(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Regular,
            (false, true) => Self::Italic,
            (true, false) => Self::Bold,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The face itself.
    pub fn face(self) -> &'static Face {
        &FACES[self as usize]
    }
}

/// A parsed face.
pub struct Face {
    /// The font file.
    pub data: &'static [u8],
    /// The PostScript name.
    pub name: &'static str,
    /// Height of capitals in 1/1000 em.
    pub cap_height: i64,
    /// Highest and lowest reach of the face in 1/1000 em.
    pub ascent: i64,
    /// Negative.
    pub descent: i64,
    pub(super) font: Font,
}

impl Face {
    /// The glyph of a character; `None` where the face has none.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(c)?.to_u32();
        u16::try_from(glyph).ok().filter(|&g| g != 0)
    }

    /// A glyph's own advance in 1/1000 em.
    pub fn advance(&self, glyph: u16) -> Length {
        self.font.glyph_metrics().h_advance_exact(GlyphId::from(glyph)).to_i32().into()
    }
}

macro_rules! asset {
    ($path:literal) => {
        include_bytes!(concat!("../../assets/fonts/", $path)) as &'static [u8]
    };
}

/// File, PostScript name, height of capitals, ascent and descent in 1/1000 em; all faces have 1000 units per em.
const FILES: [(&[u8], &str, i64, i64, i64); FaceId::ALL.len()] = [
    (asset!("libertinus/LibertinusSerif-Regular.otf"), "LibertinusSerif-Regular", 658, 894, -246),
    (asset!("libertinus/LibertinusSerif-Italic.otf"), "LibertinusSerif-Italic", 645, 894, -246),
    (asset!("libertinus/LibertinusSerif-Bold.otf"), "LibertinusSerif-Bold", 645, 894, -246),
    (asset!("libertinus/LibertinusSerif-BoldItalic.otf"), "LibertinusSerif-BoldItalic", 645, 894, -246),
    (asset!("cjk/OpedSerifCJK-Regular.otf"), "OpedSerifCJK-Regular", 729, 880, -120),
    (asset!("noto/NotoNaskhArabic-Regular.ttf"), "NotoNaskhArabic-Regular", 714, 1069, -634),
    (asset!("noto/NotoSerifHebrew-Regular.ttf"), "NotoSerifHebrew-Regular", 714, 896, -290),
    (asset!("noto/NotoSerifThai-Regular.ttf"), "NotoSerifThai-Regular", 714, 1064, -534),
    (asset!("noto/NotoSerifDevanagari-Regular.ttf"), "NotoSerifDevanagari-Regular", 715, 930, -625),
    (asset!("noto/NotoSerifArmenian-Regular.ttf"), "NotoSerifArmenian-Regular", 714, 1068, -292),
    (asset!("noto/NotoSerifGeorgian-Regular.ttf"), "NotoSerifGeorgian-Regular", 714, 1068, -292),
];

static FACES: LazyLock<Vec<Face>> = LazyLock::new(|| FILES.iter().map(parse).collect());

fn parse(&(data, name, cap_height, ascent, descent): &(&'static [u8], &'static str, i64, i64, i64)) -> Face {
    // An asset of this package that does not parse is a broken build; a test reads every face.
    let font = Font::new(data, 0).expect("an embedded font parses");
    Face { data, name, cap_height, ascent, descent, font }
}

/// Parses the faces now, so that no thread of a pool does it while others wait.
pub fn warm() {
    LazyLock::force(&FACES);
}

/// Whether a character belongs to the CJK face wherever it stands.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF // Hangul jamo
        | 0x2E80..=0x303F // radicals, CJK symbols and punctuation
        | 0x3040..=0x33FF // kana, bopomofo, compatibility jamo, enclosed and compatibility forms
        | 0x3400..=0x9FFF // Han
        | 0xA960..=0xA97F // jamo extended A
        | 0xAC00..=0xD7FF // hangul
        | 0xF900..=0xFAFF // compatibility ideographs
        | 0xFE30..=0xFE4F // compatibility forms
        | 0xFF00..=0xFFEF // half- and full-width forms
        | 0x1B000..=0x1B16F // kana supplement
        | 0x20000..=0x3FFFF)
}

/// Whether a character is set in the face of its neighbours: quotation marks, dashes, ellipses and dots that
/// Chinese and Japanese share with Latin.
pub(super) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '‥' | '—' | '–' | '·' | '※' | '○' | '●' | '△' | '□' | '■' | '①'..='⑳')
}

/// Whether a character shows nothing of its own: joiners, marks of direction, variation selectors.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF)
}

/// Whether a character is shaped together with the ideograph or syllable before it: sound marks of kana, vowels
/// and finals of hangul in parts, and what is invisible.
pub(super) fn joins_ideograph(c: char) -> bool {
    is_invisible(c) || matches!(u32::from(c), 0x1160..=0x11FF | 0x3099..=0x309A | 0xD7B0..=0xD7FF)
}

/// Whether the shaper composes a character with its neighbours, so that it needs no glyph of its own: hangul in
/// parts, sound marks of kana.
pub(super) fn is_composed(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3099..=0x309A)
}

/// Whether a character's meaning is private.
pub(crate) fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_parses_and_has_what_the_typesetter_relies_on() {
        for id in FaceId::ALL {
            let face = id.face();
            assert_eq!(face.font.units_per_em(), 1000, "{}", face.name);
            assert!(face.glyph(' ').is_some(), "{}", face.name);
        }
        for (c, id) in [
            ('ب', FaceId::Arabic),
            ('ש', FaceId::Hebrew),
            ('ก', FaceId::Thai),
            ('क', FaceId::Devanagari),
            ('ա', FaceId::Armenian),
            ('ა', FaceId::Georgian),
        ] {
            assert_eq!(FaceId::of_script(c), Some(id));
            assert!(id.face().glyph(c).is_some(), "{c}");
        }
        assert!(FaceId::Regular.face().glyph('\u{FFFD}').is_some());
        for c in "中國語言한国かなカナ。，「」“”".chars() {
            assert!(FaceId::Cjk.face().glyph(c).is_some(), "{c}");
        }
    }
}
