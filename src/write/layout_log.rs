//! How the lines of the PDFs were justified, as tab-separated values: one row for each full line of a justified paragraph.

use std::fmt::Write as _;

use super::collection::{Collection, CollectionFile, CollectionKind, Ends};
use super::{WriteContext, WriteError};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::typeset::{Layout, Length};

/// The collection's facts.
pub const LAYOUT_LOG: CollectionKind = CollectionKind {
    name: "layout-log",
    help: "Writes how each line of the PDFs was justified, as tab-separated values",
    media_type: "text/tab-separated-values",
    spec: "one row a line of text; the first row names the columns",
    signature: HEAD,
    suffices: false,
    noticed_with: if cfg!(feature = "pdf") { Some("pdf") } else { None },
    options: &[],
    reads_layout: true,
    begin: |_, file| Ok(Box::new(LayoutLog { file })),
};

struct LayoutLog {
    file: Box<dyn CollectionFile>,
}

impl Collection for LayoutLog {
    fn make(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, WriteError> {
        let Some(layout) = context.layout else { return Ok(Vec::new()) };
        diagnostics.extend(layout.diagnostics.iter().cloned());
        Ok(rows(layout, &document.source.path).into_bytes())
    }

    fn admit(&mut self, member: Vec<u8>) -> Result<bool, WriteError> {
        if !member.is_empty() {
            self.file.write_all(b"\n")?;
            self.file.write_all(&member)?;
        }
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<Option<Ends>, WriteError> {
        self.file.flush()?;
        Ok(Some(Ends { head: HEAD.as_bytes().to_vec(), tail: b"\n".to_vec() }))
    }
}

/// The first row: names of the columns. Distances are in points; `badness` is 100 times the cube of excess over stretch
/// or shrink, so that a line of 100 has its spaces stretched by half; `tracking` is what letters were spaced by, in
/// 1/1000 em, and part of the natural width.
const HEAD: &str = "document\tpage\tline\tnatural\texcess\tstretch\tshrink\tbadness\ttracking\thyphen";

/// The rows of one document, without a line end behind the last.
fn rows(layout: &Layout, document: &str) -> String {
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
