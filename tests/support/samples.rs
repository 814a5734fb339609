//! Hand-built documents in words of our own: every kind of block, inline, role, field, origin and segment.

use oped_convert::document::{
    Block, BlockKind, Cell, Contributor, Date, Direction, Document, EncodingReport, Field, Folded, Inline, Language,
    Medium, Mention, Metadata, NumberStyle, Numbering, Person, PersonKind, Role, SourceReference,
};
use oped_convert::edit::{Applicability, ChainId, Edit, EditId, Misreading, RepairLog, Segment, SegmentKind};
use oped_convert::encoding::EncodingId;
use oped_convert::original::{Digest, Member, Origin, PersistentId, RecordFields, Scheme};
use oped_convert::span::{Permille, RuleId, Span, Spanned, Support};

/// A document with the bytes and the log it was made from.
pub struct Sample {
    pub name: String,
    pub document: Document,
    pub original: Vec<u8>,
    pub log: RepairLog,
}

impl Sample {
    /// Blocks without repairs, read as UTF-8.
    pub fn of_blocks(name: &str, blocks: Vec<Block>) -> Self {
        let original = name.as_bytes().to_vec();
        let copied = Segment { source: 0..original.len(), target: 0..original.len(), kind: SegmentKind::Copied };
        let (log, damage) = RepairLog::new(&original, name, vec![copied]);
        assert_eq!(damage, None);
        let document = Document {
            source: Origin { path: format!("{name}.txt"), ..Origin::default() },
            digest: Digest::of(&original),
            bytes: original.len(),
            encoding: utf8(),
            metadata: Metadata::default(),
            blocks,
            edits: Vec::new(),
            folded: Folded::default(),
            account: oped_convert::document::Account::default(),
            medium: Medium::Text,
            identifier: Some(PersistentId { scheme: Scheme::Ark, value: format!("ark:/12345/{name}") }),
        };
        Self { name: name.to_owned(), document, original, log }
    }
}

fn utf8() -> EncodingReport {
    EncodingReport {
        encodings: vec![EncodingId::Utf8],
        byte_order_mark: false,
        unreadable: 0,
        evidence: "strict UTF-8".into(),
        confidence: Permille::CERTAIN,
    }
}

pub fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

pub fn line(role: Role, content: &str) -> Block {
    Block::paragraph(role, vec![text(content)], None)
}

pub fn block(role: Role, kind: BlockKind) -> Block {
    let inlines = if matches!(kind, BlockKind::Heading(_)) { vec![text("A heading")] } else { Vec::new() };
    Block { kind, role, left_out: None, language: None, direction: None, inlines, span: None }
}

pub fn found<T>(value: T, thousandths: u16) -> Spanned<T> {
    let span = Some(Span::from(0..1));
    Spanned {
        value,
        span,
        rule: RuleId("test.rule"),
        confidence: Permille::new(thousandths),
        support: Support::default(),
    }
}

fn date(iso: &str, printed: &str) -> Spanned<Date> {
    found(Date { iso: iso.into(), printed: printed.into() }, 950)
}

/// All hand-built documents.
pub fn all() -> Vec<Sample> {
    let mut samples =
        vec![column(), every_block(), every_inline(), chinese(), japanese(), arabic(), hostile(), scanned(), mixed()];
    samples.extend([untitled(), many_edits(), headings(), odd_notes(), bare()]);
    samples.push(Sample::of_blocks("empty", Vec::new()));
    samples.push(structures_in_every_role());
    samples
}

