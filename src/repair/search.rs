//! Which chains explain a text.
//!
//! Evidence is pooled over the document. Every chain is tried on the stretches where one could matter; the one
//! that saves most is taken when its savings exceed its cost and margin, then the next for what it saves beyond
//! the first, and so on: each stretch goes to the chain that explains it best.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::chain::{CHAINS, Chain};
use super::evidence::{self, Candidate, Score, Workspace};
use super::veto;
use super::view;
use crate::model::{BIT, Model};

/// Bytes of the stretches that every chain is tried on. The chains that explain some of them are tried on the whole
/// text; where none does, on a larger sample.
const SAMPLES: [usize; 2] = [2 << 10, 16 << 10];

/// The stretches of a text, and which chain explains each of them.
#[derive(Default)]
pub(super) struct Verdict<'a> {
    pub(super) islands: Vec<Range<usize>>,
    pub(super) candidates: Vec<Candidate<'a>>,
    /// For each stretch the index of a candidate, if any.
    pub(super) chosen: Vec<Option<usize>>,
}

/// Looks for what one misreading did to `text`; places that are `taken` are left alone.
pub(super) fn search<'a>(text: &str, taken: &[Range<usize>], model: &'a Model, work: &mut Workspace) -> Verdict<'a> {
    let islands = view::suspects(text, view::islands(text, taken), model);
    if islands.is_empty() {
        return Verdict::default();
    }
    let mut chains = promising(text, &islands, model, work);
    if chains.is_empty() {
        return Verdict::default();
    }
    for bytes in SAMPLES {
        let sample = sample(text, &islands, bytes);
        if sample.len() == islands.len() {
            break;
        }
        let (candidates, chosen) = judge(&chains, text, &sample, model, work);
        let explain = |at: &usize| chosen.contains(&Some(*at));
        let found: Vec<usize> = (0..candidates.len()).filter(explain).map(|at| candidates[at].index).collect();
        if !found.is_empty() {
            chains = found;
            break;
        }
        // Nothing in a large sample is taken for nothing in the text.
        if bytes == SAMPLES[SAMPLES.len() - 1] {
            return Verdict::default();
        }
    }
    let (candidates, chosen) = judge(&chains, text, &islands, model, work);
    Verdict { islands, candidates, chosen }
}

/// Bytes around dear characters on which it is seen which chains explain anything at all: where none is believed on a
/// few, on all of them, since most texts are sound and few chains explain anything in them.
const LOOKS: [usize; 2] = [512, 16 << 10];

/// Chains that go on from each part where one of them is believed: those that save most there.
const SURVIVORS: usize = 4;

/// The chains that explain something where the text looks wrong.
fn promising(text: &str, islands: &[Range<usize>], model: &Model, work: &mut Workspace) -> Vec<usize> {
    let chains = possible(text, islands);
    let parts = view::around_dear(text, islands, model);
    for bytes in LOOKS {
        let seen = sample(text, &parts, bytes);
        let pairs = evidence::pairs(text, &seen);
        let candidate = |index: &usize| evidence::candidate(*index, text, &seen, Some(&pairs), model, work);
        let mut candidates: Vec<Candidate<'_>> = chains.iter().map(candidate).collect();
        candidates.retain(|candidate| candidate.total() > 0);
        if candidates.iter().any(Candidate::is_believed) {
            return best_of_each(&candidates, seen.len());
        }
        // What is alike says nothing more.
        if parts.iter().map(Range::len).sum::<usize>() <= bytes {
            return candidates.iter().map(|candidate| candidate.index).collect();
        }
    }
    chains
}

