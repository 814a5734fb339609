//! Content streams: glyphs at their places inside marked content (ISO 32000-1 §14.6), as printpdf's operators.
//!
//! Consecutive runs of one element share one marked-content sequence. Page numbers are pagination artifacts.
//! Positions are integers in thousandths of an em until the last step.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, DictItem, LinePoint, Mm, Op, PdfFontHandle, PdfPage, Point, Pt, TextItem, TextMatrix, TextRenderingMode,
};

use super::archive::utf16;
use super::fonts::{Code, Fonts, cluster_text, readings, resource};
use crate::typeset::{
    ElementId, ElementKind, FaceId, GlyphRole, GlyphRun, HEAVY, Layout, Length, Line, Rule, is_private,
};

/// The standard structure type of an element (ISO 32000-1 §14.8.4).
pub(super) fn structure_type(layout: &Layout, element: ElementId) -> &'static str {
    match &layout.elements[element.0].kind {
        ElementKind::Document => "Document",
        ElementKind::Article => "Art",
        ElementKind::Division => "Div",
        ElementKind::Heading(1) => "H1",
        ElementKind::Heading(2) => "H2",
        ElementKind::Heading(3) => "H3",
        ElementKind::Heading(4) => "H4",
        ElementKind::Heading(5) => "H5",
        ElementKind::Heading(_) => "H6",
        ElementKind::Paragraph => "P",
        ElementKind::BlockQuote => "BlockQuote",
        ElementKind::List(_) => "L",
        ElementKind::ListItem => "LI",
        ElementKind::Label => "Lbl",
        ElementKind::ItemBody => "LBody",
        ElementKind::Table => "Table",
        ElementKind::Row => "TR",
        ElementKind::Cell { header: Some(_), .. } => "TH",
        ElementKind::Cell { header: None, .. } => "TD",
        ElementKind::Caption => "Caption",
        ElementKind::Note(_) => "Note",
        ElementKind::Reference => "Reference",
        ElementKind::Link(_) => "Link",
        ElementKind::Quote => "Quote",
        ElementKind::Span => "Span",
    }
}

/// A marked-content sequence; `MCID` counts from 0 on each page.
pub(super) struct Mark {
    pub page: usize,
    pub mcid: i64,
    pub element: ElementId,
}

/// The place of a link's text on one line.
pub(super) struct LinkArea {
    pub page: usize,
    pub element: ElementId,
    /// Left, bottom, right, top in PDF coordinates.
    pub rectangle: [Length; 4],
}

/// What was drawn.
pub(super) struct Content {
    pub pages: Vec<PdfPage>,
    /// In reading order.
    pub marks: Vec<Mark>,
    /// In reading order.
    pub links: Vec<LinkArea>,
}

/// Draws every page.
pub(super) fn draw(layout: &Layout, fonts: &Fonts<'_>) -> Content {
    let mut content = Content { pages: Vec::with_capacity(layout.pages.len()), marks: Vec::new(), links: Vec::new() };
    for (number, page) in layout.pages.iter().enumerate() {
        let mut pen = Pen {
            layout,
            fonts,
            page: number,
            ops: Vec::new(),
            font: None,
            heavy: None,
            open: None,
            mcid: 0,
            marks: &mut content.marks,
        };
        for line in &page.lines {
            for run in &line.runs {
                pen.run(line, run, Some(run.element));
            }
            link_areas(layout, number, line, &mut content.links);
        }
        pen.close();
        pen.rules(&page.rules);
        pen.artifact(&page.repeated);
        pen.artifact(std::slice::from_ref(&page.footer));
        let ops = pen.ops;
        content.pages.push(PdfPage::new(millimetres(layout.width), millimetres(layout.height), ops));
    }
    content
}

struct Pen<'a> {
    layout: &'a Layout,
    fonts: &'a Fonts<'a>,
    page: usize,
    ops: Vec<Op>,
    font: Option<(FaceId, Length)>,
    /// The size of letters that are outlined.
    heavy: Option<Length>,
    /// The element whose marked content is open.
    open: Option<ElementId>,
    /// That of the next sequence.
    mcid: i64,
    marks: &'a mut Vec<Mark>,
}

impl<'a> Pen<'a> {
    fn begin(&mut self, tag: &str, properties: BTreeMap<String, DictItem>) {
        let properties = DictItem::Dict { map: properties };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
        self.ops.push(Op::StartTextSection);
    }

