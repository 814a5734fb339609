//! docs/tei.md is the mapping: a row for everything that a document can hold, and no form that is not written.

use std::collections::BTreeSet;

use oped_convert::plan::Writing;
use oped_convert::write::tei::tree::{Child, Node};

use crate::{random, samples, write};

const MAPPING: &str = include_str!("../../docs/tei.md");
const DOCUMENT: &str = include_str!("../../src/document.rs");
const METADATA: &str = include_str!("../../src/document/metadata.rs");
const EDIT: &str = include_str!("../../src/edit.rs");

/// Names at the first level of an `enum` or `struct` of a source file.
fn names(source: &str, item: &str) -> BTreeSet<String> {
    let body = source.split_once(item).unwrap_or_else(|| panic!("{item} is not there")).1;
    let lines = body.lines().take_while(|line| *line != "}");
    let name = |line: &str| {
        let line = line.strip_prefix("    ")?;
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let name: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        (!name.is_empty()).then_some(name)
    };
    lines.filter_map(name).collect()
}

/// The first cells of the table with this heading.
fn rows(heading: &str) -> Vec<&'static str> {
    let table = MAPPING.split_once(&format!("\n| {heading} |")).unwrap_or_else(|| panic!("no table {heading}")).1;
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|line| line.split('|').nth(1).unwrap().trim()).collect()
}

#[test]
fn every_kind_has_its_row_and_every_row_is_of_a_kind() {
    for name in ["Role", "BlockKind", "Inline", "Mention"] {
        let kinds = names(DOCUMENT, &format!("pub enum {name} {{"));
        let told: BTreeSet<String> = rows(name)
            .into_iter()
            .flat_map(|cell| cell.split(", ").map(|part| part.split(' ').next().unwrap().to_owned()))
            .filter(|word| word.chars().all(char::is_alphabetic))
            .collect();
        let mut missing = kinds.difference(&told).collect::<Vec<_>>();
        // It has a table of its own.
        missing.retain(|kind| *kind != "Mention");
        assert!(missing.is_empty(), "{name}: no row for {missing:?}");
        let odd: Vec<_> = told.difference(&kinds).collect();
        assert!(odd.is_empty(), "{name}: rows for {odd:?}");
    }
}

#[test]
fn every_field_and_every_kind_of_segment_has_its_row() {
    let fields = rows("Field");
    for field in names(METADATA, "pub struct Metadata {") {
        let told = field.replace('_', " ");
        assert!(fields.iter().any(|cell| cell.contains(&told)), "no row for the field {told}");
    }
    let segments = rows("What");
    for kind in names(EDIT, "pub enum SegmentKind {") {
        assert!(segments.iter().any(|cell| cell.contains(&format!("`{kind}`"))), "no row for {kind}");
    }
}

/// Each element with each of its attributes.
fn forms(node: &Node, found: &mut BTreeSet<(String, String)>) {
    found.insert((node.name.clone(), String::new()));
    for (attribute, _) in &node.attributes {
        found.insert((node.name.clone(), attribute.clone()));
    }
    for child in &node.children {
        if let Child::Element(element) = child {
            forms(element, found);
        }
    }
}

/// The same of the start tags in the examples.
fn examples() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for tag in MAPPING.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { continue };
        let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains('`');
        let (name, rest) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        if !is_name(name) {
            continue;
        }
        found.insert((name.to_owned(), String::new()));
        let mut parts = rest.split('"');
        while let (Some(attribute), Some(_)) = (parts.next(), parts.next()) {
            found.insert((name.to_owned(), attribute.trim().trim_end_matches('=').to_owned()));
        }
    }
    found
}

#[test]
fn no_example_has_a_form_that_is_not_written() {
    let mut written = BTreeSet::new();
    for sample in samples::all().into_iter().chain((0..100).map(random::sample)) {
        forms(&Node::parse(&write(&sample, &Writing::default())).unwrap(), &mut written);
    }
    // Lost characters, which come from bytes.
    forms(&Node::parse(include_str!("../golden/lost-text/expected.tei.xml")).unwrap(), &mut written);
    let examples = examples();
    assert!(examples.len() > 80, "{}", examples.len());
    let odd: Vec<_> = examples.difference(&written).collect();
    assert!(odd.is_empty(), "{odd:?}");
}
