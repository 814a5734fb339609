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

/// Bytes that are looked at for what an encoding cannot tell.
const HEAD: usize = 8192;

/// One lost letter in so many, and so many at least.
const LOST: usize = 40;
const LEAST_LOST: usize = 8;

/// Whether letters became question marks before the bytes were made: `th? gi?i`. The encoding that is left tells
/// little of the one that the text needed.
pub(super) fn lost_letters(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_letter = |b: u8| b.is_ascii_alphabetic() || b >= 0x80;
    let letters = head.iter().filter(|b| is_letter(**b)).count();
    let lost = head
        .windows(4)
        .filter(|w| is_letter(w[0]) && w[1] == b'?' && (is_letter(w[2]) || (w[2] == b' ' && w[3].is_ascii_lowercase())))
        .count();
    lost >= LEAST_LOST && lost * LOST >= letters
}

/// One vowel with a circumflex after it in so many letters, and so many at least.
const MARKED: usize = 30;
const LEAST_MARKED: usize = 3;

/// Whether ASCII text is Vietnamese in VIQR, which writes the circumflex of a^ e^ o^ after its letter.
pub(super) fn is_viqr(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let letters = head.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let marked = head.windows(2).filter(|w| matches!(w[0].to_ascii_lowercase(), b'a' | b'e' | b'o') && w[1] == b'^');
    let marked = marked.count();
    marked >= LEAST_MARKED && marked * MARKED >= letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn viqr_is_noticed_and_formulas_are_not() {
        let declaration =
            b"Ta^'t ca? mo.i ngu+o+`i sinh ra dde^`u ddu+o+.c tu+. do va` bi`nh dda(?ng ve^` nha^n pha^?m.";
        assert!(is_viqr(declaration));
        assert!(!is_viqr(
            b"The area is a^2 and b^2 adds to it, as the function value(x) of the whole triangle shows us."
        ));
    }

    #[test]
    fn a_file_in_seven_bits_is_told_by_its_escapes() {
        assert_eq!(encoding(b"\x1B$B@$3&\x1B(B"), Some(E::Iso2022Jp));
        assert_eq!(encoding(b"~{VPND~} text"), Some(E::Hz));
        assert_eq!(encoding(b"\x1B$)C\x0E0!\x0F"), Some(E::Iso2022Kr));
        assert_eq!(encoding(b"if (~{x}) return;"), None);
    }
}
