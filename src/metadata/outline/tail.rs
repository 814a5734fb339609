//! What stands below the text: notes, signatures, references, rights; and where links to other articles begin.

use std::ops::Range;

use super::series::heads_section;
use super::{Eyes, Seen, Settled, TAIL, head};
use crate::characters::{columns, has_cjk};
use crate::document::{Field, Reason, Role};
use crate::metadata::byline;
use crate::metadata::evidence::{self, Evidence, Value};
use crate::metadata::furniture::{self, Section, is_furniture};
use crate::metadata::lexicon::{self, Words};
use crate::metadata::lines::Line;
use crate::metadata::prose::{ends_sentence, has_sentences, is_long};
use crate::metadata::scope::Scope;
use crate::metadata::segments::{Part, PartKind};

/// Paragraphs that may stand below a note about the author: a disclaimer, an appeal.
const BELOW_NOTES: usize = 2;

/// Lines of links between the paragraphs of a plain text, with the one below.
const LINKS: usize = 6;

/// Columns of a paragraph that is surely of the text though it stands alone below links, which say less of theirs.
const LEAST_LAST: usize = 160;

/// Whether a paragraph below links is the last one of the text.
fn is_last(text: &str, least: usize) -> bool {
    columns(text) >= least && ends_sentence(text) && has_sentences(text)
}

/// Columns of a paragraph that is the last one of a text: half of what most above have, and no more than are sure.
fn least_last(eyes: &Eyes<'_>, body: &[usize]) -> usize {
    let texts = body.iter().map(|block| eyes.text(*block)).filter(|text| is_long(text) && ends_sentence(text));
    let mut lengths: Vec<usize> = texts.map(columns).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).map_or(LEAST_LAST, |median| (median / 2).min(LEAST_LAST))
}

/// The index at which links to other articles or comments begin.
pub(super) fn cut_off(eyes: &Eyes<'_>, body: &[usize]) -> usize {
    let is_paragraph = |block: &&usize| is_long(eyes.text(**block)) && ends_sentence(eyes.text(**block));
    let begins = |at: &usize| {
        let text = eyes.text(body[*at]);
        let section = (text.len() < 120).then(|| furniture::section(&eyes.scope.words, text)).flatten();
        // A kind of text (`Kommentar`) and a heading of links may stand in the text: what paragraphs follow is of it.
        let may_be_inside = |section: Section| section == Section::Links || lexicon::is_genre(&eyes.scope.words, text);
        let below = &body[at + 1..];
        let has_paragraphs = || below.iter().filter(is_paragraph).nth(1).is_some();
        let goes_on = || {
            let least = least_last(eyes, &body[..*at]);
            !eyes.scope.article.is_page && below.iter().take(LINKS).any(|block| is_last(eyes.text(*block), least))
        };
        // A button above paragraphs: comments have names and times between them.
        let is_button = || {
            !eyes.scope.article.is_page && below.len() >= 2 && below.iter().take(2).all(|block| is_paragraph(&block))
        };
        section.is_some_and(|section| !may_be_inside(section) && !is_button() || !has_paragraphs() && !goes_on())
    };
    (1..body.len()).find(begins).unwrap_or(body.len())
}

/// What stands beyond: furniture, but for rights.
pub(super) fn beyond(eyes: &Eyes<'_>, blocks: &[usize]) -> Settled {
    let mut settled = Settled::default();
    // Links of a text are told by their heading alone: what ends as sentences do may be of the text, and is shown.
    let are_links = |block: &usize| furniture::section(&eyes.scope.words, eyes.text(*block)) == Some(Section::Links);
    let may_be_text = !eyes.scope.article.is_page && blocks.first().is_some_and(are_links);
    for block in blocks {
        match eyes.line(*block, false) {
            Line::Rights => settled.settle(*block, Role::Rights, [evidence::rights(eyes.scope, *block)]),
            Line::Long | Line::Short | Line::Note if may_be_text && ends_sentence(eyes.text(*block)) => {
                settled.settle(*block, Role::Unplaced, None);
            }
            _ => settled.leave_out(*block, Reason::Beyond),
        }
    }
    settled
}

