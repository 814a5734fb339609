//! Article, metadata, roles and repair log to the one document model. Pure.
//!
//! Text is split where a repair, a recognised value or a link begins or ends. Characters that XML cannot carry
//! become U+FFFD here, and embeddings that a block leaves open are closed at its end.

mod account;

use std::ops::Range;

use crate::diagnostic::{self, Diagnostic};
use crate::document::{Block, BlockKind, Cell, Document, Inline, Mention, Role, block_text};
use crate::edit::Repaired;
use crate::edit::{Applicability, Edit};
use crate::metadata::{BlockReading, Recognised};
use crate::original::Original;
use crate::read::{Article, ArticleBlock, ArticleCell, ArticleKind, FoldedText, Markup, MarkupKind};
use crate::span::Span;

/// Builds the document and appends what was changed on the way.
pub fn normalise(
    original: &Original,
    repaired: &Repaired,
    article: Article,
    recognised: Recognised,
) -> (Document, Vec<Diagnostic>) {
    let edits = repaired.edits();
    let mut normaliser = Normaliser { repaired, edits: &edits, replaced: 0, closed: 0 };
    let Recognised { medium, metadata, blocks: readings, mut diagnostics } = recognised;
    let blocks = article.blocks.iter().zip(&readings).map(|(block, reading)| normaliser.block(block, reading));
    let mut blocks: Vec<Block> = blocks.collect();
    rank_headings(&mut blocks);
    diagnostics.extend(normaliser.diagnostics());
    if !blocks.iter().filter(|block| block.role.is_shown()).any(has_word) {
        diagnostics.push(Diagnostic::new(diagnostic::M015, "none of its text is text of an article"));
    }
    let account = account::account(&repaired.text, &article, &readings);
    diagnostics.extend(account::left_out(&account));
    let document = Document {
        source: original.origin.clone(),
        digest: original.digest,
        bytes: original.bytes.len(),
        encoding: repaired.report.clone(),
        identifier: None,
        medium,
        metadata,
        blocks,
        edits,
        folded: article.folded,
        account,
    };
    (document, diagnostics)
}

fn has_word(block: &Block) -> bool {
    block_text(block).contains(char::is_alphanumeric)
}

struct Normaliser<'a> {
    repaired: &'a Repaired,
    edits: &'a [Edit],
    replaced: usize,
    closed: usize,
}

