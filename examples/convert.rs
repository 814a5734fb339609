//! One original to a document with evidence, and to TEI.
//!
//! `cargo run --example convert --no-default-features --features html,tei -- FILE` (without a file: a text with a jumble
//! of a header)

use std::error::Error;
use std::io::{self, Write as _};

use oped_convert::original::{Origin, Original};
use oped_convert::plan::{Reading, Writing};
use oped_convert::write::{FORMATS, Schedule, UnknownFormat};
use oped_convert::{Conversion, convert};

const TEXT: &str = "Ann Lee: We can¡¯t wait\n\nNICP¡¡Time:12 05, 2017¡¡Writer:Ann Lee\n\n\
    The harbour wall is older than the town, and nobody has asked it what it thinks of the sea.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let (path, bytes) = match std::env::args().nth(1) {
        Some(file) => (file.clone(), std::fs::read(file)?),
        None => ("example.txt".to_owned(), TEXT.as_bytes().to_vec()),
    };
    let conversion = to_tei(&path, bytes)?;
    let mut out = io::stdout().lock();
    for line in evidence(&conversion) {
        writeln!(out, "{line}")?;
    }
    for diagnostic in &conversion.reading.diagnostics {
        writeln!(out, "{diagnostic}")?;
    }
    for rendition in conversion.renditions {
        out.write_all(&rendition.result?)?;
    }
    Ok(())
}

/// Whatever the bytes are, there is a document, and what is wrong is said in diagnostics; fails where this build writes
/// no TEI.
fn to_tei(path: &str, bytes: Vec<u8>) -> Result<Conversion, UnknownFormat> {
    let original = Original::new(Origin { path: path.to_owned(), ..Origin::default() }, bytes);
    let writing = Writing { formats: vec!["tei"], ..Writing::default() };
    Ok(convert(&original, &Reading::default(), &Schedule::new(&writing, FORMATS)?))
}

/// Each value with the rule that found it, its bytes in the original, and how sure the rule is.
fn evidence(conversion: &Conversion) -> Vec<String> {
    let values = conversion.reading.document.metadata.field_values();
    let place = |span: Option<oped_convert::span::Span>| {
        span.map_or_else(|| "inferred".to_owned(), |span| format!("bytes {}-{}", span.start, span.end))
    };
    let line = |value: oped_convert::document::FieldValue| {
        format!("{} = {:?} ({}, {}, {})", value.field, value.value, value.rule, place(value.span), value.confidence)
    };
    values.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_becomes_a_tei_file_and_each_value_has_its_evidence() {
        let conversion = to_tei("example.txt", TEXT.as_bytes().to_vec()).unwrap();
        let evidence = evidence(&conversion);
        assert!(evidence.iter().any(|line| line.starts_with("title = \"We can’t wait\" (")), "{evidence:#?}");
        assert!(evidence.iter().any(|line| line.starts_with("published = \"2017-12-05\" (")), "{evidence:#?}");
        let [tei] = &conversion.renditions[..] else { panic!("one rendition") };
        assert!(tei.result.as_ref().unwrap().starts_with(b"<?xml"));
    }
}
