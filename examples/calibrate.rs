//! Measures how often each rule is right, on one half of the material, and tests the confidences on the other.
//!
//! ```text
//! cargo run --release --example calibrate              prints how the confidences do
//! cargo run --release --example calibrate -- --write   counts again: src/metadata/rules/measured.tsv
//! cargo run --release --example calibrate -- --docs    the table of docs/recognition.md
//! cargo run --release --example calibrate -- --wrong   the values of the half that tests which are stated .95 and wrong
//! ```
//!
//! Needs `../shared`. What a value is compared with, and how the halves are made: `tests/support/calibration.rs`.

#![allow(clippy::print_stdout, reason = "it prints the counts")]

#[path = "../tests/support/calibration.rs"]
mod calibration;
#[allow(dead_code, reason = "a test uses the rest")]
#[path = "../tests/support/labelled_pages.rs"]
mod labelled_pages;
#[allow(dead_code, reason = "a test uses the rest")]
#[path = "../tests/support/metadata_cases.rs"]
mod metadata_cases;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use calibration::{Half, Judged};
use oped_convert::document::Medium;
use oped_convert::metadata::rules;
use oped_convert::span::Permille;

fn main() -> Result<()> {
    let option = std::env::args().nth(1).unwrap_or_default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if option == "--docs" {
        let file = root.join("docs/recognition.md");
        let text = fs::read_to_string(&file)?;
        fs::write(&file, rules::with_table(&text).context("docs/recognition.md has no place for the table")?)?;
        return Ok(());
    }
    labelled_pages::folder().context("../shared/corpus/08-labelled-pages is not here")?;
    let judged = calibration::judged();
    match option.as_str() {
        "--write" => fs::write(root.join("src/metadata/rules/measured.tsv"), counts(&judged))?,
        "--wrong" => {
            let sure = |j: &&Judged| j.half == Half::Tests && j.is_taken && !j.is_right && j.confidence >= SURE;
            for j in judged.iter().filter(sure) {
                println!("{}\t{}\t{}\t{}\t{}", j.field, j.confidence, j.rule, j.document, j.value);
            }
        }
        _ => print(&judged),
    }
    Ok(())
}

/// What a value has to be stated with to be called sure.
const SURE: Permille = Permille::new(950);

/// The table of counts: each cell of the half that measures.
fn counts(judged: &[Judged]) -> String {
    let mut cells: BTreeMap<_, [u32; 2]> = BTreeMap::new();
    for j in judged.iter().filter(|j| j.half == Half::Measures) {
        let support = rules::bounded(j.support);
        let cell = cells.entry((j.rule, j.field, j.medium.name(), support.agree, support.contradict)).or_default();
        cell[0] += u32::from(j.is_right);
        cell[1] += 1;
    }
    let mut table = "rule\tfield\tin\tagree\tcontradict\tright\tseen\n".to_owned();
    for ((rule, field, medium, agree, contradict), [right, seen]) in cells {
        let _ = writeln!(table, "{rule}\t{field}\t{medium}\t{agree}\t{contradict}\t{right}\t{seen}");
    }
    table
}

/// How the confidences do, by half and field.
fn print(judged: &[Judged]) {
    println!(
        "half      field                  stated  right   of those >= .95    right of those   of the right ones >= .95"
    );
    for half in [Half::Measures, Half::Tests] {
        let of_half: Vec<&Judged> = judged.iter().filter(|j| j.half == half && j.is_taken).collect();
        let mut fields: Vec<&str> = of_half.iter().map(|j| j.field).collect();
        fields.sort_unstable();
        fields.dedup();
        let name = if half == Half::Measures { "measures" } else { "tests" };
        for field in fields {
            row(name, field, of_half.iter().copied().filter(|j| j.field == field));
        }
        let three = ["title", "authors", "published"];
        row(name, "(all three)", of_half.iter().copied().filter(|j| three.contains(&j.field)));
        for (field, medium) in three
            .iter()
            .flat_map(|field| [Medium::Page, Medium::Text, Medium::PrintedPage].map(|medium| (*field, medium)))
        {
            let of_both = of_half.iter().copied().filter(|j| j.field == field && j.medium == medium);
            row(name, &format!("{field} {}", medium.name()), of_both);
        }
    }
}

fn row<'a>(half: &str, field: &str, judged: impl Iterator<Item = &'a Judged> + Clone) {
    let count = |is: &dyn Fn(&Judged) -> bool| judged.clone().filter(|j| is(j)).count();
    let (stated, right) = (count(&|_| true), count(&|j| j.is_right));
    let (sure, sure_right) = (count(&|j| j.confidence >= SURE), count(&|j| j.confidence >= SURE && j.is_right));
    let share =
        |part: usize, of: usize| if of == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / of as f64) };
    println!(
        "{half:9} {field:22} {stated:6} {right:6} {sure:10} {:>16} {:>18}",
        share(sure_right, sure),
        share(sure_right, right)
    );
}
