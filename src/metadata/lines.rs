//! What each block is by its own words, before its neighbours are asked.

use crate::metadata::pattern::patterns;

use super::lexicon;
use super::segments::{self, Part, PartKind};
use super::{Recogniser, byline, date, note, source};
use crate::characters::columns;
use crate::document::{Field, Role};
use crate::read::ArticleKind;

patterns! {
    RIGHTS = r"(?i)^[<(\[（【]?\s*(?:©|ⓒ|\(c\)|c\.\s?(?:19|20)\d\d |d\.\s?r\.\s?©|copyright|copyleft|版权|版權|著作权|著作権|저작권|all rights reserved[.,;]?(?:\s|$)[^a-z]*$|tous droits|все права|alle rechte|todos los derechos|todos os direitos|tutti i diritti|جميع الحقوق|无断|無断|禁無断|未经(?:书面)?(?:授权|许可)|本(?:文|站|网).{0,20}(?:未经授权|版权|转载须|不得转载))|©\s*\d{4}|版权所有|版權所有|creative commons|(?:^|[^\p{L}\p{N}])CC[ -]BY|無断転載|무단 ?전재";
}

/// What a block is by its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Part of the page.
    Furniture,
    /// The heading of such a part.
    Section(lexicon::Section),
    /// Labelled values, dates, bylines.
    Header(Vec<Part>),
    /// A statement of rights.
    Rights,
    /// A reference to the first publication.
    Source,
    /// A note about the author.
    Note,
    /// A paragraph.
    Long,
    /// A line that may be a title, a name, a heading.
    Short,
}

/// Whether a text states rights.
pub(super) fn is_rights(text: &str) -> bool {
    RIGHTS.is_match(text)
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '»', '」', '）', ')', '』', ' ', '\u{A0}'])
        .ends_with(['.', '。', '．', '!', '！', '?', '？', '…', ';', '；', '؟'])
}

/// Whether a text is longer than a title, or a sentence of some length.
pub(super) fn is_long(text: &str) -> bool {
    let columns = columns(text);
    columns > 200 || (columns > 60 && ends_sentence(text)) || columns > 140
}

