//! HZ (RFC 1843, <https://www.rfc-editor.org/rfc/rfc1843>) to text and back: GB 2312 between `~{` and `~}`, in 7 bits.
//!
//! Strict: an undefined escape, a pair outside GB 2312, a control or space between the braces, a byte above 7F end the
//! decoded prefix. A text without escapes is ASCII (section 3 of the RFC), and one that ends between the braces is
//! read to its end. Does not break long lines with `~` and a line feed when encoding, though it reads such lines, and
//! does not know the escapes that other programs added.

use super::DecodedPrefix;
use super::set94::GB_2312;

/// Decodes the longest well-formed prefix.
pub(super) fn decode_prefix(bytes: &[u8]) -> DecodedPrefix {
    let set = &*GB_2312;
    let (mut text, mut read, mut in_gb) = (String::new(), 0, false);
    let malformed = loop {
        // RFC 1843 §2: what a byte means depends on the mode.
        read += match (in_gb, bytes.get(read..).unwrap_or_default()) {
            (_, []) => break 0,
            (false, [b'~', b'~', ..]) => {
                text.push('~');
                2
            }
            (false, [b'~', b'\n', ..]) => 2,
            (false, [b'~', b'{', ..]) | (true, [b'~', b'}', ..]) => {
                in_gb = !in_gb;
                2
            }
            (false, [b'~' | 0x80.., ..]) => break 1,
            (false, [ascii, ..]) => {
                text.push(char::from(*ascii));
                1
            }
            (true, rest) => match set.push(rest, &mut text) {
                Ok(length) => length,
                Err(malformed) => break malformed,
            },
        };
    };
    DecodedPrefix { text, read, malformed }
}

/// The bytes of `text`, each run of Chinese in its own braces; `None` where a character is missing.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let set = &*GB_2312;
    let (mut bytes, mut in_gb) = (Vec::with_capacity(text.len()), false);
    for c in text.chars() {
        // Line ends and spaces are ASCII too: RFC 1843 §2 wants them outside the braces.
        if in_gb && c.is_ascii() {
            bytes.extend_from_slice(b"~}");
        } else if !in_gb && !c.is_ascii() {
            bytes.extend_from_slice(b"~{");
        }
        in_gb = !c.is_ascii();
        match u8::try_from(c) {
            Ok(b'~') => bytes.extend_from_slice(b"~~"),
            Ok(ascii @ ..=0x7F) => bytes.push(ascii),
            _ => bytes.extend_from_slice(&set.pair(c)?),
        }
    }
    if in_gb {
        bytes.extend_from_slice(b"~}");
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::EncodingId;

    fn prefix(bytes: &[u8]) -> (String, usize, usize) {
        let prefix = EncodingId::Hz.decode_prefix(bytes);
        (prefix.text, prefix.read, prefix.malformed)
    }

    #[test]
    fn the_examples_of_the_rfc() {
        // RFC 1843 §4, examples 1 to 3; the sentence in GB is of Confucius.
        let text = "This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。Bye.\n";
        let examples: [&[u8]; 3] = [
            b"This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.\n",
            b"This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,~}~\n~{NpJ)l6HK!#~}Bye.\n",
            b"This sentence is in ASCII.\nThe next sentence is in GB.~\n~{<:Ky2;S{#,NpJ)l6HK!#~}~\nBye.\n",
        ];
        for example in examples {
            assert_eq!(EncodingId::Hz.decode(example).unwrap(), text);
        }
        assert_eq!(EncodingId::Hz.encode(text).unwrap()[..], examples[0][..]);
    }

    #[test]
    fn the_form_written_is_canonical() {
        assert_eq!(EncodingId::Hz.encode("中文\n中 ~文").unwrap()[..], b"~{VPND~}\n~{VP~} ~~~{ND~}"[..]);
        assert_eq!(EncodingId::Hz.encode("").unwrap()[..], b""[..]);
        for missing in ["ö", "€", "中ö", "丂", "😀", "\u{80}"] {
            assert_eq!(EncodingId::Hz.encode(missing), None, "{missing}");
        }
    }

    #[test]
    fn every_character_round_trips() {
        let defined = |c: &char| EncodingId::Hz.encode(c.encode_utf8(&mut [0; 4])).is_some();
        let text: String = ('\0'..='\u{FFFF}').filter(defined).collect();
        assert_eq!(text.chars().count(), 128 + 6763 + 682);
        assert_eq!(EncodingId::Hz.decode(&EncodingId::Hz.encode(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn malformed_sequences_end_the_prefix() {
        assert_eq!(prefix(b"a~b"), ("a".into(), 1, 1));
        assert_eq!(prefix(b"a~"), ("a".into(), 1, 1));
        assert_eq!(prefix(b"a~}"), ("a".into(), 1, 1));
        assert_eq!(prefix(b"a\xD6\xD0"), ("a".into(), 1, 1));
        // A pair broken off, by the end, a line end, a space or a byte of 8 bits.
        assert_eq!(prefix(b"~{VPN"), ("中".into(), 4, 1));
        assert_eq!(prefix(b"~{VP\n~}"), ("中".into(), 4, 1));
        assert_eq!(prefix(b"~{VP ND~}"), ("中".into(), 4, 1));
        assert_eq!(prefix(b"~{VPN~}"), ("中牺".into(), 6, 1));
        assert_eq!(prefix(b"~{\xD6\xD0~}"), (String::new(), 2, 1));
        // Undefined in GB 2312: 78 is beyond the rows, 2226 a small Roman numeral of GBK's.
        assert_eq!(prefix(b"~{x!~}"), (String::new(), 2, 2));
        assert_eq!(prefix(b"~{\"&~}"), (String::new(), 2, 2));
        // Well-formed though not canonical.
        assert_eq!(prefix(b"~{~}~{VP"), ("中".into(), 8, 0));
    }
}
