//! The address of the page that a text was copied from, alone on a line of it.

use super::{Evidence, Value, Witness, title_blocks};
use crate::document::{Field, Role};
use crate::metadata::date::DateReading;
use crate::metadata::scope::Scope;
use crate::metadata::{rules, source};

/// Letters of a word of a title by which its address is told.
const LEAST_WORD: usize = 3;
/// Words of the title that a path has at least, and their share of those of the path's last part.
const LEAST_WORDS: usize = 2;

/// The first line that is an address and the path of which says what the article's title or its date says.
pub(in crate::metadata) fn address(scope: &Scope<'_>, roles: &[Role], known: &[Evidence]) -> Option<(usize, Evidence)> {
    let title: Vec<String> = title_blocks(roles).flat_map(|block| words(scope.text(block))).collect();
    let days: Vec<&str> = known.iter().filter(|said| said.field == Field::Published).filter_map(day).collect();
    let is_free = |block: &usize| matches!(roles[*block], Role::Body | Role::Unplaced | Role::Byline | Role::Furniture);
    let mut lines = scope.blocks().filter(is_free).filter(|block| scope.text(*block).len() <= LONGEST);
    let (block, range) = lines.find_map(|block| {
        let text = scope.text(block);
        let url = source::find_url(text, 0..text.len()).filter(|url| *url == (0..text.len()))?;
        let path = text.split_once("://")?.1.split_once('/')?.1;
        (says_title(path, &title) || days.iter().any(|day| says_day(path, day))).then_some((block, url))
    })?;
    let line = Witness::new(scope, block);
    Some((block, line.quotes(Field::Url, range, rules::ADDRESS_LINE)))
}

/// Longest address, in bytes.
const LONGEST: usize = 300;

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LEAST_WORD);
    words.map(str::to_lowercase)
}

fn day(said: &Evidence) -> Option<&str> {
    match &said.said.value {
        Value::Date { reading: DateReading::Iso(day), .. } => day.get(..10),
        _ => None,
    }
}

/// Whether the last part of a path is made of words of the title.
fn says_title(path: &str, title: &[String]) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let own: Vec<String> = words(path.rsplit('/').next().unwrap_or_default()).collect();
    let shared = own.iter().filter(|word| title.contains(word)).count();
    shared >= LEAST_WORDS && shared * 2 >= own.len()
}

/// Whether a path has a day: `2017/11/07`, `2017-11-07`, `20171107`.
fn says_day(path: &str, day: &str) -> bool {
    let bare: String = path.chars().map(|c| if c.is_ascii_digit() { c } else { '-' }).collect();
    let figures = day.replace('-', "");
    let short = || day.split('-').map(|part| part.trim_start_matches('0')).collect::<Vec<_>>().join("-");
    [day.to_owned(), short(), figures].iter().any(|form| {
        let is_apart = |c: Option<char>| c.is_none_or(|c| c == '-');
        bare.match_indices(form.as_str())
            .any(|(at, _)| is_apart(bare[..at].chars().next_back()) && is_apart(bare[at + form.len()..].chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_the_title_or_the_day() {
        let title: Vec<String> = words("The quay will not wait for another survey").collect();
        assert!(says_title("opinion/the-quay-will-not-wait.html", &title));
        assert!(says_title("opinion/quay_survey/", &title));
        assert!(!says_title("opinion/the-ferry-strike-enters-its-second-week", &title));
        assert!(!says_title("opinion/", &title) && !says_title("quay", &title));
        for path in ["a/2017/11/07/b.html", "a/2017/11/7/", "a/2017-11-07-b", "20171107/b"] {
            assert!(says_day(path, "2017-11-07"), "{path}");
        }
        assert!(!says_day("a/2017/11/17", "2017-11-07") && !says_day("920171107", "2017-11-07"));
    }
}
