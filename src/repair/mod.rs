//! Text to repaired text: finds stretches that were decoded in the wrong encoding and undoes that.
//!
//! Evidence first, edits after: every chain of misreadings is tried over the whole text, the bits of description
//! length that it saves are pooled over the document, and chains are taken while what they save exceeds a margin.
//! Then the result is looked at again, since text may have been misread more than once. Edits never overlap, and the
//! log keeps what stood there.
//!
//! ```
//! use oped_convert::plan::RepairOptions;
//!
//! let repaired = oped_convert::repair_str("Itâ€™s the cafÃ©â€™s last week.", &RepairOptions::default());
//! assert_eq!(repaired.text, "It’s the café’s last week.");
//! assert_eq!(repaired.log.restore(&repaired.text).unwrap(), "Itâ€™s the cafÃ©â€™s last week.".as_bytes());
//! ```

mod chain;
mod codec;
mod edits;
mod evidence;
mod lattice;
mod loss;
mod marks;
mod proof;
mod realise;
mod reference;
mod search;
mod segments;
mod trial;
mod veto;
mod view;

use std::borrow::Cow;
use std::ops::Range;

use edits::RepairRun;
use evidence::Workspace;
use reference::Kind;

use crate::decode::{self, Decoded};
use crate::diagnostic::{self, Diagnostic};
use crate::edit::{ChainId, RepairLog, Repaired, Segment, SegmentKind};
use crate::model::Model;
use crate::original::{Origin, Original};
use crate::plan::RepairOptions;

/// Decodes and repairs bytes of unknown encoding. No I/O; never fails: what no encoding reads becomes U+FFFD and
/// stays in the log.
///
/// ```
/// use oped_convert::plan::RepairOptions;
///
/// // GBK quotation marks in English, and a no-break space of the page around it.
/// let bytes = b"US can\xA1\xAFt shirk duty over cyber governance. The \xA1\xB0rules\xA1\xB1 don\xA1\xAFt apply.\n\xA0\n";
/// let repaired = oped_convert::repair_bytes(bytes, &RepairOptions::default());
/// assert_eq!(repaired.text, "US can’t shirk duty over cyber governance. The “rules” don’t apply.\n\u{A0}\n");
/// assert_eq!(repaired.report.encodings[0].name(), "GB18030");
/// assert_eq!(repaired.log.restore(&repaired.text).unwrap(), bytes);
/// ```
pub fn repair_bytes(bytes: &[u8], options: &RepairOptions) -> Repaired {
    let original = Original::new(Origin::default(), bytes);
    repair(&original, decode::decode(&original), options)
}

/// Repairs a text that was decoded already. No I/O; never fails. The log leads back to the bytes of `text`.
///
/// ```
/// use oped_convert::plan::RepairOptions;
/// use oped_convert::span::Permille;
///
/// let options = RepairOptions { min_confidence: Permille::new(1000), ..RepairOptions::default() };
/// let repaired = oped_convert::repair_str("NICP¡¡Time:12 05, 2017¡¡Writer:Ann Lee, who can¡¯t wait", &options);
/// // Held back: in the log, and not in the text.
/// assert_eq!(repaired.text, "NICP¡¡Time:12 05, 2017¡¡Writer:Ann Lee, who can¡¯t wait");
/// assert_eq!(repaired.log.repairs().count(), 3);
/// ```
pub fn repair_str(text: &str, options: &RepairOptions) -> Repaired {
    repair_bytes(text.as_bytes(), options)
}

/// Repairs a decoded text.
pub fn repair(original: &Original, decoded: Decoded, options: &RepairOptions) -> Repaired {
    let findings = find(original, &decoded, options);
    let withheld = |run: &RepairRun| options.report_only || run.confidence < options.min_confidence;
    let lost = lost_text(&decoded.text, decoded.report.unreadable);
    let mut diagnostics = decoded.diagnostics.clone();
    let report = decoded.report.clone();
    let (text, segments) = if findings.runs.is_empty() {
        (decoded.text, decoded.segments)
    } else {
        segments::apply(&decoded, &findings.runs, &original.bytes, &withheld)
    };
    let (log, fallback) = RepairLog::with_digest(original.digest, &original.bytes, &text, segments);
    diagnostics.extend(fallback);
    diagnostics.extend(describe(&findings, &withheld));
    diagnostics.extend(lost);
    Repaired { text, log, report, diagnostics }
}

/// What was found in a text.
#[derive(Debug, Default)]
struct Findings {
    /// The repairs, sorted and disjoint, in terms of the decoded text.
    runs: Vec<RepairRun>,
    /// Characters of which bytes were lost, and the text does not tell which.
    lost: usize,
}

/// Passes over one text: three misreadings on top of each other, and as many again for what the first ones hid.
const PASSES: usize = 6;

