//! The lines above the text: what the headers say, and which of the other lines are kind of text, site, title,
//! subtitle and names.

use std::ops::Range;

use super::lexicon;
use super::lines::{Line, ends_sentence};
use super::people::List;
use super::segments::{Part, PartKind};
use super::{Recogniser, byline, person};
use crate::characters::columns;
use crate::document::{Field, Mention, Role};

/// Where a part of a header line stands in it.
struct PartPlace {
    /// Its number.
    index: usize,
    /// How many parts of the line say by themselves what they are.
    strong: usize,
    /// The person named last.
    person: Option<super::Listed>,
}

impl Recogniser<'_> {
    pub(super) fn settle_head(&mut self, blocks: &[usize], lines: &[Line]) {
        let mut open: Vec<usize> = Vec::new();
        let mut notes: Vec<usize> = Vec::new();
        for (block, line) in blocks.iter().zip(lines) {
            match line {
                Line::Furniture | Line::Section(_) => {
                    self.read_menu(*block);
                    self.found.blocks[*block].role = Role::Furniture;
                }
                Line::Header(_) | Line::Rights | Line::Source => {}
                Line::Note => notes.push(*block),
                Line::Long | Line::Short => open.push(*block),
            }
        }
        // The title first: what stands below it may be a name, what stands above may be the site's.
        let rest = self.choose_title(&open, blocks, lines);
        let by = |p: &Part| p.names_author() && !p.range.is_empty();
        self.head_byline |= lines.iter().any(|l| matches!(l, Line::Header(parts) if parts.iter().any(by)));
        self.find_title_prefix();
        for (block, line) in blocks.iter().zip(lines) {
            match line {
                Line::Header(parts) => self.read_header(*block, parts),
                Line::Rights => self.read_rights(*block),
                Line::Source => self.read_source_line(*block),
                _ if rest.contains(block) => self.read_other(*block),
                _ => {}
            }
        }
        for block in notes {
            self.read_note(block);
        }
    }

    /// The name of the site at the start of a menu: `海嶼社 | 即時 | 全部`.
    fn read_menu(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let bars = ['|', '｜', '>', '＞', '»', '›', '•'];
        let Some(bar) = text.find(bars) else { return };
        let range = super::bars::trim(&text, 0..bar);
        if lexicon::is_press(&text[range.clone()]) && !lexicon::furniture(&text[range.clone()]) {
            self.mention(block, range.clone(), Mention::Publisher);
            let publisher = self.quoted(block, range, "site.menu", 800);
            self.found.metadata.publisher.get_or_insert(publisher);
        }
    }

    /// A kind of text alone on its line.
    pub(super) fn read_kicker(&mut self, block: usize) -> bool {
        let text = self.text(block).to_owned();
        let bare = text.trim_matches([
            '[', ']', '【', '】', '〈', '〉', '《', '》', '<', '>', '(', ')', '［', '］', '〔', '〕', ' ', '■', '●',
        ]);
        if !lexicon::is_genre(bare) || self.role(block) == Role::Title {
            return false;
        }
        let start = text.find(bare).unwrap_or(0);
        let genre = self.quoted(block, start..start + bare.len(), "kicker", 900);
        self.found.metadata.genre.get_or_insert(genre);
        self.found.blocks[block].role = Role::Header;
        true
    }

    /// The name of the site above the title.
    pub(super) fn read_site(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let range = site_name(&text, 0..text.len());
        self.mention(block, range.clone(), Mention::Publisher);
        let publisher = self.quoted(block, range, "site.place", 850);
        self.found.metadata.publisher.get_or_insert(publisher);
        self.found.blocks[block].role = Role::Header;
    }

    /// A line that is neither title nor subtitle and has no label: names, a post below a name, or something else.
    fn read_other(&mut self, block: usize) {
        if self.read_marked_institution(block) {
            return;
        }
        let text = self.text(block).to_owned();
        if is_credit(&text) {
            self.found.blocks[block].role = Role::Furniture;
            return;
        }
        let mut people = self.people_line(block);
        // Where a byline names the authors, names elsewhere are other people's, or no names.
        let bylined = self.head_byline
            || self.found.metadata.authors.iter().any(|a| a.rule.0 == "byline" || a.rule.0 == "header.author");
        if bylined && !people.iter().any(|p| self.is_author(&text[p.name.clone()])) {
            people.clear();
        }
        // In a page, names stand everywhere: one is an author's where the markup or the page says so.
        let doubtful = self.article.is_page
            && self.article.blocks[block].clue != Some(crate::read::Clue::Author)
            && !people.iter().any(|p| self.is_stated_author(&text[p.name.clone()]));
        if !people.is_empty() && !doubtful {
            for found in people {
                self.add_bylined(block, &text, found, List::Authors, "byline.bare", 800);
            }
            self.found.blocks[block].role = Role::Byline;
            return;
        }
        if person::is_nobody(&text) {
            self.found.blocks[block].role = Role::Byline;
            return;
        }
        // The post of the author above.
        let described = super::post::describe(&text, 0..text.len());
        let says_post = lexicon::is_post(&text) || (lexicon::is_institution(&text) && described.affiliation.is_some());
        if let Some(last) = self.last_author.filter(|_| says_post && columns(&text) <= 120) {
            self.describe_author(last, block, described, "byline.post");
            self.found.blocks[block].role = Role::Byline;
            return;
        }
        let short = text.split_whitespace().count() <= 6 && columns(&text) <= 60;
        let role = if short || self.article.is_page { Role::Furniture } else { Role::Byline };
        if self.role(block) == Role::Body && (!self.article.is_page || self.article.blocks[block].role.is_none()) {
            self.found.blocks[block].role = role;
        }
    }

    /// Whether a line holds names and nothing else.
    pub(super) fn is_person_line(&self, block: usize) -> bool {
        if let Some(known) = self.person_lines.borrow()[block] {
            return known;
        }
        let is_person = !self.people_line(block).is_empty();
        self.person_lines.borrow_mut()[block] = Some(is_person);
        is_person
    }

    /// The names of a line without a label: bodies, two to four capitalised words, Chinese names by their family
    /// name, a post and a name.
    pub(super) fn people_line(&self, block: usize) -> Vec<byline::Bylined> {
        let text = self.text(block);
        let bullet = text.len()
            - text
                .trim_start_matches([
                    '■', '●', '◆', '▲', '□', '◎', '○', '◇', '★', '☆', '•', ' ', '\u{3000}', '（', '(', '—', '–', '―',
                ])
                .len();
        let range = super::bars::trim(text, bullet..text.len());
        let end = text[range.clone()].trim_end_matches(['）', ')']).len();
        let range = if bullet > 0 && text[bullet..].contains(['（', '(']) {
            range
        } else {
            range.start..range.start + end.max(if text[range.clone()].contains(['（', '(']) { range.len() } else { 0 })
        };
        let line = &text[range.clone()];
        if line.is_empty() || columns(line) > 160 || ends_sentence(line) || lexicon::is_genre(line) {
            return Vec::new();
        }
        if lexicon::is_body(line) {
            return byline::names(text, range);
        }
        if lexicon::is_press(line)
            && !line.contains(['(', '（', ',', '、', '，'])
            && !line.chars().any(crate::characters::is_cjk)
        {
            return Vec::new();
        }
        // A list that goes on from the line above.
        let joined =
            ["y ", "and ", "et ", "und ", "e ", "и ", "& "].iter().find(|w| text[range.clone()].starts_with(**w));
        let range = range.start + joined.map_or(0, |w| w.len())..range.end;
        if self.pen_names.iter().any(|name| name == line) {
            return vec![byline::Bylined { name: range, described: super::post::Described::default() }];
        }
        let people = byline::names(text, range.clone());
        // `Abo   E-Paper   Jobs`: several spaces stand between names, not in them.
        let torn = |b: &byline::Bylined| {
            let name = b.name.clone();
            !text[name.clone()].chars().any(crate::characters::is_cjk)
                && text[name.clone()].match_indices(' ').any(|(at, _)| self.is_gap(block, name.start + at))
        };
        if people.iter().any(torn) {
            return Vec::new();
        }
        let sure = |b: &byline::Bylined| {
            let name = &text[b.name.clone()];
            let described = b.described.role.is_some() || b.described.affiliation.is_some();
            if lexicon::is_body(name) {
                return true;
            }
            if lexicon::is_institution(name) || lexicon::is_press(name) && !described {
                return false;
            }
            if name.chars().any(crate::characters::is_cjk) {
                // 湊　凪: the space tells a name, whatever the family.
                let spaced = name.chars().count() == 3 && name.chars().nth(1).is_some_and(char::is_whitespace);
                let katakana = name.contains('・') && name.chars().all(|c| matches!(c, '\u{30A1}'..='\u{30FC}'));
                let hangul = self.is_translation
                    && name.split_whitespace().count() >= 2
                    && name.chars().all(|c| c == ' ' || matches!(c, '\u{AC00}'..='\u{D7A3}'));
                return described || spaced || person::is_chinese_name(name) || katakana || hangul;
            }
            let words: Vec<&str> = name.split_whitespace().collect();
            let small = words.iter().any(|w| is_small(w) && !person_particle(w));
            let caseless = name.chars().any(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase());
            let count = person::stands_alone(name);
            count && !small && (!caseless || described || self.is_translation)
        };
        if people.iter().all(sure) { people } else { Vec::new() }
    }

    /// Reads the parts of a header line.
    pub(super) fn read_header(&mut self, block: usize, parts: &[Part]) {
        let text = self.text(block).to_owned();
        let strong = parts.iter().filter(|p| !matches!(p.kind, PartKind::Unknown | PartKind::Furniture)).count();
        let mut person: Option<super::Listed> = None;
        let mut pending: Option<Field> = None;
        let mut names_only = true;
        for (i, part) in parts.iter().enumerate() {
            match &part.kind {
                PartKind::Labelled { field, label, value } => {
                    names_only = false;
                    person = self.read_labelled(block, &text, *field, label.clone(), value.clone()).or(person);
                    // A value on the next line, or behind a bar.
                    pending = value.is_empty().then_some(*field);
                }
                PartKind::Byline(names) => {
                    let people = byline::names(&text, names.clone());
                    if names.is_empty() {
                        pending = Some(Field::Author);
                    }
                    for found in people {
                        person = Some(self.add_bylined(block, &text, found, List::Authors, "byline", 950));
                    }
                    // `寄稿　X`: the word is the kind of text too.
                    let opening = text[part.range.start..names.start].trim();
                    if lexicon::is_genre(opening) {
                        let genre =
                            self.quoted(block, part.range.start..part.range.start + opening.len(), "byline.genre", 850);
                        self.found.metadata.genre.get_or_insert(genre);
                    }
                }
                PartKind::Date(date) => {
                    names_only = false;
                    let range = date.range.clone();
                    let dated = self.dated(block, date.clone(), "date.line", 930);
                    if let Some(date) = dated {
                        self.found.metadata.published.get_or_insert(date);
                    } else {
                        self.open_date(block, range, true);
                    }
                }
                PartKind::Genre(genre) => {
                    // 寄稿　X: what is contributed has its author behind it.
                    if super::segments::is_contribution(&text[genre.clone()]) {
                        pending = Some(Field::Author);
                    }
                    let genre = self.quoted(block, genre.clone(), "kicker", 900);
                    self.found.metadata.genre.get_or_insert(genre);
                }
                PartKind::Furniture => {}
                PartKind::Unknown => {
                    let before = pending.take();
                    person = match before {
                        Some(field) => {
                            let range = part.range.clone();
                            self.read_labelled(block, &text, field, range.start..range.start, range)
                        }
                        None => {
                            let place = PartPlace { index: i, strong, person };
                            self.read_unknown(block, &text, part.range.clone(), &place)
                        }
                    }
                    .or(person);
                }
            }
        }
        let is_date = |p: &Part| {
            matches!(p.kind, PartKind::Date(_) | PartKind::Labelled { field: Field::Published | Field::Updated, .. })
        };
        let others = parts.iter().filter(|p| !is_date(p) && !p.names_author());
        self.found.blocks[block].role = match () {
            () if parts.iter().all(is_date) => Role::Dateline,
            () if names_only && strong > 0 => Role::Byline,
            () if parts.iter().any(Part::names_author)
                && !parts.iter().any(is_date)
                && others.clone().all(|p| p.kind == PartKind::Unknown) =>
            {
                Role::Byline
            }
            () => Role::Header,
        };
    }

    /// A part of a header line that has no label.
    fn read_unknown(
        &mut self,
        block: usize,
        text: &str,
        range: Range<usize>,
        place: &PartPlace,
    ) -> Option<super::Listed> {
        let PartPlace { index, strong, person } = *place;
        let value = &text[range.clone()];
        if value.contains('@') || lexicon::furniture(value) || is_for_paper(value) {
            return None;
        }
        let people = byline::names(text, range.clone());
        let post = lexicon::is_post_phrase(value) || (lexicon::is_post(value) && !person::is_chinese_name(value));
        let institution = lexicon::is_institution(value) || lexicon::is_press(value);
        let names = !people.is_empty()
            && (!post && !institution
                || people.iter().any(|p| p.described.role.is_some() || p.described.affiliation.is_some()));
        if let Some(person) = person.filter(|_| !names || post) {
            if post || lexicon::is_institution(value) {
                self.describe_author(person, block, super::post::describe(text, range), "byline.post");
            }
            return None;
        }
        let plain_name = |b: &byline::Bylined| {
            let name = &text[b.name.clone()];
            let latin = !name.chars().any(crate::characters::is_cjk);
            if latin { person::stands_alone(name) } else { person::is_chinese_name(name) || b.described.role.is_some() }
        };
        if names && strong > 0 && people.iter().all(plain_name) && !(index == 0 && self.article.is_page) {
            let mut last = None;
            for found in people {
                last = Some(self.add_bylined(block, text, found, List::Authors, "header.name", 850));
            }
            return last;
        }
        // `Короткая ссылка: …`: a word before a label is a part of it, unless something stands between.
        let joined = text[range.end..].starts_with(' ')
            && text[range.end + 1..].starts_with(char::is_alphanumeric)
            && !self.is_gap(block, range.end);
        let named = (!self.article.is_page || institution || self.is_stated_site(value)) && !joined;
        let is_label = value.ends_with([':', '：']) || value.chars().count() < 2;
        if index == 0 && strong > 0 && named && !is_label && columns(value) <= 50 && !ends_sentence(value) {
            let range = site_name(text, range);
            self.mention(block, range.clone(), Mention::Publisher);
            let publisher = self.quoted(block, range, "header.leading", 850);
            self.found.metadata.publisher.get_or_insert(publisher);
        } else if index > 0
            && institution
            && strong > 0
            && self.found.metadata.publisher.is_none()
            && lexicon::is_press(value)
        {
            self.mention(block, range.clone(), Mention::Publisher);
            let publisher = self.quoted(block, range, "header.site", 800);
            self.found.metadata.publisher = Some(publisher);
        }
        None
    }
}

