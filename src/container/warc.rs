//! WARC (ISO 28500:2017): the entity bodies of its records that hold HTML or text, compressed or not. A stretch that
//! cannot be read ends at the next record that can. Each record is yielded, or rejected or left
//! out with why.

use std::io;
use std::ops::ControlFlow;

use memchr::memmem;

use super::arc::ArcReader;
use super::compressed::{failure, out_of_proportion, too_large};
use super::kind::Compression;
use super::warc_block::{self, Block, Ending, Wanted};
use super::warc_digest::Verdict;
use super::warc_fields::{self, BEGINNING, LONGEST_HEADER, MARK};
use super::warc_payload::{self, Head, Payload, Unread};
use super::warc_stream::{End, Part, Stop, Stream, StreamPlace, blanks_length, gap_length};
use super::{Container, ContainerKind, Loaded, Sink, left_out};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original};
use crate::plan::{Limits, Opening};

/// The container's facts.
pub const WARC: ContainerKind = ContainerKind {
    name: "WARC",
    spec: "ISO 28500:2017",
    endings: &["warc"],
    compressed: true,
    begins: |bytes| bytes.starts_with(MARK),
    holds: "each response and resource record with HTML or text; digests are checked, transfer and content coding taken off",
    read: originals,
};

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let part = Part { path: container.path, range: 0..container.length, inside: "", noticed: Vec::new() };
    let mut run = WarcReader::new(container, &opening.limits, sink);
    if run.part(&part).is_break() {
        return Ok(());
    }
    run.finish()
}

/// Reading the records of a container.
pub(super) struct WarcReader<'a, 'b> {
    container: &'a Container<'a>,
    limits: &'a Limits,
    sink: Sink<'b>,
    /// Number of the next record.
    index: u64,
    yielded: u64,
    /// The last record: what is wrong behind it is said of it, and its length is known when the next one begins.
    last: Option<Last>,
}

struct Last {
    loaded: Loaded,
    /// It may be an article: what is wrong behind a record that is left out is said for itself.
    is_wanted: bool,
    place: StreamPlace,
    is_compressed: bool,
    /// Bytes of its block.
    block: u64,
    /// Where it ends in the file.
    end: u64,
}

impl<'a, 'b> WarcReader<'a, 'b> {
    pub(super) fn new(container: &'a Container<'a>, limits: &'a Limits, sink: Sink<'b>) -> Self {
        Self { container, limits, sink, index: 0, yielded: 0, last: None }
    }

    pub(super) fn finish(self) -> Result<(), Diagnostic> {
        if self.index == 0 && self.yielded == 0 {
            return Err(Diagnostic::new(diagnostic::C011, "no record begins anywhere in it"));
        }
        Ok(())
    }

    /// How many records were found so far, and how much was rejected beside them.
    pub(super) fn found(&self) -> u64 {
        self.index + self.yielded
    }

    /// Says of something in the container that it is not read, and why.
    pub(super) fn reject(&mut self, name: String, why: Diagnostic) -> ControlFlow<()> {
        self.yielded += 1;
        (self.sink)(Loaded::rejected(name, None, why))
    }

    /// Reads one WARC file to its end; breaks when the sink wants no more.
    pub(super) fn part(&mut self, part: &Part<'_>) -> ControlFlow<()> {
        let read = Stream::open(part).map_err(Stop::Failed).and_then(|mut stream| self.records(part, &mut stream));
        let failed = match read {
            Ok(()) => return ControlFlow::Continue(()),
            Err(Stop::Sink) => return ControlFlow::Break(()),
            Err(Stop::Failed(error)) => failure(&error),
        };
        if self.flush().is_err() {
            return ControlFlow::Break(());
        }
        let name = format!("{}{}", self.container.name, part.inside());
        self.reject(name, failed)
    }

