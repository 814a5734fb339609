//! The tree of a page to blocks: structure and inline markup, with white space folded as CSS Text 3 §4.1
//! (<https://www.w3.org/TR/css-text-3/#white-space-rules>) has it, and each character with its place.

mod structures;

use dom_query::{NodeData, NodeId, NodeRef};
use url::Url;

use super::clues::{self, Surroundings, language_of};
use super::elements::{Display, display};
use super::leaf::{Counts, Leaf, Place};
use super::mass::Mass;
use super::notes::Notes;
use super::page::Page;
use super::{body::Selection, links, tables};
use crate::document::{Field, Folded};
use crate::read::{ArticleBlock, ArticleKind, Candidate, CandidateOrigin, Clue, FoldedText, MarkupKind};

/// A block of the page, and how much of it the extractor chose.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) block: ArticleBlock,
    pub(super) counts: Counts,
    /// It stands in navigation, a form or the like.
    pub(super) outside: bool,
    /// The number of the element around it.
    pub(super) container: usize,
}

/// An element that holds blocks.
#[derive(Debug)]
pub(super) struct Container {
    /// The number of the element around it; its own where there is none.
    pub(super) outer: usize,
    /// It is an `article`.
    pub(super) is_article: bool,
}

impl Read {
    /// Whether the extractor took it for the article's.
    pub(super) fn is_chosen(&self) -> bool {
        self.counts.chosen * 2 > self.counts.all
    }
}

/// Reads the blocks of a page.
pub(super) fn read(
    page: &Page,
    selection: &Selection,
    notes: &Notes,
    base: Option<&Url>,
    mass: Mass,
    folded: &mut Folded,
) -> Blocks {
    let Some(body) = page.document.tree.body() else { return Blocks::default() };
    let mut builder = Builder {
        page,
        selection,
        notes,
        base,
        folded,
        leaf: Leaf::default(),
        open: Vec::new(),
        blocks: Vec::new(),
        kind: LeafKind::Paragraph,
        times: Vec::new(),
        unmarked: 0,
        links: 0,
        ruby: 0,
        mass,
        containers: vec![Container { outer: 0, is_article: false }],
        around: 0,
    };
    builder.read_children(&body, &Surroundings::default());
    builder.finish_leaf(&Surroundings::default());
    let Builder { blocks, containers, times, unmarked, .. } = builder;
    Blocks { blocks, containers, times, unmarked }
}

/// The blocks of a page and the elements that hold them, the dates for machines with the number of blocks before each, and
/// how many inline elements are only text because of [`MOST_MARKUP`].
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Read>,
    pub(super) containers: Vec<Container>,
    pub(super) times: Vec<(usize, Candidate)>,
    pub(super) unmarked: usize,
}

/// What the text that is being collected will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LeafKind {
    Paragraph,
    Heading(u8),
    Verse,
    Preformatted,
}

struct Builder<'a, 'b> {
    page: &'a Page,
    selection: &'a Selection,
    notes: &'a Notes,
    /// What addresses are relative to.
    base: Option<&'a Url>,
    folded: &'b mut Folded,
    leaf: Leaf,
    /// Inline elements that are open: a block inside them closes and opens them again.
    open: Vec<MarkupKind>,
    blocks: Vec<Read>,
    kind: LeafKind,
    /// Dates for machines, with the number of blocks before them.
    times: Vec<(usize, Candidate)>,
    unmarked: usize,
    /// Links that are open.
    links: usize,
    /// Rubies that are open.
    ruby: usize,
    mass: Mass,
    containers: Vec<Container>,
    /// The number of the element that is being read.
    around: usize,
}

/// Whether a break stands between two elements that are lines of their own: pages without paragraphs set title,
/// byline and date so.
fn is_between_lines(node: &NodeRef<'_>) -> bool {
    let is_space = |node: &NodeRef<'_>| {
        node.query(|n| matches!(&n.data, NodeData::Text { contents } if contents.trim().is_empty())).unwrap_or(false)
    };
    let is_line = |forward: bool| {
        let step = |node: &NodeRef<'_>| if forward { node.next_sibling() } else { node.prev_sibling() }.map(|n| n.id);
        let tree = &node.tree;
        let mut at = step(node).and_then(|id| tree.get(&id));
        while let Some(space) = at.filter(is_space) {
            at = step(&space).and_then(|id| tree.get(&id));
        }
        at.is_some_and(|n| matches!(n.node_name().as_deref(), Some("span" | "font" | "b" | "strong" | "big")))
    };
    node.parent().is_none_or(|parent| parent.node_name().as_deref() != Some("p")) && is_line(true) && is_line(false)
}

