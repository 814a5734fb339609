//! Exports of press databases: cut at their marks, in any encoding, whole or cut off.

use super::*;
use encoding_rs::WINDOWS_1252;
use oped_convert::document::Metadata;
use oped_convert::plan::Reading;

/// A paragraph with letters above 7F.
const PROSE: &str = "The quay at Marrow Point has leaked since the winter before last — and the café on it, too. A survey does not hold back the tide, nobody’s letter does.";

const TITLES: [&str; 3] = ["Walls before speeches", "The library that closes at noon", "Leave the ferry alone"];

/// An export of one article each.
type Article = fn(usize, &str) -> String;

fn nexis(number: usize, title: &str) -> String {
    format!(
        "\n\n\n                    {number} of 3 DOCUMENTS\n\n\n                   The Marrow Gazette\n\n                   May {number}, 2016 Monday\n\n{title}\n\nBYLINE: Ada Holm\n\nSECTION: COMMENT; Pg. {number}7\n\nLENGTH: 312 words\n\n\n{PROSE}\n\n{PROSE}\n\nLOAD-DATE: May 10, 2016\n\nSUBJECT: FERRIES (90%); COUNCILS (74%)\n\n\n         Copyright 2016 Marrow Gazette Newspapers Ltd\n                   All Rights Reserved\n"
    )
}

fn nexis_uni(number: usize, title: &str) -> String {
    format!(
        "{title}\nThe Marrow Gazette\nMay {number}, 2016 Monday\n\nCopyright 2016 Marrow Gazette Newspapers Ltd All Rights Reserved\n\nSection: COMMENT; Pg. {number}7\nLength: 312 words\nByline: Ada Holm\nBody\n\n{PROSE}\n\n{PROSE}\n\nClassification\n\nLanguage: ENGLISH\n\nLoad-Date: May 10, 2016\n\nEnd of Document\n\n"
    )
}

fn factiva_codes(number: usize, title: &str) -> String {
    format!(
        "SE Comment\nHD {title}\nBY Ada Holm\nWC 312 words\nPD {number} May 2016\nSN The Marrow Gazette\nSC MARGAZ\nPG {number}7\nLA English\nCY © 2016 Marrow Gazette Newspapers Ltd.\nLP {PROSE}\nTD {PROSE}\nNS gcat : Political/General News\nAN Document MARGAZ0020160509eba4000b{number}\n\n\n"
    )
}

fn factiva(number: usize, title: &str) -> String {
    format!(
        "Comment\n{title}\n\nBy Ada Holm\n312 words\n{number} May 2016\nThe Marrow Gazette\nMARGAZ\n{number}7\nEnglish\n© 2016 Marrow Gazette Newspapers Ltd.\n\n{PROSE}\n\n{PROSE}\n\nMarrow Gazette Newspapers Limited\n\nDocument MARGAZ0020160509eba4000b{number}\n\n"
    )
}

fn proquest(number: usize, title: &str) -> String {
    format!(
        "____________________________________________________________\n\nDocument {number} of 3\n\n{title}\n\nAuthor: Holm, Ada\n\nFull text: {PROSE}\n\n{PROSE}\n\nSubject: Ferries; Councils\n\nTitle: {title}\n\nPublication title: The Marrow Gazette\n\nFirst page: {number}7\n\nPublication date: May {number}, 2016\n\nSection: Comment\n\nProQuest document ID: 178890{number}\n\n"
    )
}

fn europresse(number: usize, title: &str) -> String {
    format!(
        "The Marrow Gazette\nComment, lundi {number} mai 2016 312 mots, p. {number}7\n\n{title}\n\nAda Holm\n\n{PROSE}\n\n{PROSE}\n\n© 2016 The Marrow Gazette. Tous droits réservés.\n\nCertificat émis le 28 janvier 2019 à Bibliothèque de Mollan à des fins de visualisation personnelle et temporaire.\nnews·2016050{number}·MG·002{number}\n\n"
    )
}

