//! The form of the files, and what their words open.

use super::*;
use crate::metadata::lexicon::file::fields;

/// The lists of a file, each with its name.
fn lists(value: &toml::Value, name: String, all: &mut Vec<(String, Vec<String>)>) {
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| lists(value, format!("{name} {key}"), all)),
        toml::Value::Array(words) if words.iter().all(toml::Value::is_str) => {
            all.push((name, words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()));
        }
        toml::Value::Array(inner) => inner.iter().for_each(|value| lists(value, format!("{name} (inside)"), all)),
        _ => {}
    }
}

#[test]
fn every_file_has_its_form() {
    let mut wrong = Vec::new();
    for (number, row) in LANGUAGES.iter().enumerate() {
        let file = &language(number).file;
        let unknown = file.labels.keys().chain(file.phrases.keys());
        wrong.extend(
            unknown.filter(|key| fields().all(|(known, _)| known != *key)).map(|key| format!("{}: {key}", row.tag)),
        );
        if !file.dates.months.is_empty() && file.dates.months.len() != 12 {
            wrong.push(format!("{}: {} months", row.tag, file.dates.months.len()));
        }
        let (value, mut all): (toml::Value, _) = (toml::from_str(row.words).unwrap(), Vec::new());
        lists(&value, row.tag.to_owned(), &mut all);
        for (name, words) in all {
            let is_sorted = name.ends_with("(inside)") || words.windows(2).all(|pair| pair[0] < pair[1]);
            let has_form = |word: &String| {
                word.trim() == word
                    && !word.is_empty()
                    && !word.contains("  ")
                    && (name.ends_with(" sentence") || *word == word.to_lowercase())
            };
            wrong.extend(words.iter().filter(|word| !has_form(word)).map(|word| format!("{name}: {word:?}")));
            wrong.extend((!is_sorted).then(|| format!("{name}: not sorted")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_before_the_author_is_known_in_every_language() {
    let without = LANGUAGES.iter().enumerate().filter(|(number, _)| {
        let file = &language(*number).file;
        let months = file.dates.months.len() == 12 || ["ja", "ko", "zh"].contains(&LANGUAGES[*number].tag);
        file.bylines.openers.is_empty() || file.labels.get("author").is_none_or(Vec::is_empty) || !months
    });
    assert_eq!(without.map(|(_, row)| row.tag).collect::<Vec<_>>(), [""; 0]);
    assert!(LANGUAGES.len() >= 32);
}

#[test]
fn bylines_open_with_words_of_the_document_s_language() {
    let names =
        |tag: &str, line: &'static str| Words::of([tag]).byline(line).map(|opening| line[opening.end..].trim_start());
    for (tag, line, name) in [
        ("nl", "Door Sanne Vermeulen", "Sanne Vermeulen"),
        ("da", "Af Mette Krogh", "Mette Krogh"),
        ("pl", "Napisał Jan Dąb", "Jan Dąb"),
        ("tr", "Yazan Ayşe Gündoğdu", "Ayşe Gündoğdu"),
        ("fi", "Kirjoittanut Aino Salo", "Aino Salo"),
        ("hu", "Írta Kiss Pál", "Kiss Pál"),
        ("ro", "De Ioana Pop", "Ioana Pop"),
        ("id", "Oleh Dewi Lestarin", "Dewi Lestarin"),
        ("he", "מאת דנה לוין", "דנה לוין"),
        ("fa", "به قلم لیلا احمدی", "لیلا احمدی"),
    ] {
        assert_eq!(names(tag, line), Some(name), "{tag}");
    }
    assert_eq!(names("en", "De Niro speaks"), None);
}
