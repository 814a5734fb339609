//! What was recognised in one original, with evidence: the object of `inspect --json`, and a page for people.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::Serialize;

use crate::Reading;
use crate::document::{Block, BlockKind, Contributor, Date, Language, Metadata, Person};
use crate::edit::{Applicability, SegmentKind};
use crate::original::{Member, Original};
use crate::report::DiagnosticJson;
use crate::span::{Permille, Spanned};

/// The object of one original.
#[derive(Serialize)]
pub struct Inspection<'a> {
    source: SourceJson<'a>,
    encoding: EncodingJson<'a>,
    repairs: Vec<RepairJson>,
    metadata: MetadataJson<'a>,
    blocks: Vec<BlockJson>,
    diagnostics: Vec<DiagnosticJson<'a>>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_charset: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<MemberJson<'a>>,
    bytes: usize,
    sha256: String,
}

#[derive(Serialize)]
struct MemberJson<'a> {
    container_sha256: String,
    offset: u64,
    length: u64,
    record_id: Option<&'a str>,
    captured: Option<&'a str>,
    status: Option<u16>,
    line: Option<u64>,
}

impl<'a> From<&'a Member> for MemberJson<'a> {
    fn from(member: &'a Member) -> Self {
        Self {
            container_sha256: member.container.hex(),
            offset: member.offset,
            length: member.length,
            record_id: member.record_id.as_deref(),
            captured: member.captured.as_deref(),
            status: member.status,
            line: member.line,
        }
    }
}

#[derive(Serialize)]
struct EncodingJson<'a> {
    name: String,
    evidence: &'a str,
    confidence: f64,
    byte_order_mark: bool,
}

/// One repair, as `inspect` and `repair --json` print it.
#[derive(Serialize)]
pub struct RepairJson {
    source: [usize; 2],
    target: [usize; 2],
    before_hex: String,
    before: String,
    after: String,
    chain: String,
    bits: f64,
    confidence: f64,
    applicability: Applicability,
}

#[derive(Serialize)]
struct F<T> {
    value: T,
    span: Option<[usize; 2]>,
    rule: &'static str,
    confidence: f64,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    #[serde(flatten)]
    named: F<&'a str>,
    kind: &'static str,
    affiliation: Option<&'a str>,
    role: Option<&'a str>,
    name: NameJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

#[derive(Serialize)]
struct NameJson<'a> {
    family: Option<&'a str>,
    given: Option<&'a str>,
    printed: &'a str,
}

type Text<'a> = Option<F<&'a str>>;

#[derive(Serialize)]
struct MetadataJson<'a> {
    title: Text<'a>,
    title_as_printed: Text<'a>,
    subtitle: Text<'a>,
    authors: Vec<PersonJson<'a>>,
    editors: Vec<PersonJson<'a>>,
    translators: Vec<PersonJson<'a>>,
    contributors: Vec<PersonJson<'a>>,
    publisher: Text<'a>,
    published: Text<'a>,
    updated: Text<'a>,
    url: Text<'a>,
    source: ReferenceJson<'a>,
    section: Text<'a>,
    genre: Text<'a>,
    dateline: Text<'a>,
    rights: Text<'a>,
    keywords: Vec<F<&'a str>>,
    language: F<&'a str>,
    candidates: BTreeMap<&'static str, Vec<F<&'a str>>>,
}

#[derive(Serialize)]
struct ReferenceJson<'a> {
    title: Text<'a>,
    date: Text<'a>,
    page: Text<'a>,
    url: Text<'a>,
}

#[derive(Serialize)]
struct BlockJson {
    kind: &'static str,
    role: &'static str,
    text: String,
    span: Option<[usize; 2]>,
}

fn confidence(permille: Permille) -> f64 {
    f64::from(permille.get()) / 1000.0
}

fn field<T, U>(spanned: &Spanned<T>, value: U) -> F<U> {
    F {
        value,
        span: spanned.span.map(|s| [s.start, s.end]),
        rule: spanned.rule.0,
        confidence: confidence(spanned.confidence),
    }
}

fn text(spanned: &Option<Spanned<String>>) -> Text<'_> {
    spanned.as_ref().map(|s| field(s, s.value.as_str()))
}

fn date(spanned: &Option<Spanned<Date>>) -> Text<'_> {
    spanned.as_ref().map(|s| field(s, s.value.iso.as_str()))
}

fn person_json<'a>(named: F<&'a str>, person: &'a Person) -> PersonJson<'a> {
    PersonJson {
        named,
        kind: person.kind.name(),
        affiliation: person.affiliation.as_ref().map(|a| a.value.as_str()),
        role: person.role.as_ref().map(|r| r.value.as_str()),
        name: NameJson { family: person.family.as_deref(), given: person.given.as_deref(), printed: &person.printed },
        relator: None,
        label: None,
    }
}

