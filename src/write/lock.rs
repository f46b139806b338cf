//! One build at a time: the lock on `.casebook/lock`, held as long as the writer lives. The system drops it with the
//! process, so a killed build never leaves it behind.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{disk, place};
use crate::file::IoFault;

/// How often the lock's file is looked up anew when another build removes it.
const ATTEMPTS: usize = 1000;

/// The lock, and the folders that had to be made for it.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    made: Vec<PathBuf>,
}

impl Lock {
    /// Locks an output folder, making it first where it is missing; `waiting` is called once if another build has it.
    pub(super) fn acquire(folder: &Path, waiting: impl FnOnce()) -> Result<Lock, IoFault> {
        let path = folder.join(place::LOCK);
        let fault = |source| IoFault::new("lock", &path, source);
        let mut waiting = Some(waiting);
        for _ in 0..ATTEMPTS {
            let made = make(&folder.join(place::OURS))?;
            let mut options = OpenOptions::new();
            let file = match options.read(true).write(true).create(true).truncate(false).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                file => file.map_err(fault)?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if let Some(waiting) = waiting.take() {
                        waiting();
                    }
                    file.lock().map_err(fault)?;
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(fault(error)),
            }
            if is_at(&file, &path) {
                return Ok(Lock { file, made });
            }
        }
        Err(fault(io::ErrorKind::ResourceBusy.into()))
    }

    /// Removes the lock's file and the folders that were made for it, if a build that wrote nothing made them.
    pub(super) fn vanish(&self) {
        let Some(ours) = self.made.last() else { return };
        // Best effort: an empty folder too many is no fault.
        let _ = fs::remove_file(ours.join("lock"));
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file unlocks it in any case.
        let _ = self.file.unlock();
    }
}

/// Makes a folder and those above it, and returns those that were missing, outermost first.
fn make(folder: &Path) -> Result<Vec<PathBuf>, IoFault> {
    let missing = |folder: &&Path| fs::symlink_metadata(folder).is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
    let mut made: Vec<PathBuf> = folder.ancestors().take_while(missing).map(Path::to_path_buf).collect();
    made.reverse();
    for folder in &made {
        match fs::create_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(IoFault::new("make the folder", folder, error));
            }
            _ => {
                disk::open_to_readers(folder)?;
            }
        }
    }
    let metadata = fs::symlink_metadata(folder).map_err(IoFault::on("read", folder))?;
    if !metadata.is_dir() {
        return Err(IoFault::new("write in", folder, io::ErrorKind::NotADirectory.into()));
    }
    Ok(made)
}

/// Tells whether the locked file is still the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let at = fs::symlink_metadata(path).map(identity);
    matches!((file.metadata().map(identity), at), (Ok(one), Ok(other)) if one == other)
}

/// Tells whether the locked file is still the one at `path`; here an open file cannot be removed.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}