fn find(original: &Original, decoded: &Decoded, options: &RepairOptions) -> Findings {
    let text = &decoded.text;
    let html = text.contains('&') && original.origin.is_page(text);
    let mut runs = match (html, options.entities) {
        (true, _) => reference::find(text, Kind::AboveAscii),
        (false, true) => reference::find(text, Kind::All),
        (false, false) => Vec::new(),
    };
    if text.is_ascii() && runs.is_empty() {
        return Findings::default();
    }
    let model = Model::for_text(text);
    // A raw segment cannot be cut: its text does not tell where its bytes are.
    let is_raw = |s: &&Segment| matches!(s.kind, SegmentKind::Raw(_)) && !s.target.is_empty();
    let raw: Vec<Range<usize>> = decoded.segments.iter().filter(is_raw).map(|s| s.target.clone()).collect();
    runs.retain(|run| !raw.iter().any(|raw| raw.start < run.range.end && run.range.start < raw.end));
    let mut taken = edits::moved(&raw, &runs);
    let mut repaired = if runs.is_empty() { Cow::Borrowed(text.as_str()) } else { edits::apply(text, &runs).into() };
    let (mut lost, mut work) = (0, Workspace::default());
    for _ in 0..PASSES {
        let verdict = search::search(&repaired, &taken, &model, &mut work);
        let found = realise::realise(&repaired, &verdict, &mut work);
        lost += found.lost.len();
        taken = edits::moved(&merged(taken, found.lost), &found.runs);
        if found.runs.is_empty() {
            break;
        }
        let next = edits::apply(&repaired, &found.runs);
        if runs.is_empty() {
            runs = found.runs;
        } else {
            runs = edits::compose(&repaired, &runs, &found.runs);
            // Where a chain would have become too long, the two differ, and nothing more can be done there.
            if edits::apply(text, &runs) != next {
                break;
            }
        }
        repaired = next.into();
    }
    // The references of a page are the reader's, but for those that were damaged.
    runs.retain(|run| !html || run.chain != ChainId::REFERENCE);
    Findings { runs, lost }
}

fn merged(mut a: Vec<Range<usize>>, b: Vec<Range<usize>>) -> Vec<Range<usize>> {
    a.extend(b);
    a.sort_by_key(|range| range.start);
    a
}

