//! The own cases of recognition, each strictly as it says: a field that a case names in `fails` breaks the build on the
//! day when it comes out, every other one on the day when it does not. And the scores of all of them, kept by set,
//! language and field.

#[path = "support/accounts.rs"]
mod accounts;
#[path = "support/metadata_cases.rs"]
mod metadata_cases;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use metadata_cases::{Case, FIELDS, Outcome};
use oped_convert::ReadOriginal;
use serde_json::Value;

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/metadata.jsonl");
    fs::read_to_string(file).unwrap().lines().map(|line| Case::own(line).unwrap()).collect()
}

/// What of a case is otherwise than it says: fields that come out and are said to fail, fields that fail and are not.
fn surprises(case: &Case, reading: &ReadOriginal) -> Vec<String> {
    let surprise = |(field, (outcome, truth, found)): (&str, (Outcome, Value, Value))| {
        let is_right = matches!(outcome, Outcome::Exact | Outcome::Absent);
        match (is_right, case.fails.contains(field)) {
            (true, true) => Some(format!("{field} comes out, and is said to fail")),
            (false, false) => Some(format!("{field}: true {truth}, found {found}")),
            _ => None,
        }
    };
    case.compare(reading).into_iter().filter_map(surprise).collect()
}

#[test]
fn own_cases_are_recognised_as_they_say_field_by_field() {
    let cases = cases();
    assert!(cases.len() >= 400, "{} cases", cases.len());
    let held = cases.iter().filter(|case| case.set == "held").count();
    assert!(held >= 60, "{held} cases that the rules were not made with");
    let told = |case: &Case| {
        let reading = case.read();
        let mut surprises = surprises(case, &reading);
        surprises.extend(accounts::faults(&reading));
        (!surprises.is_empty()).then(|| format!("{} ({}): {}", case.id, case.language, surprises.join("; ")))
    };
    let surprises: Vec<String> = cases.iter().filter_map(told).collect();
    assert!(surprises.is_empty(), "{} of {} cases:\n{}", surprises.len(), cases.len(), surprises.join("\n"));
    let unknown = cases.iter().flat_map(|case| &case.fails).find(|field| !FIELDS.contains(&field.as_str()));
    assert_eq!(unknown, None, "no field is called so");
}

/// What `tests/corpus/metadata.scores.tsv` holds: for each set, language and field how many values of the own cases are
/// exact, left out and wrong. Made of the cases as they come out now.
fn scores() -> String {
    let mut counts: BTreeMap<(String, String, &str), [usize; 3]> = BTreeMap::new();
    for case in cases() {
        for (field, (outcome, _, _)) in case.compare(&case.read()) {
            let at = match outcome {
                Outcome::Exact => 0,
                Outcome::LeftOut => 1,
                Outcome::Wrong => 2,
                Outcome::Absent => continue,
            };
            counts.entry((case.set.clone(), case.language.clone(), field)).or_default()[at] += 1;
        }
    }
    let row = |((set, language, field), [exact, left_out, wrong]): (&(String, String, &str), &[usize; 3])| {
        format!("{set}\t{language}\t{field}\t{exact}\t{left_out}\t{wrong}\n")
    };
    "set\tlanguage\tfield\texact\tleft out\twrong\n".to_owned() + &counts.iter().map(row).collect::<String>()
}

#[test]
fn the_scores_are_those_that_are_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/metadata.scores.tsv");
    let scores = scores();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &scores).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap();
    let moved: Vec<String> = kept
        .lines()
        .filter(|row| !scores.lines().any(|now| now == *row))
        .map(|row| format!("- {row}"))
        .chain(scores.lines().filter(|now| !kept.lines().any(|row| row == *now)).map(|now| format!("+ {now}")))
        .collect();
    assert!(moved.is_empty(), "UPDATE=1 keeps the new ones:\n{}", moved.join("\n"));
}

#[test]
fn every_value_has_its_place_in_the_original() {
    for case in cases() {
        let reading = case.read();
        let metadata = &reading.document.metadata;
        let people = metadata.authors.iter().chain(&metadata.editors).chain(&metadata.translators);
        for person in people {
            let span = person.span.expect("a name is from the text");
            let there = String::from_utf8_lossy(&case.bytes[span.start..span.end]).into_owned();
            // First and last name may stand in elements of their own.
            let there: String =
                there.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
            let there = html_escape::decode_html_entities(&there).into_owned();
            let letters = |text: &str| {
                text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>()
            };
            // A name in the head of a page may be escaped, inverted, or one of several.
            let plain = !person.rule.0.starts_with("page.");
            assert!(
                !plain || letters(&there).contains(&letters(&person.value.printed)),
                "{}: {:?} at {there:?}",
                case.id,
                person.value
            );
        }
        for title in metadata.title.iter().filter(|t| t.rule.0 == "title.place") {
            let span = title.span.unwrap();
            assert!(span.end <= case.bytes.len() && span.start < span.end, "{}", case.id);
        }
    }
}
