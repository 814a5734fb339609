//! Every byte of every text is accounted for: shown, furniture, header, folded or markup. The labelled pages and the own
//! cases are looked at where they are read (`labelled_pages`, `metadata_cases`).

#[path = "support/accounts.rs"]
mod accounts;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use oped_convert::original::{Origin, Original};
use oped_convert::read_original;
use rayon::prelude::*;

/// The files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn check(folder: &Path) {
    let mut found = Vec::new();
    files(folder, &mut found);
    // Containers hold other files.
    let is_text = |path: &PathBuf| {
        let name = path.to_string_lossy().to_lowercase();
        ["txt", "html", "htm", "xhtml"].iter().any(|ending| name.ends_with(&format!(".{ending}")))
    };
    found.retain(is_text);
    assert!(!found.is_empty(), "{}", folder.display());
    let faults = found.par_iter().flat_map_iter(|path| {
        let bytes = fs::read(path).unwrap();
        let origin = Origin { path: path.display().to_string(), ..Origin::default() };
        let reading = read_original(&Original::new(origin, bytes), &Default::default());
        accounts::faults(&reading).into_iter().map(move |fault| format!("{}: {fault}", path.display()))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn of_the_samples() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input"));
}

#[test]
fn of_corpora_and_cases_beside_the_project() {
    for folder in ["corpus", "cases/inputs", "seed"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
        if folder.is_dir() {
            check(&folder);
        } else {
            // Past the harness, which swallows what a test prints.
            let _ = writeln!(std::io::stderr(), "not checked: {} is not here", folder.display());
        }
    }
}

#[test]
fn of_the_documents_of_the_project_read_as_markdown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    files(&root.join("docs"), &mut found);
    found.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    assert!(found.len() > 5);
    for path in found {
        let text = fs::read(&path).unwrap();
        // Characters that references and backslashes stand for are not what stands there.
        if text.iter().any(|byte| matches!(byte, b'&' | b'\\')) {
            continue;
        }
        let html = b"\n<div>Text <b>in</b>\nHTML <!-- a comment --> and\n</div>\n\nAn ![image](x.png \"here\") inside, a <br> break.\n";
        let origin = Origin { media_type: Some("text/markdown".to_owned()), ..Origin::default() };
        let reading = read_original(&Original::new(origin, [&text[..], html].concat()), &Default::default());
        let faults = accounts::faults(&reading);
        assert!(faults.is_empty(), "{}: {}", path.display(), faults.join("\n"));
    }
}

/// Pages that random ones once showed to lose text.
#[test]
fn of_pages_with_elements_where_none_belong() {
    for body in ["é<ruby><h1><rt>aa", "<ruby><p>漢<rt>かん</p>字</ruby>", "<ruby><rt>aa</rt><ruby>b<rt>c</ruby></ruby>"]
    {
        let page = format!("<!doctype html><html><body>{body}");
        let reading = read_original(&Original::new(Origin::default(), page.as_bytes()), &Default::default());
        assert_eq!(accounts::faults(&reading), [""; 0], "{body}");
    }
}

/// A page of Word, whose lists are paragraphs: the marks of its items are numbers of lists, and every word is shown.
#[test]
fn of_a_page_of_word() {
    let item = |level: u8, mark: &str, text: &str| {
        format!(
            "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]><span lang=DE>{text}<o:p></o:p></span></p>\n"
        )
    };
    let prose = "<p class=MsoNormal><span lang=EN-US>The ferry to the outer islands was late again this week, and nobody on the quay was told why it was late.<o:p></o:p></span></p>";
    let items = [
        item(1, "1.", "Fix the boat."),
        item(2, "a)", "The hull."),
        item(2, "b)", "The engine."),
        item(1, "2.", "Pay the crew."),
        item(1, "A.", "Tell people."),
    ];
    let bullets = [item(1, "·", "No ferry."), item(2, "o", "No post."), item(1, "·", "No nurse.")];
    let body = [prose, &items.concat(), prose, &bullets.concat(), prose].concat();
    let page = format!(
        "<html><head><meta name=Generator content=\"Microsoft Word 15\"><title>Quay</title></head><body lang=EN-GB>{body}</body></html>"
    );
    let reading = read_original(&Original::new(Origin::default(), page.as_bytes()), &Default::default());
    assert_eq!(accounts::faults(&reading), [""; 0]);
    let tei = oped_convert::convert(
        &Original::new(Origin::default(), page.as_bytes()),
        &Default::default(),
        &oped_convert::write::Schedule::new(
            &oped_convert::plan::Writing { formats: vec!["tei"], ..Default::default() },
            oped_convert::write::FORMATS,
        )
        .unwrap(),
    );
    let tei = String::from_utf8(tei.renditions[0].result.as_ref().unwrap().clone()).unwrap();
    let body = tei.split("<text>").nth(1).unwrap();
    assert_eq!((body.matches("<list").count(), body.matches("<foreign").count()), (4, 0), "{body}");
    assert!(body.contains("<p>A."), "a number of another list is text: {body}");
    let text = reading.document.text();
    assert!(!text.contains('·') && text.contains("No post."), "{text}");
}
