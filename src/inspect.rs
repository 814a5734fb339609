//! What was recognised in one original, with evidence: the object of `inspect --json`, and a page for people.

#[cfg(feature = "cli")]
mod page;

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::Serialize;

use crate::ReadOriginal;
use crate::diagnostic::Diagnostic;
use crate::document::{Account, Block, BlockKind, Bytes, Contributor, Date, Language, Metadata, Person, Reason};
use crate::edit::{Applicability, SegmentKind};
use crate::original::{Member, Original};
use crate::span::{Permille, Spanned};

#[cfg(feature = "cli")]
#[doc(hidden)]
pub use page::{page, repair_table};

/// The object of one original.
#[derive(Serialize)]
pub struct Inspection<'a> {
    source: SourceJson<'a>,
    encoding: EncodingJson<'a>,
    medium: &'static str,
    repairs: Vec<RepairJson>,
    metadata: MetadataJson<'a>,
    blocks: Vec<BlockJson>,
    account: AccountJson,
    diagnostics: &'a [Diagnostic],
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
#[doc(hidden)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<&'static str>,
    text: String,
    span: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct AccountJson {
    bytes: Bytes,
    left_out: Vec<LeftOutJson>,
    stretches: Vec<(usize, usize, &'static str)>,
}

#[derive(Serialize)]
struct LeftOutJson {
    rule: &'static str,
    texts: usize,
    bytes: usize,
}

impl From<&Account> for AccountJson {
    fn from(account: &Account) -> Self {
        let left_out = account.left_out().iter();
        Self {
            bytes: account.bytes(),
            left_out: left_out
                .map(|(reason, of)| LeftOutJson { rule: reason.name(), texts: of.texts, bytes: of.bytes })
                .collect(),
            stretches: account.stretches().iter().map(|(at, fate)| (at.start, at.end, fate.name())).collect(),
        }
    }
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
            candidates: m.candidates.iter().map(|(field, values)| (field.key(), list(values))).collect(),
        }
    }
}

/// The repairs of a reading, in the order of the text.
#[doc(hidden)]
pub fn repairs(reading: &ReadOriginal) -> Vec<RepairJson> {
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
    pub fn new(original: &'a Original, reading: &'a ReadOriginal) -> Self {
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
            medium: document.medium.name(),
            repairs: repairs(reading),
            metadata: MetadataJson::from(&document.metadata),
            blocks: document.blocks.iter().map(block_json).collect(),
            account: AccountJson::from(&document.account),
            diagnostics: &reading.diagnostics,
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
        BlockKind::Table { .. } => "table",
        BlockKind::Verse(_) => "verse",
        BlockKind::Figure { .. } => "figure",
        BlockKind::Note { .. } => "note",
    };
    let text = crate::document::block_text(block);
    let left_out = block.left_out.map(Reason::name);
    BlockJson { kind, role: block.role.name(), left_out, text, span: block.span.map(|s| [s.start, s.end]) }
}
