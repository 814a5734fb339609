//! JSONL: one JSON object a line, each with an article in one of its fields.

use std::io::BufReader;
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::compressed::{failure, foreign, is_cut_off, open, read_line};
use super::frames::is_foreign;
use super::{Container, ContainerKind, Loaded, Sink, place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original, RecordFields};
use crate::plan::{JsonFields, Opening};

/// Fields that hold an article, the most complete first, with their media type where the name tells it. These and the
/// following are those of trafilatura, news-please, Fundus, newspaper and CC-News, and names that are common.
const TEXT: &[(&str, Option<&str>)] = &[
    ("html", Some("text/html")),
    ("content_html", Some("text/html")),
    ("text", None),
    ("maintext", None),
    ("plaintext", None),
    ("content_text", None),
    ("content", None),
    ("body", None),
    ("article", None),
];
/// Of these an address is one that begins as those of pages do.
const URL: &[&str] = &["url", "uri", "link", "source_url", "source"];
const TITLE: &[&str] = &["title", "headline"];
const DATE: &[&str] = &[
    "date",
    "published",
    "date_published",
    "publish_date",
    "published_at",
    "date_publish",
    "publishing_date",
    "datePublished",
];
const PUBLISHER: &[&str] = &["publisher", "sitename", "site_name", "source-hostname"];
const KEYWORDS: &[&str] = &["keywords", "tags", "topics"];
const AUTHORS: &[&str] = &["authors", "author", "byline"];
const ID: &[&str] = &["id", "_id"];

/// The container's facts.
pub const JSONL: ContainerKind = ContainerKind {
    name: "JSONL",
    spec: "JSON Lines (RFC 8259 on each line)",
    endings: &["jsonl", "ndjson"],
    compressed: true,
    // A text may begin like that.
    begins: |_| false,
    holds: "one article a line, in `html`, `text`, `maintext`, `plaintext`, `content`, `body` or `article`; `url`, `title`, `date`, `author`, `publisher`, `keywords` and `id` beside it, as crawlers call them; `--json-text`, `--json-url`, `--json-title`, `--json-author` and `--json-date` name other fields",
    read: originals,
};

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let Opening { limits, json } = opening;
    let mut reader = BufReader::with_capacity(64 << 10, open(container, limits)?);
    let (mut offset, mut yielded) = (0, 0);
    for number in 1_u64.. {
        let mut length = 0;
        let line = match read_line(&mut reader, limits.max_bytes, &mut length) {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(error) => {
                let why = if is_cut_off(&error) {
                    let message =
                        format!("the compressed file is cut off in line {number}; the lines before it are whole");
                    Diagnostic::new(diagnostic::C005, message)
                } else if is_foreign(&error) {
                    Diagnostic::new(diagnostic::C005, foreign(&error).message)
                } else {
                    failure(&error)
                };
                return Err(why);
            }
        };
        let member = Member { line: Some(number), ..Member::new(container.digest, offset, length) };
        offset += length;
        let line = match line {
            Ok(line) if line.trim_ascii().is_empty() => continue,
            line => line,
        };
        yielded += 1;
        let mut noticed = Vec::new();
        let result = line.and_then(|line| original(&line, container.name, member.clone(), json, &mut noticed));
        let name = format!("{} line {number}", container.name);
        let loaded = Loaded::record(name, Some(number - 1), result, || place(container.name, member), noticed);
        if sink(loaded) == ControlFlow::Break(()) {
            break;
        }
    }
    if yielded == 0 {
        return Err(Diagnostic::new(diagnostic::C011, "no line of it holds anything"));
    }
    Ok(())
}

/// The article of an object.
pub(super) fn original(
    line: &[u8],
    path: &str,
    mut member: Member,
    names: &JsonFields,
    noticed: &mut Vec<Diagnostic>,
) -> Result<Original, Diagnostic> {
    let record = parse(line, noticed)?;
    let text = |field: &str| find(&record, field).and_then(Value::as_str);
    let (media_type, article) = match &names.text {
        Some(name) => {
            let message = || Diagnostic::new(diagnostic::C005, format!("it has no text in {name:?}"));
            (None, text(name).ok_or_else(message)?)
        }
        None => {
            let found = TEXT.iter().find_map(|(name, kind)| Some((*kind, text(name).filter(|t| !t.is_empty())?)));
            let message = "it has no text in html, text, maintext, plaintext, content, body or article";
            found.ok_or_else(|| Diagnostic::new(diagnostic::C005, message).hint("--json-text names the field"))?
        }
    };
    let first = |fields: &[&str]| fields.iter().filter_map(|name| text(name)).find(|t| !t.trim().is_empty());
    // A list that is there and empty says nothing.
    let several = |fields: &[&str]| {
        let mut found = fields.iter().filter_map(|name| find(&record, name)).map(texts);
        found.find(|texts| texts.iter().any(|t| !t.trim().is_empty())).unwrap_or_default()
    };
    let url = match &names.url {
        Some(name) => text(name),
        None => URL
            .iter()
            .filter_map(|name| text(name))
            .find(|url| url.starts_with("http://") || url.starts_with("https://")),
    };
    member.record_id = ID.iter().find_map(|name| match find(&record, name)? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    member.captured = url.and_then(crate::original::capture).map(|(moment, _)| moment);
    let dates = named(names.date.as_deref(), DATE);
    member.fields = RecordFields {
        title: first(&named(names.title.as_deref(), TITLE)).map(str::to_owned),
        date: first(&dates).map(str::to_owned).or_else(|| dates.iter().find_map(|name| dated(find(&record, name)?))),
        authors: several(&named(names.author.as_deref(), AUTHORS)),
        publisher: several(PUBLISHER).into_iter().next(),
        keywords: several(KEYWORDS),
        page: None,
    };
    let origin = Origin {
        path: path.to_owned(),
        media_type: media_type.map(str::to_owned),
        target_uri: url.map(str::to_owned),
        member: Some(member),
        ..Origin::default()
    };
    Ok(Original::new(origin, article.as_bytes()))
}

/// The field that the user names, or those that are usual.
fn named<'a>(name: Option<&'a str>, usual: &'a [&'a str]) -> Vec<&'a str> {
    name.map_or_else(|| usual.to_vec(), |name| vec![name])
}

