//! Reasons to leave a text alone although a chain would explain it.

use std::borrow::Cow;
use std::ops::Range;

use super::evidence::{self, Candidate, Workspace};
use crate::model::BIT;

/// Bits that one character must save where others stand in the text that the same misreading would have damaged.
const ALONE: u32 = 48 * BIT;

/// Bits beyond which a candidate is believed. A text that was misread has no other characters above ASCII; where it
/// has some, one damaged character is a doubtful case.
pub(super) fn threshold(text: &str, islands: &[Range<usize>], candidate: &Candidate<'_>) -> u32 {
    let usual = candidate.threshold();
    if !candidate.chain().reads_utf8() {
        return usual;
    }
    let units: usize = candidate.scores.iter().map(|score| score.units).sum();
    if units == 1 && census(text, islands, candidate).0 > 0 { usual.max(ALONE) } else { usual }
}

/// Characters above ASCII in the text that the candidate does not explain, and those that it does.
fn census(text: &str, islands: &[Range<usize>], candidate: &Candidate<'_>) -> (usize, usize) {
    // C1 controls are never clean.
    let above = |island: &Range<usize>| {
        text[island.clone()].chars().filter(|c| !matches!(c, '\0'..='\u{A0}' | '\u{FFFD}')).count()
    };
    islands.iter().zip(&candidate.scores).fold((0, 0), |(clean, explained), (island, score)| {
        (clean + above(island).saturating_sub(score.explained), explained + score.explained)
    })
}

/// Bytes of torn UTF-8 that tell it from a legacy encoding.
const TORN: usize = 16;

/// Whether a text is UTF-8 that was shown byte by byte and lost its bytes 80-9F: what is left of it begins characters
/// of three bytes or goes on with one, and no legacy encoding has letters in those ranges alone.
pub(super) fn is_torn_utf8(text: &str, islands: &[Range<usize>]) -> bool {
    let characters = || islands.iter().flat_map(|island| text[island.clone()].chars()).filter(|c| !c.is_ascii());
    let leads = characters().filter(|c| matches!(c, '\u{E0}'..='\u{EF}')).count();
    let rest = characters().filter(|c| matches!(c, '\u{A0}'..='\u{BF}')).count();
    leads >= TORN && (leads / 2..=2 * leads).contains(&rest) && (leads + rest) * 50 >= characters().count() * 49
}

/// Words of those who write about misread text, in lower case.
const SUBJECT: &[&str] = &[
    "utf-8",
    "utf8",
    "mojibake",
    "latin-1",
    "latin1",
    "iso-8859",
    "iso 8859",
    "windows-125",
    "cp125",
    "charset",
    "character set",
    "unicode",
    "encoding",
    "encoded",
    "code page",
    "codepage",
    "zeichensatz",
    "zeichenkodierung",
    "zeichencodierung",
    "kodierung",
    "codierung",
    "zeichensalat",
    "encodage",
    "codage",
    "jeu de caractères",
    "codificación",
    "codificação",
    "codifica",
    "кодировк",
    "кодуванн",
    "кракозябр",
    "kodowani",
    "kódován",
    "乱码",
    "亂碼",
    "编码",
    "編碼",
    "字符集",
    "字元集",
    "文字化け",
    "文字コード",
    "エンコード",
    "인코딩",
    "ترميز",
    "gbk",
];

/// Examples have so many characters, at most, for each clean one of a text about misread text. A misread article that
/// speaks of encodings is damaged throughout.
const EXAMPLES: usize = 3;

/// Whether a candidate would repair examples. What looks damaged stands between quotation marks, and the text is
/// about misread text or shows the right characters as well; or the text is about misread text and has other
/// characters that the same misreading would have damaged.
pub(super) fn is_mention(
    text: &str,
    islands: &[Range<usize>],
    candidate: &Candidate<'_>,
    subject: bool,
    work: &mut Workspace,
) -> bool {
    let (clean, explained) = census(text, islands, candidate);
    // Where double-byte text was read as another encoding of the kind, nearly every ideograph is wrong. A mark that
    // another encoding has at the place of another mark (`·` of a name, `，`) is no such text.
    if candidate.chain().shows_pairs()
        && candidate.chain().is_legacy()
        && clean > explained
        && marks_only(text, islands, candidate, work)
    {
        return true;
    }
    if candidate.chain().shows_pairs()
        && candidate.chain().reads_utf8()
        && clean > explained
        && lone_letters(text, islands, candidate, work)
    {
        return true;
    }
    if subject && clean * EXAMPLES > explained {
        return true;
    }
    all_quoted(text, islands, candidate, work, !subject)
}

/// Whether a candidate makes marks only.
fn marks_only(text: &str, islands: &[Range<usize>], candidate: &Candidate<'_>, work: &mut Workspace) -> bool {
    let changed = islands.iter().zip(&candidate.scores).filter(|(_, score)| score.units > 0);
    for (island, _) in changed {
        let path = evidence::read(&candidate.trial, text, island, work);
        if path.units.iter().flat_map(|unit| unit.characters()).any(|c| c.is_alphanumeric()) {
            return false;
        }
    }
    true
}

