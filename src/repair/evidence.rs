//! What a chain makes of the stretches of a text, and how much of it is evidence that the text was misread so.

use std::ops::Range;

use super::chain::{CHAINS, Chain};
use super::lattice::{self, Path, Piece, Scratch};
use super::proof;
use super::trial::{GUESSED, Trial, Unit};
use super::view::Stretch;
use crate::model::{BIT, Model};

/// Letters of one span that are text and not chance.
const SHORTEST_RUN: usize = 3;

/// Letters of the longest word, at least, of a text in a script of its own; `ÅÄÖ åäö` are no Russian words.
const SHORTEST_WORD: usize = 4;

/// What one chain makes of one stretch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    pub(super) saved: u32,
    /// How much of that is evidence: what repeats itself is none.
    pub(super) counted: u32,
    /// The longest run of letters that it or one before it reads, as far as that matters.
    letters: usize,
    /// Units that it reads, those that lost bytes and are not told among them.
    pub(super) units: usize,
    /// Some of them lost bytes.
    is_guessed: bool,
    pub(super) explained: usize,
    pub(super) explainable: usize,
    /// Tells readings that differ apart.
    pub(super) reading: u64,
}

impl Score {
    /// Its savings do not count.
    pub(super) fn take_back(&mut self) {
        (self.saved, self.counted) = (0, 0);
    }
}

/// A chain with its scores, one for each stretch.
pub(super) struct Candidate<'a> {
    pub(super) index: usize,
    pub(super) trial: Trial<'a>,
    pub(super) scores: Vec<Score>,
}

impl Candidate<'_> {
    pub(super) fn chain(&self) -> &'static Chain {
        &CHAINS[self.index]
    }

    /// All evidence, in 1/256 bit.
    pub(super) fn total(&self) -> u32 {
        self.scores.iter().fold(0, |sum, score| sum.saturating_add(score.counted))
    }

    /// What the evidence must exceed for the chain to be believed, in 1/256 bit.
    pub(super) fn threshold(&self) -> u32 {
        let chain = self.chain();
        let margin = if self.trial.letters { chain.margin } else { chain.margin.min(PUNCTUATION_MARGIN) };
        (chain.cost + margin) * BIT
    }

    /// Whether the evidence exceeds the usual threshold.
    pub(super) fn is_believed(&self) -> bool {
        self.total() > self.threshold()
    }
}

/// Buffers that are used again for each stretch.
#[derive(Default)]
pub(super) struct Workspace {
    stretch: Stretch,
    scratch: Scratch,
}

impl Workspace {
    /// Loads a stretch.
    pub(super) fn load(&mut self, text: &str, island: &Range<usize>, model: &Model) {
        self.stretch.load(text, island, model);
    }

    /// The stretch that was loaded or read last.
    pub(super) fn stretch(&self) -> &Stretch {
        &self.stretch
    }
}

/// Bits beyond its cost beyond which a chain is believed that damaged punctuation only: what few symbols show is
/// less likely to be punctuation by chance than letters.
const PUNCTUATION_MARGIN: u32 = 8;

