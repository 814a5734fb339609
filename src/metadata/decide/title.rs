//! The title: the visible one where the page states it too, or states none; else what is stated.

use super::by_user;
use crate::characters::letters;
use crate::document::Field;
use crate::metadata::evidence::{AFTER_AUTHOR, Evidence, without_site};
use crate::metadata::lexicon::{self, Words};
use crate::plan::Stated;
use crate::read::CandidateOrigin;
use crate::span::Spanned;

/// A title, and the line as it is printed.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) title: Spanned<String>,
    pub(super) printed: Option<Spanned<String>>,
}

/// What is taken, and what lost.
pub(super) struct DecidedTitle {
    pub(super) taken: Option<Title>,
    pub(super) candidates: Vec<Spanned<String>>,
    /// The line that reads like a title is none.
    pub(super) is_replaced: bool,
}

/// The title that readers see: what a label calls so, else the line that stands in its place; behind a name where that
/// is an author's.
pub(super) fn visible(lines: &[Evidence], has_prefix: bool, line: Option<Spanned<String>>) -> Option<Title> {
    let titles = lines.iter().filter(|e| e.field == Field::Title && (has_prefix || e.rule() != AFTER_AUTHOR));
    let title = titles.into_iter().find_map(Evidence::text)?;
    let printed = if title.rule.0.starts_with("title.") { line } else { None };
    Some(Title { printed: Some(printed.unwrap_or_else(|| title.clone())), title })
}

/// The title by what is visible, by what the page states, and by what the user does.
pub(super) fn title(words: &Words, visible: Option<Title>, page: &[Evidence], user: &Stated) -> DecidedTitle {
    let mut decided = by_page(words, visible, page);
    if let Some(title) = &user.title {
        let printed = decided.taken.and_then(|title| title.printed);
        decided.taken = Some(Title { title: by_user(title), printed });
    }
    decided
}

fn by_page(words: &Words, visible: Option<Title>, page: &[Evidence]) -> DecidedTitle {
    let only = |taken| DecidedTitle { taken, candidates: Vec::new(), is_replaced: false };
    let texts = |field: Field| page.iter().filter(move |e| e.field == field).filter_map(Evidence::text);
    let sites: Vec<String> = texts(Field::Publisher).map(|site| letters(&site.value)).collect();
    let stated: Vec<Spanned<String>> = texts(Field::Title).collect();
    let is_site = |site: &str| sites.contains(&letters(site)) || lexicon::is_press(words, site);
    let Some(best) = stated.iter().find(|title| !sites.contains(&letters(&title.value))) else { return only(visible) };
    let bare = without_site(words, &best.value, &is_site);
    let agrees = |shown: &Spanned<String>| {
        let shown = letters(&shown.value);
        let same = |stated: &String| stated.starts_with(&shown) || shown.starts_with(stated);
        shown.contains(&letters(bare)) || stated.iter().any(|title| same(&letters(&title.value)))
    };
    // `<title>` alone is often the site's name, or that of a section.
    let is_element = |title: &Spanned<String>| title.rule.0 == CandidateOrigin::Element.rule();
    let is_kept = |shown: &Title| shown.printed.as_ref().is_some_and(agrees) || stated.iter().all(is_element);
    match visible {
        Some(shown) if is_kept(&shown) => only(Some(shown)),
        other => {
            let title = Spanned { value: bare.to_owned(), ..best.clone() };
            let taken = Some(Title { printed: Some(title.clone()), title });
            let is_replaced = other.is_some();
            DecidedTitle { taken, candidates: other.map(|other| other.title).into_iter().collect(), is_replaced }
        }
    }
}
