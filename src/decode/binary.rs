//! Which bytes are not text at all.

/// Formats that are told by their first bytes.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (EPUB, DOCX, ODT, …)"),
    (b"\x1F\x8B", "a gzip file"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"\xFD7zXZ\0", "an XZ file"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"\x89PNG\r\n\x1A\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"\x7FELF", "an executable"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a Microsoft Office document"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// Bytes that are looked at.
const HEAD: usize = 8192;

/// What binary bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryKind {
    /// A known format, by its signature.
    Known(&'static str),
    /// More than one control byte in ten.
    ControlBytes,
}

/// `None` for text in any encoding, UTF-16 included.
pub fn binary_kind(bytes: &[u8]) -> Option<BinaryKind> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(BinaryKind::Known(name));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return None;
    }
    // ESC introduces ISO-2022; 0x1A ends old DOS texts.
    let is_control = |b: &&u8| matches!(b, 0..=8 | 0x0B | 0x0E..=0x19 | 0x1C..=0x1F);
    let control = head.iter().filter(is_control).count();
    let is_binary = control * 10 > head.len() && super::wide::without_mark(bytes).is_none();
    is_binary.then_some(BinaryKind::ControlBytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_a_few_nul_bytes_is_text() {
        assert_eq!(binary_kind(b"An opinion\0 about everything\0 and nothing"), None);
        assert_eq!(binary_kind(b""), None);
        assert_eq!(binary_kind(b"a\0b\0 \0c\0d\0e\0f\0g\0h\0"), None, "UTF-16");
    }

    #[test]
    fn signatures_and_control_bytes_are_binary() {
        assert_eq!(binary_kind(b"%PDF-1.7"), Some(BinaryKind::Known("a PDF file")));
        assert_eq!(binary_kind(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 200, 201]), Some(BinaryKind::ControlBytes));
    }
}
