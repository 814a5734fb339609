//! How words of the lexicon are compared. The build script reads this file too, so that what it sorts is what is looked
//! up.

/// A character for comparison: small, with one form of the apostrophe, the space and the final sigma. One character is
/// one character, so that places in what is folded are places in the text.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\'' => '’',
        '\u{A0}' | '\u{202F}' => ' ',
        'ς' => 'σ',
        // Turkish capitals have one `I` for two letters.
        'ı' => 'i',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        // Dashes and quotation marks, of which prose is full.
        '\u{2010}'..='\u{205E}' => c,
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A text of which each character is folded.
pub(crate) fn folded(text: &str) -> String {
    if text.is_ascii() && !text.contains('\'') {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(fold));
    folded
}

/// The names that the files have for the fields which labels announce. Of a label that announces two in different
/// languages the first one counts.
pub(crate) const KEYS: [&str; 24] = [
    "title",
    "subtitle",
    "author",
    "role",
    "affiliation",
    "editor",
    "translator",
    "pht",
    "ill",
    "ivr",
    "res",
    "pfr",
    "ctb",
    "updated",
    "published",
    "publisher",
    "source",
    "url",
    "section",
    "genre",
    "keywords",
    "rights",
    "language",
    "unkept",
];