    /// Reads one ARC file to its end, as packages hold them too.
    pub(super) fn arc_part(&mut self, part: &Part<'_>, compression: Compression) -> ControlFlow<()> {
        let (container, limits, index) = (self.container, self.limits, self.index);
        let mut reader = ArcReader { container, limits, part, sink: &mut *self.sink, found: 0, index };
        let read = reader.read(compression);
        (self.index, self.yielded) = (reader.index, self.yielded + reader.found);
        match read {
            Ok(()) => ControlFlow::Continue(()),
            Err(Stop::Sink) => ControlFlow::Break(()),
            Err(Stop::Failed(error)) => self.reject(format!("{}{}", container.name, part.inside()), failure(&error)),
        }
    }

    fn records(&mut self, part: &Part<'_>, stream: &mut Stream<'_>) -> Result<(), Stop> {
        // Whether it was said already that what comes now cannot be read.
        let mut is_lost = false;
        loop {
            let lines = self.pass_gap(stream)?;
            let ahead = stream.peek(BEGINNING)?;
            let is_end = ahead.is_empty();
            let is_record = warc_fields::version(ahead).is_some();
            if !is_record && !is_lost && changes(stream, is_end)? {
                continue;
            }
            if is_end {
                if !is_lost {
                    self.say_end(part, &stream.end(), lines, stream.compression())?;
                }
                is_lost = true;
                if !self.go_on(part, stream)? {
                    return self.flush();
                }
            } else if is_record {
                let next = stream.place().offset;
                if let Some(last) = self.last.as_mut().filter(|last| last.place.offset < next) {
                    last.end = last.end.min(next);
                }
                self.flush()?;
                is_lost = !self.record(part, stream)?;
            } else {
                if !is_lost {
                    self.say_stray(part, stream, lines)?;
                }
                is_lost = true;
                stream.find_record()?;
            }
        }
    }

    /// Passes over what stands between two records. Returns the number of line ends behind the first one.
    fn pass_gap(&mut self, stream: &mut Stream<'_>) -> io::Result<usize> {
        let mut lines = 0;
        loop {
            let ahead = stream.peek(1)?;
            let length = blanks_length(ahead);
            lines += ahead[..length].iter().filter(|byte| **byte == b'\n').count();
            stream.take(length);
            if length == 0 {
                break;
            }
        }
        // Padding is no part of the record before it.
        if let Some(last) = &mut self.last {
            last.end = stream.behind();
        }
        loop {
            let length = gap_length(stream.peek(1)?, lines > 0);
            stream.take(length);
            if length == 0 {
                return Ok(lines);
            }
        }
    }

    /// Says what is wrong with the end of a stream: of the last record, if it is in what ends there.
    fn say_end(&mut self, part: &Part<'_>, end: &End, lines: usize, compression: Compression) -> Result<(), Stop> {
        let (frame, why, of_last) = match end {
            // ISO 28500:2017 4: two CRLF end a record, the last one too.
            End::Whole if lines > 1 || compression != Compression::None => return Ok(()),
            End::Whole => {
                let message = "the file ends before the two line ends that close a record";
                if let Some(last) = self.last.as_mut().filter(|last| last.is_wanted && last.loaded.noticed.is_empty()) {
                    last.loaded.noticed.push(Diagnostic::new(diagnostic::C006, message));
                }
                return Ok(());
            }
            End::Cut { frame } => {
                let message = "the compressed file is cut off behind the record's block";
                (*frame, "the compressed file is cut off", Some(Diagnostic::new(diagnostic::C006, message)))
            }
            End::Damaged { frame, why, checksum: true, .. } => {
                let message = format!("the checksum of its compression is not that of its bytes: {why}");
                (*frame, why.as_str(), Some(Diagnostic::new(diagnostic::C007, message)))
            }
            End::Damaged { frame, why, .. } => (*frame, why.as_str(), None),
        };
        match (&mut self.last, of_last) {
            (Some(last), Some(notice)) if last.is_wanted && last.place.offset == frame => {
                last.loaded.noticed.push(notice)
            }
            _ => self.say_lost(part, frame, why)?,
        }
        Ok(())
    }

