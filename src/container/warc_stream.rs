//! The bytes of a WARC file, or of a part of another file that is one, without their compression, each with its place
//! in the file; and where reading can go on behind a place that cannot be read.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use memchr::memmem;

use super::compressed::is_cut_off;
use super::frames::{Ahead, Frames, is_checksum, is_foreign};
use super::kind::Compression;
use super::warc_fields::{BEGINNING, MARK, begins_file, begins_record, version};
use crate::diagnostic::Diagnostic;

/// Bytes that are looked at ahead at most. Nearly all pages are smaller.
const STRETCH: usize = 1 << 20;
/// Bytes in which something is looked for at a time.
const WINDOW: usize = 64 << 10;
/// A dictionary of Zstandard is at most this long; crawlers write 100 kB.
const LONGEST_DICTIONARY: u32 = 16 << 20;
/// Bytes of a gzip member in which its content begins, with the name of a file (RFC 1952 2.3).
const LONGEST_MEMBER_HEADER: usize = 4096;
/// So many bytes, and eight times a file's length, may be read again to learn where its records end: more than any
/// damage needs, and an end for a file that was made to be read forever.
const AGAIN: u64 = 1 << 30;

/// A WARC file, or a part of another file that is one.
pub(super) struct Part<'a> {
    pub(super) path: &'a Path,
    pub(super) range: Range<u64>,
    /// Its name inside a WACZ.
    pub(super) inside: &'a str,
    /// What is said of each of its records.
    pub(super) noticed: Vec<Diagnostic>,
}

impl Part<'_> {
    /// The name of the file inside its container, behind a space.
    pub(super) fn inside(&self) -> String {
        if self.inside.is_empty() { String::new() } else { format!(" {}", self.inside) }
    }
}

/// Why reading stops before the end.
pub(super) enum Stop {
    /// Nobody wants more.
    Sink,
    /// The file cannot be read on.
    Failed(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// A stretch of a file. Its positions are those in the file.
pub(super) struct Section {
    file: File,
    at: u64,
    end: u64,
}

impl Section {
    pub(super) fn open(path: &Path, range: Range<u64>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(range.start))?;
        Ok(Self { file, at: range.start, end: range.end })
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

/// Where a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StreamPlace {
    /// In the file: the byte itself, or the member or frame that it is compressed in.
    pub(super) offset: u64,
    /// How many bytes come before it in that.
    pub(super) inside: u64,
}

/// How a stream ended.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// With the file.
    Whole,
    /// With the file, inside the frame that begins there.
    Cut { frame: u64 },
    /// In the frame that begins there and is damaged, or is none.
    Damaged {
        frame: u64,
        why: String,
        /// All of the frame was given, and its checksum is another one.
        checksum: bool,
    },
}

/// The bytes of a part from some place on.
pub(super) struct Stream<'a> {
    part: &'a Part<'a>,
    compression: Compression,
    dictionary: Vec<u8>,
    ahead: Ahead<Source>,
    /// The place of the stream's first byte in an uncompressed file.
    start: u64,
    /// Where the frame ends that ended last.
    behind: u64,
    /// Bytes that were read again, or in vain.
    again: u64,
}

enum Source {
    Bare(Section),
    Framed(Box<Framed>),
}

struct Framed {
    frames: Frames<Section>,
    /// Where the stream begins in the file.
    base: u64,
    /// The frame of the next byte, and those behind it whose bytes are at hand.
    starts: VecDeque<FrameStart>,
    /// Bytes that were decompressed.
    made: u64,
    end: Option<End>,
}

struct FrameStart {
    /// In the file.
    offset: u64,
    /// In the stream.
    from: u64,
    /// In the file.
    end: Option<u64>,
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bare(section) => section.read(buffer),
            Self::Framed(framed) => Ok(framed.read(buffer)),
        }
    }
}

