//! A tagged PDF of the laid-out pages: PDF/A-2a (ISO 19005-2:2011, <https://www.iso.org/standard/50655.html>)
//! and PDF/UA-1 (ISO 14289-1:2014, <https://www.iso.org/standard/64599.html>) in one file, on PDF 1.7
//! (ISO 32000-1:2008). With attached files it is PDF/A-3a (ISO 19005-3:2012).
//!
//! printpdf makes pages, operators and font dictionaries, `subsetter` the font programs; `archive` adds on
//! lopdf's objects what archives and screen readers need: structure, languages, metadata, output intent.
//!
//! **Generated text.** Words of ours (a devised title, title statements, labels, colophon) and note marks and
//! ruby readings, which are no part of [`Document::text`], stand in structure elements of the attribute class
//! `Generated` (ISO 32000-1 §14.7.5.2; its user property `Generated` is true). Everything else outside
//! artifacts is the document's text, once and in its order.
//!
//! It does not draw images, or write dates that nobody claimed.

mod archive;
mod attachments;
mod cmap;
mod content;
mod extensions;
mod fonts;
mod metadata;
mod outline;
mod tags;

use std::io::Write;

use printpdf::{PdfDocument, PdfSaveOptions};
use serde::Serialize;
use serde_json::Value;

use super::{Format, WriteContext, WriteError, Writer};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::plan::{Clock, LayoutOptions, canonical};
use crate::typeset::{Layout, paginate};
use archive::Archive;

pub use crate::typeset::warm;

/// The format's facts.
pub const FORMAT: Format = Format {
    name: "pdf",
    extension: "pdf",
    media_type: "application/pdf",
    spec: "PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1)",
    writer: |writing| {
        let attach_source = writing.pdf.attach_source;
        Box::new(Pdf { clock: writing.clock, layout: writing.layout, attach_source })
    },
};

/// What decides the bytes of a PDF beside the document. An attached TEI file hangs on the clock too, and on nothing else.
#[derive(Serialize)]
struct Pdf {
    /// The time that the file may claim.
    clock: Clock,
    layout: LayoutOptions,
    /// The original bytes, the TEI and the log of repairs are attached.
    attach_source: bool,
}

impl Writer for Pdf {
    fn options(&self) -> Value {
        canonical(self)
    }

    fn needs(&self) -> &'static [&'static str] {
        if self.attach_source { &["tei"] } else { &[] }
    }

    fn reads_layout(&self) -> bool {
        true
    }

    fn write(
        &self,
        document: &Document,
        context: &WriteContext<'_>,
        diagnostics: &mut Vec<Diagnostic>,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        let bytes = match context.layout {
            Some(layout) => self.render(document, layout, context)?,
            None => {
                let layout = paginate(document, &self.layout);
                diagnostics.extend(layout.diagnostics.iter().cloned());
                self.render(document, &layout, context)?
            }
        };
        Ok(out.write_all(&bytes)?)
    }
}

impl Pdf {
    /// The whole file.
    fn render(&self, document: &Document, layout: &Layout, context: &WriteContext<'_>) -> Result<Vec<u8>, WriteError> {
        let fonts = fonts::collect(layout);
        let content = content::draw(layout, &fonts);
        let mut pdf = PdfDocument::new("");
        fonts.register(&mut pdf);
        pdf.with_pages(content.pages);
        // printpdf writes neither metadata nor an output intent of its own for this conformance.
        pdf.metadata.info.conformance = printpdf::PdfConformance::Custom(printpdf::CustomPdfConformance::default());
        let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
        let mut archive = Archive::new(pdf.to_lopdf_document(&options, &mut Vec::new()), layout.width, layout.height)?;
        fonts.complete(&mut archive)?;
        tags::write(&mut archive, layout, &content.marks, &content.links)?;
        outline::write(&mut archive, layout)?;
        if self.attach_source {
            attachments::write(&mut archive, document, context)?;
        }
        metadata::write(&mut archive, document, self.clock.claimed, self.attach_source)?;
        archive.finish()
    }
}
