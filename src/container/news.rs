//! News as agencies and papers exchange it: NITF (the DTD of 3.6 and those before it, IPTC), a document an article, and NewsML-G2
//! (<https://iptc.org/standards/newsml-g2/>), an item an article, with pages or NITF inside. The bytes of an article are
//! its content in UTF-8, as a page: elements of NITF under the names that HTML has for them.

mod element;
mod nitf;

use std::ops::ControlFlow;

use mail_parser::decoders::base64::base64_decode;
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
const ROOTS: [&str; 7] = ["nitf", "nitfs", "newsItem", "newsMessage", "packageItem", "conceptItem", "NewsML"];

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
    noticed: Vec<Diagnostic>,
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
                let place = reader.place();
                let (behind, why) = reader.go_on(&ITEMS, index, &error);
                reader = behind;
                is_damaged = true;
                match sink(xml::stretch(container, place..reader.place(), why)) {
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
            Ok(News { id, address, fields, content, is_text, noticed: said }) => {
                noticed.extend(said);
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
        "nitf" => Ok(nitf::news(&[item])),
        "newsItem" => news_item(item),
        name => Err(left_out(format!("a {name} holds no article"))),
    }
}

/// An item of NewsML-G2.
fn news_item(item: &Element) -> Result<News, Diagnostic> {
    let class = item.at(&["itemMeta", "itemClass"]).and_then(|class| class.attribute("qcode")).unwrap_or_default();
    let content = item.child("contentSet");
    let renditions =
        content.into_iter().flat_map(Element::elements).filter(|element| RENDITIONS.contains(&&*element.name));
    let mut renditions: Vec<Rendition> = renditions.map(Rendition::of).collect();
    if renditions.is_empty() {
        // `ninat:picture`
        let kind = class.rsplit(':').next().unwrap_or_default();
        if !matches!(kind, "" | "text" | "composite") {
            return Err(left_out(format!("a news item of the class {kind}")));
        }
        let remote = content.and_then(|set| set.child("remoteContent")).and_then(|remote| remote.attribute("href"));
        let message = format!("its content is not with it, but at {:?}", remote.unwrap_or_default());
        return Err(Diagnostic::new(diagnostic::C005, message).hint("convert the file that holds its content"));
    }
    let meta = item.child("contentMeta");
    let id = item.attribute("guid").map(str::to_owned);
    let language = meta.and_then(|meta| meta.child("language")).and_then(|language| language.attribute("tag"));
    // They say the same in several forms: the one that says most is read.
    renditions.sort_by_key(|rendition| std::cmp::Reverse(rendition.words));
    let Rendition { mut content, is_text, nitf, .. } = renditions.swap_remove(0);
    let others = renditions.iter().filter(|other| other.words > 0).map(|other| {
        let message = format!("another form of its content, {}, was left out: {} characters", other.kind, other.words);
        Diagnostic::new(diagnostic::C013, message)
    });
    let noticed = others.collect();
    let News { fields: inner, address, .. } = nitf.unwrap_or_default();
    if let Some(language) = language.filter(|_| !is_text && !content.contains("<html")) {
        content = format!("<html lang=\"{}\"><body>{content}</body></html>", xml::quoted(language));
    }
    match content.trim().is_empty() {
        true => Err(Diagnostic::new(diagnostic::C005, "its content is empty")),
        false => Ok(News { id, address, fields: filled(fields(item), inner), content, is_text, noticed }),
    }
}

/// What an item says of its content.
fn fields(item: &Element) -> RecordFields {
    let meta = item.child("contentMeta");
    let texts = |name: &'static str| meta.into_iter().flat_map(move |meta| meta.children(name)).map(Element::text);
    let of_item = |names: &[&str]| item.at(names).map(Element::text);
    let dates = [
        meta.and_then(|meta| meta.child("contentCreated")).map(Element::text),
        of_item(&["itemMeta", "firstCreated"]),
        of_item(&["itemMeta", "versionCreated"]),
    ];
    let is_day = |date: &String| date.trim().len() >= "2016-05-09".len();
    let bylines: Vec<String> = texts("by").collect();
    let is_person = |creator: &&Element| !creator.attribute("type").is_some_and(|kind| kind.contains("organisation"));
    let creators = || meta.into_iter().flat_map(|meta| meta.children("creator")).filter(is_person).map(named).collect();
    let title = meta.and_then(headline).or_else(|| of_item(&["itemMeta", "title"]));
    RecordFields {
        title: title.and_then(|title| xml::value(&title)),
        date: dates.into_iter().flatten().find(is_day).and_then(|date| xml::value(&date)),
        authors: values(if bylines.is_empty() { creators() } else { bylines }),
        publisher: item.at(&["itemMeta", "provider"]).map(named).and_then(|name| xml::value(&name)),
        keywords: values(texts("keyword").collect()),
        page: None,
    }
}

/// Elements of which each is the content in one form.
const RENDITIONS: [&str; 2] = ["inlineXML", "inlineData"];

/// The content of an item in one form.
struct Rendition {
    kind: String,
    content: String,
    is_text: bool,
    /// What its document of NITF says.
    nitf: Option<News>,
    /// Characters of its text that are no white space.
    words: usize,
}

impl Rendition {
    fn of(element: &Element) -> Self {
        let kind = element.attribute("contenttype").unwrap_or(&element.name).to_owned();
        let documents: Vec<&Element> = element.children("nitf").collect();
        let mut text = element.text();
        if element.attribute("encoding").is_some_and(|encoding| encoding.ends_with("base64")) {
            text = base64_decode(text.as_bytes()).map(|bytes| xml::text(&bytes)).unwrap_or_default();
        }
        let words = text.chars().filter(|c| !c.is_whitespace()).count();
        let made = |content, is_text, nitf| Self { kind: kind.clone(), content, is_text, nitf, words };
        if !documents.is_empty() {
            let mut news = nitf::news(&documents);
            return made(std::mem::take(&mut news.content), false, Some(news));
        }
        // Markup that was put in as text is markup all the same.
        let is_markup = kind.contains("html") || text.contains("</p>");
        match element.name.as_str() {
            "inlineXML" => {
                let mut content = String::new();
                element.push_inside(&mut content, &mut |inner, page| inner.push_markup(page));
                made(content, false, None)
            }
            _ => made(text, !is_markup, None),
        }
    }
}

/// The headline that is marked as the main one, else the first that is not marked as another.
fn headline(meta: &Element) -> Option<String> {
    let role = |headline: &&Element| headline.attribute("role").unwrap_or_default().to_owned();
    let main = meta.children("headline").find(|headline| role(headline).ends_with("main"));
    let first = || meta.children("headline").find(|headline| role(headline).is_empty());
    main.or_else(first).or_else(|| meta.child("headline")).map(Element::text)
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
