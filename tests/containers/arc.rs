//! ARC files: both versions, compressed or not, and one bad record costs that record only.

use super::*;

pub(super) const VERSION_1: &str = "1 0 Harbour Library\nURL IP-address Archive-date Content-type Archive-length\n";
const VERSION_2: &str = "2 0 Harbour Library\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n";

/// A record with this line before its length.
fn arc_record(line: &str, length: &str, block: &[u8]) -> Vec<u8> {
    [format!("{line} {length}\n").as_bytes(), block, b"\n"].concat()
}

/// The record that describes the file.
pub(super) fn description(version: &str) -> Vec<u8> {
    let line = "filedesc://harbour.arc 0.0.0.0 20080430204825 text/plain";
    arc_record(line, &version.len().to_string(), version.as_bytes())
}

fn line(name: &str) -> String {
    format!("http://a.example/{name} 192.0.2.7 20080430204830 text/html")
}

/// The record of a page that states this as its length.
fn stating(name: &str, length: &str) -> Vec<u8> {
    arc_record(&line(name), length, &page_response(name))
}

pub(super) fn arc_page(name: &str) -> Vec<u8> {
    stating(name, &page_response(name).len().to_string())
}

/// Makes a file of records.
type Pack = fn(&[Vec<u8>]) -> Vec<u8>;

