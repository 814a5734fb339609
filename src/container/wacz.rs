//! WACZ (Web Archive Collection Zipped 1.1.1, <https://specs.webrecorder.net/wacz/1.1.1/>): the WARC and ARC files in a ZIP, each
//! checked against the digest that `datapackage.json` has of it. A file that is damaged costs its own records only, and
//! what is below `archive/` and not read is said.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use flate2::Crc;
use serde_json::Value;
use tempfile::NamedTempFile;

use super::compressed::{failure, out_of_proportion};
use super::frames::Frames;
use super::kind::{self, Compression, Kind};
use super::warc_fields::begins_file;
use super::warc_stream::{Part, Section};
use super::zip_members::{self, DEFLATED, Member, Package, STORED};
use super::{Container, ContainerKind, Sink};
use super::{arc, warc};
use crate::diagnostic::{self, Diagnostic};
use crate::original::Hasher;
use crate::plan::Opening;

/// Bytes of `datapackage.json` that are read: a line for each of 100,000 files.
const DESCRIPTION: u64 = 16 << 20;
/// Bytes that tell what a file is.
const BEGINNING: u64 = 64 << 10;
/// The folder of the WARC files (WACZ 1.1.1, 4).
const ARCHIVE: &str = "archive/";

/// The container's facts.
pub const WACZ: ContainerKind = ContainerKind {
    name: "WACZ",
    spec: "WACZ 1.1.1",
    endings: &["wacz"],
    compressed: false,
    begins,
    holds: "the WARC and ARC files in it, each checked against `datapackage.json`; files that this names and the package has not, and what else lies among the WARC files, are rows of the report",
    read: originals,
};

/// Names that a package begins with; another ZIP may be anything.
fn begins(bytes: &[u8]) -> bool {
    // APPNOTE 4.3.7: the name stands behind 30 bytes.
    let name = bytes.starts_with(b"PK\x03\x04").then(|| bytes.get(30..)).flatten().unwrap_or_default();
    ["datapackage.json", ARCHIVE, "indexes/", "pages/"].iter().any(|known| name.starts_with(known.as_bytes()))
}

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<(), Diagnostic> {
    let package = Package::read(container.path, container.length).map_err(|e| failure(&e))?;
    let loose = beginnings(container.path, &package.loose).map_err(|e| failure(&e))?;
    if let Some(error) = &package.damage
        && package.found.is_empty()
        && loose.is_empty()
    {
        return Err(Diagnostic::new(diagnostic::C001, format!("it is no ZIP that can be read: {error}")));
    }
    let limits = &opening.limits;
    let reader = warc::WarcReader::new(container, limits, sink);
    let mut reading = PackageReader { container, max_ratio: limits.max_ratio, digests: BTreeMap::new(), reader };
    if reading.package(&package, loose).is_break() || reading.reader.found() > 0 {
        return Ok(());
    }
    Err(Diagnostic::new(diagnostic::C011, "it has no WARC file with a record"))
}

/// Reading a package.
struct PackageReader<'a, 'b> {
    container: &'a Container<'a>,
    max_ratio: u64,
    /// What `datapackage.json` has of each file.
    digests: BTreeMap<String, String>,
    reader: warc::WarcReader<'a, 'b>,
}

impl PackageReader<'_, '_> {
    fn package(&mut self, package: &Package, loose: Vec<Range<u64>>) -> ControlFlow<()> {
        if let Some(error) = &package.damage {
            let message = format!("its directory cannot be read: {error}; files were looked for by their own headers");
            self.reader.reject(self.container.name.to_owned(), Diagnostic::new(diagnostic::C001, message))?;
        }
        let members = || package.members.iter().chain(&package.found);
        if let Some(description) = members().find(|member| member.name == "datapackage.json") {
            match digests(self.container.path, description) {
                Ok(digests) => self.digests = digests,
                Err(why) => {
                    self.reject(&description.name, diagnostic::C005, format!("{why}; no digest was checked"))?
                }
            }
        }
        for member in &package.members {
            self.member(member, Vec::new())?;
        }
        for member in &package.found {
            let message = "the directory of the package does not fit it; it was found by its own header";
            self.member(member, vec![Diagnostic::new(diagnostic::C014, message)])?;
        }
        let known: BTreeSet<&str> = members().map(|member| member.name.as_str()).collect();
        let lost: Vec<&String> =
            package.doubtful.iter().filter(|name| holds_records(name) && !known.contains(name.as_str())).collect();
        let are_loose = loose.len();
        for range in loose {
            let inside = if let [name] = lost[..] { name } else { "" };
            let message = "its header in the package is damaged; it was found by its beginning";
            let noticed = vec![Diagnostic::new(diagnostic::C014, message)];
            self.reader.part(&Part { path: self.container.path, range, inside, noticed })?;
        }
        if are_loose < lost.len() {
            for name in &lost {
                self.reject(name, diagnostic::C001, "its header in the package is damaged")?;
            }
        }
        let is_missing = |name: &&String| {
            let is_there = known.contains(name.as_str()) || package.doubtful.contains(name);
            !is_there && holds_records(name)
        };
        let missing: Vec<String> = self.digests.keys().filter(is_missing).cloned().collect();
        for name in missing {
            self.reject(&name, diagnostic::C001, "datapackage.json names it, and it is not in the package")?;
        }
        ControlFlow::Continue(())
    }

