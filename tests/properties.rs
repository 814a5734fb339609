//! What holds for any bytes: they come back from the repaired text and its log, nothing panics, and every format
//! holds the document's text.

#[path = "support/accounts.rs"]
mod accounts;
mod support;

use std::fs;
use std::path::Path;

use oped_convert::edit::RepairLog;
use oped_convert::original::{Origin, Original};
use oped_convert::plan::{Reading, RepairOptions, Writing};
use oped_convert::span::Permille;
use oped_convert::write::{FORMATS, Schedule, tei};
use oped_convert::{Conversion, convert, read_original};
use proptest::prelude::*;

fn original(bytes: Vec<u8>) -> Original {
    Original::new(Origin { path: "case.txt".into(), ..Origin::default() }, bytes)
}

/// Repairs, writes the log as JSON, reads it back, and restores.
fn restores(bytes: Vec<u8>, options: RepairOptions) {
    let original = original(bytes);
    let reading = read_original(&original, &Reading { repair: options, ..Reading::default() });
    let log = RepairLog::from_json(&reading.repaired.log.to_json()).unwrap();
    assert_eq!(log.restore(&reading.repaired.text).unwrap(), original.bytes[..]);
    check_gapless(&log, original.bytes.len(), reading.repaired.text.len());
    assert_eq!(accounts::faults(&reading), [""; 0]);
}

fn check_gapless(log: &RepairLog, source: usize, target: usize) {
    let (mut s, mut t) = (0, 0);
    for segment in &log.segments {
        assert_eq!((segment.source.start, segment.target.start), (s, t));
        (s, t) = (segment.source.end, segment.target.end);
    }
    assert_eq!((s, t), (source, target));
}

/// The samples of `input/`, to be damaged further.
fn sample() -> impl Strategy<Value = Vec<u8>> {
    let mut paths: Vec<_> =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("input")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    prop::sample::select(paths).prop_map(|path| fs::read(path).unwrap())
}

/// A sample with a piece cut out, bytes overwritten, and another encoding's bytes put in.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..24);
    let inserted: Vec<&[u8]> =
        vec![b"\xA1\xAF", b"\xE2\x80\x99", b"\xC2\xA1\xC2\xAF", b"\x93\x94\xFF", b"\xEF\xBB\xBF", b"\r\n\0"];
    (sample(), edits, any::<prop::sample::Index>(), prop::sample::select(inserted)).prop_map(
        |(mut bytes, edits, at, inserted)| {
            for (index, byte) in edits {
                let at = index.index(bytes.len());
                bytes[at] = byte;
            }
            let at = at.index(bytes.len());
            bytes.splice(at..at, inserted.iter().copied());
            bytes
        },
    )
}

/// Repairs made, inferred and withheld.
fn options() -> impl Strategy<Value = RepairOptions> {
    (0..=1000_u16, any::<bool>(), any::<bool>()).prop_map(|(thousandths, report_only, entities)| RepairOptions {
        min_confidence: Permille::new(thousandths),
        report_only,
        entities,
    })
}

/// Lines of words in many scripts, with what formats stumble over.
fn article() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[A-Za-z]{1,14}[,.;:!?]?",
        2 => "[à-ÿÀ-Ý]{1,6}",
        2 => "[一-龥]{1,12}[，。]?",
        1 => "[ぁ-んァ-ヶ]{1,8}",
        1 => "[가-힣]{1,6}",
        1 => "[а-яА-Я]{1,10}",
        1 => "[α-ω]{1,8}",
        1 => "[א-ת]{1,6}",
        1 => "[ا-ي]{1,6}",
        1 => "[ก-ฮ]{1,6}",
        1 => "[<>&\"'\\[\\]{}=/\\\\|]{1,3}",
        1 => "[\u{A0}\u{AD}\u{200D}\u{202E}\u{2066}\u{3000}\u{E000}\u{FFFD}\u{1F600}]",
        1 => "[\u{0}-\u{1F}\u{7F}]",
        1 => Just("https://example.org/a?b=c&d=e#f".to_owned()),
        1 => "[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}",
    ];
    let line = prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "));
    let end = prop_oneof![4 => Just("\n\n"), 2 => Just("\n"), 1 => Just("\r\n")];
    prop::collection::vec((line, end), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// Elements of pages.
const ELEMENTS: [&str; 25] = [
    "p",
    "b",
    "q",
    "h1",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "figure",
    "figcaption",
    "ruby",
    "rt",
    "rp",
    "sup",
    "noscript",
    "textarea",
    "title",
    "template",
    "svg",
    "pre",
    "button",
    "option",
    "blockquote",
    "aside",
];

/// Pages of elements in any order, closed or not, with references and what is no text.
fn page() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-zé中]{1,9}[ \n]{0,2}",
        4 => prop::sample::select(&ELEMENTS[..]).prop_map(|name| format!("<{name}>")),
        3 => prop::sample::select(&ELEMENTS[..]).prop_map(|name| format!("</{name}>")),
        1 => prop::sample::select(&["&amp;", "&nbsp;", "&#x2019;", "&lt;", "&", "\r\n", "\t ", "\u{A0}"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&[
            "<script>a < b</script>", "<style>p{}</style>", "<!-- c -->", "<br>", "<hr/>", "<a href='#n'>1</a>",
            "<p id=n>", "<img alt='a &amp; b '>", "<img alt=c>", "<time datetime='2020-01-02'>",
        ][..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| "<!doctype html><html><body>".to_owned() + &parts.concat())
}

fn rendition<'a>(conversion: &'a Conversion, format: &str) -> &'a [u8] {
    let rendition = conversion.renditions.iter().find(|r| r.format.name == format).unwrap();
    rendition.result.as_ref().unwrap_or_else(|e| panic!("{format}: {e}"))
}

