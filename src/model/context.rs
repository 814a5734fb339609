//! What a letter costs after the two or three before it, and an ideograph after the one before: enough to tell which
//! of several stood where one was lost. Read from `assets/model/contexts.bin` language by language as texts need it.

use std::io::Read as _;
use std::sync::{LazyLock, OnceLock};

use flate2::read::ZlibDecoder;

use super::class::{self, Class};
use super::tables::{Press, Reader};
use super::{BIT, Model, Symbol};

static BYTES: &[u8] = include_bytes!("../../assets/model/contexts.bin");

/// The languages and presses of the file, each inflated when it is needed.
static KNOWN: LazyLock<Known> = LazyLock::new(Known::read);

/// Bits that a letter costs more where the longer sequence is not known.
const UNKNOWN: u32 = 3;

/// Bits that the tables count within a word; what stands in no table is dearer than anything there.
const UNSEEN: u32 = 18;

/// Bits that a letter counts which a language in Latin script does not have, where the language is told.
const STRANGE: u32 = 8;

/// What a letter costs that the language does not have.
const FOREIGN: u32 = 20 * BIT;

/// Letters of the longest sequence, without its last.
pub const HISTORY: usize = 4;

/// Bits that a pair of ideographs costs more that no word has.
const NO_PAIR: u32 = 2 * BIT;

/// The last syllables of most Korean words: particles, and the endings of verbs.
const ENDINGS: [char; 40] = [
    '의', '은', '는', '이', '가', '을', '를', '에', '서', '로', '도', '와', '과', '만', '다', '고', '며', '한', '할',
    '지', '어', '아', '여', '게', '면', '니', '요', '자', '들', '인', '된', '될', '해', '히', '적', '나', '라', '기',
    '든', '큼',
];
const NO_ENDING: u32 = 3 * BIT;

/// Letters of a text below which its language is not told, and ideographs below which its press is not.
const LEAST_LETTERS: usize = 12;
const LEAST_HAN: usize = 6;

/// Characters of a text that tell its language.
const SAMPLE: usize = 1000;

/// One of the kana among so many ideographs, and so many at least, make a text Japanese.
const ONE_IN_KANA: usize = 20;
const LEAST_KANA: usize = 3;

/// What characters cost after several others, in text like a given one.
#[derive(Clone, Copy)]
pub struct Context {
    letters: Option<&'static Letters>,
    pairs: Option<&'static Pairs>,
    press: Option<Press>,
}

impl Context {
    /// For text like `sample`: its language, where its script has several, and its press.
    pub fn for_text(sample: &str, model: &Model) -> Self {
        let press = press_of(sample);
        let pairs = press.and_then(|press| KNOWN.pairs.get(press as usize)).map(Deflated::get);
        Self { letters: Letters::for_text(sample, model), pairs, press }
    }

    /// Whether more than a character's neighbour tells what it is.
    pub fn tells(&self) -> bool {
        self.letters.is_some() || self.pairs.is_some()
    }

    /// Whose ideographs the text has, where that was told.
    pub fn press(&self) -> Option<Press> {
        self.press
    }

    /// The language whose sequences of letters are expected, as BCP 47 has it.
    pub fn language(&self) -> Option<&'static str> {
        self.letters.map(|letters| letters.tag)
    }

    /// Cost of `this` after the characters `before`, the last of them nearest, in 1/256 bit.
    pub fn cost(&self, model: &Model, before: &[char], this: char) -> u32 {
        let last = self.symbol(model, before.last().copied().unwrap_or('\n'));
        let usual = model.cost(last, self.symbol(model, this)) + unattached(last.c, this);
        if let Some(letters) = self.letters
            && let Some(cost) = letters.cost(before, this)
        {
            let this = model.symbol(this);
            if letters.index_or_edge(this.c) != Some(EDGE) {
                let case =
                    if begins_sentence(before) { sentence_case(this) } else { super::case_cost(last.info, this.info) };
                return cost + case;
            }
            let initial = if is_initial(before, this.c) { INITIAL } else { 0 };
            return usual + initial + cost - (model.edge(last.info, this.info) * (BIT / 8)).min(usual);
        }
        let Some(pairs) = self.pairs else { return usual + ending(last.c, this) };
        match pairs.cost(last.c, this) {
            Some(cost) => cost.min(usual),
            None if class_of(this) == Class::Han && class_of(last.c) == Class::Han => usual + NO_PAIR,
            None => usual,
        }
    }

    fn symbol(&self, model: &Model, c: char) -> Symbol {
        let mut symbol = model.symbol(c);
        if symbol.info.class == Class::Han
            && let Some(own) = self.press.and_then(|press| model.tables.own_han(c, press))
        {
            symbol.info.own = own;
        }
        symbol
    }
}

