//! Books of several articles.

use std::io::{Cursor, Read as _, Seek as _};

use oped_convert::plan::{AnthologyOptions, GroupBy};
use oped_convert::write::epub::anthology::ANTHOLOGY;

use oped_convert::write::Ends;

use super::*;

/// The book of these articles, and how many of them it took.
pub fn anthology(documents: &[Document], plan: &Writing) -> (Vec<u8>, usize) {
    let mut file = tempfile::tempfile().unwrap();
    let mut anthology = (ANTHOLOGY.begin)(plan, Box::new(file.try_clone().unwrap())).unwrap();
    let (log, _) = RepairLog::new(b"", "", Vec::new());
    let renditions = BTreeMap::new();
    let context = WriteContext { layout: None, original: b"", log: &log, renditions: &renditions };
    let taken = documents.iter().filter(|document| {
        let member = anthology.make(document, &context, &mut Vec::new()).unwrap();
        anthology.admit(member).unwrap()
    });
    let taken = taken.count();
    assert_eq!(anthology.finish().unwrap(), Some(Ends::default()), "a book is whole as it was written");
    let mut book = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut book).unwrap();
    (book, taken)
}

/// Every hand-built document, in several languages, in one book.
#[test]
fn every_document_stands_in_an_anthology() {
    let mut documents: Vec<Document> = ["en", "ar", "zh-Hans", "und", "not a tag"].map(everything).into();
    documents.push(document("und", Vec::new()));
    documents.push(titled("en", &"long ".repeat(400), every_block()));
    for (number, document) in documents.iter_mut().enumerate() {
        document.source.path = format!("{number}.txt");
    }
    for group_by in [GroupBy::Date, GroupBy::Author, GroupBy::Source, GroupBy::Section] {
        let anthology_options = AnthologyOptions { group_by, title: Some("A & B <of> \"all\"".into()) };
        let plan = Writing { anthology: anthology_options, ..plan(&["epub"]) };
        documents.push(documents[0].clone());
        let (book, taken) = anthology(&documents, &plan);
        documents.pop();
        assert_eq!(taken, documents.len(), "an article stands once");
        keep(&format!("anthology-{group_by:?}"), &book);
        let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
        for document in &documents {
            let name = format!("OEBPS/article-{}.xhtml", document.identity().article.simple());
            let mut page = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut page).unwrap();
            let first = document.text().split_whitespace().next().map(str::to_owned).unwrap_or_default();
            assert!(page.contains(&first), "{name} lacks {first}");
        }
    }
}

/// Articles by one author each, with a date.
fn articles(of: &[(&str, &str, &str)]) -> Vec<Document> {
    let article = |(number, (publisher, author, published)): (usize, &(&str, &str, &str))| {
        let mut document = titled("zh-Hant", &format!("Title {number}"), vec![line(Role::Body, "雨。")]);
        document.metadata.publisher = Some(known((*publisher).to_owned()));
        document.metadata.authors = vec![known(Person::named(*author))];
        document.metadata.published = Some(date(published));
        document.metadata.keywords = vec![known("tides & rain".to_owned())];
        document.source.path = format!("{number}.txt");
        document
    };
    of.iter().enumerate().map(article).collect()
}

fn file(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(&format!("OEBPS/{name}")).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn names_that_differ_in_capitals_are_one_group_in_the_order_of_dates() {
    let documents = articles(&[
        ("Hill Gazette", "אדה", "2020-01-02"),
        ("HILL GAZETTE", "B", "2018-03-04"),
        ("Hill Gazette", "אדה", "2019-05-06"),
    ]);
    let by = |group_by| {
        let epub = EpubOptions { vertical: true, ..EpubOptions::default() };
        let options = AnthologyOptions { group_by, ..AnthologyOptions::default() };
        anthology(&documents, &Writing { epub, anthology: options, ..plan(&["epub"]) }).0
    };
    let book = by(GroupBy::Source);
    let nav = file(&book, "nav.xhtml");
    assert_eq!(nav.matches("HILL GAZETTE").count() + nav.matches("Hill Gazette").count(), 1, "{nav}");
    let places: Vec<usize> = ["Title 1", "Title 2", "Title 0"].map(|title| nav.find(title).unwrap()).into();
    assert!(places.is_sorted(), "{nav}");
    let package = file(&book, "content.opf");
    assert!(
        package.contains("page-progression-direction=\"rtl\"") && package.contains(">verticalWriting<"),
        "{package}"
    );
    assert!(package.contains("lists by date, author and source"), "{package}");
    let authors = file(&book, "authors.xhtml");
    assert!(authors.contains("<bdi lang=\"zh-Hant\" xml:lang=\"zh-Hant\" dir=\"rtl\">אדה</bdi>"), "{authors}");
    assert!(authors.contains("<time>2019-05-06</time>"), "{authors}");
    let page = file(&book, &format!("article-{}.xhtml", documents[0].identity().article.simple()));
    assert!(page.contains("<dt>Keywords</dt>") && page.contains("tides &amp; rain"), "{page}");
    // Another order is another book.
    let identifier = |book: &[u8]| file(book, "content.opf").split("urn:uuid:").nth(1).unwrap()[..36].to_owned();
    assert_ne!(identifier(&book), identifier(&by(GroupBy::Date)));
}

#[test]
fn an_anthology_claims_the_lists_that_it_has() {
    let (book, _) = anthology(&[titled("en", "Alone", vec![line(Role::Body, "b")])], &plan(&["epub"]));
    let package = file(&book, "content.opf");
    assert!(!package.contains(">index<") && !package.contains("list by"), "{package}");
}
