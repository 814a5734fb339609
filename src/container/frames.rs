//! Compressed bytes as the members (gzip, RFC 1952 2.2) or frames (Zstandard, RFC 8878 3.1) in which they stand one
//! behind the other, each with its place. What was decompressed before a damaged byte is given, and then the error.
//! Zero bytes between and behind them are the padding of tapes and block devices, passed over as GNU gzip does it.

use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};
use zstd::stream::raw::{self, InBuffer, Operation as _, OutBuffer};

use super::kind::Compression;

/// Bytes that are read at a time.
const CHUNK: usize = 64 << 10;
/// Window of a gzip member, in bits: deflate has no larger one (RFC 1951 2).
const WINDOW: u8 = 15;

/// A reader whose next bytes can be looked at before they are taken.
pub(super) struct Ahead<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    taken: u64,
}

impl<R: Read> Ahead<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), start: 0, taken: 0 }
    }

    pub(super) fn inner(&self) -> &R {
        &self.inner
    }

    pub(super) fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// The bytes at hand: `wanted` of them or more, fewer only where the stream ends or fails behind them.
    pub(super) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < wanted {
            match self.read_more() {
                Ok(true) => {}
                Ok(false) => break,
                // What came before the failure is good; it fails again when that is taken.
                Err(_) if self.buffer.len() > self.start => break,
                Err(error) => return Err(error),
            }
        }
        Ok(&self.buffer[self.start..])
    }

    /// Takes bytes that were looked at.
    pub(super) fn take(&mut self, count: usize) {
        self.start += count;
        self.taken += count as u64;
    }

    /// How many bytes were taken.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    /// How many bytes came out of the reader, taken or not.
    fn read_so_far(&self) -> u64 {
        self.taken + (self.buffer.len() - self.start) as u64
    }

    fn read_more(&mut self) -> io::Result<bool> {
        self.buffer.drain(..std::mem::take(&mut self.start));
        let length = self.buffer.len();
        self.buffer.resize(length + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(length + read.as_ref().map_or(0, |read| *read));
        Ok(read? > 0)
    }
}

/// The members or frames of a stream, from its first byte on.
pub(super) struct Frames<R> {
    input: Ahead<R>,
    compression: Compression,
    dictionary: Vec<u8>,
    /// Inside a frame, what decompresses it.
    decoder: Option<Decoder>,
    /// Where the last frame begins.
    frame: Option<u64>,
    /// The error behind bytes that were given first.
    failed: Option<io::Error>,
}

impl<R: Read> Frames<R> {
    /// `dictionary` is what frames of Zstandard were compressed with; empty for none.
    pub(super) fn new(inner: R, compression: Compression, dictionary: Vec<u8>) -> Self {
        Self { input: Ahead::new(inner), compression, dictionary, decoder: None, frame: None, failed: None }
    }

    /// A single frame that has no header: deflate (RFC 1951), as in a ZIP.
    pub(super) fn of_deflate(inner: R) -> Self {
        let decoder = Some(Decoder::Inflate(Box::new(Decompress::new(false))));
        Self { decoder, frame: Some(0), ..Self::new(inner, Compression::Gzip, Vec::new()) }
    }

    /// Where the last frame begins.
    pub(super) fn frame(&self) -> u64 {
        self.frame.unwrap_or(0)
    }

    /// Compressed bytes that were taken.
    pub(super) fn taken(&self) -> u64 {
        self.input.taken()
    }

    /// Compressed bytes that were read, be they taken or not.
    pub(super) fn read_so_far(&self) -> u64 {
        self.input.read_so_far()
    }

