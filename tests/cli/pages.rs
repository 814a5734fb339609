//! The options of the PDF: paper, size, attachments, and the log of the layout.

use crate::sandbox::{ARTICLE, Sandbox};

fn pages(bytes: &[u8]) -> Vec<(i64, i64)> {
    let pdf = lopdf::Document::load_mem(bytes).unwrap();
    let size = |id| {
        let page = pdf.get_dictionary(id).unwrap();
        let media = page.get(b"MediaBox").and_then(lopdf::Object::as_array).unwrap();
        let side = |i: usize| media[i].as_float().unwrap().round() as i64;
        (side(2), side(3))
    };
    pdf.get_pages().into_values().map(size).collect()
}

#[test]
fn paper_and_size_are_as_asked_for() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "pdf"]).exits(0);
    assert_eq!(pages(&sandbox.read("output/a.pdf"))[0], (595, 842));
    let usual = sandbox.read("output/a.pdf");
    sandbox.run(&["a.txt", "--to", "pdf", "--pdf-paper", "letter", "--pdf-size", "14.5"]).exits(0);
    assert_eq!(pages(&sandbox.read("output/a.pdf"))[0], (612, 792));
    sandbox.run(&["a.txt", "--to", "pdf", "--resume"]).exits(0);
    assert_eq!(sandbox.read("output/a.pdf"), usual, "the options are part of what a record is for");
    sandbox.run(&["a.txt", "--to", "pdf", "--pdf-size", "40"]).exits(2);
    sandbox.run(&["a.txt", "--to", "pdf", "--pdf-paper", "a5"]).exits(2);
}

#[test]
fn attachments_need_no_tei_of_their_own() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "pdf", "--pdf-attach-source"]).exits(0);
    assert_eq!(sandbox.names("output"), ["a.pdf", "a.repaired.txt", "a.repairs.json", "report.json"]);
    let pdf = lopdf::Document::load_mem(&sandbox.read("output/a.pdf")).unwrap();
    let files = pdf.catalog().unwrap().get(b"AF").and_then(lopdf::Object::as_array).unwrap();
    assert_eq!(files.len(), 3);
}

#[test]
fn the_log_of_the_layout_has_a_row_for_each_full_line_in_the_order_of_the_inputs() {
    let long = format!("{ARTICLE}\n{}\n", "The river belongs to everybody who lives beside it. ".repeat(20));
    let sandbox = Sandbox::with(&[("in/b.txt", &long), ("in/a.txt", &long)]);
    sandbox.run(&["in", "--to", "pdf", "--layout-log", "layout.tsv", "--jobs", "4"]).exits(0);
    let log = sandbox.text("layout.tsv");
    let rows: Vec<Vec<&str>> = log.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0].join(" "), "document page line natural excess stretch shrink badness tracking hyphen");
    assert!(rows.len() > 20 && rows.iter().all(|row| row.len() == 10));
    let documents: Vec<&str> = rows[1..].iter().map(|row| row[0]).collect();
    assert!(documents.is_sorted() && documents.contains(&"a.txt") && documents.contains(&"b.txt"));
    for row in &rows[1..] {
        let [natural, excess]: [f64; 2] = [3, 4].map(|i| row[i].parse().unwrap());
        assert!((natural + excess - 299.86).abs() < 20.0, "{row:?}");
    }
    sandbox.run(&["in", "--to", "pdf", "--layout-log", "layout.tsv", "--jobs", "1"]).exits(0);
    assert_eq!(sandbox.text("layout.tsv"), log);
    sandbox.run(&["in", "--to", "pdf", "--layout-log", "in/a.txt"]).exits(2);
    sandbox.run(&["in", "--to", "pdf", "--layout-log", "one", "--tei-corpus", "./one"]).exits(2);
    assert_eq!(sandbox.text("in/a.txt"), long);
}
