//! Mail and saved pages: messages with MIME parts (RFC 5322, RFC 2045), pages saved as MHTML (RFC 2557), and mboxes (RFC
//! 4155). The bytes of an article are those of its HTML part, or of its text part, with the transfer encoding taken off,
//! before their charset.

use std::io::BufReader;
use std::num::NonZero;
use std::ops::ControlFlow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::compressed::{failure, is_cut_off, open, read_all, read_line, too_large};
use super::{Container, ContainerKind, Loaded, Sink, left_out, place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Member, Origin, Original, RecordFields};
use crate::plan::Opening;

/// One message, or a saved page.
pub const MAIL: ContainerKind = ContainerKind {
    name: "mail and MHTML",
    spec: "RFC 5322 and RFC 2045; MHTML: RFC 2557",
    endings: &["eml", "mht", "mhtml"],
    compressed: true,
    begins: is_message,
    holds: "the page that was saved, or the HTML part of a message, else its text; subject and day of a message, address and moment of a saved page beside it",
    read: message,
};

/// Messages one after the other.
pub const MBOX: ContainerKind = ContainerKind {
    name: "mbox",
    spec: "RFC 4155",
    endings: &["mbox"],
    compressed: true,
    begins: |bytes| is_from_line(bytes.split(|b| *b == b'\n').next().unwrap_or_default()),
    holds: "each message, as above",
    read: messages,
};

/// Whether bytes begin with the header of a message: lines with field names, `MIME-Version` among them.
fn is_message(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|b| *b == b'\n').take_while(|line| !line.trim_ascii().is_empty()).take(100);
    let is_field = |line: &[u8]| {
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        name.len() < line.len() && !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    let is_version = |line: &&[u8]| line.get(..13).is_some_and(|name| name.eq_ignore_ascii_case(b"MIME-Version:"));
    let is_folded = |line: &[u8]| line.starts_with(b" ") || line.starts_with(b"\t");
    lines.clone().any(|line| is_version(&line)) && lines.all(|line| is_field(line) || is_folded(line))
}

/// `From ada@harbour.example Mon May  9 10:15:00 2016`
fn is_from_line(line: &[u8]) -> bool {
    let ends = |text: &str| {
        text.trim_end().rsplit(' ').take(2).any(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))
    };
    line.starts_with(b"From ") && std::str::from_utf8(line).is_ok_and(ends)
}

fn message(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let limits = &opening.limits;
    let mut noticed = Vec::new();
    let bytes = read_all(open(container, limits)?, limits.max_bytes, &mut noticed)?;
    let member = Member::new(container.digest, 0, bytes.len() as u64);
    let _ = Parsed::new(container.name, &bytes, member, 0, &mut noticed).give(container.name, None, noticed, sink);
    Ok(())
}

fn messages(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let limits = &opening.limits;
    let mut reader = BufReader::with_capacity(64 << 10, open(container, limits)?);
    let mut mbox = Mbox { container, sink, index: 0, limit: limits.max_bytes, current: None };
    let (mut offset, mut length, mut is_blank) = (0, 0, true);
    loop {
        let line = match read_line(&mut reader, limits.max_bytes, &mut length) {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(error) if is_cut_off(&error) => {
                let message = "the compressed file is cut off; the messages before its end are whole";
                let why = Diagnostic::new(diagnostic::C006, message);
                if mbox.current.is_none() {
                    return Err(why);
                }
                let _ = mbox.give(Some(why));
                return Ok(());
            }
            Err(error) => return Err(failure(&error)),
        };
        let line = line.unwrap_or_default();
        if is_blank && is_from_line(&line) {
            if mbox.give(None).is_break() {
                return Ok(());
            }
            mbox.current = Some(Pending { offset, header: length, bytes: Vec::new(), length });
        } else if let Some(current) = &mut mbox.current {
            current.length += length;
            if current.bytes.len() as u64 <= limits.max_bytes {
                current.bytes.extend_from_slice(&line);
            }
        }
        is_blank = line.trim_ascii().is_empty();
        offset += length;
    }
    let _ = mbox.give(None);
    match mbox.index {
        0 => Err(Diagnostic::new(diagnostic::C011, "no message begins in it (`From ` behind an empty line)")),
        _ => Ok(()),
    }
}

