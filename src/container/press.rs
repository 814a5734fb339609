//! Exports of press databases: one or many articles a file, cut at the marks between them. The bytes of an article are a
//! slice of the file; what stands between articles (covers, lists of what was searched for) is left out, stretch by stretch. Marks are told in
//! bytes: nothing is decoded but units of two bytes, in which marks are ASCII too.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range};

use super::compressed::{read_whole, too_large};
use super::{Container, ContainerKind, Loaded, Sink, left_out, place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original};
use crate::plan::Opening;
use crate::press::{Export, Mark};

/// The container's facts.
pub const PRESS: ContainerKind = ContainerKind {
    name: "exports of press databases",
    spec: "text, as LexisNexis Academic, Nexis Uni, Factiva, ProQuest and Europresse write it",
    endings: &[],
    compressed: true,
    begins: |bytes| Export::of(Lines::new(bytes).texts()).is_some(),
    holds: "each article of an export as text of LexisNexis Academic, Nexis Uni, Factiva (with the codes of its fields, or as it shows articles), ProQuest or Europresse",
    read: originals,
};

/// The lines of a file, with where they stand.
struct Lines<'a>(Vec<(Range<usize>, Cow<'a, str>)>);

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let unit = Unit::of(bytes);
        let (mut lines, mut start) = (Vec::new(), 0);
        for end in unit.line_ends(bytes).chain([bytes.len()]) {
            if end > start {
                lines.push((start..end, unit.text(&bytes[start..end])));
            }
            start = end;
        }
        Self(lines)
    }

    /// As far as they are ASCII.
    fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|(_, text)| &**text)
    }

    fn texts_of(&self, lines: &Range<usize>) -> impl Iterator<Item = &str> + Clone {
        self.0[lines.clone()].iter().map(|(_, text)| &**text)
    }

    /// The bytes of some lines.
    fn place(&self, lines: &Range<usize>) -> Range<usize> {
        self.0[lines.start].0.start..self.0[lines.end - 1].0.end
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

    fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        let wide = |of: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| of([unit[0], unit[1]])).collect();
            Cow::Owned(String::from_utf16_lossy(&units))
        };
        match self {
            Self::One => String::from_utf8_lossy(bytes),
            Self::LittleEndian => wide(u16::from_le_bytes),
            Self::BigEndian => wide(u16::from_be_bytes),
        }
    }
}

/// A stretch of lines.
struct Stretch {
    lines: Range<usize>,
    /// The number that the export states of it, of so many.
    stated: Option<(usize, usize)>,
}

/// The stretches between the marks of an export, all of it.
fn stretches(export: Export, lines: &Lines<'_>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut start, mut stated) = (0, None);
    let mut cut = |end: usize, start: &mut usize, stated: &mut Option<(usize, usize)>| {
        if end > *start {
            stretches.push(Stretch { lines: *start..end, stated: stated.take() });
            *start = end;
        }
    };
    for (at, text) in lines.texts().enumerate() {
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
    cut(lines.0.len(), &mut start, &mut stated);
    stretches
}

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let limits = &opening.limits;
    let mut cut_off = Vec::new();
    let bytes = read_whole(container, limits, &mut cut_off)?;
    let lines = Lines::new(&bytes);
    let Some(export) = Export::of(lines.texts()) else {
        return Err(Diagnostic::new(diagnostic::C011, "it begins like an export, and no article of one stands in it"));
    };
    let stretches = stretches(export, &lines);
    let stated = stretches.iter().filter_map(|stretch| stretch.stated).map(|(_, all)| all).max();
    let holds = |stretch: &Stretch| export.holds_article(lines.texts_of(&stretch.lines));
    let found = stretches.iter().filter(|stretch| holds(stretch)).count();
    let around = pooled(&bytes, &lines);
    let mut index = 0;
    for stretch in &stretches {
        let range = lines.place(&stretch.lines);
        let (offset, length) = (range.start as u64, range.len() as u64);
        let mut of = lines.texts_of(&stretch.lines);
        if !holds(stretch) {
            // White space and rules between articles are nothing.
            if of.any(|line| line.contains(char::is_alphanumeric)) {
                let why = left_out("lines between the articles of the export");
                let name = format!("{} byte {offset}", container.name);
                let origin = Some(place(container.name, Member::new(container.digest, offset, length)));
                let loaded = Loaded { name, index: None, result: Err(why), origin, noticed: Vec::new() };
                if sink(loaded) == ControlFlow::Break(()) {
                    break;
                }
            }
            continue;
        }
        let number = of.find_map(|line| export.number(line)).map(str::to_owned);
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
            false => Ok(Original { around: around.clone(), ..Original::new(origin.clone(), &bytes[range]) }),
        };
        let name = format!("{} article {}", container.name, index + 1);
        let mut noticed = if index == 0 { std::mem::take(&mut cut_off) } else { Vec::new() };
        if let Some(stated) = stated.filter(|stated| index == 0 && *stated != found) {
            let code = if found < stated { diagnostic::C006 } else { diagnostic::C013 };
            noticed.push(Diagnostic::new(code, format!("it states {stated} articles and holds {found}")));
        }
        let loaded = Loaded::record(name, Some(index), result, || origin, noticed);
        index += 1;
        if sink(loaded) == ControlFlow::Break(()) {
            break;
        }
    }
    if index == 0 {
        return Err(Diagnostic::new(diagnostic::C011, "no article stands between its marks"));
    }
    Ok(())
}

/// Lines of the whole file that tell its encoding: its mark, and lines with bytes above 7F.
fn pooled(bytes: &[u8], lines: &Lines<'_>) -> Option<std::sync::Arc<[u8]>> {
    const ENOUGH: usize = 64 << 10;
    if Unit::of(bytes) != Unit::One {
        return Some(bytes[..bytes.len().min(ENOUGH) & !1].into());
    }
    let mut pooled = Vec::new();
    for line in lines.0.iter().map(|(range, _)| &bytes[range.clone()]).filter(|line| !line.is_ascii()) {
        pooled.extend_from_slice(line);
        if pooled.len() > ENOUGH {
            break;
        }
    }
    (!pooled.is_empty()).then(|| pooled.into())
}
