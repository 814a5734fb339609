//! Where a value stands in the original, by which rule it was found, and how sure that is.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// Byte offsets into the **original** bytes; `start <= end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// The name of the rule that found a value, for example `header.author`. Stable: outputs print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub &'static str);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A confidence in thousandths, 0 to 1000. Displayed as `0.000` to `1.000`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Permille(u16);

impl Permille {
    /// Certain.
    pub const CERTAIN: Self = Self(1000);

    /// `thousandths`, at most 1000.
    pub const fn new(thousandths: u16) -> Self {
        Self(if thousandths > 1000 { 1000 } else { thousandths })
    }

    /// Thousandths, 0 to 1000.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Permille {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// What others say of a value: how many kinds of witness other than its own, of which each errs for reasons of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Support {
    /// Kinds of witness that say the same.
    pub agree: u8,
    /// Kinds of witness that say something else.
    pub contradict: u8,
}

/// A value with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the original; `None` when it is not from the text.
    pub span: Option<Span>,
    /// The rule that found it.
    pub rule: RuleId,
    /// How often such values were right where that could be checked.
    pub confidence: Permille,
    /// What others say of it.
    pub support: Support,
}

impl<T> Spanned<T> {
    /// The same evidence for another form of the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned {
            value: f(self.value),
            span: self.span,
            rule: self.rule,
            confidence: self.confidence,
            support: self.support,
        }
    }
}
