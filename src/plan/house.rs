//! House styles: what a user knows of the papers that the inputs are from. A TOML file (docs/house-styles.md).

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};
use regex::Regex;
use serde::{Deserialize, Serialize, Serializer};

use super::is_language_tag;
use crate::field::Field;

/// The configuration of a run: defaults for all inputs, and houses with rules of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Houses {
    /// For inputs of every house, and of none.
    #[serde(default)]
    pub defaults: Defaults,
    /// In the order of the file: of two that apply the first one decides.
    #[serde(default, rename = "house")]
    pub houses: Vec<House>,
}

/// Why a configuration cannot be used, with line and column.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct HouseError(#[from] toml::de::Error);

impl Houses {
    /// Reads the text of a configuration.
    ///
    /// # Errors
    /// Where it is no TOML, has keys that are none, or patterns that cannot be compiled.
    pub fn from_toml(text: &str) -> Result<Self, HouseError> {
        Ok(toml::from_str(text)?)
    }

    /// The houses that an input is of: by its path, or by the host of one of its addresses.
    pub fn of(&self, path: &str, hosts: &[&str]) -> Vec<&House> {
        let is_of = |house: &&House| {
            house.paths.iter().any(|glob| glob.0.is_match(path))
                || house.hosts.iter().any(|glob| hosts.iter().any(|host| glob.is_host(host)))
        };
        self.houses.iter().filter(is_of).collect()
    }
}

/// Values for what the text does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Defaults {
    /// The paper or site.
    pub publisher: Option<String>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The language, BCP 47, where the text is too short to tell.
    pub language: Option<LanguageTag>,
    /// The place that a dateline would name.
    pub place: Option<String>,
}

/// A house style.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct House {
    /// What people call it. No output has it.
    #[serde(skip_serializing)]
    pub name: String,
    /// Hosts that it is for: `paper.example`, and `*.paper.example` for all below it.
    #[serde(default)]
    pub hosts: Vec<Glob>,
    /// Globs of relative paths that it is for.
    #[serde(default)]
    pub paths: Vec<Glob>,
    /// The order of day and month in dates in figures.
    pub date_order: Option<DateOrder>,
    /// Patterns of whole lines that belong to the page.
    #[serde(default)]
    pub furniture: Vec<LinePattern>,
    /// Lines that hold a value.
    #[serde(default)]
    pub fields: Vec<FieldPattern>,
    /// Values for what the text does not say; they go before those of all inputs.
    #[serde(default)]
    pub defaults: Defaults,
}

/// The order of day and month in dates in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 5/12 is the fifth of December.
    DayMonth,
    /// 5/12 is the twelfth of May.
    MonthDay,
}

/// A line that holds a value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldPattern {
    /// Of which field.
    pub field: Field,
    /// Matches the line; the group `value` is the value, without one all of the match.
    pub pattern: LinePattern,
}

/// A language tag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct LanguageTag(pub String);

impl TryFrom<String> for LanguageTag {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        if is_language_tag(&tag) {
            Ok(Self(tag))
        } else {
            Err(format!("{tag:?} is no BCP 47 language tag; examples: en, zh-Hans, pt-BR"))
        }
    }
}

/// A regular expression, equal by its text.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct LinePattern(Regex);

impl LinePattern {
    /// The expression.
    #[doc(hidden)]
    pub fn regex(&self) -> &Regex {
        &self.0
    }
}

/// As its text.
impl Serialize for LinePattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_str().serialize(serializer)
    }
}

impl TryFrom<String> for LinePattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let pattern = Regex::new(&text).map_err(|error| format!("{text:?} is no pattern: {error}"))?;
        // It would hold of every line.
        if pattern.is_match("") { Err(format!("{text:?} matches an empty line")) } else { Ok(Self(pattern)) }
    }
}

impl fmt::Debug for LinePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_str().fmt(f)
    }
}

impl PartialEq for LinePattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for LinePattern {}

/// A glob, equal by its text. `*` stays inside a folder, `**` does not.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Glob(GlobMatcher);

impl Glob {
    /// `*.paper.example` is the hosts below it; a leading `www.` makes no difference.
    fn is_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.0.is_match(&host) || host.strip_prefix("www.").is_some_and(|bare| self.0.is_match(bare))
    }
}

/// As its text.
impl Serialize for Glob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.glob().glob().serialize(serializer)
    }
}

impl TryFrom<String> for Glob {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let glob = GlobBuilder::new(&text).literal_separator(true).build();
        Ok(Self(glob.map_err(|error| error.to_string())?.compile_matcher()))
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.glob().glob().fmt(f)
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.0.glob() == other.0.glob()
    }
}

impl Eq for Glob {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Houses::from_toml(text).unwrap_err().to_string()
    }

    #[test]
    fn houses_apply_by_host_and_by_path() {
        let text = r#"
            [[house]]
            name = "By host"
            hosts = ["paper.example", "*.paper.example"]
            [[house]]
            name = "By path"
            paths = ["paper/**"]
        "#;
        let houses = Houses::from_toml(text).unwrap();
        let names = |path: &str, hosts: &[&str]| {
            houses.of(path, hosts).iter().map(|house| house.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names("a.html", &["www.Paper.example"]), ["By host"]);
        assert_eq!(names("paper/1/a.html", &["opinion.paper.example"]), ["By host", "By path"]);
        assert_eq!(names("a.html", &["newspaper.example"]), Vec::<String>::new());
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let unknown = error("[[house]]\nname = \"A\"\nhost = [\"a.example\"]\n");
        assert!(unknown.contains("line 3") && unknown.contains("unknown field `host`"), "{unknown}");
        let pattern = error("[[house]]\nname = \"A\"\nfurniture = [\"(\"]\n");
        assert!(pattern.contains("line 3") && pattern.contains("is no pattern"), "{pattern}");
        let empty = error("[[house]]\nname = \"A\"\nfurniture = [\".*\"]\n");
        assert!(empty.contains("matches an empty line"), "{empty}");
        let field = error("[[house]]\nname = \"A\"\n[[house.fields]]\nfield = \"writer\"\npattern = \"x\"\n");
        assert!(field.contains("line 4") && field.contains("`author`"), "{field}");
        let tag = error("[defaults]\nlanguage = \"english language\"\n");
        assert!(tag.contains("line 2") && tag.contains("BCP 47"), "{tag}");
    }
}
