//! Feeds: RSS 2.0 (<https://www.rssboard.org/rss-specification>), RSS 1.0 (<https://web.resource.org/rss/1.0/spec>) and
//! Atom (RFC 4287). Each item with its text is an article: its bytes are that text in UTF-8. Items are read one after the
//! other; behind one that is damaged reading goes on at the next.

use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};

use super::compressed::too_large;
use super::xml::{self, XmlReader};
use super::{Container, ContainerKind, Loaded, Sink, place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original, RecordFields};
use crate::plan::Opening;

/// The container's facts.
pub const FEED: ContainerKind = ContainerKind {
    name: "feed",
    spec: "RSS 2.0, RSS 1.0, Atom (RFC 4287)",
    endings: &["rss", "atom"],
    compressed: true,
    begins: |bytes| matches!(xml::root(bytes).as_deref(), Some("rss" | "RDF" | "feed")),
    holds: "each item with its text (`content:encoded`, `content`, or a description as long as one), and its title, names, day, address and keywords",
    read: originals,
};

/// Elements of which each is an item.
const ITEMS: [&str; 2] = ["item", "entry"];

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let limits = &opening.limits;
    let (reader, mut cut_off) = XmlReader::open(container, limits, false)?;
    let mut feed = Feed {
        reader,
        buffer: Vec::new(),
        limit: limits.max_bytes,
        publisher: None,
        is_too_large: false,
        is_at_end: false,
        prefix: String::new(),
        begun: None,
    };
    let (mut index, mut is_damaged) = (0, false);
    loop {
        let (offset, item) = match feed.next() {
            Ok(Some(item)) => item,
            Ok(None) => break,
            Err(error) => {
                let place = feed.reader.place();
                let (reader, why) = feed.reader.go_on(&ITEMS, index, &error);
                feed.reader = reader;
                is_damaged = true;
                match sink(xml::stretch(container, place..feed.reader.place(), why)) {
                    ControlFlow::Continue(()) => continue,
                    ControlFlow::Break(()) => return Ok(()),
                }
            }
        };
        // One without an end goes up to where the next begins.
        let length = feed.begun.unwrap_or_else(|| feed.reader.place()) - offset;
        let mut member = Member::new(container.digest, offset, length);
        // Where it stands tells it from others that have no id.
        member.record_id = item.id.clone().or_else(|| Some(format!("item {}", index + 1)));
        let link = item.link.clone();
        let mut noticed = std::mem::take(&mut cut_off);
        if item.is_cut_off {
            let message = "the feed ends inside the item, or the next item begins there";
            noticed.push(Diagnostic::new(diagnostic::C006, message));
        }
        if item.repeats {
            noticed
                .push(Diagnostic::new(diagnostic::C013, "it has `content:encoded` more than once; the first is read"));
        }
        if item.holds_items() {
            let message = "its text holds tags of items: a CDATA section is not closed, and other items may be in it";
            noticed.push(Diagnostic::new(diagnostic::C006, message));
        }
        let result = match item.is_too_large {
            true => Err(too_large(limits.max_bytes)),
            false => original(container.name, item, member.clone(), feed.publisher.clone()),
        };
        let name = format!("{} item {}", container.name, index + 1);
        let place = || Origin { target_uri: link, ..place(container.name, member) };
        let loaded = Loaded::record(name, Some(index), result, place, noticed);
        index += 1;
        if sink(loaded) == ControlFlow::Break(()) {
            return Ok(());
        }
    }
    if index == 0 && !is_damaged {
        return Err(Diagnostic::new(diagnostic::C011, "it has no item"));
    }
    Ok(())
}

/// What an item says.
#[derive(Default)]
struct Item {
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
    keywords: Vec<String>,
    content: Option<Text>,
    description: Option<Text>,
    /// It has its text more than once; the first is kept.
    repeats: bool,
    /// The feed ended before it did.
    is_cut_off: bool,
    /// One of its texts is larger than the limit, and was not kept.
    is_too_large: bool,
}

impl Item {
    /// Whether tags of items stand in its text, where a CDATA section has no end of its own.
    fn holds_items(&self) -> bool {
        let holds = |text: &Text, name: &str| {
            ["</", "<"].iter().any(|tag| text.text.contains(&format!("{tag}{name}>")))
                || text.text.contains(&format!("<{name} "))
        };
        let mut texts = self.content.iter().chain(&self.description);
        texts.any(|text| ITEMS.iter().any(|name| holds(text, name)))
    }
}

