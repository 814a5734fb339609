//! What a run shall do: the options of every format and of the run. Filled by `cli`, or by a library user.

mod house;
mod identifier;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::font::library::FontLibrary;
use crate::span::Permille;

pub use house::{DateOrder, Defaults, FieldName, FieldPattern, House, HouseError, Houses};
pub use identifier::{IdentifierTemplate, TemplateError};

/// Everything that decides an output, and where it goes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Files, folders and `-`.
    pub inputs: Vec<PathBuf>,
    /// The output folder.
    pub output: PathBuf,
    /// Names from the table of formats, in the order asked for, each once.
    pub formats: Vec<&'static str>,
    /// The file that all articles go to as one TEI corpus.
    pub tei_corpus: Option<PathBuf>,
    /// The file that says how each line of the PDFs was justified.
    pub layout_log: Option<PathBuf>,
    /// Worker threads; 0 is one per processor.
    pub jobs: usize,
    /// Bytes above which an input, or a record of a container, is refused.
    pub max_bytes: u64,
    /// How many times its compressed size an input may grow to.
    pub max_ratio: u64,
    /// Which fields of a JSONL record are what.
    pub json: JsonFields,
    /// What happens to outputs that exist.
    pub replace: Replace,
    /// A warning about the input rejects the input, one about a rendition refuses that rendition.
    pub strict: bool,
    /// Everything but the writing to disk.
    pub dry_run: bool,
    /// Globs of relative paths to convert; empty: all.
    pub include: Vec<String>,
    /// Globs of relative paths to leave out.
    pub exclude: Vec<String>,
    /// What the user states about the document.
    pub stated: Stated,
    /// What of the repairs is made.
    pub repair: RepairOptions,
    /// The time that outputs may claim.
    pub clock: Clock,
    /// PDF options.
    pub pdf: PdfOptions,
    /// EPUB options.
    pub epub: EpubOptions,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            output: PathBuf::from("output"),
            formats: Vec::new(),
            tei_corpus: None,
            layout_log: None,
            jobs: 0,
            max_bytes: Self::DEFAULT_MAX_BYTES,
            max_ratio: Self::DEFAULT_MAX_RATIO,
            json: JsonFields::default(),
            replace: Replace::Ours,
            strict: false,
            dry_run: false,
            include: Vec::new(),
            exclude: Vec::new(),
            stated: Stated::default(),
            repair: RepairOptions::default(),
            clock: Clock::default(),
            pdf: PdfOptions::default(),
            epub: EpubOptions::default(),
        }
    }
}

/// What of the repairs is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RepairOptions {
    /// Repairs that are less sure are withheld: logged, and the text left as it is.
    pub min_confidence: Permille,
    /// All repairs are withheld.
    pub report_only: bool,
    /// Character references that a scraper left in plain text (`&rsquo;`, `&amp;rsquo;`) become characters.
    pub entities: bool,
}

impl Plan {
    /// 32 MiB: a thousand times the longest op-ed, and one window of originals (batch.rs).
    pub const DEFAULT_MAX_BYTES: u64 = 32 << 20;

    /// Text compresses 3 to 10 times, the same page over and over about 100 times; deflate cannot do more than 1,032.
    pub const DEFAULT_MAX_RATIO: u64 = 250;

    /// Whether this format was asked for.
    pub fn wants(&self, format: &str) -> bool {
        self.formats.contains(&format)
    }
}

/// Fields of a JSONL record, where they are not called as usual (container/jsonl.rs). A name, or a JSON Pointer
/// (RFC 6901) where it begins with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonFields {
    /// The article's text or HTML.
    pub text: Option<String>,
    /// The page's address.
    pub url: Option<String>,
}

/// What happens to outputs that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// Files that this program wrote and nobody changed since are replaced, others are refused.
    Ours,
    /// As `Ours`; and what was made from the same input, options and program version is not made again.
    Resume,
    /// All are replaced.
    Force,
}

