//! What the lines of an article, and what a page states of itself, say of the metadata: each value with its place, its
//! rule, and how sure the rule is. Nothing is decided here: of one field there may be many.

mod address;
mod bylines;
mod dateline;
mod header;
mod labelled;
mod notes;
mod places;
mod reference;
mod statements;
mod title_line;

use std::ops::Range;

use super::byline::Bylined;
use super::date::{DateReading, FoundDate};
use super::person;
use super::post::Described;
use super::rules;
use super::scope::Scope;
use crate::document::{Field, Person};
use crate::read::Clue;
use crate::span::{RuleId, Spanned};

pub(super) use address::address;
pub(super) use bylines::{bare, describes, institution, is_mail, post, signature};
pub(super) use dateline::{PATTERNS, dateline};
pub(super) use header::{entry, exported, header, is_for_paper, is_of_picture};
pub(super) use notes::notes;
pub(super) use places::{kicker, menu, rights, site, subtitle};
pub(super) use reference::reference_line;
pub(super) use statements::statements;
use title_line::title_blocks;
pub(super) use title_line::{prefix, printed_title, title_line, without_site};

/// One value that something says.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Of what.
    pub(super) field: Field,
    /// The block that says it, and the bytes of its folded text; `None` where a statement of the page does.
    pub(super) place: Option<(usize, Range<usize>)>,
    /// What is said, with its place in the original, its rule and its confidence.
    pub(super) said: Spanned<Value>,
}

/// What is said.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Something that is kept as it is printed. Of people: what stands in the place of a name and may be none.
    Text(String),
    /// A date.
    Date {
        reading: DateReading,
        /// As printed.
        printed: String,
    },
    /// A person or a body.
    Name {
        person: Person,
        /// The label behind which a contributor is named; the whole value of a statement.
        beside: String,
        /// The superscript behind the name, which refers to an institution.
        mark: Option<char>,
    },
    /// Post and institution of somebody named elsewhere.
    Post {
        of: Subject,
        post: Post,
        /// One for each author, where there are as many.
        each: Vec<Post>,
    },
    /// A note about authors.
    Note {
        /// Whom it names, and where; empty where it says "the author".
        names: Vec<(Range<usize>, Spanned<Person>)>,
        /// What it says, once for all of them or for each in order.
        posts: Vec<Post>,
        /// It says that the name is a pen name.
        is_pen_name: bool,
    },
}

/// Of whom a post is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Of who was named last, in any list.
    Last,
    /// Of the author named last.
    LastAuthor,
    /// Of those who have this superscript behind the name.
    Marked(char),
}

/// A post and an institution.
#[derive(Clone, Debug, Default)]
pub(super) struct Post {
    pub(super) role: Option<Spanned<String>>,
    pub(super) affiliation: Option<Spanned<String>>,
}

impl Value {
    /// The name of somebody as it is printed.
    pub(super) fn printed_name(&self) -> Option<&str> {
        if let Self::Name { person, .. } = self { Some(&person.printed) } else { None }
    }
}

impl Evidence {
    /// The text that is said, where it is one.
    pub(super) fn text(&self) -> Option<Spanned<String>> {
        match &self.said.value {
            Value::Text(text) => Some(self.said.clone().map(|_| text.clone())),
            _ => None,
        }
    }

    /// The name of the rule.
    pub(super) fn rule(&self) -> RuleId {
        self.said.rule
    }
}

/// A line, as its evidence is made.
struct Witness<'a> {
    scope: &'a Scope<'a>,
    block: usize,
    text: &'a str,
}

impl<'a> Witness<'a> {
    fn new(scope: &'a Scope<'a>, block: usize) -> Self {
        Self { scope, block, text: scope.text(block) }
    }

    fn says(&self, field: Field, range: Range<usize>, value: Value, rule: RuleId) -> Evidence {
        let said = self.scope.spanned(self.block, range.clone(), field, value, rule);
        Evidence { field, place: Some((self.block, range)), said }
    }

