//! UTF-16 and UTF-32 without a byte order mark: the reading whose text costs least, beside that of the bytes one by
//! one. Units of text in any script have their high bytes on one side.

use crate::encoding::EncodingId;
use crate::model::{BIT, Model};

use EncodingId as E;

/// Bytes that are looked at; a multiple of four.
const SAMPLE: usize = 2048;

/// Bits by which the text must cost less than in the other byte order.
const MARGIN: u32 = 20 * BIT;

/// Bits a character, at most, of a text.
const DEAREST: u32 = 14 * BIT;

/// Whether there are zero bytes: every second or more of text that is partly ASCII is one.
pub(super) fn has_zero(bytes: &[u8]) -> bool {
    bytes.iter().take(SAMPLE).any(|b| *b == 0)
}

/// The encoding of bytes that are units of two or four bytes. Chinese without a single space or line end has no zero
/// bytes and is told by its cost.
pub(super) fn without_mark(bytes: &[u8]) -> Option<EncodingId> {
    if bytes.len() < 8 {
        return None;
    }
    if bytes.len().is_multiple_of(4)
        && has_zero(bytes)
        && let Some(encoding) = likelier(E::Utf32Le, E::Utf32Be, bytes)
    {
        return Some(encoding);
    }
    if bytes.len().is_multiple_of(2) { likelier(E::Utf16Le, E::Utf16Be, bytes) } else { None }
}

fn likelier(a: EncodingId, b: EncodingId, bytes: &[u8]) -> Option<EncodingId> {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    let model = Model::pooled();
    let cost = |encoding: EncodingId| {
        // The sample can end inside a surrogate pair.
        let text = encoding.decode_prefix(head);
        let whole = text.read + 4 > head.len() && !text.text.contains('\0');
        let count = u32::try_from(text.text.chars().count()).unwrap_or(u32::MAX).max(1);
        whole.then(|| (encoding, model.total(&text.text), count))
    };
    let (first, second) = (cost(a), cost(b));
    let (encoding, bits, count) = match (first, second) {
        (Some(a), Some(b)) if a.1.abs_diff(b.1) < MARGIN => return None,
        (Some(a), Some(b)) => {
            if a.1 < b.1 {
                a
            } else {
                b
            }
        }
        (a, b) => a.or(b)?,
    };
    (bits / count <= DEAREST).then_some(encoding)
}