fn bare(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

#[test]
fn records_are_yielded_with_what_their_lines_state() {
    for (file, pack) in [("a.arc", bare as fn(&[u8]) -> Vec<u8>), ("a.arc.gz", gzip)] {
        let image = b"HTTP/1.0 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF89a";
        let missing = b"HTTP/1.0 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>no</html>";
        let records = [
            description(VERSION_1),
            arc_record("dns:a.example 192.0.2.7 20080430204829 text/dns", "5", b"1 A 2"),
            arc_page("one"),
            arc_record("http://a.example/x.gif 192.0.2.7 20080430204831 image/gif", &image.len().to_string(), image),
            arc_record(&line("gone"), &missing.len().to_string(), missing),
            arc_page("two"),
        ];
        let bytes: Vec<u8> = records.iter().flat_map(|record| pack(record)).collect();
        let read = Read::new(file, &bytes);
        assert_eq!(read.summary(), [("one".to_owned(), vec![]), ("two".to_owned(), vec![])], "{file}");
        assert_eq!(read.left_out.len(), 4);
        let origin = &read.loaded[1].result.as_ref().unwrap().origin;
        assert_eq!(origin.target_uri.as_deref(), Some("http://a.example/two"));
        assert_eq!(
            (origin.media_type.as_deref(), origin.declared_charset.as_deref()),
            (Some("text/html"), Some("utf-8"))
        );
        assert_eq!(read.member(1).captured.as_deref(), Some("2008-04-30T20:48:30Z"));
        assert_eq!((read.member(1).status, read.loaded[1].index), (Some(200), Some(5)));
        assert_eq!(read.slice(1).trim_ascii_end(), pack(&records[5]).trim_ascii_end(), "{file}");
    }
}

#[test]
fn version_2_and_records_without_http_headers_are_read() {
    let page = page("bare");
    let line = "http://a.example/b c 192.0.2.7 19961031120000 text/html 200 0123abcd - 77 harbour.arc";
    let bytes = [description(VERSION_2), arc_record(line, &page.len().to_string(), page.as_bytes())].concat();
    let read = Read::new("without-ending", &bytes);
    assert_eq!(read.summary(), [("bare".to_owned(), vec![])]);
    let original = read.loaded[0].result.as_ref().unwrap();
    assert_eq!(*original.bytes, *page.as_bytes());
    assert_eq!(original.origin.target_uri.as_deref(), Some("http://a.example/b c"));
    assert_eq!(original.origin.member.as_ref().unwrap().status, None);
}

#[test]
fn a_length_that_lies_costs_its_record_only() {
    let names = ["one", "two", "three"];
    let together: Pack = |records| gzip(&records.concat());
    let each: Pack = |records| records.iter().flat_map(|record| gzip(record)).collect();
    let plain: Pack = |records| records.concat();
    let packs: [(&str, Pack); 3] = [("a.arc", plain), ("a.arc.gz", each), ("b.arc.gz", together)];
    for (file, pack) in packs {
        for spoilt in 0..names.len() {
            for lie in ["40000000", "9999999999", "99999999999999999999", "-5", "", "0", "7", "2000"] {
                let mut records = vec![description(VERSION_1)];
                records.extend(
                    names.iter().enumerate().map(
                        |(at, name)| {
                            if at == spoilt { stating(name, lie) } else { arc_page(name) }
                        },
                    ),
                );
                let what = format!("{file}: {} states {lie:?}", names[spoilt]);
                let read = Read::new(file, &pack(&records));
                assert_eq!(read.titles(), names, "{what}");
                for (at, (_, codes)) in read.summary().into_iter().enumerate() {
                    assert_eq!(codes.is_empty(), at != spoilt, "{what}: {codes:?}");
                }
                let whole = read.loaded[spoilt].result.as_ref().unwrap().bytes.trim_ascii_end().to_vec();
                assert_eq!(whole, page(names[spoilt]).as_bytes(), "{what}");
            }
        }
    }
}

#[test]
fn damage_costs_its_record_only() {
    let records = [description(VERSION_1), arc_page("one"), arc_page("two"), arc_page("three")];
    // A line that is none.
    let mut spoilt = records.to_vec();
    spoilt[2][..4].copy_from_slice(b"\xFF\xFE  ");
    assert_eq!(Read::new("a.arc", &spoilt.concat()).titles(), ["one", "C005", "three"]);
    // A compressed record that is damaged, and a file that is cut off.
    let mut packed: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    let middle = packed[2].len() / 2;
    packed[2][middle] ^= 0xFF;
    let titles = Read::new("a.arc.gz", &packed.concat()).titles();
    assert_eq!((titles.first().unwrap().as_str(), titles.last().unwrap().as_str()), ("one", "three"));
    let cut = records.concat();
    let read = Read::new("a.arc", &cut[..cut.len() - 200]);
    assert_eq!(read.summary().last(), Some(&("three".to_owned(), vec![C006])));
    assert_eq!(Read::new("a.arc", b"no record at all\n").titles(), ["C005"]);
    assert_eq!(Read::new("a.arc", b"").titles(), ["C011"]);
}

#[test]
fn many_lies_do_not_make_it_read_forever() {
    // Each would be a reason to read on to the end of the file.
    let names: Vec<String> = (0..900).map(|n| n.to_string()).collect();
    let filler = format!("HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\n{}", "x".repeat(4000));
    let image = arc_record(&line("image"), "40000000", filler.as_bytes());
    let records = names.iter().enumerate().map(|(at, name)| {
        // Behind the lies lengths are right again.
        if at < 800 { [stating(name, "40000000"), image.clone()].concat() } else { arc_page(name) }
    });
    let bytes = [description(VERSION_1), records.collect::<Vec<_>>().concat()].concat();
    let read = Read::new("a.arc", &bytes);
    assert_eq!(read.titles(), names);
    let honest = read.summary().into_iter().filter(|(_, codes)| codes.is_empty()).count();
    assert_eq!(honest, 100);
}

#[test]
fn limits_hold() {
    let records = [description(VERSION_1), arc_page("one"), arc_page("two")].concat();
    let read = Read::with("a.arc", &records, &limited(100));
    assert_eq!(read.titles(), ["C002", "C002"]);
    let bomb = arc_record(&line("bomb"), "8000000", &vec![b' '; 8_000_000]);
    let bytes = [gzip(&description(VERSION_1)), gzip(&bomb), gzip(&arc_page("two"))].concat();
    let opening = Opening { limits: Limits { max_ratio: 100, ..Limits::DEFAULT }, ..Opening::default() };
    assert_eq!(Read::with("a.arc.gz", &bytes, &opening).titles(), ["C008", "two"]);
}
