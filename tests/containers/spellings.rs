//! WARC as crawlers write it: line ends, versions, names.

use super::*;
use support::spelled;

/// What is done to a header, and how.
type Spelling = (&'static str, fn(&str) -> String);

#[test]
fn headers_are_read_in_every_spelling() {
    let spellings: &[Spelling] = &[
        ("lines end with LF", |header| header.replace("\r\n", "\n")),
        ("some do", |header| header.replacen("\r\n", "\n", 3)),
        ("the empty line does", |header| format!("{}\n", &header[..header.len() - 2])),
        ("names are in small letters", |header| {
            let name = |line: &str| match line.split_once(':') {
                Some((name, value)) => format!("{}:{value}\r\n", name.to_ascii_lowercase()),
                None => format!("{line}\r\n"),
            };
            header.lines().map(name).collect()
        }),
        ("names are in capitals", |header| header.replace("Content-", "CONTENT-").replace("WARC-Type", "WARC-TYPE")),
        ("blanks", |header| header.replace(": ", " :\t  ").replace("WARC/1.1\r\n", "WARC/1.1 \r\n")),
        ("no blanks", |header| header.replace(": ", ":")),
        ("a draft", |header| header.replace("WARC/1.1", "WARC/0.18")),
        ("an older one", |header| header.replace("WARC/1.1", "WARC/0.17").replace("\r\n", "\n")),
        ("values in capitals", |header| header.replace("response", "RESPONSE").replace("application", "Application")),
    ];
    for (what, spell) in spellings {
        let records: Vec<Vec<u8>> = three_records().iter().map(|record| spelled(record, spell)).collect();
        let lf: Vec<Vec<u8>> = records.iter().map(|r| [&r[..r.len() - 4], b"\n\n"].concat()).collect();
        for records in [records, lf] {
            let packed: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
            let together = vec![gzip(&records.concat())];
            for (name, parts) in [("a.warc", &records), ("a.warc.gz", &packed), ("a.warc.gz", &together)] {
                let read = Read::new(name, &parts.concat());
                assert_eq!(read.summary(), ["one", "two", "three"].map(|t| (t.to_owned(), vec![])), "{what} {name}");
                let original = read.loaded[1].result.as_ref().unwrap();
                assert_eq!(&*original.bytes, page("two").as_bytes(), "{what}");
                assert_eq!(original.origin.target_uri.as_deref(), Some("https://a.example/two"), "{what}");
                if parts.len() == 3 {
                    assert_eq!(read.slice(1), parts[1], "{what}");
                }
            }
        }
    }
}

#[test]
fn a_damaged_file_with_lf_is_read_on_too() {
    let lf = |record: &Vec<u8>| spelled(&record[..record.len() - 2], |header| header.replace("\r\n", "\n"));
    let records: Vec<Vec<u8>> = three_records().iter().map(lf).collect();
    let junk = [&records[0][..], b"\nWhat is this?\n\n", &records[1], &records[2]].concat();
    assert_eq!(Read::new("a.warc", &junk).titles().last().map(String::as_str), Some("three"));
    let lie = spelled(&records[0], |header| header.replace("Content-Length: ", "Content-Length: 9"));
    let read = Read::new("a.warc", &[&lie[..], &records[1], &records[2]].concat());
    assert_eq!(read.titles(), ["one", "two", "three"]);
    assert_eq!(read.summary()[0].1, [C009]);
}

#[test]
fn a_record_as_clueweb_has_it() {
    // ClueWeb09: version 0.18, LF, a warcinfo without a blank line in front of the next record; ClueWeb22: no length.
    let page = page("clueweb");
    let block = format!("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: {}\n\n{page}", page.len());
    let file = format!(
        "WARC/0.18\nWARC-Type: warcinfo\nWARC-Date: 2009-03-65T08:43:19-0800\nWARC-Record-ID: <urn:uuid:1>\n\
         Content-Type: application/warc-fields\nContent-Length: 26\n\nsoftware: Nutch 1.0-dev\n\n\n\n\
         WARC/0.18\nWARC-Type: response\nWARC-Target-URI: http://a.example/\nWARC-Warcinfo-ID: 993d3969\n\
         WARC-Date: 2009-03-65T08:43:19-0800\nWARC-Record-ID: <urn:uuid:2>\nWARC-TREC-ID: clueweb09-en0000-00-00000\n\
         Content-Type: application/http;msgtype=response\nWARC-Identified-Payload-Type: \nContent-Length: {}\n\n{block}\n\n",
        block.len()
    );
    for file in [file.clone(), file.replace("Content-Length: 26\n", "")] {
        for bytes in [file.clone().into_bytes(), gzip(file.as_bytes())] {
            let read = Read::new("a.warc.gz", &bytes);
            assert_eq!(read.summary(), [("clueweb".to_owned(), vec![])]);
            assert_eq!(read.left_out.len(), 1);
        }
    }
}

#[test]
fn what_is_doubtful_in_a_header_is_said() {
    let record = &three_records()[0];
    let unknown = spelled(record, |header| header.replace("WARC/1.1", "WARC/2.7"));
    assert_eq!(Read::new("a.warc", &unknown).summary(), [("one".to_owned(), vec![C013])]);
    let typeless = spelled(record, |header| header.replace("WARC-Type", "WARC-Tipe"));
    let read = Read::new("a.warc", &[&typeless[..], record].concat());
    assert_eq!(read.titles(), ["C005", "one"]);
    let twice = spelled(record, |header| format!("{}Content-Length: 1\r\n\r\n", &header[..header.len() - 2]));
    let read = Read::new("a.warc", &[&twice[..], record].concat());
    assert_eq!(read.summary(), [("one".to_owned(), vec![C009]), ("one".to_owned(), vec![])]);
    let endless =
        [b"WARC/1.1\r\nWARC-Type: response\r\nX: ".to_vec(), vec![b'x'; 5 << 20], b"\r\n\r\n".to_vec()].concat();
    let read = Read::new("a.warc", &[&endless[..], record].concat());
    assert_eq!(read.titles(), ["C005", "one"]);
}

#[test]
fn a_dictionary_serves_all_records_behind_a_damaged_one() {
    let samples: Vec<Vec<u8>> =
        (0..200).map(|n| page_record(&format!("https://a.example/{n}"), &format!("page {n}"))).collect();
    let dictionary = zstd::dict::from_samples(&samples, 2000).unwrap();
    let mut compressor = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
    let mut frames: Vec<Vec<u8>> = three_records().iter().map(|r| compressor.compress(r).unwrap()).collect();
    let first = |bytes: &[u8]| {
        [&[0x5D, 0x2A, 0x4D, 0x18], &u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes].concat()
    };
    for stored in [dictionary.clone(), zstd::encode_all(&dictionary[..], 3).unwrap()] {
        let file = [first(&stored), frames.concat()].concat();
        let read = Read::new("a.warc.zst", &file);
        assert_eq!(read.summary(), ["one", "two", "three"].map(|t| (t.to_owned(), vec![])));
        assert_eq!(read.slice(0), frames[0]);
        let (start, package) = (0, wacz(&[("archive/a.warc.zst", &file, CompressionMethod::Stored)]));
        assert_eq!(Read::new("a.wacz", &package[start..]).titles(), ["one", "two", "three"]);
    }
    let middle = frames[0].len() / 2;
    frames[0][middle..middle + 20].fill(0xFF);
    let read = Read::new("a.warc.zst", &[first(&dictionary), frames.concat()].concat());
    assert_eq!(read.titles()[read.loaded.len() - 2..], ["two", "three"], "{:?}", read.summary());
}
