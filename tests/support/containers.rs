//! WARC records and compressed files for tests, made here byte by byte so that a test can spoil any of them.

#![allow(dead_code, reason = "each test uses some of the makers")]

use std::io::Write as _;

use data_encoding::BASE32;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha1::{Digest as _, Sha1};

/// A page with an article.
pub fn page(title: &str) -> String {
    let sentence = "The ferry is late again, and the town waits for it as it has waited for forty years. ";
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p class=\"byline\">By Ada Holm</p><p>{}</p><p>{}</p></article></body></html>",
        sentence.repeat(6),
        sentence.repeat(5)
    )
}

/// An HTTP response.
pub fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
    block.extend_from_slice(body);
    block
}

/// An HTTP response with a page.
pub fn page_response(title: &str) -> Vec<u8> {
    response("Content-Type: text/html; charset=utf-8\r\n", page(title).as_bytes())
}

/// A record of this type with a block digest.
pub fn record(kind: &str, uri: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let digest = format!("WARC-Block-Digest: sha1:{}\r\n", BASE32.encode(&Sha1::digest(block)));
    record_with(kind, uri, content_type, &digest, block.len(), block)
}

/// A record that states what the test wants.
pub fn record_with(kind: &str, uri: &str, content_type: &str, more: &str, length: usize, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:test:{uri}>\r\nWARC-Date: 2017-12-05T10:00:00Z\r\n\
         WARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\n{more}Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// The record of a page.
pub fn page_record(uri: &str, title: &str) -> Vec<u8> {
    record("response", uri, "application/http; msgtype=response", &page_response(title))
}

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A record whose header is written in another way.
pub fn spelled(record: &[u8], spell: impl Fn(&str) -> String) -> Vec<u8> {
    let end = record.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let header = spell(std::str::from_utf8(&record[..end]).unwrap());
    [header.as_bytes(), &record[end..]].concat()
}

/// A record that states another length, or something else as one.
pub fn lying(record: &[u8], length: &str) -> Vec<u8> {
    spelled(record, |header| {
        let (before, stated) = header.split_once("Content-Length: ").unwrap();
        let (_, after) = stated.split_once("\r\n").unwrap();
        if length == "absent" {
            return format!("{before}{after}");
        }
        format!("{before}Content-Length: {length}\r\n{after}")
    })
}

/// The same record without a block digest.
pub fn without_digest(record: &[u8]) -> Vec<u8> {
    spelled(record, |header| {
        header.split_inclusive("\r\n").filter(|line| !line.starts_with("WARC-Block-Digest")).collect()
    })
}
