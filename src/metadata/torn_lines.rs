//! Lines that were joined or torn when a page was made text: a page that stands on one line is cut, the capital of a drop
//! cap is joined to its word. Of lines of prose nothing else is changed, and no character is.

mod one_line;

use std::ops::Range;

use super::scope;
use crate::read::Article;

/// Puts such lines of a plain text right, before anything is told of them.
pub fn mend(article: &mut Article) {
    if article.is_page {
        return;
    }
    if let Some(block) = one_line::holding_all(article) {
        let words = scope::words_of(article);
        let parts = one_line::parts(&words, &article.blocks[block]);
        article.cut(block, &parts);
    }
    join_drop_caps(article);
}

/// A capital alone on its line, or before a space, and the rest of its word.
fn join_drop_caps(article: &mut Article) {
    let may_be = |at: usize| drop_cap(article, at).is_some();
    if !(0..article.blocks.len()).any(may_be) {
        return;
    }
    let words = scope::words_of(article);
    let printed = |word: &str| {
        let has = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|one| one == word);
        words.is_small(word) || article.blocks.iter().any(|block| has(block.text.as_str()))
    };
    let joints = (0..article.blocks.len()).filter_map(|at| {
        let DropCap { capital, is_alone, rest } = drop_cap(article, at)?;
        let whole = format!("{}{rest}", capital.to_lowercase());
        let is_torn = printed(&whole) || is_alone && !is_word(capital);
        // `A` above `harbour leaks`, where `aharbour` is nothing.
        (is_torn || is_alone).then_some(Joint { at, is_alone, is_torn })
    });
    let joints: Vec<Joint> = joints.collect();
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
    let below = || article.blocks.get(at + 1).map(|block| block.text.as_str());
    let rest = if is_alone { below()? } else { text[end..].strip_prefix(' ')? };
    let rest = &rest[..rest.find(|c: char| !c.is_lowercase()).unwrap_or(rest.len())];
    // A paragraph follows, no list of letters.
    let follows = if is_alone { below()?.len() } else { text.len() } >= LEAST;
    (follows && !rest.is_empty()).then_some(DropCap { capital, is_alone, rest })
}

/// Bytes of a paragraph.
const LEAST: usize = 60;

/// The end of a text's first letter, behind an opening quotation mark.
fn drop_cap_end(text: &str) -> usize {
    let bare = text.trim_start_matches(['“', '‘', '"', '\'', '«', '„']);
    text.len() - bare.len() + bare.chars().next().map_or(0, char::len_utf8)
}

/// Whether a letter is a word in languages that have drop caps: those of which more than one has it.
fn is_word(capital: char) -> bool {
    matches!(
        capital,
        'A' | 'E'
            | 'I'
            | 'O'
            | 'U'
            | 'Y'
            | 'À'
            | 'É'
            | 'È'
            | 'Å'
            | 'Ö'
            | 'В'
            | 'И'
            | 'К'
            | 'О'
            | 'С'
            | 'У'
            | 'Я'
            | 'А'
    )
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
            (format!("Title\n\nA harbour leaks; {PROSE}"), "A harbour"),
            (format!("Title\n\nI\n\nt leaks, and it leaks; {PROSE}"), "It leaks"),
            (format!("Title\n\nX marks the spot; {PROSE}"), "X marks"),
            (format!("Title\n\nK\n\nönnen wir warten; {PROSE}"), "Können wir"),
        ] {
            let blocks = mended(&text);
            assert_eq!(blocks.len(), 2, "{blocks:?}");
            assert!(blocks[1].starts_with(first), "{blocks:?}");
        }
        // Items of a list.
        assert_eq!(mended("T\n\nhe\n\nB\n\nut"), ["T", "he", "B", "ut"]);
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
                &["CIIS", "Time:12 05, 2017\u{3000}Writer:Ada Holm", &two],
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
            format!("It was a good year. By May 9, 2016 {PROSE} {PROSE}"),
        ] {
            assert_eq!(mended(&text).len(), 1, "{text}");
        }
    }
}
