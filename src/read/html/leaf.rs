//! The text of one block while it is collected: white space folded, inline markup as ranges.

use std::ops::Range;

use super::page::Piece;
use crate::characters::is_cjk;
use crate::document::Folded;
use crate::read::{Clue, FoldedText, Markup, MarkupKind};

/// A block's text so far.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    text: FoldedText,
    markup: Vec<Markup>,
    /// Indices of the markup that is open.
    open: Vec<usize>,
    /// Indices of the markup that is closed, in the order in which it was.
    closed: Vec<usize>,
    /// White space that was read and not written: it is written when more text comes.
    white: Option<White>,
    clue: Option<Clue>,
    seams: Vec<usize>,
    /// The inline elements that are open.
    elements: Vec<Element>,
    /// The length of the text when an inline element ended last, and whether that held one word only.
    closed_at: Option<(usize, bool)>,
    /// The length of the text when an inline element that may be laid out apart began or ended last, and whether that is
    /// for who wrote or when.
    boundary: Option<(usize, bool)>,
    pub(super) counts: Counts,
    /// No-break spaces at the start of a line.
    pub(super) lone_no_break_spaces: usize,
}

/// Characters of a block, white space not counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) all: usize,
    /// Those that the extractor chose.
    pub(super) chosen: usize,
    /// Those in links.
    pub(super) linked: usize,
}

impl std::ops::Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let Self { all, chosen, linked } = self;
        Self { all: all + other.all, chosen: chosen + other.chosen, linked: linked + other.linked }
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, one| sum + one)
    }
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// In what the extractor chose.
    pub(super) is_chosen: bool,
    /// In a link.
    pub(super) is_linked: bool,
}

/// An inline element that is open.
#[derive(Clone, Copy, Debug)]
struct Element {
    /// Where its text begins.
    start: usize,
    /// It begins where another one ended that holds one word.
    is_behind_word: bool,
}

#[derive(Clone, Debug)]
struct White {
    source: Range<usize>,
    characters: usize,
    line_end: bool,
}

/// Whether a text is one word that begins with a capital.
fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(char::is_uppercase)
        && text.len() > 1
        && text.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
}

