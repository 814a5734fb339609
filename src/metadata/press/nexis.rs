//! LexisNexis Academic and Nexis Uni.

use super::Lines;
use crate::document::{Field, Role};
use crate::press::capital_label;

/// The labels of both, as the older one prints them, and what they announce.
const LABELS: &[(&str, Field)] = &[
    ("BYLINE", Field::Author),
    ("AUTHOR", Field::Author),
    ("AUTOR", Field::Author),
    ("AUTEUR", Field::Author),
    ("HEADLINE", Field::Title),
    ("SECTION", Field::Section),
    ("RUBRIK", Field::Section),
    ("RUBRIQUE", Field::Section),
    ("RUBRIEK", Field::Section),
    ("SECCIÓN", Field::Section),
    ("HIGHLIGHT", Field::Subtitle),
    ("DATELINE", Field::Dateline),
    ("SUBJECT", Field::Keywords),
    ("URL", Field::Url),
];

/// Labels whose values are kept nowhere but in the header.
const OTHER: &[&str] = &[
    "ACC-NO",
    "BODY",
    "CATEGORY",
    "CITY",
    "COLUMN",
    "COMPANY",
    "CORRECTION",
    "CORRECTION-DATE",
    "COUNTRY",
    "DATE-CHARGEMENT",
    "DISTRIBUTION",
    "DOCUMENT-TYPE",
    "EDITION",
    "ENHANCEMENT",
    "GEOGRAPHIC",
    "GRAFIK",
    "GRAPHIC",
    "GRAPHIQUE",
    "INDUSTRY",
    "JOURNAL-CODE",
    "LANGUAGE",
    "LANGUE",
    "LENGTE",
    "LENGTH",
    "LOAD-DATE",
    "LONGUEUR",
    "LONGITUD",
    "LÄNGE",
    "NAME",
    "NOTES",
    "ORGANIZATION",
    "PERSON",
    "PHOTO",
    "PUBLICATION-TYPE",
    "SERIES",
    "SOURCE",
    "SPRACHE",
    "STATE",
    "TICKER",
    "TYPE",
    "TYPE-PUBLICATION",
    "UPDATE",
];

/// A label with what it announces, where it announces anything that is kept.
fn known(label: &str) -> Option<Option<Field>> {
    let label = label.to_uppercase().replace(' ', "-");
    let field = LABELS.iter().find(|(known, _)| *known == label).map(|(_, field)| Some(*field));
    field.or_else(|| OTHER.contains(&label.as_str()).then_some(None))
}

/// The label of the line under the title in the newer form.
pub(super) const HIGHLIGHT: &str = "Highlight";

/// Whether what stands behind a label is shown.
pub(super) fn is_shown(label: &str) -> bool {
    matches!(label, "HEADLINE" | "BODY" | "HIGHLIGHT")
}

impl Lines<'_> {
    /// The label of a block of the older form, with what it announces and where its value begins.
    fn old_label(&self, block: usize) -> Option<(Option<Field>, usize)> {
        let (label, _) = capital_label(self.text(block))?;
        Some((known(label)?, label.len() + 1))
    }

    /// The same of the newer form.
    fn uni_label(&self, block: usize) -> Option<(Option<Field>, usize)> {
        let (label, rest) = self.text(block).split_once(':')?;
        let is_label =
            label.starts_with(char::is_uppercase) && (rest.is_empty() || rest.starts_with(char::is_whitespace));
        Some((known(label).filter(|_| is_label)?, label.len() + 1))
    }

    /// Takes a block with a label, or the block below a label that stands alone.
    fn take_label(&mut self, block: usize, field: Option<Field>, value: usize) {
        let (at, start) = match self.text(block)[value..].trim().is_empty() {
            true if block + 1 < self.len() => (block + 1, 0),
            _ => (block, value),
        };
        let range = start..self.text(at).len();
        match field {
            Some(Field::Section) => self.section(at, range),
            Some(Field::Keywords) => self.subjects(at, range),
            Some(Field::Title) => self.roles[at] = Role::Title,
            Some(Field::Subtitle) => self.roles[at] = Role::Subtitle,
            Some(Field::Dateline) => self.placed(Field::Dateline, at, range),
            Some(field) => self.labelled(field, at, range),
            None => {}
        }
    }

    /// Whether a block goes on with the value above it.
    fn goes_on(&self, block: usize) -> bool {
        self.scope.article.blocks[block].breaks_before == 1
    }

    /// Paper, day, edition: what stands between the number of an article and its title.
    fn paper_and_day(&mut self, blocks: std::ops::Range<usize>) -> usize {
        let mut title = blocks.start;
        let paper = blocks.clone().find(|block| !self.is_rights(*block));
        for block in blocks.clone() {
            if self.is_rights(block) {
                self.rights(block);
                title = block + 1;
            } else if Some(block) == paper {
                self.placed_whole(Field::Publisher, block);
                title = block + 1;
            } else if self.has_date(block) {
                self.placed_whole(Field::Published, block);
                return (block + 1).max(title);
            } else {
                return title;
            }
        }
        title
    }
}

