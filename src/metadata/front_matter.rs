//! Front matter at the start of a text: `key: value` lines between two lines of three hyphens (YAML), or `key = value` lines
//! between two of three plus signs (TOML), with values in quotation marks, lists in brackets or on lines of their own, and
//! values that go on on the next line. No more of either than pages are exported with.

use std::ops::Range;

use super::bars::trim;
use super::scope::Scope;
use crate::document::Field;

/// The field of a key.
fn field_of(key: &str) -> Option<Field> {
    Some(match key.to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
        "title" | "headline" => Field::Title,
        "subtitle" | "deck" | "standfirst" | "subhead" => Field::Subtitle,
        "author" | "authors" | "byline" | "by" | "writer" | "creator" => Field::Author,
        "editor" | "editors" => Field::Editor,
        "translator" | "translators" => Field::Translator,
        "date" | "published" | "pubdate" | "date_published" | "publish_date" | "published_time"
        | "publication_date" | "published_at" | "created" => Field::Published,
        "updated" | "modified" | "lastmod" | "date_modified" | "modified_time" | "updated_at" | "last_modified" => {
            Field::Updated
        }
        "publisher" | "site" | "sitename" | "site_name" | "hostname" | "publication" | "website" => Field::Publisher,
        "source" | "original_source" => Field::Source,
        "url" | "source_url" | "canonical" | "canonical_url" | "permalink" | "link" => Field::Url,
        "section" | "category" | "categories" => Field::Section,
        "genre" | "type" => Field::Genre,
        "tags" | "keywords" => Field::Keywords,
        "rights" | "license" | "licence" | "copyright" => Field::Rights,
        "lang" | "language" => Field::Language,
        _ => return None,
    })
}

/// A value of a field that the rules know.
pub(super) struct Entry {
    pub(super) field: Field,
    pub(super) block: usize,
    /// Without quotation marks around it, and without the brackets of a list.
    pub(super) value: Range<usize>,
}

/// The front matter at the start of `blocks`: how many of them it takes, and what they say.
pub(super) fn front_matter(scope: &Scope<'_>, blocks: &[usize]) -> (usize, Vec<Entry>) {
    let text = |at: usize| scope.text(blocks[at]);
    let fence = blocks.first().map_or("", |_| text(0));
    let (is_end, mark): (fn(&str) -> bool, char) = match fence {
        _ if scope.article.is_page => return (0, Vec::new()),
        "---" => (|line| matches!(line, "---" | "..."), ':'),
        "+++" => (|line| line == "+++", '='),
        _ => return (0, Vec::new()),
    };
    let Some(end) = (1..blocks.len().min(200)).find(|at| is_end(text(*at))) else {
        return (0, Vec::new());
    };
    let mut entries = Vec::new();
    let mut key: Option<Field> = None;
    for block in &blocks[1..end] {
        let line = scope.text(*block);
        let value = match (line.strip_prefix('-'), key_of(line, mark)) {
            (Some(item), _) => trim(line, line.len() - item.len()..line.len()),
            (None, Some(name)) => {
                key = field_of(name.trim());
                trim(line, name.len() + 1..line.len())
            }
            // Anything else goes on with the value above; the first line names it well enough.
            (None, None) => continue,
        };
        entries.extend(key.filter(|_| !value.is_empty()).map(|field| entry(field, *block, line, value)));
    }
    (end + 1, entries)
}

fn key_of(line: &str, mark: char) -> Option<&str> {
    let (key, _) = line.split_once(mark)?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_- .".contains(c);
    (!key.is_empty() && key.len() <= 40 && key.chars().all(is_key)).then_some(key)
}

fn entry(field: Field, block: usize, line: &str, value: Range<usize>) -> Entry {
    let printed = &line[value.clone()];
    let value = match printed.chars().next() {
        Some(mark @ ('"' | '\'')) if value.len() > 1 && printed.ends_with(mark) => value.start + 1..value.end - 1,
        _ => value,
    };
    // `[A, B]`
    let inner = &line[value.clone()];
    let is_list = matches!(field, Field::Author | Field::Editor | Field::Translator);
    let value = if is_list {
        value.start + usize::from(inner.starts_with('['))..value.end - usize::from(inner.ends_with(']'))
    } else {
        value
    };
    Entry { field, block, value }
}
