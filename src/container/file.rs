//! Files, folders and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::WalkDir;

use super::{Discovery, Input, Place};
use crate::diagnostic::{self, Diagnostic};
use crate::original::{Origin, Original};
use crate::plan::Plan;

/// Endings that are converted in a folder, with their media types. A file named itself is always tried.
const CONVERTIBLE: &[(&str, &str)] = &[
    ("txt", "text/plain"),
    ("text", "text/plain"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xhtml", "application/xhtml+xml"),
];

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

/// Lists what the plan's inputs are, without reading any.
///
/// # Errors
/// Where a glob is none.
pub fn discover(plan: &Plan) -> Result<Discovery, GlobError> {
    let filter = Filter {
        include: globs(&plan.include)?,
        exclude: globs(&plan.exclude)?,
        any: plan.include.is_empty(),
        output: std::fs::canonicalize(&plan.output).ok(),
    };
    let mut discovery = Discovery::default();
    for path in &plan.inputs {
        match std::fs::metadata(path) {
            _ if path.as_os_str() == "-" => {
                discovery.inputs.push(Input { place: Place::Stdin, relative: "stdin".into(), root: "stdin".into() });
            }
            // A second run would take the first one's outputs for inputs.
            Ok(metadata) if metadata.is_dir() && std::fs::canonicalize(path).ok() == filter.output => {
                let message = "it is also the output folder; choose another one with -o".to_owned();
                discovery.failed.push((path.display().to_string(), Diagnostic::new(diagnostic::C001, message)));
            }
            Ok(metadata) if metadata.is_dir() => walk(path, &filter, &mut discovery),
            Ok(_) => discovery.inputs.push(Input {
                place: Place::File(path.clone()),
                relative: name(path),
                root: root_name(path.parent()),
            }),
            Err(error) => discovery.failed.push((path.display().to_string(), unreadable(&error))),
        }
    }
    Ok(discovery)
}

struct Filter {
    include: GlobSet,
    exclude: GlobSet,
    any: bool,
    /// An output folder inside an input folder is no input.
    output: Option<PathBuf>,
}

fn walk(root: &Path, filter: &Filter, discovery: &mut Discovery) {
    let is_output = |path: &Path| filter.output.is_some() && std::fs::canonicalize(path).ok() == filter.output;
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|e| !e.file_type().is_dir() || e.depth() == 0 || !is_output(e.path())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => take(root, entry.path(), filter, discovery),
            Ok(_) => {}
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

fn take(root: &Path, path: &Path, filter: &Filter, discovery: &mut Discovery) {
    let below = path.strip_prefix(root).unwrap_or(path);
    let relative = below.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let included = filter.any || filter.include.is_match(&relative);
    if !included || filter.exclude.is_match(&relative) || media_type(path).is_none() {
        discovery.ignored.push(relative);
    } else {
        discovery.inputs.push(Input { place: Place::File(path.to_owned()), relative, root: root_name(Some(root)) });
    }
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| "input".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn root_name(root: Option<&Path>) -> String {
    let absolute = root
        .and_then(|root| std::fs::canonicalize(if root.as_os_str().is_empty() { Path::new(".") } else { root }).ok());
    absolute.as_deref().map_or_else(|| "input".to_owned(), name)
}

/// The media type that an ending stands for, where files of that ending are converted.
fn media_type(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    CONVERTIBLE.iter().find(|(known, _)| *known == ending).map(|(_, media_type)| *media_type)
}

fn unreadable(error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::new(diagnostic::C001, message)
}

/// Reads an input, at most `max_bytes` of it.
///
/// # Errors
/// `C001` where it cannot be read, `C002` where it is larger.
pub fn load(input: &Input, max_bytes: u64) -> Result<Original, Diagnostic> {
    let (bytes, media_type) = match &input.place {
        Place::Stdin => (read_limited(io::stdin().lock(), max_bytes)?, None),
        Place::File(path) => {
            let file = File::open(path).map_err(|e| unreadable(&e))?;
            (read_limited(file, max_bytes)?, media_type(path).map(str::to_owned))
        }
    };
    Ok(Original::new(Origin { path: input.relative.clone(), media_type, ..Origin::default() }, bytes))
}

fn read_limited(reader: impl Read, max_bytes: u64) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file of the limit from a larger one.
    reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    if bytes.len() as u64 > max_bytes {
        let message = format!("it is larger than {max_bytes} bytes");
        return Err(Diagnostic::new(diagnostic::C002, message).hint("--max-bytes raises the limit"));
    }
    Ok(bytes)
}