/// A text of an item.
#[derive(Clone)]
struct Text {
    text: String,
    is_html: bool,
}

/// Characters of a description that is the text and no summary.
const LEAST_TEXT: usize = 800;

fn original(path: &str, item: Item, mut member: Member, publisher: Option<String>) -> Result<Original, Diagnostic> {
    let is_text = |text: &Text| text.text.chars().count() >= LEAST_TEXT;
    let is_there = |text: &Text| !text.text.trim().is_empty();
    let text = item.content.filter(is_there).or_else(|| item.description.filter(is_text));
    let Some(Text { text, is_html }) = text else {
        let message = "the item has no text, only a title or a summary";
        return Err(Diagnostic::new(diagnostic::C005, message).hint("fetch the page that it links to"));
    };
    let value = |text: Option<String>| text.as_deref().and_then(xml::value);
    let values = |texts: Vec<String>| texts.iter().filter_map(|text| xml::value(text)).collect();
    member.fields = RecordFields {
        title: value(item.title),
        date: value(item.date),
        authors: values(item.authors),
        publisher: value(publisher),
        keywords: values(item.keywords),
        page: None,
    };
    let origin = Origin {
        path: path.to_owned(),
        media_type: Some(if is_html { "text/html" } else { "text/plain" }.to_owned()),
        target_uri: item.link,
        member: Some(member),
        ..Origin::default()
    };
    Ok(Original::new(origin, xml::bytes(text)))
}

/// Reading a feed.
struct Feed {
    reader: XmlReader,
    buffer: Vec<u8>,
    /// Most bytes of a text.
    limit: u64,
    publisher: Option<String>,
    /// A text of the item that is read is larger.
    is_too_large: bool,
    /// The feed ended.
    is_at_end: bool,
    /// The prefix of the feed's own elements, with its colon.
    prefix: String,
    /// An item that began inside another one, which has no end: where it begins.
    begun: Option<u64>,
}

