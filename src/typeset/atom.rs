//! A paragraph's text to atoms: words and ideographs as shaped glyphs, spaces, and what may come after each.
//!
//! Each atom is of one face, size and element. A word wider than the line is cut between its glyphs, the one
//! place where a line may end without an opportunity of UAX #14.

use std::ops::Range;

use super::bidi::{Levels, is_right_to_left};
use super::characters::{joins, joins_ideograph};
use super::linebreak::{SOFT_HYPHEN, opportunities};
use super::look::{Look, cjk_size};
use super::margin::{self, Blank, Region};
use super::shape::{Beside, Setting, ShapedGlyph, Shaper};
use super::spans::{Paragraph, Position, Span};
use super::{ElementId, Glyph, GlyphRole, Length};
use crate::document::Language;
use crate::font::{FaceId, is_of_cjk_face, is_shared_punctuation};

/// What may come after an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    Forbidden,
    Allowed,
    /// Inside a word: a line that ends here shows a hyphen.
    Hyphen,
    /// Inside a word of Hangul: a line that ends here shows nothing.
    Syllable,
    /// Inside a word that is wider than the line.
    Emergency,
    Forced,
}

/// The smallest thing that line breaking moves: a word or a part of one, an ideograph, a space.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub glyphs: Range<usize>,
    pub text: Range<usize>,
    pub width: Length,
    /// Space that may be put in this atom (a space) or before it (an ideograph).
    pub stretch: Length,
    pub shrink: Length,
    pub is_space: bool,
    /// Where it is blank: a full-width punctuation mark.
    pub blank: Option<Blank>,
    /// By how much a line that begins with it stands out at the left.
    pub head: Length,
    /// By how much a line that ends with it is wider than its atoms: less than nothing where punctuation stands out.
    pub tail: Length,
    pub after: Break,
    pub how: How,
}

/// What is known of an atom beside its glyphs.
struct Facts {
    text: Range<usize>,
    is_space: bool,
    after: Break,
    how: How,
}

/// What the glyphs of a run have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct How {
    pub face: FaceId,
    pub size: Length,
    pub rise: Length,
    pub element: ElementId,
    /// The embedding level; odd ones run from right to left.
    pub level: u8,
    /// Bold by an outline, in a face that has no bold one beside it.
    pub heavy: bool,
}

/// The atoms and glyphs of one paragraph.
pub(super) struct Setter<'a> {
    pub look: &'a Look,
    pub base: usize,
    pub levels: Levels,
    pub glyphs: Vec<Glyph>,
    pub atoms: Vec<Atom>,
}

