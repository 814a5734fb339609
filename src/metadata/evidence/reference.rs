//! Where an article first appeared: periodical, date, page, address.

use std::ops::Range;

use super::{Evidence, Witness};
use crate::document::Field;
use crate::metadata::scope::Scope;
use crate::metadata::source;

/// A line that refers to the first publication.
pub(in crate::metadata) fn reference_line(scope: &Scope<'_>, block: usize) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let value = source::opening(line.text)..line.text.len();
    reference(&line, value, false)
}

/// The reference in a value: of a label in a header, or of a line of its own.
pub(super) fn reference(line: &Witness<'_>, value: Range<usize>, in_header: bool) -> Vec<Evidence> {
    let reference = source::reference(&line.scope.words, line.text, value);
    let title_rule = if in_header { "header.source" } else { "source.title" };
    let title = reference.title.map(|title| line.quotes(Field::Source, title, title_rule, 950));
    // `来源：X 2022/11/03` in a header is when the page was posted.
    let posted = in_header && !reference.dated_by_source;
    let (of, date_rule) = if posted { (Field::Published, "header.date") } else { (Field::SourceDate, "source.date") };
    let date = reference.date.map(|date| line.dates(of, date, date_rule, 950));
    let page = reference.page.map(|page| line.quotes(Field::SourcePage, page, "source.page", 950));
    let url = reference.url.map(|url| line.quotes(Field::SourceUrl, url, "source.url", 980));
    [title, date, page, url].into_iter().flatten().collect()
}
