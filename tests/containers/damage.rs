//! Files that are cut off at every byte, or have every byte spoilt: what that costs, and that it is said.

use super::*;
use std::collections::BTreeMap;
use std::ops::Range;

const NAMES: [&str; 5] = ["one", "two", "three", "four", "five"];

/// Small records, so that each of their bytes can be spoilt in turn.
fn small_record(name: &str) -> Vec<u8> {
    let page = format!("<html><title>{name}</title><p>The ferry {name} is late again.</p></html>");
    record(
        "response",
        &format!("https://a.example/{name}"),
        HTTP,
        &response("Content-Type: text/html\r\n", page.as_bytes()),
    )
}

/// A file of records, each with its place in it.
struct Whole {
    name: &'static str,
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
    /// The entity body of each record, by its title.
    bodies: BTreeMap<String, Vec<u8>>,
}

impl Whole {
    fn new(name: &'static str, records: &[Vec<u8>], pack: impl Fn(&[u8]) -> Vec<u8>) -> Self {
        Self::around(name, records, pack, |warc| (0, warc))
    }

    /// `wrap` puts the WARC into something else, and says where in that it is.
    fn around(
        name: &'static str,
        records: &[Vec<u8>],
        pack: impl Fn(&[u8]) -> Vec<u8>,
        wrap: impl Fn(Vec<u8>) -> (usize, Vec<u8>),
    ) -> Self {
        let packed: Vec<Vec<u8>> = records.iter().map(|record| pack(record)).collect();
        let (start, bytes) = wrap(packed.concat());
        let mut places = Vec::new();
        let mut at = start;
        for record in &packed {
            places.push(at..at + record.len());
            at += record.len();
        }
        let read = Read::new(name, &bytes);
        let mut bodies = BTreeMap::new();
        for (loaded, title) in read.loaded.iter().zip(read.titles()) {
            assert!(loaded.noticed.is_empty(), "{name} {title} {:?}", loaded.noticed);
            bodies.insert(title, loaded.result.as_ref().unwrap().bytes.to_vec());
        }
        assert_eq!(bodies.len() + read.left_out.len(), records.len(), "{name}");
        Self { name, bytes, places, bodies }
    }

    /// Holds that all records but some are there, and that every record is accounted for.
    fn holds(&self, read: &Read, harmed: impl Fn(usize) -> bool, what: &str) {
        let found: Vec<&[u8]> =
            read.loaded.iter().filter_map(|loaded| Some(&*loaded.result.as_ref().ok()?.bytes)).collect();
        for (number, name) in NAMES.iter().enumerate().take(self.places.len()) {
            let is_there = self.bodies.get(*name).is_none_or(|body| found.contains(&&body[..]));
            assert!(is_there || harmed(number), "{} {what}: {name} is lost: {}", self.name, told(read));
        }
        let told_of = read.loaded.len() + read.left_out.len();
        assert!(told_of >= self.places.len(), "{} {what}: {}", self.name, told(read));
        // What is not as it was is never given without a word.
        for loaded in &read.loaded {
            let Ok(original) = &loaded.result else { continue };
            let is_known = self.bodies.values().any(|body| body[..] == original.bytes[..]);
            assert!(is_known || !loaded.noticed.is_empty(), "{} {what}: {}", self.name, told(read));
        }
    }
}

fn told(read: &Read) -> String {
    let lines = read.loaded.iter().map(|loaded| match &loaded.result {
        Ok(original) => format!("{} {:?} {:?}", loaded.name, title(&original.bytes), loaded.noticed),
        Err(why) => format!("{} REJECTED {why}", loaded.name),
    });
    format!("ignored {}\n{}", read.left_out.len(), lines.collect::<Vec<_>>().join("\n"))
}

