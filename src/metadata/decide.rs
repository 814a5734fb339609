//! Evidence to metadata: of each field what is taken, what may be meant instead, and what could not be decided.

mod dates;
mod language;
mod marks;
mod people;
mod publisher;
mod stated_people;
mod support;
mod texts;
mod title;

use self::stated_people::Authors;
use super::evidence::{Evidence, printed_title, statements, subtitle, title_line};
use super::names::Known;
use super::outline::Outline;
use super::rules;
use super::scope::Scope;
use super::{Listed, Recognised};
use crate::document::{Field, Medium, Metadata, Relator, Role};
use crate::plan::{Defaults, Houses, Stated};
use crate::span::{Permille, RuleId, Spanned, Support};

/// What is taken of a field, and what lost or was too doubtful.
#[derive(Debug)]
struct Decided<T> {
    taken: T,
    candidates: Vec<Spanned<String>>,
}

impl<T> Decided<T> {
    fn only(taken: T) -> Self {
        Self { taken, candidates: Vec::new() }
    }
}

/// The first text that evidence gives of a field.
fn first(evidence: &[Evidence], field: Field) -> Option<Spanned<String>> {
    evidence.iter().filter(|e| e.field == field).find_map(Evidence::text)
}

/// Everything that is said of an article.
struct Witnesses<'a> {
    scope: &'a Scope<'a>,
    /// What its lines say.
    lines: Vec<Evidence>,
    /// What the page states of itself.
    page: Vec<Evidence>,
    /// What the user states.
    user: &'a Stated,
    /// What the user says of all articles, and of those of a house.
    houses: &'a Houses,
}

/// Decides every field. What the user states wins.
pub(super) fn decide(scope: &Scope<'_>, outline: Outline, stated: &Stated, houses: &Houses) -> Recognised {
    let Outline { roles, reasons, headings, evidence: mut lines, known, medium, title_rule } = outline;
    let title = title_line(scope, &roles, &lines, title_rule);
    lines.extend(title.into_iter().filter(|said| medium != Medium::PrintedPage || !is_topic(said, &known)));
    lines.extend(subtitle(scope, &roles));
    let witnesses = Witnesses { scope, lines, page: statements(scope), user: stated, houses };
    let (lines, page) = (&witnesses.lines, &witnesses.page);
    let voices = support::Voices::new(scope, medium, lines, page);
    let named = people::people(&scope.words, lines, &known).sure(&voices);
    let visible = title::visible(lines, named.has_prefix, printed_title(scope, &roles));
    let publisher = publisher::publisher(scope, lines, page, &roles, visible.as_ref());
    let title = title::title(&voices, visible, stated);
    let url = texts::url(lines, page);
    let language = witnesses.language();
    let dates = dates::dates(&voices, url.as_ref(), language.taken.value.primary());
    let Authors { decided: authors, numbers } = stated_people::authors(&voices, &named, publisher.taken.as_ref());
    let mentioned = named.named.into_iter().filter_map(|(block, range, listed)| {
        let listed = listed.author().map_or(Some(listed), |index| numbers[index].map(Listed::Author))?;
        Some((block, range, listed))
    });
    let mentioned: Vec<_> = mentioned.collect();
    let others = |field, shown| stated_people::others(field, shown, page, publisher.taken.as_ref());
    let mut metadata = Metadata {
        authors: authors.taken,
        editors: others(Field::Editor, named.editors),
        translators: others(Field::Translator, named.translators),
        contributors: named.contributors,
        title: title.taken.as_ref().map(|title| title.title.clone()),
        title_as_printed: title.taken.and_then(|title| title.printed),
        published: dates.published.taken,
        updated: dates.updated.taken,
        url,
        language: language.taken,
        ..witnesses.texts()
    };
    metadata.publisher = publisher.taken.or_else(|| witnesses.default(|d| d.publisher.clone()));
    support::weigh_texts(&voices, &mut metadata);
    forget_parts_of_other_names(&mut metadata);
    let doubted = named.candidates.into_iter();
    let candidates = doubted
        .chain(listed(Field::Publisher, publisher.candidates))
        .chain(listed(Field::Title, title.candidates))
        .chain(listed(Field::Author, authors.candidates))
        .chain(listed(Field::Published, dates.published.candidates))
        .chain(listed(Field::Updated, dates.updated.candidates));
    for (field, value) in candidates {
        // Those of all relators are one list.
        let field = if let Field::Contributor(_) = field { Field::Contributor(Relator("ctb")) } else { field };
        metadata.candidates.entry(field).or_default().push(value);
    }
    let roles = if title.is_replaced { without_title(scope, roles, metadata.title.is_some()) } else { roles };
    let blocks = marks::Marks { lines, dates: &dates.decided, named: &mentioned, people: &metadata };
    let blocks = blocks.blocks(scope, &roles, &reasons, &headings);
    let about_title = title::diagnostic(metadata.title.as_ref());
    let diagnostics =
        named.diagnostics.into_iter().chain(dates.diagnostics).chain(language.diagnostic).chain(about_title);
    Recognised { metadata, medium, blocks, diagnostics: diagnostics.collect() }
}

