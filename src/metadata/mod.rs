//! Article to metadata and settled roles: every value with its place in the original, its rule, and how sure
//! the rule is. A value that is not known is absent; a doubtful one is a candidate.

#![warn(clippy::too_many_lines)]

mod bars;
mod beside_date;
mod byline;
mod date;
mod decide;
mod evidence;
mod front_matter;
mod furniture;
mod labels;
mod language;
mod lexicon;
mod lines;
mod names;
mod note;
mod outline;
mod pattern;
mod person;
mod post;
mod press;
mod prose;
pub mod rules;
mod scope;
mod segments;
mod source;
mod torn_lines;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::document::{Language, Medium, Mention, Metadata, Reason, Role};
use crate::edit::Sources;
use crate::original::Origin;
use crate::plan::{Houses, Stated};
use crate::read::Article;

pub use date::{is_date, orders as orders_of_dates};

/// What recognition found.
#[derive(Debug)]
pub struct Recognised {
    /// What the article was read in.
    pub medium: Medium,
    /// The values.
    pub metadata: Metadata,
    /// One for each block of the article.
    pub blocks: Vec<BlockReading>,
    /// What could not be decided.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a block of the article is.
#[derive(Debug)]
pub struct BlockReading {
    /// Its role.
    pub role: Role,
    /// Why the reading formats leave it out, where they do.
    pub left_out: Option<Reason>,
    /// Its language where it differs from the document's.
    pub language: Option<Language>,
    /// It heads a section of the body.
    pub heading: bool,
    /// What parts of its folded text name; sorted, disjoint.
    pub mentions: Vec<(Range<usize>, Mention)>,
    /// The addresses that the folded text prints.
    pub links: Vec<Range<usize>>,
}

/// Puts right how a text was cut into lines, before anything is told of them: labels of exports stand alone, pages on one
/// line are cut, drop caps joined.
#[doc(hidden)]
pub fn mend_lines(article: &mut Article) {
    press::cut_labels(article);
    torn_lines::mend(article);
}

/// Recognises an article's metadata and settles the roles of its blocks. What the user states wins.
pub fn recognise(
    article: &Article,
    sources: Sources<'_>,
    origin: &Origin,
    stated: &Stated,
    houses: &Houses,
) -> Recognised {
    let scope = scope::Scope::new(article, sources, origin, houses);
    let outline = outline::outline(&scope);
    decide::decide(&scope, outline, stated, houses)
}

/// The register: the patterns of all files. A test compiles them.
#[cfg_attr(not(test), allow(dead_code, reason = "for the test that compiles them"))]
const REGISTER: &[&[&pattern::Pattern]] = &[
    byline::PATTERNS,
    date::PATTERNS,
    date::TIMES,
    evidence::PATTERNS,
    labels::PATTERNS,
    furniture::PATTERNS,
    lexicon::posts::PATTERNS,
    note::PATTERNS,
    person::PATTERNS,
    segments::PATTERNS,
    source::PATTERNS,
];

/// Which list of people a name belongs to, with its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listed {
    Author(usize),
    Editor(usize),
    Translator(usize),
    Contributor(usize),
}

impl Listed {
    fn author(self) -> Option<usize> {
        if let Self::Author(index) = self { Some(index) } else { None }
    }
}

/// The host of an address, without `www.`.
pub fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// The address that a page of a web archive is a capture of; of another page its own.
pub(crate) fn captured_address(address: &str) -> &str {
    crate::original::capture(address).map_or(address, |(_, captured)| captured)
}

/// Whether the rules know a label without a house style.
pub fn is_known_label(label: &str) -> bool {
    labels::field_of(&lexicon::Words::of([]), label).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_the_register_compiles() {
        let wrong =
            REGISTER.iter().copied().flatten().filter_map(|p| Some(format!("{}: {}", p.name, p.compile().err()?)));
        assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
    }
}
