//! The digest of an output's options is another one if and only if some original's output has other bytes.
//!
//! Each plan converts each fixture in a folder of its own; each option matters to one of the fixtures.

#[path = "support/font.rs"]
mod font;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use oped_convert::TABLES;
use oped_convert::batch::{self, Keys};
use oped_convert::font::library::FontLibrary;
use oped_convert::original::Digest;
use oped_convert::plan::{Houses, PageList, Paper, Plan, Run};
use oped_convert::span::Permille;
use oped_convert::write::{FORMATS, Schedule};

/// Lines of a text long enough for three pages on any paper.
fn long(word: &str) -> String {
    format!("The harbour needs a bridge\n\nBy Ada Holm\n\n{}\n", format!("{} ", word).repeat(400).repeat(6))
}

/// Texts and pages in which the options matter, by file name.
fn fixtures() -> Vec<(&'static str, String)> {
    let plain = "The ferry is late again, and the town waits for it as it has waited for forty years.";
    vec![
        ("long.txt", long("The river belongs to everybody.")),
        // Their width is another one in the face of the user's.
        ("faces.txt", long("😀😀")),
        // No language can be told, no title found, and a character is lost.
        ("lost.txt", "caf\u{FFFD}".into()),
        (
            "damaged.txt",
            format!(
                "We can¡¯t wait\n\nBy Ada Holm\n\n{plain} It wonâ€™t do. It&rsquo;s late, and â€œdone.â€ He left.\n"
            ),
        ),
        (
            "dates.txt",
            format!(
                "A bridge too late\n\nBy Ada Holm\n5/6/2017\n\n{plain}\n\nGauge: Calder\n\n{plain}\n\nTide table\n\n{plain}\n"
            ),
        ),
        ("han.txt", "雨的責任\n\n作者：林小雨\n\n網絡空間的責任，共同治理。河流屬於每一個住在河邊的人。\n".into()),
        (
            "page.html",
            format!(
                "<!DOCTYPE html><html lang=\"en\"><title>A bridge</title><article><h1>A bridge</h1><p>{plain}</p></article></html>"
            ),
        ),
    ]
}

