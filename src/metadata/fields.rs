//! Labelled values, rights, references, notes and datelines to fields of the metadata.

use std::ops::Range;

use crate::metadata::pattern::patterns;

use super::date::{self, DateReading, FoundDate, find_date};
use super::people::List;
use super::{Listed, OpenDate, Recogniser, byline, lexicon, note, source};
use crate::document::{Field, Language, Mention, Relator, Role};
use crate::span::RuleId;

patterns! {
    /// A text's place at the start of a body: `NAIROBI, Kenya —`, `新华社北京12月5日电`, `【…8月14日電】`.
    DATELINE = r"^\s*(?:(?P<latin>\p{Lu}[\p{Lu}’'. -]{2,40}(?:, (?:\p{Lu}[\p{L}.]+ ?){1,3})?(?:,? (?:\p{Lu}\p{Ll}{2,8}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,10}))?(?: ?\((?P<agency>[^)]{2,30})\))?)\s*(?:—|–|--|\s-)\s?\p{L}|(?P<caps>\p{Lu}{4,}(?:[ -]\p{Lu}{3,})?)\. \p{Lu}\p{Ll}|[（(【]?(?P<han>[\p{Han}]{2,12}?(?:社|报|報|网|網)[\p{Han}]{2,8}?\d{1,2}月\d{1,2}日[电電讯訊])[）)】]?|【(?P<kana>[\p{Han}\p{Katakana}ー]{2,12})(?:＝|=)(?P<who>[\p{Han}\p{Hiragana}]{2,8})】)";

    /// （记者 梁可人） behind a dateline.
    REPORTER = r"^[（(]\s*(?P<who>(?:本报|本報)?(?:记者|記者|通讯员|通訊員)[\s\u{3000}]*[^）)]{2,20})[）)]";
}

