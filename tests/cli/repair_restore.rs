//! `repair` and `restore`: the way there and back, to the byte.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::sandbox::{ARTICLE, Sandbox};

fn there_and_back(sandbox: &Sandbox, bytes: &[u8]) -> Vec<u8> {
    sandbox.write("damaged", bytes);
    let repaired = sandbox.run(&["repair", "damaged", "--log", "log.json"]).exits(0).0.stdout;
    sandbox.write("repaired", &repaired);
    let restored = sandbox.run(&["restore", "repaired", "--log", "log.json"]).exits(0).0.stdout;
    assert!(restored == bytes);
    repaired
}

#[test]
fn every_sample_comes_back() {
    let sandbox = Sandbox::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("input")).unwrap() {
        there_and_back(&sandbox, &fs::read(entry.unwrap().path()).unwrap());
    }
}

#[test]
fn bytes_that_are_no_text_come_back_too() {
    let sandbox = Sandbox::new();
    for bytes in [&b""[..], b"\0\x01\xFF\xFE\xFD", b"\xFF\xFE\x00\xD8a", b"\x80\x81\r\r\n\xE2\x80", b"\xEF\xBB\xBF"] {
        there_and_back(&sandbox, bytes);
    }
}

#[test]
fn nothing_but_the_damage_is_changed() {
    let sandbox = Sandbox::new();
    let text = format!("\u{FEFF}{}  two  spaces \r\n\t\r\n", ARTICLE.replace('\n', "\r\n"));
    let repaired = there_and_back(&sandbox, text.as_bytes());
    let expected = text.trim_start_matches('\u{FEFF}').replace("¡¯", "’").replace("¡¡", "\u{3000}");
    assert_eq!(String::from_utf8(repaired).unwrap(), expected);
}

#[test]
fn a_changed_text_is_not_restored() {
    let sandbox = Sandbox::new();
    there_and_back(&sandbox, ARTICLE.as_bytes());
    let repaired = String::from_utf8(sandbox.read("repaired")).unwrap();
    sandbox.write("repaired", repaired.replace("March", "April"));
    sandbox.run(&["restore", "repaired", "--log", "log.json"]).exits(1).says("not the one this log describes");
    sandbox.write("repaired", b"\xFF\xFF");
    sandbox.run(&["restore", "repaired", "--log", "log.json"]).exits(1).says("not UTF-8");
}

#[test]
fn a_log_that_was_tampered_with_gives_nothing() {
    let sandbox = Sandbox::new();
    there_and_back(&sandbox, ARTICLE.as_bytes());
    let log = String::from_utf8(sandbox.read("log.json")).unwrap();
    sandbox.write("log.json", log.replacen("c2a1c2af", "c2a1c2ae", 1));
    sandbox.run(&["restore", "repaired", "--log", "log.json"]).exits(1);
    sandbox.write("log.json", log.replacen("\"version\":1", "\"version\":9", 1));
    sandbox.run(&["restore", "repaired", "--log", "log.json"]).exits(2).says("version 9");
    sandbox.write("log.json", "{");
    sandbox.run(&["restore", "repaired", "--log", "log.json"]).exits(2).says("not a repair log");
}

#[test]
fn files_that_are_not_there_are_status_2() {
    let sandbox = Sandbox::new();
    sandbox.run(&["repair", "missing"]).exits(2).says("missing");
    sandbox.run(&["restore", "missing", "--log", "missing.json"]).exits(2).says("missing");
    sandbox.write("a", ARTICLE);
    sandbox.run(&["repair", "a", "--log", "no/such/folder/log.json"]).exits(2).says("cannot be written");
}

#[test]
fn the_repairs_are_shown_in_place_of_the_text() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with_stdin(&["repair", "--explain"], ARTICLE.as_bytes()).exits(0);
    run.says("3 repairs")
        .says("We can¡¯t wait")
        .says("We can’t wait")
        .says("GB18030 bytes had been read as ISO-8859-1");
    let run = sandbox.run_with_stdin(&["repair", "--json", "-"], ARTICLE.as_bytes()).exits(0);
    let repairs: Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!(repairs[0]["before_hex"], "c2a1c2af");
    assert_eq!(repairs[0]["after"], "’");
    assert_eq!(repairs.as_array().unwrap().len(), 3);
    sandbox.run_with_stdin(&["repair", "--explain"], b"clean").exits(0).says("no repairs");
}
