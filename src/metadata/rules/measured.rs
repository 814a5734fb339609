//! How often values were right whose rule found them in the same circumstances: what a confidence is made of.

use std::sync::LazyLock;

use super::{Family, RuleId, TAKEN, rule};
use crate::document::Medium;
use crate::field::Field;
use crate::span::{Permille, Support};

/// What `examples/calibrate.rs` counted, a line a cell.
const COUNTS: &str = include_str!("measured.tsv");

/// Fewer values than these say nothing of a rule: its family's share.
const ENOUGH: u32 = 20;

/// As many values a narrower count needs to weigh as much as the wider one that it is part of.
const EQUAL: f64 = 10.0;

/// One cell of the table: of the values of `field` that `rule` found in pages, in texts or in printed pages, with as much support, how
/// many were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The rule.
    pub rule: RuleId,
    family: Option<Family>,
    /// The key of the field.
    pub field: &'static str,
    /// In what.
    pub medium: Medium,
    /// What others said: at most two kinds of witness that agree, at most one that contradicts; more count as these.
    pub support: Support,
    /// Values that were right.
    pub right: u32,
    /// Values that could be checked.
    pub seen: u32,
}

/// The cells, sorted by field.
static TABLE: LazyLock<Vec<Measured>> = LazyLock::new(|| {
    let mut cells: Vec<Measured> = COUNTS.lines().skip(1).filter_map(Measured::parse).collect();
    cells.sort_by_key(|cell| cell.field);
    cells
});

impl Measured {
    /// A line of the table: rule, field, `page`, `text` or `printed-page`, kinds of witness that agree, that contradict, right, seen.
    fn parse(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let id = RuleId(cells.next()?);
        let (field, medium) = (cells.next()?, Medium::of_name(cells.next()?)?);
        let support = Support { agree: cells.next()?.parse().ok()?, contradict: cells.next()?.parse().ok()? };
        let (right, seen) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        let family = rule(id).map(|rule| rule.family);
        Some(Self { rule: id, family, field, medium, support, right, seen })
    }

    /// How sure a value of this cell is.
    pub fn confidence(&self) -> Permille {
        by_key(self.rule, self.field, self.medium, self.support)
    }

    /// The cells of a rule.
    pub fn of(id: RuleId) -> impl Iterator<Item = Self> {
        TABLE.iter().copied().filter(move |cell| cell.rule == id)
    }
}

/// Support as the table has it.
pub fn bounded(support: Support) -> Support {
    Support { agree: support.agree.min(2), contradict: support.contradict.min(1) }
}

/// How sure a value is: of those that the rule found in the same circumstances the share that was right, by the estimate
/// of Krichevsky and Trofimov, (right + 1/2) / (seen + 1), which is never 0 or 1. A rule that was seen too rarely takes
/// its family's share; what a family was seen too rarely for is drawn towards all values of the field with as much
/// support, and these towards all of the field. Where no rule of the family was ever checked for the field, a value is as
/// sure as it has to be to be taken.
pub fn confidence(id: RuleId, field: Field, medium: Medium, support: Support) -> Permille {
    by_key(id, field.key(), medium, bounded(support))
}

fn by_key(id: RuleId, field: &str, medium: Medium, support: Support) -> Permille {
    let family = rule(id).map(|rule| rule.family);
    if family == Some(Family::User) {
        return Permille::CERTAIN;
    }
    let from = TABLE.partition_point(|cell| cell.field < field);
    let of_field = &TABLE[from..from + TABLE[from..].partition_point(|cell| cell.field == field)];
    let count = |fits: &dyn Fn(&Measured) -> bool| {
        let fitting = of_field.iter().filter(|cell| fits(cell));
        fitting.fold((0, 0), |(right, seen), cell| (right + cell.right, seen + cell.seen))
    };
    // What does not read like a value says nothing of those that do.
    let is_likely = |cell: &Measured| cell.family != Some(Family::Unlikely) || family == Some(Family::Unlikely);
    let alike = |cell: &Measured| cell.medium == medium && cell.support == support && is_likely(cell);
    let (right, seen) = count(&|cell| cell.rule == id && alike(cell));
    if seen >= ENOUGH {
        return permille((f64::from(right) + 0.5) / f64::from(seen + 1));
    }
    // What nobody could check is as sure as a value has to be.
    if !of_field.iter().any(|cell| cell.family == family) {
        return TAKEN;
    }
    let wider: [&dyn Fn(&Measured) -> bool; 4] =
        [&|_| true, &|cell| cell.medium == medium, &alike, &|cell| cell.family == family && alike(cell)];
    let unknown = f64::from(TAKEN.get()) / 1000.0;
    permille(
        wider
            .into_iter()
            .map(count)
            .fold(unknown, |share, (right, seen)| (f64::from(right) + EQUAL * share) / (f64::from(seen) + EQUAL)),
    )
}

fn permille(share: f64) -> Permille {
    // A count is no certainty.
    Permille::new(((share * 1000.0).round() as u16).min(999))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_counts_is_read() {
        let lines: Vec<&'static str> = COUNTS.lines().skip(1).collect();
        let is_read = |line: &&'static str| {
            Measured::parse(line).is_some_and(|cell| {
                let family = cell.family.is_some();
                family && cell.right <= cell.seen && cell.seen > 0 && cell.support == bounded(cell.support)
            })
        };
        let unread: Vec<&&str> = lines.iter().filter(|line| !is_read(line)).collect();
        assert!(unread.is_empty() && lines.len() > 100, "{unread:?}");
    }

    #[test]
    fn who_agrees_raises_a_confidence_and_who_contradicts_lowers_it() {
        let of = |agree, contradict| {
            confidence(RuleId("header.author"), Field::Author, Medium::Page, Support { agree, contradict }).get()
        };
        assert!(of(0, 1) < of(0, 0) && of(0, 0) < of(1, 0) && of(1, 0) < of(2, 0), "{:?}", [of(0, 1), of(0, 0)]);
        assert_eq!(of(5, 0), of(2, 0));
        let unchecked = confidence(RuleId("profile.field"), Field::Author, Medium::Page, Support::default());
        assert_eq!(unchecked, TAKEN, "what nobody could check");
    }
}
