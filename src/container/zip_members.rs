//! The members of a ZIP (APPNOTE.TXT 6.3.10, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>): those on
//! which its directory and their own headers agree; and, in the bytes that these leave, those that only their own
//! headers tell of. Opens none of them.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use memchr::memmem;
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use super::frames::Ahead;
use super::warc_stream::{Section, find_beginning};

/// Bytes of a local file header before the name (4.3.7).
const LOCAL_HEADER: u64 = 30;
/// Bytes of a whole one: names in packages are shorter than 200.
const LONGEST_HEADER: u64 = 1 << 10;
/// What a local file header begins with (4.3.7).
const LOCAL: &[u8] = b"PK\x03\x04";
/// What may stand behind the bytes of a member: a header, a descriptor, a directory (4.3.7 to 4.3.16).
const BEHIND: &[&[u8]] = &[LOCAL, b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08", b"PK\x07\x08"];
/// Lengths of a data descriptor that has no signature (4.3.9).
const DESCRIPTORS: [usize; 2] = [12, 20];
/// Compression methods (4.4.5).
pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;
/// A size that stands in a ZIP64 field (4.4.8).
const ELSEWHERE: u32 = u32::MAX;

/// A file in a ZIP.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// Where its bytes are, compressed or not.
    pub(super) range: Range<u64>,
    /// 4.4.5.
    pub(super) method: u16,
    pub(super) is_encrypted: bool,
    /// Its checksum, where it is known.
    pub(super) crc: Option<u32>,
    /// Whether a record was seen to begin in it.
    pub(super) has_records: bool,
}

/// What a ZIP holds.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// Members on which directory and header agree, by their names.
    pub(super) members: Vec<Member>,
    /// Members that only their own headers tell of, as they stand in the file.
    pub(super) found: Vec<Member>,
    /// Stretches that belong to no member.
    pub(super) loose: Vec<Range<u64>>,
    /// Names in the directory of members whose headers say something else.
    pub(super) doubtful: Vec<String>,
    /// Why the directory cannot be read.
    pub(super) damage: Option<String>,
}

impl Package {
    pub(super) fn read(path: &Path, length: u64) -> io::Result<Self> {
        let mut package = Self::default();
        let mut claimed = Vec::new();
        let mut end = length;
        match directory(path) {
            Ok(mut archive) => {
                end = archive.central_directory_start().min(length);
                for index in 0..archive.len() {
                    let name = archive.name_for_index(index).unwrap_or_default().to_owned();
                    let entry = archive.by_index_raw(index);
                    match entry.ok().and_then(|entry| agreed(path, &entry, end)) {
                        Some((header, member)) => {
                            claimed.push(header..member.range.end);
                            package.members.push(member);
                        }
                        None => package.doubtful.push(name),
                    }
                }
            }
            Err(error) => package.damage = Some(error),
        }
        package.members.sort_by(|a, b| a.name.cmp(&b.name));
        claimed.sort_by_key(|range| range.start);
        let mut at = 0;
        for range in claimed {
            package.walk(path, at..range.start)?;
            at = at.max(range.end);
        }
        package.walk(path, at..end)?;
        Ok(package)
    }

    /// Looks for members in bytes that no other member claims.
    fn walk(&mut self, path: &Path, gap: Range<u64>) -> io::Result<()> {
        let (mut loose, mut at) = (gap.start, gap.start);
        while let Some(header) = find(path, at..gap.end, &[LOCAL])? {
            at = header + LOCAL.len() as u64;
            let Some(local) = Local::read(path, header, gap.end)? else { continue };
            let data = header + local.length;
            // Streamed members have their sizes behind them, or in the directory.
            let end = match local.compressed {
                Some(size) if data + size <= gap.end && ends_well(path, data + size, gap.end, false)? => data + size,
                _ => find(path, data..gap.end, BEHIND)?.unwrap_or(gap.end),
            };
            self.loose.push(loose..header);
            (loose, at) = (end, end);
            // The length of its name or its method may be what is damaged: a WARC is told by its beginning.
            let beginning = beginning(path, header + LOCAL_HEADER..end)?;
            let (start, method) = beginning.map_or((data, local.method), |beginning| (beginning, STORED));
            self.found.push(Member {
                name: shown(&local.name),
                range: start..end,
                method,
                is_encrypted: local.is_encrypted && beginning.is_none(),
                crc: local.crc,
                has_records: beginning.is_some(),
            });
        }
        self.loose.push(loose..gap.end);
        self.loose.retain(|range| range.end.saturating_sub(range.start) > LOCAL_HEADER);
        Ok(())
    }
}

/// Where the records begin in bytes that a header may stand before.
pub(super) fn beginning(path: &Path, range: Range<u64>) -> io::Result<Option<u64>> {
    let found = find_beginning(path, range.clone())?;
    // What is longer than a header is a record that is damaged, which will be said.
    Ok(found.map(|at| if at - range.start > LONGEST_HEADER { range.start } else { at }))
}