/// The older form.
pub(super) fn old(lines: &mut Lines<'_>) {
    let labels = |lines: &Lines<'_>| (1..lines.len()).find(|block| lines.old_label(*block).is_some());
    let Some(first) = labels(lines) else { return lines.are(0..usize::MAX, Role::Body) };
    let number = (0..first).find(|block| lines.text(*block).chars().any(|c| c.is_ascii_digit())).unwrap_or(0);
    let title = lines.paper_and_day(number + 1..first);
    let is_edition = |text: &str| {
        let text = text.to_lowercase();
        text.ends_with("edition")
            || text.ends_with("ausgabe")
            || text.ends_with("édition")
            || text == "correction appended"
    };
    let title = (title..first).find(|block| !lines.is_rights(*block) && !is_edition(lines.text(*block)));
    if let Some(title) = title {
        let end = (title + 1..first).find(|block| !lines.goes_on(*block)).unwrap_or(first);
        lines.are(title..end, Role::Title);
        lines.are(end..first, Role::Subtitle);
    }
    let body = head(lines, first, Lines::old_label);
    let end = tail(lines, body, Lines::old_label);
    lines.are(body..end, Role::Body);
}

/// A label of a block.
type Labels<'a> = fn(&Lines<'a>, usize) -> Option<(Option<Field>, usize)>;

/// Takes the labels above the text, and returns where this begins.
fn head<'a>(lines: &mut Lines<'a>, first: usize, label: Labels<'a>) -> usize {
    let mut block = first;
    let mut is_open = false;
    while block < lines.len() {
        match label(lines, block) {
            Some((field, value)) => {
                let text = lines.text(block);
                is_open = text[value..].trim().is_empty();
                if text.trim_end_matches(':') == "BODY" {
                    return block + 1;
                }
                lines.take_label(block, field, value);
            }
            // Below a label that stands alone, or on the next line of its value.
            None if is_open || lines.goes_on(block) && !crate::metadata::prose::is_long(lines.text(block)) => {
                is_open = false
            }
            None => return block,
        }
        block += 1;
    }
    block
}

/// Takes the labels below the text, and returns where these begin: between them stand statements of rights and values that
/// go on.
fn tail<'a>(lines: &mut Lines<'a>, body: usize, label: Labels<'a>) -> usize {
    let is_of_tail = |lines: &Lines<'a>, block: usize| {
        label(lines, block).is_some() || lines.is_rights(block) || is_reserved(lines.text(block))
    };
    let mut end = lines.len();
    for block in (body..lines.len()).rev() {
        let is_value = || {
            let above = block.checked_sub(1).filter(|above| *above >= body);
            above.is_some_and(|above| match label(lines, above) {
                Some((_, value)) => lines.goes_on(block) || lines.text(above)[value..].trim().is_empty(),
                None => false,
            })
        };
        if !(is_of_tail(lines, block) || is_value()) {
            break;
        }
        end = block;
    }
    for block in end..lines.len() {
        if let Some((field, value)) = label(lines, block) {
            lines.take_label(block, field.filter(|field| *field != Field::Title), value);
        } else if lines.is_rights(block) {
            lines.rights(block);
        }
    }
    end
}

fn is_reserved(text: &str) -> bool {
    let text = text.to_lowercase();
    text.starts_with("all rights reserved")
        || text.starts_with("alle rechte vorbehalten")
        || text.starts_with("tous droits réservés")
}

/// The newer form.
pub(super) fn uni(lines: &mut Lines<'_>) {
    let is_page = |text: &str| text.starts_with("Page ") && text.contains(" of ");
    let Some(title) = (0..lines.len()).find(|block| !is_page(lines.text(*block))) else { return };
    let first = (title..lines.len()).find(|block| lines.uni_label(*block).is_some()).unwrap_or(lines.len());
    lines.roles[title] = Role::Title;
    lines.paper_and_day(title + 1..first);
    for block in title + 1..first {
        if lines.is_rights(block) && lines.roles[block] != Role::Rights {
            lines.rights(block);
        }
    }
    let body = (first..lines.len()).find(|block| lines.text(*block) == "Body").unwrap_or(lines.len());
    for block in first..body {
        if let Some((field, value)) = lines.uni_label(block) {
            lines.take_label(block, field, value);
        }
    }
    let ends = |block: &usize| {
        matches!(lines.text(*block), "Classification" | "End of Document" | "Graphic")
            || lines.text(*block).starts_with("Load-Date:")
    };
    let end = (body..lines.len()).find(ends).unwrap_or(lines.len());
    lines.are(body + 1..end, Role::Body);
    for block in body + 1..end {
        if is_page(lines.text(block)) {
            lines.roles[block] = Role::Header;
        }
    }
    for block in end..lines.len() {
        if let Some((field, value)) = lines.uni_label(block) {
            lines.take_label(block, field.filter(|field| matches!(field, Field::Keywords | Field::Url)), value);
        }
    }
}
