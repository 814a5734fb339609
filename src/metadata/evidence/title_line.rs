//! The title without what pages put around it: the author's name, a kind of text, the name of the site.

use std::ops::Range;

use super::places::joined;
use super::{Evidence, Value, Witness};
use crate::characters::{has_cjk, letters};
use crate::document::{Field, Role};
use crate::metadata::bars::trim;
use crate::metadata::lexicon::Words;
use crate::metadata::scope::Scope;
use crate::metadata::{lexicon, person, rules};
use crate::read::ArticleKind;
use crate::span::{RuleId, Spanned};

/// What stands around the title proper: byte ranges of the line.
#[derive(Debug, Default)]
struct Around {
    genre: Option<Range<usize>>,
    author: Option<Range<usize>>,
    site: Option<Range<usize>>,
    title: Range<usize>,
}

/// The blocks of the title: it may be set in two lines.
pub(super) fn title_blocks(roles: &[Role]) -> impl Iterator<Item = usize> + '_ {
    roles.iter().enumerate().filter(|(_, role)| **role == Role::Title).map(|(block, _)| block)
}

/// The name that may be an author's, in front of the title.
pub(in crate::metadata) fn prefix(scope: &Scope<'_>, roles: &[Role]) -> Option<String> {
    let text = scope.text(title_blocks(roles).next()?);
    let author = around(&scope.words, text, &|_| true).author.map(|name| &text[name])?;
    may_be_author(scope, author).then(|| author.to_owned())
}

/// What the title's line says. `known` is what other lines say: the site behind a title is one that they name.
pub(in crate::metadata) fn title_line(
    scope: &Scope<'_>,
    roles: &[Role],
    known: &[Evidence],
    rule: RuleId,
) -> Vec<Evidence> {
    let Some(block) = title_blocks(roles).next() else { return Vec::new() };
    let line = Witness::new(scope, block);
    if let Some(part) = stated_part(scope, block) {
        let before = trim(line.text, 0..part.start);
        let kicker = lexicon::is_genre(&scope.words, &line.text[before.clone()]);
        let kicker = kicker.then(|| line.quotes(Field::Genre, before, rules::KICKER));
        return kicker.into_iter().chain([line.quotes(Field::Title, part, rules::TITLE_HEADING)]).collect();
    }
    let is_site = |site: &str| {
        let named = |e: &Evidence| {
            e.field == Field::Publisher && e.text().is_some_and(|known| letters(&known.value) == letters(site))
        };
        known.iter().any(named)
            || scope.is_stated_publisher(site)
            || lexicon::is_press(&scope.words, site)
            || lexicon::is_institution(&scope.words, site)
    };
    let around = around(&scope.words, line.text, &is_site);
    let before = around.author.clone().filter(|name| may_be_author(scope, &line.text[name.clone()]));
    let site = around.site.map(|site| line.quotes(Field::Publisher, site, rules::TITLE_SITE));
    let is_heading = scope.article.is_page && matches!(scope.article.blocks[block].kind, ArticleKind::Heading(1 | 2));
    let rule = match () {
        () if around.genre.is_some() => rules::TITLE_AFTER_LABEL,
        () if is_heading => rules::TITLE_HEADING,
        () => rule,
    };
    let genre = around.genre.map(|genre| line.quotes(Field::Genre, genre, rules::TITLE_LABEL));
    let title = |range, rule| Evidence {
        field: Field::Title,
        place: Some((block, Range::clone(&range))),
        said: with_second_line(scope, roles, scope.quoted(block, range, Field::Title, rule), rule).map(Value::Text),
    };
    let author = before.clone().map(|name| line.name(Field::Author, name, String::new(), rules::TITLE_PREFIX));
    let start = around.author.as_ref().map_or(around.title.start, |name| name.start);
    let behind = before.is_some().then(|| title(around.title.clone(), rules::TITLE_AFTER_AUTHOR));
    // Where the name is no author's, it belongs to the title.
    let whole = title(start..around.title.end, rule);
    [site, genre, author, behind, Some(whole)].into_iter().flatten().collect()
}

/// The part of a heading that the page states as its title, where elements of it are set off: the others are a kicker, or
/// the site's name.
fn stated_part(scope: &Scope<'_>, block: usize) -> Option<Range<usize>> {
    let article = &scope.article.blocks[block];
    let text = article.text.as_str();
    if !scope.article.is_page || article.seams.is_empty() || article.seams.len() > MOST_SEAMS {
        return None;
    }
    // `<title>` has the site behind it.
    let stated: Vec<String> = scope.stated(Field::Title).map(letters).collect();
    let votes = |range: &Range<usize>| {
        let part = letters(&text[range.clone()]);
        let may_go_on = part.len() > LEAST_PART && (range.start > 0 || range.end == text.len());
        let is_said = |title: &&String| **title == part || may_go_on && title.starts_with(&part);
        stated.iter().filter(is_said).count()
    };
    let cuts: Vec<usize> = [0].into_iter().chain(article.seams.iter().copied()).chain([text.len()]).collect();
    let parts = cuts.iter().enumerate().flat_map(|(at, start)| cuts[at + 1..].iter().map(|end| *start..*end));
    let parts: Vec<Range<usize>> = parts.map(|part| trim(text, part)).filter(|part| !part.is_empty()).collect();
    let whole = votes(&(0..text.len()));
    let best =
        parts.into_iter().filter(|part| *part != (0..text.len())).max_by_key(|part| (votes(part), part.len()))?;
    (votes(&best) > whole).then_some(best)
}

