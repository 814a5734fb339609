//! What the documents list is what the program has.

use std::fs;
use std::path::Path;

use oped_convert::diagnostic::CODES;
use oped_convert::write::FORMATS;

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
