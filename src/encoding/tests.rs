//! All encodings at once: names, lengths, round trips, and agreement with `encoding_rs`.

use super::*;

/// The text of one character.
fn text_of(c: char) -> String {
    c.to_string()
}

/// Every character that any encoding here may hold, and some that none does.
fn characters() -> impl Iterator<Item = char> {
    '\0'..='\u{2FFFF}'
}

#[test]
fn every_name_leads_back_to_its_encoding() {
    for (number, id) in EncodingId::all().enumerate() {
        assert_eq!(id as usize, number);
        assert_eq!(id.name().parse::<EncodingId>().unwrap(), id);
    }
    assert_eq!(EncodingId::all().count(), EncodingId::COUNT);
}

#[test]
fn a_malformed_sequence_ends_the_prefix() {
    let prefix = EncodingId::Utf8.decode_prefix(b"ab\xE2\x80c");
    assert_eq!(prefix, DecodedPrefix { text: "ab".into(), read: 2, malformed: 2 });
    let prefix = EncodingId::Gb18030.decode_prefix(b"\xD6\xD0\xA0");
    assert_eq!((prefix.text.as_str(), prefix.read), ("中", 2));
    let prefix = EncodingId::Windows1253.decode_prefix(b"a\xE1\xAAb");
    assert_eq!(prefix, DecodedPrefix { text: "aα".into(), read: 2, malformed: 1 });
}

#[test]
fn lengths_are_those_of_the_encoder() {
    for id in EncodingId::all().filter(|id| !id.is_stateful()) {
        for c in characters() {
            if let Some(bytes) = id.encode(c.encode_utf8(&mut [0; 4])) {
                assert_eq!(id.encoded_len(c), Some(bytes.len()), "{id} {c:?}");
            }
        }
    }
}

#[test]
fn latin1_is_not_windows_1252() {
    assert_eq!(EncodingId::Latin1.decode(b"\x92").unwrap(), "\u{92}");
    assert_eq!(EncodingId::Windows1252.decode(b"\x92").unwrap(), "\u{2019}");
    assert_eq!(EncodingId::Latin1.encode("é’"), None);
}

#[test]
fn known_bytes_of_every_single_byte_page() {
    use EncodingId as E;
    let known = [
        (E::Latin1, 0xE9, 'é'),
        (E::Windows1250, 0xB9, 'ą'),
        (E::Windows1251, 0xFF, 'я'),
        (E::Windows1252, 0x80, '€'),
        (E::Windows1253, 0xE1, 'α'),
        (E::Windows1254, 0xFE, 'ş'),
        (E::Windows1255, 0xE0, 'א'),
        (E::Windows1256, 0xC7, 'ا'),
        (E::Windows1257, 0xE0, 'ą'),
        (E::Windows1258, 0xFE, '₫'),
        (E::Windows874, 0xA1, 'ก'),
        (E::Iso8859_2, 0xB1, 'ą'),
        (E::Iso8859_3, 0xA1, 'Ħ'),
        (E::Iso8859_4, 0xA2, 'ĸ'),
        (E::Iso8859_5, 0xEF, 'я'),
        (E::Iso8859_6, 0xC7, 'ا'),
        (E::Iso8859_7, 0xE1, 'α'),
        (E::Iso8859_8, 0xE0, 'א'),
        (E::Iso8859_10, 0xBD, '―'),
        (E::Iso8859_13, 0xB4, '“'),
        (E::Iso8859_14, 0xA1, 'Ḃ'),
        (E::Iso8859_15, 0xA4, '€'),
        (E::Iso8859_16, 0xAA, 'Ș'),
        (E::Koi8R, 0xD1, 'я'),
        (E::Koi8U, 0xA4, 'є'),
        (E::Ibm437, 0x82, 'é'),
        (E::Ibm437, 0x9B, '¢'),
        (E::Ibm437, 0xE1, 'ß'),
        (E::Ibm437, 0xFF, '\u{A0}'),
        (E::Ibm850, 0x82, 'é'),
        (E::Ibm850, 0x9B, 'ø'),
        (E::Ibm850, 0xD5, 'ı'),
        (E::Ibm850, 0xF0, '\u{AD}'),
        (E::Ibm855, 0x80, 'ђ'),
        (E::Ibm855, 0xDE, 'я'),
        (E::Ibm855, 0xE0, 'Я'),
        (E::Ibm855, 0xA0, 'а'),
        (E::Ibm855, 0xEF, '№'),
        (E::Ibm866, 0xEF, 'я'),
        (E::MacRoman, 0x8E, 'é'),
        (E::MacCyrillic, 0xDF, 'я'),
    ];
    for id in EncodingId::all() {
        assert_eq!(id.byte_table().is_some(), id.is_single_byte(), "{id}");
        assert_eq!(known.iter().any(|row| row.0 == id), id.is_single_byte(), "{id}");
    }
    for (id, byte, c) in known {
        assert_eq!(id.byte_table().unwrap()[byte - 0x80], c, "{id}");
    }
    assert_eq!(E::Windows1253.byte_table().unwrap()[0xAA - 0x80], '\u{FFFD}');
    assert_eq!(E::Windows874.byte_table().unwrap()[0xDB - 0x80], '\u{FFFD}');
}

