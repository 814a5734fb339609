//! House styles on an article: lines that are of the page, lines that hold a value, the order of dates, and defaults.

use super::Recogniser;
use super::bars::trim;
use super::date::Order;
use super::segments::{Part, PartKind};
use super::statements::host;
use crate::document::{Field, Language, Role};
use crate::plan::{DateOrder, Defaults, House, Houses};
use crate::span::{Permille, RuleId, Spanned};

/// Bytes of the longest line that patterns are tried on: what is longer is a paragraph.
const LONGEST: usize = 2000;

/// How sure a default is: it is said of all articles, and of this one nobody said it.
const BY_DEFAULT: u16 = 700;

impl<'a> Recogniser<'a> {
    /// The houses that the article is of, and what they call furniture.
    pub(super) fn apply_houses(&mut self, houses: &'a Houses, path: &str) {
        if houses.houses.is_empty() {
            return;
        }
        let stated = self.article.candidates.iter().filter(|c| c.field == Field::Url).map(|c| c.value.as_str());
        let hosts: Vec<&str> = self.address.into_iter().chain(stated).filter_map(host).collect();
        self.houses = houses.of(path, &hosts);
        let furniture: Vec<usize> = (0..self.found.blocks.len()).filter(|b| self.is_house_furniture(*b)).collect();
        for block in furniture {
            self.found.blocks[block].role = Role::Furniture;
        }
        let valued: Vec<usize> = (0..self.found.blocks.len()).filter(|b| self.house_line(*b).is_some()).collect();
        self.by_house.extend(valued);
    }

    fn is_house_furniture(&self, block: usize) -> bool {
        let text = self.text(block);
        let whole = |house: &&House| {
            house.furniture.iter().any(|p| p.regex().find(text).is_some_and(|found| found.range() == (0..text.len())))
        };
        text.len() <= LONGEST && self.houses.iter().any(whole)
    }

    /// A line that holds a value by the pattern of a house.
    pub(super) fn house_line(&self, block: usize) -> Option<Vec<Part>> {
        let text = self.text(block);
        if self.houses.is_empty() || text.len() > LONGEST {
            return None;
        }
        let patterns = self.houses.iter().flat_map(|house| &house.fields);
        let found = |of: &crate::plan::FieldPattern| {
            let captures = of.pattern.regex().captures(text)?;
            let all = captures.get(0)?.range();
            let value = trim(text, captures.name("value").map_or(all.clone(), |value| value.range()));
            let kind = PartKind::Labelled { field: of.field, label: all.start..value.start, value };
            Some(Part { kind, range: all })
        };
        // Several patterns may each find their value in one line; of two for one place the first one does.
        let mut parts: Vec<Part> = Vec::new();
        for part in patterns.filter_map(found) {
            if parts.iter().all(|known| known.range.end <= part.range.start || part.range.end <= known.range.start) {
                parts.push(part);
            }
        }
        parts.sort_by_key(|part| part.range.start);
        (!parts.is_empty()).then_some(parts)
    }

    /// The order of dates that a house states.
    pub(super) fn house_order(&self) -> Option<Order> {
        self.houses.iter().find_map(|house| house.date_order).map(|order| match order {
            DateOrder::DayMonth => Order::DayFirst,
            DateOrder::MonthDay => Order::MonthFirst,
        })
    }

    /// Fills what the text does not say.
    pub(super) fn apply_defaults(&mut self, houses: &Houses) {
        let all: Vec<Defaults> =
            self.houses.iter().map(|house| house.defaults.clone()).chain([houses.defaults.clone()]).collect();
        let first = |of: fn(&Defaults) -> Option<String>| {
            let value = all.iter().find_map(of)?;
            Some(Spanned { value, span: None, rule: RuleId("profile.default"), confidence: Permille::new(BY_DEFAULT) })
        };
        let found = &mut self.found.metadata;
        found.publisher = found.publisher.take().or_else(|| first(|d| d.publisher.clone()));
        found.rights = found.rights.take().or_else(|| first(|d| d.rights.clone()));
        found.dateline = found.dateline.take().or_else(|| first(|d| d.place.clone()));
        let language = first(|d| d.language.as_ref().map(|tag| tag.0.clone()));
        if let Some(language) = language.filter(|_| found.language.value.primary() == "und") {
            found.language = language.map(Language);
            self.found.diagnostics.retain(|d| d.code != crate::diagnostic::M002);
        }
    }
}

/// Whether the rules know a label without a house style.
pub fn is_known_label(label: &str) -> bool {
    super::label_patterns::field_of(label).is_some()
}
