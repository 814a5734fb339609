//! How well the encoding of bytes is recognised, on files whose text is known by its digest.
//!
//! ```text
//! cargo run --release --example score_decode -- TRUTH.tsv
//! ```
//!
//! The table names a file below its own folder in the first column and the first 16 digits of the SHA-256 of the text
//! in UTF-8 in the column `sha256_16_of_utf8_text`. A file is `exact` where the decoded
//! text has that digest. Every file, with a digest or without, must be restored to the byte.

#![allow(clippy::print_stdout, reason = "it prints the scores")]

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use oped_convert::decode::decode;
use oped_convert::original::{Digest, Origin, Original};
use oped_convert::repair::repair;

fn main() -> Result<()> {
    let table = std::env::args().nth(1).context("usage: score_decode TRUTH.tsv")?;
    let folder = Path::new(&table).parent().unwrap_or(Path::new("."));
    let text = fs::read_to_string(&table).with_context(|| table.clone())?;
    let mut rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().context("the table is empty")?;
    let column = header.iter().position(|name| *name == "sha256_16_of_utf8_text").context("no column of digests")?;
    let (mut known, mut exact, mut files, mut restored) = (0, 0, 0, 0);
    for row in rows {
        let Ok(bytes) = fs::read(folder.join(row[0])) else { continue };
        files += 1;
        let original = Original::new(Origin::default(), bytes.as_slice());
        let decoded = decode(&original);
        let digest = |text: &str| Digest::of(text.as_bytes()).hex()[..16].to_owned();
        let truth = row.get(column).copied().unwrap_or_default();
        // Some digests are of a text with its byte order mark.
        let right = [digest(&decoded.text), digest(&format!("\u{FEFF}{}", decoded.text))].iter().any(|d| d == truth);
        let (name, confidence) = (decoded.report.name(), decoded.report.confidence);
        let evidence = decoded.report.evidence.clone();
        if !truth.is_empty() {
            known += 1;
            exact += usize::from(right);
        }
        if !right {
            println!("{} is {}: read as {name}, {confidence:?}, {evidence}", row[0], row[1]);
        }
        let repaired = repair(&original, decoded, &Default::default());
        restored += usize::from(repaired.log.restore(&repaired.text).is_ok_and(|restored| restored == bytes));
    }
    println!("{exact} of {known} exact, {restored} of {files} restored");
    Ok(())
}
