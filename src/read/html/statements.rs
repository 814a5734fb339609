//! What a page states about itself in its head and its microdata: `meta` and `link` elements, Dublin Core
//! (<https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>), Open Graph (<https://ogp.me/>), microdata
//! and JSON-LD of schema.org. Each value as stated, with its place; none is judged here.

use std::ops::Range;

use dom_query::{NodeId, NodeRef};

use super::leads::Leads;
use super::page::Page;
use super::stated::{push, source};
use super::{clues, json_ld};
use crate::document::Field;
use crate::read::{Candidate, CandidateOrigin as Origin};

/// What a page states.
#[derive(Debug, Default)]
pub(super) struct Statements {
    /// In the order of the page, but those of JSON-LD last.
    pub(super) candidates: Vec<Candidate>,
    /// Scripts of JSON-LD whose syntax had to be mended.
    pub(super) mended: usize,
    /// Descriptions of the article.
    pub(super) leads: Leads,
}

/// Collects the statements of a page.
pub(super) fn collect(page: &Page) -> Statements {
    let mut found = Vec::new();
    let mut scripts = Vec::new();
    let mut leads = Leads::default();
    for node in page.document.root().descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "script" if is_json_ld(&node) => scripts.extend(node.first_child()),
            "meta" => {
                leads.read(&node);
                meta(page, &node, &mut found);
            }
            "link" => link(page, &node, &mut found),
            "title" if !node.ancestors_it(None).any(|a| a.has_name("svg")) => {
                push_text(page, &node, Field::Title, Origin::Element, false, &mut found);
            }
            "html" => push_attribute(page, &node, "lang", Field::Language, Origin::Element, &mut found),
            _ => {
                if let Some(property) = node.attr("itemprop") {
                    microdata(page, &node, property.trim(), &mut found);
                }
                let rel = node.attr("rel").unwrap_or_default();
                let has = |word: &str| rel.split_ascii_whitespace().any(|r| r == word);
                let is_of_author = || &*name == "a" && node.attr("href").is_some_and(|to| clues::is_of_author(&to));
                match () {
                    () if has("author") || is_of_author() => {
                        push_text(page, &node, Field::Author, Origin::Link, false, &mut found);
                    }
                    () if has("tag") && !has("category") => {
                        push_text(page, &node, Field::Keywords, Origin::Link, false, &mut found);
                    }
                    () => {}
                }
            }
        }
    }
    card(page, &mut found);
    let mended = json_ld::read(page, &scripts, &mut found);
    Statements { candidates: found, mended, leads }
}

fn is_json_ld(node: &NodeRef<'_>) -> bool {
    node.attr("type").is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}

/// The meaning of `meta` names, in lower case.
fn meaning(name: &str) -> Option<(Field, Origin)> {
    Some(match name {
        "og:title" => (Field::Title, Origin::OpenGraph),
        "citation_title" | "parsely-title" | "sailthru.title" | "hdl" | "hdl_p" => (Field::Title, Origin::ArticleMeta),
        "dc.title" | "dcterms.title" | "dc:title" => (Field::Title, Origin::DublinCore),
        "title" | "headline" | "twitter:title" => (Field::Title, Origin::Meta),

        "article:author" | "og:article:author" => (Field::Author, Origin::OpenGraph),
        "citation_author" | "citation_authors" | "parsely-author" | "sailthru.author" | "byl" | "article.author" => {
            (Field::Author, Origin::ArticleMeta)
        }
        "dc.creator" | "dcterms.creator" | "dc:creator" | "dc.creator.personalname" => {
            (Field::Author, Origin::DublinCore)
        }
        "author" | "byline" | "authors" => (Field::Author, Origin::Meta),
        "editor" => (Field::Editor, Origin::Meta),
        "translator" => (Field::Translator, Origin::Meta),

        "og:site_name" => (Field::Publisher, Origin::OpenGraph),
        "citation_journal_title" | "citation_publisher" | "parsely-site" => (Field::Publisher, Origin::ArticleMeta),
        "dc.publisher" | "dcterms.publisher" | "dc:publisher" => (Field::Publisher, Origin::DublinCore),
        "publisher" | "application-name" => (Field::Publisher, Origin::Meta),

        "article:published_time" | "og:article:published_time" | "article:published" | "og:published_time" => {
            (Field::Published, Origin::OpenGraph)
        }
        "citation_publication_date"
        | "citation_date"
        | "citation_online_date"
        | "parsely-pub-date"
        | "sailthru.date"
        | "article.published"
        | "cxenseparse:recs:publishtime"
        | "article_date_original"
        | "ptime"
        | "pdate" => (Field::Published, Origin::ArticleMeta),
        "dc.date" | "dc.date.issued" | "dcterms.issued" | "dcterms.date" | "dcterms.created" | "dc.date.created"
        | "dc:date" | "dcterms.available" => (Field::Published, Origin::DublinCore),
        "date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "publication_date"
        | "publicationdate"
        | "datepublished"
        | "originalpublicationdate"
        | "publication-date"
        | "release_date" => (Field::Published, Origin::Meta),

        "article:modified_time" | "og:updated_time" | "og:article:modified_time" => (Field::Updated, Origin::OpenGraph),
        "article.updated" | "utime" => (Field::Updated, Origin::ArticleMeta),
        "dcterms.modified" | "dc.date.modified" => (Field::Updated, Origin::DublinCore),
        "last-modified" | "lastmod" | "datemodified" | "revised" | "last_modified" => (Field::Updated, Origin::Meta),

        "og:url" => (Field::Url, Origin::OpenGraph),
        "article:section" => (Field::Section, Origin::OpenGraph),
        "parsely-section" => (Field::Section, Origin::ArticleMeta),
        "section" => (Field::Section, Origin::Meta),
        "article:tag" => (Field::Keywords, Origin::OpenGraph),
        "parsely-tags" | "sailthru.tags" | "news_keywords" | "citation_keywords" => {
            (Field::Keywords, Origin::ArticleMeta)
        }
        "keywords" => (Field::Keywords, Origin::Meta),
        "dc.rights" | "dcterms.rights" | "dc:rights" => (Field::Rights, Origin::DublinCore),
        "copyright" | "rights" => (Field::Rights, Origin::Meta),
        "dc.language" | "dcterms.language" => (Field::Language, Origin::DublinCore),
        "og:locale" => (Field::Language, Origin::OpenGraph),
        "content-language" | "language" => (Field::Language, Origin::Meta),
        _ => return None,
    })
}

