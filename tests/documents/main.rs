//! What the documents list is what the program has; what they name is there.

mod names;

use std::fs;
use std::path::Path;

use oped_convert::VERSION;
use oped_convert::container::{CONTAINERS, SINGLE};
use oped_convert::diagnostic::CODES;
use oped_convert::document::{Fate, Reason};
use oped_convert::original::Digest;
use oped_convert::plan::{Clock, Limits};
use oped_convert::write::{COLLECTIONS, FORMATS};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_diagnostic_is_explained_in_the_words_of_the_program() {
    let page = document("docs/diagnostics.md");
    for code in CODES {
        let entry = format!("### {}: {}\n\nSeverity: {}. {}\n", code.id, code.title, code.severity, code.doc);
        assert!(page.contains(&entry), "docs/diagnostics.md should hold:\n{entry}");
    }
    assert_eq!(page.matches("\n### ").count(), CODES.len(), "and no others");
}

#[test]
fn every_fate_and_every_rule_of_what_is_left_out_is_explained() {
    let page = document("docs/inspect.md");
    let names = Fate::ALL.map(Fate::name).into_iter().chain(Reason::ALL.map(Reason::name));
    for name in names {
        assert!(page.contains(&format!("\n| `{name}` | ")), "docs/inspect.md should have a row of {name}");
    }
    assert_eq!(page.matches("\n| `left-out.").count(), Reason::ALL.len(), "and no others");
}

#[test]
fn the_readme_lists_every_format() {
    let readme = document("README.md");
    for format in FORMATS {
        let row =
            format!("| `{}` | `.{}` | `{}` | {} |", format.name, format.extension, format.media_type, format.spec);
        assert!(readme.contains(&row), "README.md should hold: {row}");
    }
}

#[test]
fn the_readme_lists_every_collection_and_container() {
    let readme = document("README.md");
    for kind in COLLECTIONS {
        let row = format!("| `--{} FILE` | `{}` | {} | {} |", kind.name, kind.media_type, kind.spec, kind.help);
        assert!(readme.contains(&row), "README.md should hold: {row}");
    }
    for kind in CONTAINERS {
        // Files of kinds without endings of their own are called texts.
        let endings = if kind.endings.is_empty() { &["txt"] } else { kind.endings };
        let endings = endings.iter().map(|ending| format!("`.{ending}`")).collect::<Vec<_>>().join(" ");
        let compressed = if kind.compressed { ", also with `.gz` or `.zst`" } else { "" };
        let row = format!("| {endings}{compressed} | {}: {} |", kind.name, kind.holds);
        assert!(readme.contains(&row), "README.md should hold: {row}");
    }
    for (ending, _) in SINGLE {
        assert!(readme.contains(&format!("`.{ending}`")), "README.md should name .{ending}");
    }
}

#[test]
fn the_security_page_states_the_limits_that_there_are() {
    let page = document("SECURITY.md");
    let limits = Limits::DEFAULT;
    let size = format!("`--max-bytes`, {} MiB", limits.max_bytes >> 20);
    assert!(page.contains(&size) && page.contains(&format!("`--max-ratio`, {}", limits.max_ratio)), "SECURITY.md");
    // Limits that are the rooms' own, as their sources and the page write them.
    for (file, source, said) in [
        ("src/container/warc_fields.rs", "LONGEST_HEADER: usize = 1 << 20", "| headers of a WARC record | 1 MiB"),
        ("src/read/html/left_out.rs", "depth: 512, elements: 400_000", "512; 20,000 and 16 more"),
        ("src/read/html/left_out.rs", "min(20_000 + 16 * start_tags)", "for each start tag, 400,000 at most"),
        ("src/read/html/blocks.rs", "MOST_MARKUP: usize = 32", "| 32 levels"),
        ("src/document/grid.rs", "MOST_COLUMNS: usize = 1000", "1,000 columns"),
        ("src/document/grid.rs", "MOST_ROWS: usize = 65_534", "65,534 rows"),
        ("src/document/grid.rs", "MOST_CLAIMED: usize = 100", "100 places for each cell"),
    ] {
        assert!(document(file).contains(source), "{file} has no longer {source}: SECURITY.md names it");
        assert!(page.contains(said), "SECURITY.md should hold: {said}");
    }
}

#[test]
fn version_and_date_of_release_are_the_same_everywhere() {
    let date = Clock::rfc3339(Clock::default().forced())[..10].to_owned();
    let changelog = document("CHANGELOG.md");
    let unreleased = format!("This will be {VERSION} of {date}");
    let released = format!("\n## [{VERSION}] - {date}\n");
    assert!(changelog.contains(&unreleased) || changelog.contains(&released), "CHANGELOG.md should have {date}");
    let citation = document("CITATION.cff");
    assert!(citation.contains(&format!("\nversion: {VERSION}\ndate-released: {date}\n")), "CITATION.cff");
}

#[test]
fn assets_have_the_sizes_and_digests_that_are_listed() {
    let readme = document("assets/README.md");
    let mut embedded = 0;
    let mut rows = 0;
    for row in readme.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [_, file, size, digest, ..] = cells[..] else { panic!("{row}") };
        let bytes = fs::read(root().join("assets").join(file)).unwrap_or_else(|error| panic!("assets/{file}: {error}"));
        assert_eq!(size.replace(',', ""), bytes.len().to_string(), "assets/{file}");
        assert_eq!(digest, Digest::of(&bytes).hex(), "assets/{file}");
        rows += 1;
        if [".otf", ".ttf", ".icc", ".bin"].iter().any(|ending| file.ends_with(ending)) {
            embedded += bytes.len();
        }
    }
    assert!(rows > 10);
    let grouped = |number: usize| {
        let digits = number.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
        groups.join(",")
    };
    assert!(readme.contains(&format!("are {} bytes together", grouped(embedded))), "{embedded} bytes are embedded");
}
