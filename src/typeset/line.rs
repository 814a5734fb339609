//! The atoms of a line to runs of glyphs at their places: the spaces that make both edges straight, the order of the
//! directions, the hyphen at the end.
//!
//! Spaces stretch and shrink; between ideographs a little space may be put. Where the spaces of a line would be
//! stretched by more than half although there is no better break, letters are spaced a little first.

use std::ops::Range;

use super::atom::{Atom, Break, How, Setter};
use super::bidi::{is_right_to_left, visual_order};
use super::fit::{Fit, Slack, Sums};
use super::linebreak::SOFT_HYPHEN;
use super::margin::Blank;
use super::spans::Paragraph;
use super::{Glyph, GlyphRun, Justified, Length};
use crate::font::FaceId;

/// A line of a paragraph; `x` of its runs counts from the paragraph's left edge.
#[derive(Debug)]
pub(super) struct SetLine {
    pub runs: Vec<GlyphRun>,
    pub text_start: Option<usize>,
    pub justified: Option<Justified>,
}

/// What is added to the letters of a line, at most, in 1/1000 em: less than is seen.
const MOST_TRACKING: Length = 10;

/// What is added to the atoms of a line.
struct Spacing {
    /// For each atom, in it if it is a space, else before it.
    extra: Vec<Length>,
    /// For each letter, in 1/1000 em.
    tracking: Length,
    /// The widths of the atoms with all that, and with the hyphen at the end.
    widths: Vec<Length>,
}

