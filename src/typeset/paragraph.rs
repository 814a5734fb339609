//! Paragraphs to set lines: atoms, breaks, and the spaces that make both edges straight.
//!
//! Spaces stretch and shrink; between ideographs a little space may be put.

use std::ops::Range;

use super::atom::{Atom, Break, How, Setter};
use super::bidi::{Levels, is_right_to_left, visual_order};
use super::fit::{Slack, Sums, first_fit, total_fit};
use super::inline::Paragraph;
use super::linebreak::SOFT_HYPHEN;
use super::margin::Blank;
use super::shape::Shaper;
use super::{Glyph, Justified, Length, Run};

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
    pub justified: Option<Justified>,
}

/// Breaks `paragraph` into lines of at most `measure`. Glyphs point to its text moved by `base`.
pub(super) fn set(
    paragraph: &Paragraph,
    look: &Look,
    measure: Length,
    base: usize,
    shaper: &mut Shaper,
) -> Vec<SetLine> {
    let levels = Levels::of(&paragraph.text, paragraph.right_to_left);
    let mut setter = Setter { look, base, levels, glyphs: Vec::new(), atoms: Vec::new() };
    setter.make_atoms(paragraph, shaper);
    let indent = look.first_indent * look.size;
    setter.cut_wide_atoms(measure - indent);
    let mut sums = Sums::new(&setter.atoms);
    let mut breaks = match look.justified {
        true => total_fit(&setter.atoms, &sums, measure, indent),
        false => first_fit(&setter.atoms, &sums, measure, indent),
    };
    if look.justified && is_loose(&sums, &breaks, measure, indent) && setter.hyphenate(paragraph, shaper) {
        sums = Sums::new(&setter.atoms);
        breaks = total_fit(&setter.atoms, &sums, measure, indent);
    }
    let mut lines = Vec::with_capacity(breaks.len());
    let mut start = 0;
    for end in breaks {
        let indent = if start == 0 { indent } else { 0 };
        lines.push(setter.line(paragraph, &sums, start..end, measure, indent));
        start = end;
    }
    lines
}

/// Whether what is given to an atom stands behind it: in a space, and where the blank of a mark is taken.
fn is_after(atom: &Atom, extra: Length) -> bool {
    atom.is_space || (extra < 0 && atom.blank == Some(Blank::Right))
}

/// The text of a glyph in its paragraph.
fn range_in(glyph: &Glyph, base: usize) -> Range<usize> {
    glyph.text.start - base..glyph.text.end - base
}

/// Whether any line but the last is loose.
fn is_loose(sums: &Sums, breaks: &[usize], measure: Length, indent: Length) -> bool {
    let full = breaks.split_last().map_or(&[][..], |(_, full)| full);
    let mut start = 0;
    full.iter().any(|&end| {
        let room = if start == 0 { measure - indent } else { measure };
        sums.fit(std::mem::replace(&mut start, end), end, room).is_loose()
    })
}

