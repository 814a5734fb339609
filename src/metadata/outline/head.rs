//! The lines above the text: what the headers say, and which of the other lines are kind of text, site, title,
//! subtitle and names.

use super::credit::is_credit;
use super::title::{Choice, choose};
use super::{Outline, Seen, Settled};
use crate::characters::columns;
use crate::document::{Field, Reason, Role};
use crate::metadata::evidence::{self, Evidence, Value};
use crate::metadata::lexicon::Words;
use crate::metadata::lines::Line;
use crate::metadata::names::{Known, plain};
use crate::metadata::scope::Scope;
use crate::metadata::segments::{self, Part, PartKind};
use crate::metadata::{byline, note, person};
use crate::read::{ArticleKind, Clue, Markup, MarkupKind};

/// What the head is for, and whom it names.
pub(super) struct Head {
    pub(super) settled: Settled,
    pub(super) known: Known,
}

/// Settles the lines above the text. `named` are the names of all lines of a plain text's head.
pub(super) fn head(scope: &Scope<'_>, outline: &Outline, seen: &[Seen], named: Vec<String>) -> Head {
    let mut settled = Settled::default();
    for seen in seen.iter().filter(|seen| matches!(seen.line, Line::Furniture | Line::Section(_))) {
        settled.leave_out(seen.block, Reason::Words);
        settled.evidence.extend(evidence::menu(scope, seen.block));
    }
    // The title first: what stands below it may be a name, what stands above may be the site's.
    let is_titled = outline.evidence.iter().any(|e| e.field == Field::Title);
    let choice = choose(scope, &outline.roles, seen, is_titled);
    let mut roles = outline.roles.clone();
    choice.title.iter().for_each(|at| roles[seen[*at].block] = Role::Title);
    let prefix = evidence::prefix(scope, &roles);
    settle_choice(scope, seen, &choice, &mut settled);
    let known = |said: &[Evidence]| {
        let authors = authors(outline.evidence.iter().chain(said));
        Known { authors, head: named.clone(), prefix: prefix.clone() }
    };
    let lines = Lines { scope, roles: &roles, is_bylined: seen.iter().any(names_author) };
    let mut headers: Vec<Vec<Evidence>> = seen.iter().map(|seen| header(scope, seen)).collect();
    // Names alone do not speak for one another.
    let by_labels = Known { head: Vec::new(), ..known(&headers.concat()) };
    for (at, seen) in seen.iter().enumerate() {
        match &seen.line {
            Line::Header(parts) => {
                settled.settle(seen.block, role_of(parts), std::mem::take(&mut headers[at]));
            }
            Line::Rights => settled.settle(seen.block, Role::Rights, [evidence::rights(scope, seen.block)]),
            Line::Source => {
                settled.settle(seen.block, Role::SourceLine, evidence::reference_line(scope, seen.block));
            }
            _ if choice.rest.contains(&at) => lines.settle(seen, &by_labels, &mut settled),
            _ => {}
        }
    }
    for seen in seen.iter().filter(|seen| seen.line == Line::Note) {
        if let Some(said) = evidence::notes(scope, &known(&settled.evidence), seen.block) {
            settled.settle(seen.block, Role::AuthorNote, said);
        }
    }
    let known = known(&settled.evidence);
    Head { settled, known }
}

fn header(scope: &Scope<'_>, seen: &Seen) -> Vec<Evidence> {
    match &seen.line {
        Line::Header(parts) => evidence::header(scope, seen.block, parts),
        _ => Vec::new(),
    }
}

/// Kinds of text, the site, title and subtitle.
fn settle_choice(scope: &Scope<'_>, seen: &[Seen], choice: &Choice, settled: &mut Settled) {
    for at in &choice.kickers {
        settled.settle(seen[*at].block, Role::Header, evidence::kicker(scope, seen[*at].block));
    }
    if let Some(at) = choice.site {
        settled.settle(seen[at].block, Role::Header, [evidence::site(scope, seen[at].block)]);
    }
    for at in &choice.title {
        settled.settle(seen[*at].block, Role::Title, None);
    }
    for at in &choice.subtitle {
        settled.settle(seen[*at].block, Role::Subtitle, None);
    }
}

