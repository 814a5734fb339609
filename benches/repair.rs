//! How fast decoding and repair together go: `cargo bench --bench repair -- [FILE...]`.
//!
//! Megabytes of input a second on one thread, the median of several runs over texts of about 2 MB: English with curly
//! quotation marks, the same with the marks damaged, and a wholly damaged text in Chinese and one in Russian, all made
//! from the texts of `input/`; and each FILE named, repeated to the same size. Peak memory is the whole process's:
//! `/usr/bin/time -v oped-convert repair FILE`.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use oped_convert::encoding::EncodingId;
use oped_convert::plan::RepairOptions;
use oped_convert::repair_bytes;

const SIZE: usize = 2 << 20;
const RUNS: usize = 5;

fn main() {
    let named = std::env::args().skip(1).filter(|argument| argument != "--bench").map(PathBuf::from);
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let clean = |name: &str| repair_bytes(&fs::read(input.join(name)).unwrap(), &RepairOptions::default()).text;
    let english = clean(&first(&input, "en"));
    let misread = |text: &str, was: EncodingId, read_as: EncodingId| {
        let kept: String = text.chars().filter(|c| was.encode(c.encode_utf8(&mut [0; 4])).is_some()).collect();
        read_as.decode(&was.encode(&kept).unwrap()).unwrap()
    };
    let mut texts = vec![
        ("English, clean".to_owned(), english.clone()),
        (
            "English, UTF-8 read as windows-1252".to_owned(),
            misread(&english, EncodingId::Utf8, EncodingId::Windows1252),
        ),
        ("English, GBK read as ISO-8859-1".to_owned(), misread(&english, EncodingId::Gb18030, EncodingId::Latin1)),
    ];
    let chinese = clean(&first(&input, "zh"));
    texts.push(("Chinese, clean".to_owned(), chinese.clone()));
    texts.push((
        "Chinese, GBK read as ISO-8859-1".to_owned(),
        misread(&chinese, EncodingId::Gb18030, EncodingId::Latin1),
    ));
    let russian = clean(&first(&input, "ru"));
    texts.push(("Russian, clean".to_owned(), russian.clone()));
    texts.push((
        "Russian, windows-1251 read as 1252".to_owned(),
        misread(&russian, EncodingId::Windows1251, EncodingId::Windows1252),
    ));
    texts.extend(named.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())));
    for (name, text) in texts {
        let text = text.repeat(SIZE / text.len() + 1);
        println!("{name:<50} {:>7.1} MB/s", throughput(text.as_bytes()));
    }
}

/// The first text of a language.
fn first(input: &Path, language: &str) -> String {
    let mut names: Vec<String> =
        fs::read_dir(input).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().find(|name| name.contains(&format!("-{language}-"))).unwrap()
}

fn throughput(bytes: &[u8]) -> f64 {
    black_box(repair_bytes(&bytes[..bytes.len().min(1 << 16)], &RepairOptions::default()));
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(repair_bytes(bytes, &RepairOptions::default()));
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    bytes.len() as f64 / 1e6 / seconds[RUNS / 2]
}
