//! The small commands.

use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;

use crate::sandbox::{ARTICLE, Sandbox};

#[test]
fn inspect_prints_the_object_and_the_page() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    let object: Value = serde_json::from_str(&sandbox.run(&["inspect", "a.txt", "--json"]).exits(0).stdout()).unwrap();
    assert_eq!(object["metadata"]["title"]["value"], "We can’t wait");
    assert_eq!(object["metadata"]["title_as_printed"]["value"], "Ann Lee: We can’t wait");
    assert_eq!(object["metadata"]["publisher"]["span"], serde_json::json!([27, 31]));
    assert_eq!(object["metadata"]["subtitle"], Value::Null);
    assert_eq!(object["blocks"][0]["role"], "title");
    sandbox.run(&["inspect", "a.txt"]).exits(0).says("title.after-author").says("Ann Lee").says("2017-12-05");
    sandbox.run_with_stdin(&["inspect", "--language", "en"], b"Short.").exits(0).says("stated");
}

#[test]
fn the_small_commands_print_what_they_are_for() {
    let sandbox = Sandbox::new();
    sandbox.run(&["formats"]).exits(0).says("application/tei+xml").says("PDF/UA-1").says("EPUB 3.3");
    sandbox.run(&["explain", "r002"]).exits(0).says("R002 (warning)").says("not guessed");
    sandbox.run(&["explain", "X999"]).exits(2).says("there is no diagnostic").says("R002");
    sandbox.run(&["completions", "bash"]).exits(0).says("_oped__convert");
    sandbox.run(&["man"]).exits(0).says(".TH oped-convert").says("oped-convert-restore");
    sandbox.run(&["--licenses"]).exits(0).says("OFL").says("encoding_rs");
    sandbox.run(&["--help"]).exits(0).says("--epub-page-list").says("Exit status");
    sandbox.run(&["--version"]).exits(0).says(env!("CARGO_PKG_VERSION"));
    sandbox.run(&[]).exits(2).says("Usage");
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let sandbox = Sandbox::new();
    sandbox.write("long.txt", "A line of some length that is written many times.\n".repeat(40_000));
    let mut child =
        sandbox.command(&["repair", "long.txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}
