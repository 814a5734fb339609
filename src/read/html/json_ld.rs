//! JSON-LD (<https://www.w3.org/TR/json-ld11/>) of schema.org: the article that a page describes. Read as JSON, with
//! `@graph` and `@id` followed through all scripts of the page; contexts are not resolved, pages use schema.org's names.

mod mended;

use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};
use serde_json::{Map, Value};

use self::mended::Mended;
use super::page::Page;
use super::stated::{own_text, push, source};
use crate::characters::letters;
use crate::document::Field;
use crate::read::{Candidate, CandidateOrigin as Origin};

/// Objects inside one another that are followed.
const DEEPEST: usize = 12;

/// A script: its text node, what it says, and its strings with the places of their contents.
struct Script {
    text: NodeId,
    value: Value,
    literals: Vec<(Range<usize>, String)>,
}

/// Reads the scripts of a page, given by their text nodes, and returns how many had to be mended.
pub(super) fn read(page: &Page, texts: &[NodeRef<'_>], found: &mut Vec<Candidate>) -> usize {
    let mut mended = 0;
    let mut scripts = Vec::new();
    for node in texts {
        let Some(text) = own_text(node) else { continue };
        let Some((script, value)) = mended::read(&text) else { continue };
        mended += usize::from(script.is_mended);
        scripts.push(Script { text: node.id, value, literals: literals(&script) });
    }
    let mut objects = Vec::new();
    scripts.iter().for_each(|script| collect(&script.value, 0, &mut objects));
    let mut articles = Vec::new();
    for (at, script) in scripts.iter().enumerate() {
        let mut own = Vec::new();
        collect(&script.value, 0, &mut own);
        let ranked = own.into_iter().filter_map(|object| Some((rank(object)?, object)));
        articles.extend(ranked.min_by_key(|(rank, _)| *rank).map(|(rank, article)| (rank, at, article)));
    }
    // Teasers have scripts of their own: the article has the page's title, and the others say what it does not.
    let titles: Vec<String> = found.iter().filter(|c| c.field == Field::Title).map(|c| letters(&c.value)).collect();
    let has_title = |article: &Map<String, Value>| {
        let headline = article.get("headline").and_then(Value::as_str).map(letters).unwrap_or_default();
        !headline.is_empty() && titles.iter().any(|title| title.starts_with(&headline))
    };
    articles.sort_by_key(|(rank, _, article)| (*rank, !has_title(article)));
    let mut stated = Vec::new();
    for (_, at, article) in articles {
        let mut said = Vec::new();
        Reader { page, scripts: &scripts, at, objects: &objects, found: &mut said }.read_article(article);
        said.retain(|one| stated.iter().all(|other: &Candidate| other.field != one.field));
        stated.extend(said);
    }
    found.extend(stated);
    mended
}

fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Map<String, Value>>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Object(object) => {
            objects.push(object);
            object.values().for_each(|inner| collect(inner, depth + 1, objects));
        }
        Value::Array(values) => values.iter().for_each(|inner| collect(inner, depth + 1, objects)),
        _ => {}
    }
}

/// How well an object describes the article of the page; smaller is better.
fn rank(object: &Map<String, Value>) -> Option<usize> {
    let kinds: Vec<&str> = match object.get("@type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let of = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        if kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report" {
            Some(0)
        } else if kind == "WebPage" || kind == "ItemPage" || kind == "CreativeWork" {
            Some(1)
        } else {
            None
        }
    };
    let rank = kinds.iter().filter_map(|kind| of(kind)).min()?;
    // An article without a headline is a reference to one.
    let empty =
        !object.contains_key("headline") && !object.contains_key("author") && !object.contains_key("datePublished");
    Some(rank + if empty { 2 } else { 0 })
}

struct Reader<'a, 'v, 'f> {
    page: &'a Page,
    scripts: &'a [Script],
    /// The script of the article.
    at: usize,
    /// Those of all scripts.
    objects: &'v [&'v Map<String, Value>],
    found: &'f mut Vec<Candidate>,
}

