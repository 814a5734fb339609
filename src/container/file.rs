//! Files, folders and standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use tempfile::NamedTempFile;
use walkdir::WalkDir;

use super::compressed::{Plain, failure, read_all};
use super::kind::{self, Compression, Kind};
use super::{Container, ContainerKind, Discovery, Input, InputPlace, Loaded, Sink};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Digest, Hasher, Member, Origin, Original};
use crate::plan::{Limits, Opening, Run};

/// Bytes by which a file is told.
const BEGINNING: u64 = 64 << 10;

/// A glob of `--include` or `--exclude` that is none.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct GlobError(#[from] globset::Error);

fn globs(patterns: &[String]) -> Result<GlobSet, GlobError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        // `*.txt` is any file of that ending, `2019/*` one folder's.
        set.add(GlobBuilder::new(pattern).literal_separator(pattern.contains('/')).build()?);
    }
    Ok(set.build()?)
}

/// Lists what the inputs of a run are, without reading more of any than its first bytes.
///
/// # Errors
/// Where a glob is none.
pub fn discover(run: &Run, containers: &[&'static ContainerKind]) -> Result<Discovery, GlobError> {
    let filter = Filter {
        include: globs(&run.include)?,
        exclude: globs(&run.exclude)?,
        any: run.include.is_empty(),
        output: std::fs::canonicalize(&run.output).ok(),
        containers,
    };
    let mut discovery = Discovery::default();
    for path in &run.inputs {
        match std::fs::metadata(path) {
            _ if path.as_os_str() == "-" => {
                discovery.inputs.push(Input {
                    place: InputPlace::Stdin,
                    relative: "stdin".into(),
                    root: "stdin".into(),
                });
            }
            // A second run would take the first one's outputs for inputs.
            Ok(metadata) if metadata.is_dir() && std::fs::canonicalize(path).ok() == filter.output => {
                let message = "it is also the output folder; choose another one with -o".to_owned();
                discovery.failed.push((path.display().to_string(), Diagnostic::new(diagnostic::C001, message)));
            }
            Ok(metadata) if metadata.is_dir() => walk(path, &filter, &mut discovery),
            Ok(_) => discovery.inputs.push(Input {
                place: InputPlace::File(path.clone()),
                relative: name(path),
                root: root_name(path.parent()),
            }),
            Err(error) => discovery.failed.push((path.display().to_string(), failure(&error))),
        }
    }
    Ok(discovery)
}

struct Filter<'a> {
    include: GlobSet,
    exclude: GlobSet,
    any: bool,
    /// An output folder inside an input folder is no input.
    output: Option<PathBuf>,
    containers: &'a [&'static ContainerKind],
}

fn walk(root: &Path, filter: &Filter<'_>, discovery: &mut Discovery) {
    let is_output = |path: &Path| filter.output.is_some() && std::fs::canonicalize(path).ok() == filter.output;
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|e| !e.file_type().is_dir() || e.depth() == 0 || !is_output(e.path())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => take(root, entry.path(), filter, discovery),
            Ok(entry) if entry.file_type().is_dir() => {}
            // A pipe or a device has no bytes of its own, and reading it may never end.
            Ok(entry) => discovery.ignored.push(below(root, entry.path())),
            Err(error) => {
                let path = error.path().unwrap_or(root).display().to_string();
                let message = if error.loop_ancestor().is_some() {
                    "a symbolic link leads back to a folder above it".to_owned()
                } else {
                    error.to_string()
                };
                discovery.failed.push((path, Diagnostic::new(diagnostic::C001, message)));
            }
        }
    }
}

fn take(root: &Path, path: &Path, filter: &Filter<'_>, discovery: &mut Discovery) {
    let relative = below(root, path);
    let included = filter.any || filter.include.is_match(&relative);
    let is_read = || {
        kind::of_name(&relative, filter.containers).is_some()
            || kind::is_of_many(&relative) && is_container(path, filter.containers)
    };
    if !included || filter.exclude.is_match(&relative) || !is_read() {
        discovery.ignored.push(relative);
    } else {
        discovery.inputs.push(Input {
            place: InputPlace::File(path.to_owned()),
            relative,
            root: root_name(Some(root)),
        });
    }
}

