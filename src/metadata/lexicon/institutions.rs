//! Words of institutions and of papers, and of bodies that sign articles.

use super::words::Words;

/// Whether a text names an institution.
pub(in crate::metadata) fn is_institution(words: &Words, text: &str) -> bool {
    words.has_institution(text)
}

/// Whether a text has a word of a paper's or a site's name.
pub(in crate::metadata) fn is_press(words: &Words, text: &str) -> bool {
    words.has_paper(text)
}

/// Whether a text is what a paper says of itself: `a journal of coasts`, `settimanale della Lega`, `Vol. 12, no. 3`.
pub(in crate::metadata) fn is_motto(words: &Words, text: &str) -> bool {
    text.len() <= 160 && (words.has_motto(text) || numbers_issue(text))
}

/// Whether a text has the number of a volume or an issue: `vol. XII`, `no. 3`, `№ 18`.
fn numbers_issue(text: &str) -> bool {
    const SIGNS: [&str; 8] = ["vol.", "vol ", "issue ", "no.", "n.", "n°", "nº", "№"];
    let lower = text.to_lowercase();
    let numbers = |sign: &str| {
        lower.match_indices(sign).any(|(at, _)| {
            let number = lower[at + sign.len()..].trim_start();
            let is_roman = |c: char| "ivxlc".contains(c);
            let end = number.find(|c: char| !c.is_alphanumeric()).unwrap_or(number.len());
            let digits = number[..end].chars().all(|c| c.is_ascii_digit());
            let counts = digits || sign.starts_with("vol") && number[..end].chars().all(is_roman);
            end > 0 && counts && !lower[..at].ends_with(char::is_alphanumeric)
        })
    };
    SIGNS.into_iter().any(numbers)
}

/// Whether a text names a body that signs articles: `The Editorial Board`, 本报评论员.
pub(in crate::metadata) fn is_body(words: &Words, text: &str) -> bool {
    text.chars().count() <= 80 && !text.contains([':', '：', '!', '！', '?', '？']) && words.is_body(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_and_institutions_are_told() {
        for body in [
            "The Editorial Board",
            "本报评论员",
            "社论",
            "Le comité éditorial",
            "Consejo Editorial de La Voz de Arenales",
            "Редакционная коллегия",
            "هيئة التحرير",
            "汀源发展研究院课题组",
            "北嶺新報論説室",
        ] {
            assert!(is_body(&Words::of([]), body), "{body}");
        }
        assert!(!is_body(&Words::of([]), "Ann Board") && !is_body(&Words::of([]), "张评论"));
        assert!(
            is_institution(&Words::of([]), "Centre for Delta Studies")
                && is_institution(&Words::of([]), "嵐嶼大學水利工程學系")
                && !is_institution(&Words::of([]), "Maud Ellery")
        );
    }
}
