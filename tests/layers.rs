//! Who may see whom: no room of `src/` uses one that it may not see, and no files use one another in a circle.
//!
//! A room is a file or a folder directly below `src/`. What a file uses is read from its paths, those that begin with
//! `crate`, `super` or `self`, and from what it re-exports, outside comments, strings and `#[cfg(test)]` items. A path
//! leads to the file that holds the name, through re-exports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// Where the rooms and what they may see are listed.
const TABLE: &str = include_str!("../docs/architecture.md");

/// Every room but `cli` and `main`, in the table.
const ALL: &str = "*";

/// The rooms of the table with what each may see beside the leaves; `None` for a leaf.
fn table() -> BTreeMap<&'static str, Option<Vec<&'static str>>> {
    let (_, rows) = TABLE.split_once("| Room | What it does | May see |").expect("the table of the rooms");
    let rows = rows.lines().skip(2).take_while(|line| line.starts_with('|'));
    let quoted = |cell: &'static str| cell.split('`').skip(1).step_by(2).collect::<Vec<_>>();
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [room, _, sees] = cells[..] else { panic!("three cells: {line}") };
        (quoted(room)[0], (sees != "leaf").then(|| quoted(sees)))
    };
    rows.map(row).collect()
}

fn may_see(room: &str, other: &str) -> bool {
    let table = table();
    if room == other || table.get(other).is_some_and(Option::is_none) {
        return true;
    }
    let seen = table.get(room).cloned().flatten().unwrap_or_default();
    seen.contains(&other) || (seen.contains(&ALL) && !["cli", "main"].contains(&other))
}

/// Words, `::` and single marks of a source, without comments, strings and characters.
fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let length = skipped(rest).unwrap_or_else(|| {
            let length = token_length(rest);
            if !rest[0].is_whitespace() {
                tokens.push(rest[..length].iter().collect());
            }
            length
        });
        at += length.max(1);
    }
    tokens
}

fn token_length(rest: &[char]) -> usize {
    match rest {
        [':', ':', ..] => 2,
        [c, ..] if is_word(*c) => rest.iter().take_while(|c| is_word(**c)).count(),
        _ => 1,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a comment, a string or a character that begins here.
fn skipped(rest: &[char]) -> Option<usize> {
    match rest {
        ['/', '/', ..] => Some(rest.iter().take_while(|c| **c != '\n').count()),
        ['/', '*', ..] => Some(block_comment(rest)),
        ['r', '"' | '#', ..] | ['b', 'r', '"' | '#', ..] => raw_string(rest),
        ['b', '"', ..] => Some(1 + quoted(&rest[1..])),
        ['"', ..] => Some(quoted(rest)),
        ['\'', '\\', _, ..] => Some(3 + rest[3..].iter().take_while(|c| **c != '\'').count() + 1),
        ['\'', _, '\'', ..] => Some(3),
        // A word is taken whole, so that none of its letters begins a string.
        _ => None,
    }
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn raw_string(rest: &[char]) -> Option<usize> {
    let start = rest.iter().position(|c| *c == 'r')? + 1;
    let hashes = rest[start..].iter().take_while(|c| **c == '#').count();
    // `r#type` is a word.
    (rest.get(start + hashes) == Some(&'"')).then_some(())?;
    let body = start + hashes + 1;
    let is_end = |at: &usize| rest[*at] == '"' && rest[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
    Some((body..rest.len()).find(is_end)? + 1 + hashes)
}

/// Leaves out the items behind `#[cfg(test)]`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    const ATTRIBUTE: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].iter().take(7).eq(ATTRIBUTE.iter()) {
            at = item_end(tokens, at + 7);
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Where an item ends: behind its braces or its semicolon; a field, a variant or an arm before its comma, or before the
/// brace around it.
fn item_end(tokens: &[String], start: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" if depth == 1 => return at + 1,
            "}" | ")" | "]" if depth == 0 => return at,
            "}" | ")" | "]" => depth -= 1,
            "," if depth == 0 => return at,
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// A path from the root of the crate.
type Path = Vec<String>;

/// A path in a source, and what the file calls it.
struct Named {
    path: Path,
    name: String,
}

/// The paths of a module from the root of the crate: those that begin with `crate`, `super`, `self` or the library's
/// name, and the uses of what `is_child` says is a module inside this one.
fn paths(tokens: &[String], module: &[String], is_child: &dyn Fn(&str) -> bool) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = ["crate", "super", "self", "oped_convert"].contains(&tokens[at].as_str());
        let uses = at > 0 && tokens[at - 1] == "use" && is_child(&tokens[at]);
        if (begins || uses) && tokens.get(at + 1).is_some_and(|next| next == "::") {
            at = tree(tokens, at, module.to_vec(), &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Follows one path or use-tree from `at`; returns where it ends.
fn tree(tokens: &[String], mut at: usize, mut path: Path, found: &mut Vec<Named>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "crate" | "oped_convert" => path.clear(),
            "super" => drop(path.pop()),
            "self" => {}
            "{" => return group(tokens, at + 1, &path, found),
            name if name == "*" || name.chars().all(is_word) => path.push(name.to_owned()),
            // `::<`
            _ => break,
        }
        at += 1;
        if tokens.get(at).is_none_or(|next| next != "::") {
            break;
        }
        at += 1;
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if let [word, alias, ..] = &tokens[at.min(tokens.len())..]
        && word == "as"
    {
        name.clone_from(alias);
        at += 2;
    }
    found.push(Named { path, name });
    at
}

/// Follows the branches of a use-tree behind its brace.
fn group(tokens: &[String], mut at: usize, path: &[String], found: &mut Vec<Named>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "}" => return at + 1,
            "," => at += 1,
            _ => at = tree(tokens, at, path.to_vec(), found).max(at + 1),
        }
    }
    at
}

/// Where a file stands in the tree of modules; `main.rs` is a crate of its own, beside which no path leads.
fn module_of(relative: &str) -> Vec<String> {
    let mut path: Vec<String> = relative.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if relative == "lib.rs" || path.last().is_some_and(|last| last == "mod") {
        path.pop();
    }
    path
}

fn room_of(relative: &str) -> &str {
    relative.split('/').next().unwrap_or(relative).trim_end_matches(".rs")
}

/// The files of a source tree by their modules, with what each of them names.
struct House {
    files: BTreeMap<Path, String>,
    named: BTreeMap<Path, Vec<Named>>,
}

impl House {
    fn of(sources: &[(String, String)]) -> Self {
        let files: BTreeMap<Path, String> = sources.iter().map(|(file, _)| (module_of(file), file.clone())).collect();
        let mut house = Self { files, named: BTreeMap::new() };
        for (file, source) in sources {
            let named = house.names_of(file, source);
            house.named.insert(module_of(file), named);
        }
        house
    }

    /// What a file names: by paths from the root, and behind the modules that it imports.
    fn names_of(&self, file: &str, source: &str) -> Vec<Named> {
        let module = if file == "main.rs" { Path::new() } else { module_of(file) };
        let is_child = |name: &str| self.files.contains_key(&[&module[..], &[name.to_owned()]].concat());
        let tokens = without_tests(&tokens(source));
        let mut named = paths(&tokens, &module, &is_child);
        let imported: Vec<(String, Path)> =
            named.iter().map(|named| (named.name.clone(), named.path.clone())).collect();
        for (at, pair) in tokens.windows(2).enumerate() {
            let begins = at == 0 || tokens[at - 1] != "::";
            let import =
                imported.iter().find(|(name, path)| begins && pair[1] == "::" && *name == pair[0] && !path.is_empty());
            if let Some((_, path)) = import {
                let outer = path[..path.len() - 1].to_vec();
                let mut found = Vec::new();
                tree(&tokens, at + 2, [&outer[..], &path[path.len() - 1..]].concat(), &mut found);
                named.extend(found);
            }
        }
        // A module names those inside it as they are.
        for (at, pair) in tokens.windows(2).enumerate() {
            if pair[1] == "::" && is_child(&pair[0]) && (at == 0 || tokens[at - 1] != "::") {
                tree(&tokens, at, module.clone(), &mut named);
            }
        }
        named
    }

    /// The module of the file that holds what a path names: through what modules import, as deep as that goes.
    fn holder(&self, path: &[String], depth: usize) -> Path {
        let length = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length])).unwrap_or(0);
        let (module, rest) = path.split_at(length);
        let imported = rest.first().and_then(|name| {
            self.named.get(module)?.iter().find(|named| named.name == *name && named.path != path && depth < 8)
        });
        match imported {
            Some(named) => self.holder(&[&named.path[..], &rest[1..]].concat(), depth + 1),
            None => module.to_vec(),
        }
    }

    /// The rooms that a file uses, by the first room of each path and by the room that holds what it names. What stands
    /// at the root of the crate itself is the room `lib`.
    fn rooms_used(&self, file: &str, source: &str) -> BTreeSet<String> {
        let own = room_of(file);
        let room = |path: &Path| {
            path.first().filter(|first| self.files.keys().any(|file| file.first() == Some(first))).cloned()
        };
        let mut used = BTreeSet::new();
        for named in self.names_of(file, source) {
            let first = room(&named.path);
            let held = room(&self.holder(&named.path, 0));
            // By the name that is written, and by what stands behind it.
            used.extend(
                [first.clone().or_else(|| held.is_none().then(|| "lib".to_owned())), held].into_iter().flatten(),
            );
        }
        used.remove(own);
        used
    }

    /// Every arrow of a file that it may not have.
    fn forbidden(&self, file: &str, source: &str) -> Vec<String> {
        let room = room_of(file);
        let used = self.rooms_used(file, source).into_iter().filter(|other| !may_see(room, other));
        used.map(|other| format!("{file}: `{room}` may not see `{other}`")).collect()
    }

    /// The files that a file uses, but for the modules that it is in: these hold what those inside them share.
    fn uses(&self, module: &Path) -> BTreeSet<Path> {
        let targets = self.named[module].iter().map(|named| self.holder(&named.path, 0));
        targets.filter(|target| !target.is_empty() && !module.starts_with(target)).collect()
    }

    /// The files that can be reached from one another, in groups.
    fn circles(&self) -> Vec<Vec<String>> {
        let arrows: BTreeMap<&Path, BTreeSet<Path>> = self.files.keys().map(|file| (file, self.uses(file))).collect();
        let reach = |start: &Path| {
            let mut reached = BTreeSet::new();
            let mut open: Vec<&Path> = vec![start];
            while let Some(file) = open.pop() {
                open.extend(arrows[file].iter().filter(|next| reached.insert((*next).clone())));
            }
            reached
        };
        let reached: BTreeMap<&Path, BTreeSet<Path>> = self.files.keys().map(|file| (file, reach(file))).collect();
        let circle = |file: &&Path| -> Vec<String> {
            let others = reached[*file].iter().filter(|other| reached[other].contains(*file));
            others.map(|other| self.files[other].clone()).collect()
        };
        let circles: BTreeSet<Vec<String>> = self.files.keys().map(|file| circle(&file)).collect();
        circles.into_iter().filter(|circle| !circle.is_empty()).collect()
    }
}

