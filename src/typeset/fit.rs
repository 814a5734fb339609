//! Atoms to lines: total fit after Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and
//! Experience 11, 1981), in integers; first fit for ragged text.
//!
//! The paper's fitness classes are left out. Its second pass, with hyphens, is for paragraphs that are loose without.

use super::Length;
use super::atom::{Atom, Break};

/// The indents of a paragraph's lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Indents {
    /// Of the first line.
    pub first: Length,
    /// Of those that go on with a line that the document ends.
    pub turnover: Length,
}

impl Indents {
    /// The indent of the line that begins with an atom.
    pub fn at(self, start: usize, atoms: &[Atom]) -> Length {
        match start.checked_sub(1) {
            None => self.first,
            Some(before) if self.turnover == 0 || atoms[before].after == Break::Forced => 0,
            Some(_) => self.turnover,
        }
    }
}

/// Running sums over the atoms, so that a line's width takes two subtractions.
pub(super) struct Sums {
    width: Vec<Length>,
    stretch: Vec<Length>,
    shrink: Vec<Length>,
    /// For each end of a line, the end without the spaces before it.
    inked: Vec<usize>,
    /// For each start of a line, the space before its first ideograph: it counts inside a line only.
    leading: Vec<Length>,
    /// By how much a line that starts there stands out at the left.
    head: Vec<Length>,
    /// By how much a line that ends there is wider than its atoms.
    tail: Vec<Length>,
}

/// How a line of atoms fits.
pub(super) struct Fit {
    /// The end without the spaces that hang behind it.
    pub end: usize,
    /// Measure less natural width.
    pub excess: Length,
    pub stretch: Length,
    pub shrink: Length,
}

impl Sums {
    pub fn new(atoms: &[Atom]) -> Self {
        let n = atoms.len() + 1;
        let mut sums = Self {
            width: Vec::with_capacity(n),
            stretch: Vec::with_capacity(n),
            shrink: Vec::with_capacity(n),
            inked: Vec::with_capacity(n),
            leading: Vec::with_capacity(n),
            head: Vec::with_capacity(n),
            tail: Vec::with_capacity(n),
        };
        let (mut width, mut stretch, mut shrink, mut inked, mut tail) = (0, 0, 0, 0, 0);
        for i in 0..n {
            sums.width.push(width);
            sums.stretch.push(stretch);
            sums.shrink.push(shrink);
            sums.inked.push(inked);
            sums.leading.push(atoms.get(i).filter(|a| !a.is_space).map_or(0, |a| a.stretch));
            sums.head.push(atoms.get(i).map_or(0, |a| a.head));
            sums.tail.push(tail);
            if let Some(atom) = atoms.get(i) {
                tail = atom.tail;
                width += atom.width;
                stretch += atom.stretch;
                shrink += atom.shrink;
                inked = if atom.is_space { inked } else { i + 1 };
            }
        }
        sums
    }

    pub fn fit(&self, start: usize, end: usize, measure: Length) -> Fit {
        let inked = self.inked[end].max(start);
        let leading = if inked > start { self.leading[start] } else { 0 };
        Fit {
            end: inked,
            excess: measure - (self.width[inked] - self.width[start]) + self.head[start] - self.tail[inked],
            stretch: self.stretch[inked] - self.stretch[start] - leading,
            shrink: self.shrink[inked] - self.shrink[start],
        }
    }
}

impl Fit {
    /// A line is left ragged rather than stretched beyond eight times what its spaces should take.
    const LOOSEST: Length = 8;

    fn is_overfull(&self) -> bool {
        self.excess + self.shrink < 0
    }

    /// Whether its spaces are stretched to more than 1.4 of what they are.
    pub fn is_loose(&self) -> bool {
        self.is_overfull() || (self.excess > 0 && self.badness() > LOOSE)
    }

