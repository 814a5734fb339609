//! Bad input gets a clear message and loses nothing: the other inputs are converted, and nothing is overwritten.

use std::fs;

use crate::sandbox::{ARTICLE, Sandbox, codes};

/// A folder with one good article and one file that is looked at.
fn beside_a_good_one(name: &str, bytes: &[u8]) -> Sandbox {
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE)]);
    sandbox.write(&format!("in/{name}"), bytes);
    sandbox
}

/// The good article was converted, and the other one rejected with this code.
#[track_caller]
fn only_the_good_one(sandbox: &Sandbox, input: &str, code: &str) {
    assert_eq!(sandbox.names("output"), ["good.repaired.txt", "good.repairs.json", "good.txt", "report.json"]);
    let row = sandbox.row(input);
    assert_eq!((row["status"].as_str(), codes(&row)), (Some("rejected"), vec![code]));
    assert_eq!(row["outputs"].as_array().unwrap().len(), 0);
}

#[test]
fn an_empty_file_is_converted_in_part_with_a_note() {
    let sandbox = Sandbox::with(&[("in/empty.txt", "")]);
    sandbox.run(&["in"]).exits(1).says(&["empty.txt: PARTLY CONVERTED", "M001", "M015"]);
    assert!(codes(&sandbox.row("empty.txt")).contains(&"C004"));
    assert_eq!(sandbox.read("output/empty.repaired.txt"), b"");
    for ending in ["pdf", "epub", "tei.xml"] {
        assert!(!sandbox.read(&format!("output/empty.{ending}")).is_empty());
    }
}

#[test]
fn files_of_nothing_but_space_or_a_bom_are_converted_in_part() {
    let sandbox = Sandbox::with(&[("in/bom.txt", "\u{FEFF}"), ("in/lines.txt", "\r\n\n\r"), ("in/space.txt", " \t ")]);
    sandbox.run(&["in", "--to", "tei,pdf,epub,txt"]).exits(1);
    assert_eq!(sandbox.report()["summary"]["partial"], 3);
}

#[test]
fn a_folder_with_nothing_to_convert_is_no_run() {
    let sandbox = Sandbox::with(&[("in/photo.jpg", "x"), ("in/letter.docx", "x")]);
    sandbox.run(&["in"]).exits(2).complains(&["nothing to convert", "ignored files: 2", ".html", "named itself"]);
    fs::create_dir(sandbox.path("void")).unwrap();
    sandbox.run(&["void"]).exits(2).complains(&["nothing to convert", "empty"]);
    assert!(!sandbox.exists("output"));
}

#[test]
fn a_missing_path_is_named() {
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE)]);
    sandbox.run(&["missing.txt"]).exits(2).complains(&["missing.txt: no such file or folder"]);
    sandbox.run(&["no", "nor"]).exits(2).complains(&["nothing to convert", "no: no such file or folder"]);
    assert!(!sandbox.exists("output"));
    let run = sandbox.run(&["missing.txt", "in", "--to", "txt"]).exits(1);
    run.says(&["missing.txt: REJECTED", "C001: no such file or folder", "1 converted, 1 rejected"]);
    only_the_good_one(&sandbox, "missing.txt", "C001");
}

#[test]
fn a_word_that_is_no_command_converts_nothing() {
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE), ("verse/good.txt", ARTICLE)]);
    sandbox.run(&["inspct", "in"]).exits(2).complains(&["inspct: no command", "near it: inspect"]);
    sandbox.run(&["vers", "in"]).exits(2).complains(&["vers: no command", "near it: verse"]);
    sandbox.run(&["zzz", "in"]).exits(2).complains(&["zzz: no command", "--help"]);
    assert!(!sandbox.exists("output"));
    sandbox.run(&["verse", "in", "--to", "txt"]).exits(0);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_nothing_is_named() {
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE)]);
    std::os::unix::fs::symlink("nowhere.txt", sandbox.path("in/link.txt")).unwrap();
    sandbox.run(&["in/link.txt"]).exits(2).complains(&["in/link.txt: no such file or folder"]);
    sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["in/link.txt: REJECTED", "C001"]);
    only_the_good_one(&sandbox, "in/link.txt", "C001");
}

