//! The own cases of recognition, each strictly as it says: a case with `"expect": "fail"` breaks the build on the day
//! when all of its fields come out as they are. And the shared data, where it is beside the project.

#[path = "support/metadata_cases.rs"]
mod metadata_cases;

use std::fs;
use std::path::Path;

use metadata_cases::{Case, Outcome};

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/metadata.jsonl");
    fs::read_to_string(file).unwrap().lines().map(|line| Case::own(line).unwrap()).collect()
}

/// The fields of a case that are not as they should be.
fn missed(case: &Case) -> Vec<String> {
    let compared = case.compare(&case.read());
    let wrong =
        compared.into_iter().filter(|(_, (outcome, _, _))| !matches!(outcome, Outcome::Exact | Outcome::Absent));
    wrong.map(|(field, (_, truth, found))| format!("{field}: true {truth}, found {found}")).collect()
}

#[test]
fn own_cases_are_recognised_as_they_say() {
    let cases = cases();
    assert!(cases.len() >= 400, "{} cases", cases.len());
    let held = cases.iter().filter(|case| case.set == "held").count();
    assert!(held >= 60, "{held} cases that the rules were not made with");
    let surprises: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let missed = missed(case);
            (missed.is_empty() != case.passes)
                .then(|| format!("{} ({}): {}", case.id, case.language, missed.join("; ")))
        })
        .collect();
    assert!(surprises.is_empty(), "{} of {} cases:\n{}", surprises.len(), cases.len(), surprises.join("\n"));
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