/// Whether the name in front of the title of a printed page is one that no other line gives: it is the topic.
fn is_topic(said: &Evidence, known: &Known) -> bool {
    said.rule() == rules::TITLE_PREFIX
        && said.said.value.printed_name().is_some_and(|name| !Known { prefix: None, ..known.clone() }.is_author(name))
}

fn listed(field: Field, values: Vec<Spanned<String>>) -> impl Iterator<Item = (Field, Spanned<String>)> {
    values.into_iter().map(move |value| (field, value))
}

/// The roles where another title is taken than the one that a line shows: in a page the line heads something else; in
/// a plain text it is one of the text, as it is where no title is sure enough.
fn without_title(scope: &Scope<'_>, roles: Vec<Role>, is_titled: bool) -> Vec<Role> {
    let other = if scope.article.is_page && is_titled { Role::Furniture } else { Role::Body };
    roles.into_iter().map(|role| if role == Role::Title { other } else { role }).collect()
}

/// The parts of a name in ideographs are those of a Chinese name; in a Japanese text they would be wrong.
fn forget_parts_of_other_names(metadata: &mut Metadata) {
    if metadata.language.value.primary() == "zh" {
        return;
    }
    let named = [&mut metadata.authors, &mut metadata.editors, &mut metadata.translators];
    for person in named.into_iter().flatten().filter(|p| crate::characters::has_cjk(&p.value.name)) {
        (person.value.family, person.value.given) = (None, None);
    }
}

impl Witnesses<'_> {
    /// The fields of which the first text counts.
    fn texts(&self) -> Metadata {
        let (lines, page) = (&self.lines, &self.page);
        Metadata {
            subtitle: texts::text(Field::Subtitle, lines, page),
            source: texts::source(lines, page),
            section: texts::text(Field::Section, lines, page),
            genre: first(lines, Field::Genre),
            dateline: first(lines, Field::Dateline).or_else(|| self.default(|d| d.place.clone())),
            rights: texts::rights(lines, page).or_else(|| self.default(|d| d.rights.clone())),
            keywords: texts::keywords(lines, page),
            ..Metadata::default()
        }
    }

    /// What the user says of all articles, or of those of the house.
    fn default(&self, of: fn(&Defaults) -> Option<String>) -> Option<Spanned<String>> {
        let value = self.scope.defaults(&self.houses.defaults).find_map(of)?;
        // It is said of all articles, and of this one nobody said it: as sure as a value has to be.
        Some(Spanned { confidence: rules::TAKEN, ..by_user(value, rules::PROFILE_DEFAULT) })
    }

    fn language(&self) -> language::Told {
        let default = self.default(|d| d.language.as_ref().map(|tag| tag.0.clone()));
        language::language(self.scope, &self.lines, &self.page, self.user, default)
    }
}

/// What the user states.
fn by_user(value: String, rule: RuleId) -> Spanned<String> {
    Spanned { value, span: None, rule, confidence: Permille::CERTAIN, support: Support::default() }
}
