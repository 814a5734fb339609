//! Who is named: authors, editors, translators and contributors, in the order of the page, and what is said of each.

use std::ops::Range;

use super::support::Voices;
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Contributor, Field, Person, PersonKind, Relator};
use crate::metadata::evidence::{Evidence, Post, Subject, Value};
use crate::metadata::lexicon::Words;
use crate::metadata::names::{Known, plain};
use crate::metadata::{Listed, person, rules};
use crate::span::Spanned;

/// The people whom the lines name.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) authors: Vec<Spanned<Person>>,
    pub(super) editors: Vec<Spanned<Person>>,
    pub(super) translators: Vec<Spanned<Person>>,
    pub(super) contributors: Vec<Spanned<Contributor>>,
    /// Where each is named.
    pub(super) named: Vec<(usize, Range<usize>, Listed)>,
    /// Who may be one, and is not taken for one.
    pub(super) candidates: Vec<(Field, Spanned<String>)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The name in front of the title is an author's.
    pub(super) has_prefix: bool,
    /// Superscripts behind names, which refer to institutions below.
    marks: Vec<(char, Listed)>,
    /// Who was named last, and which author.
    last: Option<Listed>,
    last_author: Option<Listed>,
    /// Signatures below the text are being read, and no byline named anybody.
    is_signing: bool,
}

/// Reads evidence of people in the order of the page.
pub(super) fn people(words: &Words, evidence: &[Evidence], known: &Known) -> People {
    let mut people = People::default();
    for said in evidence {
        let list = match said.field {
            Field::Editor | Field::Translator | Field::Contributor(_) | Field::Author => said.field,
            Field::Role | Field::Affiliation => Field::Author,
            _ => continue,
        };
        match &said.said.value {
            Value::Text(_) => people.doubt(list, said),
            Value::Name { .. } if said.rule() == rules::TITLE_PREFIX => people.prefix(words, said),
            // Nor does what is said of who does not count.
            Value::Name { .. } if !people.counts(said, known) => people.last = None,
            Value::Name { person, beside, mark } => {
                let named = said.said.clone().map(|_| person.clone());
                people.add(list, said.place.clone(), named, beside, *mark);
            }
            Value::Post { of, post, each } => people.post(*of, post, each),
            Value::Note { names, posts, is_pen_name } => {
                let place = said.place.as_ref().map_or(0, |(block, _)| *block);
                people.note(place, names, posts, *is_pen_name, known);
            }
            Value::Date { .. } => {}
        }
    }
    people
}

impl People {
    /// With those of the authors only who are sure enough, by what others say of them; the others are candidates.
    pub(super) fn sure(self, voices: &Voices<'_>) -> Self {
        let authors: Vec<Spanned<Person>> =
            self.authors.into_iter().map(|author| voices.person(Field::Author, author)).collect();
        // The number of an author among those who are taken.
        let mut numbers = 0..;
        let number = |author: &Spanned<Person>| (author.confidence >= rules::TAKEN).then(|| numbers.next()).flatten();
        let numbers: Vec<Option<usize>> = authors.iter().map(number).collect();
        let named = self.named.into_iter().filter_map(|(block, range, listed)| {
            let listed = listed.author().map_or(Some(listed), |index| numbers[index].map(Listed::Author))?;
            Some((block, range, listed))
        });
        let (taken, doubted): (Vec<_>, Vec<_>) = authors.into_iter().partition(|a| a.confidence >= rules::TAKEN);
        let weighed = self.candidates.into_iter().map(|(field, name)| (field, voices.name(field, name)));
        let mut people = Self { named: named.collect(), candidates: weighed.collect(), authors: taken, ..self };
        for author in doubted {
            if author.rule == rules::TITLE_PREFIX {
                people.has_prefix = false;
                people.diagnostics.push(may_be_the_subject(&author.value.printed));
            }
            people.candidates.push((Field::Author, author.map(|person| person.name)));
        }
        people
    }

    /// Whether the lines name somebody as editor, translator or contributor, and not as author.
    pub(super) fn has_other_function(&self, name: &str) -> bool {
        let is = |person: &Person| plain(&person.name) == plain(name) || plain(&person.printed) == plain(name);
        let any = |people: &[Spanned<Person>]| people.iter().any(|person| is(&person.value));
        let contributes = || self.contributors.iter().any(|contributor| is(&contributor.value.person));
        !any(&self.authors) && (any(&self.editors) || any(&self.translators) || contributes())
    }

