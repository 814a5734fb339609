//! The EPUB holds the document's text, character for character, and says where the pages of the PDF begin.
//!
//! With `OPED_KEEP_OUTPUTS` set to a folder every book is also written there, for EPUBCheck, Ace and foliate-js.

#[path = "../support/epub_documents.rs"]
mod epub_documents;
#[path = "../support/epub_text.rs"]
mod epub_text;

mod anthology;
mod fonts;
mod structure;

use std::collections::{BTreeMap, BTreeSet};

use epub_documents::*;
use epub_text::{ReadBook, keep, read_book};
use oped_convert::diagnostic::Diagnostic;
use oped_convert::document::*;
use oped_convert::edit::RepairLog;
use oped_convert::original::{PersistentId, Scheme};
use oped_convert::plan::{EpubOptions, PageList, Writing};
use oped_convert::typeset::{Layout, Page};
use oped_convert::write::{WriteContext, epub};

fn plan(formats: &[&'static str]) -> Writing {
    Writing { formats: formats.to_vec(), ..Writing::default() }
}

fn layout(starts: &[usize]) -> Layout {
    let pages = starts.iter().map(|&text_start| Page { text_start, ..Page::default() }).collect();
    Layout { pages, ..Layout::default() }
}

/// Writes with the PDF beside it when there is a layout.
fn write_with(document: &Document, plan: &Writing, layout: Option<&Layout>) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut renditions = BTreeMap::new();
    if layout.is_some() {
        renditions.insert("pdf", b"%PDF".to_vec());
    }
    let (log, _) = RepairLog::new(b"", "", Vec::new());
    let context = WriteContext { layout, original: b"", log: &log, renditions: &renditions };
    let (mut bytes, mut diagnostics) = (Vec::new(), Vec::new());
    (epub::FORMAT.writer)(plan).write(document, &context, &mut diagnostics, &mut bytes).unwrap();
    (bytes, diagnostics)
}

/// Writes twice, checks what holds for every book, and reads it back.
fn book(name: &str, document: &Document, starts: Option<&[usize]>) -> ReadBook {
    let layout = starts.map(layout);
    let plan = plan(&["epub", "pdf"]);
    let (bytes, _) = write_with(document, &plan, layout.as_ref());
    assert_eq!(bytes, write_with(document, &plan, layout.as_ref()).0, "{name}: two runs differ");
    keep(name, &bytes);
    let book = read_book(&bytes);
    book.check_references();
    assert_eq!(book.text(), printable(&document.text()), "{name}");
    check_pages(&book, starts.map_or(0, <[usize]>::len));
    book
}

/// What XML can carry of it; a document that was read has nothing else.
fn printable(text: &str) -> String {
    let forbidden = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().map(|c| if forbidden(c) { '\u{FFFD}' } else { c }).collect()
}

fn check_pages(book: &ReadBook, count: usize) {
    let expected: Vec<String> = (1..=count).map(|page| format!("page{page}")).collect();
    let breaks: Vec<String> = book.breaks().into_iter().map(|(id, _)| id).collect();
    assert_eq!(breaks, expected, "page breaks in the text");
    for (file, references) in [("OEBPS/nav.xhtml", 1), ("OEBPS/toc.ncx", 1)] {
        let listed: Vec<&str> =
            book.pages[file].references.iter().filter_map(|href| href.strip_prefix("article.xhtml#page")).collect();
        assert_eq!(listed.len(), count * references, "{file}");
        assert!(listed.iter().zip(1..).all(|(page, number)| *page == number.to_string()), "{file}");
    }
    let source = String::from_utf8_lossy(&entry(book, "OEBPS/content.opf").bytes).contains("pageBreakSource");
    assert_eq!(source, count > 0);
}

fn entry<'a>(book: &'a ReadBook, name: &str) -> &'a epub_text::Entry {
    book.entries.iter().find(|entry| entry.name == name).unwrap()
}

fn source(book: &ReadBook, name: &str) -> String {
    String::from_utf8(entry(book, &format!("OEBPS/{name}")).bytes.clone()).unwrap()
}

#[test]
fn every_block_and_inline_keeps_its_text() {
    for language in ["en", "zh-Hans", "ar", "und", "not a tag"] {
        let document = everything(language);
        let name = format!("everything-{}", language.replace(' ', "-"));
        book(&name, &document, None);
    }
}

