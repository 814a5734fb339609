//! A chain, ready to be tried: which characters of a stretch show the bytes of others.

use super::chain::Chain;
use super::codec::{Carrier, Decoder, Decoding, UNIT_OUTPUT};
use super::loss::{self, Dropped};
use super::view::Face;
use crate::model::{BIT, Context, Model, Press, Symbol};

/// Characters that one unit of one misreading can span: three bytes twice over, shown in three pairs, and one more.
const UNIT_INPUT: usize = 6;

/// Bits that opening a repaired span costs, so that a span must save something by itself.
const SPAN_COST: u32 = 4 * BIT;

/// The same for chains of single-byte pages, whose text is read line by line: it has to be explained as a whole.
const PAGE_SPAN_COST: u32 = BIT;

/// Bits that keeping a character costs that the chain explains, where it explains nearly all others of the line.
const EXCEPTION: u32 = 10 * BIT;

/// The same for one that would have to be guessed.
const LOSSY_EXCEPTION: u32 = 6 * BIT;

/// Bits that reading a character costs of which one byte was lost, and two.
const GUESS_COST: u32 = 5 * BIT;
const WEAK_GUESS_COST: u32 = 6 * BIT;

/// Bits by which a guess must be better than the next best, where the language's sequences of letters are known; where
/// any of 32 bytes may be gone and many a word is another one with another letter; and where nothing but the
/// character before tells.
const PROOF: u32 = 4 * BIT;
const PROOF_OF_MANY: u32 = 5 * BIT;
const PROOF_BY_PAIRS: u32 = 5 * BIT;

/// What stands for a guess in a text: a code point that is no character.
pub(super) const GUESSED: char = '\u{FFFF}';

/// A text in which one character of so many is guessed has lost too much for those around it to tell; the same where
/// any of 32 bytes may be gone.
const HOPELESS: usize = 3;
const HOPELESS_OF_MANY: usize = 5;

/// Neighbouring characters that show the bytes of whole characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Index of its first character in the stretch.
    pub(super) at: usize,
    /// Number of its characters.
    pub(super) length: usize,
    output: [char; UNIT_OUTPUT],
    outputs: u8,
    /// Bytes of it were lost; the text tells which.
    pub(super) inferred: bool,
    /// What reading it costs beyond its characters, in 1/256 bit.
    pub(super) cost: u32,
}

impl Unit {
    /// No unit: a character that is kept.
    pub(super) const NONE: Self =
        Self { at: 0, length: 0, output: ['\0'; UNIT_OUTPUT], outputs: 0, inferred: false, cost: 0 };

    /// What its bytes are.
    pub(super) fn characters(&self) -> &[char] {
        &self.output[..usize::from(self.outputs)]
    }

    /// The same unit as another character, told by the text.
    pub(super) fn told(&self, c: char) -> Self {
        Self { output: [c, '\0', '\0', '\0'], outputs: 1, inferred: true, ..*self }
    }

    /// Whether nothing is left of it but the first byte of a punctuation mark.
    pub(super) fn is_lost_mark(&self) -> bool {
        self.length == 1 && self.inferred && self.characters().iter().all(|c| loss::PUNCTUATION.contains(c))
    }

    /// Index of the character after it.
    pub(super) fn end(&self) -> usize {
        self.at + self.length
    }
}

/// A chain, ready to be tried.
#[derive(Clone)]
pub(super) struct Trial<'a> {
    pub(super) model: &'a Model,
    steps: Vec<(Carrier, Decoder)>,
    press: Option<Press>,
    /// What was lost, where bytes were.
    dropped: Dropped,
    /// What is known of the repaired text, where bytes were lost.
    pub(super) context: Option<Context>,
    /// So much was lost that no guess is made.
    pub(super) hopeless: bool,
    /// Letters that the chain makes count; where not, only punctuation does.
    pub(super) letters: bool,
    /// Characters that lost bytes are looked for.
    pub(super) lossy: bool,
    /// Cost of opening a repaired span, in 1/256 bit.
    pub(super) opening: u32,
    /// Cost of keeping a character that the chain could explain, in 1/256 bit.
    pub(super) exception: u32,
}