    /// What stands in `range`, as it is printed.
    fn quotes(&self, field: Field, range: Range<usize>, rule: RuleId) -> Evidence {
        let said = self.scope.quoted(self.block, range.clone(), field, rule).map(Value::Text);
        Evidence { field, place: Some((self.block, range)), said }
    }

    fn dates(&self, field: Field, date: FoundDate, rule: RuleId) -> Evidence {
        let printed = self.text[date.range.clone()].to_owned();
        let value = Value::Date { reading: date.reading, printed };
        self.says(field, date.range, value, rule)
    }

    /// The rule of a name that no word introduces. In a page names stand everywhere, and other words with capitals: what
    /// stands between paragraphs, or has a word that the page prints in small letters too, is hardly an author. An element
    /// that is for authors is believed, but for words that open a byline: `Will Young` is a name, `Disko Von` is none.
    fn rule_without_label(&self, found: &Bylined, rule: RuleId) -> RuleId {
        let (scope, name) = (self.scope, &self.text[found.name.clone()]);
        let opens = || name.rsplit(' ').next().is_some_and(|last| scope.words.byline(last).is_some());
        let is_for_author = scope.article.blocks[self.block].clue == Some(Clue::Author);
        let is_of_words = || if is_for_author { opens() } else { scope.has_small(name) };
        let is_doubtful = scope.article.is_page
            && (scope.is_between_paragraphs(self.block) || is_of_words())
            && !scope.is_stated_author(name);
        if is_doubtful { rules::HEADER_UNLIKELY } else { rule }
    }

    /// A name with what stands beside it.
    fn names(&self, field: Field, found: Bylined, rule: RuleId) -> Vec<Evidence> {
        let Bylined { name, described } = found;
        let named = self.name(field, name.clone(), String::new(), rule);
        let post = self.post(described, rules::BYLINE_POST);
        let said = post.is_some().then(|| self.posts(Subject::Last, name, post, rules::BYLINE_POST));
        [named].into_iter().chain(said).collect()
    }

    fn name(&self, field: Field, name: Range<usize>, beside: String, rule: RuleId) -> Evidence {
        let printed = &self.text[name.clone()];
        let inside = printed.chars().next_back().filter(|c| person::is_superscript(*c));
        let mark = inside.or_else(|| self.text[name.end..].chars().next().filter(|c| person::is_superscript(*c)));
        let value = Value::Name { person: person::person(&self.scope.words, printed), beside, mark };
        self.says(field, name, value, rule)
    }

    /// What is said of somebody, in the place where it is said.
    fn posts(&self, of: Subject, place: Range<usize>, post: Post, rule: RuleId) -> Evidence {
        self.says(Field::Role, place, Value::Post { of, post, each: Vec::new() }, rule)
    }

    fn post(&self, described: Described, rule: RuleId) -> Post {
        let quoted = |field| move |range| self.scope.quoted(self.block, range, field, rule);
        Post {
            role: described.role.map(quoted(Field::Role)),
            affiliation: described.affiliation.map(quoted(Field::Affiliation)),
        }
    }
}

impl Post {
    fn is_some(&self) -> bool {
        self.role.is_some() || self.affiliation.is_some()
    }
}

/// `Holm, Ada`: family name and given names of at most so many words, around one comma.
fn inverted(name: &str, most_family: usize, most_given: usize) -> Option<(&str, &str)> {
    let (family, given) = name.split_once(", ")?;
    let is_within = |words: &str, most: usize| words.split(' ').count() <= most;
    (!given.contains(',') && is_within(family, most_family) && is_within(given, most_given)).then_some((family, given))
}

/// A range without quotation marks around it.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('「', '」'), ('《', '》')] {
        if value.len() > 1 && value.starts_with(open) && value.ends_with(close) {
            return range.start + open.len_utf8()..range.end - close.len_utf8();
        }
    }
    range
}
