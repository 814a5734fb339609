//! Which guesses at lost bytes the text proves, and what is left of characters where it does not.
//!
//! A guess that is not proven is not made. What is left of its character is remembered, so that no other chain makes
//! something of it.

use super::lattice::Path;
use super::trial::{Trial, Unit};
use super::view::Face;
use crate::model::BIT;

/// Bits by which a guess must be better than the next best.
const PROOF: u32 = 5 * BIT;

/// Bits that a character must cost where it stands to be the rest of one that lost its other bytes.
const OUT_OF_PLACE: u32 = 12 * BIT;

/// Indices of the characters of a stretch that are the first bytes of lost ones.
pub(super) fn remains(trial: &Trial<'_>, face: &Face<'_>, path: &Path) -> Vec<usize> {
    let (mut found, mut next, mut before) = (Vec::new(), 0, face.before);
    if !trial.reads_utf8() {
        return found;
    }
    let mut at = 0;
    while at < face.stretch.len() {
        if let Some(unit) = path.units.get(next).filter(|unit| unit.at == at) {
            before = unit.characters().last().map_or(before, |c| trial.symbol(*c));
            at = unit.end();
            next += 1;
            continue;
        }
        let this = face.stretch[at];
        if trial.shows_lead(this.c) && trial.model.cost(before, this) >= OUT_OF_PLACE {
            found.push(at);
        }
        before = this;
        at += 1;
    }
    found
}

/// Takes back what was guessed where another guess is nearly as good.
pub(super) fn drop_unproven(trial: &Trial<'_>, face: &Face<'_>, path: &mut Path) {
    let read = Read { trial, face, units: std::mem::take(&mut path.units) };
    for index in 0..read.units.len() {
        if read.units[index].inferred && !read.is_proven(index) {
            continue;
        }
        path.units.push(read.units[index]);
    }
}

/// A stretch with the units of its cheapest reading.
struct Read<'a> {
    trial: &'a Trial<'a>,
    face: &'a Face<'a>,
    units: Vec<Unit>,
}

impl Read<'_> {
    fn is_proven(&self, index: usize) -> bool {
        let unit = self.units[index];
        let mut guesses = Vec::new();
        self.trial.readings(self.face.stretch, unit.at, &mut guesses);
        let end = guesses.iter().map(Unit::end).max().unwrap_or(unit.end());
        let own = self.cost(index, &unit, end);
        let same = |guess: &&Unit| guess.characters() == unit.characters();
        let rivals = guesses.iter().filter(|guess| !same(guess));
        rivals.map(|guess| self.cost(index, guess, end)).min().is_none_or(|rival| rival >= own + PROOF)
    }

    /// Cost of a guess in the place of a unit, to the character at `end` and with it.
    fn cost(&self, index: usize, guess: &Unit, end: usize) -> u32 {
        let before = match index.checked_sub(1).map(|i| self.units[i]).filter(|last| last.end() == guess.at) {
            Some(last) => last.characters().last().map_or(self.face.before, |c| self.trial.symbol(*c)),
            None => self.face.at(guess.at),
        };
        let (mut cost, mut last) = self.trial.along(before, guess.characters());
        let mut at = guess.end();
        while at <= end {
            let next = self.units.iter().find(|unit| unit.at == at);
            let (symbol, length) = match (next, self.face.stretch.get(at)) {
                (Some(unit), _) => (self.trial.symbol(unit.characters()[0]), unit.length),
                (None, Some(symbol)) => (*symbol, 1),
                (None, None) => match self.face.after {
                    Some(after) => (after, end + 1),
                    None => break,
                },
            };
            cost += self.trial.model.cost(last, symbol);
            last = symbol;
            at += length;
        }
        cost
    }
}
