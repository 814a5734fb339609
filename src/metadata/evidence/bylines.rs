//! Names without a label, posts below names, institutions that superscripts refer to, and signatures.

use super::{Evidence, Subject, Witness};
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::byline::{self, Bylined};
use crate::metadata::lexicon::Words;
use crate::metadata::post::{self, Described};
use crate::metadata::rules;
use crate::metadata::scope::Scope;

/// Names alone on a line of the head.
pub(in crate::metadata) fn bare(scope: &Scope<'_>, block: usize, people: &[Bylined]) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let named = people.iter().flat_map(|found| {
        let rule = line.rule_without_label(found, rules::BYLINE_BARE);
        line.names(Field::Author, found.clone(), rule)
    });
    named.collect()
}

/// The post of the author above.
pub(in crate::metadata) fn post(scope: &Scope<'_>, block: usize, described: Described) -> Evidence {
    let line = Witness::new(scope, block);
    let post = line.post(described, rules::BYLINE_POST);
    line.posts(Subject::LastAuthor, 0..line.text.len(), post, rules::BYLINE_POST)
}

/// An institution that superscripts refer to: `¹ Aldmoor Marine Laboratory`.
pub(in crate::metadata) fn institution(scope: &Scope<'_>, block: usize, mark: char) -> Evidence {
    let line = Witness::new(scope, block);
    let range = trim(line.text, mark.len_utf8()..line.text.len());
    let post = line.post(Described { role: None, affiliation: Some(range.clone()) }, rules::BYLINE_MARK);
    line.posts(Subject::Marked(mark), range, post, rules::BYLINE_MARK)
}

/// Whether a line is an address of mail, with a name or without.
pub(in crate::metadata) fn is_mail(text: &str) -> bool {
    text.contains('@') && text.split_whitespace().count() <= 4
}

/// Names below the text: of whom the line consists, or beside an address of mail.
pub(in crate::metadata) fn signature(scope: &Scope<'_>, block: usize, people: &[Bylined]) -> Vec<Evidence> {
    let line = Witness::new(scope, block);
    let beside_mail = || byline::names(&scope.words, line.text, 0..line.text.rfind(' ').unwrap_or(0));
    let people = if people.is_empty() && is_mail(line.text) { beside_mail() } else { people.to_vec() };
    let named = people.into_iter().flat_map(|found| {
        let rule = line.rule_without_label(&found, rules::SIGNATURE);
        line.names(Field::Author, found, rule)
    });
    named.collect()
}

/// Whether a line says a post or an institution of somebody: of the author above, where there is one.
pub(in crate::metadata) fn describes(words: &Words, text: &str) -> Option<Described> {
    use crate::metadata::lexicon;
    let described = post::describe(words, text, 0..text.len());
    let says =
        lexicon::is_post(words, text) || (lexicon::is_institution(words, text) && described.affiliation.is_some());
    (says && crate::characters::columns(text) <= 120).then_some(described)
}