    /// 100 times the cube of excess over stretch (or shrink), as in the paper; at most 1 000 000.
    pub fn badness(&self) -> i64 {
        let (excess, give) = if self.excess >= 0 { (self.excess, self.stretch) } else { (-self.excess, self.shrink) };
        if excess == 0 {
            return 0;
        }
        let ratio = (excess * 1000).checked_div(give).unwrap_or(i64::MAX).min(21_544);
        ratio * ratio * ratio / 10_000_000
    }

    pub fn adjustment(&self, is_last: bool) -> Slack {
        if self.excess < 0 {
            let excess = self.excess.max(-self.shrink);
            return Slack { excess, total: self.shrink, seen: 0, given: 0, shrinks: true };
        }
        if is_last || self.stretch == 0 || self.excess > Self::LOOSEST * self.stretch {
            return Slack::NONE;
        }
        Slack { excess: self.excess, total: self.stretch, seen: 0, given: 0, shrinks: false }
    }
}

/// Hands out a line's excess to its spaces in proportion to their give, to the last unit.
pub(super) struct Slack {
    excess: Length,
    total: Length,
    seen: Length,
    given: Length,
    shrinks: bool,
}

impl Slack {
    pub const NONE: Self = Self { excess: 0, total: 0, seen: 0, given: 0, shrinks: false };

    pub fn next(&mut self, atom: &Atom) -> Length {
        self.seen += if self.shrinks { atom.shrink } else { atom.stretch };
        let due = (self.excess * self.seen).checked_div(self.total).unwrap_or(0);
        due - std::mem::replace(&mut self.given, due)
    }
}

/// Every line as full as it gets. Returns the ends of the lines.
pub(super) fn first_fit(atoms: &[Atom], sums: &Sums, measure: Length, indents: Indents) -> Vec<usize> {
    let mut breaks = Vec::new();
    let (mut start, mut candidate) = (0, None);
    let mut end = 1;
    while end <= atoms.len() {
        let room = measure - indents.at(start, atoms);
        let is_full = sums.fit(start, end, room).excess < 0;
        if let (true, Some(at)) = (is_full, candidate) {
            breaks.push(at);
            (start, candidate, end) = (at, None, at + 1);
            continue;
        }
        match atoms[end - 1].after {
            Break::Forced => {
                breaks.push(end);
                (start, candidate) = (end, None);
            }
            Break::Allowed | Break::Hyphen | Break::Syllable | Break::Emergency => candidate = Some(end),
            Break::Forbidden => {}
        }
        end += 1;
    }
    if start < atoms.len() {
        breaks.push(atoms.len());
    }
    breaks
}

/// A place where a line may end, with the best way to get there.
struct Node {
    at: usize,
    demerits: i64,
    previous: usize,
    is_hyphen: bool,
}

/// Badness beyond which a paragraph is tried again with hyphens: TeX's `\pretolerance`, but stricter.
const LOOSE: i64 = 50;

/// The lines with the fewest demerits in all. Returns the ends of the lines.
pub(super) fn total_fit(atoms: &[Atom], sums: &Sums, measure: Length, indent: Length) -> Vec<usize> {
    let mut nodes = vec![Node { at: 0, demerits: 0, previous: 0, is_hyphen: false }];
    let mut active: Vec<usize> = vec![0];
    for end in 1..=atoms.len() {
        let after = if end == atoms.len() { Break::Forced } else { atoms[end - 1].after };
        if after == Break::Forbidden {
            continue;
        }
        let mut best: Option<(i64, usize)> = None;
        let mut nearest = active.last().copied();
        active.retain(|&n| {
            let start = nodes[n].at;
            let fit = sums.fit(start, end, if start == 0 { measure - indent } else { measure });
            if fit.is_overfull() {
                return false;
            }
            let mut line = demerits(&fit, after, sums.width[end] - sums.width[start]);
            if nodes[n].is_hyphen && after == Break::Hyphen {
                line += TWO_HYPHENS;
            }
            let demerits = nodes[n].demerits.saturating_add(line);
            if best.is_none_or(|(least, _)| demerits < least) {
                best = Some((demerits, n));
            }
            true
        });
        // Only a line of one atom that is wider than the measure leaves no way: it overflows.
        let (demerits, previous) = match (best, nearest.take()) {
            (Some(best), _) => best,
            (None, Some(n)) if active.is_empty() => (nodes[n].demerits.saturating_add(OVERFULL), n),
            (None, _) => continue,
        };
        nodes.push(Node { at: end, demerits, previous, is_hyphen: after == Break::Hyphen });
        if after == Break::Forced {
            active.clear();
        }
        active.push(nodes.len() - 1);
    }
    trace(&nodes)
}

