//! Converting: which files are written, under which names, and what is said about them.

use serde_json::Value;

use oped_convert::write::tei::tree::Node;

use crate::sandbox::{ARTICLE, Sandbox, codes, tree};

/// The formats that the binary lists, with their endings.
fn formats(sandbox: &Sandbox) -> Vec<(String, String)> {
    let listed = sandbox.run(&["formats"]).exits(0);
    let columns = |line: &str| {
        let mut words = line.split_whitespace().map(|word| word.trim_start_matches('.').to_owned());
        (words.next().unwrap(), words.next().unwrap())
    };
    listed.text().lines().map(columns).collect()
}

#[test]
fn a_folder_becomes_all_default_renditions_in_its_own_shape() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/deep/er/b.text", ARTICLE), ("in/c.TXT", ARTICLE)]);
    sandbox.run(&["in"]).exits(0).says(&["a.txt: converted", "3 converted; in output\n"]);
    let mut expected = vec!["report.json".to_owned()];
    for stem in ["a", "c", "deep/er/b"] {
        for ending in ["tei.xml", "pdf", "epub", "repaired.txt", "repairs.json"] {
            expected.push(format!("{stem}.{ending}"));
        }
    }
    expected.sort();
    assert_eq!(sandbox.names("output"), expected);
}

#[test]
fn every_listed_format_can_be_asked_for_by_itself() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    let formats = formats(&sandbox);
    assert!(formats.len() >= 4);
    for (name, extension) in formats {
        sandbox.run(&["a.txt", "--to", &name, "-o", &name]).exits(0);
        let mut expected =
            ["report.json", "a.repaired.txt", "a.repairs.json", &format!("a.{extension}")].map(str::to_owned);
        expected.sort();
        assert_eq!(sandbox.names(&name), expected);
    }
}

#[test]
fn formats_may_be_listed_with_commas_or_one_by_one() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt,tei", "-o", "x"]).exits(0);
    sandbox.run(&["a.txt", "--to", "tei", "--to", "txt", "-o", "y"]).exits(0);
    assert_eq!(tree(&sandbox.path("x")), tree(&sandbox.path("y")));
}

#[test]
fn a_file_named_itself_is_tried_whatever_its_ending_and_loses_its_folders() {
    let sandbox = Sandbox::with(&[("in/notes.md", ARTICLE), ("in/plain", ARTICLE)]);
    sandbox.run(&["in/notes.md", "in/plain", "--to", "txt"]).exits(0);
    assert!(sandbox.exists("output/notes.txt") && sandbox.exists("output/plain.txt"));
}

#[test]
fn standard_input_is_called_stdin() {
    let sandbox = Sandbox::new();
    sandbox.feed(&["-", "--to", "txt"], ARTICLE.as_bytes()).exits(0).says(&["stdin: converted"]);
    assert_eq!(sandbox.text("output/stdin.repaired.txt"), ARTICLE);
    assert!(sandbox.exists("output/stdin.txt"));
}

#[test]
fn equal_paths_below_two_roots_get_the_names_of_the_roots() {
    let sandbox =
        Sandbox::with(&[("x/n/a.txt", "First\n\none\n"), ("y/n/a.txt", "Second\n\ntwo\n"), ("y/b.txt", ARTICLE)]);
    sandbox.run(&["x", "y", "--to", "txt"]).exits(0);
    assert_eq!(sandbox.text("output/x/n/a.repaired.txt"), "First\n\none\n");
    assert_eq!(sandbox.text("output/y/n/a.repaired.txt"), "Second\n\ntwo\n");
    assert!(sandbox.exists("output/b.txt"));
}

#[test]
fn files_that_differ_in_their_ending_only_keep_it() {
    let sandbox = Sandbox::with(&[("in/a.txt", "From text\n"), ("in/a.html", "From html\n"), ("in/b.txt", ARTICLE)]);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    assert_eq!(sandbox.text("output/a.txt.repaired.txt"), "From text\n");
    assert_eq!(sandbox.text("output/a.html.repaired.txt"), "From html\n");
    assert!(
        sandbox.exists("output/a.txt.txt") && sandbox.exists("output/a.html.txt") && sandbox.exists("output/b.txt")
    );
    assert!(!sandbox.exists("output/a.txt"));
}

#[test]
fn the_same_bytes_twice_are_written_twice() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE)]);
    sandbox.run(&["in", "--to", "tei,txt"]).exits(0);
    assert_eq!(sandbox.read("output/a.txt"), sandbox.read("output/b.txt"));
    assert_ne!(sandbox.read("output/a.tei.xml"), sandbox.read("output/b.tei.xml"), "they are two articles");
}

#[test]
fn one_file_given_twice_is_written_twice() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE)]);
    sandbox.run(&["in/a.txt", "in/a.txt", "--to", "txt"]).exits(0);
    assert!(sandbox.exists("output/in/a.txt") && sandbox.exists("output/in-2/a.txt"));
}