/// A column as the example of the project has it: damaged header line, author, editor, first publication.
fn column() -> Sample {
    let pieces = [
        ("Mia Stone: Who can", ""),
        ("\u{A1}\u{AF}", "’"),
        ("t mend a roof\nBay Paper", ""),
        ("\u{A1}\u{A1}", "\u{3000}"),
    ];
    let (original, log, edits) = repaired(&pieces, EncodingId::Gb18030);
    let mut sample = Sample::of_blocks("column", Vec::new());
    let fix =
        |n: usize, sic: &str, corr: &str| Inline::Corrected { sic: sic.into(), corr: corr.into(), edit: EditId(n) };
    let person = |n: usize, name: &str| Inline::Mention(Mention::Person(n), vec![text(name)]);
    let title = vec![person(0, "Mia Stone"), text(": Who can"), fix(1, "¡¯", "’"), text("t mend a roof")];
    let header = vec![
        Inline::Mention(Mention::Publisher, vec![text("Bay Paper")]),
        fix(2, "¡¡", "\u{3000}"),
        text("Time:"),
        Inline::Mention(Mention::Date("2021-03-04".into()), vec![text("03 04, 2021")]),
        text(" Editor:"),
        person(2, "Jo Field"),
    ];
    let source = vec![
        text("Source: "),
        Inline::Mention(Mention::SourceTitle, vec![text("The Harbour Post")]),
        text(", "),
        Inline::Mention(Mention::Date("2021-03".into()), vec![text("March 2021")]),
        text(". "),
        Inline::Link { target: "http://harbour.example/7".into(), inlines: vec![text("http://harbour.example/7")] },
    ];
    sample.document.blocks = vec![
        line(Role::Furniture, "Larger text:"),
        Block::paragraph(Role::Title, title, None),
        Block::paragraph(Role::Header, header, None),
        line(Role::Body, "A roof that leaks is mended before the rain, or it is not mended."),
        line(Role::Body, "So it is with budgets - and \"with bridges\"."),
        line(Role::AuthorNote, "The author is a warden of the Old Bridge Trust."),
        Block::paragraph(Role::SourceLine, source, None),
        line(Role::Rights, "© 2021 The Harbour Post"),
    ];
    sample.document.metadata = full_metadata();
    sample.document.folded = Folded { lone_no_break_spaces: 15, joined_lines: 0, space_runs: 2, trimmed: 1 };
    with_log(sample, original, log, edits)
}

fn with_log(mut sample: Sample, original: Vec<u8>, log: RepairLog, edits: Vec<Edit>) -> Sample {
    sample.document.digest = Digest::of(&original);
    sample.document.bytes = original.len();
    sample.document.edits = edits;
    Sample { original, log, ..sample }
}

/// Bytes, log and edits of a text whose pieces with a second string are damage in UTF-8.
fn repaired(pieces: &[(&str, &str)], was: EncodingId) -> (Vec<u8>, RepairLog, Vec<Edit>) {
    let chain = ChainId::single(was, EncodingId::Latin1);
    let (mut original, mut after) = (Vec::new(), String::new());
    let (mut segments, mut edits) = (Vec::new(), Vec::new());
    for (before, repair) in pieces {
        let (source, target) = (original.len(), after.len());
        original.extend_from_slice(before.as_bytes());
        after.push_str(if repair.is_empty() { before } else { repair });
        let kind = if repair.is_empty() {
            SegmentKind::Copied
        } else {
            edits.push(edit(edits.len() + 1, segments.len(), source..original.len(), before, repair));
            SegmentKind::Repaired {
                chain,
                encoding: EncodingId::Utf8,
                before: before.as_bytes().into(),
                bits: 4096,
                confidence: Permille::new(990),
                applicability: Applicability::Applied,
                proposed: None,
            }
        };
        segments.push(Segment { source: source..original.len(), target: target..after.len(), kind });
    }
    let (log, damage) = RepairLog::new(&original, &after, segments);
    assert_eq!(damage, None);
    (original, log, edits)
}

pub fn edit(number: usize, segment: usize, source: std::ops::Range<usize>, sic: &str, corr: &str) -> Edit {
    Edit {
        id: EditId(number),
        segment,
        rule: RuleId("repair.test"),
        source: source.into(),
        sic: sic.into(),
        corr: corr.into(),
        chain: ChainId::single(EncodingId::Gb18030, EncodingId::Latin1),
        confidence: Permille::new(990),
        applicability: Applicability::Applied,
    }
}

