//! A text as the characters that repair weighs, and the stretches in which it can change anything.

use std::ops::Range;

use crate::model::{BIT, HISTORY, Model, Symbol};

/// Characters of the longest stretch that is read at once.
const LONGEST: usize = 4096;

/// A long stretch is cut after a multiple of so many characters above ASCII, which is one of the two, three and
/// four bytes of a character.
const ALIGNMENT: usize = 12;

/// A stretch of text as symbols, each with the byte offset of its end.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub(super) range: Range<usize>,
    pub(super) symbols: Vec<Symbol>,
    pub(super) ends: Vec<usize>,
    /// The character before.
    pub(super) before: Option<Symbol>,
    /// The character after.
    pub(super) after: Option<Symbol>,
}

impl Stretch {
    /// The stretch as it stands in the text that it was loaded from.
    pub(super) fn face<'a>(&'a self, text: &'a str, model: &'a Model) -> Face<'a> {
        let before = self.before.unwrap_or_else(|| model.symbol('\n'));
        let beside = (&text[..self.range.start], &text[self.range.end..]);
        Face { model, before, stretch: &self.symbols, after: self.after, beside }
    }

    /// Byte offset at which a symbol begins.
    pub(super) fn start_of(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(self.range.start, |i| self.ends[i])
    }

    /// Fills this stretch with `range` of `text`.
    pub(super) fn load(&mut self, text: &str, range: &Range<usize>, model: &Model) {
        self.range = range.clone();
        self.symbols.clear();
        self.ends.clear();
        for (i, c) in text[range.clone()].char_indices() {
            self.symbols.push(model.symbol(c));
            self.ends.push(range.start + i + c.len_utf8());
        }
        self.before = text[..range.start].chars().next_back().map(|c| model.symbol(c));
        self.after = text[range.end..].chars().next().map(|c| model.symbol(c));
    }
}

/// A stretch as it stands.
pub(super) struct Face<'a> {
    pub(super) model: &'a Model,
    pub(super) before: Symbol,
    pub(super) stretch: &'a [Symbol],
    pub(super) after: Option<Symbol>,
    /// The text before the stretch, and after it.
    beside: (&'a str, &'a str),
}

/// What is left of an apostrophe, whose UTF-8 is E2 80 99, where the bytes 80-9F are gone.
const TORN_APOSTROPHE: char = 'â';

impl Face<'_> {
    /// The characters before the stretch, the nearest first; a text begins as a line does.
    pub(super) fn earlier(&self) -> impl Iterator<Item = char> {
        self.beside.0.chars().rev().chain(['\n']).take(HISTORY)
    }

    /// The characters after the stretch.
    pub(super) fn later(&self) -> impl Iterator<Item = char> {
        self.beside.1.chars().take(HISTORY)
    }

    /// The character before a place.
    pub(super) fn at(&self, place: usize) -> Symbol {
        place.checked_sub(1).map_or(self.before, |i| self.stretch[i])
    }

    /// What keeping the character at a place costs after its neighbour. ¡ and ¿ are told by what stands before
    /// their whole run.
    #[inline]
    pub(super) fn cost(&self, place: usize) -> u32 {
        let this = self.stretch[place];
        if matches!(this.c, '¡' | '¿') {
            let run = self.stretch[..place].iter().rev().take(8).take_while(|s| matches!(s.c, '¡' | '¿')).count();
            return self.model.cost(self.at(place - run), this);
        }
        self.model.cost(self.at(place), this)
    }

    /// Whether a place stands where `it’s`, `don’t` and `I’m` have the apostrophe: no English word ends so.
    pub(super) fn is_torn_apostrophe(&self, place: usize) -> bool {
        if self.stretch[place].c != TORN_APOSTROPHE {
            return false;
        }
        let after = |i: usize| match self.stretch.get(place + i) {
            None if place + i == self.stretch.len() => self.after,
            symbol => symbol.copied(),
        };
        let ends = after(2).is_none_or(|after| !after.c.is_alphabetic());
        let fits = match (self.at(place).c, after(1).map(|after| after.c)) {
            (before, Some('s')) => before.is_alphabetic(),
            ('n', Some('t')) | ('I', Some('m')) => true,
            _ => false,
        };
        ends && fits && self.model.language().is_none_or(|language| language == "en")
    }
}

/// Stretches that begin with a character above ASCII and hold no two ASCII characters in a row and no line end,
/// each with one ASCII character after it: only there can a misreading be undone. Places that are `taken` are left
/// out; they are sorted.
pub(super) fn islands(text: &str, taken: &[Range<usize>]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut at, mut next_taken) = (Vec::new(), 0, 0);
    while let Some(skip) = first_above_ascii(&bytes[at..]) {
        at += skip;
        while taken.get(next_taken).is_some_and(|range| range.end <= at) {
            next_taken += 1;
        }
        let limit = match taken.get(next_taken) {
            Some(range) if range.start <= at => {
                at = range.end;
                continue;
            }
            Some(range) => range.start,
            None => text.len(),
        };
        let end = island_end(text, at, limit);
        found.push(at..end);
        at = end;
    }
    found
}

