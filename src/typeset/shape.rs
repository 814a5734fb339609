//! Text to glyphs: chooses the face of each character and shapes each distinct word once per thread.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use harfrust::{Buffer, ClusterLevel, Direction, Script, ShapeOptions, ShapePlan, ShaperFont};

use super::Length;
use super::characters::{is_composed, is_invisible, is_private, ligature};
use crate::document::Language;
use crate::font::FaceId;
use crate::font::library::FontLibrary;

/// A shaped glyph in 1/1000 em, one after another in the order of the text; `text` counts bytes from the start of its
/// word.
#[derive(Clone, Debug)]
pub(super) struct ShapedGlyph {
    pub id: u16,
    pub advance: Length,
    pub offset: (Length, Length),
    pub text: Range<u32>,
    pub substitute: bool,
}

/// An index into the shaper's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LanguageId(pub usize);

/// How a character is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// In this face.
    Face(FaceId),
    /// By the substitute glyph: no face has it, or its meaning is private.
    Substitute,
}

/// What the shaping of a word hangs on, beside its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Manner {
    face: FaceId,
    language: LanguageId,
    right_to_left: bool,
}

impl Manner {
    fn direction(self) -> Direction {
        if self.right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
    }
}

/// The letters beside a word that has one without a space between: the form of some letters hangs on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Beside {
    pub before: Option<char>,
    pub after: Option<char>,
}

/// Shapes words, remembers them, and remembers which characters no face has.
pub(super) struct Shaper {
    library: FontLibrary,
    languages: Vec<Language>,
    words: HashMap<(Manner, Beside), HashMap<Box<str>, Range<usize>>>,
    glyphs: Vec<ShapedGlyph>,
    plans: Vec<(Manner, Script, ShapePlan)>,
    fonts: Vec<ShaperFont<'static, 'static>>,
    buffer: Buffer,
    /// Characters that no face has.
    pub missing: BTreeSet<char>,
    /// Private-use characters.
    pub private: BTreeSet<char>,
}

thread_local! {
    /// The words of the documents before.
    static KEPT: Cell<Option<Box<Shaper>>> = const { Cell::new(None) };
}

/// Glyphs and languages that a shaper remembers before it begins anew.
const MOST_GLYPHS: usize = 400_000;
const MOST_LANGUAGES: usize = 64;

impl Shaper {
    /// The shaper of this thread, with the words that it knows. What it returns for a word hangs on nothing before it.
    pub fn take(library: FontLibrary) -> Box<Self> {
        let kept = KEPT.take().filter(|kept| kept.library == library);
        kept.unwrap_or_else(|| Box::new(Self::new(library)))
    }

    /// Keeps it for the next document.
    pub fn keep(mut self: Box<Self>) {
        if self.glyphs.len() < MOST_GLYPHS && self.languages.len() < MOST_LANGUAGES {
            self.missing.clear();
            self.private.clear();
            KEPT.set(Some(self));
        }
    }

    fn new(library: FontLibrary) -> Self {
        let faces = FaceId::ALL.into_iter().chain(library.faces());
        Self {
            library,
            languages: Vec::new(),
            words: HashMap::new(),
            glyphs: Vec::new(),
            plans: Vec::new(),
            fonts: faces.map(|id| ShaperFont::new(&id.face().font)).collect(),
            buffer: Buffer::new(),
            missing: BTreeSet::new(),
            private: BTreeSet::new(),
        }
    }

    /// The number of a language in this document.
    pub fn language_id(&mut self, language: &Language) -> LanguageId {
        let found = self.languages.iter().position(|l| l == language);
        LanguageId(found.unwrap_or_else(|| {
            self.languages.push(language.clone());
            self.languages.len() - 1
        }))
    }

    /// The language of that number.
    pub fn language(&self, id: LanguageId) -> &Language {
        &self.languages[id.0]
    }

