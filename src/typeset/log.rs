//! How lines were justified, as tab-separated values: one row for each full line of a justified paragraph.

use std::fmt::Write as _;

use super::{Layout, Length};

/// The first row: names of the columns. Distances are in points; `badness` is 100 times the cube of excess over stretch
/// or shrink, so that a line of 100 has its spaces stretched by half; `tracking` is what letters were spaced by, in
/// 1/1000 em, and part of the natural width.
pub const HEAD: &str = "document\tpage\tline\tnatural\texcess\tstretch\tshrink\tbadness\ttracking\thyphen";

/// The rows of one document, without a line end behind the last.
pub fn rows(layout: &Layout, document: &str) -> String {
    let document = document.replace(['\t', '\n', '\r'], " ");
    let mut rows = String::new();
    for (page, lines) in layout.pages.iter().enumerate() {
        for (number, line) in lines.lines.iter().enumerate() {
            let Some(fit) = line.justified else { continue };
            let end = if rows.is_empty() { "" } else { "\n" };
            let [natural, excess, stretch, shrink] = [fit.natural, fit.excess, fit.stretch, fit.shrink].map(points);
            let hyphen = u8::from(line.is_hyphenated());
            let (page, line, badness, tracking) = (page + 1, number + 1, fit.badness, fit.tracking);
            // Writing to a String cannot fail.
            let _ = write!(
                rows,
                "{end}{document}\t{page}\t{line}\t{natural}\t{excess}\t{stretch}\t{shrink}\t{badness}\t{tracking}\t{hyphen}"
            );
        }
    }
    rows
}

fn points(length: Length) -> String {
    let thousandths = length / 100;
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", thousandths.abs() / 1000, thousandths.abs() % 1000)
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn distances_are_points_with_three_decimals() {
        assert_eq!([points(123_456), points(-50_000), points(0)], ["1.234", "-0.500", "0.000"]);
    }
}
