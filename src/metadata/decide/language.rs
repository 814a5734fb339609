//! The language: what the user states; what the prose surely is in; what a header or the page states; what the prose
//! may be in.

use super::{by_user, first};
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Field, Language, Metadata};
use crate::metadata::evidence::Evidence;
use crate::metadata::language::RELIABLE;
use crate::metadata::rules;
use crate::metadata::scope::Scope;
use crate::plan::Stated;
use crate::span::Spanned;

/// The language, and whether it could not be told.
pub(super) struct Told {
    pub(super) taken: Spanned<Language>,
    pub(super) diagnostic: Option<Diagnostic>,
}

/// Decides the language.
pub(super) fn language(
    scope: &Scope<'_>,
    lines: &[Evidence],
    page: &[Evidence],
    user: &Stated,
    default: Option<Spanned<String>>,
) -> Told {
    let told = |sure: bool| {
        let (language, _) = scope.language.clone().filter(|(_, of)| (*of >= RELIABLE) == sure)?;
        let rule = if sure { rules::LANGUAGE_TEXT } else { rules::LANGUAGE_GUESS };
        Some(scope.found(Field::Language, language.0, None, rule))
    };
    let stated = || first(lines, Field::Language).or_else(|| first(page, Field::Language));
    let by_user = user.language.clone().map(|tag| by_user(tag, rules::STATED));
    let taken = by_user.or_else(|| told(true)).or_else(stated).or_else(|| told(false)).or(default);
    match taken {
        Some(taken) => Told { taken: taken.map(Language), diagnostic: None },
        None => Told {
            taken: Spanned { rule: rules::LANGUAGE_NONE, ..Metadata::default().language },
            diagnostic: Some(
                Diagnostic::new(diagnostic::M002, "the text is too short to tell its language")
                    .hint("--language states it"),
            ),
        },
    }
}
