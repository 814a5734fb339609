//! The block of a WARC record (ISO 28500:2017 4): as many bytes as its Content-Length states, unless that lies.
//!
//! A length is right where the block digest is that of so many bytes, else where a record, or the end of the file,
//! stands exactly behind them. Else the block ends where the next record begins: what a page or a WARC inside a record
//! quotes is never taken for that while the length is right. Nothing is kept of a block beyond what is wanted.

use std::io;

use memchr::memmem;

use super::kind::Compression;
use super::warc_digest::{self, Running, Verdict};
use super::warc_fields::{BEGINNING, MARK, begins_record};
use super::warc_stream::{End, Stream, StreamPlace, gap_length};

/// Bytes in which the next record is looked for at a time.
const WINDOW: usize = 64 << 10;
/// From so many bytes on a block that nobody wants is not read but jumped over.
const FAR: u64 = 1 << 20;
/// What ends a block (ISO 28500:2017 4: two CRLF), and what stands there in files with other line ends.
const CLOSINGS: &[&[u8]] = &[b"\r\n\r\n", b"\n\n", b"\r\n", b"\n"];
/// Length of the longest of them.
const LONGEST_CLOSING: usize = 4;

/// What is known of a block before it is read.
pub(super) struct Wanted<'a> {
    /// Its length, unless what the record states is none.
    pub(super) stated: Option<u64>,
    /// The block digest.
    pub(super) digest: Option<&'a str>,
    /// How many bytes to keep.
    pub(super) keeps: u64,
}

/// A block that was read.
pub(super) struct Block {
    /// Its first bytes, as many as were to be kept.
    pub(super) bytes: Vec<u8>,
    /// How many it has.
    pub(super) length: u64,
    /// What its digest says of it, where it has one and all bytes were kept.
    pub(super) verdict: Option<Verdict>,
    pub(super) ending: Ending,
}

/// Where a block ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Where its record states it.
    Stated,
    /// Where the next record begins, or the file ends: the record states something else, or nothing.
    Found,
    /// Where its record states it, but bytes follow that belong to no record. They were passed over.
    Followed,
    /// Where the file ends, before its stated end.
    Short,
    /// Where its compression is damaged.
    Damaged(String),
}

/// Reads a block. The stream stands behind it then, or at the next record.
pub(super) fn read(stream: &mut Stream<'_>, wanted: &Wanted<'_>) -> io::Result<Block> {
    let start = stream.place();
    let ends_there = match wanted.stated {
        Some(stated) => stream.ends_behind(stated)?,
        None => Some(false),
    };
    if let (Some(stated), Some(true)) = (wanted.stated, ends_there) {
        return as_stated(stream, wanted, start, stated);
    }
    let digest = wanted.digest.and_then(Running::new);
    let hasty = stream.is_tired() || (digest.is_none() && ends_there.is_some());
    let mut scan = Scan { start, keeps: wanted.keeps, hasty, ..Scan::new(digest) };
    match scan.look(stream, wanted.stated)? {
        Event::Matched(closing) => Ok(scan.found(closing)),
        Event::Begins => scan.cut(stream),
        Event::Limit => at_stated_end(stream, scan, ends_there.is_none()),
        Event::End => at_end(stream, scan, wanted.stated.is_some()),
    }
}

/// A record, or the end of the file, stands behind the stated end.
fn as_stated(stream: &mut Stream<'_>, wanted: &Wanted<'_>, start: StreamPlace, stated: u64) -> io::Result<Block> {
    let mut block = Block { bytes: Vec::new(), length: stated, verdict: None, ending: Ending::Stated };
    if stated > wanted.keeps {
        if stream.compression() == Compression::None && stated > FAR {
            stream.go_to(start, stated)?;
        } else {
            stream.skip(stated)?;
        }
        return Ok(block);
    }
    while (block.bytes.len() as u64) < stated {
        let at_hand = stream.peek(1)?;
        let taken = at_hand.len().min(stated as usize - block.bytes.len());
        if taken == 0 {
            break;
        }
        block.bytes.extend_from_slice(&at_hand[..taken]);
        stream.take(taken);
    }
    block.verdict = wanted.digest.map(|digest| warc_digest::check(digest, &block.bytes));
    // A length that takes whole records in has a record behind it too.
    if block.verdict == Some(Verdict::Mismatch)
        && let Some((length, next)) = digest_end(&block.bytes, wanted.digest)
    {
        stream.go_to(start, next as u64)?;
        block.bytes.truncate(length);
        block = Block { length: length as u64, verdict: Some(Verdict::Match), ending: Ending::Found, ..block };
    }
    Ok(block)
}

