//! Classes of characters, and what one class costs after another.
//!
//! The letters of a script are told apart by the trained tables; of everything else the class is known, and what
//! it costs is stated here: estimates of how often such characters stand in such places in edited prose, checked
//! by the score files (`examples/score_repair.rs`), which count clean text that the repair would change.

/// What a character is, as far as its cost depends on it. The scripts come first, in the order of `train.py`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Class {
    Latin,
    Greek,
    Cyrillic,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Kana,
    Hangul,
    Han,
    /// Letters of other scripts.
    OtherLetter,
    /// Phonetic letters, modifiers and combining marks.
    Phonetic,
    /// Combining grave, acute, tilde, hook and dot below: the tones of decomposed Vietnamese.
    Tone,
    /// Full-width letters and digits.
    FullWidth,
    /// Half-width katakana.
    HalfKana,
    /// CJK punctuation.
    CjkMark,
    /// Spaces and line ends, and the start of the text.
    Space,
    Digit,
    /// ASCII punctuation.
    Mark,
    /// Quotation marks that open in most languages.
    Open,
    /// Quotation marks that close in most languages.
    Close,
    /// ’, which is a closing quotation mark as well.
    Apostrophe,
    /// Dashes and the ellipsis.
    Dash,
    /// « » are above; © § ° ± € £ • ™ ½ and the like.
    Symbol,
    /// ¡ ¿
    Inverted,
    /// ¨ ¯ ´ ¸ ¤ ¦ ¬ and the soft hyphen: rare in prose.
    RareSymbol,
    NoBreakSpace,
    Emoji,
    /// Joiners and variation selectors, marks of direction.
    Format,
    /// Operators and arrows.
    Operator,
    /// Box drawing and blocks.
    Drawing,
    /// Everything else.
    Other,
    /// Controls other than TAB, LF, CR; U+FFFD; private use: what hardly any text holds.
    Never,
}

use Class as C;

/// Number of classes.
pub(super) const COUNT: usize = C::Never as usize + 1;

impl Class {
    const SCRIPTS: [Self; 10] =
        [C::Latin, C::Greek, C::Cyrillic, C::Arabic, C::Hebrew, C::Devanagari, C::Thai, C::Kana, C::Hangul, C::Han];

    /// The script with this number in the trained tables.
    pub(super) fn of_script(number: u8) -> Self {
        Self::SCRIPTS.get(usize::from(number)).copied().unwrap_or(C::OtherLetter)
    }

    pub(super) const fn all() -> [Self; COUNT] {
        [
            C::Latin,
            C::Greek,
            C::Cyrillic,
            C::Arabic,
            C::Hebrew,
            C::Devanagari,
            C::Thai,
            C::Kana,
            C::Hangul,
            C::Han,
            C::OtherLetter,
            C::Phonetic,
            C::Tone,
            C::FullWidth,
            C::HalfKana,
            C::CjkMark,
            C::Space,
            C::Digit,
            C::Mark,
            C::Open,
            C::Close,
            C::Apostrophe,
            C::Dash,
            C::Symbol,
            C::Inverted,
            C::RareSymbol,
            C::NoBreakSpace,
            C::Emoji,
            C::Format,
            C::Operator,
            C::Drawing,
            C::Other,
            C::Never,
        ]
    }

    pub(super) fn is_letter(self) -> bool {
        self <= C::OtherLetter
    }

    /// Alphabets with trained pairs.
    pub(super) fn has_pairs(self) -> bool {
        self <= C::Hebrew
    }

    pub(super) fn is_cjk(self) -> bool {
        matches!(self, C::Kana | C::Hangul | C::Han | C::CjkMark | C::FullWidth)
    }
}

