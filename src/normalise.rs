//! Article, metadata, roles and repair log to the one document model. Pure.
//!
//! Text is split where a repair, a recognised value or a link begins or ends. Characters that XML cannot carry
//! become U+FFFD here, and embeddings that a block leaves open are closed at its end.

use std::ops::Range;

use crate::diagnostic::{self, Diagnostic};
use crate::document::{Block, BlockKind, Document, Inline, Mention, Role};
use crate::edit::{Applicability, Edit, EditId, SegmentKind};
use crate::metadata::{BlockReading, Recognised};
use crate::original::Original;
use crate::read::{Article, ArticleBlock, FoldedText};
use crate::repair::Repaired;
use crate::span::RuleId;

/// Builds the document and appends what was changed on the way.
pub fn normalise(
    original: &Original,
    repaired: &Repaired,
    article: Article,
    recognised: Recognised,
) -> (Document, Vec<Diagnostic>) {
    let edits = edits(repaired);
    let mut normaliser = Normaliser { repaired, edits: &edits, replaced: 0, closed: 0 };
    let Recognised { metadata, blocks: readings, mut diagnostics } = recognised;
    let blocks = article.blocks.iter().zip(readings).map(|(block, reading)| normaliser.block(block, reading)).collect();
    diagnostics.extend(normaliser.diagnostics());
    let document = Document {
        source: original.origin.clone(),
        digest: original.digest,
        bytes: original.bytes.len(),
        encoding: repaired.report.clone(),
        metadata,
        blocks,
        edits,
        folded: article.folded,
    };
    (document, diagnostics)
}

/// The repairs of the log, numbered in the order of the text.
fn edits(repaired: &Repaired) -> Vec<Edit> {
    let repairs = repaired.log.repairs().enumerate();
    let edit = |(number, (segment, made)): (usize, (usize, &crate::edit::Segment))| {
        let SegmentKind::Repaired { chain, encoding, before, confidence, applicability, proposed, .. } = &made.kind
        else {
            return None;
        };
        let sic = encoding.decode(before).unwrap_or_else(|| String::from_utf8_lossy(before).into_owned());
        Some(Edit {
            id: EditId(number + 1),
            segment,
            rule: RuleId("repair.chain"),
            source: made.source.clone().into(),
            sic,
            corr: proposed.as_deref().unwrap_or(&repaired.text[made.target.clone()]).to_owned(),
            chain: *chain,
            confidence: *confidence,
            applicability: *applicability,
        })
    };
    repairs.filter_map(edit).collect()
}

struct Normaliser<'a> {
    repaired: &'a Repaired,
    edits: &'a [Edit],
    replaced: usize,
    closed: usize,
}

impl Normaliser<'_> {
    fn block(&mut self, block: &ArticleBlock, reading: BlockReading) -> Block {
        let mut inlines = Vec::new();
        let mut done = 0;
        for (range, mark) in marks(&reading) {
            self.push_text(&block.text, done..range.start, &mut inlines);
            let mut inner = Vec::new();
            self.push_text(&block.text, range.clone(), &mut inner);
            inlines.push(match mark {
                Mark::Mention(mention) => Inline::Mention(mention, inner),
                Mark::Link => Inline::Link { target: crate::document::inline_text(&inner), inlines: inner },
            });
            done = range.end;
        }
        self.push_text(&block.text, done..block.text.as_str().len(), &mut inlines);
        self.close_embeddings(&mut inlines);
        let span = self.repaired.log.source_of(&self.repaired.text, block.text.extent());
        let kind =
            if reading.heading && reading.role == Role::Body { BlockKind::Heading(1) } else { BlockKind::Paragraph };
        Block { kind, role: reading.role, language: None, direction: None, inlines, span: Some(span.into()) }
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
        if !text.is_empty() {
            inlines.push(Inline::Text(self.allowed(text)));
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

/// Something that is recognised about a stretch of text.
enum Mark {
    Mention(Mention),
    Link,
}

/// Mentions and links of a block, sorted and disjoint.
fn marks(reading: &BlockReading) -> Vec<(Range<usize>, Mark)> {
    let mentions = reading.mentions.iter().map(|(range, mention)| (range.clone(), Mark::Mention(mention.clone())));
    let links = reading.links.iter().map(|range| (range.clone(), Mark::Link));
    let mut marks: Vec<(Range<usize>, Mark)> = mentions.chain(links).collect();
    marks.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    marks.retain(|(range, _)| {
        let free = range.start >= end;
        end = if free { range.end } else { end };
        free
    });
    marks
}
