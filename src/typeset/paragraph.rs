//! Paragraphs to lines: total fit after Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice
//! and Experience 11, 1981), in integers; first fit for ragged text.
//!
//! Spaces stretch and shrink; between ideographs a little space may be put. A word wider than the line is cut
//! between its glyphs, the one place where a line may end without an opportunity of UAX #14.
//!
//! The paper's fitness classes and flagged breaks are left out: nothing is hyphenated.

use std::ops::Range;

use super::font::{FaceId, is_cjk, is_shared_punctuation};
use super::inline::{Paragraph, Position, Span};
use super::linebreak::opportunities;
use super::shape::{Setting, ShapedGlyph, Shaper};
use super::{ElementId, Glyph, GlyphRole, Length, Run};
use crate::document::Language;

/// How a block of text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Font size in 1/100 pt.
    pub size: Length,
    /// Distance of baselines.
    pub leading: Length,
    /// The whole block in bold.
    pub bold: bool,
    /// The whole block in italics.
    pub italic: bool,
    /// Both edges straight.
    pub justified: bool,
    /// Indent of the first line, in 1/1000 em.
    pub first_indent: Length,
}

/// CJK characters are set at 94 % of the size: their faces fill the em square, and 32 of them then fill the
/// measure of the body exactly.
pub(super) fn cjk_size(size: Length) -> Length {
    size * 94 / 100
}

/// A line of a paragraph; `x` of its runs counts from the paragraph's left edge.
#[derive(Debug)]
pub(super) struct SetLine {
    pub runs: Vec<Run>,
    pub text_start: Option<usize>,
}

/// Breaks `paragraph` into lines of at most `measure`. Glyphs point to its text moved by `base`.
pub(super) fn set(
    paragraph: &Paragraph,
    look: &Look,
    measure: Length,
    base: usize,
    shaper: &mut Shaper,
) -> Vec<SetLine> {
    let mut setter = Setter { look, base, glyphs: Vec::new(), atoms: Vec::new() };
    setter.make_atoms(paragraph, shaper);
    let indent = look.first_indent * look.size;
    setter.cut_wide_atoms(measure - indent);
    let sums = Sums::new(&setter.atoms);
    let breaks = match look.justified {
        true => total_fit(&setter.atoms, &sums, measure, indent),
        false => first_fit(&setter.atoms, &sums, measure, indent),
    };
    let mut lines = Vec::with_capacity(breaks.len());
    let mut start = 0;
    for end in breaks {
        let indent = if start == 0 { indent } else { 0 };
        lines.push(setter.line(paragraph, &sums, start..end, measure, indent));
        start = end;
    }
    lines
}

/// What may come after an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    Forbidden,
    Allowed,
    /// Inside a word that is wider than the line.
    Emergency,
    Forced,
}

/// The smallest thing that line breaking moves: a word or a part of one, an ideograph, a space.
#[derive(Clone, Debug)]
struct Atom {
    glyphs: Range<usize>,
    text: Range<usize>,
    width: Length,
    /// Space that may be put in this atom (a space) or before it (an ideograph).
    stretch: Length,
    shrink: Length,
    is_space: bool,
    after: Break,
    how: How,
}

/// What the glyphs of a run have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct How {
    face: FaceId,
    size: Length,
    rise: Length,
    element: ElementId,
}

struct Setter<'a> {
    look: &'a Look,
    base: usize,
    glyphs: Vec<Glyph>,
    atoms: Vec<Atom>,
}

