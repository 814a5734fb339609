//! Documents made by hand for the EPUB tests: every kind of block and inline, several scripts, hostile values.

#![allow(dead_code, reason = "each test crate uses a part of it")]

use oped_convert::document::*;
use oped_convert::edit::EditId;
use oped_convert::encoding::EncodingId;
use oped_convert::original::{Digest, Origin};
use oped_convert::span::{Permille, RuleId, Spanned, Support};

/// A value with evidence that does not matter here.
pub fn known<T>(value: T) -> Spanned<T> {
    Spanned { value, span: None, rule: RuleId("test"), confidence: Permille::CERTAIN, support: Support::default() }
}

/// A date printed as it is.
pub fn date(iso: &str) -> Spanned<Date> {
    known(Date { iso: iso.to_owned(), printed: iso.to_owned() })
}

/// Plain characters.
pub fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

/// A block of this kind in the body.
pub fn block(kind: BlockKind) -> Block {
    Block { kind, role: Role::Body, left_out: None, language: None, direction: None, inlines: Vec::new(), span: None }
}

/// A paragraph of plain characters.
pub fn line(role: Role, content: &str) -> Block {
    Block::paragraph(role, vec![text(content)], None)
}

/// A heading of plain characters in the body.
pub fn heading(level: u8, content: &str) -> Block {
    Block { inlines: vec![text(content)], ..block(BlockKind::Heading(level)) }
}

/// A document of these blocks in this language, without further metadata.
pub fn document(language: &str, blocks: Vec<Block>) -> Document {
    let metadata = Metadata { language: known(Language(language.to_owned())), ..Metadata::default() };
    Document {
        source: Origin { path: "a folder/article & notes.txt".to_owned(), ..Origin::default() },
        digest: Digest::of(b"an original"),
        bytes: 11,
        encoding: EncodingReport {
            encodings: vec![EncodingId::Utf8],
            byte_order_mark: false,
            unreadable: 0,
            evidence: "strict UTF-8".to_owned(),
            confidence: Permille::CERTAIN,
        },
        metadata,
        blocks,
        edits: Vec::new(),
        folded: Folded::default(),
        account: oped_convert::document::Account::default(),
        identifier: None,
        medium: Medium::Text,
    }
}

/// With a title in text and metadata.
pub fn titled(language: &str, title: &str, mut blocks: Vec<Block>) -> Document {
    blocks.insert(0, line(Role::Title, title));
    let mut document = document(language, blocks);
    document.metadata.title = Some(known(title.to_owned()));
    document
}

/// Every inline, with several ways to nest them.
pub fn every_inline() -> Vec<Inline> {
    let link = |target: &str, inlines| Inline::Link { target: target.to_owned(), inlines };
    let ruby = |base, reading: &str| Inline::Ruby { base, reading: reading.to_owned() };
    vec![
        text("Plain & <plain> \"text\", "),
        Inline::Corrected { sic: "¡¯".to_owned(), corr: "’".to_owned(), edit: EditId(1) },
        Inline::Mention(Mention::Person(0), vec![text("Ada Author")]),
        Inline::Mention(Mention::Publisher, vec![text(" The House")]),
        Inline::Mention(Mention::SourceTitle, vec![text(" Paper")]),
        Inline::Mention(Mention::Date("2017-12-05".to_owned()), vec![text(" 5 December 2017")]),
        Inline::Mention(Mention::Date("2017-99".to_owned()), vec![text(" some day")]),
        Inline::Emphasis(vec![text(" un"), Inline::Strong(vec![text("believ")]), text("able")]),
        Inline::Quote(vec![text(" “quoted”")]),
        link(
            "https://example.org/a b?c=<d>&e=\"f\"#g#h",
            vec![text(" a link"), Inline::NoteRef { id: 1, mark: "†".to_owned() }],
        ),
        link("javascript:alert(1)", vec![text(" no link")]),
        link("http://例え.example/道", vec![text(" another"), link("http://example.org/", vec![text(" inside")])]),
        link("mailto:a@example.org", vec![text(" mail")]),
        link("https://example.org/", vec![text(" ")]),
        Inline::NoteRef { id: 1, mark: "1".to_owned() },
        Inline::NoteRef { id: 99, mark: "99".to_owned() },
        Inline::Foreign(Language("fr".to_owned()), vec![text(" déjà vu ")]),
        Inline::Foreign(Language("ar".to_owned()), vec![text("مرحبا")]),
        Inline::Foreign(Language("no tag".to_owned()), vec![text(" nowhere ")]),
        Inline::Foreign(Language("ja".to_owned()), vec![ruby(vec![text("漢字")], "かんじ")]),
        ruby(vec![ruby(vec![text("東")], "とう"), text("京")], "とうきょう"),
        text(" H"),
        Inline::Sub(vec![text("2")]),
        text("O, x"),
        Inline::Sup(vec![text("2")]),
        Inline::Break,
        text("after the break"),
    ]
}

fn cell(content: &str, header: bool, columns: usize, rows: usize) -> Cell {
    let inlines = if content.is_empty() { Vec::new() } else { vec![text(content)] };
    Cell { header, columns, rows, inlines }
}

fn table() -> Block {
    let rows = vec![
        vec![cell("", true, 1, 1), cell("Year", true, 2, 1)],
        vec![cell("Row", true, 1, 2), cell("1", false, 1, 1), cell("", false, 0, 0)],
        vec![Cell { inlines: every_inline(), ..cell("", false, 2, 1) }],
        vec![],
    ];
    block(BlockKind::Table { caption: vec![text("What stands above")], rows })
}

