//! Which 8-bit encoding bytes are in: the one whose text costs least under the character model.
//!
//! Every encoding reads a sample of the bytes; what each of the texts costs, in bits of description length, is
//! compared. Bytes that an encoding does not define cost as much as several characters. A declared label is worth a
//! few bits and no more: labels lie.

use crate::encoding::EncodingId;
use crate::model::{BIT, Model};
use crate::span::Permille;

use EncodingId as E;

/// The encodings with the bits of their priors: how rare each is on scraped pages.
const CANDIDATES: &[(EncodingId, u32)] = &[
    (E::Windows1252, 0),
    (E::Gb18030, 2),
    (E::Windows1251, 3),
    (E::ShiftJis, 3),
    (E::Big5, 4),
    (E::EucKr, 4),
    (E::EucJp, 5),
    (E::Windows1250, 4),
    (E::Windows1253, 5),
    (E::Windows1254, 6),
    (E::Windows1255, 5),
    (E::Windows1256, 5),
    (E::Windows1257, 6),
    (E::Windows1258, 7),
    (E::Windows874, 6),
    (E::Koi8R, 5),
    (E::Koi8U, 7),
    (E::Iso8859_2, 6),
    (E::Iso8859_5, 8),
    (E::Iso8859_6, 8),
    (E::Iso8859_7, 8),
    (E::Iso8859_8, 8),
    (E::Iso8859_15, 6),
    (E::Iso8859_3, 10),
    (E::Iso8859_4, 10),
    (E::Iso8859_10, 12),
    (E::Iso8859_13, 10),
    (E::Iso8859_14, 12),
    (E::Iso8859_16, 12),
    (E::MacRoman, 9),
    (E::MacCyrillic, 10),
    (E::Ibm866, 8),
    (E::Ibm855, 11),
    (E::Ibm850, 9),
    (E::Ibm437, 10),
    (E::EucTw, 12),
];

/// Bytes of the sample, of words with bytes above 7F.
const SAMPLE: usize = 4096;

/// Bytes whose ASCII letters tell the language.
const HEAD: usize = 16 * 1024;

/// Bits that a byte costs which the encoding does not define.
const MALFORMED: u32 = 40 * BIT;

/// Bits that a declared label is worth.
const DECLARED: u32 = 10 * BIT;

/// Bits a byte above 7F beyond which no encoding explains a text. The files of the reference set cost 3 to 11 in
/// their own encoding; those in VISCII, TCVN and T.61, which are not among the candidates, 14 to 20 in the best.
const UNKNOWN: u32 = 13 * BIT;

/// How bytes are to be read.
pub(super) struct Guess {
    /// The likeliest encoding.
    pub(super) encoding: EncodingId,
    pub(super) evidence: String,
    pub(super) confidence: Permille,
    /// No encoding explains the text.
    pub(super) unknown: bool,
}

/// What reading bytes in one encoding costs.
#[derive(Clone, Copy)]
struct Cost {
    encoding: EncodingId,
    /// 1/256 bit.
    bits: u32,
}

/// The likeliest encoding of bytes above 7F, of a text that is not UTF-8.
pub(super) fn legacy_encoding(bytes: &[u8], declared: Option<EncodingId>) -> Guess {
    let sample = sample(bytes);
    let model = model(bytes);
    let mut costs: Vec<Cost> = CANDIDATES
        .iter()
        .map(|(encoding, prior)| {
            let label = if declared == Some(*encoding) { 0 } else { DECLARED };
            Cost { encoding: *encoding, bits: reading_cost(*encoding, &sample, &model) + prior * BIT + label }
        })
        .collect();
    // The likelier encoding of two that cost the same stands first.
    costs.sort_by_key(|cost| cost.bits);
    let (best, second) = (costs[0], rival(&costs, &sample));
    let above = u32::try_from(sample.iter().filter(|b| !b.is_ascii()).count()).unwrap_or(u32::MAX).max(1);
    let ascii: u32 = model.total(&sample.iter().filter(|b| b.is_ascii()).map(|b| char::from(*b)).collect::<String>());
    let unknown = best.bits.saturating_sub(ascii) / above > UNKNOWN && above >= LEAST_ABOVE;
    let margin = second.map_or(u32::MAX, |second| second.bits - best.bits) / BIT;
    let confidence = match margin {
        _ if unknown => 400,
        0..3 => 700,
        3..8 => 850,
        8..20 => 950,
        _ => 990,
    };
    let rest = second.map_or(String::new(), |second| format!("; {margin} bits better than {}", second.encoding));
    let evidence = format!("not UTF-8; statistics of {above} bytes above 7F{rest}");
    Guess { encoding: best.encoding, evidence, confidence: Permille::new(confidence), unknown }
}

/// The model of the language that the ASCII letters of bytes tell.
pub(super) fn model(bytes: &[u8]) -> Model {
    Model::for_text(&String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]))
}

/// Bytes above 7F that tell whether an encoding is known at all.
const LEAST_ABOVE: u32 = 24;

/// The best encoding that reads other characters than the first.
fn rival(costs: &[Cost], sample: &[u8]) -> Option<Cost> {
    let text = read(costs[0].encoding, sample).0;
    costs[1..].iter().copied().find(|cost| read(cost.encoding, sample).0 != text)
}

/// What a text costs that `encoding` reads, in 1/256 bit.
pub(super) fn reading_cost(encoding: EncodingId, bytes: &[u8], model: &Model) -> u32 {
    let (text, malformed) = read(encoding, bytes);
    let (text, model) = (text.as_str(), model.with_press(encoding));
    model.total(text).saturating_add(MALFORMED.saturating_mul(u32::try_from(malformed).unwrap_or(u32::MAX)))
}

/// Text with what is not defined left out, and how many bytes that are.
fn read(encoding: EncodingId, bytes: &[u8]) -> (String, usize) {
    let (mut text, mut malformed, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        let prefix = encoding.decode_prefix(&bytes[at..]);
        text.push_str(&prefix.text);
        at += prefix.read;
        if prefix.malformed > 0 {
            // Scrapers append the no-break spaces of the page to double-byte text as bytes A0.
            if bytes[at] == 0xA0 {
                text.push('\u{A0}');
            } else {
                malformed += 1;
            }
            at += 1;
        }
        if malformed > bytes.len() / 16 + 4 {
            return (text, malformed + (bytes.len() - at) / 2);
        }
    }
    (text, malformed)
}

/// Words with bytes above 7F, spread over the bytes. No character of any of the encodings holds a space.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let words = || bytes.split(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).filter(|word| !word.is_ascii());
    let total: usize = words().map(|word| word.len().min(LONGEST_WORD)).sum();
    let step = total.div_ceil(SAMPLE).max(1);
    let mut sample = Vec::new();
    for word in words().step_by(step) {
        sample.extend_from_slice(&word[..word.len().min(LONGEST_WORD)]);
        sample.push(b' ');
    }
    sample
}

/// Bytes of a word that are looked at: a paragraph of Chinese has no spaces.
const LONGEST_WORD: usize = 1024;