fn in_wacz(warc: &[u8], name: &str) -> (usize, Vec<u8>) {
    let package = format!(r#"{{"resources":[{{"path":"{name}","hash":"sha256:{}"}}]}}"#, Digest::of(warc).hex());
    let pages = b"{\"format\": \"json-pages-1.0\"}\n";
    let file = wacz(&[
        ("datapackage.json", package.as_bytes(), CompressionMethod::Stored),
        (name, warc, CompressionMethod::Stored),
        ("pages/pages.jsonl", pages, CompressionMethod::Deflated),
    ]);
    (memchr::memmem::find(&file, warc).unwrap(), file)
}

/// A frame with a checksum, which the format of compressed WARCs demands.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn five() -> Vec<Vec<u8>> {
    NAMES.map(small_record).to_vec()
}

/// Spoils each byte in turn: all of its bits, and then one of them, or it becomes a line end or a zero.
fn spoil_each_byte(whole: &Whole) {
    let reader = Reader::new(whole.name);
    let mut bytes = whole.bytes.clone();
    for at in 0..bytes.len() {
        let byte = whole.bytes[at];
        for spoilt in [byte ^ 0xFF, [byte ^ 1, b'\n', 0][at % 3]] {
            bytes[at] = spoilt;
            let read = reader.read(&bytes, &Opening::default());
            let what = format!("byte {at} is {spoilt:#X}");
            whole.holds(&read, |number| whole.places[number].contains(&at), &what);
        }
        bytes[at] = byte;
    }
}

#[test]
fn a_spoilt_byte_costs_its_record_only() {
    spoil_each_byte(&Whole::new("a.warc", &five(), <[u8]>::to_vec));
}

#[test]
fn a_spoilt_byte_costs_its_record_only_in_gzip() {
    spoil_each_byte(&Whole::new("a.warc.gz", &five(), gzip));
}

#[test]
fn a_spoilt_byte_costs_its_record_only_in_zstandard() {
    spoil_each_byte(&Whole::new("a.warc.zst", &five()[..3], zstd));
}

#[test]
fn a_spoilt_byte_costs_its_record_only_in_a_package() {
    spoil_each_byte(&Whole::around("a.wacz", &five(), gzip, |warc| in_wacz(&warc, "archive/a.warc.gz")));
}

#[test]
fn a_spoilt_byte_of_a_package_costs_no_uncompressed_record() {
    spoil_each_byte(&Whole::around("a.wacz", &five()[..2], <[u8]>::to_vec, |warc| in_wacz(&warc, "archive/b.warc")));
}

#[test]
fn records_without_digests_cost_no_others_either() {
    let records: Vec<Vec<u8>> = five().iter().map(|record| support::without_digest(record)).collect();
    let whole = Whole::new("a.warc", &records, <[u8]>::to_vec);
    let reader = Reader::new(whole.name);
    let mut bytes = whole.bytes.clone();
    for at in 0..bytes.len() {
        for spoilt in [whole.bytes[at] ^ 0xFF, [whole.bytes[at] ^ 1, b'9', b'\n'][at % 3]] {
            bytes[at] = spoilt;
            let read = reader.read(&bytes, &Opening::default());
            for (number, name) in NAMES.iter().enumerate() {
                let is_there = read.titles().iter().any(|title| title == name);
                let what = || format!("byte {at} is {:#X}: {name}: {}", bytes[at], told(&read));
                assert!(is_there || whole.places[number].contains(&at), "{}", what());
                assert!(read.loaded.len() + read.left_out.len() >= 5, "{}", what());
            }
        }
        bytes[at] = whole.bytes[at];
    }
}