    /// Whether a name counts: signatures do where no byline named anybody, or where they repeat it; reporters where
    /// nobody else is named.
    fn counts(&mut self, said: &Evidence, known: &Known) -> bool {
        let Some(name) = said.said.value.printed_name() else { return false };
        match said.rule() {
            rules::SIGNATURE => {
                // One signature after another: all of them signed.
                self.is_signing |= self.authors.is_empty();
                self.is_signing || self.is_author(name, known)
            }
            rules::DATELINE_REPORTER => self.authors.iter().all(|author| author.rule == rules::DATELINE_REPORTER),
            _ => true,
        }
    }

    fn is_author(&self, name: &str, known: &Known) -> bool {
        let authors = self.authors.iter().map(|a| (plain(&a.value.name), plain(&a.value.printed))).collect();
        Known { authors, ..known.clone() }.is_author(name)
    }

    /// Adds a person once to a list.
    fn add(
        &mut self,
        list: Field,
        place: Option<(usize, Range<usize>)>,
        named: Spanned<Person>,
        label: &str,
        mark: Option<char>,
    ) -> Listed {
        let listed = self.list(list, named, label);
        self.named.extend(place.map(|(block, range)| (block, range, listed)));
        self.last = Some(listed);
        self.last_author = if matches!(listed, Listed::Author(_)) { Some(listed) } else { self.last_author };
        self.marks.extend(mark.map(|mark| (mark, listed)));
        listed
    }

    fn list(&mut self, list: Field, named: Spanned<Person>, label: &str) -> Listed {
        let (people, listed): (_, fn(usize) -> Listed) = match list {
            Field::Contributor(Relator(relator)) => {
                let label = label.to_owned();
                self.contributors.push(named.map(|person| Contributor { person, relator, label }));
                return Listed::Contributor(self.contributors.len() - 1);
            }
            Field::Editor => (&mut self.editors, Listed::Editor),
            Field::Translator => (&mut self.translators, Listed::Translator),
            _ => (&mut self.authors, Listed::Author),
        };
        let same = |p: &Spanned<Person>| p.value.name.to_lowercase() == named.value.name.to_lowercase();
        let known = people.iter().position(same);
        let index = known.unwrap_or(people.len());
        if known.is_none() {
            people.push(named);
        }
        listed(index)
    }

    fn doubt(&mut self, list: Field, said: &Evidence) {
        let Some(value) = said.text() else { return };
        let message = format!("{:?} may be one of the {list}, or no name", value.value);
        let mut diagnostic = Diagnostic::new(diagnostic::M004, message);
        diagnostic.span = value.span;
        self.diagnostics.push(diagnostic);
        self.candidates.push((list, value));
    }

    /// Takes the name in front of the title where it is known as an author's, or where nobody else is named. A name
    /// that others contradict is a candidate: it may be the person the article is about.
    fn prefix(&mut self, words: &Words, said: &Evidence) {
        let Value::Name { person: named, mark, .. } = &said.said.value else { return };
        let printed = &named.printed;
        let same = |known: &str| known.to_lowercase() == printed.to_lowercase();
        let known = self.authors.iter().position(|a| same(&a.value.name) || same(&a.value.printed));
        let count = printed.split_whitespace().count();
        let sure = (2..=3).contains(&count) || person::is_chinese_name(words, printed);
        if let Some(index) = known {
            self.named.extend(said.place.clone().map(|(block, range)| (block, range, Listed::Author(index))));
            self.has_prefix = true;
        } else if self.authors.is_empty() && sure {
            let named = said.said.clone().map(|_| named.clone());
            self.add(Field::Author, said.place.clone(), named, "", *mark);
            self.has_prefix = true;
        } else {
            self.diagnostics.push(may_be_the_subject(printed));
            self.candidates.push((Field::Author, said.said.clone().map(|_| printed.clone())));
        }
    }

