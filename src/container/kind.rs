//! What an input is: by the ending of its name, else by its first bytes.

use std::io::Read;

use flate2::read::GzDecoder;

use super::ContainerKind;

/// How bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// Not.
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
    /// Several, compressed as its name says, or else as its first bytes do.
    Several(&'static ContainerKind, Compression),
}

/// Endings of single files that are converted in a folder, with their media types.
pub const SINGLE: &[(&str, &str)] = &[
    ("txt", "text/plain"),
    ("text", "text/plain"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xhtml", "application/xhtml+xml"),
    ("md", "text/markdown"),
    ("markdown", "text/markdown"),
];

/// Endings of files of many kinds, of which the first bytes of each tell whether it is one that is read.
const OF_MANY: [&str; 1] = ["xml"];

/// Whether a file's name says no more than that it may be one of those that are read.
pub(super) fn is_of_many(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    without_compression(&name).0.rsplit_once('.').is_some_and(|(_, ending)| OF_MANY.contains(&ending))
}

/// The endings of files that are converted in a folder, as a message lists them.
pub(crate) fn endings(containers: &[&'static ContainerKind]) -> String {
    let known =
        SINGLE.iter().map(|(ending, _)| *ending).chain(containers.iter().flat_map(|kind| kind.endings).copied());
    known.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ")
}

/// What a file is by its name, where files of that name are converted in a folder.
pub(super) fn of_name(name: &str, containers: &[&'static ContainerKind]) -> Option<Kind> {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let (bare, compression) = without_compression(&name);
    let ending = bare.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)?;
    if OF_MANY.contains(&ending) {
        return None;
    }
    let may_be = |kind: &&&'static ContainerKind| kind.compressed || compression == Compression::None;
    if let Some(kind) = containers.iter().filter(may_be).find(|kind| kind.endings.contains(&ending)) {
        return Some(Kind::Several(kind, compression));
    }
    let (_, media_type) = SINGLE.iter().find(|(known, _)| *known == ending)?;
    Some(Kind::Single(Some(media_type), compression))
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

/// Bytes by which containers are told, as far as there are so many.
const BEGINNING: u64 = 64 << 10;

/// What bytes of no telling name are. `beginning` is as much as was read at once.
pub(super) fn of_beginning(beginning: &[u8], containers: &[&'static ContainerKind]) -> Kind {
    let compression = Compression::of_beginning(beginning);
    let first = uncompressed(beginning, compression);
    let may_be = |kind: &&&'static ContainerKind| kind.compressed || compression == Compression::None;
    match containers.iter().filter(may_be).find(|kind| (kind.begins)(&first)) {
        Some(kind) => Kind::Several(kind, compression),
        None => Kind::Single(None, compression),
    }
}

/// What a file is that is called a text: one, or a container whose files have no names of their own.
pub(super) fn of_text(
    beginning: &[u8],
    media_type: Option<&'static str>,
    compression: Compression,
    containers: &[&'static ContainerKind],
) -> Kind {
    let first = uncompressed(beginning, compression);
    let may_be = |kind: &&&'static ContainerKind| kind.endings.iter().all(|ending| OF_MANY.contains(ending));
    match containers.iter().filter(may_be).find(|kind| (kind.begins)(&first)) {
        Some(kind) => Kind::Several(kind, compression),
        None => Kind::Single(media_type, compression),
    }
}

/// The first bytes of what may be compressed; none where they cannot be had.
pub(super) fn uncompressed(beginning: &[u8], compression: Compression) -> Vec<u8> {
    let mut first = Vec::new();
    // What could be read before an error is there.
    let _ = match compression {
        Compression::None => beginning.take(BEGINNING).read_to_end(&mut first),
        Compression::Gzip => GzDecoder::new(beginning).take(BEGINNING).read_to_end(&mut first),
        Compression::Zstd => {
            zstd::Decoder::new(beginning).and_then(|decoder| decoder.take(BEGINNING).read_to_end(&mut first))
        }
    };
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::{CONTAINERS, jsonl::JSONL, wacz::WACZ, warc::WARC};

    fn of_name(name: &str) -> Option<Kind> {
        super::of_name(name, CONTAINERS)
    }

    fn of_beginning(beginning: &[u8]) -> Kind {
        super::of_beginning(beginning, CONTAINERS)
    }

    #[test]
    fn endings_tell_what_a_file_is() {
        let text = Some("text/plain");
        assert_eq!(of_name("a/b.TXT"), Some(Kind::Single(text, Compression::None)));
        assert_eq!(of_name("b.txt.gz"), Some(Kind::Single(text, Compression::Gzip)));
        assert_eq!(of_name("CC-MAIN-1.warc.gz"), Some(Kind::Several(&WARC, Compression::Gzip)));
        assert_eq!(of_name("a.jsonl.zst"), Some(Kind::Several(&JSONL, Compression::Zstd)));
        assert_eq!(of_name("a.wacz"), Some(Kind::Several(&WACZ, Compression::None)));
        assert_eq!((of_name("a.gz"), of_name(".txt"), of_name("a.pdf")), (None, None, None));
        assert_eq!(of_name("a.wacz.gz"), None);
    }

    #[test]
    fn first_bytes_tell_what_a_file_without_ending_is() {
        assert_eq!(of_beginning(b"WARC/1.0\r\n"), Kind::Several(&WARC, Compression::None));
        assert_eq!(of_beginning(b"Some text"), Kind::Single(None, Compression::None));
        let zstd = zstd::encode_all(&b"WARC/1.1\r\nWARC-Type: response\r\n"[..], 3).unwrap();
        assert_eq!(of_beginning(&zstd), Kind::Several(&WARC, Compression::Zstd));
        assert_eq!(of_beginning(&zstd[..6]), Kind::Single(None, Compression::Zstd));
    }
}