/// The authors that evidence names, plain; where nobody is, the first whom a note names.
fn authors<'e>(evidence: impl Iterator<Item = &'e Evidence> + Clone) -> Vec<(String, String)> {
    let names = |person: &crate::document::Person| (plain(&person.name), plain(&person.printed));
    let of_authors = evidence.filter(|e| e.field == Field::Author);
    let named = of_authors.clone().filter_map(|e| match &e.said.value {
        Value::Name { person, .. } => Some(names(person)),
        _ => None,
    });
    let noted = of_authors.filter_map(|e| match &e.said.value {
        Value::Note { names: noted, .. } => noted.first().map(|(_, person)| names(&person.value)),
        _ => None,
    });
    let named: Vec<_> = named.collect();
    if named.is_empty() { noted.take(1).collect() } else { named }
}

/// Whether a line names who wrote, behind an opening word or a label.
fn names_author(seen: &Seen) -> bool {
    // `21.01.2022 11:46 von` has the name on the next line.
    let is_empty = |part: &Part| matches!(&part.kind, PartKind::Byline(names) if names.is_empty());
    let by = |part: &Part| part.names_author() && !part.range.is_empty() && !is_empty(part);
    matches!(&seen.line, Line::Header(parts) if parts.iter().any(by))
}

/// Lines of the head that are neither title nor subtitle and have no label.
struct Lines<'a> {
    scope: &'a Scope<'a>,
    roles: &'a [Role],
    /// A line of the head names its authors behind an opening word or a label.
    is_bylined: bool,
}

impl Lines<'_> {
    /// Names, a post below a name, an institution that a superscript refers to, or something else.
    fn settle(&self, seen: &Seen, known: &Known, settled: &mut Settled) {
        let (scope, block) = (self.scope, seen.block);
        let (text, is_page) = (scope.text(block), scope.article.is_page);
        if scope.article.blocks[block].clue == Some(Clue::Place) && seen.line == Line::Short {
            settled.settle(block, Role::Dateline, None);
        } else if let Some(mark) = institution_mark(text, &settled.evidence) {
            settled.settle(block, Role::Byline, [evidence::institution(scope, block, mark)]);
        } else if is_credit(&scope.words, text) {
            settled.leave_out(block, Reason::Words);
        } else if self.are_authors(seen, known) {
            settled.settle(block, Role::Byline, evidence::bare(scope, block, &seen.people));
        } else if person::is_nobody(&self.scope.words, text) {
            settled.settle(block, Role::Byline, None);
        } else if let Some(described) =
            evidence::describes(&scope.words, text).filter(|_| names_anybody(&settled.evidence))
        {
            // The post of the author above.
            settled.settle(block, Role::Byline, [evidence::post(scope, block, described)]);
        } else {
            let short = text.split_whitespace().count() <= 6 && columns(text) <= 60;
            let is_open = self.roles[block] == Role::Body && (!is_page || scope.article.blocks[block].role.is_none());
            match () {
                () if !is_open => {}
                () if is_page => settled.leave_out(block, Reason::Beside),
                () if short => settled.settle(block, Role::Unplaced, None),
                () => settled.settle(block, Role::Byline, None),
            }
        }
    }

    /// Whether the names of which a line consists are those of authors.
    fn are_authors(&self, seen: &Seen, known: &Known) -> bool {
        let text = self.scope.text(seen.block);
        let any = |is: &dyn Fn(&str) -> bool| seen.people.iter().any(|p| is(&text[p.name.clone()]));
        // Where a byline names the authors, names elsewhere are other people's, or no names.
        let others = self.is_bylined && !any(&|name| known.is_author(name));
        // In a page, names stand everywhere: one is an author's where the markup or the page says so.
        let block = &self.scope.article.blocks[seen.block];
        let is_set_off = |markup: &Markup| {
            matches!(markup.kind, MarkupKind::Strong | MarkupKind::Emphasis) && markup.range == (0..text.len())
        };
        let doubtful = self.scope.article.is_page
            && block.clue != Some(Clue::Author)
            && !(matches!(block.kind, ArticleKind::Paragraph) && block.markup.iter().any(is_set_off))
            && !any(&|name| self.scope.is_stated_author(name));
        seen.is_names() && !others && !doubtful
    }
}

/// The superscript that a line begins with, where it stands behind the name of somebody above.
fn institution_mark(text: &str, above: &[Evidence]) -> Option<char> {
    let first = text.chars().next().filter(|c| person::is_superscript(*c))?;
    let has_mark = |e: &Evidence| matches!(e.said.value, Value::Name { mark: Some(mark), .. } if mark == first);
    above.iter().any(has_mark).then_some(first)
}

fn names_anybody(above: &[Evidence]) -> bool {
    above.iter().any(|e| e.field == Field::Author && matches!(e.said.value, Value::Name { .. }))
}

