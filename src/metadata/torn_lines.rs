//! Lines that were joined or torn when a page was made text: a page that stands on one line is cut, the capital of a drop
//! cap is joined to its word. Of lines of prose nothing else is changed, and no character is.

mod one_line;

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use super::prose::ends_sentence;
use super::scope;
use crate::read::Article;

/// Puts such lines of a plain text right, before anything is told of them.
pub(super) fn mend(article: &mut Article) {
    if article.is_page || article.export.is_some() {
        return;
    }
    if let Some(block) = one_line::holding_all(article) {
        let words = scope::words_of(article);
        let parts = one_line::parts(&words, &article.blocks[block]);
        article.cut(block, &parts);
    }
    join_drop_caps(article);
}

/// A capital alone on its line, or before a space, and the rest of its word. That they are one word has to be shown: by the
/// lexicon, or by the text, which has it elsewhere. A letter that is a word of the language is joined with a space, if at
/// all, unless what follows it can be no word.
fn join_drop_caps(article: &mut Article) {
    if !(0..article.blocks.len()).any(|at| drop_cap(article, at).is_some()) {
        return;
    }
    let joints = joints(article);
    for joint in joints.into_iter().rev() {
        match joint.is_alone {
            true => article.join_next(joint.at, !joint.is_torn),
            false => article.close_gap(joint.at, drop_cap_end(article.blocks[joint.at].text.as_str())),
        }
    }
}

/// Where a capital is joined to what follows it.
struct Joint {
    at: usize,
    /// Its word stands in the block below.
    is_alone: bool,
    /// It is a part of that word.
    is_torn: bool,
}

fn joints(article: &Article) -> Vec<Joint> {
    let words = scope::words_of(article);
    let letters = words.letters();
    // Of a language whose words of one letter are not known none is joined.
    if letters.is_empty() {
        return Vec::new();
    }
    let printed: LazyCell<HashSet<&str>, _> = LazyCell::new(|| {
        let words = article.blocks.iter().flat_map(|block| block.text.as_str().split(|c: char| !c.is_alphabetic()));
        words.collect()
    });
    let is_known = |word: &str| words.is_small(word) || printed.contains(word);
    let joint = |at: usize| {
        let DropCap { capital, is_alone, rest } = drop_cap(article, at)?;
        let whole = format!("{}{rest}", capital.to_lowercase());
        let begins = || words.is_of_sentences(&format!("{capital}{rest}"));
        let is_word = capital.to_lowercase().next().is_some_and(|letter| letters.contains(&letter));
        let is_rest = words.is_small(rest);
        let may_be_torn = !is_rest && (!is_word || !rest.contains(is_vowel));
        let is_torn = may_be_torn && (begins() || is_known(&whole));
        let is_apart = is_alone && is_word && !is_rest && !is_torn;
        (is_torn || is_apart).then_some(Joint { at, is_alone, is_torn })
    };
    let mut joints: Vec<Joint> = (0..article.blocks.len()).filter_map(joint).collect();
    // Letters that head the items of a list are none.
    let is_letter = |at: &usize| {
        let mut letters = article.blocks[*at].text.as_str().chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let alone = (0..article.blocks.len()).filter(is_letter).count();
    if joints.iter().filter(|joint| joint.is_alone).count() < alone {
        joints.retain(|joint| !joint.is_alone);
    }
    joints
}

/// The capital with which a block begins, and the small letters behind it or below it.
struct DropCap<'a> {
    capital: char,
    is_alone: bool,
    rest: &'a str,
}

fn drop_cap(article: &Article, at: usize) -> Option<DropCap<'_>> {
    let text = article.blocks[at].text.as_str();
    let end = drop_cap_end(text);
    let capital = text[..end].chars().next_back().filter(|c| c.is_uppercase())?;
    let is_alone = end == text.len();
    let below = article.blocks.get(at + 1).map_or("", |block| block.text.as_str());
    let (rest, paragraph) = if is_alone { (below, below) } else { (text[end..].strip_prefix(' ')?, text) };
    let rest = &rest[..rest.find(|c: char| !c.is_lowercase()).unwrap_or(rest.len())];
    // A paragraph follows, no item of a list.
    let follows = paragraph.len() >= LEAST || ends_sentence(paragraph);
    (follows && !rest.is_empty()).then_some(DropCap { capital, is_alone, rest })
}

/// Bytes of a paragraph.
const LEAST: usize = 60;

fn is_vowel(c: char) -> bool {
    const ACCENTED: &str = "àáâãäåæèéêëìíîïòóôõöøùúûüœаеёиоуыэюяієї";
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || ACCENTED.contains(c)
}

