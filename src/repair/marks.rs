//! Punctuation of which nothing but the byte E2 is left, told by where it stands.
//!
//! UTF-8 writes quotation marks, the apostrophe and dashes as E2 80 and one more byte below A0. Where the bytes 80-9F
//! are gone, `itâs`, `âsoâ` and `1914â1918` are what remains. An apostrophe inside a word is told by the word;
//! quotation marks by their pairs and by the usual form in the language of the text; a dash between spaces where the
//! language has one form of it. Everything else stays lost.

/// A character of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Character {
    /// As it is read.
    Known(char),
    /// The rest of one that was lost.
    Lost,
}

/// What a mark of a line was, for each lost place in order; `None` where the line does not tell.
pub(super) fn told(line: &[Character], language: Option<&str>) -> Vec<Option<char>> {
    let uses = Uses::of(language);
    let mut told: Vec<Option<char>> = Vec::new();
    // A quotation that a lost mark opened.
    let mut open = false;
    for at in 0..line.len() {
        let Character::Known(c) = line[at] else {
            told.push(match Role::of(line, at) {
                Role::InWord => uses.in_word(line, at),
                Role::Opening if !open && uses.quotes.is_some() && closes(line, at) => {
                    open = true;
                    uses.quotes.map(|quotes| quotes.0)
                }
                Role::Closing if open && is_last_closing(line, at) => {
                    open = false;
                    uses.quotes.map(|quotes| quotes.1)
                }
                // `the workers’ party`: the plural's possessive.
                Role::Closing if uses.possessive && ends_with_s(line, at) => Some('’'),
                Role::Between => uses.dash,
                Role::Opening | Role::Closing | Role::Other => None,
            });
            continue;
        };
        // A mark that was kept is not the partner of one that was lost.
        open &= !matches!(c, '“' | '”' | '„' | '«' | '»');
    }
    told
}

/// Where a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Between letters.
    InWord,
    /// Before a word.
    Opening,
    /// After a word.
    Closing,
    /// Between spaces.
    Between,
    Other,
}

impl Role {
    fn of(line: &[Character], at: usize) -> Self {
        let before = at.checked_sub(1).map(|i| line[i]);
        let after = line.get(at + 1).copied();
        match (Side::of(before), Side::of(after)) {
            (Side::Word, Side::Word) => Self::InWord,
            (Side::Space, Side::Word) => Self::Opening,
            (Side::Word | Side::Stop, Side::Space | Side::Stop) => Self::Closing,
            (Side::Space, Side::Space) if before.is_some() && after.is_some() => Self::Between,
            _ => Self::Other,
        }
    }
}

/// What stands beside a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// A letter.
    Word,
    /// Nothing, or white space, or what opens.
    Space,
    /// Punctuation after a word.
    Stop,
    Other,
}

impl Side {
    fn of(place: Option<Character>) -> Self {
        match place {
            None => Self::Space,
            Some(Character::Known(c)) if c.is_alphabetic() => Self::Word,
            Some(Character::Known(c)) if c.is_whitespace() || matches!(c, '(' | '[' | '¿' | '¡') => Self::Space,
            Some(Character::Known('.' | ',' | ';' | ':' | '!' | '?' | ')' | '…' | '%')) => Self::Stop,
            Some(Character::Known(_) | Character::Lost) => Self::Other,
        }
    }
}

/// Whether a mark that closes follows before another one opens.
fn closes(line: &[Character], opening: usize) -> bool {
    let mut lost = (opening + 1..line.len()).filter(|at| line[*at] == Character::Lost).map(|at| Role::of(line, at));
    lost.find(|role| matches!(role, Role::Opening | Role::Closing)) == Some(Role::Closing)
}

/// Whether no other mark that closes follows before one opens: of two, the first may be a plural's possessive.
fn is_last_closing(line: &[Character], closing: usize) -> bool {
    !ends_with_s(line, closing) || !closes(line, closing)
}

fn ends_with_s(line: &[Character], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| line[i] == Character::Known('s'))
}

/// What a language writes.
struct Uses {
    /// The usual quotation marks, opening and closing, where the language is known.
    quotes: Option<(char, char)>,
    /// The dash between spaces, where there is one form.
    dash: Option<char>,
    /// Every mark between letters is an apostrophe: the article or pronoun is elided before a vowel.
    elision: bool,
    /// Plurals end in s and take an apostrophe.
    possessive: bool,
    /// Parts of words that follow an apostrophe.
    endings: &'static [&'static str],
}

