//! Which lines are those of a header, by their parts: at least one is sure, all are possible, and the whole is no sentence,
//! no salutation and no reference to another article.

use crate::characters::{columns, has_cjk};
use crate::document::Field;
use crate::metadata::lexicon::{self, Words};
use crate::metadata::prose::{ends_sentence, is_long};
use crate::metadata::segments::{Part, PartKind};
use crate::metadata::{byline, date, person};

/// Whether the parts of a line are those of a header: at least one is sure, and what is unknown is short.
pub(super) fn is_header(words: &Words, text: &str, parts: &[Part]) -> bool {
    // A sentence that begins like a byline or holds a label is a sentence.
    let labels = parts.iter().filter(|p| matches!(p.kind, PartKind::Labelled { .. })).count();
    let opens = parts.first().is_some_and(|p| !matches!(p.kind, PartKind::Unknown));
    if is_long(text) && ((ends_sentence(text) && labels < 2) || !opens) {
        return false;
    }
    if !parts.iter().all(|part| is_possible(words, text, part))
        || is_dated_sentence(words, text, parts)
        || is_reply(text, parts)
        || is_address(words, text, parts)
    {
        return false;
    }
    let is_sure = |p: &Part| matches!(p.kind, PartKind::Labelled { .. } | PartKind::Date(_) | PartKind::Byline(_));
    parts.iter().any(is_sure) || is_genre_beside_site(words, text, parts)
}

/// Whether a line is a sentence that speaks of a day: `That was on May 9, 2016.`, `[1] Minutes of the council, 12 May 2021.`
fn is_dated_sentence(words: &Words, text: &str, parts: &[Part]) -> bool {
    ends_sentence(text) && is_dated_phrase(words, text, parts)
}

/// Whether a line says something beside a date: `What happened on January 6, 2021`.
pub(super) fn is_dated_phrase(words: &Words, text: &str, parts: &[Part]) -> bool {
    let is_open = |part: &Part| matches!(part.kind, PartKind::Date(_) | PartKind::Unknown);
    let says = |word: &str| word.starts_with(char::is_lowercase) && !words.is_small(word);
    let mut unknown = parts.iter().filter(|part| part.kind == PartKind::Unknown);
    parts.iter().all(is_open)
        && unknown.any(|part| text[part.range.clone()].split(|c: char| !c.is_alphanumeric()).any(says))
}

/// Whether a line addresses somebody: `To the Editor:` has its label behind words that no label follows.
fn is_address(words: &Words, text: &str, parts: &[Part]) -> bool {
    let [Part { kind: PartKind::Unknown, range }, Part { kind: PartKind::Labelled { value, .. }, .. }] = parts else {
        return false;
    };
    let last = text[range.clone()].rsplit(' ').next().unwrap_or_default();
    value.is_empty() && words.is_small(last)
}

/// Whether a line refers to another article by its title and day: `Re “The bridge” (front page, May 4, 2011):`. A paper may
/// have its name in quotation marks, and nothing outside them.
fn is_reply(text: &str, parts: &[Part]) -> bool {
    const MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];
    let is_title = |part: &Part| {
        let unknown = text[part.range.clone()].trim_end_matches(|c: char| !c.is_alphanumeric() && !MARKS.contains(&c));
        part.kind == PartKind::Unknown && unknown.contains(MARKS) && !unknown.starts_with(MARKS)
    };
    let is_day = |part: &Part| matches!(part.kind, PartKind::Date(_));
    parts.iter().any(is_title) && parts.iter().any(is_day) && parts.iter().all(|part| is_title(part) || is_day(part))
}

/// Whether a part can be one of a header.
fn is_possible(words: &Words, text: &str, part: &Part) -> bool {
    match &part.kind {
        PartKind::Labelled { field, value, .. } => is_plausible(words, *field, &text[value.clone()]),
        PartKind::Byline(names) => {
            let value = &text[names.clone()];
            value.is_empty() || !byline::names(words, text, names.clone()).is_empty() || person::is_nobody(words, value)
        }
        PartKind::Date(_) | PartKind::Genre(_) | PartKind::Furniture => true,
        PartKind::Unknown => {
            let unknown = &text[part.range.clone()];
            columns(unknown) <= 70 && !(ends_sentence(unknown) && columns(unknown) > 30)
        }
    }
}

