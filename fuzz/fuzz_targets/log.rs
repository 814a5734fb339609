//! A log that came from anywhere is refused or read, and a text is refused or restored: neither panics, and no
//! restored bytes differ from those that the log was made of.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oped_convert::edit::RepairLog;
use oped_convert::repair_bytes;

fuzz_target!(|bytes: &[u8]| {
    // The log up to the first NUL, the text after it.
    let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (log, text) = (&bytes[..cut], bytes.get(cut + 1..).unwrap_or_default());
    let (Ok(log), Ok(text)) = (std::str::from_utf8(log), std::str::from_utf8(text)) else { return };
    if let Ok(log) = RepairLog::from_json(log) {
        let _ = log.restore(text);
    }
    // The log of one text does not restore another one.
    let repaired = repair_bytes(log.as_bytes(), &Default::default());
    if let Ok(restored) = repaired.log.restore(text) {
        assert_eq!(restored, log.as_bytes());
    }
});