/// Whether a letter after these characters begins a sentence.
fn begins_sentence(before: &[char]) -> bool {
    matches!(before, [.., '\n'] | [.., '.' | '!' | '?', ' '])
}

/// Whether these are a word of one capital letter inside a sentence, and not an abbreviated name.
fn is_initial(before: &[char], this: char) -> bool {
    let [earlier @ .., ' ' | '\'' | '’', letter] = before else { return false };
    letter.is_uppercase() && this == ' ' && !earlier.last().is_some_and(|c| matches!(c, '.' | '!' | '?'))
}

/// Bits that such a word costs: only English has one.
const INITIAL: u32 = 4 * BIT;

/// What the case of a letter costs there.
fn sentence_case(this: Symbol) -> u32 {
    if this.info.upper { 0 } else { 4 * BIT }
}

/// Bits that a vowel sign costs without a letter of its script before it.
const UNATTACHED: u32 = 12 * BIT;

fn unattached(last: char, this: char) -> u32 {
    let is_sign = matches!(this, '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}' | '\u{E30}'..='\u{E3A}' | '\u{E45}' | '\u{E47}'..='\u{E4E}');
    if is_sign && class_of(last) != class_of(this) { UNATTACHED } else { 0 }
}

/// What the end of a word costs after a syllable of Hangul, beyond what it costs after any.
fn ending(last: char, this: char) -> u32 {
    let ends = class_of(last) == Class::Hangul && !this.is_alphabetic();
    if ends && !ENDINGS.contains(&last) { NO_ENDING } else { 0 }
}

/// Whose ideographs a text has.
fn press_of(sample: &str) -> Option<Press> {
    let of = |class: Class| sample.chars().filter(|c| class_of(*c) == class).count();
    let (han, kana) = (of(Class::Han), of(Class::Kana));
    if kana * ONE_IN_KANA > han && kana >= LEAST_KANA {
        return Some(Press::Japanese);
    }
    if han < LEAST_HAN {
        return None;
    }
    let model = Model::pooled();
    let cost = |press: &Press| {
        let han = sample.chars().filter(|c| class_of(*c) == Class::Han);
        han.map(|c| u32::from(model.printed(c, Some(*press)).info.own)).sum::<u32>()
    };
    [Press::Simplified, Press::Traditional].into_iter().min_by_key(cost)
}

fn class_of(c: char) -> Class {
    if u32::from(c) < 0x1_0000 { class::of(c) } else { class::of_supplementary(c) }
}

/// Index of the edge of a word in the tables; the letters follow.
const EDGE: usize = 0;

/// Characters below this, which are nearly all of the alphabets, are looked up in a table.
const PLACES: u32 = 0x600;

/// Stands for no index.
const NOWHERE: u8 = u8::MAX;

/// The index of a character in the tables of a language.
fn place(c: char, class: Class, letters: &[char]) -> Option<u8> {
    // Its lower case is two characters.
    let c = if c == 'İ' { 'i' } else { c };
    let mut lower = c.to_lowercase();
    let letter = lower.next().filter(|_| lower.next().is_none()).and_then(|c| letters.binary_search(&c).ok());
    match letter {
        Some(at) => u8::try_from(at + 1).ok(),
        None => (class_of(c) != class).then_some(EDGE as u8),
    }
}

/// The sequences of letters of one language.
struct Letters {
    tag: &'static str,
    class: Class,
    /// Sorted; the first has the index 1.
    letters: Vec<char>,
    /// The indices of all characters below [`PLACES`].
    places: Vec<u8>,
    /// Costs of sequences of two letters, of three, and of four.
    tables: Vec<Deflated<Vec<u8>>>,
    /// Costs of the end of a word after three letters that are all of it.
    words: Deflated<Vec<u8>>,
}

