//! Containers on the command line: a folder of renditions for each, and a row for each record.

use serde_json::Value;

use crate::sandbox::{Sandbox, codes};
use crate::support::{gzip, page_record};

fn crawl() -> Vec<u8> {
    let record = |name: &str| gzip(&page_record(&format!("https://a.example/{name}"), name));
    [record("The harbour needs a second bridge"), record("Nobody asked the ferrymen")].concat()
}

#[test]
fn records_get_folders_by_the_thousand_and_names_from_their_number_and_digest() {
    let sandbox = Sandbox::new();
    sandbox.write("in/news/crawl.warc.gz", crawl());
    sandbox.write("in/lines.jsonl", "{\"text\":\"A text\"}\n\n{\"text\":\"Another\"}\n{\"broken\n");
    let run = sandbox.run(&["in", "--to", "txt"]).exits(1);
    let names = sandbox.names("output");
    let txt: Vec<&str> =
        names.iter().filter(|n| n.ends_with(".txt") && !n.contains("repaired")).map(String::as_str).collect();
    assert_eq!(txt.len(), 4, "{names:?}");
    assert!(txt[0].starts_with("lines/0/000000000-") && txt[1].starts_with("lines/0/000000002-"), "{txt:?}");
    assert!(txt[2].starts_with("news/crawl/0/000000000-") && txt[3].starts_with("news/crawl/0/000000001-"), "{txt:?}");
    run.says(&["lines.jsonl line 4: REJECTED", "C005: it is no JSON object", "4 converted, 1 rejected"]);
    let row = sandbox.row("lines.jsonl line 4");
    assert_eq!(codes(&row), ["C005"]);
    let digest = sandbox.row("lines.jsonl line 1")["sha256"].as_str().unwrap()[..12].to_owned();
    assert!(txt[0].contains(&digest));
}

#[test]
fn a_second_run_makes_nothing_again_and_gives_the_same_bytes() {
    let sandbox = Sandbox::new();
    sandbox.write("crawl.warc.gz", crawl());
    sandbox.run(&["crawl.warc.gz", "--to", "tei"]).exits(0).says(&["2 converted"]);
    let first = crate::sandbox::tree(&sandbox.path("output"));
    sandbox.run(&["crawl.warc.gz", "--to", "tei", "--resume"]).exits(0).says(&["2 unchanged"]);
    sandbox.run(&["crawl.warc.gz", "--to", "tei", "--jobs", "1", "-o", "again"]).exits(0);
    let again = crate::sandbox::tree(&sandbox.path("again"));
    assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
    for (name, bytes) in first.iter().filter(|(name, _)| *name != "report.json") {
        assert!(again[name] == *bytes, "{name}");
    }
    let tei = first.iter().find(|(name, _)| name.ends_with(".tei.xml")).unwrap();
    let tei = String::from_utf8(tei.1.clone()).unwrap();
    assert!(tei.contains("byteOffset") && tei.contains("recordId") && tei.contains("2017-12-05T10:00:00Z"));
}

#[test]
fn standard_input_may_be_a_container() {
    let sandbox = Sandbox::new();
    sandbox.feed(&["-", "--to", "txt"], &crawl()).exits(0).says(&["2 converted"]);
    assert!(sandbox.names("output").iter().any(|name| name.starts_with("stdin/0/000000001-")));
}

#[test]
fn inspect_gives_one_object_a_line() {
    let sandbox = Sandbox::new();
    sandbox.write("crawl.warc.gz", crawl());
    let run = sandbox.run(&["inspect", "--json", "crawl.warc.gz"]).exits(0);
    let objects: Vec<Value> = run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[1]["source"]["target_uri"], "https://a.example/Nobody asked the ferrymen");
    assert_eq!(objects[1]["metadata"]["title"]["value"], "Nobody asked the ferrymen");
    assert_eq!(objects[1]["metadata"]["authors"][0]["value"], "Ada Holm");
    sandbox.run(&["inspect", "crawl.warc.gz"]).exits(0).says(&["== crawl.warc.gz byte 0 https://a.example/The"]);
}

#[test]
fn fields_of_a_record_are_candidates_without_a_place() {
    let sandbox = Sandbox::new();
    let text = "The ferry is late again, and the town waits for it as it has waited for forty years.\n\nA bridge \
                costs less than the hours that are lost on the quay.";
    let line = serde_json::json!({"story": text, "where": "https://a.example/1", "title": "The harbour needs a bridge",
        "date": "2017-12-05", "author": "Ada Holm"});
    sandbox.write("a.jsonl", format!("{line}\n"));
    let run = sandbox.run(&["inspect", "--json", "a.jsonl", "--json-text", "story", "--json-url", "where"]).exits(0);
    let object: Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(object["source"]["target_uri"], "https://a.example/1");
    let metadata = &object["metadata"];
    let expected = [
        (&metadata["title"], "The harbour needs a bridge"),
        (&metadata["published"], "2017-12-05"),
        (&metadata["authors"][0], "Ada Holm"),
    ];
    for (field, value) in expected {
        assert_eq!(field["value"], value);
        assert_eq!((field["span"].is_null(), field["rule"].as_str()), (true, Some("record.field")));
    }
    assert_eq!(object["blocks"][0]["role"], "body");
}

#[test]
fn what_is_stated_of_one_document_is_not_said_of_several() {
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", "{\"text\":\"A\"}\n");
    sandbox.run(&["a.jsonl", "--title", "T"]).exits(2).complains(&["several"]);
}

