//! How well lines are justified: of each file the lines that are full, and of those the ones whose spaces are
//! stretched beyond 1.5 times what the face has.
//!
//! ```text
//! cargo run --release --example layout_quality -- FILE...
//! ```

use std::fs;

use anyhow::{Context as _, Result};
use oped_convert::original::{Origin, Original};
use oped_convert::plan::Plan;
use oped_convert::read_original;
use oped_convert::typeset::paginate;

fn main() -> Result<()> {
    let plan = Plan::default();
    oped_convert::warm(&plan);
    println!("{:<40} {:>7} {:>7} {:>8} {:>8}", "file", "full", "loose", "mean", "hyphens");
    let (mut lines, mut loose) = (0_usize, 0_usize);
    for path in std::env::args().skip(1) {
        let bytes = fs::read(&path).with_context(|| path.clone())?;
        let original = Original::new(Origin { path: path.clone(), ..Origin::default() }, bytes);
        let document = read_original(&original, &Default::default(), &Default::default()).document;
        let layout = paginate(&document, &plan, &mut Vec::new());
        let all = || layout.pages.iter().flat_map(|page| &page.lines);
        let full: Vec<_> = all().filter_map(|line| line.justified).collect();
        // Badness 100 is a stretch by half of the space.
        let beyond = full.iter().filter(|line| line.excess > line.stretch).count();
        let mean = full.iter().map(|line| line.badness).sum::<i64>() / i64::try_from(full.len().max(1))?;
        let hyphen = |line: &&oped_convert::typeset::Line| {
            let last = line.runs.last().and_then(|run| run.glyphs.last());
            last.is_some_and(|glyph| glyph.role == oped_convert::typeset::GlyphRole::Hyphen)
        };
        if std::env::var_os("SHOW").is_some() {
            for line in all() {
                if line.justified.is_some_and(|j| j.excess > j.stretch) {
                    let text: String =
                        line.runs.iter().flat_map(|r| &r.glyphs).map(|g| &layout.text[g.text.clone()]).collect();
                    println!("{:?} {text}", line.justified.map(|j| j.badness));
                }
            }
        }
        let hyphens = all().filter(hyphen).count();
        println!("{path:<40} {:>7} {beyond:>7} {mean:>8} {hyphens:>8}", full.len());
        (lines, loose) = (lines + full.len(), loose + beyond);
    }
    println!("{:<40} {lines:>7} {loose:>7} {:>6.2} %", "all", 100.0 * loose as f64 / lines.max(1) as f64);
    Ok(())
}
