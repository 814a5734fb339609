//! What the markup around a text calls it: element names, roles of ARIA, classes and identifiers, microdata.

use dom_query::{Attr, NodeRef};

use crate::document::{Direction, Language};
use crate::read::Clue;

/// What the elements around a text say.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    clue: Option<Clue>,
    /// Inside an `article`.
    pub(super) article: bool,
    /// Inside a `header`, where lists are lists of what the article is.
    pub(super) header: bool,
    /// The language of the page.
    pub(super) page: Option<Language>,
    /// A language that differs from it.
    pub(super) language: Option<Language>,
    pub(super) direction: Option<Direction>,
    verse: bool,
}

impl Surroundings {
    /// Those of the texts in an element.
    pub(super) fn enter(&self, node: &NodeRef<'_>, name: &str) -> Self {
        let mut inner = self.clone();
        let Some(element) = node.element_ref() else { return inner };
        inner.header |= name == "header";
        inner.article |= name == "article";
        inner.clue = match (self.clue, clue_of(name, &element.attrs)) {
            // Inside navigation everything is navigation.
            (Some(Clue::Furniture), _) => Some(Clue::Furniture),
            (outer, found) => found.or(outer),
        };
        if element.attrs.iter().any(|a| matches!(&*a.name.local, "lang" | "xml:lang" | "dir")) {
            if let Some(language) = language_of(node) {
                inner.language = Some(language).filter(|l| self.page.as_ref() != Some(l));
            }
            inner.direction = direction_of(node).or(inner.direction);
        }
        inner.verse |=
            name != "a" && element.attrs.iter().any(|a| &*a.name.local == "class" && words(&a.value, is_verse));
        inner
    }

    pub(super) fn clue(&self) -> Option<Clue> {
        self.clue
    }

    /// The same with another clue.
    pub(super) fn called(self, clue: Option<Clue>) -> Self {
        Self { clue, ..self }
    }

    pub(super) fn is_verse(&self) -> bool {
        self.verse
    }
}

/// The language that an element states.
pub(super) fn language_of(node: &NodeRef<'_>) -> Option<Language> {
    let tag = node.attr("lang").or_else(|| node.attr("xml:lang"))?;
    let tag = tag.trim();
    let fits = !tag.is_empty() && tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (fits && !tag.starts_with('-') && !tag.ends_with('-')).then(|| Language(tag.to_owned()))
}

/// The direction that an element states.
pub(super) fn direction_of(node: &NodeRef<'_>) -> Option<Direction> {
    match node.attr("dir")?.trim().to_ascii_lowercase().as_str() {
        "ltr" => Some(Direction::Ltr),
        "rtl" => Some(Direction::Rtl),
        _ => None,
    }
}

fn is_verse(word: &str) -> bool {
    matches!(word, "poem" | "verse" | "stanza" | "poetry" | "lyrics" | "gedicht" | "vers" | "poema")
}

/// Whether a text begins with an indent that begins a paragraph: two ideographic spaces or no-break spaces.
pub(super) fn is_indented(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r']);
    let indent = text.chars().take_while(|c| matches!(c, '\u{3000}' | '\u{A0}' | '\u{2003}')).count();
    indent >= 2 && text.chars().any(|c| !c.is_whitespace())
}

fn clue_of(name: &str, attributes: &[Attr]) -> Option<Clue> {
    match name {
        "nav" | "form" | "button" | "select" | "dialog" | "fieldset" | "menu" => return Some(Clue::Furniture),
        "time" => return Some(Clue::Date),
        _ => {}
    }
    let mut found: Option<Clue> = if matches!(name, "aside" | "footer") { Some(Clue::Furniture) } else { None };
    for attribute in attributes {
        let value: &str = &attribute.value;
        let clue = match &*attribute.name.local {
            "role" => matches!(value, "navigation" | "search" | "complementary" | "contentinfo" | "dialog" | "menu")
                .then_some(Clue::Furniture),
            "hidden" => Some(Clue::Furniture),
            "aria-hidden" => (value == "true").then_some(Clue::Furniture),
            "style" => is_hidden(value).then_some(Clue::Furniture),
            "rel" => words(value, |word| word == "author").then_some(Clue::Author),
            "href" if name == "a" => is_of_author(value).then_some(Clue::Author),
            "itemprop" => match value.trim() {
                "headline" => Some(Clue::Title),
                "alternativeHeadline" => Some(Clue::Subtitle),
                "author" | "creator" => Some(Clue::Author),
                "datePublished" | "dateModified" | "dateCreated" => Some(Clue::Date),
                _ => None,
            },
            // The identifiers of headings are made of their words: `why-we-share`.
            "id" if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => None,
            "class" | "id" => name_clue(name, value),
            _ => None,
        };
        found = match (found, clue) {
            (_, Some(Clue::Furniture)) => return Some(Clue::Furniture),
            (found, clue) => found.or(clue),
        };
    }
    found
}