fn source_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file: path below `src/` with `/`, and text.
fn sources(folder: &std::path::Path, prefix: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let relative = format!("{prefix}{name}");
        if entry.file_type().unwrap().is_dir() {
            files.extend(sources(&entry.path(), &format!("{relative}/")));
        } else if name.ends_with(".rs") {
            files.push((relative, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    files.sort();
    files
}

fn rooms(files: &[(String, String)]) -> BTreeSet<String> {
    files.iter().map(|(relative, _)| room_of(relative).to_owned()).collect()
}

#[test]
fn no_room_uses_one_that_it_may_not_see() {
    let files = sources(&source_folder(), "");
    let house = House::of(&files);
    let found: Vec<String> = files.iter().flat_map(|(file, source)| house.forbidden(file, source)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    let circles = House::of(&sources(&source_folder(), "")).circles();
    let circles: Vec<String> = circles.iter().map(|circle| circle.join(", ")).collect();
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_through_re_exports_and_other_names() {
    let circles = |files: &[(&str, &str)]| {
        House::of(&files.iter().map(|(file, source)| ((*file).into(), (*source).into())).collect::<Vec<_>>()).circles()
    };
    let direct =
        [("a/mod.rs", "mod b; mod c;"), ("a/b.rs", "use super::c::C;"), ("a/c.rs", "fn f() { super::b::g() }")];
    assert_eq!(circles(&direct), [["a/b.rs", "a/c.rs"]]);
    let exported =
        [("a/mod.rs", "pub use b::{B as D}; use c::C;"), ("a/b.rs", "use super::C;"), ("a/c.rs", "use crate::a::D;")];
    assert_eq!(circles(&exported), [["a/b.rs", "a/c.rs"]]);
    let three = [("a.rs", "use crate::b::B;"), ("b.rs", "use crate::c::{self};"), ("c.rs", "use crate::a::A;")];
    assert_eq!(circles(&three), [["a.rs", "b.rs", "c.rs"]]);
    // Through a module to what is inside it, and by the name of an imported module.
    let inside =
        [("a/mod.rs", "mod b; pub fn f() { b::g() }"), ("a/b.rs", "use crate::x::X;"), ("x.rs", "use crate::a::f;")];
    assert_eq!(circles(&inside), [["a/mod.rs", "a/b.rs", "x.rs"]]);
    let by_name = [
        ("a/mod.rs", "mod b; mod c;"),
        ("a/b/mod.rs", "mod d;"),
        ("a/b/d.rs", "use crate::a::c::C;"),
        ("a/c.rs", "use super::b; fn f() { b::d::g() }"),
    ];
    assert_eq!(circles(&by_name), [["a/b/d.rs", "a/c.rs"]]);
    // What a module holds for those inside it.
    assert!(circles(&[("a/mod.rs", "mod b; use b::B;"), ("a/b.rs", "use super::A;")]).is_empty());
    assert!(
        circles(&[("a.rs", "use crate::b::B;"), ("b.rs", "#[cfg(test)] mod tests { use crate::a::A; }")]).is_empty()
    );
}

#[test]
fn the_table_names_the_rooms_that_there_are() {
    let named: BTreeSet<String> = table().into_keys().map(str::to_owned).collect();
    assert_eq!(named, rooms(&sources(&source_folder(), "")));
}

#[track_caller]
fn check(relative: &str, source: &str, expected: &[&str]) {
    let house = House::of(&sources(&source_folder(), ""));
    let found = house.forbidden(relative, source);
    let expected: Vec<String> =
        expected.iter().map(|other| format!("{relative}: `{}` may not see `{other}`", room_of(relative))).collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn a_forbidden_arrow_is_caught_however_it_is_written() {
    check("write/text.rs", "use crate::repair::Repaired;", &["repair"]);
    check(
        "write/text.rs",
        "use crate::{document::Document, repair::{chain, lattice as l}, read};",
        &["read", "repair"],
    );
    check("write/text.rs", "fn f() { let x = crate::decode::decode(b\"\"); }", &["decode"]);
    check("write/text.rs", "use super::super::metadata::date;", &["metadata"]);
    check("write/mod.rs", "use super::{metadata, document};", &["metadata"]);
    check("write/tei/mod.rs", "pub(in super::super::super::normalise) fn f() {}", &["normalise"]);
    check("span.rs", "use super::model;", &["model"]);
    check("edit.rs", "use crate::document::Document;", &["document"]);
    check("store.rs", "use crate::TABLES;", &["lib"]);
    // What one room re-exports of another is the other's.
    check("report/mod.rs", "use crate::batch::Row;", &["batch"]);
    check("store.rs", "use crate::read_original;", &["lib"]);
    check("write/text.rs", "struct S { #[cfg(test)] a: A } fn f() { crate::repair::x(); }", &["repair"]);
    check("batch.rs", "use crate::cli::Cli;", &["cli"]);
    check("lib.rs", "fn f() { cli::Cli::parse(); }", &["cli"]);
    check("cli.rs", "use oped_convert::container::Input;", &["container"]);
    check("typeset/page.rs", "mod r { } const C: char = '\"'; use crate::write::Format; // \"", &["write"]);
}

#[test]
fn what_is_allowed_or_no_code_is_not_caught() {
    check("write/text.rs", "//! crate::repair\n/* /* crate::repair */ crate::read */ use crate::document::Block;", &[]);
    check("write/text.rs", "const A: &str = \"\\\"crate::repair\"; const B: &str = r#\"\"crate::read\"#;", &[]);
    check("write/text.rs", "#[cfg(test)]\nmod tests { use crate::repair; fn f() {} }", &[]);
    check("write/text.rs", "#[cfg(test)] use crate::repair::Repaired; use super::xml;", &[]);
    check("write/tei/walk.rs", "use super::super::xml; fn f<'a>(x: &'a str) -> char { '\\'' }", &[]);
    check("edit.rs", "use crate::{span::Span, encoding::EncodingId};", &[]);
    check("main.rs", "use oped_convert::{cli::Cli, batch, diagnostic};", &[]);
}