const FORMS: [(&str, Article); 6] = [
    ("Nexis", nexis),
    ("Nexis Uni", nexis_uni),
    ("Factiva with codes", factiva_codes),
    ("Factiva", factiva),
    ("ProQuest", proquest),
    ("Europresse", europresse),
];

fn export(article: Article) -> String {
    (1..).zip(TITLES).map(|(number, title)| article(number, title)).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// What is recognised in each of its articles.
fn metadata(read: &Read) -> Vec<Metadata> {
    let of = |loaded: &Loaded| {
        let original = loaded.result.as_ref().unwrap();
        let reading = oped_convert::read_original(original, &Reading::default());
        assert_eq!(reading.repaired.log.restore(&reading.repaired.text).unwrap(), &original.bytes[..]);
        reading.document.metadata
    };
    read.loaded.iter().map(of).collect()
}

#[test]
fn each_article_is_cut_out_and_read_by_its_labels_in_any_encoding() {
    for (form, article) in FORMS {
        let text = export(article);
        let encoded = [text.clone().into_bytes(), utf16(&text), WINDOWS_1252.encode(&text).0.into_owned()];
        for bytes in encoded.iter().chain([&text.replace('\n', "\r\n").into_bytes(), &gzip(text.as_bytes())]) {
            let name = if bytes.starts_with(b"\x1F\x8B") { "export.txt.gz" } else { "export.txt" };
            let read = Read::new(name, bytes);
            let found = metadata(&read);
            assert_eq!(found.len(), 3, "{form}");
            for (at, found) in found.iter().enumerate() {
                assert_eq!(found.title.as_ref().map(|t| t.value.as_str()), Some(TITLES[at]), "{form}");
                assert_eq!(found.authors.iter().map(|a| a.value.name.as_str()).collect::<Vec<_>>(), ["Ada Holm"]);
                let day = format!("2016-05-0{}", at + 1);
                assert_eq!(found.published.as_ref().map(|d| d.value.iso.as_str()), Some(&*day), "{form}");
                assert_eq!(found.publisher.as_ref().map(|p| p.value.as_str()), Some("The Marrow Gazette"), "{form}");
                let page = format!("{}7", at + 1);
                assert_eq!(found.source.page.as_ref().map(|p| p.value.as_str()), Some(&*page), "{form}");
                assert!(found.section.as_ref().is_some_and(|s| s.value.eq_ignore_ascii_case("comment")), "{form}");
            }
        }
    }
}

#[test]
fn slices_and_what_is_between_them_cover_the_file() {
    for (form, article) in FORMS {
        let text = export(article);
        let read = Read::new("export.txt", text.as_bytes());
        let mut end = 0;
        for (at, loaded) in read.loaded.iter().enumerate() {
            let member = read.member(at);
            let gap = &text.as_bytes()[end..member.offset as usize];
            assert!(!gap.iter().any(u8::is_ascii_alphanumeric), "{form}: {}", String::from_utf8_lossy(gap));
            assert_eq!(&loaded.result.as_ref().unwrap().bytes[..], read.slice(at), "{form}");
            assert!(member.record_id.is_some());
            end = (member.offset + member.length) as usize;
        }
        assert!(!text.as_bytes()[end..].iter().any(u8::is_ascii_alphanumeric), "{form}");
    }
}

#[test]
fn covers_and_lists_are_left_out_with_their_places() {
    let text = format!("{}Search Summary\nText ferry and harbour\nResults Found 3\n", export(factiva));
    let read = Read::new("export.txt", text.as_bytes());
    assert_eq!((read.loaded.len(), read.left_out.len()), (3, 1));
    let cover = "____________________\n\nReport Information from ProQuest\n05 October 2018\n";
    let text = format!("{cover}{}____________________\n\nContact ProQuest\n", export(proquest));
    let read = Read::new("export.txt", text.as_bytes());
    assert_eq!((read.loaded.len(), read.left_out.len()), (3, 2));
    let place = read.left_out[0].origin.as_ref().unwrap().member.as_ref().unwrap();
    assert!(text[place.offset as usize..][..place.length as usize].contains("Report Information"));
}

#[test]
fn a_count_that_is_not_kept_and_a_file_that_is_cut_are_said() {
    let text = nexis(1, TITLES[0]) + &nexis(3, TITLES[2]);
    let read = Read::new("export.txt", text.as_bytes());
    assert_eq!(read.loaded[0].noticed[0].code, C006);
    for (form, article) in FORMS {
        let text = export(article);
        let cut = &text.as_bytes()[..text.len() * 5 / 6 - 90];
        let read = Read::new("export.txt", cut);
        assert!((2..=3).contains(&read.loaded.len()), "{form}: {}", read.loaded.len());
        let titles: Vec<_> = metadata(&read).into_iter().filter_map(|m| m.title).map(|t| t.value).collect();
        assert_eq!(titles[..2], TITLES[..2], "{form}");
    }
}

#[test]
fn other_texts_are_no_exports() {
    for text in [
        "Document 1 of 3\n\nThe quay will not wait\n\nBy Ada Holm\n",
        "Length: 3 m\nBody\nof a boat\n",
        "BYLINE: Ada Holm\nSECTION: Comment\n\nThe quay leaks.\n",
        "HD is a code, and PD and WC are others.\n",
        "312 words\nare enough\nDocument everything\n",
    ] {
        let read = Read::new("a.txt", text.as_bytes());
        assert!(read.loaded[0].index.is_none(), "{text}");
    }
}

#[test]
fn words_that_are_codes_too_end_no_article_and_hide_no_paragraph() {
    let text = export(factiva_codes).replace(
        &format!("TD {PROSE}"),
        &format!("TD {PROSE}\n\nIN 2015 {PROSE}\n\nAN old man said so.\n\nBY the sea {PROSE}\n\nRE-READ it: {PROSE}"),
    );
    let read = Read::new("export.txt", text.as_bytes());
    assert_eq!(read.loaded.len(), 3);
    for loaded in &read.loaded {
        let original = loaded.result.as_ref().unwrap();
        let shown = oped_convert::read_original(original, &Reading::default()).document.text();
        for paragraph in ["IN 2015", "AN old man", "BY the sea", "RE-READ it"] {
            assert!(shown.contains(paragraph), "{paragraph}: {shown}");
        }
        assert!(!shown.contains("gcat") && !shown.contains("TD "), "{shown}");
    }
}

#[test]
fn what_stands_above_the_count_of_words_is_shown() {
    let factiva = |head: &str, end: &str| {
        let text = factiva(1, TITLES[0]).replace(&format!("Comment\n{}\n\nBy Ada Holm\n", TITLES[0]), head);
        let text = text.replace("Marrow Gazette Newspapers Limited\n", end);
        let read = Read::new("export.txt", text.as_bytes());
        let reading = oped_convert::read_original(read.loaded[0].result.as_ref().unwrap(), &Reading::default());
        let title = reading.document.metadata.title.as_ref().map(|title| title.value.clone());
        (title.unwrap(), reading.document.text())
    };
    // A title and a deck, without a section; a signature in the place of the house.
    let deck = "Why the harbour does not need another survey, and the council does\nWhat the masons of Marrow Point say about it\n";
    let (title, text) = factiva(deck, "Written at sea\n");
    assert_eq!(title, "Why the harbour does not need another survey, and the council does");
    assert!(text.contains("What the masons") && text.contains("Written at sea"), "{text}");
    let (title, text) =
        factiva("Comment\nWalls before speeches\nFrom our correspondent\n", "Marrow Gazette Newspapers\n");
    assert_eq!(title, "Walls before speeches");
    assert!(text.contains("From our correspondent") && !text.contains("Gazette Newspapers\n"), "{text}");
}