#[cfg(unix)]
#[test]
fn symbolic_links_that_lead_back_are_refused_and_the_rest_is_converted() {
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE)]);
    fs::create_dir(sandbox.path("in/deep")).unwrap();
    std::os::unix::fs::symlink("..", sandbox.path("in/deep/up")).unwrap();
    let run = sandbox.run(&["in", "--to", "txt"]).exits(1);
    run.says(&["in/deep/up: REJECTED", "C001: a symbolic link leads back to a folder above it"]);
    only_the_good_one(&sandbox, "in/deep/up", "C001");
}

#[cfg(unix)]
#[test]
fn symbolic_links_to_files_and_folders_are_followed() {
    let sandbox = Sandbox::with(&[("elsewhere/a.txt", ARTICLE), ("one.txt", ARTICLE)]);
    fs::create_dir(sandbox.path("in")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", sandbox.path("in/folder")).unwrap();
    std::os::unix::fs::symlink("../one.txt", sandbox.path("in/file.txt")).unwrap();
    sandbox.run(&["in", "--to", "txt"]).exits(0);
    assert!(sandbox.exists("output/folder/a.txt") && sandbox.exists("output/file.txt"));
}

/// Takes away all permissions; `false` where this user reads and writes all the same, as root does.
#[cfg(unix)]
fn lock(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    fs::File::open(path).is_err()
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    let sandbox = beside_a_good_one("secret.txt", b"secret");
    if lock(&sandbox.path("in/secret.txt")) {
        sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["secret.txt: REJECTED", "C001: it may not be read"]);
        only_the_good_one(&sandbox, "secret.txt", "C001");
        sandbox.run(&["repair", "in/secret.txt"]).exits(2).complains(&["it may not be read"]);
    }
}

#[test]
fn binary_files_are_rejected_by_what_they_are() {
    for (bytes, what) in [
        (&b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"[..], "a PDF file"),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG image"),
        (b"PK\x03\x04\x14\0\0\0", "a ZIP archive"),
        (b"\x01\x02\x03\x04\x05\x06\x0E\x0F text \x10\x11\x12\x13", "control byte"),
    ] {
        let sandbox = beside_a_good_one("binary.txt", bytes);
        sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["binary.txt: REJECTED", "C003", what]);
        only_the_good_one(&sandbox, "binary.txt", "C003");
    }
}

#[test]
fn a_file_over_the_limit_is_rejected_and_one_of_the_limit_is_not() {
    let limit = ARTICLE.len().to_string();
    let sandbox = beside_a_good_one("large.txt", format!("{ARTICLE}x").as_bytes());
    let run = sandbox.run(&["in", "--to", "txt", "--max-bytes", &limit]).exits(1);
    run.says(&["large.txt: REJECTED", "C002", &format!("larger than {limit} bytes"), "--max-bytes raises the limit"]);
    only_the_good_one(&sandbox, "large.txt", "C002");
    let run = sandbox.feed(&["-", "--max-bytes", "10", "-o", "x"], ARTICLE.as_bytes()).exits(1);
    run.says(&["stdin: REJECTED", "C002"]);
}

#[test]
fn nul_bytes_are_kept_in_the_text_and_replaced_in_the_renditions() {
    let bytes = ARTICLE.replace("ferry", "fer\0ry");
    let sandbox = Sandbox::with(&[("nul.txt", &bytes)]);
    sandbox.run(&["nul.txt", "--to", "tei,pdf,epub,txt"]).exits(0).says(&["M005"]);
    assert_eq!(sandbox.text("output/nul.repaired.txt"), bytes);
    assert!(sandbox.text("output/nul.txt").contains("fer\u{FFFD}ry"));
    assert!(!sandbox.read("output/nul.tei.xml").contains(&0));
}