/// The chains that save most in one part at least, the likelier of equals.
fn best_of_each(candidates: &[Candidate<'_>], parts: usize) -> Vec<usize> {
    let mut best = BTreeSet::new();
    for part in 0..parts {
        let saved = |candidate: &Candidate<'_>| candidate.scores[part].saved;
        let mut saving: Vec<&Candidate<'_>> = candidates.iter().filter(|candidate| saved(candidate) > 0).collect();
        saving.sort_by_key(|candidate| (std::cmp::Reverse(saved(candidate)), candidate.index));
        best.extend(saving.into_iter().take(SURVIVORS).map(|candidate| candidate.index));
    }
    best.into_iter().collect()
}

/// Characters from here on are those that double-byte encodings were made for; no punctuation of the West is.
const EAST_ASIAN: char = '\u{2E80}';

/// The chains that can explain a text. Bytes above ASCII that were taken for double-byte text nearly all show such
/// characters; the tables that undo that are large.
fn possible(text: &str, islands: &[Range<usize>]) -> Vec<usize> {
    let east_asian = islands.iter().any(|island| text[island.clone()].contains(|c| c >= EAST_ASIAN));
    let is_possible = |index: &usize| east_asian || !CHAINS[*index].shows_pairs();
    (0..CHAINS.len()).filter(is_possible).collect()
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
    candidates.retain(|candidate| !veto::is_mention(text, islands, candidate, subject, work));
    let chosen = choose(text, &candidates, islands);
    (candidates, chosen)
}

/// Chains for which it does not pay to look first whether they can explain anything.
const FEW: usize = 8;

/// Tries chains on stretches; those that explain something are candidates.
fn try_chains<'a>(
    chains: &[usize],
    text: &str,
    islands: &[Range<usize>],
    model: &'a Model,
    work: &mut Workspace,
) -> Vec<Candidate<'a>> {
    // Of a few chains it is known that they explain some of the text.
    let pairs = (chains.len() > FEW).then(|| evidence::pairs(text, islands));
    let mut candidates: Vec<Candidate<'_>> = chains
        .iter()
        .map(|index| evidence::candidate(*index, text, islands, pairs.as_deref(), model, work))
        .filter(|candidate| candidate.total() > 0)
        .collect();
    if candidates.iter().any(|candidate| candidate.chain().is_legacy()) && veto::is_torn_utf8(text, islands) {
        candidates.retain(|candidate| !candidate.chain().is_legacy());
    }
    follow(text, islands, &mut candidates, work);
    let utf8 = best_of_utf8(&candidates, islands.len());
    for candidate in candidates.iter_mut().filter(|candidate| candidate.chain().is_legacy()) {
        demand_coverage(text, islands, &utf8, &mut candidate.scores);
    }
    candidates.retain(|candidate| candidate.total() > 0);
    candidates
}

/// Where a chain is believed and explains a good part of what stands above ASCII, its lossy form is tried as one that
/// is known to have damaged the text.
fn follow(text: &str, islands: &[Range<usize>], candidates: &mut [Candidate<'_>], work: &mut Workspace) {
    let above: usize =
        islands.iter().map(|island| text[island.clone()].chars().filter(|c| !c.is_ascii()).count()).sum();
    let explains = |c: &&Candidate<'_>| c.scores.iter().map(|score| score.explained).sum::<usize>() * 3 >= above;
    let believed = |c: &&Candidate<'_>| c.is_believed() && !c.chain().is_legacy();
    let believed: Vec<&Chain> = candidates.iter().filter(believed).filter(explains).map(|c| c.chain()).collect();
    for candidate in candidates.iter_mut().filter(|c| believed.iter().any(|b| b.is_lossless_form_of(c.chain()))) {
        candidate.trial = candidate.trial.held();
        candidate.scores = evidence::score(candidate.chain(), &candidate.trial, text, islands, work);
    }
}

/// For each stretch the most that a believed chain of UTF-8 saves.
fn best_of_utf8(candidates: &[Candidate<'_>], islands: usize) -> Vec<u32> {
    let mut best = vec![0; islands];
    let believed = |c: &&Candidate<'_>| !c.chain().is_legacy() && c.is_believed();
    for candidate in candidates.iter().filter(believed) {
        for (best, score) in best.iter_mut().zip(&candidate.scores) {
            *best = (*best).max(score.saved);
        }
    }
    best
}

/// Times that the same stretch stands in a sample: as often as its characters are heard.
const ALIKE: u8 = 2;

/// Bytes up to which stretches are compared.
const SHORT: usize = 32;

/// Stretches spread over the text, of about so many bytes in all; short ones that are alike, with what stands beside
/// them, not more often than they have something to say.
fn sample(text: &str, islands: &[Range<usize>], size: usize) -> Vec<Range<usize>> {
    let bytes: usize = islands.iter().map(Range::len).sum();
    let step = bytes.div_ceil(size).max(1);
    let mut seen: BTreeMap<(&str, Option<char>, Option<char>), u8> = BTreeMap::new();
    let mut is_new = |island: &&Range<usize>| {
        let stretch = &text[(*island).clone()];
        if stretch.len() > SHORT {
            return true;
        }
        let beside = (text[..island.start].chars().next_back(), text[island.end..].chars().next());
        let times = seen.entry((stretch, beside.0, beside.1)).or_default();
        *times = times.saturating_add(1);
        *times <= ALIKE
    };
    islands.iter().step_by(step).filter(&mut is_new).cloned().collect()
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

/// Bits that a double-byte chain must save in a stretch, once it is believed.
const LEAST_OF_PAIRS: u32 = 7 * BIT;

/// Bits beyond which a chain is believed to have lost bytes where it is known to have damaged the text.
const FOLLOWING: u32 = 2 * BIT;

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