impl Recogniser<'_> {
    /// A labelled value. Returns the last person that it names.
    pub(super) fn read_labelled(
        &mut self,
        block: usize,
        text: &str,
        field: Field,
        label: Range<usize>,
        value: Range<usize>,
    ) -> Option<Listed> {
        if value.is_empty() {
            return None;
        }
        match field {
            Field::Author => return self.take_people(block, text, value, label, List::Authors, "header.author"),
            Field::Editor => return self.take_people(block, text, value, label, List::Editors, "header.editor"),
            Field::Translator => {
                return self.take_people(block, text, value, label, List::Translators, "header.translator");
            }
            Field::Contributor(Relator(relator)) => {
                // `Photo: Fire crews rest beside the road.` is a caption.
                if !byline::names(text, value.clone()).is_empty() {
                    return self.take_people(
                        block,
                        text,
                        value,
                        label,
                        List::Contributors(relator),
                        "header.contributor",
                    );
                }
            }
            Field::Role | Field::Affiliation => {
                let mut described = super::post::describe(text, value.clone());
                // `作者单位：甲检察院、乙大学法学院`: one for each.
                let authors = self.found.metadata.authors.len();
                let houses: Vec<&str> = text[value.clone()].split('、').collect();
                if field == Field::Affiliation && authors > 1 && houses.len() == authors {
                    for (i, house) in houses.into_iter().enumerate() {
                        let start = house.as_ptr() as usize - text.as_ptr() as usize;
                        let affiliation = Some(super::bars::trim(text, start..start + house.len()));
                        let described = super::post::Described { role: None, affiliation };
                        self.describe_author(super::Listed::Author(i), block, described, "header.post");
                    }
                    return None;
                }
                if field == Field::Affiliation {
                    described = super::post::Described { role: None, affiliation: Some(value) };
                } else if described.role.is_none() {
                    described.role = Some(value);
                }
                if let Some(last) = self.last_author {
                    self.describe_author(last, block, described, "header.post");
                }
            }
            Field::Published | Field::Updated => self.read_dated(block, text, field, value),
            Field::Title => {
                let value = unquoted(text, value);
                // `Subject: OPINION: Weeding is not vandalism`
                let genre = lexicon::genre_before(&text[value.clone()]);
                let value = match genre {
                    Some((genre, at)) => {
                        let genre =
                            self.quoted(block, value.start + genre.start..value.start + genre.end, "title.label", 900);
                        self.found.metadata.genre.get_or_insert(genre);
                        value.start + at..value.end
                    }
                    None => value,
                };
                let title = self.quoted(block, value, "header.title", 970);
                self.found.metadata.title_as_printed.get_or_insert(title.clone());
                self.found.metadata.title.get_or_insert(title);
            }
            Field::Subtitle => {
                let value = unquoted(text, value);
                let subtitle = self.quoted(block, value, "header.subtitle", 970);
                self.found.metadata.subtitle.get_or_insert(subtitle);
            }
            Field::Publisher if super::person::is_nobody(&text[value.clone()]) => {}
            Field::Publisher => {
                self.mention(block, value.clone(), Mention::Publisher);
                let publisher = self.quoted(block, value, "header.publisher", 980);
                self.found.metadata.publisher = Some(publisher);
            }
            Field::Source => self.take_reference(block, text, value, "header.source"),
            Field::Url => {
                if let Some(url) = source::find_url(text, value) {
                    self.found.blocks[block].links.push(url.clone());
                    let url = self.quoted(block, url, "header.url", 980);
                    self.found.metadata.url.get_or_insert(url);
                }
            }
            Field::Section => {
                let section = self.quoted(block, unquoted(text, value), "header.section", 950);
                self.found.metadata.section.get_or_insert(section);
            }
            Field::Genre => {
                let genre = self.quoted(block, unquoted(text, value), "header.genre", 950);
                self.found.metadata.genre.get_or_insert(genre);
            }
            Field::Keywords => self.take_keywords(block, text, value),
            Field::Rights => {
                let rights = self.quoted(block, label.start..value.end, "header.rights", 950);
                self.found.metadata.rights.get_or_insert(rights);
            }
            Field::Language => {
                let tag = text[unquoted(text, value.clone())].to_owned();
                if crate::plan::is_language_tag(&tag) {
                    self.stated_language = Some(self.spanned(block, value, Language(tag), "header.language", 900));
                }
            }
            Field::Unkept => {}
        }
        None
    }

    /// A date that a label calls the date of publication or of a change.
    fn read_dated(&mut self, block: usize, text: &str, field: Field, value: Range<usize>) {
        let Some(date) = find_in(text, &value) else { return };
        let (range, rule) =
            (date.range.clone(), if field == Field::Published { "header.published" } else { "header.updated" });
        match self.dated(block, date, rule, 970) {
            Some(date) if field == Field::Published => {
                self.found.metadata.published.get_or_insert(date);
            }
            Some(date) => {
                self.found.metadata.updated.get_or_insert(date);
            }
            None => self.open_date(block, range, field == Field::Published),
        }
    }

    /// Keeps a date whose order is open until everything else is known.
    pub(super) fn open_date(&mut self, block: usize, range: Range<usize>, published: bool) {
        let Some(date) = find_in(self.text(block), &range) else { return };
        if let DateReading::Ambiguous(day_first, month_first) = date.reading {
            self.open_dates.push(OpenDate { block, range, day_first, month_first, published });
        }
    }

    fn take_keywords(&mut self, block: usize, text: &str, value: Range<usize>) {
        let list = &text[value.clone()];
        let trimmed = list.trim_start_matches('[').trim_end_matches(']');
        let base = value.start + (list.len() - list.trim_start_matches('[').len());
        let marked = trimmed.contains([',', '，', ';', '；', '、', '|', '،', '؛', '·']);
        let separator = |c: char| {
            if marked {
                matches!(c, ',' | '，' | ';' | '；' | '、' | '|' | '،' | '؛' | '·')
            } else {
                c == '\u{3000}' || (c == ' ' && list.chars().any(crate::characters::is_cjk)) || c == '#'
            }
        };
        let mut start = 0;
        for (i, c) in trimmed.char_indices().chain(std::iter::once((trimmed.len(), ','))) {
            if i < trimmed.len() && !separator(c) {
                continue;
            }
            let word = unquoted(text, super::bars::trim(text, base + start..base + i));
            let word =
                word.start + (text[word.clone()].len() - text[word.clone()].trim_start_matches('#').len())..word.end;
            if !word.is_empty() {
                let keyword = self.quoted(block, word, "header.keywords", 950);
                self.found.metadata.keywords.push(keyword);
            }
            start = i + if i < trimmed.len() { c.len_utf8() } else { 0 };
        }
    }

    pub(super) fn read_rights(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        self.found.blocks[block].role = Role::Rights;
        // Of a footer only the line, and the element, that says it.
        let seams = &self.article.blocks[block].seams;
        let cuts = text
            .match_indices('\n')
            .map(|(i, _)| i)
            .chain(seams.iter().copied())
            .chain(text.match_indices(" | ").map(|(i, _)| i));
        let mut cuts: Vec<usize> =
            if self.article.is_page { cuts.chain([0, text.len()]).collect() } else { vec![0, text.len()] };
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|w| super::bars::trim(&text, w[0]..w[1]));
        let range = pieces.into_iter().find(|p| super::lines::is_rights(&text[p.clone()])).unwrap_or(0..text.len());
        let rights = self.quoted(block, range, "rights.line", 950);
        self.found.metadata.rights.get_or_insert(rights);
    }

    pub(super) fn read_note(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let unnamed = self.found.metadata.authors.is_empty();
        let Some(notes) = note::notes(&text, &|name| unnamed || self.is_author(name)) else {
            // `Hernando Cuesta Pardo – ingeniero ferroviario`, below another one.
            if self.signing && self.is_person_line(block) {
                self.read_signature(block);
            }
            return;
        };
        self.found.blocks[block].role = Role::AuthorNote;
        self.describe_authors(block, &text, notes);
        self.signing |= unnamed && !self.found.metadata.authors.is_empty();
    }

    pub(super) fn read_source_line(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        self.found.blocks[block].role = Role::SourceLine;
        self.take_reference(block, &text, source::opening(&text)..text.len(), "source.line");
    }

    /// The first publication: periodical, date, page, address.
    fn take_reference(&mut self, block: usize, text: &str, value: Range<usize>, rule: &'static str) {
        let reference = source::reference(text, value);
        if let Some(title) = reference.title {
            self.mention(block, title.clone(), Mention::SourceTitle);
            let title = self.quoted(block, title, if rule == "header.source" { rule } else { "source.title" }, 950);
            self.found.metadata.source.title.get_or_insert(title);
        }
        if let Some(date) = reference.date {
            // `来源：X 2022/11/03` in a header is when the page was posted.
            let posted = rule == "header.source" && !reference.dated_by_source;
            let date = self.dated(block, date, if posted { "header.date" } else { "source.date" }, 950);
            if let Some(date) = date {
                let of = &mut self.found.metadata;
                if posted {
                    of.published.get_or_insert(date)
                } else {
                    of.source.date.get_or_insert(date)
                };
            }
        }
        if let Some(page) = reference.page {
            let page = self.quoted(block, page, "source.page", 950);
            self.found.metadata.source.page.get_or_insert(page);
        }
        if let Some(url) = reference.url {
            self.found.blocks[block].links.push(url.clone());
            let url = self.quoted(block, url, "source.url", 980);
            self.found.metadata.source.url.get_or_insert(url);
        }
    }

    /// Whether a short line at the end holds the author's name or a date: （文/苏禾衣）, 2015年7月30日.
    pub(super) fn is_signature(&self, block: usize) -> bool {
        let text = self.text(block);
        width_is_small(text) && (self.is_person_line(block) || self.is_mail(text))
    }

    fn is_mail(&self, text: &str) -> bool {
        text.contains('@') && text.split_whitespace().count() <= 4
    }

    pub(super) fn read_signature(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let mut people = self.people_line(block);
        if people.is_empty() && self.is_mail(&text) {
            let end = text.rfind(' ').unwrap_or(0);
            people = byline::names(&text, 0..end);
        }
        let unnamed = self.found.metadata.authors.is_empty();
        // One signature after another: all of them signed.
        self.signing |= unnamed && !people.is_empty();
        for found in people {
            if unnamed || self.signing || self.is_author(&text[found.name.clone()]) {
                self.add_bylined(block, &text, found, List::Authors, "signature", 850);
            }
        }
        self.found.blocks[block].role = Role::Byline;
    }

    /// Place, agency and date that open the first paragraph.
    pub(super) fn read_dateline(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let Some(captures) = DATELINE.captures(&text) else { return };
        let Some(found) = ["latin", "caps", "han", "kana"].iter().find_map(|g| captures.name(g)) else { return };
        let range = super::bars::trim(&text, found.range());
        let range = range.start..range.start + text[range].trim_end_matches('.').len();
        // A sentence that shouts is no dateline.
        if captures.name("latin").is_some() && text[range.clone()].split_whitespace().count() > 7 {
            return;
        }
        let dateline = self.quoted(block, range, "dateline", 900);
        self.found.metadata.dateline.get_or_insert(dateline);
        let end = captures.get(0).map_or(0, |m| m.end());
        let who = REPORTER.captures(&text[end..]).and_then(|c| c.name("who")).map(|m| end + m.start()..end + m.end());
        if let Some(who) = who.or_else(|| captures.name("who").map(|m| m.range()))
            && self.found.metadata.authors.is_empty()
        {
            for found in byline::names(&text, who) {
                self.add_bylined(block, &text, found, List::Authors, "dateline.reporter", 900);
            }
        }
    }

    /// Decides the dates of which day and month could be swapped: by the house, by another date that fits one order
    /// only, by the address of the page, by the language.
    pub(super) fn decide_open_dates(&mut self) {
        let house = self.house_order();
        let language = date::Order::of_language(self.found.metadata.language.value.primary());
        for open in std::mem::take(&mut self.open_dates) {
            let by = |order: Option<date::Order>, why: &'static str| match order? {
                date::Order::DayFirst => Some((open.day_first.clone(), why)),
                date::Order::MonthFirst => Some((open.month_first.clone(), why)),
            };
            let decided = by(house, "profile").or_else(|| self.decide(&open)).or_else(|| by(language, "language"));
            let Some((iso, why)) = decided else { continue };
            let printed = self.text(open.block)[open.range.clone()].to_owned();
            let date = crate::document::Date { iso: iso.clone(), printed };
            let rule = match why {
                "address" => "date.order-by-address",
                "dates" => "date.order-by-other-dates",
                "profile" => "date.order-by-profile",
                _ => "date.order-by-language",
            };
            self.mention(open.block, open.range.clone(), Mention::Date(iso));
            let mut spanned = self.spanned(open.block, open.range.clone(), date, rule, 850);
            spanned.rule = RuleId(rule);
            let of = &mut self.found.metadata;
            if open.published {
                of.published.get_or_insert(spanned)
            } else {
                of.updated.get_or_insert(spanned)
            };
            let text = &self.article.blocks[open.block].text;
            self.found.diagnostics.retain(|d| {
                d.code != crate::diagnostic::M003 || d.span != Some(self.sources.of(text.repaired(open.range.clone())))
            });
        }
    }

    fn decide(&self, open: &OpenDate) -> Option<(String, &'static str)> {
        let metadata = &self.found.metadata;
        let addresses = metadata.url.iter().map(|u| u.value.as_str()).chain(self.address);
        let in_address = |iso: &str| {
            let digits: String = iso.chars().filter(char::is_ascii_digit).collect();
            let (y, m, d) = (&digits[..4], &digits[4..6], &digits[6..8]);
            let short = |s: &str| s.trim_start_matches('0').to_owned();
            addresses.clone().any(|a| {
                a.contains(&format!("{y}/{m}/{d}"))
                    || a.contains(&format!("{y}-{m}-{d}"))
                    || a.contains(&format!("{y}{m}{d}"))
                    || a.contains(&format!("{y}/{}/{}", short(m), short(d)))
            })
        };
        match (in_address(&open.day_first), in_address(&open.month_first)) {
            (true, false) => return Some((open.day_first.clone(), "address")),
            (false, true) => return Some((open.month_first.clone(), "address")),
            _ => {}
        }
        match (self.orders.0, self.orders.1) {
            (1.., 0) => Some((open.day_first.clone(), "dates")),
            (0, 1..) => Some((open.month_first.clone(), "dates")),
            _ => None,
        }
    }

    /// Counts the dates in figures that fit one order only: `27/12/2017` is day first.
    pub(super) fn count_orders(&mut self) {
        for block in self.article.blocks.iter().filter(|b| b.text.as_str().len() <= 400) {
            let (day_first, month_first) = date::orders(block.text.as_str());
            self.orders.0 += day_first;
            self.orders.1 += month_first;
        }
    }

    /// Institutions that superscripts refer to: `¹ Aldmoor Marine Laboratory`.
    pub(super) fn read_marked_institution(&mut self, block: usize) -> bool {
        let text = self.text(block).to_owned();
        let Some(mark) = text.chars().next().filter(|c| super::person::is_superscript(*c)) else { return false };
        let range = super::bars::trim(&text, mark.len_utf8()..text.len());
        let marks: Vec<Listed> =
            self.marks.iter().filter(|(m, _, _)| *m == mark).map(|(_, listed, _)| *listed).collect();
        for listed in &marks {
            let described = super::post::Described { role: None, affiliation: Some(range.clone()) };
            self.describe_author(*listed, block, described, "byline.mark");
        }
        if !marks.is_empty() {
            self.found.blocks[block].role = Role::Byline;
        }
        !marks.is_empty()
    }
}

fn width_is_small(text: &str) -> bool {
    crate::characters::columns(text) <= 80
}

/// The first date of a range, in terms of the line.
pub(super) fn find_in(text: &str, range: &Range<usize>) -> Option<FoundDate> {
    let mut date = find_date(&text[range.clone()])?;
    date.range = date.range.start + range.start..date.range.end + range.start;
    Some(date)
}

/// A value without quotation marks around it.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('「', '」'), ('《', '》')] {
        if value.len() > 1 && value.starts_with(open) && value.ends_with(close) {
            return range.start + open.len_utf8()..range.end - close.len_utf8();
        }
    }
    range
}

/// Whether lines of a head name a translator: then an author may have a foreign name.
pub(super) fn names_translator(parts: &[super::segments::Part]) -> bool {
    parts.iter().any(|p| matches!(p.kind, super::segments::PartKind::Labelled { field: Field::Translator, .. }))
}
