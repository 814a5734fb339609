//! The embedded faces, parsed once per process: Libertinus Serif (four faces) for Latin, Greek and Cyrillic, one CJK
//! face for Chinese, Japanese and Korean, and a face of Noto for each further script. `library` adds those of the user.
//!
//! Licences and origins stand beside the files in `assets/`.

pub mod library;

use std::sync::LazyLock;

use harfrust::{Font, GlyphId};

/// An embedded face, or one that the user added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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
    /// A face of the user's.
    Added(AddedFace),
}

/// A face that the user added; it lives as long as the process.
#[derive(Clone, Copy)]
pub struct AddedFace(pub(crate) &'static Face);

impl AddedFace {
    fn key(self) -> (usize, &'static str) {
        (self.0.number, self.0.name)
    }
}

impl std::fmt::Debug for AddedFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

impl PartialEq for AddedFace {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for AddedFace {}

impl PartialOrd for AddedFace {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AddedFace {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl std::hash::Hash for AddedFace {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.number.hash(state);
    }
}

impl FaceId {
    /// Every embedded face, in order.
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
    #[doc(hidden)]
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

    /// The face that a character is set in: the one of its script, else the Latin face of the style or the CJK face, as
    /// far as they have it. `in_cjk` says that it stands among CJK characters.
    pub(crate) fn of(c: char, latin: Self, in_cjk: bool) -> Option<Self> {
        if c.is_ascii_graphic() || c == ' ' {
            return Some(latin);
        }
        let has = |face: &Self| face.face().glyph(c).is_some();
        let cjk_first = is_of_cjk_face(c) || (in_cjk && is_shared_punctuation(c));
        let faces = if cjk_first { [Self::Cjk, latin, Self::Regular] } else { [latin, Self::Regular, Self::Cjk] };
        Self::of_script(c).filter(has).or_else(|| faces.into_iter().find(has))
    }

    /// Another face that has a character: an embedded one, else one of the user's.
    pub(crate) fn other(c: char, library: library::FontLibrary) -> Option<Self> {
        Self::ALL.into_iter().chain(library.faces()).find(|face| face.face().glyph(c).is_some())
    }

    /// The Latin face of a style.
    #[doc(hidden)]
    pub fn latin(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Regular,
            (false, true) => Self::Italic,
            (true, false) => Self::Bold,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The face itself.
    #[doc(hidden)]
    pub fn face(self) -> &'static Face {
        match self {
            Self::Added(face) => face.0,
            embedded => &FACES[embedded.number()],
        }
    }

    /// The face of this number.
    #[cfg(feature = "epub")]
    pub(crate) fn numbered(number: usize, library: library::FontLibrary) -> Option<Self> {
        Self::ALL.into_iter().chain(library.faces()).find(|face| face.number() == number)
    }

    /// The number of the face: embedded ones first.
    #[doc(hidden)]
    pub fn number(self) -> usize {
        match self {
            Self::Regular => 0,
            Self::Italic => 1,
            Self::Bold => 2,
            Self::BoldItalic => 3,
            Self::Cjk => 4,
            Self::Arabic => 5,
            Self::Hebrew => 6,
            Self::Thai => 7,
            Self::Devanagari => 8,
            Self::Armenian => 9,
            Self::Georgian => 10,
            Self::Added(face) => face.0.number,
        }
    }

    /// Whether there is a bold face beside it.
    pub fn has_bold(self) -> bool {
        matches!(self, Self::Regular | Self::Italic | Self::Bold | Self::BoldItalic)
    }
}

/// A parsed face.
pub struct Face {
    /// The font file.
    pub data: &'static [u8],
    /// Its place in a collection.
    pub index: u32,
    /// [`FaceId::number`].
    pub number: usize,
    /// Its strokes end in serifs, as far as is known.
    pub serif: bool,
    /// It is slanted.
    pub italic: bool,
    /// It is bold.
    pub bold: bool,
    /// The PostScript name.
    pub name: &'static str,
    /// Height of capitals in 1/1000 em.
    pub cap_height: i64,
    /// Highest and lowest reach of the face in 1/1000 em.
    pub ascent: i64,
    /// Negative.
    pub descent: i64,
    /// Units of the face per em.
    pub(crate) units: i64,
    pub(crate) font: Font,
}

impl Face {
    /// The glyph of a character; `None` where the face has none.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(c)?.to_u32();
        u16::try_from(glyph).ok().filter(|&g| g != 0)
    }

    /// A glyph's own advance in 1/1000 em.
    pub fn advance(&self, glyph: u16) -> i64 {
        self.scale(self.font.glyph_metrics().h_advance_exact(GlyphId::from(glyph)).to_i32())
    }

    /// Units of the face in 1/1000 em, to the nearest.
    pub(crate) fn scale(&self, units: i32) -> i64 {
        if self.units == 1000 {
            units.into()
        } else {
            (i64::from(units) * 1000 + self.units / 2).div_euclid(self.units)
        }
    }
}

macro_rules! asset {
    ($path:literal) => {
        include_bytes!(concat!("../assets/fonts/", $path)) as &'static [u8]
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

static FACES: LazyLock<Vec<Face>> = LazyLock::new(|| FaceId::ALL.into_iter().zip(FILES).map(parse).collect());

fn parse(
    (id, (data, name, cap_height, ascent, descent)): (FaceId, (&'static [u8], &'static str, i64, i64, i64)),
) -> Face {
    // An asset of this package that does not parse is a broken build; a test reads every face.
    let font = Font::new(data, 0).expect("an embedded font parses");
    let italic = matches!(id, FaceId::Italic | FaceId::BoldItalic);
    let bold = matches!(id, FaceId::Bold | FaceId::BoldItalic);
    let number = id.number();
    Face { data, index: 0, number, serif: true, italic, bold, name, cap_height, ascent, descent, units: 1000, font }
}

/// Whether a character belongs to the CJK face wherever it stands.
pub(crate) fn is_of_cjk_face(c: char) -> bool {
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
pub(crate) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '‥' | '—' | '–' | '·' | '※' | '○' | '●' | '△' | '□' | '■' | '①'..='⑳')
}

/// Parses the faces now, so that no thread of a pool does it while others wait.
pub fn warm() {
    LazyLock::force(&FACES);
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
        for c in "中國語言한국かなカナ。，「」“”堃祎赟髙﨑嘅啲".chars() {
            assert!(FaceId::Cjk.face().glyph(c).is_some(), "{c}");
        }
    }
}