impl Feed {
    /// The next item, with where it begins.
    fn next(&mut self) -> Result<Option<(u64, Item)>, quick_xml::Error> {
        if let Some(offset) = self.begun.take() {
            return Ok(Some((offset, self.item()?)));
        }
        loop {
            self.buffer.clear();
            let offset = self.reader.place();
            match self.reader.next(&mut self.buffer)? {
                Event::Start(start) => match start.local_name().as_ref() {
                    name if ITEMS.contains(&name) => return Ok(Some((offset, self.item()?))),
                    // Atom may have a prefix, which its elements share.
                    "feed" => {
                        let name = start.name();
                        self.prefix = name.prefix().map(|prefix| format!("{}:", prefix.as_ref())).unwrap_or_default();
                    }
                    "title" if self.publisher.is_none() => {
                        // `Mollan Gazette » Opinion`: the site and its section.
                        let title = self.text(false)?;
                        let site = title.split(" » ").next().unwrap_or_default().to_owned();
                        self.publisher = Some(site).filter(|site| !site.is_empty());
                    }
                    _ => {}
                },
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn item(&mut self) -> Result<Item, quick_xml::Error> {
        let mut item = Item::default();
        while self.begun.is_none() {
            self.buffer.clear();
            let offset = self.reader.place();
            let event = self.reader.next(&mut self.buffer)?;
            let (start, is_empty) = match event {
                Event::Start(start) if ITEMS.contains(&start.local_name().as_ref()) => {
                    self.begun = Some(offset);
                    break;
                }
                Event::Start(start) => (start.into_owned(), false),
                Event::Empty(start) => (start.into_owned(), true),
                Event::End(end) if ITEMS.contains(&end.local_name().as_ref()) => break,
                Event::Eof => {
                    self.is_at_end = true;
                    break;
                }
                _ => continue,
            };
            self.field(&start, is_empty, &mut item)?;
        }
        let is_cut_off = self.is_at_end || self.begun.is_some();
        (item.is_cut_off, item.is_too_large) = (is_cut_off, std::mem::take(&mut self.is_too_large));
        Ok(item)
    }

    fn field(&mut self, start: &BytesStart<'_>, is_empty: bool, item: &mut Item) -> Result<(), quick_xml::Error> {
        let attribute = |name: &str| xml::attribute(start, name);
        let kind = attribute("type");
        if is_empty {
            match start.local_name().as_ref() {
                "link" if attribute("rel").is_none_or(|rel| rel == "alternate") => item.link = attribute("href"),
                "category" => item.keywords.extend(attribute("term")),
                _ => {}
            }
            return Ok(());
        }
        let is_markup = matches!(kind.as_deref(), Some("xhtml"));
        let name = start.name();
        let name = name.as_ref();
        let own = name.strip_prefix(self.prefix.as_str()).unwrap_or(name).to_owned();
        match (own.as_str(), start.local_name().as_ref()) {
            ("link", _) => {
                let href = attribute("href");
                let text = self.text(false)?;
                item.link = href.or(Some(text)).filter(|link| link.starts_with("http")).or(item.link.take());
            }
            ("title", _) => item.title = Some(self.text(false)?).filter(|title| !title.is_empty()),
            ("guid" | "id", _) => item.id = Some(self.text(false)?).filter(|id| !id.is_empty()),
            ("author" | "itunes:author", _) => item.authors.extend(self.author()?),
            (_, "creator") => item.authors.extend(Some(self.text(false)?).filter(|name| !name.is_empty())),
            ("pubDate" | "published" | "dc:date" | "issued", _) => item.date = Some(self.text(false)?),
            ("updated", _) => {
                let date = self.text(false)?;
                item.date.get_or_insert(date);
            }
            ("category" | "dc:subject", _) => {
                let word = attribute("term");
                let text = self.text(false)?;
                item.keywords.extend(word.or(Some(text)).filter(|word| !word.is_empty()));
            }
            ("content:encoded", _) => {
                let text = Text { text: self.text(false)?, is_html: true };
                item.repeats |= item.content.is_some();
                item.content.get_or_insert(text);
            }
            ("content", _) => {
                let is_html = !matches!(kind.as_deref(), Some("text" | "text/plain") | None);
                let text = self.text(is_markup)?;
                item.content.get_or_insert(Text { text, is_html });
            }
            ("description" | "summary", _) => {
                let text = self.text(is_markup)?;
                let is_html = text.contains('<');
                item.description.get_or_insert(Text { text, is_html });
            }
            _ => drop(self.text(false)?),
        }
        Ok(())
    }

    /// The text of an element of which the start was read, with its markup, or without where it is not of the text.
    fn text(&mut self, with_markup: bool) -> Result<String, quick_xml::Error> {
        let (mut text, mut depth) = (String::new(), 0_u32);
        loop {
            self.buffer.clear();
            let offset = self.reader.place();
            let event = self.reader.next(&mut self.buffer)?;
            match &event {
                Event::Start(start) if ITEMS.contains(&start.local_name().as_ref()) => {
                    self.begun = Some(offset);
                    break;
                }
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Eof => {
                    self.is_at_end = true;
                    break;
                }
                _ => {}
            }
            // What is too large is read to its end, and not kept.
            if self.is_too_large {
                continue;
            }
            xml::push(&event, with_markup, &mut text);
            self.is_too_large = text.len() as u64 > self.limit;
        }
        Ok(if with_markup { text } else { text.trim().to_owned() })
    }

    /// The name of an author: the text, or that of `name` in it.
    fn author(&mut self) -> Result<Option<String>, quick_xml::Error> {
        let (mut name, mut is_name, mut whole) = (None, false, String::new());
        let mut depth = 0_u32;
        loop {
            self.buffer.clear();
            match self.reader.next(&mut self.buffer)? {
                Event::Start(start) => {
                    is_name = start.local_name().as_ref() == "name";
                    depth += 1;
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => (depth, is_name) = (depth - 1, false),
                Event::Eof => break,
                event => {
                    let text = if is_name { name.get_or_insert_with(String::new) } else { &mut whole };
                    xml::push(&event, false, text);
                }
            }
        }
        let name = name.unwrap_or(whole);
        // RSS: `ada@harbour.example (Ada Holm)`
        let inner = name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner.to_owned());
        let name = if name.contains('@') { inner.unwrap_or_default() } else { name };
        Ok(Some(name.trim().to_owned()).filter(|name| !name.is_empty()))
    }
}
