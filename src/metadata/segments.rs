//! A line of a head or a tail to its parts: labelled values, dates, bylines, names of kinds of text, and what is
//! none of these. Parts are set off by bars, tabs, ideographic or several spaces, or by the next label alone.

mod labelled;
mod unlabelled;

use std::ops::Range;

use super::bars::{is_bar, trim};
use super::date::FoundDate;
use super::labels::{field_of, labels, opens_with_label};
use super::lexicon::Words;
use crate::document::Field;

use labelled::labelled;
pub(super) use unlabelled::PATTERNS;
use unlabelled::{opening_phrase, unlabelled};

/// One part of a line: byte ranges in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What stands there.
    pub(super) kind: PartKind,
    /// All of it, its label included.
    pub(super) range: Range<usize>,
}

impl Part {
    /// Whether it says something of the article: not of a picture, nor of the page.
    pub(super) fn is_of_article(&self) -> bool {
        match self.kind {
            PartKind::Labelled { field, .. } => !matches!(field, Field::Contributor(_) | Field::Unkept),
            PartKind::Date(_) | PartKind::Byline(_) => true,
            PartKind::Genre(_) | PartKind::Furniture | PartKind::Unknown => false,
        }
    }

    /// Whether it names who wrote: behind an opening word or a label.
    pub(super) fn names_author(&self) -> bool {
        matches!(self.kind, PartKind::Byline(_) | PartKind::Labelled { field: Field::Author, .. })
    }
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    /// A labelled value.
    Labelled { field: Field, label: Range<usize>, value: Range<usize> },
    /// A date without a label.
    Date(FoundDate),
    /// Names behind an opening word; the range of what follows it.
    Byline(Range<usize>),
    /// The name of a kind of text.
    Genre(Range<usize>),
    /// Controls of the page.
    Furniture,
    /// Nothing that a rule knows.
    Unknown,
}

/// The parts of a line; `is_gap` tells the spaces that stand for several, or for a tab.
pub(super) fn parts(words: &Words, line: &str, is_gap: &dyn Fn(usize) -> bool) -> Vec<Part> {
    if let Some(parts) = run_together(words, line) {
        return parts;
    }
    let mut parts = Vec::new();
    let mut pieces = pieces(words, line, is_gap).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let field = field_of(words, &line[piece.clone()]);
        // Alone on its line only a label of persons and dates is one: `Words` may be a title. Counts and buttons need
        // their colon.
        let alone = pieces.peek().is_none();
        let field = field.filter(|f| {
            (!alone && *f != Field::Unkept)
                || (parts.is_empty()
                    && matches!(
                        f,
                        Field::Author | Field::Editor | Field::Translator | Field::Published | Field::Updated
                    ))
        });
        let Some(field) = field else {
            labelled(words, line, piece, &mut parts);
            continue;
        };
        // 作者　梁以寧　蔡沐風: all pieces up to the next label are its value.
        let mut value: Option<Range<usize>> = None;
        // 原创　温如岚　砚湖评论: the account stands behind the author.
        let single = matches!(&line[piece.clone()], "原创" | "原創");
        while let Some(next) = pieces.next_if(|next| {
            !(single && value.is_some())
                && field_of(words, &line[next.clone()]).is_none()
                && (value.is_none() || labels(words, &line[next.clone()]).is_empty())
        }) {
            value = Some(value.map_or(next.start, |v| v.start)..next.end);
        }
        let value = value.unwrap_or(piece.end..piece.end);
        parts.push(Part { range: piece.start..value.end, kind: PartKind::Labelled { field, label: piece, value } });
    }
    join_keywords(&mut parts);
    parts
}

/// `OpinionWhy the river belongs to everyoneBy Noor HalabiyaPublished 5 December 2017`: elements of a page whose texts
/// were joined. Cut before capitals inside words, where two parts or more then say something.
fn run_together(words: &Words, line: &str) -> Option<Vec<Part>> {
    let mut cuts = vec![0];
    let mut before = ' ';
    for (i, c) in line.char_indices() {
        if c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
            cuts.push(i);
        }
        before = c;
    }
    if cuts.len() < 4 || line.len() > 400 {
        return None;
    }
    cuts.push(line.len());
    let mut parts = Vec::new();
    for pair in cuts.windows(2) {
        unlabelled(words, line, trim(line, pair[0]..pair[1]), &mut parts);
    }
    let said = parts.iter().filter(|p| !matches!(p.kind, PartKind::Unknown | PartKind::Furniture)).count();
    (said >= 2 && parts.iter().any(|p| matches!(p.kind, PartKind::Byline(_))) && labels(words, line).is_empty())
        .then_some(parts)
}

