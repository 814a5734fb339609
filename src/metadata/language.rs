//! The language of a text: by words that no other language has, else trigrams (`whatlang`) for scripts that
//! many languages share, and the two scripts of Chinese by which national standard holds its characters.

use std::collections::BTreeMap;

use whatlang::{Detector, Lang};

use super::lexicon::{self, LANGUAGES};
use crate::characters::columns;
use crate::document::{Language, Role};
use crate::model::han;
use crate::read::Article;
use crate::span::Permille;

/// The BCP 47 tag of a language that trigrams tell.
fn tag(lang: Lang) -> Option<&'static str> {
    LANGUAGES.iter().find(|row| row.detected == lang).map(|row| row.tag)
}

/// How sure a language is from which on it is more than a guess.
pub(super) const RELIABLE: Permille = Permille::new(900);

/// Characters by which the language is told: twice as many as trigrams need to be reliable.
const SAMPLE: usize = 900;
/// Columns above which a block is a paragraph of prose, whatever it is for.
const PROSE: usize = 120;

/// The start of an article's prose. Nothing else of it has to be known: where a page's markup tells the article, that
/// is the prose; lines of heads, menus and names are shorter than paragraphs, and come last.
pub(super) fn sample(article: &Article) -> String {
    let marked = article.blocks.iter().any(|b| b.role == Some(Role::Body));
    let is_article = |role: Option<Role>| match role {
        Some(role) => matches!(role, Role::Title | Role::Subtitle | Role::Body),
        None => !marked,
    };
    let texts = || article.blocks.iter().filter(|b| is_article(b.role)).map(|b| b.text.as_str());
    let is_prose = |text: &&str| columns(text) > PROSE;
    let in_order = texts().filter(is_prose).chain(texts().filter(|text| !is_prose(text)));
    in_order.flat_map(|text| text.chars().chain(['\n'])).take(SAMPLE).collect()
}

/// Most languages beside the one that is told.
const MOST_NEAR: usize = 2;

/// The languages that a text may be in beside the one that is told, the likeliest first. The margin: as long as
/// trigrams do not tell a language from the next one (`whatlang` calls that reliable), the next one is near.
pub(super) fn near(text: &str, told: &Language) -> Vec<&'static str> {
    let mut denied: Vec<Lang> = Vec::new();
    while let Some(info) = Detector::with_denylist(denied.clone()).detect(text) {
        denied.push(info.lang());
        if info.is_reliable() || denied.len() > MOST_NEAR || tag(info.lang()).is_none() {
            break;
        }
    }
    denied.into_iter().filter_map(tag).filter(|tag| *tag != told.primary()).collect()
}

/// Words from which their share tells a language.
const TELLING_WORDS: usize = 60;
/// The share of words that tell a language, in permille: English prose has twice as many, others hardly any.
const TELLING_SHARE: usize = 50;

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The language of a few lines that are in another one than the text below them: of two of its commonest words or more, and
/// more than they have of the text's.
pub(super) fn of_head(lines: &str, told: &str) -> Option<&'static str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words(&lines.to_lowercase()) {
        lexicon::common_in(word).iter().for_each(|tag| *counts.entry(*tag).or_default() += 1);
    }
    let own = counts.remove(told).unwrap_or(0);
    let (tag, found) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (found >= 2 && found > own).then_some(tag)
}

/// The language of a text by words that no other language has: most texts are told so, and trigrams, which take much
/// longer, need not be counted.
fn by_telling_words(text: &str) -> Option<&'static str> {
    let (mut all, mut counts) = (0, BTreeMap::new());
    for word in words(text) {
        all += 1;
        lexicon::told_by(word).iter().for_each(|tag| *counts.entry(*tag).or_insert(0) += 1);
    }
    let (tag, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (all >= TELLING_WORDS && count * 1000 >= all * TELLING_SHARE).then_some(tag)
}

/// The language of `text` and how sure that is; `None` for a text too short or of no known language.
pub(super) fn language_of(text: &str) -> Option<(Language, Permille)> {
    if let Some(tag) = by_telling_words(text) {
        return Some((Language(tag.to_owned()), Permille::new(990)));
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 12 {
        return None;
    }
    let kana = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30FA}')).count();
    let han = text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).count();
    if han * 3 > letters && kana * 20 < han {
        return chinese(text);
    }
    if kana > 0 && (kana + han) * 2 > letters {
        return Some((Language("ja".to_owned()), Permille::new(990)));
    }
    let info = whatlang::detect(text)?;
    let confidence = match (info.is_reliable(), letters) {
        (true, 400..) => 990,
        (true, _) => 900,
        (false, 100..) => 700,
        (false, _) => return None,
    };
    // Chinese was told by its characters above.
    tag(info.lang()).filter(|tag| *tag != "zh").map(|tag| (Language(tag.to_owned()), Permille::new(confidence)))
}

/// Letters from which trigrams tell a language among those of one script.
const SAME_SCRIPT: usize = 120;
/// Letters from which a paragraph in another script than the document's is told.
const OTHER_SCRIPT: usize = 30;