/// A kind of text with a site: `Le Phare d’Armonne – Éditorial`, and the like.
fn is_genre_beside_site(words: &Words, text: &str, parts: &[Part]) -> bool {
    let genre = parts.iter().any(|p| matches!(p.kind, PartKind::Genre(_)));
    let contributed =
        parts.iter().any(|p| matches!(&p.kind, PartKind::Genre(g) if words.is_contribution(&text[g.clone()])));
    let site = |p: &Part| {
        let unknown = &text[p.range.clone()];
        !matches!(p.kind, PartKind::Unknown)
            || lexicon::is_press(words, unknown)
            || lexicon::is_institution(words, unknown)
            || person::is_chinese_name(words, unknown)
            || (contributed && person::is_name(words, unknown) && unknown.chars().count() <= 8)
            || (!has_cjk(unknown)
                && unknown.split_whitespace().count() <= 4
                && !byline::names(words, text, p.range.clone()).is_empty())
    };
    // `首页 观点 文化` is a menu.
    let is_control = |p: &Part| matches!(p.kind, PartKind::Furniture);
    genre && parts.len() > 1 && parts.iter().all(site) && !parts.iter().any(is_control)
}

/// Whether a labelled value can be one of its kind.
fn is_plausible(words: &Words, field: Field, value: &str) -> bool {
    let columns = columns(value);
    if is_said_of(field) && is_clause(value) {
        return false;
    }
    match field {
        Field::Published | Field::Updated => {
            date::find_date(words, value).is_some()
                || (columns <= 40 && value.chars().any(char::is_numeric))
                || value.is_empty()
        }
        Field::Author | Field::Editor | Field::Translator | Field::Contributor(_) => {
            columns <= 160 && !(ends_sentence(value) && columns > 60)
        }
        Field::Title | Field::Subtitle => columns <= 240,
        Field::Role | Field::Affiliation | Field::Publisher | Field::Source | Field::Section | Field::Genre => {
            columns <= 120 && !(ends_sentence(value) && columns > 60)
        }
        Field::Url => columns <= 300 && (value.contains("://") || value.contains('.') || value.is_empty()),
        Field::Keywords | Field::Rights => columns <= 300,
        Field::Language => columns <= 30,
        Field::Dateline | Field::SourceDate | Field::SourcePage | Field::SourceUrl => false,
        Field::Unkept => columns <= 60,
    }
}

/// Fields of which the values are names.
fn is_said_of(field: Field) -> bool {
    let is_person = matches!(field, Field::Author | Field::Editor | Field::Translator | Field::Contributor(_));
    is_person || matches!(field, Field::Source | Field::Publisher)
}

/// Whether a text is the end of a sentence and names nobody: `that is what she calls herself.`, `my own two eyes.`
fn is_clause(text: &str) -> bool {
    let is_name = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '@' | '/' | '"' | '“' | '«');
    ends_sentence(text) && text.starts_with(char::is_lowercase) && !text.contains(is_name)
}

/// Whether a line gives the day of the terms or of a policy of the site, and nothing of the article: `Terms of Use (10 Mar
/// 2001)`.
pub(super) fn is_of_terms(words: &Words, text: &str, parts: &[Part]) -> bool {
    let is_of_article = |part: &Part| match &part.kind {
        PartKind::Labelled { field, .. } => !matches!(field, Field::Published | Field::Updated | Field::Unkept),
        PartKind::Byline(_) => true,
        PartKind::Date(_) | PartKind::Genre(_) | PartKind::Furniture | PartKind::Unknown => false,
    };
    words.opens_terms(text) && text.contains(char::is_numeric) && !parts.iter().any(is_of_article)
}