    /// Says that what follows is no record: of the last one, where that does not end as records end.
    fn say_stray(&mut self, part: &Part<'_>, stream: &mut Stream<'_>, lines: usize) -> Result<(), Stop> {
        let offset = stream.place().offset;
        let ahead = stream.peek(4 * BEGINNING)?;
        // A record whose version line is damaged still has its fields.
        let is_record = memmem::find(&ahead[..ahead.len().min(4 * BEGINNING)], b"\nWARC-").is_some();
        match &mut self.last {
            Some(last) if last.is_wanted && lines < 2 && !is_record => {
                let message = "bytes follow it that belong to no record; its Content-Length may be too small";
                last.loaded.noticed.push(Diagnostic::new(diagnostic::C009, message));
                Ok(())
            }
            _ => self.say_lost(part, offset, "no record begins there"),
        }
    }

    fn say_lost(&mut self, part: &Part<'_>, offset: u64, why: &str) -> Result<(), Stop> {
        self.flush()?;
        let message = format!("a stretch from here on holds no record that can be read: {why}");
        self.refuse(part, offset, message)
    }

    /// Rejects what is no record that can be read; where it ends is not known.
    fn refuse(&mut self, part: &Part<'_>, offset: u64, message: impl Into<String>) -> Result<(), Stop> {
        let origin = super::place(self.container.name, Member::new(self.container.digest, offset, 0));
        let rejected =
            Loaded::rejected(self.name(part, offset, None), None, Diagnostic::new(diagnostic::C005, message));
        self.yielded += 1;
        if (self.sink)(Loaded { origin: Some(origin), ..rejected }).is_break() {
            return Err(Stop::Sink);
        }
        Ok(())
    }

    /// Goes behind what ended a stream before its file ended; false where nothing is there.
    fn go_on(&mut self, part: &Part<'_>, stream: &mut Stream<'_>) -> Result<bool, Stop> {
        let (End::Cut { frame } | End::Damaged { frame, .. }) = stream.end() else { return Ok(false) };
        // A damaged frame can seem to go on into the next one: that is looked for from its beginning on.
        let rest = frame + 1;
        if !stream.is_tired() && stream.find_frame(rest)? {
            if let Some(last) = &mut self.last {
                last.end = last.end.min(stream.place().offset);
            }
            return Ok(true);
        }
        if stream.is_tired() {
            self.flush()?;
            let message = "nothing from here on is read: so much of it is damaged that reading would not end";
            self.refuse(part, rest, message)?;
        }
        Ok(false)
    }

    /// Reads one record. Returns false where that was not possible, and it was said why.
    fn record(&mut self, part: &Part<'_>, stream: &mut Stream<'_>) -> Result<bool, Stop> {
        let place = stream.place();
        let Some(header) = self.header(part, stream, place)? else { return Ok(false) };
        let fields = warc_fields::fields(&header)?;
        let index = self.index;
        self.index += 1;
        let head = warc_payload::head(&fields);
        let stated = warc_fields::content_length(&fields);
        let digest = fields.get("WARC-Block-Digest");
        let wanted = Wanted {
            stated: stated.as_ref().ok().copied(),
            digest: digest.as_deref(),
            keeps: if head.left_out.is_none() { self.limits.max_bytes } else { 0 },
        };
        let block = warc_block::read(stream, &wanted)?;
        let is_whole = !matches!(block.ending, Ending::Short | Ending::Damaged(_));
        let (length, end) = (block.length, part.range.end);
        let mut noticed = part.noticed.clone();
        notice(&mut noticed, &header, &stated, &block, &head);
        let name = self.name(part, place.offset, head.target.as_deref());
        let content = self.content(&head, block, &mut noticed);
        let is_wanted = !content.as_ref().is_err_and(|unread| unread.why.code == diagnostic::C017);
        let loaded = self.loaded(name, index, head, content, place, noticed);
        let is_compressed = stream.compression() != Compression::None;
        self.last = Some(Last { loaded, is_wanted, place, is_compressed, block: length, end });
        // One that is left out says nothing of what follows it.
        Ok(is_whole || !is_wanted)
    }

