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
