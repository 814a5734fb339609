//! The evidence of each value of the metadata: one `certainty` each (TEI P5 §22.1,
//! <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/CE.html#CECERT>), which points to the value's element.

use std::io;

use super::{Edition, Sink, editorial, joined};
use crate::document::FieldValue;
use crate::span::Spanned;

/// The word of the id of the element that holds a field's value; `None` for what has no element of its own.
pub(super) fn id_word(edition: &Edition<'_>, field: &str) -> Option<String> {
    if field == "genre" {
        return Some(editorial::genre_word(edition).to_owned());
    }
    let Some((list, rest)) = field.split_once('.') else { return Some(field.replace('_', "-")) };
    let (number, part) = rest.split_once('.').unwrap_or((rest, ""));
    let m = &edition.document.metadata;
    let before = match list {
        "author" => 0,
        "editor" => m.authors.len(),
        "translator" => m.authors.len() + m.editors.len(),
        "contributor" => m.authors.len() + m.editors.len() + m.translators.len(),
        _ => return (part != "printed").then(|| field.replace(['.', '_'], "-")),
    };
    let person = format!("person{}", before + number.parse::<usize>().ok()?);
    match part {
        "" => Some(person),
        "role" | "affiliation" => Some(format!("{person}-{part}")),
        // Parts and other forms of the name have the evidence of the name.
        _ => None,
    }
}

/// `note[@type="evidence"]`: for each value its rule, its bytes in the input file and its confidence.
pub(super) fn write_evidence(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    xml.open_line("note", &[("type", "evidence")])?;
    for value in edition.document.metadata.field_values() {
        let Some(word) = id_word(edition, &value.field).filter(|_| !value.field.ends_with(".printed")) else {
            continue;
        };
        write_certainty(xml, &edition.pointer(&word), &value)?;
    }
    xml.close_line()
}

fn write_certainty(xml: &mut Sink, target: &str, value: &FieldValue) -> io::Result<()> {
    let (degree, bytes) = (value.confidence.to_string(), value.span.map(|s| format!("{}-{}", s.start, s.end)));
    let mut own = vec![("target", target), ("locus", "value"), ("degree", &degree)];
    own.extend(bytes.as_deref().map(|bytes| ("n", bytes)));
    xml.line()?;
    xml.start("certainty", &own)?;
    xml.leaf("desc", &[], &value.rule)?;
    xml.end()
}

/// An element with a value and what is known of its certainty, on a line of its own.
pub(super) fn write_value(
    xml: &mut Sink,
    edition: &Edition<'_>,
    element: &str,
    own: &[(&str, String)],
    value: &Spanned<String>,
) -> io::Result<()> {
    let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    xml.leaf_line(element, &joined(&own, &edition.evidence(value)), &value.value)
}
