//! Feeds: an article an item, with what the feed says of it beside its text.

use super::*;

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"c\" xmlns:dc=\"d\"><channel><title>Harbour Times » Opinion</title><link>https://a.example/</link>{items}</channel></rss>"
    )
}

fn item(title: &str) -> String {
    format!(
        "<item><title>{title} &amp; more</title><link>https://a.example/{title}</link><guid>id-{title}</guid><dc:creator><![CDATA[Ada Holm]]></dc:creator><pubDate>Mon, 09 May 2016 07:30:00 +0000</pubDate><category>Ferries</category><category><![CDATA[Quays]]></category><description>Short.</description><content:encoded><![CDATA[<p>The quay of {title}.</p>]]></content:encoded></item>"
    )
}

const ATOM: &str = "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbour Times</title>\
<entry><title type=\"html\">Walls</title><id>urn:1</id><link rel=\"self\" href=\"https://a.example/self\"/><link href=\"https://a.example/walls\"/>\
<author><name>Ada Holm</name><uri>https://a.example/ada</uri></author><author><name>Bo Ek</name></author><updated>2016-05-10T07:30:00Z</updated><published>2016-05-09T07:30:00Z</published><category term=\"ferries\"/>\
<summary>Short.</summary><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>The <em>quay</em> &amp; caf&#233;.</p></div></content></entry>\
<entry><title>Text</title><id>urn:2</id><content type=\"text\">The quay &lt;here&gt;.</content></entry></feed>";

const RDF: &str = "<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:content=\"c\" xmlns:dc=\"d\"><channel><title>Harbour Times</title></channel>\
<item rdf:about=\"https://a.example/walls\"><title>Walls</title><link>https://a.example/walls</link><dc:creator>Ada Holm</dc:creator><dc:date>2016-05-09</dc:date><content:encoded>&lt;p&gt;The quay.&lt;/p&gt;</content:encoded></item></rdf:RDF>";

#[test]
fn each_item_is_an_article_with_what_is_said_of_it() {
    let file = rss(&["One", "Two", "Three"].map(item).concat());
    for (name, bytes) in
        [("a.rss", file.clone().into_bytes()), ("feed", file.clone().into_bytes()), ("a.rss.gz", gzip(file.as_bytes()))]
    {
        let read = Read::new(name, &bytes);
        assert_eq!(read.loaded.len(), 3, "{name}");
        for (at, title) in ["One", "Two", "Three"].iter().enumerate() {
            let original = read.loaded[at].result.as_ref().unwrap();
            assert_eq!(*original.bytes, *format!("<p>The quay of {title}.</p>").as_bytes());
            assert_eq!(original.origin.target_uri, Some(format!("https://a.example/{title}")));
            let member = read.member(at);
            let (start, end) = (member.offset as usize, (member.offset + member.length) as usize);
            assert_eq!(file[start..end], item(title), "{name}");
            let fields = &member.fields;
            assert_eq!(fields.title, Some(format!("{title} & more")));
            assert_eq!(
                (&fields.authors[..], fields.publisher.as_deref()),
                (&["Ada Holm".to_owned()][..], Some("Harbour Times"))
            );
            assert_eq!(
                (fields.date.as_deref(), &fields.keywords.concat()[..]),
                (Some("Mon, 09 May 2016 07:30:00 +0000"), "FerriesQuays")
            );
        }
    }
}

#[test]
fn atom_and_rss_1_are_read_too() {
    let read = Read::new("a.atom", ATOM.as_bytes());
    let texts: Vec<_> =
        read.loaded.iter().map(|l| String::from_utf8(l.result.as_ref().unwrap().bytes.to_vec()).unwrap()).collect();
    assert_eq!(
        texts,
        [
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>The <em>quay</em> &amp; caf&#233;.</p></div>",
            "The quay <here>."
        ]
    );
    let kinds: Vec<_> =
        read.loaded.iter().map(|l| l.result.as_ref().unwrap().origin.media_type.clone().unwrap()).collect();
    assert_eq!(kinds, ["text/html", "text/plain"]);
    let fields = &read.member(0).fields;
    assert_eq!(
        (&fields.authors[..], fields.date.as_deref()),
        (&["Ada Holm".to_owned(), "Bo Ek".to_owned()][..], Some("2016-05-09T07:30:00Z"))
    );
    assert_eq!(read.loaded[0].result.as_ref().unwrap().origin.target_uri.as_deref(), Some("https://a.example/walls"));
    let read = Read::new("a.rss", RDF.as_bytes());
    assert_eq!(&*read.loaded[0].result.as_ref().unwrap().bytes, b"<p>The quay.</p>");
    assert_eq!(read.member(0).fields.date.as_deref(), Some("2016-05-09"));
}