impl Framed {
    /// What cannot be read is the end of the stream, which says why.
    fn read(&mut self, buffer: &mut [u8]) -> usize {
        while self.end.is_none() {
            match self.frames.read(buffer) {
                Ok(0) => self.next_frame(),
                Ok(made) => {
                    self.made += made as u64;
                    return made;
                }
                Err(error) => self.fail(&error, self.base + self.frames.frame()),
            }
        }
        0
    }

    fn next_frame(&mut self) {
        let end = self.base + self.frames.taken();
        if let Some(last) = self.starts.back_mut() {
            last.end.get_or_insert(end);
        }
        match self.frames.next_frame() {
            Ok(true) => {
                let offset = self.base + self.frames.frame();
                self.starts.push_back(FrameStart { offset, from: self.made, end: None });
            }
            Ok(false) => self.end = Some(End::Whole),
            Err(error) => self.fail(&error, self.base + self.frames.taken()),
        }
    }

    fn fail(&mut self, error: &io::Error, frame: u64) {
        let why = if is_foreign(error) { "no compressed member begins there".to_owned() } else { error.to_string() };
        self.end = Some(if is_cut_off(error) {
            End::Cut { frame }
        } else {
            End::Damaged { frame, why, checksum: is_checksum(error) }
        });
    }
}

impl<'a> Stream<'a> {
    /// The bytes of a part from its beginning on.
    pub(super) fn open(part: &'a Part<'a>) -> io::Result<Self> {
        let mut beginning = Ahead::new(Section::open(part.path, part.range.clone())?);
        // Zero bytes may stand there too: a tape that was written again.
        let zeros = skip_zeros(&mut beginning)?;
        let bytes = beginning.peek(BEGINNING)?;
        let mut compression = Compression::of_beginning(bytes);
        if compression == Compression::None && version(bytes).is_none() {
            // The first record may be the damaged one: the others tell how they are compressed.
            compression = find_beginning(part.path, part.range.clone())?.map_or(Ok(compression), |at| {
                let mut record = Ahead::new(Section::open(part.path, at..part.range.end)?);
                record.peek(4).map(Compression::of_beginning)
            })?;
        }
        let dictionary = if compression == Compression::Zstd { dictionary(&mut beginning)? } else { Vec::new() };
        Self::begin(part, compression, dictionary, zeros)
    }

    /// The same, compressed in this way.
    pub(super) fn compressed(part: &'a Part<'a>, compression: Compression) -> io::Result<Self> {
        Self::begin(part, compression, Vec::new(), 0)
    }

    fn begin(part: &'a Part<'a>, compression: Compression, dictionary: Vec<u8>, zeros: u64) -> io::Result<Self> {
        let place = StreamPlace { offset: part.range.start + zeros, inside: 0 };
        let ahead = source(part, compression, &dictionary, place)?;
        Ok(Self { part, compression, dictionary, ahead, start: place.offset, behind: place.offset, again: 0 })
    }

    /// Goes to a place that was read, or one where a frame begins, and `forward` bytes from there.
    pub(super) fn go_to(&mut self, place: StreamPlace, forward: u64) -> io::Result<()> {
        let is_bare = self.compression == Compression::None;
        let place = if is_bare { StreamPlace { offset: place.offset + forward, inside: 0 } } else { place };
        self.ahead = source(self.part, self.compression, &self.dictionary, place)?;
        (self.start, self.behind) = (place.offset, place.offset);
        if !is_bare {
            self.skip(place.inside + forward)?;
            self.again += place.inside + forward;
        }
        Ok(())
    }

    /// Goes to a place where records begin that are compressed in another way, as in files that were joined; false
    /// where none do.
    pub(super) fn change(&mut self, offset: u64) -> io::Result<bool> {
        let mut beginning = Ahead::new(Section::open(self.part.path, offset..self.part.range.end)?);
        let bytes = beginning.peek(WINDOW)?;
        let compression = Compression::of_beginning(bytes);
        if compression == self.compression || !begins_file(bytes) {
            return Ok(false);
        }
        self.compression = compression;
        self.go_to(StreamPlace { offset, inside: 0 }, 0)?;
        Ok(true)
    }

