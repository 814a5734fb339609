//! A page to a tree: tokens of html5gum, which have places (`tokens`), to the tree construction of html5ever (HTML Living
//! Standard §13.2.6, <https://html.spec.whatwg.org/multipage/parsing.html#tree-construction>), to a tree of dom_query
//! (`tree`).

use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5gum::Tokenizer;

use super::left_out::Limits;
use super::page::Page;
use super::tokens::Placing;
use super::tree::Sink;

/// Parses a page. Never fails: every text is some page.
pub(super) fn parse(text: &str) -> Page {
    parse_within(text, Limits::OF_PAGES)
}

/// Parses a page to a tree within limits.
pub(super) fn parse_within(text: &str, limits: Limits) -> Page {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Sink::default(), options);
    // Reading from memory cannot fail.
    let _ = Tokenizer::new_with_emitter(text, Placing::new(&builder, text, limits)).finish();
    builder.sink.into_page()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::NodeId;

    /// Every text node with what it was read from.
    fn texts(html: &str) -> Vec<(String, Vec<&str>)> {
        let page = parse(html);
        let text = |id: &NodeId| page.document.tree.get(id).map(|n| n.text().to_string()).unwrap_or_default();
        page.texts
            .iter()
            .map(|(id, pieces)| (text(id), pieces.iter().map(|p| &html[p.source.clone()]).collect()))
            .collect()
    }

    #[test]
    fn texts_know_where_they_stand() {
        assert_eq!(
            texts("<p>a &amp; b&#x2019;s</p>\r\n<b>c\r\nd</b>"),
            [
                ("a & b’s".into(), vec!["a ", "&amp;", " b", "&#x2019;", "s"]),
                ("\n".into(), vec!["\r"]),
                ("c\nd".into(), vec!["c", "\r", "d"])
            ]
        );
    }

    #[test]
    fn text_that_a_table_casts_out_keeps_its_places() {
        let html = "<table><tr> x&eacute; <td>y</td></tr></table>";
        let found = texts(html);
        assert_eq!(found[0], (" xé ".into(), vec![" x", "&eacute;", " "]));
        assert_eq!(found[1], ("y".into(), vec!["y"]));
        let html = "a <table><tr><td>1</td><td>2</td> x &amp; <td>3</td><td>4</td></tr><tr><td>5<td>6 y</table>";
        assert_eq!(texts(html)[0], ("a  x & ".into(), vec!["a", " ", " x ", "&amp;", " "]));
        assert_eq!(texts("<p>1&nbsp;€</p>")[0].1, ["1", "&nbsp;", "€"]);
        assert_eq!(texts("<pre>\n a</pre>")[0].1, vec![" a"]);
    }

    #[test]
    fn attributes_know_where_they_stand() {
        let html = r#"<head><meta name="author" content="A &amp; B"><meta content=x name=y>"#;
        let page = parse(html);
        let metas = page.document.select("meta");
        let place = |at: usize| page.attribute(metas.nodes()[at].id, "content").map(|r| &html[r]);
        assert_eq!((place(0), place(1)), (Some("A &amp; B"), Some("x")));
        for value in ["a&quot;", "&#34;a&#34;", "&amp;", "a &quot;b&quot; c", "&nosuch;", "&quot", "a&b=c", ""] {
            let html = format!("<p><img src=a.jpg alt=\"{value}\" title='t'>");
            let page = parse(&html);
            let image = page.document.select("img").nodes()[0].id;
            assert_eq!(page.attribute(image, "alt").map(|r| &html[r]).unwrap_or_default(), value, "{html}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let page = parse(&format!("{}deep{}after", "<div>".repeat(200_000), "</div>".repeat(200_000)));
        assert!(page.left_out > 199_000);
        assert!(page.document.text().contains("deepafter") || page.document.text().contains("deep"));
    }
}