/// Keywords are separated by the marks that set parts off elsewhere.
fn join_keywords(parts: &mut Vec<Part>) {
    let Some(at) = parts.iter().position(|p| matches!(p.kind, PartKind::Labelled { field: Field::Keywords, .. }))
    else {
        return;
    };
    let more = parts[at + 1..]
        .iter()
        .take_while(|p| matches!(p.kind, PartKind::Unknown | PartKind::Genre(_) | PartKind::Furniture))
        .count();
    let Some(end) = parts.get(at + more).filter(|_| more > 0).map(|p| p.range.end) else { return };
    parts.drain(at + 1..=at + more);
    parts[at].range.end = end;
    if let PartKind::Labelled { value, .. } = &mut parts[at].kind {
        value.end = end;
    }
}

/// The parts of a line whose first one is the value of a label on the line before.
pub(super) fn continued(words: &Words, field: Field, line: &str, is_gap: &dyn Fn(usize) -> bool) -> Vec<Part> {
    let mut parts = parts(words, line, is_gap);
    // `Author of the article:` above `By Denise Paglin`
    let is_opened = |part: &Part| matches!(part.kind, PartKind::Byline(_)) && field == Field::Author;
    if let Some(first) = parts.first_mut().filter(|first| !is_opened(first)) {
        let value = first.range.clone();
        first.kind = PartKind::Labelled { field, label: value.start..value.start, value };
    }
    parts
}

/// The field whose value must stand on the next line: `Par`, `Author of the article:`.
pub(super) fn open_field(parts: &[Part]) -> Option<Field> {
    match &parts.last()?.kind {
        PartKind::Labelled { field, value, .. } if value.is_empty() => Some(*field),
        PartKind::Byline(names) if names.is_empty() => Some(Field::Author),
        _ => None,
    }
}

/// The stretches between bars and gaps, trimmed. A bar behind a lone label is its colon.
fn pieces(words: &Words, line: &str, is_gap: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut previous_wide = false;
    // A break ends what a byline says.
    let breaks = line.contains('\n') && words.byline(line).is_some();
    // `9. September 2025 um 15:46 Uhr / Ulla Brandvik`; the names of a month in two languages have one between them too.
    let has_slash = line.contains(" / ") && is_dated(line);
    for (i, c) in line.char_indices() {
        let is_apart = || line[..i].ends_with(' ') && line[i + c.len_utf8()..].starts_with(' ');
        let point = c == '·' && is_apart();
        let slash = c == '/' && has_slash && is_apart() && line[i + 1..].trim_start().starts_with(char::is_uppercase);
        let wide = c == '\u{A0}' || c == ' ';
        let spaced_name = wide && previous_wide && is_name_with_spaces(words, line, i);
        // Behind a comma a list goes on.
        let goes_on = line[..i].trim_end().ends_with(',');
        let gap =
            (c == '\n' && breaks) || (c == ' ' && is_gap(i) && !goes_on) || (wide && previous_wide && !spaced_name);
        previous_wide = wide;
        // A semicolon separates only what a label or a date follows: titles have semicolons.
        let semicolon = matches!(c, ';' | '；') && {
            let rest = line[i + c.len_utf8()..].trim_start();
            !(opening_phrase(words, line, &(line.len() - rest.len()..line.len())).is_some()
                || opens_with_label(words, rest)
                || rest.starts_with(|d: char| d.is_ascii_digit()))
        };
        if semicolon || !(is_bar(c) || point || slash || gap) {
            continue;
        }
        // `Research | Events | About` is a menu, though `research` is a label.
        let label = matches!(c, '|' | '丨' | '｜' | '・')
            && field_of(words, line[start..i].trim()).is_some()
            && (crate::characters::has_cjk(&line[start..i]) || line.matches(['|', '｜']).count() == 1);
        // Names of two Chinese characters are set with a space inside, to the width of three.
        let inside_name = matches!(c, '\u{3000}') && is_spaced_name(line, i) || gap && is_spaced_name(line, i);
        if !label && !inside_name {
            pieces.push(start..i);
            start = i + c.len_utf8();
        }
    }
    pieces.push(start..line.len());
    pieces.into_iter().map(|p| trim(line, p)).filter(|p| !p.is_empty()).collect()
}