#[test]
fn a_file_that_is_cut_off_gives_what_is_whole_and_says_the_rest() {
    let image = response("Content-Type: image/png\r\n", b"\x89PNG and more of it");
    let image = record("response", "https://a.example/two", HTTP, &image);
    let records = [small_record("one"), image, small_record("three")];
    for whole in [
        Whole::new("a.warc", &records, <[u8]>::to_vec),
        Whole::new("a.warc.gz", &records, gzip),
        Whole::new("a.warc.zst", &records, zstd),
    ] {
        let reader = Reader::new(whole.name);
        for cut in 1..whole.bytes.len() {
            let read = reader.read(&whole.bytes[..cut], &Opening::default());
            let what = || format!("{} cut at {cut}: {}", whole.name, told(&read));
            let begun = whole.places.iter().filter(|place| place.start < cut).count();
            let ended = whole.places.iter().filter(|place| place.end <= cut).count();
            assert!(read.loaded.len() + read.left_out.len() >= begun, "{}", what());
            for (number, name) in ["one", "two", "three"].iter().enumerate().take(ended) {
                let body = whole.bodies.get(*name);
                let is_there = |loaded: &Loaded| body.is_some_and(|b| *b == *loaded.result.as_ref().unwrap().bytes);
                assert!(body.is_none() || read.loaded.iter().any(is_there), "{number} {}", what());
            }
            let says = |loaded: &Loaded| loaded.result.is_err() || loaded.noticed.iter().any(|d| d.code == C006);
            // An image whose closing lines are cut off lost nothing that matters.
            let is_silent = whole.name == "a.warc" && begun == 2 && whole.places[1].end - cut <= 4;
            assert!(ended == begun || is_silent || read.loaded.last().is_some_and(says), "{}", what());
        }
    }
}

#[test]
fn records_before_a_spoilt_byte_are_whole_where_all_are_compressed_together() {
    let records = five();
    let warc = records.concat();
    let packed = gzip(&warc);
    for at in 10..packed.len() {
        let mut bytes = packed.clone();
        bytes[at] ^= 0xFF;
        let read = Read::new("a.warc.gz", &bytes);
        let is_said = |loaded: &Loaded| loaded.result.is_err() || !loaded.noticed.is_empty();
        assert!(read.loaded.iter().any(is_said), "byte {at}: {}", told(&read));
    }
    // Stored blocks (RFC 1951 3.2.4), whose bytes stand where they were.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(&warc).unwrap();
    let mut stored = encoder.finish().unwrap();
    let at = memchr::memmem::find(&stored, b"ferry three").unwrap();
    stored[at] ^= 1;
    let read = Read::new("a.warc.gz", &stored);
    assert_eq!(read.titles(), ["one", "two", "three", "four", "five"]);
    assert_eq!(read.summary()[2].1, [C007], "its block digest");
    assert_eq!(read.summary()[4].1, [C007], "the checksum of all");
}

#[test]
fn a_member_whose_checksum_is_wrong_is_said() {
    let mut packed: Vec<Vec<u8>> = five().iter().map(|r| gzip(&support::without_digest(r))).collect();
    let place = packed[1].len() - 8;
    packed[1][place] ^= 1;
    let read = Read::new("a.warc.gz", &packed.concat());
    let codes = read.summary().into_iter().map(|(_, codes)| codes).collect::<Vec<_>>();
    assert_eq!(
        (read.titles(), codes),
        (NAMES.map(str::to_owned).to_vec(), vec![vec![], vec![C007], vec![], vec![], vec![]])
    );
}

#[test]
fn zeros_are_padding_and_nothing_is_said_of_them() {
    let records = three_records();
    let zeros = vec![0; 70_000];
    let packed: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    let zstd: Vec<Vec<u8>> = records.iter().map(|record| zstd::encode_all(&record[..], 3).unwrap()).collect();
    for (name, parts) in [("a.warc", &records), ("a.warc.gz", &packed), ("a.warc.zst", &zstd)] {
        let padded = [&zeros[..512], &parts[0], &zeros, &parts[1], &parts[2], &zeros].concat();
        let read = Read::new(name, &padded);
        assert_eq!(read.summary(), ["one", "two", "three"].map(|t| (t.to_owned(), Vec::new())), "{name}");
        for (at, part) in parts.iter().enumerate() {
            assert_eq!(read.slice(at), part, "{name} record {at}");
        }
    }
    // Zeros that end a block are no padding: its length is too small.
    let block = [page_response("short"), b"\0\0".to_vec()].concat();
    let short = support::record_with("response", "https://a.example/", HTTP, "", block.len() - 2, &block);
    assert_eq!(Read::new("a.warc", &[&short[..], &records[0]].concat()).summary()[0].1, [C009]);
    let text = "A text that was kept on a tape.".to_owned();
    for (name, bytes) in
        [("a.txt.gz", gzip(text.as_bytes())), ("a.txt.zst", zstd::encode_all(text.as_bytes(), 3).unwrap())]
    {
        let read = Read::new(name, &[&bytes[..], &zeros].concat());
        assert_eq!(read.summary(), [(text.clone(), vec![])], "{name}");
        let read = Read::new(name, &[&bytes[..], &zeros[..100], &bytes].concat());
        assert_eq!(read.summary(), [(text.repeat(2), vec![])], "{name}");
    }
    let lines = gzip(b"{\"text\":\"one\"}\n{\"text\":\"two\"}");
    let read = Read::new("a.jsonl.gz", &[&lines[..], &zeros].concat());
    assert_eq!(read.titles(), ["one", "two"]);
}

