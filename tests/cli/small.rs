//! The small commands, help, and standard output that nobody reads or that is full.

use std::fs::OpenOptions;
use std::process::Stdio;

use crate::sandbox::{ARTICLE, Sandbox};

#[test]
fn formats_lists_each_format_with_its_ending_and_specification() {
    let run = Sandbox::new().run(&["formats"]).exits(0);
    let run = run.says(&["tei", ".tei.xml", "pdf", ".pdf", "application/pdf", "epub", ".epub", "txt", ".txt"]);
    assert!(run.text().lines().count() >= 4);
}

#[test]
fn explain_knows_every_code_in_any_case() {
    let sandbox = Sandbox::new();
    for code in oped_convert::diagnostic::CODES {
        sandbox.run(&["explain", code.id]).exits(0).says(&[code.id, code.title, code.doc]);
    }
    sandbox.run(&["explain", "s002"]).exits(0).says(&["S002 (error)", "--force"]);
}

#[test]
fn explain_of_an_unknown_code_names_the_known_ones() {
    Sandbox::new().run(&["explain", "X999"]).exits(2).complains(&["X999", "C001", "S003"]);
}

#[test]
fn completions_are_written_for_every_shell() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        sandbox.run(&["completions", shell]).exits(0).says(&["oped-convert", "restore", "dry-run"]);
    }
    sandbox.run(&["completions", "tcsh"]).exits(2).complains(&["bash", "fish"]);
}

#[test]
fn the_manual_covers_the_options_and_the_commands() {
    Sandbox::new().run(&["man"]).exits(0).says(&[".TH oped", "dry\\-run", "max\\-bytes", ".TH oped-convert-restore"]);
}

#[test]
fn licences_are_those_of_the_repository() {
    let expected = include_str!("../../THIRD-PARTY.md");
    assert_eq!(Sandbox::new().run(&["--licenses"]).exits(0).text(), expected);
}

#[test]
fn help_and_version_are_printed() {
    let sandbox = Sandbox::new();
    let help = sandbox.run(&["--help"]).exits(0);
    help.says(&["Usage", "--to", "--output", "--resume", "--force", "repair", "restore", "inspect", "Exit status"]);
    sandbox.run(&["--version"]).exits(0).says(&[oped_convert::VERSION]);
    sandbox.run(&["restore", "--help"]).exits(0).says(&["--log"]);
    let nothing: [&str; 0] = [];
    sandbox.run(&nothing).exits(2).complains(&["Usage"]);
}

#[test]
fn inspect_shows_a_text_for_people_and_for_programs() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["inspect", "a.txt"]).exits(0).says(&["The harbour needs a second bridge", "Ada Holm"]);
    let run = sandbox.run(&["inspect", "a.txt", "--json"]).exits(0);
    let value: serde_json::Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(value["metadata"]["title"]["value"], "The harbour needs a second bridge");
    let fed =
        sandbox.feed(&["inspect", "--json", "--title", "Stated", "--language", "nn"], ARTICLE.as_bytes()).exits(0);
    let value: serde_json::Value = serde_json::from_str(fed.text()).unwrap();
    assert_eq!(value["metadata"]["title"]["value"], "Stated");
    assert_eq!(value["metadata"]["language"]["value"], "nn");
    sandbox.run(&["inspect", "missing.txt"]).exits(2).complains(&["missing.txt", "no such file"]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE)]);
    let runs: [&[&str]; 9] = [
        &["in", "--to", "txt"],
        &["in", "--to", "txt", "--json", "-o", "json"],
        &["repair", "in/a.txt"],
        &["repair", "in/a.txt", "--json"],
        &["inspect", "in/a.txt"],
        &["formats"],
        &["man"],
        &["completions", "bash"],
        &["--licenses"],
    ];
    for arguments in runs {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = sandbox.command(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stderr)), (Some(0), ""), "{arguments:?}");
    }
    assert!(sandbox.exists("output/a.txt") && sandbox.exists("output/b.txt") && sandbox.exists("json/report.json"));
}

#[test]
fn text_that_could_not_be_printed_is_an_error() {
    // A device on which every write fails as on a full disk; Linux has it.
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else { return };
    let sandbox = Sandbox::with(&[("a.txt", "no line break at the end")]);
    let output = sandbox.command(&["repair", "a.txt"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.is_empty());
}