impl Letters {
    /// The language of the script of a text: that of a third of its letters, else Latin.
    fn for_text(sample: &str, model: &Model) -> Option<&'static Self> {
        let letters: Vec<Class> = sample.chars().map(class_of).filter(|class| class.has_pairs()).collect();
        let count = |class: Class| letters.iter().filter(|known| **known == class).count();
        // Latin letters stand in text of any script.
        let foreign = (Class::Greek as u8..=Class::Hebrew as u8).map(Class::of_script);
        let script = foreign.max_by_key(|class| count(*class)).filter(|class| count(*class) * 3 > letters.len());
        let script = script.unwrap_or(Class::Latin);
        // A few Latin words stand in any text.
        let others = sample.chars().filter(|c| c.is_alphabetic() && !class_of(*c).has_pairs()).count();
        if count(script) < LEAST_LETTERS || others > letters.len() {
            return None;
        }
        let mut own = KNOWN.languages.iter().filter(|language| language.class == script);
        if script == Class::Latin
            && let Some(told) = model.language()
        {
            return own.find(|language| language.tag == told);
        }
        let end = sample.char_indices().nth(SAMPLE).map_or(sample.len(), |(at, _)| at);
        own.min_by_key(|language| language.total(&sample[..end]))
    }

    /// Cost of the sequences of a text in this language.
    fn total(&self, sample: &str) -> u32 {
        let places: Vec<Option<usize>> = sample.chars().map(|c| self.index_or_edge(c)).collect();
        let within = |end: usize| {
            let before = &places[end.saturating_sub(HISTORY)..end];
            let cost = self.cost_at(before.iter().rev().map_while(|place| *place), places[end])?;
            // Names bring letters of other languages.
            let names = cost == FOREIGN && self.class == Class::Latin;
            Some(if names { STRANGE } else { cost / BIT })
        };
        (0..places.len()).filter_map(within).sum()
    }

    /// Index of a letter, of the edge of a word for what is none, nothing for a letter that the language does not have.
    #[inline]
    fn index_or_edge(&self, c: char) -> Option<usize> {
        match self.places.get(u32::from(c) as usize) {
            Some(&NOWHERE) => None,
            Some(place) => Some(usize::from(*place)),
            None => place(c, self.class, &self.letters).map(usize::from),
        }
    }

    /// Cost of a letter, or of the end of a word, after the letters and the edge before it; `None` between words and
    /// after letters that the language does not have.
    fn cost(&self, before: &[char], this: char) -> Option<u32> {
        self.cost_at(before.iter().rev().map_while(|c| self.index_or_edge(*c)), self.index_or_edge(this))
    }

    /// The same by the indices of the characters, of those before it the nearest first.
    fn cost_at(&self, history: impl Iterator<Item = usize> + Clone, this: Option<usize>) -> Option<u32> {
        let stride = self.letters.len() + 1;
        let Some(this) = this else { return Some(FOREIGN) };
        let (mut place, mut size, mut found) = (this, stride, None);
        for (index, table) in history.clone().zip(&self.tables) {
            if this == EDGE && index == EDGE && found.is_none() {
                return None;
            }
            place += index * size;
            size *= stride;
            found = Some(match table.get().get(place).copied().unwrap_or_default() {
                0 => found.map_or(UNSEEN, |shorter: u32| (shorter + UNKNOWN).min(UNSEEN)),
                bits => u32::from(bits),
            });
            if index == EDGE {
                return found.map(|bits| bits * BIT);
            }
        }
        let ends = this == EDGE && history.clone().nth(HISTORY - 1) == Some(EDGE);
        let word = if ends { self.words.get().get(place / stride).copied().unwrap_or_default() } else { 0 };
        let word = Some(u32::from(word)).filter(|bits| *bits > 0);
        word.or(found).map(|bits| bits * BIT)
    }
}

/// Pairs of ideographs, sorted, with the bits of the second after the first.
struct Pairs(Vec<(u32, u8)>);

impl Pairs {
    fn cost(&self, before: char, this: char) -> Option<u32> {
        let key = pair(u32::from(before), u32::from(this))?;
        let at = self.0.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(u32::from(self.0[at].1) * BIT)
    }
}

fn pair(first: u32, second: u32) -> Option<u32> {
    Some(u32::from(u16::try_from(first).ok()?) << 16 | u32::from(u16::try_from(second).ok()?))
}

/// A table that is inflated when it is first asked for.
struct Deflated<T> {
    bytes: &'static [u8],
    make: fn(Vec<u8>) -> T,
    table: OnceLock<T>,
}

