//! What the elements of the article say of one another: headers of their cells, notes of their references.

use super::*;

fn cell(header: bool, columns: usize, rows: usize, content: &str) -> Cell {
    Cell { header, columns, rows, inlines: vec![text(content)] }
}

/// The article page of a document with these blocks.
fn article(blocks: Vec<Block>) -> String {
    let (bytes, _) = write_with(&titled("en", "Title", blocks), &plan(&["epub"]), None);
    source(&read_book(&bytes), "article.xhtml")
}

fn table(rows: Vec<Vec<Cell>>) -> String {
    let kind = BlockKind::table(rows);
    let page = article(vec![Block { kind, ..line(Role::Body, "") }]);
    let (from, to) = (page.find("<table").unwrap(), page.find("</table>").unwrap());
    page[from..to].lines().map(str::trim).collect()
}

#[test]
fn a_header_heads_its_columns_its_row_or_a_group_of_rows() {
    let head = |content| cell(true, 1, 1, content);
    let datum = |content| cell(false, 1, 1, content);
    let marks = table(vec![
        vec![cell(true, 1, 2, "Name"), cell(true, 2, 1, "Marks")],
        vec![head("Oral"), head("Written")],
        vec![cell(true, 3, 1, "North")],
        vec![head("Ann"), datum("1"), datum("2")],
        vec![cell(true, 3, 1, "South")],
        vec![head("Bo"), datum("3"), datum("4")],
    ]);
    let expected = [
        "<thead>",
        "<th rowspan=\"2\" scope=\"col\">Name</th><th colspan=\"2\" scope=\"colgroup\">Marks</th>",
        "<th scope=\"col\">Oral</th><th scope=\"col\">Written</th>",
        "</thead><tbody><tr><th colspan=\"3\" scope=\"rowgroup\">North</th></tr>",
        "<th scope=\"row\">Ann</th><td>1</td>",
        "</tbody><tbody><tr><th colspan=\"3\" scope=\"rowgroup\">South</th></tr>",
    ];
    for part in expected {
        assert!(marks.contains(part), "{part}\n{marks}");
    }
    // Headers of rows from the first row on.
    let years = table(vec![vec![head("2019"), datum("5")], vec![head("2020"), datum("6")]]);
    assert_eq!(years.matches("scope=\"row\"").count(), 2, "{years}");
    assert!(!years.contains("<thead>") && !years.contains("wide"), "{years}");
    // A header that reaches into the rows below keeps its rows in one group.
    let tall = table(vec![vec![cell(true, 1, 2, "Name"), head("A")], vec![datum("1")]]);
    assert!(!tall.contains("<thead>") && tall.matches("scope=\"col\"").count() == 2, "{tall}");
    // An empty corner is no header.
    let corner = table(vec![vec![cell(true, 1, 1, ""), head("A")], vec![head("x"), datum("1")]]);
    assert!(corner.contains("<thead><tr><td></td><th scope=\"col\">A</th>"), "{corner}");
    assert!(table(vec![vec![datum("1"); 8]]).starts_with("<table class=\"wide\">"));
}

#[test]
fn a_note_leads_back_to_its_reference() {
    let note = |id, content| Block {
        kind: BlockKind::Note { id, blocks: vec![line(Role::Body, content)] },
        ..line(Role::Body, "")
    };
    let reference = |id: usize| Inline::NoteRef { id, mark: id.to_string() };
    let body = Block::paragraph(Role::Body, vec![text("One"), reference(1), text(" two"), reference(2)], None);
    let again = Block::paragraph(Role::Body, vec![text("Again"), reference(1)], None);
    let items = vec![vec![note(1, "the first")], vec![note(2, "2 with its mark")]];
    let numbering = Some(Numbering { numbers: vec![1, 2], style: NumberStyle::Decimal });
    let language = Some(Language("fr".to_owned()));
    let notes = Block { kind: BlockKind::List { numbering, items }, language, ..line(Role::Body, "") };
    let page = article(vec![body, again, notes]);
    for part in [
        "href=\"#noteref1\" aria-label=\"Back to the text\" data-generated=\"mark\">1</a>",
        "href=\"#noteref2\" aria-label=\"Back to the text\" data-generated=\"mark\">↩</a>",
        "role=\"doc-backlink\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("<ol"), "notes are not numbered twice");
    assert!(page.contains("<div lang=\"fr\""), "and keep their language: {page}");
}

#[test]
fn nobody_certifies_a_text_in_an_unknown_language() {
    let epub = EpubOptions { certified_by: Some("Ann Porter".to_owned()), ..EpubOptions::default() };
    let plan = Writing { epub, ..plan(&["epub"]) };
    for (language, is_certified) in [("en", true), ("und", false), ("not a tag", false)] {
        let (bytes, diagnostics) = write_with(&titled(language, "T", vec![line(Role::Body, "b")]), &plan, None);
        let package = source(&read_book(&bytes), "content.opf");
        assert_eq!(package.contains("certifiedBy"), is_certified, "{language}");
        assert_eq!(diagnostics.is_empty(), is_certified, "{language}: {diagnostics:?}");
    }
}

#[test]
fn features_are_stated_where_they_are() {
    let ruby = Block::paragraph(
        Role::Body,
        vec![Inline::Ruby { base: vec![text("東京")], reading: "とうきょう".into() }],
        None,
    );
    let package =
        |blocks| source(&read_book(&write_with(&titled("ja", "題", blocks), &plan(&["epub"]), None).0), "content.opf");
    assert!(package(vec![ruby]).contains(">rubyAnnotations<"));
    assert!(!package(vec![line(Role::Body, "雨")]).contains(">rubyAnnotations<"));
}