    fn post(&mut self, of: Subject, post: &Post, each: &[Post]) {
        match of {
            Subject::LastAuthor if each.len() > 1 && each.len() == self.authors.len() => {
                each.iter().enumerate().for_each(|(at, post)| self.describe(Listed::Author(at), post));
            }
            Subject::Last => self.last.into_iter().for_each(|last| self.describe(last, post)),
            Subject::LastAuthor => self.last_author.into_iter().for_each(|last| self.describe(last, post)),
            Subject::Marked(mark) => {
                let marked: Vec<Listed> = self.marks.iter().filter(|(m, _)| *m == mark).map(|(_, of)| *of).collect();
                marked.into_iter().for_each(|listed| self.describe(listed, post));
            }
        }
    }

    /// Adds what is said of a person where nothing is known yet.
    fn describe(&mut self, listed: Listed, post: &Post) {
        let person = match listed {
            Listed::Author(index) => self.authors.get_mut(index).map(|a| &mut a.value),
            Listed::Editor(index) => self.editors.get_mut(index).map(|a| &mut a.value),
            Listed::Translator(index) => self.translators.get_mut(index).map(|a| &mut a.value),
            Listed::Contributor(index) => self.contributors.get_mut(index).map(|c| &mut c.value.person),
        };
        // A body has neither post nor employer.
        if let Some(person) = person.filter(|p| p.kind == PersonKind::Person) {
            person.role = person.role.take().or(post.role.clone());
            person.affiliation = person.affiliation.take().or(post.affiliation.clone());
        }
    }

    /// Applies what a note says to the authors whom it names, or to all where it says "the author".
    fn note(
        &mut self,
        block: usize,
        names: &[(Range<usize>, Spanned<Person>)],
        posts: &[Post],
        is_pen_name: bool,
        known: &Known,
    ) {
        let nobody_named = self.authors.is_empty();
        let subjects: Vec<usize> = match names {
            [] => (0..self.authors.len()).collect(),
            names => {
                let goes_on = posts.iter().any(|post| post.role.is_some()) && self.is_noted_in(block);
                names.iter().filter_map(|(range, name)| self.noted(block, range, name, goes_on, known)).collect()
            }
        };
        self.is_signing |= nobody_named && !self.authors.is_empty();
        // "The author" of two is not told, unless there is one statement for each.
        if names.is_empty() && subjects.len() != posts.len() && subjects.len() != 1 {
            return;
        }
        for (at, author) in subjects.into_iter().enumerate() {
            if is_pen_name {
                self.authors[author].value.kind = PersonKind::Pseudonym;
            }
            if let Some(post) = posts.get(at).or(posts.first()) {
                self.describe(Listed::Author(author), post);
            }
        }
    }

    /// Whether all authors are those whom the note in a block names: then the next one whose post it says is one too.
    fn is_noted_in(&self, block: usize) -> bool {
        let is_here =
            |index: usize| self.named.iter().any(|(at, _, listed)| *at == block && listed.author() == Some(index));
        !self.authors.is_empty()
            && self.authors.iter().enumerate().all(|(at, author)| author.rule == rules::NOTE_NAME && is_here(at))
    }

    /// The author of this name, in any case, or by the family name. Where nobody is named above, who is described
    /// below is the author.
    fn noted(
        &mut self,
        block: usize,
        range: &Range<usize>,
        name: &Spanned<Person>,
        goes_on: bool,
        known: &Known,
    ) -> Option<usize> {
        let wanted = plain(&name.value.printed);
        let named = |is: &dyn Fn(String) -> bool| self.authors.iter().position(|a| is(plain(&a.value.name)));
        let Some(index) = named(&|full| full == wanted).or_else(|| named(&|full| full.ends_with(&wanted))) else {
            let is_prefix = known.prefix.as_ref().is_some_and(|prefix| plain(prefix) == wanted);
            let is_new = self.authors.is_empty() || is_prefix || goes_on;
            let add = || self.add(Field::Author, Some((block, range.clone())), name.clone(), "", None);
            return is_new.then(add).and_then(|listed| listed.author());
        };
        self.named.push((block, range.clone(), Listed::Author(index)));
        // A note spells the name as its bearer does; a byline in capitals does not.
        let author = &mut self.authors[index].value;
        let printed = &name.value.printed;
        if author.printed != author.name && plain(&author.name) == wanted && printed.chars().any(char::is_lowercase) {
            author.name.clone_from(printed);
        }
        Some(index)
    }
}

fn may_be_the_subject(name: &str) -> Diagnostic {
    let message = format!("{name:?} before the title may be the author or its subject");
    Diagnostic::new(diagnostic::M004, message)
}
