//! How long each stage of the line takes for each text of `input/`: `cargo bench --bench stages`.
//!
//! Wall time on one thread, the median of many runs after a warm-up; quote ratios between stages rather than
//! milliseconds of a machine that others use too.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use oped_convert::decode::decode;
use oped_convert::metadata::recognise;
use oped_convert::normalise::normalise;
use oped_convert::original::{Origin, Original};
use oped_convert::plan::{Houses, Reading, Stated, Writing};
use oped_convert::read::{Article, read};
use oped_convert::read_original;
use oped_convert::repair::repair;
use oped_convert::typeset::paginate;
use oped_convert::write::{FORMATS, Schedule, WriteContext};

const RUNS: usize = 60;

fn median(mut run: impl FnMut()) -> Duration {
    run();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn main() {
    let writing = Writing { formats: FORMATS.iter().map(|f| f.name).collect(), ..Writing::default() };
    oped_convert::warm(&Schedule::new(&writing, FORMATS).unwrap());
    let mut paths: Vec<_> =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("input")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
    println!(
        "{:<33} {:>5} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {}",
        "milliseconds",
        "words",
        "decode",
        "repair",
        "read",
        "recognise",
        "700 words",
        "normalise",
        "  layout   ".to_owned() + &names.join("       ")
    );
    for path in paths {
        let origin = Origin { path: path.file_name().unwrap().to_string_lossy().into_owned(), ..Origin::default() };
        let original = Original::new(origin, fs::read(&path).unwrap());
        println!("{:<33} {}", original.origin.path, measure(&original, &writing));
    }
}

/// Fewest words from which a time for 700 is told: a text without spaces between them has none.
const LEAST_WORDS: usize = 100;

/// Milliseconds of each stage, and of recognition for 700 words: the length of a usual op-ed.
fn measure(original: &Original, writing: &Writing) -> String {
    let reading = read_original(original, &Reading::default());
    let mut times = vec![
        median(|| drop(black_box(decode(original)))),
        median(|| drop(black_box(repair(original, decode(original), &Default::default())))),
    ];
    // Each of the next stages takes what the one before it made: its time is what it adds.
    let article = || read(&reading.repaired, &original.origin);
    let (stated, houses) = (Stated::default(), Houses::default());
    let recognised =
        |article: &Article| recognise(article, reading.repaired.sources(), &original.origin, &stated, &houses);
    times.push(median(|| drop(black_box(article()))));
    times.push(median(|| drop(black_box(recognised(&article())))));
    times.push(median(|| {
        let article = article();
        let recognised = recognised(&article);
        black_box(normalise(original, &reading.repaired, article, recognised));
    }));
    times[4] = times[4].saturating_sub(times[3]);
    times[3] = times[3].saturating_sub(times[2]);
    times.push(median(|| drop(black_box(paginate(&reading.document, &writing.layout)))));
    times.extend(formats(original, &reading, writing));
    times[1] = times[1].saturating_sub(times[0]);
    let words: usize = article().blocks.iter().map(|block| block.text.as_str().split_whitespace().count()).sum();
    let milliseconds = |time: Duration| format!("{:>9.3}", time.as_secs_f64() * 1000.0);
    let of_700 = (words >= LEAST_WORDS).then(|| milliseconds(times[3] * 700 / u32::try_from(words).unwrap()));
    let mut shown: Vec<String> = times.iter().map(|time| milliseconds(*time)).collect();
    shown.insert(4, of_700.unwrap_or_else(|| format!("{:>9}", "-")));
    format!("{words:>5} {}", shown.join(" "))
}

fn formats(original: &Original, reading: &oped_convert::ReadOriginal, writing: &Writing) -> Vec<Duration> {
    let layout = paginate(&reading.document, &writing.layout);
    let mut renditions = BTreeMap::new();
    let mut times = Vec::new();
    for format in FORMATS {
        let context = WriteContext {
            layout: Some(&layout),
            original: &original.bytes,
            log: &reading.repaired.log,
            renditions: &renditions,
        };
        let write = || {
            let mut out = Vec::new();
            (format.writer)(writing).write(&reading.document, &context, &mut Vec::new(), &mut out).unwrap();
            out
        };
        times.push(median(|| drop(black_box(write()))));
        let bytes = write();
        renditions.insert(format.name, bytes);
    }
    times
}
