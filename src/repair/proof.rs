//! Which guesses at lost bytes the text proves, and what is left of characters where it does not.
//!
//! A guess that is not proven is not made. What is left of its character is remembered, so that no other chain makes
//! something of it.

use super::lattice::Path;
use super::trial::{Trial, Unit};
use super::view::Face;
use crate::model::{BIT, HISTORY};

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
        let unproven = path.unproven.iter().any(|unit| unit.at == at);
        if unproven || trial.shows_lead(this.c) && trial.model.cost(before, this) >= OUT_OF_PLACE {
            found.push(at);
        }
        before = this;
        at += 1;
    }
    found
}

/// Decides what was lost by what stands around it, and takes back what was guessed where another guess is nearly as
/// good.
pub(super) fn drop_unproven(trial: &Trial<'_>, face: &Face<'_>, path: &mut Path) {
    let guessed = path.units.iter().filter(|unit| unit.inferred).count();
    if guessed > FEW && guessed * HOPELESS > path.units.len() {
        path.unproven.extend(path.units.extract_if(.., |unit| unit.inferred));
        return;
    }
    let read = Read { trial, face, units: std::mem::take(&mut path.units) };
    let mut next = 0;
    while let Some(unit) = read.units.get(next) {
        if !unit.inferred {
            path.units.push(*unit);
            next += 1;
            continue;
        }
        let end = read.cluster_end(next);
        let proven = read.decide(unit.at, end);
        let guessed = read.units[next..].iter().take_while(|unit| unit.at < end).filter(|unit| unit.inferred);
        path.unproven.extend(guessed.filter(|unit| proven.iter().all(|other| other.at != unit.at)));
        path.units.extend(proven);
        next = read.units.iter().position(|unit| unit.at >= end).unwrap_or(read.units.len());
    }
}

/// A stretch in which one unit of so many is guessed has lost too much for its neighbours to tell, unless it has but a
/// few.
const HOPELESS: usize = 3;
const FEW: usize = 12;

/// The quotation marks and brackets of Chinese and Japanese whose bytes get lost, opening and closing.
const BRACKETS: [(char, char); 4] = [('「', '」'), ('『', '』'), ('〈', '〉'), ('《', '》')];

/// Bits more by which a guess must be better beside a capital letter.
const OF_NAMES: u32 = BIT;

/// Bits that a closing one costs where none is open.
const UNOPENED: u32 = 8 * BIT;

/// Bits that a comma or full stop costs where it may be the closing one that is missing.
const UNCLOSED: u32 = 2 * BIT;

/// Ways to read a few neighbouring guesses that are followed at once.
const BEAM: usize = 128;

/// A stretch with the units of its cheapest reading.
struct Read<'a> {
    trial: &'a Trial<'a>,
    face: &'a Face<'a>,
    units: Vec<Unit>,
}

/// One way to read neighbouring guesses.
#[derive(Clone)]
struct Way {
    cost: u32,
    /// Up to where it has read.
    at: usize,
    /// The characters before the first guess that tell, and those that it reads.
    text: Vec<char>,
    units: Vec<Unit>,
}

impl Way {
    /// The way with more characters.
    fn push(&mut self, trial: &Trial<'_>, characters: &[char]) {
        for c in characters {
            self.cost += trial.after(&self.text[self.text.len().saturating_sub(HISTORY)..], *c);
            self.text.push(*c);
        }
    }
}