    fn member(&mut self, member: &Member, mut noticed: Vec<Diagnostic>) -> ControlFlow<()> {
        let name = &member.name;
        let is_folder = name.ends_with('/') && member.range.is_empty();
        if is_folder || !(member.has_records || holds_records(name)) {
            return ControlFlow::Continue(());
        }
        let beginning = match beginning(self.container.path, member) {
            Ok(beginning) => beginning,
            Err(error) => return self.reject(name, diagnostic::C001, failure(&error).message),
        };
        // No deflated bytes begin as a WARC or an ARC does, compressed or not.
        let is_bare = begins_archive(&beginning);
        if member.is_encrypted && !is_bare {
            return self.reject(name, diagnostic::C001, "it is encrypted, and is not read");
        }
        match member.method {
            _ if is_bare => {}
            STORED | DEFLATED => {
                let is_read = member.has_records || is_archive(name) || inflates_to_archive(member, &beginning);
                if !is_read {
                    return self.reject(name, diagnostic::C003, what_it_is(name));
                }
            }
            method => {
                let message = format!("its compression method {method} is not known here, and it is not read");
                return self.reject(name, diagnostic::C001, message);
            }
        }
        if is_bare || member.method == STORED {
            if let Some(why) = self.check(name, || digest_of(self.container.path, member.range.clone())) {
                noticed.push(why);
            }
            // Its records have their places in the WACZ itself.
            let range = member.range.clone();
            return self.part(&Part { path: self.container.path, range, inside: name, noticed }, &beginning);
        }
        self.deflated(member, noticed)
    }

    /// Reads a file that begins with these bytes.
    fn part(&mut self, part: &Part<'_>, beginning: &[u8]) -> ControlFlow<()> {
        match arc::begins_file(beginning) {
            true => self.reader.arc_part(part, Compression::of_beginning(beginning)),
            false => self.reader.part(part),
        }
    }

    /// Reads a member that is compressed from a copy.
    fn deflated(&mut self, member: &Member, mut noticed: Vec<Diagnostic>) -> ControlFlow<()> {
        let name = &member.name;
        let copy = match inflate(self.container.path, member, self.max_ratio) {
            Ok(copy) => copy,
            Err(why) => return self.reader.reject(format!("{} {name}", self.container.name), why),
        };
        let damage = match copy.damage {
            Some(why) => Some(format!("it is damaged behind {} bytes, which were read: {why}", copy.length)),
            None => {
                let digest = copy.hasher.digest().hex();
                noticed.extend(self.check(name, || Ok(digest)));
                None
            }
        };
        if damage.is_none() && noticed.is_empty() && member.crc.is_some_and(|crc| crc != copy.crc) {
            let message = format!("the checksum in the package is not that of {name}");
            noticed.push(Diagnostic::new(diagnostic::C007, message));
        }
        let start = Section::open(copy.file.path(), 0..copy.length).and_then(start_of);
        let part = Part { path: copy.file.path(), range: 0..copy.length, inside: name, noticed };
        self.part(&part, &start.unwrap_or_default())?;
        match damage {
            Some(damage) => self.reject(name, diagnostic::C005, damage),
            None => ControlFlow::Continue(()),
        }
    }

    /// What is to be said of a file's digest.
    fn check(&self, name: &str, digest: impl FnOnce() -> io::Result<String>) -> Option<Diagnostic> {
        let stated = self.digests.get(name).filter(|stated| !stated.is_empty())?;
        let message = match digest() {
            Ok(found) if *stated == format!("sha256:{found}") => return None,
            Ok(found) => format!("datapackage.json has {stated} for {name}, and it is sha256:{found}"),
            Err(error) => format!("datapackage.json has {stated} for {name}, which cannot be read: {error}"),
        };
        Some(Diagnostic::new(diagnostic::C007, message))
    }

    fn reject(&mut self, name: &str, code: diagnostic::Code, why: impl Into<String>) -> ControlFlow<()> {
        self.reader.reject(format!("{} {name}", self.container.name), Diagnostic::new(code, why))
    }
}

/// Whether a file is one that holds records, or stands where such files do.
fn holds_records(name: &str) -> bool {
    name.starts_with(ARCHIVE) || is_archive(name)
}

