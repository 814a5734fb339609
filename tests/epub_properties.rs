//! Whatever a document holds and wherever its pages begin, the EPUB holds its text and every page, in order.

#[path = "support/epub_documents.rs"]
mod epub_documents;
#[path = "support/epub_text.rs"]
mod epub_text;

use std::collections::BTreeMap;

use epub_documents::{block, document};
use epub_text::{keep, read_book};
use oped_convert::document::*;
use oped_convert::edit::{EditId, RepairLog};
use oped_convert::original::Digest;
use oped_convert::plan::Writing;
use oped_convert::typeset::{Layout, Page};
use oped_convert::write::{WriteContext, epub};
use proptest::collection::vec;
use proptest::prelude::*;

/// Words of several scripts, marks that could be taken for markup, and nothing at all.
fn words() -> impl Strategy<Value = String> {
    "[a-c&<>\"' é中の한ا\u{200F}\u{301}\n\t😀]{0,12}"
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof!["en", "ar", "zh-Hant", "und", "x y"].prop_map(Language)
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        4 => words().prop_map(Inline::Text),
        1 => words().prop_map(|corr| Inline::Corrected { sic: String::new(), corr, edit: EditId(1) }),
        1 => Just(Inline::Break),
        1 => (0..4usize, words()).prop_map(|(id, mark)| Inline::NoteRef { id, mark }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let inner = vec(inner, 0..4);
        let target = prop_oneof![Just("https://example.org/".to_owned()), words()];
        prop_oneof![
            inner.clone().prop_map(Inline::Emphasis),
            inner.clone().prop_map(Inline::Quote),
            (target, inner.clone()).prop_map(|(target, inlines)| Inline::Link { target, inlines }),
            (language(), inner.clone()).prop_map(|(language, inner)| Inline::Foreign(language, inner)),
            (inner, words()).prop_map(|(base, reading)| Inline::Ruby { base, reading }),
        ]
    })
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 0..4)
}

fn cell() -> impl Strategy<Value = Cell> {
    (any::<bool>(), 0..3usize, inlines()).prop_map(|(header, columns, inlines)| Cell {
        header,
        columns,
        rows: 1,
        inlines,
    })
}

fn body() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        inlines().prop_map(|inlines| Block { inlines, ..block(BlockKind::Paragraph) }),
        (0..7u8, inlines()).prop_map(|(level, inlines)| Block { inlines, ..block(BlockKind::Heading(level)) }),
        (inlines(), vec(vec(cell(), 0..3), 0..3)).prop_map(|(caption, rows)| block(BlockKind::Table { caption, rows })),
        vec(inlines(), 0..4).prop_map(|lines| block(BlockKind::Verse(lines))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let inner = vec(inner, 0..3);
        prop_oneof![
            inner.clone().prop_map(|blocks| block(BlockKind::Quote(blocks))),
            (0..4usize, inner.clone()).prop_map(|(id, blocks)| block(BlockKind::Note { id, blocks })),
            (inlines(), inner.clone()).prop_map(|(alt, caption)| block(BlockKind::Figure { alt, caption })),
            (any::<bool>(), vec(inner, 0..3)).prop_map(|(ordered, items)| {
                let numbering = ordered.then(Numbering::default);
                block(BlockKind::List { numbering, items })
            }),
        ]
    })
}

fn any_document() -> impl Strategy<Value = Document> {
    const ROLES: [Role; 5] = [Role::Title, Role::Byline, Role::Body, Role::SourceLine, Role::Furniture];
    let in_role = (0..ROLES.len(), body(), proptest::option::of(language()));
    let blocks = in_role.prop_map(|(role, block, language)| Block { role: ROLES[role], language, ..block });
    (language(), vec(blocks, 0..6)).prop_map(|(language, blocks)| document(language.tag(), blocks))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 320, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_book_holds_the_text_and_every_page(document in any_document(), starts in vec(0..400usize, 0..6)) {
        let layout = Layout {
            pages: std::iter::once(0).chain(starts).map(|text_start| Page { text_start, ..Page::default() }).collect(),
            ..Layout::default()
        };
        let writing = Writing { formats: vec!["epub", "pdf"], ..Writing::default() };
        let renditions = BTreeMap::from([("pdf", Vec::new())]);
        let (log, _) = RepairLog::new(b"", "", Vec::new());
        let context =
            WriteContext { layout: Some(&layout), original: b"", log: &log, renditions: &renditions };
        let (mut bytes, mut diagnostics) = (Vec::new(), Vec::new());
        let writer = (epub::FORMAT.writer)(&writing);
        writer.write(&document, &context, &mut diagnostics, &mut bytes).unwrap();
        keep(&["random-", &Digest::of(&bytes).hex()[..12]].concat(), &bytes);
        let book = read_book(&bytes);
        book.check_references();
        prop_assert_eq!(book.text(), document.text());
        let breaks = book.breaks();
        let expected: Vec<String> = (1..=layout.pages.len()).map(|page| format!("page{page}")).collect();
        prop_assert_eq!(breaks.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), expected);
        prop_assert!(breaks.is_sorted_by_key(|(_, at)| *at));
    }
}
