//! What happens to outputs that exist: ours are replaced, others are not.

use std::fs;
use std::time::SystemTime;

use crate::sandbox::{ARTICLE, Sandbox};

fn modified(sandbox: &Sandbox, name: &str) -> SystemTime {
    fs::metadata(sandbox.path(name)).unwrap().modified().unwrap()
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.run(&["in"]).exits(0);
    let first = sandbox.files("output");
    sandbox.run(&["in"]).exits(0);
    assert!(first == sandbox.files("output"));
}

#[test]
fn our_own_output_is_replaced_when_the_input_changes() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    sandbox.write("in/a.txt", ARTICLE.replace("March", "April"));
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    assert!(String::from_utf8(sandbox.read("output/a.txt")).unwrap().contains("April"));
}

#[test]
fn an_edited_output_is_refused_and_the_others_written() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.run(&["in", "--to", "txt,tei"]).exits(0);
    sandbox.write("output/a.txt", "edited by hand");
    sandbox.write("in/a.txt", ARTICLE.replace("March", "April"));
    sandbox.run(&["in", "--to", "txt,tei"]).exits(1).says("PARTLY CONVERTED").says("S002").says("--force replaces it");
    assert_eq!(sandbox.read("output/a.txt"), b"edited by hand");
    assert!(String::from_utf8(sandbox.read("output/a.tei.xml")).unwrap().contains("April"));
    sandbox.run(&["in", "--to", "txt,tei", "--force"]).exits(0);
    assert!(String::from_utf8(sandbox.read("output/a.txt")).unwrap().contains("April"));
}

#[test]
fn a_file_of_somebody_else_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.write("output/a.pdf", "somebody's own");
    sandbox.run(&["a.txt", "--to", "pdf,txt"]).exits(1).says("S002");
    assert_eq!(sandbox.read("output/a.pdf"), b"somebody's own");
    assert!(sandbox.exists("output/a.txt"));
}

#[test]
fn resume_makes_only_what_is_not_there_as_it_would_be() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.write("in/b.txt", ARTICLE);
    sandbox.run(&["in", "--to", "txt,tei"]).exits(0);
    let before = (modified(&sandbox, "output/a.tei.xml"), modified(&sandbox, "output/b.tei.xml"));
    sandbox.write("in/b.txt", ARTICLE.replace("March", "April"));
    sandbox.run(&["in", "--to", "txt,tei", "--resume"]).exits(0).says("a.txt: unchanged").says("b.txt: converted");
    assert_eq!(modified(&sandbox, "output/a.tei.xml"), before.0);
    assert_ne!(modified(&sandbox, "output/b.tei.xml"), before.1);
    // Another option, a lost output: both are reasons to convert.
    sandbox
        .run(&["in", "--to", "txt,tei", "--resume", "--timestamp", "2020-02-02T00:00:00Z"])
        .exits(0)
        .says("a.txt: converted");
    fs::remove_file(sandbox.path("output/a.txt")).unwrap();
    sandbox
        .run(&["in", "--to", "txt,tei", "--resume", "--timestamp", "2020-02-02T00:00:00Z"])
        .exits(0)
        .says("a.txt: converted")
        .says("b.txt: unchanged");
}

#[test]
fn a_report_that_is_not_ours_is_not_replaced() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.write("output/report.json", "somebody's own");
    sandbox.run(&["a.txt", "--to", "txt"]).exits(2).says("report.json").says("--force");
    assert_eq!(sandbox.read("output/report.json"), b"somebody's own");
    sandbox.run(&["a.txt", "--to", "txt", "--force"]).exits(0);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
}