#[test]
fn what_cannot_be_expressed_is_said() {
    let (_, diagnostics) = write_with(&everything("en"), &plan(&["epub"]), None);
    let messages: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 4, "{messages:?}");
    assert!(messages.iter().all(|message| message.starts_with("W003: EPUB: ")));
    let (_, diagnostics) = write_with(&titled("en", "T", vec![line(Role::Body, "b")]), &plan(&["epub"]), None);
    assert!(diagnostics.is_empty());
}

#[test]
fn books_of_several_scripts_state_language_and_direction() {
    let japanese = vec![Inline::Ruby { base: vec![text("網絡")], reading: "もうらく".into() }, text("の秩序。")];
    let documents = [
        ("zh", titled("zh-Hans", "网络治理的责任", vec![line(Role::Body, "第四届世界互联网大会在乌镇开幕。")])),
        ("ja", titled("ja", "網絡の責任", vec![Block::paragraph(Role::Body, japanese, None)])),
        ("ko", titled("ko", "책임", vec![line(Role::Body, "사이버 공간의 책임.")])),
        ("ar", titled("ar", "حوكمة الفضاء", vec![heading(1, "القسم"), line(Role::Body, "نص (2017) NATO.")])),
        ("he", titled("he", "אחריות", vec![line(Role::Body, "טקסט.")])),
        ("ru", titled("ru", "Ответственность", vec![line(Role::Body, "Текст.")])),
    ];
    for (name, mut document) in documents {
        document.metadata = Metadata {
            title: document.metadata.title.clone(),
            language: document.metadata.language.clone(),
            title_as_printed: None,
            ..full_metadata()
        };
        let length = document.text().len();
        let book = book(name, &document, Some(&[0, length / 2, length]));
        let package = source(&book, "content.opf");
        let direction = if matches!(name, "ar" | "he") { "rtl" } else { "ltr" };
        assert!(package.contains(&format!("page-progression-direction=\"{direction}\"")), "{name}");
        let article = source(&book, "article.xhtml");
        let tag = document.metadata.language.value.tag();
        assert!(article.contains(&format!("lang=\"{tag}\" xml:lang=\"{tag}\" dir=\"{direction}\"")), "{name}");
    }
}

#[test]
fn hostile_titles_and_names_do_no_harm() {
    let long = "A title without an end ".repeat(2000 / 23 + 1);
    let titles = [
        "&<>\"'",
        "</title><script>alert(1)</script>",
        "a\u{1}b\u{1F}c\u{FFFF}",
        "\u{202E}sdrawkcab\u{202C} \u{2067}x\u{2069}",
        "]]>&amp;&#0;%00{}",
        " \u{200F}\t",
        "tab\there and a\nline feed",
        &long,
    ];
    for (index, title) in titles.into_iter().enumerate() {
        let mut document = titled("en", title, vec![heading(1, title), line(Role::Body, title)]);
        document.metadata.authors = vec![known(Person::named(title))];
        document.metadata.publisher = Some(known(title.to_owned()));
        document.metadata.url = Some(known(title.to_owned()));
        document.metadata.published = Some(date(title));
        document.metadata.keywords = vec![known(title.to_owned())];
        document.source.path = title.to_owned();
        let length = document.text().len();
        book(&format!("hostile-{index}"), &document, Some(&[0, length / 4, length / 2]));
    }
}

#[test]
fn what_is_not_known_is_not_stated() {
    let book = book("untitled", &document("und", vec![line(Role::Body, "A text of which nothing is known.")]), None);
    let package = source(&book, "content.opf");
    for element in
        ["dc:creator", "dc:contributor", "dc:publisher", "dc:date", "dc:source", "dc:rights", "dcterms:issued", "prism"]
    {
        assert!(!package.contains(element), "{element}");
    }
    assert!(package.contains(">[A text of which nothing is known.]</dc:title>"));
    assert!(package.contains("<dc:language>und</dc:language>"));
    let article = source(&book, "article.xhtml");
    assert!(article.contains("data-generated=\"title\">[A text of which nothing is known.]</h1>"));
    assert!(!article.contains("<dl"));
}