/// The class of a character of the Basic Multilingual Plane.
pub(super) fn of(c: char) -> Class {
    match c {
        ' ' | '\n' | '\r' | '\t' => C::Space,
        '0'..='9' => C::Digit,
        'a'..='z' | 'A'..='Z' => C::Latin,
        '!'..='~' => C::Mark,
        '\0'..='\u{9F}' | '\u{FFFD}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' => C::Never,
        '\u{A0}' | '\u{202F}' | '\u{2009}' => C::NoBreakSpace,
        '¡' | '¿' => C::Inverted,
        '¨' | '¯' | '¸' | '¤' | '¦' | '¬' | '\u{AD}' | '¹' | '²' | '³' | 'ª' | 'º' | '¶' | 'ˆ' | '˜' | '¥' | '¢'
        | 'ˇ' | '˘' | '˙' | '˚' | '˛' | '˝' => C::RareSymbol,
        '“' | '‘' | '«' | '„' | '‚' | '‹' => C::Open,
        '”' | '»' | '›' | '‟' | '‛' => C::Close,
        '’' | '´' => C::Apostrophe,
        '\u{2010}'..='\u{2015}' | '…' => C::Dash,
        '\u{A3}'..='\u{BF}' | '×' | '÷' | '€' | '™' | '•' | '†' | '‡' | '‰' | '№' | '℃' | '′' | '″' | '₽' | '₹' => {
            C::Symbol
        }
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FB00}'..='\u{FB06}' => C::Latin,
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => C::Tone,
        '\u{250}'..='\u{36F}' | '\u{1D00}'..='\u{1DFF}' => C::Phonetic,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => C::Greek,
        '\u{400}'..='\u{52F}' => C::Cyrillic,
        '\u{591}'..='\u{5F4}' => C::Hebrew,
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => C::Arabic,
        '\u{900}'..='\u{97F}' => C::Devanagari,
        '\u{E01}'..='\u{E5B}' => C::Thai,
        '\u{530}'..='\u{58F}' | '\u{980}'..='\u{E00}' | '\u{E5C}'..='\u{10FF}' | '\u{1100}'..='\u{1CFF}' => {
            C::OtherLetter
        }
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => C::Format,
        '\u{2190}'..='\u{22FF}' => C::Operator,
        '\u{2500}'..='\u{259F}' => C::Drawing,
        '\u{25A0}'..='\u{27BF}' => C::Emoji,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー' => C::Kana,
        '\u{3000}'..='\u{303F}' | '・' => C::CjkMark,
        '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF60}' => {
            C::CjkMark
        }
        '\u{FF10}'..='\u{FF5A}' => C::FullWidth,
        '\u{FF61}'..='\u{FF9F}' => C::HalfKana,
        '\u{AC00}'..='\u{D7A3}' => C::Hangul,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => C::Han,
        _ => C::Other,
    }
}

/// The class of a character beyond the Basic Multilingual Plane.
pub(super) fn of_supplementary(c: char) -> Class {
    match c {
        '\u{1F000}'..='\u{1FAFF}' => C::Emoji,
        '\u{20000}'..='\u{3FFFF}' => C::Han,
        '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}' => C::Format,
        '\u{F0000}'.. => C::Never,
        _ => C::Other,
    }
}

/// What a character costs within its class, in 1/8 bit; the trained tables replace it for letters.
pub(super) fn own(c: char) -> u8 {
    let bits = match c {
        ' ' | '\n' | '\r' | '\t' => 0,
        '0'..='9' => 3,
        '.' | ',' => 1,
        '\'' | '"' | '-' | '(' | ')' | ':' | ';' | '?' | '!' | '/' => 4,
        '!'..='~' if c.is_ascii_punctuation() => 7,
        '’' => 1,
        '“' | '”' | '–' | '—' | '…' => 2,
        '«' | '»' | '‘' => 3,
        '„' | '‹' | '›' | '‚' | '―' | '‑' => 5,
        // Typed for an apostrophe often enough.
        '´' => 6,
        '\u{2010}'..='\u{2015}' | '‟' | '‛' => 9,
        '，' | '。' | '、' => 1,
        '\u{3000}' | '！' | '？' | '：' | '「' | '」' | '（' | '）' | '・' => 3,
        '《' | '》' | '；' | '『' | '』' | '【' | '】' | '〈' | '〉' => 4,
        '\u{FF10}'..='\u{FF19}' => 4,
        '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}' => 8,
        '\u{FF61}'..='\u{FF9F}' => 6,
        // Fractions, currency and copyright signs, degrees are frequent among the symbols.
        '©' | '®' | '§' | '°' | '€' | '£' | '•' | '·' | '™' | '½' | '×' | '±' | '№' | '℃' => 3,
        '†' | '‡' => 8,
        '\u{A3}'..='\u{BF}' | '‰' => 5,
        'ſ' => 31,
        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => 2,
        '\u{64B}'..='\u{65F}' => 8,
        '\u{591}'..='\u{5CF}' | '\u{60C}'..='\u{620}' => 10,
        // Vowels and the virama, which the models of letters do not count.
        '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}' => 4,
        '\u{900}'..='\u{97F}' | '\u{E01}'..='\u{E5B}' | '\u{5D0}'..='\u{6FF}' => 5,
        '\u{530}'..='\u{58F}' | '\u{700}'..='\u{1CFF}' => 12,
        '\u{370}'..='\u{52F}' | '\u{1F00}'..='\u{1FFF}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => 14,
        '\u{3041}'..='\u{30FF}' => 8,
        '\u{AC00}'..='\u{D7A3}' => 14,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => 22,
        '\u{1F300}'..='\u{1FAFF}' | '\u{25A0}'..='\u{27BF}' => 6,
        '\u{2500}'..='\u{259F}' => 3,
        '\u{FE0F}' | '\u{200D}' => 1,
        '\u{2190}'..='\u{22FF}' => 5,
        _ => 6,
    };
    bits * 8
}