struct Mbox<'a, 'b> {
    container: &'a Container<'a>,
    sink: Sink<'b>,
    index: u64,
    limit: u64,
    current: Option<Pending>,
}

/// A message of which the lines are read.
struct Pending {
    offset: u64,
    /// Length of its `From ` line.
    header: u64,
    bytes: Vec<u8>,
    length: u64,
}

impl Mbox<'_, '_> {
    /// Hands on the message that was read.
    fn give(&mut self, said: Option<Diagnostic>) -> ControlFlow<()> {
        let Some(Pending { offset, header, bytes, length }) = self.current.take() else {
            return ControlFlow::Continue(());
        };
        let mut noticed: Vec<Diagnostic> = said.into_iter().collect();
        let member = Member::new(self.container.digest, offset, length);
        let path = self.container.name;
        let parsed = match length - header > self.limit {
            true => {
                Parsed { result: Err(too_large(self.limit)), origin: Some(place(path, member)), beside: Vec::new() }
            }
            false => Parsed::new(path, &bytes, member, header, &mut noticed),
        };
        let index = self.index;
        self.index += 1;
        parsed.give(&format!("{path} byte {offset}"), Some(index), noticed, self.sink)
    }
}

/// What a message holds.
struct Parsed {
    result: Result<Original, Diagnostic>,
    /// Its place where it has no article.
    origin: Option<Origin>,
    /// The other parts (the text in another form, notes of mailing lists, what is attached): what each is, with its place.
    beside: Vec<Origin>,
}

impl Parsed {
    /// `header` bytes stand in the container before the message.
    fn new(path: &str, bytes: &[u8], member: Member, header: u64, noticed: &mut Vec<Diagnostic>) -> Self {
        let mut beside = Vec::new();
        let result = original(path, bytes, member.clone(), noticed, &mut beside);
        for member in beside.iter_mut().filter_map(|origin| origin.member.as_mut()) {
            member.offset += header;
        }
        let origin = result.is_err().then(|| place(path, member));
        Self { result, origin, beside }
    }

    fn give(self, name: &str, index: Option<u64>, noticed: Vec<Diagnostic>, sink: Sink<'_>) -> ControlFlow<()> {
        let Self { result, origin, beside } = self;
        sink(Loaded { name: name.to_owned(), index, result, origin, noticed })?;
        for (number, origin) in (1..).zip(beside) {
            let why = left_out("another part of the message than its article");
            let name = format!("{name} part {number} beside the article");
            sink(Loaded { name, index, result: Err(why), origin: Some(origin), noticed: Vec::new() })?;
        }
        ControlFlow::Continue(())
    }
}

fn original(
    path: &str,
    bytes: &[u8],
    mut member: Member,
    noticed: &mut Vec<Diagnostic>,
    beside: &mut Vec<Origin>,
) -> Result<Original, Diagnostic> {
    let none = |message: &str| Diagnostic::new(diagnostic::C005, message.to_owned());
    let message = MessageParser::default().parse(bytes).ok_or_else(|| none("it is no message"))?;
    let found = article(&message);
    beside.extend(others(&message, found).map(|other| part_place(path, &member, other)));
    let part = found.ok_or_else(|| none("it has no part with HTML or text"))?;
    if let Some(count) = NonZero::new(more_texts(&message, part)) {
        let message = format!("the message shows {count} more parts with text below it, which are not read");
        noticed.push(Diagnostic::new(diagnostic::M011, message));
    }
    let is_html = matches!(part.body, PartType::Html(_));
    let address = saved_address(&message, part);
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    match address {
        // Its subject is the title that the page states, its day that on which it was saved.
        Some(_) => member.captured = date,
        None => {
            let title = message.subject().map(str::to_owned);
            member.fields = RecordFields { title, date, ..RecordFields::default() };
        }
    }
    member.record_id = message.message_id().or(part.content_id()).map(str::to_owned);
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let origin = Origin {
        path: path.to_owned(),
        media_type: Some(if is_html { "text/html" } else { "text/plain" }.to_owned()),
        declared_charset: charset.map(str::to_owned),
        target_uri: address.map(str::to_owned),
        member: Some(member),
    };
    Ok(Original::new(origin, body(&message, part, noticed)))
}

