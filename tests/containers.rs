//! Reading containers: what each yields, and that one bad record costs that record only.

#[path = "containers/arc.rs"]
mod arc;
#[path = "containers/damage.rs"]
mod damage;
#[path = "containers/feed.rs"]
mod feed;
#[path = "containers/json.rs"]
mod json;
#[path = "containers/lengths.rs"]
mod lengths;
#[path = "containers/mail.rs"]
mod mail;
#[path = "containers/news.rs"]
mod news;
#[path = "containers/packages.rs"]
mod packages;
#[path = "containers/press.rs"]
mod press;
#[path = "containers/spellings.rs"]
mod spellings;
#[path = "support/containers.rs"]
mod support;

use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use oped_convert::container::{CONTAINERS, Input, InputPlace, Loaded, originals};
use oped_convert::diagnostic::Code;
use oped_convert::diagnostic::{C001, C002, C003, C005, C006, C007, C008, C009, C010, C011, C012, C013, C014, C017};
use oped_convert::original::{Digest, Member};
use oped_convert::plan::{Limits, Opening};
use proptest::prelude::*;
use support::{gzip, page, page_record, page_response, record, record_with, response};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HTTP: &str = "application/http; msgtype=response";

/// A file with these bytes, read as an input.
struct Read {
    loaded: Vec<Loaded>,
    /// Records that hold no article.
    left_out: Vec<Loaded>,
    bytes: Vec<u8>,
}

impl Read {
    fn new(name: &str, bytes: &[u8]) -> Self {
        Self::with(name, bytes, &Opening::default())
    }

    fn with(name: &str, bytes: &[u8], opening: &Opening) -> Self {
        Reader::new(name).read(bytes, opening)
    }

    /// The texts of the originals, with the codes of what was noticed; the code of why there is none.
    fn summary(&self) -> Vec<(String, Vec<Code>)> {
        let codes = |loaded: &Loaded| loaded.noticed.iter().map(|d| d.code).collect::<Vec<_>>();
        let text = |loaded: &Loaded| match &loaded.result {
            Ok(original) => title(&original.bytes),
            Err(why) => why.code.id.to_owned(),
        };
        self.loaded.iter().map(|loaded| (text(loaded), codes(loaded))).collect()
    }

    fn titles(&self) -> Vec<String> {
        self.summary().into_iter().map(|(title, _)| title).collect()
    }

    fn member(&self, at: usize) -> &Member {
        self.loaded[at].result.as_ref().unwrap().origin.member.as_ref().unwrap()
    }

    /// The bytes of the container that a member says it is in.
    fn slice(&self, at: usize) -> &[u8] {
        let member = self.member(at);
        &self.bytes[member.offset as usize..(member.offset + member.length) as usize]
    }
}

/// At most so many bytes of each.
fn limited(max_bytes: u64) -> Opening {
    Opening { limits: Limits { max_bytes, ..Limits::DEFAULT }, ..Opening::default() }
}

/// A place on disk for files that are read one after the other.
struct Reader {
    folder: TempDir,
    name: String,
}

impl Reader {
    fn new(name: &str) -> Self {
        Self { folder: TempDir::new().unwrap(), name: name.to_owned() }
    }

    fn read(&self, bytes: &[u8], opening: &Opening) -> Read {
        let path = self.folder.path().join(&self.name);
        fs::write(&path, bytes).unwrap();
        let input = Input { place: InputPlace::File(path), relative: self.name.clone(), root: "in".to_owned() };
        let (mut loaded, mut left_out) = (Vec::new(), Vec::new());
        originals(&input, opening, CONTAINERS, &mut |one| {
            let is_left_out = one.result.as_ref().is_err_and(|why| why.code == C017);
            if is_left_out { &mut left_out } else { &mut loaded }.push(one);
            ControlFlow::Continue(())
        });
        Read { loaded, left_out, bytes: bytes.to_vec() }
    }
}

/// The title of a page, or the text.
fn title(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if text.len() > 100_000 {
        return "a long text".to_owned();
    }
    let inside =
        text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map(|(t, _)| t.to_owned());
    inside.unwrap_or(text)
}

fn three_records() -> Vec<Vec<u8>> {
    ["one", "two", "three"].map(|name| page_record(&format!("https://a.example/{name}"), name)).to_vec()
}

