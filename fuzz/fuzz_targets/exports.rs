//! Exports of press databases of any bytes.

#![no_main]

#[path = "support/reading.rs"]
mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reading::read(bytes, &["a.txt", "export"]));
