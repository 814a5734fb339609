//! A part of a line without a label that has a colon: dates, bylines, kinds of text.

use std::ops::Range;

use super::{Part, PartKind};
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::beside_date::{around_date, is_date_filler};
use crate::metadata::furniture::is_furniture;
use crate::metadata::lexicon::{Opening, Words};
use crate::metadata::pattern::patterns;
use crate::metadata::{date, lexicon, person};

patterns! {
    /// `[法] 奥托·维斯林 著 卓小满 译`: what each did stands behind the name.
    BEHIND = {
        let name = r"[\p{Han}\p{Katakana}ー・·]{2,14}";
        format!(r"^(?P<by>{name})\s+(?P<as>译|譯|訳)$|^(?:[\[［〔【][^\]］〕】]{{1,6}}[\]］〕】]\s*)?(?P<author>{name})\s+(?:著|作|撰)(?:[\s，、/]+(?P<translator>{name})\s+(?P<label>译|譯|訳))?$")
    };
}

/// What a part of a line says that has no label with a colon.
pub(super) fn unlabelled(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) {
    let said = !range.is_empty()
        && (phrased(words, line, range.clone(), parts)
            || translated(line, range.clone(), parts)
            || dated(words, line, range.clone(), parts)
            || genre(words, line, range.clone(), parts)
            || opened(words, line, range.clone(), parts)
            || closed(words, line, range.clone(), parts)
            || told(words, line, range.clone(), parts)
            || site_and_genre(words, line, range.clone(), parts));
    if !said && !range.is_empty() {
        let bare = line[range.clone()].trim_matches(BRACKETS);
        let kind = if is_furniture(words, bare) { PartKind::Furniture } else { PartKind::Unknown };
        parts.push(Part { kind, range });
    }
}

/// What may stand around the name of a kind of text.
const BRACKETS: [char; 18] =
    ['[', ']', '【', '】', '〈', '〉', '《', '》', '<', '>', '(', ')', '［', '］', '〔', '〕', '「', '」'];

/// A label without a colon, with its value.
fn phrased(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    let Some((label, field)) = opening_phrase(words, line, &range) else { return false };
    let value = trim(line, label.end..range.end);
    // "Published research shows": a date label without a date is a word.
    let is_dated = matches!(field, Field::Published | Field::Updated);
    // `Posted by A at 2:33 PM`
    let opens_byline =
        || words.byline(&line[label.start..range.end]).is_some_and(|by| label.start + by.end > value.start);
    let says = !is_dated || date::may_hold_date(&line[value.clone()]) && !opens_byline();
    if says {
        phrase(words, line, field, label, value, parts);
    }
    says
}

/// The label without a colon that a range begins with, behind dashes and stars.
pub(super) fn opening_phrase(words: &Words, line: &str, range: &Range<usize>) -> Option<(Range<usize>, Field)> {
    let text = &line[range.clone()];
    let marks = |c: char| c.is_whitespace() || matches!(c, '—' | '–' | '―' | '_' | '*' | '-');
    let start = range.start + (text.len() - text.trim_start_matches(marks).len());
    let (length, field) = words.phrase(&line[start..range.end])?;
    Some((start..start + length, field))
}

/// A date, and what stands beside it.
fn dated(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    let Some(date) = date::find_in(words, line, &range) else { return false };
    let rest = format!("{}{}", &line[range.start..date.range.start], &line[date.range.end..range.end]);
    if is_date_filler(words, &rest) {
        parts.push(Part { kind: PartKind::Date(date), range });
        return true;
    }
    // `By A | …` was split before; `A, 3 May 2017` and `Title 3 May 2017` are two parts.
    let Some((before, behind)) = around_date(words, line, &range, &date.range) else { return false };
    unlabelled(words, line, before, parts);
    parts.push(Part { range: date.range.clone(), kind: PartKind::Date(date) });
    unlabelled(words, line, behind, parts);
    true
}