#[test]
fn a_container_without_an_article_is_no_success() {
    let sandbox = Sandbox::new();
    let image = b"HTTP/1.0 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF89a";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/x.gif\r\nWARC-Date: 2016-05-09T10:15:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        image.len()
    );
    sandbox.write("images.warc", [head.as_bytes(), image, b"\r\n\r\n"].concat());
    sandbox.run(&["images.warc", "--to", "txt"]).exits(1).says(&["0 converted, 1 ignored"]);
    let rows = sandbox.report()["inputs"].clone();
    let length = std::fs::metadata(sandbox.path("images.warc")).unwrap().len();
    let record = serde_json::json!({
        "offset": 0, "length": length, "id": "<urn:uuid:1>", "address": "http://a.example/x.gif",
        "media_type": "image/gif", "captured": "2016-05-09T10:15:00Z", "http_status": 200
    });
    assert_eq!((&rows[0]["status"], &rows[0]["record"]), (&"ignored".into(), &record));
    assert_eq!(rows[0]["diagnostics"][0]["code"], "C017");
    sandbox.run(&["images.warc", "--to", "txt", "-v", "-o", "told"]).exits(1).says(&["ignored\n    C017: image/gif"]);
}

#[test]
fn the_first_articles_or_a_sample_of_all_are_converted() {
    let sandbox = Sandbox::new();
    let line = |n: u32| format!("{{\"title\":\"Ferry {n}\",\"text\":\"The ferry number {n} was late.\"}}\n");
    sandbox.write("in/a.jsonl", (0..20).map(line).collect::<String>());
    sandbox.write("in/b.jsonl", (20..40).map(line).collect::<String>());
    sandbox.write("in/c.txt", "The last text.\n");
    sandbox
        .run(&["in", "--to", "txt", "--limit", "3"])
        .exits(0)
        .says(&["3 converted, nothing read behind the first 3"]);
    assert_eq!(sandbox.report()["summary"]["limit"], 3);
    sandbox.run(&["in", "--to", "txt", "--limit", "100", "-o", "all"]).exits(0).says(&["41 converted; in all"]);
    let sample = |output: &str, inputs: &[&str]| {
        let arguments = [inputs, &["--to", "txt", "--sample", "5", "--json", "-o", output]].concat();
        let run = sandbox.run(&arguments).exits(0);
        let rows = run.text().lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut names: Vec<String> = rows.map(|row| row["input"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    let drawn = sample("one", &["in/a.jsonl", "in/b.jsonl", "in/c.txt"]);
    assert_eq!(drawn.len(), 5);
    assert_eq!(drawn, sample("two", &["in/c.txt", "in/b.jsonl", "in/a.jsonl"]), "in whatever order they are given");
    sandbox
        .run(&["in", "--to", "txt", "--sample", "5", "-o", "out"])
        .exits(0)
        .says(&["5 converted, 36 not in the sample"]);
    sandbox.run(&["in", "--to", "txt", "--sample", "5", "--limit", "2"]).exits(2);
    sandbox.feed(&["-", "--to", "txt", "--sample", "5"], b"The text.\n").exits(2).complains(&["read once only"]);
}

#[test]
fn an_article_without_a_word_is_converted_in_part() {
    let sandbox = Sandbox::new();
    let page =
        "<html><head><title>Ferries</title></head><body><script>show()</script><div id=\"app\"></div></body></html>";
    sandbox.write("in/app.html", page);
    sandbox.write("in/empty.txt", "");
    sandbox.write("in/lines.jsonl", "{\"title\":\"Ferries\",\"text\":\" … \"}\n");
    sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["0 converted, 3 in part", "M015"]);
    sandbox.run(&["in", "--to", "txt", "--resume"]).exits(1).says(&["0 converted, 3 in part", "M015"]);
    sandbox.run(&["in", "--to", "txt", "--strict", "-o", "strict"]).exits(1).says(&["0 converted, 3 rejected"]);
}

#[test]
fn the_date_of_a_record_that_says_no_day_is_said() {
    let sandbox = Sandbox::new();
    let line = |date: &str| format!("{{\"title\":\"Ferries\",\"text\":\"The ferry was late.\",\"date\":{date}}}\n");
    let dates = ["\"2017-12-05\"", "1512468000", "1512468000123", "\"last week\"", "\"31.02.2017\"", "0"];
    sandbox.write("a.jsonl", dates.map(line).concat());
    sandbox.run(&["a.jsonl", "--to", "txt"]).exits(0);
    for (at, is_read) in [true, true, true, false, false, false].into_iter().enumerate() {
        let row = sandbox.row(&format!("a.jsonl line {}", at + 1));
        let codes: Vec<&str> =
            row["diagnostics"].as_array().unwrap().iter().filter_map(|d| d["code"].as_str()).collect();
        assert_eq!(!codes.contains(&"M003"), is_read, "{}: {codes:?}", dates[at]);
    }
}

#[test]
fn inputs_may_stand_in_a_list() {
    let sandbox = Sandbox::new();
    sandbox.write("a/one.txt", "One text.\n");
    sandbox.write("b/two.txt", "Another text.\n");
    sandbox.write("list", "a/one.txt\n\nb/two.txt\r\n");
    sandbox.run(&["--files-from", "list", "--to", "txt"]).exits(0).says(&["2 converted"]);
    let run =
        sandbox.feed(&["a/one.txt", "--files-from", "-", "--to", "txt", "-o", "again"], b"b/two.txt\nmissing.txt\n");
    run.exits(1).says(&["2 converted, 1 rejected", "missing.txt"]);
    sandbox.write("empty", "");
    sandbox.run(&["--files-from", "empty"]).exits(2);
    sandbox.feed(&["-", "--files-from", "-"], b"").exits(2);
    sandbox.run(&["--files-from", "nowhere"]).exits(2);
}
