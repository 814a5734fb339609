//! For one chain, the reading of a text that costs least: each place is kept, or a few characters are read as
//! the one character whose bytes they show.

use std::ops::Range;

use super::chain::{Chain, Step};
use crate::model::{self, BIT};

/// Bits that opening a repaired span costs, so that a span must save something by itself.
const SPAN_COST: u32 = 4 * BIT;

/// What is known of a text before a chain is tried on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prior {
    /// Nothing: a character of another script is a surprise.
    Open,
    /// The chain has explained most of the text already: one more of its characters is none.
    Held,
}

impl Prior {
    /// Cost of a repaired character after another.
    fn cost(self, last: char, c: char) -> u32 {
        match self {
            // As in the middle of Chinese, Japanese or Korean text.
            Self::Held if model::is_cjk(c) => model::cost('的', c),
            Self::Open | Self::Held => model::cost(last, c),
        }
    }
}

/// Readings of one prefix that are kept: they differ in their last character.
const BEAM: usize = 4;

/// A stretch that the chain explains better than its face value does.
#[derive(Debug)]
pub(super) struct SpanRepair {
    pub(super) range: Range<usize>,
    pub(super) corr: String,
    /// 1/256 bit.
    pub(super) saved: u32,
}

#[derive(Debug)]
pub(super) struct Path {
    pub(super) spans: Vec<SpanRepair>,
}

impl Path {
    /// 1/256 bit, over all spans.
    pub(super) fn saved(&self) -> u32 {
        self.spans.iter().fold(0, |sum, span| sum.saturating_add(span.saved))
    }

    /// Whether the spans hold as much of what the chain could have misread as it demands.
    pub(super) fn covers(&self, text: &str, chain: &Chain) -> bool {
        let shown = |text: &str| text.chars().filter(|c| !c.is_ascii() && chain.steps[0].byte_of(*c).is_some()).count();
        let held: usize = self.spans.iter().map(|span| shown(&text[span.range.clone()])).sum();
        chain.coverage == 0 || held * 100 >= shown(text) * chain.coverage
    }
}

/// Ideographs of one span that are text and not chance.
const SHORTEST_RUN: usize = 3;

impl Path {
    /// Without the letters that a double-byte chain makes of a few symbols (`§§`, `Â©`, `»N`): unless it reads a
    /// run of letters somewhere, it is punctuation that was damaged, and nothing else.
    fn without_chance_letters(mut self, chain: &Chain) -> Self {
        let letters = |span: &SpanRepair| span.corr.chars().filter(|c| c.is_alphabetic()).count();
        if chain.is_double_byte() && !self.spans.iter().any(|span| letters(span) >= SHORTEST_RUN) {
            self.spans.retain(|span| letters(span) == 0);
        }
        self
    }
}

/// The best reading of `text` under `chain`; places that are `taken` are kept.
pub(super) fn best_path(text: &str, chain: &Chain, taken: &[Range<usize>], prior: Prior) -> Path {
    let mut spans = Vec::new();
    for island in islands(text, taken) {
        read_island(text, island, chain, prior, &mut spans);
    }
    match prior {
        Prior::Open => Path { spans }.without_chance_letters(chain),
        Prior::Held => Path { spans },
    }
}

/// Stretches that begin with a non-ASCII character and hold no two ASCII characters in a row, each with one
/// ASCII character after it: only there can a chain change anything.
fn islands<'a>(text: &'a str, taken: &'a [Range<usize>]) -> impl Iterator<Item = Range<usize>> + 'a {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut next_taken = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes[at..].iter().position(|b| !b.is_ascii())?;
            if let Some(range) = taken.get(next_taken)
                && range.start <= at
            {
                at = at.max(range.end);
                next_taken += 1;
                continue;
            }
            let limit = taken.get(next_taken).map_or(text.len(), |range| range.start);
            let ascii_pair = bytes[at..limit].windows(2).position(|pair| pair[0].is_ascii() && pair[1].is_ascii());
            let end = ascii_pair.map_or(limit, |i| at + i + 1);
            let island = at..end;
            at = end;
            return Some(island);
        }
    })
}

/// A reading of an island's first characters.
#[derive(Clone, Copy)]
struct State {
    cost: u32,
    last: char,
    repaired: bool,
    /// Index of the state before, and the character index it stands at.
    from: (usize, usize),
}

fn read_island(text: &str, island: Range<usize>, chain: &Chain, prior: Prior, spans: &mut Vec<SpanRepair>) {
    let chars: Vec<(usize, char)> = text[island.clone()].char_indices().map(|(i, c)| (island.start + i, c)).collect();
    if !(0..chars.len()).any(|at| unit(&chars[at..], chain.steps).is_some()) {
        return;
    }
    let before = text[..island.start].chars().next_back().unwrap_or(' ');
    let start = State { cost: 0, last: before, repaired: false, from: (0, 0) };
    let mut beams: Vec<Vec<State>> = vec![Vec::new(); chars.len() + 1];
    beams[0].push(start);
    for at in 0..chars.len() {
        beams[at].sort_by_key(|s| (s.cost, s.repaired));
        beams[at].truncate(BEAM);
        for index in 0..beams[at].len() {
            let state = beams[at][index];
            let kept = State {
                cost: state.cost + kept_cost(text, &chars, at, state.last),
                last: chars[at].1,
                repaired: false,
                from: (at, index),
            };
            push(&mut beams[at + 1], kept);
            if let Some((length, c)) = unit(&chars[at..], chain.steps) {
                let opening = if state.repaired { 0 } else { SPAN_COST };
                let cost = state.cost + opening + prior.cost(state.last, c);
                push(&mut beams[at + length], State { cost, last: c, repaired: true, from: (at, index) });
            }
        }
    }
    collect(text, island, &chars, &beams, prior, spans);
}

