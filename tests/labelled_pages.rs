//! The labelled pages: their scores are kept by set, language and field, and none may move unseen.

#[path = "support/accounts.rs"]
mod accounts;
#[path = "support/labelled_pages.rs"]
mod labelled_pages;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use labelled_pages::{Compared, Outcome, Page};
use rayon::prelude::*;

/// What the pages of one set and language count.
#[derive(Default)]
struct Count {
    fields: BTreeMap<&'static str, BTreeMap<Outcome, usize>>,
    precision: f64,
    recall: f64,
    bodies: usize,
    phrases: [usize; 4],
}

impl Count {
    fn add(&mut self, compared: &Compared) {
        for (field, outcome) in &compared.fields {
            *self.fields.entry(field).or_default().entry(*outcome).or_default() += 1;
        }
        if let Some((precision, recall)) = compared.body {
            self.precision += precision;
            self.recall += recall;
            self.bodies += 1;
        }
        self.phrases.iter_mut().zip(compared.phrases).for_each(|(sum, count)| *sum += count);
    }

    /// Its rows of the table, each with `key` in front.
    fn rows(&self, key: &str) -> String {
        let mut rows = String::new();
        for (field, counts) in &self.fields {
            let count = |outcome| counts.get(&outcome).copied().unwrap_or(0);
            let (exact, none, missing) = (count(Outcome::Exact), count(Outcome::None), count(Outcome::Missing));
            let (wrong, added) = (count(Outcome::Wrong), count(Outcome::Added));
            let _ = writeln!(
                rows,
                "{key}\t{field}\t{exact} exact, {none} none, {missing} missing, {wrong} wrong, {added} added"
            );
        }
        if self.bodies > 0 {
            let of = |sum: f64| sum / self.bodies as f64;
            let (precision, recall, n) = (of(self.precision), of(self.recall), self.bodies);
            let _ = writeln!(rows, "{key}\tbody\tprecision {precision:.4}, recall {recall:.4}, {n} pages");
        }
        let [with, of_with, without, of_without] = self.phrases;
        if of_with + of_without > 0 {
            let _ = writeln!(rows, "{key}\tphrases\t{with} of {of_with} wanted, {without} of {of_without} unwanted");
        }
        rows
    }
}

#[test]
fn the_scores_of_the_labelled_pages_are_those_that_are_kept() {
    let Some(folder) = labelled_pages::folder() else {
        // Past the harness, which swallows what a test prints.
        let _ = writeln!(std::io::stderr(), "not checked: ../shared/corpus/08-labelled-pages is not here");
        return;
    };
    let pages = labelled_pages::pages(&folder);
    let compared: Vec<(&Page, Compared, Vec<String>)> = pages
        .par_iter()
        .map(|page| {
            let reading = page.read(&folder);
            (page, page.compare(&reading), accounts::faults(&reading))
        })
        .collect();
    let faults =
        compared.iter().flat_map(|(page, _, faults)| faults.iter().map(|fault| format!("{}: {fault}", page.file)));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "accounts of {} pages:\n{}", pages.len(), faults.join("\n"));
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (page, compared, _) in &compared {
        counts.entry(format!("{}\t{}", page.set, page.language)).or_default().add(compared);
    }
    let rows: String = counts.iter().map(|(key, count)| count.rows(key)).collect();
    let scores = format!("set\tlanguage\tfield\tscore\n{rows}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/pages.scores.tsv");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &scores).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap();
    let without = |rows: &str, others: &str, mark: char| -> Vec<String> {
        let others: Vec<&str> = others.lines().collect();
        rows.lines().filter(|row| !others.contains(row)).map(|row| format!("{mark} {row}")).collect()
    };
    let moved = [without(&kept, &scores, '-'), without(&scores, &kept, '+')].concat();
    assert!(moved.is_empty(), "UPDATE=1 keeps the new ones:\n{}", moved.join("\n"));
}