#[test]
fn all_that_is_known_is_stated() {
    let package = source(&book("full", &everything("en"), Some(&[0, 40])), "content.opf");
    let stated = [
        "<dc:title id=\"title-as-printed\">Ada Author: Everything in two lines</dc:title>",
        "property=\"file-as\">Author, Ada<",
        "<dc:creator id=\"creator3\">Editorial Board</dc:creator>",
        "refines=\"#creator3\" property=\"display-seq\">3<",
        "refines=\"#contributor1\" property=\"role\" scheme=\"marc:relators\">edt<",
        "refines=\"#contributor2\" property=\"role\" scheme=\"marc:relators\">trl<",
        "refines=\"#contributor3\" property=\"role\" scheme=\"marc:relators\">pht<",
        "<dc:date>2017-12-05</dc:date>",
        "property=\"dcterms:issued\">2017-12-04<",
        "property=\"dcterms:modified\">2026-11-23T00:00:00Z<",
        "<dc:source>https://example.org/page?a=1&amp;b=2</dc:source>",
        "<dc:source>http://example.com/original</dc:source>",
        "property=\"dcterms:source\">ni:///sha-256;",
        "<dc:subject>R&amp;D</dc:subject>",
    ];
    for expected in stated {
        assert!(package.contains(expected), "{expected}");
    }
    assert_eq!(package.matches("property=\"file-as\"").count(), 1);
}

/// Names of Dublin Core elements and of properties.
fn names(markup: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.split(['"', '>', ' ']).next().unwrap_or_default().to_owned();
    let elements = markup.split("<dc:").skip(1).map(|rest| "dc:".to_owned() + &name(rest));
    elements.chain(markup.split("property=\"").skip(1).map(name)).collect()
}

#[test]
fn the_table_of_the_metadata_is_what_is_written() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/epub-metadata.md");
    let table = names(&std::fs::read_to_string(path).unwrap());
    let certified = EpubOptions { certified_by: Some("Ann Porter".to_owned()), ..EpubOptions::default() };
    let plan = Writing { epub: certified, ..plan(&["epub", "pdf"]) };
    let assigned = PersistentId { scheme: Scheme::Doi, value: "10.1234/op.<17>".to_owned() };
    let document = Document { identifier: Some(assigned), ..everything("en") };
    let (bytes, _) = write_with(&document, &plan, Some(&layout(&[0, 40])));
    keep("described", &bytes);
    let written = names(&source(&read_book(&bytes), "content.opf"));
    let without: BTreeSet<String> = written.difference(&table).cloned().collect();
    assert!(without.is_empty(), "not in docs/epub-metadata.md: {without:?}");
    let unwritten: BTreeSet<String> = table.difference(&written).cloned().collect();
    assert!(unwritten.is_empty(), "only in docs/epub-metadata.md: {unwritten:?}");
    // A title and a text give nothing that nobody stated.
    let (bytes, _) =
        write_with(&titled("en", "A title", vec![line(Role::Body, "One two.")]), &self::plan(&["epub"]), None);
    let plain = names(&source(&read_book(&bytes), "content.opf"));
    for stated in ["dc:creator", "dc:date", "dc:publisher", "dc:rights", "dcterms:issued", "dcterms:conformsTo"] {
        assert!(!plain.contains(stated), "{stated}");
    }
}

#[test]
fn chinese_and_japanese_run_from_top_to_bottom_when_asked_to() {
    let vertical = EpubOptions { vertical: true, ..EpubOptions::default() };
    let plan = Writing { epub: vertical, ..plan(&["epub"]) };
    for (language, is_vertical) in [("ja", true), ("zh-Hant", true), ("en", false)] {
        let document = titled(language, "題", vec![line(Role::Body, "雨が降る。")]);
        let (bytes, _) = write_with(&document, &plan, None);
        keep(&format!("vertical-{language}"), &bytes);
        let book = read_book(&bytes);
        assert_eq!(source(&book, "article.xhtml").contains("class=\"vertical\""), is_vertical, "{language}");
        let turns = source(&book, "content.opf").contains("page-progression-direction=\"rtl\"");
        assert_eq!(turns, is_vertical, "{language}");
    }
}

