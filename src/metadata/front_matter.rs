//! YAML front matter at the start of a text: `key: value` lines between two lines of three hyphens, with values in
//! quotation marks, lists in brackets or on lines of their own, and values that go on on the next line. No more of
//! YAML than pages are exported with.

use std::ops::Range;

use super::Recogniser;
use super::people::List;
use crate::document::{Field, Role};

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

/// A key with the places of its values: block, range.
type Entry = (String, Vec<(usize, Range<usize>)>);

impl Recogniser<'_> {
    /// Reads the front matter and returns how many of `blocks` it takes.
    pub(super) fn read_front_matter(&mut self, blocks: &[usize]) -> usize {
        if self.article.is_page || blocks.first().is_none_or(|b| self.text(*b) != "---") {
            return 0;
        }
        let Some(end) = (1..blocks.len().min(200)).find(|i| matches!(self.text(blocks[*i]), "---" | "...")) else {
            return 0;
        };
        let mut entries: Vec<Entry> = Vec::new();
        for block in &blocks[1..end] {
            let text = self.text(*block);
            let key = text.split_once(':').filter(|(key, _)| {
                !key.is_empty()
                    && key.len() <= 40
                    && key.chars().all(|c| c.is_ascii_alphanumeric() || "_- .".contains(c))
            });
            if let Some(item) = text.strip_prefix("- ").or_else(|| text.strip_prefix("-")) {
                let start = text.len() - item.len();
                if let Some((_, values)) = entries.last_mut() {
                    values.push((*block, super::bars::trim(text, start..text.len())));
                }
            } else if let Some((key, _)) = key {
                let value = super::bars::trim(text, key.len() + 1..text.len());
                let values = if value.is_empty() { Vec::new() } else { vec![(*block, value)] };
                entries.push((key.trim().to_owned(), values));
            }
            // Anything else goes on with the value above; the first line names it well enough.
        }
        for block in &blocks[..=end] {
            self.found.blocks[*block].role = Role::Header;
        }
        for (key, values) in entries {
            for (block, value) in values {
                self.read_entry(&key, block, value);
            }
        }
        end + 1
    }

    fn read_entry(&mut self, key: &str, block: usize, value: Range<usize>) {
        let text = self.text(block).to_owned();
        let Some(field) = field_of(key) else { return };
        let label = value.start..value.start;
        let unquoted = match text[value.clone()].chars().next() {
            Some(mark @ ('"' | '\'')) if value.len() > 1 && text[value.clone()].ends_with(mark) => {
                value.start + 1..value.end - 1
            }
            _ => value,
        };
        match field {
            // `[A, B]`
            Field::Author | Field::Editor | Field::Translator => {
                let list = match field {
                    Field::Author => List::Authors,
                    Field::Editor => List::Editors,
                    _ => List::Translators,
                };
                let inner = &text[unquoted.clone()];
                let start = unquoted.start + usize::from(inner.starts_with('['));
                let end = unquoted.end - usize::from(inner.ends_with(']'));
                self.take_people(block, &text, start..end, label, list, "front-matter");
            }
            _ => {
                self.read_labelled(block, &text, field, label, unquoted);
            }
        }
    }
}
