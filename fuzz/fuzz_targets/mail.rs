//! Mail, saved pages and mboxes of any bytes.

#![no_main]

#[path = "support/reading.rs"]
mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reading::read(bytes, &["a.eml", "a.mht", "a.mbox"]));
