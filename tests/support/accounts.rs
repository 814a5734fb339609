//! The account of a text: that it covers the text, and that what it says is so, told by another reading of the page.

use std::collections::BTreeMap;
use std::ops::Range;

use dom_query::{Document as Tree, NodeData, NodeRef};
use oped_convert::ReadOriginal;
use oped_convert::document::{Block, Fate, Inline, inline_text};

/// Whether a stretch is what Markdown marks text up with: addresses, tags and the names of languages of code beside marks.
fn is_of_markdown(stretch: &str) -> bool {
    let is_beside = ["](", "<", "```", "[", "!"].iter().any(|mark| stretch.contains(mark)) || stretch.ends_with('>');
    is_beside || !stretch.contains(char::is_alphabetic)
}

/// What of a reading's account is not so.
pub fn faults(reading: &ReadOriginal) -> Vec<String> {
    let (document, text) = (&reading.document, &reading.repaired.text);
    let (account, is_page) = (&document.account, document.source.is_page(text));
    let mut faults = Vec::new();
    let mut done = 0;
    for (stretch, fate) in account.stretches() {
        if stretch.start != done || stretch.is_empty() || !text.is_char_boundary(stretch.end) {
            faults.push(format!("{} at {stretch:?} behind {done}", fate.name()));
        }
        done = stretch.end;
    }
    if done != text.len() {
        faults.push(format!("ends at {done} of {}", text.len()));
    }
    for stretch in account.of(Fate::Folded) {
        let folded = &text[stretch.clone()];
        let read = if is_page { decoded(folded) } else { folded.to_owned() };
        if !read.chars().all(char::is_whitespace) {
            faults.push(format!("folded is {folded:?} at {stretch:?}"));
        }
    }
    let is_text = |fate: Fate| matches!(fate, Fate::Shown | Fate::Furniture | Fate::Header);
    if is_page {
        let whole = page_text(text) + &alternatives(reading);
        faults.extend(differ("text of the page", &whole, &of(reading, is_text)));
    } else {
        let is_markdown = document.source.media_type.as_deref() == Some("text/markdown");
        let lost = account.of(Fate::Markup).find(|stretch| !is_markdown || !is_of_markdown(&text[stretch.clone()]));
        faults.extend(lost.map(|stretch| format!("markup: {:?} at {stretch:?}", &text[stretch.clone()])));
    }
    let is_known = |block: &&Block| {
        let mut is_known = true;
        block.each_run(&mut |run| is_known &= run.iter().all(is_as_it_stands));
        is_known
    };
    if document.blocks.iter().all(|block| is_known(&block)) {
        let shown = |shown: bool| {
            let blocks = document.blocks.iter().filter(|block| block.role.is_shown() == shown);
            let mut text = String::new();
            blocks.for_each(|block| block.each_run(&mut |run| text.push_str(&inline_text(run))));
            text
        };
        // White space that XML cannot carry either; in a page a form feed is folded.
        let carried = |c: char| if c == '\u{B}' || c == '\u{C}' && !is_page { '\u{FFFD}' } else { c };
        let accounted = |fates: &dyn Fn(Fate) -> bool| of(reading, fates).chars().map(carried).collect::<String>();
        faults.extend(differ("what is shown", &shown(true), &accounted(&|fate| fate == Fate::Shown)));
        // What stands in no block is furniture.
        let left_out = accounted(&|fate| matches!(fate, Fate::Furniture | Fate::Header));
        let (blocks, counted) = (counts(&shown(false)), counts(&left_out));
        if blocks.iter().any(|(c, n)| counted.get(c).unwrap_or(&0) < n) {
            faults.push("a block that is left out is not in the account".to_owned());
        }
    }
    faults
}

/// Whether an inline's text is that of the page: marks around quotations, readings and marks of notes are made.
fn is_as_it_stands(inline: &Inline) -> bool {
    match inline {
        Inline::Quote(_) | Inline::Ruby { .. } | Inline::NoteRef { .. } => false,
        other => other.inner().is_none_or(|inner| inner.iter().all(is_as_it_stands)),
    }
}

