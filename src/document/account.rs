//! What became of every byte of the repaired text, and why parts of it are not in the reading formats.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

/// What became of a stretch of the repaired text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// PDF, EPUB and plain text show it.
    Shown,
    /// It is of the page, not of the article: the TEI has it where it is a block, and no other format.
    Furniture,
    /// It is of a line of labelled metadata, the values of which stand in the title block: only the TEI has the line.
    Header,
    /// White space that was folded, and in a page references for it.
    Folded,
    /// HTML that is no text: tags, comments, scripts, styles, templates.
    Markup,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Shown, Self::Furniture, Self::Header, Self::Folded, Self::Markup];

    /// Lower case: `shown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Furniture => "furniture",
            Self::Header => "header",
            Self::Folded => "folded",
            Self::Markup => "markup",
        }
    }
}

/// Why a block, or a text in none, is not in the reading formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// A house style calls the line furniture.
    HouseStyle,
    /// The line's own words are those of controls, menus or links.
    Words,
    /// It has the form of a menu, a field or a notice around the article of a printed page.
    Form,
    /// It stands beyond the heading of comments or links.
    Beyond,
    /// The page has it outside the article: its markup says so, or the choice of the article's elements.
    Outside,
    /// It stands in the head or below the text of a page and says nothing of the article.
    Beside,
    /// It is an element that browsers do not show as text: an option of a list, a script's substitute, `<title>`.
    Hidden,
    /// It is a line of labelled metadata, a site or a kind of text.
    Header,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::HouseStyle,
        Self::Words,
        Self::Form,
        Self::Beyond,
        Self::Outside,
        Self::Beside,
        Self::Hidden,
        Self::Header,
    ];

    /// As outputs print it: `left-out.words`. Stable.
    pub fn name(self) -> &'static str {
        match self {
            Self::HouseStyle => "left-out.house-style",
            Self::Words => "left-out.words",
            Self::Form => "left-out.form",
            Self::Beyond => "left-out.beyond",
            Self::Outside => "left-out.outside",
            Self::Beside => "left-out.beside",
            Self::Hidden => "left-out.hidden",
            Self::Header => "left-out.header",
        }
    }
}

/// How many texts are left out for one reason, and how many bytes of the repaired text they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Blocks, or elements that are in none.
    pub texts: usize,
    /// Bytes of the repaired text, in UTF-8, without the white space that was folded.
    pub bytes: usize,
}

/// What became of each byte of the repaired text: its stretches in order, which touch and do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    stretches: Vec<(Range<usize>, Fate)>,
    left_out: BTreeMap<Reason, LeftOut>,
}

/// Bytes of the repaired text by what became of them; they add up to all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Bytes {
    /// [`Fate::Shown`].
    pub shown: usize,
    /// [`Fate::Furniture`].
    pub furniture: usize,
    /// [`Fate::Header`].
    pub header: usize,
    /// [`Fate::Folded`].
    pub folded: usize,
    /// [`Fate::Markup`].
    pub markup: usize,
}

impl Bytes {
    fn of_mut(&mut self, fate: Fate) -> &mut usize {
        match fate {
            Fate::Shown => &mut self.shown,
            Fate::Furniture => &mut self.furniture,
            Fate::Header => &mut self.header,
            Fate::Folded => &mut self.folded,
            Fate::Markup => &mut self.markup,
        }
    }
}

impl Account {
    /// Adds the next stretch.
    pub(crate) fn push(&mut self, stretch: Range<usize>, fate: Fate) {
        match self.stretches.last_mut() {
            _ if stretch.is_empty() => {}
            Some((last, known)) if *known == fate && last.end == stretch.start => last.end = stretch.end,
            _ => self.stretches.push((stretch, fate)),
        }
    }

    /// Counts a text that is left out.
    pub(crate) fn leave_out(&mut self, reason: Reason, bytes: usize) {
        let counted = self.left_out.entry(reason).or_default();
        counted.texts += 1;
        counted.bytes += bytes;
    }

    /// The stretches of the repaired text, in bytes of UTF-8, with what became of them.
    pub fn stretches(&self) -> &[(Range<usize>, Fate)] {
        &self.stretches
    }

    /// The stretches of one fate.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = Range<usize>> {
        self.stretches.iter().filter(move |(_, of)| *of == fate).map(|(stretch, _)| stretch.clone())
    }

    /// What is left out of the reading formats, by the reason.
    pub fn left_out(&self) -> &BTreeMap<Reason, LeftOut> {
        &self.left_out
    }

    /// The bytes of each fate.
    pub fn bytes(&self) -> Bytes {
        let mut bytes = Bytes::default();
        for (stretch, fate) in &self.stretches {
            *bytes.of_mut(*fate) += stretch.len();
        }
        bytes
    }
}
