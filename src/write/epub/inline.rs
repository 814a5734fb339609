//! Inlines to phrasing content. The characters are those of the document; ruby readings and note marks are the
//! only others, in elements that say so.

use std::io;

use super::content::Content;
use super::language;
use super::link::followed;
use super::xhtml::is_date;
use crate::characters::is_visible;
use crate::document::{Inline, Language, Mention, inline_text};

/// Elements that may not stand in themselves.
#[derive(Clone, Copy, Default)]
pub(super) struct Inside {
    link: bool,
    ruby: bool,
}

impl Content<'_> {
    /// Writes inlines; pages that begin here or inside them begin in their midst.
    pub(super) fn write_inlines(&mut self, inlines: &[Inline], inside: Inside) -> io::Result<()> {
        inlines.iter().try_for_each(|inline| self.write_inline(inline, inside))
    }

    fn write_inline(&mut self, inline: &Inline, inside: Inside) -> io::Result<()> {
        if has_text(std::slice::from_ref(inline)) {
            // Before the element, so that a link or an emphasis does not begin with the name of a page.
            self.write_page_breaks(0)?;
        }
        match inline {
            Inline::Text(text) => self.write_text(text),
            Inline::Corrected { sic: _, corr, edit } => {
                let number = edit.0.to_string();
                self.xml.start("span", &[("class", "repair"), ("data-edit", &number)])?;
                self.write_text(corr)?;
                self.xml.end()
            }
            Inline::Mention(Mention::Date(iso), inner) if is_date(iso) => {
                self.write_element("time", &[("datetime", iso)], inner, inside)
            }
            // Nothing in EPUB says of a stretch of text whom it names; the package document does.
            Inline::Mention(
                Mention::Person(_) | Mention::Publisher | Mention::SourceTitle | Mention::Date(_),
                inner,
            ) => self.write_inlines(inner, inside),
            Inline::Emphasis(inner) => self.write_element("em", &[], inner, inside),
            Inline::Strong(inner) => self.write_element("strong", &[], inner, inside),
            // `q` would add marks of the reader's own.
            Inline::Quote(inner) => self.write_element("span", &[("class", "quote")], inner, inside),
            Inline::Link { target, inlines } => self.write_link(target, inlines, inside),
            Inline::Foreign(language, inner) => self.write_foreign(language, inner, inside),
            Inline::Ruby { base, reading } => self.write_ruby(base, reading, inside),
            Inline::Sub(inner) => self.write_element("sub", &[], inner, inside),
            Inline::Sup(inner) => self.write_element("sup", &[], inner, inside),
            Inline::Break => {
                self.pages.advance(1);
                self.xml.empty("br", &[])
            }
            Inline::NoteRef { id, mark } => self.write_note_reference(*id, mark, inside),
        }
    }

    fn write_element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: &[Inline],
        inside: Inside,
    ) -> io::Result<()> {
        self.xml.start(name, attributes)?;
        self.write_inlines(inner, inside)?;
        self.xml.end()
    }

    fn write_text(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while !rest.is_empty() {
            self.write_page_breaks(0)?;
            let (now, later) = rest.split_at(self.pages.until_next(rest));
            self.xml.text(now)?;
            self.pages.advance(now.len());
            rest = later;
        }
        Ok(())
    }

    fn write_link(&mut self, target: &str, inner: &[Inline], inside: Inside) -> io::Result<()> {
        match followed(target, inner) {
            Some(address) if !inside.link => {
                self.write_element("a", &[("href", &address)], inner, Inside { link: true, ..inside })
            }
            Some(_) | None => {
                self.losses.links += 1;
                self.write_inlines(inner, inside)
            }
        }
    }

    fn write_foreign(&mut self, language: &Language, inner: &[Inline], inside: Inside) -> io::Result<()> {
        if !language::is_well_formed(language.tag()) {
            self.losses.languages += 1;
        }
        let scope = self.scope.inner(Some(language), None);
        let attributes = scope.attributes_in(&self.scope);
        if attributes.is_empty() {
            return self.write_inlines(inner, inside);
        }
        self.xml.start("span", &attributes)?;
        let outer = std::mem::replace(&mut self.scope, scope.clone());
        self.write_inlines(inner, inside)?;
        self.scope = outer;
        self.xml.end()
    }

    fn write_ruby(&mut self, base: &[Inline], reading: &str, inside: Inside) -> io::Result<()> {
        // HTML §4.5.10 allows no ruby inside ruby, and a break in a base would part it from its reading.
        if inside.ruby || !is_visible(reading) {
            self.losses.readings += usize::from(inside.ruby);
            return self.write_inlines(base, inside);
        }
        self.write_page_breaks(inline_text(base).len())?;
        self.has_ruby = true;
        self.xml.start("ruby", &[])?;
        self.write_inlines(base, Inside { ruby: true, ..inside })?;
        // No `rp`: EPUB 3.3 §6.1.4.3.2 discourages it, since every reading system knows ruby.
        self.xml.leaf("rt", &[], reading)?;
        self.xml.end()
    }

    fn write_note_reference(&mut self, id: usize, mark: &str, inside: Inside) -> io::Result<()> {
        let number = id.to_string();
        let mark = if is_visible(mark) { mark } else { &number };
        match self.notes.number(id) {
            Some(note) if !inside.link => {
                self.references += 1;
                self.notes.refer(id, self.references);
                let href = ["#note", &note.to_string()].concat();
                let own = ["noteref", &self.references.to_string()].concat();
                let attributes = [
                    ("epub:type", "noteref"),
                    ("role", "doc-noteref"),
                    ("class", "noteref"),
                    ("id", &own),
                    ("href", &href),
                ];
                self.xml.leaf("a", &attributes, mark)
            }
            Some(_) | None => {
                self.losses.references += 1;
                self.xml.leaf("span", &[("class", "noteref")], mark)
            }
        }
    }
}

/// Whether inlines add anything to the document's text.
pub(super) fn has_text(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(text) => !text.is_empty(),
        Inline::Corrected { corr, .. } => !corr.is_empty(),
        Inline::Break => true,
        _ => has_text(inline.inner().unwrap_or_default()),
    })
}

/// Whether inlines show anything: text, or a reference to a note.
pub(super) fn has_content(inlines: &[Inline]) -> bool {
    has_text(inlines)
        || inlines
            .iter()
            .any(|inline| matches!(inline, Inline::NoteRef { .. }) || has_content(inline.inner().unwrap_or_default()))
}
