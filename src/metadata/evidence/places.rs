//! Lines that say something by what they are and where they stand: the name of the site, a kind of text, the line under
//! the title, a statement of rights.

use super::{Evidence, Witness};
use crate::document::{Field, Role};
use crate::metadata::bars::trim;
use crate::metadata::furniture::is_furniture;
use crate::metadata::labels::field_of;
use crate::metadata::lexicon::Words;
use crate::metadata::scope::Scope;
use crate::metadata::{lexicon, lines, rules};
use crate::span::{Span, Spanned};

/// The name of the site at the start of a menu: `海嶼社 | 即時 | 全部`.
pub(in crate::metadata) fn menu(scope: &Scope<'_>, block: usize) -> Option<Evidence> {
    let line = Witness::new(scope, block);
    let bar = line.text.find(['|', '｜', '>', '＞', '»', '›', '•'])?;
    let range = trim(line.text, 0..bar);
    let name = &line.text[range.clone()];
    let is_site = lexicon::is_press(&scope.words, name) && !is_furniture(&scope.words, name);
    is_site.then(|| line.quotes(Field::Publisher, range, rules::SITE_MENU))
}

/// A kind of text alone on its line.
pub(in crate::metadata) fn kicker(scope: &Scope<'_>, block: usize) -> Option<Evidence> {
    let line = Witness::new(scope, block);
    let bare = line.text.trim_matches([
        '[', ']', '【', '】', '〈', '〉', '《', '》', '<', '>', '(', ')', '［', '］', '〔', '〕', ' ', '■', '●',
    ]);
    let start = line.text.find(bare).unwrap_or(0);
    lexicon::is_genre(&scope.words, bare).then(|| line.quotes(Field::Genre, start..start + bare.len(), rules::KICKER))
}

/// The name of the site above the title.
pub(in crate::metadata) fn site(scope: &Scope<'_>, block: usize) -> Evidence {
    let line = Witness::new(scope, block);
    let range = site_name(&scope.words, line.text, 0..line.text.len());
    line.quotes(Field::Publisher, range, rules::SITE_PLACE)
}

/// The first of two names of a site in two scripts, without a motto behind it.
pub(super) fn site_name(words: &Words, text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let site = &text[range.clone()];
    let end = site.find(['\u{3000}', '|', '｜', '•']).unwrap_or(site.len());
    // `WERKBANK – Mitgliederzeitung`, `Ledger & Loom: a weblog on trade`
    let motto = [" – ", " — ", " - ", " · ", ": "].iter().find_map(|mark| {
        let at = site.find(mark)?;
        let rest = &site[at + mark.len()..];
        (rest.starts_with(char::is_lowercase) || lexicon::is_motto(words, rest)).then_some(at)
    });
    let end = end.min(motto.unwrap_or(end));
    trim(text, range.start..range.start + end)
}

/// The line under the title, which may go on on a second one.
pub(in crate::metadata) fn subtitle(scope: &Scope<'_>, roles: &[Role]) -> Option<Evidence> {
    let mut of_subtitle = scope.blocks().filter(|b| roles[*b] == Role::Subtitle);
    let line = Witness::new(scope, of_subtitle.next()?);
    let text = line.text;
    let start = text.len() - text.trim_start_matches(['—', '–', '-', '―', '─', ' ', '\u{3000}']).len();
    // `导读：…`
    let label = text[start..].split_once(['：', ':']);
    let rest = label.filter(|(label, _)| field_of(&scope.words, label) == Some(Field::Subtitle));
    let start = rest.map_or(start, |(_, rest)| text.len() - rest.len());
    let mut subtitle = line.quotes(Field::Subtitle, start..text.len(), rules::SUBTITLE_PLACE);
    if let (Some(second), Some(first)) = (of_subtitle.next(), subtitle.text()) {
        let more = scope.quoted(second, 0..scope.text(second).len(), Field::Subtitle, rules::SUBTITLE_PLACE);
        subtitle.said = joined(first, &more).map(super::Value::Text);
    }
    Some(subtitle)
}

/// A value that goes on on another line.
pub(in crate::metadata) fn joined(value: Spanned<String>, more: &Spanned<String>) -> Spanned<String> {
    let span = value.span.zip(more.span).map(|(a, b)| Span { start: a.start, end: b.end });
    Spanned { value: format!("{} {}", value.value, more.value), span, ..value }
}

/// A statement of rights: of a footer only the line, and the element, that says it.
pub(in crate::metadata) fn rights(scope: &Scope<'_>, block: usize) -> Evidence {
    let line = Witness::new(scope, block);
    let text = line.text;
    let seams = &scope.article.blocks[block].seams;
    let lines = text.match_indices('\n').chain(text.match_indices(" | ")).map(|(at, _)| at);
    let mut cuts = vec![0, text.len()];
    if scope.article.is_page {
        cuts.extend(lines.chain(seams.iter().copied()));
    }
    cuts.sort_unstable();
    let mut pieces = cuts.windows(2).map(|cut| trim(text, cut[0]..cut[1]));
    let range = pieces.find(|piece| lines::is_rights(&scope.words, &text[piece.clone()])).unwrap_or(0..text.len());
    line.quotes(Field::Rights, range, rules::RIGHTS_LINE)
}
