//! A run that is killed leaves no half file under a name, and the next run finishes the work.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use oped_convert::original::Digest;

use crate::sandbox::{ARTICLE, Sandbox};

#[test]
fn a_killed_run_leaves_complete_files_that_the_record_knows() {
    let sandbox = Sandbox::new();
    for n in 0..700 {
        sandbox.write(&format!("in/{n:03}.txt"), ARTICLE.replace("harbour", &format!("number {n}")));
    }
    let mut child = sandbox.command(&["in", "--to", "tei,epub,txt", "-q", "--jobs", "1"]).spawn().unwrap();
    // The first window's files get their names together, long before the last window's.
    while !sandbox.exists("output/000.txt") && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let record = String::from_utf8(sandbox.read("output/.oped-convert/outputs.tsv")).unwrap();
    let known: BTreeSet<&str> = record.lines().filter_map(|line| line.rsplit('\t').next()).collect();
    let files = sandbox.files("output");
    assert!(files.len() > 1);
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "report.json") {
        assert!(known.contains(Digest::of(bytes).hex().as_str()), "{name} is complete and known");
    }
    sandbox.run(&["in", "--to", "tei,epub,txt", "-q", "--resume"]).exits(0);
    assert_eq!(sandbox.files("output").len(), 700 * 5 + 1);
    assert!(!sandbox.exists("output/.oped-convert/stage"));
}
