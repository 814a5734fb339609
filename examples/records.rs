//! What is recognised in each record of a container (WARC, WACZ, JSONL), or in a single file, one JSON object a line.
//!
//! `cargo run --example records --no-default-features --features html,containers -- FILE`

use std::error::Error;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use oped_convert::container::{CONTAINERS, Input, originals};
use oped_convert::inspect::Inspection;
use oped_convert::plan::{Opening, Reading};
use oped_convert::read_original;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: records FILE")?;
    let mut out = io::stdout().lock();
    for line in lines(Path::new(&file)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// One line for each record, in the order of the file; a record that could not be read is a line that says why.
fn lines(file: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    originals(&Input::of(file), &Opening::default(), CONTAINERS, &mut |loaded| {
        lines.push(match loaded.result {
            Ok(original) => {
                let mut reading = read_original(&original, &Reading::default());
                // What was noticed while the container was read comes before what its bytes say.
                reading.diagnostics.splice(0..0, loaded.noticed);
                Inspection::new(&original, &reading).to_json()
            }
            Err(why) => format!("{}: {why}", loaded.name),
        });
        ControlFlow::Continue(())
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_is_a_line_and_a_damaged_one_says_why() {
        let folder = std::env::temp_dir().join(format!("oped-records-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("articles.jsonl");
        let records = "{\"text\":\"The wall\\n\\nBy Ann Lee\\n\\nIt is older than the town.\"}\n{\"text\":\n";
        std::fs::write(&file, records).unwrap();
        let lines = lines(&file);
        std::fs::remove_dir_all(&folder).unwrap();
        let [first, second] = &lines[..] else { panic!("{lines:?}") };
        let first: serde_json::Value = serde_json::from_str(first).unwrap();
        assert_eq!(first["metadata"]["title"]["value"], "The wall");
        assert!(second.contains("C005"), "{second}");
    }
}