/// Characters that are no white space.
pub(super) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// White space that HTML folds.
fn is_folded(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

impl Leaf {
    /// Appends a text node. With `keep` (`pre`) its white space stays, a line end as a break.
    pub(super) fn push_text(&mut self, text: &str, pieces: &[Piece], of: Place, keep: bool, folded: &mut Folded) {
        for piece in pieces {
            let stretch = &text[piece.text.clone()];
            if piece.text.len() == piece.source.len() {
                self.push_copied(stretch, piece.source.start, of, keep, folded);
            } else if stretch.chars().all(is_folded) {
                self.push_white(stretch, piece.source.clone(), keep, folded);
            } else if !(self.begins_line() && stretch.chars().all(char::is_whitespace)) {
                self.write_white(stretch, folded);
                self.count(stretch, of);
                self.text.push_read(stretch, piece.source.clone());
            } else {
                self.skip(stretch, folded);
            }
        }
    }

    /// Text that stands in the source as it is, from `at` on.
    fn push_copied(&mut self, text: &str, at: usize, of: Place, keep: bool, folded: &mut Folded) {
        let mut rest = text;
        while !rest.is_empty() {
            let from = at + (text.len() - rest.len());
            let white = rest.len() - rest.trim_start_matches(is_folded).len();
            if white > 0 {
                self.push_white(&rest[..white], from..from + white, keep, folded);
                rest = &rest[white..];
                continue;
            }
            let end = rest.find(is_folded).unwrap_or(rest.len());
            let mut word = &rest[..end];
            let mut start = from;
            if self.begins_line() {
                let indent = word.len() - word.trim_start().len();
                self.skip(&word[..indent], folded);
                word = &word[indent..];
                start += indent;
            }
            if !word.is_empty() {
                self.write_white(word, folded);
                self.count(word, of);
                self.text.push(word, start);
            }
            rest = &rest[end..];
        }
    }

    fn begins_line(&self) -> bool {
        self.text.as_str().is_empty() || self.ends_with_break()
    }

    fn count(&mut self, text: &str, of: Place) {
        let all = visible(text);
        let (chosen, linked) = (if of.is_chosen { all } else { 0 }, if of.is_linked { all } else { 0 });
        self.counts = self.counts + Counts { all, chosen, linked };
    }

    /// An indent.
    fn skip(&mut self, indent: &str, folded: &mut Folded) {
        if !indent.is_empty() {
            folded.trimmed += 1;
            self.lone_no_break_spaces += indent.chars().filter(|c| *c == '\u{A0}').count();
        }
    }

    fn push_white(&mut self, white: &str, source: Range<usize>, keep: bool, folded: &mut Folded) {
        if keep {
            for (i, c) in white.char_indices() {
                let place = source.start + i..source.start + i + 1;
                match c {
                    '\n' => self.push_break(place),
                    _ if self.text.as_str().is_empty() => self.skip(" ", folded),
                    _ => self.text.push_read(" ", place),
                }
            }
            return;
        }
        let line_end = white.contains('\n');
        let characters = white.len();
        match &mut self.white {
            Some(earlier) => {
                earlier.source.end = source.end.max(earlier.source.end);
                earlier.characters += characters;
                earlier.line_end |= line_end;
            }
            None => self.white = Some(White { source, characters, line_end }),
        }
    }

    /// Writes the white space before `next`: one space, nothing at the start of a line, and nothing where a line of
    /// Chinese or Japanese was broken.
    fn write_white(&mut self, next: &str, folded: &mut Folded) {
        let Some(white) = self.white.take() else { return self.set_apart(next) };
        if self.begins_line() {
            folded.trimmed += usize::from(!self.text.as_str().is_empty());
            return;
        }
        let joins = |c: Option<char>| c.is_some_and(|c| is_cjk(c) && !('\u{AC00}'..='\u{D7A3}').contains(&c));
        folded.joined_lines += usize::from(white.line_end);
        if white.line_end && joins(self.text.as_str().chars().next_back()) && joins(next.chars().next()) {
            return;
        }
        if white.characters == 1 && !white.line_end {
            self.text.push_read(" ", white.source);
        } else {
            folded.space_runs += usize::from(!white.line_end);
            self.text.push_space();
        }
    }

    /// A space between two elements that only their layout sets apart: `Ulla Brandvik` and `Harbour Reporter` in elements
    /// of their own are no `BrandvikHarbour`. Inside a word no small letter has a capital behind it. Nor is a figure part
    /// of a name or a date: `Ulla Brandvik` and `4 comments`.
    fn set_apart(&mut self, next: &str) {
        let end = self.text.as_str().len();
        let Some((_, is_of_head)) = self.boundary.take().filter(|(at, _)| *at == end) else { return };
        let ends = |c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '!' | '?' | '”' | '»');
        let before = self.text.as_str().chars().next_back();
        // `Ulla Brandvik` and `in Opinion`; an ending of a case is one letter.
        let rest = next.trim_start_matches(char::is_lowercase);
        let is_small_word = is_of_head && rest.starts_with(' ') && next.len() - rest.len() > 1;
        let begins = |c: char| c.is_uppercase() || is_of_head && c.is_ascii_digit();
        if before.is_some_and(ends) && (next.starts_with(begins) || is_small_word) {
            self.text.push_space();
            self.seams.push(end);
            self.elements.iter_mut().filter(|element| element.start == end).for_each(|element| element.start = end + 1);
        }
    }

    /// A line break that stands for the tag at `tag`.
    pub(super) fn push_break(&mut self, tag: Range<usize>) {
        self.white = None;
        self.text.trim_end_spaces();
        self.pull_back();
        if !self.text.as_str().is_empty() {
            self.text.push_read("\n", tag);
        }
    }

    /// Brings what was noted behind the end of the text, in spaces that were trimmed, to the end.
    fn pull_back(&mut self) {
        let end = self.text.as_str().len();
        // Places grow: in the order of opening and of closing only the last ones can stand behind the end.
        let closed =
            self.closed.iter().rev().map_while(|index| Some(*index).filter(|i| self.markup[*i].range.end > end));
        for index in closed.collect::<Vec<_>>() {
            self.markup[index].range.end = end;
        }
        for markup in self.markup.iter_mut().rev().take_while(|markup| markup.range.start > end) {
            markup.range = end..end;
        }
        while self.seams.pop_if(|seam| *seam > end).is_some() {}
        self.closed_at = self.closed_at.map(|(at, is_word)| (at.min(end), is_word));
        self.boundary = self.boundary.map(|(at, is_of_head)| (at.min(end), is_of_head));
        self.elements.iter_mut().for_each(|element| element.start = element.start.min(end));
    }

    /// Text that stands for a tag.
    pub(super) fn push_generated(&mut self, text: &str, tag: Range<usize>) {
        if text == "“" || text == "‘" {
            self.write_white(text, &mut Folded::default());
        }
        self.text.push_read(text, tag);
    }

    /// A reference to a note at the end of the text so far.
    pub(super) fn push_reference(&mut self, id: usize, mark: String) {
        let at = self.text.as_str().len();
        self.markup.push(Markup { range: at..at, kind: MarkupKind::NoteReference { id, mark } });
    }

    pub(super) fn open(&mut self, kind: MarkupKind) {
        let at = self.text.as_str().len();
        self.open.push(self.markup.len());
        self.markup.push(Markup { range: at..at, kind });
    }

    pub(super) fn close(&mut self) {
        if let Some(index) = self.open.pop() {
            self.markup[index].range.end = self.text.as_str().len();
            self.closed.push(index);
        }
    }

    pub(super) fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// An inline element begins, which may be laid out apart.
    pub(super) fn enter(&mut self, is_apart: bool, clue: Option<Clue>) {
        let start = self.text.as_str().len();
        let before = self.closed_at.filter(|(at, _)| start > 0 && *at == start);
        if before.is_some() && self.seams.last() != Some(&start) {
            self.seams.push(start);
        }
        self.elements.push(Element { start, is_behind_word: before.is_some_and(|(_, is_word)| is_word) });
        self.meet_boundary(start, is_apart, clue);
    }

    /// An inline element ends. First and last name may stand in elements of their own: where a name is expected, they are
    /// not set off from one another.
    pub(super) fn leave(&mut self, is_apart: bool, clue: Option<Clue>) {
        let end = self.text.as_str().len();
        let Some(Element { start, is_behind_word }) = self.elements.pop() else { return };
        let is_word = self.text.as_str().get(start..).is_some_and(is_word);
        if clue == Some(Clue::Author) && is_word && is_behind_word {
            self.seams.pop_if(|seam| *seam == start);
        }
        self.closed_at = Some((end, is_word));
        self.meet_boundary(end, is_apart, clue);
    }

    fn meet_boundary(&mut self, at: usize, is_apart: bool, clue: Option<Clue>) {
        if is_apart {
            let is_of_head = matches!(clue, Some(Clue::Author | Clue::Date)) || self.boundary == Some((at, true));
            self.boundary = Some((at, is_of_head));
        }
    }

    /// Where inline elements meet.
    pub(super) fn take_seams(&mut self) -> Vec<usize> {
        self.seams.dedup();
        // White space at the end goes.
        let end = self.text.as_str().trim_end().len();
        while self.seams.pop_if(|seam| *seam > end).is_some() {}
        std::mem::take(&mut self.seams)
    }

    /// Notes what markup calls a part of this block.
    pub(super) fn meet(&mut self, clue: Option<Clue>) {
        self.clue = self.clue.or(clue.filter(|clue| *clue != Clue::Furniture));
    }

    pub(super) fn clue(&self) -> Option<Clue> {
        self.clue
    }

    pub(super) fn ends_with_break(&self) -> bool {
        self.text.as_str().ends_with('\n')
    }

    /// Columns of the last line.
    pub(super) fn line_width(&self) -> usize {
        let text = self.text.as_str();
        let line = text.rfind('\n').map_or(text, |at| &text[at + 1..]);
        crate::characters::columns(line)
    }

    /// Where the text so far ends in the repaired text.
    pub(super) fn end(&self) -> Option<usize> {
        (!self.text.as_str().is_empty()).then(|| self.text.extent().end)
    }

    /// The text and its markup; `None` where there is no text.
    pub(super) fn finish(mut self) -> Option<(FoldedText, Vec<Markup>)> {
        self.text.trim_end();
        let text = self.text.as_str();
        if text.is_empty() {
            return None;
        }
        for markup in &mut self.markup {
            markup.range.end = markup.range.end.min(text.len());
            markup.range.start = markup.range.start.min(markup.range.end);
            let inner = &text[markup.range.clone()];
            // A space between two elements belongs to neither.
            markup.range.start += inner.len() - inner.trim_start().len();
        }
        let is_reference = |m: &Markup| matches!(m.kind, MarkupKind::NoteReference { .. });
        self.markup.retain(|m| !m.range.is_empty() || is_reference(m));
        Some((self.text, self.markup))
    }
}
