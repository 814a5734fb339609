//! The lines above the text: what the headers say, and which of the other lines are kind of text, site, title,
//! subtitle and names.

use std::ops::Range;

use super::lexicon::{self, Field};
use super::lines::{Line, ends_sentence, width};
use super::people::List;
use super::segments::{Part, PartKind};
use super::{Recogniser, byline, person};
use crate::document::{Mention, Role};
use crate::read::Clue;

/// Where a part of a header line stands in it.
struct Place {
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
        let by = |p: &Part| {
            matches!(p.kind, PartKind::Byline(_) | PartKind::Labelled { field: Field::Author, .. })
                && !p.range.is_empty()
        };
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

    /// Chooses title, subtitle, site and kind of text among the lines that say none of it by a label. Returns those
    /// that are none of these.
    fn choose_title(&mut self, open: &[usize], blocks: &[usize], lines: &[Line]) -> Vec<usize> {
        let mut rest: Vec<usize> = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        for block in open {
            if self.read_kicker(*block) {
                continue;
            }
            left.push(*block);
        }
        let stated = left.iter().position(|b| self.role(*b) == Role::Title);
        let named = self.found.metadata.title.is_some();
        let title_at = match stated {
            Some(at) => Some(at),
            None if named => None,
            None => self.title_among(&left, blocks, lines),
        };
        let Some(at) = title_at else {
            // Everything else is said by labels.
            rest.extend(left);
            return rest;
        };
        let by = |p: &Part| matches!(p.kind, PartKind::Byline(_) | PartKind::Labelled { field: Field::Author, .. });
        let named = lines.iter().any(|l| matches!(l, Line::Header(parts) if parts.iter().any(by)))
            || left[at + 1..].iter().any(|b| self.is_person_line(*b));
        // The site: of several lines above, the one that has a word of one, else the first.
        let site = |b: &&usize| !self.article.is_page && (named || !self.is_person_line(**b)) && self.is_site_line(**b);
        let sites: Vec<usize> = left[..at].iter().filter(site).copied().collect();
        let press = sites.iter().find(|b| {
            lexicon::is_press(self.text(**b)) || lexicon::is_institution(self.text(**b)) || self.is_said_again(**b)
        });
        let chosen = press.or(sites.first()).copied();
        for block in &left[..at] {
            if Some(*block) == chosen {
                self.read_site(*block);
            } else {
                rest.push(*block);
            }
        }
        self.found.blocks[left[at]].role = Role::Title;
        let mut behind = &left[at + 1..];
        // A title that is set in two lines.
        if let Some((next, more)) = behind.split_first()
            && self.continues_title(left[at], *next, blocks)
        {
            self.found.blocks[*next].role = Role::Title;
            behind = more;
        }
        for block in behind {
            let text = self.text(*block);
            let sentence =
                text.split_whitespace().count() >= 5 || width(text) >= 16 && text.chars().any(crate::model::is_cjk);
            let clue = self.article.blocks[*block].clue;
            let is_subtitle =
                !self.article.is_page || clue == Some(Clue::Subtitle) || (clue.is_none() && *block == left[at] + 1);
            let sentence = sentence || clue == Some(Clue::Subtitle);
            let known = self.found.blocks.iter().any(|b| b.role == Role::Subtitle);
            let says_post = text
                .split_once([',', '，'])
                .is_some_and(|(post, _)| post.split_whitespace().count() <= 5 && lexicon::is_post(post))
                && text.split_whitespace().count() <= 12
                && !text.contains(" — ");
            let other = self.is_only_controls(*block)
                || says_post
                || is_for_paper(text)
                || is_credit(text)
                || text.ends_with([':', '：'])
                || text.matches(['。']).count() + text.matches(". ").count() >= 2
                || self.is_caption(*block, blocks, lines);
            let begins = is_subtitle
                && !known
                && !other
                && (sentence || is_dashed(text))
                && !self.is_person_line(*block)
                && is_near(*block, left[at], blocks, lines);
            if begins || self.continues_subtitle(*block) {
                self.found.blocks[*block].role = Role::Subtitle;
            } else {
                rest.push(*block);
            }
        }
        rest
    }

