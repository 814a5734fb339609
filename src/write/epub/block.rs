//! Blocks to flow content: every kind of block, with its role, language and direction.

use std::io;

use super::content::{Content, Section};
use super::inline::{Inside, has_content, has_text};
use super::language::{self, Scope};
use crate::characters::is_visible;
use crate::document::{Block, BlockKind, Inline, NumberStyle, Numbering, Role, inline_text};

/// The attributes of an element.
pub(super) type Tag<'a> = Vec<(&'a str, &'a str)>;

impl Content<'_> {
    /// Writes a block of the article, each element on a line of its own.
    pub(super) fn write_block(&mut self, block: &Block) -> io::Result<()> {
        self.count_unusable_language(block);
        let scope = self.scope.inner(block.language.as_ref(), block.direction);
        let outer = std::mem::replace(&mut self.scope, scope.clone());
        let mut tag = scope.attributes_in(&outer);
        if block.role != Role::Body {
            tag.push(("class", block.role.name()));
        }
        self.write_kind(block, tag)?;
        self.scope = outer;
        Ok(())
    }

    /// Writes the title as the article's main heading.
    pub(super) fn write_title(&mut self, block: &Block) -> io::Result<()> {
        self.count_unusable_language(block);
        let scope = self.scope.inner(block.language.as_ref(), block.direction);
        let outer = std::mem::replace(&mut self.scope, scope.clone());
        let mut tag = scope.attributes_in(&outer);
        tag.extend([("class", Role::Title.name()), ("id", super::TITLE)]);
        self.write_heading_element("h1", tag, &block.inlines)?;
        self.scope = outer;
        Ok(())
    }

    fn write_kind(&mut self, block: &Block, mut tag: Tag<'_>) -> io::Result<()> {
        match &block.kind {
            BlockKind::Paragraph => self.write_leaf("p", tag, &block.inlines),
            BlockKind::Heading(level) => self.write_heading(*level, block, tag),
            BlockKind::Quote(blocks) => self.write_container("blockquote", tag, blocks),
            BlockKind::List { numbering, items } => self.write_list(numbering.as_ref(), tag, items),
            BlockKind::Table { caption, rows } => self.write_table(tag, caption, rows),
            BlockKind::Verse(lines) => {
                // A block has one class; what it is for yields to what it is.
                tag.retain(|attribute| attribute.0 != "class");
                tag.push(("class", "verse"));
                self.write_verse(tag, lines)
            }
            BlockKind::Figure { alt, caption } => self.write_figure(tag, alt, caption),
            BlockKind::Note { id, blocks } => self.write_note(*id, blocks, tag),
        }
    }

    /// An element that holds inlines; nothing where they show nothing.
    pub(super) fn write_leaf(&mut self, name: &str, tag: Tag<'_>, inlines: &[Inline]) -> io::Result<()> {
        if !has_content(inlines) {
            return Ok(());
        }
        self.xml.line()?;
        self.write_leaf_here(name, tag, inlines)
    }

    pub(super) fn write_leaf_here(&mut self, name: &str, tag: Tag<'_>, inlines: &[Inline]) -> io::Result<()> {
        if has_text(inlines) {
            self.pages.enter_leaf();
        }
        self.xml.start(name, &tag)?;
        self.write_inlines(inlines, Inside::default())?;
        self.xml.end()
    }

    /// A heading. A page that begins with it begins before it, so that it is no part of the heading's name.
    fn write_heading_element(&mut self, name: &str, tag: Tag<'_>, inlines: &[Inline]) -> io::Result<()> {
        self.pages.enter_leaf();
        self.write_page_breaks(0)?;
        self.xml.line()?;
        self.xml.start(name, &tag)?;
        self.write_inlines(inlines, Inside::default())?;
        self.xml.end()
    }

    fn write_heading(&mut self, level: u8, block: &Block, tag: Tag<'_>) -> io::Result<()> {
        let text = inline_text(&block.inlines);
        // Outside the body, and where nobody sees it, a heading would only disturb the outline.
        if block.role != Role::Body || !is_visible(&text) {
            return self.write_leaf("p", tag, &block.inlines);
        }
        let depth = self.outline.enter(level);
        let number = self.sections.len() + 1;
        let id = ["section", &number.to_string()].concat();
        let mut tag: Tag<'_> = tag;
        tag.push(("id", &id));
        let name = ["h2", "h3", "h4", "h5", "h6"][(depth - 1).min(4)];
        self.write_heading_element(name, tag, &block.inlines)?;
        self.sections.push(Section { depth, id, title: text, scope: self.scope.clone() });
        Ok(())
    }

    fn write_container(&mut self, name: &str, tag: Tag<'_>, blocks: &[Block]) -> io::Result<()> {
        self.xml.open_line(name, &tag)?;
        blocks.iter().try_for_each(|block| self.write_block(block))?;
        self.xml.close_line()
    }

    fn write_list(&mut self, numbering: Option<&Numbering>, tag: Tag<'_>, items: &[Vec<Block>]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        // Notes have marks of their own, and readers hide them: items would stay that are numbered and empty.
        if items.iter().all(|item| !item.is_empty() && item.iter().all(|block| self.is_hidden_note(block))) {
            self.xml.open_line("div", &tag)?;
            items.iter().flatten().try_for_each(|block| self.write_block(block))?;
            return self.xml.close_line();
        }
        let Some(numbering) = numbering else {
            self.xml.open_line("ul", &tag)?;
            items.iter().try_for_each(|item| self.write_container("li", Tag::new(), item))?;
            return self.xml.close_line();
        };
        let first = numbering.number(0).to_string();
        let mut tag: Tag<'_> = tag;
        if first != "1" {
            tag.push(("start", &first));
        }
        match numbering.style {
            NumberStyle::Decimal => {}
            NumberStyle::LowerAlpha => tag.push(("type", "a")),
            NumberStyle::UpperAlpha => tag.push(("type", "A")),
            NumberStyle::LowerRoman => tag.push(("type", "i")),
            NumberStyle::UpperRoman => tag.push(("type", "I")),
        }
        self.xml.open_line("ol", &tag)?;
        for (index, item) in items.iter().enumerate() {
            let number = numbering.number(index);
            let value = number.to_string();
            let counts_on = index == 0 || numbering.number(index - 1) + 1 == number;
            let tag = if counts_on { Tag::new() } else { vec![("value", value.as_str())] };
            self.write_container("li", tag, item)?;
        }
        self.xml.close_line()
    }

    /// A stanza is a paragraph with a line break between its lines; an empty line parts two stanzas.
    fn write_verse(&mut self, tag: Tag<'_>, lines: &[Vec<Inline>]) -> io::Result<()> {
        self.xml.open_line("div", &tag)?;
        for stanza in lines.split(|line| !has_content(line)).filter(|stanza| !stanza.is_empty()) {
            self.xml.line()?;
            self.xml.start("p", &[])?;
            self.write_stanza(stanza)?;
            self.xml.end()?;
        }
        self.xml.close_line()
    }

    fn write_stanza(&mut self, lines: &[Vec<Inline>]) -> io::Result<()> {
        let mut begun = false;
        for line in lines {
            if has_text(line) {
                if begun {
                    self.xml.empty("br", &[])?;
                }
                begun = true;
                self.pages.enter_leaf();
            }
            self.write_inlines(line, Inside::default())?;
        }
        Ok(())
    }

    /// The image is not kept, so what stood in its place is text like any other.
    fn write_figure(&mut self, tag: Tag<'_>, alt: &[Inline], caption: &[Block]) -> io::Result<()> {
        self.xml.open_line("figure", &tag)?;
        self.write_leaf("p", vec![("class", "alt")], alt)?;
        if !caption.is_empty() {
            self.write_container("figcaption", Tag::new(), caption)?;
        }
        self.xml.close_line()
    }

    fn is_hidden_note(&self, block: &Block) -> bool {
        matches!(block.kind, BlockKind::Note { id, .. } if self.notes.is_referred_to(id))
    }

    /// Readers hide a footnote until its reference is followed, so a note without one is an ordinary block.
    fn write_note(&mut self, id: usize, blocks: &[Block], tag: Tag<'_>) -> io::Result<()> {
        let Some(number) = self.notes.claim(id) else {
            let mut tag = tag;
            tag.retain(|attribute| attribute.0 != "class");
            tag.push(("class", "note"));
            return self.write_container("div", tag, blocks);
        };
        let xml_id = ["note", &number.to_string()].concat();
        let mark = self.notes.missing_mark(id, blocks).map(str::to_owned);
        let mut tag: Tag<'_> = tag;
        tag.extend([("epub:type", "footnote"), ("role", "doc-footnote"), ("id", &xml_id)]);
        self.xml.open_line("aside", &tag)?;
        self.write_way_back(id, mark.as_deref())?;
        blocks.iter().try_for_each(|block| self.write_block(block))?;
        self.xml.close_line()
    }

    /// The mark of a note, which leads to its first reference; an arrow does where the note shows its mark itself.
    fn write_way_back(&mut self, id: usize, mark: Option<&str>) -> io::Result<()> {
        let reference = self.notes.reference(id).map(|number| ["#noteref", &number.to_string()].concat());
        self.xml.line()?;
        match (&reference, mark) {
            (Some(href), _) => {
                let english = Scope { right_to_left: self.scope.right_to_left, ..Scope::english() };
                let mut tag = english.attributes_in(&self.scope);
                tag.extend([("class", "mark"), ("role", "doc-backlink"), ("href", href)]);
                tag.extend([("aria-label", "Back to the text"), ("data-generated", "mark")]);
                self.xml.leaf("a", &tag, mark.unwrap_or("↩"))
            }
            (None, Some(mark)) => self.xml.leaf("span", &[("class", "mark"), ("data-generated", "mark")], mark),
            (None, None) => Ok(()),
        }
    }

    fn count_unusable_language(&mut self, block: &Block) {
        let unusable = |language: &crate::document::Language| !language::is_well_formed(language.tag());
        self.losses.languages += usize::from(block.language.as_ref().is_some_and(unusable));
    }
}
