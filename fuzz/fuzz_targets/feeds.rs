//! Feeds and news in XML of any bytes.

#![no_main]

#[path = "support/reading.rs"]
mod reading;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reading::read(bytes, &["a.rss", "a.atom", "a.xml"]));
