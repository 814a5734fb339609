//! Text in 7 bits that is more than ASCII: ISO-2022-JP, ISO-2022-KR, HZ by their escapes; and Vietnamese typed with
//! ASCII marks after its letters (VIQR, RFC 1456), which is no encoding of ours and is only noticed.

use crate::encoding::EncodingId;

use EncodingId as E;

/// The encoding of 7-bit text by the escapes in it.
pub(super) fn encoding(bytes: &[u8]) -> Option<EncodingId> {
    let has = |escape: &[u8]| memchr::memmem::find(bytes, escape).is_some();
    let candidates = [
        (E::Iso2022Kr, has(b"\x1B$)C")),
        (E::Iso2022Jp, has(b"\x1B$B") || has(b"\x1B$@") || has(b"\x1B(J") || has(b"\x1B(I")),
        (E::Hz, has(b"~{")),
    ];
    candidates.into_iter().filter(|(_, found)| *found).map(|(encoding, _)| encoding).find(|encoding| {
        let prefix = encoding.decode_prefix(bytes);
        // A file may be cut inside its last character.
        prefix.read + 8 > bytes.len() && !prefix.text.is_ascii()
    })
}

/// Whether letters became question marks before the bytes were made: `th? gi?i`. The encoding that is left tells
/// little of the one that the text needed.
pub(super) fn lost_letters(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let is_letter = |b: u8| b.is_ascii_alphabetic() || b >= 0x80;
    let letters = head.iter().filter(|b| is_letter(**b)).count();
    let lost = head
        .windows(4)
        .filter(|w| is_letter(w[0]) && w[1] == b'?' && (is_letter(w[2]) || (w[2] == b' ' && w[3].is_ascii_lowercase())))
        .count();
    lost >= 8 && lost * MARKED * 2 >= letters
}

/// Letters with marks of VIQR in so many letters are Vietnamese.
const MARKED: usize = 20;

/// Whether ASCII text is Vietnamese in VIQR: vowels followed by ^ ( + and by tone marks, inside words.
pub(super) fn is_viqr(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let letters = head.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let marked = head
        .windows(3)
        .filter(|w| {
            matches!(w[0].to_ascii_lowercase(), b'a' | b'e' | b'o' | b'u')
                && matches!(w[1], b'^' | b'(' | b'+')
                && (w[2].is_ascii_alphabetic() || matches!(w[2], b'\'' | b'`' | b'?' | b'~' | b'.' | b' '))
        })
        .count();
    marked >= 3 && marked * MARKED >= letters
}