impl Normaliser<'_> {
    fn block(&mut self, block: &ArticleBlock, reading: &BlockReading) -> Block {
        let span = self.span(block);
        let role = reading.role;
        let mut made = Block {
            kind: BlockKind::Paragraph,
            role,
            left_out: reading.left_out,
            language: reading.language.clone(),
            direction: block.direction,
            inlines: Vec::new(),
            span,
        };
        made.kind = match &block.kind {
            ArticleKind::Paragraph if reading.heading && role == Role::Body => BlockKind::Heading(1),
            ArticleKind::Heading(level) if role == Role::Body => BlockKind::Heading(*level),
            ArticleKind::Paragraph | ArticleKind::Heading(_) => BlockKind::Paragraph,
            ArticleKind::Quote(blocks) => BlockKind::Quote(self.blocks(blocks, role)),
            ArticleKind::List { numbering, items } => {
                let items = items.iter().map(|blocks| self.blocks(blocks, role)).collect();
                BlockKind::List { numbering: numbering.clone(), items }
            }
            ArticleKind::Table { caption, rows } => {
                let caption = caption.as_ref().map(|line| self.inlines(&line.text, marked(&line.markup)));
                let rows = rows.iter().map(|row| row.iter().map(|cell| self.cell(cell)).collect()).collect();
                BlockKind::Table { caption: caption.unwrap_or_default(), rows }
            }
            ArticleKind::Verse => {
                BlockKind::Verse(lines(self.inlines(&block.text, annotations(&block.markup, reading))))
            }
            ArticleKind::Figure { alt, caption } => {
                let alt = self.inlines(alt, Vec::new());
                BlockKind::Figure { alt, caption: self.blocks(caption, role) }
            }
            ArticleKind::Note { id, blocks } => BlockKind::Note { id: *id, blocks: self.blocks(blocks, role) },
        };
        if matches!(made.kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
            made.inlines = self.inlines(&block.text, annotations(&block.markup, reading));
        }
        made
    }

    /// Blocks inside another one; they have its role.
    fn blocks(&mut self, blocks: &[ArticleBlock], role: Role) -> Vec<Block> {
        let reading = |block: &ArticleBlock| BlockReading {
            role,
            left_out: None,
            language: block.language.clone(),
            heading: false,
            mentions: Vec::new(),
            links: Vec::new(),
        };
        blocks.iter().map(|block| self.block(block, &reading(block))).collect()
    }

    fn cell(&mut self, cell: &ArticleCell) -> Cell {
        let inlines = self.inlines(&cell.text, marked(&cell.markup));
        Cell { header: cell.header, columns: cell.columns, rows: cell.rows, inlines }
    }

    /// Where a block stands, and those in it.
    fn span(&self, block: &ArticleBlock) -> Option<Span> {
        let extent = block.extent()?;
        Some(self.repaired.source_of(extent))
    }

    /// A text with what is said of its parts.
    fn inlines(&mut self, text: &FoldedText, annotations: Vec<(Range<usize>, Annotation)>) -> Vec<Inline> {
        let mut inlines = self.annotated(text, 0..text.as_str().len(), &annotations);
        self.close_embeddings(&mut inlines);
        inlines
    }

    fn annotated(
        &mut self,
        text: &FoldedText,
        range: Range<usize>,
        annotations: &[(Range<usize>, Annotation)],
    ) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut done = range.start;
        let mut rest = annotations;
        while let Some(((outer, annotation), behind)) = rest.split_first() {
            self.push_text(text, done..outer.start, &mut inlines);
            let inside =
                behind.iter().take_while(|(inner, _)| inner.start < outer.end && inner.end <= outer.end).count();
            let inner = self.annotated(text, outer.clone(), &behind[..inside]);
            inlines.push(annotation.around(inner));
            done = outer.end;
            rest = &behind[inside..];
        }
        self.push_text(text, done..range.end, &mut inlines);
        inlines
    }

    /// A range of a block's folded text, split at the repairs in it.
    fn push_text(&mut self, text: &FoldedText, range: Range<usize>, inlines: &mut Vec<Inline>) {
        let stretch = text.repaired(range.clone());
        let edits = self.edits;
        let first = edits.partition_point(|e| self.target(e).end <= stretch.start);
        let mut done = range.start;
        for edit in &edits[first..] {
            let target = self.target(edit);
            if target.start >= stretch.end {
                break;
            }
            let folded = text.folded(target);
            let (start, end) = (folded.start.clamp(done, range.end), folded.end.clamp(done, range.end));
            // A repair that folding took away stays in the log and in the list of edits; one that was held back
            // changed nothing. Only a whole repair has a `sic`.
            if start == end || edit.applicability == Applicability::Withheld || text.as_str()[start..end] != edit.corr {
                continue;
            }
            self.push_plain(&text.as_str()[done..start], inlines);
            let corr = self.allowed(&edit.corr);
            inlines.push(Inline::Corrected { sic: edit.sic.clone(), corr, edit: edit.id });
            done = end;
        }
        self.push_plain(&text.as_str()[done..range.end], inlines);
    }

    fn target(&self, edit: &Edit) -> Range<usize> {
        self.repaired.log.segments[edit.segment].target.clone()
    }

    fn push_plain(&mut self, text: &str, inlines: &mut Vec<Inline>) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                inlines.push(Inline::Break);
            }
            if !line.is_empty() {
                inlines.push(Inline::Text(self.allowed(line)));
            }
        }
    }

    /// The text with C0 controls other than TAB and LF, DEL, and noncharacters as U+FFFD.
    fn allowed(&mut self, text: &str) -> String {
        let forbidden = |c: char| {
            let control = c < ' ' && !matches!(c, '\t' | '\n');
            control || c == '\u{7F}' || ('\u{FDD0}'..='\u{FDEF}').contains(&c) || u32::from(c) & 0xFFFE == 0xFFFE
        };
        text.chars()
            .map(|c| {
                let replace = forbidden(c);
                self.replaced += usize::from(replace);
                if replace { '\u{FFFD}' } else { c }
            })
            .collect()
    }

    /// Unicode Standard Annex #9: PDF closes LRE, RLE, LRO and RLO; PDI closes LRI, RLI and FSI. A paragraph
    /// separator would close them all, but renditions join paragraphs.
    fn close_embeddings(&mut self, inlines: &mut Vec<Inline>) {
        let mut open = Vec::new();
        for c in crate::document::inline_text(inlines).chars() {
            match c {
                '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push('\u{202C}'),
                '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
                '\u{202C}' if open.last() == Some(&c) => {
                    open.pop();
                }
                '\u{2069}' => {
                    // A PDI also closes the embeddings inside its isolate.
                    if let Some(at) = open.iter().rposition(|close| *close == c) {
                        open.truncate(at);
                    }
                }
                _ => {}
            }
        }
        if !open.is_empty() {
            self.closed += open.len();
            inlines.push(Inline::Text(open.into_iter().rev().collect()));
        }
    }

    fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let replaced = (self.replaced > 0).then(|| {
            Diagnostic::new(
                diagnostic::M005,
                format!("{} became U+FFFD", plural(self.replaced, "control or noncharacter")),
            )
        });
        let closed = (self.closed > 0).then(|| {
            Diagnostic::new(
                diagnostic::M006,
                format!("{} closed at the end of a block", plural(self.closed, "bidirectional embedding")),
            )
        });
        replaced.into_iter().chain(closed)
    }
}

/// What is said of a stretch of text: by the page's markup, or by recognition.
enum Annotation {
    Markup(MarkupKind),
    Mention(Mention),
    /// An address that the text prints.
    Address,
}