impl<'a> Builder<'a, '_> {
    fn read_children(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let mut child = node.first_child();
        while let Some(node) = child {
            self.read_node(&node, around);
            child = node.next_sibling();
        }
    }

    fn read_node(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let text = node.query(|n| match &n.data {
            NodeData::Text { contents } => Some(contents.clone()),
            _ => None,
        });
        match text.flatten() {
            Some(text) => self.read_text(node.id, &text, around),
            None if node.is_element() => self.read_element(node, around),
            None => {}
        }
    }

    /// What the elements around the texts in an element say.
    fn enter(&self, around: &Surroundings, node: &NodeRef<'_>, name: &str) -> Surroundings {
        let inner = around.enter(node, name);
        let mass = &self.mass;
        let is_part = || mass.is_most(node.id) || mass.is_part(node.id) || mass.holds_heading(node.id);
        // An article in an article is a teaser, or a comment.
        if name == "article" && around.article && !is_part() {
            return inner.called(Some(Clue::Furniture));
        }
        let begins = inner.clue() == Some(Clue::Furniture) && around.clue() != Some(Clue::Furniture);
        let holds = || {
            let is_of_part = around.article && self.mass.is_part(node.id) && clues::may_hold_part(node);
            (self.mass.is_most(node.id) || is_of_part) && clues::may_hold_article(node, name)
        };
        if begins && holds() { inner.called(around.clue()) } else { inner }
    }

    fn read_text(&mut self, id: NodeId, text: &str, around: &Surroundings) {
        // Pages of the old school begin a paragraph with a break and an indent.
        if self.leaf.ends_with_break() && clues::is_indented(text) {
            self.finish_leaf(around);
        }
        let of = Place { is_chosen: self.selection.contains(id), is_linked: self.links > 0 };
        let keep = self.kind == LeafKind::Preformatted;
        self.leaf.push_text(text, self.page.pieces(id), of, keep, self.folded);
    }

    fn read_element(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let Some(name) = node.node_name() else { return };
        match display(&name) {
            // Where the page itself is made by scripts, its text stands there.
            Display::None if &*name == "noscript" && self.mass.is_most(node.id) => self.read_block(node, &name, around),
            Display::None => {}
            Display::Break => self.read_break(node, around),
            Display::Inline => self.read_inline(node, &name, around),
            Display::Block => self.read_block(node, &name, around),
        }
    }

    fn read_break(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        // Two breaks, and a break behind a line that no address or verse has, end a paragraph.
        let ends = self.leaf.ends_with_break()
            || self.leaf.line_width() >= LONG_LINE
            || (self.kind == LeafKind::Paragraph && is_between_lines(node));
        if ends && self.kind != LeafKind::Verse {
            self.finish_leaf(around);
        } else if let Some(tag) = self.page.tag(node.id) {
            self.leaf.push_break(tag);
        }
    }

    fn read_inline(&mut self, node: &NodeRef<'a>, name: &str, around: &Surroundings) {
        if let Some((id, mark)) = self.notes.reference(node.id) {
            self.leaf.push_reference(id, mark.to_owned());
            return;
        }
        if self.notes.is_back_link(node.id) {
            return;
        }
        let around = self.enter(around, node, name);
        match name {
            "ruby" => return self.read_ruby(node, &around),
            // What is around no base is text.
            "rt" | "rp" | "rtc" if self.ruby > 0 => return,
            "q" => return self.read_quotation(node, &around),
            _ => {}
        }
        let is_apart = is_set_apart(name) && self.kind != LeafKind::Preformatted;
        self.leaf.enter(is_apart, around.clue());
        let is_link = name == "a" && node.has_attr("href");
        self.links += usize::from(is_link);
        if name == "time" {
            self.note_time(node, &around);
        }
        match self.inline_markup(node, name) {
            Some(kind) => self.with_markup(kind, |builder| builder.read_children(node, &around)),
            None => self.read_children(node, &around),
        }
        self.links -= usize::from(is_link);
        self.leaf.leave(is_apart, around.clue());
        self.leaf.meet(around.clue());
    }

    /// A date for machines: of this article where it stands near its title.
    fn note_time(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let (Some(value), Some(place)) = (node.attr("datetime"), self.page.attribute(node.id, "datetime")) else {
            return;
        };
        if around.clue() == Some(Clue::Furniture) || value.trim().is_empty() {
            return;
        }
        let updated = ["class", "itemprop"].iter().filter_map(|name| node.attr(name)).any(|v| {
            let v = v.to_ascii_lowercase();
            v.contains("updated") || v.contains("modified")
        });
        let field = if updated { Field::Updated } else { Field::Published };
        let candidate = Candidate {
            field,
            value: value.trim().to_owned(),
            place: Some(place),
            origin: CandidateOrigin::Time,
            body: false,
        };
        self.times.push((self.blocks.len(), candidate));
    }

    fn inline_markup(&self, node: &NodeRef<'a>, name: &str) -> Option<MarkupKind> {
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => Some(MarkupKind::Emphasis),
            "strong" | "b" => Some(MarkupKind::Strong),
            "sub" => Some(MarkupKind::Sub),
            "sup" => Some(MarkupKind::Sup),
            "a" => links::resolve(&node.attr("href")?, self.base).map(MarkupKind::Link),
            _ => language_of(node).map(MarkupKind::Foreign),
        }
    }

    fn with_markup(&mut self, kind: MarkupKind, read: impl FnOnce(&mut Self)) {
        if self.open.len() >= MOST_MARKUP {
            self.unmarked += 1;
            return read(self);
        }
        self.open.push(kind.clone());
        self.leaf.open(kind);
        read(self);
        self.open.pop();
        self.leaf.close();
    }

    fn read_ruby(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        if self.ruby == 0 && !has_base(node) {
            // A reading of nothing is text.
            return self.read_children(node, around);
        }
        let reading = node.find(&["rt"]).iter().map(|n| n.text().trim().to_owned()).collect::<String>();
        self.ruby += 1;
        self.with_markup(MarkupKind::Ruby(reading), |builder| builder.read_children(node, around));
        self.ruby -= 1;
    }

    /// The marks that every browser shows around `q` are characters of the text; they stand for the tags.
    fn read_quotation(&mut self, node: &NodeRef<'a>, around: &Surroundings) {
        let nested = self.open.iter().filter(|kind| **kind == MarkupKind::Quote).count() % 2 == 1;
        let (left, right) = if nested { ("‘", "’") } else { ("“", "”") };
        let tag = self.page.tag(node.id).unwrap_or(0..0);
        self.with_markup(MarkupKind::Quote, |builder| {
            // Where the tag ends, and not the tag: a mark is as long as it.
            builder.leaf.push_generated(left, tag.end..tag.end);
            builder.read_children(node, around);
            let end = builder.leaf.end().unwrap_or(tag.end);
            builder.leaf.push_generated(right, end..end);
        });
    }

    fn read_block(&mut self, node: &NodeRef<'a>, name: &str, around: &Surroundings) {
        self.finish_leaf(around);
        let around = self.enter(around, node, name);
        // A paragraph holds no blocks: those in it stand beside the others.
        let holds_blocks = !matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "figcaption" | "hr");
        let outer = self.around;
        if holds_blocks {
            self.containers.push(Container { outer, is_article: name == "article" });
            self.around = self.containers.len() - 1;
        }
        self.read_block_in(node, name, &around);
        self.around = outer;
    }

    fn read_block_in(&mut self, node: &NodeRef<'a>, name: &str, around: &Surroundings) {
        if let Some(id) = self.notes.note(node.id) {
            let blocks = self.inner(|builder| builder.read_children(node, around), around);
            self.push_nested(blocks, around, |blocks| ArticleKind::Note { id, blocks });
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.with_kind(LeafKind::Heading(level), |builder| builder.read_children(node, around), around);
            }
            "blockquote" => {
                let blocks = self.inner(|builder| builder.read_children(node, around), around);
                self.push_nested(blocks, around, ArticleKind::Quote);
            }
            // `<ul><li>By Ann Lee</li><li>5 May</li></ul>` below a title is a line of the head.
            "ul" | "ol" if (around.header || self.is_of_head(node)) && around.clue() != Some(Clue::Furniture) => {
                self.read_children(node, around);
            }
            "ul" | "ol" | "menu" | "dl" => self.read_list(node, name, around),
            "table" if tables::is_data(node) => self.read_table(node, around),
            "figure" => self.read_figure(node, around),
            "pre" if !around.is_verse() => {
                self.with_kind(LeafKind::Preformatted, |builder| builder.read_children(node, around), around);
            }
            _ if around.is_verse() => {
                self.with_kind(LeafKind::Verse, |builder| builder.read_children(node, around), around);
            }
            _ => self.read_children(node, around),
        }
        self.finish_leaf(around);
    }

    fn with_kind(&mut self, kind: LeafKind, read: impl FnOnce(&mut Self), around: &Surroundings) {
        let outer = std::mem::replace(&mut self.kind, kind);
        read(self);
        self.finish_leaf(around);
        self.kind = outer;
    }

    /// The blocks that `read` makes, kept apart.
    fn inner(&mut self, read: impl FnOnce(&mut Self), around: &Surroundings) -> Vec<Read> {
        let outer = std::mem::take(&mut self.blocks);
        read(self);
        self.finish_leaf(around);
        std::mem::replace(&mut self.blocks, outer)
    }

    fn push_nested(
        &mut self,
        blocks: Vec<Read>,
        around: &Surroundings,
        kind: impl FnOnce(Vec<ArticleBlock>) -> ArticleKind,
    ) {
        if blocks.is_empty() {
            return;
        }
        let counts = sum(&blocks);
        let kind = kind(blocks.into_iter().map(|read| read.block).collect());
        self.push(ArticleBlock { kind, ..ArticleBlock::default() }, counts, around);
    }

    fn push(&mut self, mut block: ArticleBlock, counts: Counts, around: &Surroundings) {
        block.clue = block.clue.or(around.clue());
        block.language = around.language.clone();
        block.direction = around.direction;
        block.is_linked = counts.linked * 2 > counts.all;
        let outside = block.clue == Some(Clue::Furniture);
        self.blocks.push(Read { block, counts, outside, container: self.around });
    }

    /// The value of an attribute as text with its place.
    fn attribute_text(&mut self, node: &NodeRef<'a>, name: &str) -> FoldedText {
        let (Some(value), Some(place)) = (node.attr(name), self.page.attribute(node.id, name)) else {
            return FoldedText::default();
        };
        let mut leaf = Leaf::default();
        let piece = super::page::Piece { text: 0..value.len(), source: place };
        leaf.push_text(&value, &[piece], Place::default(), false, self.folded);
        leaf.finish().map(|(text, _)| text).unwrap_or_default()
    }

    fn finish_leaf(&mut self, around: &Surroundings) {
        let mut leaf = std::mem::take(&mut self.leaf);
        for kind in &self.open {
            self.leaf.open(kind.clone());
        }
        leaf.close_all();
        let (counts, clue) = (leaf.counts, leaf.clue());
        if leaf.lone_no_break_spaces > 0 && counts.all == 0 {
            self.folded.lone_no_break_spaces += leaf.lone_no_break_spaces;
        }
        let seams = leaf.take_seams();
        let Some((text, markup)) = leaf.finish() else { return };
        let kind = match self.kind {
            LeafKind::Heading(level) => ArticleKind::Heading(level),
            LeafKind::Verse if text.as_str().contains('\n') => ArticleKind::Verse,
            LeafKind::Paragraph | LeafKind::Verse | LeafKind::Preformatted => ArticleKind::Paragraph,
        };
        let block = ArticleBlock { kind, text, markup, clue, seams, ..ArticleBlock::default() };
        self.push(block, counts, around);
    }
}

/// Inline elements inside one another that are marked. Each block that stands in them has them all, so that a page would
/// be as large as their number times that of its blocks. In 1,079 pages there are four at most.
const MOST_MARKUP: usize = 32;

/// Whether an inline element may be laid out apart from its neighbours: those of text-level semantics stand inside words
/// too (`H<sub>2</sub>O`).
fn is_set_apart(name: &str) -> bool {
    matches!(name, "span" | "a" | "time") || name.contains('-')
}

/// Columns of a line that neither an address nor verse has.
const LONG_LINE: usize = 120;

fn sum(blocks: &[Read]) -> Counts {
    blocks.iter().map(|read| read.counts).sum()
}

/// Whether a ruby has text that is no reading.
fn has_base(node: &NodeRef<'_>) -> bool {
    if node.is_text() {
        return !node.text().trim().is_empty();
    }
    let is_unseen = |name: &str| matches!(name, "rt" | "rp" | "rtc") || display(name) == Display::None;
    if node.node_name().is_some_and(|name| is_unseen(&name)) {
        return false;
    }
    std::iter::successors(node.first_child(), |child| child.next_sibling()).any(|child| has_base(&child))
}
