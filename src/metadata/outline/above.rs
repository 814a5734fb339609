//! The lines above the text, and what several rules ask of one of them.

use super::Seen;
use crate::characters::has_cjk;
use crate::document::Role;
use crate::metadata::scope::Scope;

/// The lines above the text.
#[derive(Clone, Copy)]
pub(super) struct Above<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) roles: &'a [Role],
    pub(super) seen: &'a [Seen],
}

impl<'a> Above<'a> {
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.scope.text(self.seen[at].block)
    }

    /// Whether the text of a line stands in another one too: `© 2018 New Carrow Post-Herald`.
    pub(super) fn is_said_again(&self, at: usize) -> bool {
        let (block, text) = (self.seen[at].block, self.text(at));
        let bare = text.strip_prefix("The ").or_else(|| text.strip_prefix("THE ")).unwrap_or(text);
        let is_in = |text: &str| text.len() < 300 && text.contains(bare);
        bare.chars().count() >= 4 && self.scope.blocks().any(|b| b != block && is_in(self.scope.text(b)))
    }

    /// Whether several spaces or a tab stand between the words of a line, as in menus.
    pub(super) fn is_torn(&self, at: usize) -> bool {
        let text = self.text(at);
        !has_cjk(text) && text.match_indices(' ').any(|(i, _)| self.scope.is_gap(self.seen[at].block, i))
    }
}
