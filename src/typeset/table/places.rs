//! Where the columns of a table stand, and the space that its rows take.

use super::grid::Placed;
use super::{Fitted, PADDING};
use crate::typeset::galley::Frame;
use crate::typeset::{Length, POINT};

/// Between rows.
const LEADING: Length = 3 * POINT;

/// What a row stands beside.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    pub is_first: bool,
    pub follows_head: bool,
    pub ends_head: bool,
    pub is_last: bool,
}

impl Edges {
    /// Space above the row's text.
    pub fn top(self) -> Length {
        match self {
            Self { is_first: true, .. } => PADDING,
            Self { follows_head: true, .. } => PADDING / 2,
            _ => 0,
        }
    }

    /// Space below it.
    pub fn bottom(self) -> Length {
        if self.is_last || self.ends_head { PADDING + POINT } else { LEADING }
    }
}

/// Where the columns of a table stand.
pub(super) struct Bands {
    /// Left edge of the table, from that of the text block.
    pub left: Length,
    /// Width of the table.
    pub width: Length,
    /// Starts and widths of the columns, from the side where lines begin.
    columns: Vec<(Length, Length)>,
    figures: Vec<bool>,
    right_to_left: bool,
}

impl Bands {
    pub fn new(fitted: &Fitted, figures: Vec<bool>, frame: Frame) -> Self {
        let mut end = -fitted.gap;
        let place = |width: &Length| {
            let (width, start) = (*width, end + fitted.gap);
            end = start + width;
            (start, width)
        };
        let columns = fitted.widths.iter().map(place).collect();
        // A table that is wider than the measure stands in the middle of the page.
        let left = match end > frame.measure {
            true => frame.left() - (end - frame.measure) / 2,
            false if frame.right_to_left => frame.left() + frame.measure - end,
            false => frame.left(),
        };
        Self { left, width: end, columns, figures, right_to_left: frame.right_to_left }
    }

    /// Left edge and width of a cell.
    pub fn of(&self, placed: &Placed<'_>) -> (Length, Length) {
        let (start, _) = self.columns[placed.column];
        let (last, width) = self.columns[placed.column + placed.columns - 1];
        let width = last + width - start;
        (self.left + if self.right_to_left { self.width - start - width } else { start }, width)
    }

    /// Whether a cell stands at the right.
    pub fn is_figure(&self, placed: &Placed<'_>) -> bool {
        placed.columns == 1 && self.figures[placed.column]
    }
}

/// What cells that began in rows above still need, by the last row that they span.
#[derive(Default)]
pub(super) struct Open(Vec<(usize, Length)>);

impl Open {
    pub fn add(&mut self, last: usize, needed: Length) {
        self.0.push((last, needed));
    }

    /// What those need that end with a row.
    pub fn close(&mut self, row: usize) -> Length {
        let needed = self.0.iter().filter(|(last, _)| *last == row).map(|(_, needed)| *needed).max();
        self.0.retain(|(last, _)| *last > row);
        needed.unwrap_or(0)
    }

    /// Takes off what a row gives.
    pub fn grow(&mut self, height: Length) {
        self.0.iter_mut().for_each(|(_, needed)| *needed -= height);
    }

    pub fn is_needed(&self) -> bool {
        self.0.iter().any(|(_, needed)| *needed > 0)
    }
}
