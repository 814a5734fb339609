//! NITF and NewsML-G2: articles with their title, names, day, paper and page, however the file is encoded.

use super::*;
use encoding_rs::{GBK, WINDOWS_1252};
use oped_convert::ReadOriginal;
use oped_convert::document::block_text;
use oped_convert::plan::Reading;

const TITLES: [&str; 3] = ["The quay and the café", "Nobody pays for silence", "A bridge for the winter"];

const TEXT: &str = "<p>The ferry to the outer islands was late again this week, and nobody on the quay was told why it was late.</p>\
<p>The council of the café’s quarter says that it <em class=\"x\">knows</em> nothing of it &amp; that the company must answer.</p>";

/// NITF as papers keep it.
fn nitf(title: &str) -> String {
    format!(
        "<nitf version=\"-//IPTC//DTD NITF 3.6//EN\" xml:lang=\"en\"><head><title>{title} (print)</title><docdata><doc-id id-string=\"id-{title}\"/>\
<date.issue norm=\"20160509T060000Z\"/><doc.copyright holder=\"Harbour Press\" year=\"2016\"/><key-list><keyword key=\"ferries\"/><keyword key=\"quays\"/></key-list></docdata>\
<pubdata type=\"print\" name=\"Harbour Times\" date.publication=\"20160509\" position.section=\"A\" position.sequence=\"12\" ex-ref=\"https://a.example/{}\"/></head>\
<body><body.head><hedline><hl1>{title}</hl1><hl2>What the winter takes</hl2></hedline><byline>By <person>Ada Holm</person><byttl>harbour master</byttl></byline></body.head>\
<body.content><block>{TEXT}<media media-type=\"image\"><media-reference source=\"a.jpg\"/><media-caption>The old quay.</media-caption></media>\
<hl2>In spring</hl2><bq><block><p>We were not asked.</p></block></bq><ol><li>One boat.</li><li>No boat.</li></ol><p>The mayor of <city>Mollan</city> paid <money>12</money> crowns for it in the end.</p></block></body.content>\
<body.end><tagline>Ada Holm is the harbour master of Mollan.</tagline></body.end></body></nitf>",
        title.len()
    )
}

/// As an archive of a newspaper has it: the first paragraph twice, the byline a second time for catalogues.
fn archived(title: &str) -> String {
    format!(
        "<nitf><head><title>{title}</title><meta content=\"A\" name=\"print_section\"/><meta content=\"12\" name=\"print_page_number\"/>\
<docdata><doc.copyright holder=\"Harbour Times\"/></docdata><pubdata date.publication=\"20160509T000000\" name=\"Harbour Times\"/></head>\
<body><body.head><hedline><hl1>Op-Ed; {title}</hl1><hl2 class=\"online_headline\">Op-Ed; {title}</hl2></hedline><byline class=\"print_byline\">By ADA HOLM</byline><byline class=\"normalized_byline\">Holm, Ada</byline>\
<abstract><p>Op-ed holds that ferries are late</p></abstract></body.head><body.content><block class=\"lead_paragraph\"><p>The ferry to the outer islands was late again this week, and nobody on the quay was told why it was late.</p></block>\
<block class=\"full_text\">{TEXT}</block></body.content></body></nitf>"
    )
}

/// An item of NewsML-G2 with this in its set of contents.
fn item(title: &str, content: &str) -> String {
    format!(
        "<newsItem guid=\"urn:newsml:a.example:{}\" version=\"1\"><itemMeta><itemClass qcode=\"ninat:text\"/><provider qcode=\"nprov:HT\"><name>Harbour Times</name></provider>\
<versionCreated>2016-05-10T08:00:00Z</versionCreated><firstCreated>2016-05-09T06:00:00+02:00</firstCreated></itemMeta>\
<contentMeta><headline>{title}</headline><by>By Ada Holm</by><keyword>ferries</keyword><keyword>quays</keyword><language tag=\"en\"/></contentMeta>\
<contentSet>{content}</contentSet></newsItem>",
        title.len()
    )
}

fn in_xhtml(title: &str) -> String {
    let page = format!("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{TEXT}</body></html>");
    item(title, &format!("<inlineXML contenttype=\"application/xhtml+xml\">{page}</inlineXML>"))
}

fn in_nitf(title: &str) -> String {
    item(title, &format!("<inlineXML contenttype=\"application/nitf+xml\">{}</inlineXML>", nitf(title)))
}