    /// The header of the record that begins there; `None` where it has no end, which is said.
    fn header(
        &mut self,
        part: &Part<'_>,
        stream: &mut Stream<'_>,
        place: StreamPlace,
    ) -> Result<Option<Vec<u8>>, Stop> {
        let mut wanted = 4096;
        let (next, why) = loop {
            let ahead = stream.peek(wanted)?;
            let (at_hand, length) = (ahead.len(), warc_fields::header_length(ahead));
            let header = &ahead[..length.unwrap_or(at_hand)];
            if let Some(next) = warc_fields::begins_inside(header) {
                break (next, "another record begins in its headers".to_owned());
            }
            if let Some(length) = length {
                let header = header.to_vec();
                stream.take(length);
                return Ok(Some(header));
            }
            let line = warc_fields::version(ahead).map_or(1, |(_, length)| length);
            if at_hand >= LONGEST_HEADER {
                break (line, format!("its headers are longer than {LONGEST_HEADER} bytes"));
            }
            if at_hand < wanted {
                break (
                    line,
                    match stream.end() {
                        End::Damaged { why, .. } => format!("its headers cannot be read: {why}"),
                        End::Whole | End::Cut { .. } => "the file ends in its headers".to_owned(),
                    },
                );
            }
            wanted *= 4;
        };
        stream.take(next);
        self.refuse(part, place.offset, why)?;
        Ok(None)
    }

    /// The entity body in a record, or why there is none.
    fn content(&self, head: &Head, block: Block, noticed: &mut Vec<Diagnostic>) -> Result<Payload, Box<Unread>> {
        let refused = |message: String| Diagnostic::new(diagnostic::C005, message).into();
        let ends = "the file ends inside it, and what there is of it is no page and no text";
        if let Ending::Damaged(why) = block.ending {
            return Err(refused(format!(
                "its compression is damaged behind {} bytes of its block: {why}",
                block.length
            )));
        }
        if let Some(why) = &head.left_out {
            return Err(match (&block.ending, head.kind.is_some()) {
                (Ending::Short, _) => refused(ends.to_owned()),
                (_, false) => refused("it has no WARC-Type".to_owned()),
                (_, true) => left_out(why).into(),
            });
        }
        if block.length > self.limits.max_bytes {
            return Err(too_large(self.limits.max_bytes).into());
        }
        let payload = warc_payload::payload(head, block.bytes, self.limits, noticed);
        payload.map_err(|unread| match block.ending {
            Ending::Short if unread.why.code == diagnostic::C017 => refused(ends.to_owned()),
            // An image, a failed request.
            _ => unread,
        })
    }

    fn loaded(
        &self,
        name: String,
        index: u64,
        head: Head,
        content: Result<Payload, Box<Unread>>,
        place: StreamPlace,
        noticed: Vec<Diagnostic>,
    ) -> Loaded {
        // Its length is not known yet.
        let member = Member::new(self.container.digest, place.offset, 0);
        let origin = |media_type, status, declared_charset| Origin {
            path: self.container.name.to_owned(),
            media_type,
            declared_charset,
            target_uri: head.target,
            member: Some(Member { record_id: head.record_id, captured: head.captured, status, ..member }),
        };
        match content {
            Ok(Payload { body, media_type, charset, status }) => {
                let result = Ok(Original::new(origin(media_type, status, charset), body));
                Loaded { name, index: Some(index), result, origin: None, noticed }
            }
            Err(unread) => {
                let Unread { why, media_type, status } = *unread;
                let origin = origin(media_type.or(head.content_type), status, None);
                Loaded { name, index: Some(index), result: Err(why), origin: Some(origin), noticed }
            }
        }
    }

