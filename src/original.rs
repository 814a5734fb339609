//! The bytes that a document was made from, where they came from, and the identities derived from both.

mod markup;

use std::fmt;
use std::io;
use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// 64 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// Reads 64 hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// `ni:///sha-256;…`, the name of the bytes by RFC 6920 §3.
    pub fn ni_uri(&self) -> String {
        format!("ni:///sha-256;{}", BASE64URL_NOPAD.encode(&self.0))
    }
}

/// As its hexadecimal digits.
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.hex().serialize(serializer)
    }
}

/// Makes the digest of bytes that are not in memory together.
#[derive(Clone, Debug, Default)]
#[doc(hidden)]
pub struct Hasher(Sha256);

impl Hasher {
    /// The digest of all that was written.
    pub fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Never fails.
impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

/// Where an original came from, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Path relative to the input root, with `/`; the file's name for a file named itself; `stdin`.
    pub path: String,
    /// Media type without parameters, where it is declared or follows from the ending.
    pub media_type: Option<String>,
    /// The charset that came with the bytes (HTTP header, record), as printed. A hint only.
    pub declared_charset: Option<String>,
    /// The address the page was fetched from.
    pub target_uri: Option<String>,
    /// The container that holds the bytes: for a record of a WARC, WACZ or JSONL file, and for a file that is compressed.
    pub member: Option<Member>,
}

impl Origin {
    /// Whether a text from here is HTML: by its media type; without one, and where files are called texts whatever they
    /// are, by what stands in it.
    #[doc(hidden)]
    pub fn is_page(&self, text: &str) -> bool {
        match self.media_type.as_deref() {
            Some("text/html" | "application/xhtml+xml") => true,
            None => markup::is_page(text, false),
            Some("text/plain") => markup::is_page(text, true),
            Some(_) => false,
        }
    }
}

/// The place of an original inside its container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Digest of the whole container.
    pub container: Digest,
    /// Byte offset of the record in the container; in a compressed JSONL file, or a compressed entry of a WACZ, that in its content.
    pub offset: u64,
    /// Byte length of the record, counted like the offset.
    pub length: u64,
    /// The record's own identifier.
    pub record_id: Option<String>,
    /// When it was captured, ISO 8601 as recorded.
    pub captured: Option<String>,
    /// HTTP status.
    pub status: Option<u16>,
    /// Line of a JSONL file, from 1.
    pub line: Option<u64>,
    /// What the record says of the article in fields beside its text.
    pub fields: RecordFields,
}

impl Member {
    /// A part of the container with this digest, of which only the place is known.
    pub fn new(container: Digest, offset: u64, length: u64) -> Self {
        let fields = RecordFields::default();
        Self { container, offset, length, record_id: None, captured: None, status: None, line: None, fields }
    }

    /// The record's identifier, or the line that it is in a JSONL file; a file that is only compressed has neither.
    pub fn id(&self) -> Option<String> {
        self.record_id.clone().or_else(|| self.line.map(|line| format!("line {line}")))
    }
}

/// What a record of a JSONL file says of the article beside its text. None of it stands in the original's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordFields {
    /// Its title.
    pub title: Option<String>,
    /// When it appeared, as recorded.
    pub date: Option<String>,
    /// Who wrote it, one or several in a text.
    pub authors: Vec<String>,
    /// The site or the paper.
    pub publisher: Option<String>,
    /// What it is about, one or several in a text.
    pub keywords: Vec<String>,
    /// The page of the paper, as printed.
    pub page: Option<String>,
}

/// Bytes with their origin and digest. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Original {
    /// Where the bytes came from.
    pub origin: Origin,
    /// The bytes. Reversibility is to these.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of `bytes`.
    pub digest: Digest,
    /// Other bytes of its container in the same encoding, which tell it better: the mark at the start of a file of which
    /// this is a slice, lines of the other slices.
    #[doc(hidden)]
    pub around: Option<Arc<[u8]>>,
}

impl Original {
    /// Computes the digest.
    pub fn new(origin: Origin, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Self { origin, bytes, digest, around: None }
    }

    /// The identities of this original.
    pub fn identity(&self) -> Identity {
        Identity::new(self.digest, &self.origin)
    }
}

/// Stable identifiers: UUIDs of version 5 (RFC 9562 §5.5), a chain from the bytes to each rendition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Of the bytes: UUIDv5(URL namespace, the `ni:` URI of the digest).
    pub content: Uuid,
    /// Of the bytes at their place: UUIDv5(content id, target URI or path, with [`Member::id`]).
    pub article: Uuid,
}