/// The texts in place of images that the account has: attributes are no text nodes.
fn alternatives(reading: &ReadOriginal) -> String {
    let (text, stretches) = (&reading.repaired.text, reading.document.account.stretches());
    let value = |(at, name): (usize, &str)| {
        let rest = text[at + name.len()..].trim_ascii_start();
        let start = text.len() - rest.len();
        match rest.chars().next()? {
            quote @ ('"' | '\'') => Some(start + 1..start + 1 + rest[1..].find(quote)?),
            _ => Some(start..start + rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
        }
    };
    let values: Vec<_> = text.match_indices("alt=").filter_map(value).collect();
    // Raw text may have what looks like tags in it.
    let is_markup = |at: usize| stretches.iter().any(|(of, fate)| *fate == Fate::Markup && of.contains(&at));
    let of_image = |at: &Range<usize>| {
        let next = values.partition_point(|value| value.end <= at.start);
        values.get(next).is_some_and(|v| v.start <= at.start && at.end <= v.end && is_markup(v.start - 1))
    };
    let shown = stretches.iter().filter(|(at, fate)| *fate != Fate::Markup && of_image(at));
    shown.map(|(at, _)| decoded(&text[at.clone()])).collect()
}

/// The stretches of some fates, as they read.
fn of(reading: &ReadOriginal, fates: impl Fn(Fate) -> bool) -> String {
    let (document, text) = (&reading.document, &reading.repaired.text);
    let stretches = document.account.stretches().iter().filter(|(_, fate)| fates(*fate));
    // Apart: what two of them make together is no reference.
    let whole: Vec<&str> = stretches.map(|(stretch, _)| &text[stretch.clone()]).collect();
    let whole = whole.join("\n");
    if document.source.is_page(text) { decoded(&whole) } else { whole }
}

/// Text with its references read, and tags as text.
fn decoded(text: &str) -> String {
    // An element of which the end is no text of a page.
    let tree = Tree::from(format!("<textarea>\n{}</textarea>", text.replace("</", "<\u{0}/")));
    tree.select("textarea").text().replace("<\u{FFFD}/", "</")
}

/// The text nodes of a page but those of scripts, styles and templates.
fn page_text(page: &str) -> String {
    let mut text = String::new();
    let tree = Tree::from(page);
    let mut waiting = vec![tree.root()];
    while let Some(node) = waiting.pop() {
        let name = node.node_name();
        if matches!(name.as_deref(), Some("script" | "style" | "template")) {
            continue;
        }
        // References in raw text are none; in the stretches of an account they cannot be told from others.
        let raw = node.parent().and_then(|parent| parent.node_name());
        let is_raw = matches!(raw.as_deref(), Some("iframe" | "noembed" | "noframes" | "xmp" | "plaintext"));
        node.query(|n| {
            if let NodeData::Text { contents } = &n.data {
                text.push_str(&if is_raw { decoded(contents) } else { contents.to_string() });
            }
        });
        waiting.extend(node.children().into_iter().collect::<Vec<NodeRef<'_>>>());
    }
    text
}

/// The characters of a text that somebody sees, as often as they stand there. Renditions have U+FFFD for characters that
/// XML cannot carry, and close what a block leaves open.
fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let is_replaced = c.is_control() && c < '\u{80}' || u32::from(c) & 0xFFFE == 0xFFFE;
        let is_replaced = is_replaced || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
        let closes = matches!(c, '\u{202C}' | '\u{2069}');
        if !closes {
            *counts.entry(if is_replaced { '\u{FFFD}' } else { c }).or_default() += 1;
        }
    }
    counts
}

pub fn differ(what: &str, one: &str, other: &str) -> Option<String> {
    let (one, other) = (counts(one), counts(other));
    let mut all: Vec<char> = one.keys().chain(other.keys()).copied().collect();
    all.dedup();
    let moved = all.into_iter().filter(|c| one.get(c) != other.get(c));
    let moved: Vec<String> =
        moved.take(8).map(|c| format!("{c:?} {} {}", one.get(&c).unwrap_or(&0), other.get(&c).unwrap_or(&0))).collect();
    (!moved.is_empty()).then(|| format!("{what} differs: {}", moved.join(", ")))
}
