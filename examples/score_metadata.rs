//! How well recognition does on files of cases, by field and by language, and how well the bodies of pages are found.
//!
//! ```text
//! cargo run --release --example score_metadata -- tests/corpus/metadata.jsonl ../shared/corpus/04-html/aeb-truth.json
//! ```
//!
//! A file is JSON lines in the form of `tests/corpus/metadata.jsonl`, or one of the truths of `../shared/corpus`:
//! `aeb-truth.json` (bodies) and `trafilatura-truth.json` (title, author, date), whose pages lie beside them, or a
//! Markdown file whose front matter states title and date. `exact` is as it is, `left out` not found, `wrong`
//! something else, or something where nothing is. Bodies are scored as the article-extraction-benchmark does it:
//! shingles of four words, each page of equal weight; figures are not counted. `VERBOSE=1` prints what is not exact,
//! `VERBOSE=field` one field.

#![allow(clippy::print_stdout, reason = "it prints the scores")]

#[path = "../tests/support/metadata_cases.rs"]
mod metadata_cases;
#[path = "../tests/support/shingles.rs"]
mod shingles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use metadata_cases::{Case, FIELDS, Outcome};
use oped_convert::ReadOriginal;
use oped_convert::document::{BlockKind, Role, block_text};
use serde_json::Value;
use shingles::shingles;

fn main() -> Result<()> {
    let verbose = std::env::var("VERBOSE").ok();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    anyhow::ensure!(!arguments.is_empty(), "usage: score_metadata FILE...");
    let mut table = Table::default();
    for path in &arguments {
        for case in cases(Path::new(path)).with_context(|| path.clone())? {
            table.add(&case, verbose.as_deref());
        }
    }
    table.print();
    Ok(())
}

fn cases(path: &Path) -> Result<Vec<Case>> {
    let text = fs::read_to_string(path)?;
    if path.extension().is_some_and(|e| e == "md") {
        return Ok(vec![front_matter(path, &text)]);
    }
    if path.extension().is_some_and(|e| e == "jsonl") {
        let own = |line: &str| Case::own(line).map_err(|e| anyhow::anyhow!("{e}: {}", &line[..line.len().min(80)]));
        return text.lines().filter(|line| !line.trim().is_empty()).map(own).collect();
    }
    let truths: BTreeMap<String, Value> = serde_json::from_str(&text)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    truths.into_iter().filter_map(|(key, truth)| page(folder, key, &truth).transpose()).collect()
}

/// Title and date of a front matter are the truth about its file.
fn front_matter(path: &Path, text: &str) -> Case {
    let value = |key: &str| {
        let mut lines = text.lines().skip_while(|line| !line.starts_with(key)).peekable();
        let mut value = lines.next()?.strip_prefix(key)?.strip_prefix(':')?.trim().to_owned();
        for more in lines.take_while(|line| line.starts_with(' ')) {
            value = format!("{value} {}", more.trim());
        }
        let quoted = value.len() > 1 && (value.starts_with('\'') || value.starts_with('"'));
        Some(if quoted { value[1..value.len() - 1].replace("''", "'") } else { value })
    };
    let truth = serde_json::json!({"title": value("title"), "published": value("date"), "lang": "en"});
    Case {
        id: path.file_name().unwrap_or_default().to_string_lossy().chars().take(30).collect(),
        language: "en".into(),
        bytes: text.as_bytes().into(),
        media_type: Some("text/plain".into()),
        url: None,
        truth,
        fields: &["title", "published", "lang"],
        set: String::new(),
        fails: BTreeSet::new(),
    }
}

