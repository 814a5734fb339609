//! Exports of press databases as text: how they are told, and where one of their articles ends and the next begins. The
//! databases document these forms nowhere; they are those of files that researchers read with tools of their own (for R
//! <https://cran.r-project.org/package=LexisNexisTools>, for Python <https://github.com/chennesy/pq_parser>).

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Export {
    /// LexisNexis Academic and its like, up to 2019: each article below its number, labels in capitals.
    Nexis,
    /// Nexis Uni and Lexis Advance: labels before `Body`, others behind `Classification`, `End of Document` below.
    NexisUni,
    /// Factiva, with the codes of its fields before them.
    FactivaCodes,
    /// Factiva as it shows articles: `612 words`, and `Document` with a number below.
    Factiva,
    /// ProQuest: labels with a colon, among them `Full text`.
    ProQuest,
    /// Europresse: paper, a line with day, words and page, and a line with a mark below.
    Europresse,
}

/// What a line says of where articles end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// An article begins with it, the stated number of as many.
    Begins(Option<(usize, usize)>),
    /// An article ends with it.
    Ends,
    /// It stands between articles.
    Between,
}

impl Export {
    const ALL: [Self; 6] =
        [Self::Nexis, Self::NexisUni, Self::FactivaCodes, Self::Factiva, Self::ProQuest, Self::Europresse];

    /// The form of a text that begins with an article of an export, whole or cut off.
    pub(crate) fn of<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> Option<Self> {
        let lines = lines.map(str::trim).filter(|line| !line.is_empty());
        Self::ALL.into_iter().find(|export| export.is_of(lines.clone()))
    }

    fn is_of<'t>(self, mut lines: impl Iterator<Item = &'t str> + Clone) -> bool {
        let mut head = lines.clone().take(HEAD);
        let has = |mut lines: Box<dyn Iterator<Item = &'t str> + '_>, label: &str| {
            lines.any(|line| value_of(line, label).is_some())
        };
        match self {
            Self::Nexis => {
                let is_numbered = lines.clone().take(4).any(|line| numbered(line).is_some());
                is_numbered && head.filter(|line| capital_label(line).is_some()).count() >= 2
            }
            Self::NexisUni => {
                has(Box::new(head.clone()), "Length")
                    && head.any(|line| line == "Body")
                    && lines.any(|line| matches!(line, "Classification" | "End of Document"))
            }
            Self::FactivaCodes => {
                let codes: Vec<&str> = lines.take(ARTICLE).filter_map(code).collect();
                let is_begun = matches!(codes.first(), Some(&("SE" | "HD")));
                is_begun && ["HD", "WC", "PD", "SN"].iter().all(|code| codes.contains(code))
            }
            Self::Factiva => {
                let is_counted = head.any(|line| count_of_words(line).is_some_and(|rest| rest.is_empty()));
                is_counted && lines.any(|line| factiva_number(line).is_some())
            }
            Self::ProQuest => {
                let has_text = has(Box::new(lines.clone()), "Full text");
                has_text
                    && (has(Box::new(lines.clone()), "Publication title") || has(Box::new(head), "Publication info"))
            }
            Self::Europresse => {
                let is_counted = head.take(6).any(counts_words);
                is_counted && lines.any(|line| europresse_number(line).is_some() || line.starts_with("Certificat émis"))
            }
        }
    }

    /// What a line says of where articles of such an export end.
    pub(crate) fn mark(self, line: &str) -> Option<Mark> {
        let line = line.trim();
        match self {
            Self::Nexis => numbered(line).map(|number| Mark::Begins(Some(number))),
            Self::NexisUni => (line == "End of Document").then_some(Mark::Ends),
            Self::FactivaCodes | Self::Factiva => self.number(line).map(|_| Mark::Ends),
            Self::ProQuest => {
                let is_rule = line.len() >= 20 && line.bytes().all(|b| b == b'_');
                let begins = || numbered(line).map(|number| Mark::Begins(Some(number)));
                if is_rule { Some(Mark::Between) } else { begins() }
            }
            Self::Europresse => europresse_number(line).map(|_| Mark::Ends),
        }
    }

    /// The number that the database gives an article, where a line states it.
    pub(crate) fn number(self, line: &str) -> Option<&str> {
        let line = line.trim();
        match self {
            Self::Nexis | Self::NexisUni => None,
            Self::FactivaCodes => factiva_number(line.strip_prefix("AN").unwrap_or(line).trim_start()),
            Self::Factiva => factiva_number(line),
            Self::ProQuest => value_of(line, "ProQuest document ID").filter(|number| !number.is_empty()),
            Self::Europresse => europresse_number(line),
        }
    }

    /// Whether paragraphs are broken into lines of one width.
    pub(crate) fn is_wrapped(self) -> bool {
        self == Self::Nexis
    }

    /// Whether a stretch of an export holds an article: other stretches are covers and lists of what was searched for.
    #[cfg(feature = "containers")]
    pub(crate) fn holds_article<'t>(self, lines: impl Iterator<Item = &'t str> + Clone) -> bool {
        let mut lines = lines.map(str::trim);
        match self {
            Self::Nexis => lines.any(|line| capital_label(line).is_some()),
            Self::NexisUni => lines.any(|line| line == "Body"),
            Self::FactivaCodes => lines.any(|line| code(line) == Some("HD")),
            Self::Factiva => lines.any(|line| count_of_words(line).is_some_and(|rest| rest.is_empty())),
            Self::ProQuest => lines
                .any(|line| ["Full text", "ProQuest document ID"].iter().any(|label| value_of(line, label).is_some())),
            Self::Europresse => lines.any(counts_words),
        }
    }
}

