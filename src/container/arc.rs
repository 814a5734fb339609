//! ARC, the form of web archives before WARC (<https://archive.org/web/researcher/ArcFileFormat.php>): the entity bodies of
//! its records that hold HTML or text, compressed or not. Each record is yielded, or rejected or left out with
//! why; a stretch that cannot be read ends where the next record begins.

use std::io;

use super::arc_fields::{self, Fields, LONGEST_LINE};
use super::compressed::{failure, out_of_proportion, too_large};
use super::kind::{self, Compression};
use super::warc_payload::{self, Head, Unread};
use super::warc_stream::{End, Part, Stop, Stream, StreamPlace, blanks_length};
use super::{Container, ContainerKind, Loaded, Sink, left_out};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original};
use crate::plan::{Limits, Opening};

/// The container's facts.
pub const ARC: ContainerKind = ContainerKind {
    name: "ARC",
    spec: "ARC 1.0, 1.1 and 2.0 (Internet Archive, 1996)",
    endings: &["arc"],
    compressed: true,
    begins: |bytes| bytes.starts_with(arc_fields::BEGINNING),
    holds: "each successful response with HTML or text; transfer and content coding taken off",
    read: originals,
};

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let part = Part { path: container.path, range: 0..container.length, inside: "", noticed: Vec::new() };
    let mut reader = ArcReader { container, limits: &opening.limits, part: &part, sink, found: 0, index: 0 };
    match reader.read(container.compression) {
        Ok(()) | Err(Stop::Sink) => {}
        Err(Stop::Failed(error)) => return Err(failure(&error)),
    }
    match reader.found {
        0 => Err(Diagnostic::new(diagnostic::C011, "no record begins anywhere in it")),
        _ => Ok(()),
    }
}

/// Whether an ARC file begins here, compressed or not.
pub(super) fn begins_file(bytes: &[u8]) -> bool {
    kind::uncompressed(bytes, Compression::of_beginning(bytes)).starts_with(arc_fields::BEGINNING)
}

/// Reading the records of a file.
pub(super) struct ArcReader<'a, 'b> {
    pub(super) container: &'a Container<'a>,
    pub(super) limits: &'a Limits,
    /// Where the file is.
    pub(super) part: &'a Part<'a>,
    pub(super) sink: Sink<'b>,
    /// Records and stretches without one.
    pub(super) found: u64,
    /// Number of the next record.
    pub(super) index: u64,
}

impl ArcReader<'_, '_> {
    /// Reads the file to its end.
    pub(super) fn read(&mut self, compression: Compression) -> Result<(), Stop> {
        self.records(&mut Stream::compressed(self.part, compression)?)
    }

    fn records(&mut self, stream: &mut Stream<'_>) -> Result<(), Stop> {
        loop {
            pass_blanks(stream)?;
            let place = stream.place();
            let ahead = stream.peek(LONGEST_LINE)?;
            if ahead.is_empty() {
                if !self.go_on(stream)? {
                    return Ok(());
                }
            } else if let Some((fields, length)) = arc_fields::parse(ahead) {
                stream.take(length);
                self.record(stream, &fields, place)?;
            } else {
                self.lost(place.offset, "no record begins there")?;
                take_up_to_record(stream, &mut Vec::new(), 0)?;
            }
        }
    }