/// Where a block has its digest and a record begins behind it: its length, and the place of the record.
fn digest_end(bytes: &[u8], digest: Option<&str>) -> Option<(usize, usize)> {
    let mut tail = Tail { digest: digest.and_then(Running::new), bytes: Vec::new() };
    let mut fed = 0;
    for at in memmem::find_iter(bytes, MARK).filter(|at| begins_record(&bytes[*at..])) {
        tail.feed(&bytes[fed..at]);
        fed = at;
        if let Some(closing) = tail.matches() {
            return Some((at - closing, at));
        }
    }
    None
}

/// So many bytes were read as the record states.
fn at_stated_end(stream: &mut Stream<'_>, mut scan: Scan, may_end_here: bool) -> io::Result<Block> {
    let is_digest = scan.tail.matches_without(0);
    if is_digest == Some(true) || (may_end_here && stream.ends_behind(0)? == Some(true)) {
        return Ok(scan.block(Ending::Stated, is_digest));
    }
    if scan.sure.or(scan.unsure).is_some() {
        return scan.cut(stream);
    }
    let ahead = stream.peek(2 * BEGINNING)?;
    if ahead[..gap_length(ahead, false)].iter().filter(|byte| **byte == b'\n').count() > 1 {
        return Ok(scan.block(Ending::Stated, is_digest));
    }
    // The length may be too small: that of the characters of a text instead of its bytes.
    let stated = scan.length;
    scan.hasty = true;
    scan.any = true;
    let closing = match scan.look(stream, None)? {
        Event::Matched(closing) => closing,
        Event::Begins | Event::Limit | Event::End => scan.tail.closing(),
    };
    let end = scan.length - closing as u64;
    let is_damaged = matches!(stream.end(), End::Damaged { .. }) && stream.peek(1)?.is_empty();
    if is_damaged || end > scan.keeps || end <= stated + LONGEST_CLOSING as u64 {
        scan.kept.truncate(usize::try_from(stated).unwrap_or(usize::MAX));
        scan.length = stated;
        return Ok(scan.block(Ending::Followed, is_digest));
    }
    Ok(scan.found(closing))
}

/// The stream ended before the stated end, or before a record began.
fn at_end(stream: &mut Stream<'_>, scan: Scan, has_length: bool) -> io::Result<Block> {
    if let Some(closing) = scan.tail.matches() {
        return Ok(scan.found(closing));
    }
    if scan.sure.or(scan.unsure).is_some() {
        return scan.cut(stream);
    }
    match stream.end() {
        End::Damaged { why, .. } => Ok(scan.block(Ending::Damaged(why), None)),
        End::Whole if !has_length => {
            let closing = scan.tail.closing();
            Ok(scan.found(closing))
        }
        End::Whole | End::Cut { .. } => Ok(scan.block(Ending::Short, None)),
    }
}

/// A block while its end is looked for.
struct Scan {
    start: StreamPlace,
    keeps: u64,
    /// Whether the first record that surely begins ends the block: nothing is left that could tell more.
    hasty: bool,
    /// Whether any record that begins does.
    any: bool,
    kept: Vec<u8>,
    /// Bytes so far.
    length: u64,
    tail: Tail,
    /// Where the first record begins that has more than one field, or stands behind an empty line or in a new frame.
    sure: Option<u64>,
    /// Where the first other one begins.
    unsure: Option<u64>,
}

/// Why looking for the end of a block came to an end.
enum Event {
    /// A record begins, and what is before it, less so many bytes, has the digest.
    Matched(usize),
    /// A record begins that ends the block.
    Begins,
    /// The stated end.
    Limit,
    /// That of the stream.
    End,
}

impl Scan {
    fn new(digest: Option<Running>) -> Self {
        Self {
            start: StreamPlace { offset: 0, inside: 0 },
            keeps: 0,
            hasty: false,
            any: false,
            kept: Vec::new(),
            length: 0,
            tail: Tail { digest, bytes: Vec::new() },
            sure: None,
            unsure: None,
        }
    }

