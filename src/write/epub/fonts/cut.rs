//! One face cut down to some characters, as a font of its own.
//!
//! skera cuts everything but CFF outlines. Those come from subsetter, which is given the same glyphs in the same order:
//! what the characters and the substitutions of the face can lead to, by their numbers in it.

use std::collections::BTreeSet;

use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, NameId, Tag};
use read_fonts::{FontRef, ReadError, TableProvider as _};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

use super::WriteError;
use crate::font::Face;
use crate::write::epub::library;

const CFF: Tag = Tag::new(b"CFF ");

/// Copyright, names, and the licence with its address (OpenType, `name`).
const NAMES: [u16; 9] = [0, 1, 2, 3, 4, 5, 6, 13, 14];
/// English of the United States, the language of all names that count.
const ENGLISH: u16 = 0x409;
/// Signatures are broken by the cut; `kern` says again what GPOS says; formulas are not set.
const DROPPED: [&[u8; 4]; 6] = [b"DSIG", b"kern", b"MATH", b"FFTM", b"LTSH", b"PCLT"];

/// The face with these characters and what they are shaped to.
pub(super) fn cut(face: &Face, characters: &BTreeSet<char>) -> Result<Vec<u8>, WriteError> {
    let unreadable = |error: ReadError| library("read-fonts", &error);
    let font = FontRef::from_index(face.data, face.index).map_err(unreadable)?;
    let glyphs = glyphs(&font, characters).map_err(unreadable)?;
    let laid_out = cut_layout(&font, characters, &glyphs)?;
    if font.table_data(CFF).is_none() {
        return Ok(laid_out);
    }
    let mut remapper = GlyphRemapper::new();
    for glyph in glyphs.iter() {
        remapper.remap(u16::try_from(glyph.to_u32()).unwrap_or_default());
    }
    let drawn = subsetter::subset(face.data, face.index, &remapper).map_err(|error| library("subsetter", &error))?;
    join(&laid_out, &drawn).map_err(unreadable)
}

/// The glyphs of the characters, and all that substitutions make of them.
fn glyphs(font: &FontRef<'_>, characters: &BTreeSet<char>) -> Result<IntSet<GlyphId>, ReadError> {
    let cmap = font.cmap()?;
    let mut glyphs: IntSet<GlyphId> = characters.iter().filter_map(|c| cmap.map_codepoint(*c)).collect();
    glyphs.insert(GlyphId::NOTDEF);
    if let Ok(gsub) = font.gsub() {
        let features = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features())?;
        let lookups = gsub.collect_lookups(&features)?;
        gsub.closure_glyphs_with_num_glyphs(&lookups, &mut glyphs, font.maxp()?.num_glyphs().into())?;
    }
    Ok(glyphs)
}

/// Those that are on without being asked for (HarfBuzz keeps the same).
fn features() -> IntSet<Tag> {
    DEFAULT_LAYOUT_FEATURES.iter().copied().collect()
}

/// All tables but CFF outlines.
fn cut_layout(
    font: &FontRef<'_>,
    characters: &BTreeSet<char>,
    glyphs: &IntSet<GlyphId>,
) -> Result<Vec<u8>, WriteError> {
    let unicodes: IntSet<u32> = characters.iter().copied().map(u32::from).collect();
    // No character besides: those that are mirrored are among them.
    let flags =
        SubsetFlags::default() | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE | SubsetFlags::SUBSET_FLAGS_NO_HINTING;
    let dropped = DROPPED.into_iter().map(Tag::new).collect();
    let names = NAMES.into_iter().map(NameId::new).collect();
    let languages = IntSet::from([ENGLISH]);
    let plan = Plan::new(glyphs, &unicodes, font, flags, &dropped, &IntSet::all(), &features(), &names, &languages);
    subset_font(font, &plan).map_err(|error| library("skera", &error))
}

/// The tables of the one, and the outlines of the other.
fn join(laid_out: &[u8], drawn: &[u8]) -> Result<Vec<u8>, ReadError> {
    let (laid_out, drawn) = (FontRef::new(laid_out)?, FontRef::new(drawn)?);
    let outlines = drawn.table_data(CFF).ok_or(ReadError::TableIsMissing(CFF))?;
    // Both number the glyphs from 0 in their old order; a glyph more or less would shift all behind it.
    if laid_out.maxp()?.num_glyphs() != drawn.maxp()?.num_glyphs() {
        return Err(ReadError::MalformedData("the two cuts of a face differ in their glyphs"));
    }
    let mut font = FontBuilder::new();
    for record in laid_out.table_directory().table_records() {
        if let Some(table) = laid_out.table_data(record.tag()) {
            font.add_raw(record.tag(), table.as_bytes());
        }
    }
    font.add_raw(CFF, outlines.as_bytes());
    Ok(font.build())
}
