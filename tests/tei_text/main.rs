//! The TEI holds the document's text, its pointers lead somewhere, and equal documents give equal bytes.
//!
//! `OPED_KEEP_OUTPUTS=DIR` keeps every file for a schema validator: none of its rules are checked here.

mod mapping;
#[path = "../support/random.rs"]
mod random;
#[path = "../support/tei_text.rs"]
mod reader;
#[path = "../support/samples.rs"]
mod samples;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::DateTime;
use oped_convert::document::{Document, Role};
use oped_convert::plan::Writing;
use oped_convert::write::tei::parse::{self, RepairReading, lines};
use oped_convert::write::tei::tree::Node;
use oped_convert::write::{WriteContext, tei};
use samples::Sample;

fn write(sample: &Sample, writing: &Writing) -> String {
    let renditions = BTreeMap::new();
    let context = WriteContext { layout: None, original: &sample.original, log: &sample.log, renditions: &renditions };
    let (mut out, mut diagnostics) = (Vec::new(), Vec::new());
    (tei::FORMAT.writer)(writing).write(&sample.document, &context, &mut diagnostics, &mut out).unwrap();
    assert_eq!(diagnostics, []);
    String::from_utf8(out).unwrap()
}

fn write_and_keep(sample: &Sample) -> Node {
    let xml = write(sample, &Writing::default());
    if let Some(folder) = std::env::var_os("OPED_KEEP_OUTPUTS").map(PathBuf::from) {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{}.tei.xml", sample.name)), &xml).unwrap();
    }
    assert_eq!(xml, write(sample, &Writing::default()), "{}: the same bytes twice", sample.name);
    read_back(sample, &xml);
    Node::parse(&xml).unwrap()
}

/// The text, the metadata and the repairs come back from the file.
fn read_back(sample: &Sample, xml: &str) {
    let reading = parse::read(xml).unwrap();
    let document = &sample.document;
    assert_eq!(reading.text, carried(&document.text()), "{}", sample.name);
    let mut values = document.metadata.field_values();
    for value in &mut values {
        // What is no tag is not written as one.
        let no_tag = value.field == "language" && value.value.contains(' ');
        value.value = if no_tag { "und".to_owned() } else { carried(&value.value) };
    }
    for (found, value) in reading.values.iter().zip(&values) {
        assert_eq!(found, value, "{}", sample.name);
    }
    assert_eq!(reading.values.len(), values.len(), "{}", sample.name);
    let repairs = document.edits.iter().map(|edit| RepairReading {
        rule: edit.rule.0.to_owned(),
        source: edit.source,
        before: sample.original[edit.source.start..edit.source.end].to_vec(),
        corr: carried(&edit.corr),
        chain: edit.chain,
        confidence: edit.confidence,
        applicability: edit.applicability,
    });
    assert_eq!(reading.repairs, repairs.collect::<Vec<_>>(), "{}", sample.name);
}

/// What XML can carry of a text.
fn carried(text: &str) -> String {
    let is_lost = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().map(|c| if is_lost(c) { '\u{FFFD}' } else { c }).collect()
}

