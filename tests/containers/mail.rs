//! Mail, saved pages, mboxes: the part that is the article, before its charset.

use super::*;

const PAGE: &str = "<html><head><title>Walls</title></head><body><p>Caf\u{E9} and quay.</p></body></html>";

/// A text in quoted-printable.
fn quoted(bytes: &[u8]) -> String {
    let encoded = bytes.iter().map(|byte| match byte {
        b'=' | 128.. => format!("={byte:02X}"),
        _ => char::from(*byte).to_string(),
    });
    encoded.collect()
}

/// A page saved as MHTML, with its encoding.
fn saved(encoding: &str, body: &str) -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/walls\r\nSubject: Walls\r\nDate: Mon, 9 May 2016 10:15:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b--\"\r\n\r\n\r\n----b--\r\nContent-Type: text/html; charset=windows-1252\r\nContent-ID: <1@b>\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: https://a.example/walls\r\n\r\n{body}\r\n----b--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://a.example/x.png\r\n\r\niVBORw0KGgo=\r\n----b----\r\n"
    )
}

fn windows_1252() -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(PAGE).0.into_owned()
}

#[test]
fn a_saved_page_is_its_html_part_without_the_transfer_encoding() {
    let bytes = windows_1252();
    let base64 = data_encoding::BASE64.encode(&bytes);
    for (name, file) in [
        ("a.mhtml", saved("quoted-printable", &quoted(&bytes))),
        ("a.mht", saved("base64", &base64)),
        ("saved", saved("quoted-printable", &quoted(&bytes)).replace("\r\n", "\n")),
    ] {
        let read = Read::new(name, file.as_bytes());
        let original = read.loaded[0].result.as_ref().unwrap();
        assert_eq!(original.bytes.trim_ascii_end(), bytes, "{name}");
        let origin = &original.origin;
        assert_eq!(
            (origin.media_type.as_deref(), origin.declared_charset.as_deref(), origin.target_uri.as_deref()),
            (Some("text/html"), Some("windows-1252"), Some("https://a.example/walls"))
        );
        assert_eq!(read.member(0).captured.as_deref(), Some("2016-05-09T10:15:00Z"));
        assert_eq!((read.member(0).offset, read.member(0).length), (0, file.len() as u64));
    }
}

/// A message with a text and an HTML part.
fn letter(subject: &str) -> String {
    format!(
        "From: Ada Holm <ada@harbour.example>\nSubject: {subject}\nDate: Mon, 9 May 2016 10:15:00 +0200\nMessage-ID: <{subject}@harbour.example>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nThe quay.\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>The <b>quay</b>.</p>\n--b--\n\n"
    )
}

#[test]
fn a_message_is_its_html_part_with_subject_and_day_beside_it() {
    let read = Read::new("a.eml", letter("Walls").as_bytes());
    let original = read.loaded[0].result.as_ref().unwrap();
    assert_eq!(original.bytes.trim_ascii_end(), b"<p>The <b>quay</b>.</p>");
    let fields = &read.member(0).fields;
    assert_eq!((fields.title.as_deref(), fields.date.as_deref()), (Some("Walls"), Some("2016-05-09T10:15:00+02:00")));
    assert_eq!(read.left_out.len(), 1, "the text is a part of its own");
    // A part below the first one is no other form of it.
    let mixed = "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe quay.\n--b\nContent-Type: text/plain\n\nA mailing list.\n--b--\n";
    let read = Read::new("a.eml", mixed.as_bytes());
    assert_eq!(
        (read.loaded[0].result.as_ref().unwrap().bytes.trim_ascii_end(), read.left_out.len()),
        (&b"The quay."[..], 1)
    );
    let place = read.left_out[0].origin.as_ref().unwrap().member.as_ref().unwrap();
    assert_eq!(
        mixed[place.offset as usize..][..place.length as usize].trim_end(),
        "Content-Type: text/plain\n\nA mailing list."
    );
    // In an mbox, where a line stands before the message; and what is attached.
    let attached =
        mixed.replace("text/plain\n\nA mailing", "application/pdf\nContent-Disposition: attachment\n\nA mailing");
    let mbox = format!("From ada@harbour.example Mon May  9 10:15:00 2016\n{attached}");
    let read = Read::new("a.mbox", mbox.as_bytes());
    let origin = read.left_out[0].origin.as_ref().unwrap();
    let place = origin.member.as_ref().unwrap();
    assert_eq!(origin.media_type.as_deref(), Some("application/pdf"));
    assert!(mbox[place.offset as usize..].starts_with("Content-Type: application/pdf"));
    let plain = "From: Ada Holm <ada@harbour.example>\nSubject: =?utf-8?Q?Caf=C3=A9?=\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThe quay.\n";
    let read = Read::new("a.eml", plain.as_bytes());
    let original = read.loaded[0].result.as_ref().unwrap();
    assert_eq!((&*original.bytes, original.origin.media_type.as_deref()), (&b"The quay.\n"[..], Some("text/plain")));
    assert_eq!(read.member(0).fields.title.as_deref(), Some("Café"));
}

#[test]
fn each_message_of_an_mbox_is_an_article_with_its_place() {
    let messages: Vec<String> = ["One", "Two", "Three"]
        .iter()
        .map(|subject| format!("From ada@harbour.example Mon May  9 10:15:00 2016\n{}", letter(subject)))
        .collect();
    let file = messages.concat();
    for (name, bytes) in
        [("a.mbox", file.clone().into_bytes()), ("a.mbox.gz", gzip(file.as_bytes())), ("a", file.clone().into_bytes())]
    {
        let read = Read::new(name, &bytes);
        assert_eq!(read.loaded.len(), 3, "{name}");
        let mut offset = 0;
        for (at, message) in messages.iter().enumerate() {
            let member = read.member(at);
            assert_eq!((member.offset, member.length), (offset, message.len() as u64), "{name}");
            offset += message.len() as u64;
        }
        let titles: Vec<_> = (0..3).map(|at| read.member(at).fields.title.clone().unwrap()).collect();
        assert_eq!(titles, ["One", "Two", "Three"]);
    }
}

#[test]
fn damage_is_said_and_costs_no_other_message() {
    let damaged = saved("quoted-printable", "<p>50 =ZZ percent</p>");
    let read = Read::new("a.mhtml", damaged.as_bytes());
    assert_eq!(read.loaded[0].noticed[0].code, C012);
    let none = "From ada@harbour.example Mon May  9 10:15:00 2016\nSubject: x\nMIME-Version: 1.0\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n\n";
    let file = format!("{none}From ada@harbour.example Mon May  9 10:15:00 2016\n{}", letter("Two"));
    let read = Read::new("a.mbox", file.as_bytes());
    assert_eq!(read.loaded[0].result.as_ref().unwrap_err().code, C005);
    assert_eq!(read.member(1).fields.title.as_deref(), Some("Two"));
    // Parts inside parts, cut off.
    let nested = (0..200).fold(String::from("MIME-Version: 1.0\n"), |text, depth| {
        format!("{text}Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n")
    });
    assert_eq!(Read::new("a.eml", nested.as_bytes()).loaded.len(), 1);
    assert_eq!(Read::new("a.mbox", b"no message").loaded[0].result.as_ref().unwrap_err().code, C011);
}