    /// Goes on to the next frame; false at the end of the stream.
    ///
    /// # Errors
    /// `UnexpectedEof` where there is no frame at all; one of which [`is_foreign`] is true where what follows a frame
    /// is none.
    pub(super) fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            let ahead = self.input.peek(1)?;
            let (length, zeros) = (ahead.len(), ahead.iter().take_while(|byte| **byte == 0).count());
            self.input.take(zeros);
            if length == 0 && self.frame.is_none() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if length == 0 {
                return Ok(false);
            }
            if zeros < length {
                break;
            }
        }
        if self.frame.is_some() && Compression::of_beginning(self.input.peek(4)?) != self.compression {
            return Err(io::Error::other(Foreign { at: self.taken() }));
        }
        self.frame = Some(self.taken());
        self.decoder = Some(Decoder::new(self.compression, &self.dictionary)?);
        Ok(true)
    }

    /// Reads on in a frame; 0 at its end.
    ///
    /// # Errors
    /// `UnexpectedEof` where the stream ends inside the frame, else what is wrong with it. The frame is left then.
    pub(super) fn read(&mut self, output: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            self.decoder = None;
            return Err(error);
        }
        while let Some(decoder) = self.decoder.as_mut().filter(|_| !output.is_empty()) {
            let input = self.input.peek(1)?;
            let at_end = input.is_empty();
            let is_flush = decoder.is_full();
            let Step { taken, made, ended } = decoder.step(input, output);
            self.input.take(taken);
            let ended = match ended {
                Ok(false) if at_end && made == 0 && !is_flush => Err(io::ErrorKind::UnexpectedEof.into()),
                ended => ended,
            };
            match ended {
                Ok(true) => self.decoder = None,
                Ok(false) => {}
                Err(error) if made > 0 => self.failed = Some(error),
                Err(error) => {
                    self.decoder = None;
                    return Err(error);
                }
            }
            if made > 0 {
                return Ok(made);
            }
        }
        Ok(0)
    }
}

enum Decoder {
    // Boxed: the state of inflate is large.
    Inflate(Box<Decompress>),
    Zstd {
        decoder: raw::Decoder<'static>,
        /// Bytes that it wants next: the rest of a header, a block, a checksum.
        wants: usize,
        /// Whether it may have more of what it made than there was room for.
        is_full: bool,
    },
}

/// The shortest beginning of a frame that tells more (RFC 8878 3.1.1): the mark and a byte of its header.
const SHORTEST_HEADER: usize = 5;

/// What one step of a decoder did.
struct Step {
    taken: usize,
    made: usize,
    /// Whether the frame ended.
    ended: io::Result<bool>,
}

impl Decoder {
    fn new(compression: Compression, dictionary: &[u8]) -> io::Result<Self> {
        Ok(match compression {
            Compression::Zstd => Self::Zstd {
                decoder: raw::Decoder::with_dictionary(dictionary)?,
                wants: SHORTEST_HEADER,
                is_full: false,
            },
            Compression::Gzip | Compression::None => Self::Inflate(Box::new(Decompress::new_gzip(WINDOW))),
        })
    }

    /// Whether the next step only gives what is made already.
    fn is_full(&self) -> bool {
        matches!(self, Self::Zstd { is_full: true, .. })
    }

    /// Counts what was made even where it fails: the bytes before the damaged one are good.
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        match self {
            Self::Inflate(inflate) => {
                let (taken, made) = (inflate.total_in(), inflate.total_out());
                let status = inflate.decompress(input, output, FlushDecompress::None);
                let ended = match status {
                    Ok(status) => Ok(status == Status::StreamEnd),
                    Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
                };
                let count = |now: u64, before: u64| usize::try_from(now - before).unwrap_or(usize::MAX);
                Step { taken: count(inflate.total_in(), taken), made: count(inflate.total_out(), made), ended }
            }
            Self::Zstd { decoder, wants, is_full } => {
                // A step that fails does not tell what it made before. So it gets no more input than one stage wants,
                // and nothing before it has given all that it has.
                let wanted = if *is_full { 0 } else { input.len().min(*wants) };
                let (mut from, mut to) = (InBuffer::around(&input[..wanted]), OutBuffer::around(&mut *output));
                let left = decoder.run(&mut from, &mut to);
                let (taken, made) = (from.pos(), to.pos());
                *is_full = made == output.len();
                *wants = left.as_ref().map_or(0, |left| *left);
                // Nothing is left of a frame that is complete and flushed.
                Step { taken, made, ended: left.map(|left| left == 0) }
            }
        }
    }
}