    /// Yields the last record.
    fn flush(&mut self) -> Result<(), Stop> {
        let Some(last) = self.last.take() else { return Ok(()) };
        let Last { mut loaded, is_wanted, place, is_compressed, block, end } = last;
        let length = end.saturating_sub(place.offset);
        let origin = loaded.result.as_mut().map(|original| &mut original.origin).ok().or(loaded.origin.as_mut());
        if let Some(member) = origin.and_then(|origin| origin.member.as_mut()) {
            member.length = length;
        }
        if is_wanted && is_compressed && out_of_proportion(block, length, self.limits.max_ratio) {
            let message = format!("it grows to more than {} times its {length} bytes", self.limits.max_ratio);
            let why = Diagnostic::new(diagnostic::C008, message).hint("--max-ratio raises the limit");
            if let Ok(original) = std::mem::replace(&mut loaded.result, Err(why)) {
                loaded.origin = Some(original.origin);
            }
        }
        self.yielded += 1;
        if (self.sink)(loaded).is_break() {
            return Err(Stop::Sink);
        }
        Ok(())
    }

    fn name(&self, part: &Part<'_>, offset: u64, target: Option<&str>) -> String {
        let target = target.map(|uri| format!(" {uri}")).unwrap_or_default();
        format!("{}{} byte {offset}{target}", self.container.name, part.inside())
    }
}

/// Goes on where what is no record is one that is compressed in another way.
fn changes(stream: &mut Stream<'_>, is_end: bool) -> io::Result<bool> {
    let offset = match (is_end, stream.end()) {
        (true, End::Damaged { frame, .. }) => frame,
        (false, _) if stream.compression() == Compression::None => stream.place().offset,
        _ => return Ok(false),
    };
    stream.change(offset)
}

/// Says what is doubtful in the header of a record, and where its block does not end as it states.
fn notice(noticed: &mut Vec<Diagnostic>, header: &[u8], stated: &Result<u64, String>, block: &Block, head: &Head) {
    let mut say = |code, message: String| noticed.push(Diagnostic::new(code, message));
    if let Some((version, _)) = warc_fields::version(header).filter(|(version, _)| !warc_fields::is_known(version)) {
        say(diagnostic::C013, format!("version {} of WARC is not known", String::from_utf8_lossy(version)));
    }
    if warc_fields::has_stray_line(header) {
        say(diagnostic::C013, "a line of its headers is no field".to_owned());
    }
    let length = block.length;
    match (&block.ending, stated) {
        (Ending::Found, Ok(stated)) => {
            say(
                diagnostic::C009,
                format!("Content-Length is {stated}, and the next record begins after {length} bytes"),
            );
        }
        (Ending::Found, Err(why)) => say(diagnostic::C009, format!("{why}; the record ends after {length} bytes")),
        (Ending::Followed, _) => {
            let message = "bytes follow it that belong to no record; its Content-Length may be too small";
            say(diagnostic::C009, message.to_owned());
        }
        (Ending::Short, Ok(stated)) => {
            say(diagnostic::C006, format!("the record ends after {length} of {stated} bytes"));
        }
        (Ending::Short, Err(why)) => say(diagnostic::C006, format!("{why}, and the file ends after {length} bytes")),
        (Ending::Stated | Ending::Damaged(_), _) => {}
    }
    if matches!(block.ending, Ending::Stated | Ending::Followed) && block.verdict == Some(Verdict::Mismatch) {
        say(diagnostic::C007, "WARC-Block-Digest is not that of the record's block".to_owned());
    }
    if let Some(why) = &head.truncated {
        say(diagnostic::C006, format!("the crawler cut it off: {why}"));
    }
}
