use dom_query::{NodeData, NodeRef};
use proptest::prelude::*;

use super::super::page::Page;
use super::super::parse::{parse, parse_within};
use super::*;

/// The texts of a tree, with those of templates and with the names of the elements around them.
fn texts(page: &Page) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut waiting = vec![(page.document.root(), Vec::new())];
    while let Some((node, around)) = waiting.pop() {
        node.query(|n| match &n.data {
            NodeData::Text { contents } => found.push((contents.to_string(), around.clone())),
            NodeData::Element(element) => {
                let template = element.template_contents.and_then(|id| page.document.tree.get(&id));
                waiting.extend(template.map(|contents| (contents, around.clone())));
            }
            _ => {}
        });
        let within = |name: &str| around.iter().cloned().chain([name.to_owned()]).collect::<Vec<_>>();
        let around = node.node_name().map_or(around.clone(), |name| within(&name));
        waiting.extend(node.children().into_iter().map(|child| (child, around.clone())));
    }
    found
}

/// Where a word stands: the names of the elements around it.
fn around(page: &Page, word: &str) -> Option<String> {
    texts(page).into_iter().find(|(text, _)| text.contains(word)).map(|(_, around)| around.join(" "))
}

fn depth(node: &NodeRef<'_>) -> usize {
    let (mut deepest, mut waiting) = (0, vec![(*node, 0)]);
    while let Some((node, depth)) = waiting.pop() {
        deepest = deepest.max(depth);
        waiting.extend(node.children().into_iter().map(|child| (child, depth + 1)));
    }
    deepest
}

/// Four elements inside one another, `html` and `body` among them.
const SHALLOW: Limits = Limits { depth: 4, elements: 400_000 };

fn shallow(html: &str) -> Page {
    parse_within(html, SHALLOW)
}

#[test]
fn raw_text_ends_where_it_ends_whatever_was_left_out() {
    let page = parse(&format!("{}text<script></script><script>x</script>after", "<div>".repeat(511)));
    assert!(around(&page, "after").unwrap().ends_with("div"));
    for raw in ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"] {
        let page =
            shallow(&format!("<div><div><{raw}></div><{raw}>a</{raw}>b<div><{raw}></{raw}>c</div></div></div>d"));
        assert!(around(&page, "a").unwrap().ends_with(raw), "{raw}");
        assert_eq!(around(&page, "d").unwrap(), "html body", "{raw}");
    }
}

#[test]
fn end_tags_of_the_tree_are_not_those_of_what_was_left_out() {
    let page = shallow("<div><section><p>a<span>b</section>c</div>d<p>e");
    assert_eq!(around(&page, "b").unwrap(), "html body div section");
    assert_eq!(around(&page, "c").unwrap(), "html body div");
    assert_eq!(around(&page, "d").unwrap(), "html body");
    assert_eq!(around(&page, "e").unwrap(), "html body p");
    // Neither are end tags without a start, and those of elements that have none.
    let page = shallow("<div><div><b><param></i></b>a</div>b");
    assert_eq!(
        (around(&page, "a").unwrap().as_str(), around(&page, "b").unwrap().as_str()),
        ("html body div div", "html body div")
    );
}

#[test]
fn a_page_is_read_on_behind_what_was_too_deep() {
    let page = parse(&format!("{}deep{}<ul><li><p>after", "<div>".repeat(600), "</div>".repeat(600)));
    assert_eq!(around(&page, "after").unwrap(), "html body ul li p");
    assert_eq!(page.left_out, 90);
}

#[test]
fn a_tree_is_as_large_as_its_tags() {
    let blocks: String = (0..900).map(|number| format!("<div><b id=b{number}>x</div>")).collect();
    let page = parse(&blocks);
    assert!(page.document.select("*").length() < 40_000);
    assert_eq!(texts(&page).iter().map(|(text, _)| text.as_str()).collect::<String>(), "x".repeat(900));
}

#[test]
fn foreign_content_is_no_way_past_the_limits() {
    for foreign in ["svg", "math"] {
        for raw in ["style", "script", "title", "xmp", "plaintext", "iframe"] {
            let page = parse(&format!("<{foreign}>{}deep", format!("<{raw}>").repeat(10_000)));
            assert!(depth(&page.document.root()) < 600, "{foreign} {raw}");
        }
    }
}