impl Identity {
    /// The identity of bytes with this digest from this origin.
    pub fn new(digest: Digest, origin: &Origin) -> Self {
        let content = Uuid::new_v5(&Uuid::NAMESPACE_URL, digest.ni_uri().as_bytes());
        let mut place = origin.target_uri.clone().unwrap_or_else(|| origin.path.clone());
        if let Some(id) = origin.member.as_ref().and_then(Member::id) {
            place.push('#');
            place.push_str(&id);
        }
        Self { content, article: Uuid::new_v5(&content, place.as_bytes()) }
    }

    /// Of one rendition of the article: UUIDv5(article id, format name).
    pub fn rendition(&self, format: &str) -> Uuid {
        Uuid::new_v5(&self.article, format.as_bytes())
    }

    /// What every XML id of this article begins with: `a` and the first eight digits of the article id.
    pub fn xml_prefix(&self) -> String {
        format!("a{}", &self.article.simple().to_string()[..8])
    }
}

/// Whose rules an identifier follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// Archival Resource Key (<https://datatracker.ietf.org/doc/draft-kunze-ark/>).
    Ark,
    /// Digital Object Identifier (ISO 26324).
    Doi,
}

impl Scheme {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ark => "ARK",
            Self::Doi => "DOI",
        }
    }
}

/// An identifier of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersistentId {
    /// Its scheme.
    pub scheme: Scheme,
    /// `ark:/12345/x1`, as it was stated; a DOI without resolver: `10.1234/x1`.
    pub value: String,
}

impl PersistentId {
    /// Whether it was stated with its resolver.
    pub fn is_url(&self) -> bool {
        self.value.contains("://")
    }
}

/// The moment of a capture, ISO 8601, and the address that was captured, from the address of a page of a web archive: the
/// moment in fourteen digits, which a mark of two letters may follow, before the address
/// (`https://web.archive.org/web/20160621182205id_/https://…`).
pub(crate) fn capture(address: &str) -> Option<(String, &str)> {
    let digits = |segment: &str| {
        let digits = segment.get(..14).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let mark = &segment[14..];
        let is_mark = mark.len() == 3 && mark.ends_with('_') && mark.bytes().take(2).all(|b| b.is_ascii_lowercase());
        (mark.is_empty() || is_mark).then(|| digits.to_owned())
    };
    let starts = ["/http://", "/https://"].iter().flat_map(|start| address.match_indices(start)).map(|(at, _)| at);
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    let (at, digits) = starts.into_iter().find_map(|at| Some((at, digits(address[..at].rsplit('/').next()?)?)))?;
    let moment = chrono::NaiveDateTime::parse_from_str(&digits, "%Y%m%d%H%M%S").ok()?;
    Some((moment.format("%Y-%m-%dT%H:%M:%SZ").to_string(), &address[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_capture_has_its_moment_and_what_was_captured() {
        let of = "https://a.example/x?u=http://b.example/";
        for archive in ["https://web.archive.org/web/20160621182205/", "http://w.example/all/20160621182205mp_/"] {
            assert_eq!(capture(&format!("{archive}{of}")), Some(("2016-06-21T18:22:05Z".to_owned(), of)));
        }
        for address in [of, "https://web.archive.org/web/2016/", "https://a.example/20160621182205x/https://b.example/"]
        {
            assert_eq!(capture(address), None);
        }
    }

    #[test]
    fn identities_follow_the_published_vector() {
        // The digest and path of the document that the project was created from.
        let digest = Digest::from_hex("6c59cefc1f11d9046790081ca90fe17774f0c635c3ae7caffef609ad64572f39").unwrap();
        let origin = Origin { path: "000_455e7162ad2e7339.txt".into(), ..Origin::default() };
        assert_eq!(digest.ni_uri(), "ni:///sha-256;bFnO_B8R2QRnkAgcqQ_hd3TwxjXDrnyv_vYJrWRXLzk");
        let identity = Identity::new(digest, &origin);
        assert_eq!(identity.content.to_string(), "700218d6-9c0f-5588-b5f9-0c2446696dba");
        assert_eq!(identity.article.to_string(), "fcb61cae-1e7c-5e18-9e4a-931507dded37");
        assert_eq!(identity.rendition("tei").to_string(), "5d191653-be59-53da-b9f0-6968667f6e47");
        assert_eq!(identity.xml_prefix(), "afcb61cae");
    }
}