    /// The index of the title among lines. It is the last line above the names that reads like one; the line above
    /// that where the last one is its deck.
    fn title_among(&self, left: &[usize], blocks: &[usize], lines: &[Line]) -> Option<usize> {
        let possible = |i: &usize| {
            let text = self.text(left[*i]);
            let lower = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
            let bracketed = text.starts_with('[') && text.ends_with(']');
            let other = self.is_only_controls(left[*i])
                || is_credit(text)
                || text.contains('@')
                || text.contains("://")
                || bracketed;
            !other && (*i == 0 || !(self.is_person_line(left[*i]) || is_dashed(text) || lower))
        };
        let candidates: Vec<usize> = (0..left.len()).filter(possible).collect();
        let position = |b: usize| blocks.iter().position(|x| *x == b).unwrap_or(0);
        let names = |at: usize| match &lines[at] {
            Line::Header(parts) => parts
                .iter()
                .any(|p| matches!(p.kind, PartKind::Byline(_) | PartKind::Labelled { field: Field::Author, .. })),
            Line::Short => at > 0 && self.is_person_line(blocks[at]),
            _ => false,
        };
        // Where nobody is named, what stands above the date.
        let dated = |at: &usize| match &lines[*at] {
            Line::Header(parts) => parts
                .iter()
                .any(|p| matches!(p.kind, PartKind::Date(_) | PartKind::Labelled { field: Field::Published, .. })),
            _ => false,
        };
        let first_names = (0..lines.len()).find(|at| names(*at)).or_else(|| (0..lines.len()).find(dated));
        let first_names = first_names.unwrap_or(lines.len());
        let above: Vec<usize> = candidates.iter().copied().filter(|i| position(left[*i]) < first_names).collect();
        let site = |i: usize, next: usize| self.is_site_like(left[i], left[next], i == candidates[0]);
        // A name may stand between the site and the title.
        let above = match above[..] {
            [] => candidates.clone(),
            [only]
                if candidates.len() > 1
                    && candidates.get(1).is_some_and(|next| {
                        // `Wyssenrieder Nachrichten`, a menu, the byline, the title.
                        let menu = (position(left[only]) + 1..first_names)
                            .any(|at| matches!(lines[at], Line::Furniture) && position(left[only]) == 0);
                        let title = self.text(left[*next]);
                        let site = self.is_named_site(left[only])
                            || (menu && is_proper(self.text(left[only])) && !ends_sentence(title))
                            || (position(left[only]) == 0
                                && self.sets_titles_small()
                                && is_proper(self.text(left[only]))
                                && !is_proper(title)
                                && !ends_sentence(title)
                                && title.split_whitespace().count() <= 10);
                        site && position(left[*next]) > first_names
                    }) =>
            {
                candidates.clone()
            }
            _ => above,
        };
        let [.., last] = above[..] else { return None };
        let Some(before) = above.len().checked_sub(2).map(|n| above[n]) else { return Some(last) };
        let (at, below) = (position(left[before]), position(left[last]));
        let motto = above.len() >= 3
            && !self.text(left[before]).chars().any(crate::model::is_cjk)
            && self.text(left[before]).split_whitespace().count() <= 4;
        let adjacent = below == at + 1;
        if !adjacent || motto || site(before, last) {
            return Some(last);
        }
        let (title, deck) = (self.text(left[before]), self.text(left[last]));
        let longer = width(deck) * 10 >= width(title) * 13 || deck.split_whitespace().count() >= 9;
        Some(if longer || ends_sentence(deck) || deck.ends_with(',') || above.len() == 2 { before } else { last })
    }

    /// Whether a line has a word of a site's name, or its text stands in another line too.
    fn is_named_site(&self, block: usize) -> bool {
        let text = self.text(block);
        let plain = !text.contains(['，', '？', '！', '：', '“', '「', '《', '?', '!', ':']);
        plain
            && width(text) <= 60
            && text.split_whitespace().count() <= 8
            && (lexicon::is_press(text) || lexicon::is_institution(text) || self.is_said_again(block))
    }

    /// Whether a line is the name of a site above the title on the next one.
    fn is_site_like(&self, site: usize, title: usize, first: bool) -> bool {
        let (name, next) = (self.text(site), self.text(title));
        if ends_sentence(name) || width(name) > 60 {
            return false;
        }
        let words: Vec<&str> = name.split_whitespace().collect();
        if name.chars().any(crate::model::is_cjk) {
            let plain = !name.contains(['，', '？', '、', '！', '：', '“', '「', '《']);
            return self.is_named_site(site)
                || (first && plain && name.chars().count() <= 8 && width(next) * 10 >= width(name) * 14);
        }
        let initial = |w: &str| w.rsplit(['’', '\'']).next().and_then(|w| w.chars().next());
        let proper = words.iter().all(|w| is_small(w) || !initial(w).is_some_and(char::is_lowercase));
        if self.is_named_site(site) && (proper || words.len() <= 4) {
            return true;
        }
        let caseless = name.chars().any(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase());
        if first && !caseless && self.sets_titles_small() && is_proper(name) && !is_proper(next) && !ends_sentence(next)
        {
            return true;
        }
        let capitals =
            words.len() <= 5 && !name.chars().any(char::is_lowercase) && next.chars().any(char::is_lowercase);
        // Of two lines one below the other the second is a title where it is no sentence: decks are longer.
        let count = next.split_whitespace().count();
        let pair = words.len() <= 4 && (4..=8).contains(&count) && !ends_sentence(next);
        first && proper && !caseless && (capitals || pair)
    }

