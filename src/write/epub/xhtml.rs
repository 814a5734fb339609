//! What every XHTML content document of the book shares (EPUB 3.3 §6.1): its frame, and the generated statements
//! of title block and colophon.

use std::borrow::Cow;
use std::io;

use chrono::{DateTime, NaiveDate};

use super::language::Scope;
use super::link;
use crate::characters::is_visible;
use crate::document::{Statement, Value};
use crate::write::xml::Xml;

/// The markup of one content document, in memory.
pub(super) type Markup = Xml<Vec<u8>>;

/// Opens a document up to and with `<body>`; `vertical` where its lines run from top to bottom.
pub(super) fn open(title: &str, scope: &Scope, vertical: bool) -> io::Result<Markup> {
    open_styled(title, scope, vertical, &[])
}

/// The same with further style sheets.
pub(super) fn open_styled(title: &str, scope: &Scope, vertical: bool, styles: &[&str]) -> io::Result<Markup> {
    let mut xml = Markup::new(Vec::with_capacity(16 * 1024));
    xml.declaration()?;
    xml.doctype("html")?;
    xml.newline()?;
    let mut root = vec![("xmlns", "http://www.w3.org/1999/xhtml"), ("xmlns:epub", "http://www.idpf.org/2007/ops")];
    root.extend(scope.language_attributes());
    root.push(("dir", scope.direction()));
    if vertical {
        root.push(("class", "vertical"));
    }
    xml.start("html", &root)?;
    xml.open_line("head", &[])?;
    xml.empty_line("meta", &[("charset", "utf-8")])?;
    xml.leaf_line("title", &[], title)?;
    for style in [super::STYLESHEET].iter().chain(styles) {
        xml.empty_line("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", style)])?;
    }
    xml.close_line()?;
    xml.open_line("body", &[])?;
    Ok(xml)
}

/// Closes `<body>` and `<html>`.
pub(super) fn close(mut xml: Markup) -> io::Result<Vec<u8>> {
    xml.close_line()?;
    xml.close_line()?;
    xml.newline()?;
    Ok(xml.into_inner())
}

/// Writes generated statements as a description list; equal labels that follow one another share one term.
pub(super) fn write_statements(
    xml: &mut Markup,
    statements: &[Statement],
    part: &str,
    outer: &Scope,
    article: &Scope,
) -> io::Result<()> {
    let english = Scope::english();
    let shown = || statements.iter().filter(|statement| is_visible(statement.value.text()));
    if shown().next().is_none() {
        return Ok(());
    }
    let mut attributes = vec![("class", "generated"), ("data-generated", part)];
    attributes.extend(english.attributes_in(outer));
    xml.open_line("dl", &attributes)?;
    let mut label = "";
    for statement in shown() {
        if statement.label != label {
            label = statement.label;
            xml.leaf_line("dt", &[], label)?;
        }
        write_value(xml, &statement.value, article)?;
    }
    xml.close_line()
}

fn write_value(xml: &mut Markup, value: &Value, article: &Scope) -> io::Result<()> {
    xml.line()?;
    match value {
        Value::Quoted(text) => {
            // The direction of a name does not follow from the language of the article: `bdi` takes it from the
            // name and keeps it from the line around it.
            let language = Scope { right_to_left: false, ..article.clone() };
            xml.start("dd", &language.attributes_in(&Scope::english()))?;
            xml.leaf("bdi", &[], text)?;
        }
        Value::Generated(text) => {
            xml.start("dd", &[])?;
            xml.text(text)?;
        }
        Value::Date(text) => {
            xml.start("dd", &[])?;
            if is_date(text) { xml.leaf("time", &[], text)? } else { xml.text(text)? }
        }
        Value::Url(text) => {
            xml.start("dd", &[])?;
            match link::address(text) {
                Some(address) => xml.leaf("a", &[("href", &address)], text)?,
                None => xml.text(text)?,
            }
        }
    }
    xml.end()
}

/// Whether HTML's `time` element and W3CDTF both take the date: a year, month or day, or a time with its offset.
pub(super) fn is_date(iso: &str) -> bool {
    let day = match iso.len() {
        4 => Cow::Owned([iso, "-01-01"].concat()),
        7 => Cow::Owned([iso, "-01"].concat()),
        _ => Cow::Borrowed(iso),
    };
    let is_day = day.len() == 10 && NaiveDate::parse_from_str(&day, "%Y-%m-%d").is_ok();
    is_day || DateTime::parse_from_rfc3339(iso).is_ok() || DateTime::parse_from_str(iso, "%Y-%m-%dT%H:%M%:z").is_ok()
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_visible};

    #[test]
    fn dates_are_calendar_dates() {
        for date in ["2017", "2017-12", "2017-12-05", "2017-12-05T10:00:00Z", "2017-12-05T10:00+08:00"] {
            assert!(is_date(date), "{date}");
        }
        for text in ["", "2017-13", "2017-02-30", "2017-12-05T10:00", "2017/2018", "17-12-0005", "a&b<"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn marks_alone_are_not_visible() {
        assert!(!is_visible(" \u{200F}\u{202B}\u{2069}\t"));
        assert!(is_visible("\u{1}"));
    }
}