/// The name of a kind of text.
fn genre(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    let text = &line[range.clone()];
    let bare = text.trim_matches(BRACKETS);
    let is_genre = lexicon::is_genre(words, bare);
    if is_genre {
        let start = range.start + (text.len() - text.trim_start_matches(BRACKETS).len());
        parts.push(Part { kind: PartKind::Genre(start..start + bare.len()), range });
    }
    is_genre
}

/// `Ada Holm/`: a name before the mark behind which the name of its paper stood.
fn closed(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    let Some(name) = line[range.clone()].strip_suffix('/').map(str::trim_end).filter(|_| range == (0..line.len()))
    else {
        return false;
    };
    let is_name = person::is_name(words, name) && person::stands_alone(words, name);
    if is_name {
        parts.push(Part { kind: PartKind::Byline(range.start..range.start + name.len()), range });
    }
    is_name
}

/// Names behind an opening word.
fn opened(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    const BULLETS: [char; 14] = ['■', '●', '◆', '▲', '□', '◎', '○', '◇', '•', '—', '–', '*', '_', '-'];
    let text = &line[range.clone()];
    let bullets = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c)).len();
    let start = range.start + bullets;
    let run_on = || {
        let end = words.byline_run_on(&line[start..range.end])?;
        (!person::begins_name(&line[start..start + end])).then_some(Opening { genre: None, end })
    };
    let Some(Opening { genre, end }) = words.byline(&line[start..range.end]).or_else(run_on) else { return false };
    if let Some(genre) = genre {
        let genre = start + genre.start..start + genre.end;
        parts.push(Part { kind: PartKind::Genre(genre.clone()), range: genre });
    }
    // `By A, as told to B`
    let names = trim(line, start + end..range.end);
    if let Some(at) = before_section(words, &line[names.clone()]) {
        parts
            .push(Part { range: range.start..names.start + at, kind: PartKind::Byline(names.start..names.start + at) });
        unlabelled(words, line, trim(line, names.start + at..range.end), parts);
        return true;
    }
    let next = line[names.clone()].match_indices([',', ';', '(', '—', '–']).find_map(|(i, mark)| {
        let rest = line[names.clone()][i + mark.len()..].trim_start();
        let at = names.end - rest.len();
        opening_phrase(words, line, &(at..names.end)).map(|_| (names.start + i, at))
    });
    // `By Ada Holm Published`, with the day behind it.
    let day = words.before_day(&line[names.clone()]).map(|at| names.start + at);
    let next = next.or_else(|| day.map(|at| (at, at)));
    match next {
        None => parts.push(Part { kind: PartKind::Byline(names), range }),
        Some((end, start)) => {
            let names = trim(line, names.start..end);
            parts.push(Part { range: range.start..names.end, kind: PartKind::Byline(names) });
            unlabelled(words, line, trim(line, start..range.end), parts);
        }
    }
    true
}

/// Where the name ends before the section or the place in which it stands, or the time: `A in Opinion`, `A at 2:33 PM`.
fn before_section(words: &Words, text: &str) -> Option<usize> {
    let mut names = 0;
    for word in text.split(' ') {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let joins = words.is_particle(word) || words.conjunction(word) == Some(word.len());
        if names >= 2 && (words.is_preposition(word) || words.is_small(word)) && !joins {
            let name = text[..at].trim_end();
            let is_name =
                person::is_name(words, name) && person::stands_alone(words, name) && !name.contains([',', ';']);
            let is_section = text[at + word.len()..].trim_start().starts_with(char::is_uppercase);
            return (is_name && (is_section || is_date_filler(words, &text[at..]))).then_some(name.len());
        }
        names += usize::from(word.starts_with(char::is_uppercase));
    }
    None
}

