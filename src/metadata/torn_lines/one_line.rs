//! Pages on one line: the words of the page stand in a row, with wide gaps where its lines ended, or without. It is cut
//! at gaps that do not only part sentences, around the marks of its head, and before a label in brackets at its end.

use std::ops::Range;

use super::Parts;
use crate::characters::{columns, has_cjk};
use crate::document::Field;
use crate::metadata::beside_date::is_date_filler;
use crate::metadata::furniture::{is_furniture, menu_end, word_behind};
use crate::metadata::labels::{field_of, labels, opens_with_label};
use crate::metadata::lexicon::{self, Words};
use crate::metadata::prose::{ends_sentence, has_sentences};
use crate::metadata::{byline, date, person, segments};
use crate::read::{Article, ArticleBlock};

/// Columns of a line that holds a page at least.
const LEAST: usize = 200;
/// Bytes at the start of the line in which the marks of a head stand.
const HEAD: usize = 600;

/// The block that holds nearly all of a text that has a few lines at most.
pub(super) fn holding_all(article: &Article) -> Option<usize> {
    const MOST_BLOCKS: usize = 4;
    let length = |block: &ArticleBlock| block.text.as_str().len();
    let blocks = &article.blocks;
    let (longest, block) = blocks.iter().enumerate().max_by_key(|(_, block)| length(block))?;
    let all: usize = blocks.iter().map(length).sum();
    let is_one = blocks.len() <= MOST_BLOCKS && length(block) * 10 >= all * 9 && columns(block.text.as_str()) >= LEAST;
    is_one.then_some(longest)
}

/// The lines of the page that stand in a block.
pub(super) fn parts(words: &Words, block: &ArticleBlock) -> Parts {
    let text = block.text.as_str();
    let wide = gaps(text, &block.seams);
    if run_on(text, &wide) {
        return Parts::new();
    }
    let first = wide.first().map_or(text.len(), |cut| cut.start);
    let mut cuts = if first > HEAD / 2 { around_head(words, &text[..first]) } else { Parts::new() };
    cuts.extend(without_menu(words, text, wide));
    cuts.extend(before_last_label(words, text));
    cuts.sort_by_key(|cut| (cut.start, cut.end));
    let (mut parts, mut start) = (Parts::new(), 0);
    for cut in cuts.into_iter().chain(std::iter::once(text.len()..text.len())) {
        let part = &text[start..cut.start.max(start)];
        let trimmed = start + (part.len() - part.trim_start().len());
        if !part.trim().is_empty() {
            parts.push(trimmed..trimmed + part.trim().len());
        }
        start = cut.end.max(start);
    }
    parts
}

/// The white space that stands for more than a space between words. Where two spaces part sentences, as typists set
/// them, those behind a sentence are none.
fn gaps(text: &str, seams: &[usize]) -> Parts {
    let mut gaps: Parts = Vec::new();
    let is_wide = |gap: &Range<usize>| {
        let space = &text[gap.clone()];
        space.chars().nth(1).is_some()
            || seams.binary_search(&gap.start).is_ok()
            || space == "\u{3000}" && !segments::is_spaced_name(text, gap.start)
    };
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        match gaps.last_mut().filter(|gap| gap.end == at) {
            Some(gap) => gap.end += c.len_utf8(),
            None => gaps.push(at..at + c.len_utf8()),
        }
    }
    let is_behind = |gap: &&Range<usize>| ends_sentence(&text[..gap.start]);
    let behind = |is_of: &dyn Fn(&Range<usize>) -> bool| gaps.iter().filter(|gap| is_of(gap)).filter(is_behind).count();
    let (wide, single) = (behind(&is_wide), behind(&|gap| !is_wide(gap)));
    let parts_sentences = wide >= LEAST_SENTENCES && single * 4 < wide;
    let is_of_sentences = |gap: &Range<usize>| {
        parts_sentences && ends_sentence(&text[..gap.start]) && !text[gap.clone()].contains('\u{3000}')
    };
    gaps.retain(|gap| is_wide(gap) && !is_of_sentences(gap));
    gaps
}

/// Whether the stretches between gaps run on from one to the next, as the words of a line do that was set to a width or
/// read by a machine: they begin with a small letter, or behind a comma.
fn run_on(text: &str, gaps: &[Range<usize>]) -> bool {
    let is_inside = |gap: &&Range<usize>| {
        let (before, behind) = (&text[..gap.start], &text[gap.end..]);
        let is_small = behind.starts_with(char::is_lowercase) && !ends_sentence(before);
        is_small || before.ends_with([',', '，', '、', ';', '；', '،'])
    };
    gaps.iter().filter(is_inside).count() * 5 > gaps.len()
}