/// Places at which a heading may be cut.
const MOST_SEAMS: usize = 8;

/// Bytes of a part by which a longer title can be told.
const LEAST_PART: usize = 12;

/// Whether the name in front of a title may be its author's. On pages it is mostly the topic (`Morning Brief: …`): there the
/// page has to state it.
fn may_be_author(scope: &Scope<'_>, name: &str) -> bool {
    !scope.article.is_page || scope.is_stated_author(name)
}

/// The title's line as it is printed.
pub(in crate::metadata) fn printed_title(scope: &Scope<'_>, roles: &[Role]) -> Option<Spanned<String>> {
    const RULE: RuleId = rules::TITLE_PLACE;
    let block = title_blocks(roles).next()?;
    Some(with_second_line(scope, roles, scope.quoted(block, 0..scope.text(block).len(), Field::Title, RULE), RULE))
}

fn with_second_line(scope: &Scope<'_>, roles: &[Role], title: Spanned<String>, rule: RuleId) -> Spanned<String> {
    match title_blocks(roles).nth(1) {
        Some(second) => joined(title, &scope.quoted(second, 0..scope.text(second).len(), Field::Title, rule)),
        None => title,
    }
}

/// A title without the name of the site behind it.
pub(in crate::metadata) fn without_site<'t>(words: &Words, title: &'t str, is_site: &dyn Fn(&str) -> bool) -> &'t str {
    let around = around(words, title, is_site);
    match around.site {
        Some(_) => title[..around.title.end].trim_end(),
        None => title,
    }
}

/// Takes a title's line apart.
fn around(words: &Words, text: &str, is_site: &dyn Fn(&str) -> bool) -> Around {
    let genre = lexicon::genre_before(words, text);
    let start = genre.as_ref().map_or(0, |(_, start)| *start);
    let (site, end) = site_behind(text, start, is_site);
    let author = author_before(words, text, start..end);
    let start = author.as_ref().map_or(start, |(_, rest)| *rest);
    Around { genre: genre.map(|(genre, _)| genre), author: author.map(|(name, _)| name), site, title: start..end }
}

/// The site behind the last bar or spaced dash, and where the title ends.
fn site_behind(text: &str, start: usize, is_site: &dyn Fn(&str) -> bool) -> (Option<Range<usize>>, usize) {
    const MARKS: [&str; 9] = [" | ", "｜", " – ", " — ", " - ", " · ", "_", " « ", " » "];
    let line = &text[start..];
    let mark = MARKS.iter().filter_map(|mark| line.rfind(mark).map(|at| (at, mark.len()))).max();
    let Some((at, length)) = mark.filter(|(at, _)| *at > 0) else { return (None, text.len()) };
    let site = trim(text, start + at + length..text.len());
    if text[site.clone()].split_whitespace().count() > 7 || !is_site(&text[site.clone()]) {
        return (None, text.len());
    }
    (Some(site), start + line[..at].trim_end().len())
}

/// The author before the first colon or spaced dash, and where the title behind it begins.
fn author_before(words: &Words, text: &str, range: Range<usize>) -> Option<(Range<usize>, usize)> {
    let line = &text[range.clone()];
    let (at, mark) = line
        .char_indices()
        .find(|(i, c)| matches!(c, ':' | '：') || (matches!(c, '–' | '—') && line[..*i].ends_with(' ')))?;
    let name = trim(text, range.start..range.start + at);
    let rest = range.start + at + mark.len_utf8();
    let rest = rest + (text[rest..].len() - text[rest..].trim_start().len());
    let printed = &text[name.clone()];
    let plausible = if has_cjk(printed) {
        person::is_chinese_name(words, printed)
    } else {
        (2..=3).contains(&printed.split_whitespace().count()) && person::is_name(words, printed)
    };
    let is_name = plausible && !lexicon::is_press(words, printed) && !lexicon::is_institution(words, printed);
    (is_name && rest < range.end).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_out_of_what_stands_around_them() {
        let words = Words::of([]);
        for (line, genre, author, title, site) in [
            ("Ilse Korvath: Upriver states can’t wait", "", "Ilse Korvath", "Upriver states can’t wait", ""),
            (
                "Odile Rannou – La dette n’est pas un héritage | Institut Brécourt",
                "",
                "Odile Rannou",
                "La dette n’est pas un héritage",
                "Institut Brécourt",
            ),
            ("Opinion | Nobody reads the fine print", "Opinion", "", "Nobody reads the fine print", ""),
            ("Op-Ed; Keep the ferry; keep the quay", "Op-Ed", "", "Keep the ferry; keep the quay", ""),
            ("Winter; a diary", "", "", "Winter; a diary", ""),
            ("[사설] 마을버스가 멈추면", "사설", "", "마을버스가 멈추면", ""),
            ("社评：渡輪停航，停的不只是船", "社评", "", "渡輪停航，停的不只是船", ""),
            ("养老金缺口：先看账本，再开药方", "", "", "养老金缺口：先看账本，再开药方", ""),
            ("The river: a life", "", "", "The river: a life", ""),
        ] {
            let around = around(&words, line, &|site| lexicon::is_institution(&words, site));
            let show = |r: Option<Range<usize>>| r.map_or("", |r| &line[r]);
            assert_eq!(
                (show(around.genre), show(around.author), &line[around.title], show(around.site)),
                (genre, author, title, site)
            );
        }
    }
}
