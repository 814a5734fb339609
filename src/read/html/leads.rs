//! What a page states as the description of its article: the deck, or how its text begins. A block that prints it is of
//! the article, whatever it is called.

use dom_query::NodeRef;

use super::blocks::Read;
use crate::characters::{has_cjk, letters};

/// The descriptions, by their letters.
#[derive(Debug, Default)]
pub(super) struct Leads(Vec<String>);

impl Leads {
    /// Takes a `meta` element, where it states a description.
    pub(super) fn read(&mut self, meta: &NodeRef<'_>) {
        let name = ["property", "name"].into_iter().find_map(|name| meta.attr(name)).unwrap_or_default();
        if !matches!(&*name.trim().to_ascii_lowercase(), "description" | "og:description" | "twitter:description") {
            return;
        }
        let description = letters(&meta.attr("content").unwrap_or_default());
        if is_telling(&description) && !self.0.contains(&description) {
            self.0.push(description);
        }
    }

    /// Whether a block prints one, or how it begins: systems cut descriptions off, and print them before more.
    pub(super) fn are_printed_by(&self, read: &Read) -> bool {
        if self.0.is_empty() || read.counts.all < LEAST_WIDE || read.counts.linked * 2 > read.counts.all {
            return false;
        }
        let text = letters(read.block.text.as_str());
        is_telling(&text)
            && self.0.iter().any(|stated| text.starts_with(stated.as_str()) || stated.starts_with(text.as_str()))
    }
}

/// Letters by which a text is told from others.
const LEAST: usize = 40;

/// The same of scripts with a letter for each syllable or word.
const LEAST_WIDE: usize = 15;

fn is_telling(text: &str) -> bool {
    text.chars().count() >= if has_cjk(text) { LEAST_WIDE } else { LEAST }
}