/// Every field.
pub fn full_metadata() -> Metadata {
    let person = |name: &str, kind| Person { kind, ..Person::named(name) };
    let mia = Person {
        family: Some("Stone".into()),
        given: Some("Mia".into()),
        printed: "MIA STONE".into(),
        role: Some(found("warden".into(), 900)),
        affiliation: Some(found("Old Bridge Trust".into(), 800)),
        ..Person::named("Mia Stone")
    };
    Metadata {
        title: Some(found("Who can’t mend a roof".into(), 950)),
        title_as_printed: Some(found("Mia Stone: Who can’t mend a roof".into(), 1000)),
        subtitle: Some(found("On rain".into(), 700)),
        authors: vec![found(mia, 950), found(person("The Night Watch", PersonKind::Pseudonym), 620)],
        editors: vec![found(Person::named("Jo Field"), 900)],
        translators: vec![found(person("陈晓", PersonKind::Person), 500)],
        contributors: vec![found(
            Contributor {
                person: person("Bay Picture Desk", PersonKind::Body),
                relator: "pht",
                label: "Photographs".into(),
            },
            880,
        )],
        publisher: Some(found("Bay Paper".into(), 950)),
        published: Some(date("2021-03-04", "03 04, 2021")),
        updated: Some(date("2021-03-05T10:20+08:00", "March 5, 10:20 (UTC+8)")),
        url: Some(found("http://bay.example/a?x=1&y=2".into(), 900)),
        source: SourceReference {
            title: Some(found("The Harbour Post".into(), 950)),
            date: Some(date("2021-03", "March 2021")),
            page: Some(found("A12".into(), 700)),
            url: Some(found("http://harbour.example/7".into(), 990)),
        },
        section: Some(found("Comment".into(), 600)),
        genre: Some(found("Editorial".into(), 600)),
        dateline: Some(found("Bayville, 4 March".into(), 700)),
        rights: Some(found("© 2021 The Harbour Post".into(), 900)),
        keywords: vec![found("roofs".into(), 1000), found("rain & wind".into(), 1000)],
        language: found(Language("en".into()), 990),
        candidates: [(Field::Author, vec![found("Staff".into(), 300)]), (Field::Published, Vec::new())].into(),
    }
}

fn stated_title(sample: &mut Sample, title: &str, language: &str) {
    sample.document.metadata.title = Some(found(title.into(), 1000));
    sample.document.metadata.language = found(Language(language.into()), 1000);
}

/// Every kind of block, some in others, with languages and directions.
pub fn kinds() -> Vec<BlockKind> {
    let cell = |header, columns, rows, content: &str| Cell { header, columns, rows, inlines: vec![text(content)] };
    let paragraph = |content: &str| line(Role::Body, content);
    vec![
        BlockKind::Paragraph,
        BlockKind::Heading(2),
        BlockKind::Quote(vec![
            paragraph("They said so."),
            paragraph("Twice."),
            block(Role::Body, BlockKind::Heading(3)),
        ]),
        BlockKind::List {
            numbering: Some(Numbering::default()),
            items: vec![
                vec![paragraph("first")],
                vec![
                    paragraph("second"),
                    block(
                        Role::Body,
                        BlockKind::List { numbering: None, items: vec![vec![paragraph("inner")], vec![]] },
                    ),
                ],
            ],
        },
        BlockKind::List {
            numbering: Some(Numbering { numbers: vec![9], style: NumberStyle::LowerRoman }),
            items: vec![vec![paragraph("ninth")], vec![paragraph("tenth")]],
        },
        BlockKind::Table { caption: vec![text("Of a fate "), Inline::Emphasis(vec![text("unknown")])], rows: vec![] },
        BlockKind::Table {
            caption: vec![text("Roofs by year")],
            rows: vec![vec![cell(true, 1, 1, "1901"), cell(false, 1, 1, "12")]],
        },
        BlockKind::table(vec![
            vec![cell(true, 1, 1, "Year"), cell(true, 1, 1, "Roofs")],
            vec![],
            vec![cell(false, 2, 3, "none"), cell(false, 1, 1, "")],
        ]),
        BlockKind::Verse(vec![vec![text("Rain on the roof,")], vec![], vec![text("roof in the rain.")]]),
        BlockKind::Figure { alt: vec![text("A roof")], caption: vec![paragraph("Fig. 1")] },
        BlockKind::Figure { alt: vec![text("one"), Inline::Break, text("two"), ruby()], caption: vec![] },
        BlockKind::Note { id: 1, blocks: vec![paragraph("See there.")] },
        BlockKind::Quote(vec![]),
        BlockKind::List { numbering: None, items: vec![] },
        BlockKind::table(vec![]),
        BlockKind::Verse(vec![]),
        BlockKind::Figure { alt: vec![], caption: vec![] },
        BlockKind::Note { id: 2, blocks: vec![] },
    ]
}

fn ruby() -> Inline {
    Inline::Ruby { base: vec![text("雨")], reading: "あめ".into() }
}

fn every_block() -> Sample {
    let mut sample = Sample::of_blocks("every_block", vec![line(Role::Title, "Blocks")]);
    for (at, kind) in kinds().into_iter().enumerate() {
        let mut one = block(Role::Body, kind);
        if matches!(one.kind, BlockKind::Paragraph) {
            one.inlines = vec![text("Plain.")];
        }
        one.language = (at % 2 == 0).then(|| Language("ar".into()));
        one.direction = [None, Some(Direction::Ltr), Some(Direction::Rtl)][at % 3];
        sample.document.blocks.push(one);
    }
    stated_title(&mut sample, "Blocks", "en");
    sample
}