/// Whether a file is a container by its first bytes.
fn is_container(path: &Path, containers: &[&'static ContainerKind]) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    read.is_ok() && matches!(kind::of_beginning(&beginning, containers), Kind::Several(..))
}

/// A path below a root, with `/`.
fn below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| "input".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn root_name(root: Option<&Path>) -> String {
    let absolute = root
        .and_then(|root| std::fs::canonicalize(if root.as_os_str().is_empty() { Path::new(".") } else { root }).ok());
    absolute.as_deref().map_or_else(|| "input".to_owned(), name)
}

/// Reads an input as one original, whatever it is: the bytes of the file, at most `max_bytes` of them.
///
/// # Errors
/// `C001` where it cannot be read, `C002` where it is larger.
pub fn load(input: &Input, max_bytes: u64) -> Result<Original, Diagnostic> {
    let media_type = match kind::of_name(&input.relative, &[]) {
        Some(Kind::Single(media_type, Compression::None)) => media_type,
        _ => None,
    };
    let bytes = read_all(open(input)?, max_bytes, &mut Vec::new())?;
    Ok(single(input, media_type, None, bytes))
}

fn open(input: &Input) -> Result<Box<dyn Read>, Diagnostic> {
    match &input.place {
        InputPlace::Stdin => Ok(Box::new(io::stdin().lock())),
        InputPlace::File(path) => Ok(Box::new(File::open(path).map_err(|e| failure(&e))?)),
    }
}

fn single(input: &Input, media_type: Option<&str>, member: Option<Member>, bytes: Vec<u8>) -> Original {
    let path = input.relative.clone();
    Original::new(Origin { path, media_type: media_type.map(str::to_owned), member, ..Origin::default() }, bytes)
}

/// Yields what an input holds to `sink`, in the order in which it stands in it.
pub fn originals(input: &Input, opening: &Opening, containers: &[&'static ContainerKind], sink: Sink<'_>) {
    if let Err(why) = read(input, opening, containers, sink) {
        // The sink's wish to end does not matter at the end.
        let _ = sink(Loaded::rejected(input.relative.clone(), None, why));
    }
}

fn read(
    input: &Input,
    opening: &Opening,
    containers: &[&'static ContainerKind],
    sink: Sink<'_>,
) -> Result<(), Diagnostic> {
    let mut reader = BufReader::with_capacity(BEGINNING as usize, open(input)?);
    let kind = match kind::of_name(&input.relative, containers) {
        Some(Kind::Single(media_type @ Some("text/plain"), compression)) => {
            let beginning = reader.fill_buf().map_err(|e| failure(&e))?;
            kind::of_text(beginning, media_type, compression, containers)
        }
        Some(kind) => kind,
        None => kind::of_beginning(reader.fill_buf().map_err(|e| failure(&e))?, containers),
    };
    let (kind, compression) = match kind {
        Kind::Several(kind, compression) => (kind, compression),
        Kind::Single(media_type, compression) => {
            let mut noticed = Vec::new();
            let result = read_single(input, media_type, compression, reader, &opening.limits, &mut noticed);
            let _ = sink(Loaded { name: input.relative.clone(), index: None, result, origin: None, noticed });
            return Ok(());
        }
    };
    // A container is read twice, once for its digest; standard input and pipes can be read once only.
    let file = match &input.place {
        InputPlace::File(path) => Some(path).filter(|path| path.is_file()),
        InputPlace::Stdin => None,
    };
    let kept = match file {
        Some(_) => None,
        None => Some(keep(&mut reader).map_err(|e| failure(&e))?),
    };
    let path = file.map(PathBuf::as_path).or(kept.as_ref().map(NamedTempFile::path)).unwrap_or(Path::new(""));
    let before = Stamp::of(path).map_err(|e| failure(&e))?;
    let (digest, length) = match kept {
        Some(_) => digest_of(File::open(path).map_err(|e| failure(&e))?),
        None => digest_of(reader),
    }
    .map_err(|e| failure(&e))?;
    let container = Container { name: &input.relative, path, compression, digest, length };
    (kind.read)(&container, opening, sink)?;
    match Stamp::of(path) {
        Ok(after) if after == before => Ok(()),
        _ => Err(Diagnostic::new(
            diagnostic::C015,
            "the digest and the places of its records are those of the file as it was first; of what changed, records may be missing or cut",
        )),
    }
}

/// What tells that a file is the same as it was a moment ago.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    changed: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        Ok(Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            changed: {
                use std::os::unix::fs::MetadataExt as _;
                (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
            },
        })
    }
}

fn read_single(
    input: &Input,
    media_type: Option<&str>,
    compression: Compression,
    reader: impl Read,
    limits: &Limits,
    noticed: &mut Vec<Diagnostic>,
) -> Result<Original, Diagnostic> {
    if compression == Compression::None {
        return Ok(single(input, media_type, None, read_all(reader, limits.max_bytes, noticed)?));
    }
    // It is compressed in memory too: the archive knows the file by the digest of what was delivered.
    let compressed = read_all(reader, limits.max_bytes, noticed)?;
    let plain = Plain::new(&compressed[..], compression, limits.max_ratio).map_err(|e| failure(&e))?;
    let bytes = read_all(plain, limits.max_bytes, noticed)?;
    let member = Member::new(Digest::of(&compressed), 0, compressed.len() as u64);
    Ok(single(input, media_type, Some(member), bytes))
}

fn digest_of(mut reader: impl Read) -> io::Result<(Digest, u64)> {
    let mut hasher = Hasher::default();
    let length = io::copy(&mut reader, &mut hasher)?;
    Ok((hasher.digest(), length))
}

/// A copy on disk, which goes when it is dropped.
fn keep(mut reader: impl Read) -> io::Result<NamedTempFile> {
    let failed =
        |error| io::Error::other(format!("no copy of it can be kept in the folder for temporary files: {error}"));
    let mut file = NamedTempFile::new().map_err(failed)?;
    io::copy(&mut reader, &mut file)?;
    file.flush()?;
    file.rewind()?;
    Ok(file)
}