/// Whether an address is that of an author's page: `/author/ann-lee`, `/autores/12`, and not the list of all.
pub(super) fn is_of_author(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let mut segments = path.split('/').skip_while(|segment| {
        !matches!(
            segment.to_ascii_lowercase().as_str(),
            "author"
                | "authors"
                | "autor"
                | "autores"
                | "autoren"
                | "auteur"
                | "auteurs"
                | "autore"
                | "autori"
                | "columnist"
                | "columnists"
                | "contributor"
                | "contributors"
                | "journalist"
                | "avtor"
                | "byline"
        )
    });
    segments.next().is_some() && segments.next().is_some_and(|name| !name.is_empty())
}

fn is_hidden(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).take(200).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// What a class or an identifier says by its words.
fn name_clue(name: &str, value: &str) -> Option<Clue> {
    let mut clue = None;
    let (mut biography, mut is_place) = (false, false);
    let is_heading = matches!(name, "h1" | "h2" | "h3");
    let (mut named_title, mut named_headline) = (false, false);
    let furniture = words(value, |word| {
        let found = match word {
            "byline" | "bylines" | "byl" | "author" | "authors" | "writer" | "autor" | "auteur" | "autore"
            | "verfasser" | "signature" | "columnist" | "fn" | "zuozhe" | "firma" | "firmas" | "auteurs" | "autori"
            | "autores" | "autoren" | "avtor" | "chosha" | "contributors" | "by" => Some(Clue::Author),
            "date" | "dateline" | "time" | "published" | "pubdate" | "timestamp" | "datetime" | "posted"
            | "pubtime" | "fecha" | "fechas" | "datum" | "updated" | "modified" | "hizuke" => Some(Clue::Date),
            "subtitle" | "subheadline" | "subheading" | "subhead" | "deck" | "dek" | "standfirst" | "sottotitolo"
            | "subtitulo" | "chapo" | "vorspann" | "tagline" | "entradilla" | "bajada" | "sommario" | "catenaccio"
            | "accroche" | "desc" | "fukudai" => Some(Clue::Subtitle),
            "kicker" | "overline" | "eyebrow" | "rubric" | "rubrik" | "rubrique" | "occhiello" | "antetitulo"
            | "category" | "dachzeile" | "spitzmarke" | "shubetsu" => Some(Clue::Kicker),
            "location" | "place" | "city" | "ort" | "lieu" | "luogo" | "lugar" => {
                is_place = true;
                None
            }
            "headline" => {
                named_headline = true;
                None
            }
            "title" => {
                named_title = true;
                None
            }
            "bio" | "biography" | "about" | "box" | "card" | "profile" => {
                biography = true;
                None
            }
            _ => None,
        };
        clue = clue.or(found);
        is_furniture(word)
    });
    // `<article class="newsletter-post">`: the article is none, whatever it is called.
    if furniture && !matches!(name, "article" | "main" | "body" | "html") {
        return Some(Clue::Furniture);
    }
    // `<body class="city">` is no place.
    let is_line = matches!(name, "p" | "div" | "span" | "strong" | "b" | "em" | "i" | "small" | "a" | "address" | "li");
    if is_place && is_line {
        return Some(Clue::Place);
    }
    if named_headline || (is_heading && named_title) {
        return clue.or(Some(Clue::Title));
    }
    clue.filter(|clue| !(biography && *clue == Clue::Author))
}