fn unshown_lines(document: &Document) -> Vec<String> {
    let mut kept = document.clone();
    kept.blocks.retain(|block| !block.role.is_shown());
    // As the front has them: the furniture first.
    kept.blocks.sort_by_key(|block| block.role);
    kept.blocks.iter_mut().for_each(|block| block.role = Role::Body);
    kept.blocks.sort_by_key(|block| matches!(block.kind, oped_convert::document::BlockKind::Note { .. }));
    carried(&kept.text()).split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn check(sample: &Sample) {
    let tei = write_and_keep(sample);
    let mut front: Vec<_> = lines(&tei, &["front"]).join("\n").split('\n').map(str::to_owned).collect();
    front.retain(|line| !line.is_empty());
    let mut unshown = unshown_lines(&sample.document);
    front.sort();
    unshown.sort();
    assert_eq!(front, unshown, "{}", sample.name);
    let ids = reader::ids(&tei);
    let prefix = sample.document.identity().xml_prefix();
    assert!(ids.iter().all(|id| id.starts_with(&prefix)), "{}", sample.name);
    for pointer in reader::internal_pointers(&tei) {
        assert!(ids.contains(pointer), "{}: #{pointer} leads nowhere", sample.name);
    }
}

#[test]
fn hand_built_documents_keep_their_text() {
    samples::all().iter().for_each(check);
}

#[test]
fn random_documents_keep_their_text() {
    (0..300).map(random::sample).for_each(|sample| check(&sample));
}

fn sample(name: &str) -> Sample {
    samples::all().into_iter().find(|sample| sample.name == name).expect("a sample of that name")
}

fn parsed(name: &str) -> Node {
    Node::parse(&write(&sample(name), &Writing::default())).unwrap()
}

fn contents(tei: &Node, element: &str) -> Vec<String> {
    tei.named(element).iter().map(|node| node.content()).collect()
}

#[test]
fn a_repair_can_be_undone_from_its_annotation() {
    let (sample, tei) = (sample("column"), parsed("column"));
    let annotation = tei.named("annotation")[0];
    let feature = |name: &str| {
        let f = annotation.named("f").into_iter().find(|f| f.attribute("name") == Some(name)).unwrap();
        let value = f.elements().next().unwrap();
        value.attribute("value").map_or_else(|| value.content(), str::to_owned)
    };
    let start: usize = feature("byteOffset").parse().unwrap();
    let end = start + feature("byteLength").parse::<usize>().unwrap();
    let bytes: Vec<u8> = feature("inputBytes").split(' ').map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
    assert_eq!(sample.original[start..end], bytes);
    assert_eq!(feature("output"), "’");
    assert_eq!(feature("applicability"), "applied");
    let choice = tei.named("choice").into_iter().find(|choice| {
        annotation.attribute("target") == choice.attribute("xml:id").map(|id| format!("#{id}")).as_deref()
    });
    assert_eq!(choice.expect("the annotation's target").content(), "¡¯’");
}

#[test]
fn a_repair_across_two_blocks_is_one_annotation() {
    let tei = parsed("many_edits");
    assert_eq!((tei.named("annotation").len(), tei.named("choice").len()), (200, 201));
    let target = tei.named("annotation")[199].attribute("target").unwrap();
    assert_eq!(target.split(' ').count(), 2);
    assert!(target.ends_with("-rep200.2"), "{target}");
}

#[test]
fn repairs_outside_of_the_text_stay_in_stand_off() {
    let (sample, tei) = (sample("mixed"), parsed("mixed"));
    let whole = format!("#{}", sample.document.identity().xml_prefix());
    let annotations = tei.named("annotation");
    assert!(annotations.iter().all(|annotation| annotation.attribute("target") == Some(&whole)));
    let kinds: Vec<_> = annotations.iter().map(|a| a.named("note")[0].attribute("type").unwrap()).collect();
    assert_eq!(kinds, ["encodingRepair", "encodingRepair", "decoding", "keptBytes"]);
    assert!(tei.named("choice").is_empty());
    assert_eq!(annotations[0].named("symbol").len(), 5, "rule, three steps, applicability");
    assert_eq!(contents(annotations[3], "string"), ["EF BB BF"]);
}

#[test]
fn a_file_decoded_as_a_whole_is_one_annotation() {
    let tei = parsed("scanned");
    let ids: Vec<_> = tei.named("annotation").iter().map(|a| a.attribute("xml:id").unwrap()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids[0].ends_with("-ann-dec1") && ids[1].ends_with("-ann-raw1"));
    assert_eq!(contents(tei.named("annotation")[1], "string"), ["FF"]);
    let normalization = contents(&tei, "normalization").join("");
    assert!(normalization.contains("U+FFFD stands for"), "{normalization}");
}

#[test]
fn nothing_is_invented() {
    let tei = parsed("untitled");
    for element in
        ["author", "editor", "publisher", "date", "biblStruct", "person", "head", "choice", "standOff", "when"]
    {
        assert!(tei.named(element).is_empty(), "{element}");
    }
    let titles = tei.named("titleStmt")[0].named("title");
    assert_eq!(titles.len(), 1);
    assert_eq!(titles[0].attribute("type"), Some("supplied"));
    assert_eq!(titles[0].content(), "[Nobody wrote a title over these lines, which go on for]");
    assert_eq!(contents(&tei, "authority"), ["not stated"]);
}

#[test]
fn the_editorial_declaration_tells_what_happened() {
    let column = contents(&parsed("column"), "normalization").join("");
    assert!(column.contains("(15)") && column.contains("(2)") && column.contains("(1)"), "{column}");
    assert!(!column.contains("joined"), "{column}");
    let untitled = parsed("untitled");
    assert_eq!(contents(&untitled, "correction"), ["Damaged character sequences were looked for; none was repaired."]);
    let normalization = contents(&untitled, "normalization").join("");
    assert_eq!(
        normalization,
        "Line ends and blank lines between blocks. No character was replaced; no Unicode normalisation was applied."
    );
}

#[test]
fn inferred_values_say_so() {
    let tei = parsed("column");
    let surname = tei.named("surname")[0];
    assert_eq!((surname.content().as_str(), surname.attribute("cert")), ("Stone", Some("medium")));
    assert!(surname.attribute("resp").is_some_and(|resp| resp.ends_with("-oped-convert")));
    let printed = tei.named("title").into_iter().find(|t| t.attribute("type") == Some("asPrinted")).unwrap();
    assert_eq!(printed.attribute("cert"), None, "a certain value");
}

#[test]
fn the_source_line_cites_the_first_publication() {
    let tei = parsed("column");
    let back = tei.named("back")[0];
    assert_eq!(contents(back, "bibl"), ["The Harbour Post, March 2021. http://harbour.example/7"]);
    assert!(back.named("bibl")[0].attribute("corresp").unwrap().ends_with("-src-original"));
}

#[test]
fn scripts_without_spaces_are_measured_in_characters() {
    for (name, expected) in [("chinese", ["characters", "20"]), ("column", ["words", "23"])] {
        let tei = parsed(name);
        let measure = tei.named("measure")[0];
        assert_eq!(["unit", "quantity"].map(|a| measure.attribute(a).unwrap()), expected, "{name}");
    }
}

#[test]
fn only_a_claimed_time_is_told() {
    let sample = sample("column");
    let mut writing = Writing::default();
    assert!(parsed("column").named("change").iter().all(|change| change.attribute("when").is_none()));
    writing.clock.claimed = DateTime::from_timestamp(1_600_000_000, 0);
    let tei = Node::parse(&write(&sample, &writing)).unwrap();
    assert!(tei.named("change").iter().all(|change| change.attribute("when") == Some("2020-09-13T12:26:40Z")));
    assert_eq!((tei::FORMAT.writer)(&writing).options()["clock"], "2020-09-13T12:26:40Z");
}
