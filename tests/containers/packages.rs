//! WACZ packages: what is in them is read or said, and a damaged file costs no other.

use super::*;
use CompressionMethod::{Deflated, Stored};

fn warc_of(names: &[&str]) -> Vec<u8> {
    names.iter().flat_map(|name| gzip(&page_record(&format!("https://a.example/{name}"), name))).collect()
}

/// The message of the row of a file.
fn why(read: &Read, name: &str) -> String {
    let row = read.loaded.iter().find(|loaded| loaded.name.ends_with(name));
    row.and_then(|loaded| loaded.result.as_ref().err()).map(|why| why.to_string()).unwrap_or_default()
}

#[test]
fn web_archives_are_read_in_any_case_and_others_are_said() {
    let (one, two, three) = (warc_of(&["one"]), warc_of(&["two"]), three_records()[2].clone());
    let arcs = ["older", "oldest"].map(|name| [arc::description(arc::VERSION_1), arc::arc_page(name)]);
    let [older, oldest] = arcs;
    let file = wacz(&[
        ("archive/", b"", Stored),
        ("archive/A.WARC.GZ", &one, Stored),
        ("archive/b.warc.GZ", &two, Deflated),
        ("archive/c.Warc", &three, Stored),
        ("archive/d", &warc_of(&["told by its bytes"]), Stored),
        ("archive/e", &three, Deflated),
        ("archive/f.arc.gz", &older.map(|record| gzip(&record)).concat(), Stored),
        ("archive/g.arc", &oldest.concat(), Deflated),
        ("archive/h.cdx", b" CDX N b a m s k r M S V g", Deflated),
        ("archive/i.warc.gz", b"", Stored),
        ("elsewhere/j.warc.gz", &warc_of(&["elsewhere"]), Stored),
        ("pages/pages.jsonl", b"{}", Stored),
    ]);
    let read = Read::new("a.wacz", &file);
    let expected = ["one", "two", "three", "told by its bytes", "three", "older", "oldest", C003.id, "elsewhere"]
        .map(str::to_owned);
    assert_eq!(read.titles(), expected);
    assert!(read.loaded[5].name.starts_with("a.wacz archive/f.arc.gz byte "), "{}", read.loaded[5].name);
    assert!(read.slice(5).starts_with(&[0x1F, 0x8B]), "its place is one of the package");
    assert!(why(&read, "archive/h.cdx").contains("none"));
    assert_eq!(read.left_out.len(), 2, "what the ARC files say of themselves");
}

#[test]
fn a_damaged_file_costs_no_other() {
    let (one, two) = (warc_of(&["one", "first"]), warc_of(&["two", "second"]));
    let long: Vec<u8> = (0..40).flat_map(|n| page_record(&format!("https://a.example/{n}"), &n.to_string())).collect();
    for method in [Stored, Deflated] {
        let file = wacz(&[
            ("archive/a.warc.gz", &one, method),
            ("archive/b.warc", &long, Deflated),
            ("archive/c.warc.gz", &two, method),
        ]);
        let whole = Read::new("a.wacz", &file).titles();
        assert_eq!(whole.len(), 44);
        let header = memchr::memmem::find(&file, b"archive/b.warc").unwrap() - 30;
        let next = memchr::memmem::find(&file, b"archive/c.warc.gz").unwrap() - 30;
        for at in [header, header + 8, header + 26, header + 50, header + 60, (header + next) / 2, next - 20] {
            let mut file = file.clone();
            file[at] ^= 0xFF;
            let read = Read::new("a.wacz", &file);
            let titles = read.titles();
            assert_eq!(titles[..2], ["one", "first"], "{at} {:?}", read.summary());
            assert!(titles.ends_with(&["two".into(), "second".into()]) || titles.contains(&"second".into()), "{at}");
            let of_it: Vec<&Loaded> = read.loaded.iter().filter(|l| l.name.contains("archive/b.warc")).collect();
            // Where it can be inflated all the same, its checksum tells.
            let is_said = of_it.iter().any(|l| l.result.is_err()) || of_it.iter().all(|l| !l.noticed.is_empty());
            assert!(is_said && !of_it.is_empty(), "{method} {at} {:?}", read.summary());
        }
    }
}