impl Read<'_> {
    /// Where the guesses end that are decided together with the first one: up to the last that tells of another.
    fn cluster_end(&self, first: usize) -> usize {
        let mut end = self.units[first].end();
        for unit in &self.units[first + 1..] {
            let between = self.characters(end..unit.at);
            if unit.at > end + HISTORY || between.iter().any(|c| !c.is_alphabetic()) {
                break;
            }
            if unit.inferred {
                end = unit.end();
            }
        }
        end
    }

    /// Characters as they are read.
    fn characters(&self, places: std::ops::Range<usize>) -> Vec<char> {
        let (mut found, mut at) = (Vec::new(), places.start);
        while at < places.end {
            match self.fixed(at) {
                Some(unit) => {
                    found.extend(unit.characters());
                    at = unit.end();
                }
                None => {
                    found.push(self.face.stretch[at].c);
                    at += 1;
                }
            }
        }
        found
    }

    /// Up to where characters tell of a guess that ends at a place.
    fn reach(&self, end: usize) -> usize {
        let mut at = end;
        for _ in 0..HISTORY {
            at = self.unit(at).map_or(at + 1, Unit::end);
        }
        at.min(self.face.stretch.len())
    }

    /// The unit that begins at a place, guessed or not.
    fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.binary_search_by_key(&at, |unit| unit.at).ok().map(|index| &self.units[index])
    }

    /// The same where it has all its bytes.
    fn fixed(&self, at: usize) -> Option<&Unit> {
        self.unit(at).filter(|unit| !unit.inferred)
    }

    /// The guesses between two places that are proven: those that every way nearly as good as the best one makes.
    fn decide(&self, start: usize, end: usize) -> Vec<Unit> {
        let stop = self.reach(end);
        let mut open = vec![Way { cost: 0, at: start, text: self.before(start), units: Vec::new() }];
        let mut done = Vec::new();
        while let Some(at) = open.iter().map(|way| way.at).min() {
            let (here, mut rest): (Vec<Way>, Vec<Way>) = open.into_iter().partition(|way| way.at == at);
            if at >= stop {
                done.extend(here);
            } else {
                here.iter().for_each(|way| self.expand(way, end, &mut rest));
            }
            rest.sort_by_key(|way| way.cost);
            rest.truncate(BEAM);
            open = rest;
        }
        if let Some(after) = self.face.after.filter(|_| stop >= self.face.stretch.len()) {
            done.iter_mut().for_each(|way| way.push(self.trial, &[after.c]));
        }
        done.sort_by_key(|way| way.cost);
        let Some((best, rivals)) = done.split_first() else { return Vec::new() };
        // A name may have any letter.
        let doubt = if best.text.iter().any(|c| c.is_uppercase()) { OF_NAMES } else { 0 };
        let limit = best.cost + self.trial.proof() + doubt;
        let rivals: Vec<&Way> = rivals.iter().filter(|rival| rival.cost < limit).collect();
        // Whether the space beside it is a part of it does not make it another character.
        let same = |a: &Unit, b: &Unit| a.at == b.at && a.characters() == b.characters();
        let is_proven = |unit: &&Unit| rivals.iter().all(|rival| rival.units.iter().any(|other| same(unit, other)));
        best.units.iter().filter(is_proven).copied().collect()
    }

    /// Goes on by one unit or character.
    fn expand(&self, way: &Way, end: usize, ways: &mut Vec<Way>) {
        let mut guesses = Vec::new();
        if way.at < end && self.unit(way.at).is_some_and(|unit| unit.inferred) {
            self.trial.readings(self.face, way.at, &mut guesses);
            guesses.retain(|guess| (guess.at + 1..guess.end()).all(|at| self.fixed(at).is_none()));
        }
        for guess in &guesses {
            let mut longer = way.clone();
            longer.cost += self.bracket_cost(way, guess.characters());
            longer.push(self.trial, guess.characters());
            longer.at = guess.end();
            longer.units.push(*guess);
            ways.push(longer);
        }
        if guesses.is_empty() {
            let mut longer = way.clone();
            let unit = self.unit(way.at);
            match unit {
                Some(unit) => longer.push(self.trial, unit.characters()),
                None => longer.push(self.trial, &[self.face.stretch[way.at].c]),
            }
            longer.units.extend(unit.filter(|unit| unit.at < end && !unit.inferred));
            longer.at = unit.map_or(way.at + 1, Unit::end);
            ways.push(longer);
        }
    }

    /// What a mark costs because of the brackets that are open before it.
    fn bracket_cost(&self, way: &Way, characters: &[char]) -> u32 {
        let [mark] = characters else { return 0 };
        let earlier = self.units.iter().take_while(|unit| unit.at < way.at).filter(|unit| !unit.inferred);
        let read = || earlier.clone().chain(&way.units).flat_map(|unit| unit.characters());
        let is_open = |(opening, closing): &(char, char)| {
            read().filter(|c| *c == opening || *c == closing).last() == Some(opening)
        };
        match BRACKETS.iter().find(|(_, closing)| closing == mark) {
            Some(pair) if !is_open(pair) => UNOPENED,
            None if matches!(mark, '、' | '。') && BRACKETS.iter().any(is_open) => UNCLOSED,
            Some(_) | None => 0,
        }
    }

    /// The characters before a place, as they are read.
    fn before(&self, place: usize) -> Vec<char> {
        let mut found = Vec::new();
        let mut units = self.units.iter().rev().skip_while(|unit| unit.at >= place).peekable();
        let mut at = place;
        while found.len() < HISTORY {
            if let Some(unit) = units.next_if(|unit| unit.end() == at) {
                found.extend(unit.characters().iter().rev());
                at = unit.at;
            } else if let Some(last) = at.checked_sub(1) {
                found.push(self.face.stretch[last].c);
                at = last;
            } else {
                found.push(self.face.before.c);
                break;
            }
        }
        found.truncate(HISTORY);
        found.reverse();
        found
    }
}