/// From the last block up, until one is a paragraph of the article.
pub(super) fn tail(eyes: &Eyes<'_>, body: &[usize]) -> Settled {
    let lines = last_lines(eyes, body);
    let is_long_line = |seen: &Seen| seen.line == Line::Long;
    // Notes and references may have paragraphs below them (a disclaimer), one or two.
    let last_long = lines.iter().rposition(is_long_line).map_or(0, |at| at + 1);
    let is_note = |at: &usize| {
        lines[*at].line == Line::Note
            && says_who(eyes, &lines[*at])
            && lines[*at..].iter().filter(|seen| is_long_line(seen)).count() <= BELOW_NOTES
            && lines[..*at].iter().any(is_long_line)
    };
    let lines = &lines[(0..last_long).find(is_note).unwrap_or(last_long)..];
    // Short lines at the top of what was met are the text's last ones, unless they are names.
    let says_or_signs = |seen: &Seen| seen.line != Line::Short || seen.is_signature(eyes.scope);
    let (above, below) = lines.split_at(lines.iter().position(says_or_signs).unwrap_or(lines.len()));
    let mut settled = Settled::default();
    for seen in loose(eyes, body, above) {
        settled.settle(seen.block, Role::Unplaced, None);
    }
    let mut said = false;
    for (at, seen) in below.iter().enumerate() {
        // What stands below a note and says nothing is of the page; of a text nobody can tell.
        if said && seen.is_open() && !seen.is_signature(eyes.scope) {
            if eyes.scope.article.is_page {
                settled.leave_out(seen.block, Reason::Beside);
            } else {
                settled.settle(seen.block, Role::Unplaced, None);
            }
        } else if is_answer(eyes, &lines[..above.len() + at], seen) {
            settled.settle(seen.block, Role::Unplaced, None);
        } else if !(seen.is_signature(eyes.scope) && goes_on(eyes, &below[at + 1..])) {
            settle(eyes, seen, &mut settled);
        }
        said |= match &seen.line {
            Line::Note | Line::Source | Line::Rights => true,
            Line::Header(parts) => !parts.iter().all(evidence::is_of_picture),
            _ => false,
        };
    }
    settled
}

/// Short sections, each of a heading and a sentence, that are told as such.
const SECTIONS: usize = 2;

/// Of the short lines below the last paragraph those that nothing says to be of the text: from the first on that is no
/// sentence, heads none as others do, and stands in no list that a line opens (`We want three things:`).
fn loose<'s>(eyes: &Eyes<'_>, body: &[usize], lines: &'s [Seen]) -> &'s [Seen] {
    // In a page its element says that a line is of the text.
    let Some(first) = lines.first().filter(|_| !eyes.scope.article.is_page) else { return &[] };
    let is_loose = |at: &usize| {
        let text = eyes.text(lines[*at].block);
        !ends_sentence(text) && columns(text) <= 60
    };
    // A diary goes on.
    if heads_section(&eyes.scope.words, eyes.text(first.block)) {
        return &[];
    }
    let opens = |block: usize| eyes.text(block).ends_with([':', '：']);
    let above = body.iter().copied().rfind(|block| *block < first.block);
    let sections = lines.chunks_exact(2).take_while(|two| is_said(eyes.text(two[1].block))).count();
    let said = if sections >= SECTIONS { sections * 2 } else { 0 };
    let listed = match above.is_some_and(opens) {
        true => 0,
        false => lines.iter().position(|seen| opens(seen.block)).unwrap_or(lines.len()),
    };
    match (said..listed).find(is_loose) {
        Some(at) if ends_like_prose(eyes, body, first.block) => &lines[at..],
        _ => &[],
    }
}

/// Whether a line is a sentence of some words.
fn is_said(text: &str) -> bool {
    ends_sentence(text) && (text.split_whitespace().nth(2).is_some() || has_cjk(text))
}

/// Whether names stand below a question, and are none of the authors': the answers of a poll.
fn is_answer(eyes: &Eyes<'_>, above: &[Seen], seen: &Seen) -> bool {
    let text = eyes.text(seen.block);
    let asks = |seen: &Seen| seen.is_open() && eyes.text(seen.block).ends_with(['?', '？', '؟']);
    let is_author = || seen.people.iter().any(|found| eyes.known.is_bylined(&text[found.name.clone()]));
    let question = || above.iter().rev().find(|seen| !seen.is_names());
    seen.is_names() && !eyes.known.is_unnamed() && !is_author() && question().is_some_and(asks)
}

/// Whether lines below a name in a plain text are none that stand below signatures: then the name is one of a list, or of
/// links.
fn goes_on(eyes: &Eyes<'_>, below: &[Seen]) -> bool {
    let scope = eyes.scope;
    let is_open = |seen: &Seen| {
        let text = eyes.text(seen.block);
        seen.is_open() && !seen.is_signature(scope) && evidence::describes(&scope.words, text).is_none()
    };
    // The place where somebody lives.
    !scope.article.is_page && below.iter().filter(|seen| is_open(seen)).count() > 1
}

