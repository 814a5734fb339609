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