/// The gaps without those inside the menu above a title: short words of a page before the line above the marks of a head.
fn without_menu(words: &Words, text: &str, gaps: Parts) -> Parts {
    let starts: Vec<usize> = [0].into_iter().chain(gaps.iter().map(|gap| gap.end)).collect();
    let ends: Vec<usize> = gaps.iter().map(|gap| gap.start).chain([text.len()]).collect();
    let is_mark = |at: &usize| {
        let piece = &text[starts[*at]..ends[*at]];
        let is_day = || date::find_date(words, piece).is_some_and(|day| day.range.start == 0);
        columns(piece) <= LONGEST_TITLE
            && (words.byline(piece).is_some() || opens_with_label(words, piece) || is_day() || is_names(words, piece))
    };
    let Some(title) = (1..starts.len().min(MOST_MENU)).find(is_mark).map(|at| at - 1) else { return gaps };
    let is_short = |at: usize| columns(&text[starts[at]..ends[at]]) <= LONGEST_CONTROL;
    if title < 2 || !(0..title).all(is_short) {
        return gaps;
    }
    // The last of these gaps is before the title.
    gaps.into_iter().skip(title - 1).collect()
}

/// Whether a line is a name alone.
fn is_names(words: &Words, line: &str) -> bool {
    let names = byline::names(words, line, 0..line.len());
    let is_one = |found: &byline::Bylined| {
        let name = &line[found.name.clone()];
        person::is_chinese_name(words, name)
            || has_cjk(name) && name.len() < line.len()
            || person::stands_alone(words, name)
    };
    columns(line) <= LONGEST_CONTROL && !is_furniture(words, line) && !names.is_empty() && names.iter().all(is_one)
}

/// Controls of a menu.
const MOST_MENU: usize = 30;
/// Columns of one of them.
const LONGEST_CONTROL: usize = 24;

/// Sentences after which one sees how they are set.
const LEAST_SENTENCES: usize = 3;

/// A mark of a head: a date, a byline, a label with its value.
struct Mark {
    range: Range<usize>,
    /// Says who wrote: more than a date.
    names: bool,
}

/// Cuts before the marks of a head and behind them, and behind the menu above its title. A date alone is no head, nor a
/// byline in whose text the name does not end.
fn around_head(words: &Words, text: &str) -> Parts {
    let window = &text[..(0..=text.len().min(HEAD)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0)];
    let marks = marks(words, window);
    let is_joined = |pair: &[Mark]| {
        let between = &window[pair[0].range.end.min(pair[1].range.start)..pair[1].range.start];
        between.chars().all(|c| !c.is_alphanumeric()) || is_date_filler(words, between)
    };
    let Some(first) = marks.first() else { return Parts::new() };
    let count = 1 + marks.windows(2).take_while(|pair| is_joined(pair)).count();
    let head = &marks[..count];
    let end = head[count - 1].range.end;
    let title = &window[..first.range.start];
    let is_head = head.iter().any(|mark| mark.names) && (count > 1 || columns(title) > 0);
    if !is_head || has_sentences(title) || columns(title) > LONGEST_TITLE || text[end..].trim().len() < LEAST {
        return Parts::new();
    }
    let Some(menu) = menu_before(words, title) else { return Parts::new() };
    [menu, first.range.start, end].into_iter().filter(|at| *at > 0).map(|at| at..at).collect()
}

/// Where the menu ends with which a title begins, 0 where it begins with none; `None` where it may, and no end is sure.
fn menu_before(words: &Words, title: &str) -> Option<usize> {
    let first = title.split_whitespace().next()?;
    if !is_furniture(words, first) && !lexicon::is_genre(words, first) {
        return Some(0);
    }
    let end = menu_end(words, title).filter(|end| *end < title.trim_end().len())?;
    let next = title[end..].trim_start();
    let is_small = next.split_whitespace().next().is_some_and(|word| words.is_small(&word.to_lowercase()));
    (!is_small || words.article(next).is_some()).then_some(end)
}

/// Columns of a title with a menu above it.
const LONGEST_TITLE: usize = 240;

