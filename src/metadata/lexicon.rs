//! The words by which heads and tails of articles are read: of each language a file.

mod beginnings;
mod everywhere;
mod file;
mod fold;
pub(super) mod genres;
pub(super) mod institutions;
mod kinds;
mod language;
mod lines;
mod phrases;
pub(super) mod posts;
mod prepositions;
mod words;

use whatlang::Lang;

pub(super) use everywhere::{common_in, east_asian_labels, told_by, unspaced};
pub(super) use file::Calendar;
pub(super) use genres::{genre_before, is_genre};
pub(super) use institutions::{is_body, is_institution, is_motto, is_press};
pub(super) use language::Opening;
pub(super) use posts::{east_asian_post, is_before_post, is_post, is_post_phrase};
pub(super) use prepositions::Preposition;
pub(super) use words::{Section, Words, day_first};

/// Whether a text stands in the place of a name and names nobody: `Staff`, 管理员.
pub(super) fn is_nobody(words: &Words, text: &str) -> bool {
    words.is_nobody(text)
}

/// Words of which the prose of a language is full, by its primary subtag.
pub(super) fn common(tag: &str) -> &'static [String] {
    LANGUAGES.iter().position(|row| row.tag == tag).map_or(&[], |number| &language::language(number).file.prose.common)
}

/// A language of recognition.
pub(super) struct Row {
    /// Its BCP 47 tag: a primary subtag.
    pub(super) tag: &'static str,
    /// What trigrams call it.
    pub(super) detected: Lang,
    /// The text of its file.
    words: &'static str,
}

/// The table: one row a language, each with the file of its name.
macro_rules! languages {
    ($($tag:literal $detected:ident)+) => {
        &[$(Row {
            tag: $tag,
            detected: Lang::$detected,
            words: include_str!(concat!("../../assets/lexicon/", $tag, ".toml")),
        }),+]
    };
}

/// The languages of recognition: all that the repair has tables for, and others that have a file.
pub(super) const LANGUAGES: &[Row] = languages! {
    "af" Afr
    "ar" Ara
    "bg" Bul
    "bn" Ben
    "ca" Cat
    "cs" Ces
    "da" Dan
    "de" Deu
    "el" Ell
    "en" Eng
    "es" Spa
    "et" Est
    "fa" Pes
    "fi" Fin
    "fr" Fra
    "he" Heb
    "hi" Hin
    "hr" Hrv
    "hu" Hun
    "id" Ind
    "it" Ita
    "ja" Jpn
    "ko" Kor
    "lt" Lit
    "lv" Lav
    "nb" Nob
    "nl" Nld
    "pl" Pol
    "pt" Por
    "ro" Ron
    "ru" Rus
    "sk" Slk
    "sl" Slv
    "sr" Srp
    "sv" Swe
    "th" Tha
    "tr" Tur
    "uk" Ukr
    "ur" Urd
    "vi" Vie
    "zh" Cmn
};