/// Every inline, each in each other that may hold it.
pub fn inlines() -> Vec<Inline> {
    let leaves = |word: &str| {
        vec![
            text(word),
            Inline::Break,
            ruby(),
            Inline::NoteRef { id: 1, mark: "*".into() },
            Inline::Quote(vec![text("“so”")]),
            Inline::Mention(Mention::Date("2020".into()), vec![text("2020")]),
        ]
    };
    let wrap: Vec<fn(Vec<Inline>) -> Inline> = vec![
        |inner| Inline::Emphasis(inner),
        |inner| Inline::Strong(inner),
        |inner| Inline::Quote(inner),
        |inner| Inline::Link { target: "https://bay.example/".into(), inlines: inner },
        |inner| Inline::Foreign(Language("fr".into()), inner),
        |inner| Inline::Ruby { base: inner, reading: "reading".into() },
        |inner| Inline::Sub(inner),
        |inner| Inline::Sup(inner),
        |inner| Inline::Mention(Mention::Person(0), inner),
        |inner| Inline::Mention(Mention::Person(99), inner),
        |inner| Inline::Mention(Mention::Publisher, inner),
        |inner| Inline::Mention(Mention::SourceTitle, inner),
        |inner| Inline::Mention(Mention::Date("2021-02-30".into()), inner),
    ];
    let mut all = leaves("loose");
    for outer in &wrap {
        all.push(outer(leaves("held")));
        all.extend(wrap.iter().map(|inner| outer(vec![inner(leaves("deep"))])));
    }
    all
}

fn every_inline() -> Sample {
    let mut sample = Sample::of_blocks("every_inline", Vec::new());
    sample.document.metadata = full_metadata();
    for role in [Role::Furniture, Role::Header, Role::Title, Role::Subtitle, Role::Byline, Role::Dateline] {
        sample.document.blocks.push(Block::paragraph(role, inlines(), None));
    }
    for role in [Role::Body, Role::AuthorNote, Role::SourceLine, Role::Rights] {
        sample.document.blocks.push(Block::paragraph(role, inlines(), None));
        sample.document.blocks.push(Block { inlines: inlines(), ..block(role, BlockKind::Heading(1)) });
    }
    let cell = Cell { header: false, columns: 1, rows: 1, inlines: inlines() };
    for kind in [
        BlockKind::table(vec![vec![cell]]),
        BlockKind::Verse(vec![inlines()]),
        BlockKind::Figure { alt: inlines(), caption: Vec::new() },
        BlockKind::Note { id: 1, blocks: vec![Block::paragraph(Role::Body, inlines(), None)] },
    ] {
        sample.document.blocks.push(block(Role::Body, kind));
    }
    sample
}

fn structures_in_every_role() -> Sample {
    let mut sample = Sample::of_blocks("structures", Vec::new());
    for role in Role::ALL {
        sample.document.blocks.extend(kinds().into_iter().map(|kind| block(role, kind)));
    }
    sample
}

fn chinese() -> Sample {
    let blocks = vec![
        line(Role::Title, "屋顶与雨"),
        line(Role::Byline, "文/陈晓"),
        line(Role::Body, "屋顶漏了，就该在下雨之前修好。"),
        line(Role::Body, "桥也一样。"),
    ];
    let mut sample = Sample::of_blocks("chinese", blocks);
    stated_title(&mut sample, "屋顶与雨", "zh-Hans");
    let chen = Person { family: Some("陈".into()), given: Some("晓".into()), ..Person::named("陈晓") };
    sample.document.metadata.authors = vec![found(chen, 900)];
    sample
}

fn japanese() -> Sample {
    let body = vec![ruby(), text("の日に屋根を直す人はいない。"), Inline::Break, text("橋も同じだ。")];
    let mut sample = Sample::of_blocks("japanese", vec![Block::paragraph(Role::Body, body, None)]);
    stated_title(&mut sample, "屋根", "ja");
    sample
}

