//! Our TEI read back: the text, the values of the metadata with their evidence, and the repairs, as `docs/tei.md`
//! states where each stands. Reads the files of this writer only, valid ones.

use std::collections::BTreeMap;

use super::tree::{Child, Node, ReadError};
use crate::document::FieldValue;
use crate::edit::{Applicability, ChainId};
use crate::span::{Permille, Span};

/// What a TEI file says of its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeiReading {
    /// `Document::text()`.
    pub text: String,
    /// `Metadata::field_values()`.
    pub values: Vec<FieldValue>,
    /// The repairs in the order of the text.
    pub repairs: Vec<RepairReading>,
}

/// A repair, as its annotation has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairReading {
    /// The rule that made it.
    pub rule: String,
    /// Its bytes in the original.
    pub source: Span,
    /// The bytes that stood there.
    pub before: Vec<u8>,
    /// The repaired text.
    pub corr: String,
    /// The misreadings that were undone.
    pub chain: ChainId,
    /// How sure the repair is.
    pub confidence: Permille,
    /// What became of it.
    pub applicability: Applicability,
}

/// Reads a file that this writer made.
///
/// # Errors
/// Where it is not well-formed, or is none of ours.
pub fn read(xml: &str) -> Result<TeiReading, ReadError> {
    read_element(&Node::parse(xml)?)
}

/// Reads one `TEI` element, the root of a file or a member of a corpus.
///
/// # Errors
/// Where it is none of ours.
pub fn read_element(root: &Node) -> Result<TeiReading, ReadError> {
    Ok(TeiReading {
        text: lines(root, &["body", "back"]).join("\n"),
        values: Header::of(root)?.values()?,
        repairs: repairs(root)?,
    })
}

/// Elements that hold one line of the text; `head` may hold further ones instead.
const LINES: [&str; 9] = ["p", "ab", "head", "byline", "dateline", "label", "l", "cell", "figDesc"];

/// The lines of these parts of `text` (`front`, `body`, `back`), without empty ones.
pub fn lines(root: &Node, parts: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    let text = root.child("text").into_iter().flat_map(Node::elements);
    text.filter(|part| parts.contains(&part.name.as_str())).for_each(|part| add_lines(part, &mut lines));
    lines
}

fn add_lines(node: &Node, lines: &mut Vec<String>) {
    let is_line = |node: &Node| LINES.contains(&node.name.as_str());
    if !is_line(node) || node.all().iter().skip(1).any(|inner| is_line(inner)) {
        return node.elements().for_each(|inner| add_lines(inner, lines));
    }
    let mut line = String::new();
    add_characters(node, &mut line);
    if !line.is_empty() {
        lines.push(line);
    }
}

/// After repair; without readings of ruby and marks of notes.
fn add_characters(node: &Node, line: &mut String) {
    let is_anchor = node.name == "ref" && node.attribute("type") == Some("noteAnchor");
    if is_anchor || matches!(node.name.as_str(), "sic" | "rt") {
        return;
    }
    if node.name == "lb" {
        line.push('\n');
    }
    for child in &node.children {
        match child {
            Child::Element(inner) => add_characters(inner, line),
            Child::Text(text) => line.push_str(text),
        }
    }
}

/// What one `certainty` says.
#[derive(Clone)]
struct Evidence {
    span: Option<Span>,
    rule: String,
    confidence: Permille,
}

impl Evidence {
    fn value(&self, field: impl Into<String>, value: impl Into<String>) -> FieldValue {
        let Self { span, rule, confidence } = self.clone();
        FieldValue { field: field.into(), value: value.into(), span, rule, confidence }
    }
}

/// The header by its ids.
struct Header<'a> {
    header: &'a Node,
    /// By the words of the ids.
    elements: BTreeMap<&'a str, &'a Node>,
    evidence: BTreeMap<String, Evidence>,
}

/// Fields of one text each, with the words of their elements' ids.
const TEXTS: [(&str, &str); 12] = [
    ("title", "title"),
    ("title_as_printed", "title-as-printed"),
    ("subtitle", "subtitle"),
    ("publisher", "publisher"),
    ("url", "url"),
    ("source.title", "source-title"),
    ("source.page", "source-page"),
    ("source.url", "source-url"),
    ("section", "section"),
    ("genre", "genre.stated"),
    ("dateline", "dateline"),
    ("rights", "rights"),
];

