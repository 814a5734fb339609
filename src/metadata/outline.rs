//! What each block is for: the head of the page up to the first paragraph, its tail from the last one, and furniture
//! and headings between them. Told by what the lines say and by their neighbours, not by their numbers.

mod above;
mod boxes;
mod credit;
mod head;
mod page;
mod printed;
mod series;
mod start;
mod strays;
mod tail;
mod title;
mod title_score;

use std::collections::BTreeMap;

use super::byline::Bylined;
use super::evidence::{self, Evidence};
use super::front_matter::front_matter;
use super::lines::{Line, line, own_words};
use super::names::{Known, Naming, people_line};
use super::note;
use super::press;
use super::rules;
use super::scope::Scope;
use crate::characters::columns;
use crate::document::{Medium, Reason, Role};
use crate::read::ArticleKind;
use crate::span::RuleId;

use super::prose::ends_sentence;
use printed::Printed;

/// Blocks that are looked at above the first paragraph.
const HEAD: usize = 40;
/// Blocks that are looked at below the last one.
const TAIL: usize = 16;

/// The article's parts.
#[derive(Debug)]
pub(super) struct Outline {
    /// What each block is for.
    pub(super) roles: Vec<Role>,
    /// Why blocks are furniture; those that are and have no reason are outside the article by the page's markup.
    pub(super) reasons: BTreeMap<usize, Reason>,
    /// The blocks that head a section of the body.
    pub(super) headings: Vec<usize>,
    /// What the lines of the head and of the tail say, in the order in which they count.
    pub(super) evidence: Vec<Evidence>,
    /// Whom the head names.
    pub(super) known: Known,
    /// What the article is read in.
    pub(super) medium: Medium,
    /// How its title was found.
    pub(super) title_rule: RuleId,
}

/// Roles of some blocks, and what their lines say.
#[derive(Debug, Default)]
struct Settled {
    roles: Vec<(usize, Role)>,
    reasons: Vec<(usize, Reason)>,
    evidence: Vec<Evidence>,
}

impl Settled {
    fn settle(&mut self, block: usize, role: Role, said: impl IntoIterator<Item = Evidence>) {
        self.roles.push((block, role));
        self.evidence.extend(said);
    }

    fn leave_out(&mut self, block: usize, reason: Reason) {
        self.roles.push((block, Role::Furniture));
        self.reasons.push((block, reason));
    }
}

impl Outline {
    fn new(roles: Vec<Role>, medium: Medium) -> Self {
        Self {
            roles,
            reasons: BTreeMap::new(),
            headings: Vec::new(),
            evidence: Vec::new(),
            known: Known::default(),
            medium,
            title_rule: rules::TITLE_PLACE,
        }
    }

    /// Whether lines that are of the page or that nothing explains stand above the title, more than one.
    fn is_title_below_page(&self) -> bool {
        let above = self.roles.iter().take_while(|role| **role != Role::Title);
        above.filter(|role| matches!(role, Role::Furniture | Role::Unplaced)).nth(1).is_some()
    }

    fn leave_out(&mut self, block: usize, reason: Reason) {
        self.roles[block] = Role::Furniture;
        self.reasons.insert(block, reason);
    }

    fn take(&mut self, settled: Settled) {
        for (block, role) in settled.roles {
            self.roles[block] = role;
        }
        self.reasons.extend(settled.reasons);
        self.evidence.extend(settled.evidence);
    }
}

/// A line that was looked at.
#[derive(Debug)]
struct Seen {
    block: usize,
    line: Line,
    /// The names of which it consists, where no label says it.
    people: Vec<Bylined>,
}

impl Seen {
    fn is_open(&self) -> bool {
        matches!(self.line, Line::Long | Line::Short)
    }

    fn is_names(&self) -> bool {
        !self.people.is_empty()
    }

    fn is_signature(&self, scope: &Scope<'_>) -> bool {
        let (text, block) = (scope.text(self.block), &scope.article.blocks[self.block]);
        // Behind the text of a page stand links, and headings that begin with capitals.
        let is_of_text = !scope.article.is_page
            || block.role == Some(Role::Body) && matches!(block.kind, ArticleKind::Paragraph) && !block.is_linked;
        is_of_text && columns(text) <= 80 && (self.is_names() || evidence::is_mail(text))
    }
}

/// What lines are looked at with.
struct Eyes<'a> {
    scope: &'a Scope<'a>,
    naming: &'a Naming,
    known: &'a Known,
    /// What the words of blocks say that were looked at before.
    own: &'a OwnWords,
}

/// What the words of blocks say, by block.
type OwnWords = BTreeMap<usize, Option<Line>>;