/// Demerits of a line that sticks out: more than any loose line.
const OVERFULL: i64 = 1 << 50;

/// Demerits of two lines in a row that end with hyphens, and of one: TeX's, 50 squared.
const TWO_HYPHENS: i64 = 10_000;
const HYPHEN: i64 = 2_500;

/// Badness of a line whose looseness is seen: its spaces are stretched by half.
const SEEN: i64 = 100;

/// Its demerits beyond those of its badness: as many as of ten hyphens in a row.
const SEEN_DEMERITS: i64 = 100_000;

/// The paper's demerits: the square of ten and the badness. Last lines have none for being short, unless one
/// short word would stand alone.
fn demerits(fit: &Fit, after: Break, width: Length) -> i64 {
    let badness = match after {
        Break::Forced if fit.excess >= 0 => {
            // An eighth of a line at least, where that costs little.
            if fit.excess > 7 * width { 50 } else { 0 }
        }
        Break::Emergency => fit.badness() + 5_000,
        Break::Forced | Break::Allowed | Break::Hyphen | Break::Syllable | Break::Forbidden => fit.badness(),
    };
    let is_seen = badness > SEEN && after != Break::Emergency;
    (10 + badness) * (10 + badness)
        + if matches!(after, Break::Hyphen | Break::Syllable) { HYPHEN } else { 0 }
        + if is_seen { SEEN_DEMERITS } else { 0 }
}

fn trace(nodes: &[Node]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut n = nodes.len() - 1;
    while n > 0 {
        breaks.push(nodes[n].at);
        n = nodes[n].previous;
    }
    breaks.reverse();
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::atom::How;
    use crate::typeset::{ElementId, FaceId};

    fn word(width: Length, after: Break) -> Atom {
        let how = How { face: FaceId::Regular, size: 1000, rise: 0, element: ElementId(0), level: 0, heavy: false };
        Atom {
            glyphs: 0..0,
            text: 0..0,
            width,
            stretch: 0,
            shrink: 0,
            is_space: false,
            blank: None,
            head: 0,
            tail: 0,
            after,
            how,
        }
    }

    #[test]
    fn total_fit_has_no_more_demerits_than_first_fit() {
        // Widths from a linear congruential generator, so that the case is the same everywhere.
        let mut state = 1_u64;
        let mut atoms = Vec::new();
        for _ in 0..300 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            atoms.push(word(100 + (state >> 33) as Length % 700, Break::Forbidden));
            let space = Atom { stretch: 60, shrink: 40, is_space: true, ..word(120, Break::Allowed) };
            atoms.push(space);
        }
        let sums = Sums::new(&atoms);
        let cost = |breaks: &[usize]| {
            let mut start = 0;
            let line = |&end: &usize| {
                let fit = sums.fit(start, end, 4000);
                let after = if end == atoms.len() { Break::Forced } else { Break::Allowed };
                let width = sums.width[end] - sums.width[start];
                start = end;
                demerits(&fit, after, width)
            };
            breaks.iter().map(line).sum::<i64>()
        };
        let (best, greedy) = (total_fit(&atoms, &sums, 4000, 0), first_fit(&atoms, &sums, 4000, Indents::default()));
        assert_eq!(best.last(), Some(&atoms.len()));
        assert!(cost(&best) < cost(&greedy), "{} {}", cost(&best), cost(&greedy));
    }
}