impl Setter<'_> {
    /// Appends the paragraph's atoms.
    pub fn make_atoms(&mut self, paragraph: &Paragraph, shaper: &mut Shaper) {
        let language =
            paragraph.spans.first().map_or_else(Language::undetermined, |s| shaper.language(s.language).clone());
        let ends = opportunities(&paragraph.text, &language);
        let mut ends = ends.into_iter().peekable();
        let in_cjk = cjk_context(&paragraph.text, &language);
        for span in &paragraph.spans {
            let text = &paragraph.text[span.range.clone()];
            let mut start = 0;
            while start < text.len() {
                let (length, setting) = self.token(&text[start..], span.range.start + start, span, &in_cjk, shaper);
                let range = span.range.start + start..span.range.start + start + length;
                let mut inside = Vec::new();
                while let Some(end) = ends.next_if(|&end| end <= range.end) {
                    inside.push(end);
                }
                self.push_token(&paragraph.text, range, setting, span, &inside, shaper);
                start += length;
            }
        }
    }

    /// The length and setting of the token that `text` begins with: one space, or a word in one setting.
    fn token(
        &self,
        text: &str,
        at: usize,
        span: &Span,
        in_cjk: &[Range<usize>],
        shaper: &mut Shaper,
    ) -> (usize, Setting) {
        let latin = self.latin(span);
        let is_in_cjk = |i: usize, c| is_shared_punctuation(c) && in_cjk.iter().any(|r| r.contains(&i));
        let mut first = None;
        for (i, c) in text.char_indices() {
            let setting = shaper.setting(c, latin, is_in_cjk(at + i, c));
            let turns = self.levels.at(at + i) != self.levels.at(at);
            match first {
                None if is_space(c) => return (c.len_utf8(), setting),
                None => first = Some(setting),
                Some(first) => {
                    let joins = joins_ideograph(c) && setting != Setting::Substitute;
                    let ideograph = setting == Setting::Face(FaceId::Cjk);
                    if is_space(c) || turns || (setting != first && !joins) || (ideograph && !joins) {
                        return (i, first);
                    }
                }
            }
        }
        (text.len(), first.unwrap_or(Setting::Face(latin)))
    }

    fn latin(&self, span: &Span) -> FaceId {
        FaceId::latin(self.look.bold || span.style.bold, self.look.italic != span.style.italic)
    }

    fn how(&self, setting: Setting, span: &Span, level: u8) -> How {
        let face = match setting {
            Setting::Face(face) => face,
            Setting::Substitute => self.latin(span),
        };
        let size = if face == FaceId::Cjk { cjk_size(self.look.size) } else { self.look.size };
        let (size, rise) = match span.style.position {
            Position::Baseline => (size, 0),
            Position::Below => (size * 65 / 100, -size * 150),
            Position::Above => (size * 65 / 100, size * 350),
            Position::Reading => (size * 75 / 100, 0),
        };
        let heavy = (self.look.bold || span.style.bold) && !face.has_bold();
        How { face, size, rise, element: span.element, level, heavy }
    }

    fn push_token(
        &mut self,
        text: &str,
        range: Range<usize>,
        setting: Setting,
        span: &Span,
        ends: &[usize],
        shaper: &mut Shaper,
    ) {
        let how = self.how(setting, span, self.levels.at(range.start));
        let region = Region::of(shaper.language(span.language));
        let word = &text[range.clone()];
        let is_line_end = word == "\n";
        let is_space = word.chars().all(is_space);
        // A line end and a tab are shown by the face's space.
        let shown = if is_line_end || word == "\t" { " " } else { word };
        let beside = beside(text, &range);
        let shaped = shaper.word(shown, beside, setting, self.latin(span), span.language, is_right_to_left(how.level));
        let mut ends = ends.iter().copied().peekable();
        let mut start = range.start;
        let mut first = self.glyphs.len();
        for (i, glyph) in shaped.iter().enumerate() {
            let glyph_end = range.start + if shown == word { glyph.text.end as usize } else { word.len() };
            let role = match (glyph.substitute, is_line_end) {
                (true, _) => GlyphRole::Substitute,
                (false, true) => GlyphRole::LineEnd,
                (false, false) => GlyphRole::Own,
            };
            self.glyphs.push(place(glyph, how.size, self.base + range.start, self.base + glyph_end, role));
            let is_last = i + 1 == shaped.len();
            // A ligature over an opportunity stays whole.
            while ends.peek().is_some_and(|&end| end < glyph_end) {
                ends.next();
            }
            let at_end = ends.peek() == Some(&glyph_end)
                && shaped.get(i + 1).is_none_or(|next| next.text.start >= glyph.text.end);
            if at_end || is_last {
                let end = if is_last { range.end } else { glyph_end };
                let after = match (is_line_end, at_end) {
                    (true, _) => Break::Forced,
                    (false, true) if text[..end].ends_with(SOFT_HYPHEN) => Break::Hyphen,
                    (false, true) => Break::Allowed,
                    (false, false) => Break::Forbidden,
                };
                let facts = Facts { text: start..end, is_space, after, how };
                self.push_atom(first..self.glyphs.len(), facts, &text[start..end], region);
                (first, start) = (self.glyphs.len(), end);
            }
        }
    }

    fn push_atom(&mut self, glyphs: Range<usize>, facts: Facts, shown: &str, region: Region) {
        let Facts { text, is_space, after, how } = facts;
        let is_of_cjk_face = how.face == FaceId::Cjk;
        let (first, last) = (shown.chars().next().unwrap_or(' '), shown.chars().next_back().unwrap_or(' '));
        let blank = if is_of_cjk_face { region.blank(first) } else { None };
        if let Some(blank) = blank {
            self.share_blank(blank);
        }
        let width = self.glyphs[glyphs.clone()].iter().map(|g| g.advance).sum();
        let is_glue = is_space && matches!(first, ' ' | '\u{A0}' | '\t' | '\n');
        let is_after =
            |face| self.atoms.last().is_some_and(|a| a.how.face == face && a.after == Break::Allowed && !a.is_space);
        let (is_after_ideograph, is_after_thai) = (is_after(FaceId::Cjk), is_after(FaceId::Thai));
        let (stretch, mut shrink) = if is_glue {
            // As in most text faces, a space may grow by half and shrink by a third.
            (width / 2, width / 3)
        } else if is_after_ideograph && is_of_cjk_face {
            (how.size * 1000 / 8, 0)
        } else if is_after_thai && how.face == FaceId::Thai {
            // Thai writes no spaces between words; a line that is too short gets a little there, never so much (eight
            // times this) that it is taken for a space.
            (how.size * 1000 / 90, 0)
        } else {
            (0, 0)
        };
        if blank == Some(Blank::Right) {
            shrink = width / 2;
        }
        let (mut head, mut tail) = (0, 0);
        if !is_space && !is_of_cjk_face {
            let advance = |glyph: Option<&Glyph>| glyph.map_or(0, |glyph| glyph.advance);
            head = advance(self.glyphs[glyphs.clone()].first()) * margin::at_left(first) / 1000;
            tail = -advance(self.glyphs[glyphs.clone()].last()) * margin::at_right(last) / 1000;
        }
        let mut atom = Atom { glyphs, text, width, stretch, shrink, is_space, blank, head, tail, after, how };
        if after == Break::Hyphen {
            atom.tail = self.hyphen_tail(&atom);
        }
        self.atoms.push(atom);
    }

    /// Takes half an em from the mark before, where it shares its blank with one that is blank at `blank`.
    fn share_blank(&mut self, blank: Blank) {
        let Some(last) = self.atoms.last_mut() else { return };
        let Some(glyph) = self.glyphs[last.glyphs.clone()].last_mut() else { return };
        if last.blank.is_some_and(|first| margin::share(first, blank)) && glyph.advance == last.how.size * 1000 {
            let half = glyph.advance / 2;
            glyph.advance -= half;
            last.width -= half;
            last.shrink = 0;
        }
    }

    /// Allows breaks, where nothing else does, in atoms one after another that no line can hold: at spaces that do not
    /// break, else anywhere.
    pub fn open_wide_chains(&mut self, measure: Length) {
        let (mut start, mut width) = (0, 0);
        for end in 1..=self.atoms.len() {
            width += self.atoms[end - 1].width;
            if self.atoms[end - 1].after != Break::Forbidden || end == self.atoms.len() {
                if width > measure {
                    self.open_chain(start..end, measure);
                }
                (start, width) = (end, 0);
            }
        }
    }

    fn open_chain(&mut self, chain: Range<usize>, measure: Length) {
        let inner = chain.start..chain.end - 1;
        let (mut start, mut width) = (chain.start, 0);
        for i in chain.clone() {
            width += self.atoms[i].width;
            let at_space = self.atoms[i].is_space && inner.contains(&i);
            if at_space {
                self.atoms[i].after = Break::Emergency;
            }
            if at_space || i + 1 == chain.end {
                if width > measure {
                    self.atoms[start..i].iter_mut().for_each(|atom| atom.after = Break::Emergency);
                }
                (start, width) = (i + 1, 0);
            }
        }
    }

    /// Cuts atoms that no line can hold between their glyphs.
    pub fn cut_wide_atoms(&mut self, measure: Length) {
        if self.atoms.iter().all(|a| a.width <= measure || a.is_space) {
            return;
        }
        let mut atoms = Vec::with_capacity(self.atoms.len());
        for atom in std::mem::take(&mut self.atoms) {
            if atom.width <= measure || atom.is_space {
                atoms.push(atom);
                continue;
            }
            let mut first = atom.glyphs.start;
            for i in atom.glyphs.clone() {
                let glyph = &self.glyphs[i];
                let is_last = i + 1 == atom.glyphs.end;
                // Marks stay with their letters.
                let ends_cluster =
                    is_last || (self.glyphs[i + 1].text.start >= glyph.text.end && self.glyphs[i + 1].advance > 0);
                if ends_cluster {
                    let text = self.glyphs[first].text.start - self.base..glyph.text.end - self.base;
                    let width = self.glyphs[first..=i].iter().map(|g| g.advance).sum();
                    let after = if is_last { atom.after } else { Break::Emergency };
                    let glyphs = first..i + 1;
                    atoms.push(Atom { glyphs, text, width, stretch: 0, shrink: 0, head: 0, tail: 0, after, ..atom });
                    first = i + 1;
                }
            }
        }
        self.atoms = atoms;
    }
}

