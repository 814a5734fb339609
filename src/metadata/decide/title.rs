//! The title: the visible one where the page states it too, or states none; else what is stated.

use super::by_user;
use super::support::Voices;
use crate::characters::letters;
use crate::diagnostic::{self, Diagnostic};
use crate::document::Field;
use crate::metadata::evidence::{Evidence, without_site};
use crate::metadata::lexicon;
use crate::metadata::rules;
use crate::plan::Stated;
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
    let titles =
        lines.iter().filter(|e| e.field == Field::Title && (has_prefix || e.rule() != rules::TITLE_AFTER_AUTHOR));
    let title = titles.into_iter().find_map(Evidence::text)?;
    let printed = if title.rule.0.starts_with("title.") { line } else { None };
    Some(Title { printed: Some(printed.unwrap_or_else(|| title.clone())), title })
}

/// The title by what is visible, by what the page states, and by what the user does.
pub(super) fn title(voices: &Voices<'_>, visible: Option<Title>, user: &Stated) -> DecidedTitle {
    let mut decided = by_page(voices, visible);
    if let Some(title) = &user.title {
        let printed = decided.taken.and_then(|title| title.printed);
        decided.taken = Some(Title { title: by_user(title.clone(), rules::STATED), printed });
    }
    decided
}

fn by_page(voices: &Voices<'_>, visible: Option<Title>) -> DecidedTitle {
    let words = &voices.scope.words;
    let visible = visible.map(|shown| {
        let title = voices.text(Field::Title, shown.title);
        let Spanned { confidence, support, .. } = title;
        Title { printed: shown.printed.map(|line| Spanned { confidence, support, ..line }), title }
    });
    let texts = |field: Field| voices.page.iter().filter(move |e| e.field == field).filter_map(Evidence::text);
    let sites: Vec<String> = texts(Field::Publisher).map(|site| letters(&site.value)).collect();
    let stated: Vec<Spanned<String>> = texts(Field::Title).collect();
    let is_site = |site: &str| sites.contains(&letters(site)) || lexicon::is_press(words, site);
    let best = stated.iter().find(|title| !sites.contains(&letters(&title.value)));
    let stated_title = best.map(|best| {
        let bare = without_site(words, &best.value, &is_site);
        let title = voices.text(Field::Title, Spanned { value: bare.to_owned(), ..best.clone() });
        Title { printed: Some(title.clone()), title }
    });
    let agrees = |shown: &Spanned<String>| {
        let shown = letters(&shown.value);
        let same = |stated: &String| stated.starts_with(&shown) || shown.starts_with(stated);
        let is_in = |title: &Title| shown.contains(&letters(&title.title.value));
        stated_title.as_ref().is_some_and(is_in) || stated.iter().any(|title| same(&letters(&title.value)))
    };
    // `<title>` alone is often the site's name, or that of a section.
    let is_element = |title: &Spanned<String>| title.rule == rules::PAGE_ELEMENT;
    let is_kept = |shown: &Title| shown.printed.as_ref().is_some_and(agrees) || stated.iter().all(is_element);
    let is_first = visible.as_ref().is_none_or(is_kept);
    // What is stated may be the line as it is printed, with the kind of text in front of it.
    let is_line = |stated: &Title| {
        let line = visible.as_ref().and_then(|shown| shown.printed.as_ref());
        line.is_some_and(|line| letters(&line.value) == letters(&stated.title.value))
    };
    let stated_title = stated_title.filter(|stated| !is_line(stated));
    let in_order = match (visible, stated_title) {
        (Some(shown), Some(stated)) if !is_first => vec![(stated, false), (shown, true)],
        (shown, stated) => {
            let shown = shown.into_iter().map(|title| (title, true));
            shown.chain(stated.into_iter().map(|title| (title, false))).collect()
        }
    };
    taken(in_order)
}

/// The surest one, of equal ones the first, where it is sure enough. The others are candidates, where they say something
/// else.
fn taken(in_order: Vec<(Title, bool)>) -> DecidedTitle {
    let confidence = |at: &usize| in_order[*at].0.title.confidence;
    // Where a line of a printed page is as likely another's, it is taken all the same, and doubted aloud: without a title
    // nothing can be catalogued.
    let is_shown = |at: &usize| {
        matches!(in_order[*at].0.title.rule, rules::TITLE_PRINTED | rules::TITLE_DOUBTFUL | rules::TITLE_BELOW)
            && in_order[*at].1
    };
    let is_taken = |at: &usize| confidence(at) >= rules::TAKEN || is_shown(at);
    let first = (0..in_order.len()).rev().max_by_key(confidence).filter(is_taken);
    let is_replaced = in_order.iter().enumerate().any(|(at, (_, is_visible))| *is_visible && Some(at) != first);
    let mut taken = None;
    let mut candidates: Vec<Spanned<String>> = Vec::new();
    for (at, (title, _)) in in_order.into_iter().enumerate() {
        if Some(at) == first {
            taken = Some(title);
        } else {
            candidates.push(title.title);
        }
    }
    let said = taken.as_ref().map(|title| letters(&title.title.value));
    candidates.retain(|other| said.as_ref() != Some(&letters(&other.value)));
    DecidedTitle { taken, candidates, is_replaced }
}

/// That no title was found, or that the one that was taken may be none.
pub(super) fn diagnostic(title: Option<&Spanned<String>>) -> Option<Diagnostic> {
    let said = match title {
        None => Diagnostic::new(diagnostic::M001, "no line reads like a title"),
        Some(title) if title.confidence < rules::TAKEN => {
            Diagnostic::new(diagnostic::M014, format!("its confidence is {}", title.confidence))
        }
        Some(_) => return None,
    };
    Some(said.hint("--title states one"))
}
