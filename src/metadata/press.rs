//! Exports of press databases: their labels say what each line of an article is, so no line is looked at for its looks.
//! What a label announces is read as behind any other label; titles, papers and days without one by where they stand.

mod europresse;
mod factiva;
mod nexis;
mod proquest;

use std::ops::Range;

use super::bars::trim;
use super::evidence::{self, Evidence};
use super::front_matter::Entry;
use super::scope::Scope;
use crate::document::{Field, Role};
use crate::press::{self, Export};
use crate::read::Article;

/// Puts labels and codes that stand before text that readers see into blocks of their own.
pub(super) fn cut_labels(article: &mut Article) {
    let Some(export) = article.export else { return };
    let ends: Vec<Option<usize>> = match export {
        Export::FactivaCodes => factiva::shown_codes(article),
        Export::Nexis => ends(article, |text| {
            press::capital_label(text).filter(|(label, _)| nexis::is_shown(label)).map(|(label, _)| label.len() + 1)
        }),
        Export::NexisUni => ends(article, |text| label_end(text, nexis::HIGHLIGHT)),
        Export::ProQuest => ends(article, |text| label_end(text, proquest::TEXT)),
        Export::Factiva | Export::Europresse => return,
    };
    for (block, end) in ends.into_iter().enumerate().rev() {
        let Some(end) = end else { continue };
        let text = article.blocks[block].text.as_str();
        let value = trim(text, end..text.len());
        if !value.is_empty() {
            article.cut(block, &[0..end, value]);
        }
    }
}

/// Where in each block the label ends that has to be cut off.
fn ends(article: &Article, end: impl Fn(&str) -> Option<usize>) -> Vec<Option<usize>> {
    article.blocks.iter().map(|block| end(block.text.as_str())).collect()
}

fn label_end(text: &str, label: &str) -> Option<usize> {
    press::value_of(text, label).map(|_| label.len() + 1)
}

/// What the lines of an exported article are.
pub(super) struct Exported {
    /// One for each block.
    pub(super) roles: Vec<Role>,
    /// What they say.
    pub(super) evidence: Vec<Evidence>,
}

/// The lines of an article of an export; `None` of any other text.
pub(super) fn exported(scope: &Scope<'_>) -> Option<Exported> {
    let export = scope.article.export?;
    let mut lines = Lines { scope, roles: vec![Role::Header; scope.article.blocks.len()], evidence: Vec::new() };
    match export {
        Export::Nexis => nexis::old(&mut lines),
        Export::NexisUni => nexis::uni(&mut lines),
        Export::FactivaCodes => factiva::coded(&mut lines),
        Export::Factiva => factiva::shown(&mut lines),
        Export::ProQuest => proquest::read(&mut lines),
        Export::Europresse => europresse::read(&mut lines),
    }
    Some(Exported { roles: lines.roles, evidence: lines.evidence })
}

/// The lines of an article, each a header until it is told otherwise.
struct Lines<'a> {
    scope: &'a Scope<'a>,
    roles: Vec<Role>,
    evidence: Vec<Evidence>,
}

impl<'a> Lines<'a> {
    fn len(&self) -> usize {
        self.roles.len()
    }

    fn text(&self, block: usize) -> &'a str {
        if block < self.len() { self.scope.text(block) } else { "" }
    }

    fn are(&mut self, blocks: Range<usize>, role: Role) {
        let end = blocks.end.min(self.len());
        self.roles[blocks.start.min(end)..end].fill(role);
    }

    /// A value behind a label.
    fn labelled(&mut self, field: Field, block: usize, value: Range<usize>) {
        let mut value = trim(self.text(block), value);
        if field == Field::Author {
            // `BYLINE: By Ada Holm`
            let opening = self.scope.words.byline(&self.text(block)[value.clone()]).map_or(0, |opening| opening.end);
            value = trim(self.text(block), value.start + opening..value.end);
        }
        if !value.is_empty() {
            self.evidence.extend(evidence::entry(self.scope, &Entry { field, block, value }));
        }
    }

    /// A value that stands where such exports have it.
    fn placed(&mut self, field: Field, block: usize, value: Range<usize>) {
        let value = trim(self.text(block), value);
        if !value.is_empty() {
            self.evidence.extend(evidence::exported(self.scope, field, block, value));
        }
    }

    fn placed_whole(&mut self, field: Field, block: usize) {
        self.placed(field, block, 0..self.text(block).len());
    }

    /// A statement of rights.
    fn rights(&mut self, block: usize) {
        self.roles[block] = Role::Rights;
        self.evidence.push(evidence::rights(self.scope, block));
    }

    /// Keywords with how much they apply: `FERRIES (90%); COUNCILS (74%)`.
    fn subjects(&mut self, block: usize, value: Range<usize>) {
        let mut start = value.start;
        for subject in self.text(block)[value].split(';') {
            let bare = subject.split(" (").next().unwrap_or(subject);
            self.placed(Field::Keywords, block, start..start + bare.len());
            start += subject.len() + 1;
        }
    }

    /// A section with the page behind it: `COMMENT; Pg. 23`.
    fn section(&mut self, block: usize, value: Range<usize>) {
        let mut start = value.start;
        for (at, part) in self.text(block)[value].split(';').enumerate() {
            let range = start..start + part.len();
            match page_in(part) {
                Some(page) => self.placed(Field::SourcePage, block, start + page.start..start + page.end),
                None if at == 0 => self.labelled(Field::Section, block, range),
                None => {}
            }
            start += part.len() + 1;
        }
    }

    fn has_date(&self, block: usize) -> bool {
        super::date::find_date(&self.scope.words, self.text(block)).is_some()
    }

    fn is_rights(&self, block: usize) -> bool {
        let text = self.text(block);
        super::lines::is_rights(&self.scope.words, text) || text.starts_with("Copyright ")
    }

    /// Whether a line names people and nothing else.
    fn is_names(&self, block: usize) -> bool {
        let text = self.text(block);
        let opened = self.scope.words.byline(text).map_or(0, |opening| opening.end);
        crate::characters::columns(text) <= MOST_NAMES
            && !super::prose::ends_sentence(text)
            && !super::byline::names(&self.scope.words, text, opened..text.len()).is_empty()
            && (opened > 0
                || super::person::stands_alone(&self.scope.words, text)
                || text.contains(',')
                || crate::characters::has_cjk(text))
    }
}

/// Columns of a line of names.
const MOST_NAMES: usize = 100;

/// The page in a text: `Pg. 23`, `Page A17`, `p. 4`, `S. 2`.
fn page_in(text: &str) -> Option<Range<usize>> {
    const WORDS: [&str; 9] = ["pg.", "page", "pag.", "pág.", "p.", "pp.", "s.", "blz.", "seite"];
    let bare = text.trim_start();
    let word = bare.split_whitespace().next()?;
    let at = text.len() - bare.len() + word.len();
    let rest = text[at..].trim();
    let is_page = rest.len() <= 12 && rest.contains(|c: char| c.is_ascii_digit());
    (WORDS.contains(&word.to_lowercase().as_str()) && is_page).then(|| trim(text, at..text.len()))
}