/// A page of the benchmark or of the labelled pages; `None` where its file is not there.
fn page(folder: &Path, key: String, truth: &Value) -> Result<Option<Case>> {
    let of_benchmark = truth.get("articleBody").is_some();
    let candidates = match truth["file"].as_str() {
        Some(file) => {
            vec![folder.join("trafilatura").join(file), folder.join("legacy").join(file.replace([' ', ','], "_"))]
        }
        None => vec![folder.join("aeb").join(format!("{key}.html.gz"))],
    };
    let Some(file) = candidates.into_iter().find(|file| file.is_file()) else { return Ok(None) };
    let mut bytes = fs::read(&file)?;
    if file.extension().is_some_and(|e| e == "gz") {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut plain)?;
        bytes = plain;
    }
    let filled = |name: &str| truth[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let authors: Vec<Value> =
        filled("author").iter().flat_map(|a| a.split("; ")).map(|name| serde_json::json!({"name": name})).collect();
    Ok(Some(Case {
        id: key.chars().take(60).collect(),
        language: if of_benchmark { "bodies".into() } else { "pages".into() },
        bytes: bytes.into(),
        media_type: Some("text/html".into()),
        url: truth["url"].as_str().map(str::to_owned).or(Some(key)),
        truth: serde_json::json!({
            "title": filled("title"), "authors": authors, "published": filled("date"),
            "articleBody": truth["articleBody"], "with": truth["with"], "without": truth["without"],
        }),
        fields: if of_benchmark { &[] } else { &["title", "names", "published"] },
        set: String::new(),
        fails: BTreeSet::new(),
    }))
}

#[derive(Default)]
struct Table {
    /// By field and by language; exact, left out, wrong.
    counts: BTreeMap<(String, String), [usize; 3]>,
    /// True positives, false positives, false negatives of bodies, each page of weight 1.
    bodies: [f64; 3],
    pages: usize,
    /// Phrases that must and must not be in the body: found and not.
    phrases: [usize; 4],
    cases: usize,
    perfect: usize,
    /// Cases that came out otherwise than they say that they do.
    surprises: usize,
    seconds: f64,
}

impl Table {
    fn add(&mut self, case: &Case, verbose: Option<&str>) {
        let start = Instant::now();
        let reading = case.read();
        self.seconds += start.elapsed().as_secs_f64();
        let mut perfect = true;
        let mut compared = case.compare(&reading);
        // Labelled pages give names only.
        if let Some(names) = case.fields.contains(&"names").then(|| names(case, &reading)) {
            compared.insert("names", names);
        }
        for (field, (outcome, truth, found)) in compared {
            let at = match outcome {
                Outcome::Exact => 0,
                Outcome::LeftOut => 1,
                Outcome::Wrong => 2,
                Outcome::Absent => continue,
            };
            let set = format!("all, {}", case.set);
            let counted = [case.language.as_str(), "all", set.as_str()];
            for language in counted.into_iter().filter(|l| !l.ends_with(", ")) {
                self.counts.entry((field.to_owned(), language.to_owned())).or_default()[at] += 1;
            }
            perfect &= at == 0;
            if at > 0 && verbose.is_some_and(|v| v == "1" || v == field) {
                println!(
                    "{}  {field} {}\n    true   {truth}\n    found  {found}",
                    case.id,
                    ["", "left out", "wrong"][at]
                );
            }
        }
        self.cases += 1;
        self.perfect += usize::from(perfect);
        self.surprises += usize::from(perfect != case.fails.is_empty());
        self.add_body(case, &reading, verbose);
    }

