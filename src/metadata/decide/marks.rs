//! What parts of the text name, and what each block is: told when everything is decided.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Date, Field, Language, Mention, Metadata, Reason, Role};
use crate::metadata::date::DateReading;
use crate::metadata::evidence::{Evidence, Value};
use crate::metadata::scope::Scope;
use crate::metadata::{BlockReading, Listed, language, rules};
use crate::span::Spanned;

/// What the marks are made of.
pub(super) struct Marks<'a> {
    pub(super) lines: &'a [Evidence],
    /// Dates whose order was open: the number of the evidence, and the day.
    pub(super) dates: &'a [(usize, Spanned<Date>)],
    /// Where people are named.
    pub(super) named: &'a [(usize, Range<usize>, Listed)],
    /// Everybody, and the language.
    pub(super) people: &'a Metadata,
}

impl Marks<'_> {
    /// One reading for each block of the article.
    pub(super) fn blocks(
        &self,
        scope: &Scope<'_>,
        roles: &[Role],
        reasons: &BTreeMap<usize, Reason>,
        headings: &[usize],
    ) -> Vec<BlockReading> {
        let mut blocks: Vec<BlockReading> = scope
            .blocks()
            .map(|block| BlockReading {
                role: roles[block],
                left_out: left_out(roles[block], block, reasons),
                language: self.language(scope, block, roles[block]),
                heading: headings.contains(&block),
                mentions: Vec::new(),
                links: Vec::new(),
            })
            .collect();
        for (at, evidence) in self.lines.iter().enumerate() {
            let Some((block, range)) = evidence.place.clone() else { continue };
            if matches!(evidence.field, Field::Url | Field::SourceUrl) {
                blocks[block].links.push(range.clone());
            }
            blocks[block].mentions.extend(self.mention(at, evidence).map(|mention| (range, mention)));
        }
        for (block, range, listed) in self.named {
            blocks[*block].mentions.push((range.clone(), Mention::Person(self.number(*listed))));
        }
        blocks.iter_mut().for_each(|block| block.mentions = disjoint(std::mem::take(&mut block.mentions)));
        blocks
    }

    fn mention(&self, at: usize, evidence: &Evidence) -> Option<Mention> {
        let is_first = || self.lines[..at].iter().all(|e| e.field != Field::Publisher);
        match (&evidence.said.value, evidence.field) {
            (Value::Text(_), Field::Publisher) if evidence.rule() != rules::HEADER_SITE || is_first() => {
                Some(Mention::Publisher)
            }
            (Value::Text(_), Field::Source) => Some(Mention::SourceTitle),
            (Value::Date { reading: DateReading::Iso(iso), .. }, _) => Some(Mention::Date(iso.clone())),
            (Value::Date { .. }, _) => {
                let decided = self.dates.iter().find(|(number, _)| *number == at);
                decided.map(|(_, date)| Mention::Date(date.value.iso.clone()))
            }
            _ => None,
        }
    }

    /// The number of a person among all.
    fn number(&self, listed: Listed) -> usize {
        let authors = self.people.authors.len();
        let editors = authors + self.people.editors.len();
        match listed {
            Listed::Author(index) => index,
            Listed::Editor(index) => authors + index,
            Listed::Translator(index) => editors + index,
            Listed::Contributor(index) => editors + self.people.translators.len() + index,
        }
    }

    /// The language of a paragraph that is in another one than the document, where no markup says it.
    fn language(&self, scope: &Scope<'_>, block: usize, role: Role) -> Option<Language> {
        let document = &self.people.language.value;
        let prose = matches!(role, Role::Body | Role::AuthorNote | Role::Subtitle);
        let stated = scope.article.blocks[block].language.clone();
        let foreign = || language::foreign(scope.text(block), document);
        stated.or_else(|| (prose && document.primary() != "und").then(foreign).flatten())
    }
}

/// Why the reading formats leave a block out, where they do.
fn left_out(role: Role, block: usize, reasons: &BTreeMap<usize, Reason>) -> Option<Reason> {
    match role {
        Role::Furniture => Some(reasons.get(&block).copied().unwrap_or(Reason::Outside)),
        Role::Header => Some(Reason::Header),
        _ => None,
    }
}

/// Sorted; of two for one place the first one.
fn disjoint(mut mentions: Vec<(Range<usize>, Mention)>) -> Vec<(Range<usize>, Mention)> {
    mentions.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    mentions.retain(|(range, _)| {
        let free = range.start >= end && !range.is_empty();
        end = if free { range.end } else { end };
        free
    });
    mentions
}
