//! Which encoding bytes without a byte order mark are in: counts for the UTF family, `chardetng` for the rest.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::encoding::EncodingId;
use crate::span::Permille;

/// How many bytes above 7F form UTF-8 sequences, and how many do not.
pub(super) struct Census {
    pub(super) valid: usize,
    pub(super) invalid: usize,
}

impl Census {
    /// At least half of the bytes above 7F are UTF-8. In GBK, Big5 and Shift_JIS text a third of them are by
    /// chance, in single-byte text fewer.
    pub(super) fn is_mixed(&self) -> bool {
        self.valid > self.invalid
    }
}

pub(super) fn utf8_census(bytes: &[u8]) -> Census {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|b| !b.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    Census { valid, invalid }
}

/// The encoding of the bytes that are not UTF-8 in a file that mostly is.
pub(super) fn stray_encoding(bytes: &[u8]) -> EncodingId {
    let mut stray = Vec::new();
    for chunk in bytes.utf8_chunks() {
        stray.extend(chunk.valid().bytes().filter(u8::is_ascii));
        stray.extend_from_slice(chunk.invalid());
    }
    legacy_encoding(&stray).encoding
}

pub(super) struct Guess {
    pub(super) encoding: EncodingId,
    pub(super) evidence: String,
    pub(super) confidence: Permille,
}

/// Double-byte encodings, the most used on the pages of this program's users first.
const DOUBLE_BYTE: [EncodingId; 5] =
    [EncodingId::Gb18030, EncodingId::Big5, EncodingId::ShiftJis, EncodingId::EucKr, EncodingId::EucJp];

/// The most likely encoding that is neither UTF-8 nor UTF-16.
pub(super) fn legacy_encoding(bytes: &[u8]) -> Guess {
    let above_ascii = bytes.iter().filter(|b| !b.is_ascii()).count();
    // 98.7 % of single sentences and 99 % of pages are right; a handful of bytes is less than a sentence.
    let confidence = Permille::new(if above_ascii < 20 { 800 } else { 980 });
    let encoding = guess(bytes);
    let statistics = format!("not UTF-8; statistics of {above_ascii} bytes above 7F (chardetng)");
    if DOUBLE_BYTE.contains(&encoding) {
        return Guess { encoding, evidence: statistics, confidence };
    }
    // One malformed byte rules a double-byte encoding out for chardetng, though scraped files have them.
    for candidate in DOUBLE_BYTE {
        let (kept, dropped) = without_malformed(bytes, candidate, above_ascii);
        if dropped > 0 && guess(&kept) == candidate {
            let evidence = format!("{statistics}, without {dropped} stray byte{}", if dropped == 1 { "" } else { "s" });
            return Guess { encoding: candidate, evidence, confidence: Permille::new(900) };
        }
    }
    Guess { encoding, evidence: statistics, confidence }
}

fn guess(bytes: &[u8]) -> EncodingId {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    EncodingId::from_encoding_rs(guess).unwrap_or(EncodingId::Windows1252)
}

/// The bytes that `encoding` reads, and how many it does not. Gives up, with 0, where more than one byte in
/// fifty above 7F is malformed; lone no-break spaces (A0) do not count.
fn without_malformed(bytes: &[u8], encoding: EncodingId, above_ascii: usize) -> (Vec<u8>, usize) {
    let (mut kept, mut dropped, mut counted, mut at) = (Vec::new(), 0, 0, 0);
    while at < bytes.len() {
        let prefix = encoding.decode_prefix(&bytes[at..]);
        kept.extend_from_slice(&bytes[at..at + prefix.read]);
        at += prefix.read;
        if prefix.malformed > 0 {
            // Only the lead byte is at fault: what follows it may begin a character.
            dropped += 1;
            counted += usize::from(bytes[at] != 0xA0);
            at += 1;
        }
        if counted * 50 > above_ascii {
            return (Vec::new(), 0);
        }
    }
    (kept, dropped)
}

/// UTF-16 text in a mostly Latin script: nearly every second byte is zero, always on the same side.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<EncodingId> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), bytes.len() / 2);
    let encoding = match () {
        () if even == 0 && odd * 10 >= units * 7 => EncodingId::Utf16Le,
        () if odd == 0 && even * 10 >= units * 7 => EncodingId::Utf16Be,
        () => return None,
    };
    encoding.decode(bytes).map(|_| encoding)
}
