//! WARC (ISO 28500:2017): the entity bodies of its records that hold HTML or text, compressed or not. A stretch that
//! cannot be read ends at the next record that can.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use fastwarc::stream_io::bufread::LimitedBufReader;
use fastwarc::stream_io::gzip::GzipReader;
use fastwarc::stream_io::traits::{IntoWarcReader as _, WarcRead};
use fastwarc::stream_io::zstd::ZstdReader;
use fastwarc::warc::iter::{ArchiveIterator, ArchiveIteratorOptions};
use fastwarc::warc::record::{WarcRecord, WarcRecordType};
use memchr::memmem;

use super::compressed::{failure, out_of_proportion, too_large};
use super::kind::{self, Compression};
use super::warc_digest::{self, Verdict};
use super::warc_payload::{self, Payload};
use super::{Container, ContainerKind, Loaded, Sink, Tally};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original};
use crate::plan::{Limits, Opening};

/// Bytes of one header block: cookies make them long.
pub(super) const LONGEST_HEADER: usize = 1 << 20;
/// Bytes in which the next record is looked for at a time.
const STRETCH: usize = 1 << 20;

/// The container's facts.
pub const WARC: ContainerKind = ContainerKind {
    name: "WARC",
    spec: "ISO 28500:2017",
    endings: &["warc"],
    compressed: true,
    begins: |bytes| bytes.starts_with(b"WARC/"),
    holds: "each response and resource record with HTML or text; digests are checked, transfer and content coding taken off",
    read: originals,
};

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<Tally, Diagnostic> {
    let part = Part { path: container.path, range: 0..container.length, inside: "", noticed: Vec::new() };
    let mut run = Run::new(container, &opening.limits, sink);
    if run.part(&part)?.is_break() {
        return Ok(run.tally);
    }
    run.finish()
}

/// A WARC file, or a part of another file that is one.
pub(super) struct Part<'a> {
    pub(super) path: &'a Path,
    pub(super) range: Range<u64>,
    /// Its name inside a WACZ.
    pub(super) inside: &'a str,
    /// What is said of each of its records.
    pub(super) noticed: Vec<Diagnostic>,
}

/// Reading the records of a container.
pub(super) struct Run<'a, 'b> {
    container: &'a Container<'a>,
    limits: &'a Limits,
    sink: Sink<'b>,
    tally: Tally,
    /// Number of the next record.
    index: u64,
    yielded: u64,
    /// The last record: its length is known when the next one begins.
    last: Option<Last>,
    /// A stretch that could not be read, until it is known where it ends.
    broken: Option<Loaded>,
}

struct Last {
    loaded: Loaded,
    offset: u64,
    /// Bytes of its block.
    block: u64,
    /// The end of the file that it is in.
    end: u64,
}

/// How a stretch of records ended.
enum Stretch {
    End,
    Stopped,
    /// What follows is no record, or belongs to one of another length.
    Broken {
        /// Where the next record is looked for.
        from: u64,
        /// Why, unless it was said of a record.
        why: Option<String>,
    },
}

impl<'a, 'b> Run<'a, 'b> {
    pub(super) fn new(container: &'a Container<'a>, limits: &'a Limits, sink: Sink<'b>) -> Self {
        Self { container, limits, sink, tally: Tally::default(), index: 0, yielded: 0, last: None, broken: None }
    }

    pub(super) fn finish(self) -> Result<Tally, Diagnostic> {
        if self.index == 0 && self.yielded == 0 {
            return Err(Diagnostic::new(diagnostic::C011, "no record begins anywhere in it"));
        }
        Ok(self.tally)
    }

    /// Reads one WARC file to its end; breaks when the sink wants no more.
    pub(super) fn part(&mut self, part: &Part<'_>) -> Result<ControlFlow<()>, Diagnostic> {
        let mut start = part.range.start;
        while start < part.range.end {
            let (reader, compression) = open(part, start).map_err(|e| failure(&e))?;
            let (from, why) = match self.stretch(part, reader, compression, start) {
                Stretch::End => break,
                Stretch::Stopped => return Ok(ControlFlow::Break(())),
                Stretch::Broken { from, why } => (from, why),
            };
            let next = next_record(part, from, compression).map_err(|e| failure(&e))?;
            if self.flush(next.unwrap_or(part.range.end), compression).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            if let Some(why) = why {
                let rest = match next {
                    Some(next) => format!("the next record begins at byte {next}"),
                    None => "nothing after it can be read".to_owned(),
                };
                let name = self.name(part, from - 1, None);
                let why = Diagnostic::new(
                    diagnostic::C005,
                    format!("a stretch from here on holds no record that can be read: {why}; {rest}"),
                );
                // Where the next one cannot be read either, it is the one that is broken.
                self.broken = Some(Loaded::rejected(name, None, why));
            }
            start = next.unwrap_or(part.range.end);
        }
        if self.flush(part.range.end, Compression::None).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        Ok(self.say_broken())
    }

    fn say_broken(&mut self) -> ControlFlow<()> {
        let Some(broken) = self.broken.take() else { return ControlFlow::Continue(()) };
        self.yielded += 1;
        (self.sink)(broken)
    }

