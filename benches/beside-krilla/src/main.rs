//! Writing laid-out pages as PDF, beside krilla with the same pages, tagged and compressed.
//!
//! `cargo run --release --package beside-krilla -- TEXT...` prints the median of many runs of both and their ratio for
//! each text. krilla gets glyphs, places, faces, sizes and one tag for each element; it writes no outline, no attributes
//! of elements and little metadata, so that what it does is rather less.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use oped_convert::original::{Origin, Original};
use oped_convert::plan::{Reading, Writing};
use oped_convert::read_original;
use oped_convert::typeset::{FaceId, GlyphRun, Layout, Length, Line, POINT, paginate};
use oped_convert::write::{FORMATS, Schedule, WriteContext, pdf};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const RUNS: usize = 41;

fn main() -> Result<()> {
    let writing = Writing { formats: vec!["pdf"], ..Writing::default() };
    oped_convert::warm(&Schedule::new(&writing, FORMATS).unwrap());
    println!("{:<40} {:>9} {:>9} {:>7} {:>9} {:>9}", "", "ours, ms", "krilla", "ratio", "bytes", "krilla");
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let origin = Origin { path: path.display().to_string(), ..Origin::default() };
        let original = Original::new(origin, std::fs::read(&path)?);
        let reading = read_original(&original, &Reading::default());
        let layout = paginate(&reading.document, &writing.layout);
        let renditions = BTreeMap::new();
        let context = WriteContext {
            layout: Some(&layout),
            original: &original.bytes,
            log: &reading.repaired.log,
            renditions: &renditions,
        };
        let ours = || -> Result<Vec<u8>> {
            let mut bytes = Vec::new();
            (pdf::FORMAT.writer)(&writing).write(&reading.document, &context, &mut Vec::new(), &mut bytes)?;
            Ok(bytes)
        };
        let theirs = || with_krilla(&layout);
        let ((own_time, own_bytes), (time, bytes)) = (median(ours)?, median(theirs)?);
        let ratio = own_time.as_secs_f64() / time.as_secs_f64();
        let [own_time, time] = [own_time, time].map(|time| time.as_secs_f64() * 1000.0);
        println!("{:<40} {own_time:>9.2} {time:>9.2} {ratio:>7.2} {own_bytes:>9} {bytes:>9}", path.display());
    }
    Ok(())
}

/// The median of the times, and how many bytes came out.
fn median(run: impl Fn() -> Result<Vec<u8>>) -> Result<(Duration, usize)> {
    let length = run()?.len();
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok((times[RUNS / 2], length))
}

fn points(length: Length) -> f32 {
    length as f32 / POINT as f32
}

fn with_krilla(layout: &Layout) -> Result<Vec<u8>> {
    let mut document = Document::new_with(SerializeSettings::default());
    let mut fonts: BTreeMap<FaceId, Font> = BTreeMap::new();
    let mut elements: BTreeMap<usize, Vec<Identifier>> = BTreeMap::new();
    for laid_out in &layout.pages {
        let size = PageSettings::from_wh(points(layout.width), points(layout.height)).ok_or("a page without a size")?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for line in &laid_out.lines {
            for run in &line.runs {
                let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                elements.entry(run.element.0).or_default().push(identifier);
                draw(&mut surface, &mut fonts, layout, line, run)?;
                surface.end_tagged();
            }
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::new(ArtifactType::Footer, None)));
        for run in &laid_out.footer.runs {
            draw(&mut surface, &mut fonts, layout, &laid_out.footer, run)?;
        }
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new();
    for identifiers in elements.into_values() {
        let mut group = TagGroup::new(Tag::P);
        identifiers.into_iter().for_each(|identifier| group.push(identifier));
        tree.push(group);
    }
    document.set_tag_tree(tree);
    document.set_metadata(Metadata::new().title("Beside".to_owned()).language("en".to_owned()));
    document.finish().map_err(|e| format!("{e:?}").into())
}

fn draw(
    surface: &mut Surface<'_>,
    fonts: &mut BTreeMap<FaceId, Font>,
    layout: &Layout,
    line: &Line,
    run: &GlyphRun,
) -> Result<()> {
    let face = run.face.face();
    if !fonts.contains_key(&run.face) {
        fonts.insert(run.face, Font::new(face.data.into(), face.index).ok_or("a face that krilla does not read")?);
    }
    let size = run.size as f32 / 100.0;
    let em = |length: Length| length as f32 / (run.size * 1000) as f32;
    let glyph = |glyph: &oped_convert::typeset::Glyph| KrillaGlyph {
        glyph_id: GlyphId::new(glyph.id.into()),
        text_range: glyph.text.clone(),
        x_advance: em(glyph.advance),
        x_offset: em(glyph.offset.0),
        y_offset: em(glyph.offset.1),
        y_advance: 0.0,
        location: None,
    };
    let glyphs: Vec<KrillaGlyph> = run.glyphs.iter().map(glyph).collect();
    let start = Point::from_xy(points(run.x), points(line.y - run.rise));
    surface.draw_glyphs(start, &glyphs, fonts[&run.face].clone(), &layout.text, size, false);
    Ok(())
}
