//! The title without what pages put around it: the author's name, a kind of text, the name of the site.

use std::ops::Range;

use super::label_patterns::field_of;
use super::lexicon;
use super::people::{List, TAKEN};
use super::{Listed, Recogniser, person};
use crate::diagnostic::{self, Diagnostic};
use crate::document::{Field, Mention, Role};
use crate::span::{Span, Spanned};

/// Confidence of a title told by its place alone.
const BY_PLACE: u16 = 930;

/// Confidence of an author who is named in front of the title and nowhere else.
const PREFIX: u16 = 750;

/// What stands around the title proper: byte ranges of the line.
#[derive(Debug, Default)]
struct Around {
    genre: Option<Range<usize>>,
    author: Option<Range<usize>>,
    site: Option<Range<usize>>,
    title: Range<usize>,
}

impl Recogniser<'_> {
    /// Looks at the title's line before the rest of the head is read: notes below may speak of the name in front.
    pub(super) fn find_title_prefix(&mut self) {
        let Some(block) = self.title_block() else { return };
        let text = self.text(block).to_owned();
        self.title_prefix = around(&text, &|_| true).author.map(|name| text[name].to_owned());
    }

    fn title_block(&self) -> Option<usize> {
        self.found.blocks.iter().position(|b| b.role == Role::Title)
    }

    pub(super) fn read_title(&mut self) {
        if let Some(block) = self.title_block() {
            self.read_title_line(block);
        }
        let subtitle = self.found.blocks.iter().position(|b| b.role == Role::Subtitle);
        if let Some(block) = subtitle.filter(|_| self.found.metadata.subtitle.is_none()) {
            let text = self.text(block).to_owned();
            let start = text.len() - text.trim_start_matches(['—', '–', '-', '―', '─', ' ', '\u{3000}']).len();
            // `导读：…`
            let label = text[start..].split_once(['：', ':']);
            let rest = label.filter(|(label, _)| field_of(label) == Some(Field::Subtitle));
            let start = rest.map_or(start, |(_, rest)| text.len() - rest.len());
            let mut subtitle = self.quoted(block, start..text.len(), "subtitle.place", 850);
            if let Some(second) = (block + 1..self.found.blocks.len()).find(|b| self.role(*b) == Role::Subtitle) {
                let more = self.quoted(second, 0..self.text(second).len(), "subtitle.place", 850);
                join(&mut subtitle, &more);
            }
            self.found.metadata.subtitle = Some(subtitle);
        }
    }

    fn read_title_line(&mut self, block: usize) {
        let text = self.text(block).to_owned();
        let site_known = |site: &str| self.is_known_site(site);
        let around = around(&text, &site_known);
        if let Some(site) = around.site.clone() {
            self.mention(block, site.clone(), Mention::Publisher);
            let publisher = self.quoted(block, site, "title.site", 850);
            self.found.metadata.publisher.get_or_insert(publisher);
        }
        if let Some(genre) = around.genre.clone() {
            let genre = self.quoted(block, genre, "title.label", 900);
            self.found.metadata.genre.get_or_insert(genre);
        }
        let mut start = around.title.start;
        if let Some(name) = around.author.clone() {
            match self.take_prefix(block, &text, name.clone()) {
                true => {}
                // The name belongs to the title.
                false => start = name.start,
            }
        }
        let rule = match () {
            () if start > 0 && around.author.is_some() && start == around.title.start => "title.after-author",
            () if around.genre.is_some() => "title.after-label",
            () => "title.place",
        };
        let mut title = self.quoted(block, start..around.title.end, rule, BY_PLACE);
        let mut printed = self.quoted(block, 0..text.len(), "title.place", BY_PLACE);
        // A title that is set in two lines.
        let second = (block + 1..self.found.blocks.len()).find(|b| self.role(*b) == Role::Title);
        if let Some(second) = second {
            let more = self.quoted(second, 0..self.text(second).len(), rule, BY_PLACE);
            join(&mut title, &more);
            join(&mut printed, &more);
        }
        // What a label calls the title is the title.
        self.found.metadata.title_as_printed.get_or_insert(printed);
        self.found.metadata.title.get_or_insert(title);
    }

    /// Whether the end of a title is the name of the site: it is stated elsewhere, or has a word of one.
    fn is_known_site(&self, site: &str) -> bool {
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let stated = |known: &str| letters(known) == letters(site);
        self.found.metadata.publisher.as_ref().is_some_and(|p| stated(&p.value))
            || self.article.candidates.iter().any(|c| c.field == Field::Publisher && stated(&c.value))
            || lexicon::is_press(site)
            || lexicon::is_institution(site)
    }

    /// Takes the name in front of the title where it is known as an author's, or where nobody else is named. A name
    /// that others contradict is a candidate: it may be the person the article is about.
    fn take_prefix(&mut self, block: usize, text: &str, name: Range<usize>) -> bool {
        let printed = &text[name.clone()];
        let same = |known: &str| known.to_lowercase() == printed.to_lowercase();
        let known = self.found.metadata.authors.iter().position(|a| same(&a.value.name) || same(&a.value.printed));
        if let Some(index) = known {
            self.named.push((block, name, Listed::Author(index)));
            return true;
        }
        let words = printed.split_whitespace().count();
        let sure = (2..=3).contains(&words) || person::is_chinese_name(printed);
        if self.found.metadata.authors.is_empty() && sure && PREFIX >= TAKEN {
            let found = super::byline::Bylined { name, described: super::post::Described::default() };
            self.add_bylined(block, text, found, List::Authors, "title.prefix", PREFIX);
            return true;
        }
        let candidate = self.quoted(block, name, "title.prefix", 500);
        let message = format!("{:?} before the title may be the author or its subject", candidate.value);
        self.found.diagnostics.push(Diagnostic::new(diagnostic::M004, message));
        self.candidate(Field::Author, candidate);
        false
    }
}