    fn add_body(&mut self, case: &Case, reading: &ReadOriginal, verbose: Option<&str>) {
        let body = body(reading);
        for (name, wanted) in [("with", true), ("without", false)] {
            for phrase in case.truth[name].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let there = folded(&body).contains(&folded(phrase));
                self.phrases[usize::from(!wanted) * 2 + usize::from(there != wanted)] += 1;
                if there != wanted && verbose.is_some_and(|v| v == "1" || v == "phrases") {
                    println!("{}  {} {phrase:?}", case.id, if wanted { "not in the body:" } else { "in the body:" });
                }
            }
        }
        let truth = match (&case.truth["articleBody"], case.truth["body"].as_array()) {
            (Value::String(text), _) => text.clone(),
            (_, Some(blocks)) => blocks.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
            _ => return,
        };
        let counts = matching(&truth, &body);
        let sum: f64 = counts.iter().sum();
        if sum > 0.0 {
            counts.iter().zip(&mut self.bodies).for_each(|(count, total)| *total += count / sum);
        }
        self.pages += 1;
        let f1 = f1(counts);
        if f1 < 0.99 && verbose.is_some_and(|v| v == "1" || v == "body") {
            println!(
                "{}  body F1 {f1:.3} (found {:.0}, added {:.0}, missed {:.0})",
                case.id, counts[0], counts[1], counts[2]
            );
        }
        if verbose == Some("text") {
            println!("== {}\n-- true\n{truth}\n-- found\n{body}", case.id);
        }
    }

    fn print(&self) {
        println!(
            "{} cases, {} of them exact in every field ({} otherwise than marked), {:.0} a second",
            self.cases,
            self.perfect,
            self.surprises,
            self.cases as f64 / self.seconds
        );
        let mut languages: Vec<&String> = self.counts.keys().map(|(_, language)| language).collect();
        languages.sort();
        languages.dedup();
        println!("{:<18} {:>5} {:>6} {:>9} {:>6}", "field", "n", "exact", "left out", "wrong");
        for field in FIELDS.iter().chain(&["names"]) {
            if let Some([exact, left_out, wrong]) = self.counts.get(&((*field).to_owned(), "all".to_owned())) {
                println!("{field:<18} {:>5} {exact:>6} {left_out:>9} {wrong:>6}", exact + left_out + wrong);
            }
        }
        for language in languages {
            let total = self
                .counts
                .iter()
                .filter(|((_, l), _)| l == language)
                .fold([0; 3], |sum, (_, c)| [0, 1, 2].map(|i| sum[i] + c[i]));
            let n: usize = total.iter().sum();
            let percent = |count: usize| 100.0 * count as f64 / n as f64;
            println!(
                "{language:<18} {n:>5} {:>6} {:>9} {:>6}   {:.1} % exact, {:.1} % wrong",
                total[0],
                total[1],
                total[2],
                percent(total[0]),
                percent(total[2])
            );
        }
        if self.pages > 0 {
            let [found, added, missed] = self.bodies;
            println!(
                "bodies: {} pages, F1 {:.3}, precision {:.3}, recall {:.3}",
                self.pages,
                f1(self.bodies),
                found / (found + added),
                found / (found + missed)
            );
        }
        if self.phrases.iter().sum::<usize>() > 0 {
            let [with, not_with, without, not_without] = self.phrases;
            println!(
                "phrases: {with} of {} in the body, {without} of {} kept out",
                with + not_with,
                without + not_without
            );
        }
    }
}

fn names(case: &Case, reading: &ReadOriginal) -> (Outcome, Value, Value) {
    let set = |names: Vec<String>| {
        let mut names: Vec<String> = names.iter().map(|n| folded(n)).collect();
        names.sort();
        names
    };
    let truth = set(case.truth["authors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|a| a["name"].as_str())
        .map(str::to_owned)
        .collect());
    let found = set(reading.document.metadata.authors.iter().map(|a| a.value.name.clone()).collect());
    let outcome = match (truth.is_empty(), found.is_empty()) {
        (true, true) => Outcome::Absent,
        _ if truth == found => Outcome::Exact,
        (false, true) => Outcome::LeftOut,
        _ => Outcome::Wrong,
    };
    (outcome, truth.into(), found.into())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The article's own text.
fn body(reading: &ReadOriginal) -> String {
    let blocks = reading.document.in_role(Role::Body).filter(|b| !matches!(b.kind, BlockKind::Figure { .. }));
    blocks.map(block_text).collect::<Vec<_>>().join("\n")
}

fn f1([found, added, missed]: [f64; 3]) -> f64 {
    if found == 0.0 { 0.0 } else { 2.0 * found / (2.0 * found + added + missed) }
}

/// Shingles of four words that are in both texts, only in the found one, only in the true one.
fn matching(truth: &str, found: &str) -> [f64; 3] {
    let (truth, found) = (shingles(truth), shingles(found));
    let mut counts = [0.0; 3];
    for (shingle, n) in &truth {
        let m = found.get(shingle).copied().unwrap_or(0);
        counts[0] += (*n).min(m) as f64;
        counts[2] += n.saturating_sub(m) as f64;
    }
    for (shingle, m) in &found {
        counts[1] += m.saturating_sub(truth.get(shingle).copied().unwrap_or(0)) as f64;
    }
    counts
}