/// Whether an object that has a field of this name has an article.
pub(super) fn is_text(name: &[u8]) -> bool {
    TEXT.iter().any(|(known, _)| known.as_bytes() == name)
}

/// A field by its name, or by a JSON Pointer (RFC 6901).
fn find<'a>(record: &'a Value, field: &str) -> Option<&'a Value> {
    if field.starts_with('/') { record.pointer(field) } else { record.get(field) }
}

/// What stands for a date and is no text: a number as it is written, seconds or milliseconds of a clock; the first of a
/// list; `{"$date": …}`, as databases export it. Of another value its JSON, which says no day.
fn dated(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(several) => several.first().and_then(dated),
        Value::Bool(_) => Some(value.to_string()),
        Value::Object(object) => match object.get("$date").or_else(|| object.get("$numberLong")) {
            Some(inner) => dated(inner),
            None => Some(value.to_string()),
        },
    }
}

/// A text, a list of texts, or objects with a name.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.clone()],
        Value::Array(several) => several.iter().flat_map(texts).collect(),
        Value::Object(person) => person.get("name").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn parse(line: &[u8], noticed: &mut Vec<Diagnostic>) -> Result<Value, Diagnostic> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii_end();
    let object = |line: &[u8]| serde_json::from_slice::<Map<String, Value>>(line).map(Value::Object);
    let error = match object(line) {
        Ok(record) => return Ok(record),
        Err(error) => error,
    };
    let (mended, count) = without_lone_surrogates(line);
    if let Some(record) = (count > 0).then(|| object(&mended).ok()).flatten() {
        noticed.push(Diagnostic::new(diagnostic::C010, format!("{count} in the line, each now U+FFFD")));
        return Ok(record);
    }
    Err(Diagnostic::new(diagnostic::C005, format!("it is no JSON object: {}", reason(&error))))
}

/// What serde_json says, without its line, which is always 1.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line 1 column ") {
        Some((what, column)) => format!("{what} at byte {column}"),
        None => text,
    }
}

/// The line with `\uFFFD` for each escape of half a surrogate pair that has no other half, and their number.
fn without_lone_surrogates(line: &[u8]) -> (Vec<u8>, usize) {
    let mut mended = line.to_vec();
    let mut count = 0;
    let mut at = 0;
    while at < line.len() {
        let Some(unit) = escaped_unit(line, at) else {
            // A backslash takes the next byte with it.
            at += if line[at] == b'\\' { 2 } else { 1 };
            continue;
        };
        let low = 0xDC00..0xE000;
        if (0xD800..0xDC00).contains(&unit) && escaped_unit(line, at + 6).is_some_and(|next| low.contains(&next)) {
            at += 12;
            continue;
        }
        if (0xD800..0xE000).contains(&unit) {
            mended[at + 2..at + 6].copy_from_slice(b"FFFD");
            count += 1;
        }
        at += 6;
    }
    (mended, count)
}