#[test]
fn summaries_are_no_articles_and_damage_costs_its_item() {
    let summary = "<item><title>Only this</title><description>Short.</description></item>";
    let long = format!("<item><title>Long</title><description>{}</description></item>", "The quay leaks. ".repeat(80));
    let read = Read::new("a.rss", rss(&format!("{summary}{long}{}", item("One"))).as_bytes());
    let codes: Vec<_> = read.loaded.iter().map(|l| l.result.as_ref().err().map(|why| why.code)).collect();
    assert_eq!(codes, [Some(C005), None, None]);
    let cut = rss(&format!("{}{}", item("One"), item("Two")));
    let read = Read::new("a.rss", &cut.as_bytes()[..cut.len() - 90]);
    assert!(read.loaded[0].result.is_ok() && read.loaded[0].noticed.is_empty());
    assert_eq!(read.loaded.last().unwrap().result.as_ref().unwrap_err().code, C005);
    // Cut off inside an item that has its text.
    let whole = rss(&format!("{}<item><title>Two</title><description>{}", item("One"), "The quay leaks. ".repeat(80)));
    let cut = whole.strip_suffix("</channel></rss>").unwrap();
    let read = Read::new("a.rss", cut.as_bytes());
    assert_eq!((read.loaded[1].result.is_ok(), read.loaded[1].noticed[0].code), (true, C006));
    let long = format!("<item><description>{}</description></item>", "The quay leaks. ".repeat(200));
    let read = Read::with("a.rss", rss(&format!("{long}{}", item("One"))).as_bytes(), &limited(2000));
    assert_eq!(read.loaded[0].result.as_ref().unwrap_err().code, C002);
    assert!(read.loaded[1].result.is_ok());
    let broken = rss(&format!("{}<item><title a=>x</title <<", item("One")));
    let read = Read::new("a.rss", broken.as_bytes());
    assert!(read.loaded[0].result.is_ok() && read.loaded.len() > 1);
    let broken = rss(&format!("{}<item><title>x</title><!x></item>{}", item("One"), item("Two")));
    let read = Read::new("a.rss", broken.as_bytes());
    let codes: Vec<_> = read.loaded.iter().map(|l| l.result.as_ref().err().map(|why| why.code)).collect();
    assert_eq!(codes, [None, Some(C005), None]);
    let member = read.loaded[2].result.as_ref().unwrap().origin.member.as_ref().unwrap();
    assert!(broken[member.offset as usize..].starts_with("<item><title>Two"), "{}", &broken[member.offset as usize..]);
    assert_eq!(Read::new("a.rss", rss("").as_bytes()).loaded[0].result.as_ref().unwrap_err().code, C011);
    let other = b"<?xml version=\"1.0\"?><doc><title>x</title></doc>";
    assert_eq!(Read::new("a", other).loaded[0].index, None);
}

#[test]
fn feeds_in_other_encodings_are_read_and_stray_bytes_come_back() {
    let file = rss(&["Quay", "Café"].map(item).concat());
    let latin = file.replace("encoding=\"UTF-8\"", "encoding=\"iso-8859-1\"");
    let read = Read::new("a.rss", &encoding_rs::WINDOWS_1252.encode(&latin).0);
    assert_eq!(*read.loaded[1].result.as_ref().unwrap().bytes, *"<p>The quay of Café.</p>".as_bytes());
    // It states UTF-8, and is not: decoding sees what is there.
    let read = Read::new("a.rss", &encoding_rs::WINDOWS_1252.encode(&file).0);
    assert_eq!(*read.loaded[1].result.as_ref().unwrap().bytes, *b"<p>The quay of Caf\xE9.</p>");
    assert_eq!(read.member(1).fields.title.as_deref(), Some("Caf\u{FFFD} & more"));
    let wide: Vec<u8> = "\u{FEFF}".encode_utf16().chain(file.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(Read::new("feed", &wide).loaded.len(), 2);
}

#[test]
fn items_that_are_not_closed_lose_nothing_in_silence() {
    let unclosed = "<item><title>Open</title><content:encoded><p>The quay.<br>";
    let read = Read::new("a.rss", rss(&format!("{}{unclosed}{}", item("One"), item("Two"))).as_bytes());
    assert_eq!(read.loaded.len(), 3);
    assert_eq!(read.loaded[1].noticed[0].code, C006);
    assert_eq!(read.member(2).fields.title.as_deref(), Some("Two & more"));
    assert!(read.slice(2).starts_with(b"<item><title>Two"));
    let section = item("Two").replace("]]></content:encoded>", "</content:encoded>");
    let read = Read::new("a.rss", rss(&format!("{section}{}", item("Three"))).as_bytes());
    assert!(read.loaded[0].noticed.iter().any(|said| said.code == C006), "{:?}", read.summary());
    // Signs that are no references stand for themselves.
    let bare = item("One").replace("&amp; more", "& more");
    assert_eq!(Read::new("a.rss", rss(&bare).as_bytes()).member(0).fields.title.as_deref(), Some("One & more"));
    let prefixed = "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:title type=\"xhtml\"><div>The <em>quay</em></div></a:title><a:content type=\"html\">&lt;p&gt;The quay.&lt;/p&gt;</a:content></a:entry></a:feed>";
    let read = Read::new("a.atom", prefixed.as_bytes());
    assert_eq!(read.member(0).fields.title.as_deref(), Some("The quay"));
    assert_eq!(*read.loaded[0].result.as_ref().unwrap().bytes, *b"<p>The quay.</p>");
}

#[test]
fn many_damaged_items_do_not_make_it_read_forever() {
    let items = "<item><title>A</title><!x></item>".repeat(20_000);
    let read = Read::new("a.rss", rss(&items).as_bytes());
    assert!(read.loaded.len() >= 20_000, "{}", read.loaded.len());
    assert!(read.loaded.iter().filter(|l| l.result.is_err()).all(|l| l.origin.is_some()));
}