impl Setter<'_> {
    fn make_atoms(&mut self, paragraph: &Paragraph, shaper: &mut Shaper) {
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
            match first {
                None if is_space(c) => return (c.len_utf8(), setting),
                None => first = Some(setting),
                Some(first) => {
                    let joins = super::font::is_invisible(c) && setting != Setting::Substitute;
                    let ideograph = setting == Setting::Face(FaceId::Cjk);
                    if is_space(c) || (setting != first && !joins) || (ideograph && !joins) {
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

    fn how(&self, setting: Setting, span: &Span) -> How {
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
        How { face, size, rise, element: span.element }
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
        let how = self.how(setting, span);
        let word = &text[range.clone()];
        let is_line_end = word == "\n";
        let is_space = word.chars().all(is_space);
        // A line end and a tab are shown by the face's space.
        let shown = if is_line_end || word == "\t" { " " } else { word };
        let shaped = shaper.word(shown, setting, self.latin(span), span.language);
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
                let after = match (is_line_end, at_end) {
                    (true, _) => Break::Forced,
                    (false, true) => Break::Allowed,
                    (false, false) => Break::Forbidden,
                };
                let end = if is_last { range.end } else { glyph_end };
                self.push_atom(first..self.glyphs.len(), start..end, is_space, after, how, word);
                (first, start) = (self.glyphs.len(), end);
            }
        }
    }

    fn push_atom(
        &mut self,
        glyphs: Range<usize>,
        text: Range<usize>,
        is_space: bool,
        after: Break,
        how: How,
        word: &str,
    ) {
        let width = self.glyphs[glyphs.clone()].iter().map(|g| g.advance).sum();
        let is_glue = is_space && matches!(word, " " | "\u{A0}" | "\t" | "\n");
        let is_after_ideograph =
            self.atoms.last().is_some_and(|a| a.how.face == FaceId::Cjk && a.after == Break::Allowed && !a.is_space);
        let (stretch, shrink) = if is_glue {
            // As in most text faces, a space may grow by half and shrink by a third.
            (width / 2, width / 3)
        } else if is_after_ideograph && how.face == FaceId::Cjk {
            (how.size * 1000 / 8, 0)
        } else {
            (0, 0)
        };
        self.atoms.push(Atom { glyphs, text, width, stretch, shrink, is_space, after, how });
    }

    /// Cuts atoms that no line can hold between their glyphs.
    fn cut_wide_atoms(&mut self, measure: Length) {
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
                    atoms.push(Atom { glyphs: first..i + 1, text, width, stretch: 0, shrink: 0, after, ..atom });
                    first = i + 1;
                }
            }
        }
        self.atoms = atoms;
    }

    /// The line of these atoms, justified unless it is the last one or ends by force.
    fn line(
        &self,
        paragraph: &Paragraph,
        sums: &Sums,
        atoms: Range<usize>,
        measure: Length,
        indent: Length,
    ) -> SetLine {
        let last = self.atoms.len() == atoms.end || self.atoms[atoms.end - 1].after == Break::Forced;
        let fit = sums.fit(atoms.start, atoms.end, measure - indent);
        let mut slack = if self.look.justified && fit.excess != 0 { fit.adjustment(last) } else { Slack::NONE };
        let mut runs: Vec<Run> = Vec::new();
        let mut x = indent;
        let mut how = None;
        for (i, atom) in self.atoms[atoms.clone()].iter().enumerate() {
            let is_counted = atoms.start + i < fit.end && (i > 0 || atom.is_space);
            let extra = if is_counted { slack.next(atom) } else { 0 };
            if !atom.is_space && extra != 0 {
                x += extra;
                if let Some(glyph) = runs.last_mut().and_then(|r| r.glyphs.last_mut()) {
                    glyph.advance += extra;
                }
            }
            if how != Some(atom.how) {
                let How { face, size, rise, element } = atom.how;
                runs.push(Run { x, rise, face, size, element, glyphs: Vec::new() });
                how = Some(atom.how);
            }
            let Some(run) = runs.last_mut() else { continue };
            run.glyphs.extend_from_slice(&self.glyphs[atom.glyphs.clone()]);
            x += atom.width;
            if atom.is_space && extra != 0 {
                x += extra;
                if let Some(glyph) = run.glyphs.last_mut() {
                    glyph.advance += extra;
                }
            }
        }
        let text = self.atoms[atoms.start].text.start..self.atoms[atoms.end - 1].text.end;
        SetLine { runs, text_start: paragraph.document_offset(text.start, text.end) }
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
    if !matches!(language.primary(), "zh" | "ja" | "und") || !text.chars().any(is_cjk) {
        return ranges;
    }
    let mut before_is_cjk = false;
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        if !is_shared_punctuation(c) {
            before_is_cjk = is_cjk(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((i, c)) = characters.next_if(|&(_, c)| is_shared_punctuation(c)) {
            end = i + c.len_utf8();
        }
        if before_is_cjk || characters.peek().is_some_and(|&(_, c)| is_cjk(c)) {
            ranges.push(start..end);
        }
    }
    ranges
}

/// Running sums over the atoms, so that a line's width takes two subtractions.
struct Sums {
    width: Vec<Length>,
    stretch: Vec<Length>,
    shrink: Vec<Length>,
    /// For each end of a line, the end without the spaces before it.
    inked: Vec<usize>,
    /// For each start of a line, the space before its first ideograph: it counts inside a line only.
    leading: Vec<Length>,
}

/// How a line of atoms fits.
struct Fit {
    /// The end without the spaces that hang behind it.
    end: usize,
    /// Measure less natural width.
    excess: Length,
    stretch: Length,
    shrink: Length,
}

impl Sums {
    fn new(atoms: &[Atom]) -> Self {
        let n = atoms.len() + 1;
        let mut sums = Self {
            width: Vec::with_capacity(n),
            stretch: Vec::with_capacity(n),
            shrink: Vec::with_capacity(n),
            inked: Vec::with_capacity(n),
            leading: Vec::with_capacity(n),
        };
        let (mut width, mut stretch, mut shrink, mut inked) = (0, 0, 0, 0);
        for i in 0..n {
            sums.width.push(width);
            sums.stretch.push(stretch);
            sums.shrink.push(shrink);
            sums.inked.push(inked);
            sums.leading.push(atoms.get(i).filter(|a| !a.is_space).map_or(0, |a| a.stretch));
            if let Some(atom) = atoms.get(i) {
                width += atom.width;
                stretch += atom.stretch;
                shrink += atom.shrink;
                inked = if atom.is_space { inked } else { i + 1 };
            }
        }
        sums
    }

    fn fit(&self, start: usize, end: usize, measure: Length) -> Fit {
        let inked = self.inked[end].max(start);
        let leading = if inked > start { self.leading[start] } else { 0 };
        Fit {
            end: inked,
            excess: measure - (self.width[inked] - self.width[start]),
            stretch: self.stretch[inked] - self.stretch[start] - leading,
            shrink: self.shrink[inked] - self.shrink[start],
        }
    }
}

impl Fit {
    /// A line is left ragged rather than stretched beyond eight times what its spaces should take.
    const LOOSEST: Length = 8;

    fn is_overfull(&self) -> bool {
        self.excess + self.shrink < 0
    }

    /// 100 times the cube of excess over stretch (or shrink), as in the paper; at most 1 000 000.
    fn badness(&self) -> i64 {
        let (excess, give) = if self.excess >= 0 { (self.excess, self.stretch) } else { (-self.excess, self.shrink) };
        if excess == 0 {
            return 0;
        }
        let ratio = (excess * 1000).checked_div(give).unwrap_or(i64::MAX).min(21_544);
        ratio * ratio * ratio / 10_000_000
    }

    fn adjustment(&self, is_last: bool) -> Slack {
        if self.excess < 0 {
            let excess = self.excess.max(-self.shrink);
            return Slack { excess, total: self.shrink, seen: 0, given: 0, shrinks: true };
        }
        if is_last || self.stretch == 0 || self.excess > Self::LOOSEST * self.stretch {
            return Slack::NONE;
        }
        Slack { excess: self.excess, total: self.stretch, seen: 0, given: 0, shrinks: false }
    }
}

/// Hands out a line's excess to its spaces in proportion to their give, to the last unit.
struct Slack {
    excess: Length,
    total: Length,
    seen: Length,
    given: Length,
    shrinks: bool,
}

impl Slack {
    const NONE: Self = Self { excess: 0, total: 0, seen: 0, given: 0, shrinks: false };

    fn next(&mut self, atom: &Atom) -> Length {
        self.seen += if self.shrinks { atom.shrink } else { atom.stretch };
        let due = (self.excess * self.seen).checked_div(self.total).unwrap_or(0);
        due - std::mem::replace(&mut self.given, due)
    }
}

/// Every line as full as it gets. Returns the ends of the lines.
fn first_fit(atoms: &[Atom], sums: &Sums, measure: Length, indent: Length) -> Vec<usize> {
    let mut breaks = Vec::new();
    let (mut start, mut candidate) = (0, None);
    let mut end = 1;
    while end <= atoms.len() {
        let room = if start == 0 { measure - indent } else { measure };
        let is_full = sums.fit(start, end, room).excess < 0;
        if let (true, Some(at)) = (is_full, candidate) {
            breaks.push(at);
            (start, candidate, end) = (at, None, at + 1);
            continue;
        }
        match atoms[end - 1].after {
            Break::Forced => {
                breaks.push(end);
                (start, candidate) = (end, None);
            }
            Break::Allowed | Break::Emergency => candidate = Some(end),
            Break::Forbidden => {}
        }
        end += 1;
    }
    if start < atoms.len() {
        breaks.push(atoms.len());
    }
    breaks
}

/// A place where a line may end, with the best way to get there.
struct Node {
    at: usize,
    demerits: i64,
    previous: usize,
}

/// The lines with the fewest demerits in all. Returns the ends of the lines.
fn total_fit(atoms: &[Atom], sums: &Sums, measure: Length, indent: Length) -> Vec<usize> {
    let mut nodes = vec![Node { at: 0, demerits: 0, previous: 0 }];
    let mut active: Vec<usize> = vec![0];
    for end in 1..=atoms.len() {
        let after = if end == atoms.len() { Break::Forced } else { atoms[end - 1].after };
        if after == Break::Forbidden {
            continue;
        }
        let mut best: Option<(i64, usize)> = None;
        let mut nearest = active.last().copied();
        active.retain(|&n| {
            let start = nodes[n].at;
            let fit = sums.fit(start, end, if start == 0 { measure - indent } else { measure });
            if fit.is_overfull() {
                return false;
            }
            let line = demerits(&fit, after, sums.width[end] - sums.width[start]);
            let demerits = nodes[n].demerits.saturating_add(line);
            if best.is_none_or(|(least, _)| demerits < least) {
                best = Some((demerits, n));
            }
            true
        });
        // Only a line of one atom that is wider than the measure leaves no way: it overflows.
        let (demerits, previous) = match (best, nearest.take()) {
            (Some(best), _) => best,
            (None, Some(n)) if active.is_empty() => (nodes[n].demerits.saturating_add(OVERFULL), n),
            (None, _) => continue,
        };
        nodes.push(Node { at: end, demerits, previous });
        if after == Break::Forced {
            active.clear();
        }
        active.push(nodes.len() - 1);
    }
    trace(&nodes)
}

/// Demerits of a line that sticks out: more than any loose line.
const OVERFULL: i64 = 1 << 50;

/// The paper's demerits: the square of ten and the badness. Last lines have none for being short, unless one
/// short word would stand alone.
fn demerits(fit: &Fit, after: Break, width: Length) -> i64 {
    let badness = match after {
        Break::Forced if fit.excess >= 0 => {
            // An eighth of a line at least, where that costs little.
            if fit.excess > 7 * width { 50 } else { 0 }
        }
        Break::Emergency => fit.badness() + 5_000,
        Break::Forced | Break::Allowed | Break::Forbidden => fit.badness(),
    };
    (10 + badness) * (10 + badness)
}

fn trace(nodes: &[Node]) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut n = nodes.len() - 1;
    while n > 0 {
        breaks.push(nodes[n].at);
        n = nodes[n].previous;
    }
    breaks.reverse();
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::inline::{Style, Surroundings};

    const LOOK: Look = Look { size: 1000, leading: 0, bold: false, italic: false, justified: true, first_indent: 0 };

    fn lines(text: &str, tag: &str, look: &Look, measure: Length) -> Vec<SetLine> {
        let mut shaper = Shaper::new();
        let language = shaper.language_id(&Language(tag.to_owned()));
        let mut paragraph = Paragraph { document: Some(0), ..Paragraph::default() };
        let element = ElementId(0);
        paragraph.push(text, Surroundings { style: Style::default(), element, language, generated: false });
        set(&paragraph, look, measure, 0, &mut shaper)
    }

    fn right_edge(text: &str, line: &SetLine) -> Length {
        let inked = |r: &Run| {
            let hanging = r.glyphs.iter().rev().take_while(|g| text[g.text.clone()].trim().is_empty());
            r.x + r.width() - hanging.map(|g| g.advance).sum::<Length>()
        };
        line.runs.iter().map(inked).max().unwrap_or(0)
    }

    const PROSE: &str = "In olden times when wishing still helped one, there lived a king whose daughters were all \
        beautiful, but the youngest was so beautiful that the sun itself, which has seen so much, was astonished \
        whenever it shone in her face.";

    #[test]
    fn justified_lines_end_at_the_measure_to_the_unit() {
        let measure = 20_000_000;
        let lines = lines(PROSE, "en", &LOOK, measure);
        let (last, full) = lines.split_last().unwrap();
        assert!(full.len() > 3);
        assert!(full.iter().all(|line| right_edge(PROSE, line) == measure));
        assert!(right_edge(PROSE, last) <= measure);
    }

    #[test]
    fn every_character_is_set_once_and_in_order() {
        let text = format!("{PROSE}\nA new line, {} and 中文夹杂English的一段。", "long".repeat(40));
        for justified in [true, false] {
            let lines = lines(&text, "en", &Look { justified, ..LOOK }, 9_000_000);
            let mut end = 0;
            for glyph in lines.iter().flat_map(|l| &l.runs).flat_map(|r| &r.glyphs) {
                assert!(glyph.text.start == end || glyph.text.end == end, "{:?} after {end}", glyph.text);
                end = glyph.text.end;
            }
            assert_eq!(end, text.len());
            let starts: Vec<_> = lines.iter().map(|l| l.text_start.unwrap()).collect();
            assert!(starts.windows(2).all(|w| w[0] < w[1]));
        }
    }

    #[test]
    fn lines_break_where_the_document_breaks() {
        let lines = lines("one\ntwo\n\nthree", "en", &LOOK, 50_000_000);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[2].text_start, Some(8));
    }

    #[test]
    fn ideographs_share_the_space_that_kinsoku_leaves() {
        let text = "他说，今天的天气很好，我们出去走走吧。她说，好的，那么我们就一起出去走走。";
        let measure = 10 * 940 * 1000 + 300_000;
        let lines = lines(text, "zh-Hans", &LOOK, measure);
        let (_, full) = lines.split_last().unwrap();
        assert!(full.iter().all(|line| right_edge(text, line) == measure));
        for line in &lines {
            let first = &line.runs[0].glyphs[0];
            assert!(!text[first.text.start..].starts_with(['，', '。']), "a line begins with punctuation");
        }
    }

    fn word(width: Length, after: Break) -> Atom {
        let how = How { face: FaceId::Regular, size: 1000, rise: 0, element: ElementId(0) };
        Atom { glyphs: 0..0, text: 0..0, width, stretch: 0, shrink: 0, is_space: false, after, how }
    }

    #[test]
    fn total_fit_has_no_more_demerits_than_first_fit() {
        // Widths from a linear congruential generator, so that the case is the same everywhere.
        let mut state = 1_u64;
        let mut atoms = Vec::new();
        for _ in 0..300 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            atoms.push(word(100 + (state >> 33) as Length % 700, Break::Forbidden));
            let space = Atom { stretch: 60, shrink: 40, is_space: true, ..word(120, Break::Allowed) };
            atoms.push(space);
        }
        let sums = Sums::new(&atoms);
        let cost = |breaks: &[usize]| {
            let mut start = 0;
            let line = |&end: &usize| {
                let fit = sums.fit(start, end, 4000);
                let after = if end == atoms.len() { Break::Forced } else { Break::Allowed };
                let width = sums.width[end] - sums.width[start];
                start = end;
                demerits(&fit, after, width)
            };
            breaks.iter().map(line).sum::<i64>()
        };
        let (best, greedy) = (total_fit(&atoms, &sums, 4000, 0), first_fit(&atoms, &sums, 4000, 0));
        assert_eq!(best.last(), Some(&atoms.len()));
        assert!(cost(&best) < cost(&greedy), "{} {}", cost(&best), cost(&greedy));
    }
}