impl<'a> Header<'a> {
    fn of(root: &'a Node) -> Result<Self, ReadError> {
        let header = root.child("teiHeader").ok_or(ReadError::Missing("teiHeader"))?;
        let prefix = format!("{}-", root.attribute("xml:id").ok_or(ReadError::Missing("the id of TEI"))?);
        let word = |node: &'a Node| Some((node.attribute("xml:id")?.strip_prefix(&prefix)?, node));
        let elements = header.all().into_iter().filter_map(word).collect();
        let mut evidence = BTreeMap::new();
        for certainty in header.named("certainty") {
            let target = certainty.attribute("target").and_then(|t| t.strip_prefix('#')?.strip_prefix(&prefix));
            let target = target.ok_or(ReadError::Missing("the target of a certainty"))?;
            let rule = certainty.child("desc").ok_or(ReadError::Missing("the rule of a certainty"))?.content();
            let confidence = permille(certainty.attribute("degree").unwrap_or_default())?;
            let span = certainty.attribute("n").map(byte_range).transpose()?;
            evidence.insert(target.to_owned(), Evidence { span, rule, confidence });
        }
        Ok(Self { header, elements, evidence })
    }

    fn evidence(&self, word: &str) -> Result<&Evidence, ReadError> {
        self.evidence.get(word).ok_or(ReadError::Missing("the certainty of a value"))
    }

    fn values(&self) -> Result<Vec<FieldValue>, ReadError> {
        let mut all = Vec::new();
        for (field, word) in TEXTS {
            if let Some(node) = self.elements.get(word) {
                let value = if field == "genre" { node.child("catDesc").unwrap_or(node) } else { node };
                all.push(self.evidence(word)?.value(field, value.content()));
            }
        }
        for (field, word) in [("published", "published"), ("updated", "updated"), ("source.date", "source-date")] {
            let Some(date) = self.elements.get(word) else { continue };
            let iso = ["when", "when-iso", "n"].iter().find_map(|name| date.attribute(name));
            let evidence = self.evidence(word)?;
            all.push(evidence.value(field, iso.ok_or(ReadError::Missing("the value of a date"))?));
            all.push(evidence.value(format!("{field}.printed"), date.content()));
        }
        self.add_people(&mut all)?;
        for number in 1.. {
            let word = format!("keyword-{number}");
            let Some(node) = self.elements.get(word.as_str()) else { break };
            all.push(self.evidence(&word)?.value(format!("keyword.{number}"), node.content()));
        }
        let language = self.elements.get("language").ok_or(ReadError::Missing("the language"))?;
        all.push(self.evidence("language")?.value("language", language.attribute("ident").unwrap_or_default()));
        self.add_candidates(&mut all)?;
        Ok(all)
    }

    fn add_people(&self, all: &mut Vec<FieldValue>) -> Result<(), ReadError> {
        let statement = self.header.at(&["fileDesc", "titleStmt"]).ok_or(ReadError::Missing("titleStmt"))?;
        let source = self.header.at(&["fileDesc", "sourceDesc"]).ok_or(ReadError::Missing("sourceDesc"))?;
        let authors = statement.elements().filter(|node| node.name == "author").collect();
        let people = statement.elements().filter(|node| node.name == "respStmt" && node.attribute("xml:id").is_none());
        let (translators, contributors) = people.partition(|node| relator(node) == Some("trl"));
        let lists: [(&str, Vec<&Node>); 4] = [
            ("author", authors),
            ("editor", source.named("editor")),
            ("translator", translators),
            ("contributor", contributors),
        ];
        for (list, nodes) in lists {
            for (i, node) in nodes.into_iter().enumerate() {
                let field = format!("{list}.{}", i + 1);
                let evidence = self.add_person(all, &field, node)?;
                if list == "contributor" {
                    let label = node.child("resp").ok_or(ReadError::Missing("a label"))?.content();
                    all.push(evidence.value(format!("{field}.relator"), relator(node).unwrap_or_default()));
                    all.push(evidence.value(format!("{field}.label"), label));
                }
            }
        }
        Ok(())
    }

