//! What a page states about itself, against what it shows. A visible byline is what readers saw: it wins over what the
//! page states. A stamp for machines is more exact than a printed date: it wins. What loses is kept as a candidate.

use std::ops::Range;

use super::date::{DateReading, find_date};
use super::people::TAKEN;
use super::{Recogniser, byline, lexicon, person};
use crate::characters::letters;
use crate::document::{Date, Field, Language, Person, PersonKind, Role};
use crate::read::{Candidate, CandidateOrigin as Origin};
use crate::span::{Permille, RuleId, Span, Spanned};

/// How sure a value is by where it is stated, in thousandths.
fn confidence(origin: Origin) -> u16 {
    match origin {
        Origin::JsonLd => 920,
        Origin::ArticleMeta | Origin::OpenGraph => 900,
        Origin::Microdata | Origin::DublinCore => 880,
        Origin::Time | Origin::Link | Origin::Meta => 800,
        Origin::Record => 850,
        Origin::Element => 720,
    }
}

impl Recogniser<'_> {
    /// Completes what the blocks say by what the page states.
    pub(super) fn read_statements(&mut self) {
        if self.article.candidates.is_empty() {
            return;
        }
        self.settle_publisher();
        self.settle_title();
        self.settle_authors();
        self.settle_date(Field::Published);
        self.settle_date(Field::Updated);
        self.settle_url();
        let section = self.best(Field::Section).map(|c| self.stated(c));
        self.found.metadata.section = self.found.metadata.section.take().or(section);
        let subtitle = self.best(Field::Subtitle).map(|c| self.stated(c));
        self.found.metadata.subtitle = self.found.metadata.subtitle.take().or(subtitle);
        let rights = self
            .best(Field::Rights)
            .map(|c| self.stated(c))
            .filter(|r| r.value.chars().count() > 3 && !r.value.starts_with("http"));
        self.found.metadata.rights = self.found.metadata.rights.take().or(rights);
        self.settle_keywords();
        self.settle_other_people();
    }

    /// The statements of a field, the surest first.
    fn all(&self, field: Field) -> Vec<&Candidate> {
        let mut all: Vec<&Candidate> = self.article.candidates.iter().filter(|c| c.field == field).collect();
        all.sort_by_key(|c| std::cmp::Reverse(confidence(c.origin)));
        all
    }

    fn best(&self, field: Field) -> Option<&Candidate> {
        self.all(field).first().copied()
    }

    fn stated_at(&self, origin: Origin, place: Option<Range<usize>>) -> (Option<Span>, RuleId, Permille) {
        let span = place.map(|place| self.sources.of(place));
        (span, RuleId(origin.rule()), Permille::new(confidence(origin)))
    }

    /// Where a part of a statement stands: in the statement's place, where it is printed there as it is.
    fn place_of(&self, part: &str, candidate: &Candidate) -> Option<Range<usize>> {
        let place = candidate.place.clone()?;
        Some(self.sources.find(part, place.clone()).unwrap_or(place))
    }

    fn stated(&self, candidate: &Candidate) -> Spanned<String> {
        let (span, rule, confidence) = self.stated_at(candidate.origin, candidate.place.clone());
        Spanned { value: candidate.value.clone(), span, rule, confidence }
    }

    /// Whether a page states a name as one of an author.
    pub(super) fn is_stated_author(&self, name: &str) -> bool {
        let name = letters(name);
        self.article.candidates.iter().any(|c| c.field == Field::Author && letters(&c.value).contains(&name))
    }

    /// Whether a page names its site so, in a statement or in its title.
    pub(super) fn is_stated_site(&self, name: &str) -> bool {
        let name = letters(name);
        !name.is_empty()
            && self.article.candidates.iter().any(|c| match c.field {
                Field::Publisher => letters(&c.value) == name,
                Field::Title => c.origin == Origin::Element && letters(&c.value).contains(&name),
                _ => false,
            })
    }

    fn settle_publisher(&mut self) {
        let site = |c: &&&Candidate| {
            c.value.chars().count() <= 80 && !c.value.starts_with("http") && !c.value.starts_with('@')
        };
        // `application-name` and the like name software.
        let Some(best) = self.all(Field::Publisher).iter().find(site).map(|c| self.stated(c)) else {
            self.found.metadata.publisher = self.found.metadata.publisher.take().or_else(|| self.site_of_title());
            return;
        };
        if let Some(other) = self.found.metadata.publisher.take().filter(|p| letters(&p.value) != letters(&best.value))
        {
            self.candidate(Field::Publisher, other);
        }
        self.found.metadata.publisher = Some(best);
    }

    /// The site's name where `<title>` has it beside the title, and a line above the article or the line of rights
    /// shows it by itself.
    fn site_of_title(&self) -> Option<Spanned<String>> {
        let is_title = |part: &str| {
            self.found.metadata.title.as_ref().is_some_and(|title| letters(part).contains(&letters(&title.value)))
        };
        let head = self.found.blocks.iter().position(|b| b.role == Role::Title).unwrap_or(0);
        let shown = |part: &str| {
            let name = letters(part);
            let rights =
                self.found.metadata.rights.as_ref().is_some_and(|rights| letters(&rights.value).contains(&name));
            rights || (0..head).any(|block| letters(self.text(block)) == name)
        };
        let titles = self.article.candidates.iter().filter(|c| c.field == Field::Title && c.origin == Origin::Element);
        for title in titles {
            let parts = title
                .value
                .split(['|', '｜', '_', ':', '：', '·', '•', '»', '–', '—'])
                .flat_map(|part| part.split(" - "));
            let mut names = parts.map(str::trim).filter(|part| (2..=60).contains(&part.chars().count()));
            if let Some(name) = names.find(|part| !is_title(part) && shown(part)) {
                let (span, rule, confidence) = self.stated_at(title.origin, self.place_of(name, title));
                return Some(Spanned { value: name.to_owned(), span, rule, confidence });
            }
        }
        None
    }

    /// The visible title where the page states it too, or states none; else what is stated.
    fn settle_title(&mut self) {
        let sites: Vec<String> = self.all(Field::Publisher).iter().map(|c| letters(&c.value)).collect();
        let stated: Vec<Spanned<String>> = self.all(Field::Title).iter().map(|c| self.stated(c)).collect();
        let bare = |value: &str| {
            super::title::without_site(value, &|site| sites.contains(&letters(site)) || lexicon::is_press(site))
                .to_owned()
        };
        let Some(best) = stated.iter().find(|t| !sites.contains(&letters(&t.value))) else { return };
        let agrees = self.found.metadata.title_as_printed.as_ref().is_some_and(|shown| {
            let shown = letters(&shown.value);
            stated.iter().any(|t| {
                let t = letters(&t.value);
                t.starts_with(&shown) || shown.starts_with(&t) || shown.contains(&letters(&bare(&best.value)))
            })
        });
        // `<title>` alone is often the site's name, or that of a section.
        let visible = self.found.metadata.title.is_some();
        if agrees || (visible && !stated.iter().any(|t| t.rule.0 != Origin::Element.rule())) {
            return;
        }
        if let Some(other) = self.found.metadata.title.take() {
            self.candidate(Field::Title, other);
            self.found.metadata.title_as_printed = None;
            // In a page the line heads something else; in a plain text it is one of the text.
            let role = if self.article.is_page { Role::Furniture } else { Role::Body };
            for block in &mut self.found.blocks {
                if block.role == Role::Title {
                    block.role = role;
                }
            }
        }
        let printed = best.clone();
        let mut title = best.clone();
        title.value = bare(&title.value);
        self.found.metadata.title_as_printed = Some(Spanned { value: title.value.clone(), ..printed });
        self.found.metadata.title = Some(title);
    }

    /// Visible names first. Without one, the surest statement that names somebody.
    fn settle_authors(&mut self) {
        let mut groups: Vec<(Origin, Vec<Spanned<Person>>)> = Vec::new();
        for candidate in self.all(Field::Author) {
            let people = self.stated_people(candidate);
            if people.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|(origin, _)| *origin == candidate.origin) {
                Some((_, known)) => {
                    for person in people {
                        if !known.iter().any(|k| letters(&k.value.name) == letters(&person.value.name)) {
                            known.push(person);
                        }
                    }
                }
                None => groups.push((candidate.origin, people)),
            }
        }
        let shown = !self.found.metadata.authors.is_empty();
        let mut taken = shown;
        for (origin, people) in groups {
            if !taken && confidence(origin) >= TAKEN {
                taken = true;
                self.found.metadata.authors = people;
                continue;
            }
            for person in people {
                let known =
                    self.found.metadata.authors.iter().any(|a| letters(&a.value.name) == letters(&person.value.name));
                if !known {
                    self.candidate(Field::Author, person.map(|p| p.name));
                }
            }
        }
    }

    /// The people of a statement: not the site, not nobody, not an address.
    fn stated_people(&self, candidate: &Candidate) -> Vec<Spanned<Person>> {
        let value = candidate.value.trim();
        let start = ["By ", "by ", "Par ", "Von ", "Por ", "Di ", "作者：", "作者:", "文/"]
            .iter()
            .find(|p| value.starts_with(**p))
            .map_or(0, |p| p.len());
        let value = &value[start..];
        let is_site = |name: &str| {
            let name = letters(name);
            self.article.candidates.iter().any(|c| c.field == Field::Publisher && letters(&c.value) == name)
                || self.found.metadata.publisher.as_ref().is_some_and(|p| letters(&p.value) == name)
                || self.address.is_some_and(|a| {
                    host(a).is_some_and(|host| letters(host).starts_with(&name) || name == letters(host))
                })
        };
        if value.starts_with("http") || value.contains(['@', '<', '{']) || person::is_nobody(value) || is_site(value) {
            return Vec::new();
        }
        // `Lee, Ann` in citations and Dublin Core.
        let inverted = value.split_once(", ").filter(|(family, given)| {
            matches!(candidate.origin, Origin::ArticleMeta | Origin::DublinCore)
                && !family.contains(' ')
                && given.split(' ').count() <= 2
                && !given.contains(',')
        });
        let names: Vec<String> = match inverted {
            Some((family, given)) => vec![format!("{given} {family}")],
            None => {
                let people = byline::names(value, 0..value.len());
                if people.is_empty() && candidate.body {
                    vec![value.to_owned()]
                } else {
                    people.iter().map(|p| value[p.name.clone()].to_owned()).collect()
                }
            }
        };
        let made = names.into_iter().filter(|name| !is_site(name) && !person::is_nobody(name)).map(|name| {
            let (span, rule, confidence) = self.stated_at(candidate.origin, self.place_of(&name, candidate));
            let mut value = person::person(&name);
            if candidate.body || lexicon::is_press(&name) && value.name.split_whitespace().count() > 2 {
                value.kind = PersonKind::Body;
            }
            Spanned { value, span, rule, confidence }
        });
        made.collect()
    }

    fn settle_date(&mut self, field: Field) {
        let shown = match field {
            Field::Published => self.found.metadata.published.take(),
            _ => self.found.metadata.updated.take(),
        };
        let mut best: Option<Spanned<Date>> = None;
        for candidate in self.all(field) {
            let Some(date) = find_date(&candidate.value) else { continue };
            let DateReading::Iso(iso) = date.reading else { continue };
            let (span, rule, confidence) = self.stated_at(candidate.origin, candidate.place.clone());
            let made = Spanned { value: Date { iso, printed: candidate.value.clone() }, span, rule, confidence };
            // A stamp with its offset is the most exact.
            let better = best.as_ref().is_none_or(|b| {
                b.value.iso.len() <= 10 && made.value.iso.len() > 10 && made.value.iso.starts_with(&b.value.iso)
            });
            if better {
                best = Some(made);
            }
        }
        let value = match (best, shown) {
            (Some(best), Some(shown)) => {
                if !best.value.iso.starts_with(&shown.value.iso) && !shown.value.iso.starts_with(&best.value.iso) {
                    self.candidate(field, shown.map(|d| d.iso));
                    Some(best)
                } else if shown.value.iso.len() > best.value.iso.len() {
                    Some(shown)
                } else {
                    Some(best)
                }
            }
            (one, other) => one.or(other),
        };
        match field {
            Field::Published => self.found.metadata.published = value,
            _ => self.found.metadata.updated = value,
        }
    }

    fn settle_url(&mut self) {
        let absolute = |c: &&&Candidate| c.value.starts_with("http://") || c.value.starts_with("https://");
        // The canonical address is a link; it is the surest here.
        let all = self.all(Field::Url);
        let canonical =
            all.iter().filter(|c| c.origin == Origin::Link).find(absolute).or_else(|| all.iter().find(absolute));
        let url = canonical.map(|c| self.stated(c));
        self.found.metadata.url = url.or(self.found.metadata.url.take());
    }

    fn settle_keywords(&mut self) {
        if !self.found.metadata.keywords.is_empty() {
            return;
        }
        let all = self.all(Field::Keywords);
        let order =
            [Origin::OpenGraph, Origin::JsonLd, Origin::ArticleMeta, Origin::Meta, Origin::Microdata, Origin::Link];
        let Some(origin) = order.into_iter().find(|o| all.iter().any(|c| c.origin == *o)) else { return };
        let mut keywords: Vec<Spanned<String>> = Vec::new();
        for candidate in self.article.candidates.iter().filter(|c| c.field == Field::Keywords && c.origin == origin) {
            for word in
                candidate.value.split([',', ';', '，', '；', '、', '،', '|']).map(str::trim).filter(|w| !w.is_empty())
            {
                if keywords.iter().any(|k| k.value == word) {
                    continue;
                }
                let (span, rule, confidence) = self.stated_at(origin, self.place_of(word, candidate));
                keywords.push(Spanned { value: word.to_owned(), span, rule, confidence });
            }
        }
        self.found.metadata.keywords = keywords;
    }

    fn settle_other_people(&mut self) {
        let editors: Vec<Spanned<Person>> =
            self.all(Field::Editor).iter().flat_map(|c| self.stated_people(c)).collect();
        if self.found.metadata.editors.is_empty() {
            self.found.metadata.editors = editors;
        }
        let translators: Vec<Spanned<Person>> =
            self.all(Field::Translator).iter().flat_map(|c| self.stated_people(c)).collect();
        if self.found.metadata.translators.is_empty() {
            self.found.metadata.translators = translators;
        }
    }

    /// The language that a page or a header states, for a text too short to tell its own.
    pub(super) fn stated_language(&self) -> Option<Spanned<Language>> {
        let stated = self.all(Field::Language).into_iter().find_map(|c| {
            let tag = c.value.replace('_', "-");
            crate::plan::is_language_tag(&tag).then(|| self.stated(c).map(|_| Language(tag)))
        });
        self.stated_language.clone().or(stated)
    }
}

/// The host of an address, without `www.`.
pub fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}
