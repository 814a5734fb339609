//! Pages that Microsoft Word saved, and what was pasted from it: its lists are paragraphs with marks of lists in their
//! styles, and become lists; the languages that its spelling checker guessed, a span each, are those of nobody.

use dom_query::{NodeData, NodeRef};

use super::page::Page;

/// The name under which the mark of an item stands in the tree: what it shows is the number of the item.
pub(super) const MARKER: &str = "mso-marker";

/// Brings a page of Word into the elements that HTML has for what it shows.
pub(super) fn tidy(page: &Page, source: &str) {
    if memchr::memmem::find(source.as_bytes(), b"mso-").is_none()
        && memchr::memmem::find(source.as_bytes(), b"Mso").is_none()
    {
        return;
    }
    for span in page.document.select("span[lang]").nodes() {
        if is_of_word(span) || span.ancestors(Some(FAR)).iter().any(is_of_word) {
            span.remove_attr("lang");
        }
    }
    let paragraphs = page.document.select("p[style]");
    for paragraph in paragraphs.nodes() {
        // Those behind it in its list are items by now.
        if let Some(level) = level(paragraph).filter(|_| paragraph.has_name("p")) {
            let items = run(paragraph, level);
            let list = list_of(&items);
            paragraph.insert_before(&list);
            fill(&list, &items);
        }
    }
}

/// Elements around a span in which Word names its styles.
const FAR: usize = 4;

/// Whether Word states a style of an element.
fn is_of_word(node: &NodeRef<'_>) -> bool {
    node.attr("class").is_some_and(|class| class.starts_with("Mso"))
        || node.attr("style").is_some_and(|s| s.contains("mso-"))
}

/// The level of an item: `mso-list:l0 level1 lfo1`.
fn level(paragraph: &NodeRef<'_>) -> Option<u8> {
    let style = paragraph.attr("style")?;
    let (_, list) = style.split_once("mso-list:")?;
    let (_, level) = list.split(';').next()?.split_once("level")?;
    level.bytes().next().filter(u8::is_ascii_digit).map(|digit| digit - b'0')
}

/// A paragraph and the items that follow it, each with its level.
fn run<'a>(first: &NodeRef<'a>, of_first: u8) -> Vec<(NodeRef<'a>, u8)> {
    let mut items = vec![(*first, of_first)];
    let mut next = first.next_sibling();
    while let Some(node) = next {
        match level(&node).filter(|_| node.has_name("p")) {
            Some(level) => items.push((node, level)),
            None if is_nothing(&node) => {}
            None => break,
        }
        next = node.next_sibling();
    }
    items
}

/// A comment, or white space.
fn is_nothing(node: &NodeRef<'_>) -> bool {
    !node.is_element()
        && node
            .query(|n| match &n.data {
                NodeData::Text { contents } => contents.trim().is_empty(),
                _ => true,
            })
            .unwrap_or(true)
}

/// The least level of some items.
fn least(items: &[(NodeRef<'_>, u8)]) -> u8 {
    items.iter().map(|(_, level)| *level).min().unwrap_or_default()
}

/// An empty list of the kind that the first of its items tells. It stands nowhere yet.
fn list_of<'a>(items: &[(NodeRef<'a>, u8)]) -> NodeRef<'a> {
    let own = least(items);
    let first = items.iter().find(|(_, level)| *level == own).map_or(&items[0].0, |(item, _)| item);
    let style = marker(first).and_then(|mark| style(&number(&mark.text())?));
    let list = first.tree.new_element(if style.is_some() { "ol" } else { "ul" });
    if let Some(style) = style {
        list.set_attr("type", style);
    }
    list
}