    /// Reads one record, the header of which was taken.
    fn record(&mut self, stream: &mut Stream<'_>, fields: &Fields, place: StreamPlace) -> Result<(), Stop> {
        let mut noticed = self.part.noticed.clone();
        let block = self.block(stream, fields, &mut noticed)?;
        pass_blanks(stream)?;
        let length = stream.behind().saturating_sub(place.offset);
        self.found += 1;
        let index = self.index;
        self.index += 1;
        let result = match block {
            Ok(_) if warc_payload::is_of_the_crawl(&fields.url) => Err(left_out(warc_payload::OF_THE_CRAWL).into()),
            Ok(block) if stream.compression() != Compression::None && self.is_bomb(&block, length) => {
                let message = format!("it grows to more than {} times its {length} bytes", self.limits.max_ratio);
                Err(Diagnostic::new(diagnostic::C008, message).hint("--max-ratio raises the limit").into())
            }
            Ok(block) => {
                let is_http = block.starts_with(b"HTTP/");
                let head = Head::of_arc(fields.media_type.clone(), is_http);
                warc_payload::payload(&head, block, self.limits, &mut noticed)
            }
            Err(why) => Err(why.into()),
        };
        let name = format!("{} {}", self.name(place.offset), fields.url);
        let (result, origin) = match result {
            Ok(payload) => {
                let origin = self.origin(fields, payload.media_type, payload.status, place.offset, length);
                let origin = Origin { declared_charset: payload.charset, ..origin };
                (Ok(Original::new(origin, payload.body)), None)
            }
            Err(unread) => {
                let Unread { why, media_type, status } = *unread;
                let media_type = media_type.or_else(|| fields.media_type.clone());
                (Err(why), Some(self.origin(fields, media_type, status, place.offset, length)))
            }
        };
        self.give(Loaded { name, index: Some(index), result, origin, noticed })
    }

    fn is_bomb(&self, block: &[u8], length: u64) -> bool {
        out_of_proportion(block.len() as u64, length, self.limits.max_ratio)
    }

    /// The bytes of a record, as many as it states, unless that lies: then up to where the next record begins.
    fn block(
        &self,
        stream: &mut Stream<'_>,
        fields: &Fields,
        noticed: &mut Vec<Diagnostic>,
    ) -> io::Result<Result<Vec<u8>, Diagnostic>> {
        let most = self.limits.max_bytes;
        let mut block = Vec::new();
        // So much was read in vain that a line like those that head records is taken for one, wherever it stands.
        let ending = if stream.is_tired() {
            take_up_to_record(stream, &mut block, most)?;
            without_closing(&mut block, fields.length)
        } else {
            self.stated(stream, fields.length.unwrap_or(u64::MAX), &mut block)?
        };
        let length = block.len();
        let states = || fields.length.map_or_else(|| "no length".to_owned(), |length| format!("a length of {length}"));
        match ending {
            Ending::Stated => {}
            Ending::TooLarge => return Ok(Err(too_large(most))),
            Ending::Found => noticed.push(Diagnostic::new(
                diagnostic::C009,
                format!("it states {}, and the next record begins after {length} bytes", states()),
            )),
            Ending::Short => noticed.push(Diagnostic::new(
                diagnostic::C006,
                format!("it states {}, and the file ends after {length} bytes", states()),
            )),
        }
        Ok(if length as u64 > most { Err(too_large(most)) } else { Ok(block) })
    }

    /// Takes as many bytes as a record states, or those up to where the next one begins.
    fn stated(&self, stream: &mut Stream<'_>, stated: u64, block: &mut Vec<u8>) -> io::Result<Ending> {
        let (start, most) = (stream.place(), self.limits.max_bytes);
        let wanted = stated.min(most);
        take(stream, block, wanted)?;
        let skipped = if block.len() as u64 == wanted { stream.skip(stated - wanted)? } else { 0 };
        let is_whole = block.len() as u64 + skipped == stated;
        if is_whole && is_end(stream)? {
            return Ok(if stated > most { Ending::TooLarge } else { Ending::Stated });
        }
        if let Some(length) = arc_fields::next_record(block) {
            stream.count_again(block.len() as u64 + skipped);
            stream.go_to(start, length as u64)?;
            block.truncate(length);
            return Ok(Ending::Found);
        }
        if !is_whole {
            return Ok(Ending::Short);
        }
        take_up_to_record(stream, block, most)?;
        Ok(Ending::Found)
    }

    fn origin(
        &self,
        fields: &Fields,
        media_type: Option<String>,
        status: Option<u16>,
        offset: u64,
        length: u64,
    ) -> Origin {
        let member = Member::new(self.container.digest, offset, length);
        Origin {
            path: self.container.name.to_owned(),
            media_type,
            target_uri: Some(fields.url.clone()),
            member: Some(Member { captured: fields.captured.clone(), status, ..member }),
            ..Origin::default()
        }
    }

