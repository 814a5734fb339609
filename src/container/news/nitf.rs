//! A document of NITF as a page, and what its head says.

use super::element::Element;
use super::{News, values};
use crate::container::xml;
use crate::original::RecordFields;

/// The article of documents, of which those behind the first go on with it.
pub(super) fn news(documents: &[&Element]) -> News {
    let Some((document, others)) = documents.split_first() else { return News::default() };
    let head = document.child("head");
    let body = document.child("body");
    let at = |names: &[&str]| head.and_then(|head| head.at(names));
    let attribute = |names: &[&str], name: &str| at(names).and_then(|element| element.attribute(name));
    let meta = |name: &str| {
        let of_name = |meta: &&Element| meta.attribute("name").is_some_and(|known| known.eq_ignore_ascii_case(name));
        head?.children("meta").find(of_name)?.attribute("content")
    };
    let paper = attribute(&["pubdata"], "name").or_else(|| attribute(&["docdata", "doc.copyright"], "holder"));
    let date = attribute(&["pubdata"], "date.publication")
        .or_else(|| attribute(&["docdata", "date.issue"], "norm"))
        .or_else(|| attribute(&["docdata", "date.release"], "norm"));
    let page = page(attribute(&["pubdata"], "position.section"), attribute(&["pubdata"], "position.sequence"))
        .or_else(|| self::page(meta("print_section"), meta("print_page_number")));
    let keywords = at(&["docdata", "key-list"]).into_iter().flat_map(|list| list.children("keyword"));
    let headline = body.and_then(|body| body.at(&["body.head", "hedline", "hl1"])).map(Element::text);
    let fields = RecordFields {
        title: headline.or_else(|| at(&["title"]).map(Element::text)).and_then(|title| xml::value(&title)),
        date: date.map(str::to_owned),
        authors: body.map(authors).unwrap_or_default(),
        publisher: paper.map(str::to_owned),
        keywords: keywords.filter_map(|keyword| keyword.attribute("key")).map(str::to_owned).collect(),
        page,
    };
    let mut content = String::new();
    if let Some(body) = body {
        let language = document.attribute("lang").or_else(|| body.attribute("lang"));
        let language = language.map(|tag| format!(" lang=\"{}\"", xml::quoted(tag))).unwrap_or_default();
        content.push_str(&format!("<html{language}><body><article>"));
        body.push_inside(&mut content, &mut push);
        others
            .iter()
            .filter_map(|other| other.child("body"))
            .for_each(|body| body.push_inside(&mut content, &mut push));
        content.push_str("</article></body></html>");
    }
    News {
        id: attribute(&["docdata", "doc-id"], "id-string").map(str::to_owned),
        address: attribute(&["pubdata"], "ex-ref").map(str::to_owned),
        fields,
        content,
        ..News::default()
    }
}

/// `A` and `23`: page A23. A section that has a name is none of a page.
fn page(section: Option<&str>, sequence: Option<&str>) -> Option<String> {
    let sequence = sequence?;
    let section = section.filter(|section| section.len() <= 2 && !sequence.starts_with(section)).unwrap_or_default();
    Some(format!("{section}{sequence}"))
}

/// The people of the bylines: those that are marked, else the lines. One that is turned round for catalogues is taken where
/// there is no other.
fn authors(body: &Element) -> Vec<String> {
    let mut bylines = Vec::new();
    body.all("byline", &mut bylines);
    let (normalised, printed): (Vec<&Element>, _) = bylines.into_iter().partition(|byline| is_normalised(byline));
    let lines = if printed.is_empty() { &normalised } else { &printed };
    let mut people = Vec::new();
    lines.iter().for_each(|line| line.all("person", &mut people));
    if !people.is_empty() {
        return values(people.into_iter().map(Element::text).collect());
    }
    // `By ADA HOLM; Op-Ed Columnist`
    let without_title = |line: &&Element| {
        let titles = line.child("byttl").map(Element::text).unwrap_or_default();
        let text = line.text().replacen(&titles, "", usize::from(!titles.is_empty()));
        text.split([';', '\n']).map(str::trim).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    };
    if printed.is_empty() {
        let lines = normalised.iter().map(|line| line.text());
        return values(lines.flat_map(|line| line.split(';').map(turned).collect::<Vec<_>>()).collect());
    }
    values(printed.iter().map(without_title).collect())
}

/// `Holm, Ada Jr`, as catalogues have it, the right way round.
fn turned(name: &str) -> String {
    let Some((family, given)) = name.trim().split_once(", ") else { return name.to_owned() };
    let suffix = given.rsplit_once(' ').filter(|(_, last)| {
        matches!(last.trim_end_matches('.').to_ascii_uppercase().as_str(), "JR" | "SR" | "II" | "III" | "IV")
    });
    match suffix {
        Some((given, suffix)) => format!("{given} {family} {suffix}"),
        None => format!("{given} {family}"),
    }
}

/// `<byline class="normalized_byline">Holm, Ada</byline>`, beside the one that was printed.
fn is_normalised(byline: &Element) -> bool {
    byline.attribute("class").is_some_and(|class| class.contains("normalized"))
}

