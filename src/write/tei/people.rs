//! Persons and bodies: names where somebody is stated as responsible, and one `person` or `org` for each
//! (<https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/ND.html>). Names are not looked up in any
//! authority file.

use std::io;

use super::{Attribute, Edition, Sink, joined};
use crate::document::{Contributor, Person, PersonKind};
use crate::span::{Permille, Spanned};

/// Indices into `Metadata::people` at which each kind of responsibility begins.
pub(super) struct Numbering {
    pub editors: usize,
    pub translators: usize,
    pub contributors: usize,
}

impl Numbering {
    pub fn of(edition: &Edition<'_>) -> Self {
        let m = &edition.document.metadata;
        let editors = m.authors.len();
        let translators = editors + m.editors.len();
        Self { editors, translators, contributors: translators + m.translators.len() }
    }
}

/// The element of a name.
pub(super) fn name_element(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Person | PersonKind::Pseudonym => "persName",
        PersonKind::Body => "orgName",
    }
}

fn name_type(kind: PersonKind) -> &'static [Attribute<'static>] {
    match kind {
        PersonKind::Pseudonym => &[("type", "pseudonym")],
        PersonKind::Person | PersonKind::Body => &[],
    }
}

/// `<persName ref="#…-person1">`, in a statement of responsibility.
pub(super) fn write_name(
    xml: &mut Sink,
    edition: &Edition<'_>,
    index: usize,
    person: &Person,
    confidence: Permille,
) -> io::Result<()> {
    let reference = edition.person(index);
    let own = joined(&[("ref", &reference)], name_type(person.kind));
    xml.leaf(name_element(person.kind), &joined(&own, &edition.inferred(confidence)), &person.name)
}

/// `author` or `editor`, on a line of its own; with `affiliation` where `full`.
pub(super) fn write_responsible(
    xml: &mut Sink,
    edition: &Edition<'_>,
    element: &str,
    index: usize,
    person: &Spanned<Person>,
    full: bool,
) -> io::Result<()> {
    xml.open_line(element, &[])?;
    write_name(xml, edition, index, &person.value, person.confidence)?;
    if full {
        write_affiliation(xml, edition, &person.value, None)?;
    }
    xml.end()
}

/// Post and institution, as far as they are known; with ids after that of the person where `index` is given.
fn write_affiliation(xml: &mut Sink, edition: &Edition<'_>, person: &Person, index: Option<usize>) -> io::Result<()> {
    let (role, institution) = (&person.role, &person.affiliation);
    if role.is_none() && institution.is_none() {
        return Ok(());
    }
    let id = |part: &str| index.map(|i| edition.id(&format!("person{}-{part}", i + 1)));
    let (role_id, institution_id) = (id("role"), id("affiliation"));
    if index.is_some() {
        xml.line()?;
    }
    xml.start("affiliation", &[])?;
    if let Some(role) = role {
        xml.leaf("roleName", &joined(&id_attribute(role_id.as_deref()), &edition.evidence(role)), &role.value)?;
    }
    if role.is_some() && institution.is_some() {
        xml.text(", ")?;
    }
    if let Some(institution) = institution {
        xml.leaf(
            "orgName",
            &joined(&id_attribute(institution_id.as_deref()), &edition.evidence(institution)),
            &institution.value,
        )?;
    }
    xml.end()
}

fn id_attribute(id: Option<&str>) -> Vec<Attribute<'_>> {
    id.map(|id| ("xml:id", id)).into_iter().collect()
}

/// A translator: MARC relator `trl`.
pub(super) fn write_translator(
    xml: &mut Sink,
    edition: &Edition<'_>,
    index: usize,
    person: &Spanned<Person>,
) -> io::Result<()> {
    xml.open_line("respStmt", &[])?;
    let own = [("ref", "http://id.loc.gov/vocabulary/relators/trl")];
    xml.leaf_line("resp", &joined(&own, edition.english()), "translator")?;
    xml.line()?;
    write_name(xml, edition, index, &person.value, person.confidence)?;
    xml.close_line()
}

/// Somebody with another function: the label as printed and its MARC relator.
pub(super) fn write_contributor(
    xml: &mut Sink,
    edition: &Edition<'_>,
    index: usize,
    contributor: &Spanned<Contributor>,
) -> io::Result<()> {
    let relator = format!("http://id.loc.gov/vocabulary/relators/{}", contributor.value.relator);
    xml.open_line("respStmt", &[])?;
    xml.leaf_line("resp", &[("ref", &relator)], &contributor.value.label)?;
    xml.line()?;
    write_name(xml, edition, index, &contributor.value.person, contributor.confidence)?;
    xml.close_line()
}

/// `particDesc`: everybody who is named in the metadata, persons first, numbered as mentions number them.
pub(super) fn write_participants(xml: &mut Sink, edition: &Edition<'_>) -> io::Result<()> {
    let m = &edition.document.metadata;
    let named = m.authors.iter().chain(&m.editors).chain(&m.translators).map(|p| (&p.value, p.confidence));
    let people: Vec<_> = named.chain(m.contributors.iter().map(|c| (&c.value.person, c.confidence))).collect();
    if people.is_empty() {
        return Ok(());
    }
    xml.open_line("particDesc", &[])?;
    for (list, element, bodies) in [("listPerson", "person", false), ("listOrg", "org", true)] {
        let of_kind = |p: &Person| (p.kind == PersonKind::Body) == bodies;
        if !people.iter().any(|(person, _)| of_kind(person)) {
            continue;
        }
        xml.open_line(list, &[])?;
        for (index, (person, confidence)) in people.iter().enumerate().filter(|(_, (person, _))| of_kind(person)) {
            write_person(xml, edition, element, index, person, *confidence)?;
        }
        xml.close_line()?;
    }
    xml.close_line()
}

fn write_person(
    xml: &mut Sink,
    edition: &Edition<'_>,
    element: &str,
    index: usize,
    person: &Person,
    confidence: Permille,
) -> io::Result<()> {
    let name = name_element(person.kind);
    xml.open_line(element, &[("xml:id", &edition.id(&format!("person{}", index + 1)))])?;
    xml.line()?;
    xml.start(name, name_type(person.kind))?;
    write_parts(xml, edition, person, confidence)?;
    xml.end()?;
    if person.printed != person.name {
        xml.leaf_line(name, &[("type", "asPrinted")], &person.printed)?;
    }
    write_affiliation(xml, edition, person, Some(index))?;
    xml.close_line()
}

/// The name with its parts marked where they stand in it.
fn write_parts(xml: &mut Sink, edition: &Edition<'_>, person: &Person, confidence: Permille) -> io::Result<()> {
    // Which part is the family name follows from form and language, never from the text: at most medium.
    let evidence = edition.inferred(confidence.min(Permille::new(899)));
    let mut rest = person.name.as_str();
    let mut parts = Vec::new();
    for (element, part) in [("surname", &person.family), ("forename", &person.given)] {
        if let Some(part) = part.as_deref().filter(|part| !part.is_empty()) {
            parts.push((element, part));
        }
    }
    let place = |part: &(&str, &str)| person.name.find(part.1);
    parts.sort_by_key(|part| place(part).unwrap_or(usize::MAX));
    for (element, part) in parts {
        if let Some((before, after)) = rest.split_once(part) {
            xml.text(before)?;
            xml.leaf(element, &evidence, part)?;
            rest = after;
        } else {
            // A part in another form than in the name (a transliteration) is kept beside it.
            xml.text(rest)?;
            xml.text(" ")?;
            xml.leaf(element, &evidence, part)?;
            rest = "";
        }
    }
    xml.text(rest)
}
