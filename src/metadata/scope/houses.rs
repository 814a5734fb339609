//! House styles on an article: lines that are of the page, lines that hold a value, the order of dates, and defaults.

use super::Scope;
use crate::document::Field;
use crate::metadata::bars::trim;
use crate::metadata::date::Order;
use crate::metadata::host;
use crate::metadata::segments::{Part, PartKind};
use crate::plan::{DateOrder, Defaults, House, Houses};
use crate::read::Article;

/// Bytes of the longest line that patterns are tried on: what is longer is a paragraph.
const LONGEST: usize = 2000;

/// The houses that an article is of.
pub(super) fn of<'a>(article: &Article, address: Option<&str>, path: &str, houses: &'a Houses) -> Vec<&'a House> {
    if houses.houses.is_empty() {
        return Vec::new();
    }
    let stated = article.candidates.iter().filter(|c| c.field == Field::Url).map(|c| c.value.as_str());
    let hosts: Vec<&str> = address.into_iter().chain(stated).filter_map(host).collect();
    houses.of(path, &hosts)
}

impl Scope<'_> {
    /// Whether a house style calls a line one of the page.
    pub(in crate::metadata) fn is_house_furniture(&self, block: usize) -> bool {
        let text = self.text(block);
        let whole = |house: &&House| {
            house.furniture.iter().any(|p| p.regex().find(text).is_some_and(|found| found.range() == (0..text.len())))
        };
        text.len() <= LONGEST && self.houses.iter().any(whole)
    }

    /// A line that holds a value by the pattern of a house.
    pub(in crate::metadata) fn house_line(&self, block: usize) -> Option<Vec<Part>> {
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
    pub(in crate::metadata) fn house_order(&self) -> Option<Order> {
        self.houses.iter().find_map(|house| house.date_order).map(|order| match order {
            DateOrder::DayMonth => Order::DayFirst,
            DateOrder::MonthDay => Order::MonthFirst,
        })
    }

    /// The defaults of the houses, then those of the run.
    pub(in crate::metadata) fn defaults<'d>(&'d self, run: &'d Defaults) -> impl Iterator<Item = &'d Defaults> + Clone {
        self.houses.iter().map(|house| &house.defaults).chain([run])
    }
}
