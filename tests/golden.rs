//! Every case of `tests/golden` against what is expected of it. The goldens are the specification.
//!
//! A case is a folder: `original.*`, or else the file of its name in `input/`; a `README` whose first line says
//! why it exists; and what the line makes of it. `UPDATE=1 cargo test --test golden` rewrites what it makes, for a
//! person to read the difference. Where a case has a `truth.json`, that file and `expected.repaired.txt` were
//! written by hand from the page, before the code, and are never rewritten.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use oped_convert::inspect::Inspection;
use oped_convert::original::{Origin, Original};
use oped_convert::plan::{Reading, Writing};
use oped_convert::write::{FORMATS, Schedule};
use oped_convert::{Conversion, convert};
use serde_json::{Value, json};
use support::epub_text::Entry;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

struct Case {
    name: String,
    folder: PathBuf,
    original: Original,
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("tests/golden")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().map(case).collect()
}

fn case(folder: PathBuf) -> Case {
    let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
    let own = fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.file_stem().is_some_and(|s| s == "original"));
    let of_input = |ending: &str| root().join("input").join(format!("{name}.{ending}"));
    let path = own.unwrap_or_else(|| if of_input("html").is_file() { of_input("html") } else { of_input("txt") });
    let relative = format!("{name}.{}", path.extension().unwrap().to_str().unwrap());
    let media_type = if relative.ends_with(".html") { "text/html" } else { "text/plain" };
    let origin = Origin { path: relative, media_type: Some(media_type.into()), ..Origin::default() };
    let original = Original::new(origin, fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
    assert!(folder.join("README").is_file(), "{name}: its README says why the case exists");
    Case { name, folder, original }
}

fn schedule() -> Schedule {
    let writing = Writing { formats: FORMATS.iter().map(|f| f.name).collect(), ..Writing::default() };
    Schedule::new(&writing, FORMATS).unwrap()
}

/// Everything that the line makes of a case, as text, by file name.
fn made(case: &Case, conversion: &Conversion) -> BTreeMap<String, String> {
    let reading = &conversion.reading;
    let mut files = BTreeMap::new();
    files.insert("expected.repaired.txt".to_owned(), reading.repaired.text.clone());
    files.insert("expected.repairs.json".to_owned(), reading.repaired.log.to_json());
    let object: Value = serde_json::from_str(&Inspection::new(&case.original, reading).to_json()).unwrap();
    files.insert("expected.metadata.json".to_owned(), serde_json::to_string_pretty(&object).unwrap() + "\n");
    let mut diagnostics: Vec<String> = reading.diagnostics.iter().map(ToString::to_string).collect();
    for rendition in &conversion.renditions {
        diagnostics.extend(rendition.diagnostics.iter().map(|d| format!("{}: {d}", rendition.format.name)));
        let bytes =
            rendition.result.as_ref().unwrap_or_else(|e| panic!("{}: {}: {e}", case.name, rendition.format.name));
        files.extend(readable(rendition.format.extension, bytes));
    }
    files.insert("diagnostics.txt".to_owned(), diagnostics.iter().map(|d| d.clone() + "\n").collect());
    files
}

/// A rendition as text files that a person can compare.
fn readable(extension: &str, bytes: &[u8]) -> Vec<(String, String)> {
    match extension {
        "epub" => {
            let book = support::epub_text::read_book(bytes);
            // The container, the style sheet and the mimetype are the same in every book.
            let own = |e: &&Entry| [".opf", ".xhtml", ".ncx"].iter().any(|ending| e.name.ends_with(ending));
            let entry = |e: &Entry| (format!("expected.epub/{}", e.name), String::from_utf8(e.bytes.clone()).unwrap());
            book.entries.iter().filter(own).map(entry).collect()
        }
        "pdf" => {
            let pdf = support::pdf_text::read(bytes);
            let parts = [pdf.document, pdf.generated.join("\n"), pdf.artifacts.join("\n"), pdf.structure.join("\n")];
            vec![("expected.pdf.txt".to_owned(), parts.join("\n\n--\n\n") + "\n")]
        }
        _ => vec![(format!("expected.{extension}"), String::from_utf8(bytes.to_vec()).unwrap())],
    }
}

/// Files of a case that the line makes, as they stand.
fn expected(case: &Case) -> BTreeMap<String, String> {
    fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), files);
            } else if name.starts_with("expected.") || name == "diagnostics.txt" {
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(&case.folder, "", &mut files);
    files
}