#[test]
fn two_inputs_that_would_have_one_output_do_not_overwrite_each_other() {
    let sandbox = Sandbox::with(&[("in/a.txt", "First\n"), ("in/a.repaired.txt", "Second\n")]);
    // The text rendition of a.repaired.txt would be called like the repaired text of a.txt.
    sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["S003"]);
    let row = sandbox.row("a.txt");
    assert_eq!((row["status"].as_str(), codes(&row).contains(&"S003")), (Some("partial"), true));
    assert_eq!(sandbox.row("a.repaired.txt")["status"], "converted");
    assert_eq!(sandbox.text("output/a.repaired.repaired.txt"), "Second\n");
}

#[test]
fn an_output_folder_inside_the_input_folder_is_no_input() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE)]);
    for _ in 0..2 {
        sandbox.run(&["in", "--to", "txt", "-o", "in/out"]).exits(0).says(&["1 converted; in in/out\n"]);
    }
    assert_eq!(sandbox.names("in/out"), ["a.repaired.txt", "a.repairs.json", "a.txt", "report.json"]);
}

#[test]
fn include_and_exclude_choose_among_the_files_of_folders() {
    let files = [("in/2018/a.txt", ARTICLE), ("in/2019/b.txt", ARTICLE), ("in/2019/c.html", ARTICLE)];
    let sandbox = Sandbox::with(&files);
    let written = |output: &str, options: &[&str]| {
        sandbox.run(&[&["in", "--to", "txt", "-o", output], options].concat()).exits(0);
        let names = sandbox.names(output).into_iter();
        names.filter(|name| name.ends_with(".repaired.txt")).collect::<Vec<_>>()
    };
    assert_eq!(written("1", &["--include", "2019/*"]), ["2019/b.repaired.txt", "2019/c.repaired.txt"]);
    assert_eq!(written("2", &["--exclude", "*.html"]), ["2018/a.repaired.txt", "2019/b.repaired.txt"]);
    let both = written("3", &["--include", "*.txt", "--include", "*.html", "--exclude", "2018/**"]);
    assert_eq!(both, ["2019/b.repaired.txt", "2019/c.repaired.txt"]);
    sandbox.run(&["in", "--include", "*.pdf"]).exits(2).complains(&["nothing to convert", "ignored files: 3"]);
    sandbox.run(&["in", "--include", "a[b"]).exits(2).complains(&["a[b"]);
}

#[test]
fn files_that_are_not_converted_are_listed_as_ignored() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.jpg", "x"), ("in/sub/c.docx", "x")]);
    sandbox.run(&["in", "--to", "txt"]).exits(0).says(&["1 converted, 2 ignored; in output\n"]);
    assert_eq!(sandbox.report()["ignored"], serde_json::json!(["b.jpg", "sub/c.docx"]));
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_it_would() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE)]);
    sandbox.run(&["in", "--dry-run"]).exits(0).says(&["a.txt: would be converted", "nothing written"]);
    assert!(!sandbox.exists("output"));
    let run = sandbox.run(&["in", "--dry-run", "--json", "--to", "txt"]).exits(0);
    let row: Value = serde_json::from_str(run.text()).unwrap();
    assert!(row["outputs"].as_array().unwrap().iter().all(|output| output["status"] == "would-be-written"));
    assert_eq!(row["outputs"].as_array().unwrap().len(), 3);
}

#[test]
fn a_stated_title_and_language_are_for_one_input() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", ARTICLE)]);
    let options = ["--title", "Stated Title", "--to", "txt"];
    sandbox.run(&[&["in/a.txt"], &options[..]].concat()).exits(0);
    assert_eq!(sandbox.row("a.txt")["title"], "Stated Title");
    sandbox.run(&[&["in/a.txt", "in/b.txt", "-o", "x"], &options[..]].concat()).exits(2).complains(&["--title"]);
    sandbox.run(&["in/a.txt", "in/b.txt", "-o", "x", "--language", "en"]).exits(2).complains(&["--language"]);
    assert!(!sandbox.exists("x"));
}

#[test]
fn a_stated_title_is_not_given_to_every_file_of_a_folder() {
    let sandbox = Sandbox::with(&[("one/a.txt", ARTICLE), ("two/a.txt", ARTICLE), ("two/b.txt", ARTICLE)]);
    sandbox.run(&["one", "--title", "Stated Title", "--to", "txt"]).exits(0);
    let run = sandbox.run(&["two", "--title", "Stated Title", "--to", "txt", "-o", "x"]).exits(2);
    run.complains(&["--title, --language"]);
    assert!(!sandbox.exists("x"));
}

#[test]
fn wrong_values_of_options_are_refused_before_anything_is_done() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--language", "not a tag"]).exits(2).complains(&["BCP 47"]);
    sandbox.run(&["a.txt", "--timestamp", "yesterday"]).exits(2).complains(&["not a time"]);
    sandbox.run(&["a.txt", "--jobs", "many"]).exits(2).complains(&["--jobs"]);
    sandbox.run(&["a.txt", "--resume", "--force"]).exits(2).complains(&["--force"]);
    assert!(!sandbox.exists("output"));
}