/// What the user states: values in place of recognition, and rules for the papers that the inputs are from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The title.
    pub title: Option<String>,
    /// The language, BCP 47.
    pub language: Option<String>,
    /// The persistent identifier of each article.
    pub identifier: Option<IdentifierTemplate>,
    /// House styles.
    pub houses: Arc<Houses>,
}

impl Stated {
    /// Whether something is stated that can be true of one document only.
    pub fn is_of_one(&self) -> bool {
        let identifies_one = self.identifier.as_ref().is_some_and(IdentifierTemplate::is_of_one);
        self.title.is_some() || self.language.is_some() || identifies_one
    }
}

/// Whether a text has the form of a language tag (RFC 5646 §2.1), as far as it can be told without the registry.
pub fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let is_primary = (2..=8).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let is_subtag = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
    is_primary && subtags.all(is_subtag)
}

/// The time that outputs may claim. Never read from the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// `--timestamp` or `SOURCE_DATE_EPOCH`; without it no output claims when it was made.
    pub claimed: Option<DateTime<Utc>>,
}

/// 2026-11-23T00:00:00Z, the release date of this program version: where a format forces a time and none is
/// claimed, it is this one.
const RELEASED: i64 = 1_795_392_000;

impl Clock {
    /// The claimed time, or this version's release date, for formats that cannot do without one.
    pub fn forced(&self) -> DateTime<Utc> {
        self.claimed.unwrap_or_else(|| DateTime::from_timestamp(RELEASED, 0).unwrap_or_default())
    }

    /// `2026-11-23T00:00:00Z`.
    pub fn rfc3339(time: DateTime<Utc>) -> String {
        time.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// Options of the PDF writer, and of the pages that an EPUB lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PdfOptions {
    /// The paper.
    pub paper: Paper,
    /// The size of the body in 1/100 pt; everything on a page grows and shrinks with it.
    pub size: u16,
    /// The original bytes, the TEI and the log of repairs are attached.
    pub attach_source: bool,
    /// Faces beside the embedded ones.
    pub fonts: FontLibrary,
}

impl PdfOptions {
    /// The size of the body in 1/100 pt that everything else is made for.
    pub const SIZE: u16 = 1100;

    /// Sizes of the body in 1/100 pt for which the text block fits both papers.
    pub const SIZES: std::ops::RangeInclusive<u16> = 800..=1600;

    /// What decides the pages, as options of a format.
    pub fn layout(&self) -> String {
        let fonts = self.fonts.digest().map_or_else(String::new, |digest| format!(" fonts={digest}"));
        format!("paper={} size={}{fonts}", self.paper.name(), self.size)
    }
}

impl Default for PdfOptions {
    fn default() -> Self {
        Self { paper: Paper::A4, size: Self::SIZE, attach_source: false, fonts: FontLibrary::default() }
    }
}

/// Sizes of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 by 11 inches (ANSI/ASME Y14.1, size A).
    Letter,
}

impl Paper {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }
}

/// Options of the EPUB writer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpubOptions {
    /// Whether the book lists the pages of the PDF.
    pub page_list: PageList,
    /// The file that all articles go to as one book.
    pub anthology: Option<PathBuf>,
    /// Its title.
    pub anthology_title: Option<String>,
    /// How its articles are grouped.
    pub group_by: GroupBy,
    /// Chinese and Japanese books run from top to bottom.
    pub vertical: bool,
    /// The books carry the faces that they are set in, those of `pdf.fonts` among them.
    pub embed_fonts: bool,
    /// Who evaluated the books and says that they conform to EPUB Accessibility 1.1 with WCAG 2.1, level AA.
    pub certified_by: Option<String>,
}

/// How the articles of an anthology are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
pub enum PageList {
    /// When the PDF is written in the same run.
    #[default]
    Auto,
    /// Not.
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_date_is_the_one_the_doc_states() {
        assert_eq!(Clock::rfc3339(Clock::default().forced()), "2026-11-23T00:00:00Z");
    }
}
