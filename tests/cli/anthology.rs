//! `--epub-anthology`: all articles of a run in one book.

use std::io::{Cursor, Read as _};

use crate::sandbox::{Sandbox, codes};

const BOOK: &str = "all/book.epub";

const LETTER: &str =
    "The letter that we wrote to the council has not been answered, and we do not think that it will be.";

/// Four articles by two authors in two years, and one of which neither is known.
fn sandbox() -> Sandbox {
    let article = |title: &str, author: &str, date: &str| format!("{title}\n\nBy {author}\n\n{date}\n\n{LETTER}\n");
    Sandbox::with(&[
        ("in/a.txt", &article("The second bridge", "Ada Holm", "12 March 2018")),
        ("in/b.txt", &article("The first bridge", "Bo Lind", "3 May 2017")),
        ("in/c.txt", &article("The third bridge", "Ada Holm", "14 March 2018")),
        ("in/d.txt", &article("The bridge before", "Bo Lind", "1 May 2017")),
        ("in/e.txt", &format!("A letter\n\n{LETTER}\n")),
    ])
}

fn entries(book: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        entries.push((entry.name().to_owned(), text));
    }
    entries
}

fn entry(book: &[u8], name: &str) -> String {
    let found = entries(book).into_iter().find(|(entry, _)| entry == &format!("OEBPS/{name}"));
    found.unwrap_or_else(|| panic!("no {name}")).1
}

/// The lines of the contents that lead somewhere, in their order.
fn contents(book: &[u8]) -> Vec<String> {
    let nav = entry(book, "nav.xhtml");
    let toc = &nav[nav.find("<ol>").unwrap()..nav.find("</nav>").unwrap()];
    toc.split("</a>")
        .filter_map(|line| Some(line.rsplit_once('>')?.1.to_owned()))
        .filter(|l| !l.trim().is_empty())
        .collect()
}

#[test]
fn articles_stand_in_their_years_and_months() {
    let sandbox = sandbox();
    sandbox.run(&["in", "--epub-anthology", BOOK, "--anthology-title", "Bridges"]).exits(0);
    assert_eq!(sandbox.names("output"), ["report.json"], "an anthology alone writes nothing else");
    let book = sandbox.read(BOOK);
    let lines = contents(&book);
    let expected = [
        "2017",
        "2017-05",
        "The bridge before",
        "The first bridge",
        "2018",
        "2018-03",
        "The second bridge",
        "The third bridge",
        "Date not stated",
        "A letter",
        "By date",
        "By author",
    ];
    assert_eq!(lines, expected);
    let package = entry(&book, "content.opf");
    assert!(package.contains(">Bridges<") && package.contains(">5 articles<"));
    assert_eq!(package.matches("<dc:creator").count(), 2);
    assert_eq!(entries(&book)[0].0, "mimetype");
    let article = entries(&book).into_iter().find(|(_, text)| text.contains("The third bridge")).unwrap().1;
    assert!(article.contains("SHA-256") && article.contains("not been answered"), "the page has its colophon");
}

#[test]
fn articles_stand_under_their_authors() {
    let sandbox = sandbox();
    sandbox.run(&["in", "--epub-anthology", BOOK, "--group-by", "author"]).exits(0);
    let book = sandbox.read(BOOK);
    assert_eq!(contents(&book)[..4], ["Ada Holm", "The second bridge", "The third bridge", "Bo Lind"]);
    assert!(entry(&book, "content.opf").contains("[Op-eds and commentaries: 5 articles]"));
    sandbox.run(&["in", "--epub-anthology", BOOK, "--group-by", "colour"]).exits(2);
}

#[test]
fn a_book_is_the_same_on_any_number_of_threads_and_replaces_its_like_only() {
    let sandbox = sandbox();
    sandbox.run(&["in", "--epub-anthology", BOOK, "--jobs", "1"]).exits(0);
    let first = sandbox.read(BOOK);
    sandbox.run(&["in", "--epub-anthology", BOOK, "--jobs", "4"]).exits(0);
    assert_eq!(sandbox.read(BOOK), first);
    assert_eq!(sandbox.names("all"), ["book.epub"], "nothing is left beside it");
    sandbox.write(BOOK, "somebody else's");
    sandbox.run(&["in", "--epub-anthology", BOOK]).exits(2);
    assert_eq!(sandbox.text(BOOK), "somebody else's");
    sandbox.run(&["in", "--epub-anthology", "in/a.txt"]).exits(2);
    sandbox.run(&["in", "--epub-anthology", BOOK, "--tei-corpus", BOOK]).exits(2);
}

#[test]
fn an_article_that_is_given_twice_stands_once() {
    let sandbox = sandbox();
    sandbox.write("more/a.txt", sandbox.read("in/a.txt"));
    sandbox.run(&["in", "more", "--epub-anthology", BOOK]);
    let pages = entries(&sandbox.read(BOOK)).into_iter().filter(|(name, _)| name.starts_with("OEBPS/article-")).count();
    assert_eq!(pages, 5);
    let report = sandbox.report();
    let told = report["inputs"].as_array().unwrap().iter().filter(|row| codes(row).contains(&"S003")).count();
    assert_eq!(told, 1);
}
