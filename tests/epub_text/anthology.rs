//! Books of several articles.

use std::io::{Cursor, Read as _};

use oped_convert::plan::GroupBy;
use oped_convert::write::epub::anthology::{Anthology, Member};

use super::*;

/// The book of these articles, and how many of them it took.
pub fn anthology(documents: &[Document], plan: &Plan) -> (Vec<u8>, usize) {
    let mut anthology = Anthology::begin(Cursor::new(Vec::new()), plan).unwrap();
    let (log, _) = RepairLog::new(b"", "", Vec::new());
    let renditions = BTreeMap::new();
    let context = WriteContext { plan, layout: None, original: b"", log: &log, renditions: &renditions };
    let taken = documents.iter().filter(|document| {
        let member = Member::of(document, &context, &mut Vec::new()).unwrap();
        anthology.add(member).unwrap()
    });
    let taken = taken.count();
    (anthology.finish().unwrap().into_inner(), taken)
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
        let epub =
            EpubOptions { group_by, anthology_title: Some("A & B <of> \"all\"".into()), ..EpubOptions::default() };
        let plan = Plan { epub, ..plan(&["epub"]) };
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
