//! Who is named: adding people to the lists of the metadata, and what notes say about them.

use std::ops::Range;

use super::byline::{self, Bylined};
use super::note::Note;
use super::post::Described;
use super::{Listed, Recogniser, person};
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Contributor, Field, Relator};
use crate::span::Spanned;

/// A list of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Authors,
    Editors,
    Translators,
    /// With a MARC relator.
    Contributors(&'static str),
}

/// Least confidence of a rule whose value is taken; what is below is a candidate.
pub(super) const TAKEN: u16 = 700;

impl Recogniser<'_> {
    /// The people of a labelled value. What is no name is left out and reported.
    pub(super) fn take_people(
        &mut self,
        block: usize,
        text: &str,
        value: Range<usize>,
        label: Range<usize>,
        list: List,
        rule: &'static str,
    ) -> Option<Listed> {
        if value.is_empty() || person::is_nobody(&text[value.clone()]) {
            return None;
        }
        let people = byline::names(text, value.clone());
        if people.is_empty() {
            let doubtful = self.quoted(block, value, rule, 400);
            self.doubt(list, doubtful);
            return None;
        }
        let mut last = None;
        for found in people {
            let printed = &text[label.clone()];
            last = Some(match list {
                List::Contributors(relator) => self.add_contributor(block, text, found, relator, printed, rule),
                _ => self.add_bylined(block, text, found, list, rule, 980),
            });
        }
        last
    }

    fn doubt(&mut self, list: List, value: Spanned<String>) {
        let field = match list {
            List::Authors => Field::Author,
            List::Editors => Field::Editor,
            List::Translators => Field::Translator,
            List::Contributors(relator) => Field::Contributor(Relator(relator)),
        };
        let message = format!("{:?} may be one of the {field}, or no name", value.value);
        let mut diagnostic = Diagnostic::new(diagnostic::M004, message);
        diagnostic.span = value.span;
        self.found.diagnostics.push(diagnostic);
        self.candidate(field, value);
    }

    /// Adds a name with what stands beside it.
    pub(super) fn add_bylined(
        &mut self,
        block: usize,
        text: &str,
        found: Bylined,
        list: List,
        rule: &'static str,
        confidence: u16,
    ) -> Listed {
        let listed = self.add_person(block, text, found.name, list, rule, confidence);
        self.describe_author(listed, block, found.described, "byline.post");
        listed
    }

    /// Adds a person once to a list, and the name to the mentions.
    fn add_person(
        &mut self,
        block: usize,
        text: &str,
        name: Range<usize>,
        list: List,
        rule: &'static str,
        confidence: u16,
    ) -> Listed {
        let person = person::person(&text[name.clone()]);
        let spanned = self.spanned(block, name.clone(), person, rule, confidence);
        let metadata = &mut self.found.metadata;
        let (people, listed): (_, fn(usize) -> Listed) = match list {
            List::Authors | List::Contributors(_) => (&mut metadata.authors, Listed::Author),
            List::Editors => (&mut metadata.editors, Listed::Editor),
            List::Translators => (&mut metadata.translators, Listed::Translator),
        };
        let known = people.iter().position(|p| p.value.name.to_lowercase() == spanned.value.name.to_lowercase());
        let index = known.unwrap_or(people.len());
        if known.is_none() {
            people.push(spanned);
        }
        let listed = listed(index);
        self.named.push((block, name, listed));
        if matches!(listed, Listed::Author(_)) {
            self.last_author = Some(listed);
        }
        self.institution_mark(text, listed, block);
        listed
    }

    /// Remembers the superscript behind a name.
    fn institution_mark(&mut self, text: &str, listed: Listed, block: usize) {
        let Some((_, name, _)) = self.named.last() else { return };
        let end = name.end;
        let inside = text[name.clone()].chars().next_back().filter(|c| person::is_superscript(*c));
        if let Some(mark) = inside.or_else(|| text[end..].chars().next().filter(|c| person::is_superscript(*c))) {
            self.marks.push((mark, listed, block));
        }
    }

    fn add_contributor(
        &mut self,
        block: usize,
        text: &str,
        found: Bylined,
        relator: &'static str,
        label: &str,
        rule: &'static str,
    ) -> Listed {
        let contributor =
            Contributor { person: person::person(&text[found.name.clone()]), relator, label: label.trim().to_owned() };
        let contributor = self.spanned(block, found.name.clone(), contributor, rule, 980);
        let listed = Listed::Contributor(self.found.metadata.contributors.len());
        self.named.push((block, found.name, listed));
        self.found.metadata.contributors.push(contributor);
        listed
    }

    /// Adds what is said of a person where nothing is known yet.
    pub(super) fn describe_author(&mut self, listed: Listed, block: usize, described: Described, rule: &'static str) {
        let role = described.role.map(|r| self.quoted(block, r, rule, 930));
        let affiliation = described.affiliation.map(|r| self.quoted(block, r, rule, 930));
        let metadata = &mut self.found.metadata;
        let person = match listed {
            Listed::Author(index) => metadata.authors.get_mut(index).map(|a| &mut a.value),
            Listed::Editor(index) => metadata.editors.get_mut(index).map(|a| &mut a.value),
            Listed::Translator(index) => metadata.translators.get_mut(index).map(|a| &mut a.value),
            Listed::Contributor(index) => metadata.contributors.get_mut(index).map(|c| &mut c.value.person),
        };
        // A body has neither post nor employer.
        if let Some(person) = person.filter(|p| p.kind == crate::document::PersonKind::Person) {
            person.role = person.role.take().or(role);
            person.affiliation = person.affiliation.take().or(affiliation);
        }
    }

    /// Applies what notes say to the authors that they name, or to all where they say "the author".
    pub(super) fn describe_authors(&mut self, block: usize, text: &str, notes: Vec<Note>) {
        for note in notes {
            let subjects: Vec<Listed> = if note.names.is_empty() {
                (0..self.found.metadata.authors.len()).map(Listed::Author).collect()
            } else {
                note.names.iter().filter_map(|name| self.named_author(block, text, name.clone())).collect()
            };
            // "The author" of two is not told, unless there is one statement for each.
            if note.names.is_empty() && subjects.len() != note.described.len() && subjects.len() != 1 {
                continue;
            }
            if note.described.is_empty() && !note.names.is_empty() && super::note::tells_pen_name(text) {
                for listed in &subjects {
                    if let Listed::Author(index) = listed {
                        self.found.metadata.authors[*index].value.kind = crate::document::PersonKind::Pseudonym;
                    }
                }
            }
            for (i, listed) in subjects.into_iter().enumerate() {
                let Some(described) = note.described.get(i).or(note.described.first()) else { continue };
                self.describe_author(listed, block, described.clone(), "note.post");
            }
        }
    }

    /// The author of this name, in any case, or by the family name.
    fn named_author(&mut self, block: usize, text: &str, name: Range<usize>) -> Option<Listed> {
        let printed = text[name.clone()].to_owned();
        let plain = |t: &str| t.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(&printed);
        let found = self
            .found
            .metadata
            .authors
            .iter()
            .position(|a| plain(&a.value.name) == wanted)
            .or_else(|| self.found.metadata.authors.iter().position(|a| plain(&a.value.name).ends_with(&wanted)));
        match found {
            Some(index) => {
                self.named.push((block, name, Listed::Author(index)));
                // A note spells the name as its bearer does; a byline in capitals does not.
                let author = &mut self.found.metadata.authors[index].value;
                if author.printed != author.name
                    && plain(&author.name) == wanted
                    && printed.chars().any(char::is_lowercase)
                {
                    author.name = printed;
                }
                Some(Listed::Author(index))
            }
            // Nobody is named above: who is described below is the author.
            None if self.found.metadata.authors.is_empty()
                || self.title_prefix.as_ref().is_some_and(|p| plain(p) == wanted) =>
            {
                Some(self.add_person(block, text, name, List::Authors, "note.name", 800))
            }
            None => None,
        }
    }
}
