//! What stands in the output folder already: ours is replaced, everything else is left alone; a run that is cut
//! off leaves nothing half-written.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use oped_convert::original::Digest;

use crate::sandbox::{ARTICLE, Sandbox, codes, tree};

/// When each output was last written.
fn times(sandbox: &Sandbox) -> BTreeMap<String, SystemTime> {
    let names = sandbox.names("output").into_iter().filter(|name| name != "report.json");
    names
        .map(|name| (name.clone(), fs::metadata(sandbox.path("output").join(name)).unwrap().modified().unwrap()))
        .collect()
}

#[test]
fn what_somebody_edited_is_kept_and_the_rest_written() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE)]);
    sandbox.run(&["in", "--to", "tei,txt"]).exits(0);
    let made = sandbox.text("output/a.txt");
    sandbox.write("output/a.txt", "my own words");
    fs::remove_file(sandbox.path("output/a.tei.xml")).unwrap();
    let run = sandbox.run(&["in", "--to", "tei,txt"]).exits(1);
    run.says(&["a.txt: PARTLY CONVERTED", "S002: a.txt exists", "--force replaces it", "1 converted, 1 in part"]);
    assert_eq!(sandbox.text("output/a.txt"), "my own words");
    assert!(sandbox.exists("output/a.tei.xml") && sandbox.exists("output/b.txt"));
    let row = sandbox.row("a.txt");
    assert_eq!((row["refused"].clone(), codes(&row)), (serde_json::json!(["txt"]), vec!["S002"]));
    sandbox.run(&["in", "--to", "tei,txt", "--force"]).exits(0);
    assert_eq!(sandbox.text("output/a.txt"), made);
}

#[test]
fn what_this_program_never_wrote_is_kept() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("output/a.repaired.txt", "notes"), ("output/mine.txt", "mine")]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(1).says(&["S002: a.repaired.txt"]);
    assert_eq!(sandbox.text("output/a.repaired.txt"), "notes");
    sandbox.run(&["a.txt", "--to", "txt", "--force"]).exits(0);
    assert_eq!(sandbox.text("output/a.repaired.txt"), ARTICLE);
    assert_eq!(sandbox.text("output/mine.txt"), "mine", "--force replaces outputs and nothing else");
}

#[test]
fn a_file_with_the_bytes_that_would_be_written_is_no_conflict() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("output/a.repaired.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
}

#[test]
fn outputs_of_a_changed_input_are_replaced() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    for text in [ARTICLE, "Second version\n\nIt says something else.\n", "Third version\n\nAnd again.\n"] {
        sandbox.write("a.txt", text);
        sandbox.run(&["a.txt", "--to", "tei,txt"]).exits(0);
        assert_eq!(sandbox.text("output/a.repaired.txt"), text);
    }
}

#[test]
fn outputs_of_other_options_are_replaced() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "tei"]).exits(0);
    let before = sandbox.read("output/a.tei.xml");
    sandbox.run(&["a.txt", "--to", "tei", "--title", "Another Title"]).exits(0);
    assert_ne!(sandbox.read("output/a.tei.xml"), before);
}

#[test]
fn resume_leaves_alone_what_is_current() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE)]);
    sandbox.run(&["in"]).exits(0);
    let before = times(&sandbox);
    sandbox.run(&["in", "--resume"]).exits(0).says(&["a.txt: unchanged", "0 converted, 2 unchanged"]);
    assert_eq!(times(&sandbox), before);
    assert_eq!(sandbox.row("a.txt")["status"], "unchanged");
}

#[test]
fn resume_makes_what_changed_or_is_gone() {
    let files = [("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE), ("in/c.txt", ARTICLE)];
    let sandbox = Sandbox::with(&files);
    sandbox.run(&["in", "--to", "tei,txt"]).exits(0);
    let before = times(&sandbox);
    sandbox.write("in/b.txt", "Changed\n\nIt says something else.\n");
    fs::remove_file(sandbox.path("output/c.tei.xml")).unwrap();
    let run = sandbox.run(&["in", "--to", "tei,txt", "--resume"]).exits(0);
    run.says(&["a.txt: unchanged", "b.txt: converted", "c.txt: converted"]);
    let unchanged = |name: &str| times(&sandbox)[name] == before[name];
    assert!(unchanged("a.txt") && unchanged("a.tei.xml") && !unchanged("b.txt"));
    assert_eq!(sandbox.text("output/b.repaired.txt"), "Changed\n\nIt says something else.\n");
    assert!(sandbox.exists("output/c.tei.xml"));
}

#[test]
fn resume_sees_other_options_and_other_formats() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    sandbox.run(&["a.txt", "--to", "txt,tei", "--resume"]).exits(0).says(&["a.txt: converted"]);
    assert!(sandbox.exists("output/a.tei.xml"));
    sandbox.run(&["a.txt", "--to", "txt", "--resume"]).exits(0).says(&["a.txt: unchanged"]);
    sandbox.run(&["a.txt", "--to", "txt,tei", "--resume", "--title", "Other"]).exits(0).says(&["a.txt: converted"]);
}

#[test]
fn resume_does_not_replace_what_somebody_edited() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    sandbox.write("output/a.txt", "my own words");
    sandbox.run(&["a.txt", "--to", "txt", "--resume"]).exits(1).says(&["S002"]);
    assert_eq!(sandbox.text("output/a.txt"), "my own words");
}

