//! Fields of which what the lines say wins over what the page states, and the first one over others.

use super::first;
use crate::document::{Date, Field, SourceReference};
use crate::metadata::evidence::Evidence;
use crate::metadata::rules;
use crate::span::{RuleId, Spanned};

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
    let canonical = stated().find(|url| url.rule == rules::PAGE_LINK);
    canonical.or_else(|| stated().next()).or_else(|| first(lines, Field::Url))
}

/// Keywords: those of the lines, or those of the surest statement that lists some.
pub(super) fn keywords(lines: &[Evidence], stated: &[Evidence]) -> Vec<Spanned<String>> {
    const ORDER: [RuleId; 7] = [
        rules::PAGE_OPEN_GRAPH,
        rules::PAGE_JSON_LD,
        rules::PAGE_ARTICLE_META,
        rules::PAGE_META,
        rules::PAGE_MICRODATA,
        rules::PAGE_LINK,
        rules::RECORD_FIELD,
    ];
    let shown: Vec<_> = lines.iter().filter(|e| e.field == Field::Keywords).filter_map(Evidence::text).collect();
    if !shown.is_empty() {
        return shown;
    }
    let of = |rule: RuleId| {
        stated.iter().filter(move |e| e.field == Field::Keywords && e.rule() == rule).filter_map(Evidence::text)
    };
    let surest = ORDER.into_iter().find(|rule| of(*rule).next().is_some());
    let mut keywords: Vec<Spanned<String>> = Vec::new();
    for keyword in surest.into_iter().flat_map(of) {
        if keywords.iter().all(|known| known.value != keyword.value) {
            keywords.push(keyword);
        }
    }
    keywords
}

/// The first publication.
pub(super) fn source(lines: &[Evidence], stated: &[Evidence]) -> SourceReference {
    let date: Option<Spanned<Date>> =
        lines.iter().filter(|e| e.field == Field::SourceDate).find_map(super::dates::told);
    SourceReference {
        title: first(lines, Field::Source),
        date,
        page: first(lines, Field::SourcePage).or_else(|| first(stated, Field::SourcePage)),
        url: first(lines, Field::SourceUrl),
    }
}