#[test]
fn foreign_content_that_was_left_out_hides_no_text() {
    let page = shallow("<div><div><svg><style/><text>a</text><style>b</style><![CDATA[c]]></svg>d<style>e</style>f");
    for word in ["a", "c", "d", "f"] {
        assert_eq!(around(&page, word).unwrap(), "html body div div", "{word}");
    }
    assert_eq!(around(&page, "b"), None);
    assert!(around(&page, "e").unwrap().ends_with("style"));
    // Elements that end foreign content end it in either case.
    let page = shallow("<div><div><svg><style>a<p>b");
    assert_eq!((around(&page, "a"), around(&page, "b").unwrap().as_str()), (None, "html body div div"));
    let page = shallow("<div><svg><g><style>a<p>b");
    assert_eq!((around(&page, "a"), around(&page, "b").unwrap().as_str()), (None, "html body div p"));
}

/// Names of elements with rules of their own, and of some without.
const NAMES: [&str; 62] = [
    "a",
    "b",
    "nobr",
    "font",
    "div",
    "p",
    "span",
    "pre",
    "h1",
    "h2",
    "ul",
    "li",
    "dd",
    "dt",
    "form",
    "button",
    "select",
    "option",
    "optgroup",
    "input",
    "br",
    "hr",
    "img",
    "image",
    "param",
    "table",
    "caption",
    "colgroup",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "applet",
    "object",
    "marquee",
    "ruby",
    "rb",
    "rt",
    "rtc",
    "noscript",
    "html",
    "head",
    "body",
    "svg",
    "g",
    "foreignObject",
    "desc",
    "math",
    "mi",
    "mglyph",
    "annotation-xml",
    "base",
    "meta",
    "area",
    "keygen",
    "address",
    "section",
    "details",
    "dialog",
    "listing",
    "x-y",
];

const RAW: [&str; 9] = ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"];

/// Elements in which the standard itself lets text fall.
const LOSING: [&str; 4] = ["frameset", "frame", "template", "col"];

fn tag(names: Vec<&'static str>) -> impl Strategy<Value = String> {
    (prop::sample::select(names), 0..10_u8).prop_map(|(name, kind)| match kind {
        0..5 => format!("<{name}>"),
        5 => format!("<{name}/>"),
        6 => format!("<{name} color=x type=hidden encoding=text/html>"),
        _ => format!("</{name}>"),
    })
}

/// Words of pages: each is to be found again.
fn word() -> impl Strategy<Value = String> {
    Just("WORD ".to_owned())
}

/// Words of scripts and styles.
fn unseen() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["script", "style"]).prop_map(|name| format!("<{name}>UNSEEN</{name}>"))
}

fn with_numbers(parts: Vec<String>) -> String {
    let number = |(at, part): (usize, String)| part.replace("WORD", &format!("w{at}w"));
    parts.into_iter().enumerate().map(number).collect()
}

/// Pages of whole elements of raw text, and of any other tags.
fn page() -> impl Strategy<Value = String> {
    let raw = prop::sample::select(RAW[2..8].to_vec()).prop_map(|name| format!("<{name}>WORD</{name}>"));
    let part = prop_oneof![
        8 => tag(NAMES.to_vec()),
        3 => word(),
        1 => unseen(),
        1 => raw,
    ];
    prop::collection::vec(part, 0..60).prop_map(with_numbers)
}

/// Pages of anything.
fn wild_page() -> impl Strategy<Value = String> {
    let names: Vec<_> = NAMES.into_iter().chain(RAW).chain(RAW).chain(LOSING).collect();
    let part = prop_oneof![
        8 => tag(names),
        2 => word(),
        1 => prop::sample::select(vec!["\0", " ", "\n", "<!DOCTYPE html>", "<!--x-->", "<![CDATA[x\0]]>", "<", "&amp;"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn limits() -> impl Strategy<Value = Limits> {
    (2..9_usize, prop_oneof![Just(400_000), 1..30_usize]).prop_map(|(depth, elements)| Limits { depth, elements })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_tags_at_the_limits_make_a_tree(html in wild_page(), limits in limits()) {
        parse_within(&html, limits);
    }

    #[test]
    fn no_text_is_lost_at_the_limits(html in page(), limits in limits()) {
        let found = texts(&parse_within(&html, limits));
        let all: String = found.iter().map(|(text, _)| text.as_str()).collect();
        for word in html.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| w.starts_with('w') && w.ends_with('w')) {
            prop_assert!(all.contains(word), "{word} of {html}");
        }
        let is_hidden = |around: &[String]| around.iter().any(|name| RAW.contains(&name.as_str()));
        for (text, around) in found.iter().filter(|(text, _)| text.contains("UNSEEN")) {
            prop_assert!(is_hidden(around), "{text} in {around:?} of {html}");
        }
    }

    #[test]
    fn no_tree_is_much_deeper_than_the_limit(html in wild_page(), limits in limits()) {
        let page = parse_within(&html, limits);
        prop_assert!(depth(&page.document.root()) <= 3 * limits.depth + 3, "{}", page.document.html());
    }
}
