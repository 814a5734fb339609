//! Exports of press databases: one or many articles a file, cut at the marks between them. The bytes of an article are a
//! slice of the file; what stands between articles (covers, lists of what was searched for) is named. Marks are told in
//! bytes: nothing is decoded but units of two bytes, in which marks are ASCII too.

use std::fs::File;
use std::ops::{ControlFlow, Range};

use super::compressed::{Plain, failure, read_all, too_large};
use super::{Container, ContainerKind, Loaded, Sink, Tally};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original};
use crate::plan::Opening;
use crate::press::{Export, Mark};

const fn kind(name: &'static str, begins: fn(&[u8]) -> bool, holds: &'static str) -> ContainerKind {
    ContainerKind {
        name,
        spec: "text, as the database writes it",
        endings: &[],
        compressed: true,
        begins,
        holds,
        read: originals,
    }
}

/// LexisNexis.
pub const NEXIS: ContainerKind = kind(
    "LexisNexis",
    |bytes| matches!(export(bytes), Some(Export::Nexis | Export::NexisUni)),
    "each article of an export of LexisNexis Academic or Nexis Uni as text",
);

/// Factiva.
pub const FACTIVA: ContainerKind = kind(
    "Factiva",
    |bytes| matches!(export(bytes), Some(Export::Factiva | Export::FactivaCodes)),
    "each article of an export of Factiva as text, with the codes of its fields or as it shows articles",
);

/// ProQuest.
pub const PROQUEST: ContainerKind =
    kind("ProQuest", |bytes| export(bytes) == Some(Export::ProQuest), "each article of an export of ProQuest as text");

/// Europresse.
pub const EUROPRESSE: ContainerKind = kind(
    "Europresse",
    |bytes| export(bytes) == Some(Export::Europresse),
    "each article of an export of Europresse as text",
);

/// The form that the first bytes of a file are of.
fn export(bytes: &[u8]) -> Option<Export> {
    let lines = Lines::new(bytes);
    let texts: Vec<&str> = lines.texts.iter().map(String::as_str).collect();
    Export::of(texts.iter().copied())
}

/// The lines of a file, with where they stand.
struct Lines {
    ranges: Vec<Range<usize>>,
    /// As far as they are ASCII.
    texts: Vec<String>,
}

impl Lines {
    fn new(bytes: &[u8]) -> Self {
        let unit = Unit::of(bytes);
        let (mut ranges, mut texts) = (Vec::new(), Vec::new());
        let mut start = 0;
        for end in unit.line_ends(bytes).chain([bytes.len()]) {
            if end > start {
                texts.push(unit.text(&bytes[start..end]));
                ranges.push(start..end);
            }
            start = end;
        }
        Self { ranges, texts }
    }
}

/// How many bytes stand for an ASCII character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    One,
    LittleEndian,
    BigEndian,
}

impl Unit {
    fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xFE, ..] | [1..=127, 0, 1..=127, 0, ..] => Self::LittleEndian,
            [0xFE, 0xFF, ..] | [0, 1..=127, 0, 1..=127, ..] => Self::BigEndian,
            _ => Self::One,
        }
    }

    /// Where lines end, behind their line feed.
    fn line_ends(self, bytes: &[u8]) -> Box<dyn Iterator<Item = usize> + '_> {
        let is_feed = move |unit: &[u8]| match self {
            Self::One => unit == b"\n",
            Self::LittleEndian => unit == b"\n\0",
            Self::BigEndian => unit == b"\0\n",
        };
        if self == Self::One {
            return Box::new(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
        }
        let units = bytes.chunks_exact(2).enumerate();
        Box::new(units.filter(move |(_, unit)| is_feed(unit)).map(|(at, _)| at * 2 + 2))
    }

    fn text(self, bytes: &[u8]) -> String {
        let wide = |of: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| of([unit[0], unit[1]])).collect();
            String::from_utf16_lossy(&units)
        };
        match self {
            Self::One => String::from_utf8_lossy(bytes).into_owned(),
            Self::LittleEndian => wide(u16::from_le_bytes),
            Self::BigEndian => wide(u16::from_be_bytes),
        }
    }
}

/// How many times as large as the largest article a file may be, which is read as a whole.
const WHOLE: u64 = 8;

/// A stretch of lines.
struct Stretch {
    lines: Range<usize>,
    /// The number that the export states of it, of so many.
    stated: Option<(usize, usize)>,
}

