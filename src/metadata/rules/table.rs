//! What the rules are, for people: the table of `docs/recognition.md`, and what `explain` prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Measured, RULES, Rule, RuleId};
use crate::document::Medium;

/// Where the table of `docs/recognition.md` begins and ends.
const FENCES: (&str, &str) = ("<!-- rules: made by the example calibrate -->\n", "<!-- end of rules -->\n");

/// `text` with the table of all rules between its fences; `None` where it has none.
pub fn with_table(text: &str) -> Option<String> {
    let (before, rest) = text.split_once(FENCES.0)?;
    let (_, after) = rest.split_once(FENCES.1)?;
    Some([before, FENCES.0, &table(), FENCES.1, after].concat())
}

fn table() -> String {
    let mut table =
        "\n| Rule | Order | The value | Right of those that could be checked |\n|---|---|---|---|\n".to_owned();
    for Rule { id, order, sentence, .. } in RULES {
        let _ = writeln!(table, "| `{id}` | {order} | {sentence} | {} |", by_field(*id));
    }
    table + "\n"
}

/// `authors on pages 0.896 of 125; authors in texts 0.961 of 127`.
fn by_field(id: RuleId) -> String {
    let mut counts: BTreeMap<(&str, Medium), (u32, u32)> = BTreeMap::new();
    for cell in Measured::of(id) {
        let count = counts.entry((cell.field, cell.medium)).or_default();
        *count = (count.0 + cell.right, count.1 + cell.seen);
    }
    let said = counts.into_iter().map(|((field, medium), (right, seen))| {
        let medium = match medium {
            Medium::Page => "on pages",
            Medium::Text => "in texts",
            Medium::PrintedPage => "in printed pages",
        };
        format!("{field} {medium} {:.3} of {seen}", f64::from(right) / f64::from(seen))
    });
    said.collect::<Vec<_>>().join("; ")
}

/// What `explain` prints of a rule: what it says, and how its confidence was measured; `None` where there is none.
pub fn explanation(name: &str) -> Option<String> {
    let Rule { id, order, sentence, .. } = RULES.iter().find(|rule| rule.id.0 == name)?;
    let mut text =
        format!("{id}: {sentence}\n\nOrder {order}: of two rules that name a value, the lower one goes first.\n");
    let cells: Vec<Measured> = Measured::of(*id).collect();
    if cells.is_empty() {
        text.push_str("Nothing that it found could be checked.\n");
        return Some(text);
    }
    text.push_str("\nfield        in            others agree  contradict  right  of  confidence\n");
    for cell in cells {
        let medium = cell.medium.name();
        let confidence = cell.confidence();
        let Measured { field, support, right, seen, .. } = cell;
        let _ = writeln!(
            text,
            "{field:12} {medium:12}  {:>12}  {:>10}  {right:>5} {seen:>3}       {confidence}",
            support.agree, support.contradict
        );
    }
    text.push_str(
        "\nOthers are kinds of witness, 2 of them two or more. A cell of fewer than 20 values has the confidence of its \
         family of rules.\n",
    );
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_documentation_is_the_one_that_was_measured() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/recognition.md");
        let text = std::fs::read_to_string(file).unwrap();
        let is_current = with_table(&text) == Some(text);
        assert!(is_current, "cargo run --release --example calibrate -- --docs");
    }

    #[test]
    fn a_rule_is_explained_with_its_counts() {
        let text = explanation("header.author").unwrap();
        assert!(text.starts_with("header.author: behind a label") && text.contains("\nauthors"), "{text}");
        assert_eq!(explanation("header.nothing"), None);
    }
}
