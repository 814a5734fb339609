//! Tags that are left out of the tree of a page, which would be too deep or too large with them, and the end tags that
//! go with them.
//!
//! What stands in a left-out element is text of the element around it.

use std::collections::HashMap;

use dom_query::NodeId;
use html5ever::LocalName;
use html5ever::tokenizer::Tag;

/// How deep and how large a tree becomes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Elements inside one another.
    pub(super) depth: usize,
    /// Elements of a page; beyond, tags are not read any more, text is.
    pub(super) elements: usize,
}

impl Limits {
    /// Browsers stop at the same depth; what is opened below it is not a level of its own. No page of the web that was
    /// met has a tenth of the elements.
    pub(super) const OF_PAGES: Self = Self { depth: 512, elements: 400_000 };

    /// Elements of a page by its start tags. The construction opens formatting elements that were not closed again in
    /// every block (HTML Living Standard §13.2.4.3): of 1,800 tags it can make 400,000 elements. Of 1,079 pages none
    /// with a hundred tags has 1.1 for each.
    pub(super) fn elements_of(self, start_tags: usize) -> usize {
        self.elements.min(20_000 + 16 * start_tags)
    }
}

/// The elements that are open and were left out.
#[derive(Default)]
pub(super) struct LeftOut {
    /// The innermost element of the tree around them: with it they end.
    around: Option<NodeId>,
    /// Outermost first.
    names: Vec<LocalName>,
    /// How many of each name: an end tag that belongs to none of them is known without a search.
    counts: HashMap<LocalName, usize>,
}

impl LeftOut {
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The element of the tree that they stand in.
    pub(super) fn around(&self) -> Option<NodeId> {
        self.around.filter(|_| !self.is_empty())
    }

    /// Notes that an element was left out; `around` is the innermost one that is open in the tree.
    pub(super) fn open(&mut self, name: &LocalName, around: Option<NodeId>) {
        if self.is_empty() {
            self.around = around;
        }
        self.names.push(name.clone());
        *self.counts.entry(name.clone()).or_default() += 1;
    }

    /// Ends the innermost element of a name and what is open in it; false where there is none: then the end tag belongs
    /// to an element of the tree, or to none at all.
    pub(super) fn close(&mut self, name: &LocalName) -> bool {
        let is_open = self.has(name);
        while is_open && self.pop().is_some_and(|closed| closed != *name) {}
        is_open
    }

    /// Ends all of them, as the element around them has ended.
    pub(super) fn close_all(&mut self) {
        self.names.clear();
        self.counts.clear();
    }

    /// Whether they are foreign content.
    pub(super) fn is_foreign(&self) -> bool {
        self.has("svg") || self.has("math")
    }

    /// Ends the foreign content in them, and all that is open in it.
    pub(super) fn break_out(&mut self) {
        while self.is_foreign() {
            self.pop();
        }
    }

    /// Whether what they hold is no text. In HTML a script or a style is never left out; in foreign content its markup
    /// is that of any element.
    pub(super) fn hold_no_text(&self) -> bool {
        self.has("script") || self.has("style")
    }

    fn has(&self, name: &str) -> bool {
        !self.is_empty() && self.counts.get(&LocalName::from(name)).is_some_and(|count| *count > 0)
    }

    fn pop(&mut self) -> Option<LocalName> {
        let name = self.names.pop()?;
        if let Some(count) = self.counts.get_mut(&name) {
            *count -= 1;
        }
        Some(name)
    }
}

/// Whether a start tag opens no element that an end tag would close. `is_foreign` says that it stands in foreign content.
pub(super) fn opens_nothing(tag: &Tag, is_foreign: bool) -> bool {
    // Only in foreign content a tag may close itself (HTML Living Standard §13.1.2.1).
    let closes_itself = tag.self_closing && (is_foreign || matches!(&*tag.name, "svg" | "math"));
    closes_itself || is_void(&tag.name) || is_of_page(&tag.name)
}

/// Elements without an end tag (HTML Living Standard §13.1.2, void elements, and those that the tree construction
/// treats likewise, §13.2.6.4.7).
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that a page has once and that are open already, or implied.
fn is_of_page(name: &str) -> bool {
    matches!(name, "html" | "head" | "body" | "frameset")
}

/// Elements whose content is not markup (HTML Living Standard §13.1.2, raw text elements and their relatives).
pub(super) fn holds_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "iframe" | "noembed" | "noframes" | "xmp" | "plaintext")
}

/// Whether a start tag ends the foreign content that it stands in (HTML Living Standard §13.2.6.5).
pub(super) fn breaks_out(tag: &Tag) -> bool {
    match &*tag.name {
        "b" | "big" | "blockquote" | "body" | "br" | "center" | "code" | "dd" | "div" | "dl" | "dt" | "em"
        | "embed" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "hr" | "i" | "img" | "li" | "listing"
        | "menu" | "meta" | "nobr" | "ol" | "p" | "pre" | "ruby" | "s" | "small" | "span" | "strong" | "strike"
        | "sub" | "sup" | "table" | "tt" | "u" | "ul" | "var" => true,
        "font" => tag.attrs.iter().any(|a| matches!(&*a.name.local, "color" | "face" | "size")),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
