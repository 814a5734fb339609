//! JSON-LD (<https://www.w3.org/TR/json-ld11/>) of schema.org: the article that a page describes. Read as JSON, with
//! `@graph` and `@id` followed inside one script; contexts are not resolved, pages use schema.org's names.

use std::ops::Range;

use dom_query::NodeRef;
use serde_json::{Map, Value};

use super::page::Page;
use super::stated::{own_text, push, source};
use crate::document::Field;
use crate::read::{Candidate, CandidateOrigin as Origin};

/// Objects inside one another that are followed.
const DEEPEST: usize = 12;

/// Reads a script.
pub(super) fn read(page: &Page, script: &NodeRef<'_>, found: &mut Vec<Candidate>) {
    let Some(text) = own_text(script) else { return };
    let Some(value) = parse(&text) else { return };
    let mut objects = Vec::new();
    collect(&value, 0, &mut objects);
    let Some(article) = objects.iter().copied().filter_map(|o| Some((rank(o)?, o))).min_by_key(|(rank, _)| *rank)
    else {
        return;
    };
    let mut reader = Reader { page, script, literals: literals(&text), objects: &objects, found };
    reader.read_article(article.1);
}

/// Pages put line ends into strings, scripts into comments, and commas at the end of lists.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    let text = text.strip_prefix("<!--").unwrap_or(text);
    let text = text.strip_suffix("-->").unwrap_or(text);
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text = text.trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    let without_controls: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&without_controls).ok()
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
    script: &'a NodeRef<'a>,
    /// The strings of the script with the places of their contents.
    literals: Vec<(Range<usize>, String)>,
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
            Some(Value::Object(object)) => {
                let body = object.get("@type").is_some_and(|kind| kind.to_string().contains("Organization"));
                match object.get("name") {
                    Some(Value::String(name)) => self.state(field, name, body),
                    Some(Value::Array(names)) => {
                        for name in names.iter().filter_map(Value::as_str) {
                            self.state(field, name, body);
                        }
                    }
                    _ => {
                        let id = object.get("@id").and_then(Value::as_str);
                        let meant = self.objects.iter().copied().find(|o| {
                            id.is_some() && o.get("@id").and_then(Value::as_str) == id && o.contains_key("name")
                        });
                        if let Some(name) = meant.and_then(|o| o.get("name")).and_then(Value::as_str) {
                            self.state(field, name, body);
                        }
                    }
                }
            }
            _ => {}
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
        let place = self.literals.iter().find(|(_, literal)| literal == value).map(|(range, _)| range.clone());
        let Some(place) = place.and_then(|range| source(self.page, self.script.id, range)) else { return };
        // Pages escape for HTML what a script does not unescape.
        let value = html_escape::decode_html_entities(value);
        push(self.found, field, Origin::JsonLd, &value, place, body);
    }
}

/// The strings of a JSON text with the places of what stands between their quotation marks.
fn literals(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut literals = Vec::new();
    let mut at = 0;
    while let Some(open) = bytes[at..].iter().position(|b| *b == b'"').map(|i| at + i) {
        let mut end = open + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        if let Some(inner) = text.get(open + 1..end) {
            let quoted: String = format!("\"{inner}\"").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            if let Ok(value) = serde_json::from_str::<String>(&quoted) {
                literals.push((open + 1..end, value));
            }
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
        let found = statements::collect(&page);
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
