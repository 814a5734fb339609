//! JSON files: one article, arrays of them, JSON Feed; what is damaged costs itself only.

use super::*;

const FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Times", "items": [
  {"id": "1", "url": "https://a.example/walls", "title": "Walls", "content_html": "<p>The quay.</p>", "date_published": "2016-05-09T07:30:00Z", "authors": [{"name": "Ada Holm"}], "tags": ["ferries"]},
  {"id": "2", "content_text": "The mole."}
]}"#;

#[test]
fn an_object_an_array_and_a_feed_are_read() {
    let read = Read::new(
        "a.json",
        b"{\n  \"title\": \"Walls\",\n  \"authors\": [\"Ada Holm\"],\n  \"text\": \"The quay.\"\n}\n",
    );
    assert_eq!((read.loaded.len(), read.loaded[0].index), (1, None));
    assert_eq!(read.member(0).fields.title.as_deref(), Some("Walls"));
    let array = br#"[{"text":"One","id":7},{"text":"Two"}, 3, {"text":"Three","title":["no"]}]"#;
    for (name, bytes) in [("a.json", array.to_vec()), ("a.json.gz", gzip(array))] {
        let read = Read::new(name, &bytes);
        let codes: Vec<_> = read.loaded.iter().map(|l| l.result.as_ref().err().map(|why| why.code)).collect();
        assert_eq!(codes, [None, None, Some(C005), None], "{name}");
        assert_eq!(read.member(0).record_id.as_deref(), Some("7"));
        assert_eq!(read.member(1).record_id.as_deref(), Some("item 2"));
        let member = read.member(3);
        let element = &array[member.offset as usize..(member.offset + member.length) as usize];
        assert!(element.starts_with(b"{\"text\":\"Three\""));
    }
    let read = Read::new("feed.json", FEED.as_bytes());
    let originals: Vec<_> = read.loaded.iter().map(|l| l.result.as_ref().unwrap()).collect();
    assert_eq!((&*originals[0].bytes, &*originals[1].bytes), (&b"<p>The quay.</p>"[..], &b"The mole."[..]));
    assert_eq!(originals[0].origin.target_uri.as_deref(), Some("https://a.example/walls"));
    let fields = &read.member(0).fields;
    assert_eq!(
        (&fields.authors[..], fields.date.as_deref()),
        (&["Ada Holm".to_owned()][..], Some("2016-05-09T07:30:00Z"))
    );
}

#[test]
fn what_is_damaged_or_too_large_costs_itself_only() {
    let read = Read::new("a.json", br#"[{"text":"One"},{"text":bad},{"text":"Three"},{"text":"cut"#);
    let codes: Vec<_> = read.loaded.iter().map(|l| l.result.as_ref().err().map(|why| why.code)).collect();
    assert_eq!(codes, [None, Some(C005), None, Some(C005)]);
    let long = format!("[{{\"text\":\"{}\"}},{{\"text\":\"Two\"}}]", "x".repeat(100));
    let read = Read::with("a.json", long.as_bytes(), &limited(60));
    assert_eq!(read.loaded[0].result.as_ref().unwrap_err().code, C002);
    assert!(read.loaded[1].result.is_ok());
    for none in ["", "no JSON", "[]", "\"text\""] {
        assert_eq!(Read::new("a.json", none.as_bytes()).loaded[0].result.as_ref().unwrap_err().code, C011, "{none}");
    }
    // Objects behind one another, and what is none.
    let read = Read::new("a.json", b"{\"text\":\"One\"}\n{\"text\":\"Two\",\"items\":[{\"id\":1}]}\nrest");
    let codes: Vec<_> = read.loaded.iter().map(|l| l.result.as_ref().err().map(|why| why.code)).collect();
    assert_eq!(codes, [None, None, Some(C005)]);
    // Brackets without end are no reason for a deep stack.
    assert_eq!(Read::new("a.json", &[b'['; 1 << 20]).loaded.len(), 1);
}
