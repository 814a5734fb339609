//! Every byte of every text is accounted for: shown, furniture, header, folded or markup. The labelled pages and the own
//! cases are looked at where they are read (`labelled_pages`, `metadata_cases`).

#[path = "support/accounts.rs"]
mod accounts;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use oped_convert::original::{Origin, Original};
use oped_convert::read_original;
use rayon::prelude::*;

/// The files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn check(folder: &Path) {
    let mut found = Vec::new();
    files(folder, &mut found);
    // Containers hold other files.
    let is_text = |path: &PathBuf| {
        let name = path.to_string_lossy().to_lowercase();
        ["txt", "html", "htm", "xhtml"].iter().any(|ending| name.ends_with(&format!(".{ending}")))
    };
    found.retain(is_text);
    assert!(!found.is_empty(), "{}", folder.display());
    let faults = found.par_iter().flat_map_iter(|path| {
        let bytes = fs::read(path).unwrap();
        let origin = Origin { path: path.display().to_string(), ..Origin::default() };
        let reading = read_original(&Original::new(origin, bytes), &Default::default());
        accounts::faults(&reading).into_iter().map(move |fault| format!("{}: {fault}", path.display()))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn of_the_samples() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input"));
}

#[test]
fn of_corpora_and_cases_beside_the_project() {
    for folder in ["corpus", "cases/inputs", "seed"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
        if folder.is_dir() {
            check(&folder);
        } else {
            // Past the harness, which swallows what a test prints.
            let _ = writeln!(std::io::stderr(), "not checked: {} is not here", folder.display());
        }
    }
}

#[test]
fn of_the_documents_of_the_project_read_as_markdown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    files(&root.join("docs"), &mut found);
    found.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    assert!(found.len() > 5);
    for path in found {
        let text = fs::read(&path).unwrap();
        // Characters that references and backslashes stand for are not what stands there.
        if text.iter().any(|byte| matches!(byte, b'&' | b'\\')) {
            continue;
        }
        let html = b"\n<div>Text <b>in</b>\nHTML <!-- a comment --> and\n</div>\n\nAn ![image](x.png \"here\") inside, a <br> break.\n";
        let origin = Origin { media_type: Some("text/markdown".to_owned()), ..Origin::default() };
        let reading = read_original(&Original::new(origin, [&text[..], html].concat()), &Default::default());
        let faults = accounts::faults(&reading);
        assert!(faults.is_empty(), "{}: {}", path.display(), faults.join("\n"));
    }
}

/// Pages that random ones once showed to lose text.
#[test]
fn of_pages_with_elements_where_none_belong() {
    for body in ["é<ruby><h1><rt>aa", "<ruby><p>漢<rt>かん</p>字</ruby>", "<ruby><rt>aa</rt><ruby>b<rt>c</ruby></ruby>"]
    {
        let page = format!("<!doctype html><html><body>{body}");
        let reading = read_original(&Original::new(Origin::default(), page.as_bytes()), &Default::default());
        assert_eq!(accounts::faults(&reading), [""; 0], "{body}");
    }
}
