//! The value behind a label.

use std::ops::Range;

use super::reference::reference;
use super::{Evidence, Subject, Value, Witness, unquoted};
use crate::characters::has_cjk;
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::post::{self, Described};
use crate::metadata::{byline, date, lexicon, person, rules, source};
use crate::span::RuleId;

/// What a labelled value says.
pub(super) fn labelled(line: &Witness<'_>, field: Field, label: Range<usize>, value: Range<usize>) -> Vec<Evidence> {
    let quotes = |range, rule| vec![line.quotes(field, range, rule)];
    if value.is_empty() {
        return Vec::new();
    }
    match field {
        Field::Author => people(line, field, label, value, rules::HEADER_AUTHOR),
        Field::Editor => people(line, field, label, value, rules::HEADER_EDITOR),
        Field::Translator => people(line, field, label, value, rules::HEADER_TRANSLATOR),
        // `Photo: Fire crews rest beside the road.` is a caption.
        Field::Contributor(_) if byline::names(&line.scope.words, line.text, value.clone()).is_empty() => Vec::new(),
        Field::Contributor(_) => people(line, field, label, value, rules::HEADER_CONTRIBUTOR),
        Field::Role | Field::Affiliation => vec![post(line, field, value)],
        Field::Published => dated(line, field, value, rules::HEADER_PUBLISHED),
        Field::Updated => dated(line, field, value, rules::HEADER_UPDATED),
        Field::Title => title(line, value),
        Field::Subtitle => quotes(unquoted(line.text, value), rules::HEADER_SUBTITLE),
        Field::Publisher if person::is_nobody(&line.scope.words, &line.text[value.clone()]) => Vec::new(),
        Field::Publisher => quotes(value, rules::HEADER_PUBLISHER),
        Field::Source => reference(line, value, true),
        Field::Url => source::find_url(line.text, value).map_or(Vec::new(), |url| quotes(url, rules::HEADER_URL)),
        Field::Section => quotes(unquoted(line.text, value), rules::HEADER_SECTION),
        Field::Genre => quotes(unquoted(line.text, value), rules::HEADER_GENRE),
        Field::Keywords => keywords(line, value),
        Field::Rights => quotes(label.start..value.end, rules::HEADER_RIGHTS),
        Field::Language => {
            let tag = line.text[unquoted(line.text, value.clone())].to_owned();
            let is_tag = crate::plan::is_language_tag(&tag);
            is_tag.then(|| line.says(field, value, Value::Text(tag), rules::HEADER_LANGUAGE)).into_iter().collect()
        }
        Field::SourceDate | Field::SourcePage | Field::SourceUrl | Field::Dateline | Field::Unkept => Vec::new(),
    }
}

/// The people of a labelled value. What is no name is kept as it is printed.
pub(super) fn people(
    line: &Witness<'_>,
    field: Field,
    label: Range<usize>,
    value: Range<usize>,
    rule: RuleId,
) -> Vec<Evidence> {
    if value.is_empty() || person::is_nobody(&line.scope.words, &line.text[value.clone()]) {
        return Vec::new();
    }
    let people = byline::names(&line.scope.words, line.text, value.clone());
    if people.is_empty() {
        // An account is named as an author by an element of its own.
        let account = Some(value.clone()).filter(|_| field == Field::Author);
        let account = account.and_then(|value| line.scope.account_in(&line.text[value.clone()]).map(|at| (value, at)));
        return match account {
            Some((value, at)) => {
                vec![line.name(
                    field,
                    value.start + at.start..value.start + at.end,
                    String::new(),
                    rules::HEADER_UNLIKELY,
                )]
            }
            None => vec![line.quotes(field, value, rules::LABEL_DOUBTFUL)],
        };
    }
    let label = line.text[label].trim();
    let is_likely =
        |name: &str| has_cjk(name) || person::stands_alone(&line.scope.words, name) && !person::runs_together(name);
    let named = people.into_iter().flat_map(|found| match field {
        Field::Contributor(_) => vec![line.name(field, found.name, label.to_owned(), rule)],
        Field::Author if line.scope.article.is_page && !is_likely(&line.text[found.name.clone()]) => {
            line.names(field, found, rules::HEADER_UNLIKELY)
        }
        Field::Author if label.is_empty() => {
            let rule = line.rule_without_label(&found, rule);
            line.names(field, found, rule)
        }
        _ => line.names(field, found, rule),
    });
    named.collect()
}