#[test]
fn a_later_run_over_other_inputs_leaves_the_earlier_outputs_ours() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    sandbox.run(&["b.txt", "--to", "txt"]).exits(0);
    sandbox.write("a.txt", "Changed\n\nIt says something else.\n");
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
}

#[cfg(unix)]
#[test]
fn an_output_that_could_not_be_replaced_stays_ours() {
    let sandbox = Sandbox::with(&[("in/sub/a.txt", ARTICLE)]);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    // While its folder is away, the new outputs are made but do not get their names.
    let (folder, away) = (sandbox.path("output/sub"), sandbox.path("away"));
    fs::rename(&folder, &away).unwrap();
    std::os::unix::fs::symlink("nowhere", &folder).unwrap();
    sandbox.write("in/sub/a.txt", "Changed\n\nIt says something else.\n");
    sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["sub/a.txt: REJECTED", "S001"]);
    fs::remove_file(&folder).unwrap();
    fs::rename(&away, &folder).unwrap();
    assert_eq!(sandbox.text("output/sub/a.repaired.txt"), ARTICLE);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    assert!(sandbox.text("output/sub/a.txt").starts_with("Changed"));
}

#[test]
fn without_its_record_nothing_is_known_to_be_ours() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    let lose_record = || {
        fs::remove_dir_all(sandbox.path("output/.oped-convert")).unwrap();
        fs::remove_file(sandbox.path("output/report.json")).unwrap();
    };
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    lose_record();
    // What would come out as it is there is no loss.
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    lose_record();
    sandbox.write("a.txt", "Changed\n\nIt says something else.\n");
    sandbox.run(&["a.txt", "--to", "txt"]).exits(1).says(&["S002"]);
    assert_eq!(sandbox.text("output/a.repaired.txt"), ARTICLE);
}

#[test]
fn a_report_that_is_not_ours_is_not_replaced() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("output/report.json", "somebody's own")]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(2).complains(&["report.json", "--force"]);
    assert_eq!(sandbox.text("output/report.json"), "somebody's own");
    sandbox.run(&["a.txt", "--to", "txt", "--force"]).exits(0);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
}

#[test]
fn an_input_is_never_written_over() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE)]);
    sandbox.run(&["in/a.txt", "--to", "txt", "-o", "in", "--force"]).exits(1).says(&["is an input of this run"]);
    assert_eq!(sandbox.text("in/a.txt"), ARTICLE);
    sandbox.run(&["in", "--to", "txt", "-o", "in"]).exits(2).complains(&["it is also the output folder"]);
}

#[test]
fn two_runs_do_not_share_an_output_folder() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    let lock = fs::File::create(sandbox.path("output/.oped-convert/lock")).unwrap();
    lock.lock().unwrap();
    sandbox.run(&["a.txt", "--to", "txt"]).exits(2).complains(&["another run is writing to"]);
    drop(lock);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
}

/// More articles than a window holds, so that some are named while others are still converted.
fn many() -> Sandbox {
    let sandbox = Sandbox::new();
    for n in 0..300 {
        sandbox
            .write(&format!("in/{n:03}.txt"), format!("Article {n}\n\nBy Ada Holm\n\n{}\n", ARTICLE.repeat(1 + n % 7)));
    }
    sandbox
}

/// Starts a run and kills it as soon as a file has its name; `false` where it was over before.
fn cut_off(sandbox: &Sandbox) -> bool {
    let mut child = sandbox.command(&["in", "-q", "--jobs", "1", "--to", "tei,epub,txt"]).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && !sandbox.exists("output/000.txt") {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

/// The record's digests of each path.
fn recorded(sandbox: &Sandbox) -> BTreeMap<String, Vec<String>> {
    let mut digests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in sandbox.text("output/.oped-convert/outputs.tsv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        digests.entry(fields[0].to_owned()).or_default().push(fields[5].to_owned());
    }
    digests
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_that_the_next_run_knows() {
    let sandbox = (0..9).map(|_| many()).find(cut_off).expect("one of the runs was killed before it was over");
    let (files, record) = (tree(&sandbox.path("output")), recorded(&sandbox));
    assert!(!files.is_empty() && !files.contains_key("report.json"));
    for (name, bytes) in &files {
        let digest = Digest::of(bytes).hex();
        assert!(record.get(name).is_some_and(|known| known.contains(&digest)), "{name} is partial or not recorded");
    }
    sandbox.run(&["in", "--to", "tei,epub,txt", "--resume"]).exits(0);
    assert!(!sandbox.exists("output/.oped-convert/stage"));
    assert_eq!(sandbox.names("output").len(), 300 * 5 + 1);
    for (name, bytes) in &files {
        assert!(sandbox.read(&format!("output/{name}")) == *bytes, "{name} came out otherwise");
    }
}

#[test]
fn a_record_that_was_cut_off_in_a_line_is_read_up_to_it() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE)]);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    let path = "output/.oped-convert/outputs.tsv";
    let record = sandbox.text(path);
    sandbox.write(path, format!("{record}c.txt\ttxt\t0123"));
    sandbox.write("in/a.txt", "Changed\n\nIt says something else.\n");
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    assert_eq!(recorded(&sandbox).len(), 8, "three files of each input, and what was said of it");
}
