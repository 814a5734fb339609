//! How much of a page's prose its elements hold: an element with most of it is no navigation, whatever its class says.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeData, NodeId};

use super::page::Page;
use crate::characters::letters;

/// Characters of prose by the element that holds them.
#[derive(Debug, Default)]
pub(super) struct Mass {
    of: HashMap<NodeId, usize>,
    whole: usize,
    /// The elements around the heading of the first rank that prints the page's title, or is the only one.
    around_heading: HashSet<NodeId>,
}

/// Characters of a text that is prose: lines of menus are shorter.
const LEAST: usize = 60;

/// Characters of a part of an article that stands in an element of its own.
const LEAST_PART: usize = 200;

impl Mass {
    /// Weighs the texts of a page, of which the letters of its titles are given, that stand in no link and in nothing that shows no text.
    pub(super) fn of(page: &Page, titles: &[String]) -> Self {
        let mut mass = Self::default();
        let headings = page.document.select("h1");
        let headings = headings.nodes();
        let printed = headings.iter().find(|heading| titles.contains(&letters(&heading.text())));
        if let Some(heading) = printed.or(headings.first().filter(|_| headings.len() == 1)) {
            mass.around_heading.extend(heading.ancestors_it(None).map(|around| around.id));
        }
        for (id, _) in &page.texts {
            let Some(node) = page.document.tree.get(id) else { continue };
            let length = node.query(|n| match &n.data {
                NodeData::Text { contents } => contents.trim().chars().count(),
                _ => 0,
            });
            let length = length.unwrap_or(0);
            let is_other = |name: &str| matches!(name, "a" | "script" | "style" | "option" | "button" | "template");
            if length < LEAST || node.parent().and_then(|p| p.node_name()).is_some_and(|name| is_other(&name)) {
                continue;
            }
            mass.whole += length;
            for around in node.ancestors_it(None) {
                *mass.of.entry(around.id).or_default() += length;
            }
        }
        mass
    }

    /// Whether an element holds so much prose that it is a part of an article, and no teaser.
    pub(super) fn is_part(&self, element: NodeId) -> bool {
        self.of.get(&element).is_some_and(|length| *length >= LEAST_PART && length * 7 > self.whole)
    }

    /// Whether an element holds the page's heading.
    pub(super) fn holds_heading(&self, element: NodeId) -> bool {
        self.around_heading.contains(&element)
    }

    /// Whether an element holds most of the page's prose.
    pub(super) fn is_most(&self, element: NodeId) -> bool {
        self.of.get(&element).is_some_and(|length| length * 2 > self.whole)
    }
}
