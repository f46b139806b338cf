//! Keeping the bytes of files that are otherwise read when used: what a server shows must not change under its hands
//! when a file is emptied, replaced or removed, and it goes on being shown while the site is broken.
//!
//! What is kept is bounded; of larger files, and of more, a server shows what the disk holds.

use std::cmp::Reverse;

use super::eager;
use crate::file::{Entry, RelPath, Snapshot};

/// Size in bytes beyond which a file is not kept.
const LARGEST: u64 = 4 << 20;

/// How many bytes are kept in all.
const TOTAL: u64 = 32 << 20;

/// Reads files of the snapshot that were not read yet, those of `static/` and of themes first.
pub fn keep(snapshot: &mut Snapshot) {
    let is_lazy = |path: &RelPath, entry: &Entry| entry.size <= LARGEST && !eager::is_always_read(path);
    let unread = snapshot.entries.iter().filter(|(path, entry)| entry.bytes().is_none() && is_lazy(path, entry));
    let mut wanted: Vec<&RelPath> = unread.map(|(path, _)| path).collect();
    if wanted.is_empty() {
        return;
    }
    let kept = snapshot.entries.iter().filter(|(path, entry)| entry.bytes().is_some() && is_lazy(path, entry));
    let mut total: u64 = kept.map(|(_, entry)| entry.size).sum();
    wanted.sort_by_key(|path| Reverse(!path.as_str().starts_with("content/")));
    let mut read = Vec::new();
    for path in wanted {
        total += snapshot.entries.get(path).map_or(0, |entry| entry.size);
        if total > TOTAL {
            break;
        }
        // One that is gone already is missed by whoever uses it.
        if let Ok(bytes) = snapshot.read(path) {
            read.push((path.clone(), bytes));
        }
    }
    for (path, bytes) in read {
        if let Some(entry) = snapshot.entries.get_mut(&path) {
            entry.keep(bytes);
        }
    }
}
