//! Records whose Content-Length lies, and records of which it only seems so.

use super::*;
use support::{lying, spelled, without_digest};

/// What records state that is not the length of their blocks; the first four are above the limit, or no number at all.
const LIES: &[&str] = &[
    "40000000",
    "9999999999",
    "18446744073709551615",
    "99999999999999999999",
    "-5",
    "12 bytes",
    "",
    "absent",
    "0",
    "7",
];

#[test]
fn a_length_that_lies_costs_its_record_only() {
    let names = ["one", "two", "three", "four"];
    let records = names.map(|name| page_record(&format!("https://a.example/{name}"), name));
    let pack = |record: &[u8]| record.to_vec();
    for (file, pack) in [("a.warc", pack as fn(&[u8]) -> Vec<u8>), ("a.warc.gz", gzip)] {
        for spoilt in 0..records.len() {
            for lie in LIES {
                for has_digest in [true, false] {
                    let mut records = records.to_vec();
                    records[spoilt] = lying(&records[spoilt], lie);
                    if !has_digest {
                        records[spoilt] = without_digest(&records[spoilt]);
                    }
                    let bytes = records.iter().flat_map(|record| pack(record)).collect::<Vec<_>>();
                    let what = format!("{file} {} states {lie:?}, digest {has_digest}", names[spoilt]);
                    let read = Read::new(file, &bytes);
                    assert_eq!(read.loaded.len(), 4, "{what} {:?}", read.summary());
                    for (at, (name, (title, codes))) in names.iter().zip(read.summary()).enumerate() {
                        assert!(at == spoilt || (title == *name && codes.is_empty()), "{what}: {title} {codes:?}");
                    }
                    // Where the next record begins, or the digest, tells the end, nothing is lost of the liar either.
                    let is_told = has_digest || spoilt < 3;
                    let loaded = &read.loaded[spoilt];
                    let is_whole = loaded.result.as_ref().is_ok_and(|o| *o.bytes == *page(names[spoilt]).as_bytes());
                    assert!(is_whole || !is_told || *lie == "0", "{what} {:?}", read.summary());
                    assert!(!loaded.noticed.is_empty() || loaded.result.is_err(), "{what}");
                }
            }
        }
    }
}

#[test]
fn a_length_that_lies_costs_its_record_only_where_all_are_compressed_together() {
    let records = three_records();
    for lie in ["40000000", "9999999999", "-5", "2000"] {
        for has_digest in [true, false] {
            let first = lying(&records[0], lie);
            let first = if has_digest { first } else { without_digest(&first) };
            for pack in [gzip as fn(&[u8]) -> Vec<u8>, |bytes| zstd::encode_all(bytes, 3).unwrap()] {
                let file = pack(&[&first[..], &records[1], &records[2]].concat());
                let name = if file[0] == 0x1F { "a.warc.gz" } else { "a.warc.zst" };
                let read = Read::new(name, &file);
                let expected =
                    [("one".to_owned(), vec![C009]), ("two".to_owned(), vec![]), ("three".to_owned(), vec![])];
                assert_eq!(read.summary(), expected, "{name} {lie} {has_digest}");
                assert_eq!(*read.loaded[0].result.as_ref().unwrap().bytes, *page("one").as_bytes(), "{name} {lie}");
            }
        }
    }
}

/// A record that holds a WARC, as a crawl of an archive does.
fn nested(title: &str, filling: usize) -> (Vec<u8>, Vec<u8>) {
    let inner = [page_record("https://b.example/1", "inner 1"), page_record("https://b.example/2", "inner 2")].concat();
    let quoted = String::from_utf8(inner).unwrap();
    let body = format!("{}<pre>\r\n\r\n{quoted}</pre>{}", page(title), "x".repeat(filling)).into_bytes();
    (
        record(
            "response",
            &format!("https://a.example/{title}"),
            HTTP,
            &response("Content-Type: text/html\r\n", &body),
        ),
        body,
    )
}

#[test]
fn what_a_record_quotes_is_no_end_of_it() {
    let after = page_record("https://a.example/after", "after");
    let (quoting, body) = nested("quoting", 0);
    // Another digest than that of its bytes: its block is spoilt, or the digest is.
    let wrong = spelled(&quoting, |header| header.replace("Digest: sha1:", "Digest: sha1:AAAA"));
    for record in [&quoting, &without_digest(&quoting), &wrong] {
        for pack in [<[u8]>::to_vec as fn(&[u8]) -> Vec<u8>, gzip] {
            let file = [pack(record), pack(&after)].concat();
            let read = Read::new(if file[0] == 0x1F { "a.warc.gz" } else { "a.warc" }, &file);
            assert_eq!(read.titles(), ["quoting", "after"]);
            assert!(*read.loaded[0].result.as_ref().unwrap().bytes == *body);
            assert!(read.summary()[0].1.iter().all(|code| *code == C007), "{:?}", read.summary());
            // The last of the file, too.
            assert_eq!(Read::new("a.warc", &pack(record)).titles(), ["quoting"]);
        }
        let file = gzip(&[&record[..], &after].concat());
        assert_eq!(Read::new("a.warc.gz", &file).titles(), ["quoting", "after"]);
    }
}

