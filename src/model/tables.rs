//! `assets/model/characters.bin`, as `train.py` beside it writes it, to look-up tables.

use std::sync::LazyLock;

use super::class::{self, Class};
use crate::encoding::EncodingId;

static BYTES: &[u8] = include_bytes!("../../assets/model/characters.bin");

/// What the model knows of one character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Info {
    pub(super) class: Class,
    /// An upper-case letter; its index is that of the lower-case one.
    pub(super) upper: bool,
    /// 1-based index in the alphabet of its script, 0 outside the alphabets.
    pub(super) index: u8,
    /// What the character costs within its class, in 1/8 bit.
    pub(super) own: u8,
}

/// Costs of the letters of one script after each other, in 1/8 bit; index 0 is the edge of a word.
pub(super) struct Alphabet {
    stride: usize,
    costs: Vec<u8>,
}

impl Alphabet {
    pub(super) fn cost(&self, before: u8, letter: u8) -> u8 {
        self.costs.get(usize::from(before) * self.stride + usize::from(letter)).copied().unwrap_or(u8::MAX)
    }
}

/// One language of a script that several share.
pub(super) struct Language {
    pub(super) tag: &'static str,
    /// The pooled costs of the script, with those of the language where it has the letters.
    pub(super) alphabet: Alphabet,
}

pub(super) struct Tables {
    /// By the number of the script's class.
    pub(super) alphabets: Vec<Alphabet>,
    /// The languages in Latin script.
    pub(super) languages: Vec<Language>,
    /// By code point, of the Basic Multilingual Plane.
    infos: Vec<Info>,
    /// Costs of the ideographs from `FIRST_HAN` on, by [`Press`], in 1/8 bit, in text that is its own for certain.
    han: [Vec<u8>; PRESSES],
    /// Their costs in text of any press.
    pooled_han: &'static [u8],
}

/// Who prints with ideographs, and with which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Chinese in simplified characters.
    Simplified,
    /// Chinese in traditional characters.
    Traditional,
    /// Japanese.
    Japanese,
    /// Korean, which has few of them today.
    Korean,
}

impl Press {
    /// Whose ideographs an encoding was made for.
    pub fn of(encoding: EncodingId) -> Option<Self> {
        match encoding {
            EncodingId::Gb18030 | EncodingId::Hz => Some(Self::Simplified),
            EncodingId::Big5 | EncodingId::EucTw => Some(Self::Traditional),
            EncodingId::ShiftJis | EncodingId::EucJp | EncodingId::Iso2022Jp => Some(Self::Japanese),
            EncodingId::EucKr | EncodingId::Iso2022Kr => Some(Self::Korean),
            _ => None,
        }
    }
}

/// Presses that the file has tables of; the Korean one prints the traditional forms.
const PRESSES: usize = 3;

/// What any ideograph costs more in Korean text, in 1/8 bit.
const IN_KOREAN: u8 = 64;

/// Costs from here on are of characters that no model saw, in 1/8 bit.
const UNSEEN: u8 = 21 * 8;

const FIRST_HAN: u32 = 0x4E00;

const PLANE: usize = 0x1_0000;

/// What text in a known language costs more under the pooled table, in 1/8 bit: a quarter of the weight.
const POOLED: u8 = 16;
/// The same for a letter that the language does not use: it stands in foreign names only.
const FOREIGN: u8 = 28;
/// The same under the table of its language, which has three quarters.
pub(super) const OWN: u8 = 3;

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

impl Tables {
    #[inline]
    pub(super) fn info(&self, c: char) -> Info {
        match self.infos.get(u32::from(c) as usize) {
            Some(info) => *info,
            None => Info { class: class::of_supplementary(c), upper: false, index: 0, own: class::own(c) },
        }
    }

    /// What an ideograph costs in the text of a press; in that of any where it is rare there.
    pub(super) fn han(&self, c: char, press: Press) -> Option<u8> {
        let index = han_index(c)?;
        let pooled = *self.pooled_han.get(index)?;
        let own = |press: Press| self.han[press as usize].get(index).map(|own| mixed(*own, pooled));
        match press {
            Press::Korean => own(Press::Traditional).map(|own| own.saturating_add(IN_KOREAN)),
            press => own(press),
        }
    }

    /// The same in text that is certainly of that press.
    pub(super) fn own_han(&self, c: char, press: Press) -> Option<u8> {
        let index = han_index(c)?;
        self.han.get(press as usize)?.get(index).copied()
    }