/// Whether a note names somebody, says a post, or heads what does: `The authors are wrong.` above a paragraph is of the
/// text.
fn says_who(eyes: &Eyes<'_>, seen: &Seen) -> bool {
    let (words, text) = (&eyes.scope.words, eyes.text(seen.block));
    let says = |said: &Evidence| match &said.said.value {
        Value::Note { names, posts, .. } => !names.is_empty() || !posts.is_empty(),
        _ => false,
    };
    let first = text.split(|c: char| c.is_whitespace() || "（(，,、".contains(c)).next().unwrap_or_default();
    let begins = || !first.is_empty() && eyes.known.is_author(first);
    let notes = || evidence::notes(eyes.scope, eyes.known, seen.block).is_some_and(|notes| notes.iter().any(says));
    words.heads_note(text) || begins() || notes()
}

/// The last lines: above so many paragraphs nothing belongs to the tail.
fn last_lines(eyes: &Eyes<'_>, body: &[usize]) -> Vec<Seen> {
    let mut paragraphs = 0;
    let mut lines = Vec::new();
    for block in body.iter().skip(1).rev().take(TAIL) {
        let mut seen = eyes.see(*block, true);
        if matches!(&seen.line, Line::Header(parts) if says_in_words(&eyes.scope.words, eyes.text(*block), parts)) {
            seen.line = if is_long(eyes.text(*block)) { Line::Long } else { Line::Short };
        }
        paragraphs += usize::from(seen.line == Line::Long);
        lines.push(seen);
        if paragraphs > BELOW_NOTES + 1 {
            break;
        }
    }
    lines.reverse();
    lines
}

/// Whether a line below the text is a sentence that begins like a label: `Subject: the coat. That was her letter.`, `Tags: the
/// police put one on his toe.` Labels of people and papers may have a point behind the name, dates one behind the year.
fn says_in_words(words: &Words, text: &str, parts: &[Part]) -> bool {
    let has_value = |value: &Range<usize>| text[value.clone()].contains(|c: char| c.is_numeric() || "@/©".contains(c));
    let names_nobody = |value: &Range<usize>| {
        text[value.clone()].split_whitespace().nth(3).is_some() && byline::names(words, text, value.clone()).is_empty()
    };
    let may_say = |part: &Part| match &part.kind {
        PartKind::Labelled { field, value, .. } => match field {
            Field::Title
            | Field::Subtitle
            | Field::Section
            | Field::Genre
            | Field::Keywords
            | Field::Language
            | Field::Url
            | Field::Unkept => !has_value(value),
            Field::Author | Field::Editor | Field::Translator => names_nobody(value),
            Field::Contributor(_) => field.is_of_pictures() && !has_value(value) || names_nobody(value),
            _ => false,
        },
        kind => *kind == PartKind::Unknown,
    };
    ends_sentence(text) && parts.iter().all(may_say)
}

/// Whether the paragraphs above `end` end as sentences do: then a line that does not is none.
fn ends_like_prose(eyes: &Eyes<'_>, body: &[usize], end: usize) -> bool {
    let above = || body.iter().filter(|b| **b < end && is_long(eyes.text(**b)));
    above().count() >= 2 && above().all(|b| ends_sentence(eyes.text(*b)))
}

/// What a line of the tail is for, and what it says.
pub(super) fn settle(eyes: &Eyes<'_>, seen: &Seen, settled: &mut Settled) {
    let (scope, block) = (eyes.scope, seen.block);
    match &seen.line {
        Line::Furniture | Line::Section(_) => settled.leave_out(block, Reason::Words),
        Line::Header(parts) => settled.settle(block, head::role_of(parts), evidence::header(scope, block, parts)),
        Line::Rights => settled.settle(block, Role::Rights, [evidence::rights(scope, block)]),
        Line::Source => settled.settle(block, Role::SourceLine, evidence::reference_line(scope, block)),
        Line::Note => {
            if let Some(said) = evidence::notes(scope, eyes.known, block) {
                settled.settle(block, Role::AuthorNote, said);
            }
        }
        Line::Short if seen.is_signature(scope) => {
            settled.settle(block, Role::Byline, evidence::signature(scope, block, &seen.people));
        }
        Line::Short | Line::Long => {}
    }
}

/// Controls and boxes between the paragraphs.
pub(super) fn controls(scope: &Scope<'_>, roles: &[Role], body: &[usize]) -> Vec<usize> {
    let is_control = |block: &usize| {
        let text = scope.text(*block);
        // Controls are short; a sentence is none.
        let short = text.len() <= 300 && !(columns(text) > 120 && ends_sentence(text));
        // `© Harbour Times | Ada Holm`: whose a picture is.
        let is_credit = || scope.article.is_page && columns(text) <= 80 && text.starts_with(['©', 'ⓒ']);
        roles[*block] == Role::Body && short && (is_furniture(&scope.words, text) || is_credit())
    };
    body.iter().copied().filter(is_control).collect()
}