    /// Whether so much was read again that it has to end.
    pub(super) fn is_tired(&self) -> bool {
        let length = self.part.range.end - self.part.range.start;
        self.again > length.saturating_mul(8).saturating_add(AGAIN)
    }

    /// Counts bytes that are read for a decision, and will be read again for what they are.
    pub(super) fn count_again(&mut self, bytes: u64) {
        self.again += bytes;
    }

    pub(super) fn compression(&self) -> Compression {
        self.compression
    }

    /// The bytes at hand: `wanted` of them or more, fewer only where the stream ends behind them.
    pub(super) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        self.ahead.peek(wanted)?;
        self.leave_frames();
        self.ahead.peek(0)
    }

    /// Takes bytes that were looked at.
    pub(super) fn take(&mut self, count: usize) {
        self.ahead.take(count);
        self.leave_frames();
    }

    /// Forgets the frames before that of the next byte.
    fn leave_frames(&mut self) {
        let taken = self.ahead.taken();
        if let Source::Framed(framed) = self.ahead.inner_mut() {
            while framed.starts.get(1).is_some_and(|next| next.from <= taken) {
                self.behind = framed.starts.pop_front().and_then(|frame| frame.end).unwrap_or(self.behind);
            }
        }
    }

    /// Takes bytes without looking at them, fewer where the stream ends before.
    pub(super) fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let at_hand = self.peek(1)?.len() as u64;
            if at_hand == 0 {
                break;
            }
            let taken = at_hand.min(left);
            self.take(taken as usize);
            left -= taken;
        }
        Ok(count - left)
    }

    /// How many bytes of the stream were taken.
    pub(super) fn taken(&self) -> u64 {
        self.ahead.taken()
    }

    /// The place of the next byte.
    pub(super) fn place(&self) -> StreamPlace {
        match self.ahead.inner() {
            Source::Bare(_) => StreamPlace { offset: self.start + self.taken(), inside: 0 },
            Source::Framed(framed) => {
                framed.starts.front().map_or(StreamPlace { offset: self.start, inside: 0 }, |frame| StreamPlace {
                    offset: frame.offset,
                    inside: self.taken() - frame.from,
                })
            }
        }
    }

    /// The end in the file of the last byte that was taken, with all of its frame.
    pub(super) fn behind(&self) -> u64 {
        match self.ahead.inner() {
            Source::Bare(_) => self.start + self.taken(),
            Source::Framed(framed) => match framed.starts.front() {
                Some(frame) if frame.from == self.taken() => self.behind,
                Some(FrameStart { end: Some(end), .. }) if framed.made == self.taken() => *end,
                // Records that are compressed together share the place of what they are compressed in.
                _ => self.part.range.end,
            },
        }
    }

    /// Whether a frame begins with one of the bytes at hand.
    pub(super) fn frame_begins(&self, bytes: Range<usize>) -> bool {
        let Source::Framed(framed) = self.ahead.inner() else { return false };
        let taken = self.taken();
        let range = taken + bytes.start as u64..taken + bytes.end as u64;
        framed.starts.iter().any(|frame| range.contains(&frame.from))
    }

    /// How it ended, where no byte is left.
    pub(super) fn end(&self) -> End {
        match self.ahead.inner() {
            Source::Bare(_) => End::Whole,
            Source::Framed(framed) => framed.end.clone().unwrap_or(End::Whole),
        }
    }

    /// Whether, behind so many bytes, a record begins, or the frame or the file ends. `None` where looking so far
    /// ahead would mean to decompress too much.
    pub(super) fn ends_behind(&mut self, bytes: u64) -> io::Result<Option<bool>> {
        if bytes <= STRETCH as u64 {
            let bytes = bytes as usize;
            let wanted = bytes + 2 * BEGINNING;
            let length = self.peek(wanted)?.len();
            if length < bytes {
                return Ok(Some(false));
            }
            let gap = gap_length(&self.peek(wanted)?[bytes..], false);
            if self.record_begins_inside(bytes)? {
                return Ok(Some(false));
            }
            let frame_ends = self.frame_begins(bytes..bytes + gap + 1);
            let after = &self.peek(wanted)?[bytes..];
            return Ok(Some(frame_ends || gap == after.len() || begins_record(&after[gap..])));
        }
        if self.compression != Compression::None {
            return Ok(None);
        }
        let at = self.place().offset.saturating_add(bytes);
        if at > self.part.range.end {
            return Ok(Some(false));
        }
        let mut after = Vec::new();
        Section::open(self.part.path, at..self.part.range.end)?.take(2 * BEGINNING as u64).read_to_end(&mut after)?;
        let gap = gap_length(&after, false);
        Ok(Some(gap == after.len() || begins_record(&after[gap..])))
    }

    /// Whether a record begins with a frame among so many bytes: most files have each record in a frame of its own.
    fn record_begins_inside(&mut self, bytes: usize) -> io::Result<bool> {
        let taken = self.taken();
        let Source::Framed(framed) = self.ahead.inner() else { return Ok(false) };
        let starts = framed.starts.iter().filter_map(|frame| frame.from.checked_sub(taken));
        let inside: Vec<usize> = starts.filter(|at| (1..bytes as u64).contains(at)).map(|at| at as usize).collect();
        let ahead = self.peek(bytes)?;
        Ok(inside.iter().any(|at| begins_record(&ahead[*at..])))
    }

    /// Takes bytes up to the next record; all of them where none begins any more.
    pub(super) fn find_record(&mut self) -> io::Result<()> {
        let finder = memmem::Finder::new(MARK);
        loop {
            let bytes = self.peek(WINDOW)?;
            let is_last = bytes.len() < WINDOW;
            let found = finder.find_iter(bytes).find(|at| begins_record(&bytes[*at..]));
            // A beginning may stand across the border of two stretches.
            let examined = if is_last { bytes.len() } else { bytes.len() - BEGINNING };
            let taken = found.unwrap_or(examined);
            self.take(taken);
            if self.compression != Compression::None {
                self.again += taken as u64;
            }
            if found.is_some() || is_last {
                return Ok(());
            }
        }
    }

    /// Goes to the first place from `from` on where a frame begins that can be decompressed; false where there is none,
    /// or too much was read in vain.
    pub(super) fn find_frame(&mut self, from: u64) -> io::Result<bool> {
        let mark: &[u8] = match self.compression {
            Compression::None => return Ok(false),
            Compression::Gzip => &[0x1F, 0x8B, 0x08],
            Compression::Zstd => &[0x28, 0xB5, 0x2F, 0xFD],
        };
        let finder = memmem::Finder::new(mark);
        let mut input = Ahead::new(Section::open(self.part.path, from.min(self.part.range.end)..self.part.range.end)?);
        loop {
            let bytes = input.peek(WINDOW)?;
            let is_last = bytes.len() < WINDOW;
            let found = finder.find(bytes);
            // A mark may stand across the border of two stretches.
            let examined = if is_last { bytes.len() } else { bytes.len() + 1 - mark.len() };
            input.take(found.unwrap_or(examined));
            if found.is_some() {
                self.go_to(StreamPlace { offset: from + input.taken(), inside: 0 }, 0)?;
                // The bytes can stand anywhere.
                if !self.peek(1)?.is_empty() {
                    return Ok(true);
                }
                if let Source::Framed(framed) = self.ahead.inner() {
                    self.again += framed.frames.taken();
                }
                if self.is_tired() {
                    return Ok(false);
                }
                input.take(1);
            } else if is_last {
                return Ok(false);
            }
        }
    }
}