/// The part that is the article: the first of HTML, else of text.
fn article<'m, 'b>(message: &'m Message<'b>) -> Option<&'m MessagePart<'b>> {
    let parts = || message.html_body.iter().chain(&message.text_body).filter_map(|id| message.parts.get(*id as usize));
    let is_html = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let is_text = |part: &&MessagePart<'_>| matches!(part.body, PartType::Text(_));
    parts().find(is_html).or_else(|| message.parts.iter().find(is_html)).or_else(|| parts().find(is_text))
}

/// The parts that are not the article, whatever they are.
fn others<'m>(
    message: &'m Message<'m>,
    article: Option<&'m MessagePart<'m>>,
) -> impl Iterator<Item = &'m MessagePart<'m>> {
    let is_article = move |part: &MessagePart<'_>| article.is_some_and(|article| std::ptr::eq(part, article));
    message.parts.iter().filter(move |part| !matches!(part.body, PartType::Multipart(_)) && !is_article(part))
}

/// How many other parts with text readers of mail show below the article.
fn more_texts(message: &Message<'_>, article: &MessagePart<'_>) -> usize {
    let shown = message.html_body.iter().filter_map(|id| message.parts.get(*id as usize));
    let is_text = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_) | PartType::Text(_));
    let others = shown.filter(is_text).filter(|part| !std::ptr::eq(*part, article));
    others.filter(|part| part.contents().iter().any(u8::is_ascii_alphanumeric)).count()
}

/// What a part is and where it stands.
fn part_place(path: &str, message: &Member, part: &MessagePart<'_>) -> Origin {
    let kind = |kind: &mail_parser::ContentType<'_>| {
        let sub = kind.subtype().map(|sub| format!("/{sub}")).unwrap_or_default();
        format!("{}{sub}", kind.ctype()).to_ascii_lowercase()
    };
    let start = u64::from(part.offset_header);
    let length = u64::from(part.offset_end).saturating_sub(start);
    let member = Member::new(message.container, message.offset + start, length);
    let record_id = part.content_id().map(str::to_owned);
    Origin {
        media_type: part.content_type().map(kind),
        target_uri: part.content_location().map(str::to_owned),
        ..place(path, Member { record_id, ..member })
    }
}

/// The address of a saved page.
fn saved_address<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Option<&'m str> {
    let saved = message.header("Snapshot-Content-Location").and_then(HeaderValue::as_text);
    let address = saved.or_else(|| part.content_location()).map(str::trim);
    address.filter(|address| address.starts_with("http://") || address.starts_with("https://"))
}

/// The bytes of a part without their transfer encoding; as they stand where that is damaged.
fn body(message: &Message<'_>, part: &MessagePart<'_>, noticed: &mut Vec<Diagnostic>) -> Vec<u8> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let (decoded, name) = match part.encoding {
        Encoding::None => return raw.to_vec(),
        Encoding::QuotedPrintable => (quoted_printable_decode(raw), "quoted-printable"),
        Encoding::Base64 => (base64_decode(raw), "base64"),
    };
    decoded.unwrap_or_else(|| {
        let message = format!("the transfer encoding {name} is damaged; what could be read of it was taken");
        noticed.push(Diagnostic::new(diagnostic::C012, message));
        part.contents().to_vec()
    })
}