    /// Shapes `word` (of one setting and one direction) and returns its glyphs.
    pub fn word(
        &mut self,
        word: &str,
        beside: Beside,
        setting: Setting,
        latin: FaceId,
        language: LanguageId,
        right_to_left: bool,
    ) -> &[ShapedGlyph] {
        let Setting::Face(face) = setting else {
            return self.substitute(word, latin);
        };
        let manner = Manner { face, language, right_to_left };
        let known = self.words.get(&(manner, beside)).and_then(|words| words.get(word)).cloned();
        let range = known.unwrap_or_else(|| {
            let range = self.shape(word, manner, beside);
            self.words.entry((manner, beside)).or_default().insert(word.into(), range.clone());
            range
        });
        for glyph in self.glyphs[range.clone()].iter().filter(|glyph| glyph.substitute) {
            self.missing.extend(word[glyph.text.start as usize..glyph.text.end as usize].chars());
        }
        &self.glyphs[range]
    }

    /// Shapes a word; ligatures that are characters as their letters.
    fn shape(&mut self, word: &str, manner: Manner, beside: Beside) -> Range<usize> {
        let missing = |c: char| ligature(c).is_some() && manner.face.face().glyph(c).is_none();
        if !word.contains(missing) {
            return self.shape_letters(word, manner, beside);
        }
        let (mut letters, mut starts, mut ends) = (String::new(), Vec::new(), vec![0]);
        for (start, c) in word.char_indices() {
            let mut own = [0; 4];
            let shown = ligature(c).filter(|_| missing(c)).unwrap_or_else(|| c.encode_utf8(&mut own));
            letters.push_str(shown);
            // Each byte of the letters belongs to the whole character.
            starts.resize(letters.len(), start as u32);
            ends.resize(letters.len() + 1, (start + c.len_utf8()) as u32);
        }
        let range = self.shape_letters(&letters, manner, beside);
        for glyph in &mut self.glyphs[range.clone()] {
            glyph.text = starts[glyph.text.start as usize]..ends[glyph.text.end as usize];
        }
        range
    }

    fn shape_letters(&mut self, word: &str, manner: Manner, beside: Beside) -> Range<usize> {
        let mut buffer = std::mem::replace(&mut self.buffer, Buffer::new());
        buffer.clear();
        buffer.push_str(word);
        buffer.set_cluster_level(ClusterLevel::MonotoneCharacters);
        let mut letter = [0; 4];
        if let Some(before) = beside.before {
            buffer.set_pre_context(before.encode_utf8(&mut letter));
        }
        if let Some(after) = beside.after {
            buffer.set_post_context(after.encode_utf8(&mut letter));
        }
        let script = script_of(word, manner.face);
        buffer.set_direction(manner.direction());
        buffer.set_script(Some(script));
        let plan = self.plan(manner, script);
        buffer.set_language(self.plans[plan].2.language().cloned());
        let font = &self.fonts[manner.face.number()];
        let options = ShapeOptions::new().plan(Some(&self.plans[plan].2));
        let start = self.glyphs.len();
        // The plan was made for this buffer's script and direction, the one thing that shaping refuses.
        if harfrust::shape(font, &mut buffer, options).is_ok() {
            self.collect(word, manner, &buffer);
        }
        self.buffer = buffer;
        start..self.glyphs.len()
    }

