//! What an input is: by the ending of its name, else by its first bytes.

use std::io::Read;

use flate2::read::GzDecoder;

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Compression {
    pub(super) fn of_beginning(bytes: &[u8]) -> Self {
        match bytes {
            [0x1F, 0x8B, 0x08, ..] => Self::Gzip,
            // A frame, or a skippable frame, which holds the dictionary of a .warc.zst.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Self::Zstd,
            _ => Self::None,
        }
    }
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One original, with its media type where the ending tells it.
    Single(Option<&'static str>, Compression),
    /// ISO 28500; its compression is told by its bytes.
    Warc,
    /// A WARC collection in a ZIP (WACZ 1.1.1, Webrecorder).
    Wacz,
    /// One JSON object a line.
    Jsonl(Compression),
}

impl Kind {
    pub(super) fn holds_several(self) -> bool {
        !matches!(self, Self::Single(..))
    }
}

/// Endings of single files that are converted in a folder, with their media types.
const SINGLE: &[(&str, &str)] = &[
    ("txt", "text/plain"),
    ("text", "text/plain"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xhtml", "application/xhtml+xml"),
];

/// What a file is by its name, where files of that name are converted in a folder.
pub(super) fn of_name(name: &str) -> Option<Kind> {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let (bare, compression) = without_compression(&name);
    let ending = bare.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)?;
    match (ending, compression) {
        ("warc", _) => Some(Kind::Warc),
        ("wacz", Compression::None) => Some(Kind::Wacz),
        ("jsonl" | "ndjson", _) => Some(Kind::Jsonl(compression)),
        _ => {
            let (_, media_type) = SINGLE.iter().find(|(known, _)| *known == ending)?;
            Some(Kind::Single(Some(media_type), compression))
        }
    }
}

/// A name without the ending of a compressed file, and which it was.
pub(super) fn without_compression(name: &str) -> (&str, Compression) {
    let of = |ending: &str| {
        let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0 && name.is_char_boundary(*at))?;
        name[at..].eq_ignore_ascii_case(ending).then(|| &name[..at])
    };
    match (of(".gz"), of(".zst")) {
        (Some(bare), _) => (bare, Compression::Gzip),
        (_, Some(bare)) => (bare, Compression::Zstd),
        _ => (name, Compression::None),
    }
}

/// What bytes of no telling name are. `beginning` is as much as was read at once.
pub(super) fn of_beginning(beginning: &[u8]) -> Kind {
    let is_warc = |bytes: &[u8]| bytes.starts_with(b"WARC/");
    match Compression::of_beginning(beginning) {
        Compression::None if is_warc(beginning) => Kind::Warc,
        Compression::None => Kind::Single(None, Compression::None),
        Compression::Gzip => {
            let mut first = [0; 5];
            let inside = GzDecoder::new(beginning).read_exact(&mut first).is_ok() && is_warc(&first);
            if inside { Kind::Warc } else { Kind::Single(None, Compression::Gzip) }
        }
        Compression::Zstd => {
            let mut first = [0; 5];
            let read = |mut decoder: zstd::Decoder<'_, _>| decoder.read_exact(&mut first);
            let inside = zstd::Decoder::new(beginning).and_then(read).is_ok() && is_warc(&first);
            if inside { Kind::Warc } else { Kind::Single(None, Compression::Zstd) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_what_a_file_is() {
        let text = Some("text/plain");
        assert_eq!(of_name("a/b.TXT"), Some(Kind::Single(text, Compression::None)));
        assert_eq!(of_name("b.txt.gz"), Some(Kind::Single(text, Compression::Gzip)));
        assert_eq!(of_name("CC-MAIN-1.warc.gz"), Some(Kind::Warc));
        assert_eq!(of_name("a.jsonl.zst"), Some(Kind::Jsonl(Compression::Zstd)));
        assert_eq!(of_name("a.wacz"), Some(Kind::Wacz));
        assert_eq!((of_name("a.gz"), of_name(".txt"), of_name("a.pdf")), (None, None, None));
    }

    #[test]
    fn first_bytes_tell_what_a_file_without_ending_is() {
        assert_eq!(of_beginning(b"WARC/1.0\r\n"), Kind::Warc);
        assert_eq!(of_beginning(b"Some text"), Kind::Single(None, Compression::None));
        let zstd = zstd::encode_all(&b"WARC/1.1\r\nWARC-Type: response\r\n"[..], 3).unwrap();
        assert_eq!(of_beginning(&zstd), Kind::Warc);
        assert_eq!(of_beginning(&zstd[..6]), Kind::Single(None, Compression::Zstd));
    }
}