/// A change to a plan.
type Change = (&'static str, fn(&mut Plan, &Path));

fn houses(plan: &mut Plan, toml: &str) {
    let mut houses = (*plan.reading.houses).clone();
    let more = Houses::from_toml(toml).unwrap();
    houses.defaults.publisher = houses.defaults.publisher.or(more.defaults.publisher);
    houses.houses.extend(more.houses);
    plan.reading.houses = Arc::new(houses);
}

/// Every option that decides bytes, and some that do not.
const CHANGES: &[Change] = &[
    ("title", |p, _| p.reading.stated.title = Some("Stated".into())),
    // Texts in it may run from top to bottom.
    ("language", |p, _| p.reading.stated.language = Some("ja".into())),
    ("identifier", |p, _| p.reading.stated.identifier = Some("10.1234/x{name}".parse().unwrap())),
    ("publisher", |p, _| houses(p, "[defaults]\npublisher = \"The Gazette\"\n")),
    ("date order", |p, _| houses(p, "[[house]]\nname = \"A\"\npaths = [\"*\"]\ndate-order = \"month-day\"\n")),
    ("furniture", |p, _| houses(p, "[[house]]\nname = \"B\"\npaths = [\"*\"]\nfurniture = [\"Tide table\"]\n")),
    ("field", |p, _| {
        let field = "[[house.fields]]\nfield = \"section\"\npattern = \"Gauge: (?P<value>.+)\"\n";
        houses(p, &format!("[[house]]\nname = \"C\"\npaths = [\"*\"]\n{field}"));
    }),
    ("confidence", |p, _| p.reading.repair.min_confidence = Permille::new(985)),
    ("report only", |p, _| p.reading.repair.report_only = true),
    ("entities", |p, _| p.reading.repair.entities = true),
    ("strict", |p, _| p.writing.strict = true),
    ("clock", |p, _| p.writing.clock.claimed = Some("2020-02-03T04:05:06Z".parse().unwrap())),
    ("paper", |p, _| p.writing.layout.paper = Paper::Letter),
    ("size", |p, _| p.writing.layout.size = 1300),
    ("fonts", |p, fonts| p.writing.layout.fonts = FontLibrary::load(&[fonts.to_owned()], false).unwrap()),
    ("attachments", |p, _| p.writing.pdf.attach_source = true),
    ("no page list", |p, _| p.writing.epub.page_list = PageList::Never),
    ("no PDF", |p, _| p.writing.formats.retain(|format| *format != "pdf")),
    ("vertical", |p, _| p.writing.epub.vertical = true),
    ("embedded fonts", |p, _| p.writing.epub.embed_fonts = true),
    ("certifier", |p, _| p.writing.epub.certified_by = Some("Ann Porter".into())),
];

/// What changes some formats' bytes only, or nobody's.
const HALF_CHANGES: &[Change] = &[
    ("the release date claimed", |p, _| p.writing.clock.claimed = Some(p.writing.clock.forced())),
    ("a blank certifier", |p, _| p.writing.epub.certified_by = Some(" ".into())),
    ("threads", |p, _| p.run.jobs = 1),
    ("limits", |p, _| p.run.opening.limits.max_bytes = 1 << 30),
    ("a house without rules", |p, _| houses(p, "# nothing\n")),
    ("a resolver", |p, _| p.reading.stated.identifier = Some("https://doi.org/10.1234/x{name}".parse().unwrap())),
];

/// Digests and outputs of a plan, by format.
struct Made {
    name: String,
    digests: BTreeMap<String, Digest>,
    /// By fixture.
    outputs: BTreeMap<String, Vec<Option<Digest>>>,
}

impl Made {
    fn new(name: String, changes: &[&Change], inputs: &Path, fonts: &Path) -> Self {
        let mut plan = Plan::default();
        plan.writing.formats = FORMATS.iter().map(|format| format.name).collect();
        changes.iter().for_each(|(_, change)| change(&mut plan, fonts));
        let schedule = Schedule::new(&plan.writing, FORMATS).unwrap();
        let keys = Keys::of(&plan, &schedule);
        let formats = schedule.asked().iter().map(|f| (f.name, f.extension)).zip(keys.formats);
        let beside = ["repaired", "repairs"].into_iter().zip(["repaired.txt", "repairs.json"]);
        let all: Vec<_> = formats.chain(beside.map(|output| (output, keys.beside))).collect();
        let mut made = Self { name, digests: BTreeMap::new(), outputs: BTreeMap::new() };
        for (file, _) in fixtures() {
            let folder = tempfile::tempdir().unwrap();
            let run = Run { inputs: vec![inputs.join(file)], output: folder.path().to_owned(), ..plan.run.clone() };
            batch::run(&Plan { run, ..plan.clone() }, &TABLES, &mut |_, _| {}).unwrap();
            let stem = file.split('.').next().unwrap();
            for ((format, extension), _) in &all {
                let bytes = fs::read(folder.path().join(format!("{stem}.{extension}"))).ok();
                made.outputs.entry((*format).to_owned()).or_default().push(bytes.map(|bytes| Digest::of(&bytes)));
            }
        }
        made.digests = all.into_iter().map(|((format, _), digest)| (format.to_owned(), digest)).collect();
        made
    }
}

/// Numbers in which every bit is as likely as not; the same in every run (Marsaglia, xorshift64).
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn digests_differ_where_bytes_differ() {
    let (inputs, fonts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(fonts.path().join("face.ttf"), font::font('😀', 0)).unwrap();
    for (name, text) in fixtures() {
        fs::write(inputs.path().join(name), text).unwrap();
    }
    let make = |changes: &[&Change]| {
        let name = changes.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        Made::new(name, changes, inputs.path(), fonts.path())
    };
    let mut all = vec![make(&[])];
    all.extend(CHANGES.iter().chain(HALF_CHANGES).map(|change| make(&[change])));
    let mut state = 2026;
    all.extend(
        (0..16).map(|_| make(&CHANGES.iter().filter(|_| random(&mut state).is_multiple_of(5)).collect::<Vec<_>>())),
    );
    let mut wrong = Vec::new();
    let mut differ = 0;
    for (at, one) in all.iter().enumerate() {
        for other in &all[..at] {
            for (format, digest) in &one.digests {
                let Some(digest_of_other) = other.digests.get(format) else { continue };
                let (same_key, same_bytes) = (digest == digest_of_other, one.outputs[format] == other.outputs[format]);
                if same_key != same_bytes {
                    let what = if same_key { "equal keys of different bytes" } else { "different keys of equal bytes" };
                    wrong.push(format!("{format}: {what}: [{}] and [{}]", one.name, other.name));
                }
                differ += usize::from(!same_bytes);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    assert!(differ > 2000, "the options of {differ} pairs matter");
}
