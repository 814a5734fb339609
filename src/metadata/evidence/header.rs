//! A line of a header: labelled values, bylines, dates, kinds of text, and what stands between them.

use crate::metadata::furniture::is_furniture;
use std::ops::Range;

use super::labelled::{labelled, people};
use super::places::site_name;
use super::{Evidence, Subject, Value, Witness, inverted};
use crate::characters::{columns, has_cjk};
use crate::document::{Field, Person};
use crate::metadata::byline::{self, Bylined};
use crate::metadata::front_matter::Entry;
use crate::metadata::lexicon::{self, Words};
use crate::metadata::prose::ends_sentence;
use crate::metadata::scope::Scope;
use crate::metadata::segments::{Part, PartKind};
use crate::metadata::{date, person, post, rules};
use crate::read::Clue;

/// What the parts of a line say.
pub(in crate::metadata) fn header(scope: &Scope<'_>, block: usize, parts: &[Part]) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let strong = parts.iter().filter(|p| !matches!(p.kind, PartKind::Unknown | PartKind::Furniture)).count();
    if is_span(&line, parts) {
        return Vec::new();
    }
    let is_caption = parts.iter().all(is_of_picture);
    let mut said: Vec<Evidence> = Vec::new();
    // What a value on the next line, or behind a bar, is of, and its label.
    let mut pending: Option<(Field, Range<usize>)> = None;
    for (index, part) in parts.iter().enumerate() {
        match &part.kind {
            PartKind::Labelled { field, label, value } => {
                said.extend(labelled(&line, *field, label.clone(), value.clone()));
                pending = value.is_empty().then(|| (*field, label.clone()));
            }
            PartKind::Byline(names) => {
                pending = if names.is_empty() { Some((Field::Author, part.range.clone())) } else { pending };
                said.extend(opened(&line, part, names));
            }
            PartKind::Date(date) => said.push(line.dates(Field::Published, date.clone(), rules::DATE_LINE)),
            PartKind::Genre(genre) => {
                // 寄稿　X: what is contributed has its author behind it.
                let contributed = line.scope.words.is_contribution(&line.text[genre.clone()]);
                pending = if contributed { Some((Field::Author, genre.clone())) } else { pending };
                said.push(line.quotes(Field::Genre, genre.clone(), rules::KICKER));
            }
            PartKind::Furniture => {}
            PartKind::Unknown => match pending.take() {
                Some((field, label)) => said.extend(labelled(&line, field, label, part.range.clone())),
                None => {
                    let is_named = said.iter().any(|e| matches!(e.said.value, Value::Name { .. }));
                    let place = Place { index, strong, is_named, is_caption };
                    said.extend(unlabelled(&line, part.range.clone(), &place));
                }
            },
        }
    }
    said
}

/// Whether a part says whose a picture is, or nothing: `Ada Holm (Photo: Berit Aune)` has no author.
pub(in crate::metadata) fn is_of_picture(part: &Part) -> bool {
    match part.kind {
        PartKind::Labelled { field, .. } => field.is_of_pictures(),
        PartKind::Unknown | PartKind::Furniture => true,
        PartKind::Date(_) | PartKind::Byline(_) | PartKind::Genre(_) => false,
    }
}

/// Whether a line gives the first and the last day of something, and not when an article was published: `May 9 – May 12,
/// 2016`, `05 Dec 2017 - 01 Jan 2020`.
fn is_span(line: &Witness<'_>, parts: &[Part]) -> bool {
    let [Part { range: first, kind }, Part { range: last, kind: PartKind::Date(_) }] = parts else { return false };
    let (first, between) = (&line.text[first.clone()], &line.text[first.end..last.start]);
    let is_month = || first.split(' ').any(|word| line.scope.words.month(word).is_some());
    // `12–14 May 2015`, and no year of another calendar.
    let figures = first.len() - first.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let is_day = matches!(kind, PartKind::Date(_))
        || (1..=2).contains(&figures)
        || figures == 0 && first.contains(char::is_numeric) && is_month();
    is_day && matches!(between.trim(), "-" | "–" | "—" | "~" | "～")
}

/// A value of the front matter.
pub(in crate::metadata) fn entry(scope: &Scope<'_>, entry: &Entry) -> Vec<Evidence> {
    let line = Witness::new(scope, entry.block);
    let (label, value) = (entry.value.start..entry.value.start, entry.value.clone());
    match entry.field {
        Field::Author | Field::Editor | Field::Translator => {
            people(&line, entry.field, label, value, rules::FRONT_MATTER)
        }
        field => labelled(&line, field, label, value),
    }
}

/// A value that stands where the export of a press database has it.
pub(in crate::metadata) fn exported(
    scope: &Scope<'_>,
    field: Field,
    block: usize,
    value: Range<usize>,
) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    match field {
        Field::Published => {
            let date = date::find_in(&scope.words, line.text, &value);
            date.map(|date| line.dates(field, date, rules::EXPORT_PLACE)).into_iter().collect()
        }
        Field::Author => match inverted(&line.text[value.clone()], 3, 3) {
            Some((family, given)) => {
                let name = format!("{given} {family}");
                let printed = line.text[value.clone()].to_owned();
                let person = Person { printed, ..person::person(&scope.words, &name) };
                let said = Value::Name { person, beside: String::new(), mark: None };
                vec![line.says(field, value, said, rules::EXPORT_PLACE)]
            }
            None => people(&line, field, value.start..value.start, value, rules::EXPORT_PLACE),
        },
        _ => vec![line.quotes(field, value, rules::EXPORT_PLACE)],
    }
}