/// The language of a paragraph that is not in the document's.
pub(super) fn foreign(text: &str, document: &Language) -> Option<Language> {
    // Most paragraphs are told by their first words: where two of its own stand, none is foreign.
    let common = lexicon::common(document.primary());
    if words(text).filter(|word| common.iter().any(|own| own == word)).take(2).count() == 2 {
        return None;
    }
    let has_common = !common.is_empty();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let east_asian = text.chars().filter(|c| c.is_alphabetic() && crate::characters::is_cjk(*c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let other_script = match document.primary() {
        "zh" | "ja" | "ko" => east_asian * 4 < letters,
        "ru" | "uk" | "bg" | "el" | "ar" | "fa" | "he" => latin * 10 > letters * 9 || east_asian * 2 > letters,
        _ => east_asian * 2 > letters || (latin * 2 < letters && has_common),
    };
    if letters < if other_script { OTHER_SCRIPT } else { SAME_SCRIPT } || !(other_script || has_common) {
        return None;
    }
    let (language, confidence) = language_of(text)?;
    (confidence >= RELIABLE && language.primary() != document.primary()).then_some(language)
}

/// Simplified or traditional: characters that only GB 2312 or only Big5 has.
fn chinese(text: &str) -> Option<(Language, Permille)> {
    let (mut simplified, mut traditional) = (0, 0);
    for c in text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
        match (han::is_in_gb2312(c), han::is_in_big5(c)) {
            (true, false) => simplified += 1,
            (false, true) => traditional += 1,
            _ => {}
        }
    }
    let script = match () {
        () if simplified > 2 * traditional => "zh-Hans",
        () if traditional > 2 * simplified => "zh-Hant",
        () => return Some((Language("zh".to_owned()), Permille::new(700))),
    };
    Some((Language(script.to_owned()), Permille::new(990)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_in_another_language_are_told() {
        let foreign = |text: &str, document: &str| foreign(text, &Language(document.to_owned())).map(|l| l.0);
        let french = "Nous demandons que les digues du port soient réparées avant l’hiver, et que la commune publie \
                      enfin les plans qu’elle promet depuis trois ans aux habitants du quai.";
        let english = "We ask that the sea walls of the harbour be mended before winter, and that the council publish \
                       the plans it has promised the people of the quay for three years.";
        assert_eq!(foreign(french, "en").as_deref(), Some("fr"));
        assert_eq!(foreign(french, "fr"), None);
        assert_eq!(foreign(english, "zh-Hans").as_deref(), Some("en"));
        assert_eq!(foreign(english, "en"), None);
        assert_eq!(
            foreign("三月末、汐見町を走る最後の路線バスが廃止されたので、町の人は歩いて病院へ行く。", "en").as_deref(),
            Some("ja")
        );
        assert_eq!(foreign("Ceterum censeo.", "en"), None);
    }

    #[test]
    fn words_tell_a_language_that_no_other_has() {
        let english = "We ask that the sea walls of the harbour be mended before winter, and that the council publish \
                       the plans it has promised the people of the quay for three years.";
        let dutch = "Wij vragen dat de dijken van de haven voor de winter worden hersteld en dat de gemeente de plannen \
                     publiceert die zij de mensen op de kade drie jaar geleden heeft beloofd.";
        assert_eq!(by_telling_words(&format!("{english} {english}")), Some("en"));
        assert_eq!(by_telling_words(&format!("{dutch} {dutch}")), None);
        let afrikaans = "Dit is ’n pad en dit was ’n pad toe die stad nog klein was. Die vraag is nie of die hek oop is nie, \
                         maar of iemand weet wie dit toegemaak het en hoekom dit so is.";
        assert_eq!(by_telling_words(&format!("{afrikaans} {afrikaans}")), None);
        // Too little to tell.
        assert_eq!(by_telling_words(english), None);
    }

    #[test]
    fn what_trigrams_do_not_tell_apart_is_near() {
        let near = |text: &str| {
            let (language, _) = language_of(text).unwrap();
            let near = near(text, &language);
            (language.0, near)
        };
        let english = "We ask that the sea walls of the harbour be mended before winter, and that the council publish \
                       the plans it has promised the people of the quay for three years, as it said it would do.";
        let norwegian = "Kommunen lovet i fjor at fergen skulle gå hele vinteren. Nå ligger den ved kaien, og \
                         ingen svarer når vi spør hvorfor eller når den skal gå igjen.";
        assert_eq!(near(english), ("en".to_owned(), Vec::new()));
        let (language, others) = near(norwegian);
        assert!(["nb", "da"].contains(&language.as_str()) && !others.is_empty(), "{language} {others:?}");
    }

    #[test]
    fn scripts_of_chinese_are_told_apart() {
        let tag = |text: &str| language_of(text).map(|l| l.0.0);
        assert_eq!(tag("这篇评论讨论国际问题与网络安全").as_deref(), Some("zh-Hans"));
        assert_eq!(tag("這篇評論討論國際問題與網路安全").as_deref(), Some("zh-Hant"));
        assert_eq!(tag("三月末、汐見町を走る最後の路線バスが廃止された").as_deref(), Some("ja"));
        assert_eq!(tag("12345"), None);
    }
}
