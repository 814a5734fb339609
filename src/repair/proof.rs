//! Which guesses at lost bytes the text proves, and what is left of characters where it does not.
//!
//! A guess that is not proven is not made. What is left of its character is remembered, so that no other chain makes
//! something of it.

use std::ops::Range;

use super::lattice::{self, Path, Piece};
use super::trial::{Trial, Unit};
use super::view::Face;
use crate::model::{BIT, Context, HISTORY};

/// Bits that a character must cost where it stands to be the rest of one that lost its other bytes.
const OUT_OF_PLACE: u32 = 12 * BIT;

/// Indices of the characters of a stretch that are the first bytes of lost ones.
pub(super) fn remains(trial: &Trial<'_>, face: &Face<'_>, path: &Path) -> Vec<usize> {
    let (mut found, mut before) = (Vec::new(), face.before);
    if !trial.reads_utf8() {
        return found;
    }
    let mut unproven = path.unproven.iter().peekable();
    for piece in lattice::pieces(&path.units, 0..face.stretch.len()) {
        before = match piece {
            Piece::Unit(unit) => unit.characters().last().map_or(before, |c| trial.symbol(*c)),
            Piece::Kept(at) => {
                let this = face.stretch[at];
                let is_unproven = unproven.next_if(|unit| unit.at == at).is_some();
                if is_unproven || trial.shows_lead(this.c) && trial.model.cost(before, this) >= OUT_OF_PLACE {
                    found.push(at);
                }
                this
            }
        };
    }
    found
}