impl<'v> Reader<'_, 'v, '_> {
    fn read_article(&mut self, article: &'v Map<String, Value>) {
        let texts = [
            ("headline", Field::Title),
            ("alternativeHeadline", Field::Subtitle),
            ("datePublished", Field::Published),
            ("dateModified", Field::Updated),
            ("copyrightNotice", Field::Rights),
            ("inLanguage", Field::Language),
        ];
        for (key, field) in texts {
            if let Some(value) = article.get(key).and_then(Value::as_str) {
                self.state(field, value, false);
            }
        }
        if !article.contains_key("headline")
            && let Some(name) = article.get("name").and_then(Value::as_str)
        {
            self.state(Field::Title, name, false);
        }
        for (key, field) in [
            ("author", Field::Author),
            ("creator", Field::Author),
            ("editor", Field::Editor),
            ("translator", Field::Translator),
        ] {
            if key != "creator" || !article.contains_key("author") {
                self.read_agents(article.get(key), field, 0);
            }
        }
        self.read_agents(article.get("publisher"), Field::Publisher, 0);
        if !article.contains_key("publisher") {
            self.read_agents(article.get("isPartOf").filter(|whole| is_publication(whole)), Field::Publisher, 0);
        }
        self.read_list(article.get("articleSection"), Field::Section);
        self.read_list(article.get("keywords"), Field::Keywords);
        let address = article.get("url").or_else(|| match article.get("mainEntityOfPage") {
            Some(Value::Object(page)) => page.get("@id"),
            other => other,
        });
        if let Some(address) = address.and_then(Value::as_str).filter(|a| a.starts_with("http")) {
            self.state(Field::Url, address, false);
        }
    }

    /// Persons and bodies: a name, an object, a reference, or a list of these.
    fn read_agents(&mut self, value: Option<&'v Value>, field: Field, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Some(Value::String(name)) => self.state(field, name, false),
            Some(Value::Array(values)) => {
                values.iter().for_each(|value| self.read_agents(Some(value), field, depth + 1))
            }
            Some(Value::Object(object)) => self.read_agent(object, field, depth),
            _ => {}
        }
    }

    /// A person or a body: its name, the parts of its name, or those of the object that it refers to.
    fn read_agent(&mut self, object: &'v Map<String, Value>, field: Field, depth: usize) {
        let is = |kind: &str| object.get("@type").is_some_and(|found| found.to_string().contains(kind));
        // A site that is its author's own is both.
        let body = is("Organization") && !is("Person");
        // The place where it was written is no author.
        if is("Place") {
            return;
        }
        let part = |name: &str| object.get(name).and_then(Value::as_str).map(str::trim).filter(|part| !part.is_empty());
        match object.get("name") {
            Some(Value::String(name)) => self.state(field, name, body),
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).for_each(|name| self.state(field, name, body));
            }
            Some(name @ Value::Object(_)) => self.read_agents(Some(name), field, depth + 1),
            _ => match (part("givenName"), part("familyName")) {
                (Some(given), Some(family)) => self.state_parts(field, given, family),
                (given, family) => match (given.or(family), object.get("@id").and_then(Value::as_str)) {
                    (Some(name), _) => self.state(field, name, body),
                    (None, Some(id)) => self.read_meant(id, field, depth),
                    (None, None) => {}
                },
            },
        }
    }

    /// What an identifier refers to.
    fn read_meant(&mut self, id: &str, field: Field, depth: usize) {
        let is_meant = |object: &&Map<String, Value>| {
            object.get("@id").and_then(Value::as_str) == Some(id) && object.len() > 1 && depth < DEEPEST
        };
        if let Some(meant) = self.objects.iter().copied().find(is_meant) {
            self.read_agent(meant, field, depth + 1);
        }
    }

    fn read_list(&mut self, value: Option<&'v Value>, field: Field) {
        match value {
            Some(Value::String(text)) => self.state(field, text, false),
            Some(Value::Array(values)) => {
                for text in values.iter().filter_map(Value::as_str) {
                    self.state(field, text, false);
                }
            }
            _ => {}
        }
    }

    fn state(&mut self, field: Field, value: &str, body: bool) {
        let Some(place) = self.place(value) else { return };
        push(self.found, field, Origin::JsonLd, &shown(value), place, body);
    }

    /// A name of which each part is stated: it stands where they stand.
    fn state_parts(&mut self, field: Field, given: &str, family: &str) {
        let (Some(first), Some(last)) = (self.place(given), self.place(family)) else { return };
        let place = first.start.min(last.start)..first.end.max(last.end);
        push(self.found, field, Origin::JsonLd, &shown(&format!("{given} {family}")), place, false);
    }

    /// Where a string stands: in the script of the article, or in another.
    fn place(&self, value: &str) -> Option<Range<usize>> {
        let own = &self.scripts[self.at..=self.at];
        own.iter().chain(self.scripts).find_map(|script| {
            let (range, _) = script.literals.iter().find(|(_, literal)| literal.trim() == value.trim())?;
            source(self.page, script.text, range.clone())
        })
    }
}

