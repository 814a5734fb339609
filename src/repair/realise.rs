//! From the chains that were chosen for each stretch to edits, line by line.
//!
//! Where a chain explains nearly all of a line, the rest of that line is read anew with it: words of one letter, and
//! what stands beside digits, say too little by themselves. Where a line lost more characters than it keeps sense
//! of, it is left as it is.

use std::ops::Range;

use super::chain::{Chain, Step};
use super::codec::Page;
use super::edits::{self, Made, RepairRun};
use super::evidence::{self, Candidate, Workspace};
use super::lattice::{self, Path, Piece};
use super::marks::{self, Character};
use super::proof;
use super::search::{LINE_COVERAGE, Verdict};
use super::trial::{Trial, Unit};
use super::view::{self, Stretch};
use crate::edit::{ChainId, Misreading};
use crate::encoding::EncodingId;
use crate::model::BIT;
use crate::span::Permille;

/// What a pass found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The repairs, sorted and disjoint.
    pub(super) runs: Vec<RepairRun>,
    /// Bytes of the text that are what is left of lost characters, sorted.
    pub(super) lost: Vec<Range<usize>>,
}

/// Bits that a chain must save in a line to be held to have damaged all of it.
const HELD_BITS: u32 = 30 * BIT;

/// One lost character in so many repaired ones, and in so many of the line, makes it unreadable either way.
const BEARABLE: usize = 40;
const BEARABLE_OF_LINE: usize = 25;

/// The same where the text is one line, of which nothing around it tells whether it makes sense.
const BEARABLE_ALONE: usize = 150;

/// The chains chosen for the stretches of a text.
struct Choice<'a> {
    text: &'a str,
    islands: &'a [Range<usize>],
    candidates: &'a [Candidate<'a>],
    chosen: &'a [Option<usize>],
    /// The text is one line.
    alone: bool,
    /// For each candidate that was chosen, the bits that every candidate saves where it was, less its cost.
    evidence: Vec<Vec<u32>>,
    /// The candidates' trials for lines that they are known to have damaged.
    held: Vec<Trial<'a>>,
}

/// Makes the repairs that were chosen.
pub(super) fn realise(text: &str, verdict: &Verdict<'_>, work: &mut Workspace) -> Found {
    let Verdict { islands, candidates, chosen } = verdict;
    let evidence = (0..candidates.len()).map(|at| pooled(candidates, chosen, at)).collect();
    let held = candidates.iter().map(|candidate| candidate.trial.held()).collect();
    let alone = !text.trim_end().contains('\n');
    let choice = Choice { text, alone, islands, candidates, chosen, evidence, held };
    let names: Vec<Western> = (0..candidates.len()).map(|at| choice.western(at)).collect();
    let mut found = Found::default();
    let mut first = 0;
    while first < islands.len() {
        let line = view::line_of(text, islands, first);
        first = line.end;
        choice.realise_line(line, &names, work, &mut found);
    }
    found
}

/// Pooled over the stretches for which the candidate `at` was chosen.
fn pooled(candidates: &[Candidate<'_>], chosen: &[Option<usize>], at: usize) -> Vec<u32> {
    let own: Vec<usize> = (0..chosen.len()).filter(|i| chosen[*i] == Some(at)).collect();
    let bits = |candidate: &Candidate<'_>| {
        let pooled = own.iter().fold(0_u32, |sum, i| sum.saturating_add(candidate.scores[*i].saved / BIT));
        pooled.saturating_sub(candidate.chain().cost)
    };
    if own.is_empty() { vec![0; candidates.len()] } else { candidates.iter().map(bits).collect() }
}

/// What was made of one stretch.
struct Realised<'a> {
    island: usize,
    at: usize,
    trial: &'a Trial<'a>,
    path: Path,
}

impl Realised<'_> {
    /// The characters of its stretch, marks that nothing but a byte is left of as lost.
    fn places(&self, stretch: &Stretch, places: &mut Vec<Character>) {
        let mut lost = self.path.unproven.iter().peekable();
        for piece in lattice::pieces(&self.path.units, 0..stretch.symbols.len()) {
            match piece {
                Piece::Unit(unit) => places.extend(unit.characters().iter().copied().map(Character::Known)),
                Piece::Kept(at) if lost.next_if(|unit| unit.at == at).is_some_and(Unit::is_lost_mark) => {
                    places.push(Character::Lost);
                }
                Piece::Kept(at) => places.push(Character::Known(stretch.symbols[at].c)),
            }
        }
    }

    /// Puts the marks of its lost places in order into it.
    fn tell(&mut self, marks: &mut impl Iterator<Item = Option<char>>) {
        let Path { units, unproven, .. } = &mut self.path;
        unproven.retain(|unit| {
            let mark = if unit.is_lost_mark() { marks.next().flatten() } else { None };
            units.extend(mark.map(|mark| unit.told(mark)));
            mark.is_none()
        });
        units.sort_by_key(|unit| unit.at);
    }
}