/// The role of a header line by its parts.
pub(super) fn role_of(parts: &[Part]) -> Role {
    let is_date = |p: &Part| {
        matches!(p.kind, PartKind::Date(_) | PartKind::Labelled { field: Field::Published | Field::Updated, .. })
    };
    let is_plain =
        |p: &Part| matches!(p.kind, PartKind::Byline(_) | PartKind::Genre(_) | PartKind::Furniture | PartKind::Unknown);
    let is_strong = |p: &Part| !matches!(p.kind, PartKind::Unknown | PartKind::Furniture);
    let is_of_author = |p: &Part| p.names_author() || p.kind == PartKind::Unknown;
    match () {
        () if parts.iter().all(is_date) => Role::Dateline,
        () if parts.iter().all(is_plain) && parts.iter().any(is_strong) => Role::Byline,
        () if parts.iter().any(Part::names_author) && parts.iter().all(is_of_author) => Role::Byline,
        () => Role::Header,
    }
}

/// A label that stands alone has its value on the next line.
pub(super) fn join_labels(scope: &Scope<'_>, seen: &mut [Seen]) {
    for at in 0..seen.len().saturating_sub(1) {
        let Line::Header(parts) = &seen[at].line else { continue };
        let next_is_value = matches!(seen[at + 1].line, Line::Short | Line::Header(_));
        let is_dated = |line: &Line| matches!(line, Line::Header(parts) if role_of(parts) == Role::Dateline);
        let names =
            |field: &Field| matches!(field, Field::Author | Field::Editor | Field::Translator | Field::Contributor(_));
        let field = segments::open_field(parts).filter(|_| next_is_value);
        // `Redacción` above the date is a byline of nobody.
        let Some(field) = field.filter(|field| !(names(field) && is_dated(&seen[at + 1].line))) else { continue };
        // `بقلم:` above several names.
        let more = seen[at + 2..].iter().take_while(|seen| {
            field == Field::Author && seen.line == Line::Short && is_listed(&scope.words, scope.text(seen.block))
        });
        let values = 1 + more.count();
        for value in &mut seen[at + 1..at + 1 + values] {
            let is_gap = |i| scope.is_gap(value.block, i);
            value.line = Line::Header(segments::continued(&scope.words, field, scope.text(value.block), &is_gap));
        }
    }
}

/// Whether a line below a label and a name is another name, with a post.
fn is_listed(words: &Words, text: &str) -> bool {
    let people = byline::names(words, text, 0..text.len());
    !people.is_empty() && people.iter().all(|p| p.described.role.is_some() || p.described.affiliation.is_some())
}

/// Paragraphs above which all notes of the head stand: a deck or two, and the text's first one.
const MOST_PARAGRAPHS: usize = 3;

/// Lines that speak of somebody whom another line of the head names are notes. Returns the names, plain.
pub(super) fn find_notes(scope: &Scope<'_>, seen: &mut [Seen]) -> Vec<String> {
    let named: Vec<String> = seen.iter().flat_map(|seen| names(&scope.words, scope.text(seen.block), seen)).collect();
    if named.is_empty() {
        return named;
    }
    let known = Known { head: named, ..Known::default() };
    let mut paragraphs = 0;
    // `Odile Rannou – La dette n’est pas un héritage`: the first line is no note.
    for seen in seen.iter_mut().skip(1).filter(|seen| seen.is_open()) {
        if paragraphs == MOST_PARAGRAPHS {
            break;
        }
        if note::notes(&scope.words, scope.text(seen.block), &note::Subject::Known(&known)).is_some() {
            seen.line = Line::Note;
        }
        paragraphs += usize::from(seen.line == Line::Long);
    }
    known.head
}

/// The names of a line: behind an opening word or a label of authors, or alone.
fn names(words: &Words, text: &str, seen: &Seen) -> Vec<String> {
    let names: Vec<_> = match &seen.line {
        Line::Header(parts) => {
            let places = parts.iter().filter_map(|p| match &p.kind {
                PartKind::Byline(names) => Some(names.clone()),
                PartKind::Labelled { field: Field::Author, value, .. } => Some(value.clone()),
                _ => None,
            });
            places.flat_map(|range| byline::names(words, text, range)).map(|found| found.name).collect()
        }
        Line::Short => seen.people.iter().map(|found| found.name.clone()).collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| plain(&person::person(words, &text[name]).name)).collect()
}

/// Whether a line names a translator: then an author may have a foreign name.
pub(super) fn names_translator(line: &Line) -> bool {
    let is_translator = |p: &Part| matches!(p.kind, PartKind::Labelled { field: Field::Translator, .. });
    matches!(line, Line::Header(parts) if parts.iter().any(is_translator))
}