/// Lines in which the head of an article is.
const HEAD: usize = 40;
/// Lines in which all codes of an article are.
const ARTICLE: usize = 60;

/// `2 of 12 DOCUMENTS`, `Dokument 2 von 12`, `Document 2 of 12`: a line that is nothing else.
fn numbered(line: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_document = |word: &str| {
        let word = word.to_lowercase();
        word.starts_with("document") || word.starts_with("dokument") || word.starts_with("documento")
    };
    let is_of = |word: &str| matches!(word.to_lowercase().as_str(), "of" | "von" | "de" | "van" | "di" | "sur");
    let (number, of, all) = match words[..] {
        [number, of, all, document] if is_document(document) => (number, of, all),
        [document, number, of, all] if is_document(document) => (number, of, all),
        _ => return None,
    };
    let count = |word: &str| word.replace([',', '.'], "").parse::<usize>().ok().filter(|count| *count > 0);
    let (number, all) = (count(number)?, count(all)?);
    (is_of(of) && number <= all).then_some((number, all))
}

/// `BYLINE: Ada Holm`: a label in capitals, with what stands behind it.
pub(crate) fn capital_label(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_of_label = |c: char| c.is_uppercase() || c == '-' || c == ' ' || c == '/';
    let is_label = (3..=30).contains(&label.chars().count())
        && label.chars().all(is_of_label)
        && label.contains(char::is_uppercase);
    (is_label && (value.is_empty() || value.starts_with(char::is_whitespace))).then(|| (label, value.trim()))
}

/// What stands behind a label and its colon.
pub(crate) fn value_of<'l>(line: &'l str, label: &str) -> Option<&'l str> {
    let rest = line.strip_prefix(label)?.trim_start().strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// The codes of Factiva's fields.
const CODES: [&str; 30] = [
    "SE", "HD", "HL", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP", "TD", "CT",
    "ART", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM",
];

/// The code of a field with which a line begins.
pub(crate) fn code(line: &str) -> Option<&'static str> {
    let word = line.split(char::is_whitespace).next()?;
    CODES.into_iter().find(|code| *code == word)
}

/// `612 words`, with what stands behind it on the line.
pub(crate) fn count_of_words(line: &str) -> Option<&str> {
    const WORDS: [&str; 10] =
        ["words", "Wörter", "mots", "palabras", "woorden", "parole", "palavras", "слов", "字", "ワード"];
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{A0}'));
    let is_count = digits.len() < line.len() && line.starts_with(|c: char| c.is_ascii_digit());
    let rest = digits.trim_start();
    let word = WORDS.into_iter().find(|word| rest.starts_with(word)).filter(|_| is_count)?;
    Some(rest[word.len()..].trim())
}

/// `Débats, dimanche 4 octobre 2015 612 mots, p. 23`: a line with a number of words in it.
pub(crate) fn counts_words(line: &str) -> bool {
    line.find(" mots").is_some_and(|at| line[..at].ends_with(|c: char| c.is_ascii_digit()))
}

/// `Document MOLGAZ0020151004eba4000b5`: the code of the source, the day, and a number.
fn factiva_number(line: &str) -> Option<&str> {
    let words = ["Document ", "Dokument ", "Documento ", "Документ ", "文件 "];
    let number = words.into_iter().find_map(|word| line.strip_prefix(word))?.trim();
    let capitals =
        number.len() - number.trim_start_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()).len();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_number = number.bytes().all(|b| b.is_ascii_alphanumeric())
        && number.len() >= 18
        && number.starts_with(|c: char| c.is_ascii_uppercase())
        && capitals >= 12
        && digits >= 8;
    is_number.then_some(number)
}

/// `news·20151004·GM·0023`: the kind of source, the day, the code of the source, a number.
fn europresse_number(line: &str) -> Option<&str> {
    // The mark between them may be damaged.
    let mut parts =
        line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').filter(|part| !part.is_empty());
    let (kind, day) = (parts.next()?, parts.next()?);
    let is_kind = kind.bytes().all(|b| b.is_ascii_lowercase()) && kind.len() <= 12;
    let is_day = day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit());
    (is_kind && is_day && parts.next().is_some() && !line.contains(' ')).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_between_articles_are_told() {
        for (line, number) in [
            ("                   2 of 12 DOCUMENTS", Some((2, 12))),
            ("1 of 1 DOCUMENT", Some((1, 1))),
            ("Dokument 3 von 1.200", Some((3, 1200))),
            ("Document 3 de 12", Some((3, 12))),
            ("3 of 2 DOCUMENTS", None),
            ("He signed 2 of 12 documents", None),
        ] {
            assert_eq!(numbered(line.trim()), number, "{line}");
        }
        assert_eq!(factiva_number("Document MOLGAZ0020151004eba4000b5"), Some("MOLGAZ0020151004eba4000b5"));
        assert_eq!(factiva_number("Document of the year"), None);
        assert_eq!(europresse_number("news·20151004·GM·0023"), Some("news·20151004·GM·0023"));
        assert_eq!(europresse_number("news of 20151004 from GM"), None);
        assert_eq!(count_of_words("1,612 words"), Some(""));
        assert_eq!(count_of_words("words"), None);
        assert_eq!(capital_label("LOAD-DATE: October 5, 2015"), Some(("LOAD-DATE", "October 5, 2015")));
        assert_eq!(capital_label("A: yes"), None);
    }
}
