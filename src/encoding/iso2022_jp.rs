//! ISO-2022-JP (RFC 1468, <https://www.rfc-editor.org/rfc/rfc1468>) to text, by `encoding_rs`.
//!
//! The decoder of the WHATWG Encoding Standard takes two escapes in a row for an attack and stops there. Mail and
//! pages of the nineties are full of them (an empty run of one character set between two of another), so the first
//! of two is passed over here. Encoding such text again gives one escape: its bytes have to be kept beside it.

use super::{DecodedPrefix, whatwg};

/// Bytes of an escape: ESC, `(` or `$`, and a final byte.
const ESCAPE: usize = 3;

/// Decodes the longest well-formed prefix.
pub(super) fn decode_prefix(bytes: &[u8]) -> DecodedPrefix {
    let mut kept = Vec::with_capacity(bytes.len());
    // Where the kept bytes go on after a gap: index in `kept`, index in `bytes`.
    let mut gaps = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if is_escape(&bytes[at..]) && is_escape(&bytes[at + ESCAPE..]) {
            at += ESCAPE;
            gaps.push((kept.len(), at));
            continue;
        }
        kept.push(bytes[at]);
        at += 1;
    }
    let prefix = whatwg::decode_prefix(encoding_rs::ISO_2022_JP, &kept);
    let gap = gaps.iter().rev().find(|(index, _)| *index <= prefix.read);
    let read = gap.map_or(prefix.read, |(index, at)| at + (prefix.read - index));
    DecodedPrefix { read: if prefix.malformed == 0 { bytes.len() } else { read }, ..prefix }
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1B, b'(' | b'$', _, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_run_of_ascii_is_passed_over() {
        let prefix = decode_prefix(b"\x1B$B@$\x1B(B\x1B$B3&\x1B(B.");
        assert_eq!(prefix, DecodedPrefix { text: "世界.".into(), read: 17, malformed: 0 });
        let cut = decode_prefix(b"\x1B$B@$\x1B(B\x1B$B3");
        assert_eq!((cut.text.as_str(), cut.read, cut.malformed), ("世", 11, 1));
    }
}