    fn name(&self, offset: u64) -> String {
        format!("{}{} byte {offset}", self.container.name, self.part.inside())
    }

    fn give(&mut self, loaded: Loaded) -> Result<(), Stop> {
        if (self.sink)(loaded).is_break() { Err(Stop::Sink) } else { Ok(()) }
    }

    /// Says that a stretch holds no record.
    fn lost(&mut self, offset: u64, why: &str) -> Result<(), Stop> {
        self.found += 1;
        let message = format!("a stretch from here on holds no record that can be read: {why}");
        let origin = super::place(self.container.name, Member::new(self.container.digest, offset, 0));
        let rejected = Loaded::rejected(self.name(offset), None, Diagnostic::new(diagnostic::C005, message));
        self.give(Loaded { origin: Some(origin), ..rejected })
    }

    /// Goes behind what ended the stream before its file ended; false where nothing is there.
    fn go_on(&mut self, stream: &mut Stream<'_>) -> Result<bool, Stop> {
        let (frame, why) = match stream.end() {
            End::Whole => return Ok(false),
            End::Cut { frame } => (frame, "the compressed file is cut off".to_owned()),
            End::Damaged { frame, why, .. } => (frame, why),
        };
        self.lost(frame, &why)?;
        Ok(!stream.is_tired() && stream.find_frame(frame + 1)?)
    }
}

/// Where the bytes of a record end.
enum Ending {
    /// Where it states it.
    Stated,
    /// There, and it has more than allowed.
    TooLarge,
    /// Where the next record begins, or the file ends: it states something else.
    Found,
    /// Where the file ends, before its stated end.
    Short,
}

/// Takes the line end off that closes a record, where its length is then the one that it states.
fn without_closing(block: &mut Vec<u8>, stated: Option<u64>) -> Ending {
    let stated = stated.and_then(|stated| usize::try_from(stated).ok());
    match stated.filter(|stated| block.get(*stated..).is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))) {
        Some(stated) => {
            block.truncate(stated);
            Ending::Stated
        }
        None => Ending::Found,
    }
}

/// Passes over the line ends between two records.
fn pass_blanks(stream: &mut Stream<'_>) -> io::Result<()> {
    loop {
        let length = blanks_length(stream.peek(1)?);
        if length == 0 {
            return Ok(());
        }
        stream.take(length);
    }
}

/// Whether a record ends here: at a line end, or before another record or the end of the file.
fn is_end(stream: &mut Stream<'_>) -> io::Result<bool> {
    let ahead = stream.peek(LONGEST_LINE)?;
    Ok(ahead.is_empty() || ahead.starts_with(b"\n") || ahead.starts_with(b"\r\n") || arc_fields::parse(ahead).is_some())
}

/// Takes so many bytes, fewer where the stream ends before.
fn take(stream: &mut Stream<'_>, block: &mut Vec<u8>, wanted: u64) -> io::Result<()> {
    let mut left = wanted;
    while left > 0 {
        let at_hand = stream.peek(1)?;
        let taken = at_hand.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if taken == 0 {
            break;
        }
        block.extend_from_slice(&at_hand[..taken]);
        stream.take(taken);
        left -= taken as u64;
    }
    Ok(())
}

/// Takes the lines up to the one on which the next record begins, or to the end; keeps no more than one byte above `most`.
fn take_up_to_record(stream: &mut Stream<'_>, block: &mut Vec<u8>, most: u64) -> io::Result<()> {
    loop {
        let ahead = stream.peek(LONGEST_LINE)?;
        if ahead.is_empty() || arc_fields::parse(ahead).is_some() {
            return Ok(());
        }
        let line = ahead.iter().position(|byte| *byte == b'\n').map_or(ahead.len(), |at| at + 1);
        let room = usize::try_from(most.saturating_add(1)).unwrap_or(usize::MAX).saturating_sub(block.len());
        block.extend_from_slice(&ahead[..line.min(room)]);
        stream.take(line);
    }
}