#[test]
fn json_rows_are_the_rows_of_the_report() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", "%PDF-1.7 binary"), ("in/c.txt", ARTICLE)]);
    let run = sandbox.run(&["in", "missing", "--json", "--to", "tei,txt"]).exits(1);
    let rows: Vec<Value> = run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(sandbox.report()["inputs"], Value::Array(rows));
    let summary = serde_json::json!({"converted": 2, "unchanged": 0, "partial": 0, "rejected": 2, "ignored": 0});
    assert_eq!(sandbox.report()["summary"], summary);
}

#[test]
fn the_report_tells_the_digest_and_the_length_of_every_output() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE)]);
    sandbox.run(&["in"]).exits(0);
    let row = sandbox.row("a.txt");
    let outputs = row["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 5);
    for output in outputs {
        let bytes = sandbox.read(&format!("output/{}", output["path"].as_str().unwrap()));
        let digest = oped_convert::original::Digest::of(&bytes).hex();
        assert_eq!((output["sha256"].as_str(), output["bytes"].as_u64()), (Some(&*digest), Some(bytes.len() as u64)));
    }
}

#[test]
fn quiet_prints_rejected_inputs_only() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", "%PDF-1.7 binary")]);
    assert_eq!(sandbox.run(&["in/a.txt", "-q", "--to", "txt"]).exits(0).text(), "");
    let run = sandbox.run(&["in", "-q", "--to", "txt"]).exits(1);
    assert!(run.text().starts_with("b.txt: REJECTED\n    C003: "), "{}", run.text());
    assert_eq!((run.text().lines().count(), &*run.stderr), (2, ""));
}

#[test]
fn verbose_prints_notes_too() {
    let sandbox = Sandbox::with(&[("empty.txt", "")]);
    assert!(!sandbox.run(&["empty.txt", "--to", "txt"]).exits(1).text().contains("C004"));
    sandbox.run(&["empty.txt", "--to", "txt", "-v"]).exits(1).says(&["C004"]);
}

#[test]
fn strict_rejects_what_has_a_warning() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/lost.txt", "Lost\n\nIt was lost\u{FFFD} before.\n")]);
    sandbox.run(&["in", "--to", "txt", "-o", "x"]).exits(0).says(&["R002"]);
    sandbox.run(&["in", "--to", "txt", "--strict"]).exits(1).says(&["lost.txt: REJECTED", "W004", "--strict"]);
    assert_eq!(sandbox.names("output"), ["a.repaired.txt", "a.repairs.json", "a.txt", "report.json"]);
}

#[test]
fn equal_runs_give_equal_reports() {
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/b.txt", "%PDF-1.7 binary"), ("in/c.bin", "x")]);
    for output in ["x", "y", "y"] {
        sandbox.run(&["in", "--to", "tei,txt", "-o", output]).exits(1);
    }
    assert_eq!(tree(&sandbox.path("x")), tree(&sandbox.path("y")));
}

#[test]
fn a_claimed_time_is_the_same_from_the_option_and_from_the_environment() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--timestamp", "2026-11-23T00:00:00Z", "-o", "x"]).exits(0);
    let status = sandbox.command(&["a.txt", "-q", "-o", "y"]).env("SOURCE_DATE_EPOCH", "1795392000").status().unwrap();
    assert!(status.success());
    assert_eq!(tree(&sandbox.path("x")), tree(&sandbox.path("y")));
}

#[test]
fn lost_characters_are_marked_with_their_bytes() {
    let text = "The title of it\n\nBy Ada Holm\n\nThe ferry is late\u{1} again, and \u{FFFD}\u{FFFD} nobody asks why it is; \
                the town waits for it as it has waited for forty years.\n";
    let sandbox = Sandbox::with(&[("a.txt", text)]);
    sandbox.run(&["a.txt", "--to", "tei"]).exits(0);
    let tei = Node::parse(&sandbox.text("output/a.tei.xml")).unwrap();
    let targets: Vec<_> =
        tei.named("annotation").iter().filter_map(|a| a.attribute("target")).map(str::to_owned).collect();
    let bytes: Vec<_> = tei.named("annotation").iter().map(|a| a.named("string")[0].content()).collect();
    assert_eq!(bytes, ["01", "EF BF BD EF BF BD"]);
    for (unclear, target) in tei.named("unclear").iter().zip(&targets) {
        assert_eq!(unclear.attribute("xml:id").map(|id| format!("#{id}")).as_ref(), Some(target));
    }
    let lost: Vec<_> = tei.named("unclear").iter().map(|unclear| unclear.content()).collect();
    assert_eq!(lost, ["\u{FFFD}", "\u{FFFD}\u{FFFD}"]);
}