/// Whether a file is a WARC or an ARC by its name.
fn is_archive(name: &str) -> bool {
    matches!(kind::of_name(name, &[&warc::WARC, &arc::ARC]), Some(Kind::Several(..)))
}

/// Whether it is one by its bytes.
fn begins_archive(bytes: &[u8]) -> bool {
    begins_file(bytes) || arc::begins_file(bytes)
}

/// What a file below `archive/` is that is no WARC and no ARC.
fn what_it_is(name: &str) -> String {
    let (bare, _) = kind::without_compression(name);
    let ending = bare.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("wacz") => "it is a WACZ package inside another one, and is not read".to_owned(),
        _ => "it stands among the WARC files and is none, and is not read".to_owned(),
    }
}

/// The parts of some stretches from the first record in them on.
fn beginnings(path: &Path, stretches: &[Range<u64>]) -> io::Result<Vec<Range<u64>>> {
    let mut found = Vec::new();
    for range in stretches {
        found.extend(zip_members::beginning(path, range.clone())?.map(|start| start..range.end));
    }
    Ok(found)
}

fn beginning(path: &Path, member: &Member) -> io::Result<Vec<u8>> {
    start_of(Section::open(path, member.range.clone())?)
}

fn start_of(section: Section) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    section.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(beginning)
}

/// Whether a member that is not named like a WARC or an ARC is one when it is decompressed.
fn inflates_to_archive(member: &Member, beginning: &[u8]) -> bool {
    let mut inflated = vec![0; BEGINNING as usize];
    let made = Frames::of_deflate(beginning).read(&mut inflated).unwrap_or(0);
    member.method == DEFLATED && begins_archive(&inflated[..made])
}

/// `sha256:…` of each file, as `datapackage.json` states it; empty where it states none.
fn digests(path: &Path, member: &Member) -> Result<BTreeMap<String, String>, String> {
    let section = Section::open(path, member.range.clone()).map_err(|e| e.to_string())?;
    let mut json = Vec::new();
    let read = match member.method {
        STORED => section.take(DESCRIPTION).read_to_end(&mut json).map(|_| ()),
        _ => io::copy(&mut Inflating(Frames::of_deflate(section)).take(DESCRIPTION), &mut json).map(|_| ()),
    };
    read.map_err(|e| e.to_string())?;
    let package: Value = serde_json::from_slice(&json).map_err(|e| e.to_string())?;
    let resources = package["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of = |resource: &Value| {
        let path = resource["path"].as_str()?;
        let hash = resource["hash"].as_str().unwrap_or_default();
        Some((path.strip_prefix("./").unwrap_or(path).to_owned(), hash.to_owned()))
    };
    Ok(resources.iter().filter_map(of).collect())
}

fn digest_of(path: &Path, range: Range<u64>) -> io::Result<String> {
    let mut hasher = Hasher::default();
    io::copy(&mut Section::open(path, range)?, &mut hasher)?;
    Ok(hasher.digest().hex())
}

/// A member without its compression, which goes when it is dropped.
struct Copy {
    file: NamedTempFile,
    length: u64,
    hasher: Hasher,
    crc: u32,
    /// Why it ends before its end.
    damage: Option<String>,
}

/// Inflates a member, once: what is to be known of its bytes is found while they are copied.
///
/// # Errors
/// `C008` where it grows out of proportion, `C001` where it cannot be copied.
fn inflate(path: &Path, member: &Member, max_ratio: u64) -> Result<Copy, Diagnostic> {
    let failed = |error: io::Error| failure(&error);
    let size = member.range.end - member.range.start;
    let mut frames = Frames::of_deflate(Section::open(path, member.range.clone()).map_err(failed)?);
    let mut file = NamedTempFile::new().map_err(failed)?;
    let (mut length, mut hasher, mut crc, mut damage) = (0, Hasher::default(), Crc::new(), None);
    let mut buffer = vec![0; BEGINNING as usize];
    loop {
        let made = match frames.read(&mut buffer) {
            Ok(0) => break,
            Ok(made) => &buffer[..made],
            Err(error) => {
                damage = Some(error.to_string());
                break;
            }
        };
        length += made.len() as u64;
        if out_of_proportion(length, size, max_ratio) {
            let message = format!("it grows to more than {max_ratio} times its {size} bytes");
            return Err(Diagnostic::new(diagnostic::C008, message).hint("--max-ratio raises the limit"));
        }
        hasher.write_all(made).and_then(|()| file.write_all(made)).map_err(failed)?;
        crc.update(made);
    }
    file.flush().map_err(failed)?;
    Ok(Copy { file, length, hasher, crc: crc.sum(), damage })
}

/// A deflated stream as a reader.
struct Inflating<R>(Frames<R>);

impl<R: Read> Read for Inflating<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}
