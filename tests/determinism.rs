//! The same input gives the same bytes: with any number of threads, from any folder, in any order of the inputs,
//! under any locale, time zone and umask.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

fn input() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("input")
}

fn named() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(input()).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file());
    files.map(|p| (p.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&p).unwrap())).collect()
}

/// Converts from a folder of its own and gives every output.
fn convert(inputs: &[PathBuf], jobs: &str, prepare: impl FnOnce(&mut Command)) -> BTreeMap<String, Vec<u8>> {
    let here = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_oped-convert"));
    command.current_dir(here.path()).env_remove("SOURCE_DATE_EPOCH");
    command.args(inputs).args(["--to", "tei,pdf,epub,txt", "-q", "--jobs", jobs, "-o", "out"]);
    prepare(&mut command);
    assert!(command.status().unwrap().success());
    outputs(&here.path().join("out"))
}

#[test]
fn threads_folder_locale_and_time_zone_change_nothing() {
    let one = convert(&[input()], "1", |_| ());
    assert_eq!(one.len(), named().len() * 6 + 1);
    let other = convert(&[input()], "8", |command| {
        command
            .env("TZ", "Pacific/Kiritimati")
            .env("LANG", "tr_TR.UTF-8")
            .env("LC_ALL", "tr_TR.UTF-8")
            .env("HOME", "/");
    });
    assert!(one == other);
}

#[test]
fn the_order_of_the_inputs_changes_nothing_but_the_report() {
    let mut files = named();
    let mut forwards = convert(&files, "2", |_| ());
    files.reverse();
    let mut backwards = convert(&files, "2", |_| ());
    let (first, second) = (forwards.remove("report.json").unwrap(), backwards.remove("report.json").unwrap());
    assert!(forwards == backwards);
    assert_eq!(first.len(), second.len(), "the same rows in another order");
}