/// The end of a text's first letter, behind an opening quotation mark.
fn drop_cap_end(text: &str) -> usize {
    let bare = text.trim_start_matches(['“', '‘', '"', '\'', '«', '„']);
    text.len() - bare.len() + bare.chars().next().map_or(0, char::len_utf8)
}

/// Ranges of a text, in order and apart.
type Parts = Vec<Range<usize>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_text;

    fn mended(text: &str) -> Vec<String> {
        let mut article = read_text(text);
        mend(&mut article);
        let blocks = article.blocks.iter().map(|block| {
            // What a block shows stands where it says.
            let shown: String = block.text.stretches().map(|place| &text[place]).collect();
            assert_eq!(shown.replace(char::is_whitespace, ""), block.text.as_str().replace(char::is_whitespace, ""));
            block.text.as_str().to_owned()
        });
        blocks.collect()
    }

    const PROSE: &str = "the quay at Marrow Point has leaked since the winter before last, and nobody has mended it. A survey does not hold back the tide, and the harbour waits.";

    #[test]
    fn drop_caps_are_joined_to_their_word() {
        for (text, first) in [
            (format!("Title\n\nT\n\nhe quay leaks; {PROSE}"), "The quay"),
            (format!("Title\n\nT he quay leaks; {PROSE}"), "The quay"),
            (format!("Title\n\n“T\nhe quay leaks; {PROSE}"), "“The quay"),
            (format!("Title\n\nA\n\nharbour leaks; {PROSE}"), "A harbour"),
            (format!("Title\n\nA\n\nlong time, and along it; {PROSE}"), "A long"),
            (format!("Title\n\nA harbour leaks; {PROSE}"), "A harbour"),
            (format!("Title\n\nA way of life, and away we go; {PROSE}"), "A way"),
            (format!("Title\n\nI\n\nt leaks, and it leaks; {PROSE}"), "It leaks"),
            (format!("Title\n\nX marks the spot; {PROSE}"), "X marks"),
        ] {
            let blocks = mended(&text);
            assert_eq!(blocks.len(), 2, "{blocks:?}");
            assert!(blocks[1].starts_with(first), "{blocks:?}");
        }
    }

    #[test]
    fn letters_that_are_words_or_head_items_stay() {
        let spanish =
            "Y a mí me dijeron que ya no había nada que hacer en el puerto, y que la gente se había ido a la ciudad.";
        assert_eq!(mended(&format!("Título\n\n{spanish}\n\n{spanish}"))[1], spanish);
        for text in ["A\n\nthe crane\n\nB\n\nthe market", "V\n\nthe gulls", "Q\n\nwhat do you think?"] {
            let text = format!("Title\n\n{PROSE}\n\n{text} of the old harbour town was gone before anybody saw it.");
            assert_eq!(mended(&text).len(), text.split("\n\n").count(), "{text}");
        }
    }

    #[test]
    fn a_page_on_one_line_is_cut_where_it_is_sure() {
        let two = format!("The{} {PROSE}", &PROSE[3..]);
        for (text, parts) in [
            (
                format!("Home | News  The quay will not wait  By Ada Holm  May 9, 2016  {two}  We could begin now."),
                &["Home | News", "The quay will not wait", "By Ada Holm", "May 9, 2016", &two, "We could begin now."][..],
            ),
            (
                format!("The quay will not wait By Ada Holm May 9, 2016 {two}"),
                &["The quay will not wait", "By Ada Holm May 9, 2016", &two],
            ),
            (format!("The quay will not wait By Ada Holm {two}"), &["The quay will not wait", "By Ada Holm", &two]),
            (
                format!("Home News The quay will not wait By Ada Holm 9 May 2016 10:15 {two}"),
                &["Home News", "The quay will not wait", "By Ada Holm 9 May 2016 10:15", &two],
            ),
            (
                format!("CIIS\u{3000}Time:12 05, 2017\u{3000}Writer:Ada Holm\u{3000}{two}"),
                &["CIIS", "Time:12 05, 2017", "Writer:Ada Holm", &two],
            ),
        ] {
            assert_eq!(mended(&text), parts);
        }
    }

    #[test]
    fn prose_on_one_line_stays_whole() {
        let two = format!("The{} {PROSE}", &PROSE[3..]);
        for text in [
            two.clone(),
            two.replace(". ", ".  "),
            format!("Built By Ada Holm and her sister in May 2016, {PROSE} {PROSE}"),
            format!("On May 9, 2016 {PROSE} {PROSE}"),
            format!("The harbour   was quiet, and   the crane had   been sold, On 12 March 1919 it   was, {PROSE}"),
            format!("It was a good year. By May 9, 2016 {PROSE} {PROSE}"),
        ] {
            assert_eq!(mended(&text).len(), 1, "{text}");
        }
    }
}
