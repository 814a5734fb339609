//! Fields of which what the lines say wins over what the page states, and the first one over others.

use super::first;
use crate::document::{Date, Field, SourceReference};
use crate::metadata::evidence::Evidence;
use crate::read::CandidateOrigin as Origin;
use crate::span::Spanned;

/// A text of a field.
pub(super) fn text(field: Field, lines: &[Evidence], stated: &[Evidence]) -> Option<Spanned<String>> {
    first(lines, field).or_else(|| first(stated, field))
}

/// The statement of rights; not the address of one.
pub(super) fn rights(lines: &[Evidence], stated: &[Evidence]) -> Option<Spanned<String>> {
    let says = |rights: &Spanned<String>| rights.value.chars().count() > 3 && !rights.value.starts_with("http");
    first(lines, Field::Rights).or_else(|| first(stated, Field::Rights).filter(says))
}

/// The address: the canonical one, which is a link, another one that is stated, the one that a line shows.
pub(super) fn url(lines: &[Evidence], stated: &[Evidence]) -> Option<Spanned<String>> {
    let absolute = |url: &Spanned<String>| url.value.starts_with("http://") || url.value.starts_with("https://");
    let stated = || stated.iter().filter(|e| e.field == Field::Url).filter_map(Evidence::text).filter(absolute);
    let canonical = stated().find(|url| url.rule.0 == Origin::Link.rule());
    canonical.or_else(|| stated().next()).or_else(|| first(lines, Field::Url))
}

/// Keywords: those of the lines, or those of the surest statement that lists some.
pub(super) fn keywords(lines: &[Evidence], stated: &[Evidence]) -> Vec<Spanned<String>> {
    const ORDER: [Origin; 6] =
        [Origin::OpenGraph, Origin::JsonLd, Origin::ArticleMeta, Origin::Meta, Origin::Microdata, Origin::Link];
    let shown: Vec<_> = lines.iter().filter(|e| e.field == Field::Keywords).filter_map(Evidence::text).collect();
    if !shown.is_empty() {
        return shown;
    }
    let of = |origin: Origin| {
        stated
            .iter()
            .filter(move |e| e.field == Field::Keywords && e.rule() == origin.rule())
            .filter_map(Evidence::text)
    };
    let origin = ORDER.into_iter().find(|origin| of(*origin).next().is_some());
    let mut keywords: Vec<Spanned<String>> = Vec::new();
    for keyword in origin.into_iter().flat_map(of) {
        if keywords.iter().all(|known| known.value != keyword.value) {
            keywords.push(keyword);
        }
    }
    keywords
}

/// The first publication.
pub(super) fn source(lines: &[Evidence]) -> SourceReference {
    let date: Option<Spanned<Date>> =
        lines.iter().filter(|e| e.field == Field::SourceDate).find_map(super::dates::told);
    SourceReference {
        title: first(lines, Field::Source),
        date,
        page: first(lines, Field::SourcePage),
        url: first(lines, Field::SourceUrl),
    }
}
