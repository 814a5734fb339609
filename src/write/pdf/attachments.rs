//! Attached files: what the article was made from, beside the pages (ISO 19005-3:2012 §6.8,
//! <https://www.iso.org/standard/57229.html>).
//!
//! The original bytes are the source, the TEI is the same article in another form, the log of repairs says how the text
//! came from the bytes.

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use md5::{Digest as _, Md5};

use super::archive::{Archive, text_string};
use crate::document::Document;
use crate::write::{WriteContext, WriteError};

/// One file.
struct Attachment<'a> {
    name: String,
    media_type: &'a str,
    /// What it is to the pages: a value of `AFRelationship`.
    relationship: &'static str,
    description: &'static str,
    bytes: &'a [u8],
}

/// Names of the files that are made.
const TEI: &str = "article.tei.xml";
const REPAIRS: &str = "article.repairs.json";

/// Attaches the three files.
pub(super) fn write(archive: &mut Archive, document: &Document, context: &WriteContext<'_>) -> Result<(), WriteError> {
    let tei = context.renditions.get("tei").ok_or(WriteError::Missing("tei"))?;
    let mut name = file_name(&document.source.path).to_owned();
    if [TEI, REPAIRS].contains(&name.as_str()) {
        name.insert_str(0, "original ");
    }
    let log = context.log.to_json();
    let media_type = document.source.media_type.as_deref().and_then(essence);
    let attachments = [
        Attachment {
            name,
            media_type: media_type.unwrap_or("application/octet-stream"),
            relationship: "Source",
            description: "The bytes that this article was made from",
            bytes: context.original,
        },
        Attachment {
            name: TEI.to_owned(),
            media_type: "application/tei+xml",
            relationship: "Alternative",
            description: "The article with its metadata, evidence and repairs, as TEI",
            bytes: tei,
        },
        Attachment {
            name: REPAIRS.to_owned(),
            media_type: "application/json",
            relationship: "Supplement",
            description: "How the text came from the bytes",
            bytes: log.as_bytes(),
        },
    ];
    let mut names = Vec::new();
    let mut associated: Vec<Object> = Vec::new();
    for attachment in attachments {
        let specification = archive.attach(&attachment);
        names.push((attachment.name, specification));
        associated.push(specification.into());
    }
    // ISO 32000-1 §7.9.6: the keys of a name tree are sorted.
    names.sort();
    let names: Vec<Object> = names.into_iter().flat_map(|(name, id)| [text_string(&name), id.into()]).collect();
    let catalog = archive.catalog()?;
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    catalog.set("AF", associated);
    Ok(())
}

impl Archive {
    /// A file specification with its file (ISO 32000-1 §7.11.3 and §7.11.4).
    fn attach(&mut self, attachment: &Attachment<'_>) -> ObjectId {
        let Attachment { name, media_type, relationship, description, bytes } = attachment;
        let checksum = Object::String(Md5::digest(bytes).to_vec(), StringFormat::Hexadecimal);
        let parameters = dictionary! { "Size" => bytes.len() as i64, "CheckSum" => checksum };
        let dictionary: Dictionary = dictionary! { "Type" => "EmbeddedFile", "Subtype" => Object::Name(media_type.as_bytes().to_vec()), "Params" => parameters };
        let file = self.add(Stream::new(dictionary, bytes.to_vec()));
        self.add(dictionary! {
            "Type" => "Filespec",
            "F" => text_string(name),
            "UF" => text_string(name),
            "Desc" => text_string(description),
            "AFRelationship" => Object::Name(relationship.as_bytes().to_vec()),
            "EF" => dictionary! { "F" => file, "UF" => file },
        })
    }
}

/// The last part of a path or of the address inside a container.
fn file_name(path: &str) -> &str {
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("original")
}

/// Type and subtype without parameters, where it is a well-formed one (RFC 6838 §4.2).
fn essence(media_type: &str) -> Option<&str> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    essence.split_once('/').is_some_and(|(kind, sub)| is_name(kind) && is_name(sub)).then_some(essence)
}
