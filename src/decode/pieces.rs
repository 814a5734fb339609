//! Decoding stretch by stretch, with a segment for each.

use crate::edit::{Segment, SegmentKind};
use crate::encoding::EncodingId;

/// A text that grows by decoding the bytes from left to right.
pub(super) struct Pieces<'a> {
    bytes: &'a [u8],
    done: usize,
    pub(super) text: String,
    pub(super) segments: Vec<Segment>,
    pub(super) unreadable: usize,
    pub(super) unreadable_at: Option<usize>,
    /// Bytes decoded by each encoding.
    tally: Vec<(EncodingId, usize)>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let text = String::with_capacity(bytes.len() + bytes.len() / 2);
        Self { bytes, done: 0, text, segments: Vec::new(), unreadable: 0, unreadable_at: None, tally: Vec::new() }
    }

    /// The encodings that were used, most bytes first.
    pub(super) fn encodings(&self) -> Vec<EncodingId> {
        let mut tally = self.tally.clone();
        tally.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        tally.into_iter().map(|(encoding, _)| encoding).collect()
    }

    /// The first `length` bytes are a byte order mark.
    pub(super) fn skip_mark(&mut self, length: usize) {
        self.push(length, "", SegmentKind::Raw(self.bytes[..length].into()));
    }

    /// Everything that is left is in `encoding`.
    pub(super) fn decode_rest(&mut self, encoding: EncodingId) {
        self.decode_next(self.bytes.len() - self.done, encoding);
    }

    /// The next `length` bytes are UTF-8, and in `stray` where they are not.
    pub(super) fn decode_strays(&mut self, length: usize, stray: EncodingId) {
        let mut run = 0;
        for chunk in self.bytes[self.done..self.done + length].utf8_chunks() {
            if !chunk.valid().is_empty() {
                // The bytes of a legacy double-byte character can lie in two invalid chunks only when nothing
                // valid stands between them.
                self.decode_next(run, stray);
                run = 0;
                self.decode_next(chunk.valid().len(), EncodingId::Utf8);
            }
            run += chunk.invalid().len();
        }
        self.decode_next(run, stray);
    }

    /// Everything that is left is in no encoding that is known: ASCII is text, each byte above it is kept.
    pub(super) fn keep_rest(&mut self) {
        for chunk in self.bytes[self.done..].chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            if chunk.is_ascii() {
                self.decode_next(chunk.len(), EncodingId::Utf8);
            } else {
                for byte in chunk {
                    self.unreadable_at.get_or_insert(self.done);
                    self.unreadable += 1;
                    self.push(1, "\u{FFFD}", SegmentKind::Raw([*byte].into()));
                }
            }
        }
    }

    /// The next `length` bytes are in `encoding`.
    pub(super) fn decode_next(&mut self, length: usize, encoding: EncodingId) {
        let end = self.done + length;
        while self.done < end {
            let rest = &self.bytes[self.done..end];
            // Most files are UTF-8, and need no decoder.
            let (read, malformed) = if encoding == EncodingId::Utf8 {
                self.push_utf8(rest)
            } else {
                let prefix = encoding.decode_prefix(rest);
                self.push_decoded(&rest[..prefix.read], &prefix.text, encoding);
                (prefix.read, prefix.malformed)
            };
            debug_assert!(read + malformed <= rest.len());
            // Only the lead byte is at fault: what follows it may begin a character. UTF-16 and UTF-32 have no lead
            // bytes.
            let at_fault = if is_wide(encoding) { malformed } else { malformed.min(1) };
            for _ in 0..at_fault {
                self.push_malformed(encoding);
            }
        }
    }

    /// The longest prefix that is UTF-8; its length, and that of the malformed sequence after it.
    fn push_utf8(&mut self, bytes: &[u8]) -> (usize, usize) {
        let (text, malformed) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, 0),
            Err(error) => {
                let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]);
                (valid.unwrap_or_default(), error.error_len().unwrap_or(1))
            }
        };
        self.copy(text);
        (text.len(), malformed)
    }

    /// The next bytes are `text` in UTF-8.
    pub(super) fn copy(&mut self, text: &str) {
        if !text.is_empty() {
            self.count(EncodingId::Utf8, text.as_bytes());
            self.push(text.len(), text, SegmentKind::Copied);
        }
    }

    fn push_decoded(&mut self, bytes: &[u8], text: &str, encoding: EncodingId) {
        if bytes.is_empty() {
            return;
        }
        self.count(encoding, bytes);
        if encoding.encode(text).is_some_and(|again| again[..] == *bytes) {
            return self.push(bytes.len(), text, SegmentKind::Decoded(encoding));
        }
        // Some character has two forms in this encoding: keep the bytes of its line only. In these encodings a
        // byte 0A is always a line feed.
        if encoding.is_stateful() || is_wide(encoding) {
            return self.push(bytes.len(), text, SegmentKind::Raw(bytes.into()));
        }
        for (line, text) in bytes.split_inclusive(|b| *b == b'\n').zip(text.split_inclusive('\n')) {
            let again = encoding.encode(text);
            let same = again.is_some_and(|again| again[..] == *line);
            self.push(
                line.len(),
                text,
                if same { SegmentKind::Decoded(encoding) } else { SegmentKind::Raw(line.into()) },
            );
        }
    }

    /// One byte that `encoding` does not read.
    fn push_malformed(&mut self, encoding: EncodingId) {
        let byte = self.bytes[self.done];
        // Scrapers append the no-break space of the page around the text to double-byte text as byte A0, which
        // is no lead byte in any of these encodings.
        let double_byte =
            matches!(encoding, EncodingId::Gb18030 | EncodingId::Big5 | EncodingId::EucKr | EncodingId::EucJp);
        if double_byte && byte == 0xA0 {
            self.count(EncodingId::Latin1, &[byte]);
            return self.push(1, "\u{A0}", SegmentKind::Decoded(EncodingId::Latin1));
        }
        self.unreadable_at.get_or_insert(self.done);
        self.unreadable += 1;
        self.push(1, "\u{FFFD}", SegmentKind::Raw([byte].into()));
    }

    fn count(&mut self, encoding: EncodingId, bytes: &[u8]) {
        // Pure ASCII is no evidence of an encoding unless it is all there is.
        let weight = bytes.iter().filter(|b| !b.is_ascii()).count();
        let first = self.tally.is_empty();
        match self.tally.iter_mut().find(|(counted, _)| *counted == encoding) {
            Some((_, sum)) => *sum += weight,
            None if weight > 0 || first => self.tally.push((encoding, weight)),
            None => {}
        }
    }

    fn push(&mut self, length: usize, text: &str, kind: SegmentKind) {
        let (source, target) = (self.done..self.done + length, self.text.len()..self.text.len() + text.len());
        self.done = source.end;
        self.text.push_str(text);
        // Neighbours of one kind are one segment.
        if let Some(last) = self.segments.last_mut()
            && last.kind == kind
            && matches!(kind, SegmentKind::Copied | SegmentKind::Decoded(_))
        {
            last.source.end = source.end;
            last.target.end = target.end;
            return;
        }
        self.segments.push(Segment { source, target, kind });
    }
}

/// Characters are units of two or four bytes.
fn is_wide(encoding: EncodingId) -> bool {
    matches!(encoding, EncodingId::Utf16Le | EncodingId::Utf16Be | EncodingId::Utf32Le | EncodingId::Utf32Be)
}
