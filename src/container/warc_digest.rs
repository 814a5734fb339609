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
    let Some(mut running) = Running::new(stated) else { return Verdict::Unknown };
    running.update(bytes);
    if running.matches() { Verdict::Match } else { Verdict::Mismatch }
}

/// A stated digest beside that of the bytes so far.
#[derive(Clone)]
pub(super) struct Running {
    hasher: Hasher,
    stated: Vec<u8>,
}

#[derive(Clone)]
enum Hasher {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Running {
    /// `None` where its algorithm or form is not known here.
    pub(super) fn new(stated: &str) -> Option<Self> {
        let (algorithm, value) = stated.trim().split_once(':')?;
        let (hasher, length) = match algorithm.to_ascii_lowercase().replace('-', "").as_str() {
            "sha1" => (Hasher::Sha1(Sha1::new()), 20),
            "sha256" => (Hasher::Sha256(Sha256::new()), 32),
            _ => return None,
        };
        let value = value.trim();
        let hex = (value.len() == 2 * length).then(|| HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok()).flatten();
        Some(Self { hasher, stated: hex.or_else(|| base32(value))? })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.hasher {
            Hasher::Sha1(hasher) => hasher.update(bytes),
            Hasher::Sha256(hasher) => hasher.update(bytes),
        }
    }

    /// Whether it is that of the bytes so far.
    pub(super) fn matches(self) -> bool {
        match self.hasher {
            Hasher::Sha1(hasher) => hasher.finalize()[..] == self.stated,
            Hasher::Sha256(hasher) => hasher.finalize()[..] == self.stated,
        }
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
