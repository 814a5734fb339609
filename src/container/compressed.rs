//! Reading what is compressed, with a limit on what it may grow to.

#[cfg(feature = "containers")]
use std::fs::File;
use std::io::{self, BufRead, Read};

#[cfg(feature = "containers")]
use super::Container;
use super::frames::{self, Frames};
use super::kind::Compression;
use crate::diagnostic::{self, Diagnostic};
#[cfg(feature = "containers")]
use crate::plan::Limits;

/// Bytes that anything may grow to, however small it was: a page of blanks is no bomb.
const ALWAYS: u64 = 1 << 20;

/// A stream without its compression, which fails where it grows out of proportion.
pub(super) struct Plain<R> {
    source: Source<R>,
    max_ratio: u64,
    made: u64,
}

enum Source<R> {
    Bare(R),
    Framed(Frames<R>),
}

/// Whether something grew to more than is believed of it.
pub(super) fn out_of_proportion(made: u64, compressed: u64, max_ratio: u64) -> bool {
    made > ALWAYS.max(compressed.saturating_mul(max_ratio))
}

/// The error of a stream that grew out of proportion.
#[derive(Debug, thiserror::Error)]
#[error("more than {max_ratio} times its compressed size of {compressed} bytes")]
struct OutOfProportion {
    max_ratio: u64,
    compressed: u64,
}

impl<R: Read> Plain<R> {
    /// # Errors
    /// Where nothing compressed begins.
    pub(super) fn new(inner: R, compression: Compression, max_ratio: u64) -> io::Result<Self> {
        let source = match compression {
            Compression::None => Source::Bare(inner),
            _ => {
                let mut frames = Frames::new(inner, compression, Vec::new());
                frames.next_frame()?;
                Source::Framed(frames)
            }
        };
        Ok(Self { source, max_ratio, made: 0 })
    }
}

impl<R: Read> Read for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let frames = match &mut self.source {
            Source::Bare(reader) => return reader.read(buffer),
            Source::Framed(frames) => frames,
        };
        let read = loop {
            let read = frames.read(buffer)?;
            if read > 0 || buffer.is_empty() || !frames.next_frame()? {
                break read;
            }
        };
        self.made += read as u64;
        let compressed = frames.read_so_far();
        if out_of_proportion(self.made, compressed, self.max_ratio) {
            return Err(io::Error::other(OutOfProportion { max_ratio: self.max_ratio, compressed }));
        }
        Ok(read)
    }
}

/// What a failure to read says: the file system's, a bomb, or a stream that is cut off.
pub(super) fn failure(error: &io::Error) -> Diagnostic {
    if let Some(bomb) = error.get_ref().and_then(|e| e.downcast_ref::<OutOfProportion>()) {
        return Diagnostic::new(diagnostic::C008, format!("it grows to {bomb}")).hint("--max-ratio raises the limit");
    }
    let message = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("its compression is damaged: {error}"),
        _ => error.to_string(),
    };
    Diagnostic::new(diagnostic::C001, message)
}

/// Whether a stream grew out of proportion.
pub(super) fn is_bomb(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|e| e.is::<OutOfProportion>())
}

/// Whether a stream ended before its compression did: what came before is whole.
pub(super) fn is_cut_off(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

/// What is said of bytes behind a compressed stream that are no part of it.
pub(super) fn foreign(error: &io::Error) -> Diagnostic {
    Diagnostic::new(diagnostic::C013, format!("{error}; what stands before them is whole"))
}

/// Everything that a reader gives, at most `max_bytes`; what is cut off is noticed.
///
/// # Errors
/// `C001` where it cannot be read, `C002` where it is larger, `C008` where it grows out of proportion.
pub(super) fn read_all(
    reader: impl Read,
    max_bytes: u64,
    noticed: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file of the limit from a larger one.
    let outcome = reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes);
    match outcome {
        Err(error) if is_cut_off(&error) && !bytes.is_empty() => {
            let message = format!("the compressed file is cut off; {} bytes of it could be read", bytes.len());
            noticed.push(Diagnostic::new(diagnostic::C006, message));
        }
        Err(error) if frames::is_foreign(&error) => noticed.push(foreign(&error)),
        Err(error) => return Err(failure(&error)),
        Ok(_) => {}
    }
    if bytes.len() as u64 > max_bytes {
        return Err(too_large(max_bytes));
    }
    Ok(bytes)
}

/// The content of a container without its compression.
///
/// # Errors
/// `C001` where it cannot be opened.
#[cfg(feature = "containers")]
pub(super) fn open(container: &Container<'_>, limits: &Limits) -> Result<Plain<File>, Diagnostic> {
    let file = File::open(container.path).map_err(|e| failure(&e))?;
    Plain::new(file, container.compression, limits.max_ratio).map_err(|e| failure(&e))
}

/// How many times as large as the largest article a container may be that is read as a whole.
#[cfg(feature = "containers")]
const WHOLE: u64 = 8;

/// All of a container that has to be read as a whole before its articles are known; what is cut off is noticed.
///
/// # Errors
/// As [`open`] and [`read_all`].
#[cfg(feature = "containers")]
pub(super) fn read_whole(
    container: &Container<'_>,
    limits: &Limits,
    noticed: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>, Diagnostic> {
    read_all(open(container, limits)?, limits.max_bytes.saturating_mul(WHOLE), noticed)
}

pub(super) fn too_large(max_bytes: u64) -> Diagnostic {
    Diagnostic::new(diagnostic::C002, format!("it is larger than {max_bytes} bytes"))
        .hint("--max-bytes raises the limit")
}

/// Reads on to the end of the line, keeping at most `limit` bytes of it, without the line end. `None` at the end of
/// the stream; `Err` of the outer result where it cannot be read, of the inner one where the line is longer. A last line
/// without a line end is whole where nothing but foreign bytes follows it.
pub(super) fn read_line(
    reader: &mut impl BufRead,
    limit: u64,
    length: &mut u64,
) -> io::Result<Option<Result<Vec<u8>, Diagnostic>>> {
    let mut line = Vec::new();
    *length = 0;
    loop {
        let chunk = match reader.fill_buf() {
            Ok([]) => break,
            // It fails again where the next line is asked for.
            Err(error) if frames::is_foreign(&error) && *length > 0 => break,
            chunk => chunk?,
        };
        let end = memchr::memchr(b'\n', chunk);
        let taken = end.map_or(chunk.len(), |at| at + 1);
        *length += taken as u64;
        if *length <= limit.saturating_add(1) {
            line.extend_from_slice(&chunk[..taken]);
        }
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    if *length == 0 {
        return Ok(None);
    }
    if *length > limit.saturating_add(1) {
        return Ok(Some(Err(too_large(limit))));
    }
    Ok(Some(Ok(line)))
}