    /// The values of one person, from the name in the statement and from `particDesc`.
    fn add_person(&self, all: &mut Vec<FieldValue>, field: &str, node: &Node) -> Result<Evidence, ReadError> {
        let is_name = |node: &&Node| matches!(node.name.as_str(), "persName" | "orgName");
        let name = node.elements().find(is_name).ok_or(ReadError::Missing("a name"))?;
        let word = name.attribute("ref").and_then(|target| target.rsplit_once('-')).map(|(_, word)| word);
        let word = word.ok_or(ReadError::Missing("the reference of a name"))?;
        let person = self.elements.get(word).ok_or(ReadError::Missing("a person"))?;
        let forms: Vec<&Node> = person.elements().filter(is_name).collect();
        let (whole, others) = forms.split_first().ok_or(ReadError::Missing("the name of a person"))?;
        let kind = match (person.name.as_str(), whole.attribute("type")) {
            ("org", _) => "body",
            (_, Some("pseudonym")) => "pseudonym",
            _ => "person",
        };
        let evidence = self.evidence(word)?.clone();
        let printed = others.first().map_or_else(|| name.content(), |form| form.content());
        all.push(evidence.value(field, name.content()));
        all.push(evidence.value(format!("{field}.kind"), kind));
        all.push(evidence.value(format!("{field}.printed"), printed));
        for (part, element) in [("family", "surname"), ("given", "forename")] {
            all.extend(whole.child(element).map(|node| evidence.value(format!("{field}.{part}"), node.content())));
        }
        for part in ["role", "affiliation"] {
            let word = format!("{word}-{part}");
            if let Some(node) = self.elements.get(word.as_str()) {
                all.push(self.evidence(&word)?.value(format!("{field}.{part}"), node.content()));
            }
        }
        Ok(evidence)
    }

    fn add_candidates(&self, all: &mut Vec<FieldValue>) -> Result<(), ReadError> {
        let notes = self.header.at(&["fileDesc", "notesStmt"]).into_iter().flat_map(Node::elements);
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for note in notes.filter(|note| note.attribute("type") == Some("candidate")) {
            let field = note.attribute("subtype").unwrap_or_default();
            let number = numbers.entry(field).or_default();
            *number += 1;
            let word = format!("candidate-{field}-{number}").replace('_', "-");
            all.push(self.evidence(&word)?.value(format!("candidate.{field}.{number}"), note.content()));
        }
        Ok(())
    }
}

/// The MARC relator of a statement of responsibility.
fn relator(statement: &Node) -> Option<&str> {
    Some(statement.child("resp")?.attribute("ref")?.rsplit_once('/')?.1)
}

/// `12-34`.
fn byte_range(text: &str) -> Result<Span, ReadError> {
    let range = text.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    let (start, end) = range.ok_or_else(|| ReadError::Value(text.to_owned(), "a byte range"))?;
    Ok(Span { start, end })
}

/// `0.930`.
fn permille(text: &str) -> Result<Permille, ReadError> {
    let whole = text.split_once('.').and_then(|(units, rest)| {
        let thousandths = rest.parse::<u16>().ok().filter(|_| rest.len() == 3)?;
        units.parse::<u16>().ok()?.checked_mul(1000)?.checked_add(thousandths)
    });
    whole.map(Permille::new).ok_or_else(|| ReadError::Value(text.to_owned(), "a confidence"))
}

fn repairs(root: &Node) -> Result<Vec<RepairReading>, ReadError> {
    let structures = root.child("standOff").map(|node| node.named("fs")).unwrap_or_default();
    structures.into_iter().filter(|fs| fs.attribute("type") == Some("repair")).map(repair).collect()
}

fn repair(structure: &Node) -> Result<RepairReading, ReadError> {
    let feature = |name: &str| {
        let named = |f: &&Node| f.attribute("name") == Some(name);
        structure.elements().find(named).and_then(|f| f.elements().next()).ok_or(ReadError::Missing("a feature"))
    };
    let symbol = |name: &str| Ok::<_, ReadError>(feature(name)?.attribute("value").unwrap_or_default().to_owned());
    let number = |name: &str| {
        let text = symbol(name)?;
        text.parse::<usize>().map_err(|_| ReadError::Value(text, "a number of bytes"))
    };
    let start = number("byteOffset")?;
    let hex = feature("inputBytes")?.content();
    let bytes: Option<Vec<u8>> = hex.split_whitespace().map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
    let steps: Vec<&str> = feature("chain")?.elements().filter_map(|symbol| symbol.attribute("value")).collect();
    let steps = steps.join(",");
    let chain = steps.parse().map_err(|_| ReadError::Value(steps, "a chain of misreadings"))?;
    let applicability = match symbol("applicability")?.as_str() {
        "applied" => Applicability::Applied,
        "inferred" => Applicability::Inferred,
        "withheld" => Applicability::Withheld,
        other => return Err(ReadError::Value(other.to_owned(), "applicability")),
    };
    Ok(RepairReading {
        rule: symbol("rule")?,
        source: Span { start, end: start + number("byteLength")? },
        before: bytes.ok_or(ReadError::Value(hex, "bytes in hexadecimal"))?,
        corr: feature("output")?.content(),
        chain,
        confidence: permille(&symbol("confidence")?)?,
        applicability,
    })
}
