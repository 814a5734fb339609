//! The part of a plan that decides how bytes become a document.

use std::sync::Arc;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{House, Houses, IdentifierTemplate};
use crate::span::Permille;

/// How bytes become a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Values in place of recognition.
    pub stated: Stated,
    /// Rules for the papers that the inputs are from.
    pub houses: Arc<Houses>,
    /// What of the repairs is made.
    pub repair: RepairOptions,
}

impl Reading {
    /// What of it decides the document's text, beside its metadata: the repairs, and the lines that house styles explain.
    /// What is stated or assumed of a document changes none of its characters.
    #[doc(hidden)]
    pub fn of_text(&self) -> Value {
        let house = |house: &House| {
            let House { hosts, paths, furniture, fields, name: _, date_order: _, defaults: _ } = house;
            json!({ "hosts": hosts, "paths": paths, "furniture": furniture, "fields": fields })
        };
        let explains = |house: &&House| !house.furniture.is_empty() || !house.fields.is_empty();
        let houses: Vec<Value> = self.houses.houses.iter().filter(explains).map(house).collect();
        json!({ "repair": self.repair, "houses": houses })
    }
}

/// What the user states about the document, in place of recognition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// The title.
    pub title: Option<String>,
    /// The language, BCP 47.
    pub language: Option<String>,
    /// The persistent identifier of each article.
    pub identifier: Option<IdentifierTemplate>,
}

impl Stated {
    /// Whether something is stated that can be true of one document only.
    #[doc(hidden)]
    pub fn is_of_one(&self) -> bool {
        let identifies_one = self.identifier.as_ref().is_some_and(IdentifierTemplate::is_of_one);
        self.title.is_some() || self.language.is_some() || identifies_one
    }
}

/// What of the repairs is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RepairOptions {
    /// Repairs that are less sure are withheld: logged, and the text left as it is.
    pub min_confidence: Permille,
    /// All repairs are withheld.
    pub report_only: bool,
    /// Character references that a scraper left in plain text (`&rsquo;`, `&amp;rsquo;`) become characters.
    pub entities: bool,
}

/// What is withheld, whichever way it was asked for: of repairs that are all withheld, none is withheld for being doubtful.
impl Serialize for RepairOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let withheld = if self.report_only { None } else { Some(self.min_confidence) };
        let mut options = serializer.serialize_struct("RepairOptions", 2)?;
        options.serialize_field("made_from", &withheld)?;
        options.serialize_field("entities", &self.entities)?;
        options.end()
    }
}