#[test]
fn records_have_their_place_in_the_file_compressed_or_not() {
    let records = three_records();
    let plain = Read::new("a.warc", &records.concat());
    let packed: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    let gzipped = Read::new("a.warc.gz", &packed.concat());
    let zstd: Vec<Vec<u8>> = records.iter().map(|record| zstd::encode_all(&record[..], 3).unwrap()).collect();
    let zstandard = Read::new("a.warc.zst", &zstd.concat());
    for (read, parts) in [(&plain, &records), (&gzipped, &packed), (&zstandard, &zstd)] {
        assert_eq!(read.summary(), ["one", "two", "three"].map(|t| (t.to_owned(), Vec::new())));
        for (at, part) in parts.iter().enumerate() {
            assert_eq!(read.slice(at), part, "record {at}");
            assert_eq!(read.member(at).container, Digest::of(&read.bytes));
        }
        let original = read.loaded[1].result.as_ref().unwrap();
        assert_eq!(&*original.bytes, page("two").as_bytes());
        assert_eq!(original.origin.target_uri.as_deref(), Some("https://a.example/two"));
        assert_eq!(original.origin.media_type.as_deref(), Some("text/html"));
        assert_eq!(original.origin.declared_charset.as_deref(), Some("utf-8"));
        let member = read.member(1);
        assert_eq!(member.record_id.as_deref(), Some("<urn:test:https://a.example/two>"));
        assert_eq!((member.captured.as_deref(), member.status), (Some("2017-12-05T10:00:00Z"), Some(200)));
    }
}

#[test]
fn records_that_are_compressed_together_are_read_too() {
    let read = Read::new("a.warc.gz", &gzip(&three_records().concat()));
    assert_eq!(read.titles(), ["one", "two", "three"]);
    assert_eq!(read.slice(1), &read.bytes[..]);
}

