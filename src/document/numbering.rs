//! How lists count their items.

/// How the items of a list are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The number of each item; those behind the last one count on, from 1 where none is stated.
    pub numbers: Vec<i32>,
    /// The signs.
    pub style: NumberStyle,
}

impl Default for Numbering {
    /// 1, 2, 3.
    fn default() -> Self {
        Self { numbers: Vec::new(), style: NumberStyle::Decimal }
    }
}

impl Numbering {
    /// The number of the item at `index`.
    pub fn number(&self, index: usize) -> i64 {
        let behind = |index: usize| i64::try_from(index).unwrap_or(i64::MAX);
        match self.numbers.get(index).or(self.numbers.last()) {
            Some(number) => i64::from(*number).saturating_add(behind((index + 1).saturating_sub(self.numbers.len()))),
            None => behind(index).saturating_add(1),
        }
    }

    /// Whether its first items are 1, 2, 3.
    pub fn is_plain(&self, items: usize) -> bool {
        self.style == NumberStyle::Decimal && (0..items).all(|index| self.number(index) == index as i64 + 1)
    }

    /// The number of the item at `index`, as it is shown: `9`, `c`, `IV`. Letters begin at 1 and Roman numerals end at
    /// 3999; other numbers are decimal.
    pub fn label(&self, index: usize) -> String {
        let number = self.number(index);
        let label = match self.style {
            NumberStyle::Decimal => None,
            NumberStyle::LowerAlpha => alphabetic(number),
            NumberStyle::UpperAlpha => alphabetic(number).map(|label| label.to_ascii_uppercase()),
            NumberStyle::LowerRoman => roman(number).map(|label| label.to_ascii_lowercase()),
            NumberStyle::UpperRoman => roman(number),
        };
        label.unwrap_or_else(|| number.to_string())
    }
}

/// `a` to `z`, then `aa`.
fn alphabetic(mut number: i64) -> Option<String> {
    if number < 1 {
        return None;
    }
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(b'a' + u8::try_from(number % 26).ok()?);
        number /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).ok()
}

fn roman(mut number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut label = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            label.push_str(sign);
            number -= value;
        }
    }
    Some(label)
}

/// The signs that count the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberStyle {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(numbers: &[i32], style: NumberStyle, count: usize) -> Vec<String> {
        let numbering = Numbering { numbers: numbers.to_vec(), style };
        (0..count).map(|index| numbering.label(index)).collect()
    }

    #[test]
    fn items_are_counted_in_their_signs() {
        assert_eq!(labels(&[], NumberStyle::Decimal, 3), ["1", "2", "3"]);
        assert_eq!(labels(&[25], NumberStyle::LowerAlpha, 3), ["y", "z", "aa"]);
        assert_eq!(labels(&[702], NumberStyle::UpperAlpha, 2), ["ZZ", "AAA"]);
        assert_eq!(labels(&[3998], NumberStyle::LowerRoman, 3), ["mmmcmxcviii", "mmmcmxcix", "4000"]);
        assert_eq!(labels(&[0], NumberStyle::UpperRoman, 2), ["0", "I"]);
        // Those behind the last one that is stated count on.
        assert_eq!(labels(&[3, 1], NumberStyle::Decimal, 4), ["3", "1", "2", "3"]);
    }

    #[test]
    fn only_one_two_three_is_plain() {
        let is_plain = |numbers: &[i32], style| Numbering { numbers: numbers.to_vec(), style }.is_plain(3);
        assert!(is_plain(&[], NumberStyle::Decimal) && is_plain(&[1, 2, 3], NumberStyle::Decimal));
        assert!(!is_plain(&[1, 9], NumberStyle::Decimal) && !is_plain(&[], NumberStyle::LowerRoman));
    }
}
