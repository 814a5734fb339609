//! The part of a plan that decides how a document becomes outputs: the clock, the layout of pages, and the options of
//! each format and collection. A writer takes from it what it reads, and states that as what decides its bytes.

use serde::Serialize;

use super::Clock;
#[cfg(feature = "typeset")]
use crate::font::library::FontLibrary;

/// How a document becomes outputs.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// Names from the table of formats, in the order asked for, each once.
    pub formats: Vec<&'static str>,
    /// The time that outputs may claim.
    pub clock: Clock,
    /// A warning about the input rejects the input, one about a rendition refuses that rendition.
    pub strict: bool,
    /// The pages of the PDF, which the EPUB may list.
    pub layout: LayoutOptions,
    /// The PDF.
    pub pdf: PdfOptions,
    /// The EPUB, and the pages of an anthology.
    pub epub: EpubOptions,
    /// The anthology as a whole.
    pub anthology: AnthologyOptions,
}

impl Writing {
    /// Whether this format was asked for.
    pub fn wants(&self, format: &str) -> bool {
        self.formats.contains(&format)
    }
}

/// How pages are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LayoutOptions {
    /// The paper.
    pub paper: Paper,
    /// The size of the body in 1/100 pt; everything on a page grows and shrinks with it.
    pub size: u16,
    /// Faces beside the embedded ones.
    #[cfg(feature = "typeset")]
    pub fonts: FontLibrary,
}

impl LayoutOptions {
    /// The size of the body in 1/100 pt that everything else is made for.
    pub const SIZE: u16 = 1100;

    /// Sizes of the body in 1/100 pt for which the text block fits both papers.
    pub const SIZES: std::ops::RangeInclusive<u16> = 800..=1600;
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self {
            paper: Paper::A4,
            size: Self::SIZE,
            #[cfg(feature = "typeset")]
            fonts: FontLibrary::default(),
        }
    }
}

/// Sizes of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Paper {
    /// 210 by 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 by 11 inches (ANSI/ASME Y14.1, size A).
    Letter,
}

/// Options of the PDF writer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PdfOptions {
    /// The original bytes, the TEI and the log of repairs are attached.
    pub attach_source: bool,
}

/// Options of the EPUB writer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpubOptions {
    /// Whether the book lists the pages of the PDF.
    pub page_list: PageList,
    /// Chinese and Japanese books run from top to bottom.
    pub vertical: bool,
    /// The books carry the faces that they are set in, those of the layout among them.
    pub embed_fonts: bool,
    /// Who evaluated the books and says that they conform to EPUB Accessibility 1.1 with WCAG 2.1, level AA.
    pub certified_by: Option<String>,
}

/// Options of an anthology as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnthologyOptions {
    /// Its title.
    pub title: Option<String>,
    /// How its articles are grouped.
    pub group_by: GroupBy,
}

/// How the articles of an anthology are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupBy {
    /// By year and month.
    #[default]
    Date,
    /// By the first author.
    Author,
    /// By the publisher, else by where they first appeared.
    Source,
    /// By section.
    Section,
}

/// Whether an EPUB lists the pages of the PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageList {
    /// When the PDF is written in the same run.
    #[default]
    Auto,
    /// Not.
    Never,
}
