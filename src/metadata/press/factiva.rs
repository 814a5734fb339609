//! Factiva, with codes before its fields and as it shows articles.

use super::Lines;
use crate::characters::columns;
use crate::document::{Field, Role};
use crate::press::{Export, code, count_of_words};
use crate::read::Article;

/// What stands behind these codes is shown.
const SHOWN: [&str; 4] = ["HD", "HL", "LP", "TD"];

/// Reads the codes of blocks one after the other. Paragraphs begin with `IN`, `AN` and `BY` too: in the text only the codes
/// are taken that may follow it, and of those that are words only where they have what such fields have.
#[derive(Default)]
struct Codes {
    open: &'static str,
}

impl Codes {
    /// The code with which a block begins.
    fn take(&mut self, text: &str) -> Option<&'static str> {
        let is_in_text = matches!(self.open, "LP" | "TD");
        let code = code(text).filter(|code| !is_in_text || follows_text(self.open, code, &text[code.len()..]))?;
        self.open = code;
        Some(code)
    }
}

/// Whether a code may follow the text: `NS gcat : Political/General News | nedc : Commentaries/Opinions`.
fn follows_text(open: &str, code: &str, value: &str) -> bool {
    match code {
        "TD" => open == "LP",
        "CO" | "IN" | "NS" | "RE" => value.trim().is_empty() || value.contains(" : "),
        "AN" => value.trim().is_empty() || Export::FactivaCodes.number(&format!("{code}{value}")).is_some(),
        "CT" | "RF" | "IPC" | "IPD" | "PUB" => true,
        _ => false,
    }
}

/// Where in each block a code ends behind which stands what is shown.
pub(super) fn shown_codes(article: &Article) -> Vec<Option<usize>> {
    let mut codes = Codes::default();
    let shown = |code: &&str| SHOWN.contains(code);
    article.blocks.iter().map(|block| codes.take(block.text.as_str()).filter(shown).map(str::len)).collect()
}

/// With codes: a block without one goes on with the field above it.
pub(super) fn coded(lines: &mut Lines<'_>) {
    let mut codes = Codes::default();
    for block in 0..lines.len() {
        let text = lines.text(block);
        let start = codes.take(text).map_or(0, str::len);
        let value = start..text.len();
        if text[value.clone()].trim().is_empty() {
            continue;
        }
        match codes.open {
            "HD" => lines.roles[block] = Role::Title,
            "HL" => lines.roles[block] = Role::Subtitle,
            "LP" | "TD" => lines.roles[block] = Role::Body,
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
    // The name of the house, which the statement of rights has too, stands alone above the number.
    let house = number.and_then(|number| number.checked_sub(1)).filter(|block| *block > rights + 1);
    let is_name = |block: &usize| {
        let first = lines.text(*block).split_whitespace().next().unwrap_or_default();
        lines.text(*block).len() <= LONGEST_HOUSE && lines.text(rights).split_whitespace().any(|word| word == first)
    };
    if let Some(house) = house.filter(is_name) {
        lines.roles[house] = Role::Header;
    }
}

/// Blocks between the count of words and the statement of rights.
const MOST: usize = 14;

/// Bytes of the name of a house.
const LONGEST_HOUSE: usize = 80;

/// What stands above the count: the section, where the first line is shorter than what a title is; the title; names, where
/// the last line names somebody. What else stands there is shown below the title.
fn head(lines: &mut Lines<'_>, count: usize) {
    let mut end = count;
    if end > 1 && lines.is_names(end - 1) {
        end -= 1;
        lines.labelled(Field::Author, end, opened(lines, end)..lines.text(end).len());
    }
    let is_section = |text: &str| columns(text) <= LONGEST_SECTION && text.split_whitespace().count() <= 4;
    let title = usize::from(end > 1 && is_section(lines.text(0)));
    if title > 0 {
        lines.labelled(Field::Section, 0, 0..lines.text(0).len());
    }
    lines.are(title..end.min(title + 1), Role::Title);
    lines.are(title + 1..end, Role::Subtitle);
}

/// Columns of the name of a section.
const LONGEST_SECTION: usize = 30;

/// Where the names begin in a line that opens as bylines do.
fn opened(lines: &Lines<'_>, block: usize) -> usize {
    lines.scope.words.byline(lines.text(block)).map_or(0, |opening| opening.end)
}