/// Bits of a class after another, before what the character costs within the class.
pub(super) fn transition(before: Class, this: Class) -> u32 {
    let spaced = matches!(before, C::Space | C::NoBreakSpace | C::Mark | C::Open | C::Dash | C::CjkMark);
    match this {
        // After its word an apostrophe is a closing quotation mark.
        C::Space if before == C::Apostrophe => 3,
        C::Space if before == C::Open => 8,
        // Chinese and Japanese words are not spaced.
        C::Space if matches!(before, C::Han | C::Kana) => 4,
        C::Space => 1,
        C::Digit if before == C::Digit => 1,
        C::Digit if before.is_letter() => 7,
        C::Digit => 3,
        C::Mark => 3,
        C::Open if before.is_cjk() => 5,
        C::Open if spaced => 5,
        C::Open => 9,
        C::Close | C::Apostrophe if before.is_cjk() => 5,
        C::Close | C::Apostrophe if before == C::Space => 7,
        C::Close | C::Apostrophe => 5,
        C::Dash if matches!(before, C::Symbol | C::RareSymbol | C::Inverted) || before.is_letter() => 9,
        C::Dash => 6,
        C::Symbol
            if matches!(
                before,
                C::Space | C::Digit | C::Symbol | C::Mark | C::Open | C::Close | C::Apostrophe | C::Dash
            ) =>
        {
            8
        }
        C::Symbol if before == C::NoBreakSpace => 8,
        C::Symbol => 12,
        C::Inverted if spaced || matches!(before, C::Inverted | C::Symbol) => 2,
        C::Inverted => 14,
        C::RareSymbol if before == C::Digit => 10,
        C::RareSymbol if before == C::RareSymbol => 10,
        C::RareSymbol => 15,
        C::NoBreakSpace => 3,
        C::Emoji if before == C::Emoji || before == C::Format => 2,
        C::Emoji if before.is_letter() => 18,
        C::Emoji => 11,
        C::Format if before == C::Emoji => 2,
        C::Format if matches!(before, C::Arabic | C::Hebrew | C::Devanagari) => 8,
        C::Format => 12,
        C::Operator if before == C::Operator => 6,
        C::Operator if before.is_letter() => 16,
        C::Operator => 12,
        C::Drawing if before == C::Drawing => 1,
        C::Drawing if before == C::Space => 14,
        C::Drawing => 18,
        C::Tone if before == C::Latin => 3,
        C::Tone => 16,
        C::Phonetic if before == C::Phonetic => 4,
        C::Phonetic => 14,
        C::Never => 28,
        C::Other => 22,
        C::CjkMark if before.is_cjk() || matches!(before, C::Open | C::Close | C::Apostrophe) => 4,
        C::CjkMark => 9,
        C::FullWidth if before == C::FullWidth => 1,
        C::FullWidth if before.is_cjk() => 5,
        C::FullWidth => 12,
        C::HalfKana if before == C::HalfKana => 1,
        C::HalfKana => 14,
        C::Latin if before == C::Tone => 1,
        C::Latin if before == C::Phonetic => 4,
        C::Latin if before == C::Drawing || before == C::Symbol || before == C::RareSymbol => 4,
        C::Latin if before == C::Dash => 3,
        C::Latin if before == C::Close => 5,
        C::Latin if before.is_letter() && before != C::Latin => {
            if before.is_cjk() {
                5
            } else {
                14
            }
        }
        C::Latin => 1,
        _ => letter_transition(before, this),
    }
}

/// Letters of scripts other than Latin.
fn letter_transition(before: Class, this: Class) -> u32 {
    if before == this {
        return 1;
    }
    match (before, this) {
        (_, C::OtherLetter) => 12,
        (C::Han | C::CjkMark, C::Kana) | (C::Kana | C::CjkMark, C::Han) => 1,
        // Ideographs and Hangul hardly ever stand side by side in today's Korean.
        (C::Hangul, C::Han | C::Kana) | (C::Han | C::Kana, C::Hangul) => 9,
        (C::CjkMark, C::Hangul) => 2,
        // A word in one script.
        (C::Latin, _) if this.is_cjk() => 9,
        _ if before.is_letter() || before == C::Phonetic => 14,
        _ if matches!(before, C::Symbol | C::RareSymbol | C::Inverted | C::Drawing | C::Never) => 8,
        _ => 4,
    }
}
