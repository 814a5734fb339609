//! A new format, a new collection and a new kind of container are one file and one row of a table each: here the row is
//! given, and command line, run, messages and record know it.

#![cfg(feature = "cli")]

use std::fs;

use oped_convert::batch;
use oped_convert::cli::Cli;
use oped_convert::container::{CONTAINERS, Container, ContainerKind, Loaded, Sink};
use oped_convert::diagnostic::Diagnostic;
use oped_convert::document::Document;
use oped_convert::original::{Member, Origin, Original};
use oped_convert::plan::{Opening, Plan, Run, Writing};
use oped_convert::write::{
    COLLECTIONS, Collection, CollectionFile, CollectionKind, Ends, FORMATS, Format, WriteContext, WriteError, Writer,
};
use oped_convert::{TABLES, Tables};
use serde_json::Value;

/// The title alone.
const TITLE: Format = Format {
    name: "title",
    extension: "title.txt",
    media_type: "text/plain",
    spec: "one line",
    writer: |_| Box::new(Title),
};

struct Title;

impl Writer for Title {
    fn options(&self) -> Value {
        Value::Null
    }

    fn write(
        &self,
        document: &Document,
        _context: &WriteContext<'_>,
        _diagnostics: &mut Vec<Diagnostic>,
        out: &mut dyn std::io::Write,
    ) -> Result<(), WriteError> {
        Ok(out.write_all(document.display_title().as_bytes())?)
    }
}

/// The titles of all articles.
const TITLES: CollectionKind = CollectionKind {
    name: "title-list",
    help: "Writes the titles of all articles",
    media_type: "text/plain",
    spec: "one line each",
    signature: "# titles",
    suffices: true,
    noticed_with: None,
    options: &[],
    reads_layout: false,
    begin: |_, file| Ok(Box::new(Titles { file })),
};

struct Titles {
    file: Box<dyn CollectionFile>,
}

impl Collection for Titles {
    fn make(
        &self,
        document: &Document,
        _context: &WriteContext<'_>,
        _diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, WriteError> {
        Ok((document.display_title() + "\n").into_bytes())
    }

    fn admit(&mut self, member: Vec<u8>) -> Result<bool, WriteError> {
        self.file.write_all(&member)?;
        Ok(true)
    }

    fn finish(mut self: Box<Self>) -> Result<Option<Ends>, WriteError> {
        self.file.flush()?;
        Ok(Some(Ends { head: b"# titles\n".to_vec(), tail: b"# end\n".to_vec() }))
    }
}

/// Texts between lines of a percent sign.
const FORTUNES: ContainerKind = ContainerKind {
    name: "fortunes",
    spec: "strfile(1)",
    endings: &["fortunes"],
    compressed: false,
    begins: |bytes| bytes.starts_with(b"%\n"),
    holds: "each text",
    read: read_fortunes,
};

fn read_fortunes(container: &Container<'_>, _opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let text = fs::read_to_string(container.path).unwrap();
    for (index, part) in (0..).zip(text.split("%\n").filter(|part| !part.is_empty())) {
        let member = Member::new(container.digest, 0, part.len() as u64);
        let origin = Origin { path: container.name.to_owned(), member: Some(member), ..Origin::default() };
        let result = Ok(Original::new(origin, part.as_bytes()));
        let name = container.name.to_owned();
        if sink(Loaded { name, index: Some(index), result, origin: None, noticed: Vec::new() }).is_break() {
            break;
        }
    }
    Ok(())
}

const WITH_MORE: Tables = Tables {
    formats: &[FORMATS[0], FORMATS[1], FORMATS[2], FORMATS[3], &TITLE],
    collections: &[COLLECTIONS[0], COLLECTIONS[1], COLLECTIONS[2], &TITLES],
    containers: &[CONTAINERS[0], CONTAINERS[1], CONTAINERS[2], CONTAINERS[3], &FORTUNES],
};

fn plan(arguments: &[&str]) -> Result<Plan, clap::Error> {
    let definitions = Cli::definitions(WITH_MORE.formats, WITH_MORE.collections);
    let matches = definitions.try_get_matches_from([&["oped-convert"], arguments].concat())?;
    let (cli, collections) = Cli::of_arguments(&matches, WITH_MORE.collections)?;
    Ok(cli.convert.plan(WITH_MORE.formats, collections))
}

#[test]
fn a_format_a_collection_and_a_container_are_a_row_each() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let articles =
        ["The first", "The second"].map(|title| format!("{title} bridge\n\nBy Ada Holm\n\nThe ferry is late.\n"));
    fs::create_dir(at("in")).unwrap();
    fs::write(at("in/a.fortunes"), articles.join("%\n")).unwrap();
    fs::write(at("in/b.unknown"), "x").unwrap();
    let arguments =
        [at("in"), "--to".into(), "title".into(), "--title-list".into(), at("all.txt"), "-o".into(), at("out")];
    let plan = plan(&arguments.each_ref().map(String::as_str)).unwrap();
    let mut names = Vec::new();
    let outcome = batch::run(&plan, &WITH_MORE, &mut |row, _| {
        names.extend(row.outputs.iter().filter(|o| o.format == "title").map(|o| o.path.clone()));
    });
    let outcome = outcome.unwrap();
    assert_eq!((outcome.summary.converted, outcome.summary.ignored, outcome.troubles.len()), (2, 1, 0));
    assert_eq!(fs::read_to_string(at("all.txt")).unwrap(), "# titles\nThe first bridge\nThe second bridge\n# end\n");
    assert!(names[0].starts_with("a/0/000000000-") && names[0].ends_with(".title.txt"), "{names:?}");
    assert_eq!(fs::read_to_string(folder.path().join("out").join(&names[1])).unwrap(), "The second bridge");
    // It is replaced, since it begins as a file of its kind.
    batch::run(&plan, &WITH_MORE, &mut |_, _| {}).unwrap();
    fs::write(at("all.txt"), "mine").unwrap();
    let refused = batch::run(&plan, &WITH_MORE, &mut |_, _| {}).unwrap_err();
    assert_eq!(refused.to_string(), "the file of --title-list cannot be written");
}