impl Choice<'_> {
    fn realise_line(&self, line: Range<usize>, names: &[Western], work: &mut Workspace, found: &mut Found) {
        let held = self.held(line.clone());
        let mut realised: Vec<Realised<'_>> = line.clone().filter_map(|i| self.read(i, held, work)).collect();
        self.tell_marks(&line, &mut realised, work);
        let remains: Vec<_> = realised.iter().map(|made| self.remains(made, work)).collect();
        let lost: usize = remains.iter().map(Vec::len).sum();
        let units: usize = realised.iter().map(|made| made.path.units.len()).sum();
        let range = self.islands[line.start].start..self.islands[line.end - 1].end;
        let bearable = if self.alone { BEARABLE_ALONE } else { BEARABLE_OF_LINE };
        if lost * BEARABLE > units && lost * bearable > self.text[range].chars().count() {
            found.lost.extend(realised.iter().map(|made| self.islands[made.island].clone()));
            return;
        }
        for (made, remains) in realised.iter().zip(remains) {
            work.load(self.text, &self.islands[made.island], made.trial.model);
            let confidence = self.confidence(made.island, made.at);
            self.push(made, names[made.at], confidence, work, &mut found.runs);
            found.lost.extend(remains);
        }
    }

    fn read(&self, island: usize, held: Option<usize>, work: &mut Workspace) -> Option<Realised<'_>> {
        let (trial, at) = match (held, self.chosen[island]) {
            (Some(at), mine) if mine.is_none_or(|mine| mine == at) => (&self.held[at], at),
            (_, Some(mine)) => (&self.candidates[mine].trial, mine),
            (_, None) => return None,
        };
        let path = evidence::read(trial, self.text, &self.islands[island], work);
        Some(Realised { island, at, trial, path })
    }

    /// Bytes of the text that are what is left of characters that nothing tells.
    fn remains(&self, made: &Realised<'_>, work: &mut Workspace) -> Vec<Range<usize>> {
        work.load(self.text, &self.islands[made.island], made.trial.model);
        let stretch = work.stretch();
        let remains = proof::remains(made.trial, &stretch.face(self.text, made.trial.model), &made.path);
        remains.into_iter().map(|at| stretch.start_of(at)..stretch.ends[at]).collect()
    }

    /// Puts marks in place that lost all but their first byte, where the line tells them.
    fn tell_marks(&self, line: &Range<usize>, realised: &mut [Realised<'_>], work: &mut Workspace) {
        let lost = |made: &Realised<'_>| made.path.unproven.iter().any(Unit::is_lost_mark);
        let Some(language) = realised.iter().find(|made| lost(made)).map(|made| made.trial.language()) else {
            return;
        };
        let (first, last) = (self.islands[line.start].start, self.islands[line.end - 1].end);
        let mut done = self.text[..first].rfind('\n').map_or(0, |at| at + 1);
        let mut places = Vec::new();
        for made in &*realised {
            let island = &self.islands[made.island];
            places.extend(self.text[done..island.start].chars().map(Character::Known));
            work.load(self.text, island, made.trial.model);
            made.places(work.stretch(), &mut places);
            done = island.end;
        }
        let end = self.text[last..].find('\n').map_or(self.text.len(), |at| last + at);
        places.extend(self.text[done..end].chars().map(Character::Known));
        let mut told = marks::told(&places, language).into_iter();
        for made in realised {
            made.tell(&mut told);
        }
    }

    /// The candidate that explains nearly all of a line.
    fn held(&self, line: Range<usize>) -> Option<usize> {
        let mut saved: Vec<(usize, u32)> = Vec::new();
        for i in line.clone() {
            let Some(at) = self.chosen[i] else { continue };
            let bits = self.candidates[at].scores[i].saved;
            match saved.iter_mut().find(|(known, _)| *known == at) {
                Some((_, sum)) => *sum = sum.saturating_add(bits),
                None => saved.push((at, bits)),
            }
        }
        let most = saved.into_iter().max_by_key(|(at, sum)| (*sum, std::cmp::Reverse(*at)));
        let (at, _) = most.filter(|(_, sum)| *sum >= HELD_BITS)?;
        let own = line.filter(|i| self.chosen[*i].is_none_or(|chosen| chosen == at));
        let (explained, explainable) = own
            .map(|i| &self.candidates[at].scores[i])
            .fold((0, 0), |sum, score| (sum.0 + score.explained, sum.1 + score.explainable));
        (explained * 100 >= explainable * LINE_COVERAGE).then_some(at)
    }

    /// How sure a made is: the share of all that explain the stretch, the text as it stands among them, which
    /// have this result. Different encodings often give the same text; the chains that do count together.
    fn confidence(&self, island: usize, at: usize) -> Permille {
        let own = &self.candidates[at];
        let evidence = &self.evidence[at];
        let best = evidence.iter().copied().max().unwrap_or(0);
        // 2^20 for the best, 1 for what is twenty bits worse; less counts for nothing.
        let weight = |bits: u32| 1_u64 << 20 >> best.saturating_sub(bits).min(63);
        let made = own.scores[island].reading;
        let (mut agreeing, mut all) = (0, weight(own.chain().margin));
        for (candidate, bits) in self.candidates.iter().zip(evidence) {
            let weight = weight(*bits);
            all += weight;
            if candidate.scores[island].reading == made {
                agreeing += weight;
            }
        }
        let pooled = 1000 * agreeing / all.max(1);
        let local = match own.scores[island].saved / BIT {
            0..2 => 850,
            2..5 => 930,
            5..10 => 970,
            _ => 995,
        };
        Permille::new(u16::try_from(pooled.min(local)).unwrap_or(0))
    }

    fn push(
        &self,
        made: &Realised<'_>,
        western: Western,
        confidence: Permille,
        work: &Workspace,
        runs: &mut Vec<RepairRun>,
    ) {
        let stretch = work.stretch();
        let bits = made.path.saved / u32::try_from(made.path.units.len()).unwrap_or(u32::MAX).max(1);
        let mut corr = String::new();
        for unit in &made.path.units {
            let range = stretch.start_of(unit.at)..stretch.ends[unit.end() - 1];
            corr.clear();
            corr.extend(unit.characters());
            let chain = western.identify(self.candidates[made.at].chain(), &self.text[range.clone()]);
            let confidence = match unit.characters() {
                _ if !unit.inferred => confidence,
                [mark] if unit.is_lost_mark() && *mark != '’' => confidence.min(CONVENTIONAL),
                _ => confidence.min(INFERRED),
            };
            if let Some(chain) = chain {
                edits::push(runs, &Made { range, corr: &corr, chain, bits, confidence, inferred: unit.inferred });
            }
        }
    }

    /// Which of the two Western encodings a chain's stretches show.
    fn western(&self, at: usize) -> Western {
        let own = (0..self.islands.len()).filter(|i| self.chosen[*i] == Some(at));
        let mut characters = own.flat_map(|i| self.text[self.islands[i].clone()].chars());
        let (mut controls, mut own_characters) = (false, false);
        for c in characters.by_ref() {
            controls |= matches!(c, '\u{80}'..='\u{9F}') && !UNDEFINED.contains(&c);
            own_characters |= EncodingId::Windows1252.byte_table().is_some_and(|table| table[..32].contains(&c))
                && u32::from(c) > 0xFF;
        }
        match (controls, own_characters) {
            (_, false) => Western::Latin1,
            (false, true) => Western::Windows1252,
            (true, true) => Western::Both,
        }
    }
}