/// A caption, or the credit of a photograph.
pub(super) fn is_credit(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "(photo",
        "©",
        "photo credit",
        "photo:",
        "photograph:",
        "courtesy of ",
        "(file photo",
        "getty",
        "foto:",
        "crédit photo",
        "click to expand",
        "image:",
        "（圖）",
        "（图）",
        "credit: ",
        "фото из",
        "(أرشيف)",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

/// `For the Pelham Ledger`, `Special to the Fundale Chronicle-Star`.
pub(super) fn is_for_paper(value: &str) -> bool {
    [
        "for the ",
        "special to ",
        "for ",
        "contributed to ",
        "exklusiv für ",
        "pour le ",
        "pour la ",
        "especial para ",
        "para el ",
        "para la ",
    ]
    .iter()
    .any(|p| value.to_lowercase().starts_with(p))
}

pub(super) fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "on"
            | "to"
            | "a"
            | "an"
            | "at"
            | "&"
            | "de"
            | "la"
            | "le"
            | "les"
            | "des"
            | "du"
            | "del"
            | "di"
            | "da"
            | "do"
            | "et"
            | "und"
            | "y"
            | "e"
            | "für"
            | "aus"
            | "der"
            | "die"
            | "das"
            | "van"
            | "von"
            | "d’"
            | "–"
            | "-"
    )
}

fn person_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "le"
            | "des"
            | "du"
            | "del"
            | "di"
            | "da"
            | "do"
            | "der"
            | "van"
            | "von"
            | "e"
            | "y"
            | "et"
            | "und"
            | "d’"
    )
}

pub(super) fn is_dashed(text: &str) -> bool {
    text.starts_with(['—', '–', '―', '-', '─'])
}

/// The first of two names of a site in two scripts, without marks around it.
fn site_name(text: &str, range: Range<usize>) -> Range<usize> {
    let site = &text[range.clone()];
    let end = site.find(['\u{3000}', '|', '｜', '•']).unwrap_or(site.len());
    // `WERKBANK – Mitgliederzeitung`, `Ledger & Loom: a weblog on trade`
    let motto = [" – ", " — ", " - ", " · ", ": "].iter().find_map(|mark| {
        let at = site.find(mark)?;
        let rest = &site[at + mark.len()..];
        (rest.starts_with(char::is_lowercase) || lexicon::is_motto(rest)).then_some(at)
    });
    let end = end.min(motto.unwrap_or(end));
    super::bars::trim(text, range.start..range.start + end)
}
