//! What a WARC record says of its content, and the entity body in it: without HTTP headers, transfer and content
//! coding.

use std::io::{self, Cursor, Read};

use fastwarc::stream_io::brotli::BrotliReader;
use fastwarc::stream_io::chunked::ChunkedReader;
use fastwarc::warc::header::{HeaderEncoding, HeaderMap};
use fastwarc::warc::record::WarcRecordType;
use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::compressed::{Plain, failure, foreign, is_bomb, out_of_proportion, too_large};
use super::frames;
use super::kind::Compression;
use super::left_out;
use super::warc_digest::{self, Verdict};
use super::warc_fields::LONGEST_HEADER;
use crate::diagnostic::{self, Diagnostic};
use crate::plan::Limits;

/// What the headers of a record say.
#[derive(Default)]
pub(super) struct Head {
    pub(super) record_id: Option<String>,
    pub(super) target: Option<String>,
    pub(super) captured: Option<String>,
    payload_digest: Option<String>,
    pub(super) truncated: Option<String>,
    pub(super) content_type: Option<String>,
    identified: Option<String>,
    is_http: bool,
    /// The kind of record, as it states it.
    pub(super) kind: Option<String>,
    /// Why no article can be in it.
    pub(super) left_out: Option<String>,
}

impl Head {
    /// Of a record of an ARC file, which states a media type; of a response the headers state it as well.
    pub(super) fn of_arc(media_type: Option<String>, is_http: bool) -> Self {
        Self { identified: media_type.clone(), content_type: media_type, is_http, ..Self::default() }
    }
}

/// The headers of a record of a WARC file.
pub(super) fn head(fields: &HeaderMap) -> Head {
    let get = |name: &str| fields.get(name).map(|value| value.trim().to_owned()).filter(|v| !v.is_empty());
    let kind = get("WARC-Type");
    // Older crawlers put the address in angle brackets.
    let target = get("WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>']).to_owned());
    let left_out = match kind.as_deref() {
        Some(kind) if WarcRecordType::try_from(kind).is_ok_and(holds_articles) => {
            target.as_deref().filter(|uri| is_of_the_crawl(uri)).map(|_| OF_THE_CRAWL.to_owned())
        }
        Some("revisit") => Some("it is a revisit: its content is that of another record".to_owned()),
        kind => Some(format!("records of the kind {:?} hold no article", kind.unwrap_or_default())),
    };
    let content_type = get("Content-Type");
    let media_type = content_type.as_deref().and_then(|value| value.split(';').next()).unwrap_or_default();
    Head {
        is_http: media_type.trim().eq_ignore_ascii_case("application/http"),
        record_id: get("WARC-Record-ID"),
        target,
        captured: get("WARC-Date"),
        payload_digest: get("WARC-Payload-Digest"),
        truncated: get("WARC-Truncated"),
        content_type,
        identified: get("WARC-Identified-Payload-Type"),
        kind,
        left_out,
    }
}

/// Why a text of a crawl is left out.
pub(super) const OF_THE_CRAWL: &str = "it belongs to the crawl (robots.txt, a log, a description of the file)";

/// Whether a record is one that may hold an article.
pub(super) fn holds_articles(kind: WarcRecordType) -> bool {
    // A conversion is the text of a page (WET files).
    matches!(kind, WarcRecordType::Response | WarcRecordType::Resource | WarcRecordType::Conversion)
}

/// Texts that belong to a crawl and are no articles: robots.txt, the logs that wget keeps as resources, what an ARC file
/// says of itself.
pub(super) fn is_of_the_crawl(uri: &str) -> bool {
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    path.ends_with("/robots.txt") || ["metadata:", "dns:", "filedesc:"].iter().any(|scheme| uri.starts_with(scheme))
}

/// An entity body with what its headers say of it.
pub(super) struct Payload {
    pub(super) body: Vec<u8>,
    pub(super) media_type: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) status: Option<u16>,
}

/// Why there is no entity body, with what the headers say of it.
pub(super) struct Unread {
    pub(super) why: Diagnostic,
    pub(super) media_type: Option<String>,
    pub(super) status: Option<u16>,
}

impl From<Diagnostic> for Box<Unread> {
    fn from(why: Diagnostic) -> Self {
        Self::new(Unread { why, media_type: None, status: None })
    }
}

