//! One pass over a text: which chains explain it, and what they make of it.
//!
//! Evidence is pooled over the document. Every chain is tried on the stretches where one could matter; the one
//! that saves most is taken when its savings exceed its cost and margin, then the next for what it saves beyond
//! the first, and so on: each stretch goes to the chain that explains it best.

use std::ops::Range;

use super::chain::{CHAINS, Chain};
use super::lattice::{self, Path, Scratch};
use super::realise::{self, Found};
use super::trial::Trial;
use super::veto;
use super::view::{self, Stretch};
use crate::model::{self, BIT, Model};

/// Letters of one span that are text and not chance.
const SHORTEST_RUN: usize = 3;

/// Letters of the longest word, at least, of a text in a script of its own; `ÅÄÖ åäö` are no Russian words.
const SHORTEST_WORD: usize = 4;

/// Bytes of the stretches that every chain is tried on. The chains that explain some of them are tried on the whole
/// text; where none does, on a larger sample.
const SAMPLES: [usize; 2] = [2 << 10, 16 << 10];

/// What one chain makes of one stretch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    pub(super) saved: u32,
    /// How much of that is evidence: what repeats itself is none.
    counted: u32,
    /// The longest run of letters that it or one before it reads, as far as that matters.
    letters: usize,
    /// Units that it reads.
    pub(super) units: usize,
    pub(super) explained: usize,
    pub(super) explainable: usize,
    /// Tells readings that differ apart.
    pub(super) reading: u64,
}

impl Score {
    fn take_back(&mut self) {
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
}

/// Finds what one misreading did to `text`; places that are `taken` are left alone.
pub(super) fn pass(text: &str, taken: &[Range<usize>], model: &Model) -> Found {
    let islands = view::suspects(text, view::islands(text, taken), model);
    let mut work = Workspace::default();
    let mut chains: Vec<usize> = (0..CHAINS.len()).collect();
    for bytes in SAMPLES {
        let sample = sample(&islands, bytes);
        if sample.len() == islands.len() {
            break;
        }
        let (candidates, chosen) = judge(&chains, text, &sample, model, &mut work);
        let explain = |at: &usize| chosen.contains(&Some(*at));
        let found: Vec<usize> = (0..candidates.len()).filter(explain).map(|at| candidates[at].index).collect();
        if !found.is_empty() {
            chains = found;
            break;
        }
        // Nothing in a large sample is taken for nothing in the text.
        if bytes == SAMPLES[SAMPLES.len() - 1] {
            return Found::default();
        }
    }
    let (candidates, chosen) = judge(&chains, text, &islands, model, &mut work);
    realise::realise(text, &islands, &candidates, &chosen, &mut work)
}

/// Tries chains on stretches and decides for each of them which explains it.
fn judge<'a>(
    chains: &[usize],
    text: &str,
    islands: &[Range<usize>],
    model: &'a Model,
    work: &mut Workspace,
) -> (Vec<Candidate<'a>>, Vec<Option<usize>>) {
    let mut candidates = try_chains(chains, text, islands, model, work);
    let subject = !candidates.is_empty() && veto::is_subject(text);
    let mut mentioned = vec![false; islands.len()];
    candidates.retain(|candidate| {
        let mention = veto::is_mention(text, islands, candidate, subject, work);
        if mention && subject && total(&candidate.scores) > threshold(candidate) {
            for (mentioned, score) in mentioned.iter_mut().zip(&candidate.scores) {
                *mentioned |= score.units > 0;
            }
        }
        !mention
    });
    // What is an example of one misreading is no sign of another.
    for candidate in &mut candidates {
        for (score, _) in candidate.scores.iter_mut().zip(&mentioned).filter(|(_, mentioned)| **mentioned) {
            score.take_back();
        }
    }
    let chosen = choose(text, &candidates, islands);
    (candidates, chosen)
}

/// Tries chains on stretches; those that explain something are candidates.
fn try_chains<'a>(
    chains: &[usize],
    text: &str,
    islands: &[Range<usize>],
    model: &'a Model,
    work: &mut Workspace,
) -> Vec<Candidate<'a>> {
    let mut candidates: Vec<Candidate<'_>> = chains
        .iter()
        .map(|index| candidate(*index, text, islands, model, work))
        .filter(|candidate| total(&candidate.scores) > 0)
        .collect();
    follow(text, islands, &mut candidates, work);
    let utf8 = best_of_utf8(&candidates, islands.len());
    for candidate in candidates.iter_mut().filter(|candidate| candidate.chain().is_legacy()) {
        demand_coverage(text, islands, &utf8, &mut candidate.scores);
    }
    candidates.retain(|candidate| total(&candidate.scores) > 0);
    candidates
}