/// Appends an element as HTML has it.
fn push(element: &Element, page: &mut String) {
    let mut as_class = |name: &str, class: &str| {
        element.push_as(name, &format!(" class=\"{class}\""), page, &mut push);
    };
    match element.name.as_str() {
        "hedline" => push_headlines(element, page),
        "byline" if is_normalised(element) => {}
        // `By ADA HOLM; Op-Ed Columnist`: what she is stands on a line of its own.
        "byline" => {
            let mut line = String::new();
            element.push_as("p", " class=\"byline\"", &mut line, &mut push);
            page.push_str(&line.replacen("; ", ";<br>", 1));
        }
        "dateline" => as_class("p", "dateline"),
        "tagline" => as_class("p", "tagline"),
        "distributor" | "rights" | "series" | "note" | "bibliography" | "datasource" => as_class("p", &element.name),
        // A summary that was written for an index, and no text of the article.
        "abstract" => as_class("aside", "abstract"),
        "media-producer" => as_class("p", "credit"),
        "block" | "body.content" => push_block(element, page),
        "a" => {
            let href = element.attribute("href").map(|href| format!(" href=\"{}\"", xml::quoted(href)));
            element.push_as("a", &href.unwrap_or_default(), page, &mut push);
        }
        "lang" => {
            let tag = element.attribute("iso").or_else(|| element.attribute("lang"));
            let tag = tag.map(|tag| format!(" lang=\"{}\"", xml::quoted(tag))).unwrap_or_default();
            element.push_as("span", &tag, page, &mut push);
        }
        // `1<frac>` is 1 and a fraction.
        "frac" => {
            if page.ends_with(|c: char| c.is_ascii_digit()) {
                page.push(' ');
            }
            element.push_inside(page, &mut push);
        }
        "frac-den" => {
            page.push('/');
            element.push_inside(page, &mut push);
        }
        "byttl" => {
            page.push_str("<br>");
            element.push_inside(page, &mut push);
        }
        "media-reference" => push_picture(element, page),
        // Data about the picture, or the picture itself in base64.
        "media-metadata" | "media-object" => {}
        name => match in_html(name) {
            Some(name) => element.push_as(name, "", page, &mut push),
            // What marks persons, places, figures has no markup in HTML.
            None => element.push_inside(page, &mut push),
        },
    }
}

/// The name that an element has in HTML.
fn in_html(name: &str) -> Option<&str> {
    match name {
        "hl2" => Some("h2"),
        "bq" => Some("blockquote"),
        "media" => Some("figure"),
        "media-caption" => Some("figcaption"),
        "credit" | "fn" | "copyrite" => Some("p"),
        "body.head" => Some("header"),
        "p" | "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "ol" | "ul" | "li" | "dl"
        | "dt" | "dd" | "em" | "q" | "br" | "hr" | "pre" | "sub" | "sup" => Some(name),
        _ => None,
    }
}

/// The first line is the title; a second one says more, unless it says the same again.
fn push_headlines(headline: &Element, page: &mut String) {
    let mut seen: Vec<String> = Vec::new();
    for line in headline.elements() {
        let text = line.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() || seen.contains(&text) {
            continue;
        }
        match line.name.as_str() {
            "hl1" => line.push_as("h1", "", page, &mut push),
            _ => line.push_as("p", " class=\"subtitle\"", page, &mut push),
        }
        seen.push(text);
    }
}

fn push_picture(reference: &Element, page: &mut String) {
    let attribute = |name: &str, value: Option<&str>| {
        value.map(|value| format!(" {name}=\"{}\"", xml::quoted(value))).unwrap_or_default()
    };
    let source = attribute("src", reference.attribute("source"));
    let alternate = attribute("alt", reference.attribute("alternate-text"));
    page.push_str(&format!("<img{source}{alternate}>"));
}

/// What is in a block, without a lead paragraph that stands there twice.
fn push_block(block: &Element, page: &mut String) {
    block.push_inside(page, &mut |child, page| {
        if !is_repeated(child, block) {
            push(child, page);
        }
    });
}

/// Whether a block is the lead, which stands at the beginning of the whole text beside it once more, or in a block before
/// it.
fn is_repeated(block: &Element, around: &Element) -> bool {
    let is_lead = |element: &Element| element.attribute("class").is_some_and(|class| class.contains("lead"));
    if block.name != "block" || !is_lead(block) {
        return false;
    }
    let lead = paragraphs(block);
    let begins = |other: &Element| !lead.is_empty() && paragraphs(other).starts_with(&lead);
    let is_before = |other: &&Element| !std::ptr::eq(*other, block);
    around.children("block").take_while(is_before).any(begins)
        || around.children("block").filter(|other| !is_lead(other)).any(begins)
}

/// The paragraphs of a block, their white space folded, without the word that archives put before a lead.
fn paragraphs(block: &Element) -> Vec<String> {
    let folded = |element: &Element| element.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    block.all("p", &mut found);
    let mut texts: Vec<String> =
        if found.is_empty() { vec![folded(block)] } else { found.into_iter().map(folded).collect() };
    texts.retain(|text| !text.is_empty());
    if let Some(first) = texts.first_mut() {
        *first = first.trim_start_matches("LEAD:").trim_start().to_owned();
    }
    texts
}