impl Recogniser<'_> {
    /// What a block is. In the tail, author notes may be as long as paragraphs.
    pub(super) fn line(&self, block: usize, tail: bool) -> Line {
        let kind = &self.article.blocks[block].kind;
        if !matches!(kind, ArticleKind::Paragraph | ArticleKind::Heading(_)) {
            return Line::Long;
        }
        if let Some(parts) = self.house_line(block) {
            return Line::Header(parts);
        }
        let text = self.text(block);
        // A paragraph of some length is nothing else, but for a note below the text.
        if text.len() > 700 && columns(text) > 400 && !tail {
            return Line::Long;
        }
        if !tail && lexicon::is_genre(text) {
            return Line::Short;
        }
        if let Some(section) = lexicon::section(text) {
            return Line::Section(section);
        }
        if lexicon::furniture(text) {
            return Line::Furniture;
        }
        if text.len() <= 400 && RIGHTS.is_match(text) && !(is_long(text) && columns(text) > 220) {
            return Line::Rights;
        }
        if source::is_source_line(text) {
            return Line::Source;
        }
        // `（作者：X，系…）` is a note, and no label.
        if text.starts_with(['（', '(']) && note::introduces(text) {
            return Line::Note;
        }
        if text.len() <= 600 && columns(text) <= 260 {
            let parts = segments::parts(text, &|at| self.is_gap(block, at));
            if !parts.is_empty() && parts.iter().all(|p| p.kind == PartKind::Furniture)
                || (is_menu(text, &parts) && (has_single_words(text, &parts) || self.people_line(block).is_empty()))
            {
                return Line::Furniture;
            }
            if self.is_header(text, &parts) {
                let only_source = matches!(
                    &parts[..],
                    [Part { kind: PartKind::Labelled { field: Field::Source, value, .. }, .. }] if !value.is_empty()
                );
                if only_source {
                    return Line::Source;
                }
                return Line::Header(parts);
            }
        }
        // Below the text, a line that says who somebody is speaks of the author, even where no byline named any.
        let unnamed = (tail || text.starts_with(['*', '_'])) && self.found.metadata.authors.is_empty();
        let is_subject = |name: &str| {
            self.is_author(name)
                || (unnamed && (2..=4).contains(&name.split_whitespace().count()) && super::person::is_name(name))
                || (unnamed && super::person::is_chinese_name(name))
        };
        let unnamed_note = unnamed && !lexicon::is_post(text) && !text.starts_with(['-', '–', '—', '•', '*']);
        if (tail || text.len() < 600)
            && note::notes(text, &|name| if unnamed_note { self.is_author(name) } else { is_subject(name) }).is_some()
        {
            return Line::Note;
        }
        if is_long(text) { Line::Long } else { Line::Short }
    }

    /// Whether a space of a block's text sets its parts off.
    pub(super) fn is_gap(&self, block: usize, at: usize) -> bool {
        let seams = &self.article.blocks[block].seams;
        // In a page a seam may stand on either side of the space.
        seams.binary_search(&at).is_ok() || seams.binary_search(&(at + 1)).is_ok()
    }

    /// Whether the parts of a line are those of a header: at least one is sure, and what is unknown is short.
    fn is_header(&self, text: &str, parts: &[Part]) -> bool {
        // A sentence that begins like a byline or holds a label is a sentence.
        let labels = parts.iter().filter(|p| matches!(p.kind, PartKind::Labelled { .. })).count();
        let opens = parts.first().is_some_and(|p| !matches!(p.kind, PartKind::Unknown));
        if is_long(text) && ((ends_sentence(text) && labels < 2) || !opens) {
            return false;
        }
        let mut sure = 0;
        for part in parts {
            match &part.kind {
                PartKind::Labelled { field, value, .. } => {
                    if !is_plausible(*field, &text[value.clone()]) {
                        return false;
                    }
                    sure += 1;
                }
                PartKind::Date(_) => sure += 1,
                PartKind::Byline(names) => {
                    let value = &text[names.clone()];
                    if !value.is_empty()
                        && byline::names(text, names.clone()).is_empty()
                        && !super::person::is_nobody(value)
                    {
                        return false;
                    }
                    sure += 1;
                }
                PartKind::Genre(_) | PartKind::Furniture => {}
                PartKind::Unknown => {
                    let unknown = &text[part.range.clone()];
                    if columns(unknown) > 70 || (ends_sentence(unknown) && columns(unknown) > 30) {
                        return false;
                    }
                }
            }
        }
        let genre = parts.iter().any(|p| matches!(p.kind, PartKind::Genre(_)));
        // A kind of text with a site: `Le Phare d’Armonne – Éditorial`, and the like.
        let contributed =
            parts.iter().any(|p| matches!(&p.kind, PartKind::Genre(g) if segments::is_contribution(&text[g.clone()])));
        let site = |p: &Part| {
            let unknown = &text[p.range.clone()];
            !matches!(p.kind, PartKind::Unknown)
                || lexicon::is_press(unknown)
                || lexicon::is_institution(unknown)
                || super::person::is_chinese_name(unknown)
                || (contributed && super::person::is_name(unknown) && unknown.chars().count() <= 8)
                || (!unknown.chars().any(crate::characters::is_cjk)
                    && unknown.split_whitespace().count() <= 4
                    && !byline::names(text, p.range.clone()).is_empty())
        };
        sure > 0 || (genre && parts.len() > 1 && parts.iter().all(site))
    }

    /// Whether this is the name of an author that is known so far.
    pub(super) fn is_author(&self, name: &str) -> bool {
        let plain =
            |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
        let name = plain(name);
        let authors = &self.found.metadata.authors;
        let known = authors.iter().any(|a| {
            let full = plain(&a.value.name);
            // A family name alone, as notes have it.
            full == name || plain(&a.value.printed) == name || (full.ends_with(&name) && name.chars().count() >= 4)
        });
        known
            || self.head_names.iter().any(|n| *n == name || (n.ends_with(&name) && name.chars().count() >= 4))
            || self.title_prefix.as_ref().is_some_and(|prefix| plain(prefix) == name)
    }

    /// The role of a block as it stands.
    pub(super) fn role(&self, block: usize) -> Role {
        self.found.blocks[block].role
    }
}

/// `海嶼社 | 即時 | 全部`: three or more short pieces between bars, and none says anything.
fn is_menu(text: &str, parts: &[Part]) -> bool {
    let short =
        |p: &Part| matches!(p.kind, PartKind::Unknown | PartKind::Furniture) && columns(&text[p.range.clone()]) <= 16;
    parts.len() >= 3 && parts.iter().all(short)
}

/// `Menü   Suche   Merkliste`: no list of names, though each begins with a capital.
fn has_single_words(text: &str, parts: &[Part]) -> bool {
    let single = |p: &&Part| {
        let part = &text[p.range.clone()];
        !part.contains(char::is_whitespace) && !part.chars().any(crate::characters::is_cjk)
    };
    parts.iter().filter(single).count() * 2 > parts.len()
}

/// Whether a labelled value can be one of its kind.
fn is_plausible(field: Field, value: &str) -> bool {
    let columns = columns(value);
    match field {
        Field::Published | Field::Updated => {
            date::find_date(value).is_some()
                || (columns <= 40 && value.chars().any(char::is_numeric))
                || value.is_empty()
        }
        Field::Author | Field::Editor | Field::Translator | Field::Contributor(_) => {
            columns <= 160 && !(ends_sentence(value) && columns > 60)
        }
        Field::Title | Field::Subtitle => columns <= 240,
        Field::Role | Field::Affiliation | Field::Publisher | Field::Source | Field::Section | Field::Genre => {
            columns <= 120 && !(ends_sentence(value) && columns > 60)
        }
        Field::Url => columns <= 300 && (value.contains("://") || value.contains('.') || value.is_empty()),
        Field::Keywords | Field::Rights => columns <= 300,
        Field::Language => columns <= 30,
        Field::Unkept => columns <= 60,
    }
}
