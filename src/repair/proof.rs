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
    let (mut at, mut unproven) = (0, path.unproven.iter().peekable());
    while at < face.stretch.len() {
        if let Some(unit) = path.units.get(next).filter(|unit| unit.at == at) {
            before = unit.characters().last().map_or(before, |c| trial.symbol(*c));
            at = unit.end();
            next += 1;
            continue;
        }
        let this = face.stretch[at];
        let is_unproven = unproven.next_if(|unit| unit.at == at).is_some();
        if is_unproven || trial.shows_lead(this.c) && trial.model.cost(before, this) >= OUT_OF_PLACE {
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
    // The first reading of a text tells what its guesses are weighed with.
    if !trial.has_context() {
        return;
    }
    if trial.hopeless {
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
        next += read.units[next..].iter().take_while(|unit| unit.at < end).count();
    }
}

/// The quotation marks and brackets of Chinese and Japanese whose bytes get lost, opening and closing.
const BRACKETS: [(char, char); 4] = [('「', '」'), ('『', '』'), ('〈', '〉'), ('《', '》')];

/// Bits more by which a guess must be better beside a capital letter.
const OF_NAMES: u32 = BIT;

/// Bits that a closing one costs where none is open.
const UNOPENED: u32 = 8 * BIT;

/// Bits that a comma or full stop costs where it may be the closing one that is missing.
const UNCLOSED: u32 = 2 * BIT;

/// Guesses that are decided together, at most.
const CLUSTER: usize = 12;

/// Ways to read a few neighbouring guesses that are followed at once, and bits by which one may be behind the best:
/// what follows seldom makes up for more.
const BEAM: usize = 128;
const HOPE: u32 = 20 * BIT;

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
        self.cost += self.cost_of(trial, characters);
        self.text.extend(characters);
    }

    /// What more characters cost.
    fn cost_of(&self, trial: &Trial<'_>, characters: &[char]) -> u32 {
        let [c] = characters else {
            let text = [&self.text[..], characters].concat();
            let cost = |i: usize| trial.after(&text[i.saturating_sub(HISTORY)..i], text[i]);
            return (self.text.len()..text.len()).map(cost).sum();
        };
        trial.after(&self.text[self.text.len().saturating_sub(HISTORY)..], *c)
    }
}

impl Read<'_> {
    /// Where the guesses end that are decided together with the first one: up to the last that tells of another.
    fn cluster_end(&self, first: usize) -> usize {
        let (mut end, mut count) = (self.units[first].end(), 1);
        for unit in self.units[first + 1..].iter().filter(|unit| unit.inferred) {
            // An ideograph is at most three characters of what is shown.
            let between = if unit.at > end + 3 * HISTORY { return end } else { self.characters(end..unit.at) };
            if count == CLUSTER || between.len() > HISTORY || between.iter().any(|c| !c.is_alphabetic()) {
                break;
            }
            (end, count) = (unit.end(), count + 1);
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
            let (here, mut longer): (Vec<Way>, Vec<Way>) = open.into_iter().partition(|way| way.at == at);
            if at >= stop {
                done.extend(here);
            } else {
                self.go_on(&here, at, end, &mut longer);
            }
            open = longer;
        }
        if stop >= self.face.stretch.len() {
            done.iter_mut().for_each(|way| way.push(self.trial, self.face.later));
        }
        done.sort_by_key(|way| way.cost);
        let Some((best, rivals)) = done.split_first() else { return Vec::new() };
        // A name may have any letter.
        let doubt = if best.text.iter().any(|c| c.is_uppercase()) { OF_NAMES } else { 0 };
        let limit = best.cost + self.trial.proof() + doubt;
        let rivals: Vec<&Way> = rivals.iter().filter(|rival| rival.cost < limit).collect();
        // Whether the space beside it is a part of it does not make it another character.
        let same = |a: &Unit, b: &Unit| a.at == b.at && a.characters() == b.characters();
        let agree = |unit: &Unit| rivals.iter().all(|rival| rival.units.iter().any(|other| same(unit, other)));
        let known = |unit: &Unit| unit.characters().iter().all(|c| self.trial.knows(*c));
        let is_proven = |unit: &&Unit| !unit.inferred || known(unit) && agree(unit);
        best.units.iter().filter(is_proven).copied().collect()
    }

    /// Appends the ways that stand at a place, each gone on by one unit or character: those that may still be the
    /// best.
    fn go_on(&self, ways: &[Way], at: usize, end: usize, longer: &mut Vec<Way>) {
        let mut guesses = Vec::new();
        if at < end && self.unit(at).is_some_and(|unit| unit.inferred) {
            self.trial.readings(self.face, at, &mut guesses);
            guesses.retain(|guess| (guess.at + 1..guess.end()).all(|at| self.fixed(at).is_none()));
        }
        if guesses.is_empty() {
            let unit = self.unit(at);
            longer.extend(ways.iter().cloned().map(|mut way| {
                match unit {
                    Some(unit) => way.push(self.trial, unit.characters()),
                    None => way.push(self.trial, &[self.face.stretch[at].c]),
                }
                way.units.extend(unit.filter(|unit| unit.at < end && !unit.inferred));
                way.at = unit.map_or(at + 1, Unit::end);
                way
            }));
            return;
        }
        let cost = |way: &Way, guess: &Unit| {
            let brackets = self.bracket_cost(way, guess.characters());
            way.cost + brackets + way.cost_of(self.trial, guess.characters())
        };
        let mut steps: Vec<(u32, usize, usize)> = (0..ways.len())
            .flat_map(|way| (0..guesses.len()).map(move |guess| (way, guess)))
            .map(|(way, guess)| (cost(&ways[way], &guesses[guess]), way, guess))
            .collect();
        steps.sort_unstable();
        let limit = steps.first().map_or(0, |(least, ..)| least + HOPE);
        longer.extend(steps.iter().take(BEAM).take_while(|(cost, ..)| *cost <= limit).map(|(cost, way, guess)| {
            let mut way = ways[*way].clone();
            let guess = guesses[*guess];
            way.text.extend(guess.characters());
            way.units.push(guess);
            (way.cost, way.at) = (*cost, guess.end());
            way
        }));
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
                found.extend(self.face.earlier.iter().rev());
                break;
            }
        }
        found.truncate(HISTORY);
        found.reverse();
        found
    }
}