#[test]
fn an_output_folder_that_cannot_be_made_is_no_run() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("file", "I am no folder")]);
    sandbox.run(&["a.txt", "-o", "file"]).exits(2).complains(&["the output folder cannot be used", "file"]);
    sandbox.run(&["a.txt", "-o", "file/below"]).exits(2).complains(&["the output folder cannot be used"]);
    assert_eq!(sandbox.text("file"), "I am no folder");
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_may_not_be_written_is_no_run() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    fs::create_dir(sandbox.path("locked")).unwrap();
    if lock(&sandbox.path("locked")) {
        sandbox.run(&["a.txt", "-o", "locked"]).exits(2).complains(&["the output folder cannot be used"]);
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(sandbox.path("locked"), fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[test]
fn an_output_whose_folder_is_a_file_is_an_error_of_that_input_only() {
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE), ("in/sub/a.txt", ARTICLE), ("output/sub", "a file")]);
    sandbox.run(&["in", "--to", "txt"]).exits(1).says(&["sub/a.txt: REJECTED", "S001"]);
    assert_eq!(sandbox.text("output/sub"), "a file");
    assert!(sandbox.exists("output/good.txt"));
    let row = sandbox.row("sub/a.txt");
    assert_eq!(row["refused"], serde_json::json!(["txt", "repaired", "repairs"]));
}

#[test]
fn an_output_in_the_own_folder_is_an_error_of_that_input_only() {
    // What was written to the staging folder was removed with it at the end of the run.
    let sandbox = Sandbox::with(&[("in/good.txt", ARTICLE), ("in/.oped-convert/stage/a.txt", ARTICLE)]);
    let run = sandbox.run(&["in", "--to", "txt"]).exits(1);
    run.says(&[".oped-convert/stage/a.txt: REJECTED", "S001", "own folder", "good.txt: converted"]);
}

#[test]
fn an_output_whose_name_is_a_folder_is_an_error_of_that_output_only() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE), ("output/a.txt/inside", "kept")]);
    sandbox.run(&["a.txt", "--to", "txt", "--force"]).exits(1).says(&["a.txt: PARTLY CONVERTED", "S001"]);
    assert_eq!(sandbox.text("output/a.txt/inside"), "kept");
    assert_eq!(sandbox.text("output/a.repaired.txt"), ARTICLE);
}

#[test]
fn an_unknown_format_is_answered_with_the_known_ones() {
    let sandbox = Sandbox::with(&[("a.txt", ARTICLE)]);
    sandbox.run(&["a.txt", "--to", "docx"]).exits(2).complains(&["docx", "tei", "pdf", "epub", "txt"]);
    sandbox.run(&["a.txt", "--to", "pdf,docx"]).exits(2).complains(&["docx"]);
    sandbox.run(&["a.txt", "--to", ""]).exits(2);
    assert!(!sandbox.exists("output"));
}

#[test]
fn an_input_called_like_a_subcommand_is_converted_by_its_path() {
    let sandbox = Sandbox::with(&[("repair", ARTICLE), ("formats/a.txt", ARTICLE)]);
    sandbox.run(&["./repair", "--to", "txt", "-o", "x"]).exits(0).says(&["repair: converted"]);
    sandbox.run(&["--to", "txt", "-o", "y", "--", "repair"]).exits(0).says(&["repair: converted"]);
    sandbox.run(&["--to", "txt", "-o", "z", "--", "formats"]).exits(0).says(&["a.txt: converted"]);
    assert_eq!(sandbox.read("x/repair.txt"), sandbox.read("y/repair.txt"));
}

#[test]
fn odd_file_names_keep_their_outputs_apart() {
    let names = ["in/.hidden.txt", "in/a b.txt", "in/论.txt", "in/#1.txt", "in/100%.txt", "in/a..txt"];
    let sandbox = Sandbox::with(&names.map(|name| (name, ARTICLE)));
    for _ in 0..2 {
        sandbox.run(&["in", "--to", "txt"]).exits(0);
    }
    for stem in [".hidden", "a b", "论", "#1", "100%", "a."] {
        assert!(sandbox.exists(&format!("output/{stem}.repairs.json")), "{stem}");
    }
    sandbox.run(&["in", "--to", "txt", "--resume"]).exits(0).says(&["0 converted, 6 unchanged"]);
}

#[test]
fn inspect_says_what_a_run_would_not_convert() {
    let sandbox = Sandbox::with(&[("a.txt", "{\\rtf1 The ferry was late.}"), ("b.txt", "The ferry was late.")]);
    assert!(sandbox.run(&["inspect", "a.txt"]).exits(0).text().contains("C016"));
    assert!(!sandbox.run(&["inspect", "b.txt"]).exits(0).text().contains("C016"));
}