fn as_text(title: &str) -> String {
    let text = TEXT.replace("</p>", "\n\n").replace("<p>", "").replace("<em class=\"x\">", "").replace("</em>", "");
    item(title, &format!("<inlineData contenttype=\"text/plain\">{text}</inlineData>"))
}

fn message(items: &str) -> String {
    format!(
        "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header><sent>2016-05-10T08:00:00Z</sent></header><itemSet>{items}</itemSet></newsMessage>"
    )
}

fn declared(encoding: &str, body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<!-- made by hand -->\n{body}")
}

fn reading(loaded: &Loaded) -> ReadOriginal {
    let original = loaded.result.as_ref().unwrap();
    let reading = oped_convert::read_original(original, &Reading::default());
    assert_eq!(reading.repaired.log.restore(&reading.repaired.text).unwrap(), &original.bytes[..]);
    reading
}

/// Title, authors, day, paper, page.
fn told(reading: &ReadOriginal) -> (String, Vec<String>, String, String, String) {
    let found = &reading.document.metadata;
    (
        found.title.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
        found.authors.iter().map(|author| author.value.name.clone()).collect(),
        found.published.as_ref().map(|date| date.value.iso.chars().take(10).collect()).unwrap_or_default(),
        found.publisher.as_ref().map(|paper| paper.value.clone()).unwrap_or_default(),
        found.source.page.as_ref().map(|page| page.value.clone()).unwrap_or_default(),
    )
}

fn expected(title: &str, page: &str) -> (String, Vec<String>, String, String, String) {
    (title.into(), vec!["Ada Holm".into()], "2016-05-09".into(), "Harbour Times".into(), page.into())
}

#[test]
fn documents_of_nitf_are_read_in_any_encoding() {
    type Form = fn(&str) -> String;
    for (form, body) in [("nitf", nitf as Form), ("archived", archived)] {
        for title in TITLES {
            let utf8 = declared("UTF-8", &body(title));
            let latin = WINDOWS_1252.encode(&declared("windows-1252", &body(title))).0.into_owned();
            let wide: Vec<u8> =
                "\u{FEFF}".encode_utf16().chain(utf8.encode_utf16()).flat_map(u16::to_be_bytes).collect();
            for (name, bytes) in [
                ("a.xml", utf8.clone().into_bytes()),
                ("a.txt", latin),
                ("a.xml", wide),
                ("a.xml.gz", gzip(utf8.as_bytes())),
            ] {
                let read = Read::new(name, &bytes);
                assert_eq!(read.loaded.len(), 1, "{form} {name}: {:?}", read.summary());
                let reading = reading(&read.loaded[0]);
                assert_eq!(told(&reading), expected(title, "A12"), "{form} {name}");
                let text = reading.document.text();
                assert_eq!(text.matches("late again this week").count(), 1, "{form}: {text}");
                assert!(text.contains("knows nothing of it & that"), "{form}: {text}");
            }
        }
    }
}

#[test]
fn what_a_document_holds_has_its_place_in_the_article() {
    let read = Read::new("a.xml", nitf(TITLES[0]).as_bytes());
    let origin = &read.loaded[0].result.as_ref().unwrap().origin;
    assert_eq!(origin.target_uri.as_deref(), Some("https://a.example/22"));
    assert_eq!(origin.member.as_ref().unwrap().record_id.as_deref(), Some("id-The quay and the café"));
    let document = reading(&read.loaded[0]).document;
    let blocks: Vec<(String, String)> =
        document.blocks.iter().map(|block| (block.role.name().to_owned(), block_text(block))).collect();
    let has = |role: &str, text: &str| blocks.iter().any(|(r, t)| r == role && t == text);
    assert!(has("subtitle", "What the winter takes"), "{blocks:?}");
    assert!(has("body", "In spring") && has("body", "We were not asked.") && has("body", "One boat.\nNo boat."));
    assert!(has("body", "The old quay.") && has("byline", "By Ada Holm\nharbour master"), "{blocks:?}");
    assert!(has("body", "The mayor of Mollan paid 12 crowns for it in the end."), "{blocks:?}");
    assert!(blocks.iter().any(|(role, text)| role == "author-note" && text.starts_with("Ada Holm is")), "{blocks:?}");
    assert_eq!(document.metadata.keywords.iter().map(|k| k.value.as_str()).collect::<Vec<_>>(), ["ferries", "quays"]);
    assert_eq!(document.metadata.language.value.tag(), "en");
}

