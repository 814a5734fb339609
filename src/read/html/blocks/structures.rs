//! Lists, tables and figures of a page.

use dom_query::NodeRef;

use super::super::clues::Surroundings;
use super::super::leaf::{Counts, visible};
use super::super::tables;
use super::{Builder, LONG_LINE, Read, sum};
use crate::document::{NumberStyle, Numbering};
use crate::read::{ArticleBlock, ArticleKind, Clue};

impl<'a> Builder<'a, '_> {
    /// Whether a list stands right below the heading, and is a few lines with a date.
    pub(super) fn is_of_head(&self, list: &NodeRef<'a>) -> bool {
        let heading = self.blocks.iter().rev().take(BELOW_HEADING).position(|read| {
            matches!(read.block.kind, ArticleKind::Heading(1)) || read.block.clue == Some(Clue::Title)
        });
        if !heading.is_some_and(|at| self.blocks.iter().rev().take(at).all(|read| read.counts.all < LONG_LINE)) {
            return false;
        }
        let items = list.children();
        let lines = items.iter().filter(|n| n.has_name("li")).take(MOST_LINES + 1);
        let lines: Vec<usize> = lines.map(|n| visible(&n.text())).collect();
        (2..=MOST_LINES).contains(&lines.len())
            && lines.iter().all(|length| *length < LONG_LINE)
            && list.text().contains(|c: char| c.is_ascii_digit())
    }

    pub(super) fn read_list(&mut self, node: &NodeRef<'a>, name: &str, around: &Surroundings) {
        let (mut items, mut numbers, mut counter) = (Vec::new(), Vec::new(), Counter::new(node));
        let mut counts = Counts::default();
        let mut child = node.first_child();
        while let Some(item) = child {
            child = item.next_sibling();
            let blocks = self.inner(
                |builder| match item.node_name().as_deref() {
                    Some("li" | "dt" | "dd") => {
                        let around = builder.enter(around, &item, "li");
                        if builder.notes.note(item.id).is_some() {
                            builder.read_block(&item, "li", &around);
                        } else {
                            builder.read_children(&item, &around);
                        }
                        builder.finish_leaf(&around);
                    }
                    _ => builder.read_node(&item, around),
                },
                around,
            );
            counts = counts + sum(&blocks);
            // An item that shows nothing is counted all the same.
            let number = item.has_name("li").then(|| counter.count(&item));
            if !blocks.is_empty() {
                numbers.push(number.unwrap_or(counter.next));
                items.push(blocks.into_iter().map(|read| read.block).collect::<Vec<_>>());
            }
        }
        // A list of notes is its notes.
        if items.iter().flatten().all(|b| matches!(b.kind, ArticleKind::Note { .. })) {
            for block in items.into_iter().flatten() {
                self.push(block, counts, around);
            }
            return;
        }
        let numbering = (name == "ol").then_some(Numbering { numbers, style: counter.style });
        let kind = ArticleKind::List { numbering, items };
        self.push(ArticleBlock { kind, ..ArticleBlock::default() }, counts, around);
    }

    pub(super) fn read_table(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let mut rows = Vec::new();
        let mut counts = Counts::default();
        for group in tables::groups(node) {
            let mut read = Vec::with_capacity(group.len());
            for row in group {
                let mut cells = Vec::new();
                for cell in tables::cells(&row) {
                    let blocks = self.inner(|builder| builder.read_children(&cell, around), around);
                    counts = counts + sum(&blocks);
                    cells.push(tables::cell(&cell, blocks.into_iter().map(|read| read.block)));
                }
                read.push(cells);
            }
            tables::end_group(&mut read);
            rows.extend(read);
        }
        tables::limit_columns(&mut rows);
        let caption = match tables::caption(node) {
            Some(caption) => self.inner(|builder| builder.read_children(&caption, around), around),
            None => Vec::new(),
        };
        if counts.all == 0 {
            self.blocks.extend(caption);
            return;
        }
        let of_caption = sum(&caption);
        counts = counts + of_caption;
        let caption = (of_caption.all > 0).then(|| tables::lines(caption.into_iter().map(|read| read.block)));
        let kind = ArticleKind::Table { caption: caption.map(Box::new), rows };
        self.push(ArticleBlock { kind, ..ArticleBlock::default() }, counts, around);
    }

    /// A figure with an image: what stands in it is its caption, in `figcaption` or beside it, where that is lines. One that
    /// holds more (a quotation, a table, prose) is what it holds.
    pub(super) fn read_figure(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let image = own(node, &|n| n.has_name("img") || n.has_name("video"));
        let Some(image) = image else { return self.read_children(node, around) };
        let alt = self.attribute_text(&image, "alt");
        let blocks = self.inner(|builder| builder.read_children(node, around), around);
        if alt.as_str().is_empty() && blocks.is_empty() {
            return;
        }
        let is_line = |read: &Read| matches!(read.block.kind, ArticleKind::Paragraph | ArticleKind::Heading(_));
        let has_caption = own(node, &|n| n.has_name("figcaption")).is_some();
        let is_caption = blocks.iter().all(is_line) && (has_caption || sum(&blocks).all <= LONGEST_CAPTION);
        let (caption, others) = if is_caption { (blocks, Vec::new()) } else { (Vec::new(), blocks) };
        // An image has no text by which it could have been chosen: it goes with its neighbours.
        let counts = sum(&caption);
        if !caption.is_empty() || !alt.as_str().is_empty() {
            let kind = ArticleKind::Figure { alt, caption: caption.into_iter().map(|read| read.block).collect() };
            self.push(ArticleBlock { kind, ..ArticleBlock::default() }, counts, around);
        }
        self.blocks.extend(others);
    }
}