impl Setter<'_> {
    /// The line of these atoms, justified unless it is the last one or ends by force.
    fn line(
        &self,
        paragraph: &Paragraph,
        sums: &Sums,
        atoms: Range<usize>,
        measure: Length,
        indent: Length,
    ) -> SetLine {
        let is_last = self.atoms.len() == atoms.end || self.atoms[atoms.end - 1].after == Break::Forced;
        let fit = sums.fit(atoms.start, atoms.end, measure - indent);
        let mut slack = if self.look.justified && fit.excess != 0 { fit.adjustment(is_last) } else { Slack::NONE };
        let extra: Vec<Length> = (atoms.clone())
            .map(|i| {
                let atom = &self.atoms[i];
                let is_counted = i < fit.end && (i > atoms.start || atom.is_space);
                if is_counted { slack.next(atom) } else { 0 }
            })
            .collect();
        let width: Length = self.atoms[atoms.clone()].iter().zip(&extra).map(|(atom, extra)| atom.width + extra).sum();
        let from_right = is_right_to_left(self.levels.base()) && !paragraph.at_left;
        let head = self.atoms[atoms.start].head;
        let mut pen = if from_right { measure - indent - width + head } else { indent - head };
        // Rule L1 of UAX #9: the spaces that hang behind a line stand where it ends.
        let level = |i: usize| if i < fit.end { self.atoms[i].how.level } else { self.levels.base() };
        let mut places = vec![0; atoms.len()];
        for i in visual_order(&atoms.clone().map(level).collect::<Vec<_>>()) {
            let atom = &self.atoms[atoms.start + i];
            // What is put before an ideograph stands at its left.
            places[i] = if is_after(atom, extra[i]) { pen } else { pen + extra[i] };
            pen += atom.width + extra[i];
        }
        let mut runs: Vec<Run> = Vec::new();
        let mut how = None;
        for ((i, x), extra) in atoms.clone().zip(places).zip(extra) {
            let atom = &self.atoms[i];
            let right_to_left = is_right_to_left(level(i));
            if !is_after(atom, extra)
                && let Some(glyph) = runs.last_mut().and_then(|r| r.glyphs.last_mut())
            {
                glyph.advance += extra;
            }
            let this = Some(atom.how).filter(|how| how.level == level(i));
            if this.is_none() || how != this {
                let How { face, size, rise, element, .. } = atom.how;
                runs.push(Run { x, right_to_left, rise, face, size, element, glyphs: Vec::new() });
                how = this;
            }
            let Some(run) = runs.last_mut() else { continue };
            run.x = run.x.min(x);
            run.glyphs.extend_from_slice(&self.glyphs[atom.glyphs.clone()]);
            if is_after(atom, extra)
                && let Some(glyph) = run.glyphs.last_mut()
            {
                glyph.advance += extra;
            }
        }
        let last = &self.atoms[atoms.end - 1];
        if last.after == Break::Hyphen
            && let Some(run) = runs.last_mut()
        {
            let mut hyphen = self.hyphen_glyph(last);
            // A soft hyphen of the text is shown by it.
            if let Some(soft) = run.glyphs.pop_if(|glyph| paragraph.text[range_in(glyph, self.base)].ends_with(SOFT_HYPHEN)) {
                hyphen.text = soft.text;
            }
            run.glyphs.push(hyphen);
        }
        let text = self.atoms[atoms.start].text.start..last.text.end;
        let is_full = self.look.justified && !is_last;
        let justified = is_full.then(|| Justified {
            natural: measure - indent - fit.excess,
            excess: fit.excess,
            stretch: fit.stretch,
            shrink: fit.shrink,
            badness: fit.badness(),
        });
        SetLine { runs, text_start: paragraph.document_offset(text.start, text.end), justified }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Language;
    use crate::typeset::{ElementId, GlyphRole, margin};
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
            let is_space = |g: &&Glyph| g.role != GlyphRole::Hyphen && text[g.text.clone()].trim().is_empty();
            let hanging = r.glyphs.iter().rev().take_while(is_space);
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
        let outside = |line: &SetLine| {
            let mut glyphs = line.runs.iter().flat_map(|run| &run.glyphs).rev();
            let is_inked = |g: &&Glyph| g.role != GlyphRole::Own || !PROSE[g.text.clone()].trim().is_empty();
            let last = glyphs.find(is_inked).unwrap();
            let c = if last.role == GlyphRole::Hyphen { '-' } else { PROSE[last.text.clone()].chars().next_back().unwrap() };
            last.advance * margin::at_right(c) / 1000
        };
        assert!(full.iter().all(|line| (right_edge(PROSE, line) - outside(line) - measure).abs() <= 1));
        assert!(full.iter().any(|line| outside(line) > 0), "no line of the case ends with punctuation");
        assert!(right_edge(PROSE, last) - outside(last) <= measure);
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
}