/// Where a chain is believed and explains a good part of what stands above ASCII, its lossy form is tried as one that
/// is known to have damaged the text.
fn follow(text: &str, islands: &[Range<usize>], candidates: &mut [Candidate<'_>], work: &mut Workspace) {
    let above: usize =
        islands.iter().map(|island| text[island.clone()].chars().filter(|c| !c.is_ascii()).count()).sum();
    let explains = |c: &&Candidate<'_>| c.scores.iter().map(|score| score.explained).sum::<usize>() * 3 >= above;
    let believed = |c: &&Candidate<'_>| total(&c.scores) > threshold(c) && !c.chain().is_legacy();
    let believed: Vec<&Chain> = candidates.iter().filter(believed).filter(explains).map(|c| c.chain()).collect();
    for candidate in candidates.iter_mut().filter(|c| believed.iter().any(|b| b.is_lossless_form_of(c.chain()))) {
        candidate.trial = candidate.trial.held();
        candidate.scores = score(candidate.chain(), &candidate.trial, text, islands, work);
    }
}

/// For each stretch the most that a believed chain of UTF-8 saves.
fn best_of_utf8(candidates: &[Candidate<'_>], islands: usize) -> Vec<u32> {
    let mut best = vec![0; islands];
    let believed = |c: &&Candidate<'_>| !c.chain().is_legacy() && total(&c.scores) > threshold(c);
    for candidate in candidates.iter().filter(believed) {
        for (best, score) in best.iter_mut().zip(&candidate.scores) {
            *best = (*best).max(score.saved);
        }
    }
    best
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

/// Bits beyond which a chain is believed.
pub(super) fn threshold(candidate: &Candidate<'_>) -> u32 {
    let chain = candidate.chain();
    let margin = if candidate.trial.letters { chain.margin } else { chain.margin.min(PUNCTUATION_MARGIN) };
    (chain.cost + margin) * BIT
}

/// Bits beyond its cost beyond which a chain is believed that damaged punctuation only: what few symbols show is
/// less likely to be punctuation by chance than letters.
const PUNCTUATION_MARGIN: u32 = 8;

fn total(scores: &[Score]) -> u32 {
    scores.iter().fold(0, |sum, score| sum.saturating_add(score.counted))
}

/// Stretches spread over the text, of about so many bytes in all.
fn sample(islands: &[Range<usize>], size: usize) -> Vec<Range<usize>> {
    let bytes: usize = islands.iter().map(Range::len).sum();
    let step = bytes.div_ceil(size).max(1);
    if step == 1 { islands.to_vec() } else { islands.iter().step_by(step).cloned().collect() }
}

fn candidate<'a>(
    index: usize,
    text: &str,
    islands: &[Range<usize>],
    model: &'a Model,
    work: &mut Workspace,
) -> Candidate<'a> {
    let chain = &CHAINS[index];
    let mut trial = Trial::new(model, chain);
    let mut scores = score(chain, &trial, text, islands, work);
    // A double-byte chain makes letters of a few symbols (`§§`, `Â©`, `»N`): unless it reads a run of letters
    // somewhere, it is punctuation that was damaged, and nothing else.
    if chain.is_double_byte() && !scores.iter().any(|score| score.letters >= SHORTEST_RUN) {
        trial.letters = false;
        if scores.iter().any(|score| score.saved > 0) {
            scores = score(chain, &trial, text, islands, work);
        }
    }
    if chain.is_other_script() && !scores.iter().any(|score| score.letters >= SHORTEST_WORD) {
        scores.iter_mut().for_each(Score::take_back);
    }
    Candidate { index, trial, scores }
}

/// Percent of the characters that a legacy chain could explain which it must explain in a line, and in all lines.
/// A text in a language that the model does not know has places that another encoding explains better by chance; a
/// misread one is nothing else, from the line where the misreading begins to the line where it ends.
pub(super) const LINE_COVERAGE: usize = 70;
const TEXT_COVERAGE: usize = 40;

/// Takes the savings of lines back that are not explained as a whole, and all of them where that leaves too little.
/// What a chain of UTF-8 explains better does not count.
fn demand_coverage(text: &str, islands: &[Range<usize>], utf8: &[u32], scores: &mut [Score]) {
    let (mut explained, mut explainable, mut first) = (0, 0, 0);
    while first < islands.len() {
        let line = view::line_of(text, islands, first);
        first = line.end;
        let (of_line, utf8) = (&mut scores[line.clone()], &utf8[line]);
        let own = of_line.iter().zip(utf8).filter(|(score, utf8)| score.saved >= **utf8);
        let (here, possible) = own.fold((0, 0), |sum, (score, _)| (sum.0 + score.explained, sum.1 + score.explainable));
        explainable += possible;
        if here * 100 >= possible * LINE_COVERAGE {
            explained += here;
        } else {
            of_line.iter_mut().for_each(Score::take_back);
        }
    }
    if explained * 100 < explainable * TEXT_COVERAGE {
        scores.iter_mut().for_each(Score::take_back);
    }
}

fn score(chain: &Chain, trial: &Trial<'_>, text: &str, islands: &[Range<usize>], work: &mut Workspace) -> Vec<Score> {
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
                units: path.units.len(),
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
        if self.idle >= ENOUGH || path.units.is_empty() {
            return 0;
        }
        let mut new = 0;
        for (index, unit) in path.units.iter().enumerate() {
            let Some(c) = unit.characters().first() else { continue };
            // A letter by itself is a list's, a pattern's, a formula's. C1 controls stand in none of them.
            let control = matches!(stretch.symbols[unit.at].c, '\u{80}'..='\u{9F}');
            if self.words_only && !control && !in_word(path, index, stretch) {
                continue;
            }
            let times = self.heard.entry(*c).or_default();
            if *times < HEARD {
                *times += 1;
                new += 1;
            }
        }
        let units = u64::try_from(path.units.len()).unwrap_or(1).max(1);
        self.idle = if new == 0 { self.idle + path.units.len() } else { 0 };
        u32::try_from(u64::from(path.saved) * new / units).unwrap_or(u32::MAX)
    }
}

