//! Kinds of files that hold articles and are not read: named, with the way to something that is.

use super::kind::without_compression;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::original::Origin;

/// A kind of file that is not read.
struct Unread {
    /// What people call it, with its article.
    name: &'static str,
    /// Endings of its names, where only its name tells it; of the others the bytes do.
    endings: &'static [&'static str],
    /// How its bytes begin; empty where only its name tells it.
    begins: &'static [&'static [u8]],
    /// Whether its bytes are no text.
    is_binary: bool,
    /// What makes of it something that is read.
    way: &'static str,
}

const OFFICE: &str = "save it as HTML, or: soffice --headless --convert-to html FILE";
const UNPACK: &str = "unpack it";
const OCR: &str = "a text of it is made by optical character recognition";
const RECORDS: &str = "it describes articles; convert the files that hold their text";
const TABLE: &str = "make JSONL of it, an article a line, with the text in a field `text`";

/// A kind that its first bytes tell.
const fn binary(name: &'static str, begins: &'static [&'static [u8]], way: &'static str) -> Unread {
    Unread { name, endings: &[], begins, is_binary: true, way }
}

/// A kind of text that is not read.
const fn text(
    name: &'static str,
    endings: &'static [&'static str],
    begins: &'static [&'static [u8]],
    way: &'static str,
) -> Unread {
    Unread { name, endings, begins, is_binary: false, way }
}

/// The kinds.
const KINDS: &[Unread] = &[
    binary("a PDF file", &[b"%PDF-"], "make a text of it: pdftotext FILE"),
    binary("a ZIP archive (EPUB, DOCX, ODT, …)", &[b"PK\x03\x04"], "unpack it, or save what it holds as HTML"),
    binary("a gzip file", &[b"\x1F\x8B"], UNPACK),
    binary("a Zstandard file", &[b"\x28\xB5\x2F\xFD"], UNPACK),
    binary("a bzip2 file", &[b"BZh"], UNPACK),
    binary("an XZ file", &[b"\xFD7zXZ\0"], UNPACK),
    binary("a 7-Zip archive", &[b"7z\xBC\xAF\x27\x1C"], UNPACK),
    binary("a RAR archive", &[b"Rar!\x1A\x07"], UNPACK),
    binary("a PNG image", &[b"\x89PNG\r\n\x1A\n"], OCR),
    binary("a GIF image", &[b"GIF87a", b"GIF89a"], OCR),
    binary("a JPEG image", &[b"\xFF\xD8\xFF"], OCR),
    binary("a TIFF image", &[b"II*\0", b"MM\0*"], OCR),
    binary("a JPEG 2000 image", &[b"\0\0\0\x0CjP  \r\n\x87\n"], OCR),
    binary("a DjVu document", &[b"AT&TFORM"], "make a text of it: djvutxt FILE"),
    binary("an executable", &[b"\x7FELF"], "it holds no article"),
    binary("a Microsoft Office document", &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"], OFFICE),
    binary("an SQLite database", &[b"SQLite format 3\0"], TABLE),
    text("an RTF document", &[], &[b"{\\rtf"], OFFICE),
    text("PostScript", &[], &[b"%!PS"], "make a text of it: ps2ascii FILE"),
    text("a TeX document", &["tex", "latex"], &[b"\\documentclass"], "make HTML of it: pandoc -o FILE.html FILE"),
    text("RIS, a list of references", &["ris"], &[b"TY  - "], RECORDS),
    text("BibTeX, a list of references", &["bib"], &[], RECORDS),
    text("an EndNote list of references", &["enw"], &[b"%0 "], RECORDS),
    text("a table (CSV)", &["csv"], &[], TABLE),
    text("a table (TSV)", &["tsv", "tab"], &[], TABLE),
];

/// An XML document that is none of the kinds that are read.
const XML: Unread = text("an XML document that is no page and no feed", &[], &[], "make HTML of it, an article a file");

/// Whether XML is a page.
fn is_html(start: &[u8]) -> bool {
    const HEAD: usize = 4096;
    let head = start[..start.len().min(HEAD)].to_ascii_lowercase();
    [&b"<html"[..], b"<!doctype html", b"<body"].iter().any(|mark| memchr::memmem::find(&head, mark).is_some())
}

impl Unread {
    fn code(&self) -> Code {
        if self.is_binary { diagnostic::C003 } else { diagnostic::C016 }
    }
}

/// Why bytes from here are not read; `None` where they may be.
pub fn unread(origin: &Origin, bytes: &[u8]) -> Option<Diagnostic> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let name = origin.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let ending = without_compression(&name).0.rsplit_once('.').map(|(_, ending)| ending);
    let begins = |kind: &&Unread| {
        let start = if kind.is_binary { bytes } else { start };
        kind.begins.iter().any(|mark| start.starts_with(mark))
    };
    let is_named = |kind: &&Unread| ending.is_some_and(|ending| kind.endings.contains(&ending));
    let is_xml = || start.starts_with(b"<?xml") && !is_html(start);
    let kind =
        KINDS.iter().find(begins).or_else(|| KINDS.iter().find(is_named)).or_else(|| is_xml().then_some(&XML))?;
    Some(Diagnostic::new(kind.code(), format!("it is {}", kind.name)).hint(kind.way))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes_and_by_their_names() {
        let of = |path: &str, bytes: &[u8]| {
            let origin = Origin { path: path.to_owned(), ..Origin::default() };
            unread(&origin, bytes).map(|why| (why.code, why.message))
        };
        let said = |code, message: &str| Some((code, message.to_owned()));
        assert_eq!(of("a.txt", b"%PDF-1.7"), said(diagnostic::C003, "it is a PDF file"));
        assert_eq!(of("a.txt", b"\xEF\xBB\xBF\n{\\rtf1\\ansi"), said(diagnostic::C016, "it is an RTF document"));
        assert_eq!(of("x/A.CSV", b"title,text"), said(diagnostic::C016, "it is a table (CSV)"));
        assert_eq!(of("a.csv.gz", b"title,text"), said(diagnostic::C016, "it is a table (CSV)"));
        assert_eq!(of("a", b"TY  - NEWS\r\nTI  - X"), said(diagnostic::C016, "it is RIS, a list of references"));
        assert_eq!(of("a.txt", b"The table (CSV) says {\\rtf"), None);
        assert_eq!(of("csv", b"An opinion"), None);
    }
}