#[test]
fn what_a_record_above_the_limit_quotes_is_no_record() {
    let after = page_record("https://a.example/after", "after");
    let opening = limited(6000);
    for filling in [10_000, 3 << 20] {
        let (quoting, _) = nested("quoting", filling);
        for record in [&quoting, &without_digest(&quoting)] {
            let packed = [gzip(record), gzip(&after)].concat();
            let together = gzip(&[&record[..], &after].concat());
            for file in [[&record[..], &after].concat(), packed, together] {
                let read = Read::with(
                    "a.warc.gz",
                    &file,
                    &Opening { limits: Limits { max_ratio: 100_000, ..opening.limits }, ..opening.clone() },
                );
                assert_eq!(read.titles(), [C002.id, "after"], "{filling} {}", file.len());
            }
        }
    }
}

#[test]
fn a_length_that_takes_whole_records_in_is_told_by_the_digest() {
    let records = three_records();
    let length =
        records[0].len() + records[1].len() - 4 - (records[0].windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4);
    let records = [lying(&records[0], &length.to_string()), records[1].clone(), records[2].clone()];
    let read = Read::new("a.warc", &records.concat());
    assert_eq!(read.titles(), ["one", "two", "three"]);
    assert_eq!(read.summary()[0].1, [C009]);
    // Or by the members of gzip.
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(&without_digest(record))).collect();
    let read = Read::new("a.warc.gz", &packed);
    assert_eq!(read.titles(), ["one", "two", "three"]);
    assert_eq!(read.summary()[0].1, [C009]);
}

#[test]
fn a_length_in_characters_loses_nothing() {
    let body = page("Ein Fährmann für Köln, äußerst müde");
    let block = response("Content-Type: text/html; charset=utf-8\r\n", body.as_bytes());
    let characters = String::from_utf8(block.clone()).unwrap().chars().count();
    let short = support::record_with("response", "https://a.example/", HTTP, "", characters, &block);
    for file in [[&short[..], &three_records()[0]].concat(), short.clone()] {
        let read = Read::new("a.warc", &file);
        assert_eq!(read.summary()[0].1, [C009]);
        assert_eq!(*read.loaded[0].result.as_ref().unwrap().bytes, *body.as_bytes());
    }
}

#[test]
fn many_lies_do_not_make_it_read_forever() {
    // Each one, and each wrong digest, would be a reason to read on to the end of the file.
    let liar = |n: usize| {
        let record = page_record(&format!("https://a.example/{n}"), &n.to_string());
        spelled(&lying(&record, "1000000"), |header| header.replace("Digest: sha1:", "Digest: sha1:AAAA"))
    };
    let records: Vec<Vec<u8>> = (0..300).map(liar).collect();
    let read = Read::new("a.warc", &records.concat());
    assert_eq!(read.titles(), (0..300).map(|n| n.to_string()).collect::<Vec<_>>());
    let read = Read::new("a.warc.gz", &gzip(&records.concat()));
    assert_eq!(read.titles().len(), 300);
}

#[test]
fn a_file_that_was_cut_off_may_be_joined_with_another() {
    let records = three_records();
    for cut in [30, 200, 420, records[0].len() - 100] {
        let file = [&records[0][..cut], &records[1], &records[2]].concat();
        let read = Read::new("a.warc", &file);
        assert_eq!(read.titles()[1..], ["two", "three"], "{cut} {:?}", read.summary());
        let is_said = read.loaded[0].result.is_err() || !read.loaded[0].noticed.is_empty();
        assert!(is_said, "{cut}");
        let packed = gzip(&records[0]);
        let file = [&packed[..cut.min(packed.len() - 1)], &gzip(&records[1]), &gzip(&records[2])].concat();
        let read = Read::new("a.warc.gz", &file);
        assert_eq!(read.titles()[read.loaded.len() - 2..], ["two", "three"], "{cut} {:?}", read.summary());
        assert!(read.loaded.len() > 2, "{cut}");
    }
    // A long one, whose stated end is behind all others: no line closes what there is of it.
    let (long, _) = nested("long", 20_000);
    for long in [&long, &without_digest(&long)] {
        let file = [&long[..long.len() - 10_000], &records.concat()].concat();
        let titles = Read::new("a.warc", &file).titles();
        assert_eq!(titles[titles.len() - 3..], ["one", "two", "three"], "{titles:?}");
        let titles = Read::new("a.warc.gz", &gzip(&file)).titles();
        assert_eq!(titles[titles.len() - 3..], ["one", "two", "three"], "{titles:?}");
    }
}
