//! JSON files (RFC 8259): an array of objects, each with an article; objects with an article, one or several behind one
//! another; an object that holds such an array, as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>) does. Elements
//! are cut by their brackets before they are parsed, so that one which is damaged costs itself only.

use std::ops::{ControlFlow, Range};

use super::compressed::{read_whole, too_large};
use super::jsonl;
use super::{Container, ContainerKind, Loaded, Sink, place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::Member;
use crate::plan::Opening;

/// The container's facts.
pub const JSON: ContainerKind = ContainerKind {
    name: "JSON",
    spec: "RFC 8259; JSON Feed 1.1",
    endings: &["json"],
    compressed: true,
    // A text may begin like that.
    begins: |_| false,
    holds: "an article, an array of articles, or the items of a JSON Feed, in the fields that a line of JSONL has",
    read: originals,
};

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let Opening { limits, json } = opening;
    let mut cut_off = Vec::new();
    let bytes = read_whole(container, limits, &mut cut_off)?;
    let elements = elements(&bytes, json.text.is_some());
    let is_one = elements.len() == 1 && bytes[elements[0].clone()].trim_ascii().len() == bytes.trim_ascii().len();
    for (index, range) in (0..).zip(&elements) {
        let mut noticed = if index == 0 { std::mem::take(&mut cut_off) } else { Vec::new() };
        let member = Member::new(container.digest, range.start as u64, range.len() as u64);
        let result = match range.len() as u64 > limits.max_bytes {
            true => Err(too_large(limits.max_bytes)),
            false => jsonl::original(&bytes[range.clone()], container.name, member.clone(), json, &mut noticed),
        };
        let (name, index) = match is_one {
            true => (container.name.to_owned(), None),
            false => (format!("{} item {}", container.name, index + 1), Some(index)),
        };
        let result = result.map(|mut original| {
            // Where it stands tells it from others that have no id.
            if let (Some(member), Some(index)) = (&mut original.origin.member, index) {
                member.record_id.get_or_insert_with(|| format!("item {}", index + 1));
            }
            original
        });
        let loaded = Loaded::record(name, index, result, || place(container.name, member), noticed);
        if sink(loaded) == ControlFlow::Break(()) {
            break;
        }
    }
    if elements.is_empty() {
        return Err(Diagnostic::new(diagnostic::C011, "it is no JSON object and no array that holds any"));
    }
    Ok(())
}

/// Names of arrays in which articles are, where an object has none of its own.
const ARRAYS: [&str; 8] = ["items", "articles", "data", "results", "docs", "documents", "records", "entries"];

/// The values of which each is an article, as they stand in the bytes; those of a file that is cut off as far as they go.
/// Where the user names the field of the text, an object is an article and no list of them.
fn elements(bytes: &[u8], is_named: bool) -> Vec<Range<usize>> {
    let mut elements = Vec::new();
    let mut at = blanks(bytes, if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 });
    while let Some(byte) = bytes.get(at).filter(|byte| matches!(byte, b'[' | b'{')) {
        let end = value_end(bytes, at);
        match byte {
            b'[' => elements.extend(of_array(bytes, at)),
            _ => elements.extend(of_object(bytes, at, is_named).unwrap_or_else(|| std::iter::once(at..end).collect())),
        }
        at = blanks(bytes, end);
    }
    // What stands behind them is no JSON, and said to be none.
    if !elements.is_empty() && at < bytes.len() {
        elements.push(at..bytes.len());
    }
    elements
}

/// The elements of the array in which an object without an article of its own has articles.
fn of_object(bytes: &[u8], start: usize, is_named: bool) -> Option<Vec<Range<usize>>> {
    let members = members(bytes, start);
    if is_named || members.iter().any(|(key, _)| jsonl::is_text(key)) {
        return None;
    }
    let is_list = |(key, value): &&(&[u8], Range<usize>)| {
        ARRAYS.iter().any(|name| *key == name.as_bytes()) && bytes.get(value.start) == Some(&b'[')
    };
    let lists = members.iter().filter(is_list).map(|(_, value)| of_array(bytes, value.start));
    let holds_objects = |elements: &Vec<Range<usize>>| elements.first().is_some_and(|first| bytes[first.start] == b'{');
    lists.into_iter().find(holds_objects)
}

fn blanks(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// The elements of the array that begins at `start`.
fn of_array(bytes: &[u8], start: usize) -> Vec<Range<usize>> {
    let mut elements = Vec::new();
    let mut at = blanks(bytes, start + 1);
    while at < bytes.len() && bytes[at] != b']' {
        let end = value_end(bytes, at);
        if end > at {
            elements.push(at..end);
        }
        at = blanks(bytes, end);
        // What stands between them and is no comma is damage, and skipped.
        at = if bytes.get(at) == Some(&b']') { at } else { blanks(bytes, (at + 1).min(bytes.len())) };
    }
    elements
}

/// The members of the object that begins at `start`: keys as they are written, places of values.
fn members(bytes: &[u8], start: usize) -> Vec<(&[u8], Range<usize>)> {
    let mut members = Vec::new();
    let mut at = blanks(bytes, start + 1);
    while bytes.get(at) == Some(&b'"') {
        let key = at + 1..string_end(bytes, at).saturating_sub(1).max(at + 1);
        at = blanks(bytes, string_end(bytes, at));
        if bytes.get(at) != Some(&b':') {
            break;
        }
        let value = blanks(bytes, at + 1);
        let end = value_end(bytes, value);
        members.push((&bytes[key], value..end));
        at = blanks(bytes, end);
        if bytes.get(at) != Some(&b',') {
            break;
        }
        at = blanks(bytes, at + 1);
    }
    members
}

/// The end of the value that begins at `start`: behind its last bracket or quotation mark, or before a comma.
fn value_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b'{' | b'[' => (at, depth) = (at + 1, depth + 1),
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => (at, depth) = (at + 1, depth - 1),
            b',' if depth == 0 => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// The end of the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_cut_by_their_brackets() {
        for (json, parts) in [
            (r#"[{"a":"}]"}, {"b":[1,{"c":"\"]"}]}]"#, &[r#"{"a":"}]"}"#, r#"{"b":[1,{"c":"\"]"}]}"#][..]),
            (" {\"text\": \"x\"} ", &["{\"text\": \"x\"}"]),
            (r#"{"title":"F","items":[{"id":1},{"id":2}]}"#, &[r#"{"id":1}"#, r#"{"id":2}"#]),
            (r#"{"text":"x","items":[{"id":1}]}"#, &[r#"{"text":"x","items":[{"id":1}]}"#]),
            ("{\"text\":1}\n{\"text\":2}\n", &["{\"text\":1}", "{\"text\":2}"]),
            (r#"[{"a":1}][{"b":2}] rest"#, &[r#"{"a":1}"#, r#"{"b":2}"#, "rest"]),
            (r#"[{"a":1},{"b":"cut"#, &[r#"{"a":1}"#, r#"{"b":"cut"#]),
            (r#"[{"a":1} x {"b":2}]"#, &[r#"{"a":1}"#, r#"{"b":2}"#]),
            ("no JSON", &[]),
            ("[]", &[]),
            ("[[[[", &["[[["]),
            ("{\"a", &["{\"a"]),
            ("{\"a\\", &["{\"a\\"]),
        ] {
            let found: Vec<&str> = elements(json.as_bytes(), false).into_iter().map(|range| &json[range]).collect();
            assert_eq!(found, parts, "{json}");
        }
    }
}
