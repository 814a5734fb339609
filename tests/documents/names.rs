//! Files, codes and rules that documents and heads of files name, and the other way round.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use oped_convert::diagnostic;
use oped_convert::metadata::rules;

use super::{document, root};

/// Folders whose files are named by their path from the root.
const FOLDERS: [&str; 9] = ["src", "tests", "docs", "examples", "benches", "fuzz", "assets", "input", ".ci"];

/// Every file of the project: paths from the root, with `/`.
fn files() -> Vec<String> {
    fn list(folder: &Path, prefix: &str, all: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                list(&entry.path(), &format!("{path}/"), all);
            } else {
                all.push(path);
            }
        }
    }
    let mut all = Vec::new();
    for folder in FOLDERS {
        list(&root().join(folder), &format!("{folder}/"), &mut all);
    }
    let top = fs::read_dir(root()).unwrap().map(Result::unwrap).filter(|entry| entry.file_type().unwrap().is_file());
    all.extend(top.map(|entry| entry.file_name().into_string().unwrap()));
    all.sort();
    all
}

/// The prose of a file, with where it is: a document as a whole, the head of a source.
fn prose(files: &[String]) -> Vec<(&str, String)> {
    let read = |file: &String| fs::read_to_string(root().join(file)).unwrap();
    // What cases are expected to give is no prose of ours.
    let is_expected = |file: &str| file.contains("/expected.") || file.contains("corpus/texts");
    let is_document = |file: &&String| {
        (file.ends_with(".md") || file.ends_with("README")) && !is_expected(file) && *file != "THIRD-PARTY.md"
    };
    let documents = files.iter().filter(is_document).map(|file| (file.as_str(), read(file)));
    let sources = files.iter().filter(|file| file.ends_with(".rs")).map(|file| {
        let text = read(file);
        let head = text.lines().map_while(|line| line.strip_prefix("//!")).collect::<Vec<_>>().join("\n");
        (file.as_str(), head)
    });
    documents.chain(sources).filter(|(_, text)| !text.is_empty()).collect()
}

/// What stands between back quotes, outside blocks of code.
fn quoted(text: &str) -> Vec<&str> {
    let outside = text.split("```").step_by(2);
    outside.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

/// The address of each link to a file of the project.
fn linked(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let own = targets.filter(|target| {
        !target.contains("::") && !target.contains("://") && !target.starts_with('#') && !target.contains(' ')
    });
    own.map(|target| target.split('#').next().unwrap_or(target)).collect()
}

/// Whether a name is that of a file, and not of a pattern, an example or something else with a stroke in it.
fn names_file(name: &str) -> bool {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    let below = name.split_once('/').is_some_and(|(folder, rest)| FOLDERS.contains(&folder) && !rest.is_empty());
    is_plain && (below || (name.ends_with(".rs") && name.len() > 3))
}

#[test]
fn every_file_that_is_named_is_there() {
    let files = files();
    let is_there = |file: &str, name: &str| {
        let name = name.trim_end_matches('/');
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let places = [name.to_owned(), format!("{folder}/{name}")];
        // By a part of its path: `chain.rs`, `pdf/archive.rs`, in a document that says of which room it speaks.
        places.iter().any(|place| root().join(place).exists())
            || files.iter().any(|known| known == name || known.ends_with(&format!("/{name}")))
    };
    let mut missing = Vec::new();
    for (file, text) in prose(&files) {
        let named = quoted(&text).into_iter().filter(|name| names_file(name)).filter(|name| !is_there(file, name));
        missing.extend(named.map(|name| format!("{file} names `{name}`")));
        let folder = root().join(file).parent().unwrap().to_owned();
        let dead = linked(&text).into_iter().filter(|target| !target.is_empty() && !folder.join(target).exists());
        missing.extend(dead.map(|target| format!("{file} links to {target}")));
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// The paragraphs of docs/architecture.md about the big rooms: the room, and the paragraph.
fn big_rooms(page: &str) -> Vec<(&str, &str)> {
    let paragraphs = page.split("\n\n").filter_map(|paragraph| paragraph.strip_prefix("**`")?.split_once("/`**"));
    paragraphs.collect()
}

#[test]
fn the_files_of_the_big_rooms_are_named_and_those_that_are_named_are_there() {
    let page = document("docs/architecture.md");
    let files = files();
    let mut wrong = Vec::new();
    for (room, paragraph) in big_rooms(&page) {
        let folder = format!("src/{room}");
        let (file, inside) = (format!("{folder}.rs"), format!("{folder}/"));
        // A folder with a paragraph of its own is not the paragraph's above it.
        let apart: Vec<String> = big_rooms(&page).iter().map(|(other, _)| format!("src/{other}/")).collect();
        let is_own = |f: &str| !apart.iter().any(|other| other.len() > inside.len() && f.starts_with(other.as_str()));
        let is_of_room = |f: &&String| f.ends_with(".rs") && ((f.starts_with(&inside) && is_own(f)) || **f == file);
        let of_room: Vec<&String> = files.iter().filter(is_of_room).collect();
        let named: BTreeSet<&str> = quoted(paragraph).into_iter().filter(|name| name.ends_with(".rs")).collect();
        let answers = |file: &str, name: &str| file.ends_with(&format!("/{name}"));
        wrong.extend(
            named
                .iter()
                .filter(|name| !of_room.iter().any(|f| answers(f, name)))
                .map(|name| format!("{room}: no {name}")),
        );
        let is_test = |file: &str| file.ends_with("tests.rs");
        let unnamed = of_room.iter().filter(|f| !is_test(f) && !named.iter().any(|name| answers(f, name)));
        wrong.extend(unnamed.map(|f| format!("{f} is not named")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(big_rooms(&page).len() >= 7);
}

#[test]
fn every_code_that_is_named_is_one() {
    let is_code = |word: &&str| {
        let bytes = word.as_bytes();
        bytes.len() == 4 && b"CDRMWS".contains(&bytes[0]) && bytes[1..].iter().all(u8::is_ascii_digit)
    };
    // A definition of the Unicode Standard.
    let is_other = |code: &&str| *code == "D101";
    let mut unknown = Vec::new();
    for (file, text) in prose(&files()) {
        let words = text.split_whitespace().filter(|word| !word.contains("://"));
        let words = words.flat_map(|word| word.split(|c: char| !c.is_ascii_alphanumeric())).filter(is_code);
        let words = words.filter(|code| !is_other(code));
        unknown.extend(words.filter(|code| diagnostic::code(code).is_none()).map(|code| format!("{file}: {code}")));
    }
    assert!(unknown.is_empty(), "\n{}", unknown.join("\n"));
}

/// Every name that is made a [`RuleId`](oped_convert::span::RuleId) as it stands is one of the table, which the document
/// has whole.
#[test]
fn every_rule_of_the_code_is_in_the_table() {
    let mut unknown = Vec::new();
    for file in files().into_iter().filter(|file| file.starts_with("src/") && file != "src/metadata/rules.rs") {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let made = code.split("RuleId(\"").skip(1).filter_map(|rest| rest.split('"').next());
        // The rule of a repair is its chain.
        let is_rule = |name: &&str| *name == "repair.chain" || rules::RULES.iter().any(|rule| rule.id.0 == *name);
        unknown.extend(made.filter(|name| !is_rule(name)).map(|name| format!("{file}: {name}")));
    }
    assert!(unknown.is_empty(), "\n{}", unknown.join("\n"));
    assert!(rules::RULES.len() > 40);
}
