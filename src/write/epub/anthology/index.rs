//! The lists at the end of an anthology: all articles by date, by author, by source. Every author of an article has it.

use std::collections::BTreeMap;
use std::io;

use super::{Listed, OWN_STYLESHEET, folded};
use crate::write::epub::TITLE;
use crate::write::epub::language::Scope;
use crate::write::epub::xhtml::{self, Markup, is_date};

/// A list, one page of the book.
pub(super) struct List {
    pub href: &'static str,
    pub title: &'static str,
    /// What it is by.
    pub subject: &'static str,
    pub page: Vec<u8>,
}

/// Articles by what sorts what they are found under, with its words.
type Found<'a> = BTreeMap<String, (&'a str, Vec<&'a Listed>)>;

fn put<'a>(found: &mut Found<'a>, sorted: String, words: &'a str, article: &'a Listed) {
    found.entry(sorted).or_insert((words, Vec::new())).1.push(article);
}

/// The lists that have something to list.
pub(super) fn write(articles: &[Listed]) -> io::Result<Vec<List>> {
    let (mut dates, mut authors, mut sources) = (Found::new(), Found::new(), Found::new());
    for article in articles {
        if let Some(date) = &article.date {
            // Of a time the day.
            let day = date.get(..10).unwrap_or(date);
            put(&mut dates, day.to_owned(), day, article);
        }
        for author in &article.authors {
            put(&mut authors, folded(&author.file_as), &author.file_as, article);
        }
        let mut names: Vec<&String> = article.publisher.iter().chain(&article.source).collect();
        names.dedup_by_key(|name| folded(name));
        for name in names {
            put(&mut sources, folded(name), name, article);
        }
    }
    let all = [
        ("dates.xhtml", "By date", "date", dates),
        ("authors.xhtml", "By author", "author", authors),
        ("sources.xhtml", "By source", "source", sources),
    ];
    let mut lists = Vec::new();
    for (href, title, subject, found) in all.into_iter().filter(|(_, _, _, found)| !found.is_empty()) {
        lists.push(List { href, title, subject, page: page(title, &found)? });
    }
    Ok(lists)
}

fn page(title: &str, found: &Found<'_>) -> io::Result<Vec<u8>> {
    let mut xml = xhtml::open_styled(title, &Scope::english(), false, &[OWN_STYLESHEET])?;
    xml.open_line("section", &[("aria-labelledby", TITLE), ("data-generated", "list")])?;
    xml.leaf_line("h1", &[("id", TITLE)], title)?;
    xml.open_line("ul", &[("class", "index")])?;
    for (words, articles) in found.values() {
        write_found(&mut xml, words, articles)?;
    }
    xml.close_line()?;
    xml.close_line()?;
    xhtml::close(xml)
}

fn write_found(xml: &mut Markup, words: &str, articles: &[&Listed]) -> io::Result<()> {
    xml.open_line("li", &[])?;
    if is_date(words) {
        xml.leaf_line("time", &[], words)?
    } else {
        let scope = articles.first().map_or_else(Scope::english, |article| article.scope.of_name(words));
        xml.leaf_line("bdi", &scope.attributes_in(&Scope::english()), words)?
    }
    xml.open_line("ul", &[])?;
    for article in articles {
        xml.open_line("li", &[])?;
        let href = article.href();
        let mut tag = vec![("href", href.as_str())];
        tag.extend(article.scope.attributes_in(&Scope::english()));
        xml.leaf_line("a", &tag, &article.title)?;
        // Titles may be the same.
        if let Some(date) = article.date.as_ref().filter(|date| !is_date(words) && is_date(date)) {
            xml.text(" ")?;
            xml.leaf("time", &[], date.get(..10).unwrap_or(date))?;
        }
        xml.close_line()?;
    }
    xml.close_line()?;
    xml.close_line()
}
