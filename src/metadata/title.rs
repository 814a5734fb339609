//! The title without what pages put before it: the author's name, a label in brackets.

use std::ops::Range;

use super::{Listed, Recogniser, person};
use crate::diagnostic::{self, Diagnostic};
use crate::document::Role;

/// Confidence of a title told by its place alone.
const BY_PLACE: u16 = 930;

impl Recogniser<'_> {
    pub(super) fn read_title(&mut self) {
        let of_role = |role: Role| self.found.blocks.iter().position(|b| b.role == role);
        let (title, subtitle) = (of_role(Role::Title), of_role(Role::Subtitle));
        // Markup is no title; HTML is not read yet.
        if let Some(block) = title.filter(|block| !self.text(*block).starts_with('<')) {
            let text = self.text(block).to_owned();
            let printed = self.quoted(block, 0..text.len(), "title.place", BY_PLACE);
            self.found.metadata.title_as_printed = Some(printed);
            let label_end = self.bracketed_label(block, &text);
            let start = self.author_prefix(block, &text, label_end);
            let rule = if start > label_end {
                "title.after-author"
            } else if label_end > 0 {
                "title.after-label"
            } else {
                "title.place"
            };
            self.found.metadata.title = Some(self.quoted(block, start..text.len(), rule, BY_PLACE));
        }
        if let Some(block) = subtitle {
            let text = self.text(block).to_owned();
            let start = text.len() - text.trim_start_matches(['—', '–', '-', '―', ' ', '\u{3000}']).len();
            self.found.metadata.subtitle = Some(self.quoted(block, start..text.len(), "subtitle.place", 850));
        }
    }

    /// The end of `[기고] ` or `【评论】`, whose words are the genre.
    fn bracketed_label(&mut self, block: usize, text: &str) -> usize {
        for (open, close) in [('[', ']'), ('【', '】'), ('［', '］')] {
            let Some(rest) = text.strip_prefix(open) else { continue };
            let Some(length) = rest.find(close).filter(|n| *n > 0 && rest[..*n].chars().count() <= 8) else { continue };
            let start = open.len_utf8();
            let genre = self.quoted(block, start..start + length, "title.label", 800);
            let after = start + length + close.len_utf8();
            let space = text[after..].len() - text[after..].trim_start().len();
            if after + space < text.len() {
                self.found.metadata.genre.get_or_insert(genre);
                return after + space;
            }
        }
        0
    }

    /// The end of `Zhang San: ` where Zhang San is known as an author. A name that nothing else confirms is a
    /// candidate: it may be the person the article is about.
    fn author_prefix(&mut self, block: usize, text: &str, start: usize) -> usize {
        let Some((colon, mark)) = text[start..].char_indices().find(|(_, c)| matches!(c, ':' | '：')) else {
            return start;
        };
        let name: Range<usize> = start..start + text[start..start + colon].trim_end().len();
        let after = start + colon + mark.len_utf8();
        let rest = after + (text[after..].len() - text[after..].trim_start().len());
        if rest >= text.len() || name.is_empty() {
            return start;
        }
        let known = self
            .found
            .metadata
            .authors
            .iter()
            .position(|a| a.value.name == text[name.clone()] || a.value.printed == text[name.clone()]);
        if let Some(index) = known {
            self.named.push((block, name, Listed::Author(index)));
            return rest;
        }
        let words = text[name.clone()].split_whitespace().count();
        if self.found.metadata.authors.is_empty() && person::is_name(&text[name.clone()]) && (2..=3).contains(&words) {
            let candidate = self.quoted(block, name, "title.prefix", 500);
            let message = format!("{:?} before the title may be the author or its subject", candidate.value);
            self.found.diagnostics.push(Diagnostic::new(diagnostic::M004, message));
            self.candidate("authors", candidate);
        }
        start
    }
}