/// The neighbours in stretches, each pair once: what no pair of them can begin is nowhere in them.
pub(super) fn pairs(text: &str, islands: &[Range<usize>]) -> Vec<[char; 2]> {
    let mut found = Vec::new();
    for island in islands {
        let next = text[island.end..].chars().next().unwrap_or('\n');
        let mut characters = text[island.clone()].chars().chain([next]);
        let mut before = characters.next().unwrap_or('\n');
        for c in characters {
            if !before.is_ascii() {
                found.push([before, c]);
            }
            before = c;
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Tries a chain on stretches, of which `pairs` are the neighbours.
pub(super) fn candidate<'a>(
    index: usize,
    text: &str,
    islands: &[Range<usize>],
    pairs: Option<&[[char; 2]]>,
    model: &'a Model,
    work: &mut Workspace,
) -> Candidate<'a> {
    let chain = &CHAINS[index];
    let mut trial = Trial::new(model, chain);
    if chain.lossy {
        trial = trial.with_kept(islands.iter().flat_map(|island| text[island.clone()].chars()));
    }
    if pairs.is_some_and(|pairs| !pairs.iter().any(|pair| trial.can_begin(*pair))) {
        return Candidate { index, trial, scores: Vec::new() };
    }
    let mut scores = score(chain, &trial, text, islands, work);
    // A double-byte chain makes letters of a few symbols (`§§`, `Â©`, `»N`): unless it reads a run of letters
    // somewhere, it is punctuation that was damaged, and nothing else.
    if chain.is_double_byte() && !scores.iter().any(|score| score.letters >= SHORTEST_RUN) {
        trial.letters = false;
        if scores.iter().any(|score| score.saved > 0) {
            scores = score(chain, &trial, text, islands, work);
        }
    }
    if chain.lossy && scores.iter().any(|score| score.units > 0) {
        trial = trial.in_context(&read_text(&trial, text, islands, work));
        if scores.iter().any(|score| score.is_guessed) {
            scores = score(chain, &trial, text, islands, work);
        }
    }
    if chain.is_other_script() && !scores.iter().any(|score| score.letters >= SHORTEST_WORD) {
        scores.iter_mut().for_each(Score::take_back);
    }
    Candidate { index, trial, scores }
}

/// Bytes of a repaired text, about, that tell its language.
const CONTEXT: usize = 8 << 10;

/// The beginning of a text as a chain reads it, with [`GUESSED`] for what was guessed.
fn read_text(trial: &Trial<'_>, text: &str, islands: &[Range<usize>], work: &mut Workspace) -> String {
    let (mut repaired, mut done) = (String::new(), islands.first().map_or(0, |island| island.start));
    for island in islands {
        repaired.extend(text[done..island.start].chars().take(CONTEXT));
        let path = read(trial, text, island, work);
        let symbols = &work.stretch.symbols;
        for piece in lattice::pieces(&path.units, 0..symbols.len()) {
            match piece {
                Piece::Unit(unit) if unit.inferred => repaired.push(GUESSED),
                Piece::Unit(unit) => repaired.extend(unit.characters()),
                Piece::Kept(at) => repaired.push(symbols[at].c),
            }
        }
        done = island.end;
        if repaired.len() > CONTEXT {
            break;
        }
    }
    repaired
}

/// What a chain makes of each stretch.
pub(super) fn score(
    chain: &Chain,
    trial: &Trial<'_>,
    text: &str,
    islands: &[Range<usize>],
    work: &mut Workspace,
) -> Vec<Score> {
    let mut witnesses = Witnesses { words_only: chain.is_single_byte(), ..Witnesses::default() };
    let mut letters = 0;
    islands
        .iter()
        .map(|island| {
            let path = read(trial, text, island, work);
            let (explained, explainable) = (path.explained(), path.explainable);
            let counted = witnesses.hear(&path, &work.stretch);
            letters = if letters < SHORTEST_WORD { longest_letters(&path) } else { letters };
            Score {
                saved: path.saved,
                counted,
                letters,
                units: path.units.len() + path.unproven.len(),
                is_guessed: path.units.iter().any(|unit| unit.inferred),
                explained,
                explainable,
                reading: reading(&path),
            }
        })
        .collect()
}

/// Times that one character counts as evidence. A letter of a language that the model does not know looks wrong
/// wherever it stands; a misread text has many characters that do.
const HEARD: u8 = 2;

/// Units after which a text has nothing new to say.
const ENOUGH: usize = 1000;

/// The characters that have spoken for a chain already.
#[derive(Default)]
struct Witnesses {
    /// What stands between spaces does not speak.
    words_only: bool,
    /// Units since one said something new; beyond `ENOUGH` nobody is heard any more.
    idle: usize,
    heard: std::collections::BTreeMap<char, u8>,
}

impl Witnesses {
    /// The part of a path's savings that is due to characters which have not been heard often enough.
    fn hear(&mut self, path: &Path, stretch: &Stretch) -> u32 {
        let all = path.units.len() + path.unproven.len();
        if self.idle >= ENOUGH || all == 0 {
            return 0;
        }
        // A letter by itself is a list's, a pattern's, a formula's. C1 controls stand in none of them.
        let is_control = |unit: &Unit| matches!(stretch.symbols[unit.at].c, '\u{80}'..='\u{9F}');
        let speaks =
            |(index, unit): &(usize, &Unit)| !self.words_only || is_control(unit) || in_word(path, *index, stretch);
        let told = path.units.iter().enumerate().filter(speaks).map(|(_, unit)| unit);
        let mut new = 0;
        for c in told.chain(&path.unproven).filter_map(|unit| unit.characters().first()) {
            let times = self.heard.entry(*c).or_default();
            if *times < HEARD {
                *times += 1;
                new += 1;
            }
        }
        self.idle = if new == 0 { self.idle + all } else { 0 };
        u32::try_from(u64::from(path.saved) * new / all as u64).unwrap_or(u32::MAX)
    }
}

/// Whether a letter on at least one side of a unit belongs to its word.
fn in_word(path: &Path, index: usize, stretch: &Stretch) -> bool {
    let unit = &path.units[index];
    if unit.characters().len() > 1 || crate::characters::is_cjk(unit.characters()[0]) {
        return true;
    }
    let before = match index.checked_sub(1).map(|i| &path.units[i]).filter(|last| last.end() == unit.at) {
        Some(last) => last.characters().last().copied(),
        None => unit.at.checked_sub(1).map_or(stretch.before, |i| Some(stretch.symbols[i])).map(|s| s.c),
    };
    let after = match path.units.get(index + 1).filter(|next| next.at == unit.end()) {
        Some(next) => next.characters().first().copied(),
        None => stretch.symbols.get(unit.end()).copied().or(stretch.after).map(|s| s.c),
    };
    before.into_iter().chain(after).any(char::is_alphabetic)
}

/// The cheapest reading of a stretch.
pub(super) fn read(trial: &Trial<'_>, text: &str, island: &Range<usize>, work: &mut Workspace) -> Path {
    work.stretch.load(text, island, trial.model);
    let face = work.stretch.face(text, trial.model);
    let mut path = lattice::read(trial, &face, &mut work.scratch);
    if trial.lossy {
        proof::drop_unproven(trial, &face, &mut path);
    }
    path
}

fn longest_letters(path: &Path) -> usize {
    let (mut longest, mut run, mut end) = (0, 0, 0);
    for unit in &path.units {
        run = if unit.at == end { run } else { 0 };
        for c in unit.characters() {
            run = if c.is_alphabetic() { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        end = unit.end();
    }
    longest
}

/// A number for what a path reads (FNV-1a, <https://datatracker.ietf.org/doc/html/rfc9923>).
fn reading(path: &Path) -> u64 {
    let mix = |hash: u64, value: u64| (hash ^ value).wrapping_mul(0x0000_0100_0000_01B3);
    path.units.iter().fold(0xCBF2_9CE4_8422_2325, |hash, unit| {
        let hash = mix(mix(hash, unit.at as u64), unit.length as u64);
        unit.characters().iter().fold(hash, |hash, c| mix(hash, u64::from(u32::from(*c))))
    })
}
