//! What the file says about itself: XMP (ISO 16684-1:2019) with Dublin Core, the information dictionary that
//! agrees with it, output intent, language, page labels.
//!
//! Values that are not known are absent, and so are dates, unless the run claims one.

use chrono::{DateTime, NaiveDate, Utc};
use lopdf::{Dictionary, Object, Stream, dictionary};
use uuid::Uuid;

use super::archive::{Archive, text_string};
use super::extensions::{PRISM_BASIC, extensions};
use crate::document::{Document, Language, Metadata};
use crate::plan::{Clock, VERSION, is_language_tag};
use crate::write::WriteError;
use crate::write::xml::Xml;

/// sRGB; see `assets/icc`.
const SRGB: &[u8] = include_bytes!("../../../assets/icc/srgb-v4.icc");

fn producer() -> String {
    format!("oped-convert {VERSION}")
}

/// Writes everything that concerns the document as a whole.
pub(super) fn write(
    archive: &mut Archive,
    document: &Document,
    claimed: Option<DateTime<Utc>>,
    attaches: bool,
) -> Result<(), WriteError> {
    let rendition = document.identity().rendition("pdf");
    let packet = Packet { document, title: document.display_title(), rendition, claimed, attaches };
    let digest = archive.content_digest(&packet.write(None)?);
    let instance = Uuid::new_v5(&rendition, &digest);
    let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.write(Some(instance))?);
    let metadata = archive.add(stream);
    let profile = archive.add(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    // ISO 19005-2 §6.2.3.
    let intent = dictionary! {
        "Type" => "OutputIntent", "S" => "GTS_PDFA1", "OutputConditionIdentifier" => text_string("sRGB"),
        "Info" => text_string("sRGB IEC61966-2.1"), "DestOutputProfile" => profile,
    };
    let catalog = archive.catalog()?;
    catalog.remove(b"PageLayout");
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    // ISO 14289-1 §7.2 and §7.1.
    catalog.set("Lang", text_string(language_tag(&document.metadata.language.value).unwrap_or("und")));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let decimal = dictionary! { "S" => "D" };
    catalog.set("PageLabels", dictionary! { "Nums" => vec![Object::Integer(0), Object::Dictionary(decimal)] });
    archive.set_trailer(packet.info(), &digest[..16]);
    Ok(())
}

/// The metadata of one file.
struct Packet<'a> {
    document: &'a Document,
    title: String,
    rendition: Uuid,
    claimed: Option<DateTime<Utc>>,
    /// Files are attached, which part 3 of ISO 19005 allows.
    attaches: bool,
}

