//! ProQuest: the title, labels, `Full text:` with the text, and more labels.

use super::Lines;
use crate::document::{Field, Role};
use crate::press::value_of;

/// The label of the text.
pub(super) const TEXT: &str = "Full text";

/// Labels that announce what is kept.
const LABELS: &[(&str, Field)] = &[
    ("Author", Field::Author),
    ("Title", Field::Title),
    ("Publication title", Field::Publisher),
    ("Publication date", Field::Published),
    ("Pages", Field::SourcePage),
    ("First page", Field::SourcePage),
    ("Section", Field::Section),
    ("Subject", Field::Keywords),
    ("Document URL", Field::Url),
    ("Copyright", Field::Rights),
];

/// The others.
const OTHER: &[&str] = &[
    "Abstract",
    "Caption",
    "Classification",
    "Column",
    "Company / organization",
    "Company/organization",
    "Country of publication",
    "Credit",
    "Database",
    "Dateline",
    "Document feature",
    "Document type",
    "Edition",
    "Full text",
    "ISSN",
    "Identifier / keyword",
    "Identifiers / keywords",
    "Illustration",
    "Issue",
    "Language of publication",
    "Last updated",
    "Links",
    "Location",
    "Number of pages",
    "People",
    "Place of publication",
    "ProQuest document ID",
    "Product name",
    "Publication info",
    "Publication subject",
    "Publication year",
    "Publisher",
    "Report Number",
    "Source type",
    "Subtitle",
    "Supplement",
    "Volume",
    "Year",
];

impl Lines<'_> {
    fn proquest_label(&self, block: usize) -> Option<(Option<Field>, usize)> {
        let text = self.text(block);
        let of = |label: &str| value_of(text, label).map(|value| text.len() - value.len());
        let field = LABELS.iter().find_map(|(label, field)| Some((Some(*field), of(label)?)));
        field.or_else(|| OTHER.iter().find_map(|label| Some((None, of(label)?))))
    }
}

/// Of blocks that end an article those with labels, in tenths.
const MOSTLY: usize = 7;

pub(super) fn read(lines: &mut Lines<'_>) {
    let labelled: Vec<bool> = (0..lines.len()).map(|block| lines.proquest_label(block).is_some()).collect();
    let first = labelled.iter().position(|is_one| *is_one).unwrap_or(0);
    let body = (0..lines.len()).find(|block| value_of(lines.text(*block), TEXT).is_some()).unwrap_or(lines.len());
    let is_tail = |block: &usize| {
        let rest = &labelled[*block..];
        labelled[*block] && rest.iter().filter(|is_one| **is_one).count() * 10 >= rest.len() * MOSTLY
    };
    let end = (body + 1..lines.len()).find(is_tail).unwrap_or(lines.len());
    let is_number = |block: &usize| crate::press::Export::ProQuest.mark(lines.text(*block)).is_some();
    if let Some(title) = (0..first).find(|block| !is_number(block)) {
        lines.are(title..first, Role::Title);
    }
    lines.are(body + 1..end, Role::Body);
    let mut has = Vec::new();
    for block in (0..body).chain(end..lines.len()) {
        let Some((Some(field), start)) = lines.proquest_label(block) else { continue };
        // The same stands above the text and below it.
        if has.contains(&field) {
            continue;
        }
        has.push(field);
        let value = start..lines.text(block).len();
        match field {
            Field::Author => authors(lines, block, value),
            Field::Keywords => lines.subjects(block, value),
            Field::Title if first > 0 => {}
            Field::SourcePage | Field::Publisher => lines.placed(field, block, value),
            _ => lines.labelled(field, block, value),
        }
    }
}

/// `Holm, Ada; Ek, Bo`: each with the family name first.
fn authors(lines: &mut Lines<'_>, block: usize, value: std::ops::Range<usize>) {
    let mut start = value.start;
    for name in lines.text(block)[value].split(';') {
        lines.placed(Field::Author, block, start..start + name.len());
        start += name.len() + 1;
    }
}