/// Whether an element that is called furniture may hold the article where it holds most of the page's prose: a wrapper
/// named after the sidebar beside it, the form that some servers set around everything. Not comments, lists of other
/// articles, and dialogs, however long they are.
pub(super) fn may_hold_article(node: &NodeRef<'_>, name: &str) -> bool {
    let is_never = |word: &str| {
        matches!(
            word,
            "comments"
                | "comment"
                | "respond"
                | "reply"
                | "disqus"
                | "related"
                | "recommended"
                | "recommendations"
                | "relacionados"
                | "relacionadas"
                | "osusume"
                | "trending"
                | "popular"
                | "footer"
                | "outbrain"
                | "taboola"
                | "cookie"
                | "cookies"
                | "consent"
                | "gdpr"
                | "cmp"
                | "modal"
                | "popup"
                | "dialog"
        )
    };
    let says = |name: &str| node.attr(name).is_some_and(|value| words(&value, is_never));
    !matches!(name, "nav" | "aside" | "dialog" | "footer" | "button" | "select" | "menu")
        && !["class", "id", "role"].iter().any(|name| says(name))
}

/// Whether the class of an element in the article may be that of a part of its text: what only subscribers see, what is
/// printed or not.
pub(super) fn may_hold_part(node: &NodeRef<'_>) -> bool {
    let is_of_part = |word: &str| matches!(word, "paywall" | "print" | "subscribe" | "subscription" | "sidebar");
    let names: Vec<_> = ["class", "id"].iter().filter_map(|name| node.attr(name)).collect();
    let other = |word: &str| is_furniture(word) && !is_of_part(word);
    names.iter().any(|name| words(name, is_of_part)) && !names.iter().any(|name| words(name, other))
}

fn is_furniture(word: &str) -> bool {
    matches!(
        word,
        "nav"
            | "navbar"
            | "navigation"
            | "menu"
            | "breadcrumb"
            | "breadcrumbs"
            | "share"
            | "sharing"
            | "social"
            | "related"
            | "recommended"
            | "recommendations"
            | "newsletter"
            | "subscribe"
            | "subscription"
            | "comments"
            | "comment"
            | "respond"
            | "cookie"
            | "cookies"
            | "consent"
            | "gdpr"
            | "sidebar"
            | "promo"
            | "advert"
            | "advertisement"
            | "ads"
            | "ad"
            | "pagination"
            | "pager"
            | "toolbar"
            | "popup"
            | "modal"
            | "widget"
            | "footer"
            | "skip"
            | "trending"
            | "popular"
            | "paywall"
            | "banner"
            | "disqus"
            | "outbrain"
            | "taboola"
            | "masthead"
            | "print"
            | "login"
            | "search"
            | "cmp"
            | "subnav"
            | "redes"
            | "compartir"
            | "teilen"
            | "partager"
            | "condividi"
            | "sns"
            | "relacionados"
            | "relacionadas"
            | "osusume"
            | "reply"
            | "embed"
    )
}

/// Whether one of the words of a name passes: words are separated by anything but letters and digits, and begin with
/// a capital inside (`shareBar`). In lower case.
fn words(name: &str, mut passes: impl FnMut(&str) -> bool) -> bool {
    let mut word = [0_u8; 24];
    let mut length = 0;
    let mut any = false;
    let mut lower = false;
    for byte in name.bytes().chain(std::iter::once(b' ')) {
        let ends = !byte.is_ascii_alphanumeric() || (lower && byte.is_ascii_uppercase());
        if ends && length > 0 {
            if length <= word.len() {
                any |= std::str::from_utf8(&word[..length]).is_ok_and(&mut passes);
            }
            length = 0;
        }
        if byte.is_ascii_alphanumeric() {
            if length < word.len() {
                word[length] = byte.to_ascii_lowercase();
            }
            length += 1;
        }
        lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        assert_eq!(name_clue("div", "article-share"), Some(Clue::Furniture));
        assert_eq!(name_clue("div", "shareBar"), Some(Clue::Furniture));
        assert_eq!(name_clue("div", "shared-commentary navy"), None);
        assert_eq!(name_clue("span", "c-byline__author"), Some(Clue::Author));
        assert_eq!(name_clue("div", "author-bio"), None);
        assert_eq!(name_clue("h1", "entry-title"), Some(Clue::Title));
        assert_eq!(name_clue("div", "title"), None);
    }
}