fn place(glyph: &ShapedGlyph, size: Length, base: usize, end: usize, role: GlyphRole) -> Glyph {
    Glyph {
        id: glyph.id,
        role,
        advance: glyph.advance * size,
        offset: (glyph.offset.0 * size, glyph.offset.1 * size),
        text: base + glyph.text.start as usize..end,
    }
}

/// The letters beside a stretch of text that join with its own.
fn beside(text: &str, range: &Range<usize>) -> Beside {
    let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
    Beside { before: before.filter(|c| joins(*c)), after: after.filter(|c| joins(*c)) }
}

fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// The stretches of a Chinese or Japanese text where shared punctuation takes the CJK face: those that touch
/// a CJK character on either side.
fn cjk_context(text: &str, language: &Language) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    if !matches!(language.primary(), "zh" | "ja" | "und") || !text.chars().any(is_of_cjk_face) {
        return ranges;
    }
    let mut before_is_cjk = false;
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        if !is_shared_punctuation(c) {
            before_is_cjk = is_of_cjk_face(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((i, c)) = characters.next_if(|&(_, c)| is_shared_punctuation(c)) {
            end = i + c.len_utf8();
        }
        if before_is_cjk || characters.peek().is_some_and(|&(_, c)| is_of_cjk_face(c)) {
            ranges.push(start..end);
        }
    }
    ranges
}
