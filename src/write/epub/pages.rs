//! Where the pages of the PDF begin in the text of the EPUB: the offsets of the layout, moved to places where a
//! page break can stand, and handed out while the text is written.
//!
//! Knows no markup; it counts [`Document::text`](crate::document::Document::text) as its leaves go by.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::typeset::Layout;

/// One page break that is still to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PageStart {
    /// From 1.
    number: usize,
    /// Byte offset into the document's text. Never smaller than that of the page before.
    at: usize,
    /// The page begins with generated text, and text of the document follows on a later page.
    generated: bool,
}

/// The text written so far, and the pages that begin in the rest.
pub(super) struct Pages {
    starts: Vec<PageStart>,
    next: usize,
    length: usize,
    offset: usize,
    any_leaf: bool,
}

impl Pages {
    /// No page breaks.
    pub(super) fn none() -> Self {
        Self { starts: Vec::new(), next: 0, length: 0, offset: 0, any_leaf: false }
    }

    /// The pages of this layout of this text.
    pub(super) fn new(layout: &Layout, text: &str) -> Self {
        let mut starts = Vec::with_capacity(layout.pages.len());
        // Backwards, because a page of generated text begins no later than the text after it.
        let mut next = text.len();
        for (index, page) in layout.pages.iter().enumerate().rev() {
            let at = word_start(text, page.text_start.min(next));
            let generated = page.text_start >= text.len() && next < text.len();
            starts.push(PageStart { number: index + 1, at, generated });
            next = at;
        }
        starts.reverse();
        Self { starts, next: 0, length: text.len(), offset: 0, any_leaf: false }
    }

    /// How many pages there are.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Counts the LF that joins the next leaf to the one before. Called once for each leaf that has text.
    pub(super) fn enter_leaf(&mut self) {
        if self.any_leaf {
            self.offset += 1;
        }
        self.any_leaf = true;
    }

    /// Counts text that was written.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.offset += bytes;
    }

    /// The first page, which begins before the title whatever stands there.
    pub(super) fn take_first(&mut self) -> Option<usize> {
        if self.next == 0 { self.take_if(|_| true) } else { None }
    }

    /// The next page that begins here, or fewer than `ahead` bytes further on; call until `None`.
    pub(super) fn take_due(&mut self, ahead: usize) -> Option<usize> {
        // What begins at the end of the text waits for `take_rest`.
        let limit = (self.offset + ahead.max(1)).min(self.length);
        self.take_if(|start| start.at < limit)
    }

    /// The next page if it begins with the generated part of the title block; call until `None`.
    pub(super) fn take_generated(&mut self) -> Option<usize> {
        self.take_if(|start| start.generated)
    }

    /// The next page, wherever it begins; call until `None` at the end of the article.
    pub(super) fn take_rest(&mut self) -> Option<usize> {
        self.take_if(|_| true)
    }

    /// Bytes of `text`, which follows, that can be written before a page begins; 0 only where it is empty.
    pub(super) fn until_next(&self, text: &str) -> usize {
        match self.starts.get(self.next) {
            Some(start) if start.at > self.offset => {
                let ahead = start.at - self.offset;
                // The offsets are those of the document's text, so the boundary holds as long as both agree.
                if text.is_char_boundary(ahead) { ahead } else { text.len() }
            }
            Some(_) | None => text.len(),
        }
    }

    fn take_if(&mut self, test: impl Fn(&PageStart) -> bool) -> Option<usize> {
        let start = self.starts.get(self.next).filter(|start| test(start))?;
        self.next += 1;
        Some(start.number)
    }
}

/// `at`, or the start of the word around it, on a character boundary.
fn word_start(text: &str, at: usize) -> usize {
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (before, after) = text.split_at(at);
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { return at };
    // Han and kana have no spaces: a page that begins at a character begins exactly there.
    if left.is_whitespace() || right.is_whitespace() || is_unspaced(left) || is_unspaced(right) {
        return at;
    }
    let line = before.rfind('\n').map_or(0, |lf| lf + 1);
    let line_end = after.find('\n').map_or(text.len(), |lf| at + lf);
    let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
    let boundaries = segmenter.segment_str(&text[line..line_end]).map(|boundary| line + boundary);
    boundaries.take_while(|boundary| *boundary <= at).last().unwrap_or(at)
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Page;

    fn pages(text: &str, starts: &[usize]) -> Vec<(usize, usize, bool)> {
        let pages = starts.iter().map(|&text_start| Page { text_start, ..Page::default() }).collect();
        let layout = Layout { pages, ..Layout::default() };
        Pages::new(&layout, text).starts.iter().map(|s| (s.number, s.at, s.generated)).collect()
    }

    #[test]
    fn a_page_inside_a_word_begins_before_it() {
        assert_eq!(pages("one can’t stop", &[0, 7, 13]), [(1, 0, false), (2, 4, false), (3, 12, false)]);
        assert_eq!(pages("one two", &[0, 3, 4]), [(1, 0, false), (2, 3, false), (3, 4, false)]);
        assert_eq!(pages("نص عربي", &[0, 8]), [(1, 0, false), (2, 5, false)]);
    }

    #[test]
    fn a_page_between_han_characters_begins_there() {
        assert_eq!(pages("中国的网络", &[0, 6]), [(1, 0, false), (2, 6, false)]);
        assert_eq!(pages("中国的网络", &[0, 7]), [(1, 0, false), (2, 6, false)]);
    }

    #[test]
    fn pages_of_generated_text_stand_before_the_text_that_follows() {
        assert_eq!(pages("title\nbody", &[0, 10, 6]), [(1, 0, false), (2, 6, true), (3, 6, false)]);
        assert_eq!(pages("title\nbody", &[0, 6, 10]), [(1, 0, false), (2, 6, false), (3, 10, false)]);
        assert_eq!(pages("", &[0, 0]), [(1, 0, false), (2, 0, false)]);
    }
}
