//! Random documents from a fixed seed: any block in any role, any inline in any other, any fields of the metadata.

use oped_convert::document::{
    Block, BlockKind, Cell, Direction, Field, Inline, Language, Mention, NumberStyle, Numbering, Role,
};
use oped_convert::document::{Metadata, Person, PersonKind};
use oped_convert::edit::EditId;
use oped_convert::span::{Permille, Span, Spanned, Support};

use crate::samples::{Sample, edit, full_metadata};

const WORDS: [&str; 8] = ["roof", " ", "rain & <wind>", "屋顶", "مطر", "\n", "\u{3000}“", "\u{A0}"];

/// A linear congruential generator (Knuth's constants): the same documents on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// The random document of this number.
pub fn sample(number: u64) -> Sample {
    let mut dice = Dice(number * 2 + 1);
    let count = dice.below(14);
    let blocks = (0..count).map(|_| {
        let role = Role::ALL[dice.below(10)];
        block(&mut dice, role, 3)
    });
    let mut sample = Sample::of_blocks(&format!("random{number:03}"), blocks.collect());
    sample.document.edits = (1..=3).map(|number| edit(number, 0, 0..1 + number, "¡¡", "’")).collect();
    sample.document.metadata = metadata(&mut dice);
    sample
}

/// Some of all fields, with random texts and evidence.
fn metadata(dice: &mut Dice) -> Metadata {
    let mut m = full_metadata();
    let texts = [
        &mut m.title,
        &mut m.title_as_printed,
        &mut m.subtitle,
        &mut m.publisher,
        &mut m.url,
        &mut m.section,
        &mut m.genre,
        &mut m.dateline,
        &mut m.rights,
        &mut m.source.title,
        &mut m.source.page,
        &mut m.source.url,
    ];
    for value in texts {
        *value = (dice.below(2) == 0).then(|| found(dice, str::to_owned)).flatten();
    }
    for date in [&mut m.published, &mut m.updated, &mut m.source.date] {
        if dice.below(2) == 0 {
            *date = None;
        }
    }
    let mut people = |most: usize| (0..dice.below(most)).filter_map(|_| found(dice, person)).collect::<Vec<_>>();
    (m.authors, m.editors, m.translators) = (people(4), people(3), people(2));
    m.keywords = (0..dice.below(3)).filter_map(|_| found(dice, str::to_owned)).collect();
    m.candidates = [(Field::Author, (0..dice.below(3)).filter_map(|_| found(dice, str::to_owned)).collect())].into();
    if dice.below(2) == 0 {
        m.contributors.clear();
    }
    m
}

fn person(word: &str) -> Person {
    let kind = [PersonKind::Person, PersonKind::Body, PersonKind::Pseudonym][word.len() % 3];
    let part = word.len().is_multiple_of(2).then(|| word.to_owned());
    let printed = word.to_uppercase();
    Person { kind, printed, family: part.clone(), given: None, ..Person::named(format!("{word} X")) }
}

/// A value made of a word; nothing where the word is white space.
fn found<T>(dice: &mut Dice, make: impl Fn(&str) -> T) -> Option<Spanned<T>> {
    let word = WORDS[dice.below(8)].trim();
    let value = (!word.is_empty()).then(|| make(word))?;
    let start = dice.below(90);
    let span = (dice.below(4) > 0).then(|| Span { start, end: start + dice.below(9) });
    let rule = oped_convert::span::RuleId(["byline", "title.place", "stated"][dice.below(3)]);
    Some(Spanned {
        value,
        span,
        rule,
        confidence: Permille::new(u16::try_from(dice.below(1001)).unwrap()),
        support: Support::default(),
    })
}

fn blocks(dice: &mut Dice, role: Role, depth: usize) -> Vec<Block> {
    (0..dice.below(3)).map(|_| block(dice, role, depth)).collect()
}