#[test]
fn five_hundred_authors_and_no_text_are_books_too() {
    let mut crowd = titled("en", "A letter", vec![line(Role::Body, "We the undersigned.")]);
    crowd.metadata.authors = (1..=500).map(|n| known(Person::named(format!("Author {n}")))).collect();
    // Pages 2 to 4 hold names only; the body follows on the fourth.
    let length = crowd.text().len();
    let book_of_many = book("crowd", &crowd, Some(&[0, length, length, 9, length]));
    let offsets: Vec<usize> = book_of_many.breaks().into_iter().map(|(_, at)| at).collect();
    assert_eq!(offsets, [0, 9, 9, 9, length]);
    book("empty", &document("und", Vec::new()), Some(&[0, 0]));
    book("empty-without-pages", &document("en", Vec::new()), None);
}

/// Offsets at which the pages of this layout begin in the book.
fn break_offsets(name: &str, document: &Document, starts: &[usize]) -> Vec<usize> {
    book(name, document, Some(starts)).breaks().into_iter().map(|(_, at)| at).collect()
}

#[test]
fn pages_begin_where_the_layout_says() {
    let document = titled("en", "Title words", vec![line(Role::Body, "one twothree four"), line(Role::Body, "five")]);
    let text = document.text();
    let at = |needle: &str| text.find(needle).unwrap();
    let starts = [0, at("words"), at("three"), at("four"), at("five"), text.len()];
    let expected = [0, at("words"), at("twothree"), at("four"), at("five"), text.len()];
    assert_eq!(break_offsets("pages", &document, &starts), expected);
    // At the LF between two blocks: before the second one.
    let starts = [0, at("\none"), at("one") + 3];
    assert_eq!(break_offsets("pages-at-ends", &document, &starts), [0, at("one"), at("one") + 3]);
    // Several pages at one place, and out of order: still every page, in order.
    assert_eq!(
        break_offsets("pages-heaped", &document, &[0, 0, at("five"), at("four")]),
        [0, 0, at("four"), at("four")]
    );
}

#[test]
fn pages_can_begin_anywhere_in_any_block() {
    for language in ["en", "zh-Hans", "ar"] {
        let document = everything(language);
        let text = document.text();
        let every: Vec<usize> = (0..=text.len()).step_by(7).collect();
        let name = format!("everywhere-{language}");
        let offsets = break_offsets(&name, &document, &every);
        for (start, at) in every.iter().zip(offsets) {
            // Not after the layout's place but for the LF, and never far before it.
            assert!(at <= start + 1 && start.saturating_sub(at) <= 30, "{language}: {start} became {at}");
        }
    }
}

#[test]
fn there_is_no_page_list_without_the_pdf() {
    let document = titled("en", "Title", vec![line(Role::Body, "text")]);
    let (alone, layout) = (write_with(&document, &plan(&["epub"]), None).0, layout(&[0, 6]));
    // The PDF was refused.
    assert_eq!(write_with(&document, &plan(&["epub", "pdf"]), None).0, alone);
    let never = Writing {
        epub: EpubOptions { page_list: PageList::Never, ..EpubOptions::default() },
        ..plan(&["epub", "pdf"])
    };
    assert_eq!(write_with(&document, &never, Some(&layout)).0, alone);
    assert_ne!(write_with(&document, &plan(&["epub", "pdf"]), Some(&layout)).0, alone);
    let writer = |writing: &Writing| (epub::FORMAT.writer)(writing);
    assert_eq!(writer(&plan(&["epub", "pdf"])).needs(), ["pdf"]);
    assert!(writer(&never).needs().is_empty() && !writer(&plan(&["epub"])).reads_layout());
    assert_ne!(writer(&never).options(), writer(&plan(&["epub", "pdf"])).options());
}

#[test]
fn the_container_is_in_one_order_with_one_time() {
    let book = book("container", &titled("en", "Title", vec![line(Role::Body, "text")]), Some(&[0]));
    let names: Vec<&str> = book.entries.iter().map(|entry| entry.name.as_str()).collect();
    let expected = [
        "mimetype",
        "META-INF/container.xml",
        "OEBPS/content.opf",
        "OEBPS/nav.xhtml",
        "OEBPS/toc.ncx",
        "OEBPS/stylesheet.css",
        "OEBPS/article.xhtml",
        "OEBPS/colophon.xhtml",
    ];
    assert_eq!(names, expected);
    for (index, entry) in book.entries.iter().enumerate() {
        assert_eq!(entry.stored, index == 0, "{}", entry.name);
        assert_eq!(entry.time, "2026-11-23 00:00:00", "{}", entry.name);
        assert_eq!(entry.mode, Some(0o100_644), "{}", entry.name);
    }
}
