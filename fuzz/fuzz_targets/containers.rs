//! Web archives and JSON of any bytes.

#![no_main]

#[path = "support/reading.rs"]
mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reading::read(bytes, &["a.warc", "a.warc.gz", "a.arc", "a.wacz", "a.jsonl", "a.json"]));
