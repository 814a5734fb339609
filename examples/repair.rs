//! Repairs a text whose encoding was misread, shows what was done, and gives the bytes back.
//!
//! `cargo run --example repair --no-default-features -- FILE` (without a file: a line of GBK that was read as Latin-1)

use std::error::Error;
use std::io::{self, Write as _};

use oped_convert::edit::{Applicability, Edit, Repaired};
use oped_convert::plan::RepairOptions;
use oped_convert::repair_bytes;

/// `我们不能等了，明天就开始。`, misread.
const MISREAD: &str = "ÎÒÃÇ²»ÄÜµÈÁË£¬Ã÷Ìì¾Í¿ªÊ¼¡£";

fn main() -> Result<(), Box<dyn Error>> {
    let bytes = match std::env::args().nth(1) {
        Some(file) => std::fs::read(file)?,
        None => MISREAD.as_bytes().to_vec(),
    };
    let repaired = repair_bytes(&bytes, &RepairOptions::default());
    let mut out = io::stdout().lock();
    writeln!(out, "{}", repaired.text)?;
    for line in changes(&repaired) {
        writeln!(out, "{line}")?;
    }
    let restored = repaired.log.restore(&repaired.text)?;
    writeln!(out, "restored: {}", restored == bytes)?;
    Ok(())
}

/// Each repair: its place in the original, what stood there, what stands there now or would, its chain of misreadings,
/// and how sure it is.
fn changes(repaired: &Repaired) -> Vec<String> {
    let describe = |edit: Edit| {
        let Edit { source, sic, corr, chain, confidence, applicability, .. } = edit;
        let done = if applicability == Applicability::Withheld { "would become" } else { "became" };
        format!("bytes {}-{}: {sic} {done} {corr} ({chain}, confidence {confidence})", source.start, source.end)
    };
    repaired.edits().into_iter().map(describe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_misread_line_is_repaired_and_comes_back() {
        let repaired = repair_bytes(MISREAD.as_bytes(), &RepairOptions::default());
        assert_eq!(repaired.text, "我们不能等了，明天就开始。");
        assert!(!changes(&repaired).is_empty());
        assert_eq!(repaired.log.restore(&repaired.text).unwrap(), MISREAD.as_bytes());
    }
}
