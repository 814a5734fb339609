//! How well repair does on files of cases, family by family.
//!
//! ```text
//! cargo run --release --example score_repair -- FILE...
//! ```
//!
//! A file is a JSON array or JSON lines of `{"original", "expected", "chain" or "group"}`, where the names
//! `fixed` and `label` are read too; or an object of such arrays. A plain string is text that must stay as it is.
//! Each case is one document by itself. Of cases that are damaged, `exact` came out as expected, `untouched` as
//! they were, and `wrong` as something else; `changed` are clean ones that did not stay as they were.

#![allow(clippy::print_stdout, reason = "it prints the scores")]

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};
use data_encoding::HEXLOWER;
use oped_convert::decode::decode;
use oped_convert::original::{Origin, Original};
use oped_convert::repair::repair;
use serde_json::Value;

#[derive(Default)]
struct Score {
    n: usize,
    exact: usize,
    wrong: usize,
    untouched: usize,
    changed: usize,
}

struct Case {
    family: String,
    original: Vec<u8>,
    expected: String,
}

fn main() -> Result<()> {
    let verbose = std::env::var_os("VERBOSE").is_some();
    let mut arguments = std::env::args().skip(1).peekable();
    anyhow::ensure!(arguments.peek().is_some(), "usage: score_repair FILE...");
    for path in arguments {
        let text = fs::read_to_string(&path).with_context(|| path.clone())?;
        let mut scores: BTreeMap<String, Score> = BTreeMap::new();
        for case in cases(&text).with_context(|| path.clone())? {
            let repaired = repaired(&case.original);
            if verbose && repaired != case.expected {
                println!(
                    "{}\n  was      {:?}\n  became   {repaired:?}\n  expected {:?}",
                    case.family,
                    String::from_utf8_lossy(&case.original),
                    case.expected
                );
            }
            scores.entry(case.family.clone()).or_default().count(&case, &repaired);
        }
        print(&path, &scores);
    }
    Ok(())
}

fn repaired(bytes: &[u8]) -> String {
    let original = Original::new(Origin::default(), bytes);
    repair(&original, decode(&original), &Default::default()).text
}

fn cases(text: &str) -> Result<Vec<Case>> {
    let values: Vec<Value> = match serde_json::from_str(text) {
        Ok(Value::Array(values)) => values,
        Ok(Value::Object(object)) => {
            return Ok(object
                .iter()
                .flat_map(|(family, values)| values.as_array().into_iter().flatten().filter_map(|v| case(v, family)))
                .collect());
        }
        Ok(other) => vec![other],
        Err(_) => {
            text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?
        }
    };
    Ok(values.iter().filter_map(|value| case(value, "cases")).collect())
}

fn case(value: &Value, family: &str) -> Option<Case> {
    let field = |names: &[&str]| names.iter().find_map(|name| value[*name].as_str()).map(str::to_owned);
    if let Some(text) = value.as_str() {
        return Some(Case { family: family.to_owned(), original: text.as_bytes().to_vec(), expected: text.to_owned() });
    }
    Some(Case {
        family: field(&["chain", "group", "family"]).unwrap_or_else(|| family.to_owned()),
        original: match field(&["original"]) {
            Some(text) => text.into_bytes(),
            None => HEXLOWER.decode(field(&["original_hex"])?.as_bytes()).ok()?,
        },
        expected: field(&["expected", "fixed"])?,
    })
}

impl Score {
    fn count(&mut self, case: &Case, repaired: &str) {
        self.n += 1;
        let clean = case.original == case.expected.as_bytes();
        match () {
            () if repaired == case.expected => self.exact += 1,
            () if clean => self.changed += 1,
            () if repaired.as_bytes() == case.original => self.untouched += 1,
            () => self.wrong += 1,
        }
    }
}

fn print(path: &str, scores: &BTreeMap<String, Score>) {
    println!("{path}\n{:<40} {:>6} {:>6} {:>6} {:>9} {:>7}", "family", "n", "exact", "wrong", "untouched", "changed");
    let mut total = Score::default();
    for (family, score) in scores {
        line(family, score);
        total.n += score.n;
        total.exact += score.exact;
        total.wrong += score.wrong;
        total.untouched += score.untouched;
        total.changed += score.changed;
    }
    line("all", &total);
}

fn line(family: &str, score: &Score) {
    let Score { n, exact, wrong, untouched, changed } = score;
    println!("{family:<40} {n:>6} {exact:>6} {wrong:>6} {untouched:>9} {changed:>7}");
}
