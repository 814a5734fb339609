//! Strips to pages: a text block on the baseline grid, page numbers at the foot.
//!
//! A page ends where no strip has to stay with the next one; there are no running heads.

use super::galley::{Galley, Head, Strip};
use super::look::{FOOTER, GRID, MEASURE};
use super::paragraph::set;
use super::spans::{Paragraph, Style, Surroundings};
use super::{ElementId, GlyphRun, Layout, Length, Line, POINT, Page, Rule};
use crate::font::FaceId;

/// Above the text block.
const TOP: Length = 96 * POINT;
/// Below it: a little more, with the page number three lines down.
const BOTTOM: Length = 115 * POINT;

/// Where the text block stands on the paper.
#[derive(Clone, Copy)]
struct Block {
    width: Length,
    /// The text stands in the middle.
    left: Length,
    /// Height of the lines of the body that fit.
    height: Length,
}

impl Block {
    fn on(width: Length, height: Length) -> Self {
        Self { width, left: (width - MEASURE) / 2, height: (height - TOP - BOTTOM) / GRID * GRID }
    }

    /// Baseline of the page number.
    fn foot(self) -> Length {
        TOP + self.height + 3 * GRID
    }
}

/// Fills pages of a size with the galley's strips.
pub(super) fn fill(galley: &mut Galley, width: Length, height: Length) -> Layout {
    let block = Block::on(width, height);
    let strips = std::mem::take(&mut galley.strips);
    let mut pages = Vec::new();
    let mut strips = strips.into_iter().peekable();
    let mut pending: Vec<Strip> = Vec::new();
    loop {
        let cut = fill_one(block, &galley.heads, &mut pending, &mut strips);
        let rest = pending.split_off(cut);
        pages.push(page(block, &galley.heads, std::mem::replace(&mut pending, rest)));
        if pending.is_empty() && strips.peek().is_none() {
            break;
        }
    }
    number(block, &mut pages, galley);
    let mut layout = Layout {
        width,
        height,
        pages,
        elements: std::mem::take(&mut galley.elements),
        text: std::mem::take(&mut galley.text),
        diagnostics: Vec::new(),
    };
    set_text_starts(&mut layout.pages, galley.document_length);
    layout
}

/// Takes strips until the page is full; returns how many of them it gets.
fn fill_one(
    block: Block,
    heads: &[Head],
    pending: &mut Vec<Strip>,
    strips: &mut std::iter::Peekable<std::vec::IntoIter<Strip>>,
) -> usize {
    let (mut y, mut end, mut taken) = (0, None, 0);
    loop {
        if taken == pending.len() {
            match strips.next() {
                Some(strip) => pending.push(strip),
                None => return taken,
            }
        }
        if taken == 0 {
            y = repeated(heads, &pending[0]).map_or(0, |head| head.height);
        }
        let bottom = advance(y, &pending[taken], taken == 0);
        // A strip higher than a page gets a page all the same.
        if bottom > block.height && taken > 0 {
            return end.unwrap_or(taken);
        }
        y = if pending[taken].snap { (bottom + GRID - 1) / GRID * GRID } else { bottom };
        taken += 1;
        if !pending[taken - 1].keep {
            end = Some(taken);
        }
    }
}

/// The head that a page shows again which begins with this strip.
fn repeated<'a>(heads: &'a [Head], first: &Strip) -> Option<&'a Head> {
    first.repeats.map(|head| &heads[head])
}

fn advance(y: Length, strip: &Strip, is_first: bool) -> Length {
    y + strip.height + if is_first { 0 } else { strip.before }
}

fn page(block: Block, heads: &[Head], strips: Vec<Strip>) -> Page {
    let mut page = Page::default();
    let mut y = 0;
    if let Some(head) = strips.first().and_then(|strip| repeated(heads, strip)) {
        page.repeated = head.lines.clone();
        page.rules = head.rules.clone();
        page.repeated.iter_mut().for_each(|line| line.y += TOP);
        page.rules.iter_mut().for_each(|rule| rule.y += TOP);
        y = head.height;
    }
    for (i, strip) in strips.into_iter().enumerate() {
        let bottom = advance(y, &strip, i == 0);
        let top = TOP + bottom - strip.height;
        y = if strip.snap { (bottom + GRID - 1) / GRID * GRID } else { bottom };
        page.rules.extend(strip.rules.into_iter().map(|rule| Rule { y: rule.y + top, ..rule }));
        for mut line in strip.lines {
            line.y += top;
            page.lines.push(line);
        }
    }
    let lines = page.lines.iter_mut().chain(&mut page.repeated);
    lines.flat_map(|line| &mut line.runs).for_each(|run| run.x += block.left);
    page.rules.iter_mut().for_each(|rule| rule.x += block.left);
    page
}

/// Puts `3 / 12`, or `1` on a single page, at the foot of each page.
fn number(block: Block, pages: &mut [Page], galley: &mut Galley) {
    let count = pages.len();
    for (i, page) in pages.iter_mut().enumerate() {
        let text = if count == 1 { "1".to_owned() } else { format!("{} / {count}", i + 1) };
        page.footer = footer(block, &text, galley);
    }
}

fn footer(block: Block, text: &str, galley: &mut Galley) -> Line {
    let (element, language) = (ElementId(0), galley.english);
    let mut paragraph = Paragraph::default();
    paragraph.push(text, Surroundings { style: Style::default(), element, language, generated: true });
    let lines = set(&paragraph, &FOOTER, MEASURE, galley.text.len(), &mut galley.shaper);
    galley.text.push_str(text);
    let mut runs: Vec<GlyphRun> = lines.into_iter().flat_map(|line| line.runs).collect();
    let width: Length = runs.iter().map(GlyphRun::width).sum();
    runs.iter_mut().for_each(|run| run.x += (block.width - width) / 2);
    debug_assert!(runs.iter().all(|r| r.face == FaceId::Regular));
    Line { y: block.foot(), runs, text_start: None, justified: None }
}

fn set_text_starts(pages: &mut [Page], document_length: usize) {
    for (i, page) in pages.iter_mut().enumerate() {
        let first = page.lines.iter().find_map(|line| line.text_start);
        page.text_start = if i == 0 { 0 } else { first.unwrap_or(document_length) };
    }
}
