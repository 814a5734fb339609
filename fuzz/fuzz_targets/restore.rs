//! Any bytes, repaired under any options, come back to the byte from the repaired text and its log.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oped_convert::edit::RepairLog;
use oped_convert::plan::RepairOptions;
use oped_convert::repair_bytes;
use oped_convert::span::Permille;

fuzz_target!(|bytes: &[u8]| {
    // The options are at the end, so that any text file is a seed.
    let options = bytes.last().copied().unwrap_or_default();
    let options = RepairOptions {
        min_confidence: Permille::new(if options & 1 == 0 { 0 } else { u16::from(options) * 4 }),
        report_only: options & 0x0E == 0x0E,
        entities: options & 0x10 != 0,
    };
    let repaired = repair_bytes(bytes, &options);
    let log = RepairLog::from_json(&repaired.log.to_json()).expect("a log that was written is read");
    assert_eq!(log.restore(&repaired.text).expect("a text is restored with its own log"), bytes);
    let (mut source, mut target) = (0, 0);
    for segment in &log.segments {
        assert_eq!((segment.source.start, segment.target.start), (source, target), "segments have no gaps");
        (source, target) = (segment.source.end, segment.target.end);
    }
    assert_eq!((source, target), (bytes.len(), repaired.text.len()), "segments cover input and text");
});