/// Post or institution of the author named last.
fn post(line: &Witness<'_>, field: Field, value: Range<usize>) -> Evidence {
    const RULE: RuleId = rules::HEADER_POST;
    let affiliation = |range| line.post(Described { role: None, affiliation: Some(range) }, RULE);
    if field == Field::Role {
        let described = post::describe(&line.scope.words, line.text, value.clone());
        let described = Described { role: described.role.or(Some(value.clone())), ..described };
        return line.posts(Subject::LastAuthor, value, line.post(described, RULE), RULE);
    }
    // `作者单位：甲检察院、乙大学法学院`: one for each.
    let houses = split(line.text, value.clone(), '、').map(|house| trim(line.text, house));
    let each: Vec<_> = houses.map(affiliation).collect();
    let said = Value::Post { of: Subject::LastAuthor, post: affiliation(value.clone()), each };
    line.says(Field::Affiliation, value, said, RULE)
}

/// The pieces of a range between marks.
fn split(text: &str, range: Range<usize>, mark: char) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = range.start;
    text[range].split(mark).map(move |piece| {
        let at = start..start + piece.len();
        start = at.end + mark.len_utf8();
        at
    })
}

/// A date that a label calls the one of publication or of a change.
fn dated(line: &Witness<'_>, field: Field, value: Range<usize>, rule: RuleId) -> Vec<Evidence> {
    let date = date::find_in(&line.scope.words, line.text, &value);
    date.map(|date| line.dates(field, date, rule)).into_iter().collect()
}

/// A title, and the kind of text before it: `Subject: OPINION: Weeding is not vandalism`.
fn title(line: &Witness<'_>, value: Range<usize>) -> Vec<Evidence> {
    let value = unquoted(line.text, value);
    let genre = lexicon::genre_before(&line.scope.words, &line.text[value.clone()]);
    let start = value.start + genre.as_ref().map_or(0, |(_, at)| *at);
    let genre = genre.map(|(genre, _)| {
        line.quotes(Field::Genre, value.start + genre.start..value.start + genre.end, rules::TITLE_LABEL)
    });
    genre.into_iter().chain([line.quotes(Field::Title, start..value.end, rules::HEADER_TITLE)]).collect()
}

/// Keywords, by the marks that are between them: spaces only where there are no others.
fn keywords(line: &Witness<'_>, value: Range<usize>) -> Vec<Evidence> {
    const MARKS: [char; 9] = [',', '，', ';', '；', '、', '|', '،', '؛', '·'];
    let list = &line.text[value.clone()];
    let inner = list.trim_start_matches('[');
    let base = value.start + (list.len() - inner.len());
    let inner = inner.trim_end_matches(']');
    let (marked, cjk) = (inner.contains(MARKS), has_cjk(list));
    // Elements of their own are words of their own: `<a>peatones</a> <a>tráfico</a>`.
    let is_gap = |at: usize| !marked && line.scope.is_gap(line.block, base + at);
    let separates = |(at, c): (usize, char)| {
        let is_mark = if marked { MARKS.contains(&c) } else { c == '\u{3000}' || (c == ' ' && cjk) || c == '#' };
        (is_mark || c == ' ' && is_gap(at)).then_some((at, at + c.len_utf8()))
    };
    let ends: Vec<(usize, usize)> =
        inner.char_indices().filter_map(separates).chain([(inner.len(), inner.len())]).collect();
    let starts = [0].into_iter().chain(ends.iter().map(|(_, next)| *next));
    let pieces = starts.zip(&ends).map(|(start, (end, _))| {
        let word = unquoted(line.text, trim(line.text, base + start..base + end));
        word.end - line.text[word.clone()].trim_start_matches('#').len()..word.end
    });
    pieces
        .filter(|word| !word.is_empty())
        .map(|word| line.quotes(Field::Keywords, word, rules::HEADER_KEYWORDS))
        .collect()
}
