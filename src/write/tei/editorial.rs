//! `encodingDesc` (TEI P5 §2.3, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/HD.html#HD5>): what was
//! done to the text, said of this document only. What did not happen is not mentioned.

use std::io;

use super::walk::Contents;
use super::{Edition, Sink};
use crate::document::Role;
use crate::edit::Applicability;
use crate::plan::VERSION;

/// The RELAX NG of our customization, `docs/schema/oped-convert.rng`, by its digest (RFC 6920).
const SCHEMA: &str = "ni:///sha-256;EaX3hdGoIM7BxsaQbW0dbVemvzcvqA3TiD58wl0c0-8";

/// Writes `editorialDecl`, `classDecl`, `appInfo` and `schemaRef`.
pub(super) fn write_encoding(xml: &mut Sink, edition: &Edition<'_>, contents: &Contents<'_>) -> io::Result<()> {
    xml.open_line("encodingDesc", edition.english())?;
    xml.open_line("editorialDecl", &[])?;
    // "Medium" is "checked at least once"; "high" would claim that somebody proofread the text.
    let checked = [("status", "medium"), ("method", "markup")];
    write_statement(xml, "correction", &checked, &corrections(edition, contents))?;
    write_statement(xml, "normalization", &[("method", "silent")], &normalizations(edition, contents))?;
    write_statement(xml, "quotation", &[("marks", "all")], "Quotation marks are the characters of the input.")?;
    write_statement(xml, "segmentation", &[], segmentation(edition))?;
    if let Some(text) = interpretation(edition) {
        write_statement(xml, "interpretation", &[], &text)?;
    }
    xml.close_line()?;
    if contents.has_direction || edition.document.metadata.language.value.is_right_to_left() {
        xml.empty_line("styleDefDecl", &[("scheme", "css")])?;
    }
    write_classification(xml, edition)?;
    write_application(xml, &edition.agent)?;
    write_schema(xml)?;
    xml.close_line()
}

fn write_statement(xml: &mut Sink, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
    xml.open_line(name, attributes)?;
    xml.leaf("p", &[], text)?;
    xml.end()
}

fn corrections(edition: &Edition<'_>, contents: &Contents<'_>) -> String {
    let edits = &edition.document.edits;
    let withheld = edits.iter().filter(|e| e.applicability == Applicability::Withheld).count();
    let inferred = edits.iter().filter(|e| e.applicability == Applicability::Inferred).count();
    let made = edits.len() - withheld;
    let hidden = edits
        .iter()
        .filter(|e| e.applicability != Applicability::Withheld && !contents.places.contains_key(&e.id))
        .count();
    let mut text = String::new();
    if made == 0 {
        text.push_str("Damaged character sequences were looked for; none was repaired.");
    } else {
        text.push_str(REPAIRED);
    }
    let counted = [
        (hidden, "Repairs in white space that is not shown, which stand in standOff only"),
        (inferred, "Repairs that supply bytes that were missing"),
        (withheld, "Suspected sequences left as they stand and described in standOff"),
    ];
    for (count, what) in counted.into_iter().filter(|(count, _)| *count > 0) {
        text.push_str(&format!(" {what}: {count}."));
    }
    text
}

const REPAIRED: &str = "Damaged character sequences were repaired. Each repair is a choice element in the text and has \
    one annotation in standOff giving the rule, the byte range in the input file and the bytes found there, so each \
    can be undone. The input file itself is identified by its SHA-256 and is not contained here.";

/// What reading folded, with its numbers.
fn normalizations(edition: &Edition<'_>, contents: &Contents<'_>) -> String {
    let folded = edition.document.folded;
    let counted = [
        (folded.lone_no_break_spaces, "no-break spaces that stood alone on otherwise blank lines, left out"),
        (folded.joined_lines, "lines joined to the line before them"),
        (folded.space_runs, "runs of spaces and tabs made one space"),
        (folded.trimmed, "indents and runs of white space at the ends of lines, left out"),
    ];
    let mut parts = Vec::new();
    if !edition.document.blocks.is_empty() {
        parts.push("Line ends and blank lines between blocks".to_owned());
    }
    parts.extend(counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what} ({count})")));
    let folded = if parts.is_empty() { "No white space was folded".to_owned() } else { parts.join("; ") };
    let replaced = if contents.has_replacement {
        "U+FFFD stands for characters that could not be read or that XML cannot carry, and where it stood in the input"
    } else {
        "No character was replaced"
    };
    format!("{folded}. {replaced}; no Unicode normalisation was applied.")
}

fn segmentation(edition: &Edition<'_>) -> &'static str {
    let media_type = edition.document.source.media_type.as_deref().unwrap_or_default();
    if media_type.contains("html") {
        "One p element for each paragraph of the input's markup."
    } else {
        "One p element for each block separated by blank lines."
    }
}

/// Which parts of the page were told from the article, or nothing.
fn interpretation(edition: &Edition<'_>) -> Option<String> {
    let kept = [
        (Role::Furniture, "page furniture"),
        (Role::Header, "header line"),
        (Role::Byline, "byline"),
        (Role::Dateline, "dateline"),
        (Role::AuthorNote, "author note"),
        (Role::Unplaced, "line that nothing explains"),
        (Role::SourceLine, "source line"),
        (Role::Rights, "rights statement"),
    ];
    let found: Vec<_> = kept
        .iter()
        .filter(|(role, _)| edition.document.in_role(*role).next().is_some())
        .map(|(_, name)| *name)
        .collect();
    if found.is_empty() {
        return None;
    }
    let names = found.join(", ");
    Some(format!("Recognised by pattern: {names}. The evidence text is kept in front, body and back."))
}

/// The word that ends the id of the genre: the article's own where it states one.
pub(super) fn genre_word(edition: &Edition<'_>) -> &'static str {
    if edition.document.metadata.genre.is_some() { "genre.stated" } else { "genre.opinion" }
}

fn write_classification(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    xml.open_line("classDecl", &[])?;
    xml.open_line("taxonomy", &[("xml:id", &edition.id("genre"))])?;
    xml.open_line("category", &[("xml:id", &edition.id(genre_word(edition)))])?;
    match &edition.document.metadata.genre {
        Some(genre) => {
            let language = [("xml:lang", edition.language)];
            let own = if edition.english().is_empty() { &[][..] } else { &language[..] };
            xml.leaf_line("catDesc", &super::joined(own, &edition.evidence(genre)), &genre.value)?;
        }
        None => xml.leaf_line("catDesc", &[], "Opinion, commentary, op-ed")?,
    }
    xml.close_line()?;
    xml.close_line()?;
    xml.close_line()
}

/// `schemaRef`.
pub(super) fn write_schema(xml: &mut Sink) -> io::Result<()> {
    xml.empty_line("schemaRef", &[("key", "oped-convert"), ("url", SCHEMA)])
}

/// `appInfo`, which points to who is responsible.
pub(super) fn write_application(xml: &mut Sink, agent: &str) -> io::Result<()> {
    xml.open_line("appInfo", &[])?;
    xml.open_line("application", &[("ident", "oped-convert"), ("version", VERSION)])?;
    xml.leaf_line("label", &[], "oped-convert")?;
    xml.empty_line("ptr", &[("target", agent)])?;
    xml.close_line()?;
    xml.close_line()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::original::Digest;

    #[test]
    fn the_schema_that_is_named_is_the_one_of_the_project() {
        let schema = include_bytes!("../../../docs/schema/oped-convert.rng");
        assert_eq!(Digest::of(schema).ni_uri(), SCHEMA);
    }
}
