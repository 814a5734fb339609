//! Writes distinct op-eds to a folder, for measuring: sentences of the texts in `input/`, recombined.
//!
//! ```text
//! cargo run --release --example generate_articles -- 1000 /tmp/articles
//! ```
//!
//! The same number gives the same files: the generator is a fixed congruential one. Each article has a title, a
//! byline, a date and 300-900 words of one language; one in three is damaged (UTF-8 read as windows-1252, or GBK
//! read as ISO-8859-1), so that repair has work to do.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use oped_convert::encoding::EncodingId;
use oped_convert::original::{Origin, Original};
use oped_convert::read_original;

/// A linear congruential generator (Knuth, MMIX): measuring needs the same articles everywhere, not good randomness.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// The sentences of one text.
struct Source {
    sentences: Vec<String>,
    /// Han, kana and Hangul are counted by characters, other scripts by words.
    unspaced: bool,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: generate_articles NUMBER FOLDER";
    let number: usize = arguments.next().context(usage)?.parse().context(usage)?;
    let folder = PathBuf::from(arguments.next().context(usage)?);
    fs::create_dir_all(&folder)?;
    let sources = sources(Path::new("input"))?;
    let mut random = Random(2026);
    for n in 0..number {
        let text = article(&sources[n % sources.len()], n, &mut random);
        fs::write(folder.join(format!("{n:06}.txt")), damaged(&text, n))?;
    }
    Ok(())
}

fn sources(folder: &Path) -> Result<Vec<Source>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    paths.iter().map(|path| source(path)).collect()
}

fn source(path: &Path) -> Result<Source> {
    let original = Original::new(Origin::default(), fs::read(path)?);
    let document = read_original(&original, &Default::default()).document;
    let text = document.text();
    let mut sentences = Vec::new();
    let mut sentence = String::new();
    for c in text.chars() {
        sentence.push(c);
        if matches!(c, '.' | '。' | '?' | '!' | '？' | '！' | '\n') {
            let done = std::mem::take(&mut sentence);
            sentences.extend(Some(done.trim().to_owned()).filter(|s| s.chars().count() > 12));
        }
    }
    let unspaced = matches!(document.metadata.language.value.primary(), "zh" | "ja");
    Ok(Source { sentences, unspaced })
}

fn article(source: &Source, n: usize, random: &mut Random) -> String {
    let mut text = format!("A Matter of Opinion, Number {n}\n\nBy Ann Lee\n\nMarch {}, 2021\n\n", 1 + n % 28);
    let wanted = 300 + random.below(600);
    let (mut words, mut in_paragraph) = (0, 0);
    while words < wanted {
        let sentence = &source.sentences[random.below(source.sentences.len())];
        // Two characters of Chinese or Japanese make about one word.
        words += if source.unspaced { sentence.chars().count() / 2 } else { sentence.split_whitespace().count() };
        text.push_str(sentence);
        in_paragraph += 1;
        let ends = in_paragraph > 3 + random.below(4);
        text.push_str(match (ends, source.unspaced) {
            (true, _) => "\n\n",
            (false, true) => "",
            (false, false) => " ",
        });
        if ends {
            in_paragraph = 0;
        }
    }
    text.push('\n');
    text
}

fn damaged(text: &str, n: usize) -> Vec<u8> {
    let reread = |was: EncodingId, read_as: EncodingId| was.encode(text).and_then(|bytes| read_as.decode(&bytes));
    let misread = match n % 6 {
        0 => reread(EncodingId::Utf8, EncodingId::Windows1252),
        1 => reread(EncodingId::Gb18030, EncodingId::Latin1),
        _ => None,
    };
    misread.unwrap_or_else(|| text.to_owned()).into_bytes()
}
