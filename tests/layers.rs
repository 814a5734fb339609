//! Which room of `src/` may use which. A module that uses another room than its own row allows fails the build.
//!
//! Rooms are the files and folders right below `src/`. Comments and test modules do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Facts that everybody may use; they use nothing but one another.
const LEAVES: &[&str] = &["diagnostic", "edit", "encoding", "original", "plan", "span"];

/// A room and what it may use beside the leaves and itself. `normalise` and `metadata` see the text that repair
/// made, because every value is traced to the bytes it came from.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("container", &[]),
    ("store", &[]),
    // Both know where the program keeps its own files.
    ("record", &["store"]),
    ("report", &["document", "store", "lib"]),
    ("decode", &["model"]),
    ("repair", &["decode", "model"]),
    // Columns and the joining of lines depend on what is an ideograph.
    ("read", &["repair", "document", "model"]),
    ("metadata", &["read", "document", "model", "repair"]),
    ("document", &[]),
    ("normalise", &["read", "metadata", "document", "repair"]),
    ("typeset", &["document"]),
    ("write", &["document", "typeset"]),
    ("inspect", &["document", "report", "lib"]),
    ("batch", &["container", "decode", "record", "report", "store", "write", "lib"]),
    ("cli", &["write"]),
];

/// Uses all rooms but `cli`, which only the binary sees.
const TOP: &str = "lib";

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => sources(&path, found),
            path if path.extension().is_some_and(|e| e == "rs") => found.push(path),
            _ => {}
        }
    }
}

/// The room of a file below `src/`.
fn room(relative: &Path) -> String {
    let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code without comments and without its test module, which stands last.
fn code(source: &str) -> String {
    let shipped = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    shipped.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The rooms that `crate::…` paths of the code lead to. An item of `lib.rs` itself counts as `lib`.
fn used(code: &str, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for path in code.split("crate::").skip(1) {
        let names: Vec<&str> = match path.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![path],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            used.insert(if rooms.contains(&word) { word } else { TOP.to_owned() });
        }
    }
    used
}

/// What a room uses and may not.
fn forbidden(room: &str, used: &BTreeSet<String>) -> Vec<String> {
    if room == "main" || room == TOP {
        return Vec::new();
    }
    let row = MAY_USE.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, allowed)| allowed);
    let may = |other: &str| other == room || LEAVES.contains(&other) || row.contains(&other);
    used.iter().filter(|other| !may(other)).cloned().collect()
}

fn arrows() -> BTreeMap<PathBuf, (String, BTreeSet<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let relative: Vec<PathBuf> = paths.iter().map(|p| p.strip_prefix(&root).unwrap().to_owned()).collect();
    let rooms: BTreeSet<String> = relative.iter().map(|p| room(p)).filter(|r| r != "main" && r != TOP).collect();
    let read = |path: &PathBuf| (room(path), used(&code(&fs::read_to_string(root.join(path)).unwrap()), &rooms));
    relative.iter().map(|path| (path.clone(), read(path))).collect()
}

#[test]
fn no_room_uses_one_that_it_may_not_see() {
    let mut wrong = Vec::new();
    for (path, (room, used)) in arrows() {
        let known = LEAVES.contains(&room.as_str())
            || MAY_USE.iter().any(|(name, _)| *name == room)
            || room == "main"
            || room == TOP;
        assert!(known, "src/{} is in no room of the table", path.display());
        wrong.extend(forbidden(&room, &used).into_iter().map(|other| format!("src/{} uses {other}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_arrow_of_the_table_is_used() {
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, used) in arrows().into_values() {
        seen.entry(room).or_default().extend(used);
    }
    for (room, allowed) in MAY_USE {
        for other in *allowed {
            // `decode` may ask the model which reading is likelier; so far chardetng does.
            let later = (*room, *other) == ("decode", "model");
            assert!(later || seen[*room].contains(*other), "{room} no longer uses {other}: take it out of the table");
        }
    }
}

#[test]
fn a_forbidden_arrow_is_seen() {
    let rooms = BTreeSet::from(["repair", "decode", "write"].map(str::to_owned));
    let source =
        "// crate::decode\nuse crate::{repair::Repaired, plan::Plan};\n#[cfg(test)]\nmod tests { use crate::decode; }";
    let used = used(&code(source), &rooms);
    assert_eq!(used, BTreeSet::from(["lib", "repair"].map(str::to_owned)));
    assert_eq!(forbidden("write", &used), ["lib", "repair"]);
}
