//! WACZ (Web Archive Collection Zipped 1.1.1, <https://specs.webrecorder.net/wacz/1.1.1/>): the WARC files below
//! `archive/` of a ZIP, each checked against the digest that `datapackage.json` has of it.

use std::fs::File;
use std::io::{self, Read, Write};

use serde_json::Value;
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipArchive};

use super::compressed::failure;
use super::warc::{self, Part};
use super::{Container, ContainerKind, Sink, Tally};
use crate::diagnostic::{self, Diagnostic};
use crate::original::Hasher;
use crate::plan::Opening;

/// Bytes of `datapackage.json` that are read: a line for each of 100,000 files.
const DESCRIPTION: u64 = 16 << 20;

/// The container's facts.
pub const WACZ: ContainerKind = ContainerKind {
    name: "WACZ",
    spec: "WACZ 1.1.1",
    endings: &["wacz"],
    compressed: false,
    begins,
    holds: "the WARC files in it, each checked against `datapackage.json`",
    read: originals,
};

/// Names that a package begins with; another ZIP may be anything.
fn begins(bytes: &[u8]) -> bool {
    // APPNOTE 4.3.7: the name stands behind 30 bytes.
    let name = bytes.starts_with(b"PK\x03\x04").then(|| bytes.get(30..)).flatten().unwrap_or_default();
    ["datapackage.json", "archive/", "indexes/", "pages/"].iter().any(|known| name.starts_with(known.as_bytes()))
}

fn originals(container: &Container<'_>, opening: &Opening, sink: Sink<'_>) -> Result<Tally, Diagnostic> {
    let damaged = |error: &dyn std::fmt::Display| {
        Diagnostic::new(diagnostic::C001, format!("it is no ZIP that can be read: {error}"))
    };
    let file = File::open(container.path).map_err(|e| failure(&e))?;
    let mut archive = ZipArchive::new(file).map_err(|e| damaged(&e))?;
    let mut names: Vec<String> = archive.file_names().filter(|name| is_warc(name)).map(str::to_owned).collect();
    names.sort();
    if names.is_empty() {
        return Err(Diagnostic::new(diagnostic::C011, "it has no WARC file below archive/"));
    }
    let digests = digests(&mut archive);
    let mut run = warc::Run::new(container, &opening.limits, sink);
    for name in names {
        let mut noticed = Vec::new();
        if let Some(stated) = digests.as_ref().and_then(|of| of[&name].as_str()) {
            let mut hasher = Hasher::default();
            let mut entry = archive.by_name(&name).map_err(|e| damaged(&e))?;
            io::copy(&mut entry, &mut hasher).map_err(|e| failure(&e))?;
            let found = format!("sha256:{}", hasher.digest().hex());
            if found != stated {
                let message = format!("datapackage.json has {stated} for {name}, and it is {found}");
                noticed.push(Diagnostic::new(diagnostic::C007, message));
            }
        }
        let mut entry = archive.by_name(&name).map_err(|e| damaged(&e))?;
        let ended = if entry.compression() == CompressionMethod::Stored {
            // Its records have their places in the WACZ itself.
            let start = entry.data_start();
            let range = start..start.saturating_add(entry.size()).min(container.length);
            drop(entry);
            run.part(&Part { path: container.path, range, inside: &name, noticed })?
        } else {
            let mut copy = NamedTempFile::new().map_err(|e| failure(&e))?;
            let length = io::copy(&mut entry, &mut copy).map_err(|e| failure(&e))?;
            copy.flush().map_err(|e| failure(&e))?;
            run.part(&Part { path: copy.path(), range: 0..length, inside: &name, noticed })?
        };
        if ended.is_break() {
            break;
        }
    }
    run.finish()
}

fn is_warc(name: &str) -> bool {
    name.starts_with("archive/") && [".warc", ".warc.gz", ".warc.zst"].iter().any(|ending| name.ends_with(ending))
}

/// `sha256:…` of each file, as `datapackage.json` states it.
fn digests(archive: &mut ZipArchive<File>) -> Option<Value> {
    let mut json = Vec::new();
    archive.by_name("datapackage.json").ok()?.take(DESCRIPTION).read_to_end(&mut json).ok()?;
    let package: Value = serde_json::from_slice(&json).ok()?;
    let hashes = package["resources"]
        .as_array()?
        .iter()
        .filter_map(|resource| Some((resource["path"].as_str()?.to_owned(), Value::from(resource["hash"].as_str()?))));
    Some(Value::Object(hashes.collect()))
}
