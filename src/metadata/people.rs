//! Who is named: adding people to the lists of the metadata, and what notes say about them.

use std::ops::Range;

use super::note::Described;
use super::{Listed, Recogniser, person};
use crate::document::Contributor;

/// A list of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Authors,
    Editors,
    Translators,
}

impl Recogniser<'_> {
    /// The people of a labelled value, each with what stands in brackets behind the name.
    pub(super) fn take_people(
        &mut self,
        block: usize,
        text: &str,
        value: Range<usize>,
        list: List,
        rule: &'static str,
    ) {
        let line = &text[value.clone()];
        let bracket = line.find(['（', '(']).filter(|at| *at > 0);
        let names = value.start..bracket.map_or(value.end, |at| value.start + at);
        for name in person::names(text, names) {
            if !person::is_name(&text[name.clone()]) {
                let doubtful = self.quoted(block, name, rule, 400);
                self.doubt(list, doubtful);
                continue;
            }
            let listed = self.add_person(block, text, name, list, rule, 980);
            if let Some(at) = bracket {
                let open = line[at..].chars().next().map_or(1, char::len_utf8);
                let inner = line[at + open..].trim_end_matches(['）', ')']).len();
                let start = value.start + at + open;
                let (affiliation, role) = super::note::post_in(text, start..start + inner);
                self.describe_author(listed, block, role, affiliation, "header.post");
            }
        }
    }

    fn doubt(&mut self, list: List, value: crate::span::Spanned<String>) {
        let field = match list {
            List::Authors => "authors",
            List::Editors => "editors",
            List::Translators => "translators",
        };
        let message = format!("{:?} may be one of the {field}, or no name", value.value);
        let mut diagnostic = crate::diagnostic::Diagnostic::new(crate::diagnostic::M004, message);
        diagnostic.span = value.span;
        self.found.diagnostics.push(diagnostic);
        self.candidate(field, value);
    }

    /// Adds a person once to a list, and the name to the mentions.
    pub(super) fn add_person(
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
            List::Authors => (&mut metadata.authors, Listed::Author),
            List::Editors => (&mut metadata.editors, Listed::Editor),
            List::Translators => (&mut metadata.translators, Listed::Translator),
        };
        let known = people.iter().position(|p| p.value.name.eq_ignore_ascii_case(&spanned.value.name));
        let index = known.unwrap_or(people.len());
        if known.is_none() {
            people.push(spanned);
        }
        self.named.push((block, name, listed(index)));
        listed(index)
    }

    /// 校对: MARC relator `pfr`.
    pub(super) fn take_proofreader(&mut self, block: usize, text: &str, value: Range<usize>, label: Range<usize>) {
        for name in person::names(text, value) {
            let contributor = Contributor {
                person: person::person(&text[name.clone()]),
                relator: "pfr",
                label: text[label.clone()].to_owned(),
            };
            let contributor = self.spanned(block, name.clone(), contributor, "header.proofreader", 980);
            self.named.push((block, name, Listed::Contributor(self.found.metadata.contributors.len())));
            self.found.metadata.contributors.push(contributor);
        }
    }

    pub(super) fn describe_author(
        &mut self,
        listed: Listed,
        block: usize,
        role: Option<Range<usize>>,
        affiliation: Option<Range<usize>>,
        rule: &'static str,
    ) {
        let role = role.map(|r| self.quoted(block, r, rule, 930));
        let affiliation = affiliation.map(|r| self.quoted(block, r, rule, 930));
        let Listed::Author(index) = listed else { return };
        if let Some(author) = self.found.metadata.authors.get_mut(index) {
            author.value.role = author.value.role.take().or(role);
            author.value.affiliation = author.value.affiliation.take().or(affiliation);
        }
    }

    /// Applies an author note; false where it speaks of nobody known and names nobody.
    pub(super) fn describe_authors(&mut self, block: usize, text: &str, notes: Vec<Described>) -> bool {
        let mut applied = false;
        let unnamed = self.found.metadata.authors.is_empty();
        for note in notes {
            let listed = match &note.name {
                Some(name) => self.named_author(block, text, name.clone(), unnamed),
                // "The author" of two is not told.
                None if self.found.metadata.authors.len() == 1 => Some(Listed::Author(0)),
                None => None,
            };
            let the_author = note.name.is_none();
            if let Some(listed) = listed {
                self.describe_author(listed, block, note.role, note.affiliation, "note.post");
                applied = true;
            }
            applied |= the_author;
        }
        applied
    }

    /// The author of this name, in any case; a new one where no byline named any.
    fn named_author(&mut self, block: usize, text: &str, name: Range<usize>, unnamed: bool) -> Option<Listed> {
        let printed = text[name.clone()].to_owned();
        let same = |known: &str| known.to_lowercase() == printed.to_lowercase();
        match self.found.metadata.authors.iter().position(|a| same(&a.value.name)) {
            Some(index) => {
                self.named.push((block, name, Listed::Author(index)));
                // A note spells the name as its bearer does; a byline in capitals does not.
                let author = &mut self.found.metadata.authors[index].value;
                if author.printed != author.name {
                    author.name = printed;
                }
                Some(Listed::Author(index))
            }
            None if unnamed => Some(self.add_person(block, text, name, List::Authors, "note.name", 850)),
            None => None,
        }
    }
}