/// A value that goes on on another line.
fn join(value: &mut Spanned<String>, more: &Spanned<String>) {
    value.value = format!("{} {}", value.value, more.value);
    value.span = value.span.zip(more.span).map(|(a, b)| Span { start: a.start, end: b.end });
}

/// A title without the name of the site behind it.
pub(super) fn without_site<'t>(title: &'t str, is_site: &dyn Fn(&str) -> bool) -> &'t str {
    let around = around(title, is_site);
    match around.site {
        Some(_) => title[..around.title.end].trim_end(),
        None => title,
    }
}

/// Takes a title's line apart.
fn around(text: &str, is_site: &dyn Fn(&str) -> bool) -> Around {
    let mut around = Around { title: 0..text.len(), ..Around::default() };
    if let Some((genre, start)) = lexicon::genre_before(text) {
        around.genre = Some(genre);
        around.title.start = start;
    }
    // The site behind the last bar or spaced dash.
    let line = &text[around.title.clone()];
    let mark = [" | ", "｜", " – ", " — ", " - ", " · ", "_", " « ", " » "]
        .iter()
        .filter_map(|mark| line.rfind(mark).map(|at| (at, mark.len())))
        .max();
    if let Some((at, length)) = mark {
        let site = super::bars::trim(text, around.title.start + at + length..around.title.end);
        let words = text[site.clone()].split_whitespace().count();
        if words <= 7 && at > 0 && is_site(&text[site.clone()]) {
            around.title.end = around.title.start + text[around.title.start..around.title.start + at].trim_end().len();
            around.site = Some(site);
        }
    }
    // The author before the first colon or spaced dash.
    let line = &text[around.title.clone()];
    let prefix = line
        .char_indices()
        .find(|(i, c)| matches!(c, ':' | '：') || (matches!(c, '–' | '—') && line[..*i].ends_with(' ')));
    if let Some((colon, mark)) = prefix {
        let name = super::bars::trim(text, around.title.start..around.title.start + colon);
        let rest = around.title.start + colon + mark.len_utf8();
        let rest = rest + (text[rest..].len() - text[rest..].trim_start().len());
        let printed = &text[name.clone()];
        let latin = !printed.chars().any(crate::characters::is_cjk);
        let plausible = if latin {
            (2..=3).contains(&printed.split_whitespace().count()) && person::is_name(printed)
        } else {
            person::is_chinese_name(printed)
        };
        if plausible && rest < around.title.end && !lexicon::is_press(printed) && !lexicon::is_institution(printed) {
            around.author = Some(name);
            around.title.start = rest;
        }
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_out_of_what_stands_around_them() {
        for (line, genre, author, title, site) in [
            ("Ilse Korvath: Upriver states can’t wait", "", "Ilse Korvath", "Upriver states can’t wait", ""),
            (
                "Odile Rannou – La dette n’est pas un héritage | Institut Brécourt",
                "",
                "Odile Rannou",
                "La dette n’est pas un héritage",
                "Institut Brécourt",
            ),
            ("Opinion | Nobody reads the fine print", "Opinion", "", "Nobody reads the fine print", ""),
            ("[사설] 마을버스가 멈추면", "사설", "", "마을버스가 멈추면", ""),
            ("社评：渡輪停航，停的不只是船", "社评", "", "渡輪停航，停的不只是船", ""),
            ("养老金缺口：先看账本，再开药方", "", "", "养老金缺口：先看账本，再开药方", ""),
            ("The river: a life", "", "", "The river: a life", ""),
        ] {
            let around = around(line, &|site| lexicon::is_institution(site));
            let show = |r: Option<Range<usize>>| r.map_or("", |r| &line[r]);
            assert_eq!(
                (show(around.genre), show(around.author), &line[around.title], show(around.site)),
                (genre, author, title, site)
            );
        }
    }
}