    /// Whether the language sets titles like sentences, with small letters.
    fn sets_titles_small(&self) -> bool {
        ["fr", "es", "pt", "it", "ru", "uk", "el"].contains(&self.found.metadata.language.value.primary())
    }

    /// Whether the text of a line stands in another one too: `© 2018 New Carrow Post-Herald`.
    fn is_said_again(&self, block: usize) -> bool {
        let text = self.text(block);
        let bare = text.strip_prefix("The ").or_else(|| text.strip_prefix("THE ")).unwrap_or(text);
        bare.chars().count() >= 4
            && (0..self.found.blocks.len())
                .any(|b| b != block && self.text(b).len() < 300 && self.text(b).contains(bare))
    }

    fn is_only_controls(&self, block: usize) -> bool {
        let text = self.text(block);
        if !text.chars().any(char::is_alphabetic) {
            return true;
        }
        text.chars().count() < 2
            || text.starts_with(person::is_superscript)
            || text.starts_with("http://")
            || text.starts_with("https://")
            || text == "---"
    }

    /// Whether a line goes on with the subtitle right above it.
    fn continues_subtitle(&self, block: usize) -> bool {
        let above = block.checked_sub(1).filter(|b| self.role(*b) == Role::Subtitle);
        above.is_some_and(|b| {
            self.text(b).ends_with(',') && self.text(block).chars().next().is_some_and(char::is_lowercase)
        })
    }

    /// Whether a line stands above the credit of a photograph.
    fn is_caption(&self, block: usize, blocks: &[usize], lines: &[Line]) -> bool {
        let below = blocks.iter().position(|b| *b == block).and_then(|at| lines.get(at + 1));
        let credit = |p: &Part| matches!(p.kind, PartKind::Labelled { field: Field::Contributor("pht"), .. });
        matches!(below, Some(Line::Header(parts)) if parts.iter().any(credit))
    }

    /// Whether a line goes on with the title above it.
    fn continues_title(&self, title: usize, next: usize, blocks: &[usize]) -> bool {
        let (first, second) = (self.text(title), self.text(next));
        let position = |block: usize| blocks.iter().position(|b| *b == block);
        let adjacent = position(next).zip(position(title)).is_some_and(|(n, t)| n == t + 1);
        let lower = second.chars().next().is_some_and(char::is_lowercase);
        // `LA TELEVISIÓN` above `Y LAS VACAS`.
        let capitals = |text: &str| !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        let below = self.article.blocks[title].text.extent().end;
        let gap = &self.repaired.text[below..self.article.blocks[next].text.extent().start.max(below)];
        let set_in_two =
            capitals(first) && capitals(second) && gap.matches('\n').count() == 1 && !self.is_person_line(next);
        adjacent
            && (lower || set_in_two)
            && !ends_sentence(first)
            && width(first) <= 50
            && width(second) <= 60
            && !self.article.is_page
    }

    /// The name of the site at the start of a menu: `海嶼社 | 即時 | 全部`.
    fn read_menu(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let bars = ['|', '｜', '>', '＞', '»', '›', '•'];
        let Some(bar) = text.find(bars) else { return };
        let range = super::segments::trim(&text, 0..bar);
        if lexicon::is_press(&text[range.clone()]) && !lexicon::furniture(&text[range.clone()]) {
            self.mention(block, range.clone(), Mention::Publisher);
            let publisher = self.quoted(block, range, "site.menu", 800);
            self.found.metadata.publisher.get_or_insert(publisher);
        }
    }