/// Names behind an opening word, and the kind of text that the word may be: `寄稿　X`.
fn opened(line: &Witness<'_>, part: &Part, names: &Range<usize>) -> Vec<Evidence> {
    let people = byline::names(&line.scope.words, line.text, names.clone());
    let mut said: Vec<Evidence> =
        people.into_iter().flat_map(|found| line.names(Field::Author, found, rules::BYLINE)).collect();
    let opening = line.text[part.range.start..names.start].trim();
    if lexicon::is_genre(&line.scope.words, opening) {
        let genre = part.range.start..part.range.start + opening.len();
        said.push(line.quotes(Field::Genre, genre, rules::BYLINE_GENRE));
    }
    said
}

/// Where a part stands in its line.
struct Place {
    /// Its number.
    index: usize,
    /// How many parts of the line say by themselves what they are.
    strong: usize,
    /// Somebody is named before it.
    is_named: bool,
    /// Nothing in the line is said but whose a picture is.
    is_caption: bool,
}

/// A part of a header line that has no label: names, the post of who stands before it, the name of the site.
fn unlabelled(line: &Witness<'_>, range: Range<usize>, place: &Place) -> Vec<Evidence> {
    let Place { index, strong, is_named, is_caption } = *place;
    let value = &line.text[range.clone()];
    if value.contains('@') || is_furniture(&line.scope.words, value) || is_for_paper(&line.scope.words, value) {
        return Vec::new();
    }
    let people = byline::names(&line.scope.words, line.text, range.clone());
    let post = lexicon::is_post_phrase(&line.scope.words, value)
        || (lexicon::is_post(&line.scope.words, value) && !person::is_chinese_name(&line.scope.words, value));
    let institution = lexicon::is_institution(&line.scope.words, value) || lexicon::is_press(&line.scope.words, value);
    let is_described = |p: &Bylined| p.described.role.is_some() || p.described.affiliation.is_some();
    // `Mollan Gazette staff`
    let is_staff = is_named && person::is_staff(&line.scope.words, value);
    let names = !people.is_empty() && !is_staff && (!post && !institution || people.iter().any(is_described));
    if is_named && (!names || post) {
        let says = post || lexicon::is_institution(&line.scope.words, value);
        let described = || line.post(post::describe(&line.scope.words, line.text, range.clone()), rules::BYLINE_POST);
        return says
            .then(|| line.posts(Subject::Last, range.clone(), described(), rules::BYLINE_POST))
            .into_iter()
            .collect();
    }
    let plain_name = |b: &Bylined| {
        let name = &line.text[b.name.clone()];
        let latin = !has_cjk(name);
        if latin {
            person::stands_alone(&line.scope.words, name)
        } else {
            person::is_chinese_name(&line.scope.words, name) || b.described.role.is_some()
        }
    };
    // What stands first in a line of a page is its site, unless the element is for an author.
    let is_for_author = line.scope.article.blocks[line.block].clue == Some(Clue::Author);
    let is_beside_date = || {
        let has_small = value.split_whitespace().any(|word| line.scope.words.is_small(word));
        let behind = line.text[range.end..].trim_start_matches([' ', ',', '·', '|', '-', '–', '•']);
        crate::metadata::date::find_date(&line.scope.words, behind)
            .is_some_and(|date| date.range.start == 0 && !has_small)
    };
    let may_be = index > 0
        || is_for_author
        || !line.scope.article.is_page
        || line.scope.is_above_text(line.block) && is_beside_date();
    if names && strong > 0 && !is_caption && people.iter().all(plain_name) && may_be {
        let rule = if is_for_author { rules::HEADER_AUTHOR } else { rules::HEADER_NAME };
        let named = people.into_iter().flat_map(|found| {
            let rule = line.rule_without_label(&found, rule);
            line.names(Field::Author, found, rule)
        });
        return named.collect();
    }
    // An element of its own names an account: `26 November 2017 tlow`.
    if strong > 0 && line.scope.is_account(value) && !institution && !post {
        return vec![line.name(Field::Author, range, String::new(), rules::HEADER_UNLIKELY)];
    }
    site(line, range, place, institution).into_iter().collect()
}

/// The name of the site, before everything else that the line says, or behind it.
fn site(line: &Witness<'_>, range: Range<usize>, place: &Place, institution: bool) -> Option<Evidence> {
    let value = &line.text[range.clone()];
    let is_page = line.scope.article.is_page;
    if place.strong == 0 {
        return None;
    }
    if place.index > 0 {
        let is_press = institution && lexicon::is_press(&line.scope.words, value);
        return is_press.then(|| line.quotes(Field::Publisher, range, rules::HEADER_SITE));
    }
    // `Короткая ссылка: …`: a word before a label is a part of it, unless something stands between.
    let joined = line.text[range.end..].starts_with(' ')
        && line.text[range.end + 1..].starts_with(char::is_alphanumeric)
        && !line.scope.is_gap(line.block, range.end);
    let named = (!is_page || institution || line.scope.is_stated_site(value)) && !joined;
    let is_label = value.ends_with([':', '：']) || value.chars().count() < 2;
    // `Harrowby, May 9, 2020` has the place before the date.
    let is_place = !institution && line.text[range.end..].trim_start().starts_with([',', '，', '،']);
    let is_site = named && !is_label && !is_place && columns(value) <= 50 && !ends_sentence(value);
    is_site
        .then(|| line.quotes(Field::Publisher, site_name(&line.scope.words, line.text, range), rules::HEADER_LEADING))
}

/// `For the Pelham Ledger`, `Special to the Fundale Chronicle-Star`.
pub(in crate::metadata) fn is_for_paper(words: &Words, value: &str) -> bool {
    words.for_paper(value).is_some()
}