impl<'a> Trial<'a> {
    pub(super) fn new(model: &'a Model, chain: &Chain) -> Self {
        let opening = if chain.is_single_byte() { PAGE_SPAN_COST } else { SPAN_COST };
        let steps = chain.steps.iter().map(|step| (step.carrier(), step.reader())).collect();
        let press = chain.press();
        let lossy = chain.lossy;
        Self {
            model,
            steps,
            press,
            dropped: Dropped::default(),
            context: None,
            hopeless: false,
            letters: true,
            lossy,
            opening,
            exception: 0,
        }
    }

    /// The same, for a text that shows the bytes of `characters` and no others.
    pub(super) fn with_kept(&self, characters: impl Iterator<Item = char>) -> Self {
        Self { dropped: Dropped::of(self.steps[0].0, characters), ..self.clone() }
    }

    /// Whether it is known how frequent a character is.
    pub(super) fn knows(&self, c: char) -> bool {
        self.symbol(c).is_known()
    }

    /// Bits by which a guess must be better than the next best in a context.
    pub(super) fn proof(&self, context: &Context) -> u32 {
        match (context.tells(), self.dropped.controls) {
            (false, _) => PROOF_BY_PAIRS,
            (true, true) => PROOF_OF_MANY,
            (true, false) => PROOF,
        }
    }

    /// The same, for a text whose repaired characters are like those of `sample`, in which [`GUESSED`] stands
    /// for guesses.
    pub(super) fn in_context(&self, sample: &str) -> Self {
        let context = Context::for_text(sample, self.model);
        let lost = sample.chars().filter(|c| *c == GUESSED).count();
        let bearable = if self.dropped.controls { HOPELESS_OF_MANY } else { HOPELESS };
        let hopeless = lost * bearable > sample.chars().count();
        Self { press: self.press.or(context.press()), context: Some(context), hopeless, ..self.clone() }
    }

    /// The same, for a line that the chain is known to have damaged: what it explains is damaged, whatever it looks
    /// like.
    pub(super) fn held(&self) -> Self {
        Self { opening: 0, exception: if self.lossy { LOSSY_EXCEPTION } else { EXCEPTION }, ..self.clone() }
    }

    /// Cost of characters one after another, and the last of them.
    pub(super) fn along(&self, before: Symbol, characters: &[char]) -> (u32, Symbol) {
        characters.iter().fold((0, before), |(cost, last), c| {
            let this = self.symbol(*c);
            (cost + self.model.cost(last, this), this)
        })
    }

    /// A character that the chain makes.
    pub(super) fn symbol(&self, c: char) -> Symbol {
        self.model.printed(c, self.press)
    }

    /// The shortest unit that begins at a place and has all its bytes.
    #[inline]
    pub(super) fn unit(&self, stretch: &[Symbol], at: usize) -> Option<Unit> {
        if stretch[at].c.is_ascii() {
            return None;
        }
        let mut characters = stretch[at..].iter().map(|symbol| symbol.c);
        let (length, output, outputs) = match self.steps[..] {
            // Nearly all chains are one misreading, which is undone without indirection.
            [(carrier, reader)] => undo_last(carrier, reader, || characters.next().map(one))?,
            _ => undo(&self.steps, &mut characters)?,
        };
        let unit = Unit { at, length, output, outputs: u8::try_from(outputs).unwrap_or(0), inferred: false, cost: 0 };
        self.is_plausible(&unit, stretch[at].c).then_some(unit)
    }

    /// Whether two neighbouring characters can begin a unit, or the first alone is one.
    pub(super) fn can_begin(&self, pair: [char; 2]) -> bool {
        let (carrier, reader) = self.steps[0];
        if self.lossy && self.shows_lead(pair[0]) {
            return true;
        }
        let (mut bytes, mut filled) = ([0; 4], 0);
        let mut output = ['\0'; UNIT_OUTPUT];
        for c in pair {
            let Some(shown) = carrier.shown(c) else { return false };
            bytes[filled..filled + shown.bytes().len()].copy_from_slice(shown.bytes());
            filled += shown.bytes().len();
            match reader.read(&bytes[..filled], &mut output) {
                Decoding::Begun => {}
                Decoding::Whole(_) => return true,
                Decoding::Malformed => return false,
            }
        }
        true
    }

    /// Everything that a place can be read as.
    #[inline]
    pub(super) fn readings(&self, face: &Face<'_>, at: usize, found: &mut Vec<Unit>) {
        found.clear();
        found.extend(self.unit(face.stretch, at));
        if self.lossy && found.is_empty() {
            self.guesses(face, at, found);
        }
    }