/// A name that may be damaged, so that it can be shown.
fn shown(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.chars().take(200).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Opens a ZIP by the directory at its end.
fn directory(path: &Path) -> Result<ZipArchive<File>, String> {
    let mut file = File::open(path).map_err(|e| e.to_string())?;
    let mut beginning = Vec::new();
    (&mut file).take(LOCAL.len() as u64).read_to_end(&mut beginning).map_err(|e| e.to_string())?;
    let archive = ZipArchive::new(file).map_err(|e| e.to_string())?;
    // Where its own directory is damaged, that of a ZIP inside it is found.
    if archive.offset() > 0 && beginning == LOCAL {
        return Err("the directory at its end is damaged".to_owned());
    }
    Ok(archive)
}

/// A member of the directory, with the place of its header, where that says the same.
fn agreed(path: &Path, entry: &ZipFile<'_, File>, end: u64) -> Option<(u64, Member)> {
    let local = Local::read(path, entry.header_start(), end).ok()??;
    let (start, size) = (entry.data_start(), entry.compressed_size());
    let range = start..start.checked_add(size).filter(|last| *last <= end)?;
    let is_stored = entry.compression() == CompressionMethod::Stored;
    let agrees = local.name == entry.name_raw()
        && local.is_encrypted == entry.encrypted()
        && (local.method == STORED) == is_stored
        && (local.method == DEFLATED) == (entry.compression() == CompressionMethod::Deflated)
        && (!is_stored || entry.encrypted() || size == entry.size())
        && local.compressed.is_none_or(|stated| stated == size)
        && ends_well(path, range.end, end, local.is_streamed).ok()?;
    let member = Member {
        name: entry.name().to_owned(),
        range,
        method: local.method,
        is_encrypted: local.is_encrypted,
        crc: Some(entry.crc32()),
        has_records: false,
    };
    agrees.then_some((entry.header_start(), member))
}

/// A local file header (4.3.7).
struct Local {
    name: Vec<u8>,
    /// With name and extra field.
    length: u64,
    method: u16,
    is_encrypted: bool,
    /// Whether sizes and checksum stand behind the bytes.
    is_streamed: bool,
    /// Where they do not stand behind the bytes, or in a ZIP64 field.
    compressed: Option<u64>,
    crc: Option<u32>,
}

impl Local {
    /// `None` where none stands there.
    fn read(path: &Path, at: u64, end: u64) -> io::Result<Option<Self>> {
        let mut section = Section::open(path, at..end)?;
        let mut header = Vec::new();
        (&mut section).take(LOCAL_HEADER).read_to_end(&mut header)?;
        if !header.starts_with(LOCAL) || header.len() < LOCAL_HEADER as usize {
            return Ok(None);
        }
        let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
        // 4.4.4: bit 0 for encryption, bit 3 where sizes and checksum stand behind the bytes.
        let flags = short(6);
        let is_streamed = flags & 1 << 3 != 0;
        let length = LOCAL_HEADER + u64::from(short(26)) + u64::from(short(28));
        let mut name = Vec::new();
        section.take(short(26).into()).read_to_end(&mut name)?;
        if name.is_empty() || at + length > end {
            return Ok(None);
        }
        Ok(Some(Self {
            name,
            length,
            method: short(8),
            is_encrypted: flags & 1 != 0,
            is_streamed,
            compressed: (!is_streamed && long(18) != ELSEWHERE).then(|| long(18).into()),
            crc: (!is_streamed).then(|| long(14)),
        }))
    }
}

/// Whether the bytes of a member may end there. A descriptor of those that are streamed may come first.
fn ends_well(path: &Path, at: u64, end: u64, is_streamed: bool) -> io::Result<bool> {
    let mut behind = Vec::new();
    // The directory may be what is behind it.
    Section::open(path, at..end + 4)?.take(24).read_to_end(&mut behind)?;
    // Of a mark that has a damaged byte three are left: a member is not to suffer from what follows it.
    let is_like = |mark: &[u8], bytes: &[u8]| mark.iter().zip(bytes).filter(|(a, b)| a == b).count() + 1 >= mark.len();
    let is_known = |bytes: &[u8]| BEHIND.iter().any(|mark| is_like(mark, bytes));
    let is_described = || DESCRIPTORS.iter().any(|length| behind.get(*length..).is_some_and(is_known));
    Ok(is_known(&behind) || (is_streamed && is_described()) || behind.iter().all(|byte| *byte == 0))
}

/// The first place where one of some marks stands.
fn find(path: &Path, range: Range<u64>, marks: &[&[u8]]) -> io::Result<Option<u64>> {
    let start = range.start;
    let mut input = Ahead::new(Section::open(path, range)?);
    loop {
        let bytes = input.peek(LONGEST_MARK)?;
        let is_last = bytes.len() < LONGEST_MARK;
        let is_mark = |at: &usize| marks.iter().any(|mark| bytes[*at..].starts_with(mark));
        let found = memmem::find_iter(bytes, b"PK").find(is_mark);
        // A mark may stand across the border of what was read.
        let examined = if is_last { bytes.len() } else { bytes.len() + 1 - LONGEST_MARK };
        input.take(found.unwrap_or(examined));
        if found.is_some() || is_last {
            return Ok(found.map(|_| start + input.taken()));
        }
    }
}

/// Length of the marks above.
const LONGEST_MARK: usize = 4;
