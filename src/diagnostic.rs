//! Every loss, doubt and refusal as a coded message. Nothing here prints.
//!
//! Codes are `C` container, `D` decode, `R` repair, `M` metadata, `W` write, `S` store. A code is never reused.

use std::fmt;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::span::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something could not be read, expressed or decided. `--strict` makes it a rejection.
    Warning,
    /// An input or a rendition was rejected.
    Error,
}

/// `note`, `warning`, `error`.
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A kind of diagnostic with its documentation.
#[derive(Clone, Copy)]
pub struct Code {
    /// `R001`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One line: what it says.
    pub title: &'static str,
    /// When it occurs and what can be done, for `oped-convert explain`.
    pub doc: &'static str,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

macro_rules! codes {
    ($($id:ident $severity:ident $title:literal $doc:literal)*) => {
        $(
            #[doc = $title]
            pub const $id: Code = Code { id: stringify!($id), severity: Severity::$severity, title: $title, doc: $doc };
        )*
        /// Every code, in order.
        pub const CODES: &[Code] = &[$($id),*];
    };
}

codes! {
    C001 Error "the input could not be read"
        "The file does not exist, may not be read, or failed while it was read. The other inputs are converted."
    C002 Error "the input is larger than the limit"
        "Files above --max-bytes are not read into memory. Raise the limit with --max-bytes if the file is what you expect."
    C003 Error "the input is binary"
        "The bytes are those of an image, an archive, an office document or another binary format, or hold so many control bytes that no encoding makes text of them. `oped-convert repair` takes them all the same."
    C004 Note "the input is empty"
        "A file of no bytes is converted to renditions with a devised title, so that every input has its outputs."
    C005 Error "a record could not be read"
        "A line of a JSONL file is no JSON object or has no text, or a stretch of a WARC file is no record that can be read. The message says where; the other records are converted."
    C006 Warning "an input ends early"
        "A compressed file is cut off, or a record is shorter than the length it states. What is there was converted."
    C007 Warning "a digest does not match"
        "The bytes of a WARC record, or of a file in a WACZ package, are not those that its digest was made of. They were converted as they are."
    C008 Error "the decompressed input is out of proportion"
        "It grew to more than --max-ratio times its compressed size: a decompression bomb, or the limit is too low for what you expect."
    C009 Warning "a record has not the length that it states"
        "The next record begins before or after the end that Content-Length gives, or Content-Length is no number. The record was read up to where the next one begins, or bytes between the two were left out."
    C010 Warning "lone surrogates were replaced"
        "A JSON string holds half of a surrogate pair, which no Unicode text can carry; each became U+FFFD. The container itself still has them."
    C011 Error "the container is empty"
        "It holds no record, or no line, or is a WACZ package without a WARC file. Records that are no page and no text are left out (C017)."
    C012 Warning "a declared coding does not fit"
        "The HTTP headers of a record declare a transfer or content coding that its bytes do not have. They were taken as they are."
    C013 Warning "a container departs from its standard"
        "Bytes stand behind the last member of a compressed file that are no member, or a WARC record states a version that is not known or has a line in its headers that is no field. What could be read was converted."
    C014 Warning "a package is damaged"
        "The directory of a WACZ package, or the header of a file in it, does not fit its bytes. The file was found by its own header, or its records by their beginnings."
    C015 Error "a container changed while it was read"
        "It was written to, or replaced by another file, between the first look at it and the last. Records may be missing or cut. Convert it again when nobody writes to it."
    C016 Error "the input is of a kind that is not read"
        "It is text, and no article as people read it: a document with its formatting in the text (RTF, TeX, PostScript), a table, a list of references. The message says what it is, the hint what can be made of it. `oped-convert repair` takes it all the same."
    C017 Note "a record was left out"
        "It is no article: an image, a failed request, a record about the crawl, another part of a message, lines between the articles of an export. Its row in report.json says where it stands, what it says of itself, and why it was left out; --verbose prints it."
    D001 Warning "some bytes could not be decoded"
        "Each byte that no encoding reads became one U+FFFD; the bytes themselves are in the repair log, so nothing is lost from the archive."
    D002 Note "the file mixes encodings"
        "Valid UTF-8 stands beside bytes of a legacy encoding. Each piece was decoded by its own encoding."
    D003 Note "the declared encoding was not followed"
        "The charset that came with the bytes does not fit them."
    R001 Note "damaged characters were repaired"
        "Text had been decoded in the wrong encoding. Each repair is in the log with the bytes that stood there."
    R002 Warning "text was lost before this file was made"
        "U+FFFD stands in the input, or 锟斤拷, which is U+FFFD read as GBK: an earlier program replaced characters it could not read. They cannot be recovered and are not guessed."
    R003 Warning "the repair log did not replay"
        "Restoring from the segments did not give the input's bytes, so the log keeps the input whole. Restoring works; please report the input."
    R004 Warning "characters lost bytes on the way"
        "What is left of them stands in the text as it was. Which characters they were cannot be told from it, so they are not guessed."
    R005 Note "repairs were withheld"
        "They are in the log with what the text would be; the text was not changed. --min-confidence and --report-only ask for that."
    R006 Note "character references became characters"
        "References of HTML (&rsquo;) stood in plain text. --entities asks for this; each is in the log with the bytes that stood there."
    M001 Warning "no title was found"
        "Renditions that need a title use a devised one in square brackets, marked as supplied. --title states one."
    M002 Note "the language is not known"
        "The language is given as `und`. --language states it."
    M003 Note "a date could not be read"
        "It is not a calendar date, or day and month could be either. The printed form stays in the text."
    M004 Note "a value was left out as doubtful"
        "A rule found a value but was not sure enough of it. `oped-convert inspect` shows it among the candidates."
    M005 Warning "control characters or noncharacters were replaced"
        "C0 controls other than TAB and LF, and noncharacters, became U+FFFD in the renditions: XML cannot carry them. The repaired text beside the renditions still holds them."
    M006 Note "a bidirectional embedding was closed"
        "A block opened an embedding, override or isolate and did not close it; the closing character was added at its end."
    M007 Warning "a page was simplified while it was read"
        "Its tags are nested deeper than 512 levels, or make more than 400,000 elements, or far more of them than they are, or inline markup is nested deeper than 32. Further tags were left out; what they hold was read as text."
    M008 Warning "text of the article has no place in the page"
        "The extractor that chose the article's text gave characters that could not be found in the page again. They are left out of the body."
    M009 Warning "a page was read as plain text"
        "The program was built without its reader of HTML (feature html), so the markup of the page is shown as text. Builds with all features, the usual ones, never say this."
    M010 Note "statements of a page were mended"
        "A script of JSON-LD has faults in its syntax: commas missing or too many, quotation marks that are not escaped. What it states was read as it was meant."
    M011 Warning "the article may be only a part of what the page has"
        "What was taken as the article is less than half of the prose around its heading. The rest is kept as furniture in the TEI; read the page before you rely on the text."
    M012 Warning "a page has no article"
        "Hardly any of its text reads like an article: it may be empty, a notice of consent, or made by scripts that were not run."
    M013 Note "parts of the page are not in the reading formats"
        "PDF, EPUB and plain text show the article without the page's furniture and without its header lines, the values of which stand in the title block. The TEI has every block of them, and not what browsers do not show as text either. Numbers are texts and bytes of the repaired text, by the reason; `oped-convert inspect` shows each."
    M014 Warning "the title is doubtful"
        "Lines of the page stand around the article, as in a page that was printed with its menus and links, and the line that reads most like the title is there about as often another one. --title states one."
    M015 Warning "the article has no word"
        "No letter and no digit of the input is text of an article: it is empty, or all of it is furniture. Renditions with a devised title were written, so that the input has its outputs; the row is `partial`, and with --strict it is rejected."
    W001 Warning "no embedded font has a glyph"
        "The PDF shows a substitute glyph with the character as its ActualText, so that searching, copying and reading aloud give the right character."
    W002 Note "private-use characters"
        "Their meaning is not defined; the PDF carries the characters as ActualText."
    W003 Warning "a structure was simplified"
        "The format cannot express the structure; the nearest one was written. No text was left out."
    W004 Error "a rendition was refused"
        "The format's rules forbid this document as it stands. The other renditions are complete."
    W005 Error "a rendition failed"
        "The writer met an error of its own. The other renditions are complete; please report the input."
    S001 Error "an output could not be written"
        "The folder cannot be written, or the disk is full. Nothing half-written stays under the output's name."
    S002 Error "an output was not replaced"
        "The file there was not written by this program, or was changed since. --force replaces it."
    S003 Error "two inputs have one output name"
        "The second one was not written: rename one of the inputs. Or the same article, with the same bytes and path, is in a corpus or an anthology already, and is not repeated there."
    S004 Error "two articles have one persistent identifier"
        "The second one was not written. Put {article}, or {name} where the files' names differ, into --identifier."
}

/// The code called `id`, in any case.
pub fn code(id: &str) -> Option<Code> {
    CODES.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
}

/// One message about one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind.
    pub code: Code,
    /// Lower case, names the thing and the limit.
    pub message: String,
    /// What can be done about it.
    pub hint: Option<Box<str>>,
    /// Where, in the original.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A message of this kind.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, span: None }
    }

    /// With what can be done about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Box<str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With its place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// As JSON outputs print it.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 5)?;
        object.serialize_field("code", self.code.id)?;
        object.serialize_field("severity", &self.code.severity.to_string())?;
        object.serialize_field("message", &self.message)?;
        match &self.hint {
            Some(hint) => object.serialize_field("hint", hint)?,
            None => object.skip_field("hint")?,
        }
        match self.span {
            Some(span) => object.serialize_field("span", &[span.start, span.end])?,
            None => object.skip_field("span")?,
        }
        object.end()
    }
}

/// `R002 text was lost before this file was made: 3 characters are U+FFFD`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.id, self.message)?;
        if let Some(span) = self.span {
            write!(f, " (bytes {}-{})", span.start, span.end)?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}
