//! What text costs: bits of description length of a character after another, as genuine text would have it.
//!
//! `repair` compares the cost of a damaged reading with that of the repaired one, `decode` the costs of a file's
//! readings in several encodings. All costs are integers, in 1/256 bit. Letters are told by tables trained from
//! character n-grams of 45 languages (`assets/model/`), everything else by its class.

mod class;
mod context;
pub mod han;
mod tables;

use std::sync::LazyLock;

use crate::encoding::EncodingId;
use class::Class;
use tables::{Alphabet, Info, TABLES};

pub use context::{Context, HISTORY};
pub use tables::Press;

/// One bit.
pub const BIT: u32 = 256;

/// Costs of classes after each other, in 1/256 bit.
static TRANSITIONS: LazyLock<Vec<[u32; class::COUNT]>> = LazyLock::new(|| {
    let row = |before: Class| Class::all().map(|this| class::transition(before, this) * BIT);
    Class::all().into_iter().map(row).collect()
});

/// What characters cost in text of one language, or of any.
#[derive(Clone, Copy)]
pub struct Model {
    latin: &'static Alphabet,
    tables: &'static tables::Tables,
    transitions: &'static [[u32; class::COUNT]],
    /// BCP 47.
    language: Option<&'static str>,
    press: Option<Press>,
}

/// A character with what is known of it, so that it is looked up once.
#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    /// The character.
    pub c: char,
    info: Info,
}

/// Bits that ¡ and ¿ cost more in a language without them: in quotations of Spanish.
const INVERTED: u32 = 6 * BIT;

impl Symbol {
    /// Whether the model knows how frequent the character is among those of its kind.
    pub fn is_known(self) -> bool {
        self.info.class != Class::OtherLetter
    }
}

/// Pairs of ASCII letters that tell the language.
const SAMPLE: usize = 600;
/// Pairs below which no language is told.
const LEAST_SAMPLE: usize = 24;

/// What the table of a language must save, in 1/800 bit a pair. The declarations of human rights in the 32 languages
/// that the model has save 275 (Catalan) to 806 (Vietnamese), four in five of 400 in other languages less.
const LEAST_GAIN: u32 = 250;

impl Model {
    /// For text of any language.
    pub fn pooled() -> Self {
        let tables = &*TABLES;
        Self { latin: &tables.alphabets[0], tables, transitions: &TRANSITIONS, language: None, press: None }
    }

    /// For text like `text`: its language in Latin script is told by its pairs of ASCII letters, which no
    /// misreading changes.
    pub fn for_text(text: &str) -> Self {
        let pooled = Self::pooled();
        let pairs = sample(text.as_bytes());
        if pairs.len() < LEAST_SAMPLE {
            return pooled;
        }
        let pairs: Vec<(u8, u8)> = pairs.into_iter().map(|(a, b)| (pooled.index(a), pooled.index(b))).collect();
        let total = |alphabet: &Alphabet| pairs.iter().map(|(a, b)| u32::from(alphabet.cost(*a, *b))).sum::<u32>();
        let costs = pooled.tables.languages.iter().map(|language| (total(&language.alphabet), language));
        let Some((cost, language)) = costs.min_by_key(|(cost, _)| *cost) else { return pooled };
        // A language that the model has explains its own text better than all languages together do; one that it
        // has not is explained better by them.
        let pairs = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        let premium = u32::from(tables::OWN) * pairs;
        if cost.saturating_sub(premium) + pairs * LEAST_GAIN / 100 > total(pooled.latin) {
            return pooled;
        }
        Self { latin: &language.alphabet, language: Some(language.tag), ..pooled }
    }

    /// For text in an encoding that was made for the ideographs of one press.
    pub fn with_press(self, encoding: EncodingId) -> Self {
        Self { press: Press::of(encoding), ..self }
    }

