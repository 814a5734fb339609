//! Addresses of a page, made absolute (WHATWG URL, <https://url.spec.whatwg.org/>; HTML Living Standard §2.4.3,
//! document base URLs).

use url::Url;

use super::page::Page;
use crate::document::Field;
use crate::read::Candidate;

/// What relative addresses are relative to: `<base href>`, else where the page was fetched from, else where it says
/// that it stands.
pub(super) fn base(page: &Page, address: Option<&str>, candidates: &[Candidate]) -> Option<Url> {
    let stated = candidates.iter().filter(|c| c.field == Field::Url).find_map(|c| web(&c.value));
    let page_address = address.and_then(web).or(stated);
    let element = page.document.root().descendants_it().find(|n| n.has_name("base")).and_then(|n| n.attr("href"));
    match (element, &page_address) {
        (Some(href), Some(address)) => address.join(href.trim()).ok().or(page_address),
        (Some(href), None) => web(href.trim()),
        (None, _) => page_address,
    }
}

fn web(address: &str) -> Option<Url> {
    Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The absolute address that a link leads to; `None` where it leads nowhere outside the page, or runs a script.
pub(super) fn resolve(href: &str, base: Option<&Url>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let url = match base {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    let usable = match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| !host.is_empty()),
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    usable.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute_or_nothing() {
        let base = Url::parse("https://a.example/b/c.html").unwrap();
        let resolve = |href: &str| resolve(href, Some(&base));
        assert_eq!(resolve("../d?x=ü").as_deref(), Some("https://a.example/d?x=%C3%BC"));
        assert_eq!(resolve("//e.example/f g").as_deref(), Some("https://e.example/f%20g"));
        assert_eq!(resolve("mailto:a@b.example").as_deref(), Some("mailto:a@b.example"));
        assert_eq!(resolve("#top"), None);
        assert_eq!(resolve("javascript:void(0)"), None);
        assert_eq!(super::resolve("/d", None), None);
    }
}