fn block(dice: &mut Dice, role: Role, depth: usize) -> Block {
    let kind = if depth == 0 { BlockKind::Paragraph } else { kind(dice, role, depth - 1) };
    let inlines = inlines(dice, 3);
    let language = (dice.below(5) == 0).then(|| Language("zh-Hant".into()));
    let direction = [None, None, Some(Direction::Rtl), Some(Direction::Ltr)][dice.below(4)];
    Block { kind, role, left_out: None, language, direction, inlines, span: None }
}

fn kind(dice: &mut Dice, role: Role, depth: usize) -> BlockKind {
    match dice.below(9) {
        0 => BlockKind::Heading(u8::try_from(1 + dice.below(6)).unwrap()),
        1 => BlockKind::Quote(blocks(dice, role, depth)),
        2 => {
            let items = (0..dice.below(3)).map(|_| blocks(dice, role, depth)).collect();
            BlockKind::List { numbering: numbering(dice), items }
        }
        3 => {
            let caption = if dice.below(2) == 0 { inlines(dice, 2) } else { Vec::new() };
            BlockKind::Table { caption, rows: (0..dice.below(3)).map(|_| row(dice)).collect() }
        }
        4 => BlockKind::Verse((0..dice.below(3)).map(|_| inlines(dice, 2)).collect()),
        5 => BlockKind::Figure { alt: inlines(dice, 2), caption: blocks(dice, role, depth) },
        6 => BlockKind::Note { id: dice.below(4), blocks: blocks(dice, role, depth) },
        _ => BlockKind::Paragraph,
    }
}

fn numbering(dice: &mut Dice) -> Option<Numbering> {
    use NumberStyle::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
    let style = [Decimal, LowerAlpha, UpperAlpha, LowerRoman, UpperRoman][dice.below(5)];
    let first = [1, 1, 9, 0, -3, 3999][dice.below(6)];
    let numbers = (0..dice.below(3)).map(|_| first).collect();
    (dice.below(2) == 0).then_some(Numbering { numbers, style })
}

fn row(dice: &mut Dice) -> Vec<Cell> {
    let cell = |dice: &mut Dice| Cell {
        header: dice.below(2) == 0,
        columns: dice.below(3),
        rows: dice.below(3),
        inlines: inlines(dice, 2),
    };
    (0..dice.below(3)).map(|_| cell(dice)).collect()
}

fn inlines(dice: &mut Dice, depth: usize) -> Vec<Inline> {
    (0..dice.below(4)).map(|_| inline(dice, depth)).collect()
}

fn inline(dice: &mut Dice, depth: usize) -> Inline {
    let word = WORDS[dice.below(8)].to_owned();
    if depth == 0 {
        return Inline::Text(word);
    }
    let inner = |dice: &mut Dice| inlines(dice, depth - 1);
    match dice.below(15) {
        0 => Inline::Corrected { sic: "¡¡".into(), corr: word, edit: EditId(1 + dice.below(3)) },
        1 => Inline::Mention(Mention::Person(dice.below(3)), inner(dice)),
        2 => Inline::Mention(Mention::Publisher, inner(dice)),
        3 => Inline::Mention(Mention::SourceTitle, inner(dice)),
        4 => Inline::Mention(Mention::Date("2021-03-04".into()), inner(dice)),
        5 => Inline::Emphasis(inner(dice)),
        6 => Inline::Strong(inner(dice)),
        7 => Inline::Quote(inner(dice)),
        8 => Inline::Link { target: word, inlines: inner(dice) },
        9 => Inline::Foreign(Language("la".into()), inner(dice)),
        10 => Inline::Ruby { base: inner(dice), reading: word },
        11 => [Inline::Sub(inner(dice)), Inline::Sup(inner(dice))][dice.below(2)].clone(),
        12 => Inline::Break,
        13 => Inline::NoteRef { id: dice.below(5), mark: word },
        _ => Inline::Text(word),
    }
}
