//! Bad input gets a clear message and loses nothing; the other inputs are converted.

use crate::sandbox::{ARTICLE, Sandbox};

#[test]
fn an_empty_file_has_every_output() {
    let sandbox = Sandbox::new();
    sandbox.write("in/empty.txt", "");
    sandbox.run(&["in", "--to", "tei,epub,pdf,txt", "-v"]).exits(0).says("C004");
    for ending in ["tei.xml", "epub", "pdf", "txt", "repaired.txt", "repairs.json"] {
        assert!(sandbox.exists(&format!("output/empty.{ending}")), "{ending}");
    }
}

#[test]
fn nothing_to_convert_is_status_2() {
    let sandbox = Sandbox::new();
    sandbox.write("in/picture.png", "no text");
    sandbox.run(&["in"]).exits(2).says("1 files were ignored").says(".html");
    sandbox.run(&["missing.txt"]).exits(2).says("missing.txt").says("no such file or folder");
    std::fs::create_dir(sandbox.path("bare")).unwrap();
    sandbox.run(&["bare"]).exits(2).says("empty");
    assert!(!sandbox.exists("output"));
}

#[test]
fn a_missing_path_beside_others_is_a_row_of_the_report() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox
        .run(&["missing.txt", "a.txt", "--to", "txt"])
        .exits(1)
        .says("missing.txt: REJECTED")
        .says("C001")
        .says("a.txt: converted");
    assert!(sandbox.exists("output/a.txt"));
    assert_eq!(sandbox.report("output")["inputs"][0]["diagnostics"][0]["code"], "C001");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_said_and_the_rest_converted() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    let locked = sandbox.write("in/locked.txt", ARTICLE);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    symlink("nowhere.txt", sandbox.path("in/dangling.txt")).unwrap();
    let run = sandbox.run(&["in", "--to", "txt"]).exits(1).says("dangling.txt: REJECTED").says("a.txt: converted");
    // The superuser may read everything.
    if std::fs::read(&locked).is_err() {
        run.says("locked.txt: REJECTED").says("it may not be read");
    }
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("in/sub/a.txt", ARTICLE);
    std::os::unix::fs::symlink(sandbox.path("in"), sandbox.path("in/sub/up")).unwrap();
    sandbox.run(&["in", "--to", "txt"]).exits(1).says("leads back to a folder above it").says("sub/a.txt: converted");
}

#[test]
fn binary_files_are_rejected_by_what_they_are() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.write("in/b.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    sandbox.write("in/c.txt", [0_u8, 1, 2, 3, 4, 5, 6, 7, 8, 200, 201, 202]);
    let run = sandbox.run(&["in", "--to", "txt"]).exits(1);
    run.says("b.txt: REJECTED").says("it is a PDF file, not text").says("c.txt: REJECTED").says("control byte");
    assert_eq!(sandbox.files("output").len(), 4, "three files of a.txt and the report");
}

#[test]
fn a_few_nul_bytes_are_text() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", format!("{ARTICLE}\0 and more\n"));
    sandbox.run(&["a.txt", "--to", "tei,txt"]).exits(0).says("M005");
    assert!(String::from_utf8(sandbox.read("output/a.txt")).unwrap().contains("\u{FFFD} and more"));
    sandbox.run(&["a.txt", "--to", "tei", "--strict", "-o", "strict"]).exits(1).says("REJECTED").says("--strict");
}

#[test]
fn larger_files_than_allowed_are_rejected() {
    let sandbox = Sandbox::new();
    let article = sandbox.write("a.txt", ARTICLE);
    let length = std::fs::metadata(article).unwrap().len();
    let limit = |bytes: u64| sandbox.run(&["a.txt", "--to", "txt", "--max-bytes", &bytes.to_string()]);
    limit(length - 1).exits(1).says("C002").says("--max-bytes raises the limit");
    limit(length).exits(0);
}

#[test]
fn an_output_folder_that_cannot_be_written_is_status_2() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.write("taken", "a file");
    sandbox.run(&["a.txt", "-o", "taken"]).exits(2).says("the output folder cannot be used").says("taken");
    assert_eq!(sandbox.read("taken"), b"a file");
}

#[test]
fn an_unknown_format_names_the_known_ones() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.run(&["a.txt", "--to", "pdf,docx"]).exits(2).says("docx").says("tei, pdf, epub, txt");
}

#[test]
fn statements_about_one_input_are_refused_for_several() {
    let sandbox = Sandbox::new();
    sandbox.write("a.txt", ARTICLE);
    sandbox.write("b.txt", ARTICLE);
    sandbox.run(&["a.txt", "b.txt", "--title", "One"]).exits(2).says("--title and --language");
    sandbox.write("in/a.txt", ARTICLE);
    sandbox.write("in/b.txt", ARTICLE);
    sandbox.run(&["in", "--title", "One"]).exits(2).says("--title and --language");
    sandbox.run(&["a.txt", "--language", "not a tag"]).exits(2).says("BCP 47");
}