#[test]
fn what_is_no_page_and_no_text_is_left_out_with_its_place_and_why() {
    let image =
        record("response", "https://a.example/i.png", HTTP, &response("Content-Type: image/png\r\n", b"\x89PNG"));
    let missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>gone</html>";
    let missing = record("response", "https://a.example/gone", HTTP, missing);
    let robots =
        record("response", "https://a.example/robots.txt", HTTP, &response("Content-Type: text/plain\r\n", b"x"));
    let request =
        record("request", "https://a.example/", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n");
    let text = record("resource", "file:///a.txt", "text/plain; charset=\"gb18030\"", b"A text");
    let wet = record("conversion", "https://a.example/wet", "text/plain", b"The text of a page");
    let untold = record("response", "https://a.example/untold", HTTP, &response("", page("untold").as_bytes()));
    let read = Read::new("a.warc", &[image, missing, robots, request, text, wet, untold].concat());
    assert_eq!(read.titles(), ["A text", "The text of a page", "untold"]);
    let account = [
        ("https://a.example/i.png", "image/png", Some(200), "image/png"),
        ("https://a.example/gone", "text/html", Some(404), "status is 404"),
        ("https://a.example/robots.txt", HTTP, None, "belongs to the crawl"),
        ("https://a.example/", "application/http; msgtype=request", None, "\"request\""),
    ];
    assert_eq!(read.left_out.len(), account.len());
    for (at, (address, media_type, status, why)) in account.into_iter().enumerate() {
        let loaded = &read.left_out[at];
        let origin = loaded.origin.as_ref().unwrap();
        let member = origin.member.as_ref().unwrap();
        assert_eq!((origin.target_uri.as_deref(), origin.media_type.as_deref()), (Some(address), Some(media_type)));
        assert_eq!((member.status, loaded.index), (status, Some(at as u64)));
        assert!(loaded.result.as_ref().unwrap_err().message.contains(why), "{loaded:?}");
        let slice = &read.bytes[member.offset as usize..(member.offset + member.length) as usize];
        assert!(slice.starts_with(b"WARC/1.1\r\n") && slice.ends_with(b"\r\n\r\n"), "{address}");
    }
    assert_eq!(read.loaded[0].index, Some(4), "records are numbered as they stand in the file");
    assert_eq!(read.loaded[0].result.as_ref().unwrap().origin.declared_charset.as_deref(), Some("gb18030"));
}

#[test]
fn transfer_and_content_codings_are_taken_off() {
    let body = page("coded");
    let chunked = |bytes: &[u8]| {
        let (first, second) = bytes.split_at(bytes.len() / 2);
        let part = |b: &[u8]| [format!("{:x}\r\n", b.len()).as_bytes(), b, b"\r\n"].concat();
        [part(first), part(second), b"0\r\n\r\n".to_vec()].concat()
    };
    let zlib = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(body.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let coded = [
        ("Transfer-Encoding: chunked\r\n", chunked(body.as_bytes())),
        ("Content-Encoding: gzip\r\n", gzip(body.as_bytes())),
        ("Content-Encoding: deflate\r\n", zlib),
        ("Content-Encoding: zstd\r\n", zstd::encode_all(body.as_bytes(), 3).unwrap()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(&gzip(body.as_bytes()))),
    ];
    for (headers, bytes) in coded {
        let headers = format!("Content-Type: text/html\r\n{headers}");
        let read = Read::new("a.warc", &record("response", "https://a.example/", HTTP, &response(&headers, &bytes)));
        assert_eq!(read.summary(), [("coded".to_owned(), vec![])], "{headers}");
        assert_eq!(&*read.loaded[0].result.as_ref().unwrap().bytes, body.as_bytes(), "{headers}");
    }
}

#[test]
fn a_coding_that_is_declared_and_not_there_is_noticed_and_the_bytes_stay() {
    for coding in
        ["Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: rot13"]
    {
        let block = response(&format!("Content-Type: text/html\r\n{coding}\r\n"), page("bare").as_bytes());
        let read = Read::new("a.warc", &record("response", "https://a.example/", HTTP, &block));
        assert_eq!(read.summary(), [("bare".to_owned(), vec![C012])], "{coding}");
    }
    let cut = gzip(page("cut").repeat(3).as_bytes());
    let block = response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &cut[..cut.len() - 30]);
    let read = Read::new("a.warc", &record("response", "https://a.example/", HTTP, &block));
    assert_eq!(read.summary(), [("cut".to_owned(), vec![C006])]);
}

#[test]
fn digests_are_checked() {
    let block = page_response("checked");
    let wrong = "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    let read = Read::new("a.warc", &record_with("response", "https://a.example/", HTTP, wrong, block.len(), &block));
    assert_eq!(read.summary(), [("checked".to_owned(), vec![C007])]);
    let wrong = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    let read = Read::new("a.warc", &record_with("response", "https://a.example/", HTTP, wrong, block.len(), &block));
    assert_eq!(read.summary(), [("checked".to_owned(), vec![C007])]);
}

#[test]
fn a_truncated_file_gives_what_is_whole_and_says_what_is_not() {
    let records = three_records();
    let whole = records.concat();
    let cut = whole.len() - 300;
    let read = Read::new("a.warc", &whole[..cut]);
    assert_eq!(read.summary()[..2], [("one".to_owned(), vec![]), ("two".to_owned(), vec![])]);
    assert_eq!(read.summary()[2], ("three".to_owned(), vec![C006]));
    let packed = records.iter().map(|r| gzip(r)).collect::<Vec<_>>().concat();
    let read = Read::new("a.warc.gz", &packed[..packed.len() - 60]);
    assert_eq!(read.summary()[2], ("three".to_owned(), vec![C006]));
    // In the headers of the third record nothing of it can be told.
    let start = records[0].len() + records[1].len();
    let read = Read::new("a.warc", &whole[..start + 40]);
    assert_eq!(read.titles()[..2], ["one", "two"]);
    assert!(read.loaded.len() <= 3);
}

#[test]
fn a_stretch_that_is_no_record_ends_at_the_next_one() {
    let records = three_records();
    let junk = [&records[0][..], b"\r\nthis is no record\r\n\r\n", &records[1], b"\0\0\0\0", &records[2]].concat();
    let read = Read::new("a.warc", &junk);
    // The first record ends as it states, with the lines that close it: the stretch is not a part of it.
    assert_eq!(read.titles(), ["one", "C005", "two", "three"]);
    assert!(read.summary()[0].1.is_empty());
    assert!(read.slice(2) == records[1]);
    let mut packed: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    let middle = packed[1].len() / 2;
    packed[1][middle..middle + 20].fill(0xFF);
    let read = Read::new("a.warc.gz", &packed.concat());
    assert_eq!(read.titles(), ["one", "C005", "three"]);
    let place = format!("byte {}", packed[0].len());
    assert!(read.loaded[1].name.contains(&place), "{} at {place}", read.loaded[1].name);
    let junk = [b"no record at all\n".to_vec(), records[0].clone()].concat();
    let read = Read::new("a.warc", &junk);
    assert_eq!(read.titles(), ["C005", "one"]);
}

#[test]
fn a_wrong_content_length_costs_no_other_record() {
    let block = page_response("wrong");
    let after = page_record("https://a.example/after", "after");
    for length in [block.len() - 100, block.len() + 100, block.len() + 100_000] {
        let wrong = record_with("response", "https://a.example/", HTTP, "", length, &block);
        for pack in [false, true] {
            let pack_one = |record: &[u8]| if pack { gzip(record) } else { record.to_vec() };
            let name = if pack { "a.warc.gz" } else { "a.warc" };
            let read = Read::new(name, &[pack_one(&wrong), pack_one(&after)].concat());
            assert_eq!(read.titles(), ["wrong", "after"], "{length} {pack}");
            assert_eq!(read.summary()[0].1, [C009], "{length} {pack}");
            assert!(read.summary()[1].1.is_empty(), "{length} {pack}");
            if length > block.len() {
                let body = &read.loaded[0].result.as_ref().unwrap().bytes;
                assert_eq!(&**body, page("wrong").as_bytes(), "{length} {pack}");
            }
        }
    }
}

#[test]
fn records_above_a_limit_are_refused_alone() {
    let large = response("Content-Type: text/html\r\n", page(&"x".repeat(5000)).as_bytes());
    let large = record("response", "https://a.example/large", HTTP, &large);
    let small = page_record("https://a.example/small", "small");
    let opening = limited(4000);
    for file in [[large.clone(), small.clone()].concat(), [gzip(&large), gzip(&small)].concat()] {
        let read = Read::with("a.warc", &file, &opening);
        assert_eq!(read.titles(), ["C002", "small"]);
    }
    let bomb = record("resource", "file:///bomb", "text/plain", &vec![b' '; 3 << 20]);
    let read = Read::new("a.warc.gz", &[gzip(&bomb), gzip(&small)].concat());
    assert_eq!(read.titles(), [C008.id, "small"]);
    let bomb = response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &gzip(&vec![b' '; 3 << 20]));
    let read = Read::new("a.warc", &[record("response", "https://a.example/bomb", HTTP, &bomb), small].concat());
    assert_eq!(read.titles(), [C008.id, "small"]);
}

