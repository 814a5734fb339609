//! Plain text: lines to blocks.
//!
//! Blocks are separated by blank lines. Inside them every line is a block of its own, unless the text is
//! hard-wrapped: then a line is joined to the next one where that one's first word would not have fitted.

use std::ops::{Range, RangeInclusive};

use super::{Article, ArticleBlock, FoldedText, Rest, TextPlace};
use crate::characters::{BULLETS, columns, is_cjk, item_text};
use crate::document::Folded;
use crate::press::Export;

/// A line without its end.
struct Line<'a> {
    /// As it stands.
    full: &'a str,
    /// Byte offset in the repaired text.
    at: usize,
    /// Without white space at both ends.
    trimmed: &'a str,
}

impl Line<'_> {
    fn trimmed_at(&self) -> usize {
        self.at + (self.full.len() - self.full.trim_start().len())
    }

    /// Columns of white space in front.
    fn indent(&self) -> usize {
        let blank = |c: char| match c {
            '\t' => 8,
            '\u{3000}' => 2,
            _ => 1,
        };
        self.full.chars().take_while(|c| c.is_whitespace()).map(blank).sum()
    }
}

pub(super) fn read(text: &str) -> Article {
    let lines = lines(text);
    let export = Export::of(lines.iter().map(|line| line.trimmed));
    let may_wrap = export.is_none_or(Export::is_wrapped);
    let column = may_wrap.then(|| wrap_column(&lines).or_else(|| filled_column(&lines))).flatten();
    let texts = vec![TextPlace { place: 0..text.len(), rest: Rest::Text }];
    let mut article = Article { texts, export, ..Article::default() };
    let mut block: Vec<&Line<'_>> = Vec::new();
    for line in &lines {
        count_trimmed(line, &mut article.folded);
        let continues = block.last().is_some_and(|last| !line.trimmed.is_empty() && is_continued(last, line, column));
        if !continues && !block.is_empty() {
            finish(text, &mut article, &block);
            block.clear();
        }
        if !line.trimmed.is_empty() {
            block.push(line);
        }
    }
    if !block.is_empty() {
        finish(text, &mut article, &block);
    }
    article
}

/// Lines end with LF, CR LF, CR, or one of the Unicode separators (NEL, LS, PS).
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut push = |range: Range<usize>| {
        let full = &text[range.clone()];
        lines.push(Line { full, at: range.start, trimmed: full.trim() });
    };
    let (mut start, mut after_cr) = (0, false);
    for (i, c) in text.char_indices() {
        if c == '\n' && after_cr {
            start = i + 1;
        } else if matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            push(start..i);
            start = i + c.len_utf8();
        }
        after_cr = c == '\r';
    }
    if start < text.len() {
        push(start..text.len());
    }
    lines
}

/// Longest line of a text that counts as hard-wrapped.
const LONGEST_WRAPPED: usize = 110;

