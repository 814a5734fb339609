//! The digests that WARC records state: an algorithm, a colon, and the value in Base32 or hexadecimal (ISO 28500:2017
//! 5.8, 5.9; in practice `sha1:` with Base32).

use data_encoding::{BASE32, HEXLOWER_PERMISSIVE};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// What a stated digest says of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is theirs.
    Match,
    /// It is not.
    Mismatch,
    /// Its algorithm or form is not known here.
    Unknown,
}

pub(super) fn check(stated: &str, bytes: &[u8]) -> Verdict {
    let Some((algorithm, value)) = stated.trim().split_once(':') else { return Verdict::Unknown };
    let found = match algorithm.to_ascii_lowercase().replace('-', "").as_str() {
        "sha1" => Sha1::digest(bytes).to_vec(),
        "sha256" => Sha256::digest(bytes).to_vec(),
        _ => return Verdict::Unknown,
    };
    let value = value.trim();
    let hex = (value.len() == 2 * found.len()).then(|| HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok()).flatten();
    match hex.or_else(|| base32(value)) {
        Some(stated) if stated == found => Verdict::Match,
        Some(_) => Verdict::Mismatch,
        None => Verdict::Unknown,
    }
}

/// Base32 in either case, with or without its padding.
fn base32(value: &str) -> Option<Vec<u8>> {
    let mut value = value.trim_end_matches('=').to_ascii_uppercase();
    value.extend(std::iter::repeat_n('=', (8 - value.len() % 8) % 8));
    BASE32.decode(value.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_read_in_every_form_that_crawlers_write() {
        // `printf abc | sha1sum`, and the same in Base32.
        assert_eq!(check("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", b"abc"), Verdict::Match);
        assert_eq!(check("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abc"), Verdict::Match);
        assert_eq!(check("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b"abd"), Verdict::Mismatch);
        let sha256 = "sha-256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(check(sha256, b"abc"), Verdict::Match);
        assert_eq!((check("crc32:00", b""), check("sha1", b"")), (Verdict::Unknown, Verdict::Unknown));
    }
}
