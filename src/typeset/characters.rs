//! Classes of characters that the setting of text hangs on.

/// Whether a character shows nothing of its own: joiners, marks of direction, variation selectors.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF)
}

/// Whether a character is shaped together with the ideograph or syllable before it: sound marks of kana, vowels
/// and finals of hangul in parts, and what is invisible.
pub(super) fn joins_ideograph(c: char) -> bool {
    is_invisible(c) || matches!(u32::from(c), 0x1160..=0x11FF | 0x3099..=0x309A | 0xD7B0..=0xD7FF)
}

/// Whether the shaper composes a character with its neighbours, so that it needs no glyph of its own: hangul in
/// parts, sound marks of kana.
pub(super) fn is_composed(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3099..=0x309A)
}

/// The letters of a ligature that has a character of its own (U+FB00 to U+FB06).
pub(super) fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Whether the form of a letter hangs on its neighbours across a border of style: Arabic, Syriac, Mandaic, N'Ko.
pub(super) fn joins(c: char) -> bool {
    matches!(u32::from(c), 0x610..=0x61A | 0x620..=0x66F | 0x671..=0x6D3 | 0x6D5..=0x7FF | 0x840..=0x8FF | 0x200D)
}

/// Whether a character's meaning is private.
pub fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}