    fn end(&mut self) {
        self.ops.push(Op::EndTextSection);
        self.ops.push(Op::EndMarkedContent);
    }

    /// Opens marked content of an element, unless its is open.
    fn open(&mut self, element: ElementId) {
        if self.open != Some(element) {
            self.close();
            self.begin_of(element, structure_type(self.layout, element), BTreeMap::new());
            self.open = Some(element);
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.end();
        }
    }

    /// A sequence of its own in an element.
    fn begin_of(&mut self, element: ElementId, tag: &str, mut properties: BTreeMap<String, DictItem>) {
        properties.insert("MCID".to_owned(), DictItem::Int(self.mcid));
        self.begin(tag, properties);
        self.marks.push(Mark { page: self.page, mcid: self.mcid, element });
        self.mcid += 1;
    }

    /// ISO 32000-1 §14.8.2.2.2: page numbers and repeated heads are pagination artifacts.
    fn artifact(&mut self, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.begin("Artifact", BTreeMap::from([("Type".to_owned(), DictItem::Name(b"Pagination".to_vec()))]));
        for line in lines {
            line.runs.iter().for_each(|run| self.run(line, run, None));
        }
        self.end();
    }

    /// ISO 32000-1 §14.8.2.2.2: rules are artifacts of the layout.
    fn rules(&mut self, rules: &[Rule]) {
        if rules.is_empty() {
            return;
        }
        let properties = BTreeMap::from([("Type".to_owned(), DictItem::Name(b"Layout".to_vec()))]);
        let properties = DictItem::Dict { map: properties };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Artifact".to_owned(), properties });
        for rule in rules {
            let y = point(self.layout.height - rule.y);
            let end = |x| LinePoint { p: Point { x: point(x), y }, bezier: false };
            let line = printpdf::Line { points: vec![end(rule.x), end(rule.x + rule.width)], is_closed: false };
            self.ops.extend([Op::SetOutlineThickness { pt: point(rule.thickness) }, Op::DrawLine { line }]);
        }
        self.ops.push(Op::EndMarkedContent);
    }

    /// Draws a run of an element, or of an artifact whose marked content is open.
    fn run(&mut self, line: &Line, run: &GlyphRun, element: Option<ElementId>) {
        if self.font != Some((run.face, run.size)) {
            let size = Pt(run.size as f32 / 100.0);
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(resource(run.face)), size });
            self.font = Some((run.face, run.size));
        }
        self.weigh(run.heavy.then_some(run.size));
        let mut shown = Shown::default();
        let mut placed = run.placed();
        let mut codes: Vec<Code<'_>> = Vec::new();
        let mut i = 0;
        while i < run.glyphs.len() {
            let cluster = run.glyphs[i..].iter().take_while(|g| g.text == run.glyphs[i].text).count();
            let text = cluster_text(self.layout, &run.glyphs[i]);
            codes.clear();
            let glyphs = run.glyphs[i..i + cluster].iter().zip(readings(text, cluster));
            codes.extend(glyphs.map(|(glyph, reading)| self.fonts.code(run.face, glyph.id, reading)));
            let is_said = run.glyphs[i].role != GlyphRole::Substitute && is_said(text, &codes);
            let actual = element.filter(|_| !is_said).map(|element| (element, text));
            if let Some((element, text)) = actual {
                // A sequence of its own beside the element's others: readers lose what follows a nested one.
                self.show(&mut shown);
                self.close();
                let text = BTreeMap::from([("ActualText".to_owned(), DictItem::Bytes(utf16(text)))]);
                self.begin_of(element, "Span", text);
                shown.y = None;
            } else if let Some(element) = element
                && self.open != Some(element)
            {
                self.open(element);
                shown.y = None;
            }
            for ((glyph, x), code) in placed.by_ref().take(cluster).zip(&codes) {
                let y = line.y - run.rise - glyph.offset.1;
                let target = (x - run.x + run.size / 2).div_euclid(run.size);
                if shown.y != Some(y) {
                    self.show(&mut shown);
                    self.move_to(x, y);
                    (shown.y, shown.pen) = (Some(y), target);
                }
                shown.kern(target);
                shown.pen += code.width;
                // What a code says stands in the font's own ToUnicode (`fonts`).
                shown.glyphs.push(Codepoint { gid: code.code, offset: 0.0, cid: Some(String::new()) });
            }
            if actual.is_some() {
                self.show(&mut shown);
                self.end();
            }
            i += cluster;
        }
        self.show(&mut shown);
    }

    /// Outlines letters of a size, or no longer.
    fn weigh(&mut self, heavy: Option<Length>) {
        if self.heavy == heavy {
            return;
        }
        self.heavy = heavy;
        let mode = if heavy.is_some() { TextRenderingMode::FillStroke } else { TextRenderingMode::Fill };
        self.ops.push(Op::SetTextRenderingMode { mode });
        if let Some(size) = heavy {
            self.ops.push(Op::SetOutlineThickness { pt: point(HEAVY * size) });
        }
    }

    fn move_to(&mut self, x: Length, y: Length) {
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(point(x), point(self.layout.height - y)) });
    }

    fn show(&mut self, shown: &mut Shown) {
        if shown.glyphs.is_empty() {
            return;
        }
        let mut items = Vec::with_capacity(2);
        if shown.before != 0 {
            items.push(TextItem::Offset(-shown.before as f32));
        }
        items.push(TextItem::GlyphIds(std::mem::take(&mut shown.glyphs)));
        shown.before = 0;
        self.ops.push(Op::ShowText { items });
    }
}