/// Whether a line has a number of four digits, as years have.
fn is_dated(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// `By Hester  Quaile`: one word on either side of two spaces, the first one behind what opens a byline.
fn is_name_with_spaces(words: &Words, line: &str, at: usize) -> bool {
    let is_word =
        |text: &str| !text.is_empty() && text.starts_with(char::is_uppercase) && !text.contains(char::is_whitespace);
    let before = line[..at].trim_end();
    let name = words.byline(before).map(|opening| before[opening.end..].trim_start());
    name.is_some_and(is_word) && is_word(line[at..].trim())
}

/// `王　砚`: one character on either side of the space, and none of the same script beyond it.
pub(super) fn is_spaced_name(line: &str, at: usize) -> bool {
    let han = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let mut before = line[..at].chars().rev();
    let mut after = line[at..].chars().skip(1);
    han(before.next()) && !han(before.next()) && han(after.next()) && !han(after.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        let spaces = line.replace('\t', " ");
        let gap = |at: usize| line.as_bytes()[at] == b'\t';
        let show = |part: Part| match part.kind {
            PartKind::Labelled { field, value, .. } => format!("{field:?}={}", &spaces[value]),
            PartKind::Date(date) => format!("date={}", &spaces[date.range]),
            PartKind::Byline(names) => format!("by={}", &spaces[names]),
            PartKind::Genre(genre) => format!("genre={}", &spaces[genre]),
            PartKind::Furniture => "furniture".to_owned(),
            PartKind::Unknown => format!("?{}", &spaces[part.range]),
        };
        parts(&Words::of([]), &spaces, &gap).into_iter().map(show).collect()
    }

    #[test]
    fn authors_are_labelled_in_many_scripts() {
        for (line, name) in [
            ("מאת: דנה לוי", "דנה לוי"),
            ("लेखक: अमित शर्मा", "अमित शर्मा"),
            ("نویسنده: لیلا احمدی", "لیلا احمدی"),
            ("Tác giả: Nguyễn Văn An", "Nguyễn Văn An"),
            ("ผู้เขียน: สมชาย ใจดี", "สมชาย ใจดี"),
        ] {
            assert_eq!(read(line), [format!("Author={name}")], "{line}");
        }
    }

    #[test]
    fn lines_of_many_house_styles_come_apart() {
        for (line, parts) in [
            (
                "NICP\u{3000}Time:12 05, 2017\u{3000}Writer:Zhang Lanxi\u{3000}Editor:Wang Muqing",
                &["?NICP", "Published=12 05, 2017", "Author=Zhang Lanxi", "Editor=Wang Muqing"][..],
            ),
            (
                "Published: March 3, 2021 | Updated: March 5, 2021",
                &["Published=March 3, 2021", "Updated=March 5, 2021"],
            ),
            (
                "来源：江畔评论　作者：卢晏川　责任编辑：方稚文　发布时间：2018-06-11 09:30",
                &["Source=江畔评论", "Author=卢晏川", "Editor=方稚文", "Published=2018-06-11 09:30"],
            ),
            (
                "更新时间:2018-03-12作者:沈知遥来源:槐渡网点击:1324",
                &["Updated=2018-03-12", "Author=沈知遥", "Source=槐渡网", "Unkept=1324"],
            ),
            (
                "입력 2019-08-14 09:20 | 수정 2019-08-16 11:05",
                &["Published=2019-08-14 09:20", "Updated=2019-08-16 11:05"],
            ),
            ("（责任编辑：方稚文）", &["Editor=方稚文"]),
            ("作者：闻竹溪 来源：岭下新评网 2022/11/03", &["Author=闻竹溪", "Source=岭下新评网", "date=2022/11/03"]),
            ("By Guo Yanlin | 2021/3/7 19:09:32", &["by=Guo Yanlin", "date=2021/3/7"]),
            (
                "Autor: Ezequiel MondragónCargo: director del Observatorio RurbanoPublicado: 3 de julio de 2022",
                &[
                    "Author=Ezequiel Mondragón",
                    "Role=director del Observatorio Rurbano",
                    "Published=3 de julio de 2022",
                ],
            ),
            (
                "岚浦新闻 | 2020-11-03 17:22 | 文丨许听澜 | 编辑丨罗青禾",
                &["?岚浦新闻", "date=2020-11-03", "Author=许听澜", "Editor=罗青禾"],
            ),
            ("作者　梁以寧　蔡沐風　許紹棠", &["Author=梁以寧　蔡沐風　許紹棠"]),
            ("Ein Gastbeitrag von Katrin Brandstetter", &["genre=Gastbeitrag", "by=Katrin Brandstetter"]),
            ("CHRONIQUE\tSamedi 30 novembre 2013", &["genre=CHRONIQUE", "date=30 novembre 2013"]),
            ("Translated by Conor Whitlaw", &["Translator=Conor Whitlaw"]),
            (
                "Posted Mon 5 Dec 2016 at 7:03am, updated Tue 6 Dec 2016 at 9:15am",
                &["Published=Mon 5 Dec 2016 at 7:03am", "Updated=Tue 6 Dec 2016 at 9:15am"],
            ),
            (
                "La Crónica del Istmo\tArtículo de opinión\t16 de junio de 2014",
                &["?La Crónica del Istmo", "genre=Artículo de opinión", "date=16 de junio de 2014"],
            ),
            ("Written by Raghav Sundaresan |", &["by=Raghav Sundaresan"]),
        ] {
            assert_eq!(read(line), parts, "{line}");
        }
    }
}