impl<'a> Eyes<'a> {
    fn text(&self, block: usize) -> &'a str {
        self.scope.text(block)
    }

    fn line(&self, block: usize, tail: bool) -> Line {
        let own = || self.own.get(&block).cloned().unwrap_or_else(|| own_words(self.scope, self.naming, block));
        line(self.scope, self.known, block, tail, own)
    }

    fn see(&self, block: usize, tail: bool) -> Seen {
        self.seen(block, self.line(block, tail))
    }

    fn seen(&self, block: usize, line: Line) -> Seen {
        // In a page a name over a paragraph, set as a heading, is what the paragraph is about.
        let article = self.scope.article;
        let is_heading = article.is_page && matches!(article.blocks[block].kind, ArticleKind::Heading(2..));
        let open = matches!(line, Line::Long | Line::Short) && !is_heading;
        let people = if open { people_line(self.scope, self.naming, block) } else { Vec::new() };
        Seen { block, line, people }
    }
}

/// The outline of an article, and what its lines say.
pub(super) fn outline(scope: &Scope<'_>) -> Outline {
    let houses: Vec<usize> = scope.blocks().filter(|block| scope.is_house_furniture(*block)).collect();
    let mut roles: Vec<Role> = scope.article.blocks.iter().map(|block| block.role.unwrap_or(Role::Body)).collect();
    houses.iter().for_each(|block| roles[*block] = Role::Furniture);
    let overlooked = page::overlooked(scope, &roles);
    let is_read = |block: &usize| roles[*block] != Role::Furniture || overlooked.contains(block);
    let blocks: Vec<usize> = scope.blocks().filter(is_read).collect();
    // Where a page has nothing that reads like an article, it is looked at as if it were plain text.
    let marked = |block: &usize| scope.article.is_page && scope.article.blocks[*block].role == Some(Role::Body);
    if let Some(exported) = press::exported(scope) {
        return of_export(scope, exported);
    }
    let mut outline = match (blocks.iter().position(marked), blocks.iter().rposition(marked)) {
        (Some(first), Some(last)) => page::page(scope, roles, &blocks, first..last + 1),
        _ => plain(scope, roles, &blocks),
    };
    outline.reasons.extend(houses.into_iter().map(|block| (block, Reason::HouseStyle)));
    outline
}

/// An article of a press database's export: its labels say what its lines are, and only its end is looked at for notes.
fn of_export(scope: &Scope<'_>, exported: press::Exported) -> Outline {
    let press::Exported { roles, evidence } = exported;
    let body: Vec<usize> = scope.blocks().filter(|block| roles[*block] == Role::Body).collect();
    let mut outline = Outline { evidence, title_rule: rules::EXPORT_PLACE, ..Outline::new(roles, Medium::Text) };
    let (naming, known, own) = (Naming::default(), Known::default(), OwnWords::new());
    let eyes = Eyes { scope, naming: &naming, known: &known, own: &own };
    let settled = tail::tail(&eyes, &body);
    outline.take(settled);
    outline.headings = headings(scope, &outline.roles, &body);
    outline
}

fn plain(scope: &Scope<'_>, roles: Vec<Role>, blocks: &[usize]) -> Outline {
    let (taken, entries) = front_matter(scope, blocks);
    let printed = (taken == 0).then(|| printed::article(scope, blocks)).flatten();
    let medium = match &printed {
        _ if scope.article.is_page => Medium::Page,
        Some(_) => Medium::PrintedPage,
        None => Medium::Text,
    };
    let mut outline = Outline::new(roles, medium);
    let blocks = match &printed {
        Some(article) => {
            article.furniture.iter().for_each(|block| outline.leave_out(*block, Reason::Form));
            article.unplaced.iter().for_each(|block| outline.roles[*block] = Role::Unplaced);
            article.title.iter().for_each(|at| outline.roles[blocks[*at]] = Role::Title);
            &blocks[article.head..article.end]
        }
        None => blocks,
    };
    let (front, blocks) = blocks.split_at(taken);
    for block in front {
        outline.roles[*block] = Role::Header;
    }
    let tail = blocks.iter().rev().take(TAIL);
    let pen_names = tail.filter_map(|b| note::pen_name(&scope.words, scope.text(*b)).map(str::to_owned)).collect();
    let (naming, own, mut seen) = see_head(scope, pen_names, &blocks[..blocks.len().min(HEAD)]);
    head::join_labels(scope, &mut seen);
    let named = head::find_notes(scope, &mut seen);
    if medium == Medium::Text {
        series::free_days(scope, blocks, &mut seen);
    }
    let body = start::with_openings(scope, &seen, start::body(scope, &outline.roles, &seen));
    if medium == Medium::Text {
        start::free_title(scope, &mut outline.roles, &mut seen[..body]);
    }
    outline.evidence = entries.iter().flat_map(|entry| evidence::entry(scope, entry)).collect();
    let head = head::head(scope, &outline, &seen[..body], named);
    outline.known = head.known;
    outline.take(head.settled);
    let known = outline.known.clone();
    let eyes = Eyes { scope, naming: &naming, known: &known, own: &own };
    let text = series::with_heading(scope, &outline.roles, blocks, body);
    blocks[text..body].iter().for_each(|block| outline.roles[*block] = Role::Body);
    below(&eyes, &mut outline, &blocks[text..]);
    if medium != Medium::Page {
        finish_text(scope, &mut outline, printed.as_ref());
    }
    strays::without_strays(scope, &mut outline, printed.is_some());
    outline
}