fn push(beam: &mut Vec<State>, state: State) {
    match beam.iter_mut().find(|s| s.last == state.last && s.repaired == state.repaired) {
        Some(old) if old.cost <= state.cost => {}
        Some(old) => *old = state,
        None => beam.push(state),
    }
}

/// Cost of keeping a character. ¡ and ¿ are told by what stands before their whole run.
fn kept_cost(text: &str, chars: &[(usize, char)], at: usize, last: char) -> u32 {
    let (offset, c) = chars[at];
    if matches!(c, '¡' | '¿') {
        let run = text[..offset].trim_end_matches(['¡', '¿']);
        return model::cost(run.chars().next_back().unwrap_or(' '), c);
    }
    model::cost(last, c)
}

/// The character that the first few of `chars` show the bytes of, and how many of them do.
fn unit(chars: &[(usize, char)], steps: &[Step]) -> Option<(usize, char)> {
    let (step, later) = steps.split_first()?;
    if later.is_empty() {
        return single_unit(chars.iter().map(|(_, c)| *c), step);
    }
    // Undoing the first step gives characters that show the bytes of the next one.
    let (mut shown, mut length) = (Vec::new(), 0);
    while shown.len() < LONGEST_CHARACTER.pow(u32::try_from(later.len()).unwrap_or(1)) {
        let (consumed, c) = single_unit(chars[length..].iter().map(|(_, c)| *c), step)?;
        length += consumed;
        shown.push((length, c));
        if let Some((taken, c)) = unit(&shown, later)
            && taken == shown.len()
        {
            return Some((length, c));
        }
    }
    None
}

/// Bytes of the longest character of any encoding.
const LONGEST_CHARACTER: usize = 4;

fn single_unit(mut chars: impl Iterator<Item = char>, step: &Step) -> Option<(usize, char)> {
    let mut bytes = [0; LONGEST_CHARACTER];
    bytes[0] = chars.next().filter(|c| !c.is_ascii()).and_then(|c| step.byte_of(c))?;
    let length = step.unit_length(bytes[0])?;
    for byte in &mut bytes[1..length] {
        *byte = step.byte_of(chars.next()?)?;
    }
    step.character(&bytes[..length]).map(|c| (length, c))
}

/// Walks the cheapest reading back and appends its repaired spans.
fn collect(
    text: &str,
    island: Range<usize>,
    chars: &[(usize, char)],
    beams: &[Vec<State>],
    prior: Prior,
    spans: &mut Vec<SpanRepair>,
) {
    let offset = |index: usize| chars.get(index).map_or(island.end, |c| c.0);
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = chars.len();
    let cheapest = beams[at].iter().enumerate().min_by_key(|(_, s)| (s.cost, s.repaired));
    let Some((mut index, _)) = cheapest else { return };
    while at > 0 {
        let state = beams[at][index];
        if state.repaired {
            let range = offset(state.from.0)..offset(at);
            match found.last_mut() {
                // White space is a repair of its own: reading may fold it, and an edit is shown whole or not.
                Some((next, corr))
                    if next.start == range.end && corr.ends_with(char::is_whitespace) == state.last.is_whitespace() =>
                {
                    next.start = range.start;
                    corr.push(state.last);
                }
                _ => found.push((range, state.last.to_string())),
            }
        }
        (at, index) = state.from;
    }
    for (range, reversed) in found.into_iter().rev() {
        let corr: String = reversed.chars().rev().collect();
        let saved =
            face_value(text, chars, &range).saturating_sub(SPAN_COST + repaired_value(text, &range, &corr, prior));
        spans.push(SpanRepair { range, corr, saved });
    }
}

/// What the damaged characters of a span cost, with the character after it.
fn face_value(text: &str, chars: &[(usize, char)], range: &Range<usize>) -> u32 {
    let first = chars.partition_point(|(offset, _)| *offset < range.start);
    let last = chars.partition_point(|(offset, _)| *offset < range.end);
    let mut before = text[..range.start].chars().next_back().unwrap_or(' ');
    let mut cost = 0;
    for at in first..last {
        cost += kept_cost(text, chars, at, before);
        before = chars[at].1;
    }
    cost + text[range.end..].chars().next().map_or(0, |c| model::cost(before, c))
}

fn repaired_value(text: &str, range: &Range<usize>, corr: &str, prior: Prior) -> u32 {
    let mut before = text[..range.start].chars().next_back().unwrap_or(' ');
    let mut cost = 0;
    for c in corr.chars() {
        cost += prior.cost(before, c);
        before = c;
    }
    cost + text[range.end..].chars().next().map_or(0, |c| model::cost(before, c))
}