impl<T> Deflated<T> {
    fn read(reader: &mut Reader<'static>, make: fn(Vec<u8>) -> T) -> Self {
        let length = reader.word() as usize;
        Self { bytes: reader.take(length), make, table: OnceLock::new() }
    }

    fn get(&self) -> &T {
        self.table.get_or_init(|| {
            let mut inflated = Vec::new();
            // The file is part of the program, and a test reads all of it.
            let _ = ZlibDecoder::new(self.bytes).read_to_end(&mut inflated);
            (self.make)(inflated)
        })
    }
}

struct Known {
    languages: Vec<Letters>,
    /// By [`Press`].
    pairs: Vec<Deflated<Pairs>>,
}

impl Known {
    fn read() -> Self {
        let mut reader = Reader::new(BYTES.get(4..).unwrap_or_default());
        let languages = (0..reader.byte()).map(|_| language(&mut reader)).collect();
        let pairs = (0..reader.byte()).map(|_| Deflated::read(&mut reader, pairs)).collect();
        Self { languages, pairs }
    }
}

fn language(reader: &mut Reader<'static>) -> Letters {
    let length = usize::from(reader.byte());
    let tag = std::str::from_utf8(reader.take(length)).unwrap_or_default();
    let class = Class::of_script(reader.byte());
    let letters: Vec<char> = (0..reader.byte()).filter_map(|_| char::from_u32(reader.word())).collect();
    let place = |code| char::from_u32(code).and_then(|c| place(c, class, &letters)).unwrap_or(NOWHERE);
    let places = (0..PLACES).map(place).collect();
    let tables = (2..=reader.byte()).map(|_| Deflated::read(reader, |table| table)).collect();
    let words = Deflated::read(reader, |table| table);
    Letters { tag, class, letters, places, tables, words }
}

fn pairs(table: Vec<u8>) -> Pairs {
    let mut reader = Reader::new(&table);
    let mut found = Vec::new();
    for _ in 0..reader.half() {
        let (first, count) = (u32::from(reader.half()), usize::from(reader.half()));
        let seconds: Vec<u32> = (0..count).map(|_| u32::from(reader.half())).collect();
        let costs = reader.take(count);
        found.extend(seconds.iter().zip(costs).filter_map(|(second, cost)| Some((pair(first, *second)?, *cost))));
    }
    found.sort_unstable();
    Pairs(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(sample: &str, before: &str, this: char) -> u32 {
        let before: Vec<char> = before.chars().collect();
        Context::for_text(sample, &Model::for_text(sample)).cost(&Model::pooled(), &before, this)
    }

    #[test]
    fn the_file_is_read_to_its_end() {
        assert_eq!(&BYTES[..4], b"OCC1");
        assert!(BYTES.len() < 1_300_000, "with characters.bin at most 1.5 MB");
        for language in &KNOWN.languages {
            let n = language.letters.len();
            assert!(language.letters.is_sorted() && (20..=64).contains(&n), "{}: {n}", language.tag);
            for (table, length) in language.tables.iter().zip(2..) {
                assert_eq!(table.get().len(), (n + 1).pow(length), "{}", language.tag);
            }
        }
        assert_eq!((KNOWN.languages.len(), KNOWN.pairs.len()), (41, 2));
        assert!(KNOWN.pairs.iter().all(|pairs| pairs.get().0.len() > 20_000));
    }

    #[test]
    fn neighbours_tell_letters_apart() {
        let russian = "Он сказал, что это было давно и никто не помнит";
        assert!(cost(russian, "хот", 'я') < cost(russian, "хот", 'с'));
        assert_eq!(Context::for_text(russian, &Model::pooled()).language(), Some("ru"));
        let ukrainian = "Він сказав, що це було давно і ніхто не пам’ятає його";
        assert_eq!(Context::for_text(ukrainian, &Model::pooled()).language(), Some("uk"));
        let (simplified, traditional) = ("我们应当加强的是国家之间的关系", "我們應當加強的是國家之間的關係");
        assert!(cost(simplified, "对", '话') + 2 * BIT < cost(simplified, "对", '词'));
        assert_eq!(Context::for_text(simplified, &Model::pooled()).press(), Some(Press::Simplified));
        assert_eq!(Context::for_text(traditional, &Model::pooled()).press(), Some(Press::Traditional));
        assert_eq!(Context::for_text("日本の将来は若者に", &Model::pooled()).press(), Some(Press::Japanese));
    }
}
