//! Faces of the user's serve the characters that no embedded face has, where their makers allow it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oped_convert::document::Role;
use oped_convert::font::library::FontLibrary;
use oped_convert::plan::{PdfOptions, Plan};
use oped_convert::typeset::{FaceId, paginate};
use oped_convert::write::{WriteContext, pdf};

use crate::reader;
use crate::samples::{Sample, line};

/// A face with one character: that of an embedded face with another cmap, and this `fsType`.
fn font(c: char, fs_type: u16) -> Vec<u8> {
    let face = FaceId::Georgian.face();
    let glyph = face.glyph('ა').unwrap();
    let old = face.data;
    let number = |at: usize| u32::from_be_bytes(old[at..at + 4].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_be_bytes([old[4], old[5]]));
    let mut tables: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for record in (0..count).map(|i| 12 + 16 * i) {
        let (start, length) = (number(record + 8), number(record + 12));
        tables.push((old[record..record + 4].to_vec(), old[start..start + length].to_vec()));
    }
    for (tag, data) in &mut tables {
        match tag.as_slice() {
            b"cmap" => *data = cmap(c, glyph),
            b"OS/2" => data[8..10].copy_from_slice(&fs_type.to_be_bytes()),
            _ => {}
        }
    }
    let mut file = old[..12].to_vec();
    let mut place = 12 + 16 * count;
    for (tag, data) in &tables {
        file.extend_from_slice(tag);
        file.extend([0; 4]);
        file.extend(u32::try_from(place).unwrap().to_be_bytes());
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        place += data.len().next_multiple_of(4);
    }
    for (_, mut data) in tables {
        data.resize(data.len().next_multiple_of(4), 0);
        file.extend(data);
    }
    file
}

/// One group in a subtable of format 12 (OpenType, cmap).
fn cmap(c: char, glyph: u16) -> Vec<u8> {
    let mut cmap: Vec<u8> = Vec::new();
    [0_u16, 1, 3, 10].iter().for_each(|n| cmap.extend(n.to_be_bytes()));
    cmap.extend(12_u32.to_be_bytes());
    [12_u16, 0].iter().for_each(|n| cmap.extend(n.to_be_bytes()));
    [28_u32, 0, 1, u32::from(c), u32::from(c), u32::from(glyph)].iter().for_each(|n| cmap.extend(n.to_be_bytes()));
    cmap
}

fn write(sample: &Sample, plan: &Plan) -> (Vec<u8>, Vec<&'static str>) {
    let renditions = BTreeMap::new();
    let mut diagnostics = Vec::new();
    let context =
        WriteContext { plan, layout: None, original: &sample.original, log: &sample.log, renditions: &renditions };
    let mut bytes = Vec::new();
    (pdf::FORMAT.writer)(plan).write(&sample.document, &context, &mut diagnostics, &mut bytes).unwrap();
    (bytes, diagnostics.iter().map(|d| d.code.id).collect())
}

fn with(fonts: FontLibrary) -> Plan {
    Plan { pdf: PdfOptions { fonts, ..PdfOptions::default() }, ..Plan::default() }
}

fn load(folder: &Path) -> FontLibrary {
    FontLibrary::load(&[folder.to_owned()], false).unwrap()
}

#[test]
fn a_character_that_no_embedded_face_has_comes_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    fs::write(folder.path().join("below/smile.ttf"), font('😀', 0)).unwrap();
    fs::write(folder.path().join("no-font.ttf"), b"no font").unwrap();
    let sample = Sample::of_blocks("smile", vec![line(Role::Body, "A 😀 and another 😀.")]);
    let (plain, codes) = write(&sample, &Plan::default());
    assert_eq!(codes, ["W001"]);
    let plan = with(load(folder.path()));
    let (bytes, codes) = write(&sample, &plan);
    assert!(codes.is_empty(), "{codes:?}");
    assert_ne!(plain, bytes);
    assert_eq!(reader::read(&bytes).document, "A 😀 and another 😀.\n");
    let layout = paginate(&sample.document, &plan, &mut Vec::new());
    let mut runs = layout.pages[0].lines.iter().flat_map(|line| &line.runs);
    assert!(runs.any(|run| matches!(run.face, FaceId::Added(_))));
    assert_ne!((pdf::FORMAT.options)(&plan), (pdf::FORMAT.options)(&Plan::default()), "the options tell the fonts");
}

#[test]
fn a_face_that_must_not_be_embedded_or_brings_nothing_is_left_out() {
    for (c, fs_type) in [('😀', 2), ('😀', 0x100), ('a', 0), ('\u{E000}', 0)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("font.ttf"), font(c, fs_type)).unwrap();
        assert_eq!(load(folder.path()).digest(), None, "{c} {fs_type}");
    }
    assert!(FontLibrary::load(&["no such folder".into()], false).is_err());
}
