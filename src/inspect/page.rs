//! What `inspect` and `repair --explain` print for people.

use super::block_json;
use crate::Reading;
use crate::document::Metadata;
use crate::edit::{Applicability, ChainId, Edit};
use crate::original::Original;
use crate::span::Spanned;

/// The page for people: fields with their evidence, repairs, blocks.
pub fn page(original: &Original, reading: &Reading) -> String {
    let document = &reading.document;
    let mut page = String::new();
    let mut line = |text: String| {
        page.push_str(&text);
        page.push('\n');
    };
    line(format!("{}  {} bytes  sha256 {}", original.origin.path, original.bytes.len(), original.digest.hex()));
    line(format!(
        "encoding  {} ({}, confidence {})",
        document.encoding.name(),
        document.encoding.evidence,
        document.encoding.confidence
    ));
    line(String::new());
    for (name, value, evidence) in fields(&document.metadata) {
        line(format!("{name:<18} {value}   [{evidence}]"));
    }
    line(String::new());
    line(repair_table(reading));
    line("blocks".to_owned());
    for block in &document.blocks {
        let text: String = block_json(block).text.replace('\n', " ").chars().take(70).collect();
        line(format!("  {:<12} {text}", block.role.name()));
    }
    for diagnostic in &reading.diagnostics {
        line(format!("{diagnostic}"));
    }
    page
}

/// Name, value and evidence of every field that is known.
fn fields(m: &Metadata) -> Vec<(&'static str, String, String)> {
    fn evidence<T>(s: &Spanned<T>) -> String {
        let place =
            s.span.map_or_else(|| "not from the text".to_owned(), |span| format!("bytes {}-{}", span.start, span.end));
        format!("{}, {place}, confidence {}", s.rule, s.confidence)
    }
    let mut rows = Vec::new();
    let mut add = |name, value: String, evidence: String| rows.push((name, value, evidence));
    let texts = [("title", &m.title), ("title as printed", &m.title_as_printed), ("subtitle", &m.subtitle)];
    for (name, value) in texts.into_iter().filter_map(|(n, v)| Some((n, v.as_ref()?))) {
        add(name, value.value.clone(), evidence(value));
    }
    for (name, list) in [("author", &m.authors), ("editor", &m.editors), ("translator", &m.translators)] {
        for person in list {
            let p = &person.value;
            let of = |s: &Option<Spanned<String>>| s.as_ref().map(|s| format!(", {}", s.value)).unwrap_or_default();
            add(name, format!("{}{}{}", p.name, of(&p.role), of(&p.affiliation)), evidence(person));
        }
    }
    for contributor in &m.contributors {
        add(
            "contributor",
            format!("{} ({})", contributor.value.person.name, contributor.value.label),
            evidence(contributor),
        );
    }
    for (name, value) in [("published", &m.published), ("updated", &m.updated), ("source date", &m.source.date)] {
        if let Some(value) = value {
            add(name, format!("{} ({:?})", value.value.iso, value.value.printed), evidence(value));
        }
    }
    let texts = [
        ("publisher", &m.publisher),
        ("address", &m.url),
        ("source", &m.source.title),
        ("source page", &m.source.page),
        ("source address", &m.source.url),
        ("section", &m.section),
        ("genre", &m.genre),
        ("dateline", &m.dateline),
        ("rights", &m.rights),
    ];
    for (name, value) in texts.into_iter().filter_map(|(n, v)| Some((n, v.as_ref()?))) {
        add(name, value.value.clone(), evidence(value));
    }
    for keyword in &m.keywords {
        add("keyword", keyword.value.clone(), evidence(keyword));
    }
    add("language", m.language.value.0.clone(), evidence(&m.language));
    for (field, values) in &m.candidates {
        for value in values {
            add("left out", format!("{field}: {}", value.value), evidence(value));
        }
    }
    rows
}

/// Every repair for people: where, before, after, why, how sure.
pub fn repair_table(reading: &Reading) -> String {
    let edits = &reading.document.edits;
    if edits.is_empty() {
        return "no repairs\n".to_owned();
    }
    let mut table = format!("{} repair{}\n", edits.len(), if edits.len() == 1 { "" } else { "s" });
    let text = &reading.repaired.text;
    // Repairs stand in the order of the text: the lines are counted once, from one repair to the next.
    let (mut line_number, mut counted) = (1, 0);
    for (edit, (_, segment)) in edits.iter().zip(reading.repaired.log.repairs()) {
        line_number += text[counted..segment.target.start].matches('\n').count();
        counted = segment.target.start;
        let before: String = text[..segment.target.start].chars().rev().take_while(|c| *c != '\n').take(24).collect();
        let before: String = before.chars().rev().collect();
        let after: String = text[segment.target.end..].chars().take_while(|c| *c != '\n').take(24).collect();
        table.push_str(&format!("  line {line_number}, bytes {}-{}\n", edit.source.start, edit.source.end));
        table.push_str(&format!("    was  {before}{}{after}\n", edit.sic));
        table.push_str(&format!("    is   {before}{}{after}\n", edit.corr));
        table.push_str(&format!(
            "    why  {}, {}, confidence {}\n",
            why(edit),
            applied(edit.applicability),
            edit.confidence
        ));
    }
    table
}

fn why(edit: &Edit) -> String {
    if edit.chain == ChainId::REFERENCE {
        return "a character reference of HTML stood in plain text".to_owned();
    }
    edit.chain
        .steps()
        .map(|step| format!("{} bytes had been read as {}", step.was, step.read_as))
        .collect::<Vec<_>>()
        .join(", and that again: ")
}

fn applied(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Applied => "applied",
        Applicability::Inferred => "applied, inferred",
        Applicability::Withheld => "withheld",
    }
}
