//! What repeats in the texts of a host or a folder, written as a configuration that a person reviews before a run
//! uses it: lines that are of the page, labels that no rule knows, the order of dates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::ControlFlow;

use crate::characters::{is_obeyed, printable};
use crate::container::{self, ContainerKind};
use crate::document::{Block, Document, Role, block_text};
use crate::metadata;
use crate::plan;

/// Texts of a house below which nothing is learnt from it.
const FEWEST: usize = 3;
/// A line is of the page where it stands in at least this many of ten texts.
const FURNITURE_TENTHS: usize = 2;
/// A label is one of the house where it stands in at least this many of ten texts.
const LABEL_TENTHS: usize = 5;
/// Characters of the longest line that is counted.
const LONGEST: usize = 120;
/// Blocks at either end of a text in which labels are looked for.
const ENDS: usize = 20;

/// Why nothing can be learnt.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// A glob is none.
    #[error(transparent)]
    Glob(#[from] container::GlobError),
    /// No text could be read.
    #[error("none of the inputs is a text that can be read")]
    Nothing,
}

/// The texts of one host or folder.
#[derive(Default)]
struct House {
    texts: usize,
    /// Lines with their numbers as `\d+`, and in how many texts they stand.
    lines: BTreeMap<String, usize>,
    labels: BTreeMap<String, Label>,
    publishers: BTreeMap<String, usize>,
    /// Dates in figures that can only be day first, only month first.
    orders: [usize; 2],
}

#[derive(Default)]
struct Label {
    texts: usize,
    values: BTreeSet<String>,
}