#[test]
fn what_follows_a_compressed_file_costs_nothing_of_it() {
    let text = "A text that something was appended to.".to_owned();
    for (name, bytes) in
        [("a.txt.gz", gzip(text.as_bytes())), ("a.txt.zst", zstd::encode_all(text.as_bytes(), 3).unwrap())]
    {
        for more in [&b"more"[..], b"\0\0\0x", &[0x1F]] {
            let read = Read::new(name, &[&bytes[..], more].concat());
            assert_eq!(read.summary(), [(text.clone(), vec![C013])], "{name} {more:?}");
        }
    }
    for end in ["", "\n"] {
        let lines = gzip(format!("{{\"text\":\"one\"}}\n{{\"text\":\"two\"}}{end}").as_bytes());
        let read = Read::new("a.jsonl.gz", &[&lines[..], b"more"].concat());
        assert_eq!(read.titles(), ["one", "two", "C005"], "{end:?}");
    }
    let packed: Vec<Vec<u8>> = three_records().iter().map(|record| gzip(record)).collect();
    let read = Read::new("a.warc.gz", &[&packed.concat()[..], b"more"].concat());
    assert_eq!(read.titles(), ["one", "two", "three", "C005"]);
    assert!(read.summary()[2].1.is_empty());
}

#[test]
fn members_that_hold_nothing_end_nothing() {
    let packed: Vec<Vec<u8>> = three_records().iter().map(|record| gzip(record)).collect();
    let file = [&packed[0][..], &gzip(b""), &packed[1], &gzip(b""), &gzip(b"\r\n"), &packed[2]].concat();
    assert_eq!(Read::new("a.warc.gz", &file).summary(), ["one", "two", "three"].map(|t| (t.to_owned(), vec![])));
}

#[test]
fn files_of_several_compressions_may_be_joined() {
    let records = five();
    let parts = [records[0].clone(), gzip(&records[1]), gzip(&records[2]), records[3].clone(), zstd(&records[4])];
    for name in ["a.warc", "a.warc.gz"] {
        let read = Read::new(name, &parts.concat());
        assert_eq!(read.summary(), NAMES.map(|title| (title.to_owned(), vec![])), "{}", told(&read));
        for (at, part) in parts.iter().enumerate() {
            assert_eq!(read.slice(at), part);
        }
    }
    assert_eq!(Read::new("a.warc.gz", &[&parts[1][..], &parts[0]].concat()).titles(), ["two", "one"]);
}

#[test]
fn records_may_go_on_in_the_next_member() {
    // As bgzip and pigz write: members of some size, wherever the records end.
    let warc = three_records().concat();
    let file: Vec<u8> = warc.chunks(700).flat_map(gzip).collect();
    let read = Read::new("a.warc.gz", &file);
    assert_eq!(read.summary(), ["one", "two", "three"].map(|t| (t.to_owned(), vec![])));
    assert_eq!(&*read.loaded[1].result.as_ref().unwrap().bytes, page("two").as_bytes());
    let mut spoilt = file.clone();
    let place = gzip(&warc[..700]).len() / 2;
    spoilt[place..place + 4].fill(0xFF);
    assert_eq!(Read::new("a.warc.gz", &spoilt).titles(), ["C005", "two", "three"]);
}
