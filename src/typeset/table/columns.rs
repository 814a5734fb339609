//! Widths of columns from what stands in them: as wide as their text where all fit, else no narrower than their longest
//! words, and the rest in proportion to what they lack (the automatic table layout of CSS 2.2 §17.5.2.2,
//! <https://www.w3.org/TR/CSS22/tables.html#auto-table-layout>).

use crate::typeset::Length;

/// What a cell asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Need {
    /// Width of its longest word.
    pub least: Length,
    /// Width of its longest line.
    pub most: Length,
}

/// The needs of the columns of a table.
pub(super) struct Columns {
    needs: Vec<Need>,
    gap: Length,
}

impl Columns {
    pub fn new(count: usize, gap: Length) -> Self {
        Self { needs: vec![Need::default(); count], gap }
    }

    /// Takes the need of a cell into account; those that span several columns come after all others.
    pub fn add(&mut self, column: usize, span: usize, need: Need) {
        let gaps = self.gap * (span as Length - 1);
        let columns = &mut self.needs[column..column + span];
        let sum = |of: fn(&Need) -> Length, columns: &[Need]| columns.iter().map(of).sum::<Length>();
        let (least, most) = (sum(|n| n.least, columns), sum(|n| n.most, columns));
        let (lacks_least, lacks_most) = ((need.least - gaps - least).max(0), (need.most - gaps - most).max(0));
        // What they lack goes to wide columns first.
        let (shares, total) = (columns.iter().map(|n| n.most + 1).collect::<Vec<_>>(), most + span as Length);
        let (mut seen, mut given) = (0, (0, 0));
        for (column, share) in columns.iter_mut().zip(shares) {
            seen += share;
            // To the last unit, so that a word that needs all of it fits.
            let due = (lacks_least * seen / total, lacks_most * seen / total);
            column.least += due.0 - given.0;
            column.most = (column.most + due.1 - given.1).max(column.least);
            given = due;
        }
    }

    fn gaps(&self) -> Length {
        self.gap * (self.needs.len() as Length - 1)
    }

    /// Whether every column can hold its longest word.
    pub fn fit(&self, measure: Length) -> bool {
        self.needs.iter().map(|n| n.least).sum::<Length>() + self.gaps() <= measure
    }

    /// The widths in a table that is no wider than the measure.
    pub fn widths(&self, measure: Length) -> Vec<Length> {
        let room = measure - self.gaps();
        let least: Length = self.needs.iter().map(|n| n.least).sum();
        let most: Length = self.needs.iter().map(|n| n.most).sum();
        if most <= room {
            return self.needs.iter().map(|n| n.most).collect();
        }
        let share = |n: &Need| ((room - least) * (n.most - n.least)).checked_div(most - least).unwrap_or(0);
        self.needs.iter().map(|n| n.least + share(n)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(needs: &[(Length, Length)]) -> Columns {
        let mut columns = Columns::new(needs.len(), 10);
        for (i, &(least, most)) in needs.iter().enumerate() {
            columns.add(i, 1, Need { least, most });
        }
        columns
    }

    #[test]
    fn columns_are_as_wide_as_their_text_where_all_fit() {
        assert_eq!(columns(&[(20, 50), (10, 30)]).widths(200), [50, 30]);
    }

    #[test]
    fn what_is_scarce_is_shared_by_need_and_words_stay_whole() {
        let columns = columns(&[(20, 40), (10, 410)]);
        assert!(columns.fit(150));
        let widths = columns.widths(150);
        assert!(widths[0] >= 20 && widths[1] > 100, "{widths:?}");
        assert!(widths.iter().sum::<Length>() <= 140, "{widths:?}");
        assert!(!columns.fit(35));
    }

    #[test]
    fn a_cell_that_spans_columns_widens_them() {
        let mut columns = columns(&[(20, 40), (20, 40)]);
        columns.add(0, 2, Need { least: 100, most: 210 });
        let widths = columns.widths(500);
        assert_eq!(widths.iter().sum::<Length>() + 10, 210);
    }
}