/// The entity body of a record's block.
///
/// # Errors
/// Where it cannot be read, is larger than allowed, or is no page and no text.
pub(super) fn payload(
    head: &Head,
    block: Vec<u8>,
    limits: &Limits,
    noticed: &mut Vec<Diagnostic>,
) -> Result<Payload, Box<Unread>> {
    let unread = |why, media_type, status| Box::new(Unread { why, media_type, status });
    let other = |media_type: Option<String>, status| {
        let why = match &media_type {
            Some(kind) => format!("{kind} is no page and no text"),
            None => "it states no media type, and does not begin as a page does".to_owned(),
        };
        unread(left_out(why), media_type, status)
    };
    // ISO 28500:2017 5.6: where no media type is given, it may be guessed from the content.
    let is_given = head.content_type.as_deref().is_some_and(|value| value.contains('/'));
    let is_http = head.is_http || (!is_given && block.starts_with(b"HTTP/"));
    if !is_http {
        let (media_type, charset) = media_type(head.content_type.as_deref(), head.identified.as_deref());
        if !is_wanted(media_type.as_deref(), &block) {
            return Err(other(media_type, None));
        }
        return Ok(Payload { body: block, media_type, charset, status: None });
    }
    let mut headers = HeaderMap::new(HeaderEncoding::Latin1);
    let mut block = Cursor::new(block);
    // Lines that end with LF only are common among HTTP headers.
    let length = headers
        .parse_with_opts(&mut block, true, LONGEST_HEADER, true)
        .map_err(|error| Diagnostic::new(diagnostic::C005, format!("its HTTP headers cannot be read: {error}")))?;
    let status = headers.status_code();
    let (media_type, charset) = media_type(headers.get("Content-Type").as_deref(), head.identified.as_deref());
    if let Some(failed) = status.filter(|status| !(200..300).contains(status)) {
        return Err(unread(left_out(format!("its HTTP status is {failed}")), media_type, status));
    }
    let mut stored = block.into_inner();
    stored.drain(..length.min(stored.len()));
    if media_type.is_some() && !is_wanted(media_type.as_deref(), b"") {
        return Err(other(media_type, status));
    }
    let entity = decoded(&headers, stored, head.payload_digest.as_deref(), limits, noticed).map_err(|why| Unread {
        why,
        media_type: media_type.clone(),
        status,
    })?;
    if !is_wanted(media_type.as_deref(), &entity) {
        return Err(other(media_type, status));
    }
    Ok(Payload { body: entity, media_type, charset, status })
}

/// Media type and charset of a `Content-Type`; what the crawler identified where that says nothing.
fn media_type(declared: Option<&str>, identified: Option<&str>) -> (Option<String>, Option<String>) {
    let parse = |value: &str| {
        let mut parts = value.split(';');
        let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        (Some(kind).filter(|kind| kind.contains('/') && kind != "application/octet-stream"), charset)
    };
    let (kind, charset) = declared.map(parse).unwrap_or_default();
    (kind.or_else(|| identified.and_then(|value| parse(value).0)), charset)
}

/// Whether a body is a page or a text by its media type; one without is, where it begins like a page.
fn is_wanted(media_type: Option<&str>, body: &[u8]) -> bool {
    match media_type {
        Some(kind) => matches!(kind, "text/html" | "application/xhtml+xml" | "text/plain"),
        None => {
            let head = body[..body.len().min(1024)].to_ascii_lowercase();
            [&b"<!doctype html"[..], b"<html", b"<body"].iter().any(|mark| memchr::memmem::find(&head, mark).is_some())
        }
    }
}