/// What an inferred character is worth at most: the guess was better than the next by four bits or more.
const INFERRED: Permille = Permille::new(950);

/// The same for a quotation mark or dash that nothing but the custom of the language tells.
const CONVENTIONAL: Permille = Permille::new(850);

/// C1 controls that windows-1252 shows as such.
const UNDEFINED: [char; 5] = ['\u{81}', '\u{8D}', '\u{8F}', '\u{90}', '\u{9D}'];

/// How a text shows the bytes 80-9F. One that shows none of them was taken for either encoding; the older standard
/// names it.
#[derive(Clone, Copy)]
enum Western {
    Latin1,
    Windows1252,
    Both,
}

impl Western {
    /// The chain by its encodings.
    fn identify(self, chain: &Chain, damaged: &str) -> Option<ChainId> {
        let western = match self {
            Self::Windows1252 => EncodingId::Windows1252,
            Self::Both if damaged.chars().any(|c| u32::from(c) > 0xFF) => EncodingId::Windows1252,
            Self::Latin1 | Self::Both => EncodingId::Latin1,
        };
        let misreading = |step: &Step| Misreading {
            was: step.was,
            read_as: match step.read_as {
                Page::Of(encoding) => encoding,
                Page::Western => western,
            },
        };
        ChainId::from_steps(&chain.steps.iter().map(misreading).collect::<Vec<_>>())
    }
}