    /// A kind of text alone on its line.
    fn read_kicker(&mut self, block: usize) -> bool {
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

    /// Whether a line above the title can be the name of the site.
    fn is_site_line(&self, block: usize) -> bool {
        let text = self.text(block);
        let words: Vec<&str> = text.split_whitespace().collect();
        let cjk = text.chars().any(crate::model::is_cjk);
        let proper = cjk
            || lexicon::is_press(text)
            || words.iter().all(|w| is_small(w) || !w.chars().next().is_some_and(char::is_lowercase));
        !ends_sentence(text)
            && !text.ends_with([':', '：'])
            && !person::is_nobody(text)
            && width(text) <= 60
            && words.len() <= 8
            && proper
            && !self.is_only_controls(block)
            && !lexicon::is_body(text)
            && !is_credit(text)
    }

    /// The name of the site above the title.
    fn read_site(&mut self, block: usize) {
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
        if let Some(last) = self.last_author.filter(|_| says_post && width(&text) <= 120) {
            self.describe_author(last, block, described, "byline.post");
            self.found.blocks[block].role = Role::Byline;
            return;
        }
        let short = text.split_whitespace().count() <= 6 && width(&text) <= 60;
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
                .trim_start_matches(['■', '●', '◆', '▲', '□', '◎', '○', '◇', '★', '☆', '•', ' ', '\u{3000}', '（', '('])
                .len();
        let range = super::segments::trim(text, bullet..text.len());
        let end = text[range.clone()].trim_end_matches(['）', ')']).len();
        let range = if bullet > 0 && text[bullet..].contains(['（', '(']) {
            range
        } else {
            range.start..range.start + end.max(if text[range.clone()].contains(['（', '(']) { range.len() } else { 0 })
        };
        let line = &text[range.clone()];
        if line.is_empty() || width(line) > 160 || ends_sentence(line) || lexicon::is_genre(line) {
            return Vec::new();
        }
        if lexicon::is_body(line) {
            return byline::names(text, range);
        }
        if lexicon::is_press(line)
            && !line.contains(['(', '（', ',', '、', '，'])
            && !line.chars().any(crate::model::is_cjk)
        {
            return Vec::new();
        }
        // A list that goes on from the line above.
        let joined =
            ["y ", "and ", "et ", "und ", "e ", "и ", "& "].iter().find(|w| text[range.clone()].starts_with(**w));
        let range = range.start + joined.map_or(0, |w| w.len())..range.end;
        let people = byline::names(text, range.clone());
        // `Abo   E-Paper   Jobs`: several spaces stand between names, not in them.
        let torn = |b: &byline::Bylined| {
            let name = b.name.clone();
            !text[name.clone()].chars().any(crate::model::is_cjk)
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
            if name.chars().any(crate::model::is_cjk) {
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
                            let place = Place { index: i, strong, person };
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
        let is_author =
            |p: &Part| matches!(p.kind, PartKind::Byline(_) | PartKind::Labelled { field: Field::Author, .. });
        let others = parts.iter().filter(|p| !is_date(p) && !is_author(p));
        self.found.blocks[block].role = match () {
            () if parts.iter().all(is_date) => Role::Dateline,
            () if names_only && strong > 0 => Role::Byline,
            () if parts.iter().any(is_author)
                && !parts.iter().any(is_date)
                && others.clone().all(|p| p.kind == PartKind::Unknown) =>
            {
                Role::Byline
            }
            () => Role::Header,
        };
    }

    /// A part of a header line that has no label.
    fn read_unknown(&mut self, block: usize, text: &str, range: Range<usize>, place: &Place) -> Option<super::Listed> {
        let Place { index, strong, person } = *place;
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
            let latin = !name.chars().any(crate::model::is_cjk);
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
        if index == 0 && strong > 0 && named && !is_label && width(value) <= 50 && !ends_sentence(value) {
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

/// Whether two to six words all begin with a capital, but for articles and prepositions.
fn is_proper(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let initial = |w: &str| w.rsplit(['’', '\'']).next().and_then(|w| w.chars().next());
    (2..=6).contains(&words.len())
        && words.iter().all(|w| is_small(w) || initial(w).is_some_and(char::is_uppercase))
        && words.iter().filter(|w| !is_small(w)).count() >= 2
}

/// A caption, or the credit of a photograph.
fn is_credit(text: &str) -> bool {
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
        "credit: ",
        "фото из",
        "(أرشيف)",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

/// `For the Pelham Ledger`, `Special to the Fundale Chronicle-Star`.
fn is_for_paper(value: &str) -> bool {
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

fn is_small(word: &str) -> bool {
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

fn is_dashed(text: &str) -> bool {
    text.starts_with(['—', '–', '―', '-', '─'])
}

/// The first of two names of a site in two scripts, without marks around it.
fn site_name(text: &str, range: Range<usize>) -> Range<usize> {
    let site = &text[range.clone()];
    let end = site.find(['\u{3000}', '|', '｜', '•']).unwrap_or(site.len());
    super::segments::trim(text, range.start..range.start + end)
}

/// A deck stands next to the title or next to the byline.
fn is_near(block: usize, title: usize, blocks: &[usize], lines: &[Line]) -> bool {
    let position = |b: usize| blocks.iter().position(|x| *x == b);
    let (Some(at), Some(title)) = (position(block), position(title)) else { return false };
    at <= title + 1 || lines[title + 1..at].iter().all(|l| matches!(l, Line::Short | Line::Header(_) | Line::Furniture))
}