    fn stretch(&mut self, part: &Part<'_>, reader: Box<dyn WarcRead>, compression: Compression, start: u64) -> Stretch {
        let options = ArchiveIteratorOptions {
            stream_detect: false,
            parse_http: false,
            max_header_len: LONGEST_HEADER,
            ..ArchiveIteratorOptions::default()
        };
        let mut at = start;
        for record in ArchiveIterator::with_options(reader, options) {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let why = match &mut self.last {
                        Some(last) if error.to_string() == "Invalid WARC header" => {
                            let message =
                                "bytes follow it that belong to no record; its Content-Length may be too small";
                            last.loaded.noticed.push(Diagnostic::new(diagnostic::C009, message));
                            None
                        }
                        _ => Some(error.to_string()),
                    };
                    return Stretch::Broken { from: at + 1, why };
                }
            };
            let mut record = record.borrow_mut();
            // A record that is compressed with others is where these are.
            let frame = record.reader_mut().and_then(|reader| reader.frame_start_position().ok()).flatten();
            at = frame.unwrap_or(record.stream_pos());
            if self.flush(at, compression).is_break() || self.say_broken().is_break() {
                return Stretch::Stopped;
            }
            match self.record(part, &mut record, at) {
                Ok(None) => {}
                Ok(Some(from)) => return Stretch::Broken { from, why: None },
                Err(error) => return Stretch::Broken { from: at + 1, why: Some(error.to_string()) },
            }
        }
        Stretch::End
    }

    /// Reads one record. Returns where the next one has to be looked for, where that is not behind its stated end.
    fn record(&mut self, part: &Part<'_>, record: &mut WarcRecord, offset: u64) -> io::Result<Option<u64>> {
        let index = self.index;
        self.index += 1;
        let stated = record.content_length();
        let has_length = record.headers().get("Content-Length").is_some();
        let Some(head) = warc_payload::head(record) else {
            self.tally.ignored += 1;
            return Ok((!has_length).then_some(offset + 1));
        };
        let name = self.name(part, offset, head.target.as_deref());
        let reader = record.reader_mut().ok_or_else(|| io::Error::other("the record has no content"))?;
        let Block { mut bytes, mut next } = Block::read(reader, stated, self.limits.max_bytes)?;
        let mut noticed = part.noticed.clone();
        let verdict = head.block_digest.as_deref().map(|stated| warc_digest::check(stated, &bytes));
        if verdict != Some(Verdict::Match) && next.is_none() {
            // A Content-Length that is too large takes the next record in.
            if let Some(at) = memmem::find(&bytes, b"\r\n\r\nWARC/1.") {
                bytes.truncate(at);
                next = Some(offset + 1);
            }
        }
        let block = bytes.len() as u64;
        if next.is_some() {
            let message = format!("Content-Length is {stated}, and the next record begins after {block} bytes");
            noticed.push(Diagnostic::new(diagnostic::C009, message));
        } else if block < stated && stated <= self.limits.max_bytes {
            let message = format!("the record ends after {block} of {stated} bytes");
            noticed.push(Diagnostic::new(diagnostic::C006, message));
        } else if verdict == Some(Verdict::Mismatch) {
            noticed.push(Diagnostic::new(diagnostic::C007, "WARC-Block-Digest is not that of the record's block"));
        }
        if let Some(why) = &head.truncated {
            noticed.push(Diagnostic::new(diagnostic::C006, format!("the crawler cut it off: {why}")));
        }
        let result = if stated > self.limits.max_bytes && next.is_none() {
            Err(too_large(self.limits.max_bytes))
        } else {
            warc_payload::payload(&head, bytes, self.limits, &mut noticed)
        };
        let result = match result {
            // An image, a failed request.
            Ok(None) => {
                self.tally.ignored += 1;
                return Ok(next);
            }
            Ok(Some(payload)) => Ok(payload),
            Err(why) => Err(why),
        };
        let member = Member {
            record_id: head.record_id.clone(),
            captured: head.captured.clone(),
            ..Member::new(self.container.digest, offset, 0)
        };
        let result = result.map(|Payload { body, media_type, charset, status }| {
            let origin = Origin {
                path: self.container.name.to_owned(),
                media_type,
                declared_charset: charset,
                target_uri: head.target.clone(),
                member: Some(Member { status, ..member }),
            };
            Original::new(origin, body)
        });
        let loaded = Loaded { name, index: Some(index), result, noticed };
        self.last = Some(Last { loaded, offset, block, end: part.range.end });
        Ok(next)
    }

    /// Yields the last record, which ends where the next one begins.
    fn flush(&mut self, next: u64, compression: Compression) -> ControlFlow<()> {
        let Some(Last { mut loaded, offset, block, end }) = self.last.take() else { return ControlFlow::Continue(()) };
        // Records that are compressed together share the place of what they are compressed in.
        let length = if next > offset { next - offset } else { end - offset };
        if let Ok(original) = &mut loaded.result
            && let Some(member) = &mut original.origin.member
        {
            member.length = length;
        }
        if compression != Compression::None && out_of_proportion(block, length, self.limits.max_ratio) {
            let message = format!("it grows to more than {} times its {length} bytes", self.limits.max_ratio);
            loaded.result = Err(Diagnostic::new(diagnostic::C008, message).hint("--max-ratio raises the limit"));
        }
        self.yielded += 1;
        (self.sink)(loaded)
    }

    fn name(&self, part: &Part<'_>, offset: u64, target: Option<&str>) -> String {
        let inside = if part.inside.is_empty() { String::new() } else { format!(" {}", part.inside) };
        let target = target.map(|uri| format!(" {uri}")).unwrap_or_default();
        format!("{}{inside} byte {offset}{target}", self.container.name)
    }
}