fn arabic() -> Sample {
    let blocks = vec![line(Role::Title, "السقف والمطر"), line(Role::Body, "يُصلَح السقف قبل المطر.\u{200F}")];
    let mut sample = Sample::of_blocks("arabic", blocks);
    stated_title(&mut sample, "السقف والمطر", "ar");
    let mut english = line(Role::Body, "A line in English.");
    (english.language, english.direction) = (Some(Language("en".into())), Some(Direction::Ltr));
    sample.document.blocks.push(english);
    sample
}

/// Markup, control characters and very long strings everywhere.
fn hostile() -> Sample {
    let bad = "&<>\"' ]]> --> <?x?> &amp; \u{1}\u{0}\u{FFFE}\t\r\n \u{85}\u{2028}\u{202E}";
    let long = "long ".repeat(400);
    let targets =
        ["", " ", "#top", "http://[", "a b", "%", "1:2", "javascript:alert('<')", "http://x/\u{1}", "x#y#z", ":"];
    let mut links: Vec<_> =
        targets.iter().map(|t| Inline::Link { target: (*t).into(), inlines: vec![text(t)] }).collect();
    links.push(Inline::Foreign(Language("en_GB oops".into()), vec![text(bad)]));
    links.push(Inline::NoteRef { id: 7, mark: bad.into() });
    links.push(Inline::Corrected { sic: bad.into(), corr: bad.into(), edit: EditId(1) });
    let mut sample = Sample::of_blocks("hostile", vec![line(Role::Title, &long), line(Role::Body, bad)]);
    sample.document.blocks.push(Block::paragraph(Role::SourceLine, links, None));
    sample.document.edits = vec![edit(1, 0, 0..3, bad, bad)];
    sample.document.metadata = full_metadata();
    let m = &mut sample.document.metadata;
    let spoilt = || Some(found(format!("{bad}{}", "long ".repeat(400)), 700));
    (m.title, m.title_as_printed, m.subtitle) = (spoilt(), spoilt(), spoilt());
    (m.publisher, m.url, m.section, m.genre, m.dateline) = (spoilt(), spoilt(), spoilt(), spoilt(), spoilt());
    (m.rights, m.source.title, m.source.page, m.source.url) = (spoilt(), spoilt(), spoilt(), spoilt());
    m.published = Some(date(bad, bad));
    m.language = found(Language("not a language".into()), 10);
    let odd = Person { family: Some("Absent".into()), given: Some(String::new()), ..Person::named(bad) };
    m.authors.push(found(odd, 100));
    sample.document.source.path = bad.into();
    sample.document.source.media_type = Some(bad.into());
    sample.document.encoding.evidence = bad.into();
    sample
}

/// A member of a WARC file in a legacy encoding, re-decoded as a whole, with bytes nobody can read.
fn scanned() -> Sample {
    let decoded = EncodingId::Windows1251.encode("Крыша и дождь").expect("in windows-1251").into_owned();
    let mut original = decoded.clone();
    original.push(0xFF);
    let after = "Крыша и дождь\u{FFFD}";
    let segments = vec![
        Segment { source: 0..13, target: 0..24, kind: SegmentKind::Decoded(EncodingId::Windows1251) },
        Segment { source: 13..14, target: 24..27, kind: SegmentKind::Raw([0xFF].into()) },
    ];
    let (log, damage) = RepairLog::new(&original, after, segments);
    assert_eq!(damage, None);
    let mut sample = Sample::of_blocks("scanned", vec![line(Role::Body, after)]);
    sample.document.source = Origin {
        path: "crawl.warc.gz/000/000000012.html".into(),
        media_type: Some("text/html".into()),
        declared_charset: Some("koi8-r".into()),
        target_uri: Some("http://bay.example/дождь?a=1&b=2".into()),
        member: Some(Member {
            container: Digest::of(b"crawl"),
            offset: 1200,
            length: 345,
            record_id: Some("<urn:uuid:00000000-0000-4000-8000-000000000001>".into()),
            captured: Some("2021-03-04T05:06:07Z".into()),
            status: Some(200),
            line: Some(12),
            fields: RecordFields::default(),
        }),
    };
    sample.document.encoding = EncodingReport {
        encodings: vec![EncodingId::Windows1251],
        byte_order_mark: false,
        unreadable: 1,
        evidence: "chardetng".into(),
        confidence: Permille::new(800),
    };
    with_log(sample, original, log, Vec::new())
}

