//! Names beside a post, or beside other names, with nothing but a space between, as Chinese, Japanese and Korean lines
//! have them.

use std::ops::Range;

use super::Bylined;
use crate::characters::has_cjk;
use crate::metadata::bars::trim;
use crate::metadata::lexicon::{self, Words};
use crate::metadata::pattern::patterns;
use crate::metadata::person;
use crate::metadata::post::{self, Described};

patterns! {
    /// Words in front of a name that are a post: 记者, 本报记者, 特约评论员.
    POST_BEFORE = {
        let (own, posts) = (lexicon::unspaced("posts.own"), lexicon::unspaced("posts.reporters"));
        format!(r"^(?P<post>(?:{own})?(?:{posts}))[\s\u{{3000}}:：]*(?P<name>\S.*)$")
    };
}

/// `管若谷　伊若川`: Chinese names with nothing but a space between them.
pub(super) fn spaced_names(words: &Words, line: &str, range: Range<usize>) -> Option<Vec<Bylined>> {
    let text = &line[range.clone()];
    let single: Vec<&str> = text.split_whitespace().collect();
    let names = single.len() >= 2 && single.iter().all(|w| w.chars().count() >= 2 && person::is_chinese_name(words, w));
    let place = |w: &&str| {
        let start = range.start + (w.as_ptr() as usize - text.as_ptr() as usize);
        Bylined { name: start..start + w.len(), described: Described::default() }
    };
    (names && !single.iter().any(|w| lexicon::is_post(words, w))).then(|| single.iter().map(place).collect())
}

/// `会社員　木立遥`: a post, a space, a name.
pub(super) fn post_then_name(words: &Words, line: &str, range: Range<usize>) -> Option<Bylined> {
    let text = &line[range.clone()];
    let at = text.find(['\u{3000}', ' ']).filter(|at| *at > 0 && has_cjk(text))?;
    let (first, second) = (range.start..range.start + at, trim(line, range.start + at..range.end));
    let (post, name) = (&line[first.clone()], &line[second.clone()]);
    let is_post = lexicon::east_asian_post(post).is_some() && !lexicon::is_body(words, name);
    (is_post
        && !name.contains(['\u{3000}', '、', '，'])
        && person::is_name(words, name)
        && name.chars().count() <= 10
        && !lexicon::is_post(words, name))
    .then(|| Bylined { name: second, described: post::describe(words, line, first) })
}

/// `本报记者 梁可人`: a word that says for whom somebody writes.
pub(super) fn behind_post(words: &Words, line: &str, range: &Range<usize>) -> Option<Bylined> {
    let text = &line[range.clone()];
    if !has_cjk(text) {
        return None;
    }
    let captures = POST_BEFORE.captures(text)?;
    let shift = |m: regex::Match<'_>| range.start + m.start()..range.start + m.end();
    let (post, name) = (captures.name("post").map(shift)?, captures.name("name").map(shift)?);
    let is_name = person::is_name(words, &line[name.clone()]) && line[name.clone()].chars().count() <= 8;
    is_name.then_some(Bylined { name, described: Described { role: Some(post), affiliation: None } })
}

/// `봉새미 기자`, `남궁솔 선임연구원`; `会社員 木立遥`, `岚浦网专栏作者 顾临川`: a space between name and post.
pub(super) fn beside_space(words: &Words, line: &str, range: &Range<usize>) -> Option<Bylined> {
    let text = &line[range.clone()];
    let at = text.find([' ', '\u{3000}']).filter(|_| has_cjk(text))?;
    let (first, second) = (range.start..range.start + at, trim(line, range.start + at..range.end));
    let (before, behind) = (&line[first.clone()], &line[second.clone()]);
    let is_name =
        person::is_name(words, before) && !lexicon::is_institution(words, before) && !lexicon::is_press(words, before);
    let says = lexicon::is_post(words, behind) || lexicon::is_institution(words, behind);
    if is_name && before.chars().count() <= 5 && says {
        return Some(Bylined { name: first, described: post::describe(words, line, second) });
    }
    let named =
        lexicon::east_asian_post(before).is_some() && person::is_name(words, behind) && behind.chars().count() <= 8;
    named.then(|| Bylined { name: second, described: post::describe(words, line, first) })
}
