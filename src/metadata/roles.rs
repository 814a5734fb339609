//! What each block is for: the head of the page up to the first paragraph, its tail from the last one, and
//! furniture and headings between them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::header::{Field, Labelled, labelled, trim};
use super::people::List;
use super::{Recogniser, byline, note, source};
use crate::document::{Mention, Role};
use crate::metadata::date::find_date;

/// Lines of the page that are no part of the article, whole.
static FURNITURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let lines = [
        r"(?:adjust |text |font )+size\s*:?.{0,20}",
        r"(?:share|print|email|tweet|save|comments?|advertisement|related(?: articles| stories)?|back to top|home)(?: this)?(?: article| page)?\s*:?",
        r"(?:follow us|subscribe to (?:our|the)|sign up for)\b[^.!?]{0,60}",
        r"[【\[]?\s*(?:字体|字號|字号|字體|文字サイズ)\s*[:： ].{0,20}",
        r"(?:[【\[]?\s*(?:打印|打印本页|关闭窗口|关闭|纠错|收藏|分享|分享到|推荐|列印|关闭本页)\s*[】\]]?[\s\u{3000}|:：]*)+",
        r"(?:上一篇|下一篇|相关阅读|相关新闻|延伸閱讀)[:：]?.{0,60}",
        // Breadcrumbs.
        r"[^.。>＞»›«“”]{1,20}(?:\s*[>＞›]\s*[^.。>＞›«“”]{1,30}){1,5}",
    ];
    Regex::new(&format!("(?i)^(?:{})$", lines.join("|"))).ok()
});

static RIGHTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[<(\[（【]?\s*(?:©|ⓒ|\(c\)|copyright|版权|版權|著作权|저작권|all rights reserved[.,;]?(?:\s|$)[^a-z]*$|tous droits|все права|alle rechte|todos los derechos|无断|無断|禁無断)|©\s*\d{4}").ok()
});

/// Words that may stand beside a date on a line of its own.
static DATE_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:published|posted|on|publié|le|publicado|el|em|veröffentlicht|am|at|г|года|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[ap]m|gmt|utc|est|edt)\b\.?|\d{1,2}:\d{2}(?::\d{2})?|[\s,.|·、()（）]").ok()
});

/// Compiles the patterns.
pub(super) fn warm() {
    LazyLock::force(&FURNITURE);
    LazyLock::force(&RIGHTS);
    LazyLock::force(&DATE_WORDS);
}

fn is_match(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(text))
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if crate::model::is_cjk(c) { 2 } else { 1 }).sum()
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '»', '」', '）', ')', '』'])
        .ends_with(['.', '。', '．', '!', '！', '?', '？', '…', ';', '；'])
}

/// Blocks of the head that are looked at: pages put hardly more above an article.
const HEAD: usize = 14;
/// Blocks of the tail that are looked at.
const TAIL: usize = 10;