impl Annotation {
    fn around(&self, inner: Vec<Inline>) -> Inline {
        match self {
            Self::Mention(mention) => Inline::Mention(mention.clone(), inner),
            Self::Address => Inline::Link { target: crate::document::inline_text(&inner), inlines: inner },
            Self::Markup(kind) => match kind {
                MarkupKind::Emphasis => Inline::Emphasis(inner),
                MarkupKind::Strong => Inline::Strong(inner),
                MarkupKind::Quote => Inline::Quote(inner),
                MarkupKind::Link(target) => Inline::Link { target: target.clone(), inlines: inner },
                MarkupKind::Foreign(language) => Inline::Foreign(language.clone(), inner),
                MarkupKind::Ruby(reading) => Inline::Ruby { base: inner, reading: reading.clone() },
                MarkupKind::Sub => Inline::Sub(inner),
                MarkupKind::Sup => Inline::Sup(inner),
                MarkupKind::NoteReference { id, mark } => Inline::NoteRef { id: *id, mark: mark.clone() },
            },
        }
    }
}

/// What markup says, outer before inner.
fn marked(markup: &[Markup]) -> Vec<(Range<usize>, Annotation)> {
    markup.iter().map(|m| (m.range.clone(), Annotation::Markup(m.kind.clone()))).collect()
}

/// Markup with what was recognised, properly nested: what would cross an element is left out, and so is an address
/// inside a link.
fn annotations(markup: &[Markup], reading: &BlockReading) -> Vec<(Range<usize>, Annotation)> {
    let mentions = reading.mentions.iter().map(|(range, mention)| (range, Annotation::Mention(mention.clone())));
    let addresses = reading.links.iter().map(|range| (range, Annotation::Address));
    let mut recognised: Vec<(&Range<usize>, Annotation)> = mentions.chain(addresses).collect();
    recognised.sort_by_key(|(range, _)| range.start);
    let mut all = marked(markup);
    let mut end = 0;
    for (range, annotation) in recognised {
        let crosses = |m: &Markup| {
            let apart = m.range.end <= range.start || range.end <= m.range.start;
            let within = m.range.start <= range.start && range.end <= m.range.end;
            let around = range.start <= m.range.start && m.range.end <= range.end;
            let is_link = within && matches!(m.kind, MarkupKind::Link(_)) && matches!(annotation, Annotation::Address);
            is_link || !(apart || within || around)
        };
        if range.start >= end && !markup.iter().any(crosses) {
            end = range.end;
            all.push((range.clone(), annotation));
        }
    }
    // Stable: of equal ranges the markup is outside.
    all.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    all
}

/// Splits at the breaks; what a break divides is on both sides.
fn lines(inlines: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines = vec![Vec::new()];
    let add = |lines: &mut Vec<Vec<Inline>>, inline| {
        if let Some(line) = lines.last_mut() {
            line.push(inline);
        }
    };
    for inline in inlines {
        match &inline {
            Inline::Break => {
                lines.push(Vec::new());
                continue;
            }
            // A reading stands beside its whole base.
            whole if whole.inner().is_none() || matches!(whole, Inline::Ruby { .. }) => {
                add(&mut lines, inline);
                continue;
            }
            _ => {}
        }
        // Only the empty element is made for each line: it may be around thousands.
        let mut inner = Vec::new();
        let empty = inline.map_inner(|taken| {
            inner = taken;
            Vec::new()
        });
        for (number, part) in self::lines(inner).into_iter().enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if !part.is_empty() {
                add(&mut lines, empty.clone().map_inner(|_| part));
            }
        }
    }
    lines
}

/// Headings of the body from level 1, none skipped: pages begin with `h3` and go on with `h5`.
fn rank_headings(blocks: &mut [Block]) {
    let mut open: Vec<u8> = Vec::new();
    for block in blocks {
        let BlockKind::Heading(level) = &mut block.kind else { continue };
        while open.last().is_some_and(|outer| *outer >= *level) {
            open.pop();
        }
        open.push(*level);
        *level = u8::try_from(open.len()).unwrap_or(6).min(6);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_verse_are_split_inside_emphasis() {
        let text = |t: &str| Inline::Text(t.to_owned());
        let split = lines(vec![text("a"), Inline::Emphasis(vec![text("b"), Inline::Break, text("c")]), text("d")]);
        assert_eq!(
            split,
            [vec![text("a"), Inline::Emphasis(vec![text("b")])], vec![Inline::Emphasis(vec![text("c")]), text("d")]]
        );
    }

    #[test]
    fn headings_skip_no_level() {
        let heading = |level| Block { kind: BlockKind::Heading(level), ..Block::paragraph(Role::Body, vec![], None) };
        let mut blocks: Vec<Block> = [3, 5, 3, 2, 4].into_iter().map(heading).collect();
        rank_headings(&mut blocks);
        let levels: Vec<BlockKind> = blocks.into_iter().map(|b| b.kind).collect();
        assert_eq!(levels, [1, 2, 1, 1, 2].map(BlockKind::Heading));
    }
}
