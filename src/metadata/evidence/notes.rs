//! What notes say about authors.

use std::ops::Range;

use super::{Evidence, Value, Witness};
use crate::characters::has_cjk;
use crate::document::Field;
use crate::metadata::lexicon::Words;
use crate::metadata::names::Known;
use crate::metadata::note::{self, Note, Subject};
use crate::metadata::person;
use crate::metadata::rules;
use crate::metadata::scope::Scope;

/// What a note says of those who are known, or of anybody where nobody is; `None` where it is no note about them.
pub(in crate::metadata) fn notes(scope: &Scope<'_>, known: &Known, block: usize) -> Option<Vec<Evidence>> {
    let line = Witness::new(scope, block);
    let subject = if known.is_unnamed() { Subject::Like(&|_| true) } else { Subject::Known(known) };
    let mut notes = note::notes(&scope.words, line.text, &subject)?;
    if known.is_unnamed() && !scope.words.heads_note(line.text) {
        let found = notes.len();
        notes.retain(|note| introduces(&scope.words, line.text, note));
        if notes.is_empty() && found > 0 {
            return None;
        }
    }
    let tells_pen_name = note::tells_pen_name(&scope.words, line.text);
    let evidence = notes.into_iter().map(|note| {
        let is_pen_name = note.described.is_empty() && !note.names.is_empty() && tells_pen_name;
        let named = |name: Range<usize>| {
            let person = person::person(&scope.words, &line.text[name.clone()]);
            (name.clone(), scope.spanned(block, name, Field::Author, person, rules::NOTE_NAME))
        };
        let names = note.names.into_iter().map(named).collect();
        let posts = note.described.into_iter().map(|described| line.post(described, rules::NOTE_POST)).collect();
        let value = Value::Note { names, posts, is_pen_name };
        line.says(Field::Author, 0..line.text.len(), value, rules::NOTE_POST)
    });
    Some(evidence.collect())
}

/// Whether a note about somebody whom nothing else names may introduce an author: it names persons. `Göttingen was` says
/// something of what the text is about.
fn introduces(words: &Words, text: &str, note: &Note) -> bool {
    let is_person = |name: &Range<usize>| {
        let name = &text[name.clone()];
        has_cjk(name) || person::stands_alone(words, name)
    };
    note.names.iter().all(is_person)
}