/// The marks of a head, in order.
fn marks(words: &Words, text: &str) -> Vec<Mark> {
    let labels = labels(words, text);
    let bylines = starts_of_words(text).filter_map(|at| {
        let opening = words.byline(&text[at..]).filter(|_| text[at..].starts_with(char::is_uppercase))?;
        Some((at, at + opening.end))
    });
    // Where something begins, what is behind its word, and what it says; of labels the first words are asked.
    let mut begun: Vec<(usize, usize, Field)> = bylines.map(|(at, end)| (at, end, Field::Author)).collect();
    begun.extend(
        labels.iter().filter_map(|label| {
            Some((label.range.start, label.end, field_of(words, text[label.range.clone()].trim())?))
        }),
    );
    let mut from = 0;
    while let Some(found) = date::find_in(words, text, &(from..text.len())) {
        begun.push((found.range.start, found.range.start, Field::Published));
        from = found.range.end;
    }
    begun.sort_by_key(|(start, end, _)| (*start, *end));
    let mut marks: Vec<Mark> = Vec::new();
    for (i, (start, value, field)) in begun.iter().copied().enumerate() {
        if marks.last().is_some_and(|last| start < last.range.end) {
            continue;
        }
        let limit = begun[i + 1..].iter().map(|(next, ..)| *next).find(|next| *next > value).unwrap_or(text.len());
        let end = match field {
            Field::Published | Field::Updated => date_end(words, text, value),
            _ => value_end(words, text, value, limit),
        };
        let names = !matches!(field, Field::Published | Field::Updated) || value > start;
        if let Some(end) = end {
            marks.push(Mark { range: start..end, names });
        } else if !marks.is_empty() {
            break;
        }
    }
    marks
}

fn starts_of_words(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(' ').map(|(at, _)| at + 1)
}

/// The end of a date that begins here, with its time.
fn date_end(words: &Words, text: &str, start: usize) -> Option<usize> {
    const NEAR: usize = 16;
    let found = date::find_in(words, text, &(start..text.len())).filter(|found| found.range.start <= start + NEAR)?;
    let (mut end, mut is_timed) = (found.range.end, false);
    while let Some(next) = word_behind(text, end) {
        let word = &text[next.clone()];
        let is_time = word.contains(|c: char| c.is_ascii_digit());
        // `Uhr` stands behind a time, and is else a word of the text.
        let may_be = is_time || is_timed && !begins_sentence(words, word) || !word.contains(char::is_alphanumeric);
        if !may_be || !is_date_filler(words, word) {
            break;
        }
        (end, is_timed) = (next.end, is_time);
    }
    Some(end)
}

/// Whether a word has a capital only because a sentence begins with it.
fn begins_sentence(words: &Words, word: &str) -> bool {
    word.starts_with(char::is_uppercase) && (words.is_of_sentences(word) || words.is_small(&word.to_lowercase()))
}

/// The end of a name or another value that begins here: before the next mark, at the space behind Chinese or Japanese,
/// or where a word follows that begins sentences.
fn value_end(words: &Words, text: &str, start: usize, limit: usize) -> Option<usize> {
    let value = text[start..limit].trim_end();
    if limit < text.len() && columns(value) <= LONGEST_VALUE && !has_sentences(value) {
        // `By Ada Holm Published`, with the day behind it.
        let bare = words.before_day(value).map_or(value, |end| value[..end].trim_end());
        let names = byline::names(words, text, start..start + bare.len());
        let is_name = |found: &byline::Bylined| person::stands_alone(words, &text[found.name.clone()]);
        let is_whole =
            names.last().is_some_and(|last| last.name.end == start + bare.len()) && names.iter().all(is_name);
        return (!value.trim().is_empty() && (has_cjk(value) || is_whole)).then_some(start + value.len());
    }
    let first = word_behind(text, start)?;
    if has_cjk(&text[first.clone()]) {
        return (columns(&text[first.clone()]) <= LONGEST_VALUE / 2).then_some(first.end);
    }
    let mut end = start;
    while let Some(next) = word_behind(text, end) {
        let word = &text[next.clone()];
        if begins_sentence(words, word) && end > start {
            let name = start..end;
            return (!byline::names(words, text, name).is_empty()).then_some(end);
        }
        if !word.starts_with(char::is_uppercase) && !words.is_particle(word) {
            return None;
        }
        end = next.end;
    }
    None
}

/// Columns of a value of a head.
const LONGEST_VALUE: usize = 60;

/// The cut before `（责任编辑：…）` at the end of a text.
fn before_last_label(words: &Words, text: &str) -> Option<Range<usize>> {
    text.ends_with([')', '）']).then_some(())?;
    let at = text.rfind(['(', '（'])?;
    let inside = text[at..].trim_start_matches(['(', '（']);
    let is_label = columns(inside) <= LONGEST_VALUE
        && labels(words, inside).first().is_some_and(|label| label.range.start == 0)
        && ends_sentence(text[..at].trim_end());
    is_label.then_some(at..at)
}
