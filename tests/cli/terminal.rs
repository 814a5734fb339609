//! What a terminal would obey, and what stands at the other end of streams: pipes that end early, pipes as inputs.

use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;

use crate::sandbox::{ARTICLE, Sandbox};
use crate::support::page_record;

/// Sequences that colour, ring, erase, and turn the direction of text.
const OBEYED: &str = "\u{1B}[31m\u{7}\u{9B}2J\u{202E}\u{2066}\u{200F}";

/// Text in which the sequences stand wherever something is quoted.
fn hostile() -> String {
    format!(
        "Title {OBEYED}\n\nBy Ada {OBEYED} Holm\n\nPublished: 99/99/{OBEYED}\n\nIt wonâ€™t {OBEYED} do, it canâ€™t {OBEYED} be.\n"
    )
}

#[track_caller]
fn check(output: &[u8]) {
    let text = std::str::from_utf8(output).unwrap();
    let obeyed = |c: char| {
        (c.is_control() && c != '\n') || ('\u{202A}'..='\u{202E}').contains(&c) || "\u{2066}\u{200F}".contains(c)
    };
    assert!(!text.contains(obeyed), "{text:?}");
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    let name = format!("a{OBEYED}.txt");
    let sandbox = Sandbox::with(&[(&format!("in/{name}"), &hostile()), (&format!("in/b{OBEYED}.jsonl"), "no JSON\n")]);
    let jsonl = format!("in/b{OBEYED}.jsonl");
    let file = format!("in/{name}");
    let runs: [&[&str]; 13] = [
        &["in", "--to", "txt", "-v"],
        &["in", "--to", "txt", "-v", "--json"],
        &["in", "--to", "txt", "-v", "--strict", "-o", &format!("out{OBEYED}")],
        &["inspect", &file],
        &["inspect", &file, "--json"],
        &["inspect", &jsonl],
        &["repair", "--explain", &file],
        &["repair", "--json", &file],
        &["repair", &format!("no{OBEYED}.txt")],
        &["restore", &file, "--log", &file],
        &["explain", OBEYED],
        &["learn", "in"],
        &["in", &format!("--{OBEYED}")],
    ];
    for arguments in runs {
        let run = sandbox.run(arguments);
        check(&run.stdout);
        check(run.stderr.as_bytes());
        assert!(run.stdout.len() + run.stderr.len() > 0, "{arguments:?}");
    }
    // The values are the same; only their JSON has escapes.
    let run = sandbox.run(&["inspect", &file, "--json"]);
    let value: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(value["source"]["path"].as_str().unwrap().contains(OBEYED), "{value}");
}

#[test]
fn a_reader_that_stops_reading_changes_no_exit_status() {
    let sandbox = Sandbox::with(&[("in/z.txt", "\0\u{1}\0\u{2}\0\u{3}")]);
    (0..200).for_each(|n| sandbox.write(&format!("in/{n:03}.txt"), ARTICLE));
    let mut child =
        sandbox.command(&["in", "--to", "txt"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(sandbox.report()["summary"]["converted"], 200);
}

#[cfg(unix)]
#[test]
fn pipes_are_inputs_of_every_kind() {
    use std::process::Command;

    let record = page_record("https://a.example/1", "The harbour");
    let line = serde_json::json!({ "text": ARTICLE }).to_string() + "\n";
    for (name, bytes) in
        [("a.warc", record.clone()), ("pipe", record), ("b.jsonl", line.into_bytes()), ("c.txt", ARTICLE.into())]
    {
        let sandbox = Sandbox::new();
        let pipe = sandbox.path(name);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        std::thread::scope(|scope| {
            scope.spawn(|| std::fs::write(&pipe, bytes).unwrap());
            sandbox.run(&[name, "--to", "txt"]).exits(0).says(&["1 converted"]);
        });
        // In a folder it is listed, and nobody waits for what may never come.
        sandbox.write("in/d.txt", ARTICLE);
        assert!(Command::new("mkfifo").arg(sandbox.path("in/e.jsonl")).status().unwrap().success());
        sandbox.run(&["in", "--to", "txt"]).exits(0).says(&["1 converted, 1 ignored"]);
        assert_eq!(sandbox.report()["ignored"][0], "e.jsonl");
    }
}

/// A pipe whose reader is gone.
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn a_message_that_nobody_reads_changes_no_exit_status() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("fonts/none.txt", "")]);
    sandbox.run(&["repair", "a.txt", "--log", "log.json"]).exits(0);
    let restore = sandbox.command(&["restore", "fonts/none.txt", "--log", "log.json"]).stderr(closed_pipe()).status();
    assert_eq!(restore.unwrap().code(), Some(1));
    let convert = sandbox.command(&["a.txt", "--to", "txt", "--font-dir", "fonts"]).stderr(closed_pipe()).status();
    assert_eq!(convert.unwrap().code(), Some(0));
    assert!(sandbox.exists("output/a.txt"));
    let none = sandbox.command(&["no.txt"]).stderr(closed_pipe()).status();
    assert_eq!(none.unwrap().code(), Some(2));
}

#[test]
fn what_the_environment_says_is_printed_so_that_a_terminal_shows_it() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    for arguments in [&["a.txt"][..], &["--help"]] {
        let output = sandbox.command(arguments).env("SOURCE_DATE_EPOCH", OBEYED).output().unwrap();
        check(&output.stdout);
        check(&output.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_under_the_name_of_an_output_is_left_alone() {
    use std::process::Command;

    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("output/mine.txt", "mine")]);
    assert!(Command::new("mkfifo").arg(sandbox.path("output/a.txt")).status().unwrap().success());
    sandbox.run(&["a.txt", "--to", "txt"]).exits(1).says(&["S002: a.txt"]);
    assert!(Command::new("mkfifo").arg(sandbox.path("output/.oped-convert/pipe")).status().unwrap().success());
    std::fs::rename(sandbox.path("output/.oped-convert/pipe"), sandbox.path("output/.oped-convert/outputs.tsv"))
        .unwrap();
    sandbox.run(&["a.txt", "--to", "txt"]).exits(2).complains(&["outputs.tsv", "no regular file"]);
    assert!(!sandbox.exists("output/.oped-convert/reserve") && !sandbox.exists("output/.oped-convert/stage"));
}
