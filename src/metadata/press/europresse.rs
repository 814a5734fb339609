//! Europresse: paper, a line with section, day, words and page, title, names, text; below it notes, rights, who fetched it.

use super::{Lines, page_in};
use crate::document::{Field, Role};
use crate::metadata::date;
use crate::press::{Export, counts_words};

pub(super) fn read(lines: &mut Lines<'_>) {
    let is_count = |block: &usize| counts_words(lines.text(*block));
    let Some(count) = (0..lines.len()).find(is_count) else { return lines.are(0..usize::MAX, Role::Body) };
    if count > 0 {
        lines.placed_whole(Field::Publisher, 0);
    }
    day_and_page(lines, count);
    let is_beside = |block: &usize| lines.text(*block).starts_with("Aussi paru dans");
    let title = (count + 1..lines.len()).find(|block| !is_beside(block)).unwrap_or(lines.len());
    lines.are(title..title + 1, Role::Title);
    let mut body = title + 1;
    if body < lines.len() && lines.is_names(body) {
        let start = lines.scope.words.byline(lines.text(body)).map_or(0, |opening| opening.end);
        lines.labelled(Field::Author, body, start..lines.text(body).len());
        body += 1;
    }
    let is_note = |text: &str| {
        text.starts_with("Note(s)") || text.starts_with("Encadré(s)") || text.starts_with("Illustration(s)")
    };
    let is_end = |lines: &Lines<'_>, block: usize| {
        let text = lines.text(block);
        lines.is_rights(block) || text.starts_with("Certificat émis") || Export::Europresse.number(text).is_some()
    };
    let end =
        (body..lines.len()).find(|block| is_note(lines.text(*block)) || is_end(lines, *block)).unwrap_or(lines.len());
    lines.are(body..end, Role::Body);
    for block in end..lines.len() {
        if lines.is_rights(block) {
            lines.rights(block);
        } else if !is_end(lines, block) && !is_note(lines.text(block)) {
            // What a note says is part of the article.
            lines.roles[block] = Role::AuthorNote;
        }
    }
}

/// `Débats, dimanche 4 octobre 2015 612 mots, p. 23`
fn day_and_page(lines: &mut Lines<'_>, block: usize) {
    let text = lines.text(block);
    if let Some(day) = date::find_date(&lines.scope.words, text) {
        let section = text[..day.range.start].rsplit_once(',').map_or("", |(section, _)| section);
        lines.placed(Field::Published, block, day.range.clone());
        lines.labelled(Field::Section, block, 0..section.len());
    }
    let mut start = 0;
    for part in text.split([',', '-']) {
        if let Some(page) = page_in(part) {
            lines.placed(Field::SourcePage, block, start + page.start..start + page.end);
        }
        start += part.len() + 1;
    }
}
