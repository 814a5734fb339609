//! The cover: a drawing with the title, how many articles there are, and from which years; and the page that shows it.

use std::io;

use super::{COVER_IMAGE, Listed, OWN_STYLESHEET};
use crate::write::epub::language::Scope;
use crate::write::epub::xhtml;
use crate::write::xml::Xml;

const WIDTH: usize = 600;
const HEIGHT: usize = 900;

/// Quarters of an em on a line of the title.
const MEASURE: usize = 44;
const MOST_LINES: usize = 9;

/// The drawing (SVG 1.1). Its letters are those of the reader: text stays text.
pub(super) fn image(title: &str, articles: &[Listed]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new(Vec::new());
    xml.declaration()?;
    let (width, height) = (WIDTH.to_string(), HEIGHT.to_string());
    let view = format!("0 0 {WIDTH} {HEIGHT}");
    let root = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("version", "1.1"),
        ("width", width.as_str()),
        ("height", height.as_str()),
        ("viewBox", view.as_str()),
    ];
    xml.start("svg", &root)?;
    xml.leaf_line("title", &[], title)?;
    xml.empty_line("rect", &[("width", &width), ("height", &height), ("fill", "#f6f3ec")])?;
    let frame =
        [("x", "30"), ("y", "30"), ("width", "540"), ("height", "840"), ("fill", "none"), ("stroke", "#333333")];
    xml.empty_line("rect", &frame)?;
    let lines = lines(title);
    let mut y = HEIGHT / 2 - 60 - 28 * lines.len();
    for line in &lines {
        write_line(&mut xml, line, y, "44")?;
        y += 56;
    }
    let count = articles.len();
    write_line(&mut xml, &format!("{count} {}", if count == 1 { "article" } else { "articles" }), y + 40, "26")?;
    if let Some(years) = years(articles) {
        write_line(&mut xml, &years, y + 80, "26")?;
    }
    xml.close_line()?;
    xml.newline()?;
    Ok(xml.into_inner())
}

fn write_line(xml: &mut Xml<Vec<u8>>, line: &str, y: usize, size: &str) -> io::Result<()> {
    let (x, y) = ((WIDTH / 2).to_string(), y.to_string());
    let place = [("x", x.as_str()), ("y", y.as_str()), ("text-anchor", "middle"), ("font-family", "serif")];
    let tag: Vec<_> = place.into_iter().chain([("font-size", size), ("fill", "#222222")]).collect();
    xml.leaf_line("text", &tag, line)
}

/// About how wide a letter of a reader's serif is, in quarters of an em: an ideograph fills it, a capital nearly.
fn width(c: char) -> usize {
    match c {
        '\u{2E80}'.. => 4,
        _ if c.is_uppercase() => 3,
        _ => 2,
    }
}

const SPACE: usize = 1;

/// The title in lines, cut off with an ellipsis where it is too long for a cover.
fn lines(title: &str) -> Vec<String> {
    let width = |text: &str| text.chars().map(width).sum::<usize>();
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let mut rest = word;
        while !rest.is_empty() {
            let used = lines.last().map_or(0, |line| width(line));
            let gap = if used > 0 && rest.len() == word.len() { SPACE } else { 0 };
            if used + gap + width(rest) <= MEASURE {
                if let Some(line) = lines.last_mut() {
                    line.push_str(if gap > 0 { " " } else { "" });
                    line.push_str(rest);
                }
                break;
            }
            if used > 0 {
                lines.push(String::new());
                continue;
            }
            // A word that no line holds is cut.
            let end =
                rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| width(&rest[..*end]) <= MEASURE);
            let end = end.last().unwrap_or(rest.len());
            if let Some(line) = lines.last_mut() {
                line.push_str(&rest[..end]);
            }
            rest = &rest[end..];
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// The years of the first and the last article whose date is known.
fn years(articles: &[Listed]) -> Option<String> {
    let years = || articles.iter().filter_map(|article| article.date.as_ref()?.get(..4));
    let (first, last) = (years().min()?, years().max()?);
    Some(if first == last { first.to_owned() } else { [first, "–", last].concat() })
}

/// The page that shows the drawing.
pub(super) fn page(title: &str) -> io::Result<Vec<u8>> {
    let mut xml = xhtml::open_styled(title, &Scope::english(), false, &[OWN_STYLESHEET])?;
    xml.open_line("section", &[("epub:type", "cover"), ("aria-label", "Cover"), ("data-generated", "cover")])?;
    xml.line()?;
    xml.empty("img", &[("class", "cover"), ("src", COVER_IMAGE), ("role", "doc-cover"), ("alt", title)])?;
    xml.close_line()?;
    xhtml::close(xml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_into_lines() {
        assert_eq!(
            lines("The price of corn and of bread in the last years"),
            ["The price of corn and", "of bread in the last", "years"]
        );
        assert_eq!(lines("城市与桥城市与桥城市与桥"), ["城市与桥城市与桥城市与", "桥"]);
        assert!(lines(&"word ".repeat(100)).len() == MOST_LINES);
        assert_eq!(lines(""), [""]);
    }
}