fn first_above_ascii(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| !b.is_ascii())
}

fn island_end(text: &str, start: usize, limit: usize) -> usize {
    let (mut count, mut above, mut last_ascii) = (0, 0, false);
    for (i, c) in text[start..limit].char_indices() {
        let ascii = c.is_ascii();
        if (ascii && last_ascii) || c == '\n' {
            return start + i;
        }
        above = if ascii { 0 } else { above + 1 };
        last_ascii = ascii;
        count += 1;
        if count >= LONGEST && (ascii || above % ALIGNMENT == 0) {
            return start + i + c.len_utf8();
        }
    }
    limit
}

/// Indices of the stretches that stand in one line.
pub(super) fn line_of(text: &str, islands: &[Range<usize>], first: usize) -> Range<usize> {
    let mut last = first;
    while let Some(next) = islands.get(last + 1)
        && !text[islands[last].end..next.start].contains('\n')
    {
        last += 1;
    }
    first..last + 1
}

/// Bits that a character, or two in a row, cost in a stretch that is looked at: clean text seldom costs so much
/// anywhere, and what misreadings make of it nearly everywhere.
const SUSPECT: u32 = 14 * BIT;
const SUSPECT_PAIR: u32 = 21 * BIT;

/// Bytes of a text that is looked at as a whole where anything in it is suspect: what looks clean tells how much of a
/// text a chain explains. A longer one is looked at line by line.
const WHOLE: usize = 64 << 10;

/// The stretches that are looked at: none where no character is dear where it stands.
pub(super) fn suspects(text: &str, islands: Vec<Range<usize>>, model: &Model) -> Vec<Range<usize>> {
    let mut stretch = Stretch::default();
    let mut is_suspect = |island: &Range<usize>| dear(text, island, model, &mut stretch).next().is_some();
    if text.len() <= WHOLE {
        return if islands.iter().any(&mut is_suspect) { islands } else { Vec::new() };
    }
    let mut kept = Vec::new();
    let mut first = 0;
    while first < islands.len() {
        let line = line_of(text, &islands, first);
        first = line.end;
        if islands[line.clone()].iter().any(&mut is_suspect) {
            kept.extend_from_slice(&islands[line]);
        }
    }
    kept
}

/// Byte offsets of the characters of a stretch that are dear where they stand, in order; that of the character after
/// it where that one is.
fn dear<'a>(
    text: &'a str,
    island: &Range<usize>,
    model: &'a Model,
    stretch: &mut Stretch,
) -> impl Iterator<Item = usize> + use<'a> {
    let torn = text[island.clone()].starts_with(TORN_APOSTROPHE) && {
        stretch.load(text, island, model);
        stretch.face(text, model).is_torn_apostrophe(0)
    };
    let before = text[..island.start].chars().next_back().unwrap_or('\n');
    let mut before = model.symbol(before);
    let (mut last, start) = (0, island.start);
    let after = text[island.end..].chars().next().map(|c| (island.len(), c));
    let is_dear = move |(at, c)| {
        let this = model.symbol(c);
        let cost = model.cost(before, this);
        let dear = cost >= SUSPECT || cost + last >= SUSPECT_PAIR;
        (before, last) = (this, cost);
        dear.then_some(start + at)
    };
    let rest = text[island.clone()].char_indices().chain(after).filter_map(is_dear);
    torn.then_some(start).into_iter().chain(rest)
}

/// Blocks of [`ALIGNMENT`] characters on each side of that of a dear one that are looked at with it.
const BESIDE: usize = 2;

/// Blocks of the longest part.
const LONGEST_PART: usize = 8;

/// The parts of stretches around their dear characters. A part begins where a unit does if its stretch does.
pub(super) fn around_dear(text: &str, islands: &[Range<usize>], model: &Model) -> Vec<Range<usize>> {
    let (mut stretch, mut parts) = (Stretch::default(), Vec::new());
    let mut starts: Vec<usize> = Vec::new();
    for island in islands {
        let mut dear = dear(text, island, model, &mut stretch).peekable();
        if dear.peek().is_none() {
            continue;
        }
        // Where the blocks begin, and where the last one ends.
        starts.clear();
        starts.extend(text[island.clone()].char_indices().step_by(ALIGNMENT).map(|(at, _)| island.start + at));
        starts.push(island.end);
        let blocks = starts.len() - 1;
        let mut part = 0..0;
        for at in dear {
            let block = starts.partition_point(|start| *start <= at) - 1;
            for block in block.saturating_sub(BESIDE).max(part.end)..blocks.min(block + BESIDE + 1) {
                if block == part.end && (1..LONGEST_PART).contains(&part.len()) {
                    part.end += 1;
                } else {
                    parts.extend((!part.is_empty()).then(|| starts[part.start]..starts[part.end]));
                    part = block..block + 1;
                }
            }
        }
        parts.push(starts[part.start]..starts[part.end]);
    }
    parts
}
