//! The document outline (ISO 32000-1 §12.3.3): the title and below it the section headings, nested.

use lopdf::{Object, ObjectId, dictionary};

use super::archive::{Archive, number, text_string};
use super::fonts::cluster_text;
use crate::typeset::{ElementId, ElementKind, Layout, Length, POINT};
use crate::write::WriteError;

/// A heading and where it stands.
struct Entry {
    element: ElementId,
    level: u8,
    title: String,
    page: usize,
    x: Length,
    y: Length,
}

/// Writes the outline.
pub(super) fn write(archive: &mut Archive, layout: &Layout) -> Result<(), WriteError> {
    let entries = entries(layout);
    let root = archive.reserve();
    let ids: Vec<ObjectId> = entries.iter().map(|_| archive.reserve()).collect();
    // The nearest heading before it of a higher level.
    let parents: Vec<Option<usize>> =
        (0..entries.len()).map(|i| (0..i).rev().find(|&p| entries[p].level < entries[i].level)).collect();
    for (i, entry) in entries.iter().enumerate() {
        let siblings: Vec<usize> = (0..entries.len()).filter(|&s| parents[s] == parents[i]).collect();
        let place = siblings.iter().position(|&s| s == i).unwrap_or_default();
        let destination: Vec<Object> = vec![
            archive.pages[entry.page].into(),
            "XYZ".into(),
            number(entry.x),
            number(layout.height - entry.y + 24 * POINT),
            Object::Null,
        ];
        let mut item = dictionary! {
            "Title" => text_string(entry.title.trim()),
            "Parent" => parents[i].map_or(root, |p| ids[p]),
            "Dest" => destination,
        };
        if let Some(previous) = place.checked_sub(1) {
            item.set("Prev", ids[siblings[previous]]);
        }
        if let Some(&next) = siblings.get(place + 1) {
            item.set("Next", ids[next]);
        }
        set_children(&mut item, Some(i), &parents, &ids);
        archive.set(ids[i], item);
    }
    let mut outlines = dictionary! { "Type" => "Outlines" };
    set_children(&mut outlines, None, &parents, &ids);
    archive.set(root, outlines);
    let catalog = archive.catalog()?;
    catalog.set("Outlines", root);
    catalog.set("PageMode", "UseOutlines");
    Ok(())
}

fn set_children(item: &mut lopdf::Dictionary, of: Option<usize>, parents: &[Option<usize>], ids: &[ObjectId]) {
    let children: Vec<usize> = (0..ids.len()).filter(|&c| parents[c] == of).collect();
    if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
        item.set("First", ids[first]);
        item.set("Last", ids[last]);
        item.set("Count", descendants(of, parents) as i64);
    }
}

/// All entries below one; the outline opens unfolded.
fn descendants(of: Option<usize>, parents: &[Option<usize>]) -> usize {
    let children = (0..parents.len()).filter(|&c| parents[c] == of);
    children.map(|c| 1 + descendants(Some(c), parents)).sum()
}

/// The headings with the text that their glyphs show; marks of notes and readings are left out.
fn entries(layout: &Layout) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (page, line) in layout.pages.iter().enumerate().flat_map(|(i, p)| p.lines.iter().map(move |l| (i, l))) {
        for run in &line.runs {
            let Some((element, level)) = heading_of(layout, run.element) else { continue };
            if entries.last().is_none_or(|e| e.element != element) {
                entries.push(Entry { element, level, title: String::new(), page, x: run.x, y: line.y });
            }
            let is_mark = layout.elements[run.element.0].generated && run.element != element;
            let Some(entry) = entries.last_mut().filter(|_| !is_mark) else { continue };
            let mut shown = None;
            for glyph in &run.glyphs {
                if shown != Some(&glyph.text) {
                    entry.title.push_str(cluster_text(layout, glyph));
                    shown = Some(&glyph.text);
                }
            }
        }
    }
    entries
}

fn heading_of(layout: &Layout, element: ElementId) -> Option<(ElementId, u8)> {
    let mut current = Some(element);
    while let Some(id) = current {
        if let ElementKind::Heading(level) = layout.elements[id.0].kind {
            return Some((id, level));
        }
        current = layout.elements[id.0].parent;
    }
    None
}