/// One diagnostic per chain, in the order of the text; then what was withheld and lost.
fn describe(findings: &Findings, withheld: &impl Fn(&RepairRun) -> bool) -> Vec<Diagnostic> {
    let mut counts: Vec<(ChainId, usize)> = Vec::new();
    for run in findings.runs.iter().filter(|run| !withheld(run)) {
        match counts.iter_mut().find(|(chain, _)| *chain == run.chain) {
            Some((_, count)) => *count += 1,
            None => counts.push((run.chain, 1)),
        }
    }
    let mut diagnostics: Vec<Diagnostic> = counts
        .into_iter()
        .map(|(chain, count)| {
            if chain == ChainId::REFERENCE {
                let message =
                    format!("{} became characters", counted(count, "character reference", "character references"));
                return Diagnostic::new(diagnostic::R006, message);
            }
            Diagnostic::new(diagnostic::R001, format!("{} repaired: {chain}", counted(count, "span", "spans")))
        })
        .collect();
    let held = findings.runs.iter().filter(|run| withheld(run)).count();
    if held > 0 {
        let message = format!("{} withheld", counted(held, "repair", "repairs"));
        diagnostics.push(Diagnostic::new(diagnostic::R005, message));
    }
    if findings.lost > 0 {
        let message = format!("{} lost bytes and cannot be told", counted(findings.lost, "place", "places"));
        diagnostics.push(Diagnostic::new(diagnostic::R004, message));
    }
    diagnostics
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// U+FFFD whose UTF-8 was read as GBK, two at a time.
const LOST_AS_GBK: &str = "锟斤拷";

/// U+FFFD in the input itself; those that decoding made are the decoder's to report.
fn lost_text(text: &str, unreadable: usize) -> Option<Diagnostic> {
    let replaced = text.matches('\u{FFFD}').count().saturating_sub(unreadable);
    let lost = replaced + 2 * text.matches(LOST_AS_GBK).count();
    let verb = if lost == 1 { "character was" } else { "characters were" };
    (lost > 0).then(|| {
        Diagnostic::new(diagnostic::R002, format!("{lost} {verb} replaced by U+FFFD before this file was made"))
    })
}

/// Builds the tables.
pub fn warm() {
    crate::model::warm();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::EncodingId;

    fn repaired(bytes: &[u8]) -> Repaired {
        let original = Original::new(Origin::default(), bytes);
        let repaired = repair(&original, crate::decode::decode(&original), &RepairOptions::default());
        assert_eq!(repaired.log.restore(&repaired.text).unwrap(), bytes);
        repaired
    }

    #[test]
    fn the_four_damages_of_a_posted_op_ed_are_undone_and_its_no_break_spaces_kept() {
        let text =
            "Ann Lee: They can¡¯t wait\n\nINST¡¡Time:12 05, 2017¡¡Writer:Ann Lee¡¡Editor:Bo\n\u{A0}\nText.\u{A0}\n";
        let result = repaired(text.as_bytes());
        assert_eq!(result.text, text.replace("¡¯", "’").replace("¡¡", "\u{3000}"));
        let sources: Vec<_> = result.log.repairs().map(|(_, s)| s.source.clone()).collect();
        assert_eq!(sources, [17..21, 33..37, 53..57, 71..75]);
    }

    #[test]
    fn french_that_was_written_in_gbk_keeps_its_accents() {
        let text = "Sur la place de l’Horloge, on dénombrait onze bancs : « en métal », inclinées de quinze degrés, où \
                    nul ne tient plus de cinq minutes. Je crois plutôt qu’elle offre à celui qui est fatigué un répit.";
        let damaged = EncodingId::Latin1.decode(&EncodingId::Gb18030.encode(text).unwrap()).unwrap();
        assert_eq!(repaired(damaged.as_bytes()).text, text);
    }

    #[test]
    fn utf8_read_as_windows_1252_is_undone() {
        let result = repaired("Itâ€™s â€œfineâ€\u{9D}, said JosÃ©. NaÃ¯ve â€” or not?".as_bytes());
        assert_eq!(result.text, "It’s “fine”, said José. Naïve — or not?");
    }

    #[test]
    fn what_is_utf8_is_not_taken_for_korean() {
        let text = "Copyright Â© 2019. It was Â£20, not Â£30.";
        assert_eq!(repaired(text.as_bytes()).text, "Copyright © 2019. It was £20, not £30.");
    }

    #[test]
    fn utf8_read_as_other_single_byte_pages_is_undone() {
        let text = "It’s the café’s last week — “and we’ll miss it”.";
        for page in [EncodingId::Windows1251, EncodingId::Windows1250, EncodingId::Windows1254, EncodingId::MacRoman] {
            let damaged = page.decode(text.as_bytes()).unwrap();
            assert_eq!(repaired(damaged.as_bytes()).text, text, "{page}");
        }
    }

    #[test]
    fn text_that_was_misread_two_and_three_times_is_undone_in_one() {
        let reread = |text: &str| EncodingId::Windows1252.decode(text.as_bytes()).unwrap();
        let text = "It’s the café’s last week — and we’ll miss it.";
        assert_eq!(repaired(reread(&reread(text)).as_bytes()).text, text);
        let result = repaired(reread(&reread(&reread(text))).as_bytes());
        assert_eq!(result.text, text);
        assert_eq!(result.log.repairs().count(), 4);
        let chinese = "我们需要的不是更多的会议，而是一张长椅。";
        let latin1 = |bytes: &[u8]| EncodingId::Latin1.decode(bytes).unwrap();
        let damaged = latin1(latin1(&EncodingId::Gb18030.encode(chinese).unwrap()).as_bytes());
        assert_eq!(repaired(damaged.as_bytes()).text, chinese);
    }

    #[test]
    fn genuine_text_is_untouched() {
        for text in [
            "¡¡Basta ya!! ¿¿Por qué?? ÅÄÖ ÉTÉ À L’ÉCOLE DES ÉLÈVES",
            "Le prix : 10\u{A0}€ — « déjà vu » n°\u{A0}5, 20\u{A0}°C",
            "See §§ 12–14, ¶¶ 3–4 and §§ 20 ff. »Nein«, sagte er. »Äh«, »Öl«, »Übel«, »ß«.",
            "¥¥¥ §§ ¶¶ £££ ¤¤¤ «¡¡no!!» «¡No!» «¿Sí?»",
            "中国人民的“好”日子——真的。",
            "…—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!? …—“”‘’!?",
            "Größe, Ärger, Übermut; Señor Núñez; São Tomé",
            "Он писал о «распаде СССР», о «новой СССР» и снова о «старой СССР», а также про «БССР».",
        ] {
            assert_eq!(repaired(text.as_bytes()).text, text);
        }
    }

    #[test]
    fn a_damaged_article_that_speaks_of_encodings_is_repaired() {
        let clean = "The library’s catalogue wasn’t the problem — it’s the encoding. “Nobody told us”, said José, “and we \
                     didn’t ask”. That’s how the town’s archive lost Zoë’s letters, and half of the café’s old menus.";
        let damaged = EncodingId::Windows1252.decode(clean.as_bytes()).unwrap() + " It costs £5.";
        assert_eq!(repaired(damaged.as_bytes()).text, format!("{clean} It costs £5."));
    }

    #[test]
    fn damage_inside_legacy_bytes_is_logged_with_those_bytes() {
        let text = "Il nâ€™y a pas dâ€™autre choix, câ€™est tout.";
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(repaired(&bytes).text, "Il n’y a pas d’autre choix, c’est tout.");
    }
}