#[test]
fn a_container_without_records_is_refused() {
    for (name, bytes) in [("a.warc", &b""[..]), ("a.jsonl", b"\n\n"), ("a.warc", b"text, and nothing else")] {
        let read = Read::new(name, bytes);
        assert!(read.loaded.len() == 1 && read.loaded[0].result.is_err(), "{name} {bytes:?}");
    }
    assert_eq!(Read::new("a.warc", b"").titles(), [C011.id]);
    assert_eq!(Read::new("a.wacz", b"no zip").titles(), [C001.id]);
}

fn wacz(entries: &[(&str, &[u8], CompressionMethod)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, method) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(*method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_records_of_a_wacz_have_their_places_in_it() {
    let records = three_records();
    let warc: Vec<u8> = records[..2].iter().map(|r| gzip(r)).collect::<Vec<_>>().concat();
    let package = format!(
        r#"{{"resources":[{{"path":"archive/a.warc.gz","hash":"sha256:{}"}},{{"path":"archive/b.warc","hash":"sha256:00"}}]}}"#,
        Digest::of(&warc).hex()
    );
    let file = wacz(&[
        ("datapackage.json", package.as_bytes(), CompressionMethod::Deflated),
        ("pages/pages.jsonl", b"{}", CompressionMethod::Stored),
        ("archive/a.warc.gz", &warc, CompressionMethod::Stored),
        ("archive/b.warc", &records[2], CompressionMethod::Deflated),
    ]);
    let read = Read::new("a.wacz", &file);
    let expected = [("one".to_owned(), vec![]), ("two".to_owned(), vec![]), ("three".to_owned(), vec![C007])];
    assert_eq!(read.summary(), expected);
    assert_eq!(read.slice(1), gzip(&records[1]));
    assert_eq!(read.loaded.iter().map(|l| l.index.unwrap()).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(read.loaded[2].name.contains("archive/b.warc"));
}

#[test]
fn lines_of_json_are_read_one_by_one_and_broken_ones_are_said() {
    let lines = [
        r#"{"text":"The first","url":"https://a.example/1"}"#,
        "",
        r#"{"text":"cut of"#,
        r#"{"title":"no text"}"#,
        r#"{"text":"half \ud83d a pair"}"#,
        r#"["no object"]"#,
        r#"{"text":"The last","title":"L"}"#,
    ];
    let file = lines.join("\n");
    for (name, bytes) in [
        ("a.jsonl", file.clone().into_bytes()),
        ("a.ndjson.gz", gzip(file.as_bytes())),
        ("a.jsonl.zst", zstd::encode_all(file.as_bytes(), 3).unwrap()),
    ] {
        let read = Read::new(name, &bytes);
        assert_eq!(read.titles(), ["The first", "C005", "C005", "half \u{FFFD} a pair", "C005", "The last"]);
        assert_eq!(read.summary()[3].1, [C010]);
        assert_eq!(read.loaded[1].name, format!("{name} line 3"));
        let why = read.loaded[1].result.as_ref().unwrap_err();
        assert!(why.message.contains("at byte 15"), "{}", why.message);
        let last = read.member(5);
        assert_eq!((last.line, last.fields.title.as_deref(), read.loaded[5].index), (Some(7), Some("L"), Some(6)));
        if name == "a.jsonl" {
            assert_eq!(read.slice(5), lines[6].as_bytes());
        }
    }
}

#[test]
fn lines_above_the_limit_and_cut_off_files_cost_no_other_line() {
    let long = format!(r#"{{"text":"{}"}}"#, "x".repeat(5000));
    let file = format!("{{\"text\":\"a\"}}\n{long}\n{{\"text\":\"b\"}}\n");
    let read = Read::with("a.jsonl", file.as_bytes(), &limited(1000));
    assert_eq!(read.titles(), ["a", C002.id, "b"]);
    let line = |n: usize| format!("{{\"text\":\"{}{n}\"}}\n", Digest::of(&n.to_le_bytes()).hex());
    let packed = gzip((0..500).map(line).collect::<String>().as_bytes());
    let read = Read::new("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(read.loaded.len() > 100, "{}", read.loaded.len());
    let (last, others) = read.loaded.split_last().unwrap();
    assert_eq!(last.result.as_ref().unwrap_err().code, C005);
    assert!(others.iter().all(|loaded| loaded.result.is_ok()));
}

#[test]
fn single_files_may_be_compressed() {
    let text = "A text of some length, which compresses to less. ".repeat(20);
    for (name, bytes) in
        [("a.txt.gz", gzip(text.as_bytes())), ("a.txt.zst", zstd::encode_all(text.as_bytes(), 3).unwrap())]
    {
        let read = Read::new(name, &bytes);
        assert_eq!(read.titles(), std::slice::from_ref(&text));
        let original = read.loaded[0].result.as_ref().unwrap();
        assert_eq!(original.origin.media_type.as_deref(), Some("text/plain"));
        assert_eq!((read.slice(0), read.loaded[0].index), (&bytes[..], None));
        assert_eq!(read.member(0).container, Digest::of(&bytes));
    }
    // Without an ending of ours it is told by its bytes.
    assert_eq!(Read::new("a.bin", &gzip(text.as_bytes())).titles(), std::slice::from_ref(&text));
    assert_eq!(Read::new("crawl", &three_records().concat()).titles(), ["one", "two", "three"]);
    let noise: String = (0..1000_u32).map(|n| Digest::of(&n.to_le_bytes()).hex()).collect();
    let packed = gzip(noise.as_bytes());
    let read = Read::new("a.txt.gz", &packed[..packed.len() / 2]);
    assert_eq!(read.summary()[0].1, [C006]);
    assert!(noise.starts_with(&read.titles()[0]) && read.titles()[0].len() > 10_000);
    assert_eq!(Read::new("a.txt.gz", &gzip(&vec![b' '; 3 << 20])).titles(), [C008.id]);
    assert_eq!(Read::new("a.txt.gz", b"no gzip").titles(), [C001.id]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_ends_the_reading(
        kind in 0_usize..5,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let records = three_records();
        let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
        let lines = b"{\"text\":\"one\"}\n{\"text\":\"two\"}\n".to_vec();
        let (name, mut bytes) = match kind {
            0 => ("a.warc", records.concat()),
            1 => ("a.warc.gz", packed),
            2 => ("a.jsonl.gz", gzip(&lines)),
            3 => ("a.jsonl", lines),
            _ => ("a.wacz", wacz(&[("archive/a.warc.gz", &packed, CompressionMethod::Stored)])),
        };
        for (place, value) in damage {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let read = Read::new(name, &bytes);
        // Whatever is yielded has its place in the file.
        for at in 0..read.loaded.len() {
            // Those of a compressed JSONL file are counted without the compression.
            if read.loaded[at].result.is_ok() && kind != 2 {
                prop_assert!(read.slice(at).len() <= bytes.len());
            }
        }
    }
}