/// How XMP orders several values (ISO 16684-1 §6.3.4).
#[derive(Clone, Copy)]
enum Values<'a> {
    /// In no order.
    Bag(&'a [String]),
    /// In this order.
    Sequence(&'a [String]),
    /// One text in its default language.
    Default(&'a str),
    /// One value.
    Single(&'a str),
}

const NAMESPACES: &[(&str, &str)] = &[
    ("rdf:about", ""),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("xmlns:xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmlns:xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("xmlns:prism", PRISM_BASIC),
    ("xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
];

impl Packet<'_> {
    /// The packet; without an instance it serves the digest that the instance is made from.
    fn write(&self, instance: Option<Uuid>) -> Result<Vec<u8>, WriteError> {
        let mut xml = Xml::new(Vec::with_capacity(4096));
        xml.instruction("xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"")?;
        xml.start("x:xmpmeta", &[("xmlns:x", "adobe:ns:meta/")])?;
        xml.open_line("rdf:RDF", &[("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")])?;
        xml.open_line("rdf:Description", NAMESPACES)?;
        self.dublin_core(&mut xml)?;
        // XMP's own list of identifiers; `dc:identifier` takes one.
        let assigned: Vec<String> = self.document.identifier.iter().map(|id| id.value.clone()).collect();
        property(&mut xml, "xmp:Identifier", Values::Bag(&assigned))?;
        property(&mut xml, "pdf:Producer", Values::Single(&producer()))?;
        if let Some(time) = self.claimed.map(Clock::rfc3339) {
            for name in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
                property(&mut xml, name, Values::Single(&time))?;
            }
        }
        property(&mut xml, "xmpMM:DocumentID", Values::Single(&urn(self.rendition)))?;
        if let Some(instance) = instance {
            property(&mut xml, "xmpMM:InstanceID", Values::Single(&urn(instance)))?;
        }
        let with_prism = self.prism(&mut xml)?;
        identification(&mut xml, if self.attaches { "3" } else { "2" })?;
        extensions(&mut xml, with_prism)?;
        xml.close_line()?;
        xml.close_line()?;
        xml.close_line()?;
        xml.newline()?;
        xml.instruction("xpacket end=\"r\"")?;
        Ok(xml.into_inner())
    }

    fn dublin_core(&self, xml: &mut Xml<Vec<u8>>) -> Result<(), WriteError> {
        let m = &self.document.metadata;
        let one =
            |value: &Option<crate::span::Spanned<String>>| value.iter().map(|v| v.value.clone()).collect::<Vec<_>>();
        property(xml, "dc:format", Values::Single("application/pdf"))?;
        property(xml, "dc:identifier", Values::Single(&urn(self.rendition)))?;
        property(xml, "dc:title", Values::Default(&self.title))?;
        property(xml, "dc:creator", Values::Sequence(&authors(m)))?;
        property(xml, "dc:contributor", Values::Bag(&contributors(m)))?;
        property(xml, "dc:publisher", Values::Bag(&one(&m.publisher)))?;
        let dates: Vec<String> = m.published.iter().map(|d| d.value.iso.clone()).filter(|iso| is_date(iso)).collect();
        property(xml, "dc:date", Values::Sequence(&dates))?;
        property(xml, "dc:source", Values::Single(&self.source()))?;
        let language = language_tag(&m.language.value).filter(|tag| *tag != "und");
        let languages: Vec<String> = language.map(str::to_owned).into_iter().collect();
        property(xml, "dc:language", Values::Bag(&languages))?;
        let keywords: Vec<String> = m.keywords.iter().map(|k| k.value.clone()).collect();
        property(xml, "dc:subject", Values::Bag(&keywords))?;
        if let Some(rights) = &m.rights {
            property(xml, "dc:rights", Values::Default(&rights.value))?;
        }
        Ok(())
    }

    /// Whether there was anything to say.
    fn prism(&self, xml: &mut Xml<Vec<u8>>) -> Result<bool, WriteError> {
        let m = &self.document.metadata;
        // The date of this page is not that of another publication.
        let date = if m.source.title.is_some() { m.source.date.as_ref() } else { m.published.as_ref() };
        let published = date.map(|d| d.value.iso.clone());
        let text = |value: &Option<crate::span::Spanned<String>>| value.as_ref().map(|v| v.value.clone());
        let values = [
            ("prism:publicationName", text(&m.source.title)),
            ("prism:publicationDate", published.filter(|iso| is_date(iso))),
            ("prism:section", text(&m.section)),
            ("prism:genre", text(&m.genre)),
            ("prism:url", text(&m.url).or_else(|| self.document.source.target_uri.clone())),
        ];
        let known = values.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        for (name, value) in known.clone() {
            property(xml, name, Values::Single(value))?;
        }
        Ok(known.count() > 0)
    }

    /// The page it was scraped from, else the name of its bytes.
    fn source(&self) -> String {
        let url = self.document.metadata.url.as_ref().map(|u| u.value.clone());
        url.or_else(|| self.document.source.target_uri.clone()).unwrap_or_else(|| self.document.digest.ni_uri())
    }

    /// The information dictionary says the same as the packet.
    fn info(&self) -> Dictionary {
        let mut info = dictionary! { "Title" => text_string(&self.title) };
        let m = &self.document.metadata;
        let authors = authors(m);
        if !authors.is_empty() {
            info.set("Author", text_string(&authors.join("; ")));
        }
        if !m.keywords.is_empty() {
            let keywords: Vec<&str> = m.keywords.iter().map(|k| k.value.as_str()).collect();
            info.set("Keywords", text_string(&keywords.join("; ")));
        }
        info.set("Producer", text_string(&producer()));
        if let Some(time) = self.claimed {
            let date = Object::string_literal(time.format("D:%Y%m%d%H%M%S+00'00'").to_string());
            info.set("CreationDate", date.clone());
            info.set("ModDate", date);
        }
        info
    }
}

/// A language as readers know it (ISO 32000-1 §14.9.2), or `None` for what has not the form of a tag.
pub(super) fn language_tag(language: &Language) -> Option<&str> {
    Some(language.tag()).filter(|tag| is_language_tag(tag))
}

/// Whether a text is a date of XMP (ISO 16684-1 §8.2.1.2): a year, a month, a day, or a time with its offset.
fn is_date(iso: &str) -> bool {
    let day = match iso.len() {
        4 => format!("{iso}-01-01"),
        7 => format!("{iso}-01"),
        _ => iso.to_owned(),
    };
    NaiveDate::parse_from_str(&day, "%Y-%m-%d").is_ok()
        || DateTime::parse_from_rfc3339(iso).is_ok()
        || DateTime::parse_from_str(iso, "%Y-%m-%dT%H:%M%:z").is_ok()
}

fn authors(metadata: &Metadata) -> Vec<String> {
    metadata.authors.iter().map(|a| a.value.name.clone()).collect()
}

fn contributors(metadata: &Metadata) -> Vec<String> {
    let named = metadata.editors.iter().chain(&metadata.translators).map(|p| p.value.name.clone());
    named.chain(metadata.contributors.iter().map(|c| c.value.person.name.clone())).collect()
}

fn urn(uuid: Uuid) -> String {
    format!("urn:uuid:{uuid}")
}

fn property(xml: &mut Xml<Vec<u8>>, name: &str, values: Values<'_>) -> Result<(), WriteError> {
    let (container, values, language): (_, &[String], _) = match values {
        Values::Single(value) => return Ok(xml.leaf_line(name, &[], value)?),
        Values::Bag([]) | Values::Sequence([]) => return Ok(()),
        Values::Bag(values) => ("rdf:Bag", values, false),
        Values::Sequence(values) => ("rdf:Seq", values, false),
        Values::Default(value) => ("rdf:Alt", &[value.to_owned()], true),
    };
    xml.open_line(name, &[])?;
    xml.start(container, &[])?;
    for value in values {
        let language: &[(&str, &str)] = if language { &[("xml:lang", "x-default")] } else { &[] };
        xml.leaf("rdf:li", language, value)?;
    }
    xml.end()?;
    Ok(xml.end()?)
}

/// The claims of conformance (ISO 19005-2 §6.6.4, ISO 14289-1 §5).
fn identification(xml: &mut Xml<Vec<u8>>, part: &str) -> Result<(), WriteError> {
    xml.leaf_line("pdfaid:part", &[], part)?;
    xml.leaf_line("pdfaid:conformance", &[], "A")?;
    Ok(xml.leaf_line("pdfuaid:part", &[], "1")?)
}
