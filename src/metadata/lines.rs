//! What each block is by its own words, before its neighbours are asked.

mod header;

use super::furniture::{self, is_furniture};
use super::lexicon::{self, Words};
use super::names::{Known, Naming, people_line};
use super::note::{self, Subject};
use super::prose::{ends_sentence, is_long};
use super::scope::Scope;
use super::segments::{self, Part, PartKind};
use super::{byline, person, source};
use crate::characters::{columns, has_cjk};
use crate::document::Field;
use crate::read::ArticleKind;

use header::{is_dated_phrase, is_header, is_of_terms};

/// What a block is by its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Part of the page.
    Furniture,
    /// The heading of such a part.
    Section(furniture::Section),
    /// Labelled values, dates, bylines.
    Header(Vec<Part>),
    /// A statement of rights.
    Rights,
    /// A reference to the first publication.
    Source,
    /// A note about the author.
    Note,
    /// A paragraph.
    Long,
    /// A line that may be a title, a name, a heading.
    Short,
}

/// Whether a text states rights: by its sign, by how it begins, by the name of a licence.
pub(super) fn is_rights(words: &Words, text: &str) -> bool {
    let is_opening = |c: char| matches!(c, '<' | '(' | '[' | '（' | '【') || c.is_whitespace();
    let bare = text.trim_start_matches(is_opening);
    let lower: String = bare.chars().take(LONGEST_SIGN).flat_map(char::to_lowercase).collect();
    let opened = &text[..text.len() - bare.len()];
    let is_dated = |rest: &str| rest.trim_start().bytes().take_while(u8::is_ascii_digit).count() >= 4;
    // `c. 2019 Harbour Times`
    let is_year = |rest: &str| ["19", "20"].iter().any(|century| rest.trim_start().starts_with(century));
    let short = lower.strip_prefix("c.").is_some_and(|rest| is_year(rest) && is_dated(rest));
    ["©", "ⓒ", "d. r. ©", "d.r. ©"].iter().any(|sign| lower.starts_with(sign))
        || lower.starts_with("c)") && opened.ends_with('(')
        || short
        || text.split('©').skip(1).any(is_dated)
        || words.states_rights(bare)
        || names_licence(text)
}

/// Longest sign of rights with the year behind it, in characters.
const LONGEST_SIGN: usize = 12;

/// Whether a text names a Creative Commons licence.
fn names_licence(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_word = |(at, _): (usize, &str)| !lower[..at].ends_with(char::is_alphanumeric);
    lower.contains("creative commons") || ["cc by", "cc-by"].iter().any(|cc| lower.match_indices(cc).any(is_word))
}

/// Longest text of which the parts are asked, in bytes and columns.
const LONGEST: (usize, usize) = (600, 260);

/// What a block is; `own` tells what its words say, if it is asked. In the tail, notes may be as long as paragraphs, and
/// speak of the author even where no byline named any.
pub(super) fn line(
    scope: &Scope<'_>,
    known: &Known,
    block: usize,
    tail: bool,
    own: impl FnOnce() -> Option<Line>,
) -> Line {
    let kind = &scope.article.blocks[block].kind;
    if !matches!(kind, ArticleKind::Paragraph | ArticleKind::Heading(_)) {
        return Line::Long;
    }
    if let Some(parts) = scope.house_line(block) {
        return Line::Header(parts);
    }
    let text = scope.text(block);
    // A paragraph of some length is nothing else, but for a note below the text.
    if text.len() > 700 && columns(text) > 400 && !tail {
        return Line::Long;
    }
    if !tail && lexicon::is_genre(&scope.words, text) {
        return Line::Short;
    }
    if let Some(line) = own() {
        return line;
    }
    if (tail || text.len() < LONGEST.0) && is_note(&scope.words, text, known, tail) {
        return Line::Note;
    }
    if is_long(text) { Line::Long } else { Line::Short }
}

/// What a block's words say, whoever is known; `None` where they say nothing.
pub(super) fn own_words(scope: &Scope<'_>, naming: &Naming, block: usize) -> Option<Line> {
    let (words, text) = (&scope.words, scope.text(block));
    if let Some(section) = furniture::section(words, text) {
        return Some(Line::Section(section));
    }
    match () {
        () if is_furniture(words, text) || is_row_of_controls(words, text) => Some(Line::Furniture),
        () if text.len() <= 400 && is_rights(words, text) && !(is_long(text) && columns(text) > 220) => {
            Some(Line::Rights)
        }
        () if source::is_source_line(words, text) => Some(Line::Source),
        // `（作者：X，系…）` is a note, and no label.
        () if text.starts_with(['（', '(']) && note::introduces(text) => Some(Line::Note),
        () => of_parts(scope, naming, block),
    }
}

/// What a line is by its parts: a menu, a header, a reference behind a label.
fn of_parts(scope: &Scope<'_>, naming: &Naming, block: usize) -> Option<Line> {
    let text = scope.text(block);
    if text.len() > LONGEST.0 || columns(text) > LONGEST.1 {
        return None;
    }
    let parts = segments::parts(&scope.words, text, &|at| scope.is_gap(block, at));
    let controls = !parts.is_empty() && parts.iter().all(|p| p.kind == PartKind::Furniture);
    let menu =
        || is_menu(text, &parts) && (has_single_words(text, &parts) || people_line(scope, naming, block).is_empty());
    if controls || menu() {
        return Some(Line::Furniture);
    }
    if is_of_terms(&scope.words, text, &parts) {
        return Some(Line::Furniture);
    }
    if !is_header(&scope.words, text, &parts) {
        return None;
    }
    let only_source = matches!(
        &parts[..],
        [Part { kind: PartKind::Labelled { field: Field::Source, value, .. }, .. }] if !value.is_empty()
    );
    Some(if only_source { Line::Source } else { Line::Header(parts) })
}