impl Recogniser<'_> {
    pub(super) fn settle_roles(&mut self) {
        let count = self.found.blocks.len();
        let body = self.settle_head(count.min(HEAD));
        self.settle_tail(body.max(count.saturating_sub(TAIL)), count);
        for block in body..count {
            if self.found.blocks[block].role == Role::Body && is_match(&FURNITURE, self.text(block)) {
                self.found.blocks[block].role = Role::Furniture;
            }
        }
        self.find_headings(body, count);
    }

    /// Settles the blocks above the first paragraph and returns its index.
    fn settle_head(&mut self, limit: usize) -> usize {
        let mut open = Vec::new();
        let mut body = limit;
        for block in 0..limit {
            if self.settle_head_block(block) {
                continue;
            }
            if !open.is_empty() && self.read_unclear_line(block) {
                continue;
            }
            if self.is_paragraph(block)
                || open.len() == 2
                || (open.len() == 1 && self.text(block).ends_with(['.', '。']))
            {
                body = block;
                break;
            }
            open.push(block);
        }
        // Text without a long paragraph: what is left after the first line is the text.
        let no_paragraph = body == limit;
        if let Some(title) = open.first() {
            self.found.blocks[*title].role = Role::Title;
        }
        match open.get(1) {
            Some(second) if no_paragraph || *second != open[0] + 1 => *second,
            Some(second) => {
                self.found.blocks[*second].role = Role::Subtitle;
                body
            }
            None => body,
        }
    }

    /// A line under the title that names people or a date in a form that is not read: shown, but neither a
    /// subtitle nor text.
    fn read_unclear_line(&mut self, block: usize) -> bool {
        let text = self.text(block);
        let opens = ["By ", "Posted ", "Published ", "Updated ", "Last modified ", "Written by "]
            .iter()
            .any(|o| text.starts_with(o));
        let unclear = width(text) <= 120 && !ends_sentence(text) && (opens || find_date(text).is_some());
        if unclear {
            self.found.blocks[block].role = Role::Byline;
        }
        unclear
    }

    /// Longer than a title, or a sentence of some length.
    fn is_paragraph(&self, block: usize) -> bool {
        let text = self.text(block);
        let columns = width(text);
        columns > 200 || (columns > 60 && ends_sentence(text)) || (block > 0 && columns > 120)
    }

    fn settle_head_block(&mut self, block: usize) -> bool {
        let text = self.text(block).to_owned();
        if is_match(&FURNITURE, &text) {
            self.found.blocks[block].role = Role::Furniture;
            return true;
        }
        self.read_byline(block, &text)
            || self.read_header(block, &text)
            || self.read_date_line(block, &text)
            || (block > 0 && self.read_note(block, &text))
            || self.read_rights(block, &text)
    }

    /// From the last block up, until one is a paragraph of the body.
    fn settle_tail(&mut self, start: usize, end: usize) {
        for block in (start..end).rev() {
            let text = self.text(block).to_owned();
            if is_match(&FURNITURE, &text) {
                self.found.blocks[block].role = Role::Furniture;
                continue;
            }
            let settled = self.read_rights(block, &text)
                || self.read_source_line(block, &text)
                || self.read_header(block, &text)
                || self.read_note(block, &text);
            if !settled {
                break;
            }
        }
    }

    /// Short lines without final punctuation between paragraphs of the body.
    fn find_headings(&mut self, start: usize, end: usize) {
        let body: Vec<usize> = (start..end).filter(|b| self.found.blocks[*b].role == Role::Body).collect();
        for (i, block) in body.iter().enumerate() {
            let text = self.text(*block);
            let long = |at: Option<&usize>| at.is_some_and(|b| width(self.text(*b)) > 120);
            let neighbours = long(i.checked_sub(1).and_then(|b| body.get(b))) && long(body.get(i + 1));
            let bracketed = text.starts_with('【') && text.ends_with('】');
            let plain = !ends_sentence(text) && !text.ends_with([':', '：', ',', '，', '—', '”', '"', '’']);
            if neighbours && width(text) <= 60 && (bracketed || plain) {
                self.found.blocks[*block].heading = true;
            }
        }
    }

    /// A line of labelled values. One label must open its line.
    fn read_header(&mut self, block: usize, text: &str) -> bool {
        let fields = labelled(text);
        let opens = fields
            .first()
            .is_some_and(|f| f.label.is_empty() || text[..f.label.start].chars().all(|c| "（(【[<「 ".contains(c)));
        // A sentence that ends as one is prose, whatever it contains.
        if !opens || width(text) > 300 || (fields.len() == 1 && width(text) > 160) {
            return false;
        }
        if !fields.iter().all(|f| self.is_plausible(text, f)) {
            return false;
        }
        for field in fields {
            self.take_field(block, text, &field);
        }
        self.found.blocks[block].role = Role::Header;
        true
    }

    fn is_plausible(&self, text: &str, field: &Labelled) -> bool {
        let value = &text[field.value.clone()];
        match field.field {
            Field::Published | Field::Updated => find_date(value).is_some(),
            Field::Author | Field::Editor | Field::Translator | Field::Proofreader => {
                width(value) <= 100 && !ends_sentence(value)
            }
            Field::Leading | Field::Source | Field::Section | Field::Publisher => width(value) <= 120,
            Field::Keywords => true,
        }
    }

    fn take_field(&mut self, block: usize, text: &str, field: &Labelled) {
        let value = field.value.clone();
        let date = |value: &Range<usize>| {
            find_date(&text[value.clone()]).map(|mut d| {
                d.range = d.range.start + value.start..d.range.end + value.start;
                d
            })
        };
        match field.field {
            Field::Leading => {
                self.mention(block, value.clone(), Mention::Publisher);
                let publisher = self.quoted(block, value, "header.leading", 850);
                self.found.metadata.publisher.get_or_insert(publisher);
            }
            Field::Publisher => {
                self.mention(block, value.clone(), Mention::Publisher);
                let publisher = self.quoted(block, value, "header.publisher", 980);
                self.found.metadata.publisher.get_or_insert(publisher);
            }
            Field::Author => self.take_people(block, text, value, List::Authors, "header.author"),
            Field::Editor => self.take_people(block, text, value, List::Editors, "header.editor"),
            Field::Translator => self.take_people(block, text, value, List::Translators, "header.translator"),
            Field::Proofreader => self.take_proofreader(block, text, value, field.label.clone()),
            Field::Published => {
                if let Some(date) = date(&value).and_then(|d| self.dated(block, d, "header.published", 970)) {
                    self.found.metadata.published.get_or_insert(date);
                }
            }
            Field::Updated => {
                if let Some(date) = date(&value).and_then(|d| self.dated(block, d, "header.updated", 970)) {
                    self.found.metadata.updated.get_or_insert(date);
                }
            }
            Field::Source => self.take_source_title(block, text, value),
            Field::Section => {
                let section = self.quoted(block, value, "header.section", 950);
                self.found.metadata.section.get_or_insert(section);
            }
            Field::Keywords => {
                let words = text[value.clone()].split([',', '，', '、', ';', '；', '|']).map(|w| {
                    trim(text, {
                        let start = w.as_ptr() as usize - text.as_ptr() as usize;
                        start..start + w.len()
                    })
                });
                let words: Vec<Range<usize>> = words.filter(|r| !r.is_empty()).collect();
                for word in words {
                    let keyword = self.quoted(block, word, "header.keywords", 950);
                    self.found.metadata.keywords.push(keyword);
                }
            }
        }
    }

    /// `来源：江畔评论`, with or without title marks.
    fn take_source_title(&mut self, block: usize, text: &str, value: Range<usize>) {
        let inner = &text[value.clone()];
        let marks = ['《', '》', '«', '»', '“', '”', '「', '」'];
        let start = value.start + (inner.len() - inner.trim_start_matches(marks).len());
        let name = start..start + inner.trim_matches(marks).len();
        if name.is_empty() {
            return;
        }
        self.mention(block, name.clone(), Mention::SourceTitle);
        let title = self.quoted(block, name, "header.source", 950);
        self.found.metadata.source.title.get_or_insert(title);
    }

    fn read_byline(&mut self, block: usize, text: &str) -> bool {
        let names = byline::bylined(text);
        // "文/张三 译/李四" is a line of labels.
        if names.is_empty() || labelled(text).len() > 1 {
            return false;
        }
        for name in names {
            let listed = self.add_person(block, text, name.name, List::Authors, "byline", 950);
            if let Some(described) = name.described {
                let (affiliation, role) = note::post_in(text, described);
                self.describe_author(listed, block, role, affiliation, "byline.post");
            }
        }
        if let Some(found) = find_date(text).filter(|_| text.contains(['|', '丨', '｜']))
            && let Some(date) = self.dated(block, found, "byline.date", 930)
        {
            self.found.metadata.published.get_or_insert(date);
        }
        self.found.blocks[block].role = Role::Byline;
        true
    }

    /// A line that holds a date and hardly anything else.
    fn read_date_line(&mut self, block: usize, text: &str) -> bool {
        let Some(found) = find_date(text).filter(|_| width(text) <= 80) else { return false };
        let others = format!("{} {}", &text[..found.range.start], &text[found.range.end..]);
        let left = DATE_WORDS.as_ref().map_or(others.clone(), |words| words.replace_all(&others, "").into_owned());
        if left.chars().filter(|c| c.is_alphanumeric()).count() > 0 {
            return false;
        }
        if let Some(date) = self.dated(block, found, "date.line", 930) {
            self.found.metadata.published.get_or_insert(date);
        }
        self.found.blocks[block].role = Role::Dateline;
        true
    }

    fn read_rights(&mut self, block: usize, text: &str) -> bool {
        if width(text) > 400 || !is_match(&RIGHTS, text) {
            return false;
        }
        let rights = self.quoted(block, 0..text.len(), "rights.line", 930);
        self.found.metadata.rights.get_or_insert(rights);
        self.found.blocks[block].role = Role::Rights;
        true
    }

    fn read_source_line(&mut self, block: usize, text: &str) -> bool {
        let Some(reference) = source::reference(text) else { return false };
        if let Some(range) = reference.title {
            self.mention(block, range.clone(), Mention::SourceTitle);
            let title = self.quoted(block, range, "source.title", 950);
            self.take_source(title);
        }
        if let Some(date) = reference.date.and_then(|d| self.dated(block, d, "source.date", 950)) {
            self.found.metadata.source.date.get_or_insert(date);
        }
        if let Some(range) = reference.page {
            let page = self.quoted(block, range, "source.page", 930);
            self.found.metadata.source.page.get_or_insert(page);
        }
        if let Some(range) = reference.url {
            self.found.blocks[block].links.push(range.clone());
            let url = self.quoted(block, range, "source.url", 980);
            self.found.metadata.source.url.get_or_insert(url);
        }
        self.found.blocks[block].role = Role::SourceLine;
        true
    }

    /// The source line at the end is read before the head's label is lost: the first one found stays, another
    /// one is a candidate.
    fn take_source(&mut self, title: crate::span::Spanned<String>) {
        match &self.found.metadata.source.title {
            Some(known) if known.value != title.value => self.candidate("source.title", title),
            Some(_) => {}
            None => self.found.metadata.source.title = Some(title),
        }
    }

    fn read_note(&mut self, block: usize, text: &str) -> bool {
        let notes = note::described(text);
        if notes.is_empty() || !self.describe_authors(block, text, notes) {
            return false;
        }
        self.found.blocks[block].role = Role::AuthorNote;
        true
    }
}
