//! What each block is for: the head of the page up to the first paragraph, its tail from the last one, and furniture
//! and headings between them. Told by what the lines say and by their neighbours, not by their numbers.

use super::{Recogniser, fields, segments};
use super::lexicon::Section;
use super::lines::{Line, ends_sentence, is_long, width};
use crate::document::Role;
use crate::read::ArticleKind;

/// Blocks that are looked at above the first paragraph.
const HEAD: usize = 40;
/// Blocks that are looked at below the last one.
const TAIL: usize = 16;
/// Blocks below a line of the head in which a byline or a date makes that line one of the head.
const DECK: usize = 4;

impl Recogniser<'_> {
    pub(super) fn settle_roles(&mut self) {
        let blocks: Vec<usize> = (0..self.found.blocks.len()).filter(|b| self.role(*b) != Role::Furniture).collect();
        let start = self.read_front_matter(&blocks);
        let blocks = &blocks[start..];
        let mut head: Vec<Line> = blocks.iter().take(HEAD).map(|b| self.line(*b, false)).collect();
        self.join_labels(blocks, &mut head);
        let body = self.body_start(blocks, &head);
        self.settle_head(&blocks[..body], &head[..body.min(head.len())]);
        let body = &blocks[body..];
        let end = self.cut_off(body);
        self.settle_tail(&body[..end]);
        self.settle_middle(&body[..end]);
        if let Some(first) = body[..end].iter().find(|b| self.role(**b) == Role::Body) {
            self.read_dateline(*first);
        }
        self.find_headings(&body[..end]);
    }

    /// A label that stands alone has its value on the next line.
    fn join_labels(&mut self, blocks: &[usize], head: &mut [Line]) {
        for at in 0..head.len().saturating_sub(1) {
            let Line::Header(parts) = &head[at] else { continue };
            let field = segments::open_field(parts);
            self.is_translation |= fields::names_translator(parts);
            let Some(field) = field.filter(|_| matches!(head[at + 1], Line::Short | Line::Header(_))) else { continue };
            let next = blocks[at + 1];
            let parts = segments::continued(field, self.text(next), &|i| self.is_gap(next, i));
            head[at + 1] = Line::Header(parts);
        }
    }

    /// The index of the first block of the article's own text. A sentence above a byline or a date is a deck.
    fn body_start(&self, blocks: &[usize], head: &[Line]) -> usize {
        let later_long = |from: usize| head[from..].iter().any(|l| *l == Line::Long);
        let is_head = |line: &Line| matches!(line, Line::Header(_) | Line::Source);
        for (i, line) in head.iter().enumerate() {
            if *line != Line::Long {
                continue;
            }
            if self.role(blocks[i]) == Role::Title {
                continue;
            }
            let below = &head[i + 1..head.len().min(i + 1 + DECK)];
            let until_long = below.iter().take_while(|l| **l != Line::Long).count();
            let byline = below[..until_long].iter().position(is_head);
            let short = width(self.text(blocks[i])) <= 260;
            if let Some(at) = byline
                && short
                && later_long(i + 1 + at)
            {
                continue;
            }
            return i;
        }
        // No paragraph: what is left below the first line is the text.
        let shorts: Vec<usize> = (0..head.len()).filter(|i| head[*i] == Line::Short).collect();
        match shorts.get(1) {
            Some(second) => *second,
            None => head.len(),
        }
    }

    /// The index at which links to other articles or comments begin, to the end. They are furniture, but for rights.
    fn cut_off(&mut self, body: &[usize]) -> usize {
        for (i, block) in body.iter().enumerate().skip(1) {
            let text = self.text(*block);
            let Some(section) = (text.len() < 120).then(|| super::lexicon::section(text)).flatten() else { continue };
            let behind = &body[i + 1..];
            let paragraphs = behind.iter().filter(|b| is_long(self.text(**b)) && ends_sentence(self.text(**b))).count();
            if section == Section::Links && paragraphs >= 2 {
                continue;
            }
            for block in &body[i..] {
                if self.line(*block, false) == Line::Rights {
                    self.read_rights(*block);
                } else {
                    self.found.blocks[*block].role = Role::Furniture;
                }
            }
            return i;
        }
        body.len()
    }

    /// From the last block up, until one is a paragraph of the article.
    fn settle_tail(&mut self, body: &[usize]) {
        let mut lines: Vec<(usize, Line)> = Vec::new();
        for block in body.iter().skip(1).rev().take(TAIL) {
            let line = self.line(*block, true);
            if line == Line::Long {
                break;
            }
            lines.push((*block, line));
        }
        lines.reverse();
        // Short lines at the top of what was met are the text's last ones, unless they are names.
        let first = lines.iter().position(|(block, line)| *line != Line::Short || self.is_signature(*block));
        for (block, line) in lines.split_off(first.unwrap_or(lines.len())) {
            self.settle_tail_line(block, line);
        }
    }

    fn settle_tail_line(&mut self, block: usize, line: Line) {
        match line {
            Line::Furniture | Line::Section(_) => self.found.blocks[block].role = Role::Furniture,
            Line::Header(parts) => self.read_header(block, &parts),
            Line::Rights => self.read_rights(block),
            Line::Source => self.read_source_line(block),
            Line::Note => self.read_note(block),
            Line::Short if self.is_signature(block) => self.read_signature(block),
            Line::Short | Line::Long => {}
        }
    }

    /// Controls and boxes between the paragraphs.
    fn settle_middle(&mut self, body: &[usize]) {
        for block in body {
            let text = self.text(*block);
            if self.role(*block) == Role::Body && text.len() <= 300 && super::lexicon::furniture(text) {
                self.found.blocks[*block].role = Role::Furniture;
            }
        }
    }

    /// Short lines without final punctuation between paragraphs of the body.
    fn find_headings(&mut self, body: &[usize]) {
        let body: Vec<usize> = body.iter().copied().filter(|b| self.role(*b) == Role::Body).collect();
        for (i, block) in body.iter().enumerate() {
            if !matches!(self.article.blocks[*block].kind, ArticleKind::Paragraph) || self.article.is_page {
                continue;
            }
            let text = self.text(*block);
            let long = |at: Option<&usize>| at.is_some_and(|b| width(self.text(*b)) > 120);
            let neighbours = long(i.checked_sub(1).and_then(|b| body.get(b))) && long(body.get(i + 1));
            let bracketed = text.starts_with('【') && text.ends_with('】');
            let plain = !ends_sentence(text) && !text.ends_with([':', '：', ',', '，', '—', '”', '"', '’']);
            if neighbours && width(text) <= 60 && (bracketed || plain) {
                self.found.blocks[*block].heading = true;
            }
        }
    }
}