    /// Takes the glyphs over, which stand from left to right, in the order of the text.
    fn collect(&mut self, word: &str, Manner { face, right_to_left, .. }: Manner, buffer: &Buffer) {
        let mut shaped: Vec<_> = buffer.glyph_infos().iter().zip(buffer.glyph_positions()).collect();
        if right_to_left {
            shaped.reverse();
        }
        let mut end = word.len() as u32;
        let mut ends = vec![end; shaped.len()];
        for i in (0..shaped.len().saturating_sub(1)).rev() {
            if shaped[i].0.cluster < shaped[i + 1].0.cluster {
                end = shaped[i + 1].0.cluster;
            }
            ends[i] = end;
        }
        for ((info, position), end) in shaped.into_iter().zip(ends) {
            // ISO 19005-2 §6.2.11.8: no .notdef. A character that has a glyph can still lose it in a substitution.
            let shown = &word[info.cluster as usize..end as usize];
            let nothing = info.glyph_id == 0 && shown.chars().all(is_invisible);
            let substitute = info.glyph_id == 0 && !nothing;
            let scale = |units| face.face().scale(units);
            let id = match nothing {
                true => face.face().glyph(' ').unwrap_or_default(),
                false => u16::try_from(info.glyph_id).unwrap_or_default(),
            };
            self.glyphs.push(ShapedGlyph {
                id: if substitute { substitute_in(face) } else { id },
                advance: if nothing { 0 } else { scale(position.x_advance) },
                offset: (scale(position.x_offset), scale(position.y_offset)),
                text: info.cluster..end,
                substitute,
            });
        }
    }

    fn plan(&mut self, manner: Manner, script: Script) -> usize {
        if let Some(i) = self.plans.iter().position(|p| (p.0, p.1) == (manner, script)) {
            return i;
        }
        // `locl` picks the form of a Han character by this language.
        let tag = harfrust::Language::new(self.languages[manner.language.0].tag());
        let plan = ShapePlan::new(&manner.face.face().font, manner.direction(), Some(script), tag.as_ref(), &[]);
        self.plans.push((manner, script, plan));
        self.plans.len() - 1
    }

    /// One substitute glyph a character: the replacement character of our own font, never .notdef. What is invisible
    /// stays so.
    fn substitute(&mut self, word: &str, latin: FaceId) -> &[ShapedGlyph] {
        let (face, id) = (latin.face(), substitute_in(latin));
        let start = self.glyphs.len();
        for (i, c) in word.char_indices() {
            let text = i as u32..(i + c.len_utf8()) as u32;
            let (id, advance, substitute) = match is_invisible(c) {
                true => (face.glyph(' ').unwrap_or(id), 0, false),
                false => (id, face.advance(id), true),
            };
            self.glyphs.push(ShapedGlyph { id, advance, offset: (0, 0), text, substitute });
        }
        &self.glyphs[start..]
    }

    /// How `c` is set in the `latin` face's style; `in_cjk` says that it stands among CJK characters.
    pub fn setting(&mut self, c: char, latin: FaceId, in_cjk: bool) -> Setting {
        if is_private(c) {
            self.private.insert(c);
            return Setting::Substitute;
        }
        if let Some(face) = FaceId::of(c, latin, in_cjk) {
            return Setting::Face(face);
        }
        if ligature(c).is_some() {
            return Setting::Face(latin);
        }
        if let Some(face) = FaceId::other(c, self.library) {
            return Setting::Face(face);
        }
        if is_invisible(c) || matches!(c, '\t' | '\n' | '\r') {
            return Setting::Face(latin);
        }
        if is_composed(c) {
            return Setting::Face(FaceId::Cjk);
        }
        self.missing.insert(c);
        Setting::Substitute
    }
}

/// The glyph that stands for one that is missing.
fn substitute_in(face: FaceId) -> u16 {
    ['\u{FFFD}', '□', '?'].into_iter().find_map(|c| face.face().glyph(c)).unwrap_or_default()
}

/// The script that decides the shaping of a word. Han for the CJK face, whose `locl` hangs on it; Latin where
/// the word has digits and punctuation only.
fn script_of(word: &str, face: FaceId) -> Script {
    if face == FaceId::Cjk {
        let is_hangul = |c: char| matches!(u32::from(c), 0x1100..=0x11FF | 0xA960..=0xA97F | 0xAC00..=0xD7FF);
        return if word.chars().any(is_hangul) { Script::HANGUL } else { Script::HAN };
    }
    if word.is_ascii() {
        return Script::LATIN;
    }
    let mut buffer = Buffer::new();
    buffer.push_str(word);
    buffer.guess_segment_properties();
    buffer.script().unwrap_or(Script::LATIN)
}