    /// The language whose letters are expected, where one was told.
    pub fn language(&self) -> Option<&'static str> {
        self.language
    }

    fn index(&self, letter: u8) -> u8 {
        self.tables.info(char::from(letter)).index
    }

    /// What is known of a character in text of a press.
    pub fn printed(&self, c: char, press: Option<Press>) -> Symbol {
        let mut symbol = self.symbol(c);
        if symbol.info.class == Class::Han
            && let Some(own) = press.and_then(|press| self.tables.han(c, press))
        {
            symbol.info.own = own;
        }
        symbol
    }

    /// What is known of a character.
    #[inline]
    pub fn symbol(&self, c: char) -> Symbol {
        Symbol { c, info: self.tables.info(c) }
    }

    /// Cost of `this` after `before` in genuine text, in 1/256 bit.
    #[inline]
    pub fn cost(&self, before: Symbol, this: Symbol) -> u32 {
        let (b, t) = (before.info, this.info);
        if b.class == t.class && b.class.has_pairs() && b.index != 0 && t.index != 0 {
            return self.pair(b, t) + case_cost(b, t);
        }
        let edge = self.edge(b, t);
        let inverted = if t.class == Class::Inverted { self.inverted() } else { 0 };
        // How a word begins is the language's; for other scripts than Latin it is in the character itself.
        let own = if t.class == Class::Latin && t.index != 0 { self.latin.cost(0, t.index) } else { t.own };
        let transition = self.transitions[b.class as usize][t.class as usize] + inverted;
        transition + (edge + u32::from(own)) * (BIT / 8) + case_cost(b, t)
    }

    /// What ¡ and ¿ cost more in a language that is known and does not write them.
    fn inverted(&self) -> u32 {
        match self.language {
            None | Some("es" | "ca" | "eu") => 0,
            Some(_) => INVERTED,
        }
    }

    /// Cost of a word's end between two characters, in 1/8 bit.
    fn edge(&self, before: Info, this: Info) -> u32 {
        if !before.class.has_pairs() || before.index == 0 || this.class.is_letter() {
            return 0;
        }
        self.alphabet(before.class).map_or(0, |a| u32::from(a.cost(before.index, 0)))
    }

    fn alphabet(&self, class: Class) -> Option<&Alphabet> {
        if class == Class::Latin { Some(self.latin) } else { self.tables.alphabets.get(class as usize) }
    }

    fn pair(&self, before: Info, this: Info) -> u32 {
        self.alphabet(before.class).map_or(u32::MAX / 4, |a| u32::from(a.cost(before.index, this.index)) * (BIT / 8))
    }

    /// Cost of a whole text after a space.
    pub fn total(&self, text: &str) -> u32 {
        let mut before = self.symbol(' ');
        let mut sum = 0_u32;
        for c in text.chars() {
            let this = self.printed(c, self.press);
            sum = sum.saturating_add(self.cost(before, this));
            before = this;
        }
        sum
    }
}

/// What the case of a letter costs after another character.
fn case_cost(before: Info, this: Info) -> u32 {
    if !this.class.has_pairs() {
        return 0;
    }
    let same_word = before.class == this.class;
    match (this.upper, same_word, before.upper) {
        (true, true, true) => BIT,
        (true, true, false) => 8 * BIT,
        (true, false, _) => 3 * BIT,
        (false, true, true) => BIT / 2,
        (false, _, _) => BIT / 4,
    }
}

/// Pairs of ASCII letters in lower case and of edges of words, the first of the text; a space stands for an edge.
fn sample(bytes: &[u8]) -> Vec<(u8, u8)> {
    let side = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Some(byte.to_ascii_lowercase()),
        b' ' | b',' | b'.' | b'\n' => Some(b' '),
        _ => None,
    };
    let pair = |pair: &[u8]| match pair {
        [a, b] => Some((side(*a)?, side(*b)?)).filter(|pair| *pair != (b' ', b' ')),
        _ => None,
    };
    bytes.windows(2).filter_map(pair).take(SAMPLE).collect()
}

/// Builds the tables. The sets of ideographs are built when the first one is asked.
pub fn warm() {
    LazyLock::force(&TABLES);
    LazyLock::force(&TRANSITIONS);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cjk_is_that_for_the_classes_too() {
        for c in '\0'..=char::MAX {
            let class = if u32::from(c) < 0x1_0000 { class::of(c) } else { class::of_supplementary(c) };
            assert_eq!(crate::characters::is_cjk(c), class.is_cjk(), "{c:?}");
        }
    }

    fn total(text: &str) -> u32 {
        Model::pooled().total(text)
    }

    #[test]
    fn damage_costs_more_than_what_it_stood_for() {
        assert!(total("can¡¯t") > total("can’t") + 25 * BIT);
        assert!(total("ÖÐ¹úÈË") > total("中国人") + 20 * BIT);
        assert!(total("NICP¡¡Time") > total("NICP\u{3000}Time") + 10 * BIT);
        assert!(total("donâ€™t") > total("don’t") + 20 * BIT);
    }

    #[test]
    fn genuine_text_costs_no_more_than_its_misreadings() {
        assert!(total("¡¡Basta ya!!") < total("\u{3000}Basta ya!!") + 10 * BIT);
        assert!(total("ÉTÉ") < total("蒚É"));
    }

    #[test]
    fn the_language_is_told_by_ascii_letters() {
        let english = "The river belongs to everybody who lives beside it, and nobody asked them about the wall.";
        let polish = "Rz¹d zapowiedzia³, ¿e nie ust¹pi ani o krok w sprawie reformy, ale nikt nie wie dlaczego.";
        assert_eq!(Model::for_text(english).language(), Some("en"));
        assert_eq!(Model::for_text(polish).language(), Some("pl"));
        assert_eq!(Model::for_text("short").language(), None);
    }
}
