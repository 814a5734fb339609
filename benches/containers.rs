//! How fast containers are read, without what comes behind: `cargo bench --bench containers`.
//!
//! Megabytes of content a second, one thread: WARC.gz with a record a member as crawlers write it, with payload and
//! block digests, and JSONL plain and compressed. The file is made anew in a temporary folder, from pages that
//! compress about as pages do.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::time::Instant;

use data_encoding::BASE32;
use flate2::Compression;
use flate2::write::GzEncoder;
use oped_convert::container::{CONTAINERS, Input, InputPlace, originals};
use oped_convert::plan::Opening;
use sha1::{Digest as _, Sha1};

const RECORDS: usize = 2000;
const WORDS: &[&str] = &[
    "harbour",
    "bridge",
    "ferry",
    "town",
    "council",
    "because",
    "nobody",
    "thought",
    "winter",
    "price",
    "the",
    "of",
    "and",
    "would",
    "years",
    "people",
    "line",
    "government",
    "question",
    "answer",
];

/// Text of about this many bytes; never the same twice.
fn text(bytes: usize, state: &mut u64) -> String {
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (*state >> 33) as usize;
        text.push_str(WORDS[at % WORDS.len()]);
        text.push_str(if at.is_multiple_of(13) { ".</p>\n<p class=\"text\">" } else { " " });
        if at.is_multiple_of(7) {
            text.push_str(&at.to_string());
        }
    }
    text
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn record(number: usize, page: &str) -> Vec<u8> {
    let digest = |bytes: &[u8]| BASE32.encode(&Sha1::digest(bytes));
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:n:{number}>\r\nWARC-Date: 2017-12-05T10:00:00Z\r\n\
         WARC-Target-URI: https://a.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n\
         WARC-Payload-Digest: sha1:{}\r\nWARC-Block-Digest: sha1:{}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        digest(page.as_bytes()),
        digest(block.as_bytes()),
        block.len()
    )
    .into_bytes()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = 1;
    let pages: Vec<String> =
        (0..RECORDS).map(|_| format!("<html><p>{}</p></html>", text(60_000, &mut state))).collect();
    let warc: Vec<u8> = pages.iter().enumerate().flat_map(|(n, page)| gzip(&record(n, page))).collect();
    let jsonl: String = pages.iter().map(|page| serde_json::json!({"html": page}).to_string() + "\n").collect();
    let zstd = zstd::encode_all(jsonl.as_bytes(), 3).unwrap();
    let files = [
        ("a.warc.gz", warc),
        ("a.jsonl.gz", gzip(jsonl.as_bytes())),
        ("a.jsonl.zst", zstd),
        ("a.jsonl", jsonl.into_bytes()),
    ];
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::write(&path, &bytes).unwrap();
        let input = Input { place: InputPlace::File(path), relative: name.to_owned(), root: "in".to_owned() };
        let mut times = Vec::new();
        let mut content = 0;
        for _ in 0..5 {
            content = 0;
            let start = Instant::now();
            originals(&input, &Opening::default(), CONTAINERS, &mut |loaded| {
                content += loaded.result.unwrap().bytes.len();
                ControlFlow::Continue(())
            });
            times.push(start.elapsed());
        }
        times.sort();
        let megabytes = content as f64 / 1e6;
        let ratio = content as f64 / bytes.len() as f64;
        println!("{name:<12} {megabytes:>6.0} MB, {ratio:.1}:1, {:>5.0} MB/s", megabytes / times[2].as_secs_f64());
    }
}