/// `Amy Mockler as told to Heather Eastwood`: a name, and what somebody else did.
fn told(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    let text = &line[range.clone()];
    let next = text.match_indices(' ').map(|(at, _)| at).find(|at| {
        let behind = || words.phrase(&text[at + 1..]).filter(|(_, field)| matches!(field, Field::Contributor(_)));
        text[at + 1..].starts_with(char::is_lowercase)
            && behind().is_some_and(|(length, _)| person::stands_alone(words, text[at + 1 + length..].trim()))
            && person::stands_alone(words, &text[..*at])
    });
    let Some(at) = next else { return false };
    let names = range.start..range.start + at;
    parts.push(Part { range: names.clone(), kind: PartKind::Byline(names) });
    unlabelled(words, line, range.start + at + 1..range.end, parts);
    true
}

/// `Le Phare d’Armonne – Éditorial`
fn site_and_genre(words: &Words, line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    let text = &line[range.clone()];
    let dash = [" – ", " — ", " - "].iter().find_map(|dash| text.rfind(dash).map(|at| (at, at + dash.len())));
    let is_genre = |(end, start): &(usize, usize)| {
        lexicon::is_genre(words, &text[*start..]) && text[..*end].split_whitespace().count() <= 6
    };
    let Some((end, start)) = dash.filter(is_genre) else { return false };
    parts.push(Part { kind: PartKind::Unknown, range: range.start..range.start + end });
    let genre = range.start + start..range.end;
    parts.push(Part { kind: PartKind::Genre(genre.clone()), range: genre });
    true
}

fn translated(line: &str, range: Range<usize>, parts: &mut Vec<Part>) -> bool {
    if !line[range.clone()].contains(['译', '譯', '訳', '著', '作', '撰']) {
        return false;
    }
    let Some(captures) = BEHIND.captures(&line[range.clone()]) else { return false };
    let shift = |m: regex::Match<'_>| range.start + m.start()..range.start + m.end();
    if let (Some(value), Some(label)) = (captures.name("by").map(shift), captures.name("as").map(shift)) {
        parts.push(Part { range, kind: PartKind::Labelled { field: Field::Translator, label, value } });
        return true;
    }
    let Some(author) = captures.name("author").map(shift) else { return false };
    parts.push(Part { range: range.start..author.end, kind: PartKind::Byline(author) });
    if let (Some(value), Some(label)) = (captures.name("translator").map(shift), captures.name("label").map(shift)) {
        let range = value.start..label.end;
        parts.push(Part { range, kind: PartKind::Labelled { field: Field::Translator, label, value } });
    }
    true
}

/// A label that stands without a colon. Behind a date the next one may follow: `Posted 5 Dec, updated 6 Dec`.
fn phrase(
    words: &Words,
    line: &str,
    field: Field,
    label: Range<usize>,
    mut value: Range<usize>,
    parts: &mut Vec<Part>,
) {
    if matches!(field, Field::Published | Field::Updated) {
        let text = &line[value.clone()];
        let next = text.match_indices([',', ';', '–', '—', '-', '(', '/']).find_map(|(i, mark)| {
            let at = i + mark.len();
            let rest = text[at..].trim_start();
            let at = value.end - rest.len();
            opening_phrase(words, line, &(at..value.end)).map(|_| (i, text.len() - rest.len()))
        });
        // `Posted on 4 October 2015 at 7:30 by A`
        let next = next.or_else(|| {
            let date = date::find_date(words, text)?;
            let begins = |(at, _): (usize, &str)| words.byline(text[at..].trim_start()).map(|_| at);
            let at = date.range.end
                + text[date.range.end..]
                    .match_indices(' ')
                    .find_map(|(at, space)| begins((date.range.end + at, space)).map(|_| at))?;
            Some((at, at + 1))
        });
        if let Some((end, start)) = next {
            let rest = value.start + start..value.end;
            value = trim(line, value.start..value.start + end);
            parts.push(Part { range: label.start..value.end, kind: PartKind::Labelled { field, label, value } });
            return unlabelled(words, line, trim(line, rest), parts);
        }
    }
    let range = label.start..value.end.max(label.end);
    parts.push(Part { kind: PartKind::Labelled { field, label, value }, range });
}