/// The stretches between the marks of an export, all of it.
fn stretches(export: Export, lines: &Lines) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut start, mut stated) = (0, None);
    let mut cut = |end: usize, start: &mut usize, stated: &mut Option<(usize, usize)>| {
        if end > *start {
            stretches.push(Stretch { lines: *start..end, stated: stated.take() });
            *start = end;
        }
    };
    for (at, text) in lines.texts.iter().enumerate() {
        match export.mark(text) {
            Some(Mark::Begins(number)) => {
                cut(at, &mut start, &mut stated);
                stated = number;
            }
            Some(Mark::Ends) => cut(at + 1, &mut start, &mut stated),
            Some(Mark::Between) => {
                cut(at, &mut start, &mut stated);
                cut(at + 1, &mut start, &mut stated);
            }
            None => {}
        }
    }
    cut(lines.texts.len(), &mut start, &mut stated);
    stretches
}

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<Tally, Diagnostic> {
    let limits = &opening.limits;
    let file = File::open(container.path).map_err(|e| failure(&e))?;
    let plain = Plain::new(file, container.compression, limits.max_ratio).map_err(|e| failure(&e))?;
    let mut cut_off = Vec::new();
    let bytes = read_all(plain, limits.max_bytes.saturating_mul(WHOLE), &mut cut_off)?;
    let lines = Lines::new(&bytes);
    let texts: Vec<&str> = lines.texts.iter().map(String::as_str).collect();
    let Some(export) = Export::of(texts.iter().copied()) else {
        return Err(Diagnostic::new(diagnostic::C011, "it begins like an export, and no article of one stands in it"));
    };
    let stretches = stretches(export, &lines);
    let stated = stretches.iter().filter_map(|stretch| stretch.stated).map(|(_, all)| all).max();
    let holds = |stretch: &Stretch| export.holds_article(texts[stretch.lines.clone()].iter().copied());
    let found = stretches.iter().filter(|stretch| holds(stretch)).count();
    let around = pooled(&bytes, &lines);
    let mut tally = Tally::default();
    let mut index = 0;
    for stretch in &stretches {
        let range = lines.ranges[stretch.lines.start].start..lines.ranges[stretch.lines.end - 1].end;
        let of = &texts[stretch.lines.clone()];
        if !holds(stretch) {
            // White space and rules between articles are nothing.
            if of.iter().any(|line| line.contains(char::is_alphanumeric)) {
                tally.ignored += 1;
            }
            continue;
        }
        let (offset, length) = (range.start as u64, range.len() as u64);
        let number = of.iter().find_map(|line| export.number(line)).map(str::to_owned);
        let stated_number = stretch.stated.map(|(number, all)| format!("{number} of {all}"));
        let mut member = Member::new(container.digest, offset, length);
        member.record_id = number.or(stated_number).or_else(|| Some(format!("article {}", index + 1)));
        let origin = Origin {
            path: container.name.to_owned(),
            media_type: Some("text/plain".to_owned()),
            member: Some(member),
            ..Origin::default()
        };
        let result = match length > limits.max_bytes {
            true => Err(too_large(limits.max_bytes)),
            false => Ok(Original { around: around.clone(), ..Original::new(origin, &bytes[range]) }),
        };
        let name = format!("{} article {}", container.name, index + 1);
        let mut noticed = if index == 0 { std::mem::take(&mut cut_off) } else { Vec::new() };
        if let Some(stated) = stated.filter(|stated| index == 0 && *stated != found) {
            let code = if found < stated { diagnostic::C006 } else { diagnostic::C013 };
            noticed.push(Diagnostic::new(code, format!("it states {stated} articles and holds {found}")));
        }
        let loaded = Loaded { name, index: Some(index), result, noticed };
        index += 1;
        if sink(loaded) == ControlFlow::Break(()) {
            break;
        }
    }
    if index == 0 {
        return Err(Diagnostic::new(diagnostic::C011, "no article stands between its marks"));
    }
    Ok(tally)
}

/// Lines of the whole file that tell its encoding: its mark, and lines with bytes above 7F.
fn pooled(bytes: &[u8], lines: &Lines) -> Option<std::sync::Arc<[u8]>> {
    const ENOUGH: usize = 64 << 10;
    if Unit::of(bytes) != Unit::One {
        return Some(bytes[..bytes.len().min(ENOUGH) & !1].into());
    }
    let mut pooled = Vec::new();
    for line in lines.ranges.iter().map(|range| &bytes[range.clone()]).filter(|line| !line.is_ascii()) {
        pooled.extend_from_slice(line);
        if pooled.len() > ENOUGH {
            break;
        }
    }
    (!pooled.is_empty()).then(|| pooled.into())
}