/// The bytes of a part from a frame, or a byte of an uncompressed file, on.
fn source(
    part: &Part<'_>,
    compression: Compression,
    dictionary: &[u8],
    place: StreamPlace,
) -> io::Result<Ahead<Source>> {
    let section = Section::open(part.path, place.offset..part.range.end)?;
    Ok(Ahead::new(match compression {
        Compression::None => Source::Bare(section),
        _ => Source::Framed(Box::new(Framed {
            frames: Frames::new(section, compression, dictionary.to_vec()),
            base: place.offset,
            starts: VecDeque::new(),
            made: 0,
            end: None,
        })),
    }))
}

fn skip_zeros(input: &mut Ahead<Section>) -> io::Result<u64> {
    loop {
        let bytes = input.peek(1)?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let is_end = zeros < bytes.len() || bytes.is_empty();
        input.take(zeros);
        if is_end {
            return Ok(input.taken());
        }
    }
}

/// The dictionary of a `.warc.zst` (<https://iipc.github.io/warc-specifications/specifications/warc-zstd/>): a
/// skippable frame at its beginning, compressed or not. Empty where it has none, or one that cannot be read.
fn dictionary(input: &mut Ahead<Section>) -> io::Result<Vec<u8>> {
    let &[0x5D, 0x2A, 0x4D, 0x18, a, b, c, d, ..] = input.peek(8)? else { return Ok(Vec::new()) };
    let length = u32::from_le_bytes([a, b, c, d]);
    if length > LONGEST_DICTIONARY {
        return Ok(Vec::new());
    }
    let length = length as usize;
    let bytes = input.peek(8 + length)?;
    let Some(stored) = bytes.get(8..8 + length) else { return Ok(Vec::new()) };
    if !stored.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        return Ok(stored.to_vec());
    }
    let mut dictionary = Vec::new();
    let read = zstd::Decoder::with_buffer(stored)?.take(LONGEST_DICTIONARY.into()).read_to_end(&mut dictionary);
    Ok(if read.is_ok() { dictionary } else { Vec::new() })
}