#[test]
fn what_stands_before_the_damage_of_a_file_is_read() {
    let noise: String = (0..20_000_u32).map(|n| Digest::of(&n.to_le_bytes()).hex()[..8].to_owned()).collect();
    let record_of = |n: usize| {
        let body = format!("<html><title>{n}</title>{}</html>", &noise[n * 8000..(n + 1) * 8000]);
        record("response", "https://a.example/", HTTP, &response("Content-Type: text/html\r\n", body.as_bytes()))
    };
    let file = wacz(&[("archive/a.warc", &(0..20).flat_map(record_of).collect::<Vec<u8>>(), Deflated)]);
    // The second half of what is deflated is left out, and what states its length is set right.
    let data = 30 + "archive/a.warc".len();
    let central = memchr::memmem::find(&file, b"PK\x01\x02").unwrap();
    let half = (central - data) / 2;
    let mut cut = [&file[..data + half], &file[central..]].concat();
    let central = data + half;
    let end = memchr::memmem::find(&cut, b"PK\x05\x06").unwrap();
    for (place, value) in [(18, half), (central + 20, half), (end + 16, central)] {
        cut[place..place + 4].copy_from_slice(&u32::try_from(value).unwrap().to_le_bytes());
    }
    let read = Read::new("a.wacz", &cut);
    let titles = read.titles();
    assert_eq!(titles[..9], (0..9).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(read.summary()[titles.len() - 2].1, [C006]);
    assert!(why(&read, "archive/a.warc").contains("damaged behind"), "{titles:?}");
}

#[test]
fn a_package_without_a_directory_is_read_by_the_headers_of_its_files() {
    let (one, three) = (warc_of(&["one", "two"]), three_records()[2].clone());
    let file = wacz(&[
        ("datapackage.json", b"{\"resources\":[]}", Deflated),
        ("archive/a.warc.gz", &one, Stored),
        ("archive/b.warc", &three, Deflated),
        ("archive/c.cdx", b" CDX N b a m", Stored),
    ]);
    let directory = memchr::memmem::find(&file, b"PK\x01\x02").unwrap();
    for cut in [directory, directory + 60, file.len() - 10] {
        let read = Read::new("a.wacz", &file[..cut]);
        assert_eq!(read.titles(), [C001.id, "one", "two", "three", C003.id], "{cut}");
        assert!(read.summary()[1..4].iter().all(|(_, codes)| codes == &[C014]), "{:?}", read.summary());
    }
    // Cut off in a file, or with a WARC alone.
    let read = Read::new("a.wacz", &file[..file.len() / 2]);
    assert_eq!(read.titles()[..2], [C001.id, "one"]);
    assert_eq!(Read::new("a.wacz", &one).titles(), [C001.id, "one", "two"]);
    assert_eq!(Read::new("a.wacz", b"PK\x03\x04 and no more").titles(), [C001.id]);
}

#[test]
fn files_that_the_description_names_and_the_package_has_not_are_said() {
    let package = br#"{"resources":[{"path":"archive/a.warc.gz","hash":""},{"path":"archive/gone.warc.gz"},
        {"path":"gone.warc"},{"path":"indexes/gone.cdx.gz"},{"path":"archive/gone.arc"}]}"#;
    let one = warc_of(&["one"]);
    for method in [Stored, Deflated] {
        let read =
            Read::new("a.wacz", &wacz(&[("datapackage.json", package, method), ("archive/a.warc.gz", &one, Stored)]));
        assert_eq!(read.titles(), ["one", C001.id, C001.id, C001.id]);
        assert!(why(&read, "archive/gone.warc.gz").contains("datapackage.json names it"));
    }
    let read = Read::new("a.wacz", &wacz(&[("datapackage.json", b"{", Stored), ("archive/a.warc.gz", &one, Stored)]));
    assert_eq!(read.titles(), [C005.id, "one"]);
    assert!(why(&read, "datapackage.json").contains("no digest was checked"));
}

#[test]
fn a_file_that_grows_out_of_proportion_is_refused_alone() {
    let bomb = record("resource", "file:///bomb", "text/plain", &vec![b' '; 30 << 20]);
    let one = warc_of(&["one"]);
    let file = wacz(&[("archive/a.warc", &bomb, Deflated), ("archive/b.warc.gz", &one, Stored)]);
    assert_eq!(Read::new("a.wacz", &file).titles(), [C008.id, "one"]);
    assert!(why(&Read::new("a.wacz", &file), "archive/a.warc").contains("250 times"));
}

#[test]
fn files_that_cannot_be_opened_are_said() {
    let one = warc_of(&["one"]);
    let file = wacz(&[("archive/a.warc", &three_records()[0], Deflated), ("archive/b.warc.gz", &one, Stored)]);
    let central = memchr::memmem::find(&file, b"PK\x01\x02").unwrap();
    // In both headers (APPNOTE.TXT 4.3.7, 4.3.12): bit 0 of the flags, or method 12, BZIP2.
    for (local, place, value, message) in [(6, 8, 1, "encrypted"), (8, 10, 12, "method 12")] {
        let mut file = file.clone();
        file[local] = value;
        file[central + place] = value;
        let read = Read::new("a.wacz", &file);
        assert_eq!(read.titles(), [C001.id, "one"], "{message}");
        assert!(why(&read, "archive/a.warc").contains(message), "{}", why(&read, "archive/a.warc"));
    }
}

#[test]
fn a_checksum_that_is_not_that_of_a_file_is_said() {
    let mut file = wacz(&[("archive/a.warc", &three_records().concat(), Deflated)]);
    let central = memchr::memmem::find(&file, b"PK\x01\x02").unwrap();
    file[central + 16] ^= 1;
    let expected = ["one", "two", "three"].map(|title| (title.to_owned(), vec![C007]));
    assert_eq!(Read::new("a.wacz", &file).summary(), expected);
}