/// The column at which the text is hard-wrapped, if it is: of its lines, and of those with another one right below
/// them, one in ten at most is longer (the jumble of a head), and of the latter half nearly reach it.
fn wrap_column(lines: &[Line<'_>]) -> Option<usize> {
    let followed = lines.windows(2).filter(|pair| !pair[0].trimmed.is_empty() && !pair[1].trimmed.is_empty());
    let mut widths: Vec<usize> = followed.map(|pair| columns(pair[0].trimmed)).collect();
    widths.sort_unstable();
    let outliers = (widths.len() / 10).max(1);
    let most = *widths.get(widths.len().checked_sub(1 + outliers)?)?;
    // Of lines that are wrapped, the longest is a word longer.
    let column = widths.iter().copied().filter(|w| *w <= most * 6 / 5).max()?;
    if !(30..=LONGEST_WRAPPED).contains(&column) {
        return None;
    }
    let printed = lines.iter().filter(|l| !l.trimmed.is_empty());
    let longer = printed.clone().filter(|l| columns(l.trimmed) > slack(column)).count();
    let full = widths.iter().filter(|w| **w * 4 >= column * 3).count();
    (widths.len() >= 4 && longer * 10 <= printed.count() && full * 2 >= widths.len()).then_some(column)
}

/// The columns at which whole pages are wrapped that were printed as text.
const PAGES: RangeInclusive<usize> = 60..=LONGEST_WRAPPED;

/// The column at which the paragraphs of a page are wrapped whose menus have more lines than they: of the lines that
/// nearly reach it three in four, where they are few nine in ten, have no room for the word below them, and are no
/// longer.
fn filled_column(lines: &[Line<'_>]) -> Option<usize> {
    let followed = lines.windows(2).filter(|pair| !pair[0].trimmed.is_empty() && !pair[1].trimmed.is_empty());
    let widths: Vec<[usize; 2]> = followed
        .filter(|pair| item_text(pair[1].trimmed).is_none())
        .map(|pair| {
            // What stands in front of the text is part of the column, and of the lines below as well.
            let width = pair[0].indent() + columns(pair[0].trimmed);
            [width, width + first_word(pair[1].trimmed)]
        })
        .filter(|[width, _]| *width >= PAGES.start() * 4 / 5)
        .collect();
    let is_filled = |column: usize| {
        let near = widths.iter().filter(|[width, _]| *width * 5 >= column * 4);
        let filled = near.clone().filter(|[width, with_word]| *width <= column && *with_word > column).count();
        let (of, least) = if filled < MANY_FILLED { (10, 9) } else { (4, 3) };
        (filled >= LEAST_FILLED && filled * of >= near.count() * least).then_some(filled)
    };
    PAGES.filter_map(|column| Some((is_filled(column)?, column))).max().map(|(_, column)| column)
}

/// Filled lines that tell a column.
const LEAST_FILLED: usize = 4;
/// Filled lines that may have others among them.
const MANY_FILLED: usize = 8;

/// The columns that the first word of a line takes below another one, with the space in front.
fn first_word(text: &str) -> usize {
    let first = text.chars().next().unwrap_or(' ');
    if is_cjk(first) { 2 } else { 1 + columns(text.split_whitespace().next().unwrap_or_default()) }
}

/// The last lines of paragraphs may be a little longer than any that is followed.
fn slack(column: usize) -> usize {
    column + column / 8
}

fn is_continued(line: &Line<'_>, next: &Line<'_>, column: Option<usize>) -> bool {
    let Some(column) = column else { return false };
    // A line that stands further in than the one above begins a paragraph, but below the mark of an item; one that
    // stands less far in goes on with the paragraph that an indented line began, and not with a centred line.
    let is_hanging =
        || item_text(line.trimmed).is_some_and(|at| next.indent() == line.indent() + columns(&line.trimmed[..at]));
    if next.indent() >= line.indent() + 2 && !is_hanging()
        || line.indent() > next.indent() + 8
        || columns(line.trimmed) > slack(column)
        || next.trimmed.starts_with(BULLETS)
    {
        return false;
    }
    // Lines are not always filled to the last column.
    (columns(line.trimmed) + first_word(next.trimmed)) * 20 > column * 17
}

/// White space around a line's text.
fn count_trimmed(line: &Line<'_>, folded: &mut Folded) {
    if line.trimmed.is_empty() {
        folded.lone_no_break_spaces += line.full.chars().filter(|c| *c == '\u{A0}').count();
    } else if line.trimmed.len() < line.full.len() {
        folded.trimmed += 1;
    }
}

/// Makes a block of lines.
fn finish(whole: &str, article: &mut Article, lines: &[&Line<'_>]) {
    let (mut text, mut seams) = (FoldedText::default(), Vec::new());
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            article.folded.joined_lines += 1;
            let joins = |c: Option<char>| c.is_some_and(|c| is_cjk(c) && !('\u{AC00}'..='\u{D7A3}').contains(&c));
            if !(joins(text.as_str().chars().next_back()) && joins(line.trimmed.chars().next())) {
                text.push_space();
            }
        }
        push_folded(&mut text, line, &mut seams);
    }
    article.folded.space_runs += seams.len();
    let end = article.blocks.last().map_or(0, |block| block.text.extent().end);
    let breaks_before = whole[end..text.extent().start].matches('\n').count();
    article.blocks.push(ArticleBlock { text, seams, breaks_before, ..ArticleBlock::default() });
}

/// Runs of spaces and tabs become one space, which is a seam; all other white space stays.
fn push_folded(text: &mut FoldedText, line: &Line<'_>, seams: &mut Vec<usize>) {
    const BLANK: [char; 2] = [' ', '\t'];
    let base = line.trimmed_at();
    let mut rest = line.trimmed;
    while !rest.is_empty() {
        let at = base + (line.trimmed.len() - rest.len());
        let run_start = rest.match_indices(BLANK).map(|(i, _)| i).find(|i| {
            let run = &rest[*i..];
            run.len() - run.trim_start_matches(BLANK).len() > 1 || !run.starts_with(' ')
        });
        let Some(run_start) = run_start else {
            return text.push(rest, at);
        };
        text.push(&rest[..run_start], at);
        seams.push(text.as_str().len());
        text.push_space();
        rest = rest[run_start..].trim_start_matches(BLANK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        read(text).blocks.iter().map(|b| b.text.as_str().to_owned()).collect()
    }

    #[test]
    fn every_line_is_a_block_where_lines_are_not_wrapped() {
        let long = "A sentence that goes on and on, well past the column at which anybody wraps a line. ".repeat(3);
        assert_eq!(blocks(&format!("Title\nBy A B\n{long}\n{long}")), ["Title", "By A B", long.trim(), long.trim()]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_ones_are_not() {
        let text = "A Short Title\nA second line under it\n\nThe first line of this paragraph is long,\nand so is the second line of it, and\nthe third, which the last one follows;\nhere.\n\nAnother paragraph that is wrapped at the\nsame column as the one before it was.\n";
        let joined = blocks(text);
        assert_eq!(joined.len(), 4);
        assert_eq!(joined[1], "A second line under it");
        assert!(joined[2].ends_with("follows; here."));
    }

    #[test]
    fn only_ascii_white_space_is_folded_inside_a_line() {
        assert_eq!(blocks("a  b\t c\u{A0}d\u{3000}\u{3000}e \r\n\u{A0}\r\nf"), ["a b c\u{A0}d\u{3000}\u{3000}e", "f"]);
        let article = read("a  b\n\u{A0}\n\u{A0}\n c\u{A0}\n");
        assert_eq!(article.folded, Folded { lone_no_break_spaces: 2, joined_lines: 0, space_runs: 1, trimmed: 1 });
    }

    #[test]
    fn blocks_know_where_they_stood() {
        let text = "\n  Title  here \r\n\r\nBody";
        let article = read(text);
        let title = &article.blocks[0].text;
        assert_eq!(&text[title.extent()], "Title  here");
        assert_eq!(&text[title.repaired(6..10)], "here");
    }

    #[test]
    fn spaces_that_stand_for_several_and_line_feeds_are_noted() {
        let article = read("a b  c\td\n\nTitle\nBelow \r\nLast");
        assert_eq!(article.blocks[0].seams, [3, 5]);
        assert_eq!(article.blocks.iter().map(|block| block.breaks_before).collect::<Vec<_>>(), [0, 2, 1, 1]);
    }
}
