//! Outputs are decided by the inputs and the options: not by threads, folders, surroundings or the order of files.

#![cfg(feature = "cli")]

#[path = "cli/sandbox.rs"]
mod sandbox;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::Command;

use sandbox::{Sandbox, sample_files, samples, tree};

/// Every format there is.
const FORMATS: [&str; 2] = ["--to", "tei,pdf,epub,txt"];

type Tree = BTreeMap<String, Vec<u8>>;

/// Runs a command that writes to `output`, and reads what it wrote.
fn outputs(sandbox: &Sandbox, mut command: Command) -> Tree {
    let run = command.arg("-q").args(FORMATS).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    tree(&sandbox.path("output"))
}

/// The samples by one thread, from their folder.
fn reference() -> Tree {
    let sandbox = Sandbox::new();
    let files = outputs(&sandbox, sandbox.command(&[samples().into_os_string(), "--jobs".into(), "1".into()]));
    // Four renditions, the repaired text and its log for each, and the report.
    assert_eq!(files.len(), sample_files().len() * 6 + 1);
    files
}

#[track_caller]
fn assert_same(expected: &Tree, found: &Tree) {
    assert!(expected.keys().eq(found.keys()), "other names: {:?}", found.keys());
    let different: Vec<&String> = expected.keys().filter(|name| expected[*name] != found[*name]).collect();
    assert!(different.is_empty(), "other bytes in {different:?}");
}

#[test]
fn threads_do_not_decide_the_outputs() {
    let expected = reference();
    assert_same(&expected, &reference());
    let sandbox = Sandbox::new();
    for _ in 0..3 {
        let found =
            outputs(&sandbox, sandbox.command(&[samples().into_os_string(), "--jobs=8".into(), "--force".into()]));
        assert_same(&expected, &found);
    }
}

#[test]
fn the_folders_do_not_decide_the_outputs() {
    let sandbox = Sandbox::new();
    for file in sample_files() {
        let name = file.file_name().unwrap().to_str().unwrap();
        sandbox.write(&format!("here/articles/{name}"), std::fs::read(&file).unwrap());
    }
    let mut command = sandbox.command(&["../here/articles", "-o", "../output"]);
    std::fs::create_dir(sandbox.path("there")).unwrap();
    command.current_dir(sandbox.path("there"));
    assert_same(&reference(), &outputs(&sandbox, command));
}

#[cfg(unix)]
#[test]
fn the_surroundings_do_not_decide_the_outputs() {
    let expected = reference();
    for (zone, language, mask) in [("Pacific/Kiritimati", "tr_TR.UTF-8", "077"), ("America/St_Johns", "C", "002")] {
        let sandbox = Sandbox::new();
        let mut command = Command::new("sh");
        command.args(["-c", &format!("umask {mask}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_oped-convert")]);
        command.arg(samples()).current_dir(sandbox.path("")).env_remove("SOURCE_DATE_EPOCH");
        command.env("TZ", zone).env("LANG", language).env("LC_ALL", language).env("COLUMNS", "40").env("HOME", "/");
        assert_same(&expected, &outputs(&sandbox, command));
    }
}

#[test]
fn the_order_of_the_inputs_decides_the_order_of_the_report_only() {
    let mut expected = reference();
    let mut files: Vec<OsString> = sample_files().into_iter().map(Into::into).collect();
    let sandbox = Sandbox::new();
    let in_order = outputs(&sandbox, sandbox.command(&files));
    assert_same(&expected, &in_order);
    files.reverse();
    files.rotate_left(5);
    let sandbox = Sandbox::new();
    let mut found = outputs(&sandbox, sandbox.command(&files));
    let (report, other) = (expected.remove("report.json"), found.remove("report.json"));
    assert!(report.is_some() && other.is_some() && report != other);
    assert_same(&expected, &found);
}

#[test]
fn what_one_run_converts_does_not_decide_how() {
    let mut expected = reference();
    expected.remove("report.json");
    let sandbox = Sandbox::new();
    let mut found = Tree::new();
    for file in sample_files() {
        found = outputs(&sandbox, sandbox.command(&[file]));
    }
    found.remove("report.json");
    assert_same(&expected, &found);
}
