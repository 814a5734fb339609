//! Persistent identifiers that the user assigns: ARKs and DOIs, made from a template for each article.
//!
//! They are stated, never minted here: that they are registered and resolve is for the user to see to.

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Serialize, Serializer};

use crate::original::{Identity, Origin, PersistentId, Scheme};

/// An identifier with places for what tells articles apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifierTemplate {
    scheme: Scheme,
    text: String,
}

/// What a template may hold, each in braces.
const PLACES: [&str; 3] = ["article", "content", "name"];

/// Why a text is no template of an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Neither of the schemes.
    #[error("it is no ARK (ark:/12345/x1) and no DOI (10.1234/x1)")]
    Scheme,
    /// Braces around something else.
    #[error("{{{0}}} is none of {{article}}, {{content}} and {{name}}")]
    Place(String),
}

/// Resolver, then the naan of 5 or more digits or betanumeric letters, then the name.
static ARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:https?://[^\s/]+/)?ark:/?[0-9bcdfghjkmnpqrstvwxz]{5,}/\S+$").expect("a constant pattern")
});
/// Resolver or label, then prefix and suffix (DOI Handbook §2.2).
static DOI: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)$").expect("a constant pattern")
});

impl FromStr for IdentifierTemplate {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
        let (scheme, text) = match DOI.captures(text) {
            Some(doi) => (Scheme::Doi, doi[1].to_owned()),
            None if ARK.is_match(text) => (Scheme::Ark, text.to_owned()),
            None => return Err(TemplateError::Scheme),
        };
        for rest in text.split('{').skip(1) {
            let place = rest.split('}').next().unwrap_or_default();
            if !PLACES.contains(&place) {
                return Err(TemplateError::Place(place.to_owned()));
            }
        }
        Ok(Self { scheme, text })
    }
}

impl fmt::Display for IdentifierTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// As it was stated, without the resolver of a DOI.
impl Serialize for IdentifierTemplate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl IdentifierTemplate {
    /// Whether it is an identifier of one article only.
    #[doc(hidden)]
    pub fn is_of_one(&self) -> bool {
        !self.text.contains('{')
    }

    /// The identifier of an article.
    pub fn of(&self, identity: &Identity, origin: &Origin) -> PersistentId {
        let file = origin.path.rsplit('/').next().unwrap_or_default();
        let name = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let values = [identity.article.simple().to_string(), identity.content.simple().to_string(), encoded(name)];
        let filled = PLACES
            .iter()
            .zip(values)
            .fold(self.text.clone(), |text, (place, value)| text.replace(&format!("{{{place}}}"), &value));
        PersistentId { scheme: self.scheme, value: filled }
    }
}

/// What both schemes take as it is; other characters percent-encoded (RFC 3986 §2.1).
fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            // Writing to a String does not fail.
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::original::Digest;

    fn made(template: &str) -> Result<PersistentId, TemplateError> {
        let origin = Origin { path: "2017/a b.é.txt".into(), ..Origin::default() };
        let identity = Identity::new(Digest::of(b""), &origin);
        template.parse::<IdentifierTemplate>().map(|template| template.of(&identity, &origin))
    }

    #[test]
    fn a_template_is_filled() {
        assert_eq!(made("ark:/12345/x{name}").unwrap().value, "ark:/12345/xa%20b.%C3%A9");
        let doi = made("https://doi.org/10.1234.5/op.{article}").unwrap();
        assert_eq!((doi.scheme, doi.value.len()), (Scheme::Doi, "10.1234.5/op.".len() + 32));
        assert!(doi.value.starts_with("10.1234.5/op.") && !doi.is_url());
        assert!(made("https://ark.example/ark:12345/x").unwrap().is_url());
        assert_ne!(made("ark:/12345/{article}"), made("ark:/12345/{content}"));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in
            ["", "12345/x", "ark:/123/x", "ark:/12345/", "ark:/12345/a b", "doi:10.12/x", "urn:nbn:x", "10.1234/"]
        {
            assert_eq!(made(text), Err(TemplateError::Scheme), "{text}");
        }
        assert_eq!(made("ark:/12345/{nam}"), Err(TemplateError::Place("nam".into())));
        assert_eq!(made("ark:/12345/{"), Err(TemplateError::Place(String::new())));
    }
}
