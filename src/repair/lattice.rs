//! For one chain, the reading of a stretch that costs least: each character is kept, or a few of them are read as
//! the characters whose bytes they show.

use std::ops::Range;

use super::trial::{Trial, Unit};
use super::view::Face;
use crate::model::{BIT, Symbol};

/// Repaired characters that a prefix may end with: as many as are likely where bytes were lost, else the cheapest.
const LOSSY_BEAM: usize = 6;

/// What a chain makes of a stretch.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// In order, disjoint.
    pub(super) units: Vec<Unit>,
    /// What they save, in 1/256 bit.
    pub(super) saved: u32,
    /// Guesses that were taken back, in order: places that lost bytes which nothing around them tells.
    pub(super) unproven: Vec<Unit>,
    /// Characters that the chain could explain, whether or not that saves anything.
    pub(super) explainable: usize,
}

impl Path {
    /// Characters that it explains.
    pub(super) fn explained(&self) -> usize {
        self.units.iter().chain(&self.unproven).map(|unit| unit.length).sum()
    }
}

/// A stretch as it is read, one after another.
pub(super) enum Piece<'a> {
    Unit(&'a Unit),
    /// The character at this place is kept.
    Kept(usize),
}

/// What a range of a stretch is read as: units, in order, and the characters between them.
pub(super) fn pieces(units: &[Unit], places: Range<usize>) -> impl Iterator<Item = Piece<'_>> {
    let (mut at, end) = (places.start, places.end);
    let mut units = units.iter().skip_while(move |unit| unit.at < places.start).peekable();
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let unit = units.next_if(|unit| unit.at == at);
        let piece = unit.map_or(Piece::Kept(at), Piece::Unit);
        at = unit.map_or(at + 1, Unit::end);
        Some(piece)
    })
}

/// The cheapest way to a position that ends with a kept, or with a repaired character.
#[derive(Clone, Copy)]
struct Cell {
    cost: u32,
    last: Symbol,
    /// The unit that ends here; none for a kept character.
    unit: Unit,
    /// Which cell of the position before it came from.
    from: usize,
}

/// Costs beyond this are of cells that nothing reaches.
const UNREACHED: u32 = u32::MAX / 2;

/// Cells of one stretch, used again for the next.
#[derive(Default)]
pub(super) struct Scratch {
    /// For each position the kept cell, then the repaired ones.
    cells: Vec<Cell>,
    readings: Vec<Unit>,
}

/// The cheapest reading of a stretch under a chain; without units where nothing is saved.
pub(super) fn read(trial: &Trial<'_>, face: &Face<'_>, scratch: &mut Scratch) -> Path {
    let Scratch { cells, readings } = scratch;
    let begins = |at: &usize| {
        trial.readings(face, *at, readings);
        !readings.is_empty()
    };
    // Nothing can be repaired before the first unit.
    let Some(first) = (0..face.stretch.len()).find(begins) else { return Path::default() };
    let stride = 1 + if trial.lossy { LOSSY_BEAM } else { 1 };
    let unreached = Cell { cost: UNREACHED, last: face.before, unit: Unit::NONE, from: 0 };
    cells.clear();
    cells.resize((face.stretch.len() + 1) * stride, unreached);
    cells[first * stride] = Cell { cost: 0, last: face.at(first), ..unreached };
    let (mut explainable, mut free) = (0, first);
    for at in first..face.stretch.len() {
        trial.readings(face, at, readings);
        let exception = if readings.is_empty() { 0 } else { trial.exception } + out_of_place(trial, face, at);
        let (done, open) = cells.split_at_mut((at + 1) * stride);
        let here = &done[at * stride..];
        open[0] = keep(trial, face, at, here, exception);
        if let Some(unit) = readings.first().filter(|_| at >= free) {
            explainable += unit.length;
            free = unit.end();
        }
        for unit in readings.iter() {
            let there = &mut open[(unit.length - 1) * stride + 1..unit.length * stride];
            reach(trial, unit, here, there);
        }
    }
    let mut path = trace(trial, face, first, cells, stride);
    path.explainable = explainable;
    path
}

/// Bits that what is left of an apostrophe costs where an English word has one, for a chain that lost the rest.
const OUT_OF_PLACE: u32 = 10 * BIT;

fn out_of_place(trial: &Trial<'_>, face: &Face<'_>, at: usize) -> u32 {
    if trial.lossy && face.is_torn_apostrophe(at) { OUT_OF_PLACE } else { 0 }
}

/// The cell after keeping a character.
fn keep(trial: &Trial<'_>, face: &Face<'_>, at: usize, here: &[Cell], exception: u32) -> Cell {
    let this = face.stretch[at];
    let mut best = Cell { cost: here[0].cost.saturating_add(face.cost(at)), last: this, unit: Unit::NONE, from: 0 };
    for (from, cell) in here.iter().enumerate().skip(1).filter(|(_, cell)| cell.cost < UNREACHED) {
        let cost = cell.cost + trial.model.cost(cell.last, this);
        if cost < best.cost {
            (best.cost, best.from) = (cost, from);
        }
    }
    best.cost = best.cost.saturating_add(exception);
    best
}

/// Puts a unit into the cells where it ends, in place of the dearest.
fn reach(trial: &Trial<'_>, unit: &Unit, here: &[Cell], there: &mut [Cell]) {
    let mut best: Option<Cell> = None;
    for (from, cell) in here.iter().enumerate().filter(|(_, cell)| cell.cost < UNREACHED) {
        let opening = if from == 0 { trial.opening } else { 0 };
        let (cost, last) = trial.along(cell.last, unit.characters());
        let cost = cell.cost + opening + unit.cost + cost;
        if best.is_none_or(|best| cost < best.cost) {
            best = Some(Cell { cost, last, unit: *unit, from });
        }
    }
    let Some(best) = best else { return };
    let slot = match there.iter_mut().position(|cell| cell.cost < UNREACHED && cell.last.c == best.last.c) {
        Some(same) => &mut there[same],
        None => match there.iter_mut().max_by_key(|cell| cell.cost) {
            Some(dearest) => dearest,
            None => return,
        },
    };
    if best.cost < slot.cost {
        *slot = best;
    }
}

/// Walks the cheapest reading back.
fn trace(trial: &Trial<'_>, face: &Face<'_>, first: usize, cells: &[Cell], stride: usize) -> Path {
    let end = face.stretch.len();
    let closing = |last: Symbol| face.after.map_or(0, |after| face.model.cost(last, after));
    let total = |cell: &Cell| cell.cost.saturating_add(closing(cell.last));
    let last = cells[end * stride..].iter().map(total).enumerate().min_by_key(|(at, cost)| (*cost, *at));
    let (mut from, best) = last.unwrap_or((0, 0));
    let kept = |at: usize| face.cost(at) + out_of_place(trial, face, at);
    let untouched = (first..end).map(kept).sum::<u32>() + closing(face.at(end));
    let mut path = Path { saved: untouched.saturating_sub(best), ..Path::default() };
    let mut at = end;
    while at > first {
        let cell = &cells[at * stride + from];
        if from > 0 {
            path.units.push(cell.unit);
        }
        at -= cell.unit.length.max(1);
        from = cell.from;
    }
    path.units.reverse();
    path
}