/// Moves items into a list, those of a deeper level into lists of their own.
fn fill<'a>(list: &NodeRef<'a>, items: &[(NodeRef<'a>, u8)]) {
    let own = least(items);
    let mut last: Option<NodeRef<'a>> = None;
    let mut rest = items;
    while let Some(((item, level), behind)) = rest.split_first() {
        if let Some(last) = last.filter(|_| *level > own) {
            let deeper = rest.iter().take_while(|(_, level)| *level > own).count();
            let (inside, behind) = rest.split_at(deeper);
            let inner = list_of(inside);
            last.append_child(&inner);
            fill(&inner, inside);
            rest = behind;
            continue;
        }
        if let Some(mark) = marker(item) {
            match (list.attr("type"), number(&mark.text())) {
                (None, None) => mark.rename(MARKER),
                (Some(style), Some(number)) => {
                    // One that the list would not show stays as text.
                    if let Some(value) = value(&number, &style) {
                        item.set_attr("value", &value.to_string());
                        mark.rename(MARKER);
                    }
                }
                _ => {}
            }
        }
        item.rename("li");
        list.append_child(item);
        last = Some(*item);
        rest = behind;
    }
}

/// The element that shows the number or the bullet of an item.
fn marker<'a>(item: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let is_marker = |node: &NodeRef<'_>| {
        node.attr("style").is_some_and(|style| style.to_ascii_lowercase().replace(' ', "").contains("mso-list:ignore"))
    };
    item.find(&["span"]).into_iter().find(is_marker)
}

/// The number in the mark of an item: `1` of `1.`, `13` of `2.13`, `b` of `(b)`; `None` for a bullet, of which one is `o`.
fn number(mark: &str) -> Option<String> {
    let mark = mark.trim_matches(|c: char| c.is_whitespace() || c == '(');
    let number = mark.trim_end_matches(['.', ')', ':']);
    let is_closed = number.len() < mark.len();
    let number = number.rsplit('.').next().unwrap_or_default();
    let is_figure = number.bytes().all(|b| b.is_ascii_digit());
    let is_letter = number.bytes().all(|b| b.is_ascii_lowercase()) || number.bytes().all(|b| b.is_ascii_uppercase());
    (!number.is_empty() && (is_figure || is_closed && is_letter)).then(|| number.to_owned())
}

/// How a list is numbered that begins with this number, as the attribute `type` has it.
fn style(number: &str) -> Option<&'static str> {
    let is_lower = number.starts_with(|c: char| c.is_ascii_lowercase());
    match () {
        () if number.starts_with(|c: char| c.is_ascii_digit()) => Some("1"),
        // Of letters alone only `i` is more often a number than a letter.
        () if roman(number).is_some_and(|value| number.len() > 1 || value == 1) => {
            Some(if is_lower { "i" } else { "I" })
        }
        () if number.len() == 1 => Some(if is_lower { "a" } else { "A" }),
        () => None,
    }
}

/// What a number is in a list of this style.
fn value(number: &str, style: &str) -> Option<i32> {
    match (style, number.as_bytes()) {
        ("1", _) => number.parse().ok(),
        ("i" | "I", _) => roman(number),
        (_, [letter]) if letter.is_ascii_alphabetic() => Some(i32::from(letter.to_ascii_lowercase() - b'a') + 1),
        _ => None,
    }
}

/// A Roman number of those below forty, which lists have.
fn roman(number: &str) -> Option<i32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let number = number.to_ascii_lowercase();
    let ones = number.trim_start_matches('x');
    let tens = number.len() - ones.len();
    let value = tens * 10 + ONES.iter().position(|known| *known == ones)?;
    (tens < 4 && value > 0).then(|| i32::try_from(value).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items_are_numbers_or_bullets() {
        for (mark, told) in [
            ("1.\u{A0}\u{A0} ", Some(("1", 1))),
            ("2.13", Some(("1", 13))),
            ("(b)", Some(("a", 2))),
            ("C.", Some(("A", 3))),
            ("i.", Some(("i", 1))),
            ("xiv)", Some(("i", 14))),
            ("IX.", Some(("I", 9))),
            ("v.", Some(("a", 22))),
            ("o\u{A0}", None),
            ("·", None),
            ("§", None),
            ("", None),
        ] {
            let found = number(mark).and_then(|number| style(&number).map(|style| (style, value(&number, style))));
            assert_eq!(found, told.map(|(style, value)| (style, Some(value))), "{mark}");
        }
        assert_eq!((value("v", "i"), value("aa", "a"), value("b", "1")), (Some(5), None, None));
    }
}