impl Uses {
    /// Of a language by its BCP 47 tag. Quotation marks as in the `delimiters` of CLDR 47
    /// (<https://www.unicode.org/reports/tr35/tr35-general.html#Delimiter_Elements>), where they need E2 and usage is
    /// not divided, as it is in Croatian, Danish, Dutch, Latvian and Norwegian.
    fn of(language: Option<&str>) -> Self {
        const ENGLISH: &[&str] = &["s", "t", "re", "ve", "ll", "d", "m", "S", "T"];
        const GENITIVE: &[&str] = &["s"];
        let quotes = match language {
            Some("en" | "pt" | "tr" | "vi" | "cy" | "ga" | "eo" | "af") => Some(('“', '”')),
            Some("de" | "cs" | "sk" | "sl" | "et" | "lt" | "is" | "bg" | "mk") => Some(('„', '“')),
            Some("pl" | "hu" | "ro" | "sr") => Some(('„', '”')),
            Some("sv" | "fi") => Some(('”', '”')),
            // « » survive the loss; what is lost beside them is a dash or the mark of a quotation in a quotation.
            // In Spanish dashes stand at words as quotation marks do.
            _ => None,
        };
        let dash = match language {
            Some("de" | "pl" | "cs" | "sk" | "sl" | "hr" | "hu" | "nl" | "sv" | "da" | "nb" | "fi" | "et") => Some('–'),
            _ => None,
        };
        let endings = match language {
            Some("en") => ENGLISH,
            Some("nl" | "de" | "sv" | "da" | "nb" | "af") => GENITIVE,
            _ => &[],
        };
        let elision = matches!(language, Some("fr" | "it" | "ca"));
        Self { quotes, dash, elision, possessive: language == Some("en"), endings }
    }

    /// A mark between two letters.
    fn in_word(&self, line: &[Character], at: usize) -> Option<char> {
        let letter = |place: &Character| match place {
            Character::Known(c) if c.is_alphabetic() => Some(*c),
            Character::Known(_) | Character::Lost => None,
        };
        let rest: String = line[at + 1..].iter().map_while(letter).take(8).collect();
        (self.elision || self.endings.contains(&rest.as_str())).then_some('’')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `line` with its â as lost places, and these as they are told; `?` where not.
    fn restored(line: &str, language: &str) -> String {
        let places: Vec<Character> =
            line.chars().map(|c| if c == 'â' { Character::Lost } else { Character::Known(c) }).collect();
        let mut told = told(&places, Some(language)).into_iter();
        let known = |place| match place {
            Character::Known(c) => c,
            Character::Lost => told.next().flatten().unwrap_or('?'),
        };
        places.into_iter().map(known).collect()
    }

    #[test]
    fn marks_are_told_by_where_they_stand() {
        for (language, lost, whole) in [
            ("en", "The planâs âambitionâ wonât do.", "The plan’s “ambition” won’t do."),
            ("en", "âWe canât wait,â he said.", "“We can’t wait,” he said."),
            ("en", "Not the workers, nor the consumersâ groups.", "Not the workers, nor the consumers’ groups."),
            ("en", "âThe workersâ partyâ lost.", "“The workers’ party” lost."),
            ("en", "4% â last year; under?â", "4% ? last year; under??"),
            ("en", "Itâs about moneyâitâs trust.", "It’s about money?it’s trust."),
            ("en", "âOne, âtwo, three", "?One, ?two, three"),
            ("en", "From 1914â1918 and the â90s", "From 1914?1918 and the ?90s"),
            ("fr", "lâété quâil fait", "l’été qu’il fait"),
            ("fr", "« Le projet âEuropeâ est mort »", "« Le projet ?Europe? est mort »"),
            ("de", "„Faust“ und âHamletâ.", "„Faust“ und „Hamlet“."),
            ("de", "Er müsse âendlich handelnâ â und zwar bald.", "Er müsse „endlich handeln“ – und zwar bald."),
            ("pl", "To âMuminkiâ, a nie âsądâ.", "To „Muminki”, a nie „sąd”."),
        ] {
            assert_eq!(restored(lost, language), whole);
        }
    }
}
