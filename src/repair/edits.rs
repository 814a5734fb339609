//! The repairs of a text as they are found pass after pass, always in terms of the decoded text.

use std::ops::Range;

use crate::edit::ChainId;
use crate::span::Permille;

/// Neighbouring units repaired by one chain.
#[derive(Clone, Debug)]
pub(super) struct RepairRun {
    /// Bytes of the text that the run stands in.
    pub(super) range: Range<usize>,
    /// What they become.
    pub(super) corr: String,
    /// Lengths in bytes of each unit, damaged and repaired.
    pub(super) units: Vec<(u32, u32)>,
    pub(super) chain: ChainId,
    /// Bits saved, in 1/256 bit.
    pub(super) bits: u32,
    pub(super) confidence: Permille,
    /// Bytes were missing, and the text proved which.
    pub(super) inferred: bool,
}

impl RepairRun {
    fn push(&mut self, end: usize, corr: &str, bits: u32, confidence: Permille) {
        self.units.push((length(self.range.end..end), length(0..corr.len())));
        self.range.end = end;
        self.corr.push_str(corr);
        self.bits = self.bits.saturating_add(bits);
        self.confidence = self.confidence.min(confidence);
    }
}

fn length(range: Range<usize>) -> u32 {
    u32::try_from(range.len()).unwrap_or(u32::MAX)
}

/// One unit of a list of runs.
struct UnitRef<'a> {
    range: Range<usize>,
    corr: &'a str,
    run: &'a RepairRun,
}

impl UnitRef<'_> {
    /// Its share of what the run saves.
    fn bits(&self) -> u32 {
        self.run.bits / u32::try_from(self.run.units.len()).unwrap_or(u32::MAX).max(1)
    }
}

fn units(runs: &[RepairRun]) -> impl Iterator<Item = UnitRef<'_>> {
    runs.iter().flat_map(|run| {
        let (mut at, mut from) = (run.range.start, 0);
        run.units.iter().map(move |(source, target)| {
            let range = at..at + *source as usize;
            let corr = &run.corr[from..from + *target as usize];
            at = range.end;
            from += corr.len();
            UnitRef { range, corr, run }
        })
    })
}

/// The text with its runs in place.
pub(super) fn apply(text: &str, runs: &[RepairRun]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for run in runs {
        result.push_str(&text[done..run.range.start]);
        result.push_str(&run.corr);
        done = run.range.end;
    }
    result.push_str(&text[done..]);
    result
}

/// Adds `later`, runs of the text `middle` that `earlier` gives, to `earlier`: runs of the original text. Units that
/// a chain of more than three misreadings would explain are left out.
pub(super) fn compose(middle: &str, earlier: &[RepairRun], later: &[RepairRun]) -> Vec<RepairRun> {
    let mut composed = Vec::new();
    let (mut old, mut new) = (Placed::new(earlier), units(later).peekable());
    while let Some(first) = new.next() {
        while let Some((_, unit)) = old.next_if(|place| place.end <= first.range.start) {
            keep(&mut composed, &unit);
        }
        let before = old.shift;
        // Old and new units that overlap are one: neither can be undone without the other.
        let (mut start, mut end) = (first.range.start, first.range.end);
        let (mut olds, mut news) = (Vec::new(), vec![first]);
        loop {
            if let Some((place, unit)) = old.next_if(|place| place.start < end) {
                (start, end) = (start.min(place.start), end.max(place.end));
                olds.push(unit);
            } else if let Some(unit) = new.next_if(|unit| unit.range.start < end) {
                end = end.max(unit.range.end);
                news.push(unit);
            } else {
                break;
            }
        }
        let range = start.saturating_add_signed(-before)..end.saturating_add_signed(-old.shift);
        let last = news[0].run.chain;
        match olds.first().map_or(Some(last), |unit| unit.run.chain.then(last)) {
            Some(chain) => {
                let units = || olds.iter().chain(&news);
                let bits = units().map(UnitRef::bits).sum();
                let confidence = units().map(|unit| unit.run.confidence).min().unwrap_or(Permille::CERTAIN);
                let inferred = units().any(|unit| unit.run.inferred);
                let corr = replaced(middle, start..end, &news);
                push(&mut composed, &Made { range, corr: &corr, chain, bits, confidence, inferred });
            }
            None => olds.iter().for_each(|unit| keep(&mut composed, unit)),
        }
    }
    while let Some((_, unit)) = old.next_if(|_| true) {
        keep(&mut composed, &unit);
    }
    composed
}