/// Whether a candidate makes single characters of scripts that have words, one here and one there: the bar `丨`
/// between the parts of a head has the bytes of an Arabic letter, and many an ideograph those of some letter. Signs
/// that stand alone (°, £, ±) are no such case.
fn lone_letters(text: &str, islands: &[Range<usize>], candidate: &Candidate<'_>, work: &mut Workspace) -> bool {
    let changed = islands.iter().zip(&candidate.scores).filter(|(_, score)| score.units > 0);
    for (island, _) in changed {
        let path = evidence::read(&candidate.trial, text, island, work);
        let stretch = work.stretch();
        let mut end = None;
        for unit in &path.units {
            let range = stretch.start_of(unit.at)..stretch.ends[unit.end() - 1];
            let alone = end != Some(unit.at) && unit.characters().len() == 1;
            let is_lone = |c: &char| match c {
                // Phonetic letters to N'Ko with points and figures: two bytes in UTF-8, and hardly Latin.
                '\u{250}'..='\u{7FF}' => true,
                '\u{80}'..='\u{24F}' if c.is_alphabetic() => !touches_latin(text, &range),
                _ => false,
            };
            if !alone || !unit.characters().iter().all(is_lone) {
                return false;
            }
            end = Some(unit.end());
        }
    }
    true
}

/// Whether a Latin letter stands beside a range.
fn touches_latin(text: &str, range: &Range<usize>) -> bool {
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{250}';
    text[..range.start].chars().next_back().is_some_and(is_latin)
        || text[range.end..].chars().next().is_some_and(is_latin)
}

/// Bytes in which the subject of a text is looked for.
const HEAD: usize = 64 << 10;

/// Whether a text is about misread text.
pub(super) fn is_subject(text: &str) -> bool {
    // What a text is about it says at its beginning.
    let end = (0..=text.len().min(HEAD)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = without_tags(&text[..end]).to_ascii_lowercase();
    SUBJECT.iter().any(|word| head.contains(word))
}

/// A text without the tags, scripts and styles of a page: `<meta charset="utf-8">` says nothing about what it is about.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let raw = ["script", "style"]
            .iter()
            .find(|name| tag.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        let close = match raw {
            Some(name) => tag.find(&format!("</{name}")).unwrap_or(tag.len()),
            None => 0,
        };
        match tag[close..].find('>').filter(|_| is_tag) {
            Some(end) => rest = &tag[close + end + 1..],
            None if is_tag => rest = "",
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Characters between an example and the quotation marks around it.
const QUOTED: usize = 40;

/// Whether everything that the candidate repairs stands between quotation marks, and, where that is `shown`, in the
/// text as it should be as well.
fn all_quoted(
    text: &str,
    islands: &[Range<usize>],
    candidate: &Candidate<'_>,
    work: &mut Workspace,
    shown: bool,
) -> bool {
    let changed = islands.iter().zip(&candidate.scores).filter(|(_, score)| score.units > 0);
    let (mut units, mut right) = (0, 0);
    for (island, _) in changed {
        let path = evidence::read(&candidate.trial, text, island, work);
        let stretch = work.stretch();
        for unit in &path.units {
            if !is_quoted(text, stretch.start_of(unit.at)..stretch.ends[unit.end() - 1]) {
                return false;
            }
            units += 1;
            right += usize::from(unit.characters().iter().all(|c| text.contains(*c)));
        }
    }
    units > 0 && (!shown || right == units)
}

fn is_quoted(text: &str, range: Range<usize>) -> bool {
    let is_mark = |c: char| {
        matches!(c, '"' | '\'' | '`' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '「' | '」' | '『' | '』' | '(' | ')')
    };
    let near = |mut characters: Box<dyn Iterator<Item = char> + '_>| {
        characters.by_ref().take(QUOTED).take_while(|c| *c != '\n').any(is_mark)
    };
    near(Box::new(text[..range.start].chars().rev())) && near(Box::new(text[range.end..].chars()))
}

#[cfg(test)]
mod tests {
    use crate::plan::RepairOptions;
    use crate::repair::repair_str;

    #[test]
    fn single_ideographs_between_clean_ones_are_what_they_are() {
        let text = "港口需要一座橋\n\n稿源：海嶼日報 丨 發稿：李明 丨 入庫：2017-12-05\n\n渡輪又遲到了，全鎮的人都在等候，四十年\
                    來一直如此，沒有人問為什麼，也沒有人願意回答這個問題。";
        // As UTF-8 read as GB18030: an Arabic letter, a figure, a Hebrew point, Latin letters that touch none.
        for ideograph in ['丨', '侃', '吱', '氓', '癟', '丶'] {
            let text = text.replace('丨', &ideograph.to_string());
            assert_eq!(repair_str(&text, &RepairOptions::default()).text, text, "{ideograph}");
        }
        // Inside a Latin word it was a letter.
        let damaged = "He met Ren茅 at the caf茅, and Ren茅 said nothing about the d茅but of his niece in Li猫ge.";
        let repaired = repair_str(damaged, &RepairOptions::default());
        assert_eq!(
            repaired.text,
            "He met René at the café, and René said nothing about the début of his niece in Liège."
        );
    }
}