/// Whether a letter on at least one side of a unit belongs to its word.
fn in_word(path: &Path, index: usize, stretch: &Stretch) -> bool {
    let unit = &path.units[index];
    if unit.characters().len() > 1 || model::is_cjk(unit.characters()[0]) {
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
    lattice::read(trial, &work.stretch.face(trial.model), &mut work.scratch)
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

/// Bits that a double-byte chain must save in a stretch, once it is believed.
const LEAST_OF_PAIRS: u32 = 7 * BIT;

/// Bits beyond which a chain is believed to have lost bytes where it is known to have damaged the text.
const FOLLOWING: u32 = 2 * BIT;

/// A number for what a path reads (FNV-1a, <https://datatracker.ietf.org/doc/html/rfc9923>).
fn reading(path: &Path) -> u64 {
    let mix = |hash: u64, value: u64| (hash ^ value).wrapping_mul(0x0000_0100_0000_01B3);
    path.units.iter().fold(0xCBF2_9CE4_8422_2325, |hash, unit| {
        let hash = mix(mix(hash, unit.at as u64), unit.length as u64);
        unit.characters().iter().fold(hash, |hash, c| mix(hash, u64::from(u32::from(*c))))
    })
}

/// For each stretch the candidate that explains it, if any.
fn choose(text: &str, candidates: &[Candidate<'_>], islands: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut best: Vec<(u32, Option<usize>)> = vec![(0, None); islands.len()];
    let thresholds: Vec<u32> = candidates.iter().map(|c| veto::threshold(text, islands, c)).collect();
    let mut open: Vec<usize> = (0..candidates.len()).collect();
    let mut held: Vec<usize> = Vec::new();
    loop {
        // The first of equals: the table lists the likelier misreading first.
        let excess = |at: &usize| {
            let candidate = &candidates[*at];
            let follows = candidate.trial.exception > 0
                && held.iter().any(|held| candidates[*held].chain().is_lossless_form_of(candidate.chain()));
            let gain = candidate.scores.iter().zip(&best).fold(0_u32, |sum, (score, (saved, _))| {
                let gain = score.saved.saturating_sub(*saved);
                sum.saturating_add(if follows { gain } else { gain.min(score.counted) })
            });
            gain.checked_sub(if follows { FOLLOWING } else { thresholds[*at] }).map(|excess| (excess, *at))
        };
        let Some((_, taken)) = open
            .iter()
            .filter_map(excess)
            .max_by_key(|(excess, at)| (*excess, std::cmp::Reverse(candidates[*at].index)))
        else {
            break;
        };
        let least = if candidates[taken].chain().is_double_byte() { LEAST_OF_PAIRS } else { 0 };
        for (slot, score) in best.iter_mut().zip(&candidates[taken].scores) {
            if score.saved > slot.0.max(least) {
                *slot = (score.saved, Some(taken));
            }
        }
        held.push(taken);
        open.retain(|at| *at != taken);
    }
    best.into_iter().map(|(_, chosen)| chosen).collect()
}