fn meta(page: &Page, node: &NodeRef<'_>, found: &mut Vec<Candidate>) {
    if let Some(property) = node.attr("itemprop") {
        microdata(page, node, property.trim(), found);
    }
    for attribute in ["property", "name", "http-equiv"] {
        let Some(name) = node.attr(attribute) else { continue };
        let Some((field, origin)) = meaning(&name.trim().to_ascii_lowercase()) else { continue };
        push_attribute(page, node, "content", field, origin, found);
        return;
    }
}

/// The first field of a card for social networks: content management systems name the author there.
fn card(page: &Page, found: &mut Vec<Candidate>) {
    let meta = |name: &str| page.document.select(&format!("meta[name='twitter:{name}']")).nodes().first().copied();
    let (Some(label), Some(data)) = (meta("label1"), meta("data1")) else { return };
    let (Some(label), Some(value)) = (label.attr("content"), data.attr("content")) else { return };
    let Some(place) = page.attribute(data.id, "content") else { return };
    push(found, Field::Author, Origin::Card, &format!("{}: {value}", label.trim()), place, false);
}

fn link(page: &Page, node: &NodeRef<'_>, found: &mut Vec<Candidate>) {
    if node.attr("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("canonical"))) {
        push_attribute(page, node, "href", Field::Url, Origin::Link, found);
    }
}

/// An `itemprop` of the article itself, not of a comment or of another article beside it.
fn microdata(page: &Page, node: &NodeRef<'_>, property: &str, found: &mut Vec<Candidate>) {
    let field = match property {
        "headline" => Field::Title,
        "alternativeHeadline" | "alternativeheadline" => Field::Subtitle,
        "author" | "creator" => Field::Author,
        "editor" => Field::Editor,
        "translator" => Field::Translator,
        "publisher" => Field::Publisher,
        "datePublished" => Field::Published,
        "dateModified" => Field::Updated,
        "articleSection" => Field::Section,
        "keywords" => Field::Keywords,
        _ => return,
    };
    let is_article =
        |kind: &str| ["Article", "BlogPosting", "CreativeWork", "WebPage", "Report"].iter().any(|k| kind.contains(k));
    // What is cited in an article is an article too.
    let is_of_another = |item: &NodeRef<'_>| {
        item.attr("itemprop").is_some_and(|property| !property.starts_with("mainEntity") && &*property != "blogPost")
    };
    let item = node.ancestors_it(None).find(|a| a.has_attr("itemtype"));
    if item.is_some_and(|item| !item.attr("itemtype").is_some_and(|kind| is_article(&kind)) || is_of_another(&item)) {
        return;
    }
    let value = ["content", "datetime"].into_iter().find(|name| node.attr(name).is_some_and(|v| !v.trim().is_empty()));
    if let Some(name) = value {
        return push_attribute(page, node, name, field, Origin::Microdata, found);
    }
    let named = node
        .descendants_it()
        .find(|n| n.attr("itemprop").is_some_and(|p| p.split_ascii_whitespace().any(|p| p == "name")));
    let body = node.attr("itemtype").is_some_and(|kind| kind.contains("Organization"));
    match named {
        Some(name) if name.attr("content").is_some() => {
            push_attribute(page, &name, "content", field, Origin::Microdata, found)
        }
        Some(name) => push_text(page, &name, field, Origin::Microdata, body, found),
        None => push_text(page, node, field, Origin::Microdata, body, found),
    }
}

fn push_attribute(
    page: &Page,
    node: &NodeRef<'_>,
    name: &str,
    field: Field,
    origin: Origin,
    found: &mut Vec<Candidate>,
) {
    let (Some(value), Some(place)) = (node.attr(name), page.attribute(node.id, name)) else { return };
    push(found, field, origin, &value, place, false);
}

/// The text of an element.
fn push_text(page: &Page, node: &NodeRef<'_>, field: Field, origin: Origin, body: bool, found: &mut Vec<Candidate>) {
    let Some(place) = place_of_text(page, node) else { return };
    push(found, field, origin, &node.text(), place, body);
}

/// The stretch from the first to the last character of an element's text.
fn place_of_text(page: &Page, node: &NodeRef<'_>) -> Option<Range<usize>> {
    let mut place: Option<Range<usize>> = None;
    for text in node.descendants_it().filter(NodeRef::is_text) {
        let Some(range) = place_of_node(page, text.id, &text.text()) else { continue };
        place = Some(match place {
            Some(known) => known.start.min(range.start)..known.end.max(range.end),
            None => range,
        });
    }
    place
}

/// Where the characters of a text node stand, without white space at its ends.
fn place_of_node(page: &Page, id: NodeId, text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    source(page, id, start..text.trim_end().len().max(start)).filter(|range| !range.is_empty())
}
