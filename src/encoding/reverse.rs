//! From a character to the number that an encoding gives it, in a few nanoseconds.
//!
//! Holds Unicode's planes 0 to 2, where all characters of the encodings here stand that are not computed.
//! Does not know which bytes a number means: each encoding has its own.

use encoding_rs::Encoding;

/// Characters from here on are in no table.
const END: u32 = 0x3_0000;

/// The number of each character; 0, the default, for a character that the encoding lacks.
pub(super) struct Reverse<T> {
    /// The page of each 256 characters; page 0 is empty.
    index: Vec<u16>,
    pages: Vec<[T; 256]>,
}

impl<T: Copy + Default + PartialEq> Reverse<T> {
    /// A table of `characters` with their numbers. The first number of a character stays; characters beyond plane 2
    /// are left out.
    pub(super) fn of(characters: impl Iterator<Item = (char, T)>) -> Self {
        let mut table = Self { index: vec![0; END as usize / 256], pages: vec![[T::default(); 256]] };
        for (c, number) in characters {
            table.insert(c, number);
        }
        table
    }

    fn insert(&mut self, c: char, number: T) {
        let Some(index) = self.index.get_mut(u32::from(c) as usize >> 8) else { return };
        if *index == 0 {
            *index = u16::try_from(self.pages.len()).unwrap_or(0);
            self.pages.push([T::default(); 256]);
        }
        if let Some(page) = self.pages.get_mut(usize::from(*index)) {
            let cell = &mut page[u32::from(c) as usize & 0xFF];
            if *cell == T::default() {
                *cell = number;
            }
        }
    }

    /// The number of `c`.
    #[inline]
    pub(super) fn get(&self, c: char) -> Option<T> {
        let code = u32::from(c) as usize;
        let page = self.pages.get(usize::from(*self.index.get(code >> 8)?))?;
        let number = page[code & 0xFF];
        (number != T::default()).then_some(number)
    }
}

/// The bytes of `text` in an encoding in which ASCII is ASCII; `push` appends those of any other character, `None`
/// where the encoding lacks it.
#[inline]
pub(super) fn encode_above_ascii(
    text: &str,
    mut push: impl FnMut(&mut Vec<u8>, char) -> Option<()>,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        let ascii = Encoding::ascii_valid_up_to(rest.as_bytes());
        let (run, after) = rest.split_at_checked(ascii)?;
        bytes.extend_from_slice(run.as_bytes());
        let mut characters = after.chars();
        // Beyond ASCII there is seldom one character only: the search for the next run waits for the next ASCII.
        loop {
            let before = characters.as_str();
            match characters.next() {
                None => return Some(bytes),
                Some(c) if c.is_ascii() => {
                    rest = before;
                    break;
                }
                Some(c) => push(&mut bytes, c)?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_a_character_stays() {
        let table = Reverse::of([('中', 1_u16), ('𠀀', 2), ('中', 3), ('𰀀', 4)].into_iter());
        assert_eq!(
            [table.get('中'), table.get('𠀀'), table.get('丮'), table.get('𰀀')],
            [Some(1), Some(2), None, None]
        );
    }

    #[test]
    fn ascii_is_copied_and_the_rest_is_asked_for() {
        let upper = |bytes: &mut Vec<u8>, c: char| (c == 'é').then(|| bytes.push(0xE9));
        assert_eq!(encode_above_ascii("", upper).unwrap(), b"");
        assert_eq!(encode_above_ascii("ab", upper).unwrap(), b"ab");
        assert_eq!(encode_above_ascii("ééaéb", upper).unwrap(), b"\xE9\xE9a\xE9b");
        assert_eq!(encode_above_ascii("aö", upper), None);
    }
}