fn update(case: &Case, made: &BTreeMap<String, String>) {
    let has_truth = case.folder.join("truth.json").is_file();
    let kept = |name: &str| has_truth && name == "expected.repaired.txt";
    for name in expected(case).keys().filter(|name| !kept(name)) {
        fs::remove_file(case.folder.join(name)).unwrap();
    }
    for (name, text) in made.iter().filter(|(name, _)| !kept(name)) {
        let path = case.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn every_case_is_as_expected() {
    let mut differing = Vec::new();
    for case in cases() {
        let made = made(&case, &convert(&case.original, &Reading::default(), &schedule()));
        if std::env::var_os("UPDATE").is_some() {
            update(&case, &made);
        }
        let expected = expected(&case);
        let names: std::collections::BTreeSet<&String> = made.keys().chain(expected.keys()).collect();
        let different = names.into_iter().filter(|name| made.get(*name) != expected.get(*name));
        differing.extend(different.map(|name| format!("tests/golden/{}/{name}", case.name)));
    }
    assert!(differing.is_empty(), "these differ (UPDATE=1 cargo test --test golden rewrites them): {differing:#?}");
}

#[test]
fn one_and_eight_threads_give_the_same_bytes() {
    let bytes = |threads: usize| -> Vec<Vec<u8>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let convert =
            |case: &Case| pool.install(|| convert(&case.original, &Reading::default(), &schedule()).renditions);
        cases().iter().flat_map(convert).map(|rendition| rendition.result.unwrap()).collect()
    };
    assert!(bytes(1) == bytes(8));
}

#[test]
fn every_input_has_a_case() {
    let names: Vec<String> = cases().into_iter().map(|case| case.name).collect();
    for entry in fs::read_dir(root().join("input")).unwrap() {
        let stem = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(names.contains(&stem), "input/{stem} has no case");
    }
}

/// What a cataloguer reads off the page, against what is recognised.
#[test]
fn recognition_agrees_with_what_was_read_off_the_page() {
    let mut wrong = Vec::new();
    for case in cases() {
        let Ok(truth) = fs::read_to_string(case.folder.join("truth.json")) else { continue };
        let truth: Value = serde_json::from_str(&truth).unwrap();
        let reading = oped_convert::read_original(&case.original, &Reading::default());
        let object: Value = serde_json::from_str(&Inspection::new(&case.original, &reading).to_json()).unwrap();
        for (field, found) in recognised(&object) {
            if truth[&field] != found {
                wrong.push(format!("{}: {field}: found {found}, the page says {}", case.name, truth[&field]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The fields of `truth.json` out of the object of `inspect --json`.
fn recognised(object: &Value) -> Vec<(String, Value)> {
    let m = &object["metadata"];
    let value = |f: &Value| f["value"].clone();
    let mut fields: Vec<(String, Value)> =
        ["title", "subtitle", "publisher", "published", "updated", "rights", "language"]
            .iter()
            .map(|name| ((*name).to_owned(), value(&m[*name])))
            .collect();
    let printed = value(&m["title_as_printed"]);
    fields.push(("title_as_printed".into(), if printed == value(&m["title"]) { Value::Null } else { printed }));
    let author = |a: &Value| json!({ "name": a["value"], "role": a["role"], "affiliation": a["affiliation"] });
    fields.push(("authors".into(), m["authors"].as_array().unwrap().iter().map(author).collect()));
    fields.push(("editors".into(), m["editors"].as_array().unwrap().iter().map(value).collect()));
    let source = json!({ "title": value(&m["source"]["title"]), "date": value(&m["source"]["date"]), "page": value(&m["source"]["page"]), "url": value(&m["source"]["url"]) });
    let known = source.as_object().unwrap().values().any(|v| !v.is_null());
    fields.push(("source".into(), if known { source } else { Value::Null }));
    let blocks = object["blocks"].as_array().unwrap();
    let of_role =
        |role: &str| blocks.iter().filter(|b| b["role"] == role).map(|b| b["text"].clone()).collect::<Vec<Value>>();
    let paragraphs = blocks.iter().filter(|b| b["role"] == "body" && b["kind"] == "paragraph").count();
    fields.push(("body_paragraphs".into(), json!(paragraphs)));
    fields.push(("furniture".into(), of_role("furniture").into()));
    fields.push(("author_note".into(), of_role("author-note").first().cloned().unwrap_or_default()));
    fields.push(("source_line".into(), of_role("source-line").first().cloned().unwrap_or_default()));
    fields
}