/// A body without its transfer and content coding. The digest of a payload is that of the body as it is stored, or
/// without its transfer coding: crawlers differ.
fn decoded(
    headers: &HeaderMap,
    stored: Vec<u8>,
    digest: Option<&str>,
    limits: &Limits,
    noticed: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut verdict = digest.map(|stated| warc_digest::check(stated, &stored));
    let mut body = stored;
    let codings = |name: &str| {
        let value = headers.get(name).map(|v| v.to_ascii_lowercase()).unwrap_or_default();
        value.split(',').map(|coding| coding.trim().to_owned()).filter(|c| !c.is_empty()).collect::<Vec<_>>()
    };
    for coding in codings("Transfer-Encoding").iter().rev() {
        body = without(coding, body, limits, noticed)?;
    }
    if verdict == Some(Verdict::Mismatch) {
        verdict = digest.map(|stated| warc_digest::check(stated, &body));
    }
    for coding in codings("Content-Encoding").iter().rev() {
        body = without(coding, body, limits, noticed)?;
    }
    if verdict == Some(Verdict::Mismatch) {
        verdict = digest.map(|stated| warc_digest::check(stated, &body));
    }
    if verdict == Some(Verdict::Mismatch) {
        noticed.push(Diagnostic::new(diagnostic::C007, "WARC-Payload-Digest is not that of the record's payload"));
    }
    Ok(body)
}

/// A body without one coding. Crawlers store many bodies decoded under headers that say otherwise: one that does not
/// have the coding stays as it is.
fn without(coding: &str, body: Vec<u8>, limits: &Limits, noticed: &mut Vec<Diagnostic>) -> Result<Vec<u8>, Diagnostic> {
    let mut made = Vec::new();
    let outcome = match decoder(coding, &body, limits.max_ratio) {
        Ok(decoder) => decoder.take(limits.max_bytes.saturating_add(1)).read_to_end(&mut made),
        Err(error) => Err(error),
    };
    if made.len() as u64 > limits.max_bytes {
        return Err(too_large(limits.max_bytes));
    }
    if out_of_proportion(made.len() as u64, body.len() as u64, limits.max_ratio) {
        let message = format!("it grows to more than {} times its {} bytes", limits.max_ratio, body.len());
        return Err(Diagnostic::new(diagnostic::C008, message).hint("--max-ratio raises the limit"));
    }
    match outcome {
        Ok(_) => Ok(made),
        Err(error) if is_bomb(&error) => Err(failure(&error)),
        Err(error) if frames::is_foreign(&error) => {
            noticed.push(foreign(&error));
            Ok(made)
        }
        Err(error) if !made.is_empty() => {
            let message = format!("its {coding} coding ends early ({error}); {} bytes could be read", made.len());
            noticed.push(Diagnostic::new(diagnostic::C006, message));
            Ok(made)
        }
        Err(error) => {
            noticed.push(Diagnostic::new(diagnostic::C012, format!("{coding}: {error}")));
            Ok(body)
        }
    }
}

/// What takes a coding off.
///
/// # Errors
/// Why the body does not have the coding, as far as its first bytes tell.
fn decoder<'a>(coding: &str, body: &'a [u8], max_ratio: u64) -> io::Result<Box<dyn Read + 'a>> {
    let is_zlib = |b: &[u8]| b.len() > 1 && b[0] & 0x0F == 8 && u16::from_be_bytes([b[0], b[1]]).is_multiple_of(31);
    let plain = |compression| Plain::new(body, compression, max_ratio);
    Ok(match coding {
        "identity" => Box::new(body),
        "chunked" if !begins_with_chunk(body) => return Err(io::Error::other("it is not chunked")),
        "chunked" => Box::new(ChunkedReader::new(Cursor::new(body.to_vec()))),
        "gzip" | "x-gzip" if !body.starts_with(&[0x1F, 0x8B]) => return Err(io::Error::other("it is not compressed")),
        "gzip" | "x-gzip" => Box::new(plain(Compression::Gzip)?),
        "zstd" => Box::new(plain(Compression::Zstd)?),
        // Both forms are sent under this name (RFC 9110 8.4.1.2).
        "deflate" if is_zlib(body) => Box::new(ZlibDecoder::new(body)),
        "deflate" => Box::new(DeflateDecoder::new(body)),
        "br" => Box::new(BrotliReader::new(Cursor::new(body.to_vec()))),
        _ => return Err(io::Error::other("the coding is not known")),
    })
}

/// Whether a body begins with the size of a chunk on a line of its own (RFC 9112 7.1).
fn begins_with_chunk(body: &[u8]) -> bool {
    let Some(end) = body.iter().take(64).position(|b| *b == b'\n') else { return false };
    let line = body[..end].trim_ascii();
    let size = line.split(|b| *b == b';').next().unwrap_or_default().trim_ascii();
    !size.is_empty() && size.len() <= 16 && size.iter().all(u8::is_ascii_hexdigit)
}
