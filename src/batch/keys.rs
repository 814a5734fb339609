//! What an output was made from, as the record keeps it: the source, and the options that decide its bytes. An output whose
//! keys and program version are those of this run is current; everything that a writer can see is in one of the three.

use serde_json::{Value, json};

use crate::original::{Digest, Original};
use crate::plan::{Plan, canonical};
use crate::write::{Schedule, Writer};

/// Digests of the options that decide the bytes of each output. Two of them differ if and only if some original's outputs
/// differ (tests/keys.rs).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Of what is said of an input.
    pub reading: Digest,
    /// Of the repaired text and its log.
    pub beside: Digest,
    /// Of the formats that are asked for, in the order of the table.
    pub formats: Vec<Digest>,
}

impl Keys {
    /// The keys of a plan, whose schedule is this one.
    pub fn of(plan: &Plan, schedule: &Schedule) -> Self {
        // Whether there is an output at all hangs on strictness.
        let (strict, reading) = (schedule.is_strict(), canonical(&plan.reading));
        let text = plan.reading.of_text();
        let format = |writer: &dyn Writer| {
            let seen = if writer.shows_metadata() { &reading } else { &text };
            digest(&json!({ "strict": strict, "reading": seen, "writing": writer.options() }))
        };
        Self {
            beside: digest(&json!({ "strict": strict, "repair": canonical(&plan.reading.repair) })),
            formats: schedule.writers().map(format).collect(),
            reading: digest(&json!({ "strict": strict, "reading": reading })),
        }
    }
}

/// Digest of the bytes and of everything that is known of where they came from: the same bytes under another address, of
/// another crawl, or with another author stated beside them, make other outputs.
pub fn source_key(original: &Original) -> Digest {
    digest(&json!({ "sha256": original.digest.hex(), "origin": canonical(&original.origin) }))
}

fn digest(value: &Value) -> Digest {
    Digest::of(value.to_string().as_bytes())
}
