//! The site or paper that posted the article.

use super::Decided;
use super::title::Title;
use crate::characters::letters;
use crate::document::{Field, Role};
use crate::metadata::evidence::Evidence;
use crate::metadata::rules;
use crate::metadata::scope::Scope;
use crate::read::{Candidate, CandidateOrigin};
use crate::span::Spanned;

/// Whom the lines name: behind a label, else in the first place where a site is named.
fn of_lines(lines: &[Evidence]) -> Option<Spanned<String>> {
    let named = || lines.iter().filter(|e| e.field == Field::Publisher);
    let labelled = named().rfind(|e| e.rule() == rules::HEADER_PUBLISHER);
    labelled.or_else(|| named().next()).and_then(Evidence::text)
}

/// What the page states wins over what its lines name.
pub(super) fn publisher(
    scope: &Scope<'_>,
    lines: &[Evidence],
    stated: &[Evidence],
    roles: &[Role],
    title: Option<&Title>,
) -> Decided<Option<Spanned<String>>> {
    let shown = of_lines(lines);
    // `application-name` and the like name software.
    let is_name = |site: &Spanned<String>| {
        site.value.chars().count() <= 80 && !site.value.starts_with("http") && !site.value.starts_with('@')
    };
    let names = stated.iter().filter(|e| e.field == Field::Publisher).filter_map(Evidence::text);
    let Some(best) = names.into_iter().find(is_name) else {
        let rights = lines.iter().find(|e| e.field == Field::Rights).and_then(Evidence::text);
        return Decided::only(shown.or_else(|| InTitle { scope, roles, title, rights: rights.as_ref() }.site()));
    };
    let other = shown.filter(|shown| letters(&shown.value) != letters(&best.value));
    Decided { taken: Some(best), candidates: other.into_iter().collect() }
}

/// The site's name where `<title>` has it beside the title, and a line above the article or the line of rights shows it
/// by itself.
struct InTitle<'a> {
    scope: &'a Scope<'a>,
    roles: &'a [Role],
    title: Option<&'a Title>,
    rights: Option<&'a Spanned<String>>,
}

impl InTitle<'_> {
    fn site(&self) -> Option<Spanned<String>> {
        let is_title = |c: &&Candidate| c.field == Field::Title && c.origin == CandidateOrigin::Element;
        self.scope.article.candidates.iter().filter(is_title).find_map(|title| self.site_in(title))
    }

    fn site_in(&self, title: &Candidate) -> Option<Spanned<String>> {
        let bars = ['|', '｜', '_', ':', '：', '·', '•', '»', '–', '—'];
        let parts = title.value.split(bars).flat_map(|part| part.split(" - "));
        let mut names = parts.map(str::trim).filter(|part| (2..=60).contains(&part.chars().count()));
        let name = names.find(|part| !self.is_title(part) && self.is_shown(part))?;
        let place = title.place.clone();
        let span =
            place.map(|place| self.scope.sources.of(self.scope.sources.find(name, place.clone()).unwrap_or(place)));
        Some(self.scope.found(Field::Publisher, name.to_owned(), span, rules::PAGE_ELEMENT))
    }

    fn is_title(&self, part: &str) -> bool {
        self.title.is_some_and(|title| letters(part).contains(&letters(&title.title.value)))
    }

    fn is_shown(&self, part: &str) -> bool {
        let name = letters(part);
        let head = self.roles.iter().position(|role| *role == Role::Title).unwrap_or(0);
        self.rights.is_some_and(|rights| letters(&rights.value).contains(&name))
            || (0..head).any(|block| letters(self.scope.text(block)) == name)
    }
}
