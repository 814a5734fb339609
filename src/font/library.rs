//! Faces that the user adds, for characters that no embedded face has.
//!
//! Of all faces in the folders those are kept that have such characters: regular and upright ones first, then by their
//! PostScript names. The digest of what is kept is part of the PDF's options, since its bytes hang on it.
//!
//! Left out are faces that forbid embedding or cutting down, that vary, or that are drawn in colours or as bitmaps.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontdb::{Database, FaceInfo, Source, Style};
use harfrust::Font;
use read_fonts::types::Tag;
use read_fonts::{FontRef, TableProvider as _};
use serde::{Serialize, Serializer};

use super::{AddedFace, Face, FaceId};
use crate::original::Digest;

/// The faces beside the embedded ones. They live as long as the process, as those do.
#[derive(Clone, Copy, Default)]
pub struct FontLibrary {
    faces: &'static [Face],
    digest: Option<&'static str>,
}

impl std::fmt::Debug for FontLibrary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.faces.iter().map(|face| face.name)).finish()
    }
}

impl PartialEq for FontLibrary {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Eq for FontLibrary {}

/// The digest of the faces, since the bytes of outputs hang on these.
impl Serialize for FontLibrary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.digest.serialize(serializer)
    }
}

/// A folder of fonts that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the fonts in {} cannot be read", folder.display())]
pub struct FontError {
    /// The folder.
    pub folder: PathBuf,
    source: std::io::Error,
}

impl FontLibrary {
    /// The faces in the folders and those below them; with `system`, those that the operating system has too.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read. Files that are no fonts are passed over.
    pub fn load(folders: &[PathBuf], system: bool) -> Result<Self, FontError> {
        let mut database = Database::new();
        for folder in folders {
            std::fs::read_dir(folder).map_err(|source| FontError { folder: folder.clone(), source })?;
            database.load_fonts_dir(folder);
        }
        if system {
            database.load_system_fonts();
        }
        let mut infos: Vec<&FaceInfo> = database.faces().collect();
        if infos.is_empty() {
            return Ok(Self::default());
        }
        infos.sort_by_key(|info| order(info));
        let mut choice = Choice { known: embedded_characters(), faces: Vec::new(), digests: String::new(), read: None };
        infos.into_iter().for_each(|info| choice.consider(info));
        if choice.faces.is_empty() {
            return Ok(Self::default());
        }
        let digest = Digest::of(choice.digests.as_bytes()).hex();
        Ok(Self { faces: choice.faces.leak(), digest: Some(digest.leak()) })
    }

    /// The faces in the order in which they are asked for a character.
    pub(crate) fn faces(self) -> impl Iterator<Item = FaceId> {
        self.faces.iter().map(|face| FaceId::Added(AddedFace(face)))
    }

    /// SHA-256 of the faces' files, as far as there are any.
    #[doc(hidden)]
    pub fn digest(self) -> Option<&'static str> {
        self.digest
    }
}

/// Regular and upright faces first; equal ones by their names and places.
fn order(info: &FaceInfo) -> (u16, bool, String, PathBuf, u32) {
    let path = path(info).map(Path::to_owned).unwrap_or_default();
    (info.weight.0.abs_diff(400), info.style != Style::Normal, info.post_script_name.clone(), path, info.index)
}

fn path(info: &FaceInfo) -> Option<&Path> {
    match &info.source {
        Source::File(path) => Some(path),
        _ => None,
    }
}

fn embedded_characters() -> BTreeSet<u32> {
    FaceId::ALL.iter().flat_map(|id| id.face().font.charmap().unicodes()).map(|(c, _)| c).collect()
}

/// The faces that are kept.
struct Choice {
    /// Characters that a face before has.
    known: BTreeSet<u32>,
    faces: Vec<Face>,
    /// Digest and index of each, a line each.
    digests: String,
    /// The file that was read last.
    read: Option<(PathBuf, Arc<Vec<u8>>)>,
}

impl Choice {
    fn consider(&mut self, info: &FaceInfo) {
        let Some(data) = path(info).and_then(|path| self.data(path)) else { return };
        let Some(font) = usable(&data, info.index) else { return };
        // What is private means one thing in one face and another in the next.
        let is_private = |c: u32| matches!(c, 0xE000..=0xF8FF | 0xF_0000..);
        let is_new = |c: &u32| !self.known.contains(c) && !is_private(*c);
        let new: Vec<u32> = font.charmap().unicodes().map(|(c, _)| c).filter(is_new).collect();
        if new.is_empty() {
            return;
        }
        self.known.extend(new);
        self.digests.push_str(&format!("{} {}\n", Digest::of(&data).hex(), info.index));
        let data: &'static [u8] = data.to_vec().leak();
        self.faces.extend(face(info, data, FaceId::ALL.len() + self.faces.len()));
    }

    fn data(&mut self, path: &Path) -> Option<Arc<Vec<u8>>> {
        if let Some((_, data)) = self.read.as_ref().filter(|(read, _)| read == path) {
            return Some(data.clone());
        }
        let data = Arc::new(std::fs::read(path).ok()?);
        self.read = Some((path.to_owned(), data.clone()));
        Some(data)
    }
}

/// The face of a file, if it may and can be embedded.
fn usable(data: &Arc<Vec<u8>>, index: u32) -> Option<Font> {
    let tables = FontRef::from_index(data, index).ok()?;
    let has = |tag: &[u8; 4]| tables.table_data(Tag::new(tag)).is_some();
    let has_outlines = has(b"glyf") || has(b"CFF ");
    let is_other = [b"fvar", b"CBDT", b"sbix", b"COLR", b"SVG "].into_iter().any(has);
    // OpenType, OS/2, fsType: 2 restricts the licence, 0x100 forbids cutting down, 0x200 allows bitmaps only.
    let forbids = tables.os2().is_ok_and(|os2| os2.fs_type() & 0xF == 2 || os2.fs_type() & 0x300 != 0);
    if !has_outlines || is_other || forbids {
        return None;
    }
    let data: Arc<dyn AsRef<[u8]> + Send + Sync> = data.clone();
    Font::new(data, index)
}

fn face(info: &FaceInfo, data: &'static [u8], number: usize) -> Option<Face> {
    let font = Font::new(data, info.index)?;
    let units = i64::from(font.units_per_em());
    let metrics = font.metrics();
    let scaled = |value: i32| i64::from(value) * 1000 / units;
    let line = metrics.h_line();
    let (ascent, descent) =
        line.map_or((800, -200), |line| (scaled(line.ascender.to_i32()), scaled(line.descender.to_i32())));
    let cap_height = metrics.cap_height.map_or(700, |height| scaled(height.to_i32()));
    // The name of a font in a PDF has no spaces (ISO 32000-1 §9.6.2.2).
    let name: String =
        info.post_script_name.chars().filter(|c| c.is_ascii_graphic() && !"[](){}<>/%".contains(*c)).collect();
    Some(Face {
        data,
        index: info.index,
        number,
        serif: false,
        italic: info.style != Style::Normal,
        bold: info.weight.0 >= 600,
        name: name.leak(),
        cap_height,
        ascent,
        descent,
        units,
        font,
    })
}
