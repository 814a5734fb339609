//! Bytes to disk: staged beside the outputs, synced, then renamed. Knows no formats.
//!
//! Nothing half-written ever stands under an output's name: a file is written under `.oped-convert/stage`, its
//! data synced, and only then renamed; the folders are synced after the renames. A run that is cut off leaves
//! staged files, which the next run removes.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::{NamedTempFile, TempPath};

use crate::original::Digest;

/// The folder of the program's own files inside the output folder.
pub const OWN_FOLDER: &str = ".oped-convert";

/// An output folder.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    stage: PathBuf,
    /// Space for what has to be said when the disk is full.
    reserve: PathBuf,
    /// The disk has no place for further outputs.
    full: AtomicBool,
    /// Held while the store is open, and by nobody else: two runs would remove each other's staged files.
    _lock: File,
}

/// Why something could not be stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder or the file cannot be written.
    #[error("{path}: {why}")]
    Io {
        /// Which.
        path: String,
        /// Why.
        why: io::Error,
    },
    /// Another run has the folder open.
    #[error("another run is writing to {0}")]
    Locked(String),
    /// Something else stands there.
    #[error("{0} exists and was not written by this program, or was changed since; hint: --force replaces it")]
    Foreign(String),
    /// It is one of the files that are being converted.
    #[error("{0} is an input of this run; hint: choose another output folder with -o")]
    Input(String),
    /// The program's own folder, which is cleared at the end of a run.
    #[error("{0} would stand in the program's own folder; hint: rename the input's folder")]
    OwnFolder(String),
}

/// A file that is written and synced but not yet under its name.
#[derive(Debug)]
pub struct Staged {
    file: TempPath,
    /// Relative path with `/`.
    pub path: String,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length of its bytes.
    pub bytes: usize,
}