fn people(list: &[Spanned<Person>]) -> Vec<PersonJson<'_>> {
    list.iter().map(|p| person_json(field(p, p.value.name.as_str()), &p.value)).collect()
}

fn contributor_json(c: &Spanned<Contributor>) -> PersonJson<'_> {
    let person = person_json(field(c, c.value.person.name.as_str()), &c.value.person);
    PersonJson { relator: Some(c.value.relator), label: Some(&c.value.label), ..person }
}

impl<'a> From<&'a Metadata> for MetadataJson<'a> {
    fn from(m: &'a Metadata) -> Self {
        let list =
            |values: &'a [Spanned<String>]| values.iter().map(|v| field(v, v.value.as_str())).collect::<Vec<_>>();
        Self {
            title: text(&m.title),
            title_as_printed: text(&m.title_as_printed),
            subtitle: text(&m.subtitle),
            authors: people(&m.authors),
            editors: people(&m.editors),
            translators: people(&m.translators),
            contributors: m.contributors.iter().map(contributor_json).collect(),
            publisher: text(&m.publisher),
            published: date(&m.published),
            updated: date(&m.updated),
            url: text(&m.url),
            source: ReferenceJson {
                title: text(&m.source.title),
                date: date(&m.source.date),
                page: text(&m.source.page),
                url: text(&m.source.url),
            },
            section: text(&m.section),
            genre: text(&m.genre),
            dateline: text(&m.dateline),
            rights: text(&m.rights),
            keywords: list(&m.keywords),
            language: field(&m.language, Language::tag(&m.language.value)),
            candidates: m.candidates.iter().map(|(name, values)| (*name, list(values))).collect(),
        }
    }
}

/// The repairs of a reading, in the order of the text.
pub fn repairs(reading: &Reading) -> Vec<RepairJson> {
    let edits = &reading.document.edits;
    let repairs = reading.repaired.log.repairs().zip(edits);
    repairs
        .filter_map(|((_, segment), edit)| {
            let SegmentKind::Repaired { before, bits, .. } = &segment.kind else { return None };
            Some(RepairJson {
                source: [segment.source.start, segment.source.end],
                target: [segment.target.start, segment.target.end],
                before_hex: HEXLOWER.encode(before),
                before: edit.sic.clone(),
                after: edit.corr.clone(),
                chain: edit.chain.to_string(),
                bits: f64::from(*bits) / 256.0,
                confidence: confidence(edit.confidence),
                applicability: edit.applicability,
            })
        })
        .collect()
}

impl<'a> Inspection<'a> {
    /// What was recognised in `original`.
    pub fn new(original: &'a Original, reading: &'a Reading) -> Self {
        let origin = &original.origin;
        let document = &reading.document;
        Self {
            source: SourceJson {
                path: &origin.path,
                media_type: origin.media_type.as_deref(),
                declared_charset: origin.declared_charset.as_deref(),
                target_uri: origin.target_uri.as_deref(),
                member: origin.member.as_ref().map(MemberJson::from),
                bytes: original.bytes.len(),
                sha256: original.digest.hex(),
            },
            encoding: EncodingJson {
                name: document.encoding.name(),
                evidence: &document.encoding.evidence,
                confidence: confidence(document.encoding.confidence),
                byte_order_mark: document.encoding.byte_order_mark,
            },
            repairs: repairs(reading),
            metadata: MetadataJson::from(&document.metadata),
            blocks: document.blocks.iter().map(block_json).collect(),
            diagnostics: reading.diagnostics.iter().map(DiagnosticJson::from).collect(),
        }
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        // Strings, numbers and finite floats only: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn block_json(block: &Block) -> BlockJson {
    let kind = match &block.kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading(_) => "heading",
        BlockKind::Quote(_) => "quote",
        BlockKind::List { .. } => "list",
        BlockKind::Table(_) => "table",
        BlockKind::Verse(_) => "verse",
        BlockKind::Figure { .. } => "figure",
        BlockKind::Note { .. } => "note",
    };
    let text = crate::document::block_text(block);
    BlockJson { kind, role: block.role.name(), text, span: block.span.map(|s| [s.start, s.end]) }
}

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
    for (edit, (_, segment)) in edits.iter().zip(reading.repaired.log.repairs()) {
        let text = &reading.repaired.text;
        let line_number = text[..segment.target.start].matches('\n').count() + 1;
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

fn why(edit: &crate::edit::Edit) -> String {
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
