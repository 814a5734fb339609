//! Articles in groups: years and months, or authors, sources, sections; those of which it is not known come last.

use super::{Listed, folded};
use crate::plan::GroupBy;
use crate::write::epub::language::Scope;
use crate::write::epub::nav::Entry;

/// Articles, and smaller groups.
pub(super) struct Group {
    /// What sorts it.
    sorted: String,
    label: String,
    /// The label is a name from the articles, in their language.
    is_name: bool,
    groups: Vec<Group>,
    /// Indices into the list of articles.
    articles: Vec<usize>,
}

/// What an article is sorted by, and the label of its group.
struct Key {
    /// Not known, which comes last; what sorts it.
    sorted: (bool, String),
    label: String,
}

fn key(article: &Listed, by: GroupBy) -> Key {
    let value = match by {
        GroupBy::Date => article.date.clone().map(|date| (date.clone(), date)),
        GroupBy::Author => article.authors.first().map(|author| (folded(&author.file_as), author.name.clone())),
        GroupBy::Source => {
            let source = article.publisher.as_ref().or(article.source.as_ref());
            source.map(|source| (folded(source), source.clone()))
        }
        GroupBy::Section => article.section.as_ref().map(|section| (folded(section), section.clone())),
    };
    match value {
        Some((sorted, label)) => Key { sorted: (false, sorted), label },
        None => Key { sorted: (true, String::new()), label: by.unknown() },
    }
}

/// The groups in their order, and in each of them the articles by date, those of one date in the order of the inputs.
pub(super) fn of(articles: &[Listed], by: GroupBy) -> Vec<Group> {
    let mut keyed: Vec<(Key, usize)> =
        articles.iter().enumerate().map(|(index, article)| (key(article, by), index)).collect();
    let order = |key: &Key, index: usize| (key.sorted.clone(), by_date(&articles[index]), index);
    keyed.sort_by_cached_key(|(key, index)| order(key, *index));
    let mut groups: Vec<Group> = Vec::new();
    for (key, index) in keyed {
        let is_known = !key.sorted.0;
        // Years hold months; a date without a month stands in its year.
        let (sorted, label, inner) = match by {
            GroupBy::Date if is_known => {
                let month = Some(prefix(&key.label, 7)).filter(|month| month.len() == 7);
                (prefix(&key.label, 4), prefix(&key.label, 4), month)
            }
            _ => (key.sorted.1, key.label, None),
        };
        let group = last_or_new(&mut groups, sorted, label, is_known && by != GroupBy::Date);
        match inner {
            Some(month) => last_or_new(&mut group.groups, month.clone(), month, false).articles.push(index),
            None => group.articles.push(index),
        }
    }
    groups
}

fn prefix(date: &str, length: usize) -> String {
    date.get(..length).unwrap_or(date).to_owned()
}

/// Articles without a date come last.
fn by_date(article: &Listed) -> (bool, Option<String>) {
    (article.date.is_none(), article.date.clone())
}

fn last_or_new(groups: &mut Vec<Group>, sorted: String, label: String, is_name: bool) -> &mut Group {
    if groups.last().is_none_or(|last| last.sorted != sorted) {
        groups.push(Group { sorted, label, is_name, groups: Vec::new(), articles: Vec::new() });
    }
    let last = groups.len() - 1;
    &mut groups[last]
}

impl Group {
    /// Its articles and those of its groups, in the order of the book.
    pub(super) fn articles(&self) -> Vec<usize> {
        let inner = self.groups.iter().flat_map(Self::articles);
        self.articles.iter().copied().chain(inner).collect()
    }

    /// Its line in the contents, which leads to its first article.
    pub(super) fn entry(&self, articles: &[Listed]) -> Entry {
        let of_article = |index: &usize| {
            let article = &articles[*index];
            let (href, label, scope) = (article.href(), article.title.clone(), article.scope.clone());
            Entry { href, label, scope, entries: Vec::new() }
        };
        let all = self.articles();
        let first = all.first().map(|index| &articles[*index]);
        let own = first.filter(|_| self.is_name).map(|article| article.scope.of_name(&self.label));
        let mut entries: Vec<Entry> = self.articles.iter().map(of_article).collect();
        entries.extend(self.groups.iter().map(|group| group.entry(articles)));
        Entry {
            href: first.map(Listed::href).unwrap_or_default(),
            label: self.label.clone(),
            scope: own.unwrap_or_else(Scope::english),
            entries,
        }
    }
}