#[test]
fn every_byte_of_every_single_byte_page_round_trips() {
    for id in EncodingId::all().filter(|id| id.is_single_byte()) {
        for byte in 0..=0xFF_u8 {
            let prefix = id.decode_prefix(&[byte]);
            let shown = match byte.checked_sub(0x80) {
                None => char::from(byte),
                Some(cell) => id.byte_table().unwrap()[usize::from(cell)],
            };
            if shown == '\u{FFFD}' {
                assert_eq!(prefix, DecodedPrefix { text: String::new(), read: 0, malformed: 1 });
            } else {
                assert_eq!(prefix, DecodedPrefix { text: text_of(shown), read: 1, malformed: 0 });
                assert_eq!(id.encode(&prefix.text).unwrap()[..], [byte], "{id}");
            }
        }
    }
}

#[test]
fn single_byte_prefixes_are_those_of_encoding_rs() {
    let bytes: Vec<u8> = (0..=0xFF).chain(b"plain text, then ".iter().copied()).chain((0x20..=0xFF).rev()).collect();
    for id in EncodingId::all() {
        let (Some(page), Some(encoding)) = (single_byte::page(id), id.whatwg()) else { continue };
        for from in 0..bytes.len() {
            let (ours, theirs) = (page.decode_prefix(&bytes[from..]), whatwg::decode_prefix(encoding, &bytes[from..]));
            assert_eq!(ours, theirs, "{id}");
        }
    }
}

#[test]
fn encoders_agree_with_encoding_rs_over_all_characters() {
    for id in EncodingId::all().filter(|id| !matches!(id, E::Utf8 | E::Utf16Le | E::Utf16Be)) {
        let Some(encoding) = id.whatwg() else { continue };
        for c in characters() {
            let text = text_of(c);
            let theirs = whatwg::encode(encoding, &text);
            assert_eq!(id.encode(&text).as_deref(), theirs.as_deref(), "{id} {c:?}");
            let pair = theirs.filter(|_| id.pair_of('一').is_some()).and_then(|bytes| <[u8; 2]>::try_from(bytes).ok());
            assert_eq!(id.pair_of(c), pair, "{id} {c:?}");
        }
        let beyond = "😀\u{10FFFF}";
        assert_eq!(id.encode(beyond).as_deref(), whatwg::encode(encoding, beyond).as_deref(), "{id}");
    }
}

#[test]
fn pairs_are_all_that_the_decoder_reads_as_one_character() {
    for id in [E::Gb18030, E::Big5, E::EucKr, E::ShiftJis, E::EucJp] {
        let one = |pair: [u8; 2]| {
            let text = id.decode(&pair)?;
            let mut characters = text.chars();
            characters.next().filter(|_| characters.next().is_none()).map(|c| (pair, c))
        };
        let expected: Vec<_> = (0x8000..=0xFFFF_u16).filter_map(|code| one(code.to_be_bytes())).collect();
        assert_eq!(id.pairs(), expected, "{id}");
    }
    assert_eq!(E::Utf8.pairs(), []);
}

#[test]
fn long_texts_agree_with_encoding_rs() {
    let text = "Перша ﾎﾟｯﾌﾟ line.\n中文 한국어 ¥‾ 𠀀 かな ąé€ — “quoted” ".repeat(3);
    for id in EncodingId::all() {
        let Some(encoding) = id.whatwg().filter(|encoding| encoding.output_encoding() == *encoding) else { continue };
        let held: String = text.chars().filter(|c| whatwg::encode(encoding, &text_of(*c)).is_some()).collect();
        assert_eq!(id.encode(&held).as_deref(), whatwg::encode(encoding, &held).as_deref(), "{id}");
        assert_eq!(id.encode(&format!("{held}\u{E0FF0}")).is_some(), matches!(id, E::Utf8 | E::Gb18030), "{id}");
    }
}

#[test]
fn any_bytes_give_a_prefix_that_decodes_alike() {
    // A linear congruential generator (Numerical Recipes); its high bytes are even enough.
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    warm();
    for _ in 0..1000 {
        let mask = [0xFF, 0x7F, 0x3F][usize::from(next() % 3)];
        let mut bytes: Vec<u8> = (0..next()).map(|_| next() & mask).collect();
        let opening: &[u8] = [&b""[..], b"~{", b"\x1B$)C\x0E", b"\x1B$B", b"\x8E\xA2"][usize::from(next() % 5)];
        bytes.splice(0..0, opening.iter().copied());
        for id in EncodingId::all() {
            let prefix = id.decode_prefix(&bytes);
            assert!(prefix.read + prefix.malformed <= bytes.len(), "{id}");
            assert_eq!(prefix.malformed == 0, prefix.read == bytes.len(), "{id}");
            let again = id.decode_prefix(&bytes[..prefix.read]);
            assert_eq!((again.text, again.read, again.malformed), (prefix.text, prefix.read, 0), "{id}");
        }
    }
}
