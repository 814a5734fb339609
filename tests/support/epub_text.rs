//! Reads a book back the way a reading system does: entries of the container, the text of its spine with the text
//! of the article apart from what the writer generated, ids, references and page breaks.

#![allow(dead_code, reason = "each test crate uses a part of it")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// A book that was read back.
pub struct ReadBook {
    /// Every entry in the order of the container.
    pub entries: Vec<Entry>,
    /// Every XML entry by name.
    pub pages: BTreeMap<String, Page>,
    /// The names of the spine's linear pages, in order.
    pub spine: Vec<String>,
}

/// One entry of the container.
pub struct Entry {
    pub name: String,
    pub stored: bool,
    pub time: String,
    pub mode: Option<u32>,
    pub bytes: Vec<u8>,
}

/// One XML document.
#[derive(Default)]
pub struct Page {
    /// The article's text: its leaves joined by LF.
    pub text: String,
    /// Generated leaves, one a line.
    pub generated: String,
    /// Every `id`, in order.
    pub ids: Vec<String>,
    /// Every `href` and `src`, in order.
    pub references: Vec<String>,
    /// Page breaks: id, and the offset in `text` of the character that follows.
    pub breaks: Vec<(String, usize)>,
    /// Every element with its attributes, in order.
    pub elements: Vec<(String, BTreeMap<String, String>)>,
}

impl ReadBook {
    /// The text of the spine without what was generated.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.linear().map(|page| page.text.as_str()).filter(|text| !text.is_empty()).collect();
        texts.join("\n")
    }

    /// The breaks of the spine, with offsets into [`ReadBook::text`] as long as one page holds it all.
    pub fn breaks(&self) -> Vec<(String, usize)> {
        self.linear().flat_map(|page| page.breaks.clone()).collect()
    }

    /// Panics where ids are not unique or a reference leads nowhere.
    pub fn check_references(&self) {
        for (name, page) in &self.pages {
            let mut ids = page.ids.clone();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), page.ids.len(), "{name}: ids are not unique");
            for reference in &page.references {
                self.check_reference(name, reference);
            }
        }
    }

    fn check_reference(&self, name: &str, reference: &str) {
        if reference.contains(':') {
            return;
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = if file.is_empty() { name.to_owned() } else { format!("{folder}/{file}") };
        assert!(self.entries.iter().any(|entry| entry.name == target), "{name}: {reference} leads to no entry");
        let found = fragment.is_empty() || self.pages[&target].ids.iter().any(|id| id == fragment);
        assert!(found, "{name}: {reference} leads to no id");
    }

    fn linear(&self) -> impl Iterator<Item = &Page> {
        self.spine.iter().map(|name| &self.pages[name])
    }
}

/// Reads the book in `bytes`. Panics where it is not well-formed.
pub fn read_book(bytes: &[u8]) -> ReadBook {
    let entries = read_entries(bytes);
    let is_xml = |name: &str| [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|ending| name.ends_with(ending));
    let pages: BTreeMap<_, _> =
        entries.iter().filter(|e| is_xml(&e.name)).map(|e| (e.name.clone(), read_page(&e.bytes))).collect();
    let package = &pages["OEBPS/content.opf"];
    let attribute = |tag: &BTreeMap<String, String>, name: &str| tag.get(name).cloned().unwrap_or_default();
    let of = |name: &'static str| package.elements.iter().filter(move |(element, _)| element == name);
    let hrefs: BTreeMap<_, _> = of("item").map(|(_, tag)| (attribute(tag, "id"), attribute(tag, "href"))).collect();
    let linear = of("itemref").filter(|(_, tag)| attribute(tag, "linear") != "no");
    let spine = linear.map(|(_, tag)| format!("OEBPS/{}", hrefs[&attribute(tag, "idref")])).collect();
    ReadBook { entries, pages, spine }
}

/// With `OPED_KEEP_OUTPUTS` set to a folder, writes the book there, for EPUBCheck, Ace and foliate-js.
pub fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("OPED_KEEP_OUTPUTS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(name).with_extension("epub"), bytes).unwrap();
    }
}

fn read_entries(bytes: &[u8]) -> Vec<Entry> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        entries.push(Entry {
            name: file.name().to_owned(),
            stored: file.compression() == zip::CompressionMethod::Stored,
            time: file.last_modified().unwrap().to_string(),
            mode: file.unix_mode(),
            bytes: content,
        });
    }
    entries
}

/// What an open element means for the text inside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Holds blocks.
    Container,
    /// Holds text of the article.
    Leaf,
    /// Holds generated text.
    Generated,
    /// Holds text that is neither: ruby readings, marks of notes.
    Ignored,
}