#[test]
fn items_of_newsml_are_articles_whatever_their_content_is_in() {
    let picture = "<newsItem guid=\"p\"><itemMeta><itemClass qcode=\"ninat:picture\"/></itemMeta><contentSet><remoteContent href=\"a.jpg\"/></contentSet></newsItem>";
    let items = [&in_xhtml(TITLES[0]), picture, &in_nitf(TITLES[1]), &as_text(TITLES[2]), "<packageItem guid=\"k\"/>"];
    for (name, bytes) in [
        ("a.xml", declared("UTF-8", &message(&items.concat())).into_bytes()),
        ("told-by-its-bytes", message(&items.concat()).into_bytes()),
        ("a.xml", GBK.encode(&declared("gb2312", &message(&items.concat()))).0.into_owned()),
    ] {
        let read = Read::new(name, &bytes);
        assert_eq!((read.loaded.len(), read.left_out.len()), (3, 2), "{:?}", read.summary());
        for ((loaded, title), page) in read.loaded.iter().zip(TITLES).zip(["", "A12", ""]) {
            let reading = reading(loaded);
            assert_eq!(told(&reading), expected(title, page), "{name}");
            let text = reading.document.text();
            assert_eq!(text.matches("late again this week").count(), 1, "{text}");
            assert!(text.contains("café’s quarter says that it knows nothing of it & that"), "{text}");
        }
        assert!(read.left_out[0].result.as_ref().unwrap_err().message.contains("picture"));
        assert_eq!(read.member(1).record_id.as_deref(), Some("urn:newsml:a.example:23"));
    }
    let one = Read::new("a.xml", in_xhtml(TITLES[0]).as_bytes());
    assert_eq!(told(&reading(&one.loaded[0])), expected(TITLES[0], ""));
    assert_eq!(one.slice(0), one.bytes);
}

#[test]
fn what_is_not_there_is_said_and_costs_no_other() {
    let remote = item("Far", "<remoteContent href=\"https://a.example/far.html\"/>");
    let empty = item("Empty", "<inlineXML contenttype=\"application/xhtml+xml\"><html/></inlineXML>");
    let file = message(&[in_xhtml(TITLES[0]), remote, empty, in_xhtml(TITLES[1])].concat());
    let read = Read::new("a.xml", file.as_bytes());
    let codes: Vec<String> = read.titles().iter().map(|title| title.chars().take(4).collect()).collect();
    assert_eq!((codes.len(), &codes[1..3]), (4, &[C005.id.to_owned(), "<htm".to_owned()][..]), "{codes:?}");
    assert!(read.loaded[1].result.as_ref().unwrap_err().message.contains("far.html"));
    // Cut off in the last item, damaged in it, too large.
    let cut = Read::new("a.xml", &file.as_bytes()[..file.len() - 120]);
    assert_eq!((cut.loaded.len(), cut.loaded[3].noticed[0].code), (4, C006));
    let damaged = Read::new("a.xml", file.replacen("</by>", "</bye>", 1).as_bytes());
    let codes: Vec<_> = damaged.loaded.iter().map(|loaded| loaded.result.as_ref().err().map(|why| why.code)).collect();
    assert_eq!(codes, [Some(C005), Some(C005), None, None], "{:?}", damaged.summary());
    let small = Read::with("a.xml", in_xhtml(&"Quay ".repeat(1000)).as_bytes(), &limited(2000));
    assert_eq!(small.loaded[0].result.as_ref().unwrap_err().code, C002);
}

#[test]
fn deep_documents_end_and_bytes_of_another_encoding_come_back() {
    let deep =
        format!("<nitf><body><body.content>{}The text.{}", "<block>".repeat(100_000), "</block>".repeat(100_000));
    let read = Read::new("a.xml", format!("{deep}</body.content></body></nitf>").as_bytes());
    assert!(String::from_utf8_lossy(&read.loaded[0].result.as_ref().unwrap().bytes).contains("The text."));
    let file = declared("UTF-8", &in_xhtml("Quay"));
    let bytes = WINDOWS_1252.encode(&file).0.into_owned();
    let read = Read::new("a.xml", &bytes);
    assert!(reading(&read.loaded[0]).document.text().contains("café’s quarter"), "{:?}", read.summary());
}