/// A string as the page would show it: what a script does not unescape is escaped for HTML, and may have its markup.
fn shown(value: &str) -> String {
    let value = html_escape::decode_html_entities(value);
    let is_markup = value.contains("</") || value.contains("/>");
    if is_markup { Document::fragment(value.as_ref()).text().to_string() } else { value.into_owned() }
}

/// Whether an object that an article is a part of is a periodical or a site.
fn is_publication(whole: &Value) -> bool {
    const KINDS: [&str; 4] = ["Periodical", "Newspaper", "Magazine", "WebSite"];
    let kind = whole.get("@type").map(Value::to_string).unwrap_or_default();
    KINDS.iter().any(|name| kind.contains(name))
}

/// The strings of a script with the places of what stands between their quotation marks.
fn literals(script: &Mended<'_>) -> Vec<(Range<usize>, String)> {
    let text = &*script.text;
    let bytes = text.as_bytes();
    let mut literals = Vec::new();
    let mut at = 0;
    while let Some(open) = bytes[at..].iter().position(|b| *b == b'"').map(|i| at + i) {
        let mut end = open + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        let quoted = text.get(open..=end);
        if let Some(value) = quoted.and_then(|quoted| serde_json::from_str::<String>(quoted).ok()) {
            literals.push((script.in_script(open + 1)..script.in_script(end), value));
        }
        at = end + 1;
        if at >= bytes.len() {
            break;
        }
    }
    literals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::{parse, statements};

    fn stated(json: &str) -> Vec<(Field, String, String, bool)> {
        let html = format!("<script type=\"application/ld+json\">{json}</script>");
        let page = parse::parse(&html);
        let found = statements::collect(&page).candidates;
        found.into_iter().map(|c| (c.field, c.value, html[c.place.unwrap()].to_owned(), c.body)).collect()
    }

    #[test]
    fn authors_come_in_every_form() {
        let of = |json: &str| stated(&format!(r#"{{"@type":"NewsArticle","headline":"H","author":{json}}}"#));
        let names = |json: &str| of(json).into_iter().filter(|c| c.0 == Field::Author).map(|c| c.1).collect::<Vec<_>>();
        assert_eq!(names(r#""Ann Lee""#), ["Ann Lee"]);
        assert_eq!(names(r#"{"@type":"Person","name":"Ann Lee"}"#), ["Ann Lee"]);
        assert_eq!(names(r#"["Ann Lee",{"name":"Bo"}]"#), ["Ann Lee", "Bo"]);
        assert_eq!(names(r#"{"@type":"Person","name":["Ann Lee","Bo"]}"#), ["Ann Lee", "Bo"]);
        assert!(of(r#"{"@type":"Organization","name":"The Times"}"#)[1].3);
    }

    #[test]
    fn references_in_a_graph_are_followed() {
        let found = stated(
            "{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Site\"},\n{\"@type\":[\"Article\"],\"headline\":\"It\\u2019s &amp; was\",\"author\":{\"@id\":\"#a\"}},{\"@id\":\"#a\",\"name\":\"Zo\\u00eb\"}]}",
        );
        assert_eq!(
            found,
            [
                (Field::Title, "It’s & was".into(), "It\\u2019s &amp; was".into(), false),
                (Field::Author, "Zoë".into(), "Zo\\u00eb".into(), false)
            ]
        );
    }

    #[test]
    fn broken_scripts_state_nothing_and_raw_line_ends_do_not_break_one() {
        assert!(stated("{\"@type\":\"Article\",\"headline\":\"x\"").is_empty());
        assert_eq!(stated("{\"@type\":\"Article\",\"headline\":\"a\nb\"}")[0].1, "a b");
    }
}
