//! The decoders and encoders of the WHATWG Encoding Standard (<https://encoding.spec.whatwg.org/>), by `encoding_rs`.
//!
//! Strict where browsers are not: a malformed sequence ends the decoded prefix, and a character that the encoding
//! lacks ends the encoding. Does not look for byte order marks.

use encoding_rs::{DecoderResult, EncoderResult, Encoding};

use super::DecodedPrefix;

/// Bytes by which a decoder's output grows.
const GROWTH: usize = 4096;

/// Decodes the longest well-formed prefix.
pub(super) fn decode_prefix(encoding: &'static Encoding, bytes: &[u8]) -> DecodedPrefix {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Grown as needed: after a malformed byte the rest of a long file is decoded anew.
    let mut text = String::with_capacity(2 * bytes.len().min(GROWTH) + 16);
    let mut read = 0;
    loop {
        let (result, consumed) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += consumed;
        match result {
            DecoderResult::InputEmpty => return DecodedPrefix { text, read, malformed: 0 },
            DecoderResult::OutputFull => text.reserve(text.len().max(GROWTH)),
            DecoderResult::Malformed(bad, after) => {
                let (bad, after) = (usize::from(bad), usize::from(after));
                return DecodedPrefix { text, read: read.saturating_sub(bad + after), malformed: bad.max(1) };
            }
        }
    }
}

/// The bytes of `text`, `None` where a character is missing.
pub(super) fn encode(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let mut encoder = encoding.new_encoder();
    let mut bytes = Vec::with_capacity(encoder.max_buffer_length_from_utf8_without_replacement(text.len())?);
    match encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true).0 {
        EncoderResult::InputEmpty => Some(bytes),
        EncoderResult::OutputFull | EncoderResult::Unmappable(_) => None,
    }
}

/// The bytes of one character, where they are no more than four, and their number.
pub(super) fn encode_character(encoding: &'static Encoding, c: char) -> Option<([u8; 4], usize)> {
    // The encoder wants room for a numeric reference, whether it writes one or not.
    let (mut utf8, mut buffer) = ([0; 4], [0; 16]);
    let text = c.encode_utf8(&mut utf8);
    let (result, _, length) = encoding.new_encoder().encode_from_utf8_without_replacement(text, &mut buffer, true);
    let bytes = [buffer[0], buffer[1], buffer[2], buffer[3]];
    (result == EncoderResult::InputEmpty && (1..=4).contains(&length)).then_some((bytes, length))
}