/// What a tester's files showed: alternatives, markup in sections, numbers, leads, roles.
#[test]
fn what_stands_there_in_another_way_is_read_too() {
    let text_of = |file: &str| {
        let read = Read::new("a.xml", file.as_bytes());
        let reading = reading(&read.loaded[0]);
        (reading.document.text(), told(&reading), read.loaded[0].noticed.iter().map(|d| d.code).collect::<Vec<_>>())
    };
    // The form that says most; the others are said.
    let two = "<inlineXML contenttype=\"application/xhtml+xml\"><p>A teaser.</p></inlineXML>";
    let whole = format!("<inlineData contenttype=\"text/html\"><![CDATA[{TEXT}]]></inlineData>");
    let (text, _, codes) = text_of(&item(TITLES[0], &format!("{two}{whole}")));
    assert!(text.contains("late again") && !text.contains("teaser") && codes == [C013], "{text} {codes:?}");
    let coded = data_encoding::BASE64.encode(TEXT.as_bytes());
    let coded = format!("<inlineData contenttype=\"text/html\" encoding=\"encd:base64\">{coded}</inlineData>");
    assert!(text_of(&item(TITLES[0], &coded)).0.contains("café’s quarter"));
    let latin = data_encoding::BASE64.encode(&WINDOWS_1252.encode(TEXT).0);
    let latin = format!("<inlineData contenttype=\"text/html\" encoding=\"encd:base64\">{latin}</inlineData>");
    assert!(text_of(&item(TITLES[0], &latin)).0.contains("café’s quarter"));
    let several = format!("<inlineXML>{}{}</inlineXML>", nitf("One"), nitf("Two"));
    assert_eq!(text_of(&item(TITLES[0], &several)).0.matches("late again").count(), 2);
    let roles = item("x", &whole).replacen(
        "<headline>x</headline>",
        "<headline role=\"hlt:dateline\">MOLLAN, May 3</headline><headline role=\"hlt:main\">Let the <em>ferry</em> run</headline>",
        1,
    );
    assert_eq!(text_of(&roles).1.0, "Let the ferry run");
    let numbers =
        nitf(TITLES[0]).replace("<money>12</money>", "1<frac><frac-num>3</frac-num><frac-den>4</frac-den></frac>");
    assert!(text_of(&numbers).0.contains("paid 1 3/4 crowns"), "{}", text_of(&numbers).0);
    // A lead of several paragraphs, which archives mark; one that only begins like the text is shown.
    let lead = |lead: &str| {
        let block = format!("<block class=\"lead_paragraph\">{lead}</block>\n<block class=\"full_text\">");
        archived(TITLES[0]).replacen("<block class=\"full_text\">", &block, 1)
    };
    let twice = lead(&TEXT.replacen("<p>", "<p>LEAD: ", 1).replace("</p>", "</p>\n"));
    assert_eq!(text_of(&twice).0.matches("late again").count(), 1, "{}", text_of(&twice).0);
    assert!(text_of(&lead("<p>The ferry</p>")).0.contains("The ferry\n"));
    let desk = archived(TITLES[0]).replace("By ADA HOLM", "By ADA HOLM; Op-Ed Columnist");
    assert_eq!(text_of(&desk).1.1, ["Ada Holm"]);
    let names = archived(TITLES[0]).replace("<byline class=\"print_byline\">By ADA HOLM</byline>", "");
    let names = names.replace("Holm, Ada", "Holm, Ada; Ek, Bo");
    assert_eq!(text_of(&names).1.1, ["Ada Holm", "Bo Ek"]);
}

#[test]
fn places_are_those_of_the_file_in_any_encoding() {
    let file = declared("UTF-8", &message(&[in_xhtml("Über"), as_text("Näher"), in_xhtml("Zum Café")].concat()));
    let latin = file.replace("UTF-8", "windows-1252");
    let wide: Vec<u8> = "\u{FEFF}".encode_utf16().chain(file.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, unit) in [
        (file.clone().into_bytes(), 1),
        (format!("\u{FEFF}{file}").into_bytes(), 1),
        (WINDOWS_1252.encode(&file).0.into_owned(), 1),
        (WINDOWS_1252.encode(&latin).0.into_owned(), 1),
        (wide, 2),
    ] {
        let read = Read::new("a.xml", &bytes);
        assert_eq!(read.loaded.len(), 3);
        for at in 0..3 {
            let slice: Vec<u8> = read.slice(at).iter().step_by(unit).copied().collect();
            assert!(slice.starts_with(b"<newsItem ") && slice.ends_with(b"</newsItem>"), "{unit} {at}");
        }
    }
}
