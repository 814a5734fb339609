//! Blocks of lines put apart and together, where what is told of a text says that its lines are not as they were.

use std::ops::Range;

use super::{Article, ArticleBlock};

impl Article {
    /// Puts parts of a block, in order and apart, into blocks of their own; what lies between them is white space.
    pub(crate) fn cut(&mut self, block: usize, parts: &[Range<usize>]) {
        if parts.len() < 2 {
            return;
        }
        let whole = &self.blocks[block];
        let part = |range: &Range<usize>| {
            let seams = whole.seams.iter().filter(|at| range.contains(at)).map(|at| at - range.start).collect();
            ArticleBlock { text: whole.text.part(range), seams, breaks_before: 1, ..ArticleBlock::default() }
        };
        let mut parts: Vec<ArticleBlock> = parts.iter().map(part).collect();
        parts[0].breaks_before = whole.breaks_before;
        self.blocks.splice(block..=block, parts);
    }

    /// Joins a block of lines to the one below it, with a space or without.
    pub(crate) fn join_next(&mut self, block: usize, is_spaced: bool) {
        let next = self.blocks.remove(block + 1);
        let first = &mut self.blocks[block];
        if is_spaced {
            first.text.push_space();
        }
        let at = first.text.append(&next.text);
        first.seams.extend(next.seams.iter().map(|seam| seam + at));
        self.folded.joined_lines += 1;
    }

    /// Folds the space at `at` of a block into nothing.
    pub(crate) fn close_gap(&mut self, block: usize, at: usize) {
        let ArticleBlock { text, seams, .. } = &mut self.blocks[block];
        let mut closed = text.part(&(0..at));
        closed.append(&text.part(&(at + 1..text.as_str().len())));
        *text = closed;
        seams.retain(|seam| *seam != at);
        seams.iter_mut().filter(|seam| **seam > at).for_each(|seam| *seam -= 1);
        self.folded.space_runs += 1;
    }
}
