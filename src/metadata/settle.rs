//! What each block is for: the head of the page up to the first paragraph, its tail from the last one, and furniture
//! and headings between them. Told by what the lines say and by their neighbours, not by their numbers.

use super::lexicon;
use super::lexicon::Section;
use super::lines::{Line, ends_sentence, is_long};
use super::{Recogniser, byline, fields, note, person, segments};
use crate::characters::columns;
use crate::document::{Field, Role};
use crate::read::{ArticleKind, Clue};

/// Blocks that are looked at above the first paragraph.
const HEAD: usize = 40;
/// Blocks that are looked at below the last one.
const TAIL: usize = 16;
/// Paragraphs that may stand below a note about the author: a disclaimer, an appeal.
const BELOW_NOTES: usize = 2;
/// Blocks below a line of the head in which a byline or a date makes that line one of the head.
const DECK: usize = 4;

impl Recogniser<'_> {
    pub(super) fn settle_roles(&mut self) {
        if self.article.is_page {
            self.settle_page();
            return;
        }
        let blocks: Vec<usize> = (0..self.found.blocks.len()).filter(|b| self.role(*b) != Role::Furniture).collect();
        let start = self.read_front_matter(&blocks);
        self.settle_plain(&blocks[start..]);
    }

    fn settle_plain(&mut self, blocks: &[usize]) {
        let tail = blocks.iter().rev().take(TAIL);
        self.pen_names = tail.filter_map(|b| note::pen_name(self.text(*b)).map(str::to_owned)).collect();
        let mut head: Vec<Line> = blocks.iter().take(HEAD).map(|b| self.line(*b, false)).collect();
        self.join_labels(blocks, &mut head);
        self.find_head_notes(blocks, &mut head);
        let body = self.body_start(blocks, &head);
        self.settle_head(&blocks[..body], &head[..body.min(head.len())]);
        let body = &blocks[body..];
        let end = self.cut_off(body);
        self.settle_tail(&body[..end]);
        self.settle_middle(&body[..end]);
        if let Some(first) = body[..end].iter().find(|b| self.role(**b) == Role::Body) {
            self.read_dateline(*first);
        }
        self.find_headings(&body[..end]);
    }

    /// A page: what the extractor chose is the text, what stands above and below it is read for what it says.
    fn settle_page(&mut self) {
        let marked = |b: usize| self.article.blocks[b].role;
        let count = self.found.blocks.len();
        // Furniture by the page's markup, or by a house style.
        let blocks: Vec<usize> = (0..count).filter(|b| self.role(*b) != Role::Furniture).collect();
        let Some(first) = blocks.iter().position(|b| marked(*b) == Some(Role::Body)) else {
            // Nothing reads like an article: everything is looked at as if it were plain text.
            return self.settle_plain(&blocks);
        };
        let last = blocks.iter().rposition(|b| marked(*b) == Some(Role::Body)).unwrap_or(first);
        // Bylines and dates that the extractor took for text.
        let body = first + self.head_within(&blocks[first..=last]);
        let mut head: Vec<Line> = blocks[..body].iter().map(|b| self.line(*b, false)).collect();
        self.join_labels(&blocks[..body], &mut head);
        // Above the title, a line with more than what a head says is a link to another article.
        let title = blocks[..body].iter().position(|b| self.role(*b) == Role::Title).unwrap_or(0);
        for (block, line) in blocks[..title].iter().zip(&mut head) {
            if matches!(line, Line::Header(parts) if self.is_of_another(*block, parts)) {
                *line = Line::Furniture;
            }
        }
        for (block, line) in blocks[..body].iter().zip(&mut head) {
            if *line != Line::Short || self.role(*block) == Role::Title {
                continue;
            }
            match self.article.blocks[*block].clue {
                Some(Clue::Kicker) if !lexicon::is_genre(self.text(*block)) => *line = Line::Furniture,
                // A card of an author gives the post on a line of its own.
                Some(Clue::Author) if self.is_post_line(*block) => {}
                // What the markup calls a byline is one without an opening word too.
                Some(Clue::Author) => {
                    let parts = segments::continued(Field::Author, self.text(*block), &|i| self.is_gap(*block, i));
                    *line = Line::Header(parts);
                }
                _ => {}
            }
        }
        self.settle_head(&blocks[..body], &head);
        for (at, block) in blocks[..body].iter().enumerate() {
            if self.role(*block) == Role::Body && !matches!(head[at], Line::Header(_)) {
                self.found.blocks[*block].role = Role::Furniture;
            }
        }
        let end = body + self.cut_off(&blocks[body..=last]);
        self.settle_tail(&blocks[body..end]);
        let mut others = false;
        for block in &blocks[end.max(last + 1)..] {
            let line = self.line(*block, true);
            self.found.blocks[*block].role = Role::Furniture;
            // Below the heading of links or comments nothing is said of this article any more, but for its rights.
            others |= matches!(line, Line::Section(_));
            if line == Line::Rights || (!others && !matches!(line, Line::Short | Line::Long)) {
                self.settle_tail_line(*block, line);
            }
        }
        self.settle_middle(&blocks[body..end]);
        if let Some(first) = blocks[body..end].iter().find(|b| self.role(**b) == Role::Body) {
            self.read_dateline(*first);
        }
        // What the extractor left out and no rule knows is of the page.
        for block in &blocks[body..] {
            if marked(*block).is_none() && self.role(*block) == Role::Body {
                self.found.blocks[*block].role = Role::Furniture;
            }
        }
        // The footer's copyright line.
        if self.found.metadata.rights.is_none() {
            let rights = (0..count)
                .rev()
                .take(40)
                .filter(|b| self.role(*b) == Role::Furniture && self.text(*b).len() < 300)
                .find(|b| self.line(*b, true) == Line::Rights);
            if let Some(block) = rights {
                self.read_rights(block);
            }
        }
    }

    /// Whether a line has words of its own beside a byline or a date: `The vote nobody counted by Pru Lassiter`.
    fn is_of_another(&self, block: usize, parts: &[segments::Part]) -> bool {
        use segments::PartKind::{Byline, Date, Unknown};
        let text = self.text(block);
        let words = |part: &segments::Part| text[part.range.clone()].split_whitespace().count();
        parts.iter().any(|part| matches!(part.kind, Byline(_) | Date(_)))
            && parts.iter().any(|part| part.kind == Unknown && words(part) >= 3)
    }

    /// Whether a line begins with a post and names nobody: `Senior Fellow, Merrow Institute`.
    fn is_post_line(&self, block: usize) -> bool {
        let text = self.text(block);
        let first = text.split([',', '，', ';']).next().unwrap_or(text);
        lexicon::is_post(first)
            && !person::is_chinese_name(first)
            && !self.is_stated_author(first)
            && byline::names(text, 0..first.len())
                .iter()
                .all(|b| b.described.role.is_some() || lexicon::is_post(&text[b.name.clone()]))
    }

    /// How many of the chosen blocks at the top are no paragraphs of the text.
    fn head_within(&self, chosen: &[usize]) -> usize {
        let lines: Vec<Line> = chosen.iter().take(12).map(|b| self.line(*b, false)).collect();
        let body = if lines.contains(&Line::Long) { self.body_start(chosen, &lines) } else { 0 };
        let mut head = 0;
        for (at, line) in lines.iter().enumerate() {
            let clue = self.article.blocks[chosen[at]].clue;
            let says = match line {
                Line::Header(_) | Line::Source | Line::Rights => true,
                // An editor's note above the text.
                Line::Note => at <= body,
                Line::Long => matches!(clue, Some(Clue::Subtitle | Clue::Author)),
                Line::Short => {
                    self.role(chosen[at]) == Role::Title || clue.is_some() || self.is_person_line(chosen[at])
                }
                Line::Furniture | Line::Section(_) => false,
            };
            if at > body && *line == Line::Long && !says {
                break;
            }
            if says && at <= body.max(head) + 1 {
                head = at + 1;
            }
        }
        head
    }

    /// A label that stands alone has its value on the next line.
    fn join_labels(&mut self, blocks: &[usize], head: &mut [Line]) {
        for at in 0..head.len().saturating_sub(1) {
            let Line::Header(parts) = &head[at] else { continue };
            let field = segments::open_field(parts);
            if !self.is_translation && fields::names_translator(parts) {
                self.is_translation = true;
                self.person_lines.borrow_mut().fill(None);
            }
            let Some(field) = field.filter(|_| matches!(head[at + 1], Line::Short | Line::Header(_))) else { continue };
            let next = blocks[at + 1];
            let parts = segments::continued(field, self.text(next), &|i| self.is_gap(next, i));
            head[at + 1] = Line::Header(parts);
            // `بقلم:` above several names.
            for (more, line) in blocks.iter().zip(head.iter_mut()).skip(at + 2) {
                if field != Field::Author || *line != Line::Short || !self.is_listed(*more) {
                    break;
                }
                *line = Line::Header(segments::continued(field, self.text(*more), &|i| self.is_gap(*more, i)));
            }
        }
    }

    /// Whether a line below a label and a name is another name, with a post.
    fn is_listed(&self, block: usize) -> bool {
        let text = self.text(block);
        let people = byline::names(text, 0..text.len());
        !people.is_empty() && people.iter().all(|p| p.described.role.is_some() || p.described.affiliation.is_some())
    }

    /// Lines that speak of somebody whom another line of the head names are notes.
    fn find_head_notes(&mut self, blocks: &[usize], head: &mut [Line]) {
        for (block, line) in blocks.iter().zip(head.iter()) {
            let text = self.text(*block);
            let names: Vec<std::ops::Range<usize>> = match line {
                Line::Header(parts) => parts
                    .iter()
                    .filter_map(|p| match &p.kind {
                        segments::PartKind::Byline(names) => Some(names.clone()),
                        segments::PartKind::Labelled { field: Field::Author, value, .. } => Some(value.clone()),
                        _ => None,
                    })
                    .flat_map(|r| byline::names(text, r))
                    .map(|b| b.name)
                    .collect(),
                Line::Short => self.people_line(*block).into_iter().map(|b| b.name).collect(),
                _ => Vec::new(),
            };
            let plain = |name: &str| {
                person::person(name)
                    .name
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .flat_map(char::to_lowercase)
                    .collect::<String>()
            };
            let names: Vec<String> = names.into_iter().map(|n| plain(&text[n])).collect();
            self.head_names.extend(names);
        }
        if self.head_names.is_empty() {
            return;
        }
        // `Odile Rannou – La dette n’est pas un héritage`: the first line is no note.
        for (block, line) in blocks.iter().zip(head).skip(1) {
            if matches!(line, Line::Long | Line::Short)
                && note::notes(self.text(*block), &|name| self.is_author(name)).is_some()
            {
                *line = Line::Note;
            }
        }
    }

    /// The index of the first block of the article's own text. A sentence above a byline or a date is a deck.
    fn body_start(&self, blocks: &[usize], head: &[Line]) -> usize {
        let later_long = |from: usize| head[from..].contains(&Line::Long);
        let is_head = |line: &Line| matches!(line, Line::Header(_) | Line::Source);
        for (i, line) in head.iter().enumerate() {
            if *line != Line::Long {
                continue;
            }
            if self.role(blocks[i]) == Role::Title {
                continue;
            }
            let below = &head[i + 1..head.len().min(i + 1 + DECK)];
            let until_long = below.iter().take_while(|l| **l != Line::Long).count();
            let named = |at: usize| below[at] == Line::Short && self.is_person_line(blocks[i + 1 + at]);
            let byline = (0..until_long).find(|at| is_head(&below[*at]) || named(*at));
            let short = columns(self.text(blocks[i])) <= 260;
            if let Some(at) = byline
                && short
                && later_long(i + 1 + at)
            {
                continue;
            }
            return i;
        }
        // No paragraph: what is left below the first line is the text.
        let shorts: Vec<usize> = (0..head.len()).filter(|i| head[*i] == Line::Short).collect();
        match shorts.get(1) {
            Some(second) => *second,
            None => head.len(),
        }
    }

    /// The index at which links to other articles or comments begin, to the end. They are furniture, but for rights.
    fn cut_off(&mut self, body: &[usize]) -> usize {
        for (i, block) in body.iter().enumerate().skip(1) {
            let text = self.text(*block);
            let Some(section) = (text.len() < 120).then(|| super::lexicon::section(text)).flatten() else { continue };
            let behind = &body[i + 1..];
            let paragraphs = behind.iter().filter(|b| is_long(self.text(**b)) && ends_sentence(self.text(**b))).count();
            if section == Section::Links && paragraphs >= 2 {
                continue;
            }
            for block in &body[i..] {
                if self.line(*block, false) == Line::Rights {
                    self.read_rights(*block);
                } else {
                    self.found.blocks[*block].role = Role::Furniture;
                }
            }
            return i;
        }
        body.len()
    }

    /// From the last block up, until one is a paragraph of the article.
    fn settle_tail(&mut self, body: &[usize]) {
        let mut lines: Vec<(usize, Line)> = Vec::new();
        let mut paragraphs = 0;
        for block in body.iter().skip(1).rev().take(TAIL) {
            lines.push((*block, self.line(*block, true)));
            paragraphs += usize::from(matches!(lines.last(), Some((_, Line::Long))));
            // Above so many paragraphs nothing belongs to the tail.
            if paragraphs > BELOW_NOTES + 1 {
                break;
            }
        }
        lines.reverse();
        // Notes and references may have paragraphs below them (a disclaimer), one or two.
        let says = |line: &Line| matches!(line, Line::Note | Line::Source | Line::Rights | Line::Header(_));
        let longs_below = |at: usize| lines[at..].iter().filter(|(_, l)| *l == Line::Long).count();
        let last_long = lines.iter().rposition(|(_, l)| *l == Line::Long).map_or(0, |at| at + 1);
        let note = (0..last_long).find(|at| {
            matches!(lines[*at].1, Line::Note)
                && longs_below(*at) <= BELOW_NOTES
                && lines[..*at].iter().any(|(_, l)| *l == Line::Long)
        });
        let mut lines = lines.split_off(note.unwrap_or(last_long));
        // Short lines at the top of what was met are the text's last ones, unless they are names.
        let first = lines.iter().position(|(block, line)| *line != Line::Short || self.is_signature(*block));
        // Above the notes, a short line that is no sentence is no paragraph either.
        let loose = lines[..first.unwrap_or(lines.len())]
            .iter()
            .position(|(block, _)| !ends_sentence(self.text(*block)) && columns(self.text(*block)) <= 60);
        let controls = loose.filter(|_| self.ends_like_prose(body, lines[0].0));
        if let Some(at) = controls {
            for (block, _) in &lines[at..first.unwrap_or(lines.len())] {
                self.found.blocks[*block].role = Role::Furniture;
            }
        }
        let mut said = false;
        for (block, line) in lines.split_off(first.unwrap_or(lines.len())) {
            // What stands below a note and says nothing is of the page.
            let below = said && matches!(line, Line::Short | Line::Long) && !self.is_signature(block);
            said |= says(&line);
            if below {
                self.found.blocks[block].role = Role::Furniture;
            } else {
                self.settle_tail_line(block, line);
            }
        }
    }

    /// Whether the paragraphs above `end` end as sentences do: then a line that does not is none.
    fn ends_like_prose(&self, body: &[usize], end: usize) -> bool {
        let above: Vec<usize> = body.iter().copied().filter(|b| *b < end && is_long(self.text(*b))).collect();
        above.len() >= 2 && above.iter().all(|b| ends_sentence(self.text(*b)))
    }

    fn settle_tail_line(&mut self, block: usize, line: Line) {
        match line {
            Line::Furniture | Line::Section(_) => self.found.blocks[block].role = Role::Furniture,
            Line::Header(parts) => self.read_header(block, &parts),
            Line::Rights => self.read_rights(block),
            Line::Source => self.read_source_line(block),
            Line::Note => self.read_note(block),
            Line::Short if self.is_signature(block) => self.read_signature(block),
            Line::Short | Line::Long => {}
        }
    }

    /// Controls and boxes between the paragraphs.
    fn settle_middle(&mut self, body: &[usize]) {
        for block in body {
            let text = self.text(*block);
            // Controls are short; a sentence is none.
            let short = text.len() <= 300 && !(columns(text) > 120 && ends_sentence(text));
            if self.role(*block) == Role::Body && short && super::lexicon::furniture(text) {
                self.found.blocks[*block].role = Role::Furniture;
            }
        }
    }

    /// Short lines without final punctuation between paragraphs of the body.
    fn find_headings(&mut self, body: &[usize]) {
        let body: Vec<usize> = body.iter().copied().filter(|b| self.role(*b) == Role::Body).collect();
        for (i, block) in body.iter().enumerate() {
            if !matches!(self.article.blocks[*block].kind, ArticleKind::Paragraph) || self.article.is_page {
                continue;
            }
            let text = self.text(*block);
            let long = |at: Option<&usize>| at.is_some_and(|b| columns(self.text(*b)) > 120);
            let neighbours = long(i.checked_sub(1).and_then(|b| body.get(b))) && long(body.get(i + 1));
            let bracketed = text.starts_with('【') && text.ends_with('】');
            let plain = !ends_sentence(text) && !text.ends_with([':', '：', ',', '，', '—', '”', '"', '’']);
            if neighbours && columns(text) <= 60 && (bracketed || plain) {
                self.found.blocks[*block].heading = true;
            }
        }
    }
}
