//! `--resume` makes anew whatever could have become another file, and says of the rest what the run said that made it.

use std::fs;

use serde_json::{Value, json};

use crate::sandbox::{ARTICLE, Sandbox, codes, tree};
use crate::support::{page_response, record_with};

/// Runs once, changes something, and runs again with `--resume`: the outputs are those of a run from the beginning.
#[track_caller]
fn check(before: &[(&str, Vec<u8>)], after: &[(&str, Vec<u8>)], options: [&[&str]; 2], remade: usize) {
    let sandbox = Sandbox::new();
    let run = |files: &[(&str, Vec<u8>)], output: &str, options: &[&str]| {
        files.iter().for_each(|(name, bytes)| sandbox.write(&format!("in/{name}"), bytes));
        sandbox.run(&[&["in", "--to", "tei,txt", "-o", output], options].concat())
    };
    run(before, "output", options[0]).exits(0);
    let resumed = run(after, "output", &[options[1], &["--resume"]].concat()).exits(0);
    let status = format!("{remade} converted");
    assert!(resumed.text().contains(&status), "{status:?} is not in: {}", resumed.text());
    run(after, "fresh", options[1]).exits(0);
    let [mut resumed, mut fresh] = ["output", "fresh"].map(|folder| tree(&sandbox.path(folder)));
    let _ = (resumed.remove("report.json"), fresh.remove("report.json"));
    assert!(resumed == fresh, "what stands there is not what a run from the beginning makes");
    run(after, "output", &[options[1], &["--resume"]].concat()).exits(0).says(&["0 converted"]);
}

fn line(more: Value) -> Vec<u8> {
    let mut record = json!({ "id": 7, "text": ARTICLE, "link": "https://a.example/1", "other": "https://b.example/2" });
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    format!("{record}\n").into_bytes()
}

#[test]
fn what_stands_beside_the_same_text_counts() {
    let plain = || vec![("a.jsonl", line(json!({})))];
    for more in [
        json!({ "author": "Bo Ek" }),
        json!({ "date": "2019-03-04" }),
        json!({ "title": "Another title" }),
        json!({ "url": "https://c.example/3" }),
        json!({ "id": 8 }),
    ] {
        check(&plain(), &[("a.jsonl", line(more))], [&[], &[]], 1);
    }
}

#[test]
fn how_a_container_is_opened_counts() {
    let file = [("a.jsonl", line(json!({})))];
    check(&file, &file, [&[], &["--json-url", "other"]], 1);
    check(&file, &file, [&["--json-url", "link"], &[]], 0);
}

fn crawl(date: &str) -> Vec<u8> {
    let block = page_response("The harbour");
    let record =
        record_with("response", "https://a.example/1", "application/http; msgtype=response", "", block.len(), &block);
    String::from_utf8(record).unwrap().replace("2017-12-05T10:00:00Z", date).into_bytes()
}

#[test]
fn a_new_crawl_with_the_same_body_counts() {
    let (old, new) = (crawl("2017-12-05T10:00:00Z"), crawl("2019-01-01T00:00:00Z"));
    check(&[("a.warc", old.clone())], &[("a.warc", new)], [&[], &[]], 1);
    // The same records at another place of a longer file: the place stands in the TEI.
    check(&[("a.warc", old.clone())], &[("a.warc", [old.clone(), old].concat())], [&[], &[]], 2);
}

#[test]
fn a_house_style_counts_and_its_comments_do_not() {
    let file = [("a.txt", ARTICLE.as_bytes().to_vec())];
    let sandbox = Sandbox::new();
    let config = |name: &str, text: &str| {
        sandbox.write(name, text);
        sandbox.path(name).to_str().unwrap().to_owned()
    };
    let one = config("one.toml", "[defaults]\npublisher = \"The Gazette\"\n");
    let same = config("same.toml", "# The paper of the town.\ndefaults = { publisher = 'The Gazette' }\n");
    let other = config("other.toml", "[defaults]\npublisher = \"The Herald\"\n");
    check(&file, &file, [&["--config", &one], &["--config", &same]], 0);
    check(&file, &file, [&["--config", &one], &["--config", &other]], 1);
    check(&file, &file, [&[], &["--timestamp", "2020-01-01T00:00:00Z"]], 1);
    check(&file, &file, [&[], &["--pdf-size", "14"]], 0);
}

#[test]
fn pages_that_the_epub_lists_count() {
    let sandbox = Sandbox::with(&[("a.txt", &ARTICLE.repeat(40))]);
    let run = |more: &[&str]| sandbox.run(&[&["a.txt", "--to", "epub,pdf"], more].concat()).exits(0);
    run(&[]);
    let before = sandbox.read("output/a.epub");
    run(&["--resume", "--pdf-size", "16"]).says(&["a.txt: converted"]);
    assert_ne!(sandbox.read("output/a.epub"), before);
    run(&["--resume", "--pdf-size", "16.0"]).says(&["a.txt: unchanged"]);
}