/// Whether codes say a text each in its place (ISO 14289-1 §7.2); what is private needs ActualText besides
/// (ISO 19005-2 §6.2.11.7.3).
fn is_said(text: &str, codes: &[Code<'_>]) -> bool {
    let mut rest = Some(text);
    for code in codes {
        rest = rest.and_then(|rest| rest.strip_prefix(code.text)).filter(|_| !code.text.is_empty());
    }
    rest == Some("") && !text.chars().any(is_private)
}

/// Glyphs of one show operator.
#[derive(Default)]
struct Shown {
    glyphs: Vec<Codepoint>,
    /// Movement before the first glyph, in 1/1000 em to the right.
    before: i64,
    /// Where the reader's pen is, in 1/1000 em from the start of the run.
    pen: i64,
    y: Option<Length>,
}

impl Shown {
    /// Moves the pen to `target` by an adjustment in the TJ array (ISO 32000-1 §9.4.3), which counts leftwards.
    fn kern(&mut self, target: i64) {
        let right = target - self.pen;
        match self.glyphs.last_mut() {
            Some(glyph) => glyph.offset = -right as f32,
            None => self.before = right,
        }
        self.pen = target;
    }
}

/// For printpdf; the archive layer states the size of pages exactly.
fn millimetres(length: Length) -> Mm {
    Mm((length / 100) as f32 / 1000.0 * 25.4 / 72.0)
}

/// 1/1000 pt is finer than any device.
fn point(length: Length) -> Pt {
    Pt((length / 100) as f32 / 1000.0)
}

/// One area for each stretch of the line that belongs to one link.
fn link_areas(layout: &Layout, page: usize, line: &Line, links: &mut Vec<LinkArea>) {
    let first = links.len();
    for run in &line.runs {
        let Some(element) = link_of(layout, run.element) else { continue };
        let face = run.face.face();
        let baseline = layout.height - line.y + run.rise;
        let (bottom, top) = (baseline + face.descent * run.size, baseline + face.ascent * run.size);
        let (width, inked) = (run.width(), inked_width(layout, run));
        let left = if run.right_to_left { run.x + width - inked } else { run.x };
        match links[first..].last_mut().filter(|l| l.element == element) {
            Some(area) => {
                area.rectangle[0] = area.rectangle[0].min(left);
                area.rectangle[2] = area.rectangle[2].max(left + inked);
            }
            None => links.push(LinkArea { page, element, rectangle: [left, bottom, left + inked, top] }),
        }
    }
}

/// The width without the space that hangs behind the line.
fn inked_width(layout: &Layout, run: &GlyphRun) -> Length {
    let hanging = run.glyphs.iter().rev().take_while(|g| cluster_text(layout, g).trim().is_empty());
    run.width() - hanging.map(|g| g.advance).sum::<Length>()
}

/// The link that an element is or stands in.
fn link_of(layout: &Layout, element: ElementId) -> Option<ElementId> {
    let mut current = Some(element);
    while let Some(id) = current {
        if matches!(layout.elements[id.0].kind, ElementKind::Link(_)) {
            return Some(id);
        }
        current = layout.elements[id.0].parent;
    }
    None
}