#[test]
fn the_command_line_is_built_from_the_tables() {
    let help = Cli::definitions(WITH_MORE.formats, WITH_MORE.collections).render_long_help().to_string();
    assert!(help.contains("title") && help.contains("--title-list <FILE>"), "{help}");
    assert!(help.contains("Writes the titles of all articles"), "{help}");
    assert!(plan(&["in", "--to", "titles"]).is_err());
    // What suffices is written alone, where no format is asked for.
    assert!(plan(&["in", "--title-list", "x"]).unwrap().writing.formats.is_empty());
    assert_eq!(plan(&["in"]).unwrap().writing.formats, ["tei", "pdf", "epub"]);
    assert_eq!(plan(&["in", "--layout-log", "x"]).unwrap().writing.formats, ["tei", "pdf", "epub"]);
    let built_in = Cli::definitions(TABLES.formats, TABLES.collections).render_long_help().to_string();
    for kind in TABLES.collections {
        assert!(built_in.contains(&format!("--{} <FILE>", kind.name)), "{}", kind.name);
    }
    assert!(plan(&["in", "--group-by", "author"]).is_err(), "it says how an anthology is made");
    assert!(plan(&["in", "--group-by", "author", "--epub-anthology", "x"]).is_ok());
}

#[test]
fn a_folder_without_inputs_is_told_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/b.unknown"), "x").unwrap();
    let plan = plan(&[folder.path().join("in").to_str().unwrap(), "-o", folder.path().to_str().unwrap()]).unwrap();
    let message = batch::run(&plan, &WITH_MORE, &mut |_, _| {}).unwrap_err().to_string();
    assert!(message.contains(".xhtml, .md, .markdown, .warc, .arc, .wacz, .jsonl, .ndjson, .fortunes"), "{message}");
}

/// A container to which somebody writes while it is read.
const GROWING: ContainerKind = ContainerKind { name: "growing", endings: &["growing"], read: grow, ..FORTUNES };

fn grow(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let text = fs::read_to_string(container.path).unwrap();
    read_fortunes(container, opening, sink)?;
    fs::write(container.path, text + "%\nAnother\n").unwrap();
    Ok(())
}

#[test]
fn a_container_that_changes_while_it_is_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.growing");
    fs::write(&path, "One\n%\nTwo\n").unwrap();
    let tables = Tables { containers: &[&GROWING], ..TABLES };
    let run = Run { inputs: vec![path], output: folder.path().join("out"), ..Run::default() };
    let plan = Plan { run, writing: Writing { formats: vec!["txt"], ..Writing::default() }, ..Plan::default() };
    let mut codes = Vec::new();
    let outcome = batch::run(&plan, &tables, &mut |row, _| codes.extend(row.diagnostics.iter().map(|d| d.code.id)));
    let summary = outcome.unwrap().summary;
    assert_eq!((summary.converted, summary.rejected), (2, 1), "what could be read is converted");
    assert_eq!(codes.last(), Some(&"C015"), "{codes:?}");
}

/// A container whose reader has a defect behind its first record.
const BROKEN: ContainerKind = ContainerKind { name: "broken", endings: &["broken"], read: break_down, ..FORTUNES };

fn break_down(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    read_fortunes(container, opening, sink)?;
    panic!("no such record")
}

#[test]
fn a_defect_of_the_reader_of_one_container_is_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.broken"), "One\n").unwrap();
    fs::write(path("b.txt"), "Two\n").unwrap();
    let tables = Tables { containers: &[&BROKEN], ..TABLES };
    let run = Run { inputs: vec![path("a.broken"), path("b.txt")], output: path("out"), ..Run::default() };
    let plan = Plan { run, writing: Writing { formats: vec!["txt"], ..Writing::default() }, ..Plan::default() };
    let mut said = Vec::new();
    let outcome = batch::run(&plan, &tables, &mut |row, _| {
        said.extend(row.diagnostics.iter().map(|d| format!("{}: {d}", row.input)));
    });
    let summary = outcome.unwrap().summary;
    assert_eq!((summary.converted, summary.rejected), (2, 1), "{said:?}");
    assert!(said.iter().any(|row| row.starts_with("a.broken: W005") && row.contains("no such record")), "{said:?}");
}

#[test]
fn a_format_that_the_tables_have_not_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "One\n").unwrap();
    let run = Run { inputs: vec![folder.path().join("a.txt")], output: folder.path().join("out"), ..Run::default() };
    let plan = Plan { run, writing: Writing { formats: vec!["doc"], ..Writing::default() }, ..Plan::default() };
    let message = batch::run(&plan, &TABLES, &mut |_, _| {}).unwrap_err().to_string();
    assert_eq!(message, "no format is called \"doc\"; this build has tei, pdf, epub, txt");
}
