//! Labels that documents declare for the encodings that the WHATWG label table lacks, or forbids.
//!
//! The labels are IANA's (<https://www.iana.org/assignments/character-sets/character-sets.xhtml>) and those of the
//! C libraries. Does not hold the labels of the WHATWG table: `encoding_rs` does.

use super::EncodingId as E;

/// Lower-case labels.
const LABELS: &[(&str, E)] = &[
    // Without a byte order in the label little-endian, as the WHATWG table has it for `utf-16`.
    ("utf-32", E::Utf32Le),
    ("utf32", E::Utf32Le),
    ("csutf32", E::Utf32Le),
    ("utf-32le", E::Utf32Le),
    ("utf32le", E::Utf32Le),
    ("csutf32le", E::Utf32Le),
    ("ucs-4le", E::Utf32Le),
    ("utf-32be", E::Utf32Be),
    ("utf32be", E::Utf32Be),
    ("csutf32be", E::Utf32Be),
    ("ucs-4be", E::Utf32Be),
    // ISO/IEC 10646 puts the most significant octet first.
    ("ucs-4", E::Utf32Be),
    ("iso-10646-ucs-4", E::Utf32Be),
    ("csucs4", E::Utf32Be),
    // `encoding_rs` maps the next two, as the standard has it, to an encoding that reads nothing.
    ("hz-gb-2312", E::Hz),
    ("hz", E::Hz),
    ("iso-2022-kr", E::Iso2022Kr),
    ("iso2022-kr", E::Iso2022Kr),
    ("iso2022kr", E::Iso2022Kr),
    ("csiso2022kr", E::Iso2022Kr),
    ("euc-tw", E::EucTw),
    ("euctw", E::EucTw),
    ("x-euc-tw", E::EucTw),
    ("ibm437", E::Ibm437),
    ("cp437", E::Ibm437),
    ("437", E::Ibm437),
    ("cspc8codepage437", E::Ibm437),
    ("ibm850", E::Ibm850),
    ("cp850", E::Ibm850),
    ("850", E::Ibm850),
    ("cspc850multilingual", E::Ibm850),
    ("ibm855", E::Ibm855),
    ("cp855", E::Ibm855),
    ("855", E::Ibm855),
    ("csibm855", E::Ibm855),
];

/// The encoding of a label of the table; case and surrounding white space do not matter.
pub(super) fn find(label: &str) -> Option<E> {
    let label = label.trim_matches(['\t', '\n', '\u{C}', '\r', ' ']);
    LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use super::super::EncodingId;
    use super::LABELS;

    #[test]
    fn labels_lead_to_their_encodings_whatever_their_case() {
        for (label, id) in LABELS {
            assert_eq!(EncodingId::for_label(label), Some(*id));
            assert_eq!(EncodingId::for_label(&format!(" {}\n", label.to_uppercase())), Some(*id));
            assert_eq!(*label, label.to_lowercase());
        }
        assert_eq!(EncodingId::for_label("cp866"), Some(EncodingId::Ibm866));
        assert_eq!(EncodingId::for_label("utf-16"), Some(EncodingId::Utf16Le));
        assert_eq!(EncodingId::for_label("iso-8859-1"), Some(EncodingId::Windows1252));
        assert_eq!(EncodingId::for_label("iso-2022-cn"), None);
        assert_eq!(EncodingId::for_label(""), None);
    }

    #[test]
    fn no_label_hides_one_that_encoding_rs_reads() {
        for (label, _) in LABELS {
            let known = encoding_rs::Encoding::for_label(label.as_bytes());
            assert!(known.is_none_or(|known| known == encoding_rs::REPLACEMENT), "{label}");
        }
    }

    #[test]
    fn every_name_is_a_label() {
        // ISO-8859-1 is windows-1252 to the web.
        for id in EncodingId::all().filter(|id| *id != EncodingId::Latin1) {
            assert_eq!(EncodingId::for_label(id.name()), Some(id));
        }
    }
}
