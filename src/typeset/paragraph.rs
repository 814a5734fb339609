//! Paragraphs to set lines: atoms, and where the lines end.

use super::Length;
use super::atom::{Atom, Break, Setter};
use super::bidi::Levels;
use super::fit::{Indents, Sums, first_fit, total_fit};
use super::line::SetLine;
use super::look::Look;
use super::shape::Shaper;
use super::spans::Paragraph;

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
    let indents = Indents { first: look.first_indent * look.size, turnover: look.turnover * look.size };
    let narrowest = measure - indents.first.max(indents.turnover);
    if setter.atoms.iter().any(|atom| atom.width > narrowest) {
        setter.hyphenate(paragraph, shaper, narrowest);
    }
    setter.cut_wide_atoms(narrowest);
    setter.open_wide_chains(narrowest);
    let mut sums = Sums::new(&setter.atoms);
    let mut breaks = match look.justified {
        true => total_fit(&setter.atoms, &sums, measure, indents.first),
        false if look.balanced => balanced(&setter.atoms, &sums, measure),
        false => first_fit(&setter.atoms, &sums, measure, indents),
    };
    if look.justified && is_loose(&sums, &breaks, measure, indents.first) && setter.hyphenate(paragraph, shaper, 0) {
        sums = Sums::new(&setter.atoms);
        breaks = total_fit(&setter.atoms, &sums, measure, indents.first);
    }
    let mut lines = Vec::with_capacity(breaks.len());
    let mut start = 0;
    for end in breaks {
        let indent = indents.at(start, &setter.atoms);
        lines.push(setter.line(paragraph, &sums, start..end, measure, indent));
        start = end;
    }
    lines
}

/// Lines of about the same length, as many as the measure makes.
fn balanced(atoms: &[Atom], sums: &Sums, measure: Length) -> Vec<usize> {
    let fit = |measure| first_fit(atoms, sums, measure, Indents::default());
    let full = fit(measure);
    // More lines than that are no title, whatever they say.
    if !(2..=8).contains(&full.len()) {
        return full;
    }
    // The narrowest measure that makes no more lines, to 1/64 of the measure.
    let (mut least, mut most) = (measure / 2, measure);
    while most - least > measure / 64 {
        let middle = (least + most) / 2;
        if fit(middle).len() == full.len() { most = middle } else { least = middle }
    }
    fit(most)
}

/// The width of the longest word of a paragraph, and that of each line that the document breaks.
pub(super) fn extent(paragraph: &Paragraph, look: &Look, shaper: &mut Shaper) -> (Length, Vec<Length>) {
    let levels = Levels::of(&paragraph.text, paragraph.right_to_left);
    let mut setter = Setter { look, base: 0, levels, glyphs: Vec::new(), atoms: Vec::new() };
    setter.make_atoms(paragraph, shaper);
    let (mut word, mut longest, mut lines) = (0, 0, vec![0]);
    for atom in &setter.atoms {
        word += if atom.is_space { 0 } else { atom.width };
        longest = word.max(longest);
        if let Some(line) = lines.last_mut() {
            *line += atom.width;
        }
        match atom.after {
            Break::Forbidden if !atom.is_space => {}
            Break::Forced => {
                lines.push(0);
                word = 0;
            }
            Break::Forbidden | Break::Allowed | Break::Hyphen | Break::Syllable | Break::Emergency => word = 0,
        }
    }
    (longest, lines)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Language;
    use crate::font::library::FontLibrary;
    use crate::typeset::look::BODY;
    use crate::typeset::spans::{Style, Surroundings};
    use crate::typeset::{ElementId, Glyph, GlyphRole, GlyphRun, margin};

    const LOOK: Look = Look { size: 1000, leading: 0, ..BODY };

    fn lines(text: &str, tag: &str, look: &Look, measure: Length) -> Vec<SetLine> {
        let mut shaper = Shaper::take(FontLibrary::default());
        let language = shaper.language_id(&Language(tag.to_owned()));
        let mut paragraph = Paragraph { document: Some(0), ..Paragraph::default() };
        let element = ElementId(0);
        paragraph.push(text, Surroundings { style: Style::default(), element, language, generated: false });
        set(&paragraph, look, measure, 0, &mut shaper)
    }

    fn right_edge(text: &str, line: &SetLine) -> Length {
        let inked = |r: &GlyphRun| {
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
            let c = if last.role == GlyphRole::Hyphen {
                '-'
            } else {
                PROSE[last.text.clone()].chars().next_back().unwrap()
            };
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