/// How the title of a plain text was found, and the address of the page that it was copied from.
fn finish_text(scope: &Scope<'_>, outline: &mut Outline, printed: Option<&Printed>) {
    outline.title_rule = match printed.and_then(Printed::title_rule) {
        Some(rule) => rule,
        None if outline.is_title_below_page() => rules::TITLE_BELOW,
        None => rules::TITLE_PLACE,
    };
    if let Some((block, said)) = evidence::address(scope, &outline.roles, &outline.evidence) {
        outline.roles[block] = Role::Header;
        outline.reasons.remove(&block);
        outline.evidence.push(said);
    }
}

/// The lines at the top, and what they say of the names among them.
fn see_head(scope: &Scope<'_>, pen_names: Vec<String>, blocks: &[usize]) -> (Naming, OwnWords, Vec<Seen>) {
    let (nobody, naming) = (Known::default(), Naming { pen_names, is_translation: false });
    let mut own = OwnWords::new();
    let mut look = |block: usize| {
        line(scope, &nobody, block, false, || {
            own.entry(block).or_insert_with(|| own_words(scope, &naming, block)).clone()
        })
    };
    let lines: Vec<Line> = blocks.iter().map(|block| look(*block)).collect();
    let naming = Naming { is_translation: lines.iter().any(head::names_translator), ..naming };
    let eyes = Eyes { scope, naming: &naming, known: &nobody, own: &own };
    let seen = blocks.iter().zip(lines).map(|(block, line)| eyes.seen(*block, line)).collect();
    (naming, own, seen)
}

/// What stands below the head.
fn below(eyes: &Eyes<'_>, outline: &mut Outline, body: &[usize]) {
    let end = tail::cut_off(eyes, body);
    outline.take(tail::beyond(eyes, &body[end..]));
    outline.take(tail::tail(eyes, &body[..end]));
    finish_body(eyes.scope, outline, &body[..end]);
    outline.headings = headings(eyes.scope, &outline.roles, &body[..end]);
}

/// Controls and boxes between the paragraphs, and what opens the first of them.
fn finish_body(scope: &Scope<'_>, outline: &mut Outline, body: &[usize]) {
    if !scope.article.is_page {
        boxes::boxed(scope, &outline.roles, body).into_iter().for_each(|block| outline.roles[block] = Role::Unplaced);
    }
    for block in tail::controls(scope, &outline.roles, body) {
        outline.leave_out(block, Reason::Words);
    }
    if let Some(first) = body.iter().find(|block| outline.roles[**block] == Role::Body) {
        outline.evidence.extend(evidence::dateline(scope, *first));
    }
}

/// Short lines without final punctuation between paragraphs of the body.
fn headings(scope: &Scope<'_>, roles: &[Role], body: &[usize]) -> Vec<usize> {
    let body: Vec<usize> = body.iter().copied().filter(|block| roles[*block] == Role::Body).collect();
    let long = |at: Option<&usize>| at.is_some_and(|block| columns(scope.text(*block)) > 120);
    // The first line of the text heads the first of several sections.
    let above = |at: usize| at == 0 || long(body.get(at - 1));
    let is_heading = |at: &usize| {
        let text = scope.text(body[*at]);
        let bracketed = text.starts_with('【') && text.ends_with('】');
        let plain = !ends_sentence(text) && !text.ends_with([':', '：', ',', '，', '—', '”', '"', '’']);
        matches!(scope.article.blocks[body[*at]].kind, ArticleKind::Paragraph)
            && !scope.article.is_page
            && columns(text) <= 60
            && (bracketed || plain)
            && above(*at)
            && long(body.get(at + 1))
    };
    (0..body.len()).filter(is_heading).map(|at| body[at]).collect()
}
