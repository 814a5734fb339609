//! Language tags, as far as plans need them.

/// Whether a text has the form of a language tag (RFC 5646 §2.1), as far as it can be told without the registry.
pub fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let is_primary = (2..=8).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let is_subtag = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
    is_primary && subtags.all(is_subtag)
}
