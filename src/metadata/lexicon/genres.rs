//! Names of kinds of text, as kickers and labels before titles print them.

use super::words::Words;
use crate::metadata::bars::trim;
use std::ops::Range;

/// Longest name of a kind of text, in characters.
const LONGEST: usize = 30;

/// Whether a line or a segment, without brackets, is the name of a kind of text.
pub(in crate::metadata) fn is_genre(words: &Words, text: &str) -> bool {
    text.chars().count() <= LONGEST && words.is_genre(text)
}

/// The genre in front of a title and where the title begins: `Opinion: `, `【评论】`, `Opinion | `.
pub(in crate::metadata) fn genre_before(words: &Words, title: &str) -> Option<(Range<usize>, usize)> {
    let (genre, end) = in_brackets(words, title).or_else(|| before_mark(words, title))?;
    (end < title.len()).then_some((genre, end))
}

/// `【评论】`, `[한서윤 칼럼]`: the kind is the last word.
fn in_brackets(words: &Words, title: &str) -> Option<(Range<usize>, usize)> {
    const BRACKETS: [(char, char); 9] = [
        ('[', ']'),
        ('【', '】'),
        ('〔', '〕'),
        ('［', '］'),
        ('〈', '〉'),
        ('《', '》'),
        ('<', '>'),
        ('（', '）'),
        ('(', ')'),
    ];
    let open = title.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(mark, _)| *mark == open)?;
    let end = title.find(*close)?;
    let inner = trim(title, open.len_utf8()..end);
    let text = &title[inner.clone()];
    let genre = match words.column(text) {
        Some(word) => inner.end - word.len()..inner.end,
        None if is_genre(words, text) => inner,
        None => return None,
    };
    let rest = &title[end + close.len_utf8()..];
    Some((genre, title.len() - rest.trim_start().len()))
}

/// `Opinion: `, `Op-Ed; `, `社评｜`, `Editorial – `
fn before_mark(words: &Words, title: &str) -> Option<(Range<usize>, usize)> {
    let mark = |(at, c): (usize, char)| match c {
        ':' | '：' | ';' | '；' | '|' | '丨' | '｜' | '／' | '\u{3000}' | '/' => Some((at, at + c.len_utf8())),
        '-' | '–' | '—' => {
            let end = at + c.len_utf8();
            let apart = title[..at].ends_with(char::is_whitespace) && title[end..].starts_with(char::is_whitespace);
            apart.then_some((at, end))
        }
        _ => None,
    };
    let (at, end) = title.char_indices().take(LONGEST + 2).find_map(mark)?;
    let genre = title[..at].trim_end().len();
    let rest = &title[end..];
    is_genre(words, &title[..genre]).then(|| (0..genre, title.len() - rest.trim_start().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_stand_alone_or_in_front_of_a_title() {
        assert!(
            is_genre(&Words::of([]), "OPINION")
                && is_genre(&Words::of([]), "社评")
                && is_genre(&Words::of([]), "Gastbeitrag")
                && !is_genre(&Words::of([]), "Opinions differ widely")
        );
        let genre = |title: &str| {
            genre_before(&Words::of([]), title).map(|(g, at)| (title[g].to_owned(), title[at..].to_owned()))
        };
        assert_eq!(genre("Opinion | Nobody reads"), Some(("Opinion".into(), "Nobody reads".into())));
        assert_eq!(genre("【投書】學生不是"), Some(("投書".into(), "學生不是".into())));
        assert_eq!(genre("[한서윤 칼럼] 제목"), Some(("칼럼".into(), "제목".into())));
        assert_eq!(genre("Zhang San: We can’t wait"), None);
        assert_eq!(genre("【基本案情】"), None);
    }
}