#[derive(Default)]
struct State {
    page: Page,
    open: Vec<Kind>,
    /// Text of the leaf that is being read.
    leaf: String,
    /// Breaks of this leaf, by offset in it.
    leaf_breaks: Vec<(String, usize)>,
    /// Breaks that wait for the next leaf with text.
    waiting: Vec<String>,
}

/// Reads one XML document.
pub fn read_page(bytes: &[u8]) -> Page {
    let source = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(source);
    let mut state = State::default();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => state.start(&tag),
            Event::Empty(tag) => {
                state.start(&tag);
                state.end();
            }
            Event::End(_) => state.end(),
            Event::Text(text) => state.text(&text.xml10_content()),
            Event::GeneralRef(reference) => state.text(&resolve(&reference)),
            Event::Eof => break,
            Event::Decl(_) | Event::DocType(_) => {}
            other => panic!("unexpected {other:?}"),
        }
    }
    assert!(state.open.is_empty());
    let end = state.page.text.len();
    let waiting = std::mem::take(&mut state.waiting);
    state.page.breaks.extend(waiting.into_iter().map(|id| (id, end)));
    state.page
}

fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Some(c) = reference.resolve_char_ref().unwrap() {
        return c.to_string();
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_xml_entity(&name).unwrap_or_else(|| panic!("unknown entity {name}")).to_owned()
}

impl State {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name().as_ref().to_owned();
        let attributes: BTreeMap<String, String> = tag
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned();
                (attribute.key.as_ref().to_owned(), value)
            })
            .collect();
        self.page.ids.extend(attributes.get("id").cloned());
        self.page.references.extend(attributes.get("href").or(attributes.get("src")).cloned());
        if attributes.get("epub:type").is_some_and(|kind| kind == "pagebreak") {
            self.page_break(attributes["id"].clone());
        }
        let outer = self.open.last().copied().unwrap_or(Kind::Container);
        let kind = kind(&name, &attributes, outer);
        if name == "br" && outer == Kind::Leaf {
            self.text("\n");
        }
        if kind == Kind::Leaf && outer == Kind::Container {
            self.leaf.clear();
        }
        self.open.push(kind);
        self.page.elements.push((name, attributes));
    }

    fn end(&mut self) {
        let kind = self.open.pop().unwrap();
        let outer = self.open.last().copied().unwrap_or(Kind::Container);
        if kind == Kind::Leaf && outer == Kind::Container {
            self.finish_leaf();
        }
    }

    fn finish_leaf(&mut self) {
        let breaks = std::mem::take(&mut self.leaf_breaks);
        if self.leaf.is_empty() {
            self.waiting.extend(breaks.into_iter().map(|(id, _)| id));
            return;
        }
        if !self.page.text.is_empty() {
            self.page.text.push('\n');
        }
        let start = self.page.text.len();
        let waiting = std::mem::take(&mut self.waiting);
        self.page.breaks.extend(waiting.into_iter().map(|id| (id, start)));
        self.page.breaks.extend(breaks.into_iter().map(|(id, at)| (id, start + at)));
        self.page.text.push_str(&self.leaf);
    }

    fn page_break(&mut self, id: String) {
        if self.open.last() == Some(&Kind::Leaf) {
            self.leaf_breaks.push((id, self.leaf.len()));
        } else {
            self.waiting.push(id);
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            Some(Kind::Leaf) => self.leaf.push_str(text),
            Some(Kind::Generated) => self.page.generated.push_str(text),
            Some(Kind::Container | Kind::Ignored) | None => {
                let ignored = self.open.last() == Some(&Kind::Ignored);
                assert!(ignored || text.trim().is_empty(), "text outside of a leaf: {text:?}");
            }
        }
    }
}

fn kind(name: &str, attributes: &BTreeMap<String, String>, outer: Kind) -> Kind {
    let noteref = attributes.get("class").is_some_and(|class| class == "noteref");
    let leaf = matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "caption" | "td" | "th");
    // The package document, the NCX and the head of a page hold no text of the article.
    let ignored = noteref || matches!(name, "rt" | "rp" | "head" | "nav" | "package" | "ncx" | "container");
    match outer {
        Kind::Generated | Kind::Ignored => outer,
        Kind::Leaf | Kind::Container if ignored => Kind::Ignored,
        Kind::Leaf | Kind::Container if attributes.contains_key("data-generated") => Kind::Generated,
        Kind::Leaf => Kind::Leaf,
        Kind::Container if leaf => Kind::Leaf,
        Kind::Container => Kind::Container,
    }
}