/// Reads all inputs of a run, and gives the text of a configuration.
///
/// # Errors
/// Where there is nothing to learn from.
pub fn learn(run: &plan::Run, containers: &[&'static ContainerKind]) -> Result<String, LearnError> {
    let discovery = container::discover(run, containers)?;
    let reading = plan::Reading::default();
    let mut houses: BTreeMap<(bool, String), House> = BTreeMap::new();
    for input in &discovery.inputs {
        container::originals(input, &run.opening, containers, &mut |loaded| {
            if let Ok(original) = loaded.result {
                let document = crate::read_original(&original, &reading).document;
                houses.entry(key(&document)).or_default().add(&document);
            }
            ControlFlow::Continue(())
        });
    }
    if houses.is_empty() {
        return Err(LearnError::Nothing);
    }
    let mut text =
        "# Learnt from what repeats. Nothing of it is used before it was reviewed and given to --config.\n".to_owned();
    for ((is_host, name), house) in &houses {
        text.push_str(&house.to_toml(*is_host, name));
    }
    Ok(text)
}

/// What a text is counted under: the host of its address, else its folder.
fn key(document: &Document) -> (bool, String) {
    let stated = document.metadata.url.as_ref().map(|url| url.value.as_str());
    let host = document.source.target_uri.as_deref().or(stated).and_then(metadata::host);
    match host {
        Some(host) => (true, host.to_ascii_lowercase()),
        None => {
            let folder = document.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            (false, folder.to_owned())
        }
    }
}

impl House {
    fn add(&mut self, document: &Document) {
        self.texts += 1;
        let is_loose = |block: &&Block| matches!(block.role, Role::Body | Role::Header | Role::Subtitle);
        let texts: Vec<String> = document.blocks.iter().filter(is_loose).map(block_text).collect();
        let short = |text: &&String| text.chars().count() <= LONGEST && !text.contains('\n') && !text.is_empty();
        let body = document.in_role(Role::Body).map(block_text).collect::<Vec<_>>();
        for line in body.iter().filter(short).map(|line| generalised(line)).collect::<BTreeSet<_>>() {
            *self.lines.entry(line).or_default() += 1;
        }
        let ends = texts.iter().take(ENDS).chain(texts.iter().skip(ENDS.max(texts.len().saturating_sub(ENDS))));
        let mut seen = BTreeSet::new();
        for (label, value) in ends.filter(short).filter_map(|line| labelled(line)) {
            let counted = self.labels.entry(label.to_owned()).or_default();
            counted.texts += usize::from(seen.insert(label.to_owned()));
            counted.values.insert(value.to_owned());
        }
        if let Some(publisher) = &document.metadata.publisher {
            *self.publishers.entry(publisher.value.clone()).or_default() += 1;
        }
        for text in &texts {
            let orders = metadata::orders_of_dates(text);
            self.orders[0] += orders.0;
            self.orders[1] += orders.1;
        }
    }

    fn to_toml(&self, is_host: bool, name: &str) -> String {
        let mut text = String::new();
        let shown = if name.is_empty() { "the folder itself" } else { name };
        let texts = self.texts;
        if texts < FEWEST {
            return format!("\n# {}: {texts} of its texts, which is too few to learn from.\n", printable(shown));
        }
        let place = if is_host { "hosts" } else { "paths" };
        let glob = match (is_host, name.is_empty()) {
            (true, _) => name.to_owned(),
            (false, true) => "*".to_owned(),
            (false, false) => format!("{name}/**"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\n# From {texts} texts.\n[[house]]\nname = {}\n{place} = [{}]",
            quoted(shown),
            quoted(&glob)
        );
        match self.orders {
            [day, 0] if day > 0 => {
                let _ =
                    writeln!(text, "# {day} dates in figures have a day above 12 first.\ndate-order = \"day-month\"");
            }
            [0, month] if month > 0 => {
                let _ = writeln!(
                    text,
                    "# {month} dates in figures have a day above 12 second.\ndate-order = \"month-day\""
                );
            }
            _ => {}
        }
        self.write_furniture(&mut text);
        self.write_publisher(&mut text);
        self.write_labels(&mut text);
        text
    }

    fn write_furniture(&self, text: &mut String) {
        let enough = |count: usize| count >= FEWEST && count * 10 >= self.texts * FURNITURE_TENTHS;
        let mut lines: Vec<(&String, usize)> =
            self.lines.iter().map(|(line, count)| (line, *count)).filter(|(_, count)| enough(*count)).collect();
        lines.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if lines.is_empty() {
            return;
        }
        text.push_str("furniture = [\n");
        for (line, count) in lines {
            let _ = writeln!(text, "    {}, # in {count}", quoted(line));
        }
        text.push_str("]\n");
    }

    fn write_publisher(&self, text: &mut String) {
        let most = self.publishers.iter().max_by_key(|(_, count)| **count);
        if let Some((publisher, count)) =
            most.filter(|(_, count)| **count * 10 >= self.texts * 8 && **count < self.texts)
        {
            let _ = writeln!(
                text,
                "[house.defaults]\n# Recognised in {count} of {}.\npublisher = {}",
                self.texts,
                quoted(publisher)
            );
        }
    }

    fn write_labels(&self, text: &mut String) {
        for (label, counted) in &self.labels {
            let repeats = counted.texts >= FEWEST && counted.texts * 10 >= self.texts * LABEL_TENTHS;
            if !repeats || counted.values.len() < 2 {
                continue;
            }
            let examples: Vec<&str> = counted.values.iter().take(3).map(String::as_str).collect();
            let shown = format!("In {}: {label}: {}", counted.texts, examples.join(" | "));
            // A comment holds no control characters (TOML 1.0, "Comment").
            let _ = writeln!(text, "# {}", printable(&shown));
            let pattern = quoted(&format!(r"^{}\s*[:：]\s*(?P<value>.+)$", regex::escape(label)));
            // What cannot be told is left to the reader: a wrong author is worse than none.
            match counted.values.iter().all(|value| metadata::is_date(value)) {
                true => {
                    let _ = writeln!(text, "[[house.fields]]\nfield = \"published\"\npattern = {pattern}");
                }
                false => {
                    let _ = writeln!(
                        text,
                        "# Which field is it?\n# [[house.fields]]\n# field = \"\"\n# pattern = {pattern}"
                    );
                }
            }
        }
    }
}

/// A label that no rule knows, and its value.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '：'])?;
    let (label, rest) = line.split_at(at);
    let (label, value) = (label.trim(), rest.trim_start_matches([':', '：']).trim());
    let length = label.chars().count();
    let is_label = (2..=30).contains(&length) && label.split_whitespace().count() <= 4 && !value.is_empty();
    (is_label && !metadata::is_known_label(label)).then_some((label, value))
}

/// The pattern of a line, in which a number may be any number.
fn generalised(line: &str) -> String {
    let mut pattern = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        pattern.push_str(&regex::escape(&rest[..start]));
        pattern.push_str(r"\d+");
        rest = rest[start..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    pattern + &regex::escape(rest)
}

/// A TOML string. What a terminal would obey is escaped, as a basic string allows it (TOML 1.0, "String").
fn quoted(text: &str) -> String {
    if !text.contains(is_obeyed) {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let mut string = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            c if is_obeyed(c) => string.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => string.push(c),
        }
    }
    string + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_line_may_be_others() {
        assert_eq!(generalised("12 comments (and 3 more)"), r"\d+ comments \(and \d+ more\)");
    }

    #[test]
    fn what_a_terminal_obeys_is_escaped_in_strings() {
        for text in ["a\u{1B}[31m\"b\\", "a\u{9B}\u{202E}b", "plain \\d+"] {
            let read: toml::Table = toml::from_str(&format!("x = {}", quoted(text))).unwrap();
            assert_eq!(read["x"].as_str(), Some(text));
            assert!(!quoted(text).contains(is_obeyed));
        }
    }

    #[test]
    fn labels_are_those_that_no_rule_knows() {
        assert_eq!(labelled("Tide table: Harbours"), Some(("Tide table", "Harbours")));
        assert_eq!(labelled("Author: Ann Lee"), None);
        assert_eq!(labelled("He said: come here"), Some(("He said", "come here")));
        assert_eq!(labelled("no label"), None);
    }
}
