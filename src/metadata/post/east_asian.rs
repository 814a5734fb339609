//! Institution, then post, with or without a space between them: `汐見大学教授`.

use std::ops::Range;

use crate::metadata::lexicon::Words;

use super::{Described, trim};
use crate::metadata::lexicon;

/// Post and institution of an East Asian phrase.
pub(super) fn east_asian(words: &Words, line: &str, range: Range<usize>) -> Described {
    let text = &line[range.clone()];
    let text = text.split(['、', '，', ',', '；', ';', '。', '／']).next().unwrap_or_default();
    let end = range.start + text.len();
    let range = trim(line, range.start..end);
    let text = &line[range.clone()];
    if let Some(at) = lexicon::east_asian_post(text) {
        let affiliation = trim(line, range.start..range.start + at);
        let affiliation = trim_end_of(line, affiliation);
        // 國中教師: what stands before the post is a part of it.
        let named = &line[affiliation.clone()];
        if !affiliation.is_empty() && !lexicon::is_institution(words, named) && !lexicon::is_press(words, named) {
            return Described { role: Some(range), affiliation: None };
        }
        // `ケルモア大学海洋法講師`
        let field = words.field_behind_institution(named).map(|end| affiliation.start + end);
        let post = field.unwrap_or(range.start + at);
        let affiliation = affiliation.start..field.unwrap_or(affiliation.end);
        return Described {
            role: Some(post..range.end),
            affiliation: (!affiliation.is_empty()).then_some(affiliation),
        };
    }
    if lexicon::is_institution(words, text) || lexicon::is_press(words, text) {
        return Described { role: None, affiliation: Some(range) };
    }
    // A post that is not known, behind an institution and a space.
    if let Some(at) = text.rfind([' ', '\u{3000}'])
        && lexicon::is_institution(words, &text[..at])
    {
        return Described {
            role: Some(trim(line, range.start + at..range.end)),
            affiliation: Some(trim(line, range.start..range.start + at)),
        };
    }
    Described { role: Some(range), affiliation: None }
}

/// `…的`, `…の` in front of a post is no part of the institution.
fn trim_end_of(line: &str, range: Range<usize>) -> Range<usize> {
    let text = line[range.clone()].trim_end_matches(['的', 'の', ' ']);
    range.start..range.start + text.len()
}
