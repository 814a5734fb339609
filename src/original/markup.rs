//! Whether a text whose kind nothing declares is a page, or a part of one.

/// Bytes of a text in which the beginning of a page is looked for.
const HEAD: usize = 1024;

/// Tags that break a text into paragraphs and lines, at the least, where it has no beginning of a page.
const LEAST: usize = 3;

/// Elements that do.
const BREAKING: [&str; 12] =
    ["p", "br", "div", "h1", "h2", "h3", "h4", "li", "blockquote", "article", "section", "figure"];

/// Whether a text is HTML: a page begins in it, or tags break it into paragraphs and not empty lines. Before the page may
/// stand what a server put there, but in a file that is called a text.
pub(super) fn is_page(text: &str, is_called_text: bool) -> bool {
    let may_begin =
        !is_called_text || text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').starts_with('<');
    may_begin && begins(text) || is_fragment(text)
}

/// `<!doctype html>`, `<html>`, `<body>` near the beginning.
fn begins(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(HEAD)];
    let has = |mark: &[u8]| head.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark));
    has(b"<!doctype html") || has(b"<html") || has(b"<body")
}

/// Whether a text consists of elements without the page around them, as systems for content keep articles. A text whose
/// paragraphs are set apart by empty lines may have elements inside them and is none.
fn is_fragment(text: &str) -> bool {
    let breaks = text.match_indices('<').filter(|(at, _)| is_breaking(&text[at + 1..])).count();
    breaks >= LEAST && breaks >= paragraphs(text)
}

/// Whether a tag stands here, behind its `<`, that begins a paragraph or a line.
fn is_breaking(rest: &str) -> bool {
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = rest.split_at(length);
    BREAKING.iter().any(|known| name.eq_ignore_ascii_case(known)) && rest.starts_with(['>', '/', ' ', '\n', '\r', '\t'])
}

/// Paragraphs that empty lines set apart.
fn paragraphs(text: &str) -> usize {
    let mut lines = text.lines().map(|line| line.trim().is_empty());
    let mut before = true;
    lines.by_ref().filter(|is_empty| std::mem::replace(&mut before, *is_empty) && !is_empty).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_parts_of_pages_are_told() {
        for page in [
            "\n<!-- x --><!DOCTYPE HTML PUBLIC \"…\">",
            "<?xml version=\"1.0\"?>\n<html xmlns=\"…\">",
            "<p>The quay</p>\n\n<p>By Ada Holm</p>\n\n<p class=\"x\">It will not wait.</p>",
            "The quay<br>By Ada Holm<br />It will not wait.<BR>\nNor will we.",
        ] {
            assert!(is_page(page, true), "{page}");
        }
        for text in [
            "The quay\n\nBy Ada Holm\n\nIt will <em>not</em> wait, <a href=\"x\">they</a> said.",
            "a < b\n\nc <p d\n\n<pq> <brx>",
            "The quay\n\nBy Ada Holm\n\nA<br>B<br>C\n\nIt will not wait.\n\nNor will we.",
            "Write <p> around it, she says.",
            "Every page begins with <html>, and few end.",
            "",
        ] {
            assert!(!is_page(text, true), "{text}");
        }
    }
}