impl Setter<'_> {
    /// The line of these atoms, justified unless it is the last one or ends by force.
    pub fn line(
        &self,
        paragraph: &Paragraph,
        sums: &Sums,
        atoms: Range<usize>,
        measure: Length,
        indent: Length,
    ) -> SetLine {
        let is_last = self.atoms.len() == atoms.end || self.atoms[atoms.end - 1].after == Break::Forced;
        let mut fit = sums.fit(atoms.start, atoms.end, measure - indent);
        let is_full = self.look.justified && !is_last;
        let tracking = if is_full { self.track(&mut fit, atoms.start) } else { 0 };
        let slack = if self.look.justified && fit.excess != 0 { fit.adjustment(is_last) } else { Slack::NONE };
        let last = &self.atoms[atoms.end - 1];
        let hyphen = (last.after == Break::Hyphen).then(|| self.hyphen_glyph(last));
        let spacing = self.spacing(&fit, slack, tracking, atoms.clone(), hyphen.as_ref());
        let from_right = is_right_to_left(self.levels.base()) && !paragraph.at_left;
        let width: Length = spacing.widths.iter().sum();
        let head = self.atoms[atoms.start].head;
        let left = if from_right { measure - indent - width + head } else { indent - head };
        let mut runs = self.runs(&fit, atoms.clone(), &spacing, left);
        if let (Some(hyphen), Some(run)) = (hyphen, runs.last_mut()) {
            self.push_hyphen(paragraph, hyphen, run);
        }
        let text = self.atoms[atoms.start].text.start..last.text.end;
        let justified = is_full.then(|| Justified {
            natural: measure - indent - fit.excess,
            excess: fit.excess,
            stretch: fit.stretch,
            shrink: fit.shrink,
            badness: fit.badness(),
            tracking,
        });
        SetLine { runs, text_start: paragraph.document_offset(text.start, text.end), justified }
    }

    /// Spaces the letters of a loose line; returns by how much, in 1/1000 em.
    fn track(&self, fit: &mut Fit, start: usize) -> Length {
        let over = fit.excess - fit.stretch;
        let all: Length = (start..fit.end).map(|i| self.letters(i) * self.atoms[i].how.size).sum();
        if over <= 0 || fit.stretch == 0 || all == 0 {
            return 0;
        }
        let tracking = ((over + all - 1) / all).min(MOST_TRACKING);
        fit.excess -= tracking * all;
        tracking
    }

    /// The letters of an atom that can be spaced: those of alphabets whose letters stand apart, but for the last one of
    /// a word, behind which is a space already.
    fn letters(&self, atom: usize) -> Length {
        let ends_word = self.atoms.get(atom + 1).is_some_and(|next| next.is_space);
        let Atom { is_space, how, glyphs, .. } = &self.atoms[atom];
        let stands_apart = matches!(
            how.face,
            FaceId::Regular
                | FaceId::Italic
                | FaceId::Bold
                | FaceId::BoldItalic
                | FaceId::Armenian
                | FaceId::Georgian
                | FaceId::Thai
        );
        if *is_space || !stands_apart {
            return 0;
        }
        let letters = self.glyphs[glyphs.clone()].iter().filter(|glyph| glyph.advance > 0).count();
        letters.saturating_sub(usize::from(ends_word)) as Length
    }

    /// What the spaces of a line, the places before its ideographs and its letters get.
    fn spacing(
        &self,
        fit: &Fit,
        mut slack: Slack,
        tracking: Length,
        atoms: Range<usize>,
        hyphen: Option<&Glyph>,
    ) -> Spacing {
        let start = atoms.start;
        let (mut extra, mut widths) = (Vec::with_capacity(atoms.len()), Vec::with_capacity(atoms.len()));
        for i in atoms {
            let atom = &self.atoms[i];
            let is_counted = i < fit.end && (i > start || atom.is_space);
            let given = if is_counted { slack.next(atom) } else { 0 };
            let tracked = if tracking == 0 { 0 } else { tracking * self.letters(i) * atom.how.size };
            extra.push(given);
            widths.push(atom.width + given + tracked);
        }
        if let (Some(hyphen), Some(last)) = (hyphen, widths.last_mut()) {
            *last += hyphen.advance;
        }
        Spacing { extra, tracking, widths }
    }

    /// The glyphs in the order of the text, each run at its place.
    fn runs(&self, fit: &Fit, atoms: Range<usize>, spacing: &Spacing, left: Length) -> Vec<GlyphRun> {
        // Rule L1 of UAX #9: the spaces that hang behind a line stand where it ends.
        let level = |i: usize| if i < fit.end { self.atoms[i].how.level } else { self.levels.base() };
        let mut pen = left;
        let mut places = vec![0; atoms.len()];
        for i in visual_order(&atoms.clone().map(level).collect::<Vec<_>>()) {
            let (atom, extra) = (&self.atoms[atoms.start + i], spacing.extra[i]);
            // What is put before an ideograph stands at its left.
            places[i] = if is_after(atom, extra) { pen } else { pen + extra };
            pen += spacing.widths[i];
        }
        let mut runs: Vec<GlyphRun> = Vec::new();
        let mut how = None;
        for ((i, x), extra) in atoms.clone().zip(places).zip(&spacing.extra) {
            let atom = &self.atoms[i];
            if !is_after(atom, *extra)
                && let Some(glyph) = runs.last_mut().and_then(|r| r.glyphs.last_mut())
            {
                glyph.advance += extra;
            }
            let this = Some(atom.how).filter(|how| how.level == level(i));
            if this.is_none() || how != this {
                let How { face, size, rise, element, heavy, .. } = atom.how;
                let right_to_left = is_right_to_left(level(i));
                runs.push(GlyphRun { x, right_to_left, rise, face, size, heavy, element, glyphs: Vec::new() });
                how = this;
            }
            let Some(run) = runs.last_mut() else { continue };
            run.x = run.x.min(x);
            let first = run.glyphs.len();
            run.glyphs.extend_from_slice(&self.glyphs[atom.glyphs.clone()]);
            if spacing.tracking > 0 {
                let letters = run.glyphs[first..].iter_mut().filter(|glyph| glyph.advance > 0);
                let spaced = letters.take(usize::try_from(self.letters(i)).unwrap_or(0));
                spaced.for_each(|glyph| glyph.advance += spacing.tracking * atom.how.size);
            }
            if is_after(atom, *extra)
                && let Some(glyph) = run.glyphs.last_mut()
            {
                glyph.advance += extra;
            }
        }
        runs
    }

    /// Ends the last run with a hyphen; a soft hyphen of the text is shown by it.
    fn push_hyphen(&self, paragraph: &Paragraph, mut hyphen: Glyph, run: &mut GlyphRun) {
        let is_soft = |glyph: &mut Glyph| {
            let range = glyph.text.start - self.base..glyph.text.end - self.base;
            paragraph.text[range].ends_with(SOFT_HYPHEN)
        };
        if let Some(soft) = run.glyphs.pop_if(is_soft) {
            hyphen.text = soft.text;
        }
        run.glyphs.push(hyphen);
    }
}

/// Whether what is given to an atom stands behind it: in a space, and where the blank of a mark is taken.
fn is_after(atom: &Atom, extra: Length) -> bool {
    atom.is_space || (extra < 0 && atom.blank == Some(Blank::Right))
}
