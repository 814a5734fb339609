//! What tells prose from lines: its length, and how it ends.

use crate::characters::columns;
pub(super) use crate::characters::ends_sentence;

/// Whether a text is longer than a title, or a sentence of some length.
pub(super) fn is_long(text: &str) -> bool {
    let columns = columns(text);
    columns > 200 || (columns > 60 && ends_sentence(text)) || columns > 140
}
