//! Collects what recognition needs of all languages at once (labels before a colon, names of months, words that tell
//! a language or are common in it, lists of which patterns are made), so that a process does not have to read all files
//! before the first document: `src/metadata/lexicon/everywhere.rs`.

#[path = "src/metadata/lexicon/fold.rs"]
mod fold;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fold::{KEYS, folded};
use toml::{Table, Value};

const FOLDER: &str = "assets/lexicon";

fn main() {
    for read in [FOLDER, "src/metadata/lexicon/fold.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={read}");
    }
    let paths = files();
    let files: Vec<Table> = paths.iter().map(|file| parse(file)).collect();
    let tags: Vec<String> = paths.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let is_unspaced = |file: &Table| file.get("unspaced").and_then(Value::as_bool).unwrap_or(false);
    let (unspaced, spaced): (Vec<&Table>, Vec<&Table>) = files.iter().partition(|file| is_unspaced(file));
    let text = [
        entries("LABELS", "Labels of languages with spaces between words.", labels(&spaced)),
        entries("EAST_ASIAN", "Labels of the others.", labels(&unspaced)),
        entries("MONTHS", "Months; 0 for a name that is of different ones in two languages.", months(&files)),
    ];
    let text = text.concat() + &unspaced_lists(&unspaced);
    let text = text
        + &prose("TELLING", "Words of prose, and the languages that they tell.", "telling", &files, &tags)
        + &prose("COMMON", "The commonest words of languages, and the languages.", "common", &files, &tags);
    let out = env::var_os("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&out).join("everywhere.rs"), text).expect("it can be written to");
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).unwrap_or_else(|error| panic!("{FOLDER}: {error}"));
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}

fn parse(file: &Path) -> Table {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn words(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Each label, folded, with the number of its field: the first one of two.
fn labels(files: &[&Table]) -> BTreeMap<String, usize> {
    let mut labels = BTreeMap::new();
    for (number, key) in KEYS.into_iter().enumerate() {
        for label in files.iter().flat_map(|file| words(file.get("labels").and_then(|labels| labels.get(key)))) {
            labels.entry(folded(label)).or_insert(number);
        }
    }
    labels
}

/// Each name of a month, folded, with its number.
fn months(files: &[Table]) -> BTreeMap<String, usize> {
    let mut numbers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for file in files {
        let lists = file.get("dates").and_then(|dates| dates.get("months")).and_then(Value::as_array);
        for (number, forms) in (1..).zip(lists.into_iter().flatten()) {
            words(Some(forms)).for_each(|form| _ = numbers.entry(folded(form)).or_default().insert(number));
        }
    }
    let one = |numbers: BTreeSet<usize>| if numbers.len() == 1 { numbers.into_iter().next() } else { None };
    numbers.into_iter().map(|(form, numbers)| (form, one(numbers).unwrap_or(0))).collect()
}

/// Lists of languages without spaces between words, of which patterns are made.
const UNSPACED: [&str; 9] = [
    "notes.about",
    "notes.closing",
    "notes.copulas",
    "notes.pen-names",
    "notes.subjects",
    "posts.before",
    "posts.own",
    "posts.reporters",
    "words.posts",
];

/// The words of these lists, the longest first, as Rust.
fn unspaced_lists(files: &[&Table]) -> String {
    let list = |name: &str| {
        let (table, key) = name.split_once('.').expect("a table and a key");
        let lists = files.iter().filter_map(|file| file.get(table).and_then(|table| table.get(key)));
        let all: BTreeSet<&str> = lists.flat_map(|list| words(Some(list))).collect();
        let mut all: Vec<&str> = all.into_iter().collect();
        assert!(!all.is_empty(), "no language without spaces has the list {name}");
        all.sort_by_key(|word| Reverse(word.chars().count()));
        format!("    ({name:?}, &{all:?}),\n")
    };
    let doc = "/// Lists of languages without spaces between words.\n";
    let rows: String = UNSPACED.into_iter().map(list).collect();
    format!("{doc}pub(super) const UNSPACED: &[(&str, &[&str])] = &[\n{rows}];\n")
}

/// Each word of a list of the prose of all languages, with these, as Rust.
fn prose(name: &str, doc: &str, list: &str, files: &[Table], tags: &[String]) -> String {
    let mut told: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, tag) in files.iter().zip(tags) {
        let listed = words(file.get("prose").and_then(|prose| prose.get(list)));
        listed.for_each(|word| told.entry(word).or_default().push(tag));
    }
    let rows: String = told.into_iter().map(|(word, tags)| format!("    ({word:?}, &{tags:?}),\n")).collect();
    format!("/// {doc}\npub(super) const {name}: &[(&str, &[&str])] = &[\n{rows}];\n")
}

/// A table as Rust, sorted as it is looked up.
fn entries(name: &str, doc: &str, entries: BTreeMap<String, usize>) -> String {
    let mut text = format!("/// {doc}\npub(super) const {name}: &[(&str, u8)] = &[\n");
    for (word, number) in entries {
        let _ = writeln!(text, "    ({word:?}, {number}),");
    }
    text + "];\n"
}
