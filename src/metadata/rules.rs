//! The rules by which values are found: what each is called, what it says, and how often it was right where that could
//! be checked. No confidence is written by hand: `examples/calibrate.rs` counts, and `rules/measured.tsv` keeps the counts.

mod measured;
mod table;

use crate::document::Medium;
use crate::field::Field;
use crate::span::{Permille, RuleId, Support};

pub use measured::{Measured, bounded, confidence};
pub use table::{explanation, with_table};

/// How a rule comes to know. Rules of one family err together, those of two do not: where two families say the same,
/// either supports the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The user says it.
    User,
    /// The user says where such values stand.
    House,
    /// A word in front of the value says what it is.
    Label,
    /// A word in front says what it should be, and it does not read so.
    Unlikely,
    /// The line is made like one of its kind.
    Line,
    /// Where it stands.
    Place,
    /// What stands below the text.
    Tail,
    /// Data about the page, made for machines.
    Data,
    /// `meta` elements.
    Meta,
    /// Attributes of the page's own elements.
    Markup,
    /// `<title>`.
    Element,
    /// A record beside the text.
    Record,
    /// The prose itself.
    Prose,
    /// Too little prose.
    Guess,
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// Of two rules that both name a value, the one with the lower number goes first; where the numbers are equal, the
    /// order of the page does.
    pub order: u8,
    /// How it comes to know.
    pub family: Family,
    /// What a value is that it finds.
    pub sentence: &'static str,
}

macro_rules! rules {
    ($($name:ident $id:literal $order:literal $family:ident $sentence:literal)*) => {
        $(
            #[doc = $sentence]
            pub(super) const $name: RuleId = RuleId($id);
        )*
        /// Every rule.
        pub const RULES: &[Rule] =
            &[$(Rule { id: RuleId($id), order: $order, family: Family::$family, sentence: $sentence }),*];
    };
}