/// Where a note names its subject at the latest, who is not known yet, in bytes: behind a mark or an article.
const OPENING: usize = 12;

/// Longest note that says no post of somebody who is not known, in columns: `X writes from Y`.
const SHORT: usize = 100;

/// Whether a line speaks of the author: of one who is known, and below the text of anybody where none is.
fn is_note(words: &Words, text: &str, known: &Known, tail: bool) -> bool {
    let unnamed = (tail || text.starts_with(['*', '_'])) && known.is_unnamed();
    let is_like_one = |name: &str| {
        known.is_author(name)
            || (2..=4).contains(&name.split_whitespace().count()) && person::is_name(words, name)
            || person::is_chinese_name(words, name)
    };
    let says_post = || lexicon::is_post(words, text) || text.starts_with(['-', '–', '—', '•', '*']);
    let subject = if unnamed && says_post() { Subject::Like(&is_like_one) } else { Subject::Known(known) };
    // Of somebody who is not known a note gives the post: `Träger der Stelle ist die Gemeinde` is none.
    let opens = |note: &note::Note| note.names.first().is_none_or(|name| name.start <= OPENING);
    let says = |note: &note::Note| {
        note.described.is_empty() && (note.names.is_empty() || columns(text) <= SHORT)
            || note.names.iter().all(|name| known.is_author(&text[name.clone()]))
            || note.described.iter().any(|described| described.role.is_some()) && opens(note)
    };
    note::notes(words, text, &subject).is_some_and(|notes| notes.is_empty() || notes.iter().any(says))
}

/// Whether a header line may be a title where no other line is: a phrase with a date, or a word for pictures before a colon
/// and what names nobody (`Image: what we see`).
pub(super) fn may_be_title(words: &Words, text: &str, line: &Line) -> bool {
    let Line::Header(parts) = line else { return false };
    let is_picture = |part: &Part| match &part.kind {
        PartKind::Labelled { field, value, .. } if field.is_of_pictures() => {
            let is_cjk = || has_cjk(&text[value.clone()]) && !person::is_chinese_name(words, &text[value.clone()]);
            is_cjk() || byline::names(words, text, value.clone()).is_empty()
        }
        kind => *kind == PartKind::Unknown,
    };
    is_dated_phrase(words, text, parts) || parts.iter().all(is_picture)
}

/// `海嶼社 | 即時 | 全部`: three or more short pieces between bars, and none says anything. Kinds of text are sections beside a
/// control: `Home  Opinion`.
fn is_menu(text: &str, parts: &[Part]) -> bool {
    let has_control = parts.iter().any(|part| part.kind == PartKind::Furniture);
    let is_of_menu = |part: &Part| match part.kind {
        PartKind::Unknown | PartKind::Furniture => true,
        PartKind::Genre(_) => has_control,
        _ => false,
    };
    let is_short = |part: &Part| is_of_menu(part) && columns(&text[part.range.clone()]) <= 16;
    let is_row =
        parts.len() >= 3 || parts.len() == 2 && has_control && parts.iter().all(|part| part.kind != PartKind::Unknown);
    // Words of a sentence that are far from one another are no menu.
    is_row && parts.iter().all(is_short) && !ends_sentence(text)
}

/// `Home News Opinion`: three words of pages or more, the first one a control; or two that are surely of a menu.
fn is_row_of_controls(words: &Words, text: &str) -> bool {
    let is_sure = |word: &str| is_furniture(words, word) || lexicon::is_genre(words, word);
    text.len() <= LONGEST.0
        && (text.split_whitespace().nth(2).is_some() || text.split_whitespace().all(is_sure))
        && furniture::menu_end(words, text) == Some(text.trim_end().len())
}

/// `Menü   Suche   Merkliste`: no list of names, though each begins with a capital.
fn has_single_words(text: &str, parts: &[Part]) -> bool {
    let single = |p: &&Part| {
        let part = &text[p.range.clone()];
        !part.contains(char::is_whitespace) && !has_cjk(part)
    };
    parts.iter().filter(single).count() * 2 > parts.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_told_by_their_sign_and_their_words() {
        let words = Words::of(["en"]);
        for text in [
            "© Harbour Times",
            "(c) Harbour Times",
            "c. 2019 Harbour Times",
            "Text: Ada Holm © 2019",
            "All rights reserved.",
            "This text is under CC BY 4.0",
        ] {
            assert!(is_rights(&words, text), "{text}");
        }
        for text in
            ["c) The council should pay", "c. 1850 a road was built", "Nobody has a right to the quay", "acc byline"]
        {
            assert!(!is_rights(&words, text), "{text}");
        }
        assert!(is_rights(&Words::of(["zh"]), "本刊版权所有") && is_rights(&Words::of(["ko"]), "저작권자 ⓒ 물결신문"));
    }
}