    /// The language of the repaired text, where it was told.
    pub(super) fn language(&self) -> Option<&'static str> {
        self.context.as_ref().and_then(Context::language).or(self.model.language())
    }

    /// Whether what was misread last was UTF-8.
    pub(super) fn reads_utf8(&self) -> bool {
        matches!(self.steps[0].1, Decoder::Utf8)
    }

    /// Whether a character shows the first of several bytes of UTF-8.
    pub(super) fn shows_lead(&self, c: char) -> bool {
        let (carrier, reader) = self.steps[0];
        let lead = carrier.shown(c).filter(|shown| shown.bytes().len() == 1).map_or(0, |shown| shown.bytes()[0]);
        matches!(reader, Decoder::Utf8) && matches!(lead, 0xC2..=0xF4)
    }

    /// The characters that a place can have shown before bytes were lost.
    fn guesses(&self, face: &Face<'_>, at: usize, found: &mut Vec<Unit>) {
        let (carrier, _) = self.steps[0];
        let stretch = face.stretch;
        let lead = carrier.shown(stretch[at].c).map_or(0, |shown| shown.bytes()[0]);
        for loss in loss::losses(lead, &stretch[at + 1..], self.dropped, |c| carrier.shown(c)) {
            let output = [loss.character, '\0', '\0', '\0'];
            let inferred = loss.character != '\u{FFFD}';
            let cost = match loss.weak {
                _ if !inferred => 0,
                true if loss.character == '’' && face.is_torn_apostrophe(at) => GUESS_COST,
                true => WEAK_GUESS_COST,
                false => GUESS_COST,
            };
            found.push(Unit { at, length: 1 + loss.followers, output, outputs: 1, inferred, cost });
        }
    }

    fn is_single_byte(&self) -> bool {
        matches!(self.steps.last(), Some((_, Decoder::Single(_))))
    }

    fn is_plausible(&self, unit: &Unit, first: char) -> bool {
        let characters = unit.characters();
        // A character that stays as it is, or becomes ASCII, was not damaged.
        let changes = match characters {
            [c] => !c.is_ascii() && (*c != first || unit.length > 1),
            _ => true,
        };
        // Nobody drew boxes in the bytes of a page of letters; the other way round it happens.
        let no_boxes = self.is_single_byte() || !self.letters;
        let drawn = no_boxes && characters.iter().any(|c| matches!(c, '\u{2500}'..='\u{259F}'));
        // GB 2312 has the accented letters of Pinyin, which French and Italian write too.
        let is_foreign_letter = |c: &char| c.is_alphabetic() && !matches!(c, '\0'..='\u{24F}');
        changes && !drawn && (self.letters || !characters.iter().any(is_foreign_letter))
    }
}

/// Characters with their number, and how many of the text they come from.
type Undone = (usize, [char; UNIT_OUTPUT], usize);

/// Undoes `steps` on the first few of `characters`.
fn undo(steps: &[(Carrier, Decoder)], characters: &mut dyn Iterator<Item = char>) -> Option<Undone> {
    let ((carrier, reader), earlier) = steps.split_last()?;
    undo_last(*carrier, *reader, || {
        // What the misreadings before this one gave: the characters themselves for the first.
        if earlier.is_empty() { characters.next().map(one) } else { undo(earlier, characters) }
    })
}

fn one(c: char) -> Undone {
    (1, [c, '\0', '\0', '\0'], 1)
}

/// Undoes one misreading on as many of what `next` gives as one unit needs.
#[inline]
fn undo_last(carrier: Carrier, reader: Decoder, mut next: impl FnMut() -> Option<Undone>) -> Option<Undone> {
    let (mut bytes, mut filled) = ([0_u8; 2 * UNIT_INPUT], 0);
    let (mut output, mut length) = (['\0'; UNIT_OUTPUT], 0);
    for _ in 0..UNIT_INPUT {
        let (consumed, shown, count) = next()?;
        length += consumed;
        for c in &shown[..count] {
            for byte in carrier.shown(*c)?.bytes() {
                *bytes.get_mut(filled)? = *byte;
                filled += 1;
            }
        }
        match reader.read(&bytes[..filled], &mut output) {
            Decoding::Begun => {}
            Decoding::Malformed => return None,
            Decoding::Whole(outputs) => return Some((length, output, outputs)),
        }
    }
    None
}
