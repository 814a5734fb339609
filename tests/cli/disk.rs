//! A disk that is full, or fails: every input has its row, what there is of the report is there, the reason is told, and
//! a later run goes on. The disk is played by a library that is preloaded, which Linux has.

#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sandbox::{ARTICLE, Run, Sandbox, codes};

/// Compiles the library that plays the disk.
fn library(sandbox: &Sandbox) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/failing_disk.c");
    let library = sandbox.path("disk.so");
    let compiled = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).status();
    assert!(compiled.expect("a C compiler, which Rust links with").success());
    library
}

/// Thirty articles.
fn articles() -> Sandbox {
    let sandbox = Sandbox::new();
    (0..30).for_each(|n| sandbox.write(&format!("in/{n:02}.txt"), ARTICLE.replace("second", &format!("{n}th"))));
    sandbox
}

fn on_disk(sandbox: &Sandbox, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = sandbox.command(arguments);
    command.env("LD_PRELOAD", library(sandbox)).env("DISK_FOLDER", sandbox.path("output"));
    command.envs(variables.iter().copied());
    Run::new(command.output().unwrap())
}

fn rows(run: &Run) -> Vec<Value> {
    run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Each input has a row, in the output and in the report; what the rows call written is there.
fn check_rows(sandbox: &Sandbox, run: &Run) -> usize {
    let rows = rows(run);
    let names: Vec<String> = (0..30).map(|n| format!("{n:02}.txt")).collect();
    assert_eq!(rows.iter().map(|row| row["input"].as_str().unwrap()).collect::<Vec<_>>(), names);
    let report = sandbox.report();
    assert_eq!(report["inputs"].as_array().unwrap(), &rows, "the report has what was printed");
    let converted = rows.iter().filter(|row| row["status"] == "converted").count();
    for row in rows {
        assert!(row["status"] == "converted" || codes(&row).contains(&"S001"), "{row}");
        for output in row["outputs"].as_array().unwrap() {
            let path = format!("output/{}", output["path"].as_str().unwrap());
            assert_eq!(sandbox.read(&path).len() as u64, output["bytes"].as_u64().unwrap());
        }
    }
    assert_eq!(report["summary"]["converted"], converted);
    converted
}

#[test]
fn on_a_full_disk_every_input_has_its_row_and_a_later_run_goes_on() {
    // The reserve and the record are 1 MiB and some; a PDF of these 17 kB.
    for bytes in ["1080000", "1200000", "1400000"] {
        let sandbox = articles();
        let arguments = ["in", "--to", "pdf,txt", "--json"];
        let run = on_disk(&sandbox, &arguments, &[("DISK_BYTES", bytes)]).exits(1);
        let converted = check_rows(&sandbox, &run);
        assert!((1..30).contains(&converted), "{bytes}: {converted}");
        let run = sandbox.run(&[&arguments[..], &["--resume"]].concat()).exits(0);
        let rows = rows(&run);
        assert_eq!(rows.iter().filter(|row| row["status"] == "unchanged").count(), converted, "{bytes}");
        assert_eq!(sandbox.names("output").len(), 30 * 4 + 1);
        assert!(!sandbox.exists("output/.oped-convert/reserve"));
    }
}

#[test]
fn a_collection_that_has_no_room_is_told_and_the_others_go_on() {
    let sandbox = articles();
    let arguments = ["in", "--json", "--tei-corpus", "output/all.xml", "--epub-anthology", "all.epub"];
    let run = on_disk(&sandbox, &arguments, &[("DISK_BYTES", "1100000")]).exits(1);
    let run = run.complains(&["--tei-corpus", "No space left"]);
    assert_eq!(rows(&run).len(), 30);
    assert!(!sandbox.exists("output/all.xml") && sandbox.exists("all.epub"));
    assert_eq!(sandbox.names("output"), ["report.json"], "nothing half-written stays");
}

#[test]
fn a_disk_without_room_to_begin_is_told() {
    let sandbox = articles();
    let run = on_disk(&sandbox, &["in", "--to", "txt"], &[("DISK_BYTES", "4000")]).exits(2);
    run.complains(&["output folder cannot be used", "No space left"]);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
}

#[test]
fn a_report_that_has_no_room_for_all_its_rows_says_how_many_it_lacks() {
    let sandbox = Sandbox::new();
    (0..3000).for_each(|n| sandbox.write(&format!("in/{n:04}-{}.bin.txt", "x".repeat(120)), "\0\u{1}\0\u{2}\0"));
    let run = on_disk(&sandbox, &["in", "--to", "txt", "--json"], &[("DISK_BYTES", "1100000")]).exits(1);
    run.complains(&["report.json lacks the rows of", "No space left"]);
    let report = sandbox.report();
    let kept = report["inputs"].as_array().unwrap().len() as u64;
    assert_eq!((kept + report["rows_lost"].as_u64().unwrap(), &report["summary"]["rejected"]), (3000, &3000.into()));
    sandbox.run(&["in", "--to", "txt"]).exits(1);
    assert_eq!(sandbox.report()["inputs"].as_array().unwrap().len(), 3000, "our report is replaced");
}

#[test]
fn an_error_of_the_record_costs_nothing_once_and_a_window_where_it_lasts() {
    let failing = |times| [("DISK_EIO", times), ("DISK_EIO_FILE", "outputs.tsv")];
    // The first one is that of the record's first line.
    let sandbox = articles();
    sandbox.run(&["in/00.txt", "--to", "txt"]).exits(0);
    let run = on_disk(&sandbox, &["in", "--to", "txt", "--json"], &failing("1")).exits(0);
    assert_eq!(check_rows(&sandbox, &run), 30);
    let run = on_disk(&sandbox, &["in", "--to", "txt", "--json", "--force"], &failing("99")).exits(1);
    assert_eq!(check_rows(&sandbox, &run), 0);
    let run = sandbox.run(&["in", "--to", "txt", "--json", "--resume"]).exits(0);
    assert!(rows(&run).iter().all(|row| row["status"] == "unchanged"));
}