    fn read() -> Self {
        let mut reader = Reader::new(BYTES.get(4..).unwrap_or_default());
        let mut infos: Vec<Info> = (0..PLANE).map(by_rule).collect();
        let (mut alphabets, mut languages) = (Vec::new(), Vec::new());
        let mut han: [Vec<u8>; PRESSES] = Default::default();
        let mut pooled_han: &[u8] = &[];
        for _ in 0..reader.byte() {
            let class = Class::of_script(reader.byte());
            let letters: Vec<u32> = (0..reader.half()).map(|_| reader.word()).collect();
            let stride = letters.len() + 1;
            let pooled = Alphabet { stride, costs: reader.take(stride * stride).to_vec() };
            for (letter, index) in letters.iter().zip(1..) {
                set_letter(&mut infos, *letter, Info { class, upper: false, index, own: pooled.cost(0, index) });
            }
            for _ in 0..reader.byte() {
                languages.push(read_language(&mut reader, &pooled));
            }
            alphabets.push(pooled);
        }
        for _ in 0..reader.half() {
            let (code, script, index, extra) = (reader.word(), reader.byte(), reader.byte(), reader.byte());
            let alphabet = alphabets.get(usize::from(script));
            let own = alphabet.map_or(u8::MAX, |a| a.cost(0, index)).saturating_add(extra);
            // A letter of no known language: it is told by its own cost, whatever stands beside it.
            set_letter(&mut infos, code, Info { class: Class::of_script(script), upper: false, index: 0, own });
        }
        for _ in 0..reader.byte() {
            let (class, first, length) = (Class::of_script(reader.byte()), reader.word(), reader.word());
            let presses = reader.byte();
            let pooled = reader.take(length as usize);
            for (code, own) in (first as usize..).zip(pooled) {
                // What the model never saw is no letter: the rule knows more of it.
                let seen = |info: &&mut Info| info.class == class && (*own < UNSEEN || class != Class::Devanagari);
                if let Some(info) = infos.get_mut(code).filter(seen) {
                    info.own = *own;
                }
            }
            for table in han.iter_mut().take(usize::from(presses)) {
                *table = reader.take(length as usize).to_vec();
                pooled_han = pooled;
                // A text that stands as it is may be of any press.
                for ((code, own), pooled) in (first as usize..).zip(&*table).zip(pooled) {
                    if let Some(info) = infos.get_mut(code) {
                        info.own = info.own.min(mixed(*own, *pooled));
                    }
                }
            }
        }
        Self { alphabets, languages, infos, han, pooled_han }
    }
}

fn han_index(c: char) -> Option<usize> {
    Some(u32::from(c).checked_sub(FIRST_HAN)? as usize)
}

/// What the class of a character tells without the trained tables.
fn by_rule(code: usize) -> Info {
    let c = u32::try_from(code).ok().and_then(char::from_u32).unwrap_or('\u{FFFD}');
    Info { class: class::of(c), upper: c.is_uppercase(), index: 0, own: class::own(c) }
}

/// A lower-case letter, and the upper-case one that goes with it.
fn set_letter(infos: &mut [Info], letter: u32, info: Info) {
    let Some(lower) = char::from_u32(letter) else { return };
    let mut upper = lower.to_uppercase();
    let single = upper.next().filter(|_| upper.next().is_none());
    for (c, upper) in [(Some(lower), false), (single.filter(|c| *c != lower), true)] {
        // ſ and ı have I and S as upper case, which belong to s and i.
        if let Some(slot) = c.and_then(|c| infos.get_mut(u32::from(c) as usize))
            && (!upper || slot.index == 0)
        {
            *slot = Info { upper, ..info };
        }
    }
}

fn read_language(reader: &mut Reader<'static>, pooled: &Alphabet) -> Language {
    let length = usize::from(reader.byte());
    let tag = std::str::from_utf8(reader.take(length)).unwrap_or_default();
    let count = usize::from(reader.byte());
    let indices: Vec<usize> = std::iter::once(0).chain(reader.take(count).iter().map(|i| usize::from(*i))).collect();
    let own = reader.take(indices.len() * indices.len());
    let mut costs: Vec<u8> = pooled.costs.iter().map(|cost| cost.saturating_add(FOREIGN)).collect();
    for (row, before) in own.chunks(indices.len()).zip(&indices) {
        for (cost, letter) in row.iter().zip(&indices) {
            let slot = &mut costs[before * pooled.stride + letter];
            *slot = mixed(*cost, pooled.costs[before * pooled.stride + letter]);
        }
    }
    Language { tag, alphabet: Alphabet { stride: pooled.stride, costs } }
}

/// Cost in a text of which three quarters are in a known language.
fn mixed(own: u8, pooled: u8) -> u8 {
    own.saturating_add(OWN).min(pooled.saturating_add(POOLED))
}

/// Reads numbers off the front; past the end everything is zero or empty, which a test rules out.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        taken
    }

    fn number(&mut self, length: usize) -> u32 {
        self.take(length).iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    pub(super) fn half(&mut self) -> u16 {
        u16::try_from(self.number(2)).unwrap_or_default()
    }

    pub(super) fn word(&mut self) -> u32 {
        self.number(4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_to_its_end() {
        assert_eq!(&BYTES[..4], b"OCM3");
        assert!(BYTES.len() < 1_500_000);
        let tables = Tables::read();
        assert_eq!(tables.alphabets.len(), 5);
        assert!(tables.languages.len() >= 25);
        assert!(tables.han('国', Press::Simplified) < tables.han('国', Press::Traditional));
        for (c, class, upper) in [
            ('e', Class::Latin, false),
            ('Ž', Class::Latin, true),
            ('I', Class::Latin, true),
            ('я', Class::Cyrillic, false),
            ('Σ', Class::Greek, true),
            ('的', Class::Han, false),
            ('の', Class::Kana, false),
            ('한', Class::Hangul, false),
            ('ب', Class::Arabic, false),
            ('ש', Class::Hebrew, false),
        ] {
            let info = tables.info(c);
            assert_eq!((info.class, info.upper), (class, upper), "{c}");
        }
        assert!(tables.info('的').own < tables.info('丂').own);
        assert_eq!(tables.info('I').index, tables.info('i').index);
    }
}
