//! News as agencies and papers exchange it: NITF (<https://iptc.org/std/NITF/>), a document an article, and NewsML-G2
//! (<https://iptc.org/standards/newsml-g2/>), an item an article, with pages or NITF inside. The bytes of an article are
//! its content in UTF-8, as a page: elements of NITF under the names that HTML has for them.

mod element;
mod nitf;

use std::ops::ControlFlow;

use quick_xml::events::Event;

use super::compressed::too_large;
use super::xml::{self, XmlReader};
use super::{Container, ContainerKind, Loaded, Sink, left_out, place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original, RecordFields};
use crate::plan::Opening;
use element::{Element, Fault};

/// The container's facts.
pub const NEWS: ContainerKind = ContainerKind {
    name: "NITF and NewsML-G2",
    spec: "NITF 3 and NewsML-G2 (IPTC)",
    endings: &["xml"],
    compressed: true,
    begins: |bytes| xml::root(bytes).is_some_and(|name| ROOTS.contains(&name.as_str())),
    holds: "each article with its title, names, day, paper, page and keywords; of NewsML-G2 the news items that have their text with them",
    read: originals,
};

/// First elements of documents with news.
const ROOTS: [&str; 5] = ["nitf", "newsItem", "newsMessage", "packageItem", "conceptItem"];

/// Elements of which each is an item.
const ITEMS: [&str; 6] = ["nitf", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem"];

/// An article, as a document of either standard has it.
#[derive(Default)]
struct News {
    id: Option<String>,
    address: Option<String>,
    fields: RecordFields,
    /// A page; a text where it is not HTML.
    content: String,
    is_text: bool,
}

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let limit = opening.limits.max_bytes;
    // What stands between wrong tags belongs to nobody knows what: end tags are checked.
    let (mut reader, mut noticed) = XmlReader::open(container, &opening.limits, true)?;
    let (mut index, mut is_damaged) = (0, false);
    loop {
        let (offset, item) = match next(&mut reader, limit) {
            Ok(Some(item)) => item,
            Ok(None) => break,
            Err(error) => {
                let name = format!("{} byte {}", container.name, reader.place());
                let (behind, why) = reader.go_on(&ITEMS, index, &error);
                reader = behind;
                is_damaged = true;
                match sink(Loaded::rejected(name, None, why)) {
                    ControlFlow::Continue(()) => continue,
                    ControlFlow::Break(()) => return Ok(()),
                }
            }
        };
        let mut member = Member::new(container.digest, offset, reader.place() - offset);
        let news = item.map(|(item, fault)| {
            if fault == Some(Fault::CutOff) {
                noticed.push(Diagnostic::new(diagnostic::C006, "the file ends inside the item"));
            }
            match fault {
                Some(Fault::TooLarge) => Err(too_large(limit)),
                _ => article(&item),
            }
        });
        let (result, address) = match news.unwrap_or_else(|| Err(left_out("it has nothing in it"))) {
            Ok(News { id, address, fields, content, is_text }) => {
                member.record_id = id.or_else(|| (index > 0).then(|| format!("item {}", index + 1)));
                member.fields = fields;
                let origin = Origin {
                    media_type: Some(if is_text { "text/plain" } else { "text/html" }.to_owned()),
                    target_uri: address.clone(),
                    ..place(container.name, member.clone())
                };
                (Ok(Original::new(origin, xml::bytes(content))), address)
            }
            Err(why) => (Err(why), None),
        };
        let name = format!("{} item {}", container.name, index + 1);
        let place = || Origin { target_uri: address, ..place(container.name, member) };
        let loaded = Loaded::record(name, Some(index), result, place, std::mem::take(&mut noticed));
        index += 1;
        if sink(loaded) == ControlFlow::Break(()) {
            return Ok(());
        }
    }
    match index {
        0 if !is_damaged => Err(Diagnostic::new(diagnostic::C011, "it has no item")),
        _ => Ok(()),
    }
}

/// An item, with what is wrong with it; `None` for one that is an empty element.
type Item = Option<(Element, Option<Fault>)>;

