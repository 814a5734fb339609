//! What `inspect` and `repair --explain` print for people.

use anstyle::{AnsiColor, Style};

use super::block_json;
use crate::ReadOriginal;
use crate::characters::printable;
use crate::document::{Bytes, Metadata, Role};
use crate::edit::{Applicability, ChainId, Edit};
use crate::original::Original;
use crate::span::{Span, Spanned, Support};

/// Characters of a paragraph of the text that are shown.
const BODY: usize = 70;
/// Characters of any other block that are shown: it may hold values.
const OTHER: usize = 400;

/// The page for people: fields with their evidence, repairs, blocks. In colour the values of the fields are marked
/// where they stand, each in the colour of its field's name.
pub fn page(original: &Original, reading: &ReadOriginal, colour: bool) -> String {
    let document = &reading.document;
    let mut page = String::new();
    let mut line = |text: String| {
        page.push_str(&text);
        page.push('\n');
    };
    line(format!(
        "{}  {} bytes  sha256 {}",
        printable(&original.origin.path),
        original.bytes.len(),
        original.digest.hex()
    ));
    line(format!(
        "encoding  {} ({}, confidence {})",
        document.encoding.name(),
        document.encoding.evidence,
        document.encoding.confidence
    ));
    line(String::new());
    let rows = fields(&document.metadata);
    for row in &rows {
        let name = painted(&format!("{:<18}", row.name), row.name, colour);
        line(format!("{name} {}   [{}]", printable(&row.value), row.evidence));
    }
    line(String::new());
    line(repair_table(reading));
    line("blocks".to_owned());
    for block in &document.blocks {
        let shown = if block.role == Role::Body { BODY } else { OTHER };
        let text: String = block_json(block).text.replace('\n', " ").chars().take(shown).collect();
        let text = if colour { marked(&text, block.span, &rows) } else { printable(&text).into_owned() };
        let why = block.left_out.map(|reason| format!("   [{}]", reason.name())).unwrap_or_default();
        line(format!("  {:<12} {text}{why}", block.role.name()));
    }
    line(account(&document.account.bytes()));
    for diagnostic in &reading.diagnostics {
        line(printable(&diagnostic.to_string()).into_owned());
    }
    page
}

/// What became of the text's bytes.
fn account(bytes: &Bytes) -> String {
    let Bytes { shown, furniture, header, folded, markup } = bytes;
    format!(
        "bytes of the repaired text  {shown} shown, {furniture} furniture, {header} header, {folded} white space folded, \
         {markup} markup"
    )
}

/// A field that is known.
struct Row {
    name: &'static str,
    value: String,
    /// As it stands in the text.
    printed: String,
    span: Option<Span>,
    evidence: String,
}