    fn look(&mut self, stream: &mut Stream<'_>, limit: Option<u64>) -> io::Result<Event> {
        let finder = memmem::Finder::new(MARK);
        loop {
            let left = limit.map_or(u64::MAX, |limit| limit - self.length);
            if left == 0 {
                return Ok(Event::Limit);
            }
            let bytes = stream.peek(WINDOW)?;
            if bytes.is_empty() {
                return Ok(Event::End);
            }
            // A beginning may stand across the border of two windows.
            let examined = if bytes.len() < WINDOW { bytes.len() } else { bytes.len() - BEGINNING };
            let examined = examined.min(usize::try_from(left).unwrap_or(usize::MAX));
            let mut marks = finder.find_iter(bytes).take_while(|at| *at < examined);
            let found = marks.find(|at| begins_record(&bytes[*at..]));
            let taken = found.unwrap_or(examined);
            self.feed(&bytes[..taken]);
            stream.take(taken);
            if found.is_none() {
                continue;
            }
            if let Some(closing) = self.tail.matches() {
                return Ok(Event::Matched(closing));
            }
            // Behind a block that was cut off no line ends it, but the fields of the next record are all there.
            let ahead = stream.peek(4 * BEGINNING)?;
            let has_fields = memmem::find(&ahead[..ahead.len().min(4 * BEGINNING)], b"\nWARC-").is_some();
            let is_sure = has_fields || self.tail.is_closed() || stream.frame_begins(0..1);
            let first = if is_sure { &mut self.sure } else { &mut self.unsure };
            first.get_or_insert(self.length);
            if self.any || (self.hasty && is_sure) {
                return Ok(Event::Begins);
            }
            self.feed(&MARK[..1]);
            stream.take(1);
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        let room = usize::try_from(self.keeps.saturating_sub(self.kept.len() as u64)).unwrap_or(usize::MAX);
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len() as u64;
        self.tail.feed(bytes);
    }

    /// The block up to the first record that begins in it. The stream goes back to that.
    fn cut(mut self, stream: &mut Stream<'_>) -> io::Result<Block> {
        let next = self.sure.or(self.unsure).unwrap_or(self.length);
        if next < self.length {
            stream.count_again(self.length - next);
            stream.go_to(self.start, next)?;
        }
        let kept = usize::try_from(next).unwrap_or(usize::MAX);
        let closing = if kept <= self.kept.len() {
            self.kept.truncate(kept);
            closing(&self.kept)
        } else {
            0
        };
        self.length = next;
        Ok(self.found(closing))
    }

    /// The block without its last bytes, which close it.
    fn found(mut self, closing: usize) -> Block {
        self.length -= closing as u64;
        self.kept.truncate(usize::try_from(self.length).unwrap_or(usize::MAX));
        self.block(Ending::Found, None)
    }

    fn block(self, ending: Ending, is_digest: Option<bool>) -> Block {
        let verdict = is_digest.map(|is_digest| if is_digest { Verdict::Match } else { Verdict::Mismatch });
        Block { bytes: self.kept, length: self.length, verdict, ending }
    }
}

/// The last bytes of a block while it is read, and the digest of those before.
struct Tail {
    digest: Option<Running>,
    bytes: Vec<u8>,
}

impl Tail {
    fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let settled = self.bytes.len().saturating_sub(LONGEST_CLOSING);
        if let Some(digest) = &mut self.digest {
            digest.update(&self.bytes[..settled]);
        }
        self.bytes.drain(..settled);
    }

    /// Whether an empty line stands at the end.
    fn is_closed(&self) -> bool {
        self.bytes.ends_with(b"\n\r\n") || self.bytes.ends_with(b"\n\n")
    }

    /// How many bytes at the end close the block.
    fn closing(&self) -> usize {
        closing(&self.bytes)
    }

    /// How many bytes at the end have to be left away to have the digest.
    fn matches(&self) -> Option<usize> {
        let closings = CLOSINGS.iter().filter(|closing| self.bytes.ends_with(closing)).map(|closing| closing.len());
        closings.chain([0]).find(|closing| self.matches_without(*closing) == Some(true))
    }

    fn matches_without(&self, closing: usize) -> Option<bool> {
        let mut digest = self.digest.clone()?;
        digest.update(&self.bytes[..self.bytes.len() - closing]);
        Some(digest.matches())
    }
}

/// Length of what closes a block at its end.
fn closing(bytes: &[u8]) -> usize {
    CLOSINGS.iter().find(|closing| bytes.ends_with(closing)).map_or(0, |closing| closing.len())
}