rules! {
    STATED "stated" 0 User "stated by the user"
    PROFILE_FIELD "profile.field" 10 House "by a pattern of a house style"
    HEADER_AUTHOR "header.author" 10 Label "behind a label of authors (`Writer:`)"
    HEADER_EDITOR "header.editor" 10 Label "behind a label of editors"
    HEADER_TRANSLATOR "header.translator" 10 Label "behind a label of translators"
    HEADER_CONTRIBUTOR "header.contributor" 10 Label "behind the label of another function"
    HEADER_POST "header.post" 10 Label "post or institution behind a label"
    HEADER_TITLE "header.title" 10 Label "behind a label of the title"
    HEADER_SUBTITLE "header.subtitle" 10 Label "behind a label of the line under the title"
    HEADER_PUBLISHER "header.publisher" 10 Label "behind a label of the publisher"
    HEADER_PUBLISHED "header.published" 10 Label "behind a label of the day of publication"
    HEADER_UPDATED "header.updated" 10 Label "behind a label of the day of a change"
    HEADER_DATE "header.date" 10 Label "the date beside a labelled source, which is when the page was posted"
    HEADER_SOURCE "header.source" 10 Label "behind a label of the first publication"
    HEADER_URL "header.url" 10 Label "the address behind a label"
    HEADER_SECTION "header.section" 10 Label "behind a label of the section"
    HEADER_GENRE "header.genre" 10 Label "behind a label of the kind of text"
    HEADER_KEYWORDS "header.keywords" 10 Label "one of the keywords behind a label"
    HEADER_RIGHTS "header.rights" 10 Label "a statement of rights behind its label"
    HEADER_LANGUAGE "header.language" 10 Label "the language tag behind a label"
    FRONT_MATTER "front-matter" 10 Label "a person named in the YAML head of a text"
    HEADER_UNLIKELY "header.unlikely" 18 Unlikely "in the place of an author that an element of a page is for, where the words are unlike a person's name"
    LABEL_DOUBTFUL "header.doubtful" 19 Unlikely "what stands behind a label of people and does not read like a name"
    BYLINE "byline" 20 Line "behind `By`, `Par`, `文／` and the like"
    BYLINE_BARE "byline.bare" 20 Line "a name alone on a line of the head"
    BYLINE_MARK "byline.mark" 20 Line "the institution that the superscript behind a name refers to"
    BYLINE_POST "byline.post" 20 Line "post and institution beside a byline"
    BYLINE_GENRE "byline.genre" 20 Line "a kind of text that opens a byline"
    HEADER_NAME "header.name" 20 Line "a name without a label in a line with labels"
    HEADER_LEADING "header.leading" 20 Line "the site before the first label of a line"
    HEADER_SITE "header.site" 20 Line "a site named in a line behind something else"
    DATE_LINE "date.line" 20 Line "a date alone, or in a line of the head"
    DATE_ABOVE "date.above" 45 Place "a date above the title of a page, where houses print the day on which it was read too"
    DATE_BY_PROFILE "date.order-by-profile" 20 Line "the order of day and month is the house style's"
    DATE_BY_ADDRESS "date.order-by-address" 20 Line "the order of day and month is the one that the page's address has"
    DATE_BY_DATES "date.order-by-other-dates" 20 Line "the order of day and month is the one that another date fits"
    DATE_BY_LANGUAGE "date.order-by-language" 20 Line "the order of day and month is the language's"
    DATELINE "dateline" 20 Line "place, date and agency that open the text"
    DATELINE_REPORTER "dateline.reporter" 20 Line "the reporter named behind a dateline"
    ADDRESS_LINE "address.line" 30 Place "an address alone on a line of a text, the path of which says the words of the title or the day"
    TITLE_PLACE "title.place" 30 Place "the line that stands where titles do"
    TITLE_PRINTED "title.printed" 30 Place "the line above the text of a printed page that speaks of what the text does, far before any other"
    TITLE_DOUBTFUL "title.doubtful" 30 Place "the same, where other lines of the page read nearly as much like its title"
    TITLE_BELOW "title.below" 30 Place "the line that stands where titles do, below lines of the page"
    TITLE_HEADING "title.heading" 30 Place "a heading of the first or second rank (`h1`, `h2`), where it stands where titles do"
    TITLE_AFTER_LABEL "title.after-label" 30 Place "the title's line behind a kind of text"
    TITLE_AFTER_AUTHOR "title.after-author" 29 Place "the title's line behind a name"
    TITLE_LABEL "title.label" 30 Place "the kind of text in front of the title"
    TITLE_PREFIX "title.prefix" 30 Place "the name in front of the title"
    TITLE_SITE "title.site" 30 Place "the site behind the title"
    SUBTITLE_PLACE "subtitle.place" 30 Place "the line under the title"
    KICKER "kicker" 30 Place "a kind of text above or before the title"
    SITE_PLACE "site.place" 30 Place "the name of the site above the title"
    SITE_MENU "site.menu" 30 Place "the site at the start of a menu"
    SIGNATURE "signature" 40 Tail "a name alone below the text"
    NOTE_NAME "note.name" 40 Tail "the subject of a note below the text"
    NOTE_POST "note.post" 40 Tail "post and institution that a note says"
    RIGHTS_LINE "rights.line" 40 Tail "a line that states rights"
    SOURCE_TITLE "source.title" 40 Tail "the periodical in a reference to the first publication"
    SOURCE_DATE "source.date" 40 Tail "the date in a reference to the first publication"
    SOURCE_PAGE "source.page" 40 Tail "the page in a reference to the first publication"
    SOURCE_URL "source.url" 40 Tail "the address in a reference to the first publication"
    EXPORT_PLACE "export.place" 10 Label "where exports of a press database have it: title, paper, day, page, names"
    PAGE_JSON_LD "page.json-ld" 50 Data "stated in JSON-LD"
    PAGE_ARTICLE_META "page.article-meta" 51 Meta "stated in `citation_*` and other `meta` names for articles"
    PAGE_OPEN_GRAPH "page.open-graph" 51 Meta "stated in Open Graph"
    PAGE_MICRODATA "page.microdata" 52 Markup "stated in microdata"
    PAGE_DUBLIN_CORE "page.dublin-core" 52 Meta "stated in Dublin Core"
    RECORD_FIELD "record.field" 53 Record "stated by the record of a JSONL file beside the text; it has no place in the original"
    PAGE_TIME "page.time" 54 Markup "stated by a `time` element"
    PAGE_LINK "page.link" 54 Markup "stated by a link (`rel`)"
    PAGE_META "page.meta" 54 Meta "stated in another `meta` element"
    PAGE_ELEMENT "page.element" 55 Element "in the page's `title` element"
    LANGUAGE_TEXT "language.text" 60 Prose "telling words, trigrams and script of the prose, before anything else is read"
    LANGUAGE_GUESS "language.guess" 60 Guess "the same where the prose is short or near to another language: what a page or a header states comes first"
    LANGUAGE_NONE "language.none" 90 Guess "the language is not known"
    PROFILE_DEFAULT "profile.default" 90 User "a default that the user states for all articles, or those of a house"
}

/// Least confidence with which a value is taken; what is below is a candidate.
pub const TAKEN: Permille = Permille::new(700);

/// The rule of this name; `None` where there is none.
pub fn rule(id: RuleId) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Whether what one rule finds in a field speaks against what another does. Of lines a place says less than a label. Any
/// `time` element of a page may be about something else, above the title stands the day of today, and `<title>` names sites
/// and sections. A name speaks against others where its rule is right more often than not with nobody to agree.
pub(super) fn contradicts(field: Field, medium: Medium, id: RuleId, other: RuleId) -> bool {
    const OF_LINES: u8 = 50;
    let is_weaker_line = order(id) < OF_LINES && order(other) < order(id);
    let is_of_people = matches!(field, Field::Author | Field::Editor | Field::Translator | Field::Contributor(_));
    let is_sure = || confidence(id, field, medium, Support::default()) > Permille::new(500);
    !matches!(id, DATE_ABOVE | PAGE_TIME | PAGE_ELEMENT) && !is_weaker_line && (!is_of_people || is_sure())
}

/// Where a rule stands among others.
pub(super) fn order(id: RuleId) -> u8 {
    rule(id).map_or(u8::MAX, |rule| rule.order)
}

/// How a rule comes to know.
pub(super) fn family(id: RuleId) -> Option<Family> {
    rule(id).map(|rule| rule.family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_in_the_table_once() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.id != rule.id), "{}", rule.id);
        }
    }
}