fn words(text: &str) -> String {
    // Hyphens that lines end with are soft ones.
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{AD}').collect()
}

fn every_format_holds_the_text(bytes: Vec<u8>) {
    let writing = Writing { formats: vec!["tei", "pdf", "epub", "txt"], ..Writing::default() };
    let conversion = convert(&original(bytes), &Reading::default(), &Schedule::new(&writing, FORMATS).unwrap());
    let text = conversion.reading.document.text();
    assert_eq!(rendition(&conversion, "txt"), text.as_bytes());
    let tei = tei::parse::read(std::str::from_utf8(rendition(&conversion, "tei")).unwrap()).unwrap();
    assert_eq!(tei.text, text);
    let mut values = conversion.reading.document.metadata.field_values();
    // XML 1.0 has no controls.
    let carried = |c: char| if c < ' ' && !matches!(c, '\t' | '\n' | '\r') { '\u{FFFD}' } else { c };
    values.iter_mut().for_each(|value| value.value = value.value.chars().map(carried).collect());
    assert_eq!(tei.values, values);
    assert_eq!(tei.repairs.len(), conversion.reading.document.edits.len());
    assert_eq!(support::epub_text::read_book(rendition(&conversion, "epub")).text(), text);
    // Where lines of the page end is not part of the text.
    assert_eq!(words(&support::pdf_text::read(rendition(&conversion, "pdf")).document), words(&text));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_restored(bytes in prop::collection::vec(any::<u8>(), 0..700), options in options()) {
        restores(bytes, options);
    }

    #[test]
    fn every_byte_of_any_page_is_accounted_for(page in page()) {
        restores(page.into_bytes(), RepairOptions::default());
    }

    #[test]
    fn damaged_samples_are_restored(bytes in mutated(), options in options()) {
        restores(bytes, options);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_format_holds_any_text(text in article()) {
        every_format_holds_the_text(text.into_bytes());
    }

    #[test]
    fn every_format_holds_the_text_of_damaged_samples(bytes in mutated()) {
        every_format_holds_the_text(bytes);
    }
}

/// What pages of a few kilobytes claim, or ask of the tree: each cost the article, or gigabytes.
#[test]
fn every_format_holds_the_text_of_pages_that_claim_more_than_they_hold() {
    let cells = |cell: &str, count: usize| (0..count).map(|n| format!("{cell}c{n}")).collect::<String>();
    let bodies = [
        format!("{}text<script></script><script>x</script>after", "<div>".repeat(511)),
        format!("{}text<style></style><title></title>after", "<div>".repeat(511)),
        format!("<table><caption>c</caption>{}</table>", cells("<tr><td colspan=1000 rowspan=65534>", 200)),
        format!("<table><caption>c</caption><tr>{}<tr><td>d</table>", cells("<td colspan=1000 rowspan=65534>", 200)),
        format!("<table><caption>c</caption><tr>{}{}</table>", cells("<td>", 600), cells("<tr><td>", 600)),
        format!(
            "<table><caption>c</caption><tr>{}{}</table>",
            cells("<td rowspan=999>b<td>", 200),
            cells("<tr><td>", 600)
        ),
    ];
    for body in bodies {
        let page = format!("<!doctype html><html><head><title>A page</title></head><body><h1>A page</h1>{body}");
        let writing = Writing { formats: vec!["tei", "pdf", "epub"], ..Writing::default() };
        let schedule = Schedule::new(&writing, FORMATS).unwrap();
        let conversion = convert(&original(page.clone().into_bytes()), &Reading::default(), &schedule);
        for format in ["tei", "pdf", "epub"] {
            assert!(rendition(&conversion, format).len() < 500_000, "{format} of {page}");
        }
        every_format_holds_the_text(page.into_bytes());
    }
}