/// Bytes that may stand between two records: line ends and blanks, and the zeros that pad a tape. Zeros before the
/// lines that close a record are none, but belong to its block.
pub(super) fn gap_length(bytes: &[u8], is_closed: bool) -> usize {
    let blanks = blanks_length(bytes);
    let zeros = bytes[blanks..].iter().take_while(|byte| **byte == 0).count();
    let is_closed = is_closed || bytes[..blanks].contains(&b'\n');
    if zeros > 0 && !is_closed && bytes[blanks + zeros..].starts_with(b"\r\n") {
        return blanks;
    }
    bytes.iter().take_while(|byte| is_blank(**byte) || **byte == 0).count()
}

/// Line ends and blanks at the beginning of some bytes.
pub(super) fn blanks_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_blank(**byte)).count()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b' ' | b'\t')
}

/// The first place in a stretch of a file where a record begins, compressed or not.
pub(super) fn find_beginning(path: &Path, range: Range<u64>) -> io::Result<Option<u64>> {
    let start = range.start;
    let mut input = Ahead::new(Section::open(path, range)?);
    loop {
        let bytes = input.peek(STRETCH)?;
        let is_last = bytes.len() < STRETCH;
        // A block of Zstandard, which is decompressed as a whole, is at most 128 KiB long (RFC 8878 3.1.1.2.4).
        let examined = if is_last { bytes.len() } else { STRETCH / 2 };
        let begins = |at: &usize| match Compression::of_beginning(&bytes[*at..]) {
            Compression::None => begins_record(&bytes[*at..]),
            Compression::Gzip => begins_file(&bytes[*at..bytes.len().min(at + LONGEST_MEMBER_HEADER)]),
            Compression::Zstd => begins_file(&bytes[*at..]),
        };
        let found = memchr::memchr3_iter(b'W', 0x1F, 0x28, &bytes[..examined]).find(begins);
        input.take(found.unwrap_or(examined));
        if found.is_some() || is_last {
            return Ok(found.map(|_| start + input.taken()));
        }
    }
}