#[test]
fn rows_of_a_record_of_the_first_form_are_ours_and_never_current() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    let record = sandbox.text("output/.oped-convert/outputs.tsv");
    let rows = record.lines().filter(|line| !line.starts_with('#') && !line.contains("\treading\t"));
    let six = |line: &str| line.split('\t').take(6).collect::<Vec<_>>().join("\t") + "\n";
    let head =
        "#oped-convert-outputs\t1\tpath\tformat\tsource_sha256\toptions_sha256\tprogram_version\toutput_sha256\n";
    let report = sandbox.text("output/report.json");
    sandbox.write("output/.oped-convert/outputs.tsv", head.to_owned() + &rows.map(six).collect::<String>());
    sandbox.run(&["a.txt", "--to", "txt", "--resume"]).exits(0).says(&["a.txt: converted"]);
    assert_eq!(sandbox.text("output/report.json"), report);
    sandbox.write("a.txt", "Another title\n\nAnother text.\n");
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
}

#[test]
fn a_resumed_row_says_what_was_said() {
    // A lost character, a repair, and one that no face has.
    let damaged = "We can¡¯t wait\n\nBy Ada Holm\n\nThe ferry is late \u{FFFD} again, it wonâ€™t do 😀.\n";
    let sandbox = Sandbox::with(&[("in/a.txt", damaged), ("in/b.txt", ARTICLE)]);
    let identified = ["in", "--identifier", "10.1234/{name}"];
    sandbox.run(&identified).exits(0);
    let first = ["a.txt", "b.txt"].map(|name| sandbox.row(name));
    assert_eq!(codes(&first[0]), ["R001", "R002", "M002", "W001"]);
    // Even after a run that was cut off before its report.
    fs::remove_file(sandbox.path("output/report.json")).unwrap();
    sandbox.run(&[&identified[..], &["--resume", "--json"]].concat()).exits(0);
    for (name, mut first) in ["a.txt", "b.txt"].into_iter().zip(first) {
        first["status"] = "unchanged".into();
        first["outputs"].as_array_mut().unwrap().iter_mut().for_each(|output| output["status"] = "unchanged".into());
        assert_eq!(sandbox.row(name), first);
    }
    // Of fewer formats only what was said of these.
    sandbox.run(&[&identified[..], &["--resume", "--to", "tei"]].concat()).exits(0).says(&["a.txt: unchanged"]);
    let row = sandbox.row("a.txt");
    assert_eq!((codes(&row), row["outputs"].as_array().unwrap().len()), (vec!["R001", "R002", "M002"], 3));
}

#[test]
fn a_damaged_record_is_named() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "txt"]).exits(0);
    let record = sandbox.text("output/.oped-convert/outputs.tsv");
    sandbox.write("output/.oped-convert/outputs.tsv", record.replace("\ttxt\t", "\ttxt "));
    let refused = sandbox.run(&["a.txt", "--to", "txt"]).exits(2);
    refused.complains(&["outputs.tsv is damaged", "--force"]);
    sandbox.run(&["a.txt", "--to", "txt", "--force"]).exits(0);
    sandbox.run(&["a.txt", "--to", "txt", "--resume"]).exits(0).says(&["unchanged"]);
}

#[test]
fn an_output_of_two_inputs_stays_with_the_first_of_them() {
    let other = ARTICLE.replace("bridge", "harbour");
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE), ("in/a.repaired.txt", &other)]);
    sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["S003"]);
    let fresh = tree(&sandbox.path("output"));
    for _ in 0..2 {
        sandbox.run(&["in", "--to", "txt", "--resume"]).exits(1).says(&["a.repaired.txt: unchanged", "S003"]);
        let now = tree(&sandbox.path("output"));
        assert!(fresh.iter().all(|(name, bytes)| name == "report.json" || now[name] == *bytes));
    }
}

#[test]
fn a_new_input_that_takes_the_output_of_an_unchanged_one_is_said() {
    let other = ARTICLE.replace("bridge", "harbour");
    let sandbox = Sandbox::with(&[("in/a.txt", ARTICLE)]);
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    sandbox.write("in/a.repaired.txt", &other);
    sandbox.run(&["in", "--to", "txt", "--resume"]).exits(1).says(&["S003: a.repaired.txt"]);
    assert!(sandbox.row("a.txt")["outputs"].as_array().unwrap().iter().all(|o| o["path"] != "a.repaired.txt"));
}