fn list(ordered: bool) -> Block {
    let inner = block(BlockKind::List {
        numbering: (!ordered).then_some(Numbering { numbers: vec![3], style: NumberStyle::UpperRoman }),
        items: vec![vec![line(Role::Body, "inner item")], vec![]],
    });
    block(BlockKind::List {
        numbering: ordered.then(Numbering::default),
        items: vec![vec![line(Role::Body, "first"), line(Role::Body, "more")], vec![line(Role::Body, "second"), inner]],
    })
}

fn note(id: usize, content: &str) -> Block {
    block(BlockKind::Note { id, blocks: vec![line(Role::Body, content), line(Role::Body, "its second paragraph")] })
}

/// Every kind of block in the body, with empty ones among them.
pub fn every_block() -> Vec<Block> {
    let verse = vec![
        vec![text("first line")],
        vec![text("second line"), Inline::NoteRef { id: 2, mark: "b".to_owned() }],
        vec![],
        vec![Inline::NoteRef { id: 2, mark: "c".to_owned() }],
        vec![text("second stanza")],
    ];
    let quote = vec![line(Role::Body, "quoted"), heading(2, "Inside a quotation"), table(), list(true)];
    let arabic =
        Block { language: Some(Language("ar".to_owned())), ..line(Role::Body, "فقرة بالعربية (2017).") };
    let rtl = Block { direction: Some(Direction::Rtl), ..line(Role::Body, "right to left") };
    let chinese = Block { language: Some(Language("zh-Hans".to_owned())), ..heading(3, "第三级标题") };
    vec![
        note(1, "1 the first note, with its mark"),
        note(2, "the second note"),
        note(2, "a note with the same number"),
        note(7, "a note that nothing refers to"),
        Block::paragraph(Role::Body, every_inline(), None),
        heading(3, "A deep heading first"),
        heading(1, "A section & more <here>"),
        chinese,
        heading(9, "Far too deep"),
        heading(0, "Level nought"),
        heading(1, " \u{200E} "),
        Block::paragraph(Role::Body, Vec::new(), None),
        Block::paragraph(Role::Body, vec![Inline::NoteRef { id: 1, mark: " ".to_owned() }], None),
        block(BlockKind::Quote(quote)),
        block(BlockKind::Quote(Vec::new())),
        list(false),
        block(BlockKind::List { numbering: Some(Numbering::default()), items: Vec::new() }),
        table(),
        block(BlockKind::table(Vec::new())),
        block(BlockKind::Verse(verse)),
        block(BlockKind::Verse(Vec::new())),
        block(BlockKind::Figure { alt: vec![text("a picture")], caption: vec![line(Role::Body, "its caption")] }),
        block(BlockKind::Figure { alt: Vec::new(), caption: Vec::new() }),
        arabic,
        rtl,
    ]
}

/// Every role, every kind of block and every inline.
pub fn everything(language: &str) -> Document {
    let mut blocks = every_block();
    blocks.extend([
        line(Role::Furniture, "Adjust font size:"),
        line(Role::Header, "Time 12 05, 2017"),
        line(Role::Rights, "© The House"),
        line(Role::SourceLine, "Source: Paper, 4 December 2017."),
        line(Role::AuthorNote, "The author is a fellow."),
        Block { role: Role::AuthorNote, ..heading(1, "A heading in the author note") },
        line(Role::Dateline, "Wuzhen, 5 December"),
        line(Role::Byline, "By Ada Author"),
        line(Role::Subtitle, "What stands under it"),
        Block::paragraph(Role::Title, vec![text("Ada Author: "), Inline::Emphasis(vec![text("Everything")])], None),
        line(Role::Title, "in two lines"),
        block(BlockKind::Verse(vec![vec![text("a title in verse")]])),
    ]);
    let mut document = document(language, blocks);
    document.metadata = Metadata { language: document.metadata.language.clone(), ..full_metadata() };
    document
}

/// Metadata with a value in every field.
pub fn full_metadata() -> Metadata {
    let mut author = Person::named("Ada Author");
    (author.family, author.given) = (Some("Author".to_owned()), Some("Ada".to_owned()));
    author.role = Some(known("assistant research fellow".to_owned()));
    author.affiliation = Some(known("Institute of Examples".to_owned()));
    let mut second = Person::named("张腾军");
    (second.family, second.given) = (Some("张".to_owned()), Some("腾军".to_owned()));
    let body = Person { kind: PersonKind::Body, ..Person::named("Editorial Board") };
    let person = |name: &str| known(Person::named(name));
    let value = |value: &str| Some(known(value.to_owned()));
    Metadata {
        title: value("Everything in two lines"),
        title_as_printed: value("Ada Author: Everything in two lines"),
        subtitle: value("What stands under it"),
        authors: vec![known(author), known(second), known(body)],
        editors: vec![person("Ed Editor")],
        translators: vec![person("Tra Nslator")],
        contributors: vec![known(Contributor {
            person: Person::named("Photo Grapher"),
            relator: "pht",
            label: "Photo".to_owned(),
        })],
        publisher: value("The House"),
        published: Some(date("2017-12-05")),
        updated: Some(date("2017-12-06T10:00:00+08:00")),
        url: value("https://example.org/page?a=1&b=2"),
        source: SourceReference {
            title: value("Paper"),
            date: Some(date("2017-12-04")),
            page: value("A7"),
            url: value("http://example.com/original"),
        },
        section: value("Opinion"),
        genre: value("op-ed"),
        dateline: value("Wuzhen, 5 December"),
        rights: value("© The House"),
        keywords: vec![known("cyberspace".to_owned()), known("R&D".to_owned())],
        ..Metadata::default()
    }
}
