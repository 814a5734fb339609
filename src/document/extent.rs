//! How long an article is.

use super::{BlockKind, Document, Role, inline_text};

/// How long the body is.
#[derive(Debug, PartialEq, Eq)]
pub struct Extent {
    /// `words`, or `characters` for scripts that do not separate words.
    pub unit: &'static str,
    /// How many.
    pub quantity: usize,
    /// Paragraphs of the body, those inside lists, quotations and notes not counted.
    pub paragraphs: usize,
}

/// Counts the body: words as white space separates them, or, where most letters are of a script without spaces
/// between words, the characters that are not white space.
pub(super) fn of(document: &Document) -> Extent {
    let (mut words, mut characters, mut letters, mut unspaced, mut paragraphs) = (0, 0, 0, 0, 0);
    for block in document.in_role(Role::Body) {
        paragraphs += usize::from(matches!(block.kind, BlockKind::Paragraph));
        block.each_run(&mut |inlines| {
            let text = inline_text(inlines);
            words += text.split_whitespace().count();
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                characters += 1;
                letters += usize::from(c.is_alphabetic());
                unspaced += usize::from(is_unspaced(c));
            }
        });
    }
    let (unit, quantity) = if unspaced * 2 > letters { ("characters", characters) } else { ("words", words) };
    Extent { unit, quantity, paragraphs }
}

/// Han, kana, bopomofo, Thai, Lao, Tibetan, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{312F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_are_counted_by_character() {
        for (c, expected) in [('中', true), ('か', true), ('ก', true), ('a', false), ('한', false), ('ب', false)]
        {
            assert_eq!(is_unspaced(c), expected, "{c}");
        }
    }
}
