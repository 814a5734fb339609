//! Faces of the user's serve the characters that no embedded face has, where their makers allow it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oped_convert::document::Role;
use oped_convert::font::library::FontLibrary;
use oped_convert::plan::{LayoutOptions, Writing};
use oped_convert::typeset::{FaceId, paginate};
use oped_convert::write::{WriteContext, pdf};

use crate::font::font;
use crate::reader;
use crate::samples::{Sample, line};

fn write(sample: &Sample, writing: &Writing) -> (Vec<u8>, Vec<&'static str>) {
    let renditions = BTreeMap::new();
    let mut diagnostics = Vec::new();
    let context = WriteContext { layout: None, original: &sample.original, log: &sample.log, renditions: &renditions };
    let mut bytes = Vec::new();
    (pdf::FORMAT.writer)(writing).write(&sample.document, &context, &mut diagnostics, &mut bytes).unwrap();
    (bytes, diagnostics.iter().map(|d| d.code.id).collect())
}

fn with(fonts: FontLibrary) -> Writing {
    Writing { layout: LayoutOptions { fonts, ..LayoutOptions::default() }, ..Writing::default() }
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
    let (plain, codes) = write(&sample, &Writing::default());
    assert_eq!(codes, ["W001"]);
    let writing = with(load(folder.path()));
    let (bytes, codes) = write(&sample, &writing);
    assert!(codes.is_empty(), "{codes:?}");
    assert_ne!(plain, bytes);
    assert_eq!(reader::read(&bytes).document, "A 😀 and another 😀.\n");
    let layout = paginate(&sample.document, &writing.layout);
    let mut runs = layout.pages[0].lines.iter().flat_map(|line| &line.runs);
    assert!(runs.any(|run| matches!(run.face, FaceId::Added(_))));
    let options = |writing: &Writing| (pdf::FORMAT.writer)(writing).options();
    assert_ne!(options(&writing), options(&Writing::default()), "the options tell the fonts");
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
