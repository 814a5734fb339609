//! What text costs: bits of description length of a character after another, as genuine text would have it.
//!
//! Used by `repair`, which compares the cost of a damaged reading with that of the repaired one. All costs are
//! integers, in 1/256 bit. This first model knows classes of characters, not their frequencies: the classes and
//! their costs are stated here, estimated from how often such characters stand in such places in edited prose.

pub mod han;

/// One bit.
pub const BIT: u32 = 256;

/// What a character is, as far as its cost depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// ASCII letters, and the start of the text.
    Letter,
    /// ASCII digits.
    Digit,
    /// Spaces and line ends.
    Space,
    /// ASCII punctuation.
    Mark,
    /// Letters of Latin-1 and Latin Extended, lower case.
    LowerAccented,
    /// The same in upper case.
    UpperAccented,
    /// Apostrophes and quotation marks, dashes, the ellipsis.
    Typographic,
    /// « » § © ® ° ± · € £ ¥ ™ • ½ and the like.
    Symbol,
    /// ¡ ¿
    Inverted,
    /// ¨ ¯ ´ ¸ ¤ ¦ ¬ and the soft hyphen: rare in prose.
    RareSymbol,
    /// No-break space.
    NoBreakSpace,
    /// Han of the first level of a national standard.
    CommonHan,
    /// Other Han.
    RareHan,
    Kana,
    Hangul,
    /// CJK punctuation and full-width forms.
    CjkMark,
    /// Greek, Cyrillic, Arabic, Hebrew, Thai, Devanagari letters.
    OtherLetter,
    /// Controls other than TAB, LF, CR; U+FFFD; private use; what hardly any text holds.
    Never,
    /// Everything else.
    Other,
}

use Class as C;

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => C::Letter,
        '0'..='9' => C::Digit,
        ' ' | '\n' | '\r' | '\t' => C::Space,
        '!'..='~' => C::Mark,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => C::Never,
        // Phonetic extensions: three bytes of UTF-8 that accented letters with spacing accents show.
        '\u{1D00}'..='\u{1DBF}' => C::Never,
        '\u{A0}' => C::NoBreakSpace,
        '¡' | '¿' => C::Inverted,
        '¨' | '¯' | '´' | '¸' | '¤' | '¦' | '¬' | '\u{AD}' | '¹' | '²' | '³' | 'ª' | 'º' | '¶' | 'ˆ' | '˜' => {
            C::RareSymbol
        }
        '\u{A2}'..='\u{BF}' | '×' | '÷' | '€' | '™' | '•' | '†' | '‡' | '‰' | '№' => C::Symbol,
        '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201F}' | '…' | '‹' | '›' => C::Typographic,
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' if c.is_uppercase() => C::UpperAccented,
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => C::LowerAccented,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー' => C::Kana,
        '\u{AC00}'..='\u{D7A3}' => C::Hangul,
        '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '・' => C::CjkMark,
        '\u{4E00}'..='\u{9FFF}' if han::is_common(c) => C::CommonHan,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => C::RareHan,
        '\u{370}'..='\u{52F}' | '\u{590}'..='\u{74F}' | '\u{900}'..='\u{97F}' | '\u{E01}'..='\u{E5B}' => C::OtherLetter,
        _ => C::Other,
    }
}

/// Cost of `c` after `previous` in genuine text.
pub fn cost(previous: char, c: char) -> u32 {
    let (before, this) = (class(previous), class(c));
    let latin = matches!(before, C::Letter | C::LowerAccented | C::UpperAccented);
    let cjk = matches!(before, C::CommonHan | C::RareHan | C::Kana | C::Hangul | C::CjkMark);
    let bits = match this {
        C::Letter | C::Digit | C::Space => 5,
        C::Mark => 7,
        C::LowerAccented if latin => 8,
        C::LowerAccented if matches!(before, C::Space | C::Mark | C::Typographic) => 10,
        C::LowerAccented => 13,
        C::UpperAccented if previous.is_uppercase() => 10,
        C::UpperAccented if matches!(before, C::Space | C::Mark | C::Typographic | C::Inverted) => 12,
        C::UpperAccented => 16,
        // Quotation marks, dashes and ellipses meet.
        C::Typographic if before == C::Typographic => 5,
        C::Typographic if latin || matches!(before, C::Space | C::Mark | C::Digit) => 7,
        C::Typographic => 9,
        C::Symbol if matches!(before, C::Space | C::Digit | C::Symbol | C::Typographic) => 11,
        C::Symbol => 14,
        C::Inverted if matches!(before, C::Space | C::Mark | C::Typographic | C::Inverted | C::Symbol) => 8,
        C::Inverted => 20,
        C::RareSymbol => 21,
        C::NoBreakSpace => 9,
        // Ideographs and Hangul hardly ever stand side by side in today's Korean.
        C::CommonHan | C::RareHan if before == C::Hangul => 16,
        C::CommonHan if cjk => 9,
        C::CommonHan => 18,
        C::RareHan if cjk => 15,
        C::RareHan => 24,
        C::Kana if cjk => 7,
        C::Kana => 14,
        C::Hangul if matches!(before, C::Hangul | C::CjkMark | C::Space) => 9,
        C::Hangul => 16,
        C::CjkMark if cjk => 6,
        C::CjkMark => 12,
        C::OtherLetter if before == C::OtherLetter => 5,
        C::OtherLetter => 9,
        C::Never => 34,
        C::Other => 24,
    };
    bits * BIT
}

/// Whether the character is Han, kana, Hangul, or CJK punctuation.
pub fn is_cjk(c: char) -> bool {
    matches!(class(c), C::CommonHan | C::RareHan | C::Kana | C::Hangul | C::CjkMark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(text: &str) -> u32 {
        let previous = std::iter::once(' ').chain(text.chars());
        previous.zip(text.chars()).map(|(p, c)| cost(p, c)).sum()
    }

    #[test]
    fn damage_costs_more_than_what_it_stood_for() {
        assert!(total("can¡¯t") > total("can’t") + 25 * BIT);
        assert!(total("ÖÐ¹úÈË") > total("中国人") + 20 * BIT);
        assert!(total("NICP¡¡Time") > total("NICP\u{3000}Time") + 10 * BIT);
        assert!(total("donâ€™t") > total("don’t") + 20 * BIT);
    }

    #[test]
    fn genuine_text_costs_no_more_than_its_misreadings() {
        assert!(total("¡¡Basta ya!!") < total("\u{3000}Basta ya!!") + 10 * BIT);
        assert!(total("ÅÄÖ") < total("拍Ö"));
        assert!(total("ÉTÉ") < total("蒚É"));
    }
}
