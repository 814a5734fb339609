//! How elements are laid out (HTML Living Standard §15.3, <https://html.spec.whatwg.org/multipage/rendering.html>).

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// It is not shown, or shows no text.
    None,
    /// It ends a line.
    Break,
    /// It stands in the line.
    Inline,
    /// It stands alone.
    Block,
}

pub(super) fn display(name: &str) -> Display {
    match name {
        "head" | "script" | "style" | "template" | "noscript" | "noembed" | "noframes" | "iframe" | "object"
        | "embed" | "svg" | "canvas" | "audio" | "video" | "source" | "track" | "map" | "area" | "img" | "picture"
        | "input" | "textarea" | "select" | "datalist" | "meta" | "link" | "base" | "title" | "param" | "frameset" => {
            Display::None
        }
        super::word::MARKER => Display::None,
        "br" => Display::Break,
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption" | "center" | "col"
        | "colgroup" | "dd" | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption"
        | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr"
        | "html" | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "ol" | "optgroup" | "option" | "p"
        | "plaintext" | "pre" | "search" | "section" | "summary" | "table" | "tbody" | "td" | "tfoot" | "th"
        | "thead" | "tr" | "ul" | "xmp" => Display::Block,
        _ => Display::Inline,
    }
}