/// The colour of a field: who, when, where from, what.
fn style(name: &str) -> Style {
    let colour = match name {
        "author" => AnsiColor::Green,
        "editor" | "translator" | "contributor" => AnsiColor::Yellow,
        "published" | "updated" | "source date" => AnsiColor::Magenta,
        "publisher" | "source" | "source page" | "source address" | "address" => AnsiColor::Blue,
        "left out" => AnsiColor::BrightBlack,
        _ => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

fn painted(text: &str, name: &str, colour: bool) -> String {
    let style = style(name);
    let text = printable(text);
    if colour { format!("{style}{text}{style:#}") } else { text.into_owned() }
}

/// The text of a block with the values marked that stand in it.
fn marked(text: &str, span: Option<Span>, rows: &[Row]) -> String {
    let Some(span) = span else { return printable(text).into_owned() };
    let within = |row: &&Row| row.span.is_some_and(|s| span.start <= s.start && s.end <= span.end);
    // A title as printed is that of the row above, or encloses it.
    let is_marked = |row: &&Row| row.name != "title as printed" && row.name != "left out";
    let mut marks: Vec<(usize, usize, &str)> = rows
        .iter()
        .filter(within)
        .filter(is_marked)
        .filter_map(|row| text.find(&row.printed).map(|at| (at, at + row.printed.len(), row.name)))
        .collect();
    marks.sort_unstable();
    let (mut out, mut end) = (String::new(), 0);
    for (start, stop, name) in marks {
        if start >= end {
            out.push_str(&printable(&text[end..start]));
            out.push_str(&painted(&text[start..stop], name, true));
            end = stop;
        }
    }
    out + &printable(&text[end..])
}

/// Every field that is known, with its evidence.
fn fields(m: &Metadata) -> Vec<Row> {
    fn row<T>(name: &'static str, value: String, printed: &str, of: &Spanned<T>) -> Row {
        let place =
            of.span.map_or_else(|| "not from the text".to_owned(), |span| format!("bytes {}-{}", span.start, span.end));
        let others = match of.support {
            Support { agree: 0, contradict: 0 } => String::new(),
            Support { agree, contradict: 0 } => format!(", others that agree: {agree}"),
            Support { agree: 0, contradict } => format!(", others that contradict: {contradict}"),
            Support { agree, contradict } => format!(", others that agree: {agree}, that contradict: {contradict}"),
        };
        let evidence = format!("{}, {place}, confidence {}{others}", of.rule, of.confidence);
        Row { name, value, printed: printed.to_owned(), span: of.span, evidence }
    }
    fn texts(rows: &mut Vec<Row>, fields: &[(&'static str, &Option<Spanned<String>>)]) {
        for (name, value) in fields {
            rows.extend(value.as_ref().map(|value| row(name, value.value.clone(), &value.value, value)));
        }
    }
    let mut rows = Vec::new();
    texts(&mut rows, &[("title", &m.title), ("title as printed", &m.title_as_printed), ("subtitle", &m.subtitle)]);
    for (name, list) in [("author", &m.authors), ("editor", &m.editors), ("translator", &m.translators)] {
        for person in list {
            let p = &person.value;
            let of = |s: &Option<Spanned<String>>| s.as_ref().map(|s| format!(", {}", s.value)).unwrap_or_default();
            rows.push(row(name, format!("{}{}{}", p.name, of(&p.role), of(&p.affiliation)), &p.printed, person));
        }
    }
    for contributor in &m.contributors {
        let person = &contributor.value.person;
        let value = format!("{} ({})", person.name, contributor.value.label);
        rows.push(row("contributor", value, &person.printed, contributor));
    }
    for (name, value) in [("published", &m.published), ("updated", &m.updated), ("source date", &m.source.date)] {
        if let Some(date) = value {
            let value = format!("{} ({:?})", date.value.iso, date.value.printed);
            rows.push(row(name, value, &date.value.printed, date));
        }
    }
    texts(
        &mut rows,
        &[
            ("publisher", &m.publisher),
            ("address", &m.url),
            ("source", &m.source.title),
            ("source page", &m.source.page),
            ("source address", &m.source.url),
            ("section", &m.section),
            ("genre", &m.genre),
            ("dateline", &m.dateline),
            ("rights", &m.rights),
        ],
    );
    for keyword in &m.keywords {
        rows.push(row("keyword", keyword.value.clone(), &keyword.value, keyword));
    }
    rows.push(row("language", m.language.value.0.clone(), "", &m.language));
    for (field, values) in &m.candidates {
        for value in values {
            rows.push(row("left out", format!("{field}: {}", value.value), &value.value, value));
        }
    }
    rows
}

/// Every repair for people: where, before, after, why, how sure.
pub fn repair_table(reading: &ReadOriginal) -> String {
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
        let [before, after] = [&before, &after].map(|text| printable(text));
        table.push_str(&format!("    was  {before}{}{after}\n", printable(&edit.sic)));
        table.push_str(&format!("    is   {before}{}{after}\n", printable(&edit.corr)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::original::Origin;

    #[test]
    fn values_are_marked_where_they_stand() {
        let text = "The harbour needs a bridge\n\nBy Ada Holm, 5 December 2017\n\nThe ferry is late again, and the town \
                    waits for it as it has waited for forty years.\n";
        let original = Original::new(Origin { path: "a.txt".into(), ..Origin::default() }, text.as_bytes());
        let reading = crate::read_original(&original, &Default::default());
        let plain = page(&original, &reading, false);
        assert!(!plain.contains('\u{1B}'));
        let coloured = page(&original, &reading, true);
        let (green, magenta) = (style("author"), style("published"));
        let expected =
            format!("By {green}Ada Holm{green:#}, {magenta}5 December 2017{magenta:#}   [left-out.header]\n");
        assert!(coloured.contains(&expected), "{coloured}");
        let bare: String = anstyle_free(&coloured);
        assert_eq!(bare, plain);
    }

    /// A text without its escapes.
    fn anstyle_free(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('\u{1B}') {
            out.push_str(before);
            rest = behind.split_once('m').map_or("", |(_, rest)| rest);
        }
        out + rest
    }
}
