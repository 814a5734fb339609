//! Repairs a text whose encoding was misread, shows what was done, and gives the bytes back.
//!
//! `cargo run --example repair --no-default-features -- FILE` (without a file: a line of GBK that was read as Latin-1)

use std::error::Error;
use std::io::{self, Write as _};

use oped_convert::edit::SegmentKind;
use oped_convert::plan::RepairOptions;
use oped_convert::{edit::Repaired, repair_bytes};

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

/// Each repair, with its place in the original, its chain of misreadings, and how sure it is.
fn changes(repaired: &Repaired) -> Vec<String> {
    let describe = |segment: &oped_convert::edit::Segment| match &segment.kind {
        SegmentKind::Repaired { chain, confidence, .. } => Some(format!(
            "bytes {}-{}: {} ({chain}, confidence {confidence})",
            segment.source.start,
            segment.source.end,
            &repaired.text[segment.target.clone()]
        )),
        _ => None,
    };
    repaired.log.segments.iter().filter_map(describe).collect()
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
