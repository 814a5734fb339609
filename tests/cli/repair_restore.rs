//! `repair` and `restore` are each other's inverse over any bytes.

use std::fs;

use oped_convert::edit::RepairLog;

use crate::sandbox::{ARTICLE, Run, Sandbox, sample_files};

/// Repairs bytes, restores them from the text and the log, and returns the text.
#[track_caller]
fn there_and_back(bytes: &[u8]) -> Vec<u8> {
    let sandbox = Sandbox::new();
    sandbox.write("original", bytes);
    let repaired = sandbox.run(&["repair", "original", "--log", "log.json"]).exits(0);
    assert!(std::str::from_utf8(&repaired.stdout).is_ok(), "the repaired text is UTF-8");
    sandbox.write("repaired.txt", &repaired.stdout);
    assert_eq!(restore(&sandbox).exits(0).stdout, bytes);
    repaired.stdout
}

fn restore(sandbox: &Sandbox) -> Run {
    sandbox.run(&["restore", "repaired.txt", "--log", "log.json"])
}

/// Every byte value, in an order that no encoding likes; the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn every_sample_comes_back_byte_for_byte() {
    for file in sample_files() {
        there_and_back(&fs::read(file).unwrap());
    }
}

#[test]
fn any_bytes_come_back_byte_for_byte() {
    there_and_back(b"");
    there_and_back(b"\0");
    there_and_back(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n\0\xFF");
    there_and_back(b"\xFF\xFE\x41\x00\x00\xD8");
    there_and_back(b"\x00\x00\xFE\xFF\x00\x00\x00");
    there_and_back(&(0..=255).collect::<Vec<u8>>());
    there_and_back(&noise(70_000));
}

#[test]
fn line_ends_and_spaces_are_kept() {
    let text = b"Title \r\n\r\n\tOne\r\nTwo\rThree\n  \n\nno line break at the end";
    assert_eq!(there_and_back(text), text);
}

#[test]
fn a_bom_is_not_text_and_comes_back() {
    assert_eq!(there_and_back(b"\xEF\xBB\xBFTitle\n"), b"Title\n");
    assert_eq!(there_and_back(b"\xFF\xFET\0i\0"), b"Ti");
    assert_eq!(there_and_back(b"\xFE\xFF\0T\0i"), b"Ti");
}

#[test]
fn what_convert_writes_beside_the_renditions_restores_every_sample() {
    let sandbox = Sandbox::new();
    let input = crate::sandbox::samples();
    sandbox.run(&[input.to_str().unwrap(), "--to", "txt"]).exits(0);
    for file in sample_files() {
        let stem = format!("output/{}", file.file_stem().unwrap().to_str().unwrap());
        let (text, log) = (format!("{stem}.repaired.txt"), format!("{stem}.repairs.json"));
        let restored = sandbox.run(&["restore", &text, "--log", &log]).exits(0);
        assert_eq!(restored.stdout, fs::read(&file).unwrap(), "{}", file.display());
    }
}

#[test]
fn convert_and_repair_write_the_same_text_and_log() {
    let sandbox = Sandbox::new();
    for file in sample_files() {
        sandbox.write("a.txt", fs::read(&file).unwrap());
        sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
        let repaired = sandbox.run(&["repair", "a.txt", "--log", "log.json"]).exits(0);
        assert_eq!(repaired.stdout, sandbox.read("output/a.repaired.txt"), "{}", file.display());
        assert_eq!(sandbox.read("log.json"), sandbox.read("output/a.repairs.json"), "{}", file.display());
    }
}

#[test]
fn standard_input_and_output_do_as_well_as_files() {
    let sandbox = Sandbox::new();
    let bytes = fs::read(&sample_files()[0]).unwrap();
    let named = sandbox.feed(&["repair", "-", "--log", "log.json"], &bytes).exits(0);
    assert_eq!(sandbox.feed(&["repair"], &bytes).exits(0).stdout, named.stdout);
    let restored = sandbox.feed(&["restore", "-", "--log", "log.json"], &named.stdout).exits(0);
    assert_eq!(restored.stdout, bytes);
}

/// A sample that was repaired, with its log.
fn repaired_sample() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("original", fs::read(&sample_files()[0]).unwrap());
    let repaired = sandbox.run(&["repair", "original", "--log", "log.json"]).exits(0);
    sandbox.write("repaired.txt", repaired.stdout);
    sandbox
}

#[test]
fn a_changed_text_is_not_restored() {
    let sandbox = repaired_sample();
    let text = sandbox.text("repaired.txt");
    let changes =
        [text.clone() + "x", text.replacen('e', "i", 1), String::new(), text[..text.len() - 1].to_owned(), "é".into()];
    for changed in changes {
        sandbox.write("repaired.txt", changed);
        let run = restore(&sandbox).exits(1);
        assert!(run.stdout.is_empty() && run.stderr.starts_with("oped-convert: "), "{}", run.stderr);
    }
    sandbox.write("repaired.txt", b"\xFF\xFE");
    restore(&sandbox).exits(1).complains(&["not UTF-8"]);
}

#[test]
fn files_that_cannot_be_read_or_written_are_named() {
    let sandbox = repaired_sample();
    sandbox.run(&["repair", "missing.txt"]).exits(2).complains(&["missing.txt", "no such file"]);
    sandbox.run(&["restore", "missing.txt", "--log", "log.json"]).exits(2).complains(&["missing.txt"]);
    sandbox.run(&["restore", "repaired.txt", "--log", "missing.json"]).exits(2).complains(&["missing.json"]);
    sandbox.run(&["repair", "original", "--log", "no/folder/log.json"]).exits(2).complains(&["no/folder/log.json"]);
    sandbox.run(&["restore", "repaired.txt"]).exits(2).complains(&["--log"]);
}

#[test]
fn a_log_that_is_none_is_refused() {
    let sandbox = repaired_sample();
    let log = sandbox.text("log.json");
    for bad in ["", "{}", "[1, 2]", "no JSON", &log[..log.len() / 2], &log.replacen("\"source\"", "\"sauce\"", 1)] {
        sandbox.write("log.json", bad);
        let run = restore(&sandbox).exits(2);
        assert!(run.stdout.is_empty() && run.stderr.contains("log.json"), "{}", run.stderr);
    }
}

#[test]
fn repairs_are_explained_for_people_and_for_programs() {
    let sandbox = repaired_sample();
    let log = RepairLog::from_json(&sandbox.text("log.json")).unwrap();
    assert!(log.repairs().count() > 0, "the sample has repairs");
    let run = sandbox.run(&["repair", "original", "--json"]).exits(0);
    let listed: serde_json::Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), log.repairs().count());
    let explained = sandbox.run(&["repair", "original", "--explain"]).exits(0);
    assert!(explained.text().lines().count() >= log.repairs().count());
    sandbox.run(&["repair", "original", "--explain", "--json"]).exits(2).complains(&["--json"]);
}

#[test]
fn clean_text_is_not_touched() {
    assert_eq!(there_and_back(ARTICLE.as_bytes()), ARTICLE.as_bytes());
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    assert_eq!(sandbox.run(&["repair", "a.txt", "--json"]).exits(0).text(), "[]\n");
}

#[test]
fn a_log_never_overwrites_the_file_that_is_repaired() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["repair", "a.txt", "--log", "./a.txt"]).exits(2).complains(&["would overwrite it"]);
    assert_eq!(sandbox.text("a.txt"), ARTICLE);
}