impl Store {
    /// Opens or makes the folder, and removes what an interrupted run left staged.
    ///
    /// # Errors
    /// Where the folder cannot be made or written, or another run has it open.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let stage = root.join(OWN_FOLDER).join("stage");
        let at = |path: &Path, why| StoreError::Io { path: path.display().to_string(), why };
        let own = root.join(OWN_FOLDER);
        fs::create_dir_all(&own).map_err(|why| at(&own, why))?;
        let lock_path = own.join("lock");
        let lock = File::create(&lock_path).map_err(|why| at(&lock_path, why))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(root.display().to_string())),
            // Some network file systems have no locks; runs there are not kept apart.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(at(&lock_path, error)),
        }
        if stage.exists() {
            fs::remove_dir_all(&stage).map_err(|why| at(&stage, why))?;
        }
        let reserve = own.join("reserve");
        // From here on what is there goes when the store is dropped.
        let store = Self { root: root.to_owned(), stage, reserve, full: AtomicBool::new(false), _lock: lock };
        fs::create_dir_all(&store.stage).map_err(|why| at(&store.stage, why))?;
        fs::write(&store.reserve, vec![0; RESERVE]).map_err(|why| at(&store.reserve, why))?;
        Ok(store)
    }

    /// Whether the disk has no place for further outputs. Then none is written any more in this run: what little place
    /// there is is kept for the record and the report.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Where an error says that the disk has no place, gives back the space that is kept for what has to be said then.
    pub fn make_room(&self, error: &io::Error) {
        if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            self.full.store(true, Ordering::Relaxed);
            // Another thread may have done it.
            let _ = fs::remove_file(&self.reserve);
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The digest of the file at a relative path and the number of its bytes, `None` where there is none.
    ///
    /// # Errors
    /// Where it is there but cannot be read.
    pub fn fixity(&self, path: &str) -> Result<Option<(Digest, usize)>, StoreError> {
        let full = self.full(path);
        // A pipe or a device is somebody else's, and reading it may never end.
        if fs::metadata(&full).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Err(StoreError::Foreign(path.to_owned()));
        }
        match fs::read(&full) {
            Ok(bytes) => Ok(Some((Digest::of(&bytes), bytes.len()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(StoreError::Io { path: path.to_owned(), why }),
        }
    }

    /// Writes and syncs `bytes` without giving them their name.
    ///
    /// # Errors
    /// Where the disk refuses, or the name is kept for the program's own files.
    pub fn stage(&self, path: &str, bytes: &[u8]) -> Result<Staged, StoreError> {
        if path.split('/').next() == Some(OWN_FOLDER) {
            return Err(StoreError::OwnFolder(path.to_owned()));
        }
        let write = || {
            let mut file = self.staging_file()?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            // Closed: a window of articles has more files than a process may have open.
            Ok(file.into_temp_path())
        };
        match write() {
            Ok(file) => Ok(Staged { file, path: path.to_owned(), digest: Digest::of(bytes), bytes: bytes.len() }),
            Err(why) => {
                self.make_room(&why);
                Err(StoreError::Io { path: path.to_owned(), why })
            }
        }
    }

    /// An empty staged file, readable by everybody whom the umask lets.
    fn staging_file(&self) -> io::Result<NamedTempFile> {
        readable_file(&self.stage)
    }

    /// Gives staged files their names, in order, and syncs the folders. Returns an error for each that failed.
    pub fn commit(&self, staged: Vec<Staged>) -> Vec<(String, Result<(), StoreError>)> {
        let mut folders = BTreeSet::new();
        let mut outcomes = Vec::new();
        for file in staged {
            let full = self.full(&file.path);
            let failed = |why| StoreError::Io { path: file.path.clone(), why };
            let folder = full.parent().unwrap_or(&self.root).to_owned();
            let made = fs::create_dir_all(&folder).map_err(failed);
            let renamed = made.and_then(|()| file.file.persist(&full).map(drop).map_err(|e| failed(e.error)));
            folders.insert(folder);
            outcomes.push((file.path, renamed));
        }
        folders.iter().for_each(|folder| sync_folder(folder));
        outcomes
    }

    fn full(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

/// Removes the staging folder and the reserve.
impl Drop for Store {
    fn drop(&mut self) {
        // A leftover is removed by the next run.
        let _ = fs::remove_dir_all(&self.stage);
        let _ = fs::remove_file(&self.reserve);
    }
}

/// Bytes that are kept free: the rows of 2,000 inputs, and the lines of as many in the record.
const RESERVE: usize = 1 << 20;

/// An empty temporary file in a folder, readable by everybody whom the umask lets.
fn readable_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Syncs a folder after renames. Not every file system lets it be; the renames are done all the same.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// The folder that a file stands in.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// An error of a file.
fn failed(target: &Path, why: io::Error) -> StoreError {
    StoreError::Io { path: target.display().to_string(), why }
}

/// Makes the folder for a target. A file that is there is replaced where `replace`, or where `is_ours` knows its
/// beginning.
fn prepare(target: &Path, replace: bool, is_ours: impl Fn(&str) -> bool) -> Result<&Path, StoreError> {
    if !replace && target.exists() {
        let mut begin = Vec::new();
        let read = File::open(target).and_then(|file| file.take(1024).read_to_end(&mut begin));
        read.map_err(|why| failed(target, why))?;
        if !is_ours(&String::from_utf8_lossy(&begin)) {
            return Err(StoreError::Foreign(target.display().to_string()));
        }
    }
    let folder = folder_of(target);
    fs::create_dir_all(folder).map_err(|why| failed(target, why))?;
    Ok(folder)
}

/// A file that a run writes at any place, and that gets its name when it is complete.
#[derive(Debug)]
pub struct Draft {
    target: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// Begins the file that will stand at `target`. A file that is there is replaced where `replace`, or where `is_ours`
    /// knows its beginning.
    ///
    /// # Errors
    /// Where something else stands there, or the folder cannot be written.
    pub fn create(target: &Path, replace: bool, is_ours: impl Fn(&str) -> bool) -> Result<Self, StoreError> {
        let folder = prepare(target, replace, is_ours)?;
        let file = readable_file(folder).map_err(|why| failed(target, why))?;
        Ok(Self { target: target.to_owned(), file })
    }

    /// The file, to be written.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open(&self) -> Result<File, StoreError> {
        self.file.as_file().try_clone().map_err(|why| failed(&self.target, why))
    }

    /// Puts it under its name, with what stands before and behind what was written.
    ///
    /// # Errors
    /// Where that cannot be done.
    pub fn publish(self, head: &[u8], tail: &[u8]) -> Result<(), StoreError> {
        let target = self.target;
        let publish = || {
            let mut whole = self.file;
            if !head.is_empty() {
                let grown = whole;
                whole = readable_file(folder_of(&target))?;
                whole.write_all(head)?;
                io::copy(&mut grown.reopen()?, &mut whole)?;
            }
            whole.seek(SeekFrom::End(0))?;
            whole.write_all(tail)?;
            whole.as_file().sync_data()?;
            whole.persist(&target).map_err(|error| error.error)?;
            sync_folder(folder_of(&target));
            Ok(())
        };
        publish().map_err(|why| failed(&target, why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_staged_file_has_no_name_until_it_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let staged = store.stage("a/b.txt", b"text").unwrap();
        assert_eq!(store.fixity("a/b.txt").unwrap(), None);
        assert!(store.commit(vec![staged]).iter().all(|(_, outcome)| outcome.is_ok()));
        assert_eq!(store.fixity("a/b.txt").unwrap(), Some((Digest::of(b"text"), 4)));
    }

    #[test]
    fn a_folder_is_open_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Locked(_))));
        drop(store);
        assert!(Store::open(folder.path()).is_ok());
    }

    #[test]
    fn an_interrupted_run_leaves_nothing_under_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let stage = folder.path().join(OWN_FOLDER).join("stage");
        fs::create_dir_all(&stage).unwrap();
        fs::write(stage.join("half"), b"half a fi").unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(fs::read_dir(&stage).unwrap().count(), 0);
        drop(store);
        assert!(!stage.exists());
    }
}
