//! The edge through which a site comes in: a folder on disk → [`Snapshot`]. Nothing here writes.
//!
//! 1. `walk` lists the input files below the root, level by level; it follows links that stay in the site.
//! 2. What every build reads is read at once, many files at a time; the rest is only measured, and read when used.
//! 3. [`read_again`] does the same for a site that was read before, and shares every entry that did not change.
//!
//! A file that vanishes between listing and reading was never there. Anything else that the disk refuses is an
//! [`IoFault`]: a site is read whole or not at all.

#![expect(clippy::disallowed_methods, reason = "this is the edge through which a site comes in")]

mod eager;
mod keep;
mod named;
mod stamp;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::file::{Bytes, Entry, Files, IoFault, Print, RelPath, Snapshot};

pub use keep::keep;
pub use named::read_named;

/// Size in bytes beyond which a file that every build reads is left unread (`too-large`).
pub const RECORD_LIMIT: u64 = 16 << 20;

/// Size in bytes beyond which no file is read (`too-large`): spans count in 32 bits.
pub const FILE_LIMIT: u64 = u32::MAX as u64;

/// Reads the site whose root is `root`.
///
/// # Errors
/// Fails where a folder or a file of the site cannot be read, and where `secrets.txt` is there but is no plain file of
/// the site: a build without its secrets would not know what to keep in.
pub fn read(root: &Path) -> Result<Snapshot, IoFault> {
    assemble(root, &BTreeMap::new(), &BTreeSet::new())
}

/// Reads the site again after `before`: `changed` files in any case, others where their stamp differs.
///
/// Unchanged entries share their bytes with those of `before`. `changed` may name files that are gone.
///
/// # Errors
/// Fails as [`read`] does.
pub fn read_again(root: &Path, before: &Snapshot, changed: &BTreeSet<RelPath>) -> Result<Snapshot, IoFault> {
    assemble(root, &before.entries, changed)
}

/// Walks the site and reads what is new.
fn assemble(root: &Path, before: &BTreeMap<RelPath, Entry>, changed: &BTreeSet<RelPath>) -> Result<Snapshot, IoFault> {
    let root = fs::canonicalize(root).map_err(IoFault::on("read", root))?;
    let listing = walk::walk(&root)?;
    let entries: Vec<Option<(RelPath, Entry)>> = listing
        .files
        .into_par_iter()
        .with_min_len(32)
        .map_init(Vec::new, |buffer, path| {
            let known = before.get(&path);
            let entry = one(&root, &path, known, changed.contains(&path), buffer)?;
            Ok(entry.map(|entry| (path, entry)))
        })
        .collect::<Result<_, IoFault>>()?;
    let entries: BTreeMap<RelPath, Entry> = entries.into_iter().flatten().collect();
    let too_large =
        entries.iter().filter(|(path, entry)| entry.size > limit(path)).map(|(path, _)| path.clone()).collect();
    let mut snapshot = Snapshot::new(entries, Arc::new(DiskFiles { root }));
    snapshot.outside = listing.outside;
    snapshot.looping = listing.looping;
    snapshot.unreadable_names = listing.unreadable_names;
    snapshot.too_large = too_large;
    snapshot.is_linked = listing.is_linked;
    Ok(snapshot)
}

/// Returns the size beyond which the file is not read.
fn limit(path: &RelPath) -> u64 {
    if eager::is_always_read(path) { RECORD_LIMIT } else { FILE_LIMIT }
}

/// Makes the entry of one file; `None` where it vanished or is no plain file any more.
fn one(
    root: &Path,
    path: &RelPath,
    known: Option<&Entry>,
    named: bool,
    buffer: &mut Vec<u8>,
) -> Result<Option<Entry>, IoFault> {
    let disk = root.join(path.as_str());
    let fault = |source| IoFault::new("read", &disk, source);
    if !eager::is_always_read(path) || (known.is_some() && !named) {
        let Some(metadata) = present(fs::metadata(&disk)).map_err(fault)? else { return Ok(None) };
        if !metadata.is_file() {
            return Ok(None);
        }
        let stamp = stamp::stamp(&metadata);
        match known {
            Some(known) if !named && stamp::is_same(known.stamp, stamp) => return Ok(Some(known.clone())),
            _ if eager::is_always_read(path) => {}
            _ => {
                let stamp = known.map_or(stamp, |known| stamp::following(known.stamp, stamp));
                return Ok(Some(Entry::unread(metadata.len(), stamp)));
            }
        }
    }
    let Some(file) = present(File::open(&disk)).map_err(fault)? else { return Ok(None) };
    let metadata = file.metadata().map_err(fault)?;
    if !metadata.is_file() {
        return Ok(None);
    }
    let stamp = stamp::stamp(&metadata);
    if metadata.len() > RECORD_LIMIT {
        return Ok(Some(Entry::unread(metadata.len(), stamp)));
    }
    fill(file, metadata.len(), buffer).map_err(fault)?;
    let same = known.filter(|known| known.print == Some(Print::of(buffer)));
    Ok(Some(match same {
        Some(known) => known.at(stamp::counted(known.stamp, stamp)),
        // On a disk whose clock is coarse the times may stand still; whoever knows the file by its stamp must see it.
        None => Entry::of(&Bytes::from(&buffer[..]), known.map_or(stamp, |known| stamp::following(known.stamp, stamp))),
    }))
}

/// Reads `size` bytes, or fewer where the file has become shorter.
fn fill(mut file: File, size: u64, buffer: &mut Vec<u8>) -> io::Result<()> {
    let size = usize::try_from(size).map_err(|_| io::ErrorKind::FileTooLarge)?;
    if buffer.len() < size {
        buffer.resize(size, 0);
    }
    let mut filled = 0;
    while filled < size {
        match file.read(&mut buffer[filled..size]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    buffer.truncate(filled);
    Ok(())
}

/// Turns "it is not there" into `None`.
fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The files of a site on disk, for those that are read only when used.
struct DiskFiles {
    root: PathBuf,
}

impl Files for DiskFiles {
    fn read(&self, path: &RelPath) -> io::Result<Bytes> {
        let disk = fs::canonicalize(self.root.join(path.as_str()))?;
        if !disk.starts_with(&self.root) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let file = File::open(disk)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        if metadata.len() > FILE_LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::new();
        fill(file, metadata.len(), &mut bytes)?;
        Ok(Bytes::from(bytes))
    }
}

#[cfg(test)]
mod tests;
