//! Characters of UTF-8 that were shown byte by byte and lost bytes after that.
//!
//! Three losses are known from scraped pages: a no-break space (byte A0) became a space or was dropped with others,
//! C1 controls (bytes 80-9F) were dropped because nothing shows them, and what a reader could not show at all
//! became U+FFFD. The last is final: the character is U+FFFD. Of the others the candidates are listed; the text
//! decides, or nothing is done. What is left of such a character is remembered, so that no other chain makes
//! something of it.

use super::codec::Shown;
use super::lattice::{Face, Path};
use super::trial::{Trial, Unit};
use crate::model::{BIT, Symbol};

/// Bits by which a guess must be better than the next best.
const PROOF: u32 = 5 * BIT;

/// A character that may have stood at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) character: char,
    /// Symbols after the first that belong to it.
    pub(super) followers: usize,
    /// Two of its bytes are gone.
    pub(super) weak: bool,
}

/// Bytes that windows-1252 leaves undefined and that readers therefore drop.
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// Characters of three bytes of which nothing but the first is left: the punctuation of edited prose.
const PUNCTUATION: [char; 7] = ['’', '“', '”', '‘', '–', '—', '…'];

/// Candidates for a character that begins with the byte `lead`, of which `rest` may show more bytes.
pub(super) fn losses(lead: u8, rest: &[Symbol], shown: impl Fn(char) -> Option<Shown>) -> Vec<Loss> {
    let needed = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    with_spaces(lead, needed, rest, &shown, &mut found);
    let mut bytes = vec![lead];
    // What is shown of it, up to the first byte that is not.
    for symbol in rest.iter().take(needed) {
        match shown(symbol.c).map(|s| s.bytes()[0]) {
            Some(byte @ 0x80..=0xBF) => bytes.push(byte),
            _ => break,
        }
    }
    let followers = bytes.len() - 1;
    if rest.get(followers).is_some_and(|symbol| symbol.c == '\u{FFFD}') {
        return vec![Loss { character: '\u{FFFD}', followers: followers + 1, weak: false }];
    }
    match needed - followers {
        2 if lead == 0xE2 && followers == 0 => {
            found.extend(PUNCTUATION.map(|character| Loss { character, followers, weak: true }));
        }
        1 => {
            for at in 1..=bytes.len() {
                for byte in UNDEFINED.iter().chain(&[0xA0]) {
                    push(&mut found, &with(&bytes, at, *byte), followers);
                }
            }
        }
        _ => {}
    }
    found
}

/// The character that is there with all its bytes, those that became spaces included.
fn with_spaces(
    lead: u8,
    needed: usize,
    rest: &[Symbol],
    shown: &impl Fn(char) -> Option<Shown>,
    found: &mut Vec<Loss>,
) {
    let byte = |symbol: &Symbol| match symbol.c {
        ' ' => Some(0xA0),
        c => shown(c).map(|shown| shown.bytes()[0]).filter(|byte| (0x80..=0xBF).contains(byte)),
    };
    let bytes: Vec<u8> = std::iter::once(lead).chain(rest.iter().take(needed).map_while(byte)).collect();
    if bytes.len() == needed + 1 && rest.iter().take(needed).any(|symbol| symbol.c == ' ') {
        push(found, &bytes, needed);
    }
}

fn with(bytes: &[u8], at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.insert(at, byte);
    bytes
}

fn push(found: &mut Vec<Loss>, bytes: &[u8], followers: usize) {
    let character = std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next());
    let is_text = |c: &char| !c.is_control() && !matches!(u32::from(*c), 0xE000..=0xF8FF);
    if let Some(character) = character.filter(is_text) {
        found.push(Loss { character, followers, weak: false });
    }
}

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
            path.unproven += 1;
        } else {
            path.units.push(read.units[index]);
        }
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