/// The value of `\uXXXX` at a place.
fn escaped_unit(line: &[u8], at: usize) -> Option<u32> {
    let digits = line.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, names: &JsonFields) -> Result<Original, Diagnostic> {
        original(
            line.as_bytes(),
            "a.jsonl",
            Member::new(crate::original::Digest::of(b""), 0, 0),
            names,
            &mut Vec::new(),
        )
    }

    #[test]
    fn html_is_preferred_and_the_fields_beside_it_are_kept() {
        let line = r#"{"id":7,"text":"T","html":"<p>H</p>","url":"https://a.example/x","headline":"Yes","authors":["Ann Lee",{"name":"Bo Ek"}],"date":"2017-12-05"}"#;
        let original = read(line, &JsonFields::default()).unwrap();
        assert_eq!(&*original.bytes, b"<p>H</p>");
        assert_eq!(original.origin.media_type.as_deref(), Some("text/html"));
        assert_eq!(original.origin.target_uri.as_deref(), Some("https://a.example/x"));
        let member = original.origin.member.unwrap();
        assert_eq!((member.record_id.as_deref(), member.captured), (Some("7"), None));
        assert_eq!(member.fields.authors, ["Ann Lee", "Bo Ek"]);
        assert_eq!((member.fields.title.as_deref(), member.fields.date.as_deref()), (Some("Yes"), Some("2017-12-05")));
    }

    #[test]
    fn fields_are_called_as_crawlers_call_them() {
        let line = r#"{"maintext":"T","source":"https://a.example/x","sitename":"Harbour Times","tags":"ferry, quay"}"#;
        let Origin { target_uri, member, .. } = read(line, &JsonFields::default()).unwrap().origin;
        let fields = member.unwrap().fields;
        assert_eq!(
            (target_uri.as_deref(), fields.publisher.as_deref()),
            (Some("https://a.example/x"), Some("Harbour Times"))
        );
        assert_eq!(fields.keywords, ["ferry, quay"]);
        let line = r#"{"text":"T","source":"Harbour Times","topics":["ferry","quay"],"publisher":{"name":"HT"}}"#;
        let Origin { target_uri, member, .. } = read(line, &JsonFields::default()).unwrap().origin;
        let fields = member.unwrap().fields;
        assert_eq!((target_uri, fields.publisher.as_deref(), fields.keywords.len()), (None, Some("HT"), 2));
        let line = r#"{"text":"T","date":"","published":"2017","authors":[],"author":"Ann Lee","keywords":[],"tags":["quay"]}"#;
        let fields = read(line, &JsonFields::default()).unwrap().origin.member.unwrap().fields;
        assert_eq!(
            (fields.date.as_deref(), &fields.authors[..], &fields.keywords[..]),
            (Some("2017"), &["Ann Lee".to_owned()][..], &["quay".to_owned()][..])
        );
    }

    #[test]
    fn the_address_of_a_capture_says_when_it_was_made() {
        let line = r#"{"text":"T","url":"https://web.archive.org/web/20160621182205/https://a.example/x"}"#;
        let member = read(line, &JsonFields::default()).unwrap().origin.member.unwrap();
        assert_eq!(member.captured.as_deref(), Some("2016-06-21T18:22:05Z"));
    }

    #[test]
    fn a_date_may_be_a_number() {
        let date = |line: &str| read(line, &JsonFields::default()).unwrap().origin.member.unwrap().fields.date;
        assert_eq!(date(r#"{"text":"T","date":1512468000}"#).as_deref(), Some("1512468000"));
        assert_eq!(date(r#"{"text":"T","date":1512468000123.0}"#).as_deref(), Some("1512468000123.0"));
        assert_eq!(date(r#"{"text":"T","date":1512468000,"published":"5 May 2017"}"#).as_deref(), Some("5 May 2017"));
        assert_eq!(date(r#"{"text":"T","date":null}"#), None);
    }

    #[test]
    fn fields_can_be_named_or_pointed_at() {
        let line =
            r#"{"doc":{"plain":"The text","name":"T"},"where":"urn:x","who":["A B"],"when":1512468000,"title":"no"}"#;
        let names = JsonFields {
            text: Some("/doc/plain".into()),
            url: Some("where".into()),
            title: Some("/doc/name".into()),
            author: Some("who".into()),
            date: Some("when".into()),
        };
        let original = read(line, &names).unwrap();
        assert_eq!((&*original.bytes, original.origin.target_uri.as_deref()), (&b"The text"[..], Some("urn:x")));
        let fields = original.origin.member.unwrap().fields;
        assert_eq!((fields.title.as_deref(), fields.date.as_deref()), (Some("T"), Some("1512468000")));
        assert_eq!(fields.authors, ["A B"]);
        let why = read(line, &JsonFields::default()).unwrap_err();
        assert_eq!((why.code, why.hint.as_deref()), (diagnostic::C005, Some("--json-text names the field")));
    }

    #[test]
    fn halves_of_surrogate_pairs_are_told_from_pairs_and_from_backslashes() {
        let mended = |line: &str| {
            let (line, count) = without_lone_surrogates(line.as_bytes());
            (String::from_utf8(line).unwrap(), count)
        };
        assert_eq!(mended(r#""\ud83d\ude00""#), (r#""\ud83d\ude00""#.to_owned(), 0));
        assert_eq!(mended(r#""\ud83d x \ude00""#), (r#""\uFFFD x \uFFFD""#.to_owned(), 2));
        assert_eq!(mended(r#""\\ud83d""#), (r#""\\ud83d""#.to_owned(), 0));
        assert_eq!(mended(r#""\ud83d\ud83d\ude00""#), (r#""\uFFFD\ud83d\ude00""#.to_owned(), 1));
    }
}
