//! What stands beside a date in a part of a line.

use std::ops::Range;

use crate::metadata::pattern::patterns;

use super::bars::trim;
use super::date::FoundDate;

patterns! {
    /// Words that stand beside a date and say nothing else: weekdays, times, prepositions. Of scripts with spaces, each
    /// ends before a space or a mark. (A word boundary of Unicode would keep the pattern from being an automaton.)
    FILLER = {
        let words = "on|le|el|em|am|at|à|um|alle|ore|às|las|los|a las|den|il|lo|la|г|года|год|в|στις|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|sexta|feira|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الساعة|يوم|gmt|utc|ist|et|est|edt|uhr|hrs?|h|noon|midnight|mez|kst|hkt|jst|م|هـ";
        let half = r"[ap]\.?m\.?";
        let east_asian = "오전|오후|호|号|號|星期[一二三四五六日天]|周[一二三四五六日]|[月火水木金土日]曜日?|[월화수목금토일]요일?|上午|下午|晚上?|时|分|[월화수목금토일月火水木金土日]";
        let time = r"\d{1,2}\s?[:.h：]\s?\d{2}(?::\d{2})?(?:\.\d+)?|\d{1,2}\s?h";
        let page = r"第?\s?\d{1,3}\s?版|[A-Z]\d{1,2}\s?版";
        let mark = r"[\s,.|·•、()（）:：/–—،@-]";
        format!(r"(?i)^(?:(?:{words}|{half})(?:{mark}|$)|(?:{time})(?:\s?{half})?|{east_asian}|{page}|{mark})*$")
    };
}

/// What is left of a part on either side of its date, where the date is at one end or set off by a comma or a bracket.
pub(super) fn around_date(line: &str, range: &Range<usize>, date: &FoundDate) -> Option<(Range<usize>, Range<usize>)> {
    let before = line[range.start..date.range.start].trim_end();
    let before = before.trim_end_matches(['(', '（', ',', '，', '–', '—', '-', ' ', '·']);
    // `Posted by A on`, `Por A el`
    let before =
        [" on", " le", " el", " em", " am", " il"].iter().find_map(|p| before.strip_suffix(p)).unwrap_or(before);
    let behind = line[date.range.end..range.end].trim_start_matches([')', '）', ',', '，', '–', '—', ' ', '.', '·']);
    let behind_start = range.end - behind.len();
    let short = before.chars().count() <= 60 && behind.chars().count() <= 60;
    let at_an_end = before.is_empty() || behind.is_empty() || is_date_filler(behind) || is_date_filler(before);
    // A sentence with a date in it is a sentence.
    let prose = before.ends_with(['.', '。', '،']) || before.split_whitespace().count() > 7;
    (short && at_an_end && !prose).then(|| {
        (
            trim(line, range.start..range.start + before.len()),
            if is_date_filler(behind) { range.end..range.end } else { trim(line, behind_start..range.end) },
        )
    })
}

pub(super) fn is_date_filler(text: &str) -> bool {
    text.len() <= 120 && FILLER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_and_times_say_nothing_else() {
        for filler in ["Tuesday, ", " at 3:14 PM EST", "(星期三) 08:15", " г.", ""] {
            assert!(is_date_filler(filler), "{filler}");
        }
        assert!(!is_date_filler("Monday Ada Holm") && !is_date_filler("amber"));
    }
}
