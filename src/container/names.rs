//! The names of outputs.

use std::collections::BTreeMap;

use super::{Input, kind};
use crate::original::Digest;

/// The output path of a record of a container: a folder of the container's name, then one for each thousand records,
/// so that no folder has more entries than file systems like.
pub fn member_stem(container: &str, index: u64, digest: &Digest) -> String {
    format!("{container}/{}/{index:09}-{}", index / 1000, &digest.hex()[..12])
}

/// The output path of each input, without the ending that its format adds. An input's own ending, and that of a compressed file, is left out
/// unless files of one folder differ in nothing else; equal paths below two roots get the root's name before
/// them, and a number where even those are equal.
pub fn stems(inputs: &[Input]) -> Vec<String> {
    let mut paths: Vec<String> = inputs.iter().map(|i| i.relative.clone()).collect();
    prefix_roots(inputs, &mut paths);
    let mut bare: BTreeMap<String, usize> = BTreeMap::new();
    for path in &paths {
        *bare.entry(without_ending(path).to_owned()).or_default() += 1;
    }
    paths
        .into_iter()
        .map(|path| if bare[without_ending(&path)] > 1 { path } else { without_ending(&path).to_owned() })
        .collect()
}

fn prefix_roots(inputs: &[Input], paths: &mut [String]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths.iter() {
        *count.entry(path.clone()).or_default() += 1;
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (input, path) in inputs.iter().zip(paths) {
        if count[path] < 2 {
            continue;
        }
        let prefixed = format!("{}/{}", input.root, path);
        let nth = used.entry(prefixed.clone()).or_default();
        *nth += 1;
        *path = if *nth == 1 { prefixed } else { format!("{}-{nth}/{}", input.root, path) };
    }
}

fn without_ending(path: &str) -> &str {
    let (path, _) = kind::without_compression(path);
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        // A name that begins with its only point has no ending.
        Some(point) if point > 0 => &path[..name + point],
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::InputPlace;

    fn stems_of(inputs: &[(&str, &str)]) -> Vec<String> {
        let input = |(root, relative): &(&str, &str)| Input {
            place: InputPlace::Stdin,
            relative: (*relative).into(),
            root: (*root).into(),
        };
        stems(&inputs.iter().map(input).collect::<Vec<_>>())
    }

    #[test]
    fn endings_are_kept_only_where_nothing_else_differs() {
        let inputs = [("in", "a.txt"), ("in", "a.html"), ("in", "b/a.txt"), ("in", "b/.hidden"), ("in", "c.d.txt")];
        assert_eq!(stems_of(&inputs), ["a.txt", "a.html", "b/a", "b/.hidden", "c.d"]);
    }

    #[test]
    fn compressed_files_are_named_like_what_they_hold() {
        assert_eq!(
            stems_of(&[("in", "a.txt.gz"), ("in", "crawl.warc.gz"), ("in", "b.jsonl.zst")]),
            ["a", "crawl", "b"]
        );
        assert_eq!(stems_of(&[("in", "a.txt.gz"), ("in", "a.txt")]), ["a.txt.gz", "a.txt"]);
        let digest = Digest::of(b"");
        assert_eq!(member_stem("crawl", 1234, &digest), "crawl/1/000001234-e3b0c44298fc");
    }

    #[test]
    fn equal_paths_of_two_roots_are_told_apart() {
        assert_eq!(stems_of(&[("x", "a.txt"), ("y", "a.txt"), ("y", "b.txt")]), ["x/a", "y/a", "b"]);
        assert_eq!(stems_of(&[("x", "a.txt"), ("x", "a.txt")]), ["x/a", "x-2/a"]);
    }
}