/// A range of a text with the units in it in place.
fn replaced(text: &str, range: Range<usize>, units: &[UnitRef<'_>]) -> String {
    let (mut result, mut done) = (String::new(), range.start);
    for unit in units {
        result.push_str(&text[done..unit.range.start]);
        result.push_str(unit.corr);
        done = unit.range.end;
    }
    result.push_str(&text[done..range.end]);
    result
}

/// Units with their places in the text that they make.
struct Placed<'a, I: Iterator<Item = UnitRef<'a>>> {
    units: std::iter::Peekable<I>,
    /// Bytes of the made text less bytes of the original, up to the next unit.
    shift: isize,
}

impl<'a> Placed<'a, std::iter::Empty<UnitRef<'a>>> {
    fn new(runs: &'a [RepairRun]) -> Placed<'a, impl Iterator<Item = UnitRef<'a>>> {
        Placed { units: units(runs).peekable(), shift: 0 }
    }
}

impl<'a, I: Iterator<Item = UnitRef<'a>>> Placed<'a, I> {
    fn next_if(&mut self, wanted: impl Fn(&Range<usize>) -> bool) -> Option<(Range<usize>, UnitRef<'a>)> {
        let unit = self.units.peek()?;
        let start = unit.range.start.saturating_add_signed(self.shift);
        let place = start..start + unit.corr.len();
        let unit = self.units.next_if(|_| wanted(&place))?;
        self.shift += unit.corr.len().cast_signed() - unit.range.len().cast_signed();
        Some((place, unit))
    }
}

fn keep(runs: &mut Vec<RepairRun>, unit: &UnitRef<'_>) {
    let RepairRun { chain, confidence, inferred, .. } = *unit.run;
    push(runs, &Made { range: unit.range.clone(), corr: unit.corr, chain, bits: unit.bits(), confidence, inferred });
}

/// A repaired unit.
pub(super) struct Made<'a> {
    pub(super) range: Range<usize>,
    pub(super) corr: &'a str,
    pub(super) chain: ChainId,
    pub(super) bits: u32,
    pub(super) confidence: Permille,
    pub(super) inferred: bool,
}

/// Appends a unit, to the last run where it goes on with it.
pub(super) fn push(runs: &mut Vec<RepairRun>, unit: &Made<'_>) {
    let goes_on =
        |run: &RepairRun| run.range.end == unit.range.start && run.chain == unit.chain && run.inferred == unit.inferred;
    if !runs.last().is_some_and(goes_on) {
        let start = unit.range.start;
        runs.push(RepairRun {
            range: start..start,
            corr: String::new(),
            units: Vec::new(),
            chain: unit.chain,
            bits: 0,
            confidence: unit.confidence,
            inferred: unit.inferred,
        });
    }
    if let Some(run) = runs.last_mut() {
        run.push(unit.range.end, unit.corr, unit.bits, unit.confidence);
    }
}

/// Where ranges of the original text, none of which a run touches, stand once the runs are in place.
pub(super) fn moved(ranges: &[Range<usize>], runs: &[RepairRun]) -> Vec<Range<usize>> {
    let (mut runs, mut shift) = (runs.iter().peekable(), 0_isize);
    let place = |range: &Range<usize>| {
        while let Some(run) = runs.next_if(|run| run.range.end <= range.start) {
            shift += run.corr.len().cast_signed() - run.range.len().cast_signed();
        }
        range.start.saturating_add_signed(shift)..range.end.saturating_add_signed(shift)
    };
    ranges.iter().map(place).collect()
}
