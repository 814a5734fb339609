//! Inlines (TEI P5 chapter 3, <https://tei-c.org/Vault/P5/4.10.2/doc/tei-p5-doc/en/html/CO.html>): highlighting,
//! quotation, links, foreign words, ruby, names and dates, repairs. Never breaks a line or adds a character.

use std::io;

use super::people::name_element;
use super::repairs::choice_word;
use super::text::TextWriter;
use super::{datatypes, joined, lost};
use crate::document::{Inline, Mention};
use crate::edit::EditId;

impl TextWriter<'_> {
    /// Writes inlines as they come.
    pub(super) fn write_inlines(&mut self, inlines: &[Inline]) -> io::Result<()> {
        inlines.iter().try_for_each(|inline| self.write_inline(inline))
    }

    fn write_inline(&mut self, inline: &Inline) -> io::Result<()> {
        match inline {
            Inline::Text(text) => self.write_characters(text),
            Inline::Corrected { sic, corr, edit } => self.write_corrected(sic, corr, *edit),
            Inline::Mention(mention, inner) => self.write_mention(mention, inner),
            Inline::Emphasis(inner) => self.write_span("hi", &[("rend", "emphasis")], inner),
            Inline::Strong(inner) => self.write_span("hi", &[("rend", "strong")], inner),
            Inline::Sub(inner) => self.write_span("hi", &[("rend", "subscript")], inner),
            Inline::Sup(inner) => self.write_span("hi", &[("rend", "superscript")], inner),
            Inline::Quote(inner) => self.write_span("q", &[], inner),
            Inline::Link { target, inlines } => self.write_link(target, inlines),
            Inline::Foreign(language, inner) => {
                self.write_span("foreign", &[("xml:lang", datatypes::language_tag(language))], inner)
            }
            Inline::Ruby { base, reading } => {
                self.xml.start("ruby", &[])?;
                self.write_span("rb", &[], base)?;
                self.xml.leaf("rt", &[], reading)?;
                self.xml.end()
            }
            Inline::Break => self.xml.empty("lb", &[]),
            Inline::NoteRef { id, mark } => self.write_note_reference(*id, mark),
        }
    }

    /// Characters; what is lost is `unclear`, with an id where an annotation tells its bytes.
    fn write_characters(&mut self, text: &str) -> io::Result<()> {
        for (piece, is_lost) in lost::pieces(text) {
            if !is_lost {
                self.xml.text(piece)?;
                continue;
            }
            self.lost += 1;
            let told = self.contents.lost.get(self.lost - 1).is_some_and(Option::is_some);
            let id = told.then(|| self.edition.id(&format!("lost{}", self.lost)));
            let own: Vec<_> = id.as_deref().map(|id| ("xml:id", id)).into_iter().collect();
            self.xml.leaf("unclear", &joined(&own, &[("reason", "lost")]), piece)?;
        }
        Ok(())
    }

    fn write_span(&mut self, element: &str, attributes: &[(&str, &str)], inner: &[Inline]) -> io::Result<()> {
        self.xml.start(element, attributes)?;
        self.write_inlines(inner)?;
        self.xml.end()
    }

    /// `choice` of what stood there and what is shown, numbered for its annotation.
    fn write_corrected(&mut self, sic: &str, corr: &str, edit: EditId) -> io::Result<()> {
        let place = self.places.entry(edit).or_default();
        *place += 1;
        let id = self.edition.id(&choice_word(edit, *place));
        let known = edit.0.checked_sub(1).and_then(|index| self.edition.document.edits.get(index));
        let certainty = known.map(|known| ("cert", datatypes::certainty(known.confidence)));
        self.xml.start("choice", &[("xml:id", &id)])?;
        self.xml.leaf("sic", &[], sic)?;
        self.xml.leaf("corr", &joined(&[("resp", &self.edition.agent)], certainty.as_slice()), corr)?;
        self.xml.end()
    }

    fn write_mention(&mut self, mention: &Mention, inner: &[Inline]) -> io::Result<()> {
        match mention {
            Mention::Person(index) => {
                let Some(person) = self.edition.document.metadata.people().nth(*index) else {
                    return self.write_span("name", &[], inner);
                };
                let reference = self.edition.person(*index);
                self.write_span(name_element(person.kind), &[("ref", &reference)], inner)
            }
            Mention::Publisher => self.write_span("orgName", &[], inner),
            Mention::SourceTitle => self.write_span("title", &[("level", "j")], inner),
            Mention::Date(iso) => {
                let when = datatypes::when(iso).map(|attribute| (attribute, iso.as_str()));
                self.write_span("date", when.as_slice(), inner)
            }
        }
    }

    /// A link. Where its address cannot stand in `target` as it is, `n` keeps it.
    fn write_link(&mut self, target: &str, inner: &[Inline]) -> io::Result<()> {
        let pointer = datatypes::pointer(target);
        let mut own = Vec::new();
        own.extend(pointer.as_deref().map(|pointer| ("target", pointer)));
        if pointer.as_deref() != Some(target) && !target.trim().is_empty() {
            own.push(("n", target));
        }
        self.write_span("ref", &own, inner)
    }

    /// The mark as printed. A note that does not exist is not pointed to.
    fn write_note_reference(&mut self, id: usize, mark: &str) -> io::Result<()> {
        let target = self.edition.pointer(&format!("note{id}"));
        let own = [("type", "noteAnchor"), ("target", target.as_str())];
        let own = if self.contents.notes.contains(&id) { &own[..] } else { &own[..1] };
        self.xml.leaf("ref", own, mark)
    }

    /// `figDesc` takes neither `lb` nor `ruby` nor `unclear` itself; inside a `hi` without a rendition it does.
    pub(super) fn write_description(&mut self, inlines: &[Inline]) -> io::Result<()> {
        for inline in inlines {
            let lost = matches!(inline, Inline::Text(text) if text.contains('\u{FFFD}'));
            let wrapped = lost || matches!(inline, Inline::Break | Inline::Ruby { .. });
            if wrapped {
                self.xml.start("hi", &[])?;
            }
            self.write_inline(inline)?;
            if wrapped {
                self.xml.end()?;
            }
        }
        Ok(())
    }

    /// The source line: from its first to its last title, date and link it is one `bibl` of the first publication.
    pub(super) fn write_source_line(&mut self, inlines: &[Inline]) -> io::Result<()> {
        let Some((first, last)) = citation(inlines).filter(|_| !self.edition.document.metadata.source.is_empty())
        else {
            return self.write_inlines(inlines);
        };
        self.write_inlines(&inlines[..first])?;
        let target = self.edition.pointer("src-original");
        self.write_span("bibl", &[("corresp", &target)], &inlines[first..=last])?;
        self.write_inlines(&inlines[last + 1..])
    }
}

/// The first and the last inline of a citation: there is a title, and everything between may stand in a `bibl`.
fn citation(inlines: &[Inline]) -> Option<(usize, usize)> {
    let is_title = |inline: &Inline| matches!(inline, Inline::Mention(Mention::SourceTitle, _));
    let is_part = |inline: &Inline| {
        is_title(inline) || matches!(inline, Inline::Mention(Mention::Date(_), _) | Inline::Link { .. })
    };
    let plain = |inline: &Inline| {
        matches!(inline, Inline::Text(_) | Inline::Corrected { .. } | Inline::Mention(..) | Inline::Link { .. })
    };
    let (first, last) = (inlines.iter().position(is_part)?, inlines.iter().rposition(is_part)?);
    let cited = &inlines[first..=last];
    (cited.iter().any(is_title) && cited.iter().all(plain)).then_some((first, last))
}
