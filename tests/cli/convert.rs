//! What convert writes, under which names, and what it says.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sandbox::{ARTICLE, Sandbox};

#[test]
fn the_three_formats_and_the_way_back_are_written() {
    let sandbox = Sandbox::new();
    sandbox.write("in/2017/a.txt", ARTICLE);
    sandbox.run(&["in"]).exits(0).says("2017/a.txt: converted  UTF-8, 3 repairs").says("1 converted; in output");
    let files: Vec<String> = sandbox.files("output").into_keys().collect();
    let expected =
        ["2017/a.epub", "2017/a.pdf", "2017/a.repaired.txt", "2017/a.repairs.json", "2017/a.tei.xml", "report.json"];
    assert_eq!(files, expected);
    assert!(!sandbox.exists("output/.oped-convert/stage"));
}

#[test]
fn files_that_differ_only_in_their_ending_keep_it() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.write("in/a.html", ARTICLE);
    sandbox.run(&["in", "--to", "tei"]).exits(0);
    assert!(sandbox.exists("output/a.txt.tei.xml") && sandbox.exists("output/a.html.tei.xml"));
}

#[test]
fn equal_paths_below_two_roots_get_the_name_of_the_root() {
    let sandbox = Sandbox::new();
    sandbox.write("one/a.txt", ARTICLE);
    sandbox.write("two/a.txt", ARTICLE);
    sandbox.write("two/b.txt", ARTICLE);
    sandbox.run(&["one", "two", "--to", "tei"]).exits(0);
    for name in ["one/a", "two/a", "b"] {
        assert!(sandbox.exists(&format!("output/{name}.tei.xml")), "{name}");
    }
}

#[test]
fn the_same_bytes_twice_are_written_twice() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.write("in/b.txt", ARTICLE);
    sandbox.run(&["in", "--to", "txt"]).exits(0).says("2 converted");
    assert_eq!(sandbox.read("output/a.txt"), sandbox.read("output/b.txt"));
}

#[test]
fn two_inputs_with_one_output_name_do_not_overwrite_each_other() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    // Its plain text would have the name of the repaired text of a.txt.
    sandbox.write("in/a.repaired.txt", "Another Title\n\nAnother text altogether.\n");
    sandbox.run(&["in", "--to", "txt"]).exits(1).says("S003");
    let report = sandbox.report("output");
    assert_eq!(report["summary"]["partial"], 1);
}

#[test]
fn an_output_folder_inside_the_input_folder_is_no_input() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.run(&["in", "--to", "txt", "-o", "in/output"]).exits(0).says("1 converted");
    sandbox.run(&["in", "--to", "txt", "-o", "in/output"]).exits(0).says("1 converted;");
    assert!(!sandbox.exists("in/output/output"));
}

#[test]
fn globs_choose_among_the_files_of_folders() {
    let sandbox = Sandbox::new();
    for name in ["in/2018/a.txt", "in/2019/b.txt", "in/2019/draft-c.txt", "in/2019/d.html"] {
        sandbox.write(name, ARTICLE);
    }
    sandbox
        .run(&["in", "--to", "tei", "--include", "2019/*", "--exclude", "*draft*"])
        .exits(0)
        .says("2 converted, 2 ignored");
    assert!(sandbox.exists("output/2019/b.tei.xml") && sandbox.exists("output/2019/d.tei.xml"));
    sandbox.run(&["in", "--include", "[", "-o", "x"]).exits(2);
}

#[test]
fn an_input_may_be_called_like_a_subcommand() {
    let sandbox = Sandbox::new();
    sandbox.write("repair", ARTICLE);
    sandbox.run(&["./repair", "--to", "txt"]).exits(0).says("repair: converted");
    sandbox.run(&["--to", "txt", "-o", "second", "--", "repair"]).exits(0).says("repair: converted");
}

#[test]
fn standard_input_is_an_input() {
    let sandbox = Sandbox::new();
    sandbox.run_with_stdin(&["-", "--to", "txt"], ARTICLE.as_bytes()).exits(0).says("stdin: converted");
    assert!(sandbox.exists("output/stdin.txt"));
}

#[test]
fn stated_values_are_used() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.run(&["a.txt", "--to", "tei", "--title", "Stated & Sure", "--language", "en-GB"]).exits(0);
    let tei = String::from_utf8(sandbox.read("output/a.tei.xml")).unwrap();
    assert!(tei.contains("Stated &amp; Sure") && tei.contains("xml:lang=\"en-GB\""));
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.run(&["a.txt", "--dry-run"]).exits(0).says("would be converted").says("nothing written");
    assert!(!sandbox.exists("output"));
}

#[test]
fn json_rows_are_those_of_the_report() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.write("in/b.txt", b"\x89PNG\r\n\x1A\n");
    let run = sandbox.run(&["in", "--to", "txt,tei", "--json"]).exits(1);
    let rows: Vec<Value> = run.stdout().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let report = sandbox.report("output");
    assert_eq!(Value::Array(rows), report["inputs"]);
    assert_eq!(report["summary"]["converted"], 1);
    let outputs = report["inputs"][0]["outputs"].as_array().unwrap();
    let formats: BTreeSet<&str> = outputs.iter().map(|o| o["format"].as_str().unwrap()).collect();
    assert_eq!(formats, BTreeSet::from(["repaired", "repairs", "tei", "txt"]));
}

#[test]
fn quiet_says_only_what_was_rejected() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    let run = sandbox.run(&["in", "--to", "txt", "-q"]).exits(0);
    assert_eq!(run.stdout() + &run.stderr(), "");
    sandbox.write("in/b.txt", b"GIF89a");
    sandbox.run(&["in", "--to", "txt", "-q"]).exits(1).says("b.txt: REJECTED");
}

#[test]
fn a_claimed_time_is_the_only_time_in_the_outputs() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.run(&["a.txt", "-o", "plain"]).exits(0);
    sandbox.run(&["a.txt", "-o", "claimed", "--timestamp", "2020-02-02T02:02:02Z"]).exits(0);
    let mut command = sandbox.command(&["a.txt", "-o", "epoch"]);
    let output = command.env("SOURCE_DATE_EPOCH", "1580608922").output().unwrap();
    assert!(output.status.success());
    let (plain, claimed, epoch) = (sandbox.files("plain"), sandbox.files("claimed"), sandbox.files("epoch"));
    assert!(claimed == epoch);
    assert!(!String::from_utf8_lossy(&plain["a.pdf"]).contains("CreationDate"));
    for name in ["a.tei.xml", "a.pdf", "a.epub"] {
        assert!(plain[name] != claimed[name], "{name} carries the claimed time");
    }
}
