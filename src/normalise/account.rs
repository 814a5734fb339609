//! What became of every byte of the repaired text: shown, furniture, header, folded or markup; and what is said of it.

use std::ops::Range;

use crate::diagnostic::{self, Diagnostic};
use crate::document::{Account, Fate, LeftOut, Reason, Role};
use crate::metadata::BlockReading;
use crate::read::{Article, ArticleBlock, Rest, TextPlace};

/// The account of a text of which `article` was read.
pub(super) fn account(text: &str, article: &Article, readings: &[BlockReading]) -> Account {
    let mut account = Account::default();
    let mut blocks = Vec::new();
    for (block, reading) in article.blocks.iter().zip(readings) {
        let (fate, before) = (fate_of(reading.role), blocks.len());
        // Breaks and quotation marks stand for tags, which are markup.
        let mut push = |stretch: Range<usize>| {
            if is_text(&article.texts, stretch.start) {
                blocks.push((stretch, fate));
            }
        };
        stretches(block, &mut push);
        if let Some(reason) = reading.left_out {
            account.leave_out(reason, blocks[before..].iter().map(|(stretch, _)| stretch.len()).sum());
        }
    }
    // Stable: the parser moves what a table may not hold, and a page may have an element twice in one place.
    blocks.sort_by_key(|(stretch, _)| stretch.start);
    let mut gaps = Gaps { text, texts: &article.texts, account: &mut account, done: 0, around: Fate::Shown };
    for (stretch, fate) in blocks {
        gaps.fill(stretch.start, fate);
        let rest = stretch.start.max(gaps.done)..stretch.end;
        if !rest.is_empty() {
            gaps.done = rest.end;
            gaps.account.push(rest, fate);
        }
        gaps.around = fate;
    }
    gaps.fill(text.len(), Fate::Markup);
    account
}

fn is_text(texts: &[TextPlace], at: usize) -> bool {
    let next = texts.partition_point(|text| text.place.end <= at);
    texts.get(next).is_some_and(|text| text.place.start <= at)
}

fn fate_of(role: Role) -> Fate {
    match role {
        Role::Furniture => Fate::Furniture,
        Role::Header => Fate::Header,
        _ => Fate::Shown,
    }
}

/// Calls `f` with every stretch that a block was read from, and those in it.
fn stretches(block: &ArticleBlock, f: &mut dyn FnMut(Range<usize>)) {
    block.each_text(&mut |text| text.stretches().filter(|stretch| !stretch.is_empty()).for_each(&mut *f));
}

/// What stands between the stretches of blocks.
struct Gaps<'a> {
    text: &'a str,
    /// Those of which no end was reached.
    texts: &'a [TextPlace],
    account: &'a mut Account,
    done: usize,
    /// The fate of the stretch above.
    around: Fate,
}

impl Gaps<'_> {
    /// Accounts for everything up to `end`, where a stretch of a block begins.
    fn fill(&mut self, end: usize, next: Fate) {
        while self.done < end {
            let passed = self.texts.partition_point(|text| text.place.end <= self.done);
            self.texts = &self.texts[passed..];
            let (stretch, rest) = match self.texts.first() {
                Some(text) if text.place.start <= self.done => (self.done..text.place.end.min(end), Some(text.rest)),
                Some(text) => (self.done..text.place.start.min(end), None),
                None => (self.done..end, None),
            };
            self.done = stretch.end;
            match rest {
                None | Some(Rest::Attribute) => self.account.push(stretch, Fate::Markup),
                Some(Rest::White) => self.account.push(stretch, Fate::Folded),
                Some(Rest::Text) => self.split(stretch, Fate::Furniture, Some(Reason::Outside)),
                Some(Rest::Hidden) => self.split(stretch, Fate::Furniture, Some(Reason::Hidden)),
                Some(Rest::OfBlock) if self.around == next => self.split(stretch, next, None),
                Some(Rest::OfBlock) => self.split(stretch, self.around, None),
            }
        }
    }

    /// White space of a stretch, and what is none.
    fn split(&mut self, stretch: Range<usize>, fate: Fate, reason: Option<Reason>) {
        let mut rest = stretch;
        while !rest.is_empty() {
            let text = &self.text[rest.clone()];
            let white = text.len() - text.trim_start().len();
            self.account.push(rest.start..rest.start + white, Fate::Folded);
            let words = text.trim();
            let end = rest.start + white + words.len();
            self.account.push(rest.start + white..end, fate);
            if let Some(reason) = reason.filter(|_| !words.is_empty()) {
                self.account.leave_out(reason, words.len());
            }
            rest.start = end;
            if words.is_empty() {
                return;
            }
        }
    }
}

/// What is said of a text of which the reading formats leave out a part.
pub(super) fn left_out(account: &Account) -> Option<Diagnostic> {
    let bytes = account.bytes();
    let counted = account.left_out().iter().map(|(reason, left_out)| {
        let LeftOut { texts, bytes } = left_out;
        format!("{} {texts} of {bytes} bytes", reason.name())
    });
    let counted = counted.collect::<Vec<_>>().join(", ");
    let message = format!(
        "the reading formats leave out {} bytes of page furniture and {} of header lines: {counted}",
        bytes.furniture, bytes.header
    );
    (!counted.is_empty()).then(|| Diagnostic::new(diagnostic::M013, message))
}