/// The first element in a figure that is one: those of figures inside are theirs.
fn own<'a>(figure: &NodeRef<'a>, is: &dyn Fn(&NodeRef<'_>) -> bool) -> Option<NodeRef<'a>> {
    let mut waiting = vec![figure.first_child()];
    while let Some(next) = waiting.pop() {
        let Some(node) = next else { continue };
        if is(&node) {
            return Some(node);
        }
        waiting.push(node.next_sibling());
        if !node.has_name("figure") {
            waiting.push(node.first_child());
        }
    }
    None
}

/// Characters of a caption without an element of its own.
const LONGEST_CAPTION: usize = 300;

/// Blocks below the heading of a page among which a list of its head may stand.
const BELOW_HEADING: usize = 6;

/// Lines of such a list.
const MOST_LINES: usize = 6;

/// How a list counts its items (HTML §4.4.5 and §4.4.8; the signs of `type` hang on their case).
struct Counter {
    next: i32,
    step: i32,
    style: NumberStyle,
}

impl Counter {
    fn new(list: &NodeRef<'_>) -> Self {
        let style = match list.attr("type").as_deref() {
            Some("a") => NumberStyle::LowerAlpha,
            Some("A") => NumberStyle::UpperAlpha,
            Some("i") => NumberStyle::LowerRoman,
            Some("I") => NumberStyle::UpperRoman,
            _ => NumberStyle::Decimal,
        };
        let reversed = list.has_attr("reversed");
        let items = || i32::try_from(list.children().iter().filter(|n| n.has_name("li")).count()).unwrap_or(i32::MAX);
        let first = integer(list, "start").unwrap_or_else(|| if reversed { items() } else { 1 });
        Self { next: first, step: if reversed { -1 } else { 1 }, style }
    }

    /// The number of the next item.
    fn count(&mut self, item: &NodeRef<'_>) -> i32 {
        let number = integer(item, "value").unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        number
    }
}

fn integer(node: &NodeRef<'_>, name: &str) -> Option<i32> {
    node.attr(name)?.trim().parse().ok()
}
