//! What the documents list is what the program has.

use std::fs;
use std::path::Path;

use oped_convert::container::{CONTAINERS, SINGLE};
use oped_convert::diagnostic::CODES;
use oped_convert::write::{COLLECTIONS, FORMATS};

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
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
        let endings = kind.endings.iter().map(|ending| format!("`.{ending}`")).collect::<Vec<_>>().join(" ");
        let compressed = if kind.compressed { ", also with `.gz` or `.zst`" } else { "" };
        let row = format!("| {endings}{compressed} | {}: {} |", kind.name, kind.holds);
        assert!(readme.contains(&row), "README.md should hold: {row}");
    }
    for (ending, _) in SINGLE {
        assert!(readme.contains(&format!("`.{ending}`")), "README.md should name .{ending}");
    }
}