/// A byte order mark, two encodings, a chain of three misreadings, and repairs outside of the text.
fn mixed() -> Sample {
    let original = b"\xEF\xBB\xBFa\x92b\xC2\xA1\xC2\xA1".to_vec();
    let chain = ChainId::from_steps(&[
        Misreading { was: EncodingId::Utf8, read_as: EncodingId::Windows1252 },
        Misreading { was: EncodingId::Utf8, read_as: EncodingId::Latin1 },
        Misreading { was: EncodingId::Gb18030, read_as: EncodingId::Latin1 },
    ])
    .expect("three steps");
    let repaired = SegmentKind::Repaired {
        chain,
        encoding: EncodingId::Utf8,
        before: original[6..10].into(),
        bits: 1,
        confidence: Permille::new(650),
        applicability: Applicability::Inferred,
        proposed: None,
    };
    let segment = |source, target, kind| Segment { source, target, kind };
    let segments = vec![
        segment(0..3, 0..0, SegmentKind::Raw(original[..3].into())),
        segment(3..4, 0..1, SegmentKind::Copied),
        segment(4..5, 1..4, SegmentKind::Decoded(EncodingId::Windows1252)),
        segment(5..6, 4..5, SegmentKind::Copied),
        segment(6..10, 5..8, repaired),
    ];
    let (log, damage) = RepairLog::new(&original, "a’b\u{3000}", segments);
    assert_eq!(damage, None);
    let mut inferred = edit(1, 4, 6..10, "¡¡", "\u{3000}");
    (inferred.chain, inferred.applicability) = (chain, Applicability::Inferred);
    let mut withheld = edit(2, 4, 6..10, "¡¡", "\u{3000}");
    withheld.applicability = Applicability::Withheld;
    let mut sample = Sample::of_blocks("mixed", vec![line(Role::Body, "a’b")]);
    sample.document.encoding.encodings.push(EncodingId::Windows1252);
    sample.document.encoding.byte_order_mark = true;
    with_log(sample, original, log, vec![inferred, withheld])
}

fn untitled() -> Sample {
    let words = "Nobody wrote a title over these lines, which go on for rather longer than sixty characters.";
    Sample::of_blocks("untitled", vec![line(Role::Body, words)])
}

/// 200 repairs; the last one reaches into two blocks.
fn many_edits() -> Sample {
    let pieces: Vec<_> = (0..200).flat_map(|_| [("word ", ""), ("¡¯", "’")]).collect();
    let (original, log, edits) = repaired(&pieces, EncodingId::Gb18030);
    let fix = |n: usize| Inline::Corrected { sic: "¡¯".into(), corr: "’".into(), edit: EditId(n) };
    let body = (1..=200).flat_map(|n| [text("word "), fix(n)]).collect();
    let mut sample = Sample::of_blocks("many_edits", vec![Block::paragraph(Role::Body, body, None)]);
    sample.document.blocks.push(Block::paragraph(Role::AuthorNote, vec![fix(200)], None));
    stated_title(&mut sample, "Words", "en");
    with_log(sample, original, log, edits)
}

/// Levels in no order, with text before, between and after.
fn headings() -> Sample {
    let mut blocks = vec![line(Role::Title, "Levels"), line(Role::Body, "Before.")];
    for level in [3, 1, 2, 2, 6, 4, 1, 5] {
        blocks.push(block(Role::Body, BlockKind::Heading(level)));
        if level != 2 {
            blocks.push(line(Role::Body, "Between."));
        }
    }
    blocks.insert(3, block(Role::Body, BlockKind::Note { id: 1, blocks: vec![line(Role::Body, "A note.")] }));
    let mut sample = Sample::of_blocks("headings", blocks);
    stated_title(&mut sample, "Levels", "en");
    sample
}

/// The same number twice, a reference to none, notes outside of the body.
fn odd_notes() -> Sample {
    let note = |role, content| block(role, BlockKind::Note { id: 1, blocks: vec![line(role, content)] });
    let anchors = [1, 1, 9].map(|id| Inline::NoteRef { id, mark: id.to_string() });
    let mut blocks = vec![note(Role::Title, "On the title."), note(Role::Body, "One."), note(Role::Rights, "Two.")];
    blocks.push(Block::paragraph(Role::Body, anchors.into(), None));
    Sample::of_blocks("odd_notes", blocks)
}

/// Editors and a first publication without anything to print about them.
fn bare() -> Sample {
    let mut sample = Sample::of_blocks("bare", vec![line(Role::Body, "Short.")]);
    sample.document.metadata.editors = vec![found(Person::named("Jo Field"), 900)];
    sample.document.metadata.source.url = Some(found("http://harbour.example/7".into(), 900));
    sample
}