/// Decides what was lost by what stands around it, and takes back what was guessed where another guess is nearly as
/// good.
pub(super) fn drop_unproven(trial: &Trial<'_>, face: &Face<'_>, path: &mut Path) {
    // The first reading of a text tells what its guesses are weighed with.
    let Some(context) = &trial.context else { return };
    if trial.hopeless {
        path.unproven.extend(path.units.extract_if(.., |unit| unit.inferred));
        return;
    }
    let read = Read { trial, context, face, units: std::mem::take(&mut path.units) };
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

/// Which of the `BRACKETS` are open.
#[derive(Clone, Copy, Default)]
struct Open([bool; BRACKETS.len()]);

impl Open {
    /// The same after a character.
    fn after(mut self, c: char) -> Self {
        for (open, (opening, closing)) in self.0.iter_mut().zip(BRACKETS) {
            *open = c == opening || *open && c != closing;
        }
        self
    }

    /// What a mark costs because of them.
    fn cost(self, mark: char) -> u32 {
        match BRACKETS.iter().position(|(_, closing)| *closing == mark) {
            Some(at) if !self.0[at] => UNOPENED,
            None if matches!(mark, '、' | '。') && self.0.contains(&true) => UNCLOSED,
            Some(_) | None => 0,
        }
    }
}

/// Guesses that are decided together, at most.
const CLUSTER: usize = 12;

/// Ways to read a few neighbouring guesses that are followed at once, and bits by which one may be behind the best:
/// what follows seldom makes up for more.
const BEAM: usize = 128;
const HOPE: u32 = 20 * BIT;

/// A stretch with the units of its cheapest reading.
struct Read<'a> {
    trial: &'a Trial<'a>,
    context: &'a Context,
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

impl Read<'_> {
    /// Where the guesses end that are decided together with the first one: up to the last that tells of another.
    fn cluster_end(&self, first: usize) -> usize {
        let (mut end, mut count) = (self.units[first].end(), 1);
        for unit in self.units[first + 1..].iter().filter(|unit| unit.inferred) {
            // An ideograph is at most three characters of what is shown.
            if unit.at > end + 3 * HISTORY {
                break;
            }
            let between = self.characters(first, end..unit.at);
            if count == CLUSTER || between.len() > HISTORY || between.iter().any(|c| !c.is_alphabetic()) {
                break;
            }
            (end, count) = (unit.end(), count + 1);
        }
        end
    }

    /// Characters as they are read, from the unit `first` on.
    fn characters(&self, first: usize, places: Range<usize>) -> Vec<char> {
        lattice::pieces(&self.units[first..], places).flat_map(|piece| self.shown(piece).to_vec()).collect()
    }

    fn shown<'b>(&'b self, piece: Piece<'b>) -> &'b [char] {
        match piece {
            Piece::Unit(unit) => unit.characters(),
            Piece::Kept(at) => std::slice::from_ref(&self.face.stretch[at].c),
        }
    }

    /// The way with more characters.
    fn push(&self, way: &mut Way, characters: &[char]) {
        for c in characters {
            way.cost += self.cost(way, *c);
            way.text.push(*c);
        }
    }

    /// What one more character costs.
    fn cost(&self, way: &Way, c: char) -> u32 {
        let history = &way.text[way.text.len().saturating_sub(HISTORY)..];
        self.context.cost(self.trial.model, history, c)
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
        let brackets = self.open_brackets(start);
        let mut open = vec![Way { cost: 0, at: start, text: self.before(start), units: Vec::new() }];
        let mut done = Vec::new();
        while let Some(at) = open.iter().map(|way| way.at).min() {
            let (here, mut longer): (Vec<Way>, Vec<Way>) = open.into_iter().partition(|way| way.at == at);
            if at >= stop {
                done.extend(here);
            } else {
                self.go_on(&here, at..end, brackets, &mut longer);
            }
            open = longer;
        }
        if stop >= self.face.stretch.len() {
            let later: Vec<char> = self.face.later().collect();
            done.iter_mut().for_each(|way| self.push(way, &later));
        }
        done.sort_by_key(|way| way.cost);
        let Some((best, rivals)) = done.split_first() else { return Vec::new() };
        // A name may have any letter.
        let doubt = if best.text.iter().any(|c| c.is_uppercase()) { OF_NAMES } else { 0 };
        let limit = best.cost + self.trial.proof(self.context) + doubt;
        let rivals: Vec<&Way> = rivals.iter().filter(|rival| rival.cost < limit).collect();
        // Whether the space beside it is a part of it does not make it another character.
        let same = |a: &Unit, b: &Unit| a.at == b.at && a.characters() == b.characters();
        let agree = |unit: &Unit| rivals.iter().all(|rival| rival.units.iter().any(|other| same(unit, other)));
        let known = |unit: &Unit| unit.characters().iter().all(|c| self.trial.knows(*c));
        let is_proven = |unit: &&Unit| !unit.inferred || known(unit) && agree(unit);
        best.units.iter().filter(is_proven).copied().collect()
    }

    /// Appends the ways that stand at the first of the places to be decided, each gone on by one unit or character:
    /// those that may still be the best.
    fn go_on(&self, ways: &[Way], places: Range<usize>, brackets: Open, longer: &mut Vec<Way>) {
        let (at, end) = (places.start, places.end);
        let mut guesses = Vec::new();
        if at < end && self.unit(at).is_some_and(|unit| unit.inferred) {
            self.trial.readings(self.face, at, &mut guesses);
            guesses.retain(|guess| (guess.at + 1..guess.end()).all(|at| self.fixed(at).is_none()));
        }
        if guesses.is_empty() {
            let unit = self.unit(at);
            let shown = self.shown(unit.map_or(Piece::Kept(at), Piece::Unit));
            longer.extend(ways.iter().cloned().map(|mut way| {
                self.push(&mut way, shown);
                way.units.extend(unit.filter(|unit| unit.at < end && !unit.inferred));
                way.at = unit.map_or(at + 1, Unit::end);
                way
            }));
            return;
        }
        // A guess is one character.
        let cost = |way: &Way, guess: &Unit| {
            let open = way.units.iter().flat_map(|unit| unit.characters()).fold(brackets, |open, c| open.after(*c));
            let costs = guess.characters().iter().map(|c| self.cost(way, *c) + open.cost(*c));
            way.cost + costs.sum::<u32>()
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

    /// The brackets that are open before a place.
    fn open_brackets(&self, place: usize) -> Open {
        let earlier = self.units.iter().take_while(|unit| unit.at < place).filter(|unit| !unit.inferred);
        earlier.flat_map(|unit| unit.characters()).fold(Open::default(), |open, c| open.after(*c))
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
                found.extend(self.face.earlier());
                break;
            }
        }
        found.truncate(HISTORY);
        found.reverse();
        found
    }
}
