//! Factiva, with codes before its fields and as it shows articles.

use super::Lines;
use crate::document::{Field, Role};
use crate::press::{Export, code, count_of_words};

/// Whether what stands behind a code is shown.
pub(super) fn is_shown(code: &str) -> bool {
    matches!(code, "HD" | "HL" | "LP" | "TD")
}

/// With codes: a block without one goes on with the field above it.
pub(super) fn coded(lines: &mut Lines<'_>) {
    let mut open = "";
    for block in 0..lines.len() {
        let text = lines.text(block);
        let (start, is_new) = match code(text) {
            Some(code) => {
                open = code;
                (code.len(), true)
            }
            None => (0, false),
        };
        let value = start..text.len();
        if text[value.clone()].trim().is_empty() {
            continue;
        }
        match open {
            "HD" => lines.roles[block] = Role::Title,
            "HL" => lines.roles[block] = Role::Subtitle,
            "LP" | "TD" if !is_new => lines.roles[block] = Role::Body,
            "BY" => lines.labelled(Field::Author, block, value),
            "PD" => lines.labelled(Field::Published, block, value),
            "SE" => lines.labelled(Field::Section, block, value),
            "CY" => lines.placed(Field::Rights, block, value),
            "SN" => lines.placed(Field::Publisher, block, value),
            "PG" => lines.placed(Field::SourcePage, block, value),
            _ => {}
        }
    }
}

/// As articles are shown: section, title, names, `612 words`, day, paper, its code, edition, page, language, rights; below
/// the text the publisher and the number.
pub(super) fn shown(lines: &mut Lines<'_>) {
    let is_count = |block: &usize| count_of_words(lines.text(*block)).is_some_and(str::is_empty);
    let Some(count) = (0..lines.len()).find(is_count) else { return lines.are(0..usize::MAX, Role::Body) };
    head(lines, count);
    let limit = (count + MOST).min(lines.len());
    let rights = (count + 1..limit).find(|block| lines.is_rights(*block));
    let Some(rights) = rights else { return lines.are(count + 1..usize::MAX, Role::Body) };
    if lines.has_date(count + 1) {
        lines.placed_whole(Field::Published, count + 1);
    }
    let is_time = |text: &str| text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || c == ':');
    if let Some(paper) = (count + 2..rights).find(|block| !is_time(lines.text(*block))) {
        lines.placed_whole(Field::Publisher, paper);
        let is_page = |text: &str| {
            text.len() <= 6 && text.ends_with(|c: char| c.is_ascii_digit()) && text.chars().all(char::is_alphanumeric)
        };
        // Its code stands between them.
        if let Some(page) = (paper + 2..rights).find(|block| is_page(lines.text(*block))) {
            lines.placed_whole(Field::SourcePage, page);
        }
    }
    lines.rights(rights);
    let number = (rights + 1..lines.len()).rev().find(|block| Export::Factiva.number(lines.text(*block)).is_some());
    let end = number.unwrap_or(lines.len());
    lines.are(rights + 1..end, Role::Body);
    // The name of the house stands alone above the number.
    let publisher = number.and_then(|number| number.checked_sub(1)).filter(|block| *block > rights + 1);
    let is_name = |text: &str| text.len() <= 80 && !crate::metadata::prose::ends_sentence(text);
    if let Some(publisher) = publisher.filter(|block| is_name(lines.text(*block))) {
        lines.roles[publisher] = Role::Header;
    }
}

/// Blocks between the count of words and the statement of rights.
const MOST: usize = 14;

/// What stands above the count: names are the last line, where it names somebody, a section the first of three.
fn head(lines: &mut Lines<'_>, count: usize) {
    let mut end = count;
    if end > 1 && lines.is_names(end - 1) {
        end -= 1;
        lines.labelled(Field::Author, end, opened(lines, end)..lines.text(end).len());
    }
    let title = end.saturating_sub(1);
    if end > 1 {
        lines.labelled(Field::Section, 0, 0..lines.text(0).len());
    }
    if end > 0 {
        lines.roles[title] = Role::Title;
    }
}

/// Where the names begin in a line that opens as bylines do.
fn opened(lines: &Lines<'_>, block: usize) -> usize {
    lines.scope.words.byline(lines.text(block)).map_or(0, |opening| opening.end)
}