/// The next item, with where it begins.
fn next(reader: &mut XmlReader, limit: u64) -> Result<Option<(u64, Item)>, quick_xml::Error> {
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let offset = reader.place();
        match reader.next(&mut buffer)? {
            Event::Start(start) if ITEMS.contains(&start.local_name().as_ref()) => {
                let start = start.into_owned();
                return Ok(Some((offset, Some(Element::read(reader, &start, limit)?))));
            }
            Event::Empty(start) if ITEMS.contains(&start.local_name().as_ref()) => return Ok(Some((offset, None))),
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn article(item: &Element) -> Result<News, Diagnostic> {
    match item.name.as_str() {
        "nitf" => Ok(nitf::news(item)),
        "newsItem" => news_item(item),
        name => Err(left_out(format!("a {name} holds no article"))),
    }
}

/// An item of NewsML-G2.
fn news_item(item: &Element) -> Result<News, Diagnostic> {
    let class = item.at(&["itemMeta", "itemClass"]).and_then(|class| class.attribute("qcode")).unwrap_or_default();
    let content = item.child("contentSet");
    let inline = content.and_then(|set| set.child("inlineXML").or_else(|| set.child("inlineData")));
    let Some(inline) = inline else {
        // `ninat:picture`
        let kind = class.rsplit(':').next().unwrap_or_default();
        if !matches!(kind, "" | "text" | "composite") {
            return Err(left_out(format!("a news item of the class {kind}")));
        }
        let remote = content.and_then(|set| set.child("remoteContent")).and_then(|remote| remote.attribute("href"));
        let message = format!("its content is not with it, but at {:?}", remote.unwrap_or_default());
        return Err(Diagnostic::new(diagnostic::C005, message).hint("convert the file that holds its content"));
    };
    let meta = item.child("contentMeta");
    let texts = |name: &'static str| meta.into_iter().flat_map(move |meta| meta.children(name)).map(named);
    let of_item = |names: &[&str]| item.at(names).map(Element::text);
    let dates = [
        meta.and_then(|meta| meta.child("contentCreated")).map(Element::text),
        of_item(&["itemMeta", "firstCreated"]),
        of_item(&["itemMeta", "versionCreated"]),
    ];
    let bylines: Vec<String> = texts("by").collect();
    let creators = || texts("creator").collect();
    let fields = RecordFields {
        title: texts("headline")
            .next()
            .or_else(|| of_item(&["itemMeta", "title"]))
            .and_then(|title| xml::value(&title)),
        date: dates.into_iter().flatten().find_map(|date| xml::value(&date)),
        authors: values(if bylines.is_empty() { creators() } else { bylines }),
        publisher: item.at(&["itemMeta", "provider"]).map(named).and_then(|name| xml::value(&name)),
        keywords: values(texts("keyword").collect()),
        page: None,
    };
    let id = item.attribute("guid").map(str::to_owned);
    let language = meta.and_then(|meta| meta.child("language")).and_then(|language| language.attribute("tag"));
    let mut news = News { id, fields, ..News::default() };
    match (inline.name.as_str(), inline.child("nitf")) {
        (_, Some(document)) => {
            let inner = nitf::news(document);
            news.content = inner.content;
            news.fields = filled(news.fields, inner.fields);
            news.address = inner.address;
        }
        ("inlineXML", _) => inline.elements().for_each(|element| element.push_markup(&mut news.content)),
        _ => {
            let kind = inline.attribute("contenttype").unwrap_or_default();
            news.content = inline.text();
            news.is_text = !kind.contains("html");
        }
    }
    if let Some(language) = language.filter(|_| !news.is_text && !news.content.contains("<html")) {
        news.content = format!("<html lang=\"{}\"><body>{}</body></html>", xml::quoted(language), news.content);
    }
    match news.content.trim().is_empty() {
        true => Err(Diagnostic::new(diagnostic::C005, "its content is empty")),
        false => Ok(news),
    }
}

/// What something is called: by its name, as it is written, or else by the attribute that stands for one.
fn named(element: &Element) -> String {
    let name = element.child("name").map(Element::text);
    let text = name.or_else(|| Some(element.own_text()).filter(|text| !text.trim().is_empty()));
    text.or_else(|| element.attribute("literal").map(str::to_owned)).unwrap_or_default()
}

fn values(texts: Vec<String>) -> Vec<String> {
    texts.iter().filter_map(|text| xml::value(text)).collect()
}

/// The fields of one, and of the other what it has not.
fn filled(fields: RecordFields, others: RecordFields) -> RecordFields {
    let first = |one: Vec<String>, other: Vec<String>| if one.is_empty() { other } else { one };
    RecordFields {
        title: fields.title.or(others.title),
        date: fields.date.or(others.date),
        authors: first(fields.authors, others.authors),
        publisher: fields.publisher.or(others.publisher),
        keywords: first(fields.keywords, others.keywords),
        page: fields.page.or(others.page),
    }
}
