//! Where an article first appeared: periodical, date, page, address.

use std::ops::Range;

use super::{Evidence, Witness};
use crate::document::Field;
use crate::metadata::scope::Scope;
use crate::metadata::{rules, source};

/// A line that refers to the first publication.
pub(in crate::metadata) fn reference_line(scope: &Scope<'_>, block: usize) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let start = source::opening(&scope.words, line.text).map_or(0, |opening| opening.end);
    let value = start..line.text.len();
    reference(&line, value, false)
}

/// The reference in a value: of a label in a header, or of a line of its own.
pub(super) fn reference(line: &Witness<'_>, value: Range<usize>, in_header: bool) -> Vec<Evidence> {
    let reference = source::reference(&line.scope.words, line.text, value);
    let title_rule = if in_header { rules::HEADER_SOURCE } else { rules::SOURCE_TITLE };
    let title = reference.title.map(|title| line.quotes(Field::Source, title, title_rule));
    // `来源：X 2022/11/03` in a header is when the page was posted.
    let posted = in_header && !reference.dated_by_source;
    let (of, date_rule) =
        if posted { (Field::Published, rules::HEADER_DATE) } else { (Field::SourceDate, rules::SOURCE_DATE) };
    let date = reference.date.map(|date| line.dates(of, date, date_rule));
    let page = reference.page.map(|page| line.quotes(Field::SourcePage, page, rules::SOURCE_PAGE));
    let url = reference.url.map(|url| line.quotes(Field::SourceUrl, url, rules::SOURCE_URL));
    [title, date, page, url].into_iter().flatten().collect()
}
