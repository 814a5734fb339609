//! The document that the project was created from. It may not be copied into the project, so it is read where it
//! lies; without it the test says so in one line.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use oped_convert::document::Role;
use oped_convert::original::{Origin, Original};
use oped_convert::{ReadOriginal, read_original};

const NAME: &str = "000_455e7162ad2e7339.txt";

fn seed() -> Option<(Original, ReadOriginal)> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed");
    let Ok(bytes) = fs::read(folder.join(NAME)) else {
        // Not `println!`: the line is to be seen in every run, not only in a failing one.
        let _ = writeln!(std::io::stderr(), "not checked: ../shared/seed/{NAME} is not here");
        return None;
    };
    let original = Original::new(Origin { path: NAME.into(), ..Origin::default() }, bytes);
    let reading = read_original(&original, &Default::default());
    Some((original, reading))
}

#[test]
fn its_four_damages_are_repaired_and_its_no_break_spaces_kept() {
    let Some((original, reading)) = seed() else { return };
    let input = std::str::from_utf8(&original.bytes).unwrap();
    let repaired = &reading.repaired;
    assert_eq!(repaired.text, input.replace("\u{A1}\u{AF}", "\u{2019}").replace("\u{A1}\u{A1}", "\u{3000}"));
    assert_eq!(repaired.text.matches('\u{A0}').count(), 15);
    let places: Vec<_> = repaired.log.repairs().map(|(_, segment)| segment.source.clone()).collect();
    assert_eq!(places, [40..44, 84..88, 104..108, 128..132]);
    assert_eq!(repaired.log.restore(&repaired.text).unwrap(), original.bytes[..]);
}

#[test]
fn every_field_of_it_is_recognised() {
    let Some((original, reading)) = seed() else { return };
    let m = &reading.document.metadata;
    let text = |value: &Option<oped_convert::span::Spanned<String>>| {
        value.as_ref().map(|v| v.value.clone()).unwrap_or_default()
    };
    assert_eq!(text(&m.title), "US can\u{2019}t shirk duty over cyber governance");
    assert_eq!(text(&m.title_as_printed), "Zhang Tengjun: US can\u{2019}t shirk duty over cyber governance");
    let [author] = &m.authors[..] else { panic!("one author, not {:?}", m.authors) };
    assert_eq!((author.value.name.as_str(), author.value.kind.name()), ("Zhang Tengjun", "person"));
    assert_eq!(text(&author.value.role), "assistant research fellow");
    assert_eq!(text(&author.value.affiliation), "China Institute of International Studies");
    assert_eq!(m.editors.iter().map(|e| e.value.name.as_str()).collect::<Vec<_>>(), ["Wang Jiapei"]);
    assert_eq!(text(&m.publisher), "CIIS");
    assert_eq!(m.published.as_ref().unwrap().value.iso, "2017-12-05");
    assert_eq!(text(&m.source.title), "Global Times");
    assert_eq!(m.source.date.as_ref().unwrap().value.iso, "2017-12-04");
    assert_eq!(text(&m.source.url), "http://www.globaltimes.cn/content/1078686.shtml");
    assert_eq!(m.language.value.tag(), "en");
    // Every value stands where it is said to stand.
    let bytes = |span: oped_convert::span::Span| std::str::from_utf8(&original.bytes[span.start..span.end]).unwrap();
    assert_eq!(bytes(author.span.unwrap()), "Zhang Tengjun");
    assert_eq!(bytes(m.published.as_ref().unwrap().span.unwrap()), "12 05, 2017");
    assert_eq!(bytes(m.source.date.as_ref().unwrap().span.unwrap()), "December 4, 2017");
}

#[test]
fn its_blocks_are_in_their_roles() {
    let Some((_, reading)) = seed() else { return };
    let roles: Vec<Role> = reading.document.blocks.iter().map(|b| b.role).collect();
    let mut expected = vec![Role::Furniture, Role::Title, Role::Header];
    expected.extend([Role::Body; 12]);
    expected.extend([Role::AuthorNote, Role::SourceLine]);
    assert_eq!(roles, expected);
    assert_eq!(reading.document.folded.lone_no_break_spaces, 14);
}
