//! Addresses that a book may link to: absolute `http`, `https` and `mailto` URLs, in the form that the URL
//! Standard (<https://url.spec.whatwg.org/>) serialises without an error. Resolves nothing and fetches nothing.

use std::net::Ipv4Addr;

use crate::characters::is_visible;
use crate::document::{Inline, inline_text};

/// The address of a link that a reader can follow: a valid one, with something to point at.
pub(super) fn followed(target: &str, inner: &[Inline]) -> Option<String> {
    address(target).filter(|_| is_visible(&inline_text(inner)))
}

/// `target` as a valid URL, or `None` when a reader could not follow it.
pub(super) fn address(target: &str) -> Option<String> {
    let target = target.trim();
    let (scheme, rest) = target.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("http" | "https") => web_address(scheme, rest.strip_prefix("//")?),
        "mailto" if rest.contains('@') => Some("mailto:".to_owned() + &encoded(rest)),
        _ => None,
    }
}

fn web_address(scheme: &str, rest: &str) -> Option<String> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    is_authority(authority).then(|| [scheme, "://", authority, &encoded(path)].concat())
}

/// A host name or IPv4 address with or without a port. User information and IPv6 addresses are not linked to.
fn is_authority(authority: &str) -> bool {
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    port.is_none_or(|port| port.parse::<u16>().is_ok()) && is_host(host)
}

fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    // URL Standard, "ends in a number": a host whose last label is a number is an IPv4 address or an error.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.starts_with(|c: char| c.is_ascii_digit()) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.len() <= 253 && host.split('.').all(is_label)
}

/// RFC 1035 §2.3.1 with underscores, or letters and digits of any script, which a reader turns into Punycode.
fn is_label(label: &str) -> bool {
    let ends = !label.starts_with('-') && !label.ends_with('-');
    (1..=63).contains(&label.len()) && ends && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// Everything that is not a URL code point in ASCII, percent-encoded; valid escapes stay.
fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (i, &byte) in bytes.iter().enumerate() {
        let keep = match byte {
            b'%' => bytes.get(i + 1..i + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
            // Only the first one begins the fragment.
            b'#' => !std::mem::replace(&mut fragment, true),
            _ => byte.is_ascii_alphanumeric() || b"!$&'()*+,-./:;=?@_~".contains(&byte),
        };
        if keep {
            out.push(byte.into());
        } else {
            out.extend(['%', HEX[usize::from(byte >> 4)].into(), HEX[usize::from(byte & 15)].into()]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn usual_addresses_stay_as_they_are() {
        for url in ["http://a.example/b?c=d#e", "https://a.example:8080/%20", "mailto:a@b.example", "http://10.0.0.1"] {
            assert_eq!(address(url).as_deref(), Some(url));
        }
    }

    #[test]
    fn odd_characters_are_encoded() {
        assert_eq!(
            address(" HTTP://a.example/b c\"<%zz#x#y ").as_deref(),
            Some("http://a.example/b%20c%22%3C%25zz#x%23y")
        );
        assert_eq!(address("https://a.example/中").as_deref(), Some("https://a.example/%E4%B8%AD"));
    }

    #[test]
    fn what_a_reader_cannot_follow_is_refused() {
        let refused = [
            "",
            "javascript:alert(1)",
            "//a.example",
            "/a",
            "http:a",
            "http://",
            "http://a b/",
            "http://[::1]/",
            "data:,x",
            "http://1.2.3.4.5/",
            "http://u@h/",
            "http://h:99999/",
            "mailto:",
            "http://-a/",
            "ftp://a.example/",
        ];
        for url in refused {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
