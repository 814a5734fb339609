//! Names that stand alone on their line, and the names that are known while notes and signatures are read.

use std::ops::Range;

use super::byline::Bylined;
use super::lexicon::{self, Words};
use super::prose::ends_sentence;
use super::scope::Scope;
use super::{byline, person, post};
use crate::characters::{columns, has_cjk};

/// What the article says of the names in it.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// Names that a note below the text explains as pen names.
    pub(super) pen_names: Vec<String>,
    /// Somebody is named as translator: authors may have names of another script's form.
    pub(super) is_translation: bool,
}

/// Whom the lines above the text name, while others are read that may speak of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Authors: the usual form of the name and the printed one, plain.
    pub(super) authors: Vec<(String, String)>,
    /// Names of all lines above the text, plain.
    pub(super) head: Vec<String>,
    /// The name in front of the title.
    pub(super) prefix: Option<String>,
}

/// Fewest characters of the end of a name that stand for all of it.
const LEAST_END: usize = 4;

impl Known {
    /// Whether this is the name of one of them, or the family name alone, as notes have it.
    pub(super) fn is_author(&self, name: &str) -> bool {
        let name = plain(name);
        let ends = |full: &str| full.ends_with(&name) && name.chars().count() >= LEAST_END;
        self.authors.iter().any(|(full, printed)| *full == name || *printed == name || ends(full))
            || self.head.iter().any(|full| *full == name || ends(full))
            || self.prefix.as_ref().is_some_and(|prefix| plain(prefix) == name)
    }

    /// Whether a line names this author in full.
    pub(super) fn is_bylined(&self, name: &str) -> bool {
        let name = plain(name);
        self.authors.iter().any(|(full, printed)| *full == name || *printed == name)
    }

    /// Whether nobody is.
    pub(super) fn is_empty(&self) -> bool {
        self.authors.is_empty() && self.head.is_empty() && self.prefix.is_none()
    }

    /// Whether a text may hold the name of one of them: the end of it, by which notes tell who is meant.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        let names = self.authors.iter().flat_map(|(full, printed)| [full, printed]);
        let mut names = names.chain(&self.head).map(String::as_str);
        let text = plain(text);
        let is_in = |name: &str| {
            let end = name.char_indices().rev().nth(LEAST_END - 1).map_or(0, |(at, _)| at);
            text.contains(&name[end..])
        };
        names.any(is_in) || self.prefix.as_ref().is_some_and(|prefix| is_in(&plain(prefix)))
    }

    /// Whether no author is known.
    pub(super) fn is_unnamed(&self) -> bool {
        self.authors.is_empty()
    }
}

/// A name for comparison: small letters, no spaces.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The names of a line without a label: bodies, two to four capitalised words, Chinese names by their family
/// name, a post and a name.
pub(super) fn people_line(scope: &Scope<'_>, naming: &Naming, block: usize) -> Vec<Bylined> {
    let text = scope.text(block);
    // Most lines are sentences; a semicolon may end a list of names.
    if ends_sentence(text) && !text.ends_with([';', '；']) {
        return Vec::new();
    }
    let range = without_marks(text);
    let line = &text[range.clone()];
    if line.is_empty() || columns(line) > 160 || ends_sentence(line) || lexicon::is_genre(&scope.words, line) {
        return Vec::new();
    }
    if lexicon::is_body(&scope.words, line) {
        return byline::names(&scope.words, text, range);
    }
    if lexicon::is_press(&scope.words, line) && !line.contains(['(', '（', ',', '、', '，']) && !has_cjk(line) {
        return Vec::new();
    }
    // A list that goes on from the line above.
    let joined = scope.words.conjunction(line).and_then(|length| line[length..].strip_prefix(' '));
    let range = range.end - joined.map_or(line.len(), str::len)..range.end;
    if naming.pen_names.iter().any(|name| name == line) {
        return vec![Bylined { name: range, described: post::Described::default() }];
    }
    let people = byline::names(&scope.words, text, range);
    // `Abo   E-Paper   Jobs`: several spaces stand between names, not in them.
    let torn = |b: &Bylined| {
        let name = &text[b.name.clone()];
        !has_cjk(name) && name.match_indices(' ').any(|(at, _)| scope.is_gap(block, b.name.start + at))
    };
    let sure = !people.iter().any(torn) && people.iter().all(|b| is_sure(&scope.words, text, b, naming));
    if sure { people } else { Vec::new() }
}

/// A line without the bullets and brackets around it.
fn without_marks(text: &str) -> Range<usize> {
    const BULLETS: [char; 18] =
        ['■', '●', '◆', '▲', '□', '◎', '○', '◇', '★', '☆', '•', ' ', '\u{3000}', '（', '(', '—', '–', '―'];
    let bullet = text.len() - text.trim_start_matches(BULLETS).len();
    let range = super::bars::trim(text, bullet..text.len());
    // A bracket that opens in the line is closed in it.
    if text[range.clone()].contains(['（', '(']) {
        return range;
    }
    let end = text[range.clone()].trim_end_matches(['）', ')']).len();
    range.start..range.start + end
}

/// Whether a name is one although no label says it.
fn is_sure(words: &Words, text: &str, bylined: &Bylined, naming: &Naming) -> bool {
    let name = &text[bylined.name.clone()];
    let described = bylined.described.role.is_some() || bylined.described.affiliation.is_some();
    if lexicon::is_body(words, name) {
        return true;
    }
    if lexicon::is_institution(words, name)
        || lexicon::is_press(words, name) && !described
        || person::is_staff(words, name)
    {
        return false;
    }
    if has_cjk(name) {
        // 湊　凪: the space tells a name, whatever the family.
        let spaced = name.chars().count() == 3 && name.chars().nth(1).is_some_and(char::is_whitespace);
        let katakana = name.contains('・') && name.chars().all(|c| matches!(c, '\u{30A1}'..='\u{30FC}'));
        let hangul = naming.is_translation
            && name.split_whitespace().count() >= 2
            && name.chars().all(|c| c == ' ' || matches!(c, '\u{AC00}'..='\u{D7A3}'));
        return described || spaced || person::is_chinese_name(words, name) || katakana || hangul;
    }
    let joins = |word: &str| words.is_particle(word) || words.conjunction(word) == Some(word.len());
    let small = name.split_whitespace().any(|word| words.is_small(word) && !joins(word));
    let caseless = name.chars().any(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase());
    person::stands_alone(words, name) && !small && (!caseless || described || naming.is_translation)
}