/// The content of a record.
struct Block {
    bytes: Vec<u8>,
    /// The next record, where it begins before the stated end.
    next: Option<u64>,
}

impl Block {
    /// Reads it to its stated end, keeping nothing of one that is larger than `max_bytes`.
    fn read(reader: &mut LimitedBufReader, stated: u64, max_bytes: u64) -> io::Result<Self> {
        let keeps = stated <= max_bytes;
        let mut block =
            Self { bytes: Vec::with_capacity(if keeps { stated.min(1 << 20) as usize } else { 0 }), next: None };
        let frame = reader.frame_start_position()?;
        loop {
            let length = reader.fill_buf()?.len();
            if length == 0 {
                break;
            }
            // Records are compressed one by one, or all together: one that goes on in a new frame does not go on.
            let now = reader.frame_start_position()?;
            if now != frame && frame.is_some_and(|frame| frame > 0) {
                block.next = now;
                let end = block.bytes.strip_suffix(b"\r\n\r\n").map_or(block.bytes.len(), <[u8]>::len);
                block.bytes.truncate(end);
                break;
            }
            if keeps {
                block.bytes.extend_from_slice(reader.fill_buf()?);
            }
            reader.consume(length);
        }
        Ok(block)
    }
}

/// A part of a file. Its positions are those in the file.
struct Section {
    file: File,
    at: u64,
    end: u64,
}

impl Section {
    fn open(part: &Part<'_>, at: u64) -> io::Result<Self> {
        let mut file = File::open(part.path)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(Self { file, at, end: part.range.end })
    }
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = self.file.read(&mut buffer[..wanted])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Section {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if to != SeekFrom::Current(0) {
            self.at = self.file.seek(to)?;
        }
        Ok(self.at)
    }
}

/// The records from a place on.
fn open(part: &Part<'_>, at: u64) -> io::Result<(Box<dyn WarcRead>, Compression)> {
    let mut beginning = Vec::new();
    Section::open(part, at)?.take(4).read_to_end(&mut beginning)?;
    let section = Section::open(part, at)?;
    let compression = Compression::of_beginning(&beginning);
    let reader = match compression {
        Compression::None => BufReader::with_capacity(STRETCH, section).into_warc_reader(),
        Compression::Gzip => GzipReader::new(section).into_warc_reader(),
        Compression::Zstd => ZstdReader::new(section).into_warc_reader(),
    };
    Ok((reader, compression))
}

/// The first place from `from` on where a record begins.
fn next_record(part: &Part<'_>, from: u64, compression: Compression) -> io::Result<Option<u64>> {
    let mark: &[u8] = match compression {
        Compression::None => b"WARC/1.",
        Compression::Gzip => &[0x1F, 0x8B, 0x08],
        Compression::Zstd => &[0x28, 0xB5, 0x2F, 0xFD],
    };
    let finder = memmem::Finder::new(mark);
    let mut section = Section::open(part, from)?;
    let mut stretch = Vec::new();
    let mut start = from;
    loop {
        let read = (&mut section).take(STRETCH as u64).read_to_end(&mut stretch)?;
        for found in finder.find_iter(&stretch) {
            let at = start + found as u64;
            // The bytes can stand anywhere: a record has to begin with them.
            let mut beginning = Vec::new();
            Section::open(part, at)?.take(4096).read_to_end(&mut beginning)?;
            let begins = match compression {
                Compression::None => begins_record(&beginning),
                _ => (WARC.begins)(&kind::uncompressed(&beginning, compression)),
            };
            if begins {
                return Ok(Some(at));
            }
        }
        if read == 0 {
            return Ok(None);
        }
        // A mark may stand across the border of two stretches.
        let kept = stretch.len().min(mark.len() - 1);
        start += (stretch.len() - kept) as u64;
        stretch.drain(..stretch.len() - kept);
    }
}

/// Whether a version line is followed by a named field: a page may speak of `WARC/1.0`.
fn begins_record(bytes: &[u8]) -> bool {
    let Some((b"WARC/1.0\r\n" | b"WARC/1.1\r\n", rest)) = bytes.split_at_checked(10) else { return false };
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    name > 0 && rest.get(name) == Some(&b':')
}

/// Whether a record is one that may hold an article.
pub(super) fn holds_articles(kind: WarcRecordType) -> bool {
    // A conversion is the text of a page (WET files).
    matches!(kind, WarcRecordType::Response | WarcRecordType::Resource | WarcRecordType::Conversion)
}
