//! `--identifier`: ARKs and DOIs that the user assigns.

use crate::sandbox::Sandbox;

const TEXT: &str = "A letter\n\nThe letter that we wrote to the council has not been answered.\n";

#[test]
fn every_rendition_and_the_report_state_the_identifier() {
    let sandbox = Sandbox::with(&[("in/op 1.txt", TEXT), ("in/op2.txt", TEXT)]);
    sandbox.run(&["in", "--to", "tei,epub", "--identifier", "https://ark.example/ark:/12345/x{name}"]).exits(0);
    let tei = String::from_utf8(sandbox.read("output/op 1.tei.xml")).unwrap();
    assert!(tei.contains("<idno type=\"ARK\">https://ark.example/ark:/12345/xop%201</idno>"), "{tei}");
    let report = String::from_utf8(sandbox.read("output/report.json")).unwrap();
    assert!(report.contains("https://ark.example/ark:/12345/xop2"), "{report}");
    // Another identifier makes other outputs.
    let resumed = sandbox.run(&["in", "--to", "tei,epub", "--resume", "--identifier", "10.1234/{article}"]);
    resumed.exits(0);
    let again = String::from_utf8(sandbox.read("output/op 1.tei.xml")).unwrap();
    assert!(again.contains("<idno type=\"DOI\">10.1234/"), "{again}");
}

#[test]
fn one_identifier_is_not_given_to_two_articles() {
    let sandbox = Sandbox::with(&[("in/a/op.txt", TEXT), ("in/b/op.txt", TEXT)]);
    let run = sandbox.run(&["in", "--to", "txt", "--identifier", "ark:/12345/{name}", "--epub-anthology", "all.epub"]);
    run.exits(1);
    let names = sandbox.names("output");
    assert!(names.iter().any(|name| name == "a/op.txt"), "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with("b/")), "{names:?}");
    sandbox.run(&["in", "--identifier", "ark:/12345/x"]).exits(2);
    sandbox.run(&["in", "--identifier", "urn:x:{name}"]).exits(2);
    sandbox.run(&["in/a/op.txt", "--to", "txt", "-o", "one", "--identifier", "ark:/12345/x"]).exits(0);
}
