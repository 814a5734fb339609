//! The own cases of `tests/corpus/repair.jsonl`, each strictly as it says: `"expect": "fail"` breaks the build on the
//! day it passes. And the shared corpora: clean text stays, and every file comes back to the byte.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use oped_convert::edit::{Applicability, SegmentKind};
use oped_convert::encoding::EncodingId;
use oped_convert::plan::RepairOptions;
use oped_convert::{repair_bytes, repair_str};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of third-party data beside the project; where it is absent, says so.
fn shared(what: &str) -> Option<PathBuf> {
    let folder = root().join("../shared/corpus");
    let there = folder.is_dir();
    if !there {
        // Not `eprintln!`: the line is to be seen in every run, not only in a failing one.
        let _ = writeln!(std::io::stderr(), "not checked: {what}: ../shared/corpus is not here");
    }
    there.then_some(folder)
}

#[test]
fn own_cases_are_repaired_as_they_say() {
    let cases = fs::read_to_string(root().join("tests/corpus/repair.jsonl")).unwrap();
    let mut surprises = Vec::new();
    let mut count = 0;
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let bytes = match case["original_hex"].as_str() {
            Some(hex) => HEXLOWER.decode(hex.as_bytes()).unwrap(),
            None => case["original"].as_str().unwrap().as_bytes().to_vec(),
        };
        let repaired = repair_bytes(&bytes, &RepairOptions::default());
        assert_eq!(repaired.log.restore(&repaired.text).unwrap(), bytes, "{}", case["id"]);
        let passes = repaired.text == case["expected"].as_str().unwrap();
        if passes != (case["expect"] == "pass") {
            surprises.push(format!("{} became {:?}", case["id"], repaired.text));
        }
        count += 1;
    }
    assert!(count >= 400, "{count} cases");
    assert!(surprises.is_empty(), "{} of {count} cases:\n{}", surprises.len(), surprises.join("\n"));
}

#[test]
fn clean_and_tricky_text_of_the_shared_corpus_is_untouched() {
    let Some(corpus) = shared("clean text of the corpora") else { return };
    let extra = fs::read_to_string(corpus.join("02-mojibake/negatives_extra.json")).unwrap();
    let extra: Value = serde_json::from_str(&extra).unwrap();
    let tricky: Vec<&str> = extra["tricky"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(tricky.len() >= 60);
    for text in tricky {
        assert_eq!(repair_str(text, &RepairOptions::default()).text, text);
    }
    for folder in ["01-opeds-en", "03-multilingual"] {
        for path in files(&corpus.join(folder)) {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let repaired = repair_str(&text, &RepairOptions::default());
            assert_eq!(repaired.log.repairs().count(), 0, "{}", path.display());
        }
    }
}

#[test]
fn every_file_of_the_shared_corpus_is_restored() {
    let Some(corpus) = shared("restoring of the corpora") else { return };
    let files = files(&corpus);
    assert!(files.len() > 200);
    let report_only = RepairOptions { report_only: true, entities: true, ..RepairOptions::default() };
    for path in files {
        let bytes = fs::read(&path).unwrap();
        for options in [RepairOptions::default(), report_only] {
            let repaired = repair_bytes(&bytes, &options);
            assert!(repaired.log.restore(&repaired.text).is_ok_and(|there| there == bytes), "{}", path.display());
        }
    }
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A text whose UTF-8 was read as a page, without the bytes that were dropped, and where each character stands.
fn torn(text: &str, page: EncodingId, dropped: &dyn Fn(u8) -> bool) -> (String, Vec<(usize, char)>) {
    let (mut damaged, mut places) = (String::new(), Vec::new());
    for c in text.chars() {
        places.push((damaged.len(), c));
        for byte in c.encode_utf8(&mut [0; 4]).bytes().filter(|byte| !dropped(*byte)) {
            damaged.push_str(&page.decode(&[byte]).unwrap());
        }
    }
    (damaged, places)
}

#[test]
fn what_was_lost_is_told_rightly_or_not_at_all() {
    let undefined = |byte: u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    let control = |byte: u8| (0x80..=0x9F).contains(&byte);
    let losses: [(EncodingId, &dyn Fn(u8) -> bool); 2] =
        [(EncodingId::Windows1252, &undefined), (EncodingId::Latin1, &control)];
    let (mut told, mut wrong) = (0, Vec::new());
    let folder = fs::read_dir(root().join("tests/corpus/texts")).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| !path.ends_with("keep.json")) {
        let language = path.file_stem().unwrap().display();
        let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for (page, dropped) in losses {
            let (damaged, places) = torn(json["document"].as_str().unwrap(), page, dropped);
            let repaired = repair_str(&damaged, &RepairOptions::default());
            for (_, segment) in repaired.log.repairs() {
                let SegmentKind::Repaired { applicability: Applicability::Inferred, .. } = segment.kind else {
                    continue;
                };
                let read = &repaired.text[segment.target.clone()];
                let first = places.partition_point(|(at, _)| *at < segment.source.start);
                let stood: String = places[first..].iter().map(|(_, c)| c).take(read.chars().count()).collect();
                told += read.chars().count();
                if read != stood {
                    wrong.push(format!("{language}: {read} for {stood}"));
                }
            }
        }
    }
    // Half of what was lost, in the texts that still make sense; a name may have any letter.
    assert!(told >= 540, "{told}");
    assert!(wrong.len() * 80 <= told, "{wrong:?}");
}