/// The error of bytes behind a member or frame that are none.
#[derive(Debug, thiserror::Error)]
#[error("the bytes from {at} on belong to no compressed member")]
struct Foreign {
    at: u64,
}

/// Whether an error says that bytes behind the last frame are none: all before them is whole.
pub(super) fn is_foreign(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|e| e.is::<Foreign>())
}

/// Whether an error says that all of a frame was decompressed, and that its checksum is another one.
pub(super) fn is_checksum(error: &io::Error) -> bool {
    // The libraries tell it by these words only: zlib of the CRC and of the length, Zstandard of its own checksum.
    let text = error.to_string();
    ["incorrect data check", "incorrect length check", "match checksum"].iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.include_checksum(true).unwrap();
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// The frames with their places, and the error that ends them.
    fn read(bytes: &[u8], compression: Compression) -> (Vec<(u64, Vec<u8>)>, Option<io::Error>) {
        let mut frames = Frames::new(bytes, compression, Vec::new());
        let mut found = Vec::new();
        loop {
            match frames.next_frame() {
                Ok(true) => found.push((frames.frame(), Vec::new())),
                Ok(false) => return (found, None),
                Err(error) => return (found, Some(error)),
            }
            let mut output = [0; 1000];
            loop {
                match frames.read(&mut output) {
                    Ok(0) => break,
                    Ok(made) => found.last_mut().unwrap().1.extend_from_slice(&output[..made]),
                    Err(error) => return (found, Some(error)),
                }
            }
        }
    }

    #[test]
    fn frames_have_their_places_and_zeros_are_padding() {
        for (compression, pack) in [(Compression::Gzip, gzip as fn(&[u8]) -> Vec<u8>), (Compression::Zstd, zstd)] {
            let (one, empty, two) = (pack(b"one"), pack(b""), pack(b"two"));
            let bytes = [&one[..], &[0; 70_000], &empty, &two, &[0; 512]].concat();
            let (found, error) = read(&bytes, compression);
            let places = [0, one.len() + 70_000, one.len() + 70_000 + empty.len()];
            let texts: [&[u8]; 3] = [b"one", b"", b"two"];
            let expected: Vec<_> =
                places.iter().zip(texts).map(|(place, text)| (*place as u64, text.to_vec())).collect();
            assert_eq!(found, expected);
            assert!(error.is_none());
        }
    }

    #[test]
    fn what_ends_a_stream_is_told_apart() {
        let noise: Vec<u8> = (0..20_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
        for (compression, pack) in [(Compression::Gzip, gzip as fn(&[u8]) -> Vec<u8>), (Compression::Zstd, zstd)] {
            let one = pack(&noise);
            let (found, error) = read(&[&one[..], b"more"].concat(), compression);
            assert!(found[0].1 == noise && is_foreign(&error.unwrap()));
            let (_, error) = read(&one[..one.len() - 1], compression);
            assert_eq!(error.unwrap().kind(), io::ErrorKind::UnexpectedEof);
            let mut wrong = one.clone();
            let place = wrong.len() - if compression == Compression::Gzip { 8 } else { 4 };
            wrong[place] ^= 1;
            let (found, error) = read(&wrong, compression);
            let error = error.unwrap();
            assert!(found[0].1 == noise && is_checksum(&error), "{compression:?} {error}");
            for bytes in [&b""[..], &[0; 100]] {
                assert_eq!(read(bytes, compression).1.unwrap().kind(), io::ErrorKind::UnexpectedEof);
            }
        }
    }

    #[test]
    fn what_stands_before_a_damaged_byte_is_given() {
        let text: String = (0..3000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_string()).collect();
        let mut bytes = gzip(text.as_bytes());
        let place = bytes.len() / 2;
        bytes[place..place + 30].fill(0xFF);
        let (found, error) = read(&bytes, Compression::Gzip);
        let error = error.unwrap();
        assert!(!is_checksum(&error) && !is_foreign(&error));
        let good = found[0].1.iter().zip(text.as_bytes()).take_while(|(a, b)| a == b).count();
        assert!(good > text.len() * 2 / 5, "{good} of {}", text.len());
    }
}
